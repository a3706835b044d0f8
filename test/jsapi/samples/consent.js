import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const { success, data } = await miniAppSdk.getConsent("location");

if (success && data.has_consent) {
  const location = await miniAppSdk.getLocation();
  console.log({ consent: data.consent_name, latitude: location.data.latitude, time: new Date(location.data.time).getTime() });
}
