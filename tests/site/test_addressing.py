"""From the address of a deployment and the number of its proxies all else follows; contradictions are refused."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from pishkhan.journal.clock import machine_now
from pishkhan.site.configuration.addressing import address, client_address, faults_of
from tls import certificate_in

HTTPS, CLIENT, LIAR, INNER = "https://pishkhan.example.ir", "198.51.100.7", "203.0.113.9", "10.0.0.2"


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("", "http://localhost:8000"),
        (" https://Pishkhan.Example.IR/ ", HTTPS),
        (f"{HTTPS}:443", HTTPS),
        (f"{HTTPS}:8443", f"{HTTPS}:8443"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("https://ایران.ایران", "https://xn--mgba3a4f16a.xn--mgba3a4f16a"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(written, origin):
    assert address(written, hosts=[], proxies=1).origin == origin


@pytest.mark.parametrize(
    "written",
    [
        "pishkhan.example.ir",
        "ftp://example.ir",
        "https://",
        f"{HTTPS}/counter",
        f"{HTTPS}?a=1",
        f"{HTTPS}#a",
        "https://user@example.ir",
        "https://example.ir:99999",
        "https://example.ir:abc",
        "https://exa mple.ir",
        "https://[::1",
        "https://a%20b.ir",
        "https://.ir",
        "https://x\u202e.ir",
    ],
)
def test_what_is_no_origin_is_refused_in_a_sentence(written):
    with pytest.raises(ImproperlyConfigured, match="PISHKHAN_ORIGIN"):
        address(written, hosts=[], proxies=1)


def test_hosts_hold_that_of_the_origin_whichever_way_they_are_said():
    assert "pishkhan.example.ir" in address(HTTPS, hosts=[], proxies=1).hosts
    assert address(HTTPS, hosts=[" pishkhan.example.ir", ""], proxies=1).hosts == ("pishkhan.example.ir",)
    assert address(HTTPS, hosts=[".example.ir"], proxies=1).hosts == (".example.ir",)
    with pytest.raises(ImproperlyConfigured, match="leaves out pishkhan"):
        address(HTTPS, hosts=["www.example.ir"], proxies=1)


@pytest.mark.parametrize("host", ["*", "https://pishkhan.example.ir", "pishkhan.example.ir:443", "a b", "u@a.ir", "."])
def test_what_is_no_name_of_a_host_is_refused_beside_those_that_are(host):
    with pytest.raises(ImproperlyConfigured, match="PISHKHAN_HOSTS"):
        address(HTTPS, hosts=["pishkhan.example.ir", host], proxies=1)


def test_a_host_is_served_under_the_name_that_browsers_ask_for():
    assert address(HTTPS, hosts=["pishkhan.example.ir", "ایران.ایران"], proxies=1).hosts[1:] == (
        "xn--mgba3a4f16a.xn--mgba3a4f16a",
    )
    assert address("http://[::1]:8000", hosts=["[::1]"], proxies=0).hosts == ("[::1]",)


def test_proxies_below_none_half_a_certificate_and_one_without_https_are_refused(tmp_path):
    for data in (
        {"proxies": -1},
        {"proxies": 10**20},
        {"proxies": 0, "certificate": "c.pem"},
        {"proxies": 0, "key": "k.pem"},
    ):
        with pytest.raises(ImproperlyConfigured):
            address(HTTPS, hosts=[], **data)
    with pytest.raises(ImproperlyConfigured, match="begins with https"):
        address("http://localhost:8000", hosts=[], proxies=0, certificate="c.pem", key="k.pem")


def derived(**environment):
    """What the settings derive, read in a process of its own."""
    names = (
        "CSRF_TRUSTED_ORIGINS",
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        "NINJA_NUM_PROXIES",
    )
    code = (
        "import json; from pishkhan.site.configuration import settings as s; "
        f"print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PISHKHAN_")}
    run = subprocess.run(
        [sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True, timeout=300, check=True
    )
    return dict(zip(names, json.loads(run.stdout), strict=True))


def test_everything_follows_from_the_origin_and_the_proxies(tmp_path):
    direct = derived(PISHKHAN_VAR=str(tmp_path), PISHKHAN_ORIGIN=HTTPS)
    behind = derived(PISHKHAN_VAR=str(tmp_path), PISHKHAN_ORIGIN=HTTPS, PISHKHAN_PROXIES="1")
    plain = derived(PISHKHAN_VAR=str(tmp_path), PISHKHAN_PROXIES="1")

    for result in (direct, behind):
        assert result["CSRF_TRUSTED_ORIGINS"] == [HTTPS] and "pishkhan.example.ir" in result["ALLOWED_HOSTS"]
        assert all(result[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE"))
        assert (result["SESSION_COOKIE_NAME"], result["SECURE_HSTS_SECONDS"]) == ("__Host-sessionid", 31_536_000)
        assert result["ACCOUNT_DEFAULT_HTTP_PROTOCOL"] == "https"
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert direct["SECURE_PROXY_SSL_HEADER"] is plain["SECURE_PROXY_SSL_HEADER"] is None
    assert not any(plain[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE"))
    assert (plain["SECURE_HSTS_SECONDS"], plain["SESSION_COOKIE_NAME"]) == (0, "sessionid")
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == behind["NINJA_NUM_PROXIES"] == 0  # REMOTE_ADDR is right already


def faults(origin, *, live=True, **data):
    return [fault.en for fault in faults_of(address(origin, hosts=[], **data), live=live, at=machine_now())]


def test_https_takes_a_proxy_or_a_certificate_that_is_good_now(tmp_path):
    file, key = map(str, certificate_in(tmp_path))

    assert faults(HTTPS, proxies=1) == []
    assert faults(HTTPS, proxies=0, certificate=file, key=key) == []
    assert "neither a proxy" in faults(HTTPS, proxies=0)[0]
    assert "cannot be read" in faults(HTTPS, proxies=0, certificate=f"{file}.gone", key=key)[0]
    assert "cannot be read" in faults(HTTPS, proxies=0, certificate=str(tmp_path), key=key)[0]
    assert "no certificate with its key" in faults(HTTPS, proxies=0, certificate=key, key=key)[0]
    (tmp_path / "older").mkdir()
    file, key = map(str, certificate_in(tmp_path / "older", days=-1))
    assert "valid from" in faults(HTTPS, proxies=0, certificate=file, key=key)[0]


def test_a_key_of_another_certificate_is_named(tmp_path):
    (tmp_path / "other").mkdir()
    file, _ = certificate_in(tmp_path)
    _, key = certificate_in(tmp_path / "other")

    assert "no certificate with its key" in faults(HTTPS, proxies=0, certificate=str(file), key=str(key))[0]


def test_a_live_province_is_found_by_https_unless_only_from_its_own_machine():
    assert "is not https" in faults("http://pishkhan.example.ir", proxies=0)[0]
    assert faults("http://pishkhan.example.ir", proxies=0, live=False) == []
    assert faults("http://localhost:8000", proxies=0) == faults("http://127.0.0.1:8000", proxies=0) == []


@pytest.mark.parametrize(
    ("origin", "public"),
    [
        (HTTPS, True),
        ("https://192.0.2.7", True),
        ("http://pishkhan.example.ir", False),
        ("http://localhost:8000", False),
        ("https://localhost", False),
        ("https://a.localhost", False),
        ("https://127.1.2.3", False),
        ("https://[::1]", False),
        ("https://0.0.0.0", False),
    ],
)
def test_an_address_is_public_if_others_reach_it_safely(origin, public):
    assert address(origin, hosts=[], proxies=1).is_public is public


@pytest.mark.parametrize(
    ("forwarded", "proxies", "seen"),
    [
        (CLIENT, 0, INNER),
        (CLIENT, 1, CLIENT),
        (f"{LIAR}, {CLIENT}", 1, CLIENT),
        (f"{LIAR},{CLIENT},{INNER}", 2, CLIENT),
        (CLIENT, 2, INNER),
        ("", 1, INNER),
        ("unknown", 1, INNER),
        (f"{LIAR}, ", 1, INNER),
        (f"{CLIENT}:4711", 1, CLIENT),
        ("[2001:db8::1]:4711", 1, "2001:db8::1"),
        ("2001:DB8::1", 1, "2001:db8::1"),
    ],
)
def test_the_clients_address_is_the_one_that_the_outermost_of_our_proxies_saw(forwarded, proxies, seen):
    assert client_address(forwarded, INNER, proxies) == seen


@pytest.fixture
def throttled(settings, db):
    """Asks the API until it is refused, with what X-Forwarded-For a client sends; gives the count of answers."""

    def throttle_of(proxies, forwarded):
        settings.ADDRESS = address(HTTPS, hosts=[], proxies=proxies)
        client = Client()
        answers = [
            client.get("/api/track/none", headers={"X-Forwarded-For": forwarded(number)}).status_code
            for number in range(14)
        ]
        return answers.count(429)

    return throttle_of


def test_a_clients_own_word_of_its_address_gives_it_no_second_rate(throttled):
    assert throttled(0, lambda number: f"203.0.113.{number}") > 0
    assert throttled(1, lambda number: f"203.0.113.{number}, {CLIENT}") > 0
    assert throttled(1, lambda number: f"203.0.113.{number}") == 0  # fourteen clients


def test_what_was_asked_by_http_is_sent_to_https_and_nothing_is_guessed(settings, db):
    settings.ADDRESS = address(HTTPS, hosts=[], proxies=1)

    sent = Client().post("/services/?a=1", headers={"X-Forwarded-Proto": "http"})

    assert (sent.status_code, sent["Location"]) == (308, f"{HTTPS}/services/?a=1")
    assert Client().get("/services/", headers={"X-Forwarded-Proto": "https"}).status_code == 200
    assert Client().get("/services/").status_code == 200
