"""One call as the chosen organisation sees it on the chosen day, in the order of a reader's questions."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard import queries
from dashboard.call import consortium, documents, head, keeping, kin, lens, nothing, partners, winners
from dashboard.call.drawing import drawn
from dashboard.frame import CALL, made
from dashboard.pipeline.buttons import buttons
from dashboard.pipeline.our_call import notes_button
from dashboard.told import one_call
from dashboard.told.calls import HEADING, Known
from dashboard.told.changes import changes
from dashboard.told.reader import Reader
from dashboard.told.statements import Teller
from matcher.alerts.letters.voice import Voice
from matcher.documents.cited import as_linked

frame, key = made(), st.query_params.get(CALL, "")
say, on, own = frame.say, frame.on, frame.profile
st.page_link(
    "views/matches.py",
    label=say.gettext("All calls by fund"),
    icon=":material/arrow_back:",
    query_params=frame.query(),
)
call = queries.found_call(key) if key else None
if call is None:
    nothing.named(say)
elif isinstance(call, tuple):
    st.title(say.gettext("One call"), anchor=False)
    nothing.known(frame, key, call)
else:
    voice = Voice(say, html=True, is_mail=False)
    known = Known(queries.source_titles(), queries.goal_names(), queries.rates())
    reader = Reader(voice, own, on, frame.today, known, lambda id: f"?{urlencode(frame.query(call=id))}", HEADING)
    match, related = queries.match(own.id, call, on) if own else None, queries.related(call)
    head.section(reader, call, match, queries.listed_calls(related.later[:2]))
    if own:
        pursuit = queries.pursuits(own.id).get(call.id)
        with st.container(horizontal=True, vertical_alignment="center"):
            buttons(frame, call.id, call.title, pursuit)
        notes_button(frame, call.id, call.title, pursuit, queries.notes(own.id, call.id))
    fetched = queries.documents(call)
    tell = Teller(voice, call.language or "", as_linked(call, fetched))
    answers = one_call.answers(call, match, queries.finance(call), queries.offers(call), tell, reader)
    drawn(say, "call_answers", **answers)
    if members := consortium.chosen(say, call.id, frame.profiles, own):
        consortium.shown(queries.board(call.id, members, on), tell)
    permalink = keeping.permalink(frame, call, queries.public_address())
    if own and members and partners.is_wanted(say, call.id):
        partners.found(frame, queries.partners(own.id, call.id, members, on), permalink)
    changed = changes(say, queries.events(call), queries.history(call))
    drawn(say, "news", **one_call.news(call, changed, fetched, reader))
    documents.contents(say, call, fetched, partial(queries.call_documents, call), queries.unread_conditions)
    kin.section(reader, related, queries.listed_calls)
    winners.section(frame, call.id, queries.has_projects(), partial(queries.precedents, call.id))
    lens.section(tell, call.id, partial(queries.in_brief, call, on))
    keeping.section(frame, reader, call, queries.key(own.id) if own else "", permalink)
