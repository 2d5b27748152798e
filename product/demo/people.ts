import { problem } from "#core/contract/problem.ts";
import type { UserType } from "#core/access/rights.ts";
import type { Door } from "#platform/http/door.ts";
import { findLogin } from "#product/identity/people/index.ts";

/** The eight people of the demo's bar: the same in tests, documents and pictures. */
export const demoPeople: readonly {
  as: string;
  name: string;
  login: string;
  types: readonly UserType[];
  position: { uk: string; en: string };
}[] = [
  {
    as: "solomiia",
    name: "Соломія Верес",
    login: "solomiia.veres@kalyna.example",
    types: ["owner"],
    position: { uk: "директорка", en: "director" },
  },
  {
    as: "marta",
    name: "Марта Дзвін",
    login: "marta.dzvin@kalyna.example",
    types: ["quality"],
    position: { uk: "менеджерка з якості", en: "quality manager" },
  },
  {
    as: "taras",
    name: "Тарас Бук",
    login: "taras.buk@kalyna.example",
    types: ["doctor"],
    position: { uk: "лікар-терапевт", en: "physician" },
  },
  {
    as: "olena",
    name: "Олена Гай",
    login: "olena.hai@kalyna.example",
    types: ["nurse"],
    position: { uk: "медсестра", en: "nurse" },
  },
  {
    as: "yulia",
    name: "Юлія Сад",
    login: "yulia.sad@kalyna.example",
    types: ["reception"],
    position: { uk: "адміністраторка", en: "receptionist" },
  },
  {
    as: "bohdan",
    name: "Богдан Клен",
    login: "bohdan.klen@kalyna.example",
    types: ["lab"],
    position: { uk: "лаборант", en: "laboratory technician" },
  },
  {
    as: "hanna",
    name: "Ганна Рута",
    login: "hanna.ruta@kalyna.example",
    types: ["training"],
    position: { uk: "координаторка навчання", en: "training lead" },
  },
  {
    as: "ihor",
    name: "Ігор Явір",
    login: "ihor.yavir@kalyna.example",
    types: ["auditor"],
    position: { uk: "аудитор", en: "auditor" },
  },
];

/** Id of a demo person by short name. Outside demo mode there is no such address. */
export async function demoPerson(door: Door, as: string): Promise<string> {
  if (door.mode !== "demo") throw problem("route.unknown");
  const person = demoPeople.find((one) => one.as === as);
  const bidx = person ? door.vault.login(person.login) : null;
  const found = bidx ? await door.database.outside((db) => findLogin(db, bidx)) : null;
  if (!found) throw problem("route.unknown");
  return found.person_id;
}
