import { readDraftKey } from "#product/identity/sign-in/contract.ts";
import { call } from "#web/client/api.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { Drafts, openDrafts } from "#web/kit/drafts.ts";
import { useWords } from "#web/kit/words.ts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { plural } from "#core/contract/words.ts";
import { useEffect, type ReactNode } from "react";
import { useMe } from "./person.tsx";

const words = {
  uk: {
    title: "Ще не надіслано",
    what: (n: number) =>
      plural("uk", n, {
        one: "На цьому пристрої чекає # ваш текст. Вихід його видалить; заблокований екран збереже для вас.",
        few: "На цьому пристрої чекають # ваші тексти. Вихід їх видалить; заблокований екран збереже для вас.",
        many: "На цьому пристрої чекає # ваших текстів. Вихід їх видалить; заблокований екран збереже для вас.",
        other: "На цьому пристрої чекає # вашого тексту. Вихід їх видалить; заблокований екран збереже для вас.",
      }),
    stay: "Скасувати",
    lock: "Заблокувати екран",
    out: "Вийти й видалити",
  },
  en: {
    title: "Not sent yet",
    what: (n: number) =>
      plural("en", n, {
        one: "# text of yours waits on this device. Signing out deletes it; a locked screen keeps it for you.",
        other: "# texts of yours wait on this device. Signing out deletes them; a locked screen keeps them for you.",
      }),
    stay: "Cancel",
    lock: "Lock the screen",
    out: "Sign out and delete",
  },
};

/** The unsent texts of who is signed in. The key comes with the session and goes with the memory of the page. */
export function DraftsProvider({ children }: { children: ReactNode }) {
  const { session } = useMe();
  const { data } = useSuspenseQuery({
    // beside "me": an own change refreshes that, and must not open the texts a second time
    queryKey: ["", "drafts", session.id],
    queryFn: async ({ signal }) => {
      // person and key in one answer: while the page changes hands, "me" may still be the one before
      const { person, key } = await call(readDraftKey, { signal });
      return openDrafts(person, key);
    },
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
  useEffect(() => data.listen(), [data]);
  return <Drafts value={data}>{children}</Drafts>;
}

type Props = { count: number; onLock: () => void; onSignOut: () => void; onClose: () => void };

/** What waits would go with the session, so it is said before. */
export function LeaveDialog({ count, onLock, onSignOut, onClose }: Props) {
  const t = useWords(words);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.title}
      foot={
        <>
          <Button onClick={onClose}>{t.stay}</Button>
          <Button kind="danger" onClick={onSignOut}>
            {t.out}
          </Button>
          <Button kind="primary" onClick={onLock}>
            {t.lock}
          </Button>
        </>
      }
    >
      <p>{t.what(count)}</p>
    </Dialog>
  );
}
