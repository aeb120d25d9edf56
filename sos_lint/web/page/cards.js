// The questions, one card for each place: what is told already is ticked, the rest is asked.

import { make, said, show } from "/page/make.js";

const MANY = 100; // cards from which those that are out of sight are not drawn

export class Cards extends EventTarget {
  constructor(list) {
    super();
    this.list = list;
    this.shown = new Map(); // what stands in the list, by key
    this.answers = new Map(); // what was typed and not written into the text yet
    this.open = null;
  }

  // Shows these cards, in order. A card that has not changed stays as it is, with what is typed in it.
  tell(cards) {
    this.list.toggleAttribute("data-many", cards.length > MANY);
    const keys = new Set(cards.map((card) => card.key));
    for (const [key, one] of this.shown) {
      if (keys.has(key)) continue;
      one.element.remove();
      this.shown.delete(key);
      if (key !== this.open) this.answers.delete(key);
    }
    let before = this.list.firstElementChild;
    for (const card of cards) {
      const element = this.element(card);
      if (element === before) before = before.nextElementSibling;
      else this.list.insertBefore(element, before);
    }
  }

  element(card) {
    const one = this.shown.get(card.key);
    if (one) {
      const same = one.card.told === card.told;
      one.card = card;
      if (same) return one.element;
    }
    const made = one?.element ?? make("li", { class: "card" });
    const focus = made.contains(document.activeElement) ? document.activeElement.dataset.part : undefined;
    this.shown.set(card.key, { element: made, card });
    this.draw(made, card);
    if (focus !== undefined) {
      const same = made.querySelector(`[data-part="${CSS.escape(focus)}"]`);
      (same ?? made.querySelector("textarea") ?? made.querySelector("button")).focus({ preventScroll: true });
    }
    return made;
  }

  draw(made, card) {
    const open = card.key === this.open;
    const body = `card-${card.key}`;
    made.dataset.kind = card.kind;
    made.toggleAttribute("data-done", card.done);
    made.toggleAttribute("data-open", open);
    const head = make(
      "button",
      {
        type: "button",
        class: "head",
        "aria-expanded": String(open),
        "aria-controls": body,
        "data-part": "head",
        onclick: () => this.dispatchEvent(new CustomEvent("choose", { detail: open ? null : card.key })),
      },
      make("span", { class: "words" }, said(card.words || "The whole text", { "data-kind": card.kind })),
      " ",
      make("span", { class: "kind" }, card.done ? "all told" : card.name),
    );
    made.replaceChildren(make("h3", {}, head));
    if (!card.done || open) made.append(make("p", { class: "message" }, card.message));
    const inner = make("div", { class: "body", id: body, hidden: !open });
    if (open) inner.append(...this.body(card));
    made.append(inner);
  }

  body(card) {
    const parts = [];
    if (card.asks) parts.push(this.asks(card));
    if (card.of_form) parts.push(make("ul", { class: "plain" }, card.of_form.map((asked) => make("li", {}, asked))));
    if (card.advice) parts.push(make("p", { class: "advice" }, card.advice));
    if (card.choices) parts.push(this.choices(card));
    if (card.scaffold) parts.push(this.scaffold(card));
    const ends = [this.button("Show it in the text", "show", () => this.tellOf("show", card))];
    if (!card.done) ends.push(this.button("Leave it as it is", "leave", () => this.tellOf("leave", card)));
    parts.push(make("div", { class: "row" }, ends));
    return parts;
  }

  asks(card) {
    const given = this.answers.get(card.key) ?? {};
    const items = card.asks.map((asked) => {
      if (asked.told) {
        const tick = make("span", { class: "tick", "aria-hidden": "true" }, "✓");
        const label = make("b", {}, asked.label, make("span", { class: "unseen" }, " is told:"));
        return make("li", { class: "told" }, tick, make("div", {}, label, " ", said(asked.told, { class: "quiet" })));
      }
      const id = `answer-${card.key}-${asked.part}`;
      const field = make("textarea", {
        id,
        rows: "1",
        spellcheck: "false",
        autocomplete: "off",
        "data-gramm": "false",
        "data-part": asked.part,
        placeholder: "In your own words",
        oninput: (event) => this.answer(card, asked.part, event.target.value),
        onkeydown: (event) => {
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            this.write(card);
          }
        },
      });
      field.value = given[asked.part] ?? "";
      const label = make("label", { for: id }, make("b", {}, asked.label), " ", asked.question);
      return make("li", { class: "open" }, make("span", { class: "tick", "aria-hidden": "true" }, "☐"), make("div", {}, label, field));
    });
    const list = make("ul", { class: "asks" }, items);
    if (card.done) return list;
    const write = this.button("Write my answers in", "write", () => this.write(card), "main");
    write.disabled = !Object.values(given).some((words) => words.trim());
    return make("div", {}, list, make("div", { class: "row" }, write));
  }

  answer(card, part, words) {
    this.answers.set(card.key, { ...this.answers.get(card.key), [part]: words });
    const write = this.shown.get(card.key)?.element.querySelector('[data-part="write"]');
    if (write) write.disabled = !Object.values(this.answers.get(card.key)).some((one) => one.trim());
  }

  write(card) {
    const answers = this.answers.get(card.key) ?? {};
    if (!Object.values(answers).some((words) => words.trim())) return;
    this.answers.delete(card.key);
    this.decide(card, { is: "told", answers });
  }

  choices(card) {
    const title = make("p", { class: "label" }, card.kind === "acronym" ? "Spell it out as" : "Write instead");
    const items = card.choices.map(({ words, note, how }, number) =>
      make("li", {}, this.button(words, `choice-${number}`, () => this.decide(card, { is: how, words })), note ? make("span", { class: "quiet" }, note) : ""),
    );
    return make("div", { class: "choices" }, title, make("ul", {}, items));
  }

  scaffold(card) {
    return make(
      "div",
      { class: "scaffold" },
      make("p", { class: "label" }, "Words to start from; fill in what is in [brackets]"),
      make("blockquote", {}, said(card.scaffold)),
      make("div", { class: "row" }, this.button("Put these words in", "scaffold", () => this.decide(card, { is: "scaffold" }))),
    );
  }

  button(words, part, onclick, kind = "") {
    return make("button", { type: "button", class: kind, "data-part": part, onclick }, words);
  }

  decide(card, decision) {
    const latest = this.shown.get(card.key)?.card ?? card;
    this.dispatchEvent(new CustomEvent("decide", { detail: { card: latest, decision } }));
  }

  tellOf(what, card) {
    this.dispatchEvent(new CustomEvent(what, { detail: card.key }));
  }

  // Opens one card, and closes the one that was open. `focus`: its first question is gone to.
  choose(key, { focus = false, bring = true } = {}) {
    const before = this.open;
    this.open = key;
    for (const each of new Set([before, key])) {
      const one = this.shown.get(each);
      if (one) this.draw(one.element, one.card);
    }
    const element = this.shown.get(key)?.element;
    if (!element) return;
    if (focus) (element.querySelector("textarea") ?? element.querySelector("button")).focus({ preventScroll: true });
    if (bring) show(element, "nearest");
  }
}
