// Single sign-on leaves its token in the fragment: out of the address, into the form, gone.
const brought = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, "", location.pathname);
const form = document.getElementById("token-form");
if (brought.get("access_token")) {
  form.elements.token.value = brought.get("access_token");
  form.elements.state.value = brought.get("state") ?? "";
  form.submit();
}
