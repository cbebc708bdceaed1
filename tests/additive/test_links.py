"""Links: means of sums of effects, and back."""

import numpy as np
import pytest

from edgewise.additive.links import Identity, Log, Logistic, Softmax, move_total
from edgewise.additive.losses import Multinomial
from edgewise.additive.scoring import LARGEST_STEP, fit_constant

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


@pytest.mark.parametrize("scale", [1.0, 30.0, 800.0])
def test_the_total_of_a_softmax_follows_the_change_of_one_output(scale):
    """Exactly: no fit of classes needs the exponentials of all others for each output."""
    random = np.random.default_rng(0)
    effects = scale * random.normal(size=(200, 6))
    total = Softmax().total(effects)
    np.testing.assert_allclose(np.exp(effects - total[:, None]), Softmax().mean(effects), 1e-11)
    for k in range(6):
        change = random.uniform(-LARGEST_STEP, LARGEST_STEP, 200)
        total = move_total(total, effects[:, k], change)
        effects[:, k] += change
        np.testing.assert_allclose(total, Softmax().total(effects), 1e-12, 1e-12)
        np.testing.assert_allclose(
            Multinomial().working_of(effects > 0, effects, k, total),
            Multinomial().working_of(effects > 0, effects, k),
            *(1e-9, 1e-12),
        )


def test_all_exponentials_are_taken_once_a_turn(monkeypatch):
    """Once an output would be the square of the number of classes."""
    counts = dict.fromkeys(["total", "working_of"], 0)

    def count(kind, name):
        made = getattr(kind, name)

        def counting(*args):
            counts[name] += 1
            return made(*args)

        monkeypatch.setattr(kind, name, counting)

    count(Softmax, "total")
    count(Multinomial, "working_of")
    y = np.eye(7)[np.random.default_rng(0).integers(7, size=50)]
    found = fit_constant(Multinomial(), y, np.ones(50), offset=0.0)
    np.testing.assert_allclose(Softmax().mean(found[None])[0], y.mean(0), 1e-4)
    assert counts["working_of"] == 7 * counts["total"]
