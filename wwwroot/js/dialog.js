// Opens a <dialog> as modal, and gives the focus back to what had it when the dialog has gone.

const openers = new Map();

/** @param {HTMLDialogElement} dialog */
export function open(dialog) {
  if (!dialog || dialog.open) return;
  openers.set(dialog.id, document.activeElement);
  dialog.showModal();
  // Where it begins: the field that says so, or the first one. A dialog without fields begins at its buttons.
  (dialog.querySelector('[autofocus]') ?? dialog.querySelector('.dialog-body :is(input:not([type=hidden]), select, textarea):not([disabled])'))?.focus();
}

/** @param {string} id of a dialog that is no longer in the page, or about to leave it */
export function closed(id) {
  const opener = openers.get(id);
  openers.delete(id);
  document.getElementById(id)?.close?.();
  if (document.querySelector('dialog[open]')) return;
  const target = opener?.isConnected ? opener : document.getElementById('main');
  target?.focus({ preventScroll: true });
}
