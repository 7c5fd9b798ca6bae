/** Routing rules: the list, or one rule of it. */
import type { JSX } from "preact";
import { steps } from "../data/router.ts";
import { RulePage } from "./editor.tsx";
import { RuleList } from "./list.tsx";

export function RulesPage(): JSX.Element {
  const id = steps.value[2];
  return id ? <RulePage id={id} /> : <RuleList />;
}
