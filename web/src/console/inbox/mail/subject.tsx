/** The subject of a conversation, which can be changed where it stands. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationSummary } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { rename } from "../../data/rearrange.ts";
import { Icon } from "../../ui/icons.tsx";
import { attempt } from "../../ui/toast.tsx";
import { renaming } from "./renaming.ts";

const LONGEST = 300;

function Field({ summary }: { summary: ConversationSummary }): JSX.Element {
  const [text, setText] = useState(summary.subject);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const close = (): void => {
    renaming.value = null;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".subject-button")?.focus());
  };
  const save = (): void => {
    const next = text.trim();
    close();
    if (next && next !== summary.subject) void attempt(() => rename(summary.id, next), t("console-subject-saved"));
  };
  return (
    <form class="subject-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <input ref={input} class="input subject-input" aria-label={t("console-mail-subject")} value={text} maxLength={LONGEST} dir="auto" onInput={(event) => setText(event.currentTarget.value)}
        onBlur={save} onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); renaming.value = null; } }} />
    </form>
  );
}

export function Subject({ summary }: { summary: ConversationSummary }): JSX.Element {
  if (renaming.value === summary.id) return <Field key={summary.id} summary={summary} />;
  const subject = summary.subject || t("console-mail-no-subject");
  return (
    <button type="button" class="subject-button" title={t("console-subject-change")} onClick={() => (renaming.value = summary.id)}>
      <span class="subject-text" dir="auto">{subject}</span><span class="unseen">, {t("console-subject-change")}</span><Icon name="pen" size={14} />
    </button>
  );
}
