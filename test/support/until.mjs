/** Reads until the value is right; the test's own time limit is the end of it. */
export async function until(read, right) {
  for (;;) {
    const value = await read();
    if (right(value)) return value;
    await new Promise((again) => setTimeout(again, 20));
  }
}
