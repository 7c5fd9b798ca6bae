"""What a channel answers when it has nothing special to say: a small one needs its kind, its capabilities and ``send``."""

from collections.abc import Mapping, Sequence

from channels.contract import Capabilities, Outgoing, ProbeStep, Receipt, Recipients
from core.contact import Sender
from core.errors import Invalid
from core.inbox import Inbox
from core.message import Envelope
from core.store.tx import Tx
from core.web import Route


class BasicChannel:
    """A ``channels.contract.Channel`` without secrets, addresses, rates, routes and proofs; override what yours has."""

    def __init__(self, kind: str, capabilities: Capabilities) -> None:
        self._kind = kind
        self._capabilities = capabilities

    @property
    def kind(self) -> str:
        return self._kind

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def secrets(self) -> Sequence[str]:
        return ()

    @property
    def destinations(self) -> Sequence[str]:
        return ()

    @property
    def through(self) -> Mapping[str, str]:
        return {}

    def check(self, config: Mapping[str, object]) -> None:
        for field in config:
            raise Invalid(field, "no configuration at all")

    def clashes(self, config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
        return None

    def owns(self, config: Mapping[str, object], address: str) -> bool:
        return False

    async def probe(self, config: Mapping[str, object]) -> Sequence[ProbeStep]:
        self.check(config)
        return ()

    def person(self, address: str, name: str | None = None) -> Sender:
        if not address.strip():
            raise Invalid("address", "a name", code="empty")
        return Sender(self._kind, address.strip(), verified=False, name=name)

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        return None

    def wait_s(self, outgoing: Outgoing) -> float:
        return 0.0

    async def send(self, outgoing: Outgoing) -> Receipt:
        raise NotImplementedError

    def routes(self) -> Sequence[Route]:
        return ()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return None
