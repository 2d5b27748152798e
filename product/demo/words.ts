import type { UserType } from "#core/access/rights.ts";
import type { Both } from "#core/contract/words.ts";

/** The eight people of the demo's bar: the same in tests, documents and pictures. */
export const demoRoster: readonly {
  as: string;
  name: Both;
  login: string;
  types: readonly UserType[];
  position: Both;
}[] = [
  {
    as: "solomiia",
    name: { uk: "Соломія Верес", en: "Solomiia Veres" },
    login: "solomiia.veres@kalyna.example",
    types: ["owner"],
    position: { uk: "директорка", en: "director" },
  },
  {
    as: "marta",
    name: { uk: "Марта Дзвін", en: "Marta Dzvin" },
    login: "marta.dzvin@kalyna.example",
    types: ["quality"],
    position: { uk: "менеджерка з якості", en: "quality manager" },
  },
  {
    as: "taras",
    name: { uk: "Тарас Бук", en: "Taras Buk" },
    login: "taras.buk@kalyna.example",
    types: ["doctor"],
    position: { uk: "лікар", en: "doctor" },
  },
  {
    as: "olena",
    name: { uk: "Олена Гай", en: "Olena Hai" },
    login: "olena.hai@kalyna.example",
    types: ["nurse"],
    position: { uk: "медсестра", en: "nurse" },
  },
  {
    as: "yulia",
    name: { uk: "Юлія Сад", en: "Yuliia Sad" },
    login: "yulia.sad@kalyna.example",
    types: ["reception"],
    position: { uk: "адміністраторка", en: "receptionist" },
  },
  {
    as: "bohdan",
    name: { uk: "Богдан Клен", en: "Bohdan Klen" },
    login: "bohdan.klen@kalyna.example",
    types: ["lab"],
    position: { uk: "лаборант", en: "lab technician" },
  },
  {
    as: "hanna",
    name: { uk: "Ганна Рута", en: "Hanna Ruta" },
    login: "hanna.ruta@kalyna.example",
    types: ["training"],
    position: { uk: "навчання", en: "training lead" },
  },
  {
    as: "ihor",
    name: { uk: "Ігор Явір", en: "Ihor Yavir" },
    login: "ihor.yavir@kalyna.example",
    types: ["auditor"],
    position: { uk: "аудитор", en: "auditor" },
  },
];
