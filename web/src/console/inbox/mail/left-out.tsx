/** What of a mail may be missing here, in one quiet line. */
import type { JSX } from "preact";
import { hasText, locale, t } from "../../data/i18n.ts";
import { Icon } from "../../ui/icons.tsx";

function problemText(code: string): string {
  const key = `console-mail-problem-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : code.replaceAll("_", " ");
}

export function LeftOut({ problems }: { problems: readonly string[] }): JSX.Element | null {
  if (problems.length === 0) return null;
  const what = new Intl.ListFormat(locale(), { type: "conjunction" }).format(problems.map(problemText));
  return <p class="mail-left-out"><Icon name="alert" size={13} /><span>{t("console-mail-left-out", { what })}</span></p>;
}
