"""Networks that solve equations: known solutions, conditions by construction, honest errors."""

from __future__ import annotations

import copy
import functools
import math
import warnings

import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.equations import SolutionWarning, box, dirichlet, initial, neumann, periodic, polygon

PI = math.pi
F64 = torch.float64


def solve(*given, **settings):
    """Networks stop when their seconds are over, and say that they aren't exact."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SolutionWarning)
        return ew.solve(*given, **settings)


def poisson(u, x):
    return u.dxx + PI**2 * torch.sin(PI * x)


def miss(solution, truth, *axes):
    points = torch.meshgrid(*(torch.linspace(*a, 41, dtype=F64) for a in axes), indexing="ij")
    wanted = truth(*points)
    return float((solution(*points) - wanted).norm() / wanted.norm())


def chebyshev(widths, degree=8):
    return ew.KAN(widths, basis=ew.Chebyshev(degree), init="line", seed=0, dtype=F64)


def mlp():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return ew.MLP([1, 10, 1], "tanh", dtype=F64)


MODELS = {
    "KAN": lambda: chebyshev([1, 4, 1]),
    "MLP": mlp,
    "separable": lambda: ew.models.SeparableKAN(1, rank=1, basis=ew.Chebyshev(16), seed=0),
}


@pytest.mark.parametrize("name", MODELS)
def test_networks_solve_and_say_how_well(name):
    model = MODELS[name]()
    before = [p.clone() for p in model.parameters()]
    ends = [dirichlet("x", 1.0, side="low"), dirichlet("x", 2.0, side="high")]
    s = solve(poisson, {"x": (0, 1)}, ends, model=model, seconds=1, tolerance=1e-5)
    true = miss(s, lambda x: torch.sin(PI * x) + 1 + x, (0, 1))
    assert true < 1e-4
    assert s.error / 3 < true < 3 * s.error or max(s.error, true) < 1e-9
    assert s(torch.tensor([0.0, 1.0])).tolist() == pytest.approx([1.0, 2.0], abs=1e-13)
    assert set(s.conditions.values()) == {"by construction"}
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
    x = torch.rand(9, 1, dtype=F64, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(s.model(x)[:, 0], s(x[:, 0]), atol=1e-13)
    assert torch.allclose(ew.jets(s.model, x, 2).derivative(2)[:, 0], s.u.dxx(x[:, 0]), rtol=1e-9)


def test_windows_begin_where_those_before_them_end():
    s = solve(
        lambda u, x, t: u.dt - u.dxx, {"x": (0, 1), "t": (0, 0.1)},
        [initial(lambda x: torch.sin(PI * x)), dirichlet("x", 0.0)],
        model=chebyshev([2, 4, 1], 6), windows=2, seconds=1, tolerance=1e-4,
    )  # fmt: skip
    assert s.windows == [(0.0, 0.05), (0.05, 0.1)]
    x = torch.linspace(0, 1, 30, dtype=F64)
    first, second = (m(torch.stack([x, 0 * x + 0.05], 1)) for m in s.models)
    assert torch.allclose(first, second, atol=1e-9)
    true = miss(s, lambda x, t: torch.sin(PI * x) * torch.exp(-(PI**2) * t), (0, 1), (0, 0.1))
    assert true < 1e-3
    assert s.error / 3 < true < 3 * s.error


def test_a_front_is_followed_from_window_to_window():
    """A front of Burgers' equation with viscosity ν, which moves from -1/4 to 1/4: its width is 4ν.

    Each window reads a coordinate that is stretched where the front is in this window.
    """
    nu = 0.02

    def truth(x, t):
        return (1 - torch.tanh((x + 0.25 - t / 2) / (4 * nu))) / 2

    s = solve(
        lambda u, x, t: u.dt + u * u.dx - nu * u.dxx, {"x": (-1, 1), "t": (0, 1)},
        [
            initial(lambda x: truth(x, torch.tensor(0.0, dtype=F64))),
            *(
                dirichlet("x", functools.partial(truth, torch.tensor(end, dtype=F64)), side=side)
                for end, side in ((-1.0, "low"), (1.0, "high"))
            ),
        ],
        model=chebyshev([2, 6, 6, 1]), windows=2, seconds=30, tolerance=0.2,
    )  # fmt: skip
    found = [part.stretches()[0] for part in s.pieces]
    for k, stretch in enumerate(found):
        assert len(stretch.centres) > 0
        assert k / 4 - 0.35 < float(stretch.centres[0]) < k / 4 + 0.1
        assert float(stretch.widths[0]) < 0.2
    assert miss(s, truth, (-1, 1), (0, 1)) < 1e-2


def test_slopes_at_the_seam_of_a_periodic_coordinate_agree():
    """There is a front, at another place than the middle."""
    s = solve(
        lambda u, x, t: u.dt + u * u.dx - 0.02 * u.dxx, {"x": (-1, 1), "t": (0, 0.6)},
        [initial(lambda x: 0.6 - torch.sin(PI * x)), periodic("x")],
        model=chebyshev([3, 6, 1]), windows=2, seconds=1.5, tolerance=1e-6,
    )  # fmt: skip
    t = torch.linspace(0, 0.6, 9, dtype=F64)
    assert float((s.u.dx(-1.0, t) - s.u.dx(1.0, t)).abs().max()) < 1e-3


def test_the_last_window_ends_where_the_time_does():
    """Three times a third of 0.9 is rounded to less than 0.9."""
    s = solve(
        lambda u, t: u.dt + u, {"t": (0, 0.9)}, [initial(1.0)],
        model=chebyshev([1, 1], 6), windows=3, seconds=2.0, tolerance=1e-4,
    )  # fmt: skip
    assert s.reached == 0.9
    assert s.error < 1e-3


def test_slopes_are_soft_and_repetition_is_built_in():
    wave = torch.exp
    s = solve(  # u_xx + u_yy = u: e^x along x, cos 2πy repeats itself
        lambda u, x, y: u.dxx + u.dyy - (1 - 4 * PI**2) * wave(x) * torch.cos(2 * PI * y),
        {"x": (0, 1), "y": (0, 1)},
        [
            dirichlet("x", lambda y: torch.cos(2 * PI * y), side="low"),
            neumann("x", lambda y: math.e * torch.cos(2 * PI * y), side="high"),
            periodic("y"),
        ],
        model=chebyshev([3, 5, 1], 6), seconds=1, tolerance=1e-4,
    )  # fmt: skip
    how = list(s.conditions.values())
    assert how[0] == how[2] == "by construction"
    assert how[1].startswith("nearly, to ")
    y = torch.linspace(0, 1, 9, dtype=F64)
    missed = (s.u.dx(1.0, y) - math.e * torch.cos(2 * PI * y)).square().mean().sqrt()
    assert missed < 10 * float(how[1].removeprefix("nearly, to "))
    assert (s.u.dy(0.3, 0.0) - s.u.dy(0.3, 1.0)).abs() < 1e-10
    assert miss(s, lambda x, y: wave(x) * torch.cos(2 * PI * y), (0, 1), (0, 1)) < 3e-3


def test_values_that_disagree_are_met_softly():
    with pytest.warns(SolutionWarning):
        s = ew.solve(
            lambda u, x, t: u.dt - u.dxx, {"x": (0, 1), "t": (0, 0.1)},
            [dirichlet("x", 0.0), initial(1.0)],
            model=chebyshev([2, 3, 1], 4), windows=1, seconds=0.5, tolerance=1e-2,
        )  # fmt: skip
    assert sorted(how.split(",")[0] for how in s.conditions.values()) == [
        "by construction", "nearly",
    ]  # fmt: skip
    assert s.error > 1e-2


def test_windows_on_a_shape_whose_border_meets_nodes():
    """x + y = 1 at many products of nodes; there, at the beginning, a network is 0/0."""
    triangle = polygon("xy", [(0, 0), (1, 0), (0, 1)])
    s = solve(
        lambda u, x, y, t: u.dt - u.dxx - u.dyy, triangle & box(t=(0, 0.01)),
        [dirichlet(("x", "y"), 0.0), initial(lambda x, y: 10 * x * y * (1 - x - y))],
        model=chebyshev([3, 3, 1], 4), windows=2, seconds=1, tolerance=1e-2,
    )  # fmt: skip
    assert 0 < s.error < 1
    assert s.windows == [(0.0, 0.005), (0.005, 0.01)]


def test_files_keep_solutions(tmp_path):
    s = solve(
        poisson, {"x": (0, 1)}, [dirichlet("x", 1.0)], model=chebyshev([1, 3, 1], 4), seconds=0.5
    )
    ew.save(s.model, tmp_path / "solution.safetensors")
    x = torch.linspace(0, 1, 9, dtype=F64)[:, None]
    assert torch.equal(ew.load(tmp_path / "solution.safetensors")(x), s.model(x))
    proof, inner = (
        ew.certify(s.model.network, (-1.0, 1.0), boxes=4, starts=4),
        s.model.network(2 * x - 1),
    )
    assert bool((inner >= proof.low[0]).all() and (inner <= proof.high[0]).all())


def test_points_may_be_given():
    seen = []

    def points(count, seed):
        seen.append(seed)
        generator = torch.Generator().manual_seed(seed)
        return torch.rand(50, 1, dtype=F64, generator=generator)

    settings = {"model": chebyshev([1, 3, 1]), "tolerance": 1e-5}
    for given in (points, torch.linspace(0, 1, 60, dtype=F64)[:, None]):
        s = solve(
            poisson, {"x": (0, 1)}, [dirichlet("x", 0.0)], points=given, seconds=1, **settings
        )
        assert miss(s, lambda x: torch.sin(PI * x), (0, 1)) < 1e-4
    assert len(set(seen)) > 1


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("forest", "among auto, tensor, kan, mlp, separable"),
        (ew.MLP([2, 3, 1]), "a network of 1 inputs"),
        (ew.MLP([1, 3, 2]), "1 outputs"),
    ],
)
def test_networks_that_dont_fit(model, message):
    with pytest.raises(ValueError, match=message):
        ew.solve(poisson, {"x": (0, 1)}, [dirichlet("x", 0.0)], model=model, seconds=1)


@pytest.mark.parametrize("training", [True, False])
def test_a_network_is_solved_as_the_function_that_it_is_in_evaluation(training):
    """Batch normalisation and dropout would make one row depend on others, and on chance."""
    torch.manual_seed(0)
    parts = (ew.KAN([1, 6]), nn.BatchNorm1d(6), nn.Dropout(0.5), ew.KAN([6, 1]))
    network, seen = nn.Sequential(*parts).train(training), set()
    network[1].running_mean.normal_()
    network.register_forward_pre_hook(lambda module, _: seen.add(module.training))
    before = copy.deepcopy(network.state_dict())
    start = ew.equations.initial(1.0)
    s = ew.solve(
        lambda u, t: u.dt + u, {"t": (0, 1)}, start, model=network, windows=1, tolerance=1e-3
    )
    assert s(1.0).item() == pytest.approx(math.exp(-1), rel=1e-3)
    assert seen == {False}
    assert all(module.training is training for module in network.modules())
    assert all(torch.equal(before[name], value) for name, value in network.state_dict().items())
