"""The service by which people sign in (OpenID Connect), as the settings name it, and the file that tells it Streamlit.

Streamlit takes such settings from a TOML file alone (`secrets.files`); so no secret stands on a command line.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from matcher.alerts.readers.tokens import signing_keys
from matcher.settings import Settings, is_this_machine

WELL_KNOWN = "/.well-known/openid-configuration"
"""Where a provider describes itself (OpenID Connect Discovery 1.0, section 4)."""
CALLBACK = "/oauth2callback"
"""Where the provider sends people back to; Streamlit's own address, to be registered with the provider."""


class BadSignIn(ValueError):
    """The settings of the sign-in do not fit together; the message names them."""


@dataclass(frozen=True)
class SignIn:
    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)


def read_sign_in(settings: Settings) -> SignIn | None:
    """None: nobody signs in. Raises BadSignIn, which repeats no value."""
    given = {
        "FUNDING_OIDC_ISSUER": settings.oidc_issuer,
        "FUNDING_OIDC_CLIENT_ID": settings.oidc_client_id,
        "FUNDING_OIDC_CLIENT_SECRET": settings.oidc_client_secret.get_secret_value(),
    }
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise BadSignIn(
            f"setting {' and '.join(missing)}: nothing found; sign-in needs all of {', '.join(given)}. Set what is "
            "missing, or none of them: then the dashboard is used by one person, without an account."
        )
    for name, address in (("FUNDING_OIDC_ISSUER", settings.oidc_issuer), ("FUNDING_PUBLIC_URL", settings.public_url)):
        if not _is_safe(address):
            raise BadSignIn(
                f"setting {name}: sign-in needs an address that begins with https:// (or this machine's own)."
            )
    issuer = settings.oidc_issuer
    metadata = issuer if WELL_KNOWN in issuer else issuer.rstrip("/") + WELL_KNOWN
    return SignIn(metadata, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())


def secrets_file(settings: Settings) -> Path:
    """Where Streamlit looks; no file: nobody signs in."""
    return settings.home / "sign-in.toml"


def write_secrets(settings: Settings) -> None:
    """Bring the file into line with the settings; only its owner may read it. Raises BadSignIn, BadSecret."""
    file, sign_in = secrets_file(settings), read_sign_in(settings)
    try:
        if sign_in is None:
            file.unlink(missing_ok=True)
        else:
            _write(file, _toml(sign_in, settings))
    except OSError as error:
        raise BadSignIn(f"{file}: the settings of the sign-in cannot be written ({error.strerror}).") from error


def _toml(sign_in: SignIn, settings: Settings) -> str:
    facts = {
        "redirect_uri": settings.public_url.rstrip("/") + CALLBACK,
        "cookie_secret": _cookie_secret(settings),
        "client_id": sign_in.client_id,
        "client_secret": sign_in.client_secret,
        "server_metadata_url": sign_in.metadata_url,
    }
    return "[auth]\n" + "".join(f"{name} = {_quoted(value)}\n" for name, value in facts.items())


def _cookie_secret(settings: Settings) -> str:
    """Of the key that signs links: whoever changes that key signs everybody out."""
    return hmac.digest(signing_keys(settings)[0].encode(), b"cookies of the sign-in", "sha256").hex()


def _quoted(value: str) -> str:
    """A basic string of TOML, which is one of JSON, but for a character that JSON lets stand."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(file: Path, text: str) -> None:
    """Whole or not at all: several servers may start at once."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            written.write(text)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _is_safe(address: str) -> bool:
    """Nobody on the way can read or change what passes."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(address))
