/** How the customer says it went: stars in lists and lines, with their words in the panel. */
import type { JSX } from "preact";
import type { Rating } from "../../wire.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { Chip } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";

export const BEST = 5;
/** Up to here somebody should look into it. */
const POOR = 2;

export function Stars({ score, size = 15 }: { score: number; size?: number }): JSX.Element {
  return (
    <span class={`stars ${score <= POOR ? "stars-poor" : ""}`} role="img" aria-label={t("console-rated", { score, best: BEST })}>
      {Array.from({ length: BEST }, (_, at) => <Icon key={at} name="star" size={size} class={at < score ? "star-on" : ""} />)}
    </span>
  );
}

export function RatingChip({ score }: { score: number | null | undefined }): JSX.Element | null {
  if (!score) return null;
  return <Chip tone={score <= POOR ? "bad" : "good"} icon="star" title={t("console-rated", { score, best: BEST })}><span class="tabular" aria-hidden="true">{score}</span><span class="unseen">{t("console-rated", { score, best: BEST })}</span></Chip>;
}

export function Ratings({ ratings, language }: { ratings: readonly Rating[]; language: string }): JSX.Element {
  return (
    <ul class="ratings">
      {ratings.map((each) => (
        <li key={each.at}>
          <Stars score={each.score} size={17} />
          {each.comment ? <q lang={language} dir="auto">{each.comment}</q> : null}
          <small>{each.agent ? <>{each.agent} · </> : null}<time dateTime={each.at}>{fullTime(new Date(each.at), locale())}</time></small>
        </li>
      ))}
    </ul>
  );
}
