import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

miniAppSdk
  .openGopayDeeplink("gopay://home")
  .then((result) => {
    console.log(result.success ? "opened" : result.error?.message, result.data);
  })
  .catch((error) => {
    console.log("rejected", error);
  });
