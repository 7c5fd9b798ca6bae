"""The cases that break a budget for now: this list only shrinks, and an excuse no longer needed fails the tests."""

LONG_FILES: dict[str, str] = {
    "web/src/wire.ts": "generated from the console's wire types",
}
"""File -> why it may have more than 400 lines."""

LONG_FUNCTIONS: dict[str, str] = {
    "core/migrations/versions/0002_pre_conversations.py:_conversation": "one table, column by column",
}
"""`file:function` -> why it may have more than 60 lines."""

MANY_PARAMETERS: dict[str, str] = {}
"""`file:function` -> why it may take more than 6 parameters."""
