"""Funded projects and their participants."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LOOKED_UP = ("programme", "fund", "topic", "line", "call_identifier", "call_line")


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        *(sa.Column(name, sa.String()) for name in LOOKED_UP),
        sa.Column("end", sa.Date()),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
    )
    for name in LOOKED_UP:
        op.create_index(f"ix_project_{name}", "project", [name])
    op.create_table(
        "participant",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pic", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("role", sa.String()),
        sa.Column("kind", sa.String()),
        sa.PrimaryKeyConstraint("project", "position", name="pk_participant"),
        sa.ForeignKeyConstraint(["project"], ["project.id"], name="fk_participant_project"),
    )
    op.create_index("ix_participant_pic", "participant", ["pic"])
    op.create_index("ix_participant_country", "participant", ["country"])


def downgrade() -> None:
    for table in ("participant", "project"):
        op.drop_table(table)
