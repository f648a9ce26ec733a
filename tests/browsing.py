"""A real browser against a served house. Playwright keeps a loop in the thread, where Django would ask nothing."""

import os
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from devtools.browser import DESK, axe_findings, chromium, visitor
from http_client import signed_in
from law import enter_law
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.site.operations.deployment import open_live


def opens(page, selector):
    """Press what opens another page, and wait until that stands."""
    with page.expect_navigation():
        page.click(selector)


@pytest.fixture(scope="session")
def browser():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as found:
        yield found
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def served(transactional_db, live_server, papers, signing_folder):
    """The address of the house, with the law entered, the province open, and a key to sign licences with."""
    enter_law()
    open_live(Division.objects.get(code="15"))
    open_key(by=SYSTEM)
    return live_server.url


@pytest.fixture
def visit(browser, served):
    """Opens a page as somebody (nobody, if none is named), in a language, on a device; at the end axe has its say."""
    contexts, pages = [], []

    def opened(path, who=None, language="fa", size=DESK, **options):
        session = signed_in(who).session.session_key if who else ""
        context = visitor(browser, served, session, language, size, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(served + path)
        pages.append((page, options.get("java_script_enabled", True)))
        return page

    yield opened
    found = [each for page, scripted in pages if scripted for each in axe_findings(page)]
    for context in contexts:
        context.close()
    assert found == []


def until(page, expression, tries=300):
    """Wait until something is true on a page, asked from outside: what waits inside a page is refused by its CSP."""
    for _ in range(tries):
        with suppress(Error):  # the page is being loaded anew: what it is asked then is lost
            if page.evaluate(f"Promise.resolve({expression}).then(Boolean)"):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")
