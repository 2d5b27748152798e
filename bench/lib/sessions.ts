import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Agent } from "node:http";
import pg from "pg";
import { newKey, openClient, type Client } from "#cli/client.ts";
import { thumbprint } from "#core/proof/jwk.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import { openKeys } from "#platform/crypto/keys.ts";
import { openVault } from "#platform/crypto/keyring.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { cookieNames } from "#platform/http/cookies.ts";
import { sidHash } from "#platform/session/store.ts";
import { createTokenMint } from "#platform/session/token.ts";
import type { Subject } from "./subject.ts";

/** Opens sessions of one of the demo's people without bcrypt: a clinic's day has many, and each may ask 600 times a minute. */
export async function openSessionsOf(
  subject: Subject,
  o: { type: string; count: number; agent?: Agent },
): Promise<Client[]> {
  const client = new pg.Client(connection(subject.server, "postgres", "bench sessions"));
  await client.connect();
  const port = await openKeys({ kind: "file", path: join(subject.data, "keys", "root.key") });
  const [installation] = (
    await client.query<{ id: string; secret: Buffer; kek: string }>("select id, secret, kek from platform.installation")
  ).rows;
  const [person] = (
    await client.query<{ person_id: string }>(
      "select m.person_id from identity.member_type t join identity.membership m using (clinic_id, member_id) where t.user_type = $1 limit 1",
      [o.type],
    )
  ).rows;
  const [epoch] = (await client.query<{ epoch: number }>("select max(epoch)::int as epoch from identity.epoch")).rows;
  if (!installation || !person || !epoch) throw new Error("no demo clinic to open sessions in");
  const vault = openVault(port, {
    id: installation.id,
    key: { kek: installation.kek, wrapped: new Uint8Array(installation.secret) },
  });
  const mint = createTokenMint(vault.subkey("ct"), epoch.epoch);
  const made: Client[] = [];
  for (let at = 0; at < o.count; at++) {
    const key = newKey();
    const jkt = await thumbprint(key.jwk, sha256);
    const sid = randomBytes(32).toString("base64url");
    const iat = Math.floor(Date.now() / 1000);
    await client.query(
      "insert into identity.session (sid_hash, person_id, kind, jwk, jkt, idle_minutes, issued_at, confirmed, ends_at) values ($1, $2, 'staff', $3, $4, 15, to_timestamp($5), true, now() + interval '12 hours')",
      [sidHash(sid), person.person_id, JSON.stringify(key.jwk), jkt, iat],
    );
    const ct = mint.mint({ sidHash: sidHash(sid), jkt }, { gen: 0, iat });
    made.push(
      openClient(subject.origin, {
        state: { ...key, ct, cookies: new Map([[cookieNames(subject.origin).sid, sid]]) },
        ...(o.agent ? { agent: o.agent } : {}),
      }),
    );
  }
  await client.end();
  return made;
}
