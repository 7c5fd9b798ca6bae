"""How codes are made and sent."""

from dataclasses import dataclass, field

from core.verification import VerificationSettings


@dataclass(frozen=True, slots=True)
class ProofSettings:
    """Seconds: ``time_limit_s`` for one mail with a code; it is tried again for as long as the code is good."""

    codes: VerificationSettings = field(default_factory=VerificationSettings)
    time_limit_s: float = 60.0
    first_pause_s: float = 2.0
    longest_pause_s: float = 60.0
