"""Reads the profiles of organisations, one YAML file each; the file's name is the profile's id. Knows no calls."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from matcher.countries import country_code
from matcher.factfile import BadFactFile, build, read
from matcher.model import Profile

SUFFIXES = (".yml", ".yaml")


class ProfileError(BadFactFile):
    """A profile file is wrong; the message has a line for each fault, naming file, field, found value and remedy."""


def load_profiles(folder: Path) -> dict[str, Profile]:
    """All profiles of a folder by id, in the order of their ids.

    Raises ProfileError with the faults of all files together, so that one reading is enough to correct them.
    """
    if not folder.is_dir():
        raise ProfileError(f"{folder}: is not a folder; set FUNDING_DATA to the folder that holds `profiles`.")
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    faults = [_doubled(stem, folder) for stem, count in Counter(path.stem for path in files).items() if count > 1]
    profiles = {}
    for path in files:
        try:
            profiles[path.stem] = load_profile(path)
        except BadFactFile as error:
            faults.append(str(error))
    if faults:
        raise ProfileError("\n".join(faults))
    return profiles


def load_profile(path: Path) -> Profile:
    """One profile. Raises ProfileError."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        raise ProfileError(
            f"{path}: the file name is the profile's id; found {path.stem!r}; "
            "allowed: lower-case ASCII letters and digits joined by hyphens (new-women-connectors). Rename the file."
        )
    try:
        data = read(path)
        if "id" in data:
            raise ProfileError(f"{path}: unknown field id; the file name is the id. Take the field out.")
        return build(Profile, {**data, "id": path.stem} | _country(data, path), str(path))
    except ProfileError:
        raise
    except BadFactFile as error:
        raise ProfileError(str(error)) from error


def _country(data: dict[str, object], path: Path) -> dict[str, str]:
    """The country as its ISO code; what is not text is left to the model's own message."""
    if not isinstance(found := data.get("country"), str):
        return {}
    try:
        return {"country": country_code(found)}
    except ValueError as error:
        raise ProfileError(f"{path}: field country: found {error}. Correct it.") from error


def _doubled(stem: str, folder: Path) -> str:
    return f"{folder}: two files have the id {stem!r}; keep one of {stem}.yml and {stem}.yaml."
