/** Polls until the value is right, or until the test's own time limit. */
export async function until(read, right) {
  for (;;) {
    const value = await read();
    if (right(value)) return value;
    await new Promise((again) => setTimeout(again, 20));
  }
}
