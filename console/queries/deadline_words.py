"""The words for how a deadline was reached: "Fri 16:50 + 30 min of business time = Mon 09:20, holiday skipped"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.texts import Texts
from routing.explain import Explained, Kind, State, Step

_NAMED = 3
"""So many holidays and pauses are named in the sentence; the steps have them all."""
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks of times as the clocks in ``zone`` show them."""

    texts: Texts
    language: str
    zone: ZoneInfo

    def whole(self, explained: Explained) -> str:
        """The sum, and what makes it other than one would think."""
        said = self._sum(explained)
        for note in self._notes(explained):
            said = self._say("routing-deadline-with", said=said, note=note)
        return said

    def step(self, step: Step) -> str:
        """One stretch of time."""
        start, end = self._moment(step.start), self._end(step)
        match step.kind:
            case Kind.HOLIDAY:
                name = "" if step.holiday is None else step.holiday.called(self.language)
                return self._say("routing-step-holiday", day=self._day(step.start), name=name)
            case Kind.COUNTED:
                length = self.length(step.seconds)
                return self._say("routing-step-counted", start=start, end=end, length=length)
            case Kind.CLOSED:
                return self._say("routing-step-closed", start=start, end=end)
            case Kind.PAUSED:
                return self._say("routing-step-paused", start=start, end=end)

    def length(self, seconds: float) -> str:
        """Hours, minutes and seconds, as far as there are any: a day of business time has no fixed length."""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        counted = (("hours", hours), ("minutes", minutes), ("seconds", rest))
        return " ".join(
            self._say(f"routing-length-{unit}", count=count) for unit, count in counted if count
        ) or self._say("routing-length-seconds", count=0)

    def _sum(self, explained: Explained) -> str:
        start, length = self._moment(explained.started_at), self.length(explained.promised_s)
        if explained.due_at is not None:
            due = self._moment(explained.due_at, near=explained.started_at)
            key = "routing-deadline-sum" if explained.zone else "routing-deadline-sum-always"
            return self._say(key, start=start, length=length, due=due)
        counted = self.length(explained.counted_s)
        if explained.state is State.PAUSED:
            return self._say("routing-deadline-paused", start=start, counted=counted, length=length)
        return self._say("routing-deadline-ended", start=start, counted=counted, length=length)

    def _notes(self, explained: Explained) -> Iterator[str]:
        for holiday in explained.holidays[:_NAMED]:
            day = self._date(datetime(holiday.day.year, holiday.day.month, holiday.day.day, tzinfo=self.zone))
            yield self._say("routing-deadline-holiday", name=holiday.called(self.language), day=day)
        further = len(explained.holidays) - _NAMED
        if further > 0:
            yield self._say("routing-deadline-holidays", count=further)
        if explained.paused_s:
            yield self._say("routing-deadline-still", length=self.length(explained.paused_s))
        if explained.unanswered:
            yield self._say("routing-deadline-unanswered")
        for shift in explained.shifts[:_NAMED]:
            key = "routing-deadline-forward" if shift.seconds > 0 else "routing-deadline-back"
            yield self._say(key, day=self._day(shift.at), length=self.length(abs(shift.seconds)))

    def _moment(self, at: datetime, near: datetime | None = None) -> str:
        """The day of the week and the time; the date as well when ``near`` is not within the week."""
        local = at.astimezone(self.zone)
        day = self._weekday(local)
        if near is None or abs(at - near) > _WEEK:
            day = self._date(local)
        return self._say("routing-moment", day=day, time=_clock(local))

    def _end(self, step: Step) -> str:
        """On the day of its start the time alone."""
        start, end = step.start.astimezone(self.zone), step.end.astimezone(self.zone)
        return _clock(end) if start.date() == end.date() else self._moment(step.end, near=step.start)

    def _day(self, at: datetime) -> str:
        return self._date(at.astimezone(self.zone))

    def _date(self, local: datetime) -> str:
        return self._say(
            "routing-date", weekday=self._weekday(local), day=str(local.day), month=self._month(local)
        )

    def _weekday(self, local: datetime) -> str:
        return self._say(f"routing-weekday-{local.isoweekday()}")

    def _month(self, local: datetime) -> str:
        return self._say(f"routing-month-{local.month}")

    def _say(self, key: str, **values: str | float) -> str:
        return self.texts.say(key, self.language, **values)


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
