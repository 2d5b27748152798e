import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { findPatients } from "./find-patients.ts";
import { registerPatient } from "./register-patient.ts";

export const routes = [
  handle(contract.findPatients, (ctx, { body }) => findPatients(ctx, body)),
  handle(contract.registerPatient, (ctx, { body }) => registerPatient(ctx, body)),
];
