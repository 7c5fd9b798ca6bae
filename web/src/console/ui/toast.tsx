/** Short messages at the edge of the screen that go by themselves; read out, never in the way. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { t } from "../data/i18n.ts";
import { IconButton } from "./basic.tsx";
import { errorText } from "./form.tsx";
import { Icon } from "./icons.tsx";

interface Toast { id: number; tone: "good" | "bad" | "plain"; text: string; action?: { text: string; run: () => void } }

const LASTS = 4000;
const toasts = signal<Toast[]>([]);
let last = 0;

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function say(text: string, tone: Toast["tone"] = "good", action?: Toast["action"]): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value.slice(-2), { id, tone, text, ...(action ? { action } : {}) }];
  setTimeout(() => dismiss(id), tone === "bad" || action ? LASTS * 2 : LASTS);
}

/** Does something and tells about it: what was done, or why not. */
export async function attempt(work: () => Promise<unknown>, done?: string, undo?: Toast["action"]): Promise<boolean> {
  try {
    await work();
    if (done) say(done, "good", undo);
    return true;
  } catch (error) {
    say(errorText(error), "bad");
    return false;
  }
}

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={`toast toast-${toast.tone}`}>
          <Icon name={toast.tone === "bad" ? "alert" : "check"} size={17} />
          <span class="toast-text">{toast.text}</span>
          {toast.action ? <button type="button" class="toast-action" onClick={() => { dismiss(toast.id); toast.action?.run(); }}>{toast.action.text}</button> : null}
          <IconButton icon="close" size="small" label={t("console-close")} onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
