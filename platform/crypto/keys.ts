import { createCipheriv, createDecipheriv } from "node:crypto";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fromBase64url, toBase64url, type Bytes } from "#core/proof/bytes.ts";
import { deriveKey } from "./hash.ts";
import { newBytes } from "./random.ts";

/** A data key as the database keeps it: under which root key it is wrapped, and the 40 wrapped bytes. */
export type WrappedKey = { readonly kek: string; readonly wrapped: Bytes };

/** Where the root key is kept and used. Two real ones stand today, a file and a systemd credential; a cloud key service or a
 *  hardware module would be a third. Nothing outside this folder ever holds the root key itself. */
export type KeyPort = {
  /** Id of the root key that new things are made under. */
  readonly current: string;
  /** All root keys that still open older things, the current one first. */
  readonly ids: readonly string[];
  /** A 32-byte key for one purpose, of the current root key or of the named one. Throws KeyFault for an unknown id. */
  subkey: (label: string, id?: string) => Bytes;
  /** Wraps a 32-byte data key under the current root key. */
  wrap: (dataKey: Bytes) => WrappedKey;
  /** Unwraps a data key. Throws KeyFault when it was changed or its root key is not here. */
  unwrap: (key: WrappedKey) => Bytes;
};

/** Root keys cannot be read, are readable by others, or do not open what they should. The message names the way out and no secret. */
export class KeyFault extends Error {}

/** Setting `keys`: `file:PATH`, or `systemd:` with an optional credential name. */
export type KeySource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "systemd"; readonly name: string };

const CREDENTIAL = "qms-root-key";

/** Reads the setting `keys`. Throws KeyFault for any other form. */
export function parseKeySource(text: string): KeySource {
  const [, kind, rest = ""] = /^(file|systemd):(.*)$/.exec(text) ?? [];
  if (kind === "file" && rest !== "") return { kind, path: rest };
  if (kind === "systemd" && /^[\w.-]*$/.test(rest)) return { kind, name: rest === "" ? CREDENTIAL : rest };
  throw new KeyFault(`keys = ${JSON.stringify(text)}: write "file:PATH" or "systemd:NAME"`);
}

/** Opens the root keys of a source. `create` makes the file when it is absent (first start, never an upgrade: a new key in
 *  place of a lost one would hide the loss). `credentials` is systemd's $CREDENTIALS_DIRECTORY.
 *  Throws KeyFault. */
export async function openKeys(
  source: KeySource,
  options: { create?: boolean; credentials?: string | undefined } = {},
): Promise<KeyPort> {
  if (source.kind === "systemd") {
    if (options.credentials === undefined)
      throw new KeyFault("no systemd credentials: set LoadCredential= in the unit");
    return keyPortOf(await readText(join(options.credentials, source.name)));
  }
  if (options.create === true) await createKeyFile(source.path);
  await refuseOpenFile(source.path);
  return keyPortOf(await readText(source.path));
}

/** Makes a key file with one new root key, 0600 in a 0700 folder, on disk before it returns; leaves an existing one alone. */
async function createKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "wx", 0o600).catch((error: unknown) => {
    if (codeOf(error) === "EEXIST") return undefined;
    throw new KeyFault(`the key file cannot be made (${codeOf(error)})`);
  });
  if (file === undefined) return;
  await file.writeFile(newKeyLine("k1"));
  await file.sync();
  await file.close();
  if (process.platform === "win32") return; // folders cannot be synced there
  const folder = await open(dirname(path), "r");
  await folder.sync();
  await folder.close();
}

/** One line of a key file: id and 32 random bytes, base64url. To rotate, put a new line above the others. */
export const newKeyLine = (id: string): string => `${id} ${toBase64url(newBytes(32))}\n`;

async function refuseOpenFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new KeyFault(`the key file ${path} cannot be read (${codeOf(error)})`);
  });
  if (process.platform === "win32") return; // no POSIX modes there
  if (!found.isFile() || (found.mode & 0o077) !== 0)
    throw new KeyFault(
      `the key file ${path} is open to others: chmod 600 it, and renew the key if it may have been read`,
    );
}

const readText = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((error: unknown) => {
    throw new KeyFault(`the keys at ${path} cannot be read (${codeOf(error)})`);
  });

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";

/** A key port over the text of a key file. Throws KeyFault when it holds no key or a broken line. */
export function keyPortOf(text: string): KeyPort {
  const roots = new Map<string, Bytes>();
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, id, secret] = /^([a-z0-9]{1,16}) ([A-Za-z0-9_-]{43})$/.exec(line.trimEnd()) ?? [];
    const bytes = secret === undefined ? undefined : fromBase64url(secret);
    if (id === undefined || bytes === undefined || roots.has(id))
      throw new KeyFault("a line of the key file is broken");
    roots.set(id, bytes);
  }
  const ids = [...roots.keys()];
  const [current] = ids;
  if (current === undefined) throw new KeyFault("the key file is empty");
  const subkey = (label: string, id = current): Bytes => {
    const root = roots.get(id);
    if (root === undefined) throw new KeyFault(`root key ${id} is not here`);
    return deriveKey(root, `qms|${label}`);
  };
  return {
    current,
    ids,
    subkey,
    wrap: (dataKey) => ({ kek: current, wrapped: wrapKey(subkey("wrap"), dataKey) }),
    unwrap: ({ kek, wrapped }) => unwrapKey(subkey("wrap", kek), wrapped),
  };
}

// The alternative initial value of AES key wrap with padding. Source: RFC 5649 §3.
const WRAP_START = Buffer.from("a65959a6", "hex");
const WRAP = "id-aes256-wrap-pad";

/** AES-256-KWP. Source: RFC 5649 over RFC 3394, NIST SP 800-38F. */
function wrapKey(kek: Bytes, dataKey: Bytes): Bytes {
  const cipher = createCipheriv(WRAP, kek, WRAP_START);
  return new Uint8Array(Buffer.concat([cipher.update(dataKey), cipher.final()]));
}

function unwrapKey(kek: Bytes, wrapped: Bytes): Bytes {
  try {
    const decipher = createDecipheriv(WRAP, kek, WRAP_START);
    return new Uint8Array(Buffer.concat([decipher.update(wrapped), decipher.final()]));
  } catch {
    throw new KeyFault("a data key does not open: it was changed, or the root key is another one");
  }
}
