import type { App } from "#platform/start/app.ts";
import { demoPassword, demoSlug, makeDemoPeople } from "./make-demo.ts";
import { demoRoster } from "./words.ts";

/** Fills an empty demo installation. Gives the line that says how to sign in. */
export async function fillDemo(app: App): Promise<string> {
  await makeDemoPeople(app);
  const [, quality] = demoRoster;
  return `open ${app.settings.origin}/c/${demoSlug} and choose a person, or sign in as ${quality?.login ?? ""} with ${demoPassword}`;
}
