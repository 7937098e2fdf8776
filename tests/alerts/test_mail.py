"""What a mail says of itself: headers, parts, signature, and nothing that came from outside unquoted."""

import re
from email import message_from_bytes
from email.policy import default

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from matcher.alerts.letters.render import Rendered
from matcher.alerts.mailing.mail import build, envelope, message_id
from matcher.alerts.mailing.sender import SIGNED, BadMailSetting, read_sender, read_signer
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import Consent, MailKind, Subscription
from matcher.settings import Settings
from tests.doubles.subscribers import MONDAY, SECRET, mail

READER = Subscription(
    id="s0001",
    address="ana@example.org",
    profile="riga",
    language="lv",
    consent=Consent(text_version="1", asked=MONDAY),
)
RENDERED = Rendered("Ziņas: 3 jauni konkursi", "Sveiki\nΤέλος — €\n", "<html><body><p>Sveiki Τέλος</p></body></html>")


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path,
        secret=SECRET,
        public_url="https://calls.example.org",
        mail_sender="Calls for Riga <news@example.org>",
    )


def made(settings, rendered=RENDERED, reader=READER, signer=None, **changes):
    one = mail(**changes)
    links = Links(settings, Tokens(settings))
    return envelope(build(rendered, one, reader, links, settings), one, reader.address, signer)


def read(letter):
    return message_from_bytes(letter.data, policy=default)


def test_the_headers_of_a_digest(settings):
    message = read(made(settings))
    headers = {name: str(value) for name, value in message.items()}
    token = Links(settings, Tokens(settings)).unsubscribe("s0001")
    assert headers.pop("Content-Type").startswith("multipart/alternative")
    assert token in headers["List-Unsubscribe"]
    assert re.fullmatch(r"<https://\S+>, <mailto:news@example\.org\?subject=\S+>", headers.pop("List-Unsubscribe"))
    assert headers == {
        "From": "Calls for Riga <news@example.org>",
        "To": "ana@example.org",
        "Subject": "Ziņas: 3 jauni konkursi",
        "Date": "Mon, 23 Nov 2026 06:00:00 +0000",
        "Message-ID": mail().message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "lv",
        "List-Id": "News of EU calls <funding-news.example.org>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
    }


def test_both_parts_say_what_was_rendered(settings):
    text, html = read(made(settings)).iter_parts()
    assert (text.get_content_type(), text.get_content().replace("\r\n", "\n")) == ("text/plain", RENDERED.text)
    assert (html.get_content_type(), html.get_content().rstrip()) == ("text/html", RENDERED.html)
    assert {part.get_content_charset() for part in (text, html)} == {"utf-8"}


def test_the_same_mail_is_the_same_whenever_it_is_built(settings):
    def without_boundary(data):
        return re.sub(rb"={15}\d+==", b"", data)

    assert without_boundary(made(settings).data) == without_boundary(made(settings).data)


def test_a_confirmation_is_no_mail_of_a_list(settings):
    message = read(made(settings, kind=MailKind.CONFIRMATION))
    assert not [name for name in message if name.lower().startswith("list-")]
    assert message["Auto-Submitted"] == "auto-generated"


def test_one_click_needs_https(settings):
    message = read(made(settings.model_copy(update={"public_url": "http://localhost:8501"})))
    assert "List-Unsubscribe" in message
    assert "List-Unsubscribe-Post" not in message


def test_addresses_to_leave_by_are_not_encoded_however_long(settings):
    far = settings.model_copy(update={"public_url": "https://calls.example.org/" + "far/" * 40})
    raw = made(far).data.partition(b"\r\n\r\n")[0]
    assert b"=?" not in re.search(rb"List-Unsubscribe: .*?(?=\r\n\S)", raw, re.DOTALL)[0]
    assert Links(far, Tokens(far)).unsubscribe("s0001") in str(read(made(far))["List-Unsubscribe"])


def test_lines_are_short_and_plain_for_any_server(settings):
    long = Rendered("S" * 500, "Ā" * 5000 + "\n", "<p>" + "ž" * 5000 + "</p>")
    data = made(settings, long).data
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines if not line.startswith((b"List-Unsubscribe", b" <mailto"))) <= 78
    assert max(map(len, lines)) <= 998


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@example.org", "a\nX-Spam: no", "a\x00b", "a\u2028Bcc: x", "\u202egnp"])
def test_a_subject_is_one_line(settings, evil):
    message = read(made(settings, Rendered(evil, "text", "<p>html</p>")))
    assert "Bcc" not in message
    assert "X-Spam" not in message
    assert len(message["Subject"].splitlines()) == 1


@given(subject=st.text(), text=st.text(), html=st.text())
def test_nothing_rendered_becomes_a_header(tmp_path_factory, subject, text, html):
    settings = Settings(home=tmp_path_factory.getbasetemp(), secret=SECRET, mail_sender="news@example.org")
    plain = set(read(made(settings)).keys())
    rendered = Rendered(subject, text.encode(errors="replace").decode(), html.encode(errors="replace").decode())
    letter = made(settings, rendered)
    assert set(read(letter).keys()) == plain
    assert letter.data.isascii()


def test_a_reader_whose_host_has_accents(settings):
    reader = READER.model_copy(update={"address": "ana@müller.example.org"})
    letter = made(settings, reader=reader)
    assert (letter.recipient, letter.needs_utf8) == ("ana@xn--mller-kva.example.org", False)
    assert read(letter)["To"] == letter.recipient


def test_a_reader_whose_name_is_not_ascii(settings):
    letter = made(settings, reader=READER.model_copy(update={"address": "ελένη@example.org"}))
    assert (letter.recipient, letter.needs_utf8) == ("ελένη@example.org", True)
    assert read(letter)["To"] == "ελένη@example.org"


def test_the_address_is_not_in_what_is_printed(settings):
    assert "ana@" not in repr(made(settings))


def test_a_message_id_names_the_senders_host(settings, tmp_path):
    assert message_id("abc", settings) == "<abc@example.org>"
    assert message_id("abc", Settings(home=tmp_path)) == "<abc@localhost>"


@pytest.mark.parametrize("sender", ["", "nobody", "a@example.org, b@example.org", "a@b\r\nBcc: c@d"])
def test_one_sender_is_needed_to_send(tmp_path, sender):
    with pytest.raises(BadMailSetting, match="FUNDING_MAIL_SENDER"):
        read_sender(Settings(home=tmp_path, mail_sender=sender, mail_server="smtps://mail.example.org"))


@pytest.fixture(scope="module")
def keys():
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, public


@pytest.fixture
def signed(settings, keys, tmp_path):
    from base64 import b64encode

    (tmp_path / "dkim.pem").write_bytes(keys[0])
    signing = settings.model_copy(update={"dkim_key": tmp_path / "dkim.pem", "dkim_selector": "autumn"})
    names = {b"autumn._domainkey.example.org.": b"v=DKIM1; k=rsa; p=" + b64encode(keys[1])}
    return made(signing, signer=read_signer(signing)).data, lambda name, timeout=5: names.get(name)


def test_a_signature_is_good_under_the_published_key(signed):
    data, dns = signed
    assert dkim.verify(data, dnsfunc=dns)
    named = re.search(rb"h=(.*?);", data, re.DOTALL)[1].lower().replace(b" ", b"").replace(b"\r\n", b"")
    present = {name for name in SIGNED if re.search(rb"(?mi)^" + name.encode() + b":", data)}
    assert {name.lower().encode() for name in present} <= set(named.split(b":"))
    assert {"From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"} <= present


@pytest.mark.parametrize(
    ("found", "forged"),
    [
        (b"\r\nTo: ana@", b"\r\nTo: eve@"),
        (b"List-Unsubscribe=One-Click", b"List-Unsubscribe=No-Click!"),
        (b"\r\nSubject: ", b"\r\nSubject: another\r\nSubject: "),
        (b"\r\nFrom: ", b"\r\nFrom: Eve <eve@example.net>\r\nFrom: "),
        (b"Sveiki", b"Svejki"),
    ],
)
def test_a_change_on_the_way_breaks_the_signature(signed, found, forged):
    data, dns = signed
    assert found in data
    assert not dkim.verify(data.replace(found, forged, 1), dnsfunc=dns)


def test_keys_that_sign_nothing_are_told(settings, tmp_path):
    absent = settings.model_copy(update={"dkim_key": tmp_path / "none.pem", "dkim_selector": "autumn"})
    with pytest.raises(BadMailSetting, match="cannot be read"):
        read_signer(absent)
    with pytest.raises(BadMailSetting, match="FUNDING_DKIM_SELECTOR"):
        read_signer(absent.model_copy(update={"dkim_selector": ""}))
    (tmp_path / "bad.pem").write_text("not a key")
    signer = read_signer(absent.model_copy(update={"dkim_key": tmp_path / "bad.pem"}))
    with pytest.raises(BadMailSetting, match="FUNDING_DKIM_KEY"):
        made(settings, signer=signer)
    assert read_signer(settings) is None
