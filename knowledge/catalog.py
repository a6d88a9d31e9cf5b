"""Who issued a document, for which year, under which title and number: read from the document's own words.

No list of agencies stands here; the lexicon may add spoken names. What the text does not say stays empty, and the year
of a document that names none in its title is the latest year among its legal bases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.figures import numeral
from knowledge.markers import match
from knowledge.normal import plain

_ENDS = (
    "委員會|辦公室|事務所|分局|分署|部(?![分門])|總署|署|總局|局(?!部)|司(?![法機])|總處|處(?![理分罰])|縣政府|市政府|府|總院|院(?![長])|"
    "大學|學院|學校|高中|國中|國小|高級中學|國民中學|國民小學|文化館|紀念館|工廠|轉運站|中心(?!點)|公所|衛生所|研究所|基金會|協會|學會|公會|公司|圖書館|博物館|醫院|法院|銀行|會(?![議員計])"
)
_OFFICE = re.compile(rf"^[(（【]?(?P<office>(?:[\u3400-\u9fff]{{1,11}}?(?:{_ENDS}))+)")
_YEAR = re.compile(r"(?<!\d)(?P<year>1?\d{2})\s*(?:學年度|年度|學年|年)")
_WEST = re.compile(r"(?<!\d)(?P<year>19[1-9]\d|20[0-4]\d)\s*(?:學年度|年度|年)?")
_HAN_YEAR = re.compile(r"民國\s*(?P<year>[一二三四五六七八九十百○〇零]{2,6}|\d{2,3})\s*年")
_SAYS = re.compile(
    rf"(?:^|[\s、.]|條)(?P<who>(?:[\u3400-\u9fff]{{1,9}}?(?:{_ENDS}))+)(?:[(（]以下(?:簡)?稱本|為[^。]{{2,60}}(?:訂定|制定|特訂))"
)
_ISSUER = re.compile(r"(?:主辦|辦理|發行|訂定|主管|發布|制定)(?:機關|單位)\s*[:：]\s*(?P<who>\S+)")
_NUMBER = re.compile(r"(?<=日)[\u3400-\u9fff]{1,10}字第\s*\d{6,}\s*號")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a document says of itself. year: ROC; number: its own letter (發文字號) when it has one."""

    title: str
    office: str
    year: int | None
    number: str
    aliases: tuple[str, ...]


def office_of(title: str) -> str:
    """The agency that a title begins with: '經濟部礦務局' of '經濟部礦務局 100 年度…'; '' without one."""
    head = re.split(r"\s*(?:1?\d{2}|20\d{2})\s*(?:學年|年)", title, maxsplit=1)[0].strip()
    for part in (head, re.sub(r"\s", "", title)):
        m = _OFFICE.match(part)
        if m:
            return m["office"]
    return ""


def year_of(text: str) -> int | None:
    """The ROC year that a title names, also when it is a Western one; None without any."""
    m = _HAN_YEAR.search(text)
    if m:
        year = numeral(m["year"].replace("○", "〇"))
        return year if year and 1 <= year <= 200 else None
    m = _WEST.search(text)
    if m and "年" in m.group():
        return int(m["year"]) - 1911
    m = _YEAR.search(text)
    return int(m["year"]) if m and 30 <= int(m["year"]) <= 199 else None


def credit(titles: list[str], head: list[str], name: str) -> Credit:
    """Title, agency, year and number from a document's title lines and the lines that follow (`head`)."""
    lines = [re.sub(r"\s*\n\s*", " ", t).strip() for t in titles if t.strip()]
    title = next((t for t in reversed(lines) if year_of(t) and office_of(t)), "") or (lines[0] if lines else name)
    told = [m["who"] for t in head[:8] if (m := _ISSUER.search(t))]
    told += [m["who"] for t in head[:12] if (m := _SAYS.search(t))]
    office = next((o for t in [title, *lines, *told] if (o := office_of(t))), "")
    year = year_of(title) or next((y for t in lines if (y := year_of(t))), None)
    if year is None:
        named = [y for t in head[:12] if (y := _latest(t)) is not None]
        year = max(named, default=None)
    own = [*lines, *head[:4]]
    own = own[: next((i for i, t in enumerate(own) if match(t)), len(own))]
    number = next((m.group() for t in own if (m := _NUMBER.search(t))), "")
    return Credit(title, office, year, number, aliases(office))


def _latest(text: str) -> int | None:
    years = [int(m["year"]) for m in _YEAR.finditer(text) if 30 <= int(m["year"]) <= 199]
    return max([*years, *([y] if (y := year_of(text)) else [])], default=None)


def aliases(office: str) -> tuple[str, ...]:
    """The names that follow from an agency's full name by rule, longest first: 第二河川局 → 二河局."""
    names = {office, plain(office)}
    parts = [p for p in re.findall(rf"[\u3400-\u9fff]{{1,9}}?(?:{_ENDS})", office) if p]
    for i in range(1, len(parts)):
        names.add("".join(parts[i:]))
    last = parts[-1] if parts else office
    if m := re.match(r"(.+)(市|縣)政府$", office):
        names |= {m[1] + m[2], m[1] + m[2] + "府", m[1][-1] + m[2]} if len(m[1]) > 1 else {m[1] + m[2]}
    if m := re.match(r"第([一二三四五六七八九十]+)(.)(.*)(局|分局|分署|處|所)$", last):
        names |= {m[1] + m[2] + m[4], f"第{m[1]}{m[2]}{m[4]}", m[1] + m[2] + m[3] + m[4]}
    if len(last) == 3 and last[-1] in "局署":
        names.add(last[0] + last[2])
    if m := re.match(r"(?:國立|私立|市立)?(.{2,4})大學$", last):
        names |= {m[1] + "大學", m[1][0] + "大"}
    for long, short in (("高級中學", "高中"), ("國民小學", "國小"), ("國民中學", "國中"), ("科技大學", "科大")):
        names |= {n.replace(long, short) for n in names}
    if m := re.match(r"(.{1,3}[鄉鎮區])公所$", office):
        names.add(m[1])
    return tuple(sorted((n for n in names if len(n) > 1), key=lambda n: (-len(n), n)))
