import type { FastifyInstance } from "fastify";
import type { App } from "#platform/start/app.ts";
import { serveDevOutbox } from "./dev-outbox.tsx";
import { serveSurvey } from "./survey/serve-survey.ts";

/** Public, server-rendered pages: they work without JavaScript and act through the product's own routes. */
export async function servePortal(server: FastifyInstance, app: App): Promise<void> {
  serveSurvey(server, app);
  if (app.mode === "demo") serveDevOutbox(server, app);
}
