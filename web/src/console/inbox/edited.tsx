/** That a message was changed by its sender, and on demand what it said before. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Message, Version } from "../../wire.ts";
import { api } from "../data/api.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { Spinner } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Popover } from "../ui/popover.tsx";
import { PartList } from "./parts/parts.tsx";

function Versions({ message, language }: { message: Message; language: string }): JSX.Element {
  const [found, setFound] = useState<Version[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    api.get<{ items: Version[] }>(`/api/messages/${message.id}/versions`).then((page) => setFound(page.items), setProblem);
  }, [message.edited_at]);
  if (problem) return <p role="alert">{errorText(problem)}</p>;
  if (!found) return <Spinner />;
  return (
    <ol class="versions">
      {found.map((each, at) => (
        <li key={each.at + at} class={at === found.length - 1 ? "version-now" : ""}>
          <time dateTime={each.at}>{fullTime(new Date(each.at), locale())}{at === found.length - 1 ? <> · {t("console-edited-now")}</> : null}</time>
          <div class="version-said"><PartList parts={each.parts} language={language} /></div>
        </li>
      ))}
    </ol>
  );
}

export function Edited({ message, language }: { message: Message; language: string }): JSX.Element | null {
  if (!message.edited_at) return null;
  const when = t("console-edited-at", { time: fullTime(new Date(message.edited_at), locale()) });
  return (
    <Popover class="edited" label={`${when}. ${t("console-edited-show")}`} title={t("console-edited-title")} button={<span title={when}>{t("console-edited")}</span>}>
      <Versions message={message} language={language} />
    </Popover>
  );
}
