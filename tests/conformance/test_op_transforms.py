"""The operator under vmap along any dimension of any tensor, and gradients of z alone."""

import pytest
import torch
from test_op import default_basis, isa, make_args, reference_call, relative_error

import edgewise as ew

__all__ = ["default_basis", "isa"]

OP = torch.ops.edgewise.kan_linear
SIZE = 3


def stacked(tensor, dim):
    """Three different tensors like this one, side by side along a new dimension."""
    return torch.stack([tensor * (1 + k / 7) + k / 50 for k in range(SIZE)], dim)


def detached(args):
    return [
        [t.detach() for t in a] if isinstance(a, list) else a.detach() if torch.is_tensor(a) else a
        for a in args
    ]


@pytest.mark.parametrize(
    ("place", "dim"),
    [(p, d) for p in range(5) for d in (0, 1, 2, -1) if (p, d) != (4, 2)],  # a bias has one
)
def test_vmap_along_any_dimension_of_any_tensor(default_basis, place, dim):
    args = detached(make_args(default_basis))
    batched = stacked(args[place], dim)

    def call(t):
        return OP(*args[:place], t, *args[place + 1 :])

    ours = torch.vmap(call, in_dims=dim)(batched)
    each = torch.stack([call(t) for t in batched.unbind(dim)])
    assert (each[0] - each[1]).abs().max() > 1e-3  # or the order would not be seen
    torch.testing.assert_close(ours, each, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dims", [(0, 1), (2, 0), (1, -1)])
def test_vmap_along_different_dimensions_of_x_and_z(default_basis, dims):
    args = detached(make_args(default_basis))
    x, z = (stacked(t, d) for t, d in zip(args[:2], dims, strict=True))
    ours = torch.vmap(lambda a, b: OP(a, b, *args[2:]), in_dims=dims)(x, z)
    pairs = zip(x.unbind(dims[0]), z.unbind(dims[1]), strict=True)
    torch.testing.assert_close(ours, torch.stack([OP(a, b, *args[2:]) for a, b in pairs]))


@pytest.mark.parametrize("dim", [0, 1, -1])
@pytest.mark.parametrize("basis", [ew.Gaussian(5), ew.RSWAF(5), ew.BSpline(4)], ids=str)
def test_vmap_over_a_grid(basis, dim):
    args = detached(make_args(basis))
    first = args[5][0].sort().values
    many = stacked(first, dim)

    def call(points):
        return OP(*args[:5], [points, *args[5][1:]], *args[6:])

    ours = torch.vmap(call, in_dims=dim)(many)
    each = torch.stack([call(points.contiguous()) for points in many.unbind(dim)])
    assert (each[0] - each[1]).abs().max() > 1e-3
    torch.testing.assert_close(ours, each, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("isa")
@pytest.mark.parametrize("wanted", [(0,), (1,), (2,), (3,), (4,), (1, 2), (0, 4)], ids=str)
def test_each_gradient_alone_is_the_one_among_all(default_basis, wanted):
    """Asked for z and not for x, say, the kernels take other paths."""
    args = make_args(default_basis)
    expected = reference_call(default_basis, args)
    dy = torch.randn_like(expected)
    exact = torch.autograd.grad(expected, [args[k] for k in wanted], dy)
    some = tuple(t.detach().requires_grad_(k in wanted) if k < 5 else t for k, t in enumerate(args))
    some = (*some[:5], [t.detach() for t in args[5]], *args[6:])
    grads = torch.autograd.grad(OP(*some), [some[k] for k in wanted], dy)
    for grad, true in zip(grads, exact, strict=True):
        assert true.abs().max() > 0
        assert relative_error(grad, true) <= 1e-12
