/** What is asked before a cluster is ignored, put together with another one, or linked to an article. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DraftMade, Found, GapCluster, GapClusterDetail, GapClusters } from "../../wire.ts";
import { api, withQuery } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { go, href } from "../data/router.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission, type Submission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { act } from "./gap-data.ts";

interface Props { cluster: GapCluster; onClose: () => void; onDone: (detail: GapClusterDetail) => void; onNewer: () => void }

/** What is chosen or typed stays; the cluster behind it is fetched as it is now. */
function Refused({ submission, fields, onNewer }: { submission: Submission; fields: string[]; onNewer: () => void }): JSX.Element | null {
  const show = (): void => { submission.clear(); onNewer(); };
  return <FormError submission={submission} fields={fields} action={submission.error?.code === "newer_version" ? <Button size="small" icon="refresh" onClick={show}>{t("console-newer-load")}</Button> : undefined} />;
}

const SEARCH_AFTER = 250;

export function IgnoreDialog({ cluster, onClose, onDone, onNewer }: Props): JSX.Element {
  const [reason, setReason] = useState("");
  const submission = useSubmission();
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => onDone(await act<GapClusterDetail>(cluster.id, "ignore", { version: cluster.version, reason })));
  };
  return (
    <Dialog title={t("console-gap-ignore-title")} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <TextField label={t("console-gap-reason")} name="reason" value={reason} onValue={setReason} submission={submission} required autofocus help={t("console-gap-ignore-help")} />
        <Refused submission={submission} fields={["reason"]} onNewer={onNewer} />
        <div class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-gap-ignore")}</Button></div>
      </form>
    </Dialog>
  );
}

/** A list to pick one from: what was typed narrows it. */
function Pick({ label, items, onPick, q, onQ, lang }: { label: string; items: { id: string; text: string }[]; onPick: (id: string) => void; q: string; onQ: (q: string) => void; lang: string }): JSX.Element {
  const submission = useSubmission();
  return (
    <>
      <TextField label={label} name="q" type="search" value={q} onValue={onQ} submission={submission} autofocus />
      <ul class="gap-pick" lang={lang}>{items.map((each) => <li key={each.id}><button type="button" class="gap-pick-one" onClick={() => onPick(each.id)}>{each.text}</button></li>)}</ul>
    </>
  );
}

export function MergeDialog({ cluster, onClose, onDone, onNewer }: Props): JSX.Element {
  const [others, setOthers] = useState<GapCluster[]>([]);
  const [q, setQ] = useState("");
  const submission = useSubmission();
  useEffect(() => {
    api.get<GapClusters>(withQuery("/api/knowledge/gaps", { state: "all", language: cluster.language })).then((found) => setOthers(found.items.filter((each) => each.id !== cluster.id)), () => undefined);
  }, [cluster.id]);
  const shown = others.filter((each) => each.label.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase()));
  const pick = (other: string): void => void submission.run(async () => {
    onDone(await act<GapClusterDetail>(cluster.id, "merge", { version: cluster.version, other }));
    say(t("console-gap-merged"));
  });
  return (
    <Dialog title={t("console-gap-merge-title")} onClose={onClose}>
      <p class="gap-note">{t("console-gap-merge-help")}</p>
      <Pick label={t("console-gap-merge-search")} q={q} onQ={setQ} items={shown.map((each) => ({ id: each.id, text: `${each.label} (${each.whole})` }))} onPick={pick} lang={cluster.language} />
      <Refused submission={submission} fields={[]} onNewer={onNewer} />
    </Dialog>
  );
}

export function LinkDialog({ cluster, onClose, onDone, onNewer }: Omit<Props, "onDone"> & { onDone: () => void }): JSX.Element {
  const [q, setQ] = useState(cluster.label.split(" · ")[0] ?? "");
  const [found, setFound] = useState<Found[]>([]);
  const submission = useSubmission();
  useEffect(() => {
    const timer = setTimeout(() => {
      if (!q.trim()) setFound([]);
      else api.get<{ items: Found[] }>(withQuery("/api/knowledge/search", { q, language: cluster.language })).then((answer) => setFound(answer.items.filter((each) => each.language === cluster.language)), () => undefined);
    }, SEARCH_AFTER);
    return () => clearTimeout(timer);
  }, [q]);
  const pick = (article: string): void => void submission.run(async () => {
    const made = await act<DraftMade>(cluster.id, "link", { version: cluster.version, article });
    onClose();
    onDone();
    if (made.number === null) say(t("console-gap-linked"));
    else say(t("console-gap-linked-draft"), "good", { text: t("console-gap-see-draft"), run: () => go(href(`/articles/${made.article}`)) });
  });
  return (
    <Dialog title={t("console-gap-link-title")} onClose={onClose}>
      <p class="gap-note">{t("console-gap-link-help")}</p>
      <Pick label={t("console-article-search")} q={q} onQ={setQ} items={found.map((each) => ({ id: each.article, text: each.title }))} onPick={pick} lang={cluster.language} />
      <Refused submission={submission} fields={[]} onNewer={onNewer} />
    </Dialog>
  );
}
