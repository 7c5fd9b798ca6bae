/** Who else has the article open just now. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleWriter } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { live } from "../../data/live.ts";
import { me } from "../../data/session.ts";
import { Avatar } from "../../ui/basic.tsx";

const AGAIN = 20_000;

/** Everybody but oneself. */
export function useWriters(article: string, tag: string, changed: boolean, active: boolean): readonly ArticleWriter[] {
  const [people, setPeople] = useState<readonly ArticleWriter[]>([]);
  useEffect(() => {
    if (!active) return;
    const tell = (): void => live.send({ type: "editing", article, language: tag, changed });
    tell();
    const timer = setInterval(tell, AGAIN);
    const back = live.onBack(tell);
    return () => {
      clearInterval(timer);
      back();
    };
  }, [article, tag, changed, active]);
  useEffect(() => {
    const deafen = live.on((frame) => {
      if (frame.type === "writers" && frame.article === article) setPeople(frame.people.filter((each) => each.id !== me.value?.id));
    });
    return () => {
      deafen();
      live.send({ type: "editing", article: "", language: "", changed: false });
    };
  }, [article]);
  return people;
}

export function Writers({ people }: { people: readonly ArticleWriter[] }): JSX.Element | null {
  if (!people.length) return null;
  const names = people.map((each) => each.name).join(", ");
  const text = t(people.some((each) => each.changed) ? "console-writers-writing" : "console-writers-here", { names, count: people.length });
  return (
    <span class="writers" role="status" title={text}>
      {people.slice(0, 3).map((each) => <Avatar key={each.id} id={each.id} name={each.name} size={24} dot={each.changed ? "away" : undefined} />)}
      <span class="writers-text">{text}</span>
    </span>
  );
}
