// The form and what is printed for the family: both show the text as it now stands.

import { make, said } from "/page/make.js";

// The columns of a form side by side, with what stands in each and what is still open.
export function formView({ form, blank }, putIn) {
  if (!form) {
    return [
      make("p", {}, "This text is not laid out as a form yet. A form is known by its headings, such as the three columns of Signs of Safety: what are we worried about, what is working well, what needs to happen."),
      blank ? make("button", { type: "button", class: "main", onclick: () => putIn(blank) }, "Put its headings in") : "",
    ];
  }
  const sections = form.sections.filter((section) => section.required || section.state !== "missing");
  return [
    make("h2", { class: "form-title" }, form.title),
    make("p", { class: "summary" }, form.summary),
    make("div", { class: form.columns ? "columns three" : "columns" }, sections.map(sectionView)),
    form.elsewhere.questions.length ? sectionView({ ...form.elsewhere, name: "Outside the form", pieces: [], says: "" }) : "",
  ];
}

function sectionView(section) {
  const state = section.says ? make("p", { class: "state", "data-state": section.state }, section.says) : "";
  const statements = section.statements.map((one) =>
    make("li", { "data-done": one.complete }, make("span", { "aria-hidden": "true" }, one.complete ? "✓ " : "☐ "), one.name, one.complete ? " is complete" : " has open questions"),
  );
  return make(
    "section",
    { class: "column", "data-state": section.state },
    make("h3", {}, section.name),
    state,
    section.pieces.map((words) => make("p", { class: "piece", dir: "auto" }, words)),
    statements.length ? make("ul", { class: "plain" }, statements) : "",
    section.questions.length ? make("h4", {}, "Still open") : "",
    section.questions.length ? make("ul", { class: "open-questions" }, section.questions.map((asked) => make("li", {}, said(asked)))) : "",
  );
}

// The text as it is printed, and what the words in it mean.
export function familyView({ blocks, terms }) {
  const words = terms.length
    ? [make("h2", {}, "What the words mean"), make("dl", { class: "terms" }, terms.map((term) => make("div", {}, make("dt", {}, said(term.words)), make("dd", {}, term.means))))]
    : [];
  return [blocksView(blocks, (block) => [said(block.words)]), ...words, make("p", { class: "ask-us" }, "If any of this is not clear, please ask us to explain exactly what we mean.")];
}

// The blocks of a text; `inner` gives what stands in each.
export function blocksView(blocks, inner) {
  const view = make("div", { class: "blocks" });
  // Levels one after another, whatever numbers the document gives them.
  const levels = [...new Set(blocks.filter((block) => block.kind === "heading").map((block) => block.level))].sort((one, two) => one - two);
  let table = null;
  for (const block of blocks) {
    const inside = inner(block);
    if (block.cell) {
      const [number, row, column] = block.cell;
      if (table?.number !== number) table = { number, element: make("table", {}, make("tbody")), cells: new Map() };
      if (!table.element.isConnected && table.element.parentNode !== view) view.append(table.element);
      cellOf(table, row, column).append(make("p", { dir: "auto" }, inside));
      continue;
    }
    table = null;
    const level = String(Math.min(levels.indexOf(block.level) + 3, 6));
    const element =
      block.kind === "heading"
        ? make("p", { class: "heading", role: "heading", "aria-level": level, dir: "auto" }, inside)
        : make(block.kind === "quotation" ? "blockquote" : "p", { class: block.kind.replace(" ", "-"), dir: "auto" }, inside);
    view.append(element);
  }
  return view;
}

function cellOf(table, row, column) {
  const key = `${row}.${column}`;
  if (!table.cells.has(key)) {
    if (!table.cells.has(`${row}`)) {
      const line = make("tr");
      table.cells.set(`${row}`, line);
      table.element.tBodies[0].append(line);
    }
    const cell = make("td");
    table.cells.get(`${row}`).append(cell);
    table.cells.set(key, cell);
  }
  return table.cells.get(key);
}

// Tabs, gone through with the arrow keys.
export function tabs(list, chosen) {
  const all = [...list.querySelectorAll('[role="tab"]')];
  const choose = (tab, focus) => {
    for (const one of all) {
      const on = one === tab;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      document.getElementById(one.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) tab.focus();
    chosen(tab.getAttribute("aria-controls"));
  };
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab, false);
  });
  list.addEventListener("keydown", (event) => {
    const now = all.indexOf(event.target);
    if (now < 0) return;
    const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : steps[event.key] ? (now + steps[event.key] + all.length) % all.length : -1;
    if (next >= 0) {
      event.preventDefault();
      choose(all[next], true);
    }
  });
  return (id) => choose(all.find((one) => one.getAttribute("aria-controls") === id), false);
}
