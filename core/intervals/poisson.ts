import { gammaQuantile } from "#core/numbers/gamma.ts";
import { type Interval, requireConfidence } from "./interval.ts";

/** Exact interval of a rate: events per unit of exposure (incidents per 1,000 visits, falls per bed day).
 *  events: whole ≥ 0; exposure > 0 in the unit wanted; 0 < confidence < 1, else RangeError. Lower is exactly 0 without events.
 *  Source: F. Garwood, Biometrika 28 (1936) 437–442; R `poisson.test`. */
export function poissonInterval(events: number, exposure: number, confidence = 0.95): Interval {
  if (!Number.isSafeInteger(events) || events < 0 || !(exposure > 0) || !Number.isFinite(exposure)) {
    throw new RangeError(`events ${events} in exposure ${exposure}`);
  }
  requireConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    estimate: events / exposure,
    lower: events === 0 ? 0 : gammaQuantile(tail, events) / exposure,
    upper: gammaQuantile(1 - tail, events + 1) / exposure,
  };
}
