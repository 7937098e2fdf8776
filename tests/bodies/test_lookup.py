"""Which body serves an organisation: by programme, country, role, field and region; and what a newer crawl changes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reference.bodies import Bodies, BodyRole, Door, ErasmusField, NoBody, with_crawled
from matcher.reference.told import Witness

POINT = BodyRole.CONTACT_POINT


@pytest.fixture(scope="module")
def bodies(make):
    agency = {"role": BodyRole.NATIONAL_AGENCY, "programmes": ("AGENCIES",)}
    return Bodies(
        named=(
            make.body("Education", fields=("ADU", "SCH"), **agency),
            make.body("Youth", fields=("YOU",), **agency),
            make.body("Ministry"),
            make.body("Institute", role=BodyRole.INTERMEDIATE_BODY),
            make.body("North", country="IE", regions=("IE04",)),
            make.body("South", country="IE", regions=("IE05", "IE06")),
        ),
        gaps=(make.gap(country="CY"),),
    )


def names(found):
    return [body.name for body in found]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (ErasmusField.ADULT, ["Education"]),
        (ErasmusField.YOUTH, ["Youth"]),
        (None, ["Education", "Youth"]),
    ],
)
def test_an_agency_is_found_by_its_field_and_all_where_the_field_is_not_known(bodies, field, expected):
    assert names(bodies.bodies_for("AGENCIES", "LV", BodyRole.NATIONAL_AGENCY, field)) == expected


def test_a_field_that_no_agency_names_is_a_gap(bodies):
    found = bodies.bodies_for("AGENCIES", "LV", BodyRole.NATIONAL_AGENCY, ErasmusField.SPORT)
    assert isinstance(found, NoBody)


@pytest.mark.parametrize(
    ("nuts", "expected"),
    [("IE041", ["North"]), ("IE05", ["South"]), ("IE0", ["North", "South"]), (None, ["North", "South"])],
)
def test_an_authority_is_found_by_the_region(bodies, nuts, expected):
    assert names(bodies.bodies_for("SHARED", "IE", BodyRole.MANAGING_AUTHORITY, nuts=nuts)) == expected


def test_the_role_is_kept_apart(bodies):
    assert names(bodies.bodies_for("SHARED", "LV", BodyRole.MANAGING_AUTHORITY)) == ["Ministry"]
    assert names(bodies.serving("SHARED", "LV")) == ["Ministry", "Institute"]


def test_a_gap_says_what_was_looked_for_and_a_country_nobody_spoke_of_says_nothing(bodies):
    assert bodies.bodies_for("SHARED", "CY", BodyRole.MANAGING_AUTHORITY).note == "Three pages were looked at."
    unknown = bodies.bodies_for("SHARED", "BR", BodyRole.MANAGING_AUTHORITY)
    assert (unknown.country, unknown.programmes, unknown.note) == ("BR", ("SHARED",), "")


def test_nothing_is_known_without_a_file():
    assert isinstance(Bodies().bodies_for("CERV", "LV", POINT), NoBody)


def test_a_newer_crawl_wins_and_leaves_other_programmes_of_the_same_body(make):
    held = make.body("Old point", role=POINT, programmes=("CERV", "EUI"))
    read = make.crawled(as_of=held.as_of + timedelta(days=1))
    bodies = with_crawled(Bodies(named=(held,)), [read])
    (found,) = bodies.bodies_for("CERV", "LV", POINT)
    assert (found.name, found.url, found.evidence) == ("Agency", "https://agency.example/", Witness.SEEN)
    assert found.as_of == read.as_of
    assert names(bodies.bodies_for("EUI", "LV", POINT)) == ["Old point"]


def test_an_older_crawl_or_one_of_the_same_day_changes_nothing(make):
    held = Bodies(named=(make.body("Point", role=POINT, programmes=("CERV",)),))
    for age in (0, 1):
        assert with_crawled(held, [make.crawled(as_of=held.named[0].as_of - timedelta(days=age))]) == held


def test_what_is_only_general_knowledge_gives_way_to_any_crawl(make):
    held = make.body("Said to be the point", role=POINT, programmes=("CERV",), evidence="known")
    read = make.crawled(as_of=held.as_of - timedelta(days=90))
    assert names(with_crawled(Bodies(named=(held,)), [read]).bodies_for("CERV", "LV", POINT)) == ["Agency"]


def test_a_crawl_fills_a_gap_and_of_several_readings_the_newest_counts(make):
    day = make.body().as_of
    gap = make.gap(role=POINT, programmes=("CERV", "EUI"))
    read = [make.crawled("One"), make.crawled("Two"), make.crawled("Gone", as_of=day - timedelta(days=30))]
    bodies = with_crawled(Bodies(gaps=(gap,)), read)
    assert names(bodies.bodies_for("CERV", "LV", POINT)) == ["One", "Two"]
    assert bodies.bodies_for("EUI", "LV", POINT).note == gap.note


@pytest.mark.parametrize("field", [{"role": "ambassador"}, {"programme": None}, {"country": None}])
def test_a_crawled_body_that_can_be_put_nowhere_is_left_out(make, field):
    assert with_crawled(Bodies(), [make.crawled(**field)]) == Bodies()


def test_the_page_that_lists_a_role_stays_when_a_crawl_is_added(make):
    door = Door(programme="CERV", role=POINT, page="https://list.example/")
    assert with_crawled(Bodies(doors=(door,)), [make.crawled()]).pages == {("CERV", POINT): "https://list.example/"}


@given(st.data())
def test_whatever_a_crawl_read_no_other_country_or_programme_changes(make, data):
    countries, programmes = ("LV", "GR", "IE"), ("CERV", "EUI")
    held = tuple(
        make.body(f"{country} {programme}", country=country, role=POINT, programmes=(programme,))
        for country in countries
        for programme in programmes
    )
    places = data.draw(st.lists(st.tuples(st.sampled_from(countries), st.sampled_from(programmes)), max_size=4))
    later = held[0].as_of + timedelta(days=1)
    read = [make.crawled(country=country, programme=programme, as_of=later) for country, programme in places]
    bodies = with_crawled(Bodies(named=held), read)
    for country in countries:
        for programme in programmes:
            expected = "Agency" if (country, programme) in places else f"{country} {programme}"
            assert {body.name for body in bodies.bodies_for(programme, country, POINT)} == {expected}
