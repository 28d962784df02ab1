// Offers this site to the browser for telephone links; the browser asks the person itself.
const button = document.querySelector("[data-handles-tel]");
const said = document.getElementById("said");

function say(part) {
  for (const each of said.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== part;
  said.hidden = false;
}

if (!navigator.registerProtocolHandler) say("unable");
else if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    try {
      navigator.registerProtocolHandler("tel", button.dataset.handlesTel);
      say("asked");
    } catch {
      say("refused");
    }
  });
}
