"""Brings a store to the present schema in one transaction; refuses what is not a store or newer than the code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from matcher.store.engine import keep_journal_apart, writing
from matcher.store.errors import NewerStore, NotAStore

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, place: str) -> None:
    """Upgrade to the newest schema; a store that has it already is only read."""
    config = _config()
    script = ScriptDirectory.from_config(config)
    if _revision(engine, script, place) == script.get_current_head():
        return
    keep_journal_apart(engine)
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@cache
def newest_revision() -> str | None:
    """The schema that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(engine: Engine, script: ScriptDirectory, place: str) -> str | None:
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        tables = inspect(connection).get_table_names()
    if revision is None and tables:
        raise NotAStore(place, f"this is another program's database (tables: {', '.join(tables[:5])})")
    known = [step.revision for step in script.walk_revisions()]
    if revision is not None and revision not in known:
        raise NewerStore(place, f"a newer version wrote this store (schema {revision}, this one knows {known[0]})")
    return revision
