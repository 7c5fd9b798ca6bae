/** Which dialog about rearranging is open, and telling what was done with a way back. */
import { signal } from "@preact/signals";
import { t } from "../../data/i18n.ts";
import { undoLast } from "../../data/rearrange.ts";
import { go } from "../../data/router.ts";
import { attempt, say } from "../../ui/toast.tsx";
import { inboxHref } from "../where.ts";

export type Rearranging = { what: "move"; message: string } | { what: "merge"; into: string | null };
export const rearranging = signal<Rearranging | null>(null);

/** Says what was done; the way back is open for as long as the message is there, and in the panel afterwards. */
export function tellDone(text: string, conversation: string): void {
  const back = async (): Promise<void> => {
    const undone = await undoLast(conversation);
    if (undone) go(inboxHref({ list: "all", id: undone.conversation }));
  };
  say(text, "good", { text: t("console-undo"), run: () => void attempt(back, t("console-undone")) });
}
