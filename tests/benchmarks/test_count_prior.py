"""The prior of formulas is what the collections of science hold."""

from benchmarks.discovery.count_prior import count
from edgewise.discovery import prior


def test_the_prior_has_the_frequencies_that_were_counted():
    found = count()
    assert found["nodes"] == prior.NODES
    assert found["products"] == prior.PRODUCTS
    assert found["sums"] == prior.SUMS
    assert found["functions"] == prior.FUNCTIONS
    assert found["within"][True] / found["within"].total() == prior.WITHIN
    exponents = found["exponents"]
    assert {k: exponents[k] for k in prior.EXPONENTS} == prior.EXPONENTS
    assert exponents["fitted"] == prior.FITTED_EXPONENTS
    others = [n for k, n in exponents.items() if k not in (*prior.EXPONENTS, "fitted")]
    assert set(others) == {1}
    assert sum(n == 1 for n in exponents.values()) == prior.OTHER_EXPONENTS
