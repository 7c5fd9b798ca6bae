/** What customers ask and no article answers: clusters by size, with how they go and what they cost. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { GapCluster } from "../../wire.ts";
import { languageName } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { go, steps } from "../data/router.ts";
import { Button, Chip, Empty, Skeleton, type Tone } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { GapDetail } from "./gap.tsx";
import { gapsHref, loadPage, narrowing, page, pageError, points, trend } from "./gap-data.ts";

const PAGE = 50;
const TONES: Record<GapCluster["state"], Tone> = { open: "warn", drafting: "accent", watching: "accent", closed: "good", ignored: "neutral" };

export function StateChip({ state }: { state: GapCluster["state"] }): JSX.Element {
  return <Chip tone={TONES[state]}>{t(`console-gap-state-${state}`)}</Chip>;
}

/** The line is for the eye: the words beside it say the same. */
export function Course({ cluster }: { cluster: GapCluster }): JSX.Element {
  const [width, height] = [96, 26];
  const half = cluster.course.length / 2;
  return (
    <svg class="gap-course" viewBox={`-2 -2 ${width + 4} ${height + 4}`} width={width} height={height} aria-hidden="true">
      <line class="gap-course-middle" x1={(width * half) / (cluster.course.length - 1)} x2={(width * half) / (cluster.course.length - 1)} y1="0" y2={height} />
      <polyline points={points(cluster.course, width, height)} />
    </svg>
  );
}

export function Figures({ cluster }: { cluster: GapCluster }): JSX.Element {
  const way = trend(cluster);
  return (
    <span class="gap-figures">
      <span><strong class="tabular">{cluster.size}</strong> {t("console-gap-asked", { count: cluster.size })}</span>
      {way ? <span class={`gap-trend gap-trend-${way}`}>{t(`console-gap-trend-${way}`, { before: cluster.before })}</span> : null}
      {cluster.handed ? <span>{t("console-gap-cost", { count: cluster.handed, minutes: Math.round(cluster.minutes) })}</span> : null}
    </span>
  );
}

function Row({ cluster }: { cluster: GapCluster }): JSX.Element {
  return (
    <li>
      <a class="gap-row" href={gapsHref(cluster.id)}>
        <span class="gap-label" lang={cluster.language}>{cluster.label || t("console-gap-unnamed")}</span>
        <Course cluster={cluster} />
        <Figures cluster={cluster} />
        <span class="row-chips"><StateChip state={cluster.state} /><Chip>{languageName(cluster.language, locale())}</Chip></span>
      </a>
    </li>
  );
}

function Choice({ name, label, options }: { name: "state" | "language" | "brand" | "days"; label: string; options: { value: string; text: string }[] }): JSX.Element {
  return (
    <label class="gap-choice"><span>{label}</span>
      <select class="input" value={narrowing()[name]} onChange={(event) => go(gapsHref(null, { [name]: event.currentTarget.value, offset: "" }), true)}>
        {options.map((each) => <option key={each.value} value={each.value}>{each.text}</option>)}
      </select>
    </label>
  );
}

function Narrow(): JSX.Element {
  const { languages = [], brands = [] } = page.value ?? {};
  const all = { value: "", text: t("console-gap-all") };
  return (
    <div class="gap-choices">
      <Choice name="state" label={t("console-gap-state")} options={[{ value: "", text: t("console-gap-state-todo") }, ...["open", "drafting", "watching", "closed", "ignored", "all"].map((value) => ({ value, text: t(`console-gap-state-${value}`) }))]} />
      <Choice name="days" label={t("console-gap-period")} options={["7", "", "90"].map((value) => ({ value, text: t("console-gap-days", { days: Number(value || 30) }) }))} />
      <Choice name="language" label={t("console-language")} options={[all, ...languages.map((value) => ({ value, text: languageName(value, locale()) }))]} />
      {brands.length ? <Choice name="brand" label={t("console-gap-brand")} options={[all, ...brands.map((value) => ({ value, text: value }))]} /> : null}
    </div>
  );
}

function List(): JSX.Element {
  const found = page.value;
  if (pageError.value) return <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={() => void loadPage()}>{t("console-try-again")}</Button>}>{errorText(pageError.value)}</Empty>;
  if (found === null) return <Skeleton rows={6} kind="line" />;
  if (found.items.length === 0) return <Empty icon="search" title={t("console-gap-nothing")}>{t("console-gap-nothing-help")}</Empty>;
  const offset = Number(narrowing().offset) || 0;
  return (
    <>
      <ul class="gap-rows">{found.items.map((each) => <Row key={each.id} cluster={each} />)}</ul>
      {found.total > PAGE ? (
        <nav class="gap-pages" aria-label={t("console-gap-pages")}>
          <Button disabled={offset === 0} onClick={() => go(gapsHref(null, { offset: String(Math.max(0, offset - PAGE) || "") }))}>{t("console-gap-earlier")}</Button>
          <span class="tabular">{t("console-gap-page", { first: offset + 1, last: Math.min(found.total, offset + PAGE), total: found.total })}</span>
          <Button disabled={offset + PAGE >= found.total} onClick={() => go(gapsHref(null, { offset: String(offset + PAGE) }))}>{t("console-gap-later")}</Button>
        </nav>
      ) : null}
    </>
  );
}

export function GapsPage(): JSX.Element {
  const [, , id] = steps.value;
  const asked = JSON.stringify(narrowing());
  useEffect(() => { if (!id) void loadPage(); }, [asked, id]);
  if (id) return <GapDetail key={id} id={id} />;
  return (
    <>
      <PageHead title={t("console-knowledge-gaps")} />
      <p class="admin-lead">{t("console-gap-help")}</p>
      <Narrow />
      <List />
    </>
  );
}
