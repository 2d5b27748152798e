import { movesFrom, type Machine } from "#core/contract/machine.ts";
import { folder, madeBy, table, type Pages } from "../product.ts";
import { pictureOf } from "./picture.ts";

const who = { owner: "its owner", "not-owner": "anyone but its owner" } as const;

function tableOf(machine: Machine): string {
  const rows = Object.keys(machine.states).flatMap((state) =>
    movesFrom(machine, state).map(([name, rule]) => [
      state,
      name,
      rule.to,
      `\`${rule.right}\``,
      rule.needs?.join(", ") ?? "",
      rule.who ? who[rule.who] : "",
      rule.clause ?? "",
    ]),
  );
  return table(["from", "move", "to", "right", "needs", "who", "clause"], rows);
}

/** A picture of each lifecycle and one page with their moves as tables. */
export function statesPages(all: readonly { capability: string; machine: Machine }[]): Pages {
  const pages: Pages = new Map();
  const parts = all.map(({ capability, machine }) => {
    pages.set(`${folder}/states/${machine.name}.svg`, pictureOf(machine));
    return `## ${machine.name}\n\nOf \`${capability}\`.\n\n![Lifecycle of ${machine.name}](states/${machine.name}.svg)\n\n${tableOf(machine)}\n`;
  });
  pages.set(
    `${folder}/states.md`,
    `${madeBy}\n# Lifecycles\n\nA box with a double frame is an end. Each move leaves a row: who, when, why.\n\n${parts.join("\n") || "None yet.\n"}`,
  );
  return pages;
}
