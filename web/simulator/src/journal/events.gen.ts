// Generated from internal/journal/event by `go generate`; do not edit.

export interface Money {
  value: string;
  currency: string;
}

export interface AnalyticsData {
  event_name: string;
  meta_data: unknown;
}

export interface AnswersData {
  consent: string;
  payment: string;
  deeplink: string;
  share: string;
  camera: string;
  uri: string;
}

export interface AppStatusData {
  status: string;
}

export interface BackgroundData {
  method: string;
  subscription?: string;
  reason?: Reason;
}

export interface BlowData {
  duration_ms: number;
}

export interface CallAskData {
  id: string;
  kind: string;
  opened_at: number;
  by?: Settler;
  answered_at?: number;
  answer?: unknown;
}

export interface CallCheckData {
  step: number;
  name: string;
  ok: boolean;
  code?: string;
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
  asked_ms?: number;
  every_ms?: number;
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

export interface ForeignData {
  count: number;
  last_at: number;
  method: string;
  path: string;
  origin?: string;
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
  answered_by?: Settler;
  reason?: Reason;
  app_name?: string;
  missing?: ConsentName[];
}

export interface LiftedData {
  path: string;
  lifted: string[] | null;
}

export interface LooseAmountData {
  member: string;
  value: string;
}

export interface LostRequestData {
  method: string;
  path: string;
}

export interface MessageData {
  message_id: string;
  kind: MessageKind;
  template_name: string;
  reminder_id?: string;
}

export type MessageKind = "push" | "reminder";

export type NoteCode = "frequency_raised" | "mandatory_asked" | "policy_short" | "unknown_parameters";

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

export type Notified = "nobody";

export interface PageProblemData {
  reason: PageReason;
  path?: string;
  origin?: string;
  status?: number;
  seconds?: number;
  error?: string;
  feature?: string;
  target?: string;
}

export type PageReason = "browser_refused" | "clipboard_refused" | "download_refused" | "error_status" | "foreign_origin" | "never_reached" | "no_consent" | "no_feature" | "slow" | "threw" | "window_refused";

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
  notified?: Notified;
}

export type Reason = "answered" | "consent_declined" | "consent_timeout" | "deadline" | "failed" | "host_gone" | "launch_ended" | "mini_app_suspended" | "not_permitted" | "operator_closed" | "page_gone" | "payment_cancelled" | "platform_reset" | "platform_stopped" | "replaced" | "same_sheet" | "settled_elsewhere" | "stopped" | "user_closed";

export interface RefundData {
  reference_no: string;
  refund_no: string;
  partner_refund_no: string;
  amount: Money;
  refunded: Money;
  paid: Money;
  reason?: string;
  notified?: Notified;
}

export interface RefusalData {
  ask: string;
  kind?: string;
  state?: string;
  answer: string;
  refused: string;
}

export interface RefusedStartData {
  method: string;
  subscription?: string;
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

export interface ScriptPlacedData {
  path: string;
  script: string;
  replaced: string[] | null;
  places: number;
  import_map?: boolean;
  policies: string[] | null;
  refused: string[] | null;
}

export type Settler = "answered" | "deadline" | "device" | "launch_ended" | "page" | "page_gone" | "payment_cancelled" | "policy" | "same_sheet" | "settled_elsewhere";

export interface ShakeData {
  strength: number;
  times: number;
}

export interface ShortageData {
  reference_no: string;
  reason: string;
  balance: Money;
  missing: Money;
}

export interface TransferData {
  reference_no: string;
  transfer_id: string;
  amount: Money;
  reason: string;
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

export interface UnreadData {
  path: string;
  reason: string;
  value: string;
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
  /** A subscription ended: the mini app stopped it, or its launch ended. */
  "subscription.ended": BackgroundData;
  /** A subscription ended, because a reading failed or it is no longer permitted. */
  "subscription.failed": BackgroundData;
  /** A call succeeded, but its subscription could not start. */
  "subscription.refused": RefusedStartData;
  /** A job that a call started is done. */
  "job.done": BackgroundData;
  /** A job failed, or is no longer permitted. */
  "job.failed": BackgroundData;
  /** A job was given up: its launch ended, or Selasar was stopped. */
  "job.ended": BackgroundData;
  /** A call succeeded, but its job could not start. */
  "job.refused": RefusedStartData;
  /** A JSAPI call waits for a person. The entry that settles it has the same call_id. */
  "call.opened": CallData;
  /** A JSAPI call succeeded. */
  "call.succeeded": CallData;
  /** A JSAPI call failed; code is the JSAPI's error code. */
  "call.failed": CallData;
  /** A mini app recorded an analytics event. */
  "analytics.tracked": AnalyticsData;
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
  "credential.exposed": PageRequestData;
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
  /** The operator's provider did not charge the user. The payment is open again. */
  "payment.declined": TransferData;
  /** The operator's provider declined a refund. No money moved. */
  "refund.declined": TransferData;
  /** The operator's provider gave no certain answer to a charge or a refund. Selasar asks again until it is certain. */
  "payment.unclear": TransferData;
  /** The page got the result success, but the backend neither asked for the status nor accepted a notification. */
  "payment.unproved": UnprovedData;
  /** A BI-SNAP request had an amount that is a number, or has no two decimals. */
  "payment.loose": LooseAmountData;
  /** A BI-SNAP payment was created without additionalInfo.pointOfPurchaseId. */
  "payment.unplaced": undefined;
  /** A request of a mini app's backend succeeded; code is the HTTP status. */
  "request.answered": RequestData;
  /** A repeated BI-SNAP request got its first answer, without a second effect. */
  "request.replayed": RequestData;
  /** Pages of other websites sent requests, and all were refused. They share one entry: it comes again with the same id and a higher count, at most once a second. */
  "page.foreign": ForeignData;
  /** A request of a mini app's backend failed; code is the HTTP status. */
  "request.failed": RequestData;
  /** A document names GoPay's gp-container.min.js, and loads Selasar's instead. */
  "page.script": ScriptPlacedData;
  /** Selasar cannot read a document, and forwards it unchanged. */
  "page.unread": UnreadData;
  /** The simulated device was changed. */
  "device.changed": Record<string, unknown>;
  /** The simulated device was shaken. */
  "device.shaken": ShakeData;
  /** Somebody blew into the microphone of the simulated device. */
  "device.blown": BlowData;
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
  /** The simulated network lost a request of the page, as network.loss_percent of the device says. */
  "page.lost": LostRequestData;
  /** The mini app's page was killed, as a phone does that is short of memory. */
  "page.killed": undefined;
}

export type EventName = keyof EventData;

/** The event of an entry with the kind and the data that belong to it. Switch over `event`. */
export type Told =
  | { event: "subscription.ended"; kind: "subscription"; detail: BackgroundData }
  | { event: "subscription.failed"; kind: "subscription"; detail: BackgroundData }
  | { event: "subscription.refused"; kind: "subscription"; detail: RefusedStartData }
  | { event: "job.done"; kind: "job"; detail: BackgroundData }
  | { event: "job.failed"; kind: "job"; detail: BackgroundData }
  | { event: "job.ended"; kind: "job"; detail: BackgroundData }
  | { event: "job.refused"; kind: "job"; detail: RefusedStartData }
  | { event: "call.opened"; kind: "call"; detail: CallData }
  | { event: "call.succeeded"; kind: "call"; detail: CallData }
  | { event: "call.failed"; kind: "call"; detail: CallData }
  | { event: "analytics.tracked"; kind: "analytics"; detail: AnalyticsData }
  | { event: "answer.refused"; kind: "answer"; detail: RefusalData }
  | { event: "consent.given"; kind: "consent"; detail: ConsentData }
  | { event: "consent.refused"; kind: "consent"; detail: ConsentData }
  | { event: "consent.revoked"; kind: "consent"; detail: ConsentData }
  | { event: "consent.forgotten"; kind: "consent"; detail: ConsentData }
  | { event: "credential.exposed"; kind: "warning"; detail: PageRequestData }
  | { event: "credential.rotated"; kind: "credential"; detail: CredentialData }
  | { event: "credential.revoked"; kind: "credential"; detail: CredentialData }
  | { event: "mini_app.suspended"; kind: "mini_app"; detail: AppStatusData }
  | { event: "mini_app.activated"; kind: "mini_app"; detail: AppStatusData }
  | { event: "code.replayed"; kind: "warning"; detail?: undefined }
  | { event: "launch.opened"; kind: "launch"; detail: LaunchData }
  | { event: "launch.asked"; kind: "launch"; detail: LaunchData }
  | { event: "launch.allowed"; kind: "launch"; detail: LaunchMoveData }
  | { event: "launch.refused"; kind: "launch"; detail: LaunchMoveData }
  | { event: "launch.ended"; kind: "launch"; detail: LaunchMoveData }
  | { event: "launch.blocked"; kind: "launch"; detail: LaunchBlockData }
  | { event: "message.shown"; kind: "message"; detail: MessageData }
  | { event: "message.deleted"; kind: "message"; detail: MessageData }
  | { event: "message.dismissed"; kind: "message"; detail: MessageData }
  | { event: "reward.given"; kind: "reward"; detail: RewardData }
  | { event: "notification.queued"; kind: "notification"; detail: NotificationData }
  | { event: "notification.replayed"; kind: "notification"; detail: NotificationReplayData }
  | { event: "notification.delivered"; kind: "notification"; detail: NotificationTryData }
  | { event: "notification.failed"; kind: "notification"; detail: NotificationTryData }
  | { event: "notification.dead"; kind: "notification"; detail: NotificationTryData }
  | { event: "notification.unaddressed"; kind: "notification"; detail: NotificationTryData }
  | { event: "headers.lifted"; kind: "page"; detail: LiftedData }
  | { event: "page.unreachable"; kind: "page"; detail: UnreachableData }
  | { event: "page.trouble"; kind: "page"; detail: PageProblemData }
  | { event: "page.reachable"; kind: "page"; detail?: undefined }
  | { event: "command.starting"; kind: "command"; detail: CommandData }
  | { event: "command.running"; kind: "command"; detail: CommandData }
  | { event: "command.exited"; kind: "command"; detail: CommandData }
  | { event: "payment.created"; kind: "payment"; detail: PaymentData }
  | { event: "payment.pending"; kind: "payment"; detail: PaymentData }
  | { event: "payment.paid"; kind: "payment"; detail: PaymentData }
  | { event: "payment.cancelled"; kind: "payment"; detail: PaymentData }
  | { event: "payment.failed"; kind: "payment"; detail: PaymentData }
  | { event: "payment.expired"; kind: "payment"; detail: PaymentData }
  | { event: "payment.refunded"; kind: "payment"; detail: RefundData }
  | { event: "payment.refused"; kind: "payment"; detail: ShortageData }
  | { event: "payment.declined"; kind: "payment"; detail: TransferData }
  | { event: "refund.declined"; kind: "payment"; detail: TransferData }
  | { event: "payment.unclear"; kind: "warning"; detail: TransferData }
  | { event: "payment.unproved"; kind: "warning"; detail: UnprovedData }
  | { event: "payment.loose"; kind: "warning"; detail: LooseAmountData }
  | { event: "payment.unplaced"; kind: "warning"; detail?: undefined }
  | { event: "request.answered"; kind: "request"; detail: RequestData }
  | { event: "request.replayed"; kind: "request"; detail: RequestData }
  | { event: "page.foreign"; kind: "warning"; detail: ForeignData }
  | { event: "request.failed"; kind: "request"; detail: RequestData }
  | { event: "page.script"; kind: "page"; detail: ScriptPlacedData }
  | { event: "page.unread"; kind: "page"; detail: UnreadData }
  | { event: "device.changed"; kind: "device"; detail: Record<string, unknown> }
  | { event: "device.shaken"; kind: "device"; detail: ShakeData }
  | { event: "device.blown"; kind: "device"; detail: BlowData }
  | { event: "answers.chosen"; kind: "device"; detail: AnswersData }
  | { event: "user.added"; kind: "user"; detail: UserAddedData }
  | { event: "user.changed"; kind: "user"; detail: UserChangeData }
  | { event: "user.switched"; kind: "user"; detail: UserSwitchData }
  | { event: "clock.advanced"; kind: "clock"; detail: ClockMoveData }
  | { event: "fault.added"; kind: "fault"; detail: FaultData }
  | { event: "fault.removed"; kind: "fault"; detail: FaultData }
  | { event: "fault.cleared"; kind: "fault"; detail: FaultsData }
  | { event: "page.lost"; kind: "page"; detail: LostRequestData }
  | { event: "page.killed"; kind: "page"; detail?: undefined }
  /** Of a version before events had names. */
  | { event?: undefined; kind: Kind; detail?: unknown };

export type Kind = "subscription" | "job" | "call" | "analytics" | "answer" | "consent" | "warning" | "credential" | "mini_app" | "launch" | "message" | "reward" | "notification" | "page" | "command" | "payment" | "request" | "device" | "user" | "clock" | "fault";

export const CONSENTNAME_TEXTS: Record<ConsentName, { en: string; id: string }> = {
  "bank_account": { en: "bank account", id: "rekening bank" },
  "camera": { en: "camera", id: "kamera" },
  "device_info": { en: "device information", id: "informasi perangkat" },
  "location": { en: "location", id: "lokasi" },
  "profile": { en: "profile", id: "profil" },
  "wifi": { en: "Wi-Fi network", id: "jaringan Wi-Fi" },
};

export const MESSAGEKIND_TEXTS: Record<MessageKind, { en: string; id: string }> = {
  "push": { en: "push", id: "push" },
  "reminder": { en: "reminder", id: "pengingat" },
};

export const NOTIFIED_TEXTS: Record<Notified, { en: string; id: string }> = {
  "nobody": { en: "nobody is notified: the mini app has neither a notification_url nor a server of its own", id: "tidak ada yang diberi tahu: mini app tidak punya notification_url maupun server sendiri" },
};

export const REASON_TEXTS: Record<Reason, { en: string; id: string }> = {
  "answered": { en: "another client answered it", id: "dijawab klien lain" },
  "consent_declined": { en: "a mandatory consent was declined", id: "izin yang wajib ditolak" },
  "consent_timeout": { en: "nobody answered the consent sheet in time", id: "lembar izin tidak dijawab tepat waktu" },
  "deadline": { en: "its time was up", id: "waktunya habis" },
  "failed": { en: "it failed", id: "gagal" },
  "host_gone": { en: "its host has gone and did not come back", id: "host-nya hilang dan tidak kembali" },
  "launch_ended": { en: "its launch ended", id: "sesinya berakhir" },
  "mini_app_suspended": { en: "the mini app was suspended", id: "mini app ditangguhkan" },
  "not_permitted": { en: "it is no longer permitted", id: "tidak diizinkan lagi" },
  "operator_closed": { en: "the operator ended the launch", id: "operator mengakhiri sesi" },
  "page_gone": { en: "its page went away", id: "halamannya pergi" },
  "payment_cancelled": { en: "its payment was cancelled", id: "pembayarannya dibatalkan" },
  "platform_reset": { en: "the platform was reset", id: "platform diatur ulang" },
  "platform_stopped": { en: "Selasar was stopped", id: "Selasar dihentikan" },
  "replaced": { en: "the mini app started it again", id: "mini app memulainya lagi" },
  "same_sheet": { en: "the sheet of another call answered it", id: "dijawab di lembar panggilan lain" },
  "settled_elsewhere": { en: "it was settled elsewhere", id: "diselesaikan di tempat lain" },
  "stopped": { en: "the mini app stopped it", id: "mini app menghentikannya" },
  "user_closed": { en: "the user closed the mini app", id: "pengguna menutup mini app" },
};

export const REWARDADVICE_TEXTS: Record<RewardAdvice, { en: string; id: string }> = {
  "activity_unnamed": { en: "the documentation asks for metadata.activity_name; its samples, and Selasar, do without", id: "dokumentasi meminta metadata.activity_name; contohnya, dan Selasar, tidak memerlukannya" },
};

export const SETTLER_TEXTS: Record<Settler, { en: string; id: string }> = {
  "answered": { en: "another client answered it", id: "dijawab klien lain" },
  "deadline": { en: "its time was up", id: "waktunya habis" },
  "device": { en: "device", id: "perangkat" },
  "launch_ended": { en: "its launch ended", id: "sesinya berakhir" },
  "page": { en: "page", id: "halaman" },
  "page_gone": { en: "its page went away", id: "halamannya pergi" },
  "payment_cancelled": { en: "its payment was cancelled", id: "pembayarannya dibatalkan" },
  "policy": { en: "automatic answer", id: "jawaban otomatis" },
  "same_sheet": { en: "the sheet of another call answered it", id: "dijawab di lembar panggilan lain" },
  "settled_elsewhere": { en: "it was settled elsewhere", id: "diselesaikan di tempat lain" },
};

/** The noun that a title begins with, in English and Indonesian; it names the kind. */
export const NOUNS: Partial<Record<EventName, { en: string; id: string }>> = {
  "subscription.ended": { en: "subscription", id: "langganan" },
  "subscription.failed": { en: "subscription", id: "langganan" },
  "subscription.refused": { en: "subscription", id: "langganan" },
  "job.done": { en: "job", id: "pekerjaan" },
  "job.failed": { en: "job", id: "pekerjaan" },
  "job.ended": { en: "job", id: "pekerjaan" },
  "job.refused": { en: "job", id: "pekerjaan" },
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
  "payment.declined": { en: "payment", id: "pembayaran" },
  "refund.declined": { en: "payment", id: "pembayaran" },
  "device.changed": { en: "device", id: "perangkat" },
  "device.shaken": { en: "device", id: "perangkat" },
  "device.blown": { en: "device", id: "perangkat" },
  "user.added": { en: "user", id: "pengguna" },
  "user.changed": { en: "user", id: "pengguna" },
  "user.switched": { en: "user", id: "pengguna" },
  "clock.advanced": { en: "clock", id: "jam" },
  "fault.added": { en: "fault", id: "gangguan" },
  "fault.removed": { en: "fault", id: "gangguan" },
};
