import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

miniAppSdk
  .openGopayDeeplink(deeplink)
  .then((result) => {
    console.log(result.success ? "opened" : result.error?.message);
  })
  .catch((error) => {
    console.log("rejected", error);
  });
