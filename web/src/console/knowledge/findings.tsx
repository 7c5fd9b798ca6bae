/** Published articles that say the same, or opposite things: side by side, what differs marked. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleFinding, FindingSide, FindingState } from "../../wire.ts";
import { api, withQuery } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { ofArticle, useTold } from "../data/told.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { attempt } from "../ui/toast.tsx";

function Side({ side, language }: { side: FindingSide; language: string }): JSX.Element {
  return (
    <div class="finding-side" lang={language}>
      <h2><a href={href(`/articles/${side.article}`)}>{side.title}</a></h2>
      <p>{side.pieces.map((each, at) => each.marked && each.text.trim() ? <mark key={at}>{each.text}</mark> : each.text)}</p>
    </div>
  );
}

function One({ finding, onSettled }: { finding: ArticleFinding; onSettled: () => void }): JSX.Element {
  const next: FindingState = finding.state === "open" ? "dismissed" : "open";
  const settle = (): Promise<boolean> => attempt(async () => {
    await api.put(`/api/knowledge/findings/${finding.id}`, { state: next });
    onSettled();
  });
  return (
    <li class="finding">
      <div class="finding-head">
        <Chip tone={finding.kind === "contradiction" ? "bad" : "warn"}>{t(`console-finding-${finding.kind}`)}</Chip>
        <span class="finding-score tabular">{t("console-finding-score", { score: finding.score })}</span>
        <Button size="small" onClick={() => void settle()} aria-label={`${t(`console-finding-to-${next}`)}: ${finding.first.title}, ${finding.second.title}`}>{t(`console-finding-to-${next}`)}</Button>
      </div>
      <div class="finding-sides"><Side side={finding.first} language={finding.language} /><Side side={finding.second} language={finding.language} /></div>
    </li>
  );
}

export function FindingsPage(): JSX.Element {
  const [state, setState] = useState<FindingState>("open");
  const [found, setFound] = useState<ArticleFinding[] | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const load = (): Promise<void> => {
    return api.get<{ items: ArticleFinding[] }>(withQuery("/api/knowledge/findings", { state })).then((answer) => { setFound(answer.items); setFault(null); }, setFault);
  };
  useEffect(() => { setFound(null); load(); }, [state]);
  useTold(ofArticle(), load);
  return (
    <>
      <PageHead title={t("console-knowledge-findings")} />
      <p class="admin-lead">{t("console-finding-help")}</p>
      <div class="gap-choices">
        <label class="gap-choice"><span>{t("console-gap-state")}</span>
          <select class="input" value={state} onChange={(event) => setState(event.currentTarget.value as FindingState)}>
            {(["open", "dismissed"] as const).map((each) => <option key={each} value={each}>{t(`console-finding-state-${each}`)}</option>)}
          </select></label>
      </div>
      {fault ? <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={load}>{t("console-try-again")}</Button>}>{errorText(fault)}</Empty>
        : found === null ? <Skeleton rows={4} kind="line" />
        : found.length === 0 ? <Empty icon="check" title={t("console-finding-nothing")}>{t("console-finding-nothing-help")}</Empty>
        : <ul class="findings">{found.map((each) => <One key={each.id} finding={each} onSettled={load} />)}</ul>}
    </>
  );
}
