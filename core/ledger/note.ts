import { fromBase64, fromHex, joinBytes, sameBytes, toBase64, toHex, utf8, type Bytes } from "#core/proof/bytes.ts";
import type { Sha256 } from "./tree.ts";

/** Ed25519 as signed notes use it. Source: C2SP signed-note (signature type 0x01), RFC 8032. */
const ED25519 = 0x01;

/** A key that checks notes: its name (a host and path, no blanks, no plus sign), the first 4 bytes of its key hash, and the
 *  32 bytes of an Ed25519 public key. */
export type NoteKey = { readonly name: string; readonly hash: Bytes; readonly publicKey: Bytes };

/** Signs with Ed25519: 64 bytes. */
export type Ed25519Sign = (message: Bytes) => Bytes;
/** Whether `signature` (64 bytes) over `message` is of `publicKey` (32 bytes). */
export type Ed25519Verify = (publicKey: Bytes, message: Bytes, signature: Bytes) => boolean;

/** One signature line: key name, 4 bytes of key hash, the signature's own bytes. */
export type NoteSignature = { readonly name: string; readonly hash: Bytes; readonly signature: Bytes };

/** A signed note: its text (ends with a newline) and its signature lines in order. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const NAME = /^[^\s+]+$/u;

/** Key of a name and a public key. Key hash = first 4 bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key).
 *  Throws RangeError for a name with blanks or "+" or a key that is not 32 bytes. Source: C2SP signed-note. */
export function noteKey(sha256: Sha256, name: string, publicKey: Bytes): NoteKey {
  if (!NAME.test(name) || publicKey.length !== 32) throw new RangeError(`note key ${name}`);
  const hash = sha256(joinBytes(utf8(name), Uint8Array.of(0x0a, ED25519), publicKey)).slice(0, 4);
  return { name, hash, publicKey };
}

/** Verifier key as text: `name+hash+base64(0x01 ‖ public key)`. Source: C2SP signed-note. */
export const formatVkey = (key: NoteKey): string =>
  `${key.name}+${toHex(key.hash)}+${toBase64(joinBytes(Uint8Array.of(ED25519), key.publicKey))}`;

/** Reads a verifier key; undefined for another form, a wrong key hash or an algorithm other than Ed25519. Only the first two
 *  plus signs divide: the base64 may hold more of them. Source: C2SP signed-note. */
export function parseVkey(sha256: Sha256, text: string): NoteKey | undefined {
  const [, name, hashText, keyText] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text) ?? [];
  if (name === undefined || hashText === undefined || keyText === undefined) return undefined;
  const bytes = fromBase64(keyText);
  const hash = fromHex(hashText);
  if (bytes?.length !== 33 || bytes[0] !== ED25519 || hash === undefined) return undefined;
  const key = noteKey(sha256, name, bytes.slice(1));
  return sameBytes(key.hash, hash) ? key : undefined;
}

/** Signs a text that ends with a newline. Throws RangeError for one that does not. Source: C2SP signed-note. */
export function signNote(text: string, signers: readonly { key: NoteKey; sign: Ed25519Sign }[]): string {
  if (!text.endsWith("\n")) throw new RangeError("a note's text ends with a newline");
  const lines = signers.map(({ key, sign }) => `— ${key.name} ${toBase64(joinBytes(key.hash, sign(utf8(text))))}\n`);
  return `${text}\n${lines.join("")}`;
}

/** Reads a note without checking any signature; undefined for another form. Source: C2SP signed-note. */
export function parseNote(note: string): Note | undefined {
  const cut = note.lastIndexOf("\n\n");
  // C0 controls other than newline are forbidden in notes.
  if (cut < 0 || !note.endsWith("\n") || Array.from(note).some((letter) => letter < " " && letter !== "\n"))
    return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(cut + 2, -1).split("\n")) {
    const [, name, text] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    const bytes = text === undefined ? undefined : fromBase64(text);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, hash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, cut + 1), signatures };
}

/** The keys among `keys` whose signature on the note is good. Lines of unknown keys are ignored; a bad line under a known key
 *  makes the whole note bad: undefined. Source: C2SP signed-note (verifying). */
export function verifyNote(
  note: Note,
  keys: readonly NoteKey[],
  verify: Ed25519Verify,
): readonly NoteKey[] | undefined {
  const good = new Set<NoteKey>();
  for (const line of note.signatures) {
    const key = keys.find((one) => one.name === line.name && sameBytes(one.hash, line.hash));
    if (key === undefined) continue;
    if (line.signature.length !== 64 || !verify(key.publicKey, utf8(note.text), line.signature)) return undefined;
    good.add(key);
  }
  return [...good];
}
