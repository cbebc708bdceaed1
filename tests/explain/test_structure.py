"""The structure of functions: what is known of them is found, and nothing else."""

from __future__ import annotations

import pytest
import torch
from made_up_structures import draw, find, score

import edgewise as ew
from edgewise.explain.structure import _is_closed

X = torch.rand(300, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64) + 0.5


def shown(function, x=X, **settings):
    return str(ew.structure(function, x, **settings)).splitlines()


def test_sums_products_and_what_is_inside():
    tree = shown(lambda x: torch.sin(x[:, 0] - 2 * x[:, 1]) + x[:, 2] ** 3 / x[:, 3])
    assert tree == ["sum", "├─ translation: x0 - 2 x1", "└─ scale: x2 · x3^-0.333"]
    tree = shown(lambda x: torch.sin(x[:, 0] + x[:, 1] ** 2) * x[:, 2])
    assert tree == [
        "product", "├─ separable", "│  ├─ x0", "│  └─ x1", "└─ x2", "without influence: x3",
    ]  # fmt: skip
    tree = shown(lambda x: x[:, 0] * torch.sin(x[:, 1]) + x[:, 1] ** 2 + x[:, 2] + x[:, 3])
    assert tree == ["sum", "├─ general", "│  ├─ x0", "│  └─ x1", "├─ x2", "└─ x3"]
    assert shown(lambda x: torch.sin(x[:, 0] * x[:, 1])) == [
        "scale: x0 · x1", "without influence: x2, x3",
    ]  # fmt: skip
    assert shown(lambda x: x[:, 0].exp()) == ["x0", "without influence: x1, x2, x3"]


def test_a_general_sum_of_three():
    tree = shown(lambda x: torch.tanh(x[:, 0] ** 2 + x[:, 1].sin() + x[:, 2] * x[:, 3]))
    assert tree[0] == "separable"
    assert "└─ scale: x2 · x3" in tree


def test_made_up_formulas():
    """All that is found is there, but for a few relations; `made_up_structures.py` reports more."""
    sets, labelled = score(range(40))
    assert sets[0] == sets[1]
    assert sets[0] >= 0.97 * sets[2]
    assert labelled[0] >= 0.95 * max(labelled[1:])


def test_no_row_but_those_given_and_nothing_global():
    made, x = draw(3)
    state = torch.get_rng_state()
    assert find(made.function, x) == find(made.function, x)
    assert torch.equal(state, torch.get_rng_state())


def test_a_trained_network():
    x = torch.rand(500, 3, generator=torch.Generator().manual_seed(0)) * 2 - 1
    y = (x[:, 0] + x[:, 1] ** 2) + torch.exp(x[:, 2])
    model = ew.KAN([3, 1], seed=torch.Generator().manual_seed(0))
    ew.fit(model, x, y[:, None], optimizer="lbfgs", steps=20, progress=False)
    model.input_names = ["a", "b", "c"]
    before = {n: t.clone() for n, t in model.state_dict().items()}
    assert shown(model, x) == ["sum", "├─ a", "├─ b", "└─ c"]
    assert all(torch.equal(t, before[n]) for n, t in model.state_dict().items())


def test_one_of_more_outputs():
    def function(x):
        return torch.stack([x[:, 0] * x[:, 1], x[:, 0] + x[:, 1].exp()], 1)

    assert shown(function, X[:, :2])[0] == "product"
    assert shown(function, X[:, :2], output=1)[0] == "sum"


def test_the_drawing(tmp_path):
    found = ew.structure(lambda x: torch.sin(x[:, 0] - 2 * x[:, 1]) + x[:, 2] * x[:, 3], X)
    figure = found.plot(tmp_path / "tree.png")
    texts = [t.get_text() for t in figure.axes[0].texts]
    assert sorted(texts) == sorted(
        ["sum", "translation:\nx0 - 2 x1", "scale:\nx2 · x3", "x0", "x1", "x2", "x3"]
    )
    assert (tmp_path / "tree.png").stat().st_size > 1000


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ew.structure(lambda x: x[:, 0] * 0, X), ValueError, "1 to 10 inputs"),
        (lambda: ew.structure(lambda x: x.sum(1), torch.rand(50, 11)), ValueError, "got 11"),
        (lambda: ew.structure(lambda x: x[:, 0], X[:3]), ValueError, "at least 8 rows"),
        (lambda: ew.structure(lambda x: 3, X), TypeError, "gives a tensor"),
        (lambda: ew.structure("x", X), TypeError, "a model or a function"),
        (lambda: ew.structure(ew.KAN([4, 1]), X, output=1), ValueError, "from 0 to 0"),
        (lambda: ew.structure(ew.KAN([4, 1]), X, tolerance=2), ValueError, "tolerance"),
        (lambda: ew.structure(ew.KAN([4, 1]), X, input_names=["a"]), ValueError, "4 different"),
    ],
)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_sets_are_closed_if_what_follows_from_them_is_there():
    every = frozenset("abc")
    pairs = {frozenset(pair) for pair in ("ab", "bc", "ac")}
    assert _is_closed(pairs, every)
    assert not _is_closed(pairs - {frozenset("ac")}, every)  # ab, bc: their difference, too
    assert _is_closed({frozenset("ab"), frozenset("cd")}, frozenset("abcd"))
    assert _is_closed({frozenset("ab"), frozenset("abc")}, frozenset("abcd"))
