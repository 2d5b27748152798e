/** Every capability, one line each, in pillar order: the table of contents. A capability may call those on lines above its own;
 *  tasks and home stand last, since they show what all the others have. */
export const capabilities = [
  "identity/people",
  "identity/memberships",
  "identity/sign-in",
  "clinic/sites",
  "clinic/members",
  "clinic/clinics",
  "clinic/ledger",
  "clinic/jobs",
  "clinic/services",
  "clinic/patients",
  "clinic/visits",
  "clinic/imports",
  "control/signals",
  "control/indicators",
  "control/actions",
  "control/incidents",
  "control/path",
  "feedback/surveys",
  "control/tasks",
  "control/home",
] as const;

/** Folders with a `schema.sql`, in order of dependence. */
export const schemaFolders = [
  "identity/people",
  "identity/memberships",
  "clinic/sites",
  "clinic/members",
  "clinic/clinics",
  "clinic/services",
  "clinic/patients",
  "clinic/visits",
  "clinic/imports",
  "control/signals",
  "control/indicators",
  "control/actions",
  "control/incidents",
  "feedback/surveys",
].map((folder) => `product/${folder}`);
