import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const result = await miniAppSdk.getAuthCode();

if (result.success) {
  console.log(result.data.authCode);
} else {
  console.log(result.error?.message);
}
