"""Laws of reactions, equilibria, adsorption, electrochemistry and of materials' temperature."""

from __future__ import annotations

from functools import partial

from edgewise.laws.law import make_law

_rate = partial(make_law, field="reaction rates")
_equilibrium = partial(make_law, field="vapours and equilibria")
_sorption = partial(make_law, field="adsorption")
_electro = partial(make_law, field="electrochemistry")
_matter = partial(make_law, field="transport and relaxation")

CHEMISTRY = (
    _rate(
        "arrhenius", "Arrhenius equation", "k = A*exp(-Ea/(8.314462618*T))",
        "T: temperature in kelvin",
        """A [k] > 0: pre-exponential factor; Ea [8.314462618*T] from -30 -10 -3 3 10 30 60 100:
        activation energy in J/mol""",
        "T = 280..360; A = 3e10; Ea = 62000", source="Arrhenius 1889; CODATA for R",
    ),
    _rate(
        "arrhenius_modified", "modified Arrhenius equation", "k = A*T**n*exp(-B/T)",
        "T: temperature in kelvin",
        """A [k] : factor; n [1] in -6..6 from -2 -0.5 0.5 1 2 3: exponent of T;
        B [T] from 1 3 10 30: activation temperature""",
        "T = 300..2400; A = 5; n = 1.6; B = 2700", also="Kooij", source="Kooij 1893",
    ),
    _rate(
        "eyring", "Eyring equation", "k = 20836619121.0*T*exp(S/8.314462618 - H/(8.314462618*T))",
        "T: temperature in kelvin",
        """S [8.314462618] from -30 -15 -5 0.5 5 : activation entropy in J/(mol K);
        H [8.314462618*T] from 3 10 20 30 50: activation enthalpy in J/mol""",
        "T = 280..360; S = -40; H = 61000", source="Eyring 1935; CODATA for kB/h",
    ),
    _rate(
        "second_order", "second-order decay", "c = c0/(1 + k*c0*t)", "t: time",
        "c0 [c] > 0 from 0.5 1 2 4: at the beginning; k [1/(c*t)] > 0: rate constant",
        "t = 0..40; c0 = 0.9; k = 0.3", same_as="reciprocal_line",
        source="Atkins, Physical Chemistry",
    ),
    _rate(
        "nth_order", "decay of order n", "c = (c0**(1 - n) + (n - 1)*k*t)**(1/(1 - n))", "t: time",
        """c0 [c] > 0 from 0.8 1.5 3: at the beginning; n [1] in 1.01..6 from 1.3 1.7 2.5 3.5:
        order; k [1/t] > 0: rate constant""",
        "t = 0..40; c0 = 0.9; n = 1.6; k = 0.2", source="Atkins, Physical Chemistry",
        same_as="shifted_power",
    ),
    _rate(
        "rate_law", "rate law of two reactants", "r = k*A**m*B**n",
        "A: concentration; B: concentration",
        """k [r] : rate constant; m [1] in -6..6 from -1 0.5 1 2: order in A;
        n [1] in -6..6 from -1 0.5 1 2: order in B""",
        "A = 0.1..2; B = 0.1..2; k = 0.7; m = 1; n = 1.5", same_as="power_law_2",
        source="Guldberg & Waage 1864",
        by_logs=True,
    ),
    _rate(
        "avrami", "Avrami equation", "X = a*(1 - exp(-k*t**n))", "t: time",
        """a [X] > 0: final part; k [1/t] > 0: rate; n [1] in 0.2..8 from 0.7 1.5 2.5 4:
        exponent""",
        "t = 0.2..9; a = 1; k = 0.05; n = 2.6", also="Johnson–Mehl–Avrami–Kolmogorov",
        source="Avrami 1939",
    ),
    _rate(
        "stern_volmer", "Stern–Volmer relation", "F = F0/(1 + K*Q)", "Q: concentration of quencher",
        "F0 [F] : without quencher; K [1/Q] > 0: Stern–Volmer constant",
        "Q = 0..0.5; F0 = 100; K = 8", also="Vogel, reciprocal decay", same_as="reciprocal_line",
        source="Stern & Volmer 1919",
    ),
    _equilibrium(
        "antoine", "Antoine equation", "p = 10**(A - B/(C + T))", "T: temperature",
        """A [1] in -50..50 from 2 4 6 8 10: level; B [T] > 0 from 3 10 30 100: slope;
        C [T] from -0.2 -0.05 0.5 2 4: shift""",
        "T = 10..100; A = 8.07; B = 1731; C = 233.4", same_as="exponential_of_reciprocal",
        source="Antoine 1888; NIST WebBook",
    ),
    _equilibrium(
        "antoine_log", "Antoine equation of log p", "L = A - B/(C + T)", "T: temperature",
        "A [L] : level; B [L*T] : slope; C [T] from -0.7 -0.2 -0.05 0.5 1 2 4: shift",
        "T = 10..100; A = 8.07; B = 1731; C = 233.4", same_as="bilinear",
        source="Antoine 1888; NIST WebBook",
    ),
    _equilibrium(
        "clausius_clapeyron", "Clausius–Clapeyron relation", "p = exp(A - H/(8.314462618*T))",
        "T: temperature in kelvin",
        """A [1] in -300..300 from 5 10 15 20 25 30 : level; H [8.314462618*T] from 3 8 15 30:
        heat of vaporisation in J/mol""",
        "T = 275..375; A = 25.4; H = 43500", also="August equation", same_as="arrhenius",
        source="Clapeyron 1834",
    ),
    _equilibrium(
        "magnus", "Magnus formula of water vapour", "e_s = a*exp(b*t/(c + t))",
        "t: temperature in °C",
        """a [e_s] : pressure at 0 °C; b [1] > 0 from 5 10 17 25: slope; c [t] > 0 from 3 10 20:
        shift in °C""",
        "t = -20..45; a = 6.112; b = 17.62; c = 243.12", also="August–Roche–Magnus, Tetens",
        same_as="exponential_of_reciprocal",
        source="WMO No. 8 (2008)",
    ),
    _equilibrium(
        "van_t_hoff", "van 't Hoff equation of ln K", "L = S/8.314462618 - H/(8.314462618*T)",
        "T: temperature in kelvin",
        "S [L] : entropy in J/(mol K); H [L*T] : enthalpy in J/mol",
        "T = 280..360; S = -40; H = -31000", source="van 't Hoff 1884",
        same_as="hyperbola",
    ),
    _equilibrium(
        "henderson_hasselbalch", "Henderson–Hasselbalch equation", "pH = pK + s*log(r)/log(10)",
        "r: ratio of base to acid", "pK [pH] : of the acid; s [pH] : slope, 1 in theory",
        "r = 0.05..20; pK = 4.76; s = 1", same_as="logarithm",
        source="Hasselbalch 1916",
    ),
    _equilibrium(
        "kohlrausch", "Kohlrausch's law of conductivity", "L = L0 - K*sqrt(c)",
        "c: concentration", "L0 [L] : at infinite dilution; K [L] : slope",
        "c = 0.0005..0.02; L0 = 149.9; K = 90", source="Kohlrausch 1900",
    ),
    _equilibrium(
        "debye_hueckel", "extended Debye–Hückel law of log γ",
        "L = -A*z**2*sqrt(I)/(1 + B*sqrt(I))", "z: charge; I: ionic strength",
        "A [L] > 0: constant, 0.509 in water at 25 °C; B [1] > 0 from 0.5 1 2 4: size of the ion",
        "z = 1..3; I = 0.001..0.1; A = 0.509; B = 1.3", source="Debye & Hückel 1923",
    ),
    _equilibrium(
        "debye_hueckel_limit", "Debye–Hückel limiting law of log γ", "L = -A*z**2*sqrt(I)",
        "z: charge; I: ionic strength", "A [L] > 0: constant, 0.509 in water at 25 °C",
        "z = 1..3; I = 0.0001..0.01; A = 0.509", source="Debye & Hückel 1923",
    ),
    _equilibrium(
        "heat_capacity", "heat capacity of Maier and Kelley", "C = a + b*T + c/T**2",
        "T: temperature", "a [C] : level; b [C/T] : slope; c [C*T**2] : low-temperature part",
        "T = 300..1500; a = 50; b = 0.006; c = -900000", source="Maier & Kelley 1932",
    ),
    _sorption(
        "langmuir", "Langmuir isotherm", "q = qmax*K*c/(1 + K*c)", "c: concentration or pressure",
        "qmax [q] : capacity; K [1/c] > 0: affinity", "c = 0.1..30; qmax = 3.2; K = 0.4",
        same_as="michaelis_menten",
        source="Langmuir 1918",
    ),
    _sorption(
        "freundlich", "Freundlich isotherm", "q = K*c**(1/n)", "c: concentration or pressure",
        "K [q] : coefficient; n [1] in 0.2..30 from 0.7 1.5 3 6: intensity",
        "c = 0.1..30; K = 3.2; n = 2.3", same_as="power_law",
        source="Freundlich 1906",
    ),
    _sorption(
        "sips", "Sips isotherm", "q = qmax*(K*c)**n/(1 + (K*c)**n)", "c: concentration or pressure",
        "qmax [q] : capacity; K [1/c] > 0: affinity; n [1] in 0.05..10 from 0.5 0.8 1.5: exponent",
        "c = 0.1..60; qmax = 3.2; K = 0.4; n = 0.7", also="Langmuir–Freundlich", same_as="hill",
        source="Sips 1948",
    ),
    _sorption(
        "toth", "Tóth isotherm", "q = qmax*K*c/(1 + (K*c)**n)**(1/n)",
        "c: concentration or pressure",
        "qmax [q] : capacity; K [1/c] > 0: affinity; n [1] in 0.05..10 from 0.4 0.8 1.5: exponent",
        "c = 0.1..60; qmax = 3.2; K = 0.4; n = 0.6", source="Tóth 1971",
    ),
    _sorption(
        "redlich_peterson", "Redlich–Peterson isotherm", "q = K*c/(1 + a*c**g)",
        "c: concentration or pressure",
        "K [q/c] : slope at 0; a [1/c] > 0: constant; g [1] in 0..3 from 0.4 0.7 0.9: exponent",
        "c = 0.1..60; K = 3.2; a = 0.6; g = 0.8", source="Redlich & Peterson 1959",
        same_as="shepherd",
    ),
    _sorption(
        "bet", "BET isotherm", "v = vm*C*x/((1 - x)*(1 + (C - 1)*x))", "x: relative pressure",
        "vm [v] : monolayer; C [1] > 0 from 1.5 5 20 60 200: BET constant",
        "x = 0.02..0.5; vm = 1.4; C = 60", source="Brunauer, Emmett & Teller 1938",
    ),
    _electro(
        "nernst", "Nernst equation", "E = E0 - 8.314462618*T/(z*96485.33212)*log(Q)",
        "T: temperature in kelvin; Q: reaction quotient",
        "E0 [E] : standard potential; z [1] in 0.1..12 from 0.8 1.7 3.4: electrons",
        "T = 280..350; Q = 0.01..90; E0 = 0.34; z = 2", source="Nernst 1889; CODATA",
    ),
    _electro(
        "butler_volmer", "Butler–Volmer equation", "j = j0*(exp(a*eta) - exp(-b*eta))",
        "eta: overpotential",
        """j0 [j] > 0: exchange current density; a [1/eta] > 0: anodic, αF/RT;
        b [1/eta] > 0: cathodic""",
        "eta = -0.12..0.12; j0 = 1.3; a = 19; b = 20", source="Erdey-Grúz & Volmer 1930",
    ),
    _electro(
        "tafel", "Tafel equation", "eta = a + b*log(j)/log(10)", "j: current density",
        "a [eta] : at j = 1; b [eta] : slope by decade", "j = 0.01..30; a = 0.4; b = 0.118",
        same_as="logarithm",
        source="Tafel 1905",
    ),
    _electro(
        "cottrell", "Cottrell equation", "i = a/sqrt(t) + c", "t: time",
        "a [i] : Cottrell slope; c [i] : residual current", "t = 0.05..10; a = 1.7; c = 0.1",
        source="Cottrell 1903",
    ),
    _matter(
        "vogel_fulcher_tammann", "Vogel–Fulcher–Tammann viscosity", "eta = A*exp(B/(T - T0))",
        "T: temperature",
        """A [eta] > 0: limit; B [T] > 0 from 0.5 2 5 10: strength; T0 [T] from 0.1 0.3 0.5 0.7:
        temperature of divergence""",
        "T = 300..450; A = 0.002; B = 900; T0 = 180", same_as="exponential_of_reciprocal",
        source="Vogel 1921; Fulcher 1925",
    ),
    _matter(
        "andrade", "Andrade viscosity", "eta = A*exp(B/T)", "T: temperature",
        "A [eta] > 0: limit; B [T] from 0.5 2 5 10 20: activation temperature",
        "T = 280..370; A = 0.001; B = 1900", also="Guzmán", same_as="arrhenius",
        source="Andrade 1930",
    ),
    _matter(
        "sutherland", "Sutherland viscosity", "mu = C*T**1.5/(T + S)", "T: temperature",
        "C [mu] : constant; S [T] > 0 from 0.1 0.3 1 3: Sutherland temperature",
        "T = 200..900; C = 1.458; S = 110.4", source="Sutherland 1893",
    ),
    _matter(
        "wlf", "Williams–Landel–Ferry shift of log a", "L = -C1*(T - Tr)/(C2 + T - Tr)",
        "T: temperature",
        """C1 [1] > 0: first constant; C2 [T] > 0 from 0.1 0.3 1 : second constant;
        Tr [T] : reference temperature""",
        "T = 300..400; C1 = 17.4; C2 = 51.6; Tr = 298", source="Williams, Landel & Ferry 1955",
        same_as="bilinear",
    ),
    _matter(
        "diffusion_front", "diffusion from a surface", "c = c0*(1 - erf(x/(2*sqrt(D*t))))",
        "x: depth; t: time", "c0 [c] : at the surface; D [x**2/t] > 0: diffusivity",
        "x = 0..4; t = 0.5..5; c0 = 2.1; D = 0.7", also="Fick's second law",
        source="Crank, The Mathematics of Diffusion",
    ),
    _matter(
        "diffusion_point", "spreading of a point source",
        "c = M/sqrt(4*pi*D*t)*exp(-x**2/(4*D*t))", "x: distance; t: time",
        "M [c*x] : amount; D [x**2/t] > 0: diffusivity",
        "x = -4..4; t = 0.5..5; M = 2.1; D = 0.7", also="heat kernel",
        source="Crank, The Mathematics of Diffusion",
    ),
    _matter(
        "debye_relaxation", "Debye relaxation, real part", "eps = ei + d/(1 + (w*tau)**2)",
        "w: angular frequency",
        "ei [eps] : at high frequencies; d [eps] : strength; tau [1/w] > 0: relaxation time",
        "w = 0.05..30; ei = 3; d = 17; tau = 0.8", source="Debye 1929",
    ),
    _matter(
        "debye_loss", "Debye relaxation, loss", "eps = d*w*tau/(1 + (w*tau)**2)",
        "w: angular frequency", "d [eps] : strength; tau [1/w] > 0: relaxation time",
        "w = 0.05..30; d = 17; tau = 0.8", source="Debye 1929",
    ),
    _matter(
        "cole_cole", "Cole–Cole relaxation, real part",
        """eps = ei + d*(1 + (w*tau)**m*cos(pi*m/2))/
        (1 + 2*(w*tau)**m*cos(pi*m/2) + (w*tau)**(2*m))""",
        "w: angular frequency",
        """ei [eps] : at high frequencies; d [eps] : strength; tau [1/w] > 0: relaxation time;
        m [1] in 0.05..1 from 0.3 0.6 0.9: exponent, 1 - α""",
        "w = 0.02..90; ei = 3; d = 17; tau = 0.8; m = 0.8", source="Cole & Cole 1941",
    ),
    _matter(
        "mark_houwink", "Mark–Houwink equation", "eta = K*M**a", "M: molar mass",
        "K [eta] > 0: constant; a [1] in -3..5 from 0.3 0.6 0.9: exponent",
        "M = 10000..900000; K = 0.0002; a = 0.72", same_as="power_law",
        source="Mark 1938; Houwink 1940", by_logs=True,
    ),
    _matter(
        "foerster", "Förster transfer", "E = a/(1 + (r/R0)**6)", "r: distance",
        "a [E] : greatest efficiency; R0 [r] > 0: Förster radius", "r = 1..12; a = 1; R0 = 5.4",
        source="Förster 1948",
    ),
)  # fmt: skip
"""Reactions, equilibria, adsorption, electrochemistry, transport."""
