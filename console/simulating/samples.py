"""Made-up contact centers to try policies on, as ``docs/simulation.md`` writes scenarios."""

from collections.abc import Mapping
from typing import Any

_LOGNORMAL = "lognormal"

SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "skills": {
        "hours": 20,
        "warm_up": 2,
        "types": [
            {"name": "Orders", "rate": 108, "handle": {"law": _LOGNORMAL, "mean": 240}, "skills": ["Orders"]},
            {"name": "Returns", "rate": 79, "handle": {"law": _LOGNORMAL, "mean": 300}, "skills": ["Returns"]},
            {"name": "Technical", "rate": 54, "handle": {"law": _LOGNORMAL, "mean": 420}, "skills": ["Technical"]},
            {"name": "Chinese", "rate": 29, "handle": {"law": _LOGNORMAL, "mean": 300}, "skills": ["Chinese"]},
        ],
        "tiers": [
            {"name": "gold", "share": 0.15, "target": 20, "weight": 4, "priority": 2},
            {"name": "standard", "share": 0.5, "target": 60, "weight": 2, "priority": 1},
            {"name": "low", "share": 0.35, "target": 300, "weight": 1},
        ],
        "agents": [
            {"name": "Orders", "count": 6, "skills": {"Orders": 4}},
            {"name": "Returns", "count": 4, "skills": {"Returns": 4}},
            {"name": "Technical", "count": 8, "skills": {"Technical": 5, "Orders": 2}},
            {"name": "Orders and returns", "count": 5, "skills": {"Orders": 3, "Returns": 3}},
            {"name": "Chinese", "count": 3, "skills": {"Chinese": 5, "Orders": 3, "Returns": 2}},
        ],
    },
    "chats": {
        "hours": 20,
        "warm_up": 2,
        "slowdown": 0.25,
        "types": [
            {"name": "Chat", "rate": 90, "handle": {"law": _LOGNORMAL, "mean": 480}, "patience": 300, "target": 30, "weight": 3, "priority": 1, "units": 2, "channel": "widget"},
            {"name": "Mail", "rate": 60, "handle": {"law": _LOGNORMAL, "mean": 420}, "target": 3600, "weight": 1, "units": 1, "channel": "email", "interruptible": True},
        ],
        "agents": [
            {"name": "Chat and mail", "count": 9, "capacity": 4},
            {"name": "Mail only", "count": 3, "capacity": 2, "channels": ["email"]},
        ],
    },
    "rush": {
        "hours": 24,
        "warm_up": 0,
        "types": [
            {
                "name": "Standard", "rate": 60, "handle": 300, "patience": 600, "target": 60, "weight": 1,
                "profile": [0.1, 0.1, 0.3, 1.2, 2.0, 1.8, 1.6, 1.9, 1.6, 1.0, 0.3, 0.1],
            },
            {
                "name": "Urgent", "rate": 12, "handle": 240, "patience": 300, "target": 20, "weight": 4, "priority": 2,
                "profile": [0.1, 0.1, 0.3, 1.2, 2.0, 1.8, 1.6, 1.9, 1.6, 1.0, 0.3, 0.1],
            },
        ],
        "bursts": [{"from": 13, "until": 14, "factor": 2.2}],
        "ringing": {"accept": 6, "missed": 0.05, "offer": 20, "away": 300},
        "estimate_error": 0.3,
        "agents": [
            {"name": "Early", "count": 9, "shifts": [{"from": "06:00", "until": "15:00"}]},
            {"name": "Late", "count": 9, "shifts": [{"from": "11:00", "until": "20:00"}]},
            {"name": "Night", "count": 2},
        ],
    },
}  # fmt: skip
