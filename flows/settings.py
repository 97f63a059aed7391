"""One frozen settings object, from options, environment and file, in that order.

Every field is an environment variable ``NSARCHIVE_<NAME>``, a key of
``nsarchive-verify.toml`` in the working directory, and (where the command
line offers it) an option; the first one given wins.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.errors import UsageError
from flows.records import Verdict

_CHOICES = frozenset({"enum", "literal_error"})

SETTINGS_FILE = "nsarchive-verify.toml"

#: Hosts that are, or were, the Archive's own (facts: README, "What is fetched").
ARCHIVE_HOSTS: tuple[str, ...] = (
    "nsarchive.gwu.edu",
    "nsarchive2.gwu.edu",
    "www.nsarchive.org",
    "nsarchive.org",
    "unredacted.com",
    "nsarchive.wordpress.com",
    "nsarchive.salsalabs.org",
    "www.gwu.edu",
    "www2.gwu.edu",
    "www.seas.gwu.edu",
    "assets.documentcloud.org",
)


class Settings(BaseSettings):
    """How a run behaves. The descriptions below are what ``--help`` prints."""

    model_config = SettingsConfigDict(
        env_prefix="NSARCHIVE_",
        frozen=True,
        extra="forbid",
        toml_file=SETTINGS_FILE,
    )

    cache: Path = Field(Path("cache"), description="folder of the catalogue and the captures")
    reports: Path = Field(Path("reports"), description="folder of the reports")
    engine: Literal["prefect", "direct"] = Field(
        "prefect", description="run the stages under Prefect, or in this process alone"
    )
    offline: bool = Field(default=False, description="make no request; use what the cache holds")
    fail_on: Annotated[tuple[Verdict, ...], NoDecode] = Field(
        (), description="verdicts, comma-separated, that make the exit status 1"
    )
    requests_per_second: float = Field(
        1.0, gt=0, le=1000, description="per host; a slower Crawl-delay in robots.txt wins"
    )
    connections: int = Field(2, ge=1, le=32, description="open connections per host")
    timeout_seconds: float = Field(60.0, gt=0, description="limit for one whole response")
    max_attempts: int = Field(4, ge=1, le=20, description="tries per source and run")
    backoff_seconds: float = Field(
        1.0, ge=0, description="first wait before another try; grows exponentially, with jitter"
    )
    max_bytes: int = Field(
        50_000_000, ge=1024, description="largest response body after decoding, in bytes"
    )
    fresh_days: float = Field(
        30.0, ge=0, description="a capture younger than this is used without asking again"
    )
    contact: str = Field("", description="web or e-mail address that goes into the User-Agent")
    wayback: bool = Field(
        default=True,
        description="ask the Wayback Machine for captures that posts link to, and when an original "
        "is gone or keeps failing",
    )
    catalog_url: str = Field(
        "",
        description="SQLAlchemy URL of the catalogue, SQLite or PostgreSQL, one for each cache "
        "folder (default: SQLite in it)",
    )
    store_url: str = Field(
        "", description="fsspec URL of the WARC files (default: the cache folder)"
    )
    stand_in: bool = Field(
        default=False, description="the sources are stand-ins; every report says so"
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ARCHIVE_HOSTS, description="hosts that may be contacted, comma-separated"
    )

    @field_validator("fail_on", "hosts", mode="before")
    @classmethod
    def _split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("contact")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if any(ord(character) < 32 for character in value):
            raise ValueError("must not hold control characters: it goes into a header")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the hook's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the hook's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options win over the environment, and the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**options: object) -> Settings:
    """Return the settings in force; options that are ``None`` count as not given.

    Raises:
        UsageError: a value is not of its kind; the message names the variable.
    """
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][:1])
        # Only of a choice is told what was given: an address may hold a password.
        given_as = f", not {first['input']!r}" if first["type"] in _CHOICES else ""
        told = f"setting {name} (NSARCHIVE_{name.upper()}): {first['msg']}{given_as}"
        raise UsageError(told) from None
