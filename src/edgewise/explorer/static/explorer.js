/* sources 7cf80d4ac025b257ebb02e949aeffe858cee2607684205593f31266ad1233387 */
function Nt(t, e) {
  return t == null || e == null ? NaN : t < e ? -1 : t > e ? 1 : t >= e ? 0 : NaN;
}
function t1(t, e) {
  return t == null || e == null ? NaN : e < t ? -1 : e > t ? 1 : e >= t ? 0 : NaN;
}
function fs(t) {
  let e, r, a;
  t.length !== 2 ? (e = Nt, r = (o, l) => Nt(t(o), l), a = (o, l) => t(o) - l) : (e = t === Nt || t === t1 ? t : r1, r = t, a = t);
  function n(o, l, h = 0, d = o.length) {
    if (h < d) {
      if (e(l, l) !== 0) return d;
      do {
        const p = h + d >>> 1;
        r(o[p], l) < 0 ? h = p + 1 : d = p;
      } while (h < d);
    }
    return h;
  }
  function s(o, l, h = 0, d = o.length) {
    if (h < d) {
      if (e(l, l) !== 0) return d;
      do {
        const p = h + d >>> 1;
        r(o[p], l) <= 0 ? h = p + 1 : d = p;
      } while (h < d);
    }
    return h;
  }
  function i(o, l, h = 0, d = o.length) {
    const p = n(o, l, h, d - 1);
    return p > h && a(o[p - 1], l) > -a(o[p], l) ? p - 1 : p;
  }
  return { left: n, center: i, right: s };
}
function r1() {
  return 0;
}
function a1(t) {
  return t === null ? NaN : +t;
}
const n1 = fs(Nt), s1 = n1.right;
fs(a1).center;
const i1 = Math.sqrt(50), o1 = Math.sqrt(10), l1 = Math.sqrt(2);
function It(t, e, r) {
  const a = (e - t) / Math.max(0, r), n = Math.floor(Math.log10(a)), s = a / Math.pow(10, n), i = s >= i1 ? 10 : s >= o1 ? 5 : s >= l1 ? 2 : 1;
  let o, l, h;
  return n < 0 ? (h = Math.pow(10, -n) / i, o = Math.round(t * h), l = Math.round(e * h), o / h < t && ++o, l / h > e && --l, h = -h) : (h = Math.pow(10, n) * i, o = Math.round(t / h), l = Math.round(e / h), o * h < t && ++o, l * h > e && --l), l < o && 0.5 <= r && r < 2 ? It(t, e, r * 2) : [o, l, h];
}
function u1(t, e, r) {
  if (e = +e, t = +t, r = +r, !(r > 0)) return [];
  if (t === e) return [t];
  const a = e < t, [n, s, i] = a ? It(e, t, r) : It(t, e, r);
  if (!(s >= n)) return [];
  const o = s - n + 1, l = new Array(o);
  if (a)
    if (i < 0) for (let h = 0; h < o; ++h) l[h] = (s - h) / -i;
    else for (let h = 0; h < o; ++h) l[h] = (s - h) * i;
  else if (i < 0) for (let h = 0; h < o; ++h) l[h] = (n + h) / -i;
  else for (let h = 0; h < o; ++h) l[h] = (n + h) * i;
  return l;
}
function Hr(t, e, r) {
  return e = +e, t = +t, r = +r, It(t, e, r)[2];
}
function h1(t, e, r) {
  e = +e, t = +t, r = +r;
  const a = e < t, n = a ? Hr(e, t, r) : Hr(t, e, r);
  return (a ? -1 : 1) * (n < 0 ? 1 / -n : n);
}
function Pe(t, e, r) {
  t.prototype = e.prototype = r, r.constructor = t;
}
function it(t, e) {
  var r = Object.create(t.prototype);
  for (var a in e) r[a] = e[a];
  return r;
}
function ue() {
}
var Me = 0.7, Ie = 1 / Me, Ee = "\\s*([+-]?\\d+)\\s*", Qe = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*", L0 = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*", c1 = /^#([0-9a-f]{3,8})$/, m1 = new RegExp(`^rgb\\(${Ee},${Ee},${Ee}\\)$`), d1 = new RegExp(`^rgb\\(${L0},${L0},${L0}\\)$`), f1 = new RegExp(`^rgba\\(${Ee},${Ee},${Ee},${Qe}\\)$`), p1 = new RegExp(`^rgba\\(${L0},${L0},${L0},${Qe}\\)$`), v1 = new RegExp(`^hsl\\(${Qe},${L0},${L0}\\)$`), g1 = new RegExp(`^hsla\\(${Qe},${L0},${L0},${Qe}\\)$`), Xa = {
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
Pe(ue, _e, {
  copy(t) {
    return Object.assign(new this.constructor(), this, t);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: Ya,
  // Deprecated! Use color.formatHex.
  formatHex: Ya,
  formatHex8: b1,
  formatHsl: y1,
  formatRgb: Ka,
  toString: Ka
});
function Ya() {
  return this.rgb().formatHex();
}
function b1() {
  return this.rgb().formatHex8();
}
function y1() {
  return ps(this).formatHsl();
}
function Ka() {
  return this.rgb().formatRgb();
}
function _e(t) {
  var e, r;
  return t = (t + "").trim().toLowerCase(), (e = c1.exec(t)) ? (r = e[1].length, e = parseInt(e[1], 16), r === 6 ? Za(e) : r === 3 ? new d0(e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, (e & 15) << 4 | e & 15, 1) : r === 8 ? pt(e >> 24 & 255, e >> 16 & 255, e >> 8 & 255, (e & 255) / 255) : r === 4 ? pt(e >> 12 & 15 | e >> 8 & 240, e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, ((e & 15) << 4 | e & 15) / 255) : null) : (e = m1.exec(t)) ? new d0(e[1], e[2], e[3], 1) : (e = d1.exec(t)) ? new d0(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, 1) : (e = f1.exec(t)) ? pt(e[1], e[2], e[3], e[4]) : (e = p1.exec(t)) ? pt(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, e[4]) : (e = v1.exec(t)) ? _a(e[1], e[2] / 100, e[3] / 100, 1) : (e = g1.exec(t)) ? _a(e[1], e[2] / 100, e[3] / 100, e[4]) : Xa.hasOwnProperty(t) ? Za(Xa[t]) : t === "transparent" ? new d0(NaN, NaN, NaN, 0) : null;
}
function Za(t) {
  return new d0(t >> 16 & 255, t >> 8 & 255, t & 255, 1);
}
function pt(t, e, r, a) {
  return a <= 0 && (t = e = r = NaN), new d0(t, e, r, a);
}
function da(t) {
  return t instanceof ue || (t = _e(t)), t ? (t = t.rgb(), new d0(t.r, t.g, t.b, t.opacity)) : new d0();
}
function Pr(t, e, r, a) {
  return arguments.length === 1 ? da(t) : new d0(t, e, r, a ?? 1);
}
function d0(t, e, r, a) {
  this.r = +t, this.g = +e, this.b = +r, this.opacity = +a;
}
Pe(d0, Pr, it(ue, {
  brighter(t) {
    return t = t == null ? Ie : Math.pow(Ie, t), new d0(this.r * t, this.g * t, this.b * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Me : Math.pow(Me, t), new d0(this.r * t, this.g * t, this.b * t, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new d0(ye(this.r), ye(this.g), ye(this.b), $t(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && -0.5 <= this.g && this.g < 255.5 && -0.5 <= this.b && this.b < 255.5 && 0 <= this.opacity && this.opacity <= 1;
  },
  hex: Ja,
  // Deprecated! Use color.formatHex.
  formatHex: Ja,
  formatHex8: x1,
  formatRgb: Qa,
  toString: Qa
}));
function Ja() {
  return `#${be(this.r)}${be(this.g)}${be(this.b)}`;
}
function x1() {
  return `#${be(this.r)}${be(this.g)}${be(this.b)}${be((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function Qa() {
  const t = $t(this.opacity);
  return `${t === 1 ? "rgb(" : "rgba("}${ye(this.r)}, ${ye(this.g)}, ${ye(this.b)}${t === 1 ? ")" : `, ${t})`}`;
}
function $t(t) {
  return isNaN(t) ? 1 : Math.max(0, Math.min(1, t));
}
function ye(t) {
  return Math.max(0, Math.min(255, Math.round(t) || 0));
}
function be(t) {
  return t = ye(t), (t < 16 ? "0" : "") + t.toString(16);
}
function _a(t, e, r, a) {
  return a <= 0 ? t = e = r = NaN : r <= 0 || r >= 1 ? t = e = NaN : e <= 0 && (t = NaN), new I0(t, e, r, a);
}
function ps(t) {
  if (t instanceof I0) return new I0(t.h, t.s, t.l, t.opacity);
  if (t instanceof ue || (t = _e(t)), !t) return new I0();
  if (t instanceof I0) return t;
  t = t.rgb();
  var e = t.r / 255, r = t.g / 255, a = t.b / 255, n = Math.min(e, r, a), s = Math.max(e, r, a), i = NaN, o = s - n, l = (s + n) / 2;
  return o ? (e === s ? i = (r - a) / o + (r < a) * 6 : r === s ? i = (a - e) / o + 2 : i = (e - r) / o + 4, o /= l < 0.5 ? s + n : 2 - s - n, i *= 60) : o = l > 0 && l < 1 ? 0 : i, new I0(i, o, l, t.opacity);
}
function w1(t, e, r, a) {
  return arguments.length === 1 ? ps(t) : new I0(t, e, r, a ?? 1);
}
function I0(t, e, r, a) {
  this.h = +t, this.s = +e, this.l = +r, this.opacity = +a;
}
Pe(I0, w1, it(ue, {
  brighter(t) {
    return t = t == null ? Ie : Math.pow(Ie, t), new I0(this.h, this.s, this.l * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Me : Math.pow(Me, t), new I0(this.h, this.s, this.l * t, this.opacity);
  },
  rgb() {
    var t = this.h % 360 + (this.h < 0) * 360, e = isNaN(t) || isNaN(this.s) ? 0 : this.s, r = this.l, a = r + (r < 0.5 ? r : 1 - r) * e, n = 2 * r - a;
    return new d0(
      dr(t >= 240 ? t - 240 : t + 120, n, a),
      dr(t, n, a),
      dr(t < 120 ? t + 240 : t - 120, n, a),
      this.opacity
    );
  },
  clamp() {
    return new I0(en(this.h), vt(this.s), vt(this.l), $t(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && 0 <= this.l && this.l <= 1 && 0 <= this.opacity && this.opacity <= 1;
  },
  formatHsl() {
    const t = $t(this.opacity);
    return `${t === 1 ? "hsl(" : "hsla("}${en(this.h)}, ${vt(this.s) * 100}%, ${vt(this.l) * 100}%${t === 1 ? ")" : `, ${t})`}`;
  }
}));
function en(t) {
  return t = (t || 0) % 360, t < 0 ? t + 360 : t;
}
function vt(t) {
  return Math.max(0, Math.min(1, t || 0));
}
function dr(t, e, r) {
  return (t < 60 ? e + (r - e) * t / 60 : t < 180 ? r : t < 240 ? e + (r - e) * (240 - t) / 60 : e) * 255;
}
const vs = Math.PI / 180, gs = 180 / Math.PI, Ft = 18, bs = 0.96422, ys = 1, xs = 0.82521, ws = 4 / 29, De = 6 / 29, ks = 3 * De * De, k1 = De * De * De;
function Ms(t) {
  if (t instanceof H0) return new H0(t.l, t.a, t.b, t.opacity);
  if (t instanceof X0) return Ss(t);
  t instanceof d0 || (t = da(t));
  var e = gr(t.r), r = gr(t.g), a = gr(t.b), n = fr((0.2225045 * e + 0.7168786 * r + 0.0606169 * a) / ys), s, i;
  return e === r && r === a ? s = i = n : (s = fr((0.4360747 * e + 0.3850649 * r + 0.1430804 * a) / bs), i = fr((0.0139322 * e + 0.0971045 * r + 0.7141733 * a) / xs)), new H0(116 * n - 16, 500 * (s - n), 200 * (n - i), t.opacity);
}
function M1(t, e, r, a) {
  return arguments.length === 1 ? Ms(t) : new H0(t, e, r, a ?? 1);
}
function H0(t, e, r, a) {
  this.l = +t, this.a = +e, this.b = +r, this.opacity = +a;
}
Pe(H0, M1, it(ue, {
  brighter(t) {
    return new H0(this.l + Ft * (t ?? 1), this.a, this.b, this.opacity);
  },
  darker(t) {
    return new H0(this.l - Ft * (t ?? 1), this.a, this.b, this.opacity);
  },
  rgb() {
    var t = (this.l + 16) / 116, e = isNaN(this.a) ? t : t + this.a / 500, r = isNaN(this.b) ? t : t - this.b / 200;
    return e = bs * pr(e), t = ys * pr(t), r = xs * pr(r), new d0(
      vr(3.1338561 * e - 1.6168667 * t - 0.4906146 * r),
      vr(-0.9787684 * e + 1.9161415 * t + 0.033454 * r),
      vr(0.0719453 * e - 0.2289914 * t + 1.4052427 * r),
      this.opacity
    );
  }
}));
function fr(t) {
  return t > k1 ? Math.pow(t, 1 / 3) : t / ks + ws;
}
function pr(t) {
  return t > De ? t * t * t : ks * (t - ws);
}
function vr(t) {
  return 255 * (t <= 31308e-7 ? 12.92 * t : 1.055 * Math.pow(t, 1 / 2.4) - 0.055);
}
function gr(t) {
  return (t /= 255) <= 0.04045 ? t / 12.92 : Math.pow((t + 0.055) / 1.055, 2.4);
}
function S1(t) {
  if (t instanceof X0) return new X0(t.h, t.c, t.l, t.opacity);
  if (t instanceof H0 || (t = Ms(t)), t.a === 0 && t.b === 0) return new X0(NaN, 0 < t.l && t.l < 100 ? 0 : NaN, t.l, t.opacity);
  var e = Math.atan2(t.b, t.a) * gs;
  return new X0(e < 0 ? e + 360 : e, Math.sqrt(t.a * t.a + t.b * t.b), t.l, t.opacity);
}
function A1(t, e, r, a) {
  return arguments.length === 1 ? S1(t) : new X0(t, e, r, a ?? 1);
}
function X0(t, e, r, a) {
  this.h = +t, this.c = +e, this.l = +r, this.opacity = +a;
}
function Ss(t) {
  if (isNaN(t.h)) return new H0(t.l, 0, 0, t.opacity);
  var e = t.h * vs;
  return new H0(t.l, Math.cos(e) * t.c, Math.sin(e) * t.c, t.opacity);
}
Pe(X0, A1, it(ue, {
  brighter(t) {
    return new X0(this.h, this.c, this.l + Ft * (t ?? 1), this.opacity);
  },
  darker(t) {
    return new X0(this.h, this.c, this.l - Ft * (t ?? 1), this.opacity);
  },
  rgb() {
    return Ss(this).rgb();
  }
}));
var As = -0.14861, fa = 1.78277, pa = -0.29227, Yt = -0.90649, et = 1.97294, tn = et * Yt, rn = et * fa, an = fa * pa - Yt * As;
function z1(t) {
  if (t instanceof xe) return new xe(t.h, t.s, t.l, t.opacity);
  t instanceof d0 || (t = da(t));
  var e = t.r / 255, r = t.g / 255, a = t.b / 255, n = (an * a + tn * e - rn * r) / (an + tn - rn), s = a - n, i = (et * (r - n) - pa * s) / Yt, o = Math.sqrt(i * i + s * s) / (et * n * (1 - n)), l = o ? Math.atan2(i, s) * gs - 120 : NaN;
  return new xe(l < 0 ? l + 360 : l, o, n, t.opacity);
}
function Gr(t, e, r, a) {
  return arguments.length === 1 ? z1(t) : new xe(t, e, r, a ?? 1);
}
function xe(t, e, r, a) {
  this.h = +t, this.s = +e, this.l = +r, this.opacity = +a;
}
Pe(xe, Gr, it(ue, {
  brighter(t) {
    return t = t == null ? Ie : Math.pow(Ie, t), new xe(this.h, this.s, this.l * t, this.opacity);
  },
  darker(t) {
    return t = t == null ? Me : Math.pow(Me, t), new xe(this.h, this.s, this.l * t, this.opacity);
  },
  rgb() {
    var t = isNaN(this.h) ? 0 : (this.h + 120) * vs, e = +this.l, r = isNaN(this.s) ? 0 : this.s * e * (1 - e), a = Math.cos(t), n = Math.sin(t);
    return new d0(
      255 * (e + r * (As * a + fa * n)),
      255 * (e + r * (pa * a + Yt * n)),
      255 * (e + r * (et * a)),
      this.opacity
    );
  }
}));
var Kt = (t) => () => t;
function zs(t, e) {
  return function(r) {
    return t + r * e;
  };
}
function T1(t, e, r) {
  return t = Math.pow(t, r), e = Math.pow(e, r) - t, r = 1 / r, function(a) {
    return Math.pow(t + a * e, r);
  };
}
function C1(t, e) {
  var r = e - t;
  return r ? zs(t, r > 180 || r < -180 ? r - 360 * Math.round(r / 360) : r) : Kt(isNaN(t) ? e : t);
}
function N1(t) {
  return (t = +t) == 1 ? qe : function(e, r) {
    return r - e ? T1(e, r, t) : Kt(isNaN(e) ? r : e);
  };
}
function qe(t, e) {
  var r = e - t;
  return r ? zs(t, r) : Kt(isNaN(t) ? e : t);
}
var nn = (function t(e) {
  var r = N1(e);
  function a(n, s) {
    var i = r((n = Pr(n)).r, (s = Pr(s)).r), o = r(n.g, s.g), l = r(n.b, s.b), h = qe(n.opacity, s.opacity);
    return function(d) {
      return n.r = i(d), n.g = o(d), n.b = l(d), n.opacity = h(d), n + "";
    };
  }
  return a.gamma = t, a;
})(1);
function B1(t, e) {
  e || (e = []);
  var r = t ? Math.min(e.length, t.length) : 0, a = e.slice(), n;
  return function(s) {
    for (n = 0; n < r; ++n) a[n] = t[n] * (1 - s) + e[n] * s;
    return a;
  };
}
function E1(t) {
  return ArrayBuffer.isView(t) && !(t instanceof DataView);
}
function D1(t, e) {
  var r = e ? e.length : 0, a = t ? Math.min(r, t.length) : 0, n = new Array(a), s = new Array(r), i;
  for (i = 0; i < a; ++i) n[i] = va(t[i], e[i]);
  for (; i < r; ++i) s[i] = e[i];
  return function(o) {
    for (i = 0; i < a; ++i) s[i] = n[i](o);
    return s;
  };
}
function q1(t, e) {
  var r = /* @__PURE__ */ new Date();
  return t = +t, e = +e, function(a) {
    return r.setTime(t * (1 - a) + e * a), r;
  };
}
function Ot(t, e) {
  return t = +t, e = +e, function(r) {
    return t * (1 - r) + e * r;
  };
}
function R1(t, e) {
  var r = {}, a = {}, n;
  (t === null || typeof t != "object") && (t = {}), (e === null || typeof e != "object") && (e = {});
  for (n in e)
    n in t ? r[n] = va(t[n], e[n]) : a[n] = e[n];
  return function(s) {
    for (n in r) a[n] = r[n](s);
    return a;
  };
}
var Ur = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g, br = new RegExp(Ur.source, "g");
function I1(t) {
  return function() {
    return t;
  };
}
function $1(t) {
  return function(e) {
    return t(e) + "";
  };
}
function F1(t, e) {
  var r = Ur.lastIndex = br.lastIndex = 0, a, n, s, i = -1, o = [], l = [];
  for (t = t + "", e = e + ""; (a = Ur.exec(t)) && (n = br.exec(e)); )
    (s = n.index) > r && (s = e.slice(r, s), o[i] ? o[i] += s : o[++i] = s), (a = a[0]) === (n = n[0]) ? o[i] ? o[i] += n : o[++i] = n : (o[++i] = null, l.push({ i, x: Ot(a, n) })), r = br.lastIndex;
  return r < e.length && (s = e.slice(r), o[i] ? o[i] += s : o[++i] = s), o.length < 2 ? l[0] ? $1(l[0].x) : I1(e) : (e = l.length, function(h) {
    for (var d = 0, p; d < e; ++d) o[(p = l[d]).i] = p.x(h);
    return o.join("");
  });
}
function va(t, e) {
  var r = typeof e, a;
  return e == null || r === "boolean" ? Kt(e) : (r === "number" ? Ot : r === "string" ? (a = _e(e)) ? (e = a, nn) : F1 : e instanceof _e ? nn : e instanceof Date ? q1 : E1(e) ? B1 : Array.isArray(e) ? D1 : typeof e.valueOf != "function" && typeof e.toString != "function" || isNaN(e) ? R1 : Ot)(t, e);
}
function O1(t, e) {
  return t = +t, e = +e, function(r) {
    return Math.round(t * (1 - r) + e * r);
  };
}
var L1 = 1e-12;
function sn(t) {
  return ((t = Math.exp(t)) + 1 / t) / 2;
}
function H1(t) {
  return ((t = Math.exp(t)) - 1 / t) / 2;
}
function P1(t) {
  return ((t = Math.exp(2 * t)) - 1) / (t + 1);
}
(function t(e, r, a) {
  function n(s, i) {
    var o = s[0], l = s[1], h = s[2], d = i[0], p = i[1], v = i[2], y = d - o, w = p - l, k = y * y + w * w, M, A;
    if (k < L1)
      A = Math.log(v / h) / e, M = function(U) {
        return [
          o + U * y,
          l + U * w,
          h * Math.exp(e * U * A)
        ];
      };
    else {
      var E = Math.sqrt(k), R = (v * v - h * h + a * k) / (2 * h * r * E), I = (v * v - h * h - a * k) / (2 * v * r * E), O = Math.log(Math.sqrt(R * R + 1) - R), F = Math.log(Math.sqrt(I * I + 1) - I);
      A = (F - O) / e, M = function(U) {
        var W = U * A, V = sn(O), o0 = h / (r * E) * (V * P1(e * W + O) - H1(O));
        return [
          o + o0 * y,
          l + o0 * w,
          h * V / sn(e * W + O)
        ];
      };
    }
    return M.duration = Math.abs(A) * 1e3 * e / Math.SQRT2, M;
  }
  return n.rho = function(s) {
    var i = Math.max(1e-3, +s), o = i * i, l = o * o;
    return t(i, o, l);
  }, n;
})(Math.SQRT2, 2, 4);
function Ts(t) {
  return (function e(r) {
    r = +r;
    function a(n, s) {
      var i = t((n = Gr(n)).h, (s = Gr(s)).h), o = qe(n.s, s.s), l = qe(n.l, s.l), h = qe(n.opacity, s.opacity);
      return function(d) {
        return n.h = i(d), n.s = o(d), n.l = l(Math.pow(d, r)), n.opacity = h(d), n + "";
      };
    }
    return a.gamma = e, a;
  })(1);
}
Ts(C1);
Ts(qe);
function G1(t) {
  return Math.abs(t = Math.round(t)) >= 1e21 ? t.toLocaleString("en").replace(/,/g, "") : t.toString(10);
}
function Lt(t, e) {
  if (!isFinite(t) || t === 0) return null;
  var r = (t = e ? t.toExponential(e - 1) : t.toExponential()).indexOf("e"), a = t.slice(0, r);
  return [
    a.length > 1 ? a[0] + a.slice(2) : a,
    +t.slice(r + 1)
  ];
}
function $e(t) {
  return t = Lt(Math.abs(t)), t ? t[1] : NaN;
}
function U1(t, e) {
  return function(r, a) {
    for (var n = r.length, s = [], i = 0, o = t[0], l = 0; n > 0 && o > 0 && (l + o + 1 > a && (o = Math.max(1, a - l)), s.push(r.substring(n -= o, n + o)), !((l += o + 1) > a)); )
      o = t[i = (i + 1) % t.length];
    return s.reverse().join(e);
  };
}
function V1(t) {
  return function(e) {
    return e.replace(/[0-9]/g, function(r) {
      return t[+r];
    });
  };
}
var W1 = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function Ht(t) {
  if (!(e = W1.exec(t))) throw new Error("invalid format: " + t);
  var e;
  return new ga({
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
Ht.prototype = ga.prototype;
function ga(t) {
  this.fill = t.fill === void 0 ? " " : t.fill + "", this.align = t.align === void 0 ? ">" : t.align + "", this.sign = t.sign === void 0 ? "-" : t.sign + "", this.symbol = t.symbol === void 0 ? "" : t.symbol + "", this.zero = !!t.zero, this.width = t.width === void 0 ? void 0 : +t.width, this.comma = !!t.comma, this.precision = t.precision === void 0 ? void 0 : +t.precision, this.trim = !!t.trim, this.type = t.type === void 0 ? "" : t.type + "";
}
ga.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function j1(t) {
  e: for (var e = t.length, r = 1, a = -1, n; r < e; ++r)
    switch (t[r]) {
      case ".":
        a = n = r;
        break;
      case "0":
        a === 0 && (a = r), n = r;
        break;
      default:
        if (!+t[r]) break e;
        a > 0 && (a = 0);
        break;
    }
  return a > 0 ? t.slice(0, a) + t.slice(n + 1) : t;
}
var Pt;
function X1(t, e) {
  var r = Lt(t, e);
  if (!r) return Pt = void 0, t.toPrecision(e);
  var a = r[0], n = r[1], s = n - (Pt = Math.max(-8, Math.min(8, Math.floor(n / 3))) * 3) + 1, i = a.length;
  return s === i ? a : s > i ? a + new Array(s - i + 1).join("0") : s > 0 ? a.slice(0, s) + "." + a.slice(s) : "0." + new Array(1 - s).join("0") + Lt(t, Math.max(0, e + s - 1))[0];
}
function on(t, e) {
  var r = Lt(t, e);
  if (!r) return t + "";
  var a = r[0], n = r[1];
  return n < 0 ? "0." + new Array(-n).join("0") + a : a.length > n + 1 ? a.slice(0, n + 1) + "." + a.slice(n + 1) : a + new Array(n - a.length + 2).join("0");
}
var ln = {
  "%": (t, e) => (t * 100).toFixed(e),
  b: (t) => Math.round(t).toString(2),
  c: (t) => t + "",
  d: G1,
  e: (t, e) => t.toExponential(e),
  f: (t, e) => t.toFixed(e),
  g: (t, e) => t.toPrecision(e),
  o: (t) => Math.round(t).toString(8),
  p: (t, e) => on(t * 100, e),
  r: on,
  s: X1,
  X: (t) => Math.round(t).toString(16).toUpperCase(),
  x: (t) => Math.round(t).toString(16)
};
function un(t) {
  return t;
}
var hn = Array.prototype.map, cn = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function Y1(t) {
  var e = t.grouping === void 0 || t.thousands === void 0 ? un : U1(hn.call(t.grouping, Number), t.thousands + ""), r = t.currency === void 0 ? "" : t.currency[0] + "", a = t.currency === void 0 ? "" : t.currency[1] + "", n = t.decimal === void 0 ? "." : t.decimal + "", s = t.numerals === void 0 ? un : V1(hn.call(t.numerals, String)), i = t.percent === void 0 ? "%" : t.percent + "", o = t.minus === void 0 ? "−" : t.minus + "", l = t.nan === void 0 ? "NaN" : t.nan + "";
  function h(p, v) {
    p = Ht(p);
    var y = p.fill, w = p.align, k = p.sign, M = p.symbol, A = p.zero, E = p.width, R = p.comma, I = p.precision, O = p.trim, F = p.type;
    F === "n" ? (R = !0, F = "g") : ln[F] || (I === void 0 && (I = 12), O = !0, F = "g"), (A || y === "0" && w === "=") && (A = !0, y = "0", w = "=");
    var U = (v && v.prefix !== void 0 ? v.prefix : "") + (M === "$" ? r : M === "#" && /[boxX]/.test(F) ? "0" + F.toLowerCase() : ""), W = (M === "$" ? a : /[%p]/.test(F) ? i : "") + (v && v.suffix !== void 0 ? v.suffix : ""), V = ln[F], o0 = /[defgprs%]/.test(F);
    I = I === void 0 ? 6 : /[gprs]/.test(F) ? Math.max(1, Math.min(21, I)) : Math.max(0, Math.min(20, I));
    function f0($) {
      var k0 = U, _ = W, h0, B0, E0;
      if (F === "c")
        _ = V($) + _, $ = "";
      else {
        $ = +$;
        var D0 = $ < 0 || 1 / $ < 0;
        if ($ = isNaN($) ? l : V(Math.abs($), I), O && ($ = j1($)), D0 && +$ == 0 && k !== "+" && (D0 = !1), k0 = (D0 ? k === "(" ? k : o : k === "-" || k === "(" ? "" : k) + k0, _ = (F === "s" && !isNaN($) && Pt !== void 0 ? cn[8 + Pt / 3] : "") + _ + (D0 && k === "(" ? ")" : ""), o0) {
          for (h0 = -1, B0 = $.length; ++h0 < B0; )
            if (E0 = $.charCodeAt(h0), 48 > E0 || E0 > 57) {
              _ = (E0 === 46 ? n + $.slice(h0 + 1) : $.slice(h0)) + _, $ = $.slice(0, h0);
              break;
            }
        }
      }
      R && !A && ($ = e($, 1 / 0));
      var ee = k0.length + $.length + _.length, c0 = ee < E ? new Array(E - ee + 1).join(y) : "";
      switch (R && A && ($ = e(c0 + $, c0.length ? E - _.length : 1 / 0), c0 = ""), w) {
        case "<":
          $ = k0 + $ + _ + c0;
          break;
        case "=":
          $ = k0 + c0 + $ + _;
          break;
        case "^":
          $ = c0.slice(0, ee = c0.length >> 1) + k0 + $ + _ + c0.slice(ee);
          break;
        default:
          $ = c0 + k0 + $ + _;
          break;
      }
      return s($);
    }
    return f0.toString = function() {
      return p + "";
    }, f0;
  }
  function d(p, v) {
    var y = Math.max(-8, Math.min(8, Math.floor($e(v) / 3))) * 3, w = Math.pow(10, -y), k = h((p = Ht(p), p.type = "f", p), { suffix: cn[8 + y / 3] });
    return function(M) {
      return k(w * M);
    };
  }
  return {
    format: h,
    formatPrefix: d
  };
}
var gt, Cs, Ns;
K1({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function K1(t) {
  return gt = Y1(t), Cs = gt.format, Ns = gt.formatPrefix, gt;
}
function Z1(t) {
  return Math.max(0, -$e(Math.abs(t)));
}
function J1(t, e) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor($e(e) / 3))) * 3 - $e(Math.abs(t)));
}
function Q1(t, e) {
  return t = Math.abs(t), e = Math.abs(e) - t, Math.max(0, $e(e) - $e(t)) + 1;
}
function _1(t, e) {
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
function eo(t) {
  return function() {
    return t;
  };
}
function to(t) {
  return +t;
}
var mn = [0, 1];
function Be(t) {
  return t;
}
function Vr(t, e) {
  return (e -= t = +t) ? function(r) {
    return (r - t) / e;
  } : eo(isNaN(e) ? NaN : 0.5);
}
function ro(t, e) {
  var r;
  return t > e && (r = t, t = e, e = r), function(a) {
    return Math.max(t, Math.min(e, a));
  };
}
function ao(t, e, r) {
  var a = t[0], n = t[1], s = e[0], i = e[1];
  return n < a ? (a = Vr(n, a), s = r(i, s)) : (a = Vr(a, n), s = r(s, i)), function(o) {
    return s(a(o));
  };
}
function no(t, e, r) {
  var a = Math.min(t.length, e.length) - 1, n = new Array(a), s = new Array(a), i = -1;
  for (t[a] < t[0] && (t = t.slice().reverse(), e = e.slice().reverse()); ++i < a; )
    n[i] = Vr(t[i], t[i + 1]), s[i] = r(e[i], e[i + 1]);
  return function(o) {
    var l = s1(t, o, 1, a) - 1;
    return s[l](n[l](o));
  };
}
function so(t, e) {
  return e.domain(t.domain()).range(t.range()).interpolate(t.interpolate()).clamp(t.clamp()).unknown(t.unknown());
}
function io() {
  var t = mn, e = mn, r = va, a, n, s, i = Be, o, l, h;
  function d() {
    var v = Math.min(t.length, e.length);
    return i !== Be && (i = ro(t[0], t[v - 1])), o = v > 2 ? no : ao, l = h = null, p;
  }
  function p(v) {
    return v == null || isNaN(v = +v) ? s : (l || (l = o(t.map(a), e, r)))(a(i(v)));
  }
  return p.invert = function(v) {
    return i(n((h || (h = o(e, t.map(a), Ot)))(v)));
  }, p.domain = function(v) {
    return arguments.length ? (t = Array.from(v, to), d()) : t.slice();
  }, p.range = function(v) {
    return arguments.length ? (e = Array.from(v), d()) : e.slice();
  }, p.rangeRound = function(v) {
    return e = Array.from(v), r = O1, d();
  }, p.clamp = function(v) {
    return arguments.length ? (i = v ? !0 : Be, d()) : i !== Be;
  }, p.interpolate = function(v) {
    return arguments.length ? (r = v, d()) : r;
  }, p.unknown = function(v) {
    return arguments.length ? (s = v, p) : s;
  }, function(v, y) {
    return a = v, n = y, d();
  };
}
function oo() {
  return io()(Be, Be);
}
function lo(t, e, r, a) {
  var n = h1(t, e, r), s;
  switch (a = Ht(a ?? ",f"), a.type) {
    case "s": {
      var i = Math.max(Math.abs(t), Math.abs(e));
      return a.precision == null && !isNaN(s = J1(n, i)) && (a.precision = s), Ns(a, i);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      a.precision == null && !isNaN(s = Q1(n, Math.max(Math.abs(t), Math.abs(e)))) && (a.precision = s - (a.type === "e"));
      break;
    }
    case "f":
    case "%": {
      a.precision == null && !isNaN(s = Z1(n)) && (a.precision = s - (a.type === "%") * 2);
      break;
    }
  }
  return Cs(a);
}
function uo(t) {
  var e = t.domain;
  return t.ticks = function(r) {
    var a = e();
    return u1(a[0], a[a.length - 1], r ?? 10);
  }, t.tickFormat = function(r, a) {
    var n = e();
    return lo(n[0], n[n.length - 1], r ?? 10, a);
  }, t.nice = function(r) {
    r == null && (r = 10);
    var a = e(), n = 0, s = a.length - 1, i = a[n], o = a[s], l, h, d = 10;
    for (o < i && (h = i, i = o, o = h, h = n, n = s, s = h); d-- > 0; ) {
      if (h = Hr(i, o, r), h === l)
        return a[n] = i, a[s] = o, e(a);
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
function tt() {
  var t = oo();
  return t.copy = function() {
    return so(t, tt());
  }, _1.apply(t, arguments), uo(t);
}
function dn(t, e, r, a) {
  return e ? r.classes ? co(t, e[0]) : ho(t, e, r) : mo(t, a);
}
function ho(t, e, r) {
  let [a, n, s, i] = [0, 0, 0, 0];
  t.forEach((d, p) => {
    const v = Math.abs(r.output_scaling[p][0]), y = e[p].reduce((w, k) => w + k, 0) / e[p].length;
    for (let w = 0; w < d.length; w++) {
      const k = (d[w] - e[p][w]) ** 2;
      a += k, s += k * v * v, n += (e[p][w] - y) ** 2;
    }
    i += d.length;
  });
  const o = Math.sqrt(s / i), l = n > 0 ? 1 - a / n : NaN, h = [{ name: "RMSE", value: Z(o) }];
  return Number.isFinite(l) && h.unshift({ name: "R²", value: Bs(l) }), { loss: o, shown: h };
}
function co(t, e) {
  let [r, a] = [0, 0];
  for (let s = 0; s < e.length; s++) {
    const i = t.map((h) => h[s]), o = Math.max(...i), l = i.reduce((h, d) => h + Math.exp(d - o), 0);
    r += o + Math.log(l) - i[e[s]], i.indexOf(o) === e[s] && a++;
  }
  const n = r / e.length;
  return {
    loss: n,
    shown: [
      { name: "Accuracy", value: `${(100 * a / e.length).toFixed(1)} %` },
      { name: "Cross entropy", value: Z(n) }
    ]
  };
}
function mo(t, e) {
  let [r, a] = [0, 0];
  t.forEach((s, i) => {
    const o = e[i].reduce((l, h) => l + h, 0) / e[i].length;
    for (let l = 0; l < s.length; l++)
      r += (s[l] - e[i][l]) ** 2, a += (e[i][l] - o) ** 2;
  });
  const n = a > 0 ? Math.sqrt(r / a) : Math.sqrt(r);
  return { loss: n, shown: [{ name: "Change", value: `${Z(100 * n)} %` }] };
}
function Z(t, e = 3) {
  if (!Number.isFinite(t)) return "–";
  if (t === 0) return "0";
  const r = Math.abs(t);
  return (r >= 1e5 || r < 1e-3 ? t.toExponential(e - 1) : fo(t.toPrecision(e + (r >= 1e3 ? 1 : 0)))).replace("e+", "e").replace(/-/g, "−");
}
function fo(t) {
  return t.includes("e") ? String(Number(t)) : t.includes(".") ? t.replace(/\.?0+$/, "") : t;
}
function Bs(t) {
  const e = t < 1 ? Math.ceil(-Math.log10(1 - t)) : 6;
  return t.toFixed(Math.min(Math.max(e + 1, 3), 6)).replace("-", "−");
}
const po = "http://www.w3.org/2000/svg";
function Es(t, e, r) {
  for (const [a, n] of Object.entries(e))
    typeof n == "function" ? t.addEventListener(a, n) : n === !0 ? t.setAttribute(a, "") : n !== !1 && n !== void 0 && t.setAttribute(a, String(n));
  return t.append(...r.filter((a) => !!a)), t;
}
function T(t, e = {}, ...r) {
  return Es(document.createElement(t), e, r);
}
function t0(t, e = {}, ...r) {
  return Es(document.createElementNS(po, t), e, r);
}
function rt(t) {
  let e = null;
  return (...r) => {
    const a = e === null;
    e = r, a && requestAnimationFrame(() => {
      const n = e;
      e = null, t(...n);
    });
  };
}
const Ds = matchMedia("(prefers-color-scheme: dark)"), Wr = /* @__PURE__ */ new Map();
Ds.addEventListener("change", () => Wr.clear());
function qs(t, e) {
  const r = Wr.get(e);
  if (r) return r;
  const a = getComputedStyle(t).getPropertyValue(`--${e}`).trim();
  return a && Wr.set(e, a), a;
}
function Rs(t) {
  Ds.addEventListener("change", t);
}
function Is(t) {
  const e = window.devicePixelRatio || 1, { clientWidth: r, clientHeight: a } = t;
  (t.width !== Math.round(r * e) || t.height !== Math.round(a * e)) && (t.width = Math.round(r * e), t.height = Math.round(a * e));
  const n = t.getContext("2d");
  return n.setTransform(e, 0, 0, e, 0, 0), n.clearRect(0, 0, r, a), { context: n, width: r, height: a };
}
const we = 1e-9, ba = Number.MAX_VALUE, K0 = (t, e, r) => t < e ? e : t > r ? r : t, Bt = (t) => ba ** (0.9 / (Math.abs(t) + 1)), Et = (t) => Math.max(t, we), ya = (t, e = we) => t < 0 ? Math.min(t, -e) : Math.max(t, e), yr = (t) => K0(t, -300, 300);
function $0(t) {
  return t > 0 ? (e) => Math.pow(K0(e, -Bt(t), Bt(t)), t) : (e) => Math.pow(ya(e, Math.max(we, 1 / Bt(t))), t);
}
const fn = $0(2);
function pn(t) {
  const e = 1 - we, r = K0(t, -e, e), a = (Math.PI / 2 - Math.asin(e)) / (1 - e);
  return Math.asin(r) + a * (K0(t, -1, 1) - r);
}
const vo = [-1 / 0, 1 / 0], x0 = (t) => (e) => `${t}\\left(${e}\\right)`, go = (t) => `\\left(${t}\\right)`;
function j(t, e, r, a = {}) {
  return { value: t, latex: e, bits: r, alias: !1, ...{ free: "", symmetric: !1, period: 0, domain: vo, pole: !1 }, ...a };
}
const R0 = { free: "scale", symmetric: !0 }, Xe = { free: "scale", domain: [0, 1 / 0] }, ce = { symmetric: !0 }, W0 = (t) => (e) => `${go(e)}^{${t}}`, Ye = (t) => (e) => `\\frac{1}{${t ? W0(t)(e) : e}}`, Se = {
  0: j(() => 0, () => "0", 0, { free: "both", symmetric: !0 }),
  x: j((t) => t, (t) => t, 1, { free: "both", symmetric: !0 }),
  "x^2": j($0(2), W0("2"), 3, R0),
  "x^3": j($0(3), W0("3"), 5, R0),
  "x^4": j($0(4), W0("4"), 6, R0),
  "x^5": j($0(5), W0("5"), 7, R0),
  "1/x": j($0(-1), Ye(""), 4, { ...R0, pole: !0 }),
  "1/x^2": j($0(-2), Ye("2"), 5, { ...R0, pole: !0 }),
  "1/x^3": j($0(-3), Ye("3"), 6, { ...R0, pole: !0 }),
  "1/x^4": j($0(-4), Ye("4"), 7, { ...R0, pole: !0 }),
  "1/x^5": j($0(-5), Ye("5"), 8, { ...R0, pole: !0 }),
  sqrt: j(
    (t) => t < we ? Math.max(t, 0) * we ** -0.5 : Math.sqrt(t),
    (t) => `\\sqrt{${t}}`,
    4,
    Xe
  ),
  "x^1.5": j((t) => Math.pow(K0(t, 0, Bt(2)), 1.5), W0("3/2"), 6, Xe),
  "1/sqrt": j((t) => 1 / Math.sqrt(Et(t)), (t) => `\\frac{1}{\\sqrt{${t}}}`, 5, Xe),
  "1/x^1.5": j((t) => Math.pow(Et(t), -1.5), W0("-3/2"), 7, Xe),
  exp: j((t) => Math.exp(yr(t)), x0("\\exp"), 3, { free: "shift" }),
  log: j((t) => Math.log(Et(t)), x0("\\log"), 3, Xe),
  abs: j(Math.abs, (t) => `\\left|${t}\\right|`, 4, R0),
  sign: j(Math.sign, x0("\\operatorname{sign}"), 6, R0),
  sin: j(Math.sin, x0("\\sin"), 3, { symmetric: !0, period: 2 * Math.PI }),
  cos: j(Math.cos, x0("\\cos"), 3, { symmetric: !0, period: 2 * Math.PI, alias: !0 }),
  tan: j((t) => Math.sin(t) / ya(Math.cos(t)), x0("\\tan"), 6, {
    symmetric: !0,
    period: Math.PI
  }),
  tanh: j(Math.tanh, x0("\\tanh"), 5, ce),
  sinh: j((t) => Math.sinh(yr(t)), x0("\\sinh"), 6, ce),
  cosh: j((t) => Math.cosh(yr(t)), x0("\\cosh"), 6, ce),
  arcsin: j(pn, x0("\\arcsin"), 5, { symmetric: !0, domain: [-1, 1] }),
  arccos: j((t) => Math.PI / 2 - pn(t), x0("\\arccos"), 5, {
    symmetric: !0,
    domain: [-1, 1],
    alias: !0
  }),
  arctan: j(Math.atan, x0("\\arctan"), 5, ce),
  arctanh: j((t) => Math.atanh(K0(t, -0.999999999, 1 - we)), x0("\\operatorname{artanh}"), 5, {
    symmetric: !0,
    domain: [-1, 1]
  }),
  arcsinh: j(Math.asinh, x0("\\operatorname{arsinh}"), 7, ce),
  gaussian: j((t) => Math.exp(-fn(t)), (t) => `e^{-${W0("2")(t)}}`, 5, ce),
  lorentzian: j((t) => 1 / (1 + fn(t)), (t) => `\\frac{1}{1 + ${W0("2")(t)}}`, 6, ce)
};
function Zt(t) {
  if (typeof t == "string") {
    if (!Object.hasOwn(Se, t)) throw new Error(`unknown function ${t}`);
    return Se[t].value;
  }
  return (e) => ve(t, e);
}
const vn = ba ** 0.45, gn = (t) => K0(t, -vn, vn);
function ve(t, e) {
  const [r, ...a] = t;
  return r === "number" ? Number(a[0]) : r === "input" ? e : r === "sum" ? gn(a.reduce((n, s) => n + ve(s, e), 0)) : r === "product" ? a.slice(1).reduce((n, s) => gn(n * ve(s, e)), ve(a[0], e)) : r === "power" ? bo(ve(a[0], e), a[1], e) : Zt(a[0])(ve(a[1], e));
}
const bn = {
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
function bo(t, e, r) {
  const a = ve(e, r), n = e[0] === "number" && e[2] !== null;
  if (n && String(a) in bn) return Se[bn[String(a)]].value(t);
  if (n && Number.isInteger(a)) {
    const s = ba ** (0.4 / Math.abs(a)), i = K0(t, -s, s);
    return Math.pow(a < 0 ? ya(i, 1 / s) : i, a);
  }
  return Math.exp(K0(a * Math.log(Et(t)), -300, 300));
}
const $s = (t) => t.do === "remove" ? t.edges : [t.edge];
function Fs({ edit: t, position: e }, r, a) {
  switch (t.do) {
    case "remove":
      return new Float64Array(a.length).fill(t.constants[e]);
    case "fix": {
      const n = Zt(t.function);
      return a.map((s) => t.c * n(t.a * s + t.b) + t.d);
    }
    case "redraw":
      return yn(t.x, t.y, a);
    case "bend": {
      const n = yn(t.x, t.y, a);
      return r.map((s, i) => s + n[i]);
    }
    case "clip":
      return r.map((n) => Math.min(Math.max(n, t.low), t.high));
  }
}
function yn(t, e, r) {
  const a = t.length - 1, n = t.slice(1).map((o, l) => o - t[l]), s = n.map((o, l) => (e[l + 1] - e[l]) / o), i = yo(n, s);
  return r.map((o) => {
    const l = Math.min(Math.max(o, t[0]), t[a]);
    let h = 0;
    for (let w = a; w - h > 1; ) {
      const k = h + w >> 1;
      l >= t[k] ? h = k : w = k;
    }
    const d = l - t[h], p = d / n[h], v = (i[h] + i[h + 1] - 2 * s[h]) * p, y = 3 * s[h] - 2 * i[h] - i[h + 1];
    return e[h] + d * (i[h] + p * (y + v));
  });
}
function yo(t, e) {
  const r = e.length - 1;
  if (r === 0) return [e[0], e[0]];
  const a = e.slice(1).map((s, i) => {
    const o = e[i];
    if (o * s <= 0) return 0;
    const l = 2 * t[i + 1] + t[i], h = t[i + 1] + 2 * t[i];
    return (l + h) / (l / o + h / s);
  });
  return [xn(t[0], t[1], e[0], e[1]), ...a, xn(t[r], t[r - 1], e[r], e[r - 1])];
}
function xn(t, e, r, a) {
  const n = ((2 * t + e) * r - t * a) / (t + e);
  return n * r <= 0 ? 0 : r * a <= 0 && Math.abs(n) > 3 * Math.abs(r) ? 3 * r : n;
}
function xo(t, e) {
  const r = [];
  return t.forEach((a, n) => {
    for (r.push({ mean: a, weight: e[n], count: 1 }); r.length > 1 && r[r.length - 2].mean > r[r.length - 1].mean; ) {
      const s = r.pop(), i = r.pop(), o = i.weight + s.weight;
      r.push({
        mean: (i.mean * i.weight + s.mean * s.weight) / o,
        weight: o,
        count: i.count + s.count
      });
    }
  }), r.flatMap((a) => Array(a.count).fill(a.mean));
}
function wn(t, e) {
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
  return r.edits.forEach((a, n) => {
    if (!wo(a, e)) throw new Error(`Edit ${n} of this log is damaged.`);
  }), r.edits;
}
const Dt = (t) => typeof t == "number" && Number.isFinite(t), xr = (t) => Array.isArray(t) && t.every(Dt);
function bt(t, e) {
  if (!Array.isArray(t) || t.length !== 3 || !t.every(Number.isInteger)) return !1;
  const [r, a, n] = t;
  return r >= 0 && r < e.length - 1 && a >= 0 && n >= 0 && a < e[r] && n < e[r + 1];
}
function wo(t, e) {
  switch (t?.do) {
    case "remove":
      return Array.isArray(t.edges) && t.edges.every((r) => bt(r, e)) && xr(t.constants) && t.constants.length === t.edges.length;
    case "fix":
      return bt(t.edge, e) && [t.a, t.b, t.c, t.d].every(Dt) && ko(t.function);
    case "redraw":
    case "bend":
      return bt(t.edge, e) && xr(t.x) && xr(t.y) && t.x.length === t.y.length && t.x.length > 1 && t.x.every((r, a) => a === 0 || r > t.x[a - 1]);
    case "clip":
      return bt(t.edge, e) && Dt(t.low) && Dt(t.high) && t.low <= t.high;
    default:
      return !1;
  }
}
function ko(t) {
  try {
    return Number.isFinite(Zt(t)(0.5)) || !0;
  } catch {
    return !1;
  }
}
const Mo = "₀₁₂₃₄₅₆₇₈₉", So = "⁰¹²³⁴⁵⁶⁷⁸⁹", kn = (t, e) => [...String(t)].map((r) => e[Number(r)]).join("");
function Ae(t, e, r) {
  const { payload: a, network: n } = t, s = n.layers.length;
  return e === 0 ? a.input_names[r] : e === s ? a.output_names[r] : `h${s > 2 ? `⁽${kn(e, So)}⁾` : ""}${kn(r, Mo)}`;
}
function Jt(t, [e, r, a]) {
  return `${Ae(t, e, r)} → ${Ae(t, e + 1, a)}`;
}
function Ao(t, [e, r]) {
  const a = Ae(t, e, r), n = t.network.layers[e];
  return n.mixes ? `${n.normTitle}(${a})` : a;
}
function jr(t, e = 18) {
  return t.length > e ? `${t.slice(0, e - 1)}…` : t;
}
function at(t, e) {
  let [r, a] = [1 / 0, -1 / 0];
  for (const n of t)
    n < r && (r = n), n > a && (a = n);
  return a > r || ([r, a] = [r - 0.5, a + 0.5]), Float64Array.from({ length: e }, (n, s) => r + s / (e - 1) * (a - r));
}
function zo(t, e, r, a = 24) {
  const n = { x: [], y: [] }, s = Math.max(1, Math.ceil(r.length / a));
  for (let i = 0; i < r.length; i += s) {
    const o = r.slice(i, i + s);
    n.x.push(o.reduce((l, h) => l + t[h], 0) / o.length), n.y.push(o.reduce((l, h) => l + e[h], 0) / o.length);
  }
  return n;
}
const To = 11, yt = 40, m0 = { left: 52, right: 14, top: 12, bottom: 40 };
function Os(t, e, r, a, n) {
  const s = r.flatMap((M) => M.x), i = r.flatMap((M) => M.y), o = (M) => t.toUnits(e[0], e[1], M), l = [o(Math.min(...s)), o(Math.max(...s))], [h, d] = [Math.min(...i), Math.max(...i)], p = 0.08 * (d - h) || 0.5, v = Co(t, e), y = tt(l, [m0.left, a - m0.right]), w = tt([h - p, d + p].map((M) => M * v), [n - m0.bottom, m0.top]), k = (M, A) => M.ticks(A).map((E) => ({ at: M(E), text: Z(E) }));
  return {
    width: a,
    height: n,
    x: (M) => y(o(M)),
    y: (M) => w(M * v),
    valueAt: (M) => w.invert(M) / v,
    xTicks: k(y, Math.max(2, Math.floor(a / 90))),
    yTicks: k(w, 5)
  };
}
function Co(t, [e, , r]) {
  const a = t.network.layers.length - 1;
  return e === a && !t.network.layers[a].hasPost ? t.payload.output_scaling[r][0] : 1;
}
const Ke = (t, e) => t.x.map((r, a) => `${a ? "L" : "M"}${e.x(r).toFixed(1)},${e.y(t.y[a]).toFixed(1)}`).join("");
function Ls(t, e, r) {
  const a = r.height - m0.bottom;
  return t0(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...r.yTicks.map((n) => t0("line", { x1: m0.left, x2: r.width - m0.right, y1: n.at, y2: n.at })),
    ...r.yTicks.map((n) => t0("text", { x: m0.left - 6, y: n.at, "text-anchor": "end", "dominant-baseline": "middle" }, n.text)),
    ...r.xTicks.map((n) => t0("text", { x: n.at, y: a + 15, "text-anchor": "middle" }, n.text)),
    t0("text", { class: "title", x: r.width - m0.right, y: r.height - 6, "text-anchor": "end" }, jr(Ao(t, e), 40)),
    t0("text", { class: "title", x: m0.left + 4, y: m0.top + 4 }, `adds to ${jr(Ae(t, e[0] + 1, e[2]), 24)}`)
  );
}
function Hs(t, e, r) {
  const [a, n] = [e[0], e[e.length - 1]], s = new Array(yt).fill(0);
  for (const h of t) {
    const d = Math.floor((h - a) / (n - a) * yt);
    s[Math.min(Math.max(d, 0), yt - 1)]++;
  }
  const i = Math.max(...s, 1), o = 0.22 * (r.height - m0.bottom - m0.top), l = s.map((h, d) => {
    const p = [d, d + 1].map((y) => r.x(a + y / yt * (n - a))), v = h / i * o;
    return t0("rect", {
      x: Math.min(...p) + 0.5,
      width: Math.max(Math.abs(p[1] - p[0]) - 1, 0.5),
      y: r.height - m0.bottom - v,
      height: v
    });
  });
  return t0("g", { class: "density", "aria-hidden": "true" }, ...l);
}
function No(t, e, r = 230, a = 150) {
  const n = t.curve(e), s = Os(t, e, [n], r, a);
  return t0(
    "svg",
    { viewBox: `0 0 ${r} ${a}`, width: r, height: a, class: "chart" },
    Hs(t.cloud(e).x, n.x, s),
    Ls(t, e, s),
    t0("path", { class: "curve", d: Ke(n, s) })
  );
}
class Bo {
  constructor(e, r) {
    this.session = e, this.say = r, this.element = T("div", { class: "editor" }), this.move = rt((a) => this.drag(a)), new ResizeObserver(() => this.draw()).observe(this.element);
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
    const r = Math.max(this.element.clientWidth, 200), a = this.session.curve(e), n = this.session.curve(e, !1, this.isMixed(e) ? void 0 : Float64Array.from(a.x)), s = this.preview ? [a, n, this.previewCurve(a)] : [a, n], i = Os(this.session, e, s, r, Math.min(280, Math.max(220, r * 0.6)));
    this.frame = i, this.curvePath = t0("path", { class: "curve", d: Ke(a, i) });
    const o = this.session.steps(e).length > 0, l = this.session.obstacle(e) || this.preview ? [] : this.makeHandles(e), h = t0(
      "svg",
      { viewBox: `0 0 ${i.width} ${i.height}`, class: "chart", role: "group", "aria-label": "Curve of the edge" },
      Hs(this.session.cloud(e).x, a.x, i),
      Ls(this.session, e, i),
      o && t0("path", { class: "curve first", d: Ke(n, i) }),
      this.curvePath,
      this.preview && t0("path", { class: "curve preview", d: Ke(this.previewCurve(a), i) }),
      ...l
    ), d = this.handles.findIndex((p) => p === document.activeElement);
    this.handles = l, this.element.replaceChildren(h), d >= 0 && this.handles[d]?.focus();
  }
  isMixed(e) {
    return this.session.network.layers[e[0]].mixes;
  }
  previewCurve(e) {
    const r = Float64Array.from(e.x), a = { edit: this.preview, position: 0 };
    return { x: e.x, y: [...Fs(a, Float64Array.from(e.y), r)] };
  }
  makeHandles(e) {
    const { frame: r, session: a } = this;
    this.knots = [...at(a.rows.levels[e[0]][e[1]], To)];
    const n = a.curve(e, !0, Float64Array.from(this.knots)).y;
    return this.offsets = this.knots.map(() => 0), this.knots.map(
      (s, i) => t0("circle", {
        class: "handle",
        cx: r.x(s),
        cy: r.y(n[i]),
        r: 6,
        tabindex: 0,
        role: "slider",
        "aria-orientation": "vertical",
        "aria-label": `Curve at ${Z(a.toUnits(e[0], e[1], s))}`,
        "aria-valuenow": n[i],
        "aria-valuetext": Z(n[i]),
        pointerdown: (o) => this.begin(i, o),
        keydown: (o) => this.press(i, o)
      })
    );
  }
  bend(e, r, a) {
    const n = this.offsets.map((i, o) => o === e ? r : i), s = { do: "bend", edge: this.session.chosen, x: this.knots, y: n };
    return a ? { ...s, by: a } : s;
  }
  startValue = 0;
  grabbed = 0;
  begin(e, r) {
    r.preventDefault(), this.handles[e].focus();
    const a = this.element.getBoundingClientRect();
    this.dragged = e, this.startValue = this.session.curve(this.session.chosen, !0, Float64Array.from(this.knots)).y[e], this.grabbed = this.frame.y(this.startValue) - (r.clientY - a.top);
    const n = new AbortController(), { signal: s } = n, i = (l) => (h) => h.pointerId === r.pointerId && l(h), o = (l) => () => {
      n.abort(), this.end(l);
    };
    window.addEventListener("pointermove", i((l) => this.move(l.clientY - a.top + this.grabbed)), { signal: s }), window.addEventListener("pointerup", i(o(!0)), { signal: s }), window.addEventListener("pointercancel", i(o(!1)), { signal: s });
  }
  drag(e) {
    if (this.dragged < 0) return;
    const r = this.frame, a = Math.min(Math.max(e, m0.top - 8), r.height - m0.bottom + 8);
    this.session.attempt(this.bend(this.dragged, r.valueAt(a) - this.startValue));
  }
  end(e) {
    this.dragged = -1;
    const r = this.session.trial;
    e && r ? this.session.commit(r) : this.session.attempt(null), e && r && this.say(`Curve bent. ${ke(this.session)}`);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const e = this.session.chosen;
    if (!e || !this.frame || this.dragged < 0) return;
    const r = this.session.curve(e, !0, at(Float64Array.from([this.knots[0], this.knots.at(-1)]), 65));
    this.curvePath?.setAttribute("d", Ke(r, this.frame));
    const a = this.session.curve(e, !0, Float64Array.from(this.knots)).y;
    this.handles.forEach((n, s) => n.setAttribute("cy", String(this.frame.y(a[s]))));
  }
  press(e, r) {
    const a = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
    if (!(r.key in a)) return;
    r.preventDefault();
    const n = this.frame, s = (n.valueAt(m0.top) - n.valueAt(n.height - m0.bottom)) / 50, i = `key ${e}`, o = this.session.edits.at(-1), l = o?.do === "bend" && o.by === i && String(o.edge) === String(this.session.chosen), h = l ? o.y[e] : 0;
    l && (this.knots = o.x);
    const d = this.bend(e, h + a[r.key] * s, i);
    l ? this.session.exchangeLast(d) : this.session.commit(d), this.say(ke(this.session));
  }
}
function ke(t) {
  const { now: e } = t.cost();
  return e.shown.map((r) => `${r.name} ${r.value}`).join(", ");
}
class C extends Error {
  // The underlying error message without any context added.
  constructor(e, r) {
    var a = "KaTeX parse error: " + e, n, s, i = r && r.loc;
    if (i && i.start <= i.end) {
      var o = i.lexer.input;
      n = i.start, s = i.end, n === o.length ? a += " at end of input: " : a += " at position " + (n + 1) + ": ";
      var l = o.slice(n, s).replace(/[^]/g, "$&̲"), h;
      n > 15 ? h = "…" + o.slice(n - 15, n) : h = o.slice(0, n);
      var d;
      s + 15 < o.length ? d = o.slice(s, s + 15) + "…" : d = o.slice(s), a += h + l + d;
    }
    super(a), this.name = "ParseError", this.position = void 0, this.length = void 0, this.rawMessage = void 0, Object.setPrototypeOf(this, C.prototype), this.position = n, n != null && s != null && (this.length = s - n), this.rawMessage = e;
  }
}
var Eo = /([A-Z])/g, Do = (t) => t.replace(Eo, "-$1").toLowerCase(), qo = {
  "&": "&amp;",
  ">": "&gt;",
  "<": "&lt;",
  '"': "&quot;",
  "'": "&#x27;"
}, Ro = /[&><"']/g, p0 = (t) => String(t).replace(Ro, (e) => qo[e]), qt = (t) => t.type === "ordgroup" || t.type === "color" ? t.body.length === 1 ? qt(t.body[0]) : t : t.type === "font" ? qt(t.body) : t, Io = /* @__PURE__ */ new Set(["mathord", "textord", "atom"]), J0 = (t) => Io.has(qt(t).type), $o = (t) => {
  var e = /^[\x00-\x20]*([^\\/#?]*?)(:|&#0*58|&#x0*3a|&colon)/i.exec(t);
  return e ? e[2] !== ":" || !/^[a-zA-Z][a-zA-Z0-9+\-.]*$/.test(e[1]) ? null : e[1].toLowerCase() : "_relative";
}, Xr = {
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
function Fo(t) {
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
function Oo(t) {
  if (t.default !== void 0)
    return t.default;
  var e = Array.isArray(t.type) ? t.type[0] : t.type;
  return Fo(e);
}
function Lo(t, e, r, a) {
  var n = r[e];
  t[e] = n !== void 0 ? a.processor ? a.processor(n) : n : Oo(a);
}
class xa {
  constructor(e) {
    e === void 0 && (e = {}), this.displayMode = void 0, this.output = void 0, this.leqno = void 0, this.fleqn = void 0, this.throwOnError = void 0, this.errorColor = void 0, this.macros = void 0, this.minRuleThickness = void 0, this.colorIsTextColor = void 0, this.strict = void 0, this.trust = void 0, this.maxSize = void 0, this.maxExpand = void 0, this.globalGroup = void 0, e = e || {};
    for (var r of Object.keys(Xr)) {
      var a = Xr[r];
      a && Lo(this, r, e, a);
    }
  }
  /**
   * Report nonstrict (non-LaTeX-compatible) input.
   * Can safely not be called if `this.strict` is false in JavaScript.
   */
  reportNonstrict(e, r, a) {
    var n = this.strict;
    if (typeof n == "function" && (n = n(e, r, a)), !(!n || n === "ignore")) {
      if (n === !0 || n === "error")
        throw new C("LaTeX-incompatible input and strict mode is set to 'error': " + (r + " [" + e + "]"), a);
      n === "warn" ? typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (r + " [" + e + "]")) : typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + n + "': " + r + " [" + e + "]"));
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
  useStrictBehavior(e, r, a) {
    var n = this.strict;
    if (typeof n == "function")
      try {
        n = n(e, r, a);
      } catch {
        n = "error";
      }
    return !n || n === "ignore" ? !1 : n === !0 || n === "error" ? !0 : n === "warn" ? (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (r + " [" + e + "]")), !1) : (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + n + "': " + r + " [" + e + "]")), !1);
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
      var r = $o(e.url);
      if (r == null)
        return !1;
      e.protocol = r;
    }
    var a = typeof this.trust == "function" ? this.trust(e) : this.trust;
    return !!a;
  }
}
class re {
  constructor(e, r, a) {
    this.id = void 0, this.size = void 0, this.cramped = void 0, this.id = e, this.size = r, this.cramped = a;
  }
  /**
   * Get the style of a superscript given a base in the current style.
   */
  sup() {
    return F0[Ho[this.id]];
  }
  /**
   * Get the style of a subscript given a base in the current style.
   */
  sub() {
    return F0[Po[this.id]];
  }
  /**
   * Get the style of a fraction numerator given the fraction in the current
   * style.
   */
  fracNum() {
    return F0[Go[this.id]];
  }
  /**
   * Get the style of a fraction denominator given the fraction in the current
   * style.
   */
  fracDen() {
    return F0[Uo[this.id]];
  }
  /**
   * Get the cramped version of a style (in particular, cramping a cramped style
   * doesn't change the style).
   */
  cramp() {
    return F0[Vo[this.id]];
  }
  /**
   * Get a text or display version of this style.
   */
  text() {
    return F0[Wo[this.id]];
  }
  /**
   * Return true if this style is tightly spaced (scriptstyle/scriptscriptstyle)
   */
  isTight() {
    return this.size >= 2;
  }
}
var wa = 0, Gt = 1, Re = 2, Y0 = 3, nt = 4, T0 = 5, Fe = 6, b0 = 7, F0 = [new re(wa, 0, !1), new re(Gt, 0, !0), new re(Re, 1, !1), new re(Y0, 1, !0), new re(nt, 2, !1), new re(T0, 2, !0), new re(Fe, 3, !1), new re(b0, 3, !0)], Ho = [nt, T0, nt, T0, Fe, b0, Fe, b0], Po = [T0, T0, T0, T0, b0, b0, b0, b0], Go = [Re, Y0, nt, T0, Fe, b0, Fe, b0], Uo = [Y0, Y0, T0, T0, b0, b0, b0, b0], Vo = [Gt, Gt, Y0, Y0, T0, T0, b0, b0], Wo = [wa, Gt, Re, Y0, Re, Y0, Re, Y0], P = {
  DISPLAY: F0[wa],
  TEXT: F0[Re],
  SCRIPT: F0[nt],
  SCRIPTSCRIPT: F0[Fe]
}, Yr = [{
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
function jo(t) {
  for (var e = 0; e < Yr.length; e++)
    for (var r = Yr[e], a = 0; a < r.blocks.length; a++) {
      var n = r.blocks[a];
      if (t >= n[0] && t <= n[1])
        return r.name;
    }
  return null;
}
var Rt = [];
Yr.forEach((t) => t.blocks.forEach((e) => Rt.push(...e)));
function Ps(t) {
  for (var e = 0; e < Rt.length; e += 2)
    if (t >= Rt[e] && t <= Rt[e + 1])
      return !0;
  return !1;
}
var l0 = (t) => t + " " + t, Ne = 80, Xo = function(e, r) {
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
}, Yo = function(e, r) {
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
}, Ko = function(e, r) {
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
}, Zo = function(e, r) {
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
}, Jo = function(e, r) {
  return "M473," + (2713 + e + r) + `
c339.3,-1799.3,509.3,-2700,510,-2702 l` + e / 5.298 + " -" + e + `
c3.3,-7.3,9.3,-11,18,-11 H400000v` + (40 + e) + `H1017.7
s-90.5,478,-276.2,1466c-185.7,988,-279.5,1483,-281.5,1485c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2c0,-1.3,-5.3,-32,-16,-92c-50.7,-293.3,-119.7,-693.3,-207,-1200
c0,-1.3,-5.3,8.7,-16,30c-10.7,21.3,-21.3,42.7,-32,64s-16,33,-16,33s-26,-26,-26,-26
s76,-153,76,-153s77,-151,77,-151c0.7,0.7,35.7,202,105,604c67.3,400.7,102,602.7,104,
606zM` + (1001 + e) + " " + r + "h400000v" + (40 + e) + "H1017.7z";
}, Qo = function(e) {
  var r = e / 2;
  return "M400000 " + e + " H0 L" + r + " 0 l65 45 L145 " + (e - 80) + " H400000z";
}, _o = function(e, r, a) {
  var n = a - 54 - r - e;
  return "M702 " + (e + r) + "H400000" + (40 + e) + `
H742v` + n + `l-4 4-4 4c-.667.7 -2 1.5-4 2.5s-4.167 1.833-6.5 2.5-5.5 1-9.5 1
h-12l-28-84c-16.667-52-96.667 -294.333-240-727l-212 -643 -85 170
c-4-3.333-8.333-7.667-13 -13l-13-13l77-155 77-156c66 199.333 139 419.667
219 661 l218 661zM702 ` + r + "H400000v" + (40 + e) + "H742z";
}, el = function(e, r, a) {
  r = 1e3 * r;
  var n = "";
  switch (e) {
    case "sqrtMain":
      n = Xo(r, Ne);
      break;
    case "sqrtSize1":
      n = Yo(r, Ne);
      break;
    case "sqrtSize2":
      n = Ko(r, Ne);
      break;
    case "sqrtSize3":
      n = Zo(r, Ne);
      break;
    case "sqrtSize4":
      n = Jo(r, Ne);
      break;
    case "sqrtTall":
      n = _o(r, Ne, a);
  }
  return n;
}, tl = function(e, r) {
  switch (e) {
    case "⎜":
      return l0("M291 0 H417 V" + r + " H291z");
    case "∣":
      return l0("M145 0 H188 V" + r + " H145z");
    case "∥":
      return l0("M145 0 H188 V" + r + " H145z") + l0("M367 0 H410 V" + r + " H367z");
    case "⎟":
      return l0("M457 0 H583 V" + r + " H457z");
    case "⎢":
      return l0("M319 0 H403 V" + r + " H319z");
    case "⎥":
      return l0("M263 0 H347 V" + r + " H263z");
    case "⎪":
      return l0("M384 0 H504 V" + r + " H384z");
    case "⏐":
      return l0("M312 0 H355 V" + r + " H312z");
    case "‖":
      return l0("M257 0 H300 V" + r + " H257z") + l0("M478 0 H521 V" + r + " H478z");
    default:
      return "";
  }
}, Mn = {
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
  leftlinesegment: l0("M40 281 V428 H0 V94 H40 V241 H400000 v40z"),
  leftbracketunder: l0("M0 0 h120 V290 H399995 v120 H0z"),
  leftbracketover: l0("M0 440 h120 V150 H399995 v-120 H0z"),
  leftmapsto: l0("M40 281 V448H0V74H40V241H400000v40z"),
  // tofrom is from glyph U+21C4 in font KaTeX AMS Regular
  leftToFrom: `M0 147h400000v40H0zm0 214c68 40 115.7 95.7 143 167h22c15.3 0 23
-.3 23-1 0-1.3-5.3-13.7-16-37-18-35.3-41.3-69-70-101l-7-8h399905v-40H95l7-8
c28.7-32 52-65.7 70-101 10.7-23.3 16-35.7 16-37 0-.7-7.7-1-23-1h-22C115.7 265.3
 68 321 0 361zm0-174v-40h399900v40zm100 154v40h399900v-40z`,
  longequal: l0("M0 50 h400000 v40H0z m0 194h40000v40H0z"),
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
  rightlinesegment: l0("M399960 241 V94 h40 V428 h-40 V281 H0 v-40z"),
  rightbracketunder: l0("M399995 0 h-120 V290 H0 v120 H400000z"),
  rightbracketover: l0("M399995 440 h-120 V150 H0 v-120 H399995z"),
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
}, rl = function(e, r) {
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
function al(t) {
  return "toText" in t;
}
class Ge {
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
      if (al(e))
        return e.toText();
      throw new Error("Expected MathDomNode with toText, got " + e.constructor.name);
    }).join("");
  }
}
var Kr = {
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
}, nl = {
  ex: !0,
  em: !0,
  mu: !0
}, Gs = function(e) {
  return typeof e != "string" && (e = e.unit), e in Kr || e in nl || e === "ex";
}, r0 = function(e, r) {
  var a;
  if (e.unit in Kr)
    a = Kr[e.unit] / r.fontMetrics().ptPerEm / r.sizeMultiplier;
  else if (e.unit === "mu")
    a = r.fontMetrics().cssEmPerMu;
  else {
    var n;
    if (r.style.isTight() ? n = r.havingStyle(r.style.text()) : n = r, e.unit === "ex")
      a = n.fontMetrics().xHeight;
    else if (e.unit === "em")
      a = n.fontMetrics().quad;
    else
      throw new C("Invalid unit: '" + e.unit + "'");
    n !== r && (a *= n.sizeMultiplier / r.sizeMultiplier);
  }
  return Math.min(e.number * a, r.maxSize);
}, B = function(e) {
  return +e.toFixed(4) + "em";
}, se = function(e) {
  return e.filter((r) => r).join(" ");
}, ka = function(e) {
  var r = "";
  for (var a of Object.keys(e)) {
    var n = e[a];
    n !== void 0 && (r += Do(a) + ":" + n + ";");
  }
  return r;
}, Us = function(e, r, a) {
  if (this.classes = e || [], this.attributes = {}, this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = a || {}, r) {
    r.style.isTight() && this.classes.push("mtight");
    var n = r.getColor();
    n && (this.style.color = n);
  }
}, Vs = function(e) {
  var r = document.createElement(e);
  r.className = se(this.classes), Object.assign(r.style, this.style);
  for (var a of Object.keys(this.attributes))
    r.setAttribute(a, this.attributes[a]);
  for (var n = 0; n < this.children.length; n++)
    r.appendChild(this.children[n].toNode());
  return r;
}, sl = /[\s"'>/=\x00-\x1f]/, Ws = function(e) {
  var r = "<" + e;
  this.classes.length && (r += ' class="' + p0(se(this.classes)) + '"');
  var a = ka(this.style);
  a && (r += ' style="' + p0(a) + '"');
  for (var n of Object.keys(this.attributes)) {
    if (sl.test(n))
      throw new C("Invalid attribute name '" + n + "'");
    r += " " + n + '="' + p0(this.attributes[n]) + '"';
  }
  r += ">";
  for (var s = 0; s < this.children.length; s++)
    r += this.children[s].toMarkup();
  return r += "</" + e + ">", r;
};
class Ue {
  constructor(e, r, a, n) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.width = void 0, this.maxFontSize = void 0, this.style = void 0, this.italic = void 0, Us.call(this, e, a, n), this.children = r || [];
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
    return Vs.call(this, "span");
  }
  toMarkup() {
    return Ws.call(this, "span");
  }
}
class Qt {
  constructor(e, r, a, n) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, Us.call(this, r, n), this.children = a || [], this.setAttribute("href", e);
  }
  setAttribute(e, r) {
    this.attributes[e] = r;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return Vs.call(this, "a");
  }
  toMarkup() {
    return Ws.call(this, "a");
  }
}
class il {
  constructor(e, r, a) {
    this.src = void 0, this.alt = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, this.alt = r, this.src = e, this.classes = ["mord"], this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = a;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    var e = document.createElement("img");
    return e.src = this.src, e.alt = this.alt, e.className = "mord", Object.assign(e.style, this.style), e;
  }
  toMarkup() {
    var e = '<img src="' + p0(this.src) + '"' + (' alt="' + p0(this.alt) + '"'), r = ka(this.style);
    return r && (e += ' style="' + p0(r) + '"'), e += "'/>", e;
  }
}
var ol = {
  î: "ı̂",
  ï: "ı̈",
  í: "ı́",
  // 'ī': '\u0131\u0304', // enable when we add Extended Latin
  ì: "ı̀"
};
class S0 {
  constructor(e, r, a, n, s, i, o, l) {
    this.text = void 0, this.height = void 0, this.depth = void 0, this.italic = void 0, this.skew = void 0, this.width = void 0, this.maxFontSize = void 0, this.classes = void 0, this.style = void 0, this.text = e, this.height = r || 0, this.depth = a || 0, this.italic = n || 0, this.skew = s || 0, this.width = i || 0, this.classes = o || [], this.style = l || {}, this.maxFontSize = 0;
    var h = jo(this.text.charCodeAt(0));
    h && this.classes.push(h + "_fallback"), /[îïíì]/.test(this.text) && (this.text = ol[this.text]);
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
    return this.italic > 0 && (r = document.createElement("span"), r.style.marginRight = B(this.italic)), this.classes.length > 0 && (r = r || document.createElement("span"), r.className = se(this.classes)), Object.keys(this.style).length > 0 && (r = r || document.createElement("span"), Object.assign(r.style, this.style)), r ? (r.appendChild(e), r) : e;
  }
  /**
   * Creates markup for a symbol node.
   */
  toMarkup() {
    var e = !1, r = "<span";
    this.classes.length && (e = !0, r += ' class="', r += p0(se(this.classes)), r += '"');
    var a = "";
    this.italic > 0 && (a += "margin-right:" + B(this.italic) + ";"), a += ka(this.style), a && (e = !0, r += ' style="' + p0(a) + '"');
    var n = p0(this.text);
    return e ? (r += ">", r += n, r += "</span>", r) : n;
  }
}
class Z0 {
  constructor(e, r) {
    this.children = void 0, this.attributes = void 0, this.children = e || [], this.attributes = r || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "svg");
    for (var a of Object.keys(this.attributes))
      r.setAttribute(a, this.attributes[a]);
    for (var n = 0; n < this.children.length; n++)
      r.appendChild(this.children[n].toNode());
    return r;
  }
  toMarkup() {
    var e = '<svg xmlns="http://www.w3.org/2000/svg"';
    for (var r of Object.keys(this.attributes))
      e += " " + r + '="' + p0(this.attributes[r]) + '"';
    e += ">";
    for (var a = 0; a < this.children.length; a++)
      e += this.children[a].toMarkup();
    return e += "</svg>", e;
  }
}
class ie {
  constructor(e, r) {
    this.pathName = void 0, this.alternate = void 0, this.pathName = e, this.alternate = r;
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "path");
    return this.alternate ? r.setAttribute("d", this.alternate) : r.setAttribute("d", Mn[this.pathName]), r;
  }
  toMarkup() {
    return this.alternate ? '<path d="' + p0(this.alternate) + '"/>' : '<path d="' + p0(Mn[this.pathName]) + '"/>';
  }
}
class Zr {
  constructor(e) {
    this.attributes = void 0, this.attributes = e || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", r = document.createElementNS(e, "line");
    for (var a of Object.keys(this.attributes))
      r.setAttribute(a, this.attributes[a]);
    return r;
  }
  toMarkup() {
    var e = "<line";
    for (var r of Object.keys(this.attributes))
      e += " " + r + '="' + p0(this.attributes[r]) + '"';
    return e += "/>", e;
  }
}
function ll(t) {
  if (t instanceof S0)
    return t;
  throw new Error("Expected symbolNode but got " + String(t) + ".");
}
function ul(t) {
  if (t instanceof Ue)
    return t;
  throw new Error("Expected span<HtmlDomNode> but got " + String(t) + ".");
}
var hl = (t) => t instanceof Ue || t instanceof Qt || t instanceof Ge, O0 = {
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
}, xt = {
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
}, Sn = {
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
function cl(t, e) {
  O0[t] = e;
}
function Ma(t, e, r) {
  if (!O0[e])
    throw new Error("Font metrics not found for font: " + e + ".");
  var a = t.charCodeAt(0), n = O0[e][a];
  if (!n && t[0] in Sn && (a = Sn[t[0]].charCodeAt(0), n = O0[e][a]), !n && r === "text" && Ps(a) && (n = O0[e][77]), n)
    return {
      depth: n[0],
      height: n[1],
      italic: n[2],
      skew: n[3],
      width: n[4]
    };
}
var wr = {};
function ml(t) {
  var e;
  if (t >= 5 ? e = 0 : t >= 3 ? e = 1 : e = 2, !wr[e]) {
    var r = wr[e] = {
      cssEmPerMu: xt.quad[e] / 18
    };
    for (var a in xt)
      xt.hasOwnProperty(a) && (r[a] = xt[a][e]);
  }
  return wr[e];
}
var J = {
  math: {},
  text: {}
};
function u(t, e, r, a, n, s) {
  J[t][n] = {
    font: e,
    group: r,
    replace: a
  }, s && a && (J[t][a] = J[t][n]);
}
var c = "math", S = "text", m = "main", g = "ams", Q = "accent-token", q = "bin", y0 = "close", Ve = "inner", L = "mathord", i0 = "op-token", A0 = "open", ot = "punct", b = "rel", Q0 = "spacing", x = "textord";
u(c, m, b, "≡", "\\equiv", !0);
u(c, m, b, "≺", "\\prec", !0);
u(c, m, b, "≻", "\\succ", !0);
u(c, m, b, "∼", "\\sim", !0);
u(c, m, b, "⊥", "\\perp");
u(c, m, b, "⪯", "\\preceq", !0);
u(c, m, b, "⪰", "\\succeq", !0);
u(c, m, b, "≃", "\\simeq", !0);
u(c, m, b, "∣", "\\mid", !0);
u(c, m, b, "≪", "\\ll", !0);
u(c, m, b, "≫", "\\gg", !0);
u(c, m, b, "≍", "\\asymp", !0);
u(c, m, b, "∥", "\\parallel");
u(c, m, b, "⋈", "\\bowtie", !0);
u(c, m, b, "⌣", "\\smile", !0);
u(c, m, b, "⊑", "\\sqsubseteq", !0);
u(c, m, b, "⊒", "\\sqsupseteq", !0);
u(c, m, b, "≐", "\\doteq", !0);
u(c, m, b, "⌢", "\\frown", !0);
u(c, m, b, "∋", "\\ni", !0);
u(c, m, b, "∝", "\\propto", !0);
u(c, m, b, "⊢", "\\vdash", !0);
u(c, m, b, "⊣", "\\dashv", !0);
u(c, m, b, "∋", "\\owns");
u(c, m, ot, ".", "\\ldotp");
u(c, m, ot, "⋅", "\\cdotp");
u(c, m, ot, "⋅", "·");
u(S, m, x, "⋅", "·");
u(c, m, x, "#", "\\#");
u(S, m, x, "#", "\\#");
u(c, m, x, "&", "\\&");
u(S, m, x, "&", "\\&");
u(c, m, x, "ℵ", "\\aleph", !0);
u(c, m, x, "∀", "\\forall", !0);
u(c, m, x, "ℏ", "\\hbar", !0);
u(c, m, x, "∃", "\\exists", !0);
u(c, m, x, "∇", "\\nabla", !0);
u(c, m, x, "♭", "\\flat", !0);
u(c, m, x, "ℓ", "\\ell", !0);
u(c, m, x, "♮", "\\natural", !0);
u(c, m, x, "♣", "\\clubsuit", !0);
u(c, m, x, "℘", "\\wp", !0);
u(c, m, x, "♯", "\\sharp", !0);
u(c, m, x, "♢", "\\diamondsuit", !0);
u(c, m, x, "ℜ", "\\Re", !0);
u(c, m, x, "♡", "\\heartsuit", !0);
u(c, m, x, "ℑ", "\\Im", !0);
u(c, m, x, "♠", "\\spadesuit", !0);
u(c, m, x, "§", "\\S", !0);
u(S, m, x, "§", "\\S");
u(c, m, x, "¶", "\\P", !0);
u(S, m, x, "¶", "\\P");
u(c, m, x, "†", "\\dag");
u(S, m, x, "†", "\\dag");
u(S, m, x, "†", "\\textdagger");
u(c, m, x, "‡", "\\ddag");
u(S, m, x, "‡", "\\ddag");
u(S, m, x, "‡", "\\textdaggerdbl");
u(c, m, y0, "⎱", "\\rmoustache", !0);
u(c, m, A0, "⎰", "\\lmoustache", !0);
u(c, m, y0, "⟯", "\\rgroup", !0);
u(c, m, A0, "⟮", "\\lgroup", !0);
u(c, m, q, "∓", "\\mp", !0);
u(c, m, q, "⊖", "\\ominus", !0);
u(c, m, q, "⊎", "\\uplus", !0);
u(c, m, q, "⊓", "\\sqcap", !0);
u(c, m, q, "∗", "\\ast");
u(c, m, q, "⊔", "\\sqcup", !0);
u(c, m, q, "◯", "\\bigcirc", !0);
u(c, m, q, "∙", "\\bullet", !0);
u(c, m, q, "‡", "\\ddagger");
u(c, m, q, "≀", "\\wr", !0);
u(c, m, q, "⨿", "\\amalg");
u(c, m, q, "&", "\\And");
u(c, m, b, "⟵", "\\longleftarrow", !0);
u(c, m, b, "⇐", "\\Leftarrow", !0);
u(c, m, b, "⟸", "\\Longleftarrow", !0);
u(c, m, b, "⟶", "\\longrightarrow", !0);
u(c, m, b, "⇒", "\\Rightarrow", !0);
u(c, m, b, "⟹", "\\Longrightarrow", !0);
u(c, m, b, "↔", "\\leftrightarrow", !0);
u(c, m, b, "⟷", "\\longleftrightarrow", !0);
u(c, m, b, "⇔", "\\Leftrightarrow", !0);
u(c, m, b, "⟺", "\\Longleftrightarrow", !0);
u(c, m, b, "↦", "\\mapsto", !0);
u(c, m, b, "⟼", "\\longmapsto", !0);
u(c, m, b, "↗", "\\nearrow", !0);
u(c, m, b, "↩", "\\hookleftarrow", !0);
u(c, m, b, "↪", "\\hookrightarrow", !0);
u(c, m, b, "↘", "\\searrow", !0);
u(c, m, b, "↼", "\\leftharpoonup", !0);
u(c, m, b, "⇀", "\\rightharpoonup", !0);
u(c, m, b, "↙", "\\swarrow", !0);
u(c, m, b, "↽", "\\leftharpoondown", !0);
u(c, m, b, "⇁", "\\rightharpoondown", !0);
u(c, m, b, "↖", "\\nwarrow", !0);
u(c, m, b, "⇌", "\\rightleftharpoons", !0);
u(c, g, b, "≮", "\\nless", !0);
u(c, g, b, "", "\\@nleqslant");
u(c, g, b, "", "\\@nleqq");
u(c, g, b, "⪇", "\\lneq", !0);
u(c, g, b, "≨", "\\lneqq", !0);
u(c, g, b, "", "\\@lvertneqq");
u(c, g, b, "⋦", "\\lnsim", !0);
u(c, g, b, "⪉", "\\lnapprox", !0);
u(c, g, b, "⊀", "\\nprec", !0);
u(c, g, b, "⋠", "\\npreceq", !0);
u(c, g, b, "⋨", "\\precnsim", !0);
u(c, g, b, "⪹", "\\precnapprox", !0);
u(c, g, b, "≁", "\\nsim", !0);
u(c, g, b, "", "\\@nshortmid");
u(c, g, b, "∤", "\\nmid", !0);
u(c, g, b, "⊬", "\\nvdash", !0);
u(c, g, b, "⊭", "\\nvDash", !0);
u(c, g, b, "⋪", "\\ntriangleleft");
u(c, g, b, "⋬", "\\ntrianglelefteq", !0);
u(c, g, b, "⊊", "\\subsetneq", !0);
u(c, g, b, "", "\\@varsubsetneq");
u(c, g, b, "⫋", "\\subsetneqq", !0);
u(c, g, b, "", "\\@varsubsetneqq");
u(c, g, b, "≯", "\\ngtr", !0);
u(c, g, b, "", "\\@ngeqslant");
u(c, g, b, "", "\\@ngeqq");
u(c, g, b, "⪈", "\\gneq", !0);
u(c, g, b, "≩", "\\gneqq", !0);
u(c, g, b, "", "\\@gvertneqq");
u(c, g, b, "⋧", "\\gnsim", !0);
u(c, g, b, "⪊", "\\gnapprox", !0);
u(c, g, b, "⊁", "\\nsucc", !0);
u(c, g, b, "⋡", "\\nsucceq", !0);
u(c, g, b, "⋩", "\\succnsim", !0);
u(c, g, b, "⪺", "\\succnapprox", !0);
u(c, g, b, "≆", "\\ncong", !0);
u(c, g, b, "", "\\@nshortparallel");
u(c, g, b, "∦", "\\nparallel", !0);
u(c, g, b, "⊯", "\\nVDash", !0);
u(c, g, b, "⋫", "\\ntriangleright");
u(c, g, b, "⋭", "\\ntrianglerighteq", !0);
u(c, g, b, "", "\\@nsupseteqq");
u(c, g, b, "⊋", "\\supsetneq", !0);
u(c, g, b, "", "\\@varsupsetneq");
u(c, g, b, "⫌", "\\supsetneqq", !0);
u(c, g, b, "", "\\@varsupsetneqq");
u(c, g, b, "⊮", "\\nVdash", !0);
u(c, g, b, "⪵", "\\precneqq", !0);
u(c, g, b, "⪶", "\\succneqq", !0);
u(c, g, b, "", "\\@nsubseteqq");
u(c, g, q, "⊴", "\\unlhd");
u(c, g, q, "⊵", "\\unrhd");
u(c, g, b, "↚", "\\nleftarrow", !0);
u(c, g, b, "↛", "\\nrightarrow", !0);
u(c, g, b, "⇍", "\\nLeftarrow", !0);
u(c, g, b, "⇏", "\\nRightarrow", !0);
u(c, g, b, "↮", "\\nleftrightarrow", !0);
u(c, g, b, "⇎", "\\nLeftrightarrow", !0);
u(c, g, b, "△", "\\vartriangle");
u(c, g, x, "ℏ", "\\hslash");
u(c, g, x, "▽", "\\triangledown");
u(c, g, x, "◊", "\\lozenge");
u(c, g, x, "Ⓢ", "\\circledS");
u(c, g, x, "®", "\\circledR");
u(S, g, x, "®", "\\circledR");
u(c, g, x, "∡", "\\measuredangle", !0);
u(c, g, x, "∄", "\\nexists");
u(c, g, x, "℧", "\\mho");
u(c, g, x, "Ⅎ", "\\Finv", !0);
u(c, g, x, "⅁", "\\Game", !0);
u(c, g, x, "‵", "\\backprime");
u(c, g, x, "▲", "\\blacktriangle");
u(c, g, x, "▼", "\\blacktriangledown");
u(c, g, x, "■", "\\blacksquare");
u(c, g, x, "⧫", "\\blacklozenge");
u(c, g, x, "★", "\\bigstar");
u(c, g, x, "∢", "\\sphericalangle", !0);
u(c, g, x, "∁", "\\complement", !0);
u(c, g, x, "ð", "\\eth", !0);
u(S, m, x, "ð", "ð");
u(c, g, x, "╱", "\\diagup");
u(c, g, x, "╲", "\\diagdown");
u(c, g, x, "□", "\\square");
u(c, g, x, "□", "\\Box");
u(c, g, x, "◊", "\\Diamond");
u(c, g, x, "¥", "\\yen", !0);
u(S, g, x, "¥", "\\yen", !0);
u(c, g, x, "✓", "\\checkmark", !0);
u(S, g, x, "✓", "\\checkmark");
u(c, g, x, "ℶ", "\\beth", !0);
u(c, g, x, "ℸ", "\\daleth", !0);
u(c, g, x, "ℷ", "\\gimel", !0);
u(c, g, x, "ϝ", "\\digamma", !0);
u(c, g, x, "ϰ", "\\varkappa");
u(c, g, A0, "┌", "\\@ulcorner", !0);
u(c, g, y0, "┐", "\\@urcorner", !0);
u(c, g, A0, "└", "\\@llcorner", !0);
u(c, g, y0, "┘", "\\@lrcorner", !0);
u(c, g, b, "≦", "\\leqq", !0);
u(c, g, b, "⩽", "\\leqslant", !0);
u(c, g, b, "⪕", "\\eqslantless", !0);
u(c, g, b, "≲", "\\lesssim", !0);
u(c, g, b, "⪅", "\\lessapprox", !0);
u(c, g, b, "≊", "\\approxeq", !0);
u(c, g, q, "⋖", "\\lessdot");
u(c, g, b, "⋘", "\\lll", !0);
u(c, g, b, "≶", "\\lessgtr", !0);
u(c, g, b, "⋚", "\\lesseqgtr", !0);
u(c, g, b, "⪋", "\\lesseqqgtr", !0);
u(c, g, b, "≑", "\\doteqdot");
u(c, g, b, "≓", "\\risingdotseq", !0);
u(c, g, b, "≒", "\\fallingdotseq", !0);
u(c, g, b, "∽", "\\backsim", !0);
u(c, g, b, "⋍", "\\backsimeq", !0);
u(c, g, b, "⫅", "\\subseteqq", !0);
u(c, g, b, "⋐", "\\Subset", !0);
u(c, g, b, "⊏", "\\sqsubset", !0);
u(c, g, b, "≼", "\\preccurlyeq", !0);
u(c, g, b, "⋞", "\\curlyeqprec", !0);
u(c, g, b, "≾", "\\precsim", !0);
u(c, g, b, "⪷", "\\precapprox", !0);
u(c, g, b, "⊲", "\\vartriangleleft");
u(c, g, b, "⊴", "\\trianglelefteq");
u(c, g, b, "⊨", "\\vDash", !0);
u(c, g, b, "⊪", "\\Vvdash", !0);
u(c, g, b, "⌣", "\\smallsmile");
u(c, g, b, "⌢", "\\smallfrown");
u(c, g, b, "≏", "\\bumpeq", !0);
u(c, g, b, "≎", "\\Bumpeq", !0);
u(c, g, b, "≧", "\\geqq", !0);
u(c, g, b, "⩾", "\\geqslant", !0);
u(c, g, b, "⪖", "\\eqslantgtr", !0);
u(c, g, b, "≳", "\\gtrsim", !0);
u(c, g, b, "⪆", "\\gtrapprox", !0);
u(c, g, q, "⋗", "\\gtrdot");
u(c, g, b, "⋙", "\\ggg", !0);
u(c, g, b, "≷", "\\gtrless", !0);
u(c, g, b, "⋛", "\\gtreqless", !0);
u(c, g, b, "⪌", "\\gtreqqless", !0);
u(c, g, b, "≖", "\\eqcirc", !0);
u(c, g, b, "≗", "\\circeq", !0);
u(c, g, b, "≜", "\\triangleq", !0);
u(c, g, b, "∼", "\\thicksim");
u(c, g, b, "≈", "\\thickapprox");
u(c, g, b, "⫆", "\\supseteqq", !0);
u(c, g, b, "⋑", "\\Supset", !0);
u(c, g, b, "⊐", "\\sqsupset", !0);
u(c, g, b, "≽", "\\succcurlyeq", !0);
u(c, g, b, "⋟", "\\curlyeqsucc", !0);
u(c, g, b, "≿", "\\succsim", !0);
u(c, g, b, "⪸", "\\succapprox", !0);
u(c, g, b, "⊳", "\\vartriangleright");
u(c, g, b, "⊵", "\\trianglerighteq");
u(c, g, b, "⊩", "\\Vdash", !0);
u(c, g, b, "∣", "\\shortmid");
u(c, g, b, "∥", "\\shortparallel");
u(c, g, b, "≬", "\\between", !0);
u(c, g, b, "⋔", "\\pitchfork", !0);
u(c, g, b, "∝", "\\varpropto");
u(c, g, b, "◀", "\\blacktriangleleft");
u(c, g, b, "∴", "\\therefore", !0);
u(c, g, b, "∍", "\\backepsilon");
u(c, g, b, "▶", "\\blacktriangleright");
u(c, g, b, "∵", "\\because", !0);
u(c, g, b, "⋘", "\\llless");
u(c, g, b, "⋙", "\\gggtr");
u(c, g, q, "⊲", "\\lhd");
u(c, g, q, "⊳", "\\rhd");
u(c, g, b, "≂", "\\eqsim", !0);
u(c, m, b, "⋈", "\\Join");
u(c, g, b, "≑", "\\Doteq", !0);
u(c, g, q, "∔", "\\dotplus", !0);
u(c, g, q, "∖", "\\smallsetminus");
u(c, g, q, "⋒", "\\Cap", !0);
u(c, g, q, "⋓", "\\Cup", !0);
u(c, g, q, "⩞", "\\doublebarwedge", !0);
u(c, g, q, "⊟", "\\boxminus", !0);
u(c, g, q, "⊞", "\\boxplus", !0);
u(c, g, q, "⋇", "\\divideontimes", !0);
u(c, g, q, "⋉", "\\ltimes", !0);
u(c, g, q, "⋊", "\\rtimes", !0);
u(c, g, q, "⋋", "\\leftthreetimes", !0);
u(c, g, q, "⋌", "\\rightthreetimes", !0);
u(c, g, q, "⋏", "\\curlywedge", !0);
u(c, g, q, "⋎", "\\curlyvee", !0);
u(c, g, q, "⊝", "\\circleddash", !0);
u(c, g, q, "⊛", "\\circledast", !0);
u(c, g, q, "⋅", "\\centerdot");
u(c, g, q, "⊺", "\\intercal", !0);
u(c, g, q, "⋒", "\\doublecap");
u(c, g, q, "⋓", "\\doublecup");
u(c, g, q, "⊠", "\\boxtimes", !0);
u(c, g, b, "⇢", "\\dashrightarrow", !0);
u(c, g, b, "⇠", "\\dashleftarrow", !0);
u(c, g, b, "⇇", "\\leftleftarrows", !0);
u(c, g, b, "⇆", "\\leftrightarrows", !0);
u(c, g, b, "⇚", "\\Lleftarrow", !0);
u(c, g, b, "↞", "\\twoheadleftarrow", !0);
u(c, g, b, "↢", "\\leftarrowtail", !0);
u(c, g, b, "↫", "\\looparrowleft", !0);
u(c, g, b, "⇋", "\\leftrightharpoons", !0);
u(c, g, b, "↶", "\\curvearrowleft", !0);
u(c, g, b, "↺", "\\circlearrowleft", !0);
u(c, g, b, "↰", "\\Lsh", !0);
u(c, g, b, "⇈", "\\upuparrows", !0);
u(c, g, b, "↿", "\\upharpoonleft", !0);
u(c, g, b, "⇃", "\\downharpoonleft", !0);
u(c, m, b, "⊶", "\\origof", !0);
u(c, m, b, "⊷", "\\imageof", !0);
u(c, g, b, "⊸", "\\multimap", !0);
u(c, g, b, "↭", "\\leftrightsquigarrow", !0);
u(c, g, b, "⇉", "\\rightrightarrows", !0);
u(c, g, b, "⇄", "\\rightleftarrows", !0);
u(c, g, b, "↠", "\\twoheadrightarrow", !0);
u(c, g, b, "↣", "\\rightarrowtail", !0);
u(c, g, b, "↬", "\\looparrowright", !0);
u(c, g, b, "↷", "\\curvearrowright", !0);
u(c, g, b, "↻", "\\circlearrowright", !0);
u(c, g, b, "↱", "\\Rsh", !0);
u(c, g, b, "⇊", "\\downdownarrows", !0);
u(c, g, b, "↾", "\\upharpoonright", !0);
u(c, g, b, "⇂", "\\downharpoonright", !0);
u(c, g, b, "⇝", "\\rightsquigarrow", !0);
u(c, g, b, "⇝", "\\leadsto");
u(c, g, b, "⇛", "\\Rrightarrow", !0);
u(c, g, b, "↾", "\\restriction");
u(c, m, x, "‘", "`");
u(c, m, x, "$", "\\$");
u(S, m, x, "$", "\\$");
u(S, m, x, "$", "\\textdollar");
u(c, m, x, "%", "\\%");
u(S, m, x, "%", "\\%");
u(c, m, x, "_", "\\_");
u(S, m, x, "_", "\\_");
u(S, m, x, "_", "\\textunderscore");
u(c, m, x, "∠", "\\angle", !0);
u(c, m, x, "∞", "\\infty", !0);
u(c, m, x, "′", "\\prime");
u(c, m, x, "△", "\\triangle");
u(c, m, x, "Γ", "\\Gamma", !0);
u(c, m, x, "Δ", "\\Delta", !0);
u(c, m, x, "Θ", "\\Theta", !0);
u(c, m, x, "Λ", "\\Lambda", !0);
u(c, m, x, "Ξ", "\\Xi", !0);
u(c, m, x, "Π", "\\Pi", !0);
u(c, m, x, "Σ", "\\Sigma", !0);
u(c, m, x, "Υ", "\\Upsilon", !0);
u(c, m, x, "Φ", "\\Phi", !0);
u(c, m, x, "Ψ", "\\Psi", !0);
u(c, m, x, "Ω", "\\Omega", !0);
u(c, m, x, "A", "Α");
u(c, m, x, "B", "Β");
u(c, m, x, "E", "Ε");
u(c, m, x, "Z", "Ζ");
u(c, m, x, "H", "Η");
u(c, m, x, "I", "Ι");
u(c, m, x, "K", "Κ");
u(c, m, x, "M", "Μ");
u(c, m, x, "N", "Ν");
u(c, m, x, "O", "Ο");
u(c, m, x, "P", "Ρ");
u(c, m, x, "T", "Τ");
u(c, m, x, "X", "Χ");
u(c, m, x, "¬", "\\neg", !0);
u(c, m, x, "¬", "\\lnot");
u(c, m, x, "⊤", "\\top");
u(c, m, x, "⊥", "\\bot");
u(c, m, x, "∅", "\\emptyset");
u(c, g, x, "∅", "\\varnothing");
u(c, m, L, "α", "\\alpha", !0);
u(c, m, L, "β", "\\beta", !0);
u(c, m, L, "γ", "\\gamma", !0);
u(c, m, L, "δ", "\\delta", !0);
u(c, m, L, "ϵ", "\\epsilon", !0);
u(c, m, L, "ζ", "\\zeta", !0);
u(c, m, L, "η", "\\eta", !0);
u(c, m, L, "θ", "\\theta", !0);
u(c, m, L, "ι", "\\iota", !0);
u(c, m, L, "κ", "\\kappa", !0);
u(c, m, L, "λ", "\\lambda", !0);
u(c, m, L, "μ", "\\mu", !0);
u(c, m, L, "ν", "\\nu", !0);
u(c, m, L, "ξ", "\\xi", !0);
u(c, m, L, "ο", "\\omicron", !0);
u(c, m, L, "π", "\\pi", !0);
u(c, m, L, "ρ", "\\rho", !0);
u(c, m, L, "σ", "\\sigma", !0);
u(c, m, L, "τ", "\\tau", !0);
u(c, m, L, "υ", "\\upsilon", !0);
u(c, m, L, "ϕ", "\\phi", !0);
u(c, m, L, "χ", "\\chi", !0);
u(c, m, L, "ψ", "\\psi", !0);
u(c, m, L, "ω", "\\omega", !0);
u(c, m, L, "ε", "\\varepsilon", !0);
u(c, m, L, "ϑ", "\\vartheta", !0);
u(c, m, L, "ϖ", "\\varpi", !0);
u(c, m, L, "ϱ", "\\varrho", !0);
u(c, m, L, "ς", "\\varsigma", !0);
u(c, m, L, "φ", "\\varphi", !0);
u(c, m, q, "∗", "*", !0);
u(c, m, q, "+", "+");
u(c, m, q, "−", "-", !0);
u(c, m, q, "⋅", "\\cdot", !0);
u(c, m, q, "∘", "\\circ", !0);
u(c, m, q, "÷", "\\div", !0);
u(c, m, q, "±", "\\pm", !0);
u(c, m, q, "×", "\\times", !0);
u(c, m, q, "∩", "\\cap", !0);
u(c, m, q, "∪", "\\cup", !0);
u(c, m, q, "∖", "\\setminus", !0);
u(c, m, q, "∧", "\\land");
u(c, m, q, "∨", "\\lor");
u(c, m, q, "∧", "\\wedge", !0);
u(c, m, q, "∨", "\\vee", !0);
u(c, m, x, "√", "\\surd");
u(c, m, A0, "⟨", "\\langle", !0);
u(c, m, A0, "∣", "\\lvert");
u(c, m, A0, "∥", "\\lVert");
u(c, m, y0, "?", "?");
u(c, m, y0, "!", "!");
u(c, m, y0, "⟩", "\\rangle", !0);
u(c, m, y0, "∣", "\\rvert");
u(c, m, y0, "∥", "\\rVert");
u(c, m, b, "=", "=");
u(c, m, b, ":", ":");
u(c, m, b, "≈", "\\approx", !0);
u(c, m, b, "≅", "\\cong", !0);
u(c, m, b, "≥", "\\ge");
u(c, m, b, "≥", "\\geq", !0);
u(c, m, b, "←", "\\gets");
u(c, m, b, ">", "\\gt", !0);
u(c, m, b, "∈", "\\in", !0);
u(c, m, b, "", "\\@not");
u(c, m, b, "⊂", "\\subset", !0);
u(c, m, b, "⊃", "\\supset", !0);
u(c, m, b, "⊆", "\\subseteq", !0);
u(c, m, b, "⊇", "\\supseteq", !0);
u(c, g, b, "⊈", "\\nsubseteq", !0);
u(c, g, b, "⊉", "\\nsupseteq", !0);
u(c, m, b, "⊨", "\\models");
u(c, m, b, "←", "\\leftarrow", !0);
u(c, m, b, "≤", "\\le");
u(c, m, b, "≤", "\\leq", !0);
u(c, m, b, "<", "\\lt", !0);
u(c, m, b, "→", "\\rightarrow", !0);
u(c, m, b, "→", "\\to");
u(c, g, b, "≱", "\\ngeq", !0);
u(c, g, b, "≰", "\\nleq", !0);
u(c, m, Q0, " ", "\\ ");
u(c, m, Q0, " ", "\\space");
u(c, m, Q0, " ", "\\nobreakspace");
u(S, m, Q0, " ", "\\ ");
u(S, m, Q0, " ", " ");
u(S, m, Q0, " ", "\\space");
u(S, m, Q0, " ", "\\nobreakspace");
u(c, m, Q0, "", "\\nobreak");
u(c, m, Q0, "", "\\allowbreak");
u(c, m, ot, ",", ",");
u(c, m, ot, ";", ";");
u(c, g, q, "⊼", "\\barwedge", !0);
u(c, g, q, "⊻", "\\veebar", !0);
u(c, m, q, "⊙", "\\odot", !0);
u(c, m, q, "⊕", "\\oplus", !0);
u(c, m, q, "⊗", "\\otimes", !0);
u(c, m, x, "∂", "\\partial", !0);
u(c, m, q, "⊘", "\\oslash", !0);
u(c, g, q, "⊚", "\\circledcirc", !0);
u(c, g, q, "⊡", "\\boxdot", !0);
u(c, m, q, "△", "\\bigtriangleup");
u(c, m, q, "▽", "\\bigtriangledown");
u(c, m, q, "†", "\\dagger");
u(c, m, q, "⋄", "\\diamond");
u(c, m, q, "⋆", "\\star");
u(c, m, q, "◃", "\\triangleleft");
u(c, m, q, "▹", "\\triangleright");
u(c, m, A0, "{", "\\{");
u(S, m, x, "{", "\\{");
u(S, m, x, "{", "\\textbraceleft");
u(c, m, y0, "}", "\\}");
u(S, m, x, "}", "\\}");
u(S, m, x, "}", "\\textbraceright");
u(c, m, A0, "{", "\\lbrace");
u(c, m, y0, "}", "\\rbrace");
u(c, m, A0, "[", "\\lbrack", !0);
u(S, m, x, "[", "\\lbrack", !0);
u(c, m, y0, "]", "\\rbrack", !0);
u(S, m, x, "]", "\\rbrack", !0);
u(c, m, A0, "(", "\\lparen", !0);
u(c, m, y0, ")", "\\rparen", !0);
u(S, m, x, "<", "\\textless", !0);
u(S, m, x, ">", "\\textgreater", !0);
u(c, m, A0, "⌊", "\\lfloor", !0);
u(c, m, y0, "⌋", "\\rfloor", !0);
u(c, m, A0, "⌈", "\\lceil", !0);
u(c, m, y0, "⌉", "\\rceil", !0);
u(c, m, x, "\\", "\\backslash");
u(c, m, x, "∣", "|");
u(c, m, x, "∣", "\\vert");
u(S, m, x, "|", "\\textbar", !0);
u(c, m, x, "∥", "\\|");
u(c, m, x, "∥", "\\Vert");
u(S, m, x, "∥", "\\textbardbl");
u(S, m, x, "~", "\\textasciitilde");
u(S, m, x, "\\", "\\textbackslash");
u(S, m, x, "^", "\\textasciicircum");
u(c, m, b, "↑", "\\uparrow", !0);
u(c, m, b, "⇑", "\\Uparrow", !0);
u(c, m, b, "↓", "\\downarrow", !0);
u(c, m, b, "⇓", "\\Downarrow", !0);
u(c, m, b, "↕", "\\updownarrow", !0);
u(c, m, b, "⇕", "\\Updownarrow", !0);
u(c, m, i0, "∐", "\\coprod");
u(c, m, i0, "⋁", "\\bigvee");
u(c, m, i0, "⋀", "\\bigwedge");
u(c, m, i0, "⨄", "\\biguplus");
u(c, m, i0, "⋂", "\\bigcap");
u(c, m, i0, "⋃", "\\bigcup");
u(c, m, i0, "∫", "\\int");
u(c, m, i0, "∫", "\\intop");
u(c, m, i0, "∬", "\\iint");
u(c, m, i0, "∭", "\\iiint");
u(c, m, i0, "∏", "\\prod");
u(c, m, i0, "∑", "\\sum");
u(c, m, i0, "⨂", "\\bigotimes");
u(c, m, i0, "⨁", "\\bigoplus");
u(c, m, i0, "⨀", "\\bigodot");
u(c, m, i0, "∮", "\\oint");
u(c, m, i0, "∯", "\\oiint");
u(c, m, i0, "∰", "\\oiiint");
u(c, m, i0, "⨆", "\\bigsqcup");
u(c, m, i0, "∫", "\\smallint");
u(S, m, Ve, "…", "\\textellipsis");
u(c, m, Ve, "…", "\\mathellipsis");
u(S, m, Ve, "…", "\\ldots", !0);
u(c, m, Ve, "…", "\\ldots", !0);
u(c, m, Ve, "⋯", "\\@cdots", !0);
u(c, m, Ve, "⋱", "\\ddots", !0);
u(c, m, x, "⋮", "\\varvdots");
u(S, m, x, "⋮", "\\varvdots");
u(c, m, Q, "ˊ", "\\acute");
u(c, m, Q, "ˋ", "\\grave");
u(c, m, Q, "¨", "\\ddot");
u(c, m, Q, "~", "\\tilde");
u(c, m, Q, "ˉ", "\\bar");
u(c, m, Q, "˘", "\\breve");
u(c, m, Q, "ˇ", "\\check");
u(c, m, Q, "^", "\\hat");
u(c, m, Q, "⃗", "\\vec");
u(c, m, Q, "˙", "\\dot");
u(c, m, Q, "˚", "\\mathring");
u(c, m, L, "", "\\@imath");
u(c, m, L, "", "\\@jmath");
u(c, m, x, "ı", "ı");
u(c, m, x, "ȷ", "ȷ");
u(S, m, x, "ı", "\\i", !0);
u(S, m, x, "ȷ", "\\j", !0);
u(S, m, x, "ß", "\\ss", !0);
u(S, m, x, "æ", "\\ae", !0);
u(S, m, x, "œ", "\\oe", !0);
u(S, m, x, "ø", "\\o", !0);
u(S, m, x, "Æ", "\\AE", !0);
u(S, m, x, "Œ", "\\OE", !0);
u(S, m, x, "Ø", "\\O", !0);
u(S, m, Q, "ˊ", "\\'");
u(S, m, Q, "ˋ", "\\`");
u(S, m, Q, "ˆ", "\\^");
u(S, m, Q, "˜", "\\~");
u(S, m, Q, "ˉ", "\\=");
u(S, m, Q, "˘", "\\u");
u(S, m, Q, "˙", "\\.");
u(S, m, Q, "¸", "\\c");
u(S, m, Q, "˚", "\\r");
u(S, m, Q, "ˇ", "\\v");
u(S, m, Q, "¨", '\\"');
u(S, m, Q, "˝", "\\H");
u(S, m, Q, "◯", "\\textcircled");
var js = {
  "--": !0,
  "---": !0,
  "``": !0,
  "''": !0
};
u(S, m, x, "–", "--", !0);
u(S, m, x, "–", "\\textendash");
u(S, m, x, "—", "---", !0);
u(S, m, x, "—", "\\textemdash");
u(S, m, x, "‘", "`", !0);
u(S, m, x, "‘", "\\textquoteleft");
u(S, m, x, "’", "'", !0);
u(S, m, x, "’", "\\textquoteright");
u(S, m, x, "“", "``", !0);
u(S, m, x, "“", "\\textquotedblleft");
u(S, m, x, "”", "''", !0);
u(S, m, x, "”", "\\textquotedblright");
u(c, m, x, "°", "\\degree", !0);
u(S, m, x, "°", "\\degree");
u(S, m, x, "°", "\\textdegree", !0);
u(c, m, x, "£", "\\pounds");
u(c, m, x, "£", "\\mathsterling", !0);
u(S, m, x, "£", "\\pounds");
u(S, m, x, "£", "\\textsterling", !0);
u(c, g, x, "✠", "\\maltese");
u(S, g, x, "✠", "\\maltese");
var An = '0123456789/@."';
for (var kr = 0; kr < An.length; kr++) {
  var zn = An.charAt(kr);
  u(c, m, x, zn, zn);
}
var Tn = '0123456789!@*()-=+";:?/.,';
for (var Mr = 0; Mr < Tn.length; Mr++) {
  var Cn = Tn.charAt(Mr);
  u(S, m, x, Cn, Cn);
}
var Ut = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
for (var Sr = 0; Sr < Ut.length; Sr++) {
  var wt = Ut.charAt(Sr);
  u(c, m, L, wt, wt), u(S, m, x, wt, wt);
}
u(c, g, x, "C", "ℂ");
u(S, g, x, "C", "ℂ");
u(c, g, x, "H", "ℍ");
u(S, g, x, "H", "ℍ");
u(c, g, x, "N", "ℕ");
u(S, g, x, "N", "ℕ");
u(c, g, x, "P", "ℙ");
u(S, g, x, "P", "ℙ");
u(c, g, x, "Q", "ℚ");
u(S, g, x, "Q", "ℚ");
u(c, g, x, "R", "ℝ");
u(S, g, x, "R", "ℝ");
u(c, g, x, "Z", "ℤ");
u(S, g, x, "Z", "ℤ");
u(c, m, L, "h", "ℎ");
u(S, m, L, "h", "ℎ");
var H;
for (var v0 = 0; v0 < Ut.length; v0++) {
  var a0 = Ut.charAt(v0);
  H = String.fromCharCode(55349, 56320 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56372 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56424 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56580 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56684 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56736 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56788 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56840 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56944 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), v0 < 26 && (H = String.fromCharCode(55349, 56632 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H), H = String.fromCharCode(55349, 56476 + v0), u(c, m, L, a0, H), u(S, m, x, a0, H));
}
H = "𝕜";
u(c, m, L, "k", H);
u(S, m, x, "k", H);
for (var me = 0; me < 10; me++) {
  var ae = me.toString();
  H = String.fromCharCode(55349, 57294 + me), u(c, m, L, ae, H), u(S, m, x, ae, H), H = String.fromCharCode(55349, 57314 + me), u(c, m, L, ae, H), u(S, m, x, ae, H), H = String.fromCharCode(55349, 57324 + me), u(c, m, L, ae, H), u(S, m, x, ae, H), H = String.fromCharCode(55349, 57334 + me), u(c, m, L, ae, H), u(S, m, x, ae, H);
}
var Jr = "ÐÞþ";
for (var Ar = 0; Ar < Jr.length; Ar++) {
  var kt = Jr.charAt(Ar);
  u(c, m, L, kt, kt), u(S, m, x, kt, kt);
}
var Qr = {
  mathClass: "mathbf",
  textClass: "textbf",
  font: "Main-Bold"
}, Nn = {
  mathClass: "mathnormal",
  textClass: "textit",
  font: "Math-Italic"
}, Bn = {
  mathClass: "boldsymbol",
  textClass: "boldsymbol",
  font: "Main-BoldItalic"
}, dl = {
  mathClass: "mathscr",
  textClass: "textscr",
  font: "Script-Regular"
}, ge = {
  mathClass: "",
  textClass: "",
  font: ""
}, En = {
  mathClass: "mathfrak",
  textClass: "textfrak",
  font: "Fraktur-Regular"
}, Dn = {
  mathClass: "mathbb",
  textClass: "textbb",
  font: "AMS-Regular"
}, qn = {
  mathClass: "mathboldfrak",
  textClass: "textboldfrak",
  font: "Fraktur-Regular"
}, _r = {
  mathClass: "mathsf",
  textClass: "textsf",
  font: "SansSerif-Regular"
}, ea = {
  mathClass: "mathboldsf",
  textClass: "textboldsf",
  font: "SansSerif-Bold"
}, Rn = {
  mathClass: "mathitsf",
  textClass: "textitsf",
  font: "SansSerif-Italic"
}, ta = {
  mathClass: "mathtt",
  textClass: "texttt",
  font: "Typewriter-Regular"
}, In = [
  Qr,
  Qr,
  // A-Z, a-z
  Nn,
  Nn,
  // A-Z, a-z
  Bn,
  Bn,
  // A-Z, a-z
  // Map fancy A-Z letters to script, not calligraphic.
  // This aligns with unicode-math and math fonts (except Cambria Math).
  dl,
  ge,
  // A-Z script, a-z — no font
  ge,
  ge,
  // A-Z bold script, a-z bold script — no font
  En,
  En,
  // A-Z, a-z
  Dn,
  Dn,
  // A-Z double-struck, k double-struck
  // Note that we are using a bold font, but font metrics for regular Fraktur.
  qn,
  qn,
  // A-Z, a-z
  _r,
  _r,
  // A-Z, a-z
  ea,
  ea,
  // A-Z, a-z
  Rn,
  Rn,
  // A-Z, a-z
  ge,
  ge,
  // A-Z bold italic sans, a-z bold italic sans - no font
  ta,
  ta
  // A-Z, a-z
], fl = [
  Qr,
  // 0-9
  ge,
  // 0-9 double-struck. No KaTeX font.
  _r,
  // 0-9
  ea,
  // 0-9
  ta
  // 0-9
], pl = (t) => {
  var e = t.charCodeAt(0), r = t.charCodeAt(1), a = (e - 55296) * 1024 + (r - 56320) + 65536;
  if (119808 <= a && a < 120484) {
    var n = Math.floor((a - 119808) / 26);
    return In[n];
  } else if (120782 <= a && a <= 120831) {
    var s = Math.floor((a - 120782) / 10);
    return fl[s];
  } else {
    if (a === 120485 || a === 120486)
      return In[0];
    if (120486 < a && a < 120782)
      return ge;
    throw new C("Unsupported character: " + t);
  }
}, _t = function(e, r, a) {
  if (J[a][e]) {
    var n = J[a][e].replace;
    n && (e = n);
  }
  return {
    value: e,
    metrics: Ma(e, r, a)
  };
}, g0 = function(e, r, a, n, s) {
  var i = _t(e, r, a), o = i.metrics;
  e = i.value;
  var l;
  if (o) {
    var h = o.italic;
    (a === "text" || n && n.font === "mathit") && (h = 0), l = new S0(e, o.height, o.depth, h, o.skew, o.width, s);
  } else
    typeof console < "u" && console.warn("No character metrics " + ("for '" + e + "' in style '" + r + "' and mode '" + a + "'")), l = new S0(e, 0, 0, 0, 0, 0, s);
  if (n) {
    l.maxFontSize = n.sizeMultiplier, n.style.isTight() && l.classes.push("mtight");
    var d = n.getColor();
    d && (l.style.color = d);
  }
  return l;
}, Sa = function(e, r, a, n) {
  return n === void 0 && (n = []), a.font === "boldsymbol" && _t(e, "Main-Bold", r).metrics ? g0(e, "Main-Bold", r, a, n.concat(["mathbf"])) : e === "\\" || J[r][e].font === "main" ? g0(e, "Main-Regular", r, a, n) : g0(e, "AMS-Regular", r, a, n.concat(["amsrm"]));
}, vl = function(e, r, a) {
  return a !== "textord" && _t(e, "Math-BoldItalic", r).metrics ? {
    fontName: "Math-BoldItalic",
    fontClass: "boldsymbol"
  } : {
    fontName: "Main-Bold",
    fontClass: "mathbf"
  };
}, er = function(e, r, a) {
  var n = e.mode, s = e.text, i = ["mord"], {
    font: o,
    fontFamily: l,
    fontWeight: h,
    fontShape: d
  } = r, p = n === "math" || n === "text" && !!o, v = p ? o : l, y = "", w = "";
  if (s.charCodeAt(0) === 55349) {
    var k = pl(s);
    y = k.font, w = k[n + "Class"];
  }
  if (y)
    return g0(s, y, n, r, i.concat(w));
  if (v) {
    var M, A;
    if (v === "boldsymbol") {
      var E = vl(s, n, a);
      M = E.fontName, A = [E.fontClass];
    } else p ? (M = ra[o].fontName, A = [o]) : (M = Mt(l, h, d), A = [l, h, d]);
    if (_t(s, M, n).metrics)
      return g0(s, M, n, r, i.concat(A));
    if (js.hasOwnProperty(s) && M.slice(0, 10) === "Typewriter") {
      for (var R = [], I = 0; I < s.length; I++)
        R.push(g0(s[I], M, n, r, i.concat(A)));
      return _0(R);
    }
  }
  if (a === "mathord")
    return g0(s, "Math-Italic", n, r, i.concat(["mathnormal"]));
  if (a === "textord") {
    var O = J[n][s] && J[n][s].font;
    if (O === "ams") {
      var F = Mt("amsrm", h, d);
      return g0(s, F, n, r, i.concat("amsrm", h, d));
    } else if (O === "main" || !O) {
      var U = Mt("textrm", h, d);
      return g0(s, U, n, r, i.concat(h, d));
    } else {
      var W = Mt(O, h, d);
      return g0(s, W, n, r, i.concat(W, h, d));
    }
  } else
    throw new Error("unexpected type: " + a + " in makeOrd");
}, gl = (t, e) => {
  if (se(t.classes) !== se(e.classes) || t.skew !== e.skew || t.maxFontSize !== e.maxFontSize || t.italic !== 0 && t.hasClass("mathnormal"))
    return !1;
  if (t.classes.length === 1) {
    var r = t.classes[0];
    if (r === "mbin" || r === "mord")
      return !1;
  }
  for (var a of Object.keys(t.style))
    if (t.style[a] !== e.style[a])
      return !1;
  for (var n of Object.keys(e.style))
    if (t.style[n] !== e.style[n])
      return !1;
  return !0;
}, Xs = (t) => {
  for (var e = 0; e < t.length - 1; e++) {
    var r = t[e], a = t[e + 1];
    r instanceof S0 && a instanceof S0 && gl(r, a) && (r.text += a.text, r.height = Math.max(r.height, a.height), r.depth = Math.max(r.depth, a.depth), r.italic = a.italic, t.splice(e + 1, 1), e--);
  }
  return t;
}, Aa = function(e) {
  for (var r = 0, a = 0, n = 0, s = 0; s < e.children.length; s++) {
    var i = e.children[s];
    i.height > r && (r = i.height), i.depth > a && (a = i.depth), i.maxFontSize > n && (n = i.maxFontSize);
  }
  e.height = r, e.depth = a, e.maxFontSize = n;
}, z = function(e, r, a, n) {
  var s = new Ue(e, r, a, n);
  return Aa(s), s;
}, oe = (t, e, r, a) => new Ue(t, e, r, a), Oe = function(e, r, a) {
  var n = z([e], [], r);
  return n.height = Math.max(a || r.fontMetrics().defaultRuleThickness, r.minRuleThickness), n.style.borderBottomWidth = B(n.height), n.maxFontSize = 1, n;
}, bl = function(e, r, a, n) {
  var s = new Qt(e, r, a, n);
  return Aa(s), s;
}, _0 = function(e) {
  var r = new Ge(e);
  return Aa(r), r;
}, Le = function(e, r) {
  return e instanceof Ge ? z([], [e], r) : e;
}, yl = function(e) {
  if (e.positionType === "individualShift") {
    for (var r = e.children, a = [r[0]], n = -r[0].shift - r[0].elem.depth, s = n, i = 1; i < r.length; i++) {
      var o = -r[i].shift - s - r[i].elem.depth, l = o - (r[i - 1].elem.height + r[i - 1].elem.depth);
      s = s + o, a.push({
        type: "kern",
        size: l
      }), a.push(r[i]);
    }
    return {
      children: a,
      depth: n
    };
  }
  var h;
  if (e.positionType === "top") {
    for (var d = e.positionData, p = 0; p < e.children.length; p++) {
      var v = e.children[p];
      d -= v.type === "kern" ? v.size : v.elem.height + v.elem.depth;
    }
    h = d;
  } else if (e.positionType === "bottom")
    h = -e.positionData;
  else {
    var y = e.children[0];
    if (y.type !== "elem")
      throw new Error('First child must have type "elem".');
    if (e.positionType === "shift")
      h = -y.elem.depth - e.positionData;
    else if (e.positionType === "firstBaseline")
      h = -y.elem.depth;
    else
      throw new Error("Invalid positionType " + e.positionType + ".");
  }
  return {
    children: e.children,
    depth: h
  };
}, X = function(e, r) {
  for (var {
    children: a,
    depth: n
  } = yl(e), s = 0, i = 0; i < a.length; i++) {
    var o = a[i];
    if (o.type === "elem") {
      var l = o.elem;
      s = Math.max(s, l.maxFontSize, l.height);
    }
  }
  s += 2;
  var h = z(["pstrut"], []);
  h.style.height = B(s);
  for (var d = [], p = n, v = n, y = n, w = 0; w < a.length; w++) {
    var k = a[w];
    if (k.type === "kern")
      y += k.size;
    else {
      var M = k.elem, A = k.wrapperClasses || [], E = k.wrapperStyle || {}, R = z(A, [h, M], void 0, E);
      R.style.top = B(-s - y - M.depth), k.marginLeft && (R.style.marginLeft = k.marginLeft), k.marginRight && (R.style.marginRight = k.marginRight), d.push(R), y += M.height + M.depth;
    }
    p = Math.min(p, y), v = Math.max(v, y);
  }
  var I = z(["vlist"], d);
  I.style.height = B(v);
  var O;
  if (p < 0) {
    var F = z([], []), U = z(["vlist"], [F]);
    U.style.height = B(-p);
    var W = z(["vlist-s"], [new S0("​")]);
    O = [z(["vlist-r"], [I, W]), z(["vlist-r"], [U])];
  } else
    O = [z(["vlist-r"], [I])];
  var V = z(["vlist-t"], O);
  return O.length === 2 && V.classes.push("vlist-t2"), V.height = v, V.depth = -p, V;
}, Ys = (t, e) => {
  var r = z(["mspace"], [], e), a = r0(t, e);
  return r.style.marginRight = B(a), r;
}, Mt = (t, e, r) => {
  var a, n;
  switch (t) {
    case "amsrm":
      a = "AMS";
      break;
    case "textrm":
      a = "Main";
      break;
    case "textsf":
      a = "SansSerif";
      break;
    case "texttt":
      a = "Typewriter";
      break;
    default:
      a = t;
  }
  return e === "textbf" && r === "textit" ? n = "BoldItalic" : e === "textbf" ? n = "Bold" : r === "textit" ? n = "Italic" : n = "Regular", a + "-" + n;
}, ra = {
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
}, Ks = {
  //   path, width, height
  vec: ["vec", 0.471, 0.714],
  // values from the font glyph
  oiintSize1: ["oiintSize1", 0.957, 0.499],
  // oval to overlay the integrand
  oiintSize2: ["oiintSize2", 1.472, 0.659],
  oiiintSize1: ["oiiintSize1", 1.304, 0.499],
  oiiintSize2: ["oiiintSize2", 1.98, 0.659]
}, Zs = function(e, r) {
  var [a, n, s] = Ks[e], i = new ie(a), o = new Z0([i], {
    width: B(n),
    height: B(s),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + B(n),
    viewBox: "0 0 " + 1e3 * n + " " + 1e3 * s,
    preserveAspectRatio: "xMinYMin"
  }), l = oe(["overlay"], [o], r);
  return l.height = s, l.style.height = B(s), l.style.width = B(n), l;
}, e0 = {
  number: 3,
  unit: "mu"
}, de = {
  number: 4,
  unit: "mu"
}, V0 = {
  number: 5,
  unit: "mu"
}, xl = {
  mord: {
    mop: e0,
    mbin: de,
    mrel: V0,
    minner: e0
  },
  mop: {
    mord: e0,
    mop: e0,
    mrel: V0,
    minner: e0
  },
  mbin: {
    mord: de,
    mop: de,
    mopen: de,
    minner: de
  },
  mrel: {
    mord: V0,
    mop: V0,
    mopen: V0,
    minner: V0
  },
  mopen: {},
  mclose: {
    mop: e0,
    mbin: de,
    mrel: V0,
    minner: e0
  },
  mpunct: {
    mord: e0,
    mop: e0,
    mrel: V0,
    mopen: e0,
    mclose: e0,
    mpunct: e0,
    minner: e0
  },
  minner: {
    mord: e0,
    mop: e0,
    mbin: de,
    mrel: V0,
    mopen: e0,
    mpunct: e0,
    minner: e0
  }
}, wl = {
  mord: {
    mop: e0
  },
  mop: {
    mord: e0,
    mop: e0
  },
  mbin: {},
  mrel: {},
  mopen: {},
  mclose: {
    mop: e0
  },
  mpunct: {},
  minner: {
    mop: e0
  }
}, Js = {}, Vt = {}, Wt = {};
function D(t) {
  for (var {
    type: e,
    names: r,
    props: a,
    handler: n,
    htmlBuilder: s,
    mathmlBuilder: i
  } = t, o = {
    type: e,
    numArgs: a.numArgs,
    argTypes: a.argTypes,
    allowedInArgument: !!a.allowedInArgument,
    allowedInText: !!a.allowedInText,
    allowedInMath: a.allowedInMath === void 0 ? !0 : a.allowedInMath,
    numOptionalArgs: a.numOptionalArgs || 0,
    infix: !!a.infix,
    primitive: !!a.primitive,
    handler: n
  }, l = 0; l < r.length; ++l)
    Js[r[l]] = o;
  e && (s && (Vt[e] = s), i && (Wt[e] = i));
}
function ze(t) {
  var {
    type: e,
    htmlBuilder: r,
    mathmlBuilder: a
  } = t;
  D({
    type: e,
    names: [],
    props: {
      numArgs: 0
    },
    handler() {
      throw new Error("Should never be called.");
    },
    htmlBuilder: r,
    mathmlBuilder: a
  });
}
var jt = function(e) {
  return e.type === "ordgroup" && e.body.length === 1 ? e.body[0] : e;
}, n0 = function(e) {
  return e.type === "ordgroup" ? e.body : [e];
}, kl = /* @__PURE__ */ new Set(["leftmost", "mbin", "mopen", "mrel", "mop", "mpunct"]), Ml = /* @__PURE__ */ new Set(["rightmost", "mrel", "mclose", "mpunct"]), Sl = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
}, Al = {
  mord: "mord",
  mop: "mop",
  mbin: "mbin",
  mrel: "mrel",
  mopen: "mopen",
  mclose: "mclose",
  mpunct: "mpunct",
  minner: "minner"
}, u0 = function(e, r, a, n) {
  n === void 0 && (n = [null, null]);
  for (var s = [], i = 0; i < e.length; i++) {
    var o = Y(e[i], r);
    if (o instanceof Ge) {
      var l = o.children;
      s.push(...l);
    } else
      s.push(o);
  }
  if (Xs(s), !a)
    return s;
  var h = r;
  if (e.length === 1) {
    var d = e[0];
    d.type === "sizing" ? h = r.havingSize(d.size) : d.type === "styling" && (h = r.havingStyle(Sl[d.style]));
  }
  var p = z([n[0] || "leftmost"], [], r), v = z([n[1] || "rightmost"], [], r), y = a === "root";
  return aa(s, (w, k) => {
    var M = k.classes[0], A = w.classes[0];
    M === "mbin" && Ml.has(A) ? k.classes[0] = "mord" : A === "mbin" && kl.has(M) && (w.classes[0] = "mord");
  }, {
    node: p
  }, v, y), aa(s, (w, k) => {
    var M, A, E = sa(k), R = sa(w), I = E && R ? w.hasClass("mtight") ? (M = wl[E]) == null ? void 0 : M[R] : (A = xl[E]) == null ? void 0 : A[R] : null;
    if (I)
      return Ys(I, h);
  }, {
    node: p
  }, v, y), s;
}, aa = function(e, r, a, n, s) {
  n && e.push(n);
  for (var i = 0; i < e.length; i++) {
    var o = e[i], l = Qs(o);
    if (l) {
      aa(l.children, r, a, null, s);
      continue;
    }
    var h = !o.hasClass("mspace");
    if (h) {
      var d = r(o, a.node);
      d && (a.insertAfter ? a.insertAfter(d) : (e.unshift(d), i++));
    }
    h ? a.node = o : s && o.hasClass("newline") && (a.node = z(["leftmost"])), a.insertAfter = /* @__PURE__ */ ((p) => (v) => {
      e.splice(p + 1, 0, v), i++;
    })(i);
  }
  n && e.pop();
}, Qs = function(e) {
  return e instanceof Ge || e instanceof Qt || e instanceof Ue && e.hasClass("enclosing") ? e : null;
}, na = function(e, r) {
  var a = Qs(e);
  if (a) {
    var n = a.children;
    if (n.length) {
      if (r === "right")
        return na(n[n.length - 1], "right");
      if (r === "left")
        return na(n[0], "left");
    }
  }
  return e;
}, sa = function(e, r) {
  if (!e)
    return null;
  r && (e = na(e, r));
  var a = e.classes[0];
  return Al[a] || null;
}, st = function(e, r) {
  var a = ["nulldelimiter"].concat(e.baseSizingClasses());
  return z(r.concat(a));
}, Y = function(e, r, a) {
  if (!e)
    return z();
  if (Vt[e.type]) {
    var n = Vt[e.type](e, r);
    if (a && r.size !== a.size) {
      n = z(r.sizingClasses(a), [n], r);
      var s = r.sizeMultiplier / a.sizeMultiplier;
      n.height *= s, n.depth *= s;
    }
    return n;
  } else
    throw new C("Got group of unknown type: '" + e.type + "'");
};
function St(t, e) {
  var r = z(["base"], t, e), a = z(["strut"]);
  return a.style.height = B(r.height + r.depth), r.depth && (a.style.verticalAlign = B(-r.depth)), r.children.unshift(a), r;
}
function ia(t, e) {
  var r = null;
  t.length === 1 && t[0].type === "tag" && (r = t[0].tag, t = t[0].body);
  var a = u0(t, e, "root"), n;
  a.length === 2 && a[1].hasClass("tag") && (n = a.pop());
  for (var s = [], i = [], o = 0; o < a.length; o++)
    if (i.push(a[o]), a[o].hasClass("mbin") || a[o].hasClass("mrel") || a[o].hasClass("allowbreak")) {
      for (var l = !1; o < a.length - 1 && a[o + 1].hasClass("mspace") && !a[o + 1].hasClass("newline"); )
        o++, i.push(a[o]), a[o].hasClass("nobreak") && (l = !0);
      l || (s.push(St(i, e)), i = []);
    } else a[o].hasClass("newline") && (i.pop(), i.length > 0 && (s.push(St(i, e)), i = []), s.push(a[o]));
  i.length > 0 && s.push(St(i, e));
  var h;
  r ? (h = St(u0(r, e, !0), e), h.classes = ["tag"], s.push(h)) : n && s.push(n);
  var d = z(["katex-html"], s);
  if (d.setAttribute("aria-hidden", "true"), h) {
    var p = h.children[0];
    p.style.height = B(d.height + d.depth), d.depth && (p.style.verticalAlign = B(-d.depth));
  }
  return d;
}
function _s(t) {
  return new Ge(t);
}
class N {
  constructor(e, r, a) {
    this.type = void 0, this.attributes = void 0, this.children = void 0, this.classes = void 0, this.type = e, this.attributes = {}, this.children = r || [], this.classes = a || [];
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
    this.classes.length > 0 && (e.className = se(this.classes));
    for (var a = 0; a < this.children.length; a++)
      if (this.children[a] instanceof s0 && this.children[a + 1] instanceof s0) {
        for (var n = this.children[a].toText() + this.children[++a].toText(); this.children[a + 1] instanceof s0; )
          n += this.children[++a].toText();
        e.appendChild(new s0(n).toNode());
      } else
        e.appendChild(this.children[a].toNode());
    return e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    var e = "<" + this.type;
    for (var r in this.attributes)
      Object.prototype.hasOwnProperty.call(this.attributes, r) && (e += " " + r + '="', e += p0(this.attributes[r]), e += '"');
    this.classes.length > 0 && (e += ' class ="' + p0(se(this.classes)) + '"'), e += ">";
    for (var a = 0; a < this.children.length; a++)
      e += this.children[a].toMarkup();
    return e += "</" + this.type + ">", e;
  }
  /**
   * Converts the math node into a string, similar to innerText, but escaped.
   */
  toText() {
    return this.children.map((e) => e.toText()).join("");
  }
}
class s0 {
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
    return p0(this.toText());
  }
  /**
   * Converts the text node into a string
   * (representing the text itself).
   */
  toText() {
    return this.text;
  }
}
class ei {
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
var zl = /* @__PURE__ */ new Set(["\\imath", "\\jmath"]), Tl = /* @__PURE__ */ new Set(["mrow", "mtable"]), N0 = function(e, r, a) {
  return J[r][e] && J[r][e].replace && e.charCodeAt(0) !== 55349 && !(js.hasOwnProperty(e) && a && (a.fontFamily && a.fontFamily.slice(4, 6) === "tt" || a.font && a.font.slice(4, 6) === "tt")) && (e = J[r][e].replace), new s0(e);
}, za = function(e) {
  return e.length === 1 ? e[0] : new N("mrow", e);
}, Cl = {
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
}, Ta = (t, e) => {
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
  var a = t.mode, n = Cl[r];
  if (n)
    return typeof n == "function" ? n(t) : n;
  var s = t.text;
  if (zl.has(s))
    return null;
  if (J[a][s]) {
    var i = J[a][s].replace;
    i && (s = i);
  }
  var o = ra[r].fontName;
  return Ma(s, o, a) ? ra[r].variant : null;
};
function zr(t) {
  if (!t)
    return !1;
  if (t.type === "mi" && t.children.length === 1) {
    var e = t.children[0];
    return e instanceof s0 && e.text === ".";
  } else if (t.type === "mo" && t.children.length === 1 && t.getAttribute("separator") === "true" && t.getAttribute("lspace") === "0em" && t.getAttribute("rspace") === "0em") {
    var r = t.children[0];
    return r instanceof s0 && r.text === ",";
  } else
    return !1;
}
var z0 = function(e, r, a) {
  if (e.length === 1) {
    var n = K(e[0], r);
    return a && n instanceof N && n.type === "mo" && (n.setAttribute("lspace", "0em"), n.setAttribute("rspace", "0em")), [n];
  }
  for (var s = [], i, o = 0; o < e.length; o++) {
    var l = K(e[o], r);
    if (l instanceof N && i instanceof N) {
      if (l.type === "mtext" && i.type === "mtext" && l.getAttribute("mathvariant") === i.getAttribute("mathvariant")) {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (zr(l) && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && zr(i))
        l.children = [...i.children, ...l.children], s.pop();
      else if ((l.type === "msup" || l.type === "msub") && l.children.length >= 1 && (i.type === "mn" || zr(i))) {
        var h = l.children[0];
        h instanceof N && h.type === "mn" && (h.children = [...i.children, ...h.children], s.pop());
      } else if (i.type === "mi" && i.children.length === 1) {
        var d = i.children[0];
        if (d instanceof s0 && d.text === "̸" && (l.type === "mo" || l.type === "mi" || l.type === "mn")) {
          var p = l.children[0];
          p instanceof s0 && p.text.length > 0 && (p.text = p.text.slice(0, 1) + "̸" + p.text.slice(1), s.pop());
        }
      }
    }
    s.push(l), i = l;
  }
  return s;
}, le = function(e, r, a) {
  return za(z0(e, r, a));
}, K = function(e, r) {
  if (!e)
    return new N("mrow");
  if (Wt[e.type])
    return Wt[e.type](e, r);
  throw new C("Got group of unknown type: '" + e.type + "'");
};
function $n(t, e, r, a, n) {
  var s = z0(t, r), i;
  s.length === 1 && s[0] instanceof N && Tl.has(s[0].type) ? i = s[0] : i = new N("mrow", s);
  var o = new N("annotation", [new s0(e)]);
  o.setAttribute("encoding", "application/x-tex");
  var l = new N("semantics", [i, o]), h = new N("math", [l]);
  h.setAttribute("xmlns", "http://www.w3.org/1998/Math/MathML"), a && h.setAttribute("display", "block");
  var d = n ? "katex" : "katex-mathml";
  return z([d], [h]);
}
var Nl = [
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
], Fn = [
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
], On = function(e, r) {
  return r.size < 2 ? e : Nl[e - 1][r.size - 1];
};
class j0 {
  constructor(e) {
    this.style = void 0, this.color = void 0, this.size = void 0, this.textSize = void 0, this.phantom = void 0, this.font = void 0, this.fontFamily = void 0, this.fontWeight = void 0, this.fontShape = void 0, this.sizeMultiplier = void 0, this.maxSize = void 0, this.minRuleThickness = void 0, this._fontMetrics = void 0, this.style = e.style, this.color = e.color, this.size = e.size || j0.BASESIZE, this.textSize = e.textSize || this.size, this.phantom = !!e.phantom, this.font = e.font || "", this.fontFamily = e.fontFamily || "", this.fontWeight = e.fontWeight || "", this.fontShape = e.fontShape || "", this.sizeMultiplier = Fn[this.size - 1], this.maxSize = e.maxSize, this.minRuleThickness = e.minRuleThickness, this._fontMetrics = void 0;
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
    return Object.assign(r, e), new j0(r);
  }
  /**
   * Return an options object with the given style. If `this.style === style`,
   * returns `this`.
   */
  havingStyle(e) {
    return this.style === e ? this : this.extend({
      style: e,
      size: On(this.textSize, e)
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
      sizeMultiplier: Fn[e - 1]
    });
  }
  /**
   * Like `this.havingSize(BASESIZE).havingStyle(style)`. If `style` is omitted,
   * changes to at least `\textstyle`.
   */
  havingBaseStyle(e) {
    e = e || this.style.text();
    var r = On(j0.BASESIZE, e);
    return this.size === r && this.textSize === j0.BASESIZE && this.style === e ? this : this.extend({
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
    return this.size !== j0.BASESIZE ? ["sizing", "reset-size" + this.size, "size" + j0.BASESIZE] : [];
  }
  /**
   * Return the font metrics for this size.
   */
  fontMetrics() {
    return this._fontMetrics || (this._fontMetrics = ml(this.size)), this._fontMetrics;
  }
  /**
   * Gets the CSS color of the current options object
   */
  getColor() {
    return this.phantom ? "transparent" : this.color;
  }
}
j0.BASESIZE = 6;
var ti = function(e) {
  return new j0({
    style: e.displayMode ? P.DISPLAY : P.TEXT,
    maxSize: e.maxSize,
    minRuleThickness: e.minRuleThickness
  });
}, ri = function(e, r) {
  if (r.displayMode) {
    var a = ["katex-display"];
    r.leqno && a.push("leqno"), r.fleqn && a.push("fleqn"), e = z(a, [e]);
  }
  return e;
}, Bl = function(e, r, a) {
  var n = ti(a), s;
  if (a.output === "mathml")
    return $n(e, r, n, a.displayMode, !0);
  if (a.output === "html") {
    var i = ia(e, n);
    s = z(["katex"], [i]);
  } else {
    var o = $n(e, r, n, a.displayMode, !1), l = ia(e, n);
    s = z(["katex"], [o, l]);
  }
  return ri(s, a);
}, El = function(e, r, a) {
  var n = ti(a), s = ia(e, n), i = z(["katex"], [s]);
  return ri(i, a);
}, Dl = {
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
}, tr = function(e) {
  var r = new N("mo", [new s0(Dl[e.replace(/^\\/, "")])]);
  return r.setAttribute("stretchy", "true"), r;
}, ql = {
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
}, Rl = /* @__PURE__ */ new Set(["widehat", "widecheck", "widetilde", "utilde"]), rr = function(e, r) {
  function a() {
    var o = 4e5, l = e.label.slice(1);
    if (Rl.has(l) && "base" in e) {
      var h = e.base.type === "ordgroup" ? e.base.body.length : 1, d, p, v;
      if (h > 5)
        l === "widehat" || l === "widecheck" ? (d = 420, o = 2364, v = 0.42, p = l + "4") : (d = 312, o = 2340, v = 0.34, p = "tilde4");
      else {
        var y = [1, 1, 2, 2, 3, 3][h];
        l === "widehat" || l === "widecheck" ? (o = [0, 1062, 2364, 2364, 2364][y], d = [0, 239, 300, 360, 420][y], v = [0, 0.24, 0.3, 0.3, 0.36, 0.42][y], p = l + y) : (o = [0, 600, 1033, 2339, 2340][y], d = [0, 260, 286, 306, 312][y], v = [0, 0.26, 0.286, 0.3, 0.306, 0.34][y], p = "tilde" + y);
      }
      var w = new ie(p), k = new Z0([w], {
        width: "100%",
        height: B(v),
        viewBox: "0 0 " + o + " " + d,
        preserveAspectRatio: "none"
      });
      return {
        span: oe([], [k], r),
        minWidth: 0,
        height: v
      };
    } else {
      var M = [], A = ql[l];
      if (!A)
        throw new Error('No SVG data for "' + l + '".');
      var [E, R, I] = A, O = I / 1e3, F = E.length, U, W;
      if (F === 1) {
        if (A.length !== 4)
          throw new Error('Expected 4-tuple for single-path SVG data "' + l + '".');
        U = ["hide-tail"], W = [A[3]];
      } else if (F === 2)
        U = ["halfarrow-left", "halfarrow-right"], W = ["xMinYMin", "xMaxYMin"];
      else if (F === 3)
        U = ["brace-left", "brace-center", "brace-right"], W = ["xMinYMin", "xMidYMin", "xMaxYMin"];
      else
        throw new Error(`Correct katexImagesData or update code here to support
                    ` + F + " children.");
      for (var V = 0; V < F; V++) {
        var o0 = new ie(E[V]), f0 = new Z0([o0], {
          width: "400em",
          height: B(O),
          viewBox: "0 0 " + o + " " + I,
          preserveAspectRatio: W[V] + " slice"
        }), $ = oe([U[V]], [f0], r);
        if (F === 1)
          return {
            span: $,
            minWidth: R,
            height: O
          };
        $.style.height = B(O), M.push($);
      }
      return {
        span: z(["stretchy"], M, r),
        minWidth: R,
        height: O
      };
    }
  }
  var {
    span: n,
    minWidth: s,
    height: i
  } = a();
  return n.height = i, n.style.height = B(i), s > 0 && (n.style.minWidth = B(s)), n;
}, Il = function(e, r, a, n, s) {
  var i, o = e.height + e.depth + a + n;
  if (/fbox|color|angl/.test(r)) {
    if (i = z(["stretchy", r], [], s), r === "fbox") {
      var l = s.color && s.getColor();
      l && (i.style.borderColor = l);
    }
  } else {
    var h = [];
    /^[bx]cancel$/.test(r) && h.push(new Zr({
      x1: "0",
      y1: "0",
      x2: "100%",
      y2: "100%",
      "stroke-width": "0.046em"
    })), /^x?cancel$/.test(r) && h.push(new Zr({
      x1: "0",
      y1: "100%",
      x2: "100%",
      y2: "0",
      "stroke-width": "0.046em"
    }));
    var d = new Z0(h, {
      width: "100%",
      height: B(o)
    });
    i = oe([], [d], s);
  }
  return i.height = o, i.style.height = B(o), i;
}, $l = {
  bin: 1,
  close: 1,
  inner: 1,
  open: 1,
  punct: 1,
  rel: 1
}, Fl = {
  "accent-token": 1,
  mathord: 1,
  "op-token": 1,
  spacing: 1,
  textord: 1
};
function Ol(t) {
  return t in $l;
}
function G(t, e) {
  if (!t || t.type !== e)
    throw new Error("Expected node of type " + e + ", but got " + (t ? "node of type " + t.type : String(t)));
  return t;
}
function ar(t) {
  var e = nr(t);
  if (!e)
    throw new Error("Expected node of symbol group type, but got " + (t ? "node of type " + t.type : String(t)));
  return e;
}
function nr(t) {
  return t && (t.type === "atom" || Fl.hasOwnProperty(t.type)) ? t : null;
}
var ai = (t) => {
  if (t instanceof S0)
    return t;
  if (hl(t) && t.children.length === 1)
    return ai(t.children[0]);
}, Ca = (t, e) => {
  var r, a, n;
  t && t.type === "supsub" ? (a = G(t.base, "accent"), r = a.base, t.base = r, n = ul(Y(t, e)), t.base = a) : (a = G(t, "accent"), r = a.base);
  var s = Y(r, e.havingCrampedStyle()), i = a.isShifty && J0(r), o = 0;
  if (i) {
    var l, h;
    o = (l = (h = ai(s)) == null ? void 0 : h.skew) != null ? l : 0;
  }
  var d = a.label === "\\c", p = d ? s.height + s.depth : Math.min(s.height, e.fontMetrics().xHeight), v;
  if (a.isStretchy)
    v = rr(a, e), v = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "elem",
        elem: v,
        wrapperClasses: ["svg-align"],
        wrapperStyle: o > 0 ? {
          width: "calc(100% - " + B(2 * o) + ")",
          marginLeft: B(2 * o)
        } : void 0
      }]
    });
  else {
    var y, w;
    a.label === "\\vec" ? (y = Zs("vec", e), w = Ks.vec[1]) : (y = er({
      mode: a.mode,
      text: a.label
    }, e, "textord"), y = ll(y), y.italic = 0, w = y.width, d && (p += y.depth)), v = z(["accent-body"], [y]);
    var k = a.label === "\\textcircled";
    k && (v.classes.push("accent-full"), p = s.height);
    var M = o;
    k || (M -= w / 2), v.style.left = B(M), a.label === "\\textcircled" && (v.style.top = ".2em"), v = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "kern",
        size: -p
      }, {
        type: "elem",
        elem: v
      }]
    });
  }
  var A = z(["mord", "accent"], [v], e);
  return n ? (n.children[0] = A, n.height = Math.max(A.height, n.height), n.classes[0] = "mord", n) : A;
}, ni = (t, e) => {
  var r = t.isStretchy ? tr(t.label) : new N("mo", [N0(t.label, t.mode)]), a = new N("mover", [K(t.base, e), r]);
  return a.setAttribute("accent", "true"), a;
}, Ll = new RegExp(["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring"].map((t) => "\\" + t).join("|"));
D({
  type: "accent",
  names: ["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring", "\\widecheck", "\\widehat", "\\widetilde", "\\overrightarrow", "\\overleftarrow", "\\Overrightarrow", "\\overleftrightarrow", "\\overgroup", "\\overlinesegment", "\\overleftharpoon", "\\overrightharpoon"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var r = jt(e[0]), a = !Ll.test(t.funcName), n = !a || t.funcName === "\\widehat" || t.funcName === "\\widetilde" || t.funcName === "\\widecheck";
    return {
      type: "accent",
      mode: t.parser.mode,
      label: t.funcName,
      isStretchy: a,
      isShifty: n,
      base: r
    };
  },
  htmlBuilder: Ca,
  mathmlBuilder: ni
});
D({
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
    var r = e[0], a = t.parser.mode;
    return a === "math" && (t.parser.settings.reportNonstrict("mathVsTextAccents", "LaTeX's accent " + t.funcName + " works only in text mode"), a = "text"), {
      type: "accent",
      mode: a,
      label: t.funcName,
      isStretchy: !1,
      isShifty: !0,
      base: r
    };
  },
  htmlBuilder: Ca,
  mathmlBuilder: ni
});
D({
  type: "accentUnder",
  names: ["\\underleftarrow", "\\underrightarrow", "\\underleftrightarrow", "\\undergroup", "\\underlinesegment", "\\utilde"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    return {
      type: "accentUnder",
      mode: r.mode,
      label: a,
      base: n
    };
  },
  htmlBuilder: (t, e) => {
    var r = Y(t.base, e), a = rr(t, e), n = t.label === "\\utilde" ? 0.12 : 0, s = X({
      positionType: "top",
      positionData: r.height,
      children: [{
        type: "elem",
        elem: a,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: n
      }, {
        type: "elem",
        elem: r
      }]
    });
    return z(["mord", "accentunder"], [s], e);
  },
  mathmlBuilder: (t, e) => {
    var r = tr(t.label), a = new N("munder", [K(t.base, e), r]);
    return a.setAttribute("accentunder", "true"), a;
  }
});
var At = (t) => {
  var e = new N("mpadded", t ? [t] : []);
  return e.setAttribute("width", "+0.6em"), e.setAttribute("lspace", "0.3em"), e;
};
D({
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
      parser: a,
      funcName: n
    } = t;
    return {
      type: "xArrow",
      mode: a.mode,
      label: n,
      body: e[0],
      below: r[0]
    };
  },
  htmlBuilder(t, e) {
    var r = e.style, a = e.havingStyle(r.sup()), n = Le(Y(t.body, a, e), e), s = t.label.slice(0, 2) === "\\x" ? "x" : "cd";
    n.classes.push(s + "-arrow-pad");
    var i;
    t.below && (a = e.havingStyle(r.sub()), i = Le(Y(t.below, a, e), e), i.classes.push(s + "-arrow-pad"));
    var o = rr(t, e), l = -e.fontMetrics().axisHeight + 0.5 * o.height, h = -e.fontMetrics().axisHeight - 0.5 * o.height - 0.111;
    (n.depth > 0.25 || t.label === "\\xleftequilibrium") && (h -= n.depth);
    var d;
    if (i) {
      var p = -e.fontMetrics().axisHeight + i.height + 0.5 * o.height + 0.111;
      d = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: n,
          shift: h
        }, {
          type: "elem",
          elem: o,
          shift: l,
          wrapperClasses: ["svg-align"]
        }, {
          type: "elem",
          elem: i,
          shift: p
        }]
      });
    } else
      d = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: n,
          shift: h
        }, {
          type: "elem",
          elem: o,
          shift: l,
          wrapperClasses: ["svg-align"]
        }]
      });
    return z(["mrel", "x-arrow"], [d], e);
  },
  mathmlBuilder(t, e) {
    var r = tr(t.label);
    r.setAttribute("minsize", t.label.charAt(0) === "x" ? "1.75em" : "3.0em");
    var a;
    if (t.body) {
      var n = At(K(t.body, e));
      if (t.below) {
        var s = At(K(t.below, e));
        a = new N("munderover", [r, s, n]);
      } else
        a = new N("mover", [r, n]);
    } else if (t.below) {
      var i = At(K(t.below, e));
      a = new N("munder", [r, i]);
    } else
      a = At(), a = new N("mover", [r, a]);
    return a;
  }
});
function si(t, e) {
  var r = u0(t.body, e, !0);
  return z([t.mclass], r, e);
}
function ii(t, e) {
  var r, a = z0(t.body, e);
  return t.mclass === "minner" ? r = new N("mpadded", a) : t.mclass === "mord" ? t.isCharacterBox ? (r = a[0], r.type = "mi") : r = new N("mi", a) : (t.isCharacterBox ? (r = a[0], r.type = "mo") : r = new N("mo", a), t.mclass === "mbin" ? (r.attributes.lspace = "0.22em", r.attributes.rspace = "0.22em") : t.mclass === "mpunct" ? (r.attributes.lspace = "0em", r.attributes.rspace = "0.17em") : t.mclass === "mopen" || t.mclass === "mclose" ? (r.attributes.lspace = "0em", r.attributes.rspace = "0em") : t.mclass === "minner" && (r.attributes.lspace = "0.0556em", r.attributes.width = "+0.1111em")), r;
}
D({
  type: "mclass",
  names: ["\\mathord", "\\mathbin", "\\mathrel", "\\mathopen", "\\mathclose", "\\mathpunct", "\\mathinner"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    return {
      type: "mclass",
      mode: r.mode,
      mclass: "m" + a.slice(5),
      // TODO(kevinb): don't prefix with 'm'
      body: n0(n),
      isCharacterBox: J0(n)
    };
  },
  htmlBuilder: si,
  mathmlBuilder: ii
});
var sr = (t) => {
  var e = t.type === "ordgroup" && t.body.length ? t.body[0] : t;
  return e.type === "atom" && (e.family === "bin" || e.family === "rel") ? "m" + e.family : "mord";
};
D({
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
      mclass: sr(e[0]),
      body: n0(e[1]),
      isCharacterBox: J0(e[1])
    };
  }
});
D({
  type: "mclass",
  names: ["\\stackrel", "\\overset", "\\underset"],
  props: {
    numArgs: 2
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t, n = e[1], s = e[0], i;
    a !== "\\stackrel" ? i = sr(n) : i = "mrel";
    var o = {
      type: "op",
      mode: n.mode,
      limits: !0,
      alwaysHandleSupSub: !0,
      parentIsSupSub: !1,
      symbol: !1,
      suppressBaseShift: a !== "\\stackrel",
      body: n0(n)
    }, l = {
      type: "supsub",
      mode: s.mode,
      base: o,
      sup: a === "\\underset" ? null : s,
      sub: a === "\\underset" ? s : null
    };
    return {
      type: "mclass",
      mode: r.mode,
      mclass: i,
      body: [l],
      isCharacterBox: J0(l)
    };
  },
  htmlBuilder: si,
  mathmlBuilder: ii
});
D({
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
      mclass: sr(e[0]),
      body: n0(e[0])
    };
  },
  htmlBuilder(t, e) {
    var r = u0(t.body, e, !0), a = z([t.mclass], r, e);
    return a.style.textShadow = "0.02em 0.01em 0.04px", a;
  },
  mathmlBuilder(t, e) {
    var r = z0(t.body, e), a = new N("mstyle", r);
    return a.setAttribute("style", "text-shadow: 0.02em 0.01em 0.04px"), a;
  }
});
var Hl = {
  ">": "\\\\cdrightarrow",
  "<": "\\\\cdleftarrow",
  "=": "\\\\cdlongequal",
  A: "\\uparrow",
  V: "\\downarrow",
  "|": "\\Vert",
  ".": "no arrow"
}, Ln = () => ({
  type: "styling",
  body: [],
  mode: "math",
  style: "display",
  resetFont: !0
}), Hn = (t) => t.type === "textord" && t.text === "@", Pl = (t, e) => (t.type === "mathord" || t.type === "atom") && t.text === e;
function Gl(t, e, r) {
  var a = Hl[t];
  switch (a) {
    case "\\\\cdrightarrow":
    case "\\\\cdleftarrow":
      return r.callFunction(a, [e[0]], [e[1]]);
    case "\\uparrow":
    case "\\downarrow": {
      var n = r.callFunction("\\\\cdleft", [e[0]], []), s = {
        type: "atom",
        text: a,
        mode: "math",
        family: "rel"
      }, i = r.callFunction("\\Big", [s], []), o = r.callFunction("\\\\cdright", [e[1]], []), l = {
        type: "ordgroup",
        mode: "math",
        body: [n, i, o]
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
function Ul(t) {
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
      throw new C("Expected \\\\ or \\cr or \\end", t.nextToken);
  }
  for (var a = [], n = [a], s = 0; s < e.length; s++) {
    for (var i = e[s], o = Ln(), l = 0; l < i.length; l++)
      if (!Hn(i[l]))
        o.body.push(i[l]);
      else {
        a.push(o), l += 1;
        var h = ar(i[l]).text, d = new Array(2);
        if (d[0] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, d[1] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, !"=|.".includes(h)) if ("<>AV".includes(h))
          for (var p = 0; p < 2; p++) {
            for (var v = !0, y = l + 1; y < i.length; y++) {
              if (Pl(i[y], h)) {
                v = !1, l = y;
                break;
              }
              if (Hn(i[y]))
                throw new C("Missing a " + h + " character to complete a CD arrow.", i[y]);
              d[p].body.push(i[y]);
            }
            if (v)
              throw new C("Missing a " + h + " character to complete a CD arrow.", i[l]);
          }
        else
          throw new C('Expected one of "<>AV=|." after @', i[l]);
        var w = Gl(h, d, t), k = {
          type: "styling",
          body: [w],
          mode: "math",
          style: "display",
          // CD is always displaystyle.
          resetFont: !0
        };
        a.push(k), o = Ln();
      }
    s % 2 === 0 ? a.push(o) : a.shift(), a = [], n.push(a);
  }
  t.gullet.endGroup(), t.gullet.endGroup();
  var M = new Array(n[0].length).fill({
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
    body: n,
    arraystretch: 1,
    addJot: !0,
    rowGaps: [null],
    cols: M,
    colSeparationType: "CD",
    hLinesBeforeRow: new Array(n.length + 1).fill([])
  };
}
D({
  type: "cdlabel",
  names: ["\\\\cdleft", "\\\\cdright"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t;
    return {
      type: "cdlabel",
      mode: r.mode,
      side: a.slice(4),
      label: e[0]
    };
  },
  htmlBuilder(t, e) {
    var r = e.havingStyle(e.style.sup()), a = Le(Y(t.label, r, e), e);
    return a.classes.push("cd-label-" + t.side), a.style.bottom = B(0.8 - a.depth), a.height = 0, a.depth = 0, a;
  },
  mathmlBuilder(t, e) {
    var r = new N("mrow", [K(t.label, e)]);
    return r = new N("mpadded", [r]), r.setAttribute("width", "0"), t.side === "left" && r.setAttribute("lspace", "-1width"), r.setAttribute("voffset", "0.7em"), r = new N("mstyle", [r]), r.setAttribute("displaystyle", "false"), r.setAttribute("scriptlevel", "1"), r;
  }
});
D({
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
    var r = Le(Y(t.fragment, e), e);
    return r.classes.push("cd-vert-arrow"), r;
  },
  mathmlBuilder(t, e) {
    return new N("mrow", [K(t.fragment, e)]);
  }
});
D({
  type: "textord",
  names: ["\\@char"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    for (var {
      parser: r
    } = t, a = G(e[0], "ordgroup"), n = a.body, s = "", i = 0; i < n.length; i++) {
      var o = G(n[i], "textord");
      s += o.text;
    }
    var l = parseInt(s), h;
    if (isNaN(l))
      throw new C("\\@char has non-numeric argument " + s);
    if (l < 0 || l >= 1114111)
      throw new C("\\@char with invalid code point " + s);
    return l <= 65535 ? h = String.fromCharCode(l) : (l -= 65536, h = String.fromCharCode((l >> 10) + 55296, (l & 1023) + 56320)), {
      type: "textord",
      mode: r.mode,
      text: h
    };
  }
});
var oi = (t, e) => {
  var r = u0(t.body, e.withColor(t.color), !1);
  return _0(r);
}, li = (t, e) => {
  var r = z0(t.body, e.withColor(t.color)), a = new N("mstyle", r);
  return a.setAttribute("mathcolor", t.color), a;
};
D({
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
    } = t, a = G(e[0], "color-token").color, n = e[1];
    return {
      type: "color",
      mode: r.mode,
      color: a,
      body: n0(n)
    };
  },
  htmlBuilder: oi,
  mathmlBuilder: li
});
D({
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
      breakOnTokenText: a
    } = t, n = G(e[0], "color-token").color;
    r.gullet.macros.set("\\current@color", n);
    var s = r.parseExpression(!0, a);
    return {
      type: "color",
      mode: r.mode,
      color: n,
      body: s
    };
  },
  htmlBuilder: oi,
  mathmlBuilder: li
});
D({
  type: "cr",
  names: ["\\\\"],
  props: {
    numArgs: 0,
    numOptionalArgs: 0,
    allowedInText: !0
  },
  handler(t, e, r) {
    var {
      parser: a
    } = t, n = a.gullet.future().text === "[" ? a.parseSizeGroup(!0) : null, s = !a.settings.displayMode || !a.settings.useStrictBehavior("newLineInDisplayMode", "In LaTeX, \\\\ or \\newline does nothing in display mode");
    return {
      type: "cr",
      mode: a.mode,
      newLine: s,
      size: n && G(n, "size").value
    };
  },
  // The following builders are called only at the top level,
  // not within tabular/array environments.
  htmlBuilder(t, e) {
    var r = z(["mspace"], [], e);
    return t.newLine && (r.classes.push("newline"), t.size && (r.style.marginTop = B(r0(t.size, e)))), r;
  },
  mathmlBuilder(t, e) {
    var r = new N("mspace");
    return t.newLine && (r.setAttribute("linebreak", "newline"), t.size && r.setAttribute("height", B(r0(t.size, e)))), r;
  }
});
var oa = {
  "\\global": "\\global",
  "\\long": "\\\\globallong",
  "\\\\globallong": "\\\\globallong",
  "\\def": "\\gdef",
  "\\gdef": "\\gdef",
  "\\edef": "\\xdef",
  "\\xdef": "\\xdef",
  "\\let": "\\\\globallet",
  "\\futurelet": "\\\\globalfuture"
}, ui = (t) => {
  var e = t.text;
  if (/^(?:[\\{}$&#^_]|EOF)$/.test(e))
    throw new C("Expected a control sequence", t);
  return e;
}, Vl = (t) => {
  var e = t.gullet.popToken();
  return e.text === "=" && (e = t.gullet.popToken(), e.text === " " && (e = t.gullet.popToken())), e;
}, hi = (t, e, r, a) => {
  var n = t.gullet.macros.get(r.text);
  n == null && (r.noexpand = !0, n = {
    tokens: [r],
    numArgs: 0,
    // reproduce the same behavior in expansion
    unexpandable: !t.gullet.isExpandable(r.text)
  }), t.gullet.macros.set(e, n, a);
};
D({
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
    var a = e.fetch();
    if (oa[a.text])
      return (r === "\\global" || r === "\\\\globallong") && (a.text = oa[a.text]), G(e.parseFunction(), "internal");
    throw new C("Invalid token after macro prefix", a);
  }
});
D({
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
    } = t, a = e.gullet.popToken(), n = a.text;
    if (/^(?:[\\{}$&#^_]|EOF)$/.test(n))
      throw new C("Expected a control sequence", a);
    for (var s = 0, i, o = [[]]; e.gullet.future().text !== "{"; )
      if (a = e.gullet.popToken(), a.text === "#") {
        if (e.gullet.future().text === "{") {
          i = e.gullet.future(), o[s].push("{");
          break;
        }
        if (a = e.gullet.popToken(), !/^[1-9]$/.test(a.text))
          throw new C('Invalid argument number "' + a.text + '"');
        if (parseInt(a.text) !== s + 1)
          throw new C('Argument number "' + a.text + '" out of order');
        s++, o.push([]);
      } else {
        if (a.text === "EOF")
          throw new C("Expected a macro definition");
        o[s].push(a.text);
      }
    var {
      tokens: l
    } = e.gullet.consumeArg();
    return i && l.unshift(i), (r === "\\edef" || r === "\\xdef") && (l = e.gullet.expandTokens(l), l.reverse()), e.gullet.macros.set(n, {
      tokens: l,
      numArgs: s,
      delimiters: o
    }, r === oa[r]), {
      type: "internal",
      mode: e.mode
    };
  }
});
D({
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
    } = t, a = ui(e.gullet.popToken());
    e.gullet.consumeSpaces();
    var n = Vl(e);
    return hi(e, a, n, r === "\\\\globallet"), {
      type: "internal",
      mode: e.mode
    };
  }
});
D({
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
    } = t, a = ui(e.gullet.popToken()), n = e.gullet.popToken(), s = e.gullet.popToken();
    return hi(e, a, s, r === "\\\\globalfuture"), e.gullet.pushToken(s), e.gullet.pushToken(n), {
      type: "internal",
      mode: e.mode
    };
  }
});
var Ze = function(e, r, a) {
  var n = J.math[e] && J.math[e].replace, s = Ma(n || e, r, a);
  if (!s)
    throw new Error("Unsupported symbol " + e + " and font size " + r + ".");
  return s;
}, Na = function(e, r, a, n) {
  var s = a.havingBaseStyle(r), i = z(n.concat(s.sizingClasses(a)), [e], a), o = s.sizeMultiplier / a.sizeMultiplier;
  return i.height *= o, i.depth *= o, i.maxFontSize = s.sizeMultiplier, i;
}, ci = function(e, r, a) {
  var n = r.havingBaseStyle(a), s = (1 - r.sizeMultiplier / n.sizeMultiplier) * r.fontMetrics().axisHeight;
  e.classes.push("delimcenter"), e.style.top = B(s), e.height -= s, e.depth += s;
}, Wl = function(e, r, a, n, s, i) {
  var o = g0(e, "Main-Regular", s, n), l = Na(o, r, n, i);
  return ci(l, n, r), l;
}, jl = function(e, r, a, n) {
  return g0(e, "Size" + r + "-Regular", a, n);
}, mi = function(e, r, a, n, s, i) {
  var o = jl(e, r, s, n), l = Na(z(["delimsizing", "size" + r], [o], n), P.TEXT, n, i);
  return a && ci(l, n, P.TEXT), l;
}, Tr = function(e, r, a) {
  var n;
  r === "Size1-Regular" ? n = "delim-size1" : n = "delim-size4";
  var s = z(["delimsizinginner", n], [z([], [g0(e, r, a)])]);
  return {
    type: "elem",
    elem: s
  };
}, Cr = function(e, r, a) {
  var n = O0["Size4-Regular"][e.charCodeAt(0)] ? O0["Size4-Regular"][e.charCodeAt(0)][4] : O0["Size1-Regular"][e.charCodeAt(0)][4], s = new ie("inner", tl(e, Math.round(1e3 * r))), i = new Z0([s], {
    width: B(n),
    height: B(r),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + B(n),
    viewBox: "0 0 " + 1e3 * n + " " + Math.round(1e3 * r),
    preserveAspectRatio: "xMinYMin"
  }), o = oe([], [i], a);
  return o.height = r, o.style.height = B(r), o.style.width = B(n), {
    type: "elem",
    elem: o
  };
}, la = 8e-3, zt = {
  type: "kern",
  size: -1 * la
}, Xl = /* @__PURE__ */ new Set(["|", "\\lvert", "\\rvert", "\\vert"]), Yl = /* @__PURE__ */ new Set(["\\|", "\\lVert", "\\rVert", "\\Vert"]), di = function(e, r, a, n, s, i) {
  var o, l, h, d, p = "", v = 0;
  o = h = d = e, l = null;
  var y = "Size1-Regular";
  e === "\\uparrow" ? h = d = "⏐" : e === "\\Uparrow" ? h = d = "‖" : e === "\\downarrow" ? o = h = "⏐" : e === "\\Downarrow" ? o = h = "‖" : e === "\\updownarrow" ? (o = "\\uparrow", h = "⏐", d = "\\downarrow") : e === "\\Updownarrow" ? (o = "\\Uparrow", h = "‖", d = "\\Downarrow") : Xl.has(e) ? (h = "∣", p = "vert", v = 333) : Yl.has(e) ? (h = "∥", p = "doublevert", v = 556) : e === "[" || e === "\\lbrack" ? (o = "⎡", h = "⎢", d = "⎣", y = "Size4-Regular", p = "lbrack", v = 667) : e === "]" || e === "\\rbrack" ? (o = "⎤", h = "⎥", d = "⎦", y = "Size4-Regular", p = "rbrack", v = 667) : e === "\\lfloor" || e === "⌊" ? (h = o = "⎢", d = "⎣", y = "Size4-Regular", p = "lfloor", v = 667) : e === "\\lceil" || e === "⌈" ? (o = "⎡", h = d = "⎢", y = "Size4-Regular", p = "lceil", v = 667) : e === "\\rfloor" || e === "⌋" ? (h = o = "⎥", d = "⎦", y = "Size4-Regular", p = "rfloor", v = 667) : e === "\\rceil" || e === "⌉" ? (o = "⎤", h = d = "⎥", y = "Size4-Regular", p = "rceil", v = 667) : e === "(" || e === "\\lparen" ? (o = "⎛", h = "⎜", d = "⎝", y = "Size4-Regular", p = "lparen", v = 875) : e === ")" || e === "\\rparen" ? (o = "⎞", h = "⎟", d = "⎠", y = "Size4-Regular", p = "rparen", v = 875) : e === "\\{" || e === "\\lbrace" ? (o = "⎧", l = "⎨", d = "⎩", h = "⎪", y = "Size4-Regular") : e === "\\}" || e === "\\rbrace" ? (o = "⎫", l = "⎬", d = "⎭", h = "⎪", y = "Size4-Regular") : e === "\\lgroup" || e === "⟮" ? (o = "⎧", d = "⎩", h = "⎪", y = "Size4-Regular") : e === "\\rgroup" || e === "⟯" ? (o = "⎫", d = "⎭", h = "⎪", y = "Size4-Regular") : e === "\\lmoustache" || e === "⎰" ? (o = "⎧", d = "⎭", h = "⎪", y = "Size4-Regular") : (e === "\\rmoustache" || e === "⎱") && (o = "⎫", d = "⎩", h = "⎪", y = "Size4-Regular");
  var w = Ze(o, y, s), k = w.height + w.depth, M = Ze(h, y, s), A = M.height + M.depth, E = Ze(d, y, s), R = E.height + E.depth, I = 0, O = 1;
  if (l !== null) {
    var F = Ze(l, y, s);
    I = F.height + F.depth, O = 2;
  }
  var U = k + R + I, W = Math.max(0, Math.ceil((r - U) / (O * A))), V = U + W * O * A, o0 = n.fontMetrics().axisHeight;
  a && (o0 *= n.sizeMultiplier);
  var f0 = V / 2 - o0, $ = [];
  if (p.length > 0) {
    var k0 = V - k - R, _ = Math.round(V * 1e3), h0 = rl(p, Math.round(k0 * 1e3)), B0 = new ie(p, h0), E0 = B(v / 1e3), D0 = B(_ / 1e3), ee = new Z0([B0], {
      width: E0,
      height: D0,
      viewBox: "0 0 " + v + " " + _
    }), c0 = oe([], [ee], n);
    c0.height = _ / 1e3, c0.style.width = E0, c0.style.height = D0, $.push({
      type: "elem",
      elem: c0
    });
  } else {
    if ($.push(Tr(d, y, s)), $.push(zt), l === null) {
      var te = V - k - R + 2 * la;
      $.push(Cr(h, te, n));
    } else {
      var je = (V - k - R - I) / 2 + 2 * la;
      $.push(Cr(h, je, n)), $.push(zt), $.push(Tr(l, y, s)), $.push(zt), $.push(Cr(h, je, n));
    }
    $.push(zt), $.push(Tr(o, y, s));
  }
  var q0 = n.havingBaseStyle(P.TEXT), ut = X({
    positionType: "bottom",
    positionData: f0,
    children: $
  });
  return Na(z(["delimsizing", "mult"], [ut], q0), P.TEXT, n, i);
}, Nr = 80, Br = 0.08, Er = function(e, r, a, n, s) {
  var i = el(e, n, a), o = new ie(e, i), l = new Z0([o], {
    // Note: 1000:1 ratio of viewBox to document em width.
    width: "400em",
    height: B(r),
    viewBox: "0 0 400000 " + a,
    preserveAspectRatio: "xMinYMin slice"
  });
  return oe(["hide-tail"], [l], s);
}, Kl = function(e, r) {
  var a = r.havingBaseSizing(), n = bi("\\surd", e * a.sizeMultiplier, gi, a), s = a.sizeMultiplier, i = Math.max(0, r.minRuleThickness - r.fontMetrics().sqrtRuleThickness), o, l, h, d, p;
  return n.type === "small" ? (d = 1e3 + 1e3 * i + Nr, e < 1 ? s = 1 : e < 1.4 && (s = 0.7), l = (1 + i + Br) / s, h = (1 + i) / s, o = Er("sqrtMain", l, d, i, r), o.style.minWidth = "0.853em", p = 0.833 / s) : n.type === "large" ? (d = (1e3 + Nr) * Je[n.size], h = (Je[n.size] + i) / s, l = (Je[n.size] + i + Br) / s, o = Er("sqrtSize" + n.size, l, d, i, r), o.style.minWidth = "1.02em", p = 1 / s) : (l = e + i + Br, h = e + i, d = Math.floor(1e3 * e + i) + Nr, o = Er("sqrtTall", l, d, i, r), o.style.minWidth = "0.742em", p = 1.056), o.height = h, o.style.height = B(l), {
    span: o,
    advanceWidth: p,
    // Calculate the actual line width.
    // This actually should depend on the chosen font -- e.g. \boldmath
    // should use the thicker surd symbols from e.g. KaTeX_Main-Bold, and
    // have thicker rules.
    ruleWidth: (r.fontMetrics().sqrtRuleThickness + i) * s
  };
}, fi = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "\\surd"]), Zl = /* @__PURE__ */ new Set(["\\uparrow", "\\downarrow", "\\updownarrow", "\\Uparrow", "\\Downarrow", "\\Updownarrow", "|", "\\|", "\\vert", "\\Vert", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱"]), pi = /* @__PURE__ */ new Set(["<", ">", "\\langle", "\\rangle", "/", "\\backslash", "\\lt", "\\gt"]), Je = [0, 1.2, 1.8, 2.4, 3], vi = function(e, r, a, n, s) {
  if (e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle"), fi.has(e) || pi.has(e))
    return mi(e, r, !1, a, n, s);
  if (Zl.has(e))
    return di(e, Je[r], !1, a, n, s);
  throw new C("Illegal delimiter: '" + e + "'");
}, Jl = [{
  type: "small",
  style: P.SCRIPTSCRIPT
}, {
  type: "small",
  style: P.SCRIPT
}, {
  type: "small",
  style: P.TEXT
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
}], Ql = [{
  type: "small",
  style: P.SCRIPTSCRIPT
}, {
  type: "small",
  style: P.SCRIPT
}, {
  type: "small",
  style: P.TEXT
}, {
  type: "stack"
}], gi = [{
  type: "small",
  style: P.SCRIPTSCRIPT
}, {
  type: "small",
  style: P.SCRIPT
}, {
  type: "small",
  style: P.TEXT
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
}], _l = function(e) {
  if (e.type === "small")
    return "Main-Regular";
  if (e.type === "large")
    return "Size" + e.size + "-Regular";
  if (e.type === "stack")
    return "Size4-Regular";
  var r = e.type;
  throw new Error("Add support for delim type '" + r + "' here.");
}, bi = function(e, r, a, n) {
  for (var s = Math.min(2, 3 - n.style.size), i = s; i < a.length; i++) {
    var o = a[i];
    if (o.type === "stack")
      break;
    var l = Ze(e, _l(o), "math"), h = l.height + l.depth;
    if (o.type === "small") {
      var d = n.havingBaseStyle(o.style);
      h *= d.sizeMultiplier;
    }
    if (h > r)
      return o;
  }
  return a[a.length - 1];
}, ua = function(e, r, a, n, s, i) {
  e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle");
  var o;
  pi.has(e) ? o = Jl : fi.has(e) ? o = gi : o = Ql;
  var l = bi(e, r, o, n);
  return l.type === "small" ? Wl(e, l.style, a, n, s, i) : l.type === "large" ? mi(e, l.size, a, n, s, i) : di(e, r, a, n, s, i);
}, Dr = function(e, r, a, n, s, i) {
  var o = n.fontMetrics().axisHeight * n.sizeMultiplier, l = 901, h = 5 / n.fontMetrics().ptPerEm, d = Math.max(r - o, a + o), p = Math.max(
    // In real TeX, calculations are done using integral values which are
    // 65536 per pt, or 655360 per em. So, the division here truncates in
    // TeX but doesn't here, producing different results. If we wanted to
    // exactly match TeX's calculation, we could do
    //   Math.floor(655360 * maxDistFromAxis / 500) *
    //    delimiterFactor / 655360
    // (To see the difference, compare
    //    x^{x^{\left(\rule{0.1em}{0.68em}\right)}}
    // in TeX and KaTeX)
    d / 500 * l,
    2 * d - h
  );
  return ua(e, p, !0, n, s, i);
}, Pn = {
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
}, e4 = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "<", ">", "\\langle", "⟨", "\\rangle", "⟩", "\\lt", "\\gt", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱", "/", "\\backslash", "|", "\\vert", "\\|", "\\Vert", "\\uparrow", "\\Uparrow", "\\downarrow", "\\Downarrow", "\\updownarrow", "\\Updownarrow", "."]);
function Gn(t) {
  return "isMiddle" in t;
}
function ir(t, e) {
  var r = nr(t);
  if (r && e4.has(r.text))
    return r;
  throw r ? new C("Invalid delimiter '" + r.text + "' after '" + e.funcName + "'", t) : new C("Invalid delimiter type '" + t.type + "'", t);
}
D({
  type: "delimsizing",
  names: ["\\bigl", "\\Bigl", "\\biggl", "\\Biggl", "\\bigr", "\\Bigr", "\\biggr", "\\Biggr", "\\bigm", "\\Bigm", "\\biggm", "\\Biggm", "\\big", "\\Big", "\\bigg", "\\Bigg"],
  props: {
    numArgs: 1,
    argTypes: ["primitive"]
  },
  handler: (t, e) => {
    var r = ir(e[0], t);
    return {
      type: "delimsizing",
      mode: t.parser.mode,
      size: Pn[t.funcName].size,
      mclass: Pn[t.funcName].mclass,
      delim: r.text
    };
  },
  htmlBuilder: (t, e) => t.delim === "." ? z([t.mclass]) : vi(t.delim, t.size, e, t.mode, [t.mclass]),
  mathmlBuilder: (t) => {
    var e = [];
    t.delim !== "." && e.push(N0(t.delim, t.mode));
    var r = new N("mo", e);
    t.mclass === "mopen" || t.mclass === "mclose" ? r.setAttribute("fence", "true") : r.setAttribute("fence", "false"), r.setAttribute("stretchy", "true");
    var a = B(Je[t.size]);
    return r.setAttribute("minsize", a), r.setAttribute("maxsize", a), r;
  }
});
function Un(t) {
  if (!t.body)
    throw new Error("Bug: The leftright ParseNode wasn't fully parsed.");
}
D({
  type: "leftright-right",
  names: ["\\right"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = t.parser.gullet.macros.get("\\current@color");
    if (r && typeof r != "string")
      throw new C("\\current@color set to non-string in \\right");
    return {
      type: "leftright-right",
      mode: t.parser.mode,
      delim: ir(e[0], t).text,
      color: r
      // undefined if not set via \color
    };
  }
});
D({
  type: "leftright",
  names: ["\\left"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = ir(e[0], t), a = t.parser;
    ++a.leftrightDepth;
    var n = a.parseExpression(!1);
    --a.leftrightDepth, a.expect("\\right", !1);
    var s = G(a.parseFunction(), "leftright-right");
    return {
      type: "leftright",
      mode: a.mode,
      body: n,
      left: r.text,
      right: s.delim,
      rightColor: s.color
    };
  },
  htmlBuilder: (t, e) => {
    Un(t);
    for (var r = u0(t.body, e, !0, ["mopen", "mclose"]), a = 0, n = 0, s = !1, i = 0; i < r.length; i++) {
      var o = r[i];
      Gn(o) ? s = !0 : (a = Math.max(r[i].height, a), n = Math.max(r[i].depth, n));
    }
    a *= e.sizeMultiplier, n *= e.sizeMultiplier;
    var l;
    if (t.left === "." ? l = st(e, ["mopen"]) : l = Dr(t.left, a, n, e, t.mode, ["mopen"]), r.unshift(l), s)
      for (var h = 1; h < r.length; h++) {
        var d = r[h];
        if (Gn(d)) {
          var p = d.isMiddle;
          r[h] = Dr(p.delim, a, n, p.options, t.mode, []);
        }
      }
    var v;
    if (t.right === ".")
      v = st(e, ["mclose"]);
    else {
      var y = t.rightColor ? e.withColor(t.rightColor) : e;
      v = Dr(t.right, a, n, y, t.mode, ["mclose"]);
    }
    return r.push(v), z(["minner"], r, e);
  },
  mathmlBuilder: (t, e) => {
    Un(t);
    var r = z0(t.body, e);
    if (t.left !== ".") {
      var a = new N("mo", [N0(t.left, t.mode)]);
      a.setAttribute("fence", "true"), r.unshift(a);
    }
    if (t.right !== ".") {
      var n = new N("mo", [N0(t.right, t.mode)]);
      n.setAttribute("fence", "true"), t.rightColor && n.setAttribute("mathcolor", t.rightColor), r.push(n);
    }
    return za(r);
  }
});
D({
  type: "middle",
  names: ["\\middle"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var r = ir(e[0], t);
    if (!t.parser.leftrightDepth)
      throw new C("\\middle without preceding \\left", r);
    return {
      type: "middle",
      mode: t.parser.mode,
      delim: r.text
    };
  },
  htmlBuilder: (t, e) => {
    var r;
    return t.delim === "." ? r = st(e, []) : (r = vi(t.delim, 1, e, t.mode, []), r.isMiddle = {
      delim: t.delim,
      options: e
    }), r;
  },
  mathmlBuilder: (t, e) => {
    var r = t.delim === "\\vert" || t.delim === "|" ? N0("|", "text") : N0(t.delim, t.mode), a = new N("mo", [r]);
    return a.setAttribute("fence", "true"), a.setAttribute("lspace", "0.05em"), a.setAttribute("rspace", "0.05em"), a;
  }
});
var or = (t, e) => {
  var r = Le(Y(t.body, e), e), a = t.label.slice(1), n = e.sizeMultiplier, s, i, o = J0(t.body);
  if (a === "sout")
    s = z(["stretchy", "sout"]), s.height = e.fontMetrics().defaultRuleThickness / n, i = -0.5 * e.fontMetrics().xHeight;
  else if (a === "phase") {
    var l = r0({
      number: 0.6,
      unit: "pt"
    }, e), h = r0({
      number: 0.35,
      unit: "ex"
    }, e), d = e.havingBaseSizing();
    n = n / d.sizeMultiplier;
    var p = r.height + r.depth + l + h;
    r.style.paddingLeft = B(p / 2 + l);
    var v = Math.floor(1e3 * p * n), y = Qo(v), w = new Z0([new ie("phase", y)], {
      width: "400em",
      height: B(v / 1e3),
      viewBox: "0 0 400000 " + v,
      preserveAspectRatio: "xMinYMin slice"
    });
    s = oe(["hide-tail"], [w], e), s.style.height = B(p), i = r.depth + l + h;
  } else {
    /cancel/.test(a) ? o || r.classes.push("cancel-pad") : a === "angl" ? r.classes.push("anglpad") : r.classes.push("boxpad");
    var k, M, A = 0;
    /box/.test(a) ? (A = Math.max(
      e.fontMetrics().fboxrule,
      // default
      e.minRuleThickness
    ), k = e.fontMetrics().fboxsep + (a === "colorbox" ? 0 : A), M = k) : a === "angl" ? (A = Math.max(e.fontMetrics().defaultRuleThickness, e.minRuleThickness), k = 4 * A, M = Math.max(0, 0.25 - r.depth)) : (k = o ? 0.2 : 0, M = k), s = Il(r, a, k, M, e), /fbox|boxed|fcolorbox/.test(a) ? (s.style.borderStyle = "solid", s.style.borderWidth = B(A)) : a === "angl" && A !== 0.049 && (s.style.borderTopWidth = B(A), s.style.borderRightWidth = B(A)), i = r.depth + M, t.backgroundColor && (s.style.backgroundColor = t.backgroundColor, t.borderColor && (s.style.borderColor = t.borderColor));
  }
  var E;
  if (t.backgroundColor)
    E = X({
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
    var R = /cancel|phase/.test(a) ? ["svg-align"] : [];
    E = X({
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
          wrapperClasses: R
        }
      ]
    });
  }
  return /cancel/.test(a) && (E.height = r.height, E.depth = r.depth), /cancel/.test(a) && !o ? z(["mord", "cancel-lap"], [E], e) : z(["mord"], [E], e);
}, lr = (t, e) => {
  var r, a = new N(t.label.includes("colorbox") ? "mpadded" : "menclose", [K(t.body, e)]);
  switch (t.label) {
    case "\\cancel":
      a.setAttribute("notation", "updiagonalstrike");
      break;
    case "\\bcancel":
      a.setAttribute("notation", "downdiagonalstrike");
      break;
    case "\\phase":
      a.setAttribute("notation", "phasorangle");
      break;
    case "\\sout":
      a.setAttribute("notation", "horizontalstrike");
      break;
    case "\\fbox":
      a.setAttribute("notation", "box");
      break;
    case "\\angl":
      a.setAttribute("notation", "actuarial");
      break;
    case "\\fcolorbox":
    case "\\colorbox":
      if (r = e.fontMetrics().fboxsep * e.fontMetrics().ptPerEm, a.setAttribute("width", "+" + 2 * r + "pt"), a.setAttribute("height", "+" + 2 * r + "pt"), a.setAttribute("lspace", r + "pt"), a.setAttribute("voffset", r + "pt"), t.label === "\\fcolorbox") {
        var n = Math.max(
          e.fontMetrics().fboxrule,
          // default
          e.minRuleThickness
        );
        a.setAttribute("style", "border: " + B(n) + " solid " + t.borderColor);
      }
      break;
    case "\\xcancel":
      a.setAttribute("notation", "updiagonalstrike downdiagonalstrike");
      break;
  }
  return t.backgroundColor && a.setAttribute("mathbackground", t.backgroundColor), a;
};
D({
  type: "enclose",
  names: ["\\colorbox"],
  props: {
    numArgs: 2,
    allowedInText: !0,
    argTypes: ["color", "hbox"]
  },
  handler(t, e, r) {
    var {
      parser: a,
      funcName: n
    } = t, s = G(e[0], "color-token").color, i = e[1];
    return {
      type: "enclose",
      mode: a.mode,
      label: n,
      backgroundColor: s,
      body: i
    };
  },
  htmlBuilder: or,
  mathmlBuilder: lr
});
D({
  type: "enclose",
  names: ["\\fcolorbox"],
  props: {
    numArgs: 3,
    allowedInText: !0,
    argTypes: ["color", "color", "hbox"]
  },
  handler(t, e, r) {
    var {
      parser: a,
      funcName: n
    } = t, s = G(e[0], "color-token").color, i = G(e[1], "color-token").color, o = e[2];
    return {
      type: "enclose",
      mode: a.mode,
      label: n,
      backgroundColor: i,
      borderColor: s,
      body: o
    };
  },
  htmlBuilder: or,
  mathmlBuilder: lr
});
D({
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
D({
  type: "enclose",
  names: ["\\cancel", "\\bcancel", "\\xcancel", "\\phase"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    return {
      type: "enclose",
      mode: r.mode,
      label: a,
      body: n
    };
  },
  htmlBuilder: or,
  mathmlBuilder: lr
});
D({
  type: "enclose",
  names: ["\\sout"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t;
    r.mode === "math" && r.settings.reportNonstrict("mathVsSout", "LaTeX's \\sout works only in text mode");
    var n = e[0];
    return {
      type: "enclose",
      mode: r.mode,
      label: a,
      body: n
    };
  },
  htmlBuilder: or,
  mathmlBuilder: lr
});
D({
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
var yi = {};
function P0(t) {
  for (var {
    type: e,
    names: r,
    props: a,
    handler: n,
    htmlBuilder: s,
    mathmlBuilder: i
  } = t, o = {
    type: e,
    numArgs: a.numArgs || 0,
    allowedInText: !1,
    numOptionalArgs: 0,
    handler: n
  }, l = 0; l < r.length; ++l)
    yi[r[l]] = o;
  s && (Vt[e] = s), i && (Wt[e] = i);
}
var xi = {};
function f(t, e) {
  xi[t] = e;
}
class w0 {
  // End offset, zero-based exclusive.
  constructor(e, r, a) {
    this.lexer = void 0, this.start = void 0, this.end = void 0, this.lexer = e, this.start = r, this.end = a;
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
    return r ? !e || !e.loc || !r.loc || e.loc.lexer !== r.loc.lexer ? null : new w0(e.loc.lexer, e.loc.start, r.loc.end) : e && e.loc;
  }
}
class M0 {
  // used in \noexpand
  constructor(e, r) {
    this.text = void 0, this.loc = void 0, this.noexpand = void 0, this.treatAsRelax = void 0, this.text = e, this.loc = r;
  }
  /**
   * Given a pair of tokens (this and endToken), compute a `Token` encompassing
   * the whole input range enclosed by these two.
   */
  range(e, r) {
    return new M0(r, w0.range(this, e));
  }
}
function Vn(t) {
  var e = [];
  t.consumeSpaces();
  var r = t.fetch().text;
  for (r === "\\relax" && (t.consume(), t.consumeSpaces(), r = t.fetch().text); r === "\\hline" || r === "\\hdashline"; )
    t.consume(), e.push(r === "\\hdashline"), t.consumeSpaces(), r = t.fetch().text;
  return e;
}
var ur = (t) => {
  var e = t.parser.settings;
  if (!e.displayMode)
    throw new C("{" + t.envName + "} can be used only in display mode.");
}, t4 = /* @__PURE__ */ new Set(["gather", "gather*"]);
function Ba(t) {
  if (!t.includes("ed"))
    return !t.includes("*");
}
function he(t, e, r) {
  var {
    hskipBeforeAndAfter: a,
    addJot: n,
    cols: s,
    arraystretch: i,
    colSeparationType: o,
    autoTag: l,
    singleRow: h,
    emptySingleRow: d,
    maxNumCols: p,
    leqno: v
  } = e;
  if (t.gullet.beginGroup(), h || t.gullet.macros.set("\\cr", "\\\\\\relax"), !i) {
    var y = t.gullet.expandMacroAsText("\\arraystretch");
    if (y == null)
      i = 1;
    else if (i = parseFloat(y), !i || i < 0)
      throw new C("Invalid \\arraystretch: " + y);
  }
  t.gullet.beginGroup();
  var w = [], k = [w], M = [], A = [], E = l != null ? [] : void 0;
  function R() {
    l && t.gullet.macros.set("\\@eqnsw", "1", !0);
  }
  function I() {
    E && (t.gullet.macros.get("\\df@tag") ? (E.push(t.subparse([new M0("\\df@tag")])), t.gullet.macros.set("\\df@tag", void 0, !0)) : E.push(!!l && t.gullet.macros.get("\\@eqnsw") === "1"));
  }
  for (R(), A.push(Vn(t)); ; ) {
    var O = t.parseExpression(!1, h ? "\\end" : "\\\\");
    t.gullet.endGroup(), t.gullet.beginGroup();
    var F = {
      type: "ordgroup",
      mode: t.mode,
      body: O
    };
    r && (F = {
      type: "styling",
      mode: t.mode,
      style: r,
      resetFont: !0,
      body: [F]
    }), w.push(F);
    var U = t.fetch().text;
    if (U === "&") {
      if (p && w.length === p) {
        if (h || o)
          throw new C("Too many tab characters: &", t.nextToken);
        t.settings.reportNonstrict("textEnv", "Too few columns specified in the {array} column argument.");
      }
      t.consume();
    } else if (U === "\\end") {
      I(), w.length === 1 && F.type === "styling" && F.body.length === 1 && F.body[0].type === "ordgroup" && F.body[0].body.length === 0 && (k.length > 1 || !d) && k.pop(), A.length < k.length + 1 && A.push([]);
      break;
    } else if (U === "\\\\") {
      t.consume();
      var W = void 0;
      t.gullet.future().text !== " " && (W = t.parseSizeGroup(!0)), M.push(W ? W.value : null), I(), A.push(Vn(t)), w = [], k.push(w), R();
    } else
      throw new C("Expected & or \\\\ or \\cr or \\end", t.nextToken);
  }
  return t.gullet.endGroup(), t.gullet.endGroup(), {
    type: "array",
    mode: t.mode,
    addJot: n,
    arraystretch: i,
    body: k,
    cols: s,
    rowGaps: M,
    hskipBeforeAndAfter: a,
    hLinesBeforeRow: A,
    colSeparationType: o,
    tags: E,
    leqno: v
  };
}
function Ea(t) {
  return t.slice(0, 1) === "d" ? "display" : "text";
}
var G0 = function(e, r) {
  var a, n, s = e.body.length, i = e.hLinesBeforeRow, o = 0, l = new Array(s), h = [], d = Math.max(
    // From LaTeX \showthe\arrayrulewidth. Equals 0.04 em.
    r.fontMetrics().arrayRuleWidth,
    r.minRuleThickness
  ), p = 1 / r.fontMetrics().ptPerEm, v = 5 * p;
  if (e.colSeparationType && e.colSeparationType === "small") {
    var y = r.havingStyle(P.SCRIPT).sizeMultiplier;
    v = 0.2778 * (y / r.sizeMultiplier);
  }
  var w = e.colSeparationType === "CD" ? r0({
    number: 3,
    unit: "ex"
  }, r) : 12 * p, k = 3 * p, M = e.arraystretch * w, A = 0.7 * M, E = 0.3 * M, R = 0;
  function I(dt) {
    for (var ft = 0; ft < dt.length; ++ft)
      ft > 0 && (R += 0.25), h.push({
        pos: R,
        isDashed: dt[ft]
      });
  }
  for (I(i[0]), a = 0; a < e.body.length; ++a) {
    var O = e.body[a], F = A, U = E;
    o < O.length && (o = O.length);
    var W = {
      cells: new Array(O.length),
      height: 0,
      depth: 0,
      pos: 0
    };
    for (n = 0; n < O.length; ++n) {
      var V = Y(O[n], r);
      U < V.depth && (U = V.depth), F < V.height && (F = V.height), W.cells[n] = V;
    }
    var o0 = e.rowGaps[a], f0 = 0;
    o0 && (f0 = r0(o0, r), f0 > 0 && (f0 += E, U < f0 && (U = f0), f0 = 0)), e.addJot && a < e.body.length - 1 && (U += k), W.height = F, W.depth = U, R += F, W.pos = R, R += U + f0, l[a] = W, I(i[a + 1]);
  }
  var $ = R / 2 + r.fontMetrics().axisHeight, k0 = e.cols || [], _ = [], h0, B0, E0 = [];
  if (e.tags && e.tags.some((dt) => dt))
    for (a = 0; a < s; ++a) {
      var D0 = l[a], ee = D0.pos - $, c0 = e.tags[a], te = void 0;
      c0 === !0 ? te = z(["eqn-num"], [], r) : c0 === !1 ? te = z([], [], r) : te = z([], u0(c0, r, !0), r), te.depth = D0.depth, te.height = D0.height, E0.push({
        type: "elem",
        elem: te,
        shift: ee
      });
    }
  for (
    n = 0, B0 = 0;
    // Continue while either there are more columns or more column
    // descriptions, so trailing separators don't get lost.
    n < o || B0 < k0.length;
    ++n, ++B0
  ) {
    for (var je, q0 = k0[B0], ut = !0; ((Oa = q0) == null ? void 0 : Oa.type) === "separator"; ) {
      var Oa;
      if (ut || (h0 = z(["arraycolsep"], []), h0.style.width = B(r.fontMetrics().doubleRuleSep), _.push(h0)), q0.separator === "|" || q0.separator === ":") {
        var Xi = q0.separator === "|" ? "solid" : "dashed", Te = z(["vertical-separator"], [], r);
        Te.style.height = B(R), Te.style.borderRightWidth = B(d), Te.style.borderRightStyle = Xi, Te.style.margin = "0 " + B(-d / 2);
        var La = R - $;
        La && (Te.style.verticalAlign = B(-La)), _.push(Te);
      } else
        throw new C("Invalid separator type: " + q0.separator);
      B0++, q0 = k0[B0], ut = !1;
    }
    if (!(n >= o)) {
      var Ce = void 0;
      if (n > 0 || e.hskipBeforeAndAfter) {
        var Ha, Pa;
        Ce = (Ha = (Pa = q0) == null ? void 0 : Pa.pregap) != null ? Ha : v, Ce !== 0 && (h0 = z(["arraycolsep"], []), h0.style.width = B(Ce), _.push(h0));
      }
      var Ga = [];
      for (a = 0; a < s; ++a) {
        var ht = l[a], ct = ht.cells[n];
        if (ct) {
          var Yi = ht.pos - $;
          ct.depth = ht.depth, ct.height = ht.height, Ga.push({
            type: "elem",
            elem: ct,
            shift: Yi
          });
        }
      }
      var Ki = X({
        positionType: "individualShift",
        children: Ga
      }), Zi = z(["col-align-" + (((je = q0) == null ? void 0 : je.align) || "c")], [Ki]);
      if (_.push(Zi), n < o - 1 || e.hskipBeforeAndAfter) {
        var Ua, Va;
        Ce = (Ua = (Va = q0) == null ? void 0 : Va.postgap) != null ? Ua : v, Ce !== 0 && (h0 = z(["arraycolsep"], []), h0.style.width = B(Ce), _.push(h0));
      }
    }
  }
  var mt = z(["mtable"], _);
  if (h.length > 0) {
    for (var Ji = Oe("hline", r, d), Qi = Oe("hdashline", r, d), mr = [{
      type: "elem",
      elem: mt,
      shift: 0
    }]; h.length > 0; ) {
      var Wa = h.pop(), ja = Wa.pos - $;
      Wa.isDashed ? mr.push({
        type: "elem",
        elem: Qi,
        shift: ja
      }) : mr.push({
        type: "elem",
        elem: Ji,
        shift: ja
      });
    }
    mt = X({
      positionType: "individualShift",
      children: mr
    });
  }
  if (E0.length === 0)
    return z(["mord"], [mt], r);
  var _i = X({
    positionType: "individualShift",
    children: E0
  }), e1 = z(["tag"], [_i], r);
  return _0([mt, e1]);
}, r4 = {
  c: "center ",
  l: "left ",
  r: "right "
}, U0 = function(e, r) {
  for (var a = [], n = new N("mtd", [], ["mtr-glue"]), s = new N("mtd", [], ["mml-eqn-num"]), i = 0; i < e.body.length; i++) {
    for (var o = e.body[i], l = [], h = 0; h < o.length; h++)
      l.push(new N("mtd", [K(o[h], r)]));
    e.tags && e.tags[i] && (l.unshift(n), l.push(n), e.leqno ? l.unshift(s) : l.push(s)), a.push(new N("mtr", l));
  }
  var d = new N("mtable", a), p = e.arraystretch === 0.5 ? 0.1 : 0.16 + e.arraystretch - 1 + (e.addJot ? 0.09 : 0);
  d.setAttribute("rowspacing", B(p));
  var v = "", y = "";
  if (e.cols && e.cols.length > 0) {
    var w = e.cols, k = "", M = !1, A = 0, E = w.length;
    w[0].type === "separator" && (v += "top ", A = 1), w[w.length - 1].type === "separator" && (v += "bottom ", E -= 1);
    for (var R = A; R < E; R++) {
      var I = w[R];
      I.type === "align" ? (y += r4[I.align], M && (k += "none "), M = !0) : I.type === "separator" && M && (k += I.separator === "|" ? "solid " : "dashed ", M = !1);
    }
    d.setAttribute("columnalign", y.trim()), /[sd]/.test(k) && d.setAttribute("columnlines", k.trim());
  }
  if (e.colSeparationType === "align") {
    for (var O = e.cols || [], F = "", U = 1; U < O.length; U++)
      F += U % 2 ? "0em " : "1em ";
    d.setAttribute("columnspacing", F.trim());
  } else e.colSeparationType === "alignat" || e.colSeparationType === "gather" ? d.setAttribute("columnspacing", "0em") : e.colSeparationType === "small" ? d.setAttribute("columnspacing", "0.2778em") : e.colSeparationType === "CD" ? d.setAttribute("columnspacing", "0.5em") : d.setAttribute("columnspacing", "1em");
  var W = "", V = e.hLinesBeforeRow;
  v += V[0].length > 0 ? "left " : "", v += V[V.length - 1].length > 0 ? "right " : "";
  for (var o0 = 1; o0 < V.length - 1; o0++)
    W += V[o0].length === 0 ? "none " : V[o0][0] ? "dashed " : "solid ";
  return /[sd]/.test(W) && d.setAttribute("rowlines", W.trim()), v !== "" && (d = new N("menclose", [d]), d.setAttribute("notation", v.trim())), e.arraystretch && e.arraystretch < 1 && (d = new N("mstyle", [d]), d.setAttribute("scriptlevel", "1")), d;
}, wi = function(e, r) {
  e.envName.includes("ed") || ur(e);
  var a = [], n = e.envName.includes("at") ? "alignat" : "align", s = e.envName === "split", i = he(e.parser, {
    cols: a,
    addJot: !0,
    autoTag: s ? void 0 : Ba(e.envName),
    emptySingleRow: !0,
    colSeparationType: n,
    maxNumCols: s ? 2 : void 0,
    leqno: e.parser.settings.leqno
  }, "display"), o = 0, l = 0, h = {
    type: "ordgroup",
    mode: e.mode,
    body: []
  };
  if (r[0] && r[0].type === "ordgroup") {
    for (var d = "", p = 0; p < r[0].body.length; p++) {
      var v = G(r[0].body[p], "textord");
      d += v.text;
    }
    o = Number(d), l = o * 2;
  }
  var y = !l;
  i.body.forEach(function(A) {
    for (var E = 1; E < A.length; E += 2) {
      var R = G(A[E], "styling"), I = G(R.body[0], "ordgroup");
      I.body.unshift(h);
    }
    if (y)
      l < A.length && (l = A.length);
    else {
      var O = A.length / 2;
      if (o < O)
        throw new C("Too many math in a row: " + ("expected " + o + ", but got " + O), A[0]);
    }
  });
  for (var w = 0; w < l; ++w) {
    var k = "r", M = 0;
    w % 2 === 1 ? k = "l" : w > 0 && y && (M = 1), a[w] = {
      type: "align",
      align: k,
      pregap: M,
      postgap: 0
    };
  }
  return i.colSeparationType = y ? "align" : "alignat", i;
};
P0({
  type: "array",
  names: ["array", "darray"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var r = nr(e[0]), a = r ? [e[0]] : G(e[0], "ordgroup").body, n = a.map(function(i) {
      var o = ar(i), l = o.text;
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
      throw new C("Unknown column alignment: " + l, i);
    }), s = {
      cols: n,
      hskipBeforeAndAfter: !0,
      // \@preamble in lttab.dtx
      maxNumCols: n.length
    };
    return he(t.parser, s, Ea(t.envName));
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
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
    }[t.envName.replace("*", "")], r = "c", a = {
      hskipBeforeAndAfter: !1,
      cols: [{
        type: "align",
        align: r
      }]
    };
    if (t.envName.charAt(t.envName.length - 1) === "*") {
      var n = t.parser;
      if (n.consumeSpaces(), n.fetch().text === "[") {
        if (n.consume(), n.consumeSpaces(), r = n.fetch().text, !"lcr".includes(r))
          throw new C("Expected l or c or r", n.nextToken);
        n.consume(), n.consumeSpaces(), n.expect("]"), n.consume(), a.cols = [{
          type: "align",
          align: r
        }];
      }
    }
    var s = he(t.parser, a, Ea(t.envName)), i = Math.max(0, ...s.body.map((o) => o.length));
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
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["smallmatrix"],
  props: {
    numArgs: 0
  },
  handler(t) {
    var e = {
      arraystretch: 0.5
    }, r = he(t.parser, e, "script");
    return r.colSeparationType = "small", r;
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["subarray"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var r = nr(e[0]), a = r ? [e[0]] : G(e[0], "ordgroup").body, n = a.map(function(o) {
      var l = ar(o), h = l.text;
      if ("lc".includes(h))
        return {
          type: "align",
          align: h
        };
      throw new C("Unknown column alignment: " + h, o);
    });
    if (n.length > 1)
      throw new C("{subarray} can contain only one column");
    var s = {
      cols: n,
      hskipBeforeAndAfter: !1,
      arraystretch: 0.5
    }, i = he(t.parser, s, "script");
    if (i.body.length > 0 && i.body[0].length > 1)
      throw new C("{subarray} can contain only one column");
    return i;
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
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
    }, r = he(t.parser, e, Ea(t.envName));
    return {
      type: "leftright",
      mode: t.mode,
      body: [r],
      left: t.envName.includes("r") ? "." : "\\{",
      right: t.envName.includes("r") ? "\\}" : ".",
      rightColor: void 0
    };
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["align", "align*", "aligned", "split"],
  props: {
    numArgs: 0
  },
  handler: wi,
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["gathered", "gather", "gather*"],
  props: {
    numArgs: 0
  },
  handler(t) {
    t4.has(t.envName) && ur(t);
    var e = {
      cols: [{
        type: "align",
        align: "c"
      }],
      addJot: !0,
      colSeparationType: "gather",
      autoTag: Ba(t.envName),
      emptySingleRow: !0,
      leqno: t.parser.settings.leqno
    };
    return he(t.parser, e, "display");
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["alignat", "alignat*", "alignedat"],
  props: {
    numArgs: 1
  },
  handler: wi,
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["equation", "equation*"],
  props: {
    numArgs: 0
  },
  handler(t) {
    ur(t);
    var e = {
      autoTag: Ba(t.envName),
      emptySingleRow: !0,
      singleRow: !0,
      maxNumCols: 1,
      leqno: t.parser.settings.leqno
    };
    return he(t.parser, e, "display");
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
P0({
  type: "array",
  names: ["CD"],
  props: {
    numArgs: 0
  },
  handler(t) {
    return ur(t), Ul(t.parser);
  },
  htmlBuilder: G0,
  mathmlBuilder: U0
});
f("\\nonumber", "\\gdef\\@eqnsw{0}");
f("\\notag", "\\nonumber");
D({
  type: "text",
  // Doesn't matter what this is.
  names: ["\\hline", "\\hdashline"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !0
  },
  handler(t, e) {
    throw new C(t.funcName + " valid only within array environment");
  }
});
var Wn = yi;
D({
  type: "environment",
  names: ["\\begin", "\\end"],
  props: {
    numArgs: 1,
    argTypes: ["text"]
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    if (n.type !== "ordgroup")
      throw new C("Invalid environment name", n);
    for (var s = "", i = 0; i < n.body.length; ++i)
      s += G(n.body[i], "textord").text;
    if (a === "\\begin") {
      if (!Wn.hasOwnProperty(s))
        throw new C("No such environment: " + s, n);
      var o = Wn[s], {
        args: l,
        optArgs: h
      } = r.parseArguments("\\begin{" + s + "}", o), d = {
        mode: r.mode,
        envName: s,
        parser: r
      }, p = o.handler(d, l, h);
      r.expect("\\end", !1);
      var v = r.nextToken, y = G(r.parseFunction(), "environment");
      if (y.name !== s)
        throw new C("Mismatch: \\begin{" + s + "} matched by \\end{" + y.name + "}", v);
      return p;
    }
    return {
      type: "environment",
      mode: r.mode,
      name: s,
      nameGroup: n
    };
  }
});
var ki = (t, e) => {
  var r = t.font, a = e.withFont(r);
  return Y(t.body, a);
}, Mi = (t, e) => {
  var r = t.font, a = e.withFont(r);
  return K(t.body, a);
}, jn = {
  "\\Bbb": "\\mathbb",
  "\\bold": "\\mathbf",
  "\\frak": "\\mathfrak"
};
D({
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
      funcName: a
    } = t, n = jt(e[0]), s = a;
    return s in jn && (s = jn[s]), {
      type: "font",
      mode: r.mode,
      font: s.slice(1),
      body: n
    };
  },
  htmlBuilder: ki,
  mathmlBuilder: Mi
});
D({
  type: "mclass",
  names: ["\\boldsymbol", "\\bm"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, a = e[0];
    return {
      type: "mclass",
      mode: r.mode,
      mclass: sr(a),
      body: [{
        type: "font",
        mode: r.mode,
        font: "boldsymbol",
        body: a
      }],
      isCharacterBox: J0(a)
    };
  }
});
D({
  type: "font",
  names: ["\\rm", "\\sf", "\\tt", "\\bf", "\\it", "\\cal"],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a,
      breakOnTokenText: n
    } = t, {
      mode: s
    } = r, i = r.parseExpression(!0, n);
    return {
      type: "font",
      mode: s,
      font: "math" + a.slice(1),
      body: {
        type: "ordgroup",
        mode: r.mode,
        body: i
      }
    };
  },
  htmlBuilder: ki,
  mathmlBuilder: Mi
});
var a4 = (t, e) => {
  var r = e.style, a = r.fracNum(), n = r.fracDen(), s;
  s = e.havingStyle(a);
  var i = Y(t.numer, s, e);
  if (t.continued) {
    var o = 8.5 / e.fontMetrics().ptPerEm, l = 3.5 / e.fontMetrics().ptPerEm;
    i.height = i.height < o ? o : i.height, i.depth = i.depth < l ? l : i.depth;
  }
  s = e.havingStyle(n);
  var h = Y(t.denom, s, e), d, p, v;
  t.hasBarLine ? (t.barSize ? (p = r0(t.barSize, e), d = Oe("frac-line", e, p)) : d = Oe("frac-line", e), p = d.height, v = d.height) : (d = null, p = 0, v = e.fontMetrics().defaultRuleThickness);
  var y, w, k;
  r.size === P.DISPLAY.size ? (y = e.fontMetrics().num1, p > 0 ? w = 3 * v : w = 7 * v, k = e.fontMetrics().denom1) : (p > 0 ? (y = e.fontMetrics().num2, w = v) : (y = e.fontMetrics().num3, w = 3 * v), k = e.fontMetrics().denom2);
  var M;
  if (d) {
    var E = e.fontMetrics().axisHeight;
    y - i.depth - (E + 0.5 * p) < w && (y += w - (y - i.depth - (E + 0.5 * p))), E - 0.5 * p - (h.height - k) < w && (k += w - (E - 0.5 * p - (h.height - k)));
    var R = -(E - 0.5 * p);
    M = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: k
      }, {
        type: "elem",
        elem: d,
        shift: R
      }, {
        type: "elem",
        elem: i,
        shift: -y
      }]
    });
  } else {
    var A = y - i.depth - (h.height - k);
    A < w && (y += 0.5 * (w - A), k += 0.5 * (w - A)), M = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: k
      }, {
        type: "elem",
        elem: i,
        shift: -y
      }]
    });
  }
  s = e.havingStyle(r), M.height *= s.sizeMultiplier / e.sizeMultiplier, M.depth *= s.sizeMultiplier / e.sizeMultiplier;
  var I;
  r.size === P.DISPLAY.size ? I = e.fontMetrics().delim1 : r.size === P.SCRIPTSCRIPT.size ? I = e.havingStyle(P.SCRIPT).fontMetrics().delim2 : I = e.fontMetrics().delim2;
  var O, F;
  return t.leftDelim == null ? O = st(e, ["mopen"]) : O = ua(t.leftDelim, I, !0, e.havingStyle(r), t.mode, ["mopen"]), t.continued ? F = z([]) : t.rightDelim == null ? F = st(e, ["mclose"]) : F = ua(t.rightDelim, I, !0, e.havingStyle(r), t.mode, ["mclose"]), z(["mord"].concat(s.sizingClasses(e)), [O, z(["mfrac"], [M]), F], e);
}, n4 = (t, e) => {
  var r = new N("mfrac", [K(t.numer, e), K(t.denom, e)]);
  if (!t.hasBarLine)
    r.setAttribute("linethickness", "0px");
  else if (t.barSize) {
    var a = r0(t.barSize, e);
    r.setAttribute("linethickness", B(a));
  }
  if (t.leftDelim != null || t.rightDelim != null) {
    var n = [];
    if (t.leftDelim != null) {
      var s = new N("mo", [new s0(t.leftDelim.replace("\\", ""))]);
      s.setAttribute("fence", "true"), n.push(s);
    }
    if (n.push(r), t.rightDelim != null) {
      var i = new N("mo", [new s0(t.rightDelim.replace("\\", ""))]);
      i.setAttribute("fence", "true"), n.push(i);
    }
    return za(n);
  }
  return r;
}, Si = (t, e) => {
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
D({
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
      funcName: a
    } = t, n = e[0], s = e[1], i, o = null, l = null;
    switch (a) {
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
    var h = a === "\\cfrac", d = null;
    return h || a.startsWith("\\d") ? d = "display" : a.startsWith("\\t") && (d = "text"), Si({
      type: "genfrac",
      mode: r.mode,
      numer: n,
      denom: s,
      continued: h,
      hasBarLine: i,
      leftDelim: o,
      rightDelim: l,
      barSize: null
    }, d);
  },
  htmlBuilder: a4,
  mathmlBuilder: n4
});
D({
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
      token: a
    } = t, n;
    switch (r) {
      case "\\over":
        n = "\\frac";
        break;
      case "\\choose":
        n = "\\binom";
        break;
      case "\\atop":
        n = "\\\\atopfrac";
        break;
      case "\\brace":
        n = "\\\\bracefrac";
        break;
      case "\\brack":
        n = "\\\\brackfrac";
        break;
      default:
        throw new Error("Unrecognized infix genfrac command");
    }
    return {
      type: "infix",
      mode: e.mode,
      replaceWith: n,
      token: a
    };
  }
});
var Xn = ["display", "text", "script", "scriptscript"], Yn = function(e) {
  var r = null;
  return e.length > 0 && (r = e, r = r === "." ? null : r), r;
};
D({
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
    } = t, a = e[4], n = e[5], s = jt(e[0]), i = s.type === "atom" && s.family === "open" ? Yn(s.text) : null, o = jt(e[1]), l = o.type === "atom" && o.family === "close" ? Yn(o.text) : null, h = G(e[2], "size"), d, p = null;
    h.isBlank ? d = !0 : (p = h.value, d = p.number > 0);
    var v = null, y = e[3];
    if (y.type === "ordgroup") {
      if (y.body.length > 0) {
        var w = G(y.body[0], "textord");
        v = Xn[Number(w.text)];
      }
    } else
      y = G(y, "textord"), v = Xn[Number(y.text)];
    return Si({
      type: "genfrac",
      mode: r.mode,
      numer: a,
      denom: n,
      continued: !1,
      hasBarLine: d,
      barSize: p,
      leftDelim: i,
      rightDelim: l
    }, v);
  }
});
D({
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
      funcName: a,
      token: n
    } = t;
    return {
      type: "infix",
      mode: r.mode,
      replaceWith: "\\\\abovefrac",
      size: G(e[0], "size").value,
      token: n
    };
  }
});
D({
  type: "genfrac",
  names: ["\\\\abovefrac"],
  props: {
    numArgs: 3,
    argTypes: ["math", "size", "math"]
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0], s = G(e[1], "infix").size;
    if (!s)
      throw new Error("\\\\abovefrac expected size, but got " + String(s));
    var i = e[2], o = s.number > 0;
    return {
      type: "genfrac",
      mode: r.mode,
      numer: n,
      denom: i,
      continued: !1,
      hasBarLine: o,
      barSize: s,
      leftDelim: null,
      rightDelim: null
    };
  }
});
var Ai = (t, e) => {
  var r = e.style, a, n;
  t.type === "supsub" ? (a = t.sup ? Y(t.sup, e.havingStyle(r.sup()), e) : Y(t.sub, e.havingStyle(r.sub()), e), n = G(t.base, "horizBrace")) : n = G(t, "horizBrace");
  var s = Y(n.base, e.havingBaseStyle(P.DISPLAY)), i = rr(n, e), o;
  if (n.isOver ? o = X({
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
  }), a) {
    var l = z(["minner", n.isOver ? "mover" : "munder"], [o], e);
    n.isOver ? o = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: l
      }, {
        type: "kern",
        size: 0.2
      }, {
        type: "elem",
        elem: a
      }]
    }) : o = X({
      positionType: "bottom",
      positionData: l.depth + 0.2 + a.height + a.depth,
      children: [{
        type: "elem",
        elem: a
      }, {
        type: "kern",
        size: 0.2
      }, {
        type: "elem",
        elem: l
      }]
    });
  }
  return z(["minner", n.isOver ? "mover" : "munder"], [o], e);
}, s4 = (t, e) => {
  var r = tr(t.label);
  return new N(t.isOver ? "mover" : "munder", [K(t.base, e), r]);
};
D({
  type: "horizBrace",
  names: ["\\overbrace", "\\underbrace", "\\overbracket", "\\underbracket"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r,
      funcName: a
    } = t;
    return {
      type: "horizBrace",
      mode: r.mode,
      label: a,
      isOver: a.includes("\\over"),
      base: e[0]
    };
  },
  htmlBuilder: Ai,
  mathmlBuilder: s4
});
D({
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
    } = t, a = e[1], n = G(e[0], "url").url;
    return r.settings.isTrusted({
      command: "\\href",
      url: n
    }) ? {
      type: "href",
      mode: r.mode,
      href: n,
      body: n0(a)
    } : r.formatUnsupportedCmd("\\href");
  },
  htmlBuilder: (t, e) => {
    var r = u0(t.body, e, !1);
    return bl(t.href, [], r, e);
  },
  mathmlBuilder: (t, e) => {
    var r = le(t.body, e);
    return r instanceof N || (r = new N("mrow", [r])), r.setAttribute("href", t.href), r;
  }
});
D({
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
    } = t, a = G(e[0], "url").url;
    if (!r.settings.isTrusted({
      command: "\\url",
      url: a
    }))
      return r.formatUnsupportedCmd("\\url");
    for (var n = [], s = 0; s < a.length; s++) {
      var i = a[s];
      i === "~" && (i = "\\textasciitilde"), n.push({
        type: "textord",
        mode: "text",
        text: i
      });
    }
    var o = {
      type: "text",
      mode: r.mode,
      font: "\\texttt",
      body: n
    };
    return {
      type: "href",
      mode: r.mode,
      href: a,
      body: n0(o)
    };
  }
});
D({
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
      body: n0(e[0])
    };
  },
  htmlBuilder(t, e) {
    var r = u0(t.body, e.withFont(""), !1);
    return _0(r);
  },
  mathmlBuilder(t, e) {
    return new N("mrow", z0(t.body, e.withFont("")));
  }
});
D({
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
      funcName: a,
      token: n
    } = t, s = G(e[0], "raw").string, i = e[1];
    r.settings.strict && r.settings.reportNonstrict("htmlExtension", "HTML extension is disabled on strict mode");
    var o, l = {};
    switch (a) {
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
        for (var h = s.split(","), d = 0; d < h.length; d++) {
          var p = h[d], v = p.indexOf("=");
          if (v < 0)
            throw new C("\\htmlData key/value '" + p + "' missing equals sign");
          var y = p.slice(0, v), w = p.slice(v + 1);
          l["data-" + y.trim()] = w;
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
      body: n0(i)
    } : r.formatUnsupportedCmd(a);
  },
  htmlBuilder: (t, e) => {
    var r = u0(t.body, e, !1), a = ["enclosing"];
    t.attributes.class && a.push(...t.attributes.class.trim().split(/\s+/));
    var n = z(a, r, e);
    for (var s in t.attributes)
      s !== "class" && t.attributes.hasOwnProperty(s) && n.setAttribute(s, t.attributes[s]);
    return n;
  },
  mathmlBuilder: (t, e) => le(t.body, e)
});
D({
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
      html: n0(e[0]),
      mathml: n0(e[1])
    };
  },
  htmlBuilder: (t, e) => {
    var r = u0(t.html, e, !1);
    return _0(r);
  },
  mathmlBuilder: (t, e) => le(t.mathml, e)
});
var qr = function(e) {
  if (/^[-+]? *(\d+(\.\d*)?|\.\d+)$/.test(e))
    return {
      number: +e,
      unit: "bp"
    };
  var r = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(e);
  if (!r)
    throw new C("Invalid size: '" + e + "' in \\includegraphics");
  var a = {
    number: +(r[1] + r[2]),
    // sign + magnitude, cast to number
    unit: r[3]
  };
  if (!Gs(a))
    throw new C("Invalid unit: '" + a.unit + "' in \\includegraphics.");
  return a;
};
D({
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
      parser: a
    } = t, n = {
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
      for (var l = G(r[0], "raw").string, h = l.split(","), d = 0; d < h.length; d++) {
        var p = h[d].split("=");
        if (p.length === 2) {
          var v = p[1].trim();
          switch (p[0].trim()) {
            case "alt":
              o = v;
              break;
            case "width":
              n = qr(v);
              break;
            case "height":
              s = qr(v);
              break;
            case "totalheight":
              i = qr(v);
              break;
            default:
              throw new C("Invalid key: '" + p[0] + "' in \\includegraphics.");
          }
        }
      }
    var y = G(e[0], "url").url;
    return o === "" && (o = y, o = o.replace(/^.*[\\/]/, ""), o = o.substring(0, o.lastIndexOf("."))), a.settings.isTrusted({
      command: "\\includegraphics",
      url: y
    }) ? {
      type: "includegraphics",
      mode: a.mode,
      alt: o,
      width: n,
      height: s,
      totalheight: i,
      src: y
    } : a.formatUnsupportedCmd("\\includegraphics");
  },
  htmlBuilder: (t, e) => {
    var r = r0(t.height, e), a = 0;
    t.totalheight.number > 0 && (a = r0(t.totalheight, e) - r);
    var n = 0;
    t.width.number > 0 && (n = r0(t.width, e));
    var s = {
      height: B(r + a)
    };
    n > 0 && (s.width = B(n)), a > 0 && (s.verticalAlign = B(-a));
    var i = new il(t.src, t.alt, s);
    return i.height = r, i.depth = a, i;
  },
  mathmlBuilder: (t, e) => {
    var r = new N("mglyph", []);
    r.setAttribute("alt", t.alt);
    var a = r0(t.height, e), n = 0;
    if (t.totalheight.number > 0 && (n = r0(t.totalheight, e) - a, r.setAttribute("valign", B(-n))), r.setAttribute("height", B(a + n)), t.width.number > 0) {
      var s = r0(t.width, e);
      r.setAttribute("width", B(s));
    }
    return r.setAttribute("src", t.src), r;
  }
});
D({
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
      funcName: a
    } = t, n = G(e[0], "size");
    if (r.settings.strict) {
      var s = a[1] === "m", i = n.value.unit === "mu";
      s ? (i || r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + a + " supports only mu units, " + ("not " + n.value.unit + " units")), r.mode !== "math" && r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + a + " works only in math mode")) : i && r.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + a + " doesn't support mu units");
    }
    return {
      type: "kern",
      mode: r.mode,
      dimension: n.value
    };
  },
  htmlBuilder(t, e) {
    return Ys(t.dimension, e);
  },
  mathmlBuilder(t, e) {
    var r = r0(t.dimension, e);
    return new ei(r);
  }
});
D({
  type: "lap",
  names: ["\\mathllap", "\\mathrlap", "\\mathclap"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    return {
      type: "lap",
      mode: r.mode,
      alignment: a.slice(5),
      body: n
    };
  },
  htmlBuilder: (t, e) => {
    var r;
    t.alignment === "clap" ? (r = z([], [Y(t.body, e)]), r = z(["inner"], [r], e)) : r = z(["inner"], [Y(t.body, e)]);
    var a = z(["fix"], []), n = z([t.alignment], [r, a], e), s = z(["strut"]);
    return s.style.height = B(n.height + n.depth), n.depth && (s.style.verticalAlign = B(-n.depth)), n.children.unshift(s), n = z(["thinbox"], [n], e), z(["mord", "vbox"], [n], e);
  },
  mathmlBuilder: (t, e) => {
    var r = new N("mpadded", [K(t.body, e)]);
    if (t.alignment !== "rlap") {
      var a = t.alignment === "llap" ? "-1" : "-0.5";
      r.setAttribute("lspace", a + "width");
    }
    return r.setAttribute("width", "0px"), r;
  }
});
D({
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
      parser: a
    } = t, n = a.mode;
    a.switchMode("math");
    var s = r === "\\(" ? "\\)" : "$", i = a.parseExpression(!1, s);
    return a.expect(s), a.switchMode(n), {
      type: "styling",
      mode: a.mode,
      style: "text",
      resetFont: !0,
      body: i
    };
  }
});
D({
  type: "text",
  // Doesn't matter what this is.
  names: ["\\)", "\\]"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !1
  },
  handler(t, e) {
    throw new C("Mismatched " + t.funcName);
  }
});
var Kn = (t, e) => {
  switch (e.style.size) {
    case P.DISPLAY.size:
      return t.display;
    case P.TEXT.size:
      return t.text;
    case P.SCRIPT.size:
      return t.script;
    case P.SCRIPTSCRIPT.size:
      return t.scriptscript;
    default:
      return t.text;
  }
};
D({
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
      display: n0(e[0]),
      text: n0(e[1]),
      script: n0(e[2]),
      scriptscript: n0(e[3])
    };
  },
  htmlBuilder: (t, e) => {
    var r = Kn(t, e), a = u0(r, e, !1);
    return _0(a);
  },
  mathmlBuilder: (t, e) => {
    var r = Kn(t, e);
    return le(r, e);
  }
});
var zi = (t, e, r, a, n, s, i) => {
  t = z([], [t]);
  var o = r && J0(r), l, h;
  if (e) {
    var d = Y(e, a.havingStyle(n.sup()), a);
    h = {
      elem: d,
      kern: Math.max(a.fontMetrics().bigOpSpacing1, a.fontMetrics().bigOpSpacing3 - d.depth)
    };
  }
  if (r) {
    var p = Y(r, a.havingStyle(n.sub()), a);
    l = {
      elem: p,
      kern: Math.max(a.fontMetrics().bigOpSpacing2, a.fontMetrics().bigOpSpacing4 - p.height)
    };
  }
  var v;
  if (h && l) {
    var y = a.fontMetrics().bigOpSpacing5 + l.elem.height + l.elem.depth + l.kern + t.depth + i;
    v = X({
      positionType: "bottom",
      positionData: y,
      children: [{
        type: "kern",
        size: a.fontMetrics().bigOpSpacing5
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
        size: a.fontMetrics().bigOpSpacing5
      }]
    });
  } else if (l) {
    var w = t.height - i;
    v = X({
      positionType: "top",
      positionData: w,
      children: [{
        type: "kern",
        size: a.fontMetrics().bigOpSpacing5
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
    var k = t.depth + i;
    v = X({
      positionType: "bottom",
      positionData: k,
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
        size: a.fontMetrics().bigOpSpacing5
      }]
    });
  } else
    return t;
  var M = [v];
  if (l && s !== 0 && !o) {
    var A = z(["mspace"], [], a);
    A.style.marginRight = B(s), M.unshift(A);
  }
  return z(["mop", "op-limits"], M, a);
}, Ti = /* @__PURE__ */ new Set(["\\smallint"]), We = (t, e) => {
  var r, a, n = !1, s;
  t.type === "supsub" ? (r = t.sup, a = t.sub, s = G(t.base, "op"), n = !0) : s = G(t, "op");
  var i = e.style, o = !1;
  i.size === P.DISPLAY.size && s.symbol && !Ti.has(s.name) && (o = !0);
  var l, h;
  if (s.symbol) {
    var d = o ? "Size2-Regular" : "Size1-Regular", p = "";
    if ((s.name === "\\oiint" || s.name === "\\oiiint") && (p = s.name.slice(1), s.name = p === "oiint" ? "\\iint" : "\\iiint"), l = g0(s.name, d, "math", e, ["mop", "op-symbol", o ? "large-op" : "small-op"]), h = l.italic, p.length > 0) {
      var v = Zs(p + "Size" + (o ? "2" : "1"), e);
      l = X({
        positionType: "individualShift",
        children: [{
          type: "elem",
          elem: l,
          shift: 0
        }, {
          type: "elem",
          elem: v,
          shift: o ? 0.08 : 0
        }]
      }), s.name = "\\" + p, l.classes.unshift("mop"), l.italic = h;
    }
  } else if (s.body) {
    var y = u0(s.body, e, !0);
    y.length === 1 && y[0] instanceof S0 ? (l = y[0], l.classes[0] = "mop") : l = z(["mop"], y, e);
  } else {
    for (var w = [], k = 1; k < s.name.length; k++)
      w.push(Sa(s.name[k], s.mode, e));
    l = z(["mop"], w, e);
  }
  var M = 0, A = 0;
  if ((l instanceof S0 || s.name === "\\oiint" || s.name === "\\oiiint") && !s.suppressBaseShift) {
    var E;
    M = (l.height - l.depth) / 2 - e.fontMetrics().axisHeight, A = (E = l.italic) != null ? E : 0;
  }
  return n ? zi(l, r, a, e, i, A, M) : (M && (l.style.position = "relative", l.style.top = B(M)), l);
}, lt = (t, e) => {
  var r;
  if (t.symbol)
    r = new N("mo", [N0(t.name, t.mode)]), Ti.has(t.name) && r.setAttribute("largeop", "false");
  else if (t.body)
    r = new N("mo", z0(t.body, e));
  else {
    r = new N("mi", [new s0(t.name.slice(1))]);
    var a = new N("mo", [N0("⁡", "text")]);
    t.parentIsSupSub ? r = new N("mrow", [r, a]) : r = _s([r, a]);
  }
  return r;
}, i4 = {
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
D({
  type: "op",
  names: ["\\coprod", "\\bigvee", "\\bigwedge", "\\biguplus", "\\bigcap", "\\bigcup", "\\intop", "\\prod", "\\sum", "\\bigotimes", "\\bigoplus", "\\bigodot", "\\bigsqcup", "\\smallint", "∏", "∐", "∑", "⋀", "⋁", "⋂", "⋃", "⨀", "⨁", "⨂", "⨄", "⨆"],
  props: {
    numArgs: 0
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a
    } = t, n = a;
    return n.length === 1 && (n = i4[n]), {
      type: "op",
      mode: r.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !0,
      name: n
    };
  },
  htmlBuilder: We,
  mathmlBuilder: lt
});
D({
  type: "op",
  names: ["\\mathop"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, a = e[0];
    return {
      type: "op",
      mode: r.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !1,
      body: n0(a)
    };
  },
  htmlBuilder: We,
  mathmlBuilder: lt
});
var o4 = {
  "∫": "\\int",
  "∬": "\\iint",
  "∭": "\\iiint",
  "∮": "\\oint",
  "∯": "\\oiint",
  "∰": "\\oiiint"
};
D({
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
  htmlBuilder: We,
  mathmlBuilder: lt
});
D({
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
  htmlBuilder: We,
  mathmlBuilder: lt
});
D({
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
    } = t, a = r;
    return a.length === 1 && (a = o4[a]), {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !0,
      name: a
    };
  },
  htmlBuilder: We,
  mathmlBuilder: lt
});
var Ci = (t, e) => {
  var r, a, n = !1, s;
  t.type === "supsub" ? (r = t.sup, a = t.sub, s = G(t.base, "operatorname"), n = !0) : s = G(t, "operatorname");
  var i;
  if (s.body.length > 0) {
    for (var o = s.body.map((p) => {
      var v = "text" in p ? p.text : void 0;
      return typeof v == "string" ? {
        type: "textord",
        mode: p.mode,
        text: v
      } : p;
    }), l = u0(o, e.withFont("mathrm"), !0), h = 0; h < l.length; h++) {
      var d = l[h];
      d instanceof S0 && (d.text = d.text.replace(/\u2212/, "-").replace(/\u2217/, "*"));
    }
    i = z(["mop"], l, e);
  } else
    i = z(["mop"], [], e);
  return n ? zi(i, r, a, e, e.style, 0, 0) : i;
}, l4 = (t, e) => {
  for (var r = z0(t.body, e.withFont("mathrm")), a = !0, n = 0; n < r.length; n++) {
    var s = r[n];
    if (!(s instanceof ei)) if (s instanceof N)
      switch (s.type) {
        case "mi":
        case "mn":
        case "mspace":
        case "mtext":
          break;
        // Do nothing yet.
        case "mo": {
          var i = s.children[0];
          s.children.length === 1 && i instanceof s0 ? i.text = i.text.replace(/\u2212/, "-").replace(/\u2217/, "*") : a = !1;
          break;
        }
        default:
          a = !1;
      }
    else
      a = !1;
  }
  if (a) {
    var o = r.map((d) => d.toText()).join("");
    r = [new s0(o)];
  }
  var l = new N("mi", r);
  l.setAttribute("mathvariant", "normal");
  var h = new N("mo", [N0("⁡", "text")]);
  return t.parentIsSupSub ? new N("mrow", [l, h]) : _s([l, h]);
};
D({
  type: "operatorname",
  names: ["\\operatorname@", "\\operatornamewithlimits"],
  props: {
    numArgs: 1
  },
  handler: (t, e) => {
    var {
      parser: r,
      funcName: a
    } = t, n = e[0];
    return {
      type: "operatorname",
      mode: r.mode,
      body: n0(n),
      alwaysHandleSupSub: a === "\\operatornamewithlimits",
      limits: !1,
      parentIsSupSub: !1
    };
  },
  htmlBuilder: Ci,
  mathmlBuilder: l4
});
f("\\operatorname", "\\@ifstar\\operatornamewithlimits\\operatorname@");
ze({
  type: "ordgroup",
  htmlBuilder(t, e) {
    return t.semisimple ? _0(u0(t.body, e, !1)) : z(["mord"], u0(t.body, e, !0), e);
  },
  mathmlBuilder(t, e) {
    return le(t.body, e, !0);
  }
});
D({
  type: "overline",
  names: ["\\overline"],
  props: {
    numArgs: 1
  },
  handler(t, e) {
    var {
      parser: r
    } = t, a = e[0];
    return {
      type: "overline",
      mode: r.mode,
      body: a
    };
  },
  htmlBuilder(t, e) {
    var r = Y(t.body, e.havingCrampedStyle()), a = Oe("overline-line", e), n = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r
      }, {
        type: "kern",
        size: 3 * n
      }, {
        type: "elem",
        elem: a
      }, {
        type: "kern",
        size: n
      }]
    });
    return z(["mord", "overline"], [s], e);
  },
  mathmlBuilder(t, e) {
    var r = new N("mo", [new s0("‾")]);
    r.setAttribute("stretchy", "true");
    var a = new N("mover", [K(t.body, e), r]);
    return a.setAttribute("accent", "true"), a;
  }
});
D({
  type: "phantom",
  names: ["\\phantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, a = e[0];
    return {
      type: "phantom",
      mode: r.mode,
      body: n0(a)
    };
  },
  htmlBuilder: (t, e) => {
    var r = u0(t.body, e.withPhantom(), !1);
    return _0(r);
  },
  mathmlBuilder: (t, e) => {
    var r = z0(t.body, e);
    return new N("mphantom", r);
  }
});
f("\\hphantom", "\\smash{\\phantom{#1}}");
D({
  type: "vphantom",
  names: ["\\vphantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      parser: r
    } = t, a = e[0];
    return {
      type: "vphantom",
      mode: r.mode,
      body: a
    };
  },
  htmlBuilder: (t, e) => {
    var r = z(["inner"], [Y(t.body, e.withPhantom())]), a = z(["fix"], []);
    return z(["mord", "rlap"], [r, a], e);
  },
  mathmlBuilder: (t, e) => {
    var r = z0(n0(t.body), e), a = new N("mphantom", r), n = new N("mpadded", [a]);
    return n.setAttribute("width", "0px"), n;
  }
});
D({
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
    } = t, a = G(e[0], "size").value, n = e[1];
    return {
      type: "raisebox",
      mode: r.mode,
      dy: a,
      body: n
    };
  },
  htmlBuilder(t, e) {
    var r = Y(t.body, e), a = r0(t.dy, e);
    return X({
      positionType: "shift",
      positionData: -a,
      children: [{
        type: "elem",
        elem: r
      }]
    });
  },
  mathmlBuilder(t, e) {
    var r = new N("mpadded", [K(t.body, e)]), a = t.dy.number + t.dy.unit;
    return r.setAttribute("voffset", a), r;
  }
});
D({
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
D({
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
      parser: a
    } = t, n = r[0], s = G(e[0], "size"), i = G(e[1], "size");
    return {
      type: "rule",
      mode: a.mode,
      shift: n && G(n, "size").value,
      width: s.value,
      height: i.value
    };
  },
  htmlBuilder(t, e) {
    var r = z(["mord", "rule"], [], e), a = r0(t.width, e), n = r0(t.height, e), s = t.shift ? r0(t.shift, e) : 0;
    return r.style.borderRightWidth = B(a), r.style.borderTopWidth = B(n), r.style.bottom = B(s), r.width = a, r.height = n + s, r.depth = -s, r.maxFontSize = n * 1.125 * e.sizeMultiplier, r;
  },
  mathmlBuilder(t, e) {
    var r = r0(t.width, e), a = r0(t.height, e), n = t.shift ? r0(t.shift, e) : 0, s = e.color && e.getColor() || "black", i = new N("mspace");
    i.setAttribute("mathbackground", s), i.setAttribute("width", B(r)), i.setAttribute("height", B(a));
    var o = new N("mpadded", [i]);
    return n >= 0 ? o.setAttribute("height", B(n)) : (o.setAttribute("height", B(n)), o.setAttribute("depth", B(-n))), o.setAttribute("voffset", B(n)), o;
  }
});
function Ni(t, e, r) {
  for (var a = u0(t, e, !1), n = e.sizeMultiplier / r.sizeMultiplier, s = 0; s < a.length; s++) {
    var i = a[s].classes.indexOf("sizing");
    i < 0 ? Array.prototype.push.apply(a[s].classes, e.sizingClasses(r)) : a[s].classes[i + 1] === "reset-size" + e.size && (a[s].classes[i + 1] = "reset-size" + r.size), a[s].height *= n, a[s].depth *= n;
  }
  return _0(a);
}
var Zn = ["\\tiny", "\\sixptsize", "\\scriptsize", "\\footnotesize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge", "\\Huge"], u4 = (t, e) => {
  var r = e.havingSize(t.size);
  return Ni(t.body, r, e);
};
D({
  type: "sizing",
  names: Zn,
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler: (t, e) => {
    var {
      breakOnTokenText: r,
      funcName: a,
      parser: n
    } = t, s = n.parseExpression(!1, r);
    return {
      type: "sizing",
      mode: n.mode,
      // Figure out what size to use based on the list of functions above
      size: Zn.indexOf(a) + 1,
      body: s
    };
  },
  htmlBuilder: u4,
  mathmlBuilder: (t, e) => {
    var r = e.havingSize(t.size), a = z0(t.body, r), n = new N("mstyle", a);
    return n.setAttribute("mathsize", B(r.sizeMultiplier)), n;
  }
});
D({
  type: "smash",
  names: ["\\smash"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1,
    allowedInText: !0
  },
  handler: (t, e, r) => {
    var {
      parser: a
    } = t, n = !1, s = !1, i = r[0] && G(r[0], "ordgroup");
    if (i)
      for (var o, l = 0; l < i.body.length; ++l) {
        var h = i.body[l];
        if (o = ar(h).text, o === "t")
          n = !0;
        else if (o === "b")
          s = !0;
        else {
          n = !1, s = !1;
          break;
        }
      }
    else
      n = !0, s = !0;
    var d = e[0];
    return {
      type: "smash",
      mode: a.mode,
      body: d,
      smashHeight: n,
      smashDepth: s
    };
  },
  htmlBuilder: (t, e) => {
    var r = z([], [Y(t.body, e)]);
    if (!t.smashHeight && !t.smashDepth)
      return r;
    if (t.smashHeight && (r.height = 0), t.smashDepth && (r.depth = 0), t.smashHeight && t.smashDepth)
      return z(["mord", "smash"], [r], e);
    if (r.children)
      for (var a = 0; a < r.children.length; a++)
        t.smashHeight && (r.children[a].height = 0), t.smashDepth && (r.children[a].depth = 0);
    var n = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r
      }]
    });
    return z(["mord"], [n], e);
  },
  mathmlBuilder: (t, e) => {
    var r = new N("mpadded", [K(t.body, e)]);
    return t.smashHeight && r.setAttribute("height", "0px"), t.smashDepth && r.setAttribute("depth", "0px"), r;
  }
});
D({
  type: "sqrt",
  names: ["\\sqrt"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1
  },
  handler(t, e, r) {
    var {
      parser: a
    } = t, n = r[0], s = e[0];
    return {
      type: "sqrt",
      mode: a.mode,
      body: s,
      index: n
    };
  },
  htmlBuilder(t, e) {
    var r = Y(t.body, e.havingCrampedStyle());
    r.height === 0 && (r.height = e.fontMetrics().xHeight), r = Le(r, e);
    var a = e.fontMetrics(), n = a.defaultRuleThickness, s = n;
    e.style.id < P.TEXT.id && (s = e.fontMetrics().xHeight);
    var i = n + s / 4, o = r.height + r.depth + i + n, {
      span: l,
      ruleWidth: h,
      advanceWidth: d
    } = Kl(o, e), p = l.height - h;
    p > r.height + r.depth + i && (i = (i + p - r.height - r.depth) / 2);
    var v = l.height - r.height - i - h;
    r.style.paddingLeft = B(d);
    var y = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: r,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: -(r.height + v)
      }, {
        type: "elem",
        elem: l
      }, {
        type: "kern",
        size: h
      }]
    });
    if (t.index) {
      var w = e.havingStyle(P.SCRIPTSCRIPT), k = Y(t.index, w, e), M = 0.6 * (y.height - y.depth), A = X({
        positionType: "shift",
        positionData: -M,
        children: [{
          type: "elem",
          elem: k
        }]
      }), E = z(["root"], [A]);
      return z(["mord", "sqrt"], [E, y], e);
    } else
      return z(["mord", "sqrt"], [y], e);
  },
  mathmlBuilder(t, e) {
    var {
      body: r,
      index: a
    } = t;
    return a ? new N("mroot", [K(r, e), K(a, e)]) : new N("msqrt", [K(r, e)]);
  }
});
var ha = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
};
function h4(t) {
  return t in ha;
}
D({
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
      funcName: a,
      parser: n
    } = t, s = n.parseExpression(!0, r), i = a.slice(1, a.length - 5);
    if (!h4(i))
      throw new Error("Unknown style: " + i);
    return {
      type: "styling",
      mode: n.mode,
      // Figure out what style to use by pulling out the style from
      // the function name
      style: i,
      body: s
    };
  },
  htmlBuilder(t, e) {
    var r = ha[t.style], a = e.havingStyle(r);
    return t.resetFont && (a = a.withFont("")), Ni(t.body, a, e);
  },
  mathmlBuilder(t, e) {
    var r = ha[t.style], a = e.havingStyle(r);
    t.resetFont && (a = a.withFont(""));
    var n = z0(t.body, a), s = new N("mstyle", n), i = {
      display: ["0", "true"],
      text: ["0", "false"],
      script: ["1", "false"],
      scriptscript: ["2", "false"]
    }, o = i[t.style];
    return s.setAttribute("scriptlevel", o[0]), s.setAttribute("displaystyle", o[1]), s;
  }
});
var c4 = function(e, r) {
  var a = e.base;
  if (a)
    if (a.type === "op") {
      var n = a.limits && (r.style.size === P.DISPLAY.size || a.alwaysHandleSupSub);
      return n ? We : null;
    } else if (a.type === "operatorname") {
      var s = a.alwaysHandleSupSub && (r.style.size === P.DISPLAY.size || a.limits);
      return s ? Ci : null;
    } else {
      if (a.type === "accent")
        return J0(a.base) ? Ca : null;
      if (a.type === "horizBrace") {
        var i = !e.sub;
        return i === a.isOver ? Ai : null;
      } else
        return null;
    }
  else return null;
};
ze({
  type: "supsub",
  htmlBuilder(t, e) {
    var r = c4(t, e);
    if (r)
      return r(t, e);
    var {
      base: a,
      sup: n,
      sub: s
    } = t, i = Y(a, e), o, l, h = e.fontMetrics(), d = 0, p = 0, v = a && J0(a);
    if (n) {
      var y = e.havingStyle(e.style.sup());
      o = Y(n, y, e), v || (d = i.height - y.fontMetrics().supDrop * y.sizeMultiplier / e.sizeMultiplier);
    }
    if (s) {
      var w = e.havingStyle(e.style.sub());
      l = Y(s, w, e), v || (p = i.depth + w.fontMetrics().subDrop * w.sizeMultiplier / e.sizeMultiplier);
    }
    var k;
    e.style === P.DISPLAY ? k = h.sup1 : e.style.cramped ? k = h.sup3 : k = h.sup2;
    var M = e.sizeMultiplier, A = B(0.5 / h.ptPerEm / M), E = null;
    if (l) {
      var R = t.base && t.base.type === "op" && t.base.name && (t.base.name === "\\oiint" || t.base.name === "\\oiiint");
      if (i instanceof S0 || R) {
        var I;
        E = B(-((I = i.italic) != null ? I : 0));
      }
    }
    var O;
    if (o && l) {
      d = Math.max(d, k, o.depth + 0.25 * h.xHeight), p = Math.max(p, h.sub2);
      var F = h.defaultRuleThickness, U = 4 * F;
      if (d - o.depth - (l.height - p) < U) {
        p = U - (d - o.depth) + l.height;
        var W = 0.8 * h.xHeight - (d - o.depth);
        W > 0 && (d += W, p -= W);
      }
      var V = [{
        type: "elem",
        elem: l,
        shift: p,
        marginRight: A,
        marginLeft: E
      }, {
        type: "elem",
        elem: o,
        shift: -d,
        marginRight: A
      }];
      O = X({
        positionType: "individualShift",
        children: V
      });
    } else if (l) {
      p = Math.max(p, h.sub1, l.height - 0.8 * h.xHeight);
      var o0 = [{
        type: "elem",
        elem: l,
        marginLeft: E,
        marginRight: A
      }];
      O = X({
        positionType: "shift",
        positionData: p,
        children: o0
      });
    } else if (o)
      d = Math.max(d, k, o.depth + 0.25 * h.xHeight), O = X({
        positionType: "shift",
        positionData: -d,
        children: [{
          type: "elem",
          elem: o,
          marginRight: A
        }]
      });
    else
      throw new Error("supsub must have either sup or sub.");
    var f0 = sa(i, "right") || "mord";
    return z([f0], [i, z(["msupsub"], [O])], e);
  },
  mathmlBuilder(t, e) {
    var r = !1, a, n;
    t.base && t.base.type === "horizBrace" && (n = !!t.sup, n === t.base.isOver && (r = !0, a = t.base.isOver)), t.base && (t.base.type === "op" || t.base.type === "operatorname") && (t.base.parentIsSupSub = !0);
    var s = [K(t.base, e)];
    t.sub && s.push(K(t.sub, e)), t.sup && s.push(K(t.sup, e));
    var i;
    if (r)
      i = a ? "mover" : "munder";
    else if (t.sub)
      if (t.sup) {
        var h = t.base;
        h && h.type === "op" && h.limits && e.style === P.DISPLAY || h && h.type === "operatorname" && h.alwaysHandleSupSub && (e.style === P.DISPLAY || h.limits) ? i = "munderover" : i = "msubsup";
      } else {
        var l = t.base;
        l && l.type === "op" && l.limits && (e.style === P.DISPLAY || l.alwaysHandleSupSub) || l && l.type === "operatorname" && l.alwaysHandleSupSub && (l.limits || e.style === P.DISPLAY) ? i = "munder" : i = "msub";
      }
    else {
      var o = t.base;
      o && o.type === "op" && o.limits && (e.style === P.DISPLAY || o.alwaysHandleSupSub) || o && o.type === "operatorname" && o.alwaysHandleSupSub && (o.limits || e.style === P.DISPLAY) ? i = "mover" : i = "msup";
    }
    return new N(i, s);
  }
});
ze({
  type: "atom",
  htmlBuilder(t, e) {
    return Sa(t.text, t.mode, e, ["m" + t.family]);
  },
  mathmlBuilder(t, e) {
    var r = new N("mo", [N0(t.text, t.mode)]);
    if (t.family === "bin") {
      var a = Ta(t, e);
      a === "bold-italic" && r.setAttribute("mathvariant", a);
    } else t.family === "punct" ? r.setAttribute("separator", "true") : (t.family === "open" || t.family === "close") && r.setAttribute("stretchy", "false");
    return r;
  }
});
var Bi = {
  mi: "italic",
  mn: "normal",
  mtext: "normal"
};
ze({
  type: "mathord",
  htmlBuilder(t, e) {
    return er(t, e, "mathord");
  },
  mathmlBuilder(t, e) {
    var r = new N("mi", [N0(t.text, t.mode, e)]), a = Ta(t, e) || "italic";
    return a !== Bi[r.type] && r.setAttribute("mathvariant", a), r;
  }
});
ze({
  type: "textord",
  htmlBuilder(t, e) {
    return er(t, e, "textord");
  },
  mathmlBuilder(t, e) {
    var r = N0(t.text, t.mode, e), a = Ta(t, e) || "normal", n;
    return t.mode === "text" ? n = new N("mtext", [r]) : /[0-9]/.test(t.text) ? n = new N("mn", [r]) : t.text === "\\prime" ? n = new N("mo", [r]) : n = new N("mi", [r]), a !== Bi[n.type] && n.setAttribute("mathvariant", a), n;
  }
});
var Rr = {
  "\\nobreak": "nobreak",
  "\\allowbreak": "allowbreak"
}, Ir = {
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
ze({
  type: "spacing",
  htmlBuilder(t, e) {
    if (Ir.hasOwnProperty(t.text)) {
      var r = Ir[t.text].className || "";
      if (t.mode === "text") {
        var a = er(t, e, "textord");
        return a.classes.push(r), a;
      } else
        return z(["mspace", r], [Sa(t.text, t.mode, e)], e);
    } else {
      if (Rr.hasOwnProperty(t.text))
        return z(["mspace", Rr[t.text]], [], e);
      throw new C('Unknown type of space "' + t.text + '"');
    }
  },
  mathmlBuilder(t, e) {
    var r;
    if (Ir.hasOwnProperty(t.text))
      r = new N("mtext", [new s0(" ")]);
    else {
      if (Rr.hasOwnProperty(t.text))
        return new N("mspace");
      throw new C('Unknown type of space "' + t.text + '"');
    }
    return r;
  }
});
var Jn = () => {
  var t = new N("mtd", []);
  return t.setAttribute("width", "50%"), t;
};
ze({
  type: "tag",
  mathmlBuilder(t, e) {
    var r = new N("mtable", [new N("mtr", [Jn(), new N("mtd", [le(t.body, e)]), Jn(), new N("mtd", [le(t.tag, e)])])]);
    return r.setAttribute("width", "100%"), r;
  }
});
var Qn = {
  "\\text": void 0,
  "\\textrm": "textrm",
  "\\textsf": "textsf",
  "\\texttt": "texttt",
  "\\textnormal": "textrm"
}, _n = {
  "\\textbf": "textbf",
  "\\textmd": "textmd"
}, m4 = {
  "\\textit": "textit",
  "\\textup": "textup"
}, es = (t, e) => {
  var r = t.font;
  if (r) {
    if (Qn[r])
      return e.withTextFontFamily(Qn[r]);
    if (_n[r])
      return e.withTextFontWeight(_n[r]);
    if (r === "\\emph")
      return e.fontShape === "textit" ? e.withTextFontShape("textup") : e.withTextFontShape("textit");
  } else return e;
  return e.withTextFontShape(m4[r]);
};
D({
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
      funcName: a
    } = t, n = e[0];
    return {
      type: "text",
      mode: r.mode,
      body: n0(n),
      font: a
    };
  },
  htmlBuilder(t, e) {
    var r = es(t, e), a = u0(t.body, r, !0);
    return z(["mord", "text"], a, r);
  },
  mathmlBuilder(t, e) {
    var r = es(t, e);
    return le(t.body, r);
  }
});
D({
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
    var r = Y(t.body, e), a = Oe("underline-line", e), n = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "top",
      positionData: r.height,
      children: [{
        type: "kern",
        size: n
      }, {
        type: "elem",
        elem: a
      }, {
        type: "kern",
        size: 3 * n
      }, {
        type: "elem",
        elem: r
      }]
    });
    return z(["mord", "underline"], [s], e);
  },
  mathmlBuilder(t, e) {
    var r = new N("mo", [new s0("‾")]);
    r.setAttribute("stretchy", "true");
    var a = new N("munder", [K(t.body, e), r]);
    return a.setAttribute("accentunder", "true"), a;
  }
});
D({
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
    var r = Y(t.body, e), a = e.fontMetrics().axisHeight, n = 0.5 * (r.height - a - (r.depth + a));
    return X({
      positionType: "shift",
      positionData: n,
      children: [{
        type: "elem",
        elem: r
      }]
    });
  },
  mathmlBuilder(t, e) {
    var r = new N("mpadded", [K(t.body, e)], ["vcenter"]);
    return new N("mrow", [r]);
  }
});
D({
  type: "verb",
  names: ["\\verb"],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler(t, e, r) {
    throw new C("\\verb ended by end of line instead of matching delimiter");
  },
  htmlBuilder(t, e) {
    for (var r = ts(t), a = [], n = e.havingStyle(e.style.text()), s = 0; s < r.length; s++) {
      var i = r[s];
      i === "~" && (i = "\\textasciitilde"), a.push(g0(i, "Typewriter-Regular", t.mode, n, ["mord", "texttt"]));
    }
    return z(["mord", "text"].concat(n.sizingClasses(e)), Xs(a), n);
  },
  mathmlBuilder(t, e) {
    var r = new s0(ts(t)), a = new N("mtext", [r]);
    return a.setAttribute("mathvariant", "monospace"), a;
  }
});
var ts = (t) => t.body.replace(/ /g, t.star ? "␣" : " "), ne = Js, Ei = `[ \r
	]`, d4 = "\\\\[a-zA-Z@]+", f4 = "\\\\[^\uD800-\uDFFF]", p4 = "(" + d4 + ")" + Ei + "*", v4 = `\\\\(
|[ \r	]+
?)[ \r	]*`, ca = "[̀-ͯ]", g4 = new RegExp(ca + "+$"), b4 = "(" + Ei + "+)|" + // whitespace
(v4 + "|") + // \whitespace
"([!-\\[\\]-‧‪-퟿豈-￿]" + // single codepoint
(ca + "*") + // ...plus accents
"|[\uD800-\uDBFF][\uDC00-\uDFFF]" + // surrogate pair
(ca + "*") + // ...plus accents
"|\\\\verb\\*([^]).*?\\4|\\\\verb([^*a-zA-Z]).*?\\5" + // \verb unstarred
("|" + p4) + // \macroName + spaces
("|" + f4 + ")");
class rs {
  constructor(e, r) {
    this.input = void 0, this.settings = void 0, this.tokenRegex = void 0, this.catcodes = void 0, this.input = e, this.settings = r, this.tokenRegex = new RegExp(b4, "g"), this.catcodes = {
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
      return new M0("EOF", new w0(this, r, r));
    var a = this.tokenRegex.exec(e);
    if (a === null || a.index !== r)
      throw new C("Unexpected character: '" + e[r] + "'", new M0(e[r], new w0(this, r, r + 1)));
    var n = a[6] || a[3] || (a[2] ? "\\ " : " ");
    if (this.catcodes[n] === 14) {
      var s = e.indexOf(`
`, this.tokenRegex.lastIndex);
      return s === -1 ? (this.tokenRegex.lastIndex = e.length, this.settings.reportNonstrict("commentAtEnd", "% comment has no terminating newline; LaTeX would fail because of commenting the end of math mode (e.g. $)")) : this.tokenRegex.lastIndex = s + 1, this.lex();
    }
    return new M0(n, new w0(this, r, this.tokenRegex.lastIndex));
  }
}
class y4 {
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
      throw new C("Unbalanced namespace destruction: attempt to pop global namespace; please report this as a bug");
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
  set(e, r, a) {
    if (a === void 0 && (a = !1), a) {
      for (var n = 0; n < this.undefStack.length; n++)
        delete this.undefStack[n][e];
      this.undefStack.length > 0 && (this.undefStack[this.undefStack.length - 1][e] = r);
    } else {
      var s = this.undefStack[this.undefStack.length - 1];
      s && !s.hasOwnProperty(e) && (s[e] = this.current[e]);
    }
    r == null ? delete this.current[e] : this.current[e] = r;
  }
}
var x4 = xi;
f("\\noexpand", function(t) {
  var e = t.popToken();
  return t.isExpandable(e.text) && (e.noexpand = !0, e.treatAsRelax = !0), {
    tokens: [e],
    numArgs: 0
  };
});
f("\\expandafter", function(t) {
  var e = t.popToken();
  return t.expandOnce(!0), {
    tokens: [e],
    numArgs: 0
  };
});
f("\\@firstoftwo", function(t) {
  var e = t.consumeArgs(2);
  return {
    tokens: e[0],
    numArgs: 0
  };
});
f("\\@secondoftwo", function(t) {
  var e = t.consumeArgs(2);
  return {
    tokens: e[1],
    numArgs: 0
  };
});
f("\\@ifnextchar", function(t) {
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
f("\\@ifstar", "\\@ifnextchar *{\\@firstoftwo{#1}}");
f("\\TextOrMath", function(t) {
  var e = t.consumeArgs(2);
  return t.mode === "text" ? {
    tokens: e[0],
    numArgs: 0
  } : {
    tokens: e[1],
    numArgs: 0
  };
});
var as = {
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
f("\\char", function(t) {
  var e = t.popToken(), r, a = 0;
  if (e.text === "'")
    r = 8, e = t.popToken();
  else if (e.text === '"')
    r = 16, e = t.popToken();
  else if (e.text === "`")
    if (e = t.popToken(), e.text[0] === "\\")
      a = e.text.charCodeAt(1);
    else {
      if (e.text === "EOF")
        throw new C("\\char` missing argument");
      a = e.text.charCodeAt(0);
    }
  else
    r = 10;
  if (r) {
    if (a = as[e.text], a == null || a >= r)
      throw new C("Invalid base-" + r + " digit " + e.text);
    for (var n; (n = as[t.future().text]) != null && n < r; )
      a *= r, a += n, t.popToken();
  }
  return "\\@char{" + a + "}";
});
var Da = (t, e, r, a) => {
  var n = t.consumeArg().tokens;
  if (n.length !== 1)
    throw new C("\\newcommand's first argument must be a macro name");
  var s = n[0].text, i = t.isDefined(s);
  if (i && !e)
    throw new C("\\newcommand{" + s + "} attempting to redefine " + (s + "; use \\renewcommand"));
  if (!i && !r)
    throw new C("\\renewcommand{" + s + "} when command " + s + " does not yet exist; use \\newcommand");
  var o = 0;
  if (n = t.consumeArg().tokens, n.length === 1 && n[0].text === "[") {
    for (var l = "", h = t.expandNextToken(); h.text !== "]" && h.text !== "EOF"; )
      l += h.text, h = t.expandNextToken();
    if (!l.match(/^\s*[0-9]+\s*$/))
      throw new C("Invalid number of arguments: " + l);
    o = parseInt(l), n = t.consumeArg().tokens;
  }
  return i && a || t.macros.set(s, {
    tokens: n,
    numArgs: o
  }), "";
};
f("\\newcommand", (t) => Da(t, !1, !0, !1));
f("\\renewcommand", (t) => Da(t, !0, !1, !1));
f("\\providecommand", (t) => Da(t, !0, !0, !0));
f("\\message", (t) => {
  var e = t.consumeArgs(1)[0];
  return console.log(e.reverse().map((r) => r.text).join("")), "";
});
f("\\errmessage", (t) => {
  var e = t.consumeArgs(1)[0];
  return console.error(e.reverse().map((r) => r.text).join("")), "";
});
f("\\show", (t) => {
  var e = t.popToken(), r = e.text;
  return console.log(e, t.macros.get(r), ne[r], J.math[r], J.text[r]), "";
});
f("\\bgroup", "{");
f("\\egroup", "}");
f("~", "\\nobreakspace");
f("\\lq", "`");
f("\\rq", "'");
f("\\aa", "\\r a");
f("\\AA", "\\r A");
f("\\textcopyright", "\\html@mathml{\\textcircled{c}}{\\char`©}");
f("\\copyright", "\\TextOrMath{\\textcopyright}{\\text{\\textcopyright}}");
f("\\textregistered", "\\html@mathml{\\textcircled{\\scriptsize R}}{\\char`®}");
f("ℬ", "\\mathscr{B}");
f("ℰ", "\\mathscr{E}");
f("ℱ", "\\mathscr{F}");
f("ℋ", "\\mathscr{H}");
f("ℐ", "\\mathscr{I}");
f("ℒ", "\\mathscr{L}");
f("ℳ", "\\mathscr{M}");
f("ℛ", "\\mathscr{R}");
f("ℭ", "\\mathfrak{C}");
f("ℌ", "\\mathfrak{H}");
f("ℨ", "\\mathfrak{Z}");
f("\\Bbbk", "\\Bbb{k}");
f("\\llap", "\\mathllap{\\textrm{#1}}");
f("\\rlap", "\\mathrlap{\\textrm{#1}}");
f("\\clap", "\\mathclap{\\textrm{#1}}");
f("\\mathstrut", "\\vphantom{(}");
f("\\underbar", "\\underline{\\text{#1}}");
f("\\not", '\\html@mathml{\\mathrel{\\mathrlap\\@not}\\nobreak}{\\char"338}');
f("\\neq", "\\html@mathml{\\mathrel{\\not=}}{\\mathrel{\\char`≠}}");
f("\\ne", "\\neq");
f("≠", "\\neq");
f("\\notin", "\\html@mathml{\\mathrel{{\\in}\\mathllap{/\\mskip1mu}}}{\\mathrel{\\char`∉}}");
f("∉", "\\notin");
f("≘", "\\html@mathml{\\mathrel{=\\kern{-1em}\\raisebox{0.4em}{$\\scriptsize\\frown$}}}{\\mathrel{\\char`≘}}");
f("≙", "\\html@mathml{\\stackrel{\\tiny\\wedge}{=}}{\\mathrel{\\char`≘}}");
f("≚", "\\html@mathml{\\stackrel{\\tiny\\vee}{=}}{\\mathrel{\\char`≚}}");
f("≛", "\\html@mathml{\\stackrel{\\scriptsize\\star}{=}}{\\mathrel{\\char`≛}}");
f("≝", "\\html@mathml{\\stackrel{\\tiny\\mathrm{def}}{=}}{\\mathrel{\\char`≝}}");
f("≞", "\\html@mathml{\\stackrel{\\tiny\\mathrm{m}}{=}}{\\mathrel{\\char`≞}}");
f("≟", "\\html@mathml{\\stackrel{\\tiny?}{=}}{\\mathrel{\\char`≟}}");
f("⟂", "\\perp");
f("‼", "\\mathclose{!\\mkern-0.8mu!}");
f("∌", "\\notni");
f("⌜", "\\ulcorner");
f("⌝", "\\urcorner");
f("⌞", "\\llcorner");
f("⌟", "\\lrcorner");
f("©", "\\copyright");
f("®", "\\textregistered");
f("\\ulcorner", '\\html@mathml{\\@ulcorner}{\\mathop{\\char"231c}}');
f("\\urcorner", '\\html@mathml{\\@urcorner}{\\mathop{\\char"231d}}');
f("\\llcorner", '\\html@mathml{\\@llcorner}{\\mathop{\\char"231e}}');
f("\\lrcorner", '\\html@mathml{\\@lrcorner}{\\mathop{\\char"231f}}');
f("\\vdots", "{\\varvdots\\rule{0pt}{15pt}}");
f("⋮", "\\vdots");
f("\\varGamma", "\\mathit{\\Gamma}");
f("\\varDelta", "\\mathit{\\Delta}");
f("\\varTheta", "\\mathit{\\Theta}");
f("\\varLambda", "\\mathit{\\Lambda}");
f("\\varXi", "\\mathit{\\Xi}");
f("\\varPi", "\\mathit{\\Pi}");
f("\\varSigma", "\\mathit{\\Sigma}");
f("\\varUpsilon", "\\mathit{\\Upsilon}");
f("\\varPhi", "\\mathit{\\Phi}");
f("\\varPsi", "\\mathit{\\Psi}");
f("\\varOmega", "\\mathit{\\Omega}");
f("\\substack", "\\begin{subarray}{c}#1\\end{subarray}");
f("\\colon", "\\nobreak\\mskip2mu\\mathpunct{}\\mathchoice{\\mkern-3mu}{\\mkern-3mu}{}{}{:}\\mskip6mu\\relax");
f("\\boxed", "\\fbox{$\\displaystyle{#1}$}");
f("\\iff", "\\DOTSB\\;\\Longleftrightarrow\\;");
f("\\implies", "\\DOTSB\\;\\Longrightarrow\\;");
f("\\impliedby", "\\DOTSB\\;\\Longleftarrow\\;");
f("\\dddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ...}}{#1}}");
f("\\ddddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ....}}{#1}}");
var ns = {
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
}, w4 = /* @__PURE__ */ new Set(["bin", "rel"]);
f("\\dots", function(t) {
  var e = "\\dotso", r = t.expandAfterFuture().text;
  return r in ns ? e = ns[r] : (r.slice(0, 4) === "\\not" || r in J.math && w4.has(J.math[r].group)) && (e = "\\dotsb"), e;
});
var qa = {
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
f("\\dotso", function(t) {
  var e = t.future().text;
  return e in qa ? "\\ldots\\," : "\\ldots";
});
f("\\dotsc", function(t) {
  var e = t.future().text;
  return e in qa && e !== "," ? "\\ldots\\," : "\\ldots";
});
f("\\cdots", function(t) {
  var e = t.future().text;
  return e in qa ? "\\@cdots\\," : "\\@cdots";
});
f("\\dotsb", "\\cdots");
f("\\dotsm", "\\cdots");
f("\\dotsi", "\\!\\cdots");
f("\\dotsx", "\\ldots\\,");
f("\\DOTSI", "\\relax");
f("\\DOTSB", "\\relax");
f("\\DOTSX", "\\relax");
f("\\tmspace", "\\TextOrMath{\\kern#1#3}{\\mskip#1#2}\\relax");
f("\\,", "\\tmspace+{3mu}{.1667em}");
f("\\thinspace", "\\,");
f("\\>", "\\mskip{4mu}");
f("\\:", "\\tmspace+{4mu}{.2222em}");
f("\\medspace", "\\:");
f("\\;", "\\tmspace+{5mu}{.2777em}");
f("\\thickspace", "\\;");
f("\\!", "\\tmspace-{3mu}{.1667em}");
f("\\negthinspace", "\\!");
f("\\negmedspace", "\\tmspace-{4mu}{.2222em}");
f("\\negthickspace", "\\tmspace-{5mu}{.277em}");
f("\\enspace", "\\kern.5em ");
f("\\enskip", "\\hskip.5em\\relax");
f("\\quad", "\\hskip1em\\relax");
f("\\qquad", "\\hskip2em\\relax");
f("\\tag", "\\@ifstar\\tag@literal\\tag@paren");
f("\\tag@paren", "\\tag@literal{({#1})}");
f("\\tag@literal", (t) => {
  if (t.macros.get("\\df@tag"))
    throw new C("Multiple \\tag");
  return "\\gdef\\df@tag{\\text{#1}}";
});
f("\\bmod", "\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}\\mathbin{\\rm mod}\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}");
f("\\pod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern8mu}{\\mkern8mu}{\\mkern8mu}(#1)");
f("\\pmod", "\\pod{{\\rm mod}\\mkern6mu#1}");
f("\\mod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern12mu}{\\mkern12mu}{\\mkern12mu}{\\rm mod}\\,\\,#1");
f("\\newline", "\\\\\\relax");
f("\\TeX", "\\textrm{\\html@mathml{T\\kern-.1667em\\raisebox{-.5ex}{E}\\kern-.125emX}{TeX}}");
var Di = B(O0["Main-Regular"][84][1] - 0.7 * O0["Main-Regular"][65][1]);
f("\\LaTeX", "\\textrm{\\html@mathml{" + ("L\\kern-.36em\\raisebox{" + Di + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{LaTeX}}");
f("\\KaTeX", "\\textrm{\\html@mathml{" + ("K\\kern-.17em\\raisebox{" + Di + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{KaTeX}}");
f("\\hspace", "\\@ifstar\\@hspacer\\@hspace");
f("\\@hspace", "\\hskip #1\\relax");
f("\\@hspacer", "\\rule{0pt}{0pt}\\hskip #1\\relax");
f("\\ordinarycolon", ":");
f("\\vcentcolon", "\\mathrel{\\mathop\\ordinarycolon}");
f("\\dblcolon", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-.9mu}\\vcentcolon}}{\\mathop{\\char"2237}}');
f("\\coloneqq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2254}}');
f("\\Coloneqq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2237\\char"3d}}');
f("\\coloneq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"3a\\char"2212}}');
f("\\Coloneq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"2237\\char"2212}}');
f("\\eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2255}}');
f("\\Eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"3d\\char"2237}}');
f("\\eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2239}}');
f("\\Eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"2212\\char"2237}}');
f("\\colonapprox", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"3a\\char"2248}}');
f("\\Colonapprox", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"2237\\char"2248}}');
f("\\colonsim", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"3a\\char"223c}}');
f("\\Colonsim", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"2237\\char"223c}}');
f("∷", "\\dblcolon");
f("∹", "\\eqcolon");
f("≔", "\\coloneqq");
f("≕", "\\eqqcolon");
f("⩴", "\\Coloneqq");
f("\\ratio", "\\vcentcolon");
f("\\coloncolon", "\\dblcolon");
f("\\colonequals", "\\coloneqq");
f("\\coloncolonequals", "\\Coloneqq");
f("\\equalscolon", "\\eqqcolon");
f("\\equalscoloncolon", "\\Eqqcolon");
f("\\colonminus", "\\coloneq");
f("\\coloncolonminus", "\\Coloneq");
f("\\minuscolon", "\\eqcolon");
f("\\minuscoloncolon", "\\Eqcolon");
f("\\coloncolonapprox", "\\Colonapprox");
f("\\coloncolonsim", "\\Colonsim");
f("\\simcolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
f("\\simcoloncolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\dblcolon}");
f("\\approxcolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
f("\\approxcoloncolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\dblcolon}");
f("\\notni", "\\html@mathml{\\not\\ni}{\\mathrel{\\char`∌}}");
f("\\limsup", "\\DOTSB\\operatorname*{lim\\,sup}");
f("\\liminf", "\\DOTSB\\operatorname*{lim\\,inf}");
f("\\injlim", "\\DOTSB\\operatorname*{inj\\,lim}");
f("\\projlim", "\\DOTSB\\operatorname*{proj\\,lim}");
f("\\varlimsup", "\\DOTSB\\operatorname*{\\overline{lim}}");
f("\\varliminf", "\\DOTSB\\operatorname*{\\underline{lim}}");
f("\\varinjlim", "\\DOTSB\\operatorname*{\\underrightarrow{lim}}");
f("\\varprojlim", "\\DOTSB\\operatorname*{\\underleftarrow{lim}}");
f("\\gvertneqq", "\\html@mathml{\\@gvertneqq}{≩}");
f("\\lvertneqq", "\\html@mathml{\\@lvertneqq}{≨}");
f("\\ngeqq", "\\html@mathml{\\@ngeqq}{≱}");
f("\\ngeqslant", "\\html@mathml{\\@ngeqslant}{≱}");
f("\\nleqq", "\\html@mathml{\\@nleqq}{≰}");
f("\\nleqslant", "\\html@mathml{\\@nleqslant}{≰}");
f("\\nshortmid", "\\html@mathml{\\@nshortmid}{∤}");
f("\\nshortparallel", "\\html@mathml{\\@nshortparallel}{∦}");
f("\\nsubseteqq", "\\html@mathml{\\@nsubseteqq}{⊈}");
f("\\nsupseteqq", "\\html@mathml{\\@nsupseteqq}{⊉}");
f("\\varsubsetneq", "\\html@mathml{\\@varsubsetneq}{⊊}");
f("\\varsubsetneqq", "\\html@mathml{\\@varsubsetneqq}{⫋}");
f("\\varsupsetneq", "\\html@mathml{\\@varsupsetneq}{⊋}");
f("\\varsupsetneqq", "\\html@mathml{\\@varsupsetneqq}{⫌}");
f("\\imath", "\\html@mathml{\\@imath}{ı}");
f("\\jmath", "\\html@mathml{\\@jmath}{ȷ}");
f("\\llbracket", "\\html@mathml{\\mathopen{[\\mkern-3.2mu[}}{\\mathopen{\\char`⟦}}");
f("\\rrbracket", "\\html@mathml{\\mathclose{]\\mkern-3.2mu]}}{\\mathclose{\\char`⟧}}");
f("⟦", "\\llbracket");
f("⟧", "\\rrbracket");
f("\\lBrace", "\\html@mathml{\\mathopen{\\{\\mkern-3.2mu[}}{\\mathopen{\\char`⦃}}");
f("\\rBrace", "\\html@mathml{\\mathclose{]\\mkern-3.2mu\\}}}{\\mathclose{\\char`⦄}}");
f("⦃", "\\lBrace");
f("⦄", "\\rBrace");
f("\\minuso", "\\mathbin{\\html@mathml{{\\mathrlap{\\mathchoice{\\kern{0.145em}}{\\kern{0.145em}}{\\kern{0.1015em}}{\\kern{0.0725em}}\\circ}{-}}}{\\char`⦵}}");
f("⦵", "\\minuso");
f("\\darr", "\\downarrow");
f("\\dArr", "\\Downarrow");
f("\\Darr", "\\Downarrow");
f("\\lang", "\\langle");
f("\\rang", "\\rangle");
f("\\uarr", "\\uparrow");
f("\\uArr", "\\Uparrow");
f("\\Uarr", "\\Uparrow");
f("\\N", "\\mathbb{N}");
f("\\R", "\\mathbb{R}");
f("\\Z", "\\mathbb{Z}");
f("\\alef", "\\aleph");
f("\\alefsym", "\\aleph");
f("\\Alpha", "\\mathrm{A}");
f("\\Beta", "\\mathrm{B}");
f("\\bull", "\\bullet");
f("\\Chi", "\\mathrm{X}");
f("\\clubs", "\\clubsuit");
f("\\cnums", "\\mathbb{C}");
f("\\Complex", "\\mathbb{C}");
f("\\Dagger", "\\ddagger");
f("\\diamonds", "\\diamondsuit");
f("\\empty", "\\emptyset");
f("\\Epsilon", "\\mathrm{E}");
f("\\Eta", "\\mathrm{H}");
f("\\exist", "\\exists");
f("\\harr", "\\leftrightarrow");
f("\\hArr", "\\Leftrightarrow");
f("\\Harr", "\\Leftrightarrow");
f("\\hearts", "\\heartsuit");
f("\\image", "\\Im");
f("\\infin", "\\infty");
f("\\Iota", "\\mathrm{I}");
f("\\isin", "\\in");
f("\\Kappa", "\\mathrm{K}");
f("\\larr", "\\leftarrow");
f("\\lArr", "\\Leftarrow");
f("\\Larr", "\\Leftarrow");
f("\\lrarr", "\\leftrightarrow");
f("\\lrArr", "\\Leftrightarrow");
f("\\Lrarr", "\\Leftrightarrow");
f("\\Mu", "\\mathrm{M}");
f("\\natnums", "\\mathbb{N}");
f("\\Nu", "\\mathrm{N}");
f("\\Omicron", "\\mathrm{O}");
f("\\plusmn", "\\pm");
f("\\rarr", "\\rightarrow");
f("\\rArr", "\\Rightarrow");
f("\\Rarr", "\\Rightarrow");
f("\\real", "\\Re");
f("\\reals", "\\mathbb{R}");
f("\\Reals", "\\mathbb{R}");
f("\\Rho", "\\mathrm{P}");
f("\\sdot", "\\cdot");
f("\\sect", "\\S");
f("\\spades", "\\spadesuit");
f("\\sub", "\\subset");
f("\\sube", "\\subseteq");
f("\\supe", "\\supseteq");
f("\\Tau", "\\mathrm{T}");
f("\\thetasym", "\\vartheta");
f("\\weierp", "\\wp");
f("\\Zeta", "\\mathrm{Z}");
f("\\argmin", "\\DOTSB\\operatorname*{arg\\,min}");
f("\\argmax", "\\DOTSB\\operatorname*{arg\\,max}");
f("\\plim", "\\DOTSB\\mathop{\\operatorname{plim}}\\limits");
f("\\bra", "\\mathinner{\\langle{#1}|}");
f("\\ket", "\\mathinner{|{#1}\\rangle}");
f("\\braket", "\\mathinner{\\langle{#1}\\rangle}");
f("\\Bra", "\\left\\langle#1\\right|");
f("\\Ket", "\\left|#1\\right\\rangle");
var qi = (t) => (e) => {
  var r = e.consumeArg().tokens, a = e.consumeArg().tokens, n = e.consumeArg().tokens, s = e.consumeArg().tokens, i = e.macros.get("|"), o = e.macros.get("\\|");
  e.macros.beginGroup();
  var l = (p) => (v) => {
    t && (v.macros.set("|", i), n.length && v.macros.set("\\|", o));
    var y = p;
    if (!p && n.length) {
      var w = v.future();
      w.text === "|" && (v.popToken(), y = !0);
    }
    return {
      tokens: y ? n : a,
      numArgs: 0
    };
  };
  e.macros.set("|", l(!1)), n.length && e.macros.set("\\|", l(!0));
  var h = e.consumeArg().tokens, d = e.expandTokens([
    ...s,
    ...h,
    ...r
    // reversed
  ]);
  return e.macros.endGroup(), {
    tokens: d.reverse(),
    numArgs: 0
  };
};
f("\\bra@ket", qi(!1));
f("\\bra@set", qi(!0));
f("\\Braket", "\\bra@ket{\\left\\langle}{\\,\\middle\\vert\\,}{\\,\\middle\\vert\\,}{\\right\\rangle}");
f("\\Set", "\\bra@set{\\left\\{\\:}{\\;\\middle\\vert\\;}{\\;\\middle\\Vert\\;}{\\:\\right\\}}");
f("\\set", "\\bra@set{\\{\\,}{\\mid}{}{\\,\\}}");
f("\\angln", "{\\angl n}");
f("\\blue", "\\textcolor{##6495ed}{#1}");
f("\\orange", "\\textcolor{##ffa500}{#1}");
f("\\pink", "\\textcolor{##ff00af}{#1}");
f("\\red", "\\textcolor{##df0030}{#1}");
f("\\green", "\\textcolor{##28ae7b}{#1}");
f("\\gray", "\\textcolor{gray}{#1}");
f("\\purple", "\\textcolor{##9d38bd}{#1}");
f("\\blueA", "\\textcolor{##ccfaff}{#1}");
f("\\blueB", "\\textcolor{##80f6ff}{#1}");
f("\\blueC", "\\textcolor{##63d9ea}{#1}");
f("\\blueD", "\\textcolor{##11accd}{#1}");
f("\\blueE", "\\textcolor{##0c7f99}{#1}");
f("\\tealA", "\\textcolor{##94fff5}{#1}");
f("\\tealB", "\\textcolor{##26edd5}{#1}");
f("\\tealC", "\\textcolor{##01d1c1}{#1}");
f("\\tealD", "\\textcolor{##01a995}{#1}");
f("\\tealE", "\\textcolor{##208170}{#1}");
f("\\greenA", "\\textcolor{##b6ffb0}{#1}");
f("\\greenB", "\\textcolor{##8af281}{#1}");
f("\\greenC", "\\textcolor{##74cf70}{#1}");
f("\\greenD", "\\textcolor{##1fab54}{#1}");
f("\\greenE", "\\textcolor{##0d923f}{#1}");
f("\\goldA", "\\textcolor{##ffd0a9}{#1}");
f("\\goldB", "\\textcolor{##ffbb71}{#1}");
f("\\goldC", "\\textcolor{##ff9c39}{#1}");
f("\\goldD", "\\textcolor{##e07d10}{#1}");
f("\\goldE", "\\textcolor{##a75a05}{#1}");
f("\\redA", "\\textcolor{##fca9a9}{#1}");
f("\\redB", "\\textcolor{##ff8482}{#1}");
f("\\redC", "\\textcolor{##f9685d}{#1}");
f("\\redD", "\\textcolor{##e84d39}{#1}");
f("\\redE", "\\textcolor{##bc2612}{#1}");
f("\\maroonA", "\\textcolor{##ffbde0}{#1}");
f("\\maroonB", "\\textcolor{##ff92c6}{#1}");
f("\\maroonC", "\\textcolor{##ed5fa6}{#1}");
f("\\maroonD", "\\textcolor{##ca337c}{#1}");
f("\\maroonE", "\\textcolor{##9e034e}{#1}");
f("\\purpleA", "\\textcolor{##ddd7ff}{#1}");
f("\\purpleB", "\\textcolor{##c6b9fc}{#1}");
f("\\purpleC", "\\textcolor{##aa87ff}{#1}");
f("\\purpleD", "\\textcolor{##7854ab}{#1}");
f("\\purpleE", "\\textcolor{##543b78}{#1}");
f("\\mintA", "\\textcolor{##f5f9e8}{#1}");
f("\\mintB", "\\textcolor{##edf2df}{#1}");
f("\\mintC", "\\textcolor{##e0e5cc}{#1}");
f("\\grayA", "\\textcolor{##f6f7f7}{#1}");
f("\\grayB", "\\textcolor{##f0f1f2}{#1}");
f("\\grayC", "\\textcolor{##e3e5e6}{#1}");
f("\\grayD", "\\textcolor{##d6d8da}{#1}");
f("\\grayE", "\\textcolor{##babec2}{#1}");
f("\\grayF", "\\textcolor{##888d93}{#1}");
f("\\grayG", "\\textcolor{##626569}{#1}");
f("\\grayH", "\\textcolor{##3b3e40}{#1}");
f("\\grayI", "\\textcolor{##21242c}{#1}");
f("\\kaBlue", "\\textcolor{##314453}{#1}");
f("\\kaGreen", "\\textcolor{##71B307}{#1}");
var Ri = {
  "^": !0,
  // Parser.js
  _: !0,
  // Parser.js
  "\\limits": !0,
  // Parser.js
  "\\nolimits": !0
  // Parser.js
};
class k4 {
  constructor(e, r, a) {
    this.settings = void 0, this.expansionCount = void 0, this.lexer = void 0, this.macros = void 0, this.stack = void 0, this.mode = void 0, this.settings = r, this.expansionCount = 0, this.feed(e), this.macros = new y4(x4, r.macros), this.mode = a, this.stack = [];
  }
  /**
   * Feed a new input string to the same MacroExpander
   * (with existing macros etc.).
   */
  feed(e) {
    this.lexer = new rs(e, this.settings);
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
    var r, a, n;
    if (e) {
      if (this.consumeSpaces(), this.future().text !== "[")
        return null;
      r = this.popToken(), {
        tokens: n,
        end: a
      } = this.consumeArg(["]"]);
    } else
      ({
        tokens: n,
        start: r,
        end: a
      } = this.consumeArg());
    return this.pushToken(new M0("EOF", a.loc)), this.pushTokens(n), new M0("", w0.range(r, a));
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
    var r = [], a = e && e.length > 0;
    a || this.consumeSpaces();
    var n = this.future(), s, i = 0, o = 0;
    do {
      if (s = this.popToken(), r.push(s), s.text === "{")
        ++i;
      else if (s.text === "}") {
        if (--i, i === -1)
          throw new C("Extra }", s);
      } else if (s.text === "EOF")
        throw new C("Unexpected end of input in a macro argument, expected '" + (e && a ? e[o] : "}") + "'", s);
      if (e && a)
        if ((i === 0 || i === 1 && e[o] === "{") && s.text === e[o]) {
          if (++o, o === e.length) {
            r.splice(-o, o);
            break;
          }
        } else
          o = 0;
    } while (i !== 0 || a);
    return n.text === "{" && r[r.length - 1].text === "}" && (r.pop(), r.shift()), r.reverse(), {
      tokens: r,
      start: n,
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
        throw new C("The length of delimiters doesn't match the number of args!");
      for (var a = r[0], n = 0; n < a.length; n++) {
        var s = this.popToken();
        if (a[n] !== s.text)
          throw new C("Use of the macro doesn't match its definition", s);
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
      throw new C("Too many expansions: infinite loop or need to increase maxExpand setting");
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
    var r = this.popToken(), a = r.text, n = r.noexpand ? null : this._getExpansion(a);
    if (n == null || e && n.unexpandable) {
      if (e && n == null && a[0] === "\\" && !this.isDefined(a))
        throw new C("Undefined control sequence: " + a);
      return this.pushToken(r), !1;
    }
    this.countExpansion(1);
    var s = n.tokens, i = this.consumeArgs(n.numArgs, n.delimiters);
    if (n.numArgs) {
      s = s.slice();
      for (var o = s.length - 1; o >= 0; --o) {
        var l = s[o];
        if (l.text === "#") {
          if (o === 0)
            throw new C("Incomplete placeholder at end of macro body", l);
          if (l = s[--o], l.text === "#")
            s.splice(o + 1, 1);
          else if (/^[1-9]$/.test(l.text))
            s.splice(o, 2, ...i[+l.text - 1]);
          else
            throw new C("Not a valid argument number", l);
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
    return this.macros.has(e) ? this.expandTokens([new M0(e)]) : void 0;
  }
  /**
   * Fully expand the given token stream and return the resulting list of
   * tokens.  Note that the input tokens are in reverse order, but the
   * output tokens are in forward order.
   */
  expandTokens(e) {
    var r = [], a = this.stack.length;
    for (this.pushTokens(e); this.stack.length > a; )
      if (this.expandOnce(!0) === !1) {
        var n = this.stack.pop();
        n.treatAsRelax && (n.noexpand = !1, n.treatAsRelax = !1), r.push(n);
      }
    return this.countExpansion(r.length), r;
  }
  /**
   * Fully expand the given macro name and return the result as a string,
   * or return `undefined` if no such macro is defined.
   */
  expandMacroAsText(e) {
    var r = this.expandMacro(e);
    return r && r.map((a) => a.text).join("");
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
      var a = this.lexer.catcodes[e];
      if (a != null && a !== 13)
        return;
    }
    var n = typeof r == "function" ? r(this) : r;
    if (typeof n == "string") {
      var s = 0;
      if (n.includes("#"))
        for (var i = n.replace(/##/g, ""); i.includes("#" + (s + 1)); )
          ++s;
      for (var o = new rs(n, this.settings), l = [], h = o.lex(); h.text !== "EOF"; )
        l.push(h), h = o.lex();
      l.reverse();
      var d = {
        tokens: l,
        numArgs: s
      };
      return d;
    }
    return n;
  }
  /**
   * Determine whether a command is currently "defined" (has some
   * functionality), meaning that it's a macro (in the current group),
   * a function, a symbol, or one of the special commands listed in
   * `implicitCommands`.
   */
  isDefined(e) {
    return this.macros.has(e) || ne.hasOwnProperty(e) || J.math.hasOwnProperty(e) || J.text.hasOwnProperty(e) || Ri.hasOwnProperty(e);
  }
  /**
   * Determine whether a command is expandable.
   */
  isExpandable(e) {
    var r = this.macros.get(e);
    return r != null ? typeof r == "string" || typeof r == "function" || !r.unexpandable : ne.hasOwnProperty(e) && !ne[e].primitive;
  }
}
var ss = /^[₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]/, Tt = Object.freeze({
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
}), $r = {
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
}, is = {
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
class hr {
  constructor(e, r) {
    this.mode = void 0, this.gullet = void 0, this.settings = void 0, this.leftrightDepth = void 0, this.nextToken = void 0, this.mode = "math", this.gullet = new k4(e, r, this.mode), this.settings = r, this.leftrightDepth = 0, this.nextToken = null;
  }
  /**
   * Checks a result to make sure it has the right type, and throws an
   * appropriate error otherwise.
   */
  expect(e, r) {
    if (r === void 0 && (r = !0), this.fetch().text !== e)
      throw new C("Expected '" + e + "', got '" + this.fetch().text + "'", this.fetch());
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
    this.consume(), this.gullet.pushToken(new M0("}")), this.gullet.pushTokens(e);
    var a = this.parseExpression(!1);
    return this.expect("}"), this.nextToken = r, a;
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
    for (var a = []; ; ) {
      this.mode === "math" && this.consumeSpaces();
      var n = this.fetch();
      if (hr.endOfExpression.has(n.text) || r && n.text === r || e && ne[n.text] && ne[n.text].infix)
        break;
      var s = this.parseAtom(r);
      if (s) {
        if (s.type === "internal")
          continue;
      } else break;
      a.push(s);
    }
    return this.mode === "text" && this.formLigatures(a), this.handleInfixNodes(a);
  }
  /**
   * Rewrites infix operators such as \over with corresponding commands such
   * as \frac.
   *
   * There can only be one infix operator per group.  If there's more than one
   * then the expression is ambiguous.  This can be resolved by adding {}.
   */
  handleInfixNodes(e) {
    for (var r = -1, a, n = 0; n < e.length; n++) {
      var s = e[n];
      if (s.type === "infix") {
        if (r !== -1)
          throw new C("only one infix operator per group", s.token);
        r = n, a = s.replaceWith;
      }
    }
    if (r !== -1 && a) {
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
      var d;
      return a === "\\\\abovefrac" ? d = this.callFunction(a, [i, e[r], o], []) : d = this.callFunction(a, [i, o], []), [d];
    } else
      return e;
  }
  /**
   * Handle a subscript or superscript with nice errors.
   */
  handleSupSubscript(e) {
    var r = this.fetch(), a = r.text;
    this.consume(), this.consumeSpaces();
    var n;
    do {
      var s;
      n = this.parseGroup(e);
    } while (((s = n) == null ? void 0 : s.type) === "internal");
    if (!n)
      throw new C("Expected group after '" + a + "'", r);
    return n;
  }
  /**
   * Converts the textual input of an unsupported command into a text node
   * contained within a color node whose color is determined by errorColor
   */
  formatUnsupportedCmd(e) {
    for (var r = [], a = 0; a < e.length; a++)
      r.push({
        type: "textord",
        mode: "text",
        text: e[a]
      });
    var n = {
      type: "text",
      mode: this.mode,
      body: r
    }, s = {
      type: "color",
      mode: this.mode,
      color: this.settings.errorColor,
      body: [n]
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
    for (var a, n; ; ) {
      this.consumeSpaces();
      var s = this.fetch();
      if (s.text === "\\limits" || s.text === "\\nolimits") {
        if (r && r.type === "op") {
          var i = s.text === "\\limits";
          r.limits = i, r.alwaysHandleSupSub = !0;
        } else if (r && r.type === "operatorname")
          r.alwaysHandleSupSub && (r.limits = s.text === "\\limits");
        else
          throw new C("Limit controls must follow a math operator", s);
        this.consume();
      } else if (s.text === "^") {
        if (a)
          throw new C("Double superscript", s);
        a = this.handleSupSubscript("superscript");
      } else if (s.text === "_") {
        if (n)
          throw new C("Double subscript", s);
        n = this.handleSupSubscript("subscript");
      } else if (s.text === "'") {
        if (a)
          throw new C("Double superscript", s);
        var o = {
          type: "textord",
          mode: this.mode,
          text: "\\prime"
        }, l = [o];
        for (this.consume(); this.fetch().text === "'"; )
          l.push(o), this.consume();
        this.fetch().text === "^" && l.push(this.handleSupSubscript("superscript")), a = {
          type: "ordgroup",
          mode: this.mode,
          body: l
        };
      } else if (Tt[s.text]) {
        var h = ss.test(s.text), d = [];
        for (d.push(new M0(Tt[s.text])), this.consume(); ; ) {
          var p = this.fetch().text;
          if (!Tt[p] || ss.test(p) !== h)
            break;
          d.unshift(new M0(Tt[p])), this.consume();
        }
        var v = this.subparse(d);
        h ? n = {
          type: "ordgroup",
          mode: "math",
          body: v
        } : a = {
          type: "ordgroup",
          mode: "math",
          body: v
        };
      } else
        break;
    }
    return a || n ? {
      type: "supsub",
      mode: this.mode,
      base: r,
      sup: a,
      sub: n
    } : r;
  }
  /**
   * Parses an entire function, including its base and all of its arguments.
   */
  parseFunction(e, r) {
    var a = this.fetch(), n = a.text, s = ne[n];
    if (!s)
      return null;
    if (this.consume(), r && r !== "atom" && !s.allowedInArgument)
      throw new C("Got function '" + n + "' with no arguments" + (r ? " as " + r : ""), a);
    if (this.mode === "text" && !s.allowedInText)
      throw new C("Can't use function '" + n + "' in text mode", a);
    if (this.mode === "math" && s.allowedInMath === !1)
      throw new C("Can't use function '" + n + "' in math mode", a);
    var {
      args: i,
      optArgs: o
    } = this.parseArguments(n, s);
    return this.callFunction(n, i, o, a, e);
  }
  /**
   * Call a function handler with a suitable context and arguments.
   */
  callFunction(e, r, a, n, s) {
    var i = {
      funcName: e,
      parser: this,
      token: n,
      breakOnTokenText: s
    }, o = ne[e];
    if (o && o.handler)
      return o.handler(i, r, a);
    throw new C("No function handler for " + e);
  }
  /**
   * Parses the arguments of a function or environment
   */
  parseArguments(e, r) {
    var a = r.numArgs + r.numOptionalArgs;
    if (a === 0)
      return {
        args: [],
        optArgs: []
      };
    for (var n = [], s = [], i = 0; i < a; i++) {
      var o = r.argTypes && r.argTypes[i], l = i < r.numOptionalArgs;
      ("primitive" in r && r.primitive && o == null || // \sqrt expands into primitive if optional argument doesn't exist
      r.type === "sqrt" && i === 1 && s[0] == null) && (o = "primitive");
      var h = this.parseGroupOfType("argument to '" + e + "'", o, l);
      if (l)
        s.push(h);
      else if (h != null)
        n.push(h);
      else
        throw new C("Null argument, please report this as a bug");
    }
    return {
      args: n,
      optArgs: s
    };
  }
  /**
   * Parses a group when the mode is changing.
   */
  parseGroupOfType(e, r, a) {
    switch (r) {
      case "color":
        return this.parseColorGroup(a);
      case "size":
        return this.parseSizeGroup(a);
      case "url":
        return this.parseUrlGroup(a);
      case "math":
      case "text":
        return this.parseArgumentGroup(a, r);
      case "hbox": {
        var n = this.parseArgumentGroup(a, "text");
        return n != null ? {
          type: "styling",
          mode: n.mode,
          body: [n],
          style: "text",
          // simulate \textstyle
          resetFont: !0
        } : null;
      }
      case "raw": {
        var s = this.parseStringGroup("raw", a);
        return s != null ? {
          type: "raw",
          mode: "text",
          string: s.text
        } : null;
      }
      case "primitive": {
        if (a)
          throw new C("A primitive argument cannot be optional");
        var i = this.parseGroup(e);
        if (i == null)
          throw new C("Expected group as " + e, this.fetch());
        return i;
      }
      case "original":
      case null:
      case void 0:
        return this.parseArgumentGroup(a);
      default:
        throw new C("Unknown group type as " + e, this.fetch());
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
    var a = this.gullet.scanArgument(r);
    if (a == null)
      return null;
    for (var n = "", s; (s = this.fetch()).text !== "EOF"; )
      n += s.text, this.consume();
    return this.consume(), a.text = n, a;
  }
  /**
   * Parses a regex-delimited group: the largest sequence of tokens
   * whose concatenated strings match `regex`. Returns the string
   * formed by the tokens plus some position information.
   */
  parseRegexGroup(e, r) {
    for (var a = this.fetch(), n = a, s = "", i; (i = this.fetch()).text !== "EOF" && e.test(s + i.text); )
      n = i, s += n.text, this.consume();
    if (s === "")
      throw new C("Invalid " + r + ": '" + a.text + "'", a);
    return a.range(n, s);
  }
  /**
   * Parses a color description.
   */
  parseColorGroup(e) {
    var r = this.parseStringGroup("color", e);
    if (r == null)
      return null;
    var a = /^(#[a-f0-9]{3,4}|#[a-f0-9]{6}|#[a-f0-9]{8}|[a-f0-9]{6}|[a-z]+)$/i.exec(r.text);
    if (!a)
      throw new C("Invalid color: '" + r.text + "'", r);
    var n = a[0];
    return /^[0-9a-f]{6}$/i.test(n) && (n = "#" + n), {
      type: "color-token",
      mode: this.mode,
      color: n
    };
  }
  /**
   * Parses a size specification, consisting of magnitude and unit.
   */
  parseSizeGroup(e) {
    var r, a = !1;
    if (this.gullet.consumeSpaces(), !e && this.gullet.future().text !== "{" ? r = this.parseRegexGroup(/^[-+]? *(?:$|\d+|\d+\.\d*|\.\d*) *[a-z]{0,2} *$/, "size") : r = this.parseStringGroup("size", e), !r)
      return null;
    !e && r.text.length === 0 && (r.text = "0pt", a = !0);
    var n = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(r.text);
    if (!n)
      throw new C("Invalid size: '" + r.text + "'", r);
    var s = {
      number: +(n[1] + n[2]),
      // sign + magnitude, cast to number
      unit: n[3]
    };
    if (!Gs(s))
      throw new C("Invalid unit: '" + s.unit + "'", r);
    return {
      type: "size",
      mode: this.mode,
      value: s,
      isBlank: a
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
    var a = r.text.replace(/\\([#$%&~_^{}])/g, "$1");
    return {
      type: "url",
      mode: this.mode,
      url: a
    };
  }
  /**
   * Parses an argument with the mode specified.
   */
  parseArgumentGroup(e, r) {
    var a = this.gullet.scanArgument(e);
    if (a == null)
      return null;
    var n = this.mode;
    r && this.switchMode(r), this.gullet.beginGroup();
    var s = this.parseExpression(!1, "EOF");
    this.expect("EOF"), this.gullet.endGroup();
    var i = {
      type: "ordgroup",
      mode: this.mode,
      loc: a.loc,
      body: s
    };
    return r && this.switchMode(n), i;
  }
  /**
   * Parses an ordinary group, which is either a single nucleus (like "x")
   * or an expression in braces (like "{x+y}") or an implicit group, a group
   * that starts at the current position, and ends right before a higher explicit
   * group ends, or at EOF.
   */
  parseGroup(e, r) {
    var a = this.fetch(), n = a.text, s;
    if (n === "{" || n === "\\begingroup") {
      this.consume();
      var i = n === "{" ? "}" : "\\endgroup";
      this.gullet.beginGroup();
      var o = this.parseExpression(!1, i), l = this.fetch();
      this.expect(i), this.gullet.endGroup(), s = {
        type: "ordgroup",
        mode: this.mode,
        loc: w0.range(a, l),
        body: o,
        // A group formed by \begingroup...\endgroup is a semi-simple group
        // which doesn't affect spacing in math mode, i.e., is transparent.
        // https://tex.stackexchange.com/questions/1930/when-should-one-
        // use-begingroup-instead-of-bgroup
        semisimple: n === "\\begingroup" || void 0
      };
    } else if (s = this.parseFunction(r, e) || this.parseSymbol(), s == null && n[0] === "\\" && !Ri.hasOwnProperty(n)) {
      if (this.settings.throwOnError)
        throw new C("Undefined control sequence: " + n, a);
      s = this.formatUnsupportedCmd(n), this.consume();
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
    for (var r = e.length - 1, a = 0; a < r; ++a) {
      var n = e[a];
      if (n.type === "textord") {
        var s = n.text, i = e[a + 1];
        if (!(!i || i.type !== "textord")) {
          if (s === "-" && i.text === "-") {
            var o = e[a + 2];
            a + 1 < r && o && o.type === "textord" && o.text === "-" ? (e.splice(a, 3, {
              type: "textord",
              mode: "text",
              loc: w0.range(n, o),
              text: "---"
            }), r -= 2) : (e.splice(a, 2, {
              type: "textord",
              mode: "text",
              loc: w0.range(n, i),
              text: "--"
            }), r -= 1);
          }
          (s === "'" || s === "`") && i.text === s && (e.splice(a, 2, {
            type: "textord",
            mode: "text",
            loc: w0.range(n, i),
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
      var a = r.slice(5), n = a.charAt(0) === "*";
      if (n && (a = a.slice(1)), a.length < 2 || a.charAt(0) !== a.slice(-1))
        throw new C(`\\verb assertion failed --
                    please report what input caused this bug`);
      return a = a.slice(1, -1), {
        type: "verb",
        mode: "text",
        body: a,
        star: n
      };
    }
    is.hasOwnProperty(r[0]) && !J[this.mode][r[0]] && (this.settings.strict && this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Accented Unicode text character "' + r[0] + '" used in math mode', e), r = is[r[0]] + r.slice(1));
    var s = g4.exec(r);
    s && (r = r.substring(0, s.index), r === "i" ? r = "ı" : r === "j" && (r = "ȷ"));
    var i;
    if (J[this.mode][r]) {
      this.settings.strict && this.mode === "math" && Jr.includes(r) && this.settings.reportNonstrict("unicodeTextInMathMode", 'Latin-1/Unicode text character "' + r[0] + '" used in math mode', e);
      var o = J[this.mode][r].group, l = w0.range(e), h;
      Ol(o) ? h = {
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
      this.settings.strict && (Ps(r.charCodeAt(0)) ? this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Unicode text character "' + r[0] + '" used in math mode', e) : this.settings.reportNonstrict("unknownSymbol", 'Unrecognized Unicode character "' + r[0] + '"' + (" (" + r.charCodeAt(0) + ")"), e)), i = {
        type: "textord",
        mode: "text",
        loc: w0.range(e),
        text: r
      };
    else
      return null;
    if (this.consume(), s)
      for (var d = 0; d < s[0].length; d++) {
        var p = s[0][d];
        if (!$r[p])
          throw new C("Unknown accent ' " + p + "'", e);
        var v = $r[p][this.mode] || $r[p].text;
        if (!v)
          throw new C("Accent " + p + " unsupported in " + this.mode + " mode", e);
        i = {
          type: "accent",
          mode: this.mode,
          loc: w0.range(e),
          label: v,
          isStretchy: !1,
          isShifty: !0,
          base: i
        };
      }
    return i;
  }
}
hr.endOfExpression = /* @__PURE__ */ new Set(["}", "\\endgroup", "\\end", "\\right", "&"]);
var Ra = function(e, r) {
  if (!(typeof e == "string" || e instanceof String))
    throw new TypeError("KaTeX can only parse string typed expression");
  var a = new hr(e, r);
  delete a.gullet.macros.current["\\df@tag"];
  var n = a.parse();
  if (delete a.gullet.macros.current["\\current@color"], delete a.gullet.macros.current["\\color"], a.gullet.macros.get("\\df@tag")) {
    if (!r.displayMode)
      throw new C("\\tag works only in display equations");
    n = [{
      type: "tag",
      mode: "text",
      body: n,
      tag: a.subparse([new M0("\\df@tag")])
    }];
  }
  return n;
}, Ii = function(e, r, a) {
  r.textContent = "";
  var n = Ia(e, a).toNode();
  r.appendChild(n);
};
typeof document < "u" && document.compatMode !== "CSS1Compat" && (typeof console < "u" && console.warn("Warning: KaTeX doesn't work in quirks mode. Make sure your website has a suitable doctype."), Ii = function() {
  throw new C("KaTeX doesn't work in quirks mode.");
});
var M4 = function(e, r) {
  var a = Ia(e, r).toMarkup();
  return a;
}, S4 = function(e, r) {
  var a = new xa(r);
  return Ra(e, a);
}, $i = function(e, r, a) {
  if (a.throwOnError || !(e instanceof C))
    throw e;
  var n = z(["katex-error"], [new S0(r)]);
  return n.setAttribute("title", e.toString()), n.setAttribute("style", "color:" + a.errorColor), n;
}, Ia = function(e, r) {
  var a = new xa(r);
  try {
    var n = Ra(e, a);
    return Bl(n, e, a);
  } catch (s) {
    return $i(s, e, a);
  }
}, A4 = function(e, r) {
  var a = new xa(r);
  try {
    var n = Ra(e, a);
    return El(n, e, a);
  } catch (s) {
    return $i(s, e, a);
  }
}, z4 = "0.16.47", T4 = {
  Span: Ue,
  Anchor: Qt,
  SymbolNode: S0,
  SvgNode: Z0,
  PathNode: ie,
  LineNode: Zr
}, C4 = {
  /**
   * Current KaTeX version
   */
  version: z4,
  /**
   * Renders the given LaTeX into an HTML+MathML combination, and adds
   * it as a child to the specified DOM node.
   */
  render: Ii,
  /**
   * Renders the given LaTeX into an HTML+MathML combination string,
   * for sending to the client.
   */
  renderToString: M4,
  /**
   * KaTeX error, usually during parsing.
   */
  ParseError: C,
  /**
   * The schema of Settings
   */
  SETTINGS_SCHEMA: Xr,
  /**
   * Parses the given LaTeX into KaTeX's internal parse tree structure,
   * without rendering to HTML or MathML.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __parse: S4,
  /**
   * Renders the given LaTeX into an HTML+MathML internal DOM tree
   * representation, without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToDomTree: Ia,
  /**
   * Renders the given LaTeX into an HTML internal DOM tree representation,
   * without MathML and without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToHTMLTree: A4,
  /**
   * extends internal font metrics object with a new object
   * each key in the new object represents a font name
  */
  __setFontMetrics: cl,
  /**
   * adds a new symbol to builtin symbols table
   */
  __defineSymbol: u,
  /**
   * adds a new function to builtin function list,
   * which directly produce parse tree elements
   * and have their own html/mathml builders
   */
  __defineFunction: D,
  /**
   * adds a new macro to builtin macro list
   */
  __defineMacro: f,
  /**
   * Expose the dom tree node types, which can be useful for type checking nodes.
   *
   * NOTE: These methods are not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __domTree: T4
};
function Fi(t, e = !1) {
  const r = T("span", { class: "formula" });
  return C4.render(t, r, {
    displayMode: e,
    throwOnError: !1,
    strict: "ignore",
    trust: !1,
    maxExpand: 1e3,
    output: "htmlAndMathml"
  }), r;
}
const os = 1200, N4 = 12, B4 = /[ -~\u00a1-\u00ac\u00ae-\u00ff\u0391-\u03c9\u0410-\u044f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·…]/u;
function E4(t) {
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
  return `\\text{${[...t].map((a) => e[a] ?? (B4.test(a) ? a : "·")).join("")}}`;
}
const D4 = "₀₁₂₃₄₅₆₇₈₉";
function Xt(t) {
  const e = /^([A-Za-z])([₀-₉]*)$/.exec(t);
  if (!e) return E4(t.length > 40 ? `${t.slice(0, 39)}…` : t);
  const r = [...e[2]].map((a) => D4.indexOf(a)).join("");
  return r ? `${e[1]}_{${r}}` : e[1];
}
function $a(t) {
  if (t === 0) return "0";
  const e = Number(t.toPrecision(4)), [r, a] = String(e).split("e");
  return a ? `${r}\\cdot 10^{${Number(a)}}` : r;
}
function He(t) {
  const e = t.filter((r) => r.factor !== 0);
  return e.length ? e.map(({ factor: r, body: a }, n) => {
    const s = r < 0 ? "-" : n ? "+" : "", i = $a(Math.abs(r)), o = a ? i === "1" ? a : `${i}\\,${a}` : i;
    return `${s}${n && s ? " " : ""}${o}`;
  }).join(" ") : "0";
}
function Oi(t, e, r, a, n) {
  const s = n && e !== 1 ? `\\left(${a}\\right)` : a;
  if (t === "x") return [{ factor: e, body: n ? `\\left(${a}\\right)` : a }, { factor: r, body: "" }];
  const i = He([{ factor: e, body: s }, { factor: r, body: "" }]);
  return typeof t != "string" ? [{ factor: 1, body: `\\left(${pe(t, i)}\\right)` }] : [{ factor: 1, body: !/[-+ ]/.test(i) && t.startsWith("x^") ? `${i}^{${t.slice(2)}}` : Se[t].latex(i) }];
}
function pe(t, e) {
  const [r, ...a] = t;
  return r === "number" ? $a(Number(a[0])) : r === "input" ? `\\left(${e}\\right)` : r === "sum" ? a.map((n) => pe(n, e)).join(" + ").replaceAll("+ -", "- ") : r === "product" ? a.map((n) => n[0] === "sum" ? `\\left(${pe(n, e)}\\right)` : pe(n, e)).join("\\,") : r === "power" ? `\\left(${pe(a[0], e)}\\right)^{${pe(a[1], e)}}` : Se[String(a[0])].latex(pe(a[1], e));
}
function q4(t, e, r, a, n) {
  const s = Oi(t, e, r, "x", !1).map((i) => ({ ...i, factor: i.factor * a }));
  return He(R4([...s, { factor: n, body: "" }]));
}
function R4(t) {
  const e = t.filter((r) => !r.body).reduce((r, a) => r + a.factor, 0);
  return [...t.filter((r) => r.body), { factor: e, body: "" }];
}
function I4(t, e, r, a) {
  const [n, s, i] = e, o = t.steps(e), l = o.at(-1)?.edit;
  if (l?.do === "remove") return { terms: [{ factor: l.constants[o.at(-1).position], body: "" }], named: !0 };
  const h = t.network.layers[n].named.get(t.place(e)), d = l?.do === "fix" ? { tree: l.function, numbers: [l.a, l.b, l.c, l.d] } : !l && h && { tree: h.function, numbers: [...h.numbers.slice(0, 3), 0] };
  if (!d)
    return { terms: [{ factor: 1, body: `\\varphi_{${t.network.layers.length > 1 ? `${n},${s},${i}` : `${s},${i}`}}\\!\\left(${r}\\right)` }], named: !1 };
  const [p, v, y, w] = d.numbers;
  return { terms: [...Oi(d.tree, p, v, r, a).map((M) => ({ ...M, factor: M.factor * y })), { factor: w, body: "" }], named: !0 };
}
function Li(t, e, r, a, n) {
  const s = t.network.layers[e], i = [], o = [];
  let [l, h, d] = [s.biasOf(r), !s.hasPost && !s.mixes, 0];
  const p = t.edges().filter((k) => k[0] === e && k[2] === r);
  p.sort((k, M) => t.score(M) - t.score(k));
  for (const k of p) {
    const M = a[k[1]], A = I4(t, k, M.latex, M.isSum);
    if (h &&= A.named && M.named, s.products.has(r)) {
      o.push(`\\left(${He(A.terms)}\\right)`);
      continue;
    }
    for (const E of A.terms)
      E.body ? i.length < n ? i.push(E) : d++ : l += E.factor;
  }
  o.length && i.push({ factor: 1, body: o.join("\\,") });
  const v = Math.abs(l) < 1e-12 ? 0 : l, y = d ? ` + \\text{${d} more}` : "", w = He([...i, { factor: v, body: "" }]) + y;
  return { latex: w, isSum: /[-+]/.test(w) || i.length > 1, named: h };
}
function $4(t) {
  const { payload: e, network: r } = t, a = r.layers.length, n = L4(t);
  let s = n[0];
  for (let l = 0; l < a && (s = Array.from({ length: r.layers[l].out }, (h, d) => Li(t, l, d, s, 1 / 0)), !s.some((h) => h.latex.length > os)); l++)
    ;
  const i = s.length === e.output_names.length && s.every((l) => l.named && l.latex.length <= os), o = e.output_names.map(Xt);
  return i && r.widths[a] === s.length ? { lines: s.map((h, d) => ({ left: o[d], right: Hi(t, d, h.latex) })), named: !0 } : { lines: O4(t, n), named: !1 };
}
function Hi(t, e, r) {
  const [a, n] = t.payload.output_scaling[e];
  return a === 1 && n === 0 ? r : He([{ factor: a, body: `\\left(${r}\\right)` }, { factor: n, body: "" }]);
}
function F4(t, [e, r]) {
  return e === 1 && r === 0 ? Xt(t) : `\\tfrac{${He([{ factor: 1, body: Xt(t) }, { factor: -r, body: "" }])}}{${$a(e)}}`;
}
function O4(t, e) {
  const { network: r } = t, a = [];
  for (let n = r.layers.length - 1; n >= 0; n--)
    for (let s = 0; s < r.layers[n].out && a.length < 12; s++) {
      const i = Li(t, n, s, e[n], N4).latex, o = n === r.layers.length - 1 ? Hi(t, s, i) : i, l = r.layers[n].hasPost ? `\\operatorname{post}\\!\\left(${o}\\right)` : o;
      a.push({ left: e[n + 1][s].latex, right: l });
    }
  return a;
}
function L4(t) {
  const { payload: e, network: r } = t, a = r.layers.length, n = (s) => ({ latex: s, isSum: !1, named: !0 });
  return r.widths.map((s, i) => {
    if (i === 0)
      return e.input_names.map((l, h) => n(F4(l, e.input_scaling[h])));
    if (i === a) return e.output_names.map((l) => n(Xt(l)));
    const o = a > 2 ? `^{(${i})}` : "";
    return Array.from({ length: s }, (l, h) => n(`h${o}_{${h}}`));
  });
}
const Fr = 41;
class H4 {
  constructor(e, r) {
    this.session = e, this.say = r, this.editor = new Bo(e, r);
    const a = e.ranked().reverse();
    this.select = T("select", {
      "aria-label": "Edge, the most important first",
      change: () => e.choose(a[Number(this.select.value)])
    }), this.select.append(...a.map((n, s) => T("option", { value: s }, Jt(e, n)))), this.element = T(
      "section",
      { class: "panel edge", "aria-label": "Edge" },
      T("h2", {}, "Edge"),
      this.select,
      this.facts,
      this.editor.element,
      this.tools,
      this.candidates
    ), e.listen((n) => {
      n === "choice" && (this.select.value = String(a.findIndex((s) => String(s) === String(e.chosen)))), (n === "edits" || n === "choice") && this.draw(), n === "trial" && this.editor.draw();
    });
  }
  session;
  say;
  element;
  editor;
  select;
  facts = T("p", { class: "soft facts" });
  tools = T("div", { class: "tools" });
  waiting = 0;
  candidates = T("div", { class: "candidates" });
  low = T("input", { type: "number", step: "any", "aria-label": "Least value" });
  high = T("input", { type: "number", step: "any", "aria-label": "Greatest value" });
  draw() {
    const e = this.session.chosen;
    if (!e) return;
    const r = this.session.steps(e), a = this.session.isRemoved(e) ? "Removed. " : r.length ? `Edited ${r.length === 1 ? "once" : `${r.length} times`}. ` : "";
    this.facts.textContent = `${a}Importance ${Z(this.session.score(e))}. ${this.session.obstacle(e)}`, this.editor.setPreview(null), this.drawTools(e), this.drawCandidates(e);
  }
  button(e, r, a = "", n = !1) {
    return T("button", { type: "button", title: a, disabled: n, click: r }, e);
  }
  keep(e, r) {
    this.session.commit(e), this.say(`${r}. ${ke(this.session)}`);
  }
  drawTools(e) {
    const { y: r } = this.session.curve(e), a = !!this.session.obstacle(e), n = this.session.network.layers[e[0]].products.has(e[2]);
    this.low.value = String(Number(Math.min(...r).toPrecision(3))), this.high.value = String(Number(Math.max(...r).toPrecision(3)));
    const s = () => {
      const [i, o] = [Number(this.low.value), Number(this.high.value)];
      i <= o ? this.keep({ do: "clip", edge: e, low: i, high: o }, "Clipped") : this.say("The least value is above the greatest.");
    };
    this.tools.replaceChildren(
      T(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([e]), "Removed"), "Takes the edge away; its mean stays", n),
        this.button("Make increasing", () => this.monotonise(e, 1), "The nearest increasing curve", a),
        this.button("Make decreasing", () => this.monotonise(e, -1), "The nearest decreasing curve", a)
      ),
      T("div", { class: "row clip" }, T("span", {}, "Clip to"), this.low, T("span", {}, "…"), this.high, this.button("Clip", s, "", a))
    );
  }
  /** The nearest monotone curve, where rows count. */
  monotonise(e, r) {
    const a = this.session.rows.levels[e[0]][e[1]], n = [...at(a, Fr)], { y: s } = this.session.curve(e, !0, Float64Array.from(n)), i = n.map(() => 0.1);
    for (const h of a) i[Math.round((h - n[0]) / (n[Fr - 1] - n[0]) * (Fr - 1))]++;
    const o = xo(s.map((h) => r * h), i).map((h) => r * h), l = r > 0 ? "increasing" : "decreasing";
    this.keep({ do: "redraw", edge: e, x: n, y: o, by: l }, `Made ${l}`);
  }
  drawCandidates(e) {
    if (clearTimeout(this.waiting), this.session.obstacle(e)) return this.candidates.replaceChildren();
    this.waiting = setTimeout(() => this.findCandidates(e), 30);
  }
  findCandidates(e) {
    const { x: r, y: a } = this.session.cloud(e), n = this.session.suggest(r, a), s = Math.max(...n.map((o) => o.r2)), i = n.map((o) => this.candidateRow(e, o, o.r2 >= s - 1e-4));
    this.candidates.replaceChildren(T("h3", {}, "Functions that fit this curve, simple ones first"), T("ul", {}, ...i));
  }
  candidateRow(e, r, a) {
    const { name: n, a: s, b: i, c: o, d: l } = r, h = { do: "fix", edge: e, function: n, a: s, b: i, c: o, d: l }, d = this.session.costWith(h), p = () => this.editor.setPreview(h), v = () => this.editor.setPreview(null), y = T("button", { type: "button", "aria-label": `Fix ${n}`, click: () => this.keep(h, `Fixed ${n}`), focus: p, blur: v }, "Fix"), w = d.shown.at(-1), k = q4(n, s, i, o, l).replace(/\\(left|right)(?=[()])/g, "");
    return T(
      "li",
      { class: a ? "best" : "", pointerenter: p, pointerleave: v },
      y,
      T("div", {}, Fi(k), T("p", { class: "soft" }, `R² of the fit ${Bs(r.r2)}, ${w.name} with it ${w.value}`))
    );
  }
}
const P4 = (t) => t <= 40 ? 46 : t <= 150 ? 38 : 30, G4 = [0.5, 0.4, 0.6, 0.31, 0.69, 0.22, 0.78];
function U4(t, e, r) {
  return t.map((a, n) => {
    const s = Math.min(r / a, 150), i = n / (t.length - 1) * e;
    return Array.from({ length: a }, (o, l) => ({ x: i, y: r / 2 + (l - (a - 1) / 2) * s }));
  });
}
function Fa(t, e, r) {
  const a = 1 - r, n = (t.x + e.x) / 2;
  return { x: a ** 3 * t.x + 3 * a * a * r * n + 3 * a * r * r * n + r ** 3 * e.x, y: (a ** 3 + 3 * a * a * r) * t.y + (3 * a * r * r + r ** 3) * e.y };
}
function V4(t, e, r, a, n) {
  const s = /* @__PURE__ */ new Map(), i = (d) => [Math.floor(d.x / r), Math.floor(d.y / r)], o = (d) => {
    const p = i(d).join();
    s.set(p, [...s.get(p) ?? [], d]);
  }, l = (d, p) => {
    const [v, y] = i(d);
    for (let w = v - 1; w <= v + 1; w++)
      for (let k = y - 1; k <= y + 1; k++)
        for (const M of s.get(`${w},${k}`) ?? [])
          if (Math.abs(M.x - d.x) < p && Math.abs(M.y - d.y) < p) return !1;
    return !0;
  };
  e.forEach(o);
  const h = [];
  for (const { edge: d, a: p, b: v } of t) {
    if (h.length >= a) break;
    const y = G4.map((w) => Fa(p, v, w)).find((w) => n(w) && l(w, r * 0.98));
    y && (o(y), h.push({ ...y, edge: d, size: r - 4 }));
  }
  return h;
}
function W4(t, e, r) {
  if (t.x < e.x - 4 || t.x > r.x + 4) return 1 / 0;
  let a = 1 / 0, n = e;
  for (let s = 1; s <= 16; s++) {
    const i = Fa(e, r, s / 16), [o, l] = [i.x - n.x, i.y - n.y], h = Math.min(1, Math.max(0, ((t.x - n.x) * o + (t.y - n.y) * l) / (o * o + l * l)));
    a = Math.min(a, Math.hypot(t.x - n.x - h * o, t.y - n.y - h * l)), n = i;
  }
  return a;
}
const ls = { edges: 600, thumbs: 220 }, j4 = { edges: 220, thumbs: 80 }, X4 = 160, Y4 = 33, [K4, Z4] = [0.5, 24];
class J4 {
  constructor(e) {
    this.session = e, this.canvas = T("canvas", {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-label": "The network. Arrow up and down go from edge to edge by importance, plus and minus zoom, 0 shows all."
    }), this.strongest = e.ranked().reverse(), this.top = e.scores.map((r) => r.reduce((a, n) => Math.max(a, n), 0) || 1), this.draw = rt(() => this.paint()), this.refreshCurves(), this.listen(), new ResizeObserver(() => this.draw()).observe(this.canvas), Rs(() => this.draw());
  }
  session;
  canvas;
  view = { scale: 1, left: 0, top: 0 };
  nodes = [];
  thumbs = [];
  curves = [];
  signals = [];
  loudest = [];
  thinness = 1;
  movingUntil = 0;
  strongest;
  top;
  hovered = null;
  flow = 0;
  flowing = 0;
  mode = "signal";
  onHover = () => {
  };
  onChoose = () => {
  };
  draw;
  /** Computes all small curves anew. */
  refreshCurves() {
    this.curves = this.session.network.layers.map((e, r) => this.session.curves(r, Y4)), this.refreshSignals();
  }
  /** Computes and draws one small curve anew, while it is dragged; all else waits until it ends. */
  refreshCurve(e) {
    const r = this.session.place(e), { x: a } = this.curves[e[0]][r];
    this.curves[e[0]][r] = this.session.curve(e, !0, Float64Array.from(a));
    const n = this.thumbs.find((i) => String(i.edge) === String(e)), s = this.canvas.getContext("2d");
    n && s && this.paintThumb(s, n);
  }
  /** Draws less for a moment, and all of it when the view has come to rest. */
  move() {
    const e = this.movingUntil < performance.now();
    this.movingUntil = performance.now() + X4, this.draw(), e && this.waitForRest();
  }
  waitForRest() {
    const e = this.movingUntil - performance.now();
    setTimeout(() => this.movingUntil > performance.now() ? this.waitForRest() : this.draw(), e + 5);
  }
  refreshSignals() {
    this.signals = this.session.network.layers.map((e, r) => this.session.signals(r)), this.loudest = this.signals.map((e) => e.reduce((r, a) => Math.max(r, Math.abs(a)), 1e-12)), this.draw();
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
    const { clientWidth: e, clientHeight: r } = this.canvas, a = e < 480 ? 74 : 130;
    return { left: a, right: a, top: 26, width: e, height: r };
  }
  arrange() {
    const e = this.frame(), r = [Math.max(e.width - e.left - e.right, 60), Math.max(e.height - 2 * e.top, 60)], { scale: a, left: n, top: s } = this.view;
    this.nodes = U4(this.session.network.widths, r[0], r[1]).map(
      (i) => i.map((o) => ({ x: (e.left + o.x) * a + n, y: (e.top + o.y) * a + s }))
    );
  }
  ends([e, r, a]) {
    return [this.nodes[e][r], this.nodes[e + 1][a]];
  }
  isInside(e) {
    const { clientWidth: r, clientHeight: a } = this.canvas;
    return e.x > 0 && e.x < r && e.y > 0 && e.y < a;
  }
  isSeen(e) {
    const [r, a] = this.ends(e), { clientWidth: n, clientHeight: s } = this.canvas;
    return a.x > 0 && r.x < n && Math.max(r.y, a.y) > 0 && Math.min(r.y, a.y) < s;
  }
  // Drawing.
  paint() {
    if (!this.canvas.clientWidth) return;
    const { context: e } = Is(this.canvas);
    this.arrange();
    const r = performance.now() < this.movingUntil ? j4 : ls, a = this.strongest.filter((n) => this.isSeen(n)).slice(0, r.edges);
    this.thinness = Math.min(1, Math.sqrt(200 / Math.max(a.length, 1)));
    for (const n of [...a].reverse()) this.paintEdge(e, n);
    for (const n of [this.session.chosen, this.hovered && "edge" in this.hovered ? this.hovered.edge : null])
      n && this.paintEdge(e, n, !0);
    this.paintThumbs(e, a, r.thumbs), this.paintNodes(e);
  }
  paintEdge(e, r, a = !1) {
    const [n, s] = this.ends(r), i = Math.sqrt(this.session.score(r) / this.top[r[0]]), o = this.session.isRemoved(r), l = (n.x + s.x) / 2;
    e.beginPath(), e.moveTo(n.x, n.y), e.bezierCurveTo(l, n.y, l, s.y, s.x, s.y), e.lineWidth = a ? 2 + 2.5 * i : 0.6 + 3 * i, e.globalAlpha = a ? 1 : o ? 0.25 : (0.08 + 0.6 * this.visibility(r, i)) * this.thinness, e.strokeStyle = a ? this.ink("accent") : o ? this.ink("line") : this.edgeColour(r), e.setLineDash(o ? [2, 5] : this.flowing > performance.now() ? [8, 6] : []), e.lineDashOffset = this.flow, e.stroke(), e.setLineDash([]), e.globalAlpha = 1;
  }
  visibility(e, r) {
    if (this.mode === "importance") return r;
    const a = Math.abs(this.signals[e[0]][this.session.place(e)]);
    return 0.25 * r + 0.75 * Math.sqrt(a / this.loudest[e[0]]);
  }
  edgeColour(e) {
    return this.mode === "importance" ? this.ink("ink") : this.ink(this.signals[e[0]][this.session.place(e)] < 0 ? "orange" : "blue");
  }
  ink(e) {
    return qs(this.canvas, e);
  }
  paintThumbs(e, r, a) {
    const n = Math.min(Math.max(Math.sqrt(this.view.scale), 0.8), 2), s = this.canvas.clientWidth < 480 ? 0.7 : 1, i = P4(this.strongest.length) * n * s, o = r.filter((h) => !this.session.isRemoved(h)).map((h) => ({ edge: h, a: this.ends(h)[0], b: this.ends(h)[1] })), l = (h) => this.isInside(h);
    this.thumbs = V4(o, this.nodes.flat().filter(l), i, a, l);
    for (const h of this.thumbs) this.paintThumb(e, h);
  }
  paintThumb(e, { x: r, y: a, size: n, edge: s }) {
    const i = this.curves[s[0]][this.session.place(s)], o = this.isMarked(s), l = this.session.steps(s).length > 0, h = n / 2;
    e.fillStyle = this.ink("back"), e.strokeStyle = this.ink(o ? "accent" : l ? "good" : "line"), e.lineWidth = o || l ? 1.6 : 1, e.beginPath(), e.roundRect(r - h, a - h, n, n, 4), e.fill(), e.stroke();
    const d = [Or(i.x), Or(i.y)], p = (v, y) => [
      r - h + 3 + (v - d[0][0]) / d[0][1] * (n - 6),
      a + h - 4 - (y - d[1][0]) / d[1][1] * (n - 8)
    ];
    e.beginPath(), i.x.forEach((v, y) => e.lineTo(...p(v, i.y[y]))), e.strokeStyle = this.mode === "signal" ? this.edgeColour(s) : this.ink("ink"), e.lineWidth = 1.4, e.stroke(), this.paintPoint(e, s, i, p);
  }
  /** Where on the curve the sliders' point is. */
  paintPoint(e, r, a, n) {
    if (this.session.network.layers[r[0]].mixes) return;
    const [i, o] = Or(a.x), l = this.session.pointLevels[r[0]][r[1]][0];
    if (l < i || l > i + o) return;
    const h = (l - i) / o * (a.x.length - 1), d = Math.min(Math.floor(h), a.x.length - 2), p = a.y[d] + (h - d) * (a.y[d + 1] - a.y[d]);
    e.fillStyle = this.ink("accent"), e.beginPath(), e.arc(...n(l, p), 2.2, 0, 2 * Math.PI), e.fill();
  }
  isMarked(e) {
    const r = this.hovered && "edge" in this.hovered ? this.hovered.edge : null;
    return String(e) === String(this.session.chosen) || String(e) === String(r);
  }
  paintNodes(e) {
    const r = this.nodes.length - 1, a = this.canvas.clientWidth < 480 ? 7 : 16;
    e.textBaseline = "middle", this.nodes.forEach((n, s) => {
      const i = n.length > 1 ? Math.abs(n[1].y - n[0].y) : 99, o = Math.min(6, Math.max(1.5, i / 3));
      e.font = `${Math.min(13, Math.max(7, i - 1))}px system-ui, sans-serif`, n.forEach((l, h) => {
        if (e.beginPath(), e.arc(l.x, l.y, o, 0, 2 * Math.PI), e.fillStyle = this.isNodeMarked(s, h) ? this.ink("accent") : this.ink("ink"), e.fill(), !(i < 7)) {
          if (s > 0 && s < r) {
            e.textAlign = "center", i > 24 && e.fillText(Ae(this.session, s, h), l.x, l.y - o - 8);
            return;
          }
          e.textAlign = s ? "left" : "right", e.fillText(jr(Ae(this.session, s, h), a), l.x + (s ? 1 : -1) * (o + 5), l.y);
        }
      });
    });
  }
  isNodeMarked(e, r) {
    return this.hovered !== null && "node" in this.hovered && String(this.hovered.node) === String([e, r]);
  }
  // Pointer and keys.
  find(e) {
    for (const a of this.thumbs)
      if (Math.max(Math.abs(a.x - e.x), Math.abs(a.y - e.y)) <= a.size / 2 + 1) return { edge: a.edge };
    for (let a = 0; a < this.nodes.length; a++) {
      const n = this.nodes[a].findIndex((s) => Math.hypot(s.x - e.x, s.y - e.y) < 9);
      if (n >= 0) return { node: [a, n] };
    }
    let r = null;
    for (const a of this.strongest.slice(0, ls.edges)) {
      const [n, s] = this.ends(a), i = W4(e, n, s);
      i < 5 && (!r || i < r.gap - 0.5) && (r = { edge: a, gap: i });
    }
    return r && { edge: r.edge };
  }
  zoom(e, r = this.canvas.clientWidth / 2, a = this.canvas.clientHeight / 2) {
    const n = Math.min(Z4, Math.max(K4, this.view.scale * e)), s = n / this.view.scale;
    this.view = { scale: n, left: r - s * (r - this.view.left), top: a - s * (a - this.view.top) }, this.move();
  }
  fit() {
    this.view = { scale: 1, left: 0, top: 0 }, this.draw();
  }
  hover(e, r = 0, a = 0) {
    JSON.stringify(e) !== JSON.stringify(this.hovered) && this.draw(), this.hovered = e, this.canvas.style.cursor = e && "edge" in e ? "pointer" : "grab", this.onHover(e, r, a);
  }
  listen() {
    const e = /* @__PURE__ */ new Map();
    let r = 0;
    const a = (i) => {
      const o = this.canvas.getBoundingClientRect();
      return { x: i.clientX - o.left, y: i.clientY - o.top };
    }, n = rt((i) => e.size || this.hover(this.find(i), i.x, i.y));
    this.canvas.addEventListener("pointerdown", (i) => {
      this.canvas.setPointerCapture(i.pointerId), e.set(i.pointerId, a(i)), r = e.size > 1 ? 99 : 0;
    }), this.canvas.addEventListener("pointermove", (i) => {
      const o = a(i), l = e.get(i.pointerId);
      if (!l) return n(o);
      const h = [...e].filter(([d]) => d !== i.pointerId).map(([, d]) => d);
      if (h.length) {
        const [d, p] = [l, o].map((v) => Math.hypot(v.x - h[0].x, v.y - h[0].y));
        this.zoom(p / Math.max(d, 1), (o.x + h[0].x) / 2, (o.y + h[0].y) / 2);
      } else
        r += Math.hypot(o.x - l.x, o.y - l.y), r > 3 && (this.view = { ...this.view, left: this.view.left + o.x - l.x, top: this.view.top + o.y - l.y }), this.move();
      e.set(i.pointerId, o);
    });
    const s = (i) => {
      const o = a(i);
      if (e.delete(i.pointerId) && r <= 3 && i.type === "pointerup") {
        const l = this.find(o);
        l && "edge" in l ? this.onChoose(l.edge) : this.hover(l, o.x, o.y);
      }
    };
    this.canvas.addEventListener("pointerup", s), this.canvas.addEventListener("pointercancel", s), this.canvas.addEventListener("pointerleave", () => this.hover(null)), this.canvas.addEventListener(
      "wheel",
      (i) => {
        if (!i.ctrlKey && document.activeElement !== this.canvas) return;
        i.preventDefault();
        const o = a(i);
        this.zoom(Math.exp(-i.deltaY * (i.ctrlKey ? 0.01 : 15e-4)), o.x, o.y);
      },
      { passive: !1 }
    ), this.canvas.addEventListener("keydown", (i) => this.press(i));
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
    const r = this.strongest.findIndex((n) => String(n) === String(this.session.chosen)), a = r < 0 ? 0 : (r + e + this.strongest.length) % this.strongest.length;
    this.onChoose(this.strongest[a]);
  }
  /** An edge in words, for those who don't see it. */
  describe(e) {
    return `${Jt(this.session, e)}, importance ${Z(this.session.score(e))}`;
  }
  /** Where on the page's canvas an edge's small curve or its middle is. */
  spotOf(e) {
    return this.thumbs.find((a) => String(a.edge) === String(e)) ?? Fa(...this.ends(e), 0.5);
  }
  nodeAt(e, r) {
    return this.nodes[e][r];
  }
}
function Or(t) {
  let [e, r] = [1 / 0, -1 / 0];
  for (const a of t)
    a < e && (e = a), a > r && (r = a);
  return r > e ? [e, r - e] : [e - 0.5, 1];
}
const cr = (t, e, ...r) => T("section", { class: `panel ${t}`, "aria-label": e }, T("h2", {}, e), ...r);
function Q4(t) {
  const { payload: e } = t, r = e.output_names.map(() => T("output", {})), a = () => {
    const l = t.pointLevels.at(-1);
    r.forEach((h, d) => h.textContent = Z(t.outputUnits(d, l[d][0]), 4));
  }, n = e.input_names.map((l, h) => {
    const { out: d } = t.network.layers[0];
    return t.scores[0].slice(h * d, (h + 1) * d).reduce((p, v) => p + v, 0);
  }), i = e.input_names.map((l, h) => h).sort((l, h) => n[h] - n[l]).map((l) => _4(t, l));
  t.listen(a), a();
  const o = T("ul", { class: "answers" }, ...e.output_names.map((l, h) => T("li", {}, T("span", { class: "name" }, l), r[h])));
  return cr("point", "Inputs and outputs", o, T("div", { class: "sliders" }, ...i));
}
function _4(t, e) {
  const r = t.rows.levels[0][e], [a, n] = [r.reduce((h, d) => Math.min(h, d)), r.reduce((h, d) => Math.max(h, d))], s = (h) => {
    const [d, p] = t.payload.input_scaling[e];
    return d * h + p;
  }, i = T("output", {}, Z(s(t.point[e]))), o = rt((h) => t.setPoint(e, h)), l = T("input", {
    type: "range",
    min: 0,
    max: 1e3,
    step: 1,
    value: n > a ? Math.round((t.point[e] - a) / (n - a) * 1e3) : 500,
    disabled: !(n > a),
    "aria-valuetext": Z(s(t.point[e])),
    input: () => {
      const h = a + Number(l.value) / 1e3 * (n - a);
      i.textContent = Z(s(h)), l.setAttribute("aria-valuetext", i.textContent), o(h);
    }
  });
  return T("label", { class: "slider" }, T("span", { class: "name" }, t.payload.input_names[e]), l, i);
}
function eu(t, e) {
  const r = t.ranked().filter((p) => !t.network.layers[p[0]].products.has(p[2])), a = r.length, n = T("p", { class: "soft" }), s = T("div", { class: "costs" }), i = (p) => t.removal(r.slice(0, a - p), "threshold"), o = (p) => {
    const v = p > 0 && p < a ? `The ${p} most important of ${a} edges` : `${p} of ${a} edges`;
    n.textContent = `${v}. ${ke(t)}.`, d(p);
  }, l = T("input", {
    type: "range",
    min: 0,
    max: a,
    value: a,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => t.attemptSoon(() => i(Number(l.value)), t.lastThreshold !== null),
    change: () => {
      const p = Number(l.value);
      t.lastThreshold !== null ? t.exchangeLast(p === a ? null : i(p)) : p === a ? t.attempt(null) : t.commit(i(p)), e(n.textContent ?? "");
    }
  }), { draw: h, mark: d } = tu(t, s, a, i);
  return t.listen((p) => {
    if (p === "trial" && o(Number(l.value)), p !== "edits") return;
    const v = t.lastThreshold, y = v?.do === "remove" ? a - v.edges.length : a;
    l.value = String(y), o(y), h();
  }), o(a), h(), cr("pruning", "Fewer edges", T("label", { class: "wide" }, T("span", {}, "Edges that stay"), l), n, s);
}
function tu(t, e, r, a) {
  const n = Math.min(r, 24), [s, i, o, l] = [320, 96, 44, 16];
  let h = [], d = r, p = 0;
  const v = (A) => Math.round(A / n * r), y = (A) => o + A / Math.max(r, 1) * (s - o - 8), w = () => {
    const A = Math.max(...h, 1e-12), E = (O) => i - l - O / A * (i - l - 10), R = h.map((O, F) => `${F ? "L" : "M"}${y(v(F)).toFixed(1)},${E(O).toFixed(1)}`).join(""), { now: I } = t.cost();
    e.replaceChildren(
      t0(
        "svg",
        { viewBox: `0 0 ${s} ${i}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        t0("text", { x: o - 5, y: 14, "text-anchor": "end" }, Z(A)),
        t0("text", { x: o - 5, y: i - l, "text-anchor": "end" }, "0"),
        t0("text", { x: o, y: i - 2 }, "0"),
        t0("text", { x: s - 8, y: i - 2, "text-anchor": "end" }, `${r} edges`),
        t0("line", { class: "base", x1: o, x2: s - 8, y1: i - l, y2: i - l }),
        t0("path", { class: "curve", d: R }),
        t0("circle", { class: "mark", cx: y(d), cy: E(Math.min(I.loss, A)), r: 4 })
      )
    );
  };
  return { draw: () => {
    const A = ++p, E = [], R = () => {
      if (A !== p) return;
      const I = performance.now() + 12;
      for (; E.length <= n && performance.now() < I; ) E.push(t.costWith(a(v(E.length))).loss);
      if (E.length <= n) return void setTimeout(R, 8);
      h = E, w();
    };
    setTimeout(R, 30);
  }, mark: (A) => {
    d = A, h.length && w();
  } };
}
function ru(t) {
  const e = T("div", { class: "lines", tabindex: 0, role: "group", "aria-label": "Formulas" }), r = T("p", { class: "soft" }), a = () => {
    const n = $4(t);
    e.replaceChildren(...n.lines.map(({ left: s, right: i }) => T("div", { class: "line" }, Fi(`${s} = ${i}`, !0)))), r.textContent = n.named ? "Every edge is a function with a name." : "φ are curves that have no name yet: choose an edge and fix a function on it.";
  };
  return t.listen((n) => n === "edits" && a()), a(), cr("formulas", "Formula", e, r);
}
function au(t, e) {
  const r = T("ol", { class: "edits" }), a = T("textarea", { rows: 4, spellcheck: "false", "aria-label": "Log as JSON" }), n = () => {
    r.replaceChildren(...t.edits.map((l) => T("li", {}, su(t, l)))), a.value = JSON.stringify(t.log());
  }, s = (l, h) => T("button", { type: "button", click: h }, l), i = async () => {
    try {
      await navigator.clipboard.writeText(a.value), e("Log copied.");
    } catch {
      a.select(), e("Press Ctrl+C to copy the log.");
    }
  }, o = () => {
    try {
      t.load(a.value), e(`${t.edits.length} edits loaded.`);
    } catch (l) {
      e(l.message);
    }
  };
  return t.listen((l) => l === "edits" && n()), n(), cr(
    "log",
    "Edits",
    r,
    a,
    T("div", { class: "row" }, s("Copy", () => {
      i();
    }), s("Download", () => nu(a.value)), s("Load this text", o)),
    T("p", { class: "soft" }, "In Python: ", T("code", {}, "ew.explorer.apply_edits(model, log)"), " makes the same network.")
  );
}
function nu(t) {
  const e = T("a", { href: URL.createObjectURL(new Blob([t], { type: "application/json" })), download: "edits.json" });
  e.click(), setTimeout(() => URL.revokeObjectURL(e.href), 1e3);
}
function su(t, e) {
  const r = (a) => Jt(t, a);
  switch (e.do) {
    case "remove":
      return e.edges.length === 1 ? `Removed ${r(e.edges[0])}` : `Removed ${e.edges.length} edges`;
    case "fix":
      return `Fixed ${r(e.edge)} as ${typeof e.function == "string" ? e.function : "a formula"}`;
    case "redraw":
      return `${e.by ? `Made ${r(e.edge)} ${e.by}` : `Redrew ${r(e.edge)}`}`;
    case "bend": {
      const a = e.y.reduce((n, s, i) => Math.abs(s) > Math.abs(e.y[n]) ? i : n, 0);
      return `Bent ${r(e.edge)} by ${Z(e.y[a])} at ${Z(t.toUnits(e.edge[0], e.edge[1], e.x[a]))}`;
    }
    case "clip":
      return `Clipped ${r(e.edge)} to ${Z(e.low)} … ${Z(e.high)}`;
  }
}
const fe = { right: 10, top: 26, bottom: 34 };
function iu(t) {
  const { payload: e } = t, r = T("canvas", { class: "scatter", role: "img", "aria-label": "Predictions against what was observed" }), a = T("canvas", { class: "scatter", role: "img", "aria-label": "Residuals" }), n = (h, d) => {
    const p = T("select", { "aria-label": h, change: () => o() });
    return p.append(...d.map((v, y) => T("option", { value: y }, v))), p;
  }, s = n("Output", e.output_names), i = n("Residuals against", ["predictions", ...e.input_names]), o = rt(() => {
    const h = Number(s.value);
    us(r, ou(t, h)), us(a, lu(t, h, Number(i.value) - 1));
  });
  t.listen((h) => h !== "point" && h !== "choice" && o());
  for (const h of [r, a]) new ResizeObserver(o).observe(h);
  Rs(o);
  const l = e.output_names.length > 1 ? [T("label", {}, "Output ", s)] : [];
  return T(
    "section",
    { class: "panel residuals", "aria-label": "Residuals" },
    T("h2", {}, t.y ? "Residuals" : "Change of the outputs"),
    T("div", { class: "row" }, ...l, T("label", {}, "Residuals against ", i)),
    T("div", { class: "pair" }, r, a)
  );
}
function Pi(t, e) {
  const r = t.rows.index, a = t.targets(r);
  if (a && t.payload.classes) return { values: a[0].map((s) => +(s === e)), name: "is the class" };
  const n = (s) => s.map((i) => t.outputUnits(e, i));
  return a ? { values: n(a[e]), name: "observed" } : { values: n(t.outputsBefore()[e]), name: "before" };
}
function Gi(t, e) {
  const { outputs: r } = t;
  return t.payload.classes ? r[e].map((a, n) => {
    const s = Math.max(...r.map((o) => o[n])), i = r.reduce((o, l) => o + Math.exp(l[n] - s), 0);
    return Math.exp(r[e][n] - s) / i;
  }) : r[e].map((a) => t.outputUnits(e, a));
}
function ou(t, e) {
  const { values: r, name: a } = Pi(t, e);
  return { x: [...Gi(t, e)], y: [...r], xTitle: "predicted", yTitle: a, line: "diagonal" };
}
function lu(t, e, r) {
  const { values: a } = Pi(t, e), n = Gi(t, e), s = [...a].map((h, d) => h - n[d]);
  if (r < 0) return { x: [...n], y: s, xTitle: "predicted", yTitle: "residual", line: "zero" };
  const [i, o] = t.payload.input_scaling[r];
  return { x: [...t.rows.levels[0][r]].map((h) => i * h + o), y: s, xTitle: t.payload.input_names[r], yTitle: "residual", line: "zero" };
}
function us(t, e) {
  if (!t.clientWidth) return;
  const { context: r, width: a, height: n } = Is(t), s = (y) => qs(t, y), i = (y) => [Math.min(...y), Math.max(...y)], o = e.line === "zero" ? [...e.y, 0] : e.y;
  r.font = "11px system-ui, sans-serif";
  const l = tt(i(o), [n - fe.bottom, fe.top]).nice(), h = 14 + Math.max(...l.ticks(5).map((y) => r.measureText(Z(y)).width)), d = tt(i(e.x), [h, a - fe.right]).nice();
  r.strokeStyle = s("line"), r.fillStyle = s("soft"), r.textBaseline = "middle", r.textAlign = "right";
  for (const y of l.ticks(5))
    r.beginPath(), r.moveTo(h, l(y)), r.lineTo(a - fe.right, l(y)), r.stroke(), r.fillText(Z(y), h - 5, l(y));
  r.textAlign = "center";
  for (const y of d.ticks(Math.max(2, Math.floor(a / 90)))) r.fillText(Z(y), d(y), n - fe.bottom + 11);
  r.textAlign = "right", r.fillText(e.xTitle.slice(0, 40), a - fe.right, n - 8), r.textAlign = "left", r.fillText(e.yTitle, h, 9), r.globalAlpha = 0.55, r.fillStyle = s("blue");
  for (let y = 0; y < e.x.length; y++) r.fillRect(d(e.x[y]) - 1.5, l(e.y[y]) - 1.5, 3, 3);
  r.globalAlpha = 1, r.strokeStyle = s("orange"), r.lineWidth = 1.4, r.beginPath();
  const [p, v] = [Math.max(d.domain()[0], l.domain()[0]), Math.min(d.domain()[1], l.domain()[1])];
  e.line === "zero" ? (r.moveTo(h, l(0)), r.lineTo(a - fe.right, l(0))) : v > p && (r.moveTo(d(p), l(p)), r.lineTo(d(v), l(v))), r.stroke();
}
function C0(t) {
  const e = Uint8Array.from(atob(t.data), (n) => n.charCodeAt(0)), r = new DataView(e.buffer), a = new Float64Array(e.length / 8);
  for (let n = 0; n < a.length; n++) a[n] = r.getFloat64(8 * n, !0);
  return { shape: t.shape, data: a };
}
function hs(t) {
  const [e, r] = t.shape;
  return Array.from(
    { length: r },
    (a, n) => Float64Array.from({ length: e }, (s, i) => t.data[i * r + n])
  );
}
class uu {
  /** how many functions there are */
  count;
  ends;
  coef;
  powers;
  constructor(e) {
    const r = C0(e.coef);
    this.ends = C0(e.ends).data, this.coef = r.data, [, this.powers, this.count] = r.shape;
  }
  /** Each function of some numbers; beyond the cells the first and the last polynomials go on. */
  evaluate(e) {
    const { count: r, coef: a, powers: n } = this, s = Array.from({ length: r }, () => new Float64Array(e.length));
    for (let i = 0; i < e.length; i++) {
      const o = this.cellOf(e[i]), [l, h] = [this.ends[o], this.ends[o + 1]], d = (e[i] - (l + h) / 2) / ((h - l) / 2), p = o * n * r;
      for (let v = 0; v < r; v++) {
        let y = 0;
        for (let w = n - 1; w >= 0; w--) y = y * d + a[p + w * r + v];
        s[v][i] = y;
      }
    }
    return s;
  }
  cellOf(e) {
    let r = 0;
    for (let a = this.ends.length - 1; a - r > 1; ) {
      const n = r + a >> 1;
      e >= this.ends[n] ? r = n : a = n;
    }
    return r;
  }
}
const hu = 1e-5, cu = ["remove", "fix", "redraw"];
function Ct(t, e) {
  const r = e.map(() => /* @__PURE__ */ new Map());
  for (const a of t)
    $s(a).forEach(([n, s, i], o) => {
      const l = s * e[n].out + i, h = r[n].get(l) ?? [];
      r[n].set(l, [...h, { edit: a, position: o }]);
    });
  return r;
}
const mu = (t) => t / (1 + Math.exp(-t));
function Ui(t, e) {
  const r = t[0].length, a = t.map(() => new Float64Array(r));
  for (let n = 0; n < r; n++) {
    let s = 0;
    for (const l of t) s += l[n];
    s /= t.length;
    let i = 0;
    for (const l of t) i += (l[n] - s) ** 2;
    const o = 1 / Math.sqrt(i / t.length + e);
    for (let l = 0; l < t.length; l++) a[l][n] = (t[l][n] - s) * o;
  }
  return a;
}
function du(t) {
  let [e, r] = [1 / 0, -1 / 0];
  for (const n of t)
    for (const s of n)
      s < e && (e = s), s > r && (r = s);
  const a = r > e ? r - e : 1;
  return t.map((n) => n.map((s) => 2 * (s - e) / a - 1));
}
const Vi = (t, e, [r, a]) => t.map((n) => r.data[e] * n + a.data[e]);
class fu {
  constructor(e, r, a) {
    this.payload = e, this.out = r;
    const { functions: n, activation: s, norm: i } = e;
    this.functions = n.map((o) => a[o]), this.activation = s === null ? null : a[s], this.each = i && i.each !== null ? a[i.each] : null, this.affine = i?.affine?.map(C0) ?? null, this.coef = C0(e.coef), this.base = e.base && C0(e.base), this.bias = e.bias && C0(e.bias).data, this.size = this.coef.shape[1];
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
    let a = e;
    return r?.statistics_of === "row" && (a = Ui(e, r.eps)), r?.statistics_of === "batch" && (a = du(e)), a.map((n, s) => this.normalisedAlone(n, s));
  }
  /** The step of the normalisation that doesn't mix an input with others. */
  normalisedAlone(e, r) {
    return this.each ? this.each.evaluate(e)[0] : this.affine ? Vi(e, r, this.affine) : e;
  }
  /** "LayerNorm", if an axis has to say so. */
  get title() {
    return this.payload.norm?.title ?? "";
  }
  features(e) {
    return this.normalised(e).map((r, a) => this.featuresAt(a, e[a], r));
  }
  /** The features of one input, where the normalisation doesn't mix it with others. */
  featuresOf(e, r) {
    return this.featuresAt(e, r, this.normalisedAlone(r, e));
  }
  /** Of x and z = n(x), of which the base activation sees one. */
  featuresAt(e, r, a) {
    const n = this.functions[e].evaluate(a);
    return this.activation ? [...n, ...this.activation.evaluate(this.payload.norm?.feeds_base ? a : r)] : n;
  }
  /** The coefficient of a feature of an edge. */
  weight(e, r, a) {
    return r < this.size ? this.coef.data[(e * this.size + r) * this.out + a] : this.base.data[e * this.out + a];
  }
}
class pu {
  in;
  out;
  mixes;
  exists;
  products;
  named = /* @__PURE__ */ new Map();
  curves;
  known = /* @__PURE__ */ new WeakMap();
  bias;
  post;
  constructor(e, r) {
    this.in = e.in, this.out = e.out, this.mixes = e.mixes, this.exists = e.exists.map(Boolean), this.curves = e.numeric && new fu(e.numeric, e.out, r), this.products = new Set(e.symbolic?.products ?? []);
    for (const s of e.symbolic?.edges ?? []) this.named.set(s.i * this.out + s.o, s);
    const a = e.symbolic && C0(e.symbolic.bias).data, n = this.curves?.bias;
    this.bias = Float64Array.from({ length: this.out }, (s, i) => (a?.[i] ?? 0) + (n?.[i] ?? 0)), this.post = e.post?.map(C0) ?? null;
  }
  get hasPost() {
    return this.post !== null;
  }
  get normTitle() {
    return this.curves?.title ?? "";
  }
  biasOf(e) {
    return this.bias[e];
  }
  /** What an edge is drawn over: its input, or its normalised input where that mixes the features. */
  axis(e) {
    return this.mixes && this.curves ? this.curves.normalised(e) : e;
  }
  /** Kept as long as the inputs are: they mostly stay what they are when an edge changes. */
  features(e) {
    const r = this.known.get(e);
    if (r) return r;
    const a = this.curves?.features(e) ?? [];
    return this.known.set(e, a), a;
  }
  /** An edge at points of its input, after its edits; for layers that don't mix their inputs. */
  edgeAt(e, r, a) {
    const n = Math.floor(e / this.out), s = [];
    s[n] = r;
    const i = [];
    return i[n] = this.curves?.featuresOf(n, r) ?? [], this.editedValues(e, s, i, a);
  }
  /** What an edge adds before any edit. */
  edgeValues(e, r, a) {
    const n = Math.floor(e / this.out), s = e % this.out, i = new Float64Array(r[n].length);
    this.curves && this.exists[e] && this.addCurve(n, s, a[n], i);
    const o = this.named.get(e);
    if (o) {
      const l = Zt(o.function), [h, d, p, v] = o.numbers, y = this.products.has(s) ? v : 0;
      for (let w = 0; w < i.length; w++) i[w] += p * l(h * r[n][w] + d) + y;
    }
    return i;
  }
  addCurve(e, r, a, n) {
    for (let s = 0; s < a.length; s++) {
      const i = this.curves.weight(e, s, r);
      if (i === 0) continue;
      const o = a[s];
      for (let l = 0; l < n.length; l++) n[l] += i * o[l];
    }
  }
  /** An edge after its edits. */
  editedValues(e, r, a, n) {
    const s = r[Math.floor(e / this.out)], i = n ? n.findLastIndex(({ edit: l }) => cu.includes(l.do)) : -1;
    let o = i < 0 ? this.edgeValues(e, r, a) : new Float64Array(s.length);
    for (const l of n?.slice(Math.max(i, 0)) ?? []) o = Fs(l, o, s);
    return o;
  }
  forward(e, r) {
    const a = this.features(e), n = Array.from({ length: this.out }, (s, i) => this.node(i, e, a, r));
    return this.post ? Ui(n, hu).map((s, i) => Vi(s, i, this.post).map(mu)) : n;
  }
  /** The layer again after a change of one node's edges. */
  forwardNode(e, r, a, n) {
    return this.post ? this.forward(r, a) : n.map((s, i) => i === e ? this.node(e, r, this.features(r), a) : s);
  }
  node(e, r, a, n) {
    const s = r[0].length, i = new Float64Array(s).fill(this.bias[e]), o = this.products.has(e) ? new Float64Array(s).fill(1) : null;
    for (let l = 0; l < this.in; l++) {
      const h = l * this.out + e;
      if (!this.exists[h]) continue;
      const d = n.get(h);
      if (!d && !this.named.has(h)) {
        this.addCurve(l, e, a[l], i);
        continue;
      }
      const p = this.editedValues(h, r, a, d);
      for (let v = 0; v < s; v++)
        o ? o[v] *= p[v] : i[v] += p[v];
    }
    if (o) for (let l = 0; l < s; l++) i[l] += o[l];
    return i;
  }
}
class vu {
  layers;
  widths;
  constructor(e) {
    const r = e.tables.map((a) => new uu(a));
    this.layers = e.layers.map((a) => new pu(a, r)), this.widths = e.widths;
  }
  /** What each layer gets, and last the outputs. */
  levels(e, r) {
    const a = [e];
    return this.layers.forEach((n, s) => a.push(n.forward(a[s], r[s]))), a;
  }
  /** The same when one edge alone has changed since `known`. */
  levelsAfter([e, , r], a, n) {
    const s = a.slice(0, e + 1);
    s.push(this.layers[e].forwardNode(r, s[e], n[e], a[e + 1]));
    for (let i = e + 1; i < this.layers.length; i++)
      s.push(this.layers[i].forward(s[i], n[i]));
    return s;
  }
}
const Wi = 16, gu = 160, bu = 100, yu = 4, xu = 40, wu = 1e-4;
function ku(t, e, r = 6) {
  const a = Math.max(1, Math.floor(t.length / gu)), n = Float64Array.from(t.filter((y, w) => w % a === 0)), s = Float64Array.from(e.filter((y, w) => w % a === 0)), [i, o] = [Math.min(...n), Math.max(...n)], l = (i + o) / 2, h = (o - i) / 2 || 1, d = n.map((y) => (y - l) / h), p = Object.entries(Se).filter(([, y]) => !y.alias).map(([y, w]) => {
    const k = Au(w, d, s), M = k.a / h, A = k.b - k.a * l / h;
    return { name: y, a: M, b: A, c: k.c, d: k.d, r2: k.r2, bits: Su(w, k.r2) };
  }), v = Math.max(...s) - Math.min(...s);
  return p.filter((y) => Number.isFinite(y.bits) && Mu(y, v)).sort((y, w) => y.bits - w.bits).slice(0, r);
}
function Mu({ name: t, c: e }, r) {
  return ["both", "scale"].includes(Se[t].free) || Math.abs(e) <= bu * r;
}
function Su(t, e) {
  const r = { "": 4, scale: 3, shift: 3, both: t.bits ? 2 : 1 }[t.free];
  return t.bits + yu * r + xu / 2 * Math.log2(Math.max(1 - e, wu));
}
function Au(t, e, r) {
  const a = [e, r].map((o) => o.filter((l, h) => h % 4 === 0)), n = zu(t).map(([o, l]) => ma(t, o, l, a[0], a[1])).sort((o, l) => l.r2 - o.r2).slice(0, 4).map(({ a: o, b: l }) => ma(t, o, l, e, r)), s = t.free === "both" ? 0 : t.free === "shift" || t.free === "scale" ? 1 : 2;
  return n.slice(0, s ? 3 : 1).map((o) => s ? Tu(t, o, e, r) : o).reduce((o, l) => l.r2 > o.r2 ? l : o);
}
function zu(t) {
  const e = (a, n) => Array.from({ length: a }, (s, i) => n(i));
  if (t.free === "both") return [[1, 0]];
  if (t.free === "shift")
    return e(13, (a) => 0.1 * 2 ** (a / 1.6)).flatMap((a) => [[a, 0], [-a, 0]]);
  if (t.free === "scale") {
    const a = [1.0001, 1.01, 1.05, 1.2, 1.5, 2, 4, 10], n = t.domain[0] === 0 || t.pole ? a : [...e(21, (o) => o / 10), 3, 6, 12], s = t.domain[0] === 0 ? [1, -1] : [1], i = t.domain[0] === 0 ? n : [...n, ...n.map((o) => -o)];
    return s.flatMap((o) => i.map((l) => [o, l]));
  }
  const r = e(16, (a) => 0.15 * (Wi / 0.15) ** (a / 15));
  return t.period ? r.flatMap((a) => e(12, (n) => [a, n / 12 * t.period])) : Number.isFinite(t.domain[0]) ? e(8, (a) => 1 / (1 + 0.35 * a)).flatMap(
    (a) => e(5, (n) => [a * 0.9999, (n - 2) / 2 * (1 - a)])
  ) : r.flatMap((a) => e(17, (n) => [a, a * (n - 8) / 5]));
}
function ma(t, e, r, a, n) {
  const s = a.length;
  let [i, o] = [0, 0];
  const l = a.map((w) => t.value(e * w + r));
  for (let w = 0; w < s; w++)
    i += l[w] / s, o += n[w] / s;
  let [h, d, p] = [0, 0, 0];
  for (let w = 0; w < s; w++) {
    const k = l[w] - i, M = n[w] - o;
    h += k * k, d += k * M, p += M * M;
  }
  const v = h > 1e-300 && Number.isFinite(h) ? d / h : 0, y = p > 0 ? v * d / p : v === 0 ? 1 : 0;
  return { a: e, b: r, c: v, d: o - v * i, r2: Number.isFinite(y) ? Math.min(y, 1) : 0 };
}
function Tu(t, e, r, a) {
  let n = e, s = 1e-3;
  for (let i = 0; i < 40 && s < 1e8; i++) {
    const o = Cu(t, n, r, a, s), l = o && ma(t, n.a + o[0], n.b + o[1], r, a);
    if (l && Math.abs(l.a) <= 2 * Wi && l.r2 > n.r2) {
      const h = l.r2 - n.r2;
      if (n = l, s /= 5, h < 1e-13) break;
    } else
      s *= 4;
  }
  return n;
}
function Cu(t, e, r, a, n) {
  const i = Array.from({ length: 4 }, () => new Float64Array(5));
  for (let l = 0; l < r.length; l++) {
    const h = e.a * r[l] + e.b, d = 1e-5 * Math.max(1, Math.abs(h)), p = t.value(h), v = e.c * (t.value(h + d) - t.value(h - d)) / (2 * d), y = [v * r[l], v, p, 1], w = a[l] - e.c * p - e.d;
    for (let k = 0; k < 4; k++) {
      for (let M = 0; M < 4; M++) i[k][M] += y[k] * y[M];
      i[k][4] += y[k] * w;
    }
  }
  for (let l = 0; l < 4; l++) i[l][l] *= 1 + n;
  for (let l = 0; l < 4; l++) i[l][l] += 1e-14 * i[l][l] + 1e-290;
  const o = Nu(i);
  return o && o.every(Number.isFinite) ? o : null;
}
function Nu(t) {
  const e = t.length;
  for (let a = 0; a < e; a++) {
    let n = a;
    for (let s = a + 1; s < e; s++) Math.abs(t[s][a]) > Math.abs(t[n][a]) && (n = s);
    if (t[n][a] === 0) return null;
    [t[a], t[n]] = [t[n], t[a]];
    for (let s = a + 1; s < e; s++) {
      const i = t[s][a] / t[a][a];
      for (let o = a; o <= e; o++) t[s][o] -= i * t[a][o];
    }
  }
  const r = new Array(e).fill(0);
  for (let a = e - 1; a >= 0; a--) {
    let n = t[a][e];
    for (let s = a + 1; s < e; s++) n -= t[a][s] * r[s];
    r[a] = n / t[a][a];
  }
  return r;
}
const Bu = 256, cs = 65;
class Eu {
  constructor(e) {
    this.payload = e, this.network = new vu(e), this.scores = e.scores.map((l) => C0(l).data), this.edgeList = this.listEdges();
    const r = hs(C0(e.x)), a = r[0].length;
    this.y = e.y && (e.classes ? [C0(e.y).data] : hs(C0(e.y)));
    const n = Math.max(1, Math.ceil(a / Bu)), s = Array.from({ length: Math.ceil(a / n) }, (l, h) => h * n);
    this.changes = Ct([], this.network.layers);
    const i = Array.from({ length: a }, (l, h) => h);
    this.all = { index: i, levels: this.network.levels(r, this.changes) };
    const o = r.map((l) => Float64Array.from(s, (h) => l[h]));
    this.some = { index: s, levels: this.network.levels(o, this.changes) }, this.before = { all: this.all.levels.at(-1), some: this.some.levels.at(-1) }, this.point = r.map((l) => Float64Array.from(l).sort()[a >> 1]), e.log && (this.edits = wn(JSON.stringify(e.log), this.network.widths)), this.past = this.edits.map((l, h) => this.edits.slice(0, h)), this.refresh();
  }
  payload;
  suggest = ku;
  network;
  scores;
  y;
  edits = [];
  /** The states before, one a step of undo, and those that were undone, the next of redo last. */
  past = [];
  future = [];
  trial = null;
  chosen = null;
  point;
  changes;
  pointLevels = [];
  edgeList;
  all;
  some;
  before;
  firstCost = {};
  means = { key: "?", found: [] };
  replaces = !1;
  /** The frame that an edit on trial waits for; 0 for none. */
  waiting = 0;
  /** Counts changes of the edits; rows on trial of the same count and edge go on from each other. */
  trialKey = 0;
  someKey = "";
  listeners = [];
  listen(e) {
    this.listeners.push(e);
  }
  tell(e) {
    for (const r of this.listeners) r(e);
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
    this.changes = Ct(r, this.network.layers);
    const a = this.rows, n = this.trial && this.trial.do !== "remove" && !this.replaces ? this.trial.edge : null, s = `${this.edits.length} ${this.trialKey} ${n}`, i = n !== null && s === this.someKey;
    a.levels = i ? this.network.levelsAfter(n, a.levels, this.changes) : this.network.levels(a.levels[0], this.changes), this.trial && (this.someKey = n ? s : ""), this.movePoint();
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
  /** Keeps an edit in the place of the last one, as the same step; null takes that one away. */
  exchangeLast(e) {
    const r = this.edits.slice(0, -1), a = ms(this.past.at(-1), r), n = a ? this.past.slice(0, -1) : this.past;
    e ? this.show([...r, e], [...n, r], []) : a ? this.show(r, n, []) : this.setEdits(r);
  }
  get canUndo() {
    return this.past.length > 0;
  }
  get canRedo() {
    return this.future.length > 0;
  }
  undo() {
    const e = this.past.at(-1);
    e && this.show(e, this.past.slice(0, -1), [...this.future, this.edits]);
  }
  redo() {
    const e = this.future.at(-1);
    e && this.show(e, [...this.past, this.edits], this.future.slice(0, -1));
  }
  /** Other edits in the place of all that are there: one step, which undo takes back. */
  setEdits(e) {
    ms(e, this.edits) || this.show(e, [...this.past, this.edits], []);
  }
  show(e, r, a) {
    this.stopWaiting(), this.trialKey++, this.trial = null, [this.edits, this.past, this.future] = [e, r, a], this.refresh(), this.tell("edits");
  }
  /** Reads a log; throws an Error that says what is wrong with it, and changes nothing then. */
  load(e) {
    const r = wn(e, this.network.widths);
    for (const a of r)
      for (const n of $s(a))
        if (!this.exists(n)) throw new Error(`The network has no edge ${JSON.stringify(n)}.`);
    this.setEdits(r);
  }
  log() {
    return { edgewise_edits: 1, widths: this.network.widths, edits: this.edits };
  }
  // The point of the sliders.
  setPoint(e, r) {
    this.point[e] = r, this.movePoint(), this.tell("point");
  }
  movePoint() {
    const e = this.point.map((r) => Float64Array.of(r));
    this.pointLevels = this.network.levels(e, this.changes);
  }
  choose(e) {
    this.chosen = e, this.tell("choice");
  }
  // Edges.
  place([e, r, a]) {
    return r * this.network.layers[e].out + a;
  }
  exists(e) {
    const r = this.network.layers[e[0]], a = this.place(e);
    return r.exists[a] || r.named.has(a);
  }
  edges() {
    return this.edgeList;
  }
  /** The edges, the least important first. */
  ranked() {
    return [...this.edgeList].sort((e, r) => this.score(e) - this.score(r));
  }
  listEdges() {
    return this.network.layers.flatMap(
      (e, r) => Array.from({ length: e.in * e.out }, (a, n) => [
        r,
        Math.floor(n / e.out),
        n % e.out
      ]).filter((a) => this.exists(a))
    );
  }
  /** What the shown rows gave before all edits. */
  outputsBefore() {
    return this.trial ? this.before.some : this.before.all;
  }
  /** The importance of a node: that of the edges that leave it. */
  nodeScore(e, r) {
    const { out: a } = this.network.layers[e];
    return this.scores[e].slice(r * a, (r + 1) * a).reduce((n, s) => n + s, 0);
  }
  score(e) {
    return this.scores[e[0]][this.place(e)];
  }
  steps(e) {
    return this.changes[e[0]].get(this.place(e)) ?? [];
  }
  isRemoved(e) {
    return this.steps(e).at(-1)?.edit.do === "remove";
  }
  /** Why an edge's curve can't be changed; "" if it can. */
  obstacle([e, , r]) {
    const a = this.network.layers[e];
    return a.products.has(r) ? "This edge is a factor of a product, which can't be edited." : a.mixes ? `${a.normTitle} mixes the inputs of this layer, so this edge is no function of one of them: it can be removed only. Explore ew.surgery.unmix(model, x) to edit its curve.` : "";
  }
  /** What reaches an edge, on the axis that it is drawn over, and what it adds; row by row. */
  cloud([e, r, a], n = !0) {
    const s = this.network.layers[e], i = this.rows.levels[e], o = s.features(i), l = r * s.out + a, h = n ? this.changes[e].get(l) : void 0;
    return { x: s.axis(i)[r], y: s.editedValues(l, i, o, h) };
  }
  /** The curves of all edges of a layer over the range of their data, for each place. */
  curves(e, r = cs, a = !0) {
    const n = this.network.layers[e], s = this.rows.levels[e];
    if (n.mixes) return this.meanCurves(e, a);
    const i = s.map((l) => at(l, r)), o = n.features(i);
    return Array.from({ length: n.in * n.out }, (l, h) => {
      const d = a ? this.changes[e].get(h) : void 0, p = n.editedValues(h, i, o, d);
      return { x: [...i[Math.floor(h / n.out)]], y: [...p] };
    });
  }
  /** The curve of one edge at points of one's own choice, or over the range of its data. */
  curve(e, r = !0, a) {
    const n = this.network.layers[e[0]], s = this.rows.levels[e[0]];
    if (n.mixes) return this.meanCurves(e[0], r)[this.place(e)];
    const i = a ?? at(s[e[1]], cs), o = n.edgeAt(this.place(e), i, r ? this.steps(e) : void 0);
    return { x: [...i], y: [...o] };
  }
  /** Where a normalisation mixes the inputs, an edge is the mean of what it adds, given its axis. */
  meanCurves(e, r) {
    const a = this.network.layers[e], n = this.rows.levels[e], s = a.axis(n), i = a.features(n), o = s.map((l) => Array.from(l.keys()).sort((h, d) => l[h] - l[d]));
    return Array.from({ length: a.in * a.out }, (l, h) => {
      const d = Math.floor(h / a.out), p = r ? this.changes[e].get(h) : void 0, v = a.editedValues(h, n, i, p);
      return zo(s[d], v, o[d]);
    });
  }
  // Errors.
  /** What the network as it is now costs on the data, and what it cost at first. */
  cost() {
    const e = this.trial ? this.before.some : this.before.all, r = this.trial ? "some" : "all";
    return this.firstCost[r] ??= this.costOf(e, e), { now: this.costOf(this.outputs, e), before: this.firstCost[r] };
  }
  costOf(e, r) {
    return dn(e, this.targets(this.rows.index), this.payload, r);
  }
  /** The targets of some rows, or null without any. */
  targets(e) {
    return this.y?.map((r) => Float64Array.from(e, (a) => r[a])) ?? null;
  }
  /** The cost with one more edit, on the rows that charts show while something is dragged. */
  costWith(e) {
    const r = e.do === "remove" && e.by === "threshold" && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, a = Ct([...r, e], this.network.layers), n = this.network.levels(this.some.levels[0], a);
    return dn(n.at(-1), this.targets(this.some.index), this.payload, this.before.some);
  }
  /** The last edit, if the threshold's slider wrote it. */
  get lastThreshold() {
    const e = this.edits.at(-1);
    return e?.do === "remove" && e.by === "threshold" ? e : null;
  }
  /** An edit that removes these edges; each leaves what it adds on average. */
  removal(e, r) {
    const a = r && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, n = this.meansOf(a), s = e.map((o) => n[o[0]].get(this.place(o))), i = { do: "remove", edges: e, constants: s };
    return r ? { ...i, by: r } : i;
  }
  /** What every edge adds on average after some edits. */
  meansOf(e) {
    const r = JSON.stringify(e);
    if (this.means.key === r) return this.means.found;
    const a = Ct(e, this.network.layers), n = this.network.levels(this.all.levels[0], a), s = this.network.layers.map(() => /* @__PURE__ */ new Map());
    return this.network.layers.forEach((i, o) => {
      const l = i.features(n[o]);
      for (const h of this.edges().filter((d) => d[0] === o)) {
        const d = this.place(h), p = i.editedValues(d, n[o], l, a[o].get(d));
        s[o].set(d, p.reduce((v, y) => v + y, 0) / p.length);
      }
    }), this.means = { key: r, found: s }, s;
  }
  /** What each edge of a layer adds at the sliders' point, by its place. */
  signals(e) {
    const r = this.network.layers[e], a = this.pointLevels[e], n = r.features(a), s = new Float64Array(r.in * r.out);
    for (let i = 0; i < s.length; i++)
      s[i] = r.editedValues(i, a, n, this.changes[e].get(i))[0];
    return s;
  }
  // Units.
  /** A value of an edge's axis in the units of the data. */
  toUnits(e, r, a) {
    if (e || this.network.layers[0].mixes) return a;
    const [n, s] = this.payload.input_scaling[r];
    return n * a + s;
  }
  outputUnits(e, r) {
    const [a, n] = this.payload.output_scaling[e];
    return a * r + n;
  }
}
function ms(t, e) {
  return t?.length === e.length && t.every((r, a) => r === e[a]);
}
function ji(t, e) {
  const r = new Eu(e), a = T("p", { class: "live", role: "status", "aria-live": "polite" }), n = (h) => a.textContent = h, s = new J4(r), i = new H4(r, n), o = T("div", { class: "tip", "aria-hidden": "true" });
  o.hidden = !0, s.onHover = (h, d, p) => Ru(r, s, o, h, d, p), s.onChoose = (h) => {
    r.choose(h), n(s.describe(h));
  }, r.listen((h) => {
    (h === "edits" || h === "trial") && n(""), h === "point" ? (s.refreshSignals(), s.startFlow()) : h === "edits" ? s.refreshCurves() : h === "trial" && r.trial?.do === "bend" ? s.refreshCurve(r.trial.edge) : h === "trial" ? s.refreshSignals() : s.draw();
  }), t.classList.add("edgewise"), t.replaceChildren(
    Du(r, n),
    T(
      "div",
      { class: "main" },
      T("section", { class: "panel network", "aria-label": "Network" }, qu(s), T("div", { class: "stage" }, s.canvas, o)),
      i.element
    ),
    T("div", { class: "more" }, ru(r), Q4(r), eu(r, n), iu(r), au(r, n)),
    a
  );
  const l = r.ranked().at(-1);
  return l && r.choose(l), { session: r, graph: s };
}
function Du(t, e) {
  const { payload: r } = t, a = T("dl", { class: "cost" }), n = (v, y) => T("button", { type: "button", click: y }, v), s = n("Undo", () => (t.undo(), e(`Undone. ${ke(t)}`))), i = n("Redo", () => (t.redo(), e(`Done again. ${ke(t)}`))), o = n("Start over", () => (t.setEdits([]), e("No edits. Undo brings them back."))), l = () => {
    const { now: v, before: y } = t.cost(), w = t.edits.length > 0 || t.trial !== null;
    a.replaceChildren(
      ...v.shown.map(
        (k, M) => T("div", {}, T("dt", {}, k.name), T("dd", {}, k.value, w && T("span", { class: "soft" }, ` was ${y.shown[M]?.value ?? "–"}`)))
      )
    ), s.disabled = !t.canUndo, i.disabled = !t.canRedo, o.disabled = !t.edits.length;
  };
  t.listen((v) => v !== "point" && v !== "choice" && l()), l(), document.addEventListener("keydown", (v) => {
    const y = v.key.toLowerCase();
    !(v.ctrlKey || v.metaKey) || !["y", "z"].includes(y) || !a.isConnected || v.target.matches?.("textarea, input[type=number]") || (v.preventDefault(), y === "y" || v.shiftKey ? t.redo() : t.undo(), e(ke(t)));
  });
  const h = t.rows.index.length, d = h < r.rows ? `${h.toLocaleString("en")} of ${r.rows.toLocaleString("en")} rows` : `${h.toLocaleString("en")} rows`, p = `${r.output_names.slice(0, 3).join(", ")}${r.output_names.length > 3 ? ", …" : ""}`;
  return T(
    "header",
    {},
    T("div", {}, T("h1", {}, p), T("p", { class: "soft" }, `KAN [${r.widths.join(", ")}], ${t.edges().length} edges, ${d}`)),
    a,
    T("div", { class: "row" }, s, i, o)
  );
}
function qu(t) {
  const e = T("select", { "aria-label": "What edges show" }, T("option", { value: "signal" }, "Signal at the sliders"), T("option", { value: "importance" }, "Importance"));
  e.addEventListener("change", () => {
    t.mode = e.value, t.draw();
  });
  const r = (a, n, s) => T("button", { type: "button", "aria-label": n, title: n, click: s }, a);
  return T(
    "div",
    { class: "row graph-tools" },
    e,
    T("span", { class: "key" }, T("i", { class: "plus" }), "adds", T("i", { class: "minus" }), "takes away"),
    T("span", { class: "zooms" }, r("+", "Zoom in", () => t.zoom(1.4)), r("−", "Zoom out", () => t.zoom(1 / 1.4)), r("Fit", "Show all", () => t.fit()))
  );
}
function Ru(t, e, r, a, n, s) {
  if (r.hidden = !a, !a) return;
  const i = JSON.stringify(a);
  (r.dataset.key !== i || t.trial) && (r.dataset.key = i, r.replaceChildren(..."edge" in a ? Iu(t, a.edge) : $u(t, a.node)));
  const { clientWidth: o, clientHeight: l } = e.canvas;
  r.style.left = `${Math.max(4, Math.min(n + 14, o - r.offsetWidth - 4))}px`, r.style.top = `${s + 18 + r.offsetHeight > l ? Math.max(4, s - r.offsetHeight - 12) : s + 18}px`;
}
function Iu(t, e) {
  return [
    T("strong", {}, Jt(t, e)),
    T("span", { class: "soft" }, ` importance ${Z(t.score(e))}`),
    No(t, e)
  ];
}
function $u(t, [e, r]) {
  const a = t.rows.levels[e][r], n = (d) => e === 0 ? t.toUnits(0, r, d) : e === t.network.layers.length ? t.outputUnits(r, d) : d, s = [a.reduce((d, p) => Math.min(d, p)), a.reduce((d, p) => Math.max(d, p))].map(n).sort((d, p) => d - p), i = n(a.reduce((d, p) => d + p, 0) / a.length), o = e < t.network.layers.length ? t.nodeScore(e, r) : null, l = n(t.pointLevels[e][r][0]), h = [`from ${Z(s[0])} to ${Z(s[1])}, mean ${Z(i)}`, `now ${Z(l)}`];
  return o !== null && h.unshift(`importance ${Z(o)}`), [T("strong", {}, Ae(t, e, r)), ...h.map((d) => T("div", { class: "soft" }, d)), Fu(a, n)];
}
function Fu(t, e) {
  const r = t.map(e), [a, n] = [r.reduce((o, l) => Math.min(o, l)), r.reduce((o, l) => Math.max(o, l))], s = new Array(28).fill(0);
  for (const o of r) s[n > a ? Math.min(27, Math.floor((o - a) / (n - a) * 28)) : 14]++;
  const i = Math.max(...s);
  return T("div", { class: "bars" }, ...s.map((o) => T("i", { style: `height:${(100 * o / i).toFixed(0)}%` })));
}
function Ou({ model: t, el: e }) {
  const r = T("div");
  e.append(r);
  const { session: a } = ji(r, t.get("payload"));
  a.listen((n) => {
    n === "edits" && (t.set("log", a.log()), t.save_changes());
  }), t.on("change:log", () => {
    const n = JSON.stringify(t.get("log"));
    n !== JSON.stringify(a.log()) && a.load(n);
  });
}
const Lu = { render: Ou }, Lr = document.getElementById("edgewise-explorer"), ds = document.getElementById("edgewise-payload");
if (Lr && ds) {
  const t = ji(Lr, JSON.parse(ds.textContent ?? ""));
  Object.assign(Lr, { explorer: t });
}
export {
  Lu as default,
  ji as mount
};
