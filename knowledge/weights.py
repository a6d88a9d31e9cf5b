"""What each piece of evidence is worth: data for the ranking and the refusal, nothing else.

Fitted by logistic regression on labelled questions, with three fifths of the lexicon hidden at random, so that they
hold for words that the lexicon does not know (make fit); rounded and mended by hand. What the names mean stands with
the code that measures them (ranker.py, doubt.py, wording.py). It refuses to know single questions.
"""

from __future__ import annotations

from collections.abc import Mapping

RANKING: Mapping[str, float] = {
    "index": 5.65,
    "own": 0.84,
    "near": 4.36,
    "far": 2.96,
    "below": 3.19,
    "concept": 0.66,
    "concept_head": -0.41,
    "concept_part": 4.54,
    "single": 0.84,
    "head_covered": 1.15,
    "text_covered": -0.35,
    "kind": 1.21,
    "kind_missing": -1.04,
    "figure": 0.97,
    "band": 1.72,
    "negation": 0.58,
    "length": -2.02,
    "is_heading": -1.58,
    "is_title": 0.04,
    "is_form": 1.01,
    "is_option": -2.53,
    "is_item": 0.25,
    "list_parent": 1.5,
    "best_run": 1.34,
    "subject": 0.78,
    "subject_single": 1.25,
    "scored": 3.29,
    "unasked_scale": -1.11,
    "scored_heading": -1.16,
    "quoted": 1.93,
    "single_part": 1.94,
    "subject_part": 1.61,
    "labelled": 2.23,
    "several_below": 2.72,
    "has_points": -3.17,
    "has_times": 1.59,
    "has_grade": 0.72,
    "has_format": 1.51,
    "own_number": 1.5,
}

DOUBT: Mapping[str, float] = {
    "bias": 1.54,
    "foreign": 1.5,
    "life": 2.46,
    "odd_share": 1.32,
    "strange_high": 0.78,
    "figure": -1.0,
    "known": -2.22,
    "unmatched": 0.75,
    "text": -0.43,
    "score": -1.87,
    "points": -0.86,
    "concepts": -0.84,
    "fluent": -0.84,
    "domain": -0.31,
    "named": -2.04,
    "following": -0.35,
    "long": -1.95,
    "focus": 0.85,
    "sharp": -0.45,
    "sharp_missing": 1.0,
    "away_gap": 0.87,
    "away_unlike": 1.23,
}

DOUBTFUL = 0.36  # how strong the evidence for a refusal must be

ROWS: Mapping[str, float] = {  # which row of a scale is described in words (wording.py)
    "fit": 1.7,
    "agree": 1.5,
    "size": -0.55,
    "only_low": 1.07,
    "negation": 0.52,
    "unsaid": -0.85,
    "denied_above": 0.6,
}

SURE_ROW = 0.62  # the share of a row among all, from which on it is the answer
