/** Times, lengths, sizes and names read well in English and Chinese. */
import { describe, expect, it } from "vitest";
import { bytes, countdown, dayName, fullTime, hueOf, initials, isElsewhere, length, placedTime, shortLength, shortTime, urgency } from "../../src/console/data/format.ts";

const now = new Date(2026, 2, 4, 12, 0);
const at = (day: number, hour = 9): Date => new Date(2026, 2, day, hour, 5);

describe("times", () => {
  it("today are told by the clock, this week by the day, before that by the date", () => {
    expect(shortTime(at(4), now, "en")).toBe("09:05");
    expect(shortTime(at(2), now, "en")).toBe("Mon");
    expect(shortTime(new Date(2026, 0, 9), now, "en")).toBe("Jan 9");
    expect(shortTime(at(4), now, "zh-CN")).toBe("09:05");
  });

  it("have a heading for each day", () => {
    expect(dayName(at(4), now, "en")).toBe("Today");
    expect(dayName(at(3), now, "en")).toBe("Yesterday");
    expect(dayName(at(3), now, "zh-CN")).toBe("昨天");
    expect(dayName(at(1), now, "en")).toBe("Sunday, March 1");
  });
});

describe("times of another zone", () => {
  const moment = "2026-03-04T23:30:00Z";

  it("are told as its clocks show them, in UTC where the browser does not know it", () => {
    expect(fullTime(new Date(moment), "en", "Asia/Shanghai")).toBe("Mar 5, 2026, 7:30 AM");
    expect(fullTime(new Date(moment), "en", "Mars/Phobos")).toBe("Mar 4, 2026, 11:30 PM UTC");
  });

  it("are elsewhere only where the clocks differ at that moment, whatever the zone is called", () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(isElsewhere(timeZone, [moment, null])).toBe(false);
    expect(isElsewhere("Pacific/Kiritimati", [moment]) && isElsewhere("Pacific/Niue", [moment])).toBe(true);
    expect(isElsewhere("Pacific/Kiritimati", [null])).toBe(false);
  });
});

describe("lengths", () => {
  it("are one unit where room is short and two where not", () => {
    expect([45, 150, 7300, 200_000].map((seconds) => shortLength(seconds, "en"))).toEqual(["45s", "2m", "2h", "2d"]);
    expect(length(98_812, "en")).toBe("1 day 3 hr");
    expect(length(0, "en")).toBe("0 sec");
  });

  it("count down to nothing and not below", () => {
    expect([75, 0.2, -3].map(countdown)).toEqual(["1:15", "0:01", "0:00"]);
  });

  it("press from the warning on, and are late after", () => {
    const due = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
    expect([600, 1, 0, -1].map((seconds) => urgency(due(seconds), now, false))).toEqual(["calm", "calm", "late", "late"]);
    expect([600, 0].map((seconds) => urgency(due(seconds), now, true))).toEqual(["soon", "late"]);
  });
});

describe("names", () => {
  it("have initials in every script", () => {
    expect(["Amelia Hartmann", "Madonna", "Ana Maria de Souza", "王思雨", "visitor 8c1f", "", "émile zola"].map(initials)).toEqual(["AH", "M", "AS", "思雨", "V8", "?", "ÉZ"]);
  });

  it("have a colour that stays and differs between neighbours", () => {
    expect(hueOf("k1")).toBe(hueOf("k1"));
    expect(new Set(["k1", "k2", "k3", "k4"].map((id) => Math.round(hueOf(id) / 30))).size).toBeGreaterThan(2);
  });
});

describe("sizes", () => {
  it("are told in the largest fitting unit", () => {
    expect([0, 900, 1500, 184_220, 12_400_000].map((size) => bytes(size, "en"))).toEqual(["0 byte", "900 byte", "1.5 kB", "184 kB", "12 MB"]);
  });
});

it("a time that is told to others names whose clock it is, by default the reader's own", () => {
  const at = new Date("2026-11-23T08:00:00Z");
  expect(placedTime(at, "en-GB", "America/New_York")).toBe("23 Nov 2026, 03:00 (New York)");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(placedTime(at, "en-GB")).toBe(placedTime(at, "en-GB", own));
});
