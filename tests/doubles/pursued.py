"""What an organisation of the small store does about calls: something in most stages, and a note."""

from __future__ import annotations

from datetime import UTC, datetime, time

from matcher.model import Dislike, Note, Pursuit, Stage
from matcher.store import Store
from tests.doubles import small_store as small

AT = datetime.combine(small.DAY, time(9), UTC)
STAGES = {
    small.WOMEN: Stage.WRITING,
    small.URBACT: Stage.SAVED,
    small.PLANNED: Stage.CONSIDERING,
    small.OVER: Stage.LOST,
}


def pursue_some(store: Store) -> None:
    for call, stage in STAGES.items():
        store.workspaces.pursue(Pursuit(organisation=small.MUNICIPALITY, call=call, stage=stage, changed=AT))
    dismissed = Pursuit(
        organisation=small.MUNICIPALITY,
        call=small.TOWNS,
        stage=Stage.DISMISSED,
        reason=Dislike.TOO_SMALL,
        changed=AT,
    )
    store.workspaces.pursue(dismissed)
    note = Note(id="n1", organisation=small.MUNICIPALITY, call=small.WOMEN, text="Ask the council.", written=AT)
    store.workspaces.note(note)
