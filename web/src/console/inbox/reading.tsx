/** An article as its readers see it, beside a conversation, with what an agent may do with it. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { ArticleDetail, Found, Preview as Shown } from "../../wire.ts";
import { Preview } from "../articles/preview.tsx";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icons.tsx";
import type { How } from "./articles.ts";
import { CautionChip } from "./caution.tsx";
import { flagging } from "./flagging.tsx";

export interface Reading { article: Found; conversation: string; insert: ((how: How) => void) | null }
export const reading = signal<Reading | null>(null);

/** The edition that is found, as the server renders it. */
function useShown(article: Found): { title: string; shown: Shown | null; error: ApiError | null } {
  const [state, setState] = useState<{ title: string; shown: Shown | null; error: ApiError | null }>({ title: article.title, shown: null, error: null });
  useEffect(() => {
    let current = true;
    void (async () => {
      try {
        const detail = await api.get<ArticleDetail>(`/api/articles/${article.article}`);
        const revision = detail.languages[article.language]?.published;
        const shown = revision ? await api.post<Shown>("/api/knowledge/preview", { language: article.language, body: revision.body }) : null;
        if (current) setState({ title: revision?.title ?? article.title, shown, error: null });
      } catch (error) {
        if (current) setState({ title: article.title, shown: null, error: error as ApiError });
      }
    })();
    return () => { current = false; };
  }, [article.article, article.language]);
  return state;
}

export function ReadingDialog({ open }: { open: Reading }): JSX.Element {
  const { article, conversation, insert } = open;
  const { title, shown, error } = useShown(article);
  const close = (): void => void (reading.value = null);
  const take = (how: How): void => {
    close();
    insert?.(how);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !insert) return;
    if (event.key === "i") take("text");
    else if (event.key === "l" && article.url) take("link");
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("console-article-preview")} wide onClose={close} class="reading">
      <div onKeyDown={onKey}>
        <div class="reading-marks"><CautionChip caution={article.caution} />
          {article.url ? <a href={article.url} target="_blank" rel="noopener noreferrer">{t("console-open-in-help")}<Icon name="exit" size={14} /></a> : null}
          <a href={href(`/articles/${article.article}`, { language: article.language })}>{t("console-open-article")}</a></div>
        <Preview title={title} tag={article.language} previewed={{ shown, error, busy: shown === null && error === null }} />
        <footer class="dialog-foot">
          <Button look="quiet" icon="flag" onClick={() => { close(); flagging.value = { article: article.article, language: article.language, number: article.revision, title, conversation }; }}>{t("console-flag")}</Button>
          {insert && article.url ? <Button icon="link" keys="l" onClick={() => take("link")}>{t("console-insert-link")}</Button> : null}
          {insert ? <Button look="primary" icon="reply" keys="i" data-autofocus onClick={() => take("text")}>{t("console-insert-text")}</Button> : <Button look="primary" data-autofocus onClick={close}>{t("console-close")}</Button>}
        </footer>
      </div>
    </Dialog>
  );
}
