/** The half hours of a day as people type or paste them: one number each, however they are separated. */

/** "12, 15;30\t4.5" is [12, 15, 30, 4.5]; null for what is no number, with the text that was none. */
export function readArrivals(text: string): { arrivals: number[]; wrong: string | null } {
  const words = text.split(/[\s,;，；、]+/u).filter(Boolean);
  const wrong = words.find((word) => !/^\d+(\.\d+)?$/u.test(word)) ?? null;
  return { arrivals: wrong ? [] : words.map(Number), wrong };
}
