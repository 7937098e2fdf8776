"""The settings of the sign-in: all or nothing, and in a file that only its owner can read."""

import stat
import tomllib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as some
from pydantic import ValidationError

from matcher.cli import main
from matcher.settings import Settings
from matcher.sign_in import BadSignIn, read_sign_in, secrets_file, write_secrets

ALL = {
    "oidc_issuer": "https://login.example/realm",
    "oidc_client_id": "funding",
    "oidc_client_secret": 'a "secret"\\ \x7f ē',
    "public_url": "https://funding.example",
}


@pytest.fixture
def given_settings(tmp_path):
    return lambda **facts: Settings(home=tmp_path / "home", **facts)


def test_nothing_set_nobody_signs_in(given_settings):
    assert read_sign_in(given_settings()) is None
    write_secrets(given_settings())
    assert not secrets_file(given_settings()).exists()


def test_streamlit_is_told_in_a_file_of_its_owner(given_settings):
    write_secrets(given_settings(**ALL))
    file = secrets_file(given_settings())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    auth = tomllib.loads(file.read_text(encoding="utf-8"))["auth"]
    assert len(auth.pop("cookie_secret")) == 64
    assert auth == {
        "redirect_uri": "https://funding.example/oauth2callback",
        "client_id": "funding",
        "client_secret": ALL["oidc_client_secret"],
        "server_metadata_url": "https://login.example/realm/.well-known/openid-configuration",
    }
    assert [one.name for one in file.parent.iterdir() if "sign-in" in one.name] == ["sign-in.toml"]


def test_the_cookies_key_stays_and_goes_with_the_key_of_the_site(given_settings):
    def cookie_secret(**more):
        write_secrets(given_settings(**ALL, **more))
        return tomllib.loads(secrets_file(given_settings()).read_text())["auth"]["cookie_secret"]

    made = cookie_secret()
    assert cookie_secret() == made
    assert cookie_secret(secret="x" * 40) != made
    assert "x" * 40 not in secrets_file(given_settings()).read_text()


def test_what_was_set_before_is_gone_when_nothing_is_set(given_settings):
    write_secrets(given_settings(**ALL))
    write_secrets(given_settings())
    assert not secrets_file(given_settings()).exists()


@pytest.mark.parametrize("left_out", ["oidc_issuer", "oidc_client_id", "oidc_client_secret"])
def test_half_of_it_is_refused(left_out, given_settings):
    with pytest.raises(BadSignIn, match=f"FUNDING_{left_out.upper()}") as refused:
        write_secrets(given_settings(**ALL | {left_out: ""}))
    assert "secret" not in str(refused.value).replace("SECRET", ""), "no value is told"


@pytest.mark.parametrize(
    ("name", "address"), [("oidc_issuer", "http://login.example"), ("public_url", "http://funding.example")]
)
def test_what_others_could_read_on_the_way_is_refused(name, address, given_settings):
    with pytest.raises(BadSignIn, match="https"):
        read_sign_in(given_settings(**ALL | {name: address}))
    assert read_sign_in(given_settings(**ALL | {name: "http://localhost:9"}))


def test_the_address_of_the_description_is_taken_as_it_is(given_settings):
    described = "https://login.example/v2/.well-known/openid-configuration?app=1"
    assert read_sign_in(given_settings(**ALL | {"oidc_issuer": described})).metadata_url == described


@given(some.text(some.characters(codec="utf-8"), min_size=1).filter(str.strip))
@how(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_secret_comes_through(given_settings, secret):
    write_secrets(given_settings(**ALL | {"oidc_client_secret": secret}))
    kept = tomllib.loads(secrets_file(given_settings()).read_bytes().decode())["auth"]["client_secret"]
    assert kept == secret


@pytest.mark.parametrize("wrong", [{"oidc_issuer": "login.example"}, {"operators": "boss@riga.example, boss"}])
def test_what_is_no_address_is_refused_without_repeating_it(wrong, given_settings):
    with pytest.raises(ValidationError) as refused:
        given_settings(**wrong)
    assert "boss@riga.example" not in str(refused.value)


def test_operators_are_known_in_any_spelling(given_settings):
    assert given_settings(operators=" Boss@Riga.example ,b@x.example").operator_keys == {
        "boss@riga.example",
        "b@x.example",
    }


@pytest.mark.parametrize(
    ("facts", "shared"),
    [
        ({}, False),
        ({"public_url": "http://127.0.0.1:8501"}, False),
        ({"public_url": "https://funding.example"}, True),
        ({"trusted_proxy": "127.0.0.1"}, True),
    ],
)
def test_what_others_reach_is_shared(facts, shared, given_settings):
    assert given_settings(**facts).is_shared is shared


def test_half_of_it_is_told_at_the_start_in_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setenv("FUNDING_OIDC_CLIENT_SECRET", "do not tell")
    monkeypatch.setattr("sys.argv", ["funding", "serve"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "FUNDING_OIDC_ISSUER and FUNDING_OIDC_CLIENT_ID: nothing found" in told
    assert "do not tell" not in told
    assert "Traceback" not in told
