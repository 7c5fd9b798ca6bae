/** The bot: what became of its conversations, and what is set for measuring it; one page for each. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { type Section, Sections } from "../ui/sections.tsx";
import { MeasuringPage } from "./measuring.tsx";
import { OutcomesPage } from "./outcomes.tsx";

/** Each page has a text `console-bot-page-NAME`. */
const PAGES: readonly Section[] = [
  { name: "outcomes", icon: "chart", page: OutcomesPage, permission: "supervise" },
  { name: "measuring", icon: "split", page: MeasuringPage, permission: "supervise" },
];

export default function BotPage(): JSX.Element {
  return <Sections root="bot" title={t("console-nav-bot")} sections={PAGES} labelOf={(name) => t(`console-bot-page-${name}`)} />;
}
