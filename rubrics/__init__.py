"""Sheets and plans as data, and the pure functions that score, grade and count with them.

This is the whole public door for sheets; plans, duties and awards have their own modules. docs/rubric-format.md is the
format. Nothing here knows the documents' text, the store, or any face: a caller hands in what is needed.
"""

from __future__ import annotations

from rubrics.answers import ways
from rubrics.catalogue import CATALOGUE, FILE_CODES, FORM_CODES
from rubrics.conditions import COUNTED, Condition
from rubrics.describing import describe
from rubrics.elements import Alternative, Band, BasePoints, Count, Feeds, Measure, Note, Option, SourceText
from rubrics.explain import Explanation, clause_of, in_words
from rubrics.folder import RubricSet, check_paths, load_folder, load_folders, load_rubric
from rubrics.linter import lint
from rubrics.model import (
    Column,
    Comment,
    Criterion,
    FieldSpec,
    Grade,
    Rubric,
    Section,
    StateChoice,
    Statistics,
    leaves_of,
)
from rubrics.numbers import exact, for_json, plain, rounded
from rubrics.problems import BrokenRubricError, Problem, RubricError, UnknownRubricError
from rubrics.program import Walk
from rubrics.quotes import stands_in
from rubrics.reader import load_form
from rubrics.scoring import (
    Progress,
    Proposal,
    Scored,
    SectionScore,
    asked,
    check_answer,
    effective,
    grade,
    points_of,
    progress,
    propose_band,
    score,
    so_far,
    walk,
)
from rubrics.worlds import asking_order

__all__ = [
    "CATALOGUE",
    "COUNTED",
    "FILE_CODES",
    "FORM_CODES",
    "Alternative",
    "Band",
    "BasePoints",
    "BrokenRubricError",
    "Column",
    "Comment",
    "Condition",
    "Count",
    "Criterion",
    "Explanation",
    "Feeds",
    "FieldSpec",
    "Grade",
    "Measure",
    "Note",
    "Option",
    "Problem",
    "Progress",
    "Proposal",
    "Rubric",
    "RubricError",
    "RubricSet",
    "Scored",
    "Section",
    "SectionScore",
    "SourceText",
    "StateChoice",
    "Statistics",
    "UnknownRubricError",
    "Walk",
    "asked",
    "asking_order",
    "check_answer",
    "check_paths",
    "clause_of",
    "describe",
    "effective",
    "exact",
    "for_json",
    "grade",
    "in_words",
    "leaves_of",
    "lint",
    "load_folder",
    "load_folders",
    "load_form",
    "load_rubric",
    "plain",
    "points_of",
    "progress",
    "propose_band",
    "rounded",
    "score",
    "so_far",
    "stands_in",
    "walk",
    "ways",
]
