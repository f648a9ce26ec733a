import pytest

from commands import Deployed


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """The article's half year, played once for all that read it."""
    deployed = Deployed(tmp_path_factory.mktemp("played"))
    deployed.printed = deployed.run("demo", "--no-serve")
    yield deployed
    deployed.remove()
