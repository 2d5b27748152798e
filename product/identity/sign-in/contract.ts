import { z } from "zod";
import { userTypes } from "#core/access/rights.ts";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { email, id, instant, language, line, lineOf, nothing, slug } from "#core/contract/shapes.ts";

/** bcrypt is bounded by its queue; this bounds the text before it is normalised. */
const password = z.string().min(1).max(1024);
/** A new one: staff 12–128 by code points, as NIST SP 800-63B asks where a second factor follows. */
export const newPassword = z
  .string()
  .max(1024)
  .refine((text) => text.isWellFormed(), { params: { code: "text.broken" } })
  .refine((text) => Array.from(text.normalize("NFKC")).length >= 12, { params: { code: "password.short" } })
  .refine((text) => Array.from(text.normalize("NFKC")).length <= 128, { params: { code: "password.long" } });
const login = lineOf(254, 3);
/** A zone by its name: a clinic whose zone nobody knows could not tell its own day. */
const zone = lineOf(60).refine(isZone, { params: { code: "zone.unknown" } });
function isZone(name: string): boolean {
  if (!/^(?:UTC|[A-Za-z_]+\/[\w+/-]+)$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const token = { ct: z.string(), exp: z.number().int(), now: z.number().int() };
export const userType = z.enum(userTypes);
const clinicOfPerson = z.object({ slug: z.string(), memberId: id, name: z.string(), types: z.array(userType) });
const signedIn = z.object({
  ...token,
  person: z.object({ id, name: z.string(), language }),
  clinics: z.array(clinicOfPerson),
});

const refusals = ["sign-in.refused", "sign-in.wait"] as const;
/** A person types a few times a minute; this is for the network behind one address (security notes, throttling). */
const perAddress = { per: "address", perMinute: 30 } as const;
const none = { none: "no data of a clinic; security events go to the operator's log" };

export const readChallenge = route({
  act: "sign-in.challenge",
  summary: "A nonce for signing in; keeps no state.",
  method: "GET",
  path: "/auth/challenge",
  outside: true,
  session: "public",
  right: "public",
  ledger: none,
  limit: { per: "address", perMinute: 120 },
  reply: z.object({ nonce: z.string(), exp: z.number().int(), now: z.number().int() }),
  problems: [],
  transaction: "none",
});
export const signIn = route({
  act: "sign-in.open",
  summary: "Signs in with login and password; the proof is by the new key.",
  method: "POST",
  path: "/auth/sign-in",
  outside: true,
  session: "fresh",
  right: "public",
  ledger: none,
  limit: perAddress,
  body: z.strictObject({ login, password, code: lineOf(20).optional() }),
  reply: signedIn,
  problems: refusals,
  transaction: "none",
});
export const refreshToken = route({
  act: "session.refresh",
  summary: "Turns the temporary token; the presented one may have expired.",
  method: "POST",
  path: "/auth/token",
  outside: true,
  right: "self",
  ledger: none,
  body: z.strictObject({ rid: z.string().regex(/^[\w-]{22}$/) }),
  reply: z.object(token),
  problems: [],
  transaction: "none",
});
export const lockSession = route({
  act: "session.lock",
  summary: "Locks this session.",
  method: "POST",
  path: "/auth/lock",
  outside: true,
  right: "self",
  ledger: none,
  body: z.strictObject({}),
  reply: nothing,
  problems: [],
  transaction: "none",
});
export const unlockSession = route({
  act: "session.unlock",
  summary: "Unlocks by password; a new session replaces the locked one.",
  method: "POST",
  path: "/auth/unlock",
  outside: true,
  session: "fresh",
  right: "public",
  ledger: none,
  limit: perAddress,
  body: z.strictObject({ password }),
  reply: signedIn,
  problems: refusals,
  transaction: "none",
});
export const signOut = route({
  act: "session.sign-out",
  summary: "Ends this session.",
  method: "POST",
  path: "/auth/sign-out",
  outside: true,
  right: "self",
  ledger: none,
  body: z.strictObject({}),
  reply: nothing,
  problems: [],
  transaction: "none",
});
export const signUp = route({
  act: "clinic.sign-up",
  summary: "A clinic signs itself up; the answer is the same whether or not the address is known.",
  method: "POST",
  path: "/auth/sign-up",
  outside: true,
  session: "public",
  right: "public",
  ledger: none,
  limit: { per: "address", perMinute: 10 },
  body: z.strictObject({
    email,
    name: line,
    language,
    clinic: z.strictObject({
      name: line,
      slug,
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .default("UA"),
      zone,
      languages: z.array(language).min(1).max(2),
    }),
  }),
  reply: z.object({ sent: z.literal(true) }),
  problems: [],
  transaction: "none",
});
export const acceptLink = route({
  act: "link.accept",
  summary: "Accepts a one-use link of sign-up, invitation or recovery with a new password.",
  method: "POST",
  path: "/auth/accept",
  outside: true,
  session: "fresh",
  right: "public",
  ledger: none,
  limit: perAddress,
  body: z.strictObject({ token: z.string().regex(/^[\w-]{43}$/), password: newPassword, name: line.optional() }),
  reply: signedIn,
  problems: ["password.common", "clinic.slug-taken"],
  transaction: "none",
});
export const enterDemo = route({
  act: "demo.enter",
  summary: "Demo mode only: becomes one of the eight people.",
  method: "POST",
  path: "/auth/demo",
  outside: true,
  session: "fresh",
  right: "public",
  ledger: none,
  limit: { per: "address", perMinute: 120 },
  body: z.strictObject({ as: lineOf(40) }),
  reply: signedIn,
  problems: [],
  transaction: "none",
});
export const readMe = route({
  act: "me.read",
  summary: "The person, their clinics and this session.",
  method: "GET",
  path: "/api/me",
  outside: true,
  right: "self",
  ledger: { none: "the person's own data" },
  reply: z.object({
    person: z.object({ id, name: z.string(), language }),
    clinics: z.array(clinicOfPerson),
    session: z.object({ id, since: instant, idleAt: instant, endsAt: instant }),
  }),
  problems: [],
  transaction: "none",
});
export const readDraftKey = route({
  act: "me.draft-key",
  summary: "The key under which a person's unsent texts lie on a device; it lives in the memory of an open page alone.",
  method: "GET",
  path: "/api/me/draft-key",
  outside: true,
  right: "self",
  ledger: { none: "a key of the person's own texts" },
  reply: z.object({ person: id, key: z.string().regex(/^[\w-]{43}$/) }),
  problems: [],
  transaction: "none",
});
export const listMySessions = route({
  act: "me.sessions",
  summary: "Own open sessions.",
  method: "GET",
  path: "/api/me/sessions",
  outside: true,
  right: "self",
  ledger: { none: "the person's own data" },
  reply: z.array(
    z.object({ id, device: z.string(), place: z.string(), since: instant, lastSeen: instant, current: z.boolean() }),
  ),
  problems: [],
  transaction: "none",
});
export const endMySession = route({
  act: "me.end-session",
  summary: "Ends one of the person's own sessions.",
  method: "DELETE",
  path: "/api/me/sessions/:id",
  outside: true,
  right: "self",
  ledger: { none: "the person's own data" },
  params: z.object({ id }),
  reply: nothing,
  problems: ["session.unknown"],
  transaction: "none",
});
export const endAllMySessions = route({
  act: "me.end-all-sessions",
  summary: "Signs out everywhere.",
  method: "POST",
  path: "/api/me/sessions/end-all",
  outside: true,
  right: "self",
  ledger: { none: "the person's own data" },
  body: z.strictObject({}),
  reply: nothing,
  problems: [],
  transaction: "none",
});
export const setMyLanguage = route({
  act: "me.set-language",
  summary: "The language of screens, mail and problems.",
  method: "PUT",
  path: "/api/me/language",
  outside: true,
  right: "self",
  ledger: { none: "the person's own data" },
  body: z.strictObject({ language }),
  reply: nothing,
  problems: [],
  transaction: "none",
});

export const problems = {
  "sign-in.refused": { status: 401, uk: "Логін або пароль неправильні.", en: "The login or the password is wrong." },
  "sign-in.wait": {
    status: 429,
    uk: ({ seconds }: { seconds: number }) => `Забагато спроб. Спробуйте за ${seconds} с.`,
    en: ({ seconds }: { seconds: number }) => `Too many attempts. Try again in ${seconds} s.`,
  },
  "session.unknown": { status: 404, uk: "Такого сеансу немає.", en: "There is no such session." },
  "password.common": {
    status: 422,
    uk: "Цей пароль надто поширений. Оберіть інший.",
    en: "This password is too common. Choose another.",
  },
  "clinic.slug-taken": {
    status: 409,
    uk: "Ця адреса закладу вже зайнята. Оберіть іншу.",
    en: "This clinic address is taken. Choose another.",
  },
} satisfies Problems;
