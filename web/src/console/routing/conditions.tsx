/** The conditions of a rule as rows that read like sentences, in groups of which all, any or none must hold. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Button, IconButton } from "../ui/basic.tsx";
import { errorText, means, type Submission } from "../ui/form.tsx";
import { Menu } from "../ui/menu.tsx";
import { group, KINDS, leaf, pathOf, spoken, type Group, type Leaf, type LeafKind, type Match, type Node } from "./model.ts";
import { Operator } from "./operators.tsx";
import { NameField, Value } from "./value.tsx";
import { conditionText } from "./words.ts";

const MATCHES: Match[] = ["all", "any", "none"];
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Groups in groups in groups can hardly be read. */
const DEEPEST = 3;

/** What is wrong with this part, or with what stands in it. */
function objection({ error }: Submission, path: string): string | null {
  if (!means(error?.field, path)) return null;
  return /length >= 1/u.test(error?.expected ?? "") ? t("console-rule-needs-value") : errorText(error);
}

interface RowProps { node: Leaf; path: string; onNode: (node: Leaf) => void; onRemove: () => void; submission: Submission }

function Row({ node, path, onNode, onRemove, submission }: RowProps): JSX.Element {
  const wrong = objection(submission, path);
  const error = `error-${node.key}`;
  const said = conditionText(spoken(node));
  return (
    <li data-node={node.key}>
      <div class={`cond ${wrong ? "field-wrong" : ""}`} role="group" aria-label={said}>
        <select class="input select cond-kind" aria-label={t("console-rule-condition-kind")} value={node.is.kind} onChange={(event) => onNode({ ...leaf(event.currentTarget.value as LeafKind, ZONE), key: node.key })}>
          {KINDS.map((kind) => <option key={kind} value={kind} selected={kind === node.is.kind}>{t(`console-rule-kind-${kind}`)}</option>)}
        </select>
        <NameField node={node} onNode={onNode} wrong={wrong !== null} describedBy={wrong ? error : undefined} />
        <Operator node={node} onNode={onNode} />
        <Value node={node} onNode={onNode} wrong={wrong !== null} describedBy={wrong ? error : undefined} />
        <IconButton icon="close" size="small" class="cond-remove" label={t("console-remove", { name: said })} onClick={onRemove} />
        {wrong ? <p class="field-error cond-error" id={error} role="alert">{wrong}</p> : null}
      </div>
    </li>
  );
}

interface GroupProps { node: Group; path: string; depth?: number; onNode: (node: Group) => void; onRemove?: () => void; submission: Submission }

function wrongInside(submission: Submission, node: Group, path: string): boolean {
  return node.of.some((child, at) => means(submission.error?.field, pathOf(path, at, child)));
}

export function GroupEditor({ node, path, depth = 1, onNode, onRemove, submission }: GroupProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const set = (at: number, child: Node): void => onNode({ ...node, of: node.of.map((each, index) => (index === at ? child : each)) });
  const drop = (at: number): void => {
    onNode({ ...node, of: node.of.filter((_, index) => index !== at) });
    root.current?.querySelector<HTMLElement>(":scope > .group-foot button")?.focus();
  };
  const add = (child: Node): void => {
    onNode({ ...node, of: [...node.of, child] });
    setTimeout(() => root.current?.querySelector<HTMLElement>(`[data-node="${child.key}"] :is(.cond-kind, .group-match)`)?.focus());
  };
  const wrong = wrongInside(submission, node, path) ? null : objection(submission, path);
  const words = conditionText(spoken(node));
  return (
    <div class={`group ${onRemove ? "group-inner" : ""}`} ref={root} role="group" aria-label={onRemove ? words : t("console-rule-when")} data-node={node.key}>
      <div class="group-head">
        {onRemove || node.of.length > 1 || node.match !== "all" ? (
          <select class="input select group-match" aria-label={t("console-rule-match")} value={node.match} onChange={(event) => onNode({ ...node, match: event.currentTarget.value as Match })}>
            {MATCHES.map((match) => <option key={match} value={match} selected={match === node.match}>{t(`console-rule-match-${match}`)}</option>)}
          </select>
        ) : null}
        {onRemove ? <IconButton icon="trash" size="small" label={t("console-rule-remove-group")} onClick={onRemove} /> : null}
      </div>
      {node.of.length ? (
        <ul class="group-list">
          {node.of.map((child, at) => child.type === "leaf"
            ? <Row key={child.key} node={child} path={pathOf(path, at, child)} onNode={(next) => set(at, next)} onRemove={() => drop(at)} submission={submission} />
            : <li key={child.key}><GroupEditor node={child} path={pathOf(path, at, child)} depth={depth + 1} onNode={(next) => set(at, next)} onRemove={() => drop(at)} submission={submission} /></li>)}
        </ul>
      ) : <p class="group-none">{t(onRemove ? "console-rule-group-empty" : "console-rule-no-condition")}</p>}
      {wrong ? <p class="field-error" role="alert">{wrong}</p> : null}
      <div class="group-foot">
        <Menu class="add-condition" label={t("console-rule-add-condition")} side="start" items={KINDS.map((kind) => ({ text: t(`console-rule-kind-${kind}`), hint: t(`console-rule-kind-${kind}-help`), run: () => add(leaf(kind, ZONE)) }))}>
          <span class="button button-plain button-small" aria-hidden="true">+ {t("console-rule-add-condition")}</span>
        </Menu>
        {depth < DEEPEST ? <Button size="small" look="quiet" onClick={() => add(group(node.match === "any" ? "all" : "any"))}>{t("console-rule-add-group")}</Button> : null}
      </div>
    </div>
  );
}
