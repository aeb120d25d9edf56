// Asks the program on this computer. The secret in the address goes to it alone, and only in a header.

const secret = location.hash.slice(1);
const draft = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");

export const MOST_TEXT = 1_000_000; // characters
export const MOST_LINES = 20_000; // of which a browser makes a text field in good time
export const MOST_FILE = 10 * 1024 * 1024; // bytes
const AGAIN = 700; // milliseconds until something is asked again that could not be done at once
const TRIES = 20;

export class Fault extends Error {}

// What comes of something asked of a text.
export async function ask(name, told) {
  const answer = await sent(name, JSON.stringify({ draft, ...told }), "application/json");
  return answer.json();
}

// The same of a file; the answer may be one too.
export async function askOfFile(name, told, file) {
  const words = new TextEncoder().encode(JSON.stringify({ draft, ...told }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, words.length);
  return sent(name, new Blob([length.buffer, words, ...(file ? [file] : [])]), "application/octet-stream");
}

async function sent(name, body, type, tries = TRIES) {
  let answer;
  try {
    answer = await fetch(`/do/${name}`, {
      method: "POST",
      body,
      headers: { "content-type": type, "x-sos-lint": secret },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
  } catch {
    throw new Fault("The program behind this page has ended. Start it again, and open its new address.");
  }
  if (answer.ok) return answer;
  if (answer.status === 503 && tries > 0) {
    await new Promise((done) => setTimeout(done, AGAIN));
    return sent(name, body, type, tries - 1);
  }
  const told = await answer.json().catch(() => ({}));
  throw new Fault(told.fault ?? "Something went wrong. Please try it again.");
}
