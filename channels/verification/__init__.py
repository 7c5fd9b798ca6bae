"""Visitors prove that an address elsewhere is theirs: the code goes there, by mail or by a bot, and is typed in the chat."""
