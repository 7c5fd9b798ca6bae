"""What agents put from articles into replies, once a reply is stored: as it was, or changed."""

import logging

from console.parts import Parts
from core.ids import MessageId
from knowledge.beside import inserting
from knowledge.beside.words import became

log = logging.getLogger(__name__)


async def settle(parts: Parts, reply: MessageId) -> None:
    """Look once what became of it; the reply is on its way whatever happens here."""
    try:
        sent = await parts.db.read(inserting.unsettled, reply)
        looked = []
        for each in sent:
            url = parts.article_url(each.insertion.article, each.insertion.language)
            looked.append((each, await parts.workers.run(became, each, url)))
        if looked:
            await parts.db.run(inserting.settle, looked)
    except Exception:
        log.exception("what was inserted is not counted", extra={"reply": reply})
