/** Days as the server writes them. Pure. */

/** The day so many months from now, as the server writes it. */
export function inMonths(months: number, now = new Date()): string {
  const day = new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 1));
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getDate(), last));
  return day.toISOString().slice(0, 10);
}
