"""Days of calls as the lines of a list. Pure; what comes from outside is escaped."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from dashboard import words
from dashboard.call.blocks import titled
from dashboard.deadlines.days import Moment, What
from dashboard.escape import md_escape
from dashboard.frame import CALL, Frame
from matcher.languages import Speaker, terms
from matcher.model import Call


def line(frame: Frame, one: Moment) -> str:
    """An item of a list in Markdown: the day, what happens, the call with its link, fund and stage."""
    day = f"**{md_escape(day_words(frame.say, one))}**"
    when = " · ".join(filter(None, (day, left(frame.say, one, frame.on), what(frame.say, one))))
    return f"- {when}  \n  {about(frame, one)}"


def about(frame: Frame, one: Moment) -> str:
    return " · ".join(filter(None, (link(frame, one.call), one.call.fund or "", *_marks(frame.say, one))))


def link(frame: Frame, call: Call) -> str:
    return f"[{titled(call.title)}](/call?{urlencode(frame.query(**{CALL: call.id}))})"


def day_words(say: Speaker, one: Moment) -> str:
    """As precisely as the source states it."""
    return say.deadline(one.deadline) if one.deadline else say.day(one.first, one.precision)


def what(say: Speaker, one: Moment) -> str:
    if one.what is What.OPENS:
        return say.gettext("opens, planned") if one.call.is_planned else say.pgettext("call status", "opens")
    stage = words.stage_words(say, one.deadline, one.call) if one.deadline else ""
    return say.gettext("closes (%(stage)s)", stage=stage) if stage else say.pgettext("call status", "closes")


def left(say: Speaker, one: Moment, on: date) -> str:
    return say.days_left(one.first, on) if one.is_exact else say.gettext("day not stated")


def _marks(say: Speaker, one: Moment) -> list[str]:
    return [f"**{md_escape(say.term(terms.STAGES[one.stage]))}**"] if one.stage else []
