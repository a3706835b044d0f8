// The items for sale and the orders. A real shop stores them in a database.

import { randomBytes } from "node:crypto";

export const shelf = [
  { id: "kerupuk", name: "Kerupuk udang", price: 9_000 },
  { id: "sambal", name: "Sambal terasi", price: 22_000 },
  { id: "teh", name: "Teh melati", price: 15_000 },
];

/** The order state for each latestTransactionStatus. */
const words = {
  "00": "paid",
  "01": "created",
  "03": "pending",
  "04": "refunded",
  "05": "cancelled",
  "06": "failed",
  "08": "expired",
  "09": "failed",
};

/** The order of the states of a payment. Answers may arrive out of order, so a state never goes back. */
const step = { created: 1, pending: 2, paid: 3, cancelled: 3, failed: 3, expired: 3, refunded: 4 };

export class Orders {
  #all = new Map();
  #heeded = new Set();

  /** Creates an order for one item. Its number cannot be guessed, because the number alone gives access to the order. */
  add(id) {
    const item = shelf.find((one) => one.id === id);
    if (!item) return undefined;
    const order = { number: `T-${randomBytes(12).toString("hex")}`, name: item.name, total: item.price, state: "created", heard: "" };
    this.#all.set(order.number, order);
    return order;
  }

  get(number) {
    return this.#all.get(number);
  }

  /** Stores the platform's state of an order's payment. */
  stand(order, latest) {
    const state = words[latest];
    if (step[state] > step[order.state]) order.state = state;
  }

  /** Reports whether a notification was not processed yet. Each retry has the same X-EXTERNAL-ID. */
  isNew(id) {
    return !this.#heeded.has(id);
  }

  heed(id, order, latest) {
    this.#heeded.add(id);
    order.heard = words[latest];
  }
}
