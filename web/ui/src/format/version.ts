/** Reports whether app version `a` is older than `b`, part by part as numbers: 1.9.0 is older than 1.36.0. */
export function older(a: string, b: string): boolean {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const parts = (version: string) => version.split(/[.+-]/).map(Number);
