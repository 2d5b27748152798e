import { Menu as MantineMenu } from "@mantine/core";
import { Fragment, type ReactElement } from "react";
import { Kbd } from "./button.tsx";
import { Icon, type IconType } from "./icon.tsx";

export type MenuEntry = {
  key: string;
  label: string;
  run: () => void;
  icon?: IconType;
  keys?: string;
  chosen?: boolean;
  danger?: boolean;
};
export type MenuGroup = { label?: string; entries: readonly MenuEntry[] };

type MenuProps = {
  /** The button that opens it; gets the aria attributes. */
  children: ReactElement;
  groups: readonly MenuGroup[];
  width?: number;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** A list of moves behind one button: arrows walk, letters find, Escape closes and gives the focus back. */
export function Menu({ children, groups, width = 240, open, onOpenChange }: MenuProps) {
  return (
    <MantineMenu
      width={width}
      position="bottom-end"
      shadow="none"
      opened={open}
      onChange={onOpenChange}
      transitionProps={{ duration: 120 }}
    >
      <MantineMenu.Target>{children}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {groups.map((group, at) => (
          <Fragment key={group.label ?? at}>
            {at > 0 && <MantineMenu.Divider />}
            {group.label && <MantineMenu.Label>{group.label}</MantineMenu.Label>}
            {group.entries.map((entry) => (
              <MantineMenu.Item
                key={entry.key}
                onClick={entry.run}
                leftSection={entry.icon && <Icon of={entry.icon} size={16} />}
                rightSection={entry.keys && <Kbd>{entry.keys}</Kbd>}
                aria-current={entry.chosen || undefined}
                data-chosen={entry.chosen || undefined}
                color={entry.danger ? "var(--q-bad)" : undefined}
              >
                {entry.label}
              </MantineMenu.Item>
            ))}
          </Fragment>
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}
