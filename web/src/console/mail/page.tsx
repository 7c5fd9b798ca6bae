/** Mail that did not become a message: what could not be read, is held back, was set aside or is too large, and why. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MailItem, MailPage as Answer, MailState } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { bytes } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { mailCounts, STATES } from "../data/mail.ts";
import { go, href, steps } from "../data/router.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { MailDialog } from "./detail.tsx";
import { reasonWords } from "./words.ts";

interface Shown { items: MailItem[]; next: string | null }

function useMail(state: MailState): { shown: Shown | null; error: ApiError | null; load: (more?: boolean) => void } {
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (more = false): void => {
    const cursor = more ? shown?.next ?? null : null;
    api.get<Answer>("/api/mail", { state, cursor }).then((page) => {
      setShown({ items: more && shown ? [...shown.items, ...page.items] : page.items, next: page.next });
      setError(null);
      mailCounts.value = page.counts;
    }, setError);
  };
  useEffect(() => load(), []);
  // What comes in or goes out meanwhile is told by the count.
  const count = mailCounts.value[state];
  useEffect(() => { if (shown && !shown.next && shown.items.length !== count) load(); }, [count]);
  return { shown, error, load };
}

function Line({ item, state }: { item: MailItem; state: MailState }): JSX.Element {
  return (
    <li class="thing">
      <a class="thing-open mail-row" href={href(`/mail/${state}/${item.id}`)}>
        <span class="mail-row-main"><strong class="thing-name" dir="auto">{item.subject || t("console-mail-no-subject")}</strong><span class="mail-row-from"><bdi>{item.from || t("console-mail-no-sender")}</bdi></span></span>
        <span class="mail-row-why">{reasonWords(item)}</span>
        <span class="mail-row-facts"><Chip icon="mail">{item.inbox.name}</Chip><span class="tabular">{bytes(item.size, locale())}</span><Time at={item.received_at} /></span>
      </a>
    </li>
  );
}

function MailList({ state }: { state: MailState }): JSX.Element {
  const { shown, error, load } = useMail(state);
  const close = (): void => go(href(`/mail/${state}`));
  const [, , open] = steps.value;
  return (
    <>
      <p class="admin-lead">{t(`console-mail-${state.replaceAll("_", "-")}-lead`)}</p>
      {error && !shown ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={() => load()}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty>
        : !shown ? <Skeleton rows={4} kind="line" />
        : shown.items.length === 0 ? <Empty icon="check" title={t(`console-mail-${state.replaceAll("_", "-")}-none`)} />
        : <ul class="things">{shown.items.map((item) => <Line key={item.id} item={item} state={state} />)}</ul>}
      {shown?.next ? <Button class="mail-more" onClick={() => load(true)}>{t("console-mail-older")}</Button> : null}
      {open ? <MailDialog key={open} id={open} onClose={close} onChanged={() => { close(); load(); }} /> : null}
    </>
  );
}

export default function MailPage(): JSX.Element {
  const [, name] = steps.value;
  const state = STATES.find((each) => each === name) ?? STATES[0]!;
  return (
    <div class="page">
      <PageHead title={t("console-mail-title")} />
      <div class="page-body mail-page">
        <nav class="tabs mail-tabs" aria-label={t("console-mail-title")}>
          {STATES.map((each) => (
            <a key={each} class="tab" href={href(`/mail/${each}`)} aria-current={each === state ? "true" : undefined}>
              {t(`console-mail-state-${each.replaceAll("_", "-")}`)}<span class="tab-count tabular">{mailCounts.value[each]}</span>
            </a>
          ))}
        </nav>
        <MailList key={state} state={state} />
      </div>
    </div>
  );
}
