"""The reference formulas, the operators' checks and shapes, and tiles of kernels, by hand."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from edgewise.bases import Chebyshev, Gaussian
from edgewise.bases.jets import Jets, Orders
from edgewise.engines import conformance, jet_ops, ops, reference
from edgewise.engines.arguments import Arguments, find_formulas, split_needs
from edgewise.engines.call import Call
from edgewise.engines.conformance import BASES, TAILED, Case, cases, error_of, find_failures
from edgewise.engines.normalization import EPS, NORMALIZATIONS
from edgewise.engines.reference import ReferenceEngine
from edgewise.engines.select import Choice, by_weights, compute, explain, find_engine, select
from edgewise.engines.triton.configurations import _FORWARD as FORWARD
from edgewise.engines.triton.configurations import (
    Work,
    _count,
    _sizes,
    _splits,
    _warps,
    of_coefficients,
    of_forward,
    of_inputs,
)

F64 = torch.float64
ROWS, INS, OUTS = 5, 3, 2
BASIS = Gaussian(4, train_centers=True, train_width=True)


def draw(*shape, seed=0):
    g = torch.Generator().manual_seed(seed + len(shape) + sum(shape))
    return torch.randn(shape, generator=g, dtype=F64)


def make_call(norm=None, base="silu", edges=True, z=False, basis=BASIS, **changes):
    count = NORMALIZATIONS[norm].trained if norm else 0
    call = Call(
        draw(ROWS, INS), draw(ROWS, INS, seed=5) if z else None,
        draw(INS, basis.num_basis, OUTS), draw(INS, OUTS) if base else None, draw(OUTS),
        [t.double() for t in basis.init_grid(INS)], basis, base, norm,
        [draw(INS, seed=9 + k) for k in range(count)],
        draw(INS, OUTS, seed=3) if edges else None, draw(INS, OUTS, seed=4) if edges else None,
    )  # fmt: skip
    return call._replace(**changes)


def by_loops(call):
    """The layer by its definition."""
    z = call.x if call.z is None else call.z
    if call.norm is not None:
        z = NORMALIZATIONS[call.norm].value(call.x, call.trained)
    phi = call.basis.evaluate(z, tuple(call.grid))
    y = torch.zeros(len(call.x), call.coef.shape[2], dtype=F64)
    for b, i, o in itertools.product(range(len(y)), range(INS), range(OUTS)):
        scale = 1.0 if call.coef_scale is None else float(call.coef_scale[i, o])
        mask = 1.0 if call.mask is None else float(call.mask[i, o])
        total = scale * float(phi[b, i] @ call.coef[i, :, o])
        if call.base_weight is not None:
            x = float(call.x[b, i])
            s = x / (1 + math.exp(-x)) if call.base == "silu" else x
            total += float(call.base_weight[i, o]) * s
        y[b, o] += mask * total
    return y if call.bias is None else y + call.bias


SETTINGS = [
    {},
    {"edges": False},
    {"base": None},
    {"base": "identity"},
    {"norm": "layer"},
    {"norm": "affine", "edges": False},
    {"norm": "tanh"},
    {"z": True},
    {"bias": None},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_formula_is_its_definition(settings):
    call = make_call(**settings)
    torch.testing.assert_close(reference.kan_linear(*call), by_loops(call))
    torch.testing.assert_close(ops._forward(*arguments_of(call)), by_loops(call))


def test_layer_norm_and_affine_by_hand():
    x, (w, b) = draw(ROWS, INS), (draw(INS, seed=1), draw(INS, seed=2))
    mean, var = x.mean(1, keepdim=True), x.var(1, unbiased=False, keepdim=True)
    wanted = (x - mean) / (var + EPS).sqrt() * w + b
    torch.testing.assert_close(NORMALIZATIONS["layer"].value(x, [w, b]), wanted)
    torch.testing.assert_close(NORMALIZATIONS["affine"].value(x, [w, b]), x * w + b)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_row_without_numbers_is_one_of_nan(value):
    for settings in ({}, {"base": None}, {"z": True, "base": None}):
        call = make_call(**settings)
        name = "z" if call.z is not None else "x"
        getattr(call, name)[2, 1] = value
        y = reference.kan_linear(*call)
        assert y[2].isnan().all()
        assert y[[0, 1, 3, 4]].isfinite().all()


def arguments_of(call):
    return Arguments(*call)._replace(basis=call.basis.engine_name)


def names_of(call):
    return ["x", "z", "coef", "base_weight", "bias", *(f"grid{k}" for k in range(len(call.grid))),
            *(f"trained{k}" for k in range(len(call.trained))), "coef_scale", "mask"]  # fmt: skip


def tensors_of(call):
    return [*call[:5], *call.grid, *call.trained, *call[10:]]


def leaves_of(call):
    """The call with tensors that record gradients, and these tensors in order."""
    wide = lambda t: None if t is None else t.detach().requires_grad_()  # noqa: E731
    made = Call(
        *(wide(t) for t in call[:5]), [wide(t) for t in call.grid], *call[6:9],
        [wide(t) for t in call.trained], *(wide(t) for t in call[10:]),
    )  # fmt: skip
    return made, tensors_of(made)


DY = draw(ROWS, OUTS, seed=11)


@pytest.mark.parametrize("settings", [s for s in SETTINGS if "bias" not in s], ids=str)
def test_each_gradient_is_autograds_whichever_others_are_asked_for(settings):
    call, leaves = leaves_of(make_call(**settings))
    y = reference.kan_linear(*call)
    there = [t for t in leaves if t is not None]
    found = iter(torch.autograd.grad(y, there, DY))
    exact = [None if t is None else next(found) for t in leaves]
    plain = make_call(**settings)
    every = [t is not None for t in leaves]
    alone = [[k == n for k in range(len(leaves))] for n, t in enumerate(leaves) if t is not None]
    others = [[e and not a for e, a in zip(every, one, strict=True)] for one in alone]
    for needs in (every, *alone, *others):
        args = (DY, *plain[:10], needs, *plain[10:])
        for ours, true, need, name in zip(
            reference.kan_linear_backward(*args), exact, needs, names_of(plain), strict=True
        ):
            assert (ours is not None) == need, name
            if need:
                torch.testing.assert_close(ours, true, msg=lambda m, name=name: f"{name}: {m}")


def test_needs_of_scale_and_mask_may_be_left_out():
    call = make_call()
    needs = [True, False, True, True, True, False, False]
    args = (DY, *call[:10], needs, *call[10:])
    assert [g is not None for g in reference.kan_linear_backward(*args)] == needs


@pytest.mark.parametrize("settings", SETTINGS[:4], ids=str)
def test_the_operators_gradients_are_empty_where_they_are_not_needed(settings):
    call = make_call(**settings)
    given = arguments_of(call)
    for seed in range(6):
        g = torch.Generator().manual_seed(seed)
        tensors = tensors_of(call)
        needs = [bool(torch.rand(1, generator=g) < 0.5) and t is not None for t in tensors]
        args = (DY, *given[:10], needs, *given[10:])
        *single, dgrid, others = ops._backward(*args)
        *fake, fake_grid, fake_others = ops._backward_fake(*args)
        got, shapes = [*single, *dgrid, *others], [*fake, *fake_grid, *fake_others]
        assert [g.shape for g in got] == [f.shape for f in shapes]
        for gradient, need, tensor in zip(got, needs, tensors, strict=True):
            assert gradient.shape == (tensor.shape if need else (0,))
    assert ops._forward_fake(*given).shape == (ROWS, OUTS)


def test_needs_are_split_from_the_layers_arguments():
    call = arguments_of(make_call())
    given, needs = split_needs((*call[:10], [True], *call[10:]))
    assert needs == [True]
    assert given.mask is call.mask
    assert given.coef_scale is call.coef_scale


@pytest.mark.parametrize(
    ("count", "right"), [(6, False), (7, True), (8, False), (9, True), (10, False)]
)
def test_the_number_of_needs_is_checked(count, right):
    given = arguments_of(make_call())
    args = (DY, *given[:10], [False] * count, *given[10:])
    for function in (ops._backward, ops._backward_fake):
        if right:
            function(*args)
        else:
            with pytest.raises(ValueError, match="expected 7 or 9 needs"):
                function(*args)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"x": None}, TypeError, "expected x as a tensor"),
        ({"coef": None}, TypeError, "expected coef as a tensor"),
        ({"grid": [None, None]}, TypeError, r"expected grid\[0\] as a tensor"),
        ({"x": draw(ROWS)}, ValueError, r"expected x \(rows, in\), got 1"),
        ({"coef": draw(INS, 4)}, ValueError, r"expected coef \(in, num, out\), got 2"),
        ({"x": draw(ROWS, INS + 1)}, ValueError, r"expected x of shape \(5, 3\)"),
        ({"z": draw(ROWS, INS - 1)}, ValueError, "expected z of shape"),
        ({"bias": draw(OUTS + 1)}, ValueError, "expected bias of shape"),
        ({"base_weight": draw(OUTS, INS)}, ValueError, "expected base_weight of shape"),
        ({"coef_scale": draw(OUTS, INS)}, ValueError, "expected coef_scale of shape"),
        ({"mask": draw(INS)}, ValueError, "expected mask of shape"),
        ({"mask": torch.ones(INS, OUTS, dtype=torch.bool)}, ValueError, "floating-point"),
        ({"x": draw(ROWS, INS).to_sparse()}, ValueError, "dense tensor"),
        ({"base": "sine"}, ValueError, "base to be None or"),
        ({"norm": "batch"}, ValueError, "norm to be None or"),
        ({"norm": "layer"}, ValueError, "expected 2 trained tensors"),
        ({"trained": [draw(INS)]}, ValueError, "expected 0 trained tensors"),
        ({"norm": "tanh", "z": draw(ROWS, INS)}, ValueError, "z only without a norm; got 0 and z"),
        ({"basis": "nothing"}, ValueError, "basis"),
        ({"coef": draw(INS, 5, OUTS)}, ValueError, "expected"),
        ({"grid": []}, ValueError, "expected"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_computed(changes, error, words):
    given = arguments_of(make_call())
    assert find_formulas(given).num_basis == 4
    with pytest.raises(error, match=words):
        find_formulas(given._replace(**changes))


def test_the_gradient_has_the_outputs_shape():
    given = arguments_of(make_call())
    with pytest.raises(ValueError, match=r"expected dy of shape \(5, 2\), got \(5, 3\)"):
        ops._backward(draw(ROWS, 3), *given[:10], [False] * 9, *given[10:])
    with pytest.raises(TypeError, match="expected dy as a tensor"):
        ops._backward(None, *given[:10], [False] * 9, *given[10:])


# ---- per-row gradients ------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{}, {"edges": False}, {"base": None}], ids=str)
@pytest.mark.parametrize("name", ["reference", None])
def test_gradients_of_each_row_by_the_weights(settings, name):
    call = make_call(**settings)
    slope = draw(ROWS, OUTS, seed=12)
    size = call.coef.numel() + (0 if call.base_weight is None else call.base_weight.numel())
    to = torch.full((size, ROWS), math.nan, dtype=F64)
    by_weights(call, slope, to, name)
    for b in range(ROWS):
        own, _ = leaves_of(call._replace(x=call.x[b : b + 1]))
        y = reference.kan_linear(*own)
        wanted = [own.coef] if own.base_weight is None else [own.coef, own.base_weight]
        grads = torch.autograd.grad(y, wanted, slope[b : b + 1])
        torch.testing.assert_close(to[:, b], torch.cat([g.flatten() for g in grads]))


# ---- vmap -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dims",
    [
        {"x": 0},
        {"x": 1},
        {"x": 0, "z": 0},
        {"z": 2},
        {"coef": 0},
        {"x": 0, "coef": 3},
        {"bias": 0, "mask": 1},
        {"x": 2, "grid": 0},
    ],
    ids=str,
)
def test_batches_are_calls_one_by_one(dims):
    call = make_call(z="z" in dims)
    given = arguments_of(call)
    size, many, in_dims = 3, [], []
    for name, value in given._asdict().items():
        dim = dims.get(name)
        if name == "grid":
            many.append([
                torch.stack([t + 0.1 * k for k in range(size)]) if dim is not None else t
                for t in value
            ])  # fmt: skip
            in_dims.append([dim] * len(value))
        elif dim is None:
            many.append(value)
            in_dims.append(None)
        else:
            many.append(torch.stack([value * (1 + 0.3 * k) for k in range(size)], dim))
            in_dims.append(dim)
    with torch.no_grad():
        y = torch.vmap(torch.ops.edgewise.kan_linear.default, tuple(in_dims))(*many)
    for k in range(size):
        one = given._asdict()
        for name in dims:
            one[name] = (
                [t + 0.1 * k for t in given.grid] if name == "grid" else one[name] * (1 + 0.3 * k)
            )
        torch.testing.assert_close(y[k], ops._forward(*one.values()))


def test_dimensions_that_are_not_batched():
    assert ops._is_unbatched(None)
    assert ops._is_unbatched([None, None])
    assert not ops._is_unbatched(0)
    assert not ops._is_unbatched([None, 0])
    assert ops._fold(None, None, 3) is None
    x = draw(2, 3)
    torch.testing.assert_close(ops._fold(x, None, 4), x.repeat(4, 1))
    torch.testing.assert_close(ops._fold(draw(2, 4, 3), 1, 4)[:2], draw(2, 4, 3)[:, 0])


# ---- jets -------------------------------------------------------------------------------------

ORDERS = Orders.up_to(2, 1)


def jets_call(basis, norm=None, base="silu", z=False):
    count = len(ORDERS)
    call = make_call(norm=norm, base=base, basis=basis)
    inner = Jets(draw(count, ROWS, INS, seed=7), ORDERS) if z else None
    return call._replace(x=Jets(draw(count, ROWS, INS), ORDERS), z=inner)


@pytest.mark.parametrize(
    "settings", [{}, {"norm": "tanh"}, {"norm": "affine"}, {"base": None}, {"z": True}], ids=str
)
@pytest.mark.parametrize("basis", [Chebyshev(3), Gaussian(4)], ids=["chebyshev", "gaussian"])
def test_jets_are_taylor_polynomials_of_the_layer(settings, basis):
    """Along x(t) = x0 + x1 t + x2 t²/2 the layer has these derivatives by t."""
    call = jets_call(basis, **settings)
    y = jet_ops.run(call)

    def at(t):
        def along(jets):
            a, b, c = jets.parts
            return a + b * t + c * t**2 / 2

        z = None if call.z is None else along(call.z)
        return reference.kan_linear(*call._replace(x=along(call.x), z=z))

    h = 1e-4
    torch.testing.assert_close(y.parts[0], at(0.0))
    torch.testing.assert_close(y.parts[1], (at(h) - at(-h)) / (2 * h), rtol=1e-5, atol=1e-6)
    second = (at(h) - 2 * at(0.0) + at(-h)) / h**2
    torch.testing.assert_close(y.parts[2], second, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("z", [False, True])
def test_gradients_of_jets_are_autograds_and_asked_for(z):
    call = jets_call(Chebyshev(3), z=z)
    x, inner, names = jet_ops._flatten(call)
    weights = draw(INS, 5, OUTS, seed=8)
    dy = draw(len(ORDERS), ROWS, OUTS, seed=13)
    leaves = [None if t is None else t.detach().requires_grad_() for t in (x, inner, weights)]
    y = jet_ops._jets(*leaves, None, [], *names)
    there = [t for t in leaves if t is not None]
    found = iter(torch.autograd.grad(y, there, dy))
    exact = [None if t is None else next(found) for t in leaves]
    for needs in itertools.product([True, False], repeat=3):
        got = jet_ops._jets_backward(dy, x, inner, weights, [], *names, list(needs))
        fake = jet_ops._jets_backward_fake(dy, x, inner, weights, [], *names, list(needs))
        for ours, shape, true, need in zip(got, fake, exact, needs, strict=True):
            assert ours.shape == shape.shape
            if need and true is not None:
                torch.testing.assert_close(ours, true)
            else:
                assert ours.numel() == 0
    assert jet_ops._jets_fake(x, inner, weights).shape == y.shape


def test_products_by_row_and_parts_of_tensors():
    one, other = draw(2, ROWS, 3), draw(2, ROWS, 4)
    to = torch.empty(12, ROWS, dtype=F64)
    jet_ops._products_by_row(one, other, to)
    wanted = torch.stack([
        sum(torch.outer(one[k, n], other[k, n]) for k in range(2)).flatten() for n in range(ROWS)
    ], 1)  # fmt: skip
    torch.testing.assert_close(to, wanted)
    x = draw(ROWS, INS)
    assert jet_ops._by_parts(x).shape == (1, ROWS, INS)
    x, z, names = jet_ops._flatten(make_call(norm="tanh"))
    assert z is None
    assert names[1:3] == ("silu", "tanh")
    x, z, names = jet_ops._flatten(make_call(norm="affine", base=None))
    assert names[1:3] == (None, None)
    assert z.shape == x.shape


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": draw(2, ROWS, INS)}, "expected x of shape"),
        ({"x": draw(ROWS, INS)}, "expected x of shape"),
        ({"norm": "layer"}, "expected norm to be None"),
        ({"norm": "tanh", "z": draw(3, ROWS, INS)}, "without z"),
    ],
)
def test_jets_that_do_not_fit_are_refused(changes, words):
    call = jets_call(Chebyshev(3))
    x, z, (basis, base, norm, terms) = jet_ops._flatten(call)
    given = {"x": x, "z": z, "functions": 5, "grid": [], "basis": basis, "base": base,
             "norm": norm, "terms": terms} | changes  # fmt: skip
    with pytest.raises(ValueError, match=words):
        jet_ops._read(*given.values())


# ---- which engine -----------------------------------------------------------------------------


def test_an_engine_is_found_by_name_and_its_choice_explained():
    call = make_call(basis=Gaussian(4))
    assert find_engine("reference").name == "reference"
    with pytest.raises(ValueError, match="got 'fast'"):
        find_engine("fast")
    assert explain(call, "reference") == Choice("reference", "asked for")
    odd = call._replace(base=torch.sin)
    chosen = explain(odd)
    assert chosen.engine == "reference"
    assert "callable" in chosen.reason
    with pytest.raises(ValueError, match="expected engine='triton' to compute"):
        select(call, "triton")
    best = explain(call)
    assert best.engine == select(call).name
    torch.testing.assert_close(compute(odd), reference.kan_linear(*odd))
    half = compute(call._replace(z=draw(ROWS, INS, seed=5).float()), "reference")
    assert half.dtype == F64
    held = ReferenceEngine().count_held(call)
    assert held == 1 + reference.TEMPORARIES * 4
    assert ReferenceEngine().obstacle(odd) is None


def test_half_types_are_widened():
    assert reference.widen(None) is None
    assert reference.widen(draw(2).half()).dtype == torch.float32
    assert reference.widen(draw(2).bfloat16()).dtype == torch.float32
    wide = draw(2)
    assert reference.widen(wide) is wide


# ---- the check of engines ---------------------------------------------------------------------


def test_errors_are_relative_to_the_size_of_the_right_answer():
    right = torch.tensor([3.0, 4.0])
    assert error_of(right + torch.tensor([0.3, -0.4]), right) == pytest.approx(0.1)
    assert error_of(torch.tensor([0.0, -2.0]), torch.zeros(2)) == 2.0
    assert error_of(torch.empty(0), torch.empty(0)) == 0.0


def test_every_basis_is_checked_with_the_norm_that_it_prefers():
    made = list(cases([(5, 3, 2), (2, 1, 1)], [torch.float32]))
    names = {case.basis.name for case in made}
    assert {b.name for b in (*BASES, *TAILED)} == names
    for case in made[: len(BASES)]:
        assert case.norm == ("tanh" if case.basis.default_norm == "tanh" else "layer")
        assert case.shape == (5, 3, 2)
    assert all(case.norm == "layer" for case in made[len(BASES) :][: len(TAILED)])
    assert all(case.basis.linear_tails for case in made[len(BASES) :][: len(TAILED)])
    assert {case.norm for case in made} >= {None, "affine", "tanh", "given", "layer"}
    assert made[-1].shape == (2, 1, 1)
    both = list(cases([(5, 3, 2)], [torch.float32, torch.float64]))
    assert len(both) == 2 * (len(made) - 1)
    assert "5×3→2" in str(made[0])
    assert "scale and mask" in str(made[0])


class Wrong(ReferenceEngine):
    """An engine with a fault."""

    def __init__(self, fault):
        self.fault = fault
        self.runs = 0

    def run(self, call):
        self.runs += 1
        y = super().run(call)
        if self.fault == "value":
            return y * 1.01
        if self.fault == "gradient":
            return y + 0.01 * (call.coef - call.coef.detach()).sum()
        if self.fault == "bits":
            return y * (1 + (self.runs % 2) * 1e-6)
        if self.fault == "hides":
            return y.nan_to_num()
        if self.fault == "spreads":
            return y + (math.nan if bool(y.isnan().any()) else 0.0)
        return y


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("none", None),
        ("value", "y is off by"),
        ("gradient", "coef is off by"),
        ("bits", "a second run has other bits"),
        ("hides", "a row with NaN or ±Inf isn't NaN"),
        ("spreads", "a row beside one with NaN isn't finite"),
    ],
)
def test_faults_of_an_engine_are_found(fault, words):
    case = Case(Gaussian(4), (6, 3, 2), norm="layer")
    found = find_failures(Wrong(fault), case, "cpu")
    if words is None:
        assert found == []
    else:
        assert any(words in line for line in found)
        assert all(str(case) in line for line in found)
    if fault == "bits":
        assert find_failures(Wrong(fault), case, "cpu", twice=False) == []


@pytest.mark.parametrize("norm", [None, "layer", "affine", "tanh", "given"])
@pytest.mark.parametrize("edges", [False, True])
def test_calls_of_the_check_have_what_their_case_says(norm, edges):
    case = Case(BASIS, (6, 3, 2), torch.float64, None, norm, edges)
    call = conformance._call(case, "cpu")
    assert call.x.shape == (6, 3)
    assert (call.z is not None) == (norm == "given")
    assert call.norm == (None if norm == "given" else norm)
    assert call.base_weight is None
    assert (call.mask is not None) == (call.coef_scale is not None) == edges
    assert len(call.trained) == (2 if norm in ("layer", "affine") else 0)
    assert call.coef.requires_grad
    assert all(t.requires_grad for t in call.grid)
    frozen = conformance._call(case._replace(basis=Gaussian(4)), "cpu")
    assert not any(t.requires_grad for t in frozen.grid)
    again = conformance._call(case, "cpu")
    assert torch.equal(call.x, again.x)


# ---- tiles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "size", "count"), [(1, 16, 1), (16, 16, 1), (17, 16, 2), (0, 16, 0)]
)
def test_tiles_cover_the_work(total, size, count):
    assert _count(total, size) == count


@pytest.mark.parametrize(("sums", "warps"), [(100, 1), (256, 1), (512, 2), (2048, 8), (9999, 8)])
def test_warps_of_a_tile(sums, warps):
    assert _warps(sums) == warps


@pytest.mark.parametrize(
    ("programs", "tiles", "processors", "splits"),
    [(1, 8, 4, 4), (1, 2, 4, 2), (4, 8, 4, 1), (5, 8, 4, 1), (0, 8, 4, 4), (1, 0, 4, 1)],
)
def test_sums_are_split_until_each_processor_has_a_program(programs, tiles, processors, splits):
    assert _splits(programs, tiles, processors) == splits


@pytest.mark.parametrize(("count", "size"), [(0, 16), (1, 16), (16, 16), (17, 32), (33, 64)])
def test_sizes_are_powers_of_two_up_to_the_most(count, size):
    for bytes_, kind in ((2, 0), (4, 1)):
        rows, inputs, outputs = _sizes(Work(count, count, count, 4, bytes_, 8), FORWARD)
        assert rows == min(size, FORWARD.rows[kind])
        assert inputs == min(size, FORWARD.inputs[kind])
        assert outputs == min(size, FORWARD.outputs[kind])


@pytest.mark.parametrize("choose", [of_forward, of_coefficients, of_inputs])
@pytest.mark.parametrize("rows", [1, 100, 5000])
def test_programs_are_those_that_cover_the_output(choose, rows):
    work = Work(rows, 70, 40, 5, 4, 80, 1)
    tiles = choose(work)
    sides = {
        of_forward: ((rows, tiles.rows), (40, tiles.outputs)),
        of_coefficients: ((70, tiles.inputs), (40, tiles.outputs)),
        of_inputs: ((rows, tiles.rows), (70, tiles.inputs)),
    }[choose]
    sums = {
        of_forward: (70, tiles.inputs), of_coefficients: (rows, tiles.rows),
        of_inputs: (40, tiles.outputs),
    }[choose]  # fmt: skip
    programs = math.prod(-(-total // size) for total, size in sides)
    programs *= 5 if choose is of_coefficients else 1
    splits = max(1, min(80 // programs, -(-sums[0] // sums[1])))
    assert (tiles.splits, tiles.programs) == (splits, programs * splits)
    assert tiles.warps == max(1, min(8, sides[0][1] * sides[1][1] // 256))
    assert tiles.stages == 3


def test_kernels_that_keep_much_take_half_the_inputs():
    few, many = (of_forward(Work(500, 200, 40, 5, 2, 80, kept)) for kept in (3, 4))
    assert many.inputs == few.inputs // 2
    least = of_forward(Work(500, 10, 40, 5, 4, 80, 9))
    assert least.inputs == 16


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
def test_cases_do_not_depend_on_the_default_type(dtype):
    before = torch.get_default_dtype()
    for basis in BASES:
        case = Case(basis, (4, 3, 2), torch.float64)
        first = conformance._call(case, "cpu")
        try:
            torch.set_default_dtype(dtype)
            second = conformance._call(case, "cpu")
        finally:
            torch.set_default_dtype(before)
        for one, other in zip(flat(first), flat(second), strict=True):
            assert torch.equal(one, other)


def flat(call):
    """All tensors of a call."""
    values = (part if isinstance(part, list | tuple) else [part] for part in call)
    return [t for part in values for t in part if isinstance(t, torch.Tensor)]
