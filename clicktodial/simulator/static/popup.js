"use strict";
// The End Call dialog counts down and closes; the choice of a device narrows the choice of a line.
const closing = document.getElementById("closing");
if (closing) {
  let left = Number(closing.dataset.seconds);
  const shown = closing.querySelector("output");
  const keep = document.getElementById("keep");
  const ticking = setInterval(() => {
    if (keep && keep.checked) return;
    left -= 1;
    shown.textContent = String(Math.max(left, 0));
    if (left > 0) return;
    clearInterval(ticking);
    window.close();
    closing.querySelector("span").textContent = "You may close this window.";
  }, 1000);
}
const device = document.getElementById("device");
const line = document.getElementById("line");
if (device && line) {
  const narrow = () => {
    for (const group of line.querySelectorAll("optgroup")) {
      const own = group.label === device.value;
      group.hidden = group.disabled = !own;
      if (own && line.selectedOptions[0]?.parentElement !== group) group.querySelector("option").selected = true;
    }
  };
  device.addEventListener("change", narrow);
  narrow();
}
