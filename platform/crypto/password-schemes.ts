import { hash as bcryptHash, verify as bcryptVerify } from "@node-rs/bcrypt";
import { argon2 } from "node:crypto";
import { fromBase64, toBase64, utf8, type Bytes } from "#core/proof/bytes.ts";
import { sameSecret, sha256 } from "./hash.ts";
import { newBytes } from "./random.ts";

/** A way to hash the peppered password (44 characters, see password.ts) slowly. */
export type PasswordScheme = {
  /** First part of what is stored. */
  readonly name: "s1" | "s2";
  /** The library's string, with salt and cost inside. */
  readonly hash: (input: string) => Promise<string>;
  readonly verify: (input: string, text: string) => Promise<boolean>;
  /** Whether a string has the form this scheme writes, at any cost. */
  readonly knows: (text: string) => boolean;
  /** Whether it was made at today's cost. */
  readonly isCurrent: (text: string) => boolean;
  /** A string of today's cost that no password opens. */
  readonly dummy: string;
};

/** bcrypt's cost, log2 of its rounds: 0.2 s a hash on the machines of 2026. ASVS 5 asks for at least 10. */
export const BCRYPT_COST = 12;

/** s1: bcrypt. Source: N. Provos and D. Mazières, USENIX 1999. */
export function bcryptScheme(cost = BCRYPT_COST): PasswordScheme {
  const form = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
  const filler = Buffer.from(sha256(new Uint8Array(0))).toString("hex");
  return {
    name: "s1",
    hash: (input) => bcryptHash(input, cost),
    verify: (input, text) => bcryptVerify(input, text),
    knows: (text) => form.test(text),
    isCurrent: (text) => Number(form.exec(text)?.[1]) === cost,
    dummy: `$2y$${String(cost).padStart(2, "0")}$${filler.slice(0, 21)}.${filler.slice(21, 52)}`,
  };
}

/** Cost of Argon2id: KiB of memory, passes, lanes. */
export type Argon2Cost = { readonly memory: number; readonly passes: number; readonly lanes: number };
/** 64 MiB, 3 passes, 1 lane: 60 ms a hash, far above what ASVS 5 asks for (t1 with 46 MiB, t2 with 19, t3 with 12). */
export const ARGON2_COST: Argon2Cost = { memory: 65_536, passes: 3, lanes: 1 };

/** s2: Argon2id in the PHC string format. Source: RFC 9106. */
export function argon2Scheme(cost: Argon2Cost = ARGON2_COST): PasswordScheme {
  const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;
  const write = ({ memory, passes, lanes }: Argon2Cost, salt: Bytes, tag: Bytes): string =>
    `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${bare(salt)}$${bare(tag)}`;
  const read = (text: string): { cost: Argon2Cost; salt: Bytes; tag: Bytes } | undefined => {
    const [, memory, passes, lanes, saltText, tagText] = form.exec(text) ?? [];
    const salt = fromBase64(`${saltText}==`);
    const tag = fromBase64(`${tagText}=`);
    if (salt === undefined || tag === undefined) return undefined;
    return { cost: { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) }, salt, tag };
  };
  return {
    name: "s2",
    hash: async (input) => {
      const salt = newBytes(16);
      return write(cost, salt, await tagOf(input, salt, cost));
    },
    verify: async (input, text) => {
      const known = read(text);
      return known !== undefined && sameSecret(await tagOf(input, known.salt, known.cost), known.tag);
    },
    knows: (text) => read(text) !== undefined,
    isCurrent: (text) =>
      text.startsWith(`${write(cost, new Uint8Array(16), new Uint8Array(32)).split("$").slice(0, 4).join("$")}$`),
    dummy: write(cost, sha256(new Uint8Array(0)).slice(0, 16), sha256(new Uint8Array(1))),
  };
}

const bare = (bytes: Bytes): string => toBase64(bytes).replace(/=+$/, "");

function tagOf(input: string, nonce: Bytes, { memory, passes, lanes }: Argon2Cost): Promise<Bytes> {
  const parameters = { message: utf8(input), nonce, parallelism: lanes, tagLength: 32, memory, passes };
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (error, tag) => (error === null ? resolve(new Uint8Array(tag)) : reject(error)));
  });
}
