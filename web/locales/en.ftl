# Texts of the product in English.
# Keys begin with console-, widget-, bot-, letter-, error-, routing-, simulation- or demo-. Widget texts are plain: variables only, no plurals.
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
widget-older = Show older ones
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
widget-prove-wrong-code = This is not the code. Please try again.
widget-prove-proof-over = This code is no longer good. Please ask for a new one.
widget-prove-other = That did not work. Please try again.
widget-may-help = This may help
widget-suggested = Articles that may help: {$count}
widget-error-details = Not sent: please answer the questions first
## Bot
bot-greet =
    { $persona ->
        [none] Hello, I am the automatic assistant of this shop. Ask me anything about it, or give me an order number; a colleague takes over whenever you like.
       *[other] Hello, I am { $persona }, the automatic assistant of this shop. Ask me anything about it, or give me an order number; a colleague takes over whenever you like.
    }
bot-greet-again = Hello again! What can I do for you?
bot-goodbye = Goodbye! Write again whenever you like.
bot-thanks = You are welcome. Is there anything else?
bot-not-my-language = A colleague answers in your language here.
bot-what-am-i =
    { $persona ->
        [none] I am the automatic assistant of this shop. I answer from our articles and look up orders, and I can get you a colleague at any time.
       *[other] I am { $persona }, the automatic assistant of this shop. I answer from our articles and look up orders, and I can get you a colleague at any time.
    }
bot-small-talk = I am only the assistant of this shop and not much of a talker. What can I do for you about our shop or an order?
bot-insult = I am sorry that I am annoying you. Tell me what you need and I will try again, or a colleague takes over at once.
bot-all-right = All right. Write again if there is anything else.
bot-go-ahead = Go ahead, what is your question?
bot-glad = Good to hear. Write again if there is anything else.
bot-no-answer = I did not find an answer to that. Could you put it in other words? Or I get you a colleague.
bot-other-tongue = I understand English and Chinese only. Could you write in one of them? Or I get you a colleague.
bot-rephrase = I am sorry that this did not help. Could you put your question in other words? Or I get you a colleague.
bot-same-answer = I only find the same answer again. Could you tell me more about what you need? Or I get you a colleague.
bot-suggest = One of these may answer your question:
bot-suggest-one = Perhaps this answers your question. Shall I show it?
bot-suggest-other = I am sorry. Perhaps one of these is what you need:
bot-which-topic = What is it about?
bot-part-suggest = You also asked “{$question}”. One of these may answer it:
bot-part-open = You also asked “{$question}”. I found no answer to that. Shall I get you a colleague?
bot-which-one = Which one? Please press a button or write its number.
bot-choose = Please choose:
bot-choice-gone = This button is no longer in use. Please write what you need.
bot-foreign = { $language ->
    [en] There is an article in English about this. Shall I show it?
    [zh] There is an article in Chinese about this. Shall I show it?
   *[other] There is an article in another language about this. Shall I show it?
  }
bot-button-person = Talk to a person
bot-button-helped = That helped
bot-button-not-helped = That did not help
bot-button-more = Show me more
bot-button-more-of = More: {$title}
bot-button-none = None of these
bot-no-more = That is all that the article says. Did it help?
bot-order-ask-number = What is your order number? It looks like {$example}.
bot-order-not-a-number = {$number} does not look like one of our order numbers. They look like {$example}. Could you check it?
bot-order-unknown = I cannot find an order {$number}. Could you check the number?
bot-order-stopped = All right, we leave it. A colleague can also find your order without the number.
bot-order-no-number = Without its number I cannot find your order.
bot-order-give-up = I cannot find your order this way.
bot-order-state-placed = We have received your order {$number} and are preparing it.
bot-order-state-packed = Your order {$number} is packed and leaves our warehouse soon.
bot-order-state-shipped = Your order {$number} is on its way to you.
bot-order-shipped-expected = Your order {$number} is on its way to you. The carrier expects to deliver it on {$date}.
bot-order-shipped-late = Your order { $number } is on its way to you. It was expected by { $date }, and nobody has told me yet that it arrived. A colleague can ask the carrier.
bot-date =
    { $month ->
        [1] { $day } January
        [2] { $day } February
        [3] { $day } March
        [4] { $day } April
        [5] { $day } May
        [6] { $day } June
        [7] { $day } July
        [8] { $day } August
        [9] { $day } September
        [10] { $day } October
        [11] { $day } November
       *[12] { $day } December
    }
bot-date-year = { $date } { $year }
bot-order-state-delivered = Your order {$number} was delivered.
bot-order-state-cancelled = Your order {$number} was cancelled.
bot-order-state-returned = Your order {$number} came back to us.
bot-order-refund-accepted = Your refund of {$amount} for order {$number} is granted. You get the money back the way you paid.
bot-order-refund-declined = We cannot grant the refund of {$amount} for order {$number}.
bot-order-own = It is about your order { $number }, then.
bot-order-not-yours = I find no order { $number } of yours, so I can tell nothing about it. A colleague can look with you.
bot-order-which = Which order do you mean? Please choose one or write its number.
bot-order-ask-address = Where shall order {$number} go instead? Please write the whole address with name, street, town and postcode.
bot-order-ask-reason = May I ask why, in a few words? Write "skip" if you would rather not say.
bot-request-stopped = All right, everything stays as it is.
bot-take-your-time = Take your time.
bot-request-give-up = I am not getting any further with this.
bot-proof-ask-address = For that I have to be sure that it is you. Which e-mail address did you order with? I will send a code there.
bot-proof-ask-code = If {$address} is right, a code of six digits is on its way there. Please type it here.
bot-proof-ask-way = For that I have to be sure that it is you. Where shall I send a code: to your account { $account }, or to the e-mail address that you ordered with?
bot-proof-ask-account = For that I have to be sure that it is you. Shall I send a code to your account { $account }?
bot-proof-ask-code-there = A code of six digits is on its way to your account { $address }. Please type it here.
bot-proof-account-failed = I cannot reach you at { $account }. Which e-mail address did you order with? I will send a code there.
bot-proof-no-address = I cannot send a code to {$address}. Which e-mail address did you order with?
bot-proof-right = Thank you, now I know that it is you.
bot-proof-already = Thank you, I know already that it is you.
bot-proof-wrong = That is not the code. Tries left: {$left}.
bot-proof-failed = I could not make sure that it is you, so I change nothing and tell nothing more.
bot-proof-impossible = For that we have to be sure that it is you, and I cannot find that out here.
bot-confirm-cancel = I would cancel order {$number}. Shall I? Please answer yes or no.
bot-confirm-address =
    I would have order {$number} sent to this address:
    {$address}
    Shall I? Please answer yes or no.
bot-confirm-return = I would ask for order {$number} to be returned. Shall I? Please answer yes or no.
bot-confirm-return-because = I would ask for order {$number} to be returned, with the reason "{$reason}". Shall I? Please answer yes or no.
bot-confirm-refund =
    { $amount ->
        [none] I would ask for your money back for order {$number}.
       *[other] I would ask for your money back for order {$number}: {$amount}, the whole sum.
    }{ $named ->
        [none] {""}
       *[other] {" "}I can only ask for the whole; that you named {$named} is passed on, and a colleague decides.
    } Shall I? Please answer yes or no.
bot-confirm-refund-because =
    { $amount ->
        [none] I would ask for your money back for order {$number}, with the reason "{$reason}".
       *[other] I would ask for your money back for order {$number}: {$amount}, the whole sum, with the reason "{$reason}".
    }{ $named ->
        [none] {""}
       *[other] {" "}I can only ask for the whole; that you named {$named} is passed on, and a colleague decides.
    } Shall I? Please answer yes or no.
bot-button-account = To { $title }
bot-button-mail = By e-mail
bot-button-yes = Yes, please
bot-button-no = No
bot-done-cancel = Order {$number} is cancelled.
bot-done-address = Order {$number} now goes to the new address.
bot-done-return = The return of order {$number} is accepted.
bot-done-refund = Your money for order {$number} is on its way back.
bot-waits-cancel = I have passed on that order {$number} shall be cancelled. A colleague decides, and you will hear here.
bot-waits-address = I have passed on the new address for order {$number}. A colleague decides, and you will hear here.
bot-waits-return = I have passed on that you want to return order {$number}. A colleague decides, and you will hear here.
bot-waits-refund = I have passed on that you want your money back for order {$number}. A colleague decides, and you will hear here.
bot-refused-packed-already = That is no longer possible: order {$number} is packed already.
bot-refused-shipped-already = That is no longer possible: order {$number} is on its way or has arrived.
bot-refused-cancelled-already = Order {$number} was cancelled before.
bot-refused-returned-already = Order {$number} came back to us before.
bot-refused-not-delivered = That is possible only when order {$number} has arrived.
bot-refused-too-late = That is no longer possible: the time to return order {$number} is over.
bot-refused-cancel-instead = Order {$number} has not been sent yet. It can be cancelled instead.
bot-refused-asked-already = That was asked for order {$number} before.
bot-refused-too-much = That is more than what is left to give back for order {$number}.
bot-refused-bad-address = Order {$number} cannot go to this address.
bot-refused-other = That is not possible for order {$number}.
bot-refused-not-yours = I find no order {$number} of yours, so nothing was changed.
bot-refused-person = A colleague can look whether there is another way.
bot-beside-unknown = To the other thing that you asked I found no sure answer. Ask it once more in other words, or a colleague takes it up.
bot-change-unknown = I did not get an answer, so I do not know whether it was done. A colleague will look.
bot-done-untold = This came of your wish just before a colleague took over, and you were not told yet:
bot-complaint = I am sorry about that, and thank you for telling us. A colleague will look into it in person.
bot-sorry = I am sorry that I could not help.
bot-give-up = I am sorry, I do not find an answer to that.
bot-asked-twice = I see that my answer did not settle it.
bot-lookup-failed = I am sorry, I cannot look that up at the moment.
bot-attachment = Thank you. I cannot read files, but a colleague can.
bot-not-proven = We tell about orders only to who is known to ask, and this mail does not show who wrote it.
bot-way-to-person = Our automatic assistant wrote this. Not what you need? Reply with the word "person", and a colleague takes over.
bot-hand-over = I am passing you on to a colleague, who will answer you here and sees what you have written.
bot-hand-over-open = I am passing you on to a colleague, who will be with you as soon as possible and sees what you have written.
bot-hand-over-busy = I am passing you on to a colleague. All of them are busy at the moment; the first who is free answers you here and sees what you have written.
bot-hand-over-absent = I am passing this on to our team. Nobody is there at the moment; a colleague will answer you here as soon as somebody is, and sees what you have written.
bot-hand-over-closed = I am passing this on to our team. Nobody is there at the moment; a colleague will answer you here when we are open again, and sees what you have written.
bot-hand-over-later = I am passing this on to our team. Nobody is there at the moment; we are back { $time }. A colleague will answer you here then, and sees what you have written.
bot-hand-over-later-there = I am passing this on to our team. Nobody is there at the moment; we are back { $time } ({ $place } time). A colleague will answer you here then, and sees what you have written.
bot-waiting-absent = Our team has your message. Nobody is there at the moment; a colleague will answer you here as soon as somebody is.
bot-waiting-closed = Our team has your message. Nobody is there at the moment; a colleague will answer you here when we are open again.
bot-waiting-later = Our team has your message. Nobody is there at the moment; we are back { $time }. A colleague will answer you here then.
bot-waiting-later-there = Our team has your message. Nobody is there at the moment; we are back { $time } ({ $place } time). A colleague will answer you here then.
bot-hand-over-case = Your case is #{ $number }.
bot-hand-over-address = If you write your e-mail address here, the answer also comes by mail.
bot-weekday-today = today
bot-weekday-tomorrow = tomorrow
bot-weekday-1 = on Monday
bot-weekday-2 = on Tuesday
bot-weekday-3 = on Wednesday
bot-weekday-4 = on Thursday
bot-weekday-5 = on Friday
bot-weekday-6 = on Saturday
bot-weekday-7 = on Sunday
bot-at = { $day } at { $time }
bot-on-date = on { $date }
bot-angry = I am sorry about this. A colleague will look into it in person.
bot-unhappy = I am sorry that this is so tedious. A colleague will look into it in person.
bot-urgent = I see that it is urgent: a colleague will look into it in person.
bot-stuck = We are going round in circles, so I would rather not ask once more.
bot-reason-asked-for-person = The customer asked for a person.
bot-reason-complaint = The customer complains.
bot-reason-no-answer = The bot found no answer.
bot-reason-not-helped = The bot's answers did not help.
bot-reason-asked-twice = The customer asked the same again.
bot-reason-no-order = The bot could not find the order.
bot-reason-no-number = The customer did not give an order number.
bot-reason-lookup-failed = Something that the bot needs did not answer.
bot-reason-attachment = The customer sent a file, which the bot cannot read.
bot-reason-not-proven = The message is about an order, and nothing proves who sent it: check that first.
bot-reason-bot-failed = The bot failed.
bot-reason-language = The customer writes in a language that the bot does not answer in here.
bot-reason-angry = The customer is angry.
bot-reason-unhappy = The customer has been unhappy several times in a row.
bot-reason-urgent = The customer says that it is urgent.
bot-reason-unsure = The bot was unsure several times in a row.
bot-reason-stuck = The bot asked for the same several times and got no further.
bot-reason-topic = A rule sends this to people.
bot-reason-tier = Customers of this tier go straight to people.
bot-reason-errand-done = The bot got what an agent asked for.
bot-reason-errand-not-got = The bot did not get what an agent asked for.
bot-reason-errand-unanswered = The customer did not answer what an agent wanted to know.
bot-reason-not-for-bot = A message that the bot does not answer.
bot-summary-wrote = Wants: { $text }
bot-summary-quote = “{ $text }”
bot-summary-wrote-nothing = Wants: wrote nothing that could be quoted.
bot-summary-tried = Tried: { $steps }
bot-summary-nothing-tried = Tried: nothing yet.
bot-summary-step-answered = showed “{ $about }”
bot-summary-step-told = told about the order
bot-summary-step-suggested = suggested “{ $about }”
bot-summary-step-asked = asked for details
bot-summary-step-asked-back = asked what was meant
bot-summary-step-fetched = got what an agent asked for
bot-summary-step-sent = asked for what an agent wanted
bot-summary-step-changed = { $wish ->
    [cancel] cancelled order { $number }
    [address] changed the address of order { $number }
    [return] had the return of order { $number } accepted
   *[refund] had the refund for order { $number } accepted
}
bot-summary-step-waits = { $wish ->
    [cancel] passed on the wish to cancel order { $number }; a person decides
    [address] passed on a new address for order { $number }; a person decides
    [return] passed on the wish to return order { $number }; a person decides
   *[refund] passed on the wish for a refund for order { $number }; a person decides
}
bot-summary-step-refused = { $wish ->
    [cancel] could not cancel order { $number }: refused
    [address] could not change the address of order { $number }: refused
    [return] could not register the return of order { $number }: refused
   *[refund] could not ask for the refund for order { $number }: refused
}
bot-summary-step-unknown = { $wish ->
    [cancel] tried to cancel order { $number }, and does not know whether it was done
    [address] tried to change the address of order { $number }, and does not know whether it was done
    [return] tried to register the return of order { $number }, and does not know whether it was done
   *[refund] tried to ask for the refund for order { $number }, and does not know whether it was done
}
bot-errand-order-number = What is your order number? It looks like { $example }.
bot-errand-photo = Could you send us a photo of it, please?
bot-errand-address = To which address should it go? Please write the name, street, town and postcode.
bot-errand-details = Could you tell us what exactly happened, and since when?
bot-errand-own = { $question }
bot-errand-again = My colleague still needs this:
bot-errand-thanks = Thank you. A colleague goes on from here.
bot-summary-order = Order number: { $number }

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
console-newer = Somebody else saved this meanwhile. What you typed is still in the fields; nothing of it is saved.
console-newer-step = Somebody else did something with it meanwhile. The page behind shows how it is now; what you typed here is kept: look, and try again.
console-newer-load = Show what is stored now
console-newer-loaded = This is what is stored now. You had typed:
console-newer-same = What is stored now is what you typed.
console-newer-mine = Put mine back
console-newer-nothing = (nothing)
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
console-role-author = Author
console-role-reviewer = Reviewer
console-role-publisher = Publisher
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
console-presence-reason-lunch = Lunch
console-presence-reason-break = Break
console-presence-reason-meeting = Meeting
console-presence-reason-training = Training
console-presence-reason-other = Another reason, then Enter
console-load = Load
console-presence-because = { $state }, because of
console-presence-other = { $state }, because of something else
console-presence-back = I am available
console-presence-supervisor = A supervisor
console-presence-by = { $name } set you to “{ $state }”.
console-presence-by-with = { $name } set you to “{ $state }”: { $reason }.
console-presence-by-system = You are “{ $state }”: { $reason }.
console-presence-code-missed-offers = a conversation was offered and not answered
console-presence-code-idle = nothing was done here for a while
console-presence-code-disconnected = the connection was gone for a while
console-presence-title = Presence
console-presence-with = { $state }: { $reason }
console-presence-since = since { $time }
console-presence-set-by = set by { $name }
console-presence-state = State
console-presence-word = Reason
console-presence-word-help = As everybody reads it, such as Lunch
console-presence-word-none = none
console-presence-place = Place in the list
console-presence-place-help = The lowest number comes first; empty: at the end
console-presence-set = { $name } is “{ $state }” now
console-presence-set-do = Set presence
console-presence-set-help = { $name } sees at once who did it. What they hold stays theirs.
console-presence-add = Add a reason
console-presence-lead = What agents choose from when they say how available they are. They may also write a reason of their own.
console-presence-none = No reasons of your own yet: agents see lunch, break, meeting and training
console-presence-rules = What happens by itself
console-presence-rule-missed = Whoever lets { $count ->
    [one] an offer
   *[other] { $count } offers in a row
} run out is not responding, until they say that they are available.
console-presence-rule-missed-never = Whoever lets offers run out stays available.
console-presence-rule-idle = Whoever is available and does nothing in the console for { $time } is away.
console-presence-rule-idle-never = Nobody is set to away for doing nothing.
console-presence-rule-gone = Whose console has no connection for { $time } is offline. What they hold stays theirs.
console-presence-rule-gone-never = Nobody is set to offline for having no connection.
console-admin-presence = Presence
console-wrap-up = Wrapping up
console-wrap-up-of = Wrapping up: { $name }
console-wrap-up-left = { $seconds ->
    [one] One second left
   *[other] { $seconds } seconds left
}
console-wrap-up-done = Done
console-wrap-up-done-first = Be done with wrapping up
console-wrap-up-time = Time to wrap up
console-wrap-up-time-help = After a conversation is resolved its room is kept for so long, or until the agent is done.
console-leave-title = Sign out, { $name }?
console-leave-held = { $count ->
    [one] You hold one conversation.
   *[other] You hold { $count } conversations.
}
console-leave-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
console-leave-hand-back = Hand back and sign out
console-leave-hand-back-help = They go back to their queues, the longest waiting first, and colleagues are asked.
console-leave-keep = Keep and sign out
console-leave-keep-help = They stay yours and wait for you. New messages wait too.
console-leave-stay = Stay
console-assign = Assign to somebody
console-assign-lead = Whoever you choose has it at once, without being asked, whatever the routing would have done.
console-assign-do = Assign
console-assign-anyway = Assign all the same
console-assigned = { $name } has it now
console-assign-warning = This sets aside:
console-assign-absent = { $name } is “{ $state }” and may not see it.
console-assign-absent-short = not available
console-assign-capacity = { $name } holds { $load } of { $capacity }; with this it is { $after }. Nothing new is offered until it is less.
console-assign-capacity-short = full
console-assign-skills = { $name } does not have the skills that it needs.
console-assign-skills-short = skills
console-assign-later = { $name } would be asked only if it waits longer.
console-assign-later-short = not yet asked
console-assign-channel = { $name } does not take conversations of this kind of inbox.
console-assign-channel-short = channel
console-assign-member = { $name } is no member of its queue.
console-assign-member-short = no member
console-assign-excluded = A rule says that { $name } is not to have it.
console-assign-excluded-short = excluded
console-assign-declined = { $name } has declined it, or let the offer run out.
console-assign-declined-short = declined
console-person-capacity-help = How many units of work at once; an inbox says how much one of its conversations weighs
console-person-channels = Channels
console-person-channels-all = All of them
console-person-channels-help = Only conversations from these kinds of inboxes are offered
console-bot-profile = The bot here
console-bot-persona = Its name
console-bot-persona-help = What it calls itself; empty for no name. It always says that it is an automatic assistant.
console-bot-caution = How sure it has to be
console-bot-caution-bold = Bold
console-bot-caution-bold-help = Answers where it would usually suggest articles first.
console-bot-caution-usual = As usual
console-bot-caution-usual-help = Answers when it is sure, suggests when it is not.
console-bot-caution-careful = Careful
console-bot-caution-careful-help = Answers only when it is very sure, and passes on after the first failure.
console-bot-engine = Which bot
console-bot-engine-usual = The usual one
console-bot-engine-rasa = Rasa
console-bot-engine-scripted = By patterns, without Rasa
console-bot-engine-http = Your own, over HTTP
console-bot-languages = Languages that it answers in
console-bot-languages-help = None chosen: all that it has. Who writes in another one gets a colleague at once.
console-inbox-weight = Weight
console-inbox-weight-help = How many units of an agent's capacity one of its conversations takes
console-inbox-interruptible = Yields to other work
console-inbox-interruptible-help = It takes room only from other work that yields: whoever answers mail can still be offered a chat.
console-queue-delay-help = A delay: the conversation must have waited so long in this queue before it comes to that person.
console-queue-delay-of = Delay of { $name }
console-queue-at-once = at once
console-queue-routing = How the work is given out
console-policy = Order
console-policy-parameters = Numbers of this order
console-policy-index = Best value (usual)
console-policy-index-help = Takes whatever loses most if nobody else gets to it in time: by target, by what missing it is worth, and by how long it takes.
console-policy-earliest-deadline = Earliest deadline
console-policy-earliest-deadline-help = Takes whatever is due first.
console-policy-strict = Strict priority
console-policy-strict-help = Takes the highest priority first, however long others wait; the guard is what still helps those.
console-policy-ageing = Priority and age
console-policy-ageing-help = Takes the oldest first; each point of priority counts as some seconds of age.
console-policy-first-come = First come, first served
console-policy-first-come-help = Takes the oldest first, whatever its priority and target.
console-policy-cmu = Growing cost of delay
console-policy-cmu-help = Takes whatever grows dearest with each second, measured by its target, for the time that it takes.
console-choice = Which agent
console-choice-least-cost = The least costly (usual)
console-choice-least-cost-help = Whoever is fast at it and is missed least elsewhere; then the longest idle.
console-choice-longest-idle = The longest idle
console-choice-longest-idle-help = Whoever has had nothing to do for longest.
console-choice-least-loaded = The least loaded
console-choice-least-loaded-help = Whoever has the smallest share of their capacity taken; then the longest idle.
console-guard = Guard, in times the target
console-guard-none = none
console-guard-help = Whatever is about to have waited { $times } times its target goes before everything else.
console-guard-none-help = Without one, some may wait very long while others are more urgent.
console-reserve = Agents kept free
console-reserve-help = So many of its members are not offered the work of other queues.
console-previous-agent = Previous agent first, for
console-previous-agent-none = only preferred
console-previous-agent-help = So long nobody is asked but who had the conversation before, if they are there.
console-parameter-rescue-share = Share rescued by others
console-parameter-rescue-share-help = How much of what others finish is taken to be left for a waiting conversation: 0 to 1.
console-parameter-late-share = Worth of what is late
console-parameter-late-share-help = How much of its worth a conversation that is fully late still has: 0 to 1.
console-parameter-late-floor = Worth of what is just late
console-parameter-late-floor-help = How much of its worth it has the moment after its target: 0 to 1.
console-parameter-late-s = Fully late after (seconds)
console-parameter-late-s-help = From here on being later counts no more.
console-parameter-unit-s = Unit of handle time (seconds)
console-parameter-unit-s-help = Worth is compared for so much of an agent's time.
console-parameter-point-factor = Factor of a point of priority
console-parameter-point-factor-help = Each point multiplies the worth by this.
console-parameter-point-s = A point of priority (seconds)
console-parameter-point-s-help = Each point counts as so many seconds.

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
console-why-this-agent = Why this agent
console-why-skills = with { $skills }
console-why-load = { $share } of the capacity taken
console-why-only-one = { $who ->
    [you] You are the only one free with what it needs
   *[other] { $name } was the only one free with what it needs
}
console-why-picked = { $who ->
    [you] You had room, and of all that you could take this came first
   *[other] { $name } had room, and of all that they could take this came first
}
console-why-previous-agent = { $who ->
    [you] You helped this customer before
   *[other] { $name } helped this customer before
}
console-why-least-cost = { $who ->
    [you] Of those who can, you are expected to need least, and the others' skills are wanted more elsewhere
   *[other] Of those who could, { $name } was expected to need least, and the others' skills were wanted more elsewhere
}
console-why-least-loaded = { $who ->
    [you] Of those who can, you have the most room
   *[other] Of those who could, { $name } had the most room
}
console-why-longest-idle = { $who ->
    [you] Of those who can, you have been free the longest
   *[other] Of those who could, { $name } had been free the longest
}
console-why-offered-again = Nobody else is left who can take it
console-why-taken = { $who ->
    [you] You took it by hand
   *[other] { $name } took it by hand
}
console-why-transferred = Transferred by { $by }
console-why-assigned = Given by { $by }
console-why-standby = { $who ->
    [you] { $after } was asked first and did not accept; you were next
   *[other] { $after } was asked first and did not accept; { $name } was next
}
console-why-chosen = chosen
console-why-guard = It had waited about as long as the guard allows: then the oldest goes before all others.
console-why-by-name = Asked by name: the queue, a rule or an earlier talk names this agent for the first while.
console-why-asked = Asked for: { $skills }
console-why-step = Step { $step } of { $steps }: the longer it waits, the more agents may have it.
console-why-waited = Had waited { $time }
console-why-due = Due { $time } later
console-why-overdue = { $time } late
console-why-overridden = By hand, although: { $what }
console-why-lacks-absent = not available
console-why-lacks-capacity = over the capacity
console-why-lacks-member = not a member of the queue
console-why-lacks-queue = not a member of the queue
console-why-lacks-skills = lacks what it asks for
console-why-lacks-later = would have been asked later only
console-why-lacks-channel = does not take this channel
console-why-lacks-excluded = was kept from it
console-why-lacks-declined = declined it before
console-why-lacks-skill = lacks { $skill }
console-why-agents = { $count ->
    [one] One agent was free and able
   *[other] { $count } agents were free and able
}
console-why-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
console-why-not-turn = could have had it too; the one who became free chose first
console-why-not-declined = declined it before
console-why-not-previous = has not helped this customer last
console-why-not-cost = would cost { $time } more, by their time and their other skills
console-why-not-load = had more to do: { $share }
console-why-not-idle = free for { $time } less
console-why-not-later = the same in all; came later
console-why-rivals = { $count ->
    [one] No other conversation competed
   *[other] { $count } conversations competed
}
console-why-rivals-more = { $count ->
    [one] And one more, with a lower index.
   *[other] And { $count } more, with lower indices.
}
console-why-this-one = This conversation
console-why-no-name = Another conversation
console-why-index = index: the highest goes first
console-why-rival-due = due in { $time }
console-why-rival-late = { $time } late
console-why-rival-guarded = past the guard
console-why-rival-waited = waited { $time }
console-why-policy-index = Index: what is lost if it is not served now, for each minute of work.
console-why-policy-earliest-deadline = Earliest deadline first: the index is how long it is past due.
console-why-policy-strict = By priority, however long others wait.
console-why-policy-ageing = By age; each point of priority counts as further waiting.
console-why-policy-first-come = First come, first served.
console-why-policy-cmu = By the growing cost of waiting, for each minute of work.

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
console-near-first = { $name }: the first answer is due in { $time }
console-near-next = { $name }: the next answer is due in { $time }
console-near-resolution = { $name }: to be resolved in { $time }
console-near-open = Open
console-deadline-title = Promised times
console-deadline-none = Nothing is promised here.
console-deadline-first = First answer
console-deadline-next = Next answer
console-deadline-resolution = Resolution
console-deadline-state-running = Running
console-deadline-state-paused = Stands still
console-deadline-state-missed = Missed
console-deadline-state-kept = In time
console-deadline-state-unanswered = No longer owed
console-deadline-state-late = Too late
console-deadline-by = { $policy }, { $hours }
console-deadline-zone = (times in { $zone })
console-time-in-zone = { $time } ({ $zone })
console-deadline-warns = warning { $time }
console-deadline-warned = warned { $time }
console-deadline-steps = { $count ->
    [one] How it was counted: one step
   *[other] How it was counted: { $count } steps
  }
console-deadline-hidden = … { $count } more …

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
console-event-target-near = An SLA target will be missed soon
console-event-target-near-first = The first answer is due soon: { $time }
console-event-target-near-next = The next answer is due soon: { $time }
console-event-target-near-resolution = It is to be resolved soon: { $time }
console-event-bot-answered = The bot finished its turn
console-event-handler = The conversation changed hands
console-event-handler-bot = With the bot
console-event-handler-bot-returned-to-bot = Given back to the bot
console-event-handler-queue = Waiting in { $queue }
console-event-handler-queue-handed-off = The bot handed over to { $queue }
console-event-handler-queue-bot-failed = The bot could not answer: waiting in { $queue }
console-event-handler-queue-routed = Sent on to { $queue }
console-event-handler-queue-transferred = Transferred to { $queue }
console-event-handler-queue-agent-lost = The agent went offline: back in { $queue }
console-event-handler-queue-reopened = Opened again: waiting in { $queue }
console-event-handler-agent = { $name } has it now
console-event-handler-agent-offer-accepted = { $name } accepted
console-event-handler-agent-taken = { $name } took it
console-event-handler-agent-transferred = Transferred to { $name }
console-event-handler-agent-assigned = { $by } gave it to { $name }
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
console-bot-send = Back to the bot
console-bot-send-help = The bot asks the customer for it and brings it back to you. You can take the conversation again at any time.
console-bot-send-do = Send the bot
console-bot-sent = The bot asks for it
console-bot-ask-order-number = Ask for the order number
console-bot-ask-photo = Ask for a photo
console-bot-ask-address = Ask for the delivery address
console-bot-ask-details = Ask what exactly happened
console-bot-ask-own = A question of your own
console-bot-question = What the bot shall ask
console-bot-question-help = The customer reads it as you write it
console-bot-at-it = The bot is at it for { $name }: { $what }
console-event-errand-given = { $by } sent the bot: { $what }
console-event-errand-ended = The bot came back without it
console-event-errand-ended-errand-done = The bot came back with the answer
console-event-errand-ended-errand-unanswered = The bot came back: nobody answered it
console-event-errand-ended-asked-for-person = The bot came back: a person was asked for
console-event-handler-agent-came-back = Back with { $name }
console-event-handler-queue-came-back = The bot is done: waiting in { $queue }
console-handoff-step-fetched = the bot got it: { $about }
console-handoff-step-sent = the bot did not get it: { $about }
console-handoff-wants = Wants
console-handoff-stands = Stands
console-handoff-nothing-tried = nothing yet
console-handoff-language = Language
console-handoff-tier = Tier
console-handoff-case = Case #{ $number }
console-handoff-case-help = The customer was told this number
console-handoff-told-back = was told that we are back { $time }
console-handoff-told-nobody = was told that nobody is there at the moment
console-handoff-mood-calm = calm
console-handoff-mood-unhappy = unhappy
console-handoff-mood-urgent = in a hurry
console-handoff-mood-angry = angry
console-handoff-step-answered = showed “{ $about }”
console-handoff-step-told = told what it knows: { $about }
console-handoff-step-suggested = suggested “{ $about }”
console-handoff-step-asked = asked for details
console-handoff-step-asked-back = asked what was meant
console-handoff-step-changed = { $wish ->
    [cancel] cancelled order { $number }
    [address] changed the address of order { $number }
    [return] had the return of order { $number } accepted
   *[refund] had the refund for order { $number } accepted
}
console-handoff-step-waits = { $wish ->
    [cancel] passed on the wish to cancel order { $number }; a person decides
    [address] passed on a new address for order { $number }; a person decides
    [return] passed on the wish to return order { $number }; a person decides
   *[refund] passed on the wish for a refund for order { $number }; a person decides
}
console-handoff-step-refused = { $wish ->
    [cancel] could not cancel order { $number }: refused
    [address] could not change the address of order { $number }: refused
    [return] could not register the return of order { $number }: refused
   *[refund] could not ask for the refund for order { $number }: refused
}
console-handoff-step-unknown = { $wish ->
    [cancel] tried to cancel order { $number }, and does not know whether it was done
    [address] tried to change the address of order { $number }, and does not know whether it was done
    [return] tried to register the return of order { $number }, and does not know whether it was done
   *[refund] tried to ask for the refund for order { $number }, and does not know whether it was done
}

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
console-suggested-go = To the suggested articles
console-insert-text = Insert text
console-insert-link = Insert link
console-suggest-link = As a link
console-found-language = In { $language }
console-found-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
console-inserted-language = Inserted in { $language }, which is what the article is published in by now.
console-found-count = { $count ->
    [one] { $count } article found
   *[other] { $count } articles found
}
console-open-in-help = Help center
console-open-article = Open article

## Console: what an article's customer may not read, flags, proposals

console-caution-agents = For agents only
console-caution-signed-in = For known customers
console-caution-brand = Another brand
console-caution-title = Not meant for this customer
console-caution-agents-help = This article is for agents only. What you send from it leaves the company.
console-caution-signed-in-help = This article is for customers who have shown who they are. This one has not.
console-caution-brand-help = This article is for another brand than the one this customer writes to.
console-caution-insert = Insert it all the same
console-flag = Something is wrong with it
console-flag-what = What is wrong?
console-flag-help = In a sentence; those who edit articles see it.
console-flag-send = Tell the editors
console-flagged = The editors are told.
console-flags = What agents say
console-flags-none = Nobody says that anything is wrong.
console-flags-help = What agents say is wrong with articles, what has waited longest first.
console-knowledge-flags = Flags
console-flag-conversation = Conversation
console-flag-settle = Seen to
console-flag-settled = Marked as seen to.
console-flag-settled-by = Seen to by { $name }
console-propose = Propose as an article
console-propose-similar = These articles may say it already
console-propose-question = The customer’s question
console-propose-question-help = Helps to find the article; in their words.
console-propose-answer = Answer
console-propose-redacted = Names, addresses and numbers were taken out. Look whether anything personal is left.
console-propose-send = Create draft
console-proposed = The draft is with the editors.
console-proposed-before = You proposed this answer before.
console-proposal-note = Proposed from a conversation

## Console: how an article is used

console-use = Use and flags
console-use-flags = { $count ->
    [one] { $count } flag
   *[other] { $count } flags
}
console-use-title = Use
console-use-none = Nobody has used this article yet.
console-use-days = The last { $count } days: { $words }
console-use-viewed = { $count ->
    [one] { $count } view
   *[other] { $count } views
}
console-use-bot = { $count ->
    [one] { $count } answer by the bot
   *[other] { $count } answers by the bot
}
console-use-agents = { $count ->
    [one] { $count } given by agents
   *[other] { $count } given by agents
}
console-use-revision = Revision
console-use-revisions = Use by revision
console-use-column-viewed = Views
console-use-column-viewed-help = How often it was read in the help center
console-use-column-votes = Helpful / not
console-use-column-votes-help = What readers in the help center said
console-use-column-bot = Bot
console-use-column-bot-help = How often the bot told or suggested it
console-use-column-shown = Shown
console-use-column-shown-help = In how many conversations an agent saw it suggested
console-use-column-given = Given
console-use-column-given-help = How often agents put it into a reply
console-use-column-edited = Changed
console-use-column-edited-help = How often agents changed its words before they sent it
console-use-column-helped = Helped / back
console-use-column-helped-help = Resolved after an agent gave it, and the customer stayed away for { $days } days, or came back
console-use-helped-help = It helped where the conversation was resolved after an agent gave it and the customer did not come back within { $days } days.
console-use-said = What readers missed
console-use-said-none = Nobody has written why.
console-use-said-more = Older comments
console-use-said-help = From “Was this helpful?” in the help center. Addresses and long numbers were taken out before it was stored.
console-use-reason-unclear = Hard to understand
console-use-reason-missing = Something is missing
console-use-reason-wrong = Wrong or out of date
console-use-reason-unrelated = Does not answer the question
console-use-reason-other = Something else

## Console: contact panel, further

console-earlier = Earlier conversations
console-earlier-none = This is the first one.
console-earlier-unproven = Nothing shows that whoever writes here is this contact: give nothing of these away before you are sure.

## Console: more of the contact

console-point-visitor = Browser …{ $id }
console-point-named-telegram = Telegram { $id }
console-point-user = Account { $id }
console-point-blocked = Blocked us
console-point-kind-email = e-mail address
console-point-kind-telegram = Telegram account
console-point-kind-user = account on the site
console-point-kind-phone = telephone number
console-point-kind-name = name
console-claims = What they say of themselves
console-claimed = Says so
console-claim = Said { $time }; nobody has proven it
console-claim-left = Left in a chat { $time }; nobody has proven it
console-claim-asked = Answered before a chat { $time }; nobody has proven it
console-claim-token = Named by the site { $time }, not as proven
console-claim-card = Sent as their own card { $time }
console-claim-merged = Used to be here until its owner proved it, { $time }
console-same = Perhaps the same person
console-same-merge = Merge…
console-same-dismiss = Not the same
console-same-dismissed = Not suggested again
console-match-both-proven = Both have proven { $value }
console-match-both-unproven = Both wrote from { $value }, unproven
console-match-both-claimed = Both say { $value }
console-match-proven-unproven = { $value }: proven here, unproven there
console-match-proven-claimed = { $value }: proven here, only said there
console-match-unproven-proven = { $value }: unproven here, proven there
console-match-unproven-claimed = { $value }: unproven here, only said there
console-match-claimed-proven = { $value }: only said here, proven there
console-match-claimed-unproven = { $value }: only said here, unproven there
console-join = Merge with another contact…
console-join-title = Merge contacts
console-join-who = Who is the same person?
console-join-help = From now on { $other } and { $name } are one contact here: addresses, conversations and what is known of them. You can undo this at any time.
console-join-do = Merge
console-joined = Merged contacts
console-joined-done = The contacts are one now
console-joined-undone = { $name } stands alone again
console-joined-proven = by proof
console-joined-by = by { $name }
console-joined-by-code = code sent to the { $kind }
console-joined-by-token = { $kind } in the site's signed token
console-joined-by-proven = same { $kind }, proven
console-joined-by-unproven = same { $kind }, unproven
console-joined-by-claimed = same { $kind }, as they say
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
console-revision-restore = Restore the published text

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

console-nav-knowledge = Knowledge
console-go-knowledge = Go to the knowledge base's tools
console-knowledge-brands = Brands
console-brand-front-title = Heading of the front page
console-brand-front-lead = The line below it
console-brand-title = Brands
console-brand-lead = A name and a look for help centers and inboxes. Articles may be for all brands or for some.
console-brand-add = Add a brand
console-brand-none = No brands yet
console-brand-id = Short name
console-brand-id-help = Lower-case letters, digits and hyphens. It stays: articles and exports name the brand by it.
console-brand-color = Color
console-brand-color-choose = Choose a color
console-brand-color-help = Words on it and in it are made as dark or as light as it takes to read them.
console-brand-logo = Logo
console-brand-logo-add = Add a logo
console-brand-logo-other = Another logo
console-brand-logo-remove = Remove the logo
console-brand-home = Address of its web site
console-brand-hosts = Hosts of its help center
console-brand-hosts-help = One on each line, such as help.example.com; * stands for wherever no other brand is at home.
console-brand-everywhere = Everywhere else
console-brand-languages = Languages of its help center
console-brand-languages-help = The first one is for who speaks none of them. Left empty: those that all articles should exist in.
console-brand-inboxes = Inboxes that show it
console-knowledge-gaps = Unanswered questions
console-knowledge-findings = Duplicates and contradictions
console-gap-help = What customers asked and no article answered well, without their names and addresses. Questions that ask the same are one.
console-gap-all = All
console-gap-state = State
console-gap-state-todo = To do
console-gap-state-open = Open
console-gap-state-drafting = Being written
console-gap-state-watching = Watched
console-gap-state-closed = Answered
console-gap-state-ignored = Ignored
console-gap-state-all = All
console-gap-period = Period
console-gap-days = { $days } days
console-gap-brand = Brand
console-gap-unnamed = Being named…
console-gap-asked = { $count ->
    [one] question
   *[other] questions
  }
console-gap-trend-up = more than before ({ $before })
console-gap-trend-down = fewer than before ({ $before })
console-gap-trend-even = about as before ({ $before })
console-gap-trend-new = new
console-gap-cost = { $count ->
    [one] { $count } conversation with agents, about { $minutes } min
   *[other] { $count } conversations with agents, about { $minutes } min
  }
console-gap-nothing = Nothing here
console-gap-nothing-help = What the bot, the help center and searches cannot answer shows up here within a minute.
console-gap-pages = Pages
console-gap-earlier = Back
console-gap-later = More
console-gap-page = { $first }–{ $last } of { $total }
console-gap-back = All questions
console-gap-article = The article
console-gap-not-published = Not published yet. What it does is counted from then on.
console-gap-deflects = Settled without a person
console-gap-revision = Revision
console-gap-shown = Shown to readers
console-gap-helped = Settled
console-gap-version = No. { $number }
console-gap-helped-of = { $helped } of { $asked }
console-gap-share = { $share } (surely { $low } to { $high })
console-gap-nobody-yet = Nobody has asked yet
console-gap-waiting = { $count ->
    [one] { $count } more is too recent to tell
   *[other] { $count } more are too recent to tell
  }
console-gap-before = Before
console-gap-before-none = what the bot missed in as much time before
console-gap-improve = Improve the article
console-gap-failed = Opened again: the article settles too few of these questions. Improve it; when it is published anew, it is counted anew.
console-gap-rule = Settled: the bot gave this article, nobody took over, and the customer did not come back within { $days ->
    [one] { $days } day
   *[other] { $days } days
  }. Each conversation counts once. The range holds in 95 of 100 cases. After { $enough } conversations or more this is closed when all of the range is surely above { $share }, and opened again when all of it is surely below.
console-gap-answers = How agents answered
console-gap-no-answers = No agent has answered this in a conversation.
console-gap-resolved = Resolved
console-gap-reopened = Opened again
console-gap-rated = Rated { $score } of 5
console-gap-conversation = Conversation
console-gap-questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
  }
console-gap-split = { $count ->
    [0] Split off
   *[other] Split off { $count }
  }
console-gap-split-done = They are a cluster of their own now
console-gap-in-bot = Bot
console-gap-in-help = Help center
console-gap-in-console = Agent's search
console-gap-sources = { $count ->
    [one] Made from { $count } answer of an agent, as it was written
   *[other] Made from { $count } answers of agents, as they were written
  }
console-gap-draft = Start a draft
console-gap-link = It is answered already
console-gap-merge = Put together
console-gap-merged = Put together
console-gap-ignore = Ignore
console-gap-reopen = Open again
console-gap-close = Mark as answered
console-gap-ignored-why = Ignored: { $reason }
console-gap-ignore-title = Ignore these questions
console-gap-ignore-help = What asks the same will be ignored, too.
console-gap-reason = Why nobody needs to answer them
console-gap-merge-title = Put together with
console-gap-merge-help = The questions that you choose come here; their own cluster goes.
console-gap-merge-search = Search clusters
console-gap-link-title = Which article answers it?
console-gap-link-help = The questions become ways to ask for it, in a draft that you can look at before it is published.
console-gap-linked = The article has all of these questions already; it is watched from now on
console-gap-linked-draft = The questions stand in a new draft
console-gap-see-draft = Look at it
console-finding-help = Published articles that say nearly the same, and sentences that cannot both be right. What is dismissed stays so until one of the two articles changes.
console-finding-duplicate = Duplicate
console-finding-contradiction = Contradiction
console-finding-score = { $score } % alike
console-finding-state-open = Open
console-finding-state-dismissed = Dismissed
console-finding-to-dismissed = Dismiss
console-finding-to-open = Take back
console-finding-nothing = Nothing found
console-finding-nothing-help = Articles are compared soon after they are published.
console-knowledge-synonyms = Synonyms
console-synonyms-title = Synonyms
console-synonyms-lead = Words that mean the same. Whoever searches for one of them, customer, agent or bot, finds articles with the others, too.
console-synonyms-add = Add synonyms
console-synonyms-none = No synonyms yet
console-synonyms-words = Words, one on each line
console-synonyms-help = Single words or a few that stand together, such as “gift card”. Forms of a word need not be listed.
console-trial = Try a search
console-trial-question = What a customer may ask
console-trial-corrected = Taken for a slip:
console-trial-synonyms = Also looked for:
console-trial-none = A customer finds nothing.
console-knowledge-transfer = Import and export
console-transfer-lead = Bring articles in from Markdown, HTML pages or a Zendesk Help Center, and take everything out. An import is stored whole or not at all; the same again changes nothing.
console-transfer-file = File
console-transfer-file-help = A zip archive, or one .md, .html or .json file
console-transfer-form = What it holds
console-transfer-form-any = Tell by the files
console-transfer-form-markdown = Markdown
console-transfer-form-html = HTML pages
console-transfer-form-zendesk = Zendesk Help Center
console-transfer-language = Language
console-transfer-language-help = Of all files, where their folders do not say it
console-transfer-try = Try it
console-transfer-bring = Import
console-transfer-would = This would be done
console-transfer-done = Done
console-transfer-nothing = Nothing new is in it.
console-transfer-created = { $count } new articles
console-transfer-languages-added = { $count } articles with a new language
console-transfer-drafts-added = { $count } articles with a new draft
console-transfer-unchanged = { $count } articles that are here already
console-transfer-kept = { $count } other things that stay as they are here
console-transfer-as-drafts = { $count } articles that stay drafts, since they are archived
console-transfer-added = { $count } other new things
console-transfer-left-out = { $count } things left out
console-transfer-step-receiving = Sending the file…
console-transfer-step-reading = Reading: { $count } articles so far…
console-transfer-step-storing = Storing: { $count } articles so far…
console-transfer-out = Take everything out
console-transfer-out-help = All articles with every revision, categories, brands, snippets and pictures as Markdown files with front matter. An import makes the same of them again.
console-transfer-export = Download
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
console-role-author-help = Writes drafts of articles
console-role-reviewer-help = Writes, and decides on drafts
console-role-publisher-help = Writes, decides and publishes
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
console-inbox-looks-widget = Widget
console-inbox-looks-chat = Chat page
console-inbox-languages = Languages
console-inbox-languages-help = Such as en, zh. The first is used for everybody else.
console-inbox-offers = What visitors get
console-inbox-rating = Ask at the end how it went
console-inbox-rating-help = One to five stars and a word, seen by agents and supervisors.
console-inbox-articles = Suggest articles while they type
console-inbox-articles-help = Only articles that the help center shows.
console-inbox-through-mail = By mail through
console-inbox-through-mail-help = Goes on there when a visitor who left an address has gone, and sends codes that prove an address.
console-inbox-through-telegram = On Telegram through
console-inbox-through-telegram-help = Visitors can prove their Telegram account to this bot.
console-inbox-page = Address of the chat page
console-inbox-page-help = For links and QR codes. Apps use the inbox “{ $id }”.
console-inbox-page-open = Open the page
console-inbox-origins = Sites that may show it
console-inbox-origins-help = One a line, such as https://shop.example
console-inbox-color = Colour
console-inbox-position = Corner
console-inbox-position-left = Left
console-inbox-position-right = Right
console-inbox-greeting = Greeting in { $language }
console-inbox-snippet = Line for your site
console-inbox-snippet-help = Put it before the end of the body of every page.
console-admin-rules = Routing rules
console-quoted = “{ $text }”
console-moved = { $name } is now number { $at } of { $count }.
console-move-handle = Move { $name }, number { $at } of { $count }
console-move-top = To the top
console-move-up = Up
console-move-down = Down
console-move-bottom = To the bottom
console-move-hint = Drag a row by its handle, or press the up and down arrow keys on it. Pressed, it opens a menu.
console-rule-add = Add a rule
console-rule-title = Routing rules
console-rule-lead = Where a conversation goes when it needs a person. The rules are asked from the top, and the first that holds decides.
console-rule-none = No rules yet
console-rule-none-help = Conversations go to the queue of their inbox, or to one that speaks their language.
console-rule-otherwise = If no rule decides: the queue of the inbox if it speaks the language, else a queue that does, else the queue of the inbox all the same.
console-rule-new = New rule
console-rule-switch = { $name }: in use
console-rule-goes-on = goes on
console-rule-unsaved = The order or the switches have changed and are not saved yet.
console-rule-discard = Discard
console-rule-save-order = Save changes
console-rule-leave = Leave without saving?
console-rule-enabled = In use
console-rule-when = When
console-rule-then = Then
console-rule-go-on = Go on to the next rules
console-rule-go-on-help = Later rules may add to this one or name the queue. Without this, the rule decides.
console-rule-no-condition = No condition: the rule holds for every conversation.
console-rule-group-empty = Nothing in this group yet.
console-rule-add-condition = Add a condition
console-rule-add-group = Add a group
console-rule-remove-group = Remove the group
console-rule-match = What must hold
console-rule-match-all = All of these hold
console-rule-match-any = Any of these holds
console-rule-match-none = None of these holds
console-rule-condition-kind = What is looked at
console-rule-condition-way = How it compares
console-rule-choose = Choose…
console-rule-add-value = Add…
console-rule-add-word = Add a word or phrase…
console-rule-days = Days
console-rule-from = From
console-rule-until = Until
console-rule-every-day = every day
console-rule-name-contact = Attribute, such as tier
console-rule-name-context = Name, such as service
console-rule-language-unknown = not known
console-rule-kind-channel = Channel
console-rule-kind-channel-help = E-mail, chat, Telegram …
console-rule-kind-inbox = Inbox
console-rule-kind-inbox-help = Where the customer wrote to
console-rule-kind-language = Language
console-rule-kind-language-help = The conversation's language
console-rule-kind-contact = Contact
console-rule-kind-contact-help = Tier, segment and other attributes
console-rule-kind-context = Told by the site
console-rule-kind-context-help = Service, page and answers to questions
console-rule-kind-text = Words
console-rule-kind-text-help = In the subject or what the customer wrote; refund* finds refunds too
console-rule-kind-intent = Intent
console-rule-kind-intent-help = What the bot took it for
console-rule-kind-confidence = Bot's confidence
console-rule-kind-confidence-help = How sure the bot was of the intent
console-rule-kind-mood = Mood
console-rule-kind-mood-help = How the customer seems to feel
console-rule-kind-reason = Reason
console-rule-kind-reason-help = Why a person is needed
console-rule-kind-hours = Business hours
console-rule-kind-hours-help = Open or closed at that moment
console-rule-kind-time = Day and time
console-rule-kind-time-help = Days of the week, and from when to when
console-rule-way-is = is
console-rule-way-is-not = is not
console-rule-way-known = is known
console-rule-way-not-known = is not known
console-rule-way-any = any of
console-rule-way-all = all of
console-rule-way-none = none of
console-rule-way-not-all = not all of
console-rule-way-from = at least
console-rule-way-below = below
console-rule-way-between = between
console-rule-way-open = open
console-rule-way-closed = closed
console-rule-nothing-yet = …
console-rule-comma = ,{ " " }
console-rule-join-and = { " " }and{ " " }
console-rule-join-or = { " " }or{ " " }
console-rule-join-then = { " " }and{ " " }
console-rule-needs-value = Something is missing here.
console-rule-always = always
console-rule-never = never
console-rule-together = ({ $text })
console-rule-none-of = none of these holds: { $list }
console-rule-if-channel = it comes by { $values }
console-rule-unless-channel = it does not come by { $values }
console-rule-if-inbox = it was sent to { $values }
console-rule-unless-inbox = it was not sent to { $values }
console-rule-if-language = the language is { $values }
console-rule-unless-language = the language is not { $values }
console-rule-if-contact = the contact's { $name } is { $values }
console-rule-unless-contact = the contact's { $name } is not { $values }
console-rule-if-contact-known = the contact has a { $name }
console-rule-unless-contact-known = the contact has no { $name }
console-rule-if-context = the site tells { $name }: { $values }
console-rule-unless-context = the site does not tell { $name }: { $values }
console-rule-if-context-known = the site tells any { $name }
console-rule-unless-context-known = the site tells no { $name }
console-rule-if-text = it has the words { $values }
console-rule-unless-text = it does not have the words { $values }
console-rule-if-intent = the bot takes it for { $values }
console-rule-unless-intent = the bot does not take it for { $values }
console-rule-if-confidence-from = the bot is at least { $low } sure
console-rule-unless-confidence-from = the bot is not at least { $low } sure
console-rule-if-confidence-below = the bot is less than { $high } sure
console-rule-unless-confidence-below = the bot is not less than { $high } sure
console-rule-if-confidence-from-below = the bot is from { $low } to below { $high } sure
console-rule-unless-confidence-from-below = the bot is not from { $low } to below { $high } sure
console-rule-if-mood = the customer is { $values }
console-rule-unless-mood = the customer is not { $values }
console-rule-if-reason = a person is needed for this reason: { $values }
console-rule-unless-reason = a person is not needed for this reason: { $values }
console-rule-if-hours = “{ $name }” is open
console-rule-unless-hours = “{ $name }” is closed
console-rule-if-closed = “{ $name }” is closed
console-rule-unless-closed = “{ $name }” is open
console-rule-if-time = it is { $days }, { $start } to { $end } ({ $zone })
console-rule-unless-time = it is not { $days }, { $start } to { $end } ({ $zone })
console-rule-says = When { $when }: { $then }.
console-rule-says-always = For every conversation: { $then }.
console-rule-says-go-on = Then the next rules are asked.
console-rule-gives-queue = it goes to { $queue }
console-rule-gives-priority = its priority rises by { $priority }
console-rule-gives-skills = it also needs { $skills }
console-rule-gives-skill-for = { $term } (for { $time })
console-rule-gives-policy = it is owed an answer by { $policy }
console-rule-gives-work = it counts as { $work }
console-rule-gives-exclude = it never goes to { $names }
console-rule-gives-ladder = who may take it is set here
console-rule-gives-nothing = nothing changes
console-rule-queue = Queue
console-rule-queue-none = Leave it to later rules or the inbox
console-rule-queue-help = Where it waits
console-rule-as-queue = As its queue says
console-rule-policy = SLA policy
console-rule-priority = Added priority
console-rule-priority-help = Added to the queue's own, from 0 to 100
console-rule-work = Kind of work
console-rule-work-help = Handle times are learned for each kind; usually one a queue
console-rule-who = Who may take it
console-rule-who-queue = As its queue says
console-rule-who-queue-help = The members of the queue with the skills that it asks for
console-rule-who-skills = With more skills
console-rule-who-skills-help = Beside those that the queue asks for
console-rule-who-ladder = Only as set here
console-rule-who-ladder-help = In the place of what the queue asks for
console-rule-person = The bot passes it on at once
console-rule-person-help = As soon as this holds, a person takes over: by words before the bot thinks, by intent once it has understood
console-rule-gives-person = the bot passes it on at once
console-rule-exclude = Never to
console-rule-exclude-help = Whoever stands here is never offered it and cannot take it, in any queue
console-rule-exclude-add = Add an agent…
console-rule-skills = Skills also needed
console-rule-ladder = Step by step
console-rule-short-priority = priority { $priority }
console-rule-short-ladder = own skills
console-rule-short-exclude = never to { $names }
console-rule-by-rules-did = 
  { $count ->
    [one] The rule { $rules } sent it to { $queue }.
    *[other] The rules { $rules } sent it to { $queue }.
  }
console-rule-by-rules-would = 
  { $count ->
    [one] The rule { $rules } would send it to { $queue }.
    *[other] The rules { $rules } would send it to { $queue }.
  }
console-rule-by-before = No rule decided: it stays in { $queue }, where it was.
console-rule-by-language = No rule decided: { $queue } speaks its language.
console-rule-by-inbox = No rule decided: { $queue } is the queue of its inbox.
console-rule-seen-no-words = none of them
console-rule-seen-nothing = not known
console-trace-decided = decided
console-trace-added = held, went on
console-trace-no = did not hold
console-trace-off = off
console-trace-held = Held:
console-trace-failed = Did not hold:
console-trace-seen = seen: { $value }
console-dry = Try it on the past
console-dry-lead = What these rules, as they stand here, would have done with the conversations that came to people. Nothing is changed by it.
console-dry-period = Period
console-dry-days = 
  { $count ->
    [one] The last day
    *[other] The last { $count } days
  }
console-dry-run = Try
console-dry-busy = Asking the rules about each conversation…
console-dry-stale = The rules have changed since. Try again to see what they do now.
console-dry-other = The rule “{ $name }”: { $what }
console-dry-considered = 
  { $count ->
    [0] No conversations came to people in this time.
    [one] One conversation came to people in this time.
    *[other] { $count } conversations came to people in this time.
  }
console-dry-changed = 
  { $count ->
    [0] Nothing would change.
    [one] One would have been treated otherwise.
    *[other] { $count } would have been treated otherwise.
  }
console-dry-more = There were more. Only the latest { $count } were looked at.
console-dry-by-rule = What each rule would have done
console-dry-rule = Rule
console-dry-held = Held
console-dry-decided = Decided
console-dry-fallback = No rule decided
console-dry-items-changed = What would change
console-dry-items = Examples
console-dry-no-subject = No subject
console-dry-unknown = not known
console-dry-becomes = becomes
console-dry-open = Open the conversation
console-dry-show-more = Show more
console-check-mark-unreachable = never reached
console-check-mark-impossible = can never hold
console-check-mark-missing = broken
console-check-unreachable = 
  { $count ->
    [one] Never reached: { $rules } before it takes every conversation that this one would.
    *[other] Never reached: { $rules } before it take every conversation that this one would.
  }
console-check-unreachable-alone = Never reached: a rule before it takes every conversation.
console-check-impossible = It can never hold: its conditions contradict one another.
console-check-missing = Something that it names is no longer there.
console-check-missing-queue = Its queue is no longer there. Choose another one.
console-check-missing-sla-policy = Its SLA policy is no longer there. Choose another one.
console-check-missing-skill = A skill that it asks for is no longer there.
console-check-missing-exclude = Somebody whom it rules out is not known.
console-check-missing-agents = A person whom it names is no longer there.
console-check-missing-hours = Business hours that it asks about are no longer there.
console-check-missing-any-of = Something that a condition names is no longer there.
console-check-nobody-title = 
  { $count ->
    [one] There is work that nobody could ever take.
    *[other] In { $count } cases there is work that nobody could ever take.
  }
console-check-no-members = { $queue } has no members.
console-check-nobody = Nobody in { $queue } could ever take it.
console-check-excluded = Everybody in { $queue } who could take it is ruled out.
console-check-excluded-anywhere = Everybody who could take it is ruled out.
console-check-lacking = In { $queue } nobody has { $skills }.
console-check-lacks = 
  { $best ->
    [0] { $skill } at { $level }
    *[other] { $skill } at { $level } (the best has { $best })
  }
console-check-news = There is work now that nobody could ever take.
console-check-lacking-anywhere = Nobody has { $skills }.
console-check-since = Since
console-check-open-rule = Open the rule
console-check-open-conversation = Open the conversation
console-check-open-queue = Open the queues
console-check-open-rules = Open the rules
console-check-rules = 
  { $count ->
    [one] One routing rule does nothing as it stands.
    *[other] { $count } routing rules do nothing as they stand.
  }
console-came = How it came here
console-came-none = The rules have not been asked about it.
console-came-trace = 
  { $count ->
    [one] The rule that was asked
    *[other] The { $count } rules that were asked
  }
console-handoff-reason-no-bot = no bot answers there
console-handoff-reason-reopened = opened again
console-ladder = Who may take it
console-ladder-term = { $skill } at { $level } or better
console-ladder-everybody = everybody in the queue
console-ladder-nobody = nobody yet
console-ladder-only = only { $names }, if available
console-ladder-has = whoever has { $terms }
console-ladder-says-first = At once: { $who }.
console-ladder-says-then = After { $time } also { $who }.
console-ladder-says-required = Always needed: { $terms }.
console-ladder-required = Always needed
console-ladder-at-once = At once
console-ladder-later = Also, after a wait of
console-ladder-step = step { $number }
console-ladder-wait = Wait before this step
console-ladder-remove-step = Remove step { $number }
console-ladder-way = Alternative { $number }
console-ladder-and = and
console-ladder-or = or
console-ladder-and-skill = and also…
console-ladder-skill = Add a skill…
console-ladder-or-skill = or who has…
console-ladder-agent = Name a person…
console-ladder-or-agent = or by name…
console-ladder-named = By name
console-ladder-all = or everybody
console-ladder-narrow = Not everybody
console-ladder-begin = Ask some people first
console-ladder-add-step = Add a step
console-sentence-space = { " " }
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
console-hours-holidays = Days of your own
console-hours-holiday = Name of the holiday
console-hours-holiday-add = Add a day
console-hours-holiday-count = 
  { $count ->
    [one] one holiday
    *[other] { $count } holidays
  }
console-hours-date = Date
console-hours-public = Public holidays
console-hours-public-help = Taken from a well-kept list, for this year and those to come. What you work after all can be struck out.
console-hours-country = Holidays of
console-hours-country-none = No country
console-hours-region = Region
console-hours-region-none = The whole country
console-hours-year = Holidays in { $year }
console-hours-year-before = The year before
console-hours-year-after = The year after
console-hours-free-anyway = free anyway
console-hours-worked = { $name }, { $date }
console-hours-worked-closed = Closed
console-hours-worked-once = Open this year
console-hours-worked-always = Open every year
console-hours-holidays-help = Closed as well: company holidays, moving day and the like.
console-hours-yearly = Every year
console-hours-wrong-reversed = { $one } ends before it starts. What runs past midnight is two: until 00:00, and from 00:00 on the next day.
console-hours-wrong-overlap = { $one } and { $other } overlap.
console-sla-hours-queue = The queue's hours, else around the clock
console-sla-warn = Warn
console-sla-warn-help = When so much of the time has passed.
console-sla-warn-at = warning at { $share }
console-sla-warn-share = at { $share } of a target
console-sla-warn-never = no warning
console-sla-worth = Worth
console-sla-worth-help = What a missed target weighs beside those of other policies, when somebody has to wait.
console-sla-worth-short = worth { $worth }
console-canned-add = Add a canned reply
console-canned-title = Canned replies
console-canned-lead = Texts that agents insert with / while they write.
console-canned-none = No canned replies yet
console-canned-name = Title
console-canned-shortcut = Shortcut
console-canned-text = Text
console-canned-help = { $contact } and { $agent } are filled in.

## How a deadline was reached: said by the server, shown in the conversation's panel and given by the API
routing-deadline-sum = { $start } + { $length } of business time = { $due }
routing-deadline-sum-always = { $start } + { $length } = { $due }
routing-deadline-paused = { $start }: { $counted } of { $length } used, stands still now
routing-deadline-ended = { $start }: ended after { $counted } of { $length }
routing-deadline-unanswered = without an answer from a person
routing-deadline-with = { $said }, { $note }
routing-deadline-holiday = holiday skipped: { $name } ({ $day })
routing-deadline-holidays = { $count ->
    [one] and one more holiday
   *[other] and { $count } more holidays
  }
routing-deadline-still = stood still for { $length } of business time
routing-deadline-forward = clocks go forward { $length } on { $day }
routing-deadline-back = clocks go back { $length } on { $day }
routing-step-counted = { $start } to { $end }: { $length } counted
routing-step-closed = { $start } to { $end }: closed
routing-step-holiday = { $day }: holiday, { $name }
routing-step-paused = { $start } to { $end }: stood still
routing-length-hours = { $count } h
routing-length-minutes = { $count } min
routing-length-seconds = { $count } s
routing-moment = { $day } { $time }
routing-date = { $weekday } { $day } { $month }
routing-weekday-1 = Mon
routing-weekday-2 = Tue
routing-weekday-3 = Wed
routing-weekday-4 = Thu
routing-weekday-5 = Fri
routing-weekday-6 = Sat
routing-weekday-7 = Sun
routing-month-1 = Jan
routing-month-2 = Feb
routing-month-3 = Mar
routing-month-4 = Apr
routing-month-5 = May
routing-month-6 = June
routing-month-7 = July
routing-month-8 = Aug
routing-month-9 = Sept
routing-month-10 = Oct
routing-month-11 = Nov
routing-month-12 = Dec

## Console: planning

console-admin-simulation = Simulation
console-policy-current = As it is now
console-policy-current-help = Each queue as it is set today.
console-simulation-title = Simulation
console-simulation-lead = What would another order have made of last week? The routing engine itself works the same conversations again under each of the orders that you choose, beside the server and without touching anything.
console-simulation-traffic = Conversations
console-simulation-past = { $days ->
    [one] The last day, as recorded here
    [7] Last week, as recorded here
   *[other] The last { $days } days, as recorded here
}
console-simulation-past-help = Who came when and how long each was worked on as it was; agents, queues and promises as they are today. Agents are there when they were available.
console-simulation-own = A scenario of your own
console-simulation-own-help = A JSON file as parley simulate takes it.
console-simulation-file = File
console-simulation-unread = This file is not JSON.
console-simulation-sample-skills = Sample: four skills, three promises
console-simulation-sample-chats = Sample: chats beside mails
console-simulation-sample-rush = Sample: a rush at noon, shifts, impatient customers
console-simulation-about-skills = 26 agents, 270 conversations an hour in four skills; gold within 20 s, standard within 60 s, low within 5 min.
console-simulation-about-chats = 12 agents who hold several at a time; chats go before mails, which may be interrupted.
console-simulation-about-rush = A day with its curve, twice as many between one and two, missed offers, and handle times guessed wrong by 30 %.
console-simulation-seeds = Days
console-simulation-seeds-help = More days, surer figures.
console-simulation-compare = Orders to compare
console-simulation-begin = Run
console-simulation-one-at-a-time = One runs at a time.
console-simulation-state-done = done
console-simulation-state-failed = failed
console-simulation-state-running = running
console-simulation-progress = How far it is
console-simulation-stop = Stop and forget
console-simulation-forget = Forget
console-simulation-error-interrupted = The server ended in the middle of it. Run it again.
console-simulation-error-stopped = The server was stopped in the middle of it. Run it again.
console-simulation-error-time = It took too long. Choose fewer days or fewer orders.
console-simulation-error-memory = It took too much memory. Choose fewer days.
console-simulation-error-crashed = The process that worked on it ended.
console-simulation-error-failed = It failed.
console-simulation-verdicts = Side by side
console-simulation-clear = sure
console-simulation-open = open
console-simulation-no-difference = { $better } and { $worse }: no difference that is more than chance.
console-simulation-cheaper = { $better } costs { $share } less than { $worse }.
console-simulation-better = { $better } lets people wait less than { $worse }.
console-simulation-pair = { $first } less { $second }
console-simulation-policy = Order
console-simulation-col-come = Come
console-simulation-col-wait = Mean wait
console-simulation-col-in-target = In time
console-simulation-col-gave-up = Gave up
console-simulation-col-p99 = 99 % wait less than
console-simulation-col-longest = Longest wait
console-simulation-col-cost = Cost
console-simulation-in-target-by-kind = In time, by kind
console-simulation-report = Report with charts
console-simulation-to-queues = Set the order of a queue
console-simulation-note = ± half of the 95 % interval. Cost: what missed promises are worth, and worth times lateness over 10 minutes, a conversation; the smaller the better.
console-admin-staffing = Staffing
console-staffing-title = Staffing
console-staffing-lead = How many agents each half hour needs, so that so many of those who come are answered in time. For one kind of work; where skills differ, run a simulation.
console-staffing-starts = First half hour
console-staffing-arrivals = Conversations in each half hour
console-staffing-arrivals-help = One number for each half hour, in a row; paste them from a spreadsheet.
console-staffing-no-number = “{ $word }” is not a number.
console-staffing-handle = Time an agent needs for one
console-staffing-patience = Customers give up after
console-staffing-endless = never
console-staffing-target = Answered within
console-staffing-share = So many of all who come
console-staffing-more = More
console-staffing-shrinkage = Paid time not at work
console-staffing-shrinkage-help = Breaks, illness, training: so many more are scheduled.
console-staffing-at-once = Conversations at once
console-staffing-at-once-help = Of one agent; the time is then that of one of them.
console-staffing-most-occupancy = Busy at most
console-staffing-most-abandoned = Give up at most
console-staffing-peak = Most at work at once
console-staffing-hours = Hours at work
console-staffing-scheduled-hours = Hours scheduled
console-staffing-within-all = Answered in time
console-staffing-chart-agents = Agents needed
console-staffing-chart-arrivals = Conversations that come
console-staffing-agents = at work
console-staffing-scheduled = scheduled
console-staffing-column = { $at }: { $agents } agents, { $share } in time
console-staffing-says = { $at }: { $arrivals } come. { $agents ->
    [one] One agent answers { $share } in time.
   *[other] { $agents } agents answer { $share } in time; with one less it would be { $less }.
}
console-staffing-point = Point at a half hour to see what its last agent is worth.
console-staffing-none = There is nothing to show yet
console-staffing-col-from = From
console-staffing-col-come = Come
console-staffing-col-agents = Agents
console-staffing-col-scheduled = Scheduled
console-staffing-col-in-target = In time
console-staffing-col-one-less = With one less
console-staffing-col-mean-wait = Mean wait
console-staffing-col-gives-up = Give up
console-staffing-col-busy = Busy

## Console: intents, slots and reasons of a hand-off

console-handoff-reason-angry = angry
console-handoff-reason-unhappy = unhappy several times in a row
console-handoff-reason-urgent = in a hurry
console-handoff-reason-unsure = the bot was unsure several times
console-handoff-reason-stuck = the bot got no further
console-handoff-reason-topic = a rule sends this to people
console-handoff-reason-tier = customers of this tier go to people
console-handoff-reason-errand-done = the bot got what was asked for
console-handoff-reason-errand-not-got = the bot did not get what was asked for
console-handoff-reason-errand-unanswered = the customer did not answer the bot
console-handoff-reason-asked-for-person = asked for a person
console-handoff-reason-asked-twice = asked the same twice
console-handoff-reason-attachment = sent a file
console-handoff-reason-not-for-bot = a message that the bot does not answer
console-handoff-reason-not-proven = asked about an order, sender not proven
console-handoff-reason-language = writes in another language
console-handoff-reason-bot-failed = the bot could not answer
console-handoff-reason-complaint = complains
console-handoff-reason-lookup-failed = something could not be looked up
console-handoff-reason-no-answer = no article answers it
console-handoff-reason-no-order = the order was not found
console-handoff-reason-no-number = gave no order number
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
console-intent-small-talk = Small talk
console-intent-insult = Insult
console-intent-order-cancel = Cancel an order
console-intent-order-change-address = Change the address
console-intent-order-return = Return
console-intent-order-refund = Refund
console-intent-delivery-problem = Delivery problem
console-intent-invoice = Invoice
console-intent-password = Password
console-intent-account = Account
console-intent-opening-hours = Opening hours
console-intent-price = Price
console-intent-nlu-fallback = Not understood
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
console-inbox-kind-chat = Chat page and apps
console-inbox-kind-chat-help = A page of its own, and a protocol for apps
console-inbox-kind-telegram = Telegram
console-inbox-kind-telegram-help = A bot that people write to
console-telegram = Telegram bot
console-telegram-token = Token
console-telegram-token-help = From @BotFather on Telegram: /newbot, or /token for a bot that you have.
console-telegram-mode = News come in
console-telegram-mode-polling = by asking Telegram
console-telegram-mode-webhook = by Telegram calling us
console-telegram-mode-polling-help = Works everywhere, also behind a firewall.
console-telegram-mode-webhook-help = Telegram calls { $address }, which it must reach over https. We register it ourselves.
console-telegram-groups = Answer in groups too
console-telegram-groups-help = Only to who speaks to the bot; each person is a conversation of their own. Others read along.
console-questions = Questions before the chat
console-questions-help = Asked before the first message; agents see the answers beside the conversation.
console-question = Question { $number }
console-question-add = Add a question
console-question-remove = Remove this question
console-question-up = Move up
console-question-down = Move down
console-question-label = Question in { $language }
console-question-kind = Answer
console-question-kind-text = Free text
console-question-kind-email = E-mail address
console-question-kind-choice = One of several
console-question-email-help = A visitor who has gone gets the answer there.
console-question-key = Short name
console-question-key-help = Small letters, digits and _
console-question-options = Choices in { $language }
console-question-options-help = One a line, in the same order in each language
console-question-required = Must be answered
console-identity = Who visitors are
console-identity-help = Your site can sign a token (JWT, HS256) that says who a visitor is: sub is your name for them, exp when it ends, aud (if given) is { $inbox }. Whoever is proven sees their history on every device.
console-identity-secrets = Secrets
console-identity-secret = Secret { $number }
console-identity-make = Make a secret
console-identity-change = Make another one
console-identity-once = Copy it to your site's server now: after saving it is never shown again.
console-identity-remove = Remove { $name }
console-identity-required = Only proven visitors
console-identity-required-help = Nobody can write without a valid token.
console-webhook = Webhook
console-webhook-help = For apps that do not stay connected: what a visitor may see is sent there, signed.
console-webhook-url = Address
console-webhook-secret = Secret
console-webhook-secret-help = Signs what is sent (Standard Webhooks).
console-webhook-once = Copy it to your app's server now: after saving it is never shown again.
console-webhook-again = Make a new one
console-inbox-go-on-none = not at all
console-inbox-through-gone = an inbox that is gone
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
console-probe-good-email = Everything works: mail can be received and sent.
console-probe-good-telegram = It works: this bot can be used.
console-probe-bad = Something does not work yet.
console-probe-imap = Receiving
console-probe-smtp = Sending
console-probe-name = Server name
console-probe-port = Port
console-probe-tls = Encryption
console-probe-password = Signing in
console-probe-folder = Folder
console-probe-telegram = Telegram
console-probe-reach = Reaching Telegram
console-probe-token = Token
console-probe-groups = Groups
console-probe-webhook = Our address
console-probe-state-ok = works
console-probe-state-failed = does not work
console-probe-state-not-tried = not tried
console-probe-failed-name = There is no server of this name. Check how it is written.
console-probe-failed-port = Nothing answers there. Check the port, and whether a firewall is in between.
console-probe-failed-tls = No secure connection. Check the kind of encryption, or the server's certificate.
console-probe-failed-password = The server does not let us in. Check user name and password; many providers want an app password or an authorization code.
console-probe-failed-folder = This folder does not exist there or may not be opened.
console-probe-failed-reach = Telegram cannot be reached from here.
console-probe-failed-token = Telegram does not know this token. Copy it again from @BotFather.
console-probe-failed-groups = This bot may not join groups. Allow it in @BotFather: /setjoingroups
console-probe-failed-webhook = Our public address must begin with https:// (PARLEY_PUBLIC_URL).
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
error-no-script = This chat needs JavaScript, which is switched off in your browser.
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
error-excluded = This person is never to have this conversation.
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
error-inbox-gone = There is no such inbox any more. Choose another one, or none.
error-inbox-kind = That inbox is of another kind. Choose another one, or none.
error-own-address = That is the address of an inbox of ours.
error-requester = That is the customer, who gets every reply anyway.
error-copies = Somebody who is to get a copy does not take part.
error-cannot-rearrange = Conversations of different channels, and live ones, cannot be rearranged.
error-not-here = A message is no longer here.
error-only-ours = A reply or a note alone cannot be split off: choose a customer's message too.
error-nothing-left = Nothing would be left here: merge the conversation instead.
error-on-its-way = A reply is being sent at this moment. Try again when it is out.
error-newer = Something newer was done here: undo that first.
error-planning = Somebody else’s plan is being worked out. Try again in a moment.
error-asked-anew = You asked for another plan meanwhile.
error-newer-version = Somebody else has changed this meanwhile. Open it again to see how it is now.
error-undone = It has been undone already.
error-same = These are one contact already.
error-two-users = The site knows these as two different accounts.
error-answered = It was answered meanwhile, so it can no longer be undone.
error-went-on = New messages came meanwhile, so it can no longer be undone.
error-moved = It is not sent to somebody to whom it was not written.
error-gone = It is no longer there.
error-secret = The server has changed: give this again.
error-rule-valid = This is not a valid value.
error-rule-intent = The name of an intent
error-rule-address = An address such as name@example.com
error-rule-currency = A currency such as EUR
error-rule-place = An address in lines, at most 400 characters
error-rule-said = At most 1000 characters
error-rule-level = A level from 1 to 5
error-rule-weekday = A day of the week
error-rule-confidence = A number from 0 to 1
error-rule-added = A priority from 0 to 100
error-rule-host = A host name such as mail.example.com
error-rule-url = An address such as https://login.example.com/token
error-rule-line = One line, without control characters
error-rule-name = One line with something in it
error-rule-language = A language such as en or zh
error-rule-time = A time such as 09:00
error-rule-date = A date such as 2026-12-25
error-rule-shortcut = Up to 40 characters without spaces and slashes
error-rule-control = No control characters
error-rule-taken = The inbox { $inbox } uses this one already.
error-rule-bot-token = The token as @BotFather shows it, such as 123456789:AA…
error-rule-origins = Addresses such as https://shop.example, without a path, or *
error-rule-color = A colour such as #1f6f5c
error-rule-webhook = An address such as https://shop.example/parley
error-rule-https = An address with https: customers' words go there.
error-rule-languages = At least one language
error-rule-key = A short name of small letters, digits and _, not page or start
error-rule-key-taken = A name that no other question has
error-rule-label = The question in at least one language
error-rule-options = At least two choices
error-rule-option = Each choice in at least one language
error-rule-gives = Give it something: a queue, a priority, skills, an SLA policy, a kind of work or agents who never get it.
error-rule-group = Put at least one condition into the group, or remove it.
error-rule-word = A word or a phrase with letters or digits
error-rule-share = The second share must be the higher one.
error-rule-midnight = A time after { $start }. Write what goes past midnight as two conditions.
error-rule-zone = A time zone such as Europe/Berlin
error-rule-step = This step adds nobody to those before it. Add somebody, or remove the step.
error-rule-nobody = Choose a skill or a person, or everybody.
error-rule-later = More than the { $seconds } seconds of the step before
error-rule-wait = How long to wait before this step
error-rule-deep = Groups can stand in groups only a few deep.
error-rule-plan = This takes more than { $seconds } seconds to work out. Give fewer half hours, or less work in each.
error-rule-gone = This is no longer there. Choose another one.
error-rule-length-least = At least { $limit } characters
error-rule-length-most = At most { $limit } characters
error-rule-count-least = At least { $limit }
error-rule-count-most = At most { $limit }
error-rule-value-least = { $limit } or more
error-rule-value-most = { $limit } or less
error-rule-between = A number from { $least } to { $most }
error-rule-channels = At least one, or all of them. Set who should get no work to away instead.
error-signed-out = This person is not signed in: nobody would hear an offer.
error-inactive = This person is deactivated.

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

## Help center: pages that customers read
help-place = Help
help-title = How can we help?
help-lead = Search, or choose a subject.
help-front-title = { $name } help
help-page-title = { $title } · { $name } help
help-front-about = Answers to what people ask { $name }.
help-skip = Skip to the content
help-more = Languages and contact
help-languages = Languages
help-search-label = Search the help center
help-search-hint = Ask a question
help-search-go = Search
help-suggestions = Suggested articles
help-suggested-one = 1 suggestion; choose it with the arrow keys
help-suggested-many = %n suggestions; choose one with the arrow keys
help-trail = Where you are
help-categories = Subjects
help-articles = Articles
help-count = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
help-most-read = Most read
help-empty = Nothing has been published here yet.
help-category-empty = There is nothing in this language here yet.
help-updated = Updated
help-contents = On this page
help-related = Related articles
help-vote-ask = Was this helpful?
help-vote-yes = Yes
help-vote-no = No
help-vote-thanks = Thank you. We read every word of it.
help-vote-thanks-yes = Thank you, good to know!
help-vote-thanks-no = Thank you for saying so.
help-vote-why = What was wrong with it?
help-vote-comment = What were you looking for? (optional)
help-vote-hint = Please write nothing personal here: nobody can answer it. E-mail addresses and long numbers are taken out.
help-vote-send = Send
help-reason-unclear = I did not understand it
help-reason-missing = Something is missing
help-reason-wrong = It is wrong or out of date
help-reason-unrelated = It does not answer my question
help-reason-other = Something else
help-results = Results for “{ $q }”
help-results-title = { $q } · search
help-results-corrected = Also looked for “{ $right }” in place of “{ $wrong }”.
help-results-none = Nothing was found. Try other words, or read what others read:
help-results-before = Previous results
help-results-after = More results
help-result-pages = Pages of results
help-missing-title = This page does not exist
help-missing-lead = It may have been moved or taken away. Search for it, or begin at the front page.
help-elsewhere-title = Not in this language yet
help-elsewhere-lead = You can read it here:
help-bad-title = This cannot be looked up
help-bad-address = There is something in the address that we cannot read.
help-bad-long = Please search for fewer words: at most { $most } characters.
help-bad-form = Something is missing in the form. Please go back and try again.
help-bad-origin = The form was sent from another site. Please open the article and try again.
help-bad-token = This link does not prove who you are, or has expired. Please go back to where you are signed in and follow it again.
help-often-title = That was a little fast
help-often-lead = Please wait a moment and try again.
help-broken-title = Something went wrong here
help-broken-lead = It is our fault. Please try again in a moment.
help-to-front = To the front page
help-ask-lead = Did you not find what you need?
help-contact = Contact us
help-contact-foot = Contact us
help-contact-known = So that you need not say it again, we bring along:
help-contact-read = You read
help-contact-searched = You searched for
help-contact-none = At the moment nobody can be reached from here.
help-contact-chat = Chat
help-contact-chat-lead = An answer at once, and a person when you want one.
help-contact-chat-go = Begin a chat
help-contact-mail = E-mail
help-contact-mail-lead = We answer at { $address }.
help-contact-mail-go = Write an e-mail
help-sign-out = Sign out
help-home-of = To { $name }
help-feed = New and changed articles
help-feed-title = { $name } help: new and changed articles

## Telegram: in the place of what cannot be shown
telegram-forwarded = Forwarded:
telegram-forwarded-from = Forwarded from { $name }:
telegram-not-fetched = (The file { $name } could not be fetched.)
telegram-poll = Poll: { $question }
telegram-sticker = (a sticker)
telegram-strange = (Something that cannot be shown here: { $kind })
telegram-too-large = (The file { $name } is too large to be fetched: { $size } MB.)
telegram-unreadable = (A message that could not be read.)

## Simulations: tables and reports
simulated-title = Simulation: { $name }
simulated-unnamed = unnamed scenario
simulated-heading = { $hours } hours, the first { $warm } not counted, { $seeds } seeds. ± is half of the 95 % interval.
simulated-policies = Policies
simulated-policy = Policy
simulated-pairs = Side by side on the same conversations
simulated-pair = First - second
simulated-pairs-note = Differences of the first less the second, on the same arrivals, handle times and patience; an interval without 0 is more than chance. The last column is the first's cost over the second's.
simulated-cost-note = Cost of a conversation: what its missed target is worth, and its lateness in units of ten minutes, weighted.
simulated-type = Type
simulated-all = all
simulated-column-came = Arrived
simulated-column-wait = Mean wait
simulated-column-p-wait = Had to wait
simulated-column-attainment = In target
simulated-column-abandoned = Abandoned
simulated-column-p99 = 99 % within
simulated-column-longest = Longest wait
simulated-column-cost = Cost
simulated-column-cost-ratio = Cost ratio
simulated-column-rate = An hour
simulated-column-handle = Handle time
simulated-column-target = Target
simulated-column-worth = Weight
simulated-column-count = How many
simulated-column-skills = Skills
simulated-column-speed = Speed
simulated-column-capacity = Capacity
simulated-summary = Weighted share in target { $weighted }, weighted lateness { $late }, cost { $cost }
simulated-team = { $name }: { $occupancy } occupied
simulated-agents = Agents
simulated-occupancy = Occupied
simulated-unfinished = { $count } still waited at the end: more comes than these agents can take.
simulated-waits = How many waited longer
simulated-axis-wait = seconds waited
simulated-axis-longer = share of all
simulated-inputs = What was simulated

# Writing articles
console-callout-note = Note
console-callout-tip = Tip
console-callout-important = Important
console-callout-warning = Warning
console-writing-toolbar = Formatting
console-writing-bold = Bold
console-writing-italic = Italic
console-writing-code = Code
console-writing-heading = Heading
console-writing-heading3 = Smaller heading
console-writing-bullets = List
console-writing-steps = Steps
console-writing-tasks = Tasks
console-writing-quote = Quote
console-writing-strike = Struck through
console-writing-table = Table
console-writing-block = Block of code
console-writing-rule = Dividing line
console-writing-cell = Text
console-writing-words = What readers should know
console-writing-callout = Callout
console-writing-more = More to put in
console-writing-link = Link
console-writing-link-find = Words of an article's title, or an address
console-writing-link-draft = { $slug } · not published yet
console-writing-image = Image
console-writing-alt = What the image shows
console-writing-alt-help = For people who do not see it, and for search.
console-writing-put-in = Insert
console-writing-uploading = Uploading…
console-writing-reusable = Snippet or variable
console-writing-reusable-find = Name or text
console-writing-reusables-keep = Keep snippets and variables
console-writing-none = Nothing found
console-writing-found =
    { $count ->
        [one] { $count } found
       *[other] { $count } found
    }
console-writing-help = Markdown. Paste or drop images; { $keys } for a link.
console-writing-count =
    { $count ->
        [one] { $count } word
       *[other] { $count } words
    }
console-writing-note = What changed
console-writing-note-help = One line for those who review it or look back; readers do not see it.
console-writing-problems =
    { $count ->
        [one] { $count } thing to look at
       *[other] { $count } things to look at
    }
console-writing-line = Line { $line }
console-problem-missing-alt = An image without a description
console-problem-image-elsewhere = An image on another site is shown as a link only: upload it here
console-problem-broken-link = A link to an article that does not exist
console-problem-unsafe-link = A link that leads nowhere from here
console-problem-heading-jump = A heading that skips a level
console-problem-unknown-reusable = No snippet or variable has this name
console-problem-left-out = Something personal was left out here: say it without, or take the sentence out
console-unsaved-keeping = Keeping your text…
console-unsaved-kept = Your text is kept
console-unsaved-here = Kept in this browser; the server cannot be reached
console-unsaved-found = This is your unsaved text from
console-unsaved-drop = Throw it away
console-unsaved-others =
    { $count ->
        [one] { $names } has unsaved text here, too. Nothing gets lost: whoever saves second sees both texts.
       *[other] { $names } have unsaved text here, too. Nothing gets lost: whoever saves second sees both texts.
    }
console-writers-here =
    { $count ->
        [one] { $names } has this open
       *[other] { $names } have this open
    }
console-writers-writing =
    { $count ->
        [one] { $names } is writing here
       *[other] { $names } are writing here
    }
console-source-followed = Translated from { $language }
console-source-followed-help = The translation counts as behind as soon as a newer revision than this one is published.
console-source-before = Revision { $number }, as before
console-source-shown = Revision { $number }, which readers see
console-source-draft = Revision { $number }, a draft
console-source-unknown = Not known
console-merge-title = Two texts, written at the same time
console-merge-lead = { $name } saved while you were writing. Choose what becomes of each place where the texts differ; their revision stays in the history whatever you choose.
console-merge-somebody = Somebody
console-merge-mine = Mine
console-merge-theirs = Theirs
console-merge-both = Both
console-merge-keep = Keep
console-merge-nothing = Nothing here
console-merge-whole = The two texts cannot be compared now: choose between them as a whole.
console-merge-write-on = Write on with this
console-merge-save = Save this text
console-merge-open = Compare
console-merge-behind = { $name } saved a newer revision while you were writing.
console-knowledge-reusables = Snippets and variables
console-reusables-lead = What many articles say alike, kept in one place: {"{{"}name{"}}"} stands for it in every article. A change shows everywhere within seconds.
console-reusables-none = No snippets or variables yet
console-reusables-none-help = A variable is a few words, such as a telephone number. A snippet is Markdown of any length.
console-reusables-new = New snippet or variable
console-reusables-filter = Find by name or text
console-reusables-name = Name
console-reusables-name-help = Lower-case letters, digits, - and _. It stays: articles use it.
console-reusables-kind = Kind
console-reusables-kind-snippet = Snippet
console-reusables-kind-variable = Variable
console-reusables-kind-help-snippet = Markdown: paragraphs, lists, callouts.
console-reusables-kind-help-variable = Plain words on one line.
console-reusables-text = Text in { $language }
console-reusables-missing = Not in { $language }: readers get another language's text
console-reusables-used =
    { $count ->
        [0] Not used yet
        [one] Used in { $count } place
       *[other] Used in { $count } places
    }
console-reusables-change = Change
console-reusables-remove = Remove
console-reusables-remove-really = Remove { $name }?
console-reusables-in-use = It can be removed when nothing uses it any more.
console-reusables-saved = Saved: all articles show it
console-reusables-removed = Removed
error-newer-revision = Somebody else saved in the meantime.
error-cycle = A snippet cannot contain itself, not by way of others either.
error-name-taken = There is one of this name already.
error-broken = The image cannot be read to its end.

# Filing articles
console-add = Add
console-any = Any
console-choose = Choose
console-count = { $count }
console-count-least = { $count } or more
console-in-months = { $count ->
    [one] in a month
   *[other] in { $count } months
}
console-article-count = { $text } found
console-article-next = Next article
console-article-previous = Previous article
console-article-settings = Settings of the article
console-article-settings-of = Settings: { $title }
console-article-archived-since = Archived:
console-filters = Filters
console-filter-is = { $field }: { $value }
console-filter-by-category = Category
console-filter-by-language = Language
console-filter-by-tag = Tag
console-filter-by-audience = Readers
console-filter-by-brand = Brand
console-filter-by-owner = Owner
console-filter-by-sort = Order
console-sort-updated = Changed last
console-sort-created = Newest
console-sort-review = Review due first
console-sort-address = By address
console-views = Which articles
console-view-all = All articles
console-view-own = Filtered
console-view-mine = My articles
console-view-mine-overdue = Mine, review due
console-view-overdue = Review due
console-view-stale = Translation behind
console-view-missing = Missing in { $language }
console-view-archived = Archived
console-mark-overdue = Review due
console-mark-stale = { $language } behind
console-mark-missing = No { $language }
console-review-due = { $count ->
    [one] One of your articles is due for review.
   *[other] { $count } of your articles are due for review.
}
console-review-due-show = Show
console-audience = Who may read it
console-audience-public = Everybody
console-audience-signed-in = Signed-in customers
console-audience-agents = Agents only
console-audience-public-help = In the help center, and in the bot's answers.
console-audience-signed-in-help = Only for customers whom a site has signed in.
console-audience-agents-help = Never shown to a customer; agents find it beside a conversation.
console-audience-publisher = Only who may publish can make an article more public.
console-brands = Brands
console-brands-add = Add a brand
console-brands-help = Without one it is for every brand.
console-tags = Tags
console-tags-add = Add a tag
console-tags-help = Words to find it by in this list. Customers do not see them.
console-owner = Owner
console-owner-none = Nobody
console-owner-help = Who keeps it right, and is reminded.
console-review-by = Review by
console-review-by-help = From the day after, the owner is reminded.
console-source-language = Source language
console-source-language-help = The other languages are translated from it, and say when they are behind.
console-address = Address
console-slug = Address in the help center
console-slug-help = Lower-case letters, digits and hyphens. The former address leads here.
console-slug-change = Change
console-slug-from-title = Make it from the title
console-redirects = Other addresses that lead here
console-redirect-add = Another address that leads here
console-redirect-help = One that no article has, such as that of a page that is gone.
console-redirect-remove = Remove the redirect from { $slug }
console-translations = Languages
console-translation-source = Source
console-translation-current = Up to date
console-translation-stale = Behind its source
console-translation-unknown = Source not known
console-translation-missing = Not written yet
console-translation-changes = What changed
console-translation-nothing = Nothing in the text differs now.
console-translation-right = Mark as up to date
console-translation-behind = { $language } was published anew since this was translated.
console-knowledge-categories = Categories
console-categories-lead = The shelves on which customers and agents look for articles, in two levels. The help center shows them in this order.
console-categories-none = No categories yet
console-categories-under = Under { $name }
console-category-add = Add a category
console-category-articles = { $count ->
    [one] one article
   *[other] { $count } articles
}
console-category-unnamed = no name in { $languages }
console-category-name = Name
console-category-description = Description
console-category-slug = Address in the help center
console-category-slug-help = Made from the name if left empty.
console-category-parent = Under
console-category-top = Nothing: upper level
console-category-to = Where do its { $count } articles go?
error-publish = Only who may publish can change this.
error-slug-taken = Another one has this address already.
error-redirected = This address leads to another article. Remove that redirect first.
error-redirect-cycle = That would lead round in a circle: { $way }
error-target-gone = There is no article at this address.
error-too-deep = There are two levels of categories only.
error-has-children = There are categories under it. Move or remove them first.
error-category-gone = This category is no longer there.
error-brand-gone = This brand is no longer there.
error-owner-unable = This person cannot edit articles, or is no longer there.
error-language-missing = The article is not written in this language.
error-day-over = This day is over already.
console-stage-in-review = In review
console-stage-changes-requested = Changes requested
console-stage-approved = Approved
console-stage-scheduled = Scheduled
error-category-unknown = There is no such category. Choose one of those there are.

console-review = Review
console-review-lines = The text, line by line
console-review-text = Text and comments
console-review-changes = Request changes
console-review-view-changes = Changes
console-review-switch = Switch between text and changes
console-review-write = To the article
console-review-standing = Where it stands
console-review-way = The way to readers
console-review-nothing = Nothing is written in this language yet
console-review-required = Somebody else must approve it before it can be published.
console-review-shown = Readers see revision { $revision }.
console-review-gap = What readers see now is unpublished on { $at }, before this revision is published.
console-review-until = Readers see it until { $at }.
console-review-history = History
console-review-note = Note
console-review-ask = Ask for review
console-review-ask-other = Ask somebody else
console-review-ask-again = Ask for review again
console-review-ask-lead = Whoever you ask finds it under “My work”. Until they decide, you can withdraw it.
console-review-asked = Asked for review
console-review-reviewer = Who should look at it
console-review-anybody = Anybody who reviews
console-review-withdraw = Withdraw
console-review-withdrawn = Withdrawn: it is a draft again
console-review-approve = Approve
console-review-approve-lead =
    { $count ->
        [0] This revision may be published then. An edit needs a new approval.
        [one] One comment is still open. This revision may be published then; an edit needs a new approval.
       *[other] { $count } comments are still open. This revision may be published then; an edit needs a new approval.
    }
console-review-approve-done = Approved
console-review-changes-lead =
    { $count ->
        [0] Say what should change, here or in a comment on a line.
        [one] There is one open comment. What else should change?
       *[other] There are { $count } open comments. What else should change?
    }
console-review-changes-done = Changes requested
console-review-take-back = Take the approval back
console-stage-draft = Draft
console-stage-published = Published
console-stage-archived = Archived
console-standing-draft = A draft: nobody is asked for anything.
console-standing-in-review = { $asked } asks anybody who reviews to look at it.
console-standing-in-review-named = { $asked } asks { $reviewer } to look at it.
console-standing-changes-requested = { $decided } requests changes. { $author } is to go on.
console-standing-approved = { $decided } approved it. It waits for somebody to publish it.
console-standing-scheduled = It will be published on { $at }. An edit takes it off the schedule.
console-standing-published = Readers see this revision.
console-standing-archived = Archived: no reader sees it. It can be brought back.
console-step-nobody = The system
console-step-write = { $by } wrote revision { $revision }
console-step-ask = { $by } asked for a review
console-step-ask-named = { $by } asked { $asked } for a review
console-step-withdraw = { $by } withdrew it from review
console-step-approve = { $by } approved revision { $revision }
console-step-request-changes = { $by } requested changes to revision { $revision }
console-step-schedule = { $by } scheduled revision { $revision } for { $due }
console-step-unschedule = { $by } took it off the schedule
console-step-publish = { $by } published revision { $revision }
console-step-unpublish = { $by } unpublished it
console-step-unpublish-at = { $by } planned to unpublish it on { $due }
console-step-unpublish-never = { $by } does not plan to unpublish it any more
console-step-roll-back = { $by } rolled back to an older text, as revision { $revision }
console-step-hold-back = It was not published at its time, because reviews are required by now
console-step-archive = { $by } archived the article
console-step-bring-back = { $by } brought the article back
console-comment-on-line = Comment on line { $line }
console-comment-on-all = Comment on the whole text
console-comment-send = Comment
console-comment-answer = Answer
console-comment-of = Comment by { $name }
console-comment-settle = Settle
console-comment-settled = Settled
console-comment-reopen = Open again
console-comment-settled-by =
    { $count ->
        [one] One comment, settled by { $name }
       *[other] { $count } comments, settled by { $name }
    }
console-comment-changed = The line has changed since
console-comment-outdated = The line is gone
console-comments-outdated = About lines that are gone
console-compare-from = From
console-compare-to = To
console-compare-shown = Revision { $number } (readers see it)
console-compare-whole = Whole text
console-compare-same = Both revisions say the same
console-compare-only-one = There is only one revision
console-compare-before = What changed
console-compare-added = Added
console-compare-removed = Removed
console-schedule = Schedule
console-schedule-move = Change the time
console-schedule-lead = Exactly revision { $revision } is published then. If somebody edits it before, nothing is published until it is scheduled anew.
console-schedule-publish-at = Publish on
console-schedule-unpublish-at = Unpublish on (optional)
console-schedule-zone = Time of your clock, { $zone }
console-schedule-done = Scheduled
console-unschedule = Take off the schedule
console-unscheduled = Taken off the schedule
console-end = Plan unpublishing
console-end-lead = From then on no reader sees it. Leave it empty to keep it published.
console-end-done = Unpublishing planned
console-end-none = It stays published
console-publish-lead = Everybody reads revision { $revision } then.
console-publish-unreviewed = Nobody has approved this revision.
console-publish-open =
    { $count ->
        [one] One comment is still open.
       *[other] { $count } comments are still open.
    }
console-roll-back = Roll back to this
console-roll-back-to = Roll back to revision { $revision }
console-roll-back-lead = Readers see the text of revision { $revision } again. It becomes a new revision, from which the next edit goes on.
console-roll-back-draft-lead = Readers see revision { $revision } again. The newer draft stays as it is.
console-roll-back-preview = How readers will see it
console-roll-back-done = Readers see the text of revision { $revision } again
console-archive = Archive
console-archive-lead = No reader sees it any more, in any language: not in the help center, not from the bot, not in searches. It can be brought back; then somebody must publish it again.
console-archive-done = Archived
console-bring-back = Bring back
console-brought-back = It is back. Publish what readers should see.
console-article-delete = Delete
console-article-delete-lead = The draft is gone for ever, in all languages, with its comments. No reader has ever seen it.
console-article-deleted = Deleted
console-knowledge-work = My work
console-nav-work-count = waiting for you
console-work-news = You are asked for a review
console-work-review = To review
console-work-change = To change
console-work-publish = To publish
console-work-asked = In review by others
console-work-scheduled = Scheduled
console-work-nothing = Nothing waits for you
console-work-nothing-help = What you are asked to review, to change or to publish appears here.
console-work-you = You are asked
console-work-by-review = { $name } asks for a review
console-work-by-change = { $name } requests changes
console-work-by-publish = Approved by { $name }
console-work-asked-of = Waits for { $name }
console-work-asked-all = Waits for anybody who reviews
console-work-due = On { $at }
error-not-approved = Nobody has approved this revision. Ask for a review first.
error-changes-requested = Changes to this revision were requested. Edit it, or have it approved.
error-own-revision = Somebody else must approve what you wrote yourself.
error-wrong-stage = It stands elsewhere by now. Look again.
error-nothing-new = The newest revision is published already.
error-archived = The article is archived.
error-not-archived = The article is not archived.
error-not-published = It is not published.
error-was-published = It was published once: archive it instead.
error-others-wrote = Others wrote in it too: ask a publisher to delete it.
error-not-your-review = Only who asked for the review, who wrote it or a publisher can withdraw it.
error-not-a-reviewer = This person cannot review.
error-not-ahead = Choose a time to come, within two years.
error-end-first = It must end after it is published.
error-not-older = Choose an older revision than the one that readers see.
error-an-answer = Only the first comment can be answered or settled.

# Orders
console-nav-orders = Orders
console-nav-refunds-count = refunds wait for you
console-order-state-placed = Placed
console-order-state-packed = Packed
console-order-state-shipped = Shipped
console-order-state-delivered = Delivered
console-order-state-cancelled = Cancelled
console-order-state-returned = Returned
console-order-request-waiting = Waits for approval
console-order-request-accepted = Accepted
console-order-request-declined = Declined
console-order-kind-return = Return
console-order-kind-refund = Refund
console-order-times = {$count} ×
console-order-total = Total
console-order-placed = Ordered
console-order-delivered = Delivered
console-order-expected = Expected
console-order-tracking = Tracking
console-order-customer = Customer
console-order-address = Delivery address
console-order-requests = Returns and refunds
console-order-by-customer = Asked for by the customer
console-order-by-agent = Asked for by {$name}
console-order-decided-accepted = granted by {$name}
console-order-decided-declined = declined by {$name}
console-order-do-cancel = Cancel order
console-order-keep = Keep order
console-order-do-address = Change address
console-order-do-return = Return
console-order-do-refund = Refund
console-order-title-cancel = Cancel order {$number}?
console-order-title-address = Send order {$number} elsewhere
console-order-title-return = Return of order {$number}
console-order-title-refund = Refund for order {$number}
console-order-help-cancel = It will not be sent. This cannot be taken back here.
console-order-help-address = This works until the order is packed. The old address stays in the history.
console-order-help-return = The customer sends the goods back. Say which ones if it is not all of them.
console-order-help-refund = Somebody who may grant refunds decides. The customer is told what was decided.
console-order-amount = Amount in {$currency}
console-order-amount-most = At most {$most}
console-order-amount-wrong = An amount of at most {$most}
console-order-reason = Reason
console-order-awaits = The refund for {$number} waits for approval
console-order-done-cancel = Order {$number} is cancelled
console-order-done-address = Order {$number} goes to the new address
console-order-done-return = The return of {$number} is accepted
console-order-done-refund = The refund for {$number} is done
console-order-refusal-packed-already = It is packed already.
console-order-refusal-shipped-already = It is on its way or delivered already.
console-order-refusal-cancelled-already = It is cancelled already.
console-order-refusal-returned-already = It came back already.
console-order-refusal-not-delivered = It is not delivered yet.
console-order-refusal-too-late = The time for returns is over.
console-order-refusal-cancel-instead = It is not sent yet: cancel it instead.
console-order-refusal-asked-already = It was asked for already.
console-order-refusal-too-much = There is not so much left to give back.
console-order-refusal-bad-address = That is no address that can be used.
console-order-refusal-other = The shop refuses it.
console-order-history = History
console-order-before = Before: {$before}
console-order-source-customer = Customer, through the bot
console-order-source-shop = Shop
console-order-step-imported = Brought in
console-order-step-changed = Changed by the shop
console-order-step-cancelled = Cancelled
console-order-step-address = Address changed
console-order-step-return-asked = Return accepted
console-order-step-refund-asked = Refund asked for
console-order-step-refund-accepted = Refund granted
console-order-step-refund-declined = Refund declined
console-orders-unproven = Nothing proves who this is, so no orders are shown. They are once the customer proves an address, or is signed in at the site.
console-orders-none-theirs = No orders of this customer.
console-orders-search = Order number or address
console-orders-all = All orders
console-orders-refunds = Refunds
console-orders-more = Show more
console-orders-none = No orders yet
console-orders-none-help = A shop brings them in: see “Orders” in the documentation of the bot.
console-orders-not-found = No order like that
console-refunds-lead = Every refund waits for somebody else than who asked for it. The customer is told in their conversation what was decided.
console-refunds-state = Which refunds
console-refunds-none = No refund waits
console-refunds-none-such = None so far
console-refund-of = of {$total}
console-refund-accept = Grant
console-refund-decline = Decline
console-refund-accept-title = Grant {$amount} for {$number}?
console-refund-decline-title = Decline {$amount} for {$number}?
console-refund-accept-reason = A word to the customer, if you like
console-refund-decline-reason = Why, in words to the customer
console-refund-told = The customer gets a message in their conversation.
console-refund-untold = This was asked for outside of a conversation: tell the customer yourself.
console-refund-accept-done = Granted. The customer was not told.
console-refund-accept-done-told = Granted, and the customer is told
console-refund-decline-done = Declined. The customer was not told.
console-refund-decline-done-told = Declined, and the customer is told
console-refund-hindrance-own-request = You asked for it: somebody else has to grant it.
console-refund-hindrance-above-limit = So much only an administrator may grant.
error-own-request = You asked for it: somebody else has to grant it.
error-above-limit = So much only an administrator may grant.
error-decided = Somebody has decided this already.
## Console: the bot, what became of its conversations

console-nav-bot = Bot
console-go-bot = Go to the bot
console-bot-page-outcomes = What it achieves
console-bot-page-measuring = Measuring
console-list-behind = { $what }, with the bot, { $since } to { $until }
console-outcomes-lead = What became of each conversation that the bot took part in, each counted once. What a conversation costs, and how to find out what the bot really saves, is set under
console-outcomes-period = Period
console-outcomes-days = { $days } days
console-outcomes-since = From
console-outcomes-until = Until
console-outcomes-inbox = Inbox
console-outcomes-all-inboxes = All inboxes
console-outcomes-none = Nothing to count yet
console-outcomes-none-help = No conversation with the bot began in this period.
console-outcomes-deflected = Helped by the bot
console-outcomes-confirmed = Confirmed
console-outcomes-assumed = Assumed
console-outcomes-escalated = Escalated
console-outcomes-abandoned = Abandoned
console-outcomes-confirmed-help = The last thing that the customer said to the bot's answers is that it helped.
console-outcomes-assumed-help = The bot answered last, and the same person did not contact us again on any channel for { $window }.
console-outcomes-escalated-help = A person was asked for or took over, even if the bot had answered before.
console-outcomes-abandoned-help = The customer left without an answer that could have helped, or came again within { $window }.
console-outcomes-interval-help = The range beside a share is its 95 % confidence interval: with few conversations it is wide. Each conversation counts as one, also where several are the same person's.
console-outcomes-words = What the words mean
console-outcomes-of = { $count } of { $all }
console-outcomes-bounds = { $low } to { $high }
console-outcomes-points = { $points } points
console-outcomes-open =
  { $count ->
    [one] Show the one conversation: { $what }
   *[other] Show the { $count } conversations: { $what }
  }
console-outcomes-show = Show them
console-outcomes-saved = Saved, by your figures
console-outcomes-saved-of =
  { $count ->
    [one] one conversation helped by the bot
   *[other] { $count } conversations helped by the bot
  }
console-outcomes-unpriced = ({ $count } of them on a channel without a figure)
console-outcomes-waiting =
  { $count ->
    [one] One more conversation began so lately that nobody can tell yet; it counts { $window } after its last word.
   *[other] { $count } more conversations began so lately that nobody can tell yet; each counts { $window } after its last word.
  }
console-outcomes-trend = Day by day
console-outcomes-column = { $day }: { $all } in all, { $confirmed } confirmed, { $assumed } assumed, { $escalated } escalated, { $abandoned } abandoned.
console-outcomes-point = Point at a column to read it.
console-outcomes-why-abandoned = Why they were abandoned
console-outcomes-why-escalated = Why people took over
console-outcomes-why-came-again = came again
console-outcomes-why-suggested = articles suggested, none opened
console-outcomes-why-asked-back = did not reply when the bot asked back
console-outcomes-why-no-answer = nothing found
console-outcomes-why-small-talk = small talk only
console-outcomes-why-taken = an agent took it
console-outcomes-why-assigned = assigned to an agent
console-outcomes-why-handed-off = handed over
console-outcomes-why-approval = asked for what a person has to grant
console-outcomes-why-merged = merged by an agent
console-outcomes-why-split = split by an agent
console-outcomes-by = Break down by
console-outcomes-by-intent = Intent
console-outcomes-by-article = Article version
console-outcomes-by-channel = Channel
console-outcomes-by-language = Language
console-outcomes-by-inbox = Inbox
console-outcomes-all = All
console-outcomes-interval = 95 % interval
console-outcomes-unknown = Not known
console-outcomes-no-article = No article
console-outcomes-version = { $language }, version { $number }
console-outcomes-more =
  { $count ->
    [one] One more line is in the CSV file.
   *[other] { $count } more lines are in the CSV file.
  }
console-outcomes-week = Hours of the week
console-outcomes-week-help = Per cent helped by the bot; the darker, the more conversations began. { $zone }
console-outcomes-week-point = Point at an hour to read it.
console-outcomes-hour-none = { $at }: none
console-outcomes-hour =
  { $count ->
    [one] { $at }: one conversation, { $share } helped by the bot ({ $bounds })
   *[other] { $at }: { $count } conversations, { $share } helped by the bot ({ $bounds })
  }
console-hold-out-title = What the bot really saves people
console-hold-out-lead = By lot, some customers went straight to people. Each person counts once, by the first conversation that they began here. Work for people, and coming again, count within { $window }.
console-hold-out-all = All inboxes
console-hold-out-share = { $share } held out
console-hold-out-over = No longer held out
console-hold-out-told-too-few = Too few to say
console-hold-out-told-no-difference = No difference to be seen
console-hold-out-told-less = Less work for people
console-hold-out-told-more = More work for people
console-hold-out-few = Before { $enough } people are on either side, any difference may be chance.
console-hold-out-side = Customers
console-hold-out-held = Straight to people
console-hold-out-bot = With the bot
console-hold-out-people = People
console-hold-out-worked = Needed a person
console-hold-out-again = Came again
console-hold-out-effect = Because of the bot
console-hold-out-saved =
  { $count ->
    [one] By your figures the bot really saved { $amount } ({ $low } to { $high }) in the one conversation that it took here.
   *[other] By your figures the bot really saved { $amount } ({ $low } to { $high }) in the { $count } conversations that it took here.
  }
console-hold-out-waiting =
  { $count ->
    [one] One conversation began less than { $window } ago and does not count yet.
   *[other] { $count } conversations began less than { $window } ago and do not count yet.
  }
console-measuring-lead = Your own figures, and a fair comparison: what the bot saves is only shown with them.
console-measuring-cost = What a conversation costs
console-measuring-cost-lead = What you pay for one conversation that a person handles: wages, tools, rooms. Without a figure no money is shown.
console-measuring-currency = Currency
console-measuring-currency-help = Three letters, such as EUR or CNY
console-measuring-each = For one conversation
console-measuring-only = { $channel } only
console-measuring-hold-out = Straight to people, by lot
console-measuring-hold-out-lead = A share of an inbox's customers does without the bot, so that both can be compared. The same person always finds the same, and agents are not told which conversations these are.
console-measuring-hold-out-help = From 0 to 50 %; 5 to 10 % is usual. For some weeks at least: the report says when there are too few to tell.
console-measuring-no-inbox = The bot answers in no inbox.
console-measuring-share = Share of { $inbox } that goes straight to people
console-measuring-silent = The bot does not answer here

## Console: what the bot misunderstood, and its models

console-knowledge-turns = Misunderstood by the bot
console-misread-help = What customers wrote and the bot probably misunderstood, without names, addresses and numbers. Say what each text means; the next model learns from it.
console-misread-kept = Show
console-misread-kept-open = Without a label
console-misread-kept-labelled = Labelled
console-misread-kept-all = All
console-misread-why = Because
console-misread-why-unsure = Unsure
console-misread-why-fallback = Not understood
console-misread-why-out-of-scope = Out of scope
console-misread-why-handed-over = No answer
console-misread-why-asked-again = Asked again
console-misread-why-not-helped = Did not help
console-misread-guessed = Taken for
console-misread-guess = Taken for: { $intent }
console-misread-times = { $count } times
console-misread-outcome-answered = Answered
console-misread-outcome-suggested = Articles suggested
console-misread-outcome-asked = Asked back
console-misread-outcome-talked = Talked
console-misread-outcome-confirmed = It helped
console-misread-outcome-handed-off = Handed over
console-misread-outcome-failed = No reply
console-misread-conversation = Conversation
console-misread-means = What does it mean?
console-misread-not-for-training = Not for training
console-misread-imported = Imported
console-misread-undo = Take back
console-misread-undone = Taken back
console-misread-labelled = Labelled: { $intent }
console-misread-keys-move = moves; the key on a button labels the open text
console-misread-nothing = Nothing here
console-misread-nothing-help = What the bot is unsure of, cannot answer or answers in vain shows up here.
console-knowledge-models = Models of the bot
console-model-help = A model is the bot’s own project and the labelled texts. Train one, see what it does better and worse, then let the servers use it.
console-model-labels = Labelled texts
console-model-labels-help = { $count ->
    [one] { $count } text is to be learned.
   *[other] { $count } texts are to be learned.
}
console-model-train = Train a model
console-model-begun = Training has begun
console-model-clashes = { $count ->
    [one] { $count } label contradicts a sentence of the project; the label counts:
   *[other] { $count } labels contradict sentences of the project; the labels count:
}
console-model-dropped = { $count ->
    [one] { $count } label names an intent that the bot’s project has no more; nothing is learned from it:
   *[other] { $count } labels name intents that the bot’s project has no more; nothing is learned from them:
}
console-model-clash-was = in the project: { $intent }
console-model-history = Models
console-model-in-use = In use
console-model-state-training = Being trained
console-model-state-trained = Trained
console-model-state-failed = Failed
console-model-shipped = As installed
console-model-examples = { $count ->
    [one] { $count } labelled text
   *[other] { $count } labelled texts
}
console-model-outdated = Older project
console-model-outdated-help = This model was made with an older project than the installed one. Rolled out, its texts are learned on top of the present project; the figures below are of the older one.
console-model-step-preparing = Preparing
console-model-step-training = Training
console-model-step-judging = Comparing
console-model-test-share = Kept set { $share }
console-model-points = { $points } points
console-model-roll-out = Roll out
console-model-roll-back = Roll back to this one
console-model-roll-out-help = One server after the other takes this model; no conversation is interrupted. If one cannot take it, all go back to the model in use.
console-model-roll-out-worse = On the kept set this model understands less than the one it was compared with.
console-model-rolling = The servers are taking it
console-model-rollouts = Roll-outs
console-model-rollout-rolling = Under way
console-model-rollout-going-back = Going back
console-model-rollout-done = Done
console-model-rollout-failed = Failed, went back
console-model-servers = Servers
console-model-no-servers = No server with a Rasa of its own is running.
console-model-server-waits = Not ready
console-model-all = All models
console-model-title = Model { $name }
console-model-since = Learned since the model before
console-model-since-nothing = The labelled texts are the same.
console-model-since-counts = { $added } new, { $changed } changed, { $removed } gone
console-model-since-show = Show them
console-model-since-changed = { $before } → { $after }
console-model-test = Kept set
console-model-test-help = { $left ->
    [0] Sentences that nothing is trained with.
    [one] Sentences that nothing is trained with; { $left } was labelled meanwhile and does not count.
   *[other] Sentences that nothing is trained with; { $left } were labelled meanwhile and do not count.
}
console-model-labelled = What customers wrote
console-model-labelled-help = Labelled texts, each judged by a model that was trained without it.
console-model-right = Understood
console-model-caught = Out of scope seen as such
console-model-rejected = Turned away by mistake
console-model-of = { $part } of { $whole }
console-model-by-intent = By intent
console-model-intent = Intent
console-model-now = This model
console-model-before = The one in use then
console-model-change = Change
console-model-better = { $count } better
console-model-worse = { $count } worse
console-model-same = the same
console-model-now-wrong = { $count ->
    [one] { $count } sentence is no longer understood
   *[other] { $count } sentences are no longer understood
}
console-model-now-right = { $count ->
    [one] { $count } sentence is understood now
   *[other] { $count } sentences are understood now
}
console-model-went = means { $expected }: { $before } → { $after }
console-model-picture = What is taken for what
console-model-picture-help = Each line is what sentences mean, each column what they were taken for; the stronger, the larger the share of the line. The table has every mistake.
console-model-mistakes = Mistakes
console-model-means = Means
console-model-taken-for = Taken for
console-model-count = How often
console-model-no-mistakes = None
error-labelled-since = Somebody labelled this text again meanwhile.
error-training = A model is being trained already.
error-no-rasa = Rasa is not installed on this server, or not yet.
error-not-trained = This model is not trained.
error-model-in-use = This model is in use already.
error-rolling-out = A model is being rolled out already.
