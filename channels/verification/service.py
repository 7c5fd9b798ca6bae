"""What a visitor does to prove an address, and how the code gets there: a short mail, or a bot that they open by a link."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from channels.accounts import Account, Accounts
from channels.addresses import mail_address
from channels.email.adapter import Email
from channels.email.fetching.boxes import every_mailbox
from channels.email.inbound import ours_of
from channels.email.mail import KIND
from channels.email.sending.compose import Head
from channels.email.sending.letter import Letter, Words
from channels.email.sending.writing import domain_of
from channels.email.wire import EmailConfig, email_config
from channels.live.config import live_config
from channels.live.proofs import Begun, Who
from channels.pacing import in_turn
from channels.verification.settings import ProofSettings
from core import verification as core
from core.attempts import Retry
from core.clock import Clock
from core.contact import Sender
from core.contact_events import VerificationAsked
from core.errors import Invalid, NotFound, Unavailable, Undeliverable
from core.events import Recorded
from core.ids import ContactId, InboxId, MessageId, VerificationId
from core.inbox import Inbox
from core.message import Party
from core.outbox import IoHandler, OutboxHandler
from core.store.conversations import get_inbox
from core.store.database import Database
from core.store.tx import Tx
from core.texts import Texts

log = logging.getLogger(__name__)

NAME = "verification"
PAYLOAD = "v_"
"""What stands before the token in the payload of a link."""
_MINUTE_S = 60

LinkTo = Callable[[Tx, Inbox, str], str | None]
"""The address that opens the bot of an inbox with this payload; None while nobody knows its name."""


@dataclass(frozen=True, slots=True)
class VerificationGiven:
    """``secret`` as in ``core.verification.Proving``; ``links`` by the kind of what is opened by a link.

    ``accounts``: those of each kind that can be told a code without one.
    """

    db: Database
    clock: Clock
    texts: Texts
    email: Email
    secret: Callable[[], str]
    links: Mapping[str, LinkTo] = field(default_factory=dict)
    accounts: Sequence[Accounts] = ()
    settings: ProofSettings = field(default_factory=ProofSettings)


class Verifications:
    """One a process; satisfies ``channels.live.proofs.Proofs``."""

    def __init__(self, given: VerificationGiven) -> None:
        self._given = given
        self._proving = core.Proving(given.secret, given.settings.codes)

    def handlers(self) -> Sequence[OutboxHandler]:
        """For the table of listeners."""
        settings = self._given.settings
        retry = Retry(settings.first_pause_s, settings.longest_pause_s, settings.codes.lasts_s)
        return (
            IoHandler(
                NAME,
                (VerificationAsked,),
                self.run,
                settings.time_limit_s,
                retry=retry,
                on_dead=self.give_up,
            ),
        )

    def offers(self, tx: Tx, who: Who, kind: str) -> bool:
        """Whether addresses of this kind can be proven in this inbox."""
        try:
            self._through(tx, who, kind)
        except Invalid:
            return False
        return True

    def begin(self, tx: Tx, who: Who, kind: str, address: str | None) -> Begun | core.Limited:
        """The same for an address that we know and one that we do not.

        Raises Invalid on ``kind`` where this inbox has no way to prove such a one, and on ``address``.
        """
        through = self._through(tx, who, kind)
        link_to = self._given.links.get(kind)
        if link_to is None:
            address = self._address(tx, address)
        elif address is not None:
            raise Invalid("address", "none: it shows when the link is opened", code="malformed")
        asking = core.Asking(who.inbox.id, who.visitor, kind, through.id, address, who.language)
        asked = core.ask(tx, asking, self._proving)
        if isinstance(asked, core.Limited):
            return asked
        link = None
        if link_to is not None:
            link = link_to(tx, through, f"{PAYLOAD}{asked.token}")
            if link is None:
                raise Unavailable(f"the bot of inbox {through.name} has not told its name yet")
        return Begun(asked.verification, kind, link, asked.expires_in_s)

    def account(self, tx: Tx, contacts: Sequence[ContactId]) -> Account | None:
        """Where somebody who is one of these by proof can be told a code; of several kinds the first."""
        found = (each.newest(tx, contacts) for each in self._given.accounts) if contacts else ()
        return next((each for each in found if each is not None), None)

    def begin_at(self, tx: Tx, who: Who, account: Account) -> Begun | core.Limited:
        """A code for this account, which ``tell`` tells once this is committed."""
        asking = core.Asking(
            who.inbox.id, who.visitor, account.kind, account.through, account.address, who.language, True
        )
        asked = core.ask(tx, asking, self._proving)
        if isinstance(asked, core.Limited):
            return asked
        return Begun(asked.verification, account.kind, None, asked.expires_in_s)

    async def tell(self, verification: VerificationId) -> None:
        """Tell an account the code of ``begin_at``, now or never. Raises Undeliverable, Unavailable."""
        db = self._given.db
        try:
            await self._tell(verification)
        except (Unavailable, Undeliverable) as error:
            await db.run(core.not_told, verification, str(error))
            raise

    async def _tell(self, verification: VerificationId) -> None:
        db = self._given.db
        letter = await db.run(core.letter, verification, self._proving)
        if letter is None:
            raise Undeliverable("the code is not wanted any more")
        through, asked = [await db.read(get_inbox, each) for each in (letter.through, letter.inbox)]
        accounts = next((each for each in self._given.accounts if each.kind == through.kind), None)
        if accounts is None:
            raise Undeliverable(f"nobody is told codes through inbox {through.name}")
        words = self._words(letter, asked.name, letter.language)
        await accounts.tell(through.id, letter.address, verification, words)

    def typed(self, tx: Tx, who: Who, proof: str, code: str) -> core.Proven | core.Wrong | core.Over:
        """What the visitor typed. Commit also a wrong one: it counts."""
        attempt = core.Attempt(who.inbox.id, who.visitor, VerificationId(proof), code)
        sender = Sender(who.inbox.kind, who.visitor, verified=True, language=who.language)
        return core.try_code(tx, attempt, sender, self._proving)

    def opened(self, tx: Tx, through: InboxId, payload: str, address: str, language: str | None) -> str:
        """What the bot says to who opened its link: the code with a word of warning, or that the link is of no use."""
        token = payload.removeprefix(PAYLOAD)
        letter = core.link_opened(tx, through, token, address, self._proving)
        if letter is None:
            return self._given.texts.say("letter-proof-over", language)
        return self._words(letter, get_inbox(tx, letter.inbox).name, language)

    async def sweep(self) -> None:
        """Once an hour."""
        await self._given.db.run(core.forget_old, self._given.settings.codes)

    async def run(self, recorded: Recorded) -> None:
        """Send one mail with the code; again it is the same mail. Raises Unavailable to be run again."""
        if not isinstance(recorded.event, VerificationAsked):
            return
        verification, given = recorded.event.verification, self._given
        found = await in_turn(lambda: given.db.run(self._letter, verification))
        if found is None:
            return
        letter, mailbox, config = found
        try:
            await given.email.post(mailbox.id, config, *self._mail(verification, letter, mailbox, config), ())
        except Unavailable:
            raise
        except Undeliverable as error:
            await given.db.run(core.not_told, verification, str(error))
        except Exception as error:  # noqa: BLE001 - it may have left; who waits for it asks again
            log.warning("nobody knows whether the code of %s arrived: %s", verification, type(error).__name__)
            await given.db.run(core.not_told, verification, "nobody knows whether the mail arrived")

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        """After the last attempt."""
        if isinstance(recorded.event, VerificationAsked):
            core.not_told(tx, recorded.event.verification, "given up")

    def _words(self, letter: core.Letter, asked_in: str, language: str | None) -> str:
        """The code with a word of warning, and where somebody asked for it."""
        say, minutes = self._given.texts.say, int(self._given.settings.codes.lasts_s // _MINUTE_S)
        told = (
            say("letter-proof", language, name=asked_in),
            letter.code,
            say("letter-proof-warning", language, minutes=minutes),
        )
        return "\n\n".join(told)

    def _letter(self, tx: Tx, verification: VerificationId) -> tuple[core.Letter, Inbox, EmailConfig] | None:
        letter = core.letter(tx, verification, self._proving)
        if letter is None:
            return None
        mailbox = get_inbox(tx, letter.through)
        if mailbox.kind != KIND or not mailbox.enabled:
            return None
        wait_s = self._given.email.place_s(mailbox, MessageId(verification))
        if wait_s > 0:
            raise Unavailable(f"inbox {mailbox.name} sends no faster", retry_after_s=wait_s)
        try:
            return letter, mailbox, email_config(mailbox.config)
        except Invalid:
            return None

    def _mail(
        self, verification: VerificationId, letter: core.Letter, mailbox: Inbox, config: EmailConfig
    ) -> tuple[Head, Letter]:
        say, name = self._given.texts.say, config.name or mailbox.name
        language = letter.language or config.language
        minutes = int(self._given.settings.codes.lasts_s // _MINUTE_S)
        head = Head(
            sender=Party(config.address, name),
            to=(Party(letter.address),),
            copies=(),
            subject=say("letter-proof-subject", language, name=name),
            # The same each time, so that of two mails one is shown.
            message_id=f"proof.{verification}@{domain_of(config)}",
            date=self._given.clock.now(),
            language=language,
            automatic=True,
        )
        words = (
            Words(say("letter-proof", language, name=name)),
            Words(letter.code),
            Words(say("letter-proof-warning", language, minutes=minutes)),
        )
        return head, Letter(language, words)

    def _through(self, tx: Tx, who: Who, kind: str) -> Inbox:
        """The inbox that tells codes of this kind for visitors of this one."""
        ways = live_config(get_inbox(tx, who.inbox.id).config).ways
        named = ways.get(kind)
        if named is not None:
            try:
                through = get_inbox(tx, InboxId(named))
            except NotFound:
                through = None
            if through is not None and through.enabled and through.kind == kind:
                return through
        offered = ", ".join(each for each, inbox in ways.items() if inbox is not None) or "none here"
        raise Invalid("kind", offered, code="not_offered")

    def _address(self, tx: Tx, written: str | None) -> str:
        address = mail_address(written or "")
        if address in ours_of(every_mailbox(tx).values()):
            raise Invalid("address", "an address of yours, not of ours", code="ours")
        return address
