import { machine } from "#core/contract/machine.ts";

/** Life of an incident. Guards that need more than filled fields stand in the use case that makes the move. */
export const states = machine("incident", {
  reported: {
    triage: {
      to: "triaged",
      right: "incident:triage",
      needs: ["type", "actualHarm", "potentialHarm", "likelihood", "tellPatient", "leadId"],
      clause: "ISO 7101 8.12",
    },
    merge: { to: "merged", right: "incident:triage", needs: ["into"] },
    reject: { to: "rejected", right: "incident:triage", needs: ["reason", "answer"] },
  },
  triaged: {
    investigate: { to: "investigating", right: "incident:investigate" },
    act: { to: "actions", right: "incident:investigate", clause: "ISO 9001 10.2.1" },
    merge: { to: "merged", right: "incident:triage", needs: ["into"] },
  },
  investigating: {
    act: { to: "actions", right: "incident:investigate", clause: "ISO 9001 10.2.1" },
    merge: { to: "merged", right: "incident:triage", needs: ["into"] },
  },
  actions: { answer: { to: "answered", right: "incident:answer", needs: ["answer"], clause: "ISO 7101 8.12" } },
  answered: { close: { to: "closed", right: "incident:close", needs: ["lesson"], clause: "ISO 9001 10.2.2" } },
  closed: { reopen: { to: "triaged", right: "incident:reopen", needs: ["reason"] } },
  rejected: { reopen: { to: "triaged", right: "incident:reopen", needs: ["reason"] } },
  merged: {},
});

export const harms = ["none", "low", "moderate", "severe", "death"] as const;
export const likelihoods = ["rare", "possible", "likely"] as const;
export const levels = ["green", "amber", "red"] as const;
export type Harm = (typeof harms)[number];
export type Likelihood = (typeof likelihoods)[number];
export type Level = (typeof levels)[number];

const table: Record<Harm, readonly [Level, Level, Level]> = {
  none: ["green", "green", "amber"],
  low: ["green", "amber", "amber"],
  moderate: ["amber", "amber", "red"],
  severe: ["red", "red", "red"],
  death: ["red", "red", "red"],
};

/** Level of an incident: harm × likelihood of happening again. A near miss is judged by the harm it could have done. */
export function levelOf(o: { actual: Harm; potential: Harm; nearMiss: boolean; likelihood: Likelihood }): Level {
  const row = table[o.nearMiss ? o.potential : o.actual];
  return row[likelihoods.indexOf(o.likelihood)] ?? "red";
}

/** The eight tiles on the phone and the rest, in order of how often they occur in primary care. */
export const types = [
  "MED",
  "ADM",
  "DX",
  "LAB",
  "TRT",
  "IDN",
  "DEV",
  "INF",
  "COM",
  "DOC",
  "ENV",
  "BEH",
  "DAT",
  "STF",
  "OTH",
] as const;
export type IncidentType = (typeof types)[number];
/** Types whose incidents only named people may see. */
export const restrictedTypes: readonly IncidentType[] = ["BEH", "DAT"];

export const subtypes: Partial<Record<IncidentType, readonly string[]>> = {
  IDN: ["person", "record", "label"],
  DX: ["missed", "wrong", "delayed", "test", "result"],
  TRT: ["side", "complication", "protocol", "retained"],
  MED: ["allergy", "dose", "interaction", "route", "storage", "adr"],
  LAB: ["rejected", "lost", "late", "value"],
  INF: ["hands", "sterile", "sharps", "hai"],
  DEV: ["failed", "uncalibrated", "missing"],
};

export const factors = [
  "patient",
  "task",
  "individual",
  "team",
  "environment",
  "equipment",
  "organisation",
  "external",
] as const;
