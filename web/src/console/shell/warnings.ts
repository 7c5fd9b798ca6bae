/** Tells an agent that a target of a conversation of theirs will be missed soon. */
import { contactName } from "../data/contact.ts";
import { shortLength } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { live } from "../data/live.ts";
import { newlyNear } from "../data/near.ts";
import { chime } from "../data/notify.ts";
import { go } from "../data/router.ts";
import { me, onLeave } from "../data/session.ts";
import { say } from "../ui/toast.tsx";
import { inboxHref } from "../inbox/where.ts";

export function followWarnings(): void {
  const told = new Set<string>();
  onLeave(() => told.clear());
  live.on((frame) => {
    if (frame.type !== "changed" || !me.value) return;
    const now = new Date();
    for (const item of newlyNear(told, frame.items, me.value.id, now)) {
      const left = shortLength((new Date(item.due_at!).getTime() - now.getTime()) / 1000, locale());
      chime();
      say(t(`console-near-${item.due_kind ?? "next"}`, { name: contactName(item.contact), time: left }), "plain", { text: t("console-near-open"), run: () => go(inboxHref({ id: item.id })) });
    }
  });
}
