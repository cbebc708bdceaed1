"""benchmarks.drop_in: tasks whose truth is known, networks of one size, rows kept and compared."""

import csv
import json
import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from torch.func import functional_call, stack_module_state, vmap

from benchmarks.drop_in import measure, study, tasks_models, tasks_sequences
from benchmarks.drop_in.networks import NETWORKS, REFERENCE, build, match_widths
from benchmarks.drop_in.summary import FLOOR, relate, share_of_steps, summarize
from benchmarks.drop_in.tasks import TASKS
from benchmarks.networks import count

NAMES = [
    pytest.param(name, marks=pytest.mark.network) if name == "mnist-small" else name
    for name in TASKS
]


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


# ---- tasks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_task_is_the_same_for_a_seed_and_trains_every_number_of_its_model(name):
    problem, same, other = (TASKS[name].make(seed) for seed in (3, 3, 4))
    for mine, again in zip(problem.train + problem.test, same.train + same.test, strict=True):
        assert torch.equal(mine, again)
        assert mine.isfinite().all()
    assert not torch.equal(problem.train[0], other.train[0])
    model = build(problem, "mlp-tanh", 0)
    batch = [part[:64] for part in problem.train]
    problem.loss(model, *batch).backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in model.parameters())
    assert sum(bool(p.grad.any()) for p in model.parameters()) == len(list(model.parameters()))
    assert isinstance(problem.score(model, *problem.test), float)


@pytest.mark.parametrize("name", ["wave", "recurrent", "transformer", "graph", "flow", "poisson"])
def test_many_models_are_computed_at_once(name):
    problem = TASKS[name].make(0)
    models = [build(problem, "mlp-tanh", seed) for seed in (0, 1)]
    batch = [part[:16] for part in problem.train]

    def loss(weights):
        return problem.loss(lambda *x: functional_call(models[0], weights, x), *batch)

    together = vmap(loss)(stack_module_state(models)[0])
    alone = torch.stack([problem.loss(model, *batch) for model in models])
    assert torch.allclose(together, alone, rtol=1e-4)


def test_outer_layers_begin_alike_and_the_random_state_stays():
    problem, before = TASKS["transformer"].make(0), torch.get_rng_state()
    a, b, c = (build(problem, *which) for which in (("kan", 1), ("mlp-silu", 1), ("kan", 2)))
    assert torch.equal(torch.get_rng_state(), before)
    first, second, third = (m.state_dict()["head.weight"] for m in (a, b, c))
    assert torch.equal(first, second)
    assert not torch.equal(first, third)


@pytest.mark.parametrize("name", ["text", "transformer"])
def test_the_true_probabilities_are_the_loss_of_none(name):
    x, truth = TASKS[name].make(0).test
    error = TASKS[name].make(0).error
    assert error(lambda _: truth.clamp(min=1e-30).log(), x, truth).abs() < 1e-5
    assert error(lambda _: torch.zeros_like(truth), x, truth) > 0.5


def test_sentences_follow_their_probabilities():
    tokens, truth = tasks_sequences.chain(4000, generator())
    likeliest = truth.argmax(-1)
    assert (tokens[:, 2:] == likeliest).float().mean() == pytest.approx(0.9125, abs=0.01)
    assert torch.allclose(truth.sum(-1), torch.ones(4000, 11))
    windows, truth = tasks_sequences.grammar_text(4000, generator())
    given = truth.gather(1, windows[:, -1:]).log().mean()
    expected = torch.special.xlogy(truth, truth).sum(1).mean()
    assert float(given) == pytest.approx(float(expected), abs=0.06)


def test_the_series_is_chaotic_and_follows_its_equation():
    x = tasks_sequences.mackey_glass(600, generator()).double()
    past = x[100 - 17 : -17]
    slope = 0.2 * past / (1 + past**10) - 0.1 * x[100:]
    measured = (x[101:] - x[99:-2]) / 2
    assert (slope[:-1] - measured[: len(slope) - 1]).abs().max() < 0.02
    assert 0.2 < x.min() < 0.6 < 1.1 < x.max() < 1.5


def test_the_flow_is_judged_by_a_density_that_integrates_to_one():
    line, spread = torch.linspace(-20, 20, 801), 0.2
    points = torch.cartesian_prod(line, line)
    model = build(TASKS["flow"].make(0), "mlp-tanh", 0)
    assert float(model(points).detach().exp().sum()) * 0.05**2 == pytest.approx(1, abs=1e-3)
    _, density = tasks_models.moons(20_000, generator())
    # Of well separated normal distributions the entropy is log 16 + 1 + log 2πσ², or a little less.
    least, most = 1 + math.log(2 * math.pi * spread**2), 1 + math.log(32 * math.pi * spread**2)
    assert least < -float(density.mean()) < most
    problem = TASKS["flow"].make(0)
    assert problem.error(lambda _: problem.test[1], *problem.test) == 0


def test_a_solution_leaves_no_residual_and_no_error():
    problem = TASKS["poisson"].make(5)
    x, u = problem.test
    order = torch.arange(1, 3) * math.pi
    waves = (x[..., None] * order).sin().double()
    sines = (waves[:, 0, :, None] * waves[:, 1, None]).flatten(1)
    factors = torch.linalg.lstsq(sines, u.double()).solution.float().view(2, 2)

    def solve(points):
        waves = (points[..., None] * order).sin()
        return ((waves[:, 0] @ factors) * waves[:, 1]).sum(-1, keepdim=True)

    assert problem.score(solve, x, u) < 1e-6
    assert problem.loss(solve, *problem.train) < 1e-5
    assert problem.loss(lambda p: 1.1 * solve(p), *problem.train) == pytest.approx(0.01, rel=0.1)


def test_a_pole_falls_to_the_side_that_it_leans_to():
    state, nothing = np.array([[0.0], [0.0], [0.1], [0.0]]), np.zeros(1)
    angles = [state[2, 0]]
    for _ in range(20):
        state = tasks_models.push(state, nothing)
        angles.append(state[2, 0])
    assert all(b >= a for a, b in pairwise(angles))
    assert state[0, 0] < 0  # the cart goes the other way
    held, fell = (
        tasks_models.discounted_return(np.array([[0.0], [0], [angle], [speed]]), np.full(1, 10.0),
                                       np.array([0.1, 0.3, 2.0, 0.5]))[0]
        for angle, speed in ((0.0, 0.0), (0.2, 2.0))
    )  # fmt: skip
    assert fell < 5 < held


# ---- networks and runs ------------------------------------------------------------------------


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_have_nearly_as_many_parameters(name):
    for ends, parameters in (((4, 1), 2_500), ((64, 10), 12_000)):
        reference = count(NETWORKS[REFERENCE](match_widths(REFERENCE, *ends, parameters)))
        widths = match_widths(name, *ends, reference)
        assert (widths[0], widths[-1], len(widths)) == (*ends, 4)
        assert count(NETWORKS[name](widths)) == pytest.approx(reference, rel=0.08)


def test_a_kan_may_have_one_hidden_layer():
    model = build(TASKS["wave"].make(0), "kan-gaussian", 0, layers=1)
    assert len(model.stack()) == 2
    assert count(model) == pytest.approx(2_500, rel=0.05)


def test_batches_take_every_row_once_a_pass():
    batches = measure.draw_batches(200, 25, 7)
    assert batches.shape == (25, 128)
    for one_pass in batches.flatten().split(200):
        assert len(one_pass.unique()) == 200
    assert torch.equal(batches, measure.draw_batches(200, 25, 7))


def test_training_is_adam_and_its_curve_ends_with_the_last_step():
    problem = TASKS["fast-wave"].make(0)
    model, twin = (build(problem, "mlp-tanh", 0) for _ in range(2))
    curve, _ = measure.train(model, problem, 1e-2, 0, 30)
    optimizer = torch.optim.Adam(twin.parameters(), lr=1e-2)
    for rows in measure.draw_batches(2000, 30, 0):
        optimizer.zero_grad()
        problem.loss(twin, *(part[rows] for part in problem.train)).backward()
        optimizer.step()
    assert max(curve) == 30
    assert curve[30] == pytest.approx(problem.score(twin, *problem.test), rel=1e-5)
    assert curve[30] < curve[1]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_failure_is_a_row(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "QUICK", measure.Form("quick", 4, range(1)))

    def run(*more):
        arguments = ["--quick", "--tasks", "flow", "--networks", "mlp-silu,fasterkan,kan", *more]
        done = CliRunner().invoke(
            study.main, [*arguments, "--results", str(tmp_path)], catch_exceptions=False
        )
        assert done.exit_code == 0
        with (tmp_path / "drop_in.csv").open(newline="") as file:
            return done, list(csv.DictReader(file))

    done, rows = run()
    assert [r["network"] for r in rows] == ["mlp-silu"] * 3 + ["fasterkan"] * 3 + ["kan"] * 3
    assert ["LayerNorm" in r["error"] for r in rows] == [False] * 3 + [True] * 3 + [False] * 3
    assert "Failed: fasterkan on flow" in done.stdout
    assert {r["layers"] for r in rows} == {"2"}
    assert run("--layers", "1")[1][-1]["layers"] == "1"


# ---- what rows say ----------------------------------------------------------------------------


def row(network, lr, seed, loss, task="wave", **changes):
    """A row as the CSV gives it back."""
    about = {"commit": "c", "machine": "m", "date": "2026-01-01 10:00", "error": "", "layers": "2"}
    case = {"form": "full", "task": task, "network": network, "lr": str(lr), "seed": str(seed)}
    curve = json.dumps({"10": 4 * loss, "50": 2 * loss, "100": loss})
    figures = {"loss": str(loss), "curve": curve, "parameters": "10", "seconds": "2"}
    return about | case | figures | {"steps": "100"} | changes


def test_the_best_rate_by_the_mean_counts_and_the_better_mlp():
    rows = [
        *(row("mlp-silu", lr, seed, 0.5) for lr in (0.001, 0.01) for seed in (1, 2)),
        *(row("mlp-tanh", 0.001, seed, loss) for seed, loss in ((1, 0.2), (2, 0.4))),
        *(row("mlp-tanh", 0.01, seed, loss) for seed, loss in ((1, 0.01), (2, 0.9))),
        row("mlp-tanh", 0.003, 1, 0.001),  # a rate with fewer seeds doesn't compete
        *(row("kan", 0.01, seed, loss) for seed, loss in ((1, 0.1), (2, 0.1))),
        *(row("kan", 0.01, seed, 9.0, form="quick") for seed in (1, 2)),
    ]
    found = {r.network: r for r in relate(summarize(rows))}
    assert found["kan"].mlp["network"] == "mlp-tanh"
    assert found["kan"].mlp["lr"] == "0.001"
    ratios = [(0.1 + FLOOR) / (loss + FLOOR) for loss in (0.2, 0.4)]
    assert found["kan"].ratio == pytest.approx(math.sqrt(math.prod(ratios)))
    assert found["kan"].share == pytest.approx(0.3)  # of 0.5 and 0.1
    assert found["mlp-tanh"].ratio == 1
    assert found["mlp-tanh"].share == 1


def test_the_mean_is_told_without_the_two_tasks_that_carry_it():
    losses = {"wave": 0.1, "digits": 0.2, "wine": 1.0, "series": 4.0}
    rows = [row("mlp-silu", 0.01, 1, 1.0, task) for task in losses]
    rows += [row("kan", 0.01, 1, loss, task) for task, loss in losses.items()]
    said = study.findings(rows)[0]
    assert "has 0.53 of the better MLP's test loss in the geometric mean of 4 tasks (2.00 " in said
    assert "without wave, 0.1, and digits, 0.2), and 0.60 in the median" in said


def test_a_loss_that_is_not_finite_counts_for_the_ceiling():
    rows = [row("mlp-silu", 0.01, 1, 1.0), row("kan", 0.01, 1, math.inf)]
    (kan,) = [r for r in relate(summarize(rows)) if r.network == "kan"]
    assert kan.ratio == pytest.approx(100, rel=1e-3)
    assert kan.share == math.inf


def test_steps_are_those_until_a_loss_is_first_seen():
    curve = {10: 0.5, 50: 0.05, 100: 0.2}
    assert share_of_steps(curve, 0.1) == 0.5
    assert share_of_steps(curve, 0.01) == math.inf
    assert share_of_steps({10: 5e-5, 100: 4e-5}, 1e-9) == 0.1  # the floor is enough


def test_findings_say_what_the_numbers_say():
    rows = [
        row("mlp-silu", 0.01, 1, 0.4),
        row("mlp-silu", 0.01, 1, 0.1, "digits"),
        row("kan", 0.01, 1, 0.2),
        row("kan", 0.01, 1, 0.5, "digits"),
        row("kan", 0.01, 1, 0.4, layers="1"),
        row("kan", 0.01, 1, 1.0, "digits", error="ValueError: no"),
    ]
    first, second, third = study.findings(rows)
    assert first == (
        "kan (1), dropped in for an MLP with as many parameters and trained alike by Adam, has "
        "1.00 of the better MLP's test loss in the geometric mean of 1 tasks, and 1.00 in the "
        "median. Its loss is higher on 0 tasks, at worst 1 times as high (wave). On 1 tasks its "
        "test loss falls to the MLP's last one at some step, if only for a time."
    )
    assert second.startswith("The default KAN, dropped in")
    assert "has 1.58 of the better MLP's test loss in the geometric mean of 2 tasks" in second
    assert "and 2.75 in the median" in second
    assert "higher on 1 tasks, at worst 5 times as high (digits)" in second
    assert "half of all tasks" not in second  # one of the two never reaches the MLP's loss
    assert third == (
        "Test losses on wave, where kan (1) is farthest behind: kan 0.2, kan (1) 0.4, mlp-silu 0.4."
    )
    text = study.describe(rows)
    assert "| digits | 0.1 (silu, 0.01) |" in text
    assert "100 steps of torch.optim.Adam" in text
    assert "Failed: kan on digits: ValueError: no" in text
    assert set(study.charts(rows)) == {"drop_in"}
    assert study.charts([]) == {}
