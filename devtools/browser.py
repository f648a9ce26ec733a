"""Pages in a real browser: what axe finds, whether anything scrolls sideways on a phone, and pictures of them.

Needs a Chromium: the system's, or Playwright's own.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .crawler import EVERYBODY, LEAVING, OPENS, Seen, addresses, clients, seen

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CHOSEN = (
    ("home", "home", "", "fa", DESK),
    ("office", "office", "", "fa", DESK),
    ("today", "today", "expert", "fa", DESK),
    ("case", "case", "expert", "fa", DESK),
    ("meeting", "meeting", "", "fa", DESK),
    ("figures", "figures", "", "fa", DESK),
    ("services-en", "services", "", "en", DESK),
    ("case-phone", "case", "expert", "fa", PHONE),
)  # as somebody sees it who has something to do there
BY_HTTP = "A browser looks at pages that are served here by http: leave PISHKHAN_ORIGIN unset for it."
PATIENCE = 20.0  # seconds for the server to answer


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or None, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served() -> Iterator[str]:
    """This database, served at an address of its own."""
    if settings.ADDRESS.is_https:
        raise SystemExit(BY_HTTP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pishkhan.site.command_line.cli", "web", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def looked_at(pages: list[Seen]) -> None:
    """Let each page that opened say what axe finds on it, and whether it scrolls sideways on a phone."""
    signed_in = sessions()  # asked before the browser: while it runs, Django asks no database in this thread
    with served() as base, chromium() as browser:
        contexts: dict[tuple[str, str], BrowserContext] = {}
        known: dict[tuple[str, str, float], list[str]] = {}
        for page in pages:
            if page.status != OPENS or not page.is_document:
                continue
            alike = (page.page, page.language, page.kilobytes)  # the same page for another role
            if alike not in known:
                place = (page.role, page.language)
                if place not in contexts:
                    contexts[place] = visitor(browser, base, signed_in[page.role], page.language, PHONE)
                known[alike] = list(_findings(contexts[place], base + page.address))
            page.findings += known[alike]


def sessions() -> dict[str, str]:
    """A session of each account of the demo, by its name; none for everybody."""
    return {
        role: "" if role == EVERYBODY else client.cookies[settings.SESSION_COOKIE_NAME].value
        for role, client in clients().items()
    }


def visitor(browser: Browser, base: str, session: str, language: str, size: Any, **options: Any) -> BrowserContext:
    """A browser in which a session is open (none, if empty) and a language is chosen."""
    context = browser.new_context(viewport=size, **options)
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": base}]
    if session:
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


def _findings(context: BrowserContext, address: str) -> Iterator[str]:
    page = context.new_page()
    try:
        page.goto(address)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            yield f"scrolls sideways: {width} px"
        yield from axe_findings(page)
    finally:
        page.close()


def axe_findings(page: Page) -> Iterator[str]:
    """What axe finds on the page as it stands, a line each with the first element it is about."""
    for each in Axe().run(page, options=AXE).response["violations"]:
        yield f"axe {each['id']}: {each['nodes'][0]['html'][:120]}"


def pictured(folder: Path) -> Iterator[Path]:
    """Pictures of every page as somebody who may open it sees it: Persian on a desk and a phone, English on a desk."""
    folder.mkdir(parents=True, exist_ok=True)
    signed_in, wanted = sessions(), _by_whom()
    with served() as base, chromium() as browser:
        for language, size, suffix in (("fa", DESK, "fa"), ("fa", PHONE, "fa-phone"), ("en", DESK, "en")):
            contexts = {role: visitor(browser, base, session, language, size) for role, session in signed_in.items()}
            for name, (address, role) in wanted.items():
                page = contexts[role].new_page()
                page.goto(base + address)
                page.screenshot(path=folder / f"{name}-{suffix}.png", full_page=True)
                page.close()
                yield folder / f"{name}-{suffix}.png"


def chosen_pictures(folder: Path) -> Iterator[Path]:
    """The pictures of the README: what is seen first of eight pages."""
    folder.mkdir(parents=True, exist_ok=True)
    signed_in, wanted = sessions(), _by_whom()
    with served() as base, chromium() as browser:
        for name, page_name, role, language, size in CHOSEN:
            address, first = wanted[page_name]
            page = visitor(browser, base, signed_in[role or first], language, size).new_page()
            page.goto(base + address)
            page.screenshot(path=folder / f"{name}.png")
            yield folder / f"{name}.png"


def _by_whom() -> dict[str, tuple[str, str]]:
    """Each page by name, with its address and the first role to which it opens."""
    there, found = addresses(), {}
    for role, client in clients().items():
        for name, address in there.items():
            if name not in found and name != LEAVING:
                looked_at = seen(name, address, role, "fa", client, warm=False)
                if looked_at.status == OPENS and looked_at.is_document:
                    found[name] = (address, role)
    return found
