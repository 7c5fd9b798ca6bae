"""Writes web/src/wire.ts from the structs of ``console.wire``: ``python -m console.wiretypes`` (``--check`` compares)."""

import inspect
import sys
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from console.wire import (
    article,
    base,
    beside,
    brand,
    category,
    contact,
    conversation,
    deadline,
    editorial,
    errand,
    filing,
    flag,
    gaps,
    known,
    ladder,
    learning,
    listing,
    live,
    mail,
    message,
    order,
    outcomes,
    people,
    planning,
    presence,
    promises,
    proposal,
    routing,
    session,
    setup,
    status,
    synonym,
    transfer,
    writing,
)
from core import claims
from core.agent import PresenceState, Role
from core.conversation import LinkKind
from core.message import DeliveryState, Fold, Kind, Proof
from core.order import OrderState, Refusal, RequestKind, RequestState

TARGET = Path(__file__).parent.parent / "web" / "src" / "wire.ts"
_MODULES = (
    base,
    presence,
    session,
    contact,
    message,
    errand,
    conversation,
    article,
    editorial,
    category,
    filing,
    gaps,
    listing,
    beside,
    brand,
    flag,
    proposal,
    people,
    ladder,
    setup,
    promises,
    deadline,
    routing,
    known,
    status,
    writing,
    mail,
    outcomes,
    planning,
    synonym,
    transfer,
    order,
    live,
    learning,
)
_ALIASES: Mapping[str, Any] = {
    "Role": Role,
    "OrderState": OrderState,
    "OrderRefusal": Refusal,
    "OrderRequestKind": RequestKind,
    "OrderRequestState": RequestState,
    "PresenceState": PresenceState,
    "DeliveryState": DeliveryState,
    "MessageKind": Kind,
    "Proof": Proof,
    "FoldKind": Fold,
    "LinkKind": LinkKind,
    "RearrangementKind": conversation.RearrangementKind,
    "PolicyName": planning.PolicyName,
    "ChoiceName": planning.ChoiceName,
    "SimulationState": planning.SimulationState,
    "SimulationSource": planning.SimulationSource,
    "RivalPhase": conversation.RivalPhase,
    "RoutingTrigger": conversation.RoutingTrigger,
    "MailState": mail.MailState,
    "BotMode": setup.BotMode,
    "OutcomeName": outcomes.OutcomeName,
    "EffectWord": outcomes.EffectWord,
    "StatusState": base.StatusState,
    "HandlerKind": base.HandlerKind,
    "AuthorKind": base.AuthorKind,
    "DueKind": base.DueKind,
    "ArticleState": base.ArticleState,
    "VoteReason": beside.VoteReason,
    "StageName": base.StageName,
    "StepName": editorial.StepName,
    "CommentPlace": editorial.CommentPlace,
    "LineChange": editorial.LineChange,
    "ClusterState": gaps.ClusterState,
    "GapSource": gaps.GapSource,
    "MisreadWhy": learning.MisreadWhy,
    "ModelState": learning.ModelState,
    "RolloutState": learning.RolloutState,
    "FindingKind": gaps.FindingKind,
    "FindingState": gaps.FindingState,
    "Certainty": claims.Certainty,
    "Part": message.Part,
    "RuleCondition": routing.RuleCondition,
    "RuleOutcome": routing.RuleOutcome,
    "RuleProblemCode": routing.RuleProblemCode,
    "LiveEvent": live.LiveEvent,
    "ServerFrame": live.ServerFrame,
    "ClientFrame": live.ClientFrame,
}
_SIMPLE: Mapping[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    date: "string",
    datetime: "string",
    type(None): "null",
    Any: "unknown",
}
_HEAD = """\
/** What goes over the wire between the console and the server. Written by `python -m console.wiretypes`: do not edit. */
"""


def render() -> str:
    """The whole file."""
    aliases = [f"export type {name} = {_spell_out(shape)};" for name, shape in _ALIASES.items()]
    return "\n".join([_HEAD, *aliases, "", *(_interface(struct) for struct in _structs())])


def _structs() -> list[type[msgspec.Struct]]:
    return [
        value
        for module in _MODULES
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
        and (value.__struct_fields__ or value.__struct_config__.tag is not None)
        and not name.startswith("_")
    ]


def _interface(struct: type[msgspec.Struct]) -> str:
    config = struct.__struct_config__
    lines = [] if config.tag is None else [f'  {config.tag_field}: "{config.tag}";']
    hints = get_type_hints(struct, include_extras=False)
    for field in msgspec.structs.fields(struct):
        mark = "" if field.required else "?"
        lines.append(f"  {field.encode_name}{mark}: {_type(hints[field.name])};")
    parameters = ", ".join(str(each.__name__) for each in getattr(struct, "__parameters__", ()))
    name = f"{struct.__name__}<{parameters}>" if parameters else struct.__name__
    return "\n".join([f"export interface {name} {{", *lines, "}"])


def _type(shape: Any) -> str:
    for name, alias in _ALIASES.items():
        if shape == alias:
            return name
    return _spell_out(shape)


def _spell_out(shape: Any) -> str:
    if shape in _SIMPLE:
        return _SIMPLE[shape]
    if isinstance(shape, TypeVar):
        return shape.__name__
    origin, args = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in args)
    if origin in {Union, types.UnionType}:
        return " | ".join(_type(each) for each in args if each is not msgspec.UnsetType)
    if origin is dict:
        return f"Record<{_type(args[0])}, {_type(args[1])}>"
    if origin is tuple:
        return _sequence(args)
    if inspect.isclass(shape) and issubclass(shape, StrEnum):
        return " | ".join(f'"{member.value}"' for member in shape)
    if inspect.isclass(shape) and issubclass(shape, msgspec.Struct):
        return shape.__name__
    raise TypeError(f"wire.ts has no word for {shape!r}")


def _sequence(args: tuple[Any, ...]) -> str:
    if args[-1] is not Ellipsis:
        return f"[{', '.join(_type(each) for each in args)}]"
    inner = _type(args[0])
    return f"({inner})[]" if " | " in inner else f"{inner}[]"


def main(arguments: list[str]) -> int:
    """0 when the file is, or has been made, what the structs say."""
    text = render()
    if "--check" in arguments:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
