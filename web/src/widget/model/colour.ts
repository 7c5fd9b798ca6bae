/** The inbox's colour, made safe to read text on: text and focus rings keep a contrast of 4.5 or more. */

export const DEFAULT_COLOUR = "#1f6f5c";

type Rgb = readonly [number, number, number];

/** `#rgb` or `#rrggbb` as three numbers; null for anything else, so that no colour name reaches a style sheet. */
export function parse(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const full = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")}`
    : colour;
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full);
  return found ? (found.slice(1).map((pair) => parseInt(pair, 16)) as unknown as Rgb) : null;
}

/** Contrast of two colours by WCAG 2: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

export type Palette = { brand: string; on: string; shade: string; light: string; dark: string };

/** Background, text on it, a shade away from that text, and the same hue readable on a light and on a dark page. */
export function palette(colour: string): Palette {
  const brand = parse(colour) ?? (parse(DEFAULT_COLOUR) as Rgb);
  const [on, away] = contrast(brand, WHITE) >= contrast(brand, BLACK) ? [WHITE, BLACK] : [BLACK, WHITE];
  return {
    brand: hex(brand),
    on: hex(on),
    shade: hex(mix(brand, away, 0.22)),
    light: hex(toward(brand, BLACK, WHITE)),
    dark: hex(toward(brand, WHITE, [27, 31, 36])),
  };
}

/** `colour` moved toward `end` until it reads on `ground`. */
function toward(colour: Rgb, end: Rgb, ground: Rgb): Rgb {
  for (let step = 0; step <= 20; step += 1) {
    const mixed = mix(colour, end, step / 20);
    if (contrast(mixed, ground) >= 4.5) return mixed;
  }
  return end;
}

function mix(colour: Rgb, end: Rgb, part: number): Rgb {
  return colour.map((value, i) => Math.round(value + ((end[i] as number) - value) * part)) as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
