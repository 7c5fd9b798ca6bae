/** Models of the bot: trained with what people labelled, compared, rolled out, and rolled back. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BotModel, BotModels, BotRollout } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { href, steps } from "../data/router.ts";
import { intentName } from "../routing/labels.ts";
import { Button, Chip, Empty, Notice, Skeleton, type Tone } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";
import { busy, loadModels, modelHref, models, modelsError, percent, points, train } from "./data.ts";
import { ModelPage, Since } from "./model.tsx";
import { ModelChips, Progress, RollOut } from "./parts.tsx";

const EVERY = 1000;
const ROLLOUT_TONES: Record<BotRollout["state"], Tone> = { rolling: "accent", going_back: "warn", done: "good", failed: "bad" };

function Row({ model }: { model: BotModel }): JSX.Element {
  const { test, test_before: before } = model;
  const gained = test && before ? test.right - before.right : 0;
  return (
    <li class="model-row">
      <div class="model-line"><a href={modelHref(model.id)}><code>{model.fingerprint.slice(0, 8)}</code></a><ModelChips model={model} /></div>
      <span class="gap-about"><Time at={model.began} />{model.by ? <> · {model.by}</> : null}
        {test ? <> · {t("console-model-test-share", { share: percent(test.right, test.size) })}{before ? <Chip tone={gained > 0 ? "good" : gained < 0 ? "bad" : "neutral"}>{t("console-model-points", { points: points(test.right, before.right, test.size) })}</Chip> : null}</> : null}</span>
      {model.state === "training" ? <Progress model={model} /> : null}
      {model.problem ? <p class="model-problem">{model.problem}</p> : null}
      <div class="model-action"><RollOut model={model} done={() => undefined} /></div>
    </li>
  );
}

function Rollouts({ found }: { found: BotModels }): JSX.Element | null {
  if (!found.rollouts.length) return null;
  const names = new Map(found.items.map((each) => [each.id, each.fingerprint.slice(0, 8)]));
  return (
    <section class="gap-part">
      <h2>{t("console-model-rollouts")}</h2>
      <ul class="gap-list">
        {found.rollouts.slice(0, 10).map((each) => (
          <li key={each.id}>
            <span class="row-chips"><Chip tone={ROLLOUT_TONES[each.state]}>{t(`console-model-rollout-${each.state.replaceAll("_", "-")}`)}</Chip><a href={modelHref(each.model)}><code>{names.get(each.model) ?? each.model}</code></a></span>
            <span class="gap-about"><Time at={each.began} />{each.by ? <> · {each.by}</> : null}{each.problem ? <> · {each.problem}</> : null}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Servers({ found }: { found: BotModels }): JSX.Element {
  const names = new Map(found.items.map((each) => [each.id, each.fingerprint.slice(0, 8)]));
  return (
    <section class="gap-part">
      <h2>{t("console-model-servers")}</h2>
      {found.servers.length === 0 ? <p class="gap-note">{t("console-model-no-servers")}</p> : (
        <ul class="gap-list">{found.servers.map((each) => <li key={each.id}><span class="row-chips"><code>{each.id.slice(-6)}</code>{each.model ? <Chip tone="bot" icon="bot">{names.get(each.model) ?? each.model}</Chip> : <Chip tone="warn">{t("console-model-server-waits")}</Chip>}</span>{each.problem ? <span class="gap-about">{each.problem}</span> : null}</li>)}</ul>
      )}
    </section>
  );
}

function Examples({ found }: { found: BotModels }): JSX.Element {
  const [working, setWorking] = useState(false);
  const begin = async (): Promise<void> => {
    setWorking(true);
    await attempt(train, t("console-model-begun"));
    setWorking(false);
    await loadModels();
  };
  return (
    <section class="gap-part">
      <div class="gap-part-head"><h2>{t("console-model-labels")}</h2><Button look="primary" icon="spark" busy={working} disabled={busy(found)} onClick={() => void begin()}>{t("console-model-train")}</Button></div>
      <p class="gap-note">{t("console-model-labels-help", { count: found.examples })} <a href={href("/knowledge/turns")}>{t("console-knowledge-turns")}</a></p>
      <Since since={found.since} />
      {found.clashes.length ? (
        <Notice tone="accent">{t("console-model-clashes", { count: found.clashes.length })}
          <ul class="model-clashes">{found.clashes.slice(0, 20).map((each) => <li key={each.text}><q>{each.text}</q>: {intentName(each.ours)} ({t("console-model-clash-was", { intent: intentName(each.theirs) })})</li>)}</ul>
        </Notice>
      ) : null}
      {found.dropped.length ? (
        <Notice tone="accent">{t("console-model-dropped", { count: found.dropped.length })}
          <ul class="model-clashes">{found.dropped.slice(0, 20).map((each) => <li key={each.text}><q>{each.text}</q>: {each.intent}</li>)}</ul>
        </Notice>
      ) : null}
    </section>
  );
}

export function ModelsPage(): JSX.Element {
  const [, , id] = steps.value;
  const found = models.value;
  const running = busy(found);
  useEffect(() => { void loadModels(); }, [id]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void loadModels(), EVERY);
    return () => clearInterval(timer);
  }, [running]);
  if (id) return <ModelPage key={id} id={id} />;
  return (
    <>
      <PageHead title={t("console-knowledge-models")} />
      <p class="admin-lead">{t("console-model-help")}</p>
      {modelsError.value && !found ? <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={() => void loadModels()}>{t("console-try-again")}</Button>}>{errorText(modelsError.value)}</Empty> : null}
      {found ? (
        <>
          <Examples found={found} />
          <section class="gap-part"><h2>{t("console-model-history")}</h2><ul class="gap-list">{found.items.map((each) => <Row key={each.id} model={each} />)}</ul></section>
          <Rollouts found={found} />
          <Servers found={found} />
        </>
      ) : modelsError.value ? null : <Skeleton rows={6} kind="line" />}
    </>
  );
}
