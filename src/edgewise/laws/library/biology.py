"""Laws of enzymes and binding, of growth, of populations, and of drugs."""

from __future__ import annotations

from functools import partial

from edgewise.laws.law import make_law

_binding = partial(make_law, field="enzymes and binding")
_growth = partial(make_law, field="growth")
_population = partial(make_law, field="populations")
_drug = partial(make_law, field="drugs and nerves")

BIOLOGY = (
    _binding(
        "michaelis_menten", "Michaelis–Menten", "v = Vmax*S/(Km + S)",
        "S: concentration of the substrate",
        "Vmax [v] : greatest rate; Km [S] > 0: concentration at half of it",
        "S = 0.02..1.1; Vmax = 212.7; Km = 0.0641",
        also="Langmuir isotherm, Monod kinetics, Holling type II, rectangular hyperbola",
        source="Michaelis & Menten 1913; R: SSmicmen",
    ),
    _binding(
        "hill", "Hill equation", "v = Vmax*S**n/(K**n + S**n)", "S: concentration",
        """Vmax [v] : greatest response; K [S] > 0: concentration at half of it;
        n [1] in 0..30 from 0.6 1 2 4 8: Hill coefficient, cooperativity""",
        "S = 0.1..40; Vmax = 5; K = 6; n = 2.4",
        also="Emax model, log-logistic, Holling type III for n = 2",
        source="Hill 1910",
    ),
    _binding(
        "hill_offset", "Hill equation with offset", "E = E0 + Emax*C**n/(EC50**n + C**n)",
        "C: dose or concentration",
        """E0 [E] : response without any; Emax [E] : greatest change; EC50 [C] > 0: dose at half of
        it; n [1] in 0..30 from 0.6 1 2 4 8: Hill slope""",
        "C = 0.01..30; E0 = 4; Emax = 80; EC50 = 1.3; n = 1.4",
        also="sigmoid Emax, four-parameter logistic (4PL), dose-response",
        source="R: SSfpl, drc LL.4",
    ),
    _binding(
        "substrate_inhibition", "Haldane substrate inhibition", "v = Vmax*S/(Km + S + S**2/Ki)",
        "S: concentration of the substrate",
        """Vmax [v] : rate without inhibition; Km [S] > 0: half-saturation; Ki [S] > 0: inhibition
        constant""",
        "S = 0.05..30; Vmax = 4; Km = 0.8; Ki = 9",
        also="Haldane, Andrews growth",
        source="Haldane 1930; Andrews 1968",
    ),
    _binding(
        "michaelis_menten_linear", "saturation with a linear part", "v = Vmax*S/(Km + S) + k*S",
        "S: concentration",
        """Vmax [v] : greatest specific rate; Km [S] > 0: half-saturation; k [v/S] : rate of what
        isn't specific""",
        "S = 0.1..60; Vmax = 40; Km = 3; k = 0.3",
        also="binding with nonspecific part",
        source="pharmacology textbooks",
    ),
    _binding(
        "competitive_inhibition", "competitive inhibition", "v = Vmax*S/(Km*(1 + I/Ki) + S)",
        "S: concentration of the substrate; I: concentration of the inhibitor",
        """Vmax [v] : greatest rate; Km [S] > 0: half-saturation without inhibitor;
        Ki [I] > 0: inhibition constant""",
        "S = 0.1..10; I = 0..6; Vmax = 12; Km = 1.1; Ki = 1.9",
        source="Cornish-Bowden, Fundamentals of Enzyme Kinetics",
    ),
    _binding(
        "noncompetitive_inhibition", "noncompetitive inhibition",
        "v = Vmax*S/((Km + S)*(1 + I/Ki))",
        "S: concentration of the substrate; I: concentration of the inhibitor",
        "Vmax [v] : greatest rate; Km [S] > 0: half-saturation; Ki [I] > 0: inhibition constant",
        "S = 0.1..10; I = 0..6; Vmax = 12; Km = 1.1; Ki = 1.9",
        source="Cornish-Bowden, Fundamentals of Enzyme Kinetics",
    ),
    _binding(
        "uncompetitive_inhibition", "uncompetitive inhibition", "v = Vmax*S/(Km + S*(1 + I/Ki))",
        "S: concentration of the substrate; I: concentration of the inhibitor",
        "Vmax [v] : greatest rate; Km [S] > 0: half-saturation; Ki [I] > 0: inhibition constant",
        "S = 0.1..10; I = 0..6; Vmax = 12; Km = 1.1; Ki = 1.9",
        source="Cornish-Bowden, Fundamentals of Enzyme Kinetics",
    ),
    _binding(
        "double_monod", "double Monod kinetics", "mu = mumax*S*O/((Ks + S)*(Ko + O))",
        "S: substrate; O: second substrate, such as oxygen",
        """mumax [mu] : greatest rate; Ks [S] > 0: half-saturation of S; Ko [O] > 0:
        half-saturation of O""",
        "S = 0.1..20; O = 0.1..8; mumax = 0.6; Ks = 2.2; Ko = 0.4",
        source="Henze et al., Activated Sludge Models, IWA 2000",
    ),
    _growth(
        "logistic", "logistic growth", "N = K/(1 + exp(-r*(t - t0)))", "t: time",
        """K [N] : capacity; r [1/t] : growth rate; t0 [t] : time of half the capacity""",
        "t = 0..20; K = 24; r = 0.7; t0 = 8.2",
        also="Verhulst, autocatalysis, sigmoid",
        source="Verhulst 1838; R: SSlogis",
    ),
    _growth(
        "logistic_offset", "logistic curve with offset", "y = a + b/(1 + exp(-k*(x - x0)))",
        "x: time, voltage or dose",
        "a [y] : left level; b [y] : height; k [1/x] > 0: slope; x0 [x] : middle",
        "x = -10..14; a = 1.5; b = 7; k = 0.8; x0 = 3",
        also="four-parameter logistic, Boltzmann sigmoid with offset",
        source="R: SSfpl",
    ),
    _growth(
        "gompertz", "Gompertz growth", "N = K*exp(-b*exp(-c*t))", "t: time",
        """K [N] : capacity; b [1] from 0.5 2 6 20 60: displacement; c [1/t] : growth rate""",
        "t = 0..12; K = 8.9; b = 5.1; c = 0.55",
        source="Gompertz 1825; R: SSgompertz",
    ),
    _growth(
        "richards", "Richards growth", "N = K*(1 + nu*exp(-r*(t - t0)))**(-1/nu)", "t: time",
        """K [N] : capacity; nu [1] > 0 from 0.2 0.6 1.5 4: asymmetry; r [1/t] : growth rate;
        t0 [t] : time of fastest growth""",
        "t = 0..20; K = 30; nu = 0.4; r = 0.6; t0 = 7",
        also="generalised logistic",
        source="Richards 1959",
    ),
    _growth(
        "von_bertalanffy", "von Bertalanffy growth", "L = Linf*(1 - exp(-k*(t - t0)))", "t: age",
        """Linf [L] : greatest length; k [1/t] > 0: growth rate; t0 [t] : age of length 0""",
        "t = 1..16; Linf = 54; k = 0.23; t0 = -0.9",
        also="asymptotic regression through t0",
        same_as="exponential_offset",
        source="von Bertalanffy 1938; R: SSasympOff",
    ),
    _growth(
        "chapman_richards", "Chapman–Richards growth", "H = a*(1 - exp(-b*t))**c", "t: age",
        """a [H] : greatest height; b [1/t] > 0: growth rate; c [1] > 0 from 0.5 1.2 2 4: shape""",
        "t = 1..120; a = 34; b = 0.028; c = 1.5",
        source="Richards 1959; forestry",
    ),
    _growth(
        "weibull_growth", "Weibull growth", "y = a - b*exp(-(t/tau)**m)", "t: time",
        """a [y] : final level; b [y] : change; tau [t] > 0: characteristic time;
        m [1] in 0..20 from 0.5 1 2 4: shape""",
        "t = 0.2..30; a = 70; b = 61; tau = 11; m = 2.1",
        source="R: SSweibull",
    ),
    _growth(
        "saturating_exponential", "saturation by 1 - exp", "y = a*(1 - exp(-k*t))",
        "t: time, light or dose", "a [y] : final level; k [1/t] : rate",
        "t = 0.5..8; a = 20; k = 0.53",
        also="asymptotic regression through the origin, first-order uptake, charging capacitor",
        source="R: SSasympOrig",
    ),
    _population(
        "ricker", "Ricker recruitment", "R = a*S*exp(-b*S)", "S: spawners",
        "a [R/S] : recruits of each in small stocks; b [1/S] : density dependence",
        "S = 0.5..25; a = 4.2; b = 0.12",
        source="Ricker 1954",
    ),
    _population(
        "beverton_holt", "Beverton–Holt recruitment", "R = a*S/(1 + b*S)", "S: spawners",
        "a [R/S] : recruits of each in small stocks; b [1/S] > 0: density dependence",
        "S = 0.5..25; a = 4.2; b = 0.12",
        same_as="michaelis_menten",
        source="Beverton & Holt 1957",
    ),
    _population(
        "holling_2", "Holling type II", "f = a*N/(1 + a*h*N)", "N: density of prey",
        "a [f/N] > 0: attack rate; h [1/f] > 0: handling time", "N = 1..120; a = 0.12; h = 0.21",
        also="disc equation",
        same_as="michaelis_menten",
        source="Holling 1959",
    ),
    _population(
        "holling_3", "Holling type III", "f = a*N**2/(1 + a*h*N**2)", "N: density of prey",
        "a [f/N**2] > 0: attack rate; h [1/f] > 0: handling time", "N = 1..60; a = 0.01; h = 0.11",
        source="Holling 1959",
    ),
    _drug(
        "bateman", "Bateman function", "C = D*ka/(V*(ka - ke))*(exp(-ke*t) - exp(-ka*t))",
        "t: time; D: dose",
        """ke [1/t] > 0: elimination rate; ka [1/t] > 0: absorption rate; V [D/C] > 0: volume""",
        "t = 0.25..24; D = 1..9; ke = 0.09; ka = 1.4; V = 0.5",
        order="ke ka", also="one-compartment model with first-order absorption",
        source="Bateman 1910; R: SSfol",
    ),
    _drug(
        "bateman_single", "Bateman function of one dose", "C = A*(exp(-ke*t) - exp(-ka*t))",
        "t: time",
        """A [C] : scale, F D ka/(V (ka - ke)); ke [1/t] > 0: elimination rate;
        ka [1/t] > 0: absorption rate""",
        "t = 0.25..24; A = 9.5; ke = 0.09; ka = 1.4",
        order="ke ka", also="one-compartment model, chain of two decays",
        source="Bateman 1910; R: SSfol",
    ),
    _drug(
        "boltzmann_sigmoid", "Boltzmann sigmoid", "g = gmax/(1 + exp((V05 - V)/k))", "V: voltage",
        """gmax [g] : greatest conductance; V05 [V] : voltage of half of it; k [V] > 0:
        slope factor""",
        "V = -90..40; gmax = 2.3; V05 = -28; k = 7.5",
        also="Hodgkin–Huxley gate in its steady state",
        same_as="logistic",
        source="Hodgkin & Huxley 1952",
    ),
)  # fmt: skip
"""Enzymes and binding, growth, populations, drugs and nerves."""
