"""What goes wrong in a part of a page that Streamlit runs by itself is told there, in a sentence."""

from streamlit.testing.v1 import AppTest

from matcher.store import StoreLocked
from tests.doubles import small_store as small


def _told(app):
    assert not app.exception
    return {one.value.replace("\\", "") for one in app.error}


def test_a_store_that_is_locked_while_a_part_of_the_calls_is_drawn_is_told_in_it(page, monkeypatch):
    def locked(*_):
        raise StoreLocked("store.sqlite", "database is locked")

    monkeypatch.setattr("dashboard.queries.entries", locked)
    app = page("matches", profile=small.MUNICIPALITY)
    assert any("Wait until the other `funding` process has finished" in one for one in _told(app))
    assert "Riga City Council" in app.title[0].value, "the rest of the page stands"


def test_a_dialog_tells_what_went_wrong_in_it():
    def script():
        from types import SimpleNamespace

        import streamlit as st

        from dashboard.guard import guarded
        from matcher.languages import speaker
        from matcher.model import said
        from matcher.workspaces.permissions import NotAllowed

        def erase(frame):
            st.markdown("Erase it?")
            raise NotAllowed(said("You may not do this for this organisation. Ask one of its admins."))

        st.dialog("Erase")(guarded(erase))(SimpleNamespace(say=speaker("en")))

    app = AppTest.from_function(script).run()
    assert _told(app) == {"You may not do this for this organisation. Ask one of its admins."}
