"""The forms about orders: what they need, what a text means to them, and how they go on; for every engine the same."""
