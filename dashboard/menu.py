"""The pages of the dashboard and the languages it speaks, as menus."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from matcher.languages import LANGUAGES, Speaker, speaker

LANGUAGE = "lang"
"""Name of the address's parameter."""


def pages(say: Speaker) -> list[StreamlitPage]:
    """In the order in which they are offered; that of one call is reached from the others alone."""
    return [
        st.Page("views/matches.py", title=say.gettext("Calls by fund"), default=True),
        st.Page("views/deadlines.py", title=say.gettext("Deadlines"), url_path="deadlines"),
        st.Page("views/pipeline.py", title=say.gettext("Our calls"), url_path="pipeline"),
        st.Page("views/partners.py", title=say.gettext("Partners"), url_path="partners"),
        st.Page("views/map.py", title=say.gettext("Map"), url_path="map"),
        st.Page("views/organisation.py", title=say.gettext("Organisation"), url_path="organisation"),
        st.Page("views/sources.py", title=say.gettext("Sources"), url_path="sources"),
        st.Page("views/about.py", title=say.gettext("About"), url_path="about"),
        st.Page("views/call.py", title=say.gettext("One call"), url_path="call", visibility="hidden"),
    ]


def languages(say: Speaker, page: StreamlitPage) -> None:
    """The same page in another language: links that load it anew, because `<html lang>` is set by the server."""
    links = "".join(f"<li>{_link(say, page, code)}</li>" for code in LANGUAGES)
    label = escape(say.gettext("Languages of this page"), quote=True)
    with st.popover(say.name, icon=":material/translate:", key="language"):
        st.html(f'<nav class="languages" aria-label="{label}"><ul>{links}</ul></nav>')


def _link(say: Speaker, page: StreamlitPage, code: str) -> str:
    query = urlencode({**st.query_params.to_dict(), LANGUAGE: code})
    current = ' aria-current="true"' if code == say.language else ""
    name = escape(speaker(code).name)
    return f'<a href="/{page.url_path}?{escape(query)}" lang="{code}" hreflang="{code}"{current}>{name}</a>'
