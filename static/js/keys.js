// Keys for people who telephone all day. Off while somebody types, and off for good on request.
const box = document.getElementById("q");
const dialog = document.getElementById("shortcuts");
const off = document.getElementById("shortcuts-off");
const OFF = "shortcuts-off";

const rows = () => [...document.querySelectorAll("#main .person")];
const row = () => document.activeElement?.closest("#main .person");
const press = (element) => element && (element.click(), true);

function move(step) {
  const all = rows();
  const next = all[all.indexOf(row()) + step];
  if (next) next.querySelector(".person-name").focus();
  else if (step < 0) box?.focus();
  return Boolean(next || step < 0);
}

const speed = (digit) => press(document.querySelector(`#main [data-key="${digit}"] a[data-number]`));

const actions = {
  "/": () => box && (box.focus(), box.select(), true),
  d: () => press((row() ?? document.getElementById("main")).querySelector("a.dial[data-number]")),
  h: () => press(document.querySelector("#callbar [data-hang-up]")),
  "?": () => dialog && (dialog.showModal(), true),
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (dialog?.open) return;
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (arrow && (row() || (target === box && arrow > 0))) {
    if (move(arrow)) event.preventDefault();
    return;
  }
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  if (localStorage.getItem(OFF) && key !== "?") return;
  if (event.repeat) return;
  if (actions[key]?.() || (/^[1-9]$/.test(key) && speed(key))) event.preventDefault();
});

if (off) {
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => {
    if (off.checked) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  });
}
document.querySelector("[data-shortcuts]")?.addEventListener("click", () => dialog.showModal());
