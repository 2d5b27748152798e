import { isTyping } from "#web/kit/hotkeys.ts";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** After going to another page the focus stands on its heading, so that a screen reader says where one is. */
export function useArrival(): void {
  const path = useLocation({ select: (location) => location.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    // One frame later: the page's own heading must be there.
    const frame = requestAnimationFrame(() => document.querySelector<HTMLElement>("#content h1")?.focus());
    return () => cancelAnimationFrame(frame);
  }, [path]);
}

/** The sheet scrolls, not the window, so the keys that scroll a window are led to it while nothing has the focus. */
export function usePageKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const free = event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey;
      const sheet = document.querySelector("#content .q-page") ?? document.querySelector("#content");
      if (!free || !sheet || event.defaultPrevented || isTyping(event.target)) return;
      const page = sheet.clientHeight - 48;
      const steps: Record<string, number> = {
        PageDown: page,
        PageUp: -page,
        " ": event.shiftKey ? -page : page,
        ArrowDown: 40,
        ArrowUp: -40,
        End: sheet.scrollHeight,
        Home: -sheet.scrollHeight,
      };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      sheet.scrollBy({ top: step });
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
