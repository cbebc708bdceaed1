"""One server of forks for all tests, see forks.py; and what is loaded stays out of Python's way."""

import gc
import os

import numpy as np
import pytest
import torch

from browser import open_browser
from forks import Forks

os.environ["NUMBA_DISABLE_JIT"] = "1"  # compiling takes SHAP ten times as long as four rows do

collect_ignore = [
    "conftest.py",  # by doctests: each folder's is a module of the same name
    "data/symbolic/make_symbolic_files.py",  # runs with the package of an earlier commit alone
]


STATES = {}
"""The random generators of each module of tests, and their states before the first test."""


def pytest_collection_finish(session):
    """Modules and tests live to the end: collections of garbage needn't walk through them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    for module in {getattr(item, "module", None) for item in session.items} - {None}:
        found = [one for one in vars(module).values() if isinstance(one, np.random.Generator)]
        STATES[module] = [(one, one.bit_generator.state) for one in found]


def pytest_runtest_setup(item):
    """A test draws the same numbers alone, among others, and in any order."""
    for generator, state in STATES.get(getattr(item, "module", None), ()):
        generator.bit_generator.state = state


@pytest.fixture
def one_thread():
    """The machines that run the tests have few cores, and most models here are tiny."""
    yield from use_threads(1)


@pytest.fixture
def two_threads():
    """Kernels split their work, whatever number of threads the tests were started with."""
    yield from use_threads(2)


def use_threads(count):
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def forks():
    started = Forks()
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser():
    """One browser for the tests of all pages."""
    with open_browser() as opened:
        yield opened
