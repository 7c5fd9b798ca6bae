/** Where the customer comes from and what they answered before the chat, in the words of the questions. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ConversationDetail } from "../../wire.ts";
import { factsOf, shortPage } from "../data/context.ts";
import { language, t } from "../data/i18n.ts";
import { inboxes } from "../data/resource.ts";
import { Icon } from "../ui/icons.tsx";

export function Context({ detail }: { detail: ConversationDetail }): JSX.Element {
  useEffect(() => inboxes.need(), []);
  const config = inboxes.items.value.find((each) => each.id === detail.summary.inbox.id)?.config ?? {};
  const { page, start, others } = factsOf(detail.context, config, language.value);
  return (
    <dl class="facts context">
      {page ? <div><dt>{t("console-context-page")}</dt><dd>{shortPage(page)
        ? <a href={page} target="_blank" rel="noopener noreferrer nofollow" title={page}>{shortPage(page)}<Icon name="exit" size={13} /></a> : page}</dd></div> : null}
      {start ? <div><dt>{t("console-context-start")}</dt><dd dir="auto">{start}</dd></div> : null}
      {others.map(({ key, label, value }) => <div key={key}><dt dir="auto">{label}</dt><dd dir="auto">{value}</dd></div>)}
    </dl>
  );
}
