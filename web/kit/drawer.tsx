import { Drawer as MantineDrawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { kitWords } from "./kit-words.ts";
import { Loading, useLate } from "./states.tsx";
import { useWords } from "./words.ts";
import { OverlayHead } from "./overlay-head.tsx";
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
  const wide = useMediaQuery("(min-width: 1440px)", true, { getInitialValueInEffect: false });
  if (wide) return open ? <Docked {...{ onClose, title, aside, foot }}>{children}</Docked> : null;
  return (
    <MantineDrawer
      opened={open}
      onClose={onClose}
      position="right"
      size={480}
      withCloseButton={false}
      // As in Dialog: nothing to lock, and the lock's style element would be refused.
      lockScroll={false}
      transitionProps={{ duration: 180 }}
    >
      <OverlayHead heading={<MantineDrawer.Title>{title}</MantineDrawer.Title>} aside={aside} onClose={onClose} />
      {children}
      {foot && <div className="q-drawer-foot">{foot}</div>}
    </MantineDrawer>
  );
}

/** What stands where a drawer comes, once the wait for its content is felt. */
export function WaitingDrawer({ title, onClose }: { title?: string; onClose: () => void }) {
  const t = useWords(kitWords);
  if (!useLate(true)) return null;
  return (
    <Drawer open onClose={onClose} title={title ?? t.loading}>
      <Loading heads={[]} now />
    </Drawer>
  );
}

function Docked({ onClose, title, aside, children, foot }: Omit<DrawerProps, "open">) {
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
      <OverlayHead heading={<h2 id={id}>{title}</h2>} aside={aside} onClose={onClose} />
      {/* it scrolls, and may hold nothing to stand on */}
      <div className="q-drawer-body" tabIndex={0} role="group" aria-labelledby={id}>
        {children}
      </div>
      {foot && <div className="q-drawer-foot">{foot}</div>}
    </aside>
  );
}
