/** What was put from articles into replies that are not sent yet, per conversation: sent along, so that it is measured. */
import { keep, kept } from "./keep.ts";

const NAME = "inserted";
const MOST = 20;

function read(): Record<string, string[]> {
  try {
    return JSON.parse(kept(NAME) ?? "{}") as Record<string, string[]>;
  } catch {
    return {};
  }
}

export function noteInserted(conversation: string, id: string): void {
  const all = read();
  keep(NAME, JSON.stringify({ ...all, [conversation]: [...(all[conversation] ?? []), id].slice(-MOST) }));
}

/** Those of this conversation, which are forgotten here: the reply that goes now has them. */
export function takeInserted(conversation: string): string[] {
  const { [conversation]: mine = [], ...others } = read();
  if (mine.length) keep(NAME, Object.keys(others).length ? JSON.stringify(others) : null);
  return mine;
}
