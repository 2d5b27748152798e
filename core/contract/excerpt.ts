/** Of a text that came from outside, as much as a report shows: cut between characters, without what cannot be seen or stored. A half
 *  of a surrogate pair or a NUL would make the whole report one that PostgreSQL refuses. */
export const excerpt = (text: string, max: number): string =>
  Array.from(text.toWellFormed())
    .slice(0, max)
    .join("")
    .replace(/[\p{Cc}\p{Cf}\ufffd]/gu, "\u00b7");
