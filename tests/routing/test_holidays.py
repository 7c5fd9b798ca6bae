"""Which days are closed: a country's holidays of the library, struck out and added to; and what makes no sense is refused."""

from datetime import date

import pytest

from core.errors import Invalid
from routing import holiday_data
from routing.holidays import Holiday, HolidayPlan, OwnDay, check_struck, in_effect
from routing.hours import checked

pytestmark = pytest.mark.served

YEARS = range(2025, 2029)


def days(plan: HolidayPlan, years: range = YEARS) -> dict[str, str]:
    known = holiday_data.of_plan(plan, years)
    return {each.day.isoformat(): each.name for each in in_effect(plan, known, years)}


def test_a_region_adds_its_own_holidays_to_the_countrys() -> None:
    germany, berlin = days(HolidayPlan("DE")), days(HolidayPlan("DE", "BE"))
    assert germany.items() <= berlin.items()
    assert "2026-03-08" in berlin.keys() - germany.keys()
    assert days(HolidayPlan()) == {}


def test_one_holiday_is_struck_out_in_one_year_or_in_every_year() -> None:
    once = days(HolidayPlan("DE", struck=frozenset({"2026-05-01"})))
    assert ("2026-05-01" in once, "2027-05-01" in once) == (False, True)
    never = days(HolidayPlan("DE", struck=frozenset({"Labor Day"})))
    assert [day for day in never if day.endswith("05-01")] == []


def test_days_of_ones_own_are_added_and_a_yearly_one_comes_every_year() -> None:
    own = (OwnDay(date(2026, 12, 24), "Christmas Eve", yearly=True), OwnDay(date(2026, 8, 7), "Summer party"))
    found = days(HolidayPlan(own=own))
    assert found == {
        "2025-12-24": "Christmas Eve", "2026-08-07": "Summer party", "2026-12-24": "Christmas Eve",
        "2027-12-24": "Christmas Eve", "2028-12-24": "Christmas Eve",
    }  # fmt: skip


def test_the_last_of_february_comes_in_leap_years_only() -> None:
    assert list(days(HolidayPlan(own=(OwnDay(date(2024, 2, 29), "Leap", yearly=True),)))) == ["2028-02-29"]


def test_a_day_of_ones_own_names_a_date_that_the_country_has_too_and_opens_none() -> None:
    own = (OwnDay(date(2026, 12, 25), "Company holiday"),)
    plan = HolidayPlan("DE", struck=frozenset({"2026-12-25"}), own=own)
    assert days(plan)["2026-12-25"] == "Company holiday"


def test_names_are_known_in_chinese_where_the_data_have_them() -> None:
    [spring] = [
        each for each in holiday_data.holidays_of("CN", None, [2026]) if each.day == date(2026, 2, 17)
    ]
    assert (spring.called("zh"), spring.called("de")) == ("春节", "Chinese New Year (Spring Festival)")
    assert Holiday(date(2026, 1, 1), "New Year").called("zh") == "New Year"


@pytest.mark.parametrize(
    ("plan", "field", "says"),
    [
        (HolidayPlan("XX"), "country", "the two letters of a country such as DE, not 'XX'"),
        (HolidayPlan("Germany"), "country", "not 'Germany'"),
        (HolidayPlan("DE", "XX"), "subdivision", "a region of DE .one of .*BE.*, not 'XX'"),
        (HolidayPlan("CN", "BJ"), "subdivision", "none, it has no regions., not 'BJ'"),
        (HolidayPlan(None, "BE"), "subdivision", "none without a country"),
        (
            HolidayPlan("DE", struck=frozenset({"Bastille Day"})),
            "struck",
            "holidays of DE.*'Bastille Day' is none",
        ),
        (HolidayPlan("DE", struck=frozenset({"2026-07-14"})), "struck", "'2026-07-14' is none"),
        (HolidayPlan(struck=frozenset({"Labor Day"})), "struck", "nothing without a country"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_place(plan: HolidayPlan, field: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        checked("Europe/Berlin", plan, YEARS)
    assert refused.value.field == field


def test_what_was_struck_out_in_a_year_long_gone_is_no_mistake() -> None:
    plan = HolidayPlan("DE", struck=frozenset({"2019-05-01"}))
    check_struck(plan, holiday_data.of_plan(plan, YEARS), YEARS)


def test_every_country_that_is_offered_can_be_read() -> None:
    assert {"DE", "CN", "US", "GB"} <= set(holiday_data.countries())
    assert {each.code: each.name for each in holiday_data.subdivisions("DE")}["BE"] == "Berlin"
