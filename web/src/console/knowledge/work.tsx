/** What waits for me: to review, to change, to publish; and what I wait for. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { EditorialItem } from "../../wire.ts";
import { reviewHref } from "../articles/review/store.ts";
import { loadWork, work, workError } from "../data/editorial.ts";
import { fullTime } from "../data/format.ts";
import { LANGUAGES, locale, t } from "../data/i18n.ts";
import { me } from "../data/session.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";

const LISTS = ["review", "change", "publish", "asked", "scheduled"] as const;

function about(name: (typeof LISTS)[number], item: EditorialItem): string {
  if (name === "scheduled") return t("console-work-due", { at: item.due_at ? fullTime(new Date(item.due_at), locale()) : "" });
  if (name === "asked") return item.asked_of ? t("console-work-asked-of", { name: item.asked_of.name }) : t("console-work-asked-all");
  return t(`console-work-by-${name}`, { name: item.by?.name ?? "" });
}

function Item({ name, item }: { name: (typeof LISTS)[number]; item: EditorialItem }): JSX.Element {
  const named = name === "review" && item.asked_of?.id === me.value?.id;
  return (
    <li>
      <a class="work-item" href={reviewHref(item.article, { tag: item.language, view: "", from: "", to: "" })}>
        <span class="work-title" lang={item.language}>{item.title}</span>
        <span class="work-about"><span>{about(name, item)}</span>{item.since ? <Time at={item.since} /> : null}</span>
        <span class="work-chips">{named ? <Chip tone="accent">{t("console-work-you")}</Chip> : null}<Chip>{LANGUAGES.find((each) => each.tag === item.language)?.name ?? item.language}</Chip></span>
      </a>
    </li>
  );
}

export function WorkPage(): JSX.Element {
  useEffect(() => void loadWork(), []);
  const found = work.value;
  const shown = LISTS.filter((name) => found?.[name].length);
  return (
    <>
      <PageHead title={t("console-knowledge-work")} />
      {!found ? workError.value ? <Empty icon="alert" title={t("error-page")} action={<Button onClick={() => void loadWork()}>{t("console-try-again")}</Button>}>{errorText(workError.value)}</Empty> : <Skeleton rows={5} kind="line" />
        : !shown.length ? <Empty icon="checks" title={t("console-work-nothing")}>{t("console-work-nothing-help")}</Empty>
        : (
          <div class="work">
            {shown.map((name) => (
              <section key={name} class="work-list" aria-labelledby={`work-${name}`}>
                <h2 id={`work-${name}`}>{t(`console-work-${name}`)} <span class="section-count">{found[name].length}</span></h2>
                <ul>{found[name].map((item) => <Item key={`${item.article}-${item.language}`} name={name} item={item} />)}</ul>
              </section>
            ))}
          </div>
        )}
    </>
  );
}
