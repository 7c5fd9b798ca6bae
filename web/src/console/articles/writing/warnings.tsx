/** What an author should look at, each with a way to its place in the text. */
import type { JSX } from "preact";
import type { PreviewProblem } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { nameFor } from "../../routing/labels.ts";
import { Icon } from "../../ui/icons.tsx";

export function Warnings({ problems, onShow }: { problems: readonly PreviewProblem[]; onShow: (line: number) => void }): JSX.Element | null {
  if (!problems.length) return null;
  return (
    <details class="warnings">
      <summary><Icon name="alert" size={15} />{t("console-writing-problems", { count: problems.length })}</summary>
      <ul>
        {problems.map((each, at) => (
          <li key={`${each.line}/${each.kind}/${at}`}>
            <button type="button" class="warning" onClick={() => onShow(each.line)}>
              <span class="tabular">{t("console-writing-line", { line: each.line })}</span>
              <span>{nameFor("console-problem", each.kind)}{each.what ? <> <code>{each.what.slice(0, 120)}</code></> : null}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
