"""All pages of a list together are the list."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.listing import Listing, Part
from dashboard.plain import slices

numbers = st.integers(0, 60)
parts = st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=6)


def made(sizes) -> Listing:
    groups = [
        [tuple(f"{part} {name} {n}" for n in range(size)) for name, size in zip(slices.GROUPS, one, strict=True)]
        for part, one in enumerate(sizes)
    ]
    found = tuple(Part(None, **dict(zip(slices.GROUPS, one, strict=True))) for one in groups)
    nothing = pd.DataFrame()
    return Listing(parts=found, table=nothing, every=nothing, total=sum(part.number for part in found))


def ids(rows) -> list[str]:
    return [id for row in rows for id in row.ids]


@given(parts)
def test_every_call_stands_on_exactly_one_page(sizes):
    listing = made(sizes)
    pages = [ids(slices.rows(listing, page)) for page in range(1, slices.last_page(listing) + 1)]
    together = [id for page in pages for id in page]
    assert sorted(together) == sorted(ids(slices.whole(listing)))
    assert len(together) == len(set(together)) == listing.total
    assert all(pages[1:])


@given(parts)
def test_a_slice_tells_its_place(sizes):
    listing = made(sizes)
    for page in range(1, slices.last_page(listing) + 1):
        for row in slices.rows(listing, page):
            for name, one in row.groups.items():
                assert one.ids == getattr(row.part, name)[one.first - 1 : one.last]


def test_the_first_page_has_all_rows_and_there_is_no_page_behind_the_last():
    listing = made([(0, 0, 0, 0), (11, 0, 0, 0)])
    assert len(slices.rows(listing, 1)) == 2
    assert [len(ids(slices.rows(listing, page))) for page in (1, 2, 3)] == [10, 1, 0]
    assert slices.last_page(made([(0, 0, 0, 0)])) == 1
