import { request as send } from "node:http";
import { newSecret } from "#platform/crypto/random.ts";
import { asAdmin } from "./admin.ts";
import type { Subject } from "./subject.ts";

/** Sends that many invitations of the demo's survey by hand, and gives the secrets of their links: nobody waits for quiet hours here. */
export async function openLinks(subject: Subject, count: number): Promise<string[]> {
  const secrets = Array.from({ length: count }, newSecret);
  await asAdmin(subject.server, (client) =>
    client.query(
      `with made as (
      insert into feedback.invitation (clinic_id, survey_id, state, queued_on, sent_on, expires_at)
      select s.clinic_id, s.id, 'sent', current_date, current_date, now() + interval '7 days'
      from feedback.survey s, generate_series(1, $1::int) where s.state = 'live' returning clinic_id, id),
    numbered as (select clinic_id, id, row_number() over () as n from made)
    insert into platform.link_token (clinic_id, hash, purpose, subject_type, subject_id, expires_at)
    select m.clinic_id, h.hash, 'survey', 'invitation', m.id, now() + interval '7 days'
    from numbered m join unnest($2::bytea[]) with ordinality as h(hash, n) using (n)`,
      [count, secrets.map(({ hash }) => Buffer.from(hash))],
    ),
  );
  return secrets.map(({ secret }) => secret);
}

/** Waiting rooms that answers come from: pages are counted by network, 60 a minute. */
const networks = 200;

/** Sends an answer as the page's own form does. Gives the status; 303 is thanks. */
export function answer(origin: string, o: { secret: string; score: number; turn: number }): Promise<number> {
  const { hostname, port, host } = new URL(origin);
  const body = new URLSearchParams({ score: String(o.score), comment: "Довго чекали", language: "uk" }).toString();
  return new Promise((done, failed) => {
    const request = send(
      {
        hostname,
        port,
        path: `/s/${o.secret}`,
        method: "POST",
        localAddress: `127.0.1.${1 + (o.turn % networks)}`,
        headers: {
          host,
          origin,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => done(response.statusCode ?? 0));
      },
    );
    request.on("error", failed);
    request.end(body);
  });
}
