"""Calls that take the longer ways of the library answer with the numbers that are kept of them."""

from __future__ import annotations

import warnings

import matplotlib.pyplot as plt
import pytest
import torch
from kept_numbers import WRITES, check_numbers, list_numbers
from test_answers import read_members, work  # noqa: F401  a fixture
from worked_calls import CALLS

SLOW = ("html", "widget", "_repr_html_", "card", "figure")
READ = set()
"""Types of results and their pages and pictures that have been looked at."""


@pytest.mark.parametrize("name", CALLS)
def test_numbers_are_those_that_are_kept(name, tmp_path, monkeypatch, work):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    with torch.random.fork_rng(), warnings.catch_warnings():
        torch.manual_seed(0)
        warnings.simplefilter("ignore")
        found = CALLS[name]()
        results = found if type(found) is tuple else (found,)
        numbers = list_numbers((*results, float(sum(work))))
        for k, result in enumerate(results):
            said = read_members(result, set() if WRITES else READ)
            numbers |= list_numbers(said, str(k))
            READ.update((type(result), member) for member in SLOW)
    plt.close("all")
    check_numbers(f"kept: {name}", numbers)
