"""What stands in call documents, and the criteria that were read from documents and from the texts of calls."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_text",
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("reading")
    op.drop_table("document_text")
