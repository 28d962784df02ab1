"use strict";
// Looks three times a second whether a phone has changed, and replaces only the cards that did.
const place = document.getElementById("phones");
const news = document.getElementById("news");
const search = document.getElementById("q");
let tag = "";
let query = location.search;

function merge(text) {
  const fresh = document.createElement("template");
  fresh.innerHTML = text;
  const told = [];
  for (const card of fresh.content.querySelectorAll(".phone")) {
    const old = document.getElementById(card.id);
    if (old && old.dataset.version === card.dataset.version) {
      card.replaceWith(old);
    } else if (!old || old.dataset.state !== card.dataset.state) {
      if (tag) told.push(card.getAttribute("aria-label"));
    }
  }
  place.replaceChildren(...fresh.content.childNodes);
  if (told.length && told.length < 5) news.textContent = told.join(". ");
}

async function look() {
  try {
    const asked = query;
    const answer = await fetch("/phones/cards" + asked, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status === 200 && asked === query) {
      merge(await answer.text());
      tag = answer.headers.get("ETag") || "";
    }
  } catch {
    news.textContent = "The simulator does not answer.";
  }
  setTimeout(look, document.hidden ? 2000 : 300);
}

search.addEventListener("input", () => {
  const wanted = new URLSearchParams(query);
  if (search.value) wanted.set("q", search.value);
  else wanted.delete("q");
  query = "?" + wanted;
  history.replaceState(null, "", query);
  tag = "";
});
look();
