import { useParams } from "@tanstack/react-router";
import { isKitPart, KitPage } from "./kit-page.tsx";

/** `/kit/<part>`; an unknown part shows the first. */
export function KitRoute() {
  const { part } = useParams({ strict: false });
  return <KitPage part={part !== undefined && isKitPart(part) ? part : "controls"} />;
}
