import { Problem } from "#core/contract/problem.ts";

/** Depth past which a JSON body is refused: the deepest body of ours has 7 levels. */
const depthMax = 32;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Parses a JSON body. Broken UTF-8, broken JSON, depth over 32, a name twice in one object and `__proto__` → `request.malformed`. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    if (isDoubtful(text)) throw new SyntaxError("doubtful");
    return JSON.parse(text);
  } catch {
    throw new Problem("request.malformed");
  }
}

const [quote, backslash, colon, openObject, closeObject, openList, closeList] = [34, 92, 58, 123, 125, 91, 93];

/** Looks through the text before any object is made. Of a name that stands twice readers take now the first and now the last, so what
 *  one of them checked another would not do. */
function isDoubtful(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      const end = endOfText(text, at);
      const names = open.at(-1);
      if (names && isName(text, end)) {
        const written = text.slice(at, end + 1);
        const name = written.includes("\\") ? String(JSON.parse(written)) : written.slice(1, -1);
        if (name === "__proto__" || names.has(name)) return true;
        names.add(name);
      }
      at = end;
    } else if (char === openObject || char === openList) {
      open.push(char === openObject ? new Set() : undefined);
      if (open.length > depthMax) return true;
    } else if (char === closeObject || char === closeList) open.pop();
  }
  return false;
}

/** Index of the quote that ends the text begun at `start`, or of the end of all. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === backslash) at++;
    else if (char === quote) return at;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (/\s/.test(text[at] ?? "")) at++;
  return text.charCodeAt(at) === colon;
}
