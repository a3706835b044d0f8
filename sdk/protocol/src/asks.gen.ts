// Code generated from the declarations in internal/ask. DO NOT EDIT.

/** Each kind of ask: whether a person answers it, and the answer of a host that has none. */
export const ASK_KINDS = {
  consent: { personal: true, default: "decline" },
  payment: { personal: true, default: "pending" },
  deeplink: { personal: true, default: "decline" },
  share: { personal: true, default: "cancelled" },
  camera: { personal: true, default: "cancelled" },
  uri: { personal: true, default: "decline" },
  location: { personal: false, default: "unavailable" },
  system_info: { personal: false, default: "unavailable" },
  wifi_info: { personal: false, default: "unavailable" },
} as const;
