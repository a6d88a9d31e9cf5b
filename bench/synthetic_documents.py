"""Many documents from the built-in five, with other agencies, years and numbers: for measuring size, not for answers.

    python -m bench.synthetic_documents FOLDER [PASSAGES]

writes the copies as text files; `passages` gives them in memory. Seeded: the same call gives the same copies.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from knowledge.folders import BUILT_IN
from knowledge.passages import Passage
from knowledge.reading import load_documents, parse

PLACES = [
    "臺北", "新北", "桃園", "臺中", "臺南", "高雄", "基隆", "嘉義", "宜蘭", "苗栗", "彰化", "南投",
    "雲林", "屏東", "花蓮", "臺東", "澎湖", "金門", "連江",
]  # fmt: skip
BUREAUS = [
    "農業局", "教育局", "工務局", "水利局", "社會局", "勞工局", "警察局", "消防局", "衛生局",
    "環境保護局", "都市發展局", "文化局", "交通局", "觀光旅遊局", "地政局", "法制局", "財政局",
    "民政局", "稅務局", "客家事務局", "經濟發展局", "建設局", "新聞局", "人事處", "主計處",
    "政風處", "秘書處", "研考處", "青年局", "體育局",
]  # fmt: skip
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?=\s*(?:次|件|種|個月|頁|項))")


def agencies() -> list[str]:
    """Invented agencies, every place with every bureau."""
    return [f"{place}市政府{bureau}" for place in PLACES for bureau in BUREAUS]


def copies(wanted: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """File names and texts until about so many passages are reached; the five originals come first."""
    draw = random.Random(seed)
    originals = load_documents((BUILT_IN,))
    for document in originals:
        yield document.name, document.text
    made = sum(len(d.passages) for d in originals)
    names = agencies()
    draw.shuffle(names)
    n = 0
    while made < wanted:
        source = originals[n % len(originals)]
        office = names[n // len(originals) % len(names)]
        year = 90 + (n // (len(originals) * len(names)) * 7 + n) % 25
        yield f"{n + 5:04d}_{year}.txt", changed(source.text, source.office, source.year or 100, office, year, draw)
        made += len(source.passages)
        n += 1


def changed(text: str, old: str, old_year: int, office: str, year: int, draw: random.Random) -> str:
    """The text as another agency's of another year, its counts drawn anew."""
    text = text.replace(old, office)
    text = re.sub(rf"(?<!\d){old_year}(?=\s*年)", str(year), text)
    return _NUMBER.sub(lambda m: str(max(1, int(m[1]) + draw.randint(-1, 3))) if m[1] != "1" else m[1], text)


def passages(wanted: int, seed: int = 7) -> list[Passage]:
    """About so many passages, document by document."""
    found: list[Passage] = []
    for name, text in copies(wanted, seed):
        found += parse(text, name).passages
    return found[: max(wanted, 0)] if wanted < len(found) else found


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    written = 0
    for name, text in copies(wanted):
        (folder / name).write_text(text, encoding="utf-8")
        written += 1
    print(f"{written} documents in {folder}")


if __name__ == "__main__":
    main()
