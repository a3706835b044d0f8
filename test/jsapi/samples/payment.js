import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

miniAppSdk
  .triggerPayment({ deeplink })
  .then((result) => {
    switch (result.data?.status) {
      case "success":
        return console.log("paid");
      case "cancelled":
        return console.log("cancelled by the user");
      case "failed":
        return console.log("could not be processed");
      case "pending":
        return console.log("left unfinished");
      default:
        return console.log(result.error?.message);
    }
  })
  .catch((error) => {
    console.log("rejected", error);
  });
