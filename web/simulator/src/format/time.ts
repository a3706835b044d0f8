const two = (n: number) => String(n).padStart(2, "0");

/** Local time with milliseconds: "10:02:11.204". */
export function clockTime(at: number): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}.${String(d.getMilliseconds()).padStart(3, "0")}`;
}

/** What a phone's status bar says: "9:41" is "09:41" in Indonesia. */
export function phoneTime(at: number): string {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** Local date and time to the second, in the reader's order of day and month. */
export function dateTime(at: number, language: string): string {
  return new Date(at).toLocaleString(language === "id" ? "id-ID" : "en-GB", {
    day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
}

/** A measured duration: "0.4 ms", "3 ms", "1.2 s". */
export function duration(microseconds: number): string {
  if (microseconds < 50) return "<0.1 ms";
  if (microseconds < 950) return `${(microseconds / 1000).toFixed(1)} ms`;
  if (microseconds < 999_500) return `${Math.round(microseconds / 1000)} ms`;
  if (microseconds < 60_000_000) return `${(microseconds / 1_000_000).toFixed(1)} s`;
  return `${Math.floor(microseconds / 60_000_000)} min ${Math.round((microseconds % 60_000_000) / 1_000_000)} s`;
}

/** How far the simulated clock is from the real one: "+7 min", "+1 d 2 h"; empty when it is not moved. */
export function offset(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds === 0) return "";
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const said = parts.filter(([n]) => n > 0).slice(0, 2).map(([n, unit]) => `${n} ${unit}`);
  return (milliseconds < 0 ? "−" : "+") + said.join(" ");
}
