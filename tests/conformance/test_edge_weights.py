"""The scale and the mask of every edge inside of the operator, against the formula in float64."""

import pytest
import torch
from cases import combine, name_case
from instruction_sets import ISAS, isa, use

import edgewise as ew
from edgewise.engines import native, reference
from edgewise.engines.activation import activation_of

__all__ = ["isa"]

OP = torch.ops.edgewise.kan_linear
BACKWARD = torch.ops.edgewise.kan_linear_backward
WHICH = [(True, False), (False, True), (True, True), (False, False)]
BASES = [
    ew.BSpline(),
    ew.BSpline(4, 2, uniform=False),
    ew.Gaussian(),
    ew.bases.Legendre(3),
    ew.BSpline(8, linear_tails=True),
    *(ew.BSpline(cells, 3, linear_tails=True) for cells in (1, 2, 3)),
    *(ew.BSpline(cells, 2, linear_tails=True) for cells in (1, 2)),
]
SHARED = [BASES[0], BASES[3], BASES[4], BASES[7]]
"""Bases whose coefficients the kernels read as they are, add lines to, or write as powers."""


def make(basis, rows, features, outputs, which, base="silu", dtype=torch.float64):
    """The operator's arguments; a third of the mask is 0."""
    g = torch.Generator().manual_seed(rows + outputs)

    def leaf(*shape):
        return torch.randn(shape, generator=g).to(dtype).requires_grad_()

    x, coef, bias = leaf(rows, features), leaf(features, basis.num_basis, outputs), leaf(outputs)
    base_weight = None if base is None else leaf(features, outputs)
    scale, mask = leaf(features, outputs), leaf(features, outputs).detach()
    mask = (mask * (torch.rand(mask.shape, generator=g) > 1 / 3)).requires_grad_()
    grid = list(basis.init_grid(features, dtype=dtype))
    for tensor, trained in zip(grid, basis.trainable_grid, strict=True):
        tensor.requires_grad_(trained)
    edges = [t if wanted else None for t, wanted in zip((scale, mask), which, strict=True)]
    return (x, None, coef, base_weight, bias, grid, basis.engine_name, base, None, [], *edges)


def leaves(args):
    tensors = (*args[:5], *args[5], *args[10:])
    return [t for t in tensors if torch.is_tensor(t) and t.requires_grad]


def widened(args):
    def wide(t):
        return t.detach().double().requires_grad_(t.requires_grad) if torch.is_tensor(t) else t

    return tuple([wide(t) for t in a] if isinstance(a, list) else wide(a) for a in args)


def exact(basis, args):
    """The formula with plain products, none of them ours."""
    x, _, coef, base_weight, bias, grid, _, base, *_, scale, mask = args
    each = torch.einsum("big,igo->bio", basis.evaluate(x, tuple(grid)), coef)
    if scale is not None:
        each = each * scale
    if base_weight is not None:
        each = each + activation_of(base)(x)[..., None] * base_weight
    return (each if mask is None else each * mask).sum(1) + bias


@pytest.mark.parametrize("which", WHICH, ids=str)
@pytest.mark.parametrize("basis", BASES, ids=str)
def test_values_and_all_gradients(basis, which):
    shapes = [(6, 3, 4), (1, 1, 1), (0, 3, 2), (300, 37, 19)]
    for case in combine(base=["silu", "identity", None], shape=shapes):
        with name_case(**case):
            check_values(basis, which=which, **case)


def check_values(basis, shape, base, which):
    args = make(basis, *shape, which, base)
    true = exact(basis, args)
    dy = torch.randn_like(true)
    right = torch.autograd.grad(true, leaves(args), dy, materialize_grads=True)
    for level in ISAS:
        with use(level):
            ours = OP(*args)
            grads = torch.autograd.grad(ours, leaves(args), dy)
            for a, b in zip([ours, *grads], [true, *right], strict=True):
                assert a.shape == b.shape
                assert (a - b).norm() <= 1e-12 * (1e-3 + b.norm())


@pytest.mark.parametrize("which", WHICH, ids=str)
@pytest.mark.parametrize("basis", BASES, ids=str)
def test_float32_follows_float64(basis, which):
    args = make(basis, 400, 33, 70, which, dtype=torch.float32)
    wide = widened(args)
    true = exact(basis, wide)
    dy = torch.randn_like(true).float()
    right = torch.autograd.grad(true, leaves(wide), dy.double())
    for level in ISAS:
        with use(level):
            ours = OP(*args)
            grads = torch.autograd.grad(ours, leaves(args), dy)
            for a, b in zip([ours, *grads], [true, *right], strict=True):
                assert (a.double() - b).norm() <= 1e-5 * b.norm()


def checked(which):
    """The operator as a function of tensors, and those."""
    args = make(BASES[0], 4, 2, 3, which)

    def check(*tensors):
        fresh = iter(tensors)
        swap = [next(fresh) if torch.is_tensor(t) else t for t in args]
        return OP(*swap)

    return check, leaves(args)


@pytest.mark.parametrize("which", WHICH, ids=str)
def test_gradcheck(which):
    """At one instruction set: the gradients of all are those of the formula, see above."""
    check, tensors = checked(which)
    assert torch.autograd.gradcheck(check, tensors)
    assert torch.autograd.gradgradcheck(check, tensors)


@pytest.mark.parametrize("which", WHICH, ids=str)
def test_opcheck(which):
    basis = BASES[0]
    args = make(basis, 6, 3, 4, which)
    torch.library.opcheck(OP, args)
    frozen = [t.detach() if torch.is_tensor(t) else t for t in args]
    frozen[5] = [t.detach() for t in args[5]]
    needs = [True, False, True, True, True, False, *which]
    dy = torch.randn(6, 4, dtype=torch.float64)
    torch.library.opcheck(BACKWARD, (dy, *frozen[:10], needs, *frozen[10:]))


@pytest.mark.parametrize("which", WHICH, ids=str)
@pytest.mark.parametrize("shape", [(700, 3, 40), (50, 100, 64)], ids=str)
@pytest.mark.parametrize("basis", SHARED, ids=str)
def test_threads_that_share_rows_or_inputs_add_the_same_gradients(basis, shape, which):
    args = make(basis, *shape, which, "identity")
    ours, true = OP(*args), exact(basis, args)
    assert (ours - true).norm() <= 1e-12 * true.norm()
    dy = torch.randn_like(true)
    right = torch.autograd.grad(true, leaves(args), dy)
    for a, b in zip(torch.autograd.grad(ours, leaves(args), dy), right, strict=True):
        assert (a - b).norm() <= 1e-12 * b.norm()


@pytest.mark.parametrize("wanted", [0, 2, 3, 10, 11])
@pytest.mark.parametrize("base", ["silu", "identity"])
@pytest.mark.parametrize("basis", SHARED, ids=str)
def test_one_gradient_alone_may_be_wanted(basis, wanted, base):
    args = make(basis, 39, 3, 5, (True, True), base)
    dy = torch.randn(39, 5, dtype=torch.float64)
    (ours,) = torch.autograd.grad(OP(*args), args[wanted], dy)
    (true,) = torch.autograd.grad(exact(basis, args), args[wanted], dy)
    assert (ours - true).norm() <= 1e-12 * true.norm()


def test_needs_may_end_before_scale_and_mask():
    x, z, coef, base_weight, bias, grid, *names, scale, mask = make(BASES[0], 5, 3, 2, (True, True))
    args = [t if t is None else t.detach() for t in (x, z, coef, base_weight, bias)]
    edges = (scale.detach(), mask.detach())
    dy = torch.randn(5, 2, dtype=torch.float64)
    needs = [True, False, True, True, True, False]
    *single, _, others = BACKWARD(dy, *args, grid, *names, needs, *edges)
    assert others == []
    *full, _, _ = BACKWARD(dy, *args, grid, *names, [*needs, True, True], *edges)
    assert all(torch.equal(a, b) for a, b in zip(single, full, strict=True))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_types_compute_in_float32(dtype):
    args = make(BASES[0], 20, 3, 5, (True, True), dtype=dtype)
    wide = widened(args)
    y, true = OP(*args), exact(BASES[0], wide)
    assert y.dtype == dtype
    assert (y.double() - true).norm() <= torch.finfo(dtype).eps * true.norm()
    grads = torch.autograd.grad(y, leaves(args), torch.ones_like(y))
    right = torch.autograd.grad(true, leaves(wide), torch.ones_like(true))
    for a, b in zip(grads, right, strict=True):
        assert a.dtype == dtype
        assert (a.double() - b).norm() <= 2 * torch.finfo(dtype).eps * b.norm()


@pytest.mark.parametrize("position", [10, 11])
def test_other_shapes_are_refused(position):
    args = list(make(BASES[0], 5, 3, 2, (True, True)))
    args[position] = args[position][:, :1]
    if native.unavailable() is None:  # the formulas would spread it over the outputs
        with pytest.raises(RuntimeError, match="wrong shape"):
            OP(*args)


def test_a_masked_layer_keeps_its_input_once_and_nothing_of_its_coefficients_size():
    layer = ew.KANLinear(64, 3, coef_scale=True)
    layer.mask = torch.ones(64, 3)
    x, saved = torch.randn(50, 64, requires_grad=True), []
    hooks = torch.autograd.graph.saved_tensors_hooks(lambda t: saved.append(t) or t, lambda t: t)
    with hooks:
        layer(x)
    own = {p.data_ptr() for p in (*layer.parameters(), *layer.buffers())}
    if native.unavailable() is None:
        assert sum(t.numel() for t in saved if t.data_ptr() not in own) == x.numel()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bool])
def test_a_mask_of_another_type_counts_as_numbers(dtype):
    generator = torch.Generator().manual_seed(0)
    layer = ew.KANLinear(4, 3, basis=ew.BSpline(), coef_scale=True, seed=generator)
    x = torch.randn(7, 4)
    layer.mask = torch.tensor([[1, 0, 1]] * 4).to(dtype)
    coef, base_weight = layer.edge_weights()
    y = reference.kan_linear(
        x, None, coef.float(), base_weight.float(), layer.bias, layer.grid, layer.basis, "silu"
    )
    assert torch.allclose(layer(x), y, atol=1e-6)


def test_compiled_layers_with_scale_and_mask():
    layer = ew.KANLinear(4, 3, coef_scale=True)
    layer.mask = torch.tensor([[1.0, 0, 1]] * 4)
    x = torch.randn(7, 4)
    compiled = torch.compile(layer, fullgraph=True, backend="aot_eager")
    ours = torch.autograd.grad(compiled(x).square().sum(), list(layer.parameters()))
    true = torch.autograd.grad(layer(x).square().sum(), list(layer.parameters()))
    for a, b in zip(ours, true, strict=True):
        assert torch.allclose(a, b, atol=1e-5, rtol=1e-4)
