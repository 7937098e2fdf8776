"""Who may apply, in the words of national calls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.applicant_vocabulary import MARKS, WORDS, words_file
from crawler.normalise.applicant_words import ApplicantWords, criterion_values, understand_applicant_words
from crawler.normalise.issues import Issues
from matcher.eligibility.kinds import fits
from matcher.factfile import BadFactFile
from matcher.model import OTHER, SOME_LOCAL, SOME_PRIVATE, Answer, ApplicantKind

LANGUAGES = list(words_file().by_code)
TOWN = (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY)
NGO = (ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY)

# Read as: language, what the source writes, its values as a criterion.
LOCAL, REGIONAL, PUBLIC = "local_authority", "regional_authority", "public_body"
NGOS = "non_profit civil_society"
REAL = [
    # Slovak: names of legal forms as ITMS21+ gives them, and words of timetables
    ("sk", "1009801", LOCAL),
    ("sk", "Obec (obecný úrad), mesto (mestský úrad)", LOCAL),
    ("sk", "Samosprávny kraj (úrad samosprávneho kraja)", REGIONAL),
    ("sk", "Združenie (zväz, spolok, spoločnosť, klub ai.)", NGOS),
    ("sk", "Nezisková organizácia poskytujúca všeobecne prospešné služby", "non_profit"),
    ("sk", "Rozpočtová organizácia", "other"),
    ("sk", "Štátny podnik", "other"),
    ("sk", "Verejná výskumná inštitúcia", "research"),
    ("sk", "Vysoká škola", "research education"),
    ("sk", "obce, mestá, VÚC a mimovládne organizácie", f"{LOCAL} {REGIONAL} {NGOS}"),
    ("sk", "obce podľa zákona č. 369/1990 Zb. o obecnom zriadení", LOCAL),
    ("sk", "sociálni partneri", "social_partner"),
    # Czech: dotaceeu.cz
    ("cs", "Obce; kraje; dobrovolné svazky obcí", f"{LOCAL} {REGIONAL}"),
    ("cs", "organizace zřizované obcemi", "other"),
    ("cs", "OSS; PO OSS", "other"),
    ("cs", "Nestátní neziskové organizace (NNO)", NGOS),
    ("cs", "obce, spolky, obecně prospěšné společnosti, nadace, ústavy", f"{LOCAL} {NGOS}"),
    ("cs", "školy a školská zařízení", "education"),
    ("cs", "Sociální partneři", "social_partner"),
    ("cs", "MAS", "other"),
    ("cs", "veřejné výzkumné instituce", "research"),
    ("cs", "malé a střední podniky", "sme"),
    # Portuguese: annual plan of calls
    ("pt", "Pública", PUBLIC),
    ("pt", "Municípios; Comunidades Intermunicipais", LOCAL),
    ("pt", "CIM e Áreas Metropolitanas", SOME_LOCAL),
    ("pt", "Municípios; freguesias; Privada", f"{LOCAL} {SOME_PRIVATE}"),
    ("pt", "Autarquias locais e suas associações", LOCAL),
    ("pt", "Entidades da Administração Pública Central", "other"),
    ("pt", "Entidades da administração pública", PUBLIC),
    ("pt", "Micro, Pequenas e Médias Empresas (PME)", "sme"),
    ("pt", "Associações; Fundações", "non_profit"),
    ("pt", "Organizações Não Governamentais (ONG)", NGOS),
    ("pt", "Empresas municipais", "other"),
    ("pt", "Universidades e Institutos Politécnicos", "research education"),
    # Polish: general and detailed types of beneficiary
    ("pl", "Jednostki Samorządu Terytorialnego (JST)", f"{LOCAL} {REGIONAL}"),
    ("pl", "Gminy, powiaty oraz związki międzygminne", LOCAL),
    ("pl", "gminy, powiaty, województwa", f"{LOCAL} {REGIONAL}"),
    ("pl", "Samorząd województwa", REGIONAL),
    ("pl", "jednostki samorządu terytorialnego, ich związki i stowarzyszenia", f"{LOCAL} {REGIONAL}"),
    ("pl", "NGO; MŚP; Uczelnie", f"{NGOS} sme research education"),
    ("pl", "Administracja rządowa", "other"),
    ("pl", "Szkoły i inne placówki systemu oświaty", "education"),
    ("pl", "Podmioty ekonomii społecznej", "social_enterprise"),
    ("pl", "Partnerzy społeczni", "social_partner"),
    ("pl", "Lokalne Grupy Działania", "other"),
    ("pl", "Jednostki organizacyjne działające w imieniu jednostek samorządu terytorialnego", "other"),
    # Spanish: BDNS and calls
    ("es", "PYME Y PERSONAS FÍSICAS QUE DESARROLLAN ACTIVIDAD ECONÓMICA", "sme natural_person"),
    ("es", "PERSONAS FÍSICAS QUE NO DESARROLLAN ACTIVIDAD ECONÓMICA", "natural_person"),
    ("es", "GRAN EMPRESA", "for_profit"),
    ("es", "Ayuntamientos y mancomunidades de municipios", LOCAL),
    ("es", "Entidades locales (municipios)", LOCAL),
    ("es", "Comunidades autónomas", REGIONAL),
    ("es", "Entidades sin ánimo de lucro", "non_profit"),
    ("es", "Organizaciones no gubernamentales", NGOS),
    ("es", "Universidades; centros tecnológicos", "research education"),
    ("es", "Organizaciones sindicales y empresariales", "social_partner"),
    # Romanian: calendar of calls
    ("ro", "Unități administrativ-teritoriale (UAT)", f"{LOCAL} {REGIONAL}"),
    ("ro", "UAT municipii; UAT orașe", LOCAL),
    ("ro", "Consilii județene", REGIONAL),
    ("ro", "Asociații de dezvoltare intercomunitară (ADI)", SOME_LOCAL),
    ("ro", "ONG-uri", NGOS),
    ("ro", "Organizații neguvernamentale (ONG)", NGOS),
    ("ro", "IMM-uri", "sme"),
    ("ro", "parteneri sociali", "social_partner"),
    ("ro", "Ministere, instituții publice centrale", "other"),
    ("ro", "unități de învățământ acreditate; universități", "research education"),
    ("ro", "GAL", "other"),
    # Greek: espa.gr
    ("el", "ΟΤΑ Α΄ βαθμού", LOCAL),
    ("el", "Ο.Τ.Α. Α' και Β' βαθμού", f"{LOCAL} {REGIONAL}"),
    ("el", "Δήμοι, Περιφέρειες", f"{LOCAL} {REGIONAL}"),
    ("el", "Υπουργεία και εποπτευόμενοι φορείς", "other"),
    ("el", "ΜΚΟ", NGOS),
    ("el", "Κοινωνικοί εταίροι", "social_partner"),
    ("el", "Κοιν.Σ.Επ.", "social_enterprise"),
    ("el", "Νομικά πρόσωπα των Δήμων", "other"),
    ("el", "ΟΤΑ Α΄ βαθμού (Δήμοι, Σύνδεσμοι Δήμων), Νομικά πρόσωπα των ΟΤΑ", f"{LOCAL} other"),
    ("el", "Πανεπιστήμια, ερευνητικά κέντρα", "research education"),
    ("el", "Πολύ μικρές, μικρές και μεσαίες επιχειρήσεις", "sme"),
    # Lithuanian: esinvesticijos.lt
    ("lt", "Savivaldybių administracijos", LOCAL),
    ("lt", "Savivaldybės", LOCAL),
    ("lt", "Nevyriausybinės organizacijos (NVO)", NGOS),
    ("lt", "Viešieji juridiniai asmenys", f"{PUBLIC} non_profit"),
    ("lt", "Privatieji juridiniai asmenys", "for_profit sme"),
    ("lt", "Valstybės institucijos ir įstaigos", "other"),
    ("lt", "Bendrojo ugdymo mokyklos, profesinio mokymo įstaigos", "education"),
    ("lt", "Labai mažos, mažos ir vidutinės įmonės", "sme"),
    ("lt", "Labdaros ir paramos fondai (LPF)", "non_profit"),
    ("lt", "Aukštosios mokyklos", "research education"),
    ("lt", "Profesinės sąjungos ir darbdavių organizacijos", "social_partner"),
    # Finnish: eura2021.fi
    ("fi", "kunnat ja kuntayhtymät", LOCAL),
    ("fi", "Kunnat, kuntayhtymät, hyvinvointialueet", f"{LOCAL} {REGIONAL}"),
    ("fi", "järjestöt", NGOS),
    ("fi", "yhdistykset ja säätiöt", "non_profit"),
    ("fi", "korkeakoulut, tutkimuslaitokset", "research education"),
    ("fi", "oppilaitokset", "education"),
    ("fi", "pk-yritykset", "sme"),
    ("fi", "ELY-keskukset", "other"),
    ("fi", "Julkisyhteisöt", PUBLIC),
    # Latvian, Italian (AMIF), Hungarian (a timetable of one's own), English
    ("lv", "Pašvaldības", LOCAL),
    ("lv", "biedrības un nodibinājumi", NGOS),
    ("lv", "tiešās pārvaldes iestādes", "other"),
    ("lv", "plānošanas reģioni", REGIONAL),
    ("lv", "izglītības iestādes", "education"),
    ("lv", "sociālie uzņēmumi", "social_enterprise"),
    ("lv", "komersanti", "for_profit sme"),
    ("lv", "darba devēju organizācijas", "social_partner"),
    ("it", "Enti locali", LOCAL),
    ("it", "Regioni ordinarie; Regioni a statuto speciale; Province autonome", REGIONAL),
    ("it", "Comuni singoli o associati", LOCAL),
    ("it", "Associazioni od ONLUS", "non_profit"),
    ("it", "Enti del Terzo Settore (ETS)", NGOS),
    ("it", "Prefetture", "other"),
    ("it", "Aziende sanitarie locali (ASL)", "other"),
    ("it", "Cooperative sociali", "social_enterprise"),
    ("it", "Istituti scolastici, Università", "research education"),
    ("hu", "Települési önkormányzatok", LOCAL),
    ("hu", "helyi önkormányzatok társulásai", SOME_LOCAL),
    ("hu", "civil szervezetek", NGOS),
    ("hu", "egyesületek, alapítványok", "non_profit"),
    ("hu", "Mikro-, kis- és középvállalkozások", "sme"),
    ("hu", "központi költségvetési szervek", "other"),
    ("hu", "nonprofit gazdasági társaságok", "non_profit"),
    ("hu", "szakszervezetek", "social_partner"),
    # German, French, Swedish
    ("de", "Kommunen", LOCAL),
    ("de", "Städte und Gemeinden", LOCAL),
    ("de", "Gebietskörperschaften", f"{LOCAL} {REGIONAL}"),
    ("de", "Juristische Personen des öffentlichen Rechts", PUBLIC),
    ("de", "gemeinnützige Vereine, Stiftungen", "non_profit"),
    ("de", "Migrantenorganisationen", NGOS),
    ("de", "kleine und mittlere Unternehmen (KMU)", "sme"),
    ("de", "Agenturen für Arbeit; Jobcenter", "other"),
    ("de", "Hochschulen", "research education"),
    ("fr", "Collectivités territoriales et leurs groupements", f"{LOCAL} {REGIONAL}"),
    ("fr", "Communes ; EPCI", LOCAL),
    ("fr", "les communes ainsi que les associations", f"{LOCAL} non_profit"),
    ("fr", "Régions", REGIONAL),
    ("fr", "Associations loi 1901", "non_profit"),
    ("fr", "Organismes publics", PUBLIC),
    ("fr", "Services de l'État", "other"),
    ("fr", "TPE/PME", "sme"),
    ("fr", "Partenaires sociaux", "social_partner"),
    ("fr", "Établissements scolaires", "education"),
    ("sv", "kommuner och regioner", f"{LOCAL} {REGIONAL}"),
    ("sv", "Kommuner, samkommuner", LOCAL),
    ("sv", "Välfärdsområden", REGIONAL),
    ("sv", "ideella föreningar", "non_profit"),
    ("sv", "civilsamhällets organisationer", NGOS),
    ("sv", "små och medelstora företag", "sme"),
    ("sv", "universitet och högskolor", "research education"),
    ("sv", "statliga myndigheter", "other"),
    ("sv", "arbetsmarknadens parter", "social_partner"),
    ("en", "local authorities, NGOs and social partners", f"{LOCAL} {NGOS} social_partner"),
    ("en", "Municipalities and their associations (unions of municipalities)", None),
    ("en", "Micro, small and medium-sized enterprises (SMEs)", "sme"),
    ("en", "public authorities", PUBLIC),
    ("en", "ministries", "other"),
    ("en", "universities", "research education"),
    ("en", "civil society organisations (CSOs)", NGOS),
    ("en", "local and regional authorities", f"{LOCAL} {REGIONAL}"),
]


def understand(language, *texts):
    issues = Issues("x")
    return understand_applicant_words(texts, language, issues), issues.all()


@pytest.mark.parametrize(("language", "text", "values"), REAL, ids=[f"{row[0]}: {row[1]}" for row in REAL])
def test_real_wordings(language, text, values):
    words, issues = understand(language, text)

    if values is None:
        assert words == ApplicantWords(unknown=(text,))
        assert [issue.field for issue in issues] == ["applicants"]
        return
    assert issues == ()
    assert set(criterion_values(words)) == set(values.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_real_wordings(language):
    assert sum(row[0] == language for row in REAL) >= 8


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sk", "Poskytovatelia sociálnych služieb"),
        ("sk", "Cirkevná organizácia"),
        ("cs", "církevní právnické osoby"),
        ("cs", "zřizovatelé škol"),
        ("pl", "Kościoły i związki wyznaniowe"),
        ("pl", "organy prowadzące szkoły"),
        ("es", "PERSONAS JURÍDICAS QUE NO DESARROLLAN ACTIVIDAD ECONÓMICA"),
        ("es", "SIN INFORMACION ESPECIFICA"),
        ("ro", "furnizori de servicii sociale"),
        ("ro", "unități de cult"),
        ("el", "ΝΠΔΔ"),
        ("lt", "Viešosios įstaigos"),
        ("lt", "biudžetinės įstaigos"),
        ("fi", "seurakunnat"),
        ("ro", "furnizori de FPC"),
        ("it", "enti di formazione accreditati"),
        ("fi", "koulutuksen järjestäjät"),
        ("fr", "organismes de formation"),
    ],
)
def test_words_that_may_hide_anybody_are_understood_and_decide_nothing(language, text):
    words, issues = understand(language, text)

    assert issues == ()
    assert words == ApplicantWords(open=(text,))
    assert fits(TOWN, criterion_values(words)) is Answer.UNKNOWN
    assert fits(NGO, criterion_values(words)) is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "městské části hl. m. Prahy"),
        ("cs", "hl. m. Praha"),
        ("cs", "dobrovolné svazky obcí"),
        ("sk", "mestské časti"),
        ("pt", "Comunidades Intermunicipais"),
        ("pt", "juntas de freguesia"),
        ("pl", "powiaty"),
        ("pl", "miasta na prawach powiatu"),
        ("es", "diputaciones provinciales"),
        ("ro", "UAT comune"),
        ("ro", "UAT municipii reședință de județ"),
        ("el", "Σύνδεσμοι Δήμων"),
        ("fi", "kuntayhtymät"),
        ("it", "Province; Città metropolitane"),
        ("hu", "fővárosi kerületi önkormányzatok"),
        ("de", "Landkreise und kreisfreie Städte"),
        ("fr", "départements"),
    ],
)
def test_a_sort_of_local_authorities_lets_no_town_in_for_sure_and_no_association_at_all(language, text):
    words, issues = understand(language, text)

    assert issues == ()
    assert criterion_values(words) == (SOME_LOCAL,)
    assert fits(TOWN, criterion_values(words)) is Answer.UNKNOWN
    assert fits(NGO, criterion_values(words)) is Answer.NOT_MET


@pytest.mark.parametrize(
    ("language", "text"),
    [("pt", "Privada"), ("pt", "IPSS"), ("el", "ΝΠΙΔ"), ("es", "entidades privadas"), ("de", "Freie Träger")],
)
def test_private_bodies_are_no_town_and_may_be_an_association(language, text):
    words, issues = understand(language, text)

    assert issues == ()
    assert criterion_values(words) == (SOME_PRIVATE,)
    assert fits(TOWN, criterion_values(words)) is Answer.NOT_MET
    assert fits(NGO, criterion_values(words)) is Answer.UNKNOWN


def test_a_lithuanian_association_is_a_public_legal_person():
    values = criterion_values(understand("lt", "Viešieji juridiniai asmenys")[0])

    assert fits(NGO, values) is Answer.MET
    assert fits(TOWN, values) is Answer.MET


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sk", "Ministerstvá; štátne rozpočtové organizácie; príspevkové organizácie"),
        ("cs", "Organizační složky státu, příspěvkové organizace zřizované obcemi"),
        ("pt", "Administração central; empresas municipais"),
        ("pl", "Administracja rządowa; ośrodki pomocy społecznej"),
        ("es", "Administración General del Estado; organismos autónomos"),
        ("ro", "autorități publice centrale, inspectorate școlare"),
        ("el", "φορείς της κεντρικής κυβέρνησης, δημοτικές επιχειρήσεις"),
        ("lt", "Ministerijos, savivaldybių įmonės"),
        ("fi", "ministeriöt ja kehitysyhtiöt"),
        ("lv", "ministrijas, pašvaldību kapitālsabiedrības"),
        ("it", "Ministeri, società in house"),
        ("hu", "minisztériumok, költségvetési szervek"),
    ],
)
def test_state_bodies_and_what_a_municipality_runs_let_no_municipality_in(language, text):
    words, _ = understand(language, text)

    assert criterion_values(words) == (OTHER,)
    assert fits(TOWN, criterion_values(words)) is Answer.NOT_MET


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "Bez omezení, dle PrŽaP"),
        ("sk", "všetky subjekty"),
        ("pl", "bez ograniczeń"),
        ("es", "cualquier entidad; ayuntamientos"),
        ("pt", "entidades públicas ou privadas"),
        ("fi", "julkiset ja yksityiset oikeushenkilöt"),
        ("lt", "juridiniai asmenys"),
    ],
)
def test_where_anyone_may_apply_there_is_no_condition(language, text):
    words, issues = understand(language, text)

    assert words.anyone
    assert criterion_values(words) == ()
    assert issues == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sk", "obce, s výnimkou miest"),
        ("cs", "obce; NNO, které působí déle než dva roky"),
        ("pl", "gminy, z wyłączeniem miast na prawach powiatu"),
        ("pl", "gminy, w miastach powyżej 50 tys. mieszkańców"),
        ("pt", "municípios, exceto os da região Norte"),
        ("es", "ayuntamientos, con menos de 5.000 habitantes"),
        ("ro", "UAT, cu excepția municipiilor"),
        ("el", "Δήμοι, εκτός των νησιωτικών"),
        ("lt", "savivaldybės, išskyrus Vilniaus miesto savivaldybę"),
        ("fi", "kunnat, joiden väkiluku on alle 10 000"),
        ("en", "municipalities, except cities"),
        ("sk", "Neoprávnení žiadatelia: obce, mestá"),
        ("cs", "partner: obec"),
        ("cs", "Organizace zřízené:\n- obcemi\n- kraji"),
    ],
)
def test_words_that_limit_others_leave_nothing_understood(language, text):
    words, issues = understand(language, text)

    assert words.kinds == words.others == ()
    assert len(words.unknown) == len(issues) == 1
    assert fits(TOWN, criterion_values(words)) is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "obce s počtem obyvatel do 2000"),
        ("cs", "obce (okrem měst)"),
        ("cs", "obce (ORP)"),
        ("en", "public bodies (schools)"),
        ("en", "companies owned by municipalities"),
        ("sk", "obce a ich podniky"),
        ("de", "Unternehmen der Kommunen"),
        ("el", "σύλλογοι των δήμων"),
        ("hu", "vállalkozás a község"),
        ("sk", "obce (kraje"),
    ],
)
def test_a_phrase_that_says_more_than_a_known_one_is_unknown(language, text):
    words, _ = understand(language, text)

    assert words.kinds == ()
    assert words.unknown == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Obce\nKraje\nNNO",
        "• Obce • Kraje • NNO",
        "- Obce\n- Kraje\n- NNO",
        "1. Obce\n2. Kraje\n3. NNO",
        "a) obce b) kraje c) NNO",
        "A) OBCE; B) KRAJE; C) NNO",
        "obce, kraje, NNO",
        "obce | kraje | NNO",
        "obce/kraje/NNO",
        "obce, kraje a NNO",
        "Oprávnění žadatelé: obce, kraje, NNO",
        "Oprávnění žadatelé:\n1) obce\n2) kraje\n3) NNO",
        "  obce ;; kraje ,, NNO. ",
    ],
)
def test_lists_come_in_many_shapes(text):
    words, issues = understand("cs", text)

    assert criterion_values(words) == (LOCAL, REGIONAL, *NGOS.split())
    assert issues == ()


def test_what_is_known_stays_beside_what_is_not():
    words, issues = understand("cs", "obce, hvězdárny, NNO")

    assert criterion_values(words) == (LOCAL, *NGOS.split(), "hvězdárny")
    assert [(issue.field, issue.found) for issue in issues] == [("applicants", "hvězdárny")]
    assert "applicant_words.yml" in issues[0].problem
    assert fits(TOWN, criterion_values(words)) is Answer.MET


def test_an_english_word_that_limits_is_an_article_in_portuguese():
    words, _ = understand("pt", "municípios, as bandas filarmónicas")

    assert words.kinds == (ApplicantKind.LOCAL_AUTHORITY,)
    assert words.unknown == ("as bandas filarmónicas",)


def test_an_unknown_phrase_is_never_taken_for_a_word_of_ours():
    words, _ = understand("fi", "research; any_form")

    assert words.unknown == ("any_form", "research")
    assert not {*criterion_values(words)} & {*ApplicantKind, *MARKS}


def test_the_same_unknown_phrase_counts_once():
    words, issues = understand("sk", "Hvezdáreň", "hvezdáreň; HVEZDÁREŇ")

    assert len(words.unknown) == len(issues) == 1


def test_a_language_without_words_is_read_with_those_of_english():
    assert understand("mt", "local authorities")[0].kinds == (ApplicantKind.LOCAL_AUTHORITY,)


def test_silence_is_no_issue():
    assert understand("sk", "", "  \n") == (ApplicantWords(), ())


@pytest.mark.parametrize(
    "texts",
    [
        ["obce, " * 20_000],
        ["obce (" * 20_000],
        ["(" * 100_000],
        ["x;" * 50_000],
        ["x"] * 100_000,
        [","] * 1000,
        ["obce", "x " * 1500],
        [";".join(f"x{number}" for number in range(350))],
    ],
    ids=["list", "brackets", "open brackets", "items", "texts", "empty texts", "one is long", "unknown items"],
)
@pytest.mark.timeout(10)
def test_a_treatise_gives_nothing_but_one_issue_at_once(texts):
    words, issues = understand("cs", *texts)

    assert words == ApplicantWords()
    assert [issue.field for issue in issues] == ["applicants"]
    assert len(issues[0].found) <= 200


@given(text=st.text(max_size=300), language=st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_reading(text, language):
    words, issues = understand(language, text)

    assert len(words.unknown) == len(issues) or len(issues) <= 1
    assert all(len(value) <= 200 for value in criterion_values(words))


PHRASES = [
    (code, phrase, entry)
    for code, language in words_file().by_code.items()
    for entry in language.entries
    for phrase in entry.words
]
LISTS = st.sampled_from(LANGUAGES).flatmap(
    lambda code: st.tuples(
        st.just(code),
        st.lists(
            st.sampled_from([phrase for other, phrase, _ in PHRASES if other == code and ":" not in phrase]),
            min_size=1,
            max_size=6,
        ),
    )
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_file_means_what_the_file_says(language):
    for _, phrase, entry in (row for row in PHRASES if row[0] == language):
        words, issues = understand(language, phrase)
        meant = {str(mean) for mean in entry.means}
        found = {*words.kinds, *words.parts, *([OTHER] if words.others else []), *(["any_form"] if words.open else [])}

        assert issues == (), phrase
        assert found | ({"anyone"} if words.anyone else set()) == meant, phrase


@given(items=LISTS, order=st.randoms(), between=st.sampled_from([", ", "; ", "\n", " | "]))
def test_the_order_of_a_list_does_not_matter(items, order, between):
    language, phrases = items
    shuffled = order.sample(phrases, len(phrases))

    assert understand(language, between.join(phrases))[0] == understand(language, between.join(shuffled))[0]


@given(
    items=LISTS, unknown=st.from_regex(r"[xqw]{3,9}( [xqw]{3,9}){0,2}", fullmatch=True), between=st.sampled_from(", ;")
)
def test_an_unknown_word_never_adds_a_kind(items, unknown, between):
    language, phrases = items
    known = understand(language, between.join(phrases))[0]
    more = understand(language, between.join([*phrases, unknown]))[0]

    assert {*more.kinds} <= {*known.kinds}
    assert unknown in " ".join(more.unknown)


@given(items=LISTS)
def test_neither_case_nor_accents_matter(items):
    language, phrases = items
    text = "; ".join(phrases)
    spelled = [
        text.upper(),
        text.lower(),
        text.translate(str.maketrans("áčďéěíňóřšťúůýžąęłńśźż", "acdeeinorstuuyzaelnszz")),
    ]

    for other in spelled:
        words, plain = understand(language, other)[0], understand(language, text)[0]
        assert (words.kinds, words.anyone, bool(words.others)) == (plain.kinds, plain.anyone, bool(plain.others))
        assert (len(words.open), words.unknown) == (len(plain.open), ())


def test_each_phrase_stands_in_the_file_once():
    rows = [(code, phrase.casefold()) for code, phrase, _ in PHRASES]

    assert sorted({row for row in rows if rows.count(row) > 1}) == []


def test_a_wrong_entry_is_named_with_file_and_field(tmp_path):
    path = tmp_path / "applicant_words.yml"
    path.write_text(WORDS.read_text("utf-8").replace("means: [local_authority]", "means: [town]", 1), "utf-8")

    with pytest.raises(BadFactFile, match=r"applicant_words.yml: field languages.0.entries.0.means.0"):
        words_file(path)
