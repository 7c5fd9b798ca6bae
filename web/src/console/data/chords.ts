/** Keys as words: how a key press is spelled, compared, and shown on this machine. Pure. */

export interface Press { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

/** `Mod` is Ctrl, and Command on a Mac. Shift is spelled out only where it does not make another character. */
export function spell(press: Press): string {
  const letter = press.key.length === 1;
  const key = letter ? press.key.toLowerCase() : press.key;
  const shift = press.shiftKey && (!letter || /\p{L}/u.test(press.key));
  return [press.ctrlKey || press.metaKey ? "Mod" : "", press.altKey ? "Alt" : "", shift ? "Shift" : "", key].filter(Boolean).join("+");
}

export function matches(wanted: string, typed: string): boolean {
  return wanted === typed;
}

export function inText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range", "color"].includes(target.type);
}

const NAMES: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Escape: "Esc" };

/** The caps to draw: `Mod+k` is `["Ctrl", "K"]`, `g m` is `["G", "M"]`. */
export function caps(keys: string, mac: boolean): string[] {
  return keys.split(" ").flatMap((chord) => (chord === "+" ? ["+"] : chord.split("+"))).map((cap) => {
    if (cap === "Mod") return mac ? "⌘" : "Ctrl";
    if (cap === "Shift") return mac ? "⇧" : "Shift";
    if (cap === "Alt") return mac ? "⌥" : "Alt";
    return NAMES[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap);
  });
}
