"""The one entry: a question and whose eyes -> an Answer, for the conversation, the command line and the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.app import Services
from bot.messages import plain
from bot.people import Person, units_seen
from bot.rocdate import OFFSET
from bot.texts import totals as texts
from storage.totals import Chosen, Order

from . import scale, tell
from .compute import compute
from .counting import Computed, Counter, Row
from .model import Domain, Question, Reading, Understood
from .places import Tree, build_tree
from .reading import Surroundings, read

LONG_AGO = date(1912, 1, 1)
LEFT_OVER = 2  # characters that may stay not understood without being named


@dataclass(frozen=True)
class Answer:
    """What was understood, its rows, and the reply. `reading` None: `question` is asked back.

    `headings` and `cells` are the table as people read it; `computed` has what a picture needs besides the rows.
    """

    reading: Reading | None
    rows: tuple[Row, ...]
    text: Markup
    tree: Tree
    question: Question | None = None
    title: str = ""
    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    computed: Computed | None = None
    understood: Understood | None = field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The fixed shape of `kaoping totals --json`."""
        shown = None
        if self.reading:
            shown = {
                "measure": self.reading.measure,
                "units": [self.tree.places[one].full for one in self.reading.roots],
                "from": self.reading.span.first.isoformat(),
                "to": self.reading.span.last.isoformat(),
                "by": self.reading.by,
            }
        return {"reading": shown, "rows": list(self.rows), "reply": plain(self.text)}


def tree_for(services: Services, person: Person) -> Tree:
    """The units that the person may see: with a unit, it and those below; without, all for supervisors and above."""
    store = services.store
    short: dict[str, list[str]] = {}
    for plan in services.plans:
        short.setdefault(plan.office.name, []).append(plan.office.short)
    return build_tree(store.units.all(active_only=False), units_seen(store.units, person), person.unit, short)


def surroundings(services: Services, tree: Tree) -> Surroundings:
    """What reading a question needs to know of this installation."""

    def holds(unit: int, domain: Domain) -> bool:
        return bool(services.store.totals.sums(_ever(services, tree, (unit,), domain)))

    today = services.clock().astimezone(OFFSET).date()
    bands = scale.bands(services, [tree.places[one].full for one in tree.roots()[:1]], scale.since(today))
    grades: dict[str, tuple[str, Decimal]] = {one.label: (one.id, one.from_) for one in bands.bands}
    testers = {name: one for one, name in services.store.totals.testers().items() if name}
    phones = [one for one in services.rubrics if one.kind == "phone"]
    most = {one.max for one in phones}
    return Surroundings(
        tree,
        today,
        scale.part_words(phones),
        grades,
        testers,
        holds,
        scale.grade_words(services.rubrics),
        most.pop() if len(most) == 1 else None,
    )


def ask(
    services: Services, person: Person, question: str, previous: Reading | None = None, *, tree: Tree | None = None
) -> Answer:
    """Answers a question within the person's scope, or asks back. Raises only what storage raises."""
    tree = tree or tree_for(services, person)
    understood = read(question, surroundings(services, tree), previous)
    if understood.reading is None:
        asked = understood.question or Question("")
        return Answer(None, (), Markup("{}").format(asked.text), tree, asked, understood=understood)
    made = answer(services, tree, understood.reading, understood)
    if len(understood.rest) < LEFT_OVER:
        return made
    return replace(made, text=made.text + Markup("\n{}").format(texts.NOT_USED.format(words=understood.rest)))


def answer(services: Services, tree: Tree, reading: Reading, understood: Understood | None = None) -> Answer:
    """Counts for a reading; units outside the tree are never counted, and not even named."""
    seen = tuple(one for one in reading.roots if one in tree.visible)
    if not seen:
        asked = Question(texts.NOT_YOURS_ANY if tree.visible else texts.NO_UNITS)
        return Answer(None, (), Markup("{}").format(asked.text), tree, asked, understood=understood)
    reading = replace(reading, roots=seen)
    computed = compute(services, tree, reading)
    headings, cells = tell.table_of(reading, computed)
    return Answer(
        reading,
        tuple(computed.rows),
        tell.told(reading, tree, computed),
        tree,
        title=tell.title(reading, tree),
        headings=tuple(headings),
        cells=tuple(tuple(line) for line in cells),
        computed=computed,
        understood=understood,
    )


def series_behind(services: Services, tree: Tree, reading: Reading, limit: int, offset: int = 0) -> Sequence[int]:
    """The numbers of the records behind a figure: newest first, or the lowest or highest, as the measure has it."""
    low = ("worst", "below_threshold", "tests_below", "top_deductions")
    order: Order = "highest" if reading.measure in ("best", "tests_above") else "newest"
    order = "lowest" if reading.lowest or reading.measure in low else order
    return services.store.totals.series(Counter(services, tree, reading).chosen(), limit, offset, order=order)


def _ever(services: Services, tree: Tree, roots: tuple[int, ...], domain: Domain) -> Chosen:
    offices = roots if all(tree.places[one].parent is None for one in roots) else ()
    units = () if offices else tree.below(roots)
    return Chosen(scale.rubric_ids(services, domain), LONG_AGO, date(9999, 12, 31), offices, units)
