"""Normal equations of rows in parts are those of all rows, solved part by part."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise._arrow import Arrow

PARTS, ROWS = 4, 9


def make(own, shared, seed=0):
    """Random rows in parts, their equations, and the whole J with its right side."""
    generator = np.random.default_rng(seed)
    a = generator.normal(size=(PARTS, ROWS, own))
    b = generator.normal(size=(PARTS, ROWS, shared)) * np.logspace(-6, 6, shared)
    t = generator.normal(size=(PARTS, ROWS))
    turned = a.transpose(0, 2, 1)
    flat = b.reshape(PARTS * ROWS, shared)
    arrow = Arrow(turned @ a, turned @ b, flat.T @ flat, (turned @ t[..., None])[..., 0],
                  flat.T @ t.ravel())  # fmt: skip
    whole = np.zeros((PARTS, ROWS, PARTS * own + shared))
    for k in range(PARTS):
        whole[k, :, k * own : (k + 1) * own] = a[k]
    whole[:, :, PARTS * own :] = b
    return arrow, whole.reshape(PARTS * ROWS, -1), t.ravel()


@pytest.mark.parametrize(("own", "shared"), [(2, 3), (2, 0), (0, 3), (1, 1)])
@pytest.mark.parametrize("damping", [0.0, 0.5])
def test_a_step_is_that_of_all_rows(own, shared, damping):
    arrow, j, t = make(own, shared)
    length = np.linalg.norm(j, axis=0)
    unit = j / length
    gram = unit.T @ unit + damping * np.eye(len(length))
    expected = np.linalg.solve(gram, unit.T @ t) / length
    step = arrow.solve(damping)
    np.testing.assert_allclose(np.concatenate([step[0].ravel(), step[1]]), expected, rtol=1e-9)
    assert arrow.gain(step) == pytest.approx(t @ (j @ expected))


@pytest.mark.parametrize(("own", "shared"), [(2, 3), (2, 0), (0, 3)])
def test_the_covariance_is_the_inverse(own, shared):
    arrow, j, _ = make(own, shared)
    blocks, joint = arrow.covariance()
    length = np.linalg.norm(j, axis=0)
    inverse = np.linalg.inv((j / length).T @ (j / length)) / length / length[:, None]
    for k, block in enumerate(blocks):
        place = slice(k * own, (k + 1) * own)
        np.testing.assert_allclose(block, inverse[place, place], rtol=1e-9)
    np.testing.assert_allclose(joint, inverse[PARTS * own :, PARTS * own :], rtol=1e-8)


def test_what_no_row_determines_has_a_large_error():
    arrow, *_ = make(1, 2)
    dead = Arrow(arrow.own, arrow.between * [1, 0], arrow.shared * [[1, 0], [0, 0]],
                 arrow.own_right, arrow.shared_right * [1, 0])  # fmt: skip
    assert dead.solve(1e-3)[1][1] == 0
    assert dead.covariance()[1][1, 1] > 1e12


def test_a_part_without_rows_makes_plain_equations_singular():
    arrow, *_ = make(2, 1)
    own = arrow.own.copy()
    own[1] = 0.0
    rest = arrow.between, arrow.shared, arrow.own_right, arrow.shared_right
    assert Arrow(own, *rest).solve(0) is None
