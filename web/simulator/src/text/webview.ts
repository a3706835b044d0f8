import type { Text } from "@selasar/ui/text/text";

/** The texts of the WebView and of the connection, on the panels. */
export const webviewPanel = {
  webviewLimits: ["Limits of a WebView", "Batas WebView"],
  webviewOnHint: [
    "Pages have what a phone's WebView gives. A change applies when the mini app is opened again.",
    "Halaman hanya mendapat yang diberikan WebView ponsel. Perubahan berlaku saat mini app dibuka lagi.",
  ],
  webviewOffHint: [
    "Pages have everything that this browser has. A change applies when the mini app is opened again.",
    "Halaman mendapat semua yang dimiliki browser ini. Perubahan berlaku saat mini app dibuka lagi.",
  ],
  userAgentHint: [
    "Empty: that of a WebView on this OS. “browser”: this browser's own.",
    "Kosong: milik WebView di OS ini. “browser”: milik browser ini sendiri.",
  ],
  keyboard: ["On-screen keyboard", "Papan ketik di layar"],
  keyboardAndroidHint: ["It makes the page smaller, as on Android.", "Papan ketik memperkecil halaman, seperti di Android."],
  keyboardIosHint: [
    "It covers the page; only visualViewport gets smaller, as on iOS.",
    "Papan ketik menutupi halaman; hanya visualViewport yang mengecil, seperti di iOS.",
  ],
  background: ["Super app in the background", "Super app di latar belakang"],
  backgroundAndroidHint: [
    "The page is hidden; its timers run once a second.",
    "Halaman tersembunyi; pengatur waktunya berjalan sekali per detik.",
  ],
  backgroundIosHint: ["The page is hidden; its timers stop.", "Halaman tersembunyi; pengatur waktunya berhenti."],
  killPage: ["Kill page for memory", "Matikan halaman karena memori"],
  openTop: ["Open as top page", "Buka sebagai halaman utama"],
  frameHint: [
    "A frame cannot imitate window.top === window, safe-area insets and the user agent of workers. “Open as top page” gives the page its own window.",
    "Bingkai tidak dapat meniru window.top === window, safe-area inset, dan user agent worker. “Buka sebagai halaman utama” memberi halaman jendelanya sendiri.",
  ],
  network: ["Network", "Jaringan"],
  latency: ["Latency, ms", "Latensi, md"],
  loss: ["Loss, %", "Kehilangan, %"],
  lossHint: [
    "Lost calls return 401; lost requests of the page fail.",
    "Panggilan yang hilang mengembalikan 401; permintaan halaman yang hilang gagal.",
  ],
  bandwidth: ["Bandwidth, kbit/s", "Lebar pita, kbit/d"],
  bandwidthHint: ["0: no limit.", "0: tanpa batas."],
  wholeNumber: ["Write a whole number", "Tulis bilangan bulat"],
} as const satisfies Record<string, Text>;

/** The texts of the WebView on the phone. */
export const webviewPhone = {
  hideKeyboard: ["Hide keyboard", "Sembunyikan papan ketik"],
  keyboardHelp: ["Type with your own keyboard", "Ketik dengan papan ketik Anda"],
  inBackground: ["The super app is in the background", "Super app di latar belakang"],
  inBackgroundHelp: ["You are in another app. The mini app's page is hidden.", "Anda di aplikasi lain. Halaman mini app tersembunyi."],
  resume: ["Back to the super app", "Kembali ke super app"],
  topPage: ["{app} is open in its own window", "{app} terbuka di jendelanya sendiri"],
  topPageHelp: ["Sheets appear here. Closing the window closes {app}.", "Lembar muncul di sini. Menutup jendela menutup {app}."],
  tooManyPages: [
    "The mini app has 21 pages open; another GPNavigator.push opens none",
    "Mini app sudah membuka 21 halaman; GPNavigator.push berikutnya tidak membuka apa-apa",
  ],
  noWindow: [
    "The browser did not open a window: allow pop-ups for this page",
    "Browser tidak membuka jendela: izinkan pop-up untuk halaman ini",
  ],
  showWindow: ["Show the window", "Tampilkan jendela"],
} as const satisfies Record<string, Text>;
