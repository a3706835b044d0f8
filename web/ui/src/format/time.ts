import type { Say as SayOf } from "../text/sayer";

type Unit = "unit_ms" | "unit_s" | "unit_min" | "unit_h" | "unit_d";
type Say = SayOf<Unit | "decimalSign">;

const two = (n: number) => String(n).padStart(2, "0");

/** Formats local time with milliseconds: "10:02:11.204". */
export function clockTime(at: number): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}.${String(d.getMilliseconds()).padStart(3, "0")}`;
}

/** Formats the time of a phone's status bar: "09:41". */
export function phoneTime(at: number): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** Formats local date and time to the second, in the reader's order of day and month. */
export function dateTime(at: number, language: string): string {
  const day = new Date(at).toLocaleDateString(language === "id" ? "id-ID" : "en-GB", { day: "numeric", month: "short" });
  return `${day}, ${clockTime(at).slice(0, 8)}`;
}

/** Formats a measured duration: "0.4 ms", "3 ms", "1.2 s"; in Indonesian "0,4 ms", "1,2 dtk". */
export function duration(microseconds: number, say: Say): string {
  const of = (n: number, unit: Unit) => `${n} ${say(unit)}`;
  if (microseconds < 50) return `<${tenths(0.1, say)} ${say("unit_ms")}`;
  if (microseconds < 950) return `${tenths(microseconds / 1000, say)} ${say("unit_ms")}`;
  if (microseconds < 999_500) return of(Math.round(microseconds / 1000), "unit_ms");
  if (microseconds < 59_950_000) return `${tenths(microseconds / 1_000_000, say)} ${say("unit_s")}`;
  const seconds = Math.round(microseconds / 1_000_000);
  return `${of(Math.floor(seconds / 60), "unit_min")} ${of(seconds % 60, "unit_s")}`;
}

/** Formats a number with one decimal, after the language's decimal sign. */
export function tenths(n: number, say: Say): string {
  return n.toFixed(1).replace(".", say("decimalSign"));
}

/** Formats the offset of the simulated clock: "+7 min", "+1 d 2 h"; empty without an offset. */
export function offset(milliseconds: number, say: Say): string {
  const far = span(milliseconds, say);
  return far && (milliseconds < 0 ? "−" : "+") + far;
}

/** Formats a duration in its two largest units: "7 min", "1 d 2 h"; empty for less than half a second. */
export function span(milliseconds: number, say: Say): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const parts: [number, Unit][] = [
    [Math.floor(seconds / 86_400), "unit_d"],
    [Math.floor(seconds / 3_600) % 24, "unit_h"],
    [Math.floor(seconds / 60) % 60, "unit_min"],
    [seconds % 60, "unit_s"],
  ];
  return parts
    .filter(([n]) => n > 0)
    .slice(0, 2)
    .map(([n, unit]) => `${n} ${say(unit)}`)
    .join(" ");
}
