"""The registered operator against the reference formula, and torch's own checks of it."""

from itertools import cycle

import pytest
import torch
from cases import combine, name_case
from every_basis import KNOWN, KNOWN_DEFAULTS
from instruction_sets import ISAS, isa, use
from torch.utils._python_dispatch import TorchDispatchMode

import edgewise as ew
from edgewise.engines import native, ops, reference
from edgewise.engines.normalization import NORMALIZATIONS
from every_pair import every_pair

__all__ = ["isa"]

NAMES = ("x", "z", "coef", "base_weight", "bias")


def make_args(basis, rows=6, features=3, outputs=4, dtype=torch.float64, base="silu", split=True):
    """Random arguments of the op, gradients on everything that may have one."""
    torch.manual_seed(0)

    def leaf(*shape):
        return torch.randn(shape, dtype=torch.float64).to(dtype).requires_grad_()

    grid = [
        t.clone().requires_grad_(trained)
        for t, trained in zip(
            basis.init_grid(features, dtype=dtype), basis.trainable_grid, strict=True
        )
    ]
    x = leaf(rows, features)
    z = leaf(rows, features) if split else None
    base_weight = None if base is None else leaf(features, outputs)
    coef = leaf(features, basis.num_basis, outputs)
    return x, z, coef, base_weight, leaf(outputs), grid, basis.name, base, None, []


def leaves(args):
    return [t for t in (*args[:5], *args[5]) if t is not None and t.requires_grad]


def relative_error(ours, exact):
    ours, exact = ours.detach(), exact.detach()
    difference = (ours.double() - exact.double()).square().mean().sqrt()
    return float(difference / exact.double().square().mean().sqrt().clamp_min(1e-300))


def reference_call(basis, args):
    return reference.kan_linear(*args[:6], basis, *args[7:])


SHAPES = [(1, 1, 1), (7, 63, 3), (2, 5, 500), (0, 3, 2), (400, 17, 70)]


@pytest.fixture(params=KNOWN, ids=str)
def basis(request):
    """One that the operator computes here; the others' layers don't call it."""
    return request.param


@pytest.fixture(params=KNOWN_DEFAULTS, ids=lambda b: b.name)
def default_basis(request):
    return request.param


def test_values_and_all_gradients(basis):
    for case in combine(base=["silu", "identity", None], split=[True, False]):
        with name_case(**case):
            check_values(basis, **case)


def check_values(basis, base, split):
    args = make_args(basis, base=base, split=split)
    wanted = leaves(args)
    expected = reference_call(basis, args)
    dy = torch.randn_like(expected)
    exact = torch.autograd.grad(expected, wanted, dy, allow_unused=True)
    for level in ISAS:
        with use(level):
            ours = torch.ops.edgewise.kan_linear(*args)
            grads = torch.autograd.grad(ours, wanted, dy)
            assert relative_error(ours, expected) <= 1e-12
            for grad, true in zip(grads, exact, strict=True):
                true = torch.zeros_like(grad) if true is None else true
                assert relative_error(grad, true) <= 1e-12 or not true.any()
                assert grad.shape == true.shape


def test_gradcheck(basis):
    """At one instruction set: the gradients of all are those of the formula, see above."""
    args = make_args(basis, 3, 2, 2)  # every entry is perturbed: few of them
    check = lambda *t: torch.ops.edgewise.kan_linear(*rebuild(args, t))  # noqa: E731
    assert torch.autograd.gradcheck(check, leaves(args))


@pytest.mark.parametrize(
    ("basis", "base"), [(KNOWN[0], None), *((b, "silu") for b in KNOWN)], ids=str
)
def test_gradgradcheck(basis, base):
    """Of formulas, whatever the kernels: who differentiates again gets no gradient of theirs."""
    args = make_args(basis, 3, 2, 2, base=base)
    check = lambda *t: torch.ops.edgewise.kan_linear(*rebuild(args, t))  # noqa: E731
    assert torch.autograd.gradgradcheck(check, leaves(args))


def rebuild(args, tensors):
    """``args`` with its differentiable tensors replaced, in order."""
    fresh = iter(tensors)

    def swap(t):
        return next(fresh) if t is not None and t.requires_grad else t

    return (*(swap(t) for t in args[:5]), [swap(t) for t in args[5]], *args[6:])


WITHOUT_TRACING = ("test_schema", "test_autograd_registration", "test_faketensor")
# Tracing is nine tenths of the time and sees the tensors, which of them want gradients, and no
# formula: of the bases whose tensors are alike the first is traced.
TRACED = list({b.trainable_grid: b for b in reversed(KNOWN)}.values())


def opcheck(operator, args, traced):
    names = (*WITHOUT_TRACING, "test_aot_dispatch_dynamic") if traced else WITHOUT_TRACING
    torch.library.opcheck(operator, args, test_utils=names)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_opcheck(basis, dtype):
    traced = basis in TRACED and dtype == torch.float64
    opcheck(torch.ops.edgewise.kan_linear, make_args(basis, dtype=dtype), traced)


def test_opcheck_backward(basis):
    x, z, coef, base_weight, bias, grid, *names, trained = make_args(basis)
    args = [t.detach() for t in (x, z, coef, base_weight, bias)]
    frozen = [t.detach() for t in grid]
    needs = [True] * 5 + list(basis.trainable_grid)
    dy = torch.randn(6, 4, dtype=x.dtype)
    args = (dy, *args, frozen, *names, trained, needs)
    opcheck(torch.ops.edgewise.kan_linear_backward, args, basis in TRACED)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_sizes(basis, dtype):
    for shape in SHAPES:
        with name_case(shape=shape):
            check_size(basis, shape, dtype)


def check_size(basis, shape, dtype):
    rows, features, outputs = shape
    args = make_args(basis, rows, features, outputs, dtype=dtype)
    wide = [t if t is None or isinstance(t, str) else as_double(t) for t in args]
    exact = reference_call(basis, wide)
    dy = torch.randn_like(exact).to(dtype)
    true = torch.autograd.grad(exact, leaves(wide), dy.double(), materialize_grads=True)
    bound = 1e-5 if dtype == torch.float32 else 1e-12
    for level in ISAS:
        with use(level):
            y = torch.ops.edgewise.kan_linear(*args)
            assert y.shape == (rows, outputs)
            assert y.dtype == dtype
            if rows == 0:
                continue
            assert relative_error(y, exact) <= bound
            grads = by_argument(args, torch.autograd.grad(y, leaves(args), dy))
            for grad, right in zip(grads, by_argument(wide, true), strict=True):
                assert relative_error(grad, right) <= bound or not right.any()


def by_argument(args, grads):
    """The gradients, those of the grid as one vector: a scalar sum alone is ill-conditioned."""
    count = sum(t is not None and t.requires_grad for t in args[:5])
    grid = [g.flatten() for g in grads[count:]]
    return [*grads[:count], *([torch.cat(grid)] if grid else [])]


def as_double(value):
    if isinstance(value, list):
        return [as_double(t) for t in value]
    return value.detach().double().requires_grad_(value.requires_grad)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_types_compute_in_float32(basis, dtype):
    args = make_args(basis, dtype=dtype)
    wide = [t if t is None or isinstance(t, str) else as_double(t) for t in args]
    exact = reference_call(basis, wide)
    y = torch.ops.edgewise.kan_linear(*args)
    assert y.dtype == dtype
    assert relative_error(y, exact) <= torch.finfo(dtype).eps  # one rounding, at the end


@pytest.mark.usefixtures("isa")
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_a_non_finite_input_makes_its_row_nan_and_no_other(default_basis, bad):
    args = make_args(default_basis)
    for k in (0, 1):
        broken = args[k].detach().clone()
        broken[2, 1] = bad
        y = torch.ops.edgewise.kan_linear(*args[:k], broken, *args[k + 1 :])
        assert y[2].isnan().all()
        assert y[[0, 1, 3, 4, 5]].isfinite().all()


@pytest.mark.usefixtures("isa")
@pytest.mark.parametrize("huge", [1e38, -1e38, 1e-42])
def test_huge_and_denormal_inputs_stay_finite_where_the_basis_is_bounded(default_basis, huge):
    if default_basis.default_norm == "tanh":
        huge = max(-1.0, min(1.0, huge))  # a polynomial's domain
    args = list(make_args(default_basis, dtype=torch.float32, base=None))
    args[1] = torch.full_like(args[1], huge).requires_grad_()
    y = torch.ops.edgewise.kan_linear(*args)
    grads = torch.autograd.grad(y.sum(), [args[1], args[2]])
    assert all(t.isfinite().all() for t in (y, *grads))


def test_vmap_over_inputs_and_over_weights(default_basis):
    args = [t.detach() if torch.is_tensor(t) else t for t in make_args(default_basis)]
    args[5] = [t.detach() for t in args[5]]
    op = torch.ops.edgewise.kan_linear

    stacked = torch.randn(5, 6, 3, dtype=torch.float64)
    ours = torch.vmap(lambda x: op(x, *args[1:]))(stacked)
    assert torch.allclose(ours, torch.stack([op(x, *args[1:]) for x in stacked]))

    coefs = torch.randn(5, *args[2].shape, dtype=torch.float64)
    ours = torch.vmap(lambda c: op(*args[:2], c, *args[3:]))(coefs)
    assert torch.allclose(ours, torch.stack([op(*args[:2], c, *args[3:]) for c in coefs]))


def test_what_is_kept_for_backward_does_not_grow_with_the_basis():
    import edgewise as ew

    sizes = []
    for num in (4, 40):
        saved = []
        args = make_args(ew.Gaussian(num), rows=50, split=False)
        hooks = torch.autograd.graph.saved_tensors_hooks(
            lambda t, saved=saved: saved.append(t) or t, lambda t: t
        )
        with hooks:
            torch.ops.edgewise.kan_linear(*args)
        coef = args[2].numel()
        sizes.append(sum(t.numel() for t in saved) - coef - sum(t.numel() for t in args[5]))
    assert sizes[0] == sizes[1]


class Needs(TorchDispatchMode):
    """Keeps what each call of the backward operator is asked for."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func is torch.ops.edgewise.kan_linear_backward.default:
            self.seen.append(tuple(args[11]))
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("asked", ["x", "coef", "x and bias", "all"])
def test_only_gradients_that_someone_waits_for_are_computed(asked):
    args = make_args(ew.BSpline(3), split=False)
    x, _, coef, base_weight, bias = args[:5]
    x = x * 1  # in a network it is another layer's result
    wanted = {"x": [x], "coef": [coef], "x and bias": [x, bias], "all": None}[asked]
    y = ops.kan_linear(x, *args[1:]).square().sum()
    (whole,) = torch.autograd.grad(y, coef, retain_graph=True)
    with Needs() as needs:
        if wanted is None:
            y.backward()
        else:
            found = torch.autograd.grad(y, wanted)
    assert needs.seen[0][:5] == tuple(
        t is not None and (wanted is None or any(t is w for w in wanted))
        for t in (x, None, coef, base_weight, bias)
    )
    if wanted is None:
        assert torch.equal(coef.grad, whole)
    elif asked == "coef":
        assert torch.equal(found[0], whole)


def normalized_args(basis, norm, rows=6, features=5, **more):
    """Arguments of the op with a normalisation that it computes itself."""
    args = make_args(basis, rows, features, split=False, **more)
    count = 0 if norm == "tanh" else 2
    trained = [
        (torch.randn(features, dtype=torch.float64) / 2 + 1).to(args[0].dtype).requires_grad_()
        for _ in range(count)
    ]
    return (*args[:8], norm, trained)


def all_leaves(args):
    return [*leaves(args), *args[9]]


@pytest.mark.parametrize("norm", NORMALIZATIONS)
def test_normalisations_and_all_gradients(basis, norm):
    sizes = [(6, 5), (1, 4), (0, 3), (70, 37), (300, 16)]
    for case in combine(base=["silu", None], size=sizes):
        with name_case(**case):
            check_normalisation(basis, norm, **case)


def check_normalisation(basis, norm, base, size):
    rows, features = size
    args = normalized_args(basis, norm, rows, features, base=base)
    expected = reference.kan_linear(*args[:6], basis, *args[7:])
    dy = torch.randn_like(expected)
    exact = torch.autograd.grad(expected, all_leaves(args), dy, materialize_grads=True)
    for level in ISAS:
        with use(level):
            ours = torch.ops.edgewise.kan_linear(*args)
            grads = torch.autograd.grad(ours, all_leaves(args), dy)
            assert rows == 0 or relative_error(ours, expected) <= 1e-12
            for grad, true in zip(grads, exact, strict=True):
                assert grad.shape == true.shape
                assert (grad - true).norm() <= 1e-11 * (1e-3 + true.norm())


@pytest.mark.usefixtures("isa")
@every_pair(default_basis=KNOWN_DEFAULTS, norm=NORMALIZATIONS, scale=[1e-3, 0.3, 3.0])
def test_float32_normalisations_follow_float64(default_basis, norm, scale):
    args = normalized_args(default_basis, norm, 200, 37, dtype=torch.float32)
    args = ((scale * args[0].detach()).requires_grad_(), *args[1:])
    wide = [as_double(t) if isinstance(t, (list, torch.Tensor)) else t for t in args]
    ours = torch.ops.edgewise.kan_linear(*args)
    exact = reference.kan_linear(*wide[:6], default_basis, *wide[7:])
    dy = torch.randn_like(ours)
    grads = torch.autograd.grad(ours, all_leaves(args), dy)
    true = torch.autograd.grad(exact, all_leaves(wide), dy.double())
    assert relative_error(ours, exact) <= 1e-5
    for grad, right in zip(grads, true, strict=True):
        assert relative_error(grad, right) <= 1e-5


def checked(basis, norm):
    """The operator as a function of tensors, and those."""
    args = normalized_args(basis, norm, 3, 3, outputs=1)

    def check(*tensors):
        count = len(tensors) - len(args[9])
        rebuilt = rebuild(args[:8], tensors[:count])
        return torch.ops.edgewise.kan_linear(*rebuilt, norm, list(tensors[count:]))

    return check, all_leaves(args)


@pytest.mark.parametrize(
    ("basis", "norm"), [*zip(KNOWN_DEFAULTS, cycle(NORMALIZATIONS), strict=False)], ids=str
)
def test_gradcheck_with_a_normalisation(basis, norm):
    """Each basis, and each norm with several: all pairs are compared with the reference above."""
    check, tensors = checked(basis, norm)
    assert torch.autograd.gradcheck(check, tensors)
    assert torch.autograd.gradgradcheck(check, tensors)


@pytest.mark.parametrize("norm", NORMALIZATIONS)
def test_opcheck_with_a_normalisation(default_basis, norm):
    args = normalized_args(default_basis, norm)
    opcheck(torch.ops.edgewise.kan_linear, args, default_basis is KNOWN_DEFAULTS[0])


@pytest.mark.usefixtures("isa")
@pytest.mark.parametrize("norm", NORMALIZATIONS)
def test_a_nan_spoils_its_row_and_no_other_through_a_normalisation(default_basis, norm):
    args = normalized_args(default_basis, norm)
    broken = args[0].detach().clone()
    broken[2, 1] = torch.nan
    y = torch.ops.edgewise.kan_linear(broken, *args[1:])
    assert y[2].isnan().all()
    assert y[[0, 1, 3, 4, 5]].isfinite().all()


def test_a_normalisation_with_other_tensors_is_refused(default_basis):
    args = normalized_args(default_basis, "layer")
    for trained in ([], args[9][:1], [t[:2] for t in args[9]]):
        with pytest.raises((RuntimeError, ValueError)):
            torch.ops.edgewise.kan_linear(*args[:8], "layer", trained)
    if native.unavailable() is None:  # the formulas would take the normalisation, and drop z
        with pytest.raises(RuntimeError, match="this normalisation has other tensors"):
            torch.ops.edgewise.kan_linear(args[0], args[0], *args[2:])
        with pytest.raises(RuntimeError, match="doesn't know the normalisation"):
            torch.ops.edgewise.kan_linear(*args[:8], "batch", args[9])


@pytest.mark.parametrize("norm", ["layer", "affine", "tanh"])
def test_what_a_layer_keeps_for_backward_is_its_input_once(default_basis, norm):
    layer = ew.KANLinear(64, 3, basis=default_basis, norm=norm)
    x, saved = torch.randn(50, 64, requires_grad=True), []
    hooks = torch.autograd.graph.saved_tensors_hooks(lambda t: saved.append(t) or t, lambda t: t)
    with hooks:
        layer(x)
    own = {p.data_ptr() for p in (*layer.parameters(), *layer.buffers())}
    if native.unavailable() is None:
        assert sum(t.numel() for t in saved if t.data_ptr() not in own) == x.numel()


def test_shapes_for_any_number_of_rows_are_told_without_the_formula(monkeypatch):
    """To compute it with symbols takes longer than all else of torch.export."""
    monkeypatch.setattr(reference, "kan_linear", None)
    rows = ({0: torch.export.Dim.AUTO},)
    program = torch.export.export(
        ew.KAN([3, 4, 2]).eval(), (torch.rand(5, 3),), dynamic_shapes=rows
    )
    assert [node.target for node in program.graph.nodes].count(
        torch.ops.edgewise.kan_linear.default
    ) == 2


def test_an_empty_list_of_tensors_may_come_as_none():
    """AOTInductor's packages call the operator so."""
    x, coef = torch.rand(3, 2), torch.rand(2, 4, 5)
    with torch.no_grad():
        found = ops._autograd(x, None, coef, None, None, None, "chebyshev", None, None, None)
    layer = ew.functional.kan_linear(x, coef, basis=ew.Chebyshev(3))
    torch.testing.assert_close(found, layer)
