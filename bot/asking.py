"""One question, one answer: what `kaoping ask` prints and what the question conversation shows.

The knowledge package finds and cites; here the citation becomes a message: a short lead, the quote with the asked part
in bold, where it stands, what the sheets can compute. It refuses to say anything about the rules that is not quoted or
computed by a sheet.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

import rubrics
from bot.app import Services
from bot.computing import computed
from bot.messages import plain
from bot.texts import ask as texts
from knowledge.answers import Answer, Quote
from knowledge.normal import traditional

SIMPLIFIED = "电话"  # any Simplified word: reading it loads the table
LIMIT = 3900  # UTF-16 units of a reply: Telegram takes 4,096, buttons' labels need none of it
_SHARE = re.compile("滿分|配分|[占佔]了?[幾多]|最[高多](?:可以|能|會)?(?:拿|給|得|值|到)?[幾多]|值多少|總分是")
VALUE = 60  # characters of another office's value in the list of others


def ask(
    services: Services, question: str, history: Sequence[str] = (), home: str | None = None, buttons: bool = False
) -> tuple[Answer, Markup]:
    """The answer and the message that shows it; with `buttons` below it, what they say is not said twice."""
    answer = services.library.ask(question, history, home)
    return answer, message(services, answer, buttons)


def ask_one(services: Services, line: Mapping[str, Any]) -> dict[str, Any]:
    """One line of a batch ({id, question, history}) answered: {id, status, reply, answers, seconds}."""
    started = time.perf_counter()
    history = [str(turn) for turn in line.get("history") or []]
    answer, shown = ask(services, str(line.get("question") or ""), history)
    quotes = answer.quotes if answer.status == "no_answer" else (*answer.quotes, *answer.alternatives)
    return {
        "id": line.get("id", ""),
        "status": answer.status,
        "reply": plain(shown),
        "answers": [{"document": q.document, "section": q.section, "text": q.text} for q in quotes],
        "seconds": round(time.perf_counter() - started, 4),
    }


def ask_batch(services: Services, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each line answered, in order."""
    make_ready(services)
    for line in lines:
        yield ask_one(services, line)


def make_ready(services: Services) -> None:
    """Loads what the first questions would have to wait for: the index, and the table of Simplified characters."""
    services.library.ask(traditional(SIMPLIFIED))


def message(services: Services, answer: Answer, buttons: bool = False) -> Markup:
    """The message for an answer, at most 3,900 UTF-16 units; with `buttons`, suggestions stand on them alone."""
    if answer.status == "no_answer":
        return _refusal(services, answer, buttons)
    lines = [list(computed(services, answer, quote)) for quote in answer.quotes]
    parts = [_lead(answer, lines[0][0] if lines[0] else "")]
    for quote, under in zip(answer.quotes, lines, strict=True):
        parts.append(_block(quote))
        parts.extend(_say(texts.COMPUTED, line=line) for line in under)
    if answer.alternatives:
        parts.append(_others(answer.alternatives))
    return _fitted(parts)


def whole(quote: Quote) -> Markup:
    """The whole clause with what hangs below it, and its source line."""
    full = replace(quote, text=quote.full, bold=())
    return _block(full)


def _say(template: str, **values: object) -> Markup:
    """A sentence with its values, all of it escaped."""
    return escape(template.format(**values))


def _lead(answer: Answer, computed_line: str) -> Markup:
    """The line that answers: what the quote says by itself, else what a sheet computes, else where it stands."""
    if answer.comparing:
        return escape(texts.LEAD_COMPARE)
    quote = answer.quotes[0]
    if answer.status == "clarify":
        return escape(texts.LEAD_CLARIFY)
    topic = _topic(quote)
    if quote.most is not None and _SHARE.search(answer.understood.text):
        return _say(texts.LEAD_MOST, topic=topic, points=rubrics.plain(quote.most))
    counted = any(q.unit in ("聲", "秒") for q in answer.understood.quantities)
    if quote.band is not None and not counted:
        band = quote.bands[quote.band]
        points = band.label.strip("()（）") if band.threshold is not None or band.low is not None else ""
        digits = points.replace("分", "").strip()
        if digits and digits[0].isdigit():
            return _say(texts.LEAD_BAND, topic=topic, points=digits)
        if len(band.text) <= VALUE:
            return _say(texts.LEAD_SAYS, office=quote.office or quote.title, words=band.text.strip())
        return _say(texts.LEAD_ROW, topic=topic)
    if quote.point:
        return _say(texts.LEAD_SAYS, office=quote.office or quote.title, words=quote.point)
    if computed_line:
        return escape(computed_line)
    if topic and len(quote.bands) > 1 and "points" in answer.understood.kinds:
        return _say(texts.LEAD_ROWS, topic=topic)
    if topic:
        return _say(texts.LEAD_CLAUSE, topic=topic)
    return _say(texts.LEAD_WHOLE, office=quote.office or quote.title)


def _topic(quote: Quote) -> str:
    return quote.section.rpartition(" › ")[2]


def _block(quote: Quote) -> Markup:
    """The quote, the asked part in bold, and its source line."""
    shown = Markup("")
    at = 0
    for start, end in sorted(quote.bold):
        shown += escape(quote.text[at:start]) + Markup("<b>{}</b>").format(quote.text[start:end])
        at = end
    shown += escape(quote.text[at:])
    template = texts.SOURCE if quote.section else texts.SOURCE_BARE
    return Markup("<blockquote>{}</blockquote>\n").format(shown) + _say(
        template, title=quote.title, section=quote.section
    )


def _others(quotes: Sequence[Quote]) -> Markup:
    lines = [escape(texts.OTHERS)]
    for quote in quotes:
        year = texts.YEAR.format(year=quote.year) if quote.year else ""
        lines.append(_say(texts.OTHER, office=quote.office or quote.title, year=year, value=_value(quote)))
    return Markup("\n").join(lines)


def _value(quote: Quote) -> str:
    """What another document says, in one line."""
    spans = quote.bold or ((0, len(quote.text)),)
    value = " ".join(quote.text[spans[0][0] : spans[0][1]].split())
    return value if len(value) <= VALUE else value[:VALUE] + texts.CUT


def _refusal(services: Services, answer: Answer, buttons: bool) -> Markup:
    parts = [_no(answer)]
    if answer.alternatives:
        lines = [escape(texts.ELSEWHERE)]
        lines += [_say(texts.OTHER, office=q.office or q.title, year="", value=_topic(q)) for q in answer.alternatives]
        parts.append(Markup("\n").join(lines))
    elif answer.reason == "unknown_name":
        heads = services.library.shelf.documents[:8]
        parts.append(
            Markup("\n").join([escape(texts.KNOWN), *(_say(texts.MAYBE_LINE, question=h.title) for h in heads)])
        )
    if answer.suggestions:
        listed = () if buttons else answer.suggestions
        lines = [escape(texts.MAYBE), *(_say(texts.MAYBE_LINE, question=s) for s in listed)]
        parts.append(Markup("\n").join(lines))
    return _fitted(parts)


def _no(answer: Answer) -> Markup:
    missing = "、".join(answer.missing)
    if answer.reason == "unknown_name":
        return _say(texts.NO_UNKNOWN, names=missing)
    if answer.reason == "not_stated":
        return _say(texts.NO_NOT_STATED, words=answer.missing[0])
    offices = answer.understood.named.offices
    if answer.reason == "not_here" and offices:
        return _say(texts.NO_NOT_HERE, office="、".join(offices))
    return escape(texts.NO_EMPTY if answer.reason == "empty" else texts.NO_OFF_TOPIC)


def _fitted(parts: Sequence[Markup]) -> Markup:
    """The parts as one message; the last ones are left out when there is no room."""
    kept: list[Markup] = []
    size = 0
    for part in parts:
        size += len(plain(part).encode("utf-16-le")) // 2 + 2
        if size > LIMIT and kept:
            break
        kept.append(part)
    return Markup("\n\n").join(kept)
