/** Two texts of the same article side by side: line by line one chooses mine, theirs or both; no text is ever dropped. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ComparedPiece, ComparedTexts, ComparisonAsk } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Button, Notice, Spinner } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { errorText } from "../../ui/form.tsx";
import { questionsOf, type Text } from "../words.ts";
import { joined, parts, whole, type Apart, type Choice, type Part } from "./merging.ts";

const CHOICES: Choice[] = ["mine", "theirs", "both"];
const AROUND = 2;

function Words({ lines, tag }: { lines: ComparedPiece[][]; tag: string }): JSX.Element {
  if (!lines.length) return <p class="merge-none">{t("console-merge-nothing")}</p>;
  return <div class="merge-text" lang={tag}>{lines.map((pieces, line) => <p key={line}>{pieces.map((each, at) => (each.changed ? <mark key={at}>{each.text}</mark> : each.text))}</p>)}</div>;
}

function Row({ part, choice, name, tag, onChoice }: { part: Apart; choice: Choice; name: string; tag: string; onChoice: (choice: Choice) => void }): JSX.Element {
  return (
    <div class="merge-row">
      <div class={`merge-side ${choice === "theirs" ? "merge-out" : ""}`}><span class="merge-whose only-narrow">{t("console-merge-mine")}</span><Words lines={part.mine} tag={tag} /></div>
      <div class={`merge-side ${choice === "mine" ? "merge-out" : ""}`}><span class="merge-whose only-narrow">{t("console-merge-theirs")}</span><Words lines={part.theirs} tag={tag} /></div>
      <fieldset class="merge-choice">
        <legend class="unseen">{t("console-merge-keep")}</legend>
        {CHOICES.map((each) => <label key={each}><input type="radio" name={name} checked={choice === each} onChange={() => onChoice(each)} />{t(`console-merge-${each}`)}</label>)}
      </fieldset>
    </div>
  );
}

function Unchanged({ lines, tag }: { lines: string[]; tag: string }): JSX.Element {
  const long = lines.length > AROUND * 2 + 1;
  const shown = long ? [...lines.slice(0, AROUND), "…", ...lines.slice(-AROUND)] : lines;
  return <div class="merge-same" lang={tag}>{shown.join("\n")}</div>;
}

interface Compared { heading: Part[]; body: Part[]; fault: string | null }

/** By the server, as revisions are compared; null until it has answered. */
function useCompared(mine: Text, theirs: Text, ground: Text | null): Compared | null {
  const [found, setFound] = useState<Compared | null>(null);
  useEffect(() => {
    let current = true;
    const old = { title: mine.title, body: mine.body };
    const ask: ComparisonAsk = { old, new: { title: theirs.title, body: theirs.body } };
    const [title, body] = [ground?.title ?? null, ground?.body ?? null];
    setFound(null);
    api.post<ComparedTexts>("/api/knowledge/comparison", ask).then(
      (lines) => ({ heading: parts(lines.title, title), body: parts(lines.body, body), fault: null }),
      (error: unknown) => ({ heading: whole(mine.title, theirs.title, title), body: whole(mine.body, theirs.body, body), fault: errorText(error) }),
    ).then((next) => { if (current) setFound(next); });
    return () => { current = false; };
  }, [mine.title, mine.body, theirs.title, theirs.body, ground]);
  return found;
}

interface Props {
  tag: string;
  mine: Text;
  theirs: Text;
  /** What both began with, where it is known. */
  ground: Text | null;
  author: string;
  onUse: (text: Text, save: boolean) => void;
  onClose: () => void;
}

function Choosing({ tag, mine, theirs, found: { heading, body, fault }, onUse, onClose }: Props & { found: Compared }): JSX.Element {
  const all = [...heading, ...body];
  const [choices, setChoices] = useState<Choice[]>(() => all.filter((each): each is Apart => !each.same).map((each) => each.choice));
  const ofTitle = heading.filter((each) => !each.same).length;
  const made = (): Text => ({
    ...mine,
    title: joined(heading, choices.slice(0, ofTitle)).replace(/\n+/g, " "),
    body: joined(body, choices.slice(ofTitle)),
    questions: questionsOf(`${mine.questions}\n${theirs.questions}`).join("\n"),
  });
  let at = -1;
  return (
    <>
      {fault ? <Notice tone="warn">{t("console-merge-whole")} {fault}</Notice> : null}
      <div class="merge-heads" aria-hidden="true"><strong>{t("console-merge-mine")}</strong><strong>{t("console-merge-theirs")}</strong></div>
      <div class="merge-parts" tabIndex={0}>
        {all.map((part, index) => {
          if (part.same) return <Unchanged key={index} lines={part.lines} tag={tag} />;
          at += 1;
          const own = at;
          return <Row key={index} part={part} name={`merge-${own}`} tag={tag} choice={choices[own]!} onChoice={(choice) => setChoices((was) => was.map((each, place) => (place === own ? choice : each)))} />;
        })}
      </div>
      <footer class="dialog-foot">
        <Button onClick={onClose}>{t("console-cancel")}</Button>
        <Button onClick={() => onUse(made(), false)}>{t("console-merge-write-on")}</Button>
        <Button look="primary" onClick={() => onUse(made(), true)}>{t("console-merge-save")}</Button>
      </footer>
    </>
  );
}

export function MergeDialog(props: Props): JSX.Element {
  const found = useCompared(props.mine, props.theirs, props.ground);
  return (
    <Dialog title={t("console-merge-title")} onClose={props.onClose} wide class="merge">
      <p class="merge-lead">{t("console-merge-lead", { name: props.author || t("console-merge-somebody") })}</p>
      {found ? <Choosing {...props} found={found} /> : <Spinner />}
    </Dialog>
  );
}
