"""The matcher's values in the words of the API. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dashboard.api import call_models
from dashboard.api import models as told
from matcher import model
from matcher.coverage import SourceState
from matcher.days import day_iso
from matcher.history import Step
from matcher.printable import safe_url
from matcher.wire.calls import deadline_iso


def call(one: model.Call, on: date) -> call_models.Call:
    return call_models.Call(**_facts(one, on))


def full_call(one: model.Call, on: date, steps: Iterable[Step]) -> call_models.FullCall:
    return call_models.FullCall(
        **_facts(one, on),
        description=one.text,
        conditions=one.conditions,
        applicants=one.applicants,
        terms=one.terms,
        keywords=list(one.keywords),
        documents=[
            call_models.Document(url=safe_url(page.url), label=page.label, language=page.language or None)
            for page in one.documents
        ],
        history=[
            call_models.Step(on=step.on, what=step.what, was=step.was, now=step.now, where=step.where) for step in steps
        ],
    )


def event(one: model.Event, listed: model.Call | None) -> told.Event:
    """`listed`: the call that the event's record is today."""
    seen = one.observation
    return told.Event(
        seq=one.seq,
        key=one.key,
        call=listed and listed.id,
        record=one.call,
        source=one.source,
        kind=one.kind,
        on=one.on,
        day=one.day,
        within=one.within,
        changes=[
            told.Change(field=part.field, was=list(part.was), now=list(part.now), where=part.where)
            for part in one.changes
        ],
        silent=one.silent,
        seen_before=seen.seen_before,
        url=safe_url(seen.url),
        note=seen.note,
    )


def profile(one: model.Profile) -> told.Profile:
    shown = set(told.Profile.model_fields)
    return told.Profile.model_validate(one.model_dump(include=shown))


def match(one: model.Match, place: int) -> told.Match:
    return told.Match(
        place=place,
        call=call(one.call, one.on),
        score=one.score,
        parts=[told.Part(name=part.name, label=part.label, value=part.value) for part in one.contributions],
        route=_route(one.route),
        verdicts=[
            told.Verdict(
                rule=verdict.rule,
                label=verdict.label,
                answer=verdict.answer,
                reason=verdict.reason,
                reference=verdict.reference,
                remedy=verdict.remedy,
            )
            for verdict in one.verdicts
        ],
        evidence=[
            told.Evidence(need=found.need, quote=found.quote.text, place=found.quote.place) for found in one.evidence
        ],
    )


def source(state: SourceState) -> told.Source:
    card = state.card
    return told.Source(
        name=state.source,
        title=state.title,
        publisher=card and card.publisher,
        url=safe_url(card.url) if card else None,
        licence=card and card.licence,
        tier=card and card.tier,
        funds=list(card.funds) if card else [],
        country=(card.country or None) if card else None,
        frequency=(card.frequency or None) if card else None,
        condition=state.condition,
        is_stale=state.is_stale,
        last_read=state.last_good and state.last_good.as_of,
        age_days=state.age_days,
        calls=state.calls,
        gaps=list(card.gaps) if card else [],
    )


def _facts(one: model.Call, on: date) -> dict[str, object]:
    """What `Call` and `FullCall` share."""
    national = one.national
    return {
        "id": one.id,
        "code": one.code,
        "title": one.title,
        "language": one.language,
        "status": one.status(on),
        "is_planned": one.is_planned,
        "kind": one.kind,
        "fund": one.fund,
        "programme": one.programme,
        "country": national and national.country,
        "authority": national.authority.name if national and national.authority else None,
        "funding": _funding(one),
        "key_dates": _key_dates(one, on),
        "url": safe_url(one.url),
        "source": one.source,
        "tier": one.tier,
        "is_confirmed": one.is_confirmed,
        "as_of": one.as_of,
        "first_seen": one.first_seen,
        "last_seen": one.last_seen,
        "sightings": [
            call_models.Sighting(
                id=seen.id, source=seen.source, url=safe_url(seen.url), as_of=seen.as_of, basis=seen.basis
            )
            for seen in one.sightings
        ],
    }


def _funding(one: model.Call) -> call_models.Funding:
    return call_models.Funding(
        total_amount_available=_amount(one.budget.total if one.budget else None),
        is_shared=one.budget.shared if one.budget else False,
        min_award_amount=_amount(one.grant.minimum),
        max_award_amount=_amount(one.grant.maximum),
        estimated_award_count=one.grant.expected_grants,
        rate_percent=_plain(one.grant.rate_percent) if one.grant.rate_percent else None,
    )


def _amount(money: model.Money | None) -> call_models.Amount | None:
    return call_models.Amount(amount=_plain(money.amount), currency=money.currency) if money else None


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing: 1200000, 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key_dates(one: model.Call, on: date) -> call_models.KeyDates:
    ahead = one.next_deadline(on)
    return call_models.KeyDates(
        opens=one.opening and day_iso(one.opening, one.opening_precision),
        deadlines=[_key_day(deadline) for deadline in one.deadlines],
        model=one.deadline_model,
        next=ahead and _key_day(ahead),
        closes=one.final_day,
    )


def _key_day(deadline: model.Deadline) -> call_models.KeyDay:
    return call_models.KeyDay(
        at=deadline_iso(deadline),
        last_day=deadline.last_day,
        precision=deadline.precision,
        zone=deadline.zone,
        stage=deadline.stage,
    )


def _route(route: model.Route) -> told.Route:
    return told.Route(
        kind=route.kind,
        also=list(route.also),
        label=route.label,
        reason=route.reason,
        is_open=route.is_open,
        body=route.body and route.body.name,
        body_url=safe_url(route.body.url) if route.body else None,
    )
