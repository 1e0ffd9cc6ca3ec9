// Tells a conversation's page whether somebody looks at it, and brings the first new post into sight.

const lookAfter = 800;

export function start(page) {
  let timer;
  const call = (looks) => page.invokeMethodAsync("LookedAsync", looks).catch(() => {});
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(() => call(true), lookAfter);
    else call(false);
  };
  document.addEventListener("visibilitychange", look);
  look();
  if (!location.hash) document.querySelector("[data-unread]")?.scrollIntoView({ block: "center" });
  return {
    stop() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    },
  };
}
