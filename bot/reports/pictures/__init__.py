"""Pictures of figures, made to be read on a phone: bars, trend, map, profile, calendar.

`draw` makes the picture of an answer, `beside` the same figures as text. Each kind has a data step (what is drawn, as
frozen values) and a draw step (that only draws); matplotlib is loaded at the first picture.
"""

from __future__ import annotations

from functools import singledispatch

from bot.app import Services
from bot.messages import Attachment
from bot.reports.pictures.bars import Bars, draw_bars
from bot.reports.pictures.beside import beside
from bot.reports.pictures.calendar import Calendar, draw_calendar
from bot.reports.pictures.choosing import Data, can_draw, data_of, heading
from bot.reports.pictures.heat import Heat, draw_heat
from bot.reports.pictures.profile import Profile, draw_profile
from bot.reports.pictures.trend import Trend, draw_trend
from bot.reports.taking import file_name
from bot.totals.answer import Answer


def draw(services: Services, answer: Answer) -> Attachment | None:
    """The answer's picture as PNG, named after measure and period; None where there is nothing to draw."""
    data = data_of(services, answer)
    return attachment(answer, data) if data else None


def attachment(answer: Answer, data: Data) -> Attachment | None:
    """What a data step made of the answer, as a file for a face; None for an answer without a reading."""
    if answer.reading is None:
        return None
    return Attachment("picture", file_name(answer, "png"), png(data), answer.title)


@singledispatch
def png(data: object) -> bytes:
    """The picture of what a data step made. Raises TypeError for anything else."""
    raise TypeError(f"no picture of {type(data).__name__}")


png.register(Bars, draw_bars)
png.register(Trend, draw_trend)
png.register(Heat, draw_heat)
png.register(Profile, draw_profile)
png.register(Calendar, draw_calendar)

__all__ = ["Data", "Heat", "attachment", "beside", "can_draw", "data_of", "draw", "heading", "png"]
