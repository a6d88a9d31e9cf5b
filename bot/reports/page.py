"""The one page of a report: what was counted, the pictures, the tables, links to all files. Nothing else is needed.

One HTML file without scripts and without anything from elsewhere; it prints well and follows the screen's light or
dark. Every word is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from bot.texts import reporting as texts


@dataclass(frozen=True)
class Link:
    """A file beside the page: its path from the page's folder, and what is said of it."""

    path: str
    label: str


@dataclass(frozen=True)
class Part:
    """One figure: heading, what it rests on, its picture's path ("" none) and size in pixels, its table, its files."""

    title: str
    lines: tuple[str, ...] = ()
    picture: str = ""
    size: tuple[int, int] = (0, 0)
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A heading with its parts; `id` is its place in the page."""

    id: str
    title: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Page:
    """The whole report. `lines` stand below the title, `rules` say how was counted, `forms` are the official ones."""

    title: str
    lines: tuple[str, ...]
    rules: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    forms: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()
    demo: bool = False
    language: str = field(default="zh-Hant-TW")


STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --soft: #595959; --line: #d9d9d9; --paper: #fff; --band: #f4f6f8;
  --link: #00507d; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #b8b8b8; --line: #454545; --paper: #161616;
  --band: #212529; --link: #7cc4f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.2rem 4rem; color: var(--ink); background: var(--paper);
  font: 1.05rem/1.65 "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.3; margin: 0 0 .4rem; }
h2 { font-size: 1.45rem; margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 3px solid #0072B2; }
h3 { font-size: 1.15rem; margin: 0 0 .2rem; }
p, ul { margin: .3rem 0; }
.soft, footer { color: var(--soft); }
.demo { font-weight: bold; border: 2px solid #D55E00; padding: .4rem .8rem; margin: .8rem 0; }
a { color: var(--link); }
nav ul { columns: 2; padding-left: 1.2rem; }
.part { margin: 0 0 2.2rem; padding: 1.1rem 1.2rem; border: 1px solid var(--line); border-radius: .6rem; }
.both { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: flex-start; margin-top: .8rem; }
.both img { width: 25rem; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: .3rem;
  background: #fff; }
.table { flex: 1 1 20rem; min-width: 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .5rem; border-bottom: 1px solid var(--line); text-align: right; }
th { background: var(--band); font-weight: 600; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
td:first-child { white-space: pre-wrap; }
.take { margin-top: .6rem; }
@media (max-width: 40rem) { nav ul { columns: 1; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } nav, .take, .top { display: none; }
  .part { break-inside: avoid; border: none; padding: 0; } .both img { width: 8.5cm; } h2 { break-after: avoid; }
  h2:not(:first-of-type) { break-before: page; } a { color: inherit; text-decoration: none; } }
"""


def html(page: Page) -> str:
    """The page as one HTML document."""
    body = [
        Markup("<header><h1>{}</h1>").format(page.title),
        Markup('<p class="demo">{}</p>').format(texts.DEMO_NOTE) if page.demo else Markup(""),
        *(Markup("<p>{}</p>").format(line) for line in page.lines),
        Markup('<ul class="soft">{}</ul></header>').format(_joined(Markup("<li>{}</li>"), page.rules)),
        _contents(page),
        *(_chapter(chapter) for chapter in page.chapters),
        _files("forms", texts.FORMS, page.forms),
        _files("files", texts.FILES, page.files),
    ]
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file: data:; "
            "style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
            "<body>\n{}\n</body>\n</html>\n"
        ).format(page.language, page.title, Markup(STYLE), Markup("\n").join(body))  # noqa: S704 - our own style sheet
    )


def _contents(page: Page) -> Markup:
    named = [(chapter.id, chapter.title) for chapter in page.chapters]
    named += [(name, title) for name, title, links in _lists(page) if links]
    rows = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*one) for one in named)
    return Markup('<nav id="top"><h3>{}</h3><ul>{}</ul></nav>').format(texts.CONTENTS, rows)


def _lists(page: Page) -> list[tuple[str, str, tuple[Link, ...]]]:
    return [("forms", texts.FORMS, page.forms), ("files", texts.FILES, page.files)]


def _chapter(chapter: Chapter) -> Markup:
    parts = Markup("\n").join(map(_part, chapter.parts)) or Markup("<p>{}</p>").format(texts.NOTHING)
    top = Markup('<p class="top"><a href="#top">{}</a></p>').format(texts.TOP)
    return Markup('<section id="{}"><h2>{}</h2>\n{}\n{}</section>').format(chapter.id, chapter.title, parts, top)


def _part(part: Part) -> Markup:
    lines = Markup("").join(Markup('<p class="soft">{}</p>').format(line) for line in part.lines)
    picture = Markup("")
    if part.picture:
        words = texts.PICTURE_OF.format(title=part.title)
        picture = Markup('<a href="{0}"><img src="{0}" width="{1}" height="{2}" alt="{3}" loading="lazy"></a>').format(
            quote(part.picture), *part.size, words
        )
    table = Markup('<div class="table">{}{}</div>').format(_table(part), _joined(Markup("<p>{}</p>"), part.notes))
    both = Markup('<div class="both">{}{}</div>').format(picture, table)
    return Markup('<article class="part"><h3>{}</h3>{}{}{}</article>').format(
        part.title, lines, both, _take(part.links)
    )


def _table(part: Part) -> Markup:
    if not part.rows:
        return Markup("<p>{}</p>").format(texts.NOTHING)
    head = _joined(Markup("<th>{}</th>"), part.headings)
    rows = Markup("\n").join(Markup("<tr>{}</tr>").format(_joined(Markup("<td>{}</td>"), row)) for row in part.rows)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)


def _take(links: Sequence[Link]) -> Markup:
    if not links:
        return Markup("")
    named = Markup("　").join(Markup('<a href="{}">{}</a>').format(quote(link.path), link.label) for link in links)
    return Markup('<p class="take">{}{}</p>').format(texts.TAKE, named)


def _files(name: str, title: str, links: Sequence[Link]) -> Markup:
    if not links:
        return Markup("")
    rows = Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(quote(link.path), link.label) for link in links
    )
    return Markup('<section id="{}"><h2>{}</h2><ul>{}</ul></section>').format(name, title, rows)


def _joined(pattern: Markup, values: Sequence[str]) -> Markup:
    return Markup("").join(pattern.format(value) for value in values)
