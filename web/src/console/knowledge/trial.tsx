/** Trying a search as a customer would: what is found, with what was marked, misspelt or looked for beside. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SearchTrial, Taken } from "../../wire.ts";
import { api } from "../data/api.ts";
import { percent } from "../data/format.ts";
import { language as mine, locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Chip } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";

const ASK_AFTER = 250;

function Words({ text, taken }: { text: string; taken: Taken[] }): JSX.Element | null {
  if (!taken.length) return null;
  return <p class="trial-words">{t(text)} {taken.map((each) => `${each.word} → ${each.words.join(", ")}`).join(" · ")}</p>;
}

export function Trial(): JSX.Element {
  const [q, setQ] = useState("");
  const [trial, setTrial] = useState<SearchTrial | null>(null);
  useEffect(() => {
    if (!q.trim()) return setTrial(null);
    const stop = new AbortController();
    const timer = setTimeout(() => void api.get<SearchTrial>("/api/knowledge/trial", { q, language: mine.value }, stop.signal).then(setTrial, () => undefined), ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q]);
  return (
    <section class="card trial" aria-label={t("console-trial")}>
      <h2>{t("console-trial")}</h2>
      <div class="search"><Icon name="search" size={16} /><input type="search" class="search-input" value={q} aria-label={t("console-trial-question")} placeholder={t("console-trial-question")} onInput={(event) => setQ(event.currentTarget.value)} /></div>
      <div aria-live="polite" class="trial-found">
        {trial ? <Words text="console-trial-corrected" taken={trial.corrected} /> : null}
        {trial ? <Words text="console-trial-synonyms" taken={trial.synonyms} /> : null}
        {trial && !trial.found.length ? <p class="section-none">{t("console-trial-none")}</p> : null}
        <ul class="found">
          {trial?.found.map((each) => (
            <li key={each.article + each.language}>
              <a class="found-title" lang={each.language} href={href(`/articles/${each.article}`, { language: each.language })}>{each.title}</a>
              <Chip tone={each.probability >= 0.6 ? "good" : "neutral"} title={t("console-match")}>{percent(each.probability, locale())}</Chip>
              <p lang={each.language}>{each.snippet.map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
