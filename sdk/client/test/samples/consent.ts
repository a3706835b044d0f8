import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const result = await miniAppSdk.getConsent("location");
if (result.data.has_consent) {
  const location = await miniAppSdk.getLocation();
  console.log(result.data.consent_name, typeof location.data?.latitude, typeof location.data?.longitude, typeof location.data?.time);
}

const { success, data } = await miniAppSdk.getConsent("wifi");
if (success && data.has_consent) console.log(data.consent_name);
