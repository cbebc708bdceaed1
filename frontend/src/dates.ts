/** Numbers of a column as readers know them: parts of dates have months, hours are times (src/edgewise/additive/dates.py). */

import { plain } from "./cost";

const month = (date: Date): string => date.toLocaleDateString("en-US", { month: "short", timeZone: "UTC" });
const YEAR = "(year)";
const SEASON = "(day of the year)";
const HOUR = "(hour)";
/** A season over more days than this has every third month on its axis. */
const LONG = 200;

/** A day of the year with its month, a year with a fraction as a month, an hour as a time; others stay numbers. */
export function writeValue(name: string, value: number, write = plain): string {
  if (name.endsWith(YEAR) && value > 1000 && value < 3000 && value % 1) {
    const [start, end] = [0, 1].map((k) => Date.UTC(Math.floor(value) + k, 0, 1));
    const date = new Date(start + (value % 1) * (end - start) + 6e4); // a minute is more than rounding
    return `${month(date)} ${date.getUTCFullYear()}`;
  }
  if (name.endsWith(HOUR) && value >= 0 && value <= 24) {
    const minutes = Math.floor(60 * value + 0.5);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  }
  if (!name.endsWith(SEASON)) return write(value);
  const day = new Date(Date.UTC(2001, 0, Math.min(Math.max(Math.round(value), 1), 365)));
  return `${day.getUTCDate()} ${month(day)}`;
}

/** Where the axis of a column has ticks, and their texts: of seasons the months, of dates whole years. */
export function chooseTicks(name: string, low: number, high: number, round: number[]): { at: number; text: string }[] {
  if (name.endsWith(SEASON)) {
    const starts = Array.from({ length: 12 }, (_, k) => new Date(Date.UTC(2001, k, 1)));
    const every = starts.filter((_, k) => k % (high - low > LONG ? 3 : 1) === 0);
    const days = every.map((date) => ({ at: 1 + (date.getTime() - Date.UTC(2001, 0, 1)) / 864e5, text: month(date) }));
    return days.filter(({ at }) => at >= low && at <= high);
  }
  const whole = name.endsWith(YEAR) ? round.filter(Number.isInteger) : [];
  return (whole.length > 1 ? whole : round).map((at) => ({ at, text: writeValue(name, at) }));
}
