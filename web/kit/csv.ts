/** A cell that a spreadsheet would run as a formula begins with one of these, spaces aside (OWASP, CSV injection). */
const formula = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180: commas, CRLF, doubled quotes) with a byte order mark, so that spreadsheets read Ukrainian;
 *  texts that a spreadsheet would take for a formula get an apostrophe before them. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

/** Hands a text to the person as a file. */
export function saveFile(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // the browser has taken the text by the next turn
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
