/** The article exactly as its readers get it: made by the server, a moment after one stops typing. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Preview as Shown } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Notice } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";

const AFTER = 350;

export interface Previewed { shown: Shown | null; error: ApiError | null; busy: boolean }

/** `asleep`: nobody looks at it just now. */
export function usePreview(body: string, tag: string, asleep = false): Previewed {
  const [state, setState] = useState<Previewed>({ shown: null, error: null, busy: true });
  const made = useRef<string | null>(null);
  useEffect(() => {
    const wanted = `${tag}\n${body}`;
    if (asleep || made.current === wanted) return;
    let current = true;
    setState((last) => ({ ...last, busy: true }));
    const timer = setTimeout(() => {
      api.post<Shown>("/api/knowledge/preview", { language: tag, body }).then((shown) => {
        if (!current) return;
        made.current = wanted;
        setState({ shown, error: null, busy: false });
      }, (error: ApiError) => { if (current) setState((last) => ({ ...last, error, busy: false })); });
    }, made.current === null ? 0 : AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [body, tag, asleep]);
  return state;
}

/** Links of the article leave this page alone; those within it scroll to their heading. */
function follow(event: MouseEvent): void {
  const link = (event.target as HTMLElement).closest("a");
  if (!link) return;
  const address = link.getAttribute("href") ?? "";
  event.preventDefault();
  if (!address.startsWith("#")) {
    open(address, "_blank", "noopener,noreferrer");
    return;
  }
  const wanted = decodeURIComponent(address.slice(1));
  const headings = (event.currentTarget as HTMLElement).querySelectorAll("h2, h3, h4, h5, h6");
  [...headings].find((each) => each.id === wanted)?.scrollIntoView({ block: "start" });
}

export function Preview({ title, tag, previewed: { shown, error, busy } }: { title: string; tag: string; previewed: Previewed }): JSX.Element {
  return (
    <article class="preview" lang={tag} aria-label={t("console-article-preview")} aria-busy={busy} tabIndex={0}>
      {error ? <Notice tone="warn">{errorText(error)}</Notice> : null}
      <h1>{title || "…"}</h1>
      {/* What the server gives here it has made harmless; see docs/threat-model.md. */}
      <div class="prose" onClick={follow} dangerouslySetInnerHTML={{ __html: shown?.html ?? "" }} />
    </article>
  );
}
