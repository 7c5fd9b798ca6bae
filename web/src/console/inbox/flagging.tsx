/** Saying that something is wrong with an article: two clicks and a few words, from a conversation or the article itself. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Flag } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";

export interface Flagging { article: string; language: string; number: number; title: string; conversation: string | null; done?: (flag: Flag) => void }
export const flagging = signal<Flagging | null>(null);

export function FlagDialog({ open }: { open: Flagging }): JSX.Element {
  const [text, setText] = useState("");
  const submission = useSubmission();
  const close = (): void => void (flagging.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { article, language, number, conversation, done } = open;
    const stored = await submission.run(async () => {
      const flag = await api.post<Flag>(`/api/articles/${article}/flags`, { language, number, text: text.trim(), ...(conversation ? { conversation } : {}) });
      done?.(flag);
    });
    if (!stored) return;
    close();
    say(t("console-flagged"));
  };
  return (
    <Dialog title={t("console-flag")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["text"]} />
        <p lang={open.language}><strong>{open.title}</strong></p>
        <TextField label={t("console-flag-what")} name="text" lines={3} value={text} onValue={setText} submission={submission} help={t("console-flag-help")} autofocus required />
        <footer class="dialog-foot">
          <Button onClick={close}>{t("console-cancel")}</Button>
          <Button look="primary" icon="flag" type="submit" busy={submission.busy} disabled={!text.trim()}>{t("console-flag-send")}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
