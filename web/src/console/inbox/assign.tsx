/** A supervisor gives a conversation to somebody by hand, and is told first what that sets aside. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Assignable, Assignables, ConversationSummary } from "../../wire.ts";
import { api } from "../data/api.ts";
import { assign } from "../data/commands.ts";
import { t } from "../data/i18n.ts";
import { Avatar, Button, Chip, Notice, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, errorText, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { dialog } from "./dialogs.tsx";

function stateOf(each: Assignable): string {
  return t(`console-presence-${each.presence.replace("_", "-")}`);
}

/** One sentence for each thing that routing would not have done. */
export function warnings(each: Assignable, weight: number): string[] {
  const facts = { name: each.name, state: stateOf(each), load: each.load, capacity: each.capacity, after: each.load + weight };
  return each.exceeds.map((excess) => t(`console-assign-${excess}`, facts));
}

function Row({ each, weight, chosen, onChoose }: { each: Assignable; weight: number; chosen: boolean; onChoose: () => void }): JSX.Element {
  return (
    <label class="pick-item">
      <input type="radio" name="target" checked={chosen} onChange={onChoose} />
      <Avatar id={each.agent} name={each.name} size={30} dot={each.presence} />
      <span class="pick-text">{each.name}<small>{stateOf(each)} · {each.load} / {each.capacity}{weight > 1 ? ` (+${weight})` : ""}</small></span>
      <span class="pick-marks">{each.exceeds.map((excess) => <Chip key={excess} tone="warn">{t(`console-assign-${excess}-short`)}</Chip>)}</span>
    </label>
  );
}

export function AssignDialog({ summary }: { summary: ConversationSummary }): JSX.Element {
  const [found, setFound] = useState<Assignables | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [query, setQuery] = useState("");
  const [target, setTarget] = useState<Assignable | null>(null);
  const submission = useSubmission();
  const close = (): void => void (dialog.value = null);
  useEffect(() => {
    api.get<Assignables>(`/api/conversations/${summary.id}/assignables`).then(setFound, setFailed);
  }, [summary.id]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!target || !(await submission.run(async () => void (await assign(summary.id, target.agent))))) return;
    say(t("console-assigned", { name: target.name }));
    close();
  };
  const wanted = query.trim().toLowerCase();
  const shown = found?.items.filter((each) => each.name.toLowerCase().includes(wanted)) ?? [];
  const warned = target && found ? warnings(target, found.weight) : [];
  return (
    <Dialog title={t("console-assign")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={[]} />
        <p class="field-help">{t("console-assign-lead")}</p>
        <TextField label={t("console-people-search")} hiddenLabel name="search" placeholder={t("console-people-search")} value={query} onValue={setQuery} autofocus />
        {failed ? <Notice tone="bad">{errorText(failed)}</Notice> : !found ? <Skeleton rows={4} /> : (
          <div class="pick" role="radiogroup" aria-label={t("console-assign")}>
            {shown.map((each) => <Row key={each.agent} each={each} weight={found.weight} chosen={target?.agent === each.agent} onChoose={() => setTarget(each)} />)}
            {shown.length === 0 ? <p class="pick-none">{t("console-suggest-none")}</p> : null}
          </div>
        )}
        {warned.length ? <Notice tone="warn"><strong>{t("console-assign-warning")}</strong><ul class="warned">{warned.map((each) => <li key={each}>{each}</li>)}</ul></Notice> : null}
        <footer class="dialog-foot"><Button onClick={close}>{t("console-cancel")}</Button><Button type="submit" look="primary" disabled={!target} busy={submission.busy}>{t(warned.length ? "console-assign-anyway" : "console-assign-do")}</Button></footer>
      </form>
    </Dialog>
  );
}
