from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from archive.errors import ConfigurationError
from archive.settings import MASK, load_settings, without_password


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ONRECORD_DATABASE_URL", "ONRECORD_DATA_DIRECTORY", "ONRECORD_POLICY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


def test_without_any_setting_the_archive_is_one_file_in_the_data_directory(tmp_path: Path) -> None:
    settings = load_settings(data_directory=tmp_path)

    assert settings.database == f"sqlite:///{tmp_path}/archive.db"
    assert settings.default_file == tmp_path / "archive.db"


def test_a_named_database_is_never_made_by_itself(tmp_path: Path) -> None:
    assert load_settings(data_directory=tmp_path, database_url="sqlite:///other.db").default_file is None


@pytest.mark.parametrize(
    "url", ["", "sqlite:///other.db", "postgresql+psycopg://onrecord@localhost/onrecord", "postgresql://localhost/x"]
)
def test_the_kind_of_database_has_the_name_that_sqlalchemy_gives_it(tmp_path: Path, url: str) -> None:
    settings = load_settings(data_directory=tmp_path, database_url=url)
    assert settings.dialect == make_url(settings.database).get_backend_name()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_NIGHTLY_POSTS", "7")
    monkeypatch.setenv("ONRECORD_ALLOW_LOOPBACK", "8080, 8081")

    settings = load_settings()

    assert settings.nightly_posts == 7
    assert settings.allow_loopback == frozenset({8080, 8081})


def test_an_empty_variable_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "")

    assert load_settings().port == 5000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "seventy"),
        ("PORT", "70000"),
        ("FETCH_SECONDS", "-1"),
        ("LOG_FORMAT", "xml"),
        ("ALLOW_LOOPBACK", "http"),
        ("DEMO", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ONRECORD_{name}", value)

    with pytest.raises(ConfigurationError, match=f"ONRECORD_{name}") as caught:
        load_settings()

    assert "\n" not in caught.value.message


def test_two_databases_never_share_a_word_index(tmp_path: Path) -> None:
    one = load_settings(data_directory=tmp_path, database_url="sqlite:///one.db")
    two = load_settings(data_directory=tmp_path, database_url="sqlite:///two.db")

    assert one.index != two.index


def test_secrets_are_masked_where_settings_are_shown() -> None:
    settings = load_settings(
        secret_key="squid", database_url="postgresql://keeper:herring@db.example/archive", queue_url=""
    )

    shown = dict(settings.shown())

    assert shown["ONRECORD_SECRET_KEY"] == MASK
    assert shown["ONRECORD_DATABASE_URL"] == f"postgresql://keeper:{MASK}@db.example/archive"
    assert "squid" not in str(shown) and "herring" not in str(shown)


@pytest.mark.parametrize("url", ["sqlite:///archive.db", "postgresql://db.example/archive", "no address at all"])
def test_a_url_without_a_password_is_shown_as_it_is(url: str) -> None:
    assert without_password(url) == url
