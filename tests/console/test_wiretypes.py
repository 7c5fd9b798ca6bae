"""The TypeScript types of the wire say what the structs say."""

from console import wiretypes


def test_wire_ts_is_what_the_structs_say() -> None:
    """When this fails: ``python -m console.wiretypes``."""
    assert wiretypes.TARGET.read_text(encoding="utf-8") == wiretypes.render()


def test_a_field_with_a_default_is_optional_in_typescript() -> None:
    text = wiretypes.render()
    assert "  name?: string;" in text.split("export interface MeChange")[1].split("}")[0]
