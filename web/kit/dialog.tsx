import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./page.css";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  foot?: ReactNode;
  width?: number;
};

/** For decisions alone; what can be shown is shown in a drawer. Focus returns to where it came from. */
export function Dialog({ open, onClose, title, children, foot, width = 480 }: DialogProps) {
  const t = useWords(kitWords);
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      radius={12}
      centered
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ "aria-label": t.close }}
    >
      {children}
      {foot && <div className="q-dialog-foot">{foot}</div>}
    </Modal>
  );
}
