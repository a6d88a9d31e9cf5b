"""The rows of a plan's file, read from their mappings: units, duties, rules of reward, formats.

Reads shape only (types, ids, required and unknown keys); whether the rows fit together is the linter's to say. Every
quote and every heading of a clause is gathered as a `Claim`, each with its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast

from rubrics.fields import MAX_FILE_ID, Fields
from rubrics.plan_model import (
    MERITS,
    Award,
    Duty,
    DutyKind,
    Excluded,
    Format,
    Group,
    HighestOnly,
    Merit,
    Office,
    Pattern,
    Rule,
    RuleKind,
    Stage,
    Tier,
    Units,
)

DUTY_KINDS: Final = ("interval", "year", "standing", "months", "deadline", "after")
RULE_KINDS: Final = ("rank", "stage", "referral")


@dataclass(frozen=True)
class Claim:
    """Words that must stand in the source: a quote, or a heading of a clause."""

    line: int
    row: str
    text: str
    heading: bool = False


def read_whole(fields: Fields, key: str, low: int, high: int, required: bool = True, code: str = "bad_count") -> int:
    """A whole number within limits, 0 when absent or wrong."""
    value = fields.number(key, required)
    if value is None:
        return 0
    if value != value.to_integral_value() or not low <= value <= high:
        fields.fault(code, fields.line_of(key), f"「{key}」的「{value}」要是 {low} 到 {high} 的整數。")
        return 0
    return int(value)


def _date(fields: Fields, key: str, required: bool = False) -> date | None:
    text = fields.text(key, required)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fields.fault("bad_date", fields.line_of(key), f"「{key}」的「{text}」不是看得懂的日期。")
        return None


def _source(fields: Fields, claims: list[Claim], required: bool = True) -> tuple[str, str]:
    clause, quote = fields.text("clause", required), fields.text("quote", required)
    for part in clause.split(" › ") if clause else ():
        claims.append(Claim(fields.line_of("clause"), fields.criterion, part, heading=True))
    if quote:
        claims.append(Claim(fields.line_of("quote"), fields.criterion, quote))
    return clause, quote


def read_pattern(top: Fields) -> Pattern | None:
    """The past plan that this one was made from, if any."""
    inner = top.table("pattern", "pattern")
    if inner is None:
        return None
    made = Pattern(inner.ident("plan"), read_whole(inner, "year", 1, 999, code="bad_year"))
    inner.close()
    return made


def read_office(top: Fields) -> Office:
    """The office that issued the plan."""
    inner = top.table("office", "office")
    if inner is None:
        top.fault("missing_key", top.line, "少了「office」。")
        return Office("", "", "")
    made = Office(inner.ident(), inner.text("name"), inner.text("short"))
    inner.close()
    return made


def read_units(top: Fields, claims: list[Claim]) -> Units:
    """實施對象: groups, members, and who is left out."""
    inner = top.table("units", "units")
    if inner is None:
        top.fault("missing_key", top.line, "少了「units」。")
        return Units("", "")
    clause, quote = _source(inner, claims)
    groups = tuple(_group(f, claims) for f in inner.tables("groups", "組別"))
    excluded = []
    for f in inner.tables("excluded", "排除的單位"):
        f.criterion = f.text("name")
        excluded.append(Excluded(f.criterion, *_source(f, claims)))
        f.close()
    inner.close()
    return Units(clause, quote, groups, tuple(excluded))


def _group(fields: Fields, claims: list[Claim]) -> Group:
    fields.criterion = fields.ident(most=MAX_FILE_ID)
    members = fields.words("members")
    claims += [Claim(fields.line_of("members"), fields.criterion, name) for name in members]
    clause, quote = _source(fields, claims, required=False)
    made = Group(
        fields.criterion, fields.text("label"), members, fields.flag("open"), clause, quote, fields.words("notes")
    )
    fields.close()
    return made


def read_duties(top: Fields, key: str, claims: list[Claim]) -> tuple[Duty, ...]:
    """The obligations under a key."""
    return tuple(_duty(f, claims) for f in top.tables(key, "義務"))


def _duty(fields: Fields, claims: list[Claim]) -> Duty:
    fields.criterion = fields.ident(most=MAX_FILE_ID)
    clause, quote = _source(fields, claims)
    in_months = fields.words("in_months")
    months = tuple(int(m) for m in in_months if m.isdecimal() and 1 <= int(m) <= 12)
    if len(months) != len(in_months):
        fields.fault("bad_count", fields.line_of("in_months"), "「in_months」要是 1 到 12 的月份。")
    made = Duty(
        id=fields.criterion,
        title=fields.text("title"),
        kind=cast("DutyKind", fields.choice("kind", DUTY_KINDS)),
        each=cast("Literal['unit', 'office']", fields.choice("each", ("unit", "office"))),
        clause=clause,
        quote=quote,
        times=read_whole(fields, "times", 1, 1000),
        months=read_whole(fields, "months", 1, 12, False),
        in_months=months,
        due=_date(fields, "due"),
        event=fields.text("event", False),
        counted_by=fields.words("counted_by"),
        notes=fields.words("notes"),
        line=fields.line,
    )
    fields.close()
    return made


def _awards(fields: Fields) -> tuple[Award, ...]:
    made = []
    for f in fields.tables("awards", "獎勵", True):
        merit = f.choice("merit", tuple(MERITS)) if f.has("merit") else ""
        award = Award(
            role=f.ident("role"),
            label=f.text("label"),
            merit=cast("Merit", merit),
            times=read_whole(f, "times", 1, 9, False),
            at_most=f.flag("at_most"),
            text=f.text("text", False),
            printed=f.text("printed", False),
        )
        if bool(award.merit) != bool(award.times) or bool(award.merit) == bool(award.text):
            f.fault("award_shape", f.line, f"「{award.label}」要寫 merit 和 times，或只寫 text。")
        f.close()
        made.append(award)
    return tuple(made)


def read_rule(fields: Fields, claims: list[Claim]) -> Rule:
    """One rule of reward."""
    fields.criterion = fields.ident(most=MAX_FILE_ID)
    clause, quote = _source(fields, claims)
    below = fields.text("below_grade", False)
    if below:
        claims.append(Claim(fields.line_of("below_grade"), fields.criterion, below))
    made = Rule(
        id=fields.criterion,
        title=fields.text("title"),
        kind=cast("RuleKind", fields.choice("kind", RULE_KINDS)),
        clause=clause,
        quote=quote,
        basis=fields.choice("basis", ("self", "superior")) if fields.has("basis") else "",
        grades=fields.words("grades"),
        per_grade=fields.flag("per_grade"),
        below_grade=below,
        tiers=tuple(_tier(f) for f in fields.tables("tiers", "名次")),
        stages=tuple(_stage(f, claims) for f in fields.tables("stages", "階段")),
        to=fields.text("to", False),
        notes=fields.words("notes"),
        line=fields.line,
    )
    fields.close()
    return made


def _tier(fields: Fields) -> Tier:
    made = Tier(read_whole(fields, "first", 1, 999), read_whole(fields, "last", 1, 999), _awards(fields))
    fields.close()
    return made


def _stage(fields: Fields, claims: list[Claim]) -> Stage:
    ident, label = fields.ident(), fields.text("label")
    clause, quote = _source(fields, claims, required=False)
    made = Stage(ident, label, _awards(fields), clause, quote)
    fields.close()
    return made


def read_highest_only(top: Fields, claims: list[Claim]) -> HighestOnly | None:
    """The rule against rewarding twice."""
    inner = top.table("highest_only", "highest_only")
    if inner is None:
        return None
    inner.criterion = "highest_only"
    rules = inner.words("rules", True)
    clause, quote = _source(inner, claims)
    made = HighestOnly(rules, clause, quote, inner.words("notes"))
    inner.close()
    return made


def read_format(fields: Fields, claims: list[Claim]) -> Format:
    """One required form of paper."""
    fields.criterion = fields.ident(most=MAX_FILE_ID)
    clause, quote = _source(fields, claims)
    headings, columns = fields.words("headings"), fields.words("columns")
    claims += [Claim(fields.line_of("headings"), fields.criterion, h) for h in headings]
    claims += [Claim(fields.line_of("columns"), fields.criterion, c) for c in columns]
    made = Format(
        id=fields.criterion,
        title=fields.text("title"),
        clause=clause,
        quote=quote,
        font=fields.text("font", False),
        size=read_whole(fields, "size", 1, 99, False),
        line_height=read_whole(fields, "line", 1, 99, False),
        max_pages=read_whole(fields, "max_pages", 1, 999, False),
        data_until=_date(fields, "data_until"),
        headings=headings,
        columns=columns,
        sheet=fields.text("sheet", False),
        file_format=fields.text("file_format", False),
        line=fields.line,
    )
    fields.close()
    return made
