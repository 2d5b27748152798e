import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { Drawer } from "#web/kit/drawer.tsx";
import { Facts } from "#web/kit/facts.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Popover } from "#web/kit/popover.tsx";
import { Section } from "#web/kit/section.tsx";
import { VisitStateMark } from "#web/kit/visit-state.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { kitPageWords } from "./words.ts";

const nothing = () => undefined;

/** Dialog, drawer, menu and popover, each behind its button. */
export function Overlays() {
  const t = useWords(kitPageWords);
  const [dialog, setDialog] = useState(false);
  const [drawer, setDrawer] = useState(false);
  return (
    <Section title={t.overlays}>
      <div className="q-row">
        <Button onClick={() => setDialog(true)}>{t.dialog}</Button>
        <Button onClick={() => setDrawer(true)}>{t.drawer}</Button>
        <Menu
          groups={[
            {
              entries: [
                { key: "print", label: t.print, icon: IconPrinter, keys: "P", run: nothing },
                { key: "export", label: t.export, icon: IconDownload, run: nothing },
              ],
            },
            { entries: [{ key: "remove", label: t.remove, danger: true, run: nothing }] },
          ]}
        >
          <Button>{t.menu}</Button>
        </Menu>
        <Popover label={t.popover} content={t.popoverText}>
          <Button>{t.popover}</Button>
        </Popover>
      </div>
      <Dialog
        open={dialog}
        onClose={() => setDialog(false)}
        title={t.dialogTitle}
        foot={
          <>
            <Button kind="quiet" onClick={() => setDialog(false)}>
              {t.cancel}
            </Button>
            <Button kind="primary" onClick={() => setDialog(false)}>
              {t.close}
            </Button>
          </>
        }
      >
        {t.dialogText}
      </Dialog>
      <Drawer
        open={drawer}
        onClose={() => setDrawer(false)}
        title={t.drawerTitle}
        foot={
          <>
            <Button kind="primary">{t.save}</Button>
            <Button kind="soft" keys="M">
              {t.move}
            </Button>
          </>
        }
      >
        <Facts
          rows={[
            [t.columns.state, <VisitStateMark key="state" state="arrived" />],
            [t.phone, "+380 00 412 77 05"],
            [t.note, t.noteText],
          ]}
        />
      </Drawer>
    </Section>
  );
}
