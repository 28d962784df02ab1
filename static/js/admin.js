// What Django's own widgets leave unnamed, named: boxes of select2, halves of a date and time,
// hints of selectors, and filters for what is empty.
let counted = 0;

function nameBox(box) {
  const select = box.closest(".select2-container")?.previousElementSibling;
  const label = select?.labels?.[0];
  if (!label) return;
  label.id ||= `label-${(counted += 1)}`;
  const shown = box.querySelector(".select2-selection__rendered");
  if (shown?.role === "textbox") shown.setAttribute("aria-labelledby", label.id);
  const typed = box.querySelector(".select2-search__field");
  if (typed) typed.setAttribute("aria-labelledby", label.id);
  if (box.role === "combobox") box.setAttribute("aria-labelledby", `${label.id} ${shown?.id ?? ""}`);
}

function nameHalf(input) {
  if (input.labels.length || input.ariaLabel) return;
  const whole = input.closest(".form-row, td")?.querySelector("label, legend");
  const words = [whole?.textContent, input.previousSibling?.textContent];
  input.ariaLabel = words.map((it) => it?.trim()).filter(Boolean).join(" ");
}

function nameAll() {
  for (const box of document.querySelectorAll(".select2-selection")) nameBox(box);
  for (const half of document.querySelectorAll(".vDateField, .vTimeField")) nameHalf(half);
  for (const hint of document.querySelectorAll("span.help-tooltip[aria-label]")) hint.role = "img";
  for (const link of document.querySelectorAll("#changelist-filter li a:empty")) link.textContent = "–";
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
