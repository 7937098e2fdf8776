"""The days that matter: what opens and closes when, as timeline and month."""

import streamlit as st

from dashboard import queries
from dashboard.deadlines import page
from dashboard.deadlines.days import OTHER, chosen, moments, of_funds, within, without_days
from dashboard.frame import made

frame = made()
title = frame.say.gettext("Deadlines")
if frame.profile is None:
    st.title(title)
    st.info(frame.say.gettext("Choose an organisation above: its calls then stand here with all their days."))
else:
    standing, pursuits = queries.standing(frame.profile.id, frame.on), queries.pursuits(frame.profile.id)
    st.title(title)  # not sooner: where nothing can be read, the page has the heading of what went wrong
    page.introduction(frame, frame.profile)
    known = queries.listed_calls(chosen(standing, pursuits))
    show, funds, ahead = page.filters(frame.say, len(of_funds(known, (OTHER,))))
    calls = of_funds(known, funds, pursuits)
    found = moments(calls, pursuits, frame.on)
    if show == page.SHEET:
        page.as_month(frame, found)
    elif seen := within(found, frame.on, ahead):
        page.as_timeline(frame, seen, found)
    else:
        page.nothing(frame.say, found)
    page.undated(frame, without_days(calls, found))
    page.subscribing(frame, queries.key(frame.profile.id))
