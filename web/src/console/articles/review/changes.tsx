/** Two revisions side by side, in words; one below the other where there is no room. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ComparedLine, ComparedSide, Comparison, Review } from "../../../wire.ts";
import { ApiError, api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { go, place } from "../../data/router.ts";
import { Button, Empty, Spinner } from "../../ui/basic.tsx";
import { errorText, SelectField } from "../../ui/form.tsx";
import { chosen, folded } from "./reading.ts";
import { reviewHref } from "./store.ts";

function Half({ side, other, kind }: { side: ComparedSide | null; other: ComparedSide | null; kind: "old" | "new" }): JSX.Element {
  if (!side) return <div class={`half half-${kind} half-none`} aria-hidden="true" />;
  const Mark = kind === "old" ? "del" : "ins";
  const sign = !other || side.pieces.some((piece) => piece.changed) || other.pieces.some((piece) => piece.changed);
  return (
    <div class={`half half-${kind} ${sign ? "half-changed" : ""} ${other ? "" : "half-alone"}`}>
      <span class="half-number" aria-hidden="true">{side.number}</span>{sign ? <span class="unseen">{t(kind === "old" ? "console-compare-removed" : "console-compare-added")}: </span> : null}
      <span class="half-text">{side.pieces.map((piece, at) => (piece.changed ? <Mark key={at}>{piece.text}</Mark> : piece.text))}{side.pieces.length ? null : " "}</span>
    </div>
  );
}

function Table({ lines, whole, label, tag }: { lines: readonly ComparedLine[]; whole: boolean; label: string; tag: string }): JSX.Element | null {
  if (!lines.length) return null;
  return (
    <section class="diff-part" aria-label={label}>
      <h2>{label}</h2>
      <div class="diff" lang={tag}>
        {folded(lines, whole).map((line, at) => line === null ? <p key={at} class="diff-fold" aria-hidden="true">⋯</p> : (
          <div key={at} class={`diff-row diff-${line.change}`}>
            <Half side={line.old} other={line.new} kind="old" /><Half side={line.new} other={line.old} kind="new" />
          </div>
        ))}
      </div>
    </section>
  );
}

function useComparison(path: string, from: number, to: number): { found: Comparison | null; error: ApiError | null; load: () => void } {
  const [found, setFound] = useState<Comparison | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    const request = new AbortController();
    setError(null);
    api.get<Comparison>(`${path}/comparison`, { from, to }, request.signal).then(setFound, (fault) => { if (!request.signal.aborted) setError(fault as ApiError); });
    return () => request.abort();
  }, [path, from, to, again]);
  return { found, error, load: () => setAgain(again + 1) };
}

export function Changes({ id, path, review, tag }: { id: string; path: string; review: Review; tag: string }): JSX.Element {
  const [from, to] = chosen(review, place.value.query);
  const [whole, setWhole] = useState(false);
  const { found, error, load } = useComparison(path, from, to);
  const numbers = [...new Set(review.history.filter((each) => each.step === "write").map((each) => each.revision))];
  const options = numbers.map((number) => ({ value: String(number), text: number === review.shown ? t("console-compare-shown", { number }) : t("console-revision", { number }) }));
  const pick = (name: "from" | "to") => (value: string): void => go(reviewHref(id, { view: "changes", [name]: value }), true);
  if (numbers.length < 2) return <Empty icon="history" title={t("console-compare-only-one")} />;
  return (
    <div class="changes">
      <div class="changes-pick">
        <SelectField label={t("console-compare-from")} name="from" value={String(from)} onValue={pick("from")} options={options} />
        <SelectField label={t("console-compare-to")} name="to" value={String(to)} onValue={pick("to")} options={options} />
        <Button look="quiet" size="small" aria-pressed={whole} onClick={() => setWhole(!whole)}>{t("console-compare-whole")}</Button>
      </div>
      {error ? <Empty icon="alert" title={t("error-page")} action={<Button onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty>
        : !found ? <Spinner />
        : found.same ? <Empty icon="check" title={t("console-compare-same")} />
        : (
          <>
            <Table lines={found.title.some((each) => each.change !== "equal") ? found.title : []} whole label={t("console-article-title")} tag={tag} />
            <Table lines={found.body} whole={whole} label={t("console-article-body")} tag={tag} />
            <Table lines={found.questions.some((each) => each.change !== "equal") ? found.questions : []} whole={whole} label={t("console-article-questions")} tag={tag} />
          </>
        )}
    </div>
  );
}
