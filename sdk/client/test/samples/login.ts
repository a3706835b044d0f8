import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const result = await miniAppSdk.getAuthCode();

if (result.success) {
  console.log(typeof result.data.authCode, result.data.authCode.length);
} else {
  console.log(result.error?.message);
}
