/** What the bot misunderstood: each text once, and one key to say what it means. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MisreadText } from "../../wire.ts";
import { inText } from "../data/chords.ts";
import { languageName } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { go, href } from "../data/router.ts";
import { intentName } from "../routing/labels.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { attempt, say } from "../ui/toast.tsx";
import { intentOfKey, keyOf, label, loadTexts, type Narrowing, narrowing, nextOpen, PAGE, percent, texts, textsError, textsHref, undo } from "./data.ts";

const WHYS: readonly MisreadText["why"][] = ["unsure", "fallback", "out_of_scope", "handed_over", "asked_again", "not_helped"];
const whyText = (why: string): string => t(`console-misread-why-${why.replaceAll("_", "-")}`);
const outcomeText = (outcome: string): string => t(`console-misread-outcome-${outcome.replaceAll("_", "-")}`);
const LEAVE_OUT = "x";
const TAKE_BACK = "u";

function labelText({ label: given }: MisreadText): string {
  if (!given) return "";
  return given.intent === null ? t("console-misread-not-for-training") : intentName(given.intent);
}

function About({ item }: { item: MisreadText }): JSX.Element {
  return (
    <span class="misread-about">
      <Chip tone="warn">{whyText(item.why)}</Chip>
      {item.times > 1 ? <Chip>{t("console-misread-times", { count: item.times })}</Chip> : null}
      <span>{t("console-misread-guess", { intent: intentName(item.intent ?? "none") })}{item.confidence === null ? null : <> · <span class="tabular">{percent(item.confidence, 1)}</span></>}</span>
      <span>{outcomeText(item.outcome)}</span>
      <span>{languageName(item.language, locale())}</span>
      <Time at={item.at} />
      {item.conversation ? <a href={href(`/inbox/all/${item.conversation}`)}>{t("console-misread-conversation")}</a> : null}
    </span>
  );
}

interface PickerProps { item: MisreadText; intents: readonly string[]; give: (intent: string | null) => void; takeBack: () => void }

function Picker({ item, intents, give, takeBack }: PickerProps): JSX.Element {
  const guesses = new Set(item.ranking.map((each) => each.intent));
  return (
    <div class="misread-picker" role="group" aria-label={t("console-misread-means")}>
      {intents.map((intent, at) => (
        <button key={intent} type="button" class={`misread-intent ${guesses.has(intent) ? "misread-likely" : ""}`} aria-pressed={item.label?.intent === intent} aria-keyshortcuts={keyOf(at) ?? undefined} onClick={() => give(intent)}>
          {keyOf(at) ? <kbd aria-hidden="true">{keyOf(at)!.toUpperCase()}</kbd> : null}<span>{intentName(intent)}</span>
        </button>
      ))}
      <button type="button" class="misread-intent misread-out" aria-pressed={item.label !== null && item.label.intent === null} aria-keyshortcuts={LEAVE_OUT} onClick={() => give(null)}><kbd aria-hidden="true">X</kbd><span>{t("console-misread-not-for-training")}</span></button>
      {item.label?.id ? <Button size="small" look="quiet" icon="undo" keys={TAKE_BACK} onClick={takeBack}>{t("console-misread-undo")}</Button> : null}
    </div>
  );
}

interface RowProps extends PickerProps { open: boolean; choose: () => void }

function Row({ item, open, choose, ...picker }: RowProps): JSX.Element {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open && element.current && element.current.closest(".misread-rows")?.contains(document.activeElement)) element.current.focus();
  }, [open]);
  return (
    <li class={`misread ${item.label ? "misread-labelled" : ""} ${open ? "misread-open" : ""}`}>
      <button ref={element} type="button" class="misread-text" aria-expanded={open} onClick={choose}><span lang={item.language}>{item.text}</span></button>
      {item.label ? <span class="misread-label"><Chip tone="good" icon="check">{labelText(item)}</Chip><span>{item.label.by ?? t("console-misread-imported")} · <Time at={item.label.at} /></span></span> : null}
      <About item={item} />
      {open ? <Picker item={item} {...picker} /> : null}
    </li>
  );
}

function Choice({ name, text, options }: { name: keyof Narrowing; text: string; options: { value: string; text: string }[] }): JSX.Element {
  return (
    <label class="gap-choice"><span>{text}</span>
      <select class="input" value={narrowing()[name]} onChange={(event) => go(textsHref({ [name]: event.currentTarget.value, offset: "" }), true)}>
        {options.map((each) => <option key={each.value} value={each.value}>{each.text}</option>)}
      </select>
    </label>
  );
}

function Narrow(): JSX.Element {
  const { guessed = [], languages = [] } = texts.value ?? {};
  const all = { value: "", text: t("console-gap-all") };
  return (
    <div class="gap-choices">
      <Choice name="kept" text={t("console-misread-kept")} options={["", "labelled", "all"].map((value) => ({ value, text: t(`console-misread-kept-${value || "open"}`) }))} />
      <Choice name="why" text={t("console-misread-why")} options={[all, ...WHYS.map((value) => ({ value, text: whyText(value) }))]} />
      <Choice name="intent" text={t("console-misread-guessed")} options={[all, ...guessed.map((value) => ({ value, text: intentName(value) }))]} />
      <Choice name="language" text={t("console-language")} options={[all, ...languages.map((value) => ({ value, text: languageName(value, locale()) }))]} />
      <Choice name="days" text={t("console-gap-period")} options={["7", "30", "", "365"].map((value) => ({ value, text: t("console-gap-days", { days: Number(value || 90) }) }))} />
    </div>
  );
}

function Pages({ total }: { total: number }): JSX.Element | null {
  const offset = Number(narrowing().offset) || 0;
  if (total <= PAGE) return null;
  return (
    <nav class="gap-pages" aria-label={t("console-gap-pages")}>
      <Button disabled={offset === 0} onClick={() => go(textsHref({ offset: String(Math.max(0, offset - PAGE) || "") }))}>{t("console-gap-earlier")}</Button>
      <span class="tabular">{t("console-gap-page", { first: offset + 1, last: Math.min(total, offset + PAGE), total })}</span>
      <Button disabled={offset + PAGE >= total} onClick={() => go(textsHref({ offset: String(offset + PAGE) }))}>{t("console-gap-later")}</Button>
    </nav>
  );
}

function List(): JSX.Element {
  const found = texts.value;
  const [open, setOpen] = useState<string | null>(null);
  const [last, setLast] = useState<{ key: string; id: string } | null>(null);
  if (textsError.value) return <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={() => void loadTexts()}>{t("console-try-again")}</Button>}>{errorText(textsError.value)}</Empty>;
  if (found === null) return <Skeleton rows={6} kind="line" />;
  if (found.items.length === 0) return <Empty icon="bot" title={t("console-misread-nothing")}>{t("console-misread-nothing-help")}</Empty>;
  const { items, intents } = found;
  const current = items.some((each) => each.key === open) ? open : null;
  const takeBack = (key: string, id: string): void => void attempt(() => undo(key, id), t("console-misread-undone")).then((done) => {
    if (done) { setLast(null); setOpen(key); }
  });
  const give = (key: string, intent: string | null): void => void attempt(async () => {
    const made = await label(key, intent);
    if (made.id) {
      const id = made.id;
      setLast({ key, id });
      say(t("console-misread-labelled", { intent: intent === null ? t("console-misread-not-for-training") : intentName(intent) }), "good", { text: t("console-misread-undo"), run: () => takeBack(key, id) });
    }
    setOpen(nextOpen(items, key) ?? key);
  });
  const move = (step: number): void => {
    const at = items.findIndex((each) => each.key === current);
    setOpen(items[Math.max(0, Math.min(items.length - 1, at + step))]!.key);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || inText(event.target)) return;
    const key = event.key.toLowerCase();
    const intent = intentOfKey(key, intents);
    if (key === "j" || event.key === "ArrowDown") move(1);
    else if (key === "k" || event.key === "ArrowUp") move(-1);
    else if (key === TAKE_BACK && last) takeBack(last.key, last.id);
    else if (current && key === LEAVE_OUT) give(current, null);
    else if (current && intent !== null) give(current, intent);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <p class="misread-keys" aria-hidden="true"><kbd>J</kbd><kbd>K</kbd> {t("console-misread-keys-move")} · <kbd>U</kbd> {t("console-misread-undo")}</p>
      <ul class="misread-rows" onKeyDown={press}>
        {items.map((item) => <Row key={item.key} item={item} intents={intents} open={item.key === current} choose={() => setOpen(item.key === current ? null : item.key)} give={(intent) => give(item.key, intent)} takeBack={() => item.label?.id && takeBack(item.key, item.label.id)} />)}
      </ul>
      <Pages total={found.total} />
    </>
  );
}

export function TurnsPage(): JSX.Element {
  const asked = JSON.stringify(narrowing());
  useEffect(() => { void loadTexts(); }, [asked]);
  return (
    <>
      <PageHead title={t("console-knowledge-turns")} />
      <p class="admin-lead">{t("console-misread-help")}</p>
      <Narrow />
      <List />
    </>
  );
}
