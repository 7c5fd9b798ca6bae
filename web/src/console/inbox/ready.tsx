/** Why a reply is not possible yet, and the one step that makes it so; notes are always possible. */
import type { JSX } from "preact";
import type { ConversationSummary } from "../../wire.ts";
import { reopen, take } from "../data/commands.ts";
import { t } from "../data/i18n.ts";
import { me } from "../data/session.ts";
import { Button } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";

type Obstacle = "done" | "free" | "held";

/** Only who holds a live conversation replies in it. */
export function whyNot(summary: ConversationSummary): Obstacle | null {
  const { state } = summary.status;
  if (state === "resolved" || state === "closed") return "done";
  if (summary.handler.kind !== "agent") return "free";
  return summary.handler.id === me.value?.id ? null : "held";
}

export function Unready({ summary }: { summary: ConversationSummary }): JSX.Element {
  const why = whyNot(summary) ?? "free";
  return (
    <div class="composer-unready">
      <Icon name={why === "done" ? "check" : why === "held" ? "person" : "hand"} size={17} />
      <span>{t(`console-unready-${why}`, { name: summary.handler.name ?? "" })}</span>
      {why === "done" ? <Button size="small" icon="refresh" keys="o" onClick={() => void attempt(() => reopen(summary.id), t("console-reopened"))}>{t("console-reopen")}</Button> : null}
      {why === "free" ? <Button size="small" look="primary" icon="hand" keys="t" onClick={() => void attempt(() => take(summary.id), t("console-taken"))}>{t("console-take")}</Button> : null}
    </div>
  );
}
