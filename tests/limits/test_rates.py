"""Rates are counted where every process sees them, by time alone: nobody makes room by filling the table."""

import time

import pytest
from django.core.cache import caches
from django.test import RequestFactory, override_settings

from factories import together
from pishkhan.language.text import Text
from pishkhan.limits import rates
from pishkhan.limits.address import address_of
from pishkhan.limits.keeping import claim
from pishkhan.limits.models import Count, Kept
from pishkhan.limits.rates import MINUTE, declare, forget, has_begun, is_spent, spend
from pishkhan.limits.sweeping import sweep

THREE = declare("test-three", 3, MINUTE, Text("آزمون", "A test"))
BYTES = declare("test-bytes", 10, MINUTE, Text("آزمون", "A test"))

pytestmark = pytest.mark.django_db


class Watch:
    """The machine's clock, which a test sets."""

    def __init__(self):
        self.at = 1_700_000_000.0

    def __call__(self):
        return self.at


@pytest.fixture
def watch(monkeypatch):
    watch = Watch()
    monkeypatch.setattr(time, "time", watch)
    return watch


def test_so_many_are_within_the_rate_and_the_next_is_not(watch):
    spends = [spend(THREE, "a") for _ in range(5)]

    assert spends == [True, True, True, False, False]
    assert is_spent(THREE, "a") and not is_spent(THREE, "b") and spend(THREE, "b")


def test_the_window_begins_anew_when_its_time_is_over_and_not_before(watch):
    for _ in range(3):
        spend(THREE, "a")

    watch.at += MINUTE - 1
    assert not spend(THREE, "a")
    watch.at += 1
    assert spend(THREE, "a") and not is_spent(THREE, "a")


def test_thousands_of_other_sources_reset_nobodys_count(watch):
    for _ in range(3):
        spend(THREE, "a")

    for number in range(400):
        spend(THREE, number)
        caches["default"].set(f"other-{number}", number, 60)

    assert not spend(THREE, "a") and Count.objects.count() == 401


def test_what_is_over_its_rate_is_refused_without_a_write(watch, django_assert_num_queries):
    for _ in range(3):
        spend(THREE, "a")

    with django_assert_num_queries(1):
        assert not spend(THREE, "a")

    assert Count.objects.get().count == 3


def test_more_than_one_is_counted_at_once(watch):
    assert spend(BYTES, "a", by=7) and not spend(BYTES, "a", by=7)


@pytest.mark.parametrize(("back", "counts"), [(MINUTE // 2, True), (24 * 60 * MINUTE, False)])
def test_a_clock_set_back_far_locks_nobody_out_and_one_that_differs_a_little_resets_nothing(watch, back, counts):
    for _ in range(3):
        spend(THREE, "a")

    watch.at -= back

    assert is_spent(THREE, "a") is counts and spend(THREE, "a") is not counts


def test_an_address_is_known_for_its_time(watch):
    assert not has_begun(THREE, "a")
    spend(THREE, "a")
    assert has_begun(THREE, "a")
    watch.at += MINUTE
    assert not has_begun(THREE, "a")


def test_a_sweep_takes_what_is_over_and_nothing_that_counts(watch):
    spend(THREE, "old")
    claim("old", "", MINUTE)
    watch.at += MINUTE
    spend(THREE, "new")
    claim("new", "", MINUTE)

    assert sweep() == 2

    assert Count.objects.count() == Kept.objects.count() == 1 and has_begun(THREE, "new")


def test_nothing_that_is_kept_names_who_asked():
    spend(THREE, "203.0.113.7")
    caches["default"].set("zahra", "x", 60)

    assert "203.0.113" not in str(list(Count.objects.values())) and "zahra" not in str(list(Kept.objects.values()))


def test_a_proof_is_good_for_one_purpose_however_often_it_comes_for_that():
    assert claim("proof", "one", MINUTE) and claim("proof", "one", MINUTE) and not claim("proof", "other", MINUTE)


def test_the_cache_of_the_sign_in_library_keeps_its_promises(watch):
    cache = caches["default"]

    assert cache.add("a", [1.5], 60) and not cache.add("a", [2.5], 60) and cache.get("a") == [1.5]
    cache.set("a", {"b": 1}, 60)
    assert cache.get("a") == {"b": 1} and cache.touch("a", 120) and not cache.touch("c", 1)
    watch.at += 100
    assert cache.get("a") == {"b": 1}
    watch.at += 20
    assert cache.get("a", "gone") == "gone" and cache.add("a", 3, 60) and cache.delete("a") and not cache.delete("a")


def test_a_deployment_chooses_its_own_and_what_it_wrote_wrong_is_told(monkeypatch):
    monkeypatch.setattr(rates, "CHOSEN", {})
    monkeypatch.setitem(rates.RATES, THREE, rates.RATES[THREE])

    rates.choose(f" {THREE} = ۵/10m, test-none=1/s,")

    assert rates.RATES[THREE] == (THREE, 5, 600) and rates.unknown() == ["test-none"]
    for wrong in ("", "5", "0/m", "5/0m", "5/y", "-5/m"):
        with pytest.raises(ValueError, match="written like"):
            rates.choose(f"{THREE}={wrong}")
    for wrong in ("track", "=", "a=b=c", "5/m"):
        with pytest.raises(ValueError, match="written like"):
            rates.choose(wrong)


def test_a_rate_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        declare(THREE, 1, 1, Text("آزمون", "A test"))


@pytest.mark.parametrize(
    ("proxies", "headers", "address"),
    [
        (0, {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "9.9.9.9"}, "203.0.113.7"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "9.9.9.9, 203.0.113.7"}, "203.0.113.7"),
        (2, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8, 203.0.113.7, 10.0.0.2"}, "203.0.113.7"),
        (0, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::"),
        (0, {"REMOTE_ADDR": "2001:db8:1:2::1"}, "2001:db8:1:2::"),
        (0, {"REMOTE_ADDR": "::ffff:203.0.113.7"}, "203.0.113.7"),
        (0, {"REMOTE_ADDR": "unix:" + "x" * 200}, "unix:" + "x" * 59),
    ],
)
def test_an_address_is_the_clients_own_and_of_ipv6_its_network(proxies, headers, address):
    with override_settings(NINJA_NUM_PROXIES=proxies):
        from_ninja = pytest.MonkeyPatch()
        from_ninja.setattr("ninja.conf.settings.NUM_PROXIES", proxies)
        try:
            assert address_of(RequestFactory().get("/", **headers)) == address
        finally:
            from_ninja.undo()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_rate_are_let_through():
    let = []

    assert together(*[lambda: let.append(spend(THREE, "race"))] * 8) == []

    assert sorted(let) == [False] * 5 + [True] * 3
    forget(THREE, "race")
    assert spend(THREE, "race")


@pytest.mark.django_db(transaction=True)
def test_control_counting_in_two_steps_would_let_more_through(rendezvous):
    """Read, then write: what a rate would be without its one statement."""

    def counted():
        row, _ = Count.objects.get_or_create(key="control", defaults={"count": 0, "ends": 2**40})
        read = Count.objects.get(pk="control")
        Count.objects.filter(pk=row.pk).update(count=read.count + 1)

    Count(key="control", count=0, ends=2**40).save()
    rendezvous.after(Count.objects, "get")
    together(counted, counted)

    assert Count.objects.get(key="control").count == 1, "one of two was lost"
