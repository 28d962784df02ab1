// click-to-dial, version 1: for pages of other sites. A published version never changes.
//
// Makes three things into links to the dial page of the site this file was loaded from:
//   <a href="tel:+41446681800">…</a>
//   <span data-click-to-dial>044 668 18 00</span>   (or the number as the attribute's value)
//   <click-to-dial number="+41446681800">Reception</click-to-dial>
// It sends nothing, reads no cookie and keeps nothing; that page alone dials, by a person's press.
const DIAL = new URL("../../", import.meta.url); // …/dial/script/1/click-to-dial.js
const LONGEST = 200; // characters of a number, PIN and all
const WINDOW = "popup,noopener,width=520,height=720";

const address = (number) => {
  const to = new URL(DIAL);
  to.searchParams.set("number", String(number).trim().slice(0, LONGEST));
  return to.href;
};

function open(event) {
  const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!plain || event.defaultPrevented) return;
  event.preventDefault();
  // Without a name and without an opener: the other page gets no hold on the window.
  window.open(event.currentTarget.href, "_blank", WINDOW);
}

function lead(link, number) {
  link.href = address(number);
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.addEventListener("click", open);
  return link;
}

class ClickToDial extends HTMLElement {
  static observedAttributes = ["number"];
  #link = document.createElement("a");
  #slot = document.createElement("slot");

  constructor() {
    super();
    this.#link.part = "link";
    this.#link.append(this.#slot);
    this.#slot.addEventListener("slotchange", () => this.#lead());
    this.attachShadow({ mode: "open", delegatesFocus: true }).append(this.#link);
  }

  connectedCallback() {
    this.#lead();
  }

  attributeChangedCallback() {
    this.#lead();
  }

  #lead() {
    const number = this.getAttribute("number") ?? this.textContent;
    if (!number.trim()) return this.#link.removeAttribute("href");
    lead(this.#link, number);
    this.#slot.textContent = number; // shown where the element is empty
  }
}

const MARKED = 'a[href^="tel:" i], [data-click-to-dial]';

function mark(element) {
  if (element.matches('a[href^="tel:" i]')) return lead(element, element.getAttribute("href"));
  if (element.querySelector("a") || element.closest("a")) return element;
  const link = lead(document.createElement("a"), element.dataset.clickToDial || element.textContent);
  link.append(...element.childNodes);
  element.append(link);
  return element;
}

function markWithin(root) {
  if (root.matches?.(MARKED)) mark(root);
  root.querySelectorAll?.(MARKED).forEach(mark);
}

if (!customElements.get("click-to-dial")) {
  customElements.define("click-to-dial", ClickToDial);
  markWithin(document);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") markWithin(target);
      else addedNodes.forEach(markWithin);
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["href", "data-click-to-dial"],
  });
}
