// Elements made of words that are only ever words: nothing here reads markup.

export const byId = (id) => document.getElementById(id);

export function make(name, attributes = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(key, value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...inner.flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

// What stands in an element is replaced by these.
export const fill = (element, ...inner) => element.replaceChildren(...inner.flat().filter(Boolean));

// Words of a document, whose direction of writing must not turn that of what stands around them.
export const said = (words, attributes = {}) => make("bdi", attributes, words);

const status = byId("status");
const aside = byId("heard");
const SHOWN = 8000; // milliseconds
const SHOWN_LONG = 20_000;
let waiting = 0;
let gone = 0;

// Says something to everybody, those too who do not see it.
export function say(words, { kind = "" } = {}) {
  status.dataset.kind = kind;
  if (status.textContent === words) status.textContent = "";
  status.textContent = words;
  clearTimeout(gone);
  gone = setTimeout(() => (status.textContent = ""), kind ? SHOWN_LONG : SHOWN);
}

// Says what stands on the page already, to those alone who do not see that. `later`: once the typing has paused.
export function tell(words, { later = 0 } = {}) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (aside.textContent === words) aside.textContent = "";
    aside.textContent = words;
  }, later);
}

// Takes back what was said, if it still stands there.
export function hush(words) {
  if (status.textContent === words) status.textContent = "";
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function show(element, block = "center") {
  element?.scrollIntoView({ block, inline: "nearest", behavior: calm() ? "auto" : "smooth" });
}
