"""Whether a plan holds together: every check that needs more than one key, and the quoted words.

All problems of one file at once; nothing is repaired. Quotes and the headings of clauses are proved against document
texts that the caller hands in, with white space removed, after NFKC, dashes unified and 臺 read as 台.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rubrics.plan_model import BEFORE_ROC, Duty, Plan, Rule
from rubrics.plan_parts import Claim
from rubrics.problems import Report, near
from rubrics.quotes import normal

_NEEDS = {
    "interval": {"months"},
    "year": set[str](),
    "standing": set[str](),
    "months": {"in_months"},
    "deadline": {"due"},
    "after": {"months", "event"},
}
_DUTY_KEYS = ("months", "in_months", "due", "event")
_RULE_NEEDS = {"rank": {"grades", "tiers"}, "stage": {"stages"}, "referral": {"to"}}
_RULE_KEYS = ("grades", "tiers", "stages", "to")


@dataclass
class PlanFile:
    """A file as far as it could be read: the plan (None when hopeless), the words to prove, the problems."""

    plan: Plan | None
    report: Report
    claims: list[Claim] = field(default_factory=list)
    lines: Mapping[str, int] = field(default_factory=dict)  # of the keys at the top


def lint_plan(found: PlanFile, documents: Mapping[str, str] | None, sheets: frozenset[str] | None) -> None:
    """Adds what is wrong with a plan that was read to its report."""
    plan, report = found.plan, found.report
    if plan is None:
        return
    if plan.id and plan.id != report.path.stem:
        report.add("id_not_file_name", 1, f"計畫的 id 是「{plan.id}」，檔名卻是「{report.path.name}」。")
    report.unique(((d.id, d.line, d.id) for d in plan.obligations), "義務")
    report.unique(((r.id, r.line, r.id) for r in plan.rewards), "獎勵規定")
    report.unique(((g.id, found.lines.get("units", 1), g.id) for g in plan.units.groups), "組別")
    report.unique(((f.id, f.line, f.id) for f in plan.formats), "格式")
    for duty in plan.obligations:
        _duty(duty, plan, report)
    for rule in plan.rewards:
        _rule(rule, report)
    rules = {r.id for r in plan.rewards}
    for name in plan.highest_only.rules if plan.highest_only else ():
        if name not in rules:
            line = found.lines.get("highest_only", 1)
            report.add("unknown_rule", line, f"highest_only 的「{name}」不是任何一條規定{near(name, rules) or '。'}")
    if sheets is not None:
        _sheets(plan, sheets, found.lines.get("sheets", 1), report)
    if documents is not None:
        _claims(found, plan, documents)


def _fits(row: str, line: int, kind: str, written: set[str], needed: set[str], code: str, report: Report) -> None:
    for key in sorted(needed - written):
        report.add(code, line, f"{kind} 要寫「{key}」。", row)
    for key in sorted(written - needed):
        report.add(code, line, f"{kind} 用不到「{key}」。", row)


def _duty(duty: Duty, plan: Plan, report: Report) -> None:
    if duty.kind not in _NEEDS:
        return
    written = {key for key in _DUTY_KEYS if getattr(duty, key)}
    _fits(duty.id, duty.line, duty.kind, written, _NEEDS[duty.kind], "duty_shape", report)
    if duty.kind == "interval" and duty.months and 12 % duty.months:
        report.add("bad_count", duty.line, f"每 {duty.months} 個月不能把一年分完。", duty.id)
    if duty.due and plan.year and duty.due.year - BEFORE_ROC - plan.year not in (0, 1):
        report.add("due_outside_year", duty.line, f"期限 {duty.due} 不在 {plan.year} 年或次年。", duty.id)


def _rule(rule: Rule, report: Report) -> None:
    if rule.kind not in _RULE_NEEDS:
        return
    written = {key for key in _RULE_KEYS if getattr(rule, key)}
    _fits(rule.id, rule.line, rule.kind, written, _RULE_NEEDS[rule.kind], "rule_shape", report)
    after = 0
    for tier in rule.tiers:
        if not after < tier.first <= tier.last:
            report.add("tier_order", rule.line, f"第 {tier.first} 到 {tier.last} 名的級距不對。", rule.id)
        after = tier.last
    report.unique(((s.id, rule.line, s.id) for s in rule.stages), "階段")


def _sheets(plan: Plan, sheets: frozenset[str], top: int, report: Report) -> None:
    named = [("", s, top) for s in plan.sheets]
    named += [(d.id, s, d.line) for d in plan.obligations for s in d.counted_by]
    named += [(f.id, f.sheet, f.line) for f in plan.formats if f.sheet]
    for row, sheet, line in named:
        if sheet not in sheets:
            report.add("unknown_sheet", line, f"沒有「{sheet}」這張表{near(sheet, sheets) or '。'}", row)


def _claims(found: PlanFile, plan: Plan, documents: Mapping[str, str]) -> None:
    report = found.report
    text = documents.get(plan.document)
    if text is None:
        line = found.lines.get("document", 1)
        report.add("document_missing", line, f"找不到文件「{plan.document}」{near(plan.document, documents) or '。'}")
        return
    source = normal(text)
    for claim in found.claims:
        if normal(claim.text) not in source:
            code = "clause_not_found" if claim.heading else "quote_not_found"
            report.add(code, claim.line, f"「{claim.text[:40]}」在「{plan.document}」裡找不到。", claim.row)
