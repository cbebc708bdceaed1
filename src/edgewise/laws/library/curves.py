"""Curves of every field: lines and ratios, powers, exponentials, oscillations, steps and peaks."""

from __future__ import annotations

from functools import partial

from edgewise.laws.law import make_law

_ratio = partial(make_law, field="lines and ratios")
_power = partial(make_law, field="powers")
_decay = partial(make_law, field="exponentials")
_wave = partial(make_law, field="oscillations")
_step = partial(make_law, field="steps")
_peak = partial(make_law, field="peaks")

GAUSS = "{A}*exp(-(x - {x0})**2/(2*{s}**2))"
LORENTZ = "{A}*{w}**2/((x - {x0})**2 + {w}**2)"


def _sum_of_peaks(shape: str, width: str, count: int, background: str) -> tuple[str, str, str]:
    """Formula, parameters and groups of a sum of peaks on a background."""
    terms, numbers, groups = [], [], []
    for k in range(1, count + 1):
        names = {"A": f"A{k}", "x0": f"x{k}", width[0]: f"{width[0]}{k}"}
        terms.append(shape.format(**names))
        numbers.append(
            f"A{k} [y] : height of peak {k}; x{k} [x] : its place; {width[0]}{k} [x] > 0: "
            f"its {width[2:]}"
        )
        groups.append(f"x{k} A{k} {width[0]}{k}")
    return f"y = {background} + {' + '.join(terms)}", "; ".join(numbers), ", ".join(groups)


def _peaks(name: str, title: str, shape: str, width: str, example: str) -> tuple:
    """Sums of one to three peaks on a constant, and on a line and a decay, of one shape."""
    grounds = {
        "": ("a constant background", "b", "b [y] : background", "b = 2; "),
        "_line": ("a linear background", "b + m*x",
                  "b [y] : background; m [y/x] : its slope", "b = 2; m = 0.05; "),
        "_decay": ("an exponential background", "B*exp(-k*x)",
                   "B [y] : background; k [1/x] > 0 from 0.3 1 3 10: its decay",
                   "B = 9; k = 0.06; "),
    }  # fmt: skip
    numbers = {"one": 1, "two": 2, "three": 3}
    made = []
    for ending, (ground, text, own, values) in grounds.items():
        for word, count in numbers.items():
            formula, parameters, groups = _sum_of_peaks(shape, width, count, text)
            smaller = list(numbers)[count - 2] if count > 1 else ""
            made.append(
                _peak(
                    f"{word}_{name}{ending}",
                    f"{word} {title} peak{'s' * (count > 1)} on {ground}",
                    formula, "x: position, wavelength, energy or time",
                    f"{own}; {parameters}", values + "; ".join(example.split(";")[: 3 * count + 1]),
                    alike=groups,
                    grows_from=f"{smaller}_{name}{ending}" if smaller else "",
                    source="NIST: Gauss1–3; any textbook of spectroscopy",
                )
            )  # fmt: skip
    return tuple(made)


def _powers(count: int) -> tuple[str, str, str]:
    """Formula, inputs and parameters of a product of powers."""
    names = "uvwxz"[:count]
    formula = "y = c*" + "*".join(f"{n}**{p}" for n, p in zip(names, "pqrst", strict=False))
    inputs = "; ".join(f"{n}: input" for n in names)
    parameters = "; ".join(
        f"{p} [1] in -30..30 from -2 -1 -0.5 0.5 1 2: exponent of {n}"
        for n, p in zip(names, "pqrst", strict=False)
    )
    return formula, inputs, f"c [y] : coefficient; {parameters}"


def _power_laws() -> tuple:
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    made = []
    for count, word in words.items():
        formula, inputs, parameters = _powers(count)
        ranges = "; ".join(f"{n} = 0.5..{4 + k}" for k, n in enumerate("uvwxz"[:count]))
        values = "; ".join(f"{p} = {v}" for p, v in zip("pqrst"[:count], (1.4, -0.6, 0.5, 2, -1),
                                                        strict=False))  # fmt: skip
        made.append(
            _power(
                f"power_law_{count}", f"power law of {word} variables", formula, inputs, parameters,
                f"{ranges}; c = 2.3; {values}", source="dimensional analysis", by_logs=True,
            )
        )  # fmt: skip
    return tuple(made)


CURVES = (
    _ratio(
        "proportionality", "proportionality", "y = k*x", "x: input", "k [y/x] : factor",
        "x = 0.5..10; k = 0.7", also="Darcy, Fick", source="Hooke 1678",
    ),
    _ratio(
        "inverse", "inverse proportion", "y = k/x", "x: input", "k [y*x] : product",
        "x = 0.5..10; k = 3.1", also="Boyle, de Broglie", source="Boyle 1662",
    ),
    _ratio(
        "inverse_square", "inverse square", "y = k/x**2", "x: distance", "k [y*x**2] : strength",
        "x = 0.5..10; k = 3.1", also="gravitation, Coulomb, illumination", source="Newton 1687",
    ),
    _ratio(
        "line", "straight line", "y = a + b*x", "x: input",
        "a [y] : intercept; b [y/x] : slope", "x = 0..10; a = 2; b = 0.7", also="linear law",
        source="Legendre 1805",
    ),
    _ratio(
        "parabola", "parabola", "y = a + b*x + c*x**2", "x: input",
        "a [y] : value at 0; b [y/x] : slope at 0; c [y/x**2] : half the curvature",
        "x = 0..10; a = 2; b = 1.7; c = -0.3", also="quadratic, uniformly accelerated motion",
        source="Galilei 1638",
    ),
    _ratio(
        "hyperbola", "reciprocal with offset", "y = a + b/x", "x: input",
        "a [y] : limit; b [y*x] : strength", "x = 0.3..9; a = 2; b = 1.3",
        also="hyperbola, Shinozaki–Kira", source="any textbook",
    ),
    _ratio(
        "reciprocal_line", "reciprocal of a line", "y = 1/(a + b*x)", "x: input",
        "a [1/y] : reciprocal of the value at 0; b [1/(y*x)] : its slope",
        "x = 0..9; a = 0.4; b = 0.3", also="hyperbolic yield–density, second-order decay",
        source="Shinozaki & Kira 1956",
    ),
    _ratio(
        "bilinear", "ratio of two lines", "y = (a + b*x)/(1 + c*x)", "x: input",
        "a [y] : value at 0; b [y/x] : slope of the numerator; c [1/x] : of the denominator",
        "x = 0..9; a = 0.4; b = 2.3; c = 0.5", also="rational function of degrees 1 and 1, Möbius",
        source="NIST: rational functions",
    ),
    _ratio(
        "quadratic_over_line", "ratio of degrees 2 and 1", "y = (a + b*x + c*x**2)/(1 + d*x)",
        "x: input",
        """a [y] : value at 0; b [y/x] : linear part; c [y/x**2] : quadratic part of the numerator;
        d [1/x] : slope of the denominator""",
        "x = 0..9; a = 0.4; b = 2.3; c = 0.2; d = 0.9", source="NIST: rational functions",
    ),
    _ratio(
        "line_over_quadratic", "ratio of degrees 1 and 2", "y = (a + b*x)/(1 + c*x + d*x**2)",
        "x: input",
        """a [y] : value at 0; b [y/x] : slope of the numerator; c [1/x] : linear part of the
        denominator; d [1/x**2] from 0.01 0.1 0.3 1 3 : its quadratic part""",
        "x = 0..9; a = 0.4; b = 2.3; c = 0.4; d = 0.2", also="Bleasdale, Holliday",
        source="NIST: rational functions",
    ),
    _ratio(
        "quadratic_over_quadratic", "ratio of degrees 2 and 2",
        "y = (a + b*x + c*x**2)/(1 + d*x + f*x**2)", "x: input",
        """a [y] : value at 0; b [y/x] : linear part of the numerator; c [y/x**2] : its quadratic
        part; d [1/x] : linear part of the denominator; f [1/x**2] from 0.01 0.1 0.3 1 3 : its
        quadratic part""",
        "x = 0..9; a = 1.6; b = -2.1; c = 1.3; d = -0.4; f = 0.15", source="NIST: Kirby2",
    ),
    _power(
        "power_law", "power law", "y = a*x**b", "x: size",
        "a [y] : coefficient; b [1] in -30..30 from -3 -1 -0.5 0.5 1 2 3: exponent",
        "x = 0.02..600; a = 3.4; b = 0.75",
        also="allometry, Kleiber's law, Taylor's law, species–area relation", source="Huxley 1932",
        by_logs=True,
    ),
    _power(
        "power_law_offset", "power law with offset", "y = a + b*x**p", "x: input",
        "a [y] : offset; b [y] : coefficient; p [1] in -30..30 from -3 -1 -0.4 0.4 1 2 3: exponent",
        "x = 0.2..20; a = 12; b = 1.7; p = 1.4",
        also="Ludwik hardening, King's law of hot wires", source="any textbook",
    ),
    _power(
        "shifted_power", "power of a distance", "y = a*(x - x0)**p", "x: input",
        """a [y] : coefficient; x0 [x] : origin; p [1] in -20..20 from -2 -1 -0.5 0.5 1.5 2.5:
        exponent""",
        "x = 1..20; a = 1.7; x0 = 0.6; p = 1.6", also="rating curve of a river, critical power law",
        source="Kennedy, USGS TWRI 3-A10",
    ),
    _power(
        "power_exponential", "power with an exponential cut", "y = a*x**p*exp(-x/b)",
        "x: time, energy or size",
        """a [y] : coefficient; p [1] in -20..30 from -2 -1 0.5 1 2 4: exponent;
        b [x] > 0: scale of the cut""",
        "x = 0.2..30; a = 2; p = 1.5; b = 3",
        also="gamma variate, Wood's lactation curve, Schechter function", source="Wood 1967",
    ),
    *_power_laws(),
    _decay(
        "exponential", "exponential decay or growth", "y = a*exp(-k*t)", "t: time or depth",
        "a [y] : value at 0; k [1/t] : rate", "t = 0..9; a = 12; k = 0.4",
        also="radioactive decay, first-order kinetics, attenuation, Malthusian growth",
        source="Rutherford 1900",
    ),
    _decay(
        "half_life", "decay by half-lives", "N = N0*2**(-t/T)", "t: time",
        "N0 [N] : at the beginning; T [t] > 0: half-life", "t = 0..30; N0 = 900; T = 5.7",
        also="radioactive decay", same_as="exponential",
        source="Rutherford 1907",
    ),
    _decay(
        "exponential_offset", "exponential decay to a limit", "y = c + a*exp(-k*t)",
        "t: time or depth", "c [y] : limit; a [y] : distance from it at 0; k [1/t] : rate",
        "t = 0..9; c = 2; a = 12; k = 0.4",
        also="Newton's cooling, relaxation, Horton infiltration, asymptotic regression",
        source="Newton 1701; R: SSasymp",
    ),
    _decay(
        "biexponential", "sum of two exponentials", "y = A1*exp(-k1*t) + A2*exp(-k2*t)", "t: time",
        """A1 [y] : size of the slow part; k1 [1/t] > 0 : its rate; A2 [y] : size of the fast part;
        k2 [1/t] > 0 : its rate""",
        "t = 0..20; A1 = 3; k1 = 0.12; A2 = 9; k2 = 1.1", order="k1 k2", alike="k1 A1, k2 A2",
        also="two-compartment elimination", source="R: SSbiexp",
    ),
    _decay(
        "biexponential_offset", "sum of two exponentials with offset",
        "y = c + A1*exp(-k1*t) + A2*exp(-k2*t)", "t: time",
        """c [y] : limit; A1 [y] : size of the slow part; k1 [1/t] > 0 : its rate; A2 [y] : size of
        the fast part; k2 [1/t] > 0 : its rate""",
        "t = 0..30; c = 2; A1 = 5; k1 = 0.15; A2 = 9; k2 = 1.3", order="k1 k2",
        alike="k1 A1, k2 A2", source="NIST: MGH17",
    ),
    _decay(
        "triexponential", "sum of three exponentials",
        "y = A1*exp(-k1*t) + A2*exp(-k2*t) + A3*exp(-k3*t)", "t: time",
        """A1 [y] : size of the slowest part; k1 [1/t] > 0 : its rate; A2 [y] : of the middle one;
        k2 [1/t] > 0 : its rate; A3 [y] : of the fastest; k3 [1/t] > 0 : its rate""",
        "t = 0..40; A1 = 5; k1 = 0.05; A2 = 9; k2 = 0.5; A3 = 20; k3 = 4", order="k1 k2 k3",
        alike="k1 A1, k2 A2, k3 A3", source="NIST: Lanczos",
    ),
    _decay(
        "stretched_exponential", "stretched exponential", "y = a*exp(-(t/tau)**b)", "t: time",
        "a [y] : value at 0; tau [t] > 0: time; b [1] in 0.05..10 from 0.3 0.6 0.9 1.5 3: shape",
        "t = 0.1..20; a = 5; tau = 3; b = 0.6", also="Kohlrausch–Williams–Watts, Weibull survival",
        source="Kohlrausch 1854",
    ),
    _decay(
        "exponential_of_reciprocal", "exponential of a reciprocal", "y = a*exp(b/(x + c))",
        "x: temperature or time",
        "a [y] : limit; b [x] from -30 -3 -0.3 0.3 3 30: strength; c [x] : shift",
        "x = 10..90; a = 0.05; b = 300; c = 40", also="Vogel–Fulcher–Tammann", source="NIST: MGH10",
    ),
    _decay(
        "logarithm", "logarithmic law", "y = a + b*log(x)", "x: input",
        "a [y] : value at 1; b [y] : gain with each factor e", "x = 0.3..90; a = 2; b = 0.8",
        also="Weber–Fechner, Temkin isotherm, Tafel, law of the wall", source="Fechner 1860",
    ),
    _decay(
        "logarithm_shifted", "logarithm of a distance", "y = a + b*log(x + c)", "x: input",
        "a [y] : level; b [y] : gain with each factor e; c [x] : shift",
        "x = 0..40; a = 2; b = 0.8; c = 1.7", source="any textbook",
    ),
    _wave(
        "sine", "harmonic oscillation", "y = A*sin(w*t + phi)", "t: time",
        """A [y] > 0: amplitude; w [1/t] > 0 waves: angular frequency;
        phi [1] in -3.5..3.5 from -2.4 -0.8 0.8 2.4: phase""",
        "t = 0..10; A = 3; w = 2.1; phi = 0.6", source="any textbook",
    ),
    _wave(
        "sine_offset", "harmonic oscillation about a level", "y = c + A*sin(w*t + phi)", "t: time",
        """c [y] : level; A [y] > 0: amplitude; w [1/t] > 0 waves: angular frequency;
        phi [1] in -3.5..3.5 from -2.4 -0.8 0.8 2.4: phase""",
        "t = 0..10; c = 4; A = 3; w = 2.1; phi = 0.6", also="seasonal cycle, tide",
        source="any textbook",
    ),
    _wave(
        "damped_oscillation", "damped oscillation", "y = A*exp(-g*t)*sin(w*t + phi)", "t: time",
        """A [y] > 0: amplitude; g [1/t] > 0 from 0.3 1 3 8: damping; w [1/t] > 0 waves: angular
        frequency; phi [1] in -3.5..3.5 from -2.4 -0.8 0.8 2.4: phase""",
        "t = 0..10; A = 3; g = 0.3; w = 4.1; phi = 0.6", also="ringing, free oscillation of RLC",
        source="any textbook",
    ),
    _wave(
        "damped_oscillation_offset", "damped oscillation about a level",
        "y = c + A*exp(-g*t)*sin(w*t + phi)", "t: time",
        """c [y] : level; A [y] > 0: amplitude; g [1/t] > 0 from 0.3 1 3 8: damping;
        w [1/t] > 0 waves: angular frequency; phi [1] in -3.5..3.5 from -2.4 -0.8 0.8 2.4: phase""",
        "t = 0..10; c = 4; A = 3; g = 0.3; w = 4.1; phi = 0.6", source="any textbook",
    ),
    _wave(
        "driven_amplitude", "amplitude of a driven oscillator",
        "A = F/sqrt((w0**2 - w**2)**2 + (g*w)**2)", "w: angular frequency of the drive",
        "F [A*w**2] : force by mass; w0 [w] > 0: natural frequency; g [w] > 0: damping",
        "w = 0.2..6; F = 4; w0 = 2.3; g = 0.5", also="resonance curve",
        source="Landau & Lifshitz, Mechanics, § 26",
    ),
    _wave(
        "driven_phase", "phase of a driven oscillator", "phi = arctan(g*w/(w0**2 - w**2))",
        "w: angular frequency of the drive, below resonance",
        "g [w] > 0: damping; w0 [w] > 0 from 0.8 1.2 2 4 : natural frequency",
        "w = 0.1..1.9; g = 0.5; w0 = 2.3", source="Landau & Lifshitz, Mechanics, § 26",
    ),
    _wave(
        "beat", "beat of two waves", "y = A*(cos(w1*t) + cos(w2*t))", "t: time",
        """A [y] : amplitude of each; w1 [1/t] > 0 waves: the lower angular frequency;
        w2 [1/t] > 0 waves: the higher one""",
        "t = 0..20; A = 1.5; w1 = 5.7; w2 = 6.5", order="w1 w2", source="any textbook",
    ),
    _step(
        "tanh_step", "step by tanh", "y = a + b*tanh((x - x0)/w)", "x: position or time",
        "a [y] : middle level; b [y] : half the height; x0 [x] : place; w [x] > 0: width",
        "x = -6..6; a = 1.5; b = 2.2; x0 = 0.7; w = 1.3", also="Landau wall, ice thickness",
        same_as="logistic_offset",
        source="any textbook",
    ),
    _step(
        "arctan_step", "step by arctan", "y = a + b*arctan((x - x0)/w)", "x: position or energy",
        "a [y] : middle level; b [y] : height by π; x0 [x] : place; w [x] > 0: width",
        "x = -6..6; a = 1.5; b = 2.2; x0 = 0.7; w = 0.6", also="absorption edge, phase shift",
        source="NIST: Roszman1",
    ),
    _step(
        "erf_step", "step by the error function", "y = a + b*erf((x - x0)/(sqrt(2)*s))",
        "x: position",
        "a [y] : middle level; b [y] : half the height; x0 [x] : place; s [x] > 0: width",
        "x = -6..6; a = 1.5; b = 2.2; x0 = 0.7; s = 1.1",
        also="knife edge, cumulative normal, probit", source="any textbook",
    ),
    _peak(
        "gaussian_peak", "Gaussian peak", f"y = {GAUSS.format(A='A', x0='mu', s='sigma')}",
        "x: position", "A [y] : height; mu [x] : place; sigma [x] > 0: standard deviation",
        "x = -3..8; A = 5; mu = 2.2; sigma = 1.1", also="normal curve, beam profile",
        source="Gauss 1809",
    ),
    _peak(
        "lorentzian_peak", "Lorentzian peak", f"y = {LORENTZ.format(A='A', x0='x0', w='w')}",
        "x: position", "A [y] : height; x0 [x] : place; w [x] > 0: half width at half height",
        "x = -3..8; A = 5; x0 = 2.2; w = 0.8", also="Cauchy, Breit–Wigner, resonance",
        source="Lorentz 1906",
    ),
    _peak(
        "pseudo_voigt", "pseudo-Voigt peak",
        "y = A*(m*w**2/((x - x0)**2 + w**2) + (1 - m)*exp(-log(2)*((x - x0)/w)**2))",
        "x: position",
        """A [y] : height; m [1] in 0..1 from 0.1 0.5 0.9 : Lorentzian part; x0 [x] : place;
        w [x] > 0: half width at half height""",
        "x = -6..9; A = 5; m = 0.4; x0 = 2.2; w = 1.1", also="Voigt profile, approximately",
        source="Thompson, Cox & Hastings 1987",
    ),
    _peak(
        "pseudo_voigt_offset", "pseudo-Voigt peak on a constant background",
        "y = b + A*(m*w**2/((x - x0)**2 + w**2) + (1 - m)*exp(-log(2)*((x - x0)/w)**2))",
        "x: position",
        """b [y] : background; A [y] : height; m [1] in 0..1 from 0.1 0.5 0.9 : Lorentzian part;
        x0 [x] : place; w [x] > 0: half width at half height""",
        "x = -6..9; b = 0.7; A = 5; m = 0.4; x0 = 2.2; w = 0.9",
        also="Voigt profile, approximately", source="Thompson, Cox & Hastings 1987",
    ),
    _peak(
        "lognormal_peak", "log-normal peak", "y = A*exp(-log(x/m)**2/(2*s**2))",
        "x: size or time",
        "A [y] : height; m [x] > 0: place; s [1] > 0 from 0.1 0.3 0.6 1: width in logarithms",
        "x = 0.2..20; A = 5; m = 2.2; s = 0.6", source="Galton 1879",
    ),
    _peak(
        "lognormal_density", "log-normal density",
        "y = A/(x*s*sqrt(2*pi))*exp(-(log(x) - mu)**2/(2*s**2))", "x: size",
        "A [y*x] : area; mu [1] from -3 -1 0 1 2 3 5: mean; s [1] > 0 from 0.1 0.3 0.6 1: "
        "deviation of the logarithm",
        "x = 0.2..20; A = 5; mu = 0.8; s = 0.6", same_as="lognormal_peak",
        source="Galton 1879",
    ),
    _peak(
        "sech_peak", "sech² peak", "y = A/cosh((x - x0)/w)**2", "x: position or time",
        "A [y] : height; x0 [x] : place; w [x] > 0: width", "x = -6..9; A = 5; x0 = 2.2; w = 1.1",
        also="soliton, mode-locked pulse, epidemic curve", source="Kermack & McKendrick 1927",
    ),
    _peak(
        "fano", "Fano resonance", "y = A*(q + (x - x0)/w)**2/(1 + ((x - x0)/w)**2)", "x: energy",
        """A [y] : level; q [1] in -30..30 from -3 -1 -0.3 0.3 1 3: asymmetry; x0 [x] : place;
        w [x] > 0: half width""",
        "x = -6..9; A = 2; q = 1.6; x0 = 1.2; w = 0.9", source="Fano 1961",
    ),
    *_peaks("gaussian", "Gaussian", GAUSS, "s standard deviation",
            "x = 0..30; A1 = 6; x1 = 8; s1 = 1.1; A2 = 9; x2 = 15; s2 = 1.6; A3 = 4; x3 = 22;"
            "s3 = 1.3"),
    *_peaks("lorentzian", "Lorentzian", LORENTZ, "w half width at half height",
            "x = 0..30; A1 = 6; x1 = 8; w1 = 0.9; A2 = 9; x2 = 15; w2 = 1.2; A3 = 4; x3 = 22;"
            "w3 = 0.8"),
)  # fmt: skip
"""Curves that all fields share."""
