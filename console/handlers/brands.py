"""Brands: read by editors, kept by publishers."""

from console.handlers.setup import Collection
from console.parts import Parts
from console.wire import brand as wire
from core.ids import InboxId
from core.store.tx import Tx
from knowledge.helpcenter import brands
from knowledge.helpcenter.brand import Brand
from knowledge.helpcenter.brands import Placed


def brand_handlers(parts: Parts) -> Collection:
    """``/api/brands``."""

    def saved(tx: Tx, id: str | None, ask: wire.BrandAsk) -> str:
        wanted = Placed(_brand(id, ask), tuple(map(InboxId, ask.inboxes)))
        if id is None:
            return brands.add(tx, wanted, parts.knowledge.help.brands).brand.id
        return brands.change(tx, wanted).brand.id

    return Collection(parts, "brand", _listed, wire.BrandAsk, saved, brands.remove)


def _listed(tx: Tx) -> tuple[wire.Brand, ...]:
    return tuple(map(_shown, brands.list_placed(tx)))


def _brand(id: str | None, ask: wire.BrandAsk) -> Brand:
    return Brand(
        id=ask.id if id is None else id,
        name=ask.name,
        colour=ask.color,
        logo=ask.logo or None,
        home=ask.home,
        hosts=ask.hosts,
        languages=ask.languages,
        words=ask.words,
        version=ask.version or 0,
    )


def _shown(placed: Placed) -> wire.Brand:
    brand = placed.brand
    return wire.Brand(
        id=brand.id,
        name=brand.name,
        color=brand.colour,
        logo=brand.logo,
        home=brand.home,
        hosts=brand.hosts,
        languages=brand.languages,
        words={language: dict(words) for language, words in brand.words.items()},
        inboxes=placed.inboxes,
        version=brand.version,
    )
