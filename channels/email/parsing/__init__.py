"""From the bytes of a mail to what it says, in worker processes with limits."""
