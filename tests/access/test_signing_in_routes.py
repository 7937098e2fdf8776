"""Where one lands after signing in, and what becomes of the cookies: around answers as Streamlit gives them."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.routes.signing_in import CALLBACK, FAILED, LONGEST, RETURN, SigningIn, is_ours
from matcher.settings import Settings

SITE = "https://funding.example"
PROVIDER = "https://login.example/authorize?state=1"


def login(request):
    if "down" in request.query_params:
        return Response("Authentication error", 400)
    return RedirectResponse(PROVIDER, 302)


def callback(request):
    answer = RedirectResponse("/", 302)
    if "good" in request.query_params:
        answer.set_cookie("_streamlit_user", "signed", httponly=True, samesite="lax")
    else:
        answer.delete_cookie("_streamlit_user")
    return answer


def page(request):
    return Response("a page", headers={"set-cookie": "other=1"})


@pytest.fixture
def visit(tmp_path):
    """A visitor of the site at that address."""

    def make(site=SITE):
        routes = [Route("/auth/login", login), Route(CALLBACK, callback), Route("/", page)]
        settings = Settings(home=tmp_path, public_url=site)
        app = Starlette(routes=routes, middleware=[Middleware(SigningIn, settings=settings)])
        return TestClient(app, base_url=site, follow_redirects=False)

    return make


def test_back_to_the_page_from_which_one_went(visit):
    visitor, here = visit(), "/pipeline?profile=riga&lang=fr"
    gone = visitor.get("/auth/login", headers={"referer": SITE + here})
    assert gone.headers["location"] == PROVIDER
    [kept] = gone.headers.get_list("set-cookie")
    assert kept.startswith(f"{RETURN}={here};")
    for flag in ("HttpOnly", "SameSite=Lax", "Secure", f"Path={CALLBACK}", "Max-Age=600"):
        assert flag in kept
    back = visitor.get(f"{CALLBACK}?code=1&good=1")
    assert back.headers["location"] == here


@pytest.mark.parametrize(
    "left", ["https://evil.example/", "http://funding.example/", "https://funding.example.evil/", ""]
)
def test_a_page_of_another_site_is_not_remembered(left, visit):
    visitor = visit()
    gone = visitor.get("/auth/login", headers={"referer": left} if left else {})
    assert "set-cookie" not in gone.headers
    assert visitor.get(f"{CALLBACK}?code=1&good=1").headers["location"] == "/"


@pytest.mark.parametrize(
    "page",
    [
        *("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "evil"),
        *("/\t/evil", "/a b", "/a;b", '/a"b', "/%\x7f", "/ā", "/" + "a" * LONGEST),
    ],
)
def test_nobody_is_led_elsewhere(page, visit):
    assert not is_ours(page)
    answer = visit().get(f"{CALLBACK}?code=1&good=1", headers={"cookie": f"{RETURN}={page}".encode()})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("page", ["/", "/pipeline", "/?profile=riga&text=d%C3%A9part", "/call?call=portal:1~2"])
def test_pages_of_this_site(page):
    assert is_ours(page)


def test_who_could_not_sign_in_is_told(visit):
    refused = visit().get(f"{CALLBACK}?error=access_denied&state=1")
    assert refused.headers["location"] == FAILED
    failed = visit().get(f"{CALLBACK}?code=1")
    assert failed.headers["location"] == FAILED
    down = visit().get("/auth/login?down=1", headers={"referer": SITE + "/"})
    assert (down.status_code, down.headers["location"], down.content) == (303, FAILED, b"")


def test_who_signed_out_at_the_provider_comes_back_without_a_complaint(visit):
    assert visit().get(CALLBACK).headers["location"] == "/"


def test_the_cookies_of_the_sign_in_travel_encrypted_alone(visit):
    [cookie] = visit().get(f"{CALLBACK}?code=1&good=1").headers.get_list("set-cookie")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert visit().get("/").headers["set-cookie"] == "other=1"
    [at_home] = visit("http://localhost").get(f"{CALLBACK}?code=1&good=1").headers.get_list("set-cookie")
    assert "Secure" not in at_home, "a browser would not keep it there"
