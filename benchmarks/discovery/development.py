"""Runs to develop on: random formulas, laws of handbooks with random constants, data without a law.

Seeds 0 to 99 of this generator may be looked at. Rows are few or many (6 to 300), and noise is
anything from none to 10 % of the spread of y.

Laws are in the form that handbooks of physics, chemistry, biology, engineering and economics give
them, at realistic constants and ranges.
A draw multiplies each decimal number of a law by a factor from 0.75 to 1.33, and narrows each
range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Array, Case, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.formulas import random_formula
from benchmarks.discovery.tables import lawless
from edgewise.formula.expression import Expression, Number, free
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program

# name | formula of x0, x1, … | ranges; "log" for one that is sampled on a logarithmic scale
LAWS = """\
Michaelis-Menten | 212.7*x0/(0.0641 + x0) | 0.02:1.1
competitive inhibition | 8.2*x0/(1.4*(1 + x1/0.9) + x0) | 0.2:10 0:4
Hill | 1.3*x0**2.4/(0.6**2.4 + x0**2.4) | 0.05:3
Langmuir | 3.1*0.8*x0/(1 + 0.8*x0) | 0.1:8
Freundlich | 2.4*x0**0.41 | 0.1:50
Arrhenius | 1.2e7*exp(-5400/x0) | 290:420
Antoine | exp(16.6 - 3640/(x0 - 53.5)) | 280:380
Clausius-Clapeyron | exp(20.4 - 4900/x0) | 280:370
Gompertz | 97*exp(-4.1*exp(-0.38*x0)) | 0:14
logistic growth | 188/(1 + 31*exp(-0.55*x0)) | 0:16
von Bertalanffy | 61*(1 - exp(-0.31*x0)) | 0.2:12
Ricker | 4.1*x0*exp(-0.024*x0) | 1:150
Beverton-Holt | 2.2*x0/(1 + 0.016*x0) | 2:200
radioactive decay | 900*exp(-x0/4.2) + 35 | 0:25
biexponential | 4.9*exp(-1.9*x0) + 1.3*exp(-0.21*x0) | 0.1:10
charging | 12*(1 - exp(-x0/0.47)) | 0:2.5
damped oscillation | 2.1*exp(-0.3*x0)*cos(2.1*x0) | 0:10
resonance | 1.8/sqrt((4.2 - x0**2)**2 + 0.5*x0**2) | 0.4:4
Lorentz peak | 5.2/(1 + ((x0 - 2.3)/0.6)**2) | 0:5
Gauss peak | 3.4*exp(-((x0 - 1.7)/0.8)**2) | 0:4
Morse | 4.7*(1 - exp(-1.9*(x0 - 0.74)))**2 | 0.45:3
Lennard-Jones | 0.0103*((3.4/x0)**12 - (3.4/x0)**6) | 3.2:7
Planck | 1.19e-2*x0**3/(exp(0.48*x0) - 1) | 0.5:25
Rydberg | 0.01097*(1/x0**2 - 1/x1**2) | 1:3 4:9
Balmer | 364.6*x0**2/(x0**2 - 4) | 3:12
pendulum | 2*pi*sqrt(x0/9.81) | 0.1:3
Kepler | x0**1.5 | 0.3:40log
free fall | 9.81*x0**2/2 | 0:4
projectile | x0**2*sin(2*x1)/9.81 | 5:30 0.1:1.4
ideal gas | 8.314*x0*x1/x2 | 0.5:5 250:400 5:50
van der Waals | 8.314*x0/(x1 - 0.0427) - 0.364/x1**2 | 280:400 0.15:2
adiabat | 310*x0**-1.4 | 0.5:5
Stefan-Boltzmann | 5.67e-8*0.8*x0**4 | 300:1200
Newton cooling | 21 + 68*exp(-0.045*x0) | 0:70
Bernoulli | 0.5*1.2*x0**2 | 1:40
drag | 0.6*x0*x1*x2**2/2 | 0.9:1.3 0.3:2 5:40
Manning | x0**(2/3)*sqrt(x1)/0.03 | 0.2:4 0.0004:0.02
Chezy | 48*sqrt(x0*x1) | 0.2:4 0.0004:0.02
Hazen-Williams | 0.849*120*x0**0.63*x1**0.54 | 0.02:1 0.001:0.05
Haaland | (-1.8*log(x0**1.11 + 6.9/x1)/2.302585)**-2 | 0.0003:0.02 5000:1000000log
Nernst | 0.34 + 0.0257*log(x0/x1) | 0.001:1log 0.01:1log
Debye-Hueckel | -0.509*x0**2*sqrt(x1)/(1 + 1.1*sqrt(x1)) | 1:3 0.001:0.3
Henderson-Hasselbalch | 4.76 + log(x0/x1)/2.302585 | 0.02:1 0.02:1
Butler-Volmer | 0.7*(exp(9.1*x0) - exp(-7.7*x0)) | -0.3:0.3
diode | 1.1e-6*(exp(x0/0.041) - 1) | 0.1:0.6
thin lens | 1/(1/x0 - 1/x1) | 2:5 7:30
Snell | arcsin(x0*sin(x1)/1.52) | 1:1.4 0.1:1.4
Malus | 4.2*cos(x0)**2 | 0:3
Compton | x0 + 2.43*(1 - cos(x1)) | 20:90 0.1:3
relativistic mass | 9.1/sqrt(1 - x0**2/9) | 0.1:2.7
Coulomb | 8.99*x0*x1/x2**2 | 1:6 1:6 0.4:4
lift of a spring | x0*x1**2/2 + 9.8*x2 | 1:20 0.1:1 0.1:1
loan rate | x0*0.01*x1/(1 - (1 + 0.01*x1)**(-x2)) | 50:400 0.3:1.5 12:240
compound interest | x0*exp(0.043*x1) | 100:1000 0:30
Cobb-Douglas | 1.01*x0**0.75*x1**0.25 | 1:90 1:90
CES | (0.4*x0**-0.6 + 0.6*x1**-0.6)**-1.67 | 1:20 1:20
Kleiber | 3.4*x0**0.75 | 0.02:4000log
species-area | 12*x0**0.26 | 0.1:2000log
Tully-Fisher | 47*x0**3.9 | 0.6:3
Monod with decay | 0.9*x0/(1.3 + x0) - 0.08 | 0.05:10
Haldane | 1.4*x0/(0.7 + x0 + x0**2/4.4) | 0.1:14
Holling III | 6.1*x0**2/(9.7 + x0**2) | 0.2:14
heat index of mixing | x0*x1*(2.1 + 0.6*(x0 - x1)) | 0.05:0.95 0.05:0.95
Steinhart-Hart | 1/(0.00113 + 0.000234*log(x0) + 8.8e-8*log(x0)**3) | 500:100000log
barometric | 1013*exp(-x0/8.4) | 0:12
sound in air | 331.3*sqrt(1 + x0/273.15) | -30:60
Reynolds | x0*x1*x2/0.00112 | 800:1100 0.1:3 0.01:0.3
Poiseuille | 3.14159*x0*x1**4/(8*0.0012*x2) | 100:2000 0.001:0.01 0.1:2
"""


@dataclass(frozen=True)
class Law:
    """A law with a range for each input; `logs` tells which are sampled on a logarithmic scale."""

    name: str
    tree: Expression
    ranges: tuple[tuple[float, float], ...]
    logs: tuple[bool, ...]

    def points(self, rows: int, seed: int) -> Array:
        """Rows of inputs; (rows, in)"""
        u = Dice(11, seed, len(self.name)).uniforms(rows, len(self.ranges))
        low, high = np.array(self.ranges).T
        wide = np.array(self.logs)
        ratio = np.where(wide, high / np.where(wide, low, 1.0), 1.0)
        return np.where(wide, low * ratio**u, low + (high - low) * u)


def list_laws() -> list[Law]:
    """The laws as they are in the table."""
    return [_read(line) for line in LAWS.strip().split("\n")]


def _read(line: str) -> Law:
    name, formula, listed = (part.strip() for part in line.split("|"))
    ranges = listed.split()
    logs = tuple(r.endswith("log") for r in ranges)
    ends = [r.removesuffix("log").split(":") for r in ranges]
    pairs = tuple((float(low), float(high)) for low, high in ends)
    names = [f"x{k}" for k in range(len(ranges))]
    return Law(name, parse_formula(formula, names)[0], pairs, logs)


def draw_law(seed: int) -> Law:
    """One of the laws with constants and ranges of its own; finite on its ranges."""
    dice = Dice(seed, 21)
    laws = list_laws()
    while True:
        law = dice.choose(laws)
        numbers = [n if n.exact is not None else _change(n.value, dice) for n in law.tree.numbers()]
        ranges = []
        for low, high in law.ranges:
            width = high - low
            a, b = low + 0.15 * width * dice.uniform(), high - 0.3 * width * dice.uniform()
            ranges.append((a, b))
        drawn = Law(law.name, law.tree.with_numbers(numbers), tuple(ranges), law.logs)
        y = Program(drawn.tree).values(drawn.points(300, 0))
        if np.isfinite(y).all() and y.std() > 1e-9 * np.abs(y).max():
            return drawn


def _change(value: float, dice: Dice) -> Number:
    """A number of four digits, at most a third larger or smaller."""
    return free(float(f"{value * 0.75 ** dice.uniform(-1, 1):.4g}"))


def law_data(seed: int, rows: int, noise: float) -> Data:
    """Rows of a drawn law, the noise normal."""
    law = draw_law(seed)
    x, fresh = law.points(rows, 1), law.points(1000, 2)
    y, truth = Program(law.tree).values(x), Program(law.tree).values(fresh)
    noisy = y + noise * truth.std() * Dice(seed, 22).normals(rows)
    return Data(x, noisy, fresh, truth, law.tree, law.points, noise=noise)


def formula_data(seed: int, rows: int, noise: float, inputs: int | None) -> Data:
    """Rows of a random formula."""
    formula = random_formula(seed, inputs)
    x, y = formula.sample(rows, 1)
    fresh, truth = formula.sample(1000, 2)
    noisy = y + noise * truth.std() * Dice(seed, 23).normals(rows)
    return Data(x, noisy, fresh, truth, formula.tree, formula.points, noise=noise)


# Data without a law.


def smooth_draw(seed: int, rows: int, noise: float) -> Data:
    """A draw of a Gaussian process of one to three inputs."""
    dice = Dice(seed, 24)
    inputs = dice.whole(1, 3)
    x = dice.uniforms(rows, inputs)
    scale = dice.uniform(0.15, 0.8)
    gaps = np.square((x[:, None] - x[None]) / scale).sum(-1)
    factor = np.linalg.cholesky(np.exp(-gaps / 2) + 1e-9 * np.eye(rows))
    y = factor @ dice.normals(rows)
    return _without_law(x, y, noise, dice)


def step_trees(seed: int, rows: int, noise: float) -> Data:
    """A sum of steps of one input each, as boosted trees make it."""
    dice = Dice(seed, 25)
    inputs = dice.whole(1, 5)
    x = dice.uniforms(rows, inputs)
    y = np.zeros(rows)
    for _ in range(dice.whole(8, 40)):
        k = dice.whole(0, inputs - 1)
        y = y + dice.uniform(-1, 1) * (x[:, k] > dice.uniform(0.05, 0.95))
    return _without_law(x, y, noise, dice)


def random_walk(seed: int, rows: int, noise: float) -> Data:
    """A walk in time, sometimes smoothed."""
    dice = Dice(seed, 26)
    y = np.cumsum(dice.normals(rows))
    if dice.chance(0.5):
        width = max(2, rows // 10)
        y = np.convolve(y, np.ones(width) / width, mode="same")
    return _without_law(np.linspace(0, 1, rows)[:, None], y, noise, dice)


def coded(seed: int, rows: int, noise: float) -> Data:
    """An arbitrary value for each of a few codes."""
    dice = Dice(seed, 27)
    codes = dice.whole(3, 9)
    values = np.round(dice.normals(codes), 3)
    c = np.array([dice.whole(0, codes - 1) for _ in range(rows)])
    return _without_law(c[:, None].astype(float), values[c], noise, dice)


def pure_noise(seed: int, rows: int, noise: float) -> Data:
    """Noise beside one to five inputs."""
    dice = Dice(seed, 28)
    return _without_law(dice.uniforms(rows, dice.whole(1, 5)), dice.normals(rows), 0.0, dice)


def lawless_table(seed: int, rows: int, noise: float) -> Data:
    """A synthetic table of :mod:`.tables` whose y is no short formula."""
    table = lawless(seed)
    x, y = table.x[:rows], table.y[:rows]
    return Data(x, y, table.x_test, table.y_test)


def _without_law(x: Array, y: Array, noise: float, dice: Dice) -> Data:
    y = y + noise * (y.std() or 1.0) * dice.normals(len(y))
    return Data(x, y, x, y)


WITHOUT_LAW = (smooth_draw, step_trees, random_walk, coded, pure_noise, lawless_table)


def development_cases(seeds: Iterator[int] | range) -> Iterator[Case]:
    """For each seed a law of a handbook, two random formulas and a table without a law."""
    for seed in seeds:
        dice = Dice(seed, 20)
        noise = dice.choose([0.0, 0.003, 0.01, 0.01, 0.03, 0.05, 0.1])
        rows = dice.choose([6, 10, 16, 25, 40, 60, 100, 200, 300])
        told = f"noise {noise:g}, {rows} rows"
        yield _case("law", draw_law(seed).name, seed, told, law_data(seed, rows, noise))
        inputs = 1 if seed % 2 else None
        data = formula_data(seed, rows, noise, inputs)
        yield _case("formula", "random", seed, told, data)
        kind = WITHOUT_LAW[seed % len(WITHOUT_LAW)]
        yield _case("none", kind.__name__, seed, told, kind(seed, max(rows, 10), noise))


def _case(question: str, name: str, seed: int, told: str, data: Data) -> Case:
    truth = ""
    if data.truth is not None:
        truth = to_text(data.truth, [f"x{k}" for k in range(data.x.shape[1])])
    by = judge.is_unclaimed if data.truth is None else judge.is_of_right_form
    return Case(question, name, seed, lambda: data, by, condition=told, truth=truth)
