import type { UserType } from "#core/access/rights.ts";
import type { readMe } from "#product/identity/sign-in/contract.ts";
import type { ReplyOf } from "#core/contract/route.ts";
import { useSlug } from "#web/client/hooks.ts";
import { createContext, useContext } from "react";

export type Me = ReplyOf<typeof readMe>;
const Context = createContext<Me | null>(null);
export const MeProvider = Context;

/** The person of this session. Throws outside the frame. */
export function useMe(): Me {
  const me = useContext(Context);
  if (!me) throw new Error("useMe needs the frame around it");
  return me;
}

/** User types of the person in the clinic of the address. */
export function useTypes(): readonly UserType[] {
  const slug = useSlug();
  return useMe().clinics.find((clinic) => clinic.slug === slug)?.types ?? [];
}
