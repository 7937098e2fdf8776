"""The ledger of events, who reads them by mail, the outbox, and the runs of scheduled jobs.

Runs that are in the store by now were loaded without a ledger; they say so, and the next reading is told to nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE run SET body = json_set(body, '$.unledgered', json('true'))")
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("silent", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.UniqueConstraint("key", name="uq_event_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_call", "event", ["call"])
    op.create_table(
        "page_check",
        sa.Column("url", sa.String(), primary_key=True),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("gone_since", sa.Date()),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("confirmed", sa.String()),
        sa.Column("ended", sa.String()),
        sa.Column("ending", sa.String()),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.UniqueConstraint("address_key", "profile", name="uq_subscription_address_key"),
    )
    op.create_index("ix_subscription_profile", "subscription", ["profile"])
    op.create_index("ix_subscription_state", "subscription", ["state"])
    op.create_table(
        "choice",
        sa.Column("subscription", sa.String(), sa.ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("call", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.String(), primary_key=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("subscription", sa.String(), sa.ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("planned", sa.String(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("lease", sa.String()),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("accepted", sa.String()),
        sa.Column("error", sa.Text(), nullable=False),
        sa.UniqueConstraint("subscription", "kind", "slot", name="uq_outbox_subscription"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state"])
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    op.create_table(
        "standing",
        sa.Column("profile", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(), primary_key=True),
        sa.Column("slot", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("heartbeat", sa.String(), nullable=False),
        sa.Column("finished", sa.String()),
        sa.Column("outcome", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    op.execute("UPDATE run SET body = json_remove(body, '$.unledgered')")
    for table in (
        "job_run",
        "standing",
        "outbox",
        "suppression",
        "choice",
        "subscription",
        "page_check",
        "event",
    ):
        op.drop_table(table)
