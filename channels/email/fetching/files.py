"""What comes with a mail into the media library: attachments, images in the text, the mail as it was formatted."""

from collections.abc import Sequence
from dataclasses import dataclass

from channels.email.inbound import formatted_source, parts_of
from channels.email.mail import MailFile, ParsedMail
from channels.media.formatted import FORMATTED
from channels.media.library import MediaLibrary, NewFile, Prepared
from core.ids import MediaId
from core.message import Attachment, Part
from core.tasks import Workers

_FORMATTED_NAME = "message.html"


@dataclass(frozen=True, slots=True)
class Furnished:
    """A mail's parts, and the files that its message will take."""

    parts: tuple[Part, ...]
    files: tuple[Prepared, ...]


class Files:
    """``icon_bytes``: smaller images that the formatted mail shows in place are not listed once more."""

    def __init__(self, library: MediaLibrary, workers: Workers, icon_bytes: int) -> None:
        self._library = library
        self._workers = workers
        self._icon_bytes = icon_bytes

    async def furnish(self, owner: str, mails: Sequence[ParsedMail]) -> list[Furnished]:
        """For a batch of mails in one go. Raises Unavailable when the disk does not take them."""
        files = [NewFile(each.name, each.content) for parsed in mails for each in parsed.files]
        stored = iter(await self._library.prepare(owner, files)) if files else iter(())
        attached = [tuple(next(stored) for _ in parsed.files) for parsed in mails]
        pages = await self._workers.run(_pages, mails, attached)
        written = [NewFile(_FORMATTED_NAME, html, FORMATTED) for html, _ in pages if html]
        shown = iter(await self._library.prepare(owner, written)) if written else iter(())
        furnished: list[Furnished] = []
        for parsed, own, (html, named) in zip(mails, attached, pages, strict=True):
            page = next(shown) if html else None
            listed = self._listed(parsed.files, own, named)
            media = None if page is None else page.attachment.media
            taken = own if page is None else (*own, page)
            furnished.append(Furnished(parts_of(parsed, media, listed), taken))
        return furnished

    def _listed(
        self, files: Sequence[MailFile], stored: Sequence[Prepared], named: frozenset[str]
    ) -> list[Attachment]:
        """Everything but the little pictures of signatures: a picture of some size is what somebody wants to show."""
        listed: list[Attachment] = []
        for file, one in zip(files, stored, strict=True):
            if file.content_id in named and len(file.content) < self._icon_bytes:
                continue
            listed.append(one.attachment)
        return listed


def _pages(
    mails: Sequence[ParsedMail], attached: Sequence[Sequence[Prepared]]
) -> list[tuple[bytes, frozenset[str]]]:
    """Of a batch of mails, which may be megabytes: call it in a worker thread."""
    pages = []
    for parsed, own in zip(mails, attached, strict=True):
        html, named = _formatted(parsed, own)
        pages.append((html.encode(), named))
    return pages


def _formatted(parsed: ParsedMail, stored: Sequence[Prepared]) -> tuple[str, frozenset[str]]:
    images: dict[str, MediaId] = {
        file.content_id: one.attachment.media
        for file, one in zip(parsed.files, stored, strict=True)
        if file.content_id is not None and one.attachment.inline
    }
    return formatted_source(parsed, images)
