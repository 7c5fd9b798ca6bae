/** Pieces that the list of models and a model's own page share. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BotModel } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { may } from "../data/session.ts";
import { Button, Chip, type Tone } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { attempt } from "../ui/toast.tsx";
import { busy, loadModels, models, percent, rollOut } from "./data.ts";

const TONES: Record<BotModel["state"], Tone> = { training: "accent", trained: "neutral", failed: "bad" };

export function ModelChips({ model }: { model: BotModel }): JSX.Element {
  return (
    <span class="row-chips">
      {model.in_use ? <Chip tone="good" icon="check">{t("console-model-in-use")}</Chip> : <Chip tone={TONES[model.state]}>{t(`console-model-state-${model.state}`)}</Chip>}
      {model.shipped ? <Chip>{t("console-model-shipped")}</Chip> : <Chip>{t("console-model-examples", { count: model.examples })}</Chip>}
      {model.outdated ? <Chip tone="warn">{t("console-model-outdated")}</Chip> : null}
    </span>
  );
}

const STEPS = new Set(["preparing", "training", "judging"]);

export function Progress({ model }: { model: BotModel }): JSX.Element {
  const step = STEPS.has(model.step) ? model.step : "preparing";
  return (
    <div class="model-progress" role="status">
      <span>{t(`console-model-step-${step}`)} <span class="tabular">{percent(model.done, 1)}</span></span>
      <progress class="simulation-progress" max={1} value={model.done} aria-label={t(`console-model-step-${step}`)} />
    </div>
  );
}

/** An earlier model than the one in use is rolled back to. */
export function isEarlier(model: BotModel): boolean {
  const current = models.value?.items.find((each) => each.in_use);
  return current !== undefined && model.began < current.began;
}

export function RollOut({ model, done }: { model: BotModel; done: () => void }): JSX.Element | null {
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  if (model.state !== "trained" || model.in_use || !may("publish")) return null;
  const back = isEarlier(model);
  const go = async (): Promise<void> => {
    setWorking(true);
    await attempt(() => rollOut(model.id), t("console-model-rolling"));
    setWorking(false);
    setAsking(false);
    await loadModels();
    done();
  };
  const worse = model.test !== null && model.test_before !== null && model.test.right < model.test_before.right;
  return (
    <>
      <Button look={back ? "plain" : "primary"} icon={back ? "undo" : "send"} disabled={busy(models.value)} onClick={() => setAsking(true)}>{t(back ? "console-model-roll-back" : "console-model-roll-out")}</Button>
      {asking ? (
        <Dialog title={t(back ? "console-model-roll-back" : "console-model-roll-out")} onClose={() => setAsking(false)}>
          <p>{t("console-model-roll-out-help")}</p>
          {worse ? <p class="model-warning">{t("console-model-roll-out-worse")}</p> : null}
          <footer class="dialog-foot"><Button onClick={() => setAsking(false)}>{t("console-cancel")}</Button><Button look="primary" busy={working} data-autofocus onClick={() => void go()}>{t(back ? "console-model-roll-back" : "console-model-roll-out")}</Button></footer>
        </Dialog>
      ) : null}
    </>
  );
}
