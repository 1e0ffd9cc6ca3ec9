// The rows of a board by the keyboard: up and down from name to name, home and end; only while the focus is within the rows.

export function start(page) {
  const move = (event) => {
    const row = event.target instanceof Element && event.target.closest(".board-row");
    if (!row || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const names = [...page.querySelectorAll(".board-row .board-name")];
    const at = names.indexOf(row.querySelector(".board-name"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined || !names[to]) return;
    event.preventDefault();
    names[to].focus();
    names[to].closest(".board-row").scrollIntoView({ block: "nearest" });
  };
  page.addEventListener("keydown", move);
  return { stop: () => page.removeEventListener("keydown", move) };
}
