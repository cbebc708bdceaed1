"""The operator under vmap along any dimension of any tensor, and gradients of z alone."""

import pytest
import torch
from test_op import default_basis, isa, make_args, reference_call, relative_error

import edgewise as ew
from edgewise.bases import registry

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


@pytest.mark.filterwarnings("ignore:.*torch.jit.script:DeprecationWarning")  # torch's own
@pytest.mark.parametrize("name", sorted(registry()))
def test_a_batch_of_gradients_is_its_entries_gradients(name):
    """As autograd.grad(is_grads_batched=True), jacobian(vectorize=True) and vmap ask for them."""
    torch.manual_seed(0)
    x = (torch.rand(5, 2, dtype=torch.float64) * 2 - 1).requires_grad_()
    model = ew.nn.settle(ew.KAN([2, 3, 2], basis=name, dtype=torch.float64), x.detach())
    entries, wanted = torch.eye(2, dtype=torch.float64), [x, *model.parameters()]

    def slopes(y, v, **how):
        return torch.autograd.grad(y, wanted, v, retain_graph=True, materialize_grads=True, **how)

    for y in (model(x).sum(0), ew.jets(model, x, 1).derivative(1, 0).sum(0)):
        each = [torch.stack(both) for both in zip(*(slopes(y, v) for v in entries), strict=True)]
        at_once = slopes(y, entries, is_grads_batched=True)
        mapped = torch.func.vmap(lambda v, y=y: slopes(y, v))(entries)
        for found in (at_once, mapped):
            torch.testing.assert_close(list(found), each, rtol=1e-12, atol=1e-12)


def test_a_batch_of_gradients_has_gradients():
    torch.manual_seed(0)
    model = ew.nn.settle(ew.KAN([2, 3, 2], dtype=torch.float64))
    x = torch.rand(5, 2, dtype=torch.float64, requires_grad=True)
    y, entries = model(x).sum(0), torch.eye(2, dtype=torch.float64)
    settings = {"is_grads_batched": True, "create_graph": True}
    (both,) = torch.autograd.grad(y, x, entries, **settings)
    each = torch.stack([torch.autograd.grad(y, x, v, create_graph=True)[0] for v in entries])
    found, expected = (
        torch.autograd.grad(j.square().sum(), x, retain_graph=True)[0] for j in (both, each)
    )
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)


def test_compiled_transforms_are_those_of_eager_torch():
    torch.manual_seed(0)
    model, x = ew.nn.settle(ew.KAN([2, 3, 1])), torch.rand(5, 2)

    def slopes(x):
        return torch.func.vmap(torch.func.grad(lambda one: model(one)[0]))(x)

    compiled = torch.compile(slopes, backend="eager", fullgraph=True)
    torch.testing.assert_close(compiled(x), slopes(x))
