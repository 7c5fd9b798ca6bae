/** Back to the bot: what it shall ask for, and what it has the conversation for meanwhile. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, ConversationSummary, Errand } from "../../wire.ts";
import { sendBot, take, type ErrandKind } from "../data/commands.ts";
import { t } from "../data/i18n.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt, say } from "../ui/toast.tsx";
import { dialog } from "./dialogs.tsx";

const KINDS: readonly ErrandKind[] = ["order_number", "photo", "address", "details", "own"];

export const errandName = (kind: string): string => t(`console-bot-ask-${kind.replaceAll("_", "-")}`);

export function BotDialog({ summary }: { summary: ConversationSummary }): JSX.Element {
  const [ask, setAsk] = useState<ErrandKind>("order_number");
  const [question, setQuestion] = useState("");
  const submission = useSubmission();
  const close = (): void => void (dialog.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await submission.run(async () => void (await sendBot(summary.id, ask, ask === "own" ? question : null))))) return;
    say(t("console-bot-sent"));
    close();
  };
  return (
    <Dialog title={t("console-bot-send")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <p>{t("console-bot-send-help")}</p>
        <FormError submission={submission} fields={["question"]} />
        <div class="ways" role="radiogroup" aria-label={t("console-bot-send")}>
          {KINDS.map((kind, index) => (
            <label key={kind} class="check">
              <input type="radio" name="ask" checked={ask === kind} data-autofocus={index === 0 || undefined} onChange={() => setAsk(kind)} /><span>{errandName(kind)}</span>
            </label>
          ))}
        </div>
        {ask === "own" ? <TextField label={t("console-bot-question")} name="question" lines={3} value={question} onValue={setQuestion} submission={submission} help={t("console-bot-question-help")} autofocus /> : null}
        <footer class="dialog-foot"><Button onClick={close}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon="bot" disabled={ask === "own" && !question.trim()} busy={submission.busy}>{t("console-bot-send-do")}</Button></footer>
      </form>
    </Dialog>
  );
}

/** While the bot is at it: for whom, and the way to take it again at once. */
export function ErrandBar({ detail, errand }: { detail: ConversationDetail; errand: Errand }): JSX.Element {
  return (
    <div class="errand" role="status">
      <Icon name="bot" size={17} />
      <span>{t("console-bot-at-it", { what: errand.question ?? errandName(errand.kind), name: errand.by })}</span>
      <Button size="small" icon="hand" onClick={() => void attempt(() => take(detail.summary.id), t("console-taken"))}>{t("console-take")}</Button>
    </div>
  );
}
