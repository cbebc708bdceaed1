"""Links: means of sums of effects, and back."""

import numpy as np
import pytest

from edgewise.additive.links import Identity, Log, Logistic, Softmax

LINKS = {link.name: link for link in (Identity(), Log(), Logistic(), Softmax())}


def draw(name, seed=0):
    return np.random.default_rng(seed).normal(size=(50, 3 if name == "softmax" else 1))


@pytest.mark.parametrize("name", LINKS)
def test_the_inverse_undoes_the_mean(name):
    effects = draw(name)
    if name == "softmax":
        effects -= effects.mean(1, keepdims=True)
    found = LINKS[name].inverse(LINKS[name].mean(effects))
    np.testing.assert_allclose(found, effects, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", LINKS)
def test_nothing_overflows(name):
    with np.errstate(all="raise", under="ignore"):
        for size in (1e3, -1e3):
            assert np.isfinite(LINKS[name].mean(draw(name) * size)).all()


def test_shares_of_classes_sum_to_one():
    effects = draw("softmax")
    np.testing.assert_allclose(LINKS["softmax"].mean(effects).sum(1), 1, rtol=1e-12)
    two = np.stack([np.zeros(50), effects[:, 0]], 1)
    np.testing.assert_allclose(
        LINKS["softmax"].mean(two)[:, 1], LINKS["logistic"].mean(effects[:, :1])[:, 0], rtol=1e-12
    )
