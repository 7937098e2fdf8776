"""First view: the brief's table for one organisation, one part per fund with its calls below."""

from dashboard import queries
from dashboard.frame import made
from dashboard.matches import landing, page

frame = made()
if frame.profile is None:
    landing.drawn(frame, queries.fund_rows())
else:
    page.drawn(frame, frame.profile)
