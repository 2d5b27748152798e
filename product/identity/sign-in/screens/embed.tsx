import { holds, type Right } from "#core/access/rights.ts";
import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { readMe } from "../contract.ts";

/** Whether the person of this session may do something in the clinic of the address: for buttons that others do not need to see. */
export function useHolds(): (right: Right) => boolean {
  const slug = useSlug();
  const { clinics } = useLoaded(readMe);
  const types = clinics.find((clinic) => clinic.slug === slug)?.types ?? [];
  return (right) => holds(types, right);
}

/** Which member of the clinic of the address the person of this session is. */
export function useMyMember(): string | undefined {
  const slug = useSlug();
  return useLoaded(readMe).clinics.find((clinic) => clinic.slug === slug)?.memberId;
}
