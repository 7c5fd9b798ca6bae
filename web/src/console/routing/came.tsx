/** How a conversation came where it is: what the rules were asked, what was known then, and what they gave. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationRouting, RuleEvaluation } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { routingOf } from "../data/routing.ts";
import { Spinner } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Time } from "../ui/time.tsx";
import { needNames } from "./labels.ts";
import { Trace } from "./trace.tsx";
import { decidedText, givenText } from "./words.ts";

function Evaluation({ each }: { each: RuleEvaluation }): JSX.Element {
  return (
    <li class="came">
      <p><Time at={each.at} /> {decidedText(each.gave, each)}</p>
      <p class="came-gave">{givenText(each.gave)}</p>
      {each.rules.length ? <details class="came-more"><summary>{t("console-came-trace", { count: each.rules.length })}</summary><Trace rules={each.rules} /></details> : null}
    </li>
  );
}

/** `moved`: changes whenever something happened to the conversation, so that this is asked again. */
export function Came({ conversation, moved }: { conversation: string; moved: number }): JSX.Element {
  const [found, setFound] = useState<ConversationRouting | null>(null);
  const [error, setError] = useState<unknown>(null);
  needNames();
  useEffect(() => {
    let here = true;
    routingOf(conversation).then((next) => { if (here) { setFound(next); setError(null); } }, (fault: unknown) => { if (here) setError(fault); });
    return () => void (here = false);
  }, [conversation, moved]);
  if (error) return <p class="section-none">{errorText(error)}</p>;
  if (!found) return <Spinner />;
  if (found.evaluations.length === 0) return <p class="section-none">{t("console-came-none")}</p>;
  return <ol class="came-list">{found.evaluations.map((each) => <Evaluation key={each.id} each={each} />)}</ol>;
}
