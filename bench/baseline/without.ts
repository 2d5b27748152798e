// The product with one wall taken out, so that the wall's price can be seen. It exists here alone: no release knows of it.
import type { App } from "#platform/start/app.ts";
import type { Guard } from "#platform/session/guard.ts";
import { runQms } from "#platform/start/run.ts";
import { schemaFolders } from "#product/contents.ts";
import { fillDemo } from "#product/demo/fill-demo.ts";
import { product } from "#product/product.ts";
import { servePortal } from "#portal/serve.ts";

/** The session is found and nothing about the request is checked. */
function withoutProof(app: App): Guard {
  const full = app.guard;
  let checked: Awaited<ReturnType<Guard["bound"]>> | undefined;
  return {
    ...full,
    bound: async (request, o) => {
      checked ??= await full.bound(request, o);
      const session = request.sid ? await app.sessions.find(request.sid) : undefined;
      return session ? { ...checked, session } : full.bound(request, o);
    },
  };
}

const takeOut: Record<string, (app: App) => void> = {
  ledger: (app) => {
    app.readWriter = { ...app.readWriter, write: () => Promise.resolve() };
  },
  proof: (app) => {
    app.guard = withoutProof(app);
  },
  sealing: (app) => {
    const { keyring } = app;
    app.keyring = { of: (db, clinic) => ({ ...keyring.of(db, clinic), open: () => Promise.resolve("Виміряно") }) };
  },
};

await runQms({
  product,
  schemaFolders,
  fillDemo: async (app) => (await fillDemo(app)).hint,
  servePortal: async (server, app) => {
    const wall = takeOut[process.env["BENCH_WITHOUT"] ?? ""];
    if (!wall) throw new Error(`BENCH_WITHOUT names no wall: ${Object.keys(takeOut).join(", ")}`);
    wall(app);
    await servePortal(server, app);
  },
});
