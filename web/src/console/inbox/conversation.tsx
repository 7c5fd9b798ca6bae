/** The open conversation: its head, what was said, where to answer, and the panel about the contact. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useActions } from "../data/actions.ts";
import { detail, problem, reopenDetail } from "../data/conversation.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { go } from "../data/router.ts";
import { Button, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { lazy } from "../ui/lazy.tsx";
import { cautioned } from "./articles.ts";
import { CautionDialog } from "./caution.tsx";
import { Composer } from "./composer.tsx";
import { joining } from "./contact/joining.ts";
import { Dialogs } from "./dialogs.tsx";
import { ErrandBar } from "./errand.tsx";
import { FlagDialog, flagging } from "./flagging.tsx";
import { HandoffCard } from "./handoff.tsx";
import { Head } from "./head.tsx";
import { Links } from "./mail/links.tsx";
import { rearranging } from "./mail/rearranging.ts";
import { chosenIn } from "./mail/selecting.ts";
import { SplitBar } from "./mail/split-bar.tsx";
import { inboxHref, panelOpen, setPanel } from "./where.ts";
import { Panel } from "./panel.tsx";
import { proposing } from "./proposing.ts";
import { Reach } from "./reach.tsx";
import { ReadingDialog, reading } from "./reading.tsx";
import { Thread } from "./thread.tsx";

const JoinDialog = lazy(() => import("./contact/join-dialog.tsx"));
const ProposalDialog = lazy(() => import("./proposal-dialog.tsx"));
const RearrangeDialog = lazy(() => import("./mail/rearrange-dialog.tsx"));

/** Where list and conversation take turns, the focus goes along. */
function useFocusOnNarrow(ready: boolean): void {
  useEffect(() => {
    if (ready && matchMedia("(max-width: 760px)").matches) document.querySelector<HTMLElement>(".head-back")?.focus();
  }, [ready]);
}

/** What was asked beside one conversation is not asked beside the next one. */
function letGo(): void {
  cautioned.value?.decide(false);
  reading.value = null;
  flagging.value = null;
  proposing.value = null;
}

/** The first suggested article, in the panel, which is opened for it. */
function toSuggestions(): void {
  setPanel(true);
  const focus = (tries: number): void => {
    const first = document.querySelector<HTMLElement>(".found .found-title");
    if (first) first.focus();
    else if (tries) setTimeout(() => focus(tries - 1), 100);
  };
  requestAnimationFrame(() => focus(10));
}

export function ConversationPane({ id }: { id: string }): JSX.Element {
  const current = detail.value?.summary.id === id ? detail.value : null;
  useFocusOnNarrow(current !== null);
  useEffect(() => letGo, [id]);
  useActions([{ id: "suggested", text: "console-suggested-go", group: "conversation", keys: "s", enabled: () => current !== null, run: toSuggestions }]);
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
        {current.errand ? <ErrandBar detail={current} errand={current.errand} /> : null}
        {current.handoff ? <HandoffCard key={id} detail={current} handoff={current.handoff} /> : null}
        <Thread detail={current} />
        {chosenIn(id) ? <SplitBar detail={current} /> : <Composer detail={current} />}
      </section>
      {panelOpen.value ? <Panel detail={current} /> : null}
      <Dialogs summary={current.summary} />
      <CautionDialog />
      {reading.value ? <ReadingDialog open={reading.value} /> : null}
      {flagging.value ? <FlagDialog open={flagging.value} /> : null}
      {proposing.value ? <ProposalDialog /> : null}
      {rearranging.value ? <RearrangeDialog /> : null}
      {joining.value ? <JoinDialog /> : null}
    </>
  );
}
