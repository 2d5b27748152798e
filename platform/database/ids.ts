import { randomBytes, randomUUID } from "node:crypto";

let lastMs = 0;
let sequence = 0;

/** UUIDv7 made here, because a sealed field is bound to its row's id before the row exists. Rises within a process (RFC 9562 §6.2,
 *  method 1: 12 bits after the millisecond are a counter). */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = randomBytes(2).readUInt16BE() & 0x3ff;
  } else if (++sequence > 0xfff) {
    lastMs++;
    sequence = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** For rows of anonymous people: a version 7 id would tell the millisecond. */
export const anonymousId = (): string => randomUUID();
