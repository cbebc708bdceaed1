"""The command: a tiny run from end to end, and that it refuses to time what is wrong."""

import csv

import pytest
import torch

import edgewise as ew
from edgewise.bench import check, checkouts, peers, rows
from edgewise.bench.memory import NO_PEAK
from edgewise.cli import main

TINY = ("--rows", "cubic5,gaussian8", "--shapes", "6-4-2", "--batches", "8", "--threads", "1")


def run(capsys, *args):
    with pytest.raises(SystemExit) as stop:
        main(["bench", "speed", *map(str, args)])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


@pytest.fixture(autouse=True)
def threads():
    before = torch.get_num_threads()
    yield
    assert torch.get_num_threads() == before


def test_help(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for option in ("--rows", "--shapes", "--batches", "--threads", "--repeats", "--quick"):
        assert option in out


def test_a_tiny_run_writes_three_files(tmp_path, capsys):
    args = (*TINY, "--repeats", 2, "--no-compile", "--out", tmp_path / "run")
    code, out, err = run(capsys, *args)
    assert (code, err) == (0, "")
    assert "0 of 0 targets met" in out
    assert f"written to {tmp_path / 'run'}/" in out
    names = sorted(p.name for p in (tmp_path / "run").iterdir())
    assert names == ["speed.csv", "speed.md", "speed.png"]
    text = (tmp_path / "run/speed.csv").read_text().splitlines()
    lines = list(csv.DictReader(line for line in text if not line.startswith("#")))
    assert [(k["row"], k["measure"]) for k in lines] == [
        (row, mode) for row in ("cubic5", "gaussian8") for mode in ("forward", "forward+backward")
    ]
    assert all(float(k["ratio"]) > 0 and k["repeats"] == "2" for k in lines)
    assert lines[0]["mlp_compile_failure"] == "not asked for"


@pytest.mark.parametrize("which", ["kan_linear", "kan_linear_backward"])
def test_a_wrong_kernel_is_refused(which, tmp_path, capsys, monkeypatch):
    kernel = getattr(torch.ops.edgewise, which)

    def wrong(*args):
        found = kernel(*args)
        first = found if which == "kan_linear" else found[2]
        first += 1e-3
        return found

    monkeypatch.setattr(torch.ops.edgewise, which, wrong)
    code, out, err = run(capsys, *TINY, "--repeats", 2, "--no-compile", "--out", tmp_path / "run")
    assert code == 1
    assert "bspline is wrong" in err
    assert ("the output" if which == "kan_linear" else "the gradient of coef") in err
    assert "expected ≤ 1e-05" in err
    assert len(err.strip().splitlines()) == 1
    assert not out
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("row", rows.ROWS.values(), ids=lambda row: row.key)
@pytest.mark.parametrize("batch", [3, 200])
def test_every_row_agrees_with_the_reference(row, batch):
    check.check_model(rows.build(row, [7, 5, 2]), batch)


def test_nan_is_wrong():
    layer = ew.KANLinear(3, 2)
    torch.nn.init.constant_(layer.bias, float("nan"))
    with pytest.raises(check.ConformanceError, match="the output"):
        check.check_layer(layer, 4)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--rows", "mlp"), "expected rows among"),
        (("--shapes", "5"), "expected shapes such as"),
        (("--batches", "0"), "expected batches such as"),
        (("--threads", "some"), "expected threads"),
        (("--repeats", "1"), "--repeats"),
        (("--peers", "nowhere"), "expected a folder of checkouts, got nowhere"),
    ],
)
def test_wrong_arguments_exit_2_with_one_line(args, message, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *args)
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert not out
    assert not list(tmp_path.iterdir())


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


def test_peers_are_found_wherever_they_are_and_missing_ones_are_named(folder):
    plan = peers.plan(folder, None, None)
    assert {(peer.key, batch) for peer, _, _, batch in plan.found} == {
        ("fast-kan", 64),
        ("fast-kan", 1024),
        ("fast-kan", 100),
    }
    assert plan.found[0][1] == folder / "a/somebody+fast-kan/fastkan/fastkan.py"
    assert "something_that_is_not_there" in plan.skipped["faster-kan"]
    assert "expected a class RBFKAN" in plan.skipped["RBF-KAN"]
    assert "clone pykan into it" in plan.skipped["pykan"]
    assert peers.plan(folder, ["2-5-1"], None).found == []


def test_peers_are_timed_beside_ours(folder, tmp_path, capsys, monkeypatch):
    peer = checkouts.PEERS["fast-kan"]
    path = checkouts.find(peer, folder)
    plan = peers.Plan([(peer, path, "6-4-2", 8)])
    peers.check(plan, 1)
    (found,) = peers.measure(plan, 1, 2, compile=False)
    assert found.theirs.parameters == 6 * 4 + 4 + 4 * 2 + 2
    assert found.ours.parameters == rows.count(ew.FastKAN([6, 4, 2]))
    assert found.times_faster > 0
    assert found.compile_failure == "not asked for"
    assert found.difference.startswith("not compared")  # a plain MLP is none of ours
    # A peer that the compiler can't take is timed without it.
    monkeypatch.setattr(peers, "measure_peak", lambda spec: NO_PEAK)
    monkeypatch.setattr(peers, "compiled", lambda owner, threads: lambda x: 1 / 0)
    (found,) = peers.measure(plan, 1, 2)
    assert found.compiled is None
    assert found.compile_failure == "ZeroDivisionError: division by zero"
