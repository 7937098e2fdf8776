"""What must be documented is documented: every command and every setting stands in the README."""

from pathlib import Path

import pytest
from typer.main import get_command

from matcher.cli import app
from matcher.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def commands(group, path=("funding",)):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


@pytest.mark.parametrize(("name", "command"), list(commands(get_command(app))))
def test_every_command_has_help_and_stands_in_the_readme(name, command):
    assert command.help
    assert f"`{name}" in README


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_has_a_description_and_stands_in_the_readme(name):
    assert Settings.model_fields[name].description
    assert f"`FUNDING_{name.upper()}`" in README
