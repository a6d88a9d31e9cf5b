"""What each piece of evidence is worth: data for the ranking and the refusal, nothing else.

Fitted by logistic regression on labelled questions, with three fifths of the lexicon hidden at random, so that they hold for words that the lexicon does not know; rounded by hand. What the names mean stands with the code
that measures them (ranker.py, refusal.py). It refuses to know single questions.
"""

from __future__ import annotations

from collections.abc import Mapping

RANKING: Mapping[str, float] = {
    "own": 1.27,
    "heading": 0.46,
    "near": 4.62,
    "far": 2.88,
    "below": 1.33,
    "concept": 2.67,
    "concept_head": 0.29,
    "own_part": 0.99,
    "concept_part": 4.26,
    "single": 2.54,
    "head_covered": 2.72,
    "text_covered": 2.47,
    "kind": 1.34,
    "kind_missing": -0.85,
    "figure": 0.91,
    "band": 1.18,
    "negation": 0.88,
    "length": 0.51,
    "is_heading": -2.81,
    "is_title": -0.87,
    "is_form": -0.42,
    "is_option": -1.17,
    "is_item": -0.19,
    "list_parent": 0.0,
    "best_run": 1.22,
    "subject": 0.7,
    "subject_single": 2.31,
    "scored": 2.44,
    "scored_heading": -0.53,
    "quoted": 1.48,
    "single_part": 1.29,
    "subject_part": 1.18,
    "labelled": 3.55,
    "several_below": 1.52,
    "has_points": -2.7,
    "has_times": 1.34,
    "has_grade": 1.58,
    "has_format": 1.36,
}

ELSEWHERE: Mapping[str, float] = {
    "bias": -3.53,
    "gap": 0.33,
    "absent": 2.35,
    "kind_gap": 2.42,
    "score": -0.05,
    "ratio": 3.22,
}

OFF_TOPIC: Mapping[str, float] = {
    "bias": 1.01,
    "matched": -0.71,
    "share": -0.82,
    "strange": 0.13,
    "unmatched": -0.7,
    "single": -0.3,
    "text": -0.46,
    "head": -0.08,
    "run": -2.27,
    "no_kind": 1.01,
    "concepts": -0.29,
    "following": -1.0,
    "points": -1.98,
    "clean": 0.29,
    "known": 0.96,
    "odd_share": 2.82,
    "domain": -3.44,
    "named": -1.8,
}

AWAY, OFF = 0.4, 0.58  # how strong the evidence for a refusal must be
