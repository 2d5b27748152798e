import { bulkTable } from "#platform/database/bulk.ts";

/** Staff of another system as imports write them: they never sign in. */
export const memberTable = bulkTable("clinic.member", {
  name: "text",
  position: "text",
  specialty: "text",
  department_id: "uuid",
  source_key: "text",
});
