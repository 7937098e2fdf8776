"""What of a call is embedded: title and topic text, in windows that end where sentences end."""

from matcher.embedding import HashingEncoder
from matcher.model import Update
from matcher.passages import LONGEST_TEXT, WINDOW, call_windows, windows

count = HashingEncoder().count_tokens  # words


def test_a_call_without_text_is_its_title(make_call):
    assert windows(make_call(), count) == ("Homes for newcomers",)


def test_conditions_applicants_and_updates_are_never_embedded(make_call):
    plain = make_call(text="Towns build homes. Migrants take part.")
    noisy = plain.model_copy(
        update={
            "conditions": "General conditions apply.",
            "applicants": "Public bodies.",
            "updates": (Update(reference="u", title="News", text="The session is now open."),),
        }
    )
    assert windows(noisy, count) == windows(plain, count)


def test_windows_are_full_whole_sentences_under_the_title(make_call):
    said = [f"Sentence number {i} says a little about homes." for i in range(100)]
    found = windows(make_call(text=" ".join(said)), count)
    assert " ".join(window.removeprefix("Homes for newcomers\n") for window in found).split(". ") == " ".join(
        said
    ).split(". ")
    assert all(window.startswith("Homes for newcomers\n") and window.endswith(".") for window in found)
    lengths = count(found)
    assert all(WINDOW - 8 < length <= WINDOW for length in lengths[:-1])
    assert lengths[-1] <= WINDOW


def test_the_title_repeated_in_the_text_is_not_embedded_twice(make_call):
    assert windows(make_call(text="Homes for newcomers\nTowns build them."), count) == (
        "Homes for newcomers\nTowns build them.",
    )


def test_a_description_of_20_megabytes_costs_no_more_than_a_long_one(make_call):
    huge = make_call(text="Towns build homes for all who come. " * 600_000)
    found = windows(huge, count)
    assert sum(map(len, found)) < 1.5 * LONGEST_TEXT


def test_a_title_longer_than_a_window_leaves_room_for_the_text(make_call):
    call = make_call(title="word " * 500, text="Sentence one is here. " * 60)
    assert len(windows(call, count)) < 6


def test_many_calls_are_cut_as_each_alone(make_call):
    calls = [make_call(str(i), text="Towns build homes. " * i) for i in range(5)]
    assert call_windows(calls, count) == tuple(windows(call, count) for call in calls)
