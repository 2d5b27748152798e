import type { IdentifierKind } from "#core/names/normalise.ts";
import type { Bytes } from "#core/proof/bytes.ts";
import { blindIndex } from "./blind.ts";
import { deriveKey, hmac } from "./hash.ts";
import { seal, sealedUnder, unseal, type DataKey, type SealPlace } from "./seal.ts";
import { token, tokensOf, wordTokens, type Searchable, type TokenKind } from "./tokens.ts";

/** A place within the clinic at work: what kind of record, which one, which column. */
export type FieldPlace = Pick<SealPlace, "thing" | "id" | "field">;

/** The keys of one clinic, as a use case sees them: `ctx.keys`. `owner` is a patient's id or "clinic". */
export type Keys = {
  /** Seals a text under its owner's current key. */
  seal: (owner: string, place: FieldPlace, text: string) => Promise<Bytes>;
  /** Opens a sealed text under whichever key it was sealed with. Throws SealBroken. */
  open: (owner: string, place: FieldPlace, sealed: Bytes) => Promise<string>;
  /** Blind index of an identifier, 16 bytes; undefined for a text that cannot be one. */
  blind: (kind: IdentifierKind, value: string) => Bytes | undefined;
  /** Search tokens of a patient, to be stored. */
  tokens: (patient: Searchable) => bigint[];
  /** Token of one whole thing searched for: a phone, a card, a date. */
  token: (kind: TokenKind, piece: string) => bigint;
  /** Tokens a name word of a query may stand under. */
  wordTokens: (word: string) => bigint[];
  /** A patient's pseudonym in the ledger, 16 bytes. */
  pseudonym: (patientId: string) => Bytes;
};

/** Keys of a clinic. `current` gives (and makes, for a new patient) the key things are sealed under now, `byId` any older one;
 *  both read `platform.data_key` and unwrap by the key port. `clinicKey` is the clinic's own data key: indexes, tokens and
 *  pseudonyms derive from it, not from the root key, which may be renewed. */
export function createClinicKeys(options: {
  clinic: string;
  clinicKey: DataKey;
  current: (owner: string) => Promise<DataKey>;
  byId: (owner: string, keyId: string) => Promise<DataKey>;
}): Keys {
  const { clinic, clinicKey, current, byId } = options;
  const [blindKey, tokenKey, pseudonymKey] = ["blind", "tokens", "pseudonyms"].map((use) =>
    deriveKey(clinicKey.bytes, use),
  );
  if (blindKey === undefined || tokenKey === undefined || pseudonymKey === undefined)
    throw new RangeError("no clinic key");
  return {
    seal: async (owner, place, text) => seal(await current(owner), { clinic, owner, ...place }, text),
    open: async (owner, place, sealed) =>
      unseal(await byId(owner, sealedUnder(sealed)), { clinic, owner, ...place }, sealed),
    blind: (kind, value) => blindIndex(blindKey, kind, value),
    tokens: (patient) => tokensOf(tokenKey, patient),
    token: (kind, piece) => token(tokenKey, kind, piece),
    wordTokens: (word) => wordTokens(tokenKey, word),
    pseudonym: (patientId) => hmac(pseudonymKey, patientId).slice(0, 16),
  };
}
