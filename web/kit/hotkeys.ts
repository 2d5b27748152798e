import { useEffect, useRef } from "react";

/** A key as written in help: "j", "[", "?", "enter", "mod+k" (Ctrl, or ⌘ on Macs), "mod+shift+l". */
export type Hotkey = readonly [key: string, run: (event: KeyboardEvent) => void];

const storageKey = "qms.single-keys";

/** Whether keys without Ctrl act at all; a person who dictates switches them off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== "off";
}

/** Switches keys without Ctrl on or off in this browser, from the next press on. */
export function setSingleKeys(on: boolean): void {
  localStorage.setItem(storageKey, on ? "on" : "off");
}

/** True while the person writes: then a letter is a letter. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const silent = ["checkbox", "radio", "button", "submit", "range"];
  return target instanceof HTMLInputElement && !silent.includes(target.type);
}

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

// The place on the keyboard, not the letter: J works as well while the layout is Ukrainian.
const codes: Record<string, string> = { "[": "BracketLeft", "]": "BracketRight", "/": "Slash" };
const codeOf = (key: string) => codes[key] ?? (/^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : undefined);

/** Whether this press is that hotkey, on any keyboard layout. */
export function pressed(event: Press, hotkey: string): boolean {
  const parts = hotkey.split("+");
  const key = parts.at(-1) ?? "";
  const [mod, shift] = [parts.includes("mod"), parts.includes("shift")];
  if (mod !== (event.ctrlKey || event.metaKey) || event.altKey) return false;
  const letter = /^[a-z]$/.test(key);
  if ((letter || mod) && shift !== event.shiftKey) return false;
  return event.key.toLowerCase() === key || (!event.shiftKey || shift ? event.code === codeOf(key) : false);
}

function dialogInFront(target: EventTarget | null): boolean {
  const open = document.querySelector('[role="dialog"][aria-modal="true"]');
  return open !== null && !(target instanceof Node && open.contains(target));
}

/** Keys for as long as the component stands; single keys rest while typing or under a dialog. */
export function useHotkeys(hotkeys: readonly Hotkey[], on = true): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || dialogInFront(event.target)) return;
      const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
      // the sign that was typed comes before the place of its key: "?" stands where "/" does
      const found =
        latest.current.find(([key]) => bare && key === event.key) ??
        latest.current.find(([key]) => pressed(event, key));
      if (!found) return;
      const single = !found[0].includes("mod+");
      if (single && (isTyping(event.target) || !singleKeysOn())) return;
      event.preventDefault();
      found[1](event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [on]);
}
