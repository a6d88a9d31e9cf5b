"""What each piece of evidence is worth: data for the ranking and the refusal, nothing else.

Fitted by logistic regression on labelled questions, with three fifths of the lexicon hidden at random, so that they
hold for words that the lexicon does not know; rounded by hand. What the names mean stands with the code that measures
them (ranker.py, refusal.py). It refuses to know single questions.
"""

from __future__ import annotations

from collections.abc import Mapping

RANKING: Mapping[str, float] = {
    "index": 3.12,
    "own_title": -0.37,
    "own": 0.89,
    "heading": 0.2,
    "near": 4.64,
    "far": 2.52,
    "below": 2.05,
    "concept": 1.21,
    "concept_head": -0.13,
    "own_part": 0.45,
    "concept_part": 4.63,
    "single": 1.63,
    "head_covered": 2.09,
    "text_covered": 1.45,
    "kind": 1.14,
    "kind_missing": -0.72,
    "figure": 0.8,
    "band": 1.45,
    "negation": 0.67,
    "length": -0.49,
    "is_heading": -2.62,
    "is_title": -0.44,
    "is_form": 0.23,
    "is_option": -2.11,
    "is_item": -0.24,
    "list_parent": 0.0,
    "best_run": 1.42,
    "subject": 0.52,
    "subject_single": 1.74,
    "scored": 2.87,
    "scored_heading": -0.99,
    "quoted": 1.5,
    "single_part": 1.52,
    "subject_part": 1.43,
    "labelled": 2.92,
    "several_below": 1.91,
    "has_points": -2.52,
    "has_times": 1.65,
    "has_grade": 0.99,
    "has_format": 1.46,
}

ELSEWHERE: Mapping[str, float] = {
    "bias": -4.0,
    "gap": 0.37,
    "absent": 2.42,
    "kind_gap": 2.13,
    "score": -0.04,
    "ratio": 4.4,
    "unlike": 1.67,
}

OFF_TOPIC: Mapping[str, float] = {
    "bias": 0.28,
    "matched": -0.6,
    "share": -0.58,
    "strange": 0.23,
    "unmatched": -0.64,
    "single": -0.41,
    "text": -0.7,
    "head": 0.0,
    "run": -2.11,
    "no_kind": 1.08,
    "concepts": -0.41,
    "following": -1.0,
    "points": -1.74,
    "clean": 0.38,
    "known": 0.89,
    "odd_share": 3.36,
    "domain": -2.82,
    "named": -1.8,
}

AWAY, OFF = 0.4, 0.55  # how strong the evidence for a refusal must be
