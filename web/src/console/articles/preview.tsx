/** How the article will read. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { toHtml } from "./markdown.ts";

export function Preview({ title, body, tag }: { title: string; body: string; tag: string }): JSX.Element {
  const html = useMemo(() => toHtml(body), [body]);
  return (
    <article class="preview" lang={tag} aria-label={t("console-article-preview")}>
      <h1>{title || "…"}</h1>
      <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}
