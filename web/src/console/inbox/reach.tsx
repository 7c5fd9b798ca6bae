/** What must be known before one writes: that it will not arrive, or that others read along. */
import type { JSX } from "preact";
import type { ConversationDetail } from "../../wire.ts";
import { contactName } from "../data/contact.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { Icon } from "../ui/icons.tsx";

export function Reach({ detail }: { detail: ConversationDetail }): JSX.Element | null {
  const { unreachable_since: since, public: open, summary } = detail;
  if (!since && !open) return null;
  const name = contactName(summary.contact);
  return (
    <div class="reach" role="status">
      {since ? <p class="reach-line reach-blocked"><Icon name="ban" size={16} /><span><strong>{t("console-reach-blocked", { name })}</strong> {t("console-reach-blocked-help", { time: fullTime(new Date(since), locale()) })}</span></p> : null}
      {open ? <p class="reach-line reach-public"><Icon name="people" size={16} /><span><strong>{t("console-reach-public")}</strong> {t("console-reach-public-help")}</span></p> : null}
    </div>
  );
}
