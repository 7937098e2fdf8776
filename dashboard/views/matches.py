"""First view: the brief's table for one organisation, one section per fund with its calls below."""

import streamlit as st

from dashboard import queries, table, widgets
from dashboard.choice import made

choice = made()
if choice.profile is None:
    st.title("EU funds for integration")
    st.info("Choose an organisation above: each call then shows its way in and the reasons.")
    for section in queries.empty_table():
        if section.row is not None:
            table.fund_row(section.row)
else:
    st.title(f"EU calls for {widgets.escaped(choice.profile.name)}")
    widgets.organisation(choice.profile)
    widgets.subscribe(choice.profile)
    titles = queries.source_titles()
    for section in queries.table(choice.profile.id, choice.on):
        table.fund_section(section, choice, choice.profile, titles)
    table.left_out(queries.left_out(choice.profile.id))
