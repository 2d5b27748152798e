import { sql } from "kysely";
import { holds, isRight, type Right, type UserType } from "#core/access/rights.ts";
import type { Database } from "../database/pool.ts";
import type { Change, Keeper } from "./keeper.ts";

/** What an open page hears: which thing changed, never what it says. */
export type Heard = { id: string; thing: string; of: string; what: string };
export type Listener = { clinic: string; types: readonly UserType[]; send: (heard: Heard) => void };

/** How far before the last heard event a resumed stream begins again: ids do not come in commit order, doubles are harmless. */
const overlapSeconds = 30;
/** More than this many missed changes: the page reloads what it shows. */
const resumeMax = 1000;

export type Hub = {
  join: (listener: Listener) => () => void;
  /** Changes since the overlap before `lastEventId`, or "reload". */
  since: (o: { clinic: string; types: readonly UserType[]; lastEventId: string }) => Promise<Heard[] | "reload">;
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

/** Hands committed changes to open streams. `rights` names the right where it is not `<thing>:read`; `quiet` events are told to nobody. */
export function openHub(o: {
  keeper: Keeper;
  worker: Database;
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
    for (const listener of byClinic.get(change.clinic) ?? [])
      if (mayHear(listener.types, change.name)) listener.send(heardOf(change));
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
    since: async ({ clinic, types, lastEventId }) => {
      const rows = await o.worker.transaction(
        { clinic },
        (db) =>
          db.many(sql<{ id: string; name: string; payload: { id?: string } }>`
            select id, name, payload from platform.event where clinic_id = ${clinic}
            and at > coalesce((select e.at from platform.event e where e.clinic_id = ${clinic} and e.id = ${lastEventId}), now() - interval '1 minute') - make_interval(secs => ${overlapSeconds})
            order by at limit ${resumeMax + 1}`),
        { read: true },
      );
      if (rows.length > resumeMax) return "reload";
      return rows
        .filter(({ name }) => mayHear(types, name))
        .map((row) => heardOf({ event: row.id, name: row.name, thing: row.payload.id ?? "" }));
    },
    size: () => [...byClinic.values()].reduce((sum, set) => sum + set.size, 0),
  };
}
