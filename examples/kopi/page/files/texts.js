// Every text of the page in its two languages. Elements with data-text="key" are filled in; t("key") gives a text to scripts.

const texts = {
  id: {
    hello: "Selamat datang di Kopi",
    helloName: (name) => `Halo, ${name}!`,
    otherLanguage: "English",
    shops: "Kedai terdekat",
    nameMe: "Sapa saya dengan nama",
    locate: "Cari lokasi saya",
    again: "Coba lagi",
    noLocation: "Tanpa lokasi kami tidak tahu kedai mana yang dekat.",
    backToShops: "‹ Kedai lain",
    add: (name) => `Tambah ${name}`,
    remove: (name) => `Kurangi ${name}`,
    pay: (amount) => `Bayar ${amount}`,
    choose: "Pilih minuman dulu",
    payAgain: "Coba bayar lagi",
    promo: "Lihat promo",
    orderMore: "Pesan yang lain",
    everyCall: "Semua JSAPI",
    success: "Terima kasih!",
    successMore: "Pembayaran diterima. Kopimu sedang diseduh.",
    cancelled: "Dibatalkan",
    cancelledMore: "Pembayaran kamu batalkan. Pesanan masih kami simpan.",
    failed: "Pembayaran gagal",
    failedMore: "Tidak ada uang yang berpindah. Silakan coba lagi.",
    pending: "Belum selesai",
    pendingMore: "Kamu kembali sebelum pembayaran selesai. Lanjutkan kapan saja.",
    order: "Pesanan",
    total: "Jumlah",
    server: "Kata server kami",
    heard: "Pemberitahuan terakhir",
    orders: "Pesanan saya",
    noOrders: "Belum ada pesanan.",
    backToShop: "‹ Kopi",
    look: "Lihat lagi",
    refund: "Kembalikan uang saya",
    state: {
      created: "belum dibayar",
      pending: "menunggu pembayaran",
      paid: "sudah dibayar",
      refunded: "uang dikembalikan",
      cancelled: "dibatalkan",
      failed: "gagal",
      expired: "kedaluwarsa",
    },
    outside: "Kopi adalah mini app. Buka lewat super app, atau dengan: selasar dev examples/kopi",
  },
  en: {
    hello: "Welcome to Kopi",
    helloName: (name) => `Hello, ${name}!`,
    otherLanguage: "Bahasa Indonesia",
    shops: "Shops near you",
    nameMe: "Greet me by name",
    locate: "Find where I am",
    again: "Try again",
    noLocation: "Without your location we cannot tell which shop is near.",
    backToShops: "‹ Other shops",
    add: (name) => `Add ${name}`,
    remove: (name) => `Remove ${name}`,
    pay: (amount) => `Pay ${amount}`,
    choose: "Choose a drink first",
    payAgain: "Try to pay again",
    promo: "See the promotion",
    orderMore: "Order something else",
    everyCall: "Every JSAPI",
    success: "Thank you!",
    successMore: "Your payment has arrived. We are brewing.",
    cancelled: "Cancelled",
    cancelledMore: "You cancelled the payment. We keep your order.",
    failed: "The payment failed",
    failedMore: "No money has moved. Please try again.",
    pending: "Not finished",
    pendingMore: "You came back before the payment was done. Go on when you like.",
    order: "Order",
    total: "Total",
    server: "Our server says",
    heard: "Last notification",
    orders: "My orders",
    noOrders: "No orders yet.",
    backToShop: "‹ Kopi",
    look: "Look again",
    refund: "Give me my money back",
    state: {
      created: "not paid yet",
      pending: "waiting for the payment",
      paid: "paid",
      refunded: "money given back",
      cancelled: "cancelled",
      failed: "failed",
      expired: "expired",
    },
    outside: "Kopi is a mini app. Open it in a super app, or with: selasar dev examples/kopi",
  },
};

let language = localStorage.getItem("kopi-language") === "en" ? "en" : "id";

/** A text by its key, or the key itself when there is none. */
export const t = (key) => texts[language][key] ?? key;

/** The text of something that stands in both languages, such as a drink's note. */
export const either = (text) => text[language];

/** Rupiah in the Indonesian way: Rp18.000. */
export const rupiah = (amount) => "Rp" + amount.toLocaleString("id-ID");

export function changeLanguage() {
  language = language === "id" ? "en" : "id";
  localStorage.setItem("kopi-language", language);
  fillTexts();
}

export function fillTexts() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
}
