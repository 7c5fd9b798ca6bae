/** Instead of a page that is there, but not for this person. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Empty } from "./basic.tsx";

export function NotForRole(): JSX.Element {
  const home = <a class="button button-plain button-medium" href={href("/")}>{t("console-no-page-home")}</a>;
  return <Empty icon="lock" title={t("console-not-for-role")} action={home}>{t("console-not-for-role-help")}</Empty>;
}
