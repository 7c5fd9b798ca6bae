/** Maps on which a place can be looked at, and a place as people write it down. Pure. */

export interface Point { latitude: number; longitude: number }
export interface MapSite { name: "osm" | "google" | "apple" | "amap"; at: (lat: string, lon: string) => string }

/** Degrees of WGS 84; the Chinese map is told so, because its own are shifted. */
export const MAPS: readonly MapSite[] = [
  { name: "osm", at: (lat, lon) => `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}` },
  { name: "google", at: (lat, lon) => `https://www.google.com/maps/search/?api=1&query=${lat},${lon}` },
  { name: "apple", at: (lat, lon) => `https://maps.apple.com/?q=${lat},${lon}&ll=${lat},${lon}` },
  { name: "amap", at: (lat, lon) => `https://uri.amap.com/marker?position=${lon},${lat}&coordinate=wgs84` },
];

/** About a tenth of a metre. */
const DIGITS = 6;

function number(value: number): string {
  return String(Number(value.toFixed(DIGITS)));
}

export function mapNamed(name: string | null): MapSite {
  return MAPS.find((each) => each.name === name) ?? MAPS[0]!;
}

export function mapAddress(map: MapSite, { latitude, longitude }: Point): string {
  return map.at(number(latitude), number(longitude));
}

export function degrees({ latitude, longitude }: Point): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}
