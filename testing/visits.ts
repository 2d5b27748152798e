import assert from "node:assert/strict";
import { newId } from "#platform/database/ids.ts";
import type { Cast } from "./clinic.ts";

/** The ground a visit of a test stands on: one site, two departments, a service in each, and patients as they are asked for. */
export type VisitGround = {
  siteId: string;
  therapyId: string;
  cardiologyId: string;
  serviceId: string;
  cardiologyServiceId: string;
  patient: (o?: {
    name?: string;
    email?: string | null;
    never?: boolean;
    deceased?: boolean;
    restricted?: boolean;
    language?: "uk" | "en";
  }) => Promise<string>;
};

/** Makes that ground in a fresh clinic of the cast. */
export async function visitGround({ clinic, product }: Cast): Promise<VisitGround> {
  const { app } = product.platform;
  const [siteId, therapyId, cardiologyId, serviceId, cardiologyServiceId] = Array.from({ length: 5 }, newId);
  assert(siteId && therapyId && cardiologyId && serviceId && cardiologyServiceId);
  await app.database.transaction({ clinic: clinic.id }, async (db) => {
    const clinic_id = clinic.id;
    await db.run(db.insert("clinic.site").values({ clinic_id, id: siteId, name: "Центральна" }));
    for (const [id, name] of [
      [therapyId, "Терапія"],
      [cardiologyId, "Кардіологія"],
    ] as const)
      await db.run(db.insert("clinic.department").values({ clinic_id, id, site_id: siteId, name }));
    for (const [id, code, name_uk, department_id] of [
      [serviceId, "THER", "Прийом терапевта", therapyId],
      [cardiologyServiceId, "CARD", "Прийом кардіолога", cardiologyId],
    ] as const)
      await db.run(db.insert("clinic.service").values({ clinic_id, id, code, name_uk, department_id }));
  });
  return {
    siteId,
    therapyId,
    cardiologyId,
    serviceId,
    cardiologyServiceId,
    patient: patientMaker({ clinic, product }),
  };
}

type Asked = NonNullable<Parameters<VisitGround["patient"]>[0]>;

/** Makes patients as the desk would: sealed under their own keys. */
function patientMaker({ clinic, product }: Pick<Cast, "clinic" | "product">): VisitGround["patient"] {
  const { app } = product.platform;
  let count = 0;
  return (o: Asked = {}) =>
    app.database.transaction({ clinic: clinic.id }, async (db) => {
      const keys = app.keyring.of(db, clinic.id);
      const id = newId();
      const seal = (field: string, text: string) => keys.seal(id, { thing: "patient", id, field }, text);
      await db.run(
        db.insert("clinic.patient").values({
          clinic_id: clinic.id,
          id,
          code: `PAT-${++count}`,
          family: await seal("family", o.name ?? "Мороз"),
          given: await seal("given", "Іван"),
          birth_date: "1961-03-04",
          sex: "m",
          language: o.language ?? "uk",
          never_survey: o.never ?? false,
          restricted: o.restricted ?? false,
          deceased_on: o.deceased ? "2026-01-01" : null,
        }),
      );
      const email = o.email === undefined ? `ivan${count}@patient.example` : o.email;
      if (email !== null) {
        const contact = newId();
        await db.run(
          db.insert("clinic.patient_contact").values({
            clinic_id: clinic.id,
            id: contact,
            patient_id: id,
            kind: "email",
            value: await keys.seal(id, { thing: "patient-contact", id: contact, field: "value" }, email),
            bidx: (await keys.blind("email", email)) ?? Buffer.alloc(16),
          }),
        );
      }
      return id;
    });
}
