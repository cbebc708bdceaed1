"""What stands in the tables and pictures of known rows."""

import os

import pytest

from benchmarks.contention import is_busy
from benchmarks.markdown import provenance, table
from benchmarks.originals import study as originals
from benchmarks.speed import measure
from benchmarks.speed import study as speed
from benchmarks.timing import Timing

ABOUT = {"commit": "abc", "machine": "a machine, 2 cores", "date": "2026-01-01 10:00"}


def timing(*ms):
    return Timing(tuple(value / 1e3 for value in ms))


def row(network="cubic5", widths="784-64-10", batch=64, name=measure.PASSES[1], **changes):
    """A row as the CSV gives it back."""
    timings = {"kan": timing(2, 2, 2), "mlp": timing(4, 4, 4), "compiled": timing(5, 5, 5)}
    case = {"network": network, "widths": widths, "batch": batch, "threads": 2, "engine": "auto"}
    figures = {**measure.figures(timings), "pass": name, "gflops": "50", **ABOUT, **changes}
    return dict.fromkeys(speed.STUDY.columns, "") | {k: str(v) for k, v in (case | figures).items()}


def originals_row(code, forward, backward, **changes):
    case = {"program": "fast-kan", "widths": "784-64-10", "batch": "64", "threads": "2"}
    times = {"code": code, "forward_ms": str(forward), "backward_ms": str(backward)}
    return dict.fromkeys(originals.STUDY.columns, "") | case | times | ABOUT | changes


@pytest.mark.parametrize(
    ("mlp", "compiled", "ratio"), [(4, 1, 2.0), (4, None, 0.5), (4, 8, 0.5), (2, 4, 1.0)]
)
def test_the_faster_mlp_counts(mlp, compiled, ratio):
    timings = {"kan": timing(2, 2, 2), "mlp": timing(mlp, mlp, mlp)}
    if compiled is not None:
        timings["compiled"] = timing(compiled, compiled, compiled)
    figures = measure.figures(timings)
    assert [float(figures[k]) for k in ("ratio", "ratio_q1", "ratio_q3")] == [ratio] * 3
    assert ("compiled_ms" in figures) == (compiled is not None)


def test_quartiles_of_a_ratio_are_those_of_its_rounds():
    figures = measure.figures({"kan": timing(1, 4, 9), "mlp": timing(1, 2, 3)})
    assert float(figures["ratio"]) == 2  # of medians
    assert (float(figures["ratio_q1"]), float(figures["ratio_q3"])) == (1.5, 2.5)
    assert (float(figures["kan_ms"]), float(figures["mlp_q1_ms"])) == (4, 1.5)


def test_a_measurement_beside_busy_processes_is_marked():
    busy = row(threads=os.cpu_count(), others_cores="1.00")
    assert is_busy(busy)
    assert not is_busy(busy | {"others_cores": "0.10"})
    assert not is_busy(busy | {"others_cores": ""})
    text = speed.describe([busy, busy | {"network": "cubic8", "others_cores": "0.10"}])
    assert "1 of 2 measurements are marked busy" in text
    lines = [k for k in text.splitlines() if k.startswith("| cubic B-spline, grid 5 | 784")]
    assert "0.50 (0.50–0.50), busy" in lines[0]


def test_tables_of_originals():
    rows = [
        originals_row(
            "original", 2, 6, times_faster="4.02", forward_bytes=str(2**20), parameters="1234"
        ),
        originals_row("original, compiled", "", "", failure="Boom: a | b"),
        originals_row("edgewise", 0.5, 1.5, times_faster="1", difference="1.0e-07"),
    ]
    text = originals.describe(rows)
    case = "| fast-kan | 784-64-10 | 64 | 2 |"
    assert f"{case} original | 2 | 6 | 1.00 |  | 1,234 |  | 4.0 × |  |" in text
    assert "| Boom: a \\| b |" in text
    assert f"{case} edgewise | 0.5 | 1.5 |  |  |  |  | 1.0 × | 1.0e-07 |" in text


def test_a_bar_in_a_cell_does_not_end_the_column():
    assert table(["a", "b"], [["x|y", ""]]).splitlines() == [
        "| a | b |", "| --- | --- |", "| x\\|y |  |",
    ]  # fmt: skip


def test_rows_of_several_days_and_commits():
    later = ABOUT | {"commit": "abd", "date": "2026-01-03 09:00"}
    assert provenance([later, ABOUT]) == (
        "commit abc, abd; a machine, 2 cores; 2026-01-01 to 2026-01-03"
    )


def test_pictures_say_where_they_come_from_and_name_no_folder(tmp_path):
    from PIL import Image

    rows = [row(), row(batch=1024), row("gaussian8"), row(widths="2-5-1", batch=1000)]
    rows.append(row("cubic8", ratio_q1="", ratio_q3=""))  # a row without quartiles has no bar
    speed.STUDY.draw(rows, tmp_path / "speed.png")
    both = [originals_row("original", 2, 6), originals_row("edgewise", 1, 1)]
    originals.STUDY.draw(both, tmp_path / "originals.png")
    for path in (tmp_path / "speed.png", tmp_path / "originals.png"):
        with Image.open(path) as image:
            assert min(image.size) > 400
            assert image.info["Description"] == provenance([ABOUT])
