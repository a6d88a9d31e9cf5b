"""Aligned tables on a terminal: a name, then right-aligned cells. Figures only; nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence


def cells(values: Sequence[float | None], form: str) -> list[str]:
    """Numbers in one form; a dash where there is none."""
    return ["–" if value is None else form.format(value) for value in values]


def ratio(value: float | None, base: float) -> str:
    """How many times the base a value is."""
    return "–" if value is None or not base else f"{value / base:.2f}×"


def show(title: str, head: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Prints a table."""
    widths = [max(len(h), *(len(row[i]) for _name, row in rows)) + 2 for i, h in enumerate(head)]
    first = max(len(name) for name, _row in rows) + 2
    print(f"\n{title}")
    print("  " + " " * first + "".join(h.rjust(w) for h, w in zip(head, widths, strict=True)))
    for name, row in rows:
        print("  " + name.ljust(first) + "".join(c.rjust(w) for c, w in zip(row, widths, strict=True)))
