/** What an entry says, as `platform/ledger` gathers it. Left-out members stay out of the body. */
export type LedgerEntry = {
  /** 0-based place in the clinic's log. */
  readonly seq: bigint;
  /** Id of the outbox row; rows that must be provable keep it as `ledger_id`. */
  readonly id: string;
  /** Microseconds since 1970, UTC; never below the entry before. */
  readonly at: bigint;
  /** `incident.close`. */
  readonly act: string;
  readonly kind: "read" | "write" | "search" | "export" | "security";
  /** Member id, `public` or `job:name`. */
  readonly who: string;
  readonly types?: readonly string[];
  /** The session's id, never its secret. */
  readonly session?: string;
  readonly via: "http" | "job" | "cli" | "fhir";
  readonly about?: readonly { readonly t: string; readonly i: string }[];
  /** Pseudonyms: 16 bytes of HMAC under the clinic's key, base64url. */
  readonly patients?: readonly string[];
  readonly purpose?: string;
  /** Ids of the rules that decided. */
  readonly rules?: readonly string[];
  /** 0 success · 4 minor · 8 serious · 12 major failure. Source: FHIR R4 AuditEvent.outcome. */
  readonly outcome: 0 | 4 | 8 | 12;
  /** Commitment to the sealed detail: base64url of SHA-256(32 bytes of salt ‖ detail). */
  readonly dc?: string;
};

/** Version of the body's form. */
export const ENTRY_VERSION = 1;

/** The order of keys in a body; a verifier refuses another. */
export const ENTRY_KEYS: readonly string[] = [
  "v", "seq", "id", "at", "act", "kind", "who", "types", "session", "via", "about", "patients", "purpose", "rules", "outcome", "dc",
]; // prettier-ignore

/** The entry's body: JSON without blanks, keys in fixed order, absent ones left out. It is written once and kept as bytes, so a
 *  verifier never has to make it canonical. `seq` is a bare whole number of any size.
 *  Throws RangeError for a negative `seq` or a time outside the years 1970 to 9999. */
export function writeEntry(entry: LedgerEntry): string {
  if (entry.seq < 0n) throw new RangeError(`entry ${entry.seq}`);
  const members: [string, string | undefined][] = [
    ["v", String(ENTRY_VERSION)],
    ["seq", entry.seq.toString()],
    ["id", JSON.stringify(entry.id)],
    ["at", JSON.stringify(formatMicros(entry.at))],
    ["act", JSON.stringify(entry.act)],
    ["kind", JSON.stringify(entry.kind)],
    ["who", JSON.stringify(entry.who)],
    ["types", json(entry.types)],
    ["session", json(entry.session)],
    ["via", JSON.stringify(entry.via)],
    // Written by hand so that a row with more columns than these two cannot leak into the log.
    ["about", json(entry.about?.map(({ t, i }) => ({ t, i })))],
    ["patients", json(entry.patients)],
    ["purpose", json(entry.purpose)],
    ["rules", json(entry.rules)],
    ["outcome", String(entry.outcome)],
    ["dc", json(entry.dc)],
  ];
  const said = members.filter(([, value]) => value !== undefined);
  return `{${said.map(([key, value]) => `"${key}":${value ?? ""}`).join(",")}}`;
}

const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

const DAY = 86_400_000_000n;
const LAST = 253_402_300_800_000_000n; // 10000-01-01

/** Microseconds since 1970 as `2027-01-14T09:10:00.123456Z`: always six decimals, so that text order is time order.
 *  Throws RangeError outside the years 1970 to 9999. Civil date from day number: H. Hinnant, chrono-compatible algorithms (2013). */
export function formatMicros(micros: bigint): string {
  if (micros < 0n || micros >= LAST) throw new RangeError(`time ${micros} µs`);
  const days = Number(micros / DAY) + 719_468; // days since 0000-03-01
  const rest = Number(micros % DAY);
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153); // months since March
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = era * 400 + years + (month <= 2 ? 1 : 0);
  const seconds = Math.floor(rest / 1_000_000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part, 2));
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock.join(":")}.${pad(rest % 1_000_000, 6)}Z`;
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");
