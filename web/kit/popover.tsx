import { Popover as MantinePopover } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";

type PopoverProps = {
  label: string;
  children: ReactElement<{ onClick?: () => void }>;
  content: ReactNode;
  width?: number;
};

/** A small thing to read or set beside its button; `children` renders the button, `content` what opens. */
export function Popover({ label, children, content, width = 320 }: PopoverProps) {
  const [open, setOpen] = useState(false);
  return (
    <MantinePopover
      opened={open}
      onChange={setOpen}
      width={width}
      position="bottom-start"
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 120 }}
    >
      <MantinePopover.Target>
        <span onClickCapture={() => setOpen((was) => !was)}>{children}</span>
      </MantinePopover.Target>
      <MantinePopover.Dropdown aria-label={label}>{content}</MantinePopover.Dropdown>
    </MantinePopover>
  );
}
