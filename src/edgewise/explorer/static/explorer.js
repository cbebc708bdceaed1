/* sources f3c65f5d4f9737cbb966db92ac8637eae94679372cdec70943616a05ba2171f9 */
function U0(t, e) {
  return t == null || e == null ? NaN : t < e ? -1 : t > e ? 1 : t >= e ? 0 : NaN;
}
function yl(t, e) {
  return t == null || e == null ? NaN : e < t ? -1 : e > t ? 1 : e >= t ? 0 : NaN;
}
function ni(t) {
  let e, r, n;
  t.length !== 2 ? (e = U0, r = (o, l) => U0(t(o), l), n = (o, l) => t(o) - l) : (e = t === U0 || t === yl ? t : wl, r = t, n = t);
  function a(o, l, h = 0, m = o.length) {
    if (h < m) {
      if (e(l, l) !== 0) return m;
      do {
        const d = h + m >>> 1;
        r(o[d], l) < 0 ? h = d + 1 : m = d;
      } while (h < m);
    }
    return h;
  }
  function s(o, l, h = 0, m = o.length) {
    if (h < m) {
      if (e(l, l) !== 0) return m;
      do {
        const d = h + m >>> 1;
        r(o[d], l) <= 0 ? h = d + 1 : m = d;
      } while (h < m);
    }
    return h;
  }
  function i(o, l, h = 0, m = o.length) {
    const d = a(o, l, h, m - 1);
    return d > h && n(o[d - 1], l) > -n(o[d], l) ? d - 1 : d;
  }
  return { left: a, center: i, right: s };
}
function wl() {
  return 0;
}
function xl(t) {
  return t === null ? NaN : +t;
}
const Ml = ni(U0), kl = Ml.right;
ni(xl).center;
const Sl = Math.sqrt(50), Al = Math.sqrt(10), Tl = Math.sqrt(2);
function K0(t, e, r) {
  const n = (e - t) / Math.max(0, r), a = Math.floor(Math.log10(n)), s = n / Math.pow(10, a), i = s >= Sl ? 10 : s >= Al ? 5 : s >= Tl ? 2 : 1;
  let o, l, h;
  return a < 0 ? (h = Math.pow(10, -a) / i, o = Math.round(t * h), l = Math.round(e * h), o / h < t && ++o, l / h > e && --l, h = -h) : (h = Math.pow(10, a) * i, o = Math.round(t / h), l = Math.round(e / h), o * h < t && ++o, l * h > e && --l), l < o && 0.5 <= r && r < 2 ? K0(t, e, r * 2) : [o, l, h];
}
function sn(t, e, r) {
  if (e = +e, t = +t, r = +r, !(r > 0)) return [];
  if (t === e) return [t];
  const n = e < t, [a, s, i] = n ? K0(e, t, r) : K0(t, e, r);
  if (!(s >= a)) return [];
  const o = s - a + 1, l = new Array(o);
  if (n)
    if (i < 0) for (let h = 0; h < o; ++h) l[h] = (s - h) / -i;
    else for (let h = 0; h < o; ++h) l[h] = (s - h) * i;
  else if (i < 0) for (let h = 0; h < o; ++h) l[h] = (a + h) / -i;
  else for (let h = 0; h < o; ++h) l[h] = (a + h) * i;
  return l;
}
function on(t, e, r) {
  return e = +e, t = +t, r = +r, K0(t, e, r)[2];
}
function zl(t, e, r) {
  e = +e, t = +t, r = +r;
  const n = e < t, a = n ? on(e, t, r) : on(t, e, r);
  return (n ? -1 : 1) * (a < 0 ? 1 / -a : a);
}
function Qt(t, e, r) {
  t.prototype = e.prototype = r, r.constructor = t;
}
function v0(t, e) {
  var r = Object.create(t.prototype);
  for (var n in e) r[n] = e[n];
  return r;
}
function gt() {
}
var Et = 0.7, Gt = 1 / Et, Ft = "\\s*([+-]?\\d+)\\s*", u0 = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*", Pe = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*", Cl = /^#([0-9a-f]{3,8})$/, Nl = new RegExp(`^rgb\\(${Ft},${Ft},${Ft}\\)$`), $l = new RegExp(`^rgb\\(${Pe},${Pe},${Pe}\\)$`), El = new RegExp(`^rgba\\(${Ft},${Ft},${Ft},${u0}\\)$`), Bl = new RegExp(`^rgba\\(${Pe},${Pe},${Pe},${u0}\\)$`), Dl = new RegExp(`^hsl\\(${u0},${Pe},${Pe}\\)$`), Rl = new RegExp(`^hsla\\(${u0},${Pe},${Pe},${u0}\\)$`), za = {
  aliceblue: 15792383,
  antiquewhite: 16444375,
  aqua: 65535,
  aquamarine: 8388564,
  azure: 15794175,
  beige: 16119260,
  bisque: 16770244,
  black: 0,
  blanchedalmond: 16772045,
  blue: 255,
  blueviolet: 9055202,
  brown: 10824234,
  burlywood: 14596231,
  cadetblue: 6266528,
  chartreuse: 8388352,
  chocolate: 13789470,
  coral: 16744272,
  cornflowerblue: 6591981,
  cornsilk: 16775388,
  crimson: 14423100,
  cyan: 65535,
  darkblue: 139,
  darkcyan: 35723,
  darkgoldenrod: 12092939,
  darkgray: 11119017,
  darkgreen: 25600,
  darkgrey: 11119017,
  darkkhaki: 12433259,
  darkmagenta: 9109643,
  darkolivegreen: 5597999,
  darkorange: 16747520,
  darkorchid: 10040012,
  darkred: 9109504,
  darksalmon: 15308410,
  darkseagreen: 9419919,
  darkslateblue: 4734347,
  darkslategray: 3100495,
  darkslategrey: 3100495,
  darkturquoise: 52945,
  darkviolet: 9699539,
  deeppink: 16716947,
  deepskyblue: 49151,
  dimgray: 6908265,
  dimgrey: 6908265,
  dodgerblue: 2003199,
  firebrick: 11674146,
  floralwhite: 16775920,
  forestgreen: 2263842,
  fuchsia: 16711935,
  gainsboro: 14474460,
  ghostwhite: 16316671,
  gold: 16766720,
  goldenrod: 14329120,
  gray: 8421504,
  green: 32768,
  greenyellow: 11403055,
  grey: 8421504,
  honeydew: 15794160,
  hotpink: 16738740,
  indianred: 13458524,
  indigo: 4915330,
  ivory: 16777200,
  khaki: 15787660,
  lavender: 15132410,
  lavenderblush: 16773365,
  lawngreen: 8190976,
  lemonchiffon: 16775885,
  lightblue: 11393254,
  lightcoral: 15761536,
  lightcyan: 14745599,
  lightgoldenrodyellow: 16448210,
  lightgray: 13882323,
  lightgreen: 9498256,
  lightgrey: 13882323,
  lightpink: 16758465,
  lightsalmon: 16752762,
  lightseagreen: 2142890,
  lightskyblue: 8900346,
  lightslategray: 7833753,
  lightslategrey: 7833753,
  lightsteelblue: 11584734,
  lightyellow: 16777184,
  lime: 65280,
  limegreen: 3329330,
  linen: 16445670,
  magenta: 16711935,
  maroon: 8388608,
  mediumaquamarine: 6737322,
  mediumblue: 205,
  mediumorchid: 12211667,
  mediumpurple: 9662683,
  mediumseagreen: 3978097,
  mediumslateblue: 8087790,
  mediumspringgreen: 64154,
  mediumturquoise: 4772300,
  mediumvioletred: 13047173,
  midnightblue: 1644912,
  mintcream: 16121850,
  mistyrose: 16770273,
  moccasin: 16770229,
  navajowhite: 16768685,
  navy: 128,
  oldlace: 16643558,
  olive: 8421376,
  olivedrab: 7048739,
  orange: 16753920,
  orangered: 16729344,
  orchid: 14315734,
  palegoldenrod: 15657130,
  palegreen: 10025880,
  paleturquoise: 11529966,
  palevioletred: 14381203,
  papayawhip: 16773077,
  peachpuff: 16767673,
  peru: 13468991,
  pink: 16761035,
  plum: 14524637,
  powderblue: 11591910,
  purple: 8388736,
  rebeccapurple: 6697881,
  red: 16711680,
  rosybrown: 12357519,
  royalblue: 4286945,
  saddlebrown: 9127187,
  salmon: 16416882,
  sandybrown: 16032864,
  seagreen: 3050327,
  seashell: 16774638,
  sienna: 10506797,
  silver: 12632256,
  skyblue: 8900331,
  slateblue: 6970061,
  slategray: 7372944,
  slategrey: 7372944,
  snow: 16775930,
  springgreen: 65407,
  steelblue: 4620980,
  tan: 13808780,
  teal: 32896,
  thistle: 14204888,
  tomato: 16737095,
  turquoise: 4251856,
  violet: 15631086,
  wheat: 16113331,
  white: 16777215,
  whitesmoke: 16119285,
  yellow: 16776960,
  yellowgreen: 10145074
};
Qt(gt, h0, {
  copy(t) {
    return Object.assign(new this.constructor(), this, t);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: Ca,
  // Deprecated! Use color.formatHex.
  formatHex: Ca,
  formatHex8: Ol,
  formatHsl: Il,
  formatRgb: Na,
  toString: Na
});
function Ca() {
  return this.rgb().formatHex();
}
function Ol() {
  return this.rgb().formatHex8();
}
function Il() {
  return ai(this).formatHsl();
}
function Na() {
  return this.rgb().formatRgb();
}
function h0(t) {
  var e, r;
  return t = (t + "").trim().toLowerCase(), (e = Cl.exec(t)) ? (r = e[1].length, e = parseInt(e[1], 16), r === 6 ? $a(e) : r === 3 ? new de(e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, (e & 15) << 4 | e & 15, 1) : r === 8 ? z0(e >> 24 & 255, e >> 16 & 255, e >> 8 & 255, (e & 255) / 255) : r === 4 ? z0(e >> 12 & 15 | e >> 8 & 240, e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, ((e & 15) << 4 | e & 15) / 255) : null) : (e = Nl.exec(t)) ? new de(e[1], e[2], e[3], 1) : (e = $l.exec(t)) ? new de(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, 1) : (e = El.exec(t)) ? z0(e[1], e[2], e[3], e[4]) : (e = Bl.exec(t)) ? z0(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, e[4]) : (e = Dl.exec(t)) ? Da(e[1], e[2] / 100, e[3] / 100, 1) : (e = Rl.exec(t)) ? Da(e[1], e[2] / 100, e[3] / 100, e[4]) : za.hasOwnProperty(t) ? $a(za[t]) : t === "transparent" ? new de(NaN, NaN, NaN, 0) : null;
}
function $a(t) {
  return new de(t >> 16 & 255, t >> 8 & 255, t & 255, 1);
}
function z0(t, e, r, n) {
  return n <= 0 && (t = e = r = NaN), new de(t, e, r, n);
}
function Ln(t) {
  return t instanceof gt || (t = h0(t)), t ? (t = t.rgb(), new de(t.r, t.g, t.b, t.opacity)) : new de();
}
function ln(t, e, r, n) {
  return arguments.length === 1 ? Ln(t) : new de(t, e, r, n ?? 1);
}
function de(t, e, r, n) {
  this.r = +t, this.g = +e, this.b = +r, this.opacity = +n;
}
Qt(de, ln, v0(gt, {
  brighter(t) {
    return t = t == null ? Gt : Math.pow(Gt, t), new de(this.r * t, this.g * t, this.b * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Et : Math.pow(Et, t), new de(this.r * t, this.g * t, this.b * t, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new de(Nt(this.r), Nt(this.g), Nt(this.b), J0(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && -0.5 <= this.g && this.g < 255.5 && -0.5 <= this.b && this.b < 255.5 && 0 <= this.opacity && this.opacity <= 1;
  },
  hex: Ea,
  // Deprecated! Use color.formatHex.
  formatHex: Ea,
  formatHex8: ql,
  formatRgb: Ba,
  toString: Ba
}));
function Ea() {
  return `#${Tt(this.r)}${Tt(this.g)}${Tt(this.b)}`;
}
function ql() {
  return `#${Tt(this.r)}${Tt(this.g)}${Tt(this.b)}${Tt((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function Ba() {
  const t = J0(this.opacity);
  return `${t === 1 ? "rgb(" : "rgba("}${Nt(this.r)}, ${Nt(this.g)}, ${Nt(this.b)}${t === 1 ? ")" : `, ${t})`}`;
}
function J0(t) {
  return isNaN(t) ? 1 : Math.max(0, Math.min(1, t));
}
function Nt(t) {
  return Math.max(0, Math.min(255, Math.round(t) || 0));
}
function Tt(t) {
  return t = Nt(t), (t < 16 ? "0" : "") + t.toString(16);
}
function Da(t, e, r, n) {
  return n <= 0 ? t = e = r = NaN : r <= 0 || r >= 1 ? t = e = NaN : e <= 0 && (t = NaN), new Ie(t, e, r, n);
}
function ai(t) {
  if (t instanceof Ie) return new Ie(t.h, t.s, t.l, t.opacity);
  if (t instanceof gt || (t = h0(t)), !t) return new Ie();
  if (t instanceof Ie) return t;
  t = t.rgb();
  var e = t.r / 255, r = t.g / 255, n = t.b / 255, a = Math.min(e, r, n), s = Math.max(e, r, n), i = NaN, o = s - a, l = (s + a) / 2;
  return o ? (e === s ? i = (r - n) / o + (r < n) * 6 : r === s ? i = (n - e) / o + 2 : i = (e - r) / o + 4, o /= l < 0.5 ? s + a : 2 - s - a, i *= 60) : o = l > 0 && l < 1 ? 0 : i, new Ie(i, o, l, t.opacity);
}
function Fl(t, e, r, n) {
  return arguments.length === 1 ? ai(t) : new Ie(t, e, r, n ?? 1);
}
function Ie(t, e, r, n) {
  this.h = +t, this.s = +e, this.l = +r, this.opacity = +n;
}
Qt(Ie, Fl, v0(gt, {
  brighter(t) {
    return t = t == null ? Gt : Math.pow(Gt, t), new Ie(this.h, this.s, this.l * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Et : Math.pow(Et, t), new Ie(this.h, this.s, this.l * t, this.opacity);
  },
  rgb() {
    var t = this.h % 360 + (this.h < 0) * 360, e = isNaN(t) || isNaN(this.s) ? 0 : this.s, r = this.l, n = r + (r < 0.5 ? r : 1 - r) * e, a = 2 * r - n;
    return new de(
      Tr(t >= 240 ? t - 240 : t + 120, a, n),
      Tr(t, a, n),
      Tr(t < 120 ? t + 240 : t - 120, a, n),
      this.opacity
    );
  },
  clamp() {
    return new Ie(Ra(this.h), C0(this.s), C0(this.l), J0(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && 0 <= this.l && this.l <= 1 && 0 <= this.opacity && this.opacity <= 1;
  },
  formatHsl() {
    const t = J0(this.opacity);
    return `${t === 1 ? "hsl(" : "hsla("}${Ra(this.h)}, ${C0(this.s) * 100}%, ${C0(this.l) * 100}%${t === 1 ? ")" : `, ${t})`}`;
  }
}));
function Ra(t) {
  return t = (t || 0) % 360, t < 0 ? t + 360 : t;
}
function C0(t) {
  return Math.max(0, Math.min(1, t || 0));
}
function Tr(t, e, r) {
  return (t < 60 ? e + (r - e) * t / 60 : t < 180 ? r : t < 240 ? e + (r - e) * (240 - t) / 60 : e) * 255;
}
const si = Math.PI / 180, ii = 180 / Math.PI, Z0 = 18, oi = 0.96422, li = 1, ui = 0.82521, hi = 4 / 29, Lt = 6 / 29, ci = 3 * Lt * Lt, Ll = Lt * Lt * Lt;
function mi(t) {
  if (t instanceof Ue) return new Ue(t.l, t.a, t.b, t.opacity);
  if (t instanceof Ze) return di(t);
  t instanceof de || (t = Ln(t));
  var e = $r(t.r), r = $r(t.g), n = $r(t.b), a = zr((0.2225045 * e + 0.7168786 * r + 0.0606169 * n) / li), s, i;
  return e === r && r === n ? s = i = a : (s = zr((0.4360747 * e + 0.3850649 * r + 0.1430804 * n) / oi), i = zr((0.0139322 * e + 0.0971045 * r + 0.7141733 * n) / ui)), new Ue(116 * a - 16, 500 * (s - a), 200 * (a - i), t.opacity);
}
function Hl(t, e, r, n) {
  return arguments.length === 1 ? mi(t) : new Ue(t, e, r, n ?? 1);
}
function Ue(t, e, r, n) {
  this.l = +t, this.a = +e, this.b = +r, this.opacity = +n;
}
Qt(Ue, Hl, v0(gt, {
  brighter(t) {
    return new Ue(this.l + Z0 * (t ?? 1), this.a, this.b, this.opacity);
  },
  darker(t) {
    return new Ue(this.l - Z0 * (t ?? 1), this.a, this.b, this.opacity);
  },
  rgb() {
    var t = (this.l + 16) / 116, e = isNaN(this.a) ? t : t + this.a / 500, r = isNaN(this.b) ? t : t - this.b / 200;
    return e = oi * Cr(e), t = li * Cr(t), r = ui * Cr(r), new de(
      Nr(3.1338561 * e - 1.6168667 * t - 0.4906146 * r),
      Nr(-0.9787684 * e + 1.9161415 * t + 0.033454 * r),
      Nr(0.0719453 * e - 0.2289914 * t + 1.4052427 * r),
      this.opacity
    );
  }
}));
function zr(t) {
  return t > Ll ? Math.pow(t, 1 / 3) : t / ci + hi;
}
function Cr(t) {
  return t > Lt ? t * t * t : ci * (t - hi);
}
function Nr(t) {
  return 255 * (t <= 31308e-7 ? 12.92 * t : 1.055 * Math.pow(t, 1 / 2.4) - 0.055);
}
function $r(t) {
  return (t /= 255) <= 0.04045 ? t / 12.92 : Math.pow((t + 0.055) / 1.055, 2.4);
}
function Pl(t) {
  if (t instanceof Ze) return new Ze(t.h, t.c, t.l, t.opacity);
  if (t instanceof Ue || (t = mi(t)), t.a === 0 && t.b === 0) return new Ze(NaN, 0 < t.l && t.l < 100 ? 0 : NaN, t.l, t.opacity);
  var e = Math.atan2(t.b, t.a) * ii;
  return new Ze(e < 0 ? e + 360 : e, Math.sqrt(t.a * t.a + t.b * t.b), t.l, t.opacity);
}
function Ul(t, e, r, n) {
  return arguments.length === 1 ? Pl(t) : new Ze(t, e, r, n ?? 1);
}
function Ze(t, e, r, n) {
  this.h = +t, this.c = +e, this.l = +r, this.opacity = +n;
}
function di(t) {
  if (isNaN(t.h)) return new Ue(t.l, 0, 0, t.opacity);
  var e = t.h * si;
  return new Ue(t.l, Math.cos(e) * t.c, Math.sin(e) * t.c, t.opacity);
}
Qt(Ze, Ul, v0(gt, {
  brighter(t) {
    return new Ze(this.h, this.c, this.l + Z0 * (t ?? 1), this.opacity);
  },
  darker(t) {
    return new Ze(this.h, this.c, this.l - Z0 * (t ?? 1), this.opacity);
  },
  rgb() {
    return di(this).rgb();
  }
}));
var fi = -0.14861, Hn = 1.78277, Pn = -0.29227, lr = -0.90649, c0 = 1.97294, Oa = c0 * lr, Ia = c0 * Hn, qa = Hn * Pn - lr * fi;
function Gl(t) {
  if (t instanceof $t) return new $t(t.h, t.s, t.l, t.opacity);
  t instanceof de || (t = Ln(t));
  var e = t.r / 255, r = t.g / 255, n = t.b / 255, a = (qa * n + Oa * e - Ia * r) / (qa + Oa - Ia), s = n - a, i = (c0 * (r - a) - Pn * s) / lr, o = Math.sqrt(i * i + s * s) / (c0 * a * (1 - a)), l = o ? Math.atan2(i, s) * ii - 120 : NaN;
  return new $t(l < 0 ? l + 360 : l, o, a, t.opacity);
}
function un(t, e, r, n) {
  return arguments.length === 1 ? Gl(t) : new $t(t, e, r, n ?? 1);
}
function $t(t, e, r, n) {
  this.h = +t, this.s = +e, this.l = +r, this.opacity = +n;
}
Qt($t, un, v0(gt, {
  brighter(t) {
    return t = t == null ? Gt : Math.pow(Gt, t), new $t(this.h, this.s, this.l * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Et : Math.pow(Et, t), new $t(this.h, this.s, this.l * t, this.opacity);
  },
  rgb() {
    var t = isNaN(this.h) ? 0 : (this.h + 120) * si, e = +this.l, r = isNaN(this.s) ? 0 : this.s * e * (1 - e), n = Math.cos(t), a = Math.sin(t);
    return new de(
      255 * (e + r * (fi * n + Hn * a)),
      255 * (e + r * (Pn * n + lr * a)),
      255 * (e + r * (c0 * n)),
      this.opacity
    );
  }
}));
var ur = (t) => () => t;
function pi(t, e) {
  return function(r) {
    return t + r * e;
  };
}
function Wl(t, e, r) {
  return t = Math.pow(t, r), e = Math.pow(e, r) - t, r = 1 / r, function(n) {
    return Math.pow(t + n * e, r);
  };
}
function jl(t, e) {
  var r = e - t;
  return r ? pi(t, r > 180 || r < -180 ? r - 360 * Math.round(r / 360) : r) : ur(isNaN(t) ? e : t);
}
function Vl(t) {
  return (t = +t) == 1 ? Ht : function(e, r) {
    return r - e ? Wl(e, r, t) : ur(isNaN(e) ? r : e);
  };
}
function Ht(t, e) {
  var r = e - t;
  return r ? pi(t, r) : ur(isNaN(t) ? e : t);
}
var Fa = (function t(e) {
  var r = Vl(e);
  function n(a, s) {
    var i = r((a = ln(a)).r, (s = ln(s)).r), o = r(a.g, s.g), l = r(a.b, s.b), h = Ht(a.opacity, s.opacity);
    return function(m) {
      return a.r = i(m), a.g = o(m), a.b = l(m), a.opacity = h(m), a + "";
    };
  }
  return n.gamma = t, n;
})(1);
function Yl(t, e) {
  e || (e = []);
  var r = t ? Math.min(e.length, t.length) : 0, n = e.slice(), a;
  return function(s) {
    for (a = 0; a < r; ++a) n[a] = t[a] * (1 - s) + e[a] * s;
    return n;
  };
}
function Xl(t) {
  return ArrayBuffer.isView(t) && !(t instanceof DataView);
}
function Kl(t, e) {
  var r = e ? e.length : 0, n = t ? Math.min(r, t.length) : 0, a = new Array(n), s = new Array(r), i;
  for (i = 0; i < n; ++i) a[i] = Un(t[i], e[i]);
  for (; i < r; ++i) s[i] = e[i];
  return function(o) {
    for (i = 0; i < n; ++i) s[i] = a[i](o);
    return s;
  };
}
function Jl(t, e) {
  var r = /* @__PURE__ */ new Date();
  return t = +t, e = +e, function(n) {
    return r.setTime(t * (1 - n) + e * n), r;
  };
}
function Q0(t, e) {
  return t = +t, e = +e, function(r) {
    return t * (1 - r) + e * r;
  };
}
function Zl(t, e) {
  var r = {}, n = {}, a;
  (t === null || typeof t != "object") && (t = {}), (e === null || typeof e != "object") && (e = {});
  for (a in e)
    a in t ? r[a] = Un(t[a], e[a]) : n[a] = e[a];
  return function(s) {
    for (a in r) n[a] = r[a](s);
    return n;
  };
}
var hn = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g, Er = new RegExp(hn.source, "g");
function Ql(t) {
  return function() {
    return t;
  };
}
function _l(t) {
  return function(e) {
    return t(e) + "";
  };
}
function e1(t, e) {
  var r = hn.lastIndex = Er.lastIndex = 0, n, a, s, i = -1, o = [], l = [];
  for (t = t + "", e = e + ""; (n = hn.exec(t)) && (a = Er.exec(e)); )
    (s = a.index) > r && (s = e.slice(r, s), o[i] ? o[i] += s : o[++i] = s), (n = n[0]) === (a = a[0]) ? o[i] ? o[i] += a : o[++i] = a : (o[++i] = null, l.push({ i, x: Q0(n, a) })), r = Er.lastIndex;
  return r < e.length && (s = e.slice(r), o[i] ? o[i] += s : o[++i] = s), o.length < 2 ? l[0] ? _l(l[0].x) : Ql(e) : (e = l.length, function(h) {
    for (var m = 0, d; m < e; ++m) o[(d = l[m]).i] = d.x(h);
    return o.join("");
  });
}
function Un(t, e) {
  var r = typeof e, n;
  return e == null || r === "boolean" ? ur(e) : (r === "number" ? Q0 : r === "string" ? (n = h0(e)) ? (e = n, Fa) : e1 : e instanceof h0 ? Fa : e instanceof Date ? Jl : Xl(e) ? Yl : Array.isArray(e) ? Kl : typeof e.valueOf != "function" && typeof e.toString != "function" || isNaN(e) ? Zl : Q0)(t, e);
}
function t1(t, e) {
  return t = +t, e = +e, function(r) {
    return Math.round(t * (1 - r) + e * r);
  };
}
var r1 = 1e-12;
function La(t) {
  return ((t = Math.exp(t)) + 1 / t) / 2;
}
function n1(t) {
  return ((t = Math.exp(t)) - 1 / t) / 2;
}
function a1(t) {
  return ((t = Math.exp(2 * t)) - 1) / (t + 1);
}
(function t(e, r, n) {
  function a(s, i) {
    var o = s[0], l = s[1], h = s[2], m = i[0], d = i[1], p = i[2], g = m - o, w = d - l, M = g * g + w * w, S, T;
    if (M < r1)
      T = Math.log(p / h) / e, S = function(H) {
        return [
          o + H * g,
          l + H * w,
          h * Math.exp(e * H * T)
        ];
      };
    else {
      var A = Math.sqrt(M), z = (p * p - h * h + n * M) / (2 * h * r * A), D = (p * p - h * h - n * M) / (2 * p * r * A), q = Math.log(Math.sqrt(z * z + 1) - z), O = Math.log(Math.sqrt(D * D + 1) - D);
      T = (O - q) / e, S = function(H) {
        var U = H * T, j = La(q), se = h / (r * A) * (j * a1(e * U + q) - n1(q));
        return [
          o + se * g,
          l + se * w,
          h * j / La(e * U + q)
        ];
      };
    }
    return S.duration = Math.abs(T) * 1e3 * e / Math.SQRT2, S;
  }
  return a.rho = function(s) {
    var i = Math.max(1e-3, +s), o = i * i, l = o * o;
    return t(i, o, l);
  }, a;
})(Math.SQRT2, 2, 4);
function vi(t) {
  return (function e(r) {
    r = +r;
    function n(a, s) {
      var i = t((a = un(a)).h, (s = un(s)).h), o = Ht(a.s, s.s), l = Ht(a.l, s.l), h = Ht(a.opacity, s.opacity);
      return function(m) {
        return a.h = i(m), a.s = o(m), a.l = l(Math.pow(m, r)), a.opacity = h(m), a + "";
      };
    }
    return n.gamma = e, n;
  })(1);
}
vi(jl);
vi(Ht);
function s1(t) {
  return Math.abs(t = Math.round(t)) >= 1e21 ? t.toLocaleString("en").replace(/,/g, "") : t.toString(10);
}
function _0(t, e) {
  if (!isFinite(t) || t === 0) return null;
  var r = (t = e ? t.toExponential(e - 1) : t.toExponential()).indexOf("e"), n = t.slice(0, r);
  return [
    n.length > 1 ? n[0] + n.slice(2) : n,
    +t.slice(r + 1)
  ];
}
function Wt(t) {
  return t = _0(Math.abs(t)), t ? t[1] : NaN;
}
function i1(t, e) {
  return function(r, n) {
    for (var a = r.length, s = [], i = 0, o = t[0], l = 0; a > 0 && o > 0 && (l + o + 1 > n && (o = Math.max(1, n - l)), s.push(r.substring(a -= o, a + o)), !((l += o + 1) > n)); )
      o = t[i = (i + 1) % t.length];
    return s.reverse().join(e);
  };
}
function o1(t) {
  return function(e) {
    return e.replace(/[0-9]/g, function(r) {
      return t[+r];
    });
  };
}
var l1 = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function m0(t) {
  if (!(e = l1.exec(t))) throw new Error("invalid format: " + t);
  var e;
  return new Gn({
    fill: e[1],
    align: e[2],
    sign: e[3],
    symbol: e[4],
    zero: e[5],
    width: e[6],
    comma: e[7],
    precision: e[8] && e[8].slice(1),
    trim: e[9],
    type: e[10]
  });
}
m0.prototype = Gn.prototype;
function Gn(t) {
  this.fill = t.fill === void 0 ? " " : t.fill + "", this.align = t.align === void 0 ? ">" : t.align + "", this.sign = t.sign === void 0 ? "-" : t.sign + "", this.symbol = t.symbol === void 0 ? "" : t.symbol + "", this.zero = !!t.zero, this.width = t.width === void 0 ? void 0 : +t.width, this.comma = !!t.comma, this.precision = t.precision === void 0 ? void 0 : +t.precision, this.trim = !!t.trim, this.type = t.type === void 0 ? "" : t.type + "";
}
Gn.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function u1(t) {
  e: for (var e = t.length, r = 1, n = -1, a; r < e; ++r)
    switch (t[r]) {
      case ".":
        n = a = r;
        break;
      case "0":
        n === 0 && (n = r), a = r;
        break;
      default:
        if (!+t[r]) break e;
        n > 0 && (n = 0);
        break;
    }
  return n > 0 ? t.slice(0, n) + t.slice(a + 1) : t;
}
var er;
function h1(t, e) {
  var r = _0(t, e);
  if (!r) return er = void 0, t.toPrecision(e);
  var n = r[0], a = r[1], s = a - (er = Math.max(-8, Math.min(8, Math.floor(a / 3))) * 3) + 1, i = n.length;
  return s === i ? n : s > i ? n + new Array(s - i + 1).join("0") : s > 0 ? n.slice(0, s) + "." + n.slice(s) : "0." + new Array(1 - s).join("0") + _0(t, Math.max(0, e + s - 1))[0];
}
function Ha(t, e) {
  var r = _0(t, e);
  if (!r) return t + "";
  var n = r[0], a = r[1];
  return a < 0 ? "0." + new Array(-a).join("0") + n : n.length > a + 1 ? n.slice(0, a + 1) + "." + n.slice(a + 1) : n + new Array(a - n.length + 2).join("0");
}
var Pa = {
  "%": (t, e) => (t * 100).toFixed(e),
  b: (t) => Math.round(t).toString(2),
  c: (t) => t + "",
  d: s1,
  e: (t, e) => t.toExponential(e),
  f: (t, e) => t.toFixed(e),
  g: (t, e) => t.toPrecision(e),
  o: (t) => Math.round(t).toString(8),
  p: (t, e) => Ha(t * 100, e),
  r: Ha,
  s: h1,
  X: (t) => Math.round(t).toString(16).toUpperCase(),
  x: (t) => Math.round(t).toString(16)
};
function Ua(t) {
  return t;
}
var Ga = Array.prototype.map, Wa = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function c1(t) {
  var e = t.grouping === void 0 || t.thousands === void 0 ? Ua : i1(Ga.call(t.grouping, Number), t.thousands + ""), r = t.currency === void 0 ? "" : t.currency[0] + "", n = t.currency === void 0 ? "" : t.currency[1] + "", a = t.decimal === void 0 ? "." : t.decimal + "", s = t.numerals === void 0 ? Ua : o1(Ga.call(t.numerals, String)), i = t.percent === void 0 ? "%" : t.percent + "", o = t.minus === void 0 ? "−" : t.minus + "", l = t.nan === void 0 ? "NaN" : t.nan + "";
  function h(d, p) {
    d = m0(d);
    var g = d.fill, w = d.align, M = d.sign, S = d.symbol, T = d.zero, A = d.width, z = d.comma, D = d.precision, q = d.trim, O = d.type;
    O === "n" ? (z = !0, O = "g") : Pa[O] || (D === void 0 && (D = 12), q = !0, O = "g"), (T || g === "0" && w === "=") && (T = !0, g = "0", w = "=");
    var H = (p && p.prefix !== void 0 ? p.prefix : "") + (S === "$" ? r : S === "#" && /[boxX]/.test(O) ? "0" + O.toLowerCase() : ""), U = (S === "$" ? n : /[%p]/.test(O) ? i : "") + (p && p.suffix !== void 0 ? p.suffix : ""), j = Pa[O], se = /[defgprs%]/.test(O);
    D = D === void 0 ? 6 : /[gprs]/.test(O) ? Math.max(1, Math.min(21, D)) : Math.max(0, Math.min(20, D));
    function pe(F) {
      var ke = H, te = U, ce, Ee, Be;
      if (O === "c")
        te = j(F) + te, F = "";
      else {
        F = +F;
        var De = F < 0 || 1 / F < 0;
        if (F = isNaN(F) ? l : j(Math.abs(F), D), q && (F = u1(F)), De && +F == 0 && M !== "+" && (De = !1), ke = (De ? M === "(" ? M : o : M === "-" || M === "(" ? "" : M) + ke, te = (O === "s" && !isNaN(F) && er !== void 0 ? Wa[8 + er / 3] : "") + te + (De && M === "(" ? ")" : ""), se) {
          for (ce = -1, Ee = F.length; ++ce < Ee; )
            if (Be = F.charCodeAt(ce), 48 > Be || Be > 57) {
              te = (Be === 46 ? a + F.slice(ce + 1) : F.slice(ce)) + te, F = F.slice(0, ce);
              break;
            }
        }
      }
      z && !T && (F = e(F, 1 / 0));
      var it = ke.length + F.length + te.length, me = it < A ? new Array(A - it + 1).join(g) : "";
      switch (z && T && (F = e(me + F, me.length ? A - te.length : 1 / 0), me = ""), w) {
        case "<":
          F = ke + F + te + me;
          break;
        case "=":
          F = ke + me + F + te;
          break;
        case "^":
          F = me.slice(0, it = me.length >> 1) + ke + F + te + me.slice(it);
          break;
        default:
          F = me + ke + F + te;
          break;
      }
      return s(F);
    }
    return pe.toString = function() {
      return d + "";
    }, pe;
  }
  function m(d, p) {
    var g = Math.max(-8, Math.min(8, Math.floor(Wt(p) / 3))) * 3, w = Math.pow(10, -g), M = h((d = m0(d), d.type = "f", d), { suffix: Wa[8 + g / 3] });
    return function(S) {
      return M(w * S);
    };
  }
  return {
    format: h,
    formatPrefix: m
  };
}
var N0, Wn, gi;
m1({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function m1(t) {
  return N0 = c1(t), Wn = N0.format, gi = N0.formatPrefix, N0;
}
function d1(t) {
  return Math.max(0, -Wt(Math.abs(t)));
}
function f1(t, e) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor(Wt(e) / 3))) * 3 - Wt(Math.abs(t)));
}
function p1(t, e) {
  return t = Math.abs(t), e = Math.abs(e) - t, Math.max(0, Wt(e) - Wt(t)) + 1;
}
function bi(t, e) {
  switch (arguments.length) {
    case 0:
      break;
    case 1:
      this.range(t);
      break;
    default:
      this.range(e).domain(t);
      break;
  }
  return this;
}
function v1(t) {
  return function() {
    return t;
  };
}
function g1(t) {
  return +t;
}
var ja = [0, 1];
function qt(t) {
  return t;
}
function cn(t, e) {
  return (e -= t = +t) ? function(r) {
    return (r - t) / e;
  } : v1(isNaN(e) ? NaN : 0.5);
}
function b1(t, e) {
  var r;
  return t > e && (r = t, t = e, e = r), function(n) {
    return Math.max(t, Math.min(e, n));
  };
}
function y1(t, e, r) {
  var n = t[0], a = t[1], s = e[0], i = e[1];
  return a < n ? (n = cn(a, n), s = r(i, s)) : (n = cn(n, a), s = r(s, i)), function(o) {
    return s(n(o));
  };
}
function w1(t, e, r) {
  var n = Math.min(t.length, e.length) - 1, a = new Array(n), s = new Array(n), i = -1;
  for (t[n] < t[0] && (t = t.slice().reverse(), e = e.slice().reverse()); ++i < n; )
    a[i] = cn(t[i], t[i + 1]), s[i] = r(e[i], e[i + 1]);
  return function(o) {
    var l = kl(t, o, 1, n) - 1;
    return s[l](a[l](o));
  };
}
function yi(t, e) {
  return e.domain(t.domain()).range(t.range()).interpolate(t.interpolate()).clamp(t.clamp()).unknown(t.unknown());
}
function wi() {
  var t = ja, e = ja, r = Un, n, a, s, i = qt, o, l, h;
  function m() {
    var p = Math.min(t.length, e.length);
    return i !== qt && (i = b1(t[0], t[p - 1])), o = p > 2 ? w1 : y1, l = h = null, d;
  }
  function d(p) {
    return p == null || isNaN(p = +p) ? s : (l || (l = o(t.map(n), e, r)))(n(i(p)));
  }
  return d.invert = function(p) {
    return i(a((h || (h = o(e, t.map(n), Q0)))(p)));
  }, d.domain = function(p) {
    return arguments.length ? (t = Array.from(p, g1), m()) : t.slice();
  }, d.range = function(p) {
    return arguments.length ? (e = Array.from(p), m()) : e.slice();
  }, d.rangeRound = function(p) {
    return e = Array.from(p), r = t1, m();
  }, d.clamp = function(p) {
    return arguments.length ? (i = p ? !0 : qt, m()) : i !== qt;
  }, d.interpolate = function(p) {
    return arguments.length ? (r = p, m()) : r;
  }, d.unknown = function(p) {
    return arguments.length ? (s = p, d) : s;
  }, function(p, g) {
    return n = p, a = g, m();
  };
}
function x1() {
  return wi()(qt, qt);
}
function M1(t, e, r, n) {
  var a = zl(t, e, r), s;
  switch (n = m0(n ?? ",f"), n.type) {
    case "s": {
      var i = Math.max(Math.abs(t), Math.abs(e));
      return n.precision == null && !isNaN(s = f1(a, i)) && (n.precision = s), gi(n, i);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      n.precision == null && !isNaN(s = p1(a, Math.max(Math.abs(t), Math.abs(e)))) && (n.precision = s - (n.type === "e"));
      break;
    }
    case "f":
    case "%": {
      n.precision == null && !isNaN(s = d1(a)) && (n.precision = s - (n.type === "%") * 2);
      break;
    }
  }
  return Wn(n);
}
function k1(t) {
  var e = t.domain;
  return t.ticks = function(r) {
    var n = e();
    return sn(n[0], n[n.length - 1], r ?? 10);
  }, t.tickFormat = function(r, n) {
    var a = e();
    return M1(a[0], a[a.length - 1], r ?? 10, n);
  }, t.nice = function(r) {
    r == null && (r = 10);
    var n = e(), a = 0, s = n.length - 1, i = n[a], o = n[s], l, h, m = 10;
    for (o < i && (h = i, i = o, o = h, h = a, a = s, s = h); m-- > 0; ) {
      if (h = on(i, o, r), h === l)
        return n[a] = i, n[s] = o, e(n);
      if (h > 0)
        i = Math.floor(i / h) * h, o = Math.ceil(o / h) * h;
      else if (h < 0)
        i = Math.ceil(i * h) / h, o = Math.floor(o * h) / h;
      else
        break;
      l = h;
    }
    return t;
  }, t;
}
function Ge() {
  var t = x1();
  return t.copy = function() {
    return yi(t, Ge());
  }, bi.apply(t, arguments), k1(t);
}
function S1(t, e) {
  t = t.slice();
  var r = 0, n = t.length - 1, a = t[r], s = t[n], i;
  return s < a && (i = r, r = n, n = i, i = a, a = s, s = i), t[r] = e.floor(a), t[n] = e.ceil(s), t;
}
function Va(t) {
  return Math.log(t);
}
function Ya(t) {
  return Math.exp(t);
}
function A1(t) {
  return -Math.log(-t);
}
function T1(t) {
  return -Math.exp(-t);
}
function z1(t) {
  return isFinite(t) ? +("1e" + t) : t < 0 ? 0 : t;
}
function C1(t) {
  return t === 10 ? z1 : t === Math.E ? Math.exp : (e) => Math.pow(t, e);
}
function N1(t) {
  return t === Math.E ? Math.log : t === 10 && Math.log10 || t === 2 && Math.log2 || (t = Math.log(t), (e) => Math.log(e) / t);
}
function Xa(t) {
  return (e, r) => -t(-e, r);
}
function $1(t) {
  const e = t(Va, Ya), r = e.domain;
  let n = 10, a, s;
  function i() {
    return a = N1(n), s = C1(n), r()[0] < 0 ? (a = Xa(a), s = Xa(s), t(A1, T1)) : t(Va, Ya), e;
  }
  return e.base = function(o) {
    return arguments.length ? (n = +o, i()) : n;
  }, e.domain = function(o) {
    return arguments.length ? (r(o), i()) : r();
  }, e.ticks = (o) => {
    const l = r();
    let h = l[0], m = l[l.length - 1];
    const d = m < h;
    d && ([h, m] = [m, h]);
    let p = a(h), g = a(m), w, M;
    const S = o == null ? 10 : +o;
    let T = [];
    if (!(n % 1) && g - p < S) {
      if (p = Math.floor(p), g = Math.ceil(g), h > 0) {
        for (; p <= g; ++p)
          for (w = 1; w < n; ++w)
            if (M = p < 0 ? w / s(-p) : w * s(p), !(M < h)) {
              if (M > m) break;
              T.push(M);
            }
      } else for (; p <= g; ++p)
        for (w = n - 1; w >= 1; --w)
          if (M = p > 0 ? w / s(-p) : w * s(p), !(M < h)) {
            if (M > m) break;
            T.push(M);
          }
      T.length * 2 < S && (T = sn(h, m, S));
    } else
      T = sn(p, g, Math.min(g - p, S)).map(s);
    return d ? T.reverse() : T;
  }, e.tickFormat = (o, l) => {
    if (o == null && (o = 10), l == null && (l = n === 10 ? "s" : ","), typeof l != "function" && (!(n % 1) && (l = m0(l)).precision == null && (l.trim = !0), l = Wn(l)), o === 1 / 0) return l;
    const h = Math.max(1, n * o / e.ticks().length);
    return (m) => {
      let d = m / s(Math.round(a(m)));
      return d * n < n - 0.5 && (d *= n), d <= h ? l(m) : "";
    };
  }, e.nice = () => r(S1(r(), {
    floor: (o) => s(Math.floor(a(o))),
    ceil: (o) => s(Math.ceil(a(o)))
  })), e;
}
function xi() {
  const t = $1(wi()).domain([1, 10]);
  return t.copy = () => yi(t, xi()).base(t.base()), bi.apply(t, arguments), t;
}
const E1 = 1e-4, B1 = 1e-4, hr = 1e7, Mi = (t) => 0.5 * Math.log2(t + E1), D1 = ["R²", "D²", "C-index"], Ke = (t, e) => ({ name: t, number: e, unit: "", value: D1.includes(t) ? Ti(e) : J(e) }), jn = (t, e) => ({ name: t, number: 100 * e, unit: " %", value: `${Qe(100 * e, 10)} %` });
function Vn(t, e) {
  const r = t.number - e.number, n = Math.max(Math.abs(t.number), Math.abs(e.number)), a = Math.max(...[t, e].map(({ value: o }) => /\.(\d+)/.exec(o)?.[1].length ?? 0));
  if (!(Math.abs(r) > B1 * n)) return { now: t.value, before: e.value, change: "" };
  const s = Math.max(a, -Math.floor(Math.log10(Math.abs(r)))), i = (o) => n < 1e-3 || n >= hr ? J(o, 4) : g0(o, s);
  return { now: i(t.number) + t.unit, before: i(e.number) + e.unit, change: `${r > 0 ? "+" : ""}${i(r)}` };
}
function tr(t, e, r, n) {
  return e ? r.classes ? O1(t, e[0]) : R1(t, e, r) : I1(t, n);
}
function R1(t, e, r) {
  let [n, a, s, i] = [0, 0, 0, 0];
  t.forEach((m, d) => {
    const p = Math.abs(r.output_scaling[d][0]), g = e[d].reduce((w, M) => w + M, 0) / e[d].length;
    for (let w = 0; w < m.length; w++) {
      const M = (m[w] - e[d][w]) ** 2;
      n += M, s += M * p * p, a += (e[d][w] - g) ** 2;
    }
    i += m.length;
  });
  const o = Math.sqrt(s / i), l = a > 0 ? 1 - n / a : NaN, h = [Ke("RMSE", o)];
  return Number.isFinite(l) && h.unshift(Ke("R²", l)), { loss: o, bits: Mi(a > 0 ? n / a : n), shown: h };
}
function O1(t, e) {
  let [r, n] = [0, 0];
  for (let s = 0; s < e.length; s++) {
    const i = t.map((h) => h[s]), o = Math.max(...i), l = i.reduce((h, m) => h + Math.exp(m - o), 0);
    r += o + Math.log(l) - i[e[s]], i.indexOf(o) === e[s] && n++;
  }
  const a = r / e.length;
  return { loss: a, bits: a / Math.LN2, shown: [jn("Accuracy", n / e.length), Ke("Log loss", a)] };
}
function I1(t, e) {
  let [r, n] = [0, 0];
  t.forEach((s, i) => {
    const o = e[i].reduce((l, h) => l + h, 0) / e[i].length;
    for (let l = 0; l < s.length; l++)
      r += (s[l] - e[i][l]) ** 2, n += (e[i][l] - o) ** 2;
  });
  const a = n > 0 ? Math.sqrt(r / n) : Math.sqrt(r);
  return { loss: a, bits: Mi(a * a), shown: [Si(a)] };
}
const ki = "Change", Si = (t) => ({ name: ki, number: 100 * t, unit: " %", value: `${J(100 * t)} %` });
function J(t, e = 3) {
  if (!Number.isFinite(t)) return "–";
  if (t === 0) return "0";
  const r = Math.abs(t);
  return r < 1e-3 || r >= hr ? t.toExponential(e - 1).replace(/\.?0*e\+?/, "e").replace(/-/g, "−") : F1(g0(t, e - 1 - Math.floor(Math.log10(r))));
}
const q1 = (t, e = 3) => t > 0 ? `+${J(t, e)}` : J(t, e), F1 = (t) => t.includes(".") ? t.replace(/\.?0+$/, "") : t;
function g0(t, e) {
  const r = Math.min(Math.max(e, 0), 20), n = Math.abs(t) >= 9999.5, a = n ? t.toLocaleString("en", { minimumFractionDigits: r, maximumFractionDigits: r }) : t.toFixed(r);
  return n || Number(a) ? a.replace("-", "−") : "0";
}
const Ai = (t) => 10 ** (Math.floor(Math.log10(t > 0 ? t : 1)) - 2);
function Qe(t, e) {
  return e >= 1e-4 && e < hr ? g0(t, -Math.round(Math.log10(Ai(e)))) : J(t);
}
function Ti(t) {
  return t >= 1 - 5e-7 ? "1" : g0(t, Math.min(Math.max(Math.ceil(-Math.log10(1 - t)) + 1, 3), 6));
}
function zt(t) {
  return Number.isInteger(t) && Math.abs(t) < hr ? g0(t, 0) : J(t, Math.abs(t) < 1e3 ? 4 : 5);
}
const L1 = "http://www.w3.org/2000/svg";
function zi(t, e, r) {
  for (const [n, a] of Object.entries(e))
    typeof a == "function" ? t.addEventListener(n, a) : a === !0 ? t.setAttribute(n, "") : a !== !1 && a !== void 0 && t.setAttribute(n, String(a));
  return t.append(...r.filter((n) => !!n)), t;
}
function k(t, e = {}, ...r) {
  return zi(document.createElement(t), e, r);
}
function G(t, e = {}, ...r) {
  return zi(document.createElementNS(L1, t), e, r);
}
function b0(t) {
  let e = null;
  return (...r) => {
    const n = e === null;
    e = r, n && requestAnimationFrame(() => {
      const a = e;
      e = null, t(...a);
    });
  };
}
function Ci() {
  let t = 0;
  return (e, r, n, a = 0) => {
    const s = ++t;
    let i = 0;
    const o = () => {
      if (s !== t) return;
      const l = performance.now() + 12;
      for (; i < e && performance.now() < l; ) r(i++);
      i < e ? setTimeout(o, 8) : n();
    };
    setTimeout(o, a);
  };
}
const H1 = "button, input, select, textarea, summary, [tabindex]", Ka = (t) => t.getAttribute("aria-label") ?? t.textContent ?? "";
function G0(t, ...e) {
  const r = () => [...t.querySelectorAll(H1)], n = r().indexOf(document.activeElement), a = n < 0 ? "" : Ka(document.activeElement);
  if (t.replaceChildren(...e), n < 0) return;
  const s = r().filter((i) => !i.matches(":disabled"));
  (s.find((i) => Ka(i) === a) ?? s[Math.min(n, s.length - 1)])?.focus({ preventScroll: !0 });
}
const Ni = matchMedia("(prefers-color-scheme: dark)"), mn = /* @__PURE__ */ new Map();
Ni.addEventListener("change", () => mn.clear());
function $i(t, e) {
  const r = mn.get(e);
  if (r) return r;
  const n = getComputedStyle(t).getPropertyValue(`--${e}`).trim();
  return n && mn.set(e, n), n;
}
function Ei(t) {
  Ni.addEventListener("change", t);
}
function Bi(t) {
  const e = window.devicePixelRatio || 1, { clientWidth: r, clientHeight: n } = t;
  (t.width !== Math.round(r * e) || t.height !== Math.round(n * e)) && (t.width = Math.round(r * e), t.height = Math.round(n * e));
  const a = t.getContext("2d");
  return a.setTransform(e, 0, 0, e, 0, 0), a.clearRect(0, 0, r, n), { context: a, width: r, height: n };
}
const Bt = (t, e, ...r) => k("section", { class: `panel ${t}`, "aria-label": e }, k("h2", {}, e), ...r), _e = 1e-9, Yn = Number.MAX_VALUE, tt = (t, e, r) => t < e ? e : t > r ? r : t, W0 = (t) => Yn ** (0.9 / (Math.abs(t) + 1)), j0 = (t) => Math.max(t, _e), Xn = (t, e = _e) => t < 0 ? Math.min(t, -e) : Math.max(t, e), $0 = (t) => tt(t, -300, 300);
function Fe(t) {
  return t > 0 ? (e) => Math.pow(tt(e, -W0(t), W0(t)), t) : (e) => Math.pow(Xn(e, Math.max(_e, 1 / W0(t))), t);
}
const Ja = Fe(2);
function Za(t) {
  const e = 1 - _e, r = tt(t, -e, e), n = (Math.PI / 2 - Math.asin(e)) / (1 - e);
  return Math.asin(r) + n * (tt(t, -1, 1) - r);
}
const P1 = [-1 / 0, 1 / 0], xe = (t) => (e) => `${t}\\left(${e}\\right)`, U1 = (t) => `\\left(${t}\\right)`;
function Y(t, e, r, n = {}) {
  return { value: t, latex: e, bits: r, alias: !1, ...{ free: "", symmetric: !1, period: 0, domain: P1, pole: !1 }, ...n };
}
const Oe = { free: "scale", symmetric: !0 }, Qa = { free: "scale", domain: [0, 1 / 0] }, Br = { free: "scale", domain: [_e, 1 / 0] }, lt = { symmetric: !0 }, Xe = (t) => (e) => `${U1(e)}^{${t}}`, a0 = (t) => (e) => `\\frac{1}{${t ? Xe(t)(e) : e}}`, mt = {
  0: Y(() => 0, () => "0", 0, { free: "both", symmetric: !0 }),
  x: Y((t) => t, (t) => t, 1, { free: "both", symmetric: !0 }),
  "x^2": Y(Fe(2), Xe("2"), 3, Oe),
  "x^3": Y(Fe(3), Xe("3"), 5, Oe),
  "x^4": Y(Fe(4), Xe("4"), 6, Oe),
  "x^5": Y(Fe(5), Xe("5"), 7, Oe),
  "1/x": Y(Fe(-1), a0(""), 4, { ...Oe, pole: !0 }),
  "1/x^2": Y(Fe(-2), a0("2"), 5, { ...Oe, pole: !0 }),
  "1/x^3": Y(Fe(-3), a0("3"), 6, { ...Oe, pole: !0 }),
  "1/x^4": Y(Fe(-4), a0("4"), 7, { ...Oe, pole: !0 }),
  "1/x^5": Y(Fe(-5), a0("5"), 8, { ...Oe, pole: !0 }),
  sqrt: Y(
    (t) => t < _e ? Math.max(t, 0) * _e ** -0.5 : Math.sqrt(t),
    (t) => `\\sqrt{${t}}`,
    4,
    Qa
  ),
  "x^1.5": Y((t) => Math.pow(tt(t, 0, W0(2)), 1.5), Xe("3/2"), 6, Qa),
  "1/sqrt": Y((t) => 1 / Math.sqrt(j0(t)), (t) => `\\frac{1}{\\sqrt{${t}}}`, 5, Br),
  "1/x^1.5": Y((t) => Math.pow(j0(t), -1.5), Xe("-3/2"), 7, Br),
  exp: Y((t) => Math.exp($0(t)), xe("\\exp"), 3, { free: "shift" }),
  log: Y((t) => Math.log(j0(t)), xe("\\log"), 3, Br),
  abs: Y(Math.abs, (t) => `\\left|${t}\\right|`, 4, Oe),
  sign: Y(Math.sign, xe("\\operatorname{sign}"), 6, Oe),
  sin: Y(Math.sin, xe("\\sin"), 3, { symmetric: !0, period: 2 * Math.PI }),
  cos: Y(Math.cos, xe("\\cos"), 3, { symmetric: !0, period: 2 * Math.PI, alias: !0 }),
  tan: Y((t) => Math.sin(t) / Xn(Math.cos(t)), xe("\\tan"), 6, {
    symmetric: !0,
    period: Math.PI
  }),
  tanh: Y(Math.tanh, xe("\\tanh"), 5, lt),
  sinh: Y((t) => Math.sinh($0(t)), xe("\\sinh"), 6, lt),
  cosh: Y((t) => Math.cosh($0(t)), xe("\\cosh"), 6, lt),
  arcsin: Y(Za, xe("\\arcsin"), 5, { symmetric: !0, domain: [-1, 1] }),
  arccos: Y((t) => Math.PI / 2 - Za(t), xe("\\arccos"), 5, {
    symmetric: !0,
    domain: [-1, 1],
    alias: !0
  }),
  arctan: Y(Math.atan, xe("\\arctan"), 5, lt),
  arctanh: Y((t) => Math.atanh(tt(t, -0.999999999, 1 - _e)), xe("\\operatorname{artanh}"), 5, {
    symmetric: !0,
    domain: [-0.999999999, 1 - _e]
  }),
  arcsinh: Y(Math.asinh, xe("\\operatorname{arsinh}"), 7, lt),
  gaussian: Y((t) => Math.exp(-Ja(t)), (t) => `e^{-${Xe("2")(t)}}`, 5, lt),
  lorentzian: Y((t) => 1 / (1 + Ja(t)), (t) => `\\frac{1}{1 + ${Xe("2")(t)}}`, 6, lt),
  sech: Y((t) => 1 / Math.cosh($0(t)), (t) => `\\frac{1}{\\cosh\\left(${t}\\right)}`, 6, lt)
};
function cr(t) {
  if (typeof t == "string") {
    if (!Object.hasOwn(mt, t)) throw new Error(`unknown function ${t}`);
    return mt[t].value;
  }
  return (e) => St(t, e);
}
const _a = Yn ** 0.45, es = (t) => tt(t, -_a, _a);
function St(t, e) {
  const [r, ...n] = t;
  return r === "number" ? Number(n[0]) : r === "input" ? e : r === "sum" ? es(n.reduce((a, s) => a + St(s, e), 0)) : r === "product" ? n.slice(1).reduce((a, s) => es(a * St(s, e)), St(n[0], e)) : r === "power" ? G1(St(n[0], e), n[1], e) : cr(n[0])(St(n[1], e));
}
const ts = {
  2: "x^2",
  3: "x^3",
  4: "x^4",
  5: "x^5",
  "-1": "1/x",
  "-2": "1/x^2",
  "-3": "1/x^3",
  "-4": "1/x^4",
  "-5": "1/x^5",
  "0.5": "sqrt",
  "1.5": "x^1.5",
  "-0.5": "1/sqrt",
  "-1.5": "1/x^1.5"
};
function G1(t, e, r) {
  const n = St(e, r), a = e[0] === "number" && e[2] !== null;
  if (a && String(n) in ts) return mt[ts[String(n)]].value(t);
  if (a && Number.isInteger(n)) {
    const s = Yn ** (0.4 / Math.abs(n)), i = tt(t, -s, s);
    return Math.pow(n < 0 ? Xn(i, 1 / s) : i, n);
  }
  return Math.exp(tt(n * Math.log(j0(t)), -300, 300));
}
const Di = 80;
function Kn(t) {
  return t.do === "label" ? [] : t.do === "remove" ? t.edges : [t.edge];
}
function Ri({ edit: t, position: e }, r, n) {
  switch (t.do) {
    case "remove":
      return new Float64Array(n.length).fill(t.constants[e]);
    case "fix": {
      const a = cr(t.function);
      return n.map((s) => t.c * a(t.a * s + t.b) + t.d);
    }
    case "redraw":
      return dn(t.x, t.y, n);
    case "bend": {
      const a = dn(t.x, t.y, n);
      return r.map((s, i) => s + a[i]);
    }
    case "clip":
      return r.map((a) => Math.min(Math.max(a, t.low), t.high));
    case "label":
      return r;
  }
}
function dn(t, e, r) {
  const n = t.length - 1, a = t.slice(1).map((o, l) => o - t[l]), s = a.map((o, l) => (e[l + 1] - e[l]) / o), i = W1(a, s);
  return r.map((o) => {
    const l = Math.min(Math.max(o, t[0]), t[n]);
    let h = 0;
    for (let w = n; w - h > 1; ) {
      const M = h + w >> 1;
      l >= t[M] ? h = M : w = M;
    }
    const m = l - t[h], d = m / a[h], p = (i[h] + i[h + 1] - 2 * s[h]) * d, g = 3 * s[h] - 2 * i[h] - i[h + 1];
    return e[h] + m * (i[h] + d * (g + p));
  });
}
function W1(t, e) {
  const r = e.length - 1;
  if (r === 0) return [e[0], e[0]];
  const n = e.slice(1).map((s, i) => {
    const o = e[i];
    if (o * s <= 0) return 0;
    const l = 2 * t[i + 1] + t[i], h = t[i + 1] + 2 * t[i];
    return (l + h) / (l / o + h / s);
  });
  return [rs(t[0], t[1], e[0], e[1]), ...n, rs(t[r], t[r - 1], e[r], e[r - 1])];
}
function rs(t, e, r, n) {
  const a = ((2 * t + e) * r - t * n) / (t + e);
  return a * r <= 0 ? 0 : r * n <= 0 && Math.abs(a) > 3 * Math.abs(r) ? 3 * r : a;
}
function Oi(t, e) {
  const r = [];
  return t.forEach((n, a) => {
    for (r.push({ mean: n, weight: e[a], count: 1 }); r.length > 1 && r[r.length - 2].mean > r[r.length - 1].mean; ) {
      const s = r.pop(), i = r.pop(), o = i.weight + s.weight;
      r.push({
        mean: (i.mean * i.weight + s.mean * s.weight) / o,
        weight: o,
        count: i.count + s.count
      });
    }
  }), r.flatMap((n) => Array(n.count).fill(n.mean));
}
function Ii(t, e) {
  const r = Math.max(...e) - Math.min(...e);
  return t.every((n, a) => Math.abs(n - e[a]) <= 1e-9 * r);
}
function j1(t) {
  const e = /* @__PURE__ */ new Set();
  for (const r of t)
    for (const n of Kn(r)) r.do === "remove" ? e.add(String(n)) : e.delete(String(n));
  return e;
}
function V1(t, e) {
  if (t.do !== "remove") return [];
  const r = t.edges.flatMap((n, a) => String(n) === String(e) ? [] : [a]);
  return r.length ? [{ ...t, edges: r.map((n) => t.edges[n]), constants: r.map((n) => t.constants[n]) }] : [];
}
function ns(t, e) {
  let r;
  try {
    r = JSON.parse(t);
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (r?.edgewise_edits !== 1 || !Array.isArray(r.edits))
    throw new Error("This is no log of edits that the explorer wrote.");
  if (JSON.stringify(r.widths) !== JSON.stringify(e))
    throw new Error(`This log is for a network of the widths ${JSON.stringify(r.widths)}.`);
  return r.edits.forEach((n, a) => {
    if (!X1(n, e)) throw new Error(`Edit ${a} of this log is damaged.`);
  }), r.edits;
}
const V0 = (t) => typeof t == "number" && Number.isFinite(t), Dr = (t) => Array.isArray(t) && t.every(V0);
function E0(t, e) {
  if (!Array.isArray(t) || t.length !== 3 || !t.every(Number.isInteger)) return !1;
  const [r, n, a] = t;
  return r >= 0 && r < e.length - 1 && n >= 0 && a >= 0 && n < e[r] && a < e[r + 1];
}
function Y1(t, e) {
  if (!Array.isArray(t) || t.length !== 2 || !t.every(Number.isInteger)) return !1;
  const [r, n] = t;
  return r > 0 && r < e.length - 1 && n >= 0 && n < e[r];
}
function X1(t, e) {
  switch (t?.do) {
    case "remove":
      return Array.isArray(t.edges) && t.edges.every((r) => E0(r, e)) && Dr(t.constants) && t.constants.length === t.edges.length;
    case "fix":
      return E0(t.edge, e) && [t.a, t.b, t.c, t.d].every(V0) && K1(t.function);
    case "redraw":
    case "bend":
      return E0(t.edge, e) && Dr(t.x) && Dr(t.y) && t.x.length === t.y.length && t.x.length > 1 && t.x.every((r, n) => n === 0 || r > t.x[n - 1]);
    case "clip":
      return E0(t.edge, e) && V0(t.low) && V0(t.high) && t.low <= t.high;
    case "label":
      return Y1(t.node, e) && typeof t.text == "string" && [...t.text].length <= Di;
    default:
      return !1;
  }
}
function K1(t) {
  try {
    return Number.isFinite(cr(t)(0.5)) || !0;
  } catch {
    return !1;
  }
}
class qi {
  now = [];
  /** The states before, one a step of undo, and those that were undone, the next of redo last. */
  past = [];
  future = [];
  /** Begins with edits of which each is a step. */
  constructor(e = []) {
    this.now = e, this.past = e.map((r, n) => e.slice(0, n));
  }
  get canUndo() {
    return this.past.length > 0;
  }
  get canRedo() {
    return this.future.length > 0;
  }
  /** Other edits in the place of all that are there, as one step; false if they are the same. */
  set(e) {
    return fn(e, this.now) ? !1 : (this.past = [...this.past, this.now], [this.now, this.future] = [e, []], !0);
  }
  /** Another last edit as the same step; null takes that one away. */
  exchangeLast(e) {
    const r = this.now.slice(0, -1), n = fn(this.past.at(-1), r);
    if (!n && !e) return void this.set(r);
    const a = n ? this.past.slice(0, -1) : this.past;
    this.past = e ? [...a, r] : a, [this.now, this.future] = [e ? [...r, e] : r, []];
  }
  undo() {
    const e = this.past.pop();
    return e ? (this.future.push(this.now), this.now = e, !0) : !1;
  }
  redo() {
    const e = this.future.pop();
    return e ? (this.past.push(this.now), this.now = e, !0) : !1;
  }
}
function fn(t, e) {
  return t?.length === e.length && t.every((r, n) => r === e[n]);
}
class Fi {
  history = new qi();
  listeners = [];
  trial = null;
  get edits() {
    return this.history.now;
  }
  get canUndo() {
    return this.history.canUndo;
  }
  get canRedo() {
    return this.history.canRedo;
  }
  undo() {
    this.history.undo() && this.show();
  }
  redo() {
    this.history.redo() && this.show();
  }
  /** Other edits in the place of all that are there: one step, which undo takes back. */
  setEdits(e) {
    this.history.set(e) && this.show();
  }
  listen(e) {
    this.listeners.push(e);
  }
  tell(e) {
    for (const r of this.listeners) r(e);
  }
}
function Se(t) {
  return t.cost().now.shown.map((e) => `${e.name} ${e.value}`).join(", ");
}
const J1 = "₀₁₂₃₄₅₆₇₈₉", Z1 = "⁰¹²³⁴⁵⁶⁷⁸⁹", as = (t, e) => [...String(t)].map((r) => e[Number(r)]).join("");
function jt(t, e, r) {
  const { payload: n, network: a } = t;
  return e === 0 ? n.input_names[r] : e === a.layers.length ? n.output_names[r] : t.labelOf(e, r) || Pt(t, e, r);
}
function Pt({ network: t }, e, r) {
  return `h${t.layers.length > 2 ? `⁽${as(e, Z1)}⁾` : ""}${as(r, J1)}`;
}
function Vt(t, [e, r, n]) {
  return `${jt(t, e, r)} → ${jt(t, e + 1, n)}`;
}
function Q1(t, e) {
  return `${Vt(t, e)}, importance ${t.scoreText(e)}`;
}
function _1(t, [e, r]) {
  const n = jt(t, e, r), a = t.network.layers[e];
  return a.mixes ? `${a.normTitle}(${n})` : n;
}
function Yt(t, e = 18) {
  return t.length > e ? `${t.slice(0, e - 1)}…` : t;
}
function d0(t, e) {
  let [r, n] = [1 / 0, -1 / 0];
  for (const a of t)
    a < r && (r = a), a > n && (n = a);
  return n > r || ([r, n] = [r - 0.5, n + 0.5]), Float64Array.from({ length: e }, (a, s) => r + s / (e - 1) * (n - r));
}
function eu(t, e) {
  if (t.length <= e + 1) return [...t];
  const [r, n] = [t[0], t[t.length - 1]], a = (s) => t.reduce((i, o) => Math.abs(o - s) < Math.abs(i - s) ? o : i, t[0]);
  return [...new Set(Array.from({ length: e }, (s, i) => a(r + i / (e - 1) * (n - r))))];
}
function tu(t, e, r, n = 24) {
  const a = { x: [], y: [] }, s = Math.max(1, Math.ceil(r.length / n));
  for (let i = 0; i < r.length; i += s) {
    const o = r.slice(i, i + s);
    a.x.push(o.reduce((l, h) => l + t[h], 0) / o.length), a.y.push(o.reduce((l, h) => l + e[h], 0) / o.length);
  }
  return a;
}
const ru = 11, B0 = 40, fe = { left: 52, right: 14, top: 26, bottom: 40 };
function Li(t, e, r, n, a) {
  const s = r.flatMap((S) => S.x), i = r.flatMap((S) => S.y), o = (S) => t.toUnits(e[0], e[1], S), l = [o(Math.min(...s)), o(Math.max(...s))], [h, m] = [Math.min(...i), Math.max(...i)], d = 0.08 * (m - h) || 0.5, p = nu(t, e), g = Ge(l, [fe.left, n - fe.right]), w = Ge([h - d, m + d].map((S) => S * p), [a - fe.bottom, fe.top]), M = (S, T) => S.ticks(T).map((A) => ({ at: S(A), text: J(A) }));
  return {
    width: n,
    height: a,
    x: (S) => g(o(S)),
    y: (S) => w(S * p),
    valueAt: (S) => w.invert(S) / p,
    xTicks: M(g, Math.max(2, Math.floor(n / 90))),
    yTicks: M(w, 5)
  };
}
function nu(t, [e, , r]) {
  const n = t.network.layers.length - 1;
  return e === n && !t.network.layers[n].hasPost ? t.payload.output_scaling[r][0] : 1;
}
const s0 = (t, e) => t.x.map((r, n) => `${n ? "L" : "M"}${e.x(r).toFixed(1)},${e.y(t.y[n]).toFixed(1)}`).join("");
function Hi(t, e, r) {
  const n = r.height - fe.bottom;
  return G(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...r.yTicks.map((a) => G("line", { x1: fe.left, x2: r.width - fe.right, y1: a.at, y2: a.at })),
    ...r.yTicks.map((a) => G("text", { x: fe.left - 11, y: a.at, "text-anchor": "end", "dominant-baseline": "middle" }, a.text)),
    ...r.xTicks.map((a) => G("text", { x: a.at, y: n + 15, "text-anchor": "middle" }, a.text)),
    G("text", { class: "title", x: r.width - fe.right, y: r.height - 6, "text-anchor": "end" }, Yt(_1(t, e), 40)),
    G("text", { class: "title", x: fe.left, y: 12 }, `adds to ${Yt(jt(t, e[0] + 1, e[2]), 24)}`)
  );
}
function Pi(t, e, r) {
  const n = G("g", { class: "handle", tabindex: 0, role: "slider", "aria-orientation": "vertical", ...r }, G("circle", { class: "reach", r: 12 }), G("circle", { r: 6 }));
  return Jn(n, t, e), n;
}
const Jn = (t, e, r) => t.setAttribute("transform", `translate(${e.toFixed(2)},${r.toFixed(2)})`);
function Zn(t, e, r) {
  const [n, a] = [e[0], e[e.length - 1]], s = new Array(B0).fill(0);
  for (const h of t) {
    const m = Math.floor((h - n) / (a - n) * B0);
    s[Math.min(Math.max(m, 0), B0 - 1)]++;
  }
  const i = Math.max(...s, 1), o = 0.22 * (r.height - fe.bottom - fe.top), l = s.map((h, m) => {
    const d = [m, m + 1].map((g) => r.x(n + g / B0 * (a - n))), p = h / i * o;
    return G("rect", {
      x: Math.min(...d) + 0.5,
      width: Math.max(Math.abs(d[1] - d[0]) - 1, 0.5),
      y: r.height - fe.bottom - p,
      height: p
    });
  });
  return G("g", { class: "density", "aria-hidden": "true" }, ...l);
}
function au(t, e, r = 230, n = 150) {
  const a = t.curve(e), s = Li(t, e, [a], r, n);
  return G(
    "svg",
    { viewBox: `0 0 ${r} ${n}`, width: r, height: n, class: "chart" },
    Zn(t.cloud(e).x, a.x, s),
    Hi(t, e, s),
    G("path", { class: "curve", d: s0(a, s) })
  );
}
class su {
  constructor(e, r) {
    this.session = e, this.say = r, this.element = k("div", { class: "editor" }), this.move = b0((n) => this.drag(n)), new ResizeObserver(() => this.draw()).observe(this.element);
  }
  session;
  say;
  element;
  frame = null;
  knots = [];
  offsets = [];
  curvePath = null;
  handles = [];
  dragged = -1;
  preview = null;
  move;
  /** Shows what an edit would make of the curve; null for nothing. */
  setPreview(e) {
    this.preview = e, this.draw();
  }
  draw() {
    const e = this.session.chosen;
    if (!e || this.dragged >= 0) return this.follow();
    const r = Math.max(this.element.clientWidth, 200), n = this.session.curve(e), a = this.session.curve(e, !1, this.isMixed(e) ? void 0 : Float64Array.from(n.x)), s = this.preview ? [n, a, this.previewCurve(n)] : [n, a], i = Li(this.session, e, s, r, Math.min(280, Math.max(220, r * 0.6)));
    this.frame = i, this.curvePath = G("path", { class: "curve", d: s0(n, i) });
    const o = this.session.steps(e).length > 0, l = this.session.obstacle(e) || this.session.isRemoved(e) || this.preview ? [] : this.makeHandles(e), h = G(
      "svg",
      { viewBox: `0 0 ${i.width} ${i.height}`, class: "chart", role: "group", "aria-label": "Curve of the edge" },
      Zn(this.session.cloud(e).x, n.x, i),
      Hi(this.session, e, i),
      o && G("path", { class: "curve first", d: s0(a, i) }),
      this.curvePath,
      this.preview && G("path", { class: "curve preview", d: s0(this.previewCurve(n), i) }),
      ...l
    ), m = this.handles.findIndex((d) => d === document.activeElement);
    this.handles = l, this.element.replaceChildren(h), m >= 0 && this.handles[m]?.focus();
  }
  isMixed(e) {
    return this.session.network.layers[e[0]].mixes;
  }
  previewCurve(e) {
    const r = Float64Array.from(e.x), n = { edit: this.preview, position: 0 };
    return { x: e.x, y: [...Ri(n, Float64Array.from(e.y), r)] };
  }
  makeHandles(e) {
    const { frame: r, session: n } = this;
    this.knots = [...d0(n.rows.levels[e[0]][e[1]], ru)];
    const a = n.curve(e, !0, Float64Array.from(this.knots)).y;
    return this.offsets = this.knots.map(() => 0), this.knots.map(
      (s, i) => Pi(r.x(s), r.y(a[i]), {
        "aria-label": `Curve at ${J(n.toUnits(e[0], e[1], s))}`,
        "aria-valuenow": a[i],
        "aria-valuetext": J(a[i]),
        pointerdown: (o) => this.begin(i, o),
        keydown: (o) => this.press(i, o)
      })
    );
  }
  bend(e, r, n) {
    const a = this.offsets.map((i, o) => o === e ? r : i), s = { do: "bend", edge: this.session.chosen, x: this.knots, y: a };
    return n ? { ...s, by: n } : s;
  }
  startValue = 0;
  grabbed = 0;
  begin(e, r) {
    r.preventDefault(), this.handles[e].focus();
    const n = this.element.getBoundingClientRect();
    this.dragged = e, this.startValue = this.session.curve(this.session.chosen, !0, Float64Array.from(this.knots)).y[e], this.grabbed = this.frame.y(this.startValue) - (r.clientY - n.top);
    const a = new AbortController(), { signal: s } = a, i = (l) => (h) => h.pointerId === r.pointerId && l(h), o = (l) => () => {
      a.abort(), this.end(l);
    };
    window.addEventListener("pointermove", i((l) => this.move(l.clientY - n.top + this.grabbed)), { signal: s }), window.addEventListener("pointerup", i(o(!0)), { signal: s }), window.addEventListener("pointercancel", i(o(!1)), { signal: s });
  }
  drag(e) {
    if (this.dragged < 0) return;
    const r = this.frame, n = Math.min(Math.max(e, fe.top - 8), r.height - fe.bottom + 8);
    this.session.attempt(this.bend(this.dragged, r.valueAt(n) - this.startValue));
  }
  end(e) {
    this.dragged = -1;
    const r = this.session.trial;
    e && r ? this.session.commit(r) : this.session.attempt(null), e && r && this.say(`Curve bent. ${Se(this.session)}`);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const e = this.session.chosen;
    if (!e || !this.frame || this.dragged < 0) return;
    const r = this.session.curve(e, !0, d0(Float64Array.from([this.knots[0], this.knots.at(-1)]), 65));
    this.curvePath?.setAttribute("d", s0(r, this.frame));
    const n = this.session.curve(e, !0, Float64Array.from(this.knots)).y;
    this.handles.forEach((a, s) => Jn(a, this.frame.x(this.knots[s]), this.frame.y(n[s])));
  }
  press(e, r) {
    const n = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
    if (!(r.key in n)) return;
    r.preventDefault();
    const a = this.frame, s = (a.valueAt(fe.top) - a.valueAt(a.height - fe.bottom)) / 50, i = `key ${e}`, o = this.session.edits.at(-1), l = o?.do === "bend" && o.by === i && String(o.edge) === String(this.session.chosen), h = l ? o.y[e] : 0;
    l && (this.knots = o.x);
    const m = this.bend(e, h + n[r.key] * s, i);
    l ? this.session.exchangeLast(m) : this.session.commit(m), this.say(Se(this.session));
  }
}
const iu = 1200, ou = 12, lu = /[ -~\u00a1-\u00ac\u00ae-\u00ff\u0391-\u03c9\u0410-\u044f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·…]/u;
function uu(t) {
  const e = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    $: "\\$",
    "&": "\\&",
    "#": "\\#",
    "^": "\\char`^{}",
    _: "\\_",
    "%": "\\%",
    "~": "\\char`~{}"
  };
  return `\\text{${[...t].map((n) => e[n] ?? (lu.test(n) ? n : "·")).join("")}}`;
}
const hu = "₀₁₂₃₄₅₆₇₈₉";
function o0(t) {
  const e = /^([A-Za-z])([₀-₉]*)$/.exec(t);
  if (!e) return uu(t.length > 40 ? `${t.slice(0, 39)}…` : t);
  const r = [...e[2]].map((n) => hu.indexOf(n)).join("");
  return r ? `${e[1]}_{${r}}` : e[1];
}
function Qn(t) {
  if (t === 0) return "0";
  const e = Number(t.toPrecision(4)), [r, n] = String(e).split("e");
  return n ? `${r}\\cdot 10^{${Number(n)}}` : r;
}
function Xt(t) {
  const e = t.filter((r) => r.factor !== 0);
  return e.length ? e.map(({ factor: r, body: n }, a) => {
    const s = r < 0 ? "-" : a ? "+" : "", i = Qn(Math.abs(r)), o = n ? i === "1" ? n : `${i}\\,${n}` : i;
    return `${s}${a && s ? " " : ""}${o}`;
  }).join(" ") : "0";
}
function Ui(t, e, r, n, a) {
  const s = a && e !== 1 ? `\\left(${n}\\right)` : n;
  if (t === "x") return [{ factor: e, body: a ? `\\left(${n}\\right)` : n }, { factor: r, body: "" }];
  const i = Xt([{ factor: e, body: s }, { factor: r, body: "" }]);
  return typeof t != "string" ? [{ factor: 1, body: `\\left(${kt(t, i)}\\right)` }] : [{ factor: 1, body: !/[-+ ]/.test(i) && t.startsWith("x^") ? `${i}^{${t.slice(2)}}` : mt[t].latex(i) }];
}
function kt(t, e) {
  const [r, ...n] = t;
  return r === "number" ? Qn(Number(n[0])) : r === "input" ? `\\left(${e}\\right)` : r === "sum" ? n.map((a) => kt(a, e)).join(" + ").replaceAll("+ -", "- ") : r === "product" ? n.map((a) => a[0] === "sum" ? `\\left(${kt(a, e)}\\right)` : kt(a, e)).join("\\,") : r === "power" ? `\\left(${kt(n[0], e)}\\right)^{${kt(n[1], e)}}` : mt[String(n[0])].latex(kt(n[1], e));
}
function cu(t, e, r, n, a) {
  const s = Ui(t, e, r, "x", !1).map((i) => ({ ...i, factor: i.factor * n }));
  return Xt(mu([...s, { factor: a, body: "" }]));
}
function mu(t) {
  const e = t.filter((r) => !r.body).reduce((r, n) => r + n.factor, 0);
  return [...t.filter((r) => r.body), { factor: e, body: "" }];
}
function du(t, e, r, n) {
  const [a, s, i] = e, o = t.steps(e), l = o.at(-1)?.edit;
  if (l?.do === "remove") return { terms: [{ factor: l.constants[o.at(-1).position], body: "" }], named: !0 };
  const h = t.network.layers[a].named.get(t.place(e)), m = l?.do === "fix" ? { tree: l.function, numbers: [l.a, l.b, l.c, l.d] } : !l && h && { tree: h.function, numbers: [...h.numbers.slice(0, 3), 0] };
  if (!m)
    return { terms: [{ factor: 1, body: `f\\left(${[rr(t, a, s), rr(t, a + 1, i)].join("\\to ")}\\right)` }], named: !1 };
  const [d, p, g, w] = m.numbers;
  return { terms: [...Ui(m.tree, d, p, r, n).map((S) => ({ ...S, factor: S.factor * g })), { factor: w, body: "" }], named: !0 };
}
function Gi(t, e, r, n, a) {
  const s = t.network.layers[e], i = [], o = [];
  let [l, h, m] = [s.biasOf(r), !s.hasPost && !s.mixes, 0];
  const d = t.edges().filter((M) => M[0] === e && M[2] === r);
  d.sort((M, S) => t.score(S) - t.score(M));
  for (const M of d) {
    const S = n[M[1]], T = du(t, M, S.latex, S.isSum);
    if (h &&= T.named && S.named, s.products.has(r)) {
      o.push(`\\left(${Xt(T.terms)}\\right)`);
      continue;
    }
    for (const A of T.terms)
      A.body ? i.length < a ? i.push(A) : m++ : l += A.factor;
  }
  o.length && i.push({ factor: 1, body: o.join("\\,") });
  const p = Math.abs(l) < 1e-12 ? 0 : l, g = m ? ` + \\text{${m} more}` : "", w = Xt([...i, { factor: p, body: "" }]) + g;
  return { latex: w, isSum: /[-+]/.test(w) || i.length > 1, named: h };
}
function fu(t) {
  const { layers: e } = t.network;
  let [r] = ji(t);
  for (let n = 0; n < e.length; n++)
    if (r = Array.from({ length: e[n].out }, (a, s) => Gi(t, n, s, r, 1 / 0)), r.some((a) => !a.named || a.latex.length > iu)) return null;
  return r.map((n, a) => ({ left: rr(t, e.length, a), right: Wi(t, a, n.latex) }));
}
function Wi(t, e, r) {
  const [n, a] = t.payload.output_scaling[e];
  return n === 1 && a === 0 ? r : Xt([{ factor: n, body: `\\left(${r}\\right)` }, { factor: a, body: "" }]);
}
function pu(t, [e, r]) {
  return e === 1 && r === 0 ? o0(t) : `\\tfrac{${Xt([{ factor: 1, body: o0(t) }, { factor: -r, body: "" }])}}{${Qn(e)}}`;
}
function vu(t) {
  const { network: e } = t, r = ji(t), n = [];
  for (let a = e.layers.length - 1; a >= 0; a--)
    for (let s = 0; s < e.layers[a].out && n.length < 12; s++) {
      const i = Gi(t, a, s, r[a], ou).latex, o = a === e.layers.length - 1 ? Wi(t, s, i) : i, l = e.layers[a].hasPost ? `\\operatorname{post}\\!\\left(${o}\\right)` : o;
      n.push({ left: r[a + 1][s].latex, right: l });
    }
  return n;
}
function rr(t, e, r) {
  const { payload: n, network: a } = t;
  if (e === 0) return o0(n.input_names[r]);
  if (e === a.layers.length) return o0(n.output_names[r]);
  const s = t.labelOf(e, r);
  return s ? o0(s) : `h${a.layers.length > 2 ? `^{(${e})}` : ""}_{${r}}`;
}
function ji(t) {
  const { payload: e, network: r } = t, n = (a, s) => a ? rr(t, a, s) : pu(e.input_names[s], e.input_scaling[s]);
  return r.widths.map((a, s) => Array.from({ length: a }, (i, o) => ({ latex: n(s, o), isSum: !1, named: !0 })));
}
function Vi(t, e, r) {
  const n = t.map((s, i) => {
    const o = t.map((l) => ss(s, l));
    return o[i] = o[i] * (1 + r + 1e-14) + 1e-290, Float64Array.of(...o, ss(s, e));
  }), a = gu(n);
  return a?.every(Number.isFinite) ? a : null;
}
function ss(t, e) {
  let r = 0;
  for (let n = 0; n < t.length; n++) r += t[n] * e[n];
  return r;
}
function gu(t) {
  const e = t.length;
  for (let n = 0; n < e; n++) {
    let a = n;
    for (let s = n + 1; s < e; s++) Math.abs(t[s][n]) > Math.abs(t[a][n]) && (a = s);
    if (t[a][n] === 0) return null;
    [t[n], t[a]] = [t[a], t[n]];
    for (let s = n + 1; s < e; s++) {
      const i = t[s][n] / t[n][n];
      for (let o = n; o <= e; o++) t[s][o] -= i * t[n][o];
    }
  }
  const r = new Array(e).fill(0);
  for (let n = e - 1; n >= 0; n--) {
    let a = t[n][e];
    for (let s = n + 1; s < e; s++) a -= t[n][s] * r[s];
    r[n] = a / t[n][n];
  }
  return r;
}
const Yi = 16, bu = 160, yu = 100, wu = 8, Xi = 1e3, xu = (t) => 0.5 * Math.log2(Math.max(Math.min(t, Xi), 4)), Mu = (t, e) => Math.min(t, Xi) * e;
function ku(t, e) {
  const r = Math.max(1, Math.floor(t.length / bu)), n = Float64Array.from(t.filter((M, S) => S % r === 0)), a = Float64Array.from(e.filter((M, S) => S % r === 0)), [s, i] = [Math.min(...n), Math.max(...n)], o = (s + i) / 2, l = (i - s) / 2 || 1, h = n.map((M) => (M - o) / l), m = Math.max(...a) - Math.min(...a), d = Object.entries(mt).filter(([, M]) => !M.alias).map(([M, S]) => {
    const T = Tu(S, h, a), A = T.b - T.a * o / l;
    return { name: M, a: T.a / l, b: A, c: T.c, d: T.d, r2: T.r2, bits: S.bits + Su(S) * xu(t.length) };
  }).filter((M) => [M.a, M.b, M.c, M.d].every(Number.isFinite) && Au(M, m)), p = (M) => !d.some((S) => S.bits <= M.bits && S.r2 > M.r2), g = d.filter(p), w = d.filter((M) => !p(M)).sort((M, S) => S.r2 - M.r2);
  return [...g, ...w.slice(0, Math.max(0, wu - g.length))];
}
const Su = (t) => ({ "": 4, scale: 3, shift: 3, both: t.bits ? 2 : 1 })[t.free];
function Au({ name: t, c: e }, r) {
  return ["both", "scale"].includes(mt[t].free) || Math.abs(e) <= yu * r;
}
function Tu(t, e, r) {
  const n = [e, r].map((o) => o.filter((l, h) => h % 4 === 0)), a = zu(t).map(([o, l]) => pn(t, o, l, n[0], n[1])).sort((o, l) => l.r2 - o.r2).slice(0, 4).map(({ a: o, b: l }) => pn(t, o, l, e, r)), s = t.free === "both" ? 0 : t.free === "shift" || t.free === "scale" ? 1 : 2;
  return a.slice(0, s ? 3 : 1).map((o) => s ? Cu(t, o, e, r) : o).reduce((o, l) => l.r2 > o.r2 ? l : o);
}
function zu(t) {
  const e = (n, a) => Array.from({ length: n }, (s, i) => a(i));
  if (t.free === "both") return [[1, 0]];
  if (t.free === "shift")
    return e(13, (n) => 0.1 * 2 ** (n / 1.6)).flatMap((n) => [[n, 0], [-n, 0]]);
  if (t.free === "scale") {
    const n = [1.0001, 1.01, 1.05, 1.2, 1.5, 2, 4, 10], a = t.domain[0] === 0 || t.pole ? n : [...e(21, (o) => o / 10), 3, 6, 12], s = t.domain[0] === 0 ? [1, -1] : [1], i = t.domain[0] === 0 ? a : [...a, ...a.map((o) => -o)];
    return s.flatMap((o) => i.map((l) => [o, l]));
  }
  const r = e(16, (n) => 0.15 * (Yi / 0.15) ** (n / 15));
  return t.period ? r.flatMap((n) => e(12, (a) => [n, a / 12 * t.period])) : Number.isFinite(t.domain[0]) ? e(8, (n) => 1 / (1 + 0.35 * n)).flatMap(
    (n) => e(5, (a) => [n * 0.9999, (a - 2) / 2 * (1 - n)])
  ) : r.flatMap((n) => e(17, (a) => [n, n * (a - 8) / 5]));
}
function pn(t, e, r, n, a) {
  const s = n.length;
  let [i, o] = [0, 0];
  const l = n.map((w) => t.value(e * w + r));
  for (let w = 0; w < s; w++)
    i += l[w] / s, o += a[w] / s;
  let [h, m, d] = [0, 0, 0];
  for (let w = 0; w < s; w++) {
    const M = l[w] - i, S = a[w] - o;
    h += M * M, m += M * S, d += S * S;
  }
  const p = h > 1e-300 && Number.isFinite(h) ? m / h : 0, g = d > 0 ? p * m / d : p === 0 ? 1 : 0;
  return { a: e, b: r, c: p, d: o - p * i, r2: Number.isFinite(g) ? Math.min(g, 1) : 0 };
}
function Cu(t, e, r, n) {
  let a = e, s = 1e-3;
  for (let i = 0; i < 40 && s < 1e8; i++) {
    const o = Nu(t, a, r, n, s), l = o && pn(t, a.a + o[0], a.b + o[1], r, n);
    if (l && Math.abs(l.a) <= 2 * Yi && l.r2 > a.r2) {
      const h = l.r2 - a.r2;
      if (a = l, s /= 5, h < 1e-13) break;
    } else
      s *= 4;
  }
  return a;
}
function Nu(t, e, r, n, a) {
  const s = r.map((l) => {
    const h = e.a * l + e.b, m = 1e-5 * Math.max(1, Math.abs(h));
    return e.c * (t.value(h + m) - t.value(h - m)) / (2 * m);
  }), i = r.map((l) => t.value(e.a * l + e.b)), o = n.map((l, h) => l - e.c * i[h] - e.d);
  return Vi([s.map((l, h) => l * r[h]), s, i, new Float64Array(r.length).fill(1)], o, a);
}
function Q(t) {
  const e = Uint8Array.from(atob(t.data), (a) => a.charCodeAt(0)), r = new DataView(e.buffer), n = new Float64Array(e.length / t.bytes);
  for (let a = 0; a < n.length; a++)
    n[a] = t.bytes === 4 ? r.getFloat32(4 * a, !0) : r.getFloat64(8 * a, !0);
  return { shape: t.shape, data: n };
}
function vn(t) {
  const [e, r] = t.shape;
  return Array.from(
    { length: r },
    (n, a) => Float64Array.from({ length: e }, (s, i) => t.data[i * r + a])
  );
}
class $u {
  /** how many functions there are */
  count;
  ends;
  coef;
  powers;
  constructor(e) {
    const r = Q(e.coef);
    this.ends = Q(e.ends).data, this.coef = r.data, [, this.powers, this.count] = r.shape;
  }
  /** Each function of some numbers; beyond the cells the first and the last polynomials go on. */
  evaluate(e) {
    const { count: r, coef: n, powers: a } = this, s = Array.from({ length: r }, () => new Float64Array(e.length));
    for (let i = 0; i < e.length; i++) {
      const o = this.cellOf(e[i]), [l, h] = [this.ends[o], this.ends[o + 1]], m = (e[i] - (l + h) / 2) / ((h - l) / 2), d = o * a * r;
      for (let p = 0; p < r; p++) {
        let g = 0;
        for (let w = a - 1; w >= 0; w--) g = g * m + n[d + w * r + p];
        s[p][i] = g;
      }
    }
    return s;
  }
  cellOf(e) {
    let r = 0;
    for (let n = this.ends.length - 1; n - r > 1; ) {
      const a = r + n >> 1;
      e >= this.ends[a] ? r = a : n = a;
    }
    return r;
  }
}
const Eu = 1e-5, Bu = ["remove", "fix", "redraw"];
function Ct(t, e) {
  const r = e.map(() => /* @__PURE__ */ new Map());
  for (const n of t)
    Kn(n).forEach(([a, s, i], o) => {
      const l = s * e[a].out + i, h = r[a].get(l) ?? [];
      r[a].set(l, [...h, { edit: n, position: o }]);
    });
  return r;
}
const Du = (t) => t / (1 + Math.exp(-t));
function Ki(t, e) {
  const r = t[0].length, n = t.map(() => new Float64Array(r));
  for (let a = 0; a < r; a++) {
    let s = 0;
    for (const l of t) s += l[a];
    s /= t.length;
    let i = 0;
    for (const l of t) i += (l[a] - s) ** 2;
    const o = 1 / Math.sqrt(i / t.length + e);
    for (let l = 0; l < t.length; l++) n[l][a] = (t[l][a] - s) * o;
  }
  return n;
}
function Ru(t) {
  let [e, r] = [1 / 0, -1 / 0];
  for (const a of t)
    for (const s of a)
      s < e && (e = s), s > r && (r = s);
  const n = r > e ? r - e : 1;
  return t.map((a) => a.map((s) => 2 * (s - e) / n - 1));
}
const is = (t) => t.reduce((e, r) => e + r, 0) / t.length, Ji = (t, e, [r, n]) => t.map((a) => r.data[e] * a + n.data[e]);
class Ou {
  constructor(e, r, n) {
    this.payload = e, this.out = r;
    const { functions: a, activation: s, norm: i } = e;
    this.functions = a.map((o) => n[o]), this.activation = s === null ? null : n[s], this.each = i && i.each !== null ? n[i.each] : null, this.affine = i?.affine?.map(Q) ?? null, this.coef = Q(e.coef), this.base = e.base && Q(e.base), this.bias = e.bias && Q(e.bias).data, this.size = this.coef.shape[1];
  }
  payload;
  out;
  functions;
  activation;
  each;
  affine;
  coef;
  base;
  size;
  bias;
  normalised(e) {
    const { norm: r } = this.payload;
    let n = e;
    return r?.statistics_of === "row" && (n = Ki(e, r.eps)), r?.statistics_of === "batch" && (n = Ru(e)), n.map((a, s) => this.normalisedAlone(a, s));
  }
  /** The step of the normalisation that doesn't mix an input with others. */
  normalisedAlone(e, r) {
    return this.each ? this.each.evaluate(e)[0] : this.affine ? Ji(e, r, this.affine) : e;
  }
  /** Whether a row's values depend on the other rows. */
  get readsBatch() {
    return this.payload.norm?.statistics_of === "batch";
  }
  /** "LayerNorm", if an axis has to say so. */
  get title() {
    return this.payload.norm?.title ?? "";
  }
  features(e) {
    return this.normalised(e).map((r, n) => this.featuresAt(n, e[n], r));
  }
  /** The features of one input, where the normalisation doesn't mix it with others. */
  featuresOf(e, r) {
    return this.featuresAt(e, r, this.normalisedAlone(r, e));
  }
  /** Of x and z = n(x), of which the base activation sees one. */
  featuresAt(e, r, n) {
    const a = this.functions[e].evaluate(n);
    return this.activation ? [...a, ...this.activation.evaluate(this.payload.norm?.feeds_base ? n : r)] : a;
  }
  /** The coefficient of a feature of an edge. */
  weight(e, r, n) {
    return r < this.size ? this.coef.data[(e * this.size + r) * this.out + n] : this.base.data[e * this.out + n];
  }
}
class Iu {
  in;
  out;
  mixes;
  exists;
  products;
  named = /* @__PURE__ */ new Map();
  curves;
  known = /* @__PURE__ */ new WeakMap();
  means = /* @__PURE__ */ new WeakMap();
  axes = /* @__PURE__ */ new WeakMap();
  bias;
  post;
  constructor(e, r) {
    this.in = e.in, this.out = e.out, this.mixes = e.mixes, this.exists = e.exists.map(Boolean), this.curves = e.numeric && new Ou(e.numeric, e.out, r), this.products = new Set(e.symbolic?.products ?? []);
    for (const s of e.symbolic?.edges ?? []) this.named.set(s.i * this.out + s.o, s);
    const n = e.symbolic && Q(e.symbolic.bias).data, a = this.curves?.bias;
    this.bias = Float64Array.from({ length: this.out }, (s, i) => (n?.[i] ?? 0) + (a?.[i] ?? 0)), this.post = e.post?.map(Q) ?? null;
  }
  get hasPost() {
    return this.post !== null;
  }
  get readsBatch() {
    return this.curves?.readsBatch ?? !1;
  }
  get normTitle() {
    return this.curves?.title ?? "";
  }
  biasOf(e) {
    return this.bias[e];
  }
  /** What an edge is drawn over: its input, or its normalised input where that mixes the features. */
  axis(e) {
    if (!this.mixes || !this.curves) return e;
    const r = this.axes.get(e);
    if (r) return r;
    const n = this.curves.normalised(e);
    return this.axes.set(e, n), n;
  }
  /** Kept as long as the inputs are: they mostly stay what they are when an edge changes. */
  features(e) {
    const r = this.known.get(e);
    if (r) return r;
    const n = this.curves?.features(e) ?? [];
    return this.known.set(e, n), n;
  }
  /** An edge at points of its input, after its edits; for layers that don't mix their inputs. */
  edgeAt(e, r, n) {
    const a = Math.floor(e / this.out), s = [];
    s[a] = r;
    const i = [];
    return i[a] = this.curves?.featuresOf(a, r) ?? [], this.editedValues(e, s, i, n);
  }
  /** What an edge adds on average: the features of a curve are averaged once for all edges. */
  meanOf(e, r, n) {
    const a = this.features(r);
    if (n || this.named.has(e)) return is(this.editedValues(e, r, a, n));
    if (!this.curves || !this.exists[e]) return 0;
    this.means.has(a) || this.means.set(a, a.map((o) => o.map(is)));
    const [s, i] = [Math.floor(e / this.out), e % this.out];
    return this.means.get(a)[s].reduce((o, l, h) => o + this.curves.weight(s, h, i) * l, 0);
  }
  /** What an edge adds before any edit. */
  edgeValues(e, r, n) {
    const a = Math.floor(e / this.out), s = e % this.out, i = new Float64Array(r[a].length);
    this.curves && this.exists[e] && this.addCurve(a, s, n[a], i);
    const o = this.named.get(e);
    if (o) {
      const l = cr(o.function), [h, m, d, p] = o.numbers, g = this.products.has(s) ? p : 0;
      for (let w = 0; w < i.length; w++) i[w] += d * l(h * r[a][w] + m) + g;
    }
    return i;
  }
  addCurve(e, r, n, a) {
    for (let s = 0; s < n.length; s++) {
      const i = this.curves.weight(e, s, r);
      if (i === 0) continue;
      const o = n[s];
      for (let l = 0; l < a.length; l++) a[l] += i * o[l];
    }
  }
  /** An edge after its edits. */
  editedValues(e, r, n, a) {
    const s = r[Math.floor(e / this.out)], i = a ? a.findLastIndex(({ edit: l }) => Bu.includes(l.do)) : -1;
    let o = i < 0 ? this.edgeValues(e, r, n) : new Float64Array(s.length);
    for (const l of a?.slice(Math.max(i, 0)) ?? []) o = Ri(l, o, s);
    return o;
  }
  forward(e, r) {
    const n = this.features(e), a = Array.from({ length: this.out }, (s, i) => this.node(i, e, n, r));
    return this.post ? Ki(a, Eu).map((s, i) => Ji(s, i, this.post).map(Du)) : a;
  }
  /** The layer again after a change of one node's edges. */
  forwardNode(e, r, n, a) {
    return this.post ? this.forward(r, n) : a.map((s, i) => i === e ? this.node(e, r, this.features(r), n) : s);
  }
  node(e, r, n, a) {
    const s = r[0].length, i = new Float64Array(s).fill(this.bias[e]), o = this.products.has(e) ? new Float64Array(s).fill(1) : null;
    let l = 0;
    for (let h = 0; h < this.in; h++) {
      const m = h * this.out + e;
      if (!this.exists[m]) continue;
      const d = a.get(m);
      if (!d && !this.named.has(m)) {
        this.addCurve(h, e, n[h], i);
        continue;
      }
      const p = d?.at(-1);
      if (p?.edit.do === "remove" && !o) {
        l += p.edit.constants[p.position];
        continue;
      }
      const g = this.editedValues(m, r, n, d);
      for (let w = 0; w < s; w++)
        o ? o[w] *= g[w] : i[w] += g[w];
    }
    if (o) for (let h = 0; h < s; h++) i[h] += o[h];
    if (l) for (let h = 0; h < s; h++) i[h] += l;
    return i;
  }
}
class qu {
  layers;
  widths;
  constructor(e) {
    const r = e.tables.map((n) => new $u(n));
    this.layers = e.layers.map((n) => new Iu(n, r)), this.widths = e.widths;
  }
  get readsBatch() {
    return this.layers.some((e) => e.readsBatch);
  }
  /** What each layer gets, and last the outputs. */
  levels(e, r) {
    const n = [e];
    return this.layers.forEach((a, s) => n.push(a.forward(n[s], r[s]))), n;
  }
  /** The same when one edge alone has changed since `known`. */
  levelsAfter([e, , r], n, a) {
    const s = n.slice(0, e + 1);
    s.push(this.layers[e].forwardNode(r, s[e], a[e], n[e + 1]));
    for (let i = e + 1; i < this.layers.length; i++)
      s.push(this.layers[i].forward(s[i], a[i]));
    return s;
  }
}
const Fu = 6, [Zi, Lu] = [40, 200], [Hu, Pu] = [6, 8], os = 1e-3, Uu = [1e-4, 0.01, 1, 100], Gu = { "": "abcd", shift: "acd", scale: "bcd", both: "cd" };
function Wu(t, e) {
  const { payload: r, edits: n, all: a, before: s } = t, { layers: i } = t.network, o = i[e[0]], [l, h, m] = [t.place(e), a.levels[e[0]], t.steps(e)], d = m.slice(m.findLastIndex(({ edit: z }) => z.do !== "fix") + 1).map(({ edit: z }) => z), p = Ct(n.filter((z) => !d.includes(z)), i), [g, w] = [h[e[1]], o.editedValues(l, h, o.features(h), p[e[0]].get(l))], M = (z) => t.network.levelsAfter(e, a.levels, z).at(-1), S = t.targets(a.index), T = S ? s.all : M(p);
  return ku(g, w).map(({ r2: z, bits: D, name: q, ...O }) => {
    const H = { do: "fix", edge: e, function: q, ...O }, U = M(Ct([...n, H], i)), j = tr(U, S, r, T).bits, se = tr(U, S, r, s.all);
    return { name: q, ...O, r2: z, edit: H, cost: se, bits: D + Mu(g.length, j) };
  }).sort((z, D) => z.bits - D.bits).slice(0, Fu);
}
function* ju(t, e) {
  const r = [];
  for (const n of e)
    r.push(t.suggestions(n)[0].edit), r.length % 5 === 0 && (yield `${r.length} of ${e.length} edges are named.`);
  return r.length > Lu ? r : yield* Vu(t, r);
}
function* Vu(t, e) {
  const r = Yu(t);
  let [n, a] = [e, _i(t, e, r)];
  for (let s = 0; s < Hu; s++) {
    const i = a;
    for (let o = 0; o < e.length; o += Zi)
      for (let l = 0; l < Pu; l++) {
        yield "The functions are fitted together.";
        const h = Xu(t, n, o, r, a);
        if (!h) break;
        const m = 1 - h.error / a;
        if ([n, a] = [h.fixes, h.error], !(m > os)) break;
      }
    if (!(a < (1 - os) * i)) break;
  }
  return n;
}
function Yu(t) {
  return (t.payload.classes ? null : t.targets(t.all.index)) ?? t.levelsAfter(t.edits).levels.at(-1);
}
const Qi = (t, e) => t.levelsAfter([...t.edits, ...e]).levels.at(-1), _n = (t, e) => Float64Array.from(e.flatMap((r, n) => Array.from(r, (a, s) => a - t[n][s]))), _i = (t, e, r) => _n(Qi(t, e), r).reduce((n, a) => n + a * a, 0);
function Xu(t, e, r, n, a) {
  const i = e.slice(r, r + Zi).flatMap((m, d) => [...Ku(m)].map((p) => [r + d, p])), o = Qi(t, e), l = i.map(([m, d]) => Ju(t, e, m, d, o)), h = _n(o, n);
  for (const m of Uu) {
    const d = Vi(l, h, m);
    if (!d) continue;
    const p = e.map((w) => ({ ...w }));
    i.forEach(([w, M], S) => p[w][M] += d[S]);
    const g = _i(t, p, n);
    if (g < a) return { fixes: p, error: g };
  }
  return null;
}
const Ku = ({ function: t }) => Gu[mt[t].free];
function Ju(t, e, r, n, a) {
  const { network: s } = t, { levels: i } = t.levelsAfter([...t.edits, ...e]), o = 1e-6 * Math.max(1, Math.abs(e[r][n])), l = e.map((d, p) => p === r ? { ...d, [n]: d[n] + o } : d), h = Ct([...t.edits, ...l], s.layers), m = s.levelsAfter(e[r].edge, i, h).at(-1);
  return _n(a, m).map((d) => d / o);
}
class $ extends Error {
  // The underlying error message without any context added.
  constructor(e, r) {
    var n = "KaTeX parse error: " + e, a, s, i = r && r.loc;
    if (i && i.start <= i.end) {
      var o = i.lexer.input;
      a = i.start, s = i.end, a === o.length ? n += " at end of input: " : n += " at position " + (a + 1) + ": ";
      var l = o.slice(a, s).replace(/[^]/g, "$&̲"), h;
      a > 15 ? h = "…" + o.slice(a - 15, a) : h = o.slice(0, a);
      var m;
      s + 15 < o.length ? m = o.slice(s, s + 15) + "…" : m = o.slice(s), n += h + l + m;
    }
    super(n), this.name = "ParseError", this.position = void 0, this.length = void 0, this.rawMessage = void 0, Object.setPrototypeOf(this, $.prototype), this.position = a, a != null && s != null && (this.length = s - a), this.rawMessage = e;
  }
}
var Zu = /([A-Z])/g, Qu = (t) => t.replace(Zu, "-$1").toLowerCase(), _u = {
  "&": "&amp;",
  ">": "&gt;",
  "<": "&lt;",
  '"': "&quot;",
  "'": "&#x27;"
}, eh = /[&><"']/g, ve = (t) => String(t).replace(eh, (e) => _u[e]), Y0 = (t) => t.type === "ordgroup" || t.type === "color" ? t.body.length === 1 ? Y0(t.body[0]) : t : t.type === "font" ? Y0(t.body) : t, th = /* @__PURE__ */ new Set(["mathord", "textord", "atom"]), nt = (t) => th.has(Y0(t).type), rh = (t) => {
  var e = /^[\x00-\x20]*([^\\/#?]*?)(:|&#0*58|&#x0*3a|&colon)/i.exec(t);
  return e ? e[2] !== ":" || !/^[a-zA-Z][a-zA-Z0-9+\-.]*$/.test(e[1]) ? null : e[1].toLowerCase() : "_relative";
}, gn = {
  displayMode: {
    type: "boolean",
    description: "Render math in display mode, which puts the math in display style (so \\int and \\sum are large, for example), and centers the math on the page on its own line.",
    cli: "-d, --display-mode"
  },
  output: {
    type: {
      enum: ["htmlAndMathml", "html", "mathml"]
    },
    description: "Determines the markup language of the output.",
    cli: "-F, --format <type>"
  },
  leqno: {
    type: "boolean",
    description: "Render display math in leqno style (left-justified tags)."
  },
  fleqn: {
    type: "boolean",
    description: "Render display math flush left."
  },
  throwOnError: {
    type: "boolean",
    default: !0,
    cli: "-t, --no-throw-on-error",
    cliDescription: "Render errors (in the color given by --error-color) instead of throwing a ParseError exception when encountering an error."
  },
  errorColor: {
    type: "string",
    default: "#cc0000",
    cli: "-c, --error-color <color>",
    cliDescription: "A color string given in the format 'rgb' or 'rrggbb' (no #). This option determines the color of errors rendered by the -t option.",
    cliProcessor: (t) => "#" + t
  },
  macros: {
    type: "object",
    cli: "-m, --macro <def>",
    cliDescription: "Define custom macro of the form '\\foo:expansion' (use multiple -m arguments for multiple macros).",
    cliDefault: [],
    cliProcessor: (t, e) => (e.push(t), e)
  },
  minRuleThickness: {
    type: "number",
    description: "Specifies a minimum thickness, in ems, for fraction lines, `\\sqrt` top lines, `{array}` vertical lines, `\\hline`, `\\hdashline`, `\\underline`, `\\overline`, and the borders of `\\fbox`, `\\boxed`, and `\\fcolorbox`.",
    processor: (t) => Math.max(0, t),
    cli: "--min-rule-thickness <size>",
    cliProcessor: parseFloat
  },
  colorIsTextColor: {
    type: "boolean",
    description: "Makes \\color behave like LaTeX's 2-argument \\textcolor, instead of LaTeX's one-argument \\color mode change.",
    cli: "-b, --color-is-text-color"
  },
  strict: {
    type: [{
      enum: ["warn", "ignore", "error"]
    }, "boolean", "function"],
    description: "Turn on strict / LaTeX faithfulness mode, which throws an error if the input uses features that are not supported by LaTeX.",
    cli: "-S, --strict",
    cliDefault: !1
  },
  trust: {
    type: ["boolean", "function"],
    description: "Trust the input, enabling all HTML features such as \\url.",
    cli: "-T, --trust"
  },
  maxSize: {
    type: "number",
    default: 1 / 0,
    description: "If non-zero, all user-specified sizes, e.g. in \\rule{500em}{500em}, will be capped to maxSize ems. Otherwise, elements and spaces can be arbitrarily large",
    processor: (t) => Math.max(0, t),
    cli: "-s, --max-size <n>",
    cliProcessor: parseInt
  },
  maxExpand: {
    type: "number",
    default: 1e3,
    description: "Limit the number of macro expansions to the specified number, to prevent e.g. infinite macro loops. If set to Infinity, the macro expander will try to fully expand as in LaTeX.",
    processor: (t) => Math.max(0, t),
    cli: "-e, --max-expand <n>",
    cliProcessor: (t) => t === "Infinity" ? 1 / 0 : parseInt(t)
  },
  globalGroup: {
    type: "boolean",
    cli: !1
  }
};
function nh(t) {
  if (typeof t != "string")
    return t.enum[0];
  switch (t) {
    case "boolean":
      return !1;
    case "string":
      return "";
    case "number":
      return 0;
    case "object":
      return {};
    default:
      throw new Error("Unexpected schema type; settings must declare an explicit default.");
  }
}
function ah(t) {
  if (t.default !== void 0)
    return t.default;
  var e = Array.isArray(t.type) ? t.type[0] : t.type;
  return nh(e);
}
function sh(t, e, r, n) {
  var a = r[e];
  t[e] = a !== void 0 ? n.processor ? n.processor(a) : a : ah(n);
}
class ea {
  constructor(e) {
    e === void 0 && (e = {}), this.displayMode = void 0, this.output = void 0, this.leqno = void 0, this.fleqn = void 0, this.throwOnError = void 0, this.errorColor = void 0, this.macros = void 0, this.minRuleThickness = void 0, this.colorIsTextColor = void 0, this.strict = void 0, this.trust = void 0, this.maxSize = void 0, this.maxExpand = void 0, this.globalGroup = void 0, e = e || {};
    for (var r of Object.keys(gn)) {
      var n = gn[r];
      n && sh(this, r, e, n);
    }
  }
  /**
   * Report nonstrict (non-LaTeX-compatible) input.
   * Can safely not be called if `this.strict` is false in JavaScript.
   */
  reportNonstrict(e, r, n) {
    var a = this.strict;
    if (typeof a == "function" && (a = a(e, r, n)), !(!a || a === "ignore")) {
      if (a === !0 || a === "error")
        throw new $("LaTeX-incompatible input and strict mode is set to 'error': " + (r + " [" + e + "]"), n);
      a === "warn" ? typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (r + " [" + e + "]")) : typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + a + "': " + r + " [" + e + "]"));
    }
  }
  /**
   * Check whether to apply strict (LaTeX-adhering) behavior for unusual
   * input (like `\\`).  Unlike `nonstrict`, will not throw an error;
   * instead, "error" translates to a return value of `true`, while "ignore"
   * translates to a return value of `false`.  May still print a warning:
   * "warn" prints a warning and returns `false`.
   * This is for the second category of `errorCode`s listed in the README.
   */
  useStrictBehavior(e, r, n) {
    var a = this.strict;
    if (typeof a == "function")
      try {
        a = a(e, r, n);
      } catch {
        a = "error";
      }
    return !a || a === "ignore" ? !1 : a === !0 || a === "error" ? !0 : a === "warn" ? (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (r + " [" + e + "]")), !1) : (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + a + "': " + r + " [" + e + "]")), !1);
  }
  /**
   * Check whether to test potentially dangerous input, and return
   * `true` (trusted) or `false` (untrusted).  The sole argument `context`
   * should be an object with `command` field specifying the relevant LaTeX
   * command (as a string starting with `\`), and any other arguments, etc.
   * If `context` has a `url` field, a `protocol` field will automatically
   * get added by this function (changing the specified object).
   */
  isTrusted(e) {
    if ("url" in e && e.url && !e.protocol) {
      var r = rh(e.url);
      if (r == null)
        return !1;
      e.protocol = r;
    }
    var n = typeof this.trust == "function" ? this.trust(e) : this.trust;
    return !!n;
  }
}
class ut {
  constructor(e, r, n) {
    this.id = void 0, this.size = void 0, this.cramped = void 0, this.id = e, this.size = r, this.cramped = n;
  }
  /**
   * Get the style of a superscript given a base in the current style.
   */
  sup() {
    return Le[ih[this.id]];
  }
  /**
   * Get the style of a subscript given a base in the current style.
   */
  sub() {
    return Le[oh[this.id]];
  }
  /**
   * Get the style of a fraction numerator given the fraction in the current
   * style.
   */
  fracNum() {
    return Le[lh[this.id]];
  }
  /**
   * Get the style of a fraction denominator given the fraction in the current
   * style.
   */
  fracDen() {
    return Le[uh[this.id]];
  }
  /**
   * Get the cramped version of a style (in particular, cramping a cramped style
   * doesn't change the style).
   */
  cramp() {
    return Le[hh[this.id]];
  }
  /**
   * Get a text or display version of this style.
   */
  text() {
    return Le[ch[this.id]];
  }
  /**
   * Return true if this style is tightly spaced (scriptstyle/scriptscriptstyle)
   */
  isTight() {
    return this.size >= 2;
  }
}
var ta = 0, nr = 1, Ut = 2, et = 3, f0 = 4, Ne = 5, Kt = 6, ye = 7, Le = [new ut(ta, 0, !1), new ut(nr, 0, !0), new ut(Ut, 1, !1), new ut(et, 1, !0), new ut(f0, 2, !1), new ut(Ne, 2, !0), new ut(Kt, 3, !1), new ut(ye, 3, !0)], ih = [f0, Ne, f0, Ne, Kt, ye, Kt, ye], oh = [Ne, Ne, Ne, Ne, ye, ye, ye, ye], lh = [Ut, et, f0, Ne, Kt, ye, Kt, ye], uh = [et, et, Ne, Ne, ye, ye, ye, ye], hh = [nr, nr, et, et, Ne, Ne, ye, ye], ch = [ta, nr, Ut, et, Ut, et, Ut, et], W = {
  DISPLAY: Le[ta],
  TEXT: Le[Ut],
  SCRIPT: Le[f0],
  SCRIPTSCRIPT: Le[Kt]
}, bn = [{
  // Latin characters beyond the Latin-1 characters we have metrics for.
  // Needed for Czech, Hungarian and Turkish text, for example.
  name: "latin",
  blocks: [
    [256, 591],
    // Latin Extended-A and Latin Extended-B
    [768, 879]
    // Combining Diacritical marks
  ]
}, {
  // The Cyrillic script used by Russian and related languages.
  // A Cyrillic subset used to be supported as explicitly defined
  // symbols in symbols.js
  name: "cyrillic",
  blocks: [[1024, 1279]]
}, {
  // Armenian
  name: "armenian",
  blocks: [[1328, 1423]]
}, {
  // The Brahmic scripts of South and Southeast Asia
  // Devanagari (0900–097F)
  // Bengali (0980–09FF)
  // Gurmukhi (0A00–0A7F)
  // Gujarati (0A80–0AFF)
  // Oriya (0B00–0B7F)
  // Tamil (0B80–0BFF)
  // Telugu (0C00–0C7F)
  // Kannada (0C80–0CFF)
  // Malayalam (0D00–0D7F)
  // Sinhala (0D80–0DFF)
  // Thai (0E00–0E7F)
  // Lao (0E80–0EFF)
  // Tibetan (0F00–0FFF)
  // Myanmar (1000–109F)
  name: "brahmic",
  blocks: [[2304, 4255]]
}, {
  name: "georgian",
  blocks: [[4256, 4351]]
}, {
  // Chinese and Japanese.
  // The "k" in cjk is for Korean, but we've separated Korean out
  name: "cjk",
  blocks: [
    [12288, 12543],
    // CJK symbols and punctuation, Hiragana, Katakana
    [19968, 40879],
    // CJK ideograms
    [65280, 65376]
    // Fullwidth punctuation
    // TODO: add halfwidth Katakana and Romanji glyphs
  ]
}, {
  // Korean
  name: "hangul",
  blocks: [[44032, 55215]]
}];
function mh(t) {
  for (var e = 0; e < bn.length; e++)
    for (var r = bn[e], n = 0; n < r.blocks.length; n++) {
      var a = r.blocks[n];
      if (t >= a[0] && t <= a[1])
        return r.name;
    }
  return null;
}
var X0 = [];
bn.forEach((t) => t.blocks.forEach((e) => X0.push(...e)));
function eo(t) {
  for (var e = 0; e < X0.length; e += 2)
    if (t >= X0[e] && t <= X0[e + 1])
      return !0;
  return !1;
}
var ue = (t) => t + " " + t, It = 80, dh = function(e, r) {
  return "M95," + (622 + e + r) + `
c-2.7,0,-7.17,-2.7,-13.5,-8c-5.8,-5.3,-9.5,-10,-9.5,-14
c0,-2,0.3,-3.3,1,-4c1.3,-2.7,23.83,-20.7,67.5,-54
c44.2,-33.3,65.8,-50.3,66.5,-51c1.3,-1.3,3,-2,5,-2c4.7,0,8.7,3.3,12,10
s173,378,173,378c0.7,0,35.3,-71,104,-213c68.7,-142,137.5,-285,206.5,-429
c69,-144,104.5,-217.7,106.5,-221
l` + e / 2.075 + " -" + e + `
c5.3,-9.3,12,-14,20,-14
H400000v` + (40 + e) + `H845.2724
s-225.272,467,-225.272,467s-235,486,-235,486c-2.7,4.7,-9,7,-19,7
c-6,0,-10,-1,-12,-3s-194,-422,-194,-422s-65,47,-65,47z
M` + (834 + e) + " " + r + "h400000v" + (40 + e) + "h-400000z";
}, fh = function(e, r) {
  return "M263," + (601 + e + r) + `c0.7,0,18,39.7,52,119
c34,79.3,68.167,158.7,102.5,238c34.3,79.3,51.8,119.3,52.5,120
c340,-704.7,510.7,-1060.3,512,-1067
l` + e / 2.084 + " -" + e + `
c4.7,-7.3,11,-11,19,-11
H40000v` + (40 + e) + `H1012.3
s-271.3,567,-271.3,567c-38.7,80.7,-84,175,-136,283c-52,108,-89.167,185.3,-111.5,232
c-22.3,46.7,-33.8,70.3,-34.5,71c-4.7,4.7,-12.3,7,-23,7s-12,-1,-12,-1
s-109,-253,-109,-253c-72.7,-168,-109.3,-252,-110,-252c-10.7,8,-22,16.7,-34,26
c-22,17.3,-33.3,26,-34,26s-26,-26,-26,-26s76,-59,76,-59s76,-60,76,-60z
M` + (1001 + e) + " " + r + "h400000v" + (40 + e) + "h-400000z";
}, ph = function(e, r) {
  return "M983 " + (10 + e + r) + `
l` + e / 3.13 + " -" + e + `
c4,-6.7,10,-10,18,-10 H400000v` + (40 + e) + `
H1013.1s-83.4,268,-264.1,840c-180.7,572,-277,876.3,-289,913c-4.7,4.7,-12.7,7,-24,7
s-12,0,-12,0c-1.3,-3.3,-3.7,-11.7,-7,-25c-35.3,-125.3,-106.7,-373.3,-214,-744
c-10,12,-21,25,-33,39s-32,39,-32,39c-6,-5.3,-15,-14,-27,-26s25,-30,25,-30
c26.7,-32.7,52,-63,76,-91s52,-60,52,-60s208,722,208,722
c56,-175.3,126.3,-397.3,211,-666c84.7,-268.7,153.8,-488.2,207.5,-658.5
c53.7,-170.3,84.5,-266.8,92.5,-289.5z
M` + (1001 + e) + " " + r + "h400000v" + (40 + e) + "h-400000z";
}, vh = function(e, r) {
  return "M424," + (2398 + e + r) + `
c-1.3,-0.7,-38.5,-172,-111.5,-514c-73,-342,-109.8,-513.3,-110.5,-514
c0,-2,-10.7,14.3,-32,49c-4.7,7.3,-9.8,15.7,-15.5,25c-5.7,9.3,-9.8,16,-12.5,20
s-5,7,-5,7c-4,-3.3,-8.3,-7.7,-13,-13s-13,-13,-13,-13s76,-122,76,-122s77,-121,77,-121
s209,968,209,968c0,-2,84.7,-361.7,254,-1079c169.3,-717.3,254.7,-1077.7,256,-1081
l` + e / 4.223 + " -" + e + `c4,-6.7,10,-10,18,-10 H400000
v` + (40 + e) + `H1014.6
s-87.3,378.7,-272.6,1166c-185.3,787.3,-279.3,1182.3,-282,1185
c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2z M` + (1001 + e) + " " + r + `
h400000v` + (40 + e) + "h-400000z";
}, gh = function(e, r) {
  return "M473," + (2713 + e + r) + `
c339.3,-1799.3,509.3,-2700,510,-2702 l` + e / 5.298 + " -" + e + `
c3.3,-7.3,9.3,-11,18,-11 H400000v` + (40 + e) + `H1017.7
s-90.5,478,-276.2,1466c-185.7,988,-279.5,1483,-281.5,1485c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2c0,-1.3,-5.3,-32,-16,-92c-50.7,-293.3,-119.7,-693.3,-207,-1200
c0,-1.3,-5.3,8.7,-16,30c-10.7,21.3,-21.3,42.7,-32,64s-16,33,-16,33s-26,-26,-26,-26
s76,-153,76,-153s77,-151,77,-151c0.7,0.7,35.7,202,105,604c67.3,400.7,102,602.7,104,
606zM` + (1001 + e) + " " + r + "h400000v" + (40 + e) + "H1017.7z";
}, bh = function(e) {
  var r = e / 2;
  return "M400000 " + e + " H0 L" + r + " 0 l65 45 L145 " + (e - 80) + " H400000z";
}, yh = function(e, r, n) {
  var a = n - 54 - r - e;
  return "M702 " + (e + r) + "H400000" + (40 + e) + `
H742v` + a + `l-4 4-4 4c-.667.7 -2 1.5-4 2.5s-4.167 1.833-6.5 2.5-5.5 1-9.5 1
h-12l-28-84c-16.667-52-96.667 -294.333-240-727l-212 -643 -85 170
c-4-3.333-8.333-7.667-13 -13l-13-13l77-155 77-156c66 199.333 139 419.667
219 661 l218 661zM702 ` + r + "H400000v" + (40 + e) + "H742z";
}, wh = function(e, r, n) {
  r = 1e3 * r;
  var a = "";
  switch (e) {
    case "sqrtMain":
      a = dh(r, It);
      break;
    case "sqrtSize1":
      a = fh(r, It);
      break;
    case "sqrtSize2":
      a = ph(r, It);
      break;
    case "sqrtSize3":
      a = vh(r, It);
      break;
    case "sqrtSize4":
      a = gh(r, It);
      break;
    case "sqrtTall":
      a = yh(r, It, n);
  }
  return a;
}, xh = function(e, r) {
  switch (e) {
    case "⎜":
      return ue("M291 0 H417 V" + r + " H291z");
    case "∣":
      return ue("M145 0 H188 V" + r + " H145z");
    case "∥":
      return ue("M145 0 H188 V" + r + " H145z") + ue("M367 0 H410 V" + r + " H367z");
    case "⎟":
      return ue("M457 0 H583 V" + r + " H457z");
    case "⎢":
      return ue("M319 0 H403 V" + r + " H319z");
    case "⎥":
      return ue("M263 0 H347 V" + r + " H263z");
    case "⎪":
      return ue("M384 0 H504 V" + r + " H384z");
    case "⏐":
      return ue("M312 0 H355 V" + r + " H312z");
    case "‖":
      return ue("M257 0 H300 V" + r + " H257z") + ue("M478 0 H521 V" + r + " H478z");
    default:
      return "";
  }
}, ls = {
  // The doubleleftarrow geometry is from glyph U+21D0 in the font KaTeX Main
  doubleleftarrow: `M262 157
l10-10c34-36 62.7-77 86-123 3.3-8 5-13.3 5-16 0-5.3-6.7-8-20-8-7.3
 0-12.2.5-14.5 1.5-2.3 1-4.8 4.5-7.5 10.5-49.3 97.3-121.7 169.3-217 216-28
 14-57.3 25-88 33-6.7 2-11 3.8-13 5.5-2 1.7-3 4.2-3 7.5s1 5.8 3 7.5
c2 1.7 6.3 3.5 13 5.5 68 17.3 128.2 47.8 180.5 91.5 52.3 43.7 93.8 96.2 124.5
 157.5 9.3 8 15.3 12.3 18 13h6c12-.7 18-4 18-10 0-2-1.7-7-5-15-23.3-46-52-87
-86-123l-10-10h399738v-40H218c328 0 0 0 0 0l-10-8c-26.7-20-65.7-43-117-69 2.7
-2 6-3.7 10-5 36.7-16 72.3-37.3 107-64l10-8h399782v-40z
m8 0v40h399730v-40zm0 194v40h399730v-40z`,
  // doublerightarrow is from glyph U+21D2 in font KaTeX Main
  doublerightarrow: `M399738 392l
-10 10c-34 36-62.7 77-86 123-3.3 8-5 13.3-5 16 0 5.3 6.7 8 20 8 7.3 0 12.2-.5
 14.5-1.5 2.3-1 4.8-4.5 7.5-10.5 49.3-97.3 121.7-169.3 217-216 28-14 57.3-25 88
-33 6.7-2 11-3.8 13-5.5 2-1.7 3-4.2 3-7.5s-1-5.8-3-7.5c-2-1.7-6.3-3.5-13-5.5-68
-17.3-128.2-47.8-180.5-91.5-52.3-43.7-93.8-96.2-124.5-157.5-9.3-8-15.3-12.3-18
-13h-6c-12 .7-18 4-18 10 0 2 1.7 7 5 15 23.3 46 52 87 86 123l10 10H0v40h399782
c-328 0 0 0 0 0l10 8c26.7 20 65.7 43 117 69-2.7 2-6 3.7-10 5-36.7 16-72.3 37.3
-107 64l-10 8H0v40zM0 157v40h399730v-40zm0 194v40h399730v-40z`,
  // leftarrow is from glyph U+2190 in font KaTeX Main
  leftarrow: `M400000 241H110l3-3c68.7-52.7 113.7-120
 135-202 4-14.7 6-23 6-25 0-7.3-7-11-21-11-8 0-13.2.8-15.5 2.5-2.3 1.7-4.2 5.8
-5.5 12.5-1.3 4.7-2.7 10.3-4 17-12 48.7-34.8 92-68.5 130S65.3 228.3 18 247
c-10 4-16 7.7-18 11 0 8.7 6 14.3 18 17 47.3 18.7 87.8 47 121.5 85S196 441.3 208
 490c.7 2 1.3 5 2 9s1.2 6.7 1.5 8c.3 1.3 1 3.3 2 6s2.2 4.5 3.5 5.5c1.3 1 3.3
 1.8 6 2.5s6 1 10 1c14 0 21-3.7 21-11 0-2-2-10.3-6-25-20-79.3-65-146.7-135-202
 l-3-3h399890zM100 241v40h399900v-40z`,
  // overbrace is from glyphs U+23A9/23A8/23A7 in font KaTeX_Size4-Regular
  leftbrace: `M6 548l-6-6v-35l6-11c56-104 135.3-181.3 238-232 57.3-28.7 117
-45 179-50h399577v120H403c-43.3 7-81 15-113 26-100.7 33-179.7 91-237 174-2.7
 5-6 9-10 13-.7 1-7.3 1-20 1H6z`,
  leftbraceunder: `M0 6l6-6h17c12.688 0 19.313.3 20 1 4 4 7.313 8.3 10 13
 35.313 51.3 80.813 93.8 136.5 127.5 55.688 33.7 117.188 55.8 184.5 66.5.688
 0 2 .3 4 1 18.688 2.7 76 4.3 172 5h399450v120H429l-6-1c-124.688-8-235-61.7
-331-161C60.687 138.7 32.312 99.3 7 54L0 41V6z`,
  // overgroup is from the MnSymbol package (public domain)
  leftgroup: `M400000 80
H435C64 80 168.3 229.4 21 260c-5.9 1.2-18 0-18 0-2 0-3-1-3-3v-38C76 61 257 0
 435 0h399565z`,
  leftgroupunder: `M400000 262
H435C64 262 168.3 112.6 21 82c-5.9-1.2-18 0-18 0-2 0-3 1-3 3v38c76 158 257 219
 435 219h399565z`,
  // Harpoons are from glyph U+21BD in font KaTeX Main
  leftharpoon: `M0 267c.7 5.3 3 10 7 14h399993v-40H93c3.3
-3.3 10.2-9.5 20.5-18.5s17.8-15.8 22.5-20.5c50.7-52 88-110.3 112-175 4-11.3 5
-18.3 3-21-1.3-4-7.3-6-18-6-8 0-13 .7-15 2s-4.7 6.7-8 16c-42 98.7-107.3 174.7
-196 228-6.7 4.7-10.7 8-12 10-1.3 2-2 5.7-2 11zm100-26v40h399900v-40z`,
  leftharpoonplus: `M0 267c.7 5.3 3 10 7 14h399993v-40H93c3.3-3.3 10.2-9.5
 20.5-18.5s17.8-15.8 22.5-20.5c50.7-52 88-110.3 112-175 4-11.3 5-18.3 3-21-1.3
-4-7.3-6-18-6-8 0-13 .7-15 2s-4.7 6.7-8 16c-42 98.7-107.3 174.7-196 228-6.7 4.7
-10.7 8-12 10-1.3 2-2 5.7-2 11zm100-26v40h399900v-40zM0 435v40h400000v-40z
m0 0v40h400000v-40z`,
  leftharpoondown: `M7 241c-4 4-6.333 8.667-7 14 0 5.333.667 9 2 11s5.333
 5.333 12 10c90.667 54 156 130 196 228 3.333 10.667 6.333 16.333 9 17 2 .667 5
 1 9 1h5c10.667 0 16.667-2 18-6 2-2.667 1-9.667-3-21-32-87.333-82.667-157.667
-152-211l-3-3h399907v-40zM93 281 H400000 v-40L7 241z`,
  leftharpoondownplus: `M7 435c-4 4-6.3 8.7-7 14 0 5.3.7 9 2 11s5.3 5.3 12
 10c90.7 54 156 130 196 228 3.3 10.7 6.3 16.3 9 17 2 .7 5 1 9 1h5c10.7 0 16.7
-2 18-6 2-2.7 1-9.7-3-21-32-87.3-82.7-157.7-152-211l-3-3h399907v-40H7zm93 0
v40h399900v-40zM0 241v40h399900v-40zm0 0v40h399900v-40z`,
  // hook is from glyph U+21A9 in font KaTeX Main
  lefthook: `M400000 281 H103s-33-11.2-61-33.5S0 197.3 0 164s14.2-61.2 42.5
-83.5C70.8 58.2 104 47 142 47 c16.7 0 25 6.7 25 20 0 12-8.7 18.7-26 20-40 3.3
-68.7 15.7-86 37-10 12-15 25.3-15 40 0 22.7 9.8 40.7 29.5 54 19.7 13.3 43.5 21
 71.5 23h399859zM103 281v-40h399897v40z`,
  leftlinesegment: ue("M40 281 V428 H0 V94 H40 V241 H400000 v40z"),
  leftbracketunder: ue("M0 0 h120 V290 H399995 v120 H0z"),
  leftbracketover: ue("M0 440 h120 V150 H399995 v-120 H0z"),
  leftmapsto: ue("M40 281 V448H0V74H40V241H400000v40z"),
  // tofrom is from glyph U+21C4 in font KaTeX AMS Regular
  leftToFrom: `M0 147h400000v40H0zm0 214c68 40 115.7 95.7 143 167h22c15.3 0 23
-.3 23-1 0-1.3-5.3-13.7-16-37-18-35.3-41.3-69-70-101l-7-8h399905v-40H95l7-8
c28.7-32 52-65.7 70-101 10.7-23.3 16-35.7 16-37 0-.7-7.7-1-23-1h-22C115.7 265.3
 68 321 0 361zm0-174v-40h399900v40zm100 154v40h399900v-40z`,
  longequal: ue("M0 50 h400000 v40H0z m0 194h40000v40H0z"),
  midbrace: `M200428 334
c-100.7-8.3-195.3-44-280-108-55.3-42-101.7-93-139-153l-9-14c-2.7 4-5.7 8.7-9 14
-53.3 86.7-123.7 153-211 199-66.7 36-137.3 56.3-212 62H0V214h199568c178.3-11.7
 311.7-78.3 403-201 6-8 9.7-12 11-12 .7-.7 6.7-1 18-1s17.3.3 18 1c1.3 0 5 4 11
 12 44.7 59.3 101.3 106.3 170 141s145.3 54.3 229 60h199572v120z`,
  midbraceunder: `M199572 214
c100.7 8.3 195.3 44 280 108 55.3 42 101.7 93 139 153l9 14c2.7-4 5.7-8.7 9-14
 53.3-86.7 123.7-153 211-199 66.7-36 137.3-56.3 212-62h199568v120H200432c-178.3
 11.7-311.7 78.3-403 201-6 8-9.7 12-11 12-.7.7-6.7 1-18 1s-17.3-.3-18-1c-1.3 0
-5-4-11-12-44.7-59.3-101.3-106.3-170-141s-145.3-54.3-229-60H0V214z`,
  oiintSize1: `M512.6 71.6c272.6 0 320.3 106.8 320.3 178.2 0 70.8-47.7 177.6
-320.3 177.6S193.1 320.6 193.1 249.8c0-71.4 46.9-178.2 319.5-178.2z
m368.1 178.2c0-86.4-60.9-215.4-368.1-215.4-306.4 0-367.3 129-367.3 215.4 0 85.8
60.9 214.8 367.3 214.8 307.2 0 368.1-129 368.1-214.8z`,
  oiintSize2: `M757.8 100.1c384.7 0 451.1 137.6 451.1 230 0 91.3-66.4 228.8
-451.1 228.8-386.3 0-452.7-137.5-452.7-228.8 0-92.4 66.4-230 452.7-230z
m502.4 230c0-111.2-82.4-277.2-502.4-277.2s-504 166-504 277.2
c0 110 84 276 504 276s502.4-166 502.4-276z`,
  oiiintSize1: `M681.4 71.6c408.9 0 480.5 106.8 480.5 178.2 0 70.8-71.6 177.6
-480.5 177.6S202.1 320.6 202.1 249.8c0-71.4 70.5-178.2 479.3-178.2z
m525.8 178.2c0-86.4-86.8-215.4-525.7-215.4-437.9 0-524.7 129-524.7 215.4 0
85.8 86.8 214.8 524.7 214.8 438.9 0 525.7-129 525.7-214.8z`,
  oiiintSize2: `M1021.2 53c603.6 0 707.8 165.8 707.8 277.2 0 110-104.2 275.8
-707.8 275.8-606 0-710.2-165.8-710.2-275.8C311 218.8 415.2 53 1021.2 53z
m770.4 277.1c0-131.2-126.4-327.6-770.5-327.6S248.4 198.9 248.4 330.1
c0 130 128.8 326.4 772.7 326.4s770.5-196.4 770.5-326.4z`,
  rightarrow: `M0 241v40h399891c-47.3 35.3-84 78-110 128
-16.7 32-27.7 63.7-33 95 0 1.3-.2 2.7-.5 4-.3 1.3-.5 2.3-.5 3 0 7.3 6.7 11 20
 11 8 0 13.2-.8 15.5-2.5 2.3-1.7 4.2-5.5 5.5-11.5 2-13.3 5.7-27 11-41 14.7-44.7
 39-84.5 73-119.5s73.7-60.2 119-75.5c6-2 9-5.7 9-11s-3-9-9-11c-45.3-15.3-85
-40.5-119-75.5s-58.3-74.8-73-119.5c-4.7-14-8.3-27.3-11-40-1.3-6.7-3.2-10.8-5.5
-12.5-2.3-1.7-7.5-2.5-15.5-2.5-14 0-21 3.7-21 11 0 2 2 10.3 6 25 20.7 83.3 67
 151.7 139 205zm0 0v40h399900v-40z`,
  rightbrace: `M400000 542l
-6 6h-17c-12.7 0-19.3-.3-20-1-4-4-7.3-8.3-10-13-35.3-51.3-80.8-93.8-136.5-127.5
s-117.2-55.8-184.5-66.5c-.7 0-2-.3-4-1-18.7-2.7-76-4.3-172-5H0V214h399571l6 1
c124.7 8 235 61.7 331 161 31.3 33.3 59.7 72.7 85 118l7 13v35z`,
  rightbraceunder: `M399994 0l6 6v35l-6 11c-56 104-135.3 181.3-238 232-57.3
 28.7-117 45-179 50H-300V214h399897c43.3-7 81-15 113-26 100.7-33 179.7-91 237
-174 2.7-5 6-9 10-13 .7-1 7.3-1 20-1h17z`,
  rightgroup: `M0 80h399565c371 0 266.7 149.4 414 180 5.9 1.2 18 0 18 0 2 0
 3-1 3-3v-38c-76-158-257-219-435-219H0z`,
  rightgroupunder: `M0 262h399565c371 0 266.7-149.4 414-180 5.9-1.2 18 0 18
 0 2 0 3 1 3 3v38c-76 158-257 219-435 219H0z`,
  rightharpoon: `M0 241v40h399993c4.7-4.7 7-9.3 7-14 0-9.3
-3.7-15.3-11-18-92.7-56.7-159-133.7-199-231-3.3-9.3-6-14.7-8-16-2-1.3-7-2-15-2
-10.7 0-16.7 2-18 6-2 2.7-1 9.7 3 21 15.3 42 36.7 81.8 64 119.5 27.3 37.7 58
 69.2 92 94.5zm0 0v40h399900v-40z`,
  rightharpoonplus: `M0 241v40h399993c4.7-4.7 7-9.3 7-14 0-9.3-3.7-15.3-11
-18-92.7-56.7-159-133.7-199-231-3.3-9.3-6-14.7-8-16-2-1.3-7-2-15-2-10.7 0-16.7
 2-18 6-2 2.7-1 9.7 3 21 15.3 42 36.7 81.8 64 119.5 27.3 37.7 58 69.2 92 94.5z
m0 0v40h399900v-40z m100 194v40h399900v-40zm0 0v40h399900v-40z`,
  rightharpoondown: `M399747 511c0 7.3 6.7 11 20 11 8 0 13-.8 15-2.5s4.7-6.8
 8-15.5c40-94 99.3-166.3 178-217 13.3-8 20.3-12.3 21-13 5.3-3.3 8.5-5.8 9.5
-7.5 1-1.7 1.5-5.2 1.5-10.5s-2.3-10.3-7-15H0v40h399908c-34 25.3-64.7 57-92 95
-27.3 38-48.7 77.7-64 119-3.3 8.7-5 14-5 16zM0 241v40h399900v-40z`,
  rightharpoondownplus: `M399747 705c0 7.3 6.7 11 20 11 8 0 13-.8
 15-2.5s4.7-6.8 8-15.5c40-94 99.3-166.3 178-217 13.3-8 20.3-12.3 21-13 5.3-3.3
 8.5-5.8 9.5-7.5 1-1.7 1.5-5.2 1.5-10.5s-2.3-10.3-7-15H0v40h399908c-34 25.3
-64.7 57-92 95-27.3 38-48.7 77.7-64 119-3.3 8.7-5 14-5 16zM0 435v40h399900v-40z
m0-194v40h400000v-40zm0 0v40h400000v-40z`,
  righthook: `M399859 241c-764 0 0 0 0 0 40-3.3 68.7-15.7 86-37 10-12 15-25.3
 15-40 0-22.7-9.8-40.7-29.5-54-19.7-13.3-43.5-21-71.5-23-17.3-1.3-26-8-26-20 0
-13.3 8.7-20 26-20 38 0 71 11.2 99 33.5 0 0 7 5.6 21 16.7 14 11.2 21 33.5 21
 66.8s-14 61.2-42 83.5c-28 22.3-61 33.5-99 33.5L0 241z M0 281v-40h399859v40z`,
  rightlinesegment: ue("M399960 241 V94 h40 V428 h-40 V281 H0 v-40z"),
  rightbracketunder: ue("M399995 0 h-120 V290 H0 v120 H400000z"),
  rightbracketover: ue("M399995 440 h-120 V150 H0 v-120 H399995z"),
  rightToFrom: `M400000 167c-70.7-42-118-97.7-142-167h-23c-15.3 0-23 .3-23
 1 0 1.3 5.3 13.7 16 37 18 35.3 41.3 69 70 101l7 8H0v40h399905l-7 8c-28.7 32
-52 65.7-70 101-10.7 23.3-16 35.7-16 37 0 .7 7.7 1 23 1h23c24-69.3 71.3-125 142
-167z M100 147v40h399900v-40zM0 341v40h399900v-40z`,
  // twoheadleftarrow is from glyph U+219E in font KaTeX AMS Regular
  twoheadleftarrow: `M0 167c68 40
 115.7 95.7 143 167h22c15.3 0 23-.3 23-1 0-1.3-5.3-13.7-16-37-18-35.3-41.3-69
-70-101l-7-8h125l9 7c50.7 39.3 85 86 103 140h46c0-4.7-6.3-18.7-19-42-18-35.3
-40-67.3-66-96l-9-9h399716v-40H284l9-9c26-28.7 48-60.7 66-96 12.7-23.333 19
-37.333 19-42h-46c-18 54-52.3 100.7-103 140l-9 7H95l7-8c28.7-32 52-65.7 70-101
 10.7-23.333 16-35.7 16-37 0-.7-7.7-1-23-1h-22C115.7 71.3 68 127 0 167z`,
  twoheadrightarrow: `M400000 167
c-68-40-115.7-95.7-143-167h-22c-15.3 0-23 .3-23 1 0 1.3 5.3 13.7 16 37 18 35.3
 41.3 69 70 101l7 8h-125l-9-7c-50.7-39.3-85-86-103-140h-46c0 4.7 6.3 18.7 19 42
 18 35.3 40 67.3 66 96l9 9H0v40h399716l-9 9c-26 28.7-48 60.7-66 96-12.7 23.333
-19 37.333-19 42h46c18-54 52.3-100.7 103-140l9-7h125l-7 8c-28.7 32-52 65.7-70
 101-10.7 23.333-16 35.7-16 37 0 .7 7.7 1 23 1h22c27.3-71.3 75-127 143-167z`,
  // tilde1 is a modified version of a glyph from the MnSymbol package
  tilde1: `M200 55.538c-77 0-168 73.953-177 73.953-3 0-7
-2.175-9-5.437L2 97c-1-2-2-4-2-6 0-4 2-7 5-9l20-12C116 12 171 0 207 0c86 0
 114 68 191 68 78 0 168-68 177-68 4 0 7 2 9 5l12 19c1 2.175 2 4.35 2 6.525 0
 4.35-2 7.613-5 9.788l-19 13.05c-92 63.077-116.937 75.308-183 76.128
-68.267.847-113-73.952-191-73.952z`,
  // ditto tilde2, tilde3, & tilde4
  tilde2: `M344 55.266c-142 0-300.638 81.316-311.5 86.418
-8.01 3.762-22.5 10.91-23.5 5.562L1 120c-1-2-1-3-1-4 0-5 3-9 8-10l18.4-9C160.9
 31.9 283 0 358 0c148 0 188 122 331 122s314-97 326-97c4 0 8 2 10 7l7 21.114
c1 2.14 1 3.21 1 4.28 0 5.347-3 9.626-7 10.696l-22.3 12.622C852.6 158.372 751
 181.476 676 181.476c-149 0-189-126.21-332-126.21z`,
  tilde3: `M786 59C457 59 32 175.242 13 175.242c-6 0-10-3.457
-11-10.37L.15 138c-1-7 3-12 10-13l19.2-6.4C378.4 40.7 634.3 0 804.3 0c337 0
 411.8 157 746.8 157 328 0 754-112 773-112 5 0 10 3 11 9l1 14.075c1 8.066-.697
 16.595-6.697 17.492l-21.052 7.31c-367.9 98.146-609.15 122.696-778.15 122.696
 -338 0-409-156.573-744-156.573z`,
  tilde4: `M786 58C457 58 32 177.487 13 177.487c-6 0-10-3.345
-11-10.035L.15 143c-1-7 3-12 10-13l22-6.7C381.2 35 637.15 0 807.15 0c337 0 409
 177 744 177 328 0 754-127 773-127 5 0 10 3 11 9l1 14.794c1 7.805-3 13.38-9
 14.495l-20.7 5.574c-366.85 99.79-607.3 139.372-776.3 139.372-338 0-409
 -175.236-744-175.236z`,
  // vec is from glyph U+20D7 in font KaTeX Main
  vec: `M377 20c0-5.333 1.833-10 5.5-14S391 0 397 0c4.667 0 8.667 1.667 12 5
3.333 2.667 6.667 9 10 19 6.667 24.667 20.333 43.667 41 57 7.333 4.667 11
10.667 11 18 0 6-1 10-3 12s-6.667 5-14 9c-28.667 14.667-53.667 35.667-75 63
-1.333 1.333-3.167 3.5-5.5 6.5s-4 4.833-5 5.5c-1 .667-2.5 1.333-4.5 2s-4.333 1
-7 1c-4.667 0-9.167-1.833-13.5-5.5S337 184 337 178c0-12.667 15.667-32.333 47-59
H213l-171-1c-8.667-6-13-12.333-13-19 0-4.667 4.333-11.333 13-20h359
c-16-25.333-24-45-24-59z`,
  // widehat1 is a modified version of a glyph from the MnSymbol package
  widehat1: `M529 0h5l519 115c5 1 9 5 9 10 0 1-1 2-1 3l-4 22
c-1 5-5 9-11 9h-2L532 67 19 159h-2c-5 0-9-4-11-9l-5-22c-1-6 2-12 8-13z`,
  // ditto widehat2, widehat3, & widehat4
  widehat2: `M1181 0h2l1171 176c6 0 10 5 10 11l-2 23c-1 6-5 10
-11 10h-1L1182 67 15 220h-1c-6 0-10-4-11-10l-2-23c-1-6 4-11 10-11z`,
  widehat3: `M1181 0h2l1171 236c6 0 10 5 10 11l-2 23c-1 6-5 10
-11 10h-1L1182 67 15 280h-1c-6 0-10-4-11-10l-2-23c-1-6 4-11 10-11z`,
  widehat4: `M1181 0h2l1171 296c6 0 10 5 10 11l-2 23c-1 6-5 10
-11 10h-1L1182 67 15 340h-1c-6 0-10-4-11-10l-2-23c-1-6 4-11 10-11z`,
  // widecheck paths are all inverted versions of widehat
  widecheck1: `M529,159h5l519,-115c5,-1,9,-5,9,-10c0,-1,-1,-2,-1,-3l-4,-22c-1,
-5,-5,-9,-11,-9h-2l-512,92l-513,-92h-2c-5,0,-9,4,-11,9l-5,22c-1,6,2,12,8,13z`,
  widecheck2: `M1181,220h2l1171,-176c6,0,10,-5,10,-11l-2,-23c-1,-6,-5,-10,
-11,-10h-1l-1168,153l-1167,-153h-1c-6,0,-10,4,-11,10l-2,23c-1,6,4,11,10,11z`,
  widecheck3: `M1181,280h2l1171,-236c6,0,10,-5,10,-11l-2,-23c-1,-6,-5,-10,
-11,-10h-1l-1168,213l-1167,-213h-1c-6,0,-10,4,-11,10l-2,23c-1,6,4,11,10,11z`,
  widecheck4: `M1181,340h2l1171,-296c6,0,10,-5,10,-11l-2,-23c-1,-6,-5,-10,
-11,-10h-1l-1168,273l-1167,-273h-1c-6,0,-10,4,-11,10l-2,23c-1,6,4,11,10,11z`,
  // The next ten paths support reaction arrows from the mhchem package.
  // Arrows for \ce{<-->} are offset from xAxis by 0.22ex, per mhchem in LaTeX
  // baraboveleftarrow is mostly from glyph U+2190 in font KaTeX Main
  baraboveleftarrow: `M400000 620h-399890l3 -3c68.7 -52.7 113.7 -120 135 -202
c4 -14.7 6 -23 6 -25c0 -7.3 -7 -11 -21 -11c-8 0 -13.2 0.8 -15.5 2.5
c-2.3 1.7 -4.2 5.8 -5.5 12.5c-1.3 4.7 -2.7 10.3 -4 17c-12 48.7 -34.8 92 -68.5 130
s-74.2 66.3 -121.5 85c-10 4 -16 7.7 -18 11c0 8.7 6 14.3 18 17c47.3 18.7 87.8 47
121.5 85s56.5 81.3 68.5 130c0.7 2 1.3 5 2 9s1.2 6.7 1.5 8c0.3 1.3 1 3.3 2 6
s2.2 4.5 3.5 5.5c1.3 1 3.3 1.8 6 2.5s6 1 10 1c14 0 21 -3.7 21 -11
c0 -2 -2 -10.3 -6 -25c-20 -79.3 -65 -146.7 -135 -202l-3 -3h399890z
M100 620v40h399900v-40z M0 241v40h399900v-40zM0 241v40h399900v-40z`,
  // rightarrowabovebar is mostly from glyph U+2192, KaTeX Main
  rightarrowabovebar: `M0 241v40h399891c-47.3 35.3-84 78-110 128-16.7 32
-27.7 63.7-33 95 0 1.3-.2 2.7-.5 4-.3 1.3-.5 2.3-.5 3 0 7.3 6.7 11 20 11 8 0
13.2-.8 15.5-2.5 2.3-1.7 4.2-5.5 5.5-11.5 2-13.3 5.7-27 11-41 14.7-44.7 39
-84.5 73-119.5s73.7-60.2 119-75.5c6-2 9-5.7 9-11s-3-9-9-11c-45.3-15.3-85-40.5
-119-75.5s-58.3-74.8-73-119.5c-4.7-14-8.3-27.3-11-40-1.3-6.7-3.2-10.8-5.5
-12.5-2.3-1.7-7.5-2.5-15.5-2.5-14 0-21 3.7-21 11 0 2 2 10.3 6 25 20.7 83.3 67
151.7 139 205zm96 379h399894v40H0zm0 0h399904v40H0z`,
  // The short left harpoon has 0.5em (i.e. 500 units) kern on the left end.
  // Ref from mhchem.sty: \rlap{\raisebox{-.22ex}{$\kern0.5em
  baraboveshortleftharpoon: `M507,435c-4,4,-6.3,8.7,-7,14c0,5.3,0.7,9,2,11
c1.3,2,5.3,5.3,12,10c90.7,54,156,130,196,228c3.3,10.7,6.3,16.3,9,17
c2,0.7,5,1,9,1c0,0,5,0,5,0c10.7,0,16.7,-2,18,-6c2,-2.7,1,-9.7,-3,-21
c-32,-87.3,-82.7,-157.7,-152,-211c0,0,-3,-3,-3,-3l399351,0l0,-40
c-398570,0,-399437,0,-399437,0z M593 435 v40 H399500 v-40z
M0 281 v-40 H399908 v40z M0 281 v-40 H399908 v40z`,
  rightharpoonaboveshortbar: `M0,241 l0,40c399126,0,399993,0,399993,0
c4.7,-4.7,7,-9.3,7,-14c0,-9.3,-3.7,-15.3,-11,-18c-92.7,-56.7,-159,-133.7,-199,
-231c-3.3,-9.3,-6,-14.7,-8,-16c-2,-1.3,-7,-2,-15,-2c-10.7,0,-16.7,2,-18,6
c-2,2.7,-1,9.7,3,21c15.3,42,36.7,81.8,64,119.5c27.3,37.7,58,69.2,92,94.5z
M0 241 v40 H399908 v-40z M0 475 v-40 H399500 v40z M0 475 v-40 H399500 v40z`,
  shortbaraboveleftharpoon: `M7,435c-4,4,-6.3,8.7,-7,14c0,5.3,0.7,9,2,11
c1.3,2,5.3,5.3,12,10c90.7,54,156,130,196,228c3.3,10.7,6.3,16.3,9,17c2,0.7,5,1,9,
1c0,0,5,0,5,0c10.7,0,16.7,-2,18,-6c2,-2.7,1,-9.7,-3,-21c-32,-87.3,-82.7,-157.7,
-152,-211c0,0,-3,-3,-3,-3l399907,0l0,-40c-399126,0,-399993,0,-399993,0z
M93 435 v40 H400000 v-40z M500 241 v40 H400000 v-40z M500 241 v40 H400000 v-40z`,
  shortrightharpoonabovebar: `M53,241l0,40c398570,0,399437,0,399437,0
c4.7,-4.7,7,-9.3,7,-14c0,-9.3,-3.7,-15.3,-11,-18c-92.7,-56.7,-159,-133.7,-199,
-231c-3.3,-9.3,-6,-14.7,-8,-16c-2,-1.3,-7,-2,-15,-2c-10.7,0,-16.7,2,-18,6
c-2,2.7,-1,9.7,3,21c15.3,42,36.7,81.8,64,119.5c27.3,37.7,58,69.2,92,94.5z
M500 241 v40 H399408 v-40z M500 435 v40 H400000 v-40z`
}, Mh = function(e, r) {
  switch (e) {
    case "lbrack":
      return "M403 1759 V84 H666 V0 H319 V1759 v" + r + ` v1759 v84 h347 v-84
H403z M403 1759 V0 H319 V1759 v` + r + " v1759 v84 h84z";
    case "rbrack":
      return "M347 1759 V0 H0 V84 H263 V1759 v" + r + ` v1759 H0 v84 H347z
M347 1759 V0 H263 V1759 v` + r + " v1759 h84z";
    case "vert":
      return "M145 15 v585 v" + r + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -r + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M188 15 H145 v585 v` + r + " v585 h43z";
    case "doublevert":
      return "M145 15 v585 v" + r + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -r + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M188 15 H145 v585 v` + r + ` v585 h43z
M367 15 v585 v` + r + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -r + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M410 15 H367 v585 v` + r + " v585 h43z";
    case "lfloor":
      return "M319 602 V0 H403 V602 v" + r + ` v1715 h263 v84 H319z
MM319 602 V0 H403 V602 v` + r + " v1715 H319z";
    case "rfloor":
      return "M319 602 V0 H403 V602 v" + r + ` v1799 H0 v-84 H319z
MM319 602 V0 H403 V602 v` + r + " v1715 H319z";
    case "lceil":
      return "M403 1759 V84 H666 V0 H319 V1759 v" + r + ` v602 h84z
M403 1759 V0 H319 V1759 v` + r + " v602 h84z";
    case "rceil":
      return "M347 1759 V0 H0 V84 H263 V1759 v" + r + ` v602 h84z
M347 1759 V0 h-84 V1759 v` + r + " v602 h84z";
    case "lparen":
      return `M863,9c0,-2,-2,-5,-6,-9c0,0,-17,0,-17,0c-12.7,0,-19.3,0.3,-20,1
c-5.3,5.3,-10.3,11,-15,17c-242.7,294.7,-395.3,682,-458,1162c-21.3,163.3,-33.3,349,
-36,557 l0,` + (r + 84) + `c0.2,6,0,26,0,60c2,159.3,10,310.7,24,454c53.3,528,210,
949.7,470,1265c4.7,6,9.7,11.7,15,17c0.7,0.7,7,1,19,1c0,0,18,0,18,0c4,-4,6,-7,6,-9
c0,-2.7,-3.3,-8.7,-10,-18c-135.3,-192.7,-235.5,-414.3,-300.5,-665c-65,-250.7,-102.5,
-544.7,-112.5,-882c-2,-104,-3,-167,-3,-189
l0,-` + (r + 92) + `c0,-162.7,5.7,-314,17,-454c20.7,-272,63.7,-513,129,-723c65.3,
-210,155.3,-396.3,270,-559c6.7,-9.3,10,-15.3,10,-18z`;
    case "rparen":
      return `M76,0c-16.7,0,-25,3,-25,9c0,2,2,6.3,6,13c21.3,28.7,42.3,60.3,
63,95c96.7,156.7,172.8,332.5,228.5,527.5c55.7,195,92.8,416.5,111.5,664.5
c11.3,139.3,17,290.7,17,454c0,28,1.7,43,3.3,45l0,` + (r + 9) + `
c-3,4,-3.3,16.7,-3.3,38c0,162,-5.7,313.7,-17,455c-18.7,248,-55.8,469.3,-111.5,664
c-55.7,194.7,-131.8,370.3,-228.5,527c-20.7,34.7,-41.7,66.3,-63,95c-2,3.3,-4,7,-6,11
c0,7.3,5.7,11,17,11c0,0,11,0,11,0c9.3,0,14.3,-0.3,15,-1c5.3,-5.3,10.3,-11,15,-17
c242.7,-294.7,395.3,-681.7,458,-1161c21.3,-164.7,33.3,-350.7,36,-558
l0,-` + (r + 144) + `c-2,-159.3,-10,-310.7,-24,-454c-53.3,-528,-210,-949.7,
-470,-1265c-4.7,-6,-9.7,-11.7,-15,-17c-0.7,-0.7,-6.7,-1,-18,-1z`;
    default:
      throw new Error("Unknown stretchy delimiter.");
  }
};
function kh(t) {
  return "toText" in t;
}
class _t {
  // Never used; needed for satisfying interface.
  constructor(e) {
    this.children = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, this.children = e, this.classes = [], this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = {};
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  /** Convert the fragment into a node. */
  toNode() {
    for (var e = document.createDocumentFragment(), r = 0; r < this.children.length; r++)
      e.appendChild(this.children[r].toNode());
    return e;
  }
  /** Convert the fragment into HTML markup. */
  toMarkup() {
    for (var e = "", r = 0; r < this.children.length; r++)
      e += this.children[r].toMarkup();
    return e;
  }
  /**
   * Converts the math node into a string, similar to innerText. Applies to
   * MathDomNode's only.
   */
  toText() {
    return this.children.map((e) => {
      if (kh(e))
        return e.toText();
      throw new Error("Expected MathDomNode with toText, got " + e.constructor.name);
    }).join("");
  }
}
var yn = {
  // https://en.wikibooks.org/wiki/LaTeX/Lengths and
  // https://tex.stackexchange.com/a/8263
  pt: 1,
  // TeX point
  mm: 7227 / 2540,
  // millimeter
  cm: 7227 / 254,
  // centimeter
  in: 72.27,
  // inch
  bp: 803 / 800,
  // big (PostScript) points
  pc: 12,
  // pica
  dd: 1238 / 1157,
  // didot
  cc: 14856 / 1157,
  // cicero (12 didot)
  nd: 685 / 642,
  // new didot
  nc: 1370 / 107,
  // new cicero (12 new didot)
  sp: 1 / 65536,
  // scaled point (TeX's internal smallest unit)
  // https://tex.stackexchange.com/a/41371
  px: 803 / 800
  // \pdfpxdimen defaults to 1 bp in pdfTeX and LuaTeX
}, Sh = {
  ex: !0,
  em: !0,
  mu: !0
}, to = function(e) {
  return typeof e != "string" && (e = e.unit), e in yn || e in Sh || e === "ex";
}, ne = function(e, r) {
  var n;
  if (e.unit in yn)
    n = yn[e.unit] / r.fontMetrics().ptPerEm / r.sizeMultiplier;
  else if (e.unit === "mu")
    n = r.fontMetrics().cssEmPerMu;
  else {
    var a;
    if (r.style.isTight() ? a = r.havingStyle(r.style.text()) : a = r, e.unit === "ex")
      n = a.fontMetrics().xHeight;
    else if (e.unit === "em")
      n = a.fontMetrics().quad;
    else
      throw new $("Invalid unit: '" + e.unit + "'");
    a !== r && (n *= a.sizeMultiplier / r.sizeMultiplier);
  }
  return Math.min(e.number * n, r.maxSize);
}, B = function(e) {
  return +e.toFixed(4) + "em";
}, dt = function(e) {
  return e.filter((r) => r).join(" ");
}, ra = function(e) {
  var r = "";
  for (var n of Object.keys(e)) {
    var a = e[n];
    a !== void 0 && (r += Qu(n) + ":" + a + ";");
  }
  return r;
}, ro = function(e, r, n) {
  if (this.classes = e || [], this.attributes = {}, this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = n || {}, r) {
    r.style.isTight() && this.classes.push("mtight");
    var a = r.getColor();
    a && (this.style.color = a);
  }
}, no = function(e) {
  var r = document.createElement(e);
  r.className = dt(this.classes), Object.assign(r.style, this.style);
  for (var n of Object.keys(this.attributes))
    r.setAttribute(n, this.attributes[n]);
  for (var a = 0; a < this.children.length; a++)
    r.appendChild(this.children[a].toNode());
  return r;
}, Ah = /[\s"'>/=\x00-\x1f]/, ao = function(e) {
  var r = "<" + e;
  this.classes.length && (r += ' class="' + ve(dt(this.classes)) + '"');
  var n = ra(this.style);
  n && (r += ' style="' + ve(n) + '"');
  for (var a of Object.keys(this.attributes)) {
    if (Ah.test(a))
      throw new $("Invalid attribute name '" + a + "'");
    r += " " + a + '="' + ve(this.attributes[a]) + '"';
  }
  r += ">";
  for (var s = 0; s < this.children.length; s++)
    r += this.children[s].toMarkup();
  return r += "</" + e + ">", r;
};
class e0 {
  constructor(e, r, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.width = void 0, this.maxFontSize = void 0, this.style = void 0, this.italic = void 0, ro.call(this, e, n, a), this.children = r || [];
  }
  /**
   * Sets an arbitrary attribute on the span. Warning: use this wisely. Not
   * all browsers support attributes the same, and having too many custom
   * attributes is probably bad.
   */
  setAttribute(e, r) {
    this.attributes[e] = r;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return no.call(this, "span");
  }
  toMarkup() {
    return ao.call(this, "span");
  }
}
class mr {
  constructor(e, r, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, ro.call(this, r, a), this.children = n || [], this.setAttribute("href", e);
  }
  setAttribute(e, r) {
    this.attributes[e] = r;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return no.call(this, "a");
  }
  toMarkup() {
    return ao.call(this, "a");
  }
}
class Th {
  constructor(e, r, n) {
    this.src = void 0, this.alt = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, this.alt = r, this.src = e, this.classes = ["mord"], this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = n;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    var e = document.createElement("img");
    return e.src = this.src, e.alt = this.alt, e.className = "mord", Object.assign(e.style, this.style), e;
  }
  toMarkup() {
    var e = '<img src="' + ve(this.src) + '"' + (' alt="' + ve(this.alt) + '"'), r = ra(this.style);
    return r && (e += ' style="' + ve(r) + '"'), e += "'/>", e;
  }
}
var zh = {
  î: "ı̂",
  ï: "ı̈",
  í: "ı́",
  // 'ī': '\u0131\u0304', // enable when we add Extended Latin
  ì: "ı̀"
};
class Te {
  constructor(e, r, n, a, s, i, o, l) {
    this.text = void 0, this.height = void 0, this.depth = void 0, this.italic = void 0, this.skew = void 0, this.width = void 0, this.maxFontSize = void 0, this.classes = void 0, this.style = void 0, this.text = e, this.height = r || 0, this.depth = n || 0, this.italic = a || 0, this.skew = s || 0, this.width = i || 0, this.classes = o || [], this.style = l || {}, this.maxFontSize = 0;
    var h = mh(this.text.charCodeAt(0));
    h && this.classes.push(h + "_fallback"), /[îïíì]/.test(this.text) && (this.text = zh[this.text]);
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  /**
   * Creates a text node or span from a symbol node. Note that a span is only
   * created if it is needed.
   */
  toNode() {
    var e = document.createTextNode(this.text), r = null;
    return this.italic > 0 && (r = document.createElement("span"), r.style.marginRight = B(this.italic)), this.classes.length > 0 && (r = r || document.createElement("span"), r.className = dt(this.classes)), Object.keys(this.style).length > 0 && (r = r || document.createElement("span"), Object.assign(r.style, this.style)), r ? (r.appendChild(e), r) : e;
  }
  /**
   * Creates markup for a symbol node.
   */
  toMarkup() {
    var e = !1, r = "<span";
    this.classes.length && (e = !0, r += ' class="', r += ve(dt(this.classes)), r += '"');
    var n = "";
    this.italic > 0 && (n += "margin-right:" + B(this.italic) + ";"), n += ra(this.style), n && (e = !0, r += ' style="' + ve(n) + '"');
    var a = ve(this.text);
    return e ? (r += ">", r += a, r += "</span>", r) : a;
  }
}
class rt {
  constructor(e, r) {
    this.children = void 0, this.attributes = void 0, this.children = e || [], this.attributes = r || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "svg");
    for (var n of Object.keys(this.attributes))
      r.setAttribute(n, this.attributes[n]);
    for (var a = 0; a < this.children.length; a++)
      r.appendChild(this.children[a].toNode());
    return r;
  }
  toMarkup() {
    var e = '<svg xmlns="http://www.w3.org/2000/svg"';
    for (var r of Object.keys(this.attributes))
      e += " " + r + '="' + ve(this.attributes[r]) + '"';
    e += ">";
    for (var n = 0; n < this.children.length; n++)
      e += this.children[n].toMarkup();
    return e += "</svg>", e;
  }
}
class ft {
  constructor(e, r) {
    this.pathName = void 0, this.alternate = void 0, this.pathName = e, this.alternate = r;
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "path");
    return this.alternate ? r.setAttribute("d", this.alternate) : r.setAttribute("d", ls[this.pathName]), r;
  }
  toMarkup() {
    return this.alternate ? '<path d="' + ve(this.alternate) + '"/>' : '<path d="' + ve(ls[this.pathName]) + '"/>';
  }
}
class wn {
  constructor(e) {
    this.attributes = void 0, this.attributes = e || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "line");
    for (var n of Object.keys(this.attributes))
      r.setAttribute(n, this.attributes[n]);
    return r;
  }
  toMarkup() {
    var e = "<line";
    for (var r of Object.keys(this.attributes))
      e += " " + r + '="' + ve(this.attributes[r]) + '"';
    return e += "/>", e;
  }
}
function Ch(t) {
  if (t instanceof Te)
    return t;
  throw new Error("Expected symbolNode but got " + String(t) + ".");
}
function Nh(t) {
  if (t instanceof e0)
    return t;
  throw new Error("Expected span<HtmlDomNode> but got " + String(t) + ".");
}
var $h = (t) => t instanceof e0 || t instanceof mr || t instanceof _t, He = {
  "AMS-Regular": {
    32: [0, 0, 0, 0, 0.25],
    65: [0, 0.68889, 0, 0, 0.72222],
    66: [0, 0.68889, 0, 0, 0.66667],
    67: [0, 0.68889, 0, 0, 0.72222],
    68: [0, 0.68889, 0, 0, 0.72222],
    69: [0, 0.68889, 0, 0, 0.66667],
    70: [0, 0.68889, 0, 0, 0.61111],
    71: [0, 0.68889, 0, 0, 0.77778],
    72: [0, 0.68889, 0, 0, 0.77778],
    73: [0, 0.68889, 0, 0, 0.38889],
    74: [0.16667, 0.68889, 0, 0, 0.5],
    75: [0, 0.68889, 0, 0, 0.77778],
    76: [0, 0.68889, 0, 0, 0.66667],
    77: [0, 0.68889, 0, 0, 0.94445],
    78: [0, 0.68889, 0, 0, 0.72222],
    79: [0.16667, 0.68889, 0, 0, 0.77778],
    80: [0, 0.68889, 0, 0, 0.61111],
    81: [0.16667, 0.68889, 0, 0, 0.77778],
    82: [0, 0.68889, 0, 0, 0.72222],
    83: [0, 0.68889, 0, 0, 0.55556],
    84: [0, 0.68889, 0, 0, 0.66667],
    85: [0, 0.68889, 0, 0, 0.72222],
    86: [0, 0.68889, 0, 0, 0.72222],
    87: [0, 0.68889, 0, 0, 1],
    88: [0, 0.68889, 0, 0, 0.72222],
    89: [0, 0.68889, 0, 0, 0.72222],
    90: [0, 0.68889, 0, 0, 0.66667],
    107: [0, 0.68889, 0, 0, 0.55556],
    160: [0, 0, 0, 0, 0.25],
    165: [0, 0.675, 0.025, 0, 0.75],
    174: [0.15559, 0.69224, 0, 0, 0.94666],
    240: [0, 0.68889, 0, 0, 0.55556],
    295: [0, 0.68889, 0, 0, 0.54028],
    710: [0, 0.825, 0, 0, 2.33334],
    732: [0, 0.9, 0, 0, 2.33334],
    770: [0, 0.825, 0, 0, 2.33334],
    771: [0, 0.9, 0, 0, 2.33334],
    989: [0.08167, 0.58167, 0, 0, 0.77778],
    1008: [0, 0.43056, 0.04028, 0, 0.66667],
    8245: [0, 0.54986, 0, 0, 0.275],
    8463: [0, 0.68889, 0, 0, 0.54028],
    8487: [0, 0.68889, 0, 0, 0.72222],
    8498: [0, 0.68889, 0, 0, 0.55556],
    8502: [0, 0.68889, 0, 0, 0.66667],
    8503: [0, 0.68889, 0, 0, 0.44445],
    8504: [0, 0.68889, 0, 0, 0.66667],
    8513: [0, 0.68889, 0, 0, 0.63889],
    8592: [-0.03598, 0.46402, 0, 0, 0.5],
    8594: [-0.03598, 0.46402, 0, 0, 0.5],
    8602: [-0.13313, 0.36687, 0, 0, 1],
    8603: [-0.13313, 0.36687, 0, 0, 1],
    8606: [0.01354, 0.52239, 0, 0, 1],
    8608: [0.01354, 0.52239, 0, 0, 1],
    8610: [0.01354, 0.52239, 0, 0, 1.11111],
    8611: [0.01354, 0.52239, 0, 0, 1.11111],
    8619: [0, 0.54986, 0, 0, 1],
    8620: [0, 0.54986, 0, 0, 1],
    8621: [-0.13313, 0.37788, 0, 0, 1.38889],
    8622: [-0.13313, 0.36687, 0, 0, 1],
    8624: [0, 0.69224, 0, 0, 0.5],
    8625: [0, 0.69224, 0, 0, 0.5],
    8630: [0, 0.43056, 0, 0, 1],
    8631: [0, 0.43056, 0, 0, 1],
    8634: [0.08198, 0.58198, 0, 0, 0.77778],
    8635: [0.08198, 0.58198, 0, 0, 0.77778],
    8638: [0.19444, 0.69224, 0, 0, 0.41667],
    8639: [0.19444, 0.69224, 0, 0, 0.41667],
    8642: [0.19444, 0.69224, 0, 0, 0.41667],
    8643: [0.19444, 0.69224, 0, 0, 0.41667],
    8644: [0.1808, 0.675, 0, 0, 1],
    8646: [0.1808, 0.675, 0, 0, 1],
    8647: [0.1808, 0.675, 0, 0, 1],
    8648: [0.19444, 0.69224, 0, 0, 0.83334],
    8649: [0.1808, 0.675, 0, 0, 1],
    8650: [0.19444, 0.69224, 0, 0, 0.83334],
    8651: [0.01354, 0.52239, 0, 0, 1],
    8652: [0.01354, 0.52239, 0, 0, 1],
    8653: [-0.13313, 0.36687, 0, 0, 1],
    8654: [-0.13313, 0.36687, 0, 0, 1],
    8655: [-0.13313, 0.36687, 0, 0, 1],
    8666: [0.13667, 0.63667, 0, 0, 1],
    8667: [0.13667, 0.63667, 0, 0, 1],
    8669: [-0.13313, 0.37788, 0, 0, 1],
    8672: [-0.064, 0.437, 0, 0, 1.334],
    8674: [-0.064, 0.437, 0, 0, 1.334],
    8705: [0, 0.825, 0, 0, 0.5],
    8708: [0, 0.68889, 0, 0, 0.55556],
    8709: [0.08167, 0.58167, 0, 0, 0.77778],
    8717: [0, 0.43056, 0, 0, 0.42917],
    8722: [-0.03598, 0.46402, 0, 0, 0.5],
    8724: [0.08198, 0.69224, 0, 0, 0.77778],
    8726: [0.08167, 0.58167, 0, 0, 0.77778],
    8733: [0, 0.69224, 0, 0, 0.77778],
    8736: [0, 0.69224, 0, 0, 0.72222],
    8737: [0, 0.69224, 0, 0, 0.72222],
    8738: [0.03517, 0.52239, 0, 0, 0.72222],
    8739: [0.08167, 0.58167, 0, 0, 0.22222],
    8740: [0.25142, 0.74111, 0, 0, 0.27778],
    8741: [0.08167, 0.58167, 0, 0, 0.38889],
    8742: [0.25142, 0.74111, 0, 0, 0.5],
    8756: [0, 0.69224, 0, 0, 0.66667],
    8757: [0, 0.69224, 0, 0, 0.66667],
    8764: [-0.13313, 0.36687, 0, 0, 0.77778],
    8765: [-0.13313, 0.37788, 0, 0, 0.77778],
    8769: [-0.13313, 0.36687, 0, 0, 0.77778],
    8770: [-0.03625, 0.46375, 0, 0, 0.77778],
    8774: [0.30274, 0.79383, 0, 0, 0.77778],
    8776: [-0.01688, 0.48312, 0, 0, 0.77778],
    8778: [0.08167, 0.58167, 0, 0, 0.77778],
    8782: [0.06062, 0.54986, 0, 0, 0.77778],
    8783: [0.06062, 0.54986, 0, 0, 0.77778],
    8785: [0.08198, 0.58198, 0, 0, 0.77778],
    8786: [0.08198, 0.58198, 0, 0, 0.77778],
    8787: [0.08198, 0.58198, 0, 0, 0.77778],
    8790: [0, 0.69224, 0, 0, 0.77778],
    8791: [0.22958, 0.72958, 0, 0, 0.77778],
    8796: [0.08198, 0.91667, 0, 0, 0.77778],
    8806: [0.25583, 0.75583, 0, 0, 0.77778],
    8807: [0.25583, 0.75583, 0, 0, 0.77778],
    8808: [0.25142, 0.75726, 0, 0, 0.77778],
    8809: [0.25142, 0.75726, 0, 0, 0.77778],
    8812: [0.25583, 0.75583, 0, 0, 0.5],
    8814: [0.20576, 0.70576, 0, 0, 0.77778],
    8815: [0.20576, 0.70576, 0, 0, 0.77778],
    8816: [0.30274, 0.79383, 0, 0, 0.77778],
    8817: [0.30274, 0.79383, 0, 0, 0.77778],
    8818: [0.22958, 0.72958, 0, 0, 0.77778],
    8819: [0.22958, 0.72958, 0, 0, 0.77778],
    8822: [0.1808, 0.675, 0, 0, 0.77778],
    8823: [0.1808, 0.675, 0, 0, 0.77778],
    8828: [0.13667, 0.63667, 0, 0, 0.77778],
    8829: [0.13667, 0.63667, 0, 0, 0.77778],
    8830: [0.22958, 0.72958, 0, 0, 0.77778],
    8831: [0.22958, 0.72958, 0, 0, 0.77778],
    8832: [0.20576, 0.70576, 0, 0, 0.77778],
    8833: [0.20576, 0.70576, 0, 0, 0.77778],
    8840: [0.30274, 0.79383, 0, 0, 0.77778],
    8841: [0.30274, 0.79383, 0, 0, 0.77778],
    8842: [0.13597, 0.63597, 0, 0, 0.77778],
    8843: [0.13597, 0.63597, 0, 0, 0.77778],
    8847: [0.03517, 0.54986, 0, 0, 0.77778],
    8848: [0.03517, 0.54986, 0, 0, 0.77778],
    8858: [0.08198, 0.58198, 0, 0, 0.77778],
    8859: [0.08198, 0.58198, 0, 0, 0.77778],
    8861: [0.08198, 0.58198, 0, 0, 0.77778],
    8862: [0, 0.675, 0, 0, 0.77778],
    8863: [0, 0.675, 0, 0, 0.77778],
    8864: [0, 0.675, 0, 0, 0.77778],
    8865: [0, 0.675, 0, 0, 0.77778],
    8872: [0, 0.69224, 0, 0, 0.61111],
    8873: [0, 0.69224, 0, 0, 0.72222],
    8874: [0, 0.69224, 0, 0, 0.88889],
    8876: [0, 0.68889, 0, 0, 0.61111],
    8877: [0, 0.68889, 0, 0, 0.61111],
    8878: [0, 0.68889, 0, 0, 0.72222],
    8879: [0, 0.68889, 0, 0, 0.72222],
    8882: [0.03517, 0.54986, 0, 0, 0.77778],
    8883: [0.03517, 0.54986, 0, 0, 0.77778],
    8884: [0.13667, 0.63667, 0, 0, 0.77778],
    8885: [0.13667, 0.63667, 0, 0, 0.77778],
    8888: [0, 0.54986, 0, 0, 1.11111],
    8890: [0.19444, 0.43056, 0, 0, 0.55556],
    8891: [0.19444, 0.69224, 0, 0, 0.61111],
    8892: [0.19444, 0.69224, 0, 0, 0.61111],
    8901: [0, 0.54986, 0, 0, 0.27778],
    8903: [0.08167, 0.58167, 0, 0, 0.77778],
    8905: [0.08167, 0.58167, 0, 0, 0.77778],
    8906: [0.08167, 0.58167, 0, 0, 0.77778],
    8907: [0, 0.69224, 0, 0, 0.77778],
    8908: [0, 0.69224, 0, 0, 0.77778],
    8909: [-0.03598, 0.46402, 0, 0, 0.77778],
    8910: [0, 0.54986, 0, 0, 0.76042],
    8911: [0, 0.54986, 0, 0, 0.76042],
    8912: [0.03517, 0.54986, 0, 0, 0.77778],
    8913: [0.03517, 0.54986, 0, 0, 0.77778],
    8914: [0, 0.54986, 0, 0, 0.66667],
    8915: [0, 0.54986, 0, 0, 0.66667],
    8916: [0, 0.69224, 0, 0, 0.66667],
    8918: [0.0391, 0.5391, 0, 0, 0.77778],
    8919: [0.0391, 0.5391, 0, 0, 0.77778],
    8920: [0.03517, 0.54986, 0, 0, 1.33334],
    8921: [0.03517, 0.54986, 0, 0, 1.33334],
    8922: [0.38569, 0.88569, 0, 0, 0.77778],
    8923: [0.38569, 0.88569, 0, 0, 0.77778],
    8926: [0.13667, 0.63667, 0, 0, 0.77778],
    8927: [0.13667, 0.63667, 0, 0, 0.77778],
    8928: [0.30274, 0.79383, 0, 0, 0.77778],
    8929: [0.30274, 0.79383, 0, 0, 0.77778],
    8934: [0.23222, 0.74111, 0, 0, 0.77778],
    8935: [0.23222, 0.74111, 0, 0, 0.77778],
    8936: [0.23222, 0.74111, 0, 0, 0.77778],
    8937: [0.23222, 0.74111, 0, 0, 0.77778],
    8938: [0.20576, 0.70576, 0, 0, 0.77778],
    8939: [0.20576, 0.70576, 0, 0, 0.77778],
    8940: [0.30274, 0.79383, 0, 0, 0.77778],
    8941: [0.30274, 0.79383, 0, 0, 0.77778],
    8994: [0.19444, 0.69224, 0, 0, 0.77778],
    8995: [0.19444, 0.69224, 0, 0, 0.77778],
    9416: [0.15559, 0.69224, 0, 0, 0.90222],
    9484: [0, 0.69224, 0, 0, 0.5],
    9488: [0, 0.69224, 0, 0, 0.5],
    9492: [0, 0.37788, 0, 0, 0.5],
    9496: [0, 0.37788, 0, 0, 0.5],
    9585: [0.19444, 0.68889, 0, 0, 0.88889],
    9586: [0.19444, 0.74111, 0, 0, 0.88889],
    9632: [0, 0.675, 0, 0, 0.77778],
    9633: [0, 0.675, 0, 0, 0.77778],
    9650: [0, 0.54986, 0, 0, 0.72222],
    9651: [0, 0.54986, 0, 0, 0.72222],
    9654: [0.03517, 0.54986, 0, 0, 0.77778],
    9660: [0, 0.54986, 0, 0, 0.72222],
    9661: [0, 0.54986, 0, 0, 0.72222],
    9664: [0.03517, 0.54986, 0, 0, 0.77778],
    9674: [0.11111, 0.69224, 0, 0, 0.66667],
    9733: [0.19444, 0.69224, 0, 0, 0.94445],
    10003: [0, 0.69224, 0, 0, 0.83334],
    10016: [0, 0.69224, 0, 0, 0.83334],
    10731: [0.11111, 0.69224, 0, 0, 0.66667],
    10846: [0.19444, 0.75583, 0, 0, 0.61111],
    10877: [0.13667, 0.63667, 0, 0, 0.77778],
    10878: [0.13667, 0.63667, 0, 0, 0.77778],
    10885: [0.25583, 0.75583, 0, 0, 0.77778],
    10886: [0.25583, 0.75583, 0, 0, 0.77778],
    10887: [0.13597, 0.63597, 0, 0, 0.77778],
    10888: [0.13597, 0.63597, 0, 0, 0.77778],
    10889: [0.26167, 0.75726, 0, 0, 0.77778],
    10890: [0.26167, 0.75726, 0, 0, 0.77778],
    10891: [0.48256, 0.98256, 0, 0, 0.77778],
    10892: [0.48256, 0.98256, 0, 0, 0.77778],
    10901: [0.13667, 0.63667, 0, 0, 0.77778],
    10902: [0.13667, 0.63667, 0, 0, 0.77778],
    10933: [0.25142, 0.75726, 0, 0, 0.77778],
    10934: [0.25142, 0.75726, 0, 0, 0.77778],
    10935: [0.26167, 0.75726, 0, 0, 0.77778],
    10936: [0.26167, 0.75726, 0, 0, 0.77778],
    10937: [0.26167, 0.75726, 0, 0, 0.77778],
    10938: [0.26167, 0.75726, 0, 0, 0.77778],
    10949: [0.25583, 0.75583, 0, 0, 0.77778],
    10950: [0.25583, 0.75583, 0, 0, 0.77778],
    10955: [0.28481, 0.79383, 0, 0, 0.77778],
    10956: [0.28481, 0.79383, 0, 0, 0.77778],
    57350: [0.08167, 0.58167, 0, 0, 0.22222],
    57351: [0.08167, 0.58167, 0, 0, 0.38889],
    57352: [0.08167, 0.58167, 0, 0, 0.77778],
    57353: [0, 0.43056, 0.04028, 0, 0.66667],
    57356: [0.25142, 0.75726, 0, 0, 0.77778],
    57357: [0.25142, 0.75726, 0, 0, 0.77778],
    57358: [0.41951, 0.91951, 0, 0, 0.77778],
    57359: [0.30274, 0.79383, 0, 0, 0.77778],
    57360: [0.30274, 0.79383, 0, 0, 0.77778],
    57361: [0.41951, 0.91951, 0, 0, 0.77778],
    57366: [0.25142, 0.75726, 0, 0, 0.77778],
    57367: [0.25142, 0.75726, 0, 0, 0.77778],
    57368: [0.25142, 0.75726, 0, 0, 0.77778],
    57369: [0.25142, 0.75726, 0, 0, 0.77778],
    57370: [0.13597, 0.63597, 0, 0, 0.77778],
    57371: [0.13597, 0.63597, 0, 0, 0.77778]
  },
  "Caligraphic-Regular": {
    32: [0, 0, 0, 0, 0.25],
    65: [0, 0.68333, 0, 0.19445, 0.79847],
    66: [0, 0.68333, 0.03041, 0.13889, 0.65681],
    67: [0, 0.68333, 0.05834, 0.13889, 0.52653],
    68: [0, 0.68333, 0.02778, 0.08334, 0.77139],
    69: [0, 0.68333, 0.08944, 0.11111, 0.52778],
    70: [0, 0.68333, 0.09931, 0.11111, 0.71875],
    71: [0.09722, 0.68333, 0.0593, 0.11111, 0.59487],
    72: [0, 0.68333, 965e-5, 0.11111, 0.84452],
    73: [0, 0.68333, 0.07382, 0, 0.54452],
    74: [0.09722, 0.68333, 0.18472, 0.16667, 0.67778],
    75: [0, 0.68333, 0.01445, 0.05556, 0.76195],
    76: [0, 0.68333, 0, 0.13889, 0.68972],
    77: [0, 0.68333, 0, 0.13889, 1.2009],
    78: [0, 0.68333, 0.14736, 0.08334, 0.82049],
    79: [0, 0.68333, 0.02778, 0.11111, 0.79611],
    80: [0, 0.68333, 0.08222, 0.08334, 0.69556],
    81: [0.09722, 0.68333, 0, 0.11111, 0.81667],
    82: [0, 0.68333, 0, 0.08334, 0.8475],
    83: [0, 0.68333, 0.075, 0.13889, 0.60556],
    84: [0, 0.68333, 0.25417, 0, 0.54464],
    85: [0, 0.68333, 0.09931, 0.08334, 0.62583],
    86: [0, 0.68333, 0.08222, 0, 0.61278],
    87: [0, 0.68333, 0.08222, 0.08334, 0.98778],
    88: [0, 0.68333, 0.14643, 0.13889, 0.7133],
    89: [0.09722, 0.68333, 0.08222, 0.08334, 0.66834],
    90: [0, 0.68333, 0.07944, 0.13889, 0.72473],
    160: [0, 0, 0, 0, 0.25]
  },
  "Fraktur-Regular": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69141, 0, 0, 0.29574],
    34: [0, 0.69141, 0, 0, 0.21471],
    38: [0, 0.69141, 0, 0, 0.73786],
    39: [0, 0.69141, 0, 0, 0.21201],
    40: [0.24982, 0.74947, 0, 0, 0.38865],
    41: [0.24982, 0.74947, 0, 0, 0.38865],
    42: [0, 0.62119, 0, 0, 0.27764],
    43: [0.08319, 0.58283, 0, 0, 0.75623],
    44: [0, 0.10803, 0, 0, 0.27764],
    45: [0.08319, 0.58283, 0, 0, 0.75623],
    46: [0, 0.10803, 0, 0, 0.27764],
    47: [0.24982, 0.74947, 0, 0, 0.50181],
    48: [0, 0.47534, 0, 0, 0.50181],
    49: [0, 0.47534, 0, 0, 0.50181],
    50: [0, 0.47534, 0, 0, 0.50181],
    51: [0.18906, 0.47534, 0, 0, 0.50181],
    52: [0.18906, 0.47534, 0, 0, 0.50181],
    53: [0.18906, 0.47534, 0, 0, 0.50181],
    54: [0, 0.69141, 0, 0, 0.50181],
    55: [0.18906, 0.47534, 0, 0, 0.50181],
    56: [0, 0.69141, 0, 0, 0.50181],
    57: [0.18906, 0.47534, 0, 0, 0.50181],
    58: [0, 0.47534, 0, 0, 0.21606],
    59: [0.12604, 0.47534, 0, 0, 0.21606],
    61: [-0.13099, 0.36866, 0, 0, 0.75623],
    63: [0, 0.69141, 0, 0, 0.36245],
    65: [0, 0.69141, 0, 0, 0.7176],
    66: [0, 0.69141, 0, 0, 0.88397],
    67: [0, 0.69141, 0, 0, 0.61254],
    68: [0, 0.69141, 0, 0, 0.83158],
    69: [0, 0.69141, 0, 0, 0.66278],
    70: [0.12604, 0.69141, 0, 0, 0.61119],
    71: [0, 0.69141, 0, 0, 0.78539],
    72: [0.06302, 0.69141, 0, 0, 0.7203],
    73: [0, 0.69141, 0, 0, 0.55448],
    74: [0.12604, 0.69141, 0, 0, 0.55231],
    75: [0, 0.69141, 0, 0, 0.66845],
    76: [0, 0.69141, 0, 0, 0.66602],
    77: [0, 0.69141, 0, 0, 1.04953],
    78: [0, 0.69141, 0, 0, 0.83212],
    79: [0, 0.69141, 0, 0, 0.82699],
    80: [0.18906, 0.69141, 0, 0, 0.82753],
    81: [0.03781, 0.69141, 0, 0, 0.82699],
    82: [0, 0.69141, 0, 0, 0.82807],
    83: [0, 0.69141, 0, 0, 0.82861],
    84: [0, 0.69141, 0, 0, 0.66899],
    85: [0, 0.69141, 0, 0, 0.64576],
    86: [0, 0.69141, 0, 0, 0.83131],
    87: [0, 0.69141, 0, 0, 1.04602],
    88: [0, 0.69141, 0, 0, 0.71922],
    89: [0.18906, 0.69141, 0, 0, 0.83293],
    90: [0.12604, 0.69141, 0, 0, 0.60201],
    91: [0.24982, 0.74947, 0, 0, 0.27764],
    93: [0.24982, 0.74947, 0, 0, 0.27764],
    94: [0, 0.69141, 0, 0, 0.49965],
    97: [0, 0.47534, 0, 0, 0.50046],
    98: [0, 0.69141, 0, 0, 0.51315],
    99: [0, 0.47534, 0, 0, 0.38946],
    100: [0, 0.62119, 0, 0, 0.49857],
    101: [0, 0.47534, 0, 0, 0.40053],
    102: [0.18906, 0.69141, 0, 0, 0.32626],
    103: [0.18906, 0.47534, 0, 0, 0.5037],
    104: [0.18906, 0.69141, 0, 0, 0.52126],
    105: [0, 0.69141, 0, 0, 0.27899],
    106: [0, 0.69141, 0, 0, 0.28088],
    107: [0, 0.69141, 0, 0, 0.38946],
    108: [0, 0.69141, 0, 0, 0.27953],
    109: [0, 0.47534, 0, 0, 0.76676],
    110: [0, 0.47534, 0, 0, 0.52666],
    111: [0, 0.47534, 0, 0, 0.48885],
    112: [0.18906, 0.52396, 0, 0, 0.50046],
    113: [0.18906, 0.47534, 0, 0, 0.48912],
    114: [0, 0.47534, 0, 0, 0.38919],
    115: [0, 0.47534, 0, 0, 0.44266],
    116: [0, 0.62119, 0, 0, 0.33301],
    117: [0, 0.47534, 0, 0, 0.5172],
    118: [0, 0.52396, 0, 0, 0.5118],
    119: [0, 0.52396, 0, 0, 0.77351],
    120: [0.18906, 0.47534, 0, 0, 0.38865],
    121: [0.18906, 0.47534, 0, 0, 0.49884],
    122: [0.18906, 0.47534, 0, 0, 0.39054],
    160: [0, 0, 0, 0, 0.25],
    8216: [0, 0.69141, 0, 0, 0.21471],
    8217: [0, 0.69141, 0, 0, 0.21471],
    58112: [0, 0.62119, 0, 0, 0.49749],
    58113: [0, 0.62119, 0, 0, 0.4983],
    58114: [0.18906, 0.69141, 0, 0, 0.33328],
    58115: [0.18906, 0.69141, 0, 0, 0.32923],
    58116: [0.18906, 0.47534, 0, 0, 0.50343],
    58117: [0, 0.69141, 0, 0, 0.33301],
    58118: [0, 0.62119, 0, 0, 0.33409],
    58119: [0, 0.47534, 0, 0, 0.50073]
  },
  "Main-Bold": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0, 0, 0.35],
    34: [0, 0.69444, 0, 0, 0.60278],
    35: [0.19444, 0.69444, 0, 0, 0.95833],
    36: [0.05556, 0.75, 0, 0, 0.575],
    37: [0.05556, 0.75, 0, 0, 0.95833],
    38: [0, 0.69444, 0, 0, 0.89444],
    39: [0, 0.69444, 0, 0, 0.31944],
    40: [0.25, 0.75, 0, 0, 0.44722],
    41: [0.25, 0.75, 0, 0, 0.44722],
    42: [0, 0.75, 0, 0, 0.575],
    43: [0.13333, 0.63333, 0, 0, 0.89444],
    44: [0.19444, 0.15556, 0, 0, 0.31944],
    45: [0, 0.44444, 0, 0, 0.38333],
    46: [0, 0.15556, 0, 0, 0.31944],
    47: [0.25, 0.75, 0, 0, 0.575],
    48: [0, 0.64444, 0, 0, 0.575],
    49: [0, 0.64444, 0, 0, 0.575],
    50: [0, 0.64444, 0, 0, 0.575],
    51: [0, 0.64444, 0, 0, 0.575],
    52: [0, 0.64444, 0, 0, 0.575],
    53: [0, 0.64444, 0, 0, 0.575],
    54: [0, 0.64444, 0, 0, 0.575],
    55: [0, 0.64444, 0, 0, 0.575],
    56: [0, 0.64444, 0, 0, 0.575],
    57: [0, 0.64444, 0, 0, 0.575],
    58: [0, 0.44444, 0, 0, 0.31944],
    59: [0.19444, 0.44444, 0, 0, 0.31944],
    60: [0.08556, 0.58556, 0, 0, 0.89444],
    61: [-0.10889, 0.39111, 0, 0, 0.89444],
    62: [0.08556, 0.58556, 0, 0, 0.89444],
    63: [0, 0.69444, 0, 0, 0.54305],
    64: [0, 0.69444, 0, 0, 0.89444],
    65: [0, 0.68611, 0, 0, 0.86944],
    66: [0, 0.68611, 0, 0, 0.81805],
    67: [0, 0.68611, 0, 0, 0.83055],
    68: [0, 0.68611, 0, 0, 0.88194],
    69: [0, 0.68611, 0, 0, 0.75555],
    70: [0, 0.68611, 0, 0, 0.72361],
    71: [0, 0.68611, 0, 0, 0.90416],
    72: [0, 0.68611, 0, 0, 0.9],
    73: [0, 0.68611, 0, 0, 0.43611],
    74: [0, 0.68611, 0, 0, 0.59444],
    75: [0, 0.68611, 0, 0, 0.90138],
    76: [0, 0.68611, 0, 0, 0.69166],
    77: [0, 0.68611, 0, 0, 1.09166],
    78: [0, 0.68611, 0, 0, 0.9],
    79: [0, 0.68611, 0, 0, 0.86388],
    80: [0, 0.68611, 0, 0, 0.78611],
    81: [0.19444, 0.68611, 0, 0, 0.86388],
    82: [0, 0.68611, 0, 0, 0.8625],
    83: [0, 0.68611, 0, 0, 0.63889],
    84: [0, 0.68611, 0, 0, 0.8],
    85: [0, 0.68611, 0, 0, 0.88472],
    86: [0, 0.68611, 0.01597, 0, 0.86944],
    87: [0, 0.68611, 0.01597, 0, 1.18888],
    88: [0, 0.68611, 0, 0, 0.86944],
    89: [0, 0.68611, 0.02875, 0, 0.86944],
    90: [0, 0.68611, 0, 0, 0.70277],
    91: [0.25, 0.75, 0, 0, 0.31944],
    92: [0.25, 0.75, 0, 0, 0.575],
    93: [0.25, 0.75, 0, 0, 0.31944],
    94: [0, 0.69444, 0, 0, 0.575],
    95: [0.31, 0.13444, 0.03194, 0, 0.575],
    97: [0, 0.44444, 0, 0, 0.55902],
    98: [0, 0.69444, 0, 0, 0.63889],
    99: [0, 0.44444, 0, 0, 0.51111],
    100: [0, 0.69444, 0, 0, 0.63889],
    101: [0, 0.44444, 0, 0, 0.52708],
    102: [0, 0.69444, 0.10903, 0, 0.35139],
    103: [0.19444, 0.44444, 0.01597, 0, 0.575],
    104: [0, 0.69444, 0, 0, 0.63889],
    105: [0, 0.69444, 0, 0, 0.31944],
    106: [0.19444, 0.69444, 0, 0, 0.35139],
    107: [0, 0.69444, 0, 0, 0.60694],
    108: [0, 0.69444, 0, 0, 0.31944],
    109: [0, 0.44444, 0, 0, 0.95833],
    110: [0, 0.44444, 0, 0, 0.63889],
    111: [0, 0.44444, 0, 0, 0.575],
    112: [0.19444, 0.44444, 0, 0, 0.63889],
    113: [0.19444, 0.44444, 0, 0, 0.60694],
    114: [0, 0.44444, 0, 0, 0.47361],
    115: [0, 0.44444, 0, 0, 0.45361],
    116: [0, 0.63492, 0, 0, 0.44722],
    117: [0, 0.44444, 0, 0, 0.63889],
    118: [0, 0.44444, 0.01597, 0, 0.60694],
    119: [0, 0.44444, 0.01597, 0, 0.83055],
    120: [0, 0.44444, 0, 0, 0.60694],
    121: [0.19444, 0.44444, 0.01597, 0, 0.60694],
    122: [0, 0.44444, 0, 0, 0.51111],
    123: [0.25, 0.75, 0, 0, 0.575],
    124: [0.25, 0.75, 0, 0, 0.31944],
    125: [0.25, 0.75, 0, 0, 0.575],
    126: [0.35, 0.34444, 0, 0, 0.575],
    160: [0, 0, 0, 0, 0.25],
    163: [0, 0.69444, 0, 0, 0.86853],
    168: [0, 0.69444, 0, 0, 0.575],
    172: [0, 0.44444, 0, 0, 0.76666],
    176: [0, 0.69444, 0, 0, 0.86944],
    177: [0.13333, 0.63333, 0, 0, 0.89444],
    184: [0.17014, 0, 0, 0, 0.51111],
    198: [0, 0.68611, 0, 0, 1.04166],
    215: [0.13333, 0.63333, 0, 0, 0.89444],
    216: [0.04861, 0.73472, 0, 0, 0.89444],
    223: [0, 0.69444, 0, 0, 0.59722],
    230: [0, 0.44444, 0, 0, 0.83055],
    247: [0.13333, 0.63333, 0, 0, 0.89444],
    248: [0.09722, 0.54167, 0, 0, 0.575],
    305: [0, 0.44444, 0, 0, 0.31944],
    338: [0, 0.68611, 0, 0, 1.16944],
    339: [0, 0.44444, 0, 0, 0.89444],
    567: [0.19444, 0.44444, 0, 0, 0.35139],
    710: [0, 0.69444, 0, 0, 0.575],
    711: [0, 0.63194, 0, 0, 0.575],
    713: [0, 0.59611, 0, 0, 0.575],
    714: [0, 0.69444, 0, 0, 0.575],
    715: [0, 0.69444, 0, 0, 0.575],
    728: [0, 0.69444, 0, 0, 0.575],
    729: [0, 0.69444, 0, 0, 0.31944],
    730: [0, 0.69444, 0, 0, 0.86944],
    732: [0, 0.69444, 0, 0, 0.575],
    733: [0, 0.69444, 0, 0, 0.575],
    915: [0, 0.68611, 0, 0, 0.69166],
    916: [0, 0.68611, 0, 0, 0.95833],
    920: [0, 0.68611, 0, 0, 0.89444],
    923: [0, 0.68611, 0, 0, 0.80555],
    926: [0, 0.68611, 0, 0, 0.76666],
    928: [0, 0.68611, 0, 0, 0.9],
    931: [0, 0.68611, 0, 0, 0.83055],
    933: [0, 0.68611, 0, 0, 0.89444],
    934: [0, 0.68611, 0, 0, 0.83055],
    936: [0, 0.68611, 0, 0, 0.89444],
    937: [0, 0.68611, 0, 0, 0.83055],
    8211: [0, 0.44444, 0.03194, 0, 0.575],
    8212: [0, 0.44444, 0.03194, 0, 1.14999],
    8216: [0, 0.69444, 0, 0, 0.31944],
    8217: [0, 0.69444, 0, 0, 0.31944],
    8220: [0, 0.69444, 0, 0, 0.60278],
    8221: [0, 0.69444, 0, 0, 0.60278],
    8224: [0.19444, 0.69444, 0, 0, 0.51111],
    8225: [0.19444, 0.69444, 0, 0, 0.51111],
    8242: [0, 0.55556, 0, 0, 0.34444],
    8407: [0, 0.72444, 0.15486, 0, 0.575],
    8463: [0, 0.69444, 0, 0, 0.66759],
    8465: [0, 0.69444, 0, 0, 0.83055],
    8467: [0, 0.69444, 0, 0, 0.47361],
    8472: [0.19444, 0.44444, 0, 0, 0.74027],
    8476: [0, 0.69444, 0, 0, 0.83055],
    8501: [0, 0.69444, 0, 0, 0.70277],
    8592: [-0.10889, 0.39111, 0, 0, 1.14999],
    8593: [0.19444, 0.69444, 0, 0, 0.575],
    8594: [-0.10889, 0.39111, 0, 0, 1.14999],
    8595: [0.19444, 0.69444, 0, 0, 0.575],
    8596: [-0.10889, 0.39111, 0, 0, 1.14999],
    8597: [0.25, 0.75, 0, 0, 0.575],
    8598: [0.19444, 0.69444, 0, 0, 1.14999],
    8599: [0.19444, 0.69444, 0, 0, 1.14999],
    8600: [0.19444, 0.69444, 0, 0, 1.14999],
    8601: [0.19444, 0.69444, 0, 0, 1.14999],
    8636: [-0.10889, 0.39111, 0, 0, 1.14999],
    8637: [-0.10889, 0.39111, 0, 0, 1.14999],
    8640: [-0.10889, 0.39111, 0, 0, 1.14999],
    8641: [-0.10889, 0.39111, 0, 0, 1.14999],
    8656: [-0.10889, 0.39111, 0, 0, 1.14999],
    8657: [0.19444, 0.69444, 0, 0, 0.70277],
    8658: [-0.10889, 0.39111, 0, 0, 1.14999],
    8659: [0.19444, 0.69444, 0, 0, 0.70277],
    8660: [-0.10889, 0.39111, 0, 0, 1.14999],
    8661: [0.25, 0.75, 0, 0, 0.70277],
    8704: [0, 0.69444, 0, 0, 0.63889],
    8706: [0, 0.69444, 0.06389, 0, 0.62847],
    8707: [0, 0.69444, 0, 0, 0.63889],
    8709: [0.05556, 0.75, 0, 0, 0.575],
    8711: [0, 0.68611, 0, 0, 0.95833],
    8712: [0.08556, 0.58556, 0, 0, 0.76666],
    8715: [0.08556, 0.58556, 0, 0, 0.76666],
    8722: [0.13333, 0.63333, 0, 0, 0.89444],
    8723: [0.13333, 0.63333, 0, 0, 0.89444],
    8725: [0.25, 0.75, 0, 0, 0.575],
    8726: [0.25, 0.75, 0, 0, 0.575],
    8727: [-0.02778, 0.47222, 0, 0, 0.575],
    8728: [-0.02639, 0.47361, 0, 0, 0.575],
    8729: [-0.02639, 0.47361, 0, 0, 0.575],
    8730: [0.18, 0.82, 0, 0, 0.95833],
    8733: [0, 0.44444, 0, 0, 0.89444],
    8734: [0, 0.44444, 0, 0, 1.14999],
    8736: [0, 0.69224, 0, 0, 0.72222],
    8739: [0.25, 0.75, 0, 0, 0.31944],
    8741: [0.25, 0.75, 0, 0, 0.575],
    8743: [0, 0.55556, 0, 0, 0.76666],
    8744: [0, 0.55556, 0, 0, 0.76666],
    8745: [0, 0.55556, 0, 0, 0.76666],
    8746: [0, 0.55556, 0, 0, 0.76666],
    8747: [0.19444, 0.69444, 0.12778, 0, 0.56875],
    8764: [-0.10889, 0.39111, 0, 0, 0.89444],
    8768: [0.19444, 0.69444, 0, 0, 0.31944],
    8771: [222e-5, 0.50222, 0, 0, 0.89444],
    8773: [0.027, 0.638, 0, 0, 0.894],
    8776: [0.02444, 0.52444, 0, 0, 0.89444],
    8781: [222e-5, 0.50222, 0, 0, 0.89444],
    8801: [222e-5, 0.50222, 0, 0, 0.89444],
    8804: [0.19667, 0.69667, 0, 0, 0.89444],
    8805: [0.19667, 0.69667, 0, 0, 0.89444],
    8810: [0.08556, 0.58556, 0, 0, 1.14999],
    8811: [0.08556, 0.58556, 0, 0, 1.14999],
    8826: [0.08556, 0.58556, 0, 0, 0.89444],
    8827: [0.08556, 0.58556, 0, 0, 0.89444],
    8834: [0.08556, 0.58556, 0, 0, 0.89444],
    8835: [0.08556, 0.58556, 0, 0, 0.89444],
    8838: [0.19667, 0.69667, 0, 0, 0.89444],
    8839: [0.19667, 0.69667, 0, 0, 0.89444],
    8846: [0, 0.55556, 0, 0, 0.76666],
    8849: [0.19667, 0.69667, 0, 0, 0.89444],
    8850: [0.19667, 0.69667, 0, 0, 0.89444],
    8851: [0, 0.55556, 0, 0, 0.76666],
    8852: [0, 0.55556, 0, 0, 0.76666],
    8853: [0.13333, 0.63333, 0, 0, 0.89444],
    8854: [0.13333, 0.63333, 0, 0, 0.89444],
    8855: [0.13333, 0.63333, 0, 0, 0.89444],
    8856: [0.13333, 0.63333, 0, 0, 0.89444],
    8857: [0.13333, 0.63333, 0, 0, 0.89444],
    8866: [0, 0.69444, 0, 0, 0.70277],
    8867: [0, 0.69444, 0, 0, 0.70277],
    8868: [0, 0.69444, 0, 0, 0.89444],
    8869: [0, 0.69444, 0, 0, 0.89444],
    8900: [-0.02639, 0.47361, 0, 0, 0.575],
    8901: [-0.02639, 0.47361, 0, 0, 0.31944],
    8902: [-0.02778, 0.47222, 0, 0, 0.575],
    8968: [0.25, 0.75, 0, 0, 0.51111],
    8969: [0.25, 0.75, 0, 0, 0.51111],
    8970: [0.25, 0.75, 0, 0, 0.51111],
    8971: [0.25, 0.75, 0, 0, 0.51111],
    8994: [-0.13889, 0.36111, 0, 0, 1.14999],
    8995: [-0.13889, 0.36111, 0, 0, 1.14999],
    9651: [0.19444, 0.69444, 0, 0, 1.02222],
    9657: [-0.02778, 0.47222, 0, 0, 0.575],
    9661: [0.19444, 0.69444, 0, 0, 1.02222],
    9667: [-0.02778, 0.47222, 0, 0, 0.575],
    9711: [0.19444, 0.69444, 0, 0, 1.14999],
    9824: [0.12963, 0.69444, 0, 0, 0.89444],
    9825: [0.12963, 0.69444, 0, 0, 0.89444],
    9826: [0.12963, 0.69444, 0, 0, 0.89444],
    9827: [0.12963, 0.69444, 0, 0, 0.89444],
    9837: [0, 0.75, 0, 0, 0.44722],
    9838: [0.19444, 0.69444, 0, 0, 0.44722],
    9839: [0.19444, 0.69444, 0, 0, 0.44722],
    10216: [0.25, 0.75, 0, 0, 0.44722],
    10217: [0.25, 0.75, 0, 0, 0.44722],
    10815: [0, 0.68611, 0, 0, 0.9],
    10927: [0.19667, 0.69667, 0, 0, 0.89444],
    10928: [0.19667, 0.69667, 0, 0, 0.89444],
    57376: [0.19444, 0.69444, 0, 0, 0]
  },
  "Main-BoldItalic": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0.11417, 0, 0.38611],
    34: [0, 0.69444, 0.07939, 0, 0.62055],
    35: [0.19444, 0.69444, 0.06833, 0, 0.94444],
    37: [0.05556, 0.75, 0.12861, 0, 0.94444],
    38: [0, 0.69444, 0.08528, 0, 0.88555],
    39: [0, 0.69444, 0.12945, 0, 0.35555],
    40: [0.25, 0.75, 0.15806, 0, 0.47333],
    41: [0.25, 0.75, 0.03306, 0, 0.47333],
    42: [0, 0.75, 0.14333, 0, 0.59111],
    43: [0.10333, 0.60333, 0.03306, 0, 0.88555],
    44: [0.19444, 0.14722, 0, 0, 0.35555],
    45: [0, 0.44444, 0.02611, 0, 0.41444],
    46: [0, 0.14722, 0, 0, 0.35555],
    47: [0.25, 0.75, 0.15806, 0, 0.59111],
    48: [0, 0.64444, 0.13167, 0, 0.59111],
    49: [0, 0.64444, 0.13167, 0, 0.59111],
    50: [0, 0.64444, 0.13167, 0, 0.59111],
    51: [0, 0.64444, 0.13167, 0, 0.59111],
    52: [0.19444, 0.64444, 0.13167, 0, 0.59111],
    53: [0, 0.64444, 0.13167, 0, 0.59111],
    54: [0, 0.64444, 0.13167, 0, 0.59111],
    55: [0.19444, 0.64444, 0.13167, 0, 0.59111],
    56: [0, 0.64444, 0.13167, 0, 0.59111],
    57: [0, 0.64444, 0.13167, 0, 0.59111],
    58: [0, 0.44444, 0.06695, 0, 0.35555],
    59: [0.19444, 0.44444, 0.06695, 0, 0.35555],
    61: [-0.10889, 0.39111, 0.06833, 0, 0.88555],
    63: [0, 0.69444, 0.11472, 0, 0.59111],
    64: [0, 0.69444, 0.09208, 0, 0.88555],
    65: [0, 0.68611, 0, 0, 0.86555],
    66: [0, 0.68611, 0.0992, 0, 0.81666],
    67: [0, 0.68611, 0.14208, 0, 0.82666],
    68: [0, 0.68611, 0.09062, 0, 0.87555],
    69: [0, 0.68611, 0.11431, 0, 0.75666],
    70: [0, 0.68611, 0.12903, 0, 0.72722],
    71: [0, 0.68611, 0.07347, 0, 0.89527],
    72: [0, 0.68611, 0.17208, 0, 0.8961],
    73: [0, 0.68611, 0.15681, 0, 0.47166],
    74: [0, 0.68611, 0.145, 0, 0.61055],
    75: [0, 0.68611, 0.14208, 0, 0.89499],
    76: [0, 0.68611, 0, 0, 0.69777],
    77: [0, 0.68611, 0.17208, 0, 1.07277],
    78: [0, 0.68611, 0.17208, 0, 0.8961],
    79: [0, 0.68611, 0.09062, 0, 0.85499],
    80: [0, 0.68611, 0.0992, 0, 0.78721],
    81: [0.19444, 0.68611, 0.09062, 0, 0.85499],
    82: [0, 0.68611, 0.02559, 0, 0.85944],
    83: [0, 0.68611, 0.11264, 0, 0.64999],
    84: [0, 0.68611, 0.12903, 0, 0.7961],
    85: [0, 0.68611, 0.17208, 0, 0.88083],
    86: [0, 0.68611, 0.18625, 0, 0.86555],
    87: [0, 0.68611, 0.18625, 0, 1.15999],
    88: [0, 0.68611, 0.15681, 0, 0.86555],
    89: [0, 0.68611, 0.19803, 0, 0.86555],
    90: [0, 0.68611, 0.14208, 0, 0.70888],
    91: [0.25, 0.75, 0.1875, 0, 0.35611],
    93: [0.25, 0.75, 0.09972, 0, 0.35611],
    94: [0, 0.69444, 0.06709, 0, 0.59111],
    95: [0.31, 0.13444, 0.09811, 0, 0.59111],
    97: [0, 0.44444, 0.09426, 0, 0.59111],
    98: [0, 0.69444, 0.07861, 0, 0.53222],
    99: [0, 0.44444, 0.05222, 0, 0.53222],
    100: [0, 0.69444, 0.10861, 0, 0.59111],
    101: [0, 0.44444, 0.085, 0, 0.53222],
    102: [0.19444, 0.69444, 0.21778, 0, 0.4],
    103: [0.19444, 0.44444, 0.105, 0, 0.53222],
    104: [0, 0.69444, 0.09426, 0, 0.59111],
    105: [0, 0.69326, 0.11387, 0, 0.35555],
    106: [0.19444, 0.69326, 0.1672, 0, 0.35555],
    107: [0, 0.69444, 0.11111, 0, 0.53222],
    108: [0, 0.69444, 0.10861, 0, 0.29666],
    109: [0, 0.44444, 0.09426, 0, 0.94444],
    110: [0, 0.44444, 0.09426, 0, 0.64999],
    111: [0, 0.44444, 0.07861, 0, 0.59111],
    112: [0.19444, 0.44444, 0.07861, 0, 0.59111],
    113: [0.19444, 0.44444, 0.105, 0, 0.53222],
    114: [0, 0.44444, 0.11111, 0, 0.50167],
    115: [0, 0.44444, 0.08167, 0, 0.48694],
    116: [0, 0.63492, 0.09639, 0, 0.385],
    117: [0, 0.44444, 0.09426, 0, 0.62055],
    118: [0, 0.44444, 0.11111, 0, 0.53222],
    119: [0, 0.44444, 0.11111, 0, 0.76777],
    120: [0, 0.44444, 0.12583, 0, 0.56055],
    121: [0.19444, 0.44444, 0.105, 0, 0.56166],
    122: [0, 0.44444, 0.13889, 0, 0.49055],
    126: [0.35, 0.34444, 0.11472, 0, 0.59111],
    160: [0, 0, 0, 0, 0.25],
    168: [0, 0.69444, 0.11473, 0, 0.59111],
    176: [0, 0.69444, 0, 0, 0.94888],
    184: [0.17014, 0, 0, 0, 0.53222],
    198: [0, 0.68611, 0.11431, 0, 1.02277],
    216: [0.04861, 0.73472, 0.09062, 0, 0.88555],
    223: [0.19444, 0.69444, 0.09736, 0, 0.665],
    230: [0, 0.44444, 0.085, 0, 0.82666],
    248: [0.09722, 0.54167, 0.09458, 0, 0.59111],
    305: [0, 0.44444, 0.09426, 0, 0.35555],
    338: [0, 0.68611, 0.11431, 0, 1.14054],
    339: [0, 0.44444, 0.085, 0, 0.82666],
    567: [0.19444, 0.44444, 0.04611, 0, 0.385],
    710: [0, 0.69444, 0.06709, 0, 0.59111],
    711: [0, 0.63194, 0.08271, 0, 0.59111],
    713: [0, 0.59444, 0.10444, 0, 0.59111],
    714: [0, 0.69444, 0.08528, 0, 0.59111],
    715: [0, 0.69444, 0, 0, 0.59111],
    728: [0, 0.69444, 0.10333, 0, 0.59111],
    729: [0, 0.69444, 0.12945, 0, 0.35555],
    730: [0, 0.69444, 0, 0, 0.94888],
    732: [0, 0.69444, 0.11472, 0, 0.59111],
    733: [0, 0.69444, 0.11472, 0, 0.59111],
    915: [0, 0.68611, 0.12903, 0, 0.69777],
    916: [0, 0.68611, 0, 0, 0.94444],
    920: [0, 0.68611, 0.09062, 0, 0.88555],
    923: [0, 0.68611, 0, 0, 0.80666],
    926: [0, 0.68611, 0.15092, 0, 0.76777],
    928: [0, 0.68611, 0.17208, 0, 0.8961],
    931: [0, 0.68611, 0.11431, 0, 0.82666],
    933: [0, 0.68611, 0.10778, 0, 0.88555],
    934: [0, 0.68611, 0.05632, 0, 0.82666],
    936: [0, 0.68611, 0.10778, 0, 0.88555],
    937: [0, 0.68611, 0.0992, 0, 0.82666],
    8211: [0, 0.44444, 0.09811, 0, 0.59111],
    8212: [0, 0.44444, 0.09811, 0, 1.18221],
    8216: [0, 0.69444, 0.12945, 0, 0.35555],
    8217: [0, 0.69444, 0.12945, 0, 0.35555],
    8220: [0, 0.69444, 0.16772, 0, 0.62055],
    8221: [0, 0.69444, 0.07939, 0, 0.62055]
  },
  "Main-Italic": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0.12417, 0, 0.30667],
    34: [0, 0.69444, 0.06961, 0, 0.51444],
    35: [0.19444, 0.69444, 0.06616, 0, 0.81777],
    37: [0.05556, 0.75, 0.13639, 0, 0.81777],
    38: [0, 0.69444, 0.09694, 0, 0.76666],
    39: [0, 0.69444, 0.12417, 0, 0.30667],
    40: [0.25, 0.75, 0.16194, 0, 0.40889],
    41: [0.25, 0.75, 0.03694, 0, 0.40889],
    42: [0, 0.75, 0.14917, 0, 0.51111],
    43: [0.05667, 0.56167, 0.03694, 0, 0.76666],
    44: [0.19444, 0.10556, 0, 0, 0.30667],
    45: [0, 0.43056, 0.02826, 0, 0.35778],
    46: [0, 0.10556, 0, 0, 0.30667],
    47: [0.25, 0.75, 0.16194, 0, 0.51111],
    48: [0, 0.64444, 0.13556, 0, 0.51111],
    49: [0, 0.64444, 0.13556, 0, 0.51111],
    50: [0, 0.64444, 0.13556, 0, 0.51111],
    51: [0, 0.64444, 0.13556, 0, 0.51111],
    52: [0.19444, 0.64444, 0.13556, 0, 0.51111],
    53: [0, 0.64444, 0.13556, 0, 0.51111],
    54: [0, 0.64444, 0.13556, 0, 0.51111],
    55: [0.19444, 0.64444, 0.13556, 0, 0.51111],
    56: [0, 0.64444, 0.13556, 0, 0.51111],
    57: [0, 0.64444, 0.13556, 0, 0.51111],
    58: [0, 0.43056, 0.0582, 0, 0.30667],
    59: [0.19444, 0.43056, 0.0582, 0, 0.30667],
    61: [-0.13313, 0.36687, 0.06616, 0, 0.76666],
    63: [0, 0.69444, 0.1225, 0, 0.51111],
    64: [0, 0.69444, 0.09597, 0, 0.76666],
    65: [0, 0.68333, 0, 0, 0.74333],
    66: [0, 0.68333, 0.10257, 0, 0.70389],
    67: [0, 0.68333, 0.14528, 0, 0.71555],
    68: [0, 0.68333, 0.09403, 0, 0.755],
    69: [0, 0.68333, 0.12028, 0, 0.67833],
    70: [0, 0.68333, 0.13305, 0, 0.65277],
    71: [0, 0.68333, 0.08722, 0, 0.77361],
    72: [0, 0.68333, 0.16389, 0, 0.74333],
    73: [0, 0.68333, 0.15806, 0, 0.38555],
    74: [0, 0.68333, 0.14028, 0, 0.525],
    75: [0, 0.68333, 0.14528, 0, 0.76888],
    76: [0, 0.68333, 0, 0, 0.62722],
    77: [0, 0.68333, 0.16389, 0, 0.89666],
    78: [0, 0.68333, 0.16389, 0, 0.74333],
    79: [0, 0.68333, 0.09403, 0, 0.76666],
    80: [0, 0.68333, 0.10257, 0, 0.67833],
    81: [0.19444, 0.68333, 0.09403, 0, 0.76666],
    82: [0, 0.68333, 0.03868, 0, 0.72944],
    83: [0, 0.68333, 0.11972, 0, 0.56222],
    84: [0, 0.68333, 0.13305, 0, 0.71555],
    85: [0, 0.68333, 0.16389, 0, 0.74333],
    86: [0, 0.68333, 0.18361, 0, 0.74333],
    87: [0, 0.68333, 0.18361, 0, 0.99888],
    88: [0, 0.68333, 0.15806, 0, 0.74333],
    89: [0, 0.68333, 0.19383, 0, 0.74333],
    90: [0, 0.68333, 0.14528, 0, 0.61333],
    91: [0.25, 0.75, 0.1875, 0, 0.30667],
    93: [0.25, 0.75, 0.10528, 0, 0.30667],
    94: [0, 0.69444, 0.06646, 0, 0.51111],
    95: [0.31, 0.12056, 0.09208, 0, 0.51111],
    97: [0, 0.43056, 0.07671, 0, 0.51111],
    98: [0, 0.69444, 0.06312, 0, 0.46],
    99: [0, 0.43056, 0.05653, 0, 0.46],
    100: [0, 0.69444, 0.10333, 0, 0.51111],
    101: [0, 0.43056, 0.07514, 0, 0.46],
    102: [0.19444, 0.69444, 0.21194, 0, 0.30667],
    103: [0.19444, 0.43056, 0.08847, 0, 0.46],
    104: [0, 0.69444, 0.07671, 0, 0.51111],
    105: [0, 0.65536, 0.1019, 0, 0.30667],
    106: [0.19444, 0.65536, 0.14467, 0, 0.30667],
    107: [0, 0.69444, 0.10764, 0, 0.46],
    108: [0, 0.69444, 0.10333, 0, 0.25555],
    109: [0, 0.43056, 0.07671, 0, 0.81777],
    110: [0, 0.43056, 0.07671, 0, 0.56222],
    111: [0, 0.43056, 0.06312, 0, 0.51111],
    112: [0.19444, 0.43056, 0.06312, 0, 0.51111],
    113: [0.19444, 0.43056, 0.08847, 0, 0.46],
    114: [0, 0.43056, 0.10764, 0, 0.42166],
    115: [0, 0.43056, 0.08208, 0, 0.40889],
    116: [0, 0.61508, 0.09486, 0, 0.33222],
    117: [0, 0.43056, 0.07671, 0, 0.53666],
    118: [0, 0.43056, 0.10764, 0, 0.46],
    119: [0, 0.43056, 0.10764, 0, 0.66444],
    120: [0, 0.43056, 0.12042, 0, 0.46389],
    121: [0.19444, 0.43056, 0.08847, 0, 0.48555],
    122: [0, 0.43056, 0.12292, 0, 0.40889],
    126: [0.35, 0.31786, 0.11585, 0, 0.51111],
    160: [0, 0, 0, 0, 0.25],
    168: [0, 0.66786, 0.10474, 0, 0.51111],
    176: [0, 0.69444, 0, 0, 0.83129],
    184: [0.17014, 0, 0, 0, 0.46],
    198: [0, 0.68333, 0.12028, 0, 0.88277],
    216: [0.04861, 0.73194, 0.09403, 0, 0.76666],
    223: [0.19444, 0.69444, 0.10514, 0, 0.53666],
    230: [0, 0.43056, 0.07514, 0, 0.71555],
    248: [0.09722, 0.52778, 0.09194, 0, 0.51111],
    338: [0, 0.68333, 0.12028, 0, 0.98499],
    339: [0, 0.43056, 0.07514, 0, 0.71555],
    710: [0, 0.69444, 0.06646, 0, 0.51111],
    711: [0, 0.62847, 0.08295, 0, 0.51111],
    713: [0, 0.56167, 0.10333, 0, 0.51111],
    714: [0, 0.69444, 0.09694, 0, 0.51111],
    715: [0, 0.69444, 0, 0, 0.51111],
    728: [0, 0.69444, 0.10806, 0, 0.51111],
    729: [0, 0.66786, 0.11752, 0, 0.30667],
    730: [0, 0.69444, 0, 0, 0.83129],
    732: [0, 0.66786, 0.11585, 0, 0.51111],
    733: [0, 0.69444, 0.1225, 0, 0.51111],
    915: [0, 0.68333, 0.13305, 0, 0.62722],
    916: [0, 0.68333, 0, 0, 0.81777],
    920: [0, 0.68333, 0.09403, 0, 0.76666],
    923: [0, 0.68333, 0, 0, 0.69222],
    926: [0, 0.68333, 0.15294, 0, 0.66444],
    928: [0, 0.68333, 0.16389, 0, 0.74333],
    931: [0, 0.68333, 0.12028, 0, 0.71555],
    933: [0, 0.68333, 0.11111, 0, 0.76666],
    934: [0, 0.68333, 0.05986, 0, 0.71555],
    936: [0, 0.68333, 0.11111, 0, 0.76666],
    937: [0, 0.68333, 0.10257, 0, 0.71555],
    8211: [0, 0.43056, 0.09208, 0, 0.51111],
    8212: [0, 0.43056, 0.09208, 0, 1.02222],
    8216: [0, 0.69444, 0.12417, 0, 0.30667],
    8217: [0, 0.69444, 0.12417, 0, 0.30667],
    8220: [0, 0.69444, 0.1685, 0, 0.51444],
    8221: [0, 0.69444, 0.06961, 0, 0.51444],
    8463: [0, 0.68889, 0, 0, 0.54028]
  },
  "Main-Regular": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0, 0, 0.27778],
    34: [0, 0.69444, 0, 0, 0.5],
    35: [0.19444, 0.69444, 0, 0, 0.83334],
    36: [0.05556, 0.75, 0, 0, 0.5],
    37: [0.05556, 0.75, 0, 0, 0.83334],
    38: [0, 0.69444, 0, 0, 0.77778],
    39: [0, 0.69444, 0, 0, 0.27778],
    40: [0.25, 0.75, 0, 0, 0.38889],
    41: [0.25, 0.75, 0, 0, 0.38889],
    42: [0, 0.75, 0, 0, 0.5],
    43: [0.08333, 0.58333, 0, 0, 0.77778],
    44: [0.19444, 0.10556, 0, 0, 0.27778],
    45: [0, 0.43056, 0, 0, 0.33333],
    46: [0, 0.10556, 0, 0, 0.27778],
    47: [0.25, 0.75, 0, 0, 0.5],
    48: [0, 0.64444, 0, 0, 0.5],
    49: [0, 0.64444, 0, 0, 0.5],
    50: [0, 0.64444, 0, 0, 0.5],
    51: [0, 0.64444, 0, 0, 0.5],
    52: [0, 0.64444, 0, 0, 0.5],
    53: [0, 0.64444, 0, 0, 0.5],
    54: [0, 0.64444, 0, 0, 0.5],
    55: [0, 0.64444, 0, 0, 0.5],
    56: [0, 0.64444, 0, 0, 0.5],
    57: [0, 0.64444, 0, 0, 0.5],
    58: [0, 0.43056, 0, 0, 0.27778],
    59: [0.19444, 0.43056, 0, 0, 0.27778],
    60: [0.0391, 0.5391, 0, 0, 0.77778],
    61: [-0.13313, 0.36687, 0, 0, 0.77778],
    62: [0.0391, 0.5391, 0, 0, 0.77778],
    63: [0, 0.69444, 0, 0, 0.47222],
    64: [0, 0.69444, 0, 0, 0.77778],
    65: [0, 0.68333, 0, 0, 0.75],
    66: [0, 0.68333, 0, 0, 0.70834],
    67: [0, 0.68333, 0, 0, 0.72222],
    68: [0, 0.68333, 0, 0, 0.76389],
    69: [0, 0.68333, 0, 0, 0.68056],
    70: [0, 0.68333, 0, 0, 0.65278],
    71: [0, 0.68333, 0, 0, 0.78472],
    72: [0, 0.68333, 0, 0, 0.75],
    73: [0, 0.68333, 0, 0, 0.36111],
    74: [0, 0.68333, 0, 0, 0.51389],
    75: [0, 0.68333, 0, 0, 0.77778],
    76: [0, 0.68333, 0, 0, 0.625],
    77: [0, 0.68333, 0, 0, 0.91667],
    78: [0, 0.68333, 0, 0, 0.75],
    79: [0, 0.68333, 0, 0, 0.77778],
    80: [0, 0.68333, 0, 0, 0.68056],
    81: [0.19444, 0.68333, 0, 0, 0.77778],
    82: [0, 0.68333, 0, 0, 0.73611],
    83: [0, 0.68333, 0, 0, 0.55556],
    84: [0, 0.68333, 0, 0, 0.72222],
    85: [0, 0.68333, 0, 0, 0.75],
    86: [0, 0.68333, 0.01389, 0, 0.75],
    87: [0, 0.68333, 0.01389, 0, 1.02778],
    88: [0, 0.68333, 0, 0, 0.75],
    89: [0, 0.68333, 0.025, 0, 0.75],
    90: [0, 0.68333, 0, 0, 0.61111],
    91: [0.25, 0.75, 0, 0, 0.27778],
    92: [0.25, 0.75, 0, 0, 0.5],
    93: [0.25, 0.75, 0, 0, 0.27778],
    94: [0, 0.69444, 0, 0, 0.5],
    95: [0.31, 0.12056, 0.02778, 0, 0.5],
    97: [0, 0.43056, 0, 0, 0.5],
    98: [0, 0.69444, 0, 0, 0.55556],
    99: [0, 0.43056, 0, 0, 0.44445],
    100: [0, 0.69444, 0, 0, 0.55556],
    101: [0, 0.43056, 0, 0, 0.44445],
    102: [0, 0.69444, 0.07778, 0, 0.30556],
    103: [0.19444, 0.43056, 0.01389, 0, 0.5],
    104: [0, 0.69444, 0, 0, 0.55556],
    105: [0, 0.66786, 0, 0, 0.27778],
    106: [0.19444, 0.66786, 0, 0, 0.30556],
    107: [0, 0.69444, 0, 0, 0.52778],
    108: [0, 0.69444, 0, 0, 0.27778],
    109: [0, 0.43056, 0, 0, 0.83334],
    110: [0, 0.43056, 0, 0, 0.55556],
    111: [0, 0.43056, 0, 0, 0.5],
    112: [0.19444, 0.43056, 0, 0, 0.55556],
    113: [0.19444, 0.43056, 0, 0, 0.52778],
    114: [0, 0.43056, 0, 0, 0.39167],
    115: [0, 0.43056, 0, 0, 0.39445],
    116: [0, 0.61508, 0, 0, 0.38889],
    117: [0, 0.43056, 0, 0, 0.55556],
    118: [0, 0.43056, 0.01389, 0, 0.52778],
    119: [0, 0.43056, 0.01389, 0, 0.72222],
    120: [0, 0.43056, 0, 0, 0.52778],
    121: [0.19444, 0.43056, 0.01389, 0, 0.52778],
    122: [0, 0.43056, 0, 0, 0.44445],
    123: [0.25, 0.75, 0, 0, 0.5],
    124: [0.25, 0.75, 0, 0, 0.27778],
    125: [0.25, 0.75, 0, 0, 0.5],
    126: [0.35, 0.31786, 0, 0, 0.5],
    160: [0, 0, 0, 0, 0.25],
    163: [0, 0.69444, 0, 0, 0.76909],
    167: [0.19444, 0.69444, 0, 0, 0.44445],
    168: [0, 0.66786, 0, 0, 0.5],
    172: [0, 0.43056, 0, 0, 0.66667],
    176: [0, 0.69444, 0, 0, 0.75],
    177: [0.08333, 0.58333, 0, 0, 0.77778],
    182: [0.19444, 0.69444, 0, 0, 0.61111],
    184: [0.17014, 0, 0, 0, 0.44445],
    198: [0, 0.68333, 0, 0, 0.90278],
    215: [0.08333, 0.58333, 0, 0, 0.77778],
    216: [0.04861, 0.73194, 0, 0, 0.77778],
    223: [0, 0.69444, 0, 0, 0.5],
    230: [0, 0.43056, 0, 0, 0.72222],
    247: [0.08333, 0.58333, 0, 0, 0.77778],
    248: [0.09722, 0.52778, 0, 0, 0.5],
    305: [0, 0.43056, 0, 0, 0.27778],
    338: [0, 0.68333, 0, 0, 1.01389],
    339: [0, 0.43056, 0, 0, 0.77778],
    567: [0.19444, 0.43056, 0, 0, 0.30556],
    710: [0, 0.69444, 0, 0, 0.5],
    711: [0, 0.62847, 0, 0, 0.5],
    713: [0, 0.56778, 0, 0, 0.5],
    714: [0, 0.69444, 0, 0, 0.5],
    715: [0, 0.69444, 0, 0, 0.5],
    728: [0, 0.69444, 0, 0, 0.5],
    729: [0, 0.66786, 0, 0, 0.27778],
    730: [0, 0.69444, 0, 0, 0.75],
    732: [0, 0.66786, 0, 0, 0.5],
    733: [0, 0.69444, 0, 0, 0.5],
    915: [0, 0.68333, 0, 0, 0.625],
    916: [0, 0.68333, 0, 0, 0.83334],
    920: [0, 0.68333, 0, 0, 0.77778],
    923: [0, 0.68333, 0, 0, 0.69445],
    926: [0, 0.68333, 0, 0, 0.66667],
    928: [0, 0.68333, 0, 0, 0.75],
    931: [0, 0.68333, 0, 0, 0.72222],
    933: [0, 0.68333, 0, 0, 0.77778],
    934: [0, 0.68333, 0, 0, 0.72222],
    936: [0, 0.68333, 0, 0, 0.77778],
    937: [0, 0.68333, 0, 0, 0.72222],
    8211: [0, 0.43056, 0.02778, 0, 0.5],
    8212: [0, 0.43056, 0.02778, 0, 1],
    8216: [0, 0.69444, 0, 0, 0.27778],
    8217: [0, 0.69444, 0, 0, 0.27778],
    8220: [0, 0.69444, 0, 0, 0.5],
    8221: [0, 0.69444, 0, 0, 0.5],
    8224: [0.19444, 0.69444, 0, 0, 0.44445],
    8225: [0.19444, 0.69444, 0, 0, 0.44445],
    8230: [0, 0.123, 0, 0, 1.172],
    8242: [0, 0.55556, 0, 0, 0.275],
    8407: [0, 0.71444, 0.15382, 0, 0.5],
    8463: [0, 0.68889, 0, 0, 0.54028],
    8465: [0, 0.69444, 0, 0, 0.72222],
    8467: [0, 0.69444, 0, 0.11111, 0.41667],
    8472: [0.19444, 0.43056, 0, 0.11111, 0.63646],
    8476: [0, 0.69444, 0, 0, 0.72222],
    8501: [0, 0.69444, 0, 0, 0.61111],
    8592: [-0.13313, 0.36687, 0, 0, 1],
    8593: [0.19444, 0.69444, 0, 0, 0.5],
    8594: [-0.13313, 0.36687, 0, 0, 1],
    8595: [0.19444, 0.69444, 0, 0, 0.5],
    8596: [-0.13313, 0.36687, 0, 0, 1],
    8597: [0.25, 0.75, 0, 0, 0.5],
    8598: [0.19444, 0.69444, 0, 0, 1],
    8599: [0.19444, 0.69444, 0, 0, 1],
    8600: [0.19444, 0.69444, 0, 0, 1],
    8601: [0.19444, 0.69444, 0, 0, 1],
    8614: [0.011, 0.511, 0, 0, 1],
    8617: [0.011, 0.511, 0, 0, 1.126],
    8618: [0.011, 0.511, 0, 0, 1.126],
    8636: [-0.13313, 0.36687, 0, 0, 1],
    8637: [-0.13313, 0.36687, 0, 0, 1],
    8640: [-0.13313, 0.36687, 0, 0, 1],
    8641: [-0.13313, 0.36687, 0, 0, 1],
    8652: [0.011, 0.671, 0, 0, 1],
    8656: [-0.13313, 0.36687, 0, 0, 1],
    8657: [0.19444, 0.69444, 0, 0, 0.61111],
    8658: [-0.13313, 0.36687, 0, 0, 1],
    8659: [0.19444, 0.69444, 0, 0, 0.61111],
    8660: [-0.13313, 0.36687, 0, 0, 1],
    8661: [0.25, 0.75, 0, 0, 0.61111],
    8704: [0, 0.69444, 0, 0, 0.55556],
    8706: [0, 0.69444, 0.05556, 0.08334, 0.5309],
    8707: [0, 0.69444, 0, 0, 0.55556],
    8709: [0.05556, 0.75, 0, 0, 0.5],
    8711: [0, 0.68333, 0, 0, 0.83334],
    8712: [0.0391, 0.5391, 0, 0, 0.66667],
    8715: [0.0391, 0.5391, 0, 0, 0.66667],
    8722: [0.08333, 0.58333, 0, 0, 0.77778],
    8723: [0.08333, 0.58333, 0, 0, 0.77778],
    8725: [0.25, 0.75, 0, 0, 0.5],
    8726: [0.25, 0.75, 0, 0, 0.5],
    8727: [-0.03472, 0.46528, 0, 0, 0.5],
    8728: [-0.05555, 0.44445, 0, 0, 0.5],
    8729: [-0.05555, 0.44445, 0, 0, 0.5],
    8730: [0.2, 0.8, 0, 0, 0.83334],
    8733: [0, 0.43056, 0, 0, 0.77778],
    8734: [0, 0.43056, 0, 0, 1],
    8736: [0, 0.69224, 0, 0, 0.72222],
    8739: [0.25, 0.75, 0, 0, 0.27778],
    8741: [0.25, 0.75, 0, 0, 0.5],
    8743: [0, 0.55556, 0, 0, 0.66667],
    8744: [0, 0.55556, 0, 0, 0.66667],
    8745: [0, 0.55556, 0, 0, 0.66667],
    8746: [0, 0.55556, 0, 0, 0.66667],
    8747: [0.19444, 0.69444, 0.11111, 0, 0.41667],
    8764: [-0.13313, 0.36687, 0, 0, 0.77778],
    8768: [0.19444, 0.69444, 0, 0, 0.27778],
    8771: [-0.03625, 0.46375, 0, 0, 0.77778],
    8773: [-0.022, 0.589, 0, 0, 0.778],
    8776: [-0.01688, 0.48312, 0, 0, 0.77778],
    8781: [-0.03625, 0.46375, 0, 0, 0.77778],
    8784: [-0.133, 0.673, 0, 0, 0.778],
    8801: [-0.03625, 0.46375, 0, 0, 0.77778],
    8804: [0.13597, 0.63597, 0, 0, 0.77778],
    8805: [0.13597, 0.63597, 0, 0, 0.77778],
    8810: [0.0391, 0.5391, 0, 0, 1],
    8811: [0.0391, 0.5391, 0, 0, 1],
    8826: [0.0391, 0.5391, 0, 0, 0.77778],
    8827: [0.0391, 0.5391, 0, 0, 0.77778],
    8834: [0.0391, 0.5391, 0, 0, 0.77778],
    8835: [0.0391, 0.5391, 0, 0, 0.77778],
    8838: [0.13597, 0.63597, 0, 0, 0.77778],
    8839: [0.13597, 0.63597, 0, 0, 0.77778],
    8846: [0, 0.55556, 0, 0, 0.66667],
    8849: [0.13597, 0.63597, 0, 0, 0.77778],
    8850: [0.13597, 0.63597, 0, 0, 0.77778],
    8851: [0, 0.55556, 0, 0, 0.66667],
    8852: [0, 0.55556, 0, 0, 0.66667],
    8853: [0.08333, 0.58333, 0, 0, 0.77778],
    8854: [0.08333, 0.58333, 0, 0, 0.77778],
    8855: [0.08333, 0.58333, 0, 0, 0.77778],
    8856: [0.08333, 0.58333, 0, 0, 0.77778],
    8857: [0.08333, 0.58333, 0, 0, 0.77778],
    8866: [0, 0.69444, 0, 0, 0.61111],
    8867: [0, 0.69444, 0, 0, 0.61111],
    8868: [0, 0.69444, 0, 0, 0.77778],
    8869: [0, 0.69444, 0, 0, 0.77778],
    8872: [0.249, 0.75, 0, 0, 0.867],
    8900: [-0.05555, 0.44445, 0, 0, 0.5],
    8901: [-0.05555, 0.44445, 0, 0, 0.27778],
    8902: [-0.03472, 0.46528, 0, 0, 0.5],
    8904: [5e-3, 0.505, 0, 0, 0.9],
    8942: [0.03, 0.903, 0, 0, 0.278],
    8943: [-0.19, 0.313, 0, 0, 1.172],
    8945: [-0.1, 0.823, 0, 0, 1.282],
    8968: [0.25, 0.75, 0, 0, 0.44445],
    8969: [0.25, 0.75, 0, 0, 0.44445],
    8970: [0.25, 0.75, 0, 0, 0.44445],
    8971: [0.25, 0.75, 0, 0, 0.44445],
    8994: [-0.14236, 0.35764, 0, 0, 1],
    8995: [-0.14236, 0.35764, 0, 0, 1],
    9136: [0.244, 0.744, 0, 0, 0.412],
    9137: [0.244, 0.745, 0, 0, 0.412],
    9651: [0.19444, 0.69444, 0, 0, 0.88889],
    9657: [-0.03472, 0.46528, 0, 0, 0.5],
    9661: [0.19444, 0.69444, 0, 0, 0.88889],
    9667: [-0.03472, 0.46528, 0, 0, 0.5],
    9711: [0.19444, 0.69444, 0, 0, 1],
    9824: [0.12963, 0.69444, 0, 0, 0.77778],
    9825: [0.12963, 0.69444, 0, 0, 0.77778],
    9826: [0.12963, 0.69444, 0, 0, 0.77778],
    9827: [0.12963, 0.69444, 0, 0, 0.77778],
    9837: [0, 0.75, 0, 0, 0.38889],
    9838: [0.19444, 0.69444, 0, 0, 0.38889],
    9839: [0.19444, 0.69444, 0, 0, 0.38889],
    10216: [0.25, 0.75, 0, 0, 0.38889],
    10217: [0.25, 0.75, 0, 0, 0.38889],
    10222: [0.244, 0.744, 0, 0, 0.412],
    10223: [0.244, 0.745, 0, 0, 0.412],
    10229: [0.011, 0.511, 0, 0, 1.609],
    10230: [0.011, 0.511, 0, 0, 1.638],
    10231: [0.011, 0.511, 0, 0, 1.859],
    10232: [0.024, 0.525, 0, 0, 1.609],
    10233: [0.024, 0.525, 0, 0, 1.638],
    10234: [0.024, 0.525, 0, 0, 1.858],
    10236: [0.011, 0.511, 0, 0, 1.638],
    10815: [0, 0.68333, 0, 0, 0.75],
    10927: [0.13597, 0.63597, 0, 0, 0.77778],
    10928: [0.13597, 0.63597, 0, 0, 0.77778],
    57376: [0.19444, 0.69444, 0, 0, 0]
  },
  "Math-BoldItalic": {
    32: [0, 0, 0, 0, 0.25],
    48: [0, 0.44444, 0, 0, 0.575],
    49: [0, 0.44444, 0, 0, 0.575],
    50: [0, 0.44444, 0, 0, 0.575],
    51: [0.19444, 0.44444, 0, 0, 0.575],
    52: [0.19444, 0.44444, 0, 0, 0.575],
    53: [0.19444, 0.44444, 0, 0, 0.575],
    54: [0, 0.64444, 0, 0, 0.575],
    55: [0.19444, 0.44444, 0, 0, 0.575],
    56: [0, 0.64444, 0, 0, 0.575],
    57: [0.19444, 0.44444, 0, 0, 0.575],
    65: [0, 0.68611, 0, 0, 0.86944],
    66: [0, 0.68611, 0.04835, 0, 0.8664],
    67: [0, 0.68611, 0.06979, 0, 0.81694],
    68: [0, 0.68611, 0.03194, 0, 0.93812],
    69: [0, 0.68611, 0.05451, 0, 0.81007],
    70: [0, 0.68611, 0.15972, 0, 0.68889],
    71: [0, 0.68611, 0, 0, 0.88673],
    72: [0, 0.68611, 0.08229, 0, 0.98229],
    73: [0, 0.68611, 0.07778, 0, 0.51111],
    74: [0, 0.68611, 0.10069, 0, 0.63125],
    75: [0, 0.68611, 0.06979, 0, 0.97118],
    76: [0, 0.68611, 0, 0, 0.75555],
    77: [0, 0.68611, 0.11424, 0, 1.14201],
    78: [0, 0.68611, 0.11424, 0, 0.95034],
    79: [0, 0.68611, 0.03194, 0, 0.83666],
    80: [0, 0.68611, 0.15972, 0, 0.72309],
    81: [0.19444, 0.68611, 0, 0, 0.86861],
    82: [0, 0.68611, 421e-5, 0, 0.87235],
    83: [0, 0.68611, 0.05382, 0, 0.69271],
    84: [0, 0.68611, 0.15972, 0, 0.63663],
    85: [0, 0.68611, 0.11424, 0, 0.80027],
    86: [0, 0.68611, 0.25555, 0, 0.67778],
    87: [0, 0.68611, 0.15972, 0, 1.09305],
    88: [0, 0.68611, 0.07778, 0, 0.94722],
    89: [0, 0.68611, 0.25555, 0, 0.67458],
    90: [0, 0.68611, 0.06979, 0, 0.77257],
    97: [0, 0.44444, 0, 0, 0.63287],
    98: [0, 0.69444, 0, 0, 0.52083],
    99: [0, 0.44444, 0, 0, 0.51342],
    100: [0, 0.69444, 0, 0, 0.60972],
    101: [0, 0.44444, 0, 0, 0.55361],
    102: [0.19444, 0.69444, 0.11042, 0, 0.56806],
    103: [0.19444, 0.44444, 0.03704, 0, 0.5449],
    104: [0, 0.69444, 0, 0, 0.66759],
    105: [0, 0.69326, 0, 0, 0.4048],
    106: [0.19444, 0.69326, 0.0622, 0, 0.47083],
    107: [0, 0.69444, 0.01852, 0, 0.6037],
    108: [0, 0.69444, 88e-4, 0, 0.34815],
    109: [0, 0.44444, 0, 0, 1.0324],
    110: [0, 0.44444, 0, 0, 0.71296],
    111: [0, 0.44444, 0, 0, 0.58472],
    112: [0.19444, 0.44444, 0, 0, 0.60092],
    113: [0.19444, 0.44444, 0.03704, 0, 0.54213],
    114: [0, 0.44444, 0.03194, 0, 0.5287],
    115: [0, 0.44444, 0, 0, 0.53125],
    116: [0, 0.63492, 0, 0, 0.41528],
    117: [0, 0.44444, 0, 0, 0.68102],
    118: [0, 0.44444, 0.03704, 0, 0.56666],
    119: [0, 0.44444, 0.02778, 0, 0.83148],
    120: [0, 0.44444, 0, 0, 0.65903],
    121: [0.19444, 0.44444, 0.03704, 0, 0.59028],
    122: [0, 0.44444, 0.04213, 0, 0.55509],
    160: [0, 0, 0, 0, 0.25],
    915: [0, 0.68611, 0.15972, 0, 0.65694],
    916: [0, 0.68611, 0, 0, 0.95833],
    920: [0, 0.68611, 0.03194, 0, 0.86722],
    923: [0, 0.68611, 0, 0, 0.80555],
    926: [0, 0.68611, 0.07458, 0, 0.84125],
    928: [0, 0.68611, 0.08229, 0, 0.98229],
    931: [0, 0.68611, 0.05451, 0, 0.88507],
    933: [0, 0.68611, 0.15972, 0, 0.67083],
    934: [0, 0.68611, 0, 0, 0.76666],
    936: [0, 0.68611, 0.11653, 0, 0.71402],
    937: [0, 0.68611, 0.04835, 0, 0.8789],
    945: [0, 0.44444, 0, 0, 0.76064],
    946: [0.19444, 0.69444, 0.03403, 0, 0.65972],
    947: [0.19444, 0.44444, 0.06389, 0, 0.59003],
    948: [0, 0.69444, 0.03819, 0, 0.52222],
    949: [0, 0.44444, 0, 0, 0.52882],
    950: [0.19444, 0.69444, 0.06215, 0, 0.50833],
    951: [0.19444, 0.44444, 0.03704, 0, 0.6],
    952: [0, 0.69444, 0.03194, 0, 0.5618],
    953: [0, 0.44444, 0, 0, 0.41204],
    954: [0, 0.44444, 0, 0, 0.66759],
    955: [0, 0.69444, 0, 0, 0.67083],
    956: [0.19444, 0.44444, 0, 0, 0.70787],
    957: [0, 0.44444, 0.06898, 0, 0.57685],
    958: [0.19444, 0.69444, 0.03021, 0, 0.50833],
    959: [0, 0.44444, 0, 0, 0.58472],
    960: [0, 0.44444, 0.03704, 0, 0.68241],
    961: [0.19444, 0.44444, 0, 0, 0.6118],
    962: [0.09722, 0.44444, 0.07917, 0, 0.42361],
    963: [0, 0.44444, 0.03704, 0, 0.68588],
    964: [0, 0.44444, 0.13472, 0, 0.52083],
    965: [0, 0.44444, 0.03704, 0, 0.63055],
    966: [0.19444, 0.44444, 0, 0, 0.74722],
    967: [0.19444, 0.44444, 0, 0, 0.71805],
    968: [0.19444, 0.69444, 0.03704, 0, 0.75833],
    969: [0, 0.44444, 0.03704, 0, 0.71782],
    977: [0, 0.69444, 0, 0, 0.69155],
    981: [0.19444, 0.69444, 0, 0, 0.7125],
    982: [0, 0.44444, 0.03194, 0, 0.975],
    1009: [0.19444, 0.44444, 0, 0, 0.6118],
    1013: [0, 0.44444, 0, 0, 0.48333],
    57649: [0, 0.44444, 0, 0, 0.39352],
    57911: [0.19444, 0.44444, 0, 0, 0.43889]
  },
  "Math-Italic": {
    32: [0, 0, 0, 0, 0.25],
    48: [0, 0.43056, 0, 0, 0.5],
    49: [0, 0.43056, 0, 0, 0.5],
    50: [0, 0.43056, 0, 0, 0.5],
    51: [0.19444, 0.43056, 0, 0, 0.5],
    52: [0.19444, 0.43056, 0, 0, 0.5],
    53: [0.19444, 0.43056, 0, 0, 0.5],
    54: [0, 0.64444, 0, 0, 0.5],
    55: [0.19444, 0.43056, 0, 0, 0.5],
    56: [0, 0.64444, 0, 0, 0.5],
    57: [0.19444, 0.43056, 0, 0, 0.5],
    65: [0, 0.68333, 0, 0.13889, 0.75],
    66: [0, 0.68333, 0.05017, 0.08334, 0.75851],
    67: [0, 0.68333, 0.07153, 0.08334, 0.71472],
    68: [0, 0.68333, 0.02778, 0.05556, 0.82792],
    69: [0, 0.68333, 0.05764, 0.08334, 0.7382],
    70: [0, 0.68333, 0.13889, 0.08334, 0.64306],
    71: [0, 0.68333, 0, 0.08334, 0.78625],
    72: [0, 0.68333, 0.08125, 0.05556, 0.83125],
    73: [0, 0.68333, 0.07847, 0.11111, 0.43958],
    74: [0, 0.68333, 0.09618, 0.16667, 0.55451],
    75: [0, 0.68333, 0.07153, 0.05556, 0.84931],
    76: [0, 0.68333, 0, 0.02778, 0.68056],
    77: [0, 0.68333, 0.10903, 0.08334, 0.97014],
    78: [0, 0.68333, 0.10903, 0.08334, 0.80347],
    79: [0, 0.68333, 0.02778, 0.08334, 0.76278],
    80: [0, 0.68333, 0.13889, 0.08334, 0.64201],
    81: [0.19444, 0.68333, 0, 0.08334, 0.79056],
    82: [0, 0.68333, 773e-5, 0.08334, 0.75929],
    83: [0, 0.68333, 0.05764, 0.08334, 0.6132],
    84: [0, 0.68333, 0.13889, 0.08334, 0.58438],
    85: [0, 0.68333, 0.10903, 0.02778, 0.68278],
    86: [0, 0.68333, 0.22222, 0, 0.58333],
    87: [0, 0.68333, 0.13889, 0, 0.94445],
    88: [0, 0.68333, 0.07847, 0.08334, 0.82847],
    89: [0, 0.68333, 0.22222, 0, 0.58056],
    90: [0, 0.68333, 0.07153, 0.08334, 0.68264],
    97: [0, 0.43056, 0, 0, 0.52859],
    98: [0, 0.69444, 0, 0, 0.42917],
    99: [0, 0.43056, 0, 0.05556, 0.43276],
    100: [0, 0.69444, 0, 0.16667, 0.52049],
    101: [0, 0.43056, 0, 0.05556, 0.46563],
    102: [0.19444, 0.69444, 0.10764, 0.16667, 0.48959],
    103: [0.19444, 0.43056, 0.03588, 0.02778, 0.47697],
    104: [0, 0.69444, 0, 0, 0.57616],
    105: [0, 0.65952, 0, 0, 0.34451],
    106: [0.19444, 0.65952, 0.05724, 0, 0.41181],
    107: [0, 0.69444, 0.03148, 0, 0.5206],
    108: [0, 0.69444, 0.01968, 0.08334, 0.29838],
    109: [0, 0.43056, 0, 0, 0.87801],
    110: [0, 0.43056, 0, 0, 0.60023],
    111: [0, 0.43056, 0, 0.05556, 0.48472],
    112: [0.19444, 0.43056, 0, 0.08334, 0.50313],
    113: [0.19444, 0.43056, 0.03588, 0.08334, 0.44641],
    114: [0, 0.43056, 0.02778, 0.05556, 0.45116],
    115: [0, 0.43056, 0, 0.05556, 0.46875],
    116: [0, 0.61508, 0, 0.08334, 0.36111],
    117: [0, 0.43056, 0, 0.02778, 0.57246],
    118: [0, 0.43056, 0.03588, 0.02778, 0.48472],
    119: [0, 0.43056, 0.02691, 0.08334, 0.71592],
    120: [0, 0.43056, 0, 0.02778, 0.57153],
    121: [0.19444, 0.43056, 0.03588, 0.05556, 0.49028],
    122: [0, 0.43056, 0.04398, 0.05556, 0.46505],
    160: [0, 0, 0, 0, 0.25],
    915: [0, 0.68333, 0.13889, 0.08334, 0.61528],
    916: [0, 0.68333, 0, 0.16667, 0.83334],
    920: [0, 0.68333, 0.02778, 0.08334, 0.76278],
    923: [0, 0.68333, 0, 0.16667, 0.69445],
    926: [0, 0.68333, 0.07569, 0.08334, 0.74236],
    928: [0, 0.68333, 0.08125, 0.05556, 0.83125],
    931: [0, 0.68333, 0.05764, 0.08334, 0.77986],
    933: [0, 0.68333, 0.13889, 0.05556, 0.58333],
    934: [0, 0.68333, 0, 0.08334, 0.66667],
    936: [0, 0.68333, 0.11, 0.05556, 0.61222],
    937: [0, 0.68333, 0.05017, 0.08334, 0.7724],
    945: [0, 0.43056, 37e-4, 0.02778, 0.6397],
    946: [0.19444, 0.69444, 0.05278, 0.08334, 0.56563],
    947: [0.19444, 0.43056, 0.05556, 0, 0.51773],
    948: [0, 0.69444, 0.03785, 0.05556, 0.44444],
    949: [0, 0.43056, 0, 0.08334, 0.46632],
    950: [0.19444, 0.69444, 0.07378, 0.08334, 0.4375],
    951: [0.19444, 0.43056, 0.03588, 0.05556, 0.49653],
    952: [0, 0.69444, 0.02778, 0.08334, 0.46944],
    953: [0, 0.43056, 0, 0.05556, 0.35394],
    954: [0, 0.43056, 0, 0, 0.57616],
    955: [0, 0.69444, 0, 0, 0.58334],
    956: [0.19444, 0.43056, 0, 0.02778, 0.60255],
    957: [0, 0.43056, 0.06366, 0.02778, 0.49398],
    958: [0.19444, 0.69444, 0.04601, 0.11111, 0.4375],
    959: [0, 0.43056, 0, 0.05556, 0.48472],
    960: [0, 0.43056, 0.03588, 0, 0.57003],
    961: [0.19444, 0.43056, 0, 0.08334, 0.51702],
    962: [0.09722, 0.43056, 0.07986, 0.08334, 0.36285],
    963: [0, 0.43056, 0.03588, 0, 0.57141],
    964: [0, 0.43056, 0.1132, 0.02778, 0.43715],
    965: [0, 0.43056, 0.03588, 0.02778, 0.54028],
    966: [0.19444, 0.43056, 0, 0.08334, 0.65417],
    967: [0.19444, 0.43056, 0, 0.05556, 0.62569],
    968: [0.19444, 0.69444, 0.03588, 0.11111, 0.65139],
    969: [0, 0.43056, 0.03588, 0, 0.62245],
    977: [0, 0.69444, 0, 0.08334, 0.59144],
    981: [0.19444, 0.69444, 0, 0.08334, 0.59583],
    982: [0, 0.43056, 0.02778, 0, 0.82813],
    1009: [0.19444, 0.43056, 0, 0.08334, 0.51702],
    1013: [0, 0.43056, 0, 0.05556, 0.4059],
    57649: [0, 0.43056, 0, 0.02778, 0.32246],
    57911: [0.19444, 0.43056, 0, 0.08334, 0.38403]
  },
  "SansSerif-Bold": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0, 0, 0.36667],
    34: [0, 0.69444, 0, 0, 0.55834],
    35: [0.19444, 0.69444, 0, 0, 0.91667],
    36: [0.05556, 0.75, 0, 0, 0.55],
    37: [0.05556, 0.75, 0, 0, 1.02912],
    38: [0, 0.69444, 0, 0, 0.83056],
    39: [0, 0.69444, 0, 0, 0.30556],
    40: [0.25, 0.75, 0, 0, 0.42778],
    41: [0.25, 0.75, 0, 0, 0.42778],
    42: [0, 0.75, 0, 0, 0.55],
    43: [0.11667, 0.61667, 0, 0, 0.85556],
    44: [0.10556, 0.13056, 0, 0, 0.30556],
    45: [0, 0.45833, 0, 0, 0.36667],
    46: [0, 0.13056, 0, 0, 0.30556],
    47: [0.25, 0.75, 0, 0, 0.55],
    48: [0, 0.69444, 0, 0, 0.55],
    49: [0, 0.69444, 0, 0, 0.55],
    50: [0, 0.69444, 0, 0, 0.55],
    51: [0, 0.69444, 0, 0, 0.55],
    52: [0, 0.69444, 0, 0, 0.55],
    53: [0, 0.69444, 0, 0, 0.55],
    54: [0, 0.69444, 0, 0, 0.55],
    55: [0, 0.69444, 0, 0, 0.55],
    56: [0, 0.69444, 0, 0, 0.55],
    57: [0, 0.69444, 0, 0, 0.55],
    58: [0, 0.45833, 0, 0, 0.30556],
    59: [0.10556, 0.45833, 0, 0, 0.30556],
    61: [-0.09375, 0.40625, 0, 0, 0.85556],
    63: [0, 0.69444, 0, 0, 0.51945],
    64: [0, 0.69444, 0, 0, 0.73334],
    65: [0, 0.69444, 0, 0, 0.73334],
    66: [0, 0.69444, 0, 0, 0.73334],
    67: [0, 0.69444, 0, 0, 0.70278],
    68: [0, 0.69444, 0, 0, 0.79445],
    69: [0, 0.69444, 0, 0, 0.64167],
    70: [0, 0.69444, 0, 0, 0.61111],
    71: [0, 0.69444, 0, 0, 0.73334],
    72: [0, 0.69444, 0, 0, 0.79445],
    73: [0, 0.69444, 0, 0, 0.33056],
    74: [0, 0.69444, 0, 0, 0.51945],
    75: [0, 0.69444, 0, 0, 0.76389],
    76: [0, 0.69444, 0, 0, 0.58056],
    77: [0, 0.69444, 0, 0, 0.97778],
    78: [0, 0.69444, 0, 0, 0.79445],
    79: [0, 0.69444, 0, 0, 0.79445],
    80: [0, 0.69444, 0, 0, 0.70278],
    81: [0.10556, 0.69444, 0, 0, 0.79445],
    82: [0, 0.69444, 0, 0, 0.70278],
    83: [0, 0.69444, 0, 0, 0.61111],
    84: [0, 0.69444, 0, 0, 0.73334],
    85: [0, 0.69444, 0, 0, 0.76389],
    86: [0, 0.69444, 0.01528, 0, 0.73334],
    87: [0, 0.69444, 0.01528, 0, 1.03889],
    88: [0, 0.69444, 0, 0, 0.73334],
    89: [0, 0.69444, 0.0275, 0, 0.73334],
    90: [0, 0.69444, 0, 0, 0.67223],
    91: [0.25, 0.75, 0, 0, 0.34306],
    93: [0.25, 0.75, 0, 0, 0.34306],
    94: [0, 0.69444, 0, 0, 0.55],
    95: [0.35, 0.10833, 0.03056, 0, 0.55],
    97: [0, 0.45833, 0, 0, 0.525],
    98: [0, 0.69444, 0, 0, 0.56111],
    99: [0, 0.45833, 0, 0, 0.48889],
    100: [0, 0.69444, 0, 0, 0.56111],
    101: [0, 0.45833, 0, 0, 0.51111],
    102: [0, 0.69444, 0.07639, 0, 0.33611],
    103: [0.19444, 0.45833, 0.01528, 0, 0.55],
    104: [0, 0.69444, 0, 0, 0.56111],
    105: [0, 0.69444, 0, 0, 0.25556],
    106: [0.19444, 0.69444, 0, 0, 0.28611],
    107: [0, 0.69444, 0, 0, 0.53056],
    108: [0, 0.69444, 0, 0, 0.25556],
    109: [0, 0.45833, 0, 0, 0.86667],
    110: [0, 0.45833, 0, 0, 0.56111],
    111: [0, 0.45833, 0, 0, 0.55],
    112: [0.19444, 0.45833, 0, 0, 0.56111],
    113: [0.19444, 0.45833, 0, 0, 0.56111],
    114: [0, 0.45833, 0.01528, 0, 0.37222],
    115: [0, 0.45833, 0, 0, 0.42167],
    116: [0, 0.58929, 0, 0, 0.40417],
    117: [0, 0.45833, 0, 0, 0.56111],
    118: [0, 0.45833, 0.01528, 0, 0.5],
    119: [0, 0.45833, 0.01528, 0, 0.74445],
    120: [0, 0.45833, 0, 0, 0.5],
    121: [0.19444, 0.45833, 0.01528, 0, 0.5],
    122: [0, 0.45833, 0, 0, 0.47639],
    126: [0.35, 0.34444, 0, 0, 0.55],
    160: [0, 0, 0, 0, 0.25],
    168: [0, 0.69444, 0, 0, 0.55],
    176: [0, 0.69444, 0, 0, 0.73334],
    180: [0, 0.69444, 0, 0, 0.55],
    184: [0.17014, 0, 0, 0, 0.48889],
    305: [0, 0.45833, 0, 0, 0.25556],
    567: [0.19444, 0.45833, 0, 0, 0.28611],
    710: [0, 0.69444, 0, 0, 0.55],
    711: [0, 0.63542, 0, 0, 0.55],
    713: [0, 0.63778, 0, 0, 0.55],
    728: [0, 0.69444, 0, 0, 0.55],
    729: [0, 0.69444, 0, 0, 0.30556],
    730: [0, 0.69444, 0, 0, 0.73334],
    732: [0, 0.69444, 0, 0, 0.55],
    733: [0, 0.69444, 0, 0, 0.55],
    915: [0, 0.69444, 0, 0, 0.58056],
    916: [0, 0.69444, 0, 0, 0.91667],
    920: [0, 0.69444, 0, 0, 0.85556],
    923: [0, 0.69444, 0, 0, 0.67223],
    926: [0, 0.69444, 0, 0, 0.73334],
    928: [0, 0.69444, 0, 0, 0.79445],
    931: [0, 0.69444, 0, 0, 0.79445],
    933: [0, 0.69444, 0, 0, 0.85556],
    934: [0, 0.69444, 0, 0, 0.79445],
    936: [0, 0.69444, 0, 0, 0.85556],
    937: [0, 0.69444, 0, 0, 0.79445],
    8211: [0, 0.45833, 0.03056, 0, 0.55],
    8212: [0, 0.45833, 0.03056, 0, 1.10001],
    8216: [0, 0.69444, 0, 0, 0.30556],
    8217: [0, 0.69444, 0, 0, 0.30556],
    8220: [0, 0.69444, 0, 0, 0.55834],
    8221: [0, 0.69444, 0, 0, 0.55834]
  },
  "SansSerif-Italic": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0.05733, 0, 0.31945],
    34: [0, 0.69444, 316e-5, 0, 0.5],
    35: [0.19444, 0.69444, 0.05087, 0, 0.83334],
    36: [0.05556, 0.75, 0.11156, 0, 0.5],
    37: [0.05556, 0.75, 0.03126, 0, 0.83334],
    38: [0, 0.69444, 0.03058, 0, 0.75834],
    39: [0, 0.69444, 0.07816, 0, 0.27778],
    40: [0.25, 0.75, 0.13164, 0, 0.38889],
    41: [0.25, 0.75, 0.02536, 0, 0.38889],
    42: [0, 0.75, 0.11775, 0, 0.5],
    43: [0.08333, 0.58333, 0.02536, 0, 0.77778],
    44: [0.125, 0.08333, 0, 0, 0.27778],
    45: [0, 0.44444, 0.01946, 0, 0.33333],
    46: [0, 0.08333, 0, 0, 0.27778],
    47: [0.25, 0.75, 0.13164, 0, 0.5],
    48: [0, 0.65556, 0.11156, 0, 0.5],
    49: [0, 0.65556, 0.11156, 0, 0.5],
    50: [0, 0.65556, 0.11156, 0, 0.5],
    51: [0, 0.65556, 0.11156, 0, 0.5],
    52: [0, 0.65556, 0.11156, 0, 0.5],
    53: [0, 0.65556, 0.11156, 0, 0.5],
    54: [0, 0.65556, 0.11156, 0, 0.5],
    55: [0, 0.65556, 0.11156, 0, 0.5],
    56: [0, 0.65556, 0.11156, 0, 0.5],
    57: [0, 0.65556, 0.11156, 0, 0.5],
    58: [0, 0.44444, 0.02502, 0, 0.27778],
    59: [0.125, 0.44444, 0.02502, 0, 0.27778],
    61: [-0.13, 0.37, 0.05087, 0, 0.77778],
    63: [0, 0.69444, 0.11809, 0, 0.47222],
    64: [0, 0.69444, 0.07555, 0, 0.66667],
    65: [0, 0.69444, 0, 0, 0.66667],
    66: [0, 0.69444, 0.08293, 0, 0.66667],
    67: [0, 0.69444, 0.11983, 0, 0.63889],
    68: [0, 0.69444, 0.07555, 0, 0.72223],
    69: [0, 0.69444, 0.11983, 0, 0.59722],
    70: [0, 0.69444, 0.13372, 0, 0.56945],
    71: [0, 0.69444, 0.11983, 0, 0.66667],
    72: [0, 0.69444, 0.08094, 0, 0.70834],
    73: [0, 0.69444, 0.13372, 0, 0.27778],
    74: [0, 0.69444, 0.08094, 0, 0.47222],
    75: [0, 0.69444, 0.11983, 0, 0.69445],
    76: [0, 0.69444, 0, 0, 0.54167],
    77: [0, 0.69444, 0.08094, 0, 0.875],
    78: [0, 0.69444, 0.08094, 0, 0.70834],
    79: [0, 0.69444, 0.07555, 0, 0.73611],
    80: [0, 0.69444, 0.08293, 0, 0.63889],
    81: [0.125, 0.69444, 0.07555, 0, 0.73611],
    82: [0, 0.69444, 0.08293, 0, 0.64584],
    83: [0, 0.69444, 0.09205, 0, 0.55556],
    84: [0, 0.69444, 0.13372, 0, 0.68056],
    85: [0, 0.69444, 0.08094, 0, 0.6875],
    86: [0, 0.69444, 0.1615, 0, 0.66667],
    87: [0, 0.69444, 0.1615, 0, 0.94445],
    88: [0, 0.69444, 0.13372, 0, 0.66667],
    89: [0, 0.69444, 0.17261, 0, 0.66667],
    90: [0, 0.69444, 0.11983, 0, 0.61111],
    91: [0.25, 0.75, 0.15942, 0, 0.28889],
    93: [0.25, 0.75, 0.08719, 0, 0.28889],
    94: [0, 0.69444, 0.0799, 0, 0.5],
    95: [0.35, 0.09444, 0.08616, 0, 0.5],
    97: [0, 0.44444, 981e-5, 0, 0.48056],
    98: [0, 0.69444, 0.03057, 0, 0.51667],
    99: [0, 0.44444, 0.08336, 0, 0.44445],
    100: [0, 0.69444, 0.09483, 0, 0.51667],
    101: [0, 0.44444, 0.06778, 0, 0.44445],
    102: [0, 0.69444, 0.21705, 0, 0.30556],
    103: [0.19444, 0.44444, 0.10836, 0, 0.5],
    104: [0, 0.69444, 0.01778, 0, 0.51667],
    105: [0, 0.67937, 0.09718, 0, 0.23889],
    106: [0.19444, 0.67937, 0.09162, 0, 0.26667],
    107: [0, 0.69444, 0.08336, 0, 0.48889],
    108: [0, 0.69444, 0.09483, 0, 0.23889],
    109: [0, 0.44444, 0.01778, 0, 0.79445],
    110: [0, 0.44444, 0.01778, 0, 0.51667],
    111: [0, 0.44444, 0.06613, 0, 0.5],
    112: [0.19444, 0.44444, 0.0389, 0, 0.51667],
    113: [0.19444, 0.44444, 0.04169, 0, 0.51667],
    114: [0, 0.44444, 0.10836, 0, 0.34167],
    115: [0, 0.44444, 0.0778, 0, 0.38333],
    116: [0, 0.57143, 0.07225, 0, 0.36111],
    117: [0, 0.44444, 0.04169, 0, 0.51667],
    118: [0, 0.44444, 0.10836, 0, 0.46111],
    119: [0, 0.44444, 0.10836, 0, 0.68334],
    120: [0, 0.44444, 0.09169, 0, 0.46111],
    121: [0.19444, 0.44444, 0.10836, 0, 0.46111],
    122: [0, 0.44444, 0.08752, 0, 0.43472],
    126: [0.35, 0.32659, 0.08826, 0, 0.5],
    160: [0, 0, 0, 0, 0.25],
    168: [0, 0.67937, 0.06385, 0, 0.5],
    176: [0, 0.69444, 0, 0, 0.73752],
    184: [0.17014, 0, 0, 0, 0.44445],
    305: [0, 0.44444, 0.04169, 0, 0.23889],
    567: [0.19444, 0.44444, 0.04169, 0, 0.26667],
    710: [0, 0.69444, 0.0799, 0, 0.5],
    711: [0, 0.63194, 0.08432, 0, 0.5],
    713: [0, 0.60889, 0.08776, 0, 0.5],
    714: [0, 0.69444, 0.09205, 0, 0.5],
    715: [0, 0.69444, 0, 0, 0.5],
    728: [0, 0.69444, 0.09483, 0, 0.5],
    729: [0, 0.67937, 0.07774, 0, 0.27778],
    730: [0, 0.69444, 0, 0, 0.73752],
    732: [0, 0.67659, 0.08826, 0, 0.5],
    733: [0, 0.69444, 0.09205, 0, 0.5],
    915: [0, 0.69444, 0.13372, 0, 0.54167],
    916: [0, 0.69444, 0, 0, 0.83334],
    920: [0, 0.69444, 0.07555, 0, 0.77778],
    923: [0, 0.69444, 0, 0, 0.61111],
    926: [0, 0.69444, 0.12816, 0, 0.66667],
    928: [0, 0.69444, 0.08094, 0, 0.70834],
    931: [0, 0.69444, 0.11983, 0, 0.72222],
    933: [0, 0.69444, 0.09031, 0, 0.77778],
    934: [0, 0.69444, 0.04603, 0, 0.72222],
    936: [0, 0.69444, 0.09031, 0, 0.77778],
    937: [0, 0.69444, 0.08293, 0, 0.72222],
    8211: [0, 0.44444, 0.08616, 0, 0.5],
    8212: [0, 0.44444, 0.08616, 0, 1],
    8216: [0, 0.69444, 0.07816, 0, 0.27778],
    8217: [0, 0.69444, 0.07816, 0, 0.27778],
    8220: [0, 0.69444, 0.14205, 0, 0.5],
    8221: [0, 0.69444, 316e-5, 0, 0.5]
  },
  "SansSerif-Regular": {
    32: [0, 0, 0, 0, 0.25],
    33: [0, 0.69444, 0, 0, 0.31945],
    34: [0, 0.69444, 0, 0, 0.5],
    35: [0.19444, 0.69444, 0, 0, 0.83334],
    36: [0.05556, 0.75, 0, 0, 0.5],
    37: [0.05556, 0.75, 0, 0, 0.83334],
    38: [0, 0.69444, 0, 0, 0.75834],
    39: [0, 0.69444, 0, 0, 0.27778],
    40: [0.25, 0.75, 0, 0, 0.38889],
    41: [0.25, 0.75, 0, 0, 0.38889],
    42: [0, 0.75, 0, 0, 0.5],
    43: [0.08333, 0.58333, 0, 0, 0.77778],
    44: [0.125, 0.08333, 0, 0, 0.27778],
    45: [0, 0.44444, 0, 0, 0.33333],
    46: [0, 0.08333, 0, 0, 0.27778],
    47: [0.25, 0.75, 0, 0, 0.5],
    48: [0, 0.65556, 0, 0, 0.5],
    49: [0, 0.65556, 0, 0, 0.5],
    50: [0, 0.65556, 0, 0, 0.5],
    51: [0, 0.65556, 0, 0, 0.5],
    52: [0, 0.65556, 0, 0, 0.5],
    53: [0, 0.65556, 0, 0, 0.5],
    54: [0, 0.65556, 0, 0, 0.5],
    55: [0, 0.65556, 0, 0, 0.5],
    56: [0, 0.65556, 0, 0, 0.5],
    57: [0, 0.65556, 0, 0, 0.5],
    58: [0, 0.44444, 0, 0, 0.27778],
    59: [0.125, 0.44444, 0, 0, 0.27778],
    61: [-0.13, 0.37, 0, 0, 0.77778],
    63: [0, 0.69444, 0, 0, 0.47222],
    64: [0, 0.69444, 0, 0, 0.66667],
    65: [0, 0.69444, 0, 0, 0.66667],
    66: [0, 0.69444, 0, 0, 0.66667],
    67: [0, 0.69444, 0, 0, 0.63889],
    68: [0, 0.69444, 0, 0, 0.72223],
    69: [0, 0.69444, 0, 0, 0.59722],
    70: [0, 0.69444, 0, 0, 0.56945],
    71: [0, 0.69444, 0, 0, 0.66667],
    72: [0, 0.69444, 0, 0, 0.70834],
    73: [0, 0.69444, 0, 0, 0.27778],
    74: [0, 0.69444, 0, 0, 0.47222],
    75: [0, 0.69444, 0, 0, 0.69445],
    76: [0, 0.69444, 0, 0, 0.54167],
    77: [0, 0.69444, 0, 0, 0.875],
    78: [0, 0.69444, 0, 0, 0.70834],
    79: [0, 0.69444, 0, 0, 0.73611],
    80: [0, 0.69444, 0, 0, 0.63889],
    81: [0.125, 0.69444, 0, 0, 0.73611],
    82: [0, 0.69444, 0, 0, 0.64584],
    83: [0, 0.69444, 0, 0, 0.55556],
    84: [0, 0.69444, 0, 0, 0.68056],
    85: [0, 0.69444, 0, 0, 0.6875],
    86: [0, 0.69444, 0.01389, 0, 0.66667],
    87: [0, 0.69444, 0.01389, 0, 0.94445],
    88: [0, 0.69444, 0, 0, 0.66667],
    89: [0, 0.69444, 0.025, 0, 0.66667],
    90: [0, 0.69444, 0, 0, 0.61111],
    91: [0.25, 0.75, 0, 0, 0.28889],
    93: [0.25, 0.75, 0, 0, 0.28889],
    94: [0, 0.69444, 0, 0, 0.5],
    95: [0.35, 0.09444, 0.02778, 0, 0.5],
    97: [0, 0.44444, 0, 0, 0.48056],
    98: [0, 0.69444, 0, 0, 0.51667],
    99: [0, 0.44444, 0, 0, 0.44445],
    100: [0, 0.69444, 0, 0, 0.51667],
    101: [0, 0.44444, 0, 0, 0.44445],
    102: [0, 0.69444, 0.06944, 0, 0.30556],
    103: [0.19444, 0.44444, 0.01389, 0, 0.5],
    104: [0, 0.69444, 0, 0, 0.51667],
    105: [0, 0.67937, 0, 0, 0.23889],
    106: [0.19444, 0.67937, 0, 0, 0.26667],
    107: [0, 0.69444, 0, 0, 0.48889],
    108: [0, 0.69444, 0, 0, 0.23889],
    109: [0, 0.44444, 0, 0, 0.79445],
    110: [0, 0.44444, 0, 0, 0.51667],
    111: [0, 0.44444, 0, 0, 0.5],
    112: [0.19444, 0.44444, 0, 0, 0.51667],
    113: [0.19444, 0.44444, 0, 0, 0.51667],
    114: [0, 0.44444, 0.01389, 0, 0.34167],
    115: [0, 0.44444, 0, 0, 0.38333],
    116: [0, 0.57143, 0, 0, 0.36111],
    117: [0, 0.44444, 0, 0, 0.51667],
    118: [0, 0.44444, 0.01389, 0, 0.46111],
    119: [0, 0.44444, 0.01389, 0, 0.68334],
    120: [0, 0.44444, 0, 0, 0.46111],
    121: [0.19444, 0.44444, 0.01389, 0, 0.46111],
    122: [0, 0.44444, 0, 0, 0.43472],
    126: [0.35, 0.32659, 0, 0, 0.5],
    160: [0, 0, 0, 0, 0.25],
    168: [0, 0.67937, 0, 0, 0.5],
    176: [0, 0.69444, 0, 0, 0.66667],
    184: [0.17014, 0, 0, 0, 0.44445],
    305: [0, 0.44444, 0, 0, 0.23889],
    567: [0.19444, 0.44444, 0, 0, 0.26667],
    710: [0, 0.69444, 0, 0, 0.5],
    711: [0, 0.63194, 0, 0, 0.5],
    713: [0, 0.60889, 0, 0, 0.5],
    714: [0, 0.69444, 0, 0, 0.5],
    715: [0, 0.69444, 0, 0, 0.5],
    728: [0, 0.69444, 0, 0, 0.5],
    729: [0, 0.67937, 0, 0, 0.27778],
    730: [0, 0.69444, 0, 0, 0.66667],
    732: [0, 0.67659, 0, 0, 0.5],
    733: [0, 0.69444, 0, 0, 0.5],
    915: [0, 0.69444, 0, 0, 0.54167],
    916: [0, 0.69444, 0, 0, 0.83334],
    920: [0, 0.69444, 0, 0, 0.77778],
    923: [0, 0.69444, 0, 0, 0.61111],
    926: [0, 0.69444, 0, 0, 0.66667],
    928: [0, 0.69444, 0, 0, 0.70834],
    931: [0, 0.69444, 0, 0, 0.72222],
    933: [0, 0.69444, 0, 0, 0.77778],
    934: [0, 0.69444, 0, 0, 0.72222],
    936: [0, 0.69444, 0, 0, 0.77778],
    937: [0, 0.69444, 0, 0, 0.72222],
    8211: [0, 0.44444, 0.02778, 0, 0.5],
    8212: [0, 0.44444, 0.02778, 0, 1],
    8216: [0, 0.69444, 0, 0, 0.27778],
    8217: [0, 0.69444, 0, 0, 0.27778],
    8220: [0, 0.69444, 0, 0, 0.5],
    8221: [0, 0.69444, 0, 0, 0.5]
  },
  "Script-Regular": {
    32: [0, 0, 0, 0, 0.25],
    65: [0, 0.7, 0.22925, 0, 0.80253],
    66: [0, 0.7, 0.04087, 0, 0.90757],
    67: [0, 0.7, 0.1689, 0, 0.66619],
    68: [0, 0.7, 0.09371, 0, 0.77443],
    69: [0, 0.7, 0.18583, 0, 0.56162],
    70: [0, 0.7, 0.13634, 0, 0.89544],
    71: [0, 0.7, 0.17322, 0, 0.60961],
    72: [0, 0.7, 0.29694, 0, 0.96919],
    73: [0, 0.7, 0.19189, 0, 0.80907],
    74: [0.27778, 0.7, 0.19189, 0, 1.05159],
    75: [0, 0.7, 0.31259, 0, 0.91364],
    76: [0, 0.7, 0.19189, 0, 0.87373],
    77: [0, 0.7, 0.15981, 0, 1.08031],
    78: [0, 0.7, 0.3525, 0, 0.9015],
    79: [0, 0.7, 0.08078, 0, 0.73787],
    80: [0, 0.7, 0.08078, 0, 1.01262],
    81: [0, 0.7, 0.03305, 0, 0.88282],
    82: [0, 0.7, 0.06259, 0, 0.85],
    83: [0, 0.7, 0.19189, 0, 0.86767],
    84: [0, 0.7, 0.29087, 0, 0.74697],
    85: [0, 0.7, 0.25815, 0, 0.79996],
    86: [0, 0.7, 0.27523, 0, 0.62204],
    87: [0, 0.7, 0.27523, 0, 0.80532],
    88: [0, 0.7, 0.26006, 0, 0.94445],
    89: [0, 0.7, 0.2939, 0, 0.70961],
    90: [0, 0.7, 0.24037, 0, 0.8212],
    160: [0, 0, 0, 0, 0.25]
  },
  "Size1-Regular": {
    32: [0, 0, 0, 0, 0.25],
    40: [0.35001, 0.85, 0, 0, 0.45834],
    41: [0.35001, 0.85, 0, 0, 0.45834],
    47: [0.35001, 0.85, 0, 0, 0.57778],
    91: [0.35001, 0.85, 0, 0, 0.41667],
    92: [0.35001, 0.85, 0, 0, 0.57778],
    93: [0.35001, 0.85, 0, 0, 0.41667],
    123: [0.35001, 0.85, 0, 0, 0.58334],
    125: [0.35001, 0.85, 0, 0, 0.58334],
    160: [0, 0, 0, 0, 0.25],
    710: [0, 0.72222, 0, 0, 0.55556],
    732: [0, 0.72222, 0, 0, 0.55556],
    770: [0, 0.72222, 0, 0, 0.55556],
    771: [0, 0.72222, 0, 0, 0.55556],
    8214: [-99e-5, 0.601, 0, 0, 0.77778],
    8593: [1e-5, 0.6, 0, 0, 0.66667],
    8595: [1e-5, 0.6, 0, 0, 0.66667],
    8657: [1e-5, 0.6, 0, 0, 0.77778],
    8659: [1e-5, 0.6, 0, 0, 0.77778],
    8719: [0.25001, 0.75, 0, 0, 0.94445],
    8720: [0.25001, 0.75, 0, 0, 0.94445],
    8721: [0.25001, 0.75, 0, 0, 1.05556],
    8730: [0.35001, 0.85, 0, 0, 1],
    8739: [-599e-5, 0.606, 0, 0, 0.33333],
    8741: [-599e-5, 0.606, 0, 0, 0.55556],
    8747: [0.30612, 0.805, 0.19445, 0, 0.47222],
    8748: [0.306, 0.805, 0.19445, 0, 0.47222],
    8749: [0.306, 0.805, 0.19445, 0, 0.47222],
    8750: [0.30612, 0.805, 0.19445, 0, 0.47222],
    8896: [0.25001, 0.75, 0, 0, 0.83334],
    8897: [0.25001, 0.75, 0, 0, 0.83334],
    8898: [0.25001, 0.75, 0, 0, 0.83334],
    8899: [0.25001, 0.75, 0, 0, 0.83334],
    8968: [0.35001, 0.85, 0, 0, 0.47222],
    8969: [0.35001, 0.85, 0, 0, 0.47222],
    8970: [0.35001, 0.85, 0, 0, 0.47222],
    8971: [0.35001, 0.85, 0, 0, 0.47222],
    9168: [-99e-5, 0.601, 0, 0, 0.66667],
    10216: [0.35001, 0.85, 0, 0, 0.47222],
    10217: [0.35001, 0.85, 0, 0, 0.47222],
    10752: [0.25001, 0.75, 0, 0, 1.11111],
    10753: [0.25001, 0.75, 0, 0, 1.11111],
    10754: [0.25001, 0.75, 0, 0, 1.11111],
    10756: [0.25001, 0.75, 0, 0, 0.83334],
    10758: [0.25001, 0.75, 0, 0, 0.83334]
  },
  "Size2-Regular": {
    32: [0, 0, 0, 0, 0.25],
    40: [0.65002, 1.15, 0, 0, 0.59722],
    41: [0.65002, 1.15, 0, 0, 0.59722],
    47: [0.65002, 1.15, 0, 0, 0.81111],
    91: [0.65002, 1.15, 0, 0, 0.47222],
    92: [0.65002, 1.15, 0, 0, 0.81111],
    93: [0.65002, 1.15, 0, 0, 0.47222],
    123: [0.65002, 1.15, 0, 0, 0.66667],
    125: [0.65002, 1.15, 0, 0, 0.66667],
    160: [0, 0, 0, 0, 0.25],
    710: [0, 0.75, 0, 0, 1],
    732: [0, 0.75, 0, 0, 1],
    770: [0, 0.75, 0, 0, 1],
    771: [0, 0.75, 0, 0, 1],
    8719: [0.55001, 1.05, 0, 0, 1.27778],
    8720: [0.55001, 1.05, 0, 0, 1.27778],
    8721: [0.55001, 1.05, 0, 0, 1.44445],
    8730: [0.65002, 1.15, 0, 0, 1],
    8747: [0.86225, 1.36, 0.44445, 0, 0.55556],
    8748: [0.862, 1.36, 0.44445, 0, 0.55556],
    8749: [0.862, 1.36, 0.44445, 0, 0.55556],
    8750: [0.86225, 1.36, 0.44445, 0, 0.55556],
    8896: [0.55001, 1.05, 0, 0, 1.11111],
    8897: [0.55001, 1.05, 0, 0, 1.11111],
    8898: [0.55001, 1.05, 0, 0, 1.11111],
    8899: [0.55001, 1.05, 0, 0, 1.11111],
    8968: [0.65002, 1.15, 0, 0, 0.52778],
    8969: [0.65002, 1.15, 0, 0, 0.52778],
    8970: [0.65002, 1.15, 0, 0, 0.52778],
    8971: [0.65002, 1.15, 0, 0, 0.52778],
    10216: [0.65002, 1.15, 0, 0, 0.61111],
    10217: [0.65002, 1.15, 0, 0, 0.61111],
    10752: [0.55001, 1.05, 0, 0, 1.51112],
    10753: [0.55001, 1.05, 0, 0, 1.51112],
    10754: [0.55001, 1.05, 0, 0, 1.51112],
    10756: [0.55001, 1.05, 0, 0, 1.11111],
    10758: [0.55001, 1.05, 0, 0, 1.11111]
  },
  "Size3-Regular": {
    32: [0, 0, 0, 0, 0.25],
    40: [0.95003, 1.45, 0, 0, 0.73611],
    41: [0.95003, 1.45, 0, 0, 0.73611],
    47: [0.95003, 1.45, 0, 0, 1.04445],
    91: [0.95003, 1.45, 0, 0, 0.52778],
    92: [0.95003, 1.45, 0, 0, 1.04445],
    93: [0.95003, 1.45, 0, 0, 0.52778],
    123: [0.95003, 1.45, 0, 0, 0.75],
    125: [0.95003, 1.45, 0, 0, 0.75],
    160: [0, 0, 0, 0, 0.25],
    710: [0, 0.75, 0, 0, 1.44445],
    732: [0, 0.75, 0, 0, 1.44445],
    770: [0, 0.75, 0, 0, 1.44445],
    771: [0, 0.75, 0, 0, 1.44445],
    8730: [0.95003, 1.45, 0, 0, 1],
    8968: [0.95003, 1.45, 0, 0, 0.58334],
    8969: [0.95003, 1.45, 0, 0, 0.58334],
    8970: [0.95003, 1.45, 0, 0, 0.58334],
    8971: [0.95003, 1.45, 0, 0, 0.58334],
    10216: [0.95003, 1.45, 0, 0, 0.75],
    10217: [0.95003, 1.45, 0, 0, 0.75]
  },
  "Size4-Regular": {
    32: [0, 0, 0, 0, 0.25],
    40: [1.25003, 1.75, 0, 0, 0.79167],
    41: [1.25003, 1.75, 0, 0, 0.79167],
    47: [1.25003, 1.75, 0, 0, 1.27778],
    91: [1.25003, 1.75, 0, 0, 0.58334],
    92: [1.25003, 1.75, 0, 0, 1.27778],
    93: [1.25003, 1.75, 0, 0, 0.58334],
    123: [1.25003, 1.75, 0, 0, 0.80556],
    125: [1.25003, 1.75, 0, 0, 0.80556],
    160: [0, 0, 0, 0, 0.25],
    710: [0, 0.825, 0, 0, 1.8889],
    732: [0, 0.825, 0, 0, 1.8889],
    770: [0, 0.825, 0, 0, 1.8889],
    771: [0, 0.825, 0, 0, 1.8889],
    8730: [1.25003, 1.75, 0, 0, 1],
    8968: [1.25003, 1.75, 0, 0, 0.63889],
    8969: [1.25003, 1.75, 0, 0, 0.63889],
    8970: [1.25003, 1.75, 0, 0, 0.63889],
    8971: [1.25003, 1.75, 0, 0, 0.63889],
    9115: [0.64502, 1.155, 0, 0, 0.875],
    9116: [1e-5, 0.6, 0, 0, 0.875],
    9117: [0.64502, 1.155, 0, 0, 0.875],
    9118: [0.64502, 1.155, 0, 0, 0.875],
    9119: [1e-5, 0.6, 0, 0, 0.875],
    9120: [0.64502, 1.155, 0, 0, 0.875],
    9121: [0.64502, 1.155, 0, 0, 0.66667],
    9122: [-99e-5, 0.601, 0, 0, 0.66667],
    9123: [0.64502, 1.155, 0, 0, 0.66667],
    9124: [0.64502, 1.155, 0, 0, 0.66667],
    9125: [-99e-5, 0.601, 0, 0, 0.66667],
    9126: [0.64502, 1.155, 0, 0, 0.66667],
    9127: [1e-5, 0.9, 0, 0, 0.88889],
    9128: [0.65002, 1.15, 0, 0, 0.88889],
    9129: [0.90001, 0, 0, 0, 0.88889],
    9130: [0, 0.3, 0, 0, 0.88889],
    9131: [1e-5, 0.9, 0, 0, 0.88889],
    9132: [0.65002, 1.15, 0, 0, 0.88889],
    9133: [0.90001, 0, 0, 0, 0.88889],
    9143: [0.88502, 0.915, 0, 0, 1.05556],
    10216: [1.25003, 1.75, 0, 0, 0.80556],
    10217: [1.25003, 1.75, 0, 0, 0.80556],
    57344: [-499e-5, 0.605, 0, 0, 1.05556],
    57345: [-499e-5, 0.605, 0, 0, 1.05556],
    57680: [0, 0.12, 0, 0, 0.45],
    57681: [0, 0.12, 0, 0, 0.45],
    57682: [0, 0.12, 0, 0, 0.45],
    57683: [0, 0.12, 0, 0, 0.45]
  },
  "Typewriter-Regular": {
    32: [0, 0, 0, 0, 0.525],
    33: [0, 0.61111, 0, 0, 0.525],
    34: [0, 0.61111, 0, 0, 0.525],
    35: [0, 0.61111, 0, 0, 0.525],
    36: [0.08333, 0.69444, 0, 0, 0.525],
    37: [0.08333, 0.69444, 0, 0, 0.525],
    38: [0, 0.61111, 0, 0, 0.525],
    39: [0, 0.61111, 0, 0, 0.525],
    40: [0.08333, 0.69444, 0, 0, 0.525],
    41: [0.08333, 0.69444, 0, 0, 0.525],
    42: [0, 0.52083, 0, 0, 0.525],
    43: [-0.08056, 0.53055, 0, 0, 0.525],
    44: [0.13889, 0.125, 0, 0, 0.525],
    45: [-0.08056, 0.53055, 0, 0, 0.525],
    46: [0, 0.125, 0, 0, 0.525],
    47: [0.08333, 0.69444, 0, 0, 0.525],
    48: [0, 0.61111, 0, 0, 0.525],
    49: [0, 0.61111, 0, 0, 0.525],
    50: [0, 0.61111, 0, 0, 0.525],
    51: [0, 0.61111, 0, 0, 0.525],
    52: [0, 0.61111, 0, 0, 0.525],
    53: [0, 0.61111, 0, 0, 0.525],
    54: [0, 0.61111, 0, 0, 0.525],
    55: [0, 0.61111, 0, 0, 0.525],
    56: [0, 0.61111, 0, 0, 0.525],
    57: [0, 0.61111, 0, 0, 0.525],
    58: [0, 0.43056, 0, 0, 0.525],
    59: [0.13889, 0.43056, 0, 0, 0.525],
    60: [-0.05556, 0.55556, 0, 0, 0.525],
    61: [-0.19549, 0.41562, 0, 0, 0.525],
    62: [-0.05556, 0.55556, 0, 0, 0.525],
    63: [0, 0.61111, 0, 0, 0.525],
    64: [0, 0.61111, 0, 0, 0.525],
    65: [0, 0.61111, 0, 0, 0.525],
    66: [0, 0.61111, 0, 0, 0.525],
    67: [0, 0.61111, 0, 0, 0.525],
    68: [0, 0.61111, 0, 0, 0.525],
    69: [0, 0.61111, 0, 0, 0.525],
    70: [0, 0.61111, 0, 0, 0.525],
    71: [0, 0.61111, 0, 0, 0.525],
    72: [0, 0.61111, 0, 0, 0.525],
    73: [0, 0.61111, 0, 0, 0.525],
    74: [0, 0.61111, 0, 0, 0.525],
    75: [0, 0.61111, 0, 0, 0.525],
    76: [0, 0.61111, 0, 0, 0.525],
    77: [0, 0.61111, 0, 0, 0.525],
    78: [0, 0.61111, 0, 0, 0.525],
    79: [0, 0.61111, 0, 0, 0.525],
    80: [0, 0.61111, 0, 0, 0.525],
    81: [0.13889, 0.61111, 0, 0, 0.525],
    82: [0, 0.61111, 0, 0, 0.525],
    83: [0, 0.61111, 0, 0, 0.525],
    84: [0, 0.61111, 0, 0, 0.525],
    85: [0, 0.61111, 0, 0, 0.525],
    86: [0, 0.61111, 0, 0, 0.525],
    87: [0, 0.61111, 0, 0, 0.525],
    88: [0, 0.61111, 0, 0, 0.525],
    89: [0, 0.61111, 0, 0, 0.525],
    90: [0, 0.61111, 0, 0, 0.525],
    91: [0.08333, 0.69444, 0, 0, 0.525],
    92: [0.08333, 0.69444, 0, 0, 0.525],
    93: [0.08333, 0.69444, 0, 0, 0.525],
    94: [0, 0.61111, 0, 0, 0.525],
    95: [0.09514, 0, 0, 0, 0.525],
    96: [0, 0.61111, 0, 0, 0.525],
    97: [0, 0.43056, 0, 0, 0.525],
    98: [0, 0.61111, 0, 0, 0.525],
    99: [0, 0.43056, 0, 0, 0.525],
    100: [0, 0.61111, 0, 0, 0.525],
    101: [0, 0.43056, 0, 0, 0.525],
    102: [0, 0.61111, 0, 0, 0.525],
    103: [0.22222, 0.43056, 0, 0, 0.525],
    104: [0, 0.61111, 0, 0, 0.525],
    105: [0, 0.61111, 0, 0, 0.525],
    106: [0.22222, 0.61111, 0, 0, 0.525],
    107: [0, 0.61111, 0, 0, 0.525],
    108: [0, 0.61111, 0, 0, 0.525],
    109: [0, 0.43056, 0, 0, 0.525],
    110: [0, 0.43056, 0, 0, 0.525],
    111: [0, 0.43056, 0, 0, 0.525],
    112: [0.22222, 0.43056, 0, 0, 0.525],
    113: [0.22222, 0.43056, 0, 0, 0.525],
    114: [0, 0.43056, 0, 0, 0.525],
    115: [0, 0.43056, 0, 0, 0.525],
    116: [0, 0.55358, 0, 0, 0.525],
    117: [0, 0.43056, 0, 0, 0.525],
    118: [0, 0.43056, 0, 0, 0.525],
    119: [0, 0.43056, 0, 0, 0.525],
    120: [0, 0.43056, 0, 0, 0.525],
    121: [0.22222, 0.43056, 0, 0, 0.525],
    122: [0, 0.43056, 0, 0, 0.525],
    123: [0.08333, 0.69444, 0, 0, 0.525],
    124: [0.08333, 0.69444, 0, 0, 0.525],
    125: [0.08333, 0.69444, 0, 0, 0.525],
    126: [0, 0.61111, 0, 0, 0.525],
    127: [0, 0.61111, 0, 0, 0.525],
    160: [0, 0, 0, 0, 0.525],
    176: [0, 0.61111, 0, 0, 0.525],
    184: [0.19445, 0, 0, 0, 0.525],
    305: [0, 0.43056, 0, 0, 0.525],
    567: [0.22222, 0.43056, 0, 0, 0.525],
    711: [0, 0.56597, 0, 0, 0.525],
    713: [0, 0.56555, 0, 0, 0.525],
    714: [0, 0.61111, 0, 0, 0.525],
    715: [0, 0.61111, 0, 0, 0.525],
    728: [0, 0.61111, 0, 0, 0.525],
    730: [0, 0.61111, 0, 0, 0.525],
    770: [0, 0.61111, 0, 0, 0.525],
    771: [0, 0.61111, 0, 0, 0.525],
    776: [0, 0.61111, 0, 0, 0.525],
    915: [0, 0.61111, 0, 0, 0.525],
    916: [0, 0.61111, 0, 0, 0.525],
    920: [0, 0.61111, 0, 0, 0.525],
    923: [0, 0.61111, 0, 0, 0.525],
    926: [0, 0.61111, 0, 0, 0.525],
    928: [0, 0.61111, 0, 0, 0.525],
    931: [0, 0.61111, 0, 0, 0.525],
    933: [0, 0.61111, 0, 0, 0.525],
    934: [0, 0.61111, 0, 0, 0.525],
    936: [0, 0.61111, 0, 0, 0.525],
    937: [0, 0.61111, 0, 0, 0.525],
    8216: [0, 0.61111, 0, 0, 0.525],
    8217: [0, 0.61111, 0, 0, 0.525],
    8242: [0, 0.61111, 0, 0, 0.525],
    9251: [0.11111, 0.21944, 0, 0, 0.525]
  }
}, D0 = {
  slant: [0.25, 0.25, 0.25],
  // sigma1
  space: [0, 0, 0],
  // sigma2
  stretch: [0, 0, 0],
  // sigma3
  shrink: [0, 0, 0],
  // sigma4
  xHeight: [0.431, 0.431, 0.431],
  // sigma5
  quad: [1, 1.171, 1.472],
  // sigma6
  extraSpace: [0, 0, 0],
  // sigma7
  num1: [0.677, 0.732, 0.925],
  // sigma8
  num2: [0.394, 0.384, 0.387],
  // sigma9
  num3: [0.444, 0.471, 0.504],
  // sigma10
  denom1: [0.686, 0.752, 1.025],
  // sigma11
  denom2: [0.345, 0.344, 0.532],
  // sigma12
  sup1: [0.413, 0.503, 0.504],
  // sigma13
  sup2: [0.363, 0.431, 0.404],
  // sigma14
  sup3: [0.289, 0.286, 0.294],
  // sigma15
  sub1: [0.15, 0.143, 0.2],
  // sigma16
  sub2: [0.247, 0.286, 0.4],
  // sigma17
  supDrop: [0.386, 0.353, 0.494],
  // sigma18
  subDrop: [0.05, 0.071, 0.1],
  // sigma19
  delim1: [2.39, 1.7, 1.98],
  // sigma20
  delim2: [1.01, 1.157, 1.42],
  // sigma21
  axisHeight: [0.25, 0.25, 0.25],
  // sigma22
  // These font metrics are extracted from TeX by using tftopl on cmex10.tfm;
  // they correspond to the font parameters of the extension fonts (family 3).
  // See the TeXbook, page 441. In AMSTeX, the extension fonts scale; to
  // match cmex7, we'd use cmex7.tfm values for script and scriptscript
  // values.
  defaultRuleThickness: [0.04, 0.049, 0.049],
  // xi8; cmex7: 0.049
  bigOpSpacing1: [0.111, 0.111, 0.111],
  // xi9
  bigOpSpacing2: [0.166, 0.166, 0.166],
  // xi10
  bigOpSpacing3: [0.2, 0.2, 0.2],
  // xi11
  bigOpSpacing4: [0.6, 0.611, 0.611],
  // xi12; cmex7: 0.611
  bigOpSpacing5: [0.1, 0.143, 0.143],
  // xi13; cmex7: 0.143
  // The \sqrt rule width is taken from the height of the surd character.
  // Since we use the same font at all sizes, this thickness doesn't scale.
  sqrtRuleThickness: [0.04, 0.04, 0.04],
  // This value determines how large a pt is, for metrics which are defined
  // in terms of pts.
  // This value is also used in katex.scss; if you change it make sure the
  // values match.
  ptPerEm: [10, 10, 10],
  // The space between adjacent `|` columns in an array definition. From
  // `\showthe\doublerulesep` in LaTeX. Equals 2.0 / ptPerEm.
  doubleRuleSep: [0.2, 0.2, 0.2],
  // The width of separator lines in {array} environments. From
  // `\showthe\arrayrulewidth` in LaTeX. Equals 0.4 / ptPerEm.
  arrayRuleWidth: [0.04, 0.04, 0.04],
  // Two values from LaTeX source2e:
  fboxsep: [0.3, 0.3, 0.3],
  //        3 pt / ptPerEm
  fboxrule: [0.04, 0.04, 0.04]
  // 0.4 pt / ptPerEm
}, us = {
  // Latin-1
  Å: "A",
  Ð: "D",
  Þ: "o",
  å: "a",
  ð: "d",
  þ: "o",
  // Cyrillic
  А: "A",
  Б: "B",
  В: "B",
  Г: "F",
  Д: "A",
  Е: "E",
  Ж: "K",
  З: "3",
  И: "N",
  Й: "N",
  К: "K",
  Л: "N",
  М: "M",
  Н: "H",
  О: "O",
  П: "N",
  Р: "P",
  С: "C",
  Т: "T",
  У: "y",
  Ф: "O",
  Х: "X",
  Ц: "U",
  Ч: "h",
  Ш: "W",
  Щ: "W",
  Ъ: "B",
  Ы: "X",
  Ь: "B",
  Э: "3",
  Ю: "X",
  Я: "R",
  а: "a",
  б: "b",
  в: "a",
  г: "r",
  д: "y",
  е: "e",
  ж: "m",
  з: "e",
  и: "n",
  й: "n",
  к: "n",
  л: "n",
  м: "m",
  н: "n",
  о: "o",
  п: "n",
  р: "p",
  с: "c",
  т: "o",
  у: "y",
  ф: "b",
  х: "x",
  ц: "n",
  ч: "n",
  ш: "w",
  щ: "w",
  ъ: "a",
  ы: "m",
  ь: "a",
  э: "e",
  ю: "m",
  я: "r"
};
function Eh(t, e) {
  He[t] = e;
}
function na(t, e, r) {
  if (!He[e])
    throw new Error("Font metrics not found for font: " + e + ".");
  var n = t.charCodeAt(0), a = He[e][n];
  if (!a && t[0] in us && (n = us[t[0]].charCodeAt(0), a = He[e][n]), !a && r === "text" && eo(n) && (a = He[e][77]), a)
    return {
      depth: a[0],
      height: a[1],
      italic: a[2],
      skew: a[3],
      width: a[4]
    };
}
var Rr = {};
function Bh(t) {
  var e;
  if (t >= 5 ? e = 0 : t >= 3 ? e = 1 : e = 2, !Rr[e]) {
    var r = Rr[e] = {
      cssEmPerMu: D0.quad[e] / 18
    };
    for (var n in D0)
      D0.hasOwnProperty(n) && (r[n] = D0[n][e]);
  }
  return Rr[e];
}
var _ = {
  math: {},
  text: {}
};
function u(t, e, r, n, a, s) {
  _[t][a] = {
    font: e,
    group: r,
    replace: n
  }, s && n && (_[t][n] = _[t][a]);
}
var c = "math", C = "text", f = "main", b = "ams", ee = "accent-token", I = "bin", we = "close", t0 = "inner", L = "mathord", le = "op-token", ze = "open", y0 = "punct", y = "rel", at = "spacing", x = "textord";
u(c, f, y, "≡", "\\equiv", !0);
u(c, f, y, "≺", "\\prec", !0);
u(c, f, y, "≻", "\\succ", !0);
u(c, f, y, "∼", "\\sim", !0);
u(c, f, y, "⊥", "\\perp");
u(c, f, y, "⪯", "\\preceq", !0);
u(c, f, y, "⪰", "\\succeq", !0);
u(c, f, y, "≃", "\\simeq", !0);
u(c, f, y, "∣", "\\mid", !0);
u(c, f, y, "≪", "\\ll", !0);
u(c, f, y, "≫", "\\gg", !0);
u(c, f, y, "≍", "\\asymp", !0);
u(c, f, y, "∥", "\\parallel");
u(c, f, y, "⋈", "\\bowtie", !0);
u(c, f, y, "⌣", "\\smile", !0);
u(c, f, y, "⊑", "\\sqsubseteq", !0);
u(c, f, y, "⊒", "\\sqsupseteq", !0);
u(c, f, y, "≐", "\\doteq", !0);
u(c, f, y, "⌢", "\\frown", !0);
u(c, f, y, "∋", "\\ni", !0);
u(c, f, y, "∝", "\\propto", !0);
u(c, f, y, "⊢", "\\vdash", !0);
u(c, f, y, "⊣", "\\dashv", !0);
u(c, f, y, "∋", "\\owns");
u(c, f, y0, ".", "\\ldotp");
u(c, f, y0, "⋅", "\\cdotp");
u(c, f, y0, "⋅", "·");
u(C, f, x, "⋅", "·");
u(c, f, x, "#", "\\#");
u(C, f, x, "#", "\\#");
u(c, f, x, "&", "\\&");
u(C, f, x, "&", "\\&");
u(c, f, x, "ℵ", "\\aleph", !0);
u(c, f, x, "∀", "\\forall", !0);
u(c, f, x, "ℏ", "\\hbar", !0);
u(c, f, x, "∃", "\\exists", !0);
u(c, f, x, "∇", "\\nabla", !0);
u(c, f, x, "♭", "\\flat", !0);
u(c, f, x, "ℓ", "\\ell", !0);
u(c, f, x, "♮", "\\natural", !0);
u(c, f, x, "♣", "\\clubsuit", !0);
u(c, f, x, "℘", "\\wp", !0);
u(c, f, x, "♯", "\\sharp", !0);
u(c, f, x, "♢", "\\diamondsuit", !0);
u(c, f, x, "ℜ", "\\Re", !0);
u(c, f, x, "♡", "\\heartsuit", !0);
u(c, f, x, "ℑ", "\\Im", !0);
u(c, f, x, "♠", "\\spadesuit", !0);
u(c, f, x, "§", "\\S", !0);
u(C, f, x, "§", "\\S");
u(c, f, x, "¶", "\\P", !0);
u(C, f, x, "¶", "\\P");
u(c, f, x, "†", "\\dag");
u(C, f, x, "†", "\\dag");
u(C, f, x, "†", "\\textdagger");
u(c, f, x, "‡", "\\ddag");
u(C, f, x, "‡", "\\ddag");
u(C, f, x, "‡", "\\textdaggerdbl");
u(c, f, we, "⎱", "\\rmoustache", !0);
u(c, f, ze, "⎰", "\\lmoustache", !0);
u(c, f, we, "⟯", "\\rgroup", !0);
u(c, f, ze, "⟮", "\\lgroup", !0);
u(c, f, I, "∓", "\\mp", !0);
u(c, f, I, "⊖", "\\ominus", !0);
u(c, f, I, "⊎", "\\uplus", !0);
u(c, f, I, "⊓", "\\sqcap", !0);
u(c, f, I, "∗", "\\ast");
u(c, f, I, "⊔", "\\sqcup", !0);
u(c, f, I, "◯", "\\bigcirc", !0);
u(c, f, I, "∙", "\\bullet", !0);
u(c, f, I, "‡", "\\ddagger");
u(c, f, I, "≀", "\\wr", !0);
u(c, f, I, "⨿", "\\amalg");
u(c, f, I, "&", "\\And");
u(c, f, y, "⟵", "\\longleftarrow", !0);
u(c, f, y, "⇐", "\\Leftarrow", !0);
u(c, f, y, "⟸", "\\Longleftarrow", !0);
u(c, f, y, "⟶", "\\longrightarrow", !0);
u(c, f, y, "⇒", "\\Rightarrow", !0);
u(c, f, y, "⟹", "\\Longrightarrow", !0);
u(c, f, y, "↔", "\\leftrightarrow", !0);
u(c, f, y, "⟷", "\\longleftrightarrow", !0);
u(c, f, y, "⇔", "\\Leftrightarrow", !0);
u(c, f, y, "⟺", "\\Longleftrightarrow", !0);
u(c, f, y, "↦", "\\mapsto", !0);
u(c, f, y, "⟼", "\\longmapsto", !0);
u(c, f, y, "↗", "\\nearrow", !0);
u(c, f, y, "↩", "\\hookleftarrow", !0);
u(c, f, y, "↪", "\\hookrightarrow", !0);
u(c, f, y, "↘", "\\searrow", !0);
u(c, f, y, "↼", "\\leftharpoonup", !0);
u(c, f, y, "⇀", "\\rightharpoonup", !0);
u(c, f, y, "↙", "\\swarrow", !0);
u(c, f, y, "↽", "\\leftharpoondown", !0);
u(c, f, y, "⇁", "\\rightharpoondown", !0);
u(c, f, y, "↖", "\\nwarrow", !0);
u(c, f, y, "⇌", "\\rightleftharpoons", !0);
u(c, b, y, "≮", "\\nless", !0);
u(c, b, y, "", "\\@nleqslant");
u(c, b, y, "", "\\@nleqq");
u(c, b, y, "⪇", "\\lneq", !0);
u(c, b, y, "≨", "\\lneqq", !0);
u(c, b, y, "", "\\@lvertneqq");
u(c, b, y, "⋦", "\\lnsim", !0);
u(c, b, y, "⪉", "\\lnapprox", !0);
u(c, b, y, "⊀", "\\nprec", !0);
u(c, b, y, "⋠", "\\npreceq", !0);
u(c, b, y, "⋨", "\\precnsim", !0);
u(c, b, y, "⪹", "\\precnapprox", !0);
u(c, b, y, "≁", "\\nsim", !0);
u(c, b, y, "", "\\@nshortmid");
u(c, b, y, "∤", "\\nmid", !0);
u(c, b, y, "⊬", "\\nvdash", !0);
u(c, b, y, "⊭", "\\nvDash", !0);
u(c, b, y, "⋪", "\\ntriangleleft");
u(c, b, y, "⋬", "\\ntrianglelefteq", !0);
u(c, b, y, "⊊", "\\subsetneq", !0);
u(c, b, y, "", "\\@varsubsetneq");
u(c, b, y, "⫋", "\\subsetneqq", !0);
u(c, b, y, "", "\\@varsubsetneqq");
u(c, b, y, "≯", "\\ngtr", !0);
u(c, b, y, "", "\\@ngeqslant");
u(c, b, y, "", "\\@ngeqq");
u(c, b, y, "⪈", "\\gneq", !0);
u(c, b, y, "≩", "\\gneqq", !0);
u(c, b, y, "", "\\@gvertneqq");
u(c, b, y, "⋧", "\\gnsim", !0);
u(c, b, y, "⪊", "\\gnapprox", !0);
u(c, b, y, "⊁", "\\nsucc", !0);
u(c, b, y, "⋡", "\\nsucceq", !0);
u(c, b, y, "⋩", "\\succnsim", !0);
u(c, b, y, "⪺", "\\succnapprox", !0);
u(c, b, y, "≆", "\\ncong", !0);
u(c, b, y, "", "\\@nshortparallel");
u(c, b, y, "∦", "\\nparallel", !0);
u(c, b, y, "⊯", "\\nVDash", !0);
u(c, b, y, "⋫", "\\ntriangleright");
u(c, b, y, "⋭", "\\ntrianglerighteq", !0);
u(c, b, y, "", "\\@nsupseteqq");
u(c, b, y, "⊋", "\\supsetneq", !0);
u(c, b, y, "", "\\@varsupsetneq");
u(c, b, y, "⫌", "\\supsetneqq", !0);
u(c, b, y, "", "\\@varsupsetneqq");
u(c, b, y, "⊮", "\\nVdash", !0);
u(c, b, y, "⪵", "\\precneqq", !0);
u(c, b, y, "⪶", "\\succneqq", !0);
u(c, b, y, "", "\\@nsubseteqq");
u(c, b, I, "⊴", "\\unlhd");
u(c, b, I, "⊵", "\\unrhd");
u(c, b, y, "↚", "\\nleftarrow", !0);
u(c, b, y, "↛", "\\nrightarrow", !0);
u(c, b, y, "⇍", "\\nLeftarrow", !0);
u(c, b, y, "⇏", "\\nRightarrow", !0);
u(c, b, y, "↮", "\\nleftrightarrow", !0);
u(c, b, y, "⇎", "\\nLeftrightarrow", !0);
u(c, b, y, "△", "\\vartriangle");
u(c, b, x, "ℏ", "\\hslash");
u(c, b, x, "▽", "\\triangledown");
u(c, b, x, "◊", "\\lozenge");
u(c, b, x, "Ⓢ", "\\circledS");
u(c, b, x, "®", "\\circledR");
u(C, b, x, "®", "\\circledR");
u(c, b, x, "∡", "\\measuredangle", !0);
u(c, b, x, "∄", "\\nexists");
u(c, b, x, "℧", "\\mho");
u(c, b, x, "Ⅎ", "\\Finv", !0);
u(c, b, x, "⅁", "\\Game", !0);
u(c, b, x, "‵", "\\backprime");
u(c, b, x, "▲", "\\blacktriangle");
u(c, b, x, "▼", "\\blacktriangledown");
u(c, b, x, "■", "\\blacksquare");
u(c, b, x, "⧫", "\\blacklozenge");
u(c, b, x, "★", "\\bigstar");
u(c, b, x, "∢", "\\sphericalangle", !0);
u(c, b, x, "∁", "\\complement", !0);
u(c, b, x, "ð", "\\eth", !0);
u(C, f, x, "ð", "ð");
u(c, b, x, "╱", "\\diagup");
u(c, b, x, "╲", "\\diagdown");
u(c, b, x, "□", "\\square");
u(c, b, x, "□", "\\Box");
u(c, b, x, "◊", "\\Diamond");
u(c, b, x, "¥", "\\yen", !0);
u(C, b, x, "¥", "\\yen", !0);
u(c, b, x, "✓", "\\checkmark", !0);
u(C, b, x, "✓", "\\checkmark");
u(c, b, x, "ℶ", "\\beth", !0);
u(c, b, x, "ℸ", "\\daleth", !0);
u(c, b, x, "ℷ", "\\gimel", !0);
u(c, b, x, "ϝ", "\\digamma", !0);
u(c, b, x, "ϰ", "\\varkappa");
u(c, b, ze, "┌", "\\@ulcorner", !0);
u(c, b, we, "┐", "\\@urcorner", !0);
u(c, b, ze, "└", "\\@llcorner", !0);
u(c, b, we, "┘", "\\@lrcorner", !0);
u(c, b, y, "≦", "\\leqq", !0);
u(c, b, y, "⩽", "\\leqslant", !0);
u(c, b, y, "⪕", "\\eqslantless", !0);
u(c, b, y, "≲", "\\lesssim", !0);
u(c, b, y, "⪅", "\\lessapprox", !0);
u(c, b, y, "≊", "\\approxeq", !0);
u(c, b, I, "⋖", "\\lessdot");
u(c, b, y, "⋘", "\\lll", !0);
u(c, b, y, "≶", "\\lessgtr", !0);
u(c, b, y, "⋚", "\\lesseqgtr", !0);
u(c, b, y, "⪋", "\\lesseqqgtr", !0);
u(c, b, y, "≑", "\\doteqdot");
u(c, b, y, "≓", "\\risingdotseq", !0);
u(c, b, y, "≒", "\\fallingdotseq", !0);
u(c, b, y, "∽", "\\backsim", !0);
u(c, b, y, "⋍", "\\backsimeq", !0);
u(c, b, y, "⫅", "\\subseteqq", !0);
u(c, b, y, "⋐", "\\Subset", !0);
u(c, b, y, "⊏", "\\sqsubset", !0);
u(c, b, y, "≼", "\\preccurlyeq", !0);
u(c, b, y, "⋞", "\\curlyeqprec", !0);
u(c, b, y, "≾", "\\precsim", !0);
u(c, b, y, "⪷", "\\precapprox", !0);
u(c, b, y, "⊲", "\\vartriangleleft");
u(c, b, y, "⊴", "\\trianglelefteq");
u(c, b, y, "⊨", "\\vDash", !0);
u(c, b, y, "⊪", "\\Vvdash", !0);
u(c, b, y, "⌣", "\\smallsmile");
u(c, b, y, "⌢", "\\smallfrown");
u(c, b, y, "≏", "\\bumpeq", !0);
u(c, b, y, "≎", "\\Bumpeq", !0);
u(c, b, y, "≧", "\\geqq", !0);
u(c, b, y, "⩾", "\\geqslant", !0);
u(c, b, y, "⪖", "\\eqslantgtr", !0);
u(c, b, y, "≳", "\\gtrsim", !0);
u(c, b, y, "⪆", "\\gtrapprox", !0);
u(c, b, I, "⋗", "\\gtrdot");
u(c, b, y, "⋙", "\\ggg", !0);
u(c, b, y, "≷", "\\gtrless", !0);
u(c, b, y, "⋛", "\\gtreqless", !0);
u(c, b, y, "⪌", "\\gtreqqless", !0);
u(c, b, y, "≖", "\\eqcirc", !0);
u(c, b, y, "≗", "\\circeq", !0);
u(c, b, y, "≜", "\\triangleq", !0);
u(c, b, y, "∼", "\\thicksim");
u(c, b, y, "≈", "\\thickapprox");
u(c, b, y, "⫆", "\\supseteqq", !0);
u(c, b, y, "⋑", "\\Supset", !0);
u(c, b, y, "⊐", "\\sqsupset", !0);
u(c, b, y, "≽", "\\succcurlyeq", !0);
u(c, b, y, "⋟", "\\curlyeqsucc", !0);
u(c, b, y, "≿", "\\succsim", !0);
u(c, b, y, "⪸", "\\succapprox", !0);
u(c, b, y, "⊳", "\\vartriangleright");
u(c, b, y, "⊵", "\\trianglerighteq");
u(c, b, y, "⊩", "\\Vdash", !0);
u(c, b, y, "∣", "\\shortmid");
u(c, b, y, "∥", "\\shortparallel");
u(c, b, y, "≬", "\\between", !0);
u(c, b, y, "⋔", "\\pitchfork", !0);
u(c, b, y, "∝", "\\varpropto");
u(c, b, y, "◀", "\\blacktriangleleft");
u(c, b, y, "∴", "\\therefore", !0);
u(c, b, y, "∍", "\\backepsilon");
u(c, b, y, "▶", "\\blacktriangleright");
u(c, b, y, "∵", "\\because", !0);
u(c, b, y, "⋘", "\\llless");
u(c, b, y, "⋙", "\\gggtr");
u(c, b, I, "⊲", "\\lhd");
u(c, b, I, "⊳", "\\rhd");
u(c, b, y, "≂", "\\eqsim", !0);
u(c, f, y, "⋈", "\\Join");
u(c, b, y, "≑", "\\Doteq", !0);
u(c, b, I, "∔", "\\dotplus", !0);
u(c, b, I, "∖", "\\smallsetminus");
u(c, b, I, "⋒", "\\Cap", !0);
u(c, b, I, "⋓", "\\Cup", !0);
u(c, b, I, "⩞", "\\doublebarwedge", !0);
u(c, b, I, "⊟", "\\boxminus", !0);
u(c, b, I, "⊞", "\\boxplus", !0);
u(c, b, I, "⋇", "\\divideontimes", !0);
u(c, b, I, "⋉", "\\ltimes", !0);
u(c, b, I, "⋊", "\\rtimes", !0);
u(c, b, I, "⋋", "\\leftthreetimes", !0);
u(c, b, I, "⋌", "\\rightthreetimes", !0);
u(c, b, I, "⋏", "\\curlywedge", !0);
u(c, b, I, "⋎", "\\curlyvee", !0);
u(c, b, I, "⊝", "\\circleddash", !0);
u(c, b, I, "⊛", "\\circledast", !0);
u(c, b, I, "⋅", "\\centerdot");
u(c, b, I, "⊺", "\\intercal", !0);
u(c, b, I, "⋒", "\\doublecap");
u(c, b, I, "⋓", "\\doublecup");
u(c, b, I, "⊠", "\\boxtimes", !0);
u(c, b, y, "⇢", "\\dashrightarrow", !0);
u(c, b, y, "⇠", "\\dashleftarrow", !0);
u(c, b, y, "⇇", "\\leftleftarrows", !0);
u(c, b, y, "⇆", "\\leftrightarrows", !0);
u(c, b, y, "⇚", "\\Lleftarrow", !0);
u(c, b, y, "↞", "\\twoheadleftarrow", !0);
u(c, b, y, "↢", "\\leftarrowtail", !0);
u(c, b, y, "↫", "\\looparrowleft", !0);
u(c, b, y, "⇋", "\\leftrightharpoons", !0);
u(c, b, y, "↶", "\\curvearrowleft", !0);
u(c, b, y, "↺", "\\circlearrowleft", !0);
u(c, b, y, "↰", "\\Lsh", !0);
u(c, b, y, "⇈", "\\upuparrows", !0);
u(c, b, y, "↿", "\\upharpoonleft", !0);
u(c, b, y, "⇃", "\\downharpoonleft", !0);
u(c, f, y, "⊶", "\\origof", !0);
u(c, f, y, "⊷", "\\imageof", !0);
u(c, b, y, "⊸", "\\multimap", !0);
u(c, b, y, "↭", "\\leftrightsquigarrow", !0);
u(c, b, y, "⇉", "\\rightrightarrows", !0);
u(c, b, y, "⇄", "\\rightleftarrows", !0);
u(c, b, y, "↠", "\\twoheadrightarrow", !0);
u(c, b, y, "↣", "\\rightarrowtail", !0);
u(c, b, y, "↬", "\\looparrowright", !0);
u(c, b, y, "↷", "\\curvearrowright", !0);
u(c, b, y, "↻", "\\circlearrowright", !0);
u(c, b, y, "↱", "\\Rsh", !0);
u(c, b, y, "⇊", "\\downdownarrows", !0);
u(c, b, y, "↾", "\\upharpoonright", !0);
u(c, b, y, "⇂", "\\downharpoonright", !0);
u(c, b, y, "⇝", "\\rightsquigarrow", !0);
u(c, b, y, "⇝", "\\leadsto");
u(c, b, y, "⇛", "\\Rrightarrow", !0);
u(c, b, y, "↾", "\\restriction");
u(c, f, x, "‘", "`");
u(c, f, x, "$", "\\$");
u(C, f, x, "$", "\\$");
u(C, f, x, "$", "\\textdollar");
u(c, f, x, "%", "\\%");
u(C, f, x, "%", "\\%");
u(c, f, x, "_", "\\_");
u(C, f, x, "_", "\\_");
u(C, f, x, "_", "\\textunderscore");
u(c, f, x, "∠", "\\angle", !0);
u(c, f, x, "∞", "\\infty", !0);
u(c, f, x, "′", "\\prime");
u(c, f, x, "△", "\\triangle");
u(c, f, x, "Γ", "\\Gamma", !0);
u(c, f, x, "Δ", "\\Delta", !0);
u(c, f, x, "Θ", "\\Theta", !0);
u(c, f, x, "Λ", "\\Lambda", !0);
u(c, f, x, "Ξ", "\\Xi", !0);
u(c, f, x, "Π", "\\Pi", !0);
u(c, f, x, "Σ", "\\Sigma", !0);
u(c, f, x, "Υ", "\\Upsilon", !0);
u(c, f, x, "Φ", "\\Phi", !0);
u(c, f, x, "Ψ", "\\Psi", !0);
u(c, f, x, "Ω", "\\Omega", !0);
u(c, f, x, "A", "Α");
u(c, f, x, "B", "Β");
u(c, f, x, "E", "Ε");
u(c, f, x, "Z", "Ζ");
u(c, f, x, "H", "Η");
u(c, f, x, "I", "Ι");
u(c, f, x, "K", "Κ");
u(c, f, x, "M", "Μ");
u(c, f, x, "N", "Ν");
u(c, f, x, "O", "Ο");
u(c, f, x, "P", "Ρ");
u(c, f, x, "T", "Τ");
u(c, f, x, "X", "Χ");
u(c, f, x, "¬", "\\neg", !0);
u(c, f, x, "¬", "\\lnot");
u(c, f, x, "⊤", "\\top");
u(c, f, x, "⊥", "\\bot");
u(c, f, x, "∅", "\\emptyset");
u(c, b, x, "∅", "\\varnothing");
u(c, f, L, "α", "\\alpha", !0);
u(c, f, L, "β", "\\beta", !0);
u(c, f, L, "γ", "\\gamma", !0);
u(c, f, L, "δ", "\\delta", !0);
u(c, f, L, "ϵ", "\\epsilon", !0);
u(c, f, L, "ζ", "\\zeta", !0);
u(c, f, L, "η", "\\eta", !0);
u(c, f, L, "θ", "\\theta", !0);
u(c, f, L, "ι", "\\iota", !0);
u(c, f, L, "κ", "\\kappa", !0);
u(c, f, L, "λ", "\\lambda", !0);
u(c, f, L, "μ", "\\mu", !0);
u(c, f, L, "ν", "\\nu", !0);
u(c, f, L, "ξ", "\\xi", !0);
u(c, f, L, "ο", "\\omicron", !0);
u(c, f, L, "π", "\\pi", !0);
u(c, f, L, "ρ", "\\rho", !0);
u(c, f, L, "σ", "\\sigma", !0);
u(c, f, L, "τ", "\\tau", !0);
u(c, f, L, "υ", "\\upsilon", !0);
u(c, f, L, "ϕ", "\\phi", !0);
u(c, f, L, "χ", "\\chi", !0);
u(c, f, L, "ψ", "\\psi", !0);
u(c, f, L, "ω", "\\omega", !0);
u(c, f, L, "ε", "\\varepsilon", !0);
u(c, f, L, "ϑ", "\\vartheta", !0);
u(c, f, L, "ϖ", "\\varpi", !0);
u(c, f, L, "ϱ", "\\varrho", !0);
u(c, f, L, "ς", "\\varsigma", !0);
u(c, f, L, "φ", "\\varphi", !0);
u(c, f, I, "∗", "*", !0);
u(c, f, I, "+", "+");
u(c, f, I, "−", "-", !0);
u(c, f, I, "⋅", "\\cdot", !0);
u(c, f, I, "∘", "\\circ", !0);
u(c, f, I, "÷", "\\div", !0);
u(c, f, I, "±", "\\pm", !0);
u(c, f, I, "×", "\\times", !0);
u(c, f, I, "∩", "\\cap", !0);
u(c, f, I, "∪", "\\cup", !0);
u(c, f, I, "∖", "\\setminus", !0);
u(c, f, I, "∧", "\\land");
u(c, f, I, "∨", "\\lor");
u(c, f, I, "∧", "\\wedge", !0);
u(c, f, I, "∨", "\\vee", !0);
u(c, f, x, "√", "\\surd");
u(c, f, ze, "⟨", "\\langle", !0);
u(c, f, ze, "∣", "\\lvert");
u(c, f, ze, "∥", "\\lVert");
u(c, f, we, "?", "?");
u(c, f, we, "!", "!");
u(c, f, we, "⟩", "\\rangle", !0);
u(c, f, we, "∣", "\\rvert");
u(c, f, we, "∥", "\\rVert");
u(c, f, y, "=", "=");
u(c, f, y, ":", ":");
u(c, f, y, "≈", "\\approx", !0);
u(c, f, y, "≅", "\\cong", !0);
u(c, f, y, "≥", "\\ge");
u(c, f, y, "≥", "\\geq", !0);
u(c, f, y, "←", "\\gets");
u(c, f, y, ">", "\\gt", !0);
u(c, f, y, "∈", "\\in", !0);
u(c, f, y, "", "\\@not");
u(c, f, y, "⊂", "\\subset", !0);
u(c, f, y, "⊃", "\\supset", !0);
u(c, f, y, "⊆", "\\subseteq", !0);
u(c, f, y, "⊇", "\\supseteq", !0);
u(c, b, y, "⊈", "\\nsubseteq", !0);
u(c, b, y, "⊉", "\\nsupseteq", !0);
u(c, f, y, "⊨", "\\models");
u(c, f, y, "←", "\\leftarrow", !0);
u(c, f, y, "≤", "\\le");
u(c, f, y, "≤", "\\leq", !0);
u(c, f, y, "<", "\\lt", !0);
u(c, f, y, "→", "\\rightarrow", !0);
u(c, f, y, "→", "\\to");
u(c, b, y, "≱", "\\ngeq", !0);
u(c, b, y, "≰", "\\nleq", !0);
u(c, f, at, " ", "\\ ");
u(c, f, at, " ", "\\space");
u(c, f, at, " ", "\\nobreakspace");
u(C, f, at, " ", "\\ ");
u(C, f, at, " ", " ");
u(C, f, at, " ", "\\space");
u(C, f, at, " ", "\\nobreakspace");
u(c, f, at, "", "\\nobreak");
u(c, f, at, "", "\\allowbreak");
u(c, f, y0, ",", ",");
u(c, f, y0, ";", ";");
u(c, b, I, "⊼", "\\barwedge", !0);
u(c, b, I, "⊻", "\\veebar", !0);
u(c, f, I, "⊙", "\\odot", !0);
u(c, f, I, "⊕", "\\oplus", !0);
u(c, f, I, "⊗", "\\otimes", !0);
u(c, f, x, "∂", "\\partial", !0);
u(c, f, I, "⊘", "\\oslash", !0);
u(c, b, I, "⊚", "\\circledcirc", !0);
u(c, b, I, "⊡", "\\boxdot", !0);
u(c, f, I, "△", "\\bigtriangleup");
u(c, f, I, "▽", "\\bigtriangledown");
u(c, f, I, "†", "\\dagger");
u(c, f, I, "⋄", "\\diamond");
u(c, f, I, "⋆", "\\star");
u(c, f, I, "◃", "\\triangleleft");
u(c, f, I, "▹", "\\triangleright");
u(c, f, ze, "{", "\\{");
u(C, f, x, "{", "\\{");
u(C, f, x, "{", "\\textbraceleft");
u(c, f, we, "}", "\\}");
u(C, f, x, "}", "\\}");
u(C, f, x, "}", "\\textbraceright");
u(c, f, ze, "{", "\\lbrace");
u(c, f, we, "}", "\\rbrace");
u(c, f, ze, "[", "\\lbrack", !0);
u(C, f, x, "[", "\\lbrack", !0);
u(c, f, we, "]", "\\rbrack", !0);
u(C, f, x, "]", "\\rbrack", !0);
u(c, f, ze, "(", "\\lparen", !0);
u(c, f, we, ")", "\\rparen", !0);
u(C, f, x, "<", "\\textless", !0);
u(C, f, x, ">", "\\textgreater", !0);
u(c, f, ze, "⌊", "\\lfloor", !0);
u(c, f, we, "⌋", "\\rfloor", !0);
u(c, f, ze, "⌈", "\\lceil", !0);
u(c, f, we, "⌉", "\\rceil", !0);
u(c, f, x, "\\", "\\backslash");
u(c, f, x, "∣", "|");
u(c, f, x, "∣", "\\vert");
u(C, f, x, "|", "\\textbar", !0);
u(c, f, x, "∥", "\\|");
u(c, f, x, "∥", "\\Vert");
u(C, f, x, "∥", "\\textbardbl");
u(C, f, x, "~", "\\textasciitilde");
u(C, f, x, "\\", "\\textbackslash");
u(C, f, x, "^", "\\textasciicircum");
u(c, f, y, "↑", "\\uparrow", !0);
u(c, f, y, "⇑", "\\Uparrow", !0);
u(c, f, y, "↓", "\\downarrow", !0);
u(c, f, y, "⇓", "\\Downarrow", !0);
u(c, f, y, "↕", "\\updownarrow", !0);
u(c, f, y, "⇕", "\\Updownarrow", !0);
u(c, f, le, "∐", "\\coprod");
u(c, f, le, "⋁", "\\bigvee");
u(c, f, le, "⋀", "\\bigwedge");
u(c, f, le, "⨄", "\\biguplus");
u(c, f, le, "⋂", "\\bigcap");
u(c, f, le, "⋃", "\\bigcup");
u(c, f, le, "∫", "\\int");
u(c, f, le, "∫", "\\intop");
u(c, f, le, "∬", "\\iint");
u(c, f, le, "∭", "\\iiint");
u(c, f, le, "∏", "\\prod");
u(c, f, le, "∑", "\\sum");
u(c, f, le, "⨂", "\\bigotimes");
u(c, f, le, "⨁", "\\bigoplus");
u(c, f, le, "⨀", "\\bigodot");
u(c, f, le, "∮", "\\oint");
u(c, f, le, "∯", "\\oiint");
u(c, f, le, "∰", "\\oiiint");
u(c, f, le, "⨆", "\\bigsqcup");
u(c, f, le, "∫", "\\smallint");
u(C, f, t0, "…", "\\textellipsis");
u(c, f, t0, "…", "\\mathellipsis");
u(C, f, t0, "…", "\\ldots", !0);
u(c, f, t0, "…", "\\ldots", !0);
u(c, f, t0, "⋯", "\\@cdots", !0);
u(c, f, t0, "⋱", "\\ddots", !0);
u(c, f, x, "⋮", "\\varvdots");
u(C, f, x, "⋮", "\\varvdots");
u(c, f, ee, "ˊ", "\\acute");
u(c, f, ee, "ˋ", "\\grave");
u(c, f, ee, "¨", "\\ddot");
u(c, f, ee, "~", "\\tilde");
u(c, f, ee, "ˉ", "\\bar");
u(c, f, ee, "˘", "\\breve");
u(c, f, ee, "ˇ", "\\check");
u(c, f, ee, "^", "\\hat");
u(c, f, ee, "⃗", "\\vec");
u(c, f, ee, "˙", "\\dot");
u(c, f, ee, "˚", "\\mathring");
u(c, f, L, "", "\\@imath");
u(c, f, L, "", "\\@jmath");
u(c, f, x, "ı", "ı");
u(c, f, x, "ȷ", "ȷ");
u(C, f, x, "ı", "\\i", !0);
u(C, f, x, "ȷ", "\\j", !0);
u(C, f, x, "ß", "\\ss", !0);
u(C, f, x, "æ", "\\ae", !0);
u(C, f, x, "œ", "\\oe", !0);
u(C, f, x, "ø", "\\o", !0);
u(C, f, x, "Æ", "\\AE", !0);
u(C, f, x, "Œ", "\\OE", !0);
u(C, f, x, "Ø", "\\O", !0);
u(C, f, ee, "ˊ", "\\'");
u(C, f, ee, "ˋ", "\\`");
u(C, f, ee, "ˆ", "\\^");
u(C, f, ee, "˜", "\\~");
u(C, f, ee, "ˉ", "\\=");
u(C, f, ee, "˘", "\\u");
u(C, f, ee, "˙", "\\.");
u(C, f, ee, "¸", "\\c");
u(C, f, ee, "˚", "\\r");
u(C, f, ee, "ˇ", "\\v");
u(C, f, ee, "¨", '\\"');
u(C, f, ee, "˝", "\\H");
u(C, f, ee, "◯", "\\textcircled");
var so = {
  "--": !0,
  "---": !0,
  "``": !0,
  "''": !0
};
u(C, f, x, "–", "--", !0);
u(C, f, x, "–", "\\textendash");
u(C, f, x, "—", "---", !0);
u(C, f, x, "—", "\\textemdash");
u(C, f, x, "‘", "`", !0);
u(C, f, x, "‘", "\\textquoteleft");
u(C, f, x, "’", "'", !0);
u(C, f, x, "’", "\\textquoteright");
u(C, f, x, "“", "``", !0);
u(C, f, x, "“", "\\textquotedblleft");
u(C, f, x, "”", "''", !0);
u(C, f, x, "”", "\\textquotedblright");
u(c, f, x, "°", "\\degree", !0);
u(C, f, x, "°", "\\degree");
u(C, f, x, "°", "\\textdegree", !0);
u(c, f, x, "£", "\\pounds");
u(c, f, x, "£", "\\mathsterling", !0);
u(C, f, x, "£", "\\pounds");
u(C, f, x, "£", "\\textsterling", !0);
u(c, b, x, "✠", "\\maltese");
u(C, b, x, "✠", "\\maltese");
var hs = '0123456789/@."';
for (var Or = 0; Or < hs.length; Or++) {
  var cs = hs.charAt(Or);
  u(c, f, x, cs, cs);
}
var ms = '0123456789!@*()-=+";:?/.,';
for (var Ir = 0; Ir < ms.length; Ir++) {
  var ds = ms.charAt(Ir);
  u(C, f, x, ds, ds);
}
var ar = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
for (var qr = 0; qr < ar.length; qr++) {
  var R0 = ar.charAt(qr);
  u(c, f, L, R0, R0), u(C, f, x, R0, R0);
}
u(c, b, x, "C", "ℂ");
u(C, b, x, "C", "ℂ");
u(c, b, x, "H", "ℍ");
u(C, b, x, "H", "ℍ");
u(c, b, x, "N", "ℕ");
u(C, b, x, "N", "ℕ");
u(c, b, x, "P", "ℙ");
u(C, b, x, "P", "ℙ");
u(c, b, x, "Q", "ℚ");
u(C, b, x, "Q", "ℚ");
u(c, b, x, "R", "ℝ");
u(C, b, x, "R", "ℝ");
u(c, b, x, "Z", "ℤ");
u(C, b, x, "Z", "ℤ");
u(c, f, L, "h", "ℎ");
u(C, f, L, "h", "ℎ");
var P;
for (var ge = 0; ge < ar.length; ge++) {
  var ae = ar.charAt(ge);
  P = String.fromCharCode(55349, 56320 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56372 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56424 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56580 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56684 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56736 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56788 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56840 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56944 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), ge < 26 && (P = String.fromCharCode(55349, 56632 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P), P = String.fromCharCode(55349, 56476 + ge), u(c, f, L, ae, P), u(C, f, x, ae, P));
}
P = "𝕜";
u(c, f, L, "k", P);
u(C, f, x, "k", P);
for (var yt = 0; yt < 10; yt++) {
  var ht = yt.toString();
  P = String.fromCharCode(55349, 57294 + yt), u(c, f, L, ht, P), u(C, f, x, ht, P), P = String.fromCharCode(55349, 57314 + yt), u(c, f, L, ht, P), u(C, f, x, ht, P), P = String.fromCharCode(55349, 57324 + yt), u(c, f, L, ht, P), u(C, f, x, ht, P), P = String.fromCharCode(55349, 57334 + yt), u(c, f, L, ht, P), u(C, f, x, ht, P);
}
var xn = "ÐÞþ";
for (var Fr = 0; Fr < xn.length; Fr++) {
  var O0 = xn.charAt(Fr);
  u(c, f, L, O0, O0), u(C, f, x, O0, O0);
}
var Mn = {
  mathClass: "mathbf",
  textClass: "textbf",
  font: "Main-Bold"
}, fs = {
  mathClass: "mathnormal",
  textClass: "textit",
  font: "Math-Italic"
}, ps = {
  mathClass: "boldsymbol",
  textClass: "boldsymbol",
  font: "Main-BoldItalic"
}, Dh = {
  mathClass: "mathscr",
  textClass: "textscr",
  font: "Script-Regular"
}, At = {
  mathClass: "",
  textClass: "",
  font: ""
}, vs = {
  mathClass: "mathfrak",
  textClass: "textfrak",
  font: "Fraktur-Regular"
}, gs = {
  mathClass: "mathbb",
  textClass: "textbb",
  font: "AMS-Regular"
}, bs = {
  mathClass: "mathboldfrak",
  textClass: "textboldfrak",
  font: "Fraktur-Regular"
}, kn = {
  mathClass: "mathsf",
  textClass: "textsf",
  font: "SansSerif-Regular"
}, Sn = {
  mathClass: "mathboldsf",
  textClass: "textboldsf",
  font: "SansSerif-Bold"
}, ys = {
  mathClass: "mathitsf",
  textClass: "textitsf",
  font: "SansSerif-Italic"
}, An = {
  mathClass: "mathtt",
  textClass: "texttt",
  font: "Typewriter-Regular"
}, ws = [
  Mn,
  Mn,
  // A-Z, a-z
  fs,
  fs,
  // A-Z, a-z
  ps,
  ps,
  // A-Z, a-z
  // Map fancy A-Z letters to script, not calligraphic.
  // This aligns with unicode-math and math fonts (except Cambria Math).
  Dh,
  At,
  // A-Z script, a-z — no font
  At,
  At,
  // A-Z bold script, a-z bold script — no font
  vs,
  vs,
  // A-Z, a-z
  gs,
  gs,
  // A-Z double-struck, k double-struck
  // Note that we are using a bold font, but font metrics for regular Fraktur.
  bs,
  bs,
  // A-Z, a-z
  kn,
  kn,
  // A-Z, a-z
  Sn,
  Sn,
  // A-Z, a-z
  ys,
  ys,
  // A-Z, a-z
  At,
  At,
  // A-Z bold italic sans, a-z bold italic sans - no font
  An,
  An
  // A-Z, a-z
], Rh = [
  Mn,
  // 0-9
  At,
  // 0-9 double-struck. No KaTeX font.
  kn,
  // 0-9
  Sn,
  // 0-9
  An
  // 0-9
], Oh = (t) => {
  var e = t.charCodeAt(0), r = t.charCodeAt(1), n = (e - 55296) * 1024 + (r - 56320) + 65536;
  if (119808 <= n && n < 120484) {
    var a = Math.floor((n - 119808) / 26);
    return ws[a];
  } else if (120782 <= n && n <= 120831) {
    var s = Math.floor((n - 120782) / 10);
    return Rh[s];
  } else {
    if (n === 120485 || n === 120486)
      return ws[0];
    if (120486 < n && n < 120782)
      return At;
    throw new $("Unsupported character: " + t);
  }
}, dr = function(e, r, n) {
  if (_[n][e]) {
    var a = _[n][e].replace;
    a && (e = a);
  }
  return {
    value: e,
    metrics: na(e, r, n)
  };
}, be = function(e, r, n, a, s) {
  var i = dr(e, r, n), o = i.metrics;
  e = i.value;
  var l;
  if (o) {
    var h = o.italic;
    (n === "text" || a && a.font === "mathit") && (h = 0), l = new Te(e, o.height, o.depth, h, o.skew, o.width, s);
  } else
    typeof console < "u" && console.warn("No character metrics " + ("for '" + e + "' in style '" + r + "' and mode '" + n + "'")), l = new Te(e, 0, 0, 0, 0, 0, s);
  if (a) {
    l.maxFontSize = a.sizeMultiplier, a.style.isTight() && l.classes.push("mtight");
    var m = a.getColor();
    m && (l.style.color = m);
  }
  return l;
}, aa = function(e, r, n, a) {
  return a === void 0 && (a = []), n.font === "boldsymbol" && dr(e, "Main-Bold", r).metrics ? be(e, "Main-Bold", r, n, a.concat(["mathbf"])) : e === "\\" || _[r][e].font === "main" ? be(e, "Main-Regular", r, n, a) : be(e, "AMS-Regular", r, n, a.concat(["amsrm"]));
}, Ih = function(e, r, n) {
  return n !== "textord" && dr(e, "Math-BoldItalic", r).metrics ? {
    fontName: "Math-BoldItalic",
    fontClass: "boldsymbol"
  } : {
    fontName: "Main-Bold",
    fontClass: "mathbf"
  };
}, fr = function(e, r, n) {
  var a = e.mode, s = e.text, i = ["mord"], {
    font: o,
    fontFamily: l,
    fontWeight: h,
    fontShape: m
  } = r, d = a === "math" || a === "text" && !!o, p = d ? o : l, g = "", w = "";
  if (s.charCodeAt(0) === 55349) {
    var M = Oh(s);
    g = M.font, w = M[a + "Class"];
  }
  if (g)
    return be(s, g, a, r, i.concat(w));
  if (p) {
    var S, T;
    if (p === "boldsymbol") {
      var A = Ih(s, a, n);
      S = A.fontName, T = [A.fontClass];
    } else d ? (S = Tn[o].fontName, T = [o]) : (S = I0(l, h, m), T = [l, h, m]);
    if (dr(s, S, a).metrics)
      return be(s, S, a, r, i.concat(T));
    if (so.hasOwnProperty(s) && S.slice(0, 10) === "Typewriter") {
      for (var z = [], D = 0; D < s.length; D++)
        z.push(be(s[D], S, a, r, i.concat(T)));
      return st(z);
    }
  }
  if (n === "mathord")
    return be(s, "Math-Italic", a, r, i.concat(["mathnormal"]));
  if (n === "textord") {
    var q = _[a][s] && _[a][s].font;
    if (q === "ams") {
      var O = I0("amsrm", h, m);
      return be(s, O, a, r, i.concat("amsrm", h, m));
    } else if (q === "main" || !q) {
      var H = I0("textrm", h, m);
      return be(s, H, a, r, i.concat(h, m));
    } else {
      var U = I0(q, h, m);
      return be(s, U, a, r, i.concat(U, h, m));
    }
  } else
    throw new Error("unexpected type: " + n + " in makeOrd");
}, qh = (t, e) => {
  if (dt(t.classes) !== dt(e.classes) || t.skew !== e.skew || t.maxFontSize !== e.maxFontSize || t.italic !== 0 && t.hasClass("mathnormal"))
    return !1;
  if (t.classes.length === 1) {
    var r = t.classes[0];
    if (r === "mbin" || r === "mord")
      return !1;
  }
  for (var n of Object.keys(t.style))
    if (t.style[n] !== e.style[n])
      return !1;
  for (var a of Object.keys(e.style))
    if (t.style[a] !== e.style[a])
      return !1;
  return !0;
}, io = (t) => {
  for (var e = 0; e < t.length - 1; e++) {
    var r = t[e], n = t[e + 1];
    r instanceof Te && n instanceof Te && qh(r, n) && (r.text += n.text, r.height = Math.max(r.height, n.height), r.depth = Math.max(r.depth, n.depth), r.italic = n.italic, t.splice(e + 1, 1), e--);
  }
  return t;
}, sa = function(e) {
  for (var r = 0, n = 0, a = 0, s = 0; s < e.children.length; s++) {
    var i = e.children[s];
    i.height > r && (r = i.height), i.depth > n && (n = i.depth), i.maxFontSize > a && (a = i.maxFontSize);
  }
  e.height = r, e.depth = n, e.maxFontSize = a;
}, N = function(e, r, n, a) {
  var s = new e0(e, r, n, a);
  return sa(s), s;
}, pt = (t, e, r, n) => new e0(t, e, r, n), Jt = function(e, r, n) {
  var a = N([e], [], r);
  return a.height = Math.max(n || r.fontMetrics().defaultRuleThickness, r.minRuleThickness), a.style.borderBottomWidth = B(a.height), a.maxFontSize = 1, a;
}, Fh = function(e, r, n, a) {
  var s = new mr(e, r, n, a);
  return sa(s), s;
}, st = function(e) {
  var r = new _t(e);
  return sa(r), r;
}, Zt = function(e, r) {
  return e instanceof _t ? N([], [e], r) : e;
}, Lh = function(e) {
  if (e.positionType === "individualShift") {
    for (var r = e.children, n = [r[0]], a = -r[0].shift - r[0].elem.depth, s = a, i = 1; i < r.length; i++) {
      var o = -r[i].shift - s - r[i].elem.depth, l = o - (r[i - 1].elem.height + r[i - 1].elem.depth);
      s = s + o, n.push({
        type: "kern",
        size: l
      }), n.push(r[i]);
    }
    return {
      children: n,
      depth: a
    };
  }
  var h;
  if (e.positionType === "top") {
    for (var m = e.positionData, d = 0; d < e.children.length; d++) {
      var p = e.children[d];
      m -= p.type === "kern" ? p.size : p.elem.height + p.elem.depth;
    }
    h = m;
  } else if (e.positionType === "bottom")
    h = -e.positionData;
  else {
    var g = e.children[0];
    if (g.type !== "elem")
      throw new Error('First child must have type "elem".');
    if (e.positionType === "shift")
      h = -g.elem.depth - e.positionData;
    else if (e.positionType === "firstBaseline")
      h = -g.elem.depth;
    else
      throw new Error("Invalid positionType " + e.positionType + ".");
  }
  return {
    children: e.children,
    depth: h
  };
}, X = function(e, r) {
  for (var {
    children: n,
    depth: a
  } = Lh(e), s = 0, i = 0; i < n.length; i++) {
    var o = n[i];
    if (o.type === "elem") {
      var l = o.elem;
      s = Math.max(s, l.maxFontSize, l.height);
    }
  }
  s += 2;
  var h = N(["pstrut"], []);
  h.style.height = B(s);
  for (var m = [], d = a, p = a, g = a, w = 0; w < n.length; w++) {
    var M = n[w];
    if (M.type === "kern")
      g += M.size;
    else {
      var S = M.elem, T = M.wrapperClasses || [], A = M.wrapperStyle || {}, z = N(T, [h, S], void 0, A);
      z.style.top = B(-s - g - S.depth), M.marginLeft && (z.style.marginLeft = M.marginLeft), M.marginRight && (z.style.marginRight = M.marginRight), m.push(z), g += S.height + S.depth;
    }
    d = Math.min(d, g), p = Math.max(p, g);
  }
  var D = N(["vlist"], m);
  D.style.height = B(p);
  var q;
  if (d < 0) {
    var O = N([], []), H = N(["vlist"], [O]);
    H.style.height = B(-d);
    var U = N(["vlist-s"], [new Te("​")]);
    q = [N(["vlist-r"], [D, U]), N(["vlist-r"], [H])];
  } else
    q = [N(["vlist-r"], [D])];
  var j = N(["vlist-t"], q);
  return q.length === 2 && j.classes.push("vlist-t2"), j.height = p, j.depth = -d, j;
}, oo = (t, e) => {
  var r = N(["mspace"], [], e), n = ne(t, e);
  return r.style.marginRight = B(n), r;
}, I0 = (t, e, r) => {
  var n, a;
  switch (t) {
    case "amsrm":
      n = "AMS";
      break;
    case "textrm":
      n = "Main";
      break;
    case "textsf":
      n = "SansSerif";
      break;
    case "texttt":
      n = "Typewriter";
      break;
    default:
      n = t;
  }
  return e === "textbf" && r === "textit" ? a = "BoldItalic" : e === "textbf" ? a = "Bold" : r === "textit" ? a = "Italic" : a = "Regular", n + "-" + a;
}, Tn = {
  // styles
  mathbf: {
    variant: "bold",
    fontName: "Main-Bold"
  },
  mathrm: {
    variant: "normal",
    fontName: "Main-Regular"
  },
  textit: {
    variant: "italic",
    fontName: "Main-Italic"
  },
  mathit: {
    variant: "italic",
    fontName: "Main-Italic"
  },
  mathnormal: {
    variant: "italic",
    fontName: "Math-Italic"
  },
  mathsfit: {
    variant: "sans-serif-italic",
    fontName: "SansSerif-Italic"
  },
  // "boldsymbol" is missing because they require the use of multiple fonts:
  // Math-BoldItalic and Main-Bold.  This is handled by a special case in
  // makeOrd which ends up calling boldsymbol.
  // families
  mathbb: {
    variant: "double-struck",
    fontName: "AMS-Regular"
  },
  mathcal: {
    variant: "script",
    fontName: "Caligraphic-Regular"
  },
  mathfrak: {
    variant: "fraktur",
    fontName: "Fraktur-Regular"
  },
  mathscr: {
    variant: "script",
    fontName: "Script-Regular"
  },
  mathsf: {
    variant: "sans-serif",
    fontName: "SansSerif-Regular"
  },
  mathtt: {
    variant: "monospace",
    fontName: "Typewriter-Regular"
  }
}, lo = {
  //   path, width, height
  vec: ["vec", 0.471, 0.714],
  // values from the font glyph
  oiintSize1: ["oiintSize1", 0.957, 0.499],
  // oval to overlay the integrand
  oiintSize2: ["oiintSize2", 1.472, 0.659],
  oiiintSize1: ["oiiintSize1", 1.304, 0.499],
  oiiintSize2: ["oiiintSize2", 1.98, 0.659]
}, uo = function(e, r) {
  var [n, a, s] = lo[e], i = new ft(n), o = new rt([i], {
    width: B(a),
    height: B(s),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + B(a),
    viewBox: "0 0 " + 1e3 * a + " " + 1e3 * s,
    preserveAspectRatio: "xMinYMin"
  }), l = pt(["overlay"], [o], r);
  return l.height = s, l.style.height = B(s), l.style.width = B(a), l;
}, re = {
  number: 3,
  unit: "mu"
}, wt = {
  number: 4,
  unit: "mu"
}, Ye = {
  number: 5,
  unit: "mu"
}, Hh = {
  mord: {
    mop: re,
    mbin: wt,
    mrel: Ye,
    minner: re
  },
  mop: {
    mord: re,
    mop: re,
    mrel: Ye,
    minner: re
  },
  mbin: {
    mord: wt,
    mop: wt,
    mopen: wt,
    minner: wt
  },
  mrel: {
    mord: Ye,
    mop: Ye,
    mopen: Ye,
    minner: Ye
  },
  mopen: {},
  mclose: {
    mop: re,
    mbin: wt,
    mrel: Ye,
    minner: re
  },
  mpunct: {
    mord: re,
    mop: re,
    mrel: Ye,
    mopen: re,
    mclose: re,
    mpunct: re,
    minner: re
  },
  minner: {
    mord: re,
    mop: re,
    mbin: wt,
    mrel: Ye,
    mopen: re,
    mpunct: re,
    minner: re
  }
}, Ph = {
  mord: {
    mop: re
  },
  mop: {
    mord: re,
    mop: re
  },
  mbin: {},
  mrel: {},
  mopen: {},
  mclose: {
    mop: re
  },
  mpunct: {},
  minner: {
    mop: re
  }
}, ho = {}, sr = {}, ir = {};
function R(t) {
  for (var {
    type: e,
    names: r,
    props: n,
    handler: a,
    htmlBuilder: s,
    mathmlBuilder: i
  } = t, o = {
    type: e,
    numArgs: n.numArgs,
    argTypes: n.argTypes,
    allowedInArgument: !!n.allowedInArgument,
    allowedInText: !!n.allowedInText,
    allowedInMath: n.allowedInMath === void 0 ? !0 : n.allowedInMath,
    numOptionalArgs: n.numOptionalArgs || 0,
    infix: !!n.infix,
    primitive: !!n.primitive,
    handler: a
  }, l = 0; l < r.length; ++l)
    ho[r[l]] = o;
  e && (s && (sr[e] = s), i && (ir[e] = i));
}
function Dt(t) {
  var {
    type: e,
    htmlBuilder: r,
    mathmlBuilder: n
  } = t;
  R({
    type: e,
    names: [],
    props: {
      numArgs: 0
    },
    handler() {
      throw new Error("Should never be called.");
    },
    htmlBuilder: r,
    mathmlBuilder: n
  });
}
var or = function(e) {
  return e.type === "ordgroup" && e.body.length === 1 ? e.body[0] : e;
}, ie = function(e) {
  return e.type === "ordgroup" ? e.body : [e];
}, Uh = /* @__PURE__ */ new Set(["leftmost", "mbin", "mopen", "mrel", "mop", "mpunct"]), Gh = /* @__PURE__ */ new Set(["rightmost", "mrel", "mclose", "mpunct"]), Wh = {
  display: W.DISPLAY,
  text: W.TEXT,
  script: W.SCRIPT,
  scriptscript: W.SCRIPTSCRIPT
}, jh = {
  mord: "mord",
  mop: "mop",
  mbin: "mbin",
  mrel: "mrel",
  mopen: "mopen",
  mclose: "mclose",
  mpunct: "mpunct",
  minner: "minner"
}, he = function(e, r, n, a) {
  a === void 0 && (a = [null, null]);
  for (var s = [], i = 0; i < e.length; i++) {
    var o = K(e[i], r);
    if (o instanceof _t) {
      var l = o.children;
      s.push(...l);
    } else
      s.push(o);
  }
  if (io(s), !n)
    return s;
  var h = r;
  if (e.length === 1) {
    var m = e[0];
    m.type === "sizing" ? h = r.havingSize(m.size) : m.type === "styling" && (h = r.havingStyle(Wh[m.style]));
  }
  var d = N([a[0] || "leftmost"], [], r), p = N([a[1] || "rightmost"], [], r), g = n === "root";
  return zn(s, (w, M) => {
    var S = M.classes[0], T = w.classes[0];
    S === "mbin" && Gh.has(T) ? M.classes[0] = "mord" : T === "mbin" && Uh.has(S) && (w.classes[0] = "mord");
  }, {
    node: d
  }, p, g), zn(s, (w, M) => {
    var S, T, A = Nn(M), z = Nn(w), D = A && z ? w.hasClass("mtight") ? (S = Ph[A]) == null ? void 0 : S[z] : (T = Hh[A]) == null ? void 0 : T[z] : null;
    if (D)
      return oo(D, h);
  }, {
    node: d
  }, p, g), s;
}, zn = function(e, r, n, a, s) {
  a && e.push(a);
  for (var i = 0; i < e.length; i++) {
    var o = e[i], l = co(o);
    if (l) {
      zn(l.children, r, n, null, s);
      continue;
    }
    var h = !o.hasClass("mspace");
    if (h) {
      var m = r(o, n.node);
      m && (n.insertAfter ? n.insertAfter(m) : (e.unshift(m), i++));
    }
    h ? n.node = o : s && o.hasClass("newline") && (n.node = N(["leftmost"])), n.insertAfter = /* @__PURE__ */ ((d) => (p) => {
      e.splice(d + 1, 0, p), i++;
    })(i);
  }
  a && e.pop();
}, co = function(e) {
  return e instanceof _t || e instanceof mr || e instanceof e0 && e.hasClass("enclosing") ? e : null;
}, Cn = function(e, r) {
  var n = co(e);
  if (n) {
    var a = n.children;
    if (a.length) {
      if (r === "right")
        return Cn(a[a.length - 1], "right");
      if (r === "left")
        return Cn(a[0], "left");
    }
  }
  return e;
}, Nn = function(e, r) {
  if (!e)
    return null;
  r && (e = Cn(e, r));
  var n = e.classes[0];
  return jh[n] || null;
}, p0 = function(e, r) {
  var n = ["nulldelimiter"].concat(e.baseSizingClasses());
  return N(r.concat(n));
}, K = function(e, r, n) {
  if (!e)
    return N();
  if (sr[e.type]) {
    var a = sr[e.type](e, r);
    if (n && r.size !== n.size) {
      a = N(r.sizingClasses(n), [a], r);
      var s = r.sizeMultiplier / n.sizeMultiplier;
      a.height *= s, a.depth *= s;
    }
    return a;
  } else
    throw new $("Got group of unknown type: '" + e.type + "'");
};
function q0(t, e) {
  var r = N(["base"], t, e), n = N(["strut"]);
  return n.style.height = B(r.height + r.depth), r.depth && (n.style.verticalAlign = B(-r.depth)), r.children.unshift(n), r;
}
function $n(t, e) {
  var r = null;
  t.length === 1 && t[0].type === "tag" && (r = t[0].tag, t = t[0].body);
  var n = he(t, e, "root"), a;
  n.length === 2 && n[1].hasClass("tag") && (a = n.pop());
  for (var s = [], i = [], o = 0; o < n.length; o++)
    if (i.push(n[o]), n[o].hasClass("mbin") || n[o].hasClass("mrel") || n[o].hasClass("allowbreak")) {
      for (var l = !1; o < n.length - 1 && n[o + 1].hasClass("mspace") && !n[o + 1].hasClass("newline"); )
        o++, i.push(n[o]), n[o].hasClass("nobreak") && (l = !0);
      l || (s.push(q0(i, e)), i = []);
    } else n[o].hasClass("newline") && (i.pop(), i.length > 0 && (s.push(q0(i, e)), i = []), s.push(n[o]));
  i.length > 0 && s.push(q0(i, e));
  var h;
  r ? (h = q0(he(r, e, !0), e), h.classes = ["tag"], s.push(h)) : a && s.push(a);
  var m = N(["katex-html"], s);
  if (m.setAttribute("aria-hidden", "true"), h) {
    var d = h.children[0];
    d.style.height = B(m.height + m.depth), m.depth && (d.style.verticalAlign = B(-m.depth));
  }
  return m;
}
function mo(t) {
  return new _t(t);
}
class E {
  constructor(e, r, n) {
    this.type = void 0, this.attributes = void 0, this.children = void 0, this.classes = void 0, this.type = e, this.attributes = {}, this.children = r || [], this.classes = n || [];
  }
  /**
   * Sets an attribute on a MathML node. MathML depends on attributes to convey a
   * semantic content, so this is used heavily.
   */
  setAttribute(e, r) {
    this.attributes[e] = r;
  }
  /**
   * Gets an attribute on a MathML node.
   */
  getAttribute(e) {
    return this.attributes[e];
  }
  /**
   * Converts the math node into a MathML-namespaced DOM element.
   */
  toNode() {
    var e = document.createElementNS("http://www.w3.org/1998/Math/MathML", this.type);
    for (var r in this.attributes)
      Object.prototype.hasOwnProperty.call(this.attributes, r) && e.setAttribute(r, this.attributes[r]);
    this.classes.length > 0 && (e.className = dt(this.classes));
    for (var n = 0; n < this.children.length; n++)
      if (this.children[n] instanceof oe && this.children[n + 1] instanceof oe) {
        for (var a = this.children[n].toText() + this.children[++n].toText(); this.children[n + 1] instanceof oe; )
          a += this.children[++n].toText();
        e.appendChild(new oe(a).toNode());
      } else
        e.appendChild(this.children[n].toNode());
    return e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    var e = "<" + this.type;
    for (var r in this.attributes)
      Object.prototype.hasOwnProperty.call(this.attributes, r) && (e += " " + r + '="', e += ve(this.attributes[r]), e += '"');
    this.classes.length > 0 && (e += ' class ="' + ve(dt(this.classes)) + '"'), e += ">";
    for (var n = 0; n < this.children.length; n++)
      e += this.children[n].toMarkup();
    return e += "</" + this.type + ">", e;
  }
  /**
   * Converts the math node into a string, similar to innerText, but escaped.
   */
  toText() {
    return this.children.map((e) => e.toText()).join("");
  }
}
class oe {
  constructor(e) {
    this.text = void 0, this.text = e;
  }
  /**
   * Converts the text node into a DOM text node.
   */
  toNode() {
    return document.createTextNode(this.text);
  }
  /**
   * Converts the text node into escaped HTML markup
   * (representing the text itself).
   */
  toMarkup() {
    return ve(this.toText());
  }
  /**
   * Converts the text node into a string
   * (representing the text itself).
   */
  toText() {
    return this.text;
  }
}
class fo {
  /**
   * Create a Space node with width given in CSS ems.
   */
  constructor(e) {
    this.width = void 0, this.character = void 0, this.width = e, e >= 0.05555 && e <= 0.05556 ? this.character = " " : e >= 0.1666 && e <= 0.1667 ? this.character = " " : e >= 0.2222 && e <= 0.2223 ? this.character = " " : e >= 0.2777 && e <= 0.2778 ? this.character = "  " : e >= -0.05556 && e <= -0.05555 ? this.character = " ⁣" : e >= -0.1667 && e <= -0.1666 ? this.character = " ⁣" : e >= -0.2223 && e <= -0.2222 ? this.character = " ⁣" : e >= -0.2778 && e <= -0.2777 ? this.character = " ⁣" : this.character = null;
  }
  /**
   * Converts the math node into a MathML-namespaced DOM element.
   */
  toNode() {
    if (this.character)
      return document.createTextNode(this.character);
    var e = document.createElementNS("http://www.w3.org/1998/Math/MathML", "mspace");
    return e.setAttribute("width", B(this.width)), e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    return this.character ? "<mtext>" + this.character + "</mtext>" : '<mspace width="' + B(this.width) + '"/>';
  }
  /**
   * Converts the math node into a string, similar to innerText.
   */
  toText() {
    return this.character ? this.character : " ";
  }
}
var Vh = /* @__PURE__ */ new Set(["\\imath", "\\jmath"]), Yh = /* @__PURE__ */ new Set(["mrow", "mtable"]), $e = function(e, r, n) {
  return _[r][e] && _[r][e].replace && e.charCodeAt(0) !== 55349 && !(so.hasOwnProperty(e) && n && (n.fontFamily && n.fontFamily.slice(4, 6) === "tt" || n.font && n.font.slice(4, 6) === "tt")) && (e = _[r][e].replace), new oe(e);
}, ia = function(e) {
  return e.length === 1 ? e[0] : new E("mrow", e);
}, Xh = {
  mathit: "italic",
  boldsymbol: (t) => t.type === "textord" ? "bold" : "bold-italic",
  mathbf: "bold",
  mathbb: "double-struck",
  mathsfit: "sans-serif-italic",
  mathfrak: "fraktur",
  mathscr: "script",
  mathcal: "script",
  mathsf: "sans-serif",
  mathtt: "monospace"
}, oa = (t, e) => {
  if (t.mode === "text") {
    if (e.fontFamily === "texttt")
      return "monospace";
    if (e.fontFamily === "textsf")
      return e.fontShape === "textit" && e.fontWeight === "textbf" ? "sans-serif-bold-italic" : e.fontShape === "textit" ? "sans-serif-italic" : e.fontWeight === "textbf" ? "bold-sans-serif" : "sans-serif";
    if (e.fontShape === "textit" && e.fontWeight === "textbf")
      return "bold-italic";
    if (e.fontShape === "textit")
      return "italic";
    if (e.fontWeight === "textbf")
      return "bold";
  }
  var r = e.font;
  if (!r || r === "mathnormal")
    return null;
  var n = t.mode, a = Xh[r];
  if (a)
    return typeof a == "function" ? a(t) : a;
  var s = t.text;
  if (Vh.has(s))
    return null;
  if (_[n][s]) {
    var i = _[n][s].replace;
    i && (s = i);
  }
  var o = Tn[r].fontName;
  return na(s, o, n) ? Tn[r].variant : null;
};
function Lr(t) {
  if (!t)
    return !1;
  if (t.type === "mi" && t.children.length === 1) {
    var e = t.children[0];
    return e instanceof oe && e.text === ".";
  } else if (t.type === "mo" && t.children.length === 1 && t.getAttribute("separator") === "true" && t.getAttribute("lspace") === "0em" && t.getAttribute("rspace") === "0em") {
    var r = t.children[0];
    return r instanceof oe && r.text === ",";
  } else
    return !1;
}
var Ce = function(e, r, n) {
  if (e.length === 1) {
    var a = Z(e[0], r);
    return n && a instanceof E && a.type === "mo" && (a.setAttribute("lspace", "0em"), a.setAttribute("rspace", "0em")), [a];
  }
  for (var s = [], i, o = 0; o < e.length; o++) {
    var l = Z(e[o], r);
    if (l instanceof E && i instanceof E) {
      if (l.type === "mtext" && i.type === "mtext" && l.getAttribute("mathvariant") === i.getAttribute("mathvariant")) {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (Lr(l) && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && Lr(i))
        l.children = [...i.children, ...l.children], s.pop();
      else if ((l.type === "msup" || l.type === "msub") && l.children.length >= 1 && (i.type === "mn" || Lr(i))) {
        var h = l.children[0];
        h instanceof E && h.type === "mn" && (h.children = [...i.children, ...h.children], s.pop());
      } else if (i.type === "mi" && i.children.length === 1) {
        var m = i.children[0];
        if (m instanceof oe && m.text === "̸" && (l.type === "mo" || l.type === "mi" || l.type === "mn")) {
          var d = l.children[0];
          d instanceof oe && d.text.length > 0 && (d.text = d.text.slice(0, 1) + "̸" + d.text.slice(1), s.pop());
        }
      }
    }
    s.push(l), i = l;
  }
  return s;
}, vt = function(e, r, n) {
  return ia(Ce(e, r, n));
}, Z = function(e, r) {
  if (!e)
    return new E("mrow");
  if (ir[e.type])
    return ir[e.type](e, r);
  throw new $("Got group of unknown type: '" + e.type + "'");
};
function xs(t, e, r, n, a) {
  var s = Ce(t, r), i;
  s.length === 1 && s[0] instanceof E && Yh.has(s[0].type) ? i = s[0] : i = new E("mrow", s);
  var o = new E("annotation", [new oe(e)]);
  o.setAttribute("encoding", "application/x-tex");
  var l = new E("semantics", [i, o]), h = new E("math", [l]);
  h.setAttribute("xmlns", "http://www.w3.org/1998/Math/MathML"), n && h.setAttribute("display", "block");
  var m = a ? "katex" : "katex-mathml";
  return N([m], [h]);
}
var Kh = [
  // Each element contains [textsize, scriptsize, scriptscriptsize].
  // The size mappings are taken from TeX with \normalsize=10pt.
  [1, 1, 1],
  // size1: [5, 5, 5]              \tiny
  [2, 1, 1],
  // size2: [6, 5, 5]
  [3, 1, 1],
  // size3: [7, 5, 5]              \scriptsize
  [4, 2, 1],
  // size4: [8, 6, 5]              \footnotesize
  [5, 2, 1],
  // size5: [9, 6, 5]              \small
  [6, 3, 1],
  // size6: [10, 7, 5]             \normalsize
  [7, 4, 2],
  // size7: [12, 8, 6]             \large
  [8, 6, 3],
  // size8: [14.4, 10, 7]          \Large
  [9, 7, 6],
  // size9: [17.28, 12, 10]        \LARGE
  [10, 8, 7],
  // size10: [20.74, 14.4, 12]     \huge
  [11, 10, 9]
  // size11: [24.88, 20.74, 17.28] \HUGE
], Ms = [
  // fontMetrics.js:getGlobalMetrics also uses size indexes, so if
  // you change size indexes, change that function.
  0.5,
  0.6,
  0.7,
  0.8,
  0.9,
  1,
  1.2,
  1.44,
  1.728,
  2.074,
  2.488
], ks = function(e, r) {
  return r.size < 2 ? e : Kh[e - 1][r.size - 1];
};
class Je {
  constructor(e) {
    this.style = void 0, this.color = void 0, this.size = void 0, this.textSize = void 0, this.phantom = void 0, this.font = void 0, this.fontFamily = void 0, this.fontWeight = void 0, this.fontShape = void 0, this.sizeMultiplier = void 0, this.maxSize = void 0, this.minRuleThickness = void 0, this._fontMetrics = void 0, this.style = e.style, this.color = e.color, this.size = e.size || Je.BASESIZE, this.textSize = e.textSize || this.size, this.phantom = !!e.phantom, this.font = e.font || "", this.fontFamily = e.fontFamily || "", this.fontWeight = e.fontWeight || "", this.fontShape = e.fontShape || "", this.sizeMultiplier = Ms[this.size - 1], this.maxSize = e.maxSize, this.minRuleThickness = e.minRuleThickness, this._fontMetrics = void 0;
  }
  /**
   * Returns a new options object with the same properties as "this".  Properties
   * from "extension" will be copied to the new options object.
   */
  extend(e) {
    var r = {
      style: this.style,
      size: this.size,
      textSize: this.textSize,
      color: this.color,
      phantom: this.phantom,
      font: this.font,
      fontFamily: this.fontFamily,
      fontWeight: this.fontWeight,
      fontShape: this.fontShape,
      maxSize: this.maxSize,
      minRuleThickness: this.minRuleThickness
    };
    return Object.assign(r, e), new Je(r);
  }
  /**
   * Return an options object with the given style. If `this.style === style`,
   * returns `this`.
   */
  havingStyle(e) {
    return this.style === e ? this : this.extend({
      style: e,
      size: ks(this.textSize, e)
    });
  }
  /**
   * Return an options object with a cramped version of the current style. If
   * the current style is cramped, returns `this`.
   */
  havingCrampedStyle() {
    return this.havingStyle(this.style.cramp());
  }
  /**
   * Return an options object with the given size and in at least `\textstyle`.
   * Returns `this` if appropriate.
   */
  havingSize(e) {
    return this.size === e && this.textSize === e ? this : this.extend({
      style: this.style.text(),
      size: e,
      textSize: e,
      sizeMultiplier: Ms[e - 1]
    });
  }
  /**
   * Like `this.havingSize(BASESIZE).havingStyle(style)`. If `style` is omitted,
   * changes to at least `\textstyle`.
   */
  havingBaseStyle(e) {
    e = e || this.style.text();
    var r = ks(Je.BASESIZE, e);
    return this.size === r && this.textSize === Je.BASESIZE && this.style === e ? this : this.extend({
      style: e,
      size: r
    });
  }
  /**
   * Remove the effect of sizing changes such as \Huge.
   * Keep the effect of the current style, such as \scriptstyle.
   */
  havingBaseSizing() {
    var e;
    switch (this.style.id) {
      case 4:
      case 5:
        e = 3;
        break;
      case 6:
      case 7:
        e = 1;
        break;
      default:
        e = 6;
    }
    return this.extend({
      style: this.style.text(),
      size: e
    });
  }
  /**
   * Create a new options object with the given color.
   */
  withColor(e) {
    return this.extend({
      color: e
    });
  }
  /**
   * Create a new options object with "phantom" set to true.
   */
  withPhantom() {
    return this.extend({
      phantom: !0
    });
  }
  /**
   * Creates a new options object with the given math font or old text font.
   * @type {[type]}
   */
  withFont(e) {
    return this.extend({
      font: e
    });
  }
  /**
   * Create a new options objects with the given fontFamily.
   */
  withTextFontFamily(e) {
    return this.extend({
      fontFamily: e,
      font: ""
    });
  }
  /**
   * Creates a new options object with the given font weight
   */
  withTextFontWeight(e) {
    return this.extend({
      fontWeight: e,
      font: ""
    });
  }
  /**
   * Creates a new options object with the given font weight
   */
  withTextFontShape(e) {
    return this.extend({
      fontShape: e,
      font: ""
    });
  }
  /**
   * Return the CSS sizing classes required to switch from enclosing options
   * `oldOptions` to `this`. Returns an array of classes.
   */
  sizingClasses(e) {
    return e.size !== this.size ? ["sizing", "reset-size" + e.size, "size" + this.size] : [];
  }
  /**
   * Return the CSS sizing classes required to switch to the base size. Like
   * `this.havingSize(BASESIZE).sizingClasses(this)`.
   */
  baseSizingClasses() {
    return this.size !== Je.BASESIZE ? ["sizing", "reset-size" + this.size, "size" + Je.BASESIZE] : [];
  }
  /**
   * Return the font metrics for this size.
   */
  fontMetrics() {
    return this._fontMetrics || (this._fontMetrics = Bh(this.size)), this._fontMetrics;
  }
  /**
   * Gets the CSS color of the current options object
   */
  getColor() {
    return this.phantom ? "transparent" : this.color;
  }
}
Je.BASESIZE = 6;
var po = function(e) {
  return new Je({
    style: e.displayMode ? W.DISPLAY : W.TEXT,
    maxSize: e.maxSize,
    minRuleThickness: e.minRuleThickness
  });
}, vo = function(e, r) {
  if (r.displayMode) {
    var n = ["katex-display"];
    r.leqno && n.push("leqno"), r.fleqn && n.push("fleqn"), e = N(n, [e]);
  }
  return e;
}, Jh = function(e, r, n) {
  var a = po(n), s;
  if (n.output === "mathml")
    return xs(e, r, a, n.displayMode, !0);
  if (n.output === "html") {
    var i = $n(e, a);
    s = N(["katex"], [i]);
  } else {
    var o = xs(e, r, a, n.displayMode, !1), l = $n(e, a);
    s = N(["katex"], [o, l]);
  }
  return vo(s, n);
}, Zh = function(e, r, n) {
  var a = po(n), s = $n(e, a), i = N(["katex"], [s]);
  return vo(i, n);
}, Qh = {
  widehat: "^",
  widecheck: "ˇ",
  widetilde: "~",
  utilde: "~",
  overleftarrow: "←",
  underleftarrow: "←",
  xleftarrow: "←",
  overrightarrow: "→",
  underrightarrow: "→",
  xrightarrow: "→",
  underbrace: "⏟",
  overbrace: "⏞",
  underbracket: "⎵",
  overbracket: "⎴",
  overgroup: "⏠",
  undergroup: "⏡",
  overleftrightarrow: "↔",
  underleftrightarrow: "↔",
  xleftrightarrow: "↔",
  Overrightarrow: "⇒",
  xRightarrow: "⇒",
  overleftharpoon: "↼",
  xleftharpoonup: "↼",
  overrightharpoon: "⇀",
  xrightharpoonup: "⇀",
  xLeftarrow: "⇐",
  xLeftrightarrow: "⇔",
  xhookleftarrow: "↩",
  xhookrightarrow: "↪",
  xmapsto: "↦",
  xrightharpoondown: "⇁",
  xleftharpoondown: "↽",
  xrightleftharpoons: "⇌",
  xleftrightharpoons: "⇋",
  xtwoheadleftarrow: "↞",
  xtwoheadrightarrow: "↠",
  xlongequal: "=",
  xtofrom: "⇄",
  xrightleftarrows: "⇄",
  xrightequilibrium: "⇌",
  // Not a perfect match.
  xleftequilibrium: "⇋",
  // None better available.
  "\\cdrightarrow": "→",
  "\\cdleftarrow": "←",
  "\\cdlongequal": "="
}, pr = function(e) {
  var r = new E("mo", [new oe(Qh[e.replace(/^\\/, "")])]);
  return r.setAttribute("stretchy", "true"), r;
}, _h = {
  //   path(s), minWidth, height, align
  overrightarrow: [["rightarrow"], 0.888, 522, "xMaxYMin"],
  overleftarrow: [["leftarrow"], 0.888, 522, "xMinYMin"],
  underrightarrow: [["rightarrow"], 0.888, 522, "xMaxYMin"],
  underleftarrow: [["leftarrow"], 0.888, 522, "xMinYMin"],
  xrightarrow: [["rightarrow"], 1.469, 522, "xMaxYMin"],
  "\\cdrightarrow": [["rightarrow"], 3, 522, "xMaxYMin"],
  // CD minwwidth2.5pc
  xleftarrow: [["leftarrow"], 1.469, 522, "xMinYMin"],
  "\\cdleftarrow": [["leftarrow"], 3, 522, "xMinYMin"],
  Overrightarrow: [["doublerightarrow"], 0.888, 560, "xMaxYMin"],
  xRightarrow: [["doublerightarrow"], 1.526, 560, "xMaxYMin"],
  xLeftarrow: [["doubleleftarrow"], 1.526, 560, "xMinYMin"],
  overleftharpoon: [["leftharpoon"], 0.888, 522, "xMinYMin"],
  xleftharpoonup: [["leftharpoon"], 0.888, 522, "xMinYMin"],
  xleftharpoondown: [["leftharpoondown"], 0.888, 522, "xMinYMin"],
  overrightharpoon: [["rightharpoon"], 0.888, 522, "xMaxYMin"],
  xrightharpoonup: [["rightharpoon"], 0.888, 522, "xMaxYMin"],
  xrightharpoondown: [["rightharpoondown"], 0.888, 522, "xMaxYMin"],
  xlongequal: [["longequal"], 0.888, 334, "xMinYMin"],
  "\\cdlongequal": [["longequal"], 3, 334, "xMinYMin"],
  xtwoheadleftarrow: [["twoheadleftarrow"], 0.888, 334, "xMinYMin"],
  xtwoheadrightarrow: [["twoheadrightarrow"], 0.888, 334, "xMaxYMin"],
  overleftrightarrow: [["leftarrow", "rightarrow"], 0.888, 522],
  overbrace: [["leftbrace", "midbrace", "rightbrace"], 1.6, 548],
  underbrace: [["leftbraceunder", "midbraceunder", "rightbraceunder"], 1.6, 548],
  underleftrightarrow: [["leftarrow", "rightarrow"], 0.888, 522],
  xleftrightarrow: [["leftarrow", "rightarrow"], 1.75, 522],
  xLeftrightarrow: [["doubleleftarrow", "doublerightarrow"], 1.75, 560],
  xrightleftharpoons: [["leftharpoondownplus", "rightharpoonplus"], 1.75, 716],
  xleftrightharpoons: [["leftharpoonplus", "rightharpoondownplus"], 1.75, 716],
  xhookleftarrow: [["leftarrow", "righthook"], 1.08, 522],
  xhookrightarrow: [["lefthook", "rightarrow"], 1.08, 522],
  overlinesegment: [["leftlinesegment", "rightlinesegment"], 0.888, 522],
  underlinesegment: [["leftlinesegment", "rightlinesegment"], 0.888, 522],
  overbracket: [["leftbracketover", "rightbracketover"], 1.6, 440],
  underbracket: [["leftbracketunder", "rightbracketunder"], 1.6, 410],
  overgroup: [["leftgroup", "rightgroup"], 0.888, 342],
  undergroup: [["leftgroupunder", "rightgroupunder"], 0.888, 342],
  xmapsto: [["leftmapsto", "rightarrow"], 1.5, 522],
  xtofrom: [["leftToFrom", "rightToFrom"], 1.75, 528],
  // The next three arrows are from the mhchem package.
  // In mhchem.sty, min-length is 2.0em. But these arrows might appear in the
  // document as \xrightarrow or \xrightleftharpoons. Those have
  // min-length = 1.75em, so we set min-length on these next three to match.
  xrightleftarrows: [["baraboveleftarrow", "rightarrowabovebar"], 1.75, 901],
  xrightequilibrium: [["baraboveshortleftharpoon", "rightharpoonaboveshortbar"], 1.75, 716],
  xleftequilibrium: [["shortbaraboveleftharpoon", "shortrightharpoonabovebar"], 1.75, 716]
}, ec = /* @__PURE__ */ new Set(["widehat", "widecheck", "widetilde", "utilde"]), vr = function(e, r) {
  function n() {
    var o = 4e5, l = e.label.slice(1);
    if (ec.has(l) && "base" in e) {
      var h = e.base.type === "ordgroup" ? e.base.body.length : 1, m, d, p;
      if (h > 5)
        l === "widehat" || l === "widecheck" ? (m = 420, o = 2364, p = 0.42, d = l + "4") : (m = 312, o = 2340, p = 0.34, d = "tilde4");
      else {
        var g = [1, 1, 2, 2, 3, 3][h];
        l === "widehat" || l === "widecheck" ? (o = [0, 1062, 2364, 2364, 2364][g], m = [0, 239, 300, 360, 420][g], p = [0, 0.24, 0.3, 0.3, 0.36, 0.42][g], d = l + g) : (o = [0, 600, 1033, 2339, 2340][g], m = [0, 260, 286, 306, 312][g], p = [0, 0.26, 0.286, 0.3, 0.306, 0.34][g], d = "tilde" + g);
      }
      var w = new ft(d), M = new rt([w], {
        width: "100%",
        height: B(p),
        viewBox: "0 0 " + o + " " + m,
        preserveAspectRatio: "none"
      });
      return {
        span: pt([], [M], r),
        minWidth: 0,
        height: p
      };
    } else {
      var S = [], T = _h[l];
      if (!T)
        throw new Error('No SVG data for "' + l + '".');
      var [A, z, D] = T, q = D / 1e3, O = A.length, H, U;
      if (O === 1) {
        if (T.length !== 4)
          throw new Error('Expected 4-tuple for single-path SVG data "' + l + '".');
        H = ["hide-tail"], U = [T[3]];
      } else if (O === 2)
        H = ["halfarrow-left", "halfarrow-right"], U = ["xMinYMin", "xMaxYMin"];
      else if (O === 3)
        H = ["brace-left", "brace-center", "brace-right"], U = ["xMinYMin", "xMidYMin", "xMaxYMin"];
      else
        throw new Error(`Correct katexImagesData or update code here to support
                    ` + O + " children.");
      for (var j = 0; j < O; j++) {
        var se = new ft(A[j]), pe = new rt([se], {
          width: "400em",
          height: B(q),
          viewBox: "0 0 " + o + " " + D,
          preserveAspectRatio: U[j] + " slice"
        }), F = pt([H[j]], [pe], r);
        if (O === 1)
          return {
            span: F,
            minWidth: z,
            height: q
          };
        F.style.height = B(q), S.push(F);
      }
      return {
        span: N(["stretchy"], S, r),
        minWidth: z,
        height: q
      };
    }
  }
  var {
    span: a,
    minWidth: s,
    height: i
  } = n();
  return a.height = i, a.style.height = B(i), s > 0 && (a.style.minWidth = B(s)), a;
}, tc = function(e, r, n, a, s) {
  var i, o = e.height + e.depth + n + a;
  if (/fbox|color|angl/.test(r)) {
    if (i = N(["stretchy", r], [], s), r === "fbox") {
      var l = s.color && s.getColor();
      l && (i.style.borderColor = l);
    }
  } else {
    var h = [];
    /^[bx]cancel$/.test(r) && h.push(new wn({
      x1: "0",
      y1: "0",
      x2: "100%",
      y2: "100%",
      "stroke-width": "0.046em"
    })), /^x?cancel$/.test(r) && h.push(new wn({
      x1: "0",
      y1: "100%",
      x2: "100%",
      y2: "0",
      "stroke-width": "0.046em"
    }));
    var m = new rt(h, {
      width: "100%",
      height: B(o)
    });
    i = pt([], [m], s);
  }
  return i.height = o, i.style.height = B(o), i;
}, rc = {
  bin: 1,
  close: 1,
  inner: 1,
  open: 1,
  punct: 1,
  rel: 1
}, nc = {
  "accent-token": 1,
  mathord: 1,
  "op-token": 1,
  spacing: 1,
  textord: 1
};
function ac(t) {
  return t in rc;
}
function V(t, e) {
  if (!t || t.type !== e)
    throw new Error("Expected node of type " + e + ", but got " + (t ? "node of type " + t.type : String(t)));
  return t;
}
function gr(t) {
  var e = br(t);
  if (!e)
    throw new Error("Expected node of symbol group type, but got " + (t ? "node of type " + t.type : String(t)));
  return e;
}
function br(t) {
  return t && (t.type === "atom" || nc.hasOwnProperty(t.type)) ? t : null;
}
var go = (t) => {
  if (t instanceof Te)
    return t;
  if ($h(t) && t.children.length === 1)
    return go(t.children[0]);
}, la = (t, e) => {
  var r, n, a;
  t && t.type === "supsub" ? (n = V(t.base, "accent"), r = n.base, t.base = r, a = Nh(K(t, e)), t.base = n) : (n = V(t, "accent"), r = n.base);
  var s = K(r, e.havingCrampedStyle()), i = n.isShifty && nt(r), o = 0;
  if (i) {
    var l, h;
    o = (l = (h = go(s)) == null ? void 0 : h.skew) != null ? l : 0;
  }
  var m = n.label === "\\c", d = m ? s.height + s.depth : Math.min(s.height, e.fontMetrics().xHeight), p;
  if (n.isStretchy)
    p = vr(n, e), p = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "elem",
        elem: p,
        wrapperClasses: ["svg-align"],
        wrapperStyle: o > 0 ? {
          width: "calc(100% - " + B(2 * o) + ")",
          marginLeft: B(2 * o)
        } : void 0
      }]
    });
  else {
    var g, w;
    n.label === "\\vec" ? (g = uo("vec", e), w = lo.vec[1]) : (g = fr({
      mode: n.mode,
      text: n.label
    }, e, "textord"), g = Ch(g), g.italic = 0, w = g.width, m && (d += g.depth)), p = N(["accent-body"], [g]);
    var M = n.label === "\\textcircled";
    M && (p.classes.push("accent-full"), d = s.height);
    var S = o;
    M || (S -= w / 2), p.style.left = B(S), n.label === "\\textcircled" && (p.style.top = ".2em"), p = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "kern",
        size: -d
      }, {
        type: "elem",
        elem: p
      }]
    });
  }
  var T = N(["mord", "accent"], [p], e);
  return a ? (a.children[0] = T, a.height = Math.max(T.height, a.height), a.classes[0] = "mord", a) : T;
}, bo = (t, e) => {
  var r = t.isStretchy ? pr(t.label) : new E("mo", [$e(t.label, t.mode)]), n = new E("mover", [Z(t.base, e), r]);
  return n.setAttribute("accent", "true"), n;
}, sc = new RegExp(["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring"].map((t) => "\\" + t).join("|"));
R({
  type: "accent",
  names: ["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring", "\\widecheck", "\\widehat", "\\widetilde", "\\overrightarrow", "\\overleftarrow", "\\Overrightarrow", "\\overleftrightarrow", "\\overgroup", "\\overlinesegment", "\\overleftharpoon", "\\overrightharpoon"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var r = or(e[0]), n = !sc.test(t.funcName), a = !n || t.funcName === "\\widehat" || t.funcName === "\\widetilde" || t.funcName === "\\widecheck";
    return {
      type: "accent",
      mode: t.parser.mode,
      label: t.funcName,
      isStretchy: n,
      isShifty: a,
      base: r
    };
  },
  htmlBuilder: la,
  mathmlBuilder: bo
});
R({
  type: "accent",
  names: ["\\'", "\\`", "\\^", "\\~", "\\=", "\\u", "\\.", '\\"', "\\c", "\\r", "\\H", "\\v", "\\textcircled"],
  props: {
    numArgs: 1,
    allowedInText: !0,
    allowedInMath: !0,
    // unless in strict mode
    argTypes: ["primitive"]
  },
  handler: (t, e) => {
    var r = e[0], n = t.parser.mode;
    return n === "math" && (t.parser.settings.reportNonstrict("mathVsTextAccents", "LaTeX's accent " + t.funcName + " works only in text mode"), n = "text"), {
      type: "accent",
      mode: n,
      label: t.funcName,
      isStretchy: !1,
      isShifty: !0,
      base: r
    };
  },
  htmlBuilder: la,
  mathmlBuilder: bo
});
R({
  type: "accentUnder",
  names: ["\\underleftarrow", "\\underrightarrow", "\\underleftrightarrow", "\\undergroup", "\\underlinesegment", "\\utilde"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "accentUnder",
      mode: r.mode,
      label: n,
      base: a
    };
  },
  htmlBuilder: (t, e) => {
    var r = K(t.base, e), n = vr(t, e), a = t.label === "\\utilde" ? 0.12 : 0, s = X({
      positionType: "top",
      positionData: r.height,
      children: [{
        type: "elem",
        elem: n,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: a
      }, {
        type: "elem",
        elem: r
      }]
    });
    return N(["mord", "accentunder"], [s], e);
  },
  mathmlBuilder: (t, e) => {
    var r = pr(t.label), n = new E("munder", [Z(t.base, e), r]);
    return n.setAttribute("accentunder", "true"), n;
  }
});
var F0 = (t) => {
  var e = new E("mpadded", t ? [t] : []);
  return e.setAttribute("width", "+0.6em"), e.setAttribute("lspace", "0.3em"), e;
};
R({
  type: "xArrow",
  names: [
    "\\xleftarrow",
    "\\xrightarrow",
    "\\xLeftarrow",
    "\\xRightarrow",
    "\\xleftrightarrow",
    "\\xLeftrightarrow",
    "\\xhookleftarrow",
    "\\xhookrightarrow",
    "\\xmapsto",
    "\\xrightharpoondown",
    "\\xrightharpoonup",
    "\\xleftharpoondown",
    "\\xleftharpoonup",
    "\\xrightleftharpoons",
    "\\xleftrightharpoons",
    "\\xlongequal",
    "\\xtwoheadrightarrow",
    "\\xtwoheadleftarrow",
    "\\xtofrom",
    // The next 3 functions are here to support the mhchem extension.
    // Direct use of these functions is discouraged and may break someday.
    "\\xrightleftarrows",
    "\\xrightequilibrium",
    "\\xleftequilibrium",
    // The next 3 functions are here only to support the {CD} environment.
    "\\\\cdrightarrow",
    "\\\\cdleftarrow",
    "\\\\cdlongequal"
  ],
  props: {
    numArgs: 1,
    numOptionalArgs: 1
  },
  handler(t, e, r) {
    var {
      parser: n,
      funcName: a
    } = t;
    return {
      type: "xArrow",
      mode: n.mode,
      label: a,
      body: e[0],
      below: r[0]
    };
  },
  htmlBuilder(t, e) {
    var r = e.style, n = e.havingStyle(r.sup()), a = Zt(K(t.body, n, e), e), s = t.label.slice(0, 2) === "\\x" ? "x" : "cd";
    a.classes.push(s + "-arrow-pad");
    var i;
    t.below && (n = e.havingStyle(r.sub()), i = Zt(K(t.below, n, e), e), i.classes.push(s + "-arrow-pad"));
    var o = vr(t, e), l = -e.fontMetrics().axisHeight + 0.5 * o.height, h = -e.fontMetrics().axisHeight - 0.5 * o.height - 0.111;
    (a.depth > 0.25 || t.label === "\\xleftequilibrium") && (h -= a.depth);
    var m;
    if (i) {
      var d = -e.fontMetrics().axisHeight + i.height + 0.5 * o.height + 0.111;
      m = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: a,
          shift: h
        }, {
          type: "elem",
          elem: o,
          shift: l,
          wrapperClasses: ["svg-align"]
        }, {
          type: "elem",
          elem: i,
          shift: d
        }]
      });
    } else
      m = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: a,
          shift: h
        }, {
          type: "elem",
          elem: o,
          shift: l,
          wrapperClasses: ["svg-align"]
        }]
      });
    return N(["mrel", "x-arrow"], [m], e);
  },
  mathmlBuilder(t, e) {
    var r = pr(t.label);
    r.setAttribute("minsize", t.label.charAt(0) === "x" ? "1.75em" : "3.0em");
    var n;
    if (t.body) {
      var a = F0(Z(t.body, e));
      if (t.below) {
        var s = F0(Z(t.below, e));
        n = new E("munderover", [r, s, a]);
      } else
        n = new E("mover", [r, a]);
    } else if (t.below) {
      var i = F0(Z(t.below, e));
      n = new E("munder", [r, i]);
    } else
      n = F0(), n = new E("mover", [r, n]);
    return n;
  }
});
function yo(t, e) {
  var r = he(t.body, e, !0);
  return N([t.mclass], r, e);
}
function wo(t, e) {
  var r, n = Ce(t.body, e);
  return t.mclass === "minner" ? r = new E("mpadded", n) : t.mclass === "mord" ? t.isCharacterBox ? (r = n[0], r.type = "mi") : r = new E("mi", n) : (t.isCharacterBox ? (r = n[0], r.type = "mo") : r = new E("mo", n), t.mclass === "mbin" ? (r.attributes.lspace = "0.22em", r.attributes.rspace = "0.22em") : t.mclass === "mpunct" ? (r.attributes.lspace = "0em", r.attributes.rspace = "0.17em") : t.mclass === "mopen" || t.mclass === "mclose" ? (r.attributes.lspace = "0em", r.attributes.rspace = "0em") : t.mclass === "minner" && (r.attributes.lspace = "0.0556em", r.attributes.width = "+0.1111em")), r;
}
R({
  type: "mclass",
  names: ["\\mathord", "\\mathbin", "\\mathrel", "\\mathopen", "\\mathclose", "\\mathpunct", "\\mathinner"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "mclass",
      mode: r.mode,
      mclass: "m" + n.slice(5),
      // TODO(kevinb): don't prefix with 'm'
      body: ie(a),
      isCharacterBox: nt(a)
    };
  },
  htmlBuilder: yo,
  mathmlBuilder: wo
});
var yr = (t) => {
  var e = t.type === "ordgroup" && t.body.length ? t.body[0] : t;
  return e.type === "atom" && (e.family === "bin" || e.family === "rel") ? "m" + e.family : "mord";
};
R({
  type: "mclass",
  names: ["\\@binrel"],
  props: {
    numArgs: 2
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "mclass",
      mode: r.mode,
      mclass: yr(e[0]),
      body: ie(e[1]),
      isCharacterBox: nt(e[1])
    };
  }
});
R({
  type: "mclass",
  names: ["\\stackrel", "\\overset", "\\underset"],
  props: {
    numArgs: 2
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = e[1], s = e[0], i;
    n !== "\\stackrel" ? i = yr(a) : i = "mrel";
    var o = {
      type: "op",
      mode: a.mode,
      limits: !0,
      alwaysHandleSupSub: !0,
      parentIsSupSub: !1,
      symbol: !1,
      suppressBaseShift: n !== "\\stackrel",
      body: ie(a)
    }, l = {
      type: "supsub",
      mode: s.mode,
      base: o,
      sup: n === "\\underset" ? null : s,
      sub: n === "\\underset" ? s : null
    };
    return {
      type: "mclass",
      mode: r.mode,
      mclass: i,
      body: [l],
      isCharacterBox: nt(l)
    };
  },
  htmlBuilder: yo,
  mathmlBuilder: wo
});
R({
  type: "pmb",
  names: ["\\pmb"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "pmb",
      mode: r.mode,
      mclass: yr(e[0]),
      body: ie(e[0])
    };
  },
  htmlBuilder(t, e) {
    var r = he(t.body, e, !0), n = N([t.mclass], r, e);
    return n.style.textShadow = "0.02em 0.01em 0.04px", n;
  },
  mathmlBuilder(t, e) {
    var r = Ce(t.body, e), n = new E("mstyle", r);
    return n.setAttribute("style", "text-shadow: 0.02em 0.01em 0.04px"), n;
  }
});
var ic = {
  ">": "\\\\cdrightarrow",
  "<": "\\\\cdleftarrow",
  "=": "\\\\cdlongequal",
  A: "\\uparrow",
  V: "\\downarrow",
  "|": "\\Vert",
  ".": "no arrow"
}, Ss = () => ({
  type: "styling",
  body: [],
  mode: "math",
  style: "display",
  resetFont: !0
}), As = (t) => t.type === "textord" && t.text === "@", oc = (t, e) => (t.type === "mathord" || t.type === "atom") && t.text === e;
function lc(t, e, r) {
  var n = ic[t];
  switch (n) {
    case "\\\\cdrightarrow":
    case "\\\\cdleftarrow":
      return r.callFunction(n, [e[0]], [e[1]]);
    case "\\uparrow":
    case "\\downarrow": {
      var a = r.callFunction("\\\\cdleft", [e[0]], []), s = {
        type: "atom",
        text: n,
        mode: "math",
        family: "rel"
      }, i = r.callFunction("\\Big", [s], []), o = r.callFunction("\\\\cdright", [e[1]], []), l = {
        type: "ordgroup",
        mode: "math",
        body: [a, i, o]
      };
      return r.callFunction("\\\\cdparent", [l], []);
    }
    case "\\\\cdlongequal":
      return r.callFunction("\\\\cdlongequal", [], []);
    case "\\Vert": {
      var h = {
        type: "textord",
        text: "\\Vert",
        mode: "math"
      };
      return r.callFunction("\\Big", [h], []);
    }
    default:
      return {
        type: "textord",
        text: " ",
        mode: "math"
      };
  }
}
function uc(t) {
  var e = [];
  for (t.gullet.beginGroup(), t.gullet.macros.set("\\cr", "\\\\\\relax"), t.gullet.beginGroup(); ; ) {
    e.push(t.parseExpression(!1, "\\\\")), t.gullet.endGroup(), t.gullet.beginGroup();
    var r = t.fetch().text;
    if (r === "&" || r === "\\\\")
      t.consume();
    else if (r === "\\end") {
      e[e.length - 1].length === 0 && e.pop();
      break;
    } else
      throw new $("Expected \\\\ or \\cr or \\end", t.nextToken);
  }
  for (var n = [], a = [n], s = 0; s < e.length; s++) {
    for (var i = e[s], o = Ss(), l = 0; l < i.length; l++)
      if (!As(i[l]))
        o.body.push(i[l]);
      else {
        n.push(o), l += 1;
        var h = gr(i[l]).text, m = new Array(2);
        if (m[0] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, m[1] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, !"=|.".includes(h)) if ("<>AV".includes(h))
          for (var d = 0; d < 2; d++) {
            for (var p = !0, g = l + 1; g < i.length; g++) {
              if (oc(i[g], h)) {
                p = !1, l = g;
                break;
              }
              if (As(i[g]))
                throw new $("Missing a " + h + " character to complete a CD arrow.", i[g]);
              m[d].body.push(i[g]);
            }
            if (p)
              throw new $("Missing a " + h + " character to complete a CD arrow.", i[l]);
          }
        else
          throw new $('Expected one of "<>AV=|." after @', i[l]);
        var w = lc(h, m, t), M = {
          type: "styling",
          body: [w],
          mode: "math",
          style: "display",
          // CD is always displaystyle.
          resetFont: !0
        };
        n.push(M), o = Ss();
      }
    s % 2 === 0 ? n.push(o) : n.shift(), n = [], a.push(n);
  }
  t.gullet.endGroup(), t.gullet.endGroup();
  var S = new Array(a[0].length).fill({
    type: "align",
    align: "c",
    pregap: 0.25,
    // CD package sets \enskip between columns.
    postgap: 0.25
    // So pre and post each get half an \enskip, i.e. 0.25em.
  });
  return {
    type: "array",
    mode: "math",
    body: a,
    arraystretch: 1,
    addJot: !0,
    rowGaps: [null],
    cols: S,
    colSeparationType: "CD",
    hLinesBeforeRow: new Array(a.length + 1).fill([])
  };
}
R({
  type: "cdlabel",
  names: ["\\\\cdleft", "\\\\cdright"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t;
    return {
      type: "cdlabel",
      mode: r.mode,
      side: n.slice(4),
      label: e[0]
    };
  },
  htmlBuilder(t, e) {
    var r = e.havingStyle(e.style.sup()), n = Zt(K(t.label, r, e), e);
    return n.classes.push("cd-label-" + t.side), n.style.bottom = B(0.8 - n.depth), n.height = 0, n.depth = 0, n;
  },
  mathmlBuilder(t, e) {
    var r = new E("mrow", [Z(t.label, e)]);
    return r = new E("mpadded", [r]), r.setAttribute("width", "0"), t.side === "left" && r.setAttribute("lspace", "-1width"), r.setAttribute("voffset", "0.7em"), r = new E("mstyle", [r]), r.setAttribute("displaystyle", "false"), r.setAttribute("scriptlevel", "1"), r;
  }
});
R({
  type: "cdlabelparent",
  names: ["\\\\cdparent"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "cdlabelparent",
      mode: r.mode,
      fragment: e[0]
    };
  },
  htmlBuilder(t, e) {
    var r = Zt(K(t.fragment, e), e);
    return r.classes.push("cd-vert-arrow"), r;
  },
  mathmlBuilder(t, e) {
    return new E("mrow", [Z(t.fragment, e)]);
  }
});
R({
  type: "textord",
  names: ["\\@char"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    for (var {
      parser: r
    } = t, n = V(e[0], "ordgroup"), a = n.body, s = "", i = 0; i < a.length; i++) {
      var o = V(a[i], "textord");
      s += o.text;
    }
    var l = parseInt(s), h;
    if (isNaN(l))
      throw new $("\\@char has non-numeric argument " + s);
    if (l < 0 || l >= 1114111)
      throw new $("\\@char with invalid code point " + s);
    return l <= 65535 ? h = String.fromCharCode(l) : (l -= 65536, h = String.fromCharCode((l >> 10) + 55296, (l & 1023) + 56320)), {
      type: "textord",
      mode: r.mode,
      text: h
    };
  }
});
var xo = (t, e) => {
  var r = he(t.body, e.withColor(t.color), !1);
  return st(r);
}, Mo = (t, e) => {
  var r = Ce(t.body, e.withColor(t.color)), n = new E("mstyle", r);
  return n.setAttribute("mathcolor", t.color), n;
};
R({
  type: "color",
  names: ["\\textcolor"],
  props: {
    numArgs: 2,
    allowedInText: !0,
    argTypes: ["color", "original"]
  },
  handler(t, e) {
    var {
      parser: r
    } = t, n = V(e[0], "color-token").color, a = e[1];
    return {
      type: "color",
      mode: r.mode,
      color: n,
      body: ie(a)
    };
  },
  htmlBuilder: xo,
  mathmlBuilder: Mo
});
R({
  type: "color",
  names: ["\\color"],
  props: {
    numArgs: 1,
    allowedInText: !0,
    argTypes: ["color"]
  },
  handler(t, e) {
    var {
      parser: r,
      breakOnTokenText: n
    } = t, a = V(e[0], "color-token").color;
    r.gullet.macros.set("\\current@color", a);
    var s = r.parseExpression(!0, n);
    return {
      type: "color",
      mode: r.mode,
      color: a,
      body: s
    };
  },
  htmlBuilder: xo,
  mathmlBuilder: Mo
});
R({
  type: "cr",
  names: ["\\\\"],
  props: {
    numArgs: 0,
    numOptionalArgs: 0,
    allowedInText: !0
  },
  handler(t, e, r) {
    var {
      parser: n
    } = t, a = n.gullet.future().text === "[" ? n.parseSizeGroup(!0) : null, s = !n.settings.displayMode || !n.settings.useStrictBehavior("newLineInDisplayMode", "In LaTeX, \\\\ or \\newline does nothing in display mode");
    return {
      type: "cr",
      mode: n.mode,
      newLine: s,
      size: a && V(a, "size").value
    };
  },
  // The following builders are called only at the top level,
  // not within tabular/array environments.
  htmlBuilder(t, e) {
    var r = N(["mspace"], [], e);
    return t.newLine && (r.classes.push("newline"), t.size && (r.style.marginTop = B(ne(t.size, e)))), r;
  },
  mathmlBuilder(t, e) {
    var r = new E("mspace");
    return t.newLine && (r.setAttribute("linebreak", "newline"), t.size && r.setAttribute("height", B(ne(t.size, e)))), r;
  }
});
var En = {
  "\\global": "\\global",
  "\\long": "\\\\globallong",
  "\\\\globallong": "\\\\globallong",
  "\\def": "\\gdef",
  "\\gdef": "\\gdef",
  "\\edef": "\\xdef",
  "\\xdef": "\\xdef",
  "\\let": "\\\\globallet",
  "\\futurelet": "\\\\globalfuture"
}, ko = (t) => {
  var e = t.text;
  if (/^(?:[\\{}$&#^_]|EOF)$/.test(e))
    throw new $("Expected a control sequence", t);
  return e;
}, hc = (t) => {
  var e = t.gullet.popToken();
  return e.text === "=" && (e = t.gullet.popToken(), e.text === " " && (e = t.gullet.popToken())), e;
}, So = (t, e, r, n) => {
  var a = t.gullet.macros.get(r.text);
  a == null && (r.noexpand = !0, a = {
    tokens: [r],
    numArgs: 0,
    // reproduce the same behavior in expansion
    unexpandable: !t.gullet.isExpandable(r.text)
  }), t.gullet.macros.set(e, a, n);
};
R({
  type: "internal",
  names: [
    "\\global",
    "\\long",
    "\\\\globallong"
    // can’t be entered directly
  ],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t;
    e.consumeSpaces();
    var n = e.fetch();
    if (En[n.text])
      return (r === "\\global" || r === "\\\\globallong") && (n.text = En[n.text]), V(e.parseFunction(), "internal");
    throw new $("Invalid token after macro prefix", n);
  }
});
R({
  type: "internal",
  names: ["\\def", "\\gdef", "\\edef", "\\xdef"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    primitive: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t, n = e.gullet.popToken(), a = n.text;
    if (/^(?:[\\{}$&#^_]|EOF)$/.test(a))
      throw new $("Expected a control sequence", n);
    for (var s = 0, i, o = [[]]; e.gullet.future().text !== "{"; )
      if (n = e.gullet.popToken(), n.text === "#") {
        if (e.gullet.future().text === "{") {
          i = e.gullet.future(), o[s].push("{");
          break;
        }
        if (n = e.gullet.popToken(), !/^[1-9]$/.test(n.text))
          throw new $('Invalid argument number "' + n.text + '"');
        if (parseInt(n.text) !== s + 1)
          throw new $('Argument number "' + n.text + '" out of order');
        s++, o.push([]);
      } else {
        if (n.text === "EOF")
          throw new $("Expected a macro definition");
        o[s].push(n.text);
      }
    var {
      tokens: l
    } = e.gullet.consumeArg();
    return i && l.unshift(i), (r === "\\edef" || r === "\\xdef") && (l = e.gullet.expandTokens(l), l.reverse()), e.gullet.macros.set(a, {
      tokens: l,
      numArgs: s,
      delimiters: o
    }, r === En[r]), {
      type: "internal",
      mode: e.mode
    };
  }
});
R({
  type: "internal",
  names: [
    "\\let",
    "\\\\globallet"
    // can’t be entered directly
  ],
  props: {
    numArgs: 0,
    allowedInText: !0,
    primitive: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t, n = ko(e.gullet.popToken());
    e.gullet.consumeSpaces();
    var a = hc(e);
    return So(e, n, a, r === "\\\\globallet"), {
      type: "internal",
      mode: e.mode
    };
  }
});
R({
  type: "internal",
  names: [
    "\\futurelet",
    "\\\\globalfuture"
    // can’t be entered directly
  ],
  props: {
    numArgs: 0,
    allowedInText: !0,
    primitive: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t, n = ko(e.gullet.popToken()), a = e.gullet.popToken(), s = e.gullet.popToken();
    return So(e, n, s, r === "\\\\globalfuture"), e.gullet.pushToken(s), e.gullet.pushToken(a), {
      type: "internal",
      mode: e.mode
    };
  }
});
var i0 = function(e, r, n) {
  var a = _.math[e] && _.math[e].replace, s = na(a || e, r, n);
  if (!s)
    throw new Error("Unsupported symbol " + e + " and font size " + r + ".");
  return s;
}, ua = function(e, r, n, a) {
  var s = n.havingBaseStyle(r), i = N(a.concat(s.sizingClasses(n)), [e], n), o = s.sizeMultiplier / n.sizeMultiplier;
  return i.height *= o, i.depth *= o, i.maxFontSize = s.sizeMultiplier, i;
}, Ao = function(e, r, n) {
  var a = r.havingBaseStyle(n), s = (1 - r.sizeMultiplier / a.sizeMultiplier) * r.fontMetrics().axisHeight;
  e.classes.push("delimcenter"), e.style.top = B(s), e.height -= s, e.depth += s;
}, cc = function(e, r, n, a, s, i) {
  var o = be(e, "Main-Regular", s, a), l = ua(o, r, a, i);
  return Ao(l, a, r), l;
}, mc = function(e, r, n, a) {
  return be(e, "Size" + r + "-Regular", n, a);
}, To = function(e, r, n, a, s, i) {
  var o = mc(e, r, s, a), l = ua(N(["delimsizing", "size" + r], [o], a), W.TEXT, a, i);
  return n && Ao(l, a, W.TEXT), l;
}, Hr = function(e, r, n) {
  var a;
  r === "Size1-Regular" ? a = "delim-size1" : a = "delim-size4";
  var s = N(["delimsizinginner", a], [N([], [be(e, r, n)])]);
  return {
    type: "elem",
    elem: s
  };
}, Pr = function(e, r, n) {
  var a = He["Size4-Regular"][e.charCodeAt(0)] ? He["Size4-Regular"][e.charCodeAt(0)][4] : He["Size1-Regular"][e.charCodeAt(0)][4], s = new ft("inner", xh(e, Math.round(1e3 * r))), i = new rt([s], {
    width: B(a),
    height: B(r),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + B(a),
    viewBox: "0 0 " + 1e3 * a + " " + Math.round(1e3 * r),
    preserveAspectRatio: "xMinYMin"
  }), o = pt([], [i], n);
  return o.height = r, o.style.height = B(r), o.style.width = B(a), {
    type: "elem",
    elem: o
  };
}, Bn = 8e-3, L0 = {
  type: "kern",
  size: -1 * Bn
}, dc = /* @__PURE__ */ new Set(["|", "\\lvert", "\\rvert", "\\vert"]), fc = /* @__PURE__ */ new Set(["\\|", "\\lVert", "\\rVert", "\\Vert"]), zo = function(e, r, n, a, s, i) {
  var o, l, h, m, d = "", p = 0;
  o = h = m = e, l = null;
  var g = "Size1-Regular";
  e === "\\uparrow" ? h = m = "⏐" : e === "\\Uparrow" ? h = m = "‖" : e === "\\downarrow" ? o = h = "⏐" : e === "\\Downarrow" ? o = h = "‖" : e === "\\updownarrow" ? (o = "\\uparrow", h = "⏐", m = "\\downarrow") : e === "\\Updownarrow" ? (o = "\\Uparrow", h = "‖", m = "\\Downarrow") : dc.has(e) ? (h = "∣", d = "vert", p = 333) : fc.has(e) ? (h = "∥", d = "doublevert", p = 556) : e === "[" || e === "\\lbrack" ? (o = "⎡", h = "⎢", m = "⎣", g = "Size4-Regular", d = "lbrack", p = 667) : e === "]" || e === "\\rbrack" ? (o = "⎤", h = "⎥", m = "⎦", g = "Size4-Regular", d = "rbrack", p = 667) : e === "\\lfloor" || e === "⌊" ? (h = o = "⎢", m = "⎣", g = "Size4-Regular", d = "lfloor", p = 667) : e === "\\lceil" || e === "⌈" ? (o = "⎡", h = m = "⎢", g = "Size4-Regular", d = "lceil", p = 667) : e === "\\rfloor" || e === "⌋" ? (h = o = "⎥", m = "⎦", g = "Size4-Regular", d = "rfloor", p = 667) : e === "\\rceil" || e === "⌉" ? (o = "⎤", h = m = "⎥", g = "Size4-Regular", d = "rceil", p = 667) : e === "(" || e === "\\lparen" ? (o = "⎛", h = "⎜", m = "⎝", g = "Size4-Regular", d = "lparen", p = 875) : e === ")" || e === "\\rparen" ? (o = "⎞", h = "⎟", m = "⎠", g = "Size4-Regular", d = "rparen", p = 875) : e === "\\{" || e === "\\lbrace" ? (o = "⎧", l = "⎨", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\}" || e === "\\rbrace" ? (o = "⎫", l = "⎬", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lgroup" || e === "⟮" ? (o = "⎧", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\rgroup" || e === "⟯" ? (o = "⎫", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lmoustache" || e === "⎰" ? (o = "⎧", m = "⎭", h = "⎪", g = "Size4-Regular") : (e === "\\rmoustache" || e === "⎱") && (o = "⎫", m = "⎩", h = "⎪", g = "Size4-Regular");
  var w = i0(o, g, s), M = w.height + w.depth, S = i0(h, g, s), T = S.height + S.depth, A = i0(m, g, s), z = A.height + A.depth, D = 0, q = 1;
  if (l !== null) {
    var O = i0(l, g, s);
    D = O.height + O.depth, q = 2;
  }
  var H = M + z + D, U = Math.max(0, Math.ceil((r - H) / (q * T))), j = H + U * q * T, se = a.fontMetrics().axisHeight;
  n && (se *= a.sizeMultiplier);
  var pe = j / 2 - se, F = [];
  if (d.length > 0) {
    var ke = j - M - z, te = Math.round(j * 1e3), ce = Mh(d, Math.round(ke * 1e3)), Ee = new ft(d, ce), Be = B(p / 1e3), De = B(te / 1e3), it = new rt([Ee], {
      width: Be,
      height: De,
      viewBox: "0 0 " + p + " " + te
    }), me = pt([], [it], a);
    me.height = te / 1e3, me.style.width = Be, me.style.height = De, F.push({
      type: "elem",
      elem: me
    });
  } else {
    if (F.push(Hr(m, g, s)), F.push(L0), l === null) {
      var ot = j - M - z + 2 * Bn;
      F.push(Pr(h, ot, a));
    } else {
      var n0 = (j - M - z - D) / 2 + 2 * Bn;
      F.push(Pr(h, n0, a)), F.push(L0), F.push(Hr(l, g, s)), F.push(L0), F.push(Pr(h, n0, a));
    }
    F.push(L0), F.push(Hr(o, g, s));
  }
  var Re = a.havingBaseStyle(W.TEXT), x0 = X({
    positionType: "bottom",
    positionData: pe,
    children: F
  });
  return ua(N(["delimsizing", "mult"], [x0], Re), W.TEXT, a, i);
}, Ur = 80, Gr = 0.08, Wr = function(e, r, n, a, s) {
  var i = wh(e, a, n), o = new ft(e, i), l = new rt([o], {
    // Note: 1000:1 ratio of viewBox to document em width.
    width: "400em",
    height: B(r),
    viewBox: "0 0 400000 " + n,
    preserveAspectRatio: "xMinYMin slice"
  });
  return pt(["hide-tail"], [l], s);
}, pc = function(e, r) {
  var n = r.havingBaseSizing(), a = Bo("\\surd", e * n.sizeMultiplier, Eo, n), s = n.sizeMultiplier, i = Math.max(0, r.minRuleThickness - r.fontMetrics().sqrtRuleThickness), o, l, h, m, d;
  return a.type === "small" ? (m = 1e3 + 1e3 * i + Ur, e < 1 ? s = 1 : e < 1.4 && (s = 0.7), l = (1 + i + Gr) / s, h = (1 + i) / s, o = Wr("sqrtMain", l, m, i, r), o.style.minWidth = "0.853em", d = 0.833 / s) : a.type === "large" ? (m = (1e3 + Ur) * l0[a.size], h = (l0[a.size] + i) / s, l = (l0[a.size] + i + Gr) / s, o = Wr("sqrtSize" + a.size, l, m, i, r), o.style.minWidth = "1.02em", d = 1 / s) : (l = e + i + Gr, h = e + i, m = Math.floor(1e3 * e + i) + Ur, o = Wr("sqrtTall", l, m, i, r), o.style.minWidth = "0.742em", d = 1.056), o.height = h, o.style.height = B(l), {
    span: o,
    advanceWidth: d,
    // Calculate the actual line width.
    // This actually should depend on the chosen font -- e.g. \boldmath
    // should use the thicker surd symbols from e.g. KaTeX_Main-Bold, and
    // have thicker rules.
    ruleWidth: (r.fontMetrics().sqrtRuleThickness + i) * s
  };
}, Co = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "\\surd"]), vc = /* @__PURE__ */ new Set(["\\uparrow", "\\downarrow", "\\updownarrow", "\\Uparrow", "\\Downarrow", "\\Updownarrow", "|", "\\|", "\\vert", "\\Vert", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱"]), No = /* @__PURE__ */ new Set(["<", ">", "\\langle", "\\rangle", "/", "\\backslash", "\\lt", "\\gt"]), l0 = [0, 1.2, 1.8, 2.4, 3], $o = function(e, r, n, a, s) {
  if (e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle"), Co.has(e) || No.has(e))
    return To(e, r, !1, n, a, s);
  if (vc.has(e))
    return zo(e, l0[r], !1, n, a, s);
  throw new $("Illegal delimiter: '" + e + "'");
}, gc = [{
  type: "small",
  style: W.SCRIPTSCRIPT
}, {
  type: "small",
  style: W.SCRIPT
}, {
  type: "small",
  style: W.TEXT
}, {
  type: "large",
  size: 1
}, {
  type: "large",
  size: 2
}, {
  type: "large",
  size: 3
}, {
  type: "large",
  size: 4
}], bc = [{
  type: "small",
  style: W.SCRIPTSCRIPT
}, {
  type: "small",
  style: W.SCRIPT
}, {
  type: "small",
  style: W.TEXT
}, {
  type: "stack"
}], Eo = [{
  type: "small",
  style: W.SCRIPTSCRIPT
}, {
  type: "small",
  style: W.SCRIPT
}, {
  type: "small",
  style: W.TEXT
}, {
  type: "large",
  size: 1
}, {
  type: "large",
  size: 2
}, {
  type: "large",
  size: 3
}, {
  type: "large",
  size: 4
}, {
  type: "stack"
}], yc = function(e) {
  if (e.type === "small")
    return "Main-Regular";
  if (e.type === "large")
    return "Size" + e.size + "-Regular";
  if (e.type === "stack")
    return "Size4-Regular";
  var r = e.type;
  throw new Error("Add support for delim type '" + r + "' here.");
}, Bo = function(e, r, n, a) {
  for (var s = Math.min(2, 3 - a.style.size), i = s; i < n.length; i++) {
    var o = n[i];
    if (o.type === "stack")
      break;
    var l = i0(e, yc(o), "math"), h = l.height + l.depth;
    if (o.type === "small") {
      var m = a.havingBaseStyle(o.style);
      h *= m.sizeMultiplier;
    }
    if (h > r)
      return o;
  }
  return n[n.length - 1];
}, Dn = function(e, r, n, a, s, i) {
  e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle");
  var o;
  No.has(e) ? o = gc : Co.has(e) ? o = Eo : o = bc;
  var l = Bo(e, r, o, a);
  return l.type === "small" ? cc(e, l.style, n, a, s, i) : l.type === "large" ? To(e, l.size, n, a, s, i) : zo(e, r, n, a, s, i);
}, jr = function(e, r, n, a, s, i) {
  var o = a.fontMetrics().axisHeight * a.sizeMultiplier, l = 901, h = 5 / a.fontMetrics().ptPerEm, m = Math.max(r - o, n + o), d = Math.max(
    // In real TeX, calculations are done using integral values which are
    // 65536 per pt, or 655360 per em. So, the division here truncates in
    // TeX but doesn't here, producing different results. If we wanted to
    // exactly match TeX's calculation, we could do
    //   Math.floor(655360 * maxDistFromAxis / 500) *
    //    delimiterFactor / 655360
    // (To see the difference, compare
    //    x^{x^{\left(\rule{0.1em}{0.68em}\right)}}
    // in TeX and KaTeX)
    m / 500 * l,
    2 * m - h
  );
  return Dn(e, d, !0, a, s, i);
}, Ts = {
  "\\bigl": {
    mclass: "mopen",
    size: 1
  },
  "\\Bigl": {
    mclass: "mopen",
    size: 2
  },
  "\\biggl": {
    mclass: "mopen",
    size: 3
  },
  "\\Biggl": {
    mclass: "mopen",
    size: 4
  },
  "\\bigr": {
    mclass: "mclose",
    size: 1
  },
  "\\Bigr": {
    mclass: "mclose",
    size: 2
  },
  "\\biggr": {
    mclass: "mclose",
    size: 3
  },
  "\\Biggr": {
    mclass: "mclose",
    size: 4
  },
  "\\bigm": {
    mclass: "mrel",
    size: 1
  },
  "\\Bigm": {
    mclass: "mrel",
    size: 2
  },
  "\\biggm": {
    mclass: "mrel",
    size: 3
  },
  "\\Biggm": {
    mclass: "mrel",
    size: 4
  },
  "\\big": {
    mclass: "mord",
    size: 1
  },
  "\\Big": {
    mclass: "mord",
    size: 2
  },
  "\\bigg": {
    mclass: "mord",
    size: 3
  },
  "\\Bigg": {
    mclass: "mord",
    size: 4
  }
}, wc = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "<", ">", "\\langle", "⟨", "\\rangle", "⟩", "\\lt", "\\gt", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱", "/", "\\backslash", "|", "\\vert", "\\|", "\\Vert", "\\uparrow", "\\Uparrow", "\\downarrow", "\\Downarrow", "\\updownarrow", "\\Updownarrow", "."]);
function zs(t) {
  return "isMiddle" in t;
}
function wr(t, e) {
  var r = br(t);
  if (r && wc.has(r.text))
    return r;
  throw r ? new $("Invalid delimiter '" + r.text + "' after '" + e.funcName + "'", t) : new $("Invalid delimiter type '" + t.type + "'", t);
}
R({
  type: "delimsizing",
  names: ["\\bigl", "\\Bigl", "\\biggl", "\\Biggl", "\\bigr", "\\Bigr", "\\biggr", "\\Biggr", "\\bigm", "\\Bigm", "\\biggm", "\\Biggm", "\\big", "\\Big", "\\bigg", "\\Bigg"],
  props: {
    numArgs: 1,
    argTypes: ["primitive"]
  },
  handler: (t, e) => {
    var r = wr(e[0], t);
    return {
      type: "delimsizing",
      mode: t.parser.mode,
      size: Ts[t.funcName].size,
      mclass: Ts[t.funcName].mclass,
      delim: r.text
    };
  },
  htmlBuilder: (t, e) => t.delim === "." ? N([t.mclass]) : $o(t.delim, t.size, e, t.mode, [t.mclass]),
  mathmlBuilder: (t) => {
    var e = [];
    t.delim !== "." && e.push($e(t.delim, t.mode));
    var r = new E("mo", e);
    t.mclass === "mopen" || t.mclass === "mclose" ? r.setAttribute("fence", "true") : r.setAttribute("fence", "false"), r.setAttribute("stretchy", "true");
    var n = B(l0[t.size]);
    return r.setAttribute("minsize", n), r.setAttribute("maxsize", n), r;
  }
});
function Cs(t) {
  if (!t.body)
    throw new Error("Bug: The leftright ParseNode wasn't fully parsed.");
}
R({
  type: "leftright-right",
  names: ["\\right"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = t.parser.gullet.macros.get("\\current@color");
    if (r && typeof r != "string")
      throw new $("\\current@color set to non-string in \\right");
    return {
      type: "leftright-right",
      mode: t.parser.mode,
      delim: wr(e[0], t).text,
      color: r
      // undefined if not set via \color
    };
  }
});
R({
  type: "leftright",
  names: ["\\left"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = wr(e[0], t), n = t.parser;
    ++n.leftrightDepth;
    var a = n.parseExpression(!1);
    --n.leftrightDepth, n.expect("\\right", !1);
    var s = V(n.parseFunction(), "leftright-right");
    return {
      type: "leftright",
      mode: n.mode,
      body: a,
      left: r.text,
      right: s.delim,
      rightColor: s.color
    };
  },
  htmlBuilder: (t, e) => {
    Cs(t);
    for (var r = he(t.body, e, !0, ["mopen", "mclose"]), n = 0, a = 0, s = !1, i = 0; i < r.length; i++) {
      var o = r[i];
      zs(o) ? s = !0 : (n = Math.max(r[i].height, n), a = Math.max(r[i].depth, a));
    }
    n *= e.sizeMultiplier, a *= e.sizeMultiplier;
    var l;
    if (t.left === "." ? l = p0(e, ["mopen"]) : l = jr(t.left, n, a, e, t.mode, ["mopen"]), r.unshift(l), s)
      for (var h = 1; h < r.length; h++) {
        var m = r[h];
        if (zs(m)) {
          var d = m.isMiddle;
          r[h] = jr(d.delim, n, a, d.options, t.mode, []);
        }
      }
    var p;
    if (t.right === ".")
      p = p0(e, ["mclose"]);
    else {
      var g = t.rightColor ? e.withColor(t.rightColor) : e;
      p = jr(t.right, n, a, g, t.mode, ["mclose"]);
    }
    return r.push(p), N(["minner"], r, e);
  },
  mathmlBuilder: (t, e) => {
    Cs(t);
    var r = Ce(t.body, e);
    if (t.left !== ".") {
      var n = new E("mo", [$e(t.left, t.mode)]);
      n.setAttribute("fence", "true"), r.unshift(n);
    }
    if (t.right !== ".") {
      var a = new E("mo", [$e(t.right, t.mode)]);
      a.setAttribute("fence", "true"), t.rightColor && a.setAttribute("mathcolor", t.rightColor), r.push(a);
    }
    return ia(r);
  }
});
R({
  type: "middle",
  names: ["\\middle"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = wr(e[0], t);
    if (!t.parser.leftrightDepth)
      throw new $("\\middle without preceding \\left", r);
    return {
      type: "middle",
      mode: t.parser.mode,
      delim: r.text
    };
  },
  htmlBuilder: (t, e) => {
    var r;
    return t.delim === "." ? r = p0(e, []) : (r = $o(t.delim, 1, e, t.mode, []), r.isMiddle = {
      delim: t.delim,
      options: e
    }), r;
  },
  mathmlBuilder: (t, e) => {
    var r = t.delim === "\\vert" || t.delim === "|" ? $e("|", "text") : $e(t.delim, t.mode), n = new E("mo", [r]);
    return n.setAttribute("fence", "true"), n.setAttribute("lspace", "0.05em"), n.setAttribute("rspace", "0.05em"), n;
  }
});
var xr = (t, e) => {
  var r = Zt(K(t.body, e), e), n = t.label.slice(1), a = e.sizeMultiplier, s, i, o = nt(t.body);
  if (n === "sout")
    s = N(["stretchy", "sout"]), s.height = e.fontMetrics().defaultRuleThickness / a, i = -0.5 * e.fontMetrics().xHeight;
  else if (n === "phase") {
    var l = ne({
      number: 0.6,
      unit: "pt"
    }, e), h = ne({
      number: 0.35,
      unit: "ex"
    }, e), m = e.havingBaseSizing();
    a = a / m.sizeMultiplier;
    var d = r.height + r.depth + l + h;
    r.style.paddingLeft = B(d / 2 + l);
    var p = Math.floor(1e3 * d * a), g = bh(p), w = new rt([new ft("phase", g)], {
      width: "400em",
      height: B(p / 1e3),
      viewBox: "0 0 400000 " + p,
      preserveAspectRatio: "xMinYMin slice"
    });
    s = pt(["hide-tail"], [w], e), s.style.height = B(d), i = r.depth + l + h;
  } else {
    /cancel/.test(n) ? o || r.classes.push("cancel-pad") : n === "angl" ? r.classes.push("anglpad") : r.classes.push("boxpad");
    var M, S, T = 0;
    /box/.test(n) ? (T = Math.max(
      e.fontMetrics().fboxrule,
      // default
      e.minRuleThickness
    ), M = e.fontMetrics().fboxsep + (n === "colorbox" ? 0 : T), S = M) : n === "angl" ? (T = Math.max(e.fontMetrics().defaultRuleThickness, e.minRuleThickness), M = 4 * T, S = Math.max(0, 0.25 - r.depth)) : (M = o ? 0.2 : 0, S = M), s = tc(r, n, M, S, e), /fbox|boxed|fcolorbox/.test(n) ? (s.style.borderStyle = "solid", s.style.borderWidth = B(T)) : n === "angl" && T !== 0.049 && (s.style.borderTopWidth = B(T), s.style.borderRightWidth = B(T)), i = r.depth + S, t.backgroundColor && (s.style.backgroundColor = t.backgroundColor, t.borderColor && (s.style.borderColor = t.borderColor));
  }
  var A;
  if (t.backgroundColor)
    A = X({
      positionType: "individualShift",
      children: [
        // Put the color background behind inner;
        {
          type: "elem",
          elem: s,
          shift: i
        },
        {
          type: "elem",
          elem: r,
          shift: 0
        }
      ]
    });
  else {
    var z = /cancel|phase/.test(n) ? ["svg-align"] : [];
    A = X({
      positionType: "individualShift",
      children: [
        // Write the \cancel stroke on top of inner.
        {
          type: "elem",
          elem: r,
          shift: 0
        },
        {
          type: "elem",
          elem: s,
          shift: i,
          wrapperClasses: z
        }
      ]
    });
  }
  return /cancel/.test(n) && (A.height = r.height, A.depth = r.depth), /cancel/.test(n) && !o ? N(["mord", "cancel-lap"], [A], e) : N(["mord"], [A], e);
}, Mr = (t, e) => {
  var r, n = new E(t.label.includes("colorbox") ? "mpadded" : "menclose", [Z(t.body, e)]);
  switch (t.label) {
    case "\\cancel":
      n.setAttribute("notation", "updiagonalstrike");
      break;
    case "\\bcancel":
      n.setAttribute("notation", "downdiagonalstrike");
      break;
    case "\\phase":
      n.setAttribute("notation", "phasorangle");
      break;
    case "\\sout":
      n.setAttribute("notation", "horizontalstrike");
      break;
    case "\\fbox":
      n.setAttribute("notation", "box");
      break;
    case "\\angl":
      n.setAttribute("notation", "actuarial");
      break;
    case "\\fcolorbox":
    case "\\colorbox":
      if (r = e.fontMetrics().fboxsep * e.fontMetrics().ptPerEm, n.setAttribute("width", "+" + 2 * r + "pt"), n.setAttribute("height", "+" + 2 * r + "pt"), n.setAttribute("lspace", r + "pt"), n.setAttribute("voffset", r + "pt"), t.label === "\\fcolorbox") {
        var a = Math.max(
          e.fontMetrics().fboxrule,
          // default
          e.minRuleThickness
        );
        n.setAttribute("style", "border: " + B(a) + " solid " + t.borderColor);
      }
      break;
    case "\\xcancel":
      n.setAttribute("notation", "updiagonalstrike downdiagonalstrike");
      break;
  }
  return t.backgroundColor && n.setAttribute("mathbackground", t.backgroundColor), n;
};
R({
  type: "enclose",
  names: ["\\colorbox"],
  props: {
    numArgs: 2,
    allowedInText: !0,
    argTypes: ["color", "hbox"]
  },
  handler(t, e, r) {
    var {
      parser: n,
      funcName: a
    } = t, s = V(e[0], "color-token").color, i = e[1];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: s,
      body: i
    };
  },
  htmlBuilder: xr,
  mathmlBuilder: Mr
});
R({
  type: "enclose",
  names: ["\\fcolorbox"],
  props: {
    numArgs: 3,
    allowedInText: !0,
    argTypes: ["color", "color", "hbox"]
  },
  handler(t, e, r) {
    var {
      parser: n,
      funcName: a
    } = t, s = V(e[0], "color-token").color, i = V(e[1], "color-token").color, o = e[2];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: i,
      borderColor: s,
      body: o
    };
  },
  htmlBuilder: xr,
  mathmlBuilder: Mr
});
R({
  type: "enclose",
  names: ["\\fbox"],
  props: {
    numArgs: 1,
    argTypes: ["hbox"],
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "enclose",
      mode: r.mode,
      label: "\\fbox",
      body: e[0]
    };
  }
});
R({
  type: "enclose",
  names: ["\\cancel", "\\bcancel", "\\xcancel", "\\phase"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "enclose",
      mode: r.mode,
      label: n,
      body: a
    };
  },
  htmlBuilder: xr,
  mathmlBuilder: Mr
});
R({
  type: "enclose",
  names: ["\\sout"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t;
    r.mode === "math" && r.settings.reportNonstrict("mathVsSout", "LaTeX's \\sout works only in text mode");
    var a = e[0];
    return {
      type: "enclose",
      mode: r.mode,
      label: n,
      body: a
    };
  },
  htmlBuilder: xr,
  mathmlBuilder: Mr
});
R({
  type: "enclose",
  names: ["\\angl"],
  props: {
    numArgs: 1,
    argTypes: ["hbox"],
    allowedInText: !1
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "enclose",
      mode: r.mode,
      label: "\\angl",
      body: e[0]
    };
  }
});
var Do = {};
function We(t) {
  for (var {
    type: e,
    names: r,
    props: n,
    handler: a,
    htmlBuilder: s,
    mathmlBuilder: i
  } = t, o = {
    type: e,
    numArgs: n.numArgs || 0,
    allowedInText: !1,
    numOptionalArgs: 0,
    handler: a
  }, l = 0; l < r.length; ++l)
    Do[r[l]] = o;
  s && (sr[e] = s), i && (ir[e] = i);
}
var Ro = {};
function v(t, e) {
  Ro[t] = e;
}
class Me {
  // End offset, zero-based exclusive.
  constructor(e, r, n) {
    this.lexer = void 0, this.start = void 0, this.end = void 0, this.lexer = e, this.start = r, this.end = n;
  }
  /**
   * Merges two `SourceLocation`s from location providers, given they are
   * provided in order of appearance.
   * - Returns the first one's location if only the first is provided.
   * - Returns a merged range of the first and the last if both are provided
   *   and their lexers match.
   * - Otherwise, returns null.
   */
  static range(e, r) {
    return r ? !e || !e.loc || !r.loc || e.loc.lexer !== r.loc.lexer ? null : new Me(e.loc.lexer, e.loc.start, r.loc.end) : e && e.loc;
  }
}
class Ae {
  // used in \noexpand
  constructor(e, r) {
    this.text = void 0, this.loc = void 0, this.noexpand = void 0, this.treatAsRelax = void 0, this.text = e, this.loc = r;
  }
  /**
   * Given a pair of tokens (this and endToken), compute a `Token` encompassing
   * the whole input range enclosed by these two.
   */
  range(e, r) {
    return new Ae(r, Me.range(this, e));
  }
}
function Ns(t) {
  var e = [];
  t.consumeSpaces();
  var r = t.fetch().text;
  for (r === "\\relax" && (t.consume(), t.consumeSpaces(), r = t.fetch().text); r === "\\hline" || r === "\\hdashline"; )
    t.consume(), e.push(r === "\\hdashline"), t.consumeSpaces(), r = t.fetch().text;
  return e;
}
var kr = (t) => {
  var e = t.parser.settings;
  if (!e.displayMode)
    throw new $("{" + t.envName + "} can be used only in display mode.");
}, xc = /* @__PURE__ */ new Set(["gather", "gather*"]);
function ha(t) {
  if (!t.includes("ed"))
    return !t.includes("*");
}
function bt(t, e, r) {
  var {
    hskipBeforeAndAfter: n,
    addJot: a,
    cols: s,
    arraystretch: i,
    colSeparationType: o,
    autoTag: l,
    singleRow: h,
    emptySingleRow: m,
    maxNumCols: d,
    leqno: p
  } = e;
  if (t.gullet.beginGroup(), h || t.gullet.macros.set("\\cr", "\\\\\\relax"), !i) {
    var g = t.gullet.expandMacroAsText("\\arraystretch");
    if (g == null)
      i = 1;
    else if (i = parseFloat(g), !i || i < 0)
      throw new $("Invalid \\arraystretch: " + g);
  }
  t.gullet.beginGroup();
  var w = [], M = [w], S = [], T = [], A = l != null ? [] : void 0;
  function z() {
    l && t.gullet.macros.set("\\@eqnsw", "1", !0);
  }
  function D() {
    A && (t.gullet.macros.get("\\df@tag") ? (A.push(t.subparse([new Ae("\\df@tag")])), t.gullet.macros.set("\\df@tag", void 0, !0)) : A.push(!!l && t.gullet.macros.get("\\@eqnsw") === "1"));
  }
  for (z(), T.push(Ns(t)); ; ) {
    var q = t.parseExpression(!1, h ? "\\end" : "\\\\");
    t.gullet.endGroup(), t.gullet.beginGroup();
    var O = {
      type: "ordgroup",
      mode: t.mode,
      body: q
    };
    r && (O = {
      type: "styling",
      mode: t.mode,
      style: r,
      resetFont: !0,
      body: [O]
    }), w.push(O);
    var H = t.fetch().text;
    if (H === "&") {
      if (d && w.length === d) {
        if (h || o)
          throw new $("Too many tab characters: &", t.nextToken);
        t.settings.reportNonstrict("textEnv", "Too few columns specified in the {array} column argument.");
      }
      t.consume();
    } else if (H === "\\end") {
      D(), w.length === 1 && O.type === "styling" && O.body.length === 1 && O.body[0].type === "ordgroup" && O.body[0].body.length === 0 && (M.length > 1 || !m) && M.pop(), T.length < M.length + 1 && T.push([]);
      break;
    } else if (H === "\\\\") {
      t.consume();
      var U = void 0;
      t.gullet.future().text !== " " && (U = t.parseSizeGroup(!0)), S.push(U ? U.value : null), D(), T.push(Ns(t)), w = [], M.push(w), z();
    } else
      throw new $("Expected & or \\\\ or \\cr or \\end", t.nextToken);
  }
  return t.gullet.endGroup(), t.gullet.endGroup(), {
    type: "array",
    mode: t.mode,
    addJot: a,
    arraystretch: i,
    body: M,
    cols: s,
    rowGaps: S,
    hskipBeforeAndAfter: n,
    hLinesBeforeRow: T,
    colSeparationType: o,
    tags: A,
    leqno: p
  };
}
function ca(t) {
  return t.slice(0, 1) === "d" ? "display" : "text";
}
var je = function(e, r) {
  var n, a, s = e.body.length, i = e.hLinesBeforeRow, o = 0, l = new Array(s), h = [], m = Math.max(
    // From LaTeX \showthe\arrayrulewidth. Equals 0.04 em.
    r.fontMetrics().arrayRuleWidth,
    r.minRuleThickness
  ), d = 1 / r.fontMetrics().ptPerEm, p = 5 * d;
  if (e.colSeparationType && e.colSeparationType === "small") {
    var g = r.havingStyle(W.SCRIPT).sizeMultiplier;
    p = 0.2778 * (g / r.sizeMultiplier);
  }
  var w = e.colSeparationType === "CD" ? ne({
    number: 3,
    unit: "ex"
  }, r) : 12 * d, M = 3 * d, S = e.arraystretch * w, T = 0.7 * S, A = 0.3 * S, z = 0;
  function D(A0) {
    for (var T0 = 0; T0 < A0.length; ++T0)
      T0 > 0 && (z += 0.25), h.push({
        pos: z,
        isDashed: A0[T0]
      });
  }
  for (D(i[0]), n = 0; n < e.body.length; ++n) {
    var q = e.body[n], O = T, H = A;
    o < q.length && (o = q.length);
    var U = {
      cells: new Array(q.length),
      height: 0,
      depth: 0,
      pos: 0
    };
    for (a = 0; a < q.length; ++a) {
      var j = K(q[a], r);
      H < j.depth && (H = j.depth), O < j.height && (O = j.height), U.cells[a] = j;
    }
    var se = e.rowGaps[n], pe = 0;
    se && (pe = ne(se, r), pe > 0 && (pe += A, H < pe && (H = pe), pe = 0)), e.addJot && n < e.body.length - 1 && (H += M), U.height = O, U.depth = H, z += O, U.pos = z, z += H + pe, l[n] = U, D(i[n + 1]);
  }
  var F = z / 2 + r.fontMetrics().axisHeight, ke = e.cols || [], te = [], ce, Ee, Be = [];
  if (e.tags && e.tags.some((A0) => A0))
    for (n = 0; n < s; ++n) {
      var De = l[n], it = De.pos - F, me = e.tags[n], ot = void 0;
      me === !0 ? ot = N(["eqn-num"], [], r) : me === !1 ? ot = N([], [], r) : ot = N([], he(me, r, !0), r), ot.depth = De.depth, ot.height = De.height, Be.push({
        type: "elem",
        elem: ot,
        shift: it
      });
    }
  for (
    a = 0, Ee = 0;
    // Continue while either there are more columns or more column
    // descriptions, so trailing separators don't get lost.
    a < o || Ee < ke.length;
    ++a, ++Ee
  ) {
    for (var n0, Re = ke[Ee], x0 = !0; ((ba = Re) == null ? void 0 : ba.type) === "separator"; ) {
      var ba;
      if (x0 || (ce = N(["arraycolsep"], []), ce.style.width = B(r.fontMetrics().doubleRuleSep), te.push(ce)), Re.separator === "|" || Re.separator === ":") {
        var cl = Re.separator === "|" ? "solid" : "dashed", Rt = N(["vertical-separator"], [], r);
        Rt.style.height = B(z), Rt.style.borderRightWidth = B(m), Rt.style.borderRightStyle = cl, Rt.style.margin = "0 " + B(-m / 2);
        var ya = z - F;
        ya && (Rt.style.verticalAlign = B(-ya)), te.push(Rt);
      } else
        throw new $("Invalid separator type: " + Re.separator);
      Ee++, Re = ke[Ee], x0 = !1;
    }
    if (!(a >= o)) {
      var Ot = void 0;
      if (a > 0 || e.hskipBeforeAndAfter) {
        var wa, xa;
        Ot = (wa = (xa = Re) == null ? void 0 : xa.pregap) != null ? wa : p, Ot !== 0 && (ce = N(["arraycolsep"], []), ce.style.width = B(Ot), te.push(ce));
      }
      var Ma = [];
      for (n = 0; n < s; ++n) {
        var M0 = l[n], k0 = M0.cells[a];
        if (k0) {
          var ml = M0.pos - F;
          k0.depth = M0.depth, k0.height = M0.height, Ma.push({
            type: "elem",
            elem: k0,
            shift: ml
          });
        }
      }
      var dl = X({
        positionType: "individualShift",
        children: Ma
      }), fl = N(["col-align-" + (((n0 = Re) == null ? void 0 : n0.align) || "c")], [dl]);
      if (te.push(fl), a < o - 1 || e.hskipBeforeAndAfter) {
        var ka, Sa;
        Ot = (ka = (Sa = Re) == null ? void 0 : Sa.postgap) != null ? ka : p, Ot !== 0 && (ce = N(["arraycolsep"], []), ce.style.width = B(Ot), te.push(ce));
      }
    }
  }
  var S0 = N(["mtable"], te);
  if (h.length > 0) {
    for (var pl = Jt("hline", r, m), vl = Jt("hdashline", r, m), Ar = [{
      type: "elem",
      elem: S0,
      shift: 0
    }]; h.length > 0; ) {
      var Aa = h.pop(), Ta = Aa.pos - F;
      Aa.isDashed ? Ar.push({
        type: "elem",
        elem: vl,
        shift: Ta
      }) : Ar.push({
        type: "elem",
        elem: pl,
        shift: Ta
      });
    }
    S0 = X({
      positionType: "individualShift",
      children: Ar
    });
  }
  if (Be.length === 0)
    return N(["mord"], [S0], r);
  var gl = X({
    positionType: "individualShift",
    children: Be
  }), bl = N(["tag"], [gl], r);
  return st([S0, bl]);
}, Mc = {
  c: "center ",
  l: "left ",
  r: "right "
}, Ve = function(e, r) {
  for (var n = [], a = new E("mtd", [], ["mtr-glue"]), s = new E("mtd", [], ["mml-eqn-num"]), i = 0; i < e.body.length; i++) {
    for (var o = e.body[i], l = [], h = 0; h < o.length; h++)
      l.push(new E("mtd", [Z(o[h], r)]));
    e.tags && e.tags[i] && (l.unshift(a), l.push(a), e.leqno ? l.unshift(s) : l.push(s)), n.push(new E("mtr", l));
  }
  var m = new E("mtable", n), d = e.arraystretch === 0.5 ? 0.1 : 0.16 + e.arraystretch - 1 + (e.addJot ? 0.09 : 0);
  m.setAttribute("rowspacing", B(d));
  var p = "", g = "";
  if (e.cols && e.cols.length > 0) {
    var w = e.cols, M = "", S = !1, T = 0, A = w.length;
    w[0].type === "separator" && (p += "top ", T = 1), w[w.length - 1].type === "separator" && (p += "bottom ", A -= 1);
    for (var z = T; z < A; z++) {
      var D = w[z];
      D.type === "align" ? (g += Mc[D.align], S && (M += "none "), S = !0) : D.type === "separator" && S && (M += D.separator === "|" ? "solid " : "dashed ", S = !1);
    }
    m.setAttribute("columnalign", g.trim()), /[sd]/.test(M) && m.setAttribute("columnlines", M.trim());
  }
  if (e.colSeparationType === "align") {
    for (var q = e.cols || [], O = "", H = 1; H < q.length; H++)
      O += H % 2 ? "0em " : "1em ";
    m.setAttribute("columnspacing", O.trim());
  } else e.colSeparationType === "alignat" || e.colSeparationType === "gather" ? m.setAttribute("columnspacing", "0em") : e.colSeparationType === "small" ? m.setAttribute("columnspacing", "0.2778em") : e.colSeparationType === "CD" ? m.setAttribute("columnspacing", "0.5em") : m.setAttribute("columnspacing", "1em");
  var U = "", j = e.hLinesBeforeRow;
  p += j[0].length > 0 ? "left " : "", p += j[j.length - 1].length > 0 ? "right " : "";
  for (var se = 1; se < j.length - 1; se++)
    U += j[se].length === 0 ? "none " : j[se][0] ? "dashed " : "solid ";
  return /[sd]/.test(U) && m.setAttribute("rowlines", U.trim()), p !== "" && (m = new E("menclose", [m]), m.setAttribute("notation", p.trim())), e.arraystretch && e.arraystretch < 1 && (m = new E("mstyle", [m]), m.setAttribute("scriptlevel", "1")), m;
}, Oo = function(e, r) {
  e.envName.includes("ed") || kr(e);
  var n = [], a = e.envName.includes("at") ? "alignat" : "align", s = e.envName === "split", i = bt(e.parser, {
    cols: n,
    addJot: !0,
    autoTag: s ? void 0 : ha(e.envName),
    emptySingleRow: !0,
    colSeparationType: a,
    maxNumCols: s ? 2 : void 0,
    leqno: e.parser.settings.leqno
  }, "display"), o = 0, l = 0, h = {
    type: "ordgroup",
    mode: e.mode,
    body: []
  };
  if (r[0] && r[0].type === "ordgroup") {
    for (var m = "", d = 0; d < r[0].body.length; d++) {
      var p = V(r[0].body[d], "textord");
      m += p.text;
    }
    o = Number(m), l = o * 2;
  }
  var g = !l;
  i.body.forEach(function(T) {
    for (var A = 1; A < T.length; A += 2) {
      var z = V(T[A], "styling"), D = V(z.body[0], "ordgroup");
      D.body.unshift(h);
    }
    if (g)
      l < T.length && (l = T.length);
    else {
      var q = T.length / 2;
      if (o < q)
        throw new $("Too many math in a row: " + ("expected " + o + ", but got " + q), T[0]);
    }
  });
  for (var w = 0; w < l; ++w) {
    var M = "r", S = 0;
    w % 2 === 1 ? M = "l" : w > 0 && g && (S = 1), n[w] = {
      type: "align",
      align: M,
      pregap: S,
      postgap: 0
    };
  }
  return i.colSeparationType = g ? "align" : "alignat", i;
};
We({
  type: "array",
  names: ["array", "darray"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var r = br(e[0]), n = r ? [e[0]] : V(e[0], "ordgroup").body, a = n.map(function(i) {
      var o = gr(i), l = o.text;
      if ("lcr".includes(l))
        return {
          type: "align",
          align: l
        };
      if (l === "|")
        return {
          type: "separator",
          separator: "|"
        };
      if (l === ":")
        return {
          type: "separator",
          separator: ":"
        };
      throw new $("Unknown column alignment: " + l, i);
    }), s = {
      cols: a,
      hskipBeforeAndAfter: !0,
      // \@preamble in lttab.dtx
      maxNumCols: a.length
    };
    return bt(t.parser, s, ca(t.envName));
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "matrix*", "pmatrix*", "bmatrix*", "Bmatrix*", "vmatrix*", "Vmatrix*"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var e = {
      matrix: null,
      pmatrix: ["(", ")"],
      bmatrix: ["[", "]"],
      Bmatrix: ["\\{", "\\}"],
      vmatrix: ["|", "|"],
      Vmatrix: ["\\Vert", "\\Vert"]
    }[t.envName.replace("*", "")], r = "c", n = {
      hskipBeforeAndAfter: !1,
      cols: [{
        type: "align",
        align: r
      }]
    };
    if (t.envName.charAt(t.envName.length - 1) === "*") {
      var a = t.parser;
      if (a.consumeSpaces(), a.fetch().text === "[") {
        if (a.consume(), a.consumeSpaces(), r = a.fetch().text, !"lcr".includes(r))
          throw new $("Expected l or c or r", a.nextToken);
        a.consume(), a.consumeSpaces(), a.expect("]"), a.consume(), n.cols = [{
          type: "align",
          align: r
        }];
      }
    }
    var s = bt(t.parser, n, ca(t.envName)), i = Math.max(0, ...s.body.map((o) => o.length));
    return s.cols = new Array(i).fill({
      type: "align",
      align: r
    }), e ? {
      type: "leftright",
      mode: t.mode,
      body: [s],
      left: e[0],
      right: e[1],
      rightColor: void 0
      // \right uninfluenced by \color in array
    } : s;
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["smallmatrix"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var e = {
      arraystretch: 0.5
    }, r = bt(t.parser, e, "script");
    return r.colSeparationType = "small", r;
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["subarray"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var r = br(e[0]), n = r ? [e[0]] : V(e[0], "ordgroup").body, a = n.map(function(o) {
      var l = gr(o), h = l.text;
      if ("lc".includes(h))
        return {
          type: "align",
          align: h
        };
      throw new $("Unknown column alignment: " + h, o);
    });
    if (a.length > 1)
      throw new $("{subarray} can contain only one column");
    var s = {
      cols: a,
      hskipBeforeAndAfter: !1,
      arraystretch: 0.5
    }, i = bt(t.parser, s, "script");
    if (i.body.length > 0 && i.body[0].length > 1)
      throw new $("{subarray} can contain only one column");
    return i;
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["cases", "dcases", "rcases", "drcases"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var e = {
      arraystretch: 1.2,
      cols: [{
        type: "align",
        align: "l",
        pregap: 0,
        // TODO(kevinb) get the current style.
        // For now we use the metrics for TEXT style which is what we were
        // doing before.  Before attempting to get the current style we
        // should look at TeX's behavior especially for \over and matrices.
        postgap: 1
        /* 1em quad */
      }, {
        type: "align",
        align: "l",
        pregap: 0,
        postgap: 0
      }]
    }, r = bt(t.parser, e, ca(t.envName));
    return {
      type: "leftright",
      mode: t.mode,
      body: [r],
      left: t.envName.includes("r") ? "." : "\\{",
      right: t.envName.includes("r") ? "\\}" : ".",
      rightColor: void 0
    };
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["align", "align*", "aligned", "split"],
  props: {
    numArgs: 0
  },
  handler: Oo,
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["gathered", "gather", "gather*"],
  props: {
    numArgs: 0
  },
  handler(t) {
    xc.has(t.envName) && kr(t);
    var e = {
      cols: [{
        type: "align",
        align: "c"
      }],
      addJot: !0,
      colSeparationType: "gather",
      autoTag: ha(t.envName),
      emptySingleRow: !0,
      leqno: t.parser.settings.leqno
    };
    return bt(t.parser, e, "display");
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["alignat", "alignat*", "alignedat"],
  props: {
    numArgs: 1
  },
  handler: Oo,
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["equation", "equation*"],
  props: {
    numArgs: 0
  },
  handler(t) {
    kr(t);
    var e = {
      autoTag: ha(t.envName),
      emptySingleRow: !0,
      singleRow: !0,
      maxNumCols: 1,
      leqno: t.parser.settings.leqno
    };
    return bt(t.parser, e, "display");
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
We({
  type: "array",
  names: ["CD"],
  props: {
    numArgs: 0
  },
  handler(t) {
    return kr(t), uc(t.parser);
  },
  htmlBuilder: je,
  mathmlBuilder: Ve
});
v("\\nonumber", "\\gdef\\@eqnsw{0}");
v("\\notag", "\\nonumber");
R({
  type: "text",
  // Doesn't matter what this is.
  names: ["\\hline", "\\hdashline"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !0
  },
  handler(t, e) {
    throw new $(t.funcName + " valid only within array environment");
  }
});
var $s = Do;
R({
  type: "environment",
  names: ["\\begin", "\\end"],
  props: {
    numArgs: 1,
    argTypes: ["text"]
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    if (a.type !== "ordgroup")
      throw new $("Invalid environment name", a);
    for (var s = "", i = 0; i < a.body.length; ++i)
      s += V(a.body[i], "textord").text;
    if (n === "\\begin") {
      if (!$s.hasOwnProperty(s))
        throw new $("No such environment: " + s, a);
      var o = $s[s], {
        args: l,
        optArgs: h
      } = r.parseArguments("\\begin{" + s + "}", o), m = {
        mode: r.mode,
        envName: s,
        parser: r
      }, d = o.handler(m, l, h);
      r.expect("\\end", !1);
      var p = r.nextToken, g = V(r.parseFunction(), "environment");
      if (g.name !== s)
        throw new $("Mismatch: \\begin{" + s + "} matched by \\end{" + g.name + "}", p);
      return d;
    }
    return {
      type: "environment",
      mode: r.mode,
      name: s,
      nameGroup: a
    };
  }
});
var Io = (t, e) => {
  var r = t.font, n = e.withFont(r);
  return K(t.body, n);
}, qo = (t, e) => {
  var r = t.font, n = e.withFont(r);
  return Z(t.body, n);
}, Es = {
  "\\Bbb": "\\mathbb",
  "\\bold": "\\mathbf",
  "\\frak": "\\mathfrak"
};
R({
  type: "font",
  names: [
    // styles, except \boldsymbol defined below
    "\\mathrm",
    "\\mathit",
    "\\mathbf",
    "\\mathnormal",
    "\\mathsfit",
    // families
    "\\mathbb",
    "\\mathcal",
    "\\mathfrak",
    "\\mathscr",
    "\\mathsf",
    "\\mathtt",
    // aliases, except \bm defined below
    "\\Bbb",
    "\\bold",
    "\\frak"
  ],
  props: {
    numArgs: 1,
    allowedInArgument: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = or(e[0]), s = n;
    return s in Es && (s = Es[s]), {
      type: "font",
      mode: r.mode,
      font: s.slice(1),
      body: a
    };
  },
  htmlBuilder: Io,
  mathmlBuilder: qo
});
R({
  type: "mclass",
  names: ["\\boldsymbol", "\\bm"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = e[0];
    return {
      type: "mclass",
      mode: r.mode,
      mclass: yr(n),
      body: [{
        type: "font",
        mode: r.mode,
        font: "boldsymbol",
        body: n
      }],
      isCharacterBox: nt(n)
    };
  }
});
R({
  type: "font",
  names: ["\\rm", "\\sf", "\\tt", "\\bf", "\\it", "\\cal"],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n,
      breakOnTokenText: a
    } = t, {
      mode: s
    } = r, i = r.parseExpression(!0, a);
    return {
      type: "font",
      mode: s,
      font: "math" + n.slice(1),
      body: {
        type: "ordgroup",
        mode: r.mode,
        body: i
      }
    };
  },
  htmlBuilder: Io,
  mathmlBuilder: qo
});
var kc = (t, e) => {
  var r = e.style, n = r.fracNum(), a = r.fracDen(), s;
  s = e.havingStyle(n);
  var i = K(t.numer, s, e);
  if (t.continued) {
    var o = 8.5 / e.fontMetrics().ptPerEm, l = 3.5 / e.fontMetrics().ptPerEm;
    i.height = i.height < o ? o : i.height, i.depth = i.depth < l ? l : i.depth;
  }
  s = e.havingStyle(a);
  var h = K(t.denom, s, e), m, d, p;
  t.hasBarLine ? (t.barSize ? (d = ne(t.barSize, e), m = Jt("frac-line", e, d)) : m = Jt("frac-line", e), d = m.height, p = m.height) : (m = null, d = 0, p = e.fontMetrics().defaultRuleThickness);
  var g, w, M;
  r.size === W.DISPLAY.size ? (g = e.fontMetrics().num1, d > 0 ? w = 3 * p : w = 7 * p, M = e.fontMetrics().denom1) : (d > 0 ? (g = e.fontMetrics().num2, w = p) : (g = e.fontMetrics().num3, w = 3 * p), M = e.fontMetrics().denom2);
  var S;
  if (m) {
    var A = e.fontMetrics().axisHeight;
    g - i.depth - (A + 0.5 * d) < w && (g += w - (g - i.depth - (A + 0.5 * d))), A - 0.5 * d - (h.height - M) < w && (M += w - (A - 0.5 * d - (h.height - M)));
    var z = -(A - 0.5 * d);
    S = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: M
      }, {
        type: "elem",
        elem: m,
        shift: z
      }, {
        type: "elem",
        elem: i,
        shift: -g
      }]
    });
  } else {
    var T = g - i.depth - (h.height - M);
    T < w && (g += 0.5 * (w - T), M += 0.5 * (w - T)), S = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: M
      }, {
        type: "elem",
        elem: i,
        shift: -g
      }]
    });
  }
  s = e.havingStyle(r), S.height *= s.sizeMultiplier / e.sizeMultiplier, S.depth *= s.sizeMultiplier / e.sizeMultiplier;
  var D;
  r.size === W.DISPLAY.size ? D = e.fontMetrics().delim1 : r.size === W.SCRIPTSCRIPT.size ? D = e.havingStyle(W.SCRIPT).fontMetrics().delim2 : D = e.fontMetrics().delim2;
  var q, O;
  return t.leftDelim == null ? q = p0(e, ["mopen"]) : q = Dn(t.leftDelim, D, !0, e.havingStyle(r), t.mode, ["mopen"]), t.continued ? O = N([]) : t.rightDelim == null ? O = p0(e, ["mclose"]) : O = Dn(t.rightDelim, D, !0, e.havingStyle(r), t.mode, ["mclose"]), N(["mord"].concat(s.sizingClasses(e)), [q, N(["mfrac"], [S]), O], e);
}, Sc = (t, e) => {
  var r = new E("mfrac", [Z(t.numer, e), Z(t.denom, e)]);
  if (!t.hasBarLine)
    r.setAttribute("linethickness", "0px");
  else if (t.barSize) {
    var n = ne(t.barSize, e);
    r.setAttribute("linethickness", B(n));
  }
  if (t.leftDelim != null || t.rightDelim != null) {
    var a = [];
    if (t.leftDelim != null) {
      var s = new E("mo", [new oe(t.leftDelim.replace("\\", ""))]);
      s.setAttribute("fence", "true"), a.push(s);
    }
    if (a.push(r), t.rightDelim != null) {
      var i = new E("mo", [new oe(t.rightDelim.replace("\\", ""))]);
      i.setAttribute("fence", "true"), a.push(i);
    }
    return ia(a);
  }
  return r;
}, Fo = (t, e) => {
  if (!e)
    return t;
  var r = {
    type: "styling",
    mode: t.mode,
    style: e,
    body: [t]
  };
  return r;
};
R({
  type: "genfrac",
  names: [
    "\\cfrac",
    "\\dfrac",
    "\\frac",
    "\\tfrac",
    "\\dbinom",
    "\\binom",
    "\\tbinom",
    "\\\\atopfrac",
    // can’t be entered directly
    "\\\\bracefrac",
    "\\\\brackfrac"
    // ditto
  ],
  props: {
    numArgs: 2,
    allowedInArgument: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0], s = e[1], i, o = null, l = null;
    switch (n) {
      case "\\cfrac":
      case "\\dfrac":
      case "\\frac":
      case "\\tfrac":
        i = !0;
        break;
      case "\\\\atopfrac":
        i = !1;
        break;
      case "\\dbinom":
      case "\\binom":
      case "\\tbinom":
        i = !1, o = "(", l = ")";
        break;
      case "\\\\bracefrac":
        i = !1, o = "\\{", l = "\\}";
        break;
      case "\\\\brackfrac":
        i = !1, o = "[", l = "]";
        break;
      default:
        throw new Error("Unrecognized genfrac command");
    }
    var h = n === "\\cfrac", m = null;
    return h || n.startsWith("\\d") ? m = "display" : n.startsWith("\\t") && (m = "text"), Fo({
      type: "genfrac",
      mode: r.mode,
      numer: a,
      denom: s,
      continued: h,
      hasBarLine: i,
      leftDelim: o,
      rightDelim: l,
      barSize: null
    }, m);
  },
  htmlBuilder: kc,
  mathmlBuilder: Sc
});
R({
  type: "infix",
  names: ["\\over", "\\choose", "\\atop", "\\brace", "\\brack"],
  props: {
    numArgs: 0,
    infix: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r,
      token: n
    } = t, a;
    switch (r) {
      case "\\over":
        a = "\\frac";
        break;
      case "\\choose":
        a = "\\binom";
        break;
      case "\\atop":
        a = "\\\\atopfrac";
        break;
      case "\\brace":
        a = "\\\\bracefrac";
        break;
      case "\\brack":
        a = "\\\\brackfrac";
        break;
      default:
        throw new Error("Unrecognized infix genfrac command");
    }
    return {
      type: "infix",
      mode: e.mode,
      replaceWith: a,
      token: n
    };
  }
});
var Bs = ["display", "text", "script", "scriptscript"], Ds = function(e) {
  var r = null;
  return e.length > 0 && (r = e, r = r === "." ? null : r), r;
};
R({
  type: "genfrac",
  names: ["\\genfrac"],
  props: {
    numArgs: 6,
    allowedInArgument: !0,
    argTypes: ["math", "math", "size", "text", "math", "math"]
  },
  handler(t, e) {
    var {
      parser: r
    } = t, n = e[4], a = e[5], s = or(e[0]), i = s.type === "atom" && s.family === "open" ? Ds(s.text) : null, o = or(e[1]), l = o.type === "atom" && o.family === "close" ? Ds(o.text) : null, h = V(e[2], "size"), m, d = null;
    h.isBlank ? m = !0 : (d = h.value, m = d.number > 0);
    var p = null, g = e[3];
    if (g.type === "ordgroup") {
      if (g.body.length > 0) {
        var w = V(g.body[0], "textord");
        p = Bs[Number(w.text)];
      }
    } else
      g = V(g, "textord"), p = Bs[Number(g.text)];
    return Fo({
      type: "genfrac",
      mode: r.mode,
      numer: n,
      denom: a,
      continued: !1,
      hasBarLine: m,
      barSize: d,
      leftDelim: i,
      rightDelim: l
    }, p);
  }
});
R({
  type: "infix",
  names: ["\\above"],
  props: {
    numArgs: 1,
    argTypes: ["size"],
    infix: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n,
      token: a
    } = t;
    return {
      type: "infix",
      mode: r.mode,
      replaceWith: "\\\\abovefrac",
      size: V(e[0], "size").value,
      token: a
    };
  }
});
R({
  type: "genfrac",
  names: ["\\\\abovefrac"],
  props: {
    numArgs: 3,
    argTypes: ["math", "size", "math"]
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0], s = V(e[1], "infix").size;
    if (!s)
      throw new Error("\\\\abovefrac expected size, but got " + String(s));
    var i = e[2], o = s.number > 0;
    return {
      type: "genfrac",
      mode: r.mode,
      numer: a,
      denom: i,
      continued: !1,
      hasBarLine: o,
      barSize: s,
      leftDelim: null,
      rightDelim: null
    };
  }
});
var Lo = (t, e) => {
  var r = e.style, n, a;
  t.type === "supsub" ? (n = t.sup ? K(t.sup, e.havingStyle(r.sup()), e) : K(t.sub, e.havingStyle(r.sub()), e), a = V(t.base, "horizBrace")) : a = V(t, "horizBrace");
  var s = K(a.base, e.havingBaseStyle(W.DISPLAY)), i = vr(a, e), o;
  if (a.isOver ? o = X({
    positionType: "firstBaseline",
    children: [{
      type: "elem",
      elem: s
    }, {
      type: "kern",
      size: 0.1
    }, {
      type: "elem",
      elem: i,
      wrapperClasses: ["svg-align"]
    }]
  }) : o = X({
    positionType: "bottom",
    positionData: s.depth + 0.1 + i.height,
    children: [{
      type: "elem",
      elem: i,
      wrapperClasses: ["svg-align"]
    }, {
      type: "kern",
      size: 0.1
    }, {
      type: "elem",
      elem: s
    }]
  }), n) {
    var l = N(["minner", a.isOver ? "mover" : "munder"], [o], e);
    a.isOver ? o = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: l
      }, {
        type: "kern",
        size: 0.2
      }, {
        type: "elem",
        elem: n
      }]
    }) : o = X({
      positionType: "bottom",
      positionData: l.depth + 0.2 + n.height + n.depth,
      children: [{
        type: "elem",
        elem: n
      }, {
        type: "kern",
        size: 0.2
      }, {
        type: "elem",
        elem: l
      }]
    });
  }
  return N(["minner", a.isOver ? "mover" : "munder"], [o], e);
}, Ac = (t, e) => {
  var r = pr(t.label);
  return new E(t.isOver ? "mover" : "munder", [Z(t.base, e), r]);
};
R({
  type: "horizBrace",
  names: ["\\overbrace", "\\underbrace", "\\overbracket", "\\underbracket"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t;
    return {
      type: "horizBrace",
      mode: r.mode,
      label: n,
      isOver: n.includes("\\over"),
      base: e[0]
    };
  },
  htmlBuilder: Lo,
  mathmlBuilder: Ac
});
R({
  type: "href",
  names: ["\\href"],
  props: {
    numArgs: 2,
    argTypes: ["url", "original"],
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = e[1], a = V(e[0], "url").url;
    return r.settings.isTrusted({
      command: "\\href",
      url: a
    }) ? {
      type: "href",
      mode: r.mode,
      href: a,
      body: ie(n)
    } : r.formatUnsupportedCmd("\\href");
  },
  htmlBuilder: (t, e) => {
    var r = he(t.body, e, !1);
    return Fh(t.href, [], r, e);
  },
  mathmlBuilder: (t, e) => {
    var r = vt(t.body, e);
    return r instanceof E || (r = new E("mrow", [r])), r.setAttribute("href", t.href), r;
  }
});
R({
  type: "href",
  names: ["\\url"],
  props: {
    numArgs: 1,
    argTypes: ["url"],
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = V(e[0], "url").url;
    if (!r.settings.isTrusted({
      command: "\\url",
      url: n
    }))
      return r.formatUnsupportedCmd("\\url");
    for (var a = [], s = 0; s < n.length; s++) {
      var i = n[s];
      i === "~" && (i = "\\textasciitilde"), a.push({
        type: "textord",
        mode: "text",
        text: i
      });
    }
    var o = {
      type: "text",
      mode: r.mode,
      font: "\\texttt",
      body: a
    };
    return {
      type: "href",
      mode: r.mode,
      href: n,
      body: ie(o)
    };
  }
});
R({
  type: "hbox",
  names: ["\\hbox"],
  props: {
    numArgs: 1,
    argTypes: ["text"],
    allowedInText: !0,
    primitive: !0
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "hbox",
      mode: r.mode,
      body: ie(e[0])
    };
  },
  htmlBuilder(t, e) {
    var r = he(t.body, e.withFont(""), !1);
    return st(r);
  },
  mathmlBuilder(t, e) {
    return new E("mrow", Ce(t.body, e.withFont("")));
  }
});
R({
  type: "html",
  names: ["\\htmlClass", "\\htmlId", "\\htmlStyle", "\\htmlData"],
  props: {
    numArgs: 2,
    argTypes: ["raw", "original"],
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n,
      token: a
    } = t, s = V(e[0], "raw").string, i = e[1];
    r.settings.strict && r.settings.reportNonstrict("htmlExtension", "HTML extension is disabled on strict mode");
    var o, l = {};
    switch (n) {
      case "\\htmlClass":
        l.class = s, o = {
          command: "\\htmlClass",
          class: s
        };
        break;
      case "\\htmlId":
        l.id = s, o = {
          command: "\\htmlId",
          id: s
        };
        break;
      case "\\htmlStyle":
        l.style = s, o = {
          command: "\\htmlStyle",
          style: s
        };
        break;
      case "\\htmlData": {
        for (var h = s.split(","), m = 0; m < h.length; m++) {
          var d = h[m], p = d.indexOf("=");
          if (p < 0)
            throw new $("\\htmlData key/value '" + d + "' missing equals sign");
          var g = d.slice(0, p), w = d.slice(p + 1);
          l["data-" + g.trim()] = w;
        }
        o = {
          command: "\\htmlData",
          attributes: l
        };
        break;
      }
      default:
        throw new Error("Unrecognized html command");
    }
    return r.settings.isTrusted(o) ? {
      type: "html",
      mode: r.mode,
      attributes: l,
      body: ie(i)
    } : r.formatUnsupportedCmd(n);
  },
  htmlBuilder: (t, e) => {
    var r = he(t.body, e, !1), n = ["enclosing"];
    t.attributes.class && n.push(...t.attributes.class.trim().split(/\s+/));
    var a = N(n, r, e);
    for (var s in t.attributes)
      s !== "class" && t.attributes.hasOwnProperty(s) && a.setAttribute(s, t.attributes[s]);
    return a;
  },
  mathmlBuilder: (t, e) => vt(t.body, e)
});
R({
  type: "htmlmathml",
  names: ["\\html@mathml"],
  props: {
    numArgs: 2,
    allowedInArgument: !0,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t;
    return {
      type: "htmlmathml",
      mode: r.mode,
      html: ie(e[0]),
      mathml: ie(e[1])
    };
  },
  htmlBuilder: (t, e) => {
    var r = he(t.html, e, !1);
    return st(r);
  },
  mathmlBuilder: (t, e) => vt(t.mathml, e)
});
var Vr = function(e) {
  if (/^[-+]? *(\d+(\.\d*)?|\.\d+)$/.test(e))
    return {
      number: +e,
      unit: "bp"
    };
  var r = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(e);
  if (!r)
    throw new $("Invalid size: '" + e + "' in \\includegraphics");
  var n = {
    number: +(r[1] + r[2]),
    // sign + magnitude, cast to number
    unit: r[3]
  };
  if (!to(n))
    throw new $("Invalid unit: '" + n.unit + "' in \\includegraphics.");
  return n;
};
R({
  type: "includegraphics",
  names: ["\\includegraphics"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1,
    argTypes: ["raw", "url"],
    allowedInText: !1
  },
  handler: (t, e, r) => {
    var {
      parser: n
    } = t, a = {
      number: 0,
      unit: "em"
    }, s = {
      number: 0.9,
      unit: "em"
    }, i = {
      number: 0,
      unit: "em"
    }, o = "";
    if (r[0])
      for (var l = V(r[0], "raw").string, h = l.split(","), m = 0; m < h.length; m++) {
        var d = h[m].split("=");
        if (d.length === 2) {
          var p = d[1].trim();
          switch (d[0].trim()) {
            case "alt":
              o = p;
              break;
            case "width":
              a = Vr(p);
              break;
            case "height":
              s = Vr(p);
              break;
            case "totalheight":
              i = Vr(p);
              break;
            default:
              throw new $("Invalid key: '" + d[0] + "' in \\includegraphics.");
          }
        }
      }
    var g = V(e[0], "url").url;
    return o === "" && (o = g, o = o.replace(/^.*[\\/]/, ""), o = o.substring(0, o.lastIndexOf("."))), n.settings.isTrusted({
      command: "\\includegraphics",
      url: g
    }) ? {
      type: "includegraphics",
      mode: n.mode,
      alt: o,
      width: a,
      height: s,
      totalheight: i,
      src: g
    } : n.formatUnsupportedCmd("\\includegraphics");
  },
  htmlBuilder: (t, e) => {
    var r = ne(t.height, e), n = 0;
    t.totalheight.number > 0 && (n = ne(t.totalheight, e) - r);
    var a = 0;
    t.width.number > 0 && (a = ne(t.width, e));
    var s = {
      height: B(r + n)
    };
    a > 0 && (s.width = B(a)), n > 0 && (s.verticalAlign = B(-n));
    var i = new Th(t.src, t.alt, s);
    return i.height = r, i.depth = n, i;
  },
  mathmlBuilder: (t, e) => {
    var r = new E("mglyph", []);
    r.setAttribute("alt", t.alt);
    var n = ne(t.height, e), a = 0;
    if (t.totalheight.number > 0 && (a = ne(t.totalheight, e) - n, r.setAttribute("valign", B(-a))), r.setAttribute("height", B(n + a)), t.width.number > 0) {
      var s = ne(t.width, e);
      r.setAttribute("width", B(s));
    }
    return r.setAttribute("src", t.src), r;
  }
});
R({
  type: "kern",
  names: ["\\kern", "\\mkern", "\\hskip", "\\mskip"],
  props: {
    numArgs: 1,
    argTypes: ["size"],
    primitive: !0,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = V(e[0], "size");
    if (r.settings.strict) {
      var s = n[1] === "m", i = a.value.unit === "mu";
      s ? (i || r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " supports only mu units, " + ("not " + a.value.unit + " units")), r.mode !== "math" && r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " works only in math mode")) : i && r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " doesn't support mu units");
    }
    return {
      type: "kern",
      mode: r.mode,
      dimension: a.value
    };
  },
  htmlBuilder(t, e) {
    return oo(t.dimension, e);
  },
  mathmlBuilder(t, e) {
    var r = ne(t.dimension, e);
    return new fo(r);
  }
});
R({
  type: "lap",
  names: ["\\mathllap", "\\mathrlap", "\\mathclap"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "lap",
      mode: r.mode,
      alignment: n.slice(5),
      body: a
    };
  },
  htmlBuilder: (t, e) => {
    var r;
    t.alignment === "clap" ? (r = N([], [K(t.body, e)]), r = N(["inner"], [r], e)) : r = N(["inner"], [K(t.body, e)]);
    var n = N(["fix"], []), a = N([t.alignment], [r, n], e), s = N(["strut"]);
    return s.style.height = B(a.height + a.depth), a.depth && (s.style.verticalAlign = B(-a.depth)), a.children.unshift(s), a = N(["thinbox"], [a], e), N(["mord", "vbox"], [a], e);
  },
  mathmlBuilder: (t, e) => {
    var r = new E("mpadded", [Z(t.body, e)]);
    if (t.alignment !== "rlap") {
      var n = t.alignment === "llap" ? "-1" : "-0.5";
      r.setAttribute("lspace", n + "width");
    }
    return r.setAttribute("width", "0px"), r;
  }
});
R({
  type: "styling",
  names: ["\\(", "$"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !1
  },
  handler(t, e) {
    var {
      funcName: r,
      parser: n
    } = t, a = n.mode;
    n.switchMode("math");
    var s = r === "\\(" ? "\\)" : "$", i = n.parseExpression(!1, s);
    return n.expect(s), n.switchMode(a), {
      type: "styling",
      mode: n.mode,
      style: "text",
      resetFont: !0,
      body: i
    };
  }
});
R({
  type: "text",
  // Doesn't matter what this is.
  names: ["\\)", "\\]"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !1
  },
  handler(t, e) {
    throw new $("Mismatched " + t.funcName);
  }
});
var Rs = (t, e) => {
  switch (e.style.size) {
    case W.DISPLAY.size:
      return t.display;
    case W.TEXT.size:
      return t.text;
    case W.SCRIPT.size:
      return t.script;
    case W.SCRIPTSCRIPT.size:
      return t.scriptscript;
    default:
      return t.text;
  }
};
R({
  type: "mathchoice",
  names: ["\\mathchoice"],
  props: {
    numArgs: 4,
    primitive: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t;
    return {
      type: "mathchoice",
      mode: r.mode,
      display: ie(e[0]),
      text: ie(e[1]),
      script: ie(e[2]),
      scriptscript: ie(e[3])
    };
  },
  htmlBuilder: (t, e) => {
    var r = Rs(t, e), n = he(r, e, !1);
    return st(n);
  },
  mathmlBuilder: (t, e) => {
    var r = Rs(t, e);
    return vt(r, e);
  }
});
var Ho = (t, e, r, n, a, s, i) => {
  t = N([], [t]);
  var o = r && nt(r), l, h;
  if (e) {
    var m = K(e, n.havingStyle(a.sup()), n);
    h = {
      elem: m,
      kern: Math.max(n.fontMetrics().bigOpSpacing1, n.fontMetrics().bigOpSpacing3 - m.depth)
    };
  }
  if (r) {
    var d = K(r, n.havingStyle(a.sub()), n);
    l = {
      elem: d,
      kern: Math.max(n.fontMetrics().bigOpSpacing2, n.fontMetrics().bigOpSpacing4 - d.height)
    };
  }
  var p;
  if (h && l) {
    var g = n.fontMetrics().bigOpSpacing5 + l.elem.height + l.elem.depth + l.kern + t.depth + i;
    p = X({
      positionType: "bottom",
      positionData: g,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: B(-s)
      }, {
        type: "kern",
        size: l.kern
      }, {
        type: "elem",
        elem: t
      }, {
        type: "kern",
        size: h.kern
      }, {
        type: "elem",
        elem: h.elem,
        marginLeft: B(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else if (l) {
    var w = t.height - i;
    p = X({
      positionType: "top",
      positionData: w,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: B(-s)
      }, {
        type: "kern",
        size: l.kern
      }, {
        type: "elem",
        elem: t
      }]
    });
  } else if (h) {
    var M = t.depth + i;
    p = X({
      positionType: "bottom",
      positionData: M,
      children: [{
        type: "elem",
        elem: t
      }, {
        type: "kern",
        size: h.kern
      }, {
        type: "elem",
        elem: h.elem,
        marginLeft: B(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else
    return t;
  var S = [p];
  if (l && s !== 0 && !o) {
    var T = N(["mspace"], [], n);
    T.style.marginRight = B(s), S.unshift(T);
  }
  return N(["mop", "op-limits"], S, n);
}, Po = /* @__PURE__ */ new Set(["\\smallint"]), r0 = (t, e) => {
  var r, n, a = !1, s;
  t.type === "supsub" ? (r = t.sup, n = t.sub, s = V(t.base, "op"), a = !0) : s = V(t, "op");
  var i = e.style, o = !1;
  i.size === W.DISPLAY.size && s.symbol && !Po.has(s.name) && (o = !0);
  var l, h;
  if (s.symbol) {
    var m = o ? "Size2-Regular" : "Size1-Regular", d = "";
    if ((s.name === "\\oiint" || s.name === "\\oiiint") && (d = s.name.slice(1), s.name = d === "oiint" ? "\\iint" : "\\iiint"), l = be(s.name, m, "math", e, ["mop", "op-symbol", o ? "large-op" : "small-op"]), h = l.italic, d.length > 0) {
      var p = uo(d + "Size" + (o ? "2" : "1"), e);
      l = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: l,
          shift: 0
        }, {
          type: "elem",
          elem: p,
          shift: o ? 0.08 : 0
        }]
      }), s.name = "\\" + d, l.classes.unshift("mop"), l.italic = h;
    }
  } else if (s.body) {
    var g = he(s.body, e, !0);
    g.length === 1 && g[0] instanceof Te ? (l = g[0], l.classes[0] = "mop") : l = N(["mop"], g, e);
  } else {
    for (var w = [], M = 1; M < s.name.length; M++)
      w.push(aa(s.name[M], s.mode, e));
    l = N(["mop"], w, e);
  }
  var S = 0, T = 0;
  if ((l instanceof Te || s.name === "\\oiint" || s.name === "\\oiiint") && !s.suppressBaseShift) {
    var A;
    S = (l.height - l.depth) / 2 - e.fontMetrics().axisHeight, T = (A = l.italic) != null ? A : 0;
  }
  return a ? Ho(l, r, n, e, i, T, S) : (S && (l.style.position = "relative", l.style.top = B(S)), l);
}, w0 = (t, e) => {
  var r;
  if (t.symbol)
    r = new E("mo", [$e(t.name, t.mode)]), Po.has(t.name) && r.setAttribute("largeop", "false");
  else if (t.body)
    r = new E("mo", Ce(t.body, e));
  else {
    r = new E("mi", [new oe(t.name.slice(1))]);
    var n = new E("mo", [$e("⁡", "text")]);
    t.parentIsSupSub ? r = new E("mrow", [r, n]) : r = mo([r, n]);
  }
  return r;
}, Tc = {
  "∏": "\\prod",
  "∐": "\\coprod",
  "∑": "\\sum",
  "⋀": "\\bigwedge",
  "⋁": "\\bigvee",
  "⋂": "\\bigcap",
  "⋃": "\\bigcup",
  "⨀": "\\bigodot",
  "⨁": "\\bigoplus",
  "⨂": "\\bigotimes",
  "⨄": "\\biguplus",
  "⨆": "\\bigsqcup"
};
R({
  type: "op",
  names: ["\\coprod", "\\bigvee", "\\bigwedge", "\\biguplus", "\\bigcap", "\\bigcup", "\\intop", "\\prod", "\\sum", "\\bigotimes", "\\bigoplus", "\\bigodot", "\\bigsqcup", "\\smallint", "∏", "∐", "∑", "⋀", "⋁", "⋂", "⋃", "⨀", "⨁", "⨂", "⨄", "⨆"],
  props: {
    numArgs: 0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = n;
    return a.length === 1 && (a = Tc[a]), {
      type: "op",
      mode: r.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !0,
      name: a
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: w0
});
R({
  type: "op",
  names: ["\\mathop"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = e[0];
    return {
      type: "op",
      mode: r.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !1,
      body: ie(n)
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: w0
});
var zc = {
  "∫": "\\int",
  "∬": "\\iint",
  "∭": "\\iiint",
  "∮": "\\oint",
  "∯": "\\oiint",
  "∰": "\\oiiint"
};
R({
  type: "op",
  names: ["\\arcsin", "\\arccos", "\\arctan", "\\arctg", "\\arcctg", "\\arg", "\\ch", "\\cos", "\\cosec", "\\cosh", "\\cot", "\\cotg", "\\coth", "\\csc", "\\ctg", "\\cth", "\\deg", "\\dim", "\\exp", "\\hom", "\\ker", "\\lg", "\\ln", "\\log", "\\sec", "\\sin", "\\sinh", "\\sh", "\\tan", "\\tanh", "\\tg", "\\th"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t;
    return {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !1,
      name: r
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: w0
});
R({
  type: "op",
  names: ["\\det", "\\gcd", "\\inf", "\\lim", "\\max", "\\min", "\\Pr", "\\sup"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t;
    return {
      type: "op",
      mode: e.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !1,
      name: r
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: w0
});
R({
  type: "op",
  names: ["\\int", "\\iint", "\\iiint", "\\oint", "\\oiint", "\\oiiint", "∫", "∬", "∭", "∮", "∯", "∰"],
  props: {
    numArgs: 0,
    allowedInArgument: !0
  },
  handler(t) {
    var {
      parser: e,
      funcName: r
    } = t, n = r;
    return n.length === 1 && (n = zc[n]), {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !0,
      name: n
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: w0
});
var Uo = (t, e) => {
  var r, n, a = !1, s;
  t.type === "supsub" ? (r = t.sup, n = t.sub, s = V(t.base, "operatorname"), a = !0) : s = V(t, "operatorname");
  var i;
  if (s.body.length > 0) {
    for (var o = s.body.map((d) => {
      var p = "text" in d ? d.text : void 0;
      return typeof p == "string" ? {
        type: "textord",
        mode: d.mode,
        text: p
      } : d;
    }), l = he(o, e.withFont("mathrm"), !0), h = 0; h < l.length; h++) {
      var m = l[h];
      m instanceof Te && (m.text = m.text.replace(/\u2212/, "-").replace(/\u2217/, "*"));
    }
    i = N(["mop"], l, e);
  } else
    i = N(["mop"], [], e);
  return a ? Ho(i, r, n, e, e.style, 0, 0) : i;
}, Cc = (t, e) => {
  for (var r = Ce(t.body, e.withFont("mathrm")), n = !0, a = 0; a < r.length; a++) {
    var s = r[a];
    if (!(s instanceof fo)) if (s instanceof E)
      switch (s.type) {
        case "mi":
        case "mn":
        case "mspace":
        case "mtext":
          break;
        // Do nothing yet.
        case "mo": {
          var i = s.children[0];
          s.children.length === 1 && i instanceof oe ? i.text = i.text.replace(/\u2212/, "-").replace(/\u2217/, "*") : n = !1;
          break;
        }
        default:
          n = !1;
      }
    else
      n = !1;
  }
  if (n) {
    var o = r.map((m) => m.toText()).join("");
    r = [new oe(o)];
  }
  var l = new E("mi", r);
  l.setAttribute("mathvariant", "normal");
  var h = new E("mo", [$e("⁡", "text")]);
  return t.parentIsSupSub ? new E("mrow", [l, h]) : mo([l, h]);
};
R({
  type: "operatorname",
  names: ["\\operatorname@", "\\operatornamewithlimits"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "operatorname",
      mode: r.mode,
      body: ie(a),
      alwaysHandleSupSub: n === "\\operatornamewithlimits",
      limits: !1,
      parentIsSupSub: !1
    };
  },
  htmlBuilder: Uo,
  mathmlBuilder: Cc
});
v("\\operatorname", "\\@ifstar\\operatornamewithlimits\\operatorname@");
Dt({
  type: "ordgroup",
  htmlBuilder(t, e) {
    return t.semisimple ? st(he(t.body, e, !1)) : N(["mord"], he(t.body, e, !0), e);
  },
  mathmlBuilder(t, e) {
    return vt(t.body, e, !0);
  }
});
R({
  type: "overline",
  names: ["\\overline"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r
    } = t, n = e[0];
    return {
      type: "overline",
      mode: r.mode,
      body: n
    };
  },
  htmlBuilder(t, e) {
    var r = K(t.body, e.havingCrampedStyle()), n = Jt("overline-line", e), a = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r
      }, {
        type: "kern",
        size: 3 * a
      }, {
        type: "elem",
        elem: n
      }, {
        type: "kern",
        size: a
      }]
    });
    return N(["mord", "overline"], [s], e);
  },
  mathmlBuilder(t, e) {
    var r = new E("mo", [new oe("‾")]);
    r.setAttribute("stretchy", "true");
    var n = new E("mover", [Z(t.body, e), r]);
    return n.setAttribute("accent", "true"), n;
  }
});
R({
  type: "phantom",
  names: ["\\phantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = e[0];
    return {
      type: "phantom",
      mode: r.mode,
      body: ie(n)
    };
  },
  htmlBuilder: (t, e) => {
    var r = he(t.body, e.withPhantom(), !1);
    return st(r);
  },
  mathmlBuilder: (t, e) => {
    var r = Ce(t.body, e);
    return new E("mphantom", r);
  }
});
v("\\hphantom", "\\smash{\\phantom{#1}}");
R({
  type: "vphantom",
  names: ["\\vphantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, n = e[0];
    return {
      type: "vphantom",
      mode: r.mode,
      body: n
    };
  },
  htmlBuilder: (t, e) => {
    var r = N(["inner"], [K(t.body, e.withPhantom())]), n = N(["fix"], []);
    return N(["mord", "rlap"], [r, n], e);
  },
  mathmlBuilder: (t, e) => {
    var r = Ce(ie(t.body), e), n = new E("mphantom", r), a = new E("mpadded", [n]);
    return a.setAttribute("width", "0px"), a;
  }
});
R({
  type: "raisebox",
  names: ["\\raisebox"],
  props: {
    numArgs: 2,
    argTypes: ["size", "hbox"],
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r
    } = t, n = V(e[0], "size").value, a = e[1];
    return {
      type: "raisebox",
      mode: r.mode,
      dy: n,
      body: a
    };
  },
  htmlBuilder(t, e) {
    var r = K(t.body, e), n = ne(t.dy, e);
    return X({
      positionType: "shift",
      positionData: -n,
      children: [{
        type: "elem",
        elem: r
      }]
    });
  },
  mathmlBuilder(t, e) {
    var r = new E("mpadded", [Z(t.body, e)]), n = t.dy.number + t.dy.unit;
    return r.setAttribute("voffset", n), r;
  }
});
R({
  type: "internal",
  names: ["\\relax"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInArgument: !0
  },
  handler(t) {
    var {
      parser: e
    } = t;
    return {
      type: "internal",
      mode: e.mode
    };
  }
});
R({
  type: "rule",
  names: ["\\rule"],
  props: {
    numArgs: 2,
    numOptionalArgs: 1,
    allowedInText: !0,
    allowedInMath: !0,
    argTypes: ["size", "size", "size"]
  },
  handler(t, e, r) {
    var {
      parser: n
    } = t, a = r[0], s = V(e[0], "size"), i = V(e[1], "size");
    return {
      type: "rule",
      mode: n.mode,
      shift: a && V(a, "size").value,
      width: s.value,
      height: i.value
    };
  },
  htmlBuilder(t, e) {
    var r = N(["mord", "rule"], [], e), n = ne(t.width, e), a = ne(t.height, e), s = t.shift ? ne(t.shift, e) : 0;
    return r.style.borderRightWidth = B(n), r.style.borderTopWidth = B(a), r.style.bottom = B(s), r.width = n, r.height = a + s, r.depth = -s, r.maxFontSize = a * 1.125 * e.sizeMultiplier, r;
  },
  mathmlBuilder(t, e) {
    var r = ne(t.width, e), n = ne(t.height, e), a = t.shift ? ne(t.shift, e) : 0, s = e.color && e.getColor() || "black", i = new E("mspace");
    i.setAttribute("mathbackground", s), i.setAttribute("width", B(r)), i.setAttribute("height", B(n));
    var o = new E("mpadded", [i]);
    return a >= 0 ? o.setAttribute("height", B(a)) : (o.setAttribute("height", B(a)), o.setAttribute("depth", B(-a))), o.setAttribute("voffset", B(a)), o;
  }
});
function Go(t, e, r) {
  for (var n = he(t, e, !1), a = e.sizeMultiplier / r.sizeMultiplier, s = 0; s < n.length; s++) {
    var i = n[s].classes.indexOf("sizing");
    i < 0 ? Array.prototype.push.apply(n[s].classes, e.sizingClasses(r)) : n[s].classes[i + 1] === "reset-size" + e.size && (n[s].classes[i + 1] = "reset-size" + r.size), n[s].height *= a, n[s].depth *= a;
  }
  return st(n);
}
var Os = ["\\tiny", "\\sixptsize", "\\scriptsize", "\\footnotesize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge", "\\Huge"], Nc = (t, e) => {
  var r = e.havingSize(t.size);
  return Go(t.body, r, e);
};
R({
  type: "sizing",
  names: Os,
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      breakOnTokenText: r,
      funcName: n,
      parser: a
    } = t, s = a.parseExpression(!1, r);
    return {
      type: "sizing",
      mode: a.mode,
      // Figure out what size to use based on the list of functions above
      size: Os.indexOf(n) + 1,
      body: s
    };
  },
  htmlBuilder: Nc,
  mathmlBuilder: (t, e) => {
    var r = e.havingSize(t.size), n = Ce(t.body, r), a = new E("mstyle", n);
    return a.setAttribute("mathsize", B(r.sizeMultiplier)), a;
  }
});
R({
  type: "smash",
  names: ["\\smash"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1,
    allowedInText: !0
  },
  handler: (t, e, r) => {
    var {
      parser: n
    } = t, a = !1, s = !1, i = r[0] && V(r[0], "ordgroup");
    if (i)
      for (var o, l = 0; l < i.body.length; ++l) {
        var h = i.body[l];
        if (o = gr(h).text, o === "t")
          a = !0;
        else if (o === "b")
          s = !0;
        else {
          a = !1, s = !1;
          break;
        }
      }
    else
      a = !0, s = !0;
    var m = e[0];
    return {
      type: "smash",
      mode: n.mode,
      body: m,
      smashHeight: a,
      smashDepth: s
    };
  },
  htmlBuilder: (t, e) => {
    var r = N([], [K(t.body, e)]);
    if (!t.smashHeight && !t.smashDepth)
      return r;
    if (t.smashHeight && (r.height = 0), t.smashDepth && (r.depth = 0), t.smashHeight && t.smashDepth)
      return N(["mord", "smash"], [r], e);
    if (r.children)
      for (var n = 0; n < r.children.length; n++)
        t.smashHeight && (r.children[n].height = 0), t.smashDepth && (r.children[n].depth = 0);
    var a = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r
      }]
    });
    return N(["mord"], [a], e);
  },
  mathmlBuilder: (t, e) => {
    var r = new E("mpadded", [Z(t.body, e)]);
    return t.smashHeight && r.setAttribute("height", "0px"), t.smashDepth && r.setAttribute("depth", "0px"), r;
  }
});
R({
  type: "sqrt",
  names: ["\\sqrt"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1
  },
  handler(t, e, r) {
    var {
      parser: n
    } = t, a = r[0], s = e[0];
    return {
      type: "sqrt",
      mode: n.mode,
      body: s,
      index: a
    };
  },
  htmlBuilder(t, e) {
    var r = K(t.body, e.havingCrampedStyle());
    r.height === 0 && (r.height = e.fontMetrics().xHeight), r = Zt(r, e);
    var n = e.fontMetrics(), a = n.defaultRuleThickness, s = a;
    e.style.id < W.TEXT.id && (s = e.fontMetrics().xHeight);
    var i = a + s / 4, o = r.height + r.depth + i + a, {
      span: l,
      ruleWidth: h,
      advanceWidth: m
    } = pc(o, e), d = l.height - h;
    d > r.height + r.depth + i && (i = (i + d - r.height - r.depth) / 2);
    var p = l.height - r.height - i - h;
    r.style.paddingLeft = B(m);
    var g = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: -(r.height + p)
      }, {
        type: "elem",
        elem: l
      }, {
        type: "kern",
        size: h
      }]
    });
    if (t.index) {
      var w = e.havingStyle(W.SCRIPTSCRIPT), M = K(t.index, w, e), S = 0.6 * (g.height - g.depth), T = X({
        positionType: "shift",
        positionData: -S,
        children: [{
          type: "elem",
          elem: M
        }]
      }), A = N(["root"], [T]);
      return N(["mord", "sqrt"], [A, g], e);
    } else
      return N(["mord", "sqrt"], [g], e);
  },
  mathmlBuilder(t, e) {
    var {
      body: r,
      index: n
    } = t;
    return n ? new E("mroot", [Z(r, e), Z(n, e)]) : new E("msqrt", [Z(r, e)]);
  }
});
var Rn = {
  display: W.DISPLAY,
  text: W.TEXT,
  script: W.SCRIPT,
  scriptscript: W.SCRIPTSCRIPT
};
function $c(t) {
  return t in Rn;
}
R({
  type: "styling",
  names: ["\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    primitive: !0
  },
  handler(t, e) {
    var {
      breakOnTokenText: r,
      funcName: n,
      parser: a
    } = t, s = a.parseExpression(!0, r), i = n.slice(1, n.length - 5);
    if (!$c(i))
      throw new Error("Unknown style: " + i);
    return {
      type: "styling",
      mode: a.mode,
      // Figure out what style to use by pulling out the style from
      // the function name
      style: i,
      body: s
    };
  },
  htmlBuilder(t, e) {
    var r = Rn[t.style], n = e.havingStyle(r);
    return t.resetFont && (n = n.withFont("")), Go(t.body, n, e);
  },
  mathmlBuilder(t, e) {
    var r = Rn[t.style], n = e.havingStyle(r);
    t.resetFont && (n = n.withFont(""));
    var a = Ce(t.body, n), s = new E("mstyle", a), i = {
      display: ["0", "true"],
      text: ["0", "false"],
      script: ["1", "false"],
      scriptscript: ["2", "false"]
    }, o = i[t.style];
    return s.setAttribute("scriptlevel", o[0]), s.setAttribute("displaystyle", o[1]), s;
  }
});
var Ec = function(e, r) {
  var n = e.base;
  if (n)
    if (n.type === "op") {
      var a = n.limits && (r.style.size === W.DISPLAY.size || n.alwaysHandleSupSub);
      return a ? r0 : null;
    } else if (n.type === "operatorname") {
      var s = n.alwaysHandleSupSub && (r.style.size === W.DISPLAY.size || n.limits);
      return s ? Uo : null;
    } else {
      if (n.type === "accent")
        return nt(n.base) ? la : null;
      if (n.type === "horizBrace") {
        var i = !e.sub;
        return i === n.isOver ? Lo : null;
      } else
        return null;
    }
  else return null;
};
Dt({
  type: "supsub",
  htmlBuilder(t, e) {
    var r = Ec(t, e);
    if (r)
      return r(t, e);
    var {
      base: n,
      sup: a,
      sub: s
    } = t, i = K(n, e), o, l, h = e.fontMetrics(), m = 0, d = 0, p = n && nt(n);
    if (a) {
      var g = e.havingStyle(e.style.sup());
      o = K(a, g, e), p || (m = i.height - g.fontMetrics().supDrop * g.sizeMultiplier / e.sizeMultiplier);
    }
    if (s) {
      var w = e.havingStyle(e.style.sub());
      l = K(s, w, e), p || (d = i.depth + w.fontMetrics().subDrop * w.sizeMultiplier / e.sizeMultiplier);
    }
    var M;
    e.style === W.DISPLAY ? M = h.sup1 : e.style.cramped ? M = h.sup3 : M = h.sup2;
    var S = e.sizeMultiplier, T = B(0.5 / h.ptPerEm / S), A = null;
    if (l) {
      var z = t.base && t.base.type === "op" && t.base.name && (t.base.name === "\\oiint" || t.base.name === "\\oiiint");
      if (i instanceof Te || z) {
        var D;
        A = B(-((D = i.italic) != null ? D : 0));
      }
    }
    var q;
    if (o && l) {
      m = Math.max(m, M, o.depth + 0.25 * h.xHeight), d = Math.max(d, h.sub2);
      var O = h.defaultRuleThickness, H = 4 * O;
      if (m - o.depth - (l.height - d) < H) {
        d = H - (m - o.depth) + l.height;
        var U = 0.8 * h.xHeight - (m - o.depth);
        U > 0 && (m += U, d -= U);
      }
      var j = [{
        type: "elem",
        elem: l,
        shift: d,
        marginRight: T,
        marginLeft: A
      }, {
        type: "elem",
        elem: o,
        shift: -m,
        marginRight: T
      }];
      q = X({
        positionType: "individualShift",
        children: j
      });
    } else if (l) {
      d = Math.max(d, h.sub1, l.height - 0.8 * h.xHeight);
      var se = [{
        type: "elem",
        elem: l,
        marginLeft: A,
        marginRight: T
      }];
      q = X({
        positionType: "shift",
        positionData: d,
        children: se
      });
    } else if (o)
      m = Math.max(m, M, o.depth + 0.25 * h.xHeight), q = X({
        positionType: "shift",
        positionData: -m,
        children: [{
          type: "elem",
          elem: o,
          marginRight: T
        }]
      });
    else
      throw new Error("supsub must have either sup or sub.");
    var pe = Nn(i, "right") || "mord";
    return N([pe], [i, N(["msupsub"], [q])], e);
  },
  mathmlBuilder(t, e) {
    var r = !1, n, a;
    t.base && t.base.type === "horizBrace" && (a = !!t.sup, a === t.base.isOver && (r = !0, n = t.base.isOver)), t.base && (t.base.type === "op" || t.base.type === "operatorname") && (t.base.parentIsSupSub = !0);
    var s = [Z(t.base, e)];
    t.sub && s.push(Z(t.sub, e)), t.sup && s.push(Z(t.sup, e));
    var i;
    if (r)
      i = n ? "mover" : "munder";
    else if (t.sub)
      if (t.sup) {
        var h = t.base;
        h && h.type === "op" && h.limits && e.style === W.DISPLAY || h && h.type === "operatorname" && h.alwaysHandleSupSub && (e.style === W.DISPLAY || h.limits) ? i = "munderover" : i = "msubsup";
      } else {
        var l = t.base;
        l && l.type === "op" && l.limits && (e.style === W.DISPLAY || l.alwaysHandleSupSub) || l && l.type === "operatorname" && l.alwaysHandleSupSub && (l.limits || e.style === W.DISPLAY) ? i = "munder" : i = "msub";
      }
    else {
      var o = t.base;
      o && o.type === "op" && o.limits && (e.style === W.DISPLAY || o.alwaysHandleSupSub) || o && o.type === "operatorname" && o.alwaysHandleSupSub && (o.limits || e.style === W.DISPLAY) ? i = "mover" : i = "msup";
    }
    return new E(i, s);
  }
});
Dt({
  type: "atom",
  htmlBuilder(t, e) {
    return aa(t.text, t.mode, e, ["m" + t.family]);
  },
  mathmlBuilder(t, e) {
    var r = new E("mo", [$e(t.text, t.mode)]);
    if (t.family === "bin") {
      var n = oa(t, e);
      n === "bold-italic" && r.setAttribute("mathvariant", n);
    } else t.family === "punct" ? r.setAttribute("separator", "true") : (t.family === "open" || t.family === "close") && r.setAttribute("stretchy", "false");
    return r;
  }
});
var Wo = {
  mi: "italic",
  mn: "normal",
  mtext: "normal"
};
Dt({
  type: "mathord",
  htmlBuilder(t, e) {
    return fr(t, e, "mathord");
  },
  mathmlBuilder(t, e) {
    var r = new E("mi", [$e(t.text, t.mode, e)]), n = oa(t, e) || "italic";
    return n !== Wo[r.type] && r.setAttribute("mathvariant", n), r;
  }
});
Dt({
  type: "textord",
  htmlBuilder(t, e) {
    return fr(t, e, "textord");
  },
  mathmlBuilder(t, e) {
    var r = $e(t.text, t.mode, e), n = oa(t, e) || "normal", a;
    return t.mode === "text" ? a = new E("mtext", [r]) : /[0-9]/.test(t.text) ? a = new E("mn", [r]) : t.text === "\\prime" ? a = new E("mo", [r]) : a = new E("mi", [r]), n !== Wo[a.type] && a.setAttribute("mathvariant", n), a;
  }
});
var Yr = {
  "\\nobreak": "nobreak",
  "\\allowbreak": "allowbreak"
}, Xr = {
  " ": {},
  "\\ ": {},
  "~": {
    className: "nobreak"
  },
  "\\space": {},
  "\\nobreakspace": {
    className: "nobreak"
  }
};
Dt({
  type: "spacing",
  htmlBuilder(t, e) {
    if (Xr.hasOwnProperty(t.text)) {
      var r = Xr[t.text].className || "";
      if (t.mode === "text") {
        var n = fr(t, e, "textord");
        return n.classes.push(r), n;
      } else
        return N(["mspace", r], [aa(t.text, t.mode, e)], e);
    } else {
      if (Yr.hasOwnProperty(t.text))
        return N(["mspace", Yr[t.text]], [], e);
      throw new $('Unknown type of space "' + t.text + '"');
    }
  },
  mathmlBuilder(t, e) {
    var r;
    if (Xr.hasOwnProperty(t.text))
      r = new E("mtext", [new oe(" ")]);
    else {
      if (Yr.hasOwnProperty(t.text))
        return new E("mspace");
      throw new $('Unknown type of space "' + t.text + '"');
    }
    return r;
  }
});
var Is = () => {
  var t = new E("mtd", []);
  return t.setAttribute("width", "50%"), t;
};
Dt({
  type: "tag",
  mathmlBuilder(t, e) {
    var r = new E("mtable", [new E("mtr", [Is(), new E("mtd", [vt(t.body, e)]), Is(), new E("mtd", [vt(t.tag, e)])])]);
    return r.setAttribute("width", "100%"), r;
  }
});
var qs = {
  "\\text": void 0,
  "\\textrm": "textrm",
  "\\textsf": "textsf",
  "\\texttt": "texttt",
  "\\textnormal": "textrm"
}, Fs = {
  "\\textbf": "textbf",
  "\\textmd": "textmd"
}, Bc = {
  "\\textit": "textit",
  "\\textup": "textup"
}, Ls = (t, e) => {
  var r = t.font;
  if (r) {
    if (qs[r])
      return e.withTextFontFamily(qs[r]);
    if (Fs[r])
      return e.withTextFontWeight(Fs[r]);
    if (r === "\\emph")
      return e.fontShape === "textit" ? e.withTextFontShape("textup") : e.withTextFontShape("textit");
  } else return e;
  return e.withTextFontShape(Bc[r]);
};
R({
  type: "text",
  names: [
    // Font families
    "\\text",
    "\\textrm",
    "\\textsf",
    "\\texttt",
    "\\textnormal",
    // Font weights
    "\\textbf",
    "\\textmd",
    // Font Shapes
    "\\textit",
    "\\textup",
    "\\emph"
  ],
  props: {
    numArgs: 1,
    argTypes: ["text"],
    allowedInArgument: !0,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: n
    } = t, a = e[0];
    return {
      type: "text",
      mode: r.mode,
      body: ie(a),
      font: n
    };
  },
  htmlBuilder(t, e) {
    var r = Ls(t, e), n = he(t.body, r, !0);
    return N(["mord", "text"], n, r);
  },
  mathmlBuilder(t, e) {
    var r = Ls(t, e);
    return vt(t.body, r);
  }
});
R({
  type: "underline",
  names: ["\\underline"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "underline",
      mode: r.mode,
      body: e[0]
    };
  },
  htmlBuilder(t, e) {
    var r = K(t.body, e), n = Jt("underline-line", e), a = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "top",
      positionData: r.height,
      children: [{
        type: "kern",
        size: a
      }, {
        type: "elem",
        elem: n
      }, {
        type: "kern",
        size: 3 * a
      }, {
        type: "elem",
        elem: r
      }]
    });
    return N(["mord", "underline"], [s], e);
  },
  mathmlBuilder(t, e) {
    var r = new E("mo", [new oe("‾")]);
    r.setAttribute("stretchy", "true");
    var n = new E("munder", [Z(t.body, e), r]);
    return n.setAttribute("accentunder", "true"), n;
  }
});
R({
  type: "vcenter",
  names: ["\\vcenter"],
  props: {
    numArgs: 1,
    argTypes: ["original"],
    // In LaTeX, \vcenter can act only on a box.
    allowedInText: !1
  },
  handler(t, e) {
    var {
      parser: r
    } = t;
    return {
      type: "vcenter",
      mode: r.mode,
      body: e[0]
    };
  },
  htmlBuilder(t, e) {
    var r = K(t.body, e), n = e.fontMetrics().axisHeight, a = 0.5 * (r.height - n - (r.depth + n));
    return X({
      positionType: "shift",
      positionData: a,
      children: [{
        type: "elem",
        elem: r
      }]
    });
  },
  mathmlBuilder(t, e) {
    var r = new E("mpadded", [Z(t.body, e)], ["vcenter"]);
    return new E("mrow", [r]);
  }
});
R({
  type: "verb",
  names: ["\\verb"],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler(t, e, r) {
    throw new $("\\verb ended by end of line instead of matching delimiter");
  },
  htmlBuilder(t, e) {
    for (var r = Hs(t), n = [], a = e.havingStyle(e.style.text()), s = 0; s < r.length; s++) {
      var i = r[s];
      i === "~" && (i = "\\textasciitilde"), n.push(be(i, "Typewriter-Regular", t.mode, a, ["mord", "texttt"]));
    }
    return N(["mord", "text"].concat(a.sizingClasses(e)), io(n), a);
  },
  mathmlBuilder(t, e) {
    var r = new oe(Hs(t)), n = new E("mtext", [r]);
    return n.setAttribute("mathvariant", "monospace"), n;
  }
});
var Hs = (t) => t.body.replace(/ /g, t.star ? "␣" : " "), ct = ho, jo = `[ \r
	]`, Dc = "\\\\[a-zA-Z@]+", Rc = "\\\\[^\uD800-\uDFFF]", Oc = "(" + Dc + ")" + jo + "*", Ic = `\\\\(
|[ \r	]+
?)[ \r	]*`, On = "[̀-ͯ]", qc = new RegExp(On + "+$"), Fc = "(" + jo + "+)|" + // whitespace
(Ic + "|") + // \whitespace
"([!-\\[\\]-‧‪-퟿豈-￿]" + // single codepoint
(On + "*") + // ...plus accents
"|[\uD800-\uDBFF][\uDC00-\uDFFF]" + // surrogate pair
(On + "*") + // ...plus accents
"|\\\\verb\\*([^]).*?\\4|\\\\verb([^*a-zA-Z]).*?\\5" + // \verb unstarred
("|" + Oc) + // \macroName + spaces
("|" + Rc + ")");
class Ps {
  constructor(e, r) {
    this.input = void 0, this.settings = void 0, this.tokenRegex = void 0, this.catcodes = void 0, this.input = e, this.settings = r, this.tokenRegex = new RegExp(Fc, "g"), this.catcodes = {
      "%": 14,
      // comment character
      "~": 13
      // active character
    };
  }
  setCatcode(e, r) {
    this.catcodes[e] = r;
  }
  /**
   * This function lexes a single token.
   */
  lex() {
    var e = this.input, r = this.tokenRegex.lastIndex;
    if (r === e.length)
      return new Ae("EOF", new Me(this, r, r));
    var n = this.tokenRegex.exec(e);
    if (n === null || n.index !== r)
      throw new $("Unexpected character: '" + e[r] + "'", new Ae(e[r], new Me(this, r, r + 1)));
    var a = n[6] || n[3] || (n[2] ? "\\ " : " ");
    if (this.catcodes[a] === 14) {
      var s = e.indexOf(`
`, this.tokenRegex.lastIndex);
      return s === -1 ? (this.tokenRegex.lastIndex = e.length, this.settings.reportNonstrict("commentAtEnd", "% comment has no terminating newline; LaTeX would fail because of commenting the end of math mode (e.g. $)")) : this.tokenRegex.lastIndex = s + 1, this.lex();
    }
    return new Ae(a, new Me(this, r, this.tokenRegex.lastIndex));
  }
}
class Lc {
  /**
   * Both arguments are optional.  The first argument is an object of
   * built-in mappings which never change.  The second argument is an object
   * of initial (global-level) mappings, which will constantly change
   * according to any global/top-level `set`s done.
   */
  constructor(e, r) {
    e === void 0 && (e = {}), r === void 0 && (r = {}), this.current = void 0, this.builtins = void 0, this.undefStack = void 0, this.current = r, this.builtins = e, this.undefStack = [];
  }
  /**
   * Start a new nested group, affecting future local `set`s.
   */
  beginGroup() {
    this.undefStack.push({});
  }
  /**
   * End current nested group, restoring values before the group began.
   */
  endGroup() {
    if (this.undefStack.length === 0)
      throw new $("Unbalanced namespace destruction: attempt to pop global namespace; please report this as a bug");
    var e = this.undefStack.pop();
    for (var r in e)
      e.hasOwnProperty(r) && (e[r] == null ? delete this.current[r] : this.current[r] = e[r]);
  }
  /**
   * Ends all currently nested groups (if any), restoring values before the
   * groups began.  Useful in case of an error in the middle of parsing.
   */
  endGroups() {
    for (; this.undefStack.length > 0; )
      this.endGroup();
  }
  /**
   * Detect whether `name` has a definition.  Equivalent to
   * `get(name) != null`.
   */
  has(e) {
    return this.current.hasOwnProperty(e) || this.builtins.hasOwnProperty(e);
  }
  /**
   * Get the current value of a name, or `undefined` if there is no value.
   *
   * Note: Do not use `if (namespace.get(...))` to detect whether a macro
   * is defined, as the definition may be the empty string which evaluates
   * to `false` in JavaScript.  Use `if (namespace.get(...) != null)` or
   * `if (namespace.has(...))`.
   */
  get(e) {
    return this.current.hasOwnProperty(e) ? this.current[e] : this.builtins[e];
  }
  /**
   * Set the current value of a name, and optionally set it globally too.
   * Local set() sets the current value and (when appropriate) adds an undo
   * operation to the undo stack.  Global set() may change the undo
   * operation at every level, so takes time linear in their number.
   * A value of undefined means to delete existing definitions.
   */
  set(e, r, n) {
    if (n === void 0 && (n = !1), n) {
      for (var a = 0; a < this.undefStack.length; a++)
        delete this.undefStack[a][e];
      this.undefStack.length > 0 && (this.undefStack[this.undefStack.length - 1][e] = r);
    } else {
      var s = this.undefStack[this.undefStack.length - 1];
      s && !s.hasOwnProperty(e) && (s[e] = this.current[e]);
    }
    r == null ? delete this.current[e] : this.current[e] = r;
  }
}
var Hc = Ro;
v("\\noexpand", function(t) {
  var e = t.popToken();
  return t.isExpandable(e.text) && (e.noexpand = !0, e.treatAsRelax = !0), {
    tokens: [e],
    numArgs: 0
  };
});
v("\\expandafter", function(t) {
  var e = t.popToken();
  return t.expandOnce(!0), {
    tokens: [e],
    numArgs: 0
  };
});
v("\\@firstoftwo", function(t) {
  var e = t.consumeArgs(2);
  return {
    tokens: e[0],
    numArgs: 0
  };
});
v("\\@secondoftwo", function(t) {
  var e = t.consumeArgs(2);
  return {
    tokens: e[1],
    numArgs: 0
  };
});
v("\\@ifnextchar", function(t) {
  var e = t.consumeArgs(3);
  t.consumeSpaces();
  var r = t.future();
  return e[0].length === 1 && e[0][0].text === r.text ? {
    tokens: e[1],
    numArgs: 0
  } : {
    tokens: e[2],
    numArgs: 0
  };
});
v("\\@ifstar", "\\@ifnextchar *{\\@firstoftwo{#1}}");
v("\\TextOrMath", function(t) {
  var e = t.consumeArgs(2);
  return t.mode === "text" ? {
    tokens: e[0],
    numArgs: 0
  } : {
    tokens: e[1],
    numArgs: 0
  };
});
var Us = {
  0: 0,
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
  6: 6,
  7: 7,
  8: 8,
  9: 9,
  a: 10,
  A: 10,
  b: 11,
  B: 11,
  c: 12,
  C: 12,
  d: 13,
  D: 13,
  e: 14,
  E: 14,
  f: 15,
  F: 15
};
v("\\char", function(t) {
  var e = t.popToken(), r, n = 0;
  if (e.text === "'")
    r = 8, e = t.popToken();
  else if (e.text === '"')
    r = 16, e = t.popToken();
  else if (e.text === "`")
    if (e = t.popToken(), e.text[0] === "\\")
      n = e.text.charCodeAt(1);
    else {
      if (e.text === "EOF")
        throw new $("\\char` missing argument");
      n = e.text.charCodeAt(0);
    }
  else
    r = 10;
  if (r) {
    if (n = Us[e.text], n == null || n >= r)
      throw new $("Invalid base-" + r + " digit " + e.text);
    for (var a; (a = Us[t.future().text]) != null && a < r; )
      n *= r, n += a, t.popToken();
  }
  return "\\@char{" + n + "}";
});
var ma = (t, e, r, n) => {
  var a = t.consumeArg().tokens;
  if (a.length !== 1)
    throw new $("\\newcommand's first argument must be a macro name");
  var s = a[0].text, i = t.isDefined(s);
  if (i && !e)
    throw new $("\\newcommand{" + s + "} attempting to redefine " + (s + "; use \\renewcommand"));
  if (!i && !r)
    throw new $("\\renewcommand{" + s + "} when command " + s + " does not yet exist; use \\newcommand");
  var o = 0;
  if (a = t.consumeArg().tokens, a.length === 1 && a[0].text === "[") {
    for (var l = "", h = t.expandNextToken(); h.text !== "]" && h.text !== "EOF"; )
      l += h.text, h = t.expandNextToken();
    if (!l.match(/^\s*[0-9]+\s*$/))
      throw new $("Invalid number of arguments: " + l);
    o = parseInt(l), a = t.consumeArg().tokens;
  }
  return i && n || t.macros.set(s, {
    tokens: a,
    numArgs: o
  }), "";
};
v("\\newcommand", (t) => ma(t, !1, !0, !1));
v("\\renewcommand", (t) => ma(t, !0, !1, !1));
v("\\providecommand", (t) => ma(t, !0, !0, !0));
v("\\message", (t) => {
  var e = t.consumeArgs(1)[0];
  return console.log(e.reverse().map((r) => r.text).join("")), "";
});
v("\\errmessage", (t) => {
  var e = t.consumeArgs(1)[0];
  return console.error(e.reverse().map((r) => r.text).join("")), "";
});
v("\\show", (t) => {
  var e = t.popToken(), r = e.text;
  return console.log(e, t.macros.get(r), ct[r], _.math[r], _.text[r]), "";
});
v("\\bgroup", "{");
v("\\egroup", "}");
v("~", "\\nobreakspace");
v("\\lq", "`");
v("\\rq", "'");
v("\\aa", "\\r a");
v("\\AA", "\\r A");
v("\\textcopyright", "\\html@mathml{\\textcircled{c}}{\\char`©}");
v("\\copyright", "\\TextOrMath{\\textcopyright}{\\text{\\textcopyright}}");
v("\\textregistered", "\\html@mathml{\\textcircled{\\scriptsize R}}{\\char`®}");
v("ℬ", "\\mathscr{B}");
v("ℰ", "\\mathscr{E}");
v("ℱ", "\\mathscr{F}");
v("ℋ", "\\mathscr{H}");
v("ℐ", "\\mathscr{I}");
v("ℒ", "\\mathscr{L}");
v("ℳ", "\\mathscr{M}");
v("ℛ", "\\mathscr{R}");
v("ℭ", "\\mathfrak{C}");
v("ℌ", "\\mathfrak{H}");
v("ℨ", "\\mathfrak{Z}");
v("\\Bbbk", "\\Bbb{k}");
v("\\llap", "\\mathllap{\\textrm{#1}}");
v("\\rlap", "\\mathrlap{\\textrm{#1}}");
v("\\clap", "\\mathclap{\\textrm{#1}}");
v("\\mathstrut", "\\vphantom{(}");
v("\\underbar", "\\underline{\\text{#1}}");
v("\\not", '\\html@mathml{\\mathrel{\\mathrlap\\@not}\\nobreak}{\\char"338}');
v("\\neq", "\\html@mathml{\\mathrel{\\not=}}{\\mathrel{\\char`≠}}");
v("\\ne", "\\neq");
v("≠", "\\neq");
v("\\notin", "\\html@mathml{\\mathrel{{\\in}\\mathllap{/\\mskip1mu}}}{\\mathrel{\\char`∉}}");
v("∉", "\\notin");
v("≘", "\\html@mathml{\\mathrel{=\\kern{-1em}\\raisebox{0.4em}{$\\scriptsize\\frown$}}}{\\mathrel{\\char`≘}}");
v("≙", "\\html@mathml{\\stackrel{\\tiny\\wedge}{=}}{\\mathrel{\\char`≘}}");
v("≚", "\\html@mathml{\\stackrel{\\tiny\\vee}{=}}{\\mathrel{\\char`≚}}");
v("≛", "\\html@mathml{\\stackrel{\\scriptsize\\star}{=}}{\\mathrel{\\char`≛}}");
v("≝", "\\html@mathml{\\stackrel{\\tiny\\mathrm{def}}{=}}{\\mathrel{\\char`≝}}");
v("≞", "\\html@mathml{\\stackrel{\\tiny\\mathrm{m}}{=}}{\\mathrel{\\char`≞}}");
v("≟", "\\html@mathml{\\stackrel{\\tiny?}{=}}{\\mathrel{\\char`≟}}");
v("⟂", "\\perp");
v("‼", "\\mathclose{!\\mkern-0.8mu!}");
v("∌", "\\notni");
v("⌜", "\\ulcorner");
v("⌝", "\\urcorner");
v("⌞", "\\llcorner");
v("⌟", "\\lrcorner");
v("©", "\\copyright");
v("®", "\\textregistered");
v("\\ulcorner", '\\html@mathml{\\@ulcorner}{\\mathop{\\char"231c}}');
v("\\urcorner", '\\html@mathml{\\@urcorner}{\\mathop{\\char"231d}}');
v("\\llcorner", '\\html@mathml{\\@llcorner}{\\mathop{\\char"231e}}');
v("\\lrcorner", '\\html@mathml{\\@lrcorner}{\\mathop{\\char"231f}}');
v("\\vdots", "{\\varvdots\\rule{0pt}{15pt}}");
v("⋮", "\\vdots");
v("\\varGamma", "\\mathit{\\Gamma}");
v("\\varDelta", "\\mathit{\\Delta}");
v("\\varTheta", "\\mathit{\\Theta}");
v("\\varLambda", "\\mathit{\\Lambda}");
v("\\varXi", "\\mathit{\\Xi}");
v("\\varPi", "\\mathit{\\Pi}");
v("\\varSigma", "\\mathit{\\Sigma}");
v("\\varUpsilon", "\\mathit{\\Upsilon}");
v("\\varPhi", "\\mathit{\\Phi}");
v("\\varPsi", "\\mathit{\\Psi}");
v("\\varOmega", "\\mathit{\\Omega}");
v("\\substack", "\\begin{subarray}{c}#1\\end{subarray}");
v("\\colon", "\\nobreak\\mskip2mu\\mathpunct{}\\mathchoice{\\mkern-3mu}{\\mkern-3mu}{}{}{:}\\mskip6mu\\relax");
v("\\boxed", "\\fbox{$\\displaystyle{#1}$}");
v("\\iff", "\\DOTSB\\;\\Longleftrightarrow\\;");
v("\\implies", "\\DOTSB\\;\\Longrightarrow\\;");
v("\\impliedby", "\\DOTSB\\;\\Longleftarrow\\;");
v("\\dddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ...}}{#1}}");
v("\\ddddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ....}}{#1}}");
var Gs = {
  ",": "\\dotsc",
  "\\not": "\\dotsb",
  // \keybin@ checks for the following:
  "+": "\\dotsb",
  "=": "\\dotsb",
  "<": "\\dotsb",
  ">": "\\dotsb",
  "-": "\\dotsb",
  "*": "\\dotsb",
  ":": "\\dotsb",
  // Symbols whose definition starts with \DOTSB:
  "\\DOTSB": "\\dotsb",
  "\\coprod": "\\dotsb",
  "\\bigvee": "\\dotsb",
  "\\bigwedge": "\\dotsb",
  "\\biguplus": "\\dotsb",
  "\\bigcap": "\\dotsb",
  "\\bigcup": "\\dotsb",
  "\\prod": "\\dotsb",
  "\\sum": "\\dotsb",
  "\\bigotimes": "\\dotsb",
  "\\bigoplus": "\\dotsb",
  "\\bigodot": "\\dotsb",
  "\\bigsqcup": "\\dotsb",
  "\\And": "\\dotsb",
  "\\longrightarrow": "\\dotsb",
  "\\Longrightarrow": "\\dotsb",
  "\\longleftarrow": "\\dotsb",
  "\\Longleftarrow": "\\dotsb",
  "\\longleftrightarrow": "\\dotsb",
  "\\Longleftrightarrow": "\\dotsb",
  "\\mapsto": "\\dotsb",
  "\\longmapsto": "\\dotsb",
  "\\hookrightarrow": "\\dotsb",
  "\\doteq": "\\dotsb",
  // Symbols whose definition starts with \mathbin:
  "\\mathbin": "\\dotsb",
  // Symbols whose definition starts with \mathrel:
  "\\mathrel": "\\dotsb",
  "\\relbar": "\\dotsb",
  "\\Relbar": "\\dotsb",
  "\\xrightarrow": "\\dotsb",
  "\\xleftarrow": "\\dotsb",
  // Symbols whose definition starts with \DOTSI:
  "\\DOTSI": "\\dotsi",
  "\\int": "\\dotsi",
  "\\oint": "\\dotsi",
  "\\iint": "\\dotsi",
  "\\iiint": "\\dotsi",
  "\\iiiint": "\\dotsi",
  "\\idotsint": "\\dotsi",
  // Symbols whose definition starts with \DOTSX:
  "\\DOTSX": "\\dotsx"
}, Pc = /* @__PURE__ */ new Set(["bin", "rel"]);
v("\\dots", function(t) {
  var e = "\\dotso", r = t.expandAfterFuture().text;
  return r in Gs ? e = Gs[r] : (r.slice(0, 4) === "\\not" || r in _.math && Pc.has(_.math[r].group)) && (e = "\\dotsb"), e;
});
var da = {
  // \rightdelim@ checks for the following:
  ")": !0,
  "]": !0,
  "\\rbrack": !0,
  "\\}": !0,
  "\\rbrace": !0,
  "\\rangle": !0,
  "\\rceil": !0,
  "\\rfloor": !0,
  "\\rgroup": !0,
  "\\rmoustache": !0,
  "\\right": !0,
  "\\bigr": !0,
  "\\biggr": !0,
  "\\Bigr": !0,
  "\\Biggr": !0,
  // \extra@ also tests for the following:
  $: !0,
  // \extrap@ checks for the following:
  ";": !0,
  ".": !0,
  ",": !0
};
v("\\dotso", function(t) {
  var e = t.future().text;
  return e in da ? "\\ldots\\," : "\\ldots";
});
v("\\dotsc", function(t) {
  var e = t.future().text;
  return e in da && e !== "," ? "\\ldots\\," : "\\ldots";
});
v("\\cdots", function(t) {
  var e = t.future().text;
  return e in da ? "\\@cdots\\," : "\\@cdots";
});
v("\\dotsb", "\\cdots");
v("\\dotsm", "\\cdots");
v("\\dotsi", "\\!\\cdots");
v("\\dotsx", "\\ldots\\,");
v("\\DOTSI", "\\relax");
v("\\DOTSB", "\\relax");
v("\\DOTSX", "\\relax");
v("\\tmspace", "\\TextOrMath{\\kern#1#3}{\\mskip#1#2}\\relax");
v("\\,", "\\tmspace+{3mu}{.1667em}");
v("\\thinspace", "\\,");
v("\\>", "\\mskip{4mu}");
v("\\:", "\\tmspace+{4mu}{.2222em}");
v("\\medspace", "\\:");
v("\\;", "\\tmspace+{5mu}{.2777em}");
v("\\thickspace", "\\;");
v("\\!", "\\tmspace-{3mu}{.1667em}");
v("\\negthinspace", "\\!");
v("\\negmedspace", "\\tmspace-{4mu}{.2222em}");
v("\\negthickspace", "\\tmspace-{5mu}{.277em}");
v("\\enspace", "\\kern.5em ");
v("\\enskip", "\\hskip.5em\\relax");
v("\\quad", "\\hskip1em\\relax");
v("\\qquad", "\\hskip2em\\relax");
v("\\tag", "\\@ifstar\\tag@literal\\tag@paren");
v("\\tag@paren", "\\tag@literal{({#1})}");
v("\\tag@literal", (t) => {
  if (t.macros.get("\\df@tag"))
    throw new $("Multiple \\tag");
  return "\\gdef\\df@tag{\\text{#1}}";
});
v("\\bmod", "\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}\\mathbin{\\rm mod}\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}");
v("\\pod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern8mu}{\\mkern8mu}{\\mkern8mu}(#1)");
v("\\pmod", "\\pod{{\\rm mod}\\mkern6mu#1}");
v("\\mod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern12mu}{\\mkern12mu}{\\mkern12mu}{\\rm mod}\\,\\,#1");
v("\\newline", "\\\\\\relax");
v("\\TeX", "\\textrm{\\html@mathml{T\\kern-.1667em\\raisebox{-.5ex}{E}\\kern-.125emX}{TeX}}");
var Vo = B(He["Main-Regular"][84][1] - 0.7 * He["Main-Regular"][65][1]);
v("\\LaTeX", "\\textrm{\\html@mathml{" + ("L\\kern-.36em\\raisebox{" + Vo + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{LaTeX}}");
v("\\KaTeX", "\\textrm{\\html@mathml{" + ("K\\kern-.17em\\raisebox{" + Vo + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{KaTeX}}");
v("\\hspace", "\\@ifstar\\@hspacer\\@hspace");
v("\\@hspace", "\\hskip #1\\relax");
v("\\@hspacer", "\\rule{0pt}{0pt}\\hskip #1\\relax");
v("\\ordinarycolon", ":");
v("\\vcentcolon", "\\mathrel{\\mathop\\ordinarycolon}");
v("\\dblcolon", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-.9mu}\\vcentcolon}}{\\mathop{\\char"2237}}');
v("\\coloneqq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2254}}');
v("\\Coloneqq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2237\\char"3d}}');
v("\\coloneq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"3a\\char"2212}}');
v("\\Coloneq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"2237\\char"2212}}');
v("\\eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2255}}');
v("\\Eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"3d\\char"2237}}');
v("\\eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2239}}');
v("\\Eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"2212\\char"2237}}');
v("\\colonapprox", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"3a\\char"2248}}');
v("\\Colonapprox", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"2237\\char"2248}}');
v("\\colonsim", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"3a\\char"223c}}');
v("\\Colonsim", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"2237\\char"223c}}');
v("∷", "\\dblcolon");
v("∹", "\\eqcolon");
v("≔", "\\coloneqq");
v("≕", "\\eqqcolon");
v("⩴", "\\Coloneqq");
v("\\ratio", "\\vcentcolon");
v("\\coloncolon", "\\dblcolon");
v("\\colonequals", "\\coloneqq");
v("\\coloncolonequals", "\\Coloneqq");
v("\\equalscolon", "\\eqqcolon");
v("\\equalscoloncolon", "\\Eqqcolon");
v("\\colonminus", "\\coloneq");
v("\\coloncolonminus", "\\Coloneq");
v("\\minuscolon", "\\eqcolon");
v("\\minuscoloncolon", "\\Eqcolon");
v("\\coloncolonapprox", "\\Colonapprox");
v("\\coloncolonsim", "\\Colonsim");
v("\\simcolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
v("\\simcoloncolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\dblcolon}");
v("\\approxcolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
v("\\approxcoloncolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\dblcolon}");
v("\\notni", "\\html@mathml{\\not\\ni}{\\mathrel{\\char`∌}}");
v("\\limsup", "\\DOTSB\\operatorname*{lim\\,sup}");
v("\\liminf", "\\DOTSB\\operatorname*{lim\\,inf}");
v("\\injlim", "\\DOTSB\\operatorname*{inj\\,lim}");
v("\\projlim", "\\DOTSB\\operatorname*{proj\\,lim}");
v("\\varlimsup", "\\DOTSB\\operatorname*{\\overline{lim}}");
v("\\varliminf", "\\DOTSB\\operatorname*{\\underline{lim}}");
v("\\varinjlim", "\\DOTSB\\operatorname*{\\underrightarrow{lim}}");
v("\\varprojlim", "\\DOTSB\\operatorname*{\\underleftarrow{lim}}");
v("\\gvertneqq", "\\html@mathml{\\@gvertneqq}{≩}");
v("\\lvertneqq", "\\html@mathml{\\@lvertneqq}{≨}");
v("\\ngeqq", "\\html@mathml{\\@ngeqq}{≱}");
v("\\ngeqslant", "\\html@mathml{\\@ngeqslant}{≱}");
v("\\nleqq", "\\html@mathml{\\@nleqq}{≰}");
v("\\nleqslant", "\\html@mathml{\\@nleqslant}{≰}");
v("\\nshortmid", "\\html@mathml{\\@nshortmid}{∤}");
v("\\nshortparallel", "\\html@mathml{\\@nshortparallel}{∦}");
v("\\nsubseteqq", "\\html@mathml{\\@nsubseteqq}{⊈}");
v("\\nsupseteqq", "\\html@mathml{\\@nsupseteqq}{⊉}");
v("\\varsubsetneq", "\\html@mathml{\\@varsubsetneq}{⊊}");
v("\\varsubsetneqq", "\\html@mathml{\\@varsubsetneqq}{⫋}");
v("\\varsupsetneq", "\\html@mathml{\\@varsupsetneq}{⊋}");
v("\\varsupsetneqq", "\\html@mathml{\\@varsupsetneqq}{⫌}");
v("\\imath", "\\html@mathml{\\@imath}{ı}");
v("\\jmath", "\\html@mathml{\\@jmath}{ȷ}");
v("\\llbracket", "\\html@mathml{\\mathopen{[\\mkern-3.2mu[}}{\\mathopen{\\char`⟦}}");
v("\\rrbracket", "\\html@mathml{\\mathclose{]\\mkern-3.2mu]}}{\\mathclose{\\char`⟧}}");
v("⟦", "\\llbracket");
v("⟧", "\\rrbracket");
v("\\lBrace", "\\html@mathml{\\mathopen{\\{\\mkern-3.2mu[}}{\\mathopen{\\char`⦃}}");
v("\\rBrace", "\\html@mathml{\\mathclose{]\\mkern-3.2mu\\}}}{\\mathclose{\\char`⦄}}");
v("⦃", "\\lBrace");
v("⦄", "\\rBrace");
v("\\minuso", "\\mathbin{\\html@mathml{{\\mathrlap{\\mathchoice{\\kern{0.145em}}{\\kern{0.145em}}{\\kern{0.1015em}}{\\kern{0.0725em}}\\circ}{-}}}{\\char`⦵}}");
v("⦵", "\\minuso");
v("\\darr", "\\downarrow");
v("\\dArr", "\\Downarrow");
v("\\Darr", "\\Downarrow");
v("\\lang", "\\langle");
v("\\rang", "\\rangle");
v("\\uarr", "\\uparrow");
v("\\uArr", "\\Uparrow");
v("\\Uarr", "\\Uparrow");
v("\\N", "\\mathbb{N}");
v("\\R", "\\mathbb{R}");
v("\\Z", "\\mathbb{Z}");
v("\\alef", "\\aleph");
v("\\alefsym", "\\aleph");
v("\\Alpha", "\\mathrm{A}");
v("\\Beta", "\\mathrm{B}");
v("\\bull", "\\bullet");
v("\\Chi", "\\mathrm{X}");
v("\\clubs", "\\clubsuit");
v("\\cnums", "\\mathbb{C}");
v("\\Complex", "\\mathbb{C}");
v("\\Dagger", "\\ddagger");
v("\\diamonds", "\\diamondsuit");
v("\\empty", "\\emptyset");
v("\\Epsilon", "\\mathrm{E}");
v("\\Eta", "\\mathrm{H}");
v("\\exist", "\\exists");
v("\\harr", "\\leftrightarrow");
v("\\hArr", "\\Leftrightarrow");
v("\\Harr", "\\Leftrightarrow");
v("\\hearts", "\\heartsuit");
v("\\image", "\\Im");
v("\\infin", "\\infty");
v("\\Iota", "\\mathrm{I}");
v("\\isin", "\\in");
v("\\Kappa", "\\mathrm{K}");
v("\\larr", "\\leftarrow");
v("\\lArr", "\\Leftarrow");
v("\\Larr", "\\Leftarrow");
v("\\lrarr", "\\leftrightarrow");
v("\\lrArr", "\\Leftrightarrow");
v("\\Lrarr", "\\Leftrightarrow");
v("\\Mu", "\\mathrm{M}");
v("\\natnums", "\\mathbb{N}");
v("\\Nu", "\\mathrm{N}");
v("\\Omicron", "\\mathrm{O}");
v("\\plusmn", "\\pm");
v("\\rarr", "\\rightarrow");
v("\\rArr", "\\Rightarrow");
v("\\Rarr", "\\Rightarrow");
v("\\real", "\\Re");
v("\\reals", "\\mathbb{R}");
v("\\Reals", "\\mathbb{R}");
v("\\Rho", "\\mathrm{P}");
v("\\sdot", "\\cdot");
v("\\sect", "\\S");
v("\\spades", "\\spadesuit");
v("\\sub", "\\subset");
v("\\sube", "\\subseteq");
v("\\supe", "\\supseteq");
v("\\Tau", "\\mathrm{T}");
v("\\thetasym", "\\vartheta");
v("\\weierp", "\\wp");
v("\\Zeta", "\\mathrm{Z}");
v("\\argmin", "\\DOTSB\\operatorname*{arg\\,min}");
v("\\argmax", "\\DOTSB\\operatorname*{arg\\,max}");
v("\\plim", "\\DOTSB\\mathop{\\operatorname{plim}}\\limits");
v("\\bra", "\\mathinner{\\langle{#1}|}");
v("\\ket", "\\mathinner{|{#1}\\rangle}");
v("\\braket", "\\mathinner{\\langle{#1}\\rangle}");
v("\\Bra", "\\left\\langle#1\\right|");
v("\\Ket", "\\left|#1\\right\\rangle");
var Yo = (t) => (e) => {
  var r = e.consumeArg().tokens, n = e.consumeArg().tokens, a = e.consumeArg().tokens, s = e.consumeArg().tokens, i = e.macros.get("|"), o = e.macros.get("\\|");
  e.macros.beginGroup();
  var l = (d) => (p) => {
    t && (p.macros.set("|", i), a.length && p.macros.set("\\|", o));
    var g = d;
    if (!d && a.length) {
      var w = p.future();
      w.text === "|" && (p.popToken(), g = !0);
    }
    return {
      tokens: g ? a : n,
      numArgs: 0
    };
  };
  e.macros.set("|", l(!1)), a.length && e.macros.set("\\|", l(!0));
  var h = e.consumeArg().tokens, m = e.expandTokens([
    ...s,
    ...h,
    ...r
    // reversed
  ]);
  return e.macros.endGroup(), {
    tokens: m.reverse(),
    numArgs: 0
  };
};
v("\\bra@ket", Yo(!1));
v("\\bra@set", Yo(!0));
v("\\Braket", "\\bra@ket{\\left\\langle}{\\,\\middle\\vert\\,}{\\,\\middle\\vert\\,}{\\right\\rangle}");
v("\\Set", "\\bra@set{\\left\\{\\:}{\\;\\middle\\vert\\;}{\\;\\middle\\Vert\\;}{\\:\\right\\}}");
v("\\set", "\\bra@set{\\{\\,}{\\mid}{}{\\,\\}}");
v("\\angln", "{\\angl n}");
v("\\blue", "\\textcolor{##6495ed}{#1}");
v("\\orange", "\\textcolor{##ffa500}{#1}");
v("\\pink", "\\textcolor{##ff00af}{#1}");
v("\\red", "\\textcolor{##df0030}{#1}");
v("\\green", "\\textcolor{##28ae7b}{#1}");
v("\\gray", "\\textcolor{gray}{#1}");
v("\\purple", "\\textcolor{##9d38bd}{#1}");
v("\\blueA", "\\textcolor{##ccfaff}{#1}");
v("\\blueB", "\\textcolor{##80f6ff}{#1}");
v("\\blueC", "\\textcolor{##63d9ea}{#1}");
v("\\blueD", "\\textcolor{##11accd}{#1}");
v("\\blueE", "\\textcolor{##0c7f99}{#1}");
v("\\tealA", "\\textcolor{##94fff5}{#1}");
v("\\tealB", "\\textcolor{##26edd5}{#1}");
v("\\tealC", "\\textcolor{##01d1c1}{#1}");
v("\\tealD", "\\textcolor{##01a995}{#1}");
v("\\tealE", "\\textcolor{##208170}{#1}");
v("\\greenA", "\\textcolor{##b6ffb0}{#1}");
v("\\greenB", "\\textcolor{##8af281}{#1}");
v("\\greenC", "\\textcolor{##74cf70}{#1}");
v("\\greenD", "\\textcolor{##1fab54}{#1}");
v("\\greenE", "\\textcolor{##0d923f}{#1}");
v("\\goldA", "\\textcolor{##ffd0a9}{#1}");
v("\\goldB", "\\textcolor{##ffbb71}{#1}");
v("\\goldC", "\\textcolor{##ff9c39}{#1}");
v("\\goldD", "\\textcolor{##e07d10}{#1}");
v("\\goldE", "\\textcolor{##a75a05}{#1}");
v("\\redA", "\\textcolor{##fca9a9}{#1}");
v("\\redB", "\\textcolor{##ff8482}{#1}");
v("\\redC", "\\textcolor{##f9685d}{#1}");
v("\\redD", "\\textcolor{##e84d39}{#1}");
v("\\redE", "\\textcolor{##bc2612}{#1}");
v("\\maroonA", "\\textcolor{##ffbde0}{#1}");
v("\\maroonB", "\\textcolor{##ff92c6}{#1}");
v("\\maroonC", "\\textcolor{##ed5fa6}{#1}");
v("\\maroonD", "\\textcolor{##ca337c}{#1}");
v("\\maroonE", "\\textcolor{##9e034e}{#1}");
v("\\purpleA", "\\textcolor{##ddd7ff}{#1}");
v("\\purpleB", "\\textcolor{##c6b9fc}{#1}");
v("\\purpleC", "\\textcolor{##aa87ff}{#1}");
v("\\purpleD", "\\textcolor{##7854ab}{#1}");
v("\\purpleE", "\\textcolor{##543b78}{#1}");
v("\\mintA", "\\textcolor{##f5f9e8}{#1}");
v("\\mintB", "\\textcolor{##edf2df}{#1}");
v("\\mintC", "\\textcolor{##e0e5cc}{#1}");
v("\\grayA", "\\textcolor{##f6f7f7}{#1}");
v("\\grayB", "\\textcolor{##f0f1f2}{#1}");
v("\\grayC", "\\textcolor{##e3e5e6}{#1}");
v("\\grayD", "\\textcolor{##d6d8da}{#1}");
v("\\grayE", "\\textcolor{##babec2}{#1}");
v("\\grayF", "\\textcolor{##888d93}{#1}");
v("\\grayG", "\\textcolor{##626569}{#1}");
v("\\grayH", "\\textcolor{##3b3e40}{#1}");
v("\\grayI", "\\textcolor{##21242c}{#1}");
v("\\kaBlue", "\\textcolor{##314453}{#1}");
v("\\kaGreen", "\\textcolor{##71B307}{#1}");
var Xo = {
  "^": !0,
  // Parser.js
  _: !0,
  // Parser.js
  "\\limits": !0,
  // Parser.js
  "\\nolimits": !0
  // Parser.js
};
class Uc {
  constructor(e, r, n) {
    this.settings = void 0, this.expansionCount = void 0, this.lexer = void 0, this.macros = void 0, this.stack = void 0, this.mode = void 0, this.settings = r, this.expansionCount = 0, this.feed(e), this.macros = new Lc(Hc, r.macros), this.mode = n, this.stack = [];
  }
  /**
   * Feed a new input string to the same MacroExpander
   * (with existing macros etc.).
   */
  feed(e) {
    this.lexer = new Ps(e, this.settings);
  }
  /**
   * Switches between "text" and "math" modes.
   */
  switchMode(e) {
    this.mode = e;
  }
  /**
   * Start a new group nesting within all namespaces.
   */
  beginGroup() {
    this.macros.beginGroup();
  }
  /**
   * End current group nesting within all namespaces.
   */
  endGroup() {
    this.macros.endGroup();
  }
  /**
   * Ends all currently nested groups (if any), restoring values before the
   * groups began.  Useful in case of an error in the middle of parsing.
   */
  endGroups() {
    this.macros.endGroups();
  }
  /**
   * Returns the topmost token on the stack, without expanding it.
   * Similar in behavior to TeX's `\futurelet`.
   */
  future() {
    return this.stack.length === 0 && this.pushToken(this.lexer.lex()), this.stack[this.stack.length - 1];
  }
  /**
   * Remove and return the next unexpanded token.
   */
  popToken() {
    return this.future(), this.stack.pop();
  }
  /**
   * Add a given token to the token stack.  In particular, this get be used
   * to put back a token returned from one of the other methods.
   */
  pushToken(e) {
    this.stack.push(e);
  }
  /**
   * Append an array of tokens to the token stack.
   */
  pushTokens(e) {
    this.stack.push(...e);
  }
  /**
   * Find an macro argument without expanding tokens and append the array of
   * tokens to the token stack. Uses Token as a container for the result.
   */
  scanArgument(e) {
    var r, n, a;
    if (e) {
      if (this.consumeSpaces(), this.future().text !== "[")
        return null;
      r = this.popToken(), {
        tokens: a,
        end: n
      } = this.consumeArg(["]"]);
    } else
      ({
        tokens: a,
        start: r,
        end: n
      } = this.consumeArg());
    return this.pushToken(new Ae("EOF", n.loc)), this.pushTokens(a), new Ae("", Me.range(r, n));
  }
  /**
   * Consume all following space tokens, without expansion.
   */
  consumeSpaces() {
    for (; ; ) {
      var e = this.future();
      if (e.text === " ")
        this.stack.pop();
      else
        break;
    }
  }
  /**
   * Consume an argument from the token stream, and return the resulting array
   * of tokens and start/end token.
   */
  consumeArg(e) {
    var r = [], n = e && e.length > 0;
    n || this.consumeSpaces();
    var a = this.future(), s, i = 0, o = 0;
    do {
      if (s = this.popToken(), r.push(s), s.text === "{")
        ++i;
      else if (s.text === "}") {
        if (--i, i === -1)
          throw new $("Extra }", s);
      } else if (s.text === "EOF")
        throw new $("Unexpected end of input in a macro argument, expected '" + (e && n ? e[o] : "}") + "'", s);
      if (e && n)
        if ((i === 0 || i === 1 && e[o] === "{") && s.text === e[o]) {
          if (++o, o === e.length) {
            r.splice(-o, o);
            break;
          }
        } else
          o = 0;
    } while (i !== 0 || n);
    return a.text === "{" && r[r.length - 1].text === "}" && (r.pop(), r.shift()), r.reverse(), {
      tokens: r,
      start: a,
      end: s
    };
  }
  /**
   * Consume the specified number of (delimited) arguments from the token
   * stream and return the resulting array of arguments.
   */
  consumeArgs(e, r) {
    if (r) {
      if (r.length !== e + 1)
        throw new $("The length of delimiters doesn't match the number of args!");
      for (var n = r[0], a = 0; a < n.length; a++) {
        var s = this.popToken();
        if (n[a] !== s.text)
          throw new $("Use of the macro doesn't match its definition", s);
      }
    }
    for (var i = [], o = 0; o < e; o++)
      i.push(this.consumeArg(r && r[o + 1]).tokens);
    return i;
  }
  /**
   * Increment `expansionCount` by the specified amount.
   * Throw an error if it exceeds `maxExpand`.
   */
  countExpansion(e) {
    if (this.expansionCount += e, this.expansionCount > this.settings.maxExpand)
      throw new $("Too many expansions: infinite loop or need to increase maxExpand setting");
  }
  /**
   * Expand the next token only once if possible.
   *
   * If the token is expanded, the resulting tokens will be pushed onto
   * the stack in reverse order, and the number of such tokens will be
   * returned.  This number might be zero or positive.
   *
   * If not, the return value is `false`, and the next token remains at the
   * top of the stack.
   *
   * In either case, the next token will be on the top of the stack,
   * or the stack will be empty (in case of empty expansion
   * and no other tokens).
   *
   * Used to implement `expandAfterFuture` and `expandNextToken`.
   *
   * If expandableOnly, only expandable tokens are expanded and
   * an undefined control sequence results in an error.
   */
  expandOnce(e) {
    var r = this.popToken(), n = r.text, a = r.noexpand ? null : this._getExpansion(n);
    if (a == null || e && a.unexpandable) {
      if (e && a == null && n[0] === "\\" && !this.isDefined(n))
        throw new $("Undefined control sequence: " + n);
      return this.pushToken(r), !1;
    }
    this.countExpansion(1);
    var s = a.tokens, i = this.consumeArgs(a.numArgs, a.delimiters);
    if (a.numArgs) {
      s = s.slice();
      for (var o = s.length - 1; o >= 0; --o) {
        var l = s[o];
        if (l.text === "#") {
          if (o === 0)
            throw new $("Incomplete placeholder at end of macro body", l);
          if (l = s[--o], l.text === "#")
            s.splice(o + 1, 1);
          else if (/^[1-9]$/.test(l.text))
            s.splice(o, 2, ...i[+l.text - 1]);
          else
            throw new $("Not a valid argument number", l);
        }
      }
    }
    return this.pushTokens(s), s.length;
  }
  /**
   * Expand the next token only once (if possible), and return the resulting
   * top token on the stack (without removing anything from the stack).
   * Similar in behavior to TeX's `\expandafter\futurelet`.
   * Equivalent to expandOnce() followed by future().
   */
  expandAfterFuture() {
    return this.expandOnce(), this.future();
  }
  /**
   * Recursively expand first token, then return first non-expandable token.
   */
  expandNextToken() {
    for (; ; )
      if (this.expandOnce() === !1) {
        var e = this.stack.pop();
        return e.treatAsRelax && (e.text = "\\relax"), e;
      }
  }
  /**
   * Fully expand the given macro name and return the resulting list of
   * tokens, or return `undefined` if no such macro is defined.
   */
  expandMacro(e) {
    return this.macros.has(e) ? this.expandTokens([new Ae(e)]) : void 0;
  }
  /**
   * Fully expand the given token stream and return the resulting list of
   * tokens.  Note that the input tokens are in reverse order, but the
   * output tokens are in forward order.
   */
  expandTokens(e) {
    var r = [], n = this.stack.length;
    for (this.pushTokens(e); this.stack.length > n; )
      if (this.expandOnce(!0) === !1) {
        var a = this.stack.pop();
        a.treatAsRelax && (a.noexpand = !1, a.treatAsRelax = !1), r.push(a);
      }
    return this.countExpansion(r.length), r;
  }
  /**
   * Fully expand the given macro name and return the result as a string,
   * or return `undefined` if no such macro is defined.
   */
  expandMacroAsText(e) {
    var r = this.expandMacro(e);
    return r && r.map((n) => n.text).join("");
  }
  /**
   * Returns the expanded macro as a reversed array of tokens and a macro
   * argument count.  Or returns `null` if no such macro.
   */
  _getExpansion(e) {
    var r = this.macros.get(e);
    if (r == null)
      return r;
    if (e.length === 1) {
      var n = this.lexer.catcodes[e];
      if (n != null && n !== 13)
        return;
    }
    var a = typeof r == "function" ? r(this) : r;
    if (typeof a == "string") {
      var s = 0;
      if (a.includes("#"))
        for (var i = a.replace(/##/g, ""); i.includes("#" + (s + 1)); )
          ++s;
      for (var o = new Ps(a, this.settings), l = [], h = o.lex(); h.text !== "EOF"; )
        l.push(h), h = o.lex();
      l.reverse();
      var m = {
        tokens: l,
        numArgs: s
      };
      return m;
    }
    return a;
  }
  /**
   * Determine whether a command is currently "defined" (has some
   * functionality), meaning that it's a macro (in the current group),
   * a function, a symbol, or one of the special commands listed in
   * `implicitCommands`.
   */
  isDefined(e) {
    return this.macros.has(e) || ct.hasOwnProperty(e) || _.math.hasOwnProperty(e) || _.text.hasOwnProperty(e) || Xo.hasOwnProperty(e);
  }
  /**
   * Determine whether a command is expandable.
   */
  isExpandable(e) {
    var r = this.macros.get(e);
    return r != null ? typeof r == "string" || typeof r == "function" || !r.unexpandable : ct.hasOwnProperty(e) && !ct[e].primitive;
  }
}
var Ws = /^[₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]/, H0 = Object.freeze({
  "₊": "+",
  "₋": "-",
  "₌": "=",
  "₍": "(",
  "₎": ")",
  "₀": "0",
  "₁": "1",
  "₂": "2",
  "₃": "3",
  "₄": "4",
  "₅": "5",
  "₆": "6",
  "₇": "7",
  "₈": "8",
  "₉": "9",
  "ₐ": "a",
  "ₑ": "e",
  "ₕ": "h",
  "ᵢ": "i",
  "ⱼ": "j",
  "ₖ": "k",
  "ₗ": "l",
  "ₘ": "m",
  "ₙ": "n",
  "ₒ": "o",
  "ₚ": "p",
  "ᵣ": "r",
  "ₛ": "s",
  "ₜ": "t",
  "ᵤ": "u",
  "ᵥ": "v",
  "ₓ": "x",
  "ᵦ": "β",
  "ᵧ": "γ",
  "ᵨ": "ρ",
  "ᵩ": "ϕ",
  "ᵪ": "χ",
  "⁺": "+",
  "⁻": "-",
  "⁼": "=",
  "⁽": "(",
  "⁾": ")",
  "⁰": "0",
  "¹": "1",
  "²": "2",
  "³": "3",
  "⁴": "4",
  "⁵": "5",
  "⁶": "6",
  "⁷": "7",
  "⁸": "8",
  "⁹": "9",
  "ᴬ": "A",
  "ᴮ": "B",
  "ᴰ": "D",
  "ᴱ": "E",
  "ᴳ": "G",
  "ᴴ": "H",
  "ᴵ": "I",
  "ᴶ": "J",
  "ᴷ": "K",
  "ᴸ": "L",
  "ᴹ": "M",
  "ᴺ": "N",
  "ᴼ": "O",
  "ᴾ": "P",
  "ᴿ": "R",
  "ᵀ": "T",
  "ᵁ": "U",
  "ⱽ": "V",
  "ᵂ": "W",
  "ᵃ": "a",
  "ᵇ": "b",
  "ᶜ": "c",
  "ᵈ": "d",
  "ᵉ": "e",
  "ᶠ": "f",
  "ᵍ": "g",
  ʰ: "h",
  "ⁱ": "i",
  ʲ: "j",
  "ᵏ": "k",
  ˡ: "l",
  "ᵐ": "m",
  ⁿ: "n",
  "ᵒ": "o",
  "ᵖ": "p",
  ʳ: "r",
  ˢ: "s",
  "ᵗ": "t",
  "ᵘ": "u",
  "ᵛ": "v",
  ʷ: "w",
  ˣ: "x",
  ʸ: "y",
  "ᶻ": "z",
  "ᵝ": "β",
  "ᵞ": "γ",
  "ᵟ": "δ",
  "ᵠ": "ϕ",
  "ᵡ": "χ",
  "ᶿ": "θ"
}), Kr = {
  "́": {
    text: "\\'",
    math: "\\acute"
  },
  "̀": {
    text: "\\`",
    math: "\\grave"
  },
  "̈": {
    text: '\\"',
    math: "\\ddot"
  },
  "̃": {
    text: "\\~",
    math: "\\tilde"
  },
  "̄": {
    text: "\\=",
    math: "\\bar"
  },
  "̆": {
    text: "\\u",
    math: "\\breve"
  },
  "̌": {
    text: "\\v",
    math: "\\check"
  },
  "̂": {
    text: "\\^",
    math: "\\hat"
  },
  "̇": {
    text: "\\.",
    math: "\\dot"
  },
  "̊": {
    text: "\\r",
    math: "\\mathring"
  },
  "̋": {
    text: "\\H"
  },
  "̧": {
    text: "\\c"
  }
}, js = {
  á: "á",
  à: "à",
  ä: "ä",
  ǟ: "ǟ",
  ã: "ã",
  ā: "ā",
  ă: "ă",
  ắ: "ắ",
  ằ: "ằ",
  ẵ: "ẵ",
  ǎ: "ǎ",
  â: "â",
  ấ: "ấ",
  ầ: "ầ",
  ẫ: "ẫ",
  ȧ: "ȧ",
  ǡ: "ǡ",
  å: "å",
  ǻ: "ǻ",
  ḃ: "ḃ",
  ć: "ć",
  ḉ: "ḉ",
  č: "č",
  ĉ: "ĉ",
  ċ: "ċ",
  ç: "ç",
  ď: "ď",
  ḋ: "ḋ",
  ḑ: "ḑ",
  é: "é",
  è: "è",
  ë: "ë",
  ẽ: "ẽ",
  ē: "ē",
  ḗ: "ḗ",
  ḕ: "ḕ",
  ĕ: "ĕ",
  ḝ: "ḝ",
  ě: "ě",
  ê: "ê",
  ế: "ế",
  ề: "ề",
  ễ: "ễ",
  ė: "ė",
  ȩ: "ȩ",
  ḟ: "ḟ",
  ǵ: "ǵ",
  ḡ: "ḡ",
  ğ: "ğ",
  ǧ: "ǧ",
  ĝ: "ĝ",
  ġ: "ġ",
  ģ: "ģ",
  ḧ: "ḧ",
  ȟ: "ȟ",
  ĥ: "ĥ",
  ḣ: "ḣ",
  ḩ: "ḩ",
  í: "í",
  ì: "ì",
  ï: "ï",
  ḯ: "ḯ",
  ĩ: "ĩ",
  ī: "ī",
  ĭ: "ĭ",
  ǐ: "ǐ",
  î: "î",
  ǰ: "ǰ",
  ĵ: "ĵ",
  ḱ: "ḱ",
  ǩ: "ǩ",
  ķ: "ķ",
  ĺ: "ĺ",
  ľ: "ľ",
  ļ: "ļ",
  ḿ: "ḿ",
  ṁ: "ṁ",
  ń: "ń",
  ǹ: "ǹ",
  ñ: "ñ",
  ň: "ň",
  ṅ: "ṅ",
  ņ: "ņ",
  ó: "ó",
  ò: "ò",
  ö: "ö",
  ȫ: "ȫ",
  õ: "õ",
  ṍ: "ṍ",
  ṏ: "ṏ",
  ȭ: "ȭ",
  ō: "ō",
  ṓ: "ṓ",
  ṑ: "ṑ",
  ŏ: "ŏ",
  ǒ: "ǒ",
  ô: "ô",
  ố: "ố",
  ồ: "ồ",
  ỗ: "ỗ",
  ȯ: "ȯ",
  ȱ: "ȱ",
  ő: "ő",
  ṕ: "ṕ",
  ṗ: "ṗ",
  ŕ: "ŕ",
  ř: "ř",
  ṙ: "ṙ",
  ŗ: "ŗ",
  ś: "ś",
  ṥ: "ṥ",
  š: "š",
  ṧ: "ṧ",
  ŝ: "ŝ",
  ṡ: "ṡ",
  ş: "ş",
  ẗ: "ẗ",
  ť: "ť",
  ṫ: "ṫ",
  ţ: "ţ",
  ú: "ú",
  ù: "ù",
  ü: "ü",
  ǘ: "ǘ",
  ǜ: "ǜ",
  ǖ: "ǖ",
  ǚ: "ǚ",
  ũ: "ũ",
  ṹ: "ṹ",
  ū: "ū",
  ṻ: "ṻ",
  ŭ: "ŭ",
  ǔ: "ǔ",
  û: "û",
  ů: "ů",
  ű: "ű",
  ṽ: "ṽ",
  ẃ: "ẃ",
  ẁ: "ẁ",
  ẅ: "ẅ",
  ŵ: "ŵ",
  ẇ: "ẇ",
  ẘ: "ẘ",
  ẍ: "ẍ",
  ẋ: "ẋ",
  ý: "ý",
  ỳ: "ỳ",
  ÿ: "ÿ",
  ỹ: "ỹ",
  ȳ: "ȳ",
  ŷ: "ŷ",
  ẏ: "ẏ",
  ẙ: "ẙ",
  ź: "ź",
  ž: "ž",
  ẑ: "ẑ",
  ż: "ż",
  Á: "Á",
  À: "À",
  Ä: "Ä",
  Ǟ: "Ǟ",
  Ã: "Ã",
  Ā: "Ā",
  Ă: "Ă",
  Ắ: "Ắ",
  Ằ: "Ằ",
  Ẵ: "Ẵ",
  Ǎ: "Ǎ",
  Â: "Â",
  Ấ: "Ấ",
  Ầ: "Ầ",
  Ẫ: "Ẫ",
  Ȧ: "Ȧ",
  Ǡ: "Ǡ",
  Å: "Å",
  Ǻ: "Ǻ",
  Ḃ: "Ḃ",
  Ć: "Ć",
  Ḉ: "Ḉ",
  Č: "Č",
  Ĉ: "Ĉ",
  Ċ: "Ċ",
  Ç: "Ç",
  Ď: "Ď",
  Ḋ: "Ḋ",
  Ḑ: "Ḑ",
  É: "É",
  È: "È",
  Ë: "Ë",
  Ẽ: "Ẽ",
  Ē: "Ē",
  Ḗ: "Ḗ",
  Ḕ: "Ḕ",
  Ĕ: "Ĕ",
  Ḝ: "Ḝ",
  Ě: "Ě",
  Ê: "Ê",
  Ế: "Ế",
  Ề: "Ề",
  Ễ: "Ễ",
  Ė: "Ė",
  Ȩ: "Ȩ",
  Ḟ: "Ḟ",
  Ǵ: "Ǵ",
  Ḡ: "Ḡ",
  Ğ: "Ğ",
  Ǧ: "Ǧ",
  Ĝ: "Ĝ",
  Ġ: "Ġ",
  Ģ: "Ģ",
  Ḧ: "Ḧ",
  Ȟ: "Ȟ",
  Ĥ: "Ĥ",
  Ḣ: "Ḣ",
  Ḩ: "Ḩ",
  Í: "Í",
  Ì: "Ì",
  Ï: "Ï",
  Ḯ: "Ḯ",
  Ĩ: "Ĩ",
  Ī: "Ī",
  Ĭ: "Ĭ",
  Ǐ: "Ǐ",
  Î: "Î",
  İ: "İ",
  Ĵ: "Ĵ",
  Ḱ: "Ḱ",
  Ǩ: "Ǩ",
  Ķ: "Ķ",
  Ĺ: "Ĺ",
  Ľ: "Ľ",
  Ļ: "Ļ",
  Ḿ: "Ḿ",
  Ṁ: "Ṁ",
  Ń: "Ń",
  Ǹ: "Ǹ",
  Ñ: "Ñ",
  Ň: "Ň",
  Ṅ: "Ṅ",
  Ņ: "Ņ",
  Ó: "Ó",
  Ò: "Ò",
  Ö: "Ö",
  Ȫ: "Ȫ",
  Õ: "Õ",
  Ṍ: "Ṍ",
  Ṏ: "Ṏ",
  Ȭ: "Ȭ",
  Ō: "Ō",
  Ṓ: "Ṓ",
  Ṑ: "Ṑ",
  Ŏ: "Ŏ",
  Ǒ: "Ǒ",
  Ô: "Ô",
  Ố: "Ố",
  Ồ: "Ồ",
  Ỗ: "Ỗ",
  Ȯ: "Ȯ",
  Ȱ: "Ȱ",
  Ő: "Ő",
  Ṕ: "Ṕ",
  Ṗ: "Ṗ",
  Ŕ: "Ŕ",
  Ř: "Ř",
  Ṙ: "Ṙ",
  Ŗ: "Ŗ",
  Ś: "Ś",
  Ṥ: "Ṥ",
  Š: "Š",
  Ṧ: "Ṧ",
  Ŝ: "Ŝ",
  Ṡ: "Ṡ",
  Ş: "Ş",
  Ť: "Ť",
  Ṫ: "Ṫ",
  Ţ: "Ţ",
  Ú: "Ú",
  Ù: "Ù",
  Ü: "Ü",
  Ǘ: "Ǘ",
  Ǜ: "Ǜ",
  Ǖ: "Ǖ",
  Ǚ: "Ǚ",
  Ũ: "Ũ",
  Ṹ: "Ṹ",
  Ū: "Ū",
  Ṻ: "Ṻ",
  Ŭ: "Ŭ",
  Ǔ: "Ǔ",
  Û: "Û",
  Ů: "Ů",
  Ű: "Ű",
  Ṽ: "Ṽ",
  Ẃ: "Ẃ",
  Ẁ: "Ẁ",
  Ẅ: "Ẅ",
  Ŵ: "Ŵ",
  Ẇ: "Ẇ",
  Ẍ: "Ẍ",
  Ẋ: "Ẋ",
  Ý: "Ý",
  Ỳ: "Ỳ",
  Ÿ: "Ÿ",
  Ỹ: "Ỹ",
  Ȳ: "Ȳ",
  Ŷ: "Ŷ",
  Ẏ: "Ẏ",
  Ź: "Ź",
  Ž: "Ž",
  Ẑ: "Ẑ",
  Ż: "Ż",
  ά: "ά",
  ὰ: "ὰ",
  ᾱ: "ᾱ",
  ᾰ: "ᾰ",
  έ: "έ",
  ὲ: "ὲ",
  ή: "ή",
  ὴ: "ὴ",
  ί: "ί",
  ὶ: "ὶ",
  ϊ: "ϊ",
  ΐ: "ΐ",
  ῒ: "ῒ",
  ῑ: "ῑ",
  ῐ: "ῐ",
  ό: "ό",
  ὸ: "ὸ",
  ύ: "ύ",
  ὺ: "ὺ",
  ϋ: "ϋ",
  ΰ: "ΰ",
  ῢ: "ῢ",
  ῡ: "ῡ",
  ῠ: "ῠ",
  ώ: "ώ",
  ὼ: "ὼ",
  Ύ: "Ύ",
  Ὺ: "Ὺ",
  Ϋ: "Ϋ",
  Ῡ: "Ῡ",
  Ῠ: "Ῠ",
  Ώ: "Ώ",
  Ὼ: "Ὼ"
};
class Sr {
  constructor(e, r) {
    this.mode = void 0, this.gullet = void 0, this.settings = void 0, this.leftrightDepth = void 0, this.nextToken = void 0, this.mode = "math", this.gullet = new Uc(e, r, this.mode), this.settings = r, this.leftrightDepth = 0, this.nextToken = null;
  }
  /**
   * Checks a result to make sure it has the right type, and throws an
   * appropriate error otherwise.
   */
  expect(e, r) {
    if (r === void 0 && (r = !0), this.fetch().text !== e)
      throw new $("Expected '" + e + "', got '" + this.fetch().text + "'", this.fetch());
    r && this.consume();
  }
  /**
   * Discards the current lookahead token, considering it consumed.
   */
  consume() {
    this.nextToken = null;
  }
  /**
   * Return the current lookahead token, or if there isn't one (at the
   * beginning, or if the previous lookahead token was consume()d),
   * fetch the next token as the new lookahead token and return it.
   */
  fetch() {
    return this.nextToken == null && (this.nextToken = this.gullet.expandNextToken()), this.nextToken;
  }
  /**
   * Switches between "text" and "math" modes.
   */
  switchMode(e) {
    this.mode = e, this.gullet.switchMode(e);
  }
  /**
   * Main parsing function, which parses an entire input.
   */
  parse() {
    this.settings.globalGroup || this.gullet.beginGroup(), this.settings.colorIsTextColor && this.gullet.macros.set("\\color", "\\textcolor");
    try {
      var e = this.parseExpression(!1);
      return this.expect("EOF"), this.settings.globalGroup || this.gullet.endGroup(), e;
    } finally {
      this.gullet.endGroups();
    }
  }
  /**
   * Fully parse a separate sequence of tokens as a separate job.
   * Tokens should be specified in reverse order, as in a MacroDefinition.
   */
  subparse(e) {
    var r = this.nextToken;
    this.consume(), this.gullet.pushToken(new Ae("}")), this.gullet.pushTokens(e);
    var n = this.parseExpression(!1);
    return this.expect("}"), this.nextToken = r, n;
  }
  /**
   * Parses an "expression", which is a list of atoms.
   *
   * `breakOnInfix`: Should the parsing stop when we hit infix nodes? This
   *                 happens when functions have higher precedence than infix
   *                 nodes in implicit parses.
   *
   * `breakOnTokenText`: The text of the token that the expression should end
   *                     with, or `null` if something else should end the
   *                     expression.
   */
  parseExpression(e, r) {
    for (var n = []; ; ) {
      this.mode === "math" && this.consumeSpaces();
      var a = this.fetch();
      if (Sr.endOfExpression.has(a.text) || r && a.text === r || e && ct[a.text] && ct[a.text].infix)
        break;
      var s = this.parseAtom(r);
      if (s) {
        if (s.type === "internal")
          continue;
      } else break;
      n.push(s);
    }
    return this.mode === "text" && this.formLigatures(n), this.handleInfixNodes(n);
  }
  /**
   * Rewrites infix operators such as \over with corresponding commands such
   * as \frac.
   *
   * There can only be one infix operator per group.  If there's more than one
   * then the expression is ambiguous.  This can be resolved by adding {}.
   */
  handleInfixNodes(e) {
    for (var r = -1, n, a = 0; a < e.length; a++) {
      var s = e[a];
      if (s.type === "infix") {
        if (r !== -1)
          throw new $("only one infix operator per group", s.token);
        r = a, n = s.replaceWith;
      }
    }
    if (r !== -1 && n) {
      var i, o, l = e.slice(0, r), h = e.slice(r + 1);
      l.length === 1 && l[0].type === "ordgroup" ? i = l[0] : i = {
        type: "ordgroup",
        mode: this.mode,
        body: l
      }, h.length === 1 && h[0].type === "ordgroup" ? o = h[0] : o = {
        type: "ordgroup",
        mode: this.mode,
        body: h
      };
      var m;
      return n === "\\\\abovefrac" ? m = this.callFunction(n, [i, e[r], o], []) : m = this.callFunction(n, [i, o], []), [m];
    } else
      return e;
  }
  /**
   * Handle a subscript or superscript with nice errors.
   */
  handleSupSubscript(e) {
    var r = this.fetch(), n = r.text;
    this.consume(), this.consumeSpaces();
    var a;
    do {
      var s;
      a = this.parseGroup(e);
    } while (((s = a) == null ? void 0 : s.type) === "internal");
    if (!a)
      throw new $("Expected group after '" + n + "'", r);
    return a;
  }
  /**
   * Converts the textual input of an unsupported command into a text node
   * contained within a color node whose color is determined by errorColor
   */
  formatUnsupportedCmd(e) {
    for (var r = [], n = 0; n < e.length; n++)
      r.push({
        type: "textord",
        mode: "text",
        text: e[n]
      });
    var a = {
      type: "text",
      mode: this.mode,
      body: r
    }, s = {
      type: "color",
      mode: this.mode,
      color: this.settings.errorColor,
      body: [a]
    };
    return s;
  }
  /**
   * Parses a group with optional super/subscripts.
   */
  parseAtom(e) {
    var r = this.parseGroup("atom", e);
    if (r?.type === "internal" || this.mode === "text")
      return r;
    for (var n, a; ; ) {
      this.consumeSpaces();
      var s = this.fetch();
      if (s.text === "\\limits" || s.text === "\\nolimits") {
        if (r && r.type === "op") {
          var i = s.text === "\\limits";
          r.limits = i, r.alwaysHandleSupSub = !0;
        } else if (r && r.type === "operatorname")
          r.alwaysHandleSupSub && (r.limits = s.text === "\\limits");
        else
          throw new $("Limit controls must follow a math operator", s);
        this.consume();
      } else if (s.text === "^") {
        if (n)
          throw new $("Double superscript", s);
        n = this.handleSupSubscript("superscript");
      } else if (s.text === "_") {
        if (a)
          throw new $("Double subscript", s);
        a = this.handleSupSubscript("subscript");
      } else if (s.text === "'") {
        if (n)
          throw new $("Double superscript", s);
        var o = {
          type: "textord",
          mode: this.mode,
          text: "\\prime"
        }, l = [o];
        for (this.consume(); this.fetch().text === "'"; )
          l.push(o), this.consume();
        this.fetch().text === "^" && l.push(this.handleSupSubscript("superscript")), n = {
          type: "ordgroup",
          mode: this.mode,
          body: l
        };
      } else if (H0[s.text]) {
        var h = Ws.test(s.text), m = [];
        for (m.push(new Ae(H0[s.text])), this.consume(); ; ) {
          var d = this.fetch().text;
          if (!H0[d] || Ws.test(d) !== h)
            break;
          m.unshift(new Ae(H0[d])), this.consume();
        }
        var p = this.subparse(m);
        h ? a = {
          type: "ordgroup",
          mode: "math",
          body: p
        } : n = {
          type: "ordgroup",
          mode: "math",
          body: p
        };
      } else
        break;
    }
    return n || a ? {
      type: "supsub",
      mode: this.mode,
      base: r,
      sup: n,
      sub: a
    } : r;
  }
  /**
   * Parses an entire function, including its base and all of its arguments.
   */
  parseFunction(e, r) {
    var n = this.fetch(), a = n.text, s = ct[a];
    if (!s)
      return null;
    if (this.consume(), r && r !== "atom" && !s.allowedInArgument)
      throw new $("Got function '" + a + "' with no arguments" + (r ? " as " + r : ""), n);
    if (this.mode === "text" && !s.allowedInText)
      throw new $("Can't use function '" + a + "' in text mode", n);
    if (this.mode === "math" && s.allowedInMath === !1)
      throw new $("Can't use function '" + a + "' in math mode", n);
    var {
      args: i,
      optArgs: o
    } = this.parseArguments(a, s);
    return this.callFunction(a, i, o, n, e);
  }
  /**
   * Call a function handler with a suitable context and arguments.
   */
  callFunction(e, r, n, a, s) {
    var i = {
      funcName: e,
      parser: this,
      token: a,
      breakOnTokenText: s
    }, o = ct[e];
    if (o && o.handler)
      return o.handler(i, r, n);
    throw new $("No function handler for " + e);
  }
  /**
   * Parses the arguments of a function or environment
   */
  parseArguments(e, r) {
    var n = r.numArgs + r.numOptionalArgs;
    if (n === 0)
      return {
        args: [],
        optArgs: []
      };
    for (var a = [], s = [], i = 0; i < n; i++) {
      var o = r.argTypes && r.argTypes[i], l = i < r.numOptionalArgs;
      ("primitive" in r && r.primitive && o == null || // \sqrt expands into primitive if optional argument doesn't exist
      r.type === "sqrt" && i === 1 && s[0] == null) && (o = "primitive");
      var h = this.parseGroupOfType("argument to '" + e + "'", o, l);
      if (l)
        s.push(h);
      else if (h != null)
        a.push(h);
      else
        throw new $("Null argument, please report this as a bug");
    }
    return {
      args: a,
      optArgs: s
    };
  }
  /**
   * Parses a group when the mode is changing.
   */
  parseGroupOfType(e, r, n) {
    switch (r) {
      case "color":
        return this.parseColorGroup(n);
      case "size":
        return this.parseSizeGroup(n);
      case "url":
        return this.parseUrlGroup(n);
      case "math":
      case "text":
        return this.parseArgumentGroup(n, r);
      case "hbox": {
        var a = this.parseArgumentGroup(n, "text");
        return a != null ? {
          type: "styling",
          mode: a.mode,
          body: [a],
          style: "text",
          // simulate \textstyle
          resetFont: !0
        } : null;
      }
      case "raw": {
        var s = this.parseStringGroup("raw", n);
        return s != null ? {
          type: "raw",
          mode: "text",
          string: s.text
        } : null;
      }
      case "primitive": {
        if (n)
          throw new $("A primitive argument cannot be optional");
        var i = this.parseGroup(e);
        if (i == null)
          throw new $("Expected group as " + e, this.fetch());
        return i;
      }
      case "original":
      case null:
      case void 0:
        return this.parseArgumentGroup(n);
      default:
        throw new $("Unknown group type as " + e, this.fetch());
    }
  }
  /**
   * Discard any space tokens, fetching the next non-space token.
   */
  consumeSpaces() {
    for (; this.fetch().text === " "; )
      this.consume();
  }
  /**
   * Parses a group, essentially returning the string formed by the
   * brace-enclosed tokens plus some position information.
   */
  parseStringGroup(e, r) {
    var n = this.gullet.scanArgument(r);
    if (n == null)
      return null;
    for (var a = "", s; (s = this.fetch()).text !== "EOF"; )
      a += s.text, this.consume();
    return this.consume(), n.text = a, n;
  }
  /**
   * Parses a regex-delimited group: the largest sequence of tokens
   * whose concatenated strings match `regex`. Returns the string
   * formed by the tokens plus some position information.
   */
  parseRegexGroup(e, r) {
    for (var n = this.fetch(), a = n, s = "", i; (i = this.fetch()).text !== "EOF" && e.test(s + i.text); )
      a = i, s += a.text, this.consume();
    if (s === "")
      throw new $("Invalid " + r + ": '" + n.text + "'", n);
    return n.range(a, s);
  }
  /**
   * Parses a color description.
   */
  parseColorGroup(e) {
    var r = this.parseStringGroup("color", e);
    if (r == null)
      return null;
    var n = /^(#[a-f0-9]{3,4}|#[a-f0-9]{6}|#[a-f0-9]{8}|[a-f0-9]{6}|[a-z]+)$/i.exec(r.text);
    if (!n)
      throw new $("Invalid color: '" + r.text + "'", r);
    var a = n[0];
    return /^[0-9a-f]{6}$/i.test(a) && (a = "#" + a), {
      type: "color-token",
      mode: this.mode,
      color: a
    };
  }
  /**
   * Parses a size specification, consisting of magnitude and unit.
   */
  parseSizeGroup(e) {
    var r, n = !1;
    if (this.gullet.consumeSpaces(), !e && this.gullet.future().text !== "{" ? r = this.parseRegexGroup(/^[-+]? *(?:$|\d+|\d+\.\d*|\.\d*) *[a-z]{0,2} *$/, "size") : r = this.parseStringGroup("size", e), !r)
      return null;
    !e && r.text.length === 0 && (r.text = "0pt", n = !0);
    var a = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(r.text);
    if (!a)
      throw new $("Invalid size: '" + r.text + "'", r);
    var s = {
      number: +(a[1] + a[2]),
      // sign + magnitude, cast to number
      unit: a[3]
    };
    if (!to(s))
      throw new $("Invalid unit: '" + s.unit + "'", r);
    return {
      type: "size",
      mode: this.mode,
      value: s,
      isBlank: n
    };
  }
  /**
   * Parses an URL, checking escaped letters and allowed protocols,
   * and setting the catcode of % as an active character (as in \hyperref).
   */
  parseUrlGroup(e) {
    this.gullet.lexer.setCatcode("%", 13), this.gullet.lexer.setCatcode("~", 12);
    var r = this.parseStringGroup("url", e);
    if (this.gullet.lexer.setCatcode("%", 14), this.gullet.lexer.setCatcode("~", 13), r == null)
      return null;
    var n = r.text.replace(/\\([#$%&~_^{}])/g, "$1");
    return {
      type: "url",
      mode: this.mode,
      url: n
    };
  }
  /**
   * Parses an argument with the mode specified.
   */
  parseArgumentGroup(e, r) {
    var n = this.gullet.scanArgument(e);
    if (n == null)
      return null;
    var a = this.mode;
    r && this.switchMode(r), this.gullet.beginGroup();
    var s = this.parseExpression(!1, "EOF");
    this.expect("EOF"), this.gullet.endGroup();
    var i = {
      type: "ordgroup",
      mode: this.mode,
      loc: n.loc,
      body: s
    };
    return r && this.switchMode(a), i;
  }
  /**
   * Parses an ordinary group, which is either a single nucleus (like "x")
   * or an expression in braces (like "{x+y}") or an implicit group, a group
   * that starts at the current position, and ends right before a higher explicit
   * group ends, or at EOF.
   */
  parseGroup(e, r) {
    var n = this.fetch(), a = n.text, s;
    if (a === "{" || a === "\\begingroup") {
      this.consume();
      var i = a === "{" ? "}" : "\\endgroup";
      this.gullet.beginGroup();
      var o = this.parseExpression(!1, i), l = this.fetch();
      this.expect(i), this.gullet.endGroup(), s = {
        type: "ordgroup",
        mode: this.mode,
        loc: Me.range(n, l),
        body: o,
        // A group formed by \begingroup...\endgroup is a semi-simple group
        // which doesn't affect spacing in math mode, i.e., is transparent.
        // https://tex.stackexchange.com/questions/1930/when-should-one-
        // use-begingroup-instead-of-bgroup
        semisimple: a === "\\begingroup" || void 0
      };
    } else if (s = this.parseFunction(r, e) || this.parseSymbol(), s == null && a[0] === "\\" && !Xo.hasOwnProperty(a)) {
      if (this.settings.throwOnError)
        throw new $("Undefined control sequence: " + a, n);
      s = this.formatUnsupportedCmd(a), this.consume();
    }
    return s;
  }
  /**
   * Form ligature-like combinations of characters for text mode.
   * This includes inputs like "--", "---", "``" and "''".
   * The result will simply replace multiple textord nodes with a single
   * character in each value by a single textord node having multiple
   * characters in its value.  The representation is still ASCII source.
   * The group will be modified in place.
   */
  formLigatures(e) {
    for (var r = e.length - 1, n = 0; n < r; ++n) {
      var a = e[n];
      if (a.type === "textord") {
        var s = a.text, i = e[n + 1];
        if (!(!i || i.type !== "textord")) {
          if (s === "-" && i.text === "-") {
            var o = e[n + 2];
            n + 1 < r && o && o.type === "textord" && o.text === "-" ? (e.splice(n, 3, {
              type: "textord",
              mode: "text",
              loc: Me.range(a, o),
              text: "---"
            }), r -= 2) : (e.splice(n, 2, {
              type: "textord",
              mode: "text",
              loc: Me.range(a, i),
              text: "--"
            }), r -= 1);
          }
          (s === "'" || s === "`") && i.text === s && (e.splice(n, 2, {
            type: "textord",
            mode: "text",
            loc: Me.range(a, i),
            text: s + s
          }), r -= 1);
        }
      }
    }
  }
  /**
   * Parse a single symbol out of the string. Here, we handle single character
   * symbols and special functions like \verb.
   */
  parseSymbol() {
    var e = this.fetch(), r = e.text;
    if (/^\\verb[^a-zA-Z]/.test(r)) {
      this.consume();
      var n = r.slice(5), a = n.charAt(0) === "*";
      if (a && (n = n.slice(1)), n.length < 2 || n.charAt(0) !== n.slice(-1))
        throw new $(`\\verb assertion failed --
                    please report what input caused this bug`);
      return n = n.slice(1, -1), {
        type: "verb",
        mode: "text",
        body: n,
        star: a
      };
    }
    js.hasOwnProperty(r[0]) && !_[this.mode][r[0]] && (this.settings.strict && this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Accented Unicode text character "' + r[0] + '" used in math mode', e), r = js[r[0]] + r.slice(1));
    var s = qc.exec(r);
    s && (r = r.substring(0, s.index), r === "i" ? r = "ı" : r === "j" && (r = "ȷ"));
    var i;
    if (_[this.mode][r]) {
      this.settings.strict && this.mode === "math" && xn.includes(r) && this.settings.reportNonstrict("unicodeTextInMathMode", 'Latin-1/Unicode text character "' + r[0] + '" used in math mode', e);
      var o = _[this.mode][r].group, l = Me.range(e), h;
      ac(o) ? h = {
        type: "atom",
        mode: this.mode,
        family: o,
        loc: l,
        text: r
      } : h = {
        type: o,
        mode: this.mode,
        loc: l,
        text: r
      }, i = h;
    } else if (r.charCodeAt(0) >= 128)
      this.settings.strict && (eo(r.charCodeAt(0)) ? this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Unicode text character "' + r[0] + '" used in math mode', e) : this.settings.reportNonstrict("unknownSymbol", 'Unrecognized Unicode character "' + r[0] + '"' + (" (" + r.charCodeAt(0) + ")"), e)), i = {
        type: "textord",
        mode: "text",
        loc: Me.range(e),
        text: r
      };
    else
      return null;
    if (this.consume(), s)
      for (var m = 0; m < s[0].length; m++) {
        var d = s[0][m];
        if (!Kr[d])
          throw new $("Unknown accent ' " + d + "'", e);
        var p = Kr[d][this.mode] || Kr[d].text;
        if (!p)
          throw new $("Accent " + d + " unsupported in " + this.mode + " mode", e);
        i = {
          type: "accent",
          mode: this.mode,
          loc: Me.range(e),
          label: p,
          isStretchy: !1,
          isShifty: !0,
          base: i
        };
      }
    return i;
  }
}
Sr.endOfExpression = /* @__PURE__ */ new Set(["}", "\\endgroup", "\\end", "\\right", "&"]);
var fa = function(e, r) {
  if (!(typeof e == "string" || e instanceof String))
    throw new TypeError("KaTeX can only parse string typed expression");
  var n = new Sr(e, r);
  delete n.gullet.macros.current["\\df@tag"];
  var a = n.parse();
  if (delete n.gullet.macros.current["\\current@color"], delete n.gullet.macros.current["\\color"], n.gullet.macros.get("\\df@tag")) {
    if (!r.displayMode)
      throw new $("\\tag works only in display equations");
    a = [{
      type: "tag",
      mode: "text",
      body: a,
      tag: n.subparse([new Ae("\\df@tag")])
    }];
  }
  return a;
}, Ko = function(e, r, n) {
  r.textContent = "";
  var a = pa(e, n).toNode();
  r.appendChild(a);
};
typeof document < "u" && document.compatMode !== "CSS1Compat" && (typeof console < "u" && console.warn("Warning: KaTeX doesn't work in quirks mode. Make sure your website has a suitable doctype."), Ko = function() {
  throw new $("KaTeX doesn't work in quirks mode.");
});
var Gc = function(e, r) {
  var n = pa(e, r).toMarkup();
  return n;
}, Wc = function(e, r) {
  var n = new ea(r);
  return fa(e, n);
}, Jo = function(e, r, n) {
  if (n.throwOnError || !(e instanceof $))
    throw e;
  var a = N(["katex-error"], [new Te(r)]);
  return a.setAttribute("title", e.toString()), a.setAttribute("style", "color:" + n.errorColor), a;
}, pa = function(e, r) {
  var n = new ea(r);
  try {
    var a = fa(e, n);
    return Jh(a, e, n);
  } catch (s) {
    return Jo(s, e, n);
  }
}, jc = function(e, r) {
  var n = new ea(r);
  try {
    var a = fa(e, n);
    return Zh(a, e, n);
  } catch (s) {
    return Jo(s, e, n);
  }
}, Vc = "0.16.47", Yc = {
  Span: e0,
  Anchor: mr,
  SymbolNode: Te,
  SvgNode: rt,
  PathNode: ft,
  LineNode: wn
}, Xc = {
  /**
   * Current KaTeX version
   */
  version: Vc,
  /**
   * Renders the given LaTeX into an HTML+MathML combination, and adds
   * it as a child to the specified DOM node.
   */
  render: Ko,
  /**
   * Renders the given LaTeX into an HTML+MathML combination string,
   * for sending to the client.
   */
  renderToString: Gc,
  /**
   * KaTeX error, usually during parsing.
   */
  ParseError: $,
  /**
   * The schema of Settings
   */
  SETTINGS_SCHEMA: gn,
  /**
   * Parses the given LaTeX into KaTeX's internal parse tree structure,
   * without rendering to HTML or MathML.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __parse: Wc,
  /**
   * Renders the given LaTeX into an HTML+MathML internal DOM tree
   * representation, without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToDomTree: pa,
  /**
   * Renders the given LaTeX into an HTML internal DOM tree representation,
   * without MathML and without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToHTMLTree: jc,
  /**
   * extends internal font metrics object with a new object
   * each key in the new object represents a font name
  */
  __setFontMetrics: Eh,
  /**
   * adds a new symbol to builtin symbols table
   */
  __defineSymbol: u,
  /**
   * adds a new function to builtin function list,
   * which directly produce parse tree elements
   * and have their own html/mathml builders
   */
  __defineFunction: R,
  /**
   * adds a new macro to builtin macro list
   */
  __defineMacro: v,
  /**
   * Expose the dom tree node types, which can be useful for type checking nodes.
   *
   * NOTE: These methods are not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __domTree: Yc
};
function Zo(t, e = !1) {
  const r = k("span", { class: "formula" });
  return Xc.render(t, r, {
    displayMode: e,
    throwOnError: !1,
    strict: "ignore",
    trust: !1,
    maxExpand: 1e3,
    output: "htmlAndMathml"
  }), r;
}
const Vs = 1e3, Kc = 40;
function Jc(t, e) {
  const r = t.ranked().filter((d) => !t.network.layers[d[0]].products.has(d[2]));
  let n = r;
  const a = k("p", { class: "soft" }), s = k("div", { class: "costs" }), i = (d) => t.removal(n.slice(0, n.length - d), "threshold"), o = (d) => {
    const p = d > 0 && d < n.length ? `The ${d} most important of ${n.length} edges` : `${d} of ${r.length} edges`;
    a.textContent = `${p}. ${Se(t)}.`, m(d);
  }, l = k("input", {
    type: "range",
    min: 0,
    max: r.length,
    value: r.length,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => t.attemptSoon(() => i(Number(l.value)), t.lastThreshold !== null),
    change: () => {
      const d = Number(l.value), p = d === n.length;
      t.lastThreshold !== null ? t.exchangeLast(p ? null : i(d)) : p ? t.attempt(null) : t.commit(i(d)), e(a.textContent ?? "");
    }
  }), { draw: h, mark: m } = Zc(t, s, i);
  return t.listen((d) => {
    if (d === "trial" && o(Number(l.value)), d !== "edits") return;
    const p = t.removedApart();
    n = r.filter((M) => !p.has(String(M)));
    const g = t.lastThreshold, w = g?.do === "remove" ? n.length - g.edges.length : n.length;
    l.max = String(n.length), l.value = String(w), o(w), h(n.length);
  }), o(r.length), h(r.length), Bt("pruning", "Fewer edges", k("label", { class: "wide" }, k("span", {}, "Edges that stay"), l), a, s);
}
function Zc(t, e, r) {
  const [n, a, s, i, o] = [320, 110, 44, 16, 24];
  let l = [], [h, m, d] = [0, 0, 0];
  const p = Ci(), g = (A) => Math.round(A / Math.max(m, 1) * h), w = (A) => s + A / Math.max(h, 1) * (n - s - 8), M = () => {
    const A = Math.max(...l, 1e-12), z = (U) => a - i - U / A * (a - i - o), D = l.map((U, j) => `${j ? "L" : "M"}${w(g(j)).toFixed(1)},${z(U).toFixed(1)}`).join(""), { now: q } = t.cost(), O = t.costRows.index.length, H = O < t.all.index.length ? ` of ${O} rows` : "";
    e.replaceChildren(
      G(
        "svg",
        { viewBox: `0 0 ${n} ${a}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        G("text", { x: s - 5, y: o + 4, "text-anchor": "end" }, J(A)),
        G("text", { x: s - 5, y: a - i, "text-anchor": "end" }, "0"),
        G("text", { x: s + 4, y: 10 }, q.shown.at(-1).name + H),
        G("text", { x: s, y: a - 4 }, "0"),
        G("text", { x: n - 8, y: a - 4, "text-anchor": "end" }, `${h} edges`),
        G("line", { class: "base", x1: s, x2: n - 8, y1: a - i, y2: a - i }),
        G("path", { class: "curve", d: D }),
        G("circle", { class: "mark", cx: w(d), cy: z(Math.min(q.loss, A)), r: 4 })
      )
    );
  };
  return { draw: (A) => {
    [h, m] = [A, Math.min(A, 24)];
    const z = [];
    p(m + 1, (D) => z.push(t.costWith(r(g(D))).loss), () => (l = z, M()), 30);
  }, mark: (A) => {
    d = A, l.length && M();
  } };
}
function Qc(t, e) {
  const r = k("div", { class: "lines", tabindex: 0, role: "group", "aria-label": "Formulas" }), n = k("p", { class: "soft" }), a = k("button", { type: "button", click: () => {
    l();
  } }, "Name all edges"), s = k("button", { type: "button", "aria-pressed": "false", click: () => (s.setAttribute("aria-pressed", String(!i())), o()) }, "In terms of the inputs"), i = () => s.getAttribute("aria-pressed") === "true", o = () => {
    const h = fu(t);
    s.hidden = !h || t.network.layers.length < 2;
    const m = h && (i() || s.hidden) ? h : vu(t), d = Ys(t);
    r.replaceChildren(...m.map(({ left: w, right: M }) => k("div", { class: "line" }, Zo(`${w} = ${M}`, !0))));
    const [p] = d;
    n.textContent = p ? `f(${Vt(t, p)}) is the curve of this edge. Choose the edge and fix a function on it, and the formula shows the function.` : h ? "Every edge is a function with a name." : "";
    const g = a === document.activeElement;
    a.hidden = !d.length, g && a.hidden && (s.hidden ? r : s).focus(), a.disabled = d.length > Vs, a.title = a.disabled ? `It names up to ${Vs} edges: remove weak ones first` : "Fixes on each curve the function that describes it best, and fits the numbers of all of them together";
  }, l = async () => {
    const h = t.edits;
    a.disabled = !0;
    const m = ju(t, Ys(t));
    let d = m.next();
    for (; !d.done; d = m.next())
      if (e(d.value), await new Promise((p) => setTimeout(p)), t.edits !== h) return o();
    t.commitAll(d.value), e(`${d.value.length} edges named. ${Se(t)}`);
  };
  return t.listen((h) => h === "edits" && o()), o(), Bt("formulas", "Formula", r, n, k("div", { class: "row" }, a, s));
}
function _c(t, e) {
  const n = t.network.widths.slice(1, -1).flatMap((m, d) => Array.from({ length: m }, (p, g) => [d + 1, g]));
  if (!n.length) return null;
  n.sort((m, d) => t.nodeScore(...d) - t.nodeScore(...m));
  const a = n.slice(0, Kc), s = a.map((m) => {
    const p = k("input", { type: "text", maxlength: Di, autocomplete: "off", change: () => {
      const g = p.value.trim();
      g !== t.labelOf(...m) && (t.commit({ do: "label", node: m, text: g }), e(g ? `${Pt(t, ...m)} is called ${g}.` : `${Pt(t, ...m)} has no name.`));
    } });
    return p;
  }), i = () => s.forEach((m, d) => m.value = t.labelOf(...a[d]));
  t.listen((m) => m === "edits" && i()), i();
  const o = n.length - a.length, l = s.map((m, d) => k("label", {}, k("span", { class: "name" }, Pt(t, ...a[d])), m)), h = `What a node stands for, in your words. Pictures, formulas and the log show it.${o ? ` These are the ${a.length} most important of ${n.length}.` : ""}`;
  return Bt("labels", "Names of hidden nodes", k("p", { class: "soft" }, h), k("div", { class: "label-fields" }, ...l));
}
function Ys(t) {
  return t.edges().filter((e) => {
    if (t.obstacle(e)) return !1;
    const r = t.steps(e).at(-1)?.edit.do;
    return r ? r !== "remove" && r !== "fix" : !t.network.layers[e[0]].named.has(t.place(e));
  });
}
function e4(t, e) {
  const r = (n) => Vt(t, n);
  switch (e.do) {
    case "remove":
      return e.edges.length === 1 ? `Removed ${r(e.edges[0])}` : `Removed ${e.edges.length} edges`;
    case "fix":
      return `Fixed ${r(e.edge)} as ${Qo(e.function)}`;
    case "redraw":
      return `${e.by ? `Made ${r(e.edge)} ${e.by}` : `Redrew ${r(e.edge)}`}`;
    case "bend": {
      const n = e.y.reduce((a, s, i) => Math.abs(s) > Math.abs(e.y[a]) ? i : a, 0);
      return `Bent ${r(e.edge)} by ${J(e.y[n])} at ${J(t.toUnits(e.edge[0], e.edge[1], e.x[n]))}`;
    }
    case "clip":
      return `Clipped ${r(e.edge)} to ${J(e.low)} … ${J(e.high)}`;
    case "label":
      return e.text ? `Named ${Pt(t, ...e.node)} ${e.text}` : `Took the name of ${Pt(t, ...e.node)} away`;
  }
}
function Qo(t) {
  return typeof t == "string" ? { 0: "a constant", x: "a line" }[t] ?? t : "a formula";
}
const Jr = 41, t4 = 500;
class r4 {
  constructor(e, r) {
    this.session = e, this.say = r, this.editor = new su(e, r);
    const n = e.ranked().reverse().slice(0, t4), a = e.edges().length - n.length;
    this.select = k("select", {
      "aria-label": "Edge, the most important first",
      change: () => e.choose(n[Number(this.select.value)])
    });
    const s = n.map((i, o) => k("option", { value: o }, Vt(e, i)));
    this.select.append(...s), a && this.select.append(k("option", { value: -1, disabled: !0 }, `and ${a.toLocaleString("en")} less important ones: choose them in the picture`)), this.element = k(
      "section",
      { class: "panel edge", "aria-label": "Edge" },
      k("h2", {}, "Edge"),
      k("p", { class: "soft" }, "The most important first"),
      this.select,
      this.facts,
      this.editor.element,
      this.tools,
      this.candidates
    ), e.listen((i) => {
      i === "choice" && (this.select.value = String(n.findIndex((o) => String(o) === String(e.chosen)))), i === "edits" && s.forEach((o, l) => o.textContent = Vt(e, n[l])), (i === "edits" || i === "choice") && this.draw(), i === "trial" && this.editor.draw();
    });
  }
  session;
  say;
  element;
  editor;
  select;
  facts = k("p", { class: "soft facts" });
  tools = k("div", { class: "tools" });
  waiting = 0;
  candidates = k("div", { class: "candidates" });
  low = k("input", { type: "number", step: "any", "aria-label": "Least value" });
  high = k("input", { type: "number", step: "any", "aria-label": "Greatest value" });
  draw() {
    const e = this.session.chosen;
    if (!e) return;
    const r = this.session.steps(e), n = this.session.isRemoved(e) ? "Removed: its average value stands in its place. " : r.length ? `Edited ${r.length === 1 ? "once" : `${r.length} times`}. ` : "";
    this.facts.textContent = `${n}Importance ${this.session.scoreText(e)}. ${this.session.obstacle(e)}`, this.editor.setPreview(null), this.drawTools(e), this.drawCandidates(e);
  }
  button(e, r, n = "", a = !1) {
    return k("button", { type: "button", title: n, disabled: a, click: r }, e);
  }
  putBack(e) {
    this.session.putBack(e), this.say(`Put back. ${Se(this.session)}`);
  }
  keep(e, r) {
    this.session.commit(e), this.say(`${r}. ${Se(this.session)}`);
  }
  drawTools(e) {
    if (this.session.isRemoved(e))
      return G0(this.tools, k("div", { class: "row" }, this.button("Put back", () => this.putBack(e), "The curve as it was before it was removed")));
    const { y: r } = this.session.curve(e), n = !!this.session.obstacle(e), a = this.session.network.layers[e[0]].products.has(e[2]);
    this.low.value = String(Number(Math.min(...r).toPrecision(3))), this.high.value = String(Number(Math.max(...r).toPrecision(3)));
    const s = () => {
      const [o, l] = [Number(this.low.value), Number(this.high.value)];
      o <= l ? this.keep({ do: "clip", edge: e, low: o, high: l }, "Clipped") : this.say("The first number must not be above the second.");
    };
    G0(
      this.tools,
      k(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([e]), "Removed"), "Replaces the curve by its average value.", a),
        this.button("Make increasing", () => this.monotonise(e, 1), "Replaces the curve by the nearest increasing one.", n),
        this.button("Make decreasing", () => this.monotonise(e, -1), "Replaces the curve by the nearest decreasing one.", n)
      ),
      k("div", { class: "row clip" }, k("span", {}, "Keep values from"), this.low, k("span", {}, "to"), this.high, this.button("Clip", s, "Values of the curve below the first number become that number, values above the second become the second.", n))
    );
  }
  /** The nearest monotone curve, where rows count. */
  monotonise(e, r) {
    const n = this.session.rows.levels[e[0]][e[1]], a = [...d0(n, Jr)], { y: s } = this.session.curve(e, !0, Float64Array.from(a)), i = a.map(() => 0.1);
    for (const h of n) i[Math.round((h - a[0]) / (a[Jr - 1] - a[0]) * (Jr - 1))]++;
    const o = Oi(s.map((h) => r * h), i).map((h) => r * h), l = r > 0 ? "increasing" : "decreasing";
    if (Ii(o, s)) return this.say(`This curve is ${l} already.`);
    this.keep({ do: "redraw", edge: e, x: a, y: o, by: l }, `Made ${l}`);
  }
  drawCandidates(e) {
    if (clearTimeout(this.waiting), this.session.obstacle(e) || this.session.isRemoved(e)) return this.candidates.replaceChildren();
    this.waiting = window.setTimeout(() => this.findCandidates(e), 30);
  }
  findCandidates(e) {
    const r = this.session.suggestions(e).map((a) => this.candidateRow(e, a));
    G0(this.candidates, k("h3", {}, "Functions that fit this curve"), k("p", { class: "soft" }, "The best first: a short one, unless a longer one is clearly more accurate."), k("ul", {}, ...r));
  }
  candidateRow(e, r) {
    const { name: n, edit: a } = r, s = this.session.steps(e).at(-1)?.edit, i = s?.do === "fix" && s.function === n ? s : null, o = i !== null, { a: l, b: h, c: m, d } = i ?? r, p = () => this.editor.setPreview(a), g = () => this.editor.setPreview(null), w = k(
      "button",
      {
        type: "button",
        "aria-label": `Fix ${n}`,
        "aria-pressed": String(o),
        title: o ? "Puts the curve back" : "",
        click: () => o ? this.putBack(e) : this.keep(a, `Fixed ${Qo(n)}`),
        focus: p,
        blur: g
      },
      o ? "Fixed" : "Fix"
    ), { now: M } = this.session.cost(), S = Vn(r.cost.shown.at(-1), M.shown.at(-1)), T = S.change ? ` (${S.change})` : "", A = cu(n, l, h, m, d).replace(/\\(left|right)(?=[()])/g, ""), z = M.shown.at(-1), D = i ? `in use: ${z.name} ${z.value}` : `${z.name} with it ${S.now}${T}, fit R² ${Ti(r.r2)}`;
    return k("li", { pointerenter: p, pointerleave: g }, w, k("div", {}, Zo(A), k("p", { class: "soft" }, D)));
  }
}
const Xs = 3;
function n4(t, e) {
  const r = /* @__PURE__ */ new Map();
  let n = 0;
  const a = (o) => {
    const l = t.getBoundingClientRect();
    return { x: o.clientX - l.left, y: o.clientY - l.top };
  }, s = b0((o) => r.size || e.hover(o));
  t.addEventListener("pointerdown", (o) => {
    t.setPointerCapture(o.pointerId), r.set(o.pointerId, a(o)), n = r.size > 1 ? 1 / 0 : 0;
  }), t.addEventListener("pointermove", (o) => {
    const l = a(o), h = r.get(o.pointerId);
    if (!h) return s(l);
    const m = [...r].filter(([d]) => d !== o.pointerId).map(([, d]) => d);
    if (m.length) {
      const [d, p] = [h, l].map((g) => Math.hypot(g.x - m[0].x, g.y - m[0].y));
      e.zoom(p / Math.max(d, 1), (l.x + m[0].x) / 2, (l.y + m[0].y) / 2);
    } else
      n += Math.hypot(l.x - h.x, l.y - h.y), n > Xs && e.pan(l.x - h.x, l.y - h.y);
    r.set(o.pointerId, l);
  });
  const i = (o) => {
    r.delete(o.pointerId) && n <= Xs && o.type === "pointerup" && e.click(a(o));
  };
  t.addEventListener("pointerup", i), t.addEventListener("pointercancel", i), t.addEventListener("pointerleave", () => e.leave()), t.addEventListener(
    "wheel",
    (o) => {
      if (!o.ctrlKey && document.activeElement !== t) return;
      o.preventDefault();
      const l = a(o);
      e.zoom(Math.exp(-o.deltaY * (o.ctrlKey ? 0.01 : 15e-4)), l.x, l.y);
    },
    { passive: !1 }
  );
}
const a4 = (t) => t <= 40 ? 46 : t <= 150 ? 38 : 30, s4 = [0.5, 0.4, 0.6, 0.31, 0.69, 0.22, 0.78];
function i4(t, e, r) {
  return t.map((n, a) => {
    const s = Math.min(r / n, 150), i = a / (t.length - 1) * e;
    return Array.from({ length: n }, (o, l) => ({ x: i, y: r / 2 + (l - (n - 1) / 2) * s }));
  });
}
function o4(t, e, r) {
  const n = [Math.max(e.width - e.left - e.right, 60), Math.max(e.height - 2 * e.top, 60)], a = (s) => ({ x: (e.left + s.x) * r.scale + r.left, y: (e.top + s.y) * r.scale + r.top });
  return i4(t, n[0], n[1]).map((s) => s.map(a));
}
function va(t, e, r) {
  const n = 1 - r, a = (t.x + e.x) / 2;
  return { x: n ** 3 * t.x + 3 * n * n * r * a + 3 * n * r * r * a + r ** 3 * e.x, y: (n ** 3 + 3 * n * n * r) * t.y + (3 * n * r * r + r ** 3) * e.y };
}
function l4(t, e, r, n, a) {
  const s = /* @__PURE__ */ new Map(), i = (m) => [Math.floor(m.x / r), Math.floor(m.y / r)], o = (m) => {
    const d = i(m).join();
    s.set(d, [...s.get(d) ?? [], m]);
  }, l = (m, d) => {
    const [p, g] = i(m);
    for (let w = p - 1; w <= p + 1; w++)
      for (let M = g - 1; M <= g + 1; M++)
        for (const S of s.get(`${w},${M}`) ?? [])
          if (Math.abs(S.x - m.x) < d && Math.abs(S.y - m.y) < d) return !1;
    return !0;
  };
  e.forEach(o);
  const h = [];
  for (const { edge: m, a: d, b: p } of t) {
    if (h.length >= n) break;
    const g = s4.map((w) => va(d, p, w)).find((w) => a(w) && l(w, r * 0.98));
    g && (o(g), h.push({ ...g, edge: m, size: r - 4 }));
  }
  return h;
}
function u4(t, e, r) {
  if (t.x < e.x - 4 || t.x > r.x + 4) return 1 / 0;
  let n = 1 / 0, a = e;
  for (let s = 1; s <= 16; s++) {
    const i = va(e, r, s / 16), [o, l] = [i.x - a.x, i.y - a.y], h = Math.min(1, Math.max(0, ((t.x - a.x) * o + (t.y - a.y) * l) / (o * o + l * l)));
    n = Math.min(n, Math.hypot(t.x - a.x - h * o, t.y - a.y - h * l)), a = i;
  }
  return n;
}
function h4(t, { x: e, y: r, size: n }, a, s, i) {
  const o = n / 2;
  t.fillStyle = i.back, t.strokeStyle = i.frame, t.lineWidth = i.width, t.beginPath(), t.roundRect(e - o, r - o, n, n, 4), t.fill(), t.stroke();
  const [l, h] = [Ks(a.x), Ks(a.y)], m = (p, g) => [
    e - o + 3 + (p - l[0]) / l[1] * (n - 6),
    r + o - 4 - (g - h[0]) / h[1] * (n - 8)
  ];
  t.beginPath(), a.x.forEach((p, g) => t.lineTo(...m(p, a.y[g]))), t.strokeStyle = i.curve, t.lineWidth = 1.4, t.stroke();
  const d = s === null ? null : c4(a, s, l);
  d !== null && (t.fillStyle = i.point, t.beginPath(), t.arc(...m(s, d), 2.2, 0, 2 * Math.PI), t.fill());
}
function c4({ x: t, y: e }, r, [n, a]) {
  if (r < n || r > n + a) return null;
  const s = (r - n) / a * (t.length - 1), i = Math.min(Math.floor(s), t.length - 2);
  return e[i] + (s - i) * (e[i + 1] - e[i]);
}
function Ks(t) {
  let [e, r] = [1 / 0, -1 / 0];
  for (const n of t)
    n < e && (e = n), n > r && (r = n);
  return r > e ? [e, r - e] : [e - 0.5, 1];
}
const Zr = { edges: 600, thumbs: 220 }, m4 = { edges: 220, thumbs: 80 }, Js = 0.3, d4 = 160, f4 = 33, In = 40, P0 = 480, [p4, v4] = [0.5, 24];
class g4 {
  constructor(e) {
    this.session = e, this.canvas = k("canvas", {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-label": "The network. Arrow up and down go from edge to edge by importance, plus and minus zoom, 0 shows all."
    }), this.strongest = e.ranked().reverse(), this.top = e.scores.map((r) => r.reduce((n, a) => Math.max(n, a), 0) || 1), this.draw = b0(() => this.paint()), this.show(null, this.isLarge ? In : 1 / 0), this.refreshCurves(), n4(this.canvas, this), this.canvas.addEventListener("keydown", (r) => this.press(r)), new ResizeObserver(() => this.draw()).observe(this.canvas), Ei(() => this.draw());
  }
  session;
  canvas;
  view = { scale: 1, left: 0, top: 0 };
  nodes = [];
  thumbs = [];
  /** Small curves that were drawn since the last edit, by their edge. */
  curves = /* @__PURE__ */ new Map();
  signals = [];
  loudest = [];
  thinness = 1;
  movingUntil = 0;
  strongest;
  /** The nodes of each level that are drawn, and the edges between them, the strongest first. */
  shown = [];
  drawn = [];
  layer = null;
  mostNodes = 1 / 0;
  top;
  hovered = null;
  flow = 0;
  flowing = 0;
  mode = "signal";
  onHover = () => {
  };
  onChoose = () => {
  };
  /** Hears how many edges are drawn, and how many with their curve. */
  onPaint = () => {
  };
  draw;
  /** Whether some layer has more nodes than a picture has room for. */
  get isLarge() {
    return Math.max(...this.session.network.widths) > 1.5 * In;
  }
  /** Draws one layer, or all for null, and of each level so many of the most important nodes. */
  show(e, r = this.mostNodes) {
    [this.layer, this.mostNodes] = [e, r];
    const n = this.session.network.widths.map((s, i) => this.session.rankedNodes(i));
    this.shown = n.map((s) => s.slice(0, r).sort((i, o) => i - o));
    const a = this.shown.map((s) => new Set(s));
    this.drawn = this.strongest.filter(([s, i, o]) => (e === null || s === e) && a[s].has(i) && a[s + 1].has(o)), this.draw();
  }
  /** Computes small curves anew, as they are drawn. */
  refreshCurves() {
    this.curves.clear(), this.refreshSignals();
  }
  curveOf(e) {
    const r = this.curves.get(String(e));
    if (r) return r;
    const n = this.session.curve(e, !0, f4);
    return this.curves.set(String(e), n), n;
  }
  /** Computes and draws one small curve anew, while it is dragged; all else waits until it ends. */
  refreshCurve(e) {
    const { x: r } = this.curveOf(e);
    this.curves.set(String(e), this.session.curve(e, !0, Float64Array.from(r)));
    const n = this.thumbs.find((s) => String(s.edge) === String(e)), a = this.canvas.getContext("2d");
    n && a && this.paintThumb(a, n);
  }
  /** Draws less for a moment, and all of it when the view has come to rest. */
  move() {
    const e = this.movingUntil < performance.now();
    this.movingUntil = performance.now() + d4, this.draw(), e && this.waitForRest();
  }
  waitForRest() {
    const e = this.movingUntil - performance.now();
    setTimeout(() => this.movingUntil > performance.now() ? this.waitForRest() : this.draw(), e + 5);
  }
  refreshSignals() {
    this.signals = this.session.network.layers.map((e, r) => this.session.signals(r)), this.loudest = this.signals.map((e) => e.reduce((r, n) => Math.max(r, Math.abs(n)), 1e-12)), this.draw();
  }
  /** Lets the dashes on the edges move for a moment, unless the reader wants less motion. */
  startFlow() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const e = this.flowing < performance.now();
    this.flowing = performance.now() + 900, e && this.stepFlow();
  }
  stepFlow() {
    this.flow -= 1.2, this.draw(), performance.now() < this.flowing ? requestAnimationFrame(() => this.stepFlow()) : this.draw();
  }
  frame() {
    const { clientWidth: e, clientHeight: r } = this.canvas, n = e < P0 ? 88 : 130;
    return { left: n, right: n, top: this.mostNodes === 1 / 0 ? 26 : 34, width: e, height: r };
  }
  arrange() {
    const e = this.levels(), r = o4(e.map((n) => this.shown[n].length), this.frame(), this.view);
    this.nodes = this.session.network.widths.map(() => []), e.forEach((n, a) => this.shown[n].forEach((s, i) => this.nodes[n][s] = r[a][i]));
  }
  /** The levels that are drawn, from left to right. */
  levels() {
    return this.layer !== null ? [this.layer, this.layer + 1] : this.session.network.widths.map((e, r) => r);
  }
  isDrawn([e, r, n]) {
    return !!(this.nodes[e]?.[r] && this.nodes[e + 1]?.[n]);
  }
  ends([e, r, n]) {
    return [this.nodes[e][r], this.nodes[e + 1][n]];
  }
  isInside(e) {
    const { clientWidth: r, clientHeight: n } = this.canvas;
    return e.x > 0 && e.x < r && e.y > 0 && e.y < n;
  }
  isSeen(e) {
    const [r, n] = this.ends(e), { clientWidth: a, clientHeight: s } = this.canvas;
    return n.x > 0 && r.x < a && Math.max(r.y, n.y) > 0 && Math.min(r.y, n.y) < s;
  }
  // Drawing.
  paint() {
    if (!this.canvas.clientWidth) return;
    const { context: e } = Bi(this.canvas);
    this.arrange();
    const r = performance.now() < this.movingUntil ? m4 : Zr, n = this.drawn.filter((a) => this.isSeen(a)).slice(0, r.edges);
    this.thinness = Math.min(1, Math.sqrt(200 / Math.max(n.length, 1)));
    for (const a of [...n].reverse()) this.paintEdge(e, a);
    for (const a of [this.session.chosen, this.hovered && "edge" in this.hovered ? this.hovered.edge : null])
      a && this.isDrawn(a) && this.paintEdge(e, a, !0);
    this.paintThumbs(e, n, r.thumbs), this.paintNodes(e), r === Zr && this.onPaint(n.length, this.thumbs.length);
  }
  paintEdge(e, r, n = !1) {
    const [a, s] = this.ends(r), i = Math.sqrt(this.session.score(r) / this.top[r[0]]), o = this.session.isRemoved(r), l = (a.x + s.x) / 2;
    e.beginPath(), e.moveTo(a.x, a.y), e.bezierCurveTo(l, a.y, l, s.y, s.x, s.y), e.lineWidth = n ? 2 + 2.5 * i : 0.6 + 3 * i, e.globalAlpha = n ? 1 : o ? 0.5 : (Js + (0.75 - Js) * this.visibility(r, i)) * this.thinness, e.strokeStyle = n ? this.ink("accent") : o ? this.ink("soft") : this.edgeColour(r), e.setLineDash(o ? [2, 5] : this.flowing > performance.now() ? [8, 6] : []), e.lineDashOffset = this.flow, e.stroke(), e.setLineDash([]), e.globalAlpha = 1;
  }
  visibility(e, r) {
    if (this.mode === "importance") return r;
    const n = Math.abs(this.signals[e[0]][this.session.place(e)]);
    return 0.25 * r + 0.75 * Math.sqrt(n / this.loudest[e[0]]);
  }
  edgeColour(e) {
    return this.mode === "importance" ? this.ink("ink") : this.ink(this.signals[e[0]][this.session.place(e)] < 0 ? "orange" : "blue");
  }
  ink(e) {
    return $i(this.canvas, e);
  }
  paintThumbs(e, r, n) {
    const a = Math.min(Math.max(Math.sqrt(this.view.scale), 0.8), 2), s = this.canvas.clientWidth < P0 ? 0.7 : 1, i = a4(this.drawn.length) * a * s, o = r.filter((h) => !this.session.isRemoved(h)).map((h) => ({ edge: h, a: this.ends(h)[0], b: this.ends(h)[1] })), l = (h) => this.isInside(h);
    this.thumbs = l4(o, this.nodes.flat().filter((h) => h && l(h)), i, n, l);
    for (const h of this.thumbs) this.paintThumb(e, h);
  }
  paintThumb(e, r) {
    const { edge: n } = r, a = this.curveOf(n), s = this.isMarked(n), i = this.session.steps(n).length > 0, o = this.session.network.layers[n[0]].mixes;
    h4(e, r, a, o ? null : this.session.pointLevels[n[0]][n[1]][0], {
      back: this.ink("back"),
      frame: this.ink(s ? "accent" : i ? "good" : "line"),
      width: s || i ? 1.6 : 1,
      curve: this.mode === "signal" ? this.edgeColour(n) : this.ink("ink"),
      point: this.ink("accent")
    });
  }
  isMarked(e) {
    const r = this.hovered && "edge" in this.hovered ? this.hovered.edge : null;
    return String(e) === String(this.session.chosen) || String(e) === String(r);
  }
  paintNodes(e) {
    const r = this.levels();
    e.textBaseline = "middle", r.forEach((n, a) => {
      const s = this.shown[n].map((m) => this.nodes[n][m]), i = s.length > 1 ? Math.abs(s[1].y - s[0].y) : 99, o = Math.min(6, Math.max(1.5, i / 3)), l = a === 0 ? "right" : a === r.length - 1 ? "left" : "center", h = this.canvas.clientWidth < P0 ? 11.5 : 13;
      e.font = `${Math.min(h, Math.max(7, i - 1))}px system-ui, sans-serif`, this.shown[n].forEach((m, d) => this.paintNode(e, n, m, s[d], l, o, i)), this.paintRest(e, n, s.at(-1), l);
    });
  }
  paintNode(e, r, n, a, s, i, o) {
    const l = this.canvas.clientWidth < P0 ? 11 : 16;
    if (e.beginPath(), e.arc(a.x, a.y, i, 0, 2 * Math.PI), e.fillStyle = this.isNodeMarked(r, n) ? this.ink("accent") : this.ink("ink"), e.fill(), o < (s === "center" ? 24 : 7)) return;
    const h = jt(this.session, r, n);
    e.textAlign = s, s === "center" ? e.fillText(Yt(h, l), a.x, a.y - i - 8) : e.fillText(Yt(h, l), a.x + (s === "left" ? 1 : -1) * (i + 5), a.y);
  }
  /** How many nodes of a level are not drawn, below those that are. */
  paintRest(e, r, n, a) {
    const s = this.session.network.widths[r] - this.shown[r].length;
    s && (e.font = "12px system-ui, sans-serif", e.fillStyle = this.ink("soft"), e.textAlign = a, e.fillText(`and ${s} more`, n.x, n.y + 18));
  }
  isNodeMarked(e, r) {
    return this.hovered !== null && "node" in this.hovered && String(this.hovered.node) === String([e, r]);
  }
  // Pointer and keys.
  find(e) {
    for (const n of this.thumbs)
      if (Math.max(Math.abs(n.x - e.x), Math.abs(n.y - e.y)) <= n.size / 2 + 1) return { edge: n.edge };
    for (let n = 0; n < this.nodes.length; n++) {
      const a = this.nodes[n].findIndex((s) => s && Math.hypot(s.x - e.x, s.y - e.y) < 9);
      if (a >= 0) return { node: [n, a] };
    }
    let r = null;
    for (const n of this.drawn.slice(0, Zr.edges)) {
      const [a, s] = this.ends(n), i = u4(e, a, s);
      i < 5 && (!r || i < r.gap - 0.5) && (r = { edge: n, gap: i });
    }
    return r && { edge: r.edge };
  }
  zoom(e, r = this.canvas.clientWidth / 2, n = this.canvas.clientHeight / 2) {
    const a = Math.min(v4, Math.max(p4, this.view.scale * e)), s = a / this.view.scale;
    this.view = { scale: a, left: r - s * (r - this.view.left), top: n - s * (n - this.view.top) }, this.move();
  }
  fit() {
    this.view = { scale: 1, left: 0, top: 0 }, this.draw();
  }
  pan(e, r) {
    this.view = { ...this.view, left: this.view.left + e, top: this.view.top + r }, this.move();
  }
  hover(e) {
    this.mark(this.find(e), e);
  }
  leave() {
    this.mark(null);
  }
  click(e) {
    const r = this.find(e);
    r && "edge" in r ? this.onChoose(r.edge) : this.mark(r, e);
  }
  mark(e, { x: r, y: n } = { x: 0, y: 0 }) {
    JSON.stringify(e) !== JSON.stringify(this.hovered) && this.draw(), this.hovered = e, this.canvas.style.cursor = e && "edge" in e ? "pointer" : "grab", this.onHover(e, r, n);
  }
  press(e) {
    const r = { "+": 1.3, "=": 1.3, "-": 0.7692307692307692 };
    if (e.key in r) this.zoom(r[e.key]);
    else if (e.key === "0") this.fit();
    else if (e.key === "ArrowDown" || e.key === "ArrowUp") this.step(e.key === "ArrowDown" ? 1 : -1);
    else return;
    e.preventDefault();
  }
  step(e) {
    const r = this.drawn.findIndex((a) => String(a) === String(this.session.chosen)), n = r < 0 ? 0 : (r + e + this.drawn.length) % this.drawn.length;
    this.onChoose(this.drawn[n]);
  }
  /** Where on the page's canvas an edge's small curve or its middle is. */
  spotOf(e) {
    return this.thumbs.find((n) => String(n.edge) === String(e)) ?? va(...this.ends(e), 0.5);
  }
  nodeAt(e, r) {
    return this.nodes[e][r];
  }
}
function _o(t, e, r, n, a, s) {
  const i = k("dl", { class: "cost" }), o = t.cost().now.shown.some((g) => g.name !== ki), l = (g, w) => k("button", { type: "button", click: w }, g), h = l("Undo", () => (t.undo(), a(`Undone. ${Se(t)}`))), m = l("Redo", () => (t.redo(), a(`Done again. ${Se(t)}`))), d = l("Start over", () => (t.setEdits([]), a("All edits are taken back. Undo brings them back."))), p = () => {
    const { now: g, before: w } = t.cost(), M = t.edits.length > 0 || t.trial !== null;
    i.replaceChildren(
      ...g.shown.map((T, A) => {
        const z = M && w.shown[A] ? Vn(T, w.shown[A]) : { now: T.value, before: "", change: "" }, D = z.change ? `${z.change}, was ${z.before}` : T.number === w.shown[A]?.number ? "unchanged" : "almost unchanged";
        return k("div", {}, k("dt", {}, T.name), k("dd", {}, z.now, M && k("span", { class: "soft" }, ` ${D}`)));
      })
    );
    const S = [h, m, d].find((T) => T === document.activeElement);
    h.disabled = !t.canUndo, m.disabled = !t.canRedo, d.disabled = !t.edits.length, S?.disabled && ([h, m, d].find((T) => !T.disabled) ?? s).focus();
  };
  return t.listen((g) => g !== "point" && g !== "choice" && p()), p(), document.addEventListener("keydown", (g) => {
    const w = g.key.toLowerCase();
    !(g.ctrlKey || g.metaKey) || !["y", "z"].includes(w) || !i.isConnected || g.target.matches?.("textarea, input[type=number], input[type=text]") || (g.preventDefault(), w === "y" || g.shiftKey ? t.redo() : t.undo(), a(Se(t)));
  }), k("header", {}, k("div", { class: "title" }, k("h1", {}, e), k("p", { class: "soft" }, o ? `${r}; scores on these rows` : r)), k("div", { class: "state" }, i, n), k("div", { class: "row" }, h, m, d, s));
}
function el(t, e, r = null) {
  const n = t.toLocaleString("en"), a = t < e ? `${n} of ${e.toLocaleString("en")} rows` : `${n} rows`;
  return r ? `${a}, ${jn("", b4(r)).value} of them in the largest class` : a;
}
function b4(t) {
  const e = /* @__PURE__ */ new Map();
  for (const r of t) e.set(r, (e.get(r) ?? 0) + 1);
  return Math.max(...e.values()) / t.length;
}
const [y4, w4] = [4e3, 60];
function tl() {
  const t = k("p", { class: "live", role: "status", "aria-live": "polite" });
  let e = 0;
  return { live: t, say: (n) => {
    clearTimeout(e), t.textContent = n, n && (e = window.setTimeout(() => t.textContent = "", y4 + w4 * n.length));
  } };
}
const x4 = 1e5;
function rl(t, e, r, n, ...a) {
  const s = k("ol", { class: "edits" }), i = k("textarea", { rows: 4, spellcheck: "false", "aria-label": "Log as JSON" }), o = () => JSON.stringify(t.log()), l = () => {
    s.replaceChildren(...t.edits.map((w) => k("li", {}, r(w))));
    const p = o(), g = p.length > x4;
    i.value = g ? "" : p, i.placeholder = g ? `The log has ${p.length.toLocaleString("en")} characters: copy or download it.` : "";
  }, h = (p, g) => k("button", { type: "button", click: g }, p), m = async () => {
    try {
      await navigator.clipboard.writeText(o()), e("Log copied.");
    } catch {
      i.closest("details").open = !0, i.value = o(), i.select(), e("Press Ctrl+C to copy the log.");
    }
  }, d = () => {
    try {
      t.load(i.value), e(`${t.edits.length} edits loaded.`);
    } catch (p) {
      e(p.message);
    }
  };
  return t.listen((p) => p === "edits" && l()), l(), Bt(
    "log",
    "Edits",
    ...a,
    s,
    k("p", { class: "soft" }, "The log repeats your edits: in Python ", k("code", {}, n), " makes the same model."),
    k("div", { class: "row" }, h("Copy", () => {
      m();
    }), h("Download", () => M4(o()))),
    k("details", {}, k("summary", {}, "The log as text, to read or to load"), i, k("div", { class: "row" }, h("Load this text", d)))
  );
}
function M4(t) {
  const e = k("a", { href: URL.createObjectURL(new Blob([t], { type: "application/json" })), download: "edits.json" });
  e.click(), setTimeout(() => URL.revokeObjectURL(e.href), 1e3);
}
const Zs = 40, k4 = 41, S4 = 120, Qr = 84, xt = { left: 40, right: 8, top: 7, bottom: 16 };
function A4(t) {
  const { payload: e } = t, r = e.output_names.map(() => k("output", {})), n = () => {
    const A = t.pointLevels.at(-1);
    r.forEach((z, D) => z.textContent = Qe(t.outputUnits(D, A[D][0]), a[D] / 10));
  }, a = t.outputs.map((A, z) => A.reduce((D, q) => Math.max(D, Math.abs(t.outputUnits(z, q))), 0)), s = t.rankedNodes(0), i = t.nodeScore(0, s[0]), o = (A) => z4(t, A, i), l = s.slice(0, Zs).map(o), h = k("div", { class: "sliders" }, ...l.map((A) => A.element)), m = s.slice(Zs), p = k("button", { type: "button", click: () => {
    const A = m.map(o);
    h.append(...A.map((z) => z.element)), l.push(...A), p.remove(), M();
  } }, `Show ${m.length} less important inputs`), g = k("select", { "aria-label": "Output that is drawn", change: () => M() });
  g.append(...e.output_names.map((A, z) => k("option", { value: z }, `Draw ${A}`)));
  const w = Ci(), M = (A = 0) => {
    const z = Number(g.value), D = [], q = () => {
      const O = T4(D);
      l.forEach((H, U) => H.draw(D[U], O, e.output_names[z]));
    };
    w(l.length, (O) => D[O] = t.response(l[O].input, z, k4), q, A);
  };
  t.listen((A) => {
    n(), A !== "choice" && M(A === "trial" ? S4 : 0);
  }), n(), new ResizeObserver(() => M()).observe(h);
  const S = k("ul", { class: "answers" }, ...e.output_names.map((A, z) => k("li", {}, k("span", { class: "name" }, A), r[z]))), T = k("p", { class: "soft" }, "Each plot shows what one input does to the output while the others stay where their sliders are.");
  return Bt("point", "Inputs and outputs", k("div", { class: "row" }, S, ...r.length > 1 ? [g] : []), T, h, ...m.length ? [p] : []);
}
function T4(t) {
  let [e, r] = [1 / 0, -1 / 0];
  for (const { y: n } of t) for (const a of n) [e, r] = [Math.min(e, a), Math.max(r, a)];
  return r > e ? [e, r] : [e - 0.5, r + 0.5];
}
function z4(t, e, r) {
  const n = t.rows.levels[0][e], [a, s] = [n.reduce((A, z) => Math.min(A, z)), n.reduce((A, z) => Math.max(A, z))], i = (A) => t.inputUnits(e, A), o = Math.max(Math.abs(i(a)), Math.abs(i(s))), l = (A) => Qe(i(A), o), h = t.payload.input_names[e], m = k("output", {}, l(t.point[e])), d = b0((A) => t.setPoint(e, A)), p = k("input", {
    type: "range",
    min: 0,
    max: 1e3,
    step: 1,
    value: s > a ? Math.round((t.point[e] - a) / (s - a) * 1e3) : 500,
    disabled: !(s > a),
    "aria-label": h,
    "aria-valuetext": l(t.point[e]),
    input: () => {
      const A = a + Number(p.value) / 1e3 * (s - a);
      m.textContent = l(A), p.setAttribute("aria-valuetext", m.textContent), d(A);
    }
  }), g = t.nodeScore(0, e), w = k("div", { class: "plot" }), M = k("div", { class: "soft" }, `importance ${Qe(g, r)}`, k("i", { style: `width:${(100 * g / (r || 1)).toFixed(1)}%` })), S = k("div", { class: "slider" }, k("div", { class: "row" }, k("span", { class: "name" }, h), m), M, w, p);
  return { input: e, element: S, draw: (A, z, D) => {
    w.replaceChildren(C4(A, z, i(t.point[e]), `${D} along ${h}`, w.clientWidth || 240));
  } };
}
function C4({ x: t, y: e }, r, n, a, s) {
  const i = Qr - xt.bottom, o = Ge([t[0], t[t.length - 1]], [xt.left, s - xt.right]), l = Ge(r, [i, xt.top]), [h, m] = [t, r].map((g) => Math.max(Math.abs(g[0]), Math.abs(g[g.length - 1]))), d = [0, t.length - 1 >> 1, t.length - 1].map((g) => `${Qe(e[g], m)} at ${Qe(t[g], h)}`), p = t.reduce((g, w, M) => Math.abs(w - n) < Math.abs(t[g] - n) ? M : g, 0);
  return G(
    "svg",
    { viewBox: `0 0 ${s} ${Qr}`, class: "chart", role: "img", "aria-label": `${a}: ${d.join(", ")}` },
    ...r.map((g) => G("line", { x1: xt.left, x2: s - xt.right, y1: l(g), y2: l(g) })),
    ...r.map((g) => G("text", { x: xt.left - 4, y: l(g), "text-anchor": "end", "dominant-baseline": "middle" }, Qe(g, m))),
    ...[0, t.length - 1].map((g, w) => G("text", { x: o(t[g]), y: Qr - 4, "text-anchor": w ? "end" : "start" }, Qe(t[g], h))),
    G("path", { class: "curve", d: t.map((g, w) => `${w ? "L" : "M"}${o(g).toFixed(1)},${l(e[w]).toFixed(1)}`).join("") }),
    G("circle", { class: "mark", cx: o(n), cy: l(e[p]), r: 3.5 })
  );
}
const Mt = { right: 10, top: 26, bottom: 34 };
function N4(t) {
  const { payload: e } = t, r = k("canvas", { class: "scatter", role: "img", "aria-label": "Predictions against what was observed" }), n = k("canvas", { class: "scatter", role: "img", "aria-label": "Residuals" }), a = (h, m) => {
    const d = k("select", { "aria-label": h, change: () => o() });
    return d.append(...m.map((p, g) => k("option", { value: g }, p))), d;
  }, s = a("Output", e.output_names), i = a("Residuals against", ["predictions", ...e.input_names]), o = b0(() => {
    const h = Number(s.value);
    Qs(r, $4(t, h)), Qs(n, E4(t, h, Number(i.value) - 1));
  });
  t.listen((h) => h !== "point" && h !== "choice" && o());
  for (const h of [r, n]) new ResizeObserver(o).observe(h);
  Ei(o);
  const l = e.output_names.length > 1 ? [k("label", {}, "Output ", s)] : [];
  return k(
    "section",
    { class: "panel residuals", "aria-label": "Residuals" },
    k("h2", {}, t.y ? "Residuals" : "Change of the outputs"),
    k("div", { class: "row" }, ...l, k("label", {}, "Residuals against ", i)),
    k("div", { class: "pair" }, r, n)
  );
}
function nl(t, e) {
  const r = t.rows.index, n = t.targets(r);
  if (n && t.payload.classes) return { values: n[0].map((s) => +(s === e)), name: "is the class" };
  const a = (s) => s.map((i) => t.outputUnits(e, i));
  return n ? { values: a(n[e]), name: "observed" } : { values: a(t.outputsBefore()[e]), name: "before" };
}
function al(t, e) {
  const { outputs: r } = t;
  return t.payload.classes ? r[e].map((n, a) => {
    const s = Math.max(...r.map((o) => o[a])), i = r.reduce((o, l) => o + Math.exp(l[a] - s), 0);
    return Math.exp(r[e][a] - s) / i;
  }) : r[e].map((n) => t.outputUnits(e, n));
}
function $4(t, e) {
  const { values: r, name: n } = nl(t, e);
  return { x: [...al(t, e)], y: [...r], xTitle: "predicted", yTitle: n, line: "diagonal" };
}
function E4(t, e, r) {
  const { values: n } = nl(t, e), a = al(t, e), s = [...n].map((h, m) => h - a[m]);
  if (r < 0) return { x: [...a], y: s, xTitle: "predicted", yTitle: "residual", line: "zero" };
  const [i, o] = t.payload.input_scaling[r];
  return { x: [...t.rows.levels[0][r]].map((h) => i * h + o), y: s, xTitle: t.payload.input_names[r], yTitle: "residual", line: "zero" };
}
function Qs(t, e) {
  if (!t.clientWidth) return;
  const { context: r, width: n, height: a } = Bi(t), s = (g) => $i(t, g), i = (g) => [Math.min(...g), Math.max(...g)], o = e.line === "zero" ? [...e.y, 0] : e.y;
  r.font = "11px system-ui, sans-serif";
  const l = Ge(i(o), [a - Mt.bottom, Mt.top]).nice(), h = 14 + Math.max(...l.ticks(5).map((g) => r.measureText(J(g)).width)), m = Ge(i(e.x), [h, n - Mt.right]).nice();
  r.strokeStyle = s("line"), r.fillStyle = s("soft"), r.textBaseline = "middle", r.textAlign = "right";
  for (const g of l.ticks(5))
    r.beginPath(), r.moveTo(h, l(g)), r.lineTo(n - Mt.right, l(g)), r.stroke(), r.fillText(J(g), h - 5, l(g));
  r.textAlign = "center";
  for (const g of m.ticks(Math.max(2, Math.floor(n / 90)))) r.fillText(J(g), m(g), a - Mt.bottom + 11);
  r.textAlign = "right", r.fillText(e.xTitle.slice(0, 40), n - Mt.right, a - 8), r.textAlign = "left", r.fillText(e.yTitle, h, 9), r.globalAlpha = 0.55, r.fillStyle = s("blue");
  for (let g = 0; g < e.x.length; g++) r.fillRect(m(e.x[g]) - 1.5, l(e.y[g]) - 1.5, 3, 3);
  r.globalAlpha = 1, r.strokeStyle = s("orange"), r.lineWidth = 1.4, r.beginPath();
  const [d, p] = [Math.max(m.domain()[0], l.domain()[0]), Math.min(m.domain()[1], l.domain()[1])];
  e.line === "zero" ? (r.moveTo(h, l(0)), r.lineTo(n - Mt.right, l(0))) : p > d && (r.moveTo(m(d), l(d)), r.lineTo(m(p), l(p))), r.stroke();
}
const B4 = 256, D4 = 1e6, R4 = 5e6, O4 = 64, I4 = 65;
class q4 extends Fi {
  constructor(e) {
    super(), this.payload = e, this.network = new qu(e), this.scores = e.scores.map((h) => Q(h).data), this.edgeList = this.listEdges(), this.rankedEdges = [...this.edgeList].sort((h, m) => this.score(h) - this.score(m));
    const r = vn(Q(e.x)), n = r[0].length;
    this.y = e.y && (e.classes ? [Q(e.y).data] : vn(Q(e.y)));
    const a = Math.max(O4, Math.min(B4, Math.floor(R4 / Math.max(this.edgeList.length, 1)))), s = Math.max(1, Math.ceil(n / a)), i = Array.from({ length: Math.ceil(n / s) }, (h, m) => m * s);
    this.changes = Ct([], this.network.layers);
    const o = Array.from({ length: n }, (h, m) => m);
    this.all = { index: o, levels: this.network.levels(r, this.changes) };
    const l = r.map((h) => Float64Array.from(i, (m) => h[m]));
    this.some = { index: i, levels: this.network.levels(l, this.changes) }, this.before = { all: this.all.levels.at(-1), some: this.some.levels.at(-1) }, this.point = r.map((h) => Float64Array.from(h).sort()[n >> 1]), this.history = new qi(ns(JSON.stringify(e.log), this.network.widths)), this.refresh();
  }
  payload;
  network;
  scores;
  y;
  chosen = null;
  point;
  changes;
  pointLevels = [];
  /** What readers call hidden nodes, by their level and place. */
  labels = /* @__PURE__ */ new Map();
  edgeList;
  all;
  some;
  before;
  firstCost = {};
  /** The levels after some edits, from which the means of edges that are removed are taken. */
  kept = null;
  rankedEdges;
  orders = /* @__PURE__ */ new WeakMap();
  replaces = !1;
  /** The frame that an edit on trial waits for; 0 for none. */
  waiting = 0;
  /** Counts changes of the edits; rows on trial of the same count and edge go on from each other. */
  trialKey = 0;
  someKey = "";
  /** The class of each row, if y holds classes. */
  get classOfRow() {
    return this.payload.classes && this.y ? this.y[0] : null;
  }
  /** The rows that charts show now: fewer while something is dragged. */
  get rows() {
    return this.trial ? this.some : this.all;
  }
  get outputs() {
    return this.rows.levels.at(-1);
  }
  // Edits.
  refresh() {
    const e = this.trial && this.replaces ? this.edits.slice(0, -1) : this.edits, r = this.trial ? [...e, this.trial] : e;
    this.changes = Ct(r, this.network.layers), this.labels = new Map(r.flatMap((o) => o.do === "label" ? [[String(o.node), o.text]] : []));
    const n = this.rows, a = this.trial && this.trial.do !== "remove" && this.trial.do !== "label" && !this.replaces ? this.trial.edge : null, s = `${this.edits.length} ${this.trialKey} ${a}`, i = a !== null && s === this.someKey;
    n.levels = i ? this.network.levelsAfter(a, n.levels, this.changes) : this.network.levels(n.levels[0], this.changes), this.trial ? this.someKey = a ? s : "" : this.kept = { edits: this.edits, changes: this.changes, levels: n.levels }, this.movePoint();
  }
  /** Shows an edit without keeping it, perhaps in the place of the last; null takes it back. */
  attempt(e, r = !1) {
    this.stopWaiting(), this.trial = e, this.replaces = r, this.refresh(), this.tell("trial");
  }
  /** Shows an edit with the next frame, unless another is shown or anything is kept before. */
  attemptSoon(e, r = !1) {
    this.stopWaiting(), this.waiting = requestAnimationFrame(() => this.attempt(e(), r));
  }
  stopWaiting() {
    this.waiting && cancelAnimationFrame(this.waiting), this.waiting = 0;
  }
  /** Keeps an edit. What was undone can't be done again then. */
  commit(e) {
    this.setEdits([...this.edits, e]);
  }
  /** Keeps several edits as one step, which undo takes back at once. */
  commitAll(e) {
    this.setEdits([...this.edits, ...e]);
  }
  /** Keeps an edit in the place of the last one, as the same step; null takes that one away. */
  exchangeLast(e) {
    this.history.exchangeLast(e), this.show();
  }
  show() {
    this.stopWaiting(), this.trialKey++, this.trial = null, this.refresh(), this.tell("edits");
  }
  /** Reads a log; throws an Error that says what is wrong with it, and changes nothing then. */
  load(e) {
    const r = ns(e, this.network.widths);
    for (const n of r)
      for (const a of Kn(n))
        if (!this.exists(a)) throw new Error(`The network has no edge ${JSON.stringify(a)}.`);
    this.setEdits(r);
  }
  log() {
    return { edgewise_edits: 1, widths: this.network.widths, edits: this.edits };
  }
  /** Takes back what was last done to an edge: the edits of others stay. */
  putBack(e) {
    const r = this.steps(e).at(-1)?.edit;
    this.setEdits(this.edits.flatMap((n) => n === r ? V1(n, e) : [n]));
  }
  /** Edges that are removed by themselves, not by the threshold's slider. */
  removedApart() {
    return j1(this.lastThreshold ? this.edits.slice(0, -1) : this.edits);
  }
  // The point of the sliders.
  setPoint(e, r) {
    this.point[e] = r, this.movePoint(), this.tell("point");
  }
  /** An output along an input's range, with the other inputs at the sliders; in the units of the data. */
  response(e, r, n) {
    const a = d0(this.all.levels[0][e], n), s = this.point.map((l, h) => h === e ? a : new Float64Array(n).fill(l)), i = (l) => this.network.levels(l, this.changes).at(-1)[r], o = this.network.readsBatch ? a.map((l, h) => i(s.map((m) => m.slice(h, h + 1)))[0]) : i(s);
    return { x: Array.from(a, (l) => this.inputUnits(e, l)), y: Array.from(o, (l) => this.outputUnits(r, l)) };
  }
  movePoint() {
    const e = this.point.map((r) => Float64Array.of(r));
    this.pointLevels = this.network.levels(e, this.changes);
  }
  /** What a reader calls a node; "" if nothing. */
  labelOf(e, r) {
    return this.labels.get(String([e, r])) ?? "";
  }
  choose(e) {
    this.chosen = e, this.tell("choice");
  }
  // Edges.
  place([e, r, n]) {
    return r * this.network.layers[e].out + n;
  }
  exists(e) {
    const r = this.network.layers[e[0]], n = this.place(e);
    return r.exists[n] || r.named.has(n);
  }
  edges() {
    return this.edgeList;
  }
  /** The edges, the least important first. */
  ranked() {
    return [...this.rankedEdges];
  }
  listEdges() {
    return this.network.layers.flatMap(
      (e, r) => Array.from({ length: e.in * e.out }, (n, a) => [
        r,
        Math.floor(a / e.out),
        a % e.out
      ]).filter((n) => this.exists(n))
    );
  }
  /** What the shown rows gave before all edits. */
  outputsBefore() {
    return this.trial ? this.before.some : this.before.all;
  }
  /** The importance of a node: that of the edges that leave it, of an output that of those that reach it. */
  nodeScore(e, r) {
    const n = e === this.network.layers.length, a = this.scores[n ? e - 1 : e], { in: s, out: i } = this.network.layers[n ? e - 1 : e];
    let o = 0;
    if (n) for (let l = 0; l < s; l++) o += a[l * i + r];
    else for (let l = 0; l < i; l++) o += a[r * i + l];
    return o;
  }
  /** The nodes of a level, the most important first. */
  rankedNodes(e) {
    const r = Array.from({ length: this.network.widths[e] }, (n, a) => this.nodeScore(e, a));
    return r.map((n, a) => a).sort((n, a) => r[a] - r[n]);
  }
  score(e) {
    return this.scores[e[0]][this.place(e)];
  }
  /** An edge's importance, to the decimals that matter beside that of the most important one. */
  scoreText(e) {
    return Qe(this.score(e), this.score(this.rankedEdges.at(-1)));
  }
  steps(e) {
    return this.changes[e[0]].get(this.place(e)) ?? [];
  }
  isRemoved(e) {
    return this.steps(e).at(-1)?.edit.do === "remove";
  }
  /** Why an edge's curve can't be changed; "" if it can. */
  obstacle([e, , r]) {
    const n = this.network.layers[e];
    return n.products.has(r) ? "This edge is a factor of a product, which can't be edited." : n.mixes ? `${n.normTitle} mixes the inputs of this layer, so this edge is no function of one of them: it can be removed only. Explore ew.surgery.unmix(model, x) to edit its curve.` : "";
  }
  /** What reaches an edge, on the axis that it is drawn over, and what it adds; row by row. */
  cloud([e, r, n], a = !0) {
    const s = this.network.layers[e], i = this.rows.levels[e], o = s.features(i), l = r * s.out + n, h = a ? this.changes[e].get(l) : void 0;
    return { x: s.axis(i)[r], y: s.editedValues(l, i, o, h) };
  }
  /** Functions for an edge, the best first. */
  suggestions(e) {
    return Wu(this, e);
  }
  /** The curve of one edge at points of one's own choice, or at so many over the range of its data. */
  curve(e, r = !0, n) {
    const a = this.network.layers[e[0]], s = this.rows.levels[e[0]];
    if (a.mixes) return this.meanCurve(e, r);
    const i = n instanceof Float64Array ? n : d0(s[e[1]], n ?? I4), o = a.edgeAt(this.place(e), i, r ? this.steps(e) : void 0);
    return { x: [...i], y: [...o] };
  }
  /** Where a normalisation mixes the inputs, an edge is the mean of what it adds, given its axis. */
  meanCurve(e, r) {
    const { x: n, y: a } = this.cloud(e, r);
    let s = this.orders.get(n);
    return s || this.orders.set(n, s = Array.from(n.keys()).sort((i, o) => n[i] - n[o])), tu(n, a, s);
  }
  // Errors.
  /** What the network as it is now costs on the data, and what it cost at first. */
  cost() {
    const e = this.trial ? this.before.some : this.before.all, r = this.trial ? "some" : "all";
    return this.firstCost[r] ??= this.costOf(e, e), { now: this.costOf(this.outputs, e), before: this.firstCost[r] };
  }
  costOf(e, r) {
    return tr(e, this.targets(this.rows.index), this.payload, r);
  }
  /** The targets of some rows, or null without any. */
  targets(e) {
    return this.y?.map((r) => Float64Array.from(e, (n) => r[n])) ?? null;
  }
  /** The rows of charts that need many costs: all of them, or of a large network those on trial. */
  get costRows() {
    return this.edgeList.length * this.all.index.length <= D4 ? this.all : this.some;
  }
  /** The cost with one more edit, on these rows. */
  costWith(e) {
    const r = this.costRows, n = e.do === "remove" && e.by === "threshold" && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, a = Ct([...n, e], this.network.layers), s = this.network.levels(r.levels[0], a), i = r === this.all ? this.before.all : this.before.some;
    return tr(s.at(-1), this.targets(r.index), this.payload, i);
  }
  /** The last edit, if the threshold's slider wrote it. */
  get lastThreshold() {
    const e = this.edits.at(-1);
    return e?.do === "remove" && e.by === "threshold" ? e : null;
  }
  /** An edit that removes these edges; each leaves what it adds on average. */
  removal(e, r) {
    const n = r && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, { changes: a, levels: s } = this.levelsAfter(n), i = e.map((l) => {
      const h = this.place(l);
      return this.network.layers[l[0]].meanOf(h, s[l[0]], a[l[0]].get(h));
    }), o = { do: "remove", edges: e, constants: i };
    return r ? { ...o, by: r } : o;
  }
  /** What all rows give after some edits; kept, since the threshold's slider asks often. */
  levelsAfter(e) {
    if (!this.kept || !fn(this.kept.edits, e)) {
      const r = Ct(e, this.network.layers);
      this.kept = { edits: e, changes: r, levels: this.network.levels(this.all.levels[0], r) };
    }
    return this.kept;
  }
  /** What each edge of a layer adds at the sliders' point, by its place. */
  signals(e) {
    const r = this.network.layers[e], n = this.pointLevels[e];
    return Float64Array.from({ length: r.in * r.out }, (a, s) => r.meanOf(s, n, this.changes[e].get(s)));
  }
  // Units.
  /** A value of an edge's axis in the units of the data. */
  toUnits(e, r, n) {
    return e || this.network.layers[0].mixes ? n : this.inputUnits(r, n);
  }
  inputUnits(e, r) {
    const [n, a] = this.payload.input_scaling[e];
    return n * r + a;
  }
  outputUnits(e, r) {
    const [n, a] = this.payload.output_scaling[e];
    return n * r + a;
  }
}
const qn = (t) => t.toLocaleDateString("en-US", { month: "short", timeZone: "UTC" }), sl = "(year)", il = "(day of the year)", F4 = "(hour)", L4 = 200;
function ga(t, e, r = zt) {
  if (t.endsWith(sl) && e > 1e3 && e < 3e3 && e % 1) {
    const [a, s] = [0, 1].map((o) => Date.UTC(Math.floor(e) + o, 0, 1)), i = new Date(a + e % 1 * (s - a) + 6e4);
    return `${qn(i)} ${i.getUTCFullYear()}`;
  }
  if (t.endsWith(F4) && e >= 0 && e <= 24) {
    const a = Math.floor(60 * e + 0.5);
    return `${Math.floor(a / 60)}:${String(a % 60).padStart(2, "0")}`;
  }
  if (!t.endsWith(il)) return r(e);
  const n = new Date(Date.UTC(2001, 0, Math.min(Math.max(Math.round(e), 1), 365)));
  return `${n.getUTCDate()} ${qn(n)}`;
}
function H4(t, e, r, n) {
  if (t.endsWith(il))
    return Array.from({ length: 12 }, (l, h) => new Date(Date.UTC(2001, h, 1))).filter((l, h) => h % (r - e > L4 ? 3 : 1) === 0).map((l) => ({ at: 1 + (l.getTime() - Date.UTC(2001, 0, 1)) / 864e5, text: qn(l) })).filter(({ at: l }) => l >= e && l <= r);
  const a = t.endsWith(sl) ? n.filter(Number.isInteger) : [];
  return (a.length > 1 ? a : n).map((s) => ({ at: s, text: ga(t, s) }));
}
const P4 = 11, qe = { left: 58, right: 14, top: 28, bottom: 40 }, _r = 320, _s = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };
class U4 {
  constructor(e, r) {
    this.session = e, this.say = r, new ResizeObserver(() => this.dragged < 0 && this.draw()).observe(this.element), e.listen((n) => {
      n === "choice" && (this.pressed = null), n === "trial" && this.dragged >= 0 ? this.follow() : n !== "point" && this.draw();
    });
  }
  session;
  say;
  element = k("div", { class: "editor" });
  frame = null;
  knots = [];
  /** What the dragged or pressed points add to the curve as it was. */
  offsets = [];
  start = new Float64Array(0);
  dragged = -1;
  curve = null;
  handles = [];
  pressed = null;
  draw() {
    const { payload: e } = this.session.effect;
    e.kind === "curve" ? this.drawCurve(e) : e.kind === "levels" ? this.drawLevels(e) : this.drawSurface(e);
  }
  // Surfaces.
  /** A map of the cells of two columns; of three, one for each cell of the third. */
  drawSurface({ kind: e, names: r, sides: n, value: a, counts: s, course: i }) {
    const [o, l] = [Q(a).data, Q(s).data], h = this.session.effect.now.edited, m = o.reduce((z, D) => Math.max(z, Math.abs(D)), 1e-300), [d, p, g = [""]] = n, w = (z, D, q) => {
      const O = (z * p.length + D) * g.length + q, H = [d[z], p[D], g[q]].slice(0, r.length).map((U, j) => `${r[j]} ${U}`);
      return G(
        "rect",
        {
          x: z,
          y: p.length - 1 - D,
          width: 1.02,
          height: 1.02,
          class: o[O] < 0 ? "cell minus" : "cell",
          "fill-opacity": (l[O] ? 1 : 0.3) * Math.abs(o[O]) / m
        },
        G("title", {}, `${H.join(", ")}: ${this.text(o[O])}, ${l[O].toLocaleString("en")} rows`)
      );
    }, M = g.map(
      (z, D) => k(
        "figure",
        {},
        g.length > 1 && k("figcaption", {}, `${r[2]} = ${z}`),
        G(
          "svg",
          { viewBox: `0 0 ${d.length} ${p.length}`, preserveAspectRatio: "none", class: "surface", role: "img", "aria-label": `${r.join(" × ")}${z && `, ${r[2]} = ${z}`}` },
          ...d.flatMap((q, O) => p.map((H, U) => w(O, U, D)))
        )
      )
    ), S = (z) => `${z[0]} to ${z.at(-1)}`, T = `To the right: ${r[0]}, ${S(d)}. Upwards: ${r[1]}, ${S(p)}. Blue adds, orange takes away; cells without rows are pale.`, A = e === "triple" ? "Surfaces of three columns stay as they are." : "Flattened, each column acts by itself.";
    this.element.replaceChildren(k("div", { class: "surfaces" }, ...h ? [] : M), k("p", {}, h ? "It is flattened." : i), k("p", { class: "soft" }, `${T} ${A}`));
  }
  // Curves.
  drawCurve(e) {
    const { now: r, first: n } = this.session.effect, a = Math.max(this.element.clientWidth, 240), [s, i] = [Q(e.low).data, Q(e.high).data], o = this.session.columns[e.columns[0]], l = this.makeFrame(e.names[0], r.at, [r.value, n.value, s, i], a);
    this.frame = l, this.knots = eu(r.at, P4);
    const h = o.filter((p) => !Number.isNaN(p)), m = [...Fn(n.at, i, l), ...Fn(n.at, s, l).reverse()].map((p) => p.join(",")).join(" ");
    this.curve = G("path", { class: "curve", d: en(r.at, r.value, l) }), this.handles = this.knots.map((p, g) => this.handleAt(p, g, l)), this.offsets = this.knots.map(() => 0), this.start = r.value;
    const d = [...this.element.querySelectorAll(".handle")].indexOf(document.activeElement);
    this.element.replaceChildren(
      G(
        "svg",
        { viewBox: `0 0 ${l.width} ${l.height}`, class: "chart", role: "group", "aria-label": `Curve of ${e.names[0]}` },
        h.length > 0 && Zn(h, [...r.at], l),
        this.axes(l, e.names[0]),
        G("polygon", { class: "band", points: m }),
        r !== n && G("path", { class: "curve first", d: en(n.at, n.value, l) }),
        this.curve,
        ...this.handles
      ),
      ...r.missing === null ? [] : [k("p", { class: "soft" }, `A missing value: ${this.text(r.missing)}.`)]
    ), d >= 0 && this.handles[d]?.focus();
  }
  makeFrame(e, r, n, a) {
    let [s, i] = [0, 0];
    for (const m of n) for (const d of m) [s, i] = [Math.min(s, d), Math.max(i, d)];
    const o = 0.08 * (i - s) || 0.5, l = Ge([r[0], r[r.length - 1]], [qe.left, a - qe.right]), h = Ge([s - o, i + o], [_r - qe.bottom, qe.top]);
    return {
      width: a,
      height: _r,
      x: (m) => l(m),
      y: (m) => h(m),
      valueAt: (m) => h.invert(m),
      low: s - o,
      high: i + o,
      xTicks: H4(e, r[0], r[r.length - 1], l.ticks(Math.max(2, Math.floor(a / 90)))).map(({ at: m, text: d }) => ({ at: l(m), text: d })),
      yTicks: (this.session.payload.link === "log" ? G4(h.domain()) : h.ticks(5)).map((m) => ({ at: h(m), text: this.text(m) }))
    };
  }
  axes(e, r) {
    return G(
      "g",
      { class: "axes", "aria-hidden": "true" },
      ...e.yTicks.map((n) => G("line", { x1: qe.left, x2: e.width - qe.right, y1: n.at, y2: n.at })),
      ...e.yTicks.map((n) => G("text", { x: qe.left - 11, y: n.at, "text-anchor": "end", "dominant-baseline": "middle" }, n.text)),
      ...e.xTicks.map((n) => G("text", { x: n.at, y: e.height - qe.bottom + 15, "text-anchor": "middle" }, n.text)),
      G("text", { x: e.width - qe.right, y: e.height - 6, "text-anchor": "end" }, Yt(r, 40)),
      G("text", { x: qe.left, y: 14 }, this.session.payload.units)
    );
  }
  /** An effect as it is told: a factor where effects multiply. */
  text(e) {
    return this.session.payload.link === "log" ? `× ${J(this.session.told(e))}` : q1(e);
  }
  valueAt(e) {
    const { at: r } = this.session.effect.now;
    return this.session.effect.now.value[r.indexOf(e)];
  }
  handleAt(e, r, n) {
    const a = this.valueAt(e);
    return Pi(n.x(e), n.y(a), {
      "aria-label": `Effect at ${ga(this.session.effect.payload.names[0], e)}`,
      "aria-valuenow": Number(a.toPrecision(4)),
      "aria-valuetext": this.text(a),
      pointerdown: (s) => this.begin(s, r),
      keydown: (s) => this.press(s, r)
    });
  }
  pixel(e) {
    const r = this.element.querySelector("svg").getBoundingClientRect();
    return (e.clientY - r.top) / r.height * _r;
  }
  begin(e, r) {
    e.preventDefault(), this.handles[r].focus(), this.pressed = null, this.dragged = r;
    const n = new AbortController(), { signal: a } = n, s = () => (n.abort(), this.end());
    addEventListener("pointermove", (i) => i.pointerId === e.pointerId && this.drag(this.pixel(i)), { signal: a }), addEventListener("pointerup", (i) => i.pointerId === e.pointerId && s(), { signal: a }), addEventListener("pointercancel", (i) => i.pointerId === e.pointerId && s(), { signal: a });
  }
  drag(e) {
    if (!this.frame) return;
    const r = this.session.effect.now.at.indexOf(this.knots[this.dragged]);
    this.offsets[this.dragged] = this.frame.valueAt(e) - this.start[r], this.session.attempt(this.session.redraw(this.bent()));
  }
  end() {
    if (this.dragged < 0) return;
    this.dragged = -1;
    const e = this.session.trial;
    if (!e) return;
    const r = this.session.commit(e);
    this.say(r ?? `Curve drawn. ${Se(this.session)}`);
  }
  /** Keys that follow each other on one curve are one step of undo. */
  press(e, r) {
    if (!(e.key in _s) || !this.frame) return;
    e.preventDefault();
    const n = this.pressed !== null && this.pressed === this.session.edits.at(-1);
    this.offsets[r] = _s[e.key] * (this.frame.high - this.frame.low);
    const a = this.session.commit(this.session.redraw(this.bent()), n);
    this.pressed = a ? null : this.session.edits.at(-1) ?? null, this.say(a ?? Se(this.session));
  }
  bent() {
    const e = dn(this.knots, this.offsets, this.session.effect.now.at);
    return this.start.map((r, n) => r + e[n]);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const { now: e } = this.session.effect, r = this.frame;
    this.curve?.setAttribute("d", en(e.at, e.value, r)), this.knots.forEach((n, a) => Jn(this.handles[a], r.x(n), r.y(this.valueAt(n))));
  }
  // Levels.
  drawLevels(e) {
    const { now: r } = this.session.effect, n = Q(e.counts).data, a = Math.max(...r.value.map(Math.abs), 1e-12), s = [...this.element.querySelectorAll("input")].indexOf(document.activeElement), i = e.levels.map((o, l) => {
      const h = o ?? "missing", m = k("input", { type: "number", step: "any", value: Number(this.session.told(r.value[l]).toPrecision(4)), "aria-label": `Effect of ${h}` });
      m.addEventListener("change", () => this.setLevel(l, Number(m.value)));
      const d = 50 * Math.abs(r.value[l]) / a, p = k("i", { class: r.value[l] < 0 ? "minus" : "", style: `width:${d}%;${r.value[l] < 0 ? "right" : "left"}:50%` });
      return k("li", {}, k("span", { class: "name" }, h), k("span", { class: "soft" }, `${zt(n[l])} rows`), k("span", { class: "bar" }, p), m);
    });
    this.element.replaceChildren(k("ul", { class: "level-list", tabindex: 0, "aria-label": `Levels of ${e.names[0]}` }, ...i)), s >= 0 && this.element.querySelectorAll("input")[s]?.focus();
  }
  setLevel(e, r) {
    const { payload: n } = this.session.effect, a = n.levels[e];
    if (!(Number.isFinite(r) && (this.session.payload.link !== "log" || r > 0))) return this.say("Expected a number, above 0 where effects are factors.");
    const i = this.session.commit(this.session.make("replace", { values: [[a, r]] }));
    this.say(i ?? `${a ?? "missing"} set. ${Se(this.session)}`);
  }
}
function G4(t) {
  const e = t.map(Math.exp);
  return (e[1] < 10 * e[0] ? Ge(e, e) : xi(e, e)).ticks(5).map(Math.log);
}
const Fn = (t, e, r) => Array.from(t, (n, a) => [r.x(n).toFixed(1), r.y(e[a]).toFixed(1)]), en = (t, e, r) => Fn(t, e, r).map((n, a) => `${a ? "L" : "M"}${n.join(",")}`).join(""), tn = (t, e, { y: r }, n) => {
  const a = Math.exp(t), s = r[e], i = n.power;
  return i === 1 ? (s > 0 ? s * (Math.log(s) - t) : 0) - (s - a) : i === 2 ? s / a - 1 - (Math.log(s) - t) : (s ** (2 - i) - s * a ** (1 - i)) / (1 - i) - (s ** (2 - i) - a ** (2 - i)) / (2 - i);
}, ei = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))), W4 = {
  poisson: tn,
  gamma: tn,
  tweedie: tn,
  negative_binomial: (t, e, { y: r }, { size: n }) => {
    const a = (r[e] + n) * Math.log((r[e] + n) / (Math.exp(t) + n));
    return (r[e] > 0 ? r[e] * (Math.log(r[e]) - t) : 0) - a;
  },
  binomial: (t, e, { y: r }) => ei(t) - r[e] * t,
  lognormal: (t, e, { y: r }) => 0.5 * (r[e] - t) ** 2,
  huber: (t, e, { y: r }, { limit: n }) => {
    const a = Math.abs(r[e] - t), s = Math.min(a, n);
    return s * (a - s / 2);
  },
  quantile: (t, e, { y: r }, { level: n, width: a }) => n * (r[e] - t) + a * ei((t - r[e]) / a),
  events: (t, e, { y: r, hazard: n, rate: a }) => Math.exp(t + n[e]) - r[e] * (t + a[e])
};
class j4 {
  constructor(e) {
    this.payload = e, this.rows = e.map((r) => Object.fromEntries(Object.entries(r.rows).map(([n, a]) => [n, Q(a).data])));
  }
  payload;
  rows;
  /** Whether the rows are times until an event. */
  get isSurvival() {
    return this.payload[0].name === "events";
  }
  /** The loss of some rows over that of the best constant for all, both as means; of events the mean itself. */
  measure(e, r) {
    const n = this.payload.map(({ name: a, parameters: s, size: i, moved: o, whole: l }, h) => {
      const m = this.rows[h];
      let [d, p] = [0, 0];
      for (let g = 0; g < r.length; g++) {
        const w = r[g];
        p += m.weight[w], d += m.weight[w] * W4[a](e[h][w] / i - o, w, m, s);
      }
      return d / p * (m.weight.reduce((g, w) => g + w, 0) / l);
    });
    return n.reduce((a, s) => a + s, 0) / n.length;
  }
  /** Harrell's C: of comparable pairs the part in which the earlier event has the higher risk. */
  concordance(e) {
    const { y: r, entry: n, time: a } = this.rows[0];
    let [s, i] = [0, 0];
    for (let o = 0; o < e.length; o++)
      if (r[o])
        for (let l = 0; l < e.length; l++)
          n[l] >= a[o] || !(a[l] > a[o] || a[l] === a[o] && !r[l]) || (i++, s += e[o] > e[l] ? 1 : e[o] === e[l] ? 0.5 : 0);
    return i ? s / i : NaN;
  }
}
function V4(t, e) {
  let r;
  try {
    r = JSON.parse(t);
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (r?.edgewise_table_edits !== 1 || !Array.isArray(r.edits) || !r.edits.every(Y4))
    throw new Error("This is no log of edits of a table that the explorer wrote.");
  if (!(JSON.stringify([r.columns, r.outputs]) === JSON.stringify([e.columns, e.outputs]))) throw new Error("This log is for another table.");
  return r;
}
const Y4 = (t) => Array.isArray(t?.feature) && typeof t.action == "string" && typeof t.options == "object" && t.options !== null, rn = 12, X4 = 0.9, ti = 4;
class K4 extends Fi {
  constructor(e) {
    super(), this.payload = e, this.columns = e.columns.map((r) => Q(r.values).data), this.rows = this.columns[0].length, this.rest = e.outputs.map((r) => Q(r.rest).data), this.effects = e.outputs.map((r) => r.effects.map(_4)), this.y = e.y && (e.classes && !this.hasLabels ? [Q(e.y).data] : vn(Q(e.y))), this.losses = e.losses && new j4(e.losses), this.first = this.state = this.predict(), this.firstCost = this.costOf(this.first);
  }
  payload;
  columns;
  effects;
  rows;
  rest;
  y;
  losses;
  first;
  firstCost;
  state;
  chosen = [0, 0];
  by = "";
  /** Whether a row has several labels, each with a probability of its own. */
  get hasLabels() {
    return this.payload.link === "logistic" && this.payload.output_names.length > 1;
  }
  /** The class of each row, if y holds classes. */
  get classOfRow() {
    return this.payload.classes && !this.hasLabels && this.y ? this.y[0] : null;
  }
  /** Whether there are targets. */
  get isJudged() {
    return this.y !== null || this.losses !== null;
  }
  get effect() {
    return this.effects[this.chosen[0]][this.chosen[1]];
  }
  choose(e, r) {
    this.chosen = [e, r], this.tell("choice");
  }
  // Edits.
  /** An edit of the chosen effect; values are on the scale of the sum. */
  make(e, r = {}) {
    const n = this.payload.output_names[this.chosen[0]];
    return { feature: this.effect.payload.names, action: e, options: r, output: n, before: null, after: null, rows: 0, by: this.by || null, on: null, note: null };
  }
  /** An edit that puts other values in the place of the chosen effect's. */
  redraw(e, r = null) {
    const { payload: n, now: a } = this.effect, s = [...e].map((i) => this.told(i));
    return n.kind === "levels" ? this.make("replace", { values: n.levels.map((i, o) => [i, s[o]]) }) : { ...this.make("replace", { at: [...a.at], values: s }), note: r };
  }
  /** Shows an edit without keeping it; null takes it back. */
  attempt(e) {
    this.trial = e, this.refresh(), this.tell("trial");
  }
  /**
   * Keeps an edit, with what it does to the loss; in the place of the last one as the same step.
   * Says why not, in words, if the effect is held to a shape that the edit would break.
   */
  commit(e, r = !1) {
    this.trial = null;
    const n = r ? this.edits.slice(0, -1) : this.edits, a = this.brokenBy([...n, e]);
    if (a)
      return this.show(), a;
    const s = this.lossAfter(n), i = this.lossAfter([...n, e]), o = { ...e, before: s, after: i, rows: this.isJudged ? this.rows : 0, on: (/* @__PURE__ */ new Date()).toISOString() };
    return r ? this.history.exchangeLast(o) : this.history.set([...this.edits, o]), this.show(), null;
  }
  /** The first shape that the last of these edits breaks, in words. */
  brokenBy(e) {
    this.apply(e);
    const n = this.effects.flatMap((a, s) => a.filter((i) => this.isOf(e[e.length - 1], i, s))).find(({ payload: a, now: s }) => !Q4(a, s))?.payload;
    return n ? `Not kept: ${n.names[0]} may only ${J4(n)}, by ${n.bend ? "convexity_cst" : "monotonic_cst"}.` : null;
  }
  show() {
    this.trial = null, this.refresh(), this.tell("edits");
  }
  refresh() {
    this.apply(this.trial ? [...this.edits, this.trial] : this.edits), this.state = this.predict();
  }
  lossAfter(e) {
    return this.isJudged ? (this.apply(e), this.lossOf(this.predict())) : null;
  }
  apply(e) {
    this.effects.forEach((r, n) => {
      for (const a of r) {
        const s = e.filter((i) => this.isOf(i, a, n));
        a.now = s.reduce((i, o) => this.follow(i, o, a.payload), a.first);
      }
    });
  }
  isOf(e, r, n) {
    const { names: a } = r.payload;
    return a.length === e.feature.length && a.every((i) => e.feature.includes(i)) && (e.output === null || e.output === this.payload.output_names[n]);
  }
  follow(e, r, n) {
    const { at: a, values: s } = r.options;
    if (r.action === "flatten") {
      const d = (p) => new Float64Array(p.length);
      return { ...e, value: d(e.value), missing: e.missing === null ? null : 0, parts: d(e.parts), edited: !0 };
    }
    const i = this.columns[n.columns[0]];
    if (n.kind === "levels") {
      const d = new Map(s.map(([M, S]) => [M, this.own(S)])), p = e.value.map((M, S) => d.get(n.levels[S]) ?? M), { levels: g } = this.payload.columns[n.columns[0]], w = e.parts.map((M, S) => d.get(g[i[S]]) ?? M);
      return { ...e, value: p, parts: w, edited: !0 };
    }
    const o = Float64Array.from(a), l = Float64Array.from(s, (d) => this.own(d)), h = r.options.missing === void 0 ? e.missing : this.own(r.options.missing), m = e.parts.map((d, p) => Number.isNaN(i[p]) ? h ?? d : e2(o, l, i[p]));
    return { at: o, value: l, missing: h, parts: m, edited: !0 };
  }
  /** An effect as explanations tell it: a factor where effects multiply. */
  told(e) {
    return this.payload.link === "log" ? Math.exp(e) : e;
  }
  own(e) {
    return this.payload.link === "log" ? Math.log(e) : e;
  }
  log() {
    return { ...this.payload.log, edits: [...this.payload.log.edits, ...this.edits] };
  }
  load(e) {
    const r = V4(e, this.payload.log), n = this.payload.log.edits;
    if (JSON.stringify(r.edits.slice(0, n.length)) !== JSON.stringify(n))
      throw new Error("This log doesn't begin with the edits that the model has already.");
    const a = r.edits.slice(n.length);
    a.forEach((s, i) => this.check(s, a.slice(0, i))), this.setEdits(a);
  }
  check(e, r) {
    const n = this.effects.flatMap((d, p) => d.filter((g) => this.isOf(e, g, p)))[0], a = `${e.action} ${e.feature.join(" × ")}`;
    if (!n) throw new Error(`The model has no effect for the edit "${a}".`);
    const { at: s, values: i } = e.options, o = Array.isArray(s) && s.length > 1 && s.length === i?.length, l = Array.isArray(i) && i.every((d) => Array.isArray(d) && Number.isFinite(d[1]));
    if (!(e.action === "flatten" && n.payload.kind !== "triple" || e.action === "replace" && (n.payload.kind === "levels" ? l : n.payload.kind === "curve" && o))) throw new Error(`The page can't repeat the edit "${a}"; Python's replay can.`);
    const m = this.brokenBy([...r, e]);
    if (this.refresh(), m) throw new Error(m);
  }
  // Predictions and what they cost.
  predict() {
    const e = this.effects.map((r, n) => {
      const a = Float64Array.from(this.rest[n]);
      for (const { now: s } of r) for (let i = 0; i < a.length; i++) a[i] += s.parts[i];
      return a;
    });
    return { sums: e, told: this.tellAll(e) };
  }
  /** Targets, or the probability of each output's class. */
  tellAll(e) {
    const { link: r, scales: n, bounds: a, rising: s } = this.payload;
    if (r === "logistic") return e.map((h) => h.map((m) => 1 / (1 + Math.exp(-m))));
    if (r === "softmax") {
      const h = e[0].map((m, d) => e.reduce((p, g) => p + Math.exp(g[d]), 0));
      return e.map((m) => m.map((d, p) => Math.exp(d) / h[p]));
    }
    const [i, o] = [a[0] ?? -1 / 0, a[1] ?? 1 / 0], l = e.map(
      (h, m) => h.map((d) => {
        const [p, g] = n[m];
        return Math.min(Math.max(p + (r === "log" ? g * Math.exp(d) : d), i), o);
      })
    );
    return s && l[0].forEach((h, m) => Float64Array.from(l, (d) => d[m]).sort().forEach((d, p) => l[p][m] = d)), l;
  }
  /** The predictions of the rows now, one column an output. */
  get predictions() {
    return this.state.told;
  }
  /** Those when the page was opened. */
  get before() {
    return this.first.told;
  }
  /** What a row costs: squared errors, or minus the logarithm of its class's share, or the mean of its labels'. */
  lossAt(e, r) {
    const n = this.y;
    if (this.payload.link === "logistic") {
      const a = e.map((s, i) => n[i][r] ? s[r] : 1 - s[r]);
      return a.reduce((s, i) => s - Math.log(Math.max(i, 1e-15)), 0) / a.length;
    }
    return this.payload.classes ? -Math.log(Math.max(e[n[0][r]][r], 1e-15)) : e.reduce((a, s, i) => a + (s[r] - n[i][r]) ** 2, 0) / e.length;
  }
  lossOf({ sums: e, told: r }, n = Array.from({ length: this.rows }, (a, s) => s)) {
    if (this.losses) return this.losses.measure(e, n);
    let a = 0;
    for (let s = 0; s < n.length; s++) a += this.lossAt(r, n[s]);
    return a / n.length;
  }
  cost() {
    return { now: this.costOf(this.state), before: this.firstCost };
  }
  costOf(e) {
    const { told: r, sums: n } = e;
    if (!this.isJudged) return this.changeOf(r);
    const a = this.lossOf(e);
    if (this.losses?.isSurvival) return { loss: a, shown: [Ke("C-index", this.losses.concordance(n[0])), Ke(this.lossName, a)] };
    if (this.losses || !this.y) return { loss: a, shown: [this.shownOf(a)] };
    if (this.payload.classes) {
      const o = this.y[0].reduce((l, h, m) => l + Number(this.isRight(r, m)), 0) / this.rows;
      return { loss: a, shown: [jn(this.hasLabels ? "All labels right" : "Accuracy", o), Ke("Log loss", a)] };
    }
    const s = this.y.reduce((o, l) => o + nn(l), 0) / this.y.length, i = [Ke("RMSE", Math.sqrt(a))];
    return s > 0 && i.unshift(Ke("R²", 1 - a / s)), { loss: a, shown: i };
  }
  /** Whether the likeliest class is the row's, or that of every label. */
  isRight(e, r) {
    const n = this.y;
    return this.payload.link === "logistic" ? e.every((a, s) => +(a[r] > 0.5) === n[s][r]) : e.reduce((a, s, i) => s[r] > e[a][r] ? i : a, 0) === n[0][r];
  }
  changeOf(e) {
    const r = this.first?.told ?? e, n = e.reduce((i, o, l) => i + o.reduce((h, m, d) => h + (m - r[l][d]) ** 2, 0), 0), a = r.reduce((i, o) => i + nn(o) * o.length, 0), s = a > 0 ? Math.sqrt(n / a) : Math.sqrt(n);
    return { loss: s, shown: [Si(s)] };
  }
  /** The loss of some rows as people read it. */
  shownLoss(e, r) {
    return this.isJudged ? this.shownOf(this.lossOf(r === "now" ? this.state : this.first, e)).value : "–";
  }
  /** A loss in the measure of the header: RMSE, log loss, or the explained part of the deviance. */
  shownOf(e) {
    const r = this.payload.classes || this.losses?.isSurvival;
    return Ke(this.lossName, this.isExplained ? 1 - e : r ? e : Math.sqrt(e));
  }
  get isExplained() {
    return this.losses !== null && !this.losses.isSurvival;
  }
  get lossName() {
    return this.losses ? this.losses.isSurvival ? "−log L" : "D²" : this.payload.classes ? "Log loss" : "RMSE";
  }
  // Whom edits affect.
  /** How predictions of the chosen output moved since the page was opened. */
  affected(e = [...this.predictions[0].keys()]) {
    const [r, n] = [this.predictions[this.chosen[0]], this.before[this.chosen[0]]], a = { rows: 0, rising: 0, mean: 0, size: 0, largest: 0 }, s = this.step / 2;
    for (const i of e) {
      const o = r[i] - n[i];
      a.mean += o / e.length, !(Math.abs(o) < s) && (a.rows++, a.rising += +(o > 0), a.size += Math.abs(o), a.largest = Math.max(a.largest, Math.abs(o)));
    }
    return a.rows && (a.size /= a.rows), a;
  }
  /** The step to which predictions of the chosen output are told; less is no change. */
  get step() {
    return this.payload.classes ? 1e-3 : Ai(Math.sqrt(nn(this.before[this.chosen[0]])));
  }
  /** A change of predictions in words: of a probability in points of a hundred. */
  changeText(e) {
    const r = Math.abs(e) < this.step / 2 ? 0 : e;
    return this.payload.classes ? `${J(100 * r)} points` : J(r);
  }
  /** Whether a column has another value in nearly every row and so groups nothing: a name or a number of rows. */
  isIdentifier(e) {
    const r = this.columns[e];
    return (this.payload.columns[e].levels !== null || r.every((a) => Number.isInteger(a) || Number.isNaN(a))) && new Set(r).size > X4 * r.length;
  }
  /** Rows by a column: its levels, the most frequent first, or quarters of its numbers. */
  groups(e) {
    const { levels: r } = this.payload.columns[e], n = this.columns[e], s = r ? (l) => r[l] ?? "missing" : t2(n, (l) => ga(this.payload.columns[e].name, l, J)), i = /* @__PURE__ */ new Map();
    n.forEach((l, h) => {
      const m = s(l);
      i.has(m) || i.set(m, []), i.get(m).push(h);
    });
    const o = [...i].map(([l, h]) => ({ name: l, rows: h }));
    return r ? (o.sort((l, h) => h.rows.length - l.rows.length), o.length <= rn ? o : [...o.slice(0, rn), { name: "others", rows: o.slice(rn).flatMap((l) => l.rows) }]) : o.sort((l, h) => +(l.name === "missing") - +(h.name === "missing") || n[l.rows[0]] - n[h.rows[0]]);
  }
}
const J4 = ({ sign: t, bend: e }) => [t && (t > 0 ? "rise" : "fall"), e && (e > 0 ? "bend upwards" : "bend downwards")].filter(Boolean).join(" and "), Z4 = 1e-10;
function Q4(t, { at: e, value: r }) {
  const { sign: n, bend: a } = t;
  if (!n && !a) return !0;
  const s = t.kind === "levels", i = s ? r.filter((d, p) => t.levels[p] !== null) : r, o = Z4 * Math.max(...i.map(Math.abs), 1e-300), l = [...i.slice(1)].map((d, p) => [d - i[p], s ? 1 : e[p + 1] - e[p]]), h = !n || l.every(([d]) => n * d >= -o), m = l.map(([d, p]) => d / p);
  return h && (!a || m.slice(1).every((d, p) => a * (d - m[p]) * Math.min(l[p][1], l[p + 1][1]) >= -o));
}
function _4(t) {
  const e = Q(t.parts).data, r = new Float64Array(0), n = t.kind === "curve" || t.kind === "levels" ? Q(t.value).data : r, s = { at: t.kind === "curve" ? Q(t.at).data : r, value: n, missing: t.kind === "curve" ? t.missing : null, parts: e, edited: t.edited };
  return { payload: t, first: s, now: s };
}
function e2(t, e, r) {
  const n = t.length - 1;
  if (r <= t[0]) return e[0];
  if (r >= t[n]) return e[n];
  let [a, s] = [0, n];
  for (; s - a > 1; ) {
    const i = a + s >> 1;
    t[i] <= r ? a = i : s = i;
  }
  return e[a] + (r - t[a]) / (t[s] - t[a]) * (e[s] - e[a]);
}
function nn(t) {
  const e = t.reduce((r, n) => r + n, 0) / t.length;
  return t.reduce((r, n) => r + (n - e) ** 2, 0) / t.length;
}
function t2(t, e) {
  const r = t.filter((s) => !Number.isNaN(s)).sort();
  if (!r.length) return () => "missing";
  const n = Array.from({ length: ti + 1 }, (s, i) => r[Math.min(r.length - 1, Math.floor(i / ti * r.length))]), a = [...new Set(n)];
  return (s) => {
    if (Number.isNaN(s)) return "missing";
    if (a.length < 2) return e(a[0]);
    const i = Math.min(a.length - 2, Math.max(0, a.findLastIndex((o) => o <= s)));
    return `${e(a[i])} to ${e(a[i + 1])}`;
  };
}
const ol = "edgewise-tour";
function ll(t, e) {
  const r = k("button", { type: "button", click: () => l(0) }, r2() ? "Tour" : `Tour (${e.length} steps)`), n = k("p"), a = k("button", { type: "button" }), s = k("div", { class: "tour", role: "dialog", "aria-label": "Tour" }, n, k("div", { class: "row" }, a, k("button", { type: "button", click: () => h() }, "Close")));
  let i = 0;
  const o = () => e.filter(([m]) => t.querySelector(m)), l = (m) => {
    i = m, t.querySelector(".toured")?.classList.remove("toured");
    const d = o(), p = t.querySelector(d[m][0]);
    n.textContent = d[m][1], a.textContent = m + 1 < d.length ? `Next (${m + 1} of ${d.length})` : "Done", p.classList.add("toured"), p.prepend(s), s.scrollIntoView({ block: "center" }), a.focus({ preventScroll: !0 });
  }, h = () => {
    s.remove(), t.querySelector(".toured")?.classList.remove("toured"), n2(), r.textContent = "Tour", r.focus();
  };
  return a.addEventListener("click", () => i + 1 < o().length ? l(i + 1) : h()), s.addEventListener("keydown", (m) => m.key === "Escape" && h()), r;
}
function r2() {
  try {
    return localStorage.getItem(ol) !== null;
  } catch {
    return !1;
  }
}
function n2() {
  try {
    localStorage.setItem(ol, "1");
  } catch {
  }
}
const a2 = 12, s2 = [
  [".list", "These are the model's effects, the most important first. Choose one."],
  [".edge", "Drag a point of the curve, flatten a range, make it rise or fall, or set a level. The error at the top follows."],
  [".affected", "This says whose predictions an edit changes, and what it does to the error in every group."],
  [".log", "Every edit is written down with your name. Undo takes it back, and Python repeats it."]
];
function i2(t, e) {
  const r = new K4(e), { live: n, say: a } = tl();
  return r.listen(() => a("")), t.classList.add("edgewise"), t.replaceChildren(
    _o(r, e.title, el(r.rows, e.rows, r.classOfRow), n, a, ll(t, s2)),
    k("div", { class: "main table" }, o2(r), l2(r, a)),
    k("div", { class: "more" }, m2(r), rl(r, a, (s) => g2(r, s), "model.replay(log)", v2(r)))
  ), { session: r };
}
function o2(t) {
  const { payload: e } = t, r = k("ul", { class: "effects" });
  let n = !1;
  const a = () => {
    const [o, l] = t.chosen, h = t.effects[o], m = Math.max(...h.map((g) => g.payload.importance), 1e-300), d = n ? h : h.slice(0, a2), p = [...r.querySelectorAll("button")].indexOf(document.activeElement);
    r.replaceChildren(
      ...d.map(
        ({ payload: g, now: w }, M) => k(
          "li",
          {},
          k(
            "button",
            { type: "button", "aria-pressed": M === l ? "true" : "false", click: () => (t.choose(o, M), s()) },
            k("span", { class: "name" }, g.names.join(" × "), w.edited && k("span", { class: "soft" }, " edited")),
            k("i", { style: `width:${(100 * g.importance / m).toFixed(1)}%` })
          )
        )
      ),
      ...h.length > d.length ? [k("li", {}, k("button", { type: "button", click: () => (n = !0, a()) }, h.length - d.length === 1 ? "One less important" : `${h.length - d.length} less important ones`))] : []
    ), p >= 0 && r.querySelectorAll("button")[p]?.focus();
  }, s = () => {
    const o = r.closest(".edgewise"), [l, h] = [o.querySelector(".edge"), o.querySelector("header")], { top: m } = l.getBoundingClientRect();
    m > innerHeight / 2 && scrollBy(0, m - (getComputedStyle(h).position === "sticky" ? h.clientHeight : 0));
  };
  t.listen((o) => (o === "edits" || o === "choice") && a()), a();
  const i = k("select", { "aria-label": "Target, label or class", change: () => t.choose(Number(i.value), 0) });
  return i.append(...e.output_names.map((o, l) => k("option", { value: l }, o))), Bt("list", "Effects", ...e.output_names.length > 1 ? [i] : [], r);
}
function l2(t, e) {
  const r = new U4(t, e), n = k("h2"), a = k("div", { class: "tools" }), s = k("p", { class: "soft keys" }), i = () => {
    const { kind: o, names: l } = t.effect.payload;
    n.textContent = l.join(" × "), s.textContent = `Keys: ${o === "curve" ? "on a point of the curve ↑ ↓ move it. " : ""}Ctrl+Z undoes.`, G0(a, ...u2(t, e));
  };
  return t.listen((o) => (o === "edits" || o === "choice") && i()), i(), r.draw(), k("section", { class: "panel edge", "aria-label": "Effect" }, n, r.element, a, s);
}
function u2(t, e) {
  const { payload: r, now: n } = t.effect, a = (p, g, w) => k("button", { type: "button", title: w, click: g }, p), s = (p, g) => {
    const w = t.commit(p);
    e(w ?? `${g}. ${Se(t)}`);
  }, i = a("Flatten", () => s(t.make("flatten"), "Flattened"), "Takes the effect away.");
  if (r.kind === "triple") return [];
  if (r.kind !== "curve") return [k("div", { class: "row" }, i)];
  const o = Yt(r.names[0], 80), l = (p, g) => {
    const w = h2(t, p);
    Ii(w, [...n.value]) ? e(`This curve is ${g} already.`) : s(t.redraw(w, `made ${o} ${g}`), `Made ${g}`);
  }, h = k("input", { type: "number", step: "any", "aria-label": "From", value: Number(n.at[0].toPrecision(4)) }), m = k("input", { type: "number", step: "any", "aria-label": "To", value: Number(n.at[n.at.length - 1].toPrecision(4)) }), d = () => {
    const [p, g] = [Number(h.value), Number(m.value)], w = c2(t, p, g);
    p >= g ? e("'From' must be less than 'to'.") : w ? s(t.redraw(w, `flattened ${o} from ${zt(p)} to ${zt(g)}`), "Range flattened") : e(`The curve goes from ${zt(n.at[0])} to ${zt(n.at[n.at.length - 1])}: choose a range in it.`);
  };
  return [
    k(
      "div",
      { class: "row" },
      i,
      a("Make increasing", () => l(1, "increasing"), "Replaces the curve by the nearest increasing one."),
      a("Make decreasing", () => l(-1, "decreasing"), "Replaces the curve by the nearest decreasing one.")
    ),
    k("div", { class: "row clip" }, k("span", {}, "From"), h, k("span", {}, "to"), m, a("Flatten this range", d, "Replaces the curve there by the average over its rows."))
  ];
}
function ul(t) {
  const { payload: e, now: r } = t.effect, n = [...r.at].map(() => 0.1);
  for (const a of t.columns[e.columns[0]]) {
    if (Number.isNaN(a)) continue;
    let s = 0;
    r.at.forEach((i, o) => Math.abs(i - a) < Math.abs(r.at[s] - a) && (s = o)), n[s]++;
  }
  return n;
}
function h2(t, e) {
  const r = [...t.effect.now.value].map((n) => e * n);
  return Oi(r, ul(t)).map((n) => e * n);
}
function c2(t, e, r) {
  const { at: n, value: a } = t.effect.now, s = ul(t);
  let [i, o] = [0, 0];
  return n.forEach((l, h) => {
    l < e || l > r || (i += s[h] * a[h], o += s[h]);
  }), o ? [...a].map((l, h) => n[h] >= e && n[h] <= r ? i / o : l) : null;
}
function m2(t) {
  const { payload: e } = t, r = k("p", { class: "told" }), n = k("tbody"), a = k("tr");
  let s = !1;
  const i = k("select", { "aria-label": "Groups by", change: () => (s = !0, o()) });
  i.append(...e.columns.map((h, m) => k("option", { value: m }, h.name)));
  const o = () => {
    s || (i.value = String(d2(t))), r.textContent = f2(t);
    const [h, m] = [`${t.lossName} before`, "after"];
    a.replaceChildren(...["Group", "Rows", "Changed", "Mean change", h, m].map((d, p) => k("th", { scope: "col", class: p ? "number" : "" }, d))), n.replaceChildren(
      ...t.groups(Number(i.value)).map(({ name: d, rows: p }) => {
        const g = t.affected(p), w = [p.length.toLocaleString("en"), g.rows.toLocaleString("en"), g.rows ? p2(t, g.mean) : "0", t.shownLoss(p, "before"), t.shownLoss(p, "now")];
        return k("tr", {}, k("th", { scope: "row" }, d), ...w.map((M) => k("td", { class: "number" }, M)));
      })
    );
  };
  t.listen(o), o();
  const l = k("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Groups" }, k("table", {}, k("thead", {}, a), n));
  return Bt("affected", "Who is affected", r, k("label", {}, "Groups by ", i), l);
}
function d2(t) {
  const e = [...t.effect.payload.columns, ...t.payload.columns.keys()];
  return e.find((r) => !t.isIdentifier(r)) ?? e[0];
}
function f2(t) {
  const { rows: e, rising: r, size: n, largest: a } = t.affected();
  if (!e) return "No prediction has changed.";
  const s = t.rows.toLocaleString("en"), i = e === t.rows ? `All ${s} predictions` : `${e.toLocaleString("en")} of ${s} predictions`, o = r > 0 && r < e;
  return `${i} ${o ? "change" : r ? "rise" : "fall"}, by ${t.changeText(n)} on average${o ? " (either way)" : ""}, by ${t.changeText(a)} at most.`;
}
const p2 = (t, e) => `${e > 0 ? "+" : ""}${t.changeText(e)}`.replace(/^\+0(?= |$)/, "0");
function v2(t) {
  const e = k("input", { type: "text", maxlength: 80, autocomplete: "off", input: () => {
    t.by = e.value.trim();
  } });
  return k("label", { class: "row" }, "Your name, for the log ", e);
}
function g2(t, e) {
  const r = e.feature.join(" × "), n = e.options.values, a = Array.isArray(n?.[0]) && n.length === 1 ? n[0] : null, s = e.note ? `${e.note[0].toUpperCase()}${e.note.slice(1)}` : `Drew ${r}`;
  return `${e.action === "flatten" ? `Flattened ${r}` : a ? `Set ${r} ${a[0] ?? "missing"} to ${zt(a[1])}` : s}${e.output === null ? "" : ` for ${e.output}`}${b2(t, e)}${e.by ? `, by ${e.by}` : ""}`;
}
function b2(t, { before: e, after: r }) {
  if (e === null || r === null) return "";
  const [n, a] = [e, r].map((i) => t.shownOf(i)), s = Vn(a, n);
  return `, ${t.lossName} ${s.before} → ${s.now}${s.change ? ` (${s.change})` : ""}`;
}
const y2 = [
  [".network", "Every line is an edge with a curve of its own, and wide ones matter most. Blue adds, orange takes away. Drag the picture to move it; + and − zoom."],
  [".point", "Move a slider, and see what an input does to the output. Each plot shows the output along one input."],
  [".edge", "This is the edge that you chose. Drag a point of its curve and watch the error at the top, or fix a function on it."],
  [".formulas", "This is what the network computes. Name all edges, and it becomes a formula."],
  [".log", "Every edit is written down here. Undo takes it back, and Python repeats it."]
];
function hl(t, e) {
  return e.kind === "table" ? i2(t, e) : w2(t, e);
}
function w2(t, e) {
  const r = new q4(e), { live: n, say: a } = tl(), s = new g4(r), i = new r4(r, a), o = k("div", { class: "tip", "aria-hidden": "true" });
  o.hidden = !0, s.onHover = (d, p, g) => A2(r, s, o, d, p, g), s.onChoose = (d) => {
    r.choose(d), a(Q1(r, d));
  }, r.listen((d) => {
    d !== "choice" && a(""), d === "point" ? (s.refreshSignals(), s.startFlow()) : d === "edits" ? s.refreshCurves() : d === "trial" && r.trial?.do === "bend" ? s.refreshCurve(r.trial.edge) : d === "trial" ? s.refreshSignals() : s.draw();
  });
  const l = `${e.output_names.slice(0, 3).join(", ")}${e.output_names.length > 3 ? ", …" : ""}`, h = `KAN [${e.widths.join(", ")}], ${r.edges().length.toLocaleString("en")} edges, ${el(r.rows.index.length, e.rows, r.classOfRow)}`;
  t.classList.add("edgewise"), t.replaceChildren(
    _o(r, l, h, n, a, ll(t, y2)),
    k(
      "div",
      { class: "main" },
      k(
        "div",
        { class: "column" },
        k("section", { class: "panel network", "aria-label": "Network" }, x2(r, s), k("div", { class: "stage" }, s.canvas, o), M2(r, s)),
        A4(r)
      ),
      i.element
    ),
    k("div", { class: "more" }, Qc(r, a), ...[_c(r, a) ?? []].flat(), Jc(r, a), N4(r), rl(r, a, (d) => e4(r, d), "ew.explorer.apply_edits(model, log)"))
  );
  const m = r.ranked().at(-1);
  return m && r.choose(m), { session: r, graph: s };
}
function x2(t, e) {
  const r = k("select", { "aria-label": "What edges show" }, k("option", { value: "signal" }, "Signal at the sliders"), k("option", { value: "importance" }, "Importance"));
  r.addEventListener("change", () => {
    e.mode = r.value, e.draw();
  });
  const n = (a, s, i) => k("button", { type: "button", "aria-label": s, title: s, click: i }, a);
  return k(
    "div",
    { class: "row graph-tools" },
    r,
    ...S2(t, e),
    k("span", { class: "key" }, k("i", { class: "plus" }), "adds", k("i", { class: "minus" }), "takes away"),
    k("span", { class: "zooms" }, n("+", "Zoom in", () => e.zoom(1.4)), n("−", "Zoom out", () => e.zoom(1 / 1.4)), n("Fit", "Fit all into view", () => e.fit()))
  );
}
function M2(t, e) {
  const r = k("span");
  return e.onPaint = (a, s) => {
    const i = t.edges().filter((l) => t.isRemoved(l)).length, o = k2(t.edges().length, a, s, i);
    r.textContent !== o && (r.textContent = o);
  }, k("p", { class: "soft notes" }, r, k("span", { class: "keys" }, "Keys: ↑ ↓ choose the next edge, + − zoom, 0 shows all. On a point of a curve ↑ ↓ move it. Ctrl+Z undoes."));
}
function k2(t, e, r, n) {
  const a = t.toLocaleString("en");
  if (n && e === t && r >= t - n) return `All ${a} edges are drawn, ${n} of them without a curve: removed. `;
  const s = e < t ? `${e.toLocaleString("en")} of ${a} edges are drawn, the most important` : `All ${a} edges are drawn`;
  return r < e ? `${s}, ${r} with their curve: zoom in to see more. ` : `${s}. `;
}
function S2(t, e) {
  const { widths: r } = t.network, n = (l) => l.map((h, m) => k("option", { value: m }, h)), a = [In, 100, 1 / 0].filter((l) => l === 1 / 0 || l < Math.max(...r)), s = k("select", { "aria-label": "Which layers are drawn" }, ...n(["All layers", ...r.slice(1).map((l, h) => `Layer ${h}: ${r[h]} → ${l}`)])), i = k("select", { "aria-label": "How many nodes are drawn" }, ...n(a.map((l) => l === 1 / 0 ? "All nodes" : `The ${l} strongest nodes a layer`))), o = () => e.show(Number(s.value) ? Number(s.value) - 1 : null, e.isLarge ? a[Number(i.value)] : 1 / 0);
  for (const l of [s, i]) l.addEventListener("change", o);
  return [...r.length > 2 ? [s] : [], ...e.isLarge ? [i] : []];
}
function A2(t, e, r, n, a, s) {
  if (r.hidden = !n, !n) return;
  const i = JSON.stringify(n);
  (r.dataset.key !== i || t.trial) && (r.dataset.key = i, r.replaceChildren(..."edge" in n ? T2(t, n.edge) : z2(t, n.node)));
  const { clientWidth: o, clientHeight: l } = e.canvas;
  r.style.left = `${Math.max(4, Math.min(a + 14, o - r.offsetWidth - 4))}px`, r.style.top = `${s + 18 + r.offsetHeight > l ? Math.max(4, s - r.offsetHeight - 12) : s + 18}px`;
}
function T2(t, e) {
  return [
    k("strong", {}, Vt(t, e)),
    k("span", { class: "soft" }, ` importance ${t.scoreText(e)}`),
    au(t, e)
  ];
}
function z2(t, [e, r]) {
  const n = t.rows.levels[e][r], a = (m) => e === 0 ? t.toUnits(0, r, m) : e === t.network.layers.length ? t.outputUnits(r, m) : m, s = [n.reduce((m, d) => Math.min(m, d)), n.reduce((m, d) => Math.max(m, d))].map(a).sort((m, d) => m - d), i = a(n.reduce((m, d) => m + d, 0) / n.length), o = t.nodeScore(e, r), l = a(t.pointLevels[e][r][0]), h = [`importance ${J(o)}`, `from ${J(s[0])} to ${J(s[1])}, mean ${J(i)}`, `now ${J(l)}`];
  return [k("strong", {}, jt(t, e, r)), ...h.map((m) => k("div", { class: "soft" }, m)), C2(n, a)];
}
function C2(t, e) {
  const r = t.map(e), [n, a] = [r.reduce((o, l) => Math.min(o, l)), r.reduce((o, l) => Math.max(o, l))], s = new Array(28).fill(0);
  for (const o of r) s[a > n ? Math.min(27, Math.floor((o - n) / (a - n) * 28)) : 14]++;
  const i = Math.max(...s);
  return k("div", { class: "bars" }, ...s.map((o) => k("i", { style: `height:${(100 * o / i).toFixed(0)}%` })));
}
function N2({ model: t, el: e }) {
  const r = k("div");
  e.append(r);
  const n = hl(r, t.get("payload")).session;
  n.listen((a) => {
    a === "edits" && (t.set("log", n.log()), t.save_changes());
  }), t.on("change:log", () => {
    const a = JSON.stringify(t.get("log"));
    a !== JSON.stringify(n.log()) && n.load(a);
  });
}
const $2 = { render: N2 }, an = document.getElementById("edgewise-explorer"), ri = document.getElementById("edgewise-payload");
if (an && ri) {
  const t = hl(an, JSON.parse(ri.textContent ?? ""));
  Object.assign(an, { explorer: t });
}
export {
  $2 as default
};
