"""One server of forks for all tests; see forks.py."""

import pytest

from forks import Forks

collect_ignore = ["conftest.py"]  # by doctests: each folder's is a module of the same name


@pytest.fixture(scope="session")
def forks():
    started = Forks()
    yield started
    started.close()
