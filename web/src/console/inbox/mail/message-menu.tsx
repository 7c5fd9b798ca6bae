/** What can be done with one message: move it, split the conversation from here, undo is in the toast. */
import type { JSX } from "preact";
import type { ConversationDetail, Message } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { Icon } from "../../ui/icons.tsx";
import { Menu } from "../../ui/menu.tsx";
import { rearranging } from "./rearranging.ts";
import { startSplit } from "./selecting.ts";

export function MessageMenu({ message, detail }: { message: Message; detail: ConversationDetail }): JSX.Element | null {
  if (!detail.can.rearrange) return null;
  const alone = detail.messages.length < 2;
  return (
    <Menu class="message-menu" label={t("console-message-more")} items={[
      { text: t("console-move-to"), icon: "move", run: () => (rearranging.value = { what: "move", message: message.id }) },
      { text: t("console-split-from"), icon: "fork", disabled: alone, run: () => startSplit(detail, message.id) },
    ]}>
      <Icon name="more" size={17} />
    </Menu>
  );
}
