"""The looks of official forms as OpenDocument styles: each is made once, when it is first used.

Sizes are in points and centimetres as the papers give them (「標楷體 14 號字，固定行高，行高：21」); a line height of 0
leaves it to the font. Chinese and Western characters get the same font and size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from odfdo import Document, Element, XmlPart

KAI = "標楷體"
Align = Literal["start", "center", "end", "justify"]


@dataclass(frozen=True)
class Look:
    """A paragraph's look: font, size and fixed line height in points, sides, space around in points, indents in cm."""

    name: str
    size: float = 12
    line: float = 0
    align: Align = "start"
    bold: bool = False
    before: float = 0
    after: float = 0
    left: float = 0
    hang: float = 0  # the first line begins so many cm further left than the others
    font: str = KAI
    middle: bool = False  # in a cell: in the middle of its height
    with_next: bool = False  # a heading stays with what follows it


@dataclass(frozen=True)
class Page:
    """A4: margins in cm, upright or on its side, and the words at the foot before the page's number."""

    landscape: bool = False
    margin: float = 2.0
    foot: str = ""


class Styles:
    """The styles of one document."""

    def __init__(self, document: Document, looks: Sequence[Look], *, spreadsheet: bool) -> None:
        self.spreadsheet = spreadsheet
        self._document = document
        self._looks = {look.name: look for look in looks}
        self._made: dict[tuple[Any, ...], str] = {}
        self._home = _found(document.content, "//office:automatic-styles")
        for style in self._home.children:
            self._home.delete(style)
        for part in (document.content, document.styles):
            faces = _found(part, "//office:font-face-decls")
            for font in sorted({look.font for look in looks}):
                faces.append(_node("style:font-face", {"style:name": font, "svg:font-family": f"'{font}'"}))

    def page(self, page: Page) -> None:
        """Sets the page's size, margins and foot."""
        short, long = "21cm", "29.7cm"
        layout = {
            "fo:page-width": long if page.landscape else short,
            "fo:page-height": short if page.landscape else long,
            "style:print-orientation": "landscape" if page.landscape else "portrait",
            **{f"fo:margin-{side}": f"{page.margin}cm" for side in ("top", "bottom", "left", "right")},
        }
        if self.spreadsheet:
            layout |= {"style:scale-to-X": "1", "style:scale-to-Y": "0", "style:table-centering": "horizontal"}
        path = "//style:page-layout[@style:name='Mpm1']/style:page-layout-properties"
        properties = _found(self._document.styles, path)
        for name, value in layout.items():
            properties.set_attribute(name, value)
        name = "Default" if self.spreadsheet else "Standard"
        master = _found(self._document.styles, f"//style:master-page[@style:name='{name}']")
        for child in master.children:
            master.delete(child)
        if self.spreadsheet:  # without an empty one, programs print the sheet's name there
            master.append(_node("style:header", {"style:display": "false"}))
        from odfdo import Element

        foot = Element.from_tag(
            "<style:footer><text:p text:style-name='kFoot'><text:span>第 </text:span>"
            "<text:page-number text:select-page='current'>1</text:page-number>"
            " 頁，共 <text:page-count>1</text:page-count> 頁</text:p></style:footer>"
        )
        if page.foot:
            _found(foot, "text:p/text:span").text = f"{page.foot}　第 "
        master.append(foot)
        self._foot_style()

    def _foot_style(self) -> None:
        style = _node("style:style", {"style:name": "kFoot", "style:family": "paragraph"})
        style.append(_node("style:paragraph-properties", {"fo:text-align": "center"}))
        font = next(iter(self._looks.values())).font
        style.append(_node("style:text-properties", _letters(Look("", 10, font=font))))
        _found(self._document.styles, "//office:automatic-styles").append(style)

    def paragraph(self, look: str, break_before: bool = False) -> str:
        """The paragraph style of a look. Raises KeyError for one that was not given: that is a fault of ours."""
        return self._style("P", "paragraph", self._look_parts(self._looks[look], break_before), (look, break_before))

    def in_cell(self, look: str) -> str | None:
        """The style of a paragraph in a cell: a spreadsheet's cell has it itself."""
        return None if self.spreadsheet else self.paragraph(look)

    def bold(self) -> str:
        """The style of bold words."""
        properties = {"fo:font-weight": "bold", "style:font-weight-asian": "bold"}
        return self._style("B", "text", [("style:text-properties", properties)], ())

    def table(self, widths: Sequence[float], break_before: bool) -> str:
        """The style of a table."""
        properties: dict[str, Any] = {"style:width": f"{sum(widths):.2f}cm", "table:align": "center"}
        if self.spreadsheet:
            properties = {"table:display": "true", "style:writing-mode": "lr-tb"}
        if break_before:
            properties["fo:break-before"] = "page"
        extra = {"style:master-page-name": "Default"} if self.spreadsheet else {}
        key = (*widths, break_before)
        return self._style("T", "table", [("style:table-properties", properties)], key, extra)

    def column(self, width: float) -> str:
        """The style of a column of that width in cm."""
        return self._style(
            "C", "table-column", [("style:table-column-properties", {"style:column-width": f"{width}cm"})], (width,)
        )

    def row(self, height: float, whole: bool) -> str:
        """The style of a row: at least that high in cm (0: as high as its text), kept on one page or not."""
        properties = {"fo:keep-together": "always" if whole else "auto"}
        if height:
            properties["style:row-height" if self.spreadsheet else "style:min-row-height"] = f"{height}cm"
        if self.spreadsheet:
            properties["style:use-optimal-row-height"] = "false" if height else "true"
        return self._style("R", "table-row", [("style:table-row-properties", properties)], (height, whole))

    def cell(self, look: str, frame: bool) -> str:
        """The style of a cell; in a spreadsheet it holds the letters too."""
        known = self._looks[look]
        properties = {
            "fo:border": "0.5pt solid #000000" if frame else "none",
            "fo:padding": "0.08cm",
            "style:vertical-align": "middle" if known.middle else "top",
        }
        parts: list[tuple[str, dict[str, Any]]] = [("style:table-cell-properties", properties)]
        if self.spreadsheet:
            properties |= {"fo:wrap-option": "wrap", "style:text-align-source": "fix"}
            parts += self._look_parts(known, False)
        return self._style("D", "table-cell", parts, (look, frame))

    def _look_parts(self, look: Look, break_before: bool) -> list[tuple[str, dict[str, Any]]]:
        sides: dict[str, Any] = {"fo:text-align": look.align}
        if not self.spreadsheet:
            sides |= {
                "fo:margin-top": f"{look.before}pt",
                "fo:margin-bottom": f"{look.after}pt",
                "fo:margin-left": f"{look.left + look.hang:.2f}cm",
                "fo:text-indent": f"{-look.hang:.2f}cm",
                "fo:line-height": f"{look.line:g}pt" if look.line else "normal",
                "fo:break-before": "page" if break_before else "auto",
                "fo:keep-with-next": "always" if look.with_next else "auto",
                "style:snap-to-layout-grid": "false",
                "fo:orphans": 1,
                "fo:widows": 1,
            }
        return [("style:paragraph-properties", sides), ("style:text-properties", _letters(look))]

    def _style(
        self,
        letter: str,
        family: str,
        parts: Sequence[tuple[str, dict[str, Any]]],
        key: tuple[Any, ...],
        extra: dict[str, str] | None = None,
    ) -> str:
        name = self._made.get((letter, *key))
        if name is None:
            name = self._made[(letter, *key)] = f"k{letter}{len(self._made) + 1}"
            style = _node("style:style", {"style:name": name, "style:family": family, **(extra or {})})
            for tag, properties in parts:
                style.append(_node(tag, properties))
            self._home.append(style)
        return name


def _letters(look: Look) -> dict[str, Any]:
    weight = "bold" if look.bold else "normal"
    found: dict[str, Any] = {"fo:language": "en", "fo:country": "US", "style:font-name": look.font}
    for prefix, end in (("fo", ""), ("style", "-asian")):
        found |= {f"{prefix}:font-size{end}": f"{look.size:g}pt", f"{prefix}:font-weight{end}": weight}
    return found | {"style:font-name-asian": look.font, "style:language-asian": "zh", "style:country-asian": "TW"}


def _found(inside: XmlPart | Element, path: str) -> Element:
    """The element that odfdo's own templates always have. Raises ValueError without."""
    found = inside.get_element(path)
    if found is None:
        raise ValueError(f"the template has no {path}")
    return found


def _node(tag: str, attributes: dict[str, Any] | None = None, text: str = "") -> Element:
    from odfdo import Element

    made = Element.from_tag(tag)
    for name, value in (attributes or {}).items():
        made.set_attribute(name, str(value))
    if text:
        made.text = text
    return made
