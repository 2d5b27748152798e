/** Names by scheme: over https the `__Host-` prefix; over http (loopback only) the port in the name, since cookies ignore ports. */
export type CookieNames = { sid: string; pre: string; dev: string; secure: boolean };

export function cookieNames(origin: string): CookieNames {
  const { protocol, port } = new URL(origin);
  if (protocol === "https:") return { sid: "__Host-sid", pre: "__Host-pre", dev: "__Host-dev", secure: true };
  const tail = port === "" ? "80" : port;
  return { sid: `sid-${tail}`, pre: `pre-${tail}`, dev: `dev-${tail}`, secure: false };
}

/** The named cookie of a request, if it is one of ours by form. A name that stands twice is nobody's. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  const value = found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** `Set-Cookie` text. `seconds` left out: until the browser closes; 0 removes it. */
export function cookie(o: { name: string; value: string; secure: boolean; seconds?: number }): string {
  const life = o.seconds === undefined ? "" : `; Max-Age=${o.seconds}`;
  return `${o.name}=${o.value}; Path=/; HttpOnly; SameSite=Strict${o.secure ? "; Secure" : ""}${life}`;
}
