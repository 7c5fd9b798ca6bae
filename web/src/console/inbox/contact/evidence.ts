/** What speaks for two contacts being one, in words. */
import type { ContactMatch } from "../../../wire.ts";
import { pointText } from "../../data/contact.ts";
import { hasText, t } from "../../data/i18n.ts";

export function kindText(kind: string): string {
  const key = `console-point-kind-${kind}`;
  return hasText(key) ? t(key) : kind;
}

/** What both have, and how well it is known of each. */
export function matchText({ kind, value, here, there }: ContactMatch): string {
  const how = `${here === there ? "both" : here}-${there}`;
  return t(`console-match-${how}`, { value: pointText({ kind, address: value }) });
}

/** As it was kept with a merge, such as `code:email`. */
export function evidenceText(evidence: string): string {
  const [how = "", kind = ""] = evidence.split(":");
  const key = `console-joined-by-${how}`;
  return hasText(key) ? t(key, { kind: kindText(kind) }) : evidence;
}
