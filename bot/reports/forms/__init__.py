"""The official forms as OpenDocument files, one module each. A new form is a module and a row of FORMS.

They are made from what was recorded and from the sheets' and plans' own words; they refuse nothing and choose nothing.
"""

from __future__ import annotations

from bot.reports.forms import annual, creative, phone, phone_year, plan, sheet, statistics
from bot.reports.forms.model import File, Form, Wanted
from bot.texts import forms as texts

FORMS: tuple[Form, ...] = (
    Form("sheet", *texts.FORMS["sheet"], "record", sheet.make, "sheet", ability="own_records"),
    Form("statistics", *texts.FORMS["statistics"], "year", statistics.make, "sheet"),
    Form("phone", *texts.FORMS["phone"], "record", phone.make, "phone", ability="own_records"),
    Form("phone-year", *texts.FORMS["phone-year"], "year", phone_year.make, "phone"),
    Form("plan-overall", *texts.FORMS["plan-overall"], "year", plan.make, "framework", "hsinchu-2018-overall"),
    Form("plan-project", *texts.FORMS["plan-project"], "year", plan.make, "framework", "hsinchu-2018-project"),
    Form("creative", *texts.FORMS["creative"], "year", creative.make),
    Form("annual", *texts.FORMS["annual"], "year", annual.make),
)

__all__ = ["FORMS", "File", "Form", "Wanted"]
