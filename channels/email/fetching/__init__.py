"""From a mailbox into conversations: taken as it came, stored, parsed, and settled one way or another."""
