"""Links: means, losses and the working response that scoring needs."""

import numpy as np
import pytest

from edgewise.additive.links import LINKS

OUTPUTS = {"identity": 1, "log": 1, "logistic": 1, "softmax": 3}


def rows(name, seed=0):
    g = np.random.default_rng(seed)
    effects = g.normal(size=(50, OUTPUTS[name]))
    if name == "softmax":
        y = np.eye(3)[g.integers(0, 3, 50)]
    elif name == "logistic":
        y = g.integers(0, 2, (50, 1)).astype(float)
    else:
        y = np.exp(g.normal(size=(50, 1)))
    return y, effects


@pytest.mark.parametrize("name", LINKS)
def test_the_working_response_points_down_the_loss(name):
    """weight · (response - effects) is minus the gradient of the loss."""
    link = LINKS[name]
    y, effects = rows(name)
    if name == "log":
        y = link.mean(effects) * np.random.default_rng(1).uniform(0.5, 1.5, y.shape)
    response, weight = link.working(y, effects)
    for k in range(effects.shape[1]):
        step = np.zeros_like(effects)
        step[:, k] = 1e-6
        slope = (link.loss(y, effects + step) - link.loss(y, effects - step)) / 2e-6
        np.testing.assert_allclose(
            (weight * (response - effects))[:, k], -slope, rtol=1e-6, atol=1e-8
        )


@pytest.mark.parametrize("name", LINKS)
def test_the_start_is_the_weighted_mean(name):
    link = LINKS[name]
    y, _ = rows(name)
    weight = np.random.default_rng(2).uniform(0.5, 2, len(y))
    start = link.start(y, weight)
    mean = link.mean(np.tile(start, (1, 1)))[0]
    np.testing.assert_allclose(mean, np.average(y, axis=0, weights=weight), rtol=1e-9)


@pytest.mark.parametrize("name", LINKS)
def test_nothing_overflows(name):
    link = LINKS[name]
    y, effects = rows(name)
    with np.errstate(all="raise", under="ignore"):
        for size in (1e3, -1e3):
            far = effects * size
            assert np.isfinite(link.mean(far)).all()
            assert all(np.isfinite(part).all() for part in link.working(y, far))
            assert np.isfinite(link.loss(y, far)).all()


def test_shares_of_classes_sum_to_one():
    _, effects = rows("softmax")
    np.testing.assert_allclose(LINKS["softmax"].mean(effects).sum(1), 1, rtol=1e-12)
    two = np.stack([np.zeros(50), effects[:, 0]], 1)
    np.testing.assert_allclose(
        LINKS["softmax"].mean(two)[:, 1], LINKS["logistic"].mean(effects[:, :1])[:, 0], rtol=1e-12
    )
