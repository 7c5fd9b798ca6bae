/** Of a translation: which revision of its source it says the same as, and the field where there is a choice. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleDetail, Filing } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { SelectField, type Submission } from "../../ui/form.tsx";
import { languageName } from "../filters.tsx";
import { followedSource, type FollowedSource } from "./source.ts";

export interface Source {
  followed: FollowedSource | null;
  /** What is saved with the text; null says nothing, so that it stays as before. */
  chosen: number | null;
  set: (number: number | null) => void;
  /** Somebody has seen what changed: what they write now is about that. */
  look: () => void;
  /** The text was saved or thrown away. */
  begin: () => void;
}

export function useSource({ filing, detail, tag }: { filing: Filing | null; detail: ArticleDetail; tag: string }): Source {
  const [said, set] = useState<number | null>(null);
  const [looked, setLooked] = useState(false);
  const [begun, setBegun] = useState<number | null>(null);
  useEffect(() => setLooked(false), [filing?.source]);
  // Only the first one counts: when it is published anew meanwhile, this text is still about what was read.
  useEffect(() => { if (filing && begun === null) setBegun(filing.source); }, [filing]);
  const followed = filing && followedSource({ filing, detail, tag, begun, looked });
  return {
    followed, chosen: followed ? said ?? followed.usual : said,
    set, look: () => setLooked(true), begin: () => { set(null); setLooked(false); },
  };
}

export function SourceField({ source, submission }: { source: Source; submission: Submission }): JSX.Element | null {
  const { followed, chosen } = source;
  if (!followed || (followed.choices.length < 2 && chosen === followed.choices[0]?.number)) return null;
  const known = followed.choices.map(({ number, kind }) => ({ value: String(number), text: t(`console-source-${kind}`, { number }) }));
  const other = chosen === null ? [{ value: "", text: t("console-source-unknown") }]
    : followed.choices.some((each) => each.number === chosen) ? [] : [{ value: String(chosen), text: t("console-source-before", { number: chosen }) }];
  return (
    <SelectField label={t("console-source-followed", { language: languageName(followed.language) })} name="source" value={chosen === null ? "" : String(chosen)} onValue={(value) => source.set(value ? Number(value) : null)}
      options={[...other, ...known]} submission={submission} help={t("console-source-followed-help")} />
  );
}
