"""What each piece of evidence is worth: data for the ranking and the refusal, nothing else.

Fitted by logistic regression on labelled questions, with three fifths of the lexicon hidden at random, so that they
hold for words that the lexicon does not know; rounded by hand. What the names mean stands with the code that measures
them (ranker.py, refusal.py). It refuses to know single questions.
"""

from __future__ import annotations

from collections.abc import Mapping

RANKING: Mapping[str, float] = {
    "index": 4.85,
    "own_title": 0.0,
    "own": 0.86,
    "heading": 0.3,
    "near": 4.42,
    "far": 2.84,
    "below": 2.92,
    "concept": 0.61,
    "concept_head": -0.26,
    "own_part": 0.0,
    "concept_part": 4.81,
    "single": 1.04,
    "head_covered": 1.29,
    "text_covered": 0.06,
    "kind": 1.19,
    "kind_missing": -0.92,
    "figure": 0.75,
    "band": 1.34,
    "negation": 0.61,
    "length": -1.61,
    "is_heading": -1.63,
    "is_title": 0.03,
    "is_form": 0.77,
    "is_option": -2.45,
    "is_item": 0.04,
    "list_parent": 1.25,
    "best_run": 1.35,
    "subject": 0.65,
    "subject_single": 1.33,
    "scored": 3.16,
    "unasked_scale": -0.5,
    "scored_heading": -1.07,
    "quoted": 1.87,
    "single_part": 1.8,
    "subject_part": 1.58,
    "labelled": 2.45,
    "several_below": 2.44,
    "has_points": -2.94,
    "has_times": 1.87,
    "has_grade": 0.74,
    "has_format": 1.55,
}

ELSEWHERE: Mapping[str, float] = {
    "bias": -3.5,
    "gap": 0.41,
    "absent": 1.39,
    "kind_gap": 1.47,
    "score": -0.04,
    "ratio": 3.69,
    "unlike": 1.24,
}

OFF_TOPIC: Mapping[str, float] = {
    "bias": 0.33,
    "matched": -0.55,
    "share": -1.08,
    "strange": 0.21,
    "unmatched": -0.45,
    "single": -0.37,
    "text": -0.55,
    "head": 0.0,
    "run": -1.74,
    "no_kind": 1.0,
    "concepts": -0.5,
    "following": -1.0,
    "points": -1.55,
    "clean": 0.12,
    "known": 0.64,
    "odd_share": 3.61,
    "domain": -2.54,
    "named": -3.0,
}

AWAY, OFF = 0.38, 0.55  # how strong the evidence for a refusal must be
STRANGE = 0.5  # the same, where no word of the question belongs to this field
