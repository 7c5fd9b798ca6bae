/** Beside a draft: the answers of agents that it was made from, for whoever edits it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SourceOfDraft } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Time } from "../ui/time.tsx";

/** Nothing where the draft was written by hand. */
export function Sources({ article, language }: { article: string; language: string }): JSX.Element | null {
  const [found, setFound] = useState<SourceOfDraft[]>([]);
  useEffect(() => {
    let gone = false;
    api.get<{ items: SourceOfDraft[] }>(`/api/articles/${article}/sources`, { language }).then((answer) => { if (!gone) setFound(answer.items); }, () => undefined);
    return () => { gone = true; };
  }, [article, language]);
  if (found.length === 0) return null;
  return (
    <details class="gap-sources">
      <summary>{t("console-gap-sources", { count: found.length })}</summary>
      <ol class="gap-list" lang={language}>
        {found.map((each) => (
          <li key={each.message}>
            <p class="gap-text">{each.text}</p>
            <span class="gap-about">{each.agent} · <Time at={each.at} />{each.conversation ? <a href={href(`/inbox/all/${each.conversation}`)}>{t("console-gap-conversation")}</a> : null}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
