"""The tables of the code and those the migrations make are the same."""

import os
import stat

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, select

from matcher.store import open_store
from matcher.store.calls import has_identifier
from matcher.store.schema import _config, newest_revision
from matcher.store.tables import call, metadata


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_migrations_make_the_tables_of_the_code(store):
    with store._access.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_topic_code_is_looked_up_in_its_index(store):
    """The one index that Alembic cannot compare, since it is over an expression."""
    query = select(call.c.id).where(has_identifier("AMIF-2026-1"))
    with store._access.engine.connect() as connection:
        compiled = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").scalars(3).all()
    assert "ix_call_identifier" in " ".join(plan)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_new_store_and_its_journals_are_for_their_owner_alone(tmp_path):
    """Also in a folder that others may look into: it holds addresses."""
    tmp_path.chmod(0o755)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        assert store.ledger.head() == 0
        files = list(tmp_path.glob("store.sqlite*"))
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def bring_to(url, revision):
    engine, config = create_engine(url), _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision < newest_revision() else command.upgrade)(config, revision)
    engine.dispose()


def test_a_store_from_before_the_ledger_keeps_all_and_its_readings_say_that_none_was_kept(url, make_call, make_run):
    with open_store(url) as store:
        store.save_run(make_run("run-1"), [make_call(1), make_call(2)])
        calls, runs = store.calls(), store.runs()
    bring_to(url, "0005")
    bring_to(url, newest_revision())
    with open_store(url) as store:
        assert store.calls() == calls
        assert store.runs() == [run.model_copy(update={"unledgered": True}) for run in runs]
        store.save_run(make_run("run-2"), [])
        assert {run.id: run.unledgered for run in store.runs()} == {"run-1": True, "run-2": False}
