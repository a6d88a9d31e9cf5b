"""From the grown outline to passages: chains, bands, points, neighbours. Nothing is read from the file here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from knowledge.catalog import Credit
from knowledge.figures import figures
from knowledge.outline import Node, short_name
from knowledge.passages import GAP, LONGEST, Band, Passage
from knowledge.scales import bands, has_bands

_HEADLINE = 70


@dataclass(slots=True)
class _Draft:
    node: Node
    path: tuple[str, ...]
    parent: int | None
    children: list[int]
    text: str = ""
    id: str = ""


def passages(root: Node, document: str, credit: Credit) -> tuple[Passage, ...]:
    """Every node that says something as a passage, in the paper's order."""
    drafts: list[_Draft] = []
    _mark_options(root)
    _walk(root, (), None, drafts, _front(root))
    _name(drafts, document)
    return tuple(_passage(i, drafts, document, credit) for i in range(len(drafts)))


def _front(root: Node) -> set[int]:
    """The titles that stand before the first clause: they are the document's own name, not a part of it."""
    found: set[int] = set()
    for child in root.children:
        if child.kind == "title":
            found.add(id(child))
            if any(c.kind in ("mark", "section", "cell", "row") for c in child.children):
                break
        elif child.kind not in ("para", "form"):
            break
    return found


def _mark_options(node: Node) -> None:
    """Items that exclude each other, one of them worth nothing, are options of what stands above them."""
    for child in node.children:
        _mark_options(child)
    items = [c for c in node.children if c.kind == "item"]
    if len(items) > 1 and all(not c.children for c in items) and any(c.points == 0 for c in items):
        for c in items:
            c.kind = "option"


def _walk(node: Node, path: tuple[str, ...], parent: int | None, drafts: list[_Draft], front: set[int]) -> None:
    for child in node.children:
        if not any(p.strip() for p in child.pieces):
            _walk(child, path, parent, drafts, front)
            continue
        index = len(drafts)
        drafts.append(_Draft(child, path, parent, []))
        if parent is not None:
            drafts[parent].children.append(index)
        drafts[index].text = _own_text(child)
        below = path if id(child) in front or not child.label else (*path, _label(child))
        _walk(child, below, index, drafts, front)


def _label(node: Node) -> str:
    """A node's name in chains; a bare '第三條' takes the beginning of what it says with it."""
    label = re.sub(r"\s*\n\s*", " ", node.label)
    if node.marker and len(node.pieces) > 1 and len(label) <= len(node.marker.text) + 1:
        return f"{label} {short_name(node.pieces[1], True)}"
    return label


def _own_text(node: Node) -> str:
    lines = [p.strip() for p in node.pieces if p.strip()]
    lines += [p.strip() for c in node.children if c.kind == "option" for p in c.pieces]
    return "\n".join(lines)


def _name(drafts: list[_Draft], document: str) -> None:
    seen: set[str] = set()
    for draft in drafts:
        n = 0
        while True:
            source = "\0".join([document, *draft.path, draft.text, str(n)])
            draft.id = "p" + hashlib.sha256(source.encode()).hexdigest()[:14]
            if draft.id not in seen:
                break
            n += 1
        seen.add(draft.id)


def _passage(i: int, drafts: list[_Draft], document: str, credit: Credit) -> Passage:
    draft = drafts[i]
    node = draft.node
    found = _option_bands(node, draft.text) or bands(draft.text)
    whole = _whole(i, drafts)
    brief = _brief(i, drafts)
    cut = len(whole) > LONGEST
    kind = _kind(node, draft, bool(found))
    return Passage(
        id=draft.id,
        document=document,
        title=credit.title,
        office=credit.office,
        year=credit.year,
        path=draft.path,
        heading=_heading(node, draft),
        text=draft.text,
        full=brief if cut else whole,
        kind=kind,
        lines=(node.first, max(node.last, *(d.node.last for d in _below(i, drafts)), node.first)),
        order=i,
        marker=node.marker.text if node.marker else "",
        parent=None if draft.parent is None else drafts[draft.parent].id,
        children=tuple(drafts[c].id for c in draft.children),
        siblings=_siblings(i, drafts),
        points=node.points,
        least=node.least,
        bands=found,
        figures=figures(draft.text),
        brief=brief,
        cut=cut,
    )


def _below(i: int, drafts: list[_Draft]) -> list[_Draft]:
    found = []
    for c in drafts[i].children:
        found += [drafts[c], *_below(c, drafts)]
    return found or [drafts[i]]


def _heading(node: Node, draft: _Draft) -> str:
    """Its own short name, when it has children or a body, or names itself before a colon."""
    label = _label(node)
    if not label or node.kind in ("para", "note", "form", "reference"):
        return ""
    first = draft.text.split("\n", 1)[0].split(GAP)[0]
    alone = len(first.rstrip(" :：。*")) <= len(label) + 1 or label.startswith(first)
    named = len(label) <= 26 and first[len(label) : len(label) + 1] in (":", "：")
    body = len(draft.text) > len(first) + 1 or draft.children
    return label if (alone and body) or named or draft.children or node.kind in ("title", "annex", "row") else ""


def _kind(node: Node, draft: _Draft, banded: bool) -> str:
    simple = {"para": "clause", "reference": "clause", "annex": "title"}
    if node.kind in ("note", "form", "table", "row", "option", "title"):
        return node.kind
    if node.kind in simple:
        return simple[node.kind]
    if node.kind == "item" or has_bands(draft.text) or (node.points is not None and (banded or not draft.children)):
        return "item"
    first = draft.text.split("\n", 1)[0]
    if draft.children:
        says = "\n" in draft.text or len(first) > len(_label(node)) + 3 or first.endswith("。")
        return "list" if says else "heading"
    bare = len(first) <= 30 and "\n" not in draft.text and not re.search(r"[。；]$", first)
    return "heading" if bare and first.rstrip().endswith((":", "：")) else "clause"


def _siblings(i: int, drafts: list[_Draft]) -> tuple[str, ...]:
    parent = drafts[i].parent
    if parent is None:
        return ()
    kin = [c for c in drafts[parent].children if drafts[c].node.family == drafts[i].node.family]
    kin = [c for c in kin if (drafts[c].node.kind == "option") == (drafts[i].node.kind == "option")]
    return tuple(drafts[c].id for c in kin) if len(kin) > 1 else ()


def _whole(i: int, drafts: list[_Draft]) -> str:
    """The text with everything below it, in order; options stand in their item's text already."""
    lines = [drafts[i].text]
    head = ""
    for c in drafts[i].children:
        if drafts[c].node.kind == "row":
            first, _, rest = drafts[c].text.partition("\n")
            lines.append(rest if first == head else drafts[c].text)
            head = first
        elif drafts[c].node.kind != "option":
            lines.append(_whole(c, drafts))
        elif drafts[c].children:
            lines += [_whole(k, drafts) for k in drafts[c].children]
    return "\n".join(lines)


def _brief(i: int, drafts: list[_Draft]) -> str:
    """Own words, then the headlines below, as many levels as fit."""
    text = _cut_pieces(drafts[i].text)
    best = text
    for depth in range(1, 6):
        lines = _headlines(i, drafts, depth)
        longer = "\n".join([text, *lines])
        if len(longer) > LONGEST or longer == best:
            break
        best = longer
    if best == text and drafts[i].children:
        for line in _headlines(i, drafts, 1):
            if len(best) + len(line) + 1 > LONGEST:
                break
            best = f"{best}\n{line}"
    return best


def _headlines(i: int, drafts: list[_Draft], depth: int) -> list[str]:
    lines: list[str] = []
    for c in drafts[i].children:
        node = drafts[c].node
        if node.kind == "option" and node.pieces[0] in drafts[i].text:
            continue
        first = drafts[c].text.split("\n", 1)[0].strip()
        if node.kind == "row":
            lines.append(drafts[c].text.split("\n", 1)[-1])
            continue
        lines.append(first if len(first) <= _HEADLINE or not node.label else _label(node))
        if depth > 1:
            lines += _headlines(c, drafts, depth - 1)
    return lines


def _cut_pieces(text: str) -> str:
    """At most 800 characters, ending at a whole line or sentence."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    end = max(kept.rfind("\n"), kept.rfind("。") + 1, kept.rfind("；") + 1)
    return kept[: end if end > LONGEST // 3 else LONGEST].rstrip()


def _option_bands(node: Node, text: str) -> tuple[Band, ...]:
    found: list[Band] = []
    at = 0
    for child in node.children:
        if child.kind != "option" or child.points is None:
            continue
        line = child.pieces[0].strip()
        at = text.index(line, at)
        label = line.rsplit(GAP, 1)[-1]
        low = child.points if child.least is None else child.least
        found.append(Band(low, child.points, label, line, at, at + len(line)))
        at += len(line)
    return tuple(found)


def renamed(passage: Passage, **changes: object) -> Passage:
    """The passage with other field values; the benchmark makes its copies with it."""
    return replace(passage, **changes)  # type: ignore[arg-type]
