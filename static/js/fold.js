// The call bar folds when its buttons are no longer the likeliest wish; whoever uses it keeps it open.
const home = document.getElementById("callbar");
const announcer = document.getElementById("announcer");
const AGAIN = 2000; // ms until somebody who was in the bar is asked for again
let timer;

function fold(bar, announces) {
  bar.dataset.folded = "";
  bar.querySelector("[data-unfold]").hidden = false;
  const end = bar.querySelector("[data-hang-up]"); // where it is this site that can hang up
  end?.classList.replace("danger", "quiet");
  if (announces && end) announcer.textContent = document.getElementById("callbar-folded").content.textContent;
}

function wait(bar, time, announces) {
  timer = setTimeout(() => {
    if (bar.matches(":focus-within, :hover") || bar.querySelector("details[open]")) wait(bar, AGAIN, announces);
    else fold(bar, announces);
  }, time);
}

function begin() {
  clearTimeout(timer);
  const bar = home.querySelector("[data-folds]:not([data-folded])");
  if (bar) wait(bar, bar.dataset.folds * 1000, Number(bar.dataset.folds) > 0);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-unfold]");
  if (!button) return;
  const bar = button.closest(".callbar");
  delete bar.dataset.folded;
  delete bar.dataset.folds;
  button.hidden = true;
  bar.querySelector("summary, a, button")?.focus();
});

if (home) {
  // Whatever gets the focus is scrolled clear of the bar, however high that is.
  new ResizeObserver(([{ target }]) => {
    document.documentElement.style.scrollPaddingBlockEnd = `${target.offsetHeight + 8}px`;
  }).observe(home.parentElement);
  new MutationObserver(begin).observe(home, { childList: true });
  begin();
}
