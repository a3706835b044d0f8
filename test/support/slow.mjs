const times = Number(process.env.SELASAR_SLOW ?? 0);

/**
 * With SELASAR_SLOW=6 in the environment, a page's processor is six times slower, and each of its requests takes 150 ms longer,
 * like on a loaded machine. A test that waits for its conditions still passes.
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
