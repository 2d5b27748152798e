import type { UserType } from "#core/access/rights.ts";
import type { Event, PayloadOf } from "#core/contract/event.ts";
import type { Language } from "#core/contract/words.ts";
import { problem } from "#core/contract/problem.ts";
import type { Db } from "../database/db.ts";
import type { Keys } from "../crypto/keyring.ts";

/** The clinic an act belongs to. `zone` is the configured IANA name, never the resolved one. */
export type ClinicFacts = { id: string; slug: string; zone: string; language: Language };

/** Who acts. `id` and `personId` are null for the public and for jobs; `as` is what the ledger writes then. */
export type Member = {
  id: string | null;
  personId: string | null;
  types: readonly UserType[];
  as: "member" | "public" | `job:${string}`;
};

export type LedgerNotes = {
  /** Something that belongs into the entry's sealed detail: a reason, a search text. */
  note: (detail: Record<string, string | number | boolean | null>) => void;
  /** Patients whose data were shown or changed. */
  subject: (...patients: string[]) => void;
  /** The thing it was about, when the path does not name it (a row just made). */
  about: (thing: string, id: string) => void;
};

/** Everything a use case may reach. Nothing leaves the process from inside: mail, files and payments are jobs. */
export type Context = {
  db: Db;
  clinic: ClinicFacts;
  member: Member;
  now: Temporal.Instant;
  ledger: LedgerNotes;
  events: { add: <E extends Event>(event: E, payload: PayloadOf<E>) => void };
  keys: Keys;
};

/** The acting member's id; the public and jobs have none and get `right.missing`. */
export function memberId(ctx: Context): string {
  if (ctx.member.id === null) throw problem("right.missing");
  return ctx.member.id;
}
