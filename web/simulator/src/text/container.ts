import type { Text } from "@selasar/ui/text/text";

/** The panels of what gpContainer adds to the device. */
export const container = {
  // The dialect
  dialect: ["Generation and variants", "Generasi dan varian"],
  variantsHint: [
    "Pages of the documentation contradict each other. Choose the reading that this phone follows.",
    "Beberapa halaman dokumentasi saling bertentangan. Pilih tafsir yang diikuti ponsel ini.",
  ],
  variantDefault: ["as the mini app says, or default", "sesuai mini app, atau bawaan"],
  variantsReset: ["Clear all choices", "Hapus semua pilihan"],
  "variant_error-keys": ["Error keys", "Kunci galat"],
  "variant_error-keys_hint": ["error_code, errorCode, or both, in gpContainer.", "error_code, errorCode, atau keduanya, di gpContainer."],
  variant_data: ["data", "data"],
  variant_data_hint: [
    "An object, or a JSON string. Below version 2.00, the default is a string.",
    "Objek, atau string JSON. Di bawah versi 2.00, bawaannya string.",
  ],
  variant_events: ["Event payload", "Isi event"],
  variant_events_hint: ["The member of an event that has its payload.", "Anggota event yang memuat isinya."],
  "variant_events-bubble": ["Events bubble", "Event menggelembung"],
  "variant_events-bubble_hint": ["Whether a listener on window hears an event.", "Apakah listener di window mendengar event."],
  "variant_success-scope": ["successScope", "successScope"],
  "variant_success-scope_hint": ["Its place in the result of GP.authorize.", "Tempatnya dalam hasil GP.authorize."],
  "variant_payment-status": ["Payment status", "Status pembayaran"],
  "variant_payment-status_hint": [
    "With container, failed means that the user cancelled.",
    "Dengan container, failed berarti pengguna membatalkan.",
  ],
  variant_rooted: ["is_rooted", "is_rooted"],
  variant_rooted_hint: ["Its type in gpContainer.", "Tipenya di gpContainer."],
  variant_codes: ["Error codes", "Kode galat"],
  variant_codes_hint: ["Their type in gpContainer.", "Tipenya di gpContainer."],
  "variant_not-found": ["Unknown mini app", "Mini app tak dikenal"],
  "variant_not-found_hint": ["The form of MiniAppSDK's error.", "Bentuk galat MiniAppSDK."],
} as const satisfies Record<string, Text>;
