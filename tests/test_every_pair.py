"""The helper that chooses few cases for many tests leaves no two values apart."""

from itertools import combinations

import pytest

from every_pair import choose, every_value


@pytest.mark.parametrize(
    ("sizes", "most"), [((3, 5, 7), 40), ((2, 2, 2, 2), 8), ((4, 3), 12), ((5,), 5), ((1, 1), 1)]
)
def test_every_two_values_meet(sizes, most):
    chosen = choose([list(range(size)) for size in sizes])
    assert len(set(chosen)) == len(chosen) <= most
    for a, b in combinations(range(len(sizes)), 2):
        assert len({(at[a], at[b]) for at in chosen}) == sizes[a] * sizes[b]
    for k, size in enumerate(sizes):
        assert {at[k] for at in chosen} == set(range(size))


def test_every_value_occurs_in_as_few_cases_as_can_be():
    names, cases = every_value(one="abc", other=[1, 2], last=[0.5]).args
    assert names == ("one", "other", "last")
    assert cases == [("a", 1, 0.5), ("b", 2, 0.5), ("c", 1, 0.5)]
