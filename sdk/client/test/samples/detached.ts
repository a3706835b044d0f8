import MiniAppSDK from "@gopay/miniapp-client";

const { getAuthCode, openDeeplink, getConsent, isInHost } = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const code = await Promise.resolve().then(getAuthCode);
const opened = await openDeeplink("gopay://home");
const consents = await Promise.all(["location", "wifi"].map((name) => getConsent(name)));

console.log(code.success, opened.success, ...consents.map(({ data }) => data.consent_name), await isInHost());
