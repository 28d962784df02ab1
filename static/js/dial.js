// A click on a number: one token a click, told in the call bar, never asked for twice.
const bar = document.getElementById("callbar");
const announcer = document.getElementById("announcer");
const home = bar?.dataset.dial; // the dial page's address
const AGAIN = 1500; // ms in which a second press of a number still counts as the same click
const clicks = new WeakMap();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Stale extends Error {} // signed out meanwhile, or signed in anew: the click did not get in

function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function show(content) {
  bar.replaceChildren(content);
  announcer.textContent = [".callbar-who", ".callbar-says", ".callbar-pin"]
    .map((part) => heard(bar.querySelector(part)))
    .filter(Boolean)
    .join(". ");
}

// Digits are there twice: in groups to be seen, one by one to be heard.
function heard(part) {
  const copy = part?.cloneNode(true);
  copy?.querySelectorAll("[aria-hidden]").forEach((it) => it.remove());
  return copy?.textContent.trim();
}

function showStanding(id, number, said) {
  const copy = document.getElementById(id).content.cloneNode(true);
  copy.querySelector("bdi").textContent = number;
  copy.querySelector(".callbar-who .visually-hidden").textContent = said;
  show(copy);
}

async function ask(url, fields) {
  const csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(url, {
    method: fields ? "POST" : "GET",
    body: fields && new URLSearchParams(fields),
    headers: { "X-Fragment": "callbar", "X-CSRFToken": csrf },
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Stale();
  const content = document.createRange().createContextualFragment(await answer.text());
  if (!answer.ok && !content.querySelector(".callbar")) throw new Error("no answer");
  return content;
}

async function follow() {
  try {
    for (let url; (url = bar.querySelector("[data-poll]")?.dataset.poll); ) {
      await pause(700);
      if (bar.querySelector("[data-poll]")?.dataset.poll === url) show(await ask(url));
    }
  } catch (error) {
    if (error instanceof Stale) location.reload();
  }
}

// While the answer is awaited, the row may already tell of a queue.
async function watch(url, settled) {
  while (await Promise.race([settled, pause(900).then(() => true)])) {
    try {
      const now = await ask(url);
      if (now.querySelector("[data-poll]")) show(now);
    } catch {
      /* the click's own answer decides */
    }
  }
}

async function place(link, number, click, popup) {
  const { way, behalf } = link.dataset;
  const fields = { number, click, ...(way && { way }), ...(behalf && { behalf }) };
  const sent = ask(home, fields).catch(async (error) => {
    if (error instanceof Stale) throw error;
    await pause(1000);
    return ask(home, fields);
  });
  const settled = sent.then(() => false, () => false);
  watch(`${home}calls/${click}/`, settled);
  const answer = await sent;
  const { go, handle, window: next } = answer.querySelector(".callbar")?.dataset ?? {};
  show(answer);
  if (popup) next ? (popup.location = next) : popup.close();
  if (handle) location.assign(handle); // a softphone's link: the page stays
  if (go) location.assign(go);
}

async function dial(event, link) {
  event.preventDefault();
  const { number, way, behalf, shown = number } = link.dataset;
  const said = link.ariaLabel ?? shown.replace(/\d(?=\d)/g, "$& ");
  const last = clicks.get(link);
  if (link.ariaBusy === "true" || (last && performance.now() - last < AGAIN)) return;
  // The window must open inside the gesture, or the browser takes it for an advertisement.
  const opens = way ? way === "popup" : !behalf && "popup" in bar.dataset;
  const popup = opens
    ? window.open("", "webdialer", `${bar.dataset.window},resizable=yes,scrollbars=yes`)
    : null;
  link.ariaBusy = "true";
  showStanding("callbar-placing", shown, said);
  try {
    await place(link, number, token(), popup);
  } catch (error) {
    popup?.close();
    if (error instanceof Stale) return location.assign(link.href);
    showStanding("callbar-lost", shown, said);
  } finally {
    link.ariaBusy = null;
    clicks.set(link, performance.now());
  }
  follow();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-callbar]")) return bar.replaceChildren();
  const link = event.target.closest("a[data-number]");
  const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (link && plain && bar) dial(event, link);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-callbar]")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    show(await ask(form.action, {}));
  } catch {
    form.submit();
  }
});

follow();
