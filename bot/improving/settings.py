"""Every limit of improving the bot, by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImprovingSettings:
    """What counts as misunderstood, what is kept of it, and what training and rolling out may take.

    Below ``unsure_below`` an intent is unsure. A misunderstood text is kept redacted, ``characters`` of it, for
    ``keep_days``; ``forget_at_once`` go in one transaction. ``examples`` at most are trained with. ``redact_mail_addresses``: these
    are redacted as well, as everything else is.

    Labelled texts are judged by models that did not learn them: ``folds`` of them are trained, each without its share.
    At most ``judged`` are, the newest. ``changes`` sentences are shown of those that went better or worse.

    Training and judging may take ``train_s``, the swap on one server ``swap_s``. A process that was not seen for
    ``gone_s`` is gone; every ``beat_s`` it says that it is there, every ``step_s`` while models are rolled out.
    ``work_folders`` of the newest trainings are kept, ``models_shown`` in the history.
    """

    unsure_below: float = 0.6
    characters: int = 300
    keep_days: int = 365
    redact_mail_addresses: bool = True
    forget_at_once: int = 500
    examples: int = 20_000
    folds: int = 3
    judged: int = 1000
    changes: int = 50
    train_s: float = 1800.0
    swap_s: float = 300.0
    gone_s: float = 20.0
    beat_s: float = 5.0
    step_s: float = 0.5
    work_folders: int = 3
    models_shown: int = 30
