import { createHash, randomBytes } from "node:crypto";
import { problem } from "#core/contract/problem.ts";
import type { LedgerUse } from "#core/contract/route.ts";
import type { Db } from "../database/db.ts";
import { pidOf, type Database } from "../database/pool.ts";
import { inOneFlight } from "../database/flight.ts";
import type { Seal } from "../database/seal.ts";
import type { Keys } from "../crypto/keyring.ts";
import type { LedgerNotes } from "../http/context.ts";

export type Via = "http" | "job" | "cli" | "fhir";

/** What the outbox keeps of an act; the sequencer adds place and time, so an injected insert can choose neither. */
export type LedgerWhat = {
  act: string;
  kind: "read" | "write" | "search" | "export" | "security";
  who: string;
  types?: readonly string[];
  session?: string;
  via: Via;
  about?: { t: string; i: string }[];
  patients?: string[];
  outcome: 0 | 4 | 8 | 12;
  dc?: string;
};

export type Draft = { what: LedgerWhat; detail: Buffer | null };
export type Notes = LedgerNotes & {
  /** Whether anything was said: a job that touched no personal data leaves no entry. */
  used: () => boolean;
  draft: (
    o: { act: string; use: LedgerUse; who: string; types: readonly string[]; session?: string | undefined; via: Via },
    keys: Keys,
  ) => Promise<Draft>;
};

/** Collects what one request says to the ledger. `about` starts with the thing the path names. */
export function openNotes(start: { t: string; i: string } | undefined): Notes {
  const about = start ? [start] : [];
  const patients = new Set<string>();
  const details: Record<string, string | number | boolean | null> = {};
  return {
    note: (detail) => void Object.assign(details, detail),
    subject: (...ids) => ids.forEach((id) => patients.add(id)),
    about: (t, i) => void about.push({ t, i }),
    used: () => about.length > 0 || patients.size > 0 || Object.keys(details).length > 0,
    draft: async (o, keys) => {
      const pseudonyms: string[] = [];
      for (const id of patients) {
        const pseudonym = await keys.blind("patient", id);
        if (pseudonym) pseudonyms.push(pseudonym.toString("base64url"));
      }
      const sealed = Object.keys(details).length > 0 ? await sealDetail(JSON.stringify(details), keys) : undefined;
      const kind = o.use.writes ? "write" : o.use.searches ? "search" : "read";
      const what: LedgerWhat = { act: o.act, kind, who: o.who, via: o.via, outcome: 0 };
      if (o.types.length > 0) what.types = o.types;
      if (o.session) what.session = o.session;
      if (about.length > 0) what.about = about;
      if (pseudonyms.length > 0) what.patients = pseudonyms;
      if (sealed) what.dc = sealed.dc;
      return { what, detail: sealed?.bytes ?? null };
    },
  };
}

/** Salt ‖ sealed detail, and the commitment SHA-256(salt ‖ detail): erasing both leaves a commitment that says nothing. */
async function sealDetail(text: string, keys: Keys): Promise<{ bytes: Buffer; dc: string }> {
  const salt = randomBytes(32);
  const dc = createHash("sha256").update(salt).update(text).digest("base64url");
  const enc = await keys.seal("clinic", { thing: "ledger", id: dc, field: "detail" }, text);
  return { bytes: Buffer.concat([salt, enc]), dc };
}

/** A write's entry, in the write's own transaction. */
export async function writeEntryOf(db: Db, draft: Draft): Promise<void> {
  await db.run(
    db
      .insert("ledger.outbox")
      .values({ clinic_id: db.clinicId ?? "", what: JSON.stringify(draft.what), detail: draft.detail }),
  );
}

type Waiting = {
  clinic: string;
  member: string | undefined;
  draft: Draft;
  done: () => void;
  failed: (error: unknown) => void;
};

/** Reads hand their entries here; one transaction commits all that came in meanwhile, each clinic's and member's group under its own
 *  sealed context. The promise settles when the entry is durable; if the commit fails, every answer in it is a 503. */
export type ReadWriter = {
  write: (entry: { clinic: string; member: string | undefined; draft: Draft }) => Promise<void>;
  close: () => Promise<void>;
};

const insertMany = {
  name: "ledger-reads",
  text: `insert into ledger.outbox (clinic_id, what, detail) select $1, w, d from unnest($2::jsonb[], $3::bytea[]) as e(w, d)`,
};

const insertOf = (clinic: string, group: readonly Waiting[]) => ({
  ...insertMany,
  values: [clinic, group.map(({ draft }) => JSON.stringify(draft.what)), group.map(({ draft }) => draft.detail)],
});

export function openReadWriter(database: Database, seal: Seal): ReadWriter {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;

  async function commit(batch: Waiting[]): Promise<void> {
    const client = await database.pool.connect();
    let broken: Error | undefined;
    try {
      const groups = Map.groupBy(batch, ({ clinic, member }) => `${clinic} ${member ?? ""}`);
      inOneFlight(client)
        .query("begin")
        .catch(() => {});
      const sent: Promise<unknown>[] = [];
      for (const group of groups.values()) {
        const [first] = group;
        if (!first) continue;
        const context = seal.sign({ clinic: first.clinic, member: first.member }, pidOf(client));
        sent.push(client.query(`set local app.context = ${client.escapeLiteral(context)}`));
        sent.push(client.query(insertOf(first.clinic, group)));
      }
      const committed = client.query("commit");
      await Promise.all(sent);
      if ((await committed).command !== "COMMIT") throw new Error("ledger commit rolled back");
    } catch (error) {
      broken = error instanceof Error ? error : new Error("ledger");
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await commit(batch);
        for (const entry of batch) entry.done();
      } catch {
        for (const entry of batch) entry.failed(problem("service.database-away", { seconds: 2 }));
      }
    }
    flushing = undefined;
  }

  return {
    write: ({ clinic, member, draft }) =>
      new Promise((done, failed) => {
        waiting.push({ clinic, member, draft, done, failed });
        // the next turn of the loop: entries of requests that are answered together share a commit
        flushing ??= new Promise<void>((next) => setImmediate(next)).then(flush);
      }),
    close: async () => {
      await flushing;
    },
  };
}
