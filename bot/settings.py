"""Frozen values from the environment, and the only place that reads it.

It refuses values that cannot work (an administrator id that is not a number, a documents folder that is not there)
with one sentence that names the variable, so that a typing error is found at the start and not in a chat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

BUILT_IN_DOCUMENTS = Path(__file__).resolve().parent.parent / "knowledge" / "documents"
BUILT_IN_RUBRICS = Path(__file__).resolve().parent.parent / "rubrics"
TELEGRAM = "https://api.telegram.org"

# name, meaning: the README's table of settings is checked against this one
VARIABLES: tuple[tuple[str, str], ...] = (
    ("KAOPING_DATABASE", "SQLite 資料檔；預設放在作業系統的使用者資料夾"),
    ("KAOPING_TELEGRAM_TOKEN", "Telegram 機器人的金鑰；有設定時，kaoping 直接上 Telegram"),
    ("KAOPING_TELEGRAM_API", "Bot API 伺服器的根網址；預設為 Telegram 官方"),
    ("KAOPING_ADMINS", "管理者的 Telegram 數字編號，以逗號分隔"),
    ("KAOPING_DOCUMENTS", "改用這個資料夾的文件；開頭加 + 表示與內建文件並用"),
    ("KAOPING_RUBRICS", "另外加入這個資料夾裡的評分表（YAML）"),
)


class SettingsError(Exception):
    """A setting that cannot work; the message is one sentence for the person who set it."""


@dataclass(frozen=True)
class Settings:
    """What the installation decides: paths, the Telegram address, the administrators."""

    database: Path
    telegram_token: str = field(default="", repr=False)
    telegram_api: str = TELEGRAM
    admins: frozenset[str] = frozenset()
    documents: tuple[Path, ...] = (BUILT_IN_DOCUMENTS,)
    rubrics: tuple[Path, ...] = (BUILT_IN_RUBRICS,)
    demo: bool = False  # the data are invented: every greeting and form says so

    @property
    def data_folder(self) -> Path:
        """The folder beside the database: the kept index, exported files, the terminal's history."""
        return self.database.parent / f"{self.database.stem}-files"

    @property
    def own_rubrics(self) -> Path:
        """Where sheets and renewed plans of this installation go: read like the built-in ones."""
        return self.data_folder / "rubrics"

    @property
    def demo_database(self) -> Path:
        """Where `kaoping demo` puts its data: never the real file."""
        return self.database.with_name(f"{self.database.stem}-demo{self.database.suffix or '.db'}")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Reads the KAOPING_ variables. Raises SettingsError with the variable's name and the remedy."""
    database = environment.get("KAOPING_DATABASE", "").strip()
    return Settings(
        database=Path(database).expanduser() if database else user_data_path("kaoping", appauthor=False) / "kaoping.db",
        telegram_token=environment.get("KAOPING_TELEGRAM_TOKEN", "").strip(),
        telegram_api=environment.get("KAOPING_TELEGRAM_API", "").strip().rstrip("/") or TELEGRAM,
        admins=_admins(environment.get("KAOPING_ADMINS", "")),
        documents=_documents(environment),
        rubrics=_rubrics(environment),
    )


def _admins(value: str) -> frozenset[str]:
    ids = [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
    for one in ids:
        if not (one.isascii() and one.isdigit()):
            raise SettingsError(f"KAOPING_ADMINS 只收 Telegram 的數字編號，以逗號分隔；「{one}」不是數字。")
    return frozenset(ids)


def _documents(environment: Mapping[str, str]) -> tuple[Path, ...]:
    folder = _folder("KAOPING_DOCUMENTS", environment)
    if folder is None:
        return (BUILT_IN_DOCUMENTS,)
    beside = environment["KAOPING_DOCUMENTS"].strip().startswith("+")
    return (BUILT_IN_DOCUMENTS, folder) if beside else (folder,)


def _rubrics(environment: Mapping[str, str]) -> tuple[Path, ...]:
    folder = _folder("KAOPING_RUBRICS", environment)
    return (BUILT_IN_RUBRICS, folder) if folder else (BUILT_IN_RUBRICS,)


def _folder(name: str, environment: Mapping[str, str]) -> Path | None:
    """The folder that a variable names, with or without +; None when it is not set."""
    value = environment.get(name, "").strip()
    if not value:
        return None
    folder = Path(value.removeprefix("+")).expanduser()
    if not folder.is_dir():
        raise SettingsError(f"{name} 指的資料夾「{folder}」不存在，請確認路徑。")
    return folder
