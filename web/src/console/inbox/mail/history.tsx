/** What was split, merged or moved here, each with its way back while there is one. */
import type { JSX } from "preact";
import type { ConversationDetail, Rearrangement } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { undo } from "../../data/rearrange.ts";
import { go } from "../../data/router.ts";
import { Button } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Time } from "../../ui/time.tsx";
import { attempt } from "../../ui/toast.tsx";
import { inboxHref } from "../where.ts";

const ICONS = { split: "fork", merge: "merge", move: "move" } as const;

/** Where nothing is left after it, one goes along to where the messages are. */
async function takeBack(each: Rearrangement): Promise<void> {
  const { conversation } = await undo(each.id);
  if (each.kind === "split" && !each.out) go(inboxHref({ list: "all", id: conversation }));
}

export function Rearrangements({ detail }: { detail: ConversationDetail }): JSX.Element {
  return (
    <ul class="rearranged">
      {detail.rearrangements.map((each) => ({ ...each, how: `${each.kind}-${each.out ? "out" : "in"}` })).map((each) => (
        <li key={each.id}>
          <Icon name={ICONS[each.kind]} size={16} />
          <span class="rearranged-text">{t(`console-rearranged-${each.how}`, { count: each.count })} <a href={inboxHref({ list: "all", status: "any", id: each.other.id })}>{each.other.subject || t("console-mail-no-subject")}</a>
            <small>{each.by || t("console-system")} · <Time at={each.at} /></small></span>
          {each.undoable ? <Button size="small" icon="undo" onClick={() => void attempt(() => takeBack(each), t("console-undone"))}>{t("console-undo")}</Button> : null}
        </li>
      ))}
    </ul>
  );
}
