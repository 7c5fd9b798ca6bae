/** The foot of an article: save what is written, publish it, take it back. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { may } from "../data/session.ts";
import { Button } from "../ui/basic.tsx";

interface Props { review: JSX.Element | null; published: boolean; busy: boolean; maySave: boolean; mayPublish: boolean; onSave: () => void; onPublish: () => void; onUnpublish: () => void }

export function Publishing({ review, published, busy, maySave, mayPublish, onSave, onPublish, onUnpublish }: Props): JSX.Element {
  return (
    <footer class="sheet-foot">
      {published && may("publish") ? <Button look="quiet" busy={busy} onClick={onUnpublish}>{t("console-article-unpublish")}</Button> : null}
      <span class="push" />
      <Button disabled={!maySave} busy={busy} keys="Mod+s" onClick={onSave}>{t("console-article-save")}</Button>
      {may("publish") ? <Button look="primary" disabled={!mayPublish} busy={busy} onClick={onPublish}>{t("console-article-publish")}</Button> : review}
    </footer>
  );
}
