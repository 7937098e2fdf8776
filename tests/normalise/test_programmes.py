"""Names of programmes as sites write them."""

import pytest

from crawler.normalise.issues import Issues
from crawler.normalise.programmes import understand_programme


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("CERV", "CERV"),
        ("43251589", "CERV"),
        ("Citizens, Equality, Rights and Values Programme (CERV)", "CERV"),
        ("Citizens, Equality, Rights and Values programme 2021-2027", "CERV"),
        ("Citoyens, égalité, droits et valeurs", "CERV"),
        ("European Social Fund Plus (ESF+)", "ESF+"),
        ("ESF+ Social Innovation+", "ESF+-SI"),
        ("Asylum, Migration and Integration Fund (AMIF)", "AMIF"),
        ("Asylum Migration and Integration Fund", "AMIF"),
        ("Asyl-, Migrations- und Integrationsfonds (AMIF)", "AMIF"),
        ("European Urban Initiative (EUI)", "EUI"),
        ("URBACT IV", "URBACT"),
        ("urbact", "URBACT"),
        ("Interreg Europe", "INTERREG-EUROPE"),
        ("Interreg Central Europe Programme", "INTERREG"),
        ("Interreg VI-A Romania-Bulgaria", "INTERREG"),
        ("Erasmus+ Programme", "ERASMUS+"),
        ("Horizon Europe (HORIZON)", "HORIZON"),
    ],
)
def test_a_programme_is_known_by_its_names(reference, text, key):
    issues = Issues("x")
    assert understand_programme(text, reference, issues).key == key
    assert issues.all() == ()


@pytest.mark.parametrize(
    "text",
    [
        "Moonshot",
        "European Social Fund (AMIF) and CERV",
        "Interregnum",
        "CERV, AMIF",
        "()",
        "Erasmus for Young Entrepreneurs",
    ],
)
def test_an_unknown_name_is_recorded(reference, text):
    issues = Issues("x")
    assert understand_programme(text, reference, issues) is None
    assert [issue.field for issue in issues.all()] == ["programme"]


def test_no_name_means_two_programmes(reference):
    for programme in reference.programmes:
        for name in (programme.key, programme.name, *(a for a in programme.aliases if not a.endswith("*"))):
            assert understand_programme(name, reference, Issues("x")) is programme
