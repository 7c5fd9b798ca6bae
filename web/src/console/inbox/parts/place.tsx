/** A place that somebody sent: in words and degrees, with a way to the map of the agent's choice; nothing is fetched for it. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import type { LocationPart } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { keep, kept } from "../../data/keep.ts";
import { MAPS, degrees, mapAddress, mapNamed } from "../../data/maps.ts";
import { Icon } from "../../ui/icons.tsx";
import { Menu } from "../../ui/menu.tsx";
import { attempt } from "../../ui/toast.tsx";

const KEPT = "map";
const chosen = signal(mapNamed(kept(KEPT)));

export function Place({ part, language }: { part: LocationPart; language: string }): JSX.Element {
  const map = chosen.value;
  const where = degrees(part);
  const choose = (name: string): void => {
    keep(KEPT, name);
    chosen.value = mapNamed(name);
    window.open(mapAddress(chosen.value, part), "_blank", "noopener,noreferrer");
  };
  const items = [
    ...MAPS.map((each) => ({ text: t(`console-map-${each.name}`), checked: each === map, run: () => choose(each.name) })),
    { text: t("console-map-copy"), icon: "copy" as const, rule: true, run: () => void attempt(() => navigator.clipboard.writeText(where), t("console-copied")) },
  ];
  return (
    <div class="part-place">
      <span class="part-mark"><Icon name="pin" size={20} /></span>
      <span class="part-lines">
        <strong lang={language} dir="auto">{part.name || t("console-place")}</strong>
        {part.address ? <span lang={language} dir="auto">{part.address}</span> : null}
        <small class="tabular" dir="ltr">{where}</small>
        <span class="part-deeds">
          <a href={mapAddress(map, part)} target="_blank" rel="noopener noreferrer">{t("console-map-open", { map: t(`console-map-${map.name}`) })}</a>
          <Menu class="map-menu" side="start" label={t("console-map-choose")} items={items}><Icon name="chevron" size={15} /></Menu>
        </span>
      </span>
    </div>
  );
}
