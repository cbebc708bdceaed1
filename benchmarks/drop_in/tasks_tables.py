"""Tables, standardised on their training rows; the seed draws the split or the rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from sklearn import datasets
from torch import Tensor
from torch.nn import functional as F

from benchmarks.drop_in.problem import (
    ROWS,
    Problem,
    Task,
    classification,
    halve,
    regression,
    standardise,
)

TEST_SHARE = 1 / 3
PLACES, KINDS = 6, 4
"""The numbers of categories of the two categorical columns of the table of houses."""


def _bundled(load: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Callable[[int], Problem]:
    """A table of scikit-learn, of which a random third is the test set."""

    def make(seed: int) -> Problem:
        x, y = (torch.from_numpy(np.asarray(part)) for part in load(return_X_y=True))
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
        at = len(x) - round(TEST_SHARE * len(x))
        rows, targets = standardise(*halve(x[order].float(), at)), halve(y[order], at)
        if y.is_floating_point():
            return regression(rows, (targets[0].float()[:, None], targets[1].float()[:, None]))
        return classification(rows, (targets[0].long(), targets[1].long()), int(y.max()) + 1)

    return make


def _friedman(seed: int) -> Problem:
    """Friedman's first function, five of its ten columns irrelevant; noisy training targets."""
    x, y = datasets.make_friedman1(2 * ROWS, noise=0.0, random_state=seed)
    noise = torch.randn(ROWS, generator=torch.Generator().manual_seed(seed))
    train, test = halve(torch.from_numpy(y).float()[:, None])
    return regression(
        standardise(*halve(torch.from_numpy(x).float())), (train + noise[:, None], test)
    )


def _houses(seed: int) -> Problem:
    """Synthetic prices of houses, from heavy-tailed areas, ages, distances, and one-hot categories.

    The training prices have 10 % noise.
    """
    g = torch.Generator().manual_seed(seed)
    normal, even = torch.randn(5, 2 * ROWS, generator=g), torch.rand(3, 2 * ROWS, generator=g)
    place, kind = (torch.randint(n, (2 * ROWS,), generator=g) for n in (PLACES, KINDS))
    worth, share = (torch.randn(n, generator=g) for n in (PLACES, KINDS))
    area = (4.5 + 0.4 * normal[0]).exp()
    garden = (5 + 1.2 * normal[1]).exp()
    income = (3 + 0.6 * normal[2] + 0.3 * worth[place]).exp()
    age, distance, rooms = 120 * even[0], 30 * even[1].square(), (1 + area / 30 + even[2]).floor()
    log_price = (
        0.8 * area.log()
        + 0.15 * (1 + 0.5 * share[kind]) * garden.log()
        + 0.4 * income.log()
        + 0.3 * worth[place] * (-distance / 8).exp()
        - 0.5 * torch.sigmoid((age - 40) / 8) * (1 - torch.sigmoid((age - 95) / 5))
        + 0.1 * rooms / 4
    )
    columns = torch.stack([area, garden, income, age, distance, rooms, normal[3]], dim=1)
    x = torch.cat([columns, F.one_hot(place, PLACES), F.one_hot(kind, KINDS)], dim=1)
    train, test = halve(_price(log_price))
    noisy = train * (1 + 0.1 * normal[4, :ROWS, None])
    return regression(standardise(*halve(x)), (noisy, test))


def _price(logarithm: Tensor) -> Tensor:
    return (logarithm - logarithm.mean()).exp()[:, None]


TABLES = (
    Task("diabetes", "tables", _bundled(datasets.load_diabetes)),
    Task("breast-cancer", "tables", _bundled(datasets.load_breast_cancer)),
    Task("wine", "tables", _bundled(datasets.load_wine)),
    Task("friedman", "tables", _friedman),
    Task("houses", "tables", _houses),
)
"""Generated tables have test targets without noise; the noise of real tables is unknown."""
