"""The tables of the code and those the migrations make are the same."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from matcher.store.calls import has_identifier
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
