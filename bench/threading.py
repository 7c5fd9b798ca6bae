"""Where mails belong: the evidence score on labelled threads of `--data`, and the whole rule on generated mails.

Weights were chosen on one part of the labelled threads (by a hash; threads with a subject in common stay together) and
are measured on the other part and on all. Pairs of mails count: how many that were put together belong together
(precision), and how many that belong together were put together (recall). The labels themselves were made from
References and In-Reply-To, so that with them little can go wrong, and without them mails that do belong together by their
words count as wrong where a client wrote no references.
"""

import asyncio
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import Aim, Options, Result, percentile
from bench.mail_cases import CASES, Case, leaks
from bench.mail_clients import CLIENTS
from bench.mail_generated import SUBJECTS, Shop, a_shop, begin
from bench.mail_labelled import by_subject, cluster, pairs, parts, read_labelled, without_headers
from channels.email.threading.evidence import Weights

SUBJECT_ALONE = {"precision": 0.515, "recall": 0.743}
"""Of the set's own description."""


def measure(options: Options) -> Result:
    if options.data is None:
        raise RuntimeError("--data DIR is needed, with mail/threads.jsonl and its mails in it")
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    _labelled(options.data / "mail", figures, aims)
    with TemporaryDirectory() as folder:
        asyncio.run(_generated(Path(folder), figures, aims, quick=options.quick))
    return Result({"clients": [each.name for each in CLIENTS], "quick": options.quick}, figures, aims)


def _labelled(folder: Path, figures: dict[str, object], aims: dict[str, Aim]) -> None:
    try:
        mails = read_labelled(folder)
    except OSError as error:
        raise RuntimeError(f"{folder} cannot be read: {error.strerror}") from error
    weights = Weights()
    for name, some in zip(("chosen on", "measured on", "all"), (*parts(mails), mails), strict=True):
        bare = without_headers(some)
        figures[name] = {
            "mails": len(some),
            "headers": pairs(some, cluster(some, weights, united=True)),
            "headers, each mail placed once": pairs(some, cluster(some, weights, united=False)),
            "no references": pairs(bare, cluster(bare, weights, united=True)),
            "cleaned subject alone": pairs(some, by_subject(some)),
        }
        if name == "all":
            found = figures[name]
            assert isinstance(found, dict)
            aims["headers: precision"] = Aim.at_least(found["headers"]["precision"], 0.99)
            aims["headers: recall"] = Aim.at_least(found["headers"]["recall"], 0.97)
            for figure, least in SUBJECT_ALONE.items():
                aims[f"no references: {figure}"] = Aim.at_least(found["no references"][figure], least)


async def _generated(folder: Path, figures: dict[str, object], aims: dict[str, Aim], *, quick: bool) -> None:
    shop = await a_shop(folder)
    right, ran = Counter[str](), Counter[str]()
    wrong: dict[str, list[str]] = defaultdict(list)
    leaked = 0
    try:
        for case in CASES:
            for client in CLIENTS:
                for subject in SUBJECTS[: 1 if quick else None]:
                    for plus in (True, False):
                        well, leak = await _one(shop, case, client.name, subject, plus=plus)
                        ran[case.__name__] += 1
                        right[case.__name__] += well
                        leaked += leak
                        if not well:
                            wrong[case.__name__].append(f"{client.name}{', signed' if plus else ''}")
    finally:
        await shop.db.close()
    figures["generated"] = {name: f"{right[name]} of {ran[name]}" for name in ran}
    figures["wrong"] = {name: sorted(set(some)) for name, some in wrong.items()}
    figures["resolve_ms"] = {
        "mails": len(shop.took),
        "mean": round(sum(shop.took) / len(shop.took), 3),
        "p50": round(percentile(shop.took, 0.5), 3),
        "p99": round(percentile(shop.took, 0.99), 3),
    }
    aims["generated: share placed rightly"] = Aim.at_least(right.total() / ran.total(), 0.99)
    aims["generated: leaks"] = Aim.at_most(leaked, 0)
    aims["finding the place, p50"] = Aim.at_most(percentile(shop.took, 0.5), 1.0, " ms")


async def _one(shop: Shop, case: Case, client: str, subject: str, *, plus: bool) -> tuple[bool, int]:
    used = next(each for each in CLIENTS if each.name == client)
    story = await begin(shop, used, subject, plus=plus)
    return await case(story), await leaks(story)
