/** Above a translation that is written: that its source was published anew, what changed there, and that it is up to date again. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Filing } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Button, Notice } from "../../ui/basic.tsx";
import { attempt } from "../../ui/toast.tsx";
import { languageName } from "../filters.tsx";
import { loadArticles } from "../store.ts";
import { SourceChanges } from "./source-changes.tsx";

/** How an article is filed; `seen` is anything that changes when the article did. */
export function useFiling(id: string, seen: unknown): [Filing | null, (next: Filing) => void] {
  const [filing, setFiling] = useState<Filing | null>(null);
  useEffect(() => {
    let current = true;
    api.get<Filing>(`/api/articles/${id}/filing`).then((next) => { if (current) setFiling(next); }, () => undefined);
    return () => { current = false; };
  }, [id, seen]);
  return [filing, setFiling];
}

interface Props { id: string; tag: string; filing: Filing | null; unsaved: boolean; onFiling: (next: Filing) => void; onLook: () => void }

export function Behind({ id, tag, filing, unsaved, onFiling, onLook }: Props): JSX.Element | null {
  const [shown, setShown] = useState(false);
  const own = filing?.translations.find((each) => each.language === tag);
  useEffect(() => setShown(false), [own?.followed, filing?.source]);
  if (!filing || !own?.stale) return null;
  const right = (): void => void attempt(async () => {
    onFiling(await api.post<Filing>(`/api/articles/${id}/${tag}/right`, { source: filing.source }));
    void loadArticles();
  });
  const look = (): void => {
    setShown(!shown);
    if (!shown) onLook();
  };
  return (
    <section class="behind">
      <Notice tone="warn" action={<span class="behind-ways"><Button size="small" aria-expanded={shown} onClick={look}>{t("console-translation-changes")}</Button><Button size="small" disabled={unsaved} onClick={right}>{t("console-translation-right")}</Button></span>}>
        {t("console-translation-behind", { language: languageName(filing.source_language ?? "") })}
      </Notice>
      {shown ? <SourceChanges id={id} language={tag} /> : null}
    </section>
  );
}
