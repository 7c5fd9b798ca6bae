"""What became of an import."""

from console.wire.base import Answer


class ImportedSome(Answer, frozen=True):
    """How many, and the first of their slugs."""

    count: int
    names: tuple[str, ...]


class Imported(Answer, frozen=True):
    """``as_drafts``: articles of which nothing was published, for they are archived. ``added`` and ``kept``: categories,
    brands, snippets, synonyms and redirects that are new, or here already and stay as they are. ``left_out``: what was not
    read, and why, in words.
    """

    created: ImportedSome
    languages_added: ImportedSome
    drafts_added: ImportedSome
    unchanged: ImportedSome
    as_drafts: ImportedSome
    added: ImportedSome
    kept: ImportedSome
    left_out: ImportedSome


class Importing(Answer, frozen=True):
    """``step``: none, receiving, reading or storing; ``articles``: how many of them this step has behind it."""

    step: str
    articles: int
