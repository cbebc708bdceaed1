import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="session")
def _one_thread_of_blas():
    """Two wait for each other where something else keeps a core busy."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield
