"""Finding articles: one index for customers, agents and the bot, changed article by article; what others need of it."""

from knowledge.index.document import Filed, Prepared, prepare
from knowledge.index.finding import Finding, Hit, Index
from knowledge.index.meaning import Meanings
from knowledge.index.snippet import Piece

__all__ = ["Filed", "Finding", "Hit", "Index", "Meanings", "Piece", "Prepared", "prepare"]
