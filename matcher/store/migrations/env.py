"""Alembic's entry: runs on the connection `matcher.store.schema` hands over, inside its transaction."""

from alembic import context

from matcher.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
