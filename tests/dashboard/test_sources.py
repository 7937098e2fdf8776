"""The page of sources: state, age, gaps and what was not understood of each; what is held of each Member State."""

import re
from dataclasses import replace

import pytest

from dashboard.sources import overview, remarks
from dashboard.sources.states import CONDITIONS, REACHES, badge
from matcher.coverage import Condition, SourceState
from matcher.languages import speaker
from matcher.model import CallStatus, Issue, RunOutcome, Stages
from matcher.national_coverage import Reach
from tests.doubles import small_store as small

EN = speaker("en")
CARD = small.CARDS[0].model_copy(update={"gaps": ("Calls of regions are not read.",)})
GOOD = small.good_run(CARD, snapshot=True, calls=3, stages=Stages(listed=4, fetched=4, parsed=3, normalised=3, valid=2))
BAD = GOOD.model_copy(
    update={
        "outcome": RunOutcome.FAIL,
        "reasons": ("only 2 calls, 3 expected", "it answers 200 to all"),
        "alarms": ("it answers 200 to all",),
    }
)
ISSUE = Issue(field="status", problem="unknown code", found="31094599", reference="T-1", place="plan.xlsx, row 12")
STATE = SourceState(
    source=CARD.name,
    card=CARD,
    latest=BAD,
    last_good=GOOD,
    on=small.DAY,
    calls={CallStatus.OPEN: 2, CallStatus.CLOSED: 1},
    issues=(ISSUE,),
)


def test_each_source_and_each_member_state_is_there(page, shown):
    app = page("sources")
    text = shown(app).replace("\\", "")
    assert f"{len(small.CARDS)} sources" in text
    for card in small.CARDS:
        assert card.title in text
        assert card.licence in text
    assert "National calls, by Member State" in text
    assert "Latvia" in text
    assert len(app.expander) == len(small.CARDS)


@pytest.mark.parametrize(("kind", "known"), [(Condition, CONDITIONS), (Reach, REACHES)])
def test_every_state_has_words(kind, known):
    assert set(known) == set(kind)
    assert all(state.term.text for state in known.values())


@pytest.mark.parametrize("state", [*CONDITIONS.values(), *REACHES.values()])
def test_a_state_is_a_badge_of_an_icon_and_words(state):
    """Streamlit shows the name of an icon that it does not know as a word."""
    assert re.fullmatch(r":[a-z]+-badge\[:material/[a-z_]+: [^:]+\]", badge(EN, state))


def test_age_failure_and_what_was_not_understood_are_told():
    text = "\n".join(overview.told(EN, STATE))
    assert "Bundled snapshot of 2 March 2026" in text
    assert "The latest run failed; the data of the last good run stay." in text
    assert text.replace("\\", "").count("it answers 200 to all") == 1
    assert "only 2 calls, 3 expected" in text.replace("\\", "")
    assert "Not read or not understood: 1 value" in text
    assert "found “31094599”" in text.replace("\\", "")
    assert "Known to be missing" in text
    assert "4 listed" in text


def test_thousands_of_issues_are_counted_and_few_are_named():
    many = replace(STATE, issues=STATE.issues * 3_000)
    text = "\n".join(overview.told(EN, many))
    assert "3,000 values" in text
    assert f"and {3_000 - remarks.LISTED:,} more" in text
    assert len(text) < 10_000


def test_a_source_that_was_never_read_says_so():
    never = replace(STATE, latest=None, last_good=None, calls={}, issues=())
    assert "Nothing of it is shown yet." in "\n".join(overview.told(EN, never))
