import type { Money, Unit } from "@selasar/protocol/openapi";

/** Formats whole rupiah in Indonesian style: 15000 is "Rp15.000". */
export function rupiah(amount: number): string {
  return (amount < 0 ? "-Rp" : "Rp") + grouped(Math.abs(amount));
}

/** Formats a whole number in groups of three: 1500 is "1.500". */
export function grouped(amount: number): string {
  return String(Math.trunc(amount)).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** Formats the amount of a movement with its sign: "+1.500", "−Rp15.000". */
export function moved(amount: number, unit: Unit): string {
  const size = Math.abs(amount);
  return (amount < 0 ? "−" : "+") + (unit === "IDR" ? rupiah(size) : grouped(size));
}

/** Returns the whole rupiah of an amount of the API ("15000.00"). */
export function wholeRupiah(money: Money | undefined | null): number {
  return Math.trunc(Number(money?.value ?? 0));
}

export function formatMoney(money: Money | undefined | null): string {
  return rupiah(wholeRupiah(money));
}

/** Parses an amount that a person typed ("15.000", "Rp 15000", "15,000", "15000.00"); null when it is not whole, or is negative. */
export function parseRupiah(text: string): number | null {
  const amount = text
    .replace(/^\s*rp/i, "")
    .trim()
    .replace(/(,-|[.,]00?)$/, "");
  if (/[.,]\d{1,2}$/.test(amount)) return null; // a fraction of a rupiah, not thousands
  const digits = amount.replace(/[.,\s]/g, "");
  if (!/^\d{1,12}$/.test(digits)) return null;
  return Number(digits);
}
