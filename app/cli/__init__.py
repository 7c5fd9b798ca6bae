"""The commands, one function each; they print for people and return an exit code."""
