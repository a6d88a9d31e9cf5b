"""Settings: defaults, folders, and the sentence for each value that cannot work."""

from pathlib import Path

import pytest

from bot.settings import BUILT_IN_DOCUMENTS, BUILT_IN_RUBRICS, SettingsError, from_environment


def test_defaults() -> None:
    settings = from_environment({})
    assert settings.database.name == "kaoping.db"
    assert settings.documents == (BUILT_IN_DOCUMENTS,)
    assert settings.rubrics == (BUILT_IN_RUBRICS,)
    assert settings.telegram_api == "https://api.telegram.org"


def test_documents_instead_of_and_beside(tmp_path: Path) -> None:
    assert from_environment({"KAOPING_DOCUMENTS": str(tmp_path)}).documents == (tmp_path,)
    assert from_environment({"KAOPING_DOCUMENTS": f"+{tmp_path}"}).documents == (BUILT_IN_DOCUMENTS, tmp_path)
    assert from_environment({"KAOPING_RUBRICS": str(tmp_path)}).rubrics == (BUILT_IN_RUBRICS, tmp_path)


def test_the_token_is_never_shown() -> None:
    settings = from_environment({"KAOPING_TELEGRAM_TOKEN": "1:secret", "KAOPING_ADMINS": "1，2, 3"})
    assert "secret" not in repr(settings)
    assert settings.admins == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [("KAOPING_ADMINS", "1,abc"), ("KAOPING_DOCUMENTS", "/nowhere/at/all"), ("KAOPING_RUBRICS", "/nowhere/at/all")],
)
def test_what_cannot_work_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        from_environment({variable: value})


def test_the_demonstration_never_meets_the_real_file(tmp_path: Path) -> None:
    settings = from_environment({"KAOPING_DATABASE": str(tmp_path / "real.db")})
    assert settings.demo_database == tmp_path / "real-demo.db"
    assert settings.data_folder == tmp_path / "real-files"
