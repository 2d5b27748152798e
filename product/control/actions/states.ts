import { machine } from "#core/contract/machine.ts";

/** Life of an action. "effective" and "done" can be opened again: a fix that did not last is not a fix. */
export const states = machine("action", {
  new: {
    plan: { to: "planned", right: "action:assign", needs: ["ownerId", "dueOn", "category"], clause: "ISO 9001 10.2.1" },
    decline: { to: "declined", right: "action:assign", needs: ["reason"] },
  },
  planned: {
    start: { to: "doing", right: "action:work", who: "owner" },
    withdraw: { to: "withdrawn", right: "action:assign", needs: ["reason"] },
  },
  doing: {
    finish: { to: "checking", right: "action:work", who: "owner", needs: ["evidence"] },
    withdraw: { to: "withdrawn", right: "action:assign", needs: ["reason"] },
  },
  checking: {
    confirm: { to: "effective", right: "action:verify", who: "not-owner", clause: "ISO 9001 10.2.1 d" },
    refute: {
      to: "planned",
      right: "action:verify",
      who: "not-owner",
      needs: ["reason", "dueOn"],
      clause: "ISO 9001 10.2.1 d",
    },
    withdraw: { to: "withdrawn", right: "action:assign", needs: ["reason"] },
  },
  effective: { refute: { to: "planned", right: "action:verify", who: "not-owner", needs: ["reason", "dueOn"] } },
  done: { refute: { to: "planned", right: "action:verify", who: "not-owner", needs: ["reason", "dueOn"] } },
  declined: {},
  withdrawn: {},
});

export const kinds = ["correction", "corrective", "preventive", "improvement"] as const;

/** Strength of an action (VA NCPS order): what the fix does decides, not who wrote it. */
export const categories = {
  premises: "strong",
  device: "strong",
  forcing: "strong",
  simplify: "strong",
  standard: "strong",
  leader: "strong",
  redundancy: "medium",
  workload: "medium",
  software: "medium",
  distraction: "medium",
  checklist: "medium",
  lookalike: "medium",
  readback: "medium",
  record: "medium",
  doublecheck: "weak",
  warning: "weak",
  policy: "weak",
  training: "weak",
  study: "weak",
} as const;
export type Category = keyof typeof categories;
export const categoryNames = [
  "premises",
  "device",
  "forcing",
  "simplify",
  "standard",
  "leader",
  "redundancy",
  "workload",
  "software",
  "distraction",
  "checklist",
  "lookalike",
  "readback",
  "record",
  "doublecheck",
  "warning",
  "policy",
  "training",
  "study",
] as const satisfies readonly Category[];
export const strengths = ["strong", "medium", "weak"] as const;
