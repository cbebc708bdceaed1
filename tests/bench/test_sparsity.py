"""`bench sparsity` prints ratios."""

import pytest

from edgewise.cli import main


def run(capsys, *args):
    """Exit status, standard output and standard error of ``edgewise bench ARGS``."""
    with pytest.raises(SystemExit) as stop:
        main(["bench", *[str(a) for a in args]])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


def table(text, first):
    """The rows of the Markdown table whose first heading is ``first``."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([c.strip() for c in line.replace("\\|", "¦").strip("|").split("|")])
    return rows


def test_bench_sparsity_prints_ratios(capsys):
    code, text, _ = run(capsys, "sparsity", "--bases", "rswaf", "--batches", 32, "--repeats", 2)
    assert code == 0
    assert "- machine: " in text
    (line,) = table(text, "basis")
    assert line[:2] == ["rswaf", "32"]
    assert all(float(number) > 0 for number in line[2:])
    assert len(line) == 7
    code, _, error = run(capsys, "sparsity", "--bases", "spline")
    assert code != 0
    assert "'spline'" in error
