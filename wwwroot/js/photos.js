// Photographs on a timeline: enlarged in a dialog, and asked for again while they have not arrived from their tablet.

const askAgainAfter = 15_000;

/** @param {HTMLElement} root */
export function watch(root) {
  /** @type {Set<HTMLImageElement>} */
  const missing = new Set();

  const failed = (/** @type {HTMLImageElement} */ image) => {
    image.closest("figure")?.classList.add("is-waiting");
    missing.add(image);
  };
  const onError = (/** @type {Event} */ e) => e.target instanceof HTMLImageElement && e.target.closest("[data-photo]") && failed(e.target);
  const onLoad = (/** @type {Event} */ e) => {
    if (!(e.target instanceof HTMLImageElement) || !missing.delete(e.target)) return;
    e.target.closest("figure")?.classList.remove("is-waiting");
  };
  const onClick = (/** @type {MouseEvent} */ e) => {
    const link = e.target instanceof Element ? e.target.closest("a.photo-link") : null;
    if (!(link instanceof HTMLAnchorElement) || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    enlarge(link);
  };

  // Neither event bubbles.
  root.addEventListener("error", onError, true);
  root.addEventListener("load", onLoad, true);
  root.addEventListener("click", onClick);
  for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (root.querySelectorAll("[data-photo] img"))) if (image.complete && image.naturalWidth === 0 && image.currentSrc) failed(image);

  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    for (const image of missing) {
      if (!image.isConnected) missing.delete(image);
      else image.src = `${image.src.split("?")[0]}?again=${Date.now()}`;
    }
  }, askAgainAfter);

  return {
    stop() {
      clearInterval(timer);
      root.removeEventListener("error", onError, true);
      root.removeEventListener("load", onLoad, true);
      root.removeEventListener("click", onClick);
    },
  };
}

/** @param {HTMLAnchorElement} link */
function enlarge(link) {
  const small = link.querySelector("img");
  const figure = link.closest("figure");
  if (!small || !figure || figure.classList.contains("is-waiting")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "photo-large";
  dialog.setAttribute("aria-label", small.alt);
  const image = document.createElement("img");
  image.src = small.currentSrc || small.src;
  image.alt = small.alt;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = link.dataset.close ?? "";
  close.addEventListener("click", () => dialog.close());
  const words = document.createElement("p");
  words.textContent = figure.querySelector("figcaption")?.textContent ?? "";
  const foot = document.createElement("footer");
  foot.append(words, close);
  dialog.append(image, foot);
  dialog.addEventListener("close", () => { dialog.remove(); link.focus({ preventScroll: true }); });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
