"""Laws of mechanics, light, radiation and quanta, gases, solids and circuits, and stars."""

from __future__ import annotations

from functools import partial

from edgewise.laws.law import make_law

_motion = partial(make_law, field="mechanics and relativity")
_light = partial(make_law, field="waves and light")
_quanta = partial(make_law, field="radiation and quanta")
_forces = partial(make_law, field="forces between particles")
_gas = partial(make_law, field="gases and heat")
_solid = partial(make_law, field="solids and circuits")
_sky = partial(make_law, field="astronomy")

PHYSICS = (
    _motion(
        "pendulum", "period of a pendulum", "T = 2*pi*sqrt(l/g)", "l: length",
        "g [l/T**2] > 0 from 20 40 80: gravity", "l = 0.2..2; g = 9.81", source="Huygens 1673",
    ),
    _motion(
        "hooke", "Hooke's law", "F = k*x", "x: extension", "k [F/x] : stiffness",
        "x = 0.01..0.3; k = 20", same_as="proportionality", source="Hooke 1678",
    ),
    _motion(
        "falling_with_drag", "fall with drag", "v = vt*tanh(g*t/vt)", "t: time",
        "vt [v] > 0 from 0.7 1 2 5: terminal speed; g [v/t] > 0: gravity",
        "t = 0..9; vt = 30; g = 9.81", source="Newton, Principia II",
    ),
    _motion(
        "projectile", "trajectory of a projectile", "y = x*tan(a) - g*x**2/(2*v**2*cos(a)**2)",
        "x: distance; a: elevation; v: speed", "g [v**2/x] > 0: gravity",
        "x = 0..20; a = 0.3..1.2; v = 12..30; g = 9.81", source="Galilei 1638",
    ),
    _motion(
        "projectile_range", "range of a projectile", "R = v**2*sin(2*a)/g",
        "v: speed; a: elevation", "g [v**2/R] > 0: gravity", "v = 5..30; a = 0.2..1.4; g = 9.81",
        source="Galilei 1638",
    ),
    _motion(
        "kinetic_energy", "kinetic energy", "E = k*m*v**2", "m: mass; v: speed",
        "k [1] : 1/2, or what units make of it", "m = 0.5..5; v = 1..9; k = 0.5",
        source="Coriolis 1829",
    ),
    _motion(
        "centripetal_force", "centripetal force", "F = k*m*v**2/r", "m: mass; v: speed; r: radius",
        "k [1] : 1, or what units make of it", "m = 0.5..5; v = 1..9; r = 0.3..4; k = 1",
        source="Huygens 1673",
        same_as="stokes_settling",
    ),
    _motion(
        "lorentz_factor", "Lorentz factor", "g = 1/sqrt(1 - v**2/c**2)", "v: speed",
        "c [v] > 0 from 1.02 1.1 1.3 2 4: speed of light", "v = 0..2.7; c = 2.998",
        also="time dilation", source="Einstein 1905",
    ),
    _motion(
        "relativistic_momentum", "relativistic momentum", "p = m*v/sqrt(1 - v**2/c**2)",
        "m: mass; v: speed", "c [v] > 0 from 1.02 1.5 2 3 6: speed of light",
        "m = 0.5..4; v = 0.1..2.7; c = 2.998", source="Einstein 1905",
    ),
    _motion(
        "velocity_addition", "addition of velocities", "w = (u + v)/(1 + u*v/c**2)",
        "u: speed; v: speed", "c [u] > 0: speed of light", "u = 0.1..2.8; v = 0.1..2.8; c = 2.998",
        source="Einstein 1905",
    ),
    _motion(
        "energy_momentum", "energy and momentum", "E = sqrt(m**2*c**4 + p**2*c**2)",
        "m: mass; p: momentum", "c [1] > 0 from 0.3 1 3 10: speed of light",
        "m = 0.5..4; p = 0.5..9; c = 2.998", source="Einstein 1905",
    ),
    _light(
        "thin_lens", "thin lens", "b = f*g/(g - f)", "g: distance of the object",
        "f [g] > 0 from 0.1 0.3 0.7 : focal length", "g = 3..20; f = 2.1", source="Halley 1693",
    ),
    _light(
        "snell", "Snell's law", "b = arcsin(sin(a)/n)", "a: angle of incidence",
        "n [1] > 0 from 1.1 1.3 1.6 2.2: ratio of refractive indices", "a = 0.05..1.5; n = 1.33",
        also="refraction", source="Snellius 1621",
    ),
    _light(
        "snell_two", "Snell's law of two media", "b = arcsin(k*n1/n2*sin(a))",
        "n1: index of the first medium; n2: index of the second; a: angle of incidence",
        "k [1] > 0 from 0.9 1: 1 in theory", "n1 = 1..1.5; n2 = 1.5..2.4; a = 0.05..1.5; k = 1",
        source="Snellius 1621",
    ),
    _light(
        "bragg", "Bragg's law", "a = arcsin(l/(2*d))", "l: wavelength times the order",
        "d [l] > 0 from 0.55 0.8 1.2 2: distance of the planes", "l = 0.5..3.5; d = 2.1",
        source="Bragg 1913",
    ),
    _light(
        "malus", "Malus's law", "I = I0*cos(a - a0)**2 + b", "a: angle",
        "I0 [I] > 0: intensity; a0 [1] in -1.6..1.6 from -1 0 1: axis; b [I] : background",
        "a = 0..6.2; I0 = 7; a0 = 0.3; b = 0.4", source="Malus 1809",
    ),
    _light(
        "single_slit", "diffraction by a slit", "I = I0*sinc(pi*(x - x0)/w)**2", "x: position",
        "I0 [I] > 0: intensity; x0 [x] : middle; w [x] > 0: distance of the first zero",
        "x = -5..5; I0 = 4; x0 = 0.3; w = 1.9", source="Fraunhofer 1821",
    ),
    _light(
        "double_slit", "interference of two slits",
        "I = I0*cos(k*(x - x0))**2*sinc(pi*(x - x0)/w)**2", "x: position",
        """I0 [I] > 0: intensity; k [1/x] > 0 waves: wave number of the fringes;
        x0 [x] from -0.1 -0.05 0 0.05 0.1: middle; w [x] > 0: zero of a slit""",
        "x = -5..5; I0 = 4; k = 3.5; x0 = 0.3; w = 4", source="Young 1804",
    ),
    _light(
        "airy_disc", "Airy disc", "I = I0*jinc(k*r)**2", "r: distance from the axis",
        "I0 [I] > 0: intensity; k [1/r] > 0 from 2 4 8 16 30: wave number of the aperture",
        "r = 0.01..6; I0 = 3; k = 1.7", source="Airy 1835",
    ),
    _light(
        "fabry_perot", "Fabry–Pérot transmission", "T = a/(1 + F*sin(k*x)**2)",
        "x: frequency or distance",
        "a [T] > 0: greatest; F [1] > 0 from 1 5 20 : finesse; k [1/x] > 0 waves: wave number",
        "x = 0.1..9; a = 0.9; F = 4; k = 1.3", source="Fabry & Pérot 1899",
    ),
    _light(
        "gaussian_beam", "width of a Gaussian beam", "w = w0*sqrt(1 + ((z - z0)/zR)**2)",
        "z: position", "w0 [w] > 0: waist; z0 [z] : its place; zR [z] > 0: Rayleigh length",
        "z = -5..9; w0 = 0.3; z0 = 1.2; zR = 2.1", source="Kogelnik & Li 1966",
    ),
    _light(
        "cauchy", "Cauchy dispersion", "n = A + B/l**2 + C/l**4", "l: wavelength",
        "A [n] : limit; B [n*l**2] : first coefficient; C [n*l**4] : second coefficient",
        "l = 0.3..1.5; A = 1.5; B = 0.0042; C = 0.0003", source="Cauchy 1836",
    ),
    _light(
        "cauchy_short", "Cauchy dispersion of two terms", "n = A + B/l**2", "l: wavelength",
        "A [n] : limit; B [n*l**2] : coefficient", "l = 0.3..1.5; A = 1.5; B = 0.0042",
        source="Cauchy 1836",
    ),
    _light(
        "sellmeier", "Sellmeier dispersion", "n = sqrt(1 + B*l**2/(l**2 - C))", "l: wavelength",
        """B [1] > 0 from 0.3 1 2: strength; C [l**2] > 0 from 0.001 0.01 0.05: square of the
        resonance""",
        "l = 0.3..2; B = 1.3; C = 0.012", source="Sellmeier 1871",
    ),
    _light(
        "sellmeier_two", "Sellmeier dispersion of two terms",
        "n = sqrt(A + B*l**2/(l**2 - C))", "l: wavelength",
        """A [1] > 0 from 1 1.5 2: far ultraviolet; B [1] > 0 from 0.3 1 2: strength;
        C [l**2] > 0 from 0.01 0.03 0.1 0.2: square of the resonance""",
        "l = 0.4..2; A = 2.2; B = 1.1; C = 0.1", source="Sellmeier 1871",
    ),
    _light(
        "beer_lambert", "Beer–Lambert law", "I = I0*exp(-k*c*d)", "c: concentration; d: path",
        "I0 [I] : intensity; k [1/(c*d)] : absorption", "c = 0.1..2; d = 0.1..3; I0 = 9; k = 0.7",
        source="Beer 1852",
    ),
    _light(
        "doppler", "Doppler effect", "f = f0*(c + v)/(c - u)",
        "v: speed of the observer; u: speed of the source",
        "f0 [f] > 0: frequency at rest; c [u] > 0 from 2 5 15 40: speed of the wave",
        "v = -30..30; u = -30..30; f0 = 440; c = 340", source="Doppler 1842",
    ),
    _light(
        "doppler_relativistic", "relativistic Doppler effect", "f = f0*sqrt((c + v)/(c - v))",
        "v: speed of approach",
        "f0 [f] > 0: frequency at rest; c [v] > 0 from 1.5 2 4 9: speed of light",
        "v = -2..2; f0 = 440; c = 2.998", source="Einstein 1905",
    ),
    _quanta(
        "planck", "Planck's law", "B = c1/(l**5*(exp(c2/(l*T)) - 1))",
        "l: wavelength; T: temperature",
        """c1 [B*l**5] > 0: first radiation constant; c2 [l*T] > 0 from 1 3 8 20: second radiation
        constant, hc/k""",
        "l = 0.3..3; T = 3000..6500; c1 = 119; c2 = 14388", source="Planck 1900",
    ),
    _quanta(
        "planck_spectrum", "Planck's law of one temperature", "B = a/(l**5*(exp(b/l) - 1))",
        "l: wavelength", "a [B*l**5] > 0: strength; b [l] > 0 from 0.5 1.5 4 10: hc/kT",
        "l = 0.3..3; a = 30; b = 2.5", also="black body", source="Planck 1900",
    ),
    _quanta(
        "planck_frequency", "Planck's law by frequency", "B = a*f**3/(exp(b*f) - 1)",
        "f: frequency", "a [B/f**3] > 0: strength; b [1/f] > 0: h/kT",
        "f = 0.5..12; a = 2; b = 0.9", also="black body", source="Planck 1900",
    ),
    _quanta(
        "planck_frequency_two", "Planck's law by frequency and temperature",
        "B = a*f**3/(exp(b*f/T) - 1)", "f: frequency; T: temperature",
        "a [B/f**3] > 0: 2h/c²; b [T/f] > 0 from 0.3 1 3 10: h/k",
        "f = 0.5..12; T = 1..4; a = 2; b = 0.9", source="Planck 1900",
    ),
    _quanta(
        "stefan_boltzmann", "Stefan–Boltzmann law", "P = s*(T**4 - T0**4)",
        "T: temperature; T0: temperature of the surroundings",
        "s [P/T**4] > 0: emissivity times σ", "T = 300..900; T0 = 250..320; s = 5.67e-8",
        source="Stefan 1879",
    ),
    _quanta(
        "stefan_boltzmann_single", "Stefan–Boltzmann law of one body", "P = s*T**4",
        "T: temperature", "s [P/T**4] : emissivity times σ", "T = 300..900; s = 5.67e-8",
        source="Stefan 1879",
    ),
    _quanta(
        "wien", "Wien's displacement law", "l = b/T", "T: temperature", "b [l*T] : constant",
        "T = 2000..9000; b = 2898", also="inverse proportion, de Broglie, Boyle",
        same_as="inverse",
        source="Wien 1893",
    ),
    _quanta(
        "rydberg", "Rydberg formula of wavelengths", "l = 1/(R*(1/m**2 - 1/n**2))",
        "m: lower level; n: upper level", "R [1/l] > 0: Rydberg constant",
        "m = 1..2; n = 3..9; R = 0.01097", source="Rydberg 1888",
    ),
    _quanta(
        "rydberg_wave_number", "Rydberg formula", "k = R*(1/m**2 - 1/n**2)",
        "m: lower level; n: upper level", "R [k] > 0: Rydberg constant",
        "m = 1..2; n = 3..9; R = 10973731", source="Rydberg 1888",
    ),
    _quanta(
        "balmer", "Balmer formula", "l = B*n**2/(n**2 - m**2)", "n: upper level",
        "B [l] > 0: limit; m [1] in 0.1..2.9 from 1 1.9 2.5 : lower level",
        "n = 3..9; B = 364.5; m = 2", source="Balmer 1885",
    ),
    _quanta(
        "compton", "Compton scattering", "s = l + k*(1 - cos(a))",
        "l: wavelength; a: angle of scattering", "k [l] : Compton wavelength, h/mc",
        "l = 0.01..0.1; a = 0.1..3.1; k = 0.00243", source="Compton 1923",
    ),
    _quanta(
        "compton_shift", "Compton shift", "s = l + k*(1 - cos(a))", "a: angle of scattering",
        "l [s] : wavelength; k [s] : Compton wavelength", "a = 0.1..3.1; l = 0.071; k = 0.00243",
        source="Compton 1923",
    ),
    _quanta(
        "photoelectric", "photoelectric effect", "K = h*f - W", "f: frequency",
        "h [K/f] : Planck's constant; W [K] : work function", "f = 6..15; h = 0.41; W = 2.1",
        same_as="line",
        source="Einstein 1905",
    ),
    _quanta(
        "fermi_dirac", "Fermi–Dirac distribution", "n = a/(exp((E - mu)/kT) + 1)", "E: energy",
        "a [n] : number of states; mu [E] : chemical potential; kT [E] > 0: temperature",
        "E = 0..3; a = 1; mu = 1.3; kT = 0.2", also="logistic", same_as="logistic",
        source="Fermi 1926",
    ),
    _quanta(
        "bose_einstein", "Bose–Einstein distribution", "n = a/(exp((E - mu)/kT) - 1)", "E: energy",
        """a [n] > 0: number of states; mu [E] from -0.3 -0.1 0.01: chemical potential;
        kT [E] > 0: temperature""",
        "E = 0.2..3; a = 1; mu = -0.1; kT = 0.7", source="Bose 1924",
    ),
    _quanta(
        "maxwell_speed", "Maxwell distribution of speeds", "f = a*v**2*exp(-(v/u)**2)", "v: speed",
        "a [f/v**2] > 0: scale; u [v] > 0: likeliest speed", "v = 0..4; a = 3; u = 1.2",
        source="Maxwell 1860",
    ),
    _quanta(
        "attenuated_inverse_square", "attenuated inverse square", "I = S*exp(-m*r)/r**2",
        "r: distance", "S [I*r**2] > 0: strength; m [1/r] : attenuation",
        "r = 0.5..6; S = 9; m = 0.3", source="shielding handbooks",
    ),
    _quanta(
        "inverse_square_offset", "inverse square from an unknown origin", "I = S/(r + r0)**2 + b",
        "r: distance", "S [I*r**2] > 0: strength; r0 [r] : shift; b [I] : background",
        "r = 0.5..6; S = 9; r0 = 0.4; b = 0.3", source="physics laboratory",
    ),
    _forces(
        "gravitation", "Newton's law of gravitation", "F = G*m*M/r**2",
        "m: mass; M: mass; r: distance", "G [F*r**2/(m*M)] : constant of gravitation",
        "m = 1..9; M = 1..9; r = 0.5..4; G = 6.674", source="Newton 1687",
    ),
    _forces(
        "coulomb", "Coulomb's law", "F = k*q1*q2/r**2", "q1: charge; q2: charge; r: distance",
        "k [F*r**2/(q1*q2)] : 1/(4 pi epsilon)",
        "q1 = 1..9; q2 = 1..9; r = 0.5..4; k = 8.988", source="Coulomb 1785",
        same_as="gravitation",
    ),
    _forces(
        "morse", "Morse potential", "V = D*(1 - exp(-a*(r - re)))**2", "r: distance",
        "D [V] > 0: depth; a [1/r] > 0 from 1 3 6 12: width; re [r] > 0 from 0.3 0.6 1 : place",
        "r = 0.6..4; D = 4.7; a = 1.9; re = 0.9", source="Morse 1929",
    ),
    _forces(
        "morse_offset", "Morse potential with offset", "V = V0 + D*(1 - exp(-a*(r - re)))**2",
        "r: distance",
        """V0 [V] : least energy; D [V] > 0: depth; a [1/r] > 0 from 1 3 6 12: width;
        re [r] > 0 from 0.3 0.6 1 : place""",
        "r = 0.6..4; V0 = -4.7; D = 4.7; a = 1.9; re = 0.9", source="Morse 1929",
    ),
    _forces(
        "lennard_jones", "Lennard-Jones potential", "V = 4*e*((s/r)**12 - (s/r)**6)", "r: distance",
        "e [V] > 0: depth; s [r] > 0 from 0.3 0.5 0.7 1: distance of zero energy",
        "r = 0.95..3; e = 1.7; s = 1", source="Lennard-Jones 1924",
    ),
    _forces(
        "buckingham", "Buckingham potential", "V = A*exp(-B*r) - C/r**6", "r: distance",
        "A [V] > 0: repulsion; B [1/r] > 0: its decay; C [V*r**6] : attraction",
        "r = 1..5; A = 900; B = 3.1; C = 20", source="Buckingham 1938",
    ),
    _forces(
        "yukawa", "Yukawa potential", "V = g*exp(-m*r)/r", "r: distance",
        "g [V*r] : strength; m [1/r] : inverse range", "r = 0.3..6; g = 3; m = 0.7",
        also="screened Coulomb, Debye", source="Yukawa 1935",
    ),
    _gas(
        "ideal_gas", "ideal gas law", "p = R*n*T/V", "n: amount; T: temperature; V: volume",
        "R [p*V/(n*T)] : gas constant", "n = 0.5..3; T = 250..400; V = 5..40; R = 8.314",
        source="Clapeyron 1834",
    ),
    _gas(
        "van_der_waals", "van der Waals equation", "p = R*n*T/(V - n*b) - a*n**2/V**2",
        "n: amount; T: temperature; V: volume",
        """R [p*V/(n*T)] : gas constant; b [V/n] > 0 from 0.003 0.01 0.03 0.1 : covolume;
        a [p*V**2/n**2] : attraction""",
        "n = 0.5..3; T = 250..400; V = 1..6; R = 8.314; b = 0.043; a = 364",
        source="van der Waals 1873",
    ),
    _gas(
        "van_der_waals_molar", "van der Waals equation of one mole", "p = R*T/(V - b) - a/V**2",
        "T: temperature; V: molar volume",
        """R [p*V/T] : gas constant; b [V] > 0 from 0.003 0.01 0.03 0.1 0.3: covolume;
        a [p*V**2] : attraction""",
        "T = 250..400; V = 0.2..3; R = 8.314; b = 0.043; a = 364", source="van der Waals 1873",
    ),
    _gas(
        "redlich_kwong", "Redlich–Kwong equation", "p = R*T/(V - b) - a/(sqrt(T)*V*(V + b))",
        "T: temperature; V: molar volume",
        """R [p*V/T] : gas constant; b [V] > 0 from 0.003 0.01 0.03 0.1 0.3: covolume;
        a [p*V**2] : attraction""",
        "T = 250..400; V = 0.2..3; R = 8.314; b = 0.03; a = 6450", source="Redlich & Kwong 1949",
    ),
    _gas(
        "adiabatic", "adiabatic change", "p = C*V**(-g)", "V: volume",
        "C [p] > 0: constant; g [1] in 0.5..4 from 1 1.4 1.7: adiabatic exponent",
        "V = 0.4..5; C = 3; g = 1.4", same_as="power_law",
        source="Poisson 1823", by_logs=False,
    ),
    _gas(
        "barometric", "barometric formula", "p = p0*(1 - h/H)**n", "h: height",
        """p0 [p] > 0: at the ground; H [h] > 0 from 1.5 3 6 12: T0 by lapse rate;
        n [1] in 0.5..30 from 2 5 10: exponent""",
        "h = 0..11; p0 = 1013; H = 44.3; n = 5.26", source="ICAO standard atmosphere",
    ),
    _gas(
        "carnot", "Carnot efficiency", "eta = k*(1 - Tc/Th)",
        "Tc: temperature of the cold side; Th: of the hot side", "k [eta] : 1 in theory",
        "Tc = 250..320; Th = 350..900; k = 1", source="Carnot 1824",
    ),
    _gas(
        "newton_cooling", "Newton's law of cooling", "T = Ta + (T0 - Ta)*exp(-k*t)", "t: time",
        "Ta [T] : surroundings; T0 [T] : at the beginning; k [1/t] > 0: rate",
        "t = 0..60; Ta = 21; T0 = 83; k = 0.05", same_as="exponential_offset",
        source="Newton 1701",
    ),
    _gas(
        "einstein_heat", "Einstein heat capacity",
        "C = a*(Th/T)**2*exp(Th/T)/(exp(Th/T) - 1)**2", "T: temperature",
        "a [C] > 0: limit, 3R; Th [T] > 0 from 0.3 1 3: Einstein temperature",
        "T = 60..900; a = 24.9; Th = 230", source="Einstein 1907",
    ),
    _solid(
        "diode", "Shockley diode", "I = Is*(exp(V/Vt) - 1)", "V: voltage",
        "Is [I] > 0: saturation current; Vt [V] > 0 from 0.01 0.03 0.06 0.1 0.3: n kT/q",
        "V = -0.1..0.6; Is = 1e-7; Vt = 0.04", source="Shockley 1949",
        same_as="saturating_exponential",
    ),
    _solid(
        "solar_cell", "solar cell", "I = IL - I0*(exp(V/Vt) - 1)", "V: voltage",
        """IL [I] : photocurrent; I0 [I] > 0: saturation current;
        Vt [V] > 0 from 0.02 0.05 0.1 0.3: n kT/q""",
        "V = 0..0.6; IL = 3; I0 = 1e-6; Vt = 0.04", source="Prince 1955",
        same_as="exponential_offset",
    ),
    _solid(
        "ohm", "Ohm's law", "V = R*I", "I: current", "R [V/I] : resistance",
        "I = 0.1..2; R = 47", same_as="proportionality", source="Ohm 1827",
    ),
    _solid(
        "child_langmuir", "Child–Langmuir law", "I = P*V**1.5", "V: voltage", "P [I] : perveance",
        "V = 5..300; P = 0.002", source="Child 1911",
        same_as="kepler",
    ),
    _solid(
        "richardson", "Richardson emission", "J = A*T**2*exp(-W/T)", "T: temperature",
        "A [J/T**2] > 0: constant; W [T] > 0 from 3 10 20 40: work function by k",
        "T = 1500..2600; A = 60; W = 52000", also="Richardson–Dushman", source="Richardson 1901",
    ),
    _solid(
        "steinhart_hart", "Steinhart–Hart equation", "T = 1/(A + B*log(R) + C*log(R)**3)",
        "R: resistance",
        """A [1/T] from 0.2 0.5 1 2: first coefficient; B [1/T] from 0.02 0.05 0.1 0.3: second
        coefficient; C [1/T] from 0.00001 0.0001 0.001: third coefficient""",
        "R = 500..90000; A = 0.0014; B = 0.000237; C = 9.9e-8", source="Steinhart & Hart 1968",
    ),
    _solid(
        "thermistor", "thermistor", "R = R0*exp(B*(1/T - 1/298.15))", "T: temperature in kelvin",
        "R0 [R] > 0: at 25 °C; B [T] from 3 10 20: constant", "T = 260..380; R0 = 10000; B = 3950",
        also="B-parameter equation", same_as="arrhenius",
        source="IEC 60539",
    ),
    _solid(
        "resonance_rlc", "current of a series circuit", "I = U/sqrt(R**2 + (w*L - 1/(w*C))**2)",
        "U: voltage; w: angular frequency",
        """R [U/I] > 0: resistance; L [U/(I*w)] > 0 from 0.1 0.5 2 : inductance;
        C [I/(U*w)] > 0 from 0.1 0.5 2: capacity""",
        "U = 1..9; w = 0.5..4; R = 0.8; L = 1.2; C = 0.4", source="any textbook",
    ),
    _solid(
        "low_pass", "low-pass filter", "A = A0/sqrt(1 + (f/fc)**2)", "f: frequency",
        "A0 [A] > 0: gain; fc [f] > 0: cut-off", "f = 0.1..30; A0 = 2; fc = 3.1",
        also="RC filter, first order", source="any textbook",
    ),
    _solid(
        "rc_charge", "charging of a capacitor", "U = U0*(1 - exp(-t/(R*C)))",
        "U0: voltage; t: time; R: resistance", "C [t/R] > 0: capacity",
        "U0 = 1..9; t = 0.1..9; R = 0.5..4; C = 1.3", source="any textbook",
    ),
    _solid(
        "skin_depth", "skin depth", "d = k*sqrt(rho/f)", "rho: resistivity; f: frequency",
        "k [d] : 1/√(πμ)", "rho = 1..9; f = 0.5..20; k = 0.5", source="Lamb 1883",
    ),
    _solid(
        "curie_weiss", "Curie–Weiss law", "x = C/(T - Tc) + x0", "T: temperature",
        "C [x*T] : Curie constant; Tc [T] : Weiss temperature; x0 [x] : background",
        "T = 110..300; C = 60; Tc = 90; x0 = 0.1", source="Weiss 1907",
        same_as="bilinear",
    ),
    _solid(
        "critical_power", "order near a critical point", "M = a*(1 - T/Tc)**b", "T: temperature",
        """a [M] > 0: scale; Tc [T] > 0 from 1.01 1.1 1.5: critical temperature;
        b [1] in 0.05..2 from 0.2 0.4 0.7: critical exponent""",
        "T = 80..300; a = 2; Tc = 310; b = 0.36", source="Stanley 1971",
    ),
    _solid(
        "callendar", "resistance thermometer", "R = R0*(1 + A*t + B*t**2)", "t: temperature",
        "R0 [R] from 0.5 1 2: at 0 °C; A [1/t] : first coefficient; B [1/t**2] : second",
        "t = 0..600; R0 = 100; A = 0.0039; B = -5.8e-7", also="Callendar–Van Dusen",
        same_as="parabola",
        source="IEC 60751",
    ),
    _sky(
        "hubble", "Hubble's law", "v = H0*d", "d: distance", "H0 [v/d] : Hubble constant",
        "d = 1..500; H0 = 70", also="proportion, Darcy", same_as="proportionality",
        source="Hubble 1929",
    ),
    _sky(
        "kepler", "Kepler's third law", "T = k*a**1.5", "a: semi-major axis",
        "k [T] : 2π/√(GM)", "a = 0.3..30; k = 365.25", source="Kepler 1619",
    ),
    _sky(
        "kepler_mass", "Kepler's third law with the mass", "T = k*sqrt(a**3/M)",
        "a: semi-major axis; M: mass", "k [T] : 2π/√G", "a = 0.3..30; M = 0.5..4; k = 1",
        source="Newton 1687",
    ),
    _sky(
        "titius_bode", "Titius–Bode law", "a = A + B*2**n", "n: number of the planet",
        "A [a] : first constant; B [a] : second constant",
        "n = 0..7; A = 0.4; B = 0.15", source="Titius 1766",
    ),
    _sky(
        "geometric_growth", "geometric growth", "a = A*b**n + c", "n: number",
        "A [a] : scale; b [1] > 0 from 0.3 0.7 1.3 1.7 2.5: ratio; c [a] : offset",
        "n = 0..8; A = 0.21; b = 1.7; c = 0.4", same_as="exponential_offset",
        source="any textbook",
    ),
    _sky(
        "tully_fisher", "Tully–Fisher relation", "M = a + b*log(W)/log(10)", "W: width of the line",
        "a [M] : zero point; b [M] : slope", "W = 80..700; a = -3; b = -7.3",
        same_as="logarithm",
        source="Tully & Fisher 1977",
    ),
    _sky(
        "schechter", "Schechter luminosity function", "n = p*(L/Ls)**a*exp(-L/Ls)", "L: luminosity",
        """p [n] > 0: density; Ls [L] > 0: characteristic luminosity; a [1] in -3..2 from -1.7 -1.2
        -0.6: slope""",
        "L = 0.05..5; p = 1.6; Ls = 1.1; a = -1.2", same_as="power_exponential",
        source="Schechter 1976",
    ),
    _sky(
        "sersic", "Sérsic profile", "I = I0*exp(-(r/h)**(1/n))", "r: radius",
        """I0 [I] > 0: centre; h [r] > 0: scale; n [1] in 0.2..10 from 0.6 1 2 4: index""",
        "r = 0.1..20; I0 = 30; h = 1.3; n = 1.8", source="Sérsic 1963",
        same_as="stretched_exponential",
    ),
    _sky(
        "nfw", "Navarro–Frenk–White profile", "rho = p/((r/s)*(1 + r/s)**2)", "r: radius",
        "p [rho] > 0: density; s [r] > 0: scale", "r = 0.1..20; p = 3; s = 2.2",
        source="Navarro, Frenk & White 1996",
    ),
    _sky(
        "distance_modulus", "distance modulus", "m = M + 5*log(d/10)/log(10)", "d: distance",
        "M [m] : absolute magnitude", "d = 3..900; M = 4.8", source="Pogson 1856",
    ),
)  # fmt: skip
"""Mechanics, light, quanta, forces, gases, solids, astronomy."""
