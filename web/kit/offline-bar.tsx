import { IconWifiOff } from "@tabler/icons-react";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./states.css";

/** Under the top bar while there is no connection: how much waits on the device, and where to see it. */
export function OfflineBar({ kept, onShow }: { kept: number; onShow?: () => void }) {
  const t = useWords(kitWords);
  return (
    <div className="q-offline q-no-print" role="status">
      <Icon of={IconWifiOff} />
      <span>
        <strong className="q-name">{t.offline}</strong> {t.keptHere(kept)}
      </span>
      {onShow && (
        <button type="button" onClick={onShow}>
          {t.show}
        </button>
      )}
    </div>
  );
}
