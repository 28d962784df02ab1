// A page that leads on to another site (the pop-up, signing out) does so by itself; without this
// script its button does it.
document.querySelector("form[data-submit]")?.submit();
