"""The plain twin of the dashboard: the matches and a call as HTML that needs no script, also for print and slow lines.

`links` names its addresses. The pages draw from `matches` and `call`, which are pure; `routes` is their only edge.
"""
