// Tells a timeline's page what is on the screen: an edge that comes near, the newest entries, and whether anybody looks.

const lookAfter = 1500;

import { watch as watchPhotos } from "./photos.js";

export function start(root, page) {
  const photos = watchPhotos(root);
  const call = (method, ...args) => page.invokeMethodAsync(method, ...args).catch(() => false);
  const busy = new Set();

  const near = new IntersectionObserver(async (seen) => {
    for (const { target, isIntersecting } of seen) {
      const edge = target.dataset.sentinel;
      if (!isIntersecting || busy.has(edge)) continue;
      busy.add(edge);
      const more = await call("NearAsync", edge);
      busy.delete(edge);
      // Observing anew asks again whether it is still near, which the observer itself would not.
      if (more) {
        near.unobserve(target);
        setTimeout(() => target.isConnected && near.observe(target), 150);
      }
    }
  }, { rootMargin: "800px 0px" });

  const top = new IntersectionObserver((seen) => call("AtTop", seen[seen.length - 1].isIntersecting), { rootMargin: "120px 0px 0px" });

  for (const sentinel of root.querySelectorAll("[data-sentinel]")) {
    (sentinel.dataset.sentinel === "top" ? top : near).observe(sentinel);
  }

  let timer;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(() => call("LookedAsync", true), lookAfter);
    else call("LookedAsync", false);
  };
  document.addEventListener("visibilitychange", look);
  look();

  return {
    toTop() {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      window.scrollTo({ top: 0, behavior: calm ? "auto" : "smooth" });
    },
    stop() {
      photos.stop();
      near.disconnect();
      top.disconnect();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    },
  };
}
