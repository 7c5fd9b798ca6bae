/** The addresses of a contact, and whether each is known to be theirs. */
import type { JSX } from "preact";
import type { ContactPoint } from "../../../wire.ts";
import { isAnonymous, pointText } from "../../data/contact.ts";
import { fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { Chip } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";

/** Of what people have an address of; whatever is not here has a sensible one all the same. */
const ICONS: Record<string, IconName> = { email: "mail", telegram: "send", user: "shield", phone: "phone", name: "person" };

export function kindIcon(kind: string): IconName {
  return ICONS[kind] ?? (isAnonymous(kind) ? "chat" : "link");
}

function Point({ point }: { point: ContactPoint }): JSX.Element {
  return (
    <li>
      <Icon name={kindIcon(point.kind)} size={15} /><span class="point-address" title={point.address}>{pointText(point)}</span>
      {isAnonymous(point.kind) ? null : point.verified ? <Chip tone="good" icon="check">{t("console-verified")}</Chip> : <Chip tone="warn">{t("console-unverified")}</Chip>}
      {point.unreachable_since ? <Chip tone="bad" icon="ban" title={fullTime(new Date(point.unreachable_since), locale())}>{t("console-point-blocked")}</Chip> : null}
    </li>
  );
}

export function Points({ points }: { points: readonly ContactPoint[] }): JSX.Element {
  return <ul class="points">{points.map((point) => <Point key={point.kind + point.address} point={point} />)}</ul>;
}

/** In one line, for lists. */
export function pointsText(points: readonly ContactPoint[]): string {
  return points.map(pointText).join(", ");
}
