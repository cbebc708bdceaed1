"""The operators of jets against the reference formulas, on every instruction set."""

import copy

import pytest
import torch
from cases import combine, name_case
from every_basis import KNOWN, KNOWN_DEFAULTS
from instruction_sets import ISAS, isa, use

import edgewise as ew
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.engines import jet_ops, native, reference

__all__ = ["isa"]

OPS = torch.ops.edgewise
ORDERS = {
    "values": Orders.up_to(0, 2),
    "slopes": Orders.up_to(1, 3),
    "burgers": Orders.of([(2, 0), (0, 1)]),
    "mixed": Orders.up_to(2, 2),
    "third": Orders.of([(3, 0), (1, 1)]),
    "beam": Orders.of([(4, 0), (2, 2)]),
}
INNER = ("x", "z", "tanh")
SHAPES = [(1, 1, 1), (7, 3, 3), (0, 3, 2), (131, 2, 5), (64, 17, 9)]


@pytest.fixture(params=KNOWN, ids=str)
def basis(request):
    return request.param


class Case:
    """Random arguments of the operators, and what the reference answers in float64."""

    def __init__(
        self, basis, orders, rows=9, features=3, outputs=4, base="silu", inner="x", dtype=None
    ):
        generator = torch.Generator().manual_seed(0)
        dtype = dtype or torch.float64

        def draw(*shape, size=1.0):
            made = torch.randn(shape, generator=generator, dtype=torch.float64) * size
            return made.to(dtype)

        functions = basis.num_basis + (base is not None)
        middle, unit = basis.middle_and_unit
        self.orders, self.dtype = orders, dtype
        self.x = draw(len(orders), rows, features)
        self.x[0] = self.x[0] * unit + middle
        self.z = draw(len(orders), rows, features) if inner == "z" else None
        if self.z is not None:
            self.z[0] = self.z[0] * unit + middle
        self.weights = draw(features, functions, outputs)
        self.bias, self.dy = draw(outputs), draw(len(orders), rows, outputs)
        self.grid = list(basis.init_grid(features, dtype=dtype))
        norm = "tanh" if inner == "tanh" else None
        self.names = (basis.engine_name, base, norm, orders.table)
        self.basis, self.base, self.functions = basis, base, functions

    @property
    def tensors(self):
        return self.x, self.z, self.weights, self.bias

    def run(self):
        return OPS.kan_jets(*self.tensors, self.grid, *self.names)

    def gradients(self):
        needs = [True, self.z is not None, True]
        others = self.x, self.z, self.weights, self.grid, *self.names
        dx, dz, dweights = OPS.kan_jets_backward(self.dy, *others, needs)
        return [dx, dweights] if self.z is None else [dx, dz, dweights]

    def by_weights(self):
        count = self.weights.numel()
        whole = self.x.new_full((count, self.x.shape[1] + 3), 7.0)
        to = whole[:, 1 : 1 + self.x.shape[1]]  # a part of a wider matrix
        others = self.dy, self.x, self.z, self.functions, self.grid, *self.names
        OPS.kan_jets_by_weights(*others, to)
        assert (whole[:, 0] == 7).all()
        assert (whole[:, -2:] == 7).all()
        return to

    def exactly(self):
        """Outputs, gradients and gradients by weights row by row, by autograd in float64."""
        wide = [None if t is None else t.double() for t in self.tensors]
        leaves = [None if t is None else t.requires_grad_() for t in wide[:3]]
        x, z, weights = leaves
        size = self.basis.num_basis
        y = reference.kan_linear(
            Jets(x, self.orders),
            None if z is None else Jets(z, self.orders),
            weights[:, :size],
            weights[:, size] if self.base else None,
            wide[3],
            [t.double() for t in self.grid],
            self.basis,
            self.base,
            self.names[2],
        ).parts
        wanted = [t for t in leaves if t is not None]
        dy = self.dy.double()
        gradients = torch.autograd.grad(y, wanted, dy, retain_graph=True, materialize_grads=True)
        rows = []
        for r in range(y.shape[1]):
            one = torch.zeros_like(dy)
            one[:, r] = dy[:, r]
            rows.append(torch.autograd.grad(y, weights, one, retain_graph=True)[0])
        by = torch.stack(rows, -1) if rows else weights.new_zeros(*weights.shape, 0)
        by = torch.cat([by[:, :size].flatten(0, 2), by[:, size:].flatten(0, 2)])
        return y.detach(), gradients, by


def relative_error(ours, exact):
    ours, exact = ours.detach(), exact.detach()
    difference = (ours.double() - exact).square().mean().sqrt()
    return float(difference / exact.square().mean().sqrt().clamp_min(1e-300))


def check(case):
    """On every instruction set against float64; a threshold for each type."""
    most = 1e-12 if case.dtype == torch.float64 else 1e-5
    y, gradients, by = case.exactly()
    for level in ISAS:
        with use(level):
            pairs = [(case.run(), y), *zip(case.gradients(), gradients, strict=True)]
            pairs.append((case.by_weights(), by))
            for number, (ours, exact) in enumerate(pairs):
                with name_case(number=number):
                    assert ours.shape == exact.shape
                    assert ours.dtype == case.dtype
                    if exact.numel():
                        assert relative_error(ours, exact) <= most


def test_values_and_all_gradients(basis):
    for case in combine(orders=("burgers", "third"), base=("silu", None), inner=INNER):
        with name_case(**case):
            check(Case(basis, ORDERS[case.pop("orders")], **case))


@pytest.mark.parametrize("basis", KNOWN_DEFAULTS, ids=lambda b: b.name)
def test_every_table_of_orders_in_both_types(basis):
    for orders, dtype in combine_values(ORDERS, (torch.float64, torch.float32)):
        with name_case(orders=orders, dtype=dtype):
            check(Case(basis, ORDERS[orders], base="identity", inner="tanh", dtype=dtype))


def combine_values(*values):
    return [(one, other) for one in values[0] for other in values[1]]


@pytest.mark.parametrize("basis", [ew.Chebyshev(3), ew.BSpline(3, 5)], ids=str)
def test_odd_sizes_and_strides(basis):
    for rows, features, outputs in SHAPES:
        with name_case(rows=rows, features=features, outputs=outputs):
            case = Case(basis, ORDERS["burgers"], rows, features, outputs, inner="z")
            check(case)
            strided = copy.copy(case)
            strided.x = case.x.transpose(0, 1).contiguous().transpose(0, 1)
            strided.weights = case.weights.transpose(1, 2).contiguous().transpose(1, 2)
            for level in ISAS:
                with use(level):
                    assert torch.equal(strided.run(), case.run())


def test_grids_of_each_input_and_lines_beyond_the_domain():
    uneven = torch.tensor([-1.3, -1.0, -0.8, -0.5, 0.1, 0.2, 0.9, 1.0, 1.4], dtype=torch.float64)
    for tails in (False, True):
        bases = [
            (ew.BSpline(2, 3, uniform=False, linear_tails=tails), uneven.repeat(3, 1)),
            (ew.BSpline(4, 2, uniform=False, linear_tails=tails), uneven.repeat(3, 1)),
            (ew.Gaussian(5, linear_tails=tails), torch.randn(3, 5, dtype=torch.float64).sort(1)[0]),
        ]
        for basis, points in bases:
            with name_case(basis=basis):
                case = Case(basis, ORDERS["third"])
                case.grid[0] = points * torch.tensor([[1.0], [0.7], [1.5]], dtype=torch.float64)
                check(case)


@pytest.mark.usefixtures("isa")
def test_rows_without_numbers_are_nan_and_leave_others_alone(basis):
    case = Case(basis, ORDERS["mixed"], rows=12)
    before, by = case.run(), case.by_weights()
    for row, value in enumerate([torch.nan, torch.inf, -torch.inf, 1e38, -1e300]):
        case.x[0, 2 * row, 1] = value
    after = case.run()
    assert after[:, [0, 2, 4]].isnan().flatten(2).any(2)[0].all()
    rest = [1, 3, 5, 7, 9, 10, 11]
    assert torch.equal(after[:, rest], before[:, rest])
    assert torch.equal(case.by_weights()[:, rest], by[:, rest])


@pytest.mark.parametrize("base", ["silu", None])
def test_gradients_of_gradients(base):
    layer = ew.KANLinear(2, 2, basis=ew.Chebyshev(3), base=base, seed=0, dtype=torch.float64)
    x = torch.randn(4, 2, dtype=torch.float64, requires_grad=True)
    parameters = [p for p in layer.parameters() if p.requires_grad]

    def curvature(x, *_):
        u = layer.jets(x, 2)
        return u.derivative(2, 0) * u.value + u.derivative(1, 1)

    assert torch.autograd.gradcheck(curvature, (x, *parameters))
    assert torch.autograd.gradgradcheck(curvature, (x, *parameters))


def test_torch_finds_nothing_wrong_with_the_operators():
    case = Case(ew.Chebyshev(3), ORDERS["burgers"])
    tests = ("test_schema", "test_faketensor")
    arguments = (*case.tensors, case.grid, *case.names)
    torch.library.opcheck(OPS.kan_jets, arguments, test_utils=tests)
    others = case.x, case.z, case.weights, case.grid, *case.names
    needs = [True, False, True]
    torch.library.opcheck(OPS.kan_jets_backward, (case.dy, *others, needs), test_utils=tests)
    to = torch.empty(case.weights.numel(), 9, dtype=torch.float64)
    rows = (case.dy, case.x, None, case.functions, case.grid, *case.names, to)
    torch.library.opcheck(OPS.kan_jets_by_weights, rows, test_utils=tests)


@pytest.mark.usefixtures("isa")
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_products_of_features(shape):
    rows, one, other = shape
    for dtype in (torch.float64, torch.float32):
        left, right = torch.randn(3, rows, one, dtype=dtype), torch.randn(3, rows, other).to(dtype)
        to = left.new_empty(one * other, rows)
        OPS.products_by_row(left, right, to)
        expected = torch.einsum("kni,kno->ion", left, right).flatten(0, 1)
        torch.testing.assert_close(to, expected)


@pytest.mark.parametrize(
    "table",
    [[], [0, 1, 0], [0, 1, 0, 0, 1, 1, 1, 1, 2], [1, 1, 1, 1, 1], [0, 1, 0, 0, 1, 1, 5, 5, 1]],
    ids=str,
)
def test_tables_that_say_no_derivatives_are_refused(table):
    x, weights = torch.randn(2, 4, 3), torch.randn(3, 4, 2)
    with pytest.raises((RuntimeError, ValueError), match=r"expected|term"):
        OPS.kan_jets(x, None, weights, None, [], "chebyshev", None, None, table)
    with pytest.raises(ValueError, match="table of derivatives"):
        Orders.read(table)


@pytest.mark.parametrize("name", ORDERS)
def test_tables_say_which_derivatives_they_are_of(name):
    assert Orders.read(ORDERS[name].table).table == ORDERS[name].table


def test_layers_use_them_where_they_can_and_the_plain_formula_elsewhere():
    orders = ORDERS["burgers"]
    x = Jets.begin(torch.randn(5, 2, dtype=torch.float64), orders)

    def obstacle(layer, x=x):
        return native.NativeEngine().obstacle(layer.read(x))

    def layer(**settings):
        return ew.KANLinear(2, 3, seed=0, dtype=torch.float64, **settings)

    if native.unavailable() is None:
        assert obstacle(layer()) is None
        assert obstacle(layer(norm="layer")) is None
    trained = layer(basis=ew.Gaussian(4, train_centers=True))
    assert "grid of jets" in (obstacle(trained) or native.unavailable() or "")
    high = Jets.begin(x.value, Orders.of([(5, 0)]))
    assert obstacle(layer(), high)
    for case in (trained, layer(base=torch.sin), layer(basis=ew.bases.Jacobi(3))):
        assert obstacle(case)
        case.jets(x.value).value.sum().backward()


def test_they_are_differentiated_as_the_reference_is():
    layer = ew.KANLinear(2, 3, basis=ew.BSpline(3), coef_scale=True, seed=0, dtype=torch.float64)
    layer.mask = torch.tensor([[1.0, 0.0, 1.0], [1.0, 1.0, 0.5]], dtype=torch.float64)
    x = torch.randn(5, 2, dtype=torch.float64, requires_grad=True)
    found = []
    for engine in (None, "reference"):
        layer.engine = engine
        u = layer.jets(x, 2)
        wanted = [x, *layer.parameters()]
        found.append(torch.autograd.grad(u.parts.square().sum(), wanted, materialize_grads=True))
    for ours, exact in zip(*found, strict=True):
        torch.testing.assert_close(ours, exact, rtol=1e-11, atol=1e-11)


def test_scales_and_masks_are_in_derivatives_by_weights():
    layer = ew.KANLinear(2, 3, basis=ew.BSpline(3), coef_scale=True, seed=0, dtype=torch.float64)
    layer.mask = torch.tensor([[1.0, 0.0, 1.0], [1.0, 1.0, 0.5]], dtype=torch.float64)
    x, dy = torch.randn(1, 2, dtype=torch.float64), torch.randn(1, 3, dtype=torch.float64)
    size = layer.coef.numel() + layer.base_weight.numel()
    for engine in (None, "reference"):
        layer.engine = engine
        to = torch.empty(size, 1, dtype=torch.float64)
        layer.by_weights(x, dy, to)
        exact = torch.autograd.grad(layer(x), [layer.coef, layer.base_weight], dy)
        torch.testing.assert_close(to[:, 0], torch.cat([g.flatten() for g in exact]))


def test_jet_ops_refuse_what_does_not_fit():
    case = Case(ew.Chebyshev(3), ORDERS["burgers"])
    with pytest.raises(ValueError, match=r"one part for each of .* got \(3, 9, 3\)"):
        jet_ops._jets(case.x[:3], None, case.weights, None, [], *case.names)
    names = (*case.names[:2], "layer", case.names[3])
    with pytest.raises(ValueError, match="norm to be None or, without z, 'tanh'"):
        jet_ops._jets(case.x, None, case.weights, None, [], *names)
