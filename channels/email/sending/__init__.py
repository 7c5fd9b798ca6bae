"""From a reply to a mail at the server: composed, addressed, paced, handed over, and what became of it."""
