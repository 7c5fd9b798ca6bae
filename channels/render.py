"""Fits the parts of a reply to what a channel can show; nothing that was said is lost, only its form."""

from collections.abc import Callable, Sequence

from channels.contract import Capabilities
from core.ids import ArticleId
from core.message import ArticleCard, Attachment, Buttons, Choice, Part, Text

ArticleAddress = Callable[[ArticleId, str], str | None]
"""Where everybody can read an article in a language; None while there is no such place."""


def fit(
    parts: Sequence[Part],
    capabilities: Capabilities,
    *,
    article_url: ArticleAddress = lambda _article, _language: None,
    media_url: Callable[[Attachment], str] = lambda attachment: attachment.name,
) -> tuple[Part, ...]:
    """``parts`` as this channel shows them: buttons as numbered lines, cards as text, long texts in pieces."""
    fitted: list[Part] = []
    for part in parts:
        match part:
            case Buttons(options) if not capabilities.buttons:
                fitted.append(Text("\n".join(f"{i}. {option.label}" for i, option in enumerate(options, 1))))
            case ArticleCard() if not capabilities.articles:
                fitted.append(Text(_as_text(part, article_url(part.article, part.language))))
            case Attachment() if not _takes(capabilities, part):
                fitted.append(Text(f"{part.name}: {media_url(part)}"))
            case Choice(label=label):
                fitted.append(Text(label))
            case _:
                fitted.append(part)
    return tuple(piece for part in _joined(fitted) for piece in _pieces(part, capabilities.text_characters))


def _takes(capabilities: Capabilities, attachment: Attachment) -> bool:
    return capabilities.attachments and attachment.size <= capabilities.attachment_bytes


def _as_text(card: ArticleCard, url: str | None) -> str:
    lines = [card.title, card.excerpt, url or ""]
    return "\n".join(line for line in lines if line)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Texts that follow one another are one: a channel without buttons shows question and answers together."""
    joined: list[Part] = []
    for part in parts:
        if joined and isinstance(part, Text) and isinstance(joined[-1], Text):
            joined[-1] = Text(f"{joined[-1].text}\n\n{part.text}")
        else:
            joined.append(part)
    return joined


def _pieces(part: Part, longest: int) -> list[Part]:
    if not isinstance(part, Text) or len(part.text) <= longest:
        return [part]
    pieces: list[Part] = []
    rest = part.text
    while len(rest) > longest:
        end = _good_end(rest, longest)
        pieces.append(Text(rest[:end].rstrip()))
        rest = rest[end:].lstrip()
    return [*pieces, Text(rest)] if rest else pieces


def _good_end(text: str, longest: int) -> int:
    """After a line, a sentence or a word, unless that would waste more than half."""
    for mark in ("\n", "。", ". ", " "):
        end = text.rfind(mark, longest // 2, longest)
        if end >= 0:
            return end + len(mark)
    return longest
