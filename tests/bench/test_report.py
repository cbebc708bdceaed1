"""The files: what stands in them, and that a missed target is called missed."""

import csv
import os
from dataclasses import replace

from made_up import ABOUT, cell, comparison, result

from edgewise.bench import charts, report


def body(text):
    lines = text.splitlines()
    comments = [line for line in lines if line.startswith("# ")]
    return comments, list(csv.DictReader(lines[len(comments) :]))


def test_csv_has_every_measurement_and_its_origin():
    comments, lines = body(report.speed_csv(result()))
    assert comments == [f"# {name}: {value}" for name, value in ABOUT.items()]
    assert len(lines) == 4 + 2
    first = lines[1]
    assert (first["row"], first["shape"], first["batch"]) == ("cubic5", "784-64-10", "64")
    assert (first["kan_ms"], first["mlp_eager_ms"], first["mlp_compiled_ms"]) == ("2", "4", "5")
    assert (first["ratio"], first["target"], first["verdict"]) == ("0.5", "1.0", "met")
    assert lines[0]["target"] == ""  # there are none for forward alone
    saved, peak = lines[-2:]
    assert (saved["measure"], saved["ratio"], saved["verdict"]) == ("saved bytes", "0.5", "met")
    assert (peak["measure"], peak["ratio"], peak["verdict"]) == ("peak bytes", "3", "missed")


def test_the_faster_mlp_counts():
    assert cell(kan=2, mlp=4, compiled=1).ratio == 2
    assert cell(kan=2, mlp=4, compiled=None).ratio == 0.5
    assert cell(kan=2, mlp=4, compiled=1).ratio_quartiles == (2, 2)


def test_targets_are_the_issues():
    for row, batch, least in (
        ("cubic5", 1024, 0.7),
        ("cubic8", 64, 1.0),
        ("cubic16", 1024, 0.4),
        ("cubic64", 64, 0.3),
        ("linear8", 1024, 0.5),
        ("gaussian8", 64, 1.3),
        ("rswaf8", 1024, 1.15),
        ("legendre3", 1024, 1.15),
        ("chebyshev9", 64, 1.3),
    ):
        assert cell(row, batch=batch, kan=least, mlp=1, compiled=None).met is True
        assert cell(row, batch=batch, kan=least + 0.01, mlp=1, compiled=None).met is False
    assert cell(batch=256).met is None
    assert cell(mode="forward").met is None
    assert cell(shape="2-5-1", batch=1000, kan=0.4).met is True
    assert cell(shape="2-5-1", batch=1000, kan=0.41).met is False
    assert comparison(batch=64, theirs=6, ours=2).met is True
    assert comparison(batch=1024, theirs=6, ours=2).met is False
    assert comparison("efficient-kan", batch=1024, theirs=20, ours=2).met is True
    assert comparison("RBF-KAN", theirs=1, ours=2).met is None


def test_a_measurement_beside_busy_processes_is_not_judged():
    busy = replace(cell(kan=1, mlp=9), threads=os.cpu_count(), others=1.0)
    assert busy.met is None
    found = result()
    found.cells = [busy, replace(busy, others=0.1)]
    text = report.markdown(found)
    assert "3 of 4 targets met; 1 measurements are not judged (busy)" in text
    _, lines = body(report.speed_csv(found))
    assert [line["verdict"] for line in lines[:2]] == ["busy", "met"]
    assert [line["others_cores"] for line in lines[:2]] == ["1.00", "0.10"]


def test_markdown_says_everything():
    text = report.markdown(result())
    assert "- command: `edgewise bench speed`" in text
    assert "4 of 5 targets met." in text
    line = next(k for k in text.splitlines() if k.startswith("| cubic B-spline, grid 5 | 784"))
    assert line.endswith("| 2 | 4 | 0.50 (0.50–0.50) | 50 | ≤ 1.0 | met |")
    assert "| 1.00 | 2.00 | 0.50 | met | 0.00 | 0.00 | 3.00 | missed |" in text
    assert "| fast-kan | 784-64-10 | 64 | 2 | 2 | 6 | 1.00 | 3.00 | 1,234 | 1,230 |" in text
    assert "failed: Boom: a \\| b" in text
    assert "- pykan is left out: no yaml" in text
    header = next(k for k in text.splitlines() if k.startswith("| program"))
    assert "forward ms | backward ms | forward MB | backward MB | parameters | trainable" in header


def test_peers_csv():
    _, (theirs, ours) = body(report.peers_csv(result()))
    assert (theirs["forward_ms"], theirs["backward_ms"]) == ("2", "6")
    assert theirs["compile_failure"] == "Boom: a | b"
    assert (ours["times_faster"], ours["verdict"]) == ("4", "met")


def test_charts_are_drawn_with_their_origin(tmp_path):
    from PIL import Image

    both = result()
    both.cells.append(cell(shape="2-5-1", batch=1000))
    both.peers.append(comparison("pykan", compiled=3.0))
    charts.draw_speed(both.cells, both.about, tmp_path / "speed.png")
    charts.draw_peers(both.peers, both.about, tmp_path / "peers.png")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["peers.png", "speed.png"]
    for path in tmp_path.iterdir():
        with Image.open(path) as image:
            assert min(image.size) > 400
            assert "edgewise bench speed" in image.info["Description"]
