import type { Product } from "#platform/start/start.ts";
import { actAs, whoActs, type Act } from "./act.ts";
import { openTool } from "./open-tool.ts";
import { knowProblems } from "./problems.ts";
import type { Terminal } from "./terminal.ts";
import { UsageProblem } from "./usage.ts";

/** What every command gets. */
export type Setting = { terminal: Terminal; product: Product; schemaFolders: readonly string[] };

/** Opens the platform, acts as a member of the clinic, and closes it whatever happens. */
export async function inClinic<T>(
  setting: Setting,
  o: { clinic: string | undefined; as: string | undefined },
  work: (act: Act) => Promise<T>,
): Promise<T> {
  if (!o.clinic) throw new UsageProblem("--clinic SLUG");
  const tool = await openTool({ ...setting, env: setting.terminal.env });
  try {
    const { app } = tool.platform;
    knowProblems(app.registry.problems);
    return await work(actAs(app, await whoActs(app, { slug: o.clinic, login: o.as })));
  } finally {
    await tool.close();
  }
}
