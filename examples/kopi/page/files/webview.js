// The super app by MiniAppSDK. container.js has the same functions by gpContainer; the page's import map chooses one as "superapp".

import MiniAppSDK from "@gopay/miniapp-client";

const sdk = new MiniAppSDK({ useDummyService: false });

// Each returns a promise of {success, data, error}, with error as {code, message}.
export const getAuthCode = () => sdk.getAuthCode();
export const getConsent = (name) => sdk.getConsent(name);
export const getLocation = () => sdk.getLocation();
export const triggerPayment = (deeplink) => sdk.triggerPayment({ deeplink });
export const openDeeplink = (deeplink) => sdk.openGopayDeeplink(deeplink);
