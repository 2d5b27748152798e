import type { Icon as TablerIcon } from "@tabler/icons-react";

export type IconType = TablerIcon;

/** An outline icon that only accompanies words: 20 px, 16 in buttons and meta, 24 on phones. */
export function Icon({ of: Of, size = 20, className }: { of: IconType; size?: number; className?: string }) {
  return <Of size={size} stroke={1.75} aria-hidden className={className ? `q-icon ${className}` : "q-icon"} />;
}
