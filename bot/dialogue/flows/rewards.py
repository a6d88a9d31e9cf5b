"""敘獎試算: a plan's own reward rules on the recorded results, as a proposal with the clause and the ranking.

Ties are shown and left to a person. Stages of a prize, which no record knows, are entered here and kept for the chat.
"""

from __future__ import annotations

from markupsafe import Markup

from bot import planning
from bot.dialogue.turn import Turn, UserError
from bot.messages import Choice, Reply, rows
from bot.texts import planning as texts
from rubrics import plain
from rubrics.awards import Proposal
from rubrics.plan_model import Rule


class RewardsFlow:
    """/rewards. Buttons: plan <plan>, units <plan>, unit <plan> <n>, stage <plan> <n> <stage>."""

    name = "rewards"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """A choice of the plans in the person's scope."""
        mine = planning.plans_of(turn.services, turn.person)
        if not mine:
            raise UserError(texts.NO_PLAN)
        choices = [
            Choice(
                f"rewards:plan:{one.plan.id}",
                texts.PLAN_BUTTON.format(office=one.plan.office.short, year=one.plan.year),
            )
            for one in mine
        ]
        return [Reply(Markup("{}").format(texts.WHICH_PLAN), rows(choices))]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A plan, a unit or the stage that it reached was chosen."""
        mine = planning.plans_of(turn.services, turn.person)
        one = next((one for one in mine if [one.plan.id] == arguments[:1]), None)
        if one is None:
            return self.start(turn, "")
        names = planning.unit_names(turn.services, one)
        place = arguments[1] if len(arguments) > 1 else ""
        unit = names[int(place)] if place.isdigit() and int(place) < len(names) else None
        if verb == "units":
            choices = [Choice(f"rewards:unit:{one.plan.id}:{number}", name) for number, name in enumerate(names[:60])]
            return [Reply(Markup("{}").format(texts.WHICH_STAGE_UNIT), rows(choices, 2), in_place=True)]
        if verb == "unit" and unit:
            return [self._ask_stage(one, unit, place)]
        if verb == "stage" and unit and len(arguments) == 3:
            stages = turn.slot(self.name).setdefault(one.plan.id, {})
            stages.pop(unit, None)
            known = {stage.id for rule in one.plan.rewards for stage in rule.stages}
            if arguments[2] in known:
                stages[unit] = arguments[2]
        return [self._proposals(turn, one)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """Typed words are never held here."""
        return None

    def _ask_stage(self, one: planning.OfficePlan, unit: str, place: str) -> Reply:
        stages = {stage.id: stage.label for rule in one.plan.rewards for stage in rule.stages}
        choices = [Choice(f"rewards:stage:{one.plan.id}:{place}:{key}", label) for key, label in stages.items()]
        choices.append(Choice(f"rewards:stage:{one.plan.id}:{place}:-", texts.NO_STAGE))
        return Reply(Markup("{}").format(texts.WHICH_STAGE.format(unit=unit)), rows(choices), in_place=True)

    def _proposals(self, turn: Turn, one: planning.OfficePlan) -> Reply:
        plan = one.plan
        made, remarks = planning.proposals(turn.services, one, dict(turn.slot(self.name).get(plan.id, {})))
        title = texts.REWARDS_TITLE.format(title=plan.title)
        lines = [Markup("<b>{}</b>").format(title), Markup("{}").format(texts.REWARDS_NOTE)]
        if not plan.rewards:
            lines.append(Markup("{}").format(texts.NO_RULES))
        for rule in plan.rewards:
            lines.append(Markup("\n<b>{}</b>\n<blockquote>{}</blockquote>").format(rule.title, rule.quote))
            own = [proposal for proposal in made if proposal.rule.id == rule.id]
            lines += [_told(proposal) for proposal in own]
            if not own:
                lines.append(Markup("{}").format(_nothing(rule, plan.year)))
            lines += [Markup("<i>※ {}</i>").format(note) for note in rule.notes]
        lines += [Markup("※ {}").format(remark) for remark in remarks]
        ranking = next((proposal.ranking for proposal in made if proposal.ranking), ())
        if ranking:
            lines.append(Markup("\n{}").format(texts.RANKING))
        labels = _grade_labels(turn, plan.sheets)
        for place in ranking:
            grade = f"（{labels[place.grade]}）" if place.grade in labels else ""
            line = texts.RANK_LINE.format(
                rank=place.rank,
                unit=place.unit,
                total=plain(place.total),
                grade=grade,
                tied=texts.TIED if place.tied else "",
            )
            lines.append(Markup("{}").format(line))
        staged = any(rule.stages for rule in plan.rewards)
        choices = [Choice(f"rewards:units:{plan.id}", texts.STAGE_BUTTON)] if staged else []
        return Reply(Markup("\n").join(lines), rows(choices))


def _nothing(rule: Rule, year: int) -> str:
    """Why a rule proposes nothing."""
    if rule.kind == "rank":
        return texts.NO_RESULTS.format(year=year)
    return texts.NO_STAGES_YET if rule.stages else texts.NO_PROPOSAL


def _told(proposal: Proposal) -> Markup:
    said = texts.PROPOSAL.format(unit=proposal.unit or texts.ALL_UNITS, reason=proposal.reason)
    lines = [Markup("{} {}").format(texts.STANDINGS[proposal.standing], said)]
    lines += [Markup("{}").format(texts.AWARD.format(role=one.label, award=one.words)) for one in proposal.awards]
    for choice in proposal.choices:
        awards = "、".join(f"{one.label}{one.words}" for one in choice) or texts.NOBODY
        lines.append(Markup("{}").format(texts.CHOICE.format(awards=awards)))
    return Markup("\n").join(lines)


def _grade_labels(turn: Turn, sheets: tuple[str, ...]) -> dict[str, str]:
    known = [turn.services.rubrics.get(sheet) for sheet in sheets if sheet in turn.services.rubrics]
    return {grade.id: grade.label for sheet in known for grade in sheet.grades}
