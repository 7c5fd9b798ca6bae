"""Made-up Rasa servers on other machines: they come and go, have a model or none, and take another or do not."""

from dataclasses import dataclass, field

from bot.contract import RasaAddress


@dataclass(slots=True)
class FakeServers:
    """Implements ``ServerProbe``. ``models`` by address, None: it does not answer; ``refuses`` take no model.

    ``deaf`` say that they took it and go on with what they have.
    """

    models: dict[str, str | None]
    refuses: set[str] = field(default_factory=set)
    deaf: set[str] = field(default_factory=set)
    fetched: list[tuple[str, str]] = field(default_factory=list)
    bearers: set[str] = field(default_factory=set)

    async def model(self, address: RasaAddress, limit_s: float) -> str | None:
        return self.models[address.url]

    async def fetch(self, address: RasaAddress, url: str, bearer: str, limit_s: float) -> bool:
        self.bearers.add(bearer)
        if self.models[address.url] is None or address.url in self.refuses:
            return False
        fingerprint = url.rpartition("/")[2]
        self.fetched.append((address.url, fingerprint))
        if address.url not in self.deaf:
            self.models[address.url] = fingerprint
        return True
