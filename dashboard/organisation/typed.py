"""What is typed in the form, as a draft: from the widgets' state and into it. Draws nothing.

Streamlit forgets a widget that is not drawn in a run; the draft is kept beside, so that a look at another page loses
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from matcher.model import Fact
from matcher.organisations.draft import STATED, Draft, DraftNeed, Figure, Past
from matcher.organisations.form import whole_number


@dataclass(frozen=True)
class Form:
    """`key`: names the form among all that one session has open."""

    key: str

    def state(self, field: str) -> str:
        """The key of a field's widget."""
        return f"{self.key} {field}"

    def value(self, field: str) -> Any:
        return st.session_state.get(self.state(field))

    def begin(self, draft: Draft) -> None:
        """Fill the widgets: with what was typed before, else with `draft`."""
        if self.state("name") in st.session_state:
            return
        st.session_state.setdefault(self.state("began with"), draft)
        self.fill(st.session_state.get(self.state("kept"), draft))

    def fill(self, draft: Draft) -> None:
        began: Draft = st.session_state[self.state("began with")]
        own = [fact.text for fact in draft.facts if fact not in began.facts]
        for field, value in (_widgets(draft) | {"new facts": "\n".join(own)}).items():
            st.session_state[self.state(field)] = value

    def draft(self, on: date) -> Draft:
        """As it is typed now; `on`: the day on which what is typed is stated."""
        before: Draft = st.session_state[self.state("began with")]
        typed = Draft(
            name=self.value("name") or "",
            type=self.value("type"),
            country=self.value("country") or "",
            nuts=self.value("nuts") or "",
            description=self.value("description") or "",
            kinds=tuple(self.value("kinds") or ()),
            roles=tuple(self.value("roles") or ()),
            languages=tuple(self.value("languages") or ()),
            needs=tuple(DraftNeed(text, self._language(text, before)) for text in _lines(self.value("needs"))),
            population=self._figure("population", before.population),
            budget=self._figure("budget", before.budget),
            past=self._past(before.past),
            networks=_lines(self.value("networks")),
            partner_search=bool(self.value("partner_search")),
            facts=(*self._kept_facts(before), *self._new_facts(on)),
        )
        st.session_state[self.state("kept")] = typed
        return typed

    def forget(self) -> None:
        for name in [name for name in st.session_state if str(name).startswith(f"{self.key} ")]:
            del st.session_state[name]

    def _language(self, text: str, before: Draft) -> str:
        chosen = self.value(f"language of {text}")
        known = {need.text: need.language for need in before.needs}
        return str(chosen or known.get(text, ""))

    def _figure(self, field: str, before: Figure) -> Figure:
        """Whoever changes a figure states it: its old source holds for the old figure alone."""
        typed = Figure(self.value(field) or "", self.value(f"{field} as of") or "")
        same = whole_number(typed.value) == whole_number(before.value) and typed.as_of == before.as_of
        return replace(typed, source=before.source if same else "")

    def _past(self, before: Past) -> Past:
        typed = Past(
            projects=self.value("projects") or "",
            led=self.value("led") or "",
            multi_country=self.value("multi_country"),
            labels=_lines(self.value("labels")),
        )
        same = typed == replace(before, source="", as_of="")
        return before if same else typed

    def _kept_facts(self, before: Draft) -> tuple[Fact, ...]:
        return tuple(fact for at, fact in enumerate(before.facts) if self.value(f"fact {at}") is not False)

    def _new_facts(self, on: date) -> tuple[Fact, ...]:
        return tuple(Fact(text=text, source=STATED, as_of=on) for text in _lines(self.value("new facts")))


def _widgets(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "type": draft.type,
        "country": draft.country or None,
        "nuts": draft.nuts or None,
        "description": draft.description,
        "kinds": list(draft.kinds),
        "roles": list(draft.roles),
        "languages": list(draft.languages),
        "needs": "\n".join(" ".join(need.text.split()) for need in draft.needs),
        "population": draft.population.value,
        "population as of": draft.population.as_of,
        "budget": draft.budget.value,
        "budget as of": draft.budget.as_of,
        "projects": draft.past.projects,
        "led": draft.past.led,
        "multi_country": draft.past.multi_country,
        "labels": "\n".join(draft.past.labels),
        "networks": "\n".join(draft.networks),
        "partner_search": draft.partner_search,
    }


def _lines(typed: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())
