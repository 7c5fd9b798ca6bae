# Texts of the product in English.
# Keys begin with console-, widget-, bot-, letter-, error- or demo-. Widget texts are plain: variables only, no plurals.
# After a change: npm run locales (in web/), which makes ar-XB.ftl again.

## Widget
widget-open = Open chat
widget-open-unread = Open chat, {$count} unread
widget-close = Close chat
widget-title = Chat
widget-greeting = Hello! How can we help?
widget-ask = Ask us anything
widget-with-bot = Our assistant answers at once
widget-in-queue = Waiting for a colleague
widget-with-agent = You are talking with {$name}
widget-with-team = You are talking with our team
widget-messages = Messages
widget-you = You
widget-assistant = Assistant
widget-team = Our team
widget-typing = {$name} is typing
widget-joined = {$name} has joined
widget-left = Your colleague has left the conversation
widget-closed = This conversation is closed. Write again whenever you like.
widget-connecting = Connecting…
widget-reconnecting = Connecting again…
widget-offline = No connection at the moment. What you write is kept and sent when it is back.
widget-write = Write a message
widget-send = Send
widget-sending = Waiting to be sent
widget-sent = Sent
widget-read = Read
widget-try-again = Try again
widget-remove = Remove
widget-attach = Attach a file
widget-attachments = Attached files
widget-drop-here = Drop files to attach them
widget-uploading = Sending {$name}
widget-remove-file = Remove {$name}
widget-image = Image {$name}, opens in a new tab
widget-file = File {$name}, {$size}, opens in a new tab
widget-read-article = Read the article
widget-text-too-long = This message is too long. Please shorten it or send it in two.
widget-file-too-large = Too large: at most {$size}
widget-file-empty = This file is empty
widget-file-too-many = At most {$count} files in one message
widget-file-media-type = This kind of file cannot be sent
widget-file-network = Could not be sent
widget-file-rate = Too many files at once. Please wait a moment.
widget-error-too-large = Not sent: too long
widget-error-empty = Not sent: there is nothing in it
widget-error-other = Not sent
widget-menu = More
widget-back = Back to the conversation
widget-away = Our team is away at the moment. Leave a message and we will answer.
widget-away-until = Our team is back {$time}
widget-answers = A colleague answers in {$time}
widget-about = about {$time}
widget-next = You are next
widget-place = You are number {$position} in line
widget-sign-in = Please sign in on this page to write to us.
widget-before = Before we begin
widget-optional = optional
widget-start = Start the chat
widget-email = E-mail address
widget-mail = Get our answer by e-mail as well
widget-mail-lead = Leave your address, in case you cannot wait here.
widget-leave = Notify me
widget-rate = How did we do?
widget-rate-1 = Very bad
widget-rate-2 = Bad
widget-rate-3 = All right
widget-rate-4 = Good
widget-rate-5 = Very good
widget-thanks = Thank you!
widget-comment = Would you like to add something?
widget-language = Language
widget-history = Earlier conversations
widget-none-earlier = There are no earlier conversations.
widget-all-earlier = All earlier conversations
widget-nothing-said = A conversation
widget-going-on = going on
widget-unread = Not read yet
widget-loading = One moment…
widget-not-now = This cannot be shown at the moment. Please try again later.
widget-signed-in = You are signed in as {$name}
widget-prove = Confirm who you are
widget-prove-lead = Confirm that an address is yours, and we know you wherever you write to us from.
widget-send-code = Send me a code
widget-with-telegram = Confirm with Telegram
widget-open-telegram = Open Telegram
widget-code = Code
widget-code-sent = We have sent you a code. Please type it here.
widget-code-there = Our bot on Telegram tells you a code. Please type it here.
widget-confirm = Confirm
widget-start-over = Start over
widget-proven = {$address} is yours: confirmed.
widget-prove-rate = That was too often. Please try again later.
widget-prove-code = This code is not right, or no longer.
widget-prove-other = That did not work. Please try again.
widget-may-help = This may help
widget-suggested = Articles that may help: {$count}
widget-error-details = Not sent: please answer the questions first
## Bot
bot-greet = Hello! Ask me anything about our shop, or give me an order number.
bot-goodbye = Goodbye! Write again whenever you like.
bot-thanks = You are welcome. Is there anything else?
bot-what-am-i = I am the automatic assistant of this shop. I answer from our articles and look up orders, and I can get you a colleague at any time.
bot-all-right = All right. Write again if there is anything else.
bot-go-ahead = Go ahead, what is your question?
bot-glad = Good to hear. Write again if there is anything else.
bot-no-answer = I did not find an answer to that. Could you put it in other words? Or I get you a colleague.
bot-rephrase = I am sorry that this did not help. Could you put your question in other words? Or I get you a colleague.
bot-same-answer = I only find the same answer again. Could you tell me more about what you need? Or I get you a colleague.
bot-suggest = One of these may answer your question:
bot-suggest-other = I am sorry. Perhaps one of these is what you need:
bot-which-one = Which one? Please press a button or write its number.
bot-choose = Please choose:
bot-choice-gone = This button is no longer in use. Please write what you need.
bot-other-language = I have this only in another language:
bot-button-person = Talk to a person
bot-button-helped = That helped
bot-button-not-helped = That did not help
bot-order-ask-number = What is your order number? It looks like {$example}.
bot-order-not-a-number = {$number} does not look like one of our order numbers. They look like {$example}. Could you check it?
bot-order-unknown = I cannot find an order {$number}. Could you check the number?
bot-order-stopped = All right, we leave it. A colleague can also find your order without the number.
bot-order-give-up = I cannot find your order this way.
bot-order-state-placed = We have received your order {$number} and are preparing it.
bot-order-state-packed = Your order {$number} is packed and leaves our warehouse soon.
bot-order-state-shipped = Your order {$number} is on its way to you.
bot-order-shipped-expected = Your order {$number} is on its way to you. The carrier expects to deliver it on {$date}.
bot-order-state-delivered = Your order {$number} was delivered.
bot-order-state-cancelled = Your order {$number} was cancelled.
bot-order-state-returned = Your order {$number} came back to us.
bot-complaint = I am sorry about that, and thank you for telling us. A colleague will look into it in person.
bot-sorry = I am sorry that I could not help.
bot-give-up = I am sorry, I do not find an answer to that.
bot-asked-twice = I see that my answer did not settle it.
bot-lookup-failed = I am sorry, I cannot look that up at the moment.
bot-attachment = Thank you. I cannot read files, but a colleague can.
bot-not-proven = We tell about orders only to who is known to ask, and this mail does not show who wrote it.
bot-way-to-person = Not what you need? Reply with the word "person", and a colleague takes over.
bot-hand-over = I am passing you on to a colleague, who will answer you here and sees what you have written.
bot-hand-over-open = I am passing you on to a colleague, who will be with you as soon as possible and sees what you have written.
bot-hand-over-closed = I am passing this on to our team. Nobody is there at the moment; a colleague will answer you here when we are open again, and sees what you have written.
bot-reason-asked-for-person = The customer asked for a person.
bot-reason-complaint = The customer complains.
bot-reason-no-answer = The bot found no answer.
bot-reason-not-helped = The bot's answers did not help.
bot-reason-asked-twice = The customer asked the same again.
bot-reason-no-order = The bot could not find the order.
bot-reason-lookup-failed = Something that the bot needs did not answer.
bot-reason-attachment = The customer sent a file, which the bot cannot read.
bot-reason-not-proven = The message is about an order, and nothing proves who sent it: check that first.
bot-reason-bot-failed = The bot failed.
bot-summary-wrote = Wrote: {$text}
bot-summary-shown = Was shown: {$titles}
bot-summary-order = Order number: {$number}

## The made-up shop at /demo, which shows the widget
demo-title = Lumen & Leaf
demo-language = English
demo-tagline = Warm light, green rooms
demo-new = New this month
demo-lead = Lamps that make an evening longer, and plants that are happy beside them. Sent within two working days.
demo-lamp = Glow pendant lamp
demo-plant = Monstera in a clay pot
demo-pot = Two glazed pots
demo-lamp-price = €89
demo-plant-price = €45
demo-pot-price = €38
demo-questions = Questions?
demo-questions-lead = Open the chat in the corner. An assistant answers at once, and a person joins when you ask for one.
demo-shipping = How long does shipping take?
demo-returns = How do I return an item?
demo-person = I would like to talk to a person
demo-note = This shop is made up: it shows Parley's widget on a page with a strict security policy.

## Console: general

console-loading = Loading…
console-close = Close
console-cancel = Cancel
console-save = Save
console-saved = Saved
console-clear = Clear
console-back = Back
console-undo = Undo
console-more = More actions
console-remove = Remove { $name }
console-try-again = Try again
console-skip = Skip to the content
console-you = You
console-agent = Agent
console-system = System
console-visitor = Visitor { $id }
console-name = Name
console-email = E-mail
console-language = Language
console-inbox = Inbox
console-people = People
console-queues = Queues
console-articles = Articles
console-no-page = There is nothing at this address
console-not-for-role = This page is not for your role
console-not-for-role-help = If you need it, ask an administrator.
console-no-page-home = To the start page
console-connection-lost = The connection is lost. Trying again; nothing you write is lost.

## Console: signing in

console-sign-in = Sign in
console-sign-out = Sign out
console-sign-in-title = Welcome back
console-sign-in-lead = Sign in to answer your customers.
console-password = Password
console-password-new = New password
console-password-old = Present password
console-password-change = Change the password
console-password-help = At least { $count } characters
console-forgotten = Forgotten your password? Ask an administrator for a reset link.
console-session-ended = Your session has ended. Please sign in again.
console-invite-title = Welcome to the team
console-invite-lead = You were invited as { $email }. Choose your name and a password.
console-invite-do = Join
console-reset-title = Choose a new password
console-reset-lead = For { $email }. You will be signed in at once.
console-reset-do = Save and sign in
console-link-gone = This link no longer works
console-link-gone-help = It has been used or is too old. Ask an administrator for a new one.
console-auth-question = Hi, my parcel should have been here on Tuesday.
console-auth-bot = Order 4127 left our warehouse on Monday. Shall I ask a colleague to look into it?
console-auth-question-more = Yes please!
console-auth-agent = Hello, Lin here. I have just called the carrier: it arrives tomorrow before ten.
console-auth-claim = The bot answers first, people take over where it matters, and nobody has to say anything twice.

## Console: navigation and account

console-nav = Main navigation
console-nav-inbox = Inbox
console-nav-articles = Articles
console-nav-status = Status
console-nav-admin = Settings
console-nav-me = Me
console-nav-mine-count = open conversations of yours
console-account = Account of { $name }
console-profile = Name and password
console-sound-toggle = Sounds on or off
console-sound-on = Turn sounds on
console-sound-off = Turn sounds off
console-theme-system = Colours of the system
console-theme-light = Light
console-theme-dark = Dark
console-theme-next = Switch between light and dark
console-language-next = Switch the language
console-role-agent = Agent
console-role-editor = Editor
console-role-supervisor = Supervisor
console-role-administrator = Administrator

## Console: presence

console-presence-change = Change presence
console-presence-to-available = Be available
console-presence-available = Available
console-presence-available-help = New conversations are offered to you
console-presence-busy = Busy
console-presence-busy-help = You keep yours, nothing new is offered
console-presence-away = Away
console-presence-away-help = For a while, with a reason
console-presence-not-responding = Not responding
console-presence-offline = Offline
console-presence-offline-help = Your day is over
console-presence-reason = Away because of
console-presence-reason-lunch = Lunch
console-presence-reason-break = Break
console-presence-reason-meeting = Meeting
console-presence-reason-training = Training
console-presence-reason-other = Another reason, then Enter
console-load = Load

## Console: keys and palette

console-palette = Command palette
console-palette-hint = What do you want to do?
console-palette-none = Nothing like that is possible here.
console-keys = Keyboard shortcuts
console-keys-go = Go to
console-keys-list = List
console-keys-conversation = Conversation
console-keys-composer = Writing
console-keys-offer = Offer
console-keys-articles = Articles
console-keys-general = General
console-keys-letters = Single letters are shortcuts
console-keys-letters-help = Switch this off if your dictation or assistive software types letters.
console-key-next = Next conversation
console-key-previous = Previous conversation
console-key-close = Close the conversation
console-key-reply = Write a reply
console-key-note = Write an internal note
console-key-send = Send
console-key-canned = Insert a canned reply
console-key-article = Insert an article
console-key-leave = Leave the text field
console-go-mine = My conversations
console-go-queue = Conversations in queues
console-go-all = All conversations
console-go-articles = Articles
console-go-status = System status
console-go-admin = Settings

## Console: offers

console-offer = New conversation for you
console-offer-title-flash = ● A customer is waiting
console-offer-from = Offer of a conversation with { $name }
console-offer-announce = New conversation for you from { $name }. { $why }. Press A to accept.
console-offer-accept = Accept
console-offer-accept-writing = Accept while writing
console-offer-decline = Decline
console-offer-declined = Declined. It is offered to somebody else.
console-offer-left = { $seconds } seconds left
console-offer-expired = The offer from { $name } expired and went on to somebody else.
console-offer-withdrawn = The offer from { $name } was withdrawn.
console-offer-too-late = Too late: this offer is over.
console-why = Why you:
console-why-you = Why you
console-why-skills = with { $skills }
console-why-load = { $share } of the capacity taken
console-why-only-one = You are the only one free with what it needs
console-why-previous-agent = You helped this customer before
console-why-least-loaded = Of those who can, you have the most room
console-why-longest-idle = Of those who can, you have been free the longest
console-why-offered-again = Nobody else is left who can take it
console-why-taken = Taken from the queue by hand
console-why-transferred = Transferred by a colleague

## Console: lists

console-lists = Lists of conversations
console-conversations = Conversations
console-list-mine = Mine
console-list-queue = Queue
console-list-all = All
console-list-search = Search conversations
console-list-no-match = Nothing found
console-list-no-match-help = No conversation here says “{ $query }”.
console-list-none = No conversation here
console-list-empty-mine = All answered
console-list-empty-mine-help = New conversations are offered to you as soon as you are available.
console-list-empty-queue = Nobody is waiting
console-list-empty-queue-help = Conversations that need a person appear here until somebody takes them.
console-list-empty-all = No open conversations
console-list-empty-all-help = As soon as a customer writes, you see it here.
console-filter-status = Filter by status
console-filter-queue = Filter by queue
console-filter-queue-any = Every queue
console-filter-active = In work
console-filter-open = Open
console-filter-waiting = Waiting
console-filter-snoozed = Snoozed
console-filter-resolved = Resolved
console-filter-closed = Closed
console-filter-any = Any status
console-queue-waiting = 
  { $count ->
    [0] Nobody waiting
    [one] One waiting
    *[other] { $count } waiting
  }
console-unread = { $count } unread
console-draft = Draft:
console-no-message = No message yet
console-status-waiting = Waiting
console-status-snoozed = Snoozed
console-status-resolved = Resolved
console-status-closed = Closed
console-handler-bot = Bot
console-handler-queue = In the queue
console-sla-first = First answer due { $time }
console-sla-next = Next answer due { $time }
console-sla-resolution = To be resolved by { $time }
console-sla-late = { $time } late

## Console: conversation

console-conversation = Conversation
console-conversation-with = Conversation with { $name }
console-conversation-gone = This conversation does not exist, or you may not see it
console-none-open = Choose a conversation
console-none-open-help = Or press J for the next one, and ? for every key.
console-yours = Yours
console-take = Take
console-taken = It is yours now
console-resolve = Resolve
console-resolved = Resolved
console-reopen = Reopen
console-reopened = Open again
console-wait = Wait for the customer
console-waited = Waiting for the customer
console-snooze = Snooze
console-snooze-hour = In an hour
console-snooze-hours = In four hours
console-snooze-tomorrow = Tomorrow morning
console-snooze-week = Next Monday
console-snooze-own = At another time
console-snooze-do = Snooze
console-snoozed = Snoozed until { $time }
console-transfer = Transfer
console-transfer-search = Search queues and people
console-transfer-to = Transfer to
console-transfer-note = Note for whoever takes over
console-transfer-note-help = Only your colleagues see it.
console-transfer-do = Transfer
console-transferred = Transferred to { $name }
console-write-contact = Write to this contact
console-write-first = New conversation
console-write-to = To
console-write-search = Name or address
console-write-nobody = No contact found.
console-write-inbox = Through
console-write-text = Message
console-viewing = { $names } also look at this
console-typing = { $name } is typing…
console-thread = Messages
console-new-below = New messages
console-note = Internal note
console-bot-tag = answers automatically
console-buttons = Offered choices
console-sticker = Sticker
console-voice = Voice: { $name }
console-file-save = Save { $name } ({ $size })
console-place = Location
console-map-open = Open in { $map }
console-map-choose = Choose a map
console-map-copy = Copy the coordinates
console-map-osm = OpenStreetMap
console-map-google = Google Maps
console-map-apple = Apple Maps
console-map-amap = Amap
console-card = Shared contact
console-card-copy = Copy the number
console-quoted-show = Show what this answers
console-quoted-file = Attachment
console-edited = edited
console-edited-at = Edited { $time }
console-edited-show = Show what it said before
console-edited-title = What it said before
console-edited-now = now
console-reach-blocked = { $name } has blocked us here.
console-reach-blocked-help = Since { $time }. Replies will not arrive until they let us in again.
console-reach-public = Others read along.
console-reach-public-help = This is a group: say nothing personal here.
console-rated = Rated { $score } of { $best }
console-delivery-queued = Waits to be sent
console-delivery-put-off = Not taken yet: { $reason }; tried again
console-delivery-sending = Sending…
console-delivery-sent = Sent
console-delivery-delivered = Delivered
console-delivery-read = Read
console-delivery-failed = Not delivered
console-delivery-withdrawn = Withdrawn before it was sent
console-delivery-uncertain = Perhaps not delivered

## Console: what happened

console-event-started = The conversation began
console-event-target-missed = An SLA target was missed
console-event-target-missed-first = The target for the first answer was missed
console-event-target-missed-next = The target for the next answer was missed
console-event-target-missed-resolution = The target for resolving was missed
console-event-bot-answered = The bot finished its turn
console-event-handler = The conversation changed hands
console-event-handler-bot = With the bot
console-event-handler-bot-returned-to-bot = Given back to the bot
console-event-handler-queue = Waiting in { $queue }
console-event-handler-queue-handed-off = The bot handed over to { $queue }
console-event-handler-queue-bot-failed = The bot could not answer: waiting in { $queue }
console-event-handler-queue-transferred = Transferred to { $queue }
console-event-handler-queue-agent-lost = The agent went offline: back in { $queue }
console-event-handler-queue-reopened = Opened again: waiting in { $queue }
console-event-handler-agent = { $name } has it now
console-event-handler-agent-offer-accepted = { $name } accepted
console-event-handler-agent-taken = { $name } took it
console-event-handler-agent-transferred = Transferred to { $name }
console-event-handler-agent-wrote-first = { $name } wrote first
console-event-status = The status changed
console-event-status-open = Opened again
console-event-status-waiting = Waiting for the customer
console-event-status-snoozed = Snoozed until { $time }
console-event-status-resolved = Resolved by { $by }
console-event-status-closed = Closed
console-event-reach-blocked = The customer blocked us here
console-event-reach-back = The customer can be reached again
console-event-delivery-queued = { $by } had a reply sent again
console-event-delivery-sent = { $by } said that a reply arrived
console-event-rated = Rated { $score } of { $best }
console-event-contact = The contact changed
console-event-contact-merged = { $by } merged this contact with another one
console-event-contact-parted = { $by } took a merge of contacts back
console-event-contact-verified = The customer proved an address of theirs
console-event-contact-claimed = The customer named an address of theirs

## Console: hand-off

console-handoff = Handed over by the bot
console-handoff-intent = Wants
console-handoff-tried = Tried
console-handoff-articles = Articles the bot looked at

## Console: writing

console-composer-kind = Reply or note
console-composer-reply = Reply
console-composer-note = Note
console-composer-reply-hint = Write a reply.  / for canned replies, @ for articles
console-composer-note-hint = Only your colleagues see this note
console-send = Send
console-send-again = Send again
console-discard = Discard
console-add-note = Add note
console-closed = This conversation is closed for good.
console-attach = Attach files
console-attachments = Attachments
console-uploading = Uploading
console-still-uploading = Wait until the attachments are uploaded.
console-canned = Canned replies
console-suggest-none = Nothing found.
console-unready-done = This conversation is done. Open it again to reply.
console-unready-free = Take this conversation to reply.
console-unready-held = { $name } has this conversation. You can leave a note.

## Console: contact panel

console-panel = Details
console-verified = Verified
console-unverified = Not verified
console-began = Began
console-suggested = Suggested articles
console-suggested-none = No article fits.
console-knowledge-search = Search articles
console-match = How likely this answers the question
console-insert = Insert
console-earlier = Earlier conversations
console-earlier-none = This is the first one.

## Console: more of the contact

console-point-visitor = Browser …{ $id }
console-point-telegram = Telegram { $id }
console-point-user = Account { $id }
console-point-blocked = Blocked us
console-context = Context
console-context-page = Page
console-context-start = Came by the link
console-ratings = Ratings

## Console: knowledge base

console-article-new = New article
console-article-search = Search articles
console-article-close = Close the article
console-article-none-open = Choose an article
console-article-none-open-help = What is published here is what the bot answers with, two seconds later.
console-article-nothing = No article here
console-article-gone = This article does not exist
console-article-filter-any = Any state
console-article-filter-published = Published
console-article-filter-draft = With a draft
console-article-language-any = Any language
console-article-state-published = Published
console-article-state-draft = Draft
console-article-state-both = Published, with changes
console-article-state-none = Not written yet
console-article-not-in = Not written in { $language }
console-article-no-category = No category
console-article-category = Category
console-article-title = Title
console-article-questions = Questions it answers
console-article-questions-help = One a line, in the customers' own words. The bot learns from them.
console-article-body = Text
console-article-body-help = Markdown: **bold**, *italic*, lists, links, > quotes
console-article-view = Write or preview
console-article-write = Write
console-article-preview = Preview
console-article-sides = Languages side by side
console-article-save = Save draft
console-article-saved = Draft saved
console-article-publish = Publish
console-article-published = Published: the bot knows it now
console-article-unpublish = Unpublish
console-article-unpublished = No longer published
console-article-unsaved = Not saved yet
console-article-unsaved-leave = Leave without saving? Your changes will be lost.
console-revisions = 
  { $count ->
    [one] One revision
    *[other] { $count } revisions
  }
console-revisions-title = Revisions
console-revision = No. { $number }
console-revision-published = Published
console-revision-draft = Draft
console-revision-superseded = Replaced
console-revision-restore = Go back to the published text

## Console: status

console-health-title = System status
console-health-bot = The bot
console-health-engine-rasa = Rasa answers.
console-health-engine-scripted = The simple engine answers from the same knowledge base until Rasa is ready.
console-health-engine-alone = The simple engine answers from the knowledge base; Rasa is switched off.
console-health-progress = How far Rasa is
console-health-detail = What it does
console-health-since = For
console-health-model = Model
console-health-sockets = Connected browsers
console-health-waiting = Waiting work
console-health-oldest = oldest for { $time }
console-health-uptime = Running for
console-health-version = Version
console-bot-off = Off
console-bot-installing = Installing
console-bot-training = Training
console-bot-starting = Starting
console-bot-ready = Ready
console-bot-failed = Failed
console-dead = Work given up
console-dead-none = Nothing was given up.
console-dead-lead = These steps failed too often. Find out why, then try them again.
console-dead-replay = Try again
console-dead-replayed = It will be tried again
console-checks = Checks
console-check-good = fine
console-check-bad = not fine

## Console: settings

console-admin-people = People
console-admin-queues = Queues
console-admin-skills = Skills
console-admin-inboxes = Inboxes
console-admin-sla = SLA policies
console-admin-hours = Business hours
console-admin-canned = Canned replies
console-none = None
console-done = Done
console-copy = Copy
console-copied = Copied
console-removed = Removed
console-remove-do = Remove
console-remove-sure = Really remove?
console-name-thing = Name
console-unit = unit
console-unit-seconds = seconds
console-unit-minutes = minutes
console-unit-hours = hours
console-unit-days = days
console-people-lead = Who answers, edits, supervises and administers.
console-people-search = Search people
console-invite = Invite somebody
console-invite-make = Make the link
console-invite-link = Invitation link
console-invited = { $name } can join with this link. It works once; hand it over yourself.
console-roles = Roles
console-role-agent-help = Answers conversations
console-role-editor-help = Writes articles
console-role-supervisor-help = Changes queues, skills, SLA
console-role-administrator-help = Changes people and inboxes
console-person-inactive = Deactivated
console-person-capacity = Capacity
console-person-skills-help = From 1, beginner, to 5, expert
console-deactivate = Deactivate
console-deactivated = Deactivated and signed out
console-activate = Activate
console-activated = Active again
console-reset-link = Reset link
console-reset-help = A reset link signs this person out at once and ends the old password. Taking a role away signs them out too.
console-reset-made = With this link { $name } chooses a new password. It works once. The old password works no more, and { $name } is signed out everywhere.
console-level-of = Level of { $skill }
console-skill-add = Add a skill
console-skill-title = Skills
console-skill-lead = What agents can do. Queues ask for skills at a level; agents hold them at a level.
console-skill-none = No skills yet
console-skill-holders = 
  { $count ->
    [0] Nobody has it
    *[other] Held by { $count }
  }
console-queue-add = Add a queue
console-queue-title = Queues
console-queue-lead = Where conversations wait for a person: what they need, who is asked, and by when.
console-queue-none = No queues yet
console-queue-priority = Priority
console-queue-priority-help = Higher goes first
console-queue-sla = SLA policy
console-queue-hours = Business hours
console-queue-requirements = Needed skills
console-queue-requirements-help = A need with a time is dropped when somebody has waited that long.
console-queue-drop = Dropped after
console-queue-never = never
console-queue-add-skill = Add a skill…
console-queue-languages = Languages
console-queue-members = Members
console-queue-all-members = All or none
console-queue-member-count = 
  { $count ->
    [0] No members
    [one] One member
    *[other] { $count } members
  }
console-inbox-add = Add an inbox
console-inbox-title = Inboxes
console-inbox-lead = Where customers write to you.
console-inbox-none = No inboxes yet
console-inbox-queue = Hands over to
console-inbox-enabled = Customers can write here
console-inbox-bot = The bot
console-inbox-off = Switched off
console-inbox-looks = Widget
console-inbox-origins = Sites that may show it
console-inbox-origins-help = One a line, such as https://shop.example
console-inbox-color = Colour
console-inbox-position = Corner
console-inbox-position-left = Left
console-inbox-position-right = Right
console-inbox-greeting = Greeting in { $language }
console-inbox-snippet = Line for your site
console-inbox-snippet-help = Put it before the end of the body of every page.
console-sla-add = Add a policy
console-sla-title = SLA policies
console-sla-lead = By when a customer is owed an answer. The list and the routing go by it.
console-sla-none = No policies yet
console-sla-first-response-s = First answer
console-sla-next-response-s = Next answer
console-sla-resolution-s = Resolution
console-sla-no-target = no target
console-sla-hours = Counted in
console-hours-add = Add business hours
console-hours-title = Business hours
console-hours-lead = SLA targets count these hours only.
console-hours-none = No business hours yet
console-hours-always = Around the clock
console-hours-zone = Time zone
console-hours-week = Week
console-hours-from = { $day } from
console-hours-to = { $day } to
console-hours-closed = Closed
console-hours-add-span = Add hours on { $day }
console-hours-holidays = Holidays
console-hours-holiday = Name of the holiday
console-hours-holiday-add = Add a holiday
console-hours-holiday-count = 
  { $count ->
    [one] one holiday
    *[other] { $count } holidays
  }
console-hours-date = Date
console-canned-add = Add a canned reply
console-canned-title = Canned replies
console-canned-lead = Texts that agents insert with / while they write.
console-canned-none = No canned replies yet
console-canned-name = Title
console-canned-shortcut = Shortcut
console-canned-text = Text
console-canned-help = { $contact } and { $agent } are filled in.

## Console: intents, slots and reasons of a hand-off

console-handoff-reason-asked-for-person = asked for a person
console-handoff-reason-asked-twice = asked the same twice
console-handoff-reason-attachment = sent a file
console-handoff-reason-not-for-bot = a message that the bot does not answer
console-handoff-reason-not-proven = asked about an order, sender not proven
console-handoff-reason-bot-failed = the bot could not answer
console-handoff-reason-complaint = complains
console-handoff-reason-lookup-failed = the order could not be looked up
console-handoff-reason-no-answer = no article answers it
console-handoff-reason-no-order = the order was not found
console-handoff-reason-not-helped = the answer did not help
console-intent-greet = Greeting
console-intent-goodbye = Goodbye
console-intent-thank = Thanks
console-intent-affirm = Yes
console-intent-deny = No
console-intent-bot-challenge = Asks whether it is a bot
console-intent-talk-to-person = Talk to a person
console-intent-order-status = Order status
console-intent-complaint = Complaint
console-intent-ask-knowledge = A question
console-intent-not-helped = The answer did not help
console-intent-out-of-scope = Something else
console-intent-none = Not known
console-slot-order-number = Order number
console-slot-lang = Language

## Console: mail in a conversation

console-mail-from = From
console-mail-to = To
console-mail-copies = Cc
console-mail-subject = Subject
console-mail-no-subject = No subject
console-mail-no-sender = No sender
console-mail-to-only = to { $to }
console-mail-to-copies = to { $to }, copy to { $copies }
console-mail-and-more = { $names } and { $count } more
console-mail-show-quote = Show the quoted text
console-mail-hide-quote = Hide the quoted text
console-mail-show-signature = Show the signature
console-mail-hide-signature = Hide the signature
console-mail-left-out = Parts of this mail may be missing here: { $what }. The mailbox has the whole mail.
console-mail-problem-headers-cut = some of its headers (there are too many)
console-mail-problem-nesting = what is nested too deeply
console-mail-problem-parts = the last of its parts (there are too many)
console-mail-problem-files = some of its files (too many or too large)
console-mail-problem-text-cut = the end of its text (too long)
console-mail-problem-html-cut = the end of its formatted text (too long)
console-mail-problem-html-nesting = its formatting (nested too deeply)
console-mail-problem-tnef = what is packed in winmail.dat
console-mail-problem-encoding = what is damaged in its encoding
console-mail-view = How this mail is shown
console-mail-view-plain = Plain text
console-mail-view-formatted = Formatted
console-mail-frame = As formatted by the sender: { $subject }
console-mail-images =
  { $count ->
    [one] Show one image
    *[other] Show { $count } images
  }
console-mail-images-help = Images from elsewhere are not loaded: loading them tells the sender that the mail was read.
console-mail-automatic = Automatic message from { $name }
console-mail-automatic-auto-reply = Automatic reply from { $name }
console-mail-automatic-bounce = Delivery report from { $name }
console-mail-automatic-failed = Could not be delivered, says { $name }
console-mail-automatic-delayed = Delivery is late, says { $name }
console-mail-automatic-delivered = Has been delivered, says { $name }
console-mail-automatic-list = Mailing list: { $name }
console-mail-why = Why here
console-mail-why-total = Together
console-mail-why-help = The higher the sum, the surer it is that the mail belongs here. Only who takes part can write into a conversation, whatever the sum.
console-evidence-reply-address = Sent to the secret reply address of this conversation
console-evidence-signed-id = Answers a mail that we signed in this conversation
console-evidence-in-reply-to = Says that it answers a mail of this conversation
console-evidence-references = Names mails of this conversation
console-evidence-mentioned = A mail of this conversation names it
console-evidence-subject = Has the same subject
console-evidence-former-subject = Has a subject that the conversation had before
console-evidence-people = Goes to the same people
console-evidence-takes-part = Its sender takes part here
console-evidence-time = Time that has passed since the last message
console-evidence-subject-anew = Its subject does not say that it is an answer
console-evidence-same-writer = Written by who wrote last
console-evidence-other-references = Names mails of other conversations
console-evidence-no-references = Names no mail, although others here do
console-proof-label = { $proof }: what that means
console-proof-proven = Sender proven
console-proof-unproven = Sender not proven
console-proof-failed = Sender check failed
console-proof-authenticated-help = The mail server that received this mail checked it: it really comes from { $address }.
console-proof-reply-address-help = This mail answers to a secret address that we gave only to { $address }. That is as good as a proof.
console-proof-none-help = Nothing shows that this mail really comes from { $address }. Anybody can write any sender into a mail: give nothing personal away before you are sure.
console-proof-failed-help = The mail server that received this mail checked it and found that it does not come from { $address }. Treat it as a forgery.
console-subject-change = Change the subject
console-subject-saved = Subject changed
console-delivery-unknown = We don't know whether it arrived
console-delivery-arrived = It arrived
console-delivery-arrived-done = Noted: it arrived
console-delivery-again-done = It is being sent again

## Console: who takes part

console-participants = People
console-people-requester = Requester
console-people-outside = Not taking part
console-people-add = Add an address
console-people-add-do = Add
console-people-added = { $name } takes part now
console-people-remove = { $name } no longer takes part
console-people-removed = { $name } gets no more replies
console-copies-choice = Who gets the reply
console-copies-one = Reply to one
console-copies-all = Reply to all ({ $count })
console-copies-leave-out = Leave { $name } out this time
console-copies-outside = { $name } not taking part: add
console-copies-outside-help = { $address } stood on a mail, but nobody has let it in. It gets nothing until you add it.

## Console: moving, splitting, merging

console-links = Linked conversations
console-links-more = { $count } more
console-links-fewer = Fewer
console-link-suspected-ours = May belong to another conversation, but its sender does not take part there:
console-link-suspected-theirs = Somebody who does not take part here wrote about this:
console-link-new-subject-ours = Went on from another conversation under a new subject:
console-link-new-subject-theirs = Went on under a new subject:
console-link-follow-up-ours = Follows a conversation that was over:
console-link-follow-up-theirs = Went on after it was over:
console-link-split-ours = Split off from
console-link-split-theirs = Part of it was split off:
console-link-merged-ours = Merged into
console-link-merged-theirs = Has taken in what was in
console-message-more = More about this message
console-move-to = Move to…
console-move-help = The message goes into the conversation that you choose, with everything in it.
console-move-do = Move
console-move-done = Moved
console-split-from = Split from here…
console-split-choose = Split off the message by { $name }: { $text }
console-split-count =
  { $count ->
    [0] No message chosen.
    [one] One message chosen.
    *[other] { $count } messages chosen.
  }
console-split-help = They begin a conversation of their own.
console-split-all = At least one message must stay.
console-split-subject = Subject of the new conversation
console-split-do = Split off
console-split-done = Split off into a conversation of its own
console-merge-into = Merge into…
console-merge-help = All messages go into the conversation that you choose. This one is closed and says where they went.
console-merge-strange = These are two different customers: { $name } and { $other }. Whoever takes part in the other conversation will read everything in here in the next quoted reply.
console-merge-people = Its people take part there too
console-merge-people-help = Otherwise they get no replies from there.
console-merge-do = Merge
console-merge-done = Merged
console-pick-linked = Linked
console-pick-own = Of the same contact
console-pick-other = Others
console-pick-found = Found
console-undone = Undone
console-rearranged = Moved, split, merged
console-rearranged-move-out = Moved { $count } to
console-rearranged-move-in = Moved { $count } here from
console-rearranged-split-out = Split { $count } off into
console-rearranged-split-in = Split { $count } off from
console-rearranged-merge-out = Merged { $count } into
console-rearranged-merge-in = Took in { $count } from
console-event-open = open
console-event-moved-in =
  { $count ->
    [one] { $by } brought one message here from “{ $subject }”
    *[other] { $by } brought { $count } messages here from “{ $subject }”
  }
console-event-moved-out =
  { $count ->
    [one] { $by } moved one message to “{ $subject }”
    *[other] { $by } moved { $count } messages to “{ $subject }”
  }
console-event-linked = Linked with “{ $subject }”
console-event-linked-suspected-ours = May belong to “{ $subject }”
console-event-linked-suspected-theirs = “{ $subject }” may belong here
console-event-linked-new-subject-ours = Went on from “{ $subject }”
console-event-linked-new-subject-theirs = Goes on as “{ $subject }”
console-event-linked-follow-up-ours = Follows “{ $subject }”
console-event-linked-follow-up-theirs = Goes on in “{ $subject }”
console-event-linked-split-ours = Split off from “{ $subject }”
console-event-linked-split-theirs = “{ $subject }” was split off
console-event-linked-merged-ours = Merged into “{ $subject }”
console-event-linked-merged-theirs = “{ $subject }” was merged in
console-event-participants = The people who take part changed

## Console: what the bot suggests

console-suggestion = Suggested by the bot
console-suggestion-help = Nobody but you sees it.
console-suggestion-use = Use this
console-suggestion-first = Take the conversation to use it.

## Console: writing first by mail

console-write-search-address = Name, or a new address
console-write-new-address = New address

## Console: mail that did not become a message

console-nav-mail = Mail
console-nav-mail-count = mails to look into
console-go-mail = Mail to look into
console-mail-title = Mail to look into
console-mail-state-quarantined = Quarantined
console-mail-state-held = Held back
console-mail-state-set-aside = Set aside
console-mail-state-too-large = Too large
console-mail-state-stored = Waiting to be read
console-mail-state-done = Taken in
console-mail-quarantined-lead = Mail that could not be read within its limits. It is kept as it came; nothing is lost.
console-mail-held-lead = Too many mails from one sender in an hour. They wait until you let them in.
console-mail-set-aside-lead = Mail from machines that belongs to no conversation: automatic replies, reports, lists.
console-mail-too-large-lead = Mail larger than the limit. Only its headers were fetched; the rest still lies on the mail server.
console-mail-quarantined-none = Every mail could be read
console-mail-held-none = Nothing is held back
console-mail-set-aside-none = Nothing was set aside
console-mail-too-large-none = No mail was too large
console-mail-quarantined-next = Try again after an update, or read its source here.
console-mail-held-next = Let it in if it is from a customer.
console-mail-set-aside-next = Let it in if somebody should answer it: it becomes a conversation.
console-mail-too-large-next = Try again after raising the limit, or read it on the mail server.
console-mail-stored-next = It is being taken in.
console-mail-done-next = It has been taken in.
console-mail-reason-too-many = Too many mails from this sender in an hour
console-mail-reason-auto-reply = An automatic reply that belongs to no conversation
console-mail-reason-report = A delivery report about no mail of ours
console-mail-reason-list = Mail from a mailing list
console-mail-reason-own = A mail of our own that came back
console-mail-reason-before-start = Lay in the mailbox before this inbox began
console-mail-reason-no-sender = It names no sender
console-mail-reason-too-large = Larger than the limit
console-mail-reason-gone = No longer on the mail server
console-mail-reason-taken = Taken already, from another copy
console-mail-reason-asked = Is fetched again with the next look into the mailbox
console-mail-reason-empty = There is nothing in it
console-mail-reason-no-headers = It has no headers: it is no mail
console-mail-reason-time = Reading it took too long
console-mail-reason-memory = Reading it took too much memory
console-mail-reason-crashed = Reading it ended the program that read it
console-mail-reason-unfetchable = The mail server does not hand it out
console-mail-news-held = More mail of one sender than an hour's limit: the rest is held back
console-mail-news-quarantined = A mail came that cannot be read
console-mail-news-look = Look at it
console-mail-reason-failed = Reading it failed
console-mail-received = Received
console-mail-size = Size
console-mail-headers = Headers
console-mail-source = Source
console-mail-source-start = Start of the source
console-mail-download = Download
console-mail-replay = Try again
console-mail-release = Let it in
console-mail-replayed = It is being taken in
console-mail-open = Open the conversation
console-mail-older = Older mail

## Console: settings of a mailbox

console-save-anyway = Save all the same
console-secret-set = Set
console-secret-replace = Replace
console-secret-keep = Keep the old one
console-inbox-kind = Kind
console-inbox-kind-widget = Chat on a site
console-inbox-kind-widget-help = A window in the corner of your pages
console-inbox-kind-email = E-mail
console-inbox-kind-email-help = A mailbox, over IMAP and SMTP
console-inbox-go-on = When the visitor has gone, go on by mail through
console-inbox-go-on-none = not at all
console-inbox-go-on-help = Only to visitors who left an address.
console-inbox-bot-answer = Answers first
console-inbox-bot-suggest = Suggests answers
console-inbox-bot-answer-help = It passes on to a person what it cannot answer.
console-inbox-bot-suggest-help = Agents see its answer and decide; it sends nothing.
console-inbox-bot-off = Off
console-inbox-bot-off-help = Every conversation goes straight to the queue.
console-inbox-bot-answer-short = Bot answers
console-inbox-bot-suggest-short = Bot suggests
console-mailbox-address = Address
console-mailbox-display = Name beside the address
console-mailbox-display-help = As your customers see it
console-mailbox-preset = Provider
console-mailbox-preset-gmail = Gmail
console-mailbox-preset-microsoft = Microsoft 365
console-mailbox-preset-qq = QQ Mail
console-mailbox-preset-163 = 163 Mail
console-mailbox-preset-other = Another
console-mailbox-preset-gmail-help = Needs an app password (your Google account, Security, 2-Step Verification) or OAuth. Your usual password does not work.
console-mailbox-preset-microsoft-help = Needs OAuth: register an application in Entra ID with IMAP.AccessAsUser.All and SMTP.Send. Passwords no longer work.
console-mailbox-preset-qq-help = Switch IMAP/SMTP on in QQ Mail's settings and enter the authorization code that it shows, not your password.
console-mailbox-preset-163-help = Switch IMAP/SMTP on in 163 Mail's settings and enter the authorization code that it shows, not your password.
console-mailbox-sign = Signing in
console-mailbox-sign-how = How
console-mailbox-sign-password = Password
console-mailbox-sign-oauth = OAuth 2 (a refresh token)
console-mailbox-code = Authorization code
console-mailbox-smtp-password = Another password for sending
console-mailbox-smtp-password-help = Empty: the same one
console-mailbox-client-id = Client ID
console-mailbox-client-secret = Client secret
console-mailbox-refresh-token = Refresh token
console-mailbox-token-url = Address that gives tokens
console-mailbox-scope = Scope
console-mailbox-imap = Receiving (IMAP)
console-mailbox-smtp = Sending (SMTP)
console-mailbox-smtp-signs = Sign in to send
console-mailbox-host = Server
console-mailbox-port = Port
console-mailbox-user = User name
console-mailbox-security = Encryption
console-mailbox-security-tls = TLS from the start
console-mailbox-security-starttls = STARTTLS
console-mailbox-security-none = None
console-mailbox-folder = Folder
console-mailbox-take = Take
console-mailbox-take-new = only mail that comes from now on
console-mailbox-take-all = all mail that is there
console-mailbox-mark = On the server, mail that was taken is
console-mailbox-mark-nothing = left as it is
console-mailbox-mark-seen = marked as read
console-mailbox-mark-flagged = marked with a flag
console-mailbox-per-minute = Replies a minute at most
console-mailbox-language = Language where none is known
console-mailbox-signature = Signature in { $language }
console-mailbox-agent-names = Agents' names stand in From
console-mailbox-agent-names-help = Before the mailbox's own name: Anna (Support)
console-mailbox-quote = What is answered stands below each reply
console-mailbox-rules = Rules and trust
console-mailbox-aliases = Other addresses of this mailbox
console-mailbox-aliases-help = One a line
console-mailbox-forms = Senders of contact forms
console-mailbox-forms-help = One a line. Mail from them counts as written by its Reply-To.
console-mailbox-plus = Addresses with a plus are delivered here
console-mailbox-plus-help = Such as support+anything@example.com. Replies then go to a secret address, which proves who answers.
console-mailbox-trusted = Believe Authentication-Results by
console-mailbox-trusted-help = The name under which your mail server writes its checks, such as mx.example.com. Fill this in only if your server writes this header on every mail it receives and removes foreign ones: otherwise a sender can forge it. Empty: no check is believed.
console-mailbox-resolved = A reply to a resolved conversation
console-mailbox-resolved-reopen = opens it again
console-mailbox-resolved-link = begins a linked one
console-mailbox-lists = Mail from mailing lists
console-mailbox-lists-queue = goes to the queue
console-mailbox-lists-set-aside = is set aside
console-mailbox-limit = Mails of one sender an hour
console-mailbox-limit-help = More are held back until you let them in.
console-probe-title = Connection
console-probe-do = Test the connection
console-probe-help = Nothing is saved, read or sent.
console-probe-busy = This takes a few seconds…
console-probe-good = Everything works: mail can be received and sent.
console-probe-bad = Something does not work yet.
console-probe-imap = Receiving
console-probe-smtp = Sending
console-probe-name = Server name
console-probe-port = Port
console-probe-tls = Encryption
console-probe-password = Signing in
console-probe-folder = Folder
console-probe-state-ok = works
console-probe-state-failed = does not work
console-probe-state-not-tried = not tried
console-probe-failed-name = There is no server of this name. Check how it is written.
console-probe-failed-port = Nothing answers there. Check the port, and whether a firewall is in between.
console-probe-failed-tls = No secure connection. Check the kind of encryption, or the server's certificate.
console-probe-failed-password = The server does not let us in. Check user name and password; many providers want an app password or an authorization code.
console-probe-failed-folder = This folder does not exist there or may not be opened.
console-probe-code-address-refused = This host has a private address, and connections to those are not allowed here (PARLEY_EMAIL_PRIVATE_HOSTS).
console-probe-code-certificate-name = The server's certificate is for another name. Check how the server is called.
console-probe-code-certificate-expired = The server's certificate has expired.
console-probe-code-certificate-untrusted = The server's certificate comes from nobody that we trust.
console-probe-code-no-tls = There is no TLS from the start on this port. Try STARTTLS, or another port.
console-probe-code-tls-unsupported = The server does not offer STARTTLS. Try TLS from the start.
console-probe-code-tls-required = The server takes no password without encryption. Choose TLS or STARTTLS.
console-probe-code-no-imap = Something answers there, but it is no IMAP server. Check the port.
console-probe-code-no-greeting = Something is there, but it says nothing. Check port and encryption.
console-probe-code-turned-away = The server turned us away. Try again later.
console-probe-code-too-slow = The server takes too long to answer.
console-probe-code-try-later = The server lets nobody in at the moment. Try again later.
console-probe-code-no-xoauth2 = The server takes no OAuth 2 tokens. Use a password.
console-probe-code-token-revoked = The refresh token no longer works: somebody must sign in again and make a new one.
console-probe-code-token-client = Client ID or client secret is wrong.
console-probe-code-token-refused = The access token was refused. Check the scope, and that it is for this mailbox.
console-probe-code-token-insecure = The address that gives tokens must begin with https://
console-probe-code-token-garbled = The address that gives tokens does not answer as OAuth 2 does. Check the address.
console-probe-code-token-unreachable = The address that gives tokens cannot be reached.
console-probe-code-ca-file = The file of our own certificates cannot be read (PARLEY_EMAIL_CA_FILE).
console-probe-code-folder-missing = There is no folder of this name. Check how it is written; INBOX is always there.
console-probe-code-no-sign-in = Nobody can sign in on this port. Use the port for sending (often 465 or 587).
console-probe-code-no-smtp = Something answers there, but it is no SMTP server. Check the port.
console-probe-code-no-uids = The server gives mails in this folder no lasting numbers, so they cannot be read reliably.
console-probe-code-not-reached = Nothing answers there. Check the port, and whether a firewall is in between.
console-probe-code-read-only = The folder is read-only: mails in it cannot be marked. Choose to leave them as they are.
console-probe-code-tls-from-start = This port wants TLS from the start. Choose TLS instead of STARTTLS.
console-probe-code-unusable = It has a character that cannot be sent, such as a line break.

## Console: errors

error-unknown = Something went wrong. Please try again.
error-expected = expected: { $expected }
error-offline = The server cannot be reached. Check your connection.
error-page = This page could not be loaded
error-list = The list could not be loaded
error-conversation = The conversation could not be loaded
error-wrong-password = E-mail or password is wrong.
error-rate = Too many attempts. Please wait a moment.
error-forbidden = You may not do this.
error-not-found = It no longer exists.
error-conflict = Somebody else was faster: it has changed meanwhile.
error-expired = Too late: this offer is over.
error-unavailable = This is not available right now. Please try again soon.
error-csrf = Your session changed. Please reload the page.
error-too-large = This is too large.
error-media-type = This kind of file cannot be sent.
error-empty = There is nothing in it.
error-held = Somebody else has this conversation already.
error-offered = It is being offered to somebody else at this moment.
error-over = It is over or changed meanwhile.
error-moved-on = It has changed meanwhile.
error-not-held = Nobody has this conversation: take it first.
error-not-yours = This conversation is not yours.
error-already-open = There is an open conversation with this contact already.
error-cannot-start = A conversation cannot be begun through this inbox.
error-in-use = It is still in use elsewhere.
error-taken = This already exists.
error-agent-unavailable = Whoever takes a conversation must be here: offline and deactivated people cannot.
error-at-capacity = No room: as many conversations as the capacity allows are held or being offered already.
error-already-offered = It is being offered to this person already.
error-closed = This conversation is closed.
error-inbox-off = This inbox is switched off.
error-upload = A file is no longer there. Please attach it again.
error-own-reset = You can change your own password in your profile.
error-last-administrator = The last administrator must stay.
error-too-many = That is too many.
error-origin = This page may not do that.
error-wrong-password-old = This is not your present password.
error-no-participants = Nobody but the customer can take part here.
error-no-subjects = Conversations here have no subject.
error-own-address = That is the address of an inbox of ours.
error-requester = That is the customer, who gets every reply anyway.
error-copies = Somebody who is to get a copy does not take part.
error-cannot-rearrange = Conversations of different channels, and live ones, cannot be rearranged.
error-not-here = A message is no longer here.
error-only-ours = A reply or a note alone cannot be split off: choose a customer's message too.
error-nothing-left = Nothing would be left here: merge the conversation instead.
error-on-its-way = A reply is being sent at this moment. Try again when it is out.
error-newer = Something newer was done here: undo that first.
error-undone = It has been undone already.
error-answered = It was answered meanwhile, so it can no longer be undone.
error-went-on = New messages came meanwhile, so it can no longer be undone.
error-moved = It is not sent to somebody to whom it was not written.
error-gone = It is no longer there.
error-secret = The server has changed: give this again.
error-rule-valid = This is not a valid value.
error-rule-address = An address such as name@example.com
error-rule-host = A host name such as mail.example.com
error-rule-url = An address such as https://login.example.com/token
error-rule-line = One line, without control characters
error-rule-name = One line with something in it
error-rule-language = A language such as en or zh
error-rule-time = A time such as 09:00
error-rule-date = A date such as 2026-12-25
error-rule-shortcut = Up to 40 characters without spaces and slashes
error-rule-control = No control characters
error-rule-mailbox = The inbox { $inbox } reads this mailbox already.
error-rule-length-least = At least { $limit } characters
error-rule-length-most = At most { $limit } characters
error-rule-count-least = At least { $limit }
error-rule-count-most = At most { $limit }
error-rule-value-least = { $limit } or more
error-rule-value-most = { $limit } or less

## Console ends

## Mail
letter-quote = On { $date }, { $name } wrote:
letter-no-subject = Your message to { $name }
letter-missed = You left the chat before you could read this. Answer this mail to go on, or come back to the chat.
letter-missed-subject = Your conversation with { $name }
letter-address-noted = We have noted { $address }. If you leave, you get our answer there.
letter-proof-subject = Your code for { $name }
letter-proof = Somebody, probably you, wants to show in the chat of { $name } that this account is theirs. This is the code to type there:
letter-proof-warning = It is good for { $minutes } minutes. If you did not ask for it, you need not do anything. Give the code to nobody: we never ask for it.
letter-proof-over = This link is of no use any more. Please ask for a new one in the chat.
