/** What goes over the wire between the console and the server. Written by `python -m console.wiretypes`: do not edit. */

export type Role = "agent" | "author" | "reviewer" | "publisher" | "supervisor" | "administrator";
export type OrderState = "placed" | "packed" | "shipped" | "delivered" | "cancelled" | "returned";
export type OrderRefusal = "packed_already" | "shipped_already" | "cancelled_already" | "returned_already" | "not_delivered" | "too_late" | "cancel_instead" | "asked_already" | "too_much" | "bad_address" | "other";
export type OrderRequestKind = "return" | "refund";
export type OrderRequestState = "waiting" | "accepted" | "declined";
export type PresenceState = "offline" | "available" | "busy" | "away" | "not_responding";
export type DeliveryState = "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "withdrawn" | "uncertain";
export type MessageKind = "inbound" | "reply" | "note";
export type Proof = "none" | "reply_address" | "authenticated" | "failed";
export type FoldKind = "quote" | "signature";
export type LinkKind = "suspected" | "new_subject" | "follow_up" | "split" | "merged";
export type RearrangementKind = "split" | "merge" | "move";
export type PolicyName = "index" | "earliest_deadline" | "strict" | "ageing" | "first_come" | "cmu";
export type ChoiceName = "least_cost" | "longest_idle" | "least_loaded";
export type SimulationState = "running" | "done" | "failed";
export type SimulationSource = "past" | "sample" | "own";
export type RivalPhase = "on_time" | "late" | "guarded";
export type RoutingTrigger = "agent" | "conversation";
export type MailState = "quarantined" | "held" | "set_aside" | "too_large";
export type BotMode = "off" | "suggest" | "answer";
export type OutcomeName = "confirmed" | "assumed" | "escalated" | "abandoned";
export type EffectWord = "too_few" | "no_difference" | "less" | "more";
export type StatusState = "open" | "waiting" | "snoozed" | "resolved" | "closed";
export type HandlerKind = "bot" | "queue" | "agent" | "nobody";
export type AuthorKind = "contact" | "bot" | "agent" | "system";
export type DueKind = "first" | "next" | "resolution";
export type ArticleState = "published" | "draft" | "both";
export type VoteReason = "unclear" | "missing" | "wrong" | "unrelated" | "other";
export type StageName = "draft" | "in_review" | "changes_requested" | "approved" | "scheduled";
export type StepName = "write" | "ask" | "withdraw" | "approve" | "request_changes" | "schedule" | "unschedule" | "publish" | "unpublish" | "unpublish_at" | "roll_back" | "hold_back" | "archive" | "bring_back" | "delete";
export type CommentPlace = "whole" | "here" | "changed" | "outdated";
export type LineChange = "equal" | "inserted" | "deleted" | "replaced";
export type ClusterState = "open" | "drafting" | "watching" | "closed" | "ignored";
export type GapSource = "bot" | "help" | "console";
export type MisreadWhy = "unsure" | "fallback" | "out_of_scope" | "handed_over" | "asked_again" | "not_helped";
export type ModelState = "training" | "trained" | "failed";
export type RolloutState = "rolling" | "going_back" | "done" | "failed";
export type FindingKind = "duplicate" | "contradiction";
export type FindingState = "open" | "dismissed";
export type Certainty = "proven" | "unproven" | "claimed";
export type Part = TextPart | ImagePart | FilePart | ButtonsPart | ArticlePart | FoldedPart | FormattedPart | QuotedPart | LocationPart | ContactPart;
export type RuleCondition = ChannelCondition | InboxCondition | LanguageCondition | ContactCondition | ContextCondition | TextCondition | IntentCondition | ConfidenceCondition | ReasonCondition | MoodCondition | HoursCondition | TimeCondition | RuleGroup;
export type RuleOutcome = "decided" | "added" | "no" | "off";
export type RuleProblemCode = "unreachable" | "impossible" | "missing";
export type LiveEvent = MessageEvent | NoteEvent | DeliveryEvent | HandlerEvent | StatusEvent | StartedEvent | ReadEvent | BotEvent | MissedEvent | NearEvent | OfferEvent | OfferEndedEvent | PresenceEvent | WrapUpEvent | WrapUpEndedEvent | AssignedEvent | MovedInEvent | MovedOutEvent | LinkedEvent | ParticipantsEvent | EditedEvent | ReachEvent | RatedEvent | ContactEvent | ErrandEvent | OtherEvent;
export type ServerFrame = EventFrame | ChangedFrame | GoneFrame | CountsFrame | MeFrame | BotFrame | MailFrame | NobodyFrame | TypingFrame | ViewingFrame | WritersFrame | ArticlesFrame | KnowledgeFrame | OrdersFrame | ReloadFrame | ErrorFrame | PongFrame;
export type ClientFrame = Subscribe | Unsubscribe | Typing | Editing | Active | Ping;

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
export interface PresenceReason {
  id: string;
  state: "available" | "busy" | "away" | "offline";
  name: string;
  position: number;
}
export interface PresenceReasonAsk {
  state: "available" | "busy" | "away" | "offline";
  name: string;
  position?: number | null;
}
export interface PresenceRules {
  missed_offers: number;
  offer_s: number;
  idle_s: number;
  gone_s: number;
}
export interface WrapUp {
  id: string;
  conversation: string;
  contact: ContactRef;
  subject: string;
  ends_at: string;
}
export interface Assignable {
  agent: string;
  name: string;
  presence: PresenceState;
  load: number;
  capacity: number;
  exceeds: string[];
}
export interface Assignables {
  weight: number;
  items: Assignable[];
}
export interface Assign {
  agent: string;
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
  presence_since: string | null;
  presence_by: string | null;
}
export interface ChannelKind {
  anonymous: boolean;
  starts: boolean;
  threads: boolean;
  weight: number;
  interruptible: boolean;
}
export interface Session {
  agent: Me;
  csrf: string;
  brand: string;
  permissions: string[];
  position: number;
  kinds: Record<string, ChannelKind>;
  wrap_ups: WrapUp[];
  engines: string[];
}
export interface SignOut {
  hand_back?: boolean;
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
  here: Certainty;
  there: Certainty;
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
  insertions?: string[];
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
export interface Errand {
  kind: "order_number" | "photo" | "address" | "details" | "own";
  question: string | null;
  by: string;
  since: string;
}
export interface SendBot {
  ask: "order_number" | "photo" | "address" | "details" | "own";
  question?: string | null;
}
export interface ErrandEvent {
  kind: "errand";
  state: "given" | "ended";
  what: string | null;
  how: string | null;
  by: string | null;
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
  due_near?: boolean;
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
export interface HandoffStep {
  code: string;
  about: string;
}
export interface Handoff {
  summary: string;
  intent: string | null;
  confidence: number | null;
  slots: Record<string, string>;
  reason: string;
  tried: string[];
  articles: HandoffArticle[];
  quotes: string[];
  steps: HandoffStep[];
  matter: string | null;
  language: string | null;
  mood: string | null;
  tier: string | null;
  topic: string | null;
  back_at: string | null;
  case: number | null;
}
export interface Candidate {
  agent: string;
  name: string;
  index: number;
  skills: Record<string, number>;
  idle_s: number | null;
  cost_s: number | null;
  declined: boolean;
  previous: boolean;
}
export interface Rival {
  conversation: string;
  name: string;
  queue: string;
  policy: string;
  index: number;
  phase: RivalPhase;
  waited_s: number;
  slack_s: number;
  target_s: number;
  handle_s: number;
  worth: number;
}
export interface Reason {
  code: string;
  text: string;
  candidates: Candidate[];
  considered: number;
  by: string | null;
  after: string | null;
  overridden: string[];
  waited_s: number | null;
  due_s: number | null;
  asked: Record<string, number>;
  step: number | null;
  steps: number | null;
  by_name: boolean;
  trigger: RoutingTrigger | null;
  choice: string | null;
  policy: string | null;
  competed: number;
  rivals: Rival[];
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
  errand: Errand | null;
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
  stage: StageName | null;
}
export interface ArticleDetail {
  id: string;
  slug: string;
  category: string;
  languages: Record<string, ArticleLanguage>;
  category_id: string | null;
  version: number;
  archived_at: string | null;
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
  note?: string;
  source?: number | null;
}
export interface Publishing {
  revision: number;
  version?: number | null;
  note?: string;
}
export interface Found {
  article: string;
  title: string;
  language: string;
  excerpt: string;
  probability: number;
  revision: number;
  url: string | null;
  caution: "agents" | "signed_in" | "brand" | null;
}
export interface Colleague {
  id: string;
  name: string;
}
export interface ReviewStep {
  revision: number;
  step: StepName;
  by: Colleague | null;
  at: string;
  note: string;
  asked: Colleague | null;
  due_at: string | null;
}
export interface ReviewAnswer {
  id: string;
  body: string;
  author: Colleague;
  at: string;
}
export interface ReviewComment {
  id: string;
  revision: number;
  place: CommentPlace;
  line: number | null;
  quote: string;
  body: string;
  author: Colleague;
  at: string;
  resolved_by: Colleague | null;
  resolved_at: string | null;
  answers: ReviewAnswer[];
}
export interface Review {
  revision: number;
  title: string;
  body: string;
  shown: number | null;
  stage: StageName;
  version: number;
  article_version: number;
  archived: boolean;
  approved: boolean;
  review_required: boolean;
  author: Colleague | null;
  reviewer: Colleague | null;
  asked_by: Colleague | null;
  asked_at: string | null;
  decided_by: Colleague | null;
  decided_at: string | null;
  publish_at: string | null;
  unpublish_at: string | null;
  gap_from: string | null;
  steps: StepName[];
  reviewers: Colleague[];
  fit: number[];
  history: ReviewStep[];
  comments: ReviewComment[];
}
export interface ComparedPiece {
  text: string;
  changed: boolean;
}
export interface ComparedSide {
  number: number;
  pieces: ComparedPiece[];
}
export interface ComparedLine {
  change: LineChange;
  old: ComparedSide | null;
  new: ComparedSide | null;
}
export interface ComparedRevision {
  number: number;
  author: Colleague | null;
  at: string;
  note: string;
}
export interface Comparison {
  old: ComparedRevision;
  new: ComparedRevision;
  same: boolean;
  title: ComparedLine[];
  questions: ComparedLine[];
  body: ComparedLine[];
}
export interface ComparedTexts {
  title: ComparedLine[];
  body: ComparedLine[];
}
export interface EditorialItem {
  article: string;
  language: string;
  title: string;
  revision: number;
  author: Colleague | null;
  by: Colleague | null;
  since: string | null;
  asked_of: Colleague | null;
  due_at: string | null;
}
export interface EditorialWork {
  count: number;
  review: EditorialItem[];
  change: EditorialItem[];
  publish: EditorialItem[];
  asked: EditorialItem[];
  scheduled: EditorialItem[];
}
export interface ReviewAsk {
  version: number;
  reviewer?: string | null;
  note?: string;
}
export interface ReviewStepAsk {
  version: number;
}
export interface ReviewDecision {
  version: number;
  approved: boolean;
  note?: string;
}
export interface Scheduling {
  version: number;
  publish_at: string;
  unpublish_at?: string | null;
  note?: string;
}
export interface Ending {
  version: number;
  unpublish_at: string | null;
}
export interface RollBack {
  version: number;
  revision: number;
  note?: string;
}
export interface NewComment {
  revision: number;
  body: string;
  line?: number | null;
  parent?: string | null;
}
export interface CommentSettling {
  resolved: boolean;
}
export interface Archiving {
  version: number;
  note?: string;
}
export interface Category {
  id: string;
  slug: string;
  parent: string | null;
  names: Record<string, string>;
  descriptions: Record<string, string>;
  position: number;
  version: number;
  articles: number;
}
export interface NewCategory {
  names: Record<string, string>;
  descriptions?: Record<string, string>;
  parent?: string | null;
  slug?: string | null;
}
export interface CategoryChange {
  version: number;
  names: Record<string, string>;
  descriptions?: Record<string, string>;
  slug?: string | null;
}
export interface CategoryPlace {
  version: number;
  parent?: string | null;
  before?: string | null;
}
export interface CategoryRemoval {
  version: number;
  to?: string | null;
}
export interface Owner {
  id: string;
  name: string;
}
export interface Translation {
  language: string;
  number: number;
  followed: number | null;
  stale: boolean;
}
export interface Filing {
  version: number;
  slug: string;
  redirects: string[];
  category_id: string | null;
  tags: string[];
  audience: "public" | "signed_in" | "agents";
  brands: string[];
  owner: Owner | null;
  review_by: string | null;
  overdue: boolean;
  source_language: string | null;
  source: number | null;
  translations: Translation[];
  missing: string[];
  archived_at: string | null;
}
export interface FilingChange {
  version: number;
  category_id?: string | null;
  tags?: string[];
  audience?: "public" | "signed_in" | "agents";
  brands?: string[];
  owner?: string | null;
  review_by?: string | null;
  source_language?: string;
}
export interface SlugChange {
  version: number;
  slug?: string | null;
}
export interface NewRedirect {
  slug: string;
  target: string;
}
export interface Redirected {
  article: string;
}
export interface TagCount {
  tag: string;
  articles: number;
}
export interface BrandName {
  id: string;
  name: string;
}
export interface FilingChoices {
  tags: TagCount[];
  brands: BrandName[];
  owners: Owner[];
  languages: string[];
}
export interface StillRight {
  source: number;
}
export interface Words {
  text: string;
  changed: boolean;
}
export interface SourceLine {
  old: Words[] | null;
  new: Words[] | null;
}
export interface SourceChanges {
  language: string;
  followed: number;
  source: number;
  title: SourceLine | null;
  questions: SourceLine[];
  lines: SourceLine[];
}
export interface GapCluster {
  id: string;
  language: string;
  label: string;
  state: ClusterState;
  version: number;
  size: number;
  before: number;
  whole: number;
  course: number[];
  handed: number;
  minutes: number;
  article: string | null;
  reason: string | null;
  updated_at: string;
}
export interface GapClusters {
  items: GapCluster[];
  total: number;
  days: number;
  languages: string[];
  brands: string[];
}
export interface AskedGap {
  id: string;
  asked_in: GapSource;
  text: string;
  conversation: string | null;
  subject: string | null;
  brand: string | null;
  at: string;
}
export interface GivenAnswer {
  message: string;
  conversation: string | null;
  agent: string;
  text: string;
  at: string;
  resolved: boolean;
  reopened: boolean;
  score: number | null;
}
export interface VersionShare {
  number: number;
  since: string;
  until: string | null;
  asked: number;
  helped: number;
  low: number;
  high: number;
  waiting: number;
}
export interface GapClusterDetail {
  cluster: GapCluster;
  gaps: AskedGap[];
  answers: GivenAnswer[];
  title: string | null;
  versions: VersionShare[];
  before: number;
  enough: number;
  works_below: number;
  window_s: number;
}
export interface SourceOfDraft {
  message: string;
  conversation: string | null;
  agent: string;
  text: string;
  at: string;
}
export interface MarkedPiece {
  text: string;
  marked: boolean;
}
export interface FindingSide {
  article: string;
  number: number;
  title: string;
  pieces: MarkedPiece[];
}
export interface ArticleFinding {
  id: string;
  kind: FindingKind;
  language: string;
  score: number;
  state: FindingState;
  found_at: string;
  first: FindingSide;
  second: FindingSide;
}
export interface OfVersion {
  version: number;
}
export interface ClusterMerge {
  version: number;
  other: string;
}
export interface ClusterSplit {
  version: number;
  gaps: string[];
}
export interface ClusterIgnored {
  version: number;
  reason: string;
}
export interface ClusterLink {
  version: number;
  article: string;
}
export interface FindingSettled {
  state: FindingState;
}
export interface DraftMade {
  article: string;
  language: string;
  number: number | null;
}
export interface ArticleSummary {
  id: string;
  slug: string;
  title: string;
  language: string;
  languages: Record<string, ArticleState>;
  stages: Record<string, StageName>;
  stale: string[];
  missing: string[];
  category: string;
  category_id: string | null;
  audience: "public" | "signed_in" | "agents";
  tags: string[];
  owner: string;
  owner_id: string | null;
  review_by: string | null;
  overdue: boolean;
  archived: boolean;
  updated_at: string;
  author: string;
  flags: number;
}
export interface ArticlePage {
  items: ArticleSummary[];
  next: string | null;
  total: number;
  most: number;
}
export interface ArticleCounts {
  all: number;
  published: number;
  draft: number;
  stages: Record<StageName, number>;
  overdue: number;
  mine: number;
  mine_overdue: number;
  stale: number;
  missing: Record<string, number>;
  archived: number;
  most: number;
}
export interface Suggestions {
  asked: string[];
  language: string;
  items: Found[];
}
export interface InsertionAsk {
  article: string;
  language: string;
  how: "text" | "link";
}
export interface Insertion {
  id: string;
  text: string;
  language: string;
  revision: number;
  caution: "agents" | "signed_in" | "brand" | null;
}
export interface Miss {
  q: string;
  language: string;
  conversation?: string | null;
}
export interface Missed {
  kept: boolean;
}
export interface RevisionUse {
  language: string;
  number: number;
  viewed: number;
  helpful: number;
  unhelpful: number;
  bot_answered: number;
  bot_suggested: number;
  shown: number;
  texts: number;
  links: number;
  edited: number;
  helped: number;
  came_back: number;
  settling: number;
}
export interface DayUse {
  day: string;
  viewed: number;
  bot: number;
  agents: number;
}
export interface ReasonUse {
  reason: VoteReason;
  count: number;
}
export interface VoteComment {
  id: string;
  language: string;
  number: number;
  reason: VoteReason | null;
  text: string;
  at: string;
}
export interface VoteComments {
  items: VoteComment[];
  next: string | null;
}
export interface ArticleUse {
  revisions: RevisionUse[];
  days: DayUse[];
  since: string;
  until: string;
  return_days: number;
  reasons: ReasonUse[];
  comments: VoteComments;
}
export interface Brand {
  id: string;
  name: string;
  color: string;
  logo: string | null;
  home: string | null;
  hosts: string[];
  languages: string[];
  words: Record<string, Record<string, string>>;
  inboxes: string[];
  version: number;
}
export interface BrandAsk {
  name: string;
  color: string;
  id?: string;
  logo?: string | null;
  home?: string | null;
  hosts?: string[];
  languages?: string[];
  words?: Record<string, Record<string, string>>;
  inboxes?: string[];
  version?: number | null;
}
export interface Flag {
  id: string;
  article: string;
  language: string;
  number: number;
  title: string;
  text: string;
  by: string;
  conversation: string | null;
  created_at: string;
  resolved_by: string;
  resolved_at: string | null;
}
export interface FlagAsk {
  language: string;
  number: number;
  text: string;
  conversation?: string | null;
}
export interface Proposal {
  language: string;
  title: string;
  question: string;
  body: string;
  similar: Found[];
  before: string | null;
}
export interface ProposalAsk {
  language: string;
  title: string;
  body: string;
  question?: string;
}
export interface Proposed {
  article: string;
  language: string;
  title: string;
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
  channels: string[] | null;
  presence_reason: string | null;
  presence_since: string | null;
  presence_by: string | null;
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
  channels?: string[] | null;
}
export interface LadderTerm {
  skill: string;
  level: number;
}
export interface LadderStep {
  any_of?: LadderTerm[][];
  agents?: string[];
  until_s?: number | null;
}
export interface Ladder {
  required?: LadderTerm[];
  steps?: LadderStep[];
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
export interface QueueRouting {
  policy?: string;
  parameters?: Record<string, number>;
  choice?: string;
  guard?: number | null;
  reserve?: number;
  previous_agent_s?: number;
  wrap_up_s?: number;
}
export interface Policy {
  name: string;
  parameters: Record<string, number>;
  choice: string;
  guard: number | null;
}
export interface Policies {
  policies: Policy[];
  choices: string[];
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
  ladder: Ladder;
  delays: Record<string, number>;
  routing: QueueRouting;
  version: number;
}
export interface QueueAsk {
  name: string;
  priority?: number;
  sla_policy?: string | null;
  hours?: string | null;
  requirements?: Requirement[];
  members?: string[];
  languages?: string[];
  ladder?: Ladder | null;
  delays?: Record<string, number>;
  routing?: QueueRouting;
  version?: number | null;
}
export interface BotProfile {
  engine: string | null;
  persona: string;
  languages: string[];
  caution: "bold" | "usual" | "careful";
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
  weight: number;
  interruptible: boolean;
  profile: BotProfile;
}
export interface InboxAsk {
  kind: string;
  name: string;
  queue: string;
  enabled?: boolean;
  bot?: BotMode;
  config?: Record<string, unknown>;
  weight?: number;
  interruptible?: boolean;
  profile?: BotProfile;
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
  worth: number;
  warn_share: number;
  version: number;
}
export interface SlaPolicyAsk {
  name: string;
  first_response_s?: number | null;
  next_response_s?: number | null;
  resolution_s?: number | null;
  hours?: string | null;
  worth?: number;
  warn_share?: number;
  version?: number | null;
}
export interface OwnHoliday {
  date: string;
  name: string;
  yearly?: boolean;
}
export interface ClosedDay {
  date: string;
  name: string;
}
export interface Hours {
  id: string;
  name: string;
  zone: string;
  week: [string, string][][];
  country: string | null;
  subdivision: string | null;
  struck: string[];
  holidays: OwnHoliday[];
  closed: ClosedDay[];
  version: number;
}
export interface HoursAsk {
  name: string;
  zone: string;
  week: [string, string][][];
  country?: string | null;
  subdivision?: string | null;
  struck?: string[];
  holidays?: OwnHoliday[];
  version?: number | null;
}
export interface Country {
  code: string;
}
export interface Subdivision {
  code: string;
  name: string;
}
export interface CountryHoliday {
  date: string;
  name: string;
  called: string;
}
export interface CountryHolidays {
  country: string;
  subdivision: string | null;
  year: number;
  subdivisions: Subdivision[];
  items: CountryHoliday[];
}
export interface DeadlineStep {
  kind: "counted" | "closed" | "holiday" | "paused";
  start: string;
  end: string;
  seconds: number;
  holiday: string | null;
  text: string;
}
export interface Deadline {
  target: DueKind;
  state: "running" | "paused" | "missed" | "kept" | "unanswered" | "late";
  text: string;
  policy: string;
  hours: string | null;
  zone: string;
  started_at: string;
  promised_s: number;
  counted_s: number;
  paused_s: number;
  due_at: string | null;
  warn_at: string | null;
  warned_at: string | null;
  missed_at: string | null;
  stopped_at: string | null;
  steps: DeadlineStep[];
  hidden: number;
}
export interface ChannelCondition {
  kind: "channel";
  any_of: string[];
}
export interface InboxCondition {
  kind: "inbox";
  any_of: string[];
}
export interface LanguageCondition {
  kind: "language";
  any_of: string[];
}
export interface ContactCondition {
  kind: "contact";
  attribute: string;
  any_of?: string[];
}
export interface ContextCondition {
  kind: "context";
  name: string;
  any_of?: string[];
}
export interface TextCondition {
  kind: "text";
  words: string[];
  match?: "any" | "all";
}
export interface IntentCondition {
  kind: "intent";
  any_of: string[];
}
export interface ConfidenceCondition {
  kind: "confidence";
  at_least?: number | null;
  below?: number | null;
}
export interface ReasonCondition {
  kind: "reason";
  any_of: string[];
}
export interface MoodCondition {
  kind: "mood";
  any_of: string[];
}
export interface HoursCondition {
  kind: "hours";
  hours: string;
  open?: boolean;
}
export interface TimeCondition {
  kind: "time";
  zone: string;
  days?: number[];
  start?: string;
  end?: string;
}
export interface RuleGroup {
  kind: "group";
  match?: "all" | "any" | "none";
  of?: RuleCondition[];
}
export interface RuleSkill {
  skill: string;
  level: number;
  drop_after_s?: number | null;
}
export interface RuleGives {
  queue?: string | null;
  priority?: number;
  skills?: RuleSkill[];
  ladder?: Ladder | null;
  sla_policy?: string | null;
  work?: string | null;
  exclude?: string[];
  person?: boolean;
}
export interface RoutingRule {
  id: string;
  position: number;
  name: string;
  enabled: boolean;
  when: RuleGroup;
  gives: RuleGives;
  go_on: boolean;
  version: number;
  changed_at: string;
  changed_by: string | null;
}
export interface RoutingRuleAsk {
  name: string;
  gives: RuleGives;
  when?: RuleGroup;
  enabled?: boolean;
  go_on?: boolean;
  version?: number | null;
}
export interface RuleOrder {
  ids: string[];
}
export interface ConditionTrace {
  condition: RuleCondition;
  held: boolean;
  seen: string | null;
  of: ConditionTrace[];
}
export interface RuleTrace {
  rule: string;
  name: string;
  version: number;
  outcome: RuleOutcome;
  when: ConditionTrace | null;
}
export interface RouteGiven {
  queue: string;
  queue_name: string;
  priority: number;
  ladder: Ladder | null;
  ladder_adds: boolean;
  sla_policy: string | null;
  work: string | null;
  rules: string[];
  fallback: string | null;
  exclude?: string[];
}
export interface RuleEvaluation {
  id: string;
  at: string;
  facts: Record<string, string>;
  rules: RuleTrace[];
  gave: RouteGiven;
}
export interface ConversationRouting {
  evaluations: RuleEvaluation[];
  deadlines?: Deadline[];
}
export interface DryRunRule {
  name: string;
  gives: RuleGives;
  when?: RuleGroup;
  enabled?: boolean;
  go_on?: boolean;
  version?: number | null;
  id?: string | null;
}
export interface DryRunAsk {
  rules: DryRunRule[];
  since?: string | null;
  until?: string | null;
  conversations?: string[];
}
export interface DryRunCount {
  rule: number;
  held: number;
  decided: number;
}
export interface DryRunItem {
  conversation: string;
  subject: string;
  at: string;
  changed: boolean;
  gave: RouteGiven | null;
  would_give: RouteGiven;
  facts: Record<string, string>;
  rules: RuleTrace[];
}
export interface DryRun {
  considered: number;
  changed: number;
  more: boolean;
  by_fallback: number;
  by_rule: DryRunCount[];
  items: DryRunItem[];
}
export interface RuleProblem {
  rule: string;
  name: string;
  code: RuleProblemCode;
  by: string[];
  field: string | null;
  detail: string;
}
export interface NobodyServes {
  source: string;
  name: string;
  queue: string | null;
  queue_name: string | null;
  lacking: LackingSkill[];
  members: number;
  since: string | null;
  excluded: number;
}
export interface LackingSkill {
  skill: string;
  name: string;
  level: number;
  best: number;
}
export interface RoutingChecks {
  rules: RuleProblem[];
  nobody: NobodyServes[];
}
export interface KnownValues {
  languages: string[];
  intents: string[];
  reasons: string[];
  attributes: Record<string, string[]>;
  context: Record<string, string[]>;
  work: string[];
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
export interface PreviewAsk {
  language: string;
  body: string;
}
export interface TypedText {
  title: string;
  body: string;
}
export interface ComparisonAsk {
  old: TypedText;
  new: TypedText;
}
export interface PreviewHeading {
  level: number;
  id: string;
  text: string;
}
export interface PreviewProblem {
  kind: string;
  line: number;
  what: string;
}
export interface Preview {
  html: string;
  headings: PreviewHeading[];
  problems: PreviewProblem[];
}
export interface ArticleImage {
  id: string;
  markdown: string;
  url: string;
  media_type: string;
  width: number;
  height: number;
}
export interface ArticleLink {
  id: string;
  slug: string;
  title: string;
  language: string;
  published: boolean;
}
export interface UsingArticle {
  id: string;
  title: string;
  language: string;
}
export interface Reusable {
  name: string;
  kind: "snippet" | "variable";
  texts: Record<string, string>;
  version: number;
  updated_at: string;
  by: string;
  articles: UsingArticle[];
  snippets: string[];
}
export interface NewReusable {
  name: string;
  kind: "snippet" | "variable";
  texts: Record<string, string>;
}
export interface ReusableChange {
  texts: Record<string, string>;
  version: number;
}
export interface Unsaved {
  base: number;
  title: string;
  body: string;
  questions?: string[];
  note?: string;
  source?: number | null;
}
export interface MyCopy {
  base: number;
  title: string;
  body: string;
  questions: string[];
  note: string;
  source: number | null;
  updated_at: string;
}
export interface OtherCopy {
  agent: string;
  name: string;
  base: number;
  updated_at: string;
}
export interface Copies {
  newest: number;
  mine: MyCopy | null;
  others: OtherCopy[];
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
export interface Figure {
  count: number;
  low: number;
  high: number;
}
export interface Outcomes {
  conversations: number;
  confirmed: Figure;
  assumed: Figure;
  escalated: Figure;
  abandoned: Figure;
  came_again: Figure;
  deflected: Figure;
}
export interface OutcomeLine {
  key: string;
  name: string | null;
  outcomes: Outcomes;
}
export interface OutcomeTable {
  by: "intent" | "article" | "channel" | "language" | "inbox";
  lines: OutcomeLine[];
  more: number;
}
export interface OutcomeDay {
  day: string;
  confirmed: number;
  assumed: number;
  escalated: number;
  abandoned: number;
}
export interface OutcomeHour {
  weekday: number;
  hour: number;
  outcomes: Outcomes;
}
export interface Saved {
  currency: string;
  amount: number;
  conversations: number;
  unpriced: number;
}
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
export interface Arm {
  people: number;
  worked: Figure;
  again: Figure;
}
export interface HoldOutLine {
  inbox: string | null;
  name: string | null;
  share: number | null;
  held: Arm;
  bot: Arm;
  conversations: number;
  waiting: number;
  work: Estimate | null;
  again: Estimate | null;
  told: EffectWord;
  saved: Estimate | null;
}
export interface BotReport {
  since: string;
  until: string;
  zone: string;
  inbox: string | null;
  window_s: number;
  outcomes: Outcomes;
  waiting: number;
  reasons: Record<OutcomeName, Record<string, number>>;
  tables: OutcomeTable[];
  days: OutcomeDay[];
  hours: OutcomeHour[];
  saved: Saved | null;
  hold_out: HoldOutLine[];
  enough: number;
}
export interface HeldInbox {
  id: string;
  name: string;
  kind: string;
  answers: boolean;
  share: number;
}
export interface Measuring {
  currency: string | null;
  cost: number | null;
  by_channel: Record<string, number>;
  inboxes: HeldInbox[];
  version: number;
}
export interface MeasuringAsk {
  currency?: string | null;
  cost?: number | null;
  by_channel?: Record<string, number>;
  hold_outs?: Record<string, number>;
  version?: number | null;
}
export interface StaffingAsk {
  arrivals: number[];
  handle_s: number;
  starts?: string;
  patience_s?: number | null;
  at_once?: number;
  share?: number;
  target_s?: number;
  most_occupancy?: number | null;
  most_abandoned?: number | null;
  shrinkage?: number;
}
export interface Expected {
  within: number;
  waits: number;
  mean_wait_s: number | null;
  abandoned: number;
  occupancy: number;
}
export interface StaffedHalf {
  starts: string;
  arrivals: number;
  agents: number;
  scheduled: number;
  expected: Expected;
  one_less: Expected | null;
}
export interface Staffing {
  halves: StaffedHalf[];
  agent_hours: number;
  scheduled_hours: number;
  peak: number;
  within: number;
}
export interface SimulatedPolicyAsk {
  policy: PolicyName | "current";
  choice?: ChoiceName | null;
  guard?: number | null;
  parameters?: Record<string, number>;
}
export interface SimulationAsk {
  policies: SimulatedPolicyAsk[];
  name?: string;
  past_days?: number | null;
  sample?: string | null;
  scenario?: Record<string, unknown> | null;
  seeds?: number;
  hours?: number | null;
}
export interface Simulation {
  id: string;
  name: string;
  state: SimulationState;
  source: SimulationSource;
  sample: string | null;
  past_days: number | null;
  policies: string[];
  progress: number;
  error: string | null;
  detail: string | null;
  by: string | null;
  created_at: string;
  ended_at: string | null;
}
export interface SimulatedFigure {
  value: number | null;
  low: number | null;
  high: number | null;
}
export interface SimulatedRow {
  arrived: number;
  wait_s: SimulatedFigure;
  attainment: SimulatedFigure;
  abandonment: SimulatedFigure;
  late_s: SimulatedFigure;
  longest_wait_s: number | null;
  wait_p99_s: number | null;
  unfinished: number;
}
export interface SimulatedTotal {
  arrived: number;
  wait_s: SimulatedFigure;
  attainment: SimulatedFigure;
  abandonment: SimulatedFigure;
  late_s: SimulatedFigure;
  longest_wait_s: number | null;
  wait_p99_s: number | null;
  unfinished: number;
  weighted_attainment: SimulatedFigure;
  cost: SimulatedFigure;
}
export interface SimulatedPolicy {
  policy: string;
  all: SimulatedTotal;
  types: Record<string, SimulatedRow>;
}
export interface SimulatedPair {
  first: string;
  second: string;
  wait_s: SimulatedFigure;
  attainment: SimulatedFigure;
  abandonment: SimulatedFigure;
  cost: SimulatedFigure;
  cost_ratio: SimulatedFigure | null;
}
export interface SimulationResult {
  hours: number;
  warm_up: number;
  seeds: number[];
  policies: SimulatedPolicy[];
  comparisons: SimulatedPair[];
}
export interface SimulationDetail {
  simulation: Simulation;
  result: SimulationResult | null;
}
export interface SimulationChoices {
  samples: string[];
  past_days: number;
  policies: number;
  seeds: number;
}
export interface Simulations {
  items: Simulation[];
  choices: SimulationChoices;
}
export interface Synonyms {
  id: string;
  language: string;
  words: string[];
  version: number;
}
export interface SynonymsAsk {
  language: string;
  words: string[];
  version?: number | null;
}
export interface Piece {
  text: string;
  marked: boolean;
}
export interface Tried {
  article: string;
  title: string;
  language: string;
  snippet: Piece[];
  probability: number;
}
export interface Taken {
  word: string;
  words: string[];
}
export interface SearchTrial {
  found: Tried[];
  corrected: Taken[];
  synonyms: Taken[];
}
export interface ImportedSome {
  count: number;
  names: string[];
}
export interface Imported {
  created: ImportedSome;
  languages_added: ImportedSome;
  drafts_added: ImportedSome;
  unchanged: ImportedSome;
  as_drafts: ImportedSome;
  added: ImportedSome;
  kept: ImportedSome;
  left_out: ImportedSome;
}
export interface Importing {
  step: string;
  articles: number;
}
export interface OrderItem {
  name: string;
  quantity: number;
  price: number;
}
export interface OrderRequest {
  id: string;
  kind: OrderRequestKind;
  state: OrderRequestState;
  reason: string;
  amount: number | null;
  conversation: string | null;
  asked_by: string | null;
  asked_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision: string | null;
}
export interface OrderCan {
  cancel: OrderRefusal | null;
  address: OrderRefusal | null;
  send_back: OrderRefusal | null;
  refund: OrderRefusal | null;
}
export interface Order {
  number: string;
  state: OrderState;
  placed_at: string;
  currency: string;
  items: OrderItem[];
  total: number;
  refundable: number;
  address: string;
  customer: string;
  expected: string | null;
  delivered_at: string | null;
  tracking: string | null;
  version: number;
  requests: OrderRequest[];
  waiting: boolean;
  can: OrderCan;
}
export interface CustomerOrders {
  proven: boolean;
  items: Order[];
}
export interface OrderPage {
  items: Order[];
  next: string | null;
}
export interface OrderStep {
  n: number;
  kind: string;
  source: string;
  by: string | null;
  conversation: string | null;
  detail: string | null;
  state: OrderState;
  amount: number | null;
  at: string;
}
export interface OrderDetail {
  order: Order;
  steps: OrderStep[];
}
export interface WaitingRequest {
  request: OrderRequest;
  order: Order;
  hindrance: string | null;
}
export interface RequestPage {
  items: WaitingRequest[];
  next: string | null;
  waiting: number;
}
export interface OrderWish {
  key: string;
  conversation?: string | null;
}
export interface AddressWish {
  key: string;
  conversation?: string | null;
  address: string;
}
export interface ReturnWish {
  key: string;
  conversation?: string | null;
  reason?: string;
}
export interface RefundWish {
  key: string;
  conversation?: string | null;
  reason?: string;
  amount?: number | null;
}
export interface WishAnswer {
  result: string;
  refusal: OrderRefusal | null;
  order: Order | null;
}
export interface RequestVerdict {
  reason?: string;
}
export interface Decided {
  told: boolean;
}
export interface ShopItem {
  name: string;
  price: number;
  quantity?: number;
}
export interface ShopUser {
  inbox: string;
  name: string;
}
export interface ShopOrder {
  number: string;
  state: OrderState;
  placed_at: string;
  currency: string;
  items: ShopItem[];
  address: string;
  email?: string | null;
  user?: ShopUser | null;
  expected?: string | null;
  delivered_at?: string | null;
  tracking?: string | null;
  version?: number | null;
}
export interface ShopOrders {
  orders: ShopOrder[];
}
export interface OrdersBrought {
  added: number;
  changed: number;
  unchanged: number;
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
export interface NearEvent {
  kind: "target_near";
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
  presence_since: string | null;
  presence_by: string | null;
}
export interface WrapUpEvent {
  kind: "wrap_up";
  id: string;
  conversation: string;
  contact: ContactRef;
  subject: string;
  ends_at: string;
}
export interface WrapUpEndedEvent {
  kind: "wrap_up_ended";
  wrap_up: string;
  how: string;
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
  presence_since: string | null;
  presence_by: string | null;
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
export interface NobodyFrame {
  type: "nobody";
  items: NobodyServes[];
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
export interface ArticleWriter {
  id: string;
  name: string;
  language: string;
  changed: boolean;
}
export interface WritersFrame {
  type: "writers";
  article: string;
  people: ArticleWriter[];
}
export interface ArticlesFrame {
  type: "articles";
  ids: string[];
}
export interface KnowledgeFrame {
  type: "knowledge";
}
export interface OrdersFrame {
  type: "orders";
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
export interface Editing {
  type: "editing";
  article: string;
  language?: string;
  changed?: boolean;
}
export interface Ping {
  type: "ping";
}
export interface Active {
  type: "active";
}
export interface IntentGuess {
  intent: string;
  confidence: number;
}
export interface TextLabel {
  id: string | null;
  intent: string | null;
  by: string | null;
  at: string;
}
export interface MisreadText {
  key: string;
  text: string;
  language: string;
  times: number;
  intent: string | null;
  confidence: number | null;
  ranking: IntentGuess[];
  why: MisreadWhy;
  outcome: string;
  conversation: string | null;
  at: string;
  label: TextLabel | null;
}
export interface MisreadTexts {
  items: MisreadText[];
  total: number;
  intents: string[];
  guessed: string[];
  languages: string[];
}
export interface LabelAsk {
  intent: string | null;
}
export interface LabelUndone {
  label: TextLabel | null;
}
export interface LearnedExample {
  text: string;
  intent: string;
  language: string;
}
export interface ExampleClash {
  text: string;
  ours: string;
  theirs: string;
}
export interface ExamplesChange {
  added: LearnedExample[];
  removed: LearnedExample[];
  changed: ExampleClash[];
  counts: [number, number, number];
}
export interface ModelScore {
  size: number;
  right: number;
  in_scope: number;
  rejected: number;
  out_of_scope: number;
  caught: number;
}
export interface IntentScore {
  intent: string;
  size: number;
  right: number;
  before: number | null;
}
export interface IntentsConfused {
  expected: string;
  got: string;
  count: number;
}
export interface SentenceChange {
  text: string;
  expected: string;
  before: string;
  after: string;
}
export interface ModelComparison {
  now: ModelScore;
  before: ModelScore | null;
  intents: IntentScore[];
  confusion: IntentsConfused[];
  better: SentenceChange[];
  worse: SentenceChange[];
}
export interface BotModel {
  id: string;
  fingerprint: string;
  state: ModelState;
  step: string;
  done: number;
  problem: string | null;
  examples: number;
  shipped: boolean;
  outdated: boolean;
  in_use: boolean;
  by: string | null;
  began: string;
  ended: string | null;
  test: ModelScore | null;
  test_before: ModelScore | null;
}
export interface BotModelDetail {
  model: BotModel;
  test: ModelComparison | null;
  labelled: ModelComparison | null;
  left_out: number;
  against: string | null;
  since: ExamplesChange;
}
export interface BotRollout {
  id: string;
  model: string;
  before: string | null;
  state: RolloutState;
  problem: string | null;
  by: string | null;
  began: string;
  ended: string | null;
}
export interface BotServer {
  id: string;
  model: string | null;
  problem: string | null;
  seen: string;
}
export interface BotModels {
  items: BotModel[];
  rollouts: BotRollout[];
  servers: BotServer[];
  examples: number;
  since: ExamplesChange;
  clashes: ExampleClash[];
  dropped: LearnedExample[];
}
export interface TrainingBegun {
  model: string;
}