/** Changes a textarea as if typed, so that the browser can take it back (Mod+z) and tells the page. */
import type { Change, Selected } from "./markup.ts";

export function selectedIn(field: HTMLTextAreaElement): Selected {
  return { value: field.value, start: field.selectionStart, end: field.selectionEnd };
}

export function perform(field: HTMLTextAreaElement, change: Change): void {
  field.focus();
  field.setSelectionRange(change.from, change.to);
  const before = field.value;
  // Old, and the only way that keeps the browser's own undo; where it does nothing the text is put in directly.
  if (change.text) document.execCommand("insertText", false, change.text);
  else if (change.from !== change.to) document.execCommand("delete");
  if (field.value === before && change.text !== before.slice(change.from, change.to)) {
    field.setRangeText(change.text, change.from, change.to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(...change.select);
}
