"""Steps by factors of JᵀJ, beside the singular value decomposition of J."""

import pytest
import torch

from edgewise.equations.dense_steps import _square, _triangle


def make(condition, rank=40):
    """J with singular values from 1 to 1 / condition and then 0, and residuals; float64."""
    generator = torch.Generator().manual_seed(0)
    left = torch.linalg.qr(torch.randn(90, 40, generator=generator, dtype=torch.float64)).Q
    right = torch.linalg.qr(torch.randn(40, 40, generator=generator, dtype=torch.float64)).Q
    values = torch.logspace(0, -torch.tensor(condition).log10(), 40, dtype=torch.float64)
    values[rank:] = 0
    return (left * values) @ right.t(), torch.randn(90, generator=generator, dtype=torch.float64)


def expect(matrix, residuals, damping):
    """(S⁻¹JᵀJ S⁻¹ + λ) S d = -S⁻¹Jᵀr, S the lengths of the columns, by singular values."""
    scale = matrix.norm(dim=0)
    u, s, v = torch.linalg.svd(matrix / scale, full_matrices=False)
    kept = s > 1e-13 * s[0]
    return -(v[kept].t() @ (s[kept] / (s[kept] ** 2 + damping) * (u.t() @ residuals)[kept])) / scale


@pytest.mark.parametrize("make_steps", [_square, _triangle])
@pytest.mark.parametrize("damping", [0.0, 1e-6, 1e-2])
@pytest.mark.parametrize("condition", [1e2, 1e5])
def test_steps_minimise_the_damped_squares(make_steps, condition, damping):
    matrix, residuals = make(condition)
    found = make_steps(matrix, residuals)(damping)
    torch.testing.assert_close(found, expect(matrix, residuals, damping), rtol=1e-7, atol=1e-7)


def test_dependent_columns_hardly_move():
    matrix, residuals = make(1e3, rank=39)
    residuals = matrix @ residuals[:40]
    found = _square(matrix, residuals)(0.0)
    torch.testing.assert_close(found, expect(matrix, residuals, 0.0), rtol=1e-3, atol=1e-3)


def test_matrices_that_squares_lose_are_left_to_another_factor():
    assert _square(*make(1e12)) is None
    assert bool(_triangle(*make(1e12))(0.0).isfinite().all())
