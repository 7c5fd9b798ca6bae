"""Every evaluation mail through the whole of it: each becomes a message, or stands somewhere with a reason."""

from collections import Counter
from pathlib import Path

import pytest

from channels.contract import WITH_A_REASON
from channels.email.threading.resolve import MailThreads
from core.ids import MediaId
from core.message import Attachment, Formatted
from core.store.codec import load_message
from tests.channels.email.fetching.post import a_config, an_office
from tests.channels.email.parsing.corpora import raw_mails


@pytest.mark.server
async def test_every_evaluation_mail_ends_as_a_message_or_somewhere_with_a_reason(tmp_path: Path) -> None:
    mails = [path.read_bytes() for path in raw_mails()]
    async with an_office(tmp_path, a_config(per_sender_hour=10_000)) as office:
        office.place = MailThreads(office.signer).resolve
        rows = await office.settle(*mails)
        print(Counter((row.state, row.reason_code) for row in rows))
        reasons = {state.value for state in WITH_A_REASON}
        unsaid = [row for row in rows if row.state in reasons and not (row.reason_code and row.reason)]
        assert unsaid == []
        assert {row.state for row in rows} <= {"done", *reasons}
        assert [row for row in rows if row.reason_code == "failed"] == []
        stored = {row.id: row for row in await office.messages()}
        done = [row for row in rows if row.state == "done" and row.reason_code != "delivered"]
        assert all(row.stored_message_id in stored for row in done)
        for row in stored.values():
            for part in load_message(row).parts:
                if isinstance(part, Attachment | Formatted):
                    await office.library.content(MediaId(part.media))
