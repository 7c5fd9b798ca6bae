"""Where outsiders may read an article: what goes with a card in a chat or a letter, or nothing."""

from core.answer import PUBLIC_READER
from core.ids import ArticleId
from knowledge.helpcenter import addresses
from knowledge.search import Search


class Pointer:
    """Asked once for each card that is shown, on the event loop: it looks into the index, which costs no query.

    So a link goes away within two seconds of its article, and an article that is not for everybody never had one.
    """

    def __init__(self, search: Search, address: str) -> None:
        """``address``: the help center's, without a path."""
        self._search = search
        self._address = address.rstrip("/")

    def __call__(self, article: ArticleId, language: str) -> str | None:
        """The page in this language, else in one that the article has; None where the public may not read it."""
        found = self._search.published(article, language)
        if found is None or not PUBLIC_READER.may_read(found.filed.audience, found.filed.brands):
            return None
        return f"{self._address}{addresses.article(found.language, found.filed.slug)}"
