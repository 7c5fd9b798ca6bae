/** Light, dark, or what the system says; chosen per browser. */
import { signal } from "@preact/signals";
import { keep, kept } from "./keep.ts";

export type Theme = "system" | "light" | "dark";
export const theme = signal<Theme>((kept("theme") as Theme | null) ?? "system");

export function applyTheme(): void {
  if (theme.value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
}

export function setTheme(next: Theme): void {
  theme.value = next;
  keep("theme", next === "system" ? null : next);
  applyTheme();
}
