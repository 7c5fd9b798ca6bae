"""How a deadline was reached, in English and in Chinese."""

import pytest

from console.queries.deadline_words import Speaker
from core.texts import Texts
from routing.explain import Explained, explain
from routing.holidays import Holiday
from routing.sla import Pause, SlaClock, Target
from tests.house.tree import ROOT
from tests.routing.test_explain import BERLIN, NAMES, at, of, promise

TEXTS = Texts(ROOT / "web" / "locales")


def paused() -> Explained:
    clock = SlaClock(Target.NEXT, at("2026-03-09 09:00"), (Pause(at("2026-03-09 09:10")),))
    found = explain(clock, promise(1800), NAMES)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("explained", "english", "chinese"),
    [
        (
            of("2026-03-06 16:50", 1800),
            "Fri 6 Mar 16:50 + 30 min of business time = Mon 09:20",
            "3月6日周五 16:50 + 30 分钟工作时间 = 周一 09:20",
        ),
        (
            of("2026-04-03 16:50", 1800),
            (
                "Fri 3 Apr 16:50 + 30 min of business time = Tue 09:30, "
                "holiday skipped: Good Friday (Fri 3 Apr), holiday skipped: Easter Monday (Mon 6 Apr)"
            ),
            (
                "4月3日周五 16:50 + 30 分钟工作时间 = 周二 09:30，"
                "跳过假日：Good Friday（4月3日周五），跳过假日：Easter Monday（4月6日周一）"
            ),
        ),
        (
            of("2026-03-27 16:50", 5400, ("2026-03-27 16:55", "2026-03-30 09:30")),
            (
                "Fri 27 Mar 16:50 + 1 h 30 min of business time = Mon 10:55, "
                "stood still for 35 min of business time, clocks go forward 1 h on Sun 29 Mar"
            ),
            (
                "3月27日周五 16:50 + 1 小时 30 分钟工作时间 = 周一 10:55，"
                "暂停计时 35 分钟（工作时间），3月29日周日时钟拨快 1 小时"
            ),
        ),
        (
            paused(),
            "Mon 9 Mar 09:00: 10 min of 30 min used, stands still now",
            "3月9日周一 09:00 起：30 分钟已用 10 分钟，目前暂停计时",
        ),
    ],
    ids=["over the weekend", "over Easter", "stood still, clocks changed", "stands still"],
)
def test_the_sum_is_said_in_both_languages(explained: Explained, english: str, chinese: str) -> None:
    assert Speaker(TEXTS, "en", BERLIN).whole(explained) == english
    assert Speaker(TEXTS, "zh", BERLIN).whole(explained) == chinese


def test_each_step_is_said_and_a_holiday_by_its_name_in_that_language() -> None:
    english, chinese = (Speaker(TEXTS, tag, BERLIN) for tag in ("en", "zh"))
    steps = of("2026-04-02 16:50", 1800).steps
    assert [english.step(each) for each in steps[:3]] == [
        "Thu 2 Apr 16:50 to 17:00: 10 min counted",
        "Thu 2 Apr 17:00 to Fri 00:00: closed",
        "Fri 3 Apr: holiday, Good Friday",
    ]
    assert chinese.step(steps[-1]) == "4月7日周二 09:00 至 09:20：计入 20 分钟"
    spring = Holiday(at("2026-02-17 00:00").date(), "Spring Festival", {"zh": "春节"})
    assert (spring.called("zh-CN"), spring.called("en"), spring.called(None)) == (
        "春节",
        "Spring Festival",
        "Spring Festival",
    )
