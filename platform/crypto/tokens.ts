import { normalise } from "#core/names/normalise.ts";
import { cardPiece, namePieces, queryPieces, type NamePart } from "#core/names/pieces.ts";
import { hmac } from "./hash.ts";

/** Kind of a search token: n part of a name · p whole phone · p4 its last four digits · c card (patient's code) · b birth date ·
 *  e e-mail · i identifier. */
export type TokenKind = "n" | "p" | "p4" | "c" | "b" | "e" | "i";

/** What of a patient can be searched by. `birthDate` is `YYYY-MM-DD`. */
export type Searchable = {
  readonly names: readonly { readonly part: NamePart; readonly value: string }[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly identifiers: readonly string[];
  readonly code?: string;
  readonly birthDate?: string;
};

/** Token of one piece: the first 8 bytes of HMAC-SHA-256(clinic key, kind ‖ 0 ‖ piece) as a signed 64-bit whole number, the
 *  form of PostgreSQL's bigint. Hits by chance (2^-64) are weeded out when the shown rows are opened. */
export function token(key: Uint8Array, kind: TokenKind, piece: string): bigint {
  const mac = hmac(key, `${kind}\0${piece}`);
  return new DataView(mac.buffer, mac.byteOffset).getBigInt64(0);
}

/** All tokens of a patient, each once. */
export function tokensOf(key: Uint8Array, patient: Searchable): bigint[] {
  const pieces: (readonly [TokenKind, string | undefined])[] = [
    ...patient.names.flatMap(({ part, value }) => namePieces(part, value).map((piece) => ["n", piece] as const)),
    ...patient.phones.flatMap((phone) => phonePieces(phone)),
    ...patient.emails.map((email) => ["e", normalise("email", email)] as const),
    ...patient.identifiers.map((value) => ["i", cardPiece(value)] as const),
    ["c", cardPiece(patient.code ?? "")],
    ["b", patient.birthDate],
  ];
  const found = new Set<bigint>();
  for (const [kind, piece] of pieces) if (piece !== undefined && piece !== "") found.add(token(key, kind, piece));
  return [...found];
}

function phonePieces(phone: string): (readonly [TokenKind, string | undefined])[] {
  const plain = normalise("phone", phone);
  return [
    ["p", plain],
    ["p4", plain?.slice(-4)],
  ];
}

/** Tokens that a name word of a query may stand under, likeliest first; a row that has any of them fits the word. */
export const wordTokens = (key: Uint8Array, word: string): bigint[] => [
  ...new Set(queryPieces(word).map((piece) => token(key, "n", piece))),
];
