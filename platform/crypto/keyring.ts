import { sql } from "kysely";
import { Problem } from "#core/contract/problem.ts";
import type { IdentifierKind } from "#core/names/normalise.ts";
import { utf8 } from "#core/proof/bytes.ts";
import type { Db } from "../database/db.ts";
import { newId } from "../database/ids.ts";
import { blindIndex } from "./blind.ts";
import { deriveKey, hmac } from "./hash.ts";
import type { KeyPort, WrappedKey } from "./keys.ts";
import { newBytes } from "./random.ts";
import { seal, unseal, type DataKey } from "./seal.ts";
import { tokensOf, wordTokens, token, type Searchable, type TokenKind } from "./tokens.ts";

/** Where a sealed value lives inside its clinic: bound into it, so it opens nowhere else. */
export type Place = { thing: string; id: string; field: string };
/** Whose key: a patient's id, or the clinic's own. */
export type KeyOwner = string;

/** Keys of one clinic inside one transaction. */
export type Keys = {
  seal: (owner: KeyOwner, place: Place, text: string) => Promise<Buffer>;
  open: (owner: KeyOwner, place: Place, bytes: Buffer) => Promise<string>;
  /** 16-byte blind index, or null for a value that cannot be of this kind. "patient" makes the ledger's pseudonym of an id. */
  blind: (kind: IdentifierKind | "patient" | "row", value: string) => Promise<Buffer | null>;
  /** Search tokens of a patient, as `patient_token.tok`. */
  tokens: (of: Searchable) => Promise<bigint[]>;
  /** Tokens under which one word of a query may stand. */
  word: (word: string) => Promise<bigint[]>;
  token: (kind: TokenKind, piece: string) => Promise<bigint>;
  /** Makes data keys for new owners, many in one statement. */
  makeOwners: (owners: readonly KeyOwner[]) => Promise<void>;
};

export type Keyring = { of: (db: Db, clinic: string) => Keys };

/** Data keys of patients kept ready; a clinic's own key stays until its process ends. */
const patientsMax = 20_000;

type KeyRow = { id: string; wrapped: Buffer | null; kek: string };

/** Data keys of all clinics, unwrapped on first use and kept in this process's memory alone. */
export function openKeyring(port: KeyPort): Keyring {
  const known = new Map<string, DataKey>();
  // Keys made in a transaction that is not over: kept beyond it they might seal what nobody could open after a rollback.
  const made = new WeakMap<Db, Map<KeyOwner, DataKey>>();
  const remember = (name: string, key: DataKey): DataKey => {
    if (known.size >= patientsMax) known.clear();
    known.set(name, key);
    return key;
  };
  const unwrap = (row: KeyRow): DataKey => {
    if (!row.wrapped) throw new Problem("key.shredded");
    return { id: row.id, bytes: port.unwrap({ kek: row.kek, wrapped: new Uint8Array(row.wrapped) }) };
  };
  const load = async (db: Db, owner: KeyOwner): Promise<DataKey | undefined> => {
    const row = await db.maybe(
      db.from("platform.data_key").select(["id", "wrapped", "kek"]).where("owner", "=", owner),
    );
    return row ? unwrap(row) : undefined;
  };
  async function make(db: Db, owners: readonly KeyOwner[]): Promise<{ owner: KeyOwner; key: DataKey }[]> {
    const wanted = owners.map((owner) => {
      const bytes = newBytes(32);
      return { owner, id: newId(), bytes, ...port.wrap(bytes) };
    });
    const kept = await db.many(sql<{ id: string }>`insert into platform.data_key (clinic_id, id, owner, wrapped, kek)
      select ${db.clinicId}, k.* from unnest(${wanted.map(({ id }) => id)}::uuid[], ${wanted.map(({ owner }) => owner)}::text[],
        ${wanted.map(({ wrapped }) => Buffer.from(wrapped))}::bytea[], ${wanted.map(({ kek }) => kek)}::text[]) as k
      on conflict (clinic_id, owner) do nothing returning id`);
    const ids = new Set(kept.map(({ id }) => id));
    return wanted.filter(({ id }) => ids.has(id)).map(({ owner, id, bytes }) => ({ owner, key: { id, bytes } }));
  }
  /** Owners are new: if this transaction is rolled back, nobody asks for their keys again, so they may be kept. */
  async function makeNew(db: Db, clinic: string, owners: readonly KeyOwner[]): Promise<void> {
    for (const { owner, key } of await make(db, owners)) remember(`${clinic} ${owner}`, key);
  }
  async function keyOf(db: Db, clinic: string, owner: KeyOwner): Promise<DataKey> {
    const name = `${clinic} ${owner}`;
    const ready = known.get(name) ?? made.get(db)?.get(owner);
    if (ready) return ready;
    const stored = await load(db, owner);
    if (stored) return remember(name, stored);
    const [own] = await make(db, [owner]);
    if (own) {
      made.set(db, (made.get(db) ?? new Map<KeyOwner, DataKey>()).set(owner, own.key));
      return own.key;
    }
    // somebody else made it between the two statements, and has committed
    const other = await load(db, owner);
    if (!other) throw new Error("a data key just made is not there");
    return remember(name, other);
  }
  return {
    of: (db, clinic) =>
      keysOf((owner) => keyOf(db, clinic, owner), { clinic, make: (owners) => makeNew(db, clinic, owners) }),
  };
}

function keysOf(
  keyOf: (owner: KeyOwner) => Promise<DataKey>,
  o: { clinic: string; make: (owners: readonly KeyOwner[]) => Promise<void> },
): Keys {
  const placed = (owner: KeyOwner, place: Place) => ({ clinic: o.clinic, owner, ...place });
  const search = async (): Promise<Uint8Array> => deriveKey((await keyOf("clinic")).bytes, "search");
  return {
    seal: async (owner, place, text) => Buffer.from(seal(await keyOf(owner), placed(owner, place), text)),
    open: async (owner, place, bytes) => unseal(await keyOf(owner), placed(owner, place), new Uint8Array(bytes)),
    blind: async (kind, value) => {
      const key = await search();
      if (kind === "patient" || kind === "row") return Buffer.from(hmac(key, utf8(`${kind}\0${value}`)).slice(0, 16));
      const index = blindIndex(key, kind, value);
      return index ? Buffer.from(index) : null;
    },
    tokens: async (of) => tokensOf(await search(), of),
    word: async (word) => wordTokens(await search(), word),
    token: async (kind, piece) => token(await search(), kind, piece),
    makeOwners: o.make,
  };
}

/** Keys of people before and beside any clinic: sign-in names, names, letters. */
export type Vault = {
  /** Blind index of a login (e-mail or phone), or null for a text that is neither. */
  login: (text: string) => Buffer | null;
  seal: (person: string, field: string, text: string) => Buffer;
  open: (person: string, field: string, bytes: Buffer) => string;
  /** A key for one purpose of this installation. */
  subkey: (label: string) => Uint8Array;
};

/** Opens the installation's own data key; unlike keys derived from the root key it outlives a change of that. */
export function openVault(port: KeyPort, installation: { id: string; key: WrappedKey }): Vault {
  const dataKey: DataKey = { id: installation.id, bytes: port.unwrap(installation.key) };
  const place = (person: string, field: string) => ({
    clinic: "identity",
    owner: person,
    thing: "person",
    id: person,
    field,
  });
  const loginKey = deriveKey(dataKey.bytes, "login");
  return {
    login: (text) => {
      const index = blindIndex(loginKey, "login", text);
      return index ? Buffer.from(index) : null;
    },
    seal: (person, field, text) => Buffer.from(seal(dataKey, place(person, field), text)),
    open: (person, field, bytes) => unseal(dataKey, place(person, field), new Uint8Array(bytes)),
    subkey: (label) => deriveKey(dataKey.bytes, label),
  };
}
