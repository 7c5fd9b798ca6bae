"""What the bot says to a turn: `deciding` is the way in; all of it is pure."""
