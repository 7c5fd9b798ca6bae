/** Columns over the half hours of a day: how tall each is, with an outline around it where there is more to show. */
import type { JSX } from "preact";

export interface Column { name: string; value: number; around?: number; text: string }

const HEIGHT = 150;
/** As wide as it is shown, so that the words keep their size. */
const WIDE = 720;
const NARROW = 330;
const LEFT = 34;
const FOOT = 20;

/** Steps of 1, 2 or 5 times a power of ten, about four of them. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough)!);
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

interface Props { columns: Column[]; label: string; marked: number | null; onMark: (at: number | null) => void; tone?: "main" | "quiet"; height?: number }

export function Bars({ columns, label, marked, onMark, tone = "main", height = HEIGHT }: Props): JSX.Element {
  const narrow = matchMedia("(max-width: 760px)").matches;
  const width = narrow ? NARROW : WIDE;
  const scale = ticks(Math.max(0, ...columns.map((each) => Math.max(each.value, each.around ?? 0))));
  const top = scale.at(-1) || 1;
  const wide = (width - LEFT) / Math.max(1, columns.length);
  const tall = (value: number): number => (value / top) * (height - FOOT - 8);
  const every = Math.max(1, Math.ceil(columns.length / (narrow ? 5 : 12)));
  const gap = Math.min(4, wide * 0.2);
  return (
    <svg class={`bars bars-${tone}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} onPointerLeave={() => onMark(null)}>
      {scale.map((value) => {
        const y = height - FOOT - tall(value);
        return <g key={value}><line class="bars-rule" x1={LEFT} x2={width} y1={y} y2={y} /><text class="bars-text" x={LEFT - 6} y={y + 4} text-anchor="end">{value}</text></g>;
      })}
      {columns.map((each, at) => {
        const x = LEFT + at * wide;
        const box = (value: number): JSX.IntrinsicElements["rect"] => ({ x: x + gap / 2, y: height - FOOT - tall(value), width: wide - gap, height: tall(value), rx: Math.min(3, wide / 5) });
        return (
          <g key={at} class={`bars-column ${marked === at ? "bars-marked" : ""}`} onPointerEnter={() => onMark(at)} onPointerDown={() => onMark(at)}>
            <title>{each.text}</title>
            <rect class="bars-hit" x={x} y={0} width={wide} height={height - FOOT} />
            {each.around !== undefined && each.around > each.value ? <rect class="bars-around" {...box(each.around)} /> : null}
            <rect class="bars-bar" {...box(each.value)} />
            {at % every === 0 ? <text class="bars-text" x={x + wide / 2} y={height - 5} text-anchor="middle">{each.name}</text> : null}
          </g>
        );
      })}
    </svg>
  );
}
