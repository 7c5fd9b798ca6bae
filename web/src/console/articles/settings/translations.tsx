/** The languages of an article: which are behind their source, which are missing, and that one is still right. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Filing, Translation } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { may } from "../../data/session.ts";
import { Button, Chip } from "../../ui/basic.tsx";
import { FormError, useSubmission } from "../../ui/form.tsx";
import { languageName } from "../filters.tsx";
import { SourceChanges } from "./source-changes.tsx";

interface Props { id: string; filing: Filing; onFiling: (next: Filing) => void }

function Line({ id, filing, each, onFiling }: Props & { each: Translation }): JSX.Element {
  const [shown, setShown] = useState(false);
  const submission = useSubmission();
  const right = (): void => void submission.run(async () => {
    onFiling(await api.post<Filing>(`/api/articles/${id}/${each.language}/right`, { source: filing.source }));
  });
  const since = each.stale && filing.source !== null && each.followed !== null;
  return (
    <li class="translation">
      <span class="translation-name">{languageName(each.language)}</span>
      {each.stale ? <Chip tone="warn" icon="history">{t("console-translation-stale")}</Chip>
        : each.followed === null ? <Chip>{t("console-translation-unknown")}</Chip>
        : <Chip tone="good" icon="check">{t("console-translation-current")}</Chip>}
      {since ? <Button size="small" look="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>{t("console-translation-changes")}</Button> : null}
      {may("edit") && filing.source !== null && each.followed !== filing.source ? <Button size="small" look="quiet" busy={submission.busy} onClick={right}>{t("console-translation-right")}</Button> : null}
      <FormError submission={submission} fields={[]} />
      {since && shown ? <SourceChanges id={id} language={each.language} /> : null}
    </li>
  );
}

export function Translations({ id, filing, onFiling }: Props): JSX.Element | null {
  if (filing.translations.length === 0 && filing.missing.length === 0) return null;
  return (
    <section class="translations" aria-label={t("console-translations")}>
      <h3>{t("console-translations")}</h3>
      <ul>
        {filing.source_language ? <li class="translation"><span class="translation-name">{languageName(filing.source_language)}</span><Chip tone="accent">{t("console-translation-source")}</Chip></li> : null}
        {filing.translations.map((each) => <Line key={each.language} id={id} filing={filing} each={each} onFiling={onFiling} />)}
        {filing.missing.map((tag) => <li key={tag} class="translation"><span class="translation-name">{languageName(tag)}</span><Chip icon="globe">{t("console-translation-missing")}</Chip></li>)}
      </ul>
    </section>
  );
}
