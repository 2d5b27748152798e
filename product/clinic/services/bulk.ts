import { bulkTable } from "#platform/database/bulk.ts";

/** Services as imports write them. */
export const serviceTable = bulkTable("clinic.service", {
  code: "text",
  name_uk: "text",
  name_en: "text",
  source_key: "text",
});
