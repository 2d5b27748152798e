import { createHmac, randomBytes } from "node:crypto";

/** Whom a transaction acts for. Absent parts are null inside the database, and null sees no row. */
export type Sealed = { clinic?: string | undefined; member?: string | undefined; person?: string | undefined };

/** Signs contexts for this process's connections. `kid` and `key` are registered in the database at start. */
export type Seal = { kid: string; key: Buffer; sign: (who: Sealed, pid: number, seconds?: number) => string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A transaction of a request ends within its 10 s; what signs it is good for 60 s. */
const lifeSeconds = 60;

function checked(text: string | undefined): string {
  if (text === undefined) return "";
  if (!uuid.test(text)) throw new RangeError("a context holds ids alone");
  return text;
}

/** `kid:clinic:member:person:pid:exp:mac`, mac = base64url HMAC-SHA-256 of all before it. Bound to one connection by pid, so a seal
 *  read from elsewhere opens nothing. Throws RangeError on anything but ids. */
export function makeSeal(): Seal {
  const kid = randomBytes(6).toString("hex");
  const key = randomBytes(32);
  const sign = (who: Sealed, pid: number, seconds = lifeSeconds): string => {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    const text = `${kid}:${checked(who.clinic)}:${checked(who.member)}:${checked(who.person)}:${pid}:${exp}`;
    return `${text}:${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  return { kid, key, sign };
}
