import { Drawer as MantineDrawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./page.css";

type DrawerProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
};

/** Detail beside a list: from 1440 px on it pushes the page and stays open, below it lies over it. */
export function Drawer({ open, onClose, title, aside, children, foot }: DrawerProps) {
  const t = useWords(kitWords);
  const wide = useMediaQuery("(min-width: 1440px)", true, { getInitialValueInEffect: false });
  if (wide) return open ? <Docked {...{ onClose, title, aside, foot }}>{children}</Docked> : null;
  return (
    <MantineDrawer
      opened={open}
      onClose={onClose}
      title={title}
      position="right"
      size={480}
      transitionProps={{ duration: 180 }}
      closeButtonProps={{ "aria-label": t.close }}
    >
      {aside}
      {children}
      {foot && <div className="q-drawer-foot">{foot}</div>}
    </MantineDrawer>
  );
}

function Docked({ onClose, title, aside, children, foot }: Omit<DrawerProps, "open">) {
  const t = useWords(kitWords);
  const id = useId();
  const box = useRef<HTMLElement>(null);
  // The page makes room by an attribute: the drawer stands in a screen, the room belongs to the shell.
  useEffect(() => {
    const before = document.activeElement;
    document.documentElement.dataset["drawer"] = "docked";
    box.current?.focus();
    return () => {
      delete document.documentElement.dataset["drawer"];
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      className="q-drawer"
      aria-labelledby={id}
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div className="q-drawer-head">
        <h2 id={id}>{title}</h2>
        {aside}
        <IconButton icon={IconX} label={t.close} onClick={onClose} />
      </div>
      <div className="q-drawer-body">{children}</div>
      {foot && <div className="q-drawer-foot">{foot}</div>}
    </aside>
  );
}
