/** What changed in the source since a translation was made from it, in words. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SourceChanges as Changes, SourceLine, Words } from "../../../wire.ts";
import { ApiError, api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Notice, Spinner } from "../../ui/basic.tsx";
import { errorText } from "../../ui/form.tsx";

function Side({ words, gone }: { words: Words[] | null; gone: boolean }): JSX.Element | null {
  if (words === null) return null;
  const Mark = gone ? "del" : "ins";
  return <p class={gone ? "since-old" : "since-new"}>{words.map((each) => each.changed ? <Mark>{each.text}</Mark> : each.text)}</p>;
}

function Line({ line }: { line: SourceLine }): JSX.Element {
  if (!line.old && !line.new) return <p class="since-skip" aria-hidden="true">⋯</p>;
  const same = line.old?.length === 1 && line.new?.length === 1 && !line.old[0]!.changed && !line.new[0]!.changed;
  if (same || (line.old?.length === 0 && line.new?.length === 0)) return <p class="since-same">{line.new?.[0]?.text}</p>;
  return <><Side words={line.old} gone /><Side words={line.new} gone={false} /></>;
}

export function SourceChanges({ id, language }: { id: string; language: string }): JSX.Element {
  const [found, setFound] = useState<Changes | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => { api.get<Changes>(`/api/articles/${id}/${language}/source-changes`).then(setFound, setError); }, [id, language]);
  if (error) return <Notice tone="bad">{errorText(error)}</Notice>;
  if (!found) return <Spinner />;
  return (
    <div class="since" lang={found.language}>
      {found.title ? <Line line={found.title} /> : null}
      {found.questions.map((line, at) => <Line key={at} line={line} />)}
      {found.lines.map((line, at) => <Line key={at} line={line} />)}
      {!found.title && !found.questions.length && !found.lines.length ? <p lang={undefined}>{t("console-translation-nothing")}</p> : null}
    </div>
  );
}
