"""An inbox's configuration has the fields that there are, and no others, however deep they stand."""

from collections.abc import Mapping

import pytest

from channels.chat.wire import ChatConfig
from channels.email.wire import EmailConfig
from channels.fields import only_known
from channels.live.config import LiveConfig
from channels.telegram.wire import TelegramConfig
from core.errors import Invalid
from tests.channels.shop import Shop
from tests.contracts.mail import CONFIG

QUESTION = {"key": "about", "label": {"en": "About?"}, "kind": "text"}


@pytest.mark.parametrize(
    ("config", "shape"),
    [
        ({}, LiveConfig),
        ({"origins": ["*"], "questions": [QUESTION], "identity": {"secrets": []}}, LiveConfig),
        ({"greeting": {"en": "Hi", "tlh": "nuqneH"}}, LiveConfig),
        ({"webhook": {"url": "https://shop.example", "secret": "x"}, "color": None}, ChatConfig),
        ({"webhook": None}, ChatConfig),
        ({"token": "1:a", "groups": True}, TelegramConfig),
        (CONFIG, EmailConfig),
    ],
)
def test_what_there_is_is_known(config: Mapping[str, object], shape: type) -> None:
    only_known(config, shape)


@pytest.mark.parametrize(
    ("config", "shape", "field"),
    [
        ({"colour": "#fff"}, LiveConfig, "colour"),
        ({"webhook": None}, LiveConfig, "webhook"),
        ({"identity": {"secret": "x"}}, LiveConfig, "identity.secret"),
        ({"questions": [QUESTION, QUESTION | {"lable": {}}]}, LiveConfig, "questions[1].lable"),
        ({"token": "1:a", "group": True}, TelegramConfig, "group"),
        ({**CONFIG, "smtp": {"host": "h", "prot": 1}}, EmailConfig, "smtp.prot"),
    ],
)
def test_what_there_is_not_is_refused_by_its_name(
    config: Mapping[str, object], shape: type, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        only_known(config, shape)
    assert (refused.value.field, refused.value.code) == (field, "unknown_field")


@pytest.mark.served
async def test_each_channel_looks_at_it(shop: Shop) -> None:
    good: dict[str, dict[str, object]] = {"email": dict(CONFIG), "telegram": {"token": "123:" + "a" * 35}}
    for kind in ("widget", "chat", "email", "telegram"):
        channel, config = shop.part.channels[kind], good.get(kind, {})
        channel.check(config)
        with pytest.raises(Invalid) as refused:
            channel.check(config | {"nonsense": 1})
        assert refused.value.field == "nonsense"
