"""Funded projects in the store: upsert, look-ups through indexes, and a store of the first schema brought up."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import make_url

from matcher.model import Fund, Participant, Project, ProjectRole, RunOutcome, SourceCard, Tier
from matcher.precedents import Basis
from matcher.store import open_store
from matcher.store.projects import BATCH, has_code, has_participant
from matcher.store.schema import MIGRATIONS
from matcher.store.tables import call, participant, project
from matcher.store.tables import run as run_table

DAY = date(2026, 10, 8)
CARD = SourceCard(
    name="funded", title="t", publisher="p", url="u", licence="l", tier=Tier.OFFICIAL_RECORD, yields="projects"
)


def make_project(number=1, day=DAY, **changes):
    facts = {
        "source": "funded",
        "reference": f"43251589{number:06}",
        "title": f"Project number {number}",
        "programme": "CERV",
        "fund": Fund.CERV,
        "topic": f"CERV-2023-CITIZENS-TOWN-{('TT', 'NT')[number % 2]}",
        "call_identifier": "CERV-2023-CITIZENS-TOWN",
        "end": date(2025, 1, 1) + timedelta(days=number),
        "participants": (
            Participant(pic="1", name="Città di Esempio", country="IT", role=ProjectRole.COORDINATOR),
            Participant(pic="2", name="100% Verein_Beispiel", country="DE", role=ProjectRole.PARTICIPANT),
        ),
        "as_of": day,
    }
    return Project(**facts | changes)


@pytest.fixture
def save(store, make_run):
    def save(*projects, day=DAY, id="run-1"):
        run = make_run(id, day=day, source="funded").model_copy(update={"card": CARD})
        return store.save_run(run, projects=projects)

    return save


def test_what_goes_in_comes_out_by_its_end(store, save):
    projects = [make_project(number) for number in range(3)] + [make_project(9, end=None)]
    assert save(*projects).calls == 4
    assert store.projects() == [projects[2], projects[1], projects[0], projects[3]]
    assert store.projects(limit=2) == [projects[2], projects[1]]
    assert store.count_projects() == 4


def test_new_changed_and_the_same_are_told_apart(store, save):
    save(make_project(1), make_project(2))
    later = DAY + timedelta(days=7)
    changed = make_project(1, later, participants=())
    run = save(changed, make_project(2, later), make_project(3, later), day=later, id="run-2")
    assert (run.calls, run.new, run.changed) == (3, 1, 1)
    assert {one.as_of for one in store.projects()} == {later}
    assert changed in store.projects()
    with store._access.reading() as connection:
        owners = connection.execute(select(participant.c.project).distinct()).scalars().all()
    assert changed.id not in owners


def test_an_older_reading_replaces_nothing(store, save):
    save(make_project(1))
    before = DAY - timedelta(days=1)
    run = save(make_project(1, before, title="As it was"), day=before, id="run-0")
    assert (run.new, run.changed) == (0, 0)
    assert store.projects() == [make_project(1)]


def test_more_than_a_batch(store, save):
    many = [make_project(number) for number in range(2 * BATCH + 1)]
    assert save(*many).new == len(many)
    assert save(*many, id="run-2").changed == 0
    assert store.count_projects() == len(many)


def test_a_failed_run_stores_no_project(store, make_run):
    run = make_run(outcome=RunOutcome.FAIL, source="funded")
    with pytest.raises(ValueError, match="must not be stored"):
        store.save_run(run, projects=[make_project()])
    assert store.count_projects() == 0


def references(projects):
    return sorted(one.reference[-1] for one in projects)


def test_look_ups(store, save):
    save(
        make_project(1),
        make_project(2, topic="CERV-2024-CITIZENS-TOWN-TT", call_identifier=None, participants=()),
        make_project(3, programme="AMIF", fund=Fund.AMIF, topic="AMIF-2025-TF2-AG-INTE-05-CHILDREN", acronym="ÉCOLE"),
    )
    assert references(store.projects((Basis.TOPIC, "cerv-2023-citizens-town-nt"))) == ["1"]
    assert references(store.projects((Basis.CALL, "CERV-2023-CITIZENS-TOWN"))) == ["1", "3"]
    assert references(store.projects((Basis.LINE, "CERV-CITIZENS-TOWN-TT"))) == ["2"]
    assert references(store.projects((Basis.LINE, "AMIF-TF2-AG-INTE-CHILDREN"))) == ["3"]
    assert references(store.projects((Basis.CALL_LINE, "CERV-CITIZENS-TOWN"))) == ["1", "3"]
    assert references(store.projects(programme="AMIF")) == ["3"]
    assert references(store.projects(fund=Fund.CERV)) == ["1", "2"]
    assert references(store.projects(country="IT")) == ["1", "3"]
    assert references(store.projects(text="ecole number")) == ["3"]
    assert references(store.projects(organisation="citta ESEMPIO")) == ["1", "3"]
    assert references(store.projects(country="DE", organisation="esempio")) == []
    assert references(store.projects(country="DE", programme="CERV")) == ["1"]


@pytest.mark.parametrize(("words", "count"), [("100%", 1), ("verein_b", 1), ("v%n", 0), ("verein b", 1), ("v_rein", 0)])
def test_signs_in_a_name_mean_themselves(store, save, words, count):
    save(make_project())
    assert len(store.projects(organisation=words)) == count


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        *(
            (has_code(basis, "X-Y"), f"ix_project_{name}")
            for basis, name in zip(Basis, ("topic", "call_identifier", "line", "call_line"), strict=True)
        ),
        (project.c.programme == "CERV", "ix_project_programme"),
        (has_participant(country="IT"), "ix_participant_country"),
        (project.c.id.in_(select(participant.c.project).where(participant.c.pic == "1")), "ix_participant_pic"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_look_ups_use_their_index(store, condition, index):
    query = select(project.c.id).where(condition)
    with store._access.engine.connect() as connection:
        compiled = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").scalars(3).all()
    assert index in " ".join(plan)


def test_a_store_of_the_first_schema_keeps_its_data(url, make_call, make_run, save_first_schema):
    known, run = make_call(), make_run()
    save_first_schema(known, run)
    with open_store(url) as store:
        assert store.call(known.id).title == known.title
        assert [one.id for one in store.runs()] == [run.id]
        assert store.projects() == []
        card = run.model_copy(update={"id": "run-2", "card": CARD})
        store.save_run(card, projects=[make_project()])
        assert store.projects() == [make_project()]


@pytest.fixture
def save_first_schema(url):
    """A store as the first version left it, with a call and a run."""

    def save(one, run):
        Path(make_url(url).database).parent.mkdir(parents=True)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        engine = create_engine(url)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            days = {"as_of": DAY, "first_seen": DAY, "last_seen": DAY, "valid_from": DAY}
            facts = {name: getattr(one, name) for name in ("id", "source", "reference", "identifier", "kind")}
            body = one.model_dump_json(exclude=set(days), exclude_defaults=True)
            connection.execute(insert(call).values(**facts, **days, content_hash="x", body=body))
            started = run.started.isoformat(timespec="microseconds")
            values = {"id": run.id, "source": run.source, "started": started, "outcome": run.outcome}
            connection.execute(insert(run_table).values(**values, body=run.model_dump_json()))
        engine.dispose()

    return save
