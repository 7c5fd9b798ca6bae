/** What all settings share: a list with an "add" button, and a dialog that adds, changes and removes one thing. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useActions } from "../data/actions.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import type { Resource } from "../data/resource.ts";
import { Button, Empty, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { errorText, useSubmission, type Submission } from "../ui/form.tsx";
import type { IconName } from "../ui/icons.tsx";
import { NewerOrError } from "../ui/newer.tsx";
import { PageHead } from "../ui/page.tsx";
import { say } from "../ui/toast.tsx";

interface Props<T extends { id: string }, F> {
  noun: string;
  icon: IconName;
  resource: Resource<T>;
  /** The form's values for a thing, or for a new one. */
  begin: (item: T | null) => F;
  /** What is sent; the form's values as they are, if not given. */
  body?: (form: F) => unknown;
  fields: (form: F, set: (change: Partial<F>) => void, submission: Submission, item: T | null) => ComponentChildren;
  /** Whether it works, asked before it is saved; after a no, saving again saves all the same. */
  verify?: (form: F, set: (change: Partial<F>) => void, item: T | null) => Promise<boolean>;
  fieldNames: string[];
  row: (item: T) => ComponentChildren;
  mayChange: boolean;
  mayAdd?: boolean;
  mayRemove?: boolean;
  wide?: boolean;
  nameOf: (item: T) => string;
  extra?: (item: T) => ComponentChildren;
}

/** What has a version is not saved over somebody else's newer one: the server compares. */
function versionOf(item: { id: string; version?: number } | null): { version?: number } {
  return item?.version === undefined ? {} : { version: item.version };
}

interface EditorProps<T extends { id: string }, F> { item: T | null; props: Props<T, F>; onItem: (item: T | null) => void; onClose: () => void }

function Editor<T extends { id: string }, F>({ item, props, onItem, onClose }: EditorProps<T, F>): JSX.Element {
  const [form, setForm] = useState<F>(() => props.begin(item));
  const [sure, setSure] = useState(false);
  const [doubtful, setDoubtful] = useState(false);
  const submission = useSubmission();
  const set = (change: Partial<F>): void => setForm((old) => ({ ...old, ...change }));
  const { path, load } = props.resource;
  const finish = async (work: () => Promise<unknown>, text: string): Promise<void> => {
    if (!(await submission.run(async () => { await work(); await load(); }))) return;
    say(text);
    onClose();
  };
  const save = async (): Promise<void> => {
    const { verify } = props;
    if (verify && !doubtful) {
      let good = false;
      if (!(await submission.run(async () => void (good = await verify(form, set, item))))) return;
      if (!good) return setDoubtful(true);
    }
    const body = { ...(props.body ? props.body(form) : form) as object, ...versionOf(item) };
    await finish(() => (item ? api.put(`${path}/${item.id}`, body) : api.post(path, body)), t("console-saved"));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void save();
  };
  const remove = (): void => {
    if (!sure) return setSure(true);
    void finish(() => api.remove(`${path}/${item!.id}`), t("console-removed"));
  };
  const anew = async (): Promise<void> => {
    await load();
    const now = props.resource.items.value.find((each) => each.id === item!.id);
    if (!now) return onClose();
    onItem(now);
    setForm(props.begin(now));
  };
  const title = item ? props.nameOf(item) : t(`console-${props.noun}-add`);
  return (
    <Dialog title={title} onClose={onClose} wide={props.wide}>
      <form class="form" onSubmit={submit}>
        <NewerOrError submission={submission} fields={props.fieldNames} form={form} set={setForm} load={anew} />
        {props.fields(form, (change) => { setDoubtful(false); set(change); }, submission, item)}
        {item ? props.extra?.(item) : null}
        <footer class="dialog-foot">
          {item && props.mayRemove !== false ? <Button class="push" look={sure ? "danger" : "quiet"} icon="trash" onClick={remove}>{t(sure ? "console-remove-sure" : "console-remove-do")}</Button> : null}
          <Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t(doubtful ? "console-save-anyway" : "console-save")}</Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function Collection<T extends { id: string }, F>(props: Props<T, F>): JSX.Element {
  const [open, setOpen] = useState<T | null | undefined>(undefined);
  const { items, loading, error, load } = props.resource;
  useEffect(() => void load(), []);
  const mayAdd = props.mayAdd ?? props.mayChange;
  useActions([{ id: `add-${props.noun}`, text: `console-${props.noun}-add`, group: "general", keys: "c", enabled: () => mayAdd, run: () => setOpen(null) }]);
  const add = mayAdd ? <Button look="primary" icon="plus" keys="c" onClick={() => setOpen(null)}>{t(`console-${props.noun}-add`)}</Button> : null;
  return (
    <>
      <PageHead title={t(`console-${props.noun}-title`)}>{items.value.length ? add : null}</PageHead>
      <p class="admin-lead">{t(`console-${props.noun}-lead`)}</p>
      {error.value && !items.value.length ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={() => void load()}>{t("console-try-again")}</Button>}>{errorText(error.value)}</Empty>
        : loading.value ? <Skeleton rows={5} kind="line" />
        : items.value.length === 0 ? <Empty icon={props.icon} title={t(`console-${props.noun}-none`)} action={add} />
        : (
          <ul class="things">
            {items.value.map((item) => (
              <li key={item.id} class="thing">{props.mayChange ? <button type="button" class="thing-open" onClick={() => setOpen(item)}>{props.row(item)}</button> : <div class="thing-open">{props.row(item)}</div>}</li>
            ))}
          </ul>
        )}
      {open !== undefined ? <Editor key={open?.id ?? "new"} item={open} props={props} onItem={setOpen} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
