"""Settings: everything an operator can choose, read once from the environment (prefix ``ONRECORD_``) and then frozen.

Each field is documented in ``docs/reference/settings.md``; a test fails when one is not.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from archive.domain.accounts import platform_named
from archive.domain.policies import POLICIES, POLICY_ALIASES, STANDARD, Policy, policy_from, shipped_policy
from archive.errors import ConfigurationError

MASK = "********"


class Settings(BaseSettings):
    """What an operator chose. An empty environment gives a working archive in one SQLite file."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_", env_file=None, frozen=True, extra="forbid", env_ignore_empty=True
    )

    # Where things stand.
    data_directory: Path = Field(default_factory=lambda: user_data_path("onrecord"))
    """Where the archive keeps its files unless other settings say otherwise."""
    database_url: str = ""
    """The database; empty means the SQLite file ``archive.db`` in the data directory."""
    index_directory: Path | None = None
    """Where the word index stands; it is derived and may be deleted. Empty means a folder of the data directory."""
    queue_url: str = ""
    """Where queued checks are announced, a ``postgresql://`` URL; empty means the archive's own PostgreSQL
    database, or a SQLite file in the data directory."""

    # Fetching (seconds, bytes, counts).
    fetch_seconds: float = Field(default=20.0, gt=0, le=300)
    """The most wall-clock seconds one page may take."""
    fetch_wire_bytes: int = Field(default=5_000_000, gt=0)
    """The most bytes one page may send."""
    fetch_decoded_bytes: int = Field(default=10_000_000, gt=0)
    """The most bytes one page may have once unpacked."""
    fetch_hops: int = Field(default=5, ge=0, le=20)
    """How many redirects are followed."""
    fetch_per_host: float = Field(default=2.0, gt=0)
    """How many requests a second one host gets from this process."""
    contact: str = ""
    """An address that sites can write to; part of the user agent when set."""
    allow_loopback: Annotated[frozenset[int], NoDecode] = frozenset()
    """Ports of this very machine that may be fetched from (test servers only), separated by commas."""

    # Capturing posts.
    platforms_off: Annotated[frozenset[str], NoDecode] = frozenset()
    """Platforms that are not asked for anything (``x,telegram``), separated by commas."""
    x_route: Literal["oembed", "embed", "api"] = "oembed"
    """How posts of X are asked for: the documented ``oembed``, the embed back end, or the paid ``api``."""
    x_api_token: SecretStr = SecretStr("")
    """The bearer token of the paid API of X."""
    x_api_limit: float = Field(default=0.0, ge=0)
    """The most US dollars one night may spend on the paid API of X; a capture by hand names its own limit."""
    web_archive_key: SecretStr = SecretStr("")
    """The access key of an account at the Internet Archive, for second copies; empty asks as anybody."""
    web_archive_secret: SecretStr = SecretStr("")
    """The secret that belongs to the access key."""
    follow_pages: int = Field(default=5, ge=1, le=50)
    """How many pages of an account's newest posts one look reads."""

    # What is kept of captured posts, by what their platform's terms allow.
    retention_open: Literal["keep", "keep_digest", "hide"] = "keep"
    """What is kept, and shown, of platforms whose terms allow reuse."""
    retention_restricted: Literal["keep", "keep_digest", "hide"] = "keep"
    """What is kept, and shown, of platforms whose terms restrict storing."""

    # Judging.
    policy: str = "standard"
    """The house style that weighs findings where a check names none: a shipped one's name, or the path of a file."""
    _own_policy: Policy | None = PrivateAttr(default=None)

    # What may be handed in.
    submission_characters: int = Field(default=500_000, gt=0)
    """The longest text that may be pasted, in characters."""
    submission_bytes: int = Field(default=10_000_000, gt=0)
    """The largest file that may be handed in, in bytes."""
    quotations_per_check: int = Field(default=500, gt=0)
    """The most quotations judged in one article."""

    # The night.
    nightly_follows: int = Field(default=200, ge=0)
    """How many followed accounts one night looks at."""
    nightly_copies: int = Field(default=20, ge=0)
    """How many second copies one night asks a web archive for."""
    nightly_posts: int = Field(default=500, ge=0)
    """How many due posts one night looks at again."""
    nightly_articles: int = Field(default=100, ge=0)
    """How many due articles one night reads again."""
    nightly_judgements: int = Field(default=500, ge=1)
    """How many checks one night judges again."""

    # Custody.
    origin: str = ""
    """The name of the custody log in its checkpoints; empty means the site's public address without its scheme."""
    signer_directory: Path | None = None
    """Where the signer keeps its keys and the last checkpoint it signed. Empty means a folder of the data directory."""
    authorities_directory: Path | None = None
    """Where time stamp authorities are described. Empty means a folder of the data directory."""

    # The site.
    host: str = "127.0.0.1"
    """The address the site listens on."""
    port: int = Field(default=5000, ge=1, le=65_535)
    """The port the site listens on."""
    base_url: str = ""
    """The site's public address without a final slash; empty means as the request names it."""
    secret_key: SecretStr = SecretStr("")
    """Signs form tokens; empty means one is made and kept in the data directory."""
    threads: int = Field(default=8, ge=1, le=64)
    """How many requests the built-in server answers at once."""
    proxies: int = Field(default=0, ge=0, le=5)
    """How many trusted proxies stand in front of the site."""
    desk_keys: SecretStr = SecretStr("")
    """Who may remove something on the web: ``name|role|key`` for each, separated by semicolons; empty means nobody."""
    rate_limit: str = "60 per minute"
    """How many submissions one address may send."""
    demo: bool = False
    """Whether this is a demo archive; every page then says so."""

    # Logs.
    log_format: Literal["plain", "json"] = "plain"
    """How log lines are written to standard error."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """The least severe log line that is written."""

    @field_validator("allow_loopback", mode="before")
    @classmethod
    def _ports(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(int(part) for part in value.replace(",", " ").split())
        return value

    @field_validator("platforms_off", mode="before")
    @classmethod
    def _platforms(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        named = {name: platform_named(name) for name in value.replace(",", " ").split()}
        unknown = sorted(name for name, platform in named.items() if platform is None)
        if unknown:
            raise ValueError(f"no such platform: {', '.join(unknown)}")
        return frozenset(platform.value for platform in named.values() if platform is not None)

    @field_validator("data_directory", "index_directory", "signer_directory", "authorities_directory")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value is not None else None

    def model_post_init(self, context: object, /) -> None:
        """Reads the house style at once, so that a bad one stops the start and not the first check."""
        if shipped_policy(self.policy) is None:
            self._own_policy = read_policy(self.policy)

    @property
    def house_style(self) -> Policy:
        """The house style that weighs findings where a check names none."""
        return self._own_policy or shipped_policy(self.policy) or STANDARD

    @property
    def policies(self) -> Mapping[str, Policy]:
        """Every house style that a check may name, the operator's own among them."""
        own = {self._own_policy.name: self._own_policy} if self._own_policy is not None else {}
        return {**POLICIES, **own}

    @property
    def styles(self) -> tuple[str, ...]:
        """The names of all house styles, the one in force first."""
        return tuple(dict.fromkeys((self.house_style.name, *self.policies)))

    @property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{self.data_directory / 'archive.db'}"

    @property
    def dialect(self) -> str:
        """The kind of database in use, by the name SQLAlchemy gives it: ``sqlite`` or ``postgresql``."""
        return self.database.split(":", 1)[0].split("+", 1)[0]

    @property
    def default_file(self) -> Path | None:
        """The SQLite file made by itself when it is missing; None when a database was named."""
        return None if self.database_url else self.data_directory / "archive.db"

    @property
    def signer(self) -> Path:
        """The signer's folder."""
        return self.signer_directory or self.data_directory / "signer"

    @property
    def authorities(self) -> Path:
        """The folder that describes time stamp authorities."""
        return self.authorities_directory or self.data_directory / "authorities"

    @property
    def index(self) -> Path:
        """The folder of the word index: one for each database, so that two archives never read each other's."""
        if self.index_directory is not None:
            return self.index_directory
        return self.data_directory / "index" / hashlib.sha256(self.database.encode()).hexdigest()[:12]

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Every setting with its environment name and value, secrets masked."""
        values = self.model_dump()
        if self._own_policy is not None:
            values["policy"] = f"{self.policy} ({self._own_policy.name})"
        return tuple((f"ONRECORD_{name.upper()}", _printable(name, values[name])) for name in type(self).model_fields)


def load_settings(**chosen: object) -> Settings:
    """The settings of this process; ``chosen`` goes before the environment. ConfigurationError names what is wrong."""
    try:
        return Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        raise ConfigurationError(f"The setting ONRECORD_{name} is wrong: {first['msg']}.") from error
    except ValueError as error:
        raise ConfigurationError("A setting cannot be read from the environment.") from error


def read_policy(given: str) -> Policy:
    """The house style in the TOML file at that path; ConfigurationError ``bad_policy`` where there is none."""
    if not given.endswith(".toml") and "/" not in given:
        names = ", ".join(sorted({*POLICIES, *POLICY_ALIASES}))
        raise ConfigurationError(
            f"The setting ONRECORD_POLICY is wrong: {given!r} is neither a house style ({names}) nor a .toml file.",
            code="bad_policy",
        )
    try:
        table = tomllib.loads(Path(given).expanduser().read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        # UnicodeDecodeError and TOMLDecodeError are ValueErrors.
        raise ConfigurationError(f"The house style {given} cannot be read: {error}.", code="bad_policy") from error
    return policy_from(table, source=given)


def without_password(url: str) -> str:
    """A URL with its password masked, for people and logs."""
    scheme, mark, rest = url.partition("://")
    credentials, at, place = rest.rpartition("@")
    if not (mark and at):
        return url
    user, colon, _ = credentials.partition(":")
    return f"{scheme}://{user}{colon}{MASK if colon else ''}@{place}"


def _printable(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return MASK if value.get_secret_value() else ""
    if isinstance(value, frozenset):
        return ",".join(str(item) for item in sorted(value))
    text = "" if value is None else str(value)
    return without_password(text) if name.endswith("_url") else text
