import type { App } from "#platform/start/app.ts";
import { demoPassword, demoSlug, makeDemoPeople } from "./make-demo.ts";
import { demoPeople } from "./people.ts";

/** Fills an empty demo installation. Gives the line that says how to sign in. */
export async function fillDemo(app: App): Promise<string> {
  await makeDemoPeople(app);
  const [, quality] = demoPeople;
  return `open ${app.settings.origin}/c/${demoSlug} and choose a person, or sign in as ${quality?.login ?? ""} with ${demoPassword}`;
}
