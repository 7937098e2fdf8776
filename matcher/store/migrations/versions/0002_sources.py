"""Sources with what readers are told of them, call documents, and bodies that help with a programme."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )
    op.create_table(
        "document",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first_fetched", sa.Date(), nullable=False),
        sa.Column("last_fetched", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", "sha256", name="pk_document"),
    )
    op.create_index("ix_document_source", "document", ["source"])
    op.create_table(
        "body",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("programme", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
    )
    op.create_index("ix_body_country", "body", ["country"])


def downgrade() -> None:
    for table in ("body", "document", "source"):
        op.drop_table(table)
