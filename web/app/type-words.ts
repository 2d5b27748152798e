const uk: Record<string, string> = {
  operator: "оператор платформи",
  owner: "власник",
  quality: "менеджер з якості",
  doctor: "лікар",
  nurse: "медсестра",
  lab: "лаборант",
  reception: "адміністратор",
  training: "навчання",
  expert: "експерт",
  auditor: "аудитор",
  patient: "пацієнт",
  representative: "представник",
};
const en: Record<string, string> = {
  operator: "platform operator",
  owner: "owner",
  quality: "quality manager",
  doctor: "doctor",
  nurse: "nurse",
  lab: "lab technician",
  reception: "receptionist",
  training: "training lead",
  expert: "expert",
  auditor: "auditor",
  patient: "patient",
  representative: "representative",
};
/** User types as people read them. */
export const typeWords = { uk, en };
