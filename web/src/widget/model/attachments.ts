/** What may be attached: checked before anything travels, with the reason named. */
import type { Limits } from "./protocol";

export type Draft = {
  id: number;
  name: string;
  size: number;
  /** 0 to 1 while it travels. */
  progress: number;
  uploaded: boolean;
  /** A code that says what is wrong. */
  error: string | null;
  /** Sending the same file again would change nothing. */
  fatal: boolean;
};

export type Refusal = "too_large" | "empty" | "too_many";

/** Why a file of `size` bytes cannot join `already` others, or null when it can. */
export function refusal(size: number, already: number, limits: Limits): Refusal | null {
  if (already >= limits.uploads) return "too_many";
  if (size === 0) return "empty";
  return size > limits.upload_bytes ? "too_large" : null;
}

/** Nothing travels any more: what is there can be sent. */
export function ready(drafts: readonly Draft[]): boolean {
  return drafts.every((draft) => draft.uploaded || draft.error !== null);
}

/** 1536 -> "1.5 kB", in the reader's own digits. */
export function humanSize(bytes: number, locale: string): string {
  const large = bytes >= 1024 ** 2;
  const value = Math.max(0.1, bytes / (large ? 1024 ** 2 : 1024));
  const unit = large ? "megabyte" : "kilobyte";
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}
