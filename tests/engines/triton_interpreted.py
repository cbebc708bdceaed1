"""The Triton engine's kernels in Triton's interpreter. `test_triton.py` runs this file.

It needs a process of its own, with TRITON_INTERPRET=1 before Triton is imported. There the engine
takes CPU tensors, and the operator's CPU kernels are replaced by it.
"""

import dataclasses
import functools
import inspect
import warnings
from itertools import product

import numpy as np
import pytest
import torch
import triton
import triton.language as tl
from torch.utils.checkpoint import checkpoint
from triton.runtime import interpreter

import edgewise as ew
from edgewise.bases import registry
from edgewise.bases.points import equidistant
from edgewise.engines import conformance, native, ops, reference
from edgewise.engines.call import Call
from edgewise.engines.conformance import TAILED, Case
from edgewise.engines.triton import basis_functions, configurations, points
from edgewise.engines.triton import engine as module
from edgewise.engines.triton.configurations import Work

ENGINE = module.TritonEngine()

SHAPES = [(7, 5, 3), (1, 1, 1), (3, 40, 18), (0, 3, 2)]
ALIKE = {"gegenbauer", "hermite"}
"""Their kernels are those of jacobi, which read another table."""


def shorten(case):
    """Five functions of one shape, two runs of an exponential: the interpreter takes its time."""
    basis = case.basis
    small = dataclasses.replace(basis, num=5) if getattr(basis, "num", 0) == 8 else basis
    return case._replace(basis=small)


CASES = [
    shorten(case)
    for case in conformance.cases(SHAPES, [torch.float32])
    if case.basis.name in basis_functions.CURVES.keys() - ALIKE
]
HALF = [
    Case(ew.Gaussian(4, train_width=True), SHAPES[0], torch.bfloat16, norm="tanh"),
    Case(ew.BSpline(2), SHAPES[0], torch.float16, norm="tanh"),
    Case(ew.Gaussian(4, linear_tails=True), SHAPES[0], torch.float16, norm="affine"),
    Case(ew.BSpline(2, linear_tails=True), SHAPES[0], torch.bfloat16, norm="affine"),
]


@pytest.fixture(scope="session", autouse=True)
def engine_on_the_cpu():
    """Not when this file is imported: a search for doctests does that, too."""
    np.seterr(all="ignore")  # the interpreter computes in numpy, which warns where a GPU doesn't
    module.TritonEngine.device = "cpu"
    module.unavailable = lambda: None
    native.unavailable()  # loaded by now: later its kernels would replace these
    with warnings.catch_warnings(action="ignore"):  # torch warns of replacing them
        module.bind("CPU")


@pytest.fixture(scope="session", autouse=True)
def patched_quickly():
    """What the interpreter looks up at every call of a helper and every operation is always the
    same."""
    found = {}

    def patch(package, builder, scope):
        if package not in found:
            members = inspect.getmembers(package)
            found[package] = [name for name, member in members if tl.core.is_builtin(member)]
        if found[package] and not tl.core.is_builtin(getattr(package, found[package][0])):
            return  # all were replaced when the kernel began
        for name in found[package]:
            if tl.core.is_builtin(member := getattr(package, name)):
                interpreter._patch_attr(package, name, member, builder, scope)

    def kind_in_numpy(dtype):
        return find_kind(dtype) if dtype.scalar.is_ptr() else kind_of_number(dtype.scalar)

    find_kind = interpreter._get_np_dtype
    kind_of_number = functools.cache(find_kind)

    with pytest.MonkeyPatch.context() as context:
        context.setattr(interpreter, "_patch_builtin", patch)
        context.setattr(interpreter, "_get_np_dtype", kind_in_numpy)
        yield


@pytest.fixture(autouse=True)
def poisoned_memory():
    """Fill uninitialised memory with NaN, so that an output nobody wrote can't pass."""
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = True
    yield
    torch.use_deterministic_algorithms(False)


def call_of(basis, rows=5, features=3, outputs=2, dtype=torch.float32, **rest):
    layer = ew.KANLinear(features, outputs, basis=basis, norm=None, dtype=dtype)
    x = torch.randn(rows, features).to(dtype)
    grid = list(layer.grid)
    return Call(x, None, layer.coef, layer.base_weight, layer.bias, grid, basis, "silu", **rest)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_in_float32(case):
    assert ENGINE.obstacle(conformance._call(case, "cpu")) is None
    # Programs run one after the other here, and memory is poisoned: once tells of all others.
    assert conformance.find_failures(ENGINE, case, "cpu", twice=case == CASES[0]) == []


@pytest.mark.parametrize("case", HALF, ids=str)
def test_a_case_in_a_half_type(case):
    assert ENGINE.obstacle(conformance._call(case, "cpu")) is None
    assert conformance.find_failures(ENGINE, case, "cpu", twice=False) == []


def test_kernels_are_of_bases_that_there_are():
    assert set(basis_functions.CURVES) <= set(registry())


def test_float16_holds_polynomials_that_it_could_not_hold_one_by_one():
    call = call_of(ew.Chebyshev(9), dtype=torch.float16)
    call = call._replace(x=torch.tensor([[4.0, -4, 3.9]], dtype=torch.float16))
    call = call._replace(coef=call.coef.detach() * 1e-3)  # T_9(4) is 5e7
    y = ENGINE.run(call)
    exact = reference.kan_linear(*conformance._double(call))
    assert conformance.error_of(y, exact) <= torch.finfo(torch.float16).eps


@pytest.mark.parametrize("name", sorted(basis_functions.CURVES))
def test_huge_and_denormal_inputs_stay_finite_where_the_basis_is_bounded(name):
    x = torch.tensor([1e37, -1e37, 1e-42])[:, None].repeat(2, 3)
    if not basis_functions.CURVES[name].bounded:
        x = x.clamp(-1.0, 1.0)  # a polynomial's domain
    call = call_of(registry()[name]())._replace(base_weight=None, base=None)
    x.requires_grad_()
    y = ENGINE.run(call._replace(x=x))
    grads = torch.autograd.grad(y.sum(), [x, call.coef])
    assert all(t.isfinite().all() for t in (y, *grads))


@pytest.mark.parametrize("width", [-0.4, 2.0, 0.05])
def test_the_chain_of_an_even_grid_is_right_far_out_and_for_odd_widths(width):
    call = call_of(ew.Gaussian(11), 1, 1, 1)
    call.grid[1] = torch.tensor(width)
    x = torch.tensor([-20.0, -3.1, 0.3, 4.4, 9.0, 1000.0])[:, None]
    call = call._replace(x=x, base_weight=None, base=None)
    exact = reference.kan_linear(*conformance._double(call))
    assert (ENGINE.run(call) - exact).abs().max() <= 1e-6


def test_gradients_of_weights_that_met_a_nan_are_nan_and_no_others():
    x = torch.randn(5, 3)
    x[2, 1] = float("nan")
    call = call_of(ew.Gaussian())._replace(x=x)
    coef, base = torch.autograd.grad(ENGINE.run(call).sum(), [call.coef, call.base_weight])
    for found in (coef, base):
        assert found[1].isnan().all()
        assert found[[0, 2]].isfinite().all()


@pytest.mark.parametrize("wanted", ["coef", "base_weight", "coef_scale", "mask"])
def test_the_gradient_of_one_weight_alone_is_right(wanted):
    call = conformance._call(Case(ew.Gaussian(4), SHAPES[0]), "cpu")
    names = ("coef", "base_weight", "coef_scale", "mask")
    fixed = {name: getattr(call, name).detach() for name in names if name != wanted}
    call = call._replace(x=call.x.detach(), bias=call.bias.detach(), **fixed)
    (got,) = torch.autograd.grad(ENGINE.run(call).square().sum(), getattr(call, wanted))
    wide = conformance._double(call)
    y = reference.kan_linear(*wide).square().sum()
    (right,) = torch.autograd.grad(y, getattr(wide, wanted))
    assert conformance.error_of(got, right) <= 1e-5


@triton.jit
def ask(answer, tensor, COUNT: tl.constexpr):
    tl.store(answer, points.equidistant(tensor, COUNT).to(tl.int32))


def test_what_is_equidistant_is_what_bases_say():
    even = torch.linspace(-2, 2, 8)
    moved = even.clone()
    moved[3] += 1e-4
    broken = even.clone()
    broken[3] = float("nan")
    nudged = torch.nextafter(even, torch.tensor(9.0))
    for row in (even, nudged, moved, broken, even.flip(0), even * 0, even[:3], 1e4 + even):
        answer = torch.zeros(1, dtype=torch.int32)
        ask[(1,)](answer, (row, 0, 1), COUNT=len(row))
        assert bool(answer) == equidistant(row), row


def test_knots_that_coincide_and_inputs_on_them():
    basis = ew.BSpline(4, 2, uniform=False)
    knots = torch.tensor([[0.0, 0, 0, 0.3, 0.3, 0.7, 1, 1, 1], [-2, -1, 0, 1, 2, 3, 4, 5, 6]])
    x = torch.cat([knots, torch.rand(2, 9)], 1).t().contiguous()
    call = Call(x, None, torch.randn(2, 6, 3), None, None, [knots], basis, None)
    exact = reference.kan_linear(*conformance._double(call))
    assert (ENGINE.run(call) - exact).abs().max() <= 1e-6


def compare(call, x):
    """Values and gradients on these inputs, in float32 and of each to be right on its own."""
    call = call._replace(x=x.clone().requires_grad_())
    names, ours = zip(*conformance._results(ENGINE.run, call), strict=True)
    exact = conformance._results(
        lambda wide: reference.kan_linear(*wide), conformance._double(call)
    )
    for name, got, (_, right) in zip(names, ours, exact, strict=True):
        assert conformance.error_of(got, right) <= 1e-5, name
    assert (ours[0] - exact[0][1]).abs().max() <= 2e-5 * exact[0][1].abs().max()


@pytest.mark.parametrize("basis", [b for b in TAILED if b.name in basis_functions.CURVES], ids=str)
def test_tails_far_out_and_at_the_ends_of_the_domain(basis):
    call = call_of(basis)._replace(base_weight=None, base=None)
    lo, hi = basis.domain(tuple(call.grid))
    x = torch.tensor([lo, hi, 2 * lo - hi, 2 * hi - lo, 0.3 * lo + 0.7 * hi, 30.0, -30.0])
    compare(call, x[:, None].repeat(1, 3))


@pytest.mark.parametrize("kind", [ew.Gaussian, ew.RSWAF, ew.bases.ReLUKAN, ew.bases.Wavelet])
def test_tails_of_centres_that_every_input_has_of_its_own(kind):
    call = call_of(kind(4, linear_tails=True))._replace(base_weight=None, base=None)
    centres = torch.tensor([[-1.0, -0.2, 0.5, 1.0], [0.0, 0.1, 0.3, 0.6], [2.0, 2.5, 3, 4]])
    compare(call._replace(grid=[centres, *call.grid[1:]]), 3 * torch.randn(9, 3))


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_tails_of_knots_that_coincide_or_end_at_zero(degree):
    inner = torch.tensor([[-1.0, -0.4, 0.3, 1.0], [-3, -2.5, -1, 0], [-3, -2, -2, -1]])
    knots = torch.cat([inner[:, :1]] * degree + [inner] + [inner[:, -1:]] * degree, 1)
    call = call_of(ew.BSpline(3, degree, uniform=False, linear_tails=True))
    call = call._replace(base_weight=None, base=None, grid=[knots])
    # On the first of several knots autograd gives the formula half the slope.
    compare(call, torch.cat([3 * torch.randn(9, 3), inner[:, -1:].t()]))


def test_inputs_that_are_not_finite_stay_nan_with_tails():
    call = call_of(ew.Gaussian(linear_tails=True))._replace(base_weight=None, base=None)
    x = torch.full((5, 3), 9.0)
    x[0, 1], x[1, 0], x[2, 2] = float("nan"), float("inf"), -float("inf")
    y = ENGINE.run(call._replace(x=x))
    assert y[:3].isnan().all()
    assert y[3:].isfinite().all()


def test_each_obstacle_is_named():
    call = call_of(ew.BSpline())
    assert "no kernel for torch.float64" in ENGINE.obstacle(
        call_of(ew.bases.Sine(), dtype=torch.float64)
    )
    assert "is a callable" in ENGINE.obstacle(call._replace(base=torch.sin))
    assert "activation sine" in ENGINE.obstacle(call._replace(base="sine"))
    assert "normalisation batch" in ENGINE.obstacle(call._replace(norm="batch"))
    knots = [t.clone().requires_grad_() for t in call.grid]
    assert "no gradients for this tensor" in ENGINE.obstacle(call._replace(grid=knots))
    tailed = call_of(ew.Gaussian(linear_tails=True, train_width=True))
    assert "no gradients for a grid with linear tails" in ENGINE.obstacle(tailed)
    with pytest.raises(ValueError, match=r"no kernel for sinc\+tails"):
        torch.ops.edgewise.kan_linear(*call[:6], "sinc+tails", None, None, [])
    with pytest.raises(ValueError, match="expected parameters in float32, bfloat16 or float16"):
        ops.run(call_of(ew.bases.Sine(), dtype=torch.float64))
    with pytest.raises(ValueError, match="expected tensors for 3 inputs and 2 outputs"):
        ops.run(call._replace(mask=torch.ones(2, 3)))


def test_the_operator_passes_torchs_own_checks():
    call = call_of(ew.Gaussian(3, train_centers=True, train_width=True), rows=3)
    arguments = [*call[:6], call.basis.name, "silu", None, []]
    torch.library.opcheck(torch.ops.edgewise.kan_linear, arguments)


@pytest.mark.parametrize("how", ["autocast", "checkpoint", "compile", "twice differentiated"])
def test_a_model_goes_the_same_way_as_with_other_engines(how):
    torch.manual_seed(0)
    model = ew.FastKAN([3, 4, 2], num_grids=3)
    x = torch.randn(6, 3, requires_grad=True)
    results = []
    for engine in ("triton", "reference"):
        for layer in model.modules():
            if isinstance(layer, ew.KANLinear):
                layer.engine = engine
        run = model
        if how == "compile" and engine == "triton":
            run = torch.compile(model, fullgraph=True, backend="aot_eager")
        if how == "checkpoint":
            run = lambda x: checkpoint(model, x, use_reentrant=False)  # noqa: E731
        with torch.autocast("cpu", torch.bfloat16, enabled=how == "autocast"):
            y = run(x)
        wanted = [x, *(p for p in model.parameters() if p.requires_grad)]
        again = how == "twice differentiated"
        grads = torch.autograd.grad(y.float().square().sum(), wanted, create_graph=again)
        if again:
            grads = torch.autograd.grad(grads[0].square().sum(), wanted, materialize_grads=True)
        results.append([y, *grads])
    # What the engines round to bfloat16 may lie on either side of the middle of two numbers.
    tolerance = 1e-2 if how == "autocast" else 1e-5
    assert {results[0][0].dtype, results[1][0].dtype} == {
        torch.bfloat16 if how == "autocast" else torch.float32
    }
    for ours, exact in zip(*results, strict=True):
        assert (ours - exact).norm() <= tolerance * exact.norm() + 1e-6


def test_tiles_cover_the_work_and_small_batches_are_split():
    for rows, features, outputs in product((0, 1, 17, 4096), (1, 784), (1, 10, 4096)):
        work = Work(rows, features, outputs, 9, 2, 132, features % 5)
        for choose in (
            configurations.of_forward,
            configurations.of_coefficients,
            configurations.of_inputs,
        ):
            tiles = choose(work)
            assert all(n & (n - 1) == 0 and n >= 16 for n in tiles[:3])
            assert tiles.programs % tiles.splits == 0
    inputs = [configurations.of_forward(Work(64, 784, 64, 9, 2, 132, n)).inputs for n in (2, 4)]
    assert inputs == [32, 16]
    assert configurations.of_forward(Work(16, 784, 64, 9, 2, 132)).splits == 25
    assert configurations.of_forward(Work(8192, 4096, 4096, 9, 2, 132)).splits == 1
