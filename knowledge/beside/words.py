"""The words that an article puts into a reply, and what became of them; slow for long ones: for a worker thread."""

from knowledge.beside.inserting import How, Sent
from knowledge.beside.keeping import Kept, kept
from knowledge.markdown import plain
from knowledge.rendering import Reusables


def as_text(body: str, reusables: Reusables) -> str:
    """Plain text, as every channel can show it."""
    return plain(body, reusables).strip()


def as_link(title: str, url: str) -> str:
    return f"{title}\n{url}"


def became(sent: Sent, url: str | None) -> Kept:
    """Of a link only its address counts; ``url`` None: nobody may read it any more, so its title is looked for."""
    if sent.insertion.how is How.TEXT:
        return kept(as_text(sent.body, sent.reusables), sent.text)
    if url is not None and url in sent.text:
        whole = as_link(sent.title, url) in sent.text
        return Kept.AS_IT_WAS if whole else Kept.EDITED
    return Kept.EDITED if url is None and sent.title in sent.text else Kept.DROPPED
