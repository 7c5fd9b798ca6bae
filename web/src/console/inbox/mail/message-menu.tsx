/** What can be done with one message: move it, split the conversation from here (undo is in the toast), propose it as an article. */
import type { JSX } from "preact";
import type { ConversationDetail, Message } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { me } from "../../data/session.ts";
import { Icon } from "../../ui/icons.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { proposing } from "../proposing.ts";
import { rearranging } from "./rearranging.ts";
import { startSplit } from "./selecting.ts";

export function MessageMenu({ message, detail }: { message: Message; detail: ConversationDetail }): JSX.Element | null {
  const alone = detail.messages.length < 2;
  const own = message.kind === "reply" && message.author.kind === "agent" && message.author.id === me.value?.id;
  const items: MenuItem[] = [
    ...(detail.can.rearrange ? [
      { text: t("console-move-to"), icon: "move", run: () => (rearranging.value = { what: "move", message: message.id }) } as const,
      { text: t("console-split-from"), icon: "fork", disabled: alone, run: () => startSplit(detail, message.id) } as const,
    ] : []),
    ...(own ? [{ text: t("console-propose"), icon: "book", run: () => (proposing.value = { conversation: detail.summary.id, message: message.id }) } as const] : []),
  ];
  if (items.length === 0) return null;
  return <Menu class="message-menu" label={t("console-message-more")} items={items}><Icon name="more" size={17} /></Menu>;
}
