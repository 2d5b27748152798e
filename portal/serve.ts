import type { FastifyInstance } from "fastify";
import type { App } from "#platform/start/app.ts";

/** Public, server-rendered pages: they work without JavaScript and act through the product's own routes. */
export async function servePortal(_server: FastifyInstance, _app: App): Promise<void> {}
