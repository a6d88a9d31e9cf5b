"""The docs say what the program is: generated parts are up to date, links lead somewhere, commands are described."""

import re
from pathlib import Path

import pytest

from bot import docs
from bot.dialogue.conversations import build_router
from bot.settings import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_the_generated_parts_of_the_readme_are_up_to_date() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert docs.written(text) == text, "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_setting_is_named_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name, _meaning in VARIABLES if f"`{name}`" not in text] == []


def test_every_conversation_has_help() -> None:
    for route in build_router().routes:
        assert route.help, route.command
        assert re.fullmatch(r"[a-z]{1,32}", route.command), route.command


def test_every_test_room_mirrors_a_package() -> None:
    rooms = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert rooms == {"bot", "knowledge", "rubrics", "storage", "support", "conversations", "questions"}
