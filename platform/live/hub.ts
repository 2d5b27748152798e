import { sql } from "kysely";
import { holds, isRight, type Right, type UserType } from "#core/access/rights.ts";
import type { Db } from "../database/db.ts";
import type { Database } from "../database/pool.ts";
import type { Change, Keeper } from "./keeper.ts";

/** What an open page hears: which thing changed, never what it says. */
export type Heard = { id: string; thing: string; of: string; what: string };
export type Listener = Hearer & { clinic: string; send: (heard: Heard) => void };
/** Who listens: the member and what they may do. */
type Hearer = { member: string | null; types: readonly UserType[] };

/** Of a thing that not everybody with its right may see: the members who may, and the right that lets others. Undefined: everybody. */
export type Narrow = { right: Right; members: readonly string[] } | undefined;
/** Asks about things of one kind, by the name their events begin with; those that everybody may see are left out of the answer. */
export type Narrowing = ReadonlyMap<string, (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Narrow>>>;

/** How far before the last heard event a resumed stream begins again: ids do not come in commit order, doubles are harmless. */
const overlapSeconds = 30;
/** More than this many missed changes: the page reloads what it shows. */
const resumeMax = 1000;

export type Hub = {
  join: (listener: Listener) => () => void;
  /** Changes since the overlap before `lastEventId`, or "reload". */
  since: (o: Hearer & { clinic: string; lastEventId: string }) => Promise<Heard[] | "reload">;
  size: () => number;
};

/** Who may hear of a thing: those who may read it. `response-comment.hidden` → thing `response-comment` → right `response-comment:read`. */
const rightOf = (name: string, rights: ReadonlyMap<string, Right>): Right | undefined => {
  const thing = name.split(".")[0] ?? "";
  const own = `${thing}:read`;
  return rights.get(thing) ?? (isRight(own) ? own : undefined);
};

const heardOf = (change: Pick<Change, "event" | "name" | "thing">): Heard => {
  const [thing = "", what = ""] = change.name.split(".");
  return { id: change.event, thing, of: change.thing, what };
};

const isAmong = ({ member, types }: Hearer, narrow: Narrow): boolean =>
  !narrow || holds(types, narrow.right) || (member !== null && narrow.members.includes(member));

/** Leaves out what is not for this person, with one question a kind of thing. */
async function narrowed(
  db: Db,
  missed: readonly Heard[],
  { narrowing, ...hearer }: Hearer & { narrowing: Narrowing },
): Promise<Heard[]> {
  let left = [...missed];
  for (const [thing, ask] of narrowing) {
    const ids = new Set(left.filter((one) => one.thing === thing).map(({ of }) => of));
    if (ids.size === 0) continue;
    const seers = await ask(db, [...ids]);
    left = left.filter((one) => one.thing !== thing || isAmong(hearer, seers.get(one.of)));
  }
  return left;
}

/** Hands committed changes to open streams. `rights` names the right where it is not `<thing>:read`; `narrowing` asks about things that
 *  are for some alone; `quiet` events are told to nobody. */
export function openHub(o: {
  keeper: Keeper;
  worker: Database;
  narrowing: Narrowing;
  rights: ReadonlyMap<string, Right>;
  quiet: ReadonlySet<string>;
}): Hub {
  const byClinic = new Map<string, Set<Listener>>();
  const mayHear = (types: readonly UserType[], name: string): boolean => {
    if (o.quiet.has(name)) return false;
    const right = rightOf(name, o.rights);
    return right !== undefined && holds(types, right);
  };
  o.keeper.onChange((change) => {
    const listeners = [...(byClinic.get(change.clinic) ?? [])].filter(({ types }) => mayHear(types, change.name));
    const heard = heardOf(change);
    const ask = o.narrowing.get(heard.thing);
    if (!ask) for (const { send } of listeners) send(heard);
    else if (listeners.length > 0)
      o.worker
        .transaction({ clinic: change.clinic }, (db) => ask(db, [heard.of]), { read: true })
        .then((narrow) =>
          listeners.filter((one) => isAmong(one, narrow.get(heard.of))).forEach(({ send }) => send(heard)),
        )
        // who may hear is not known: nobody does, and the page finds it at its next look
        .catch(() => {});
  });
  return {
    join: (listener) => {
      const set = byClinic.get(listener.clinic) ?? new Set();
      byClinic.set(listener.clinic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) byClinic.delete(listener.clinic);
      };
    },
    since: async ({ clinic, member, types, lastEventId }) => {
      return o.worker.transaction(
        { clinic },
        async (db) => {
          const rows = await db.many(sql<{ id: string; name: string; payload: { id?: string } }>`
            select id, name, payload from platform.event where clinic_id = ${clinic}
            and at > coalesce((select e.at from platform.event e where e.clinic_id = ${clinic} and e.id = ${lastEventId}), now() - interval '1 minute') - make_interval(secs => ${overlapSeconds})
            order by at limit ${resumeMax + 1}`);
          if (rows.length > resumeMax) return "reload";
          const missed = rows
            .filter(({ name }) => mayHear(types, name))
            .map((row) => heardOf({ event: row.id, name: row.name, thing: row.payload.id ?? "" }));
          return narrowed(db, missed, { member, types, narrowing: o.narrowing });
        },
        { read: true },
      );
    },
    size: () => [...byClinic.values()].reduce((sum, set) => sum + set.size, 0),
  };
}
