// Starts the live page, keeps it alive, and keeps what was typed when it cannot be kept alive.

const root = document.documentElement;
const state = document.getElementById("components-reconnect-modal");
const shown = ["components-reconnect-show", "components-reconnect-rejected"];

// What was typed. Only fields that somebody has touched; never a password. It stays in this tab, under the person and the
// address, and goes as soon as it has been put back.

const typedKey = () => `typed:${root.dataset.person ?? ""}:${location.pathname}`;
const touched = new WeakSet();
let owed = {};

const keeps = (field) =>
  field.matches?.("input, textarea, select") && !["password", "hidden", "file", "submit", "button"].includes(field.type) && !field.closest("[data-keep=no]");

// What a form stands on goes with what was typed into it, though nobody touches it.
const along = (field) => "keepAlong" in field.dataset && [...(field.form?.elements ?? [])].some((other) => touched.has(other));

function nameOf(field) {
  const dialog = field.closest("dialog");
  // A dialog that does not say what it is about might be opened for something else: its fields are not kept.
  if (dialog && !dialog.dataset.keep) return null;
  const name = field.id || (field.name && (field.type === "radio" ? `${field.name}=${field.value}` : field.name));
  return name ? `${dialog?.dataset.keep ?? ""}#${name}` : null;
}

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target, isTrusted }) => isTrusted && keeps(target) && touched.add(target), true);
}

function save() {
  const typed = {};
  for (const field of document.querySelectorAll("input, textarea, select")) {
    const name = (touched.has(field) || along(field)) && keeps(field) && nameOf(field);
    if (name) typed[name] = field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  }
  if (Object.keys(typed).length) sessionStorage.setItem(typedKey(), JSON.stringify(typed));
}

function putBack() {
  let any = false;
  for (const field of document.querySelectorAll("input, textarea, select")) {
    const name = keeps(field) && nameOf(field);
    if (!name || !(name in owed)) continue;
    const value = owed[name];
    delete owed[name];
    const box = field.type === "checkbox" || field.type === "radio";
    if ((box ? field.checked : field.value) === value) continue;
    if (box) field.checked = value; else field.value = value;
    touched.add(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    any = true;
  }
  if (any) say(state?.dataset.restored);
}

function say(sentence) {
  if (!sentence) return;
  const notices = document.createElement("div");
  notices.className = "notices";
  notices.setAttribute("role", "status");
  const notice = document.createElement("div");
  notice.className = "notice notice-ok";
  const text = document.createElement("p");
  text.className = "notice-text";
  text.textContent = sentence;
  notice.append(text);
  notices.append(notice);
  document.body.append(notices);
  setTimeout(() => notices.remove(), 6000);
}

window.homecare = {
  theme: () => root.dataset.theme ?? "auto",
  // A tablet of Apple's calls itself a Mac.
  device: () => (navigator.maxTouchPoints > 1 ? navigator.userAgent.replace("Macintosh", "iPad") : navigator.userAgent),
  call: (what) => import("/js/alerts.js").then((alerts) => alerts.tell(root.dataset.person, what)).catch(() => {}),
  live() {
    root.dataset.live = "yes";
    try { owed = JSON.parse(sessionStorage.getItem(typedKey()) ?? "{}"); } catch { owed = {}; }
    sessionStorage.removeItem(typedKey());
    if (!Object.keys(owed).length) return;
    putBack();
    // Fields that come later, as in a dialog that is opened again.
    const later = new MutationObserver(() => Object.keys(owed).length ? putBack() : later.disconnect());
    later.observe(document.body, { childList: true, subtree: true });
  },
};

// The connection. It is lost when a tablet sleeps, a network changes or the server starts anew.

const wait = (ms) => new Promise((go) => {
  const done = () => { clearTimeout(timer); removeEventListener("online", done); document.removeEventListener("visibilitychange", seen); go(); };
  const seen = () => document.visibilityState === "visible" && done();
  const timer = setTimeout(done, ms);
  addEventListener("online", done);
  document.addEventListener("visibilitychange", seen);
});

function show(name) {
  root.classList.toggle("is-cut", Boolean(name));
  state?.classList.remove(...shown);
  if (name) state?.classList.add(name);
}

function reload() {
  save();
  show("components-reconnect-rejected");
  location.reload();
}

let trying = false;

async function reconnect() {
  if (trying) return;
  trying = true;
  delete root.dataset.live;
  show("components-reconnect-show");
  for (let pause = 250; ; pause = Math.min(pause * 1.5, 2000)) {
    try {
      // True: all is well. False: the server is there, but it no longer knows this page. It throws while the server is away.
      if (!(await Blazor.reconnect())) return reload();
      trying = false;
      root.dataset.live = "yes";
      return show(null);
    } catch {
      await wait(pause);
    }
  }
}

addEventListener("pagehide", () => trying && save());

// Theme: at once, and for every page to come.

document.addEventListener("click", (event) => {
  const theme = event.target.closest?.("[data-set-theme]")?.dataset.setTheme;
  if (!theme) return;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
  }
});

// Sound, where it was chosen on this device: a browser allows it once the page was touched.

if (root.dataset.person) {
  let sound = false;
  try { sound = /"sound":true/.test(localStorage.getItem(`alerts:${root.dataset.person}`) ?? ""); } catch { /* As if it were not chosen. */ }
  if (sound) {
    import("/js/alerts.js").then((alerts) => {
      for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => alerts.ready(), { once: true, capture: true });
    }).catch(() => {});
  }
}

// What was written on this device and waits is sent from every page. Signing in by password makes that person the one at work here; signing out
// wipes what was taken along.

const here = () => import("/js/visit/background.js");
if (root.dataset.person) {
  here().then((device) => device.watch(root.dataset.person, { waiting: state?.dataset.waiting ?? "{0}", refused: state?.dataset.refused ?? "{0}" })).catch(() => {});
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const what = form.getAttribute?.("action");
  if ((what !== "/account/sign-out" && what !== "/account/sign-in") || form.dataset.told) return;
  event.preventDefault();
  form.dataset.told = "yes";
  const told = here().then((device) => (what === "/account/sign-out" ? device.signOut(root.dataset.person) : device.signingIn()));
  Promise.race([told, wait(2000)]).catch(() => {}).finally(() => form.requestSubmit(event.submitter));
}, true);

document.querySelector("#blazor-error-ui .reload")?.addEventListener("click", (event) => {
  event.preventDefault();
  reload();
});

Blazor.start({
  circuit: {
    // WebSockets at once: no negotiation, one round trip less.
    configureSignalR: (connection) => connection.withUrl("_blazor", { skipNegotiation: true, transport: 1 }),
    reconnectionHandler: { onConnectionDown: reconnect, onConnectionUp: () => { trying = false; show(null); } },
  },
}).catch(async () => {
  // The page came, its live connection did not: again as soon as the server answers.
  show("components-reconnect-show");
  for (;;) {
    await wait(1000);
    if ((await fetch("/healthz", { cache: "no-store" }).catch(() => null))?.ok) return reload();
  }
});

// A form that was sent and not taken: the first field that is wrong is where one goes on.
document.addEventListener("submit", ({ target: form }) => {
  const watch = new MutationObserver(() => {
    const wrong = form.querySelector("[aria-invalid=true]");
    const at = document.activeElement;
    if (!wrong || !(at === document.body || (form.contains(at) && at.type === "submit"))) return;
    watch.disconnect();
    wrong.focus();
  });
  watch.observe(form, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-invalid", "aria-busy"] });
  setTimeout(() => watch.disconnect(), 10_000);
}, true);
