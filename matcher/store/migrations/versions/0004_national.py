"""The country of national calls, and the place in a published file where an issue was met."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("call", sa.Column("country", sa.String()))
    op.create_index("ix_call_country", "call", ["country"])
    op.add_column("issue", sa.Column("place", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_index("ix_call_country", "call")
    with op.batch_alter_table("call") as table:
        table.drop_column("country")
    with op.batch_alter_table("issue") as table:
        table.drop_column("place")
