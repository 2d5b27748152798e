// The floor: node:http and pg alone, the same statements, no transaction, no row security, no session, no sealing.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import pg from "pg";
import { bindDb } from "#platform/database/db.ts";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";
import "#platform/database/pool.ts";
import { diagnosesOf, proceduresOf, visitByCode } from "#product/clinic/visits/queries.ts";

const server: Server = JSON.parse(process.env["BENCH_SERVER"] ?? "{}");
const clinic = process.env["BENCH_CLINIC"] ?? "";
const pool = new pg.Pool({ ...connection(server, "postgres", "bench bare"), max: 4, pipeline: true });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const code = (request.url ?? "").split("/").at(-1) ?? "";
  const client = await pool.connect();
  try {
    if (request.method === "POST") {
      await client.query({
        name: "w",
        text: "insert into platform.counter (clinic_id, name, year, value) values ($1, $2, 0, 1)",
        values: [clinic, `bare-${Math.random()}`],
      });
      response.writeHead(201, { "content-type": "application/json" }).end('{"ok":true}');
      return;
    }
    const db = bindDb(client, clinic);
    const row = await visitByCode(db, code);
    const patient = client.query({
      name: "p",
      text: "select id, code from clinic.patient where clinic_id = $1 and id = $2",
      values: [clinic, row.patient_id],
    });
    const [names, diagnoses, procedures] = await Promise.all([
      patient,
      diagnosesOf(db, row.id),
      proceduresOf(db, row.id),
    ]);
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ ...row, patient: names.rows[0], diagnoses, procedures }));
  } finally {
    client.release();
  }
}

createServer((request, response) => void answer(request, response)).listen(
  Number(process.env["BENCH_PORT"]),
  "127.0.0.1",
  () => process.stdout.write("listening\n"),
);
