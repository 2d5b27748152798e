import { problem } from "#core/contract/problem.ts";
import type { Door } from "#platform/http/door.ts";
import { findLogin } from "#product/identity/people/index.ts";
import { demoRoster } from "./words.ts";

/** Id of a demo person by short name. Outside demo mode, and from another page than ours, there is no such address. */
export async function demoPerson(door: Door, as: string): Promise<string> {
  if (door.mode !== "demo") throw problem("route.unknown");
  const person = demoRoster.find((one) => one.as === as);
  const bidx = person ? door.vault.login(person.login) : null;
  const found = bidx ? await door.database.outside((db) => findLogin(db, bidx)) : null;
  if (!found) throw problem("route.unknown");
  return found.person_id;
}
