import { IconAlertCircle, IconCheck, IconClock, IconCircle, IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Icon, type IconType } from "./icon.tsx";
import "./marks.css";

export type Tone = "plain" | "primary" | "ok" | "warn" | "bad" | "info" | "violet";

// Colour is never the only sign: each tone brings a shape.
const toneIcon: Partial<Record<Tone, IconType>> = {
  ok: IconCheck,
  warn: IconClock,
  bad: IconAlertCircle,
  info: IconCircle,
  violet: IconPencil,
};

type TagProps = { tone?: Tone; icon?: IconType | null; children: ReactNode };

/** For an exception, or the one state in a page head. In a table a state is a plain word. */
export function Tag({ tone = "plain", icon = toneIcon[tone], children }: TagProps) {
  return (
    <span className="q-tag" data-tone={tone}>
      {icon && <Icon of={icon} size={tone === "info" ? 10 : 14} />}
      {children}
    </span>
  );
}
