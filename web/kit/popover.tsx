import { Popover as MantinePopover } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = { label: string; children: ReactElement; content: ReactNode; width?: number };

/** A small thing to read or set beside its button; `children` is the button, `content` what opens. */
export function Popover({ label, children, content, width = 320 }: PopoverProps) {
  return (
    <MantinePopover
      width={width}
      position="bottom-start"
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 120 }}
    >
      <MantinePopover.Target>{children}</MantinePopover.Target>
      <MantinePopover.Dropdown aria-label={label}>{content}</MantinePopover.Dropdown>
    </MantinePopover>
  );
}
