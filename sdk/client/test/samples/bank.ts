import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

miniAppSdk
  .getBankAccountToken()
  .then((result) => console.log(typeof result.data?.token, result.error?.message))
  .catch((error) => console.log("rejected", error));
