"""What people are told of Rasa servers that somebody else runs: whether each answers us, and with which model."""

import asyncio

import aiohttp

from app.health import Check, Look
from app.settings import Settings
from bot.contract import RasaAddress
from bot.probe import HttpProbe

_NAME = "rasa"


def rasa_look(settings: Settings) -> Look:
    """Each server answers with the same model. Where none does the scripted bot answers, so nobody is sent away for it."""
    limits = settings.rasa

    async def look() -> Check:
        if settings.engine.kind != "rasa":
            return Check(_NAME, True, f"does without, as settings say ({settings.engine.kind})")
        if not limits.urls:
            return Check(_NAME, True, "a child of each process with the role bot, which looks after it")
        async with aiohttp.ClientSession() as session:
            probe = HttpProbe(session)
            addresses = [RasaAddress(url.rstrip("/"), limits.secret) for url in limits.urls]
            found = await asyncio.gather(*(_look_at(probe, each, limits.health_s) for each in addresses))
        models = {model for model, _ in found if model}
        said = [words for model, words in found if not model]
        if said:
            return Check(_NAME, False, "; ".join(said))
        if len(models) > 1:
            told = f"models differ ({', '.join(sorted(models))}): a roll-out is under way, or no process with the role bot gives them theirs"
            return Check(_NAME, False, told)
        return Check(_NAME, True, f"every server answers with the model {''.join(models)}")

    return look


async def _look_at(probe: HttpProbe, address: RasaAddress, limit_s: float) -> tuple[str, str]:
    """Its model, else what is wrong and what to do."""
    model = await probe.model(address, limit_s)
    if model is None and await probe.refuses(address, limit_s):
        return "", f"{address.url} has another PARLEY_RASA_SECRET"
    if model is None:
        return "", f"{address.url} does not answer: is it running, and may this machine reach it?"
    said = f"{address.url} has no model: is a process with the role bot running, and may Rasa reach its PARLEY_INTERNAL_HOST?"
    return model, "" if model else said
