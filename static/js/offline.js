// Says in words when the computer is offline or the site cannot be reached, until it is over.
const toasts = document.getElementById("toasts");
const words = document.getElementById("offline");
const say = document.getElementById("announcer");

function show(part) {
  toasts.querySelector("[data-offline]")?.remove();
  if (!part) return;
  const notice = words.content.cloneNode(true).querySelector(`[data-offline=${part}]`);
  toasts.append(notice);
  say.textContent = notice.textContent.trim();
}

if (toasts && words) {
  const back = () => {
    if (toasts.querySelector("[data-offline]")) say.textContent = words.dataset.back;
    show();
  };
  addEventListener("offline", () => show("computer"));
  addEventListener("online", back);
  document.addEventListener("unreachable", () => show(navigator.onLine ? "site" : "computer"));
  document.addEventListener("reachable", back);
  if (!navigator.onLine) show("computer");
  // In a browser's window its own page says so; an installed app has none.
  if (matchMedia("(display-mode: standalone)").matches) {
    navigator.serviceWorker?.register(words.dataset.worker);
  }
}
