/** Which revision of the source a translation that is being written says the same as. Pure. */
import type { ArticleDetail, Filing } from "../../../wire.ts";
import { newest } from "../words.ts";

export type Kind = "before" | "shown" | "draft";
export interface SourceChoice { number: number; kind: Kind }
export interface FollowedSource { language: string; choices: SourceChoice[]; usual: number | null }

/** `begun`: what the source was when the first text in this language was begun; `looked`: somebody has seen what changed since. */
interface Given { filing: Filing; detail: ArticleDetail; tag: string; begun: number | null; looked: boolean }

/** Null for the source itself. `usual` null: nobody knows, and it stays so until somebody says. */
export function followedSource({ filing, detail, tag, begun, looked }: Given): FollowedSource | null {
  const language = filing.source_language;
  const source = language ? detail.languages[language] : undefined;
  if (!language || language === tag || !source) return null;
  const own = filing.translations.find((each) => each.language === tag);
  const before = own ? own.followed : begun;
  const shown = source.published?.number ?? null;
  const last = newest(source);
  const named: [number | null, Kind][] = [[before, "before"], [shown, "shown"], [last, "draft"]];
  const choices: SourceChoice[] = [];
  for (const [number, kind] of named) {
    if (number !== null && !choices.some((each) => each.number === number)) choices.push({ number, kind });
  }
  return { language, choices, usual: looked && shown !== null ? shown : own ? before : before ?? filing.source };
}
