// Examines every part of the doctor's page at once, each shown as soon as it has answered; beside a
// cluster, that cluster.
const status = document.getElementById("doctor-says");
const all = document.getElementById("doctor-all");
const parts = [...document.querySelectorAll("form[data-part]")];

async function examine(form, button) {
  const found = form.parentElement.querySelector(".doctor-found");
  const waiting = document.createElement("p");
  waiting.className = "help";
  waiting.textContent = status.dataset.busy;
  found.replaceChildren(waiting);
  found.ariaBusy = "true";
  if (all) form.elements.user_id.value = all.elements.user_id.value;
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "part" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    found.innerHTML = await answer.text();
  } catch {
    waiting.textContent = status.dataset.failed;
  }
  found.ariaBusy = null;
}

async function examineAll(forms, button) {
  status.textContent = status.dataset.busy;
  await Promise.all(forms.map((form) => examine(form, button)));
  status.textContent = status.dataset.done;
}

for (const form of parts) {
  form.onsubmit = ({ submitter }) => {
    examineAll([form], submitter);
    if (!form.contains(submitter)) form.parentElement.scrollIntoView();
    return false;
  };
}
if (all) all.onsubmit = () => (examineAll(parts), false);
if (!parts.some((form) => "asked" in form.dataset)) {
  await examineAll(parts);
  // The page was too short to show all of it when it was opened at the doctor.
  document.querySelector(":target")?.scrollIntoView();
}
