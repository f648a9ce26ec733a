"""Every number of the law is known to a process that has only started: a command imports no page and no service."""

import subprocess
import sys

import pytest

from pishkhan.regulation.edition import shipped

STARTED = """
import django
django.setup()
from pishkhan.regulation.keys import KEYS
print(*sorted(KEYS), sep="\\n")
"""


@pytest.mark.no_database
def test_a_process_that_has_only_started_knows_every_key_that_is_shipped():
    answer = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)

    assert {row["key"] for row in shipped("numbers")["number"]} - set(answer.stdout.split()) == set()
