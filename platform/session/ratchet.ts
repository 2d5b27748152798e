/** A generation younger than this is not turned again, seconds: tabs that ask together share one. */
export const ROTATE_AFTER_SECONDS = 60;
/** The old generation may still be shown so long after the new one was first used, seconds, by the same refresh. */
export const GRACE_SECONDS = 30;
/** A refresh older than this by its own iat changes nothing, seconds: a late duplicate must not look like a clone. */
export const REFRESH_LATE_SECONDS = 10;

/** The ratchet's part of a session row; times in seconds since 1970. */
export type RatchetRow = {
  readonly gen: number;
  readonly issuedAt: number;
  /** A request has been made at this generation: its token has arrived. */
  readonly confirmed: boolean;
  /** Until when the previous generation is forgiven once confirmed. */
  readonly graceUntil?: number;
  /** The refresh that made this generation; absent for the first. */
  readonly rid?: string;
};

/** A refresh as it arrives: generation of the token shown (its MAC is good), the refresh's id and the proof's iat. */
export type Refresh = { readonly gen: number; readonly rid: string; readonly iat: number; readonly now: number };

export type RatchetAnswer =
  /** Store `row`, mint its token. */
  | { readonly action: "rotate"; readonly row: RatchetRow }
  /** Mint the token of the row as it stands: the same one again, letter for letter. */
  | { readonly action: "same" }
  /** 401 session.refresh-late, nothing changes. */
  | { readonly action: "late" }
  /** Two holders of one key: end the session, tell the person and the clinic. */
  | { readonly action: "clone" }
  /** A genuine token of a generation the row has not reached: the database lost its last moments. End the session, no alarm. */
  | { readonly action: "ahead" };

/** Decides a refresh. The token is a ratchet: each generation is made once, by one refresh named by `rid`, which the browser
 *  writes down before asking. Whoever shows an older generation without that id does not share the browser's storage: a copied
 *  profile. The `rid` is the whole ground on which a repeated refresh is forgiven; a rule by time alone let a thief who asked
 *  every few seconds live in the grace for ever. Pure: store what it returns. */
export function decideRefresh(row: RatchetRow, refresh: Refresh): RatchetAnswer {
  const { gen, rid, iat, now } = refresh;
  if (now - iat > REFRESH_LATE_SECONDS) return { action: "late" };
  if (gen > row.gen) return { action: "ahead" };
  if (gen === row.gen) {
    if (now - row.issuedAt <= ROTATE_AFTER_SECONDS) return { action: "same" };
    return { action: "rotate", row: { gen: gen + 1, issuedAt: now, confirmed: false, rid } };
  }
  const forgiven = !row.confirmed || (row.graceUntil !== undefined && now < row.graceUntil);
  return { action: gen === row.gen - 1 && rid === row.rid && forgiven ? "same" : "clone" };
}

/** What an ordinary request with a token of generation `gen` does. Old generations are refused with session.token-stale and never
 *  end a session: tabs overtake one another all day long (a rule that ended them threw out 7.5 % of honest sessions).
 *  `row` is there when it must be stored: the first request at a generation confirms it. */
export function acceptRequest(
  row: RatchetRow,
  gen: number,
  now: number,
): { readonly accepted: false } | { readonly accepted: true; readonly row?: RatchetRow } {
  if (gen !== row.gen) return { accepted: false };
  return row.confirmed
    ? { accepted: true }
    : { accepted: true, row: { ...row, confirmed: true, graceUntil: now + GRACE_SECONDS } };
}
