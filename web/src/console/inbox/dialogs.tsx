/** The dialogs of a conversation: transfer, snooze, and a supervisor's assigning. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { ConversationSummary } from "../../wire.ts";
import { snooze, transfer } from "../data/commands.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { agents, queues } from "../data/resource.ts";
import { me } from "../data/session.ts";
import { Avatar, Button, Chip } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { say } from "../ui/toast.tsx";
import { AssignDialog } from "./assign.tsx";
import { BotDialog } from "./errand.tsx";
import { presets, toLocalInput } from "./presets.ts";

export const dialog = signal<"transfer" | "snooze" | "assign" | "bot" | null>(null);

type Target = { id: string; name: string; kind: "queue" | "agent"; hint: string; dot?: string };

function targets(query: string, holder: string | null): Target[] {
  const wanted = query.toLowerCase();
  return [
    ...queues.items.value.map((each): Target => ({ id: each.id, name: each.name, kind: "queue", hint: t("console-queue-waiting", { count: each.waiting }) })),
    ...agents.items.value.filter((each) => each.active && each.id !== holder && each.roles.includes("agent")).map((each): Target => ({
      id: each.id, name: each.name, kind: "agent", dot: each.presence, hint: `${t(`console-presence-${each.presence.replace("_", "-")}`)} · ${each.load} / ${each.capacity}`,
    })),
  ].filter((each) => each.name.toLowerCase().includes(wanted));
}

function Transfer({ summary }: { summary: ConversationSummary }): JSX.Element {
  const [query, setQuery] = useState("");
  const [target, setTarget] = useState<Target | null>(null);
  const [note, setNote] = useState("");
  const submission = useSubmission();
  useEffect(() => {
    void agents.load();
    void queues.load();
  }, []);
  const close = (): void => void (dialog.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!target) return;
    const to = target.kind === "queue" ? { queue: target.id } : { agent: target.id };
    if (!(await submission.run(async () => void (await transfer(summary.id, to, note.trim() || null))))) return;
    say(t("console-transferred", { name: target.name }));
    close();
  };
  const shown = targets(query, summary.handler.id);
  return (
    <Dialog title={t("console-transfer")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["note"]} />
        <TextField label={t("console-transfer-search")} hiddenLabel name="search" placeholder={t("console-transfer-search")} value={query} onValue={setQuery} autofocus />
        <div class="pick" role="radiogroup" aria-label={t("console-transfer-to")}>
          {(["queue", "agent"] as const).map((kind) => {
            const some = shown.filter((each) => each.kind === kind);
            return some.length ? (
              <section key={kind}>
                <h3 class="pick-head">{t(kind === "queue" ? "console-queues" : "console-people")}</h3>
                {some.map((each) => (
                  <label key={each.id} class="pick-item">
                    <input type="radio" name="target" checked={target?.id === each.id} onChange={() => setTarget(each)} />
                    {kind === "queue" ? <span class="pick-mark"><Icon name="people" size={17} /></span> : <Avatar id={each.id} name={each.name} size={30} dot={each.dot} />}
                    <span class="pick-text">{each.name}{each.id === me.value?.id ? <Chip>{t("console-you")}</Chip> : null}<small>{each.hint}</small></span>
                  </label>
                ))}
              </section>
            ) : null;
          })}
          {shown.length === 0 ? <p class="pick-none">{t("console-suggest-none")}</p> : null}
        </div>
        <TextField label={t("console-transfer-note")} name="note" lines={3} value={note} onValue={setNote} submission={submission} help={t("console-transfer-note-help")} />
        <footer class="dialog-foot"><Button onClick={close}>{t("console-cancel")}</Button><Button type="submit" look="primary" disabled={!target} busy={submission.busy}>{t("console-transfer-do")}</Button></footer>
      </form>
    </Dialog>
  );
}

function Snooze({ summary }: { summary: ConversationSummary }): JSX.Element {
  const [own, setOwn] = useState("");
  const submission = useSubmission();
  const close = (): void => void (dialog.value = null);
  const until = async (at: Date): Promise<void> => {
    if (!(await submission.run(async () => void (await snooze(summary.id, at))))) return;
    say(t("console-snoozed", { time: fullTime(at, locale()) }));
    close();
  };
  return (
    <Dialog title={t("console-snooze")} onClose={close}>
      <FormError submission={submission} fields={["until"]} />
      <div class="choices">
        {presets(new Date()).map(({ name, at }, index) => (
          <button key={name} type="button" class="choice" data-autofocus={index === 0 || undefined} disabled={submission.busy} onClick={() => void until(at)}>
            <Icon name={index < 2 ? "clock" : "moon"} /><span>{t(`console-snooze-${name}`)}</span><small>{fullTime(at, locale())}</small>
          </button>
        ))}
      </div>
      <form class="form form-row" onSubmit={(event) => { event.preventDefault(); void until(new Date(own)); }}>
        <TextField label={t("console-snooze-own")} name="until" type="datetime-local" value={own || toLocalInput(presets(new Date())[1]!.at)} onValue={setOwn} submission={submission} />
        <Button type="submit" disabled={!own} busy={submission.busy}>{t("console-snooze-do")}</Button>
      </form>
    </Dialog>
  );
}

export function Dialogs({ summary }: { summary: ConversationSummary }): JSX.Element | null {
  useEffect(() => () => void (dialog.value = null), []);
  if (dialog.value === "transfer") return <Transfer summary={summary} />;
  if (dialog.value === "assign") return <AssignDialog summary={summary} />;
  if (dialog.value === "bot") return <BotDialog summary={summary} />;
  if (dialog.value === "snooze") return <Snooze summary={summary} />;
  return null;
}
