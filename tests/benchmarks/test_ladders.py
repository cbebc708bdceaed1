"""Ladders of growing grids: they climb, and climb the same way again."""

from dataclasses import replace

import pytest
import torch

import edgewise as ew
from benchmarks.approximation import ladders
from benchmarks.approximation.study import ladder_table

pytestmark = pytest.mark.usefixtures("one_thread")

SHORT = replace(
    ladders.LADDERS["fitting"], sizes=(3, 6), samples=500, published=(1e-2, 1e-3)
)  # with fewer samples, test points beyond the data decide


@pytest.mark.parametrize("name", ladders.BASES)
def test_a_finer_grid_lowers_the_error_on_new_data(name):
    basis = ladders.BASES[name]
    rungs, model = ladders.climb(SHORT, basis, steps=20)
    assert [r.size for r in rungs] == [3, 6]
    assert rungs[1].test < 0.6 * rungs[0].test
    assert rungs[1].train < 0.6 * rungs[0].train
    assert rungs[1].test < 0.01
    assert 0 < rungs[0].seconds < rungs[1].seconds
    assert all(layer.basis.num_basis == basis(6).num_basis for layer in model.layers)


def test_a_seed_decides():
    runs = [ladders.climb(SHORT, ladders.BASES["RSWAF"], seed=s, steps=3) for s in (0, 0, 1)]
    (a, first), (b, second), (c, _) = runs
    assert [(r.train, r.test) for r in a] == [(r.train, r.test) for r in b]
    assert all(
        torch.equal(p, q) for p, q in zip(first.parameters(), second.parameters(), strict=True)
    )
    assert a[0].test != c[0].test


def test_all_bases_of_a_rung_but_the_last_have_as_many_functions():
    for size in (3, 10):
        counts = {basis(size).num_basis for basis in ladders.BASES.values()}
        assert counts == {size + 3}


def test_relative_widths_of_radial_functions_are_the_stated_ones():
    gaussian, rswaf = ladders.BASES["Gaussian"](7), ladders.BASES["RSWAF"](7)
    assert gaussian.width / gaussian.spacing == pytest.approx(1.5)
    assert 1 / rswaf.inv_denominator / (2 / (rswaf.num - 1)) == pytest.approx(2.0)


def test_formulas_and_what_was_published_for_them():
    x = torch.tensor([[0.5, 2.0], [1.0, 0.0]]).double()
    e = torch.tensor(1.0).double().exp()
    torch.testing.assert_close(ladders.LADDERS["fitting"].formula(x), torch.stack([e**5, e**0]))
    x = torch.tensor([[0.5, 0.5, 1.0, 0.0]]).double()  # sin(π/2) = 1 and sin π = 0
    torch.testing.assert_close(ladders.LADDERS["deep"].formula(x), e[None] ** 0.5)
    for ladder in ladders.LADDERS.values():
        assert len(ladder.sizes) == len(ladder.published)
        assert list(ladder.sizes) == sorted(ladder.sizes)
        assert list(ladder.published) == sorted(ladder.published, reverse=True)


def test_rmse_of_a_known_difference():
    model = ew.KAN([1, 1])
    x = torch.zeros(2, 1)
    with torch.no_grad():
        y = model(x) + torch.tensor([[3.0], [4.0]])
    assert ladders.rmse(model, (x, y)) == pytest.approx(12.5**0.5)


def test_the_table_has_a_line_for_each_size():
    figures = {("a", 3): (0.25, 1.0), ("a", 6): (0.025, 2.04), ("Z", 3): (1, 1)}
    names = {"a": "B-spline", "Z": "RSWAF"}
    rows = [
        {"basis": names[basis], "size": str(size), "test_rmse": str(test), "seconds": str(seconds)}
        for (basis, size), (test, seconds) in figures.items()
    ]
    text = ladder_table(rows, SHORT)
    lines = [[c.strip() for c in line.strip("|").split("|")] for line in text.splitlines()]
    assert lines == [
        ["grid", "B-spline", "RSWAF", "pykan, published"],
        ["---"] * 4,
        ["3", "2.5e-01", "1.0e+00", "1.0e-02"],
        ["6", "2.5e-02", "", "1.0e-03"],
        ["seconds", "2.0", "1.0", ""],
    ]


def test_a_shortened_ladder_has_its_first_steps():
    short = ladders.LADDERS["deep"].shortened(2)
    assert (short.sizes, short.published) == ((3, 5), (4.6e-3, 1.8e-3))
