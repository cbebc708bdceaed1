"""The commands: a tiny run from end to end, and that they refuse to time what is wrong."""

import csv
from functools import partial

import pytest
import torch
from click.testing import CliRunner

import edgewise as ew
from benchmarks import timing
from benchmarks.machine import PROVENANCE
from benchmarks.networks import count
from benchmarks.originals import checkouts
from benchmarks.originals import measure as originals
from benchmarks.originals import study as originals_command
from benchmarks.peak import Peak
from benchmarks.speed import check, networks
from benchmarks.speed import study as command

TINY = ("--networks", "cubic5,gaussian8", "--widths", "6-4-2", "--batches", "8")
TINY += ("--threads", "1", "--repeats", "2", "--no-compile")


def run(*args, main=command.main):
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture(autouse=True)
def _small_products(monkeypatch):
    """The machine's fastest products are found from large matrices, in seconds."""
    measure = partial(timing.sgemm_peak, size=64, repeats=2)
    monkeypatch.setattr(timing, "sgemm_peak", measure)


@pytest.fixture(autouse=True)
def threads():
    before = torch.get_num_threads()
    yield
    assert torch.get_num_threads() == before


def test_a_tiny_run_is_kept(tmp_path):
    first = run(*TINY, "--results", tmp_path, "--chart", tmp_path / "a.png")
    assert first.exit_code == 0, first.output
    assert "| cubic B-spline, grid 5 | 6-4-2 | 8 |" in first.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png", "speed.csv"]
    with (tmp_path / "speed.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(k["network"], k["pass"]) for k in lines] == [
        (key, name) for key in ("cubic5", "gaussian8") for name in ("forward", "forward+backward")
    ]
    assert all(float(k["ratio"]) > 0 and k["repeats"] == "2" for k in lines)
    assert all(k[column] for k in lines for column in PROVENANCE)
    assert lines[0]["compile_failure"] == "not asked for"


def test_engines_are_measured_side_by_side(tmp_path):
    args = (*TINY, "--networks", "cubic5", "--engines", "all", "--results", tmp_path)
    result = run(*args)
    assert result.exit_code == 0, result.output
    with (tmp_path / "speed.csv").open(newline="") as file:
        engines = {row["engine"] for row in csv.DictReader(file)}
    assert {"auto", "reference"} <= engines
    left_out = {engine.name for engine in command.ENGINES} - engines
    assert all(f"cubic5 by {engine} is left out" in result.stderr for engine in left_out)


@pytest.mark.parametrize("which", ["the output", "the gradient of coef"])
def test_a_wrong_engine_is_refused(which, tmp_path, monkeypatch):
    compute = check.kan_linear

    def wrong(x, coef, **options):
        if x.dtype == torch.float64:
            return compute(x, coef, **options)
        if which == "the output":
            return compute(x, coef, **options) + 1e-3
        return compute(x, coef + 1e-3 * (coef - coef.detach()), **options)

    monkeypatch.setattr(check, "kan_linear", wrong)
    result = run(*TINY, "--results", tmp_path / "run")
    assert result.exit_code == 1
    assert "bspline is wrong" in result.stderr
    assert which in result.stderr
    assert "expected ≤ 1e-05" in result.stderr
    assert not result.stdout
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("key", networks.NETWORKS)
@pytest.mark.parametrize("batch", [3, 200])
def test_every_network_agrees_with_the_reference(key, batch):
    check.check_model(networks.build(key, [7, 5, 2]), batch)


def test_nan_is_wrong():
    layer = ew.KANLinear(3, 2)
    torch.nn.init.constant_(layer.bias, float("nan"))
    with pytest.raises(check.ConformanceError, match="the output"):
        check.check_layer(layer, 4)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--networks", "mlp"), "expected names among default, fourier, cubic5"),
        (("--widths", "5"), "expected widths such as"),
        (("--batches", "0"), "expected positive integers such as"),
        (("--threads", "some"), "or the word all"),
        (("--repeats", "1"), "--repeats"),
    ],
)
def test_wrong_arguments_exit_2_with_a_reason(args, message, tmp_path):
    result = run(*args, "--results", tmp_path / "run")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "run").exists()


# ---- the originals ----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """Checkouts of made-up programs: one that works, one that raises, one that is another."""
    works = tmp_path / "a" / "somebody+fast-kan" / "fastkan"
    works.mkdir(parents=True)
    (works / "fastkan.py").write_text(
        "from torch import nn\n"
        "def FastKAN(w):\n"
        "    return nn.Sequential(nn.Linear(w[0], w[1]), nn.Linear(w[1], w[-1]))\n"
    )
    copy = tmp_path / "b"  # faster-kan carries a copy of fast-kan, which isn't the original
    for name in ("fastkan/fastkan.py", "fasterkan/fasterkan.py", "fasterkan/__init__.py"):
        (copy / name).parent.mkdir(exist_ok=True, parents=True)
        (copy / name).write_text("import something_that_is_not_there\n")
    (tmp_path / "RBF_KAN.py").write_text("class RBFKANLayer: pass\n")
    return tmp_path


def test_originals_are_found_wherever_they_are_and_missing_ones_are_named(folder):
    cases, skipped = originals.find_cases(folder, None, None, 1)
    assert {(c.program, c.batch) for c in cases} == {
        ("fast-kan", 64),
        ("fast-kan", 1024),
        ("fast-kan", 100),
    }
    assert cases[0].path == folder / "a/somebody+fast-kan/fastkan/fastkan.py"
    assert "something_that_is_not_there" in skipped["faster-kan"]
    assert "expected a class RBFKAN" in skipped["RBF-KAN"]
    assert "clone pykan into it" in skipped["pykan"]
    assert originals.find_cases(folder, ["2-5-1"], None, 1)[0] == []


@pytest.mark.usefixtures("peaks_measured_here")
def test_originals_are_timed_beside_ours(folder, monkeypatch):
    path = checkouts.find(checkouts.ORIGINALS["fast-kan"], folder)
    case = originals.Case("fast-kan", path, "6-4-2", 8, torch.get_num_threads())
    theirs, compiled, ours = originals.measure(case, 2, compile=False)
    assert [r["code"] for r in (theirs, compiled, ours)] == list(originals.CODES)
    assert theirs["parameters"] == 6 * 4 + 4 + 4 * 2 + 2
    assert ours["parameters"] == count(ew.FastKAN([6, 4, 2]), trainable=False)
    assert all(float(r[c]) > 0 for r in (theirs, ours) for c in ("forward_ms", "backward_ms"))
    assert theirs["forward_bytes"] is not None or "not measured" in theirs["failure"]
    assert "forward_ms" not in compiled
    assert compiled["failure"] == "not asked for"
    assert ours["difference"].startswith("not compared")  # a plain MLP is none of ours
    # A program that the compiler can't take is timed without it.
    monkeypatch.setattr(originals, "measure_peak", lambda *args: Peak())
    monkeypatch.setattr(timing, "compile_module", lambda owner, threads: lambda x: 1 / 0)
    _, compiled, _ = originals.measure(case, 2, compile=True)
    assert compiled["failure"] == "ZeroDivisionError: division by zero"


def test_originals_from_end_to_end(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(originals, "measure_peak", lambda *args: Peak())
    args = ("--checkouts", folder, "--batches", 64, "--repeats", 2, "--no-compile")
    args += ("--results", tmp_path / "r", "--chart", tmp_path / "r/a.png")
    result = run(*args, main=originals_command.main)
    assert result.exit_code == 0, result.output
    assert "pykan is left out" in result.stderr
    assert "| fast-kan | 784-64-10 | 64 |" in result.stdout
    assert sorted(p.name for p in (tmp_path / "r").iterdir()) == ["a.png", "originals.csv"]
    missing = run("--checkouts", tmp_path / "nowhere", main=originals_command.main)
    assert missing.exit_code == 2
    assert "expected a folder of checkouts" in missing.stderr
    assert "say --checkouts" in missing.stderr
