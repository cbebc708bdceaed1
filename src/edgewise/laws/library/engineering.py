"""Laws of flow, of materials, of waters and the ground, and of society."""

from __future__ import annotations

from functools import partial

from edgewise.laws.law import make_law

_flow = partial(make_law, field="flow")
_strength = partial(make_law, field="strength of materials")
_fluid = partial(make_law, field="rheology")
_earth = partial(make_law, field="waters, ground and air")
_money = partial(make_law, field="economy")
_mind = partial(make_law, field="perception and language")

ENGINEERING = (
    _flow(
        "manning", "Manning's formula", "v = R**(2/3)*sqrt(S)/n", "R: hydraulic radius; S: slope",
        "n [1] > 0 from 0.01 0.03 0.1 1: roughness", "R = 0.2..4; S = 0.0005..0.02; n = 0.03",
        also="Gauckler–Manning–Strickler", source="Manning 1891",
    ),
    _flow(
        "manning_discharge", "Manning's formula of discharge", "Q = A*R**(2/3)*sqrt(S)/n",
        "A: area; R: hydraulic radius; S: slope", "n [1] > 0 from 0.01 0.03 0.1 1: roughness",
        "A = 1..20; R = 0.2..4; S = 0.0005..0.02; n = 0.03", source="Manning 1891",
    ),
    _flow(
        "chezy", "Chézy's formula", "v = C*sqrt(R*S)", "R: hydraulic radius; S: slope",
        "C [v] : coefficient", "R = 0.2..4; S = 0.0005..0.02; C = 50", source="Chézy 1775",
    ),
    _flow(
        "darcy_weisbach", "Darcy–Weisbach equation", "h = f*L*v**2/(2*9.81*D)",
        "L: length; v: speed; D: diameter", "f [1] : friction factor",
        "L = 10..200; v = 0.3..4; D = 0.05..0.6; f = 0.021", source="Weisbach 1845",
        same_as="stokes_settling",
    ),
    _flow(
        "hazen_williams", "Hazen–Williams equation", "v = k*R**0.63*S**0.54",
        "R: hydraulic radius; S: slope", "k [v] : 0.849 C", "R = 0.02..1; S = 0.001..0.05; k = 102",
        source="Hazen & Williams 1905",
    ),
    _flow(
        "haaland", "Haaland equation", "f = 1/(a*log((r/3.7)**1.11 + b/Re)/log(10))**2",
        "r: relative roughness; Re: Reynolds number",
        "a [1] > 0 from 1 1.8 3: 1.8; b [1] > 0 from 3 7 15: 6.9",
        "r = 0.0001..0.05; Re = 5000..500000; a = 1.8; b = 6.9", source="Haaland 1983",
    ),
    _flow(
        "swamee_jain", "Swamee–Jain equation", "f = a/(log(r/3.7 + b/Re**0.9)/log(10))**2",
        "r: relative roughness; Re: Reynolds number",
        "a [f] > 0: 0.25; b [1] > 0 from 2 6 15: 5.74",
        "r = 0.0001..0.05; Re = 5000..500000; a = 0.25; b = 5.74", source="Swamee & Jain 1976",
    ),
    _flow(
        "stokes_settling", "Stokes settling", "v = k*d*r**2/mu",
        "d: difference of densities; r: radius; mu: viscosity", "k [v] : 2 g/9",
        "d = 100..2000; r = 0.1..2; mu = 0.5..4; k = 2.18", source="Stokes 1851",
    ),
    _flow(
        "stokes_drag", "Stokes drag", "F = k*mu*r*v", "mu: viscosity; r: radius; v: speed",
        "k [F] : 6π", "mu = 0.5..4; r = 0.1..2; v = 0.1..3; k = 18.85", source="Stokes 1851",
    ),
    _flow(
        "drag", "drag equation", "F = k*rho*v**2*A", "rho: density; v: speed; A: area",
        "k [F] : half the drag coefficient", "rho = 0.8..1.4; v = 2..40; A = 0.1..3; k = 0.235",
        source="Rayleigh 1876",
    ),
    _flow(
        "bernoulli", "Bernoulli's equation", "p = p0 - k*rho*v**2 - rho*9.81*h",
        "rho: density; v: speed; h: height", "p0 [p] : total pressure; k [1] : 1/2",
        "rho = 700..1100; v = 0.2..5; h = 0..4; p0 = 150000; k = 0.5", source="Bernoulli 1738",
    ),
    _flow(
        "torricelli", "Torricelli's law", "v = k*sqrt(2*9.81*h)", "h: height",
        "k [v] : coefficient of velocity", "h = 0.1..9; k = 0.97", source="Torricelli 1643",
        same_as="pendulum",
    ),
    _flow(
        "poiseuille", "Hagen–Poiseuille law", "Q = k*dp*r**4/(mu*L)",
        "dp: difference of pressures; r: radius; mu: viscosity; L: length", "k [Q] : π/8",
        "dp = 10..400; r = 0.2..2; mu = 0.5..4; L = 1..9; k = 0.3927", source="Poiseuille 1840",
    ),
    _flow(
        "nusselt", "Nusselt correlation", "Nu = C*Re**m*Pr**n",
        "Re: Reynolds number; Pr: Prandtl number",
        """C [Nu] > 0: constant; m [1] in -3..3 from 0.4 0.6 0.8: exponent of Re;
        n [1] in -3..3 from 0.2 0.33 0.5: exponent of Pr""",
        "Re = 5000..200000; Pr = 0.7..10; C = 0.023; m = 0.8; n = 0.4", also="Dittus–Boelter",
        same_as="power_law_2",
        source="Dittus & Boelter 1930", by_logs=True,
    ),
    _flow(
        "pump", "characteristic of a pump", "H = H0 - k*Q**2", "Q: discharge",
        "H0 [H] : at no flow; k [H/Q**2] : loss", "Q = 0..40; H0 = 50; k = 0.018",
        source="any handbook",
        same_as="critical_field",
    ),
    _flow(
        "conduction", "heat conduction", "q = k*A*dT/L", "A: area; dT: difference; L: thickness",
        "k [q] : conductivity", "A = 0.5..9; dT = 2..60; L = 0.05..0.5; k = 0.8",
        also="Fourier's law", source="Fourier 1822",
        same_as="ideal_gas",
    ),
    _strength(
        "paris", "Paris' law", "r = C*K**m", "K: range of the stress intensity",
        "C [r] > 0: constant; m [1] in 0.5..12 from 2 3 4: exponent",
        "K = 5..60; C = 1e-11; m = 3.1", same_as="power_law",
        source="Paris & Erdogan 1963", by_logs=True,
    ),
    _strength(
        "ramberg_osgood", "Ramberg–Osgood relation", "e = s/Em + (s/K)**n", "s: stress",
        "Em [s/e] > 0: modulus; K [s] > 0 from 1.2 1.6 2.5 4: strength; "
        "n [1] in 1.5..40 from 3 6 12: exponent",
        "s = 10..480; Em = 70000; K = 700; n = 9", source="Ramberg & Osgood 1943",
    ),
    _strength(
        "norton_creep", "Norton creep", "r = A*s**n*exp(-Q/(8.314462618*T))",
        "s: stress; T: temperature in kelvin",
        """A [r] > 0: constant; n [1] in 0.5..12 from 1 3 5 8: stress exponent;
        Q [8.314462618*T] > 0 from 10 20 30 50: activation energy in J/mol""",
        "s = 20..200; T = 800..1100; A = 1e5; n = 4.5; Q = 280000", source="Norton 1929",
    ),
    _strength(
        "hall_petch", "Hall–Petch relation", "s = s0 + k/sqrt(d)", "d: grain size",
        "s0 [s] : friction stress; k [s] : strengthening", "d = 1..200; s0 = 70; k = 600",
        source="Hall 1951",
        same_as="cottrell",
    ),
    _strength(
        "weibull_strength", "Weibull strength", "F = 1 - exp(-(s/s0)**m)", "s: stress",
        "s0 [s] > 0 from 0.5 0.8 1.2 : characteristic strength; m [1] in 0.3..60 from 2 5 10 20: "
        "modulus",
        "s = 100..500; s0 = 310; m = 7", also="Weibull distribution", source="Weibull 1951",
    ),
    _strength(
        "basquin", "Basquin's law", "s = a*N**(-b)", "N: cycles to failure",
        "a [s] > 0: coefficient; b [1] in 0.005..2 from 0.05 0.1 0.2: exponent",
        "N = 1000..1000000; a = 900; b = 0.09", same_as="power_law",
        source="Basquin 1910", by_logs=False,
    ),
    _strength(
        "voce", "Voce hardening", "s = ss - d*exp(-e/e0)", "e: strain",
        "ss [s] : saturation; d [s] : distance from it at 0; e0 [e] > 0: strain constant",
        "e = 0..0.4; ss = 400; d = 220; e0 = 0.09", same_as="exponential_offset",
        source="Voce 1948",
    ),
    _strength(
        "mooney_rivlin", "Mooney–Rivlin tension", "s = 2*(C1 + C2/l)*(l - 1/l**2)", "l: stretch",
        "C1 [s] : first constant; C2 [s] : second constant",
        "l = 1.05..3; C1 = 0.17; C2 = 0.12", source="Mooney 1940",
    ),
    _strength(
        "euler_buckling", "Euler buckling", "F = k*Em*I/L**2",
        "Em: modulus; I: second moment of area; L: length", "k [F] : π²",
        "Em = 10..200; I = 0.5..9; L = 0.5..5; k = 9.87", source="Euler 1744",
        same_as="gravitation",
    ),
    _strength(
        "cantilever", "deflection of a cantilever", "w = k*F*L**3/(Em*I)",
        "F: force; L: length; Em: modulus; I: second moment of area", "k [w] : 1/3",
        "F = 1..50; L = 0.3..3; Em = 10..200; I = 0.5..9; k = 0.3333", source="Euler 1744",
    ),
    _fluid(
        "herschel_bulkley", "Herschel–Bulkley fluid", "tau = t0 + K*g**n", "g: shear rate",
        "t0 [tau] : yield stress; K [tau] : consistency; n [1] in 0.05..4 from 0.3 0.6 1.5: index",
        "g = 0.1..100; t0 = 4; K = 2.1; n = 0.6", also="Bingham fluid for n = 1",
        same_as="power_law_offset",
        source="Herschel & Bulkley 1926",
    ),
    _fluid(
        "casson", "Casson fluid", "tau = (sqrt(t0) + sqrt(m*g))**2", "g: shear rate",
        "t0 [tau] > 0 from 0.02 0.1 0.5: yield stress; m [tau/g] > 0: viscosity",
        "g = 0.1..100; t0 = 4; m = 0.4", source="Casson 1959",
    ),
    _fluid(
        "cross", "Cross viscosity", "eta = ei + (e0 - ei)/(1 + (c*g)**m)", "g: shear rate",
        """ei [eta] : at high rates; e0 [eta] : at rest; c [1/g] > 0 from 0.5 5 50 500: time;
        m [1] in 0.05..4 from 0.5 0.8 1.3: exponent""",
        "g = 0.01..100; ei = 0.2; e0 = 9; c = 1.4; m = 0.8", source="Cross 1965",
        same_as="hill_offset",
    ),
    _fluid(
        "carreau", "Carreau viscosity", "eta = ei + (e0 - ei)*(1 + (c*g)**2)**((n - 1)/2)",
        "g: shear rate",
        """ei [eta] : at high rates; e0 [eta] : at rest; c [1/g] > 0 from 0.5 5 50 500: time;
        n [1] in 0.01..3 from 0.2 0.5 0.8: exponent""",
        "g = 0.01..100; ei = 0.2; e0 = 9; c = 1.4; n = 0.4", source="Carreau 1972",
    ),
    _fluid(
        "krieger_dougherty", "Krieger–Dougherty viscosity", "eta = e0*(1 - p/pm)**(-q)",
        "p: volume fraction",
        """e0 [eta] > 0: of the liquid; pm [p] > 0 from 1.05 1.2 1.5: greatest packing;
        q [1] in 0.2..6 from 1 2 3: exponent""",
        "p = 0.02..0.5; e0 = 1; pm = 0.62; q = 1.6", source="Krieger & Dougherty 1959",
    ),
    _earth(
        "streeter_phelps", "Streeter–Phelps oxygen sag",
        "D = kd*L0/(kr - kd)*(exp(-kd*t) - exp(-kr*t)) + D0*exp(-kr*t)", "t: time",
        """kd [1/t] > 0: deoxygenation; L0 [D] > 0 from 1 2 4: initial demand; kr [1/t] > 0:
        reaeration; D0 [D] : initial deficit""",
        "t = 0..12; kd = 0.3; L0 = 18; kr = 0.6; D0 = 1.5", order="kd kr",
        same_as="biexponential", source="Streeter & Phelps 1925",
    ),
    _earth(
        "log_wind", "logarithmic wind profile", "u = a*log(z/z0)", "z: height",
        "a [u] : friction velocity by 0.41; z0 [z] > 0 from 0.0001 0.001 0.01 0.05: roughness",
        "z = 1..80; a = 0.9; z0 = 0.1", also="law of the wall", same_as="logarithm",
        source="von Kármán 1930",
    ),
    _earth(
        "van_genuchten", "van Genuchten retention", "w = wr + (ws - wr)/(1 + (a*h)**n)**(1 - 1/n)",
        "h: suction",
        """wr [w] : residual content; ws [w] : saturated content; a [1/h] > 0 from 1 10 100
        1000: inverse of the air entry; n [1] in 1.02..12 from 1.2 1.6 2.5 4: shape""",
        "h = 1..900; wr = 0.07; ws = 0.43; a = 0.036; n = 1.7", source="van Genuchten 1980",
    ),
    _earth(
        "omori", "Omori's law", "n = K/(t + c)**p", "t: time",
        "K [n] > 0: productivity; c [t] > 0: delay; p [1] in 0.3..4 from 0.8 1.1 1.5: decay",
        "t = 0.1..60; K = 90; c = 0.4; p = 1.1", source="Utsu 1961",
        same_as="shifted_power",
    ),
    _earth(
        "gutenberg_richter", "Gutenberg–Richter law", "N = 10**(a - b*M)", "M: magnitude",
        "a [1] from 1 3 5 7: productivity; b [1] in 0..4 from 0.5 1 1.5: slope",
        "M = 2..7; a = 5.2; b = 0.97", same_as="exponential",
        source="Gutenberg & Richter 1944",
    ),
    _earth(
        "arps", "Arps decline", "q = qi/(1 + b*D*t)**(1/b)", "t: time",
        "qi [q] > 0 from 0.7 1 1.5 3: at the beginning; b [1] in 0.01..3 from 0.3 0.6 1 1.5: "
        "exponent; D [1/t] > 0: decline",
        "t = 0..60; qi = 800; b = 0.7; D = 0.06", source="Arps 1945",
        same_as="shifted_power",
    ),
    _earth(
        "sound_distance", "level of a sound", "L = L0 - n*log(r)/log(10)", "r: distance",
        "L0 [L] : at the distance 1; n [L] : loss by decade, 20 in the free field",
        "r = 1..90; L0 = 94; n = 20", also="path loss of radio", same_as="logarithm",
        source="any handbook",
    ),
    _money(
        "compound_interest", "compound interest", "A = k*P*(1 + r)**t",
        "P: principal; r: rate; t: time", "k [A] : 1, or what units make of it",
        "P = 100..900; r = 0.01..0.12; t = 1..30; k = 1", source="any textbook",
    ),
    _money(
        "compound_growth", "growth at a constant rate", "A = P*(1 + r)**t", "t: time",
        "P [A] : at the beginning; r [1] in -0.9..9 from -0.3 -0.05 0.02 0.1 0.4: rate",
        "t = 1..30; P = 500; r = 0.06", also="compound interest at one rate",
        same_as="exponential",
        source="any textbook",
    ),
    _money(
        "annuity", "payment of a loan", "M = k*P*r/(1 - (1 + r)**(-n))",
        "P: loan; r: rate of a period; n: periods", "k [M] : 1, or what units make of it",
        "P = 1000..90000; r = 0.002..0.02; n = 12..360; k = 1", also="mortgage, amortisation",
        source="any textbook",
    ),
    _money(
        "annuity_one_loan", "payment of one loan", "M = P*r/(1 - (1 + r)**(-n))", "n: periods",
        "P [M*n] > 0: loan; r [1] in 0.00001..1 from 0.001 0.005 0.02 0.08: rate of a period",
        "n = 6..240; P = 20000; r = 0.006", source="any textbook",
    ),
    _money(
        "cobb_douglas", "Cobb–Douglas production", "Y = A*K**a*L**b", "K: capital; L: labour",
        """A [Y] > 0: productivity; a [1] in -3..3 from 0.3 0.7: elasticity of capital;
        b [1] in -3..3 from 0.3 0.7: of labour""",
        "K = 1..90; L = 1..90; A = 1.3; a = 0.3; b = 0.7", same_as="power_law_2",
        source="Cobb & Douglas 1928",
        by_logs=True,
    ),
    _money(
        "ces", "CES production", "Y = A*(d*K**(-r) + (1 - d)*L**(-r))**(-1/r)",
        "K: capital; L: labour",
        """A [Y] > 0: productivity; d [1] in 0.01..0.99 from 0.2 0.4 0.6 0.8: share of capital;
        r [1] in -0.95..8 from -0.5 0.5 1.5 : substitution""",
        "K = 1..30; L = 1..30; A = 1.3; d = 0.4; r = 0.8", source="Arrow et al. 1961",
    ),
    _money(
        "bass", "Bass diffusion", "N = m*(1 - exp(-(p + q)*t))/(1 + q/p*exp(-(p + q)*t))",
        "t: time",
        """m [N] : market; p [1/t] > 0 from 0.02 0.1 0.5: innovation; q [1/t] > 0 from 2 5 10:
        imitation""",
        "t = 0..20; m = 900; p = 0.02; q = 0.45", source="Bass 1969",
    ),
    _money(
        "nelson_siegel", "Nelson–Siegel yield curve",
        "y = b0 + b1*(1 - exp(-t/u))/(t/u) + b2*((1 - exp(-t/u))/(t/u) - exp(-t/u))",
        "t: maturity",
        "b0 [y] : level; b1 [y] : slope; b2 [y] : curvature; u [t] > 0: time of the hump",
        "t = 0.25..30; b0 = 4; b1 = -2; b2 = 3; u = 1.8", source="Nelson & Siegel 1987",
    ),
    _mind(
        "zipf_mandelbrot", "Zipf–Mandelbrot law", "f = C/(r + q)**s", "r: rank",
        "C [f] > 0: constant; q [r] > 0 from 0.01 0.05 0.2 : shift; s [1] in 0.1..8 from 0.7 1 2: "
        "exponent",
        "r = 1..60; C = 900; q = 2.7; s = 1.1", source="Mandelbrot 1953",
        same_as="shifted_power",
    ),
    _mind(
        "fitts", "Fitts's law", "t = a + b*log(2*D/W)/log(2)", "D: distance; W: width",
        "a [t] : delay; b [t] : time by bit", "D = 2..30; W = 0.3..2; a = 0.2; b = 0.15",
        source="Fitts 1954",
    ),
    _mind(
        "learning_curve", "exponential learning curve", "P = a - d*exp(-k*n)", "n: trials",
        "a [P] : final level; d [P] : to be learned; k [1/n] > 0: rate",
        "n = 1..60; a = 95; d = 60; k = 0.09", also="forgetting", same_as="exponential_offset",
        source="Hull 1943",
    ),
)  # fmt: skip
"""Flow, strength, rheology, waters and ground, economy, perception."""
