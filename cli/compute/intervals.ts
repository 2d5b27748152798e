import { z } from "zod";
import { betaPosterior } from "#core/intervals/beta-posterior.ts";
import { clopperPearson } from "#core/intervals/clopper-pearson.ts";
import { newcombeDifference } from "#core/intervals/newcombe.ts";
import { wilson } from "#core/intervals/wilson.ts";
import { wrong } from "./failure.ts";
import { confidence, count, COUNT_MAX, operation } from "./operation.ts";

const moreThan = (member: string) => wrong([member], "More successes than cases.", "Успіхів більше, ніж випадків.");

const shareShape = <Op extends string>(op: Op) =>
  z
    .strictObject({ op: z.literal(op), successes: count, n: count.min(1), confidence })
    .superRefine(({ successes, n }, found) => {
      if (successes > n) found.addIssue(moreThan("successes"));
    });

/** `wilson`: score interval of a share. */
export const wilsonInterval = operation(shareShape("wilson"), (line) =>
  wilson(line.successes, line.n, line.confidence),
);

/** `clopper-pearson`: exact interval of a share. */
export const exactInterval = operation(shareShape("clopper-pearson"), (line) =>
  clopperPearson(line.successes, line.n, line.confidence),
);

/** `newcombe-difference`: first share minus second. */
export const difference = operation(
  z
    .strictObject({
      op: z.literal("newcombe-difference"),
      successes1: count,
      n1: count.min(1),
      successes2: count,
      n2: count.min(1),
      confidence,
    })
    .superRefine((line, found) => {
      if (line.successes1 > line.n1) found.addIssue(moreThan("successes1"));
      if (line.successes2 > line.n2) found.addIssue(moreThan("successes2"));
    }),
  (line) =>
    newcombeDifference({ hits: line.successes1, n: line.n1 }, { hits: line.successes2, n: line.n2 }, line.confidence),
);

const weight = z.number().gt(0).max(COUNT_MAX);

/** `beta-posterior`: a share drawn towards its group. */
export const posterior = operation(
  z
    .strictObject({
      op: z.literal("beta-posterior"),
      successes: count,
      n: count,
      alpha: weight,
      beta: weight,
      confidence,
    })
    .superRefine(({ successes, n }, found) => {
      if (successes > n) found.addIssue(moreThan("successes"));
    }),
  ({ successes, n, alpha, beta, confidence: sure }) => betaPosterior({ hits: successes, n }, { alpha, beta }, sure),
);
