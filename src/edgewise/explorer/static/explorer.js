/* sources 71cc6ac894f92d6b94e494c66dad3b82457b1a1cff6b92d043f285c58e1a68cc */
function H0(r, e) {
  return r == null || e == null ? NaN : r < e ? -1 : r > e ? 1 : r >= e ? 0 : NaN;
}
function Xo(r, e) {
  return r == null || e == null ? NaN : e < r ? -1 : e > r ? 1 : e >= r ? 0 : NaN;
}
function Ps(r) {
  let e, t, n;
  r.length !== 2 ? (e = H0, t = (o, l) => H0(r(o), l), n = (o, l) => r(o) - l) : (e = r === H0 || r === Xo ? r : Ko, t = r, n = r);
  function a(o, l, h = 0, m = o.length) {
    if (h < m) {
      if (e(l, l) !== 0) return m;
      do {
        const f = h + m >>> 1;
        t(o[f], l) < 0 ? h = f + 1 : m = f;
      } while (h < m);
    }
    return h;
  }
  function s(o, l, h = 0, m = o.length) {
    if (h < m) {
      if (e(l, l) !== 0) return m;
      do {
        const f = h + m >>> 1;
        t(o[f], l) <= 0 ? h = f + 1 : m = f;
      } while (h < m);
    }
    return h;
  }
  function i(o, l, h = 0, m = o.length) {
    const f = a(o, l, h, m - 1);
    return f > h && n(o[f - 1], l) > -n(o[f], l) ? f - 1 : f;
  }
  return { left: a, center: i, right: s };
}
function Ko() {
  return 0;
}
function Zo(r) {
  return r === null ? NaN : +r;
}
const Jo = Ps(H0), Qo = Jo.right;
Ps(Zo).center;
const _o = Math.sqrt(50), el = Math.sqrt(10), tl = Math.sqrt(2);
function Y0(r, e, t) {
  const n = (e - r) / Math.max(0, t), a = Math.floor(Math.log10(n)), s = n / Math.pow(10, a), i = s >= _o ? 10 : s >= el ? 5 : s >= tl ? 2 : 1;
  let o, l, h;
  return a < 0 ? (h = Math.pow(10, -a) / i, o = Math.round(r * h), l = Math.round(e * h), o / h < r && ++o, l / h > e && --l, h = -h) : (h = Math.pow(10, a) * i, o = Math.round(r / h), l = Math.round(e / h), o * h < r && ++o, l * h > e && --l), l < o && 0.5 <= t && t < 2 ? Y0(r, e, t * 2) : [o, l, h];
}
function rl(r, e, t) {
  if (e = +e, r = +r, t = +t, !(t > 0)) return [];
  if (r === e) return [r];
  const n = e < r, [a, s, i] = n ? Y0(e, r, t) : Y0(r, e, t);
  if (!(s >= a)) return [];
  const o = s - a + 1, l = new Array(o);
  if (n)
    if (i < 0) for (let h = 0; h < o; ++h) l[h] = (s - h) / -i;
    else for (let h = 0; h < o; ++h) l[h] = (s - h) * i;
  else if (i < 0) for (let h = 0; h < o; ++h) l[h] = (a + h) / -i;
  else for (let h = 0; h < o; ++h) l[h] = (a + h) * i;
  return l;
}
function nn(r, e, t) {
  return e = +e, r = +r, t = +t, Y0(r, e, t)[2];
}
function nl(r, e, t) {
  e = +e, r = +r, t = +t;
  const n = e < r, a = n ? nn(e, r, t) : nn(r, e, t);
  return (n ? -1 : 1) * (a < 0 ? 1 / -a : a);
}
function Qt(r, e, t) {
  r.prototype = e.prototype = t, t.constructor = r;
}
function g0(r, e) {
  var t = Object.create(r.prototype);
  for (var n in e) t[n] = e[n];
  return t;
}
function ft() {
}
var Nt = 0.7, Ut = 1 / Nt, Ft = "\\s*([+-]?\\d+)\\s*", h0 = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*", Pe = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*", al = /^#([0-9a-f]{3,8})$/, sl = new RegExp(`^rgb\\(${Ft},${Ft},${Ft}\\)$`), il = new RegExp(`^rgb\\(${Pe},${Pe},${Pe}\\)$`), ol = new RegExp(`^rgba\\(${Ft},${Ft},${Ft},${h0}\\)$`), ll = new RegExp(`^rgba\\(${Pe},${Pe},${Pe},${h0}\\)$`), ul = new RegExp(`^hsl\\(${h0},${Pe},${Pe}\\)$`), hl = new RegExp(`^hsla\\(${h0},${Pe},${Pe},${h0}\\)$`), wa = {
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
Qt(ft, c0, {
  copy(r) {
    return Object.assign(new this.constructor(), this, r);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: xa,
  // Deprecated! Use color.formatHex.
  formatHex: xa,
  formatHex8: cl,
  formatHsl: ml,
  formatRgb: ka,
  toString: ka
});
function xa() {
  return this.rgb().formatHex();
}
function cl() {
  return this.rgb().formatHex8();
}
function ml() {
  return Gs(this).formatHsl();
}
function ka() {
  return this.rgb().formatRgb();
}
function c0(r) {
  var e, t;
  return r = (r + "").trim().toLowerCase(), (e = al.exec(r)) ? (t = e[1].length, e = parseInt(e[1], 16), t === 6 ? Ma(e) : t === 3 ? new fe(e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, (e & 15) << 4 | e & 15, 1) : t === 8 ? T0(e >> 24 & 255, e >> 16 & 255, e >> 8 & 255, (e & 255) / 255) : t === 4 ? T0(e >> 12 & 15 | e >> 8 & 240, e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, ((e & 15) << 4 | e & 15) / 255) : null) : (e = sl.exec(r)) ? new fe(e[1], e[2], e[3], 1) : (e = il.exec(r)) ? new fe(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, 1) : (e = ol.exec(r)) ? T0(e[1], e[2], e[3], e[4]) : (e = ll.exec(r)) ? T0(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, e[4]) : (e = ul.exec(r)) ? Ta(e[1], e[2] / 100, e[3] / 100, 1) : (e = hl.exec(r)) ? Ta(e[1], e[2] / 100, e[3] / 100, e[4]) : wa.hasOwnProperty(r) ? Ma(wa[r]) : r === "transparent" ? new fe(NaN, NaN, NaN, 0) : null;
}
function Ma(r) {
  return new fe(r >> 16 & 255, r >> 8 & 255, r & 255, 1);
}
function T0(r, e, t, n) {
  return n <= 0 && (r = e = t = NaN), new fe(r, e, t, n);
}
function qn(r) {
  return r instanceof ft || (r = c0(r)), r ? (r = r.rgb(), new fe(r.r, r.g, r.b, r.opacity)) : new fe();
}
function an(r, e, t, n) {
  return arguments.length === 1 ? qn(r) : new fe(r, e, t, n ?? 1);
}
function fe(r, e, t, n) {
  this.r = +r, this.g = +e, this.b = +t, this.opacity = +n;
}
Qt(fe, an, g0(ft, {
  brighter(r) {
    return r = r == null ? Ut : Math.pow(Ut, r), new fe(this.r * r, this.g * r, this.b * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? Nt : Math.pow(Nt, r), new fe(this.r * r, this.g * r, this.b * r, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new fe(At(this.r), At(this.g), At(this.b), X0(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && -0.5 <= this.g && this.g < 255.5 && -0.5 <= this.b && this.b < 255.5 && 0 <= this.opacity && this.opacity <= 1;
  },
  hex: Sa,
  // Deprecated! Use color.formatHex.
  formatHex: Sa,
  formatHex8: dl,
  formatRgb: Aa,
  toString: Aa
}));
function Sa() {
  return `#${St(this.r)}${St(this.g)}${St(this.b)}`;
}
function dl() {
  return `#${St(this.r)}${St(this.g)}${St(this.b)}${St((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function Aa() {
  const r = X0(this.opacity);
  return `${r === 1 ? "rgb(" : "rgba("}${At(this.r)}, ${At(this.g)}, ${At(this.b)}${r === 1 ? ")" : `, ${r})`}`;
}
function X0(r) {
  return isNaN(r) ? 1 : Math.max(0, Math.min(1, r));
}
function At(r) {
  return Math.max(0, Math.min(255, Math.round(r) || 0));
}
function St(r) {
  return r = At(r), (r < 16 ? "0" : "") + r.toString(16);
}
function Ta(r, e, t, n) {
  return n <= 0 ? r = e = t = NaN : t <= 0 || t >= 1 ? r = e = NaN : e <= 0 && (r = NaN), new Oe(r, e, t, n);
}
function Gs(r) {
  if (r instanceof Oe) return new Oe(r.h, r.s, r.l, r.opacity);
  if (r instanceof ft || (r = c0(r)), !r) return new Oe();
  if (r instanceof Oe) return r;
  r = r.rgb();
  var e = r.r / 255, t = r.g / 255, n = r.b / 255, a = Math.min(e, t, n), s = Math.max(e, t, n), i = NaN, o = s - a, l = (s + a) / 2;
  return o ? (e === s ? i = (t - n) / o + (t < n) * 6 : t === s ? i = (n - e) / o + 2 : i = (e - t) / o + 4, o /= l < 0.5 ? s + a : 2 - s - a, i *= 60) : o = l > 0 && l < 1 ? 0 : i, new Oe(i, o, l, r.opacity);
}
function fl(r, e, t, n) {
  return arguments.length === 1 ? Gs(r) : new Oe(r, e, t, n ?? 1);
}
function Oe(r, e, t, n) {
  this.h = +r, this.s = +e, this.l = +t, this.opacity = +n;
}
Qt(Oe, fl, g0(ft, {
  brighter(r) {
    return r = r == null ? Ut : Math.pow(Ut, r), new Oe(this.h, this.s, this.l * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? Nt : Math.pow(Nt, r), new Oe(this.h, this.s, this.l * r, this.opacity);
  },
  rgb() {
    var r = this.h % 360 + (this.h < 0) * 360, e = isNaN(r) || isNaN(this.s) ? 0 : this.s, t = this.l, n = t + (t < 0.5 ? t : 1 - t) * e, a = 2 * t - n;
    return new fe(
      Mr(r >= 240 ? r - 240 : r + 120, a, n),
      Mr(r, a, n),
      Mr(r < 120 ? r + 240 : r - 120, a, n),
      this.opacity
    );
  },
  clamp() {
    return new Oe(za(this.h), z0(this.s), z0(this.l), X0(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && 0 <= this.l && this.l <= 1 && 0 <= this.opacity && this.opacity <= 1;
  },
  formatHsl() {
    const r = X0(this.opacity);
    return `${r === 1 ? "hsl(" : "hsla("}${za(this.h)}, ${z0(this.s) * 100}%, ${z0(this.l) * 100}%${r === 1 ? ")" : `, ${r})`}`;
  }
}));
function za(r) {
  return r = (r || 0) % 360, r < 0 ? r + 360 : r;
}
function z0(r) {
  return Math.max(0, Math.min(1, r || 0));
}
function Mr(r, e, t) {
  return (r < 60 ? e + (t - e) * r / 60 : r < 180 ? t : r < 240 ? e + (t - e) * (240 - r) / 60 : e) * 255;
}
const Us = Math.PI / 180, Ws = 180 / Math.PI, K0 = 18, js = 0.96422, Vs = 1, Ys = 0.82521, Xs = 4 / 29, Lt = 6 / 29, Ks = 3 * Lt * Lt, pl = Lt * Lt * Lt;
function Zs(r) {
  if (r instanceof Ge) return new Ge(r.l, r.a, r.b, r.opacity);
  if (r instanceof Ke) return Js(r);
  r instanceof fe || (r = qn(r));
  var e = zr(r.r), t = zr(r.g), n = zr(r.b), a = Sr((0.2225045 * e + 0.7168786 * t + 0.0606169 * n) / Vs), s, i;
  return e === t && t === n ? s = i = a : (s = Sr((0.4360747 * e + 0.3850649 * t + 0.1430804 * n) / js), i = Sr((0.0139322 * e + 0.0971045 * t + 0.7141733 * n) / Ys)), new Ge(116 * a - 16, 500 * (s - a), 200 * (a - i), r.opacity);
}
function vl(r, e, t, n) {
  return arguments.length === 1 ? Zs(r) : new Ge(r, e, t, n ?? 1);
}
function Ge(r, e, t, n) {
  this.l = +r, this.a = +e, this.b = +t, this.opacity = +n;
}
Qt(Ge, vl, g0(ft, {
  brighter(r) {
    return new Ge(this.l + K0 * (r ?? 1), this.a, this.b, this.opacity);
  },
  darker(r) {
    return new Ge(this.l - K0 * (r ?? 1), this.a, this.b, this.opacity);
  },
  rgb() {
    var r = (this.l + 16) / 116, e = isNaN(this.a) ? r : r + this.a / 500, t = isNaN(this.b) ? r : r - this.b / 200;
    return e = js * Ar(e), r = Vs * Ar(r), t = Ys * Ar(t), new fe(
      Tr(3.1338561 * e - 1.6168667 * r - 0.4906146 * t),
      Tr(-0.9787684 * e + 1.9161415 * r + 0.033454 * t),
      Tr(0.0719453 * e - 0.2289914 * r + 1.4052427 * t),
      this.opacity
    );
  }
}));
function Sr(r) {
  return r > pl ? Math.pow(r, 1 / 3) : r / Ks + Xs;
}
function Ar(r) {
  return r > Lt ? r * r * r : Ks * (r - Xs);
}
function Tr(r) {
  return 255 * (r <= 31308e-7 ? 12.92 * r : 1.055 * Math.pow(r, 1 / 2.4) - 0.055);
}
function zr(r) {
  return (r /= 255) <= 0.04045 ? r / 12.92 : Math.pow((r + 0.055) / 1.055, 2.4);
}
function gl(r) {
  if (r instanceof Ke) return new Ke(r.h, r.c, r.l, r.opacity);
  if (r instanceof Ge || (r = Zs(r)), r.a === 0 && r.b === 0) return new Ke(NaN, 0 < r.l && r.l < 100 ? 0 : NaN, r.l, r.opacity);
  var e = Math.atan2(r.b, r.a) * Ws;
  return new Ke(e < 0 ? e + 360 : e, Math.sqrt(r.a * r.a + r.b * r.b), r.l, r.opacity);
}
function bl(r, e, t, n) {
  return arguments.length === 1 ? gl(r) : new Ke(r, e, t, n ?? 1);
}
function Ke(r, e, t, n) {
  this.h = +r, this.c = +e, this.l = +t, this.opacity = +n;
}
function Js(r) {
  if (isNaN(r.h)) return new Ge(r.l, 0, 0, r.opacity);
  var e = r.h * Us;
  return new Ge(r.l, Math.cos(e) * r.c, Math.sin(e) * r.c, r.opacity);
}
Qt(Ke, bl, g0(ft, {
  brighter(r) {
    return new Ke(this.h, this.c, this.l + K0 * (r ?? 1), this.opacity);
  },
  darker(r) {
    return new Ke(this.h, this.c, this.l - K0 * (r ?? 1), this.opacity);
  },
  rgb() {
    return Js(this).rgb();
  }
}));
var Qs = -0.14861, In = 1.78277, On = -0.29227, ir = -0.90649, m0 = 1.97294, Ca = m0 * ir, Na = m0 * In, Ea = In * On - ir * Qs;
function yl(r) {
  if (r instanceof Tt) return new Tt(r.h, r.s, r.l, r.opacity);
  r instanceof fe || (r = qn(r));
  var e = r.r / 255, t = r.g / 255, n = r.b / 255, a = (Ea * n + Ca * e - Na * t) / (Ea + Ca - Na), s = n - a, i = (m0 * (t - a) - On * s) / ir, o = Math.sqrt(i * i + s * s) / (m0 * a * (1 - a)), l = o ? Math.atan2(i, s) * Ws - 120 : NaN;
  return new Tt(l < 0 ? l + 360 : l, o, a, r.opacity);
}
function sn(r, e, t, n) {
  return arguments.length === 1 ? yl(r) : new Tt(r, e, t, n ?? 1);
}
function Tt(r, e, t, n) {
  this.h = +r, this.s = +e, this.l = +t, this.opacity = +n;
}
Qt(Tt, sn, g0(ft, {
  brighter(r) {
    return r = r == null ? Ut : Math.pow(Ut, r), new Tt(this.h, this.s, this.l * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? Nt : Math.pow(Nt, r), new Tt(this.h, this.s, this.l * r, this.opacity);
  },
  rgb() {
    var r = isNaN(this.h) ? 0 : (this.h + 120) * Us, e = +this.l, t = isNaN(this.s) ? 0 : this.s * e * (1 - e), n = Math.cos(r), a = Math.sin(r);
    return new fe(
      255 * (e + t * (Qs * n + In * a)),
      255 * (e + t * (On * n + ir * a)),
      255 * (e + t * (m0 * n)),
      this.opacity
    );
  }
}));
var or = (r) => () => r;
function _s(r, e) {
  return function(t) {
    return r + t * e;
  };
}
function wl(r, e, t) {
  return r = Math.pow(r, t), e = Math.pow(e, t) - r, t = 1 / t, function(n) {
    return Math.pow(r + n * e, t);
  };
}
function xl(r, e) {
  var t = e - r;
  return t ? _s(r, t > 180 || t < -180 ? t - 360 * Math.round(t / 360) : t) : or(isNaN(r) ? e : r);
}
function kl(r) {
  return (r = +r) == 1 ? Ht : function(e, t) {
    return t - e ? wl(e, t, r) : or(isNaN(e) ? t : e);
  };
}
function Ht(r, e) {
  var t = e - r;
  return t ? _s(r, t) : or(isNaN(r) ? e : r);
}
var $a = (function r(e) {
  var t = kl(e);
  function n(a, s) {
    var i = t((a = an(a)).r, (s = an(s)).r), o = t(a.g, s.g), l = t(a.b, s.b), h = Ht(a.opacity, s.opacity);
    return function(m) {
      return a.r = i(m), a.g = o(m), a.b = l(m), a.opacity = h(m), a + "";
    };
  }
  return n.gamma = r, n;
})(1);
function Ml(r, e) {
  e || (e = []);
  var t = r ? Math.min(e.length, r.length) : 0, n = e.slice(), a;
  return function(s) {
    for (a = 0; a < t; ++a) n[a] = r[a] * (1 - s) + e[a] * s;
    return n;
  };
}
function Sl(r) {
  return ArrayBuffer.isView(r) && !(r instanceof DataView);
}
function Al(r, e) {
  var t = e ? e.length : 0, n = r ? Math.min(t, r.length) : 0, a = new Array(n), s = new Array(t), i;
  for (i = 0; i < n; ++i) a[i] = Fn(r[i], e[i]);
  for (; i < t; ++i) s[i] = e[i];
  return function(o) {
    for (i = 0; i < n; ++i) s[i] = a[i](o);
    return s;
  };
}
function Tl(r, e) {
  var t = /* @__PURE__ */ new Date();
  return r = +r, e = +e, function(n) {
    return t.setTime(r * (1 - n) + e * n), t;
  };
}
function Z0(r, e) {
  return r = +r, e = +e, function(t) {
    return r * (1 - t) + e * t;
  };
}
function zl(r, e) {
  var t = {}, n = {}, a;
  (r === null || typeof r != "object") && (r = {}), (e === null || typeof e != "object") && (e = {});
  for (a in e)
    a in r ? t[a] = Fn(r[a], e[a]) : n[a] = e[a];
  return function(s) {
    for (a in t) n[a] = t[a](s);
    return n;
  };
}
var on = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g, Cr = new RegExp(on.source, "g");
function Cl(r) {
  return function() {
    return r;
  };
}
function Nl(r) {
  return function(e) {
    return r(e) + "";
  };
}
function El(r, e) {
  var t = on.lastIndex = Cr.lastIndex = 0, n, a, s, i = -1, o = [], l = [];
  for (r = r + "", e = e + ""; (n = on.exec(r)) && (a = Cr.exec(e)); )
    (s = a.index) > t && (s = e.slice(t, s), o[i] ? o[i] += s : o[++i] = s), (n = n[0]) === (a = a[0]) ? o[i] ? o[i] += a : o[++i] = a : (o[++i] = null, l.push({ i, x: Z0(n, a) })), t = Cr.lastIndex;
  return t < e.length && (s = e.slice(t), o[i] ? o[i] += s : o[++i] = s), o.length < 2 ? l[0] ? Nl(l[0].x) : Cl(e) : (e = l.length, function(h) {
    for (var m = 0, f; m < e; ++m) o[(f = l[m]).i] = f.x(h);
    return o.join("");
  });
}
function Fn(r, e) {
  var t = typeof e, n;
  return e == null || t === "boolean" ? or(e) : (t === "number" ? Z0 : t === "string" ? (n = c0(e)) ? (e = n, $a) : El : e instanceof c0 ? $a : e instanceof Date ? Tl : Sl(e) ? Ml : Array.isArray(e) ? Al : typeof e.valueOf != "function" && typeof e.toString != "function" || isNaN(e) ? zl : Z0)(r, e);
}
function $l(r, e) {
  return r = +r, e = +e, function(t) {
    return Math.round(r * (1 - t) + e * t);
  };
}
var Bl = 1e-12;
function Ba(r) {
  return ((r = Math.exp(r)) + 1 / r) / 2;
}
function Dl(r) {
  return ((r = Math.exp(r)) - 1 / r) / 2;
}
function Rl(r) {
  return ((r = Math.exp(2 * r)) - 1) / (r + 1);
}
(function r(e, t, n) {
  function a(s, i) {
    var o = s[0], l = s[1], h = s[2], m = i[0], f = i[1], v = i[2], g = m - o, x = f - l, k = g * g + x * x, S, T;
    if (k < Bl)
      T = Math.log(v / h) / e, S = function(G) {
        return [
          o + G * g,
          l + G * x,
          h * Math.exp(e * G * T)
        ];
      };
    else {
      var A = Math.sqrt(k), B = (v * v - h * h + n * k) / (2 * h * t * A), q = (v * v - h * h - n * k) / (2 * v * t * A), O = Math.log(Math.sqrt(B * B + 1) - B), I = Math.log(Math.sqrt(q * q + 1) - q);
      T = (I - O) / e, S = function(G) {
        var V = G * T, j = Ba(O), le = h / (t * A) * (j * Rl(e * V + O) - Dl(O));
        return [
          o + le * g,
          l + le * x,
          h * j / Ba(e * V + O)
        ];
      };
    }
    return S.duration = Math.abs(T) * 1e3 * e / Math.SQRT2, S;
  }
  return a.rho = function(s) {
    var i = Math.max(1e-3, +s), o = i * i, l = o * o;
    return r(i, o, l);
  }, a;
})(Math.SQRT2, 2, 4);
function ei(r) {
  return (function e(t) {
    t = +t;
    function n(a, s) {
      var i = r((a = sn(a)).h, (s = sn(s)).h), o = Ht(a.s, s.s), l = Ht(a.l, s.l), h = Ht(a.opacity, s.opacity);
      return function(m) {
        return a.h = i(m), a.s = o(m), a.l = l(Math.pow(m, t)), a.opacity = h(m), a + "";
      };
    }
    return n.gamma = e, n;
  })(1);
}
ei(xl);
ei(Ht);
function ql(r) {
  return Math.abs(r = Math.round(r)) >= 1e21 ? r.toLocaleString("en").replace(/,/g, "") : r.toString(10);
}
function J0(r, e) {
  if (!isFinite(r) || r === 0) return null;
  var t = (r = e ? r.toExponential(e - 1) : r.toExponential()).indexOf("e"), n = r.slice(0, t);
  return [
    n.length > 1 ? n[0] + n.slice(2) : n,
    +r.slice(t + 1)
  ];
}
function Wt(r) {
  return r = J0(Math.abs(r)), r ? r[1] : NaN;
}
function Il(r, e) {
  return function(t, n) {
    for (var a = t.length, s = [], i = 0, o = r[0], l = 0; a > 0 && o > 0 && (l + o + 1 > n && (o = Math.max(1, n - l)), s.push(t.substring(a -= o, a + o)), !((l += o + 1) > n)); )
      o = r[i = (i + 1) % r.length];
    return s.reverse().join(e);
  };
}
function Ol(r) {
  return function(e) {
    return e.replace(/[0-9]/g, function(t) {
      return r[+t];
    });
  };
}
var Fl = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function Q0(r) {
  if (!(e = Fl.exec(r))) throw new Error("invalid format: " + r);
  var e;
  return new Ln({
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
Q0.prototype = Ln.prototype;
function Ln(r) {
  this.fill = r.fill === void 0 ? " " : r.fill + "", this.align = r.align === void 0 ? ">" : r.align + "", this.sign = r.sign === void 0 ? "-" : r.sign + "", this.symbol = r.symbol === void 0 ? "" : r.symbol + "", this.zero = !!r.zero, this.width = r.width === void 0 ? void 0 : +r.width, this.comma = !!r.comma, this.precision = r.precision === void 0 ? void 0 : +r.precision, this.trim = !!r.trim, this.type = r.type === void 0 ? "" : r.type + "";
}
Ln.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function Ll(r) {
  e: for (var e = r.length, t = 1, n = -1, a; t < e; ++t)
    switch (r[t]) {
      case ".":
        n = a = t;
        break;
      case "0":
        n === 0 && (n = t), a = t;
        break;
      default:
        if (!+r[t]) break e;
        n > 0 && (n = 0);
        break;
    }
  return n > 0 ? r.slice(0, n) + r.slice(a + 1) : r;
}
var _0;
function Hl(r, e) {
  var t = J0(r, e);
  if (!t) return _0 = void 0, r.toPrecision(e);
  var n = t[0], a = t[1], s = a - (_0 = Math.max(-8, Math.min(8, Math.floor(a / 3))) * 3) + 1, i = n.length;
  return s === i ? n : s > i ? n + new Array(s - i + 1).join("0") : s > 0 ? n.slice(0, s) + "." + n.slice(s) : "0." + new Array(1 - s).join("0") + J0(r, Math.max(0, e + s - 1))[0];
}
function Da(r, e) {
  var t = J0(r, e);
  if (!t) return r + "";
  var n = t[0], a = t[1];
  return a < 0 ? "0." + new Array(-a).join("0") + n : n.length > a + 1 ? n.slice(0, a + 1) + "." + n.slice(a + 1) : n + new Array(a - n.length + 2).join("0");
}
var Ra = {
  "%": (r, e) => (r * 100).toFixed(e),
  b: (r) => Math.round(r).toString(2),
  c: (r) => r + "",
  d: ql,
  e: (r, e) => r.toExponential(e),
  f: (r, e) => r.toFixed(e),
  g: (r, e) => r.toPrecision(e),
  o: (r) => Math.round(r).toString(8),
  p: (r, e) => Da(r * 100, e),
  r: Da,
  s: Hl,
  X: (r) => Math.round(r).toString(16).toUpperCase(),
  x: (r) => Math.round(r).toString(16)
};
function qa(r) {
  return r;
}
var Ia = Array.prototype.map, Oa = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function Pl(r) {
  var e = r.grouping === void 0 || r.thousands === void 0 ? qa : Il(Ia.call(r.grouping, Number), r.thousands + ""), t = r.currency === void 0 ? "" : r.currency[0] + "", n = r.currency === void 0 ? "" : r.currency[1] + "", a = r.decimal === void 0 ? "." : r.decimal + "", s = r.numerals === void 0 ? qa : Ol(Ia.call(r.numerals, String)), i = r.percent === void 0 ? "%" : r.percent + "", o = r.minus === void 0 ? "−" : r.minus + "", l = r.nan === void 0 ? "NaN" : r.nan + "";
  function h(f, v) {
    f = Q0(f);
    var g = f.fill, x = f.align, k = f.sign, S = f.symbol, T = f.zero, A = f.width, B = f.comma, q = f.precision, O = f.trim, I = f.type;
    I === "n" ? (B = !0, I = "g") : Ra[I] || (q === void 0 && (q = 12), O = !0, I = "g"), (T || g === "0" && x === "=") && (T = !0, g = "0", x = "=");
    var G = (v && v.prefix !== void 0 ? v.prefix : "") + (S === "$" ? t : S === "#" && /[boxX]/.test(I) ? "0" + I.toLowerCase() : ""), V = (S === "$" ? n : /[%p]/.test(I) ? i : "") + (v && v.suffix !== void 0 ? v.suffix : ""), j = Ra[I], le = /[defgprs%]/.test(I);
    q = q === void 0 ? 6 : /[gprs]/.test(I) ? Math.max(1, Math.min(21, q)) : Math.max(0, Math.min(20, q));
    function pe(F) {
      var Me = G, ee = V, ce, $e, Be;
      if (I === "c")
        ee = j(F) + ee, F = "";
      else {
        F = +F;
        var De = F < 0 || 1 / F < 0;
        if (F = isNaN(F) ? l : j(Math.abs(F), q), O && (F = Ll(F)), De && +F == 0 && k !== "+" && (De = !1), Me = (De ? k === "(" ? k : o : k === "-" || k === "(" ? "" : k) + Me, ee = (I === "s" && !isNaN(F) && _0 !== void 0 ? Oa[8 + _0 / 3] : "") + ee + (De && k === "(" ? ")" : ""), le) {
          for (ce = -1, $e = F.length; ++ce < $e; )
            if (Be = F.charCodeAt(ce), 48 > Be || Be > 57) {
              ee = (Be === 46 ? a + F.slice(ce + 1) : F.slice(ce)) + ee, F = F.slice(0, ce);
              break;
            }
        }
      }
      B && !T && (F = e(F, 1 / 0));
      var at = Me.length + F.length + ee.length, me = at < A ? new Array(A - at + 1).join(g) : "";
      switch (B && T && (F = e(me + F, me.length ? A - ee.length : 1 / 0), me = ""), x) {
        case "<":
          F = Me + F + ee + me;
          break;
        case "=":
          F = Me + me + F + ee;
          break;
        case "^":
          F = me.slice(0, at = me.length >> 1) + Me + F + ee + me.slice(at);
          break;
        default:
          F = me + Me + F + ee;
          break;
      }
      return s(F);
    }
    return pe.toString = function() {
      return f + "";
    }, pe;
  }
  function m(f, v) {
    var g = Math.max(-8, Math.min(8, Math.floor(Wt(v) / 3))) * 3, x = Math.pow(10, -g), k = h((f = Q0(f), f.type = "f", f), { suffix: Oa[8 + g / 3] });
    return function(S) {
      return k(x * S);
    };
  }
  return {
    format: h,
    formatPrefix: m
  };
}
var C0, ti, ri;
Gl({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function Gl(r) {
  return C0 = Pl(r), ti = C0.format, ri = C0.formatPrefix, C0;
}
function Ul(r) {
  return Math.max(0, -Wt(Math.abs(r)));
}
function Wl(r, e) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor(Wt(e) / 3))) * 3 - Wt(Math.abs(r)));
}
function jl(r, e) {
  return r = Math.abs(r), e = Math.abs(e) - r, Math.max(0, Wt(e) - Wt(r)) + 1;
}
function Vl(r, e) {
  switch (arguments.length) {
    case 0:
      break;
    case 1:
      this.range(r);
      break;
    default:
      this.range(e).domain(r);
      break;
  }
  return this;
}
function Yl(r) {
  return function() {
    return r;
  };
}
function Xl(r) {
  return +r;
}
var Fa = [0, 1];
function Ot(r) {
  return r;
}
function ln(r, e) {
  return (e -= r = +r) ? function(t) {
    return (t - r) / e;
  } : Yl(isNaN(e) ? NaN : 0.5);
}
function Kl(r, e) {
  var t;
  return r > e && (t = r, r = e, e = t), function(n) {
    return Math.max(r, Math.min(e, n));
  };
}
function Zl(r, e, t) {
  var n = r[0], a = r[1], s = e[0], i = e[1];
  return a < n ? (n = ln(a, n), s = t(i, s)) : (n = ln(n, a), s = t(s, i)), function(o) {
    return s(n(o));
  };
}
function Jl(r, e, t) {
  var n = Math.min(r.length, e.length) - 1, a = new Array(n), s = new Array(n), i = -1;
  for (r[n] < r[0] && (r = r.slice().reverse(), e = e.slice().reverse()); ++i < n; )
    a[i] = ln(r[i], r[i + 1]), s[i] = t(e[i], e[i + 1]);
  return function(o) {
    var l = Qo(r, o, 1, n) - 1;
    return s[l](a[l](o));
  };
}
function Ql(r, e) {
  return e.domain(r.domain()).range(r.range()).interpolate(r.interpolate()).clamp(r.clamp()).unknown(r.unknown());
}
function _l() {
  var r = Fa, e = Fa, t = Fn, n, a, s, i = Ot, o, l, h;
  function m() {
    var v = Math.min(r.length, e.length);
    return i !== Ot && (i = Kl(r[0], r[v - 1])), o = v > 2 ? Jl : Zl, l = h = null, f;
  }
  function f(v) {
    return v == null || isNaN(v = +v) ? s : (l || (l = o(r.map(n), e, t)))(n(i(v)));
  }
  return f.invert = function(v) {
    return i(a((h || (h = o(e, r.map(n), Z0)))(v)));
  }, f.domain = function(v) {
    return arguments.length ? (r = Array.from(v, Xl), m()) : r.slice();
  }, f.range = function(v) {
    return arguments.length ? (e = Array.from(v), m()) : e.slice();
  }, f.rangeRound = function(v) {
    return e = Array.from(v), t = $l, m();
  }, f.clamp = function(v) {
    return arguments.length ? (i = v ? !0 : Ot, m()) : i !== Ot;
  }, f.interpolate = function(v) {
    return arguments.length ? (t = v, m()) : t;
  }, f.unknown = function(v) {
    return arguments.length ? (s = v, f) : s;
  }, function(v, g) {
    return n = v, a = g, m();
  };
}
function e1() {
  return _l()(Ot, Ot);
}
function t1(r, e, t, n) {
  var a = nl(r, e, t), s;
  switch (n = Q0(n ?? ",f"), n.type) {
    case "s": {
      var i = Math.max(Math.abs(r), Math.abs(e));
      return n.precision == null && !isNaN(s = Wl(a, i)) && (n.precision = s), ri(n, i);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      n.precision == null && !isNaN(s = jl(a, Math.max(Math.abs(r), Math.abs(e)))) && (n.precision = s - (n.type === "e"));
      break;
    }
    case "f":
    case "%": {
      n.precision == null && !isNaN(s = Ul(a)) && (n.precision = s - (n.type === "%") * 2);
      break;
    }
  }
  return ti(n);
}
function r1(r) {
  var e = r.domain;
  return r.ticks = function(t) {
    var n = e();
    return rl(n[0], n[n.length - 1], t ?? 10);
  }, r.tickFormat = function(t, n) {
    var a = e();
    return t1(a[0], a[a.length - 1], t ?? 10, n);
  }, r.nice = function(t) {
    t == null && (t = 10);
    var n = e(), a = 0, s = n.length - 1, i = n[a], o = n[s], l, h, m = 10;
    for (o < i && (h = i, i = o, o = h, h = a, a = s, s = h); m-- > 0; ) {
      if (h = nn(i, o, t), h === l)
        return n[a] = i, n[s] = o, e(n);
      if (h > 0)
        i = Math.floor(i / h) * h, o = Math.ceil(o / h) * h;
      else if (h < 0)
        i = Math.ceil(i * h) / h, o = Math.floor(o * h) / h;
      else
        break;
      l = h;
    }
    return r;
  }, r;
}
function Qe() {
  var r = e1();
  return r.copy = function() {
    return Ql(r, Qe());
  }, Vl.apply(r, arguments), r1(r);
}
const n1 = 1e-4, a1 = 1e-4, ni = (r) => 0.5 * Math.log2(r + n1), zt = (r, e) => ({ name: r, number: e, unit: "", value: r === "R²" ? oi(e) : Z(e) }), ai = (r, e) => ({ name: r, number: 100 * e, unit: " %", value: `${Ze(100 * e, 10)} %` });
function Hn(r, e) {
  const t = r.number - e.number, n = Math.max(Math.abs(r.number), Math.abs(e.number)), a = Math.max(...[r, e].map(({ value: o }) => /\.(\d+)/.exec(o)?.[1].length ?? 0));
  if (!(Math.abs(t) > a1 * n)) return { now: r.value, before: e.value, change: "" };
  const s = Math.max(a, -Math.floor(Math.log10(Math.abs(t)))), i = (o) => n < 1e-3 || n >= 1e5 ? Z(o, 4) : Pn(o, s);
  return { now: i(r.number) + r.unit, before: i(e.number) + e.unit, change: `${t > 0 ? "+" : ""}${i(t)}` };
}
function N0(r, e, t, n) {
  return e ? t.classes ? i1(r, e[0]) : s1(r, e, t) : o1(r, n);
}
function s1(r, e, t) {
  let [n, a, s, i] = [0, 0, 0, 0];
  r.forEach((m, f) => {
    const v = Math.abs(t.output_scaling[f][0]), g = e[f].reduce((x, k) => x + k, 0) / e[f].length;
    for (let x = 0; x < m.length; x++) {
      const k = (m[x] - e[f][x]) ** 2;
      n += k, s += k * v * v, a += (e[f][x] - g) ** 2;
    }
    i += m.length;
  });
  const o = Math.sqrt(s / i), l = a > 0 ? 1 - n / a : NaN, h = [zt("RMSE", o)];
  return Number.isFinite(l) && h.unshift(zt("R²", l)), { loss: o, bits: ni(a > 0 ? n / a : n), shown: h };
}
function i1(r, e) {
  let [t, n] = [0, 0];
  for (let s = 0; s < e.length; s++) {
    const i = r.map((h) => h[s]), o = Math.max(...i), l = i.reduce((h, m) => h + Math.exp(m - o), 0);
    t += o + Math.log(l) - i[e[s]], i.indexOf(o) === e[s] && n++;
  }
  const a = t / e.length;
  return { loss: a, bits: a / Math.LN2, shown: [ai("Accuracy", n / e.length), zt("Cross entropy", a)] };
}
function o1(r, e) {
  let [t, n] = [0, 0];
  r.forEach((s, i) => {
    const o = e[i].reduce((l, h) => l + h, 0) / e[i].length;
    for (let l = 0; l < s.length; l++)
      t += (s[l] - e[i][l]) ** 2, n += (e[i][l] - o) ** 2;
  });
  const a = n > 0 ? Math.sqrt(t / n) : Math.sqrt(t);
  return { loss: a, bits: ni(a * a), shown: [si(a)] };
}
const si = (r) => ({ name: "Change", number: 100 * r, unit: " %", value: `${Z(100 * r)} %` });
function Z(r, e = 3) {
  if (!Number.isFinite(r)) return "–";
  if (r === 0) return "0";
  const t = Math.abs(r);
  return (t >= 1e5 || t < 1e-3 ? r.toExponential(e - 1) : l1(r.toPrecision(e + (t >= 1e3 ? 1 : 0)))).replace("e+", "e").replace(/-/g, "−");
}
function l1(r) {
  return r.includes("e") ? String(Number(r)) : r.includes(".") ? r.replace(/\.?0+$/, "") : r;
}
function Pn(r, e) {
  const t = r.toFixed(Math.min(Math.max(e, 0), 20));
  return Number(t) === 0 ? "0" : t.replace("-", "−");
}
const ii = (r) => 10 ** (Math.floor(Math.log10(r > 0 ? r : 1)) - 2);
function Ze(r, e) {
  return e >= 1e-4 && e < 1e5 ? Pn(r, -Math.round(Math.log10(ii(e)))) : Z(r);
}
function oi(r) {
  return r > 1 - 5e-7 ? "1" : Pn(r, Math.min(Math.max(Math.ceil(-Math.log10(1 - r)) + 1, 3), 6));
}
const u1 = "http://www.w3.org/2000/svg";
function li(r, e, t) {
  for (const [n, a] of Object.entries(e))
    typeof a == "function" ? r.addEventListener(n, a) : a === !0 ? r.setAttribute(n, "") : a !== !1 && a !== void 0 && r.setAttribute(n, String(a));
  return r.append(...t.filter((n) => !!n)), r;
}
function M(r, e = {}, ...t) {
  return li(document.createElement(r), e, t);
}
function U(r, e = {}, ...t) {
  return li(document.createElementNS(u1, r), e, t);
}
function d0(r) {
  let e = null;
  return (...t) => {
    const n = e === null;
    e = t, n && requestAnimationFrame(() => {
      const a = e;
      e = null, r(...a);
    });
  };
}
function ui() {
  let r = 0;
  return (e, t, n, a = 0) => {
    const s = ++r;
    let i = 0;
    const o = () => {
      if (s !== r) return;
      const l = performance.now() + 12;
      for (; i < e && performance.now() < l; ) t(i++);
      i < e ? setTimeout(o, 8) : n();
    };
    setTimeout(o, a);
  };
}
const h1 = "button, input, select, textarea, summary, [tabindex]", La = (r) => r.getAttribute("aria-label") ?? r.textContent ?? "";
function P0(r, ...e) {
  const t = () => [...r.querySelectorAll(h1)], n = t().indexOf(document.activeElement), a = n < 0 ? "" : La(document.activeElement);
  if (r.replaceChildren(...e), n < 0) return;
  const s = t().filter((i) => !i.matches(":disabled"));
  (s.find((i) => La(i) === a) ?? s[Math.min(n, s.length - 1)])?.focus({ preventScroll: !0 });
}
const hi = matchMedia("(prefers-color-scheme: dark)"), un = /* @__PURE__ */ new Map();
hi.addEventListener("change", () => un.clear());
function ci(r, e) {
  const t = un.get(e);
  if (t) return t;
  const n = getComputedStyle(r).getPropertyValue(`--${e}`).trim();
  return n && un.set(e, n), n;
}
function mi(r) {
  hi.addEventListener("change", r);
}
function di(r) {
  const e = window.devicePixelRatio || 1, { clientWidth: t, clientHeight: n } = r;
  (r.width !== Math.round(t * e) || r.height !== Math.round(n * e)) && (r.width = Math.round(t * e), r.height = Math.round(n * e));
  const a = r.getContext("2d");
  return a.setTransform(e, 0, 0, e, 0, 0), a.clearRect(0, 0, t, n), { context: a, width: t, height: n };
}
const $t = (r, e, ...t) => M("section", { class: `panel ${r}`, "aria-label": e }, M("h2", {}, e), ...t), Ct = 1e-9, Gn = Number.MAX_VALUE, _e = (r, e, t) => r < e ? e : r > t ? t : r, G0 = (r) => Gn ** (0.9 / (Math.abs(r) + 1)), U0 = (r) => Math.max(r, Ct), Un = (r, e = Ct) => r < 0 ? Math.min(r, -e) : Math.max(r, e), Nr = (r) => _e(r, -300, 300);
function Fe(r) {
  return r > 0 ? (e) => Math.pow(_e(e, -G0(r), G0(r)), r) : (e) => Math.pow(Un(e, Math.max(Ct, 1 / G0(r))), r);
}
const Ha = Fe(2);
function Pa(r) {
  const e = 1 - Ct, t = _e(r, -e, e), n = (Math.PI / 2 - Math.asin(e)) / (1 - e);
  return Math.asin(t) + n * (_e(r, -1, 1) - t);
}
const c1 = [-1 / 0, 1 / 0], xe = (r) => (e) => `${r}\\left(${e}\\right)`, m1 = (r) => `\\left(${r}\\right)`;
function Y(r, e, t, n = {}) {
  return { value: r, latex: e, bits: t, alias: !1, ...{ free: "", symmetric: !1, period: 0, domain: c1, pole: !1 }, ...n };
}
const qe = { free: "scale", symmetric: !0 }, a0 = { free: "scale", domain: [0, 1 / 0] }, vt = { symmetric: !0 }, Ye = (r) => (e) => `${m1(e)}^{${r}}`, s0 = (r) => (e) => `\\frac{1}{${r ? Ye(r)(e) : e}}`, Et = {
  0: Y(() => 0, () => "0", 0, { free: "both", symmetric: !0 }),
  x: Y((r) => r, (r) => r, 1, { free: "both", symmetric: !0 }),
  "x^2": Y(Fe(2), Ye("2"), 3, qe),
  "x^3": Y(Fe(3), Ye("3"), 5, qe),
  "x^4": Y(Fe(4), Ye("4"), 6, qe),
  "x^5": Y(Fe(5), Ye("5"), 7, qe),
  "1/x": Y(Fe(-1), s0(""), 4, { ...qe, pole: !0 }),
  "1/x^2": Y(Fe(-2), s0("2"), 5, { ...qe, pole: !0 }),
  "1/x^3": Y(Fe(-3), s0("3"), 6, { ...qe, pole: !0 }),
  "1/x^4": Y(Fe(-4), s0("4"), 7, { ...qe, pole: !0 }),
  "1/x^5": Y(Fe(-5), s0("5"), 8, { ...qe, pole: !0 }),
  sqrt: Y(
    (r) => r < Ct ? Math.max(r, 0) * Ct ** -0.5 : Math.sqrt(r),
    (r) => `\\sqrt{${r}}`,
    4,
    a0
  ),
  "x^1.5": Y((r) => Math.pow(_e(r, 0, G0(2)), 1.5), Ye("3/2"), 6, a0),
  "1/sqrt": Y((r) => 1 / Math.sqrt(U0(r)), (r) => `\\frac{1}{\\sqrt{${r}}}`, 5, a0),
  "1/x^1.5": Y((r) => Math.pow(U0(r), -1.5), Ye("-3/2"), 7, a0),
  exp: Y((r) => Math.exp(Nr(r)), xe("\\exp"), 3, { free: "shift" }),
  log: Y((r) => Math.log(U0(r)), xe("\\log"), 3, a0),
  abs: Y(Math.abs, (r) => `\\left|${r}\\right|`, 4, qe),
  sign: Y(Math.sign, xe("\\operatorname{sign}"), 6, qe),
  sin: Y(Math.sin, xe("\\sin"), 3, { symmetric: !0, period: 2 * Math.PI }),
  cos: Y(Math.cos, xe("\\cos"), 3, { symmetric: !0, period: 2 * Math.PI, alias: !0 }),
  tan: Y((r) => Math.sin(r) / Un(Math.cos(r)), xe("\\tan"), 6, {
    symmetric: !0,
    period: Math.PI
  }),
  tanh: Y(Math.tanh, xe("\\tanh"), 5, vt),
  sinh: Y((r) => Math.sinh(Nr(r)), xe("\\sinh"), 6, vt),
  cosh: Y((r) => Math.cosh(Nr(r)), xe("\\cosh"), 6, vt),
  arcsin: Y(Pa, xe("\\arcsin"), 5, { symmetric: !0, domain: [-1, 1] }),
  arccos: Y((r) => Math.PI / 2 - Pa(r), xe("\\arccos"), 5, {
    symmetric: !0,
    domain: [-1, 1],
    alias: !0
  }),
  arctan: Y(Math.atan, xe("\\arctan"), 5, vt),
  arctanh: Y((r) => Math.atanh(_e(r, -0.999999999, 1 - Ct)), xe("\\operatorname{artanh}"), 5, {
    symmetric: !0,
    domain: [-1, 1]
  }),
  arcsinh: Y(Math.asinh, xe("\\operatorname{arsinh}"), 7, vt),
  gaussian: Y((r) => Math.exp(-Ha(r)), (r) => `e^{-${Ye("2")(r)}}`, 5, vt),
  lorentzian: Y((r) => 1 / (1 + Ha(r)), (r) => `\\frac{1}{1 + ${Ye("2")(r)}}`, 6, vt)
};
function lr(r) {
  if (typeof r == "string") {
    if (!Object.hasOwn(Et, r)) throw new Error(`unknown function ${r}`);
    return Et[r].value;
  }
  return (e) => kt(r, e);
}
const Ga = Gn ** 0.45, Ua = (r) => _e(r, -Ga, Ga);
function kt(r, e) {
  const [t, ...n] = r;
  return t === "number" ? Number(n[0]) : t === "input" ? e : t === "sum" ? Ua(n.reduce((a, s) => a + kt(s, e), 0)) : t === "product" ? n.slice(1).reduce((a, s) => Ua(a * kt(s, e)), kt(n[0], e)) : t === "power" ? d1(kt(n[0], e), n[1], e) : lr(n[0])(kt(n[1], e));
}
const Wa = {
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
function d1(r, e, t) {
  const n = kt(e, t), a = e[0] === "number" && e[2] !== null;
  if (a && String(n) in Wa) return Et[Wa[String(n)]].value(r);
  if (a && Number.isInteger(n)) {
    const s = Gn ** (0.4 / Math.abs(n)), i = _e(r, -s, s);
    return Math.pow(n < 0 ? Un(i, 1 / s) : i, n);
  }
  return Math.exp(_e(n * Math.log(U0(r)), -300, 300));
}
const fi = 80;
function Wn(r) {
  return r.do === "label" ? [] : r.do === "remove" ? r.edges : [r.edge];
}
function pi({ edit: r, position: e }, t, n) {
  switch (r.do) {
    case "remove":
      return new Float64Array(n.length).fill(r.constants[e]);
    case "fix": {
      const a = lr(r.function);
      return n.map((s) => r.c * a(r.a * s + r.b) + r.d);
    }
    case "redraw":
      return hn(r.x, r.y, n);
    case "bend": {
      const a = hn(r.x, r.y, n);
      return t.map((s, i) => s + a[i]);
    }
    case "clip":
      return t.map((a) => Math.min(Math.max(a, r.low), r.high));
    case "label":
      return t;
  }
}
function hn(r, e, t) {
  const n = r.length - 1, a = r.slice(1).map((o, l) => o - r[l]), s = a.map((o, l) => (e[l + 1] - e[l]) / o), i = f1(a, s);
  return t.map((o) => {
    const l = Math.min(Math.max(o, r[0]), r[n]);
    let h = 0;
    for (let x = n; x - h > 1; ) {
      const k = h + x >> 1;
      l >= r[k] ? h = k : x = k;
    }
    const m = l - r[h], f = m / a[h], v = (i[h] + i[h + 1] - 2 * s[h]) * f, g = 3 * s[h] - 2 * i[h] - i[h + 1];
    return e[h] + m * (i[h] + f * (g + v));
  });
}
function f1(r, e) {
  const t = e.length - 1;
  if (t === 0) return [e[0], e[0]];
  const n = e.slice(1).map((s, i) => {
    const o = e[i];
    if (o * s <= 0) return 0;
    const l = 2 * r[i + 1] + r[i], h = r[i + 1] + 2 * r[i];
    return (l + h) / (l / o + h / s);
  });
  return [ja(r[0], r[1], e[0], e[1]), ...n, ja(r[t], r[t - 1], e[t], e[t - 1])];
}
function ja(r, e, t, n) {
  const a = ((2 * r + e) * t - r * n) / (r + e);
  return a * t <= 0 ? 0 : t * n <= 0 && Math.abs(a) > 3 * Math.abs(t) ? 3 * t : a;
}
function vi(r, e) {
  const t = [];
  return r.forEach((n, a) => {
    for (t.push({ mean: n, weight: e[a], count: 1 }); t.length > 1 && t[t.length - 2].mean > t[t.length - 1].mean; ) {
      const s = t.pop(), i = t.pop(), o = i.weight + s.weight;
      t.push({
        mean: (i.mean * i.weight + s.mean * s.weight) / o,
        weight: o,
        count: i.count + s.count
      });
    }
  }), t.flatMap((n) => Array(n.count).fill(n.mean));
}
function gi(r, e) {
  const t = Math.max(...e) - Math.min(...e);
  return r.every((n, a) => Math.abs(n - e[a]) <= 1e-9 * t);
}
function p1(r) {
  const e = /* @__PURE__ */ new Set();
  for (const t of r)
    for (const n of Wn(t)) t.do === "remove" ? e.add(String(n)) : e.delete(String(n));
  return e;
}
function v1(r, e) {
  if (r.do !== "remove") return [];
  const t = r.edges.flatMap((n, a) => String(n) === String(e) ? [] : [a]);
  return t.length ? [{ ...r, edges: t.map((n) => r.edges[n]), constants: t.map((n) => r.constants[n]) }] : [];
}
function Va(r, e) {
  let t;
  try {
    t = JSON.parse(r);
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (t?.edgewise_edits !== 1 || !Array.isArray(t.edits))
    throw new Error("This is no log of edits that the explorer wrote.");
  if (JSON.stringify(t.widths) !== JSON.stringify(e))
    throw new Error(`This log is for a network of the widths ${JSON.stringify(t.widths)}.`);
  return t.edits.forEach((n, a) => {
    if (!b1(n, e)) throw new Error(`Edit ${a} of this log is damaged.`);
  }), t.edits;
}
const W0 = (r) => typeof r == "number" && Number.isFinite(r), Er = (r) => Array.isArray(r) && r.every(W0);
function E0(r, e) {
  if (!Array.isArray(r) || r.length !== 3 || !r.every(Number.isInteger)) return !1;
  const [t, n, a] = r;
  return t >= 0 && t < e.length - 1 && n >= 0 && a >= 0 && n < e[t] && a < e[t + 1];
}
function g1(r, e) {
  if (!Array.isArray(r) || r.length !== 2 || !r.every(Number.isInteger)) return !1;
  const [t, n] = r;
  return t > 0 && t < e.length - 1 && n >= 0 && n < e[t];
}
function b1(r, e) {
  switch (r?.do) {
    case "remove":
      return Array.isArray(r.edges) && r.edges.every((t) => E0(t, e)) && Er(r.constants) && r.constants.length === r.edges.length;
    case "fix":
      return E0(r.edge, e) && [r.a, r.b, r.c, r.d].every(W0) && y1(r.function);
    case "redraw":
    case "bend":
      return E0(r.edge, e) && Er(r.x) && Er(r.y) && r.x.length === r.y.length && r.x.length > 1 && r.x.every((t, n) => n === 0 || t > r.x[n - 1]);
    case "clip":
      return E0(r.edge, e) && W0(r.low) && W0(r.high) && r.low <= r.high;
    case "label":
      return g1(r.node, e) && typeof r.text == "string" && [...r.text].length <= fi;
    default:
      return !1;
  }
}
function y1(r) {
  try {
    return Number.isFinite(lr(r)(0.5)) || !0;
  } catch {
    return !1;
  }
}
class bi {
  now = [];
  /** The states before, one a step of undo, and those that were undone, the next of redo last. */
  past = [];
  future = [];
  /** Begins with edits of which each is a step. */
  constructor(e = []) {
    this.now = e, this.past = e.map((t, n) => e.slice(0, n));
  }
  get canUndo() {
    return this.past.length > 0;
  }
  get canRedo() {
    return this.future.length > 0;
  }
  /** Other edits in the place of all that are there, as one step; false if they are the same. */
  set(e) {
    return cn(e, this.now) ? !1 : (this.past = [...this.past, this.now], [this.now, this.future] = [e, []], !0);
  }
  /** Another last edit as the same step; null takes that one away. */
  exchangeLast(e) {
    const t = this.now.slice(0, -1), n = cn(this.past.at(-1), t);
    if (!n && !e) return void this.set(t);
    const a = n ? this.past.slice(0, -1) : this.past;
    this.past = e ? [...a, t] : a, [this.now, this.future] = [e ? [...t, e] : t, []];
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
function cn(r, e) {
  return r?.length === e.length && r.every((t, n) => t === e[n]);
}
class yi {
  history = new bi();
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
    for (const t of this.listeners) t(e);
  }
}
function Se(r) {
  return r.cost().now.shown.map((e) => `${e.name} ${e.value}`).join(", ");
}
const w1 = "₀₁₂₃₄₅₆₇₈₉", x1 = "⁰¹²³⁴⁵⁶⁷⁸⁹", Ya = (r, e) => [...String(r)].map((t) => e[Number(t)]).join("");
function jt(r, e, t) {
  const { payload: n, network: a } = r;
  return e === 0 ? n.input_names[t] : e === a.layers.length ? n.output_names[t] : r.labelOf(e, t) || Pt(r, e, t);
}
function Pt({ network: r }, e, t) {
  return `h${r.layers.length > 2 ? `⁽${Ya(e, x1)}⁾` : ""}${Ya(t, w1)}`;
}
function Vt(r, [e, t, n]) {
  return `${jt(r, e, t)} → ${jt(r, e + 1, n)}`;
}
function k1(r, [e, t]) {
  const n = jt(r, e, t), a = r.network.layers[e];
  return a.mixes ? `${a.normTitle}(${n})` : n;
}
function Yt(r, e = 18) {
  return r.length > e ? `${r.slice(0, e - 1)}…` : r;
}
function f0(r, e) {
  let [t, n] = [1 / 0, -1 / 0];
  for (const a of r)
    a < t && (t = a), a > n && (n = a);
  return n > t || ([t, n] = [t - 0.5, n + 0.5]), Float64Array.from({ length: e }, (a, s) => t + s / (e - 1) * (n - t));
}
function M1(r, e, t, n = 24) {
  const a = { x: [], y: [] }, s = Math.max(1, Math.ceil(t.length / n));
  for (let i = 0; i < t.length; i += s) {
    const o = t.slice(i, i + s);
    a.x.push(o.reduce((l, h) => l + r[h], 0) / o.length), a.y.push(o.reduce((l, h) => l + e[h], 0) / o.length);
  }
  return a;
}
const S1 = 11, $0 = 40, de = { left: 52, right: 14, top: 12, bottom: 40 };
function wi(r, e, t, n, a) {
  const s = t.flatMap((S) => S.x), i = t.flatMap((S) => S.y), o = (S) => r.toUnits(e[0], e[1], S), l = [o(Math.min(...s)), o(Math.max(...s))], [h, m] = [Math.min(...i), Math.max(...i)], f = 0.08 * (m - h) || 0.5, v = A1(r, e), g = Qe(l, [de.left, n - de.right]), x = Qe([h - f, m + f].map((S) => S * v), [a - de.bottom, de.top]), k = (S, T) => S.ticks(T).map((A) => ({ at: S(A), text: Z(A) }));
  return {
    width: n,
    height: a,
    x: (S) => g(o(S)),
    y: (S) => x(S * v),
    valueAt: (S) => x.invert(S) / v,
    xTicks: k(g, Math.max(2, Math.floor(n / 90))),
    yTicks: k(x, 5)
  };
}
function A1(r, [e, , t]) {
  const n = r.network.layers.length - 1;
  return e === n && !r.network.layers[n].hasPost ? r.payload.output_scaling[t][0] : 1;
}
const i0 = (r, e) => r.x.map((t, n) => `${n ? "L" : "M"}${e.x(t).toFixed(1)},${e.y(r.y[n]).toFixed(1)}`).join("");
function xi(r, e, t) {
  const n = t.height - de.bottom;
  return U(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...t.yTicks.map((a) => U("line", { x1: de.left, x2: t.width - de.right, y1: a.at, y2: a.at })),
    ...t.yTicks.map((a) => U("text", { x: de.left - 6, y: a.at, "text-anchor": "end", "dominant-baseline": "middle" }, a.text)),
    ...t.xTicks.map((a) => U("text", { x: a.at, y: n + 15, "text-anchor": "middle" }, a.text)),
    U("text", { class: "title", x: t.width - de.right, y: t.height - 6, "text-anchor": "end" }, Yt(k1(r, e), 40)),
    U("text", { class: "title", x: de.left + 4, y: de.top + 4 }, `adds to ${Yt(jt(r, e[0] + 1, e[2]), 24)}`)
  );
}
function ki(r, e, t) {
  const n = U("g", { class: "handle", tabindex: 0, role: "slider", "aria-orientation": "vertical", ...t }, U("circle", { class: "reach", r: 12 }), U("circle", { r: 6 }));
  return jn(n, r, e), n;
}
const jn = (r, e, t) => r.setAttribute("transform", `translate(${e.toFixed(2)},${t.toFixed(2)})`);
function Vn(r, e, t) {
  const [n, a] = [e[0], e[e.length - 1]], s = new Array($0).fill(0);
  for (const h of r) {
    const m = Math.floor((h - n) / (a - n) * $0);
    s[Math.min(Math.max(m, 0), $0 - 1)]++;
  }
  const i = Math.max(...s, 1), o = 0.22 * (t.height - de.bottom - de.top), l = s.map((h, m) => {
    const f = [m, m + 1].map((g) => t.x(n + g / $0 * (a - n))), v = h / i * o;
    return U("rect", {
      x: Math.min(...f) + 0.5,
      width: Math.max(Math.abs(f[1] - f[0]) - 1, 0.5),
      y: t.height - de.bottom - v,
      height: v
    });
  });
  return U("g", { class: "density", "aria-hidden": "true" }, ...l);
}
function T1(r, e, t = 230, n = 150) {
  const a = r.curve(e), s = wi(r, e, [a], t, n);
  return U(
    "svg",
    { viewBox: `0 0 ${t} ${n}`, width: t, height: n, class: "chart" },
    Vn(r.cloud(e).x, a.x, s),
    xi(r, e, s),
    U("path", { class: "curve", d: i0(a, s) })
  );
}
class z1 {
  constructor(e, t) {
    this.session = e, this.say = t, this.element = M("div", { class: "editor" }), this.move = d0((n) => this.drag(n)), new ResizeObserver(() => this.draw()).observe(this.element);
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
    const t = Math.max(this.element.clientWidth, 200), n = this.session.curve(e), a = this.session.curve(e, !1, this.isMixed(e) ? void 0 : Float64Array.from(n.x)), s = this.preview ? [n, a, this.previewCurve(n)] : [n, a], i = wi(this.session, e, s, t, Math.min(280, Math.max(220, t * 0.6)));
    this.frame = i, this.curvePath = U("path", { class: "curve", d: i0(n, i) });
    const o = this.session.steps(e).length > 0, l = this.session.obstacle(e) || this.session.isRemoved(e) || this.preview ? [] : this.makeHandles(e), h = U(
      "svg",
      { viewBox: `0 0 ${i.width} ${i.height}`, class: "chart", role: "group", "aria-label": "Curve of the edge" },
      Vn(this.session.cloud(e).x, n.x, i),
      xi(this.session, e, i),
      o && U("path", { class: "curve first", d: i0(a, i) }),
      this.curvePath,
      this.preview && U("path", { class: "curve preview", d: i0(this.previewCurve(n), i) }),
      ...l
    ), m = this.handles.findIndex((f) => f === document.activeElement);
    this.handles = l, this.element.replaceChildren(h), m >= 0 && this.handles[m]?.focus();
  }
  isMixed(e) {
    return this.session.network.layers[e[0]].mixes;
  }
  previewCurve(e) {
    const t = Float64Array.from(e.x), n = { edit: this.preview, position: 0 };
    return { x: e.x, y: [...pi(n, Float64Array.from(e.y), t)] };
  }
  makeHandles(e) {
    const { frame: t, session: n } = this;
    this.knots = [...f0(n.rows.levels[e[0]][e[1]], S1)];
    const a = n.curve(e, !0, Float64Array.from(this.knots)).y;
    return this.offsets = this.knots.map(() => 0), this.knots.map(
      (s, i) => ki(t.x(s), t.y(a[i]), {
        "aria-label": `Curve at ${Z(n.toUnits(e[0], e[1], s))}`,
        "aria-valuenow": a[i],
        "aria-valuetext": Z(a[i]),
        pointerdown: (o) => this.begin(i, o),
        keydown: (o) => this.press(i, o)
      })
    );
  }
  bend(e, t, n) {
    const a = this.offsets.map((i, o) => o === e ? t : i), s = { do: "bend", edge: this.session.chosen, x: this.knots, y: a };
    return n ? { ...s, by: n } : s;
  }
  startValue = 0;
  grabbed = 0;
  begin(e, t) {
    t.preventDefault(), this.handles[e].focus();
    const n = this.element.getBoundingClientRect();
    this.dragged = e, this.startValue = this.session.curve(this.session.chosen, !0, Float64Array.from(this.knots)).y[e], this.grabbed = this.frame.y(this.startValue) - (t.clientY - n.top);
    const a = new AbortController(), { signal: s } = a, i = (l) => (h) => h.pointerId === t.pointerId && l(h), o = (l) => () => {
      a.abort(), this.end(l);
    };
    window.addEventListener("pointermove", i((l) => this.move(l.clientY - n.top + this.grabbed)), { signal: s }), window.addEventListener("pointerup", i(o(!0)), { signal: s }), window.addEventListener("pointercancel", i(o(!1)), { signal: s });
  }
  drag(e) {
    if (this.dragged < 0) return;
    const t = this.frame, n = Math.min(Math.max(e, de.top - 8), t.height - de.bottom + 8);
    this.session.attempt(this.bend(this.dragged, t.valueAt(n) - this.startValue));
  }
  end(e) {
    this.dragged = -1;
    const t = this.session.trial;
    e && t ? this.session.commit(t) : this.session.attempt(null), e && t && this.say(`Curve bent. ${Se(this.session)}`);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const e = this.session.chosen;
    if (!e || !this.frame || this.dragged < 0) return;
    const t = this.session.curve(e, !0, f0(Float64Array.from([this.knots[0], this.knots.at(-1)]), 65));
    this.curvePath?.setAttribute("d", i0(t, this.frame));
    const n = this.session.curve(e, !0, Float64Array.from(this.knots)).y;
    this.handles.forEach((a, s) => jn(a, this.frame.x(this.knots[s]), this.frame.y(n[s])));
  }
  press(e, t) {
    const n = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
    if (!(t.key in n)) return;
    t.preventDefault();
    const a = this.frame, s = (a.valueAt(de.top) - a.valueAt(a.height - de.bottom)) / 50, i = `key ${e}`, o = this.session.edits.at(-1), l = o?.do === "bend" && o.by === i && String(o.edge) === String(this.session.chosen), h = l ? o.y[e] : 0;
    l && (this.knots = o.x);
    const m = this.bend(e, h + n[t.key] * s, i);
    l ? this.session.exchangeLast(m) : this.session.commit(m), this.say(Se(this.session));
  }
}
const C1 = 1200, N1 = 12, E1 = /[ -~\u00a1-\u00ac\u00ae-\u00ff\u0391-\u03c9\u0410-\u044f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·…]/u;
function $1(r) {
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
  return `\\text{${[...r].map((n) => e[n] ?? (E1.test(n) ? n : "·")).join("")}}`;
}
const B1 = "₀₁₂₃₄₅₆₇₈₉";
function l0(r) {
  const e = /^([A-Za-z])([₀-₉]*)$/.exec(r);
  if (!e) return $1(r.length > 40 ? `${r.slice(0, 39)}…` : r);
  const t = [...e[2]].map((n) => B1.indexOf(n)).join("");
  return t ? `${e[1]}_{${t}}` : e[1];
}
function Yn(r) {
  if (r === 0) return "0";
  const e = Number(r.toPrecision(4)), [t, n] = String(e).split("e");
  return n ? `${t}\\cdot 10^{${Number(n)}}` : t;
}
function Xt(r) {
  const e = r.filter((t) => t.factor !== 0);
  return e.length ? e.map(({ factor: t, body: n }, a) => {
    const s = t < 0 ? "-" : a ? "+" : "", i = Yn(Math.abs(t)), o = n ? i === "1" ? n : `${i}\\,${n}` : i;
    return `${s}${a && s ? " " : ""}${o}`;
  }).join(" ") : "0";
}
function Mi(r, e, t, n, a) {
  const s = a && e !== 1 ? `\\left(${n}\\right)` : n;
  if (r === "x") return [{ factor: e, body: a ? `\\left(${n}\\right)` : n }, { factor: t, body: "" }];
  const i = Xt([{ factor: e, body: s }, { factor: t, body: "" }]);
  return typeof r != "string" ? [{ factor: 1, body: `\\left(${xt(r, i)}\\right)` }] : [{ factor: 1, body: !/[-+ ]/.test(i) && r.startsWith("x^") ? `${i}^{${r.slice(2)}}` : Et[r].latex(i) }];
}
function xt(r, e) {
  const [t, ...n] = r;
  return t === "number" ? Yn(Number(n[0])) : t === "input" ? `\\left(${e}\\right)` : t === "sum" ? n.map((a) => xt(a, e)).join(" + ").replaceAll("+ -", "- ") : t === "product" ? n.map((a) => a[0] === "sum" ? `\\left(${xt(a, e)}\\right)` : xt(a, e)).join("\\,") : t === "power" ? `\\left(${xt(n[0], e)}\\right)^{${xt(n[1], e)}}` : Et[String(n[0])].latex(xt(n[1], e));
}
function D1(r, e, t, n, a) {
  const s = Mi(r, e, t, "x", !1).map((i) => ({ ...i, factor: i.factor * n }));
  return Xt(R1([...s, { factor: a, body: "" }]));
}
function R1(r) {
  const e = r.filter((t) => !t.body).reduce((t, n) => t + n.factor, 0);
  return [...r.filter((t) => t.body), { factor: e, body: "" }];
}
function q1(r, e, t, n) {
  const [a, s, i] = e, o = r.steps(e), l = o.at(-1)?.edit;
  if (l?.do === "remove") return { terms: [{ factor: l.constants[o.at(-1).position], body: "" }], named: !0 };
  const h = r.network.layers[a].named.get(r.place(e)), m = l?.do === "fix" ? { tree: l.function, numbers: [l.a, l.b, l.c, l.d] } : !l && h && { tree: h.function, numbers: [...h.numbers.slice(0, 3), 0] };
  if (!m)
    return { terms: [{ factor: 1, body: `f\\left(${[er(r, a, s), er(r, a + 1, i)].join("\\to ")}\\right)` }], named: !1 };
  const [f, v, g, x] = m.numbers;
  return { terms: [...Mi(m.tree, f, v, t, n).map((S) => ({ ...S, factor: S.factor * g })), { factor: x, body: "" }], named: !0 };
}
function Si(r, e, t, n, a) {
  const s = r.network.layers[e], i = [], o = [];
  let [l, h, m] = [s.biasOf(t), !s.hasPost && !s.mixes, 0];
  const f = r.edges().filter((k) => k[0] === e && k[2] === t);
  f.sort((k, S) => r.score(S) - r.score(k));
  for (const k of f) {
    const S = n[k[1]], T = q1(r, k, S.latex, S.isSum);
    if (h &&= T.named && S.named, s.products.has(t)) {
      o.push(`\\left(${Xt(T.terms)}\\right)`);
      continue;
    }
    for (const A of T.terms)
      A.body ? i.length < a ? i.push(A) : m++ : l += A.factor;
  }
  o.length && i.push({ factor: 1, body: o.join("\\,") });
  const v = Math.abs(l) < 1e-12 ? 0 : l, g = m ? ` + \\text{${m} more}` : "", x = Xt([...i, { factor: v, body: "" }]) + g;
  return { latex: x, isSum: /[-+]/.test(x) || i.length > 1, named: h };
}
function I1(r) {
  const { layers: e } = r.network;
  let [t] = Ti(r);
  for (let n = 0; n < e.length; n++)
    if (t = Array.from({ length: e[n].out }, (a, s) => Si(r, n, s, t, 1 / 0)), t.some((a) => !a.named || a.latex.length > C1)) return null;
  return t.map((n, a) => ({ left: er(r, e.length, a), right: Ai(r, a, n.latex) }));
}
function Ai(r, e, t) {
  const [n, a] = r.payload.output_scaling[e];
  return n === 1 && a === 0 ? t : Xt([{ factor: n, body: `\\left(${t}\\right)` }, { factor: a, body: "" }]);
}
function O1(r, [e, t]) {
  return e === 1 && t === 0 ? l0(r) : `\\tfrac{${Xt([{ factor: 1, body: l0(r) }, { factor: -t, body: "" }])}}{${Yn(e)}}`;
}
function F1(r) {
  const { network: e } = r, t = Ti(r), n = [];
  for (let a = e.layers.length - 1; a >= 0; a--)
    for (let s = 0; s < e.layers[a].out && n.length < 12; s++) {
      const i = Si(r, a, s, t[a], N1).latex, o = a === e.layers.length - 1 ? Ai(r, s, i) : i, l = e.layers[a].hasPost ? `\\operatorname{post}\\!\\left(${o}\\right)` : o;
      n.push({ left: t[a + 1][s].latex, right: l });
    }
  return n;
}
function er(r, e, t) {
  const { payload: n, network: a } = r;
  if (e === 0) return l0(n.input_names[t]);
  if (e === a.layers.length) return l0(n.output_names[t]);
  const s = r.labelOf(e, t);
  return s ? l0(s) : `h${a.layers.length > 2 ? `^{(${e})}` : ""}_{${t}}`;
}
function Ti(r) {
  const { payload: e, network: t } = r, n = (a, s) => a ? er(r, a, s) : O1(e.input_names[s], e.input_scaling[s]);
  return t.widths.map((a, s) => Array.from({ length: a }, (i, o) => ({ latex: n(s, o), isSum: !1, named: !0 })));
}
class N extends Error {
  // The underlying error message without any context added.
  constructor(e, t) {
    var n = "KaTeX parse error: " + e, a, s, i = t && t.loc;
    if (i && i.start <= i.end) {
      var o = i.lexer.input;
      a = i.start, s = i.end, a === o.length ? n += " at end of input: " : n += " at position " + (a + 1) + ": ";
      var l = o.slice(a, s).replace(/[^]/g, "$&̲"), h;
      a > 15 ? h = "…" + o.slice(a - 15, a) : h = o.slice(0, a);
      var m;
      s + 15 < o.length ? m = o.slice(s, s + 15) + "…" : m = o.slice(s), n += h + l + m;
    }
    super(n), this.name = "ParseError", this.position = void 0, this.length = void 0, this.rawMessage = void 0, Object.setPrototypeOf(this, N.prototype), this.position = a, a != null && s != null && (this.length = s - a), this.rawMessage = e;
  }
}
var L1 = /([A-Z])/g, H1 = (r) => r.replace(L1, "-$1").toLowerCase(), P1 = {
  "&": "&amp;",
  ">": "&gt;",
  "<": "&lt;",
  '"': "&quot;",
  "'": "&#x27;"
}, G1 = /[&><"']/g, ve = (r) => String(r).replace(G1, (e) => P1[e]), j0 = (r) => r.type === "ordgroup" || r.type === "color" ? r.body.length === 1 ? j0(r.body[0]) : r : r.type === "font" ? j0(r.body) : r, U1 = /* @__PURE__ */ new Set(["mathord", "textord", "atom"]), tt = (r) => U1.has(j0(r).type), W1 = (r) => {
  var e = /^[\x00-\x20]*([^\\/#?]*?)(:|&#0*58|&#x0*3a|&colon)/i.exec(r);
  return e ? e[2] !== ":" || !/^[a-zA-Z][a-zA-Z0-9+\-.]*$/.test(e[1]) ? null : e[1].toLowerCase() : "_relative";
}, mn = {
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
    cliProcessor: (r) => "#" + r
  },
  macros: {
    type: "object",
    cli: "-m, --macro <def>",
    cliDescription: "Define custom macro of the form '\\foo:expansion' (use multiple -m arguments for multiple macros).",
    cliDefault: [],
    cliProcessor: (r, e) => (e.push(r), e)
  },
  minRuleThickness: {
    type: "number",
    description: "Specifies a minimum thickness, in ems, for fraction lines, `\\sqrt` top lines, `{array}` vertical lines, `\\hline`, `\\hdashline`, `\\underline`, `\\overline`, and the borders of `\\fbox`, `\\boxed`, and `\\fcolorbox`.",
    processor: (r) => Math.max(0, r),
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
    processor: (r) => Math.max(0, r),
    cli: "-s, --max-size <n>",
    cliProcessor: parseInt
  },
  maxExpand: {
    type: "number",
    default: 1e3,
    description: "Limit the number of macro expansions to the specified number, to prevent e.g. infinite macro loops. If set to Infinity, the macro expander will try to fully expand as in LaTeX.",
    processor: (r) => Math.max(0, r),
    cli: "-e, --max-expand <n>",
    cliProcessor: (r) => r === "Infinity" ? 1 / 0 : parseInt(r)
  },
  globalGroup: {
    type: "boolean",
    cli: !1
  }
};
function j1(r) {
  if (typeof r != "string")
    return r.enum[0];
  switch (r) {
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
function V1(r) {
  if (r.default !== void 0)
    return r.default;
  var e = Array.isArray(r.type) ? r.type[0] : r.type;
  return j1(e);
}
function Y1(r, e, t, n) {
  var a = t[e];
  r[e] = a !== void 0 ? n.processor ? n.processor(a) : a : V1(n);
}
class Xn {
  constructor(e) {
    e === void 0 && (e = {}), this.displayMode = void 0, this.output = void 0, this.leqno = void 0, this.fleqn = void 0, this.throwOnError = void 0, this.errorColor = void 0, this.macros = void 0, this.minRuleThickness = void 0, this.colorIsTextColor = void 0, this.strict = void 0, this.trust = void 0, this.maxSize = void 0, this.maxExpand = void 0, this.globalGroup = void 0, e = e || {};
    for (var t of Object.keys(mn)) {
      var n = mn[t];
      n && Y1(this, t, e, n);
    }
  }
  /**
   * Report nonstrict (non-LaTeX-compatible) input.
   * Can safely not be called if `this.strict` is false in JavaScript.
   */
  reportNonstrict(e, t, n) {
    var a = this.strict;
    if (typeof a == "function" && (a = a(e, t, n)), !(!a || a === "ignore")) {
      if (a === !0 || a === "error")
        throw new N("LaTeX-incompatible input and strict mode is set to 'error': " + (t + " [" + e + "]"), n);
      a === "warn" ? typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (t + " [" + e + "]")) : typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + a + "': " + t + " [" + e + "]"));
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
  useStrictBehavior(e, t, n) {
    var a = this.strict;
    if (typeof a == "function")
      try {
        a = a(e, t, n);
      } catch {
        a = "error";
      }
    return !a || a === "ignore" ? !1 : a === !0 || a === "error" ? !0 : a === "warn" ? (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to 'warn': " + (t + " [" + e + "]")), !1) : (typeof console < "u" && console.warn("LaTeX-incompatible input and strict mode is set to " + ("unrecognized '" + a + "': " + t + " [" + e + "]")), !1);
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
      var t = W1(e.url);
      if (t == null)
        return !1;
      e.protocol = t;
    }
    var n = typeof this.trust == "function" ? this.trust(e) : this.trust;
    return !!n;
  }
}
class it {
  constructor(e, t, n) {
    this.id = void 0, this.size = void 0, this.cramped = void 0, this.id = e, this.size = t, this.cramped = n;
  }
  /**
   * Get the style of a superscript given a base in the current style.
   */
  sup() {
    return Le[X1[this.id]];
  }
  /**
   * Get the style of a subscript given a base in the current style.
   */
  sub() {
    return Le[K1[this.id]];
  }
  /**
   * Get the style of a fraction numerator given the fraction in the current
   * style.
   */
  fracNum() {
    return Le[Z1[this.id]];
  }
  /**
   * Get the style of a fraction denominator given the fraction in the current
   * style.
   */
  fracDen() {
    return Le[J1[this.id]];
  }
  /**
   * Get the cramped version of a style (in particular, cramping a cramped style
   * doesn't change the style).
   */
  cramp() {
    return Le[Q1[this.id]];
  }
  /**
   * Get a text or display version of this style.
   */
  text() {
    return Le[_1[this.id]];
  }
  /**
   * Return true if this style is tightly spaced (scriptstyle/scriptscriptstyle)
   */
  isTight() {
    return this.size >= 2;
  }
}
var Kn = 0, tr = 1, Gt = 2, Je = 3, p0 = 4, Ne = 5, Kt = 6, ye = 7, Le = [new it(Kn, 0, !1), new it(tr, 0, !0), new it(Gt, 1, !1), new it(Je, 1, !0), new it(p0, 2, !1), new it(Ne, 2, !0), new it(Kt, 3, !1), new it(ye, 3, !0)], X1 = [p0, Ne, p0, Ne, Kt, ye, Kt, ye], K1 = [Ne, Ne, Ne, Ne, ye, ye, ye, ye], Z1 = [Gt, Je, p0, Ne, Kt, ye, Kt, ye], J1 = [Je, Je, Ne, Ne, ye, ye, ye, ye], Q1 = [tr, tr, Je, Je, Ne, Ne, ye, ye], _1 = [Kn, tr, Gt, Je, Gt, Je, Gt, Je], P = {
  DISPLAY: Le[Kn],
  TEXT: Le[Gt],
  SCRIPT: Le[p0],
  SCRIPTSCRIPT: Le[Kt]
}, dn = [{
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
function eu(r) {
  for (var e = 0; e < dn.length; e++)
    for (var t = dn[e], n = 0; n < t.blocks.length; n++) {
      var a = t.blocks[n];
      if (r >= a[0] && r <= a[1])
        return t.name;
    }
  return null;
}
var V0 = [];
dn.forEach((r) => r.blocks.forEach((e) => V0.push(...e)));
function zi(r) {
  for (var e = 0; e < V0.length; e += 2)
    if (r >= V0[e] && r <= V0[e + 1])
      return !0;
  return !1;
}
var ue = (r) => r + " " + r, qt = 80, tu = function(e, t) {
  return "M95," + (622 + e + t) + `
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
M` + (834 + e) + " " + t + "h400000v" + (40 + e) + "h-400000z";
}, ru = function(e, t) {
  return "M263," + (601 + e + t) + `c0.7,0,18,39.7,52,119
c34,79.3,68.167,158.7,102.5,238c34.3,79.3,51.8,119.3,52.5,120
c340,-704.7,510.7,-1060.3,512,-1067
l` + e / 2.084 + " -" + e + `
c4.7,-7.3,11,-11,19,-11
H40000v` + (40 + e) + `H1012.3
s-271.3,567,-271.3,567c-38.7,80.7,-84,175,-136,283c-52,108,-89.167,185.3,-111.5,232
c-22.3,46.7,-33.8,70.3,-34.5,71c-4.7,4.7,-12.3,7,-23,7s-12,-1,-12,-1
s-109,-253,-109,-253c-72.7,-168,-109.3,-252,-110,-252c-10.7,8,-22,16.7,-34,26
c-22,17.3,-33.3,26,-34,26s-26,-26,-26,-26s76,-59,76,-59s76,-60,76,-60z
M` + (1001 + e) + " " + t + "h400000v" + (40 + e) + "h-400000z";
}, nu = function(e, t) {
  return "M983 " + (10 + e + t) + `
l` + e / 3.13 + " -" + e + `
c4,-6.7,10,-10,18,-10 H400000v` + (40 + e) + `
H1013.1s-83.4,268,-264.1,840c-180.7,572,-277,876.3,-289,913c-4.7,4.7,-12.7,7,-24,7
s-12,0,-12,0c-1.3,-3.3,-3.7,-11.7,-7,-25c-35.3,-125.3,-106.7,-373.3,-214,-744
c-10,12,-21,25,-33,39s-32,39,-32,39c-6,-5.3,-15,-14,-27,-26s25,-30,25,-30
c26.7,-32.7,52,-63,76,-91s52,-60,52,-60s208,722,208,722
c56,-175.3,126.3,-397.3,211,-666c84.7,-268.7,153.8,-488.2,207.5,-658.5
c53.7,-170.3,84.5,-266.8,92.5,-289.5z
M` + (1001 + e) + " " + t + "h400000v" + (40 + e) + "h-400000z";
}, au = function(e, t) {
  return "M424," + (2398 + e + t) + `
c-1.3,-0.7,-38.5,-172,-111.5,-514c-73,-342,-109.8,-513.3,-110.5,-514
c0,-2,-10.7,14.3,-32,49c-4.7,7.3,-9.8,15.7,-15.5,25c-5.7,9.3,-9.8,16,-12.5,20
s-5,7,-5,7c-4,-3.3,-8.3,-7.7,-13,-13s-13,-13,-13,-13s76,-122,76,-122s77,-121,77,-121
s209,968,209,968c0,-2,84.7,-361.7,254,-1079c169.3,-717.3,254.7,-1077.7,256,-1081
l` + e / 4.223 + " -" + e + `c4,-6.7,10,-10,18,-10 H400000
v` + (40 + e) + `H1014.6
s-87.3,378.7,-272.6,1166c-185.3,787.3,-279.3,1182.3,-282,1185
c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2z M` + (1001 + e) + " " + t + `
h400000v` + (40 + e) + "h-400000z";
}, su = function(e, t) {
  return "M473," + (2713 + e + t) + `
c339.3,-1799.3,509.3,-2700,510,-2702 l` + e / 5.298 + " -" + e + `
c3.3,-7.3,9.3,-11,18,-11 H400000v` + (40 + e) + `H1017.7
s-90.5,478,-276.2,1466c-185.7,988,-279.5,1483,-281.5,1485c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2c0,-1.3,-5.3,-32,-16,-92c-50.7,-293.3,-119.7,-693.3,-207,-1200
c0,-1.3,-5.3,8.7,-16,30c-10.7,21.3,-21.3,42.7,-32,64s-16,33,-16,33s-26,-26,-26,-26
s76,-153,76,-153s77,-151,77,-151c0.7,0.7,35.7,202,105,604c67.3,400.7,102,602.7,104,
606zM` + (1001 + e) + " " + t + "h400000v" + (40 + e) + "H1017.7z";
}, iu = function(e) {
  var t = e / 2;
  return "M400000 " + e + " H0 L" + t + " 0 l65 45 L145 " + (e - 80) + " H400000z";
}, ou = function(e, t, n) {
  var a = n - 54 - t - e;
  return "M702 " + (e + t) + "H400000" + (40 + e) + `
H742v` + a + `l-4 4-4 4c-.667.7 -2 1.5-4 2.5s-4.167 1.833-6.5 2.5-5.5 1-9.5 1
h-12l-28-84c-16.667-52-96.667 -294.333-240-727l-212 -643 -85 170
c-4-3.333-8.333-7.667-13 -13l-13-13l77-155 77-156c66 199.333 139 419.667
219 661 l218 661zM702 ` + t + "H400000v" + (40 + e) + "H742z";
}, lu = function(e, t, n) {
  t = 1e3 * t;
  var a = "";
  switch (e) {
    case "sqrtMain":
      a = tu(t, qt);
      break;
    case "sqrtSize1":
      a = ru(t, qt);
      break;
    case "sqrtSize2":
      a = nu(t, qt);
      break;
    case "sqrtSize3":
      a = au(t, qt);
      break;
    case "sqrtSize4":
      a = su(t, qt);
      break;
    case "sqrtTall":
      a = ou(t, qt, n);
  }
  return a;
}, uu = function(e, t) {
  switch (e) {
    case "⎜":
      return ue("M291 0 H417 V" + t + " H291z");
    case "∣":
      return ue("M145 0 H188 V" + t + " H145z");
    case "∥":
      return ue("M145 0 H188 V" + t + " H145z") + ue("M367 0 H410 V" + t + " H367z");
    case "⎟":
      return ue("M457 0 H583 V" + t + " H457z");
    case "⎢":
      return ue("M319 0 H403 V" + t + " H319z");
    case "⎥":
      return ue("M263 0 H347 V" + t + " H263z");
    case "⎪":
      return ue("M384 0 H504 V" + t + " H384z");
    case "⏐":
      return ue("M312 0 H355 V" + t + " H312z");
    case "‖":
      return ue("M257 0 H300 V" + t + " H257z") + ue("M478 0 H521 V" + t + " H478z");
    default:
      return "";
  }
}, Xa = {
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
}, hu = function(e, t) {
  switch (e) {
    case "lbrack":
      return "M403 1759 V84 H666 V0 H319 V1759 v" + t + ` v1759 v84 h347 v-84
H403z M403 1759 V0 H319 V1759 v` + t + " v1759 v84 h84z";
    case "rbrack":
      return "M347 1759 V0 H0 V84 H263 V1759 v" + t + ` v1759 H0 v84 H347z
M347 1759 V0 H263 V1759 v` + t + " v1759 h84z";
    case "vert":
      return "M145 15 v585 v" + t + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -t + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M188 15 H145 v585 v` + t + " v585 h43z";
    case "doublevert":
      return "M145 15 v585 v" + t + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -t + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M188 15 H145 v585 v` + t + ` v585 h43z
M367 15 v585 v` + t + ` v585 c2.667,10,9.667,15,21,15
c10,0,16.667,-5,20,-15 v-585 v` + -t + ` v-585 c-2.667,-10,-9.667,-15,-21,-15
c-10,0,-16.667,5,-20,15z M410 15 H367 v585 v` + t + " v585 h43z";
    case "lfloor":
      return "M319 602 V0 H403 V602 v" + t + ` v1715 h263 v84 H319z
MM319 602 V0 H403 V602 v` + t + " v1715 H319z";
    case "rfloor":
      return "M319 602 V0 H403 V602 v" + t + ` v1799 H0 v-84 H319z
MM319 602 V0 H403 V602 v` + t + " v1715 H319z";
    case "lceil":
      return "M403 1759 V84 H666 V0 H319 V1759 v" + t + ` v602 h84z
M403 1759 V0 H319 V1759 v` + t + " v602 h84z";
    case "rceil":
      return "M347 1759 V0 H0 V84 H263 V1759 v" + t + ` v602 h84z
M347 1759 V0 h-84 V1759 v` + t + " v602 h84z";
    case "lparen":
      return `M863,9c0,-2,-2,-5,-6,-9c0,0,-17,0,-17,0c-12.7,0,-19.3,0.3,-20,1
c-5.3,5.3,-10.3,11,-15,17c-242.7,294.7,-395.3,682,-458,1162c-21.3,163.3,-33.3,349,
-36,557 l0,` + (t + 84) + `c0.2,6,0,26,0,60c2,159.3,10,310.7,24,454c53.3,528,210,
949.7,470,1265c4.7,6,9.7,11.7,15,17c0.7,0.7,7,1,19,1c0,0,18,0,18,0c4,-4,6,-7,6,-9
c0,-2.7,-3.3,-8.7,-10,-18c-135.3,-192.7,-235.5,-414.3,-300.5,-665c-65,-250.7,-102.5,
-544.7,-112.5,-882c-2,-104,-3,-167,-3,-189
l0,-` + (t + 92) + `c0,-162.7,5.7,-314,17,-454c20.7,-272,63.7,-513,129,-723c65.3,
-210,155.3,-396.3,270,-559c6.7,-9.3,10,-15.3,10,-18z`;
    case "rparen":
      return `M76,0c-16.7,0,-25,3,-25,9c0,2,2,6.3,6,13c21.3,28.7,42.3,60.3,
63,95c96.7,156.7,172.8,332.5,228.5,527.5c55.7,195,92.8,416.5,111.5,664.5
c11.3,139.3,17,290.7,17,454c0,28,1.7,43,3.3,45l0,` + (t + 9) + `
c-3,4,-3.3,16.7,-3.3,38c0,162,-5.7,313.7,-17,455c-18.7,248,-55.8,469.3,-111.5,664
c-55.7,194.7,-131.8,370.3,-228.5,527c-20.7,34.7,-41.7,66.3,-63,95c-2,3.3,-4,7,-6,11
c0,7.3,5.7,11,17,11c0,0,11,0,11,0c9.3,0,14.3,-0.3,15,-1c5.3,-5.3,10.3,-11,15,-17
c242.7,-294.7,395.3,-681.7,458,-1161c21.3,-164.7,33.3,-350.7,36,-558
l0,-` + (t + 144) + `c-2,-159.3,-10,-310.7,-24,-454c-53.3,-528,-210,-949.7,
-470,-1265c-4.7,-6,-9.7,-11.7,-15,-17c-0.7,-0.7,-6.7,-1,-18,-1z`;
    default:
      throw new Error("Unknown stretchy delimiter.");
  }
};
function cu(r) {
  return "toText" in r;
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
    for (var e = document.createDocumentFragment(), t = 0; t < this.children.length; t++)
      e.appendChild(this.children[t].toNode());
    return e;
  }
  /** Convert the fragment into HTML markup. */
  toMarkup() {
    for (var e = "", t = 0; t < this.children.length; t++)
      e += this.children[t].toMarkup();
    return e;
  }
  /**
   * Converts the math node into a string, similar to innerText. Applies to
   * MathDomNode's only.
   */
  toText() {
    return this.children.map((e) => {
      if (cu(e))
        return e.toText();
      throw new Error("Expected MathDomNode with toText, got " + e.constructor.name);
    }).join("");
  }
}
var fn = {
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
}, mu = {
  ex: !0,
  em: !0,
  mu: !0
}, Ci = function(e) {
  return typeof e != "string" && (e = e.unit), e in fn || e in mu || e === "ex";
}, re = function(e, t) {
  var n;
  if (e.unit in fn)
    n = fn[e.unit] / t.fontMetrics().ptPerEm / t.sizeMultiplier;
  else if (e.unit === "mu")
    n = t.fontMetrics().cssEmPerMu;
  else {
    var a;
    if (t.style.isTight() ? a = t.havingStyle(t.style.text()) : a = t, e.unit === "ex")
      n = a.fontMetrics().xHeight;
    else if (e.unit === "em")
      n = a.fontMetrics().quad;
    else
      throw new N("Invalid unit: '" + e.unit + "'");
    a !== t && (n *= a.sizeMultiplier / t.sizeMultiplier);
  }
  return Math.min(e.number * n, t.maxSize);
}, $ = function(e) {
  return +e.toFixed(4) + "em";
}, ht = function(e) {
  return e.filter((t) => t).join(" ");
}, Zn = function(e) {
  var t = "";
  for (var n of Object.keys(e)) {
    var a = e[n];
    a !== void 0 && (t += H1(n) + ":" + a + ";");
  }
  return t;
}, Ni = function(e, t, n) {
  if (this.classes = e || [], this.attributes = {}, this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = n || {}, t) {
    t.style.isTight() && this.classes.push("mtight");
    var a = t.getColor();
    a && (this.style.color = a);
  }
}, Ei = function(e) {
  var t = document.createElement(e);
  t.className = ht(this.classes), Object.assign(t.style, this.style);
  for (var n of Object.keys(this.attributes))
    t.setAttribute(n, this.attributes[n]);
  for (var a = 0; a < this.children.length; a++)
    t.appendChild(this.children[a].toNode());
  return t;
}, du = /[\s"'>/=\x00-\x1f]/, $i = function(e) {
  var t = "<" + e;
  this.classes.length && (t += ' class="' + ve(ht(this.classes)) + '"');
  var n = Zn(this.style);
  n && (t += ' style="' + ve(n) + '"');
  for (var a of Object.keys(this.attributes)) {
    if (du.test(a))
      throw new N("Invalid attribute name '" + a + "'");
    t += " " + a + '="' + ve(this.attributes[a]) + '"';
  }
  t += ">";
  for (var s = 0; s < this.children.length; s++)
    t += this.children[s].toMarkup();
  return t += "</" + e + ">", t;
};
class e0 {
  constructor(e, t, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.width = void 0, this.maxFontSize = void 0, this.style = void 0, this.italic = void 0, Ni.call(this, e, n, a), this.children = t || [];
  }
  /**
   * Sets an arbitrary attribute on the span. Warning: use this wisely. Not
   * all browsers support attributes the same, and having too many custom
   * attributes is probably bad.
   */
  setAttribute(e, t) {
    this.attributes[e] = t;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return Ei.call(this, "span");
  }
  toMarkup() {
    return $i.call(this, "span");
  }
}
class ur {
  constructor(e, t, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, Ni.call(this, t, a), this.children = n || [], this.setAttribute("href", e);
  }
  setAttribute(e, t) {
    this.attributes[e] = t;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return Ei.call(this, "a");
  }
  toMarkup() {
    return $i.call(this, "a");
  }
}
class fu {
  constructor(e, t, n) {
    this.src = void 0, this.alt = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, this.alt = t, this.src = e, this.classes = ["mord"], this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = n;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    var e = document.createElement("img");
    return e.src = this.src, e.alt = this.alt, e.className = "mord", Object.assign(e.style, this.style), e;
  }
  toMarkup() {
    var e = '<img src="' + ve(this.src) + '"' + (' alt="' + ve(this.alt) + '"'), t = Zn(this.style);
    return t && (e += ' style="' + ve(t) + '"'), e += "'/>", e;
  }
}
var pu = {
  î: "ı̂",
  ï: "ı̈",
  í: "ı́",
  // 'ī': '\u0131\u0304', // enable when we add Extended Latin
  ì: "ı̀"
};
class Te {
  constructor(e, t, n, a, s, i, o, l) {
    this.text = void 0, this.height = void 0, this.depth = void 0, this.italic = void 0, this.skew = void 0, this.width = void 0, this.maxFontSize = void 0, this.classes = void 0, this.style = void 0, this.text = e, this.height = t || 0, this.depth = n || 0, this.italic = a || 0, this.skew = s || 0, this.width = i || 0, this.classes = o || [], this.style = l || {}, this.maxFontSize = 0;
    var h = eu(this.text.charCodeAt(0));
    h && this.classes.push(h + "_fallback"), /[îïíì]/.test(this.text) && (this.text = pu[this.text]);
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  /**
   * Creates a text node or span from a symbol node. Note that a span is only
   * created if it is needed.
   */
  toNode() {
    var e = document.createTextNode(this.text), t = null;
    return this.italic > 0 && (t = document.createElement("span"), t.style.marginRight = $(this.italic)), this.classes.length > 0 && (t = t || document.createElement("span"), t.className = ht(this.classes)), Object.keys(this.style).length > 0 && (t = t || document.createElement("span"), Object.assign(t.style, this.style)), t ? (t.appendChild(e), t) : e;
  }
  /**
   * Creates markup for a symbol node.
   */
  toMarkup() {
    var e = !1, t = "<span";
    this.classes.length && (e = !0, t += ' class="', t += ve(ht(this.classes)), t += '"');
    var n = "";
    this.italic > 0 && (n += "margin-right:" + $(this.italic) + ";"), n += Zn(this.style), n && (e = !0, t += ' style="' + ve(n) + '"');
    var a = ve(this.text);
    return e ? (t += ">", t += a, t += "</span>", t) : a;
  }
}
class et {
  constructor(e, t) {
    this.children = void 0, this.attributes = void 0, this.children = e || [], this.attributes = t || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", t = document.createElementNS(e, "svg");
    for (var n of Object.keys(this.attributes))
      t.setAttribute(n, this.attributes[n]);
    for (var a = 0; a < this.children.length; a++)
      t.appendChild(this.children[a].toNode());
    return t;
  }
  toMarkup() {
    var e = '<svg xmlns="http://www.w3.org/2000/svg"';
    for (var t of Object.keys(this.attributes))
      e += " " + t + '="' + ve(this.attributes[t]) + '"';
    e += ">";
    for (var n = 0; n < this.children.length; n++)
      e += this.children[n].toMarkup();
    return e += "</svg>", e;
  }
}
class ct {
  constructor(e, t) {
    this.pathName = void 0, this.alternate = void 0, this.pathName = e, this.alternate = t;
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", t = document.createElementNS(e, "path");
    return this.alternate ? t.setAttribute("d", this.alternate) : t.setAttribute("d", Xa[this.pathName]), t;
  }
  toMarkup() {
    return this.alternate ? '<path d="' + ve(this.alternate) + '"/>' : '<path d="' + ve(Xa[this.pathName]) + '"/>';
  }
}
class pn {
  constructor(e) {
    this.attributes = void 0, this.attributes = e || {};
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", t = document.createElementNS(e, "line");
    for (var n of Object.keys(this.attributes))
      t.setAttribute(n, this.attributes[n]);
    return t;
  }
  toMarkup() {
    var e = "<line";
    for (var t of Object.keys(this.attributes))
      e += " " + t + '="' + ve(this.attributes[t]) + '"';
    return e += "/>", e;
  }
}
function vu(r) {
  if (r instanceof Te)
    return r;
  throw new Error("Expected symbolNode but got " + String(r) + ".");
}
function gu(r) {
  if (r instanceof e0)
    return r;
  throw new Error("Expected span<HtmlDomNode> but got " + String(r) + ".");
}
var bu = (r) => r instanceof e0 || r instanceof ur || r instanceof _t, He = {
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
}, B0 = {
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
}, Ka = {
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
function yu(r, e) {
  He[r] = e;
}
function Jn(r, e, t) {
  if (!He[e])
    throw new Error("Font metrics not found for font: " + e + ".");
  var n = r.charCodeAt(0), a = He[e][n];
  if (!a && r[0] in Ka && (n = Ka[r[0]].charCodeAt(0), a = He[e][n]), !a && t === "text" && zi(n) && (a = He[e][77]), a)
    return {
      depth: a[0],
      height: a[1],
      italic: a[2],
      skew: a[3],
      width: a[4]
    };
}
var $r = {};
function wu(r) {
  var e;
  if (r >= 5 ? e = 0 : r >= 3 ? e = 1 : e = 2, !$r[e]) {
    var t = $r[e] = {
      cssEmPerMu: B0.quad[e] / 18
    };
    for (var n in B0)
      B0.hasOwnProperty(n) && (t[n] = B0[n][e]);
  }
  return $r[e];
}
var Q = {
  math: {},
  text: {}
};
function u(r, e, t, n, a, s) {
  Q[r][a] = {
    font: e,
    group: t,
    replace: n
  }, s && n && (Q[r][n] = Q[r][a]);
}
var c = "math", z = "text", d = "main", b = "ams", _ = "accent-token", R = "bin", we = "close", t0 = "inner", L = "mathord", oe = "op-token", ze = "open", b0 = "punct", y = "rel", rt = "spacing", w = "textord";
u(c, d, y, "≡", "\\equiv", !0);
u(c, d, y, "≺", "\\prec", !0);
u(c, d, y, "≻", "\\succ", !0);
u(c, d, y, "∼", "\\sim", !0);
u(c, d, y, "⊥", "\\perp");
u(c, d, y, "⪯", "\\preceq", !0);
u(c, d, y, "⪰", "\\succeq", !0);
u(c, d, y, "≃", "\\simeq", !0);
u(c, d, y, "∣", "\\mid", !0);
u(c, d, y, "≪", "\\ll", !0);
u(c, d, y, "≫", "\\gg", !0);
u(c, d, y, "≍", "\\asymp", !0);
u(c, d, y, "∥", "\\parallel");
u(c, d, y, "⋈", "\\bowtie", !0);
u(c, d, y, "⌣", "\\smile", !0);
u(c, d, y, "⊑", "\\sqsubseteq", !0);
u(c, d, y, "⊒", "\\sqsupseteq", !0);
u(c, d, y, "≐", "\\doteq", !0);
u(c, d, y, "⌢", "\\frown", !0);
u(c, d, y, "∋", "\\ni", !0);
u(c, d, y, "∝", "\\propto", !0);
u(c, d, y, "⊢", "\\vdash", !0);
u(c, d, y, "⊣", "\\dashv", !0);
u(c, d, y, "∋", "\\owns");
u(c, d, b0, ".", "\\ldotp");
u(c, d, b0, "⋅", "\\cdotp");
u(c, d, b0, "⋅", "·");
u(z, d, w, "⋅", "·");
u(c, d, w, "#", "\\#");
u(z, d, w, "#", "\\#");
u(c, d, w, "&", "\\&");
u(z, d, w, "&", "\\&");
u(c, d, w, "ℵ", "\\aleph", !0);
u(c, d, w, "∀", "\\forall", !0);
u(c, d, w, "ℏ", "\\hbar", !0);
u(c, d, w, "∃", "\\exists", !0);
u(c, d, w, "∇", "\\nabla", !0);
u(c, d, w, "♭", "\\flat", !0);
u(c, d, w, "ℓ", "\\ell", !0);
u(c, d, w, "♮", "\\natural", !0);
u(c, d, w, "♣", "\\clubsuit", !0);
u(c, d, w, "℘", "\\wp", !0);
u(c, d, w, "♯", "\\sharp", !0);
u(c, d, w, "♢", "\\diamondsuit", !0);
u(c, d, w, "ℜ", "\\Re", !0);
u(c, d, w, "♡", "\\heartsuit", !0);
u(c, d, w, "ℑ", "\\Im", !0);
u(c, d, w, "♠", "\\spadesuit", !0);
u(c, d, w, "§", "\\S", !0);
u(z, d, w, "§", "\\S");
u(c, d, w, "¶", "\\P", !0);
u(z, d, w, "¶", "\\P");
u(c, d, w, "†", "\\dag");
u(z, d, w, "†", "\\dag");
u(z, d, w, "†", "\\textdagger");
u(c, d, w, "‡", "\\ddag");
u(z, d, w, "‡", "\\ddag");
u(z, d, w, "‡", "\\textdaggerdbl");
u(c, d, we, "⎱", "\\rmoustache", !0);
u(c, d, ze, "⎰", "\\lmoustache", !0);
u(c, d, we, "⟯", "\\rgroup", !0);
u(c, d, ze, "⟮", "\\lgroup", !0);
u(c, d, R, "∓", "\\mp", !0);
u(c, d, R, "⊖", "\\ominus", !0);
u(c, d, R, "⊎", "\\uplus", !0);
u(c, d, R, "⊓", "\\sqcap", !0);
u(c, d, R, "∗", "\\ast");
u(c, d, R, "⊔", "\\sqcup", !0);
u(c, d, R, "◯", "\\bigcirc", !0);
u(c, d, R, "∙", "\\bullet", !0);
u(c, d, R, "‡", "\\ddagger");
u(c, d, R, "≀", "\\wr", !0);
u(c, d, R, "⨿", "\\amalg");
u(c, d, R, "&", "\\And");
u(c, d, y, "⟵", "\\longleftarrow", !0);
u(c, d, y, "⇐", "\\Leftarrow", !0);
u(c, d, y, "⟸", "\\Longleftarrow", !0);
u(c, d, y, "⟶", "\\longrightarrow", !0);
u(c, d, y, "⇒", "\\Rightarrow", !0);
u(c, d, y, "⟹", "\\Longrightarrow", !0);
u(c, d, y, "↔", "\\leftrightarrow", !0);
u(c, d, y, "⟷", "\\longleftrightarrow", !0);
u(c, d, y, "⇔", "\\Leftrightarrow", !0);
u(c, d, y, "⟺", "\\Longleftrightarrow", !0);
u(c, d, y, "↦", "\\mapsto", !0);
u(c, d, y, "⟼", "\\longmapsto", !0);
u(c, d, y, "↗", "\\nearrow", !0);
u(c, d, y, "↩", "\\hookleftarrow", !0);
u(c, d, y, "↪", "\\hookrightarrow", !0);
u(c, d, y, "↘", "\\searrow", !0);
u(c, d, y, "↼", "\\leftharpoonup", !0);
u(c, d, y, "⇀", "\\rightharpoonup", !0);
u(c, d, y, "↙", "\\swarrow", !0);
u(c, d, y, "↽", "\\leftharpoondown", !0);
u(c, d, y, "⇁", "\\rightharpoondown", !0);
u(c, d, y, "↖", "\\nwarrow", !0);
u(c, d, y, "⇌", "\\rightleftharpoons", !0);
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
u(c, b, R, "⊴", "\\unlhd");
u(c, b, R, "⊵", "\\unrhd");
u(c, b, y, "↚", "\\nleftarrow", !0);
u(c, b, y, "↛", "\\nrightarrow", !0);
u(c, b, y, "⇍", "\\nLeftarrow", !0);
u(c, b, y, "⇏", "\\nRightarrow", !0);
u(c, b, y, "↮", "\\nleftrightarrow", !0);
u(c, b, y, "⇎", "\\nLeftrightarrow", !0);
u(c, b, y, "△", "\\vartriangle");
u(c, b, w, "ℏ", "\\hslash");
u(c, b, w, "▽", "\\triangledown");
u(c, b, w, "◊", "\\lozenge");
u(c, b, w, "Ⓢ", "\\circledS");
u(c, b, w, "®", "\\circledR");
u(z, b, w, "®", "\\circledR");
u(c, b, w, "∡", "\\measuredangle", !0);
u(c, b, w, "∄", "\\nexists");
u(c, b, w, "℧", "\\mho");
u(c, b, w, "Ⅎ", "\\Finv", !0);
u(c, b, w, "⅁", "\\Game", !0);
u(c, b, w, "‵", "\\backprime");
u(c, b, w, "▲", "\\blacktriangle");
u(c, b, w, "▼", "\\blacktriangledown");
u(c, b, w, "■", "\\blacksquare");
u(c, b, w, "⧫", "\\blacklozenge");
u(c, b, w, "★", "\\bigstar");
u(c, b, w, "∢", "\\sphericalangle", !0);
u(c, b, w, "∁", "\\complement", !0);
u(c, b, w, "ð", "\\eth", !0);
u(z, d, w, "ð", "ð");
u(c, b, w, "╱", "\\diagup");
u(c, b, w, "╲", "\\diagdown");
u(c, b, w, "□", "\\square");
u(c, b, w, "□", "\\Box");
u(c, b, w, "◊", "\\Diamond");
u(c, b, w, "¥", "\\yen", !0);
u(z, b, w, "¥", "\\yen", !0);
u(c, b, w, "✓", "\\checkmark", !0);
u(z, b, w, "✓", "\\checkmark");
u(c, b, w, "ℶ", "\\beth", !0);
u(c, b, w, "ℸ", "\\daleth", !0);
u(c, b, w, "ℷ", "\\gimel", !0);
u(c, b, w, "ϝ", "\\digamma", !0);
u(c, b, w, "ϰ", "\\varkappa");
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
u(c, b, R, "⋖", "\\lessdot");
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
u(c, b, R, "⋗", "\\gtrdot");
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
u(c, b, R, "⊲", "\\lhd");
u(c, b, R, "⊳", "\\rhd");
u(c, b, y, "≂", "\\eqsim", !0);
u(c, d, y, "⋈", "\\Join");
u(c, b, y, "≑", "\\Doteq", !0);
u(c, b, R, "∔", "\\dotplus", !0);
u(c, b, R, "∖", "\\smallsetminus");
u(c, b, R, "⋒", "\\Cap", !0);
u(c, b, R, "⋓", "\\Cup", !0);
u(c, b, R, "⩞", "\\doublebarwedge", !0);
u(c, b, R, "⊟", "\\boxminus", !0);
u(c, b, R, "⊞", "\\boxplus", !0);
u(c, b, R, "⋇", "\\divideontimes", !0);
u(c, b, R, "⋉", "\\ltimes", !0);
u(c, b, R, "⋊", "\\rtimes", !0);
u(c, b, R, "⋋", "\\leftthreetimes", !0);
u(c, b, R, "⋌", "\\rightthreetimes", !0);
u(c, b, R, "⋏", "\\curlywedge", !0);
u(c, b, R, "⋎", "\\curlyvee", !0);
u(c, b, R, "⊝", "\\circleddash", !0);
u(c, b, R, "⊛", "\\circledast", !0);
u(c, b, R, "⋅", "\\centerdot");
u(c, b, R, "⊺", "\\intercal", !0);
u(c, b, R, "⋒", "\\doublecap");
u(c, b, R, "⋓", "\\doublecup");
u(c, b, R, "⊠", "\\boxtimes", !0);
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
u(c, d, y, "⊶", "\\origof", !0);
u(c, d, y, "⊷", "\\imageof", !0);
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
u(c, d, w, "‘", "`");
u(c, d, w, "$", "\\$");
u(z, d, w, "$", "\\$");
u(z, d, w, "$", "\\textdollar");
u(c, d, w, "%", "\\%");
u(z, d, w, "%", "\\%");
u(c, d, w, "_", "\\_");
u(z, d, w, "_", "\\_");
u(z, d, w, "_", "\\textunderscore");
u(c, d, w, "∠", "\\angle", !0);
u(c, d, w, "∞", "\\infty", !0);
u(c, d, w, "′", "\\prime");
u(c, d, w, "△", "\\triangle");
u(c, d, w, "Γ", "\\Gamma", !0);
u(c, d, w, "Δ", "\\Delta", !0);
u(c, d, w, "Θ", "\\Theta", !0);
u(c, d, w, "Λ", "\\Lambda", !0);
u(c, d, w, "Ξ", "\\Xi", !0);
u(c, d, w, "Π", "\\Pi", !0);
u(c, d, w, "Σ", "\\Sigma", !0);
u(c, d, w, "Υ", "\\Upsilon", !0);
u(c, d, w, "Φ", "\\Phi", !0);
u(c, d, w, "Ψ", "\\Psi", !0);
u(c, d, w, "Ω", "\\Omega", !0);
u(c, d, w, "A", "Α");
u(c, d, w, "B", "Β");
u(c, d, w, "E", "Ε");
u(c, d, w, "Z", "Ζ");
u(c, d, w, "H", "Η");
u(c, d, w, "I", "Ι");
u(c, d, w, "K", "Κ");
u(c, d, w, "M", "Μ");
u(c, d, w, "N", "Ν");
u(c, d, w, "O", "Ο");
u(c, d, w, "P", "Ρ");
u(c, d, w, "T", "Τ");
u(c, d, w, "X", "Χ");
u(c, d, w, "¬", "\\neg", !0);
u(c, d, w, "¬", "\\lnot");
u(c, d, w, "⊤", "\\top");
u(c, d, w, "⊥", "\\bot");
u(c, d, w, "∅", "\\emptyset");
u(c, b, w, "∅", "\\varnothing");
u(c, d, L, "α", "\\alpha", !0);
u(c, d, L, "β", "\\beta", !0);
u(c, d, L, "γ", "\\gamma", !0);
u(c, d, L, "δ", "\\delta", !0);
u(c, d, L, "ϵ", "\\epsilon", !0);
u(c, d, L, "ζ", "\\zeta", !0);
u(c, d, L, "η", "\\eta", !0);
u(c, d, L, "θ", "\\theta", !0);
u(c, d, L, "ι", "\\iota", !0);
u(c, d, L, "κ", "\\kappa", !0);
u(c, d, L, "λ", "\\lambda", !0);
u(c, d, L, "μ", "\\mu", !0);
u(c, d, L, "ν", "\\nu", !0);
u(c, d, L, "ξ", "\\xi", !0);
u(c, d, L, "ο", "\\omicron", !0);
u(c, d, L, "π", "\\pi", !0);
u(c, d, L, "ρ", "\\rho", !0);
u(c, d, L, "σ", "\\sigma", !0);
u(c, d, L, "τ", "\\tau", !0);
u(c, d, L, "υ", "\\upsilon", !0);
u(c, d, L, "ϕ", "\\phi", !0);
u(c, d, L, "χ", "\\chi", !0);
u(c, d, L, "ψ", "\\psi", !0);
u(c, d, L, "ω", "\\omega", !0);
u(c, d, L, "ε", "\\varepsilon", !0);
u(c, d, L, "ϑ", "\\vartheta", !0);
u(c, d, L, "ϖ", "\\varpi", !0);
u(c, d, L, "ϱ", "\\varrho", !0);
u(c, d, L, "ς", "\\varsigma", !0);
u(c, d, L, "φ", "\\varphi", !0);
u(c, d, R, "∗", "*", !0);
u(c, d, R, "+", "+");
u(c, d, R, "−", "-", !0);
u(c, d, R, "⋅", "\\cdot", !0);
u(c, d, R, "∘", "\\circ", !0);
u(c, d, R, "÷", "\\div", !0);
u(c, d, R, "±", "\\pm", !0);
u(c, d, R, "×", "\\times", !0);
u(c, d, R, "∩", "\\cap", !0);
u(c, d, R, "∪", "\\cup", !0);
u(c, d, R, "∖", "\\setminus", !0);
u(c, d, R, "∧", "\\land");
u(c, d, R, "∨", "\\lor");
u(c, d, R, "∧", "\\wedge", !0);
u(c, d, R, "∨", "\\vee", !0);
u(c, d, w, "√", "\\surd");
u(c, d, ze, "⟨", "\\langle", !0);
u(c, d, ze, "∣", "\\lvert");
u(c, d, ze, "∥", "\\lVert");
u(c, d, we, "?", "?");
u(c, d, we, "!", "!");
u(c, d, we, "⟩", "\\rangle", !0);
u(c, d, we, "∣", "\\rvert");
u(c, d, we, "∥", "\\rVert");
u(c, d, y, "=", "=");
u(c, d, y, ":", ":");
u(c, d, y, "≈", "\\approx", !0);
u(c, d, y, "≅", "\\cong", !0);
u(c, d, y, "≥", "\\ge");
u(c, d, y, "≥", "\\geq", !0);
u(c, d, y, "←", "\\gets");
u(c, d, y, ">", "\\gt", !0);
u(c, d, y, "∈", "\\in", !0);
u(c, d, y, "", "\\@not");
u(c, d, y, "⊂", "\\subset", !0);
u(c, d, y, "⊃", "\\supset", !0);
u(c, d, y, "⊆", "\\subseteq", !0);
u(c, d, y, "⊇", "\\supseteq", !0);
u(c, b, y, "⊈", "\\nsubseteq", !0);
u(c, b, y, "⊉", "\\nsupseteq", !0);
u(c, d, y, "⊨", "\\models");
u(c, d, y, "←", "\\leftarrow", !0);
u(c, d, y, "≤", "\\le");
u(c, d, y, "≤", "\\leq", !0);
u(c, d, y, "<", "\\lt", !0);
u(c, d, y, "→", "\\rightarrow", !0);
u(c, d, y, "→", "\\to");
u(c, b, y, "≱", "\\ngeq", !0);
u(c, b, y, "≰", "\\nleq", !0);
u(c, d, rt, " ", "\\ ");
u(c, d, rt, " ", "\\space");
u(c, d, rt, " ", "\\nobreakspace");
u(z, d, rt, " ", "\\ ");
u(z, d, rt, " ", " ");
u(z, d, rt, " ", "\\space");
u(z, d, rt, " ", "\\nobreakspace");
u(c, d, rt, "", "\\nobreak");
u(c, d, rt, "", "\\allowbreak");
u(c, d, b0, ",", ",");
u(c, d, b0, ";", ";");
u(c, b, R, "⊼", "\\barwedge", !0);
u(c, b, R, "⊻", "\\veebar", !0);
u(c, d, R, "⊙", "\\odot", !0);
u(c, d, R, "⊕", "\\oplus", !0);
u(c, d, R, "⊗", "\\otimes", !0);
u(c, d, w, "∂", "\\partial", !0);
u(c, d, R, "⊘", "\\oslash", !0);
u(c, b, R, "⊚", "\\circledcirc", !0);
u(c, b, R, "⊡", "\\boxdot", !0);
u(c, d, R, "△", "\\bigtriangleup");
u(c, d, R, "▽", "\\bigtriangledown");
u(c, d, R, "†", "\\dagger");
u(c, d, R, "⋄", "\\diamond");
u(c, d, R, "⋆", "\\star");
u(c, d, R, "◃", "\\triangleleft");
u(c, d, R, "▹", "\\triangleright");
u(c, d, ze, "{", "\\{");
u(z, d, w, "{", "\\{");
u(z, d, w, "{", "\\textbraceleft");
u(c, d, we, "}", "\\}");
u(z, d, w, "}", "\\}");
u(z, d, w, "}", "\\textbraceright");
u(c, d, ze, "{", "\\lbrace");
u(c, d, we, "}", "\\rbrace");
u(c, d, ze, "[", "\\lbrack", !0);
u(z, d, w, "[", "\\lbrack", !0);
u(c, d, we, "]", "\\rbrack", !0);
u(z, d, w, "]", "\\rbrack", !0);
u(c, d, ze, "(", "\\lparen", !0);
u(c, d, we, ")", "\\rparen", !0);
u(z, d, w, "<", "\\textless", !0);
u(z, d, w, ">", "\\textgreater", !0);
u(c, d, ze, "⌊", "\\lfloor", !0);
u(c, d, we, "⌋", "\\rfloor", !0);
u(c, d, ze, "⌈", "\\lceil", !0);
u(c, d, we, "⌉", "\\rceil", !0);
u(c, d, w, "\\", "\\backslash");
u(c, d, w, "∣", "|");
u(c, d, w, "∣", "\\vert");
u(z, d, w, "|", "\\textbar", !0);
u(c, d, w, "∥", "\\|");
u(c, d, w, "∥", "\\Vert");
u(z, d, w, "∥", "\\textbardbl");
u(z, d, w, "~", "\\textasciitilde");
u(z, d, w, "\\", "\\textbackslash");
u(z, d, w, "^", "\\textasciicircum");
u(c, d, y, "↑", "\\uparrow", !0);
u(c, d, y, "⇑", "\\Uparrow", !0);
u(c, d, y, "↓", "\\downarrow", !0);
u(c, d, y, "⇓", "\\Downarrow", !0);
u(c, d, y, "↕", "\\updownarrow", !0);
u(c, d, y, "⇕", "\\Updownarrow", !0);
u(c, d, oe, "∐", "\\coprod");
u(c, d, oe, "⋁", "\\bigvee");
u(c, d, oe, "⋀", "\\bigwedge");
u(c, d, oe, "⨄", "\\biguplus");
u(c, d, oe, "⋂", "\\bigcap");
u(c, d, oe, "⋃", "\\bigcup");
u(c, d, oe, "∫", "\\int");
u(c, d, oe, "∫", "\\intop");
u(c, d, oe, "∬", "\\iint");
u(c, d, oe, "∭", "\\iiint");
u(c, d, oe, "∏", "\\prod");
u(c, d, oe, "∑", "\\sum");
u(c, d, oe, "⨂", "\\bigotimes");
u(c, d, oe, "⨁", "\\bigoplus");
u(c, d, oe, "⨀", "\\bigodot");
u(c, d, oe, "∮", "\\oint");
u(c, d, oe, "∯", "\\oiint");
u(c, d, oe, "∰", "\\oiiint");
u(c, d, oe, "⨆", "\\bigsqcup");
u(c, d, oe, "∫", "\\smallint");
u(z, d, t0, "…", "\\textellipsis");
u(c, d, t0, "…", "\\mathellipsis");
u(z, d, t0, "…", "\\ldots", !0);
u(c, d, t0, "…", "\\ldots", !0);
u(c, d, t0, "⋯", "\\@cdots", !0);
u(c, d, t0, "⋱", "\\ddots", !0);
u(c, d, w, "⋮", "\\varvdots");
u(z, d, w, "⋮", "\\varvdots");
u(c, d, _, "ˊ", "\\acute");
u(c, d, _, "ˋ", "\\grave");
u(c, d, _, "¨", "\\ddot");
u(c, d, _, "~", "\\tilde");
u(c, d, _, "ˉ", "\\bar");
u(c, d, _, "˘", "\\breve");
u(c, d, _, "ˇ", "\\check");
u(c, d, _, "^", "\\hat");
u(c, d, _, "⃗", "\\vec");
u(c, d, _, "˙", "\\dot");
u(c, d, _, "˚", "\\mathring");
u(c, d, L, "", "\\@imath");
u(c, d, L, "", "\\@jmath");
u(c, d, w, "ı", "ı");
u(c, d, w, "ȷ", "ȷ");
u(z, d, w, "ı", "\\i", !0);
u(z, d, w, "ȷ", "\\j", !0);
u(z, d, w, "ß", "\\ss", !0);
u(z, d, w, "æ", "\\ae", !0);
u(z, d, w, "œ", "\\oe", !0);
u(z, d, w, "ø", "\\o", !0);
u(z, d, w, "Æ", "\\AE", !0);
u(z, d, w, "Œ", "\\OE", !0);
u(z, d, w, "Ø", "\\O", !0);
u(z, d, _, "ˊ", "\\'");
u(z, d, _, "ˋ", "\\`");
u(z, d, _, "ˆ", "\\^");
u(z, d, _, "˜", "\\~");
u(z, d, _, "ˉ", "\\=");
u(z, d, _, "˘", "\\u");
u(z, d, _, "˙", "\\.");
u(z, d, _, "¸", "\\c");
u(z, d, _, "˚", "\\r");
u(z, d, _, "ˇ", "\\v");
u(z, d, _, "¨", '\\"');
u(z, d, _, "˝", "\\H");
u(z, d, _, "◯", "\\textcircled");
var Bi = {
  "--": !0,
  "---": !0,
  "``": !0,
  "''": !0
};
u(z, d, w, "–", "--", !0);
u(z, d, w, "–", "\\textendash");
u(z, d, w, "—", "---", !0);
u(z, d, w, "—", "\\textemdash");
u(z, d, w, "‘", "`", !0);
u(z, d, w, "‘", "\\textquoteleft");
u(z, d, w, "’", "'", !0);
u(z, d, w, "’", "\\textquoteright");
u(z, d, w, "“", "``", !0);
u(z, d, w, "“", "\\textquotedblleft");
u(z, d, w, "”", "''", !0);
u(z, d, w, "”", "\\textquotedblright");
u(c, d, w, "°", "\\degree", !0);
u(z, d, w, "°", "\\degree");
u(z, d, w, "°", "\\textdegree", !0);
u(c, d, w, "£", "\\pounds");
u(c, d, w, "£", "\\mathsterling", !0);
u(z, d, w, "£", "\\pounds");
u(z, d, w, "£", "\\textsterling", !0);
u(c, b, w, "✠", "\\maltese");
u(z, b, w, "✠", "\\maltese");
var Za = '0123456789/@."';
for (var Br = 0; Br < Za.length; Br++) {
  var Ja = Za.charAt(Br);
  u(c, d, w, Ja, Ja);
}
var Qa = '0123456789!@*()-=+";:?/.,';
for (var Dr = 0; Dr < Qa.length; Dr++) {
  var _a = Qa.charAt(Dr);
  u(z, d, w, _a, _a);
}
var rr = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
for (var Rr = 0; Rr < rr.length; Rr++) {
  var D0 = rr.charAt(Rr);
  u(c, d, L, D0, D0), u(z, d, w, D0, D0);
}
u(c, b, w, "C", "ℂ");
u(z, b, w, "C", "ℂ");
u(c, b, w, "H", "ℍ");
u(z, b, w, "H", "ℍ");
u(c, b, w, "N", "ℕ");
u(z, b, w, "N", "ℕ");
u(c, b, w, "P", "ℙ");
u(z, b, w, "P", "ℙ");
u(c, b, w, "Q", "ℚ");
u(z, b, w, "Q", "ℚ");
u(c, b, w, "R", "ℝ");
u(z, b, w, "R", "ℝ");
u(c, b, w, "Z", "ℤ");
u(z, b, w, "Z", "ℤ");
u(c, d, L, "h", "ℎ");
u(z, d, L, "h", "ℎ");
var H;
for (var ge = 0; ge < rr.length; ge++) {
  var ne = rr.charAt(ge);
  H = String.fromCharCode(55349, 56320 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56372 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56424 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56580 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56684 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56736 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56788 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56840 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56944 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), ge < 26 && (H = String.fromCharCode(55349, 56632 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H), H = String.fromCharCode(55349, 56476 + ge), u(c, d, L, ne, H), u(z, d, w, ne, H));
}
H = "𝕜";
u(c, d, L, "k", H);
u(z, d, w, "k", H);
for (var gt = 0; gt < 10; gt++) {
  var ot = gt.toString();
  H = String.fromCharCode(55349, 57294 + gt), u(c, d, L, ot, H), u(z, d, w, ot, H), H = String.fromCharCode(55349, 57314 + gt), u(c, d, L, ot, H), u(z, d, w, ot, H), H = String.fromCharCode(55349, 57324 + gt), u(c, d, L, ot, H), u(z, d, w, ot, H), H = String.fromCharCode(55349, 57334 + gt), u(c, d, L, ot, H), u(z, d, w, ot, H);
}
var vn = "ÐÞþ";
for (var qr = 0; qr < vn.length; qr++) {
  var R0 = vn.charAt(qr);
  u(c, d, L, R0, R0), u(z, d, w, R0, R0);
}
var gn = {
  mathClass: "mathbf",
  textClass: "textbf",
  font: "Main-Bold"
}, es = {
  mathClass: "mathnormal",
  textClass: "textit",
  font: "Math-Italic"
}, ts = {
  mathClass: "boldsymbol",
  textClass: "boldsymbol",
  font: "Main-BoldItalic"
}, xu = {
  mathClass: "mathscr",
  textClass: "textscr",
  font: "Script-Regular"
}, Mt = {
  mathClass: "",
  textClass: "",
  font: ""
}, rs = {
  mathClass: "mathfrak",
  textClass: "textfrak",
  font: "Fraktur-Regular"
}, ns = {
  mathClass: "mathbb",
  textClass: "textbb",
  font: "AMS-Regular"
}, as = {
  mathClass: "mathboldfrak",
  textClass: "textboldfrak",
  font: "Fraktur-Regular"
}, bn = {
  mathClass: "mathsf",
  textClass: "textsf",
  font: "SansSerif-Regular"
}, yn = {
  mathClass: "mathboldsf",
  textClass: "textboldsf",
  font: "SansSerif-Bold"
}, ss = {
  mathClass: "mathitsf",
  textClass: "textitsf",
  font: "SansSerif-Italic"
}, wn = {
  mathClass: "mathtt",
  textClass: "texttt",
  font: "Typewriter-Regular"
}, is = [
  gn,
  gn,
  // A-Z, a-z
  es,
  es,
  // A-Z, a-z
  ts,
  ts,
  // A-Z, a-z
  // Map fancy A-Z letters to script, not calligraphic.
  // This aligns with unicode-math and math fonts (except Cambria Math).
  xu,
  Mt,
  // A-Z script, a-z — no font
  Mt,
  Mt,
  // A-Z bold script, a-z bold script — no font
  rs,
  rs,
  // A-Z, a-z
  ns,
  ns,
  // A-Z double-struck, k double-struck
  // Note that we are using a bold font, but font metrics for regular Fraktur.
  as,
  as,
  // A-Z, a-z
  bn,
  bn,
  // A-Z, a-z
  yn,
  yn,
  // A-Z, a-z
  ss,
  ss,
  // A-Z, a-z
  Mt,
  Mt,
  // A-Z bold italic sans, a-z bold italic sans - no font
  wn,
  wn
  // A-Z, a-z
], ku = [
  gn,
  // 0-9
  Mt,
  // 0-9 double-struck. No KaTeX font.
  bn,
  // 0-9
  yn,
  // 0-9
  wn
  // 0-9
], Mu = (r) => {
  var e = r.charCodeAt(0), t = r.charCodeAt(1), n = (e - 55296) * 1024 + (t - 56320) + 65536;
  if (119808 <= n && n < 120484) {
    var a = Math.floor((n - 119808) / 26);
    return is[a];
  } else if (120782 <= n && n <= 120831) {
    var s = Math.floor((n - 120782) / 10);
    return ku[s];
  } else {
    if (n === 120485 || n === 120486)
      return is[0];
    if (120486 < n && n < 120782)
      return Mt;
    throw new N("Unsupported character: " + r);
  }
}, hr = function(e, t, n) {
  if (Q[n][e]) {
    var a = Q[n][e].replace;
    a && (e = a);
  }
  return {
    value: e,
    metrics: Jn(e, t, n)
  };
}, be = function(e, t, n, a, s) {
  var i = hr(e, t, n), o = i.metrics;
  e = i.value;
  var l;
  if (o) {
    var h = o.italic;
    (n === "text" || a && a.font === "mathit") && (h = 0), l = new Te(e, o.height, o.depth, h, o.skew, o.width, s);
  } else
    typeof console < "u" && console.warn("No character metrics " + ("for '" + e + "' in style '" + t + "' and mode '" + n + "'")), l = new Te(e, 0, 0, 0, 0, 0, s);
  if (a) {
    l.maxFontSize = a.sizeMultiplier, a.style.isTight() && l.classes.push("mtight");
    var m = a.getColor();
    m && (l.style.color = m);
  }
  return l;
}, Qn = function(e, t, n, a) {
  return a === void 0 && (a = []), n.font === "boldsymbol" && hr(e, "Main-Bold", t).metrics ? be(e, "Main-Bold", t, n, a.concat(["mathbf"])) : e === "\\" || Q[t][e].font === "main" ? be(e, "Main-Regular", t, n, a) : be(e, "AMS-Regular", t, n, a.concat(["amsrm"]));
}, Su = function(e, t, n) {
  return n !== "textord" && hr(e, "Math-BoldItalic", t).metrics ? {
    fontName: "Math-BoldItalic",
    fontClass: "boldsymbol"
  } : {
    fontName: "Main-Bold",
    fontClass: "mathbf"
  };
}, cr = function(e, t, n) {
  var a = e.mode, s = e.text, i = ["mord"], {
    font: o,
    fontFamily: l,
    fontWeight: h,
    fontShape: m
  } = t, f = a === "math" || a === "text" && !!o, v = f ? o : l, g = "", x = "";
  if (s.charCodeAt(0) === 55349) {
    var k = Mu(s);
    g = k.font, x = k[a + "Class"];
  }
  if (g)
    return be(s, g, a, t, i.concat(x));
  if (v) {
    var S, T;
    if (v === "boldsymbol") {
      var A = Su(s, a, n);
      S = A.fontName, T = [A.fontClass];
    } else f ? (S = xn[o].fontName, T = [o]) : (S = q0(l, h, m), T = [l, h, m]);
    if (hr(s, S, a).metrics)
      return be(s, S, a, t, i.concat(T));
    if (Bi.hasOwnProperty(s) && S.slice(0, 10) === "Typewriter") {
      for (var B = [], q = 0; q < s.length; q++)
        B.push(be(s[q], S, a, t, i.concat(T)));
      return nt(B);
    }
  }
  if (n === "mathord")
    return be(s, "Math-Italic", a, t, i.concat(["mathnormal"]));
  if (n === "textord") {
    var O = Q[a][s] && Q[a][s].font;
    if (O === "ams") {
      var I = q0("amsrm", h, m);
      return be(s, I, a, t, i.concat("amsrm", h, m));
    } else if (O === "main" || !O) {
      var G = q0("textrm", h, m);
      return be(s, G, a, t, i.concat(h, m));
    } else {
      var V = q0(O, h, m);
      return be(s, V, a, t, i.concat(V, h, m));
    }
  } else
    throw new Error("unexpected type: " + n + " in makeOrd");
}, Au = (r, e) => {
  if (ht(r.classes) !== ht(e.classes) || r.skew !== e.skew || r.maxFontSize !== e.maxFontSize || r.italic !== 0 && r.hasClass("mathnormal"))
    return !1;
  if (r.classes.length === 1) {
    var t = r.classes[0];
    if (t === "mbin" || t === "mord")
      return !1;
  }
  for (var n of Object.keys(r.style))
    if (r.style[n] !== e.style[n])
      return !1;
  for (var a of Object.keys(e.style))
    if (r.style[a] !== e.style[a])
      return !1;
  return !0;
}, Di = (r) => {
  for (var e = 0; e < r.length - 1; e++) {
    var t = r[e], n = r[e + 1];
    t instanceof Te && n instanceof Te && Au(t, n) && (t.text += n.text, t.height = Math.max(t.height, n.height), t.depth = Math.max(t.depth, n.depth), t.italic = n.italic, r.splice(e + 1, 1), e--);
  }
  return r;
}, _n = function(e) {
  for (var t = 0, n = 0, a = 0, s = 0; s < e.children.length; s++) {
    var i = e.children[s];
    i.height > t && (t = i.height), i.depth > n && (n = i.depth), i.maxFontSize > a && (a = i.maxFontSize);
  }
  e.height = t, e.depth = n, e.maxFontSize = a;
}, C = function(e, t, n, a) {
  var s = new e0(e, t, n, a);
  return _n(s), s;
}, mt = (r, e, t, n) => new e0(r, e, t, n), Zt = function(e, t, n) {
  var a = C([e], [], t);
  return a.height = Math.max(n || t.fontMetrics().defaultRuleThickness, t.minRuleThickness), a.style.borderBottomWidth = $(a.height), a.maxFontSize = 1, a;
}, Tu = function(e, t, n, a) {
  var s = new ur(e, t, n, a);
  return _n(s), s;
}, nt = function(e) {
  var t = new _t(e);
  return _n(t), t;
}, Jt = function(e, t) {
  return e instanceof _t ? C([], [e], t) : e;
}, zu = function(e) {
  if (e.positionType === "individualShift") {
    for (var t = e.children, n = [t[0]], a = -t[0].shift - t[0].elem.depth, s = a, i = 1; i < t.length; i++) {
      var o = -t[i].shift - s - t[i].elem.depth, l = o - (t[i - 1].elem.height + t[i - 1].elem.depth);
      s = s + o, n.push({
        type: "kern",
        size: l
      }), n.push(t[i]);
    }
    return {
      children: n,
      depth: a
    };
  }
  var h;
  if (e.positionType === "top") {
    for (var m = e.positionData, f = 0; f < e.children.length; f++) {
      var v = e.children[f];
      m -= v.type === "kern" ? v.size : v.elem.height + v.elem.depth;
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
}, X = function(e, t) {
  for (var {
    children: n,
    depth: a
  } = zu(e), s = 0, i = 0; i < n.length; i++) {
    var o = n[i];
    if (o.type === "elem") {
      var l = o.elem;
      s = Math.max(s, l.maxFontSize, l.height);
    }
  }
  s += 2;
  var h = C(["pstrut"], []);
  h.style.height = $(s);
  for (var m = [], f = a, v = a, g = a, x = 0; x < n.length; x++) {
    var k = n[x];
    if (k.type === "kern")
      g += k.size;
    else {
      var S = k.elem, T = k.wrapperClasses || [], A = k.wrapperStyle || {}, B = C(T, [h, S], void 0, A);
      B.style.top = $(-s - g - S.depth), k.marginLeft && (B.style.marginLeft = k.marginLeft), k.marginRight && (B.style.marginRight = k.marginRight), m.push(B), g += S.height + S.depth;
    }
    f = Math.min(f, g), v = Math.max(v, g);
  }
  var q = C(["vlist"], m);
  q.style.height = $(v);
  var O;
  if (f < 0) {
    var I = C([], []), G = C(["vlist"], [I]);
    G.style.height = $(-f);
    var V = C(["vlist-s"], [new Te("​")]);
    O = [C(["vlist-r"], [q, V]), C(["vlist-r"], [G])];
  } else
    O = [C(["vlist-r"], [q])];
  var j = C(["vlist-t"], O);
  return O.length === 2 && j.classes.push("vlist-t2"), j.height = v, j.depth = -f, j;
}, Ri = (r, e) => {
  var t = C(["mspace"], [], e), n = re(r, e);
  return t.style.marginRight = $(n), t;
}, q0 = (r, e, t) => {
  var n, a;
  switch (r) {
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
      n = r;
  }
  return e === "textbf" && t === "textit" ? a = "BoldItalic" : e === "textbf" ? a = "Bold" : t === "textit" ? a = "Italic" : a = "Regular", n + "-" + a;
}, xn = {
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
}, qi = {
  //   path, width, height
  vec: ["vec", 0.471, 0.714],
  // values from the font glyph
  oiintSize1: ["oiintSize1", 0.957, 0.499],
  // oval to overlay the integrand
  oiintSize2: ["oiintSize2", 1.472, 0.659],
  oiiintSize1: ["oiiintSize1", 1.304, 0.499],
  oiiintSize2: ["oiiintSize2", 1.98, 0.659]
}, Ii = function(e, t) {
  var [n, a, s] = qi[e], i = new ct(n), o = new et([i], {
    width: $(a),
    height: $(s),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + $(a),
    viewBox: "0 0 " + 1e3 * a + " " + 1e3 * s,
    preserveAspectRatio: "xMinYMin"
  }), l = mt(["overlay"], [o], t);
  return l.height = s, l.style.height = $(s), l.style.width = $(a), l;
}, te = {
  number: 3,
  unit: "mu"
}, bt = {
  number: 4,
  unit: "mu"
}, Ve = {
  number: 5,
  unit: "mu"
}, Cu = {
  mord: {
    mop: te,
    mbin: bt,
    mrel: Ve,
    minner: te
  },
  mop: {
    mord: te,
    mop: te,
    mrel: Ve,
    minner: te
  },
  mbin: {
    mord: bt,
    mop: bt,
    mopen: bt,
    minner: bt
  },
  mrel: {
    mord: Ve,
    mop: Ve,
    mopen: Ve,
    minner: Ve
  },
  mopen: {},
  mclose: {
    mop: te,
    mbin: bt,
    mrel: Ve,
    minner: te
  },
  mpunct: {
    mord: te,
    mop: te,
    mrel: Ve,
    mopen: te,
    mclose: te,
    mpunct: te,
    minner: te
  },
  minner: {
    mord: te,
    mop: te,
    mbin: bt,
    mrel: Ve,
    mopen: te,
    mpunct: te,
    minner: te
  }
}, Nu = {
  mord: {
    mop: te
  },
  mop: {
    mord: te,
    mop: te
  },
  mbin: {},
  mrel: {},
  mopen: {},
  mclose: {
    mop: te
  },
  mpunct: {},
  minner: {
    mop: te
  }
}, Oi = {}, nr = {}, ar = {};
function D(r) {
  for (var {
    type: e,
    names: t,
    props: n,
    handler: a,
    htmlBuilder: s,
    mathmlBuilder: i
  } = r, o = {
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
  }, l = 0; l < t.length; ++l)
    Oi[t[l]] = o;
  e && (s && (nr[e] = s), i && (ar[e] = i));
}
function Bt(r) {
  var {
    type: e,
    htmlBuilder: t,
    mathmlBuilder: n
  } = r;
  D({
    type: e,
    names: [],
    props: {
      numArgs: 0
    },
    handler() {
      throw new Error("Should never be called.");
    },
    htmlBuilder: t,
    mathmlBuilder: n
  });
}
var sr = function(e) {
  return e.type === "ordgroup" && e.body.length === 1 ? e.body[0] : e;
}, se = function(e) {
  return e.type === "ordgroup" ? e.body : [e];
}, Eu = /* @__PURE__ */ new Set(["leftmost", "mbin", "mopen", "mrel", "mop", "mpunct"]), $u = /* @__PURE__ */ new Set(["rightmost", "mrel", "mclose", "mpunct"]), Bu = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
}, Du = {
  mord: "mord",
  mop: "mop",
  mbin: "mbin",
  mrel: "mrel",
  mopen: "mopen",
  mclose: "mclose",
  mpunct: "mpunct",
  minner: "minner"
}, he = function(e, t, n, a) {
  a === void 0 && (a = [null, null]);
  for (var s = [], i = 0; i < e.length; i++) {
    var o = K(e[i], t);
    if (o instanceof _t) {
      var l = o.children;
      s.push(...l);
    } else
      s.push(o);
  }
  if (Di(s), !n)
    return s;
  var h = t;
  if (e.length === 1) {
    var m = e[0];
    m.type === "sizing" ? h = t.havingSize(m.size) : m.type === "styling" && (h = t.havingStyle(Bu[m.style]));
  }
  var f = C([a[0] || "leftmost"], [], t), v = C([a[1] || "rightmost"], [], t), g = n === "root";
  return kn(s, (x, k) => {
    var S = k.classes[0], T = x.classes[0];
    S === "mbin" && $u.has(T) ? k.classes[0] = "mord" : T === "mbin" && Eu.has(S) && (x.classes[0] = "mord");
  }, {
    node: f
  }, v, g), kn(s, (x, k) => {
    var S, T, A = Sn(k), B = Sn(x), q = A && B ? x.hasClass("mtight") ? (S = Nu[A]) == null ? void 0 : S[B] : (T = Cu[A]) == null ? void 0 : T[B] : null;
    if (q)
      return Ri(q, h);
  }, {
    node: f
  }, v, g), s;
}, kn = function(e, t, n, a, s) {
  a && e.push(a);
  for (var i = 0; i < e.length; i++) {
    var o = e[i], l = Fi(o);
    if (l) {
      kn(l.children, t, n, null, s);
      continue;
    }
    var h = !o.hasClass("mspace");
    if (h) {
      var m = t(o, n.node);
      m && (n.insertAfter ? n.insertAfter(m) : (e.unshift(m), i++));
    }
    h ? n.node = o : s && o.hasClass("newline") && (n.node = C(["leftmost"])), n.insertAfter = /* @__PURE__ */ ((f) => (v) => {
      e.splice(f + 1, 0, v), i++;
    })(i);
  }
  a && e.pop();
}, Fi = function(e) {
  return e instanceof _t || e instanceof ur || e instanceof e0 && e.hasClass("enclosing") ? e : null;
}, Mn = function(e, t) {
  var n = Fi(e);
  if (n) {
    var a = n.children;
    if (a.length) {
      if (t === "right")
        return Mn(a[a.length - 1], "right");
      if (t === "left")
        return Mn(a[0], "left");
    }
  }
  return e;
}, Sn = function(e, t) {
  if (!e)
    return null;
  t && (e = Mn(e, t));
  var n = e.classes[0];
  return Du[n] || null;
}, v0 = function(e, t) {
  var n = ["nulldelimiter"].concat(e.baseSizingClasses());
  return C(t.concat(n));
}, K = function(e, t, n) {
  if (!e)
    return C();
  if (nr[e.type]) {
    var a = nr[e.type](e, t);
    if (n && t.size !== n.size) {
      a = C(t.sizingClasses(n), [a], t);
      var s = t.sizeMultiplier / n.sizeMultiplier;
      a.height *= s, a.depth *= s;
    }
    return a;
  } else
    throw new N("Got group of unknown type: '" + e.type + "'");
};
function I0(r, e) {
  var t = C(["base"], r, e), n = C(["strut"]);
  return n.style.height = $(t.height + t.depth), t.depth && (n.style.verticalAlign = $(-t.depth)), t.children.unshift(n), t;
}
function An(r, e) {
  var t = null;
  r.length === 1 && r[0].type === "tag" && (t = r[0].tag, r = r[0].body);
  var n = he(r, e, "root"), a;
  n.length === 2 && n[1].hasClass("tag") && (a = n.pop());
  for (var s = [], i = [], o = 0; o < n.length; o++)
    if (i.push(n[o]), n[o].hasClass("mbin") || n[o].hasClass("mrel") || n[o].hasClass("allowbreak")) {
      for (var l = !1; o < n.length - 1 && n[o + 1].hasClass("mspace") && !n[o + 1].hasClass("newline"); )
        o++, i.push(n[o]), n[o].hasClass("nobreak") && (l = !0);
      l || (s.push(I0(i, e)), i = []);
    } else n[o].hasClass("newline") && (i.pop(), i.length > 0 && (s.push(I0(i, e)), i = []), s.push(n[o]));
  i.length > 0 && s.push(I0(i, e));
  var h;
  t ? (h = I0(he(t, e, !0), e), h.classes = ["tag"], s.push(h)) : a && s.push(a);
  var m = C(["katex-html"], s);
  if (m.setAttribute("aria-hidden", "true"), h) {
    var f = h.children[0];
    f.style.height = $(m.height + m.depth), m.depth && (f.style.verticalAlign = $(-m.depth));
  }
  return m;
}
function Li(r) {
  return new _t(r);
}
class E {
  constructor(e, t, n) {
    this.type = void 0, this.attributes = void 0, this.children = void 0, this.classes = void 0, this.type = e, this.attributes = {}, this.children = t || [], this.classes = n || [];
  }
  /**
   * Sets an attribute on a MathML node. MathML depends on attributes to convey a
   * semantic content, so this is used heavily.
   */
  setAttribute(e, t) {
    this.attributes[e] = t;
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
    for (var t in this.attributes)
      Object.prototype.hasOwnProperty.call(this.attributes, t) && e.setAttribute(t, this.attributes[t]);
    this.classes.length > 0 && (e.className = ht(this.classes));
    for (var n = 0; n < this.children.length; n++)
      if (this.children[n] instanceof ie && this.children[n + 1] instanceof ie) {
        for (var a = this.children[n].toText() + this.children[++n].toText(); this.children[n + 1] instanceof ie; )
          a += this.children[++n].toText();
        e.appendChild(new ie(a).toNode());
      } else
        e.appendChild(this.children[n].toNode());
    return e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    var e = "<" + this.type;
    for (var t in this.attributes)
      Object.prototype.hasOwnProperty.call(this.attributes, t) && (e += " " + t + '="', e += ve(this.attributes[t]), e += '"');
    this.classes.length > 0 && (e += ' class ="' + ve(ht(this.classes)) + '"'), e += ">";
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
class ie {
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
class Hi {
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
    return e.setAttribute("width", $(this.width)), e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    return this.character ? "<mtext>" + this.character + "</mtext>" : '<mspace width="' + $(this.width) + '"/>';
  }
  /**
   * Converts the math node into a string, similar to innerText.
   */
  toText() {
    return this.character ? this.character : " ";
  }
}
var Ru = /* @__PURE__ */ new Set(["\\imath", "\\jmath"]), qu = /* @__PURE__ */ new Set(["mrow", "mtable"]), Ee = function(e, t, n) {
  return Q[t][e] && Q[t][e].replace && e.charCodeAt(0) !== 55349 && !(Bi.hasOwnProperty(e) && n && (n.fontFamily && n.fontFamily.slice(4, 6) === "tt" || n.font && n.font.slice(4, 6) === "tt")) && (e = Q[t][e].replace), new ie(e);
}, ea = function(e) {
  return e.length === 1 ? e[0] : new E("mrow", e);
}, Iu = {
  mathit: "italic",
  boldsymbol: (r) => r.type === "textord" ? "bold" : "bold-italic",
  mathbf: "bold",
  mathbb: "double-struck",
  mathsfit: "sans-serif-italic",
  mathfrak: "fraktur",
  mathscr: "script",
  mathcal: "script",
  mathsf: "sans-serif",
  mathtt: "monospace"
}, ta = (r, e) => {
  if (r.mode === "text") {
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
  var t = e.font;
  if (!t || t === "mathnormal")
    return null;
  var n = r.mode, a = Iu[t];
  if (a)
    return typeof a == "function" ? a(r) : a;
  var s = r.text;
  if (Ru.has(s))
    return null;
  if (Q[n][s]) {
    var i = Q[n][s].replace;
    i && (s = i);
  }
  var o = xn[t].fontName;
  return Jn(s, o, n) ? xn[t].variant : null;
};
function Ir(r) {
  if (!r)
    return !1;
  if (r.type === "mi" && r.children.length === 1) {
    var e = r.children[0];
    return e instanceof ie && e.text === ".";
  } else if (r.type === "mo" && r.children.length === 1 && r.getAttribute("separator") === "true" && r.getAttribute("lspace") === "0em" && r.getAttribute("rspace") === "0em") {
    var t = r.children[0];
    return t instanceof ie && t.text === ",";
  } else
    return !1;
}
var Ce = function(e, t, n) {
  if (e.length === 1) {
    var a = J(e[0], t);
    return n && a instanceof E && a.type === "mo" && (a.setAttribute("lspace", "0em"), a.setAttribute("rspace", "0em")), [a];
  }
  for (var s = [], i, o = 0; o < e.length; o++) {
    var l = J(e[o], t);
    if (l instanceof E && i instanceof E) {
      if (l.type === "mtext" && i.type === "mtext" && l.getAttribute("mathvariant") === i.getAttribute("mathvariant")) {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (Ir(l) && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && Ir(i))
        l.children = [...i.children, ...l.children], s.pop();
      else if ((l.type === "msup" || l.type === "msub") && l.children.length >= 1 && (i.type === "mn" || Ir(i))) {
        var h = l.children[0];
        h instanceof E && h.type === "mn" && (h.children = [...i.children, ...h.children], s.pop());
      } else if (i.type === "mi" && i.children.length === 1) {
        var m = i.children[0];
        if (m instanceof ie && m.text === "̸" && (l.type === "mo" || l.type === "mi" || l.type === "mn")) {
          var f = l.children[0];
          f instanceof ie && f.text.length > 0 && (f.text = f.text.slice(0, 1) + "̸" + f.text.slice(1), s.pop());
        }
      }
    }
    s.push(l), i = l;
  }
  return s;
}, dt = function(e, t, n) {
  return ea(Ce(e, t, n));
}, J = function(e, t) {
  if (!e)
    return new E("mrow");
  if (ar[e.type])
    return ar[e.type](e, t);
  throw new N("Got group of unknown type: '" + e.type + "'");
};
function os(r, e, t, n, a) {
  var s = Ce(r, t), i;
  s.length === 1 && s[0] instanceof E && qu.has(s[0].type) ? i = s[0] : i = new E("mrow", s);
  var o = new E("annotation", [new ie(e)]);
  o.setAttribute("encoding", "application/x-tex");
  var l = new E("semantics", [i, o]), h = new E("math", [l]);
  h.setAttribute("xmlns", "http://www.w3.org/1998/Math/MathML"), n && h.setAttribute("display", "block");
  var m = a ? "katex" : "katex-mathml";
  return C([m], [h]);
}
var Ou = [
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
], ls = [
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
], us = function(e, t) {
  return t.size < 2 ? e : Ou[e - 1][t.size - 1];
};
class Xe {
  constructor(e) {
    this.style = void 0, this.color = void 0, this.size = void 0, this.textSize = void 0, this.phantom = void 0, this.font = void 0, this.fontFamily = void 0, this.fontWeight = void 0, this.fontShape = void 0, this.sizeMultiplier = void 0, this.maxSize = void 0, this.minRuleThickness = void 0, this._fontMetrics = void 0, this.style = e.style, this.color = e.color, this.size = e.size || Xe.BASESIZE, this.textSize = e.textSize || this.size, this.phantom = !!e.phantom, this.font = e.font || "", this.fontFamily = e.fontFamily || "", this.fontWeight = e.fontWeight || "", this.fontShape = e.fontShape || "", this.sizeMultiplier = ls[this.size - 1], this.maxSize = e.maxSize, this.minRuleThickness = e.minRuleThickness, this._fontMetrics = void 0;
  }
  /**
   * Returns a new options object with the same properties as "this".  Properties
   * from "extension" will be copied to the new options object.
   */
  extend(e) {
    var t = {
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
    return Object.assign(t, e), new Xe(t);
  }
  /**
   * Return an options object with the given style. If `this.style === style`,
   * returns `this`.
   */
  havingStyle(e) {
    return this.style === e ? this : this.extend({
      style: e,
      size: us(this.textSize, e)
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
      sizeMultiplier: ls[e - 1]
    });
  }
  /**
   * Like `this.havingSize(BASESIZE).havingStyle(style)`. If `style` is omitted,
   * changes to at least `\textstyle`.
   */
  havingBaseStyle(e) {
    e = e || this.style.text();
    var t = us(Xe.BASESIZE, e);
    return this.size === t && this.textSize === Xe.BASESIZE && this.style === e ? this : this.extend({
      style: e,
      size: t
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
    return this.size !== Xe.BASESIZE ? ["sizing", "reset-size" + this.size, "size" + Xe.BASESIZE] : [];
  }
  /**
   * Return the font metrics for this size.
   */
  fontMetrics() {
    return this._fontMetrics || (this._fontMetrics = wu(this.size)), this._fontMetrics;
  }
  /**
   * Gets the CSS color of the current options object
   */
  getColor() {
    return this.phantom ? "transparent" : this.color;
  }
}
Xe.BASESIZE = 6;
var Pi = function(e) {
  return new Xe({
    style: e.displayMode ? P.DISPLAY : P.TEXT,
    maxSize: e.maxSize,
    minRuleThickness: e.minRuleThickness
  });
}, Gi = function(e, t) {
  if (t.displayMode) {
    var n = ["katex-display"];
    t.leqno && n.push("leqno"), t.fleqn && n.push("fleqn"), e = C(n, [e]);
  }
  return e;
}, Fu = function(e, t, n) {
  var a = Pi(n), s;
  if (n.output === "mathml")
    return os(e, t, a, n.displayMode, !0);
  if (n.output === "html") {
    var i = An(e, a);
    s = C(["katex"], [i]);
  } else {
    var o = os(e, t, a, n.displayMode, !1), l = An(e, a);
    s = C(["katex"], [o, l]);
  }
  return Gi(s, n);
}, Lu = function(e, t, n) {
  var a = Pi(n), s = An(e, a), i = C(["katex"], [s]);
  return Gi(i, n);
}, Hu = {
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
}, mr = function(e) {
  var t = new E("mo", [new ie(Hu[e.replace(/^\\/, "")])]);
  return t.setAttribute("stretchy", "true"), t;
}, Pu = {
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
}, Gu = /* @__PURE__ */ new Set(["widehat", "widecheck", "widetilde", "utilde"]), dr = function(e, t) {
  function n() {
    var o = 4e5, l = e.label.slice(1);
    if (Gu.has(l) && "base" in e) {
      var h = e.base.type === "ordgroup" ? e.base.body.length : 1, m, f, v;
      if (h > 5)
        l === "widehat" || l === "widecheck" ? (m = 420, o = 2364, v = 0.42, f = l + "4") : (m = 312, o = 2340, v = 0.34, f = "tilde4");
      else {
        var g = [1, 1, 2, 2, 3, 3][h];
        l === "widehat" || l === "widecheck" ? (o = [0, 1062, 2364, 2364, 2364][g], m = [0, 239, 300, 360, 420][g], v = [0, 0.24, 0.3, 0.3, 0.36, 0.42][g], f = l + g) : (o = [0, 600, 1033, 2339, 2340][g], m = [0, 260, 286, 306, 312][g], v = [0, 0.26, 0.286, 0.3, 0.306, 0.34][g], f = "tilde" + g);
      }
      var x = new ct(f), k = new et([x], {
        width: "100%",
        height: $(v),
        viewBox: "0 0 " + o + " " + m,
        preserveAspectRatio: "none"
      });
      return {
        span: mt([], [k], t),
        minWidth: 0,
        height: v
      };
    } else {
      var S = [], T = Pu[l];
      if (!T)
        throw new Error('No SVG data for "' + l + '".');
      var [A, B, q] = T, O = q / 1e3, I = A.length, G, V;
      if (I === 1) {
        if (T.length !== 4)
          throw new Error('Expected 4-tuple for single-path SVG data "' + l + '".');
        G = ["hide-tail"], V = [T[3]];
      } else if (I === 2)
        G = ["halfarrow-left", "halfarrow-right"], V = ["xMinYMin", "xMaxYMin"];
      else if (I === 3)
        G = ["brace-left", "brace-center", "brace-right"], V = ["xMinYMin", "xMidYMin", "xMaxYMin"];
      else
        throw new Error(`Correct katexImagesData or update code here to support
                    ` + I + " children.");
      for (var j = 0; j < I; j++) {
        var le = new ct(A[j]), pe = new et([le], {
          width: "400em",
          height: $(O),
          viewBox: "0 0 " + o + " " + q,
          preserveAspectRatio: V[j] + " slice"
        }), F = mt([G[j]], [pe], t);
        if (I === 1)
          return {
            span: F,
            minWidth: B,
            height: O
          };
        F.style.height = $(O), S.push(F);
      }
      return {
        span: C(["stretchy"], S, t),
        minWidth: B,
        height: O
      };
    }
  }
  var {
    span: a,
    minWidth: s,
    height: i
  } = n();
  return a.height = i, a.style.height = $(i), s > 0 && (a.style.minWidth = $(s)), a;
}, Uu = function(e, t, n, a, s) {
  var i, o = e.height + e.depth + n + a;
  if (/fbox|color|angl/.test(t)) {
    if (i = C(["stretchy", t], [], s), t === "fbox") {
      var l = s.color && s.getColor();
      l && (i.style.borderColor = l);
    }
  } else {
    var h = [];
    /^[bx]cancel$/.test(t) && h.push(new pn({
      x1: "0",
      y1: "0",
      x2: "100%",
      y2: "100%",
      "stroke-width": "0.046em"
    })), /^x?cancel$/.test(t) && h.push(new pn({
      x1: "0",
      y1: "100%",
      x2: "100%",
      y2: "0",
      "stroke-width": "0.046em"
    }));
    var m = new et(h, {
      width: "100%",
      height: $(o)
    });
    i = mt([], [m], s);
  }
  return i.height = o, i.style.height = $(o), i;
}, Wu = {
  bin: 1,
  close: 1,
  inner: 1,
  open: 1,
  punct: 1,
  rel: 1
}, ju = {
  "accent-token": 1,
  mathord: 1,
  "op-token": 1,
  spacing: 1,
  textord: 1
};
function Vu(r) {
  return r in Wu;
}
function W(r, e) {
  if (!r || r.type !== e)
    throw new Error("Expected node of type " + e + ", but got " + (r ? "node of type " + r.type : String(r)));
  return r;
}
function fr(r) {
  var e = pr(r);
  if (!e)
    throw new Error("Expected node of symbol group type, but got " + (r ? "node of type " + r.type : String(r)));
  return e;
}
function pr(r) {
  return r && (r.type === "atom" || ju.hasOwnProperty(r.type)) ? r : null;
}
var Ui = (r) => {
  if (r instanceof Te)
    return r;
  if (bu(r) && r.children.length === 1)
    return Ui(r.children[0]);
}, ra = (r, e) => {
  var t, n, a;
  r && r.type === "supsub" ? (n = W(r.base, "accent"), t = n.base, r.base = t, a = gu(K(r, e)), r.base = n) : (n = W(r, "accent"), t = n.base);
  var s = K(t, e.havingCrampedStyle()), i = n.isShifty && tt(t), o = 0;
  if (i) {
    var l, h;
    o = (l = (h = Ui(s)) == null ? void 0 : h.skew) != null ? l : 0;
  }
  var m = n.label === "\\c", f = m ? s.height + s.depth : Math.min(s.height, e.fontMetrics().xHeight), v;
  if (n.isStretchy)
    v = dr(n, e), v = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "elem",
        elem: v,
        wrapperClasses: ["svg-align"],
        wrapperStyle: o > 0 ? {
          width: "calc(100% - " + $(2 * o) + ")",
          marginLeft: $(2 * o)
        } : void 0
      }]
    });
  else {
    var g, x;
    n.label === "\\vec" ? (g = Ii("vec", e), x = qi.vec[1]) : (g = cr({
      mode: n.mode,
      text: n.label
    }, e, "textord"), g = vu(g), g.italic = 0, x = g.width, m && (f += g.depth)), v = C(["accent-body"], [g]);
    var k = n.label === "\\textcircled";
    k && (v.classes.push("accent-full"), f = s.height);
    var S = o;
    k || (S -= x / 2), v.style.left = $(S), n.label === "\\textcircled" && (v.style.top = ".2em"), v = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "kern",
        size: -f
      }, {
        type: "elem",
        elem: v
      }]
    });
  }
  var T = C(["mord", "accent"], [v], e);
  return a ? (a.children[0] = T, a.height = Math.max(T.height, a.height), a.classes[0] = "mord", a) : T;
}, Wi = (r, e) => {
  var t = r.isStretchy ? mr(r.label) : new E("mo", [Ee(r.label, r.mode)]), n = new E("mover", [J(r.base, e), t]);
  return n.setAttribute("accent", "true"), n;
}, Yu = new RegExp(["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring"].map((r) => "\\" + r).join("|"));
D({
  type: "accent",
  names: ["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring", "\\widecheck", "\\widehat", "\\widetilde", "\\overrightarrow", "\\overleftarrow", "\\Overrightarrow", "\\overleftrightarrow", "\\overgroup", "\\overlinesegment", "\\overleftharpoon", "\\overrightharpoon"],
  props: {
    numArgs: 1
  },
  handler: (r, e) => {
    var t = sr(e[0]), n = !Yu.test(r.funcName), a = !n || r.funcName === "\\widehat" || r.funcName === "\\widetilde" || r.funcName === "\\widecheck";
    return {
      type: "accent",
      mode: r.parser.mode,
      label: r.funcName,
      isStretchy: n,
      isShifty: a,
      base: t
    };
  },
  htmlBuilder: ra,
  mathmlBuilder: Wi
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
  handler: (r, e) => {
    var t = e[0], n = r.parser.mode;
    return n === "math" && (r.parser.settings.reportNonstrict("mathVsTextAccents", "LaTeX's accent " + r.funcName + " works only in text mode"), n = "text"), {
      type: "accent",
      mode: n,
      label: r.funcName,
      isStretchy: !1,
      isShifty: !0,
      base: t
    };
  },
  htmlBuilder: ra,
  mathmlBuilder: Wi
});
D({
  type: "accentUnder",
  names: ["\\underleftarrow", "\\underrightarrow", "\\underleftrightarrow", "\\undergroup", "\\underlinesegment", "\\utilde"],
  props: {
    numArgs: 1
  },
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "accentUnder",
      mode: t.mode,
      label: n,
      base: a
    };
  },
  htmlBuilder: (r, e) => {
    var t = K(r.base, e), n = dr(r, e), a = r.label === "\\utilde" ? 0.12 : 0, s = X({
      positionType: "top",
      positionData: t.height,
      children: [{
        type: "elem",
        elem: n,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: a
      }, {
        type: "elem",
        elem: t
      }]
    });
    return C(["mord", "accentunder"], [s], e);
  },
  mathmlBuilder: (r, e) => {
    var t = mr(r.label), n = new E("munder", [J(r.base, e), t]);
    return n.setAttribute("accentunder", "true"), n;
  }
});
var O0 = (r) => {
  var e = new E("mpadded", r ? [r] : []);
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
  handler(r, e, t) {
    var {
      parser: n,
      funcName: a
    } = r;
    return {
      type: "xArrow",
      mode: n.mode,
      label: a,
      body: e[0],
      below: t[0]
    };
  },
  htmlBuilder(r, e) {
    var t = e.style, n = e.havingStyle(t.sup()), a = Jt(K(r.body, n, e), e), s = r.label.slice(0, 2) === "\\x" ? "x" : "cd";
    a.classes.push(s + "-arrow-pad");
    var i;
    r.below && (n = e.havingStyle(t.sub()), i = Jt(K(r.below, n, e), e), i.classes.push(s + "-arrow-pad"));
    var o = dr(r, e), l = -e.fontMetrics().axisHeight + 0.5 * o.height, h = -e.fontMetrics().axisHeight - 0.5 * o.height - 0.111;
    (a.depth > 0.25 || r.label === "\\xleftequilibrium") && (h -= a.depth);
    var m;
    if (i) {
      var f = -e.fontMetrics().axisHeight + i.height + 0.5 * o.height + 0.111;
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
          shift: f
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
    return C(["mrel", "x-arrow"], [m], e);
  },
  mathmlBuilder(r, e) {
    var t = mr(r.label);
    t.setAttribute("minsize", r.label.charAt(0) === "x" ? "1.75em" : "3.0em");
    var n;
    if (r.body) {
      var a = O0(J(r.body, e));
      if (r.below) {
        var s = O0(J(r.below, e));
        n = new E("munderover", [t, s, a]);
      } else
        n = new E("mover", [t, a]);
    } else if (r.below) {
      var i = O0(J(r.below, e));
      n = new E("munder", [t, i]);
    } else
      n = O0(), n = new E("mover", [t, n]);
    return n;
  }
});
function ji(r, e) {
  var t = he(r.body, e, !0);
  return C([r.mclass], t, e);
}
function Vi(r, e) {
  var t, n = Ce(r.body, e);
  return r.mclass === "minner" ? t = new E("mpadded", n) : r.mclass === "mord" ? r.isCharacterBox ? (t = n[0], t.type = "mi") : t = new E("mi", n) : (r.isCharacterBox ? (t = n[0], t.type = "mo") : t = new E("mo", n), r.mclass === "mbin" ? (t.attributes.lspace = "0.22em", t.attributes.rspace = "0.22em") : r.mclass === "mpunct" ? (t.attributes.lspace = "0em", t.attributes.rspace = "0.17em") : r.mclass === "mopen" || r.mclass === "mclose" ? (t.attributes.lspace = "0em", t.attributes.rspace = "0em") : r.mclass === "minner" && (t.attributes.lspace = "0.0556em", t.attributes.width = "+0.1111em")), t;
}
D({
  type: "mclass",
  names: ["\\mathord", "\\mathbin", "\\mathrel", "\\mathopen", "\\mathclose", "\\mathpunct", "\\mathinner"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "mclass",
      mode: t.mode,
      mclass: "m" + n.slice(5),
      // TODO(kevinb): don't prefix with 'm'
      body: se(a),
      isCharacterBox: tt(a)
    };
  },
  htmlBuilder: ji,
  mathmlBuilder: Vi
});
var vr = (r) => {
  var e = r.type === "ordgroup" && r.body.length ? r.body[0] : r;
  return e.type === "atom" && (e.family === "bin" || e.family === "rel") ? "m" + e.family : "mord";
};
D({
  type: "mclass",
  names: ["\\@binrel"],
  props: {
    numArgs: 2
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "mclass",
      mode: t.mode,
      mclass: vr(e[0]),
      body: se(e[1]),
      isCharacterBox: tt(e[1])
    };
  }
});
D({
  type: "mclass",
  names: ["\\stackrel", "\\overset", "\\underset"],
  props: {
    numArgs: 2
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = e[1], s = e[0], i;
    n !== "\\stackrel" ? i = vr(a) : i = "mrel";
    var o = {
      type: "op",
      mode: a.mode,
      limits: !0,
      alwaysHandleSupSub: !0,
      parentIsSupSub: !1,
      symbol: !1,
      suppressBaseShift: n !== "\\stackrel",
      body: se(a)
    }, l = {
      type: "supsub",
      mode: s.mode,
      base: o,
      sup: n === "\\underset" ? null : s,
      sub: n === "\\underset" ? s : null
    };
    return {
      type: "mclass",
      mode: t.mode,
      mclass: i,
      body: [l],
      isCharacterBox: tt(l)
    };
  },
  htmlBuilder: ji,
  mathmlBuilder: Vi
});
D({
  type: "pmb",
  names: ["\\pmb"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "pmb",
      mode: t.mode,
      mclass: vr(e[0]),
      body: se(e[0])
    };
  },
  htmlBuilder(r, e) {
    var t = he(r.body, e, !0), n = C([r.mclass], t, e);
    return n.style.textShadow = "0.02em 0.01em 0.04px", n;
  },
  mathmlBuilder(r, e) {
    var t = Ce(r.body, e), n = new E("mstyle", t);
    return n.setAttribute("style", "text-shadow: 0.02em 0.01em 0.04px"), n;
  }
});
var Xu = {
  ">": "\\\\cdrightarrow",
  "<": "\\\\cdleftarrow",
  "=": "\\\\cdlongequal",
  A: "\\uparrow",
  V: "\\downarrow",
  "|": "\\Vert",
  ".": "no arrow"
}, hs = () => ({
  type: "styling",
  body: [],
  mode: "math",
  style: "display",
  resetFont: !0
}), cs = (r) => r.type === "textord" && r.text === "@", Ku = (r, e) => (r.type === "mathord" || r.type === "atom") && r.text === e;
function Zu(r, e, t) {
  var n = Xu[r];
  switch (n) {
    case "\\\\cdrightarrow":
    case "\\\\cdleftarrow":
      return t.callFunction(n, [e[0]], [e[1]]);
    case "\\uparrow":
    case "\\downarrow": {
      var a = t.callFunction("\\\\cdleft", [e[0]], []), s = {
        type: "atom",
        text: n,
        mode: "math",
        family: "rel"
      }, i = t.callFunction("\\Big", [s], []), o = t.callFunction("\\\\cdright", [e[1]], []), l = {
        type: "ordgroup",
        mode: "math",
        body: [a, i, o]
      };
      return t.callFunction("\\\\cdparent", [l], []);
    }
    case "\\\\cdlongequal":
      return t.callFunction("\\\\cdlongequal", [], []);
    case "\\Vert": {
      var h = {
        type: "textord",
        text: "\\Vert",
        mode: "math"
      };
      return t.callFunction("\\Big", [h], []);
    }
    default:
      return {
        type: "textord",
        text: " ",
        mode: "math"
      };
  }
}
function Ju(r) {
  var e = [];
  for (r.gullet.beginGroup(), r.gullet.macros.set("\\cr", "\\\\\\relax"), r.gullet.beginGroup(); ; ) {
    e.push(r.parseExpression(!1, "\\\\")), r.gullet.endGroup(), r.gullet.beginGroup();
    var t = r.fetch().text;
    if (t === "&" || t === "\\\\")
      r.consume();
    else if (t === "\\end") {
      e[e.length - 1].length === 0 && e.pop();
      break;
    } else
      throw new N("Expected \\\\ or \\cr or \\end", r.nextToken);
  }
  for (var n = [], a = [n], s = 0; s < e.length; s++) {
    for (var i = e[s], o = hs(), l = 0; l < i.length; l++)
      if (!cs(i[l]))
        o.body.push(i[l]);
      else {
        n.push(o), l += 1;
        var h = fr(i[l]).text, m = new Array(2);
        if (m[0] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, m[1] = {
          type: "ordgroup",
          mode: "math",
          body: []
        }, !"=|.".includes(h)) if ("<>AV".includes(h))
          for (var f = 0; f < 2; f++) {
            for (var v = !0, g = l + 1; g < i.length; g++) {
              if (Ku(i[g], h)) {
                v = !1, l = g;
                break;
              }
              if (cs(i[g]))
                throw new N("Missing a " + h + " character to complete a CD arrow.", i[g]);
              m[f].body.push(i[g]);
            }
            if (v)
              throw new N("Missing a " + h + " character to complete a CD arrow.", i[l]);
          }
        else
          throw new N('Expected one of "<>AV=|." after @', i[l]);
        var x = Zu(h, m, r), k = {
          type: "styling",
          body: [x],
          mode: "math",
          style: "display",
          // CD is always displaystyle.
          resetFont: !0
        };
        n.push(k), o = hs();
      }
    s % 2 === 0 ? n.push(o) : n.shift(), n = [], a.push(n);
  }
  r.gullet.endGroup(), r.gullet.endGroup();
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
D({
  type: "cdlabel",
  names: ["\\\\cdleft", "\\\\cdright"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r;
    return {
      type: "cdlabel",
      mode: t.mode,
      side: n.slice(4),
      label: e[0]
    };
  },
  htmlBuilder(r, e) {
    var t = e.havingStyle(e.style.sup()), n = Jt(K(r.label, t, e), e);
    return n.classes.push("cd-label-" + r.side), n.style.bottom = $(0.8 - n.depth), n.height = 0, n.depth = 0, n;
  },
  mathmlBuilder(r, e) {
    var t = new E("mrow", [J(r.label, e)]);
    return t = new E("mpadded", [t]), t.setAttribute("width", "0"), r.side === "left" && t.setAttribute("lspace", "-1width"), t.setAttribute("voffset", "0.7em"), t = new E("mstyle", [t]), t.setAttribute("displaystyle", "false"), t.setAttribute("scriptlevel", "1"), t;
  }
});
D({
  type: "cdlabelparent",
  names: ["\\\\cdparent"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "cdlabelparent",
      mode: t.mode,
      fragment: e[0]
    };
  },
  htmlBuilder(r, e) {
    var t = Jt(K(r.fragment, e), e);
    return t.classes.push("cd-vert-arrow"), t;
  },
  mathmlBuilder(r, e) {
    return new E("mrow", [J(r.fragment, e)]);
  }
});
D({
  type: "textord",
  names: ["\\@char"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(r, e) {
    for (var {
      parser: t
    } = r, n = W(e[0], "ordgroup"), a = n.body, s = "", i = 0; i < a.length; i++) {
      var o = W(a[i], "textord");
      s += o.text;
    }
    var l = parseInt(s), h;
    if (isNaN(l))
      throw new N("\\@char has non-numeric argument " + s);
    if (l < 0 || l >= 1114111)
      throw new N("\\@char with invalid code point " + s);
    return l <= 65535 ? h = String.fromCharCode(l) : (l -= 65536, h = String.fromCharCode((l >> 10) + 55296, (l & 1023) + 56320)), {
      type: "textord",
      mode: t.mode,
      text: h
    };
  }
});
var Yi = (r, e) => {
  var t = he(r.body, e.withColor(r.color), !1);
  return nt(t);
}, Xi = (r, e) => {
  var t = Ce(r.body, e.withColor(r.color)), n = new E("mstyle", t);
  return n.setAttribute("mathcolor", r.color), n;
};
D({
  type: "color",
  names: ["\\textcolor"],
  props: {
    numArgs: 2,
    allowedInText: !0,
    argTypes: ["color", "original"]
  },
  handler(r, e) {
    var {
      parser: t
    } = r, n = W(e[0], "color-token").color, a = e[1];
    return {
      type: "color",
      mode: t.mode,
      color: n,
      body: se(a)
    };
  },
  htmlBuilder: Yi,
  mathmlBuilder: Xi
});
D({
  type: "color",
  names: ["\\color"],
  props: {
    numArgs: 1,
    allowedInText: !0,
    argTypes: ["color"]
  },
  handler(r, e) {
    var {
      parser: t,
      breakOnTokenText: n
    } = r, a = W(e[0], "color-token").color;
    t.gullet.macros.set("\\current@color", a);
    var s = t.parseExpression(!0, n);
    return {
      type: "color",
      mode: t.mode,
      color: a,
      body: s
    };
  },
  htmlBuilder: Yi,
  mathmlBuilder: Xi
});
D({
  type: "cr",
  names: ["\\\\"],
  props: {
    numArgs: 0,
    numOptionalArgs: 0,
    allowedInText: !0
  },
  handler(r, e, t) {
    var {
      parser: n
    } = r, a = n.gullet.future().text === "[" ? n.parseSizeGroup(!0) : null, s = !n.settings.displayMode || !n.settings.useStrictBehavior("newLineInDisplayMode", "In LaTeX, \\\\ or \\newline does nothing in display mode");
    return {
      type: "cr",
      mode: n.mode,
      newLine: s,
      size: a && W(a, "size").value
    };
  },
  // The following builders are called only at the top level,
  // not within tabular/array environments.
  htmlBuilder(r, e) {
    var t = C(["mspace"], [], e);
    return r.newLine && (t.classes.push("newline"), r.size && (t.style.marginTop = $(re(r.size, e)))), t;
  },
  mathmlBuilder(r, e) {
    var t = new E("mspace");
    return r.newLine && (t.setAttribute("linebreak", "newline"), r.size && t.setAttribute("height", $(re(r.size, e)))), t;
  }
});
var Tn = {
  "\\global": "\\global",
  "\\long": "\\\\globallong",
  "\\\\globallong": "\\\\globallong",
  "\\def": "\\gdef",
  "\\gdef": "\\gdef",
  "\\edef": "\\xdef",
  "\\xdef": "\\xdef",
  "\\let": "\\\\globallet",
  "\\futurelet": "\\\\globalfuture"
}, Ki = (r) => {
  var e = r.text;
  if (/^(?:[\\{}$&#^_]|EOF)$/.test(e))
    throw new N("Expected a control sequence", r);
  return e;
}, Qu = (r) => {
  var e = r.gullet.popToken();
  return e.text === "=" && (e = r.gullet.popToken(), e.text === " " && (e = r.gullet.popToken())), e;
}, Zi = (r, e, t, n) => {
  var a = r.gullet.macros.get(t.text);
  a == null && (t.noexpand = !0, a = {
    tokens: [t],
    numArgs: 0,
    // reproduce the same behavior in expansion
    unexpandable: !r.gullet.isExpandable(t.text)
  }), r.gullet.macros.set(e, a, n);
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
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r;
    e.consumeSpaces();
    var n = e.fetch();
    if (Tn[n.text])
      return (t === "\\global" || t === "\\\\globallong") && (n.text = Tn[n.text]), W(e.parseFunction(), "internal");
    throw new N("Invalid token after macro prefix", n);
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
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r, n = e.gullet.popToken(), a = n.text;
    if (/^(?:[\\{}$&#^_]|EOF)$/.test(a))
      throw new N("Expected a control sequence", n);
    for (var s = 0, i, o = [[]]; e.gullet.future().text !== "{"; )
      if (n = e.gullet.popToken(), n.text === "#") {
        if (e.gullet.future().text === "{") {
          i = e.gullet.future(), o[s].push("{");
          break;
        }
        if (n = e.gullet.popToken(), !/^[1-9]$/.test(n.text))
          throw new N('Invalid argument number "' + n.text + '"');
        if (parseInt(n.text) !== s + 1)
          throw new N('Argument number "' + n.text + '" out of order');
        s++, o.push([]);
      } else {
        if (n.text === "EOF")
          throw new N("Expected a macro definition");
        o[s].push(n.text);
      }
    var {
      tokens: l
    } = e.gullet.consumeArg();
    return i && l.unshift(i), (t === "\\edef" || t === "\\xdef") && (l = e.gullet.expandTokens(l), l.reverse()), e.gullet.macros.set(a, {
      tokens: l,
      numArgs: s,
      delimiters: o
    }, t === Tn[t]), {
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
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r, n = Ki(e.gullet.popToken());
    e.gullet.consumeSpaces();
    var a = Qu(e);
    return Zi(e, n, a, t === "\\\\globallet"), {
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
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r, n = Ki(e.gullet.popToken()), a = e.gullet.popToken(), s = e.gullet.popToken();
    return Zi(e, n, s, t === "\\\\globalfuture"), e.gullet.pushToken(s), e.gullet.pushToken(a), {
      type: "internal",
      mode: e.mode
    };
  }
});
var o0 = function(e, t, n) {
  var a = Q.math[e] && Q.math[e].replace, s = Jn(a || e, t, n);
  if (!s)
    throw new Error("Unsupported symbol " + e + " and font size " + t + ".");
  return s;
}, na = function(e, t, n, a) {
  var s = n.havingBaseStyle(t), i = C(a.concat(s.sizingClasses(n)), [e], n), o = s.sizeMultiplier / n.sizeMultiplier;
  return i.height *= o, i.depth *= o, i.maxFontSize = s.sizeMultiplier, i;
}, Ji = function(e, t, n) {
  var a = t.havingBaseStyle(n), s = (1 - t.sizeMultiplier / a.sizeMultiplier) * t.fontMetrics().axisHeight;
  e.classes.push("delimcenter"), e.style.top = $(s), e.height -= s, e.depth += s;
}, _u = function(e, t, n, a, s, i) {
  var o = be(e, "Main-Regular", s, a), l = na(o, t, a, i);
  return Ji(l, a, t), l;
}, eh = function(e, t, n, a) {
  return be(e, "Size" + t + "-Regular", n, a);
}, Qi = function(e, t, n, a, s, i) {
  var o = eh(e, t, s, a), l = na(C(["delimsizing", "size" + t], [o], a), P.TEXT, a, i);
  return n && Ji(l, a, P.TEXT), l;
}, Or = function(e, t, n) {
  var a;
  t === "Size1-Regular" ? a = "delim-size1" : a = "delim-size4";
  var s = C(["delimsizinginner", a], [C([], [be(e, t, n)])]);
  return {
    type: "elem",
    elem: s
  };
}, Fr = function(e, t, n) {
  var a = He["Size4-Regular"][e.charCodeAt(0)] ? He["Size4-Regular"][e.charCodeAt(0)][4] : He["Size1-Regular"][e.charCodeAt(0)][4], s = new ct("inner", uu(e, Math.round(1e3 * t))), i = new et([s], {
    width: $(a),
    height: $(t),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + $(a),
    viewBox: "0 0 " + 1e3 * a + " " + Math.round(1e3 * t),
    preserveAspectRatio: "xMinYMin"
  }), o = mt([], [i], n);
  return o.height = t, o.style.height = $(t), o.style.width = $(a), {
    type: "elem",
    elem: o
  };
}, zn = 8e-3, F0 = {
  type: "kern",
  size: -1 * zn
}, th = /* @__PURE__ */ new Set(["|", "\\lvert", "\\rvert", "\\vert"]), rh = /* @__PURE__ */ new Set(["\\|", "\\lVert", "\\rVert", "\\Vert"]), _i = function(e, t, n, a, s, i) {
  var o, l, h, m, f = "", v = 0;
  o = h = m = e, l = null;
  var g = "Size1-Regular";
  e === "\\uparrow" ? h = m = "⏐" : e === "\\Uparrow" ? h = m = "‖" : e === "\\downarrow" ? o = h = "⏐" : e === "\\Downarrow" ? o = h = "‖" : e === "\\updownarrow" ? (o = "\\uparrow", h = "⏐", m = "\\downarrow") : e === "\\Updownarrow" ? (o = "\\Uparrow", h = "‖", m = "\\Downarrow") : th.has(e) ? (h = "∣", f = "vert", v = 333) : rh.has(e) ? (h = "∥", f = "doublevert", v = 556) : e === "[" || e === "\\lbrack" ? (o = "⎡", h = "⎢", m = "⎣", g = "Size4-Regular", f = "lbrack", v = 667) : e === "]" || e === "\\rbrack" ? (o = "⎤", h = "⎥", m = "⎦", g = "Size4-Regular", f = "rbrack", v = 667) : e === "\\lfloor" || e === "⌊" ? (h = o = "⎢", m = "⎣", g = "Size4-Regular", f = "lfloor", v = 667) : e === "\\lceil" || e === "⌈" ? (o = "⎡", h = m = "⎢", g = "Size4-Regular", f = "lceil", v = 667) : e === "\\rfloor" || e === "⌋" ? (h = o = "⎥", m = "⎦", g = "Size4-Regular", f = "rfloor", v = 667) : e === "\\rceil" || e === "⌉" ? (o = "⎤", h = m = "⎥", g = "Size4-Regular", f = "rceil", v = 667) : e === "(" || e === "\\lparen" ? (o = "⎛", h = "⎜", m = "⎝", g = "Size4-Regular", f = "lparen", v = 875) : e === ")" || e === "\\rparen" ? (o = "⎞", h = "⎟", m = "⎠", g = "Size4-Regular", f = "rparen", v = 875) : e === "\\{" || e === "\\lbrace" ? (o = "⎧", l = "⎨", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\}" || e === "\\rbrace" ? (o = "⎫", l = "⎬", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lgroup" || e === "⟮" ? (o = "⎧", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\rgroup" || e === "⟯" ? (o = "⎫", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lmoustache" || e === "⎰" ? (o = "⎧", m = "⎭", h = "⎪", g = "Size4-Regular") : (e === "\\rmoustache" || e === "⎱") && (o = "⎫", m = "⎩", h = "⎪", g = "Size4-Regular");
  var x = o0(o, g, s), k = x.height + x.depth, S = o0(h, g, s), T = S.height + S.depth, A = o0(m, g, s), B = A.height + A.depth, q = 0, O = 1;
  if (l !== null) {
    var I = o0(l, g, s);
    q = I.height + I.depth, O = 2;
  }
  var G = k + B + q, V = Math.max(0, Math.ceil((t - G) / (O * T))), j = G + V * O * T, le = a.fontMetrics().axisHeight;
  n && (le *= a.sizeMultiplier);
  var pe = j / 2 - le, F = [];
  if (f.length > 0) {
    var Me = j - k - B, ee = Math.round(j * 1e3), ce = hu(f, Math.round(Me * 1e3)), $e = new ct(f, ce), Be = $(v / 1e3), De = $(ee / 1e3), at = new et([$e], {
      width: Be,
      height: De,
      viewBox: "0 0 " + v + " " + ee
    }), me = mt([], [at], a);
    me.height = ee / 1e3, me.style.width = Be, me.style.height = De, F.push({
      type: "elem",
      elem: me
    });
  } else {
    if (F.push(Or(m, g, s)), F.push(F0), l === null) {
      var st = j - k - B + 2 * zn;
      F.push(Fr(h, st, a));
    } else {
      var n0 = (j - k - B - q) / 2 + 2 * zn;
      F.push(Fr(h, n0, a)), F.push(F0), F.push(Or(l, g, s)), F.push(F0), F.push(Fr(h, n0, a));
    }
    F.push(F0), F.push(Or(o, g, s));
  }
  var Re = a.havingBaseStyle(P.TEXT), w0 = X({
    positionType: "bottom",
    positionData: pe,
    children: F
  });
  return na(C(["delimsizing", "mult"], [w0], Re), P.TEXT, a, i);
}, Lr = 80, Hr = 0.08, Pr = function(e, t, n, a, s) {
  var i = lu(e, a, n), o = new ct(e, i), l = new et([o], {
    // Note: 1000:1 ratio of viewBox to document em width.
    width: "400em",
    height: $(t),
    viewBox: "0 0 400000 " + n,
    preserveAspectRatio: "xMinYMin slice"
  });
  return mt(["hide-tail"], [l], s);
}, nh = function(e, t) {
  var n = t.havingBaseSizing(), a = ao("\\surd", e * n.sizeMultiplier, no, n), s = n.sizeMultiplier, i = Math.max(0, t.minRuleThickness - t.fontMetrics().sqrtRuleThickness), o, l, h, m, f;
  return a.type === "small" ? (m = 1e3 + 1e3 * i + Lr, e < 1 ? s = 1 : e < 1.4 && (s = 0.7), l = (1 + i + Hr) / s, h = (1 + i) / s, o = Pr("sqrtMain", l, m, i, t), o.style.minWidth = "0.853em", f = 0.833 / s) : a.type === "large" ? (m = (1e3 + Lr) * u0[a.size], h = (u0[a.size] + i) / s, l = (u0[a.size] + i + Hr) / s, o = Pr("sqrtSize" + a.size, l, m, i, t), o.style.minWidth = "1.02em", f = 1 / s) : (l = e + i + Hr, h = e + i, m = Math.floor(1e3 * e + i) + Lr, o = Pr("sqrtTall", l, m, i, t), o.style.minWidth = "0.742em", f = 1.056), o.height = h, o.style.height = $(l), {
    span: o,
    advanceWidth: f,
    // Calculate the actual line width.
    // This actually should depend on the chosen font -- e.g. \boldmath
    // should use the thicker surd symbols from e.g. KaTeX_Main-Bold, and
    // have thicker rules.
    ruleWidth: (t.fontMetrics().sqrtRuleThickness + i) * s
  };
}, eo = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "\\surd"]), ah = /* @__PURE__ */ new Set(["\\uparrow", "\\downarrow", "\\updownarrow", "\\Uparrow", "\\Downarrow", "\\Updownarrow", "|", "\\|", "\\vert", "\\Vert", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱"]), to = /* @__PURE__ */ new Set(["<", ">", "\\langle", "\\rangle", "/", "\\backslash", "\\lt", "\\gt"]), u0 = [0, 1.2, 1.8, 2.4, 3], ro = function(e, t, n, a, s) {
  if (e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle"), eo.has(e) || to.has(e))
    return Qi(e, t, !1, n, a, s);
  if (ah.has(e))
    return _i(e, u0[t], !1, n, a, s);
  throw new N("Illegal delimiter: '" + e + "'");
}, sh = [{
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
}], ih = [{
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
}], no = [{
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
}], oh = function(e) {
  if (e.type === "small")
    return "Main-Regular";
  if (e.type === "large")
    return "Size" + e.size + "-Regular";
  if (e.type === "stack")
    return "Size4-Regular";
  var t = e.type;
  throw new Error("Add support for delim type '" + t + "' here.");
}, ao = function(e, t, n, a) {
  for (var s = Math.min(2, 3 - a.style.size), i = s; i < n.length; i++) {
    var o = n[i];
    if (o.type === "stack")
      break;
    var l = o0(e, oh(o), "math"), h = l.height + l.depth;
    if (o.type === "small") {
      var m = a.havingBaseStyle(o.style);
      h *= m.sizeMultiplier;
    }
    if (h > t)
      return o;
  }
  return n[n.length - 1];
}, Cn = function(e, t, n, a, s, i) {
  e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle");
  var o;
  to.has(e) ? o = sh : eo.has(e) ? o = no : o = ih;
  var l = ao(e, t, o, a);
  return l.type === "small" ? _u(e, l.style, n, a, s, i) : l.type === "large" ? Qi(e, l.size, n, a, s, i) : _i(e, t, n, a, s, i);
}, Gr = function(e, t, n, a, s, i) {
  var o = a.fontMetrics().axisHeight * a.sizeMultiplier, l = 901, h = 5 / a.fontMetrics().ptPerEm, m = Math.max(t - o, n + o), f = Math.max(
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
  return Cn(e, f, !0, a, s, i);
}, ms = {
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
}, lh = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "<", ">", "\\langle", "⟨", "\\rangle", "⟩", "\\lt", "\\gt", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱", "/", "\\backslash", "|", "\\vert", "\\|", "\\Vert", "\\uparrow", "\\Uparrow", "\\downarrow", "\\Downarrow", "\\updownarrow", "\\Updownarrow", "."]);
function ds(r) {
  return "isMiddle" in r;
}
function gr(r, e) {
  var t = pr(r);
  if (t && lh.has(t.text))
    return t;
  throw t ? new N("Invalid delimiter '" + t.text + "' after '" + e.funcName + "'", r) : new N("Invalid delimiter type '" + r.type + "'", r);
}
D({
  type: "delimsizing",
  names: ["\\bigl", "\\Bigl", "\\biggl", "\\Biggl", "\\bigr", "\\Bigr", "\\biggr", "\\Biggr", "\\bigm", "\\Bigm", "\\biggm", "\\Biggm", "\\big", "\\Big", "\\bigg", "\\Bigg"],
  props: {
    numArgs: 1,
    argTypes: ["primitive"]
  },
  handler: (r, e) => {
    var t = gr(e[0], r);
    return {
      type: "delimsizing",
      mode: r.parser.mode,
      size: ms[r.funcName].size,
      mclass: ms[r.funcName].mclass,
      delim: t.text
    };
  },
  htmlBuilder: (r, e) => r.delim === "." ? C([r.mclass]) : ro(r.delim, r.size, e, r.mode, [r.mclass]),
  mathmlBuilder: (r) => {
    var e = [];
    r.delim !== "." && e.push(Ee(r.delim, r.mode));
    var t = new E("mo", e);
    r.mclass === "mopen" || r.mclass === "mclose" ? t.setAttribute("fence", "true") : t.setAttribute("fence", "false"), t.setAttribute("stretchy", "true");
    var n = $(u0[r.size]);
    return t.setAttribute("minsize", n), t.setAttribute("maxsize", n), t;
  }
});
function fs(r) {
  if (!r.body)
    throw new Error("Bug: The leftright ParseNode wasn't fully parsed.");
}
D({
  type: "leftright-right",
  names: ["\\right"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (r, e) => {
    var t = r.parser.gullet.macros.get("\\current@color");
    if (t && typeof t != "string")
      throw new N("\\current@color set to non-string in \\right");
    return {
      type: "leftright-right",
      mode: r.parser.mode,
      delim: gr(e[0], r).text,
      color: t
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
  handler: (r, e) => {
    var t = gr(e[0], r), n = r.parser;
    ++n.leftrightDepth;
    var a = n.parseExpression(!1);
    --n.leftrightDepth, n.expect("\\right", !1);
    var s = W(n.parseFunction(), "leftright-right");
    return {
      type: "leftright",
      mode: n.mode,
      body: a,
      left: t.text,
      right: s.delim,
      rightColor: s.color
    };
  },
  htmlBuilder: (r, e) => {
    fs(r);
    for (var t = he(r.body, e, !0, ["mopen", "mclose"]), n = 0, a = 0, s = !1, i = 0; i < t.length; i++) {
      var o = t[i];
      ds(o) ? s = !0 : (n = Math.max(t[i].height, n), a = Math.max(t[i].depth, a));
    }
    n *= e.sizeMultiplier, a *= e.sizeMultiplier;
    var l;
    if (r.left === "." ? l = v0(e, ["mopen"]) : l = Gr(r.left, n, a, e, r.mode, ["mopen"]), t.unshift(l), s)
      for (var h = 1; h < t.length; h++) {
        var m = t[h];
        if (ds(m)) {
          var f = m.isMiddle;
          t[h] = Gr(f.delim, n, a, f.options, r.mode, []);
        }
      }
    var v;
    if (r.right === ".")
      v = v0(e, ["mclose"]);
    else {
      var g = r.rightColor ? e.withColor(r.rightColor) : e;
      v = Gr(r.right, n, a, g, r.mode, ["mclose"]);
    }
    return t.push(v), C(["minner"], t, e);
  },
  mathmlBuilder: (r, e) => {
    fs(r);
    var t = Ce(r.body, e);
    if (r.left !== ".") {
      var n = new E("mo", [Ee(r.left, r.mode)]);
      n.setAttribute("fence", "true"), t.unshift(n);
    }
    if (r.right !== ".") {
      var a = new E("mo", [Ee(r.right, r.mode)]);
      a.setAttribute("fence", "true"), r.rightColor && a.setAttribute("mathcolor", r.rightColor), t.push(a);
    }
    return ea(t);
  }
});
D({
  type: "middle",
  names: ["\\middle"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (r, e) => {
    var t = gr(e[0], r);
    if (!r.parser.leftrightDepth)
      throw new N("\\middle without preceding \\left", t);
    return {
      type: "middle",
      mode: r.parser.mode,
      delim: t.text
    };
  },
  htmlBuilder: (r, e) => {
    var t;
    return r.delim === "." ? t = v0(e, []) : (t = ro(r.delim, 1, e, r.mode, []), t.isMiddle = {
      delim: r.delim,
      options: e
    }), t;
  },
  mathmlBuilder: (r, e) => {
    var t = r.delim === "\\vert" || r.delim === "|" ? Ee("|", "text") : Ee(r.delim, r.mode), n = new E("mo", [t]);
    return n.setAttribute("fence", "true"), n.setAttribute("lspace", "0.05em"), n.setAttribute("rspace", "0.05em"), n;
  }
});
var br = (r, e) => {
  var t = Jt(K(r.body, e), e), n = r.label.slice(1), a = e.sizeMultiplier, s, i, o = tt(r.body);
  if (n === "sout")
    s = C(["stretchy", "sout"]), s.height = e.fontMetrics().defaultRuleThickness / a, i = -0.5 * e.fontMetrics().xHeight;
  else if (n === "phase") {
    var l = re({
      number: 0.6,
      unit: "pt"
    }, e), h = re({
      number: 0.35,
      unit: "ex"
    }, e), m = e.havingBaseSizing();
    a = a / m.sizeMultiplier;
    var f = t.height + t.depth + l + h;
    t.style.paddingLeft = $(f / 2 + l);
    var v = Math.floor(1e3 * f * a), g = iu(v), x = new et([new ct("phase", g)], {
      width: "400em",
      height: $(v / 1e3),
      viewBox: "0 0 400000 " + v,
      preserveAspectRatio: "xMinYMin slice"
    });
    s = mt(["hide-tail"], [x], e), s.style.height = $(f), i = t.depth + l + h;
  } else {
    /cancel/.test(n) ? o || t.classes.push("cancel-pad") : n === "angl" ? t.classes.push("anglpad") : t.classes.push("boxpad");
    var k, S, T = 0;
    /box/.test(n) ? (T = Math.max(
      e.fontMetrics().fboxrule,
      // default
      e.minRuleThickness
    ), k = e.fontMetrics().fboxsep + (n === "colorbox" ? 0 : T), S = k) : n === "angl" ? (T = Math.max(e.fontMetrics().defaultRuleThickness, e.minRuleThickness), k = 4 * T, S = Math.max(0, 0.25 - t.depth)) : (k = o ? 0.2 : 0, S = k), s = Uu(t, n, k, S, e), /fbox|boxed|fcolorbox/.test(n) ? (s.style.borderStyle = "solid", s.style.borderWidth = $(T)) : n === "angl" && T !== 0.049 && (s.style.borderTopWidth = $(T), s.style.borderRightWidth = $(T)), i = t.depth + S, r.backgroundColor && (s.style.backgroundColor = r.backgroundColor, r.borderColor && (s.style.borderColor = r.borderColor));
  }
  var A;
  if (r.backgroundColor)
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
          elem: t,
          shift: 0
        }
      ]
    });
  else {
    var B = /cancel|phase/.test(n) ? ["svg-align"] : [];
    A = X({
      positionType: "individualShift",
      children: [
        // Write the \cancel stroke on top of inner.
        {
          type: "elem",
          elem: t,
          shift: 0
        },
        {
          type: "elem",
          elem: s,
          shift: i,
          wrapperClasses: B
        }
      ]
    });
  }
  return /cancel/.test(n) && (A.height = t.height, A.depth = t.depth), /cancel/.test(n) && !o ? C(["mord", "cancel-lap"], [A], e) : C(["mord"], [A], e);
}, yr = (r, e) => {
  var t, n = new E(r.label.includes("colorbox") ? "mpadded" : "menclose", [J(r.body, e)]);
  switch (r.label) {
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
      if (t = e.fontMetrics().fboxsep * e.fontMetrics().ptPerEm, n.setAttribute("width", "+" + 2 * t + "pt"), n.setAttribute("height", "+" + 2 * t + "pt"), n.setAttribute("lspace", t + "pt"), n.setAttribute("voffset", t + "pt"), r.label === "\\fcolorbox") {
        var a = Math.max(
          e.fontMetrics().fboxrule,
          // default
          e.minRuleThickness
        );
        n.setAttribute("style", "border: " + $(a) + " solid " + r.borderColor);
      }
      break;
    case "\\xcancel":
      n.setAttribute("notation", "updiagonalstrike downdiagonalstrike");
      break;
  }
  return r.backgroundColor && n.setAttribute("mathbackground", r.backgroundColor), n;
};
D({
  type: "enclose",
  names: ["\\colorbox"],
  props: {
    numArgs: 2,
    allowedInText: !0,
    argTypes: ["color", "hbox"]
  },
  handler(r, e, t) {
    var {
      parser: n,
      funcName: a
    } = r, s = W(e[0], "color-token").color, i = e[1];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: s,
      body: i
    };
  },
  htmlBuilder: br,
  mathmlBuilder: yr
});
D({
  type: "enclose",
  names: ["\\fcolorbox"],
  props: {
    numArgs: 3,
    allowedInText: !0,
    argTypes: ["color", "color", "hbox"]
  },
  handler(r, e, t) {
    var {
      parser: n,
      funcName: a
    } = r, s = W(e[0], "color-token").color, i = W(e[1], "color-token").color, o = e[2];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: i,
      borderColor: s,
      body: o
    };
  },
  htmlBuilder: br,
  mathmlBuilder: yr
});
D({
  type: "enclose",
  names: ["\\fbox"],
  props: {
    numArgs: 1,
    argTypes: ["hbox"],
    allowedInText: !0
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "enclose",
      mode: t.mode,
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
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "enclose",
      mode: t.mode,
      label: n,
      body: a
    };
  },
  htmlBuilder: br,
  mathmlBuilder: yr
});
D({
  type: "enclose",
  names: ["\\sout"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r;
    t.mode === "math" && t.settings.reportNonstrict("mathVsSout", "LaTeX's \\sout works only in text mode");
    var a = e[0];
    return {
      type: "enclose",
      mode: t.mode,
      label: n,
      body: a
    };
  },
  htmlBuilder: br,
  mathmlBuilder: yr
});
D({
  type: "enclose",
  names: ["\\angl"],
  props: {
    numArgs: 1,
    argTypes: ["hbox"],
    allowedInText: !1
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "enclose",
      mode: t.mode,
      label: "\\angl",
      body: e[0]
    };
  }
});
var so = {};
function Ue(r) {
  for (var {
    type: e,
    names: t,
    props: n,
    handler: a,
    htmlBuilder: s,
    mathmlBuilder: i
  } = r, o = {
    type: e,
    numArgs: n.numArgs || 0,
    allowedInText: !1,
    numOptionalArgs: 0,
    handler: a
  }, l = 0; l < t.length; ++l)
    so[t[l]] = o;
  s && (nr[e] = s), i && (ar[e] = i);
}
var io = {};
function p(r, e) {
  io[r] = e;
}
class ke {
  // End offset, zero-based exclusive.
  constructor(e, t, n) {
    this.lexer = void 0, this.start = void 0, this.end = void 0, this.lexer = e, this.start = t, this.end = n;
  }
  /**
   * Merges two `SourceLocation`s from location providers, given they are
   * provided in order of appearance.
   * - Returns the first one's location if only the first is provided.
   * - Returns a merged range of the first and the last if both are provided
   *   and their lexers match.
   * - Otherwise, returns null.
   */
  static range(e, t) {
    return t ? !e || !e.loc || !t.loc || e.loc.lexer !== t.loc.lexer ? null : new ke(e.loc.lexer, e.loc.start, t.loc.end) : e && e.loc;
  }
}
class Ae {
  // used in \noexpand
  constructor(e, t) {
    this.text = void 0, this.loc = void 0, this.noexpand = void 0, this.treatAsRelax = void 0, this.text = e, this.loc = t;
  }
  /**
   * Given a pair of tokens (this and endToken), compute a `Token` encompassing
   * the whole input range enclosed by these two.
   */
  range(e, t) {
    return new Ae(t, ke.range(this, e));
  }
}
function ps(r) {
  var e = [];
  r.consumeSpaces();
  var t = r.fetch().text;
  for (t === "\\relax" && (r.consume(), r.consumeSpaces(), t = r.fetch().text); t === "\\hline" || t === "\\hdashline"; )
    r.consume(), e.push(t === "\\hdashline"), r.consumeSpaces(), t = r.fetch().text;
  return e;
}
var wr = (r) => {
  var e = r.parser.settings;
  if (!e.displayMode)
    throw new N("{" + r.envName + "} can be used only in display mode.");
}, uh = /* @__PURE__ */ new Set(["gather", "gather*"]);
function aa(r) {
  if (!r.includes("ed"))
    return !r.includes("*");
}
function pt(r, e, t) {
  var {
    hskipBeforeAndAfter: n,
    addJot: a,
    cols: s,
    arraystretch: i,
    colSeparationType: o,
    autoTag: l,
    singleRow: h,
    emptySingleRow: m,
    maxNumCols: f,
    leqno: v
  } = e;
  if (r.gullet.beginGroup(), h || r.gullet.macros.set("\\cr", "\\\\\\relax"), !i) {
    var g = r.gullet.expandMacroAsText("\\arraystretch");
    if (g == null)
      i = 1;
    else if (i = parseFloat(g), !i || i < 0)
      throw new N("Invalid \\arraystretch: " + g);
  }
  r.gullet.beginGroup();
  var x = [], k = [x], S = [], T = [], A = l != null ? [] : void 0;
  function B() {
    l && r.gullet.macros.set("\\@eqnsw", "1", !0);
  }
  function q() {
    A && (r.gullet.macros.get("\\df@tag") ? (A.push(r.subparse([new Ae("\\df@tag")])), r.gullet.macros.set("\\df@tag", void 0, !0)) : A.push(!!l && r.gullet.macros.get("\\@eqnsw") === "1"));
  }
  for (B(), T.push(ps(r)); ; ) {
    var O = r.parseExpression(!1, h ? "\\end" : "\\\\");
    r.gullet.endGroup(), r.gullet.beginGroup();
    var I = {
      type: "ordgroup",
      mode: r.mode,
      body: O
    };
    t && (I = {
      type: "styling",
      mode: r.mode,
      style: t,
      resetFont: !0,
      body: [I]
    }), x.push(I);
    var G = r.fetch().text;
    if (G === "&") {
      if (f && x.length === f) {
        if (h || o)
          throw new N("Too many tab characters: &", r.nextToken);
        r.settings.reportNonstrict("textEnv", "Too few columns specified in the {array} column argument.");
      }
      r.consume();
    } else if (G === "\\end") {
      q(), x.length === 1 && I.type === "styling" && I.body.length === 1 && I.body[0].type === "ordgroup" && I.body[0].body.length === 0 && (k.length > 1 || !m) && k.pop(), T.length < k.length + 1 && T.push([]);
      break;
    } else if (G === "\\\\") {
      r.consume();
      var V = void 0;
      r.gullet.future().text !== " " && (V = r.parseSizeGroup(!0)), S.push(V ? V.value : null), q(), T.push(ps(r)), x = [], k.push(x), B();
    } else
      throw new N("Expected & or \\\\ or \\cr or \\end", r.nextToken);
  }
  return r.gullet.endGroup(), r.gullet.endGroup(), {
    type: "array",
    mode: r.mode,
    addJot: a,
    arraystretch: i,
    body: k,
    cols: s,
    rowGaps: S,
    hskipBeforeAndAfter: n,
    hLinesBeforeRow: T,
    colSeparationType: o,
    tags: A,
    leqno: v
  };
}
function sa(r) {
  return r.slice(0, 1) === "d" ? "display" : "text";
}
var We = function(e, t) {
  var n, a, s = e.body.length, i = e.hLinesBeforeRow, o = 0, l = new Array(s), h = [], m = Math.max(
    // From LaTeX \showthe\arrayrulewidth. Equals 0.04 em.
    t.fontMetrics().arrayRuleWidth,
    t.minRuleThickness
  ), f = 1 / t.fontMetrics().ptPerEm, v = 5 * f;
  if (e.colSeparationType && e.colSeparationType === "small") {
    var g = t.havingStyle(P.SCRIPT).sizeMultiplier;
    v = 0.2778 * (g / t.sizeMultiplier);
  }
  var x = e.colSeparationType === "CD" ? re({
    number: 3,
    unit: "ex"
  }, t) : 12 * f, k = 3 * f, S = e.arraystretch * x, T = 0.7 * S, A = 0.3 * S, B = 0;
  function q(S0) {
    for (var A0 = 0; A0 < S0.length; ++A0)
      A0 > 0 && (B += 0.25), h.push({
        pos: B,
        isDashed: S0[A0]
      });
  }
  for (q(i[0]), n = 0; n < e.body.length; ++n) {
    var O = e.body[n], I = T, G = A;
    o < O.length && (o = O.length);
    var V = {
      cells: new Array(O.length),
      height: 0,
      depth: 0,
      pos: 0
    };
    for (a = 0; a < O.length; ++a) {
      var j = K(O[a], t);
      G < j.depth && (G = j.depth), I < j.height && (I = j.height), V.cells[a] = j;
    }
    var le = e.rowGaps[n], pe = 0;
    le && (pe = re(le, t), pe > 0 && (pe += A, G < pe && (G = pe), pe = 0)), e.addJot && n < e.body.length - 1 && (G += k), V.height = I, V.depth = G, B += I, V.pos = B, B += G + pe, l[n] = V, q(i[n + 1]);
  }
  var F = B / 2 + t.fontMetrics().axisHeight, Me = e.cols || [], ee = [], ce, $e, Be = [];
  if (e.tags && e.tags.some((S0) => S0))
    for (n = 0; n < s; ++n) {
      var De = l[n], at = De.pos - F, me = e.tags[n], st = void 0;
      me === !0 ? st = C(["eqn-num"], [], t) : me === !1 ? st = C([], [], t) : st = C([], he(me, t, !0), t), st.depth = De.depth, st.height = De.height, Be.push({
        type: "elem",
        elem: st,
        shift: at
      });
    }
  for (
    a = 0, $e = 0;
    // Continue while either there are more columns or more column
    // descriptions, so trailing separators don't get lost.
    a < o || $e < Me.length;
    ++a, ++$e
  ) {
    for (var n0, Re = Me[$e], w0 = !0; ((ca = Re) == null ? void 0 : ca.type) === "separator"; ) {
      var ca;
      if (w0 || (ce = C(["arraycolsep"], []), ce.style.width = $(t.fontMetrics().doubleRuleSep), ee.push(ce)), Re.separator === "|" || Re.separator === ":") {
        var Ho = Re.separator === "|" ? "solid" : "dashed", Dt = C(["vertical-separator"], [], t);
        Dt.style.height = $(B), Dt.style.borderRightWidth = $(m), Dt.style.borderRightStyle = Ho, Dt.style.margin = "0 " + $(-m / 2);
        var ma = B - F;
        ma && (Dt.style.verticalAlign = $(-ma)), ee.push(Dt);
      } else
        throw new N("Invalid separator type: " + Re.separator);
      $e++, Re = Me[$e], w0 = !1;
    }
    if (!(a >= o)) {
      var Rt = void 0;
      if (a > 0 || e.hskipBeforeAndAfter) {
        var da, fa;
        Rt = (da = (fa = Re) == null ? void 0 : fa.pregap) != null ? da : v, Rt !== 0 && (ce = C(["arraycolsep"], []), ce.style.width = $(Rt), ee.push(ce));
      }
      var pa = [];
      for (n = 0; n < s; ++n) {
        var x0 = l[n], k0 = x0.cells[a];
        if (k0) {
          var Po = x0.pos - F;
          k0.depth = x0.depth, k0.height = x0.height, pa.push({
            type: "elem",
            elem: k0,
            shift: Po
          });
        }
      }
      var Go = X({
        positionType: "individualShift",
        children: pa
      }), Uo = C(["col-align-" + (((n0 = Re) == null ? void 0 : n0.align) || "c")], [Go]);
      if (ee.push(Uo), a < o - 1 || e.hskipBeforeAndAfter) {
        var va, ga;
        Rt = (va = (ga = Re) == null ? void 0 : ga.postgap) != null ? va : v, Rt !== 0 && (ce = C(["arraycolsep"], []), ce.style.width = $(Rt), ee.push(ce));
      }
    }
  }
  var M0 = C(["mtable"], ee);
  if (h.length > 0) {
    for (var Wo = Zt("hline", t, m), jo = Zt("hdashline", t, m), kr = [{
      type: "elem",
      elem: M0,
      shift: 0
    }]; h.length > 0; ) {
      var ba = h.pop(), ya = ba.pos - F;
      ba.isDashed ? kr.push({
        type: "elem",
        elem: jo,
        shift: ya
      }) : kr.push({
        type: "elem",
        elem: Wo,
        shift: ya
      });
    }
    M0 = X({
      positionType: "individualShift",
      children: kr
    });
  }
  if (Be.length === 0)
    return C(["mord"], [M0], t);
  var Vo = X({
    positionType: "individualShift",
    children: Be
  }), Yo = C(["tag"], [Vo], t);
  return nt([M0, Yo]);
}, hh = {
  c: "center ",
  l: "left ",
  r: "right "
}, je = function(e, t) {
  for (var n = [], a = new E("mtd", [], ["mtr-glue"]), s = new E("mtd", [], ["mml-eqn-num"]), i = 0; i < e.body.length; i++) {
    for (var o = e.body[i], l = [], h = 0; h < o.length; h++)
      l.push(new E("mtd", [J(o[h], t)]));
    e.tags && e.tags[i] && (l.unshift(a), l.push(a), e.leqno ? l.unshift(s) : l.push(s)), n.push(new E("mtr", l));
  }
  var m = new E("mtable", n), f = e.arraystretch === 0.5 ? 0.1 : 0.16 + e.arraystretch - 1 + (e.addJot ? 0.09 : 0);
  m.setAttribute("rowspacing", $(f));
  var v = "", g = "";
  if (e.cols && e.cols.length > 0) {
    var x = e.cols, k = "", S = !1, T = 0, A = x.length;
    x[0].type === "separator" && (v += "top ", T = 1), x[x.length - 1].type === "separator" && (v += "bottom ", A -= 1);
    for (var B = T; B < A; B++) {
      var q = x[B];
      q.type === "align" ? (g += hh[q.align], S && (k += "none "), S = !0) : q.type === "separator" && S && (k += q.separator === "|" ? "solid " : "dashed ", S = !1);
    }
    m.setAttribute("columnalign", g.trim()), /[sd]/.test(k) && m.setAttribute("columnlines", k.trim());
  }
  if (e.colSeparationType === "align") {
    for (var O = e.cols || [], I = "", G = 1; G < O.length; G++)
      I += G % 2 ? "0em " : "1em ";
    m.setAttribute("columnspacing", I.trim());
  } else e.colSeparationType === "alignat" || e.colSeparationType === "gather" ? m.setAttribute("columnspacing", "0em") : e.colSeparationType === "small" ? m.setAttribute("columnspacing", "0.2778em") : e.colSeparationType === "CD" ? m.setAttribute("columnspacing", "0.5em") : m.setAttribute("columnspacing", "1em");
  var V = "", j = e.hLinesBeforeRow;
  v += j[0].length > 0 ? "left " : "", v += j[j.length - 1].length > 0 ? "right " : "";
  for (var le = 1; le < j.length - 1; le++)
    V += j[le].length === 0 ? "none " : j[le][0] ? "dashed " : "solid ";
  return /[sd]/.test(V) && m.setAttribute("rowlines", V.trim()), v !== "" && (m = new E("menclose", [m]), m.setAttribute("notation", v.trim())), e.arraystretch && e.arraystretch < 1 && (m = new E("mstyle", [m]), m.setAttribute("scriptlevel", "1")), m;
}, oo = function(e, t) {
  e.envName.includes("ed") || wr(e);
  var n = [], a = e.envName.includes("at") ? "alignat" : "align", s = e.envName === "split", i = pt(e.parser, {
    cols: n,
    addJot: !0,
    autoTag: s ? void 0 : aa(e.envName),
    emptySingleRow: !0,
    colSeparationType: a,
    maxNumCols: s ? 2 : void 0,
    leqno: e.parser.settings.leqno
  }, "display"), o = 0, l = 0, h = {
    type: "ordgroup",
    mode: e.mode,
    body: []
  };
  if (t[0] && t[0].type === "ordgroup") {
    for (var m = "", f = 0; f < t[0].body.length; f++) {
      var v = W(t[0].body[f], "textord");
      m += v.text;
    }
    o = Number(m), l = o * 2;
  }
  var g = !l;
  i.body.forEach(function(T) {
    for (var A = 1; A < T.length; A += 2) {
      var B = W(T[A], "styling"), q = W(B.body[0], "ordgroup");
      q.body.unshift(h);
    }
    if (g)
      l < T.length && (l = T.length);
    else {
      var O = T.length / 2;
      if (o < O)
        throw new N("Too many math in a row: " + ("expected " + o + ", but got " + O), T[0]);
    }
  });
  for (var x = 0; x < l; ++x) {
    var k = "r", S = 0;
    x % 2 === 1 ? k = "l" : x > 0 && g && (S = 1), n[x] = {
      type: "align",
      align: k,
      pregap: S,
      postgap: 0
    };
  }
  return i.colSeparationType = g ? "align" : "alignat", i;
};
Ue({
  type: "array",
  names: ["array", "darray"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var t = pr(e[0]), n = t ? [e[0]] : W(e[0], "ordgroup").body, a = n.map(function(i) {
      var o = fr(i), l = o.text;
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
      throw new N("Unknown column alignment: " + l, i);
    }), s = {
      cols: a,
      hskipBeforeAndAfter: !0,
      // \@preamble in lttab.dtx
      maxNumCols: a.length
    };
    return pt(r.parser, s, sa(r.envName));
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "matrix*", "pmatrix*", "bmatrix*", "Bmatrix*", "vmatrix*", "Vmatrix*"],
  props: {
    numArgs: 0
  },
  handler(r) {
    var e = {
      matrix: null,
      pmatrix: ["(", ")"],
      bmatrix: ["[", "]"],
      Bmatrix: ["\\{", "\\}"],
      vmatrix: ["|", "|"],
      Vmatrix: ["\\Vert", "\\Vert"]
    }[r.envName.replace("*", "")], t = "c", n = {
      hskipBeforeAndAfter: !1,
      cols: [{
        type: "align",
        align: t
      }]
    };
    if (r.envName.charAt(r.envName.length - 1) === "*") {
      var a = r.parser;
      if (a.consumeSpaces(), a.fetch().text === "[") {
        if (a.consume(), a.consumeSpaces(), t = a.fetch().text, !"lcr".includes(t))
          throw new N("Expected l or c or r", a.nextToken);
        a.consume(), a.consumeSpaces(), a.expect("]"), a.consume(), n.cols = [{
          type: "align",
          align: t
        }];
      }
    }
    var s = pt(r.parser, n, sa(r.envName)), i = Math.max(0, ...s.body.map((o) => o.length));
    return s.cols = new Array(i).fill({
      type: "align",
      align: t
    }), e ? {
      type: "leftright",
      mode: r.mode,
      body: [s],
      left: e[0],
      right: e[1],
      rightColor: void 0
      // \right uninfluenced by \color in array
    } : s;
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["smallmatrix"],
  props: {
    numArgs: 0
  },
  handler(r) {
    var e = {
      arraystretch: 0.5
    }, t = pt(r.parser, e, "script");
    return t.colSeparationType = "small", t;
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["subarray"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var t = pr(e[0]), n = t ? [e[0]] : W(e[0], "ordgroup").body, a = n.map(function(o) {
      var l = fr(o), h = l.text;
      if ("lc".includes(h))
        return {
          type: "align",
          align: h
        };
      throw new N("Unknown column alignment: " + h, o);
    });
    if (a.length > 1)
      throw new N("{subarray} can contain only one column");
    var s = {
      cols: a,
      hskipBeforeAndAfter: !1,
      arraystretch: 0.5
    }, i = pt(r.parser, s, "script");
    if (i.body.length > 0 && i.body[0].length > 1)
      throw new N("{subarray} can contain only one column");
    return i;
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["cases", "dcases", "rcases", "drcases"],
  props: {
    numArgs: 0
  },
  handler(r) {
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
    }, t = pt(r.parser, e, sa(r.envName));
    return {
      type: "leftright",
      mode: r.mode,
      body: [t],
      left: r.envName.includes("r") ? "." : "\\{",
      right: r.envName.includes("r") ? "\\}" : ".",
      rightColor: void 0
    };
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["align", "align*", "aligned", "split"],
  props: {
    numArgs: 0
  },
  handler: oo,
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["gathered", "gather", "gather*"],
  props: {
    numArgs: 0
  },
  handler(r) {
    uh.has(r.envName) && wr(r);
    var e = {
      cols: [{
        type: "align",
        align: "c"
      }],
      addJot: !0,
      colSeparationType: "gather",
      autoTag: aa(r.envName),
      emptySingleRow: !0,
      leqno: r.parser.settings.leqno
    };
    return pt(r.parser, e, "display");
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["alignat", "alignat*", "alignedat"],
  props: {
    numArgs: 1
  },
  handler: oo,
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["equation", "equation*"],
  props: {
    numArgs: 0
  },
  handler(r) {
    wr(r);
    var e = {
      autoTag: aa(r.envName),
      emptySingleRow: !0,
      singleRow: !0,
      maxNumCols: 1,
      leqno: r.parser.settings.leqno
    };
    return pt(r.parser, e, "display");
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
Ue({
  type: "array",
  names: ["CD"],
  props: {
    numArgs: 0
  },
  handler(r) {
    return wr(r), Ju(r.parser);
  },
  htmlBuilder: We,
  mathmlBuilder: je
});
p("\\nonumber", "\\gdef\\@eqnsw{0}");
p("\\notag", "\\nonumber");
D({
  type: "text",
  // Doesn't matter what this is.
  names: ["\\hline", "\\hdashline"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    allowedInMath: !0
  },
  handler(r, e) {
    throw new N(r.funcName + " valid only within array environment");
  }
});
var vs = so;
D({
  type: "environment",
  names: ["\\begin", "\\end"],
  props: {
    numArgs: 1,
    argTypes: ["text"]
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    if (a.type !== "ordgroup")
      throw new N("Invalid environment name", a);
    for (var s = "", i = 0; i < a.body.length; ++i)
      s += W(a.body[i], "textord").text;
    if (n === "\\begin") {
      if (!vs.hasOwnProperty(s))
        throw new N("No such environment: " + s, a);
      var o = vs[s], {
        args: l,
        optArgs: h
      } = t.parseArguments("\\begin{" + s + "}", o), m = {
        mode: t.mode,
        envName: s,
        parser: t
      }, f = o.handler(m, l, h);
      t.expect("\\end", !1);
      var v = t.nextToken, g = W(t.parseFunction(), "environment");
      if (g.name !== s)
        throw new N("Mismatch: \\begin{" + s + "} matched by \\end{" + g.name + "}", v);
      return f;
    }
    return {
      type: "environment",
      mode: t.mode,
      name: s,
      nameGroup: a
    };
  }
});
var lo = (r, e) => {
  var t = r.font, n = e.withFont(t);
  return K(r.body, n);
}, uo = (r, e) => {
  var t = r.font, n = e.withFont(t);
  return J(r.body, n);
}, gs = {
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = sr(e[0]), s = n;
    return s in gs && (s = gs[s]), {
      type: "font",
      mode: t.mode,
      font: s.slice(1),
      body: a
    };
  },
  htmlBuilder: lo,
  mathmlBuilder: uo
});
D({
  type: "mclass",
  names: ["\\boldsymbol", "\\bm"],
  props: {
    numArgs: 1
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = e[0];
    return {
      type: "mclass",
      mode: t.mode,
      mclass: vr(n),
      body: [{
        type: "font",
        mode: t.mode,
        font: "boldsymbol",
        body: n
      }],
      isCharacterBox: tt(n)
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n,
      breakOnTokenText: a
    } = r, {
      mode: s
    } = t, i = t.parseExpression(!0, a);
    return {
      type: "font",
      mode: s,
      font: "math" + n.slice(1),
      body: {
        type: "ordgroup",
        mode: t.mode,
        body: i
      }
    };
  },
  htmlBuilder: lo,
  mathmlBuilder: uo
});
var ch = (r, e) => {
  var t = e.style, n = t.fracNum(), a = t.fracDen(), s;
  s = e.havingStyle(n);
  var i = K(r.numer, s, e);
  if (r.continued) {
    var o = 8.5 / e.fontMetrics().ptPerEm, l = 3.5 / e.fontMetrics().ptPerEm;
    i.height = i.height < o ? o : i.height, i.depth = i.depth < l ? l : i.depth;
  }
  s = e.havingStyle(a);
  var h = K(r.denom, s, e), m, f, v;
  r.hasBarLine ? (r.barSize ? (f = re(r.barSize, e), m = Zt("frac-line", e, f)) : m = Zt("frac-line", e), f = m.height, v = m.height) : (m = null, f = 0, v = e.fontMetrics().defaultRuleThickness);
  var g, x, k;
  t.size === P.DISPLAY.size ? (g = e.fontMetrics().num1, f > 0 ? x = 3 * v : x = 7 * v, k = e.fontMetrics().denom1) : (f > 0 ? (g = e.fontMetrics().num2, x = v) : (g = e.fontMetrics().num3, x = 3 * v), k = e.fontMetrics().denom2);
  var S;
  if (m) {
    var A = e.fontMetrics().axisHeight;
    g - i.depth - (A + 0.5 * f) < x && (g += x - (g - i.depth - (A + 0.5 * f))), A - 0.5 * f - (h.height - k) < x && (k += x - (A - 0.5 * f - (h.height - k)));
    var B = -(A - 0.5 * f);
    S = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: k
      }, {
        type: "elem",
        elem: m,
        shift: B
      }, {
        type: "elem",
        elem: i,
        shift: -g
      }]
    });
  } else {
    var T = g - i.depth - (h.height - k);
    T < x && (g += 0.5 * (x - T), k += 0.5 * (x - T)), S = X({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: k
      }, {
        type: "elem",
        elem: i,
        shift: -g
      }]
    });
  }
  s = e.havingStyle(t), S.height *= s.sizeMultiplier / e.sizeMultiplier, S.depth *= s.sizeMultiplier / e.sizeMultiplier;
  var q;
  t.size === P.DISPLAY.size ? q = e.fontMetrics().delim1 : t.size === P.SCRIPTSCRIPT.size ? q = e.havingStyle(P.SCRIPT).fontMetrics().delim2 : q = e.fontMetrics().delim2;
  var O, I;
  return r.leftDelim == null ? O = v0(e, ["mopen"]) : O = Cn(r.leftDelim, q, !0, e.havingStyle(t), r.mode, ["mopen"]), r.continued ? I = C([]) : r.rightDelim == null ? I = v0(e, ["mclose"]) : I = Cn(r.rightDelim, q, !0, e.havingStyle(t), r.mode, ["mclose"]), C(["mord"].concat(s.sizingClasses(e)), [O, C(["mfrac"], [S]), I], e);
}, mh = (r, e) => {
  var t = new E("mfrac", [J(r.numer, e), J(r.denom, e)]);
  if (!r.hasBarLine)
    t.setAttribute("linethickness", "0px");
  else if (r.barSize) {
    var n = re(r.barSize, e);
    t.setAttribute("linethickness", $(n));
  }
  if (r.leftDelim != null || r.rightDelim != null) {
    var a = [];
    if (r.leftDelim != null) {
      var s = new E("mo", [new ie(r.leftDelim.replace("\\", ""))]);
      s.setAttribute("fence", "true"), a.push(s);
    }
    if (a.push(t), r.rightDelim != null) {
      var i = new E("mo", [new ie(r.rightDelim.replace("\\", ""))]);
      i.setAttribute("fence", "true"), a.push(i);
    }
    return ea(a);
  }
  return t;
}, ho = (r, e) => {
  if (!e)
    return r;
  var t = {
    type: "styling",
    mode: r.mode,
    style: e,
    body: [r]
  };
  return t;
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0], s = e[1], i, o = null, l = null;
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
    return h || n.startsWith("\\d") ? m = "display" : n.startsWith("\\t") && (m = "text"), ho({
      type: "genfrac",
      mode: t.mode,
      numer: a,
      denom: s,
      continued: h,
      hasBarLine: i,
      leftDelim: o,
      rightDelim: l,
      barSize: null
    }, m);
  },
  htmlBuilder: ch,
  mathmlBuilder: mh
});
D({
  type: "infix",
  names: ["\\over", "\\choose", "\\atop", "\\brace", "\\brack"],
  props: {
    numArgs: 0,
    infix: !0
  },
  handler(r) {
    var {
      parser: e,
      funcName: t,
      token: n
    } = r, a;
    switch (t) {
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
var bs = ["display", "text", "script", "scriptscript"], ys = function(e) {
  var t = null;
  return e.length > 0 && (t = e, t = t === "." ? null : t), t;
};
D({
  type: "genfrac",
  names: ["\\genfrac"],
  props: {
    numArgs: 6,
    allowedInArgument: !0,
    argTypes: ["math", "math", "size", "text", "math", "math"]
  },
  handler(r, e) {
    var {
      parser: t
    } = r, n = e[4], a = e[5], s = sr(e[0]), i = s.type === "atom" && s.family === "open" ? ys(s.text) : null, o = sr(e[1]), l = o.type === "atom" && o.family === "close" ? ys(o.text) : null, h = W(e[2], "size"), m, f = null;
    h.isBlank ? m = !0 : (f = h.value, m = f.number > 0);
    var v = null, g = e[3];
    if (g.type === "ordgroup") {
      if (g.body.length > 0) {
        var x = W(g.body[0], "textord");
        v = bs[Number(x.text)];
      }
    } else
      g = W(g, "textord"), v = bs[Number(g.text)];
    return ho({
      type: "genfrac",
      mode: t.mode,
      numer: n,
      denom: a,
      continued: !1,
      hasBarLine: m,
      barSize: f,
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
  handler(r, e) {
    var {
      parser: t,
      funcName: n,
      token: a
    } = r;
    return {
      type: "infix",
      mode: t.mode,
      replaceWith: "\\\\abovefrac",
      size: W(e[0], "size").value,
      token: a
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0], s = W(e[1], "infix").size;
    if (!s)
      throw new Error("\\\\abovefrac expected size, but got " + String(s));
    var i = e[2], o = s.number > 0;
    return {
      type: "genfrac",
      mode: t.mode,
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
var co = (r, e) => {
  var t = e.style, n, a;
  r.type === "supsub" ? (n = r.sup ? K(r.sup, e.havingStyle(t.sup()), e) : K(r.sub, e.havingStyle(t.sub()), e), a = W(r.base, "horizBrace")) : a = W(r, "horizBrace");
  var s = K(a.base, e.havingBaseStyle(P.DISPLAY)), i = dr(a, e), o;
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
    var l = C(["minner", a.isOver ? "mover" : "munder"], [o], e);
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
  return C(["minner", a.isOver ? "mover" : "munder"], [o], e);
}, dh = (r, e) => {
  var t = mr(r.label);
  return new E(r.isOver ? "mover" : "munder", [J(r.base, e), t]);
};
D({
  type: "horizBrace",
  names: ["\\overbrace", "\\underbrace", "\\overbracket", "\\underbracket"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r;
    return {
      type: "horizBrace",
      mode: t.mode,
      label: n,
      isOver: n.includes("\\over"),
      base: e[0]
    };
  },
  htmlBuilder: co,
  mathmlBuilder: dh
});
D({
  type: "href",
  names: ["\\href"],
  props: {
    numArgs: 2,
    argTypes: ["url", "original"],
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = e[1], a = W(e[0], "url").url;
    return t.settings.isTrusted({
      command: "\\href",
      url: a
    }) ? {
      type: "href",
      mode: t.mode,
      href: a,
      body: se(n)
    } : t.formatUnsupportedCmd("\\href");
  },
  htmlBuilder: (r, e) => {
    var t = he(r.body, e, !1);
    return Tu(r.href, [], t, e);
  },
  mathmlBuilder: (r, e) => {
    var t = dt(r.body, e);
    return t instanceof E || (t = new E("mrow", [t])), t.setAttribute("href", r.href), t;
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
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = W(e[0], "url").url;
    if (!t.settings.isTrusted({
      command: "\\url",
      url: n
    }))
      return t.formatUnsupportedCmd("\\url");
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
      mode: t.mode,
      font: "\\texttt",
      body: a
    };
    return {
      type: "href",
      mode: t.mode,
      href: n,
      body: se(o)
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
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "hbox",
      mode: t.mode,
      body: se(e[0])
    };
  },
  htmlBuilder(r, e) {
    var t = he(r.body, e.withFont(""), !1);
    return nt(t);
  },
  mathmlBuilder(r, e) {
    return new E("mrow", Ce(r.body, e.withFont("")));
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n,
      token: a
    } = r, s = W(e[0], "raw").string, i = e[1];
    t.settings.strict && t.settings.reportNonstrict("htmlExtension", "HTML extension is disabled on strict mode");
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
          var f = h[m], v = f.indexOf("=");
          if (v < 0)
            throw new N("\\htmlData key/value '" + f + "' missing equals sign");
          var g = f.slice(0, v), x = f.slice(v + 1);
          l["data-" + g.trim()] = x;
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
    return t.settings.isTrusted(o) ? {
      type: "html",
      mode: t.mode,
      attributes: l,
      body: se(i)
    } : t.formatUnsupportedCmd(n);
  },
  htmlBuilder: (r, e) => {
    var t = he(r.body, e, !1), n = ["enclosing"];
    r.attributes.class && n.push(...r.attributes.class.trim().split(/\s+/));
    var a = C(n, t, e);
    for (var s in r.attributes)
      s !== "class" && r.attributes.hasOwnProperty(s) && a.setAttribute(s, r.attributes[s]);
    return a;
  },
  mathmlBuilder: (r, e) => dt(r.body, e)
});
D({
  type: "htmlmathml",
  names: ["\\html@mathml"],
  props: {
    numArgs: 2,
    allowedInArgument: !0,
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r;
    return {
      type: "htmlmathml",
      mode: t.mode,
      html: se(e[0]),
      mathml: se(e[1])
    };
  },
  htmlBuilder: (r, e) => {
    var t = he(r.html, e, !1);
    return nt(t);
  },
  mathmlBuilder: (r, e) => dt(r.mathml, e)
});
var Ur = function(e) {
  if (/^[-+]? *(\d+(\.\d*)?|\.\d+)$/.test(e))
    return {
      number: +e,
      unit: "bp"
    };
  var t = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(e);
  if (!t)
    throw new N("Invalid size: '" + e + "' in \\includegraphics");
  var n = {
    number: +(t[1] + t[2]),
    // sign + magnitude, cast to number
    unit: t[3]
  };
  if (!Ci(n))
    throw new N("Invalid unit: '" + n.unit + "' in \\includegraphics.");
  return n;
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
  handler: (r, e, t) => {
    var {
      parser: n
    } = r, a = {
      number: 0,
      unit: "em"
    }, s = {
      number: 0.9,
      unit: "em"
    }, i = {
      number: 0,
      unit: "em"
    }, o = "";
    if (t[0])
      for (var l = W(t[0], "raw").string, h = l.split(","), m = 0; m < h.length; m++) {
        var f = h[m].split("=");
        if (f.length === 2) {
          var v = f[1].trim();
          switch (f[0].trim()) {
            case "alt":
              o = v;
              break;
            case "width":
              a = Ur(v);
              break;
            case "height":
              s = Ur(v);
              break;
            case "totalheight":
              i = Ur(v);
              break;
            default:
              throw new N("Invalid key: '" + f[0] + "' in \\includegraphics.");
          }
        }
      }
    var g = W(e[0], "url").url;
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
  htmlBuilder: (r, e) => {
    var t = re(r.height, e), n = 0;
    r.totalheight.number > 0 && (n = re(r.totalheight, e) - t);
    var a = 0;
    r.width.number > 0 && (a = re(r.width, e));
    var s = {
      height: $(t + n)
    };
    a > 0 && (s.width = $(a)), n > 0 && (s.verticalAlign = $(-n));
    var i = new fu(r.src, r.alt, s);
    return i.height = t, i.depth = n, i;
  },
  mathmlBuilder: (r, e) => {
    var t = new E("mglyph", []);
    t.setAttribute("alt", r.alt);
    var n = re(r.height, e), a = 0;
    if (r.totalheight.number > 0 && (a = re(r.totalheight, e) - n, t.setAttribute("valign", $(-a))), t.setAttribute("height", $(n + a)), r.width.number > 0) {
      var s = re(r.width, e);
      t.setAttribute("width", $(s));
    }
    return t.setAttribute("src", r.src), t;
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
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = W(e[0], "size");
    if (t.settings.strict) {
      var s = n[1] === "m", i = a.value.unit === "mu";
      s ? (i || t.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " supports only mu units, " + ("not " + a.value.unit + " units")), t.mode !== "math" && t.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " works only in math mode")) : i && t.settings.reportNonstrict("mathVsTextUnits", "LaTeX's " + n + " doesn't support mu units");
    }
    return {
      type: "kern",
      mode: t.mode,
      dimension: a.value
    };
  },
  htmlBuilder(r, e) {
    return Ri(r.dimension, e);
  },
  mathmlBuilder(r, e) {
    var t = re(r.dimension, e);
    return new Hi(t);
  }
});
D({
  type: "lap",
  names: ["\\mathllap", "\\mathrlap", "\\mathclap"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "lap",
      mode: t.mode,
      alignment: n.slice(5),
      body: a
    };
  },
  htmlBuilder: (r, e) => {
    var t;
    r.alignment === "clap" ? (t = C([], [K(r.body, e)]), t = C(["inner"], [t], e)) : t = C(["inner"], [K(r.body, e)]);
    var n = C(["fix"], []), a = C([r.alignment], [t, n], e), s = C(["strut"]);
    return s.style.height = $(a.height + a.depth), a.depth && (s.style.verticalAlign = $(-a.depth)), a.children.unshift(s), a = C(["thinbox"], [a], e), C(["mord", "vbox"], [a], e);
  },
  mathmlBuilder: (r, e) => {
    var t = new E("mpadded", [J(r.body, e)]);
    if (r.alignment !== "rlap") {
      var n = r.alignment === "llap" ? "-1" : "-0.5";
      t.setAttribute("lspace", n + "width");
    }
    return t.setAttribute("width", "0px"), t;
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
  handler(r, e) {
    var {
      funcName: t,
      parser: n
    } = r, a = n.mode;
    n.switchMode("math");
    var s = t === "\\(" ? "\\)" : "$", i = n.parseExpression(!1, s);
    return n.expect(s), n.switchMode(a), {
      type: "styling",
      mode: n.mode,
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
  handler(r, e) {
    throw new N("Mismatched " + r.funcName);
  }
});
var ws = (r, e) => {
  switch (e.style.size) {
    case P.DISPLAY.size:
      return r.display;
    case P.TEXT.size:
      return r.text;
    case P.SCRIPT.size:
      return r.script;
    case P.SCRIPTSCRIPT.size:
      return r.scriptscript;
    default:
      return r.text;
  }
};
D({
  type: "mathchoice",
  names: ["\\mathchoice"],
  props: {
    numArgs: 4,
    primitive: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r;
    return {
      type: "mathchoice",
      mode: t.mode,
      display: se(e[0]),
      text: se(e[1]),
      script: se(e[2]),
      scriptscript: se(e[3])
    };
  },
  htmlBuilder: (r, e) => {
    var t = ws(r, e), n = he(t, e, !1);
    return nt(n);
  },
  mathmlBuilder: (r, e) => {
    var t = ws(r, e);
    return dt(t, e);
  }
});
var mo = (r, e, t, n, a, s, i) => {
  r = C([], [r]);
  var o = t && tt(t), l, h;
  if (e) {
    var m = K(e, n.havingStyle(a.sup()), n);
    h = {
      elem: m,
      kern: Math.max(n.fontMetrics().bigOpSpacing1, n.fontMetrics().bigOpSpacing3 - m.depth)
    };
  }
  if (t) {
    var f = K(t, n.havingStyle(a.sub()), n);
    l = {
      elem: f,
      kern: Math.max(n.fontMetrics().bigOpSpacing2, n.fontMetrics().bigOpSpacing4 - f.height)
    };
  }
  var v;
  if (h && l) {
    var g = n.fontMetrics().bigOpSpacing5 + l.elem.height + l.elem.depth + l.kern + r.depth + i;
    v = X({
      positionType: "bottom",
      positionData: g,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: $(-s)
      }, {
        type: "kern",
        size: l.kern
      }, {
        type: "elem",
        elem: r
      }, {
        type: "kern",
        size: h.kern
      }, {
        type: "elem",
        elem: h.elem,
        marginLeft: $(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else if (l) {
    var x = r.height - i;
    v = X({
      positionType: "top",
      positionData: x,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: $(-s)
      }, {
        type: "kern",
        size: l.kern
      }, {
        type: "elem",
        elem: r
      }]
    });
  } else if (h) {
    var k = r.depth + i;
    v = X({
      positionType: "bottom",
      positionData: k,
      children: [{
        type: "elem",
        elem: r
      }, {
        type: "kern",
        size: h.kern
      }, {
        type: "elem",
        elem: h.elem,
        marginLeft: $(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else
    return r;
  var S = [v];
  if (l && s !== 0 && !o) {
    var T = C(["mspace"], [], n);
    T.style.marginRight = $(s), S.unshift(T);
  }
  return C(["mop", "op-limits"], S, n);
}, fo = /* @__PURE__ */ new Set(["\\smallint"]), r0 = (r, e) => {
  var t, n, a = !1, s;
  r.type === "supsub" ? (t = r.sup, n = r.sub, s = W(r.base, "op"), a = !0) : s = W(r, "op");
  var i = e.style, o = !1;
  i.size === P.DISPLAY.size && s.symbol && !fo.has(s.name) && (o = !0);
  var l, h;
  if (s.symbol) {
    var m = o ? "Size2-Regular" : "Size1-Regular", f = "";
    if ((s.name === "\\oiint" || s.name === "\\oiiint") && (f = s.name.slice(1), s.name = f === "oiint" ? "\\iint" : "\\iiint"), l = be(s.name, m, "math", e, ["mop", "op-symbol", o ? "large-op" : "small-op"]), h = l.italic, f.length > 0) {
      var v = Ii(f + "Size" + (o ? "2" : "1"), e);
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
      }), s.name = "\\" + f, l.classes.unshift("mop"), l.italic = h;
    }
  } else if (s.body) {
    var g = he(s.body, e, !0);
    g.length === 1 && g[0] instanceof Te ? (l = g[0], l.classes[0] = "mop") : l = C(["mop"], g, e);
  } else {
    for (var x = [], k = 1; k < s.name.length; k++)
      x.push(Qn(s.name[k], s.mode, e));
    l = C(["mop"], x, e);
  }
  var S = 0, T = 0;
  if ((l instanceof Te || s.name === "\\oiint" || s.name === "\\oiiint") && !s.suppressBaseShift) {
    var A;
    S = (l.height - l.depth) / 2 - e.fontMetrics().axisHeight, T = (A = l.italic) != null ? A : 0;
  }
  return a ? mo(l, t, n, e, i, T, S) : (S && (l.style.position = "relative", l.style.top = $(S)), l);
}, y0 = (r, e) => {
  var t;
  if (r.symbol)
    t = new E("mo", [Ee(r.name, r.mode)]), fo.has(r.name) && t.setAttribute("largeop", "false");
  else if (r.body)
    t = new E("mo", Ce(r.body, e));
  else {
    t = new E("mi", [new ie(r.name.slice(1))]);
    var n = new E("mo", [Ee("⁡", "text")]);
    r.parentIsSupSub ? t = new E("mrow", [t, n]) : t = Li([t, n]);
  }
  return t;
}, fh = {
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
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = n;
    return a.length === 1 && (a = fh[a]), {
      type: "op",
      mode: t.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !0,
      name: a
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: y0
});
D({
  type: "op",
  names: ["\\mathop"],
  props: {
    numArgs: 1,
    primitive: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = e[0];
    return {
      type: "op",
      mode: t.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !1,
      body: se(n)
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: y0
});
var ph = {
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
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r;
    return {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !1,
      name: t
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: y0
});
D({
  type: "op",
  names: ["\\det", "\\gcd", "\\inf", "\\lim", "\\max", "\\min", "\\Pr", "\\sup"],
  props: {
    numArgs: 0
  },
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r;
    return {
      type: "op",
      mode: e.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !1,
      name: t
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: y0
});
D({
  type: "op",
  names: ["\\int", "\\iint", "\\iiint", "\\oint", "\\oiint", "\\oiiint", "∫", "∬", "∭", "∮", "∯", "∰"],
  props: {
    numArgs: 0,
    allowedInArgument: !0
  },
  handler(r) {
    var {
      parser: e,
      funcName: t
    } = r, n = t;
    return n.length === 1 && (n = ph[n]), {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !0,
      name: n
    };
  },
  htmlBuilder: r0,
  mathmlBuilder: y0
});
var po = (r, e) => {
  var t, n, a = !1, s;
  r.type === "supsub" ? (t = r.sup, n = r.sub, s = W(r.base, "operatorname"), a = !0) : s = W(r, "operatorname");
  var i;
  if (s.body.length > 0) {
    for (var o = s.body.map((f) => {
      var v = "text" in f ? f.text : void 0;
      return typeof v == "string" ? {
        type: "textord",
        mode: f.mode,
        text: v
      } : f;
    }), l = he(o, e.withFont("mathrm"), !0), h = 0; h < l.length; h++) {
      var m = l[h];
      m instanceof Te && (m.text = m.text.replace(/\u2212/, "-").replace(/\u2217/, "*"));
    }
    i = C(["mop"], l, e);
  } else
    i = C(["mop"], [], e);
  return a ? mo(i, t, n, e, e.style, 0, 0) : i;
}, vh = (r, e) => {
  for (var t = Ce(r.body, e.withFont("mathrm")), n = !0, a = 0; a < t.length; a++) {
    var s = t[a];
    if (!(s instanceof Hi)) if (s instanceof E)
      switch (s.type) {
        case "mi":
        case "mn":
        case "mspace":
        case "mtext":
          break;
        // Do nothing yet.
        case "mo": {
          var i = s.children[0];
          s.children.length === 1 && i instanceof ie ? i.text = i.text.replace(/\u2212/, "-").replace(/\u2217/, "*") : n = !1;
          break;
        }
        default:
          n = !1;
      }
    else
      n = !1;
  }
  if (n) {
    var o = t.map((m) => m.toText()).join("");
    t = [new ie(o)];
  }
  var l = new E("mi", t);
  l.setAttribute("mathvariant", "normal");
  var h = new E("mo", [Ee("⁡", "text")]);
  return r.parentIsSupSub ? new E("mrow", [l, h]) : Li([l, h]);
};
D({
  type: "operatorname",
  names: ["\\operatorname@", "\\operatornamewithlimits"],
  props: {
    numArgs: 1
  },
  handler: (r, e) => {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "operatorname",
      mode: t.mode,
      body: se(a),
      alwaysHandleSupSub: n === "\\operatornamewithlimits",
      limits: !1,
      parentIsSupSub: !1
    };
  },
  htmlBuilder: po,
  mathmlBuilder: vh
});
p("\\operatorname", "\\@ifstar\\operatornamewithlimits\\operatorname@");
Bt({
  type: "ordgroup",
  htmlBuilder(r, e) {
    return r.semisimple ? nt(he(r.body, e, !1)) : C(["mord"], he(r.body, e, !0), e);
  },
  mathmlBuilder(r, e) {
    return dt(r.body, e, !0);
  }
});
D({
  type: "overline",
  names: ["\\overline"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var {
      parser: t
    } = r, n = e[0];
    return {
      type: "overline",
      mode: t.mode,
      body: n
    };
  },
  htmlBuilder(r, e) {
    var t = K(r.body, e.havingCrampedStyle()), n = Zt("overline-line", e), a = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: t
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
    return C(["mord", "overline"], [s], e);
  },
  mathmlBuilder(r, e) {
    var t = new E("mo", [new ie("‾")]);
    t.setAttribute("stretchy", "true");
    var n = new E("mover", [J(r.body, e), t]);
    return n.setAttribute("accent", "true"), n;
  }
});
D({
  type: "phantom",
  names: ["\\phantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = e[0];
    return {
      type: "phantom",
      mode: t.mode,
      body: se(n)
    };
  },
  htmlBuilder: (r, e) => {
    var t = he(r.body, e.withPhantom(), !1);
    return nt(t);
  },
  mathmlBuilder: (r, e) => {
    var t = Ce(r.body, e);
    return new E("mphantom", t);
  }
});
p("\\hphantom", "\\smash{\\phantom{#1}}");
D({
  type: "vphantom",
  names: ["\\vphantom"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      parser: t
    } = r, n = e[0];
    return {
      type: "vphantom",
      mode: t.mode,
      body: n
    };
  },
  htmlBuilder: (r, e) => {
    var t = C(["inner"], [K(r.body, e.withPhantom())]), n = C(["fix"], []);
    return C(["mord", "rlap"], [t, n], e);
  },
  mathmlBuilder: (r, e) => {
    var t = Ce(se(r.body), e), n = new E("mphantom", t), a = new E("mpadded", [n]);
    return a.setAttribute("width", "0px"), a;
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
  handler(r, e) {
    var {
      parser: t
    } = r, n = W(e[0], "size").value, a = e[1];
    return {
      type: "raisebox",
      mode: t.mode,
      dy: n,
      body: a
    };
  },
  htmlBuilder(r, e) {
    var t = K(r.body, e), n = re(r.dy, e);
    return X({
      positionType: "shift",
      positionData: -n,
      children: [{
        type: "elem",
        elem: t
      }]
    });
  },
  mathmlBuilder(r, e) {
    var t = new E("mpadded", [J(r.body, e)]), n = r.dy.number + r.dy.unit;
    return t.setAttribute("voffset", n), t;
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
  handler(r) {
    var {
      parser: e
    } = r;
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
  handler(r, e, t) {
    var {
      parser: n
    } = r, a = t[0], s = W(e[0], "size"), i = W(e[1], "size");
    return {
      type: "rule",
      mode: n.mode,
      shift: a && W(a, "size").value,
      width: s.value,
      height: i.value
    };
  },
  htmlBuilder(r, e) {
    var t = C(["mord", "rule"], [], e), n = re(r.width, e), a = re(r.height, e), s = r.shift ? re(r.shift, e) : 0;
    return t.style.borderRightWidth = $(n), t.style.borderTopWidth = $(a), t.style.bottom = $(s), t.width = n, t.height = a + s, t.depth = -s, t.maxFontSize = a * 1.125 * e.sizeMultiplier, t;
  },
  mathmlBuilder(r, e) {
    var t = re(r.width, e), n = re(r.height, e), a = r.shift ? re(r.shift, e) : 0, s = e.color && e.getColor() || "black", i = new E("mspace");
    i.setAttribute("mathbackground", s), i.setAttribute("width", $(t)), i.setAttribute("height", $(n));
    var o = new E("mpadded", [i]);
    return a >= 0 ? o.setAttribute("height", $(a)) : (o.setAttribute("height", $(a)), o.setAttribute("depth", $(-a))), o.setAttribute("voffset", $(a)), o;
  }
});
function vo(r, e, t) {
  for (var n = he(r, e, !1), a = e.sizeMultiplier / t.sizeMultiplier, s = 0; s < n.length; s++) {
    var i = n[s].classes.indexOf("sizing");
    i < 0 ? Array.prototype.push.apply(n[s].classes, e.sizingClasses(t)) : n[s].classes[i + 1] === "reset-size" + e.size && (n[s].classes[i + 1] = "reset-size" + t.size), n[s].height *= a, n[s].depth *= a;
  }
  return nt(n);
}
var xs = ["\\tiny", "\\sixptsize", "\\scriptsize", "\\footnotesize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge", "\\Huge"], gh = (r, e) => {
  var t = e.havingSize(r.size);
  return vo(r.body, t, e);
};
D({
  type: "sizing",
  names: xs,
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler: (r, e) => {
    var {
      breakOnTokenText: t,
      funcName: n,
      parser: a
    } = r, s = a.parseExpression(!1, t);
    return {
      type: "sizing",
      mode: a.mode,
      // Figure out what size to use based on the list of functions above
      size: xs.indexOf(n) + 1,
      body: s
    };
  },
  htmlBuilder: gh,
  mathmlBuilder: (r, e) => {
    var t = e.havingSize(r.size), n = Ce(r.body, t), a = new E("mstyle", n);
    return a.setAttribute("mathsize", $(t.sizeMultiplier)), a;
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
  handler: (r, e, t) => {
    var {
      parser: n
    } = r, a = !1, s = !1, i = t[0] && W(t[0], "ordgroup");
    if (i)
      for (var o, l = 0; l < i.body.length; ++l) {
        var h = i.body[l];
        if (o = fr(h).text, o === "t")
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
  htmlBuilder: (r, e) => {
    var t = C([], [K(r.body, e)]);
    if (!r.smashHeight && !r.smashDepth)
      return t;
    if (r.smashHeight && (t.height = 0), r.smashDepth && (t.depth = 0), r.smashHeight && r.smashDepth)
      return C(["mord", "smash"], [t], e);
    if (t.children)
      for (var n = 0; n < t.children.length; n++)
        r.smashHeight && (t.children[n].height = 0), r.smashDepth && (t.children[n].depth = 0);
    var a = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: t
      }]
    });
    return C(["mord"], [a], e);
  },
  mathmlBuilder: (r, e) => {
    var t = new E("mpadded", [J(r.body, e)]);
    return r.smashHeight && t.setAttribute("height", "0px"), r.smashDepth && t.setAttribute("depth", "0px"), t;
  }
});
D({
  type: "sqrt",
  names: ["\\sqrt"],
  props: {
    numArgs: 1,
    numOptionalArgs: 1
  },
  handler(r, e, t) {
    var {
      parser: n
    } = r, a = t[0], s = e[0];
    return {
      type: "sqrt",
      mode: n.mode,
      body: s,
      index: a
    };
  },
  htmlBuilder(r, e) {
    var t = K(r.body, e.havingCrampedStyle());
    t.height === 0 && (t.height = e.fontMetrics().xHeight), t = Jt(t, e);
    var n = e.fontMetrics(), a = n.defaultRuleThickness, s = a;
    e.style.id < P.TEXT.id && (s = e.fontMetrics().xHeight);
    var i = a + s / 4, o = t.height + t.depth + i + a, {
      span: l,
      ruleWidth: h,
      advanceWidth: m
    } = nh(o, e), f = l.height - h;
    f > t.height + t.depth + i && (i = (i + f - t.height - t.depth) / 2);
    var v = l.height - t.height - i - h;
    t.style.paddingLeft = $(m);
    var g = X({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: t,
        wrapperClasses: ["svg-align"]
      }, {
        type: "kern",
        size: -(t.height + v)
      }, {
        type: "elem",
        elem: l
      }, {
        type: "kern",
        size: h
      }]
    });
    if (r.index) {
      var x = e.havingStyle(P.SCRIPTSCRIPT), k = K(r.index, x, e), S = 0.6 * (g.height - g.depth), T = X({
        positionType: "shift",
        positionData: -S,
        children: [{
          type: "elem",
          elem: k
        }]
      }), A = C(["root"], [T]);
      return C(["mord", "sqrt"], [A, g], e);
    } else
      return C(["mord", "sqrt"], [g], e);
  },
  mathmlBuilder(r, e) {
    var {
      body: t,
      index: n
    } = r;
    return n ? new E("mroot", [J(t, e), J(n, e)]) : new E("msqrt", [J(t, e)]);
  }
});
var Nn = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
};
function bh(r) {
  return r in Nn;
}
D({
  type: "styling",
  names: ["\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle"],
  props: {
    numArgs: 0,
    allowedInText: !0,
    primitive: !0
  },
  handler(r, e) {
    var {
      breakOnTokenText: t,
      funcName: n,
      parser: a
    } = r, s = a.parseExpression(!0, t), i = n.slice(1, n.length - 5);
    if (!bh(i))
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
  htmlBuilder(r, e) {
    var t = Nn[r.style], n = e.havingStyle(t);
    return r.resetFont && (n = n.withFont("")), vo(r.body, n, e);
  },
  mathmlBuilder(r, e) {
    var t = Nn[r.style], n = e.havingStyle(t);
    r.resetFont && (n = n.withFont(""));
    var a = Ce(r.body, n), s = new E("mstyle", a), i = {
      display: ["0", "true"],
      text: ["0", "false"],
      script: ["1", "false"],
      scriptscript: ["2", "false"]
    }, o = i[r.style];
    return s.setAttribute("scriptlevel", o[0]), s.setAttribute("displaystyle", o[1]), s;
  }
});
var yh = function(e, t) {
  var n = e.base;
  if (n)
    if (n.type === "op") {
      var a = n.limits && (t.style.size === P.DISPLAY.size || n.alwaysHandleSupSub);
      return a ? r0 : null;
    } else if (n.type === "operatorname") {
      var s = n.alwaysHandleSupSub && (t.style.size === P.DISPLAY.size || n.limits);
      return s ? po : null;
    } else {
      if (n.type === "accent")
        return tt(n.base) ? ra : null;
      if (n.type === "horizBrace") {
        var i = !e.sub;
        return i === n.isOver ? co : null;
      } else
        return null;
    }
  else return null;
};
Bt({
  type: "supsub",
  htmlBuilder(r, e) {
    var t = yh(r, e);
    if (t)
      return t(r, e);
    var {
      base: n,
      sup: a,
      sub: s
    } = r, i = K(n, e), o, l, h = e.fontMetrics(), m = 0, f = 0, v = n && tt(n);
    if (a) {
      var g = e.havingStyle(e.style.sup());
      o = K(a, g, e), v || (m = i.height - g.fontMetrics().supDrop * g.sizeMultiplier / e.sizeMultiplier);
    }
    if (s) {
      var x = e.havingStyle(e.style.sub());
      l = K(s, x, e), v || (f = i.depth + x.fontMetrics().subDrop * x.sizeMultiplier / e.sizeMultiplier);
    }
    var k;
    e.style === P.DISPLAY ? k = h.sup1 : e.style.cramped ? k = h.sup3 : k = h.sup2;
    var S = e.sizeMultiplier, T = $(0.5 / h.ptPerEm / S), A = null;
    if (l) {
      var B = r.base && r.base.type === "op" && r.base.name && (r.base.name === "\\oiint" || r.base.name === "\\oiiint");
      if (i instanceof Te || B) {
        var q;
        A = $(-((q = i.italic) != null ? q : 0));
      }
    }
    var O;
    if (o && l) {
      m = Math.max(m, k, o.depth + 0.25 * h.xHeight), f = Math.max(f, h.sub2);
      var I = h.defaultRuleThickness, G = 4 * I;
      if (m - o.depth - (l.height - f) < G) {
        f = G - (m - o.depth) + l.height;
        var V = 0.8 * h.xHeight - (m - o.depth);
        V > 0 && (m += V, f -= V);
      }
      var j = [{
        type: "elem",
        elem: l,
        shift: f,
        marginRight: T,
        marginLeft: A
      }, {
        type: "elem",
        elem: o,
        shift: -m,
        marginRight: T
      }];
      O = X({
        positionType: "individualShift",
        children: j
      });
    } else if (l) {
      f = Math.max(f, h.sub1, l.height - 0.8 * h.xHeight);
      var le = [{
        type: "elem",
        elem: l,
        marginLeft: A,
        marginRight: T
      }];
      O = X({
        positionType: "shift",
        positionData: f,
        children: le
      });
    } else if (o)
      m = Math.max(m, k, o.depth + 0.25 * h.xHeight), O = X({
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
    var pe = Sn(i, "right") || "mord";
    return C([pe], [i, C(["msupsub"], [O])], e);
  },
  mathmlBuilder(r, e) {
    var t = !1, n, a;
    r.base && r.base.type === "horizBrace" && (a = !!r.sup, a === r.base.isOver && (t = !0, n = r.base.isOver)), r.base && (r.base.type === "op" || r.base.type === "operatorname") && (r.base.parentIsSupSub = !0);
    var s = [J(r.base, e)];
    r.sub && s.push(J(r.sub, e)), r.sup && s.push(J(r.sup, e));
    var i;
    if (t)
      i = n ? "mover" : "munder";
    else if (r.sub)
      if (r.sup) {
        var h = r.base;
        h && h.type === "op" && h.limits && e.style === P.DISPLAY || h && h.type === "operatorname" && h.alwaysHandleSupSub && (e.style === P.DISPLAY || h.limits) ? i = "munderover" : i = "msubsup";
      } else {
        var l = r.base;
        l && l.type === "op" && l.limits && (e.style === P.DISPLAY || l.alwaysHandleSupSub) || l && l.type === "operatorname" && l.alwaysHandleSupSub && (l.limits || e.style === P.DISPLAY) ? i = "munder" : i = "msub";
      }
    else {
      var o = r.base;
      o && o.type === "op" && o.limits && (e.style === P.DISPLAY || o.alwaysHandleSupSub) || o && o.type === "operatorname" && o.alwaysHandleSupSub && (o.limits || e.style === P.DISPLAY) ? i = "mover" : i = "msup";
    }
    return new E(i, s);
  }
});
Bt({
  type: "atom",
  htmlBuilder(r, e) {
    return Qn(r.text, r.mode, e, ["m" + r.family]);
  },
  mathmlBuilder(r, e) {
    var t = new E("mo", [Ee(r.text, r.mode)]);
    if (r.family === "bin") {
      var n = ta(r, e);
      n === "bold-italic" && t.setAttribute("mathvariant", n);
    } else r.family === "punct" ? t.setAttribute("separator", "true") : (r.family === "open" || r.family === "close") && t.setAttribute("stretchy", "false");
    return t;
  }
});
var go = {
  mi: "italic",
  mn: "normal",
  mtext: "normal"
};
Bt({
  type: "mathord",
  htmlBuilder(r, e) {
    return cr(r, e, "mathord");
  },
  mathmlBuilder(r, e) {
    var t = new E("mi", [Ee(r.text, r.mode, e)]), n = ta(r, e) || "italic";
    return n !== go[t.type] && t.setAttribute("mathvariant", n), t;
  }
});
Bt({
  type: "textord",
  htmlBuilder(r, e) {
    return cr(r, e, "textord");
  },
  mathmlBuilder(r, e) {
    var t = Ee(r.text, r.mode, e), n = ta(r, e) || "normal", a;
    return r.mode === "text" ? a = new E("mtext", [t]) : /[0-9]/.test(r.text) ? a = new E("mn", [t]) : r.text === "\\prime" ? a = new E("mo", [t]) : a = new E("mi", [t]), n !== go[a.type] && a.setAttribute("mathvariant", n), a;
  }
});
var Wr = {
  "\\nobreak": "nobreak",
  "\\allowbreak": "allowbreak"
}, jr = {
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
Bt({
  type: "spacing",
  htmlBuilder(r, e) {
    if (jr.hasOwnProperty(r.text)) {
      var t = jr[r.text].className || "";
      if (r.mode === "text") {
        var n = cr(r, e, "textord");
        return n.classes.push(t), n;
      } else
        return C(["mspace", t], [Qn(r.text, r.mode, e)], e);
    } else {
      if (Wr.hasOwnProperty(r.text))
        return C(["mspace", Wr[r.text]], [], e);
      throw new N('Unknown type of space "' + r.text + '"');
    }
  },
  mathmlBuilder(r, e) {
    var t;
    if (jr.hasOwnProperty(r.text))
      t = new E("mtext", [new ie(" ")]);
    else {
      if (Wr.hasOwnProperty(r.text))
        return new E("mspace");
      throw new N('Unknown type of space "' + r.text + '"');
    }
    return t;
  }
});
var ks = () => {
  var r = new E("mtd", []);
  return r.setAttribute("width", "50%"), r;
};
Bt({
  type: "tag",
  mathmlBuilder(r, e) {
    var t = new E("mtable", [new E("mtr", [ks(), new E("mtd", [dt(r.body, e)]), ks(), new E("mtd", [dt(r.tag, e)])])]);
    return t.setAttribute("width", "100%"), t;
  }
});
var Ms = {
  "\\text": void 0,
  "\\textrm": "textrm",
  "\\textsf": "textsf",
  "\\texttt": "texttt",
  "\\textnormal": "textrm"
}, Ss = {
  "\\textbf": "textbf",
  "\\textmd": "textmd"
}, wh = {
  "\\textit": "textit",
  "\\textup": "textup"
}, As = (r, e) => {
  var t = r.font;
  if (t) {
    if (Ms[t])
      return e.withTextFontFamily(Ms[t]);
    if (Ss[t])
      return e.withTextFontWeight(Ss[t]);
    if (t === "\\emph")
      return e.fontShape === "textit" ? e.withTextFontShape("textup") : e.withTextFontShape("textit");
  } else return e;
  return e.withTextFontShape(wh[t]);
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
  handler(r, e) {
    var {
      parser: t,
      funcName: n
    } = r, a = e[0];
    return {
      type: "text",
      mode: t.mode,
      body: se(a),
      font: n
    };
  },
  htmlBuilder(r, e) {
    var t = As(r, e), n = he(r.body, t, !0);
    return C(["mord", "text"], n, t);
  },
  mathmlBuilder(r, e) {
    var t = As(r, e);
    return dt(r.body, t);
  }
});
D({
  type: "underline",
  names: ["\\underline"],
  props: {
    numArgs: 1,
    allowedInText: !0
  },
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "underline",
      mode: t.mode,
      body: e[0]
    };
  },
  htmlBuilder(r, e) {
    var t = K(r.body, e), n = Zt("underline-line", e), a = e.fontMetrics().defaultRuleThickness, s = X({
      positionType: "top",
      positionData: t.height,
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
        elem: t
      }]
    });
    return C(["mord", "underline"], [s], e);
  },
  mathmlBuilder(r, e) {
    var t = new E("mo", [new ie("‾")]);
    t.setAttribute("stretchy", "true");
    var n = new E("munder", [J(r.body, e), t]);
    return n.setAttribute("accentunder", "true"), n;
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
  handler(r, e) {
    var {
      parser: t
    } = r;
    return {
      type: "vcenter",
      mode: t.mode,
      body: e[0]
    };
  },
  htmlBuilder(r, e) {
    var t = K(r.body, e), n = e.fontMetrics().axisHeight, a = 0.5 * (t.height - n - (t.depth + n));
    return X({
      positionType: "shift",
      positionData: a,
      children: [{
        type: "elem",
        elem: t
      }]
    });
  },
  mathmlBuilder(r, e) {
    var t = new E("mpadded", [J(r.body, e)], ["vcenter"]);
    return new E("mrow", [t]);
  }
});
D({
  type: "verb",
  names: ["\\verb"],
  props: {
    numArgs: 0,
    allowedInText: !0
  },
  handler(r, e, t) {
    throw new N("\\verb ended by end of line instead of matching delimiter");
  },
  htmlBuilder(r, e) {
    for (var t = Ts(r), n = [], a = e.havingStyle(e.style.text()), s = 0; s < t.length; s++) {
      var i = t[s];
      i === "~" && (i = "\\textasciitilde"), n.push(be(i, "Typewriter-Regular", r.mode, a, ["mord", "texttt"]));
    }
    return C(["mord", "text"].concat(a.sizingClasses(e)), Di(n), a);
  },
  mathmlBuilder(r, e) {
    var t = new ie(Ts(r)), n = new E("mtext", [t]);
    return n.setAttribute("mathvariant", "monospace"), n;
  }
});
var Ts = (r) => r.body.replace(/ /g, r.star ? "␣" : " "), lt = Oi, bo = `[ \r
	]`, xh = "\\\\[a-zA-Z@]+", kh = "\\\\[^\uD800-\uDFFF]", Mh = "(" + xh + ")" + bo + "*", Sh = `\\\\(
|[ \r	]+
?)[ \r	]*`, En = "[̀-ͯ]", Ah = new RegExp(En + "+$"), Th = "(" + bo + "+)|" + // whitespace
(Sh + "|") + // \whitespace
"([!-\\[\\]-‧‪-퟿豈-￿]" + // single codepoint
(En + "*") + // ...plus accents
"|[\uD800-\uDBFF][\uDC00-\uDFFF]" + // surrogate pair
(En + "*") + // ...plus accents
"|\\\\verb\\*([^]).*?\\4|\\\\verb([^*a-zA-Z]).*?\\5" + // \verb unstarred
("|" + Mh) + // \macroName + spaces
("|" + kh + ")");
class zs {
  constructor(e, t) {
    this.input = void 0, this.settings = void 0, this.tokenRegex = void 0, this.catcodes = void 0, this.input = e, this.settings = t, this.tokenRegex = new RegExp(Th, "g"), this.catcodes = {
      "%": 14,
      // comment character
      "~": 13
      // active character
    };
  }
  setCatcode(e, t) {
    this.catcodes[e] = t;
  }
  /**
   * This function lexes a single token.
   */
  lex() {
    var e = this.input, t = this.tokenRegex.lastIndex;
    if (t === e.length)
      return new Ae("EOF", new ke(this, t, t));
    var n = this.tokenRegex.exec(e);
    if (n === null || n.index !== t)
      throw new N("Unexpected character: '" + e[t] + "'", new Ae(e[t], new ke(this, t, t + 1)));
    var a = n[6] || n[3] || (n[2] ? "\\ " : " ");
    if (this.catcodes[a] === 14) {
      var s = e.indexOf(`
`, this.tokenRegex.lastIndex);
      return s === -1 ? (this.tokenRegex.lastIndex = e.length, this.settings.reportNonstrict("commentAtEnd", "% comment has no terminating newline; LaTeX would fail because of commenting the end of math mode (e.g. $)")) : this.tokenRegex.lastIndex = s + 1, this.lex();
    }
    return new Ae(a, new ke(this, t, this.tokenRegex.lastIndex));
  }
}
class zh {
  /**
   * Both arguments are optional.  The first argument is an object of
   * built-in mappings which never change.  The second argument is an object
   * of initial (global-level) mappings, which will constantly change
   * according to any global/top-level `set`s done.
   */
  constructor(e, t) {
    e === void 0 && (e = {}), t === void 0 && (t = {}), this.current = void 0, this.builtins = void 0, this.undefStack = void 0, this.current = t, this.builtins = e, this.undefStack = [];
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
      throw new N("Unbalanced namespace destruction: attempt to pop global namespace; please report this as a bug");
    var e = this.undefStack.pop();
    for (var t in e)
      e.hasOwnProperty(t) && (e[t] == null ? delete this.current[t] : this.current[t] = e[t]);
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
  set(e, t, n) {
    if (n === void 0 && (n = !1), n) {
      for (var a = 0; a < this.undefStack.length; a++)
        delete this.undefStack[a][e];
      this.undefStack.length > 0 && (this.undefStack[this.undefStack.length - 1][e] = t);
    } else {
      var s = this.undefStack[this.undefStack.length - 1];
      s && !s.hasOwnProperty(e) && (s[e] = this.current[e]);
    }
    t == null ? delete this.current[e] : this.current[e] = t;
  }
}
var Ch = io;
p("\\noexpand", function(r) {
  var e = r.popToken();
  return r.isExpandable(e.text) && (e.noexpand = !0, e.treatAsRelax = !0), {
    tokens: [e],
    numArgs: 0
  };
});
p("\\expandafter", function(r) {
  var e = r.popToken();
  return r.expandOnce(!0), {
    tokens: [e],
    numArgs: 0
  };
});
p("\\@firstoftwo", function(r) {
  var e = r.consumeArgs(2);
  return {
    tokens: e[0],
    numArgs: 0
  };
});
p("\\@secondoftwo", function(r) {
  var e = r.consumeArgs(2);
  return {
    tokens: e[1],
    numArgs: 0
  };
});
p("\\@ifnextchar", function(r) {
  var e = r.consumeArgs(3);
  r.consumeSpaces();
  var t = r.future();
  return e[0].length === 1 && e[0][0].text === t.text ? {
    tokens: e[1],
    numArgs: 0
  } : {
    tokens: e[2],
    numArgs: 0
  };
});
p("\\@ifstar", "\\@ifnextchar *{\\@firstoftwo{#1}}");
p("\\TextOrMath", function(r) {
  var e = r.consumeArgs(2);
  return r.mode === "text" ? {
    tokens: e[0],
    numArgs: 0
  } : {
    tokens: e[1],
    numArgs: 0
  };
});
var Cs = {
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
p("\\char", function(r) {
  var e = r.popToken(), t, n = 0;
  if (e.text === "'")
    t = 8, e = r.popToken();
  else if (e.text === '"')
    t = 16, e = r.popToken();
  else if (e.text === "`")
    if (e = r.popToken(), e.text[0] === "\\")
      n = e.text.charCodeAt(1);
    else {
      if (e.text === "EOF")
        throw new N("\\char` missing argument");
      n = e.text.charCodeAt(0);
    }
  else
    t = 10;
  if (t) {
    if (n = Cs[e.text], n == null || n >= t)
      throw new N("Invalid base-" + t + " digit " + e.text);
    for (var a; (a = Cs[r.future().text]) != null && a < t; )
      n *= t, n += a, r.popToken();
  }
  return "\\@char{" + n + "}";
});
var ia = (r, e, t, n) => {
  var a = r.consumeArg().tokens;
  if (a.length !== 1)
    throw new N("\\newcommand's first argument must be a macro name");
  var s = a[0].text, i = r.isDefined(s);
  if (i && !e)
    throw new N("\\newcommand{" + s + "} attempting to redefine " + (s + "; use \\renewcommand"));
  if (!i && !t)
    throw new N("\\renewcommand{" + s + "} when command " + s + " does not yet exist; use \\newcommand");
  var o = 0;
  if (a = r.consumeArg().tokens, a.length === 1 && a[0].text === "[") {
    for (var l = "", h = r.expandNextToken(); h.text !== "]" && h.text !== "EOF"; )
      l += h.text, h = r.expandNextToken();
    if (!l.match(/^\s*[0-9]+\s*$/))
      throw new N("Invalid number of arguments: " + l);
    o = parseInt(l), a = r.consumeArg().tokens;
  }
  return i && n || r.macros.set(s, {
    tokens: a,
    numArgs: o
  }), "";
};
p("\\newcommand", (r) => ia(r, !1, !0, !1));
p("\\renewcommand", (r) => ia(r, !0, !1, !1));
p("\\providecommand", (r) => ia(r, !0, !0, !0));
p("\\message", (r) => {
  var e = r.consumeArgs(1)[0];
  return console.log(e.reverse().map((t) => t.text).join("")), "";
});
p("\\errmessage", (r) => {
  var e = r.consumeArgs(1)[0];
  return console.error(e.reverse().map((t) => t.text).join("")), "";
});
p("\\show", (r) => {
  var e = r.popToken(), t = e.text;
  return console.log(e, r.macros.get(t), lt[t], Q.math[t], Q.text[t]), "";
});
p("\\bgroup", "{");
p("\\egroup", "}");
p("~", "\\nobreakspace");
p("\\lq", "`");
p("\\rq", "'");
p("\\aa", "\\r a");
p("\\AA", "\\r A");
p("\\textcopyright", "\\html@mathml{\\textcircled{c}}{\\char`©}");
p("\\copyright", "\\TextOrMath{\\textcopyright}{\\text{\\textcopyright}}");
p("\\textregistered", "\\html@mathml{\\textcircled{\\scriptsize R}}{\\char`®}");
p("ℬ", "\\mathscr{B}");
p("ℰ", "\\mathscr{E}");
p("ℱ", "\\mathscr{F}");
p("ℋ", "\\mathscr{H}");
p("ℐ", "\\mathscr{I}");
p("ℒ", "\\mathscr{L}");
p("ℳ", "\\mathscr{M}");
p("ℛ", "\\mathscr{R}");
p("ℭ", "\\mathfrak{C}");
p("ℌ", "\\mathfrak{H}");
p("ℨ", "\\mathfrak{Z}");
p("\\Bbbk", "\\Bbb{k}");
p("\\llap", "\\mathllap{\\textrm{#1}}");
p("\\rlap", "\\mathrlap{\\textrm{#1}}");
p("\\clap", "\\mathclap{\\textrm{#1}}");
p("\\mathstrut", "\\vphantom{(}");
p("\\underbar", "\\underline{\\text{#1}}");
p("\\not", '\\html@mathml{\\mathrel{\\mathrlap\\@not}\\nobreak}{\\char"338}');
p("\\neq", "\\html@mathml{\\mathrel{\\not=}}{\\mathrel{\\char`≠}}");
p("\\ne", "\\neq");
p("≠", "\\neq");
p("\\notin", "\\html@mathml{\\mathrel{{\\in}\\mathllap{/\\mskip1mu}}}{\\mathrel{\\char`∉}}");
p("∉", "\\notin");
p("≘", "\\html@mathml{\\mathrel{=\\kern{-1em}\\raisebox{0.4em}{$\\scriptsize\\frown$}}}{\\mathrel{\\char`≘}}");
p("≙", "\\html@mathml{\\stackrel{\\tiny\\wedge}{=}}{\\mathrel{\\char`≘}}");
p("≚", "\\html@mathml{\\stackrel{\\tiny\\vee}{=}}{\\mathrel{\\char`≚}}");
p("≛", "\\html@mathml{\\stackrel{\\scriptsize\\star}{=}}{\\mathrel{\\char`≛}}");
p("≝", "\\html@mathml{\\stackrel{\\tiny\\mathrm{def}}{=}}{\\mathrel{\\char`≝}}");
p("≞", "\\html@mathml{\\stackrel{\\tiny\\mathrm{m}}{=}}{\\mathrel{\\char`≞}}");
p("≟", "\\html@mathml{\\stackrel{\\tiny?}{=}}{\\mathrel{\\char`≟}}");
p("⟂", "\\perp");
p("‼", "\\mathclose{!\\mkern-0.8mu!}");
p("∌", "\\notni");
p("⌜", "\\ulcorner");
p("⌝", "\\urcorner");
p("⌞", "\\llcorner");
p("⌟", "\\lrcorner");
p("©", "\\copyright");
p("®", "\\textregistered");
p("\\ulcorner", '\\html@mathml{\\@ulcorner}{\\mathop{\\char"231c}}');
p("\\urcorner", '\\html@mathml{\\@urcorner}{\\mathop{\\char"231d}}');
p("\\llcorner", '\\html@mathml{\\@llcorner}{\\mathop{\\char"231e}}');
p("\\lrcorner", '\\html@mathml{\\@lrcorner}{\\mathop{\\char"231f}}');
p("\\vdots", "{\\varvdots\\rule{0pt}{15pt}}");
p("⋮", "\\vdots");
p("\\varGamma", "\\mathit{\\Gamma}");
p("\\varDelta", "\\mathit{\\Delta}");
p("\\varTheta", "\\mathit{\\Theta}");
p("\\varLambda", "\\mathit{\\Lambda}");
p("\\varXi", "\\mathit{\\Xi}");
p("\\varPi", "\\mathit{\\Pi}");
p("\\varSigma", "\\mathit{\\Sigma}");
p("\\varUpsilon", "\\mathit{\\Upsilon}");
p("\\varPhi", "\\mathit{\\Phi}");
p("\\varPsi", "\\mathit{\\Psi}");
p("\\varOmega", "\\mathit{\\Omega}");
p("\\substack", "\\begin{subarray}{c}#1\\end{subarray}");
p("\\colon", "\\nobreak\\mskip2mu\\mathpunct{}\\mathchoice{\\mkern-3mu}{\\mkern-3mu}{}{}{:}\\mskip6mu\\relax");
p("\\boxed", "\\fbox{$\\displaystyle{#1}$}");
p("\\iff", "\\DOTSB\\;\\Longleftrightarrow\\;");
p("\\implies", "\\DOTSB\\;\\Longrightarrow\\;");
p("\\impliedby", "\\DOTSB\\;\\Longleftarrow\\;");
p("\\dddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ...}}{#1}}");
p("\\ddddot", "{\\overset{\\raisebox{-0.1ex}{\\normalsize ....}}{#1}}");
var Ns = {
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
}, Nh = /* @__PURE__ */ new Set(["bin", "rel"]);
p("\\dots", function(r) {
  var e = "\\dotso", t = r.expandAfterFuture().text;
  return t in Ns ? e = Ns[t] : (t.slice(0, 4) === "\\not" || t in Q.math && Nh.has(Q.math[t].group)) && (e = "\\dotsb"), e;
});
var oa = {
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
p("\\dotso", function(r) {
  var e = r.future().text;
  return e in oa ? "\\ldots\\," : "\\ldots";
});
p("\\dotsc", function(r) {
  var e = r.future().text;
  return e in oa && e !== "," ? "\\ldots\\," : "\\ldots";
});
p("\\cdots", function(r) {
  var e = r.future().text;
  return e in oa ? "\\@cdots\\," : "\\@cdots";
});
p("\\dotsb", "\\cdots");
p("\\dotsm", "\\cdots");
p("\\dotsi", "\\!\\cdots");
p("\\dotsx", "\\ldots\\,");
p("\\DOTSI", "\\relax");
p("\\DOTSB", "\\relax");
p("\\DOTSX", "\\relax");
p("\\tmspace", "\\TextOrMath{\\kern#1#3}{\\mskip#1#2}\\relax");
p("\\,", "\\tmspace+{3mu}{.1667em}");
p("\\thinspace", "\\,");
p("\\>", "\\mskip{4mu}");
p("\\:", "\\tmspace+{4mu}{.2222em}");
p("\\medspace", "\\:");
p("\\;", "\\tmspace+{5mu}{.2777em}");
p("\\thickspace", "\\;");
p("\\!", "\\tmspace-{3mu}{.1667em}");
p("\\negthinspace", "\\!");
p("\\negmedspace", "\\tmspace-{4mu}{.2222em}");
p("\\negthickspace", "\\tmspace-{5mu}{.277em}");
p("\\enspace", "\\kern.5em ");
p("\\enskip", "\\hskip.5em\\relax");
p("\\quad", "\\hskip1em\\relax");
p("\\qquad", "\\hskip2em\\relax");
p("\\tag", "\\@ifstar\\tag@literal\\tag@paren");
p("\\tag@paren", "\\tag@literal{({#1})}");
p("\\tag@literal", (r) => {
  if (r.macros.get("\\df@tag"))
    throw new N("Multiple \\tag");
  return "\\gdef\\df@tag{\\text{#1}}";
});
p("\\bmod", "\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}\\mathbin{\\rm mod}\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}");
p("\\pod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern8mu}{\\mkern8mu}{\\mkern8mu}(#1)");
p("\\pmod", "\\pod{{\\rm mod}\\mkern6mu#1}");
p("\\mod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern12mu}{\\mkern12mu}{\\mkern12mu}{\\rm mod}\\,\\,#1");
p("\\newline", "\\\\\\relax");
p("\\TeX", "\\textrm{\\html@mathml{T\\kern-.1667em\\raisebox{-.5ex}{E}\\kern-.125emX}{TeX}}");
var yo = $(He["Main-Regular"][84][1] - 0.7 * He["Main-Regular"][65][1]);
p("\\LaTeX", "\\textrm{\\html@mathml{" + ("L\\kern-.36em\\raisebox{" + yo + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{LaTeX}}");
p("\\KaTeX", "\\textrm{\\html@mathml{" + ("K\\kern-.17em\\raisebox{" + yo + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{KaTeX}}");
p("\\hspace", "\\@ifstar\\@hspacer\\@hspace");
p("\\@hspace", "\\hskip #1\\relax");
p("\\@hspacer", "\\rule{0pt}{0pt}\\hskip #1\\relax");
p("\\ordinarycolon", ":");
p("\\vcentcolon", "\\mathrel{\\mathop\\ordinarycolon}");
p("\\dblcolon", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-.9mu}\\vcentcolon}}{\\mathop{\\char"2237}}');
p("\\coloneqq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2254}}');
p("\\Coloneqq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}=}}{\\mathop{\\char"2237\\char"3d}}');
p("\\coloneq", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"3a\\char"2212}}');
p("\\Coloneq", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\mathrel{-}}}{\\mathop{\\char"2237\\char"2212}}');
p("\\eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2255}}');
p("\\Eqqcolon", '\\html@mathml{\\mathrel{=\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"3d\\char"2237}}');
p("\\eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\vcentcolon}}{\\mathop{\\char"2239}}');
p("\\Eqcolon", '\\html@mathml{\\mathrel{\\mathrel{-}\\mathrel{\\mkern-1.2mu}\\dblcolon}}{\\mathop{\\char"2212\\char"2237}}');
p("\\colonapprox", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"3a\\char"2248}}');
p("\\Colonapprox", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\approx}}{\\mathop{\\char"2237\\char"2248}}');
p("\\colonsim", '\\html@mathml{\\mathrel{\\vcentcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"3a\\char"223c}}');
p("\\Colonsim", '\\html@mathml{\\mathrel{\\dblcolon\\mathrel{\\mkern-1.2mu}\\sim}}{\\mathop{\\char"2237\\char"223c}}');
p("∷", "\\dblcolon");
p("∹", "\\eqcolon");
p("≔", "\\coloneqq");
p("≕", "\\eqqcolon");
p("⩴", "\\Coloneqq");
p("\\ratio", "\\vcentcolon");
p("\\coloncolon", "\\dblcolon");
p("\\colonequals", "\\coloneqq");
p("\\coloncolonequals", "\\Coloneqq");
p("\\equalscolon", "\\eqqcolon");
p("\\equalscoloncolon", "\\Eqqcolon");
p("\\colonminus", "\\coloneq");
p("\\coloncolonminus", "\\Coloneq");
p("\\minuscolon", "\\eqcolon");
p("\\minuscoloncolon", "\\Eqcolon");
p("\\coloncolonapprox", "\\Colonapprox");
p("\\coloncolonsim", "\\Colonsim");
p("\\simcolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
p("\\simcoloncolon", "\\mathrel{\\sim\\mathrel{\\mkern-1.2mu}\\dblcolon}");
p("\\approxcolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\vcentcolon}");
p("\\approxcoloncolon", "\\mathrel{\\approx\\mathrel{\\mkern-1.2mu}\\dblcolon}");
p("\\notni", "\\html@mathml{\\not\\ni}{\\mathrel{\\char`∌}}");
p("\\limsup", "\\DOTSB\\operatorname*{lim\\,sup}");
p("\\liminf", "\\DOTSB\\operatorname*{lim\\,inf}");
p("\\injlim", "\\DOTSB\\operatorname*{inj\\,lim}");
p("\\projlim", "\\DOTSB\\operatorname*{proj\\,lim}");
p("\\varlimsup", "\\DOTSB\\operatorname*{\\overline{lim}}");
p("\\varliminf", "\\DOTSB\\operatorname*{\\underline{lim}}");
p("\\varinjlim", "\\DOTSB\\operatorname*{\\underrightarrow{lim}}");
p("\\varprojlim", "\\DOTSB\\operatorname*{\\underleftarrow{lim}}");
p("\\gvertneqq", "\\html@mathml{\\@gvertneqq}{≩}");
p("\\lvertneqq", "\\html@mathml{\\@lvertneqq}{≨}");
p("\\ngeqq", "\\html@mathml{\\@ngeqq}{≱}");
p("\\ngeqslant", "\\html@mathml{\\@ngeqslant}{≱}");
p("\\nleqq", "\\html@mathml{\\@nleqq}{≰}");
p("\\nleqslant", "\\html@mathml{\\@nleqslant}{≰}");
p("\\nshortmid", "\\html@mathml{\\@nshortmid}{∤}");
p("\\nshortparallel", "\\html@mathml{\\@nshortparallel}{∦}");
p("\\nsubseteqq", "\\html@mathml{\\@nsubseteqq}{⊈}");
p("\\nsupseteqq", "\\html@mathml{\\@nsupseteqq}{⊉}");
p("\\varsubsetneq", "\\html@mathml{\\@varsubsetneq}{⊊}");
p("\\varsubsetneqq", "\\html@mathml{\\@varsubsetneqq}{⫋}");
p("\\varsupsetneq", "\\html@mathml{\\@varsupsetneq}{⊋}");
p("\\varsupsetneqq", "\\html@mathml{\\@varsupsetneqq}{⫌}");
p("\\imath", "\\html@mathml{\\@imath}{ı}");
p("\\jmath", "\\html@mathml{\\@jmath}{ȷ}");
p("\\llbracket", "\\html@mathml{\\mathopen{[\\mkern-3.2mu[}}{\\mathopen{\\char`⟦}}");
p("\\rrbracket", "\\html@mathml{\\mathclose{]\\mkern-3.2mu]}}{\\mathclose{\\char`⟧}}");
p("⟦", "\\llbracket");
p("⟧", "\\rrbracket");
p("\\lBrace", "\\html@mathml{\\mathopen{\\{\\mkern-3.2mu[}}{\\mathopen{\\char`⦃}}");
p("\\rBrace", "\\html@mathml{\\mathclose{]\\mkern-3.2mu\\}}}{\\mathclose{\\char`⦄}}");
p("⦃", "\\lBrace");
p("⦄", "\\rBrace");
p("\\minuso", "\\mathbin{\\html@mathml{{\\mathrlap{\\mathchoice{\\kern{0.145em}}{\\kern{0.145em}}{\\kern{0.1015em}}{\\kern{0.0725em}}\\circ}{-}}}{\\char`⦵}}");
p("⦵", "\\minuso");
p("\\darr", "\\downarrow");
p("\\dArr", "\\Downarrow");
p("\\Darr", "\\Downarrow");
p("\\lang", "\\langle");
p("\\rang", "\\rangle");
p("\\uarr", "\\uparrow");
p("\\uArr", "\\Uparrow");
p("\\Uarr", "\\Uparrow");
p("\\N", "\\mathbb{N}");
p("\\R", "\\mathbb{R}");
p("\\Z", "\\mathbb{Z}");
p("\\alef", "\\aleph");
p("\\alefsym", "\\aleph");
p("\\Alpha", "\\mathrm{A}");
p("\\Beta", "\\mathrm{B}");
p("\\bull", "\\bullet");
p("\\Chi", "\\mathrm{X}");
p("\\clubs", "\\clubsuit");
p("\\cnums", "\\mathbb{C}");
p("\\Complex", "\\mathbb{C}");
p("\\Dagger", "\\ddagger");
p("\\diamonds", "\\diamondsuit");
p("\\empty", "\\emptyset");
p("\\Epsilon", "\\mathrm{E}");
p("\\Eta", "\\mathrm{H}");
p("\\exist", "\\exists");
p("\\harr", "\\leftrightarrow");
p("\\hArr", "\\Leftrightarrow");
p("\\Harr", "\\Leftrightarrow");
p("\\hearts", "\\heartsuit");
p("\\image", "\\Im");
p("\\infin", "\\infty");
p("\\Iota", "\\mathrm{I}");
p("\\isin", "\\in");
p("\\Kappa", "\\mathrm{K}");
p("\\larr", "\\leftarrow");
p("\\lArr", "\\Leftarrow");
p("\\Larr", "\\Leftarrow");
p("\\lrarr", "\\leftrightarrow");
p("\\lrArr", "\\Leftrightarrow");
p("\\Lrarr", "\\Leftrightarrow");
p("\\Mu", "\\mathrm{M}");
p("\\natnums", "\\mathbb{N}");
p("\\Nu", "\\mathrm{N}");
p("\\Omicron", "\\mathrm{O}");
p("\\plusmn", "\\pm");
p("\\rarr", "\\rightarrow");
p("\\rArr", "\\Rightarrow");
p("\\Rarr", "\\Rightarrow");
p("\\real", "\\Re");
p("\\reals", "\\mathbb{R}");
p("\\Reals", "\\mathbb{R}");
p("\\Rho", "\\mathrm{P}");
p("\\sdot", "\\cdot");
p("\\sect", "\\S");
p("\\spades", "\\spadesuit");
p("\\sub", "\\subset");
p("\\sube", "\\subseteq");
p("\\supe", "\\supseteq");
p("\\Tau", "\\mathrm{T}");
p("\\thetasym", "\\vartheta");
p("\\weierp", "\\wp");
p("\\Zeta", "\\mathrm{Z}");
p("\\argmin", "\\DOTSB\\operatorname*{arg\\,min}");
p("\\argmax", "\\DOTSB\\operatorname*{arg\\,max}");
p("\\plim", "\\DOTSB\\mathop{\\operatorname{plim}}\\limits");
p("\\bra", "\\mathinner{\\langle{#1}|}");
p("\\ket", "\\mathinner{|{#1}\\rangle}");
p("\\braket", "\\mathinner{\\langle{#1}\\rangle}");
p("\\Bra", "\\left\\langle#1\\right|");
p("\\Ket", "\\left|#1\\right\\rangle");
var wo = (r) => (e) => {
  var t = e.consumeArg().tokens, n = e.consumeArg().tokens, a = e.consumeArg().tokens, s = e.consumeArg().tokens, i = e.macros.get("|"), o = e.macros.get("\\|");
  e.macros.beginGroup();
  var l = (f) => (v) => {
    r && (v.macros.set("|", i), a.length && v.macros.set("\\|", o));
    var g = f;
    if (!f && a.length) {
      var x = v.future();
      x.text === "|" && (v.popToken(), g = !0);
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
    ...t
    // reversed
  ]);
  return e.macros.endGroup(), {
    tokens: m.reverse(),
    numArgs: 0
  };
};
p("\\bra@ket", wo(!1));
p("\\bra@set", wo(!0));
p("\\Braket", "\\bra@ket{\\left\\langle}{\\,\\middle\\vert\\,}{\\,\\middle\\vert\\,}{\\right\\rangle}");
p("\\Set", "\\bra@set{\\left\\{\\:}{\\;\\middle\\vert\\;}{\\;\\middle\\Vert\\;}{\\:\\right\\}}");
p("\\set", "\\bra@set{\\{\\,}{\\mid}{}{\\,\\}}");
p("\\angln", "{\\angl n}");
p("\\blue", "\\textcolor{##6495ed}{#1}");
p("\\orange", "\\textcolor{##ffa500}{#1}");
p("\\pink", "\\textcolor{##ff00af}{#1}");
p("\\red", "\\textcolor{##df0030}{#1}");
p("\\green", "\\textcolor{##28ae7b}{#1}");
p("\\gray", "\\textcolor{gray}{#1}");
p("\\purple", "\\textcolor{##9d38bd}{#1}");
p("\\blueA", "\\textcolor{##ccfaff}{#1}");
p("\\blueB", "\\textcolor{##80f6ff}{#1}");
p("\\blueC", "\\textcolor{##63d9ea}{#1}");
p("\\blueD", "\\textcolor{##11accd}{#1}");
p("\\blueE", "\\textcolor{##0c7f99}{#1}");
p("\\tealA", "\\textcolor{##94fff5}{#1}");
p("\\tealB", "\\textcolor{##26edd5}{#1}");
p("\\tealC", "\\textcolor{##01d1c1}{#1}");
p("\\tealD", "\\textcolor{##01a995}{#1}");
p("\\tealE", "\\textcolor{##208170}{#1}");
p("\\greenA", "\\textcolor{##b6ffb0}{#1}");
p("\\greenB", "\\textcolor{##8af281}{#1}");
p("\\greenC", "\\textcolor{##74cf70}{#1}");
p("\\greenD", "\\textcolor{##1fab54}{#1}");
p("\\greenE", "\\textcolor{##0d923f}{#1}");
p("\\goldA", "\\textcolor{##ffd0a9}{#1}");
p("\\goldB", "\\textcolor{##ffbb71}{#1}");
p("\\goldC", "\\textcolor{##ff9c39}{#1}");
p("\\goldD", "\\textcolor{##e07d10}{#1}");
p("\\goldE", "\\textcolor{##a75a05}{#1}");
p("\\redA", "\\textcolor{##fca9a9}{#1}");
p("\\redB", "\\textcolor{##ff8482}{#1}");
p("\\redC", "\\textcolor{##f9685d}{#1}");
p("\\redD", "\\textcolor{##e84d39}{#1}");
p("\\redE", "\\textcolor{##bc2612}{#1}");
p("\\maroonA", "\\textcolor{##ffbde0}{#1}");
p("\\maroonB", "\\textcolor{##ff92c6}{#1}");
p("\\maroonC", "\\textcolor{##ed5fa6}{#1}");
p("\\maroonD", "\\textcolor{##ca337c}{#1}");
p("\\maroonE", "\\textcolor{##9e034e}{#1}");
p("\\purpleA", "\\textcolor{##ddd7ff}{#1}");
p("\\purpleB", "\\textcolor{##c6b9fc}{#1}");
p("\\purpleC", "\\textcolor{##aa87ff}{#1}");
p("\\purpleD", "\\textcolor{##7854ab}{#1}");
p("\\purpleE", "\\textcolor{##543b78}{#1}");
p("\\mintA", "\\textcolor{##f5f9e8}{#1}");
p("\\mintB", "\\textcolor{##edf2df}{#1}");
p("\\mintC", "\\textcolor{##e0e5cc}{#1}");
p("\\grayA", "\\textcolor{##f6f7f7}{#1}");
p("\\grayB", "\\textcolor{##f0f1f2}{#1}");
p("\\grayC", "\\textcolor{##e3e5e6}{#1}");
p("\\grayD", "\\textcolor{##d6d8da}{#1}");
p("\\grayE", "\\textcolor{##babec2}{#1}");
p("\\grayF", "\\textcolor{##888d93}{#1}");
p("\\grayG", "\\textcolor{##626569}{#1}");
p("\\grayH", "\\textcolor{##3b3e40}{#1}");
p("\\grayI", "\\textcolor{##21242c}{#1}");
p("\\kaBlue", "\\textcolor{##314453}{#1}");
p("\\kaGreen", "\\textcolor{##71B307}{#1}");
var xo = {
  "^": !0,
  // Parser.js
  _: !0,
  // Parser.js
  "\\limits": !0,
  // Parser.js
  "\\nolimits": !0
  // Parser.js
};
class Eh {
  constructor(e, t, n) {
    this.settings = void 0, this.expansionCount = void 0, this.lexer = void 0, this.macros = void 0, this.stack = void 0, this.mode = void 0, this.settings = t, this.expansionCount = 0, this.feed(e), this.macros = new zh(Ch, t.macros), this.mode = n, this.stack = [];
  }
  /**
   * Feed a new input string to the same MacroExpander
   * (with existing macros etc.).
   */
  feed(e) {
    this.lexer = new zs(e, this.settings);
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
    var t, n, a;
    if (e) {
      if (this.consumeSpaces(), this.future().text !== "[")
        return null;
      t = this.popToken(), {
        tokens: a,
        end: n
      } = this.consumeArg(["]"]);
    } else
      ({
        tokens: a,
        start: t,
        end: n
      } = this.consumeArg());
    return this.pushToken(new Ae("EOF", n.loc)), this.pushTokens(a), new Ae("", ke.range(t, n));
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
    var t = [], n = e && e.length > 0;
    n || this.consumeSpaces();
    var a = this.future(), s, i = 0, o = 0;
    do {
      if (s = this.popToken(), t.push(s), s.text === "{")
        ++i;
      else if (s.text === "}") {
        if (--i, i === -1)
          throw new N("Extra }", s);
      } else if (s.text === "EOF")
        throw new N("Unexpected end of input in a macro argument, expected '" + (e && n ? e[o] : "}") + "'", s);
      if (e && n)
        if ((i === 0 || i === 1 && e[o] === "{") && s.text === e[o]) {
          if (++o, o === e.length) {
            t.splice(-o, o);
            break;
          }
        } else
          o = 0;
    } while (i !== 0 || n);
    return a.text === "{" && t[t.length - 1].text === "}" && (t.pop(), t.shift()), t.reverse(), {
      tokens: t,
      start: a,
      end: s
    };
  }
  /**
   * Consume the specified number of (delimited) arguments from the token
   * stream and return the resulting array of arguments.
   */
  consumeArgs(e, t) {
    if (t) {
      if (t.length !== e + 1)
        throw new N("The length of delimiters doesn't match the number of args!");
      for (var n = t[0], a = 0; a < n.length; a++) {
        var s = this.popToken();
        if (n[a] !== s.text)
          throw new N("Use of the macro doesn't match its definition", s);
      }
    }
    for (var i = [], o = 0; o < e; o++)
      i.push(this.consumeArg(t && t[o + 1]).tokens);
    return i;
  }
  /**
   * Increment `expansionCount` by the specified amount.
   * Throw an error if it exceeds `maxExpand`.
   */
  countExpansion(e) {
    if (this.expansionCount += e, this.expansionCount > this.settings.maxExpand)
      throw new N("Too many expansions: infinite loop or need to increase maxExpand setting");
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
    var t = this.popToken(), n = t.text, a = t.noexpand ? null : this._getExpansion(n);
    if (a == null || e && a.unexpandable) {
      if (e && a == null && n[0] === "\\" && !this.isDefined(n))
        throw new N("Undefined control sequence: " + n);
      return this.pushToken(t), !1;
    }
    this.countExpansion(1);
    var s = a.tokens, i = this.consumeArgs(a.numArgs, a.delimiters);
    if (a.numArgs) {
      s = s.slice();
      for (var o = s.length - 1; o >= 0; --o) {
        var l = s[o];
        if (l.text === "#") {
          if (o === 0)
            throw new N("Incomplete placeholder at end of macro body", l);
          if (l = s[--o], l.text === "#")
            s.splice(o + 1, 1);
          else if (/^[1-9]$/.test(l.text))
            s.splice(o, 2, ...i[+l.text - 1]);
          else
            throw new N("Not a valid argument number", l);
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
    var t = [], n = this.stack.length;
    for (this.pushTokens(e); this.stack.length > n; )
      if (this.expandOnce(!0) === !1) {
        var a = this.stack.pop();
        a.treatAsRelax && (a.noexpand = !1, a.treatAsRelax = !1), t.push(a);
      }
    return this.countExpansion(t.length), t;
  }
  /**
   * Fully expand the given macro name and return the result as a string,
   * or return `undefined` if no such macro is defined.
   */
  expandMacroAsText(e) {
    var t = this.expandMacro(e);
    return t && t.map((n) => n.text).join("");
  }
  /**
   * Returns the expanded macro as a reversed array of tokens and a macro
   * argument count.  Or returns `null` if no such macro.
   */
  _getExpansion(e) {
    var t = this.macros.get(e);
    if (t == null)
      return t;
    if (e.length === 1) {
      var n = this.lexer.catcodes[e];
      if (n != null && n !== 13)
        return;
    }
    var a = typeof t == "function" ? t(this) : t;
    if (typeof a == "string") {
      var s = 0;
      if (a.includes("#"))
        for (var i = a.replace(/##/g, ""); i.includes("#" + (s + 1)); )
          ++s;
      for (var o = new zs(a, this.settings), l = [], h = o.lex(); h.text !== "EOF"; )
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
    return this.macros.has(e) || lt.hasOwnProperty(e) || Q.math.hasOwnProperty(e) || Q.text.hasOwnProperty(e) || xo.hasOwnProperty(e);
  }
  /**
   * Determine whether a command is expandable.
   */
  isExpandable(e) {
    var t = this.macros.get(e);
    return t != null ? typeof t == "string" || typeof t == "function" || !t.unexpandable : lt.hasOwnProperty(e) && !lt[e].primitive;
  }
}
var Es = /^[₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]/, L0 = Object.freeze({
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
}), Vr = {
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
}, $s = {
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
class xr {
  constructor(e, t) {
    this.mode = void 0, this.gullet = void 0, this.settings = void 0, this.leftrightDepth = void 0, this.nextToken = void 0, this.mode = "math", this.gullet = new Eh(e, t, this.mode), this.settings = t, this.leftrightDepth = 0, this.nextToken = null;
  }
  /**
   * Checks a result to make sure it has the right type, and throws an
   * appropriate error otherwise.
   */
  expect(e, t) {
    if (t === void 0 && (t = !0), this.fetch().text !== e)
      throw new N("Expected '" + e + "', got '" + this.fetch().text + "'", this.fetch());
    t && this.consume();
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
    var t = this.nextToken;
    this.consume(), this.gullet.pushToken(new Ae("}")), this.gullet.pushTokens(e);
    var n = this.parseExpression(!1);
    return this.expect("}"), this.nextToken = t, n;
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
  parseExpression(e, t) {
    for (var n = []; ; ) {
      this.mode === "math" && this.consumeSpaces();
      var a = this.fetch();
      if (xr.endOfExpression.has(a.text) || t && a.text === t || e && lt[a.text] && lt[a.text].infix)
        break;
      var s = this.parseAtom(t);
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
    for (var t = -1, n, a = 0; a < e.length; a++) {
      var s = e[a];
      if (s.type === "infix") {
        if (t !== -1)
          throw new N("only one infix operator per group", s.token);
        t = a, n = s.replaceWith;
      }
    }
    if (t !== -1 && n) {
      var i, o, l = e.slice(0, t), h = e.slice(t + 1);
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
      return n === "\\\\abovefrac" ? m = this.callFunction(n, [i, e[t], o], []) : m = this.callFunction(n, [i, o], []), [m];
    } else
      return e;
  }
  /**
   * Handle a subscript or superscript with nice errors.
   */
  handleSupSubscript(e) {
    var t = this.fetch(), n = t.text;
    this.consume(), this.consumeSpaces();
    var a;
    do {
      var s;
      a = this.parseGroup(e);
    } while (((s = a) == null ? void 0 : s.type) === "internal");
    if (!a)
      throw new N("Expected group after '" + n + "'", t);
    return a;
  }
  /**
   * Converts the textual input of an unsupported command into a text node
   * contained within a color node whose color is determined by errorColor
   */
  formatUnsupportedCmd(e) {
    for (var t = [], n = 0; n < e.length; n++)
      t.push({
        type: "textord",
        mode: "text",
        text: e[n]
      });
    var a = {
      type: "text",
      mode: this.mode,
      body: t
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
    var t = this.parseGroup("atom", e);
    if (t?.type === "internal" || this.mode === "text")
      return t;
    for (var n, a; ; ) {
      this.consumeSpaces();
      var s = this.fetch();
      if (s.text === "\\limits" || s.text === "\\nolimits") {
        if (t && t.type === "op") {
          var i = s.text === "\\limits";
          t.limits = i, t.alwaysHandleSupSub = !0;
        } else if (t && t.type === "operatorname")
          t.alwaysHandleSupSub && (t.limits = s.text === "\\limits");
        else
          throw new N("Limit controls must follow a math operator", s);
        this.consume();
      } else if (s.text === "^") {
        if (n)
          throw new N("Double superscript", s);
        n = this.handleSupSubscript("superscript");
      } else if (s.text === "_") {
        if (a)
          throw new N("Double subscript", s);
        a = this.handleSupSubscript("subscript");
      } else if (s.text === "'") {
        if (n)
          throw new N("Double superscript", s);
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
      } else if (L0[s.text]) {
        var h = Es.test(s.text), m = [];
        for (m.push(new Ae(L0[s.text])), this.consume(); ; ) {
          var f = this.fetch().text;
          if (!L0[f] || Es.test(f) !== h)
            break;
          m.unshift(new Ae(L0[f])), this.consume();
        }
        var v = this.subparse(m);
        h ? a = {
          type: "ordgroup",
          mode: "math",
          body: v
        } : n = {
          type: "ordgroup",
          mode: "math",
          body: v
        };
      } else
        break;
    }
    return n || a ? {
      type: "supsub",
      mode: this.mode,
      base: t,
      sup: n,
      sub: a
    } : t;
  }
  /**
   * Parses an entire function, including its base and all of its arguments.
   */
  parseFunction(e, t) {
    var n = this.fetch(), a = n.text, s = lt[a];
    if (!s)
      return null;
    if (this.consume(), t && t !== "atom" && !s.allowedInArgument)
      throw new N("Got function '" + a + "' with no arguments" + (t ? " as " + t : ""), n);
    if (this.mode === "text" && !s.allowedInText)
      throw new N("Can't use function '" + a + "' in text mode", n);
    if (this.mode === "math" && s.allowedInMath === !1)
      throw new N("Can't use function '" + a + "' in math mode", n);
    var {
      args: i,
      optArgs: o
    } = this.parseArguments(a, s);
    return this.callFunction(a, i, o, n, e);
  }
  /**
   * Call a function handler with a suitable context and arguments.
   */
  callFunction(e, t, n, a, s) {
    var i = {
      funcName: e,
      parser: this,
      token: a,
      breakOnTokenText: s
    }, o = lt[e];
    if (o && o.handler)
      return o.handler(i, t, n);
    throw new N("No function handler for " + e);
  }
  /**
   * Parses the arguments of a function or environment
   */
  parseArguments(e, t) {
    var n = t.numArgs + t.numOptionalArgs;
    if (n === 0)
      return {
        args: [],
        optArgs: []
      };
    for (var a = [], s = [], i = 0; i < n; i++) {
      var o = t.argTypes && t.argTypes[i], l = i < t.numOptionalArgs;
      ("primitive" in t && t.primitive && o == null || // \sqrt expands into primitive if optional argument doesn't exist
      t.type === "sqrt" && i === 1 && s[0] == null) && (o = "primitive");
      var h = this.parseGroupOfType("argument to '" + e + "'", o, l);
      if (l)
        s.push(h);
      else if (h != null)
        a.push(h);
      else
        throw new N("Null argument, please report this as a bug");
    }
    return {
      args: a,
      optArgs: s
    };
  }
  /**
   * Parses a group when the mode is changing.
   */
  parseGroupOfType(e, t, n) {
    switch (t) {
      case "color":
        return this.parseColorGroup(n);
      case "size":
        return this.parseSizeGroup(n);
      case "url":
        return this.parseUrlGroup(n);
      case "math":
      case "text":
        return this.parseArgumentGroup(n, t);
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
          throw new N("A primitive argument cannot be optional");
        var i = this.parseGroup(e);
        if (i == null)
          throw new N("Expected group as " + e, this.fetch());
        return i;
      }
      case "original":
      case null:
      case void 0:
        return this.parseArgumentGroup(n);
      default:
        throw new N("Unknown group type as " + e, this.fetch());
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
  parseStringGroup(e, t) {
    var n = this.gullet.scanArgument(t);
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
  parseRegexGroup(e, t) {
    for (var n = this.fetch(), a = n, s = "", i; (i = this.fetch()).text !== "EOF" && e.test(s + i.text); )
      a = i, s += a.text, this.consume();
    if (s === "")
      throw new N("Invalid " + t + ": '" + n.text + "'", n);
    return n.range(a, s);
  }
  /**
   * Parses a color description.
   */
  parseColorGroup(e) {
    var t = this.parseStringGroup("color", e);
    if (t == null)
      return null;
    var n = /^(#[a-f0-9]{3,4}|#[a-f0-9]{6}|#[a-f0-9]{8}|[a-f0-9]{6}|[a-z]+)$/i.exec(t.text);
    if (!n)
      throw new N("Invalid color: '" + t.text + "'", t);
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
    var t, n = !1;
    if (this.gullet.consumeSpaces(), !e && this.gullet.future().text !== "{" ? t = this.parseRegexGroup(/^[-+]? *(?:$|\d+|\d+\.\d*|\.\d*) *[a-z]{0,2} *$/, "size") : t = this.parseStringGroup("size", e), !t)
      return null;
    !e && t.text.length === 0 && (t.text = "0pt", n = !0);
    var a = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(t.text);
    if (!a)
      throw new N("Invalid size: '" + t.text + "'", t);
    var s = {
      number: +(a[1] + a[2]),
      // sign + magnitude, cast to number
      unit: a[3]
    };
    if (!Ci(s))
      throw new N("Invalid unit: '" + s.unit + "'", t);
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
    var t = this.parseStringGroup("url", e);
    if (this.gullet.lexer.setCatcode("%", 14), this.gullet.lexer.setCatcode("~", 13), t == null)
      return null;
    var n = t.text.replace(/\\([#$%&~_^{}])/g, "$1");
    return {
      type: "url",
      mode: this.mode,
      url: n
    };
  }
  /**
   * Parses an argument with the mode specified.
   */
  parseArgumentGroup(e, t) {
    var n = this.gullet.scanArgument(e);
    if (n == null)
      return null;
    var a = this.mode;
    t && this.switchMode(t), this.gullet.beginGroup();
    var s = this.parseExpression(!1, "EOF");
    this.expect("EOF"), this.gullet.endGroup();
    var i = {
      type: "ordgroup",
      mode: this.mode,
      loc: n.loc,
      body: s
    };
    return t && this.switchMode(a), i;
  }
  /**
   * Parses an ordinary group, which is either a single nucleus (like "x")
   * or an expression in braces (like "{x+y}") or an implicit group, a group
   * that starts at the current position, and ends right before a higher explicit
   * group ends, or at EOF.
   */
  parseGroup(e, t) {
    var n = this.fetch(), a = n.text, s;
    if (a === "{" || a === "\\begingroup") {
      this.consume();
      var i = a === "{" ? "}" : "\\endgroup";
      this.gullet.beginGroup();
      var o = this.parseExpression(!1, i), l = this.fetch();
      this.expect(i), this.gullet.endGroup(), s = {
        type: "ordgroup",
        mode: this.mode,
        loc: ke.range(n, l),
        body: o,
        // A group formed by \begingroup...\endgroup is a semi-simple group
        // which doesn't affect spacing in math mode, i.e., is transparent.
        // https://tex.stackexchange.com/questions/1930/when-should-one-
        // use-begingroup-instead-of-bgroup
        semisimple: a === "\\begingroup" || void 0
      };
    } else if (s = this.parseFunction(t, e) || this.parseSymbol(), s == null && a[0] === "\\" && !xo.hasOwnProperty(a)) {
      if (this.settings.throwOnError)
        throw new N("Undefined control sequence: " + a, n);
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
    for (var t = e.length - 1, n = 0; n < t; ++n) {
      var a = e[n];
      if (a.type === "textord") {
        var s = a.text, i = e[n + 1];
        if (!(!i || i.type !== "textord")) {
          if (s === "-" && i.text === "-") {
            var o = e[n + 2];
            n + 1 < t && o && o.type === "textord" && o.text === "-" ? (e.splice(n, 3, {
              type: "textord",
              mode: "text",
              loc: ke.range(a, o),
              text: "---"
            }), t -= 2) : (e.splice(n, 2, {
              type: "textord",
              mode: "text",
              loc: ke.range(a, i),
              text: "--"
            }), t -= 1);
          }
          (s === "'" || s === "`") && i.text === s && (e.splice(n, 2, {
            type: "textord",
            mode: "text",
            loc: ke.range(a, i),
            text: s + s
          }), t -= 1);
        }
      }
    }
  }
  /**
   * Parse a single symbol out of the string. Here, we handle single character
   * symbols and special functions like \verb.
   */
  parseSymbol() {
    var e = this.fetch(), t = e.text;
    if (/^\\verb[^a-zA-Z]/.test(t)) {
      this.consume();
      var n = t.slice(5), a = n.charAt(0) === "*";
      if (a && (n = n.slice(1)), n.length < 2 || n.charAt(0) !== n.slice(-1))
        throw new N(`\\verb assertion failed --
                    please report what input caused this bug`);
      return n = n.slice(1, -1), {
        type: "verb",
        mode: "text",
        body: n,
        star: a
      };
    }
    $s.hasOwnProperty(t[0]) && !Q[this.mode][t[0]] && (this.settings.strict && this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Accented Unicode text character "' + t[0] + '" used in math mode', e), t = $s[t[0]] + t.slice(1));
    var s = Ah.exec(t);
    s && (t = t.substring(0, s.index), t === "i" ? t = "ı" : t === "j" && (t = "ȷ"));
    var i;
    if (Q[this.mode][t]) {
      this.settings.strict && this.mode === "math" && vn.includes(t) && this.settings.reportNonstrict("unicodeTextInMathMode", 'Latin-1/Unicode text character "' + t[0] + '" used in math mode', e);
      var o = Q[this.mode][t].group, l = ke.range(e), h;
      Vu(o) ? h = {
        type: "atom",
        mode: this.mode,
        family: o,
        loc: l,
        text: t
      } : h = {
        type: o,
        mode: this.mode,
        loc: l,
        text: t
      }, i = h;
    } else if (t.charCodeAt(0) >= 128)
      this.settings.strict && (zi(t.charCodeAt(0)) ? this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Unicode text character "' + t[0] + '" used in math mode', e) : this.settings.reportNonstrict("unknownSymbol", 'Unrecognized Unicode character "' + t[0] + '"' + (" (" + t.charCodeAt(0) + ")"), e)), i = {
        type: "textord",
        mode: "text",
        loc: ke.range(e),
        text: t
      };
    else
      return null;
    if (this.consume(), s)
      for (var m = 0; m < s[0].length; m++) {
        var f = s[0][m];
        if (!Vr[f])
          throw new N("Unknown accent ' " + f + "'", e);
        var v = Vr[f][this.mode] || Vr[f].text;
        if (!v)
          throw new N("Accent " + f + " unsupported in " + this.mode + " mode", e);
        i = {
          type: "accent",
          mode: this.mode,
          loc: ke.range(e),
          label: v,
          isStretchy: !1,
          isShifty: !0,
          base: i
        };
      }
    return i;
  }
}
xr.endOfExpression = /* @__PURE__ */ new Set(["}", "\\endgroup", "\\end", "\\right", "&"]);
var la = function(e, t) {
  if (!(typeof e == "string" || e instanceof String))
    throw new TypeError("KaTeX can only parse string typed expression");
  var n = new xr(e, t);
  delete n.gullet.macros.current["\\df@tag"];
  var a = n.parse();
  if (delete n.gullet.macros.current["\\current@color"], delete n.gullet.macros.current["\\color"], n.gullet.macros.get("\\df@tag")) {
    if (!t.displayMode)
      throw new N("\\tag works only in display equations");
    a = [{
      type: "tag",
      mode: "text",
      body: a,
      tag: n.subparse([new Ae("\\df@tag")])
    }];
  }
  return a;
}, ko = function(e, t, n) {
  t.textContent = "";
  var a = ua(e, n).toNode();
  t.appendChild(a);
};
typeof document < "u" && document.compatMode !== "CSS1Compat" && (typeof console < "u" && console.warn("Warning: KaTeX doesn't work in quirks mode. Make sure your website has a suitable doctype."), ko = function() {
  throw new N("KaTeX doesn't work in quirks mode.");
});
var $h = function(e, t) {
  var n = ua(e, t).toMarkup();
  return n;
}, Bh = function(e, t) {
  var n = new Xn(t);
  return la(e, n);
}, Mo = function(e, t, n) {
  if (n.throwOnError || !(e instanceof N))
    throw e;
  var a = C(["katex-error"], [new Te(t)]);
  return a.setAttribute("title", e.toString()), a.setAttribute("style", "color:" + n.errorColor), a;
}, ua = function(e, t) {
  var n = new Xn(t);
  try {
    var a = la(e, n);
    return Fu(a, e, n);
  } catch (s) {
    return Mo(s, e, n);
  }
}, Dh = function(e, t) {
  var n = new Xn(t);
  try {
    var a = la(e, n);
    return Lu(a, e, n);
  } catch (s) {
    return Mo(s, e, n);
  }
}, Rh = "0.16.47", qh = {
  Span: e0,
  Anchor: ur,
  SymbolNode: Te,
  SvgNode: et,
  PathNode: ct,
  LineNode: pn
}, Ih = {
  /**
   * Current KaTeX version
   */
  version: Rh,
  /**
   * Renders the given LaTeX into an HTML+MathML combination, and adds
   * it as a child to the specified DOM node.
   */
  render: ko,
  /**
   * Renders the given LaTeX into an HTML+MathML combination string,
   * for sending to the client.
   */
  renderToString: $h,
  /**
   * KaTeX error, usually during parsing.
   */
  ParseError: N,
  /**
   * The schema of Settings
   */
  SETTINGS_SCHEMA: mn,
  /**
   * Parses the given LaTeX into KaTeX's internal parse tree structure,
   * without rendering to HTML or MathML.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __parse: Bh,
  /**
   * Renders the given LaTeX into an HTML+MathML internal DOM tree
   * representation, without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToDomTree: ua,
  /**
   * Renders the given LaTeX into an HTML internal DOM tree representation,
   * without MathML and without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToHTMLTree: Dh,
  /**
   * extends internal font metrics object with a new object
   * each key in the new object represents a font name
  */
  __setFontMetrics: yu,
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
  __defineMacro: p,
  /**
   * Expose the dom tree node types, which can be useful for type checking nodes.
   *
   * NOTE: These methods are not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __domTree: qh
};
function So(r, e = !1) {
  const t = M("span", { class: "formula" });
  return Ih.render(r, t, {
    displayMode: e,
    throwOnError: !1,
    strict: "ignore",
    trust: !1,
    maxExpand: 1e3,
    output: "htmlAndMathml"
  }), t;
}
const Bs = 1e3, Oh = 40;
function Fh(r, e) {
  const t = r.ranked().filter((f) => !r.network.layers[f[0]].products.has(f[2]));
  let n = t;
  const a = M("p", { class: "soft" }), s = M("div", { class: "costs" }), i = (f) => r.removal(n.slice(0, n.length - f), "threshold"), o = (f) => {
    const v = f > 0 && f < n.length ? `The ${f} most important of ${n.length} edges` : `${f} of ${t.length} edges`;
    a.textContent = `${v}. ${Se(r)}.`, m(f);
  }, l = M("input", {
    type: "range",
    min: 0,
    max: t.length,
    value: t.length,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => r.attemptSoon(() => i(Number(l.value)), r.lastThreshold !== null),
    change: () => {
      const f = Number(l.value), v = f === n.length;
      r.lastThreshold !== null ? r.exchangeLast(v ? null : i(f)) : v ? r.attempt(null) : r.commit(i(f)), e(a.textContent ?? "");
    }
  }), { draw: h, mark: m } = Lh(r, s, i);
  return r.listen((f) => {
    if (f === "trial" && o(Number(l.value)), f !== "edits") return;
    const v = r.removedApart();
    n = t.filter((k) => !v.has(String(k)));
    const g = r.lastThreshold, x = g?.do === "remove" ? n.length - g.edges.length : n.length;
    l.max = String(n.length), l.value = String(x), o(x), h(n.length);
  }), o(t.length), h(t.length), $t("pruning", "Fewer edges", M("label", { class: "wide" }, M("span", {}, "Edges that stay"), l), a, s);
}
function Lh(r, e, t) {
  const [n, a, s, i] = [320, 96, 44, 16];
  let o = [], [l, h, m] = [0, 0, 0];
  const f = ui(), v = (T) => Math.round(T / Math.max(h, 1) * l), g = (T) => s + T / Math.max(l, 1) * (n - s - 8), x = () => {
    const T = Math.max(...o, 1e-12), A = (O) => a - i - O / T * (a - i - 10), B = o.map((O, I) => `${I ? "L" : "M"}${g(v(I)).toFixed(1)},${A(O).toFixed(1)}`).join(""), { now: q } = r.cost();
    e.replaceChildren(
      U(
        "svg",
        { viewBox: `0 0 ${n} ${a}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        U("text", { x: s - 5, y: 14, "text-anchor": "end" }, Z(T)),
        U("text", { x: s - 5, y: a - i, "text-anchor": "end" }, "0"),
        U("text", { x: s, y: a - 2 }, "0"),
        U("text", { x: n - 8, y: a - 2, "text-anchor": "end" }, `${l} edges`),
        U("line", { class: "base", x1: s, x2: n - 8, y1: a - i, y2: a - i }),
        U("path", { class: "curve", d: B }),
        U("circle", { class: "mark", cx: g(m), cy: A(Math.min(q.loss, T)), r: 4 })
      )
    );
  };
  return { draw: (T) => {
    [l, h] = [T, Math.min(T, 24)];
    const A = [];
    f(h + 1, (B) => A.push(r.costWith(t(v(B))).loss), () => (o = A, x()), 30);
  }, mark: (T) => {
    m = T, o.length && x();
  } };
}
function Hh(r, e) {
  const t = M("div", { class: "lines", tabindex: 0, role: "group", "aria-label": "Formulas" }), n = M("p", { class: "soft" }), a = M("button", { type: "button", click: () => {
    l();
  } }, "Name all edges"), s = M("button", { type: "button", "aria-pressed": "false", click: () => (s.setAttribute("aria-pressed", String(!i())), o()) }, "In terms of the inputs"), i = () => s.getAttribute("aria-pressed") === "true", o = () => {
    const h = I1(r);
    s.hidden = !h || r.network.layers.length < 2;
    const m = h && (i() || s.hidden) ? h : F1(r), f = Ds(r);
    t.replaceChildren(...m.map(({ left: x, right: k }) => M("div", { class: "line" }, So(`${x} = ${k}`, !0))));
    const [v] = f;
    n.textContent = v ? `f(${Vt(r, v)}) is the curve of this edge. Choose the edge and fix a function on it, and the formula shows the function.` : h ? "Every edge is a function with a name." : "";
    const g = a === document.activeElement;
    a.hidden = !f.length, g && a.hidden && (s.hidden ? t : s).focus(), a.disabled = f.length > Bs, a.title = a.disabled ? `It names up to ${Bs} edges: remove weak ones first` : "Fixes on each curve the function that describes it best";
  }, l = async () => {
    const h = Ds(r), m = r.edits, f = [];
    a.disabled = !0;
    for (const v of h)
      if (f.push(r.suggestions(v)[0].edit), !(f.length % 5) && (e(`${f.length} of ${h.length} edges are named.`), await new Promise((g) => setTimeout(g)), r.edits !== m))
        return o();
    r.commitAll(f), e(`${f.length} edges named. ${Se(r)}`);
  };
  return r.listen((h) => h === "edits" && o()), o(), $t("formulas", "Formula", t, n, M("div", { class: "row" }, a, s));
}
function Ph(r, e) {
  const n = r.network.widths.slice(1, -1).flatMap((m, f) => Array.from({ length: m }, (v, g) => [f + 1, g]));
  if (!n.length) return null;
  n.sort((m, f) => r.nodeScore(...f) - r.nodeScore(...m));
  const a = n.slice(0, Oh), s = a.map((m) => {
    const v = M("input", { type: "text", maxlength: fi, autocomplete: "off", change: () => {
      const g = v.value.trim();
      g !== r.labelOf(...m) && (r.commit({ do: "label", node: m, text: g }), e(g ? `${Pt(r, ...m)} is called ${g}.` : `${Pt(r, ...m)} has no name.`));
    } });
    return v;
  }), i = () => s.forEach((m, f) => m.value = r.labelOf(...a[f]));
  r.listen((m) => m === "edits" && i()), i();
  const o = n.length - a.length, l = s.map((m, f) => M("label", {}, M("span", { class: "name" }, Pt(r, ...a[f])), m)), h = `What a node stands for, in your words; pictures, formulas and the log have it.${o ? ` These are the ${a.length} most important of ${n.length}.` : ""}`;
  return $t("labels", "Names of hidden nodes", M("p", { class: "soft" }, h), M("div", { class: "label-fields" }, ...l));
}
function Ds(r) {
  return r.edges().filter((e) => {
    if (r.obstacle(e)) return !1;
    const t = r.steps(e).at(-1)?.edit.do;
    return t ? t !== "remove" && t !== "fix" : !r.network.layers[e[0]].named.has(r.place(e));
  });
}
function Gh(r, e) {
  const t = (n) => Vt(r, n);
  switch (e.do) {
    case "remove":
      return e.edges.length === 1 ? `Removed ${t(e.edges[0])}` : `Removed ${e.edges.length} edges`;
    case "fix":
      return `Fixed ${t(e.edge)} as ${Ao(e.function)}`;
    case "redraw":
      return `${e.by ? `Made ${t(e.edge)} ${e.by}` : `Redrew ${t(e.edge)}`}`;
    case "bend": {
      const n = e.y.reduce((a, s, i) => Math.abs(s) > Math.abs(e.y[a]) ? i : a, 0);
      return `Bent ${t(e.edge)} by ${Z(e.y[n])} at ${Z(r.toUnits(e.edge[0], e.edge[1], e.x[n]))}`;
    }
    case "clip":
      return `Clipped ${t(e.edge)} to ${Z(e.low)} … ${Z(e.high)}`;
    case "label":
      return e.text ? `Named ${Pt(r, ...e.node)} ${e.text}` : `Took the name of ${Pt(r, ...e.node)} away`;
  }
}
function Ao(r) {
  return typeof r == "string" ? { 0: "a constant", x: "a line" }[r] ?? r : "a formula";
}
const Yr = 41, Uh = 500;
class Wh {
  constructor(e, t) {
    this.session = e, this.say = t, this.editor = new z1(e, t);
    const n = e.ranked().reverse().slice(0, Uh), a = e.edges().length - n.length;
    this.select = M("select", {
      "aria-label": "Edge, the most important first",
      change: () => e.choose(n[Number(this.select.value)])
    });
    const s = n.map((i, o) => M("option", { value: o }, Vt(e, i)));
    this.select.append(...s), a && this.select.append(M("option", { value: -1, disabled: !0 }, `and ${a.toLocaleString("en")} less important ones: choose them in the picture`)), this.element = M(
      "section",
      { class: "panel edge", "aria-label": "Edge" },
      M("h2", {}, "Edge"),
      M("p", { class: "soft" }, "The most important first"),
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
  facts = M("p", { class: "soft facts" });
  tools = M("div", { class: "tools" });
  waiting = 0;
  candidates = M("div", { class: "candidates" });
  low = M("input", { type: "number", step: "any", "aria-label": "Least value" });
  high = M("input", { type: "number", step: "any", "aria-label": "Greatest value" });
  draw() {
    const e = this.session.chosen;
    if (!e) return;
    const t = this.session.steps(e), n = this.session.isRemoved(e) ? "Removed: its average value stands in its place. " : t.length ? `Edited ${t.length === 1 ? "once" : `${t.length} times`}. ` : "";
    this.facts.textContent = `${n}Importance ${this.session.scoreText(e)}. ${this.session.obstacle(e)}`, this.editor.setPreview(null), this.drawTools(e), this.drawCandidates(e);
  }
  button(e, t, n = "", a = !1) {
    return M("button", { type: "button", title: n, disabled: a, click: t }, e);
  }
  putBack(e) {
    this.session.putBack(e), this.say(`Put back. ${Se(this.session)}`);
  }
  keep(e, t) {
    this.session.commit(e), this.say(`${t}. ${Se(this.session)}`);
  }
  drawTools(e) {
    if (this.session.isRemoved(e))
      return P0(this.tools, M("div", { class: "row" }, this.button("Put back", () => this.putBack(e), "The curve as it was before it was removed")));
    const { y: t } = this.session.curve(e), n = !!this.session.obstacle(e), a = this.session.network.layers[e[0]].products.has(e[2]);
    this.low.value = String(Number(Math.min(...t).toPrecision(3))), this.high.value = String(Number(Math.max(...t).toPrecision(3)));
    const s = () => {
      const [o, l] = [Number(this.low.value), Number(this.high.value)];
      o <= l ? this.keep({ do: "clip", edge: e, low: o, high: l }, "Clipped") : this.say("The first number must not be above the second.");
    };
    P0(
      this.tools,
      M(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([e]), "Removed"), "Replaces the curve by its average value.", a),
        this.button("Make increasing", () => this.monotonise(e, 1), "Replaces the curve by the nearest increasing one.", n),
        this.button("Make decreasing", () => this.monotonise(e, -1), "Replaces the curve by the nearest decreasing one.", n)
      ),
      M("div", { class: "row clip" }, M("span", {}, "Keep values from"), this.low, M("span", {}, "to"), this.high, this.button("Clip", s, "Values of the curve below the first number become that number, values above the second become the second.", n))
    );
  }
  /** The nearest monotone curve, where rows count. */
  monotonise(e, t) {
    const n = this.session.rows.levels[e[0]][e[1]], a = [...f0(n, Yr)], { y: s } = this.session.curve(e, !0, Float64Array.from(a)), i = a.map(() => 0.1);
    for (const h of n) i[Math.round((h - a[0]) / (a[Yr - 1] - a[0]) * (Yr - 1))]++;
    const o = vi(s.map((h) => t * h), i).map((h) => t * h), l = t > 0 ? "increasing" : "decreasing";
    if (gi(o, s)) return this.say(`This curve is ${l} already.`);
    this.keep({ do: "redraw", edge: e, x: a, y: o, by: l }, `Made ${l}`);
  }
  drawCandidates(e) {
    if (clearTimeout(this.waiting), this.session.obstacle(e) || this.session.isRemoved(e)) return this.candidates.replaceChildren();
    this.waiting = window.setTimeout(() => this.findCandidates(e), 30);
  }
  findCandidates(e) {
    const t = this.session.suggestions(e).map((a) => this.candidateRow(e, a));
    P0(this.candidates, M("h3", {}, "Functions that fit this curve"), M("p", { class: "soft" }, "Simple ones first: a longer one comes before them where its smaller error is worth it."), M("ul", {}, ...t));
  }
  candidateRow(e, t) {
    const { name: n, a, b: s, c: i, d: o, edit: l } = t, h = this.session.steps(e).at(-1)?.edit, m = h?.do === "fix" && h.function === n, f = () => this.editor.setPreview(l), v = () => this.editor.setPreview(null), g = M(
      "button",
      {
        type: "button",
        "aria-label": `Fix ${n}`,
        "aria-pressed": String(m),
        title: m ? "Puts the curve back" : "",
        click: () => m ? this.putBack(e) : this.keep(l, `Fixed ${Ao(n)}`),
        focus: f,
        blur: v
      },
      m ? "Fixed" : "Fix"
    ), { now: x } = this.session.cost(), k = Hn(t.cost.shown.at(-1), x.shown.at(-1)), S = k.change ? ` (${k.change})` : "", T = D1(n, a, s, i, o).replace(/\\(left|right)(?=[()])/g, ""), A = `${x.shown.at(-1).name} with it ${k.now}${S}, fit R² ${oi(t.r2)}`;
    return M("li", { pointerenter: f, pointerleave: v }, g, M("div", {}, So(T), M("p", { class: "soft" }, A)));
  }
}
const jh = (r) => r <= 40 ? 46 : r <= 150 ? 38 : 30, Vh = [0.5, 0.4, 0.6, 0.31, 0.69, 0.22, 0.78];
function Yh(r, e, t) {
  return r.map((n, a) => {
    const s = Math.min(t / n, 150), i = a / (r.length - 1) * e;
    return Array.from({ length: n }, (o, l) => ({ x: i, y: t / 2 + (l - (n - 1) / 2) * s }));
  });
}
function ha(r, e, t) {
  const n = 1 - t, a = (r.x + e.x) / 2;
  return { x: n ** 3 * r.x + 3 * n * n * t * a + 3 * n * t * t * a + t ** 3 * e.x, y: (n ** 3 + 3 * n * n * t) * r.y + (3 * n * t * t + t ** 3) * e.y };
}
function Xh(r, e, t, n, a) {
  const s = /* @__PURE__ */ new Map(), i = (m) => [Math.floor(m.x / t), Math.floor(m.y / t)], o = (m) => {
    const f = i(m).join();
    s.set(f, [...s.get(f) ?? [], m]);
  }, l = (m, f) => {
    const [v, g] = i(m);
    for (let x = v - 1; x <= v + 1; x++)
      for (let k = g - 1; k <= g + 1; k++)
        for (const S of s.get(`${x},${k}`) ?? [])
          if (Math.abs(S.x - m.x) < f && Math.abs(S.y - m.y) < f) return !1;
    return !0;
  };
  e.forEach(o);
  const h = [];
  for (const { edge: m, a: f, b: v } of r) {
    if (h.length >= n) break;
    const g = Vh.map((x) => ha(f, v, x)).find((x) => a(x) && l(x, t * 0.98));
    g && (o(g), h.push({ ...g, edge: m, size: t - 4 }));
  }
  return h;
}
function Kh(r, e, t) {
  if (r.x < e.x - 4 || r.x > t.x + 4) return 1 / 0;
  let n = 1 / 0, a = e;
  for (let s = 1; s <= 16; s++) {
    const i = ha(e, t, s / 16), [o, l] = [i.x - a.x, i.y - a.y], h = Math.min(1, Math.max(0, ((r.x - a.x) * o + (r.y - a.y) * l) / (o * o + l * l)));
    n = Math.min(n, Math.hypot(r.x - a.x - h * o, r.y - a.y - h * l)), a = i;
  }
  return n;
}
const Xr = { edges: 600, thumbs: 220 }, Zh = { edges: 220, thumbs: 80 }, Rs = 0.3, Jh = 160, Qh = 33, $n = 40, [_h, ec] = [0.5, 24];
class tc {
  constructor(e) {
    this.session = e, this.canvas = M("canvas", {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-label": "The network. Arrow up and down go from edge to edge by importance, plus and minus zoom, 0 shows all."
    }), this.strongest = e.ranked().reverse(), this.top = e.scores.map((t) => t.reduce((n, a) => Math.max(n, a), 0) || 1), this.draw = d0(() => this.paint()), this.show(null, this.isLarge ? $n : 1 / 0), this.refreshCurves(), this.listen(), new ResizeObserver(() => this.draw()).observe(this.canvas), mi(() => this.draw());
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
  /** Hears what of the network is drawn, in words. */
  onPaint = () => {
  };
  draw;
  /** Whether some layer has more nodes than a picture has room for. */
  get isLarge() {
    return Math.max(...this.session.network.widths) > 1.5 * $n;
  }
  /** Draws one layer, or all for null, and of each level so many of the most important nodes. */
  show(e, t = this.mostNodes) {
    [this.layer, this.mostNodes] = [e, t];
    const n = this.session.network.widths.map((s, i) => this.session.rankedNodes(i));
    this.shown = n.map((s) => s.slice(0, t).sort((i, o) => i - o));
    const a = this.shown.map((s) => new Set(s));
    this.drawn = this.strongest.filter(([s, i, o]) => (e === null || s === e) && a[s].has(i) && a[s + 1].has(o)), this.draw();
  }
  /** Computes small curves anew, as they are drawn. */
  refreshCurves() {
    this.curves.clear(), this.refreshSignals();
  }
  curveOf(e) {
    const t = this.curves.get(String(e));
    if (t) return t;
    const n = this.session.curve(e, !0, Qh);
    return this.curves.set(String(e), n), n;
  }
  /** Computes and draws one small curve anew, while it is dragged; all else waits until it ends. */
  refreshCurve(e) {
    const { x: t } = this.curveOf(e);
    this.curves.set(String(e), this.session.curve(e, !0, Float64Array.from(t)));
    const n = this.thumbs.find((s) => String(s.edge) === String(e)), a = this.canvas.getContext("2d");
    n && a && this.paintThumb(a, n);
  }
  /** Draws less for a moment, and all of it when the view has come to rest. */
  move() {
    const e = this.movingUntil < performance.now();
    this.movingUntil = performance.now() + Jh, this.draw(), e && this.waitForRest();
  }
  waitForRest() {
    const e = this.movingUntil - performance.now();
    setTimeout(() => this.movingUntil > performance.now() ? this.waitForRest() : this.draw(), e + 5);
  }
  refreshSignals() {
    this.signals = this.session.network.layers.map((e, t) => this.session.signals(t)), this.loudest = this.signals.map((e) => e.reduce((t, n) => Math.max(t, Math.abs(n)), 1e-12)), this.draw();
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
    const { clientWidth: e, clientHeight: t } = this.canvas, n = e < 480 ? 74 : 130;
    return { left: n, right: n, top: this.mostNodes === 1 / 0 ? 26 : 34, width: e, height: t };
  }
  arrange() {
    const e = this.frame(), t = [Math.max(e.width - e.left - e.right, 60), Math.max(e.height - 2 * e.top, 60)], { scale: n, left: a, top: s } = this.view, i = this.levels(), o = Yh(i.map((l) => this.shown[l].length), t[0], t[1]);
    this.nodes = this.session.network.widths.map(() => []), i.forEach(
      (l, h) => this.shown[l].forEach((m, f) => {
        const v = o[h][f];
        this.nodes[l][m] = { x: (e.left + v.x) * n + a, y: (e.top + v.y) * n + s };
      })
    );
  }
  /** The levels that are drawn, from left to right. */
  levels() {
    return this.layer !== null ? [this.layer, this.layer + 1] : this.session.network.widths.map((e, t) => t);
  }
  isDrawn([e, t, n]) {
    return !!(this.nodes[e]?.[t] && this.nodes[e + 1]?.[n]);
  }
  ends([e, t, n]) {
    return [this.nodes[e][t], this.nodes[e + 1][n]];
  }
  isInside(e) {
    const { clientWidth: t, clientHeight: n } = this.canvas;
    return e.x > 0 && e.x < t && e.y > 0 && e.y < n;
  }
  isSeen(e) {
    const [t, n] = this.ends(e), { clientWidth: a, clientHeight: s } = this.canvas;
    return n.x > 0 && t.x < a && Math.max(t.y, n.y) > 0 && Math.min(t.y, n.y) < s;
  }
  // Drawing.
  paint() {
    if (!this.canvas.clientWidth) return;
    const { context: e } = di(this.canvas);
    this.arrange();
    const t = performance.now() < this.movingUntil ? Zh : Xr, n = this.drawn.filter((a) => this.isSeen(a)).slice(0, t.edges);
    this.thinness = Math.min(1, Math.sqrt(200 / Math.max(n.length, 1)));
    for (const a of [...n].reverse()) this.paintEdge(e, a);
    for (const a of [this.session.chosen, this.hovered && "edge" in this.hovered ? this.hovered.edge : null])
      a && this.isDrawn(a) && this.paintEdge(e, a, !0);
    this.paintThumbs(e, n, t.thumbs), this.paintNodes(e), t === Xr && this.onPaint(this.describeDrawn(n.length));
  }
  describeDrawn(e) {
    const t = this.session.edges().length, n = e < t ? `${e.toLocaleString("en")} of ${t.toLocaleString("en")} edges are drawn, the most important` : `All ${t.toLocaleString("en")} edges are drawn`, a = this.thumbs.length;
    return a < e ? `${n}, ${a} with their curve: zoom in to see more. ` : `${n}. `;
  }
  paintEdge(e, t, n = !1) {
    const [a, s] = this.ends(t), i = Math.sqrt(this.session.score(t) / this.top[t[0]]), o = this.session.isRemoved(t), l = (a.x + s.x) / 2;
    e.beginPath(), e.moveTo(a.x, a.y), e.bezierCurveTo(l, a.y, l, s.y, s.x, s.y), e.lineWidth = n ? 2 + 2.5 * i : 0.6 + 3 * i, e.globalAlpha = n ? 1 : o ? 0.5 : (Rs + (0.75 - Rs) * this.visibility(t, i)) * this.thinness, e.strokeStyle = n ? this.ink("accent") : o ? this.ink("soft") : this.edgeColour(t), e.setLineDash(o ? [2, 5] : this.flowing > performance.now() ? [8, 6] : []), e.lineDashOffset = this.flow, e.stroke(), e.setLineDash([]), e.globalAlpha = 1;
  }
  visibility(e, t) {
    if (this.mode === "importance") return t;
    const n = Math.abs(this.signals[e[0]][this.session.place(e)]);
    return 0.25 * t + 0.75 * Math.sqrt(n / this.loudest[e[0]]);
  }
  edgeColour(e) {
    return this.mode === "importance" ? this.ink("ink") : this.ink(this.signals[e[0]][this.session.place(e)] < 0 ? "orange" : "blue");
  }
  ink(e) {
    return ci(this.canvas, e);
  }
  paintThumbs(e, t, n) {
    const a = Math.min(Math.max(Math.sqrt(this.view.scale), 0.8), 2), s = this.canvas.clientWidth < 480 ? 0.7 : 1, i = jh(this.drawn.length) * a * s, o = t.filter((h) => !this.session.isRemoved(h)).map((h) => ({ edge: h, a: this.ends(h)[0], b: this.ends(h)[1] })), l = (h) => this.isInside(h);
    this.thumbs = Xh(o, this.nodes.flat().filter((h) => h && l(h)), i, n, l);
    for (const h of this.thumbs) this.paintThumb(e, h);
  }
  paintThumb(e, { x: t, y: n, size: a, edge: s }) {
    const i = this.curveOf(s), o = this.isMarked(s), l = this.session.steps(s).length > 0, h = a / 2;
    e.fillStyle = this.ink("back"), e.strokeStyle = this.ink(o ? "accent" : l ? "good" : "line"), e.lineWidth = o || l ? 1.6 : 1, e.beginPath(), e.roundRect(t - h, n - h, a, a, 4), e.fill(), e.stroke();
    const m = [Kr(i.x), Kr(i.y)], f = (v, g) => [
      t - h + 3 + (v - m[0][0]) / m[0][1] * (a - 6),
      n + h - 4 - (g - m[1][0]) / m[1][1] * (a - 8)
    ];
    e.beginPath(), i.x.forEach((v, g) => e.lineTo(...f(v, i.y[g]))), e.strokeStyle = this.mode === "signal" ? this.edgeColour(s) : this.ink("ink"), e.lineWidth = 1.4, e.stroke(), this.paintPoint(e, s, i, f);
  }
  /** Where on the curve the sliders' point is. */
  paintPoint(e, t, n, a) {
    if (this.session.network.layers[t[0]].mixes) return;
    const [i, o] = Kr(n.x), l = this.session.pointLevels[t[0]][t[1]][0];
    if (l < i || l > i + o) return;
    const h = (l - i) / o * (n.x.length - 1), m = Math.min(Math.floor(h), n.x.length - 2), f = n.y[m] + (h - m) * (n.y[m + 1] - n.y[m]);
    e.fillStyle = this.ink("accent"), e.beginPath(), e.arc(...a(l, f), 2.2, 0, 2 * Math.PI), e.fill();
  }
  isMarked(e) {
    const t = this.hovered && "edge" in this.hovered ? this.hovered.edge : null;
    return String(e) === String(this.session.chosen) || String(e) === String(t);
  }
  paintNodes(e) {
    const t = this.levels();
    e.textBaseline = "middle", t.forEach((n, a) => {
      const s = this.shown[n].map((h) => this.nodes[n][h]), i = s.length > 1 ? Math.abs(s[1].y - s[0].y) : 99, o = Math.min(6, Math.max(1.5, i / 3)), l = a === 0 ? "right" : a === t.length - 1 ? "left" : "center";
      e.font = `${Math.min(13, Math.max(7, i - 1))}px system-ui, sans-serif`, this.shown[n].forEach((h, m) => this.paintNode(e, n, h, s[m], l, o, i)), this.paintRest(e, n, s.at(-1), l);
    });
  }
  paintNode(e, t, n, a, s, i, o) {
    const l = this.canvas.clientWidth < 480 ? 7 : 16;
    if (e.beginPath(), e.arc(a.x, a.y, i, 0, 2 * Math.PI), e.fillStyle = this.isNodeMarked(t, n) ? this.ink("accent") : this.ink("ink"), e.fill(), o < (s === "center" ? 24 : 7)) return;
    const h = jt(this.session, t, n);
    e.textAlign = s, s === "center" ? e.fillText(Yt(h, l), a.x, a.y - i - 8) : e.fillText(Yt(h, l), a.x + (s === "left" ? 1 : -1) * (i + 5), a.y);
  }
  /** How many nodes of a level are not drawn, below those that are. */
  paintRest(e, t, n, a) {
    const s = this.session.network.widths[t] - this.shown[t].length;
    s && (e.font = "12px system-ui, sans-serif", e.fillStyle = this.ink("soft"), e.textAlign = a, e.fillText(`and ${s} more`, n.x, n.y + 18));
  }
  isNodeMarked(e, t) {
    return this.hovered !== null && "node" in this.hovered && String(this.hovered.node) === String([e, t]);
  }
  // Pointer and keys.
  find(e) {
    for (const n of this.thumbs)
      if (Math.max(Math.abs(n.x - e.x), Math.abs(n.y - e.y)) <= n.size / 2 + 1) return { edge: n.edge };
    for (let n = 0; n < this.nodes.length; n++) {
      const a = this.nodes[n].findIndex((s) => s && Math.hypot(s.x - e.x, s.y - e.y) < 9);
      if (a >= 0) return { node: [n, a] };
    }
    let t = null;
    for (const n of this.drawn.slice(0, Xr.edges)) {
      const [a, s] = this.ends(n), i = Kh(e, a, s);
      i < 5 && (!t || i < t.gap - 0.5) && (t = { edge: n, gap: i });
    }
    return t && { edge: t.edge };
  }
  zoom(e, t = this.canvas.clientWidth / 2, n = this.canvas.clientHeight / 2) {
    const a = Math.min(ec, Math.max(_h, this.view.scale * e)), s = a / this.view.scale;
    this.view = { scale: a, left: t - s * (t - this.view.left), top: n - s * (n - this.view.top) }, this.move();
  }
  fit() {
    this.view = { scale: 1, left: 0, top: 0 }, this.draw();
  }
  hover(e, t = 0, n = 0) {
    JSON.stringify(e) !== JSON.stringify(this.hovered) && this.draw(), this.hovered = e, this.canvas.style.cursor = e && "edge" in e ? "pointer" : "grab", this.onHover(e, t, n);
  }
  listen() {
    const e = /* @__PURE__ */ new Map();
    let t = 0;
    const n = (i) => {
      const o = this.canvas.getBoundingClientRect();
      return { x: i.clientX - o.left, y: i.clientY - o.top };
    }, a = d0((i) => e.size || this.hover(this.find(i), i.x, i.y));
    this.canvas.addEventListener("pointerdown", (i) => {
      this.canvas.setPointerCapture(i.pointerId), e.set(i.pointerId, n(i)), t = e.size > 1 ? 99 : 0;
    }), this.canvas.addEventListener("pointermove", (i) => {
      const o = n(i), l = e.get(i.pointerId);
      if (!l) return a(o);
      const h = [...e].filter(([m]) => m !== i.pointerId).map(([, m]) => m);
      if (h.length) {
        const [m, f] = [l, o].map((v) => Math.hypot(v.x - h[0].x, v.y - h[0].y));
        this.zoom(f / Math.max(m, 1), (o.x + h[0].x) / 2, (o.y + h[0].y) / 2);
      } else
        t += Math.hypot(o.x - l.x, o.y - l.y), t > 3 && (this.view = { ...this.view, left: this.view.left + o.x - l.x, top: this.view.top + o.y - l.y }), this.move();
      e.set(i.pointerId, o);
    });
    const s = (i) => {
      const o = n(i);
      if (e.delete(i.pointerId) && t <= 3 && i.type === "pointerup") {
        const l = this.find(o);
        l && "edge" in l ? this.onChoose(l.edge) : this.hover(l, o.x, o.y);
      }
    };
    this.canvas.addEventListener("pointerup", s), this.canvas.addEventListener("pointercancel", s), this.canvas.addEventListener("pointerleave", () => this.hover(null)), this.canvas.addEventListener(
      "wheel",
      (i) => {
        if (!i.ctrlKey && document.activeElement !== this.canvas) return;
        i.preventDefault();
        const o = n(i);
        this.zoom(Math.exp(-i.deltaY * (i.ctrlKey ? 0.01 : 15e-4)), o.x, o.y);
      },
      { passive: !1 }
    ), this.canvas.addEventListener("keydown", (i) => this.press(i));
  }
  press(e) {
    const t = { "+": 1.3, "=": 1.3, "-": 0.7692307692307692 };
    if (e.key in t) this.zoom(t[e.key]);
    else if (e.key === "0") this.fit();
    else if (e.key === "ArrowDown" || e.key === "ArrowUp") this.step(e.key === "ArrowDown" ? 1 : -1);
    else return;
    e.preventDefault();
  }
  step(e) {
    const t = this.drawn.findIndex((a) => String(a) === String(this.session.chosen)), n = t < 0 ? 0 : (t + e + this.drawn.length) % this.drawn.length;
    this.onChoose(this.drawn[n]);
  }
  /** An edge in words, for those who don't see it. */
  describe(e) {
    return `${Vt(this.session, e)}, importance ${this.session.scoreText(e)}`;
  }
  /** Where on the page's canvas an edge's small curve or its middle is. */
  spotOf(e) {
    return this.thumbs.find((n) => String(n.edge) === String(e)) ?? ha(...this.ends(e), 0.5);
  }
  nodeAt(e, t) {
    return this.nodes[e][t];
  }
}
function Kr(r) {
  let [e, t] = [1 / 0, -1 / 0];
  for (const n of r)
    n < e && (e = n), n > t && (t = n);
  return t > e ? [e, t - e] : [e - 0.5, 1];
}
function To(r, e, t, n, a, s) {
  const i = M("dl", { class: "cost" }), o = (v, g) => M("button", { type: "button", click: g }, v), l = o("Undo", () => (r.undo(), a(`Undone. ${Se(r)}`))), h = o("Redo", () => (r.redo(), a(`Done again. ${Se(r)}`))), m = o("Start over", () => (r.setEdits([]), a("No edits. Undo brings them back."))), f = () => {
    const { now: v, before: g } = r.cost(), x = r.edits.length > 0 || r.trial !== null;
    i.replaceChildren(
      ...v.shown.map((S, T) => {
        const A = x && g.shown[T] ? Hn(S, g.shown[T]) : { now: S.value, before: "", change: "" }, B = A.change ? `${A.change}, was ${A.before}` : S.number === g.shown[T]?.number ? "unchanged" : "almost unchanged";
        return M("div", {}, M("dt", {}, S.name), M("dd", {}, A.now, x && M("span", { class: "soft" }, ` ${B}`)));
      })
    );
    const k = [l, h, m].find((S) => S === document.activeElement);
    l.disabled = !r.canUndo, h.disabled = !r.canRedo, m.disabled = !r.edits.length, k?.disabled && ([l, h, m].find((S) => !S.disabled) ?? s).focus();
  };
  return r.listen((v) => v !== "point" && v !== "choice" && f()), f(), document.addEventListener("keydown", (v) => {
    const g = v.key.toLowerCase();
    !(v.ctrlKey || v.metaKey) || !["y", "z"].includes(g) || !i.isConnected || v.target.matches?.("textarea, input[type=number], input[type=text]") || (v.preventDefault(), g === "y" || v.shiftKey ? r.redo() : r.undo(), a(Se(r)));
  }), M("header", {}, M("div", { class: "title" }, M("h1", {}, e), M("p", { class: "soft" }, t)), M("div", { class: "state" }, i, n), M("div", { class: "row" }, l, h, m, s));
}
function zo(r, e) {
  const t = r.toLocaleString("en");
  return r < e ? `${t} of ${e.toLocaleString("en")} rows` : `${t} rows`;
}
const [rc, nc] = [4e3, 60];
function Co() {
  const r = M("p", { class: "live", role: "status", "aria-live": "polite" });
  let e = 0;
  return { live: r, say: (n) => {
    clearTimeout(e), r.textContent = n, n && (e = window.setTimeout(() => r.textContent = "", rc + nc * n.length));
  } };
}
const ac = 1e5;
function No(r, e, t, n, ...a) {
  const s = M("ol", { class: "edits" }), i = M("textarea", { rows: 4, spellcheck: "false", "aria-label": "Log as JSON" }), o = () => JSON.stringify(r.log()), l = () => {
    s.replaceChildren(...r.edits.map((x) => M("li", {}, t(x))));
    const v = o(), g = v.length > ac;
    i.value = g ? "" : v, i.placeholder = g ? `The log has ${v.length.toLocaleString("en")} characters: copy or download it.` : "";
  }, h = (v, g) => M("button", { type: "button", click: g }, v), m = async () => {
    try {
      await navigator.clipboard.writeText(o()), e("Log copied.");
    } catch {
      i.closest("details").open = !0, i.value = o(), i.select(), e("Press Ctrl+C to copy the log.");
    }
  }, f = () => {
    try {
      r.load(i.value), e(`${r.edits.length} edits loaded.`);
    } catch (v) {
      e(v.message);
    }
  };
  return r.listen((v) => v === "edits" && l()), l(), $t(
    "log",
    "Edits",
    ...a,
    s,
    M("p", { class: "soft" }, "The log repeats your edits: in Python ", M("code", {}, n), " makes the same model."),
    M("div", { class: "row" }, h("Copy", () => {
      m();
    }), h("Download", () => sc(o()))),
    M("details", {}, M("summary", {}, "The log as text, to read or to load"), i, M("div", { class: "row" }, h("Load this text", f)))
  );
}
function sc(r) {
  const e = M("a", { href: URL.createObjectURL(new Blob([r], { type: "application/json" })), download: "edits.json" });
  e.click(), setTimeout(() => URL.revokeObjectURL(e.href), 1e3);
}
const qs = 40, ic = 41, oc = 120, Zr = 84, yt = { left: 40, right: 8, top: 7, bottom: 16 };
function lc(r) {
  const { payload: e } = r, t = e.output_names.map(() => M("output", {})), n = () => {
    const A = r.pointLevels.at(-1);
    t.forEach((B, q) => B.textContent = Ze(r.outputUnits(q, A[q][0]), a[q] / 10));
  }, a = r.outputs.map((A, B) => A.reduce((q, O) => Math.max(q, Math.abs(r.outputUnits(B, O))), 0)), s = r.rankedNodes(0), i = r.nodeScore(0, s[0]), o = (A) => hc(r, A, i), l = s.slice(0, qs).map(o), h = M("div", { class: "sliders" }, ...l.map((A) => A.element)), m = s.slice(qs), v = M("button", { type: "button", click: () => {
    const A = m.map(o);
    h.append(...A.map((B) => B.element)), l.push(...A), v.remove(), k();
  } }, `Show ${m.length} less important inputs`), g = M("select", { "aria-label": "Output that is drawn", change: () => k() });
  g.append(...e.output_names.map((A, B) => M("option", { value: B }, `Draw ${A}`)));
  const x = ui(), k = (A = 0) => {
    const B = Number(g.value), q = [], O = () => {
      const I = uc(q);
      l.forEach((G, V) => G.draw(q[V], I, e.output_names[B]));
    };
    x(l.length, (I) => q[I] = r.response(l[I].input, B, ic), O, A);
  };
  r.listen((A) => {
    n(), A !== "choice" && k(A === "trial" ? oc : 0);
  }), n(), new ResizeObserver(() => k()).observe(h);
  const S = M("ul", { class: "answers" }, ...e.output_names.map((A, B) => M("li", {}, M("span", { class: "name" }, A), t[B]))), T = M("p", { class: "soft" }, "Each plot shows what one input does to the output while the others stay where their sliders are.");
  return $t("point", "Inputs and outputs", M("div", { class: "row" }, S, ...t.length > 1 ? [g] : []), T, h, ...m.length ? [v] : []);
}
function uc(r) {
  let [e, t] = [1 / 0, -1 / 0];
  for (const { y: n } of r) for (const a of n) [e, t] = [Math.min(e, a), Math.max(t, a)];
  return t > e ? [e, t] : [e - 0.5, t + 0.5];
}
function hc(r, e, t) {
  const n = r.rows.levels[0][e], [a, s] = [n.reduce((A, B) => Math.min(A, B)), n.reduce((A, B) => Math.max(A, B))], i = (A) => r.inputUnits(e, A), o = Math.max(Math.abs(i(a)), Math.abs(i(s))), l = (A) => Ze(i(A), o), h = r.payload.input_names[e], m = M("output", {}, l(r.point[e])), f = d0((A) => r.setPoint(e, A)), v = M("input", {
    type: "range",
    min: 0,
    max: 1e3,
    step: 1,
    value: s > a ? Math.round((r.point[e] - a) / (s - a) * 1e3) : 500,
    disabled: !(s > a),
    "aria-label": h,
    "aria-valuetext": l(r.point[e]),
    input: () => {
      const A = a + Number(v.value) / 1e3 * (s - a);
      m.textContent = l(A), v.setAttribute("aria-valuetext", m.textContent), f(A);
    }
  }), g = r.nodeScore(0, e), x = M("div", { class: "plot" }), k = M("div", { class: "soft" }, `importance ${Ze(g, t)}`, M("i", { style: `width:${(100 * g / (t || 1)).toFixed(1)}%` })), S = M("div", { class: "slider" }, M("div", { class: "row" }, M("span", { class: "name" }, h), m), k, x, v);
  return { input: e, element: S, draw: (A, B, q) => {
    x.replaceChildren(cc(A, B, i(r.point[e]), `${q} along ${h}`, x.clientWidth || 240));
  } };
}
function cc({ x: r, y: e }, t, n, a, s) {
  const i = Zr - yt.bottom, o = Qe([r[0], r[r.length - 1]], [yt.left, s - yt.right]), l = Qe(t, [i, yt.top]), [h, m] = [r, t].map((g) => Math.max(Math.abs(g[0]), Math.abs(g[g.length - 1]))), f = [0, r.length - 1 >> 1, r.length - 1].map((g) => `${Ze(e[g], m)} at ${Ze(r[g], h)}`), v = r.reduce((g, x, k) => Math.abs(x - n) < Math.abs(r[g] - n) ? k : g, 0);
  return U(
    "svg",
    { viewBox: `0 0 ${s} ${Zr}`, class: "chart", role: "img", "aria-label": `${a}: ${f.join(", ")}` },
    ...t.map((g) => U("line", { x1: yt.left, x2: s - yt.right, y1: l(g), y2: l(g) })),
    ...t.map((g) => U("text", { x: yt.left - 4, y: l(g), "text-anchor": "end", "dominant-baseline": "middle" }, Ze(g, m))),
    ...[0, r.length - 1].map((g, x) => U("text", { x: o(r[g]), y: Zr - 4, "text-anchor": x ? "end" : "start" }, Ze(r[g], h))),
    U("path", { class: "curve", d: r.map((g, x) => `${x ? "L" : "M"}${o(g).toFixed(1)},${l(e[x]).toFixed(1)}`).join("") }),
    U("circle", { class: "mark", cx: o(n), cy: l(e[v]), r: 3.5 })
  );
}
const wt = { right: 10, top: 26, bottom: 34 };
function mc(r) {
  const { payload: e } = r, t = M("canvas", { class: "scatter", role: "img", "aria-label": "Predictions against what was observed" }), n = M("canvas", { class: "scatter", role: "img", "aria-label": "Residuals" }), a = (h, m) => {
    const f = M("select", { "aria-label": h, change: () => o() });
    return f.append(...m.map((v, g) => M("option", { value: g }, v))), f;
  }, s = a("Output", e.output_names), i = a("Residuals against", ["predictions", ...e.input_names]), o = d0(() => {
    const h = Number(s.value);
    Is(t, dc(r, h)), Is(n, fc(r, h, Number(i.value) - 1));
  });
  r.listen((h) => h !== "point" && h !== "choice" && o());
  for (const h of [t, n]) new ResizeObserver(o).observe(h);
  mi(o);
  const l = e.output_names.length > 1 ? [M("label", {}, "Output ", s)] : [];
  return M(
    "section",
    { class: "panel residuals", "aria-label": "Residuals" },
    M("h2", {}, r.y ? "Residuals" : "Change of the outputs"),
    M("div", { class: "row" }, ...l, M("label", {}, "Residuals against ", i)),
    M("div", { class: "pair" }, t, n)
  );
}
function Eo(r, e) {
  const t = r.rows.index, n = r.targets(t);
  if (n && r.payload.classes) return { values: n[0].map((s) => +(s === e)), name: "is the class" };
  const a = (s) => s.map((i) => r.outputUnits(e, i));
  return n ? { values: a(n[e]), name: "observed" } : { values: a(r.outputsBefore()[e]), name: "before" };
}
function $o(r, e) {
  const { outputs: t } = r;
  return r.payload.classes ? t[e].map((n, a) => {
    const s = Math.max(...t.map((o) => o[a])), i = t.reduce((o, l) => o + Math.exp(l[a] - s), 0);
    return Math.exp(t[e][a] - s) / i;
  }) : t[e].map((n) => r.outputUnits(e, n));
}
function dc(r, e) {
  const { values: t, name: n } = Eo(r, e);
  return { x: [...$o(r, e)], y: [...t], xTitle: "predicted", yTitle: n, line: "diagonal" };
}
function fc(r, e, t) {
  const { values: n } = Eo(r, e), a = $o(r, e), s = [...n].map((h, m) => h - a[m]);
  if (t < 0) return { x: [...a], y: s, xTitle: "predicted", yTitle: "residual", line: "zero" };
  const [i, o] = r.payload.input_scaling[t];
  return { x: [...r.rows.levels[0][t]].map((h) => i * h + o), y: s, xTitle: r.payload.input_names[t], yTitle: "residual", line: "zero" };
}
function Is(r, e) {
  if (!r.clientWidth) return;
  const { context: t, width: n, height: a } = di(r), s = (g) => ci(r, g), i = (g) => [Math.min(...g), Math.max(...g)], o = e.line === "zero" ? [...e.y, 0] : e.y;
  t.font = "11px system-ui, sans-serif";
  const l = Qe(i(o), [a - wt.bottom, wt.top]).nice(), h = 14 + Math.max(...l.ticks(5).map((g) => t.measureText(Z(g)).width)), m = Qe(i(e.x), [h, n - wt.right]).nice();
  t.strokeStyle = s("line"), t.fillStyle = s("soft"), t.textBaseline = "middle", t.textAlign = "right";
  for (const g of l.ticks(5))
    t.beginPath(), t.moveTo(h, l(g)), t.lineTo(n - wt.right, l(g)), t.stroke(), t.fillText(Z(g), h - 5, l(g));
  t.textAlign = "center";
  for (const g of m.ticks(Math.max(2, Math.floor(n / 90)))) t.fillText(Z(g), m(g), a - wt.bottom + 11);
  t.textAlign = "right", t.fillText(e.xTitle.slice(0, 40), n - wt.right, a - 8), t.textAlign = "left", t.fillText(e.yTitle, h, 9), t.globalAlpha = 0.55, t.fillStyle = s("blue");
  for (let g = 0; g < e.x.length; g++) t.fillRect(m(e.x[g]) - 1.5, l(e.y[g]) - 1.5, 3, 3);
  t.globalAlpha = 1, t.strokeStyle = s("orange"), t.lineWidth = 1.4, t.beginPath();
  const [f, v] = [Math.max(m.domain()[0], l.domain()[0]), Math.min(m.domain()[1], l.domain()[1])];
  e.line === "zero" ? (t.moveTo(h, l(0)), t.lineTo(n - wt.right, l(0))) : v > f && (t.moveTo(m(f), l(f)), t.lineTo(m(v), l(v))), t.stroke();
}
function ae(r) {
  const e = Uint8Array.from(atob(r.data), (a) => a.charCodeAt(0)), t = new DataView(e.buffer), n = new Float64Array(e.length / r.bytes);
  for (let a = 0; a < n.length; a++)
    n[a] = r.bytes === 4 ? t.getFloat32(4 * a, !0) : t.getFloat64(8 * a, !0);
  return { shape: r.shape, data: n };
}
function Bn(r) {
  const [e, t] = r.shape;
  return Array.from(
    { length: t },
    (n, a) => Float64Array.from({ length: e }, (s, i) => r.data[i * t + a])
  );
}
class pc {
  /** how many functions there are */
  count;
  ends;
  coef;
  powers;
  constructor(e) {
    const t = ae(e.coef);
    this.ends = ae(e.ends).data, this.coef = t.data, [, this.powers, this.count] = t.shape;
  }
  /** Each function of some numbers; beyond the cells the first and the last polynomials go on. */
  evaluate(e) {
    const { count: t, coef: n, powers: a } = this, s = Array.from({ length: t }, () => new Float64Array(e.length));
    for (let i = 0; i < e.length; i++) {
      const o = this.cellOf(e[i]), [l, h] = [this.ends[o], this.ends[o + 1]], m = (e[i] - (l + h) / 2) / ((h - l) / 2), f = o * a * t;
      for (let v = 0; v < t; v++) {
        let g = 0;
        for (let x = a - 1; x >= 0; x--) g = g * m + n[f + x * t + v];
        s[v][i] = g;
      }
    }
    return s;
  }
  cellOf(e) {
    let t = 0;
    for (let n = this.ends.length - 1; n - t > 1; ) {
      const a = t + n >> 1;
      e >= this.ends[a] ? t = a : n = a;
    }
    return t;
  }
}
const vc = 1e-5, gc = ["remove", "fix", "redraw"];
function It(r, e) {
  const t = e.map(() => /* @__PURE__ */ new Map());
  for (const n of r)
    Wn(n).forEach(([a, s, i], o) => {
      const l = s * e[a].out + i, h = t[a].get(l) ?? [];
      t[a].set(l, [...h, { edit: n, position: o }]);
    });
  return t;
}
const bc = (r) => r / (1 + Math.exp(-r));
function Bo(r, e) {
  const t = r[0].length, n = r.map(() => new Float64Array(t));
  for (let a = 0; a < t; a++) {
    let s = 0;
    for (const l of r) s += l[a];
    s /= r.length;
    let i = 0;
    for (const l of r) i += (l[a] - s) ** 2;
    const o = 1 / Math.sqrt(i / r.length + e);
    for (let l = 0; l < r.length; l++) n[l][a] = (r[l][a] - s) * o;
  }
  return n;
}
function yc(r) {
  let [e, t] = [1 / 0, -1 / 0];
  for (const a of r)
    for (const s of a)
      s < e && (e = s), s > t && (t = s);
  const n = t > e ? t - e : 1;
  return r.map((a) => a.map((s) => 2 * (s - e) / n - 1));
}
const Os = (r) => r.reduce((e, t) => e + t, 0) / r.length, Do = (r, e, [t, n]) => r.map((a) => t.data[e] * a + n.data[e]);
class wc {
  constructor(e, t, n) {
    this.payload = e, this.out = t;
    const { functions: a, activation: s, norm: i } = e;
    this.functions = a.map((o) => n[o]), this.activation = s === null ? null : n[s], this.each = i && i.each !== null ? n[i.each] : null, this.affine = i?.affine?.map(ae) ?? null, this.coef = ae(e.coef), this.base = e.base && ae(e.base), this.bias = e.bias && ae(e.bias).data, this.size = this.coef.shape[1];
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
    const { norm: t } = this.payload;
    let n = e;
    return t?.statistics_of === "row" && (n = Bo(e, t.eps)), t?.statistics_of === "batch" && (n = yc(e)), n.map((a, s) => this.normalisedAlone(a, s));
  }
  /** The step of the normalisation that doesn't mix an input with others. */
  normalisedAlone(e, t) {
    return this.each ? this.each.evaluate(e)[0] : this.affine ? Do(e, t, this.affine) : e;
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
    return this.normalised(e).map((t, n) => this.featuresAt(n, e[n], t));
  }
  /** The features of one input, where the normalisation doesn't mix it with others. */
  featuresOf(e, t) {
    return this.featuresAt(e, t, this.normalisedAlone(t, e));
  }
  /** Of x and z = n(x), of which the base activation sees one. */
  featuresAt(e, t, n) {
    const a = this.functions[e].evaluate(n);
    return this.activation ? [...a, ...this.activation.evaluate(this.payload.norm?.feeds_base ? n : t)] : a;
  }
  /** The coefficient of a feature of an edge. */
  weight(e, t, n) {
    return t < this.size ? this.coef.data[(e * this.size + t) * this.out + n] : this.base.data[e * this.out + n];
  }
}
class xc {
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
  constructor(e, t) {
    this.in = e.in, this.out = e.out, this.mixes = e.mixes, this.exists = e.exists.map(Boolean), this.curves = e.numeric && new wc(e.numeric, e.out, t), this.products = new Set(e.symbolic?.products ?? []);
    for (const s of e.symbolic?.edges ?? []) this.named.set(s.i * this.out + s.o, s);
    const n = e.symbolic && ae(e.symbolic.bias).data, a = this.curves?.bias;
    this.bias = Float64Array.from({ length: this.out }, (s, i) => (n?.[i] ?? 0) + (a?.[i] ?? 0)), this.post = e.post?.map(ae) ?? null;
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
    const t = this.axes.get(e);
    if (t) return t;
    const n = this.curves.normalised(e);
    return this.axes.set(e, n), n;
  }
  /** Kept as long as the inputs are: they mostly stay what they are when an edge changes. */
  features(e) {
    const t = this.known.get(e);
    if (t) return t;
    const n = this.curves?.features(e) ?? [];
    return this.known.set(e, n), n;
  }
  /** An edge at points of its input, after its edits; for layers that don't mix their inputs. */
  edgeAt(e, t, n) {
    const a = Math.floor(e / this.out), s = [];
    s[a] = t;
    const i = [];
    return i[a] = this.curves?.featuresOf(a, t) ?? [], this.editedValues(e, s, i, n);
  }
  /** What an edge adds on average: the features of a curve are averaged once for all edges. */
  meanOf(e, t, n) {
    const a = this.features(t);
    if (n || this.named.has(e)) return Os(this.editedValues(e, t, a, n));
    if (!this.curves || !this.exists[e]) return 0;
    this.means.has(a) || this.means.set(a, a.map((o) => o.map(Os)));
    const [s, i] = [Math.floor(e / this.out), e % this.out];
    return this.means.get(a)[s].reduce((o, l, h) => o + this.curves.weight(s, h, i) * l, 0);
  }
  /** What an edge adds before any edit. */
  edgeValues(e, t, n) {
    const a = Math.floor(e / this.out), s = e % this.out, i = new Float64Array(t[a].length);
    this.curves && this.exists[e] && this.addCurve(a, s, n[a], i);
    const o = this.named.get(e);
    if (o) {
      const l = lr(o.function), [h, m, f, v] = o.numbers, g = this.products.has(s) ? v : 0;
      for (let x = 0; x < i.length; x++) i[x] += f * l(h * t[a][x] + m) + g;
    }
    return i;
  }
  addCurve(e, t, n, a) {
    for (let s = 0; s < n.length; s++) {
      const i = this.curves.weight(e, s, t);
      if (i === 0) continue;
      const o = n[s];
      for (let l = 0; l < a.length; l++) a[l] += i * o[l];
    }
  }
  /** An edge after its edits. */
  editedValues(e, t, n, a) {
    const s = t[Math.floor(e / this.out)], i = a ? a.findLastIndex(({ edit: l }) => gc.includes(l.do)) : -1;
    let o = i < 0 ? this.edgeValues(e, t, n) : new Float64Array(s.length);
    for (const l of a?.slice(Math.max(i, 0)) ?? []) o = pi(l, o, s);
    return o;
  }
  forward(e, t) {
    const n = this.features(e), a = Array.from({ length: this.out }, (s, i) => this.node(i, e, n, t));
    return this.post ? Bo(a, vc).map((s, i) => Do(s, i, this.post).map(bc)) : a;
  }
  /** The layer again after a change of one node's edges. */
  forwardNode(e, t, n, a) {
    return this.post ? this.forward(t, n) : a.map((s, i) => i === e ? this.node(e, t, this.features(t), n) : s);
  }
  node(e, t, n, a) {
    const s = t[0].length, i = new Float64Array(s).fill(this.bias[e]), o = this.products.has(e) ? new Float64Array(s).fill(1) : null;
    let l = 0;
    for (let h = 0; h < this.in; h++) {
      const m = h * this.out + e;
      if (!this.exists[m]) continue;
      const f = a.get(m);
      if (!f && !this.named.has(m)) {
        this.addCurve(h, e, n[h], i);
        continue;
      }
      const v = f?.at(-1);
      if (v?.edit.do === "remove" && !o) {
        l += v.edit.constants[v.position];
        continue;
      }
      const g = this.editedValues(m, t, n, f);
      for (let x = 0; x < s; x++)
        o ? o[x] *= g[x] : i[x] += g[x];
    }
    if (o) for (let h = 0; h < s; h++) i[h] += o[h];
    if (l) for (let h = 0; h < s; h++) i[h] += l;
    return i;
  }
}
class kc {
  layers;
  widths;
  constructor(e) {
    const t = e.tables.map((n) => new pc(n));
    this.layers = e.layers.map((n) => new xc(n, t)), this.widths = e.widths;
  }
  get readsBatch() {
    return this.layers.some((e) => e.readsBatch);
  }
  /** What each layer gets, and last the outputs. */
  levels(e, t) {
    const n = [e];
    return this.layers.forEach((a, s) => n.push(a.forward(n[s], t[s]))), n;
  }
  /** The same when one edge alone has changed since `known`. */
  levelsAfter([e, , t], n, a) {
    const s = n.slice(0, e + 1);
    s.push(this.layers[e].forwardNode(t, s[e], a[e], n[e + 1]));
    for (let i = e + 1; i < this.layers.length; i++)
      s.push(this.layers[i].forward(s[i], a[i]));
    return s;
  }
}
const Ro = 16, Mc = 160, Sc = 100, Ac = 8, qo = 1e3, Tc = (r) => 0.5 * Math.log2(Math.max(Math.min(r, qo), 4)), zc = (r, e) => Math.min(r, qo) * e;
function Cc(r, e) {
  const t = Math.max(1, Math.floor(r.length / Mc)), n = Float64Array.from(r.filter((k, S) => S % t === 0)), a = Float64Array.from(e.filter((k, S) => S % t === 0)), [s, i] = [Math.min(...n), Math.max(...n)], o = (s + i) / 2, l = (i - s) / 2 || 1, h = n.map((k) => (k - o) / l), m = Math.max(...a) - Math.min(...a), f = Object.entries(Et).filter(([, k]) => !k.alias).map(([k, S]) => {
    const T = $c(S, h, a), A = T.b - T.a * o / l;
    return { name: k, a: T.a / l, b: A, c: T.c, d: T.d, r2: T.r2, bits: S.bits + Nc(S) * Tc(r.length) };
  }).filter((k) => [k.a, k.b, k.c, k.d].every(Number.isFinite) && Ec(k, m)), v = (k) => !f.some((S) => S.bits <= k.bits && S.r2 > k.r2), g = f.filter(v), x = f.filter((k) => !v(k)).sort((k, S) => S.r2 - k.r2);
  return [...g, ...x.slice(0, Math.max(0, Ac - g.length))];
}
const Nc = (r) => ({ "": 4, scale: 3, shift: 3, both: r.bits ? 2 : 1 })[r.free];
function Ec({ name: r, c: e }, t) {
  return ["both", "scale"].includes(Et[r].free) || Math.abs(e) <= Sc * t;
}
function $c(r, e, t) {
  const n = [e, t].map((o) => o.filter((l, h) => h % 4 === 0)), a = Bc(r).map(([o, l]) => Dn(r, o, l, n[0], n[1])).sort((o, l) => l.r2 - o.r2).slice(0, 4).map(({ a: o, b: l }) => Dn(r, o, l, e, t)), s = r.free === "both" ? 0 : r.free === "shift" || r.free === "scale" ? 1 : 2;
  return a.slice(0, s ? 3 : 1).map((o) => s ? Dc(r, o, e, t) : o).reduce((o, l) => l.r2 > o.r2 ? l : o);
}
function Bc(r) {
  const e = (n, a) => Array.from({ length: n }, (s, i) => a(i));
  if (r.free === "both") return [[1, 0]];
  if (r.free === "shift")
    return e(13, (n) => 0.1 * 2 ** (n / 1.6)).flatMap((n) => [[n, 0], [-n, 0]]);
  if (r.free === "scale") {
    const n = [1.0001, 1.01, 1.05, 1.2, 1.5, 2, 4, 10], a = r.domain[0] === 0 || r.pole ? n : [...e(21, (o) => o / 10), 3, 6, 12], s = r.domain[0] === 0 ? [1, -1] : [1], i = r.domain[0] === 0 ? a : [...a, ...a.map((o) => -o)];
    return s.flatMap((o) => i.map((l) => [o, l]));
  }
  const t = e(16, (n) => 0.15 * (Ro / 0.15) ** (n / 15));
  return r.period ? t.flatMap((n) => e(12, (a) => [n, a / 12 * r.period])) : Number.isFinite(r.domain[0]) ? e(8, (n) => 1 / (1 + 0.35 * n)).flatMap(
    (n) => e(5, (a) => [n * 0.9999, (a - 2) / 2 * (1 - n)])
  ) : t.flatMap((n) => e(17, (a) => [n, n * (a - 8) / 5]));
}
function Dn(r, e, t, n, a) {
  const s = n.length;
  let [i, o] = [0, 0];
  const l = n.map((x) => r.value(e * x + t));
  for (let x = 0; x < s; x++)
    i += l[x] / s, o += a[x] / s;
  let [h, m, f] = [0, 0, 0];
  for (let x = 0; x < s; x++) {
    const k = l[x] - i, S = a[x] - o;
    h += k * k, m += k * S, f += S * S;
  }
  const v = h > 1e-300 && Number.isFinite(h) ? m / h : 0, g = f > 0 ? v * m / f : v === 0 ? 1 : 0;
  return { a: e, b: t, c: v, d: o - v * i, r2: Number.isFinite(g) ? Math.min(g, 1) : 0 };
}
function Dc(r, e, t, n) {
  let a = e, s = 1e-3;
  for (let i = 0; i < 40 && s < 1e8; i++) {
    const o = Rc(r, a, t, n, s), l = o && Dn(r, a.a + o[0], a.b + o[1], t, n);
    if (l && Math.abs(l.a) <= 2 * Ro && l.r2 > a.r2) {
      const h = l.r2 - a.r2;
      if (a = l, s /= 5, h < 1e-13) break;
    } else
      s *= 4;
  }
  return a;
}
function Rc(r, e, t, n, a) {
  const i = Array.from({ length: 4 }, () => new Float64Array(5));
  for (let l = 0; l < t.length; l++) {
    const h = e.a * t[l] + e.b, m = 1e-5 * Math.max(1, Math.abs(h)), f = r.value(h), v = e.c * (r.value(h + m) - r.value(h - m)) / (2 * m), g = [v * t[l], v, f, 1], x = n[l] - e.c * f - e.d;
    for (let k = 0; k < 4; k++) {
      for (let S = 0; S < 4; S++) i[k][S] += g[k] * g[S];
      i[k][4] += g[k] * x;
    }
  }
  for (let l = 0; l < 4; l++) i[l][l] *= 1 + a;
  for (let l = 0; l < 4; l++) i[l][l] += 1e-14 * i[l][l] + 1e-290;
  const o = qc(i);
  return o && o.every(Number.isFinite) ? o : null;
}
function qc(r) {
  const e = r.length;
  for (let n = 0; n < e; n++) {
    let a = n;
    for (let s = n + 1; s < e; s++) Math.abs(r[s][n]) > Math.abs(r[a][n]) && (a = s);
    if (r[a][n] === 0) return null;
    [r[n], r[a]] = [r[a], r[n]];
    for (let s = n + 1; s < e; s++) {
      const i = r[s][n] / r[n][n];
      for (let o = n; o <= e; o++) r[s][o] -= i * r[n][o];
    }
  }
  const t = new Array(e).fill(0);
  for (let n = e - 1; n >= 0; n--) {
    let a = r[n][e];
    for (let s = n + 1; s < e; s++) a -= r[n][s] * t[s];
    t[n] = a / r[n][n];
  }
  return t;
}
const Ic = 6, Oc = 256, Fc = 5e6, Lc = 64, Hc = 65;
class Pc extends yi {
  constructor(e) {
    super(), this.payload = e, this.network = new kc(e), this.scores = e.scores.map((h) => ae(h).data), this.edgeList = this.listEdges(), this.rankedEdges = [...this.edgeList].sort((h, m) => this.score(h) - this.score(m));
    const t = Bn(ae(e.x)), n = t[0].length;
    this.y = e.y && (e.classes ? [ae(e.y).data] : Bn(ae(e.y)));
    const a = Math.max(Lc, Math.min(Oc, Math.floor(Fc / Math.max(this.edgeList.length, 1)))), s = Math.max(1, Math.ceil(n / a)), i = Array.from({ length: Math.ceil(n / s) }, (h, m) => m * s);
    this.changes = It([], this.network.layers);
    const o = Array.from({ length: n }, (h, m) => m);
    this.all = { index: o, levels: this.network.levels(t, this.changes) };
    const l = t.map((h) => Float64Array.from(i, (m) => h[m]));
    this.some = { index: i, levels: this.network.levels(l, this.changes) }, this.before = { all: this.all.levels.at(-1), some: this.some.levels.at(-1) }, this.point = t.map((h) => Float64Array.from(h).sort()[n >> 1]), this.history = new bi(Va(JSON.stringify(e.log), this.network.widths)), this.refresh();
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
  /** The rows that charts show now: fewer while something is dragged. */
  get rows() {
    return this.trial ? this.some : this.all;
  }
  get outputs() {
    return this.rows.levels.at(-1);
  }
  // Edits.
  refresh() {
    const e = this.trial && this.replaces ? this.edits.slice(0, -1) : this.edits, t = this.trial ? [...e, this.trial] : e;
    this.changes = It(t, this.network.layers), this.labels = new Map(t.flatMap((o) => o.do === "label" ? [[String(o.node), o.text]] : []));
    const n = this.rows, a = this.trial && this.trial.do !== "remove" && this.trial.do !== "label" && !this.replaces ? this.trial.edge : null, s = `${this.edits.length} ${this.trialKey} ${a}`, i = a !== null && s === this.someKey;
    n.levels = i ? this.network.levelsAfter(a, n.levels, this.changes) : this.network.levels(n.levels[0], this.changes), this.trial ? this.someKey = a ? s : "" : this.kept = { edits: this.edits, changes: this.changes, levels: n.levels }, this.movePoint();
  }
  /** Shows an edit without keeping it, perhaps in the place of the last; null takes it back. */
  attempt(e, t = !1) {
    this.stopWaiting(), this.trial = e, this.replaces = t, this.refresh(), this.tell("trial");
  }
  /** Shows an edit with the next frame, unless another is shown or anything is kept before. */
  attemptSoon(e, t = !1) {
    this.stopWaiting(), this.waiting = requestAnimationFrame(() => this.attempt(e(), t));
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
    const t = Va(e, this.network.widths);
    for (const n of t)
      for (const a of Wn(n))
        if (!this.exists(a)) throw new Error(`The network has no edge ${JSON.stringify(a)}.`);
    this.setEdits(t);
  }
  log() {
    return { edgewise_edits: 1, widths: this.network.widths, edits: this.edits };
  }
  /** Takes back what was last done to an edge: the edits of others stay. */
  putBack(e) {
    const t = this.steps(e).at(-1)?.edit;
    this.setEdits(this.edits.flatMap((n) => n === t ? v1(n, e) : [n]));
  }
  /** Edges that are removed by themselves, not by the threshold's slider. */
  removedApart() {
    return p1(this.lastThreshold ? this.edits.slice(0, -1) : this.edits);
  }
  // The point of the sliders.
  setPoint(e, t) {
    this.point[e] = t, this.movePoint(), this.tell("point");
  }
  /** An output along an input's range, with the other inputs at the sliders; in the units of the data. */
  response(e, t, n) {
    const a = f0(this.all.levels[0][e], n), s = this.point.map((l, h) => h === e ? a : new Float64Array(n).fill(l)), i = (l) => this.network.levels(l, this.changes).at(-1)[t], o = this.network.readsBatch ? a.map((l, h) => i(s.map((m) => m.slice(h, h + 1)))[0]) : i(s);
    return { x: Array.from(a, (l) => this.inputUnits(e, l)), y: Array.from(o, (l) => this.outputUnits(t, l)) };
  }
  movePoint() {
    const e = this.point.map((t) => Float64Array.of(t));
    this.pointLevels = this.network.levels(e, this.changes);
  }
  /** What a reader calls a node; "" if nothing. */
  labelOf(e, t) {
    return this.labels.get(String([e, t])) ?? "";
  }
  choose(e) {
    this.chosen = e, this.tell("choice");
  }
  // Edges.
  place([e, t, n]) {
    return t * this.network.layers[e].out + n;
  }
  exists(e) {
    const t = this.network.layers[e[0]], n = this.place(e);
    return t.exists[n] || t.named.has(n);
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
      (e, t) => Array.from({ length: e.in * e.out }, (n, a) => [
        t,
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
  nodeScore(e, t) {
    const n = e === this.network.layers.length, a = this.scores[n ? e - 1 : e], { in: s, out: i } = this.network.layers[n ? e - 1 : e];
    let o = 0;
    if (n) for (let l = 0; l < s; l++) o += a[l * i + t];
    else for (let l = 0; l < i; l++) o += a[t * i + l];
    return o;
  }
  /** The nodes of a level, the most important first. */
  rankedNodes(e) {
    const t = Array.from({ length: this.network.widths[e] }, (n, a) => this.nodeScore(e, a));
    return t.map((n, a) => a).sort((n, a) => t[a] - t[n]);
  }
  score(e) {
    return this.scores[e[0]][this.place(e)];
  }
  /** An edge's importance, to the decimals that matter beside that of the most important one. */
  scoreText(e) {
    return Ze(this.score(e), this.score(this.rankedEdges.at(-1)));
  }
  steps(e) {
    return this.changes[e[0]].get(this.place(e)) ?? [];
  }
  isRemoved(e) {
    return this.steps(e).at(-1)?.edit.do === "remove";
  }
  /** Why an edge's curve can't be changed; "" if it can. */
  obstacle([e, , t]) {
    const n = this.network.layers[e];
    return n.products.has(t) ? "This edge is a factor of a product, which can't be edited." : n.mixes ? `${n.normTitle} mixes the inputs of this layer, so this edge is no function of one of them: it can be removed only. Explore ew.surgery.unmix(model, x) to edit its curve.` : "";
  }
  /** What reaches an edge, on the axis that it is drawn over, and what it adds; row by row. */
  cloud([e, t, n], a = !0) {
    const s = this.network.layers[e], i = this.rows.levels[e], o = s.features(i), l = t * s.out + n, h = a ? this.changes[e].get(l) : void 0;
    return { x: s.axis(i)[t], y: s.editedValues(l, i, o, h) };
  }
  /**
   * Functions for an edge, the shortest description first: the bits of the function and its numbers
   * (see fit.ts), and those that all rows of the page take with it. Without targets these are bits
   * of the outputs as they are without it.
   */
  suggestions(e) {
    const { layers: t } = this.network, n = t[e[0]], [a, s, i] = [this.place(e), this.all.levels[e[0]], this.steps(e)], o = i.slice(i.findLastIndex(({ edit: k }) => k.do !== "fix") + 1).map(({ edit: k }) => k), l = It(this.edits.filter((k) => !o.includes(k)), t), [h, m] = [s[e[1]], n.editedValues(a, s, n.features(s), l[e[0]].get(a))], f = (k) => this.network.levelsAfter(e, this.all.levels, k).at(-1), v = this.targets(this.all.index), g = v ? this.before.all : f(l);
    return Cc(h, m).map(({ r2: k, bits: S, name: T, ...A }) => {
      const B = { do: "fix", edge: e, function: T, ...A }, q = f(It([...this.edits, B], t)), O = N0(q, v, this.payload, g).bits, I = N0(q, v, this.payload, this.before.all);
      return { name: T, ...A, r2: k, edit: B, cost: I, bits: S + zc(h.length, O) };
    }).sort((k, S) => k.bits - S.bits).slice(0, Ic);
  }
  /** The curve of one edge at points of one's own choice, or at so many over the range of its data. */
  curve(e, t = !0, n) {
    const a = this.network.layers[e[0]], s = this.rows.levels[e[0]];
    if (a.mixes) return this.meanCurve(e, t);
    const i = n instanceof Float64Array ? n : f0(s[e[1]], n ?? Hc), o = a.edgeAt(this.place(e), i, t ? this.steps(e) : void 0);
    return { x: [...i], y: [...o] };
  }
  /** Where a normalisation mixes the inputs, an edge is the mean of what it adds, given its axis. */
  meanCurve(e, t) {
    const { x: n, y: a } = this.cloud(e, t);
    let s = this.orders.get(n);
    return s || this.orders.set(n, s = Array.from(n.keys()).sort((i, o) => n[i] - n[o])), M1(n, a, s);
  }
  // Errors.
  /** What the network as it is now costs on the data, and what it cost at first. */
  cost() {
    const e = this.trial ? this.before.some : this.before.all, t = this.trial ? "some" : "all";
    return this.firstCost[t] ??= this.costOf(e, e), { now: this.costOf(this.outputs, e), before: this.firstCost[t] };
  }
  costOf(e, t) {
    return N0(e, this.targets(this.rows.index), this.payload, t);
  }
  /** The targets of some rows, or null without any. */
  targets(e) {
    return this.y?.map((t) => Float64Array.from(e, (n) => t[n])) ?? null;
  }
  /** The cost with one more edit, on the rows that charts show while something is dragged. */
  costWith(e) {
    const t = e.do === "remove" && e.by === "threshold" && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, n = It([...t, e], this.network.layers), a = this.network.levels(this.some.levels[0], n);
    return N0(a.at(-1), this.targets(this.some.index), this.payload, this.before.some);
  }
  /** The last edit, if the threshold's slider wrote it. */
  get lastThreshold() {
    const e = this.edits.at(-1);
    return e?.do === "remove" && e.by === "threshold" ? e : null;
  }
  /** An edit that removes these edges; each leaves what it adds on average. */
  removal(e, t) {
    const n = t && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, { changes: a, levels: s } = this.levelsAfter(n), i = e.map((l) => {
      const h = this.place(l);
      return this.network.layers[l[0]].meanOf(h, s[l[0]], a[l[0]].get(h));
    }), o = { do: "remove", edges: e, constants: i };
    return t ? { ...o, by: t } : o;
  }
  /** What all rows give after some edits; kept, since the threshold's slider asks often. */
  levelsAfter(e) {
    if (!this.kept || !cn(this.kept.edits, e)) {
      const t = It(e, this.network.layers);
      this.kept = { edits: e, changes: t, levels: this.network.levels(this.all.levels[0], t) };
    }
    return this.kept;
  }
  /** What each edge of a layer adds at the sliders' point, by its place. */
  signals(e) {
    const t = this.network.layers[e], n = this.pointLevels[e];
    return Float64Array.from({ length: t.in * t.out }, (a, s) => t.meanOf(s, n, this.changes[e].get(s)));
  }
  // Units.
  /** A value of an edge's axis in the units of the data. */
  toUnits(e, t, n) {
    return e || this.network.layers[0].mixes ? n : this.inputUnits(t, n);
  }
  inputUnits(e, t) {
    const [n, a] = this.payload.input_scaling[e];
    return n * t + a;
  }
  outputUnits(e, t) {
    const [n, a] = this.payload.output_scaling[e];
    return n * t + a;
  }
}
const Jr = 11, Ie = { left: 58, right: 14, top: 12, bottom: 40 }, Qr = 320, Fs = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };
class Gc {
  constructor(e, t) {
    this.session = e, this.say = t, new ResizeObserver(() => this.dragged < 0 && this.draw()).observe(this.element), e.listen((n) => {
      n === "choice" && (this.pressed = null), n === "trial" && this.dragged >= 0 ? this.follow() : n !== "point" && this.draw();
    });
  }
  session;
  say;
  element = M("div", { class: "editor" });
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
    e.kind === "curve" ? this.drawCurve(e) : e.kind === "levels" ? this.drawLevels(e) : this.element.replaceChildren(M("p", {}, "What two columns do together can be flattened: then each acts by itself."));
  }
  // Curves.
  drawCurve(e) {
    const { now: t, first: n } = this.session.effect, a = Math.max(this.element.clientWidth, 240), [s, i] = [ae(e.low).data, ae(e.high).data], o = this.session.columns[e.columns[0]], l = this.makeFrame(t.at, [t.value, n.value, s, i], a);
    this.frame = l, this.knots = Uc(t.at);
    const h = o.filter((v) => !Number.isNaN(v)), m = [...Rn(n.at, i, l), ...Rn(n.at, s, l).reverse()].map((v) => v.join(",")).join(" ");
    this.curve = U("path", { class: "curve", d: _r(t.at, t.value, l) }), this.handles = this.knots.map((v, g) => this.handleAt(v, g, l)), this.offsets = this.knots.map(() => 0), this.start = t.value;
    const f = [...this.element.querySelectorAll(".handle")].indexOf(document.activeElement);
    this.element.replaceChildren(
      U(
        "svg",
        { viewBox: `0 0 ${l.width} ${l.height}`, class: "chart", role: "group", "aria-label": `Curve of ${e.names[0]}` },
        h.length > 0 && Vn(h, [...t.at], l),
        this.axes(l, e.names[0]),
        U("polygon", { class: "band", points: m }),
        t !== n && U("path", { class: "curve first", d: _r(n.at, n.value, l) }),
        this.curve,
        ...this.handles
      ),
      ...t.missing === null ? [] : [M("p", { class: "soft" }, `A missing value: ${this.text(t.missing)}.`)]
    ), f >= 0 && this.handles[f]?.focus();
  }
  makeFrame(e, t, n) {
    let [a, s] = [0, 0];
    for (const h of t) for (const m of h) [a, s] = [Math.min(a, m), Math.max(s, m)];
    const i = 0.08 * (s - a) || 0.5, o = Qe([e[0], e[e.length - 1]], [Ie.left, n - Ie.right]), l = Qe([a - i, s + i], [Qr - Ie.bottom, Ie.top]);
    return {
      width: n,
      height: Qr,
      x: (h) => o(h),
      y: (h) => l(h),
      valueAt: (h) => l.invert(h),
      low: a - i,
      high: s + i,
      xTicks: o.ticks(Math.max(2, Math.floor(n / 90))).map((h) => ({ at: o(h), text: ut(h) })),
      yTicks: l.ticks(5).map((h) => ({ at: l(h), text: this.text(h) }))
    };
  }
  axes(e, t) {
    return U(
      "g",
      { class: "axes", "aria-hidden": "true" },
      ...e.yTicks.map((n) => U("line", { x1: Ie.left, x2: e.width - Ie.right, y1: n.at, y2: n.at })),
      ...e.yTicks.map((n) => U("text", { x: Ie.left - 6, y: n.at, "text-anchor": "end", "dominant-baseline": "middle" }, n.text)),
      ...e.xTicks.map((n) => U("text", { x: n.at, y: e.height - Ie.bottom + 15, "text-anchor": "middle" }, n.text)),
      U("text", { x: e.width - Ie.right, y: e.height - 6, "text-anchor": "end" }, Yt(t, 40)),
      U("text", { x: Ie.left + 4, y: Ie.top + 4 }, this.session.payload.units)
    );
  }
  /** An effect as it is told: a factor where effects multiply. */
  text(e) {
    return this.session.payload.link === "log" ? `× ${Z(this.session.told(e))}` : Z(e);
  }
  valueAt(e) {
    const { at: t } = this.session.effect.now;
    return this.session.effect.now.value[t.indexOf(e)];
  }
  handleAt(e, t, n) {
    const a = this.valueAt(e);
    return ki(n.x(e), n.y(a), {
      "aria-label": `Effect at ${ut(e)}`,
      "aria-valuenow": Number(a.toPrecision(4)),
      "aria-valuetext": this.text(a),
      pointerdown: (s) => this.begin(s, t),
      keydown: (s) => this.press(s, t)
    });
  }
  pixel(e) {
    const t = this.element.querySelector("svg").getBoundingClientRect();
    return (e.clientY - t.top) / t.height * Qr;
  }
  begin(e, t) {
    e.preventDefault(), this.handles[t].focus(), this.pressed = null, this.dragged = t;
    const n = new AbortController(), { signal: a } = n, s = () => (n.abort(), this.end());
    addEventListener("pointermove", (i) => i.pointerId === e.pointerId && this.drag(this.pixel(i)), { signal: a }), addEventListener("pointerup", (i) => i.pointerId === e.pointerId && s(), { signal: a }), addEventListener("pointercancel", (i) => i.pointerId === e.pointerId && s(), { signal: a });
  }
  drag(e) {
    if (!this.frame) return;
    const t = this.session.effect.now.at.indexOf(this.knots[this.dragged]);
    this.offsets[this.dragged] = this.frame.valueAt(e) - this.start[t], this.session.attempt(this.session.redraw(this.bent()));
  }
  end() {
    if (this.dragged < 0) return;
    this.dragged = -1;
    const e = this.session.trial;
    e && (this.session.commit(e), this.say(`Curve drawn. ${Se(this.session)}`));
  }
  /** Keys that follow each other on one curve are one step of undo. */
  press(e, t) {
    if (!(e.key in Fs) || !this.frame) return;
    e.preventDefault();
    const n = this.pressed !== null && this.pressed === this.session.edits.at(-1);
    this.offsets[t] = Fs[e.key] * (this.frame.high - this.frame.low), this.session.commit(this.session.redraw(this.bent()), n), this.pressed = this.session.edits.at(-1) ?? null, this.say(Se(this.session));
  }
  bent() {
    const e = hn(this.knots, this.offsets, this.session.effect.now.at);
    return this.start.map((t, n) => t + e[n]);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const { now: e } = this.session.effect, t = this.frame;
    this.curve?.setAttribute("d", _r(e.at, e.value, t)), this.knots.forEach((n, a) => jn(this.handles[a], t.x(n), t.y(this.valueAt(n))));
  }
  // Levels.
  drawLevels(e) {
    const { now: t } = this.session.effect, n = ae(e.counts).data, a = Math.max(...t.value.map(Math.abs), 1e-12), s = [...this.element.querySelectorAll("input")].indexOf(document.activeElement), i = e.levels.map((o, l) => {
      const h = o ?? "missing", m = M("input", { type: "number", step: "any", value: Number(this.session.told(t.value[l]).toPrecision(4)), "aria-label": `Effect of ${h}` });
      m.addEventListener("change", () => this.setLevel(l, Number(m.value)));
      const f = 50 * Math.abs(t.value[l]) / a, v = M("i", { class: t.value[l] < 0 ? "minus" : "", style: `width:${f}%;${t.value[l] < 0 ? "right" : "left"}:50%` });
      return M("li", {}, M("span", { class: "name" }, h), M("span", { class: "soft" }, `${ut(n[l])} rows`), M("span", { class: "bar" }, v), m);
    });
    this.element.replaceChildren(M("ul", { class: "level-list", tabindex: 0, "aria-label": `Levels of ${e.names[0]}` }, ...i)), s >= 0 && this.element.querySelectorAll("input")[s]?.focus();
  }
  setLevel(e, t) {
    const { payload: n } = this.session.effect, a = n.levels[e];
    if (!(Number.isFinite(t) && (this.session.payload.link !== "log" || t > 0))) return this.say("Expected a number, above 0 where effects are factors.");
    this.session.commit(this.session.make("replace", { values: [[a, t]] })), this.say(`${a ?? "missing"} set. ${Se(this.session)}`);
  }
}
function Uc(r) {
  if (r.length <= Jr + 1) return [...r];
  const [e, t] = [r[0], r[r.length - 1]], n = (a) => r.reduce((s, i) => Math.abs(i - a) < Math.abs(s - a) ? i : s, r[0]);
  return [...new Set(Array.from({ length: Jr }, (a, s) => n(e + s / (Jr - 1) * (t - e))))];
}
const Rn = (r, e, t) => Array.from(r, (n, a) => [t.x(n).toFixed(1), t.y(e[a]).toFixed(1)]), _r = (r, e, t) => Rn(r, e, t).map((n, a) => `${a ? "L" : "M"}${n.join(",")}`).join("");
function ut(r) {
  return Number.isInteger(r) && Math.abs(r) < 1e5 ? String(r).replace("-", "−") : Z(r, 4);
}
const en = 12, Wc = 0.9, Ls = 4;
class jc extends yi {
  constructor(e) {
    super(), this.payload = e, this.columns = e.columns.map((t) => ae(t.values).data), this.rows = this.columns[0].length, this.rest = e.outputs.map((t) => ae(t.rest).data), this.effects = e.outputs.map((t) => t.effects.map(Vc)), this.y = e.y && (e.classes ? [ae(e.y).data] : Bn(ae(e.y))), this.before = this.predicted = this.predict(), this.firstCost = this.costOf(this.before);
  }
  payload;
  columns;
  effects;
  rows;
  rest;
  y;
  before;
  firstCost;
  predicted;
  chosen = [0, 0];
  by = "";
  get effect() {
    return this.effects[this.chosen[0]][this.chosen[1]];
  }
  choose(e, t) {
    this.chosen = [e, t], this.tell("choice");
  }
  // Edits.
  /** An edit of the chosen effect; values are on the scale of the sum. */
  make(e, t = {}) {
    const n = this.payload.output_names[this.chosen[0]];
    return { feature: this.effect.payload.names, action: e, options: t, output: n, before: null, after: null, rows: 0, by: this.by || null, on: null, note: null };
  }
  /** An edit that puts other values in the place of the chosen effect's. */
  redraw(e, t = null) {
    const { payload: n, now: a } = this.effect, s = [...e].map((i) => this.told(i));
    return n.kind === "levels" ? this.make("replace", { values: n.levels.map((i, o) => [i, s[o]]) }) : { ...this.make("replace", { at: [...a.at], values: s }), note: t };
  }
  /** Shows an edit without keeping it; null takes it back. */
  attempt(e) {
    this.trial = e, this.refresh(), this.tell("trial");
  }
  /** Keeps an edit, with what it does to the loss; in the place of the last one as the same step. */
  commit(e, t = !1) {
    this.trial = null;
    const n = t ? this.edits.slice(0, -1) : this.edits, a = this.lossAfter(n), s = this.lossAfter([...n, e]), i = { ...e, before: a, after: s, rows: this.y ? this.rows : 0, on: (/* @__PURE__ */ new Date()).toISOString() };
    t ? this.history.exchangeLast(i) : this.history.set([...this.edits, i]), this.show();
  }
  show() {
    this.trial = null, this.refresh(), this.tell("edits");
  }
  refresh() {
    this.apply(this.trial ? [...this.edits, this.trial] : this.edits), this.predicted = this.predict();
  }
  lossAfter(e) {
    return this.y ? (this.apply(e), this.lossOf(this.predict())) : null;
  }
  apply(e) {
    this.effects.forEach((t, n) => {
      for (const a of t) {
        const s = e.filter((i) => this.isOf(i, a, n));
        a.now = s.reduce((i, o) => this.follow(i, o, a.payload), a.first);
      }
    });
  }
  isOf(e, t, n) {
    const { names: a } = t.payload;
    return a.length === e.feature.length && a.every((i) => e.feature.includes(i)) && (e.output === null || e.output === this.payload.output_names[n]);
  }
  follow(e, t, n) {
    const { at: a, values: s } = t.options;
    if (t.action === "flatten") {
      const f = (v) => new Float64Array(v.length);
      return { ...e, value: f(e.value), missing: e.missing === null ? null : 0, parts: f(e.parts), edited: !0 };
    }
    const i = this.columns[n.columns[0]];
    if (n.kind === "levels") {
      const f = new Map(s.map(([k, S]) => [k, this.own(S)])), v = e.value.map((k, S) => f.get(n.levels[S]) ?? k), { levels: g } = this.payload.columns[n.columns[0]], x = e.parts.map((k, S) => f.get(g[i[S]]) ?? k);
      return { ...e, value: v, parts: x, edited: !0 };
    }
    const o = Float64Array.from(a), l = Float64Array.from(s, (f) => this.own(f)), h = t.options.missing === void 0 ? e.missing : this.own(t.options.missing), m = e.parts.map((f, v) => Number.isNaN(i[v]) ? h ?? f : Yc(o, l, i[v]));
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
    const t = Kc(e, this.payload.log), n = this.payload.log.edits;
    if (JSON.stringify(t.edits.slice(0, n.length)) !== JSON.stringify(n))
      throw new Error("This log doesn't begin with the edits that the model has already.");
    const a = t.edits.slice(n.length);
    for (const s of a) this.check(s);
    this.setEdits(a);
  }
  check(e) {
    const t = this.effects.flatMap((h, m) => h.filter((f) => this.isOf(e, f, m)))[0], n = `${e.action} ${e.feature.join(" × ")}`;
    if (!t) throw new Error(`The model has no effect for the edit "${n}".`);
    const { at: a, values: s } = e.options, i = Array.isArray(a) && a.length > 1 && a.length === s?.length, o = Array.isArray(s) && s.every((h) => Array.isArray(h) && Number.isFinite(h[1]));
    if (!(e.action === "flatten" || e.action === "replace" && (t.payload.kind === "levels" ? o : t.payload.kind === "curve" && i))) throw new Error(`The page can't repeat the edit "${n}"; Python's replay can.`);
  }
  // Predictions and what they cost.
  /** Targets, or the probability of each output's class. */
  predict() {
    const e = this.effects.map((o, l) => {
      const h = Float64Array.from(this.rest[l]);
      for (const { now: m } of o) for (let f = 0; f < h.length; f++) h[f] += m.parts[f];
      return h;
    }), { link: t, scales: n, bounds: a } = this.payload;
    if (t === "logistic") return e.map((o) => o.map((l) => 1 / (1 + Math.exp(-l))));
    if (t === "softmax") {
      const o = e[0].map((l, h) => e.reduce((m, f) => m + Math.exp(f[h]), 0));
      return e.map((l) => l.map((h, m) => Math.exp(h) / o[m]));
    }
    const [s, i] = [a[0] ?? -1 / 0, a[1] ?? 1 / 0];
    return e.map(
      (o, l) => o.map((h) => {
        const [m, f] = n[l];
        return Math.min(Math.max(m + (t === "log" ? f * Math.exp(h) : h), s), i);
      })
    );
  }
  /** The predictions of the rows now, one column an output. */
  get predictions() {
    return this.predicted;
  }
  /** What a row costs: squared errors, or minus the logarithm of its class's share. */
  lossAt(e, t) {
    const n = this.y;
    if (this.payload.classes) {
      const a = e.length > 1 ? e[n[0][t]][t] : n[0][t] ? e[0][t] : 1 - e[0][t];
      return -Math.log(Math.max(a, 1e-15));
    }
    return e.reduce((a, s, i) => a + (s[t] - n[i][t]) ** 2, 0) / e.length;
  }
  lossOf(e, t) {
    let [n, a] = [0, 0];
    const s = (i) => (n += this.lossAt(e, i), a++);
    if (t) t.forEach(s);
    else for (let i = 0; i < this.rows; i++) s(i);
    return n / a;
  }
  cost() {
    return { now: this.costOf(this.predicted), before: this.firstCost };
  }
  costOf(e) {
    if (!this.y) return this.changeOf(e);
    const t = this.lossOf(e);
    if (this.payload.classes) {
      const s = this.y[0].reduce((i, o, l) => i + +(this.likeliest(e, l) === o), 0) / this.rows;
      return { loss: t, shown: [ai("Accuracy", s), zt("Cross entropy", t)] };
    }
    const n = this.y.reduce((s, i) => s + tn(i), 0) / this.y.length, a = [zt("RMSE", Math.sqrt(t))];
    return n > 0 && a.unshift(zt("R²", 1 - t / n)), { loss: t, shown: a };
  }
  likeliest(e, t) {
    return e.length === 1 ? +(e[0][t] > 0.5) : e.reduce((n, a, s) => a[t] > e[n][t] ? s : n, 0);
  }
  changeOf(e) {
    const t = this.before ?? e, n = e.reduce((i, o, l) => i + o.reduce((h, m, f) => h + (m - t[l][f]) ** 2, 0), 0), a = t.reduce((i, o) => i + tn(o) * o.length, 0), s = a > 0 ? Math.sqrt(n / a) : Math.sqrt(n);
    return { loss: s, shown: [si(s)] };
  }
  /** A loss as people read it. */
  shownLoss(e, t) {
    if (!this.y) return "–";
    const n = this.lossOf(t === "now" ? this.predicted : this.before, e);
    return Z(this.payload.classes ? n : Math.sqrt(n));
  }
  get lossName() {
    return this.payload.classes ? "Cross entropy" : "RMSE";
  }
  // Whom edits affect.
  /** How predictions of the chosen output moved since the page was opened. */
  affected(e = [...this.predicted[0].keys()]) {
    const [t, n] = [this.predicted[this.chosen[0]], this.before[this.chosen[0]]], a = { rows: 0, rising: 0, mean: 0, size: 0, largest: 0 }, s = this.step / 2;
    for (const i of e) {
      const o = t[i] - n[i];
      a.mean += o / e.length, !(Math.abs(o) < s) && (a.rows++, a.rising += +(o > 0), a.size += Math.abs(o), a.largest = Math.max(a.largest, Math.abs(o)));
    }
    return a.rows && (a.size /= a.rows), a;
  }
  /** The step to which predictions of the chosen output are told; less is no change. */
  get step() {
    return this.payload.classes ? 1e-3 : ii(Math.sqrt(tn(this.before[this.chosen[0]])));
  }
  /** A change of predictions in words: of a probability in points of a hundred. */
  changeText(e) {
    const t = Math.abs(e) < this.step / 2 ? 0 : e;
    return this.payload.classes ? `${Z(100 * t)} points` : Z(t);
  }
  /** Whether a column has another value in nearly every row and so groups nothing: a name or a number of rows. */
  isIdentifier(e) {
    const t = this.columns[e];
    return (this.payload.columns[e].levels !== null || t.every((a) => Number.isInteger(a) || Number.isNaN(a))) && new Set(t).size > Wc * t.length;
  }
  /** Rows by a column: its levels, the most frequent first, or quarters of its numbers. */
  groups(e) {
    const { levels: t } = this.payload.columns[e], n = this.columns[e], a = t ? (o) => t[o] ?? "missing" : Xc(n), s = /* @__PURE__ */ new Map();
    n.forEach((o, l) => {
      const h = a(o);
      s.has(h) || s.set(h, []), s.get(h).push(l);
    });
    const i = [...s].map(([o, l]) => ({ name: o, rows: l }));
    return t ? (i.sort((o, l) => l.rows.length - o.rows.length), i.length <= en ? i : [...i.slice(0, en), { name: "others", rows: i.slice(en).flatMap((o) => o.rows) }]) : i.sort((o, l) => +(o.name === "missing") - +(l.name === "missing") || n[o.rows[0]] - n[l.rows[0]]);
  }
}
function Vc(r) {
  const e = ae(r.parts).data, t = new Float64Array(0), n = r.kind === "pair" ? t : ae(r.value).data, s = { at: r.kind === "curve" ? ae(r.at).data : t, value: n, missing: r.kind === "curve" ? r.missing : null, parts: e, edited: r.edited };
  return { payload: r, first: s, now: s };
}
function Yc(r, e, t) {
  const n = r.length - 1;
  if (t <= r[0]) return e[0];
  if (t >= r[n]) return e[n];
  let [a, s] = [0, n];
  for (; s - a > 1; ) {
    const i = a + s >> 1;
    r[i] <= t ? a = i : s = i;
  }
  return e[a] + (t - r[a]) / (r[s] - r[a]) * (e[s] - e[a]);
}
function tn(r) {
  const e = r.reduce((t, n) => t + n, 0) / r.length;
  return r.reduce((t, n) => t + (n - e) ** 2, 0) / r.length;
}
function Xc(r) {
  const e = r.filter((a) => !Number.isNaN(a)).sort();
  if (!e.length) return () => "missing";
  const t = Array.from({ length: Ls + 1 }, (a, s) => e[Math.min(e.length - 1, Math.floor(s / Ls * e.length))]), n = [...new Set(t)];
  return (a) => {
    if (Number.isNaN(a)) return "missing";
    if (n.length < 2) return Z(n[0]);
    const s = Math.min(n.length - 2, Math.max(0, n.findLastIndex((i) => i <= a)));
    return `${Z(n[s])} to ${Z(n[s + 1])}`;
  };
}
function Kc(r, e) {
  let t;
  try {
    t = JSON.parse(r);
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (t?.edgewise_table_edits !== 1 || !Array.isArray(t.edits) || !t.edits.every(Zc))
    throw new Error("This is no log of edits of a table that the explorer wrote.");
  if (!(JSON.stringify([t.columns, t.outputs]) === JSON.stringify([e.columns, e.outputs]))) throw new Error("This log is for another table.");
  return t;
}
const Zc = (r) => Array.isArray(r?.feature) && typeof r.action == "string" && typeof r.options == "object" && r.options !== null, Io = "edgewise-tour";
function Oo(r, e) {
  const t = M("button", { type: "button", click: () => l(0) }, Jc() ? "Tour" : `Tour (${e.length} steps)`), n = M("p"), a = M("button", { type: "button" }), s = M("div", { class: "tour", role: "dialog", "aria-label": "Tour" }, n, M("div", { class: "row" }, a, M("button", { type: "button", click: () => h() }, "Close")));
  let i = 0;
  const o = () => e.filter(([m]) => r.querySelector(m)), l = (m) => {
    i = m, r.querySelector(".toured")?.classList.remove("toured");
    const f = o(), v = r.querySelector(f[m][0]);
    n.textContent = f[m][1], a.textContent = m + 1 < f.length ? `Next (${m + 1} of ${f.length})` : "Done", v.classList.add("toured"), v.prepend(s), s.scrollIntoView({ block: "center" }), a.focus({ preventScroll: !0 });
  }, h = () => {
    s.remove(), r.querySelector(".toured")?.classList.remove("toured"), Qc(), t.textContent = "Tour", t.focus();
  };
  return a.addEventListener("click", () => i + 1 < o().length ? l(i + 1) : h()), s.addEventListener("keydown", (m) => m.key === "Escape" && h()), t;
}
function Jc() {
  try {
    return localStorage.getItem(Io) !== null;
  } catch {
    return !1;
  }
}
function Qc() {
  try {
    localStorage.setItem(Io, "1");
  } catch {
  }
}
const _c = 12, e4 = [
  [".list", "These are the model's effects, the most important first. Choose one."],
  [".edge", "Drag a point of the curve, flatten a range, make it rise or fall, or set a level. The error at the top follows."],
  [".affected", "This says whose predictions an edit changes, and what it does to the error in every group."],
  [".log", "Every edit is written down with your name. Undo takes it back, and Python repeats it."]
];
function t4(r, e) {
  const t = new jc(e), { live: n, say: a } = Co();
  return t.listen(() => a("")), r.classList.add("edgewise"), r.replaceChildren(
    To(t, e.title, zo(t.rows, e.rows), n, a, Oo(r, e4)),
    M("div", { class: "main table" }, r4(t), n4(t, a)),
    M("div", { class: "more" }, o4(t), No(t, a, (s) => m4(t, s), "model.replay(log)", c4(t)))
  ), { session: t };
}
function r4(r) {
  const { payload: e } = r, t = M("ul", { class: "effects" });
  let n = !1;
  const a = () => {
    const [i, o] = r.chosen, l = r.effects[i], h = Math.max(...l.map((v) => v.payload.importance), 1e-300), m = n ? l : l.slice(0, _c), f = [...t.querySelectorAll("button")].indexOf(document.activeElement);
    t.replaceChildren(
      ...m.map(
        ({ payload: v, now: g }, x) => M(
          "li",
          {},
          M(
            "button",
            { type: "button", "aria-pressed": x === o ? "true" : "false", click: () => r.choose(i, x) },
            M("span", { class: "name" }, v.names.join(" × "), g.edited && M("span", { class: "soft" }, " edited")),
            M("i", { style: `width:${(100 * v.importance / h).toFixed(1)}%` })
          )
        )
      ),
      ...l.length > m.length ? [M("li", {}, M("button", { type: "button", click: () => (n = !0, a()) }, `${l.length - m.length} less important ones`))] : []
    ), f >= 0 && t.querySelectorAll("button")[f]?.focus();
  };
  r.listen((i) => (i === "edits" || i === "choice") && a()), a();
  const s = M("select", { "aria-label": "Target or class", change: () => r.choose(Number(s.value), 0) });
  return s.append(...e.output_names.map((i, o) => M("option", { value: o }, i))), $t("list", "Effects", ...e.output_names.length > 1 ? [s] : [], t);
}
function n4(r, e) {
  const t = new Gc(r, e), n = M("h2"), a = M("div", { class: "tools" }), s = () => {
    n.textContent = r.effect.payload.names.join(" × "), P0(a, ...a4(r, e));
  };
  r.listen((o) => (o === "edits" || o === "choice") && s()), s(), t.draw();
  const i = M("p", { class: "soft keys" }, "Keys: on a point of the curve ↑ ↓ move it. Ctrl+Z undoes.");
  return M("section", { class: "panel edge", "aria-label": "Effect" }, n, t.element, a, i);
}
function a4(r, e) {
  const { payload: t, now: n } = r.effect, a = (v, g, x) => M("button", { type: "button", title: x, click: g }, v), s = (v, g) => {
    r.commit(v), e(`${g}. ${Se(r)}`);
  }, i = a("Flatten", () => s(r.make("flatten"), "Flattened"), "Takes the effect away.");
  if (t.kind !== "curve") return [M("div", { class: "row" }, i)];
  const o = Yt(t.names[0], 80), l = (v, g) => {
    const x = s4(r, v);
    gi(x, [...n.value]) ? e(`This curve is ${g} already.`) : s(r.redraw(x, `made ${o} ${g}`), `Made ${g}`);
  }, h = M("input", { type: "number", step: "any", "aria-label": "From", value: Number(n.at[0].toPrecision(4)) }), m = M("input", { type: "number", step: "any", "aria-label": "To", value: Number(n.at[n.at.length - 1].toPrecision(4)) }), f = () => {
    const [v, g] = [Number(h.value), Number(m.value)], x = i4(r, v, g);
    v >= g ? e("'From' must be less than 'to'.") : x ? s(r.redraw(x, `flattened ${o} from ${ut(v)} to ${ut(g)}`), "Range flattened") : e(`The curve goes from ${ut(n.at[0])} to ${ut(n.at[n.at.length - 1])}: choose a range in it.`);
  };
  return [
    M(
      "div",
      { class: "row" },
      i,
      a("Make increasing", () => l(1, "increasing"), "Replaces the curve by the nearest increasing one."),
      a("Make decreasing", () => l(-1, "decreasing"), "Replaces the curve by the nearest decreasing one.")
    ),
    M("div", { class: "row clip" }, M("span", {}, "From"), h, M("span", {}, "to"), m, a("Flatten this range", f, "Replaces the curve there by the average over its rows."))
  ];
}
function Fo(r) {
  const { payload: e, now: t } = r.effect, n = [...t.at].map(() => 0.1);
  for (const a of r.columns[e.columns[0]]) {
    if (Number.isNaN(a)) continue;
    let s = 0;
    t.at.forEach((i, o) => Math.abs(i - a) < Math.abs(t.at[s] - a) && (s = o)), n[s]++;
  }
  return n;
}
function s4(r, e) {
  const t = [...r.effect.now.value].map((n) => e * n);
  return vi(t, Fo(r)).map((n) => e * n);
}
function i4(r, e, t) {
  const { at: n, value: a } = r.effect.now, s = Fo(r);
  let [i, o] = [0, 0];
  return n.forEach((l, h) => {
    l < e || l > t || (i += s[h] * a[h], o += s[h]);
  }), o ? [...a].map((l, h) => n[h] >= e && n[h] <= t ? i / o : l) : null;
}
function o4(r) {
  const { payload: e } = r, t = M("p", { class: "told" }), n = M("tbody"), a = M("tr");
  let s = !1;
  const i = M("select", { "aria-label": "Groups by", change: () => (s = !0, o()) });
  i.append(...e.columns.map((h, m) => M("option", { value: m }, h.name)));
  const o = () => {
    s || (i.value = String(l4(r))), t.textContent = u4(r);
    const [h, m] = [`${r.lossName} before`, "after"];
    a.replaceChildren(...["Group", "Rows", "Changed", "Mean change", h, m].map((f, v) => M("th", { scope: "col", class: v ? "number" : "" }, f))), n.replaceChildren(
      ...r.groups(Number(i.value)).map(({ name: f, rows: v }) => {
        const g = r.affected(v), x = [v.length.toLocaleString("en"), g.rows.toLocaleString("en"), g.rows ? h4(r, g.mean) : "0", r.shownLoss(v, "before"), r.shownLoss(v, "now")];
        return M("tr", {}, M("th", { scope: "row" }, f), ...x.map((k) => M("td", { class: "number" }, k)));
      })
    );
  };
  r.listen(o), o();
  const l = M("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Groups" }, M("table", {}, M("thead", {}, a), n));
  return $t("affected", "Who is affected", t, M("label", {}, "Groups by ", i), l);
}
function l4(r) {
  const e = [...r.effect.payload.columns, ...r.payload.columns.keys()];
  return e.find((t) => !r.isIdentifier(t)) ?? e[0];
}
function u4(r) {
  const { rows: e, rising: t, size: n, largest: a } = r.affected();
  if (!e) return "No prediction has changed.";
  const s = r.rows.toLocaleString("en"), i = e === r.rows ? `All ${s} predictions` : `${e.toLocaleString("en")} of ${s} predictions`, o = t > 0 && t < e;
  return `${i} ${o ? "change" : t ? "rise" : "fall"}, by ${r.changeText(n)} on average${o ? " (either way)" : ""}, by ${r.changeText(a)} at most.`;
}
const h4 = (r, e) => `${e > 0 ? "+" : ""}${r.changeText(e)}`.replace(/^\+0(?= |$)/, "0");
function c4(r) {
  const e = M("input", { type: "text", maxlength: 80, autocomplete: "off", input: () => {
    r.by = e.value.trim();
  } });
  return M("label", { class: "row" }, "Your name, for the log ", e);
}
function m4(r, e) {
  const t = e.feature.join(" × "), n = e.options.values, a = Array.isArray(n?.[0]) && n.length === 1 ? n[0] : null, s = e.note ? `${e.note[0].toUpperCase()}${e.note.slice(1)}` : `Drew ${t}`;
  return `${e.action === "flatten" ? `Flattened ${t}` : a ? `Set ${t} ${a[0] ?? "missing"} to ${ut(a[1])}` : s}${e.output === null ? "" : ` for ${e.output}`}${d4(r, e)}${e.by ? `, by ${e.by}` : ""}`;
}
function d4(r, { before: e, after: t }) {
  if (e === null || t === null) return "";
  const [n, a] = [e, t].map((i) => zt(r.lossName, r.payload.classes ? i : Math.sqrt(i))), s = Hn(a, n);
  return `, ${r.lossName} ${s.before} → ${s.now}${s.change ? ` (${s.change})` : ""}`;
}
const f4 = [
  [".network", "Every line is an edge with a curve of its own, and wide ones matter most. Blue adds, orange takes away. Drag the picture to move it; + and − zoom."],
  [".point", "Move a slider, and see what an input does to the output. Each plot shows the output along one input."],
  [".edge", "This is the edge that you chose. Drag a point of its curve and watch the error at the top, or fix a function on it."],
  [".formulas", "This is what the network computes. Name all edges, and it becomes a formula."],
  [".log", "Every edit is written down here. Undo takes it back, and Python repeats it."]
];
function Lo(r, e) {
  return e.kind === "table" ? t4(r, e) : p4(r, e);
}
function p4(r, e) {
  const t = new Pc(e), { live: n, say: a } = Co(), s = new tc(t), i = new Wh(t, a), o = M("div", { class: "tip", "aria-hidden": "true" });
  o.hidden = !0, s.onHover = (f, v, g) => y4(t, s, o, f, v, g), s.onChoose = (f) => {
    t.choose(f), a(s.describe(f));
  }, t.listen((f) => {
    f !== "choice" && a(""), f === "point" ? (s.refreshSignals(), s.startFlow()) : f === "edits" ? s.refreshCurves() : f === "trial" && t.trial?.do === "bend" ? s.refreshCurve(t.trial.edge) : f === "trial" ? s.refreshSignals() : s.draw();
  });
  const l = `${e.output_names.slice(0, 3).join(", ")}${e.output_names.length > 3 ? ", …" : ""}`, h = `KAN [${e.widths.join(", ")}], ${t.edges().length.toLocaleString("en")} edges, ${zo(t.rows.index.length, e.rows)}`;
  r.classList.add("edgewise"), r.replaceChildren(
    To(t, l, h, n, a, Oo(r, f4)),
    M(
      "div",
      { class: "main" },
      M(
        "div",
        { class: "column" },
        M("section", { class: "panel network", "aria-label": "Network" }, v4(t, s), M("div", { class: "stage" }, s.canvas, o), g4(s)),
        lc(t)
      ),
      i.element
    ),
    M("div", { class: "more" }, Hh(t, a), ...[Ph(t, a) ?? []].flat(), Fh(t, a), mc(t), No(t, a, (f) => Gh(t, f), "ew.explorer.apply_edits(model, log)"))
  );
  const m = t.ranked().at(-1);
  return m && t.choose(m), { session: t, graph: s };
}
function v4(r, e) {
  const t = M("select", { "aria-label": "What edges show" }, M("option", { value: "signal" }, "Signal at the sliders"), M("option", { value: "importance" }, "Importance"));
  t.addEventListener("change", () => {
    e.mode = t.value, e.draw();
  });
  const n = (a, s, i) => M("button", { type: "button", "aria-label": s, title: s, click: i }, a);
  return M(
    "div",
    { class: "row graph-tools" },
    t,
    ...b4(r, e),
    M("span", { class: "key" }, M("i", { class: "plus" }), "adds", M("i", { class: "minus" }), "takes away"),
    M("span", { class: "zooms" }, n("+", "Zoom in", () => e.zoom(1.4)), n("−", "Zoom out", () => e.zoom(1 / 1.4)), n("Fit", "Fit all into view", () => e.fit()))
  );
}
function g4(r) {
  const e = M("span");
  return r.onPaint = (n) => e.textContent !== n && (e.textContent = n), M("p", { class: "soft notes" }, e, M("span", { class: "keys" }, "Keys: ↑ ↓ choose the next edge, + − zoom, 0 shows all. On a point of a curve ↑ ↓ move it. Ctrl+Z undoes."));
}
function b4(r, e) {
  const { widths: t } = r.network, n = (l) => l.map((h, m) => M("option", { value: m }, h)), a = [$n, 100, 1 / 0].filter((l) => l === 1 / 0 || l < Math.max(...t)), s = M("select", { "aria-label": "Which layers are drawn" }, ...n(["All layers", ...t.slice(1).map((l, h) => `Layer ${h}: ${t[h]} → ${l}`)])), i = M("select", { "aria-label": "How many nodes are drawn" }, ...n(a.map((l) => l === 1 / 0 ? "All nodes" : `The ${l} strongest nodes a layer`))), o = () => e.show(Number(s.value) ? Number(s.value) - 1 : null, e.isLarge ? a[Number(i.value)] : 1 / 0);
  for (const l of [s, i]) l.addEventListener("change", o);
  return [...t.length > 2 ? [s] : [], ...e.isLarge ? [i] : []];
}
function y4(r, e, t, n, a, s) {
  if (t.hidden = !n, !n) return;
  const i = JSON.stringify(n);
  (t.dataset.key !== i || r.trial) && (t.dataset.key = i, t.replaceChildren(..."edge" in n ? w4(r, n.edge) : x4(r, n.node)));
  const { clientWidth: o, clientHeight: l } = e.canvas;
  t.style.left = `${Math.max(4, Math.min(a + 14, o - t.offsetWidth - 4))}px`, t.style.top = `${s + 18 + t.offsetHeight > l ? Math.max(4, s - t.offsetHeight - 12) : s + 18}px`;
}
function w4(r, e) {
  return [
    M("strong", {}, Vt(r, e)),
    M("span", { class: "soft" }, ` importance ${r.scoreText(e)}`),
    T1(r, e)
  ];
}
function x4(r, [e, t]) {
  const n = r.rows.levels[e][t], a = (m) => e === 0 ? r.toUnits(0, t, m) : e === r.network.layers.length ? r.outputUnits(t, m) : m, s = [n.reduce((m, f) => Math.min(m, f)), n.reduce((m, f) => Math.max(m, f))].map(a).sort((m, f) => m - f), i = a(n.reduce((m, f) => m + f, 0) / n.length), o = r.nodeScore(e, t), l = a(r.pointLevels[e][t][0]), h = [`importance ${Z(o)}`, `from ${Z(s[0])} to ${Z(s[1])}, mean ${Z(i)}`, `now ${Z(l)}`];
  return [M("strong", {}, jt(r, e, t)), ...h.map((m) => M("div", { class: "soft" }, m)), k4(n, a)];
}
function k4(r, e) {
  const t = r.map(e), [n, a] = [t.reduce((o, l) => Math.min(o, l)), t.reduce((o, l) => Math.max(o, l))], s = new Array(28).fill(0);
  for (const o of t) s[a > n ? Math.min(27, Math.floor((o - n) / (a - n) * 28)) : 14]++;
  const i = Math.max(...s);
  return M("div", { class: "bars" }, ...s.map((o) => M("i", { style: `height:${(100 * o / i).toFixed(0)}%` })));
}
function M4({ model: r, el: e }) {
  const t = M("div");
  e.append(t);
  const n = Lo(t, r.get("payload")).session;
  n.listen((a) => {
    a === "edits" && (r.set("log", n.log()), r.save_changes());
  }), r.on("change:log", () => {
    const a = JSON.stringify(r.get("log"));
    a !== JSON.stringify(n.log()) && n.load(a);
  });
}
const S4 = { render: M4 }, rn = document.getElementById("edgewise-explorer"), Hs = document.getElementById("edgewise-payload");
if (rn && Hs) {
  const r = Lo(rn, JSON.parse(Hs.textContent ?? ""));
  Object.assign(rn, { explorer: r });
}
export {
  S4 as default
};
