import { newId } from "#platform/database/ids.ts";
import { insertMember } from "#product/clinic/members/index.ts";
import { act, type Stage } from "./act.ts";
import { dice } from "./random.ts";

/** Departments of "Калина" with their services; `share` is how much of the answers they get. */
export const departments = [
  {
    key: "therapy",
    name: "Терапія",
    site: 0,
    share: 0.24,
    services: [["THER", "Прийом терапевта", "Physician visit"]],
  },
  {
    key: "cardio",
    name: "Кардіологія",
    site: 0,
    share: 0.13,
    services: [
      ["CARD", "Прийом кардіолога", "Cardiologist visit"],
      ["ECG", "ЕКГ", "ECG"],
    ],
  },
  {
    key: "us",
    name: "УЗД",
    site: 0,
    share: 0.2,
    services: [
      ["USAB", "УЗД черевної порожнини", "Abdominal ultrasound"],
      ["USTH", "УЗД щитоподібної залози", "Thyroid ultrasound"],
    ],
  },
  {
    key: "ped",
    name: "Педіатрія",
    site: 1,
    share: 0.16,
    services: [["PED", "Прийом педіатра", "Paediatrician visit"]],
  },
  { key: "surg", name: "Хірургія", site: 0, share: 0.08, services: [["SURG", "Прийом хірурга", "Surgeon visit"]] },
  {
    key: "gyn",
    name: "Гінекологія",
    site: 1,
    share: 0.13,
    services: [["GYN", "Прийом гінеколога", "Gynaecologist visit"]],
  },
  {
    key: "neuro",
    name: "Неврологія",
    site: 1,
    share: 0.04,
    services: [["NEUR", "Прийом невролога", "Neurologist visit"]],
  },
  {
    key: "endo",
    name: "Ендокринологія",
    site: 0,
    share: 0.02,
    services: [["ENDO", "Прийом ендокринолога", "Endocrinologist visit"]],
  },
] as const;

export const surnames = [
  "Бондаренко",
  "Мельник",
  "Шевчук",
  "Ткач",
  "Коваль",
  "Гончар",
  "Кравець",
  "Лисенко",
  "Мороз",
  "Савчук",
  "Романюк",
  "Кушнір",
  "Дорош",
  "Ґонта",
  "Яремчук",
  "Поліщук",
  "Білик",
  "Заєць",
  "Чорновіл",
  "Їжак",
  "Остапчук",
  "Левченко",
  "Павлюк",
  "Сич",
] as const;
export const women = [
  "Оксана",
  "Наталія",
  "Ірина",
  "Світлана",
  "Галина",
  "Леся",
  "Дарина",
  "Христина",
  "Зоряна",
  "Надія",
] as const;
export const men = [
  "Андрій",
  "Петро",
  "Василь",
  "Юрій",
  "Микола",
  "Степан",
  "Роман",
  "Остап",
  "Данило",
  "Євген",
] as const;

export type Ground = {
  sites: string[];
  departments: Map<string, { id: string; siteId: string; serviceIds: string[]; memberIds: string[] }>;
};

/** Sites, departments, services and the other 38 of 46 staff. */
export async function layGround(stage: Stage): Promise<Ground> {
  const throws = dice(46);
  return act(stage, {
    by: "job",
    at: stage.app.clock.now(),
    work: async ({ db }) => {
      const clinic_id = stage.clinicId;
      const sites = [newId(), newId()];
      await db.run(
        db.insert("clinic.site").values([
          { clinic_id, id: sites[0] ?? "", name: "Центральна", address: "вул. Калинова, 1", phone: "+380000000101" },
          { clinic_id, id: sites[1] ?? "", name: "Липова", address: "вул. Липова, 4", phone: "+380000000102" },
        ]),
      );
      const made: Ground["departments"] = new Map();
      for (const { key, name, site, services } of departments) {
        const id = newId();
        const siteId = sites[site] ?? "";
        await db.run(db.insert("clinic.department").values({ clinic_id, id, site_id: siteId, name }));
        const serviceIds: string[] = [];
        for (const [code, name_uk, name_en] of services) {
          const serviceId = newId();
          await db.run(
            db.insert("clinic.service").values({ clinic_id, id: serviceId, code, name_uk, name_en, department_id: id }),
          );
          serviceIds.push(serviceId);
        }
        made.set(key, { id, siteId, serviceIds, memberIds: [] });
      }
      for (let at = 0; at < 38; at++) {
        const { key } = departments[at % departments.length] ?? departments[0];
        const department = made.get(key);
        const id = newId();
        const female = throws.chance(0.7);
        await insertMember(db, {
          id,
          personId: null,
          name: `${throws.pick(female ? women : men)} ${throws.pick(surnames)}`,
          position: at % 3 === 0 ? "медсестра" : "лікар",
          departmentId: department?.id ?? null,
        });
        department?.memberIds.push(id);
      }
      return { sites, departments: made };
    },
  });
}

/** The ground as it was laid at an earlier start. */
export async function findGround({ app, clinicId }: Stage): Promise<Ground> {
  return app.database.transaction(
    { clinic: clinicId },
    async (db) => {
      const sites = await db.many(db.from("clinic.site").select("id").orderBy("id"));
      const places = await db.many(db.from("clinic.department").select(["id", "name", "site_id"]).orderBy("id"));
      const services = await db.many(db.from("clinic.service").select(["id", "department_id"]).orderBy("id"));
      const members = await db.many(db.from("clinic.member").select(["id", "department_id"]).orderBy("id"));
      const of = (rows: readonly { id: string; department_id: string | null }[], department: string) =>
        rows.filter(({ department_id }) => department_id === department).map(({ id }) => id);
      return {
        sites: sites.map(({ id }) => id),
        departments: new Map(
          departments.flatMap(({ key, name }) => {
            const place = places.find((one) => one.name === name);
            if (!place) return [];
            const { id } = place;
            return [
              [key, { id, siteId: place.site_id ?? "", serviceIds: of(services, id), memberIds: of(members, id) }],
            ] as const;
          }),
        ),
      };
    },
    { read: true },
  );
}
