import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { OverlayHead } from "./overlay-head.tsx";
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
  return (
    <Modal
      opened={open}
      onClose={onClose}
      size={width}
      radius={12}
      centered
      withCloseButton={false}
      // The window does not scroll, and the lock would write a style element that the security policy refuses.
      lockScroll={false}
      transitionProps={{ duration: 120 }}
    >
      <OverlayHead heading={<Modal.Title>{title}</Modal.Title>} onClose={onClose} />
      {children}
      {foot && <div className="q-dialog-foot">{foot}</div>}
    </Modal>
  );
}
