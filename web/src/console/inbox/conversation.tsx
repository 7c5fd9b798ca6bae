/** The open conversation: its head, what was said, where to answer, and the panel about the contact. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { detail, problem, reopenDetail } from "../data/conversation.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { go } from "../data/router.ts";
import { Button, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { lazy } from "../ui/lazy.tsx";
import { Composer } from "./composer.tsx";
import { joining } from "./contact/joining.ts";
import { Dialogs } from "./dialogs.tsx";
import { Head } from "./head.tsx";
import { Links } from "./mail/links.tsx";
import { rearranging } from "./mail/rearranging.ts";
import { chosenIn } from "./mail/selecting.ts";
import { SplitBar } from "./mail/split-bar.tsx";
import { inboxHref, panelOpen } from "./where.ts";
import { Panel } from "./panel.tsx";
import { Reach } from "./reach.tsx";
import { Thread } from "./thread.tsx";

const JoinDialog = lazy(() => import("./contact/join-dialog.tsx"));
const RearrangeDialog = lazy(() => import("./mail/rearrange-dialog.tsx"));

/** Where list and conversation take turns, the focus goes along. */
function useFocusOnNarrow(ready: boolean): void {
  useEffect(() => {
    if (ready && matchMedia("(max-width: 760px)").matches) document.querySelector<HTMLElement>(".head-back")?.focus();
  }, [ready]);
}

export function ConversationPane({ id }: { id: string }): JSX.Element {
  const current = detail.value?.summary.id === id ? detail.value : null;
  useFocusOnNarrow(current !== null);
  if (problem.value && !current) {
    const gone = problem.value.status === 404;
    return (
      <section class="pane pane-empty">
        <Empty icon="alert" title={t(gone ? "console-conversation-gone" : "error-conversation")}
          action={gone ? <Button onClick={() => go(inboxHref({ id: null }))}>{t("console-back")}</Button> : <Button icon="refresh" onClick={reopenDetail}>{t("console-try-again")}</Button>}>
          {gone ? null : errorText(problem.value)}
        </Empty>
      </section>
    );
  }
  if (!current) return <section class="pane" aria-busy="true"><div class="pane-skeleton"><Skeleton rows={5} kind="bubble" /></div></section>;
  return (
    <>
      <section class="pane" aria-label={t("console-conversation-with", { name: contactName(current.summary.contact) })}>
        <Head detail={current} />
        <Links detail={current} />
        <Reach detail={current} />
        <Thread detail={current} />
        {chosenIn(id) ? <SplitBar detail={current} /> : <Composer detail={current} />}
      </section>
      {panelOpen.value ? <Panel detail={current} /> : null}
      <Dialogs summary={current.summary} />
      {rearranging.value ? <RearrangeDialog /> : null}
      {joining.value ? <JoinDialog /> : null}
    </>
  );
}
