"""One call as the chosen organisation sees it on the chosen day: facts, verdicts, evidence, what is not known."""

import streamlit as st

from dashboard import call_page, consortium_board, lens, money, offers, partner_list, queries
from dashboard.choice import CALL, made
from matcher.documents.cited import as_linked

choice, key = made(), st.query_params.get(CALL, "")
st.page_link("views/matches.py", label="All calls by fund", icon=":material/arrow_back:", query_params=choice.query())
if not key:
    st.title("One call")
    st.info("The address of this page names no call. Choose one from the calls by fund.")
else:
    call = queries.call(key)
    titles = queries.source_titles()
    fetched = queries.documents(call)
    quoted = as_linked(call, fetched)
    call_page.facts(call, choice.on, queries.rates(), titles, fetched)
    if choice.profile is None:
        st.info("Choose an organisation above to see by which route it can use this call, and why.")
    else:
        explanation = queries.explanation(choice.profile.id, call.id, choice.on)
        call_page.for_organisation(explanation, choice.profile, quoted)
    if members := consortium_board.chosen(call.id, queries.profiles(), choice.profile):
        consortium_board.shown(queries.board(call.id, members, choice.on), quoted)
        if choice.profile is not None and partner_list.is_wanted(call.id):
            partner_list.found(queries.partners(choice.profile.id, call.id, members, choice.on))
    offers.section(queries.offers(call), quoted)
    money.section(queries.finance(call), queries.rates())
    lens.section(queries.in_brief(call, choice.on))
    call_page.texts(call)
    call_page.changes(queries.history(call))
    call_page.origins(call, titles)
