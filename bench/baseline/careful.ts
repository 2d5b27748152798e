// The ordinary careful server: Fastify and pg, a transaction a request, plain row security by a setting, one durable audit row a read.
import fastify from "fastify";
import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";

const server: Server = JSON.parse(process.env["BENCH_SERVER"] ?? "{}");
const clinic = process.env["BENCH_CLINIC"] ?? "";
const pool = new pg.Pool({ ...connection(server, "qms_migrate", "bench careful"), max: 4 });
const app = fastify({ logger: false });

async function inClinic<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('bench.clinic', $1, true)", [clinic]);
    const result = await work(client);
    await client.query("commit");
    return result;
  } finally {
    client.release();
  }
}

app.get<{ Params: { code: string } }>("/visits/:code", (request) =>
  inClinic(async (client) => {
    const { rows } = await client.query({
      name: "v",
      text: "select * from bench.visit where clinic_id = $1 and code = $2",
      values: [clinic, request.params.code],
    });
    await client.query({
      name: "a",
      text: "insert into bench.audit (clinic_id, who, what) values ($1, 'somebody', $2)",
      values: [clinic, request.params.code],
    });
    return rows[0];
  }),
);
app.post("/visits", () =>
  inClinic(async (client) => {
    await client.query({
      name: "w",
      text: "insert into bench.audit (clinic_id, who, what) values ($1, 'somebody', 'a write')",
      values: [clinic],
    });
    return { ok: true };
  }),
);
await app.listen({ host: "127.0.0.1", port: Number(process.env["BENCH_PORT"]) });
process.stdout.write("listening\n");
