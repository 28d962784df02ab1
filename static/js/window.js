// The pop-up goes on to Unified CM by itself; without this script its button does it.
document.querySelector("form[data-submit]")?.submit();
