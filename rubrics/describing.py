"""A sheet as plain data, for `kaoping rubrics show ID --json`: the leaves as criteria, in the paper's order."""

from __future__ import annotations

from rubrics.conditions import as_data
from rubrics.elements import Band, Count, Note, Option
from rubrics.model import Criterion, Rubric
from rubrics.numbers import for_json


def describe(rubric: Rubric) -> dict[str, object]:
    """{id, title, kind, office, year, document, max, criteria, grades, notes, content_hash, structure_hash}.

    Each criterion: {id, label, path, max, answer, options | count | bands, when, notes}. A framework has max null and
    its states and texts. `notes` at the top are those of the sheet and its headings, with the node in `at`.
    """
    leaves = {c.id for c in rubric.criteria}
    scored = rubric.kind != "framework"
    made: dict[str, object] = {
        "id": rubric.id,
        "title": rubric.title,
        "kind": rubric.kind,
        "office": rubric.office,
        "year": rubric.year,
        "document": rubric.document,
        "clause": rubric.clause,
        "max": for_json(rubric.max) if scored else None,
        "criteria": [_criterion(c, scored) for c in rubric.criteria],
        "grades": [{"id": g.id, "label": g.label, "from": for_json(g.from_)} for g in rubric.grades],
        "comments": [{"id": c.id, "label": c.label} for c in rubric.comments],
        "notes": [{"at": at, **_note(n)} for at, n in rubric.all_notes if at not in leaves],
        "content_hash": rubric.content_hash,
        "structure_hash": rubric.structure_hash,
    }
    if not scored:
        made["states"] = [{"id": s.id, "label": s.label, "done": s.done} for s in rubric.states]
        made["fields"] = [{"id": f.id, "label": f.label, "type": f.type} for f in rubric.fields]
    return made


def _criterion(leaf: Criterion, scored: bool) -> dict[str, object]:
    made: dict[str, object] = {
        "id": leaf.id,
        "label": leaf.label,
        "path": list(leaf.path),
        "max": for_json(leaf.max) if scored else None,
        "answer": leaf.answer,
        "when": as_data(leaf.when) if leaf.when else None,
        "notes": [_note(n) for n in leaf.notes],
    }
    if leaf.options:
        made["options"] = [_option(o) for o in leaf.options]
    if leaf.count:
        made["count"] = _count(leaf.count)
    if leaf.answer in ("points", "percentage"):
        made["bands"] = [_band(b) for b in leaf.bands]
    if leaf.alternative:
        made["alternative"] = {"text": leaf.alternative.text, "bands": [_band(b) for b in leaf.alternative.bands]}
    if leaf.given:
        made["given"] = {"when": as_data(leaf.given.when), "points": for_json(leaf.given.points)}
    if leaf.multiplier:
        found = leaf.multiplier
        made["multiplier"] = {
            "when": as_data(found.when),
            "times": for_json(found.times),
            "max": for_json(found.max),
        }
    if leaf.texts:
        made["texts"] = [{"label": t.label, "text": t.text} for t in leaf.texts]
    return made


def _option(option: Option) -> dict[str, object]:
    made: dict[str, object] = {"id": option.id, "label": option.label}
    if option.low is not None:
        made |= {"low": for_json(option.low), "high": for_json(option.best)}
    elif option.points is not None:
        made["points"] = for_json(option.points)
    if option.short:
        made["short"] = option.short
    return made | ({"added": True} if option.added else {})


def _band(band: Band) -> dict[str, object]:
    made: dict[str, object] = {
        "id": band.id,
        "low": for_json(band.low),
        "high": for_json(band.high),
        "text": band.text,
    }
    if band.at_least is not None:
        made |= {"at_least": for_json(band.at_least), "unit": band.unit or "%"}
    return made


def _count(count: Count) -> dict[str, object]:
    names = ("base", "at", "per", "step", "least")
    return {
        "label": count.label,
        "low": for_json(count.low),
        "high": for_json(count.high),
        "measures": [
            {"id": m.id, "label": m.label, "whole": m.whole} | {n: for_json(getattr(m, n)) for n in names}
            for m in count.measures
        ],
    }


def _note(note: Note) -> dict[str, object]:
    made: dict[str, object] = {"id": note.id, "kind": note.kind, "text": note.text, "decision": note.decision}
    return made | ({"quote": note.quote} if note.quote else {})
