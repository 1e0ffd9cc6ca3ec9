// The device's clock beside the server's. Measured times are the device's; how far it was off is known, said and recorded.

/** @typedef {{aheadMs: number, at: number}} Compared device less server in milliseconds; when, on the device's clock */

/** How far the device is ahead, from one request and its answer: the server wrote its time somewhere between.
 * @param {number} sentAt @param {number} receivedAt @param {number} serverTime @returns {number} milliseconds */
export const aheadOf = (sentAt, receivedAt, serverTime) => Math.round((sentAt + receivedAt) / 2 - serverTime);

/** Beyond this the times of an entry are not taken from the device's clock as they are. */
export const NOTICEABLE = 120_000;

/** @param {Compared | null} compared */
export const isOff = (compared) => compared !== null && Math.abs(compared.aheadMs) > NOTICEABLE;

/** Now, as well as it is known: the device's time, or the server's where the two were compared and differ. @param {number} deviceNow @param {Compared | null} compared */
export const bestNow = (deviceNow, compared) => (isOff(compared) ? deviceNow - /** @type {Compared} */ (compared).aheadMs : deviceNow);

/** As it is recorded with an entry. @param {Compared | null} compared @param {boolean} corrected @returns {{aheadSeconds: number, comparedAt?: string, corrected: boolean} | undefined} */
export const recorded = (compared, corrected) => compared === null ? undefined
  : { aheadSeconds: Math.round(compared.aheadMs / 1000), comparedAt: new Date(compared.at - compared.aheadMs).toISOString(), corrected };
