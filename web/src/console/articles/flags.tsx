/** What agents say is wrong with articles, and seeing to it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Flag } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { may } from "../data/session.ts";
import { ofArticle, useTold } from "../data/told.ts";
import { Button, Chip, Empty, Notice, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";
import { inboxHref } from "../inbox/where.ts";
import { loadArticles } from "./store.ts";

interface Listed { flags: Flag[] | null; error: string | null; put: (flag: Flag) => void; drop: (id: string) => void }

/** `id`: of the article that they are about, else all. */
export function useFlags(path: string, id?: string): Listed {
  const [flags, setFlags] = useState<Flag[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [again, setAgain] = useState(0);
  useTold(ofArticle(id), () => setAgain((count) => count + 1));
  useEffect(() => {
    let current = true;
    api.get<{ items: Flag[] }>(path).then((page) => { if (current) { setFlags(page.items); setError(null); } }, (fault) => { if (current) setError(errorText(fault)); });
    return () => { current = false; };
  }, [path, again]);
  return {
    flags, error,
    put: (flag) => setFlags((all) => (all?.some((each) => each.id === flag.id) ? all.map((each) => (each.id === flag.id ? flag : each)) : [flag, ...(all ?? [])])),
    drop: (id) => setFlags((all) => (all ?? []).filter((each) => each.id !== id)),
  };
}

export function FlagLine({ flag, titled, onResolved }: { flag: Flag; titled?: boolean; onResolved: (flag: Flag) => void }): JSX.Element {
  const resolve = (): void => void attempt(async () => {
    onResolved(await api.post<Flag>(`/api/flags/${flag.id}/resolve`));
    void loadArticles();
  }, t("console-flag-settled"));
  return (
    <li class={`flag ${flag.resolved_at ? "flag-settled" : ""}`}>
      {titled ? <a class="flag-title" lang={flag.language} href={href(`/articles/${flag.article}`, { language: flag.language })}>{flag.title}</a> : null}
      <p class="flag-text" dir="auto">{flag.text}</p>
      <p class="flag-about"><span>{flag.by}</span><Time at={flag.created_at} /><span>{flag.language} · {t("console-revision", { number: flag.number })}</span>
        {flag.conversation ? <a href={inboxHref({ list: "all", status: "any", id: flag.conversation })}>{t("console-flag-conversation")}</a> : null}
        {flag.resolved_at ? <Chip tone="good" icon="check">{t("console-flag-settled-by", { name: flag.resolved_by })}</Chip> : null}</p>
      {!flag.resolved_at && may("edit") ? <Button size="small" icon="check" onClick={resolve}>{t("console-flag-settle")}</Button> : null}
    </li>
  );
}

export function FlagsPage(): JSX.Element {
  const { flags, error, drop } = useFlags("/api/flags");
  return (
    <>
      <PageHead title={t("console-knowledge-flags")} />
      <p class="flags-help">{t("console-flags-help")}</p>
      {error ? <Notice tone="bad">{error}</Notice> : flags === null ? <Skeleton rows={4} kind="line" />
        : flags.length === 0 ? <Empty icon="flag" title={t("console-flags-none")} />
        : <ul class="flags">{flags.map((flag) => <FlagLine key={flag.id} flag={flag} titled onResolved={() => drop(flag.id)} />)}</ul>}
    </>
  );
}
