"""The native engine: threads, determinism, fuzzing, misuse.

Without the extension (no compiler) there is nothing native to test, and each test says so by
failing on its absence: `make test` builds it.
"""

import os
import threading

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.data import DataLoader, Dataset

import edgewise as ew
from edgewise.engines import native, reference
from edgewise.engines.arguments import Arguments, find_formulas
from edgewise.functional import kan_linear

OP = torch.ops.edgewise.kan_linear
BACKWARD = torch.ops.edgewise.kan_linear_backward

BASES = [
    ew.Gaussian(),
    ew.Gaussian(4, -3, 3),
    ew.Gaussian(30, -3, 3),
    ew.Gaussian(6, width=0.01),
    ew.RSWAF(),
    ew.RSWAF(4),
    ew.RSWAF(9, -4, 4, 6.0),
    ew.bases.Legendre(4),
    ew.Chebyshev(9),
    ew.Fourier(6),
    *(ew.BSpline(7, degree) for degree in range(1, 6)),
    ew.BSpline(1, 3),
    ew.BSpline(2, 2),
    ew.BSpline(64, 3),
    ew.BSpline(5, 2, uniform=False),
    ew.BSpline(40, 3, uniform=False),
]


def test_the_extension_is_built():
    assert native.unavailable() is None


def call(basis, rows, features, outputs, dtype=torch.float32, seed=0):
    """Random arguments: (x, z, coef, base_weight, bias, grid) and dy."""
    g = torch.Generator().manual_seed(seed)

    def rand(*shape):
        return torch.randn(shape, generator=g, dtype=dtype)

    x, z, dy = rand(rows, features), rand(rows, features), rand(rows, outputs)
    coef = rand(features, basis.num_basis, outputs)
    grid = list(basis.init_grid(features, dtype=dtype))
    return (x, z, coef, rand(features, outputs), rand(outputs), grid), dy


def run(basis, args, dy):
    """Output and all gradients, as a list."""
    has_grid = "centers" in basis.grid_names
    needs = [True] * 5 + [has_grid] * len(args[5])
    y = OP(*args, basis.name, "silu", None, [])
    *single, grid, _ = BACKWARD(dy, *args, basis.name, "silu", None, [], needs)
    return [y, *single, *(grid if has_grid else [])]


@pytest.mark.parametrize("basis", BASES, ids=str)
@pytest.mark.parametrize("shape", [(300, 40, 20), (50, 100, 64)], ids=str)
def test_bitwise_equal_from_run_to_run_and_rounding_between_thread_counts(basis, shape):
    args, dy = call(basis, *shape)
    first = run(basis, args, dy)
    for _ in range(3):
        again = run(basis, args, dy)
        assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    torch.set_num_threads(1)
    alone = run(basis, args, dy)
    for a, b in zip(first, alone, strict=True):
        assert (a - b).norm() <= 1e-6 * a.norm()


def test_python_threads_at_once_get_the_right_answers():
    jobs = [(basis, *call(basis, 200, 33, 17, seed=k)) for k, basis in enumerate(BASES)]
    expected = [run(*job) for job in jobs]
    wrong = []

    def work(order):
        for k in order:
            got = run(*jobs[k])
            if not all(torch.equal(a, b) for a, b in zip(got, expected[k], strict=True)):
                wrong.append(k)

    orders = [torch.randperm(len(jobs)).tolist() * 3 for _ in range(4)]
    threads = [threading.Thread(target=work, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    assert not wrong


class Transformed(Dataset):
    """A dataset whose samples go through a layer, in a worker process."""

    def __init__(self):
        self.layer = ew.KANLinear(64, 64, seed=torch.Generator().manual_seed(0))

    def __len__(self):
        return 8

    def __getitem__(self, k):
        with torch.no_grad():
            return self.layer(torch.full((300, 64), k / 8)).sum(0)


def test_forked_workers_compute_too():
    data = Transformed()
    here = torch.stack([data[k] for k in range(8)])  # the parent's threads exist before the fork
    workers = min(2, len(os.sched_getaffinity(0)))  # torch warns of more than there are cores
    loader = DataLoader(data, batch_size=4, num_workers=workers, multiprocessing_context="fork")
    there = torch.cat(list(loader))
    assert torch.allclose(here, there, rtol=1e-5, atol=1e-4)


special = st.sampled_from(
    [0.0, -0.0, float("nan"), float("inf"), -float("inf"), 1e38, -1e38, 1e-42]
)
numbers = st.one_of(st.floats(-3, 3, width=32), special)


@settings(max_examples=150, deadline=None)
@given(
    basis=st.sampled_from(BASES),
    level=st.sampled_from(native.isa_levels()),
    dtype=st.sampled_from([torch.float32, torch.float64]),
    rows=st.integers(0, 70),
    features=st.integers(1, 40),
    outputs=st.integers(1, 70),
    stride=st.integers(1, 3),
    values=st.lists(numbers, min_size=1, max_size=12),
    shared=st.booleans(),
    seed=st.integers(0, 99),
)
def test_fuzz(basis, level, dtype, rows, features, outputs, stride, values, shared, seed):
    args, dy = call(basis, rows, features, outputs, dtype, seed)
    x, z, coef, base_weight, bias, grid = args
    for k, value in enumerate(values[: x.numel()]):
        x.view(-1)[(k * 7) % x.numel()] = value
    wide = torch.zeros(rows, features * stride, dtype=dtype)
    wide[:, ::stride] = x
    x = wide[:, ::stride]  # not contiguous
    z = None if shared else z
    args = (x, z, coef, base_weight, bias, grid)
    with native.use_isa(level):
        y, dx, dz, dcoef, dbase, dbias, *_ = run(basis, args, dy)
    clean = x.isfinite().all(1)
    assert y[~clean].isnan().all()
    calm = clean & (x.abs() < 100).all(1)
    exact = exact_call(basis, args)
    if calm.any():
        bound = 1e-5 if dtype == torch.float32 else 1e-12
        error = (y[calm].double() - exact[calm]).norm() / exact[calm].norm()
        assert error <= bound
        assert dx[calm].isfinite().all()
        assert dz.numel() == 0 or dz[calm].isfinite().all()
    if bool(calm.all()):
        assert all(t.isfinite().all() for t in (dcoef, dbase, dbias))
    assert dcoef.shape == coef.shape


def exact_call(basis, args):
    x, z, coef, base_weight, bias, grid = args
    tensors = [None if t is None else t.double() for t in (x, z, coef, base_weight, bias)]
    return reference.kan_linear(*tensors, [t.double() for t in grid], basis, "silu")


def test_knots_that_coincide_and_inputs_on_them():
    basis = ew.BSpline(4, 2, uniform=False)
    knots = torch.tensor([[0.0, 0, 0, 0.3, 0.3, 0.7, 1, 1, 1], [-2, -1, 0, 1, 2, 3, 4, 5, 6]])
    knots = knots.double()
    x = torch.cat([knots, torch.rand(2, 90).double()], 1).t().contiguous()
    coef = torch.randn(2, 6, 5).double()
    y = OP(x, None, coef, None, None, [knots], basis.name, None, None, [])
    expected = reference.kan_linear(x, None, coef, None, None, [knots], basis, None)
    assert (y - expected).abs().max() <= 1e-12


@pytest.mark.parametrize(
    "name", ["x", "coef", "base_weight", "bias", "grid", "basis", "base", "norm", "trained"]
)
def test_an_operator_called_with_nonsense_refuses(name):
    basis = ew.Gaussian()
    (x, _, coef, base_weight, bias, grid), _ = call(basis, 4, 3, 2)
    wrong = {
        "x": torch.rand(4, 5),
        "coef": torch.rand(3, 8, 2).double(),
        "base_weight": torch.rand(2, 3),
        "bias": torch.rand(7),
        "grid": [torch.rand(2), torch.rand(1)],
        "basis": "wavelet",
        "base": "relu",
        "norm": "batch",
        "trained": [torch.rand(3)],
    }
    given_args = {
        "x": x,
        "z": None,
        "coef": coef,
        "base_weight": base_weight,
        "bias": bias,
        "grid": grid,
        "basis": basis.name,
        "base": "silu",
        "norm": None,
        "trained": [],
    }
    OP(**given_args)
    with pytest.raises(RuntimeError):
        OP(**(given_args | {name: wrong[name]}))


@pytest.mark.parametrize("wrong", [0, 1])
def test_every_trained_tensor_of_a_norm_has_an_entry_for_each_input(wrong):
    (x, _, coef, base_weight, bias, grid), _ = call(ew.Gaussian(), 4, 3, 2)
    trained = [torch.ones(3), torch.zeros(3)]
    given = x, None, coef, base_weight, bias, grid, "gaussian", "silu", "affine"
    assert find_formulas(Arguments(*given, trained)).name == "gaussian"
    trained[wrong] = torch.ones(2)
    with pytest.raises(ValueError, match=rf"trained\[{wrong}\]"):
        find_formulas(Arguments(*given, trained))


def test_unknown_or_absent_instruction_sets_are_refused():
    before = native.isa()
    with (
        pytest.raises(RuntimeError, match="expected baseline, avx2 or avx512"),
        native.use_isa("x"),
    ):
        pass
    assert native.isa() == before


def test_asking_for_the_native_engine_where_it_cannot_go_says_why():
    layer = ew.KANLinear(3, 2, base=torch.sin, engine="native")
    with pytest.raises(ValueError, match="the base activation is a callable"):
        layer(torch.rand(4, 3))
    layer = ew.KANLinear(3, 2, engine="native")
    with pytest.raises(ValueError, match=r"torch\.func"):
        torch.vmap(layer)(torch.rand(4, 3))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_silu_of_huge_negative_inputs_is_gone_with_its_slope(dtype):
    huge = [-1e38, -1e36, -1e4, -200.0] + [-1e200] * (dtype == torch.float64)
    x = torch.tensor(huge, dtype=dtype)[:, None].requires_grad_()
    settings = {"dtype": dtype, "bias": False, "engine": "native"}
    layer = ew.KANLinear(1, 1, basis=ew.BSpline(), **settings)
    y = layer(x)
    (dx,) = torch.autograd.grad(y.sum(), x)
    assert not y.any()
    assert not dx.any()


@pytest.mark.parametrize(
    "basis", [ew.Gaussian(32, width=0.12), ew.Gaussian(64), ew.RSWAF(8, -20, 20, 1.1)], ids=str
)
def test_a_trained_width_may_turn_negative(basis):
    (x, _, coef, base_weight, bias, grid), dy = call(basis, 40, 3, 5, torch.float64)
    grid[1] = -grid[1]
    ours = run(basis, (x, None, coef, base_weight, bias, grid), dy)
    exact = reference.kan_linear(x, None, coef, base_weight, bias, grid, basis, "silu")
    grads = reference.kan_linear_backward(
        dy, x, None, coef, base_weight, bias, grid, basis, "silu", None, (), [True] * 7
    )
    for a, b in zip([ours[0], *ours[3:]], [exact, *grads[2:]], strict=True):
        assert (a - b).norm() <= 1e-11 * b.norm()


def test_knots_that_want_gradients_get_them():
    (knots,) = ew.BSpline().init_grid(2, dtype=torch.float64)
    knots.requires_grad_()
    x, coef = torch.rand(9, 2).double(), torch.randn(2, 8, 3).double()
    totals = [
        torch.autograd.grad(
            kan_linear(x, coef, basis=ew.BSpline(), grid=(knots,), engine=engine).square().sum(),
            knots,
        )[0]
        for engine in (None, "reference")
    ]
    assert totals[0].abs().sum() > 0
    assert torch.equal(*totals)


@pytest.mark.parametrize("z", [-5.0, 5.0])
def test_nothing_lives_outside_knots_that_coincide_at_the_ends(z):
    basis = ew.BSpline(3, 2, uniform=False)
    knots = torch.tensor([[-1.0, -1, -1, -0.3, 0.3, 1, 1, 1]])
    coef, x = torch.ones(1, 5, 1), torch.tensor([[z]])
    assert not reference.kan_linear(x, None, coef, None, None, [knots], basis, None).any()
    assert not OP(x, None, coef, None, None, [knots], basis.name, None, None, []).any()


def grids_of_their_own(kind, features, even):
    """A basis, and grid tensors with other points for every input, equidistant or not."""
    g = torch.Generator().manual_seed(3)
    lo = torch.rand(features, 1, generator=g).double() - 2
    share = torch.linspace(0, 1, 9).double().expand(features, -1)
    if not even:
        share = share**1.5
    points = lo + share * (1 + 2 * torch.rand(features, 1, generator=g).double())
    if kind == "bspline":
        return ew.BSpline(4, 2, uniform=False), [points]
    basis = {"gaussian": ew.Gaussian(9), "rswaf": ew.RSWAF(9)}[kind]
    widths = 0.3 + torch.rand(features, 1 if even else 9, generator=g).double()
    return basis, [points, widths]


@pytest.mark.parametrize("shape", [(300, 40, 20), (700, 3, 5), (7, 1, 1)], ids=str)
@pytest.mark.parametrize("even", [True, False], ids=["even", "uneven"])
@pytest.mark.parametrize("kind", ["bspline", "gaussian", "rswaf"])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
def test_grids_of_each_inputs_own(kind, even, shape, dtype):
    rows, features, outputs = shape
    basis, grid = grids_of_their_own(kind, features, even)
    grid = [t.to(dtype) for t in grid]
    (x, z, coef, base_weight, bias, _), dy = call(basis, rows, features, outputs, dtype)
    got = run(basis, (x, z, coef, base_weight, bias, grid), dy)
    has_grid = kind != "bspline"
    needs = [True] * 5 + [has_grid] * len(grid)
    wide = [t.double() for t in (dy, x, z, coef, base_weight)]
    wide_grid = [t.double() for t in grid]
    expected = [
        reference.kan_linear(*wide[1:], bias.double(), wide_grid, basis, "silu"),
        *reference.kan_linear_backward(
            *wide, bias.double(), wide_grid, basis, "silu", None, (), needs
        ),
    ]
    tolerance = 1e-12 if dtype == torch.float64 else 1e-5
    assert len(got) == len(expected) - (not has_grid)
    for a, b in zip(got, expected, strict=False):
        assert (a.double() - b).norm() <= tolerance * b.norm()
