/** Gives the page the navigator of the WebView. */
function setAgent(view) {
  if (view.userAgent === undefined) return;
  const ios = view.os === "ios";
  answer(navigator, "userAgent", () => view.userAgent);
  answer(navigator, "appVersion", () => view.userAgent.replace(/^Mozilla\//, ""));
  answer(navigator, "platform", () => (ios ? "iPhone" : "Linux armv8l"));
  answer(navigator, "vendor", () => (ios ? "Apple Computer, Inc." : "Google Inc."));
  if (!("userAgentData" in navigator)) return;
  if (!view.brands) {
    remove(navigator, "userAgentData");
    remove(self, "NavigatorUAData");
    return;
  }
  const brands = Object.freeze(view.brands.map(Object.freeze));
  const low = { brands, mobile: true, platform: "Android" };
  const high = {
    ...low,
    model: view.model,
    platformVersion: view.osVersion,
    architecture: "",
    bitness: "",
    formFactors: ["Mobile"],
    fullVersionList: brands,
  };
  const data = navigator.userAgentData;
  for (const name of Object.keys(low)) answer(data, name, () => low[name]);
  replace(data, "toJSON", () => ({ ...low }));
  replace(data, "getHighEntropyValues", async (real, self, args) => {
    const values = await Reflect.apply(real, self, args);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, name in high ? high[name] : value]));
  });
}
