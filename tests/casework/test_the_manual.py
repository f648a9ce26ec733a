"""What procedures declare is what stands in the manual, which a lawyer has read line by line.

A test that is derived from a declaration cannot notice that a role, a rule or a stage in it became another; this does.
"""

from pathlib import Path

import pytest

from pishkhan.casework.procedures.manual import pages

pytestmark = pytest.mark.no_database
MANUAL = Path(__file__).parent.parent.parent / "docs" / "procedures"
PAGES = [name for name in pages() if not name.startswith("some-")]


@pytest.mark.parametrize("name", PAGES)
def test_the_manual_as_it_was_read_says_what_the_procedure_declares(name):
    assert (MANUAL / name).read_text() == pages()[name]


def test_the_manual_has_no_page_of_a_procedure_that_is_gone():
    assert {path.name for path in MANUAL.glob("*.md")} - {"README.md"} == set(PAGES)
