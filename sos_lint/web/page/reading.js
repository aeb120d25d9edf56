// A document that somebody was sent: each short form and working word explained where it stands, and a number
// where there is something to ask, which leads to the questions.

import { byId, make, said, show } from "/page/make.js";
import { blocksView } from "/page/views.js";

export function readingView({ blocks }) {
  return blocksView(blocks, (block) => block.pieces.map(pieceView));
}

function pieceView(piece) {
  if (typeof piece === "string") return piece;
  const word = piece.words && said(piece.words, { class: "word", "data-kind": piece.kind });
  const number = piece.number ? numberView(piece) : "";
  if (!piece.means.length) return make("span", { class: "explained" }, word, number);
  if (piece.first) return make("span", { class: "explained" }, word, " ", meaning(piece), number);
  // Explained before: again for whoever asks.
  const opened = meaning(piece);
  opened.hidden = true;
  const button = make("button", { type: "button", class: "again", "aria-expanded": "false" }, word);
  button.addEventListener("click", () => {
    opened.hidden = !opened.hidden;
    button.setAttribute("aria-expanded", String(!opened.hidden));
  });
  return make("span", { class: "explained" }, button, " ", opened, number);
}

const meaning = ({ means, lead }) => make("span", { class: "meaning" }, `(${lead}: ${listed(means)})`);

const listed = (means) => means.map((one) => one.replace(/\.$/, "")).join("; or: ");

function numberView({ number, words }) {
  const onclick = () => {
    const item = byId(`ask-${number}`);
    item.focus({ preventScroll: true });
    show(item);
  };
  const button = { type: "button", class: "number", "aria-label": words ? `What to ask about “${words}”: number ${number}` : `What to ask about this: number ${number}`, onclick };
  return make("button", button, String(number));
}

// Everything that the reader may ask, to take along, and what the words mean.
export function askingView({ blocks, intro }) {
  const first = blocks.flatMap((block) => block.pieces.filter((piece) => piece.first));
  const asked = first.filter((piece) => piece.questions.length);
  const words = first.filter((piece) => piece.means.length);
  const parts = [make("h2", {}, "What you may ask"), make("p", {}, intro)];
  if (asked.length) parts.push(make("ol", { class: "to-ask" }, asked.map(askView)));
  if (words.length) {
    parts.push(make("h2", {}, "What the words mean"));
    parts.push(make("dl", { class: "terms" }, words.map((piece) => make("div", {}, make("dt", {}, said(piece.words)), make("dd", {}, `${listed(piece.means)}.`)))));
  }
  return parts;
}

function askView({ number, says, questions }) {
  const list = make("ul", {}, questions.map((question) => make("li", {}, said(question))));
  return make("li", { id: `ask-${number}`, value: String(number), tabindex: "-1" }, make("p", { class: "says" }, said(says)), list);
}
