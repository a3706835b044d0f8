import type { Text } from "@selasar/ui/text/text";

/** The codes of the JSAPIs: the meaning and the next step. */
export const codes = {
  code_100: [
    "The method does not exist on this platform or in this version of the super app.",
    "Metode tidak ada di platform ini atau di versi super app ini.",
  ],
  code_100_next: [
    "Ask capabilities() before calling, or raise the device's app version.",
    "Periksa capabilities() sebelum memanggil, atau naikkan versi aplikasi perangkat.",
  ],
  code_200: ["A parameter that the method needs is missing.", "Parameter yang dibutuhkan tidak ada."],
  code_200_next: ["Pass the parameter that the message names.", "Kirim parameter yang disebut dalam pesan."],
  code_201: ["A parameter has the wrong type.", "Tipe parameter salah."],
  code_201_next: [
    "Pass the type that the message names; text is not converted.",
    "Kirim tipe yang disebut dalam pesan; teks tidak diubah.",
  ],
  code_202: ["The type is right, but the platform does not accept the value.", "Tipenya benar, tetapi nilainya tidak diterima platform."],
  code_202_next: ["Compare the value with the documented form.", "Bandingkan nilainya dengan bentuk yang didokumentasikan."],
  code_203: [
    "The platform does not know this mini app, has suspended it, or its launch has ended.",
    "Platform tidak mengenal mini app ini, menangguhkannya, atau sesi bukanya telah berakhir.",
  ],
  code_203_next: ["Activate the mini app in the bar, or launch it again.", "Aktifkan mini app di bilah atas, atau buka ulang."],
  code_300: ["The operator or the user has not allowed it.", "Operator atau pengguna belum mengizinkannya."],
  code_300_deeplink_next: [
    "Add the deeplink to deeplinks in miniapp.json. If the user did not open it, handle this answer in the page.",
    "Tambahkan deeplink ke deeplinks di miniapp.json. Jika pengguna tidak membukanya, tangani jawaban ini di halaman.",
  ],
  code_300_next: [
    "Call getConsent first, or add the consent or deeplink to miniapp.json.",
    "Panggil getConsent dahulu, atau tambahkan izin atau deeplink di miniapp.json.",
  ],
  code_400: ["The device lacks what the method needs.", "Perangkat tidak memiliki yang dibutuhkan metode."],
  code_400_next: ["Offer an alternative, or turn the feature on under Device.", "Sediakan cara lain, atau nyalakan di panel Perangkat."],
  code_401: ["The device is offline, or the answer timed out.", "Perangkat offline, atau jawaban tidak datang pada waktunya."],
  code_401_next: ["Let the user try again.", "Biarkan pengguna mencoba lagi."],
  code_500: ["Something failed inside the super app.", "Ada yang gagal di dalam super app."],
  code_500_next: ["Try again later. The mini app did not cause this error.", "Coba lagi nanti; bukan kesalahan mini app."],
} as const satisfies Record<string, Text>;
