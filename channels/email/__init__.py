"""E-mail: an inbox is a mailbox, IMAP in and SMTP out."""
