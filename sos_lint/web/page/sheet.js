// The text that is being written: a plain text field, which every screen reader, keyboard and phone knows, and
// beneath it the same words once more, unseen, which carry the underlines. A field that can be styled word by
// word (contenteditable) would be read out, undone and corrected differently in every browser.
//
// The words beneath are cut into pieces at line ends, so that a change touches one piece and not the whole.

import { MOST_LINES, MOST_TEXT } from "/page/ask.js";
import { make, show } from "/page/make.js";

const PIECE = 1500; // characters from which a piece ends at the next line end
const EMPTY = "\u200b"; // gives the last, empty line its height
const PARAGRAPH = ["paragraph", 0, null, null];

export class Sheet extends EventTarget {
  constructor(area, mirror) {
    super();
    this.area = area;
    this.mirror = mirror;
    this.text = "";
    this.lines = null; // what each line was in its file
    this.marks = [];
    this.current = null;
    this.version = 0;
    this.written = []; // what was put in by a click, latest last
    this.pieces = [];
    this.places = new Map(); // the first element of each mark
    this.put("");
    area.addEventListener("input", () => this.typed());
    area.addEventListener("beforeinput", (event) => this.before(event));
    for (const name of ["keyup", "click", "select"]) area.addEventListener(name, () => this.moved());
  }

  // A new text, as of a file; what was undone before cannot be undone any more.
  put(text, lines = null) {
    this.area.value = text;
    this.lines = lines;
    this.written = [];
    this.marks = [];
    this.text = this.area.value;
    this.pieces = cut(this.text).map((words) => ({ words, element: make("div"), drawn: null }));
    this.mirror.replaceChildren(...this.pieces.map((piece) => piece.element));
    this.draw();
    this.told();
  }

  // The marks of a text as it now stands: each with its id, place, kind, and whether everything is told.
  mark(marks) {
    this.marks = [...marks].sort((one, two) => one.start - two.start || two.end - one.end);
    this.draw();
  }

  choose(id) {
    if (this.current === id) return;
    this.current = id;
    this.draw();
  }

  // Goes to a mark and shows it; the caret stands there, too.
  visit(id, { focus = true } = {}) {
    const mark = this.marks.find((one) => one.id === id);
    if (!mark) return;
    this.choose(id);
    if (focus) this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(mark.start, mark.end);
    show(this.places.get(id));
  }

  // The id of the mark after the caret, or before it.
  beside(step, ids) {
    const marks = this.marks.filter((one) => ids.has(one.id));
    if (!marks.length) return null;
    const { selectionStart: start, selectionEnd: end } = this.area;
    const now = marks.findIndex((one) => one.id === this.current && one.start === start && one.end === end);
    if (now >= 0) return marks[(now + step + marks.length) % marks.length].id;
    const found = step > 0 ? marks.find((one) => one.start >= start) : marks.findLast((one) => one.start < start);
    return (found ?? marks.at(step > 0 ? 0 : -1)).id;
  }

  // Puts words in the place of others, as one step that can be undone.
  change(hunks) {
    if (!hunks.length) return;
    const start = hunks[0].at[0];
    let end = start;
    let words = "";
    for (const { at, words: put } of hunks) {
      words += this.text.slice(end, at[0]) + put;
      end = at[1];
    }
    this.write(start, end, words);
    this.written.push({ start, old: this.was, words });
    this.told();
  }

  get undoable() {
    const last = this.written.at(-1);
    return Boolean(last && this.text.startsWith(last.words, last.start));
  }

  undo() {
    if (!this.undoable) return;
    const { start, old, words } = this.written.pop();
    this.write(start, start + words.length, old);
    this.told();
  }

  write(start, end, words) {
    this.was = this.text.slice(start, end);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    this.byHand = false;
    // The browser's own undo (Ctrl+Z) knows of what is put in this way, and of no other.
    const command = words ? "insertText" : "delete";
    if (!document.execCommand(command, false, words)) {
      this.area.setRangeText(words, start, end, "end");
      this.typed();
    }
    this.byHand = true;
  }

  before(event) {
    const words = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const chosen = this.area.selectionEnd - this.area.selectionStart;
    const isShort = this.text.length - chosen + words.length <= MOST_TEXT;
    if (isShort && (words.length < PIECE || count(this.text) + count(words) <= MOST_LINES)) return;
    event.preventDefault();
    this.dispatchEvent(new Event("toolong"));
  }

  typed() {
    const now = this.area.value;
    const change = difference(this.text, now);
    if (!change) return;
    this.version += 1;
    this.keepLines(change);
    this.keepMarks(change);
    this.keepWritten(change);
    this.keepPieces(change);
    this.text = now;
    this.draw();
    this.told();
  }

  told() {
    this.dispatchEvent(new Event("change"));
  }

  moved() {
    const { selectionStart: start, selectionEnd: end } = this.area;
    const around = this.marks.filter((one) => one.start <= start && one.end >= end);
    around.sort((one, two) => one.end - one.start - (two.end - two.start));
    const id = around[0]?.id ?? null;
    if (id === this.current) return;
    this.choose(id);
    this.dispatchEvent(new Event("moved"));
  }

  // A new line is what the one was that it was parted from, but a heading.
  keepLines({ start, old, words }) {
    if (this.lines === null) return;
    if (!start && old.length === this.text.length) {
      this.lines = null; // nothing of the file is left
      return;
    }
    const first = count(this.text.slice(0, start));
    const kept = this.lines[first] ?? PARAGRAPH;
    const like = kept[0] === "heading" ? PARAGRAPH : kept;
    this.lines.splice(first + 1, count(old), ...Array(count(words)).fill(like));
  }

  keepMarks({ start, old, words }) {
    const end = start + old.length;
    const by = words.length - old.length;
    this.marks = this.marks.flatMap((mark) => {
      if (mark.end <= start) return [mark];
      if (mark.start >= end) return [{ ...mark, start: mark.start + by, end: mark.end + by }];
      // A long one, such as a statement, goes on around what is typed in it.
      return mark.start < start && mark.end > end ? [{ ...mark, end: mark.end + by }] : [];
    });
  }

  keepWritten({ start, old, words }) {
    if (this.byHand === false) return;
    const by = words.length - old.length;
    for (const one of this.written) if (one.start >= start + old.length) one.start += by;
  }

  keepPieces({ start, old, words }) {
    const end = start + old.length;
    let first = 0;
    let at = 0;
    while (first < this.pieces.length - 1 && at + this.pieces[first].words.length <= start) {
      at += this.pieces[first].words.length;
      first += 1;
    }
    let last = first;
    let until = at + this.pieces[first].words.length;
    while (last < this.pieces.length - 1 && until <= end) {
      last += 1;
      until += this.pieces[last].words.length;
    }
    const gone = this.pieces.slice(first, last + 1);
    const was = gone.map((piece) => piece.words).join("");
    const is = was.slice(0, start - at) + words + was.slice(end - at);
    const parts = cut(is, last < this.pieces.length - 1);
    const made = parts.map((part) => ({ words: part, element: make("div"), drawn: null }));
    const before = gone.at(-1).element.nextSibling;
    for (const piece of gone) piece.element.remove();
    for (const piece of made) this.mirror.insertBefore(piece.element, before);
    this.pieces.splice(first, gone.length, ...made);
  }

  // Draws the pieces whose words or marks are not those that they were drawn with.
  draw() {
    this.places.clear();
    let at = 0;
    let from = 0;
    const open = []; // marks that go on from an earlier piece
    for (const piece of this.pieces) {
      const end = at + piece.words.length;
      const here = open.filter((mark) => mark.end > at);
      while (from < this.marks.length && this.marks[from].start < end) here.push(this.marks[from++]);
      open.length = 0;
      open.push(...here.filter((mark) => mark.end > end));
      this.drawPiece(piece, at, here);
      at = end;
    }
  }

  drawPiece(piece, at, marks) {
    const spans = spansOf(marks, at, piece.words.length, this.current);
    const now = `${piece.words.length}:${JSON.stringify(spans)}`;
    if (piece.drawn !== now) {
      piece.drawn = now;
      const parts = [];
      piece.marks = new Map();
      let end = 0;
      for (const { from, to, ids, kind, done, current } of spans) {
        const element = make("mark", { "data-kind": kind, "data-done": done, "data-current": current });
        element.textContent = piece.words.slice(from, to);
        parts.push(piece.words.slice(end, from), element);
        for (const id of ids) if (!piece.marks.has(id)) piece.marks.set(id, element);
        end = to;
      }
      piece.element.replaceChildren(...parts, piece.words.slice(end) || (end ? "" : EMPTY));
    }
    for (const [id, element] of piece.marks ?? []) if (!this.places.has(id)) this.places.set(id, element);
  }
}

// The runs of a piece that one and the same marks lie on; the shortest of them gives a run its look.
function spansOf(marks, at, length, current) {
  const clipped = marks.map((mark) => ({
    ...mark,
    start: Math.max(0, mark.start - at),
    end: Math.min(length, mark.end - at),
  }));
  const cuts = [...new Set(clipped.flatMap((mark) => [mark.start, mark.end]))].sort((one, two) => one - two);
  const spans = [];
  for (let number = 0; number + 1 < cuts.length; number += 1) {
    const [from, to] = [cuts[number], cuts[number + 1]];
    const over = clipped.filter((mark) => mark.start <= from && mark.end >= to);
    if (!over.length) continue;
    over.sort((one, two) => one.end - one.start - (two.end - two.start));
    spans.push({
      from,
      to,
      ids: over.map((mark) => mark.id),
      kind: over[0].kind,
      done: over[0].done,
      current: over.some((mark) => mark.id === current),
    });
  }
  return spans;
}

// The words in pieces, each of whole lines. `within`: other pieces follow, so that the last needs no empty line.
function cut(text, within = false) {
  const pieces = [];
  let start = 0;
  while (text.length - start > PIECE) {
    const end = text.indexOf("\n", start + PIECE) + 1;
    if (!end) break;
    pieces.push(text.slice(start, end));
    start = end;
  }
  const rest = text.slice(start);
  if (!within && rest.endsWith("\n")) pieces.push(rest, "");
  else if (rest || !within) pieces.push(rest);
  return pieces;
}

function difference(old, now) {
  if (old === now) return null;
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === now.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < most - start && old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end += 1;
  return { start, old: old.slice(start, old.length - end), words: now.slice(start, now.length - end) };
}

const count = (words) => words.split("\n").length - 1;
