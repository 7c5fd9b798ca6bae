/** The address of an article, changed with a redirect left behind, and the other addresses that lead to it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Filing } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { may } from "../../data/session.ts";
import { Button, IconButton } from "../../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../../ui/form.tsx";
import { NewerOrError } from "../../ui/newer.tsx";
import { say } from "../../ui/toast.tsx";

interface Props { id: string; filing: Filing; onFiling: (next: Filing) => void }

function Redirects({ id, filing, onFiling }: Props): JSX.Element {
  const [slug, setSlug] = useState("");
  const submission = useSubmission();
  const after = async (work: () => Promise<unknown>): Promise<void> => {
    await submission.run(async () => {
      await work();
      setSlug("");
      onFiling(await api.get<Filing>(`/api/articles/${id}/filing`));
    });
  };
  const add = (event: Event): void => {
    event.preventDefault();
    void after(() => api.post("/api/knowledge/redirects", { slug: slug.trim(), target: filing.slug }));
  };
  if (!may("publish") && filing.redirects.length === 0) return <></>;
  return (
    <form class="form" onSubmit={add}>
      <FormError submission={submission} fields={["slug"]} />
      {filing.redirects.length ? (
        <ul class="redirects" aria-label={t("console-redirects")}>
          {filing.redirects.map((each) => <li key={each}><code>{each}</code>{may("publish") ? <IconButton icon="close" size="small" label={t("console-redirect-remove", { slug: each })} onClick={() => void after(() => api.remove(`/api/knowledge/redirects/${encodeURIComponent(each)}`))} /> : null}</li>)}
        </ul>
      ) : null}
      {may("publish") ? (
        <div class="beside">
          <TextField label={t("console-redirect-add")} name="slug" value={slug} onValue={setSlug} submission={submission} help={t("console-redirect-help")} />
          <Button type="submit" disabled={!slug.trim()} busy={submission.busy}>{t("console-add")}</Button>
        </div>
      ) : null}
    </form>
  );
}

export function Address({ id, filing, onFiling }: Props): JSX.Element {
  const [slug, setSlug] = useState(filing.slug);
  // What the field began with: another address that somebody gave it meanwhile is not changed unseen.
  const [ground, setGround] = useState(filing);
  const submission = useSubmission();
  const begin = (next: Filing): void => { setGround(next); setSlug(next.slug); };
  useEffect(() => {
    if (filing.slug === ground.slug) setGround(filing);
    else if (slug === ground.slug) begin(filing);
  }, [filing]);
  const rename = async (wish: string | null): Promise<void> => {
    const done = await submission.run(async () => {
      const next = await api.put<Filing>(`/api/articles/${id}/filing/slug`, { version: ground.version, slug: wish });
      begin(next);
      onFiling(next);
    });
    if (done) say(t("console-saved"));
  };
  const anew = async (): Promise<void> => {
    const now = await api.get<Filing>(`/api/articles/${id}/filing`);
    begin(now);
    onFiling(now);
  };
  return (
    <section class="address" aria-label={t("console-address")}>
      <h3>{t("console-address")}</h3>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void rename(slug.trim()); }}>
        <NewerOrError submission={submission} fields={["slug"]} form={slug} set={setSlug} load={anew} />
        <div class="beside">
          <TextField label={t("console-slug")} name="slug" value={slug} onValue={setSlug} submission={submission} disabled={!may("publish")} help={t("console-slug-help")} />
          {may("publish") ? <Button type="submit" disabled={!slug.trim() || slug.trim() === filing.slug} busy={submission.busy}>{t("console-slug-change")}</Button> : null}
        </div>
        {may("publish") ? <div><Button size="small" look="quiet" icon="refresh" onClick={() => void rename(null)}>{t("console-slug-from-title")}</Button></div> : null}
      </form>
      <Redirects id={id} filing={filing} onFiling={onFiling} />
    </section>
  );
}
