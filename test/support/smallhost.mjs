/**
 * Opens the mini app in a page that is a host and nothing else: no simulator draws a journal beside it. The host allows
 * every consent. Returns the mini app's origin.
 * @param page a page of playwright-core, or of the three browsers
 * @param api the address of Selasar's APIs
 */
export async function openSmallHost(page, api) {
  await page.goto(new URL("/sdk/miniapp-host.js", api).href); // any document of the host's origin
  return page.evaluate(async () => {
    const { openMiniApp } = await import("/sdk/miniapp-host.js");
    const frame = document.body.appendChild(document.createElement("iframe"));
    window.session = await openMiniApp({ api: "", frame, onAsk: async () => ({ answer: "allow" }) });
    return session.app.origin;
  });
}
