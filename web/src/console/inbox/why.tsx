/** Why this agent: what decided, who else could have had it, and which conversations competed. */
import type { JSX } from "preact";
import type { Reason } from "../../wire.ts";
import { percent } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { Avatar } from "../ui/basic.tsx";
import { factsOf, indexText, reasonText, skillsText, standing, whyNot } from "../shell/why.ts";
import { inboxHref } from "./where.ts";

function Agents({ why }: { why: Reason }): JSX.Element {
  const more = why.considered - why.candidates.length;
  return (
    <>
      <h4 class="why-head">{t("console-why-agents", { count: why.considered })}</h4>
      <ol class="why-list">
        {why.candidates.map((each, at) => {
          const load = t("console-why-load", { share: percent(each.index, locale()) });
          return (
            <li key={each.agent}>
              <Avatar id={each.agent} name={each.name} size={24} />
              <span>{each.name}<small>{at === 0 ? skillsText(each.skills) || t("console-why-chosen") : whyNot(why, each)}</small></span>
              <span class="tabular why-index" title={load}>{percent(each.index, locale())}<span class="unseen"> {load}</span></span>
            </li>
          );
        })}
      </ol>
      {more > 0 ? <p class="why-more">{t("console-why-more", { count: more })}</p> : null}
    </>
  );
}

function Rivals({ why }: { why: Reason }): JSX.Element {
  const policy = `console-why-policy-${(why.policy ?? "").replaceAll("_", "-")}`;
  const more = why.competed - why.rivals.length;
  return (
    <>
      <h4 class="why-head">{t("console-why-rivals", { count: why.competed })}</h4>
      {hasText(policy) ? <p class="why-more">{t(policy)}</p> : null}
      <ol class="why-list">
        {why.rivals.map((each, at) => (
          <li key={each.conversation} class={at === 0 ? "why-this" : ""}>
            <span class="why-place tabular" aria-hidden="true">{at + 1}</span>
            <span>{at === 0 ? <strong>{t("console-why-this-one")}</strong> : <a href={inboxHref({ list: "all", status: "any", id: each.conversation })} dir="auto">{each.name || t("console-why-no-name")}</a>}<small>{standing(each)}</small></span>
            <span class="tabular why-index" title={t("console-why-index")}>{indexText(each)}</span>
          </li>
        ))}
      </ol>
      {more > 0 ? <p class="why-more">{t("console-why-rivals-more", { count: more })}</p> : null}
    </>
  );
}

export function Why({ why }: { why: Reason }): JSX.Element {
  const facts = factsOf(why);
  return (
    <div class="why">
      <p class="why-text">{reasonText(why)}</p>
      {facts.length ? <ul class="why-facts">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul> : null}
      {why.rivals.length > 1 ? <Rivals why={why} /> : null}
      {why.candidates.length > 1 || why.considered > 1 ? <Agents why={why} /> : null}
    </div>
  );
}
