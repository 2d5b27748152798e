/** Where a sealed value lives: bound into it, so it opens nowhere else. */
export type Place = { thing: string; id: string; field: string };
/** Whose key: a patient's id, or the clinic's own. */
export type KeyOwner = string;
export type BlindKind = "email" | "phone" | "identifier" | "login" | "patient";
export type TokenKind = "family" | "given" | "patronymic" | "phone" | "code" | "birth" | "email" | "identifier";

/** Keys of one clinic inside one transaction. */
export type Keys = {
  seal: (owner: KeyOwner, place: Place, text: string) => Promise<Buffer>;
  open: (owner: KeyOwner, place: Place, bytes: Buffer) => Promise<string>;
  blind: (kind: BlindKind, value: string) => Promise<Buffer>;
  tokens: (kind: TokenKind, value: string) => Promise<bigint[]>;
};
