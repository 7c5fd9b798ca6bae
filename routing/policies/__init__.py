"""What decides which waiting conversation is served first, as values behind one Protocol."""
