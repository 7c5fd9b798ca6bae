/** The error of a form, and what to do where somebody else saved the same thing meanwhile: see both, and choose. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Button, Notice } from "./basic.tsx";
import { FormError, type Submission } from "./form.tsx";
import { apart, typedIn, type Typed } from "./typed.ts";

interface Props<F> {
  submission: Submission;
  fields: string[];
  /** What is in the fields, and how it is put there. */
  form: F;
  set: (form: F) => void;
  /** Fetches what is stored now and puts it into the fields, so that the next save is on top of it. */
  load: () => Promise<void>;
  action?: ComponentChildren;
}

interface Kept<F> { form: F; typed: Typed[] }

/** Instead of `FormError`, within the form. */
export function NewerOrError<F>({ submission, fields, form, set, load, action }: Props<F>): JSX.Element {
  const [mine, setMine] = useState<Kept<F> | null>(null);
  const [differs, setDiffers] = useState<Typed[] | null>(null);
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const fieldsNow = (): Typed[] => typedIn(place.current?.closest("form") ?? document.createElement("form"));
  const show = async (): Promise<void> => {
    const kept = { form, typed: fieldsNow() };
    setBusy(true);
    try {
      await load();
      setMine(kept);
      submission.clear();
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => setDiffers(mine && apart(mine.typed, fieldsNow())), [mine]);
  const back = (): void => {
    if (mine) set(mine.form);
    setMine(null);
  };
  const newer = submission.error?.code === "newer_version";
  return (
    <div ref={place} class="newer">
      {newer ? <Notice tone="bad" action={<Button size="small" icon="refresh" busy={busy} onClick={() => void show()}>{t("console-newer-load")}</Button>}>{t("console-newer")}</Notice>
        : <FormError submission={submission} fields={fields} action={action} />}
      {mine && differs ? (
        <Notice tone="accent" action={differs.length ? <Button size="small" icon="undo" onClick={back}>{t("console-newer-mine")}</Button> : undefined}>
          <p>{t(differs.length ? "console-newer-loaded" : "console-newer-same")}</p>
          {differs.length ? <dl class="newer-mine">{differs.map((each, at) => <div key={at}><dt>{each.label}</dt><dd>{each.value || t("console-newer-nothing")}</dd></div>)}</dl> : null}
        </Notice>
      ) : null}
    </div>
  );
}
