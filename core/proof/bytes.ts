/** Bytes owned by one ArrayBuffer: what WebCrypto and Node both take without copying. */
export type Bytes = Uint8Array<ArrayBuffer>;

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Value of each letter by its code; 255 for codes that are no letter. A table, not a Map: every request decodes its proof. */
function values(alphabet: string): Uint8Array {
  const table = new Uint8Array(128).fill(255);
  Array.from(alphabet).forEach((letter, value) => {
    table[letter.charCodeAt(0)] = value;
  });
  return table;
}
const STANDARD_VALUES = values(STANDARD);
const URL_SAFE_VALUES = values(URL_SAFE);

/** UTF-8 of a text; a lone surrogate becomes U+FFFD. core has no TextEncoder. Source: RFC 3629 §3. */
export function utf8(text: string): Bytes {
  const out = new Uint8Array(text.length * 3);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      out[end] = unit;
      end += 1;
      continue;
    }
    const whole = text.codePointAt(at) ?? unit;
    if (whole > 0xffff) at += 1; // two units of UTF-16 made one letter
    const code = whole >= 0xd800 && whole <= 0xdfff ? 0xfffd : whole;
    const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out[end] = ([0, 0xc0, 0xe0, 0xf0][more] ?? 0) | (code >> (6 * more));
    for (let next = 1; next <= more; next += 1) out[end + next] = 0x80 | ((code >> (6 * (more - next))) & 63);
    end += more + 1;
  }
  return out.slice(0, end);
}

/** The text of UTF-8 bytes, or undefined where they are not well-formed (over-long, surrogate, cut). Source: RFC 3629 §4. */
export function textOf(bytes: Uint8Array): string | undefined {
  let text = "";
  let units: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const code = first < 0x80 ? first : codeAt(bytes, at);
    if (code === undefined) return undefined;
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    units.push(code);
    if (units.length === 4096) {
      text += String.fromCodePoint(...units); // in pieces: a call takes only so many arguments
      units = [];
    }
  }
  return text + String.fromCodePoint(...units);
}

/** The letter of two to four bytes that begins at `at`, or undefined. */
function codeAt(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at] ?? 0;
  const more = first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
  if (more < 0) return undefined;
  let code = first & (0x3f >> more);
  for (let next = 1; next <= more; next += 1) {
    const byte = bytes[at + next];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 63);
  }
  const overlong = (more === 2 && code < 0x800) || (more === 3 && code < 0x10000);
  return overlong || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff ? undefined : code;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet.charAt((held >> bits) & 63);
    }
  }
  return bits === 0 ? text : text + alphabet.charAt((held << (6 - bits)) & 63);
}

function decode(text: string, letters: Uint8Array): Bytes | undefined {
  if (text.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = letters[text.charCodeAt(index)] ?? 255;
    if (value > 63) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (held >> bits) & 255;
      at += 1;
    }
  }
  // Bits left over must be zero, or two texts would stand for the same bytes and an id could be spelt twice.
  return (held & ((1 << bits) - 1)) === 0 ? out : undefined;
}

/** base64url without padding. Source: RFC 4648 §5, RFC 7515 §2. */
export const toBase64url = (bytes: Uint8Array): string => encode(bytes, URL_SAFE);

/** Strict base64url: no padding, no blanks, no stray bits at the end; undefined otherwise. Source: RFC 4648 §3.5, §5. */
export const fromBase64url = (text: string): Bytes | undefined => decode(text, URL_SAFE_VALUES);

/** base64 with padding. Source: RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** Strict base64: right padding, no blanks, no stray bits; undefined otherwise. Source: RFC 4648 §3.5, §4. */
export function fromBase64(text: string): Bytes | undefined {
  const bare = text.replace(/={1,2}$/, "");
  return text.length % 4 === 0 && text.length - bare.length === (4 - (bare.length % 4)) % 4
    ? decode(bare, STANDARD_VALUES)
    : undefined;
}

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Bytes of an even number of hexadecimal digits; undefined otherwise. */
export function fromHex(text: string): Bytes | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

/** Parts one after another. */
export function joinBytes(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether two byte strings are equal. Not in constant time: for public values only. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
