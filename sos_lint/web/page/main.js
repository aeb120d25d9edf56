// Joins the parts of the page: the text, its questions, its views, and what goes in and out.

import { ask, askOfFile, MOST_FILE, MOST_TEXT } from "/page/ask.js";
import { Cards } from "/page/cards.js";
import { byId, fill, hush, make, say, tell } from "/page/make.js";
import { askingView, readingView } from "/page/reading.js";
import { Sheet } from "/page/sheet.js";
import { familyView, formView, tabs } from "/page/views.js";

const PAUSE = 40; // milliseconds after the last key until the text is read
const LONG = 600; // milliseconds of reading after which the page says what it is at
const READING = "Reading your text …";
const TOO_LONG = "This is more than the page can read at once: some 350 pages. Please put in a part of it.";
const TOO_BIG = "This file is over 10 MB. Please take its pictures out, or put in a part of it.";

const sheet = new Sheet(byId("text"), byId("mirror"));
const cards = new Cards(byId("cards"));
const state = { number: 0, told: new Map(), cards: [], more: 0, hidden: new Set(), left: new Set(), file: null, view: "questions", mode: "write" };

// Reading the text

let timer = 0;
let busy = false;
let again = false;
let took = 0;

function soon() {
  clearTimeout(timer);
  byId("cards").setAttribute("aria-busy", "true");
  timer = setTimeout(read, Math.max(PAUSE, took > 1000 ? 400 : 0));
}

const about = () => ({ text: sheet.text, lines: sheet.lines, form: byId("form-name").value || null, service: byId("service-name").value || null });

async function read() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  const version = sheet.version;
  const begun = performance.now();
  const waits = setTimeout(() => say(READING), LONG);
  try {
    if (!sheet.text.trim()) found({ cards: [], counts: [], more: 0 });
    else {
      const answer = whole(await ask("check", { ...about(), known: state.number }));
      if (sheet.version === version) found(answer);
      else again = true;
    }
    if (sheet.version === version) await views();
  } catch (fault) {
    say(fault.message, { kind: "fault" });
    if (sheet.version === version) byId("cards").removeAttribute("aria-busy");
  }
  clearTimeout(waits);
  hush(READING);
  took = performance.now() - begun;
  busy = false;
  if (again) {
    again = false;
    soon();
  }
}

// An answer with all its cards: of those that are here already, it tells only where they stand now.
function whole(answer) {
  const cards = answer.cards.map(({ at, ...told }) => ({ at, told: told.kind ? told : state.told.get(told.id) }));
  state.number = answer.number;
  state.told = new Map(cards.map(({ told }) => [told.id, told]));
  return { ...answer, cards: cards.map(({ at, told }) => ({ ...told, at, told })) };
}

// A place keeps its card while the words around it change.
function keyed(told) {
  const before = new Map(sheet.marks.map((mark) => [`${mark.start} ${mark.kind} ${mark.words}`, mark.id]));
  const taken = new Set();
  return told.map((card) => {
    let key = before.get(`${card.at[0]} ${card.kind} ${card.words}`);
    if (!key || taken.has(key)) key = taken.has(card.id) ? `${card.id}-${card.at[0]}` : card.id;
    taken.add(key);
    return { ...card, key };
  });
}

function found({ cards: told, counts, more }) {
  state.cards = keyed(told);
  state.counts = counts;
  state.more = more;
  redraw();
  byId("cards").removeAttribute("aria-busy");
}

const isShown = (card) => !state.hidden.has(card.kind) && !state.left.has(card.key);

function redraw() {
  const shown = state.cards.filter(isShown);
  sheet.mark(shown.map(({ key, at, kind, done, words }) => ({ id: key, start: at[0], end: at[1], kind, done, words })));
  cards.tell(shown);
  const open = state.cards.filter((card) => !card.done && !state.left.has(card.key)).length;
  const done = state.cards.filter((card) => card.done).length;
  const empty = !sheet.text.trim();
  byId("start").hidden = !empty;
  byId("found").hidden = empty;
  const title = titleOf(open + state.more, done);
  if (byId("found-title").textContent !== title) {
    byId("found-title").textContent = title;
    if (!empty) tell(title, { later: 1200 });
  }
  kinds();
  byId("left").hidden = !state.left.size && !state.more;
  fill(byId("left"), leftOf());
  for (const id of ["back", "next"]) byId(id).disabled = !shown.length;
}

function titleOf(open, done) {
  if (open) return open === 1 ? "1 place to make clearer" : `${open.toLocaleString("en-GB")} places to make clearer`;
  return done ? "Everything that we would ask is told" : "Nothing to ask: this reads clearly";
}

function leftOf() {
  const parts = [];
  if (state.more) parts.push(`The first ${state.cards.length.toLocaleString("en-GB")} places are shown. `);
  if (state.left.size) {
    const gone = state.left.size === 1 ? "1 place is left as it is. " : `${state.left.size} places are left as they are. `;
    const back = make("button", { type: "button", class: "link", onclick: () => (state.left.clear(), redraw()) }, "Show them again");
    parts.push(gone, back);
  }
  return parts.map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
}

let drawn = "";
function kinds() {
  const now = JSON.stringify(state.counts ?? []);
  if (now === drawn) return;
  drawn = now;
  const boxes = (state.counts ?? []).map(({ kind, name }) => {
    const box = make("input", { type: "checkbox", checked: !state.hidden.has(kind), onchange: (event) => {
      state.hidden[event.target.checked ? "delete" : "add"](kind);
      redraw();
    } });
    return make("label", { "data-kind": kind }, box, make("span", {}, name));
  });
  byId("kinds").hidden = !boxes.length;
  fill(byId("kinds"), make("legend", { class: "unseen" }, "Show"), boxes);
}

// From the text to its questions, and back

function choose(key, options = {}) {
  sheet.choose(key);
  cards.choose(key, options);
}

function step(by) {
  const key = sheet.beside(by, new Set(state.cards.filter((card) => isShown(card) && !card.done).map((card) => card.key)));
  if (key === null) return;
  cards.choose(key);
  sheet.visit(key);
  const card = state.cards.find((one) => one.key === key);
  const number = state.cards.filter(isShown).indexOf(card) + 1;
  tell(`“${card.words}”, ${card.name}, ${number} of ${state.cards.filter(isShown).length}. ${card.message}`);
}

async function decide({ card, decision }) {
  try {
    const { hunks } = await ask("change", { ...about(), id: card.id, decision });
    if (!hunks.length) return say("These words stand there already.");
    const last = hunks.at(-1);
    const put = last.words;
    sheet.change(hunks);
    const start = sheet.area.selectionEnd - put.length;
    const blank = /\[[^\]\n]+\]/.exec(put);
    if (blank) sheet.area.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
    else if (decision.is === "told") cards.choose(card.key, { focus: true });
    say(blank ? "Written in. Type over what stands in brackets." : "Written in. “Undo” takes it back.");
  } catch (fault) {
    say(fault.message, { kind: "fault" });
  }
}

cards.addEventListener("choose", ({ detail }) => {
  choose(detail);
  if (detail) sheet.visit(detail, { focus: false });
});
cards.addEventListener("show", ({ detail }) => sheet.visit(detail));
cards.addEventListener("decide", ({ detail }) => decide(detail));
cards.addEventListener("leave", ({ detail }) => {
  state.left.add(detail);
  redraw();
  byId("found-title").focus();
  say("It stays as it is.");
});
sheet.addEventListener("moved", () => sheet.current && cards.choose(sheet.current));
sheet.addEventListener("toolong", () => say(TOO_LONG, { kind: "fault" }));
sheet.addEventListener("change", () => {
  const empty = !sheet.text.trim();
  if (!sheet.text) named(null);
  for (const id of ["copy", "download", "print", "clear"]) byId(id).disabled = empty;
  byId("undo").disabled = !sheet.undoable;
  if (sheet.text.length > MOST_TEXT) return say(TOO_LONG, { kind: "fault" });
  return soon();
});

byId("back").addEventListener("click", () => step(-1));
byId("next").addEventListener("click", () => step(1));
document.addEventListener("keydown", (event) => {
  if (state.mode !== "write") return;
  if (event.key === "F8") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  } else if (event.key === "Enter" && event.altKey && event.target === sheet.area && sheet.current) {
    event.preventDefault();
    openView("questions");
    cards.choose(sheet.current, { focus: true });
  } else if (event.key === "Escape" && event.target.closest?.(".card")) {
    sheet.visit(cards.open);
  }
});

// Files

function named(file, note = "") {
  state.file = file;
  byId("file-name").hidden = !file;
  byId("file-name").textContent = file ? `From ${file.name}${note}` : "";
}

async function open(file) {
  if (file.size > MOST_FILE) return say(TOO_BIG, { kind: "fault" });
  say(`Reading ${file.name} …`);
  try {
    const told = await (await askOfFile("open", { name: file.name }, file)).json();
    named(file);
    state.left.clear();
    sheet.put(told.text, told.lines);
    sheet.area.setSelectionRange(0, 0);
    say(`${file.name} is open.`);
    if (state.mode === "read") await reading();
  } catch (fault) {
    say(fault.message, { kind: "fault" });
  }
  return undefined;
}

byId("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) open(file);
});

let over = 0;
const holdsFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
for (const [name, by] of [["dragenter", 1], ["dragleave", -1]]) {
  document.addEventListener(name, (event) => {
    if (!holdsFile(event)) return;
    over += by;
    byId("drop").hidden = over <= 0;
  });
}
document.addEventListener("dragover", (event) => holdsFile(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!holdsFile(event)) return;
  event.preventDefault();
  over = 0;
  byId("drop").hidden = true;
  if (event.dataTransfer.files.length > 1) say("Please put in one file at a time.", { kind: "fault" });
  else if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
});

byId("example").addEventListener("click", async () => {
  named(null);
  state.left.clear();
  sheet.put(await (await fetch("/page/example.txt", { cache: "no-store" })).text());
  say("This is a note about a made-up family. Choose an underlined word.");
});
byId("clear").addEventListener("click", () => {
  named(null);
  state.left.clear();
  sheet.put("");
  sheet.area.focus();
  say("The text is gone.");
});
byId("undo").addEventListener("click", () => {
  sheet.undo();
  say("Taken back.");
});

byId("copy").addEventListener("click", async () => {
  const blanks = sheet.text.match(/\[[^\]\n]+\]/g)?.length ?? 0;
  await navigator.clipboard.writeText(sheet.text);
  say(blanks ? `Copied. ${blanks === 1 ? "1 place" : `${blanks} places`} in [brackets] still waits for your words.` : "Copied, without marks.");
});

byId("download").addEventListener("click", async () => {
  say("Making the Word file …");
  try {
    const answer = await askOfFile("annotate", { ...about(), name: state.file?.name ?? "" }, state.file);
    const told = JSON.parse(decodeURIComponent(answer.headers.get("x-about")));
    const link = make("a", { href: URL.createObjectURL(await answer.blob()), download: told.saved });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(told.says);
  } catch (fault) {
    say(fault.message, { kind: "fault" });
  }
});

byId("print").addEventListener("click", async () => {
  await family();
  print();
});

// Views

const openView = tabs(document.querySelector('[role="tablist"]'), (id) => {
  state.view = id;
  document.body.dataset.view = id;
  views().catch((fault) => say(fault.message, { kind: "fault" }));
});

async function views() {
  if (state.mode === "read") return;
  if (state.view === "form") await form();
  if (state.view === "family") await family();
}

async function form() {
  const { version } = sheet;
  const told = sheet.text.trim() ? await ask("form", about()) : await ask("form", { ...about(), text: "-" });
  if (version !== sheet.version) return;
  fill(byId("form-view"), formView(told, (blank) => {
    const end = sheet.text.length;
    sheet.change([{ at: [end, end], words: (sheet.text.trim() ? "\n\n" : "") + blank }]);
  }));
}

async function family() {
  fill(byId("family-view"), sheet.text.trim() ? familyView(await ask("family", about())) : []);
}

for (const id of ["form-name", "service-name"]) byId(id).addEventListener("change", soon);

// For whoever was sent the text

async function reading() {
  const empty = !sheet.text.trim();
  const isRead = state.mode === "read" && !empty;
  byId("paper").hidden = isRead;
  byId("reading").hidden = !isRead;
  byId("another").hidden = !isRead;
  byId("asking").hidden = !isRead;
  if (!isRead) return;
  try {
    const told = await ask("received", about());
    fill(byId("reading"), readingView(told));
    fill(byId("asking"), askingView(told));
  } catch (fault) {
    say(fault.message, { kind: "fault" });
  }
}

function mode(name) {
  state.mode = name;
  document.body.dataset.mode = name;
  byId("mode-write").setAttribute("aria-pressed", String(name === "write"));
  byId("mode-read").setAttribute("aria-pressed", String(name === "read"));
  byId("draft-title").textContent = name === "write" ? "Your text" : "What you were sent";
  byId("text").placeholder = name === "write" ? "Paste or type here, or drop a Word file." : "Paste what you were sent, or drop the file here.";
  byId("print").textContent = name === "write" ? "Print for the family" : "Print this";
  for (const element of document.querySelectorAll(".for-write")) element.hidden = name !== "write";
  for (const element of document.querySelectorAll("p .for-read")) element.hidden = name !== "read";
  for (const id of ["questions", "form", "family"]) byId(id).hidden = name !== "write" || id !== state.view;
  reading();
  if (name === "write") soon();
}

byId("mode-write").addEventListener("click", () => mode("write"));
byId("mode-read").addEventListener("click", () => mode("read"));
byId("another").addEventListener("click", () => {
  sheet.put("");
  named(null);
  reading();
  sheet.area.focus();
});
let settled = 0;
sheet.addEventListener("change", () => {
  if (state.mode !== "read") return;
  clearTimeout(settled);
  settled = setTimeout(reading, 400);
});

async function begin() {
  try {
    const { forms, services, form: asked, service } = await ask("choices", {});
    for (const [id, options, chosen] of [["form-name", forms, asked], ["service-name", services, service]]) {
      byId(id).append(...options.map(([value, words]) => make("option", { value }, words)));
      if (chosen) byId(id).value = chosen;
    }
    if (sheet.text.trim()) soon();
  } catch (fault) {
    say(fault.message, { kind: "fault" });
  }
}

mode("write");
begin();
