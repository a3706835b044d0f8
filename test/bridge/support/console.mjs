/** Counts the lines of the page's console with this text, from now on. */
export async function listen(page, text) {
  await page.evaluate((said) => {
    window.notes = 0;
    for (const level of ["debug", "log", "info", "warn", "error"]) {
      const write = console[level];
      console[level] = (...all) => {
        if (all.join(" ").includes(said)) window.notes++;
        write.apply(console, all);
      };
    }
  }, text);
  return () => page.evaluate("window.notes");
}
