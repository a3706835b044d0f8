// Generated from internal/journal/event by `go generate`; do not edit.

export interface Money {
  value: string;
  currency: string;
}

export interface AnswersData {
  consent: string;
  payment: string;
  deeplink: string;
}

export interface AppStatusData {
  status: string;
}

export interface CallAskData {
  id: string;
  kind: string;
  opened_at: number;
  by?: string;
  answered_at?: number;
  answer?: unknown;
}

export interface CallCheckData {
  step: number;
  name: string;
  ok: boolean;
  note?: string;
}

export interface CallData {
  method: string;
  params: unknown;
  checks?: CallCheckData[];
  result?: CallResultData;
  asks?: CallAskData[];
  notes?: CallNoteData[];
}

export interface CallErrorData {
  code: number;
  message: string;
}

export interface CallNoteData {
  code: NoteCode;
  method?: string;
  names?: string[];
  more?: number;
  balance?: Money;
  missing?: Money;
}

export interface CallResultData {
  success: boolean;
  data: unknown;
  error: CallErrorData | null;
}

export interface ClockMoveData {
  advanced_ms: number;
  offset_ms: number;
}

export interface CommandData {
  command: string;
  code: number;
  last: string[] | null;
  cause?: string;
  reason?: ExitReason;
  error?: string;
}

export interface ConsentData {
  id: string;
  user_id: string;
  mini_app_id: string;
  name: string;
  action: string;
  at: number;
  wording: string;
  app_version: string;
  launch_id?: string;
  source: string;
}

export type ConsentName = "bank_account" | "camera" | "device_info" | "location" | "profile" | "wifi";

export interface CredentialData {
  generation: number;
  previous_until: number;
  grace_ms: number;
}

export type ExitReason = "exited" | "failed" | "lost" | "stopped";

export interface FaultData {
  id: string;
  operation: string;
  code: string;
  times: number;
  always: boolean;
  delay_ms: number;
  after: boolean;
}

export interface FaultsData {
  count: number;
  faults: FaultData[] | null;
}

export interface LaunchBlockData {
  reason: string;
}

export interface LaunchData {
  state: string;
  entry_url: string;
}

export interface LaunchMoveData {
  state: string;
  answered_by: string;
  reason?: LaunchReason;
  app_name?: string;
  missing?: ConsentName[];
}

export type LaunchReason = "consent_declined" | "consent_timeout" | "host_gone" | "mini_app_suspended" | "platform_reset" | "user_closed";

export interface LiftedData {
  path: string;
  lifted: string[] | null;
}

export interface LooseAmountData {
  member: string;
  value: string;
}

export interface MessageData {
  message_id: string;
  kind: MessageKind;
  template_name: string;
  reminder_id?: string;
}

export type MessageKind = "push" | "reminder";

export type NoteCode = "mandatory_asked" | "policy_short" | "unknown_parameters";

export interface NotificationData {
  notification_id: string;
  number: number;
  status: string;
  status_desc: string;
  attempts: number;
}

export interface NotificationReplayData {
  notification_id: string;
  number: number;
  status: string;
  status_desc: string;
  attempts: number;
  gone_url?: string;
}

export interface NotificationTryData {
  notification_id: string;
  number: number;
  status: string;
  status_desc: string;
  attempts: number;
  attempt: number;
  url: string;
  http_status: number;
  next_at?: number;
  reason?: TryReason;
  error?: string;
  answer?: string;
  location?: string;
}

export interface PageProblemData {
  reason: PageReason;
  path?: string;
  origin?: string;
  status?: number;
  seconds?: number;
  error?: string;
  feature?: string;
}

export type PageReason = "browser_refused" | "error_status" | "foreign_origin" | "never_reached" | "no_consent" | "no_feature" | "slow" | "threw";

export interface PageRequestData {
  origin: string;
  path: string;
}

export interface PaymentData {
  reference_no: string;
  state: string;
  amount: Money;
  title: string;
  expires_at: number;
}

export interface RefundData {
  reference_no: string;
  refund_no: string;
  partner_refund_no: string;
  amount: Money;
  refunded: Money;
  paid: Money;
  reason?: string;
}

export interface RefusalData {
  ask: string;
  kind?: string;
  state?: string;
  answer: string;
  refused: string;
}

export interface RequestData {
  method: string;
  path: string;
  query?: Record<string, string>;
  status: number;
  request_headers: Record<string, string>;
  request_body: unknown;
  response_body: unknown;
}

export type RewardAdvice = "activity_unnamed";

export interface RewardData {
  payment_id: string;
  reward_type: RewardType;
  amount: number;
  description: string;
  advice?: RewardAdvice;
}

export type RewardType = "EMONEY" | "GOPAY_COINS" | "GOPAY_GEMS";

export interface ShortageData {
  reference_no: string;
  reason: string;
  balance: Money;
  missing: Money;
}

export type TryReason = "answer_cut" | "answer_too_long" | "answered_error" | "answered_gone" | "app_unregistered" | "no_answer" | "no_receiver" | "not_made" | "not_taken" | "receiver_gone" | "redirected" | "sender_stopped";

export interface UnprovedData {
  reference_no: string;
  after_ms: number;
}

export type UnreachReason = "command_exited" | "command_not_found" | "command_silent" | "server_silent";

export interface UnreachableData {
  target: string;
  reason: UnreachReason;
  cause?: string;
  command?: string;
  ended?: CommandData;
  last_lines: string[] | null;
}

export interface UserAddedData {
  user_id: string;
  name: string;
}

export interface UserChangeData {
  user_id: string;
  changed: string[] | null;
}

export interface UserSwitchData {
  user_id: string;
}

/** The data of each event, by its name. */
export interface EventData {
  /** A JSAPI call waits for a person. The entry that settles it has the same call_id. */
  "call.opened": CallData;
  /** A JSAPI call succeeded. */
  "call.succeeded": CallData;
  /** A JSAPI call failed; code is the JSAPI's error code. */
  "call.failed": CallData;
  /** An answer came late, a second time, from another launch, for an unknown ask, or while the device was offline. */
  "answer.refused": RefusalData;
  /** A user gave a consent. */
  "consent.given": ConsentData;
  /** A user refused a consent on a sheet. */
  "consent.refused": ConsentData;
  /** A user withdrew a consent in the settings. */
  "consent.revoked": ConsentData;
  /** A consent counts as never asked for again; selasar dev only. */
  "consent.forgotten": ConsentData;
  /** A page, not a backend, sent a request with a credential of the mini app or an auth token. */
  "credential.in_page": PageRequestData;
  /** A mini app has new secrets; the previous ones stay valid for a grace period. */
  "credential.rotated": CredentialData;
  /** A mini app has new secrets; the previous ones are no longer valid. */
  "credential.revoked": CredentialData;
  /** The operator suspended a mini app. */
  "mini_app.suspended": AppStatusData;
  /** The operator activated a mini app. */
  "mini_app.activated": AppStatusData;
  /** An auth code was redeemed a second time. */
  "code.replayed": undefined;
  /** A mini app was opened without a consent sheet. */
  "launch.opened": LaunchData;
  /** A mini app was opened; its launch waits for the consent sheet. */
  "launch.asked": LaunchData;
  /** The consent sheet was answered, and the launch is open. */
  "launch.allowed": LaunchMoveData;
  /** A mandatory consent was declined, the consent sheet expired, or the mini app was suspended. */
  "launch.refused": LaunchMoveData;
  /** A launch ended; later calls return 203. */
  "launch.ended": LaunchMoveData;
  /** A host asked for a launch of a mini app that is suspended. */
  "launch.blocked": LaunchBlockData;
  /** A user sees a push notification or a reminder. */
  "message.shown": MessageData;
  /** A mini app's backend deleted a reminder. */
  "message.deleted": MessageData;
  /** A user dismissed a message. */
  "message.dismissed": MessageData;
  /** A mini app gave its user e-money, coins or gems. */
  "reward.given": RewardData;
  /** A change of a payment has a notification, which is sent at once. */
  "notification.queued": NotificationData;
  /** A notification was queued again by hand. */
  "notification.replayed": NotificationReplayData;
  /** The receiver accepted a notification. */
  "notification.delivered": NotificationTryData;
  /** A try failed; the next one is due at next_at. */
  "notification.failed": NotificationTryData;
  /** The last try failed, or the receiver is gone; it can be replayed. */
  "notification.dead": NotificationTryData;
  /** A notification had no receiver. */
  "notification.unaddressed": NotificationTryData;
  /** The mini app's server forbids framing; the simulator removed that header. */
  "headers.lifted": LiftedData;
  /** The mini app's server stopped answering. */
  "page.unreachable": UnreachableData;
  /** The simulator's frame could not show a page, or a page was refused a feature of the browser. */
  "page.trouble": PageProblemData;
  /** The mini app's server answers again. */
  "page.reachable": undefined;
  /** dev.command was started. */
  "command.starting": CommandData;
  /** dev.command listens. */
  "command.running": CommandData;
  /** dev.command has exited. */
  "command.exited": CommandData;
  /** A payment was created and can be paid. */
  "payment.created": PaymentData;
  /** A user left the payment sheet without finishing. */
  "payment.pending": PaymentData;
  /** A user paid; the wallet was charged in the same transaction. */
  "payment.paid": PaymentData;
  /** The user declined a payment, or the backend withdrew it. */
  "payment.cancelled": PaymentData;
  /** A payment failed while it was processed. */
  "payment.failed": PaymentData;
  /** A payment expired. */
  "payment.expired": PaymentData;
  /** A part or all of a payment was refunded to the wallet that paid. */
  "payment.refunded": RefundData;
  /** The wallet had too little balance. Nothing changed, and the user can try again. */
  "payment.refused": ShortageData;
  /** The page got the result success, but the backend neither asked for the status nor accepted a notification. */
  "payment.unproved": UnprovedData;
  /** A BI-SNAP request had an amount that is a number, or has no two decimals. */
  "payment.loose_amount": LooseAmountData;
  /** A BI-SNAP payment was created without additionalInfo.pointOfPurchaseId. */
  "payment.unplaced": undefined;
  /** A request of a mini app's backend succeeded; code is the HTTP status. */
  "request.answered": RequestData;
  /** A repeated BI-SNAP request got its first answer, without a second effect. */
  "request.replayed": RequestData;
  /** A request of a mini app's backend failed; code is the HTTP status. */
  "request.failed": RequestData;
  /** The simulated device was changed. */
  "device.changed": Record<string, unknown>;
  /** The simulator's automatic answers were changed. */
  "answers.chosen": AnswersData;
  /** A user was added. */
  "user.added": UserAddedData;
  /** A user was changed. */
  "user.changed": UserChangeData;
  /** Another user is the active one. */
  "user.switched": UserSwitchData;
  /** The platform's clock was moved forward. */
  "clock.advanced": ClockMoveData;
  /** A fault was added. */
  "fault.added": FaultData;
  /** A fault was removed. */
  "fault.removed": FaultData;
  /** Several faults were removed at once. */
  "fault.cleared": FaultsData;
}

export type EventName = keyof EventData;

/** The noun that a title begins with, in English and Indonesian; it names the kind. */
export const NOUNS: Partial<Record<EventName, { en: string; id: string }>> = {
  "answer.refused": { en: "answer", id: "jawaban" },
  "mini_app.suspended": { en: "mini app", id: "mini app" },
  "mini_app.activated": { en: "mini app", id: "mini app" },
  "launch.opened": { en: "launch", id: "sesi" },
  "launch.asked": { en: "launch", id: "sesi" },
  "launch.allowed": { en: "launch", id: "sesi" },
  "launch.refused": { en: "launch", id: "sesi" },
  "launch.ended": { en: "launch", id: "sesi" },
  "launch.blocked": { en: "launch", id: "sesi" },
  "notification.queued": { en: "notification", id: "notifikasi" },
  "notification.replayed": { en: "notification", id: "notifikasi" },
  "notification.delivered": { en: "notification", id: "notifikasi" },
  "notification.failed": { en: "notification", id: "notifikasi" },
  "notification.dead": { en: "notification", id: "notifikasi" },
  "notification.unaddressed": { en: "notification", id: "notifikasi" },
  "command.starting": { en: "dev.command", id: "dev.command" },
  "command.running": { en: "dev.command", id: "dev.command" },
  "command.exited": { en: "dev.command", id: "dev.command" },
  "payment.created": { en: "payment", id: "pembayaran" },
  "payment.pending": { en: "payment", id: "pembayaran" },
  "payment.paid": { en: "payment", id: "pembayaran" },
  "payment.cancelled": { en: "payment", id: "pembayaran" },
  "payment.failed": { en: "payment", id: "pembayaran" },
  "payment.expired": { en: "payment", id: "pembayaran" },
  "payment.refused": { en: "payment", id: "pembayaran" },
  "device.changed": { en: "device", id: "perangkat" },
  "user.added": { en: "user", id: "pengguna" },
  "user.changed": { en: "user", id: "pengguna" },
  "user.switched": { en: "user", id: "pengguna" },
  "clock.advanced": { en: "clock", id: "jam" },
  "fault.added": { en: "fault", id: "gangguan" },
  "fault.removed": { en: "fault", id: "gangguan" },
};
