const times = Number(process.env.SELASAR_SLOW ?? 0);

/**
 * With SELASAR_SLOW=6 in the environment a page thinks six times slower, and each of its requests takes 150 ms longer:
 * what a loaded machine does, on purpose. A test that waits for what it needs still passes.
 */
export async function slowed(page) {
  if (!times) return page;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: times });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 25 * times,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  return page;
}
