// Examines every part of the doctor's page at once, each shown as soon as it has answered.
const status = document.getElementById("doctor-says");
const all = document.getElementById("doctor-all");
const parts = [...document.querySelectorAll("form[data-part]")];

async function examine(form) {
  const found = form.parentElement.querySelector(".doctor-found");
  const waiting = document.createElement("p");
  waiting.className = "help";
  waiting.textContent = status.dataset.busy;
  found.replaceChildren(waiting);
  found.ariaBusy = "true";
  form.elements.user_id.value = all.elements.user_id.value;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "part" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    found.innerHTML = await answer.text();
  } catch {
    waiting.textContent = status.dataset.failed;
  }
  found.ariaBusy = null;
}

async function examineAll(forms) {
  status.textContent = status.dataset.busy;
  await Promise.all(forms.map(examine));
  status.textContent = status.dataset.done;
}

for (const form of parts) form.onsubmit = () => (examineAll([form]), false);
all.onsubmit = () => (examineAll(parts), false);
if (!parts.some((form) => "asked" in form.dataset)) examineAll(parts);
