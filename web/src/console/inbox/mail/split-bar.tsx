/** In place of the composer while messages are chosen: how many, under which subject, and off they go. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { split } from "../../data/rearrange.ts";
import { Button } from "../../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../../ui/form.tsx";
import { go } from "../../data/router.ts";
import { inboxHref } from "../where.ts";
import { tellDone } from "./rearranging.ts";
import { chosenIn, selecting } from "./selecting.ts";

export function SplitBar({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, subject } = detail.summary;
  const ids = chosenIn(id) ?? new Set<string>();
  const [text, setText] = useState("");
  const submission = useSubmission();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, button[type=submit]")?.focus({ preventScroll: true }), []);
  useEffect(() => () => void (selecting.value = null), []);
  const cancel = (): void => void (selecting.value = null);
  const all = ids.size >= detail.messages.length;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const chosen = detail.messages.filter((each) => ids.has(each.id)).map((each) => each.id);
    let made = "";
    if (!(await submission.run(async () => void (made = (await split(id, chosen, text.trim())).conversation)))) return;
    cancel();
    tellDone(t("console-split-done"), made);
    go(inboxHref({ list: "all", id: made }));
  };
  return (
    <form ref={form} class="composer split-bar" onSubmit={(event) => void submit(event)} onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); } }}>
      <p role="status"><strong>{t("console-split-count", { count: ids.size })}</strong> {t(all ? "console-split-all" : "console-split-help")}</p>
      <FormError submission={submission} fields={["subject"]} />
      {detail.can.threads ? <TextField label={t("console-split-subject")} name="subject" value={text} onValue={setText} placeholder={subject} submission={submission} /> : null}
      <div class="split-deeds"><Button onClick={cancel}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon="fork" disabled={ids.size === 0 || all} busy={submission.busy}>{t("console-split-do")}</Button></div>
    </form>
  );
}
