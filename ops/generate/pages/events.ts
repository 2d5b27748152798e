import { z } from "zod";
import type { Loop } from "#platform/jobs/loop.ts";
import { folder, madeBy, table, type Pages } from "../product.ts";

const fieldsOf = (shape: z.ZodType): string =>
  shape instanceof z.ZodObject ? Object.keys(shape.shape).join(", ") : "nothing";

/** What follows each event. */
export function eventsPage({ lines }: Loop): Pages {
  const rows = lines.map(({ event, reactions, why }) => [
    `\`${event.name}\``,
    fieldsOf(event.shape),
    reactions
      .map(({ name, forgets }) => `\`${name}\`${forgets ? " (the event is deleted once handled)" : ""}`)
      .join("<br>") || `nobody: ${why ?? ""}`,
  ]);
  const body = rows.length > 0 ? table(["event", "carries", "what follows"], rows) : "No event has been declared yet.";
  return new Map([
    [
      `${folder}/events.md`,
      `${madeBy}\n# Events and what follows\n\nAn event is written in the transaction of its fact and carries ids alone. From \`product/loop.ts\`.\n\n${body}\n`,
    ],
  ]);
}
