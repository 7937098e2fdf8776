"""One call as the chosen organisation sees it on the chosen day: facts, verdicts, evidence, what is not known."""

import streamlit as st

from dashboard import call_page, partner_list, queries
from dashboard.choice import CALL, made

choice, key = made(), st.query_params.get(CALL, "")
st.page_link("views/matches.py", label="All calls by fund", icon=":material/arrow_back:", query_params=choice.query())
if not key:
    st.title("One call")
    st.info("The address of this page names no call. Choose one from the calls by fund.")
else:
    call = queries.call(key)
    titles = queries.source_titles()
    call_page.facts(call, choice.on, queries.rates(), titles, queries.documents(call))
    if choice.profile is None:
        st.info("Choose an organisation above to see by which route it can use this call, and why.")
    else:
        call_page.for_organisation(queries.explanation(choice.profile.id, call.id, choice.on), choice.profile)
        if partner_list.is_wanted(call.id):
            partner_list.found(queries.partners(choice.profile.id, call.id, choice.on))
    call_page.texts(call)
    call_page.changes(queries.history(call))
    call_page.origins(call, titles)
