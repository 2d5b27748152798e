import { Link } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";

type GoProps = Omit<ComponentProps<"a">, "href"> & {
  to: string;
  /** Current only on this very address, not on those below it. */
  exact?: boolean;
  children: ReactNode;
};

/** A link inside the product: the one place that knows the router. `to` is a path with its search. */
export function Go({ to, exact = false, children, ...rest }: GoProps) {
  return (
    <Link to={to} activeOptions={{ exact }} {...rest}>
      {children}
    </Link>
  );
}
