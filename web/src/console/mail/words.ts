/** Why a mail lies here, in the person's language if we have words for it, else in the server's. */
import type { MailItem } from "../../wire.ts";
import { hasText, t } from "../data/i18n.ts";

export function reasonWords(item: Pick<MailItem, "reason_code" | "reason" | "state">): string {
  const key = `console-mail-reason-${(item.reason_code ?? "").replaceAll("_", "-")}`;
  if (item.reason_code && hasText(key)) return t(key);
  return item.reason || t(`console-mail-state-${item.state.replaceAll("_", "-")}`);
}
