/** The revisions of one language of an article, newest first. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ArticleLanguage } from "../../wire.ts";
import { hasText, t } from "../data/i18n.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Time } from "../ui/time.tsx";

function stateName(state: string): string {
  const key = `console-revision-${state}`;
  return hasText(key) ? t(key) : state;
}

export function Revisions({ own, changed, onRestore }: { own: ArticleLanguage | undefined; changed: boolean; onRestore: () => void }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (!own?.revisions.length) return null;
  return (
    <>
      <Button look="quiet" size="small" icon="history" onClick={() => setOpen(true)}>{t("console-revisions", { count: own.revisions.length })}</Button>
      {open ? (
        <Dialog title={t("console-revisions-title")} onClose={() => setOpen(false)}>
          <ol class="revisions">
            {own.revisions.map((each) => (
              <li key={each.number}><strong class="tabular">{t("console-revision", { number: each.number })}</strong><span>{each.author}</span><Time at={each.at} />
                <Chip tone={each.state === "published" ? "good" : each.state === "draft" ? "warn" : "neutral"}>{stateName(each.state)}</Chip></li>
            ))}
          </ol>
          {own.published && (own.draft || changed) ? <footer class="dialog-foot"><Button onClick={() => { onRestore(); setOpen(false); }}>{t("console-revision-restore")}</Button></footer> : null}
        </Dialog>
      ) : null}
    </>
  );
}
