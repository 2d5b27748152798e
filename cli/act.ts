import { sql } from "kysely";
import { userTypes, type UserType } from "#core/access/rights.ts";
import type { Both } from "#core/contract/words.ts";
import type { BodySent, ParamsSent, QuerySent, ReplyOf, Route } from "#core/contract/route.ts";
import { newId } from "#platform/database/ids.ts";
import { perform, type Who } from "#platform/http/perform.ts";
import type { App } from "#platform/start/app.ts";

/** A command cannot be carried out for a reason the person can mend. */
export class CommandProblem extends Error {
  readonly code: string;
  readonly text: Both;
  constructor(code: string, text: Both) {
    super(text.en);
    this.name = "CommandProblem";
    this.code = code;
    this.text = text;
  }
}

/** Carries out a route as a member of the clinic: same right, ledger and limits as over HTTP. */
export type Act = <R extends Route>(
  route: R,
  input: { params?: ParamsSent<R>; query?: QuerySent<R>; body?: BodySent<R> },
) => Promise<ReplyOf<R>>;

const isType = (text: string): text is UserType => userTypes.some((type) => type === text);

type MemberRow = { clinic_id: string; member_id: string; clinic_state: string; member_state: string; types: string[] };

/** Who acts in the clinic: the person of `login`, or the owner who has been one longest. Throws {@link CommandProblem}. */
export async function whoActs(app: App, o: { slug: string; login?: string | undefined }): Promise<Who> {
  const clinic = await app.clinics.bySlug(o.slug);
  if (!clinic)
    throw new CommandProblem("clinic.unknown", {
      uk: `Закладу з адресою «${o.slug}» немає. Перевірте --clinic.`,
      en: `There is no clinic with the address "${o.slug}". Check --clinic.`,
    });
  const personId = o.login ? await personOf(app, o.login) : await ownerOf(app, clinic.id);
  const row = personId
    ? await app.database.outside((db) =>
        db.maybe(sql<MemberRow>`select * from app.find_member(${personId}::uuid, ${o.slug})`),
      )
    : null;
  if (!row || !personId || row.member_state !== "active")
    throw new CommandProblem("member.unknown", {
      uk: o.login ? `У закладі немає співробітника ${o.login}.` : "У закладі немає власника.",
      en: o.login ? `Nobody works in the clinic under ${o.login}.` : "The clinic has no owner.",
    });
  return {
    clinic,
    member: { id: row.member_id, personId, types: row.types.filter(isType), as: "member" },
    via: "cli",
  };
}

async function personOf(app: App, login: string): Promise<string | undefined> {
  const bidx = app.vault.login(login);
  if (!bidx) return undefined;
  const row = await app.database.outside((db) =>
    db.maybe(sql<{ person_id: string }>`select person_id from app.find_login(${bidx})`),
  );
  return row?.person_id;
}

const ownerOf = async (app: App, clinic: string): Promise<string | undefined> =>
  (
    await app.database.transaction({ clinic }, (db) =>
      db.maybe(sql<{ person_id: string }>`select m.person_id from identity.membership m
        join identity.member_type t on t.clinic_id = m.clinic_id and t.member_id = m.member_id
        where m.clinic_id = ${clinic} and m.state = 'active' and t.user_type = 'owner' and t.starts_at <= now() and (t.ends_at is null or t.ends_at > now())
        order by t.starts_at, m.member_id limit 1`),
    )
  )?.person_id;

/** Acts as this member, by the handlers of the product. */
export function actAs(app: App, who: Who): Act {
  return async (route, input) => {
    const handler = app.registry.handlers.find((one) => one.route.act === route.act);
    if (!handler) throw new Error(`no handler for ${route.act}`);
    const raw = { params: input.params, query: input.query ?? {}, body: input.body };
    const done = await perform(app, handler, who, { ...raw, ...(route.idempotent ? { key: newId() } : {}) });
    // perform parsed the reply by this very contract
    return done.reply as ReplyOf<typeof route>;
  };
}
