# Texts of the product in English.
# Keys begin with console-, widget-, bot- or error-. Widget texts are plain: variables only, no plurals.
# After a change: npm run locales (in web/), which makes ar-XB.ftl again.

## Widget
widget-open = Open chat
widget-open-unread = Open chat, {$count} unread
widget-close = Close chat
widget-title = Chat
widget-ask = Ask us anything
widget-with-bot = Our assistant answers at once
widget-in-queue = A colleague will be with you shortly
widget-with-agent = You are talking with {$name}
widget-with-team = You are talking with our team
widget-other-language = 中文
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
widget-offline = You are offline. What you write is kept and sent when the connection is back.
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
