import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, email, id, language, line, lineOf } from "#core/contract/shapes.ts";

/** Patients one search shows; who finds more narrows the words. */
export const foundMax = 50;
const phone = lineOf(40, 3);

export const foundPatient = z.object({
  id,
  code: z.string(),
  name: z.string(),
  birthDate: day,
  sex: z.enum(["f", "m", "u"]),
  deceased: z.boolean(),
});

export const findPatients = route({
  act: "patient.find",
  summary: "Patients by words of a name, phone, card number, e-mail or birth date; newest first, 50 at most.",
  method: "POST", // the words name a person, and addresses are kept by browsers and proxies
  path: "/patients/find",
  right: "patient:find",
  ledger: { searches: "patient" },
  body: z.strictObject({ words: line }),
  reply: z.object({ items: z.array(foundPatient), more: z.boolean() }),
  problems: ["patient.words-short"],
});
export const registerPatient = route({
  act: "patient.register",
  summary:
    "Registers a patient. `alike` counts patients with the same birth date and phone or number: look at them first.",
  method: "POST",
  path: "/patients",
  right: "patient:register",
  ledger: { writes: "patient" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    family: line,
    given: line,
    patronymic: line.optional(),
    birthDate: day,
    sex: z.enum(["f", "m", "u"]),
    language: language.optional(),
    address: line.optional(),
    phones: z.array(phone).max(5).default([]),
    emails: z.array(email).max(5).default([]),
    rnokpp: lineOf(20).optional(),
  }),
  reply: z.object({ id, code: z.string(), alike: z.number().int() }),
  problems: ["patient.birth-date", "patient.contact", "patient.number"],
});

export const problems = {
  "patient.words-short": {
    status: 422,
    uk: "Введіть щонайменше дві літери або цифри.",
    en: "Type two letters or digits at least.",
  },
  "patient.birth-date": {
    status: 422,
    uk: "Дата народження має бути від 1900 року до сьогодні.",
    en: "The birth date must lie between 1900 and today.",
  },
  "patient.number": {
    status: 422,
    uk: "Номер платника податків (РНОКПП) має десять цифр. Перевірте його або лишіть поле порожнім.",
    en: "A taxpayer number (RNOKPP) has ten digits. Check it, or leave the field empty.",
  },
  "patient.contact": {
    status: 422,
    uk: "Це не схоже на номер телефону чи адресу пошти.",
    en: "This looks like neither a phone number nor an e-mail address.",
  },
} satisfies Problems;
