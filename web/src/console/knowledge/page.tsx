/** What the articles rest on and what becomes of them, one page for each: beside the list of articles itself. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { type Section, Sections } from "../ui/sections.tsx";
import { BrandsPage } from "./brands.tsx";
import { CategoriesPage } from "./categories.tsx";
import { FindingsPage } from "./findings.tsx";
import { GapsPage } from "./gaps.tsx";
import { FlagsPage } from "../articles/flags.tsx";
import { SynonymsPage } from "./synonyms.tsx";
import { ModelsPage } from "../learning/models.tsx";
import { TurnsPage } from "../learning/turns.tsx";
import { ReusablesPage } from "./reusables.tsx";
import { TransferPage } from "./transfer.tsx";
import { WorkPage } from "./work.tsx";

/** Each page has a text `console-knowledge-NAME`. */
const PAGES: readonly Section[] = [
  { name: "gaps", icon: "question", page: GapsPage, permission: "edit" },
  { name: "turns", icon: "bot", page: TurnsPage, permission: "edit" },
  { name: "models", icon: "chart", page: ModelsPage, permission: "edit" },
  { name: "findings", icon: "flag", page: FindingsPage, permission: "edit" },
  { name: "work", icon: "checks", page: WorkPage, permission: "edit" },
  { name: "categories", icon: "tag", page: CategoriesPage, permission: "publish" },
  { name: "synonyms", icon: "link", page: SynonymsPage, permission: "edit" },
  { name: "reusables", icon: "braces", page: ReusablesPage, permission: "edit" },
  { name: "brands", icon: "spark", page: BrandsPage, permission: "edit" },
  { name: "flags", icon: "flag", page: FlagsPage, permission: "edit" },
  { name: "transfer", icon: "swap", page: TransferPage, permission: "publish" },
];

export default function KnowledgePage(): JSX.Element {
  return <Sections root="knowledge" title={t("console-nav-knowledge")} sections={PAGES} labelOf={(name) => t(`console-knowledge-${name}`)} />;
}
