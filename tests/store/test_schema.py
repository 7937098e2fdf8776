"""The tables of the code and those the migrations make are the same."""

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
