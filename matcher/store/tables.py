"""The tables of the store. Times are text in UTC, days are dates; a `body` is the JSON of a model."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

call = Table(
    "call",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("reference", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("fund", String, index=True),
    Column("programme", String),
    Column("kind", String, nullable=False),
    Column("country", String, index=True),  # of a national call; calls of the whole EU have none
    Column("content_hash", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("first_seen", Date, nullable=False),
    Column("last_seen", Date, nullable=False),
    Column("valid_from", Date, nullable=False),  # since when this body has held
    Column("body", Text, nullable=False),
)
Index("ix_call_identifier", func.lower(call.c.identifier))

call_version = Table(
    "call_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", ForeignKey("call.id"), nullable=False, index=True),
    Column("content_hash", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("body", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("started", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("body", Text, nullable=False),
)

issue = Table(
    "issue",
    metadata,
    Column("run", ForeignKey("run.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("field", String, nullable=False),
    Column("problem", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("allowed", Text, nullable=False),
    Column("reference", String, nullable=False),
    Column("place", String, nullable=False, server_default=""),
)

source = Table(
    "source",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),  # in the registry
    Column("body", Text, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("url", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("first_fetched", Date, nullable=False),
    Column("last_fetched", Date, nullable=False),
    Column("body", Text, nullable=False),
)

document_text = Table(
    "document_text",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("reader", String, nullable=False),
    Column("body", Text, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("key", String, primary_key=True),  # of a document its SHA-256, of a call's field readings.reading_key
    Column("reader", String, nullable=False),
    Column("criteria", Text, nullable=False),
)

body = Table(
    "body",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("role", String, nullable=False),
    Column("programme", String),
    Column("country", String, index=True),
    Column("as_of", Date, nullable=False),
    Column("body", Text, nullable=False),
)

project = Table(
    "project",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("programme", String, index=True),
    Column("fund", String, index=True),
    Column("topic", String, index=True),  # this and the next three in capitals
    Column("line", String, index=True),  # the topic without year and running number
    Column("call_identifier", String, index=True),
    Column("call_line", String, index=True),
    Column("end", Date),
    Column("as_of", Date, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("words", Text, nullable=False),  # what it is about, folded, to be searched
    Column("body", Text, nullable=False),
)

participant = Table(
    "participant",
    metadata,
    Column("project", ForeignKey("project.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("pic", String, nullable=False, index=True),
    Column("name", String, nullable=False),  # folded, to be searched
    Column("country", String, index=True),
    Column("role", String),
    Column("kind", String),
)

vector = Table(
    "vector",
    metadata,
    Column("model", String, primary_key=True),
    Column("content_hash", String, primary_key=True),
    Column("blob", LargeBinary, nullable=False),  # little-endian float32
)

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("call", String, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("silent", String, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,  # a place in the ledger is never given twice
)

page_check = Table(
    "page_check",
    metadata,
    Column("url", String, primary_key=True),
    Column("checked", Date, nullable=False),
    Column("gone_since", Date),
    Column("body", Text, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("address_key", String, nullable=False),  # as mail servers compare addresses
    Column("profile", String, nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("rhythm", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("text_version", String, nullable=False),
    Column("asked", String, nullable=False),
    Column("confirmed", String),
    Column("ended", String),
    Column("ending", String),
    Column("cursor", Integer, nullable=False),
    UniqueConstraint("address_key", "profile"),
)

choice = Table(
    "choice",
    metadata,
    Column("subscription", ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True),
    Column("call", String, primary_key=True),
    Column("kind", String, nullable=False),  # saved or dismissed
    Column("at", String, nullable=False),
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_hash", String, primary_key=True),  # keyed: the address cannot be read from it
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("subscription", ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("message_id", String, nullable=False, index=True),
    Column("planned", String, nullable=False),
    Column("not_before", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("worker", String, nullable=False),
    Column("lease", String),
    Column("upto", Integer, nullable=False),
    Column("events", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("accepted", String),
    Column("error", Text, nullable=False),
    UniqueConstraint("subscription", "kind", "slot"),
)

standing = Table(
    "standing",
    metadata,
    Column("profile", String, primary_key=True),
    Column("state", String, nullable=False),  # of the store and the day for which it was worked out
    Column("body", Text, nullable=False),
)

worked_out = Table(
    "worked_out",
    metadata,
    Column("name", String, primary_key=True),  # what it is: the shelf of all calls, how an organisation stands to them
    Column("state", String, nullable=False),  # of the store, the day and the models for which it was worked out
    Column("body", LargeBinary, nullable=False),  # a table in the Arrow format
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", String, primary_key=True),
    Column("changed", String, nullable=False),
    Column("body", Text, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("seen", String, nullable=False),
    UniqueConstraint("issuer", "subject"),
)

membership = Table(
    "membership",
    metadata,
    Column("organisation", String, primary_key=True),
    Column("holder", String, primary_key=True),  # the account, or the invited address as mail servers compare it
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), index=True),
    Column("invited", String, nullable=False),
    Column("permission", String, nullable=False),
)

pursuit = Table(
    "pursuit",
    metadata,
    Column("organisation", String, primary_key=True),
    Column("call", String, primary_key=True),
    Column("stage", String, nullable=False),
    Column("reason", String),
    Column("remark", Text, nullable=False),
    Column("owner", String, nullable=False),
    Column("seen_event", Integer, nullable=False),
    Column("changed", String, nullable=False),
    Column("changed_by", String, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", String, primary_key=True),
    Column("organisation", String, nullable=False, index=True),
    Column("call", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("written", String, nullable=False),
    Column("author", String, nullable=False),
)

job_run = Table(
    "job_run",
    metadata,
    Column("job", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("worker", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("started", String, nullable=False),
    Column("heartbeat", String, nullable=False),
    Column("finished", String),
    Column("outcome", Text, nullable=False),
)
