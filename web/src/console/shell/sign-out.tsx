/** Signing out with work in hand: what is held, and whether it goes back to its queues or waits for one's return. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { ConversationPage, ConversationSummary } from "../../wire.ts";
import { api } from "../data/api.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { me, signOut } from "../data/session.ts";
import { counts } from "../data/lists.ts";
import { Avatar, Button, Chip, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, useSubmission } from "../ui/form.tsx";
import { attempt } from "../ui/toast.tsx";

const MOST_SHOWN = 8;
export const leaving = signal(false);

/** Straight out with empty hands; else the question what becomes of the work. */
export function askToLeave(): void {
  if (counts.value.mine > 0) leaving.value = true;
  else void attempt(() => signOut());
}

function Held({ item }: { item: ConversationSummary }): JSX.Element {
  const name = contactName(item.contact);
  return (
    <li class="held">
      <Avatar id={item.contact.id} name={name} size={28} />
      <span class="held-who"><strong>{name}</strong><small>{item.subject || item.last?.text || item.inbox.name}</small></span>
      {item.status.state === "open" ? null : <Chip>{t(`console-status-${item.status.state}`)}</Chip>}
    </li>
  );
}

export function SignOutDialog(): JSX.Element {
  const [held, setHeld] = useState<ConversationSummary[] | null>(null);
  const submission = useSubmission();
  const close = (): void => void (leaving.value = false);
  useEffect(() => {
    api.get<ConversationPage>("/api/conversations", { list: "mine" }).then((page) => setHeld(page.items), () => setHeld([]));
  }, []);
  const leave = (handBack: boolean) => (): void => void submission.run(async () => {
    await signOut(handBack);
    leaving.value = false;
  });
  const count = Math.max(counts.value.mine, held?.length ?? 0);
  return (
    <Dialog title={t("console-leave-title", { name: me.value?.name ?? "" })} onClose={close}>
      <div class="form">
        <FormError submission={submission} fields={[]} />
        <p>{t("console-leave-held", { count })}</p>
        {held === null ? <Skeleton rows={2} /> : <ul class="held-list">{held.slice(0, MOST_SHOWN).map((item) => <Held key={item.id} item={item} />)}</ul>}
        {count > MOST_SHOWN ? <p class="field-help">{t("console-leave-more", { count: count - MOST_SHOWN })}</p> : null}
        <div class="choices">
          <button type="button" class="choice choice-long" data-autofocus disabled={submission.busy} onClick={leave(true)}><span><strong>{t("console-leave-hand-back")}</strong><small>{t("console-leave-hand-back-help")}</small></span></button>
          <button type="button" class="choice choice-long" disabled={submission.busy} onClick={leave(false)}><span><strong>{t("console-leave-keep")}</strong><small>{t("console-leave-keep-help")}</small></span></button>
        </div>
        <footer class="dialog-foot"><Button onClick={close}>{t("console-leave-stay")}</Button></footer>
      </div>
    </Dialog>
  );
}
