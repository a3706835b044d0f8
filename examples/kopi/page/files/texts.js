// All texts of the page in its two languages. Elements with data-text="key" are filled in; t("key") returns a text.

const texts = {
  id: {
    hello: "Selamat datang di Kopi",
    helloName: (name) => `Halo, ${name}!`,
    otherLanguage: "English",
    shops: "Kedai terdekat",
    nameMe: "Sapa saya dengan nama",
    locate: "Cari lokasi saya",
    again: "Coba lagi",
    noLocation: "Kami perlu lokasimu untuk mencari kedai terdekat.",
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
    cancelledMore: "Kamu membatalkan pembayaran. Pesananmu masih kami simpan.",
    failed: "Pembayaran gagal",
    failedMore: "Saldo kamu tidak terpotong. Silakan coba lagi.",
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
    locate: "Find my location",
    again: "Try again",
    noLocation: "We need your location to find the nearest shop.",
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
    successMore: "Payment received. We are making your coffee.",
    cancelled: "Cancelled",
    cancelledMore: "You cancelled the payment. Your order is saved.",
    failed: "The payment failed",
    failedMore: "You were not charged. Please try again.",
    pending: "Not finished",
    pendingMore: "You came back before the payment was completed. You can continue at any time.",
    order: "Order",
    total: "Total",
    server: "Status on our server",
    heard: "Last notification",
    orders: "My orders",
    noOrders: "No orders yet.",
    backToShop: "‹ Kopi",
    look: "Refresh",
    refund: "Refund this order",
    state: {
      created: "not paid yet",
      pending: "waiting for the payment",
      paid: "paid",
      refunded: "refunded",
      cancelled: "cancelled",
      failed: "failed",
      expired: "expired",
    },
    outside: "Kopi is a mini app. Open it in a super app, or with: selasar dev examples/kopi",
  },
};

let language = localStorage.getItem("kopi-language") === "en" ? "en" : "id";

/** Returns the text of a key, or the key itself when there is none. */
export const t = (key) => texts[language][key] ?? key;

/** Returns the text in the current language from an object with both, such as a drink's note. */
export const either = (text) => text[language];

/** Formats rupiah in the Indonesian notation: Rp18.000. */
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
