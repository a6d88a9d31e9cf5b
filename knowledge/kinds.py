"""The kind of answer that a question asks for, and whether a passage can give it.

How often a thing is tested is not how many points it earns: the kinds stand in the lexicon as patterns for questions
and for passages. It refuses to decide alone: kinds are evidence for the ranking, nothing is filtered by them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.lexicon import Lexicon

NEGATION = re.compile(r"沒有|沒|未|不|無|非|毋|免|別|勿|只有|只|光")
_NEGATED = re.compile(r"(?:沒有|沒|未|不(?!好意思|知道|曉得|同|一樣|過|定期|客氣)|無(?!障礙)|毋)")


class Kinds:
    """Compiled patterns of the lexicon's kinds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ask = {k.name: re.compile("|".join(k.ask)) for k in lexicon.kinds if k.ask}
        self._shown = {k.name: re.compile("|".join(k.shown)) for k in lexicon.kinds if k.shown}

    def asked(self, question: str) -> frozenset[str]:
        """The kinds that a normalised question asks for; often more than one, possibly none."""
        return frozenset(name for name, pattern in self._ask.items() if pattern.search(question))

    @lru_cache(maxsize=20_000)  # noqa: B019 - one instance lives as long as its library
    def shown(self, text: str) -> frozenset[str]:
        """The kinds of answer that a normalised passage without spaces can give."""
        return frozenset(name for name, pattern in self._shown.items() if pattern.search(text))


def negations(text: str) -> int:
    """How many negations a text has; 不同, 不知道 and other fixed words do not count."""
    return len(_NEGATED.findall(text))
