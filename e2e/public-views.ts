import type { FastifyInstance } from "fastify";
import fastify from "fastify";
import { servePortal } from "#portal/serve.ts";
import type { Stage } from "./stage.ts";
import type { Open, View } from "./view.ts";

const page = (route: string, state: string, path: View["path"], rest: Partial<View> = {}): View => ({
  route,
  state,
  who: "nobody",
  path,
  ...rest,
});
const question: View["path"] = ({ invitation }, language) => `${invitation}?lang=${language}`;
const send = ({ page: at }: Open) => at.getByRole("button").click();

/** Every view of the pages drawn on the server. */
export const publicViews: readonly View[] = [
  page("/s/:token", "", question),
  page("/s/:token", "an answer chosen", question, { open: ({ page: at }) => at.getByRole("radio").nth(1).check() }),
  page("/s/:token", "sent empty", question, { open: send, refused: [422] }),
  page("/s/:token", "link used", () => `/s/${"a".repeat(43)}`, { refused: [410] }),
  page("/s/thanks", "", () => "/s/thanks"),
  page("/s/thanks", "with a code", () => "/s/thanks", {
    prepare: (at, { origin }) => at.context().addCookies([{ name: "qms-code", value: "K7M2-9XQ4-TR5W", url: origin }]),
  }),
  page("/dev/outbox", "", () => "/dev/outbox"),
];

/** Addresses the portal answers with a page, as it registers them itself. */
export async function portalRoutes({ product }: Stage): Promise<string[]> {
  const found: string[] = [];
  const server: FastifyInstance = fastify({ exposeHeadRoutes: false });
  server.addHook("onRoute", ({ method, url }) => {
    if (method === "GET") found.push(url);
  });
  await servePortal(server, product.platform.app);
  await server.close();
  return found;
}
