import { useNavigate, useRouterState } from "@tanstack/react-router";

/** The filters of a list, kept in its address: what is sent to somebody shows the same. */
export type Address = {
  get: (name: string) => string | undefined;
  /** Changes some of them; undefined lifts one. Replaces the history entry: Back leaves the list. */
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
  /** The address of this page with these changes, for links. */
  with: (changes: Readonly<Record<string, string | undefined>>) => string;
};

export function useAddress(): Address {
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const search = useRouterState({ select: (state) => state.location.searchStr });
  const read = new URLSearchParams(search);
  const changed: Address["with"] = (changes) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }
    const text = next.toString();
    return text === "" ? path : `${path}?${text}`;
  };
  return {
    get: (name) => read.get(name) ?? undefined,
    set: (changes) => void navigate({ href: changed(changes), replace: true }),
    with: changed,
  };
}
