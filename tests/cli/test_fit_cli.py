"""edgewise fit and edgewise predict: tables as people have them, to a model and to predictions."""

import re
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

import edgewise as ew
from edgewise.additive import losses
from edgewise.cli import main
from edgewise.data.csv_files import find_written_numbers, read_csv
from edgewise.sklearn import scores


def run(*args, capsys=None):
    """Exit status, and what was printed on both streams."""
    with pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    return ended.value.code, *(capsys.readouterr() if capsys else ())


def draw_frame(rows=120):
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"size": random.uniform(0, 4, rows)})
    frame["cut"] = random.choice(["x", "y"], rows)
    frame["price"] = np.sin(frame["size"]) + (frame["cut"] == "x") + 0.05 * random.normal(size=rows)
    frame["price"] = frame["price"].round(6)
    frame.loc[::15, "size"] = np.nan
    return frame


def test_numbers_from_a_table_and_back(tmp_path, capsys):
    frame = draw_frame()
    frame.loc[:3, "price"] = np.nan
    frame.to_csv(tmp_path / "table.csv", index=False)
    code, said, _ = run(
        "fit", tmp_path / "table.csv", "--target=price", "--folds=3", f"--out={tmp_path}",
        capsys=capsys,
    )  # fmt: skip
    assert code == 0
    assert "4 of 120 rows left out: no price" in said
    lines = {line[:24].strip(): line[24:].split() for line in said.splitlines()}
    assert {"KAN", "linear model", "gradient boosting", "always the mean"} <= set(lines)
    page = (tmp_path / "page.html").read_text()
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    assert all(name in page for name in ("size", "cut", "price"))
    error, _, spread, fit, *_ = lines["KAN"]
    (quality,) = re.findall(r'<dl class="scores">(.*?)</dl>', page, flags=re.DOTALL)
    found = re.findall(r"<dt>(.*?)</dt><dd>(\S+) ± \S+</dd>", quality)
    assert found[0] == ("R² on unseen rows", fit)
    assert [name for name, _ in found[1:]] == [
        *("R², linear model", "R², gradient boosting"),
        *("RMSE, in units of the target", "RMSE of predicting always the mean"),
    ]
    assert found[3][1] == error
    assert float(found[4][1]) == pytest.approx(frame["price"].std(), rel=0.05)
    # The noise, and one row in fifteen whose size is unknown.
    least = np.sqrt(0.05**2 + np.sin(frame["size"]).var() / 15)
    assert 0.9 * least < float(error) < 1.5 * least
    assert float(spread) < float(error)
    assert 0.9 < float(fit) < 1
    assert float(lines["linear model"][0]) > 1.5 * float(error)

    model = ew.load(tmp_path / "model.safetensors")
    new = draw_frame()
    new.loc[0, "cut"] = "z"
    new.loc[1, "size"] = 99
    new.drop(columns="price").to_csv(tmp_path / "new.csv", index=False)
    code, said, _ = run(
        "predict", tmp_path / "model.safetensors", tmp_path / "new.csv", capsys=capsys
    )
    assert code == 0
    assert "2 rows have values outside those of the fit" in said
    found = pd.read_csv(tmp_path / "new-predictions.csv")
    assert list(found) == ["size", "cut", "prediction", "low", "high", "outside"]
    assert np.allclose(found["prediction"], model.predict(new[["size", "cut"]]))
    assert found["outside"].fillna("").tolist()[:3] == ["cut", "size", ""]
    inside = (found["low"] <= new["price"]) & (new["price"] <= found["high"])
    assert inside[2:].mean() > 0.8


def draw_claims(rows=200):
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"age": random.uniform(-1, 1, rows)})
    frame["years"] = random.uniform(0.2, 3, rows)
    frame["claims"] = random.poisson(frame["years"] * np.exp(frame["age"]))
    return frame


def test_counts_with_an_exposure(tmp_path, capsys):
    frame = draw_claims()
    frame.loc[:2, "years"] = np.nan
    frame.to_csv(tmp_path / "table.csv", index=False)
    arguments = ["--target=claims", "--loss=poisson", "--exposure=years", "--folds=2"]
    code, said, _ = run(
        "fit", tmp_path / "table.csv", *arguments, f"--out={tmp_path}", capsys=capsys
    )
    assert code == 0
    assert "3 of 200 rows left out: no years" in said
    lines = {line[:24].strip(): line[24:].split() for line in said.splitlines()}
    assert {"KAN", "linear model", "gradient boosting", "always one rate"} <= set(lines)
    assert "D²" in said
    page = (tmp_path / "page.html").read_text()
    assert "predicted claims of an average row with years = 1" in page
    assert "D² on unseen rows" in page
    model = ew.load(tmp_path / "model.safetensors")
    assert model.loss == "poisson"
    frame.drop(columns="claims").fillna(1).to_csv(tmp_path / "new.csv", index=False)
    assert run("predict", tmp_path / "model.safetensors", tmp_path / "new.csv")[0] == 0
    found = pd.read_csv(tmp_path / "new-predictions.csv")
    rate = found["prediction"] / found["years"]
    assert np.abs(rate / np.exp(found["age"]) - 1).mean() < 0.25
    assert (found["low"] == found["low"].round()).all()


def test_successes_among_trials_are_fitted_without_intervals(tmp_path, capsys):
    frame = draw_claims().assign(trials=9)
    frame["claims"] = np.minimum(frame["claims"], 9)
    frame.to_csv(tmp_path / "table.csv", index=False)
    arguments = ["--target=claims", "--loss=binomial", "--exposure=trials", "--without=years"]
    code, said, _ = run(
        "fit", tmp_path / "table.csv", *arguments, f"--out={tmp_path}", capsys=capsys
    )
    assert code == 0
    lines = {line[:24].strip(): line[24:].split() for line in said.splitlines()}
    assert {"KAN", "linear model", "gradient boosting", "always one share"} <= set(lines)
    assert run("predict", tmp_path / "model.safetensors", tmp_path / "table.csv")[0] == 0
    found = pd.read_csv(tmp_path / "table-predictions.csv")
    assert "low" not in found
    assert found["prediction"].between(0, 1).all()


def test_dates_of_a_file_are_read_in_fit_and_predict(tmp_path, capsys):
    when = pd.date_range("2020-01-01", periods=240, freq="6D")
    season = np.sin(2 * np.pi * when.day_of_year / 365.25)
    frame = pd.DataFrame({"when": when.strftime("%Y-%m-%d"), "day": when.strftime("%d/%m/%Y")})
    frame["price"] = season + 0.05 * np.random.default_rng(0).normal(size=240)
    path = tmp_path / "table.csv"
    frame.to_csv(path, index=False)
    code, said, _ = run(
        "fit", path, "--target=price", "--folds=3", f"--out={tmp_path}", capsys=capsys
    )
    assert code == 0
    assert "dates are left out: day; write them as 2024-01-31" in said
    assert "may be an id" not in said
    code, _, _ = run("predict", tmp_path / "model.safetensors", path, capsys=capsys)
    assert code == 0
    predicted = pd.read_csv(tmp_path / "table-predictions.csv")["prediction"]
    assert np.corrcoef(predicted, season)[0, 1] > 0.99
    model = ew.load(tmp_path / "model.safetensors")
    whole = frame[["when"]].assign(when=when)
    np.testing.assert_allclose(model.predict(whole), predicted)


def test_the_losses_of_the_command_are_those_of_the_library():
    command = import_module("edgewise.cli.fit")
    assert {*command.LOSSES} == {*losses.LOSSES}
    assert {*command.WITH_EXPOSURE} == {*scores.TWEEDIE_POWERS, "binomial"}


def test_two_numbers_of_a_count_are_no_classes(tmp_path, capsys):
    draw_claims().assign(claims=lambda f: f["claims"] > 0).astype({"claims": int}).to_csv(
        tmp_path / "table.csv", index=False
    )
    arguments = ["--target=claims", "--loss=poisson", "--folds=0", f"--out={tmp_path}"]
    assert run("fit", tmp_path / "table.csv", *arguments, capsys=capsys)[0] == 0
    assert isinstance(ew.load(tmp_path / "model.safetensors"), ew.KANRegressor)


CLAIMS = "a,years,when,price\n" + "".join(
    f"{k},{k % 3},2024-01-{k + 1:02},{k % 4}\n" for k in range(20)
)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--exposure=years"], "--exposure expected --loss poisson, negative_binomial, gamma,"),
        (["--exposure=years", "--loss=huber"], "--exposure expected --loss poisson"),
        (["--exposure=year", "--loss=poisson"], "no column 'year': choose from a, years"),
        (["--exposure=price", "--loss=poisson"], "a column of its own, got 'price'"),
        (["--exposure=years", "--loss=poisson", "--without=years"], "a column of its own"),
        (["--exposure=when", "--loss=poisson"], "expected numbers in 'when', got text or dates"),
        (["--exposure=years", "--loss=poisson"], "--exposure expected numbers above 0"),
        (["--loss=poisson", "--kind=classes"], "--loss expected numbers, got --kind classes"),
        (["--loss=gamma"], "--loss 'gamma' expected numbers above 0 as targets"),
        (["--loss=poison"], "poison"),
    ],
)
def test_losses_and_exposures_that_do_not_go_together(arguments, message, tmp_path, capsys):
    (tmp_path / "table.csv").write_text(CLAIMS)
    code, _, said = run(
        "fit",
        tmp_path / "table.csv",
        "--target=price",
        f"--out={tmp_path}",
        *arguments,
        capsys=capsys,
    )
    assert code == 2
    assert message in said
    assert said.count("\n") == 1


def test_classes_are_seen_by_themselves(tmp_path, capsys):
    frame = draw_frame()
    frame["price"] = np.where(frame["price"] > 0.6, "dear", "cheap")
    frame.to_csv(tmp_path / "table.csv", index=False)
    out = tmp_path / "out"
    code, said, _ = run(
        "fit", tmp_path / "table.csv", "--target=price", "--folds=2", f"--out={out}", capsys=capsys
    )
    assert code == 0
    assert "log loss" in said
    counts = frame["price"].value_counts(normalize=True)
    assert said.index("log loss") < said.index("accuracy") < said.index("AUC") < said.index("KAN")
    (always,) = re.findall(rf"always {counts.index[0]} +\S+ ± \S+ +(\S+) ± ", said)
    assert float(always) == pytest.approx(counts.iloc[0], abs=0.01)
    assert (
        f"accuracy of predicting always {counts.index[0]}</dt><dd>{always} ±"
        in (out / "page.html").read_text()
    )
    assert run("predict", out / "model.safetensors", tmp_path / "table.csv")[0] == 0
    found = pd.read_csv(tmp_path / "table-predictions.csv")
    assert (found["prediction"] == frame["price"]).mean() > 0.9
    assert np.allclose(found["share of cheap"] + found["share of dear"], 1)


LINES = ["size{s}cut{s}price", "1{d}5{s}x{s}2{d}25", '3{s}"y; , z"{s}4']


@pytest.mark.parametrize(
    ("separator", "decimal", "encoding", "before"),
    [
        (",", ".", "utf-8", ""),
        (";", ".", "utf-8", "\n"),
        (";", ",", "utf-8-sig", "  \r\n\r\n"),
        ("\t", ".", "latin-1", ""),
        ("|", ".", "utf-16", "\n"),
    ],
)
def test_the_same_table_in_many_files(separator, decimal, encoding, before, tmp_path):
    text = "\n".join(LINES).format(s=separator, d=decimal)
    path = tmp_path / "table.csv"
    path.write_bytes((before + text + "\n").encode(encoding))
    frame, _ = read_csv(path)
    assert list(frame) == ["size", "cut", "price"]
    assert frame["size"].tolist() == [1.5, 3]
    assert frame["cut"].tolist() == ["x", "y; , z"]
    assert frame["price"].tolist() == [2.25, 4]


@pytest.mark.parametrize(
    "write",
    [
        "{}%".format, "${}".format, "{} €".format, "1,00{}".format, "{},5".format, "<{}".format,
        lambda k: f"1.00{k},5", lambda k: "?" if k == 3 else str(k), lambda k: f"{k}kg",
    ],
)  # fmt: skip
def test_numbers_that_are_written_for_readers_are_named(write, tmp_path):
    path = tmp_path / "table.csv"
    frame = pd.DataFrame({"a": [write(k) for k in range(9)], "cut": list("xyz") * 3})
    frame.assign(code=[f"A{k}" for k in range(9)], y=range(9)).to_csv(path, index=False)
    (note,) = find_written_numbers(read_csv(path)[0])
    shown = write(3 if write(3) == "?" else 0)
    assert (
        note == f"read as categories, not as numbers: 'a' (such as {shown!r}); write plain numbers"
    )


def test_fit_says_which_numbers_it_read_as_categories(tmp_path, capsys):
    rows = [f"{k % 9}%,{k % 9 + 0.5}" for k in range(40)]
    (tmp_path / "table.csv").write_text("share,price\n" + "\n".join(rows))
    arguments = ["--target=price", "--folds=0", f"--out={tmp_path}"]
    code, said, _ = run("fit", tmp_path / "table.csv", *arguments, capsys=capsys)
    assert code == 0
    assert "read as categories, not as numbers: 'share' (such as '0%')" in said


def test_other_traps(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes('größe,"two\nlines",n\n1,"a\nb",2\n'.encode("latin-1"))
    frame, notes = read_csv(path)
    assert list(frame) == ["größe", "two lines", "n"]
    assert frame["two lines"].tolist() == ["a\nb"]
    assert "Latin-1" in notes[0]
    path.write_text(",a,b\n0,1,2\n1,3,4\n")
    frame, notes = read_csv(path)
    assert list(frame) == ["a", "b"]
    assert "without a name" in notes[0]
    for names in (("r1", "r2"), ("0", "1")):  # as R writes names of rows
        path.write_text(f'a,b\n"{names[0]}",1,2\n"{names[1]}",3,4\n')
        frame, notes = read_csv(path)
        assert frame["a"].tolist() == [1, 3]
        assert notes == ["a column without a name is left out"]
    path.write_text("a,,b,\n1,2,3,4\n")
    frame, notes = read_csv(path)
    assert list(frame) == ["a", "b"]
    assert notes == ["2 columns without a name are left out"]
    # More letters than a field of the csv module may hold.
    wide = [f"column {k}" + 1000 * "x" for k in range(200)]
    path.write_text(",".join(wide) + "\n" + ",".join("1" for _ in wide) + "\n")
    assert list(read_csv(path)[0]) == wide
    path.write_text('"' + "x" * 200_000)
    with pytest.raises(ValueError, match="line of names"):
        read_csv(path)


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("", [], "empty file"),
        ("\n \n", [], "empty file"),
        ("a,price\n", [], "expected rows"),
        ("a,a,price\n1,2,3\n", [], "got a more than once"),
        ("a,b\n1,2\n", [], "no column 'price': choose from a, b"),
        ("a,price\n1,2\n3,4,5,6\n", [], "expected a table"),
        ("a\0,price\n1,2\n", [], "zero bytes"),
        ("price\n" + "1\n2\n" * 10, [], "a column beside 'price'"),
        ("a,price\n1,2\n1,\n", [], "at least 10 rows"),
        ("a,price\n" + "1,2\n" * 20, [], "different values"),
        ("a,price\n" + "".join(f"1,t{i}\n" for i in range(60)), [], "at most 50 classes"),
        ("a,price\n" + "1,x\n2,y\n" * 20, ["--kind=numbers"], "numbers in 'price', got text"),
        ("a,price\n" + "1,x\n2,y\n" * 20, ["--without=z"], "no column 'z'"),
        ("when,price\n" + "2/1/2024,2\n3/2/2024,4\n" * 9, [], "a column beside 'price'"),
    ],
)
def test_one_clear_error(content, arguments, message, tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text(content)
    code, _, said = run("fit", path, "--target=price", *arguments, capsys=capsys)
    assert code == 2
    assert message in said
    assert said.count("\n") == 1


def test_what_predict_refuses(tmp_path, capsys):
    frame = draw_frame(30)
    model = ew.KANRegressor(cv=2).fit(frame[["size", "cut"]], frame["price"])
    ew.save(model, tmp_path / "model.safetensors")
    frame.drop(columns="cut").to_csv(tmp_path / "table.csv", index=False)
    code, _, said = run(
        "predict", tmp_path / "model.safetensors", tmp_path / "table.csv", capsys=capsys
    )
    assert (code, said.count("\n")) == (2, 1)
    assert "no cut" in said
    ew.save(ew.KAN([2, 1]), tmp_path / "kan.safetensors")
    code, _, said = run(
        "predict", tmp_path / "kan.safetensors", tmp_path / "table.csv", capsys=capsys
    )
    assert code == 2
    assert "got KAN" in said


def test_lines_that_end_as_on_an_old_macintosh_are_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\r\rsize,price\r1,2\r3,4\r")
    assert read_csv(tmp_path / "a.csv")[0].to_dict("list") == {"size": [1, 3], "price": [2, 4]}


@pytest.mark.parametrize(
    "command", ["fit a.csv --target=price", "discover a.csv --target=price", "train iris"]
)
def test_a_folder_that_nothing_can_be_written_into_is_refused_before_the_work(
    command, tmp_path, monkeypatch, capsys
):
    def refuse(dir):
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.chdir(tmp_path)
    draw_frame().drop(columns="cut").to_csv("a.csv", index=False)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    code, said, err = run(*command.split(), "--out=results", capsys=capsys)
    assert (code, err) == (1, "edgewise: [Errno 13] Permission denied: 'results'\n")
    assert "samples" not in said
    assert "scores" not in said


def test_a_model_of_a_table_is_no_network_to_export(tmp_path, capsys):
    frame = draw_frame()
    ew.save(ew.KANRegressor(cv=2).fit(frame[["size"]], frame["price"]), tmp_path / "a")
    code, _, err = run("export", tmp_path / "a", tmp_path / "a.pt2", capsys=capsys)
    assert code == 2
    assert "expected a network for a .pt2 file, got KANRegressor: choose" in err
