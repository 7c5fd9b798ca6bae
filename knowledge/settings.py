"""Every limit of the knowledge base, part by part."""

from dataclasses import dataclass, field

from knowledge.beside.settings import BesideSettings
from knowledge.editorial.settings import EditorialSettings
from knowledge.embedding.settings import EmbeddingSettings
from knowledge.filing.settings import FilingSettings
from knowledge.helpcenter.settings import HelpSettings
from knowledge.index.settings import SearchSettings
from knowledge.loop.settings import LoopSettings
from knowledge.transfer.settings import Rules, TransferSettings
from knowledge.writing.settings import ReusableSettings


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """Unsaved text goes when nobody has typed in it for ``copies_days``; the vectors of a model when no process has had it
    at work for ``vectors_days``. ``at_once``: so many rows are deleted in one transaction.
    """

    copies_days: float = 90.0
    vectors_days: float = 30.0
    at_once: int = 500


@dataclass(frozen=True, slots=True)
class KnowledgeSettings:
    """``beside``: what agents have beside a conversation; ``editorial``: how articles are reviewed; ``embedding``: which
    models compare meanings; ``filing``: where articles are filed; ``help``: the help center; ``search``: how articles are
    found; ``loop``: what is kept of questions that found nothing good; ``transfer``: what an import may bring;
    ``keeping``: what goes when nobody has used it for long.
    """

    beside: BesideSettings = field(default_factory=BesideSettings)
    editorial: EditorialSettings = field(default_factory=EditorialSettings)
    embedding: EmbeddingSettings = field(default_factory=EmbeddingSettings)
    filing: FilingSettings = field(default_factory=FilingSettings)
    help: HelpSettings = field(default_factory=HelpSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    loop: LoopSettings = field(default_factory=LoopSettings)
    transfer: TransferSettings = field(default_factory=TransferSettings)
    keeping: KeepingSettings = field(default_factory=KeepingSettings)


def rules_of(settings: KnowledgeSettings, reusables: ReusableSettings) -> Rules:
    """What an import keeps to."""
    return Rules(settings.transfer, settings.filing, reusables, settings.help.brands)
