// The makeCallProxy form: its window opens at its size, and the password stays no longer than needed.
document.addEventListener("submit", ({ target: form }) => {
  if (!form.matches("form[data-proxy]")) return;
  window.open("", form.target, `${form.dataset.window},resizable=yes,scrollbars=yes`);
  setTimeout(() => (form.elements.pwd.value = ""));
});
