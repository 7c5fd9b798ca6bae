"""What Prometheus is told: counters that the code calls, and gauges read when somebody asks."""

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Metrics:
    """One registry a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._refused = Counter(
            "parley_refused", "Requests and frames refused, by reason", ["reason"], registry=self.registry
        )
        self._events = Counter("parley_events", "Events committed, by type", ["type"], registry=self.registry)
        self._turns = Gauge(
            "parley_bot_turns_last_hour",
            "What became of the bot's turns",
            ["outcome"],
            registry=self.registry,
        )
        self._mails = Counter(
            "parley_mails",
            "Mails taken from mailboxes, and what became of them",
            ["state"],
            registry=self.registry,
        )
        self._requests = Histogram(
            "parley_request_seconds",
            "HTTP requests, by method and route",
            ["method", "route"],
            registry=self.registry,
        )

    def refused(self, reason: str) -> None:
        """A request or frame was turned away."""
        self._refused.labels(reason).inc()

    def happened(self, event: str) -> None:
        """An event of this type was committed."""
        self._events.labels(event).inc()

    def mails(self, state: str, count: int) -> None:
        """So many mails were taken, or came to this state."""
        self._mails.labels(state).inc(count)

    def turns(self, by_outcome: Mapping[str, int]) -> None:
        """What became of the turns of the last hour."""
        self._turns.clear()
        for outcome, count in by_outcome.items():
            self._turns.labels(outcome).set(count)

    def served(self, method: str, route: str, seconds: float) -> None:
        """One HTTP request took so long."""
        self._requests.labels(method, route).observe(seconds)

    def watch(self, name: str, help_text: str, value: Callable[[], float]) -> None:
        """A number read whenever the metrics are asked for."""
        Gauge(f"parley_{name}", help_text, registry=self.registry).set_function(value)

    def text(self) -> bytes:
        """In Prometheus's text format."""
        return generate_latest(self.registry)
