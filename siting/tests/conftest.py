"""The same examples in each run, so that what is green stays green; SITING_FUZZ=yes looks further."""

import os

import pytest
from hypothesis import HealthCheck, settings

from siting import warm_up

settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("searching", deadline=None, max_examples=3000, print_blob=True)
settings.load_profile("searching" if os.environ.get("SITING_FUZZ") else "steady")


collect_ignore = [] if os.environ.get("SITING_INSTANCES") else ["test_published_instances.py"]


@pytest.fixture(autouse=True, scope="session")
def compiled_once():
    warm_up()
