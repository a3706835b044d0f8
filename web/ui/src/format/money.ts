import type { Money, Unit } from "@selasar/protocol/openapi";

/** Whole rupiah in Indonesian style: 15000 is "Rp15.000". */
export function rupiah(amount: number): string {
  return (amount < 0 ? "-Rp" : "Rp") + grouped(Math.abs(amount));
}

/** A whole number in groups of three: 1500 is "1.500". */
export function grouped(amount: number): string {
  return String(Math.trunc(amount)).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** What a movement did, with its sign: "+1.500", "−Rp15.000". */
export function moved(amount: number, unit: Unit): string {
  const size = Math.abs(amount);
  return (amount < 0 ? "−" : "+") + (unit === "IDR" ? rupiah(size) : grouped(size));
}

/** The whole rupiah of an amount as the API writes it ("15000.00"). */
export function wholeRupiah(money: Money | undefined | null): number {
  return Math.trunc(Number(money?.value ?? 0));
}

export function formatMoney(money: Money | undefined | null): string {
  return rupiah(wholeRupiah(money));
}

/** What a person typed as an amount ("15.000", "Rp 15000", "15,000", "15000.00"); null when it is no whole amount, or less than nothing. */
export function parseRupiah(text: string): number | null {
  const amount = text
    .replace(/^\s*rp/i, "")
    .trim()
    .replace(/(,-|[.,]00?)$/, "");
  if (/[.,]\d{1,2}$/.test(amount)) return null; // a part of a rupiah, and no thousands
  const digits = amount.replace(/[.,\s]/g, "");
  if (!/^\d{1,12}$/.test(digits)) return null;
  return Number(digits);
}
