"""Areas as the lists of calls word them, in their own language, as NUTS codes; and what is not understood."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.area_names import REFERENCE, vocabulary
from crawler.normalise.area_words import load_words
from crawler.normalise.areas import LONG, understand_area
from crawler.normalise.issues import Issues
from matcher.areas import covers
from matcher.factfile import BadFactFile
from matcher.geography import load_lau, load_nuts
from matcher.model import Answer, Area

LANGUAGES = {
    "CZ": "cs", "SK": "sk", "PL": "pl", "PT": "pt", "ES": "es", "RO": "ro",
    "GR": "el", "LT": "lt", "FI": "fi", "IT": "it", "LV": "lv",
}  # fmt: skip
REGIONS = load_nuts(REFERENCE)


def read(country: str, *texts: str) -> tuple[Area, Issues]:
    issues = Issues("x")
    return understand_area(texts, country, LANGUAGES.get(country, "en"), issues), issues


WHOLE = [
    ("CZ", "celá ČR"), ("CZ", "území celé České republiky"), ("CZ", "všechny kraje"),
    ("SK", "celé územie SR"), ("SK", "všetky regióny"), ("SK", "Slovenská republika"),
    ("PL", "cała Polska"), ("PL", "cały kraj"), ("PL", "teren całego kraju"),
    ("PT", "Todas as regiões"), ("PT", "Portugal"), ("PT", "Território nacional"),
    ("ES", "ES - ESPAÑA"), ("ES", "toda España"), ("ES", "ámbito nacional"),
    ("RO", "la nivel național"), ("RO", "România"), ("RO", "LDR, MDR"),
    ("GR", "Όλη η χώρα"), ("GR", "ΟΛΗ Η ΕΠΙΚΡΑΤΕΙΑ"), ("GR", "Ελληνική επικράτεια"),
    ("LT", "visa Lietuva"), ("LT", "Lietuvos Respublika"),
    ("FI", "koko maa"), ("FI", "Valtakunnallinen"), ("FI", "Koko Suomi"),
    ("IT", "intero territorio nazionale"), ("LV", "visa Latvija"), ("HU", "whole country"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text"), WHOLE)
def test_the_whole_country(country: str, text: str) -> None:
    area, issues = read(country, text)
    assert area == Area(text=text, codes=("EL" if country == "GR" else country,))
    assert not issues.all()


NAMED = [
    ("CZ", "Jihomoravský kraj", "CZ064"),
    ("CZ", "území Jihomoravského kraje a Zlínského kraje", "CZ064 CZ072"),
    ("CZ", "Kraj Vysočina", "CZ063"),
    ("CZ", "na Vysočině", "CZ063"),
    ("CZ", "Praha", "CZ01"),
    ("CZ", "hl. m. Praha", "CZ01"),
    ("CZ", "CZ064; CZ072", "CZ064 CZ072"),
    ("SK", "Košický kraj", "SK042"),
    ("SK", "KOSICKY KRAJ, Prešovský kraj", "SK04"),
    ("SK", "Banskobystrického samosprávneho kraja", "SK032"),
    ("SK", "Bratislavský kraj", "SK01"),
    ("PL", "województwo mazowieckie", "PL9"),
    ("PL", "mazowieckie", "PL9"),
    ("PL", "teren województwa śląskiego", "PL22"),
    ("PL", "region warszawski stołeczny", "PL91"),
    ("PL", "województwo lubelskie; województwo podkarpackie; województwo podlaskie", "PL8"),
    ("PT", "Norte", "PT11"),
    ("PT", "Centro", "PT19 PT1D1 PT1D2"),
    ("PT", "Norte, Centro e Alentejo", "PT11 PT19 PT1C PT1D"),
    ("PT", "AML", "PT1A PT1B"),
    ("PT", "Algarve", "PT15"),
    ("PT", "Continente", "PT1"),
    ("PT", "R. A. Açores", "PT2"),
    ("PT", "PT17", "PT1A PT1B"),
    ("ES", "ES61 - ANDALUCIA", "ES61"),
    ("ES", "Comunidad de Madrid", "ES3"),
    ("ES", "MADRID", "ES3"),
    ("ES", "Castilla y León", "ES41"),
    ("ES", "Castilla - La Mancha", "ES42"),
    ("ES", "provincias de A Coruña y Lugo", "ES111 ES112"),
    ("ES", "Islas Canarias", "ES7"),
    ("ES", "Comunidad Valenciana", "ES52"),
    ("RO", "Regiunea Nord-Vest", "RO11"),
    ("RO", "București – Ilfov", "RO32"),
    ("RO", "Bucureşti-Ilfov", "RO32"),
    ("RO", "Regiunea Sud - Muntenia", "RO31"),
    ("RO", "Regiunile de dezvoltare Nord-Est și Vest", "RO21 RO42"),
    ("RO", "județul Cluj", "RO113"),
    ("GR", "Περιφέρεια Αττικής", "EL3"),
    ("GR", "ΠΕΡΙΦΕΡΕΙΑ ΚΕΝΤΡΙΚΗΣ ΜΑΚΕΔΟΝΙΑΣ", "EL52"),
    ("GR", "Περιφέρεια Ανατολικής Μακεδονίας και Θράκης", "EL51"),
    ("GR", "Ηπείρου, Θεσσαλίας", "EL54 EL61"),
    ("GR", "Kriti", "EL43"),
    ("LT", "Vilniaus apskritis", "LT01"),
    ("LT", "Utenos ir Telšių regionai", "LT028 LT029"),
    ("LT", "Vidurio ir vakarų Lietuvos regionas", "LT02"),
    ("LT", "Sostinės regionas", "LT01"),
    ("FI", "Etelä-Suomi", "FI1B FI1C"),
    ("FI", "Itä-Suomi", "FI1D8 FI1DA FI1DB FI1DC"),
    ("FI", "Lapin maakunta", "FI1D7"),
    ("FI", "Pohjois-Savon ja Pohjois-Karjalan maakunnat", "FI1DB FI1DC"),
    ("IT", "Regione Sicilia", "ITG1"),
    ("IT", "Reggio Emilia", "ITH53"),
    ("IT", "Trentino-Alto Adige", "ITH1 ITH2"),
    ("LV", "Latgales plānošanas reģions", "LV005"),
    ("HU", "Észak-Alföld", "HU32"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text", "codes"), NAMED)
def test_regions_by_name_and_code(country: str, text: str, codes: str) -> None:
    area, issues = read(country, text)
    assert area == Area(text=text, codes=tuple(codes.split()))
    assert not issues.all()


@pytest.mark.parametrize(
    ("country", "text", "codes"),
    [
        ("SK", "menej rozvinuté regióny", "SK02 SK03 SK04"),
        ("CZ", "přechodové regiony", "CZ02 CZ03 CZ06"),
        ("RO", "Regiuni mai puțin dezvoltate", "RO1 RO2 RO31 RO4"),
        ("RO", "MDR", "RO32"),
        ("PL", "regiony przejściowe", "PL41 PL51"),
        ("GR", "στη μετάβαση", "EL3 EL42"),
        ("ES", "regiones menos desarrolladas", "ES42 ES43 ES61 ES63 ES64"),
    ],
)
def test_categories_of_regions(country: str, text: str, codes: str) -> None:
    area, issues = read(country, text)
    assert area == Area(text=text, codes=tuple(codes.split()))
    assert not issues.all()


@pytest.mark.parametrize(
    ("country", "text", "codes"),
    [
        ("RO", "LDR – Regiunea Nord-Est", "RO21"),
        ("RO", "Regiuni mai puțin dezvoltate: Vest", "RO42"),
        ("RO", "Regiunea Vest (Arad, Timiș)", "RO421 RO424"),
        ("RO", "LDR – București-Ilfov", "RO"),
        ("RO", "Nord-Vest - Nord-Est", "RO11 RO21"),
        ("RO", "LDR, Nord-Est", "RO1 RO2 RO31 RO4"),
        ("CZ", "Česká republika (méně rozvinuté regiony)", "CZ04 CZ05 CZ07 CZ08"),
        ("PT", "Continente - (", "PT1"),
    ],
)
def test_what_stands_behind_a_dash_or_in_brackets_is_more_precise(country: str, text: str, codes: str) -> None:
    area, issues = read(country, text)
    assert area == Area(text=text, codes=tuple(codes.split()))
    assert not issues.all()


def test_regions_whose_category_is_not_known_may_belong_to_it() -> None:
    area, _ = read("PT", "regiões menos desenvolvidas")
    assert area.narrower
    assert "PT3" in area.codes, "no source was seen for Madeira: it must not be shut out"


@pytest.mark.parametrize(
    ("country", "text", "out", "inside"),
    [
        ("CZ", "celá ČR mimo Prahu", "CZ010", "CZ020"),
        ("CZ", "mimo území hl. m. Prahy", "CZ010", "CZ020"),
        ("SK", "SR okrem Bratislavského kraja", "SK010", "SK042"),
        ("PL", "cała Polska z wyłączeniem województwa mazowieckiego", "PL911", "PL811"),
        ("ES", "toda España excepto Cataluña", "ES511", "ES521"),
        ("RO", "toate regiunile, cu excepția București-Ilfov", "RO321", "RO111"),
        ("GR", "Όλη η χώρα εκτός Αττικής", "EL303", "EL522"),
        ("FI", "koko maa lukuun ottamatta Uusimaa", "FI1B1", "FI1D7"),
    ],
)
def test_exceptions(country: str, text: str, out: str, inside: str) -> None:
    area, issues = read(country, text)
    assert covers(area.codes, area.narrower, country, out) is Answer.NOT_MET
    assert covers(area.codes, area.narrower, country, inside) is Answer.MET
    assert not issues.all()


def test_an_exception_from_one_part_leaves_the_others_alone() -> None:
    area, _ = read("CZ", "celá ČR mimo Prahu", "Praha")
    assert area.codes == ("CZ",)
    area, _ = read("CZ", "Jihomoravský kraj; Praha", "mimo Prahu")
    assert area.codes == ("CZ064",)


@pytest.mark.parametrize("text", ["Jihomoravský kraj mimo {}, Zlínský kraj", "Jihomoravský kraj mimo {} a Zlín"])
@pytest.mark.parametrize("town", ["Brno", "město Brno", "obec Adamov"])
def test_what_cannot_be_an_exception_is_a_further_entry(text: str, town: str) -> None:
    area, _ = read("CZ", text.format(town))
    assert covers(area.codes, area.narrower, "CZ", "CZ072") is Answer.UNKNOWN
    assert covers(area.codes, area.narrower, "CZ", "CZ064") is Answer.UNKNOWN
    assert covers(area.codes, area.narrower, "CZ", "CZ080") is Answer.NOT_MET


def test_the_towns_of_a_region_left_out_leave_the_region_open() -> None:
    area, _ = read("CZ", "celá ČR mimo obce Jihomoravského kraje")
    assert covers(area.codes, area.narrower, "CZ", "CZ064") is Answer.UNKNOWN


def test_brackets_behind_an_exception_belong_to_it() -> None:
    area, _ = read("CZ", "celá ČR mimo Jihovýchod (Kraj Vysočina, Jihomoravský kraj)")
    assert area.codes == ("CZ01", "CZ02", "CZ03", "CZ04", "CZ05", "CZ07", "CZ08")


def test_a_part_of_a_region_can_be_left_out() -> None:
    area, issues = read("CZ", "Jihozápad mimo Plzeňský kraj, Praha")
    assert area == Area(text="Jihozápad mimo Plzeňský kraj, Praha", codes=("CZ01", "CZ031"))
    assert not issues.all()


def test_a_town_left_out_takes_no_region_away() -> None:
    area, _ = read("CZ", "celá ČR kromě města Brna a obce Adamov")
    assert area.codes == ("CZ",)
    assert area.narrower


@pytest.mark.parametrize(
    ("country", "text", "codes"),
    [
        ("CZ", "Brno", "CZ064"),
        ("SK", "mesto Humenné", "SK041"),
        ("SK", "Humenné", "SK041"),
        ("LT", "Kauno rajono savivaldybė", "LT022"),
        ("LT", "Trakų rajono savivaldybė", "LT01"),
        ("FI", "Rovaniemi", "FI1D7"),
        ("PL", "gmina Płock", "PL9"),
        ("ES", "municipio de Madrid", "ES3"),
        ("IT", "Comune di Lampedusa e Linosa", "ITG14"),
        ("RO", "comuna Ciugud", "RO121"),
    ],
)
def test_towns_lie_in_a_region_and_are_narrower(country: str, text: str, codes: str) -> None:
    area, issues = read(country, text)
    assert area == Area(text=text, codes=tuple(codes.split()), narrower=True)
    assert not issues.all()


def test_towns_of_one_name_stand_for_all_their_regions() -> None:
    twice = {unit.nuts for unit in load_lau(REFERENCE, "CZ") if unit.name == "Lhota"}
    area, _ = read("CZ", "Lhota")
    assert len(twice) > 1
    assert {vocabulary("CZ", "cs").territory.within(area.codes)} == {vocabulary("CZ", "cs").territory.within(twice)}


@pytest.mark.parametrize(
    "text", ["kdekoli na Marsu", "Jihomoravský kraj a něco dalšího", "kraj", "mimo", "mimo kraj", "☃"]
)
def test_what_is_not_understood_shuts_nobody_out(text: str) -> None:
    area, issues = read("CZ", text)
    assert area == Area(text=text)
    (issue,) = issues.all()
    assert issue.field == "area"
    assert "area_words.yml" in issue.problem
    assert issue.found


def test_the_whole_country_with_unknown_words_is_narrower() -> None:
    area, issues = read("CZ", "celá ČR, více než 5 000 obyvatel")
    assert area.codes == ("CZ",)
    assert area.narrower
    assert [issue.found for issue in issues.all()] == ["vice nez 5 000 obyvatel"]


def test_a_town_beside_the_whole_country_takes_nothing_from_it() -> None:
    area, issues = read("CZ", "celá ČR", "Brno")
    assert area == Area(text="celá ČR; Brno", codes=("CZ",))
    assert not issues.all()


def test_the_towns_of_the_whole_country_are_narrower() -> None:
    area, _ = read("CZ", "celá ČR – obce")
    assert area == Area(text="celá ČR – obce", codes=("CZ",), narrower=True)
    area, _ = read("CZ", "obce, celá ČR: Jihomoravský kraj")
    assert area.codes == ("CZ064",)
    assert area.narrower


def test_a_word_of_one_or_two_letters_is_no_town() -> None:
    assert {"Y", "Eu"} <= {unit.name for unit in load_lau(REFERENCE, "FR")}
    assert read("FR", "Y")[0].codes == ()
    assert read("FR", "Eu")[0].codes == ()


def test_an_area_that_leaves_out_all_it_names_is_told() -> None:
    area, issues = read("CZ", "Praha", "mimo Prahu")
    assert area.codes == ()
    assert issues.all()


@pytest.mark.parametrize("texts", [(), ("",), ("  ", "\n")])
def test_empty_texts_are_silence(texts: tuple[str, ...]) -> None:
    area, issues = read("CZ", *texts)
    assert area == Area()
    assert not issues.all()


def test_the_text_stays_as_the_source_wrote_it() -> None:
    area, _ = read("SK", " Košický\u00a0kraj ", "Prešovský kraj")
    assert area.text == "Košický kraj; Prešovský kraj"


def test_other_countries_regions_are_not_this_countrys() -> None:
    area, issues = read("CZ", "Košický kraj")
    assert area.codes == ()
    assert issues.all()


def test_a_country_without_regions_here_is_not_known() -> None:
    area, issues = read("NO", "whole country")
    assert area.codes == ()
    assert issues.all()


@pytest.mark.parametrize("region", [r for r in REGIONS.values() if r.country in LANGUAGES and r.level == 3])
def test_every_region_is_found_by_its_own_name_and_code(region) -> None:
    for text in (region.name, region.name.upper(), region.code, region.latin):
        area, issues = read(region.country, text)
        assert not issues.all(), text
        assert not text or covers(area.codes, False, region.country, region.code) is Answer.MET, text


@given(st.sampled_from(sorted(LANGUAGES)), st.data())
def test_a_list_of_regions_covers_them_and_no_other(country: str, data) -> None:
    own = sorted(code for code, region in REGIONS.items() if region.country == country and region.level == 3)
    chosen = data.draw(st.lists(st.sampled_from(own), min_size=1, unique=True))
    area, _ = read(country, data.draw(st.sampled_from(["; ", ", ", "\n", " "])).join(chosen))
    for code in own:
        assert covers(area.codes, area.narrower, country, code) is (Answer.MET if code in chosen else Answer.NOT_MET)


@given(st.sampled_from(sorted(LANGUAGES)), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_an_area_or_an_issue(country: str, texts) -> None:
    area, issues = read(country, *texts)
    assert all(REGIONS[code].country == country for code in area.codes)
    assert area.codes or issues.all() or not area.text
    assert list(area.codes) == sorted(area.codes)


HUGE = ["Košice ", "x", "; ", "mimo ", "Castilla-La ", "(", "ﷺ", " - "]


@pytest.mark.parametrize("repeated", HUGE)
def test_a_huge_text_is_no_area_and_takes_no_time(repeated: str) -> None:
    begun = time.process_time()
    area, issues = read("ES", repeated * (100_000 // len(repeated)))
    assert time.process_time() - begun < 1
    assert area.codes == ()
    assert "treatise" in issues.all()[0].problem


@pytest.mark.parametrize("repeated", HUGE)
def test_the_longest_text_that_is_read_takes_no_time(repeated: str) -> None:
    vocabulary("ES", "es")
    begun = time.process_time()
    area, _ = read("ES", repeated * (LONG // len(repeated)))
    assert time.process_time() - begun < 1
    assert area.codes == ()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("codes: [PL9]", "codes: [CZ01]", "PL, 'mazowieckie', field codes: found CZ01; allowed: codes of that country"),
        ("      less developed: [less", "      poor: [less", "languages.en.categories.poor"),
    ],
)
def test_wrong_words_are_told(tmp_path, right: str, wrong: str, told: str) -> None:
    words = (REFERENCE / "area_words.yml").read_text(encoding="utf-8").replace(right, wrong)
    (tmp_path / "area_words.yml").write_text(words, encoding="utf-8")
    (tmp_path / "nuts.csv").write_bytes((REFERENCE / "nuts.csv").read_bytes())
    with pytest.raises(BadFactFile, match=r"area_words\.yml") as caught:
        load_words(tmp_path)
    assert told in str(caught.value)
