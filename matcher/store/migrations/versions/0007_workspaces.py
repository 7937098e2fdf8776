"""Organisations that users describe, who may see them, what they do about calls; and tables worked out for a day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worked_out",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="uq_account_issuer"),
    )
    op.create_table(
        "membership",
        sa.Column("organisation", sa.String(), primary_key=True),
        sa.Column("holder", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), sa.ForeignKey("account.id", ondelete="CASCADE")),
        sa.Column("invited", sa.String(), nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
    )
    op.create_index("ix_membership_account", "membership", ["account"])
    op.create_table(
        "pursuit",
        sa.Column("organisation", sa.String(), primary_key=True),
        sa.Column("call", sa.String(), primary_key=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("seen_event", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
    )
    op.create_index("ix_note_organisation", "note", ["organisation"])


def downgrade() -> None:
    for table in ("note", "pursuit", "membership", "account", "organisation", "worked_out"):
        op.drop_table(table)
