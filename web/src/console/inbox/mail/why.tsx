/** Why a message stands in this conversation: each thing that spoke for it or against, its weight, and the sum. */
import type { JSX } from "preact";
import type { Evidence } from "../../../wire.ts";
import { hasText, locale, t } from "../../data/i18n.ts";
import { Icon } from "../../ui/icons.tsx";
import { Popover } from "../../ui/popover.tsx";

export function evidenceText(code: string): string {
  const key = `console-evidence-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : code.replaceAll("_", " ");
}

export function weightText(weight: number): string {
  return new Intl.NumberFormat(locale(), { signDisplay: "exceptZero", maximumFractionDigits: 2 }).format(weight);
}

export function total(why: readonly Evidence[]): number {
  return why.reduce((sum, each) => sum + each.weight, 0);
}

export function WhyHere({ why }: { why: readonly Evidence[] }): JSX.Element | null {
  if (why.length === 0) return null;
  const ordered = [...why].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return (
    <Popover class="mail-link" label={t("console-mail-why")} title={t("console-mail-why")} button={<><Icon name="spark" size={13} />{t("console-mail-why")}</>}>
      <table class="evidence">
        <tbody>
          {ordered.map((each) => <tr key={each.code}><th scope="row">{evidenceText(each.code)}</th><td class={`tabular ${each.weight < 0 ? "evidence-against" : ""}`}>{weightText(each.weight)}</td></tr>)}
        </tbody>
        <tfoot><tr><th scope="row">{t("console-mail-why-total")}</th><td class="tabular">{weightText(total(why))}</td></tr></tfoot>
      </table>
      <p>{t("console-mail-why-help")}</p>
    </Popover>
  );
}
