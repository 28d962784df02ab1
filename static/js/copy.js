// Buttons that copy a number; shown only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const mark = button.querySelector("use");
  const before = mark.getAttribute("href");
  mark.setAttribute("href", before.replace("#copy", "#check"));
  document.getElementById("announcer").textContent = button.dataset.copied;
  setTimeout(() => mark.setAttribute("href", before), 1500);
});
