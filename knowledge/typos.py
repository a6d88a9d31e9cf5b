"""Mends what a keyboard does to a question: same-sound characters, 注音, pinyin, look-alikes, swapped characters.

The library's own words are the dictionary: a character is doubted only when neither neighbour makes a known pair with
it, and replaced only by one that sounds (or looks) alike and makes such a pair. It refuses to touch names and words
that it knows, so a correct question comes back as it was.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from knowledge.normal import plain, pronouncing

_HAN = "\u3400-\u9fff"
_PIECE = re.compile(r"[\u3105-\u312f]+[ˊˇˋ˙]?|[a-z]+|[^a-z]")
_RUN = re.compile(f"[{_HAN}]{{2,}}")
_LOOKALIKE = (
    "未末",
    "己已巳",
    "土士",
    "干千",
    "侯候",
    "代伐",
    "折拆析",
    "免兔",
    "辨辦辯",
    "曾會",
    "撥潑",
    "栽裁",
    "徽微",
    "名各",
    "受愛",
    "人入",
    "大太",
    "問間",
    "待侍",
    "帶滯",
    "籤簽",
    "響嚮",
    "設沒",
    "聲磬",
    "便使",
)
_PARTICLE = {
    "ㄉ": "的",
    "ㄋ": "呢",
    "ㄇ": "嗎",
    "ㄚ": "啊",
    "ㄅ": "吧",
    "ㄌ": "了",
    "ㄍ": "個",
    "ㄎ": "",
    "ㄏ": "",
    "ㄟ": "",
    "ㄛ": "喔",
    "ㄜ": "",
    "ㄘ": "",
    "ㄔ": "",
    "ㄒ": "",
    "ㄙ": "",
    "ㄗ": "在",
    "ㄐ": "",
    "ㄓ": "之",
    "ㄕ": "是",
    "ㄖ": "",
}
_CHANGE, _LIGHT_CHANGE, _GUESS = 0.75, 1.4, 0.1  # what a changed character must earn back; a small word; a bare sound
_NEVER = frozenset("哪誰何嗎呢吧啊喔了的給占佔")  # words of asking: always meant as they stand
_LIGHT = frozenset(
    "的是有給那這裡題項級格各要講說才再和都也或還但時到個人上下中與去來把被讓叫用在不沒過得著了就只能會可以為從對前後內外打拿寫找看放跑列交舉"
    "差點塊些位份種名一二三四五六七八九十百幾多少很太最更乙丙丁甲啊呢嗎吧喔然而且若則其此該每跟由記完卻它他她你我某隔第只之者所無並乾補"
)
_MOST = 14  # characters tried for one sound
_LONGEST = 240  # characters looked at
_DOUBTS = 60  # places mended in one question


@dataclass(frozen=True, slots=True)
class Mended:
    """The question with what was mended; `changes` are (as typed, as read)."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


@cache
def _readings(character: str) -> tuple[str, ...]:
    """All pinyin syllables of a character, without tones."""
    sound = pronouncing()
    found = sound.pinyin(character, style=sound.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0][:2]) if found else ()  # further readings are rare ones


@cache
def _zhuyin(character: str) -> tuple[str, ...]:
    sound = pronouncing()
    found = sound.pinyin(character, style=sound.Style.BOPOMOFO, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(f.strip("ˊˇˋ˙") for f in found[0])) if found else ()


class Mender:
    """Built once. `count` says in how many passages a pair of characters stands, `characters` are those of the library
    with how often they stand there; in `common`, the words that people use, nothing is wrong."""

    def __init__(self, count: Callable[[str], int], characters: Mapping[str, int], common: Iterable[str]) -> None:
        self._count = count
        self._pairs: Counter[str] = Counter()
        self._whole: set[str] = set()
        for word in common:
            self._learn(word, 2)
            if len(word) == 1:
                self._whole.add(word)
        spoken = Counter(characters)
        spoken.update("".join(self._pairs))
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._common_first = tuple(character for character, _often in spoken.most_common())
        for character in self._common_first:
            for syllable in _readings(character):
                self._by_sound[syllable].append(character)
        self._alike: dict[str, str] = {}
        for group in _LOOKALIKE:
            for character in group:
                self._alike[character] = self._alike.get(character, "") + group.replace(character, "")

    @cached_property
    def _by_zhuyin(self) -> Mapping[str, Sequence[str]]:
        """The characters of each sound in 注音, made when a question first has any."""
        found: dict[str, list[str]] = defaultdict(list)
        for character in self._common_first:
            for symbols in _zhuyin(character):
                found[symbols].append(character)
        return found

    def _known(self, pair: str) -> int:
        """How often a pair stands in the library or among the common words."""
        chinese = len(pair) == 2 and "\u3400" <= pair[0] <= "\u9fff" and "\u3400" <= pair[1] <= "\u9fff"
        return (self._count(pair) if chinese else 0) + self._pairs.get(pair, 0)

    def _learn(self, text: str, weight: int) -> None:
        for run in _RUN.findall(plain(text)):
            for i in range(len(run) - 1):
                self._pairs[run[i : i + 2]] += weight

    def mend(self, text: str, english: frozenset[str] = frozenset(), words: Iterable[str] = ()) -> Mended:
        """The normalised question mended. Never raises; text beyond 240 characters is left alone.

        `words` stand in the text as somebody meant them: their characters are not doubted.
        """
        head, tail = text[:_LONGEST], text[_LONGEST:]
        meant = frozenset(word[i : i + 2] for word in words for i in range(max(len(word) - 1, 1)))
        swapped = self._unswap(head, meant)
        columns = self._columns(swapped, english, meant)
        if all(len(options) == 1 for _token, options, _cost in columns):
            return Mended(swapped + tail, ((head, swapped),) if swapped != head else ())
        read = self._best(columns)
        changes = tuple((piece, char) for (piece, _o, _c), char in zip(columns, read, strict=True) if piece != char)
        return Mended("".join(read) + tail, changes)

    def _value(self, left: str, right: str) -> float:
        count = self._known(left + right)
        return 0.0 if not count else 0.7 if count < 2 else 1.0 if count < 4 else 1.15 if count < 10 else 1.25

    def _unswap(self, text: str, meant: frozenset[str]) -> str:
        """進事 where 事進 makes known pairs: the two characters change places."""
        chars = list(text)
        for i in range(len(chars) - 1):
            a, b = chars[i], chars[i + 1]
            if (
                a == b
                or not ("\u3400" <= a <= "\u9fff" and "\u3400" <= b <= "\u9fff")
                or self._known(a + b)
                or a + b in meant
                or (i and chars[i - 1].isdigit())  # 110年: the unit stays with its number
                or self._repairable(a, b)
            ):
                continue
            before = chars[i - 1] if i else ""
            after = chars[i + 2] if i + 2 < len(chars) else ""
            kept = bool(self._known(before + a)) + bool(self._known(b + after))
            turned = bool(self._known(before + b)) + bool(self._known(b + a)) + bool(self._known(a + after))
            if (not kept and (turned >= 2 or self._known(b + a) >= 2)) or turned - kept >= 3:
                chars[i], chars[i + 1] = b, a
        return "".join(chars)

    def _repairable(self, a: str, b: str) -> bool:
        """True when one of the two, written with another character of its sound, makes a known pair as it stands."""
        return any(self._known(c + b) > 1 for c in self._same_sound(a)) or any(
            self._known(a + c) > 1 for c in self._same_sound(b)
        )

    def _columns(
        self, text: str, english: frozenset[str], meant: frozenset[str]
    ) -> list[tuple[str, Sequence[str], float]]:
        """For each piece of the text: as typed, the characters it may stand for, and what a change costs."""
        columns: list[tuple[str, Sequence[str], float]] = []
        pieces = _PIECE.findall(text)
        doubts = 0
        for i, piece in enumerate(pieces):
            if "\u3105" <= piece[0] <= "\u312f":
                columns.extend(self._from_zhuyin(piece))
            elif piece[0].isascii() and piece.isalpha() and piece not in english:
                columns.extend(self._from_pinyin(piece))
            elif "\u3400" <= piece <= "\u9fff" and doubts < _DOUBTS and self._doubtful(pieces, i, meant):
                doubts += 1
                columns.append((piece, self._same_sound(piece), _LIGHT_CHANGE if piece in _LIGHT else _CHANGE))
            elif piece == " " and columns and columns[-1][2] == _GUESS:
                continue  # the spaces between syllables of pinyin are no borders of words
            else:
                columns.append((piece, (piece,), 0.0))
        return columns

    def _doubtful(self, pieces: Sequence[str], i: int, meant: frozenset[str]) -> bool:
        before = pieces[i - 1] if i else ""
        after = pieces[i + 1] if i + 1 < len(pieces) else ""
        if (
            pieces[i] in self._whole
            or pieces[i] in _NEVER
            or not meant.isdisjoint((before + pieces[i], pieces[i] + after, pieces[i]))
        ):
            return False
        return not self._known(before + pieces[i]) and not self._known(pieces[i] + after)

    def _same_sound(self, character: str) -> tuple[str, ...]:
        options = [character, *self._alike.get(character, "")]
        for syllable in _readings(character):
            options.extend(self._by_sound.get(syllable, ())[:_MOST])
        return tuple(dict.fromkeys(options))

    def _from_zhuyin(self, piece: str) -> list[tuple[str, Sequence[str], float]]:
        symbols = piece.strip("ˊˇˋ˙")
        options = () if piece in _PARTICLE else self._by_zhuyin.get(symbols, ())
        if options:
            return [(piece, tuple(options[:20]), _GUESS)]
        if all(symbol in _PARTICLE for symbol in symbols):
            return [(piece, ("".join(_PARTICLE[symbol] for symbol in symbols),), 0.0)]
        return [(piece, (piece,), 0.0)]

    def _from_pinyin(self, piece: str) -> list[tuple[str, Sequence[str], float]]:
        syllables = self._split(piece)
        if not syllables:
            return [(piece, (piece,), 0.0)]
        options = [tuple(self._by_sound[s][:30]) for s in syllables]
        if len(options) == 1:
            return [(piece, (piece, *options[0]), _GUESS)]
        return [(s, o, _GUESS) for s, o in zip(syllables, options, strict=True)]

    def _split(self, piece: str) -> list[str]:
        """The syllables of a pinyin word; [] when it is none. A word of several syllables needs a known pair."""
        ways: dict[int, list[str]] = {0: []}
        for end in range(1, len(piece) + 1):
            for start in range(max(0, end - 6), end):
                if start in ways and piece[start:end] in self._by_sound and len(piece[start:end]) > (len(piece) > 1):
                    ways[end] = [*ways[start], piece[start:end]]
                    break
        found = ways.get(len(piece), [])
        known = any(
            self._known(a + b) for x, y in pairwise(found) for a in self._by_sound[x] for b in self._by_sound[y]
        )
        return found if found and (len(found) == 1 or known) else []

    def _best(self, columns: Sequence[tuple[str, Sequence[str], float]]) -> list[str]:
        """The reading with the most known pairs for the fewest changes (Viterbi)."""
        scores: dict[str, float] = {"": 0.0}
        trail: list[dict[str, str]] = []
        for piece, options, cost in columns:
            step: dict[str, float] = {}
            back: dict[str, str] = {}
            for option in options:
                own = 0.0 if option == piece else -cost
                source, value = max(
                    ((s, v + self._value(s[-1:], option[:1])) for s, v in scores.items()), key=lambda sv: sv[1]
                )
                step[option], back[option] = value + own, source
            scores = step
            trail.append(back)
        read = [max(scores, key=lambda option: scores[option])]
        for back in reversed(trail[1:]):
            read.append(back[read[-1]])
        return read[::-1]
