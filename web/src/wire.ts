/** What goes over the wire between the console and the server. Written by `python -m console.wiretypes`: do not edit. */

export type Role = "agent" | "editor" | "supervisor" | "administrator";
export type PresenceState = "offline" | "available" | "busy" | "away" | "not_responding";
export type DeliveryState = "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "withdrawn" | "uncertain";
export type MessageKind = "inbound" | "reply" | "note";
export type Proof = "none" | "reply_address" | "authenticated" | "failed";
export type FoldKind = "quote" | "signature";
export type LinkKind = "suspected" | "new_subject" | "follow_up" | "split" | "merged";
export type RearrangementKind = "split" | "merge" | "move";
export type MailState = "quarantined" | "held" | "set_aside" | "too_large";
export type BotMode = "off" | "suggest" | "answer";
export type StatusState = "open" | "waiting" | "snoozed" | "resolved" | "closed";
export type HandlerKind = "bot" | "queue" | "agent" | "nobody";
export type AuthorKind = "contact" | "bot" | "agent" | "system";
export type DueKind = "first" | "next" | "resolution";
export type ArticleState = "published" | "draft" | "both";
export type Standing = "proven" | "unproven" | "claimed";
export type Part = TextPart | ImagePart | FilePart | ButtonsPart | ArticlePart | FoldedPart | FormattedPart | QuotedPart | LocationPart | ContactPart;
export type LiveEvent = MessageEvent | NoteEvent | DeliveryEvent | HandlerEvent | StatusEvent | StartedEvent | ReadEvent | BotEvent | MissedEvent | OfferEvent | OfferEndedEvent | PresenceEvent | AssignedEvent | MovedInEvent | MovedOutEvent | LinkedEvent | ParticipantsEvent | EditedEvent | ReachEvent | RatedEvent | ContactEvent | OtherEvent;
export type ServerFrame = EventFrame | ChangedFrame | GoneFrame | CountsFrame | MeFrame | BotFrame | MailFrame | TypingFrame | ViewingFrame | ReloadFrame | ErrorFrame | PongFrame;
export type ClientFrame = Subscribe | Unsubscribe | Typing | Ping;

export interface Items<T> {
  items: T[];
}
export interface Fault {
  code: string;
  field: string | null;
  expected: string | null;
  message: string;
}
export interface ApiErrorBody {
  error: Fault;
}
export interface SignIn {
  email: string;
  password: string;
}
export interface Me {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  language: string;
  presence: PresenceState;
  presence_reason: string | null;
  capacity: number;
  load: number;
}
export interface ChannelKind {
  anonymous: boolean;
  starts: boolean;
  threads: boolean;
}
export interface Session {
  agent: Me;
  csrf: string;
  brand: string;
  permissions: string[];
  position: number;
  kinds: Record<string, ChannelKind>;
}
export interface Invitation {
  kind: "invite" | "reset";
  email: string;
  name: string;
}
export interface Join {
  name: string;
  password: string;
}
export interface PasswordChange {
  old: string;
  new: string;
}
export interface MeChange {
  language?: string;
  name?: string;
  password?: PasswordChange;
}
export interface PresenceAsk {
  state: PresenceState;
  reason?: string | null;
}
export interface ContactPoint {
  kind: string;
  address: string;
  verified: boolean;
  unreachable_since?: string | null;
}
export interface ContactBrief {
  id: string;
  name: string;
  points: ContactPoint[];
}
export interface ContactClaim {
  kind: string;
  value: string;
  source: string;
  at: string;
}
export interface ContactMatch {
  kind: string;
  value: string;
  here: Standing;
  there: Standing;
}
export interface ContactSuggestion {
  other: ContactBrief;
  matches: ContactMatch[];
}
export interface ContactMerge {
  id: string;
  source: ContactBrief;
  by: string | null;
  evidence: string[];
  at: string;
}
export interface ContactDetail {
  id: string;
  name: string;
  language: string | null;
  points: ContactPoint[];
  attributes: Record<string, string>;
  created_at: string;
  claims?: ContactClaim[];
  merges?: ContactMerge[];
  suggestions?: ContactSuggestion[];
}
export interface MergeContact {
  source: string;
}
export interface TextPart {
  type: "text";
  text: string;
}
export interface Attached {
  url: string;
  name: string;
  size: number;
  media_type: string;
}
export interface ImagePart {
  type: "image";
  url: string;
  name: string;
  size: number;
  media_type: string;
}
export interface FilePart {
  type: "file";
  url: string;
  name: string;
  size: number;
  media_type: string;
}
export interface ButtonOption {
  id: string;
  label: string;
}
export interface ButtonsPart {
  type: "buttons";
  options: ButtonOption[];
}
export interface ArticlePart {
  type: "article";
  article: string;
  title: string;
  excerpt: string;
  url: string | null;
}
export interface FoldedPart {
  type: "folded";
  what: FoldKind;
  text: string;
}
export interface FormattedPart {
  type: "formatted";
  url: string;
  remote_images: number;
}
export interface QuotedPart {
  type: "quoted";
  text: string;
  message: string | null;
}
export interface LocationPart {
  type: "location";
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}
export interface ContactPart {
  type: "contact";
  name: string;
  phone: string | null;
}
export interface Party {
  address: string;
  name: string | null;
}
export interface Evidence {
  code: string;
  weight: number;
}
export interface Envelope {
  subject: string;
  sender: Party;
  to: Party[];
  copies: Party[];
  proof: Proof;
  why: Evidence[];
  automatic: string | null;
  problems?: string[];
}
export interface Author {
  kind: AuthorKind;
  id: string | null;
  name: string | null;
}
export interface Delivery {
  state: DeliveryState;
  reason: string | null;
}
export interface Message {
  id: string;
  author: Author;
  kind: MessageKind;
  parts: Part[];
  at: string;
  delivery: Delivery | null;
  key: string | null;
  n: number;
  envelope?: Envelope | null;
  edited_at?: string | null;
}
export interface Version {
  parts: Part[];
  at: string;
}
export interface Write {
  key: string;
  kind: "reply" | "note";
  text?: string;
  uploads?: string[];
  copies?: string[] | null;
}
export interface DeliveryDecision {
  decision: "again" | "arrived";
}
export interface Upload {
  id: string;
  name: string;
  size: number;
  media_type: string;
}
export interface Canned {
  id: string;
  shortcut: string;
  language: string;
  title: string;
  text: string;
}
export interface CannedAsk {
  shortcut: string;
  language: string;
  title: string;
  text: string;
}
export interface Status {
  state: StatusState;
  until: string | null;
}
export interface Handler {
  kind: HandlerKind;
  id: string | null;
  name: string | null;
}
export interface InboxRef {
  id: string;
  name: string;
  kind: string;
}
export interface ContactRef {
  id: string;
  name: string;
}
export interface Last {
  text: string;
  author_kind: AuthorKind;
  at: string;
}
export interface ConversationSummary {
  id: string;
  subject: string;
  status: Status;
  handler: Handler;
  inbox: InboxRef;
  contact: ContactRef;
  language: string;
  priority: number;
  queue: string | null;
  due_at: string | null;
  due_kind: DueKind | null;
  last: Last | null;
  unread: number;
  created_at: string;
  updated_at: string;
  n: number;
  rating?: number | null;
}
export interface Counts {
  mine: number;
  queue: number;
  all: number;
}
export interface ConversationPage {
  items: ConversationSummary[];
  next: string | null;
  counts: Counts;
}
export interface TimelineEvent {
  n: number;
  kind: string;
  at: string;
  by: string | null;
  facts: Record<string, unknown>;
}
export interface HandoffArticle {
  article: string;
  title: string;
}
export interface Handoff {
  summary: string;
  intent: string | null;
  confidence: number | null;
  slots: Record<string, string>;
  reason: string;
  tried: string[];
  articles: HandoffArticle[];
}
export interface Candidate {
  agent: string;
  name: string;
  index: number;
  skills: Record<string, number>;
}
export interface Reason {
  code: string;
  text: string;
  candidates: Candidate[];
}
export interface Participant {
  id: string;
  address: string;
  name: string;
  joined: boolean;
}
export interface ConversationRef {
  id: string;
  subject: string;
  contact: ContactRef;
  status: Status;
}
export interface Link {
  kind: LinkKind;
  conversation: ConversationRef;
  ours: boolean;
}
export interface SubjectRef {
  id: string;
  subject: string;
}
export interface Rearrangement {
  id: string;
  kind: RearrangementKind;
  at: string;
  by: string;
  other: SubjectRef;
  out: boolean;
  count: number;
  undoable: boolean;
}
export interface Can {
  copies: boolean;
  participants: boolean;
  threads: boolean;
  rearrange: boolean;
}
export interface Rating {
  score: number;
  comment: string;
  agent: string | null;
  at: string;
}
export interface ConversationDetail {
  summary: ConversationSummary;
  contact: ContactDetail;
  messages: Message[];
  events: TimelineEvent[];
  earlier: ConversationSummary[];
  handoff: Handoff | null;
  why: Reason | null;
  position: number;
  participants: Participant[];
  links: Link[];
  rearrangements: Rearrangement[];
  can: Can;
  context: Record<string, string>;
  public: boolean;
  unreachable_since: string | null;
  ratings: Rating[];
}
export interface WriteFirst {
  inbox: string;
  text: string;
  contact?: string | null;
  address?: string | null;
  subject?: string;
}
export interface SubjectAsk {
  subject: string;
}
export interface NewParticipant {
  address: string;
  name?: string | null;
}
export interface Split {
  messages: string[];
  subject?: string | null;
}
export interface Merge {
  into: string;
  keep_people?: boolean;
}
export interface Move {
  to: string;
}
export interface Rearranged {
  conversation: string;
}
export interface TransferTarget {
  queue?: string | null;
  agent?: string | null;
}
export interface Transfer {
  to: TransferTarget;
  note?: string | null;
}
export interface Snooze {
  until: string;
}
export interface OfferAnswer {
  reason?: string | null;
}
export interface Accepted {
  conversation: string;
}
export interface ArticleSummary {
  id: string;
  title: string;
  language: string;
  languages: Record<string, ArticleState>;
  category: string;
  updated_at: string;
  author: string;
}
export interface Revision {
  number: number;
  title: string;
  body: string;
  questions: string[];
  author: string;
  created_at: string;
  published_at: string | null;
}
export interface RevisionRef {
  number: number;
  author: string;
  at: string;
  state: string;
}
export interface ArticleLanguage {
  published: Revision | null;
  draft: Revision | null;
  revisions: RevisionRef[];
}
export interface ArticleDetail {
  id: string;
  slug: string;
  category: string;
  languages: Record<string, ArticleLanguage>;
}
export interface NewArticle {
  language: string;
  title: string;
  body: string;
  category: string;
  questions?: string[];
}
export interface ArticleEdit {
  title: string;
  body: string;
  base: number;
  questions?: string[];
  category?: string | null;
}
export interface Publishing {
  revision: number;
}
export interface Found {
  article: string;
  title: string;
  language: string;
  excerpt: string;
  probability: number;
}
export interface AgentSkill {
  skill: string;
  level: number;
}
export interface Agent {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  active: boolean;
  presence: PresenceState;
  skills: AgentSkill[];
  capacity: number;
  load: number;
  queues: string[];
}
export interface NewAgent {
  email: string;
  name: string;
  roles: Role[];
}
export interface Invited {
  agent: Agent;
  link: string;
}
export interface ResetLink {
  link: string;
}
export interface AgentChange {
  name?: string;
  roles?: Role[];
  active?: boolean;
  skills?: AgentSkill[];
  capacity?: number;
}
export interface Skill {
  id: string;
  name: string;
}
export interface SkillAsk {
  name: string;
}
export interface Requirement {
  skill: string;
  level: number;
  drop_after_s: number | null;
}
export interface Queue {
  id: string;
  name: string;
  priority: number;
  sla_policy: string | null;
  hours: string | null;
  requirements: Requirement[];
  members: string[];
  languages: string[];
  waiting: number;
  oldest_s: number | null;
}
export interface QueueAsk {
  name: string;
  priority?: number;
  sla_policy?: string | null;
  hours?: string | null;
  requirements?: Requirement[];
  members?: string[];
  languages?: string[];
}
export interface Inbox {
  id: string;
  kind: string;
  name: string;
  enabled: boolean;
  queue: string;
  bot: BotMode;
  config: Record<string, unknown>;
  snippet: string | null;
}
export interface InboxAsk {
  kind: string;
  name: string;
  queue: string;
  enabled?: boolean;
  bot?: BotMode;
  config?: Record<string, unknown>;
}
export interface InboxCheck {
  kind: string;
  config: Record<string, unknown>;
  inbox?: string | null;
}
export interface ProbeStep {
  name: string;
  state: "ok" | "failed" | "not_tried";
  code: string;
  detail: string;
}
export interface Probed {
  steps: ProbeStep[];
}
export interface SlaPolicy {
  id: string;
  name: string;
  first_response_s: number | null;
  next_response_s: number | null;
  resolution_s: number | null;
  hours: string | null;
}
export interface SlaPolicyAsk {
  name: string;
  first_response_s?: number | null;
  next_response_s?: number | null;
  resolution_s?: number | null;
  hours?: string | null;
}
export interface Holiday {
  date: string;
  name: string;
}
export interface Hours {
  id: string;
  name: string;
  zone: string;
  week: [string, string][][];
  holidays: Holiday[];
}
export interface HoursAsk {
  name: string;
  zone: string;
  week: [string, string][][];
  holidays?: Holiday[];
}
export interface BotState {
  state: string;
  engine: "rasa" | "scripted";
  step: string | null;
  seconds: number | null;
  detail: string | null;
  model: string | null;
}
export interface DeadRow {
  handler: string;
  topic: string;
  seq: number;
  error: string;
  at: string;
}
export interface OutboxState {
  waiting: number;
  oldest_s: number | null;
  dead: DeadRow[];
}
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}
export interface SystemStatus {
  bot: BotState;
  outbox: OutboxState;
  database: string;
  version: string;
  uptime_s: number;
  sockets: number;
  checks: Check[];
}
export interface MailCounts {
  quarantined: number;
  held: number;
  set_aside: number;
  too_large: number;
}
export interface MailItem {
  id: string;
  inbox: InboxRef;
  from: string;
  subject: string;
  received_at: string;
  size: number;
  state: string;
  reason_code: string | null;
  reason: string | null;
}
export interface MailPage {
  items: MailItem[];
  next: string | null;
  counts: MailCounts;
}
export interface MailHeader {
  name: string;
  value: string;
}
export interface MailDetail {
  id: string;
  inbox: InboxRef;
  from: string;
  subject: string;
  received_at: string;
  size: number;
  state: string;
  reason_code: string | null;
  reason: string | null;
  headers: MailHeader[];
  source: string;
  complete: boolean;
  conversation: string | null;
}
export interface MessageEvent {
  kind: "message";
  message: Message;
}
export interface NoteEvent {
  kind: "note";
  message: Message;
}
export interface DeliveryEvent {
  kind: "delivery";
  message: string;
  state: DeliveryState;
  reason: string | null;
  envelope?: Envelope | null;
  by?: string | null;
}
export interface HandlerEvent {
  kind: "handler";
  handler: HandlerKind;
  agent: string | null;
  queue: string | null;
  name: string | null;
  cause: string;
  by: string | null;
}
export interface StatusEvent {
  kind: "status";
  status: StatusState;
  until: string | null;
  by: string | null;
}
export interface StartedEvent {
  kind: "started";
}
export interface ReadEvent {
  kind: "read";
  visible_n: number;
}
export interface BotEvent {
  kind: "bot_answered";
  engine: string;
  outcome: string;
}
export interface MissedEvent {
  kind: "target_missed";
  target: string;
  due_at: string;
}
export interface Offer {
  reservation: string;
  conversation: ConversationSummary;
  reason: Reason;
  expires_at: string;
}
export interface OfferEvent {
  kind: "offer";
  reservation: string;
  conversation: ConversationSummary;
  reason: Reason;
  expires_at: string;
}
export interface OfferEndedEvent {
  kind: "offer_ended";
  reservation: string;
  how: string;
}
export interface PresenceEvent {
  kind: "presence";
  id: string;
  name: string;
  email: string;
  roles: Role[];
  language: string;
  presence: PresenceState;
  presence_reason: string | null;
  capacity: number;
  load: number;
}
export interface AssignedEvent {
  kind: "assigned";
  conversation: string;
}
export interface MovedInEvent {
  kind: "moved_in";
  count: number;
  conversation: string;
  subject: string;
  by: string | null;
}
export interface MovedOutEvent {
  kind: "moved_out";
  count: number;
  conversation: string;
  subject: string;
  by: string | null;
  messages: string[];
}
export interface LinkedEvent {
  kind: "linked";
  conversation: string;
  subject: string;
  link: LinkKind;
  ours: boolean;
  by: string | null;
}
export interface ParticipantsEvent {
  kind: "participants";
  by: string | null;
}
export interface EditedEvent {
  kind: "edited";
  message: Message;
}
export interface ReachEvent {
  kind: "reach";
  reachable: boolean;
}
export interface RatedEvent {
  kind: "rated";
  score: number;
  agent: string | null;
}
export interface ContactEvent {
  kind: "contact";
  cause: string;
  by: string | null;
}
export interface OtherEvent {
  kind: "other";
  facts: Record<string, unknown>;
}
export interface EventFrame {
  type: "event";
  topic: string;
  n: number;
  at: string;
  event: LiveEvent;
}
export interface ChangedFrame {
  type: "changed";
  items: ConversationSummary[];
}
export interface GoneFrame {
  type: "gone";
  ids: string[];
}
export interface CountsFrame {
  type: "counts";
  mine: number;
  queue: number;
  all: number;
}
export interface MeFrame {
  type: "me";
  id: string;
  name: string;
  email: string;
  roles: Role[];
  language: string;
  presence: PresenceState;
  presence_reason: string | null;
  capacity: number;
  load: number;
}
export interface BotFrame {
  type: "bot";
  state: string;
  engine: "rasa" | "scripted";
  step: string | null;
  seconds: number | null;
  detail: string | null;
  model: string | null;
}
export interface MailFrame {
  type: "mail";
  quarantined: number;
  held: number;
  set_aside: number;
  too_large: number;
}
export interface TypingFrame {
  type: "typing";
  conversation: string;
  who: AuthorKind;
  name: string | null;
  on: boolean;
}
export interface Viewer {
  id: string;
  name: string;
}
export interface ViewingFrame {
  type: "viewing";
  conversation: string;
  agents: Viewer[];
}
export interface ReloadFrame {
  type: "reload";
  topic: string;
}
export interface ErrorFrame {
  type: "error";
  code: string;
  field: string | null;
  expected: string | null;
  retry_after_s?: number | null;
}
export interface PongFrame {
  type: "pong";
}
export interface Subscribe {
  type: "subscribe";
  topic: string;
  n: number;
}
export interface Unsubscribe {
  type: "unsubscribe";
  topic: string;
}
export interface Typing {
  type: "typing";
  conversation: string;
  on: boolean;
}
export interface Ping {
  type: "ping";
}