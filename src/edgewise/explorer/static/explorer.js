/* sources de8c1c4982832d21d729e0bb59a19120fffcbfb143f2493ec3f979ac847f6526 */
function qt(r, e) {
  return r == null || e == null ? NaN : r < e ? -1 : r > e ? 1 : r >= e ? 0 : NaN;
}
function No(r, e) {
  return r == null || e == null ? NaN : e < r ? -1 : e > r ? 1 : e >= r ? 0 : NaN;
}
function $s(r) {
  let e, t, n;
  r.length !== 2 ? (e = qt, t = (o, l) => qt(r(o), l), n = (o, l) => r(o) - l) : (e = r === qt || r === No ? r : Eo, t = r, n = r);
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
function Eo() {
  return 0;
}
function Bo(r) {
  return r === null ? NaN : +r;
}
const Do = $s(qt), $o = Do.right;
$s(Bo).center;
const qo = Math.sqrt(50), Ro = Math.sqrt(10), Io = Math.sqrt(2);
function Pt(r, e, t) {
  const n = (e - r) / Math.max(0, t), a = Math.floor(Math.log10(n)), s = n / Math.pow(10, a), i = s >= qo ? 10 : s >= Ro ? 5 : s >= Io ? 2 : 1;
  let o, l, h;
  return a < 0 ? (h = Math.pow(10, -a) / i, o = Math.round(r * h), l = Math.round(e * h), o / h < r && ++o, l / h > e && --l, h = -h) : (h = Math.pow(10, a) * i, o = Math.round(r / h), l = Math.round(e / h), o * h < r && ++o, l * h > e && --l), l < o && 0.5 <= t && t < 2 ? Pt(r, e, t * 2) : [o, l, h];
}
function Oo(r, e, t) {
  if (e = +e, r = +r, t = +t, !(t > 0)) return [];
  if (r === e) return [r];
  const n = e < r, [a, s, i] = n ? Pt(e, r, t) : Pt(r, e, t);
  if (!(s >= a)) return [];
  const o = s - a + 1, l = new Array(o);
  if (n)
    if (i < 0) for (let h = 0; h < o; ++h) l[h] = (s - h) / -i;
    else for (let h = 0; h < o; ++h) l[h] = (s - h) * i;
  else if (i < 0) for (let h = 0; h < o; ++h) l[h] = (a + h) / -i;
  else for (let h = 0; h < o; ++h) l[h] = (a + h) * i;
  return l;
}
function Zr(r, e, t) {
  return e = +e, r = +r, t = +t, Pt(r, e, t)[2];
}
function Fo(r, e, t) {
  e = +e, r = +r, t = +t;
  const n = e < r, a = n ? Zr(e, r, t) : Zr(r, e, t);
  return (n ? -1 : 1) * (a < 0 ? 1 / -a : a);
}
function V0(r, e, t) {
  r.prototype = e.prototype = t, t.constructor = r;
}
function ct(r, e) {
  var t = Object.create(r.prototype);
  for (var n in e) t[n] = e[n];
  return t;
}
function c0() {
}
var S0 = 0.7, F0 = 1 / S0, $0 = "\\s*([+-]?\\d+)\\s*", rt = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*", Pe = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*", Lo = /^#([0-9a-f]{3,8})$/, Ho = new RegExp(`^rgb\\(${$0},${$0},${$0}\\)$`), Po = new RegExp(`^rgb\\(${Pe},${Pe},${Pe}\\)$`), Go = new RegExp(`^rgba\\(${$0},${$0},${$0},${rt}\\)$`), Uo = new RegExp(`^rgba\\(${Pe},${Pe},${Pe},${rt}\\)$`), Wo = new RegExp(`^hsl\\(${rt},${Pe},${Pe}\\)$`), Vo = new RegExp(`^hsla\\(${rt},${Pe},${Pe},${rt}\\)$`), ha = {
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
V0(c0, nt, {
  copy(r) {
    return Object.assign(new this.constructor(), this, r);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: ca,
  // Deprecated! Use color.formatHex.
  formatHex: ca,
  formatHex8: jo,
  formatHsl: Yo,
  formatRgb: ma,
  toString: ma
});
function ca() {
  return this.rgb().formatHex();
}
function jo() {
  return this.rgb().formatHex8();
}
function Yo() {
  return qs(this).formatHsl();
}
function ma() {
  return this.rgb().formatRgb();
}
function nt(r) {
  var e, t;
  return r = (r + "").trim().toLowerCase(), (e = Lo.exec(r)) ? (t = e[1].length, e = parseInt(e[1], 16), t === 6 ? da(e) : t === 3 ? new fe(e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, (e & 15) << 4 | e & 15, 1) : t === 8 ? wt(e >> 24 & 255, e >> 16 & 255, e >> 8 & 255, (e & 255) / 255) : t === 4 ? wt(e >> 12 & 15 | e >> 8 & 240, e >> 8 & 15 | e >> 4 & 240, e >> 4 & 15 | e & 240, ((e & 15) << 4 | e & 15) / 255) : null) : (e = Ho.exec(r)) ? new fe(e[1], e[2], e[3], 1) : (e = Po.exec(r)) ? new fe(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, 1) : (e = Go.exec(r)) ? wt(e[1], e[2], e[3], e[4]) : (e = Uo.exec(r)) ? wt(e[1] * 255 / 100, e[2] * 255 / 100, e[3] * 255 / 100, e[4]) : (e = Wo.exec(r)) ? va(e[1], e[2] / 100, e[3] / 100, 1) : (e = Vo.exec(r)) ? va(e[1], e[2] / 100, e[3] / 100, e[4]) : ha.hasOwnProperty(r) ? da(ha[r]) : r === "transparent" ? new fe(NaN, NaN, NaN, 0) : null;
}
function da(r) {
  return new fe(r >> 16 & 255, r >> 8 & 255, r & 255, 1);
}
function wt(r, e, t, n) {
  return n <= 0 && (r = e = t = NaN), new fe(r, e, t, n);
}
function Cn(r) {
  return r instanceof c0 || (r = nt(r)), r ? (r = r.rgb(), new fe(r.r, r.g, r.b, r.opacity)) : new fe();
}
function Jr(r, e, t, n) {
  return arguments.length === 1 ? Cn(r) : new fe(r, e, t, n ?? 1);
}
function fe(r, e, t, n) {
  this.r = +r, this.g = +e, this.b = +t, this.opacity = +n;
}
V0(fe, Jr, ct(c0, {
  brighter(r) {
    return r = r == null ? F0 : Math.pow(F0, r), new fe(this.r * r, this.g * r, this.b * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? S0 : Math.pow(S0, r), new fe(this.r * r, this.g * r, this.b * r, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new fe(x0(this.r), x0(this.g), x0(this.b), Gt(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && -0.5 <= this.g && this.g < 255.5 && -0.5 <= this.b && this.b < 255.5 && 0 <= this.opacity && this.opacity <= 1;
  },
  hex: fa,
  // Deprecated! Use color.formatHex.
  formatHex: fa,
  formatHex8: Xo,
  formatRgb: pa,
  toString: pa
}));
function fa() {
  return `#${w0(this.r)}${w0(this.g)}${w0(this.b)}`;
}
function Xo() {
  return `#${w0(this.r)}${w0(this.g)}${w0(this.b)}${w0((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function pa() {
  const r = Gt(this.opacity);
  return `${r === 1 ? "rgb(" : "rgba("}${x0(this.r)}, ${x0(this.g)}, ${x0(this.b)}${r === 1 ? ")" : `, ${r})`}`;
}
function Gt(r) {
  return isNaN(r) ? 1 : Math.max(0, Math.min(1, r));
}
function x0(r) {
  return Math.max(0, Math.min(255, Math.round(r) || 0));
}
function w0(r) {
  return r = x0(r), (r < 16 ? "0" : "") + r.toString(16);
}
function va(r, e, t, n) {
  return n <= 0 ? r = e = t = NaN : t <= 0 || t >= 1 ? r = e = NaN : e <= 0 && (r = NaN), new Oe(r, e, t, n);
}
function qs(r) {
  if (r instanceof Oe) return new Oe(r.h, r.s, r.l, r.opacity);
  if (r instanceof c0 || (r = nt(r)), !r) return new Oe();
  if (r instanceof Oe) return r;
  r = r.rgb();
  var e = r.r / 255, t = r.g / 255, n = r.b / 255, a = Math.min(e, t, n), s = Math.max(e, t, n), i = NaN, o = s - a, l = (s + a) / 2;
  return o ? (e === s ? i = (t - n) / o + (t < n) * 6 : t === s ? i = (n - e) / o + 2 : i = (e - t) / o + 4, o /= l < 0.5 ? s + a : 2 - s - a, i *= 60) : o = l > 0 && l < 1 ? 0 : i, new Oe(i, o, l, r.opacity);
}
function Ko(r, e, t, n) {
  return arguments.length === 1 ? qs(r) : new Oe(r, e, t, n ?? 1);
}
function Oe(r, e, t, n) {
  this.h = +r, this.s = +e, this.l = +t, this.opacity = +n;
}
V0(Oe, Ko, ct(c0, {
  brighter(r) {
    return r = r == null ? F0 : Math.pow(F0, r), new Oe(this.h, this.s, this.l * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? S0 : Math.pow(S0, r), new Oe(this.h, this.s, this.l * r, this.opacity);
  },
  rgb() {
    var r = this.h % 360 + (this.h < 0) * 360, e = isNaN(r) || isNaN(this.s) ? 0 : this.s, t = this.l, n = t + (t < 0.5 ? t : 1 - t) * e, a = 2 * t - n;
    return new fe(
      gr(r >= 240 ? r - 240 : r + 120, a, n),
      gr(r, a, n),
      gr(r < 120 ? r + 240 : r - 120, a, n),
      this.opacity
    );
  },
  clamp() {
    return new Oe(ga(this.h), xt(this.s), xt(this.l), Gt(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && 0 <= this.l && this.l <= 1 && 0 <= this.opacity && this.opacity <= 1;
  },
  formatHsl() {
    const r = Gt(this.opacity);
    return `${r === 1 ? "hsl(" : "hsla("}${ga(this.h)}, ${xt(this.s) * 100}%, ${xt(this.l) * 100}%${r === 1 ? ")" : `, ${r})`}`;
  }
}));
function ga(r) {
  return r = (r || 0) % 360, r < 0 ? r + 360 : r;
}
function xt(r) {
  return Math.max(0, Math.min(1, r || 0));
}
function gr(r, e, t) {
  return (r < 60 ? e + (t - e) * r / 60 : r < 180 ? t : r < 240 ? e + (t - e) * (240 - r) / 60 : e) * 255;
}
const Rs = Math.PI / 180, Is = 180 / Math.PI, Ut = 18, Os = 0.96422, Fs = 1, Ls = 0.82521, Hs = 4 / 29, q0 = 6 / 29, Ps = 3 * q0 * q0, Zo = q0 * q0 * q0;
function Gs(r) {
  if (r instanceof Ge) return new Ge(r.l, r.a, r.b, r.opacity);
  if (r instanceof Ke) return Us(r);
  r instanceof fe || (r = Cn(r));
  var e = xr(r.r), t = xr(r.g), n = xr(r.b), a = br((0.2225045 * e + 0.7168786 * t + 0.0606169 * n) / Fs), s, i;
  return e === t && t === n ? s = i = a : (s = br((0.4360747 * e + 0.3850649 * t + 0.1430804 * n) / Os), i = br((0.0139322 * e + 0.0971045 * t + 0.7141733 * n) / Ls)), new Ge(116 * a - 16, 500 * (s - a), 200 * (a - i), r.opacity);
}
function Jo(r, e, t, n) {
  return arguments.length === 1 ? Gs(r) : new Ge(r, e, t, n ?? 1);
}
function Ge(r, e, t, n) {
  this.l = +r, this.a = +e, this.b = +t, this.opacity = +n;
}
V0(Ge, Jo, ct(c0, {
  brighter(r) {
    return new Ge(this.l + Ut * (r ?? 1), this.a, this.b, this.opacity);
  },
  darker(r) {
    return new Ge(this.l - Ut * (r ?? 1), this.a, this.b, this.opacity);
  },
  rgb() {
    var r = (this.l + 16) / 116, e = isNaN(this.a) ? r : r + this.a / 500, t = isNaN(this.b) ? r : r - this.b / 200;
    return e = Os * yr(e), r = Fs * yr(r), t = Ls * yr(t), new fe(
      wr(3.1338561 * e - 1.6168667 * r - 0.4906146 * t),
      wr(-0.9787684 * e + 1.9161415 * r + 0.033454 * t),
      wr(0.0719453 * e - 0.2289914 * r + 1.4052427 * t),
      this.opacity
    );
  }
}));
function br(r) {
  return r > Zo ? Math.pow(r, 1 / 3) : r / Ps + Hs;
}
function yr(r) {
  return r > q0 ? r * r * r : Ps * (r - Hs);
}
function wr(r) {
  return 255 * (r <= 31308e-7 ? 12.92 * r : 1.055 * Math.pow(r, 1 / 2.4) - 0.055);
}
function xr(r) {
  return (r /= 255) <= 0.04045 ? r / 12.92 : Math.pow((r + 0.055) / 1.055, 2.4);
}
function Qo(r) {
  if (r instanceof Ke) return new Ke(r.h, r.c, r.l, r.opacity);
  if (r instanceof Ge || (r = Gs(r)), r.a === 0 && r.b === 0) return new Ke(NaN, 0 < r.l && r.l < 100 ? 0 : NaN, r.l, r.opacity);
  var e = Math.atan2(r.b, r.a) * Is;
  return new Ke(e < 0 ? e + 360 : e, Math.sqrt(r.a * r.a + r.b * r.b), r.l, r.opacity);
}
function _o(r, e, t, n) {
  return arguments.length === 1 ? Qo(r) : new Ke(r, e, t, n ?? 1);
}
function Ke(r, e, t, n) {
  this.h = +r, this.c = +e, this.l = +t, this.opacity = +n;
}
function Us(r) {
  if (isNaN(r.h)) return new Ge(r.l, 0, 0, r.opacity);
  var e = r.h * Rs;
  return new Ge(r.l, Math.cos(e) * r.c, Math.sin(e) * r.c, r.opacity);
}
V0(Ke, _o, ct(c0, {
  brighter(r) {
    return new Ke(this.h, this.c, this.l + Ut * (r ?? 1), this.opacity);
  },
  darker(r) {
    return new Ke(this.h, this.c, this.l - Ut * (r ?? 1), this.opacity);
  },
  rgb() {
    return Us(this).rgb();
  }
}));
var Ws = -0.14861, Nn = 1.78277, En = -0.29227, er = -0.90649, at = 1.97294, ba = at * er, ya = at * Nn, wa = Nn * En - er * Ws;
function el(r) {
  if (r instanceof k0) return new k0(r.h, r.s, r.l, r.opacity);
  r instanceof fe || (r = Cn(r));
  var e = r.r / 255, t = r.g / 255, n = r.b / 255, a = (wa * n + ba * e - ya * t) / (wa + ba - ya), s = n - a, i = (at * (t - a) - En * s) / er, o = Math.sqrt(i * i + s * s) / (at * a * (1 - a)), l = o ? Math.atan2(i, s) * Is - 120 : NaN;
  return new k0(l < 0 ? l + 360 : l, o, a, r.opacity);
}
function Qr(r, e, t, n) {
  return arguments.length === 1 ? el(r) : new k0(r, e, t, n ?? 1);
}
function k0(r, e, t, n) {
  this.h = +r, this.s = +e, this.l = +t, this.opacity = +n;
}
V0(k0, Qr, ct(c0, {
  brighter(r) {
    return r = r == null ? F0 : Math.pow(F0, r), new k0(this.h, this.s, this.l * r, this.opacity);
  },
  darker(r) {
    return r = r == null ? S0 : Math.pow(S0, r), new k0(this.h, this.s, this.l * r, this.opacity);
  },
  rgb() {
    var r = isNaN(this.h) ? 0 : (this.h + 120) * Rs, e = +this.l, t = isNaN(this.s) ? 0 : this.s * e * (1 - e), n = Math.cos(r), a = Math.sin(r);
    return new fe(
      255 * (e + t * (Ws * n + Nn * a)),
      255 * (e + t * (En * n + er * a)),
      255 * (e + t * (at * n)),
      this.opacity
    );
  }
}));
var tr = (r) => () => r;
function Vs(r, e) {
  return function(t) {
    return r + t * e;
  };
}
function tl(r, e, t) {
  return r = Math.pow(r, t), e = Math.pow(e, t) - r, t = 1 / t, function(n) {
    return Math.pow(r + n * e, t);
  };
}
function rl(r, e) {
  var t = e - r;
  return t ? Vs(r, t > 180 || t < -180 ? t - 360 * Math.round(t / 360) : t) : tr(isNaN(r) ? e : r);
}
function nl(r) {
  return (r = +r) == 1 ? R0 : function(e, t) {
    return t - e ? tl(e, t, r) : tr(isNaN(e) ? t : e);
  };
}
function R0(r, e) {
  var t = e - r;
  return t ? Vs(r, t) : tr(isNaN(r) ? e : r);
}
var xa = (function r(e) {
  var t = nl(e);
  function n(a, s) {
    var i = t((a = Jr(a)).r, (s = Jr(s)).r), o = t(a.g, s.g), l = t(a.b, s.b), h = R0(a.opacity, s.opacity);
    return function(m) {
      return a.r = i(m), a.g = o(m), a.b = l(m), a.opacity = h(m), a + "";
    };
  }
  return n.gamma = r, n;
})(1);
function al(r, e) {
  e || (e = []);
  var t = r ? Math.min(e.length, r.length) : 0, n = e.slice(), a;
  return function(s) {
    for (a = 0; a < t; ++a) n[a] = r[a] * (1 - s) + e[a] * s;
    return n;
  };
}
function sl(r) {
  return ArrayBuffer.isView(r) && !(r instanceof DataView);
}
function il(r, e) {
  var t = e ? e.length : 0, n = r ? Math.min(t, r.length) : 0, a = new Array(n), s = new Array(t), i;
  for (i = 0; i < n; ++i) a[i] = Bn(r[i], e[i]);
  for (; i < t; ++i) s[i] = e[i];
  return function(o) {
    for (i = 0; i < n; ++i) s[i] = a[i](o);
    return s;
  };
}
function ol(r, e) {
  var t = /* @__PURE__ */ new Date();
  return r = +r, e = +e, function(n) {
    return t.setTime(r * (1 - n) + e * n), t;
  };
}
function Wt(r, e) {
  return r = +r, e = +e, function(t) {
    return r * (1 - t) + e * t;
  };
}
function ll(r, e) {
  var t = {}, n = {}, a;
  (r === null || typeof r != "object") && (r = {}), (e === null || typeof e != "object") && (e = {});
  for (a in e)
    a in r ? t[a] = Bn(r[a], e[a]) : n[a] = e[a];
  return function(s) {
    for (a in t) n[a] = t[a](s);
    return n;
  };
}
var _r = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g, kr = new RegExp(_r.source, "g");
function ul(r) {
  return function() {
    return r;
  };
}
function hl(r) {
  return function(e) {
    return r(e) + "";
  };
}
function cl(r, e) {
  var t = _r.lastIndex = kr.lastIndex = 0, n, a, s, i = -1, o = [], l = [];
  for (r = r + "", e = e + ""; (n = _r.exec(r)) && (a = kr.exec(e)); )
    (s = a.index) > t && (s = e.slice(t, s), o[i] ? o[i] += s : o[++i] = s), (n = n[0]) === (a = a[0]) ? o[i] ? o[i] += a : o[++i] = a : (o[++i] = null, l.push({ i, x: Wt(n, a) })), t = kr.lastIndex;
  return t < e.length && (s = e.slice(t), o[i] ? o[i] += s : o[++i] = s), o.length < 2 ? l[0] ? hl(l[0].x) : ul(e) : (e = l.length, function(h) {
    for (var m = 0, f; m < e; ++m) o[(f = l[m]).i] = f.x(h);
    return o.join("");
  });
}
function Bn(r, e) {
  var t = typeof e, n;
  return e == null || t === "boolean" ? tr(e) : (t === "number" ? Wt : t === "string" ? (n = nt(e)) ? (e = n, xa) : cl : e instanceof nt ? xa : e instanceof Date ? ol : sl(e) ? al : Array.isArray(e) ? il : typeof e.valueOf != "function" && typeof e.toString != "function" || isNaN(e) ? ll : Wt)(r, e);
}
function ml(r, e) {
  return r = +r, e = +e, function(t) {
    return Math.round(r * (1 - t) + e * t);
  };
}
var dl = 1e-12;
function ka(r) {
  return ((r = Math.exp(r)) + 1 / r) / 2;
}
function fl(r) {
  return ((r = Math.exp(r)) - 1 / r) / 2;
}
function pl(r) {
  return ((r = Math.exp(2 * r)) - 1) / (r + 1);
}
(function r(e, t, n) {
  function a(s, i) {
    var o = s[0], l = s[1], h = s[2], m = i[0], f = i[1], v = i[2], g = m - o, x = f - l, M = g * g + x * x, S, T;
    if (M < dl)
      T = Math.log(v / h) / e, S = function(U) {
        return [
          o + U * g,
          l + U * x,
          h * Math.exp(e * U * T)
        ];
      };
    else {
      var B = Math.sqrt(M), q = (v * v - h * h + n * M) / (2 * h * t * B), R = (v * v - h * h - n * M) / (2 * v * t * B), F = Math.log(Math.sqrt(q * q + 1) - q), O = Math.log(Math.sqrt(R * R + 1) - R);
      T = (O - F) / e, S = function(U) {
        var j = U * T, V = ka(F), le = h / (t * B) * (V * pl(e * j + F) - fl(F));
        return [
          o + le * g,
          l + le * x,
          h * V / ka(e * j + F)
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
function js(r) {
  return (function e(t) {
    t = +t;
    function n(a, s) {
      var i = r((a = Qr(a)).h, (s = Qr(s)).h), o = R0(a.s, s.s), l = R0(a.l, s.l), h = R0(a.opacity, s.opacity);
      return function(m) {
        return a.h = i(m), a.s = o(m), a.l = l(Math.pow(m, t)), a.opacity = h(m), a + "";
      };
    }
    return n.gamma = e, n;
  })(1);
}
js(rl);
js(R0);
function vl(r) {
  return Math.abs(r = Math.round(r)) >= 1e21 ? r.toLocaleString("en").replace(/,/g, "") : r.toString(10);
}
function Vt(r, e) {
  if (!isFinite(r) || r === 0) return null;
  var t = (r = e ? r.toExponential(e - 1) : r.toExponential()).indexOf("e"), n = r.slice(0, t);
  return [
    n.length > 1 ? n[0] + n.slice(2) : n,
    +r.slice(t + 1)
  ];
}
function L0(r) {
  return r = Vt(Math.abs(r)), r ? r[1] : NaN;
}
function gl(r, e) {
  return function(t, n) {
    for (var a = t.length, s = [], i = 0, o = r[0], l = 0; a > 0 && o > 0 && (l + o + 1 > n && (o = Math.max(1, n - l)), s.push(t.substring(a -= o, a + o)), !((l += o + 1) > n)); )
      o = r[i = (i + 1) % r.length];
    return s.reverse().join(e);
  };
}
function bl(r) {
  return function(e) {
    return e.replace(/[0-9]/g, function(t) {
      return r[+t];
    });
  };
}
var yl = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function jt(r) {
  if (!(e = yl.exec(r))) throw new Error("invalid format: " + r);
  var e;
  return new Dn({
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
jt.prototype = Dn.prototype;
function Dn(r) {
  this.fill = r.fill === void 0 ? " " : r.fill + "", this.align = r.align === void 0 ? ">" : r.align + "", this.sign = r.sign === void 0 ? "-" : r.sign + "", this.symbol = r.symbol === void 0 ? "" : r.symbol + "", this.zero = !!r.zero, this.width = r.width === void 0 ? void 0 : +r.width, this.comma = !!r.comma, this.precision = r.precision === void 0 ? void 0 : +r.precision, this.trim = !!r.trim, this.type = r.type === void 0 ? "" : r.type + "";
}
Dn.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function wl(r) {
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
var Yt;
function xl(r, e) {
  var t = Vt(r, e);
  if (!t) return Yt = void 0, r.toPrecision(e);
  var n = t[0], a = t[1], s = a - (Yt = Math.max(-8, Math.min(8, Math.floor(a / 3))) * 3) + 1, i = n.length;
  return s === i ? n : s > i ? n + new Array(s - i + 1).join("0") : s > 0 ? n.slice(0, s) + "." + n.slice(s) : "0." + new Array(1 - s).join("0") + Vt(r, Math.max(0, e + s - 1))[0];
}
function Ma(r, e) {
  var t = Vt(r, e);
  if (!t) return r + "";
  var n = t[0], a = t[1];
  return a < 0 ? "0." + new Array(-a).join("0") + n : n.length > a + 1 ? n.slice(0, a + 1) + "." + n.slice(a + 1) : n + new Array(a - n.length + 2).join("0");
}
var Sa = {
  "%": (r, e) => (r * 100).toFixed(e),
  b: (r) => Math.round(r).toString(2),
  c: (r) => r + "",
  d: vl,
  e: (r, e) => r.toExponential(e),
  f: (r, e) => r.toFixed(e),
  g: (r, e) => r.toPrecision(e),
  o: (r) => Math.round(r).toString(8),
  p: (r, e) => Ma(r * 100, e),
  r: Ma,
  s: xl,
  X: (r) => Math.round(r).toString(16).toUpperCase(),
  x: (r) => Math.round(r).toString(16)
};
function Aa(r) {
  return r;
}
var Ta = Array.prototype.map, za = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function kl(r) {
  var e = r.grouping === void 0 || r.thousands === void 0 ? Aa : gl(Ta.call(r.grouping, Number), r.thousands + ""), t = r.currency === void 0 ? "" : r.currency[0] + "", n = r.currency === void 0 ? "" : r.currency[1] + "", a = r.decimal === void 0 ? "." : r.decimal + "", s = r.numerals === void 0 ? Aa : bl(Ta.call(r.numerals, String)), i = r.percent === void 0 ? "%" : r.percent + "", o = r.minus === void 0 ? "−" : r.minus + "", l = r.nan === void 0 ? "NaN" : r.nan + "";
  function h(f, v) {
    f = jt(f);
    var g = f.fill, x = f.align, M = f.sign, S = f.symbol, T = f.zero, B = f.width, q = f.comma, R = f.precision, F = f.trim, O = f.type;
    O === "n" ? (q = !0, O = "g") : Sa[O] || (R === void 0 && (R = 12), F = !0, O = "g"), (T || g === "0" && x === "=") && (T = !0, g = "0", x = "=");
    var U = (v && v.prefix !== void 0 ? v.prefix : "") + (S === "$" ? t : S === "#" && /[boxX]/.test(O) ? "0" + O.toLowerCase() : ""), j = (S === "$" ? n : /[%p]/.test(O) ? i : "") + (v && v.suffix !== void 0 ? v.suffix : ""), V = Sa[O], le = /[defgprs%]/.test(O);
    R = R === void 0 ? 6 : /[gprs]/.test(O) ? Math.max(1, Math.min(21, R)) : Math.max(0, Math.min(20, R));
    function pe(I) {
      var Me = U, ee = j, ce, Be, De;
      if (O === "c")
        ee = V(I) + ee, I = "";
      else {
        I = +I;
        var $e = I < 0 || 1 / I < 0;
        if (I = isNaN(I) ? l : V(Math.abs(I), R), F && (I = wl(I)), $e && +I == 0 && M !== "+" && ($e = !1), Me = ($e ? M === "(" ? M : o : M === "-" || M === "(" ? "" : M) + Me, ee = (O === "s" && !isNaN(I) && Yt !== void 0 ? za[8 + Yt / 3] : "") + ee + ($e && M === "(" ? ")" : ""), le) {
          for (ce = -1, Be = I.length; ++ce < Be; )
            if (De = I.charCodeAt(ce), 48 > De || De > 57) {
              ee = (De === 46 ? a + I.slice(ce + 1) : I.slice(ce)) + ee, I = I.slice(0, ce);
              break;
            }
        }
      }
      q && !T && (I = e(I, 1 / 0));
      var r0 = Me.length + I.length + ee.length, me = r0 < B ? new Array(B - r0 + 1).join(g) : "";
      switch (q && T && (I = e(me + I, me.length ? B - ee.length : 1 / 0), me = ""), x) {
        case "<":
          I = Me + I + ee + me;
          break;
        case "=":
          I = Me + me + I + ee;
          break;
        case "^":
          I = me.slice(0, r0 = me.length >> 1) + Me + I + ee + me.slice(r0);
          break;
        default:
          I = me + Me + I + ee;
          break;
      }
      return s(I);
    }
    return pe.toString = function() {
      return f + "";
    }, pe;
  }
  function m(f, v) {
    var g = Math.max(-8, Math.min(8, Math.floor(L0(v) / 3))) * 3, x = Math.pow(10, -g), M = h((f = jt(f), f.type = "f", f), { suffix: za[8 + g / 3] });
    return function(S) {
      return M(x * S);
    };
  }
  return {
    format: h,
    formatPrefix: m
  };
}
var kt, Ys, Xs;
Ml({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function Ml(r) {
  return kt = kl(r), Ys = kt.format, Xs = kt.formatPrefix, kt;
}
function Sl(r) {
  return Math.max(0, -L0(Math.abs(r)));
}
function Al(r, e) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor(L0(e) / 3))) * 3 - L0(Math.abs(r)));
}
function Tl(r, e) {
  return r = Math.abs(r), e = Math.abs(e) - r, Math.max(0, L0(e) - L0(r)) + 1;
}
function zl(r, e) {
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
function Cl(r) {
  return function() {
    return r;
  };
}
function Nl(r) {
  return +r;
}
var Ca = [0, 1];
function D0(r) {
  return r;
}
function en(r, e) {
  return (e -= r = +r) ? function(t) {
    return (t - r) / e;
  } : Cl(isNaN(e) ? NaN : 0.5);
}
function El(r, e) {
  var t;
  return r > e && (t = r, r = e, e = t), function(n) {
    return Math.max(r, Math.min(e, n));
  };
}
function Bl(r, e, t) {
  var n = r[0], a = r[1], s = e[0], i = e[1];
  return a < n ? (n = en(a, n), s = t(i, s)) : (n = en(n, a), s = t(s, i)), function(o) {
    return s(n(o));
  };
}
function Dl(r, e, t) {
  var n = Math.min(r.length, e.length) - 1, a = new Array(n), s = new Array(n), i = -1;
  for (r[n] < r[0] && (r = r.slice().reverse(), e = e.slice().reverse()); ++i < n; )
    a[i] = en(r[i], r[i + 1]), s[i] = t(e[i], e[i + 1]);
  return function(o) {
    var l = $o(r, o, 1, n) - 1;
    return s[l](a[l](o));
  };
}
function $l(r, e) {
  return e.domain(r.domain()).range(r.range()).interpolate(r.interpolate()).clamp(r.clamp()).unknown(r.unknown());
}
function ql() {
  var r = Ca, e = Ca, t = Bn, n, a, s, i = D0, o, l, h;
  function m() {
    var v = Math.min(r.length, e.length);
    return i !== D0 && (i = El(r[0], r[v - 1])), o = v > 2 ? Dl : Bl, l = h = null, f;
  }
  function f(v) {
    return v == null || isNaN(v = +v) ? s : (l || (l = o(r.map(n), e, t)))(n(i(v)));
  }
  return f.invert = function(v) {
    return i(a((h || (h = o(e, r.map(n), Wt)))(v)));
  }, f.domain = function(v) {
    return arguments.length ? (r = Array.from(v, Nl), m()) : r.slice();
  }, f.range = function(v) {
    return arguments.length ? (e = Array.from(v), m()) : e.slice();
  }, f.rangeRound = function(v) {
    return e = Array.from(v), t = ml, m();
  }, f.clamp = function(v) {
    return arguments.length ? (i = v ? !0 : D0, m()) : i !== D0;
  }, f.interpolate = function(v) {
    return arguments.length ? (t = v, m()) : t;
  }, f.unknown = function(v) {
    return arguments.length ? (s = v, f) : s;
  }, function(v, g) {
    return n = v, a = g, m();
  };
}
function Rl() {
  return ql()(D0, D0);
}
function Il(r, e, t, n) {
  var a = Fo(r, e, t), s;
  switch (n = jt(n ?? ",f"), n.type) {
    case "s": {
      var i = Math.max(Math.abs(r), Math.abs(e));
      return n.precision == null && !isNaN(s = Al(a, i)) && (n.precision = s), Xs(n, i);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      n.precision == null && !isNaN(s = Tl(a, Math.max(Math.abs(r), Math.abs(e)))) && (n.precision = s - (n.type === "e"));
      break;
    }
    case "f":
    case "%": {
      n.precision == null && !isNaN(s = Sl(a)) && (n.precision = s - (n.type === "%") * 2);
      break;
    }
  }
  return Ys(n);
}
function Ol(r) {
  var e = r.domain;
  return r.ticks = function(t) {
    var n = e();
    return Oo(n[0], n[n.length - 1], t ?? 10);
  }, r.tickFormat = function(t, n) {
    var a = e();
    return Il(a[0], a[a.length - 1], t ?? 10, n);
  }, r.nice = function(t) {
    t == null && (t = 10);
    var n = e(), a = 0, s = n.length - 1, i = n[a], o = n[s], l, h, m = 10;
    for (o < i && (h = i, i = o, o = h, h = a, a = s, s = h); m-- > 0; ) {
      if (h = Zr(i, o, t), h === l)
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
function A0() {
  var r = Rl();
  return r.copy = function() {
    return $l(r, A0());
  }, zl.apply(r, arguments), Ol(r);
}
function Na(r, e, t, n) {
  return e ? t.classes ? Ll(r, e[0]) : Fl(r, e, t) : Hl(r, n);
}
function Fl(r, e, t) {
  let [n, a, s, i] = [0, 0, 0, 0];
  r.forEach((m, f) => {
    const v = Math.abs(t.output_scaling[f][0]), g = e[f].reduce((x, M) => x + M, 0) / e[f].length;
    for (let x = 0; x < m.length; x++) {
      const M = (m[x] - e[f][x]) ** 2;
      n += M, s += M * v * v, a += (e[f][x] - g) ** 2;
    }
    i += m.length;
  });
  const o = Math.sqrt(s / i), l = a > 0 ? 1 - n / a : NaN, h = [{ name: "RMSE", value: W(o) }];
  return Number.isFinite(l) && h.unshift({ name: "R²", value: $n(l) }), { loss: o, shown: h };
}
function Ll(r, e) {
  let [t, n] = [0, 0];
  for (let s = 0; s < e.length; s++) {
    const i = r.map((h) => h[s]), o = Math.max(...i), l = i.reduce((h, m) => h + Math.exp(m - o), 0);
    t += o + Math.log(l) - i[e[s]], i.indexOf(o) === e[s] && n++;
  }
  const a = t / e.length;
  return {
    loss: a,
    shown: [
      { name: "Accuracy", value: `${(100 * n / e.length).toFixed(1)} %` },
      { name: "Cross entropy", value: W(a) }
    ]
  };
}
function Hl(r, e) {
  let [t, n] = [0, 0];
  r.forEach((s, i) => {
    const o = e[i].reduce((l, h) => l + h, 0) / e[i].length;
    for (let l = 0; l < s.length; l++)
      t += (s[l] - e[i][l]) ** 2, n += (e[i][l] - o) ** 2;
  });
  const a = n > 0 ? Math.sqrt(t / n) : Math.sqrt(t);
  return { loss: a, shown: [{ name: "Change", value: `${W(100 * a)} %` }] };
}
function W(r, e = 3) {
  if (!Number.isFinite(r)) return "–";
  if (r === 0) return "0";
  const t = Math.abs(r);
  return (t >= 1e5 || t < 1e-3 ? r.toExponential(e - 1) : Pl(r.toPrecision(e + (t >= 1e3 ? 1 : 0)))).replace("e+", "e").replace(/-/g, "−");
}
function Pl(r) {
  return r.includes("e") ? String(Number(r)) : r.includes(".") ? r.replace(/\.?0+$/, "") : r;
}
function $n(r) {
  const e = r < 1 ? Math.ceil(-Math.log10(1 - r)) : 6;
  return r.toFixed(Math.min(Math.max(e + 1, 3), 6)).replace("-", "−");
}
const Gl = "http://www.w3.org/2000/svg";
function Ks(r, e, t) {
  for (const [n, a] of Object.entries(e))
    typeof a == "function" ? r.addEventListener(n, a) : a === !0 ? r.setAttribute(n, "") : a !== !1 && a !== void 0 && r.setAttribute(n, String(a));
  return r.append(...t.filter((n) => !!n)), r;
}
function k(r, e = {}, ...t) {
  return Ks(document.createElement(r), e, t);
}
function Y(r, e = {}, ...t) {
  return Ks(document.createElementNS(Gl, r), e, t);
}
function st(r) {
  let e = null;
  return (...t) => {
    const n = e === null;
    e = t, n && requestAnimationFrame(() => {
      const a = e;
      e = null, r(...a);
    });
  };
}
const Zs = matchMedia("(prefers-color-scheme: dark)"), tn = /* @__PURE__ */ new Map();
Zs.addEventListener("change", () => tn.clear());
function Js(r, e) {
  const t = tn.get(e);
  if (t) return t;
  const n = getComputedStyle(r).getPropertyValue(`--${e}`).trim();
  return n && tn.set(e, n), n;
}
function Qs(r) {
  Zs.addEventListener("change", r);
}
function _s(r) {
  const e = window.devicePixelRatio || 1, { clientWidth: t, clientHeight: n } = r;
  (r.width !== Math.round(t * e) || r.height !== Math.round(n * e)) && (r.width = Math.round(t * e), r.height = Math.round(n * e));
  const a = r.getContext("2d");
  return a.setTransform(e, 0, 0, e, 0, 0), a.clearRect(0, 0, t, n), { context: a, width: t, height: n };
}
const z0 = (r, e, ...t) => k("section", { class: `panel ${r}`, "aria-label": e }, k("h2", {}, e), ...t), M0 = 1e-9, qn = Number.MAX_VALUE, Je = (r, e, t) => r < e ? e : r > t ? t : r, Rt = (r) => qn ** (0.9 / (Math.abs(r) + 1)), It = (r) => Math.max(r, M0), Rn = (r, e = M0) => r < 0 ? Math.min(r, -e) : Math.max(r, e), Mr = (r) => Je(r, -300, 300);
function Fe(r) {
  return r > 0 ? (e) => Math.pow(Je(e, -Rt(r), Rt(r)), r) : (e) => Math.pow(Rn(e, Math.max(M0, 1 / Rt(r))), r);
}
const Ea = Fe(2);
function Ba(r) {
  const e = 1 - M0, t = Je(r, -e, e), n = (Math.PI / 2 - Math.asin(e)) / (1 - e);
  return Math.asin(t) + n * (Je(r, -1, 1) - t);
}
const Ul = [-1 / 0, 1 / 0], xe = (r) => (e) => `${r}\\left(${e}\\right)`, Wl = (r) => `\\left(${r}\\right)`;
function X(r, e, t, n = {}) {
  return { value: r, latex: e, bits: t, alias: !1, ...{ free: "", symmetric: !1, period: 0, domain: Ul, pole: !1 }, ...n };
}
const Re = { free: "scale", symmetric: !0 }, J0 = { free: "scale", domain: [0, 1 / 0] }, d0 = { symmetric: !0 }, Ye = (r) => (e) => `${Wl(e)}^{${r}}`, Q0 = (r) => (e) => `\\frac{1}{${r ? Ye(r)(e) : e}}`, T0 = {
  0: X(() => 0, () => "0", 0, { free: "both", symmetric: !0 }),
  x: X((r) => r, (r) => r, 1, { free: "both", symmetric: !0 }),
  "x^2": X(Fe(2), Ye("2"), 3, Re),
  "x^3": X(Fe(3), Ye("3"), 5, Re),
  "x^4": X(Fe(4), Ye("4"), 6, Re),
  "x^5": X(Fe(5), Ye("5"), 7, Re),
  "1/x": X(Fe(-1), Q0(""), 4, { ...Re, pole: !0 }),
  "1/x^2": X(Fe(-2), Q0("2"), 5, { ...Re, pole: !0 }),
  "1/x^3": X(Fe(-3), Q0("3"), 6, { ...Re, pole: !0 }),
  "1/x^4": X(Fe(-4), Q0("4"), 7, { ...Re, pole: !0 }),
  "1/x^5": X(Fe(-5), Q0("5"), 8, { ...Re, pole: !0 }),
  sqrt: X(
    (r) => r < M0 ? Math.max(r, 0) * M0 ** -0.5 : Math.sqrt(r),
    (r) => `\\sqrt{${r}}`,
    4,
    J0
  ),
  "x^1.5": X((r) => Math.pow(Je(r, 0, Rt(2)), 1.5), Ye("3/2"), 6, J0),
  "1/sqrt": X((r) => 1 / Math.sqrt(It(r)), (r) => `\\frac{1}{\\sqrt{${r}}}`, 5, J0),
  "1/x^1.5": X((r) => Math.pow(It(r), -1.5), Ye("-3/2"), 7, J0),
  exp: X((r) => Math.exp(Mr(r)), xe("\\exp"), 3, { free: "shift" }),
  log: X((r) => Math.log(It(r)), xe("\\log"), 3, J0),
  abs: X(Math.abs, (r) => `\\left|${r}\\right|`, 4, Re),
  sign: X(Math.sign, xe("\\operatorname{sign}"), 6, Re),
  sin: X(Math.sin, xe("\\sin"), 3, { symmetric: !0, period: 2 * Math.PI }),
  cos: X(Math.cos, xe("\\cos"), 3, { symmetric: !0, period: 2 * Math.PI, alias: !0 }),
  tan: X((r) => Math.sin(r) / Rn(Math.cos(r)), xe("\\tan"), 6, {
    symmetric: !0,
    period: Math.PI
  }),
  tanh: X(Math.tanh, xe("\\tanh"), 5, d0),
  sinh: X((r) => Math.sinh(Mr(r)), xe("\\sinh"), 6, d0),
  cosh: X((r) => Math.cosh(Mr(r)), xe("\\cosh"), 6, d0),
  arcsin: X(Ba, xe("\\arcsin"), 5, { symmetric: !0, domain: [-1, 1] }),
  arccos: X((r) => Math.PI / 2 - Ba(r), xe("\\arccos"), 5, {
    symmetric: !0,
    domain: [-1, 1],
    alias: !0
  }),
  arctan: X(Math.atan, xe("\\arctan"), 5, d0),
  arctanh: X((r) => Math.atanh(Je(r, -0.999999999, 1 - M0)), xe("\\operatorname{artanh}"), 5, {
    symmetric: !0,
    domain: [-1, 1]
  }),
  arcsinh: X(Math.asinh, xe("\\operatorname{arsinh}"), 7, d0),
  gaussian: X((r) => Math.exp(-Ea(r)), (r) => `e^{-${Ye("2")(r)}}`, 5, d0),
  lorentzian: X((r) => 1 / (1 + Ea(r)), (r) => `\\frac{1}{1 + ${Ye("2")(r)}}`, 6, d0)
};
function rr(r) {
  if (typeof r == "string") {
    if (!Object.hasOwn(T0, r)) throw new Error(`unknown function ${r}`);
    return T0[r].value;
  }
  return (e) => b0(r, e);
}
const Da = qn ** 0.45, $a = (r) => Je(r, -Da, Da);
function b0(r, e) {
  const [t, ...n] = r;
  return t === "number" ? Number(n[0]) : t === "input" ? e : t === "sum" ? $a(n.reduce((a, s) => a + b0(s, e), 0)) : t === "product" ? n.slice(1).reduce((a, s) => $a(a * b0(s, e)), b0(n[0], e)) : t === "power" ? Vl(b0(n[0], e), n[1], e) : rr(n[0])(b0(n[1], e));
}
const qa = {
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
function Vl(r, e, t) {
  const n = b0(e, t), a = e[0] === "number" && e[2] !== null;
  if (a && String(n) in qa) return T0[qa[String(n)]].value(r);
  if (a && Number.isInteger(n)) {
    const s = qn ** (0.4 / Math.abs(n)), i = Je(r, -s, s);
    return Math.pow(n < 0 ? Rn(i, 1 / s) : i, n);
  }
  return Math.exp(Je(n * Math.log(It(r)), -300, 300));
}
const ei = 80;
function ti(r) {
  return r.do === "label" ? [] : r.do === "remove" ? r.edges : [r.edge];
}
function ri({ edit: r, position: e }, t, n) {
  switch (r.do) {
    case "remove":
      return new Float64Array(n.length).fill(r.constants[e]);
    case "fix": {
      const a = rr(r.function);
      return n.map((s) => r.c * a(r.a * s + r.b) + r.d);
    }
    case "redraw":
      return rn(r.x, r.y, n);
    case "bend": {
      const a = rn(r.x, r.y, n);
      return t.map((s, i) => s + a[i]);
    }
    case "clip":
      return t.map((a) => Math.min(Math.max(a, r.low), r.high));
    case "label":
      return t;
  }
}
function rn(r, e, t) {
  const n = r.length - 1, a = r.slice(1).map((o, l) => o - r[l]), s = a.map((o, l) => (e[l + 1] - e[l]) / o), i = jl(a, s);
  return t.map((o) => {
    const l = Math.min(Math.max(o, r[0]), r[n]);
    let h = 0;
    for (let x = n; x - h > 1; ) {
      const M = h + x >> 1;
      l >= r[M] ? h = M : x = M;
    }
    const m = l - r[h], f = m / a[h], v = (i[h] + i[h + 1] - 2 * s[h]) * f, g = 3 * s[h] - 2 * i[h] - i[h + 1];
    return e[h] + m * (i[h] + f * (g + v));
  });
}
function jl(r, e) {
  const t = e.length - 1;
  if (t === 0) return [e[0], e[0]];
  const n = e.slice(1).map((s, i) => {
    const o = e[i];
    if (o * s <= 0) return 0;
    const l = 2 * r[i + 1] + r[i], h = r[i + 1] + 2 * r[i];
    return (l + h) / (l / o + h / s);
  });
  return [Ra(r[0], r[1], e[0], e[1]), ...n, Ra(r[t], r[t - 1], e[t], e[t - 1])];
}
function Ra(r, e, t, n) {
  const a = ((2 * r + e) * t - r * n) / (r + e);
  return a * t <= 0 ? 0 : t * n <= 0 && Math.abs(a) > 3 * Math.abs(t) ? 3 * t : a;
}
function ni(r, e) {
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
function Ia(r, e) {
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
    if (!Xl(n, e)) throw new Error(`Edit ${a} of this log is damaged.`);
  }), t.edits;
}
const Ot = (r) => typeof r == "number" && Number.isFinite(r), Sr = (r) => Array.isArray(r) && r.every(Ot);
function Mt(r, e) {
  if (!Array.isArray(r) || r.length !== 3 || !r.every(Number.isInteger)) return !1;
  const [t, n, a] = r;
  return t >= 0 && t < e.length - 1 && n >= 0 && a >= 0 && n < e[t] && a < e[t + 1];
}
function Yl(r, e) {
  if (!Array.isArray(r) || r.length !== 2 || !r.every(Number.isInteger)) return !1;
  const [t, n] = r;
  return t > 0 && t < e.length - 1 && n >= 0 && n < e[t];
}
function Xl(r, e) {
  switch (r?.do) {
    case "remove":
      return Array.isArray(r.edges) && r.edges.every((t) => Mt(t, e)) && Sr(r.constants) && r.constants.length === r.edges.length;
    case "fix":
      return Mt(r.edge, e) && [r.a, r.b, r.c, r.d].every(Ot) && Kl(r.function);
    case "redraw":
    case "bend":
      return Mt(r.edge, e) && Sr(r.x) && Sr(r.y) && r.x.length === r.y.length && r.x.length > 1 && r.x.every((t, n) => n === 0 || t > r.x[n - 1]);
    case "clip":
      return Mt(r.edge, e) && Ot(r.low) && Ot(r.high) && r.low <= r.high;
    case "label":
      return Yl(r.node, e) && typeof r.text == "string" && [...r.text].length <= ei;
    default:
      return !1;
  }
}
function Kl(r) {
  try {
    return Number.isFinite(rr(r)(0.5)) || !0;
  } catch {
    return !1;
  }
}
class ai {
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
    return nn(e, this.now) ? !1 : (this.past = [...this.past, this.now], [this.now, this.future] = [e, []], !0);
  }
  /** Another last edit as the same step; null takes that one away. */
  exchangeLast(e) {
    const t = this.now.slice(0, -1), n = nn(this.past.at(-1), t);
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
function nn(r, e) {
  return r?.length === e.length && r.every((t, n) => t === e[n]);
}
class si {
  history = new ai();
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
const Zl = "₀₁₂₃₄₅₆₇₈₉", Jl = "⁰¹²³⁴⁵⁶⁷⁸⁹", Oa = (r, e) => [...String(r)].map((t) => e[Number(t)]).join("");
function H0(r, e, t) {
  const { payload: n, network: a } = r;
  return e === 0 ? n.input_names[t] : e === a.layers.length ? n.output_names[t] : r.labelOf(e, t) || I0(r, e, t);
}
function I0({ network: r }, e, t) {
  return `h${r.layers.length > 2 ? `⁽${Oa(e, Jl)}⁾` : ""}${Oa(t, Zl)}`;
}
function it(r, [e, t, n]) {
  return `${H0(r, e, t)} → ${H0(r, e + 1, n)}`;
}
function Ql(r, [e, t]) {
  const n = H0(r, e, t), a = r.network.layers[e];
  return a.mixes ? `${a.normTitle}(${n})` : n;
}
function ot(r, e = 18) {
  return r.length > e ? `${r.slice(0, e - 1)}…` : r;
}
function Xt(r, e) {
  let [t, n] = [1 / 0, -1 / 0];
  for (const a of r)
    a < t && (t = a), a > n && (n = a);
  return n > t || ([t, n] = [t - 0.5, n + 0.5]), Float64Array.from({ length: e }, (a, s) => t + s / (e - 1) * (n - t));
}
function _l(r, e, t, n = 24) {
  const a = { x: [], y: [] }, s = Math.max(1, Math.ceil(t.length / n));
  for (let i = 0; i < t.length; i += s) {
    const o = t.slice(i, i + s);
    a.x.push(o.reduce((l, h) => l + r[h], 0) / o.length), a.y.push(o.reduce((l, h) => l + e[h], 0) / o.length);
  }
  return a;
}
const e1 = 11, St = 40, de = { left: 52, right: 14, top: 12, bottom: 40 };
function ii(r, e, t, n, a) {
  const s = t.flatMap((S) => S.x), i = t.flatMap((S) => S.y), o = (S) => r.toUnits(e[0], e[1], S), l = [o(Math.min(...s)), o(Math.max(...s))], [h, m] = [Math.min(...i), Math.max(...i)], f = 0.08 * (m - h) || 0.5, v = t1(r, e), g = A0(l, [de.left, n - de.right]), x = A0([h - f, m + f].map((S) => S * v), [a - de.bottom, de.top]), M = (S, T) => S.ticks(T).map((B) => ({ at: S(B), text: W(B) }));
  return {
    width: n,
    height: a,
    x: (S) => g(o(S)),
    y: (S) => x(S * v),
    valueAt: (S) => x.invert(S) / v,
    xTicks: M(g, Math.max(2, Math.floor(n / 90))),
    yTicks: M(x, 5)
  };
}
function t1(r, [e, , t]) {
  const n = r.network.layers.length - 1;
  return e === n && !r.network.layers[n].hasPost ? r.payload.output_scaling[t][0] : 1;
}
const _0 = (r, e) => r.x.map((t, n) => `${n ? "L" : "M"}${e.x(t).toFixed(1)},${e.y(r.y[n]).toFixed(1)}`).join("");
function oi(r, e, t) {
  const n = t.height - de.bottom;
  return Y(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...t.yTicks.map((a) => Y("line", { x1: de.left, x2: t.width - de.right, y1: a.at, y2: a.at })),
    ...t.yTicks.map((a) => Y("text", { x: de.left - 6, y: a.at, "text-anchor": "end", "dominant-baseline": "middle" }, a.text)),
    ...t.xTicks.map((a) => Y("text", { x: a.at, y: n + 15, "text-anchor": "middle" }, a.text)),
    Y("text", { class: "title", x: t.width - de.right, y: t.height - 6, "text-anchor": "end" }, ot(Ql(r, e), 40)),
    Y("text", { class: "title", x: de.left + 4, y: de.top + 4 }, `adds to ${ot(H0(r, e[0] + 1, e[2]), 24)}`)
  );
}
function In(r, e, t) {
  const [n, a] = [e[0], e[e.length - 1]], s = new Array(St).fill(0);
  for (const h of r) {
    const m = Math.floor((h - n) / (a - n) * St);
    s[Math.min(Math.max(m, 0), St - 1)]++;
  }
  const i = Math.max(...s, 1), o = 0.22 * (t.height - de.bottom - de.top), l = s.map((h, m) => {
    const f = [m, m + 1].map((g) => t.x(n + g / St * (a - n))), v = h / i * o;
    return Y("rect", {
      x: Math.min(...f) + 0.5,
      width: Math.max(Math.abs(f[1] - f[0]) - 1, 0.5),
      y: t.height - de.bottom - v,
      height: v
    });
  });
  return Y("g", { class: "density", "aria-hidden": "true" }, ...l);
}
function r1(r, e, t = 230, n = 150) {
  const a = r.curve(e), s = ii(r, e, [a], t, n);
  return Y(
    "svg",
    { viewBox: `0 0 ${t} ${n}`, width: t, height: n, class: "chart" },
    In(r.cloud(e).x, a.x, s),
    oi(r, e, s),
    Y("path", { class: "curve", d: _0(a, s) })
  );
}
class n1 {
  constructor(e, t) {
    this.session = e, this.say = t, this.element = k("div", { class: "editor" }), this.move = st((n) => this.drag(n)), new ResizeObserver(() => this.draw()).observe(this.element);
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
    const t = Math.max(this.element.clientWidth, 200), n = this.session.curve(e), a = this.session.curve(e, !1, this.isMixed(e) ? void 0 : Float64Array.from(n.x)), s = this.preview ? [n, a, this.previewCurve(n)] : [n, a], i = ii(this.session, e, s, t, Math.min(280, Math.max(220, t * 0.6)));
    this.frame = i, this.curvePath = Y("path", { class: "curve", d: _0(n, i) });
    const o = this.session.steps(e).length > 0, l = this.session.obstacle(e) || this.preview ? [] : this.makeHandles(e), h = Y(
      "svg",
      { viewBox: `0 0 ${i.width} ${i.height}`, class: "chart", role: "group", "aria-label": "Curve of the edge" },
      In(this.session.cloud(e).x, n.x, i),
      oi(this.session, e, i),
      o && Y("path", { class: "curve first", d: _0(a, i) }),
      this.curvePath,
      this.preview && Y("path", { class: "curve preview", d: _0(this.previewCurve(n), i) }),
      ...l
    ), m = this.handles.findIndex((f) => f === document.activeElement);
    this.handles = l, this.element.replaceChildren(h), m >= 0 && this.handles[m]?.focus();
  }
  isMixed(e) {
    return this.session.network.layers[e[0]].mixes;
  }
  previewCurve(e) {
    const t = Float64Array.from(e.x), n = { edit: this.preview, position: 0 };
    return { x: e.x, y: [...ri(n, Float64Array.from(e.y), t)] };
  }
  makeHandles(e) {
    const { frame: t, session: n } = this;
    this.knots = [...Xt(n.rows.levels[e[0]][e[1]], e1)];
    const a = n.curve(e, !0, Float64Array.from(this.knots)).y;
    return this.offsets = this.knots.map(() => 0), this.knots.map(
      (s, i) => Y("circle", {
        class: "handle",
        cx: t.x(s),
        cy: t.y(a[i]),
        r: 6,
        tabindex: 0,
        role: "slider",
        "aria-orientation": "vertical",
        "aria-label": `Curve at ${W(n.toUnits(e[0], e[1], s))}`,
        "aria-valuenow": a[i],
        "aria-valuetext": W(a[i]),
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
    const t = this.session.curve(e, !0, Xt(Float64Array.from([this.knots[0], this.knots.at(-1)]), 65));
    this.curvePath?.setAttribute("d", _0(t, this.frame));
    const n = this.session.curve(e, !0, Float64Array.from(this.knots)).y;
    this.handles.forEach((a, s) => a.setAttribute("cy", String(this.frame.y(n[s]))));
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
class C extends Error {
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
    super(n), this.name = "ParseError", this.position = void 0, this.length = void 0, this.rawMessage = void 0, Object.setPrototypeOf(this, C.prototype), this.position = a, a != null && s != null && (this.length = s - a), this.rawMessage = e;
  }
}
var a1 = /([A-Z])/g, s1 = (r) => r.replace(a1, "-$1").toLowerCase(), i1 = {
  "&": "&amp;",
  ">": "&gt;",
  "<": "&lt;",
  '"': "&quot;",
  "'": "&#x27;"
}, o1 = /[&><"']/g, ve = (r) => String(r).replace(o1, (e) => i1[e]), Ft = (r) => r.type === "ordgroup" || r.type === "color" ? r.body.length === 1 ? Ft(r.body[0]) : r : r.type === "font" ? Ft(r.body) : r, l1 = /* @__PURE__ */ new Set(["mathord", "textord", "atom"]), _e = (r) => l1.has(Ft(r).type), u1 = (r) => {
  var e = /^[\x00-\x20]*([^\\/#?]*?)(:|&#0*58|&#x0*3a|&colon)/i.exec(r);
  return e ? e[2] !== ":" || !/^[a-zA-Z][a-zA-Z0-9+\-.]*$/.test(e[1]) ? null : e[1].toLowerCase() : "_relative";
}, an = {
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
function h1(r) {
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
function c1(r) {
  if (r.default !== void 0)
    return r.default;
  var e = Array.isArray(r.type) ? r.type[0] : r.type;
  return h1(e);
}
function m1(r, e, t, n) {
  var a = t[e];
  r[e] = a !== void 0 ? n.processor ? n.processor(a) : a : c1(n);
}
class On {
  constructor(e) {
    e === void 0 && (e = {}), this.displayMode = void 0, this.output = void 0, this.leqno = void 0, this.fleqn = void 0, this.throwOnError = void 0, this.errorColor = void 0, this.macros = void 0, this.minRuleThickness = void 0, this.colorIsTextColor = void 0, this.strict = void 0, this.trust = void 0, this.maxSize = void 0, this.maxExpand = void 0, this.globalGroup = void 0, e = e || {};
    for (var t of Object.keys(an)) {
      var n = an[t];
      n && m1(this, t, e, n);
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
        throw new C("LaTeX-incompatible input and strict mode is set to 'error': " + (t + " [" + e + "]"), n);
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
      var t = u1(e.url);
      if (t == null)
        return !1;
      e.protocol = t;
    }
    var n = typeof this.trust == "function" ? this.trust(e) : this.trust;
    return !!n;
  }
}
class a0 {
  constructor(e, t, n) {
    this.id = void 0, this.size = void 0, this.cramped = void 0, this.id = e, this.size = t, this.cramped = n;
  }
  /**
   * Get the style of a superscript given a base in the current style.
   */
  sup() {
    return Le[d1[this.id]];
  }
  /**
   * Get the style of a subscript given a base in the current style.
   */
  sub() {
    return Le[f1[this.id]];
  }
  /**
   * Get the style of a fraction numerator given the fraction in the current
   * style.
   */
  fracNum() {
    return Le[p1[this.id]];
  }
  /**
   * Get the style of a fraction denominator given the fraction in the current
   * style.
   */
  fracDen() {
    return Le[v1[this.id]];
  }
  /**
   * Get the cramped version of a style (in particular, cramping a cramped style
   * doesn't change the style).
   */
  cramp() {
    return Le[g1[this.id]];
  }
  /**
   * Get a text or display version of this style.
   */
  text() {
    return Le[b1[this.id]];
  }
  /**
   * Return true if this style is tightly spaced (scriptstyle/scriptscriptstyle)
   */
  isTight() {
    return this.size >= 2;
  }
}
var Fn = 0, Kt = 1, O0 = 2, Ze = 3, lt = 4, Ne = 5, P0 = 6, ye = 7, Le = [new a0(Fn, 0, !1), new a0(Kt, 0, !0), new a0(O0, 1, !1), new a0(Ze, 1, !0), new a0(lt, 2, !1), new a0(Ne, 2, !0), new a0(P0, 3, !1), new a0(ye, 3, !0)], d1 = [lt, Ne, lt, Ne, P0, ye, P0, ye], f1 = [Ne, Ne, Ne, Ne, ye, ye, ye, ye], p1 = [O0, Ze, lt, Ne, P0, ye, P0, ye], v1 = [Ze, Ze, Ne, Ne, ye, ye, ye, ye], g1 = [Kt, Kt, Ze, Ze, Ne, Ne, ye, ye], b1 = [Fn, Kt, O0, Ze, O0, Ze, O0, Ze], P = {
  DISPLAY: Le[Fn],
  TEXT: Le[O0],
  SCRIPT: Le[lt],
  SCRIPTSCRIPT: Le[P0]
}, sn = [{
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
function y1(r) {
  for (var e = 0; e < sn.length; e++)
    for (var t = sn[e], n = 0; n < t.blocks.length; n++) {
      var a = t.blocks[n];
      if (r >= a[0] && r <= a[1])
        return t.name;
    }
  return null;
}
var Lt = [];
sn.forEach((r) => r.blocks.forEach((e) => Lt.push(...e)));
function li(r) {
  for (var e = 0; e < Lt.length; e += 2)
    if (r >= Lt[e] && r <= Lt[e + 1])
      return !0;
  return !1;
}
var ue = (r) => r + " " + r, B0 = 80, w1 = function(e, t) {
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
}, x1 = function(e, t) {
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
}, k1 = function(e, t) {
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
}, M1 = function(e, t) {
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
}, S1 = function(e, t) {
  return "M473," + (2713 + e + t) + `
c339.3,-1799.3,509.3,-2700,510,-2702 l` + e / 5.298 + " -" + e + `
c3.3,-7.3,9.3,-11,18,-11 H400000v` + (40 + e) + `H1017.7
s-90.5,478,-276.2,1466c-185.7,988,-279.5,1483,-281.5,1485c-2,6,-10,9,-24,9
c-8,0,-12,-0.7,-12,-2c0,-1.3,-5.3,-32,-16,-92c-50.7,-293.3,-119.7,-693.3,-207,-1200
c0,-1.3,-5.3,8.7,-16,30c-10.7,21.3,-21.3,42.7,-32,64s-16,33,-16,33s-26,-26,-26,-26
s76,-153,76,-153s77,-151,77,-151c0.7,0.7,35.7,202,105,604c67.3,400.7,102,602.7,104,
606zM` + (1001 + e) + " " + t + "h400000v" + (40 + e) + "H1017.7z";
}, A1 = function(e) {
  var t = e / 2;
  return "M400000 " + e + " H0 L" + t + " 0 l65 45 L145 " + (e - 80) + " H400000z";
}, T1 = function(e, t, n) {
  var a = n - 54 - t - e;
  return "M702 " + (e + t) + "H400000" + (40 + e) + `
H742v` + a + `l-4 4-4 4c-.667.7 -2 1.5-4 2.5s-4.167 1.833-6.5 2.5-5.5 1-9.5 1
h-12l-28-84c-16.667-52-96.667 -294.333-240-727l-212 -643 -85 170
c-4-3.333-8.333-7.667-13 -13l-13-13l77-155 77-156c66 199.333 139 419.667
219 661 l218 661zM702 ` + t + "H400000v" + (40 + e) + "H742z";
}, z1 = function(e, t, n) {
  t = 1e3 * t;
  var a = "";
  switch (e) {
    case "sqrtMain":
      a = w1(t, B0);
      break;
    case "sqrtSize1":
      a = x1(t, B0);
      break;
    case "sqrtSize2":
      a = k1(t, B0);
      break;
    case "sqrtSize3":
      a = M1(t, B0);
      break;
    case "sqrtSize4":
      a = S1(t, B0);
      break;
    case "sqrtTall":
      a = T1(t, B0, n);
  }
  return a;
}, C1 = function(e, t) {
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
}, Fa = {
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
}, N1 = function(e, t) {
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
function E1(r) {
  return "toText" in r;
}
class j0 {
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
      if (E1(e))
        return e.toText();
      throw new Error("Expected MathDomNode with toText, got " + e.constructor.name);
    }).join("");
  }
}
var on = {
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
}, B1 = {
  ex: !0,
  em: !0,
  mu: !0
}, ui = function(e) {
  return typeof e != "string" && (e = e.unit), e in on || e in B1 || e === "ex";
}, re = function(e, t) {
  var n;
  if (e.unit in on)
    n = on[e.unit] / t.fontMetrics().ptPerEm / t.sizeMultiplier;
  else if (e.unit === "mu")
    n = t.fontMetrics().cssEmPerMu;
  else {
    var a;
    if (t.style.isTight() ? a = t.havingStyle(t.style.text()) : a = t, e.unit === "ex")
      n = a.fontMetrics().xHeight;
    else if (e.unit === "em")
      n = a.fontMetrics().quad;
    else
      throw new C("Invalid unit: '" + e.unit + "'");
    a !== t && (n *= a.sizeMultiplier / t.sizeMultiplier);
  }
  return Math.min(e.number * n, t.maxSize);
}, E = function(e) {
  return +e.toFixed(4) + "em";
}, o0 = function(e) {
  return e.filter((t) => t).join(" ");
}, Ln = function(e) {
  var t = "";
  for (var n of Object.keys(e)) {
    var a = e[n];
    a !== void 0 && (t += s1(n) + ":" + a + ";");
  }
  return t;
}, hi = function(e, t, n) {
  if (this.classes = e || [], this.attributes = {}, this.height = 0, this.depth = 0, this.maxFontSize = 0, this.style = n || {}, t) {
    t.style.isTight() && this.classes.push("mtight");
    var a = t.getColor();
    a && (this.style.color = a);
  }
}, ci = function(e) {
  var t = document.createElement(e);
  t.className = o0(this.classes), Object.assign(t.style, this.style);
  for (var n of Object.keys(this.attributes))
    t.setAttribute(n, this.attributes[n]);
  for (var a = 0; a < this.children.length; a++)
    t.appendChild(this.children[a].toNode());
  return t;
}, D1 = /[\s"'>/=\x00-\x1f]/, mi = function(e) {
  var t = "<" + e;
  this.classes.length && (t += ' class="' + ve(o0(this.classes)) + '"');
  var n = Ln(this.style);
  n && (t += ' style="' + ve(n) + '"');
  for (var a of Object.keys(this.attributes)) {
    if (D1.test(a))
      throw new C("Invalid attribute name '" + a + "'");
    t += " " + a + '="' + ve(this.attributes[a]) + '"';
  }
  t += ">";
  for (var s = 0; s < this.children.length; s++)
    t += this.children[s].toMarkup();
  return t += "</" + e + ">", t;
};
class Y0 {
  constructor(e, t, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.width = void 0, this.maxFontSize = void 0, this.style = void 0, this.italic = void 0, hi.call(this, e, n, a), this.children = t || [];
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
    return ci.call(this, "span");
  }
  toMarkup() {
    return mi.call(this, "span");
  }
}
class nr {
  constructor(e, t, n, a) {
    this.children = void 0, this.attributes = void 0, this.classes = void 0, this.height = void 0, this.depth = void 0, this.maxFontSize = void 0, this.style = void 0, hi.call(this, t, a), this.children = n || [], this.setAttribute("href", e);
  }
  setAttribute(e, t) {
    this.attributes[e] = t;
  }
  hasClass(e) {
    return this.classes.includes(e);
  }
  toNode() {
    return ci.call(this, "a");
  }
  toMarkup() {
    return mi.call(this, "a");
  }
}
class $1 {
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
    var e = '<img src="' + ve(this.src) + '"' + (' alt="' + ve(this.alt) + '"'), t = Ln(this.style);
    return t && (e += ' style="' + ve(t) + '"'), e += "'/>", e;
  }
}
var q1 = {
  î: "ı̂",
  ï: "ı̈",
  í: "ı́",
  // 'ī': '\u0131\u0304', // enable when we add Extended Latin
  ì: "ı̀"
};
class Te {
  constructor(e, t, n, a, s, i, o, l) {
    this.text = void 0, this.height = void 0, this.depth = void 0, this.italic = void 0, this.skew = void 0, this.width = void 0, this.maxFontSize = void 0, this.classes = void 0, this.style = void 0, this.text = e, this.height = t || 0, this.depth = n || 0, this.italic = a || 0, this.skew = s || 0, this.width = i || 0, this.classes = o || [], this.style = l || {}, this.maxFontSize = 0;
    var h = y1(this.text.charCodeAt(0));
    h && this.classes.push(h + "_fallback"), /[îïíì]/.test(this.text) && (this.text = q1[this.text]);
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
    return this.italic > 0 && (t = document.createElement("span"), t.style.marginRight = E(this.italic)), this.classes.length > 0 && (t = t || document.createElement("span"), t.className = o0(this.classes)), Object.keys(this.style).length > 0 && (t = t || document.createElement("span"), Object.assign(t.style, this.style)), t ? (t.appendChild(e), t) : e;
  }
  /**
   * Creates markup for a symbol node.
   */
  toMarkup() {
    var e = !1, t = "<span";
    this.classes.length && (e = !0, t += ' class="', t += ve(o0(this.classes)), t += '"');
    var n = "";
    this.italic > 0 && (n += "margin-right:" + E(this.italic) + ";"), n += Ln(this.style), n && (e = !0, t += ' style="' + ve(n) + '"');
    var a = ve(this.text);
    return e ? (t += ">", t += a, t += "</span>", t) : a;
  }
}
class Qe {
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
class l0 {
  constructor(e, t) {
    this.pathName = void 0, this.alternate = void 0, this.pathName = e, this.alternate = t;
  }
  toNode() {
    var e = "http://www.w3.org/2000/svg", t = document.createElementNS(e, "path");
    return this.alternate ? t.setAttribute("d", this.alternate) : t.setAttribute("d", Fa[this.pathName]), t;
  }
  toMarkup() {
    return this.alternate ? '<path d="' + ve(this.alternate) + '"/>' : '<path d="' + ve(Fa[this.pathName]) + '"/>';
  }
}
class ln {
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
function R1(r) {
  if (r instanceof Te)
    return r;
  throw new Error("Expected symbolNode but got " + String(r) + ".");
}
function I1(r) {
  if (r instanceof Y0)
    return r;
  throw new Error("Expected span<HtmlDomNode> but got " + String(r) + ".");
}
var O1 = (r) => r instanceof Y0 || r instanceof nr || r instanceof j0, He = {
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
}, At = {
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
}, La = {
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
function F1(r, e) {
  He[r] = e;
}
function Hn(r, e, t) {
  if (!He[e])
    throw new Error("Font metrics not found for font: " + e + ".");
  var n = r.charCodeAt(0), a = He[e][n];
  if (!a && r[0] in La && (n = La[r[0]].charCodeAt(0), a = He[e][n]), !a && t === "text" && li(n) && (a = He[e][77]), a)
    return {
      depth: a[0],
      height: a[1],
      italic: a[2],
      skew: a[3],
      width: a[4]
    };
}
var Ar = {};
function L1(r) {
  var e;
  if (r >= 5 ? e = 0 : r >= 3 ? e = 1 : e = 2, !Ar[e]) {
    var t = Ar[e] = {
      cssEmPerMu: At.quad[e] / 18
    };
    for (var n in At)
      At.hasOwnProperty(n) && (t[n] = At[n][e]);
  }
  return Ar[e];
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
var c = "math", A = "text", d = "main", b = "ams", _ = "accent-token", $ = "bin", we = "close", X0 = "inner", L = "mathord", oe = "op-token", ze = "open", mt = "punct", y = "rel", e0 = "spacing", w = "textord";
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
u(c, d, mt, ".", "\\ldotp");
u(c, d, mt, "⋅", "\\cdotp");
u(c, d, mt, "⋅", "·");
u(A, d, w, "⋅", "·");
u(c, d, w, "#", "\\#");
u(A, d, w, "#", "\\#");
u(c, d, w, "&", "\\&");
u(A, d, w, "&", "\\&");
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
u(A, d, w, "§", "\\S");
u(c, d, w, "¶", "\\P", !0);
u(A, d, w, "¶", "\\P");
u(c, d, w, "†", "\\dag");
u(A, d, w, "†", "\\dag");
u(A, d, w, "†", "\\textdagger");
u(c, d, w, "‡", "\\ddag");
u(A, d, w, "‡", "\\ddag");
u(A, d, w, "‡", "\\textdaggerdbl");
u(c, d, we, "⎱", "\\rmoustache", !0);
u(c, d, ze, "⎰", "\\lmoustache", !0);
u(c, d, we, "⟯", "\\rgroup", !0);
u(c, d, ze, "⟮", "\\lgroup", !0);
u(c, d, $, "∓", "\\mp", !0);
u(c, d, $, "⊖", "\\ominus", !0);
u(c, d, $, "⊎", "\\uplus", !0);
u(c, d, $, "⊓", "\\sqcap", !0);
u(c, d, $, "∗", "\\ast");
u(c, d, $, "⊔", "\\sqcup", !0);
u(c, d, $, "◯", "\\bigcirc", !0);
u(c, d, $, "∙", "\\bullet", !0);
u(c, d, $, "‡", "\\ddagger");
u(c, d, $, "≀", "\\wr", !0);
u(c, d, $, "⨿", "\\amalg");
u(c, d, $, "&", "\\And");
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
u(c, b, $, "⊴", "\\unlhd");
u(c, b, $, "⊵", "\\unrhd");
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
u(A, b, w, "®", "\\circledR");
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
u(A, d, w, "ð", "ð");
u(c, b, w, "╱", "\\diagup");
u(c, b, w, "╲", "\\diagdown");
u(c, b, w, "□", "\\square");
u(c, b, w, "□", "\\Box");
u(c, b, w, "◊", "\\Diamond");
u(c, b, w, "¥", "\\yen", !0);
u(A, b, w, "¥", "\\yen", !0);
u(c, b, w, "✓", "\\checkmark", !0);
u(A, b, w, "✓", "\\checkmark");
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
u(c, b, $, "⋖", "\\lessdot");
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
u(c, b, $, "⋗", "\\gtrdot");
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
u(c, b, $, "⊲", "\\lhd");
u(c, b, $, "⊳", "\\rhd");
u(c, b, y, "≂", "\\eqsim", !0);
u(c, d, y, "⋈", "\\Join");
u(c, b, y, "≑", "\\Doteq", !0);
u(c, b, $, "∔", "\\dotplus", !0);
u(c, b, $, "∖", "\\smallsetminus");
u(c, b, $, "⋒", "\\Cap", !0);
u(c, b, $, "⋓", "\\Cup", !0);
u(c, b, $, "⩞", "\\doublebarwedge", !0);
u(c, b, $, "⊟", "\\boxminus", !0);
u(c, b, $, "⊞", "\\boxplus", !0);
u(c, b, $, "⋇", "\\divideontimes", !0);
u(c, b, $, "⋉", "\\ltimes", !0);
u(c, b, $, "⋊", "\\rtimes", !0);
u(c, b, $, "⋋", "\\leftthreetimes", !0);
u(c, b, $, "⋌", "\\rightthreetimes", !0);
u(c, b, $, "⋏", "\\curlywedge", !0);
u(c, b, $, "⋎", "\\curlyvee", !0);
u(c, b, $, "⊝", "\\circleddash", !0);
u(c, b, $, "⊛", "\\circledast", !0);
u(c, b, $, "⋅", "\\centerdot");
u(c, b, $, "⊺", "\\intercal", !0);
u(c, b, $, "⋒", "\\doublecap");
u(c, b, $, "⋓", "\\doublecup");
u(c, b, $, "⊠", "\\boxtimes", !0);
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
u(A, d, w, "$", "\\$");
u(A, d, w, "$", "\\textdollar");
u(c, d, w, "%", "\\%");
u(A, d, w, "%", "\\%");
u(c, d, w, "_", "\\_");
u(A, d, w, "_", "\\_");
u(A, d, w, "_", "\\textunderscore");
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
u(c, d, $, "∗", "*", !0);
u(c, d, $, "+", "+");
u(c, d, $, "−", "-", !0);
u(c, d, $, "⋅", "\\cdot", !0);
u(c, d, $, "∘", "\\circ", !0);
u(c, d, $, "÷", "\\div", !0);
u(c, d, $, "±", "\\pm", !0);
u(c, d, $, "×", "\\times", !0);
u(c, d, $, "∩", "\\cap", !0);
u(c, d, $, "∪", "\\cup", !0);
u(c, d, $, "∖", "\\setminus", !0);
u(c, d, $, "∧", "\\land");
u(c, d, $, "∨", "\\lor");
u(c, d, $, "∧", "\\wedge", !0);
u(c, d, $, "∨", "\\vee", !0);
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
u(c, d, e0, " ", "\\ ");
u(c, d, e0, " ", "\\space");
u(c, d, e0, " ", "\\nobreakspace");
u(A, d, e0, " ", "\\ ");
u(A, d, e0, " ", " ");
u(A, d, e0, " ", "\\space");
u(A, d, e0, " ", "\\nobreakspace");
u(c, d, e0, "", "\\nobreak");
u(c, d, e0, "", "\\allowbreak");
u(c, d, mt, ",", ",");
u(c, d, mt, ";", ";");
u(c, b, $, "⊼", "\\barwedge", !0);
u(c, b, $, "⊻", "\\veebar", !0);
u(c, d, $, "⊙", "\\odot", !0);
u(c, d, $, "⊕", "\\oplus", !0);
u(c, d, $, "⊗", "\\otimes", !0);
u(c, d, w, "∂", "\\partial", !0);
u(c, d, $, "⊘", "\\oslash", !0);
u(c, b, $, "⊚", "\\circledcirc", !0);
u(c, b, $, "⊡", "\\boxdot", !0);
u(c, d, $, "△", "\\bigtriangleup");
u(c, d, $, "▽", "\\bigtriangledown");
u(c, d, $, "†", "\\dagger");
u(c, d, $, "⋄", "\\diamond");
u(c, d, $, "⋆", "\\star");
u(c, d, $, "◃", "\\triangleleft");
u(c, d, $, "▹", "\\triangleright");
u(c, d, ze, "{", "\\{");
u(A, d, w, "{", "\\{");
u(A, d, w, "{", "\\textbraceleft");
u(c, d, we, "}", "\\}");
u(A, d, w, "}", "\\}");
u(A, d, w, "}", "\\textbraceright");
u(c, d, ze, "{", "\\lbrace");
u(c, d, we, "}", "\\rbrace");
u(c, d, ze, "[", "\\lbrack", !0);
u(A, d, w, "[", "\\lbrack", !0);
u(c, d, we, "]", "\\rbrack", !0);
u(A, d, w, "]", "\\rbrack", !0);
u(c, d, ze, "(", "\\lparen", !0);
u(c, d, we, ")", "\\rparen", !0);
u(A, d, w, "<", "\\textless", !0);
u(A, d, w, ">", "\\textgreater", !0);
u(c, d, ze, "⌊", "\\lfloor", !0);
u(c, d, we, "⌋", "\\rfloor", !0);
u(c, d, ze, "⌈", "\\lceil", !0);
u(c, d, we, "⌉", "\\rceil", !0);
u(c, d, w, "\\", "\\backslash");
u(c, d, w, "∣", "|");
u(c, d, w, "∣", "\\vert");
u(A, d, w, "|", "\\textbar", !0);
u(c, d, w, "∥", "\\|");
u(c, d, w, "∥", "\\Vert");
u(A, d, w, "∥", "\\textbardbl");
u(A, d, w, "~", "\\textasciitilde");
u(A, d, w, "\\", "\\textbackslash");
u(A, d, w, "^", "\\textasciicircum");
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
u(A, d, X0, "…", "\\textellipsis");
u(c, d, X0, "…", "\\mathellipsis");
u(A, d, X0, "…", "\\ldots", !0);
u(c, d, X0, "…", "\\ldots", !0);
u(c, d, X0, "⋯", "\\@cdots", !0);
u(c, d, X0, "⋱", "\\ddots", !0);
u(c, d, w, "⋮", "\\varvdots");
u(A, d, w, "⋮", "\\varvdots");
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
u(A, d, w, "ı", "\\i", !0);
u(A, d, w, "ȷ", "\\j", !0);
u(A, d, w, "ß", "\\ss", !0);
u(A, d, w, "æ", "\\ae", !0);
u(A, d, w, "œ", "\\oe", !0);
u(A, d, w, "ø", "\\o", !0);
u(A, d, w, "Æ", "\\AE", !0);
u(A, d, w, "Œ", "\\OE", !0);
u(A, d, w, "Ø", "\\O", !0);
u(A, d, _, "ˊ", "\\'");
u(A, d, _, "ˋ", "\\`");
u(A, d, _, "ˆ", "\\^");
u(A, d, _, "˜", "\\~");
u(A, d, _, "ˉ", "\\=");
u(A, d, _, "˘", "\\u");
u(A, d, _, "˙", "\\.");
u(A, d, _, "¸", "\\c");
u(A, d, _, "˚", "\\r");
u(A, d, _, "ˇ", "\\v");
u(A, d, _, "¨", '\\"');
u(A, d, _, "˝", "\\H");
u(A, d, _, "◯", "\\textcircled");
var di = {
  "--": !0,
  "---": !0,
  "``": !0,
  "''": !0
};
u(A, d, w, "–", "--", !0);
u(A, d, w, "–", "\\textendash");
u(A, d, w, "—", "---", !0);
u(A, d, w, "—", "\\textemdash");
u(A, d, w, "‘", "`", !0);
u(A, d, w, "‘", "\\textquoteleft");
u(A, d, w, "’", "'", !0);
u(A, d, w, "’", "\\textquoteright");
u(A, d, w, "“", "``", !0);
u(A, d, w, "“", "\\textquotedblleft");
u(A, d, w, "”", "''", !0);
u(A, d, w, "”", "\\textquotedblright");
u(c, d, w, "°", "\\degree", !0);
u(A, d, w, "°", "\\degree");
u(A, d, w, "°", "\\textdegree", !0);
u(c, d, w, "£", "\\pounds");
u(c, d, w, "£", "\\mathsterling", !0);
u(A, d, w, "£", "\\pounds");
u(A, d, w, "£", "\\textsterling", !0);
u(c, b, w, "✠", "\\maltese");
u(A, b, w, "✠", "\\maltese");
var Ha = '0123456789/@."';
for (var Tr = 0; Tr < Ha.length; Tr++) {
  var Pa = Ha.charAt(Tr);
  u(c, d, w, Pa, Pa);
}
var Ga = '0123456789!@*()-=+";:?/.,';
for (var zr = 0; zr < Ga.length; zr++) {
  var Ua = Ga.charAt(zr);
  u(A, d, w, Ua, Ua);
}
var Zt = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
for (var Cr = 0; Cr < Zt.length; Cr++) {
  var Tt = Zt.charAt(Cr);
  u(c, d, L, Tt, Tt), u(A, d, w, Tt, Tt);
}
u(c, b, w, "C", "ℂ");
u(A, b, w, "C", "ℂ");
u(c, b, w, "H", "ℍ");
u(A, b, w, "H", "ℍ");
u(c, b, w, "N", "ℕ");
u(A, b, w, "N", "ℕ");
u(c, b, w, "P", "ℙ");
u(A, b, w, "P", "ℙ");
u(c, b, w, "Q", "ℚ");
u(A, b, w, "Q", "ℚ");
u(c, b, w, "R", "ℝ");
u(A, b, w, "R", "ℝ");
u(c, b, w, "Z", "ℤ");
u(A, b, w, "Z", "ℤ");
u(c, d, L, "h", "ℎ");
u(A, d, L, "h", "ℎ");
var H;
for (var ge = 0; ge < Zt.length; ge++) {
  var ne = Zt.charAt(ge);
  H = String.fromCharCode(55349, 56320 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56372 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56424 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56580 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56684 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56736 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56788 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56840 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56944 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), ge < 26 && (H = String.fromCharCode(55349, 56632 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H), H = String.fromCharCode(55349, 56476 + ge), u(c, d, L, ne, H), u(A, d, w, ne, H));
}
H = "𝕜";
u(c, d, L, "k", H);
u(A, d, w, "k", H);
for (var f0 = 0; f0 < 10; f0++) {
  var s0 = f0.toString();
  H = String.fromCharCode(55349, 57294 + f0), u(c, d, L, s0, H), u(A, d, w, s0, H), H = String.fromCharCode(55349, 57314 + f0), u(c, d, L, s0, H), u(A, d, w, s0, H), H = String.fromCharCode(55349, 57324 + f0), u(c, d, L, s0, H), u(A, d, w, s0, H), H = String.fromCharCode(55349, 57334 + f0), u(c, d, L, s0, H), u(A, d, w, s0, H);
}
var un = "ÐÞþ";
for (var Nr = 0; Nr < un.length; Nr++) {
  var zt = un.charAt(Nr);
  u(c, d, L, zt, zt), u(A, d, w, zt, zt);
}
var hn = {
  mathClass: "mathbf",
  textClass: "textbf",
  font: "Main-Bold"
}, Wa = {
  mathClass: "mathnormal",
  textClass: "textit",
  font: "Math-Italic"
}, Va = {
  mathClass: "boldsymbol",
  textClass: "boldsymbol",
  font: "Main-BoldItalic"
}, H1 = {
  mathClass: "mathscr",
  textClass: "textscr",
  font: "Script-Regular"
}, y0 = {
  mathClass: "",
  textClass: "",
  font: ""
}, ja = {
  mathClass: "mathfrak",
  textClass: "textfrak",
  font: "Fraktur-Regular"
}, Ya = {
  mathClass: "mathbb",
  textClass: "textbb",
  font: "AMS-Regular"
}, Xa = {
  mathClass: "mathboldfrak",
  textClass: "textboldfrak",
  font: "Fraktur-Regular"
}, cn = {
  mathClass: "mathsf",
  textClass: "textsf",
  font: "SansSerif-Regular"
}, mn = {
  mathClass: "mathboldsf",
  textClass: "textboldsf",
  font: "SansSerif-Bold"
}, Ka = {
  mathClass: "mathitsf",
  textClass: "textitsf",
  font: "SansSerif-Italic"
}, dn = {
  mathClass: "mathtt",
  textClass: "texttt",
  font: "Typewriter-Regular"
}, Za = [
  hn,
  hn,
  // A-Z, a-z
  Wa,
  Wa,
  // A-Z, a-z
  Va,
  Va,
  // A-Z, a-z
  // Map fancy A-Z letters to script, not calligraphic.
  // This aligns with unicode-math and math fonts (except Cambria Math).
  H1,
  y0,
  // A-Z script, a-z — no font
  y0,
  y0,
  // A-Z bold script, a-z bold script — no font
  ja,
  ja,
  // A-Z, a-z
  Ya,
  Ya,
  // A-Z double-struck, k double-struck
  // Note that we are using a bold font, but font metrics for regular Fraktur.
  Xa,
  Xa,
  // A-Z, a-z
  cn,
  cn,
  // A-Z, a-z
  mn,
  mn,
  // A-Z, a-z
  Ka,
  Ka,
  // A-Z, a-z
  y0,
  y0,
  // A-Z bold italic sans, a-z bold italic sans - no font
  dn,
  dn
  // A-Z, a-z
], P1 = [
  hn,
  // 0-9
  y0,
  // 0-9 double-struck. No KaTeX font.
  cn,
  // 0-9
  mn,
  // 0-9
  dn
  // 0-9
], G1 = (r) => {
  var e = r.charCodeAt(0), t = r.charCodeAt(1), n = (e - 55296) * 1024 + (t - 56320) + 65536;
  if (119808 <= n && n < 120484) {
    var a = Math.floor((n - 119808) / 26);
    return Za[a];
  } else if (120782 <= n && n <= 120831) {
    var s = Math.floor((n - 120782) / 10);
    return P1[s];
  } else {
    if (n === 120485 || n === 120486)
      return Za[0];
    if (120486 < n && n < 120782)
      return y0;
    throw new C("Unsupported character: " + r);
  }
}, ar = function(e, t, n) {
  if (Q[n][e]) {
    var a = Q[n][e].replace;
    a && (e = a);
  }
  return {
    value: e,
    metrics: Hn(e, t, n)
  };
}, be = function(e, t, n, a, s) {
  var i = ar(e, t, n), o = i.metrics;
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
}, Pn = function(e, t, n, a) {
  return a === void 0 && (a = []), n.font === "boldsymbol" && ar(e, "Main-Bold", t).metrics ? be(e, "Main-Bold", t, n, a.concat(["mathbf"])) : e === "\\" || Q[t][e].font === "main" ? be(e, "Main-Regular", t, n, a) : be(e, "AMS-Regular", t, n, a.concat(["amsrm"]));
}, U1 = function(e, t, n) {
  return n !== "textord" && ar(e, "Math-BoldItalic", t).metrics ? {
    fontName: "Math-BoldItalic",
    fontClass: "boldsymbol"
  } : {
    fontName: "Main-Bold",
    fontClass: "mathbf"
  };
}, sr = function(e, t, n) {
  var a = e.mode, s = e.text, i = ["mord"], {
    font: o,
    fontFamily: l,
    fontWeight: h,
    fontShape: m
  } = t, f = a === "math" || a === "text" && !!o, v = f ? o : l, g = "", x = "";
  if (s.charCodeAt(0) === 55349) {
    var M = G1(s);
    g = M.font, x = M[a + "Class"];
  }
  if (g)
    return be(s, g, a, t, i.concat(x));
  if (v) {
    var S, T;
    if (v === "boldsymbol") {
      var B = U1(s, a, n);
      S = B.fontName, T = [B.fontClass];
    } else f ? (S = fn[o].fontName, T = [o]) : (S = Ct(l, h, m), T = [l, h, m]);
    if (ar(s, S, a).metrics)
      return be(s, S, a, t, i.concat(T));
    if (di.hasOwnProperty(s) && S.slice(0, 10) === "Typewriter") {
      for (var q = [], R = 0; R < s.length; R++)
        q.push(be(s[R], S, a, t, i.concat(T)));
      return t0(q);
    }
  }
  if (n === "mathord")
    return be(s, "Math-Italic", a, t, i.concat(["mathnormal"]));
  if (n === "textord") {
    var F = Q[a][s] && Q[a][s].font;
    if (F === "ams") {
      var O = Ct("amsrm", h, m);
      return be(s, O, a, t, i.concat("amsrm", h, m));
    } else if (F === "main" || !F) {
      var U = Ct("textrm", h, m);
      return be(s, U, a, t, i.concat(h, m));
    } else {
      var j = Ct(F, h, m);
      return be(s, j, a, t, i.concat(j, h, m));
    }
  } else
    throw new Error("unexpected type: " + n + " in makeOrd");
}, W1 = (r, e) => {
  if (o0(r.classes) !== o0(e.classes) || r.skew !== e.skew || r.maxFontSize !== e.maxFontSize || r.italic !== 0 && r.hasClass("mathnormal"))
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
}, fi = (r) => {
  for (var e = 0; e < r.length - 1; e++) {
    var t = r[e], n = r[e + 1];
    t instanceof Te && n instanceof Te && W1(t, n) && (t.text += n.text, t.height = Math.max(t.height, n.height), t.depth = Math.max(t.depth, n.depth), t.italic = n.italic, r.splice(e + 1, 1), e--);
  }
  return r;
}, Gn = function(e) {
  for (var t = 0, n = 0, a = 0, s = 0; s < e.children.length; s++) {
    var i = e.children[s];
    i.height > t && (t = i.height), i.depth > n && (n = i.depth), i.maxFontSize > a && (a = i.maxFontSize);
  }
  e.height = t, e.depth = n, e.maxFontSize = a;
}, z = function(e, t, n, a) {
  var s = new Y0(e, t, n, a);
  return Gn(s), s;
}, u0 = (r, e, t, n) => new Y0(r, e, t, n), G0 = function(e, t, n) {
  var a = z([e], [], t);
  return a.height = Math.max(n || t.fontMetrics().defaultRuleThickness, t.minRuleThickness), a.style.borderBottomWidth = E(a.height), a.maxFontSize = 1, a;
}, V1 = function(e, t, n, a) {
  var s = new nr(e, t, n, a);
  return Gn(s), s;
}, t0 = function(e) {
  var t = new j0(e);
  return Gn(t), t;
}, U0 = function(e, t) {
  return e instanceof j0 ? z([], [e], t) : e;
}, j1 = function(e) {
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
}, K = function(e, t) {
  for (var {
    children: n,
    depth: a
  } = j1(e), s = 0, i = 0; i < n.length; i++) {
    var o = n[i];
    if (o.type === "elem") {
      var l = o.elem;
      s = Math.max(s, l.maxFontSize, l.height);
    }
  }
  s += 2;
  var h = z(["pstrut"], []);
  h.style.height = E(s);
  for (var m = [], f = a, v = a, g = a, x = 0; x < n.length; x++) {
    var M = n[x];
    if (M.type === "kern")
      g += M.size;
    else {
      var S = M.elem, T = M.wrapperClasses || [], B = M.wrapperStyle || {}, q = z(T, [h, S], void 0, B);
      q.style.top = E(-s - g - S.depth), M.marginLeft && (q.style.marginLeft = M.marginLeft), M.marginRight && (q.style.marginRight = M.marginRight), m.push(q), g += S.height + S.depth;
    }
    f = Math.min(f, g), v = Math.max(v, g);
  }
  var R = z(["vlist"], m);
  R.style.height = E(v);
  var F;
  if (f < 0) {
    var O = z([], []), U = z(["vlist"], [O]);
    U.style.height = E(-f);
    var j = z(["vlist-s"], [new Te("​")]);
    F = [z(["vlist-r"], [R, j]), z(["vlist-r"], [U])];
  } else
    F = [z(["vlist-r"], [R])];
  var V = z(["vlist-t"], F);
  return F.length === 2 && V.classes.push("vlist-t2"), V.height = v, V.depth = -f, V;
}, pi = (r, e) => {
  var t = z(["mspace"], [], e), n = re(r, e);
  return t.style.marginRight = E(n), t;
}, Ct = (r, e, t) => {
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
}, fn = {
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
}, vi = {
  //   path, width, height
  vec: ["vec", 0.471, 0.714],
  // values from the font glyph
  oiintSize1: ["oiintSize1", 0.957, 0.499],
  // oval to overlay the integrand
  oiintSize2: ["oiintSize2", 1.472, 0.659],
  oiiintSize1: ["oiiintSize1", 1.304, 0.499],
  oiiintSize2: ["oiiintSize2", 1.98, 0.659]
}, gi = function(e, t) {
  var [n, a, s] = vi[e], i = new l0(n), o = new Qe([i], {
    width: E(a),
    height: E(s),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + E(a),
    viewBox: "0 0 " + 1e3 * a + " " + 1e3 * s,
    preserveAspectRatio: "xMinYMin"
  }), l = u0(["overlay"], [o], t);
  return l.height = s, l.style.height = E(s), l.style.width = E(a), l;
}, te = {
  number: 3,
  unit: "mu"
}, p0 = {
  number: 4,
  unit: "mu"
}, je = {
  number: 5,
  unit: "mu"
}, Y1 = {
  mord: {
    mop: te,
    mbin: p0,
    mrel: je,
    minner: te
  },
  mop: {
    mord: te,
    mop: te,
    mrel: je,
    minner: te
  },
  mbin: {
    mord: p0,
    mop: p0,
    mopen: p0,
    minner: p0
  },
  mrel: {
    mord: je,
    mop: je,
    mopen: je,
    minner: je
  },
  mopen: {},
  mclose: {
    mop: te,
    mbin: p0,
    mrel: je,
    minner: te
  },
  mpunct: {
    mord: te,
    mop: te,
    mrel: je,
    mopen: te,
    mclose: te,
    mpunct: te,
    minner: te
  },
  minner: {
    mord: te,
    mop: te,
    mbin: p0,
    mrel: je,
    mopen: te,
    mpunct: te,
    minner: te
  }
}, X1 = {
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
}, bi = {}, Jt = {}, Qt = {};
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
    bi[t[l]] = o;
  e && (s && (Jt[e] = s), i && (Qt[e] = i));
}
function C0(r) {
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
var _t = function(e) {
  return e.type === "ordgroup" && e.body.length === 1 ? e.body[0] : e;
}, se = function(e) {
  return e.type === "ordgroup" ? e.body : [e];
}, K1 = /* @__PURE__ */ new Set(["leftmost", "mbin", "mopen", "mrel", "mop", "mpunct"]), Z1 = /* @__PURE__ */ new Set(["rightmost", "mrel", "mclose", "mpunct"]), J1 = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
}, Q1 = {
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
    var o = Z(e[i], t);
    if (o instanceof j0) {
      var l = o.children;
      s.push(...l);
    } else
      s.push(o);
  }
  if (fi(s), !n)
    return s;
  var h = t;
  if (e.length === 1) {
    var m = e[0];
    m.type === "sizing" ? h = t.havingSize(m.size) : m.type === "styling" && (h = t.havingStyle(J1[m.style]));
  }
  var f = z([a[0] || "leftmost"], [], t), v = z([a[1] || "rightmost"], [], t), g = n === "root";
  return pn(s, (x, M) => {
    var S = M.classes[0], T = x.classes[0];
    S === "mbin" && Z1.has(T) ? M.classes[0] = "mord" : T === "mbin" && K1.has(S) && (x.classes[0] = "mord");
  }, {
    node: f
  }, v, g), pn(s, (x, M) => {
    var S, T, B = gn(M), q = gn(x), R = B && q ? x.hasClass("mtight") ? (S = X1[B]) == null ? void 0 : S[q] : (T = Y1[B]) == null ? void 0 : T[q] : null;
    if (R)
      return pi(R, h);
  }, {
    node: f
  }, v, g), s;
}, pn = function(e, t, n, a, s) {
  a && e.push(a);
  for (var i = 0; i < e.length; i++) {
    var o = e[i], l = yi(o);
    if (l) {
      pn(l.children, t, n, null, s);
      continue;
    }
    var h = !o.hasClass("mspace");
    if (h) {
      var m = t(o, n.node);
      m && (n.insertAfter ? n.insertAfter(m) : (e.unshift(m), i++));
    }
    h ? n.node = o : s && o.hasClass("newline") && (n.node = z(["leftmost"])), n.insertAfter = /* @__PURE__ */ ((f) => (v) => {
      e.splice(f + 1, 0, v), i++;
    })(i);
  }
  a && e.pop();
}, yi = function(e) {
  return e instanceof j0 || e instanceof nr || e instanceof Y0 && e.hasClass("enclosing") ? e : null;
}, vn = function(e, t) {
  var n = yi(e);
  if (n) {
    var a = n.children;
    if (a.length) {
      if (t === "right")
        return vn(a[a.length - 1], "right");
      if (t === "left")
        return vn(a[0], "left");
    }
  }
  return e;
}, gn = function(e, t) {
  if (!e)
    return null;
  t && (e = vn(e, t));
  var n = e.classes[0];
  return Q1[n] || null;
}, ut = function(e, t) {
  var n = ["nulldelimiter"].concat(e.baseSizingClasses());
  return z(t.concat(n));
}, Z = function(e, t, n) {
  if (!e)
    return z();
  if (Jt[e.type]) {
    var a = Jt[e.type](e, t);
    if (n && t.size !== n.size) {
      a = z(t.sizingClasses(n), [a], t);
      var s = t.sizeMultiplier / n.sizeMultiplier;
      a.height *= s, a.depth *= s;
    }
    return a;
  } else
    throw new C("Got group of unknown type: '" + e.type + "'");
};
function Nt(r, e) {
  var t = z(["base"], r, e), n = z(["strut"]);
  return n.style.height = E(t.height + t.depth), t.depth && (n.style.verticalAlign = E(-t.depth)), t.children.unshift(n), t;
}
function bn(r, e) {
  var t = null;
  r.length === 1 && r[0].type === "tag" && (t = r[0].tag, r = r[0].body);
  var n = he(r, e, "root"), a;
  n.length === 2 && n[1].hasClass("tag") && (a = n.pop());
  for (var s = [], i = [], o = 0; o < n.length; o++)
    if (i.push(n[o]), n[o].hasClass("mbin") || n[o].hasClass("mrel") || n[o].hasClass("allowbreak")) {
      for (var l = !1; o < n.length - 1 && n[o + 1].hasClass("mspace") && !n[o + 1].hasClass("newline"); )
        o++, i.push(n[o]), n[o].hasClass("nobreak") && (l = !0);
      l || (s.push(Nt(i, e)), i = []);
    } else n[o].hasClass("newline") && (i.pop(), i.length > 0 && (s.push(Nt(i, e)), i = []), s.push(n[o]));
  i.length > 0 && s.push(Nt(i, e));
  var h;
  t ? (h = Nt(he(t, e, !0), e), h.classes = ["tag"], s.push(h)) : a && s.push(a);
  var m = z(["katex-html"], s);
  if (m.setAttribute("aria-hidden", "true"), h) {
    var f = h.children[0];
    f.style.height = E(m.height + m.depth), m.depth && (f.style.verticalAlign = E(-m.depth));
  }
  return m;
}
function wi(r) {
  return new j0(r);
}
class N {
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
    this.classes.length > 0 && (e.className = o0(this.classes));
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
    this.classes.length > 0 && (e += ' class ="' + ve(o0(this.classes)) + '"'), e += ">";
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
class xi {
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
    return e.setAttribute("width", E(this.width)), e;
  }
  /**
   * Converts the math node into an HTML markup string.
   */
  toMarkup() {
    return this.character ? "<mtext>" + this.character + "</mtext>" : '<mspace width="' + E(this.width) + '"/>';
  }
  /**
   * Converts the math node into a string, similar to innerText.
   */
  toText() {
    return this.character ? this.character : " ";
  }
}
var _1 = /* @__PURE__ */ new Set(["\\imath", "\\jmath"]), eu = /* @__PURE__ */ new Set(["mrow", "mtable"]), Ee = function(e, t, n) {
  return Q[t][e] && Q[t][e].replace && e.charCodeAt(0) !== 55349 && !(di.hasOwnProperty(e) && n && (n.fontFamily && n.fontFamily.slice(4, 6) === "tt" || n.font && n.font.slice(4, 6) === "tt")) && (e = Q[t][e].replace), new ie(e);
}, Un = function(e) {
  return e.length === 1 ? e[0] : new N("mrow", e);
}, tu = {
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
}, Wn = (r, e) => {
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
  var n = r.mode, a = tu[t];
  if (a)
    return typeof a == "function" ? a(r) : a;
  var s = r.text;
  if (_1.has(s))
    return null;
  if (Q[n][s]) {
    var i = Q[n][s].replace;
    i && (s = i);
  }
  var o = fn[t].fontName;
  return Hn(s, o, n) ? fn[t].variant : null;
};
function Er(r) {
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
    return n && a instanceof N && a.type === "mo" && (a.setAttribute("lspace", "0em"), a.setAttribute("rspace", "0em")), [a];
  }
  for (var s = [], i, o = 0; o < e.length; o++) {
    var l = J(e[o], t);
    if (l instanceof N && i instanceof N) {
      if (l.type === "mtext" && i.type === "mtext" && l.getAttribute("mathvariant") === i.getAttribute("mathvariant")) {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (Er(l) && i.type === "mn") {
        i.children.push(...l.children);
        continue;
      } else if (l.type === "mn" && Er(i))
        l.children = [...i.children, ...l.children], s.pop();
      else if ((l.type === "msup" || l.type === "msub") && l.children.length >= 1 && (i.type === "mn" || Er(i))) {
        var h = l.children[0];
        h instanceof N && h.type === "mn" && (h.children = [...i.children, ...h.children], s.pop());
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
}, h0 = function(e, t, n) {
  return Un(Ce(e, t, n));
}, J = function(e, t) {
  if (!e)
    return new N("mrow");
  if (Qt[e.type])
    return Qt[e.type](e, t);
  throw new C("Got group of unknown type: '" + e.type + "'");
};
function Ja(r, e, t, n, a) {
  var s = Ce(r, t), i;
  s.length === 1 && s[0] instanceof N && eu.has(s[0].type) ? i = s[0] : i = new N("mrow", s);
  var o = new N("annotation", [new ie(e)]);
  o.setAttribute("encoding", "application/x-tex");
  var l = new N("semantics", [i, o]), h = new N("math", [l]);
  h.setAttribute("xmlns", "http://www.w3.org/1998/Math/MathML"), n && h.setAttribute("display", "block");
  var m = a ? "katex" : "katex-mathml";
  return z([m], [h]);
}
var ru = [
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
], Qa = [
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
], _a = function(e, t) {
  return t.size < 2 ? e : ru[e - 1][t.size - 1];
};
class Xe {
  constructor(e) {
    this.style = void 0, this.color = void 0, this.size = void 0, this.textSize = void 0, this.phantom = void 0, this.font = void 0, this.fontFamily = void 0, this.fontWeight = void 0, this.fontShape = void 0, this.sizeMultiplier = void 0, this.maxSize = void 0, this.minRuleThickness = void 0, this._fontMetrics = void 0, this.style = e.style, this.color = e.color, this.size = e.size || Xe.BASESIZE, this.textSize = e.textSize || this.size, this.phantom = !!e.phantom, this.font = e.font || "", this.fontFamily = e.fontFamily || "", this.fontWeight = e.fontWeight || "", this.fontShape = e.fontShape || "", this.sizeMultiplier = Qa[this.size - 1], this.maxSize = e.maxSize, this.minRuleThickness = e.minRuleThickness, this._fontMetrics = void 0;
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
      size: _a(this.textSize, e)
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
      sizeMultiplier: Qa[e - 1]
    });
  }
  /**
   * Like `this.havingSize(BASESIZE).havingStyle(style)`. If `style` is omitted,
   * changes to at least `\textstyle`.
   */
  havingBaseStyle(e) {
    e = e || this.style.text();
    var t = _a(Xe.BASESIZE, e);
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
    return this._fontMetrics || (this._fontMetrics = L1(this.size)), this._fontMetrics;
  }
  /**
   * Gets the CSS color of the current options object
   */
  getColor() {
    return this.phantom ? "transparent" : this.color;
  }
}
Xe.BASESIZE = 6;
var ki = function(e) {
  return new Xe({
    style: e.displayMode ? P.DISPLAY : P.TEXT,
    maxSize: e.maxSize,
    minRuleThickness: e.minRuleThickness
  });
}, Mi = function(e, t) {
  if (t.displayMode) {
    var n = ["katex-display"];
    t.leqno && n.push("leqno"), t.fleqn && n.push("fleqn"), e = z(n, [e]);
  }
  return e;
}, nu = function(e, t, n) {
  var a = ki(n), s;
  if (n.output === "mathml")
    return Ja(e, t, a, n.displayMode, !0);
  if (n.output === "html") {
    var i = bn(e, a);
    s = z(["katex"], [i]);
  } else {
    var o = Ja(e, t, a, n.displayMode, !1), l = bn(e, a);
    s = z(["katex"], [o, l]);
  }
  return Mi(s, n);
}, au = function(e, t, n) {
  var a = ki(n), s = bn(e, a), i = z(["katex"], [s]);
  return Mi(i, n);
}, su = {
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
}, ir = function(e) {
  var t = new N("mo", [new ie(su[e.replace(/^\\/, "")])]);
  return t.setAttribute("stretchy", "true"), t;
}, iu = {
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
}, ou = /* @__PURE__ */ new Set(["widehat", "widecheck", "widetilde", "utilde"]), or = function(e, t) {
  function n() {
    var o = 4e5, l = e.label.slice(1);
    if (ou.has(l) && "base" in e) {
      var h = e.base.type === "ordgroup" ? e.base.body.length : 1, m, f, v;
      if (h > 5)
        l === "widehat" || l === "widecheck" ? (m = 420, o = 2364, v = 0.42, f = l + "4") : (m = 312, o = 2340, v = 0.34, f = "tilde4");
      else {
        var g = [1, 1, 2, 2, 3, 3][h];
        l === "widehat" || l === "widecheck" ? (o = [0, 1062, 2364, 2364, 2364][g], m = [0, 239, 300, 360, 420][g], v = [0, 0.24, 0.3, 0.3, 0.36, 0.42][g], f = l + g) : (o = [0, 600, 1033, 2339, 2340][g], m = [0, 260, 286, 306, 312][g], v = [0, 0.26, 0.286, 0.3, 0.306, 0.34][g], f = "tilde" + g);
      }
      var x = new l0(f), M = new Qe([x], {
        width: "100%",
        height: E(v),
        viewBox: "0 0 " + o + " " + m,
        preserveAspectRatio: "none"
      });
      return {
        span: u0([], [M], t),
        minWidth: 0,
        height: v
      };
    } else {
      var S = [], T = iu[l];
      if (!T)
        throw new Error('No SVG data for "' + l + '".');
      var [B, q, R] = T, F = R / 1e3, O = B.length, U, j;
      if (O === 1) {
        if (T.length !== 4)
          throw new Error('Expected 4-tuple for single-path SVG data "' + l + '".');
        U = ["hide-tail"], j = [T[3]];
      } else if (O === 2)
        U = ["halfarrow-left", "halfarrow-right"], j = ["xMinYMin", "xMaxYMin"];
      else if (O === 3)
        U = ["brace-left", "brace-center", "brace-right"], j = ["xMinYMin", "xMidYMin", "xMaxYMin"];
      else
        throw new Error(`Correct katexImagesData or update code here to support
                    ` + O + " children.");
      for (var V = 0; V < O; V++) {
        var le = new l0(B[V]), pe = new Qe([le], {
          width: "400em",
          height: E(F),
          viewBox: "0 0 " + o + " " + R,
          preserveAspectRatio: j[V] + " slice"
        }), I = u0([U[V]], [pe], t);
        if (O === 1)
          return {
            span: I,
            minWidth: q,
            height: F
          };
        I.style.height = E(F), S.push(I);
      }
      return {
        span: z(["stretchy"], S, t),
        minWidth: q,
        height: F
      };
    }
  }
  var {
    span: a,
    minWidth: s,
    height: i
  } = n();
  return a.height = i, a.style.height = E(i), s > 0 && (a.style.minWidth = E(s)), a;
}, lu = function(e, t, n, a, s) {
  var i, o = e.height + e.depth + n + a;
  if (/fbox|color|angl/.test(t)) {
    if (i = z(["stretchy", t], [], s), t === "fbox") {
      var l = s.color && s.getColor();
      l && (i.style.borderColor = l);
    }
  } else {
    var h = [];
    /^[bx]cancel$/.test(t) && h.push(new ln({
      x1: "0",
      y1: "0",
      x2: "100%",
      y2: "100%",
      "stroke-width": "0.046em"
    })), /^x?cancel$/.test(t) && h.push(new ln({
      x1: "0",
      y1: "100%",
      x2: "100%",
      y2: "0",
      "stroke-width": "0.046em"
    }));
    var m = new Qe(h, {
      width: "100%",
      height: E(o)
    });
    i = u0([], [m], s);
  }
  return i.height = o, i.style.height = E(o), i;
}, uu = {
  bin: 1,
  close: 1,
  inner: 1,
  open: 1,
  punct: 1,
  rel: 1
}, hu = {
  "accent-token": 1,
  mathord: 1,
  "op-token": 1,
  spacing: 1,
  textord: 1
};
function cu(r) {
  return r in uu;
}
function G(r, e) {
  if (!r || r.type !== e)
    throw new Error("Expected node of type " + e + ", but got " + (r ? "node of type " + r.type : String(r)));
  return r;
}
function lr(r) {
  var e = ur(r);
  if (!e)
    throw new Error("Expected node of symbol group type, but got " + (r ? "node of type " + r.type : String(r)));
  return e;
}
function ur(r) {
  return r && (r.type === "atom" || hu.hasOwnProperty(r.type)) ? r : null;
}
var Si = (r) => {
  if (r instanceof Te)
    return r;
  if (O1(r) && r.children.length === 1)
    return Si(r.children[0]);
}, Vn = (r, e) => {
  var t, n, a;
  r && r.type === "supsub" ? (n = G(r.base, "accent"), t = n.base, r.base = t, a = I1(Z(r, e)), r.base = n) : (n = G(r, "accent"), t = n.base);
  var s = Z(t, e.havingCrampedStyle()), i = n.isShifty && _e(t), o = 0;
  if (i) {
    var l, h;
    o = (l = (h = Si(s)) == null ? void 0 : h.skew) != null ? l : 0;
  }
  var m = n.label === "\\c", f = m ? s.height + s.depth : Math.min(s.height, e.fontMetrics().xHeight), v;
  if (n.isStretchy)
    v = or(n, e), v = K({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: s
      }, {
        type: "elem",
        elem: v,
        wrapperClasses: ["svg-align"],
        wrapperStyle: o > 0 ? {
          width: "calc(100% - " + E(2 * o) + ")",
          marginLeft: E(2 * o)
        } : void 0
      }]
    });
  else {
    var g, x;
    n.label === "\\vec" ? (g = gi("vec", e), x = vi.vec[1]) : (g = sr({
      mode: n.mode,
      text: n.label
    }, e, "textord"), g = R1(g), g.italic = 0, x = g.width, m && (f += g.depth)), v = z(["accent-body"], [g]);
    var M = n.label === "\\textcircled";
    M && (v.classes.push("accent-full"), f = s.height);
    var S = o;
    M || (S -= x / 2), v.style.left = E(S), n.label === "\\textcircled" && (v.style.top = ".2em"), v = K({
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
  var T = z(["mord", "accent"], [v], e);
  return a ? (a.children[0] = T, a.height = Math.max(T.height, a.height), a.classes[0] = "mord", a) : T;
}, Ai = (r, e) => {
  var t = r.isStretchy ? ir(r.label) : new N("mo", [Ee(r.label, r.mode)]), n = new N("mover", [J(r.base, e), t]);
  return n.setAttribute("accent", "true"), n;
}, mu = new RegExp(["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring"].map((r) => "\\" + r).join("|"));
D({
  type: "accent",
  names: ["\\acute", "\\grave", "\\ddot", "\\tilde", "\\bar", "\\breve", "\\check", "\\hat", "\\vec", "\\dot", "\\mathring", "\\widecheck", "\\widehat", "\\widetilde", "\\overrightarrow", "\\overleftarrow", "\\Overrightarrow", "\\overleftrightarrow", "\\overgroup", "\\overlinesegment", "\\overleftharpoon", "\\overrightharpoon"],
  props: {
    numArgs: 1
  },
  handler: (r, e) => {
    var t = _t(e[0]), n = !mu.test(r.funcName), a = !n || r.funcName === "\\widehat" || r.funcName === "\\widetilde" || r.funcName === "\\widecheck";
    return {
      type: "accent",
      mode: r.parser.mode,
      label: r.funcName,
      isStretchy: n,
      isShifty: a,
      base: t
    };
  },
  htmlBuilder: Vn,
  mathmlBuilder: Ai
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
  htmlBuilder: Vn,
  mathmlBuilder: Ai
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
    var t = Z(r.base, e), n = or(r, e), a = r.label === "\\utilde" ? 0.12 : 0, s = K({
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
    return z(["mord", "accentunder"], [s], e);
  },
  mathmlBuilder: (r, e) => {
    var t = ir(r.label), n = new N("munder", [J(r.base, e), t]);
    return n.setAttribute("accentunder", "true"), n;
  }
});
var Et = (r) => {
  var e = new N("mpadded", r ? [r] : []);
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
    var t = e.style, n = e.havingStyle(t.sup()), a = U0(Z(r.body, n, e), e), s = r.label.slice(0, 2) === "\\x" ? "x" : "cd";
    a.classes.push(s + "-arrow-pad");
    var i;
    r.below && (n = e.havingStyle(t.sub()), i = U0(Z(r.below, n, e), e), i.classes.push(s + "-arrow-pad"));
    var o = or(r, e), l = -e.fontMetrics().axisHeight + 0.5 * o.height, h = -e.fontMetrics().axisHeight - 0.5 * o.height - 0.111;
    (a.depth > 0.25 || r.label === "\\xleftequilibrium") && (h -= a.depth);
    var m;
    if (i) {
      var f = -e.fontMetrics().axisHeight + i.height + 0.5 * o.height + 0.111;
      m = K({
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
      m = K({
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
    return z(["mrel", "x-arrow"], [m], e);
  },
  mathmlBuilder(r, e) {
    var t = ir(r.label);
    t.setAttribute("minsize", r.label.charAt(0) === "x" ? "1.75em" : "3.0em");
    var n;
    if (r.body) {
      var a = Et(J(r.body, e));
      if (r.below) {
        var s = Et(J(r.below, e));
        n = new N("munderover", [t, s, a]);
      } else
        n = new N("mover", [t, a]);
    } else if (r.below) {
      var i = Et(J(r.below, e));
      n = new N("munder", [t, i]);
    } else
      n = Et(), n = new N("mover", [t, n]);
    return n;
  }
});
function Ti(r, e) {
  var t = he(r.body, e, !0);
  return z([r.mclass], t, e);
}
function zi(r, e) {
  var t, n = Ce(r.body, e);
  return r.mclass === "minner" ? t = new N("mpadded", n) : r.mclass === "mord" ? r.isCharacterBox ? (t = n[0], t.type = "mi") : t = new N("mi", n) : (r.isCharacterBox ? (t = n[0], t.type = "mo") : t = new N("mo", n), r.mclass === "mbin" ? (t.attributes.lspace = "0.22em", t.attributes.rspace = "0.22em") : r.mclass === "mpunct" ? (t.attributes.lspace = "0em", t.attributes.rspace = "0.17em") : r.mclass === "mopen" || r.mclass === "mclose" ? (t.attributes.lspace = "0em", t.attributes.rspace = "0em") : r.mclass === "minner" && (t.attributes.lspace = "0.0556em", t.attributes.width = "+0.1111em")), t;
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
      isCharacterBox: _e(a)
    };
  },
  htmlBuilder: Ti,
  mathmlBuilder: zi
});
var hr = (r) => {
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
      mclass: hr(e[0]),
      body: se(e[1]),
      isCharacterBox: _e(e[1])
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
    n !== "\\stackrel" ? i = hr(a) : i = "mrel";
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
      isCharacterBox: _e(l)
    };
  },
  htmlBuilder: Ti,
  mathmlBuilder: zi
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
      mclass: hr(e[0]),
      body: se(e[0])
    };
  },
  htmlBuilder(r, e) {
    var t = he(r.body, e, !0), n = z([r.mclass], t, e);
    return n.style.textShadow = "0.02em 0.01em 0.04px", n;
  },
  mathmlBuilder(r, e) {
    var t = Ce(r.body, e), n = new N("mstyle", t);
    return n.setAttribute("style", "text-shadow: 0.02em 0.01em 0.04px"), n;
  }
});
var du = {
  ">": "\\\\cdrightarrow",
  "<": "\\\\cdleftarrow",
  "=": "\\\\cdlongequal",
  A: "\\uparrow",
  V: "\\downarrow",
  "|": "\\Vert",
  ".": "no arrow"
}, es = () => ({
  type: "styling",
  body: [],
  mode: "math",
  style: "display",
  resetFont: !0
}), ts = (r) => r.type === "textord" && r.text === "@", fu = (r, e) => (r.type === "mathord" || r.type === "atom") && r.text === e;
function pu(r, e, t) {
  var n = du[r];
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
function vu(r) {
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
      throw new C("Expected \\\\ or \\cr or \\end", r.nextToken);
  }
  for (var n = [], a = [n], s = 0; s < e.length; s++) {
    for (var i = e[s], o = es(), l = 0; l < i.length; l++)
      if (!ts(i[l]))
        o.body.push(i[l]);
      else {
        n.push(o), l += 1;
        var h = lr(i[l]).text, m = new Array(2);
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
              if (fu(i[g], h)) {
                v = !1, l = g;
                break;
              }
              if (ts(i[g]))
                throw new C("Missing a " + h + " character to complete a CD arrow.", i[g]);
              m[f].body.push(i[g]);
            }
            if (v)
              throw new C("Missing a " + h + " character to complete a CD arrow.", i[l]);
          }
        else
          throw new C('Expected one of "<>AV=|." after @', i[l]);
        var x = pu(h, m, r), M = {
          type: "styling",
          body: [x],
          mode: "math",
          style: "display",
          // CD is always displaystyle.
          resetFont: !0
        };
        n.push(M), o = es();
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
    var t = e.havingStyle(e.style.sup()), n = U0(Z(r.label, t, e), e);
    return n.classes.push("cd-label-" + r.side), n.style.bottom = E(0.8 - n.depth), n.height = 0, n.depth = 0, n;
  },
  mathmlBuilder(r, e) {
    var t = new N("mrow", [J(r.label, e)]);
    return t = new N("mpadded", [t]), t.setAttribute("width", "0"), r.side === "left" && t.setAttribute("lspace", "-1width"), t.setAttribute("voffset", "0.7em"), t = new N("mstyle", [t]), t.setAttribute("displaystyle", "false"), t.setAttribute("scriptlevel", "1"), t;
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
    var t = U0(Z(r.fragment, e), e);
    return t.classes.push("cd-vert-arrow"), t;
  },
  mathmlBuilder(r, e) {
    return new N("mrow", [J(r.fragment, e)]);
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
    } = r, n = G(e[0], "ordgroup"), a = n.body, s = "", i = 0; i < a.length; i++) {
      var o = G(a[i], "textord");
      s += o.text;
    }
    var l = parseInt(s), h;
    if (isNaN(l))
      throw new C("\\@char has non-numeric argument " + s);
    if (l < 0 || l >= 1114111)
      throw new C("\\@char with invalid code point " + s);
    return l <= 65535 ? h = String.fromCharCode(l) : (l -= 65536, h = String.fromCharCode((l >> 10) + 55296, (l & 1023) + 56320)), {
      type: "textord",
      mode: t.mode,
      text: h
    };
  }
});
var Ci = (r, e) => {
  var t = he(r.body, e.withColor(r.color), !1);
  return t0(t);
}, Ni = (r, e) => {
  var t = Ce(r.body, e.withColor(r.color)), n = new N("mstyle", t);
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
    } = r, n = G(e[0], "color-token").color, a = e[1];
    return {
      type: "color",
      mode: t.mode,
      color: n,
      body: se(a)
    };
  },
  htmlBuilder: Ci,
  mathmlBuilder: Ni
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
    } = r, a = G(e[0], "color-token").color;
    t.gullet.macros.set("\\current@color", a);
    var s = t.parseExpression(!0, n);
    return {
      type: "color",
      mode: t.mode,
      color: a,
      body: s
    };
  },
  htmlBuilder: Ci,
  mathmlBuilder: Ni
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
      size: a && G(a, "size").value
    };
  },
  // The following builders are called only at the top level,
  // not within tabular/array environments.
  htmlBuilder(r, e) {
    var t = z(["mspace"], [], e);
    return r.newLine && (t.classes.push("newline"), r.size && (t.style.marginTop = E(re(r.size, e)))), t;
  },
  mathmlBuilder(r, e) {
    var t = new N("mspace");
    return r.newLine && (t.setAttribute("linebreak", "newline"), r.size && t.setAttribute("height", E(re(r.size, e)))), t;
  }
});
var yn = {
  "\\global": "\\global",
  "\\long": "\\\\globallong",
  "\\\\globallong": "\\\\globallong",
  "\\def": "\\gdef",
  "\\gdef": "\\gdef",
  "\\edef": "\\xdef",
  "\\xdef": "\\xdef",
  "\\let": "\\\\globallet",
  "\\futurelet": "\\\\globalfuture"
}, Ei = (r) => {
  var e = r.text;
  if (/^(?:[\\{}$&#^_]|EOF)$/.test(e))
    throw new C("Expected a control sequence", r);
  return e;
}, gu = (r) => {
  var e = r.gullet.popToken();
  return e.text === "=" && (e = r.gullet.popToken(), e.text === " " && (e = r.gullet.popToken())), e;
}, Bi = (r, e, t, n) => {
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
    if (yn[n.text])
      return (t === "\\global" || t === "\\\\globallong") && (n.text = yn[n.text]), G(e.parseFunction(), "internal");
    throw new C("Invalid token after macro prefix", n);
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
      throw new C("Expected a control sequence", n);
    for (var s = 0, i, o = [[]]; e.gullet.future().text !== "{"; )
      if (n = e.gullet.popToken(), n.text === "#") {
        if (e.gullet.future().text === "{") {
          i = e.gullet.future(), o[s].push("{");
          break;
        }
        if (n = e.gullet.popToken(), !/^[1-9]$/.test(n.text))
          throw new C('Invalid argument number "' + n.text + '"');
        if (parseInt(n.text) !== s + 1)
          throw new C('Argument number "' + n.text + '" out of order');
        s++, o.push([]);
      } else {
        if (n.text === "EOF")
          throw new C("Expected a macro definition");
        o[s].push(n.text);
      }
    var {
      tokens: l
    } = e.gullet.consumeArg();
    return i && l.unshift(i), (t === "\\edef" || t === "\\xdef") && (l = e.gullet.expandTokens(l), l.reverse()), e.gullet.macros.set(a, {
      tokens: l,
      numArgs: s,
      delimiters: o
    }, t === yn[t]), {
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
    } = r, n = Ei(e.gullet.popToken());
    e.gullet.consumeSpaces();
    var a = gu(e);
    return Bi(e, n, a, t === "\\\\globallet"), {
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
    } = r, n = Ei(e.gullet.popToken()), a = e.gullet.popToken(), s = e.gullet.popToken();
    return Bi(e, n, s, t === "\\\\globalfuture"), e.gullet.pushToken(s), e.gullet.pushToken(a), {
      type: "internal",
      mode: e.mode
    };
  }
});
var et = function(e, t, n) {
  var a = Q.math[e] && Q.math[e].replace, s = Hn(a || e, t, n);
  if (!s)
    throw new Error("Unsupported symbol " + e + " and font size " + t + ".");
  return s;
}, jn = function(e, t, n, a) {
  var s = n.havingBaseStyle(t), i = z(a.concat(s.sizingClasses(n)), [e], n), o = s.sizeMultiplier / n.sizeMultiplier;
  return i.height *= o, i.depth *= o, i.maxFontSize = s.sizeMultiplier, i;
}, Di = function(e, t, n) {
  var a = t.havingBaseStyle(n), s = (1 - t.sizeMultiplier / a.sizeMultiplier) * t.fontMetrics().axisHeight;
  e.classes.push("delimcenter"), e.style.top = E(s), e.height -= s, e.depth += s;
}, bu = function(e, t, n, a, s, i) {
  var o = be(e, "Main-Regular", s, a), l = jn(o, t, a, i);
  return Di(l, a, t), l;
}, yu = function(e, t, n, a) {
  return be(e, "Size" + t + "-Regular", n, a);
}, $i = function(e, t, n, a, s, i) {
  var o = yu(e, t, s, a), l = jn(z(["delimsizing", "size" + t], [o], a), P.TEXT, a, i);
  return n && Di(l, a, P.TEXT), l;
}, Br = function(e, t, n) {
  var a;
  t === "Size1-Regular" ? a = "delim-size1" : a = "delim-size4";
  var s = z(["delimsizinginner", a], [z([], [be(e, t, n)])]);
  return {
    type: "elem",
    elem: s
  };
}, Dr = function(e, t, n) {
  var a = He["Size4-Regular"][e.charCodeAt(0)] ? He["Size4-Regular"][e.charCodeAt(0)][4] : He["Size1-Regular"][e.charCodeAt(0)][4], s = new l0("inner", C1(e, Math.round(1e3 * t))), i = new Qe([s], {
    width: E(a),
    height: E(t),
    // Override CSS rule `.katex svg { width: 100% }`
    style: "width:" + E(a),
    viewBox: "0 0 " + 1e3 * a + " " + Math.round(1e3 * t),
    preserveAspectRatio: "xMinYMin"
  }), o = u0([], [i], n);
  return o.height = t, o.style.height = E(t), o.style.width = E(a), {
    type: "elem",
    elem: o
  };
}, wn = 8e-3, Bt = {
  type: "kern",
  size: -1 * wn
}, wu = /* @__PURE__ */ new Set(["|", "\\lvert", "\\rvert", "\\vert"]), xu = /* @__PURE__ */ new Set(["\\|", "\\lVert", "\\rVert", "\\Vert"]), qi = function(e, t, n, a, s, i) {
  var o, l, h, m, f = "", v = 0;
  o = h = m = e, l = null;
  var g = "Size1-Regular";
  e === "\\uparrow" ? h = m = "⏐" : e === "\\Uparrow" ? h = m = "‖" : e === "\\downarrow" ? o = h = "⏐" : e === "\\Downarrow" ? o = h = "‖" : e === "\\updownarrow" ? (o = "\\uparrow", h = "⏐", m = "\\downarrow") : e === "\\Updownarrow" ? (o = "\\Uparrow", h = "‖", m = "\\Downarrow") : wu.has(e) ? (h = "∣", f = "vert", v = 333) : xu.has(e) ? (h = "∥", f = "doublevert", v = 556) : e === "[" || e === "\\lbrack" ? (o = "⎡", h = "⎢", m = "⎣", g = "Size4-Regular", f = "lbrack", v = 667) : e === "]" || e === "\\rbrack" ? (o = "⎤", h = "⎥", m = "⎦", g = "Size4-Regular", f = "rbrack", v = 667) : e === "\\lfloor" || e === "⌊" ? (h = o = "⎢", m = "⎣", g = "Size4-Regular", f = "lfloor", v = 667) : e === "\\lceil" || e === "⌈" ? (o = "⎡", h = m = "⎢", g = "Size4-Regular", f = "lceil", v = 667) : e === "\\rfloor" || e === "⌋" ? (h = o = "⎥", m = "⎦", g = "Size4-Regular", f = "rfloor", v = 667) : e === "\\rceil" || e === "⌉" ? (o = "⎤", h = m = "⎥", g = "Size4-Regular", f = "rceil", v = 667) : e === "(" || e === "\\lparen" ? (o = "⎛", h = "⎜", m = "⎝", g = "Size4-Regular", f = "lparen", v = 875) : e === ")" || e === "\\rparen" ? (o = "⎞", h = "⎟", m = "⎠", g = "Size4-Regular", f = "rparen", v = 875) : e === "\\{" || e === "\\lbrace" ? (o = "⎧", l = "⎨", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\}" || e === "\\rbrace" ? (o = "⎫", l = "⎬", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lgroup" || e === "⟮" ? (o = "⎧", m = "⎩", h = "⎪", g = "Size4-Regular") : e === "\\rgroup" || e === "⟯" ? (o = "⎫", m = "⎭", h = "⎪", g = "Size4-Regular") : e === "\\lmoustache" || e === "⎰" ? (o = "⎧", m = "⎭", h = "⎪", g = "Size4-Regular") : (e === "\\rmoustache" || e === "⎱") && (o = "⎫", m = "⎩", h = "⎪", g = "Size4-Regular");
  var x = et(o, g, s), M = x.height + x.depth, S = et(h, g, s), T = S.height + S.depth, B = et(m, g, s), q = B.height + B.depth, R = 0, F = 1;
  if (l !== null) {
    var O = et(l, g, s);
    R = O.height + O.depth, F = 2;
  }
  var U = M + q + R, j = Math.max(0, Math.ceil((t - U) / (F * T))), V = U + j * F * T, le = a.fontMetrics().axisHeight;
  n && (le *= a.sizeMultiplier);
  var pe = V / 2 - le, I = [];
  if (f.length > 0) {
    var Me = V - M - q, ee = Math.round(V * 1e3), ce = N1(f, Math.round(Me * 1e3)), Be = new l0(f, ce), De = E(v / 1e3), $e = E(ee / 1e3), r0 = new Qe([Be], {
      width: De,
      height: $e,
      viewBox: "0 0 " + v + " " + ee
    }), me = u0([], [r0], a);
    me.height = ee / 1e3, me.style.width = De, me.style.height = $e, I.push({
      type: "elem",
      elem: me
    });
  } else {
    if (I.push(Br(m, g, s)), I.push(Bt), l === null) {
      var n0 = V - M - q + 2 * wn;
      I.push(Dr(h, n0, a));
    } else {
      var Z0 = (V - M - q - R) / 2 + 2 * wn;
      I.push(Dr(h, Z0, a)), I.push(Bt), I.push(Br(l, g, s)), I.push(Bt), I.push(Dr(h, Z0, a));
    }
    I.push(Bt), I.push(Br(o, g, s));
  }
  var qe = a.havingBaseStyle(P.TEXT), ft = K({
    positionType: "bottom",
    positionData: pe,
    children: I
  });
  return jn(z(["delimsizing", "mult"], [ft], qe), P.TEXT, a, i);
}, $r = 80, qr = 0.08, Rr = function(e, t, n, a, s) {
  var i = z1(e, a, n), o = new l0(e, i), l = new Qe([o], {
    // Note: 1000:1 ratio of viewBox to document em width.
    width: "400em",
    height: E(t),
    viewBox: "0 0 400000 " + n,
    preserveAspectRatio: "xMinYMin slice"
  });
  return u0(["hide-tail"], [l], s);
}, ku = function(e, t) {
  var n = t.havingBaseSizing(), a = Li("\\surd", e * n.sizeMultiplier, Fi, n), s = n.sizeMultiplier, i = Math.max(0, t.minRuleThickness - t.fontMetrics().sqrtRuleThickness), o, l, h, m, f;
  return a.type === "small" ? (m = 1e3 + 1e3 * i + $r, e < 1 ? s = 1 : e < 1.4 && (s = 0.7), l = (1 + i + qr) / s, h = (1 + i) / s, o = Rr("sqrtMain", l, m, i, t), o.style.minWidth = "0.853em", f = 0.833 / s) : a.type === "large" ? (m = (1e3 + $r) * tt[a.size], h = (tt[a.size] + i) / s, l = (tt[a.size] + i + qr) / s, o = Rr("sqrtSize" + a.size, l, m, i, t), o.style.minWidth = "1.02em", f = 1 / s) : (l = e + i + qr, h = e + i, m = Math.floor(1e3 * e + i) + $r, o = Rr("sqrtTall", l, m, i, t), o.style.minWidth = "0.742em", f = 1.056), o.height = h, o.style.height = E(l), {
    span: o,
    advanceWidth: f,
    // Calculate the actual line width.
    // This actually should depend on the chosen font -- e.g. \boldmath
    // should use the thicker surd symbols from e.g. KaTeX_Main-Bold, and
    // have thicker rules.
    ruleWidth: (t.fontMetrics().sqrtRuleThickness + i) * s
  };
}, Ri = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "\\surd"]), Mu = /* @__PURE__ */ new Set(["\\uparrow", "\\downarrow", "\\updownarrow", "\\Uparrow", "\\Downarrow", "\\Updownarrow", "|", "\\|", "\\vert", "\\Vert", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱"]), Ii = /* @__PURE__ */ new Set(["<", ">", "\\langle", "\\rangle", "/", "\\backslash", "\\lt", "\\gt"]), tt = [0, 1.2, 1.8, 2.4, 3], Oi = function(e, t, n, a, s) {
  if (e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle"), Ri.has(e) || Ii.has(e))
    return $i(e, t, !1, n, a, s);
  if (Mu.has(e))
    return qi(e, tt[t], !1, n, a, s);
  throw new C("Illegal delimiter: '" + e + "'");
}, Su = [{
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
}], Au = [{
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
}], Fi = [{
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
}], Tu = function(e) {
  if (e.type === "small")
    return "Main-Regular";
  if (e.type === "large")
    return "Size" + e.size + "-Regular";
  if (e.type === "stack")
    return "Size4-Regular";
  var t = e.type;
  throw new Error("Add support for delim type '" + t + "' here.");
}, Li = function(e, t, n, a) {
  for (var s = Math.min(2, 3 - a.style.size), i = s; i < n.length; i++) {
    var o = n[i];
    if (o.type === "stack")
      break;
    var l = et(e, Tu(o), "math"), h = l.height + l.depth;
    if (o.type === "small") {
      var m = a.havingBaseStyle(o.style);
      h *= m.sizeMultiplier;
    }
    if (h > t)
      return o;
  }
  return n[n.length - 1];
}, xn = function(e, t, n, a, s, i) {
  e === "<" || e === "\\lt" || e === "⟨" ? e = "\\langle" : (e === ">" || e === "\\gt" || e === "⟩") && (e = "\\rangle");
  var o;
  Ii.has(e) ? o = Su : Ri.has(e) ? o = Fi : o = Au;
  var l = Li(e, t, o, a);
  return l.type === "small" ? bu(e, l.style, n, a, s, i) : l.type === "large" ? $i(e, l.size, n, a, s, i) : qi(e, t, n, a, s, i);
}, Ir = function(e, t, n, a, s, i) {
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
  return xn(e, f, !0, a, s, i);
}, rs = {
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
}, zu = /* @__PURE__ */ new Set(["(", "\\lparen", ")", "\\rparen", "[", "\\lbrack", "]", "\\rbrack", "\\{", "\\lbrace", "\\}", "\\rbrace", "\\lfloor", "\\rfloor", "⌊", "⌋", "\\lceil", "\\rceil", "⌈", "⌉", "<", ">", "\\langle", "⟨", "\\rangle", "⟩", "\\lt", "\\gt", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\lgroup", "\\rgroup", "⟮", "⟯", "\\lmoustache", "\\rmoustache", "⎰", "⎱", "/", "\\backslash", "|", "\\vert", "\\|", "\\Vert", "\\uparrow", "\\Uparrow", "\\downarrow", "\\Downarrow", "\\updownarrow", "\\Updownarrow", "."]);
function ns(r) {
  return "isMiddle" in r;
}
function cr(r, e) {
  var t = ur(r);
  if (t && zu.has(t.text))
    return t;
  throw t ? new C("Invalid delimiter '" + t.text + "' after '" + e.funcName + "'", r) : new C("Invalid delimiter type '" + r.type + "'", r);
}
D({
  type: "delimsizing",
  names: ["\\bigl", "\\Bigl", "\\biggl", "\\Biggl", "\\bigr", "\\Bigr", "\\biggr", "\\Biggr", "\\bigm", "\\Bigm", "\\biggm", "\\Biggm", "\\big", "\\Big", "\\bigg", "\\Bigg"],
  props: {
    numArgs: 1,
    argTypes: ["primitive"]
  },
  handler: (r, e) => {
    var t = cr(e[0], r);
    return {
      type: "delimsizing",
      mode: r.parser.mode,
      size: rs[r.funcName].size,
      mclass: rs[r.funcName].mclass,
      delim: t.text
    };
  },
  htmlBuilder: (r, e) => r.delim === "." ? z([r.mclass]) : Oi(r.delim, r.size, e, r.mode, [r.mclass]),
  mathmlBuilder: (r) => {
    var e = [];
    r.delim !== "." && e.push(Ee(r.delim, r.mode));
    var t = new N("mo", e);
    r.mclass === "mopen" || r.mclass === "mclose" ? t.setAttribute("fence", "true") : t.setAttribute("fence", "false"), t.setAttribute("stretchy", "true");
    var n = E(tt[r.size]);
    return t.setAttribute("minsize", n), t.setAttribute("maxsize", n), t;
  }
});
function as(r) {
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
      throw new C("\\current@color set to non-string in \\right");
    return {
      type: "leftright-right",
      mode: r.parser.mode,
      delim: cr(e[0], r).text,
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
    var t = cr(e[0], r), n = r.parser;
    ++n.leftrightDepth;
    var a = n.parseExpression(!1);
    --n.leftrightDepth, n.expect("\\right", !1);
    var s = G(n.parseFunction(), "leftright-right");
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
    as(r);
    for (var t = he(r.body, e, !0, ["mopen", "mclose"]), n = 0, a = 0, s = !1, i = 0; i < t.length; i++) {
      var o = t[i];
      ns(o) ? s = !0 : (n = Math.max(t[i].height, n), a = Math.max(t[i].depth, a));
    }
    n *= e.sizeMultiplier, a *= e.sizeMultiplier;
    var l;
    if (r.left === "." ? l = ut(e, ["mopen"]) : l = Ir(r.left, n, a, e, r.mode, ["mopen"]), t.unshift(l), s)
      for (var h = 1; h < t.length; h++) {
        var m = t[h];
        if (ns(m)) {
          var f = m.isMiddle;
          t[h] = Ir(f.delim, n, a, f.options, r.mode, []);
        }
      }
    var v;
    if (r.right === ".")
      v = ut(e, ["mclose"]);
    else {
      var g = r.rightColor ? e.withColor(r.rightColor) : e;
      v = Ir(r.right, n, a, g, r.mode, ["mclose"]);
    }
    return t.push(v), z(["minner"], t, e);
  },
  mathmlBuilder: (r, e) => {
    as(r);
    var t = Ce(r.body, e);
    if (r.left !== ".") {
      var n = new N("mo", [Ee(r.left, r.mode)]);
      n.setAttribute("fence", "true"), t.unshift(n);
    }
    if (r.right !== ".") {
      var a = new N("mo", [Ee(r.right, r.mode)]);
      a.setAttribute("fence", "true"), r.rightColor && a.setAttribute("mathcolor", r.rightColor), t.push(a);
    }
    return Un(t);
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
    var t = cr(e[0], r);
    if (!r.parser.leftrightDepth)
      throw new C("\\middle without preceding \\left", t);
    return {
      type: "middle",
      mode: r.parser.mode,
      delim: t.text
    };
  },
  htmlBuilder: (r, e) => {
    var t;
    return r.delim === "." ? t = ut(e, []) : (t = Oi(r.delim, 1, e, r.mode, []), t.isMiddle = {
      delim: r.delim,
      options: e
    }), t;
  },
  mathmlBuilder: (r, e) => {
    var t = r.delim === "\\vert" || r.delim === "|" ? Ee("|", "text") : Ee(r.delim, r.mode), n = new N("mo", [t]);
    return n.setAttribute("fence", "true"), n.setAttribute("lspace", "0.05em"), n.setAttribute("rspace", "0.05em"), n;
  }
});
var mr = (r, e) => {
  var t = U0(Z(r.body, e), e), n = r.label.slice(1), a = e.sizeMultiplier, s, i, o = _e(r.body);
  if (n === "sout")
    s = z(["stretchy", "sout"]), s.height = e.fontMetrics().defaultRuleThickness / a, i = -0.5 * e.fontMetrics().xHeight;
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
    t.style.paddingLeft = E(f / 2 + l);
    var v = Math.floor(1e3 * f * a), g = A1(v), x = new Qe([new l0("phase", g)], {
      width: "400em",
      height: E(v / 1e3),
      viewBox: "0 0 400000 " + v,
      preserveAspectRatio: "xMinYMin slice"
    });
    s = u0(["hide-tail"], [x], e), s.style.height = E(f), i = t.depth + l + h;
  } else {
    /cancel/.test(n) ? o || t.classes.push("cancel-pad") : n === "angl" ? t.classes.push("anglpad") : t.classes.push("boxpad");
    var M, S, T = 0;
    /box/.test(n) ? (T = Math.max(
      e.fontMetrics().fboxrule,
      // default
      e.minRuleThickness
    ), M = e.fontMetrics().fboxsep + (n === "colorbox" ? 0 : T), S = M) : n === "angl" ? (T = Math.max(e.fontMetrics().defaultRuleThickness, e.minRuleThickness), M = 4 * T, S = Math.max(0, 0.25 - t.depth)) : (M = o ? 0.2 : 0, S = M), s = lu(t, n, M, S, e), /fbox|boxed|fcolorbox/.test(n) ? (s.style.borderStyle = "solid", s.style.borderWidth = E(T)) : n === "angl" && T !== 0.049 && (s.style.borderTopWidth = E(T), s.style.borderRightWidth = E(T)), i = t.depth + S, r.backgroundColor && (s.style.backgroundColor = r.backgroundColor, r.borderColor && (s.style.borderColor = r.borderColor));
  }
  var B;
  if (r.backgroundColor)
    B = K({
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
    var q = /cancel|phase/.test(n) ? ["svg-align"] : [];
    B = K({
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
          wrapperClasses: q
        }
      ]
    });
  }
  return /cancel/.test(n) && (B.height = t.height, B.depth = t.depth), /cancel/.test(n) && !o ? z(["mord", "cancel-lap"], [B], e) : z(["mord"], [B], e);
}, dr = (r, e) => {
  var t, n = new N(r.label.includes("colorbox") ? "mpadded" : "menclose", [J(r.body, e)]);
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
        n.setAttribute("style", "border: " + E(a) + " solid " + r.borderColor);
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
    } = r, s = G(e[0], "color-token").color, i = e[1];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: s,
      body: i
    };
  },
  htmlBuilder: mr,
  mathmlBuilder: dr
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
    } = r, s = G(e[0], "color-token").color, i = G(e[1], "color-token").color, o = e[2];
    return {
      type: "enclose",
      mode: n.mode,
      label: a,
      backgroundColor: i,
      borderColor: s,
      body: o
    };
  },
  htmlBuilder: mr,
  mathmlBuilder: dr
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
  htmlBuilder: mr,
  mathmlBuilder: dr
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
  htmlBuilder: mr,
  mathmlBuilder: dr
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
var Hi = {};
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
    Hi[t[l]] = o;
  s && (Jt[e] = s), i && (Qt[e] = i);
}
var Pi = {};
function p(r, e) {
  Pi[r] = e;
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
function ss(r) {
  var e = [];
  r.consumeSpaces();
  var t = r.fetch().text;
  for (t === "\\relax" && (r.consume(), r.consumeSpaces(), t = r.fetch().text); t === "\\hline" || t === "\\hdashline"; )
    r.consume(), e.push(t === "\\hdashline"), r.consumeSpaces(), t = r.fetch().text;
  return e;
}
var fr = (r) => {
  var e = r.parser.settings;
  if (!e.displayMode)
    throw new C("{" + r.envName + "} can be used only in display mode.");
}, Cu = /* @__PURE__ */ new Set(["gather", "gather*"]);
function Yn(r) {
  if (!r.includes("ed"))
    return !r.includes("*");
}
function m0(r, e, t) {
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
      throw new C("Invalid \\arraystretch: " + g);
  }
  r.gullet.beginGroup();
  var x = [], M = [x], S = [], T = [], B = l != null ? [] : void 0;
  function q() {
    l && r.gullet.macros.set("\\@eqnsw", "1", !0);
  }
  function R() {
    B && (r.gullet.macros.get("\\df@tag") ? (B.push(r.subparse([new Ae("\\df@tag")])), r.gullet.macros.set("\\df@tag", void 0, !0)) : B.push(!!l && r.gullet.macros.get("\\@eqnsw") === "1"));
  }
  for (q(), T.push(ss(r)); ; ) {
    var F = r.parseExpression(!1, h ? "\\end" : "\\\\");
    r.gullet.endGroup(), r.gullet.beginGroup();
    var O = {
      type: "ordgroup",
      mode: r.mode,
      body: F
    };
    t && (O = {
      type: "styling",
      mode: r.mode,
      style: t,
      resetFont: !0,
      body: [O]
    }), x.push(O);
    var U = r.fetch().text;
    if (U === "&") {
      if (f && x.length === f) {
        if (h || o)
          throw new C("Too many tab characters: &", r.nextToken);
        r.settings.reportNonstrict("textEnv", "Too few columns specified in the {array} column argument.");
      }
      r.consume();
    } else if (U === "\\end") {
      R(), x.length === 1 && O.type === "styling" && O.body.length === 1 && O.body[0].type === "ordgroup" && O.body[0].body.length === 0 && (M.length > 1 || !m) && M.pop(), T.length < M.length + 1 && T.push([]);
      break;
    } else if (U === "\\\\") {
      r.consume();
      var j = void 0;
      r.gullet.future().text !== " " && (j = r.parseSizeGroup(!0)), S.push(j ? j.value : null), R(), T.push(ss(r)), x = [], M.push(x), q();
    } else
      throw new C("Expected & or \\\\ or \\cr or \\end", r.nextToken);
  }
  return r.gullet.endGroup(), r.gullet.endGroup(), {
    type: "array",
    mode: r.mode,
    addJot: a,
    arraystretch: i,
    body: M,
    cols: s,
    rowGaps: S,
    hskipBeforeAndAfter: n,
    hLinesBeforeRow: T,
    colSeparationType: o,
    tags: B,
    leqno: v
  };
}
function Xn(r) {
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
  }, t) : 12 * f, M = 3 * f, S = e.arraystretch * x, T = 0.7 * S, B = 0.3 * S, q = 0;
  function R(bt) {
    for (var yt = 0; yt < bt.length; ++yt)
      yt > 0 && (q += 0.25), h.push({
        pos: q,
        isDashed: bt[yt]
      });
  }
  for (R(i[0]), n = 0; n < e.body.length; ++n) {
    var F = e.body[n], O = T, U = B;
    o < F.length && (o = F.length);
    var j = {
      cells: new Array(F.length),
      height: 0,
      depth: 0,
      pos: 0
    };
    for (a = 0; a < F.length; ++a) {
      var V = Z(F[a], t);
      U < V.depth && (U = V.depth), O < V.height && (O = V.height), j.cells[a] = V;
    }
    var le = e.rowGaps[n], pe = 0;
    le && (pe = re(le, t), pe > 0 && (pe += B, U < pe && (U = pe), pe = 0)), e.addJot && n < e.body.length - 1 && (U += M), j.height = O, j.depth = U, q += O, j.pos = q, q += U + pe, l[n] = j, R(i[n + 1]);
  }
  var I = q / 2 + t.fontMetrics().axisHeight, Me = e.cols || [], ee = [], ce, Be, De = [];
  if (e.tags && e.tags.some((bt) => bt))
    for (n = 0; n < s; ++n) {
      var $e = l[n], r0 = $e.pos - I, me = e.tags[n], n0 = void 0;
      me === !0 ? n0 = z(["eqn-num"], [], t) : me === !1 ? n0 = z([], [], t) : n0 = z([], he(me, t, !0), t), n0.depth = $e.depth, n0.height = $e.height, De.push({
        type: "elem",
        elem: n0,
        shift: r0
      });
    }
  for (
    a = 0, Be = 0;
    // Continue while either there are more columns or more column
    // descriptions, so trailing separators don't get lost.
    a < o || Be < Me.length;
    ++a, ++Be
  ) {
    for (var Z0, qe = Me[Be], ft = !0; ((ta = qe) == null ? void 0 : ta.type) === "separator"; ) {
      var ta;
      if (ft || (ce = z(["arraycolsep"], []), ce.style.width = E(t.fontMetrics().doubleRuleSep), ee.push(ce)), qe.separator === "|" || qe.separator === ":") {
        var xo = qe.separator === "|" ? "solid" : "dashed", N0 = z(["vertical-separator"], [], t);
        N0.style.height = E(q), N0.style.borderRightWidth = E(m), N0.style.borderRightStyle = xo, N0.style.margin = "0 " + E(-m / 2);
        var ra = q - I;
        ra && (N0.style.verticalAlign = E(-ra)), ee.push(N0);
      } else
        throw new C("Invalid separator type: " + qe.separator);
      Be++, qe = Me[Be], ft = !1;
    }
    if (!(a >= o)) {
      var E0 = void 0;
      if (a > 0 || e.hskipBeforeAndAfter) {
        var na, aa;
        E0 = (na = (aa = qe) == null ? void 0 : aa.pregap) != null ? na : v, E0 !== 0 && (ce = z(["arraycolsep"], []), ce.style.width = E(E0), ee.push(ce));
      }
      var sa = [];
      for (n = 0; n < s; ++n) {
        var pt = l[n], vt = pt.cells[a];
        if (vt) {
          var ko = pt.pos - I;
          vt.depth = pt.depth, vt.height = pt.height, sa.push({
            type: "elem",
            elem: vt,
            shift: ko
          });
        }
      }
      var Mo = K({
        positionType: "individualShift",
        children: sa
      }), So = z(["col-align-" + (((Z0 = qe) == null ? void 0 : Z0.align) || "c")], [Mo]);
      if (ee.push(So), a < o - 1 || e.hskipBeforeAndAfter) {
        var ia, oa;
        E0 = (ia = (oa = qe) == null ? void 0 : oa.postgap) != null ? ia : v, E0 !== 0 && (ce = z(["arraycolsep"], []), ce.style.width = E(E0), ee.push(ce));
      }
    }
  }
  var gt = z(["mtable"], ee);
  if (h.length > 0) {
    for (var Ao = G0("hline", t, m), To = G0("hdashline", t, m), vr = [{
      type: "elem",
      elem: gt,
      shift: 0
    }]; h.length > 0; ) {
      var la = h.pop(), ua = la.pos - I;
      la.isDashed ? vr.push({
        type: "elem",
        elem: To,
        shift: ua
      }) : vr.push({
        type: "elem",
        elem: Ao,
        shift: ua
      });
    }
    gt = K({
      positionType: "individualShift",
      children: vr
    });
  }
  if (De.length === 0)
    return z(["mord"], [gt], t);
  var zo = K({
    positionType: "individualShift",
    children: De
  }), Co = z(["tag"], [zo], t);
  return t0([gt, Co]);
}, Nu = {
  c: "center ",
  l: "left ",
  r: "right "
}, Ve = function(e, t) {
  for (var n = [], a = new N("mtd", [], ["mtr-glue"]), s = new N("mtd", [], ["mml-eqn-num"]), i = 0; i < e.body.length; i++) {
    for (var o = e.body[i], l = [], h = 0; h < o.length; h++)
      l.push(new N("mtd", [J(o[h], t)]));
    e.tags && e.tags[i] && (l.unshift(a), l.push(a), e.leqno ? l.unshift(s) : l.push(s)), n.push(new N("mtr", l));
  }
  var m = new N("mtable", n), f = e.arraystretch === 0.5 ? 0.1 : 0.16 + e.arraystretch - 1 + (e.addJot ? 0.09 : 0);
  m.setAttribute("rowspacing", E(f));
  var v = "", g = "";
  if (e.cols && e.cols.length > 0) {
    var x = e.cols, M = "", S = !1, T = 0, B = x.length;
    x[0].type === "separator" && (v += "top ", T = 1), x[x.length - 1].type === "separator" && (v += "bottom ", B -= 1);
    for (var q = T; q < B; q++) {
      var R = x[q];
      R.type === "align" ? (g += Nu[R.align], S && (M += "none "), S = !0) : R.type === "separator" && S && (M += R.separator === "|" ? "solid " : "dashed ", S = !1);
    }
    m.setAttribute("columnalign", g.trim()), /[sd]/.test(M) && m.setAttribute("columnlines", M.trim());
  }
  if (e.colSeparationType === "align") {
    for (var F = e.cols || [], O = "", U = 1; U < F.length; U++)
      O += U % 2 ? "0em " : "1em ";
    m.setAttribute("columnspacing", O.trim());
  } else e.colSeparationType === "alignat" || e.colSeparationType === "gather" ? m.setAttribute("columnspacing", "0em") : e.colSeparationType === "small" ? m.setAttribute("columnspacing", "0.2778em") : e.colSeparationType === "CD" ? m.setAttribute("columnspacing", "0.5em") : m.setAttribute("columnspacing", "1em");
  var j = "", V = e.hLinesBeforeRow;
  v += V[0].length > 0 ? "left " : "", v += V[V.length - 1].length > 0 ? "right " : "";
  for (var le = 1; le < V.length - 1; le++)
    j += V[le].length === 0 ? "none " : V[le][0] ? "dashed " : "solid ";
  return /[sd]/.test(j) && m.setAttribute("rowlines", j.trim()), v !== "" && (m = new N("menclose", [m]), m.setAttribute("notation", v.trim())), e.arraystretch && e.arraystretch < 1 && (m = new N("mstyle", [m]), m.setAttribute("scriptlevel", "1")), m;
}, Gi = function(e, t) {
  e.envName.includes("ed") || fr(e);
  var n = [], a = e.envName.includes("at") ? "alignat" : "align", s = e.envName === "split", i = m0(e.parser, {
    cols: n,
    addJot: !0,
    autoTag: s ? void 0 : Yn(e.envName),
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
      var v = G(t[0].body[f], "textord");
      m += v.text;
    }
    o = Number(m), l = o * 2;
  }
  var g = !l;
  i.body.forEach(function(T) {
    for (var B = 1; B < T.length; B += 2) {
      var q = G(T[B], "styling"), R = G(q.body[0], "ordgroup");
      R.body.unshift(h);
    }
    if (g)
      l < T.length && (l = T.length);
    else {
      var F = T.length / 2;
      if (o < F)
        throw new C("Too many math in a row: " + ("expected " + o + ", but got " + F), T[0]);
    }
  });
  for (var x = 0; x < l; ++x) {
    var M = "r", S = 0;
    x % 2 === 1 ? M = "l" : x > 0 && g && (S = 1), n[x] = {
      type: "align",
      align: M,
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
    var t = ur(e[0]), n = t ? [e[0]] : G(e[0], "ordgroup").body, a = n.map(function(i) {
      var o = lr(i), l = o.text;
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
      cols: a,
      hskipBeforeAndAfter: !0,
      // \@preamble in lttab.dtx
      maxNumCols: a.length
    };
    return m0(r.parser, s, Xn(r.envName));
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
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
          throw new C("Expected l or c or r", a.nextToken);
        a.consume(), a.consumeSpaces(), a.expect("]"), a.consume(), n.cols = [{
          type: "align",
          align: t
        }];
      }
    }
    var s = m0(r.parser, n, Xn(r.envName)), i = Math.max(0, ...s.body.map((o) => o.length));
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
  mathmlBuilder: Ve
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
    }, t = m0(r.parser, e, "script");
    return t.colSeparationType = "small", t;
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["subarray"],
  props: {
    numArgs: 1
  },
  handler(r, e) {
    var t = ur(e[0]), n = t ? [e[0]] : G(e[0], "ordgroup").body, a = n.map(function(o) {
      var l = lr(o), h = l.text;
      if ("lc".includes(h))
        return {
          type: "align",
          align: h
        };
      throw new C("Unknown column alignment: " + h, o);
    });
    if (a.length > 1)
      throw new C("{subarray} can contain only one column");
    var s = {
      cols: a,
      hskipBeforeAndAfter: !1,
      arraystretch: 0.5
    }, i = m0(r.parser, s, "script");
    if (i.body.length > 0 && i.body[0].length > 1)
      throw new C("{subarray} can contain only one column");
    return i;
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
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
    }, t = m0(r.parser, e, Xn(r.envName));
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
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["align", "align*", "aligned", "split"],
  props: {
    numArgs: 0
  },
  handler: Gi,
  htmlBuilder: We,
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["gathered", "gather", "gather*"],
  props: {
    numArgs: 0
  },
  handler(r) {
    Cu.has(r.envName) && fr(r);
    var e = {
      cols: [{
        type: "align",
        align: "c"
      }],
      addJot: !0,
      colSeparationType: "gather",
      autoTag: Yn(r.envName),
      emptySingleRow: !0,
      leqno: r.parser.settings.leqno
    };
    return m0(r.parser, e, "display");
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["alignat", "alignat*", "alignedat"],
  props: {
    numArgs: 1
  },
  handler: Gi,
  htmlBuilder: We,
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["equation", "equation*"],
  props: {
    numArgs: 0
  },
  handler(r) {
    fr(r);
    var e = {
      autoTag: Yn(r.envName),
      emptySingleRow: !0,
      singleRow: !0,
      maxNumCols: 1,
      leqno: r.parser.settings.leqno
    };
    return m0(r.parser, e, "display");
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
});
Ue({
  type: "array",
  names: ["CD"],
  props: {
    numArgs: 0
  },
  handler(r) {
    return fr(r), vu(r.parser);
  },
  htmlBuilder: We,
  mathmlBuilder: Ve
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
    throw new C(r.funcName + " valid only within array environment");
  }
});
var is = Hi;
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
      throw new C("Invalid environment name", a);
    for (var s = "", i = 0; i < a.body.length; ++i)
      s += G(a.body[i], "textord").text;
    if (n === "\\begin") {
      if (!is.hasOwnProperty(s))
        throw new C("No such environment: " + s, a);
      var o = is[s], {
        args: l,
        optArgs: h
      } = t.parseArguments("\\begin{" + s + "}", o), m = {
        mode: t.mode,
        envName: s,
        parser: t
      }, f = o.handler(m, l, h);
      t.expect("\\end", !1);
      var v = t.nextToken, g = G(t.parseFunction(), "environment");
      if (g.name !== s)
        throw new C("Mismatch: \\begin{" + s + "} matched by \\end{" + g.name + "}", v);
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
var Ui = (r, e) => {
  var t = r.font, n = e.withFont(t);
  return Z(r.body, n);
}, Wi = (r, e) => {
  var t = r.font, n = e.withFont(t);
  return J(r.body, n);
}, os = {
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
    } = r, a = _t(e[0]), s = n;
    return s in os && (s = os[s]), {
      type: "font",
      mode: t.mode,
      font: s.slice(1),
      body: a
    };
  },
  htmlBuilder: Ui,
  mathmlBuilder: Wi
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
      mclass: hr(n),
      body: [{
        type: "font",
        mode: t.mode,
        font: "boldsymbol",
        body: n
      }],
      isCharacterBox: _e(n)
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
  htmlBuilder: Ui,
  mathmlBuilder: Wi
});
var Eu = (r, e) => {
  var t = e.style, n = t.fracNum(), a = t.fracDen(), s;
  s = e.havingStyle(n);
  var i = Z(r.numer, s, e);
  if (r.continued) {
    var o = 8.5 / e.fontMetrics().ptPerEm, l = 3.5 / e.fontMetrics().ptPerEm;
    i.height = i.height < o ? o : i.height, i.depth = i.depth < l ? l : i.depth;
  }
  s = e.havingStyle(a);
  var h = Z(r.denom, s, e), m, f, v;
  r.hasBarLine ? (r.barSize ? (f = re(r.barSize, e), m = G0("frac-line", e, f)) : m = G0("frac-line", e), f = m.height, v = m.height) : (m = null, f = 0, v = e.fontMetrics().defaultRuleThickness);
  var g, x, M;
  t.size === P.DISPLAY.size ? (g = e.fontMetrics().num1, f > 0 ? x = 3 * v : x = 7 * v, M = e.fontMetrics().denom1) : (f > 0 ? (g = e.fontMetrics().num2, x = v) : (g = e.fontMetrics().num3, x = 3 * v), M = e.fontMetrics().denom2);
  var S;
  if (m) {
    var B = e.fontMetrics().axisHeight;
    g - i.depth - (B + 0.5 * f) < x && (g += x - (g - i.depth - (B + 0.5 * f))), B - 0.5 * f - (h.height - M) < x && (M += x - (B - 0.5 * f - (h.height - M)));
    var q = -(B - 0.5 * f);
    S = K({
      positionType: "individualShift",
      children: [{
        type: "elem",
        elem: h,
        shift: M
      }, {
        type: "elem",
        elem: m,
        shift: q
      }, {
        type: "elem",
        elem: i,
        shift: -g
      }]
    });
  } else {
    var T = g - i.depth - (h.height - M);
    T < x && (g += 0.5 * (x - T), M += 0.5 * (x - T)), S = K({
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
  s = e.havingStyle(t), S.height *= s.sizeMultiplier / e.sizeMultiplier, S.depth *= s.sizeMultiplier / e.sizeMultiplier;
  var R;
  t.size === P.DISPLAY.size ? R = e.fontMetrics().delim1 : t.size === P.SCRIPTSCRIPT.size ? R = e.havingStyle(P.SCRIPT).fontMetrics().delim2 : R = e.fontMetrics().delim2;
  var F, O;
  return r.leftDelim == null ? F = ut(e, ["mopen"]) : F = xn(r.leftDelim, R, !0, e.havingStyle(t), r.mode, ["mopen"]), r.continued ? O = z([]) : r.rightDelim == null ? O = ut(e, ["mclose"]) : O = xn(r.rightDelim, R, !0, e.havingStyle(t), r.mode, ["mclose"]), z(["mord"].concat(s.sizingClasses(e)), [F, z(["mfrac"], [S]), O], e);
}, Bu = (r, e) => {
  var t = new N("mfrac", [J(r.numer, e), J(r.denom, e)]);
  if (!r.hasBarLine)
    t.setAttribute("linethickness", "0px");
  else if (r.barSize) {
    var n = re(r.barSize, e);
    t.setAttribute("linethickness", E(n));
  }
  if (r.leftDelim != null || r.rightDelim != null) {
    var a = [];
    if (r.leftDelim != null) {
      var s = new N("mo", [new ie(r.leftDelim.replace("\\", ""))]);
      s.setAttribute("fence", "true"), a.push(s);
    }
    if (a.push(t), r.rightDelim != null) {
      var i = new N("mo", [new ie(r.rightDelim.replace("\\", ""))]);
      i.setAttribute("fence", "true"), a.push(i);
    }
    return Un(a);
  }
  return t;
}, Vi = (r, e) => {
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
    return h || n.startsWith("\\d") ? m = "display" : n.startsWith("\\t") && (m = "text"), Vi({
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
  htmlBuilder: Eu,
  mathmlBuilder: Bu
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
var ls = ["display", "text", "script", "scriptscript"], us = function(e) {
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
    } = r, n = e[4], a = e[5], s = _t(e[0]), i = s.type === "atom" && s.family === "open" ? us(s.text) : null, o = _t(e[1]), l = o.type === "atom" && o.family === "close" ? us(o.text) : null, h = G(e[2], "size"), m, f = null;
    h.isBlank ? m = !0 : (f = h.value, m = f.number > 0);
    var v = null, g = e[3];
    if (g.type === "ordgroup") {
      if (g.body.length > 0) {
        var x = G(g.body[0], "textord");
        v = ls[Number(x.text)];
      }
    } else
      g = G(g, "textord"), v = ls[Number(g.text)];
    return Vi({
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
      size: G(e[0], "size").value,
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
    } = r, a = e[0], s = G(e[1], "infix").size;
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
var ji = (r, e) => {
  var t = e.style, n, a;
  r.type === "supsub" ? (n = r.sup ? Z(r.sup, e.havingStyle(t.sup()), e) : Z(r.sub, e.havingStyle(t.sub()), e), a = G(r.base, "horizBrace")) : a = G(r, "horizBrace");
  var s = Z(a.base, e.havingBaseStyle(P.DISPLAY)), i = or(a, e), o;
  if (a.isOver ? o = K({
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
  }) : o = K({
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
    var l = z(["minner", a.isOver ? "mover" : "munder"], [o], e);
    a.isOver ? o = K({
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
    }) : o = K({
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
  return z(["minner", a.isOver ? "mover" : "munder"], [o], e);
}, Du = (r, e) => {
  var t = ir(r.label);
  return new N(r.isOver ? "mover" : "munder", [J(r.base, e), t]);
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
  htmlBuilder: ji,
  mathmlBuilder: Du
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
    } = r, n = e[1], a = G(e[0], "url").url;
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
    return V1(r.href, [], t, e);
  },
  mathmlBuilder: (r, e) => {
    var t = h0(r.body, e);
    return t instanceof N || (t = new N("mrow", [t])), t.setAttribute("href", r.href), t;
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
    } = r, n = G(e[0], "url").url;
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
    return t0(t);
  },
  mathmlBuilder(r, e) {
    return new N("mrow", Ce(r.body, e.withFont("")));
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
    } = r, s = G(e[0], "raw").string, i = e[1];
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
            throw new C("\\htmlData key/value '" + f + "' missing equals sign");
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
    var a = z(n, t, e);
    for (var s in r.attributes)
      s !== "class" && r.attributes.hasOwnProperty(s) && a.setAttribute(s, r.attributes[s]);
    return a;
  },
  mathmlBuilder: (r, e) => h0(r.body, e)
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
    return t0(t);
  },
  mathmlBuilder: (r, e) => h0(r.mathml, e)
});
var Or = function(e) {
  if (/^[-+]? *(\d+(\.\d*)?|\.\d+)$/.test(e))
    return {
      number: +e,
      unit: "bp"
    };
  var t = /([-+]?) *(\d+(?:\.\d*)?|\.\d+) *([a-z]{2})/.exec(e);
  if (!t)
    throw new C("Invalid size: '" + e + "' in \\includegraphics");
  var n = {
    number: +(t[1] + t[2]),
    // sign + magnitude, cast to number
    unit: t[3]
  };
  if (!ui(n))
    throw new C("Invalid unit: '" + n.unit + "' in \\includegraphics.");
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
      for (var l = G(t[0], "raw").string, h = l.split(","), m = 0; m < h.length; m++) {
        var f = h[m].split("=");
        if (f.length === 2) {
          var v = f[1].trim();
          switch (f[0].trim()) {
            case "alt":
              o = v;
              break;
            case "width":
              a = Or(v);
              break;
            case "height":
              s = Or(v);
              break;
            case "totalheight":
              i = Or(v);
              break;
            default:
              throw new C("Invalid key: '" + f[0] + "' in \\includegraphics.");
          }
        }
      }
    var g = G(e[0], "url").url;
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
      height: E(t + n)
    };
    a > 0 && (s.width = E(a)), n > 0 && (s.verticalAlign = E(-n));
    var i = new $1(r.src, r.alt, s);
    return i.height = t, i.depth = n, i;
  },
  mathmlBuilder: (r, e) => {
    var t = new N("mglyph", []);
    t.setAttribute("alt", r.alt);
    var n = re(r.height, e), a = 0;
    if (r.totalheight.number > 0 && (a = re(r.totalheight, e) - n, t.setAttribute("valign", E(-a))), t.setAttribute("height", E(n + a)), r.width.number > 0) {
      var s = re(r.width, e);
      t.setAttribute("width", E(s));
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
    } = r, a = G(e[0], "size");
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
    return pi(r.dimension, e);
  },
  mathmlBuilder(r, e) {
    var t = re(r.dimension, e);
    return new xi(t);
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
    r.alignment === "clap" ? (t = z([], [Z(r.body, e)]), t = z(["inner"], [t], e)) : t = z(["inner"], [Z(r.body, e)]);
    var n = z(["fix"], []), a = z([r.alignment], [t, n], e), s = z(["strut"]);
    return s.style.height = E(a.height + a.depth), a.depth && (s.style.verticalAlign = E(-a.depth)), a.children.unshift(s), a = z(["thinbox"], [a], e), z(["mord", "vbox"], [a], e);
  },
  mathmlBuilder: (r, e) => {
    var t = new N("mpadded", [J(r.body, e)]);
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
    throw new C("Mismatched " + r.funcName);
  }
});
var hs = (r, e) => {
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
    var t = hs(r, e), n = he(t, e, !1);
    return t0(n);
  },
  mathmlBuilder: (r, e) => {
    var t = hs(r, e);
    return h0(t, e);
  }
});
var Yi = (r, e, t, n, a, s, i) => {
  r = z([], [r]);
  var o = t && _e(t), l, h;
  if (e) {
    var m = Z(e, n.havingStyle(a.sup()), n);
    h = {
      elem: m,
      kern: Math.max(n.fontMetrics().bigOpSpacing1, n.fontMetrics().bigOpSpacing3 - m.depth)
    };
  }
  if (t) {
    var f = Z(t, n.havingStyle(a.sub()), n);
    l = {
      elem: f,
      kern: Math.max(n.fontMetrics().bigOpSpacing2, n.fontMetrics().bigOpSpacing4 - f.height)
    };
  }
  var v;
  if (h && l) {
    var g = n.fontMetrics().bigOpSpacing5 + l.elem.height + l.elem.depth + l.kern + r.depth + i;
    v = K({
      positionType: "bottom",
      positionData: g,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: E(-s)
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
        marginLeft: E(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else if (l) {
    var x = r.height - i;
    v = K({
      positionType: "top",
      positionData: x,
      children: [{
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }, {
        type: "elem",
        elem: l.elem,
        marginLeft: E(-s)
      }, {
        type: "kern",
        size: l.kern
      }, {
        type: "elem",
        elem: r
      }]
    });
  } else if (h) {
    var M = r.depth + i;
    v = K({
      positionType: "bottom",
      positionData: M,
      children: [{
        type: "elem",
        elem: r
      }, {
        type: "kern",
        size: h.kern
      }, {
        type: "elem",
        elem: h.elem,
        marginLeft: E(s)
      }, {
        type: "kern",
        size: n.fontMetrics().bigOpSpacing5
      }]
    });
  } else
    return r;
  var S = [v];
  if (l && s !== 0 && !o) {
    var T = z(["mspace"], [], n);
    T.style.marginRight = E(s), S.unshift(T);
  }
  return z(["mop", "op-limits"], S, n);
}, Xi = /* @__PURE__ */ new Set(["\\smallint"]), K0 = (r, e) => {
  var t, n, a = !1, s;
  r.type === "supsub" ? (t = r.sup, n = r.sub, s = G(r.base, "op"), a = !0) : s = G(r, "op");
  var i = e.style, o = !1;
  i.size === P.DISPLAY.size && s.symbol && !Xi.has(s.name) && (o = !0);
  var l, h;
  if (s.symbol) {
    var m = o ? "Size2-Regular" : "Size1-Regular", f = "";
    if ((s.name === "\\oiint" || s.name === "\\oiiint") && (f = s.name.slice(1), s.name = f === "oiint" ? "\\iint" : "\\iiint"), l = be(s.name, m, "math", e, ["mop", "op-symbol", o ? "large-op" : "small-op"]), h = l.italic, f.length > 0) {
      var v = gi(f + "Size" + (o ? "2" : "1"), e);
      l = K({
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
    g.length === 1 && g[0] instanceof Te ? (l = g[0], l.classes[0] = "mop") : l = z(["mop"], g, e);
  } else {
    for (var x = [], M = 1; M < s.name.length; M++)
      x.push(Pn(s.name[M], s.mode, e));
    l = z(["mop"], x, e);
  }
  var S = 0, T = 0;
  if ((l instanceof Te || s.name === "\\oiint" || s.name === "\\oiiint") && !s.suppressBaseShift) {
    var B;
    S = (l.height - l.depth) / 2 - e.fontMetrics().axisHeight, T = (B = l.italic) != null ? B : 0;
  }
  return a ? Yi(l, t, n, e, i, T, S) : (S && (l.style.position = "relative", l.style.top = E(S)), l);
}, dt = (r, e) => {
  var t;
  if (r.symbol)
    t = new N("mo", [Ee(r.name, r.mode)]), Xi.has(r.name) && t.setAttribute("largeop", "false");
  else if (r.body)
    t = new N("mo", Ce(r.body, e));
  else {
    t = new N("mi", [new ie(r.name.slice(1))]);
    var n = new N("mo", [Ee("⁡", "text")]);
    r.parentIsSupSub ? t = new N("mrow", [t, n]) : t = wi([t, n]);
  }
  return t;
}, $u = {
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
    return a.length === 1 && (a = $u[a]), {
      type: "op",
      mode: t.mode,
      limits: !0,
      parentIsSupSub: !1,
      symbol: !0,
      name: a
    };
  },
  htmlBuilder: K0,
  mathmlBuilder: dt
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
  htmlBuilder: K0,
  mathmlBuilder: dt
});
var qu = {
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
  htmlBuilder: K0,
  mathmlBuilder: dt
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
  htmlBuilder: K0,
  mathmlBuilder: dt
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
    return n.length === 1 && (n = qu[n]), {
      type: "op",
      mode: e.mode,
      limits: !1,
      parentIsSupSub: !1,
      symbol: !0,
      name: n
    };
  },
  htmlBuilder: K0,
  mathmlBuilder: dt
});
var Ki = (r, e) => {
  var t, n, a = !1, s;
  r.type === "supsub" ? (t = r.sup, n = r.sub, s = G(r.base, "operatorname"), a = !0) : s = G(r, "operatorname");
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
    i = z(["mop"], l, e);
  } else
    i = z(["mop"], [], e);
  return a ? Yi(i, t, n, e, e.style, 0, 0) : i;
}, Ru = (r, e) => {
  for (var t = Ce(r.body, e.withFont("mathrm")), n = !0, a = 0; a < t.length; a++) {
    var s = t[a];
    if (!(s instanceof xi)) if (s instanceof N)
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
  var l = new N("mi", t);
  l.setAttribute("mathvariant", "normal");
  var h = new N("mo", [Ee("⁡", "text")]);
  return r.parentIsSupSub ? new N("mrow", [l, h]) : wi([l, h]);
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
  htmlBuilder: Ki,
  mathmlBuilder: Ru
});
p("\\operatorname", "\\@ifstar\\operatornamewithlimits\\operatorname@");
C0({
  type: "ordgroup",
  htmlBuilder(r, e) {
    return r.semisimple ? t0(he(r.body, e, !1)) : z(["mord"], he(r.body, e, !0), e);
  },
  mathmlBuilder(r, e) {
    return h0(r.body, e, !0);
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
    var t = Z(r.body, e.havingCrampedStyle()), n = G0("overline-line", e), a = e.fontMetrics().defaultRuleThickness, s = K({
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
    return z(["mord", "overline"], [s], e);
  },
  mathmlBuilder(r, e) {
    var t = new N("mo", [new ie("‾")]);
    t.setAttribute("stretchy", "true");
    var n = new N("mover", [J(r.body, e), t]);
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
    return t0(t);
  },
  mathmlBuilder: (r, e) => {
    var t = Ce(r.body, e);
    return new N("mphantom", t);
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
    var t = z(["inner"], [Z(r.body, e.withPhantom())]), n = z(["fix"], []);
    return z(["mord", "rlap"], [t, n], e);
  },
  mathmlBuilder: (r, e) => {
    var t = Ce(se(r.body), e), n = new N("mphantom", t), a = new N("mpadded", [n]);
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
    } = r, n = G(e[0], "size").value, a = e[1];
    return {
      type: "raisebox",
      mode: t.mode,
      dy: n,
      body: a
    };
  },
  htmlBuilder(r, e) {
    var t = Z(r.body, e), n = re(r.dy, e);
    return K({
      positionType: "shift",
      positionData: -n,
      children: [{
        type: "elem",
        elem: t
      }]
    });
  },
  mathmlBuilder(r, e) {
    var t = new N("mpadded", [J(r.body, e)]), n = r.dy.number + r.dy.unit;
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
    } = r, a = t[0], s = G(e[0], "size"), i = G(e[1], "size");
    return {
      type: "rule",
      mode: n.mode,
      shift: a && G(a, "size").value,
      width: s.value,
      height: i.value
    };
  },
  htmlBuilder(r, e) {
    var t = z(["mord", "rule"], [], e), n = re(r.width, e), a = re(r.height, e), s = r.shift ? re(r.shift, e) : 0;
    return t.style.borderRightWidth = E(n), t.style.borderTopWidth = E(a), t.style.bottom = E(s), t.width = n, t.height = a + s, t.depth = -s, t.maxFontSize = a * 1.125 * e.sizeMultiplier, t;
  },
  mathmlBuilder(r, e) {
    var t = re(r.width, e), n = re(r.height, e), a = r.shift ? re(r.shift, e) : 0, s = e.color && e.getColor() || "black", i = new N("mspace");
    i.setAttribute("mathbackground", s), i.setAttribute("width", E(t)), i.setAttribute("height", E(n));
    var o = new N("mpadded", [i]);
    return a >= 0 ? o.setAttribute("height", E(a)) : (o.setAttribute("height", E(a)), o.setAttribute("depth", E(-a))), o.setAttribute("voffset", E(a)), o;
  }
});
function Zi(r, e, t) {
  for (var n = he(r, e, !1), a = e.sizeMultiplier / t.sizeMultiplier, s = 0; s < n.length; s++) {
    var i = n[s].classes.indexOf("sizing");
    i < 0 ? Array.prototype.push.apply(n[s].classes, e.sizingClasses(t)) : n[s].classes[i + 1] === "reset-size" + e.size && (n[s].classes[i + 1] = "reset-size" + t.size), n[s].height *= a, n[s].depth *= a;
  }
  return t0(n);
}
var cs = ["\\tiny", "\\sixptsize", "\\scriptsize", "\\footnotesize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE", "\\huge", "\\Huge"], Iu = (r, e) => {
  var t = e.havingSize(r.size);
  return Zi(r.body, t, e);
};
D({
  type: "sizing",
  names: cs,
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
      size: cs.indexOf(n) + 1,
      body: s
    };
  },
  htmlBuilder: Iu,
  mathmlBuilder: (r, e) => {
    var t = e.havingSize(r.size), n = Ce(r.body, t), a = new N("mstyle", n);
    return a.setAttribute("mathsize", E(t.sizeMultiplier)), a;
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
    } = r, a = !1, s = !1, i = t[0] && G(t[0], "ordgroup");
    if (i)
      for (var o, l = 0; l < i.body.length; ++l) {
        var h = i.body[l];
        if (o = lr(h).text, o === "t")
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
    var t = z([], [Z(r.body, e)]);
    if (!r.smashHeight && !r.smashDepth)
      return t;
    if (r.smashHeight && (t.height = 0), r.smashDepth && (t.depth = 0), r.smashHeight && r.smashDepth)
      return z(["mord", "smash"], [t], e);
    if (t.children)
      for (var n = 0; n < t.children.length; n++)
        r.smashHeight && (t.children[n].height = 0), r.smashDepth && (t.children[n].depth = 0);
    var a = K({
      positionType: "firstBaseline",
      children: [{
        type: "elem",
        elem: t
      }]
    });
    return z(["mord"], [a], e);
  },
  mathmlBuilder: (r, e) => {
    var t = new N("mpadded", [J(r.body, e)]);
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
    var t = Z(r.body, e.havingCrampedStyle());
    t.height === 0 && (t.height = e.fontMetrics().xHeight), t = U0(t, e);
    var n = e.fontMetrics(), a = n.defaultRuleThickness, s = a;
    e.style.id < P.TEXT.id && (s = e.fontMetrics().xHeight);
    var i = a + s / 4, o = t.height + t.depth + i + a, {
      span: l,
      ruleWidth: h,
      advanceWidth: m
    } = ku(o, e), f = l.height - h;
    f > t.height + t.depth + i && (i = (i + f - t.height - t.depth) / 2);
    var v = l.height - t.height - i - h;
    t.style.paddingLeft = E(m);
    var g = K({
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
      var x = e.havingStyle(P.SCRIPTSCRIPT), M = Z(r.index, x, e), S = 0.6 * (g.height - g.depth), T = K({
        positionType: "shift",
        positionData: -S,
        children: [{
          type: "elem",
          elem: M
        }]
      }), B = z(["root"], [T]);
      return z(["mord", "sqrt"], [B, g], e);
    } else
      return z(["mord", "sqrt"], [g], e);
  },
  mathmlBuilder(r, e) {
    var {
      body: t,
      index: n
    } = r;
    return n ? new N("mroot", [J(t, e), J(n, e)]) : new N("msqrt", [J(t, e)]);
  }
});
var kn = {
  display: P.DISPLAY,
  text: P.TEXT,
  script: P.SCRIPT,
  scriptscript: P.SCRIPTSCRIPT
};
function Ou(r) {
  return r in kn;
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
    if (!Ou(i))
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
    var t = kn[r.style], n = e.havingStyle(t);
    return r.resetFont && (n = n.withFont("")), Zi(r.body, n, e);
  },
  mathmlBuilder(r, e) {
    var t = kn[r.style], n = e.havingStyle(t);
    r.resetFont && (n = n.withFont(""));
    var a = Ce(r.body, n), s = new N("mstyle", a), i = {
      display: ["0", "true"],
      text: ["0", "false"],
      script: ["1", "false"],
      scriptscript: ["2", "false"]
    }, o = i[r.style];
    return s.setAttribute("scriptlevel", o[0]), s.setAttribute("displaystyle", o[1]), s;
  }
});
var Fu = function(e, t) {
  var n = e.base;
  if (n)
    if (n.type === "op") {
      var a = n.limits && (t.style.size === P.DISPLAY.size || n.alwaysHandleSupSub);
      return a ? K0 : null;
    } else if (n.type === "operatorname") {
      var s = n.alwaysHandleSupSub && (t.style.size === P.DISPLAY.size || n.limits);
      return s ? Ki : null;
    } else {
      if (n.type === "accent")
        return _e(n.base) ? Vn : null;
      if (n.type === "horizBrace") {
        var i = !e.sub;
        return i === n.isOver ? ji : null;
      } else
        return null;
    }
  else return null;
};
C0({
  type: "supsub",
  htmlBuilder(r, e) {
    var t = Fu(r, e);
    if (t)
      return t(r, e);
    var {
      base: n,
      sup: a,
      sub: s
    } = r, i = Z(n, e), o, l, h = e.fontMetrics(), m = 0, f = 0, v = n && _e(n);
    if (a) {
      var g = e.havingStyle(e.style.sup());
      o = Z(a, g, e), v || (m = i.height - g.fontMetrics().supDrop * g.sizeMultiplier / e.sizeMultiplier);
    }
    if (s) {
      var x = e.havingStyle(e.style.sub());
      l = Z(s, x, e), v || (f = i.depth + x.fontMetrics().subDrop * x.sizeMultiplier / e.sizeMultiplier);
    }
    var M;
    e.style === P.DISPLAY ? M = h.sup1 : e.style.cramped ? M = h.sup3 : M = h.sup2;
    var S = e.sizeMultiplier, T = E(0.5 / h.ptPerEm / S), B = null;
    if (l) {
      var q = r.base && r.base.type === "op" && r.base.name && (r.base.name === "\\oiint" || r.base.name === "\\oiiint");
      if (i instanceof Te || q) {
        var R;
        B = E(-((R = i.italic) != null ? R : 0));
      }
    }
    var F;
    if (o && l) {
      m = Math.max(m, M, o.depth + 0.25 * h.xHeight), f = Math.max(f, h.sub2);
      var O = h.defaultRuleThickness, U = 4 * O;
      if (m - o.depth - (l.height - f) < U) {
        f = U - (m - o.depth) + l.height;
        var j = 0.8 * h.xHeight - (m - o.depth);
        j > 0 && (m += j, f -= j);
      }
      var V = [{
        type: "elem",
        elem: l,
        shift: f,
        marginRight: T,
        marginLeft: B
      }, {
        type: "elem",
        elem: o,
        shift: -m,
        marginRight: T
      }];
      F = K({
        positionType: "individualShift",
        children: V
      });
    } else if (l) {
      f = Math.max(f, h.sub1, l.height - 0.8 * h.xHeight);
      var le = [{
        type: "elem",
        elem: l,
        marginLeft: B,
        marginRight: T
      }];
      F = K({
        positionType: "shift",
        positionData: f,
        children: le
      });
    } else if (o)
      m = Math.max(m, M, o.depth + 0.25 * h.xHeight), F = K({
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
    var pe = gn(i, "right") || "mord";
    return z([pe], [i, z(["msupsub"], [F])], e);
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
    return new N(i, s);
  }
});
C0({
  type: "atom",
  htmlBuilder(r, e) {
    return Pn(r.text, r.mode, e, ["m" + r.family]);
  },
  mathmlBuilder(r, e) {
    var t = new N("mo", [Ee(r.text, r.mode)]);
    if (r.family === "bin") {
      var n = Wn(r, e);
      n === "bold-italic" && t.setAttribute("mathvariant", n);
    } else r.family === "punct" ? t.setAttribute("separator", "true") : (r.family === "open" || r.family === "close") && t.setAttribute("stretchy", "false");
    return t;
  }
});
var Ji = {
  mi: "italic",
  mn: "normal",
  mtext: "normal"
};
C0({
  type: "mathord",
  htmlBuilder(r, e) {
    return sr(r, e, "mathord");
  },
  mathmlBuilder(r, e) {
    var t = new N("mi", [Ee(r.text, r.mode, e)]), n = Wn(r, e) || "italic";
    return n !== Ji[t.type] && t.setAttribute("mathvariant", n), t;
  }
});
C0({
  type: "textord",
  htmlBuilder(r, e) {
    return sr(r, e, "textord");
  },
  mathmlBuilder(r, e) {
    var t = Ee(r.text, r.mode, e), n = Wn(r, e) || "normal", a;
    return r.mode === "text" ? a = new N("mtext", [t]) : /[0-9]/.test(r.text) ? a = new N("mn", [t]) : r.text === "\\prime" ? a = new N("mo", [t]) : a = new N("mi", [t]), n !== Ji[a.type] && a.setAttribute("mathvariant", n), a;
  }
});
var Fr = {
  "\\nobreak": "nobreak",
  "\\allowbreak": "allowbreak"
}, Lr = {
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
C0({
  type: "spacing",
  htmlBuilder(r, e) {
    if (Lr.hasOwnProperty(r.text)) {
      var t = Lr[r.text].className || "";
      if (r.mode === "text") {
        var n = sr(r, e, "textord");
        return n.classes.push(t), n;
      } else
        return z(["mspace", t], [Pn(r.text, r.mode, e)], e);
    } else {
      if (Fr.hasOwnProperty(r.text))
        return z(["mspace", Fr[r.text]], [], e);
      throw new C('Unknown type of space "' + r.text + '"');
    }
  },
  mathmlBuilder(r, e) {
    var t;
    if (Lr.hasOwnProperty(r.text))
      t = new N("mtext", [new ie(" ")]);
    else {
      if (Fr.hasOwnProperty(r.text))
        return new N("mspace");
      throw new C('Unknown type of space "' + r.text + '"');
    }
    return t;
  }
});
var ms = () => {
  var r = new N("mtd", []);
  return r.setAttribute("width", "50%"), r;
};
C0({
  type: "tag",
  mathmlBuilder(r, e) {
    var t = new N("mtable", [new N("mtr", [ms(), new N("mtd", [h0(r.body, e)]), ms(), new N("mtd", [h0(r.tag, e)])])]);
    return t.setAttribute("width", "100%"), t;
  }
});
var ds = {
  "\\text": void 0,
  "\\textrm": "textrm",
  "\\textsf": "textsf",
  "\\texttt": "texttt",
  "\\textnormal": "textrm"
}, fs = {
  "\\textbf": "textbf",
  "\\textmd": "textmd"
}, Lu = {
  "\\textit": "textit",
  "\\textup": "textup"
}, ps = (r, e) => {
  var t = r.font;
  if (t) {
    if (ds[t])
      return e.withTextFontFamily(ds[t]);
    if (fs[t])
      return e.withTextFontWeight(fs[t]);
    if (t === "\\emph")
      return e.fontShape === "textit" ? e.withTextFontShape("textup") : e.withTextFontShape("textit");
  } else return e;
  return e.withTextFontShape(Lu[t]);
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
    var t = ps(r, e), n = he(r.body, t, !0);
    return z(["mord", "text"], n, t);
  },
  mathmlBuilder(r, e) {
    var t = ps(r, e);
    return h0(r.body, t);
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
    var t = Z(r.body, e), n = G0("underline-line", e), a = e.fontMetrics().defaultRuleThickness, s = K({
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
    return z(["mord", "underline"], [s], e);
  },
  mathmlBuilder(r, e) {
    var t = new N("mo", [new ie("‾")]);
    t.setAttribute("stretchy", "true");
    var n = new N("munder", [J(r.body, e), t]);
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
    var t = Z(r.body, e), n = e.fontMetrics().axisHeight, a = 0.5 * (t.height - n - (t.depth + n));
    return K({
      positionType: "shift",
      positionData: a,
      children: [{
        type: "elem",
        elem: t
      }]
    });
  },
  mathmlBuilder(r, e) {
    var t = new N("mpadded", [J(r.body, e)], ["vcenter"]);
    return new N("mrow", [t]);
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
    throw new C("\\verb ended by end of line instead of matching delimiter");
  },
  htmlBuilder(r, e) {
    for (var t = vs(r), n = [], a = e.havingStyle(e.style.text()), s = 0; s < t.length; s++) {
      var i = t[s];
      i === "~" && (i = "\\textasciitilde"), n.push(be(i, "Typewriter-Regular", r.mode, a, ["mord", "texttt"]));
    }
    return z(["mord", "text"].concat(a.sizingClasses(e)), fi(n), a);
  },
  mathmlBuilder(r, e) {
    var t = new ie(vs(r)), n = new N("mtext", [t]);
    return n.setAttribute("mathvariant", "monospace"), n;
  }
});
var vs = (r) => r.body.replace(/ /g, r.star ? "␣" : " "), i0 = bi, Qi = `[ \r
	]`, Hu = "\\\\[a-zA-Z@]+", Pu = "\\\\[^\uD800-\uDFFF]", Gu = "(" + Hu + ")" + Qi + "*", Uu = `\\\\(
|[ \r	]+
?)[ \r	]*`, Mn = "[̀-ͯ]", Wu = new RegExp(Mn + "+$"), Vu = "(" + Qi + "+)|" + // whitespace
(Uu + "|") + // \whitespace
"([!-\\[\\]-‧‪-퟿豈-￿]" + // single codepoint
(Mn + "*") + // ...plus accents
"|[\uD800-\uDBFF][\uDC00-\uDFFF]" + // surrogate pair
(Mn + "*") + // ...plus accents
"|\\\\verb\\*([^]).*?\\4|\\\\verb([^*a-zA-Z]).*?\\5" + // \verb unstarred
("|" + Gu) + // \macroName + spaces
("|" + Pu + ")");
class gs {
  constructor(e, t) {
    this.input = void 0, this.settings = void 0, this.tokenRegex = void 0, this.catcodes = void 0, this.input = e, this.settings = t, this.tokenRegex = new RegExp(Vu, "g"), this.catcodes = {
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
      throw new C("Unexpected character: '" + e[t] + "'", new Ae(e[t], new ke(this, t, t + 1)));
    var a = n[6] || n[3] || (n[2] ? "\\ " : " ");
    if (this.catcodes[a] === 14) {
      var s = e.indexOf(`
`, this.tokenRegex.lastIndex);
      return s === -1 ? (this.tokenRegex.lastIndex = e.length, this.settings.reportNonstrict("commentAtEnd", "% comment has no terminating newline; LaTeX would fail because of commenting the end of math mode (e.g. $)")) : this.tokenRegex.lastIndex = s + 1, this.lex();
    }
    return new Ae(a, new ke(this, t, this.tokenRegex.lastIndex));
  }
}
class ju {
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
      throw new C("Unbalanced namespace destruction: attempt to pop global namespace; please report this as a bug");
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
var Yu = Pi;
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
var bs = {
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
        throw new C("\\char` missing argument");
      n = e.text.charCodeAt(0);
    }
  else
    t = 10;
  if (t) {
    if (n = bs[e.text], n == null || n >= t)
      throw new C("Invalid base-" + t + " digit " + e.text);
    for (var a; (a = bs[r.future().text]) != null && a < t; )
      n *= t, n += a, r.popToken();
  }
  return "\\@char{" + n + "}";
});
var Kn = (r, e, t, n) => {
  var a = r.consumeArg().tokens;
  if (a.length !== 1)
    throw new C("\\newcommand's first argument must be a macro name");
  var s = a[0].text, i = r.isDefined(s);
  if (i && !e)
    throw new C("\\newcommand{" + s + "} attempting to redefine " + (s + "; use \\renewcommand"));
  if (!i && !t)
    throw new C("\\renewcommand{" + s + "} when command " + s + " does not yet exist; use \\newcommand");
  var o = 0;
  if (a = r.consumeArg().tokens, a.length === 1 && a[0].text === "[") {
    for (var l = "", h = r.expandNextToken(); h.text !== "]" && h.text !== "EOF"; )
      l += h.text, h = r.expandNextToken();
    if (!l.match(/^\s*[0-9]+\s*$/))
      throw new C("Invalid number of arguments: " + l);
    o = parseInt(l), a = r.consumeArg().tokens;
  }
  return i && n || r.macros.set(s, {
    tokens: a,
    numArgs: o
  }), "";
};
p("\\newcommand", (r) => Kn(r, !1, !0, !1));
p("\\renewcommand", (r) => Kn(r, !0, !1, !1));
p("\\providecommand", (r) => Kn(r, !0, !0, !0));
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
  return console.log(e, r.macros.get(t), i0[t], Q.math[t], Q.text[t]), "";
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
var ys = {
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
}, Xu = /* @__PURE__ */ new Set(["bin", "rel"]);
p("\\dots", function(r) {
  var e = "\\dotso", t = r.expandAfterFuture().text;
  return t in ys ? e = ys[t] : (t.slice(0, 4) === "\\not" || t in Q.math && Xu.has(Q.math[t].group)) && (e = "\\dotsb"), e;
});
var Zn = {
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
  return e in Zn ? "\\ldots\\," : "\\ldots";
});
p("\\dotsc", function(r) {
  var e = r.future().text;
  return e in Zn && e !== "," ? "\\ldots\\," : "\\ldots";
});
p("\\cdots", function(r) {
  var e = r.future().text;
  return e in Zn ? "\\@cdots\\," : "\\@cdots";
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
    throw new C("Multiple \\tag");
  return "\\gdef\\df@tag{\\text{#1}}";
});
p("\\bmod", "\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}\\mathbin{\\rm mod}\\mathchoice{\\mskip1mu}{\\mskip1mu}{\\mskip5mu}{\\mskip5mu}");
p("\\pod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern8mu}{\\mkern8mu}{\\mkern8mu}(#1)");
p("\\pmod", "\\pod{{\\rm mod}\\mkern6mu#1}");
p("\\mod", "\\allowbreak\\mathchoice{\\mkern18mu}{\\mkern12mu}{\\mkern12mu}{\\mkern12mu}{\\rm mod}\\,\\,#1");
p("\\newline", "\\\\\\relax");
p("\\TeX", "\\textrm{\\html@mathml{T\\kern-.1667em\\raisebox{-.5ex}{E}\\kern-.125emX}{TeX}}");
var _i = E(He["Main-Regular"][84][1] - 0.7 * He["Main-Regular"][65][1]);
p("\\LaTeX", "\\textrm{\\html@mathml{" + ("L\\kern-.36em\\raisebox{" + _i + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{LaTeX}}");
p("\\KaTeX", "\\textrm{\\html@mathml{" + ("K\\kern-.17em\\raisebox{" + _i + "}{\\scriptstyle A}") + "\\kern-.15em\\TeX}{KaTeX}}");
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
var eo = (r) => (e) => {
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
p("\\bra@ket", eo(!1));
p("\\bra@set", eo(!0));
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
var to = {
  "^": !0,
  // Parser.js
  _: !0,
  // Parser.js
  "\\limits": !0,
  // Parser.js
  "\\nolimits": !0
  // Parser.js
};
class Ku {
  constructor(e, t, n) {
    this.settings = void 0, this.expansionCount = void 0, this.lexer = void 0, this.macros = void 0, this.stack = void 0, this.mode = void 0, this.settings = t, this.expansionCount = 0, this.feed(e), this.macros = new ju(Yu, t.macros), this.mode = n, this.stack = [];
  }
  /**
   * Feed a new input string to the same MacroExpander
   * (with existing macros etc.).
   */
  feed(e) {
    this.lexer = new gs(e, this.settings);
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
          throw new C("Extra }", s);
      } else if (s.text === "EOF")
        throw new C("Unexpected end of input in a macro argument, expected '" + (e && n ? e[o] : "}") + "'", s);
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
        throw new C("The length of delimiters doesn't match the number of args!");
      for (var n = t[0], a = 0; a < n.length; a++) {
        var s = this.popToken();
        if (n[a] !== s.text)
          throw new C("Use of the macro doesn't match its definition", s);
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
    var t = this.popToken(), n = t.text, a = t.noexpand ? null : this._getExpansion(n);
    if (a == null || e && a.unexpandable) {
      if (e && a == null && n[0] === "\\" && !this.isDefined(n))
        throw new C("Undefined control sequence: " + n);
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
      for (var o = new gs(a, this.settings), l = [], h = o.lex(); h.text !== "EOF"; )
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
    return this.macros.has(e) || i0.hasOwnProperty(e) || Q.math.hasOwnProperty(e) || Q.text.hasOwnProperty(e) || to.hasOwnProperty(e);
  }
  /**
   * Determine whether a command is expandable.
   */
  isExpandable(e) {
    var t = this.macros.get(e);
    return t != null ? typeof t == "string" || typeof t == "function" || !t.unexpandable : i0.hasOwnProperty(e) && !i0[e].primitive;
  }
}
var ws = /^[₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ]/, Dt = Object.freeze({
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
}), Hr = {
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
}, xs = {
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
class pr {
  constructor(e, t) {
    this.mode = void 0, this.gullet = void 0, this.settings = void 0, this.leftrightDepth = void 0, this.nextToken = void 0, this.mode = "math", this.gullet = new Ku(e, t, this.mode), this.settings = t, this.leftrightDepth = 0, this.nextToken = null;
  }
  /**
   * Checks a result to make sure it has the right type, and throws an
   * appropriate error otherwise.
   */
  expect(e, t) {
    if (t === void 0 && (t = !0), this.fetch().text !== e)
      throw new C("Expected '" + e + "', got '" + this.fetch().text + "'", this.fetch());
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
      if (pr.endOfExpression.has(a.text) || t && a.text === t || e && i0[a.text] && i0[a.text].infix)
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
          throw new C("only one infix operator per group", s.token);
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
      throw new C("Expected group after '" + n + "'", t);
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
          throw new C("Limit controls must follow a math operator", s);
        this.consume();
      } else if (s.text === "^") {
        if (n)
          throw new C("Double superscript", s);
        n = this.handleSupSubscript("superscript");
      } else if (s.text === "_") {
        if (a)
          throw new C("Double subscript", s);
        a = this.handleSupSubscript("subscript");
      } else if (s.text === "'") {
        if (n)
          throw new C("Double superscript", s);
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
      } else if (Dt[s.text]) {
        var h = ws.test(s.text), m = [];
        for (m.push(new Ae(Dt[s.text])), this.consume(); ; ) {
          var f = this.fetch().text;
          if (!Dt[f] || ws.test(f) !== h)
            break;
          m.unshift(new Ae(Dt[f])), this.consume();
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
    var n = this.fetch(), a = n.text, s = i0[a];
    if (!s)
      return null;
    if (this.consume(), t && t !== "atom" && !s.allowedInArgument)
      throw new C("Got function '" + a + "' with no arguments" + (t ? " as " + t : ""), n);
    if (this.mode === "text" && !s.allowedInText)
      throw new C("Can't use function '" + a + "' in text mode", n);
    if (this.mode === "math" && s.allowedInMath === !1)
      throw new C("Can't use function '" + a + "' in math mode", n);
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
    }, o = i0[e];
    if (o && o.handler)
      return o.handler(i, t, n);
    throw new C("No function handler for " + e);
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
        throw new C("Null argument, please report this as a bug");
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
          throw new C("A primitive argument cannot be optional");
        var i = this.parseGroup(e);
        if (i == null)
          throw new C("Expected group as " + e, this.fetch());
        return i;
      }
      case "original":
      case null:
      case void 0:
        return this.parseArgumentGroup(n);
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
      throw new C("Invalid " + t + ": '" + n.text + "'", n);
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
      throw new C("Invalid color: '" + t.text + "'", t);
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
      throw new C("Invalid size: '" + t.text + "'", t);
    var s = {
      number: +(a[1] + a[2]),
      // sign + magnitude, cast to number
      unit: a[3]
    };
    if (!ui(s))
      throw new C("Invalid unit: '" + s.unit + "'", t);
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
    } else if (s = this.parseFunction(t, e) || this.parseSymbol(), s == null && a[0] === "\\" && !to.hasOwnProperty(a)) {
      if (this.settings.throwOnError)
        throw new C("Undefined control sequence: " + a, n);
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
        throw new C(`\\verb assertion failed --
                    please report what input caused this bug`);
      return n = n.slice(1, -1), {
        type: "verb",
        mode: "text",
        body: n,
        star: a
      };
    }
    xs.hasOwnProperty(t[0]) && !Q[this.mode][t[0]] && (this.settings.strict && this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Accented Unicode text character "' + t[0] + '" used in math mode', e), t = xs[t[0]] + t.slice(1));
    var s = Wu.exec(t);
    s && (t = t.substring(0, s.index), t === "i" ? t = "ı" : t === "j" && (t = "ȷ"));
    var i;
    if (Q[this.mode][t]) {
      this.settings.strict && this.mode === "math" && un.includes(t) && this.settings.reportNonstrict("unicodeTextInMathMode", 'Latin-1/Unicode text character "' + t[0] + '" used in math mode', e);
      var o = Q[this.mode][t].group, l = ke.range(e), h;
      cu(o) ? h = {
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
      this.settings.strict && (li(t.charCodeAt(0)) ? this.mode === "math" && this.settings.reportNonstrict("unicodeTextInMathMode", 'Unicode text character "' + t[0] + '" used in math mode', e) : this.settings.reportNonstrict("unknownSymbol", 'Unrecognized Unicode character "' + t[0] + '"' + (" (" + t.charCodeAt(0) + ")"), e)), i = {
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
        if (!Hr[f])
          throw new C("Unknown accent ' " + f + "'", e);
        var v = Hr[f][this.mode] || Hr[f].text;
        if (!v)
          throw new C("Accent " + f + " unsupported in " + this.mode + " mode", e);
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
pr.endOfExpression = /* @__PURE__ */ new Set(["}", "\\endgroup", "\\end", "\\right", "&"]);
var Jn = function(e, t) {
  if (!(typeof e == "string" || e instanceof String))
    throw new TypeError("KaTeX can only parse string typed expression");
  var n = new pr(e, t);
  delete n.gullet.macros.current["\\df@tag"];
  var a = n.parse();
  if (delete n.gullet.macros.current["\\current@color"], delete n.gullet.macros.current["\\color"], n.gullet.macros.get("\\df@tag")) {
    if (!t.displayMode)
      throw new C("\\tag works only in display equations");
    a = [{
      type: "tag",
      mode: "text",
      body: a,
      tag: n.subparse([new Ae("\\df@tag")])
    }];
  }
  return a;
}, ro = function(e, t, n) {
  t.textContent = "";
  var a = Qn(e, n).toNode();
  t.appendChild(a);
};
typeof document < "u" && document.compatMode !== "CSS1Compat" && (typeof console < "u" && console.warn("Warning: KaTeX doesn't work in quirks mode. Make sure your website has a suitable doctype."), ro = function() {
  throw new C("KaTeX doesn't work in quirks mode.");
});
var Zu = function(e, t) {
  var n = Qn(e, t).toMarkup();
  return n;
}, Ju = function(e, t) {
  var n = new On(t);
  return Jn(e, n);
}, no = function(e, t, n) {
  if (n.throwOnError || !(e instanceof C))
    throw e;
  var a = z(["katex-error"], [new Te(t)]);
  return a.setAttribute("title", e.toString()), a.setAttribute("style", "color:" + n.errorColor), a;
}, Qn = function(e, t) {
  var n = new On(t);
  try {
    var a = Jn(e, n);
    return nu(a, e, n);
  } catch (s) {
    return no(s, e, n);
  }
}, Qu = function(e, t) {
  var n = new On(t);
  try {
    var a = Jn(e, n);
    return au(a, e, n);
  } catch (s) {
    return no(s, e, n);
  }
}, _u = "0.16.47", eh = {
  Span: Y0,
  Anchor: nr,
  SymbolNode: Te,
  SvgNode: Qe,
  PathNode: l0,
  LineNode: ln
}, th = {
  /**
   * Current KaTeX version
   */
  version: _u,
  /**
   * Renders the given LaTeX into an HTML+MathML combination, and adds
   * it as a child to the specified DOM node.
   */
  render: ro,
  /**
   * Renders the given LaTeX into an HTML+MathML combination string,
   * for sending to the client.
   */
  renderToString: Zu,
  /**
   * KaTeX error, usually during parsing.
   */
  ParseError: C,
  /**
   * The schema of Settings
   */
  SETTINGS_SCHEMA: an,
  /**
   * Parses the given LaTeX into KaTeX's internal parse tree structure,
   * without rendering to HTML or MathML.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __parse: Ju,
  /**
   * Renders the given LaTeX into an HTML+MathML internal DOM tree
   * representation, without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToDomTree: Qn,
  /**
   * Renders the given LaTeX into an HTML internal DOM tree representation,
   * without MathML and without flattening that representation to a string.
   *
   * NOTE: This method is not currently recommended for public use.
   * The internal tree representation is unstable and is very likely
   * to change. Use at your own risk.
   */
  __renderToHTMLTree: Qu,
  /**
   * extends internal font metrics object with a new object
   * each key in the new object represents a font name
  */
  __setFontMetrics: F1,
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
  __domTree: eh
};
function ao(r, e = !1) {
  const t = k("span", { class: "formula" });
  return th.render(r, t, {
    displayMode: e,
    throwOnError: !1,
    strict: "ignore",
    trust: !1,
    maxExpand: 1e3,
    output: "htmlAndMathml"
  }), t;
}
const ks = 1200, rh = 12, nh = /[ -~\u00a1-\u00ac\u00ae-\u00ff\u0391-\u03c9\u0410-\u044f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·…]/u;
function ah(r) {
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
  return `\\text{${[...r].map((n) => e[n] ?? (nh.test(n) ? n : "·")).join("")}}`;
}
const sh = "₀₁₂₃₄₅₆₇₈₉";
function ht(r) {
  const e = /^([A-Za-z])([₀-₉]*)$/.exec(r);
  if (!e) return ah(r.length > 40 ? `${r.slice(0, 39)}…` : r);
  const t = [...e[2]].map((n) => sh.indexOf(n)).join("");
  return t ? `${e[1]}_{${t}}` : e[1];
}
function _n(r) {
  if (r === 0) return "0";
  const e = Number(r.toPrecision(4)), [t, n] = String(e).split("e");
  return n ? `${t}\\cdot 10^{${Number(n)}}` : t;
}
function W0(r) {
  const e = r.filter((t) => t.factor !== 0);
  return e.length ? e.map(({ factor: t, body: n }, a) => {
    const s = t < 0 ? "-" : a ? "+" : "", i = _n(Math.abs(t)), o = n ? i === "1" ? n : `${i}\\,${n}` : i;
    return `${s}${a && s ? " " : ""}${o}`;
  }).join(" ") : "0";
}
function so(r, e, t, n, a) {
  const s = a && e !== 1 ? `\\left(${n}\\right)` : n;
  if (r === "x") return [{ factor: e, body: a ? `\\left(${n}\\right)` : n }, { factor: t, body: "" }];
  const i = W0([{ factor: e, body: s }, { factor: t, body: "" }]);
  return typeof r != "string" ? [{ factor: 1, body: `\\left(${g0(r, i)}\\right)` }] : [{ factor: 1, body: !/[-+ ]/.test(i) && r.startsWith("x^") ? `${i}^{${r.slice(2)}}` : T0[r].latex(i) }];
}
function g0(r, e) {
  const [t, ...n] = r;
  return t === "number" ? _n(Number(n[0])) : t === "input" ? `\\left(${e}\\right)` : t === "sum" ? n.map((a) => g0(a, e)).join(" + ").replaceAll("+ -", "- ") : t === "product" ? n.map((a) => a[0] === "sum" ? `\\left(${g0(a, e)}\\right)` : g0(a, e)).join("\\,") : t === "power" ? `\\left(${g0(n[0], e)}\\right)^{${g0(n[1], e)}}` : T0[String(n[0])].latex(g0(n[1], e));
}
function ih(r, e, t, n, a) {
  const s = so(r, e, t, "x", !1).map((i) => ({ ...i, factor: i.factor * n }));
  return W0(oh([...s, { factor: a, body: "" }]));
}
function oh(r) {
  const e = r.filter((t) => !t.body).reduce((t, n) => t + n.factor, 0);
  return [...r.filter((t) => t.body), { factor: e, body: "" }];
}
function lh(r, e, t, n) {
  const [a, s, i] = e, o = r.steps(e), l = o.at(-1)?.edit;
  if (l?.do === "remove") return { terms: [{ factor: l.constants[o.at(-1).position], body: "" }], named: !0 };
  const h = r.network.layers[a].named.get(r.place(e)), m = l?.do === "fix" ? { tree: l.function, numbers: [l.a, l.b, l.c, l.d] } : !l && h && { tree: h.function, numbers: [...h.numbers.slice(0, 3), 0] };
  if (!m)
    return { terms: [{ factor: 1, body: `\\varphi_{${r.network.layers.length > 1 ? `${a},${s},${i}` : `${s},${i}`}}\\!\\left(${t}\\right)` }], named: !1 };
  const [f, v, g, x] = m.numbers;
  return { terms: [...so(m.tree, f, v, t, n).map((S) => ({ ...S, factor: S.factor * g })), { factor: x, body: "" }], named: !0 };
}
function io(r, e, t, n, a) {
  const s = r.network.layers[e], i = [], o = [];
  let [l, h, m] = [s.biasOf(t), !s.hasPost && !s.mixes, 0];
  const f = r.edges().filter((M) => M[0] === e && M[2] === t);
  f.sort((M, S) => r.score(S) - r.score(M));
  for (const M of f) {
    const S = n[M[1]], T = lh(r, M, S.latex, S.isSum);
    if (h &&= T.named && S.named, s.products.has(t)) {
      o.push(`\\left(${W0(T.terms)}\\right)`);
      continue;
    }
    for (const B of T.terms)
      B.body ? i.length < a ? i.push(B) : m++ : l += B.factor;
  }
  o.length && i.push({ factor: 1, body: o.join("\\,") });
  const v = Math.abs(l) < 1e-12 ? 0 : l, g = m ? ` + \\text{${m} more}` : "", x = W0([...i, { factor: v, body: "" }]) + g;
  return { latex: x, isSum: /[-+]/.test(x) || i.length > 1, named: h };
}
function uh(r) {
  const { payload: e, network: t } = r, n = t.layers.length, a = mh(r);
  let s = a[0];
  for (let l = 0; l < n && (s = Array.from({ length: t.layers[l].out }, (h, m) => io(r, l, m, s, 1 / 0)), !s.some((h) => h.latex.length > ks)); l++)
    ;
  const i = s.length === e.output_names.length && s.every((l) => l.named && l.latex.length <= ks), o = e.output_names.map(ht);
  return i && t.widths[n] === s.length ? { lines: s.map((h, m) => ({ left: o[m], right: oo(r, m, h.latex) })), named: !0 } : { lines: ch(r, a), named: !1 };
}
function oo(r, e, t) {
  const [n, a] = r.payload.output_scaling[e];
  return n === 1 && a === 0 ? t : W0([{ factor: n, body: `\\left(${t}\\right)` }, { factor: a, body: "" }]);
}
function hh(r, [e, t]) {
  return e === 1 && t === 0 ? ht(r) : `\\tfrac{${W0([{ factor: 1, body: ht(r) }, { factor: -t, body: "" }])}}{${_n(e)}}`;
}
function ch(r, e) {
  const { network: t } = r, n = [];
  for (let a = t.layers.length - 1; a >= 0; a--)
    for (let s = 0; s < t.layers[a].out && n.length < 12; s++) {
      const i = io(r, a, s, e[a], rh).latex, o = a === t.layers.length - 1 ? oo(r, s, i) : i, l = t.layers[a].hasPost ? `\\operatorname{post}\\!\\left(${o}\\right)` : o;
      n.push({ left: e[a + 1][s].latex, right: l });
    }
  return n;
}
function mh(r) {
  const { payload: e, network: t } = r, n = t.layers.length, a = (s) => ({ latex: s, isSum: !1, named: !0 });
  return t.widths.map((s, i) => {
    if (i === 0)
      return e.input_names.map((l, h) => a(hh(l, e.input_scaling[h])));
    if (i === n) return e.output_names.map((l) => a(ht(l)));
    const o = n > 2 ? `^{(${i})}` : "";
    return Array.from({ length: s }, (l, h) => {
      const m = r.labelOf(i, h);
      return a(m ? ht(m) : `h${o}_{${h}}`);
    });
  });
}
const Pr = 41, dh = 500;
class fh {
  constructor(e, t) {
    this.session = e, this.say = t, this.editor = new n1(e, t);
    const n = e.ranked().reverse().slice(0, dh), a = e.edges().length - n.length;
    this.select = k("select", {
      "aria-label": "Edge, the most important first",
      change: () => e.choose(n[Number(this.select.value)])
    });
    const s = n.map((i, o) => k("option", { value: o }, it(e, i)));
    this.select.append(...s), a && this.select.append(k("option", { value: -1, disabled: !0 }, `and ${a.toLocaleString("en")} less important ones: choose them in the picture`)), this.element = k(
      "section",
      { class: "panel edge", "aria-label": "Edge" },
      k("h2", {}, "Edge"),
      this.select,
      this.facts,
      this.editor.element,
      this.tools,
      this.candidates
    ), e.listen((i) => {
      i === "choice" && (this.select.value = String(n.findIndex((o) => String(o) === String(e.chosen)))), i === "edits" && s.forEach((o, l) => o.textContent = it(e, n[l])), (i === "edits" || i === "choice") && this.draw(), i === "trial" && this.editor.draw();
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
    const t = this.session.steps(e), n = this.session.isRemoved(e) ? "Removed. " : t.length ? `Edited ${t.length === 1 ? "once" : `${t.length} times`}. ` : "";
    this.facts.textContent = `${n}Importance ${W(this.session.score(e))}. ${this.session.obstacle(e)}`, this.editor.setPreview(null), this.drawTools(e), this.drawCandidates(e);
  }
  button(e, t, n = "", a = !1) {
    return k("button", { type: "button", title: n, disabled: a, click: t }, e);
  }
  keep(e, t) {
    this.session.commit(e), this.say(`${t}. ${Se(this.session)}`);
  }
  drawTools(e) {
    const { y: t } = this.session.curve(e), n = !!this.session.obstacle(e), a = this.session.network.layers[e[0]].products.has(e[2]);
    this.low.value = String(Number(Math.min(...t).toPrecision(3))), this.high.value = String(Number(Math.max(...t).toPrecision(3)));
    const s = () => {
      const [i, o] = [Number(this.low.value), Number(this.high.value)];
      i <= o ? this.keep({ do: "clip", edge: e, low: i, high: o }, "Clipped") : this.say("The least value is above the greatest.");
    };
    this.tools.replaceChildren(
      k(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([e]), "Removed"), "Takes the edge away; its mean stays", a),
        this.button("Make increasing", () => this.monotonise(e, 1), "The nearest increasing curve", n),
        this.button("Make decreasing", () => this.monotonise(e, -1), "The nearest decreasing curve", n)
      ),
      k("div", { class: "row clip" }, k("span", {}, "Clip to"), this.low, k("span", {}, "…"), this.high, this.button("Clip", s, "", n))
    );
  }
  /** The nearest monotone curve, where rows count. */
  monotonise(e, t) {
    const n = this.session.rows.levels[e[0]][e[1]], a = [...Xt(n, Pr)], { y: s } = this.session.curve(e, !0, Float64Array.from(a)), i = a.map(() => 0.1);
    for (const h of n) i[Math.round((h - a[0]) / (a[Pr - 1] - a[0]) * (Pr - 1))]++;
    const o = ni(s.map((h) => t * h), i).map((h) => t * h), l = t > 0 ? "increasing" : "decreasing";
    this.keep({ do: "redraw", edge: e, x: a, y: o, by: l }, `Made ${l}`);
  }
  drawCandidates(e) {
    if (clearTimeout(this.waiting), this.session.obstacle(e)) return this.candidates.replaceChildren();
    this.waiting = setTimeout(() => this.findCandidates(e), 30);
  }
  findCandidates(e) {
    const { x: t, y: n } = this.session.cloud(e), a = this.session.suggest(t, n), s = Math.max(...a.map((o) => o.r2)), i = a.map((o) => this.candidateRow(e, o, o.r2 >= s - 1e-4));
    this.candidates.replaceChildren(k("h3", {}, "Functions that fit this curve, simple ones first"), k("ul", {}, ...i));
  }
  candidateRow(e, t, n) {
    const { name: a, a: s, b: i, c: o, d: l } = t, h = { do: "fix", edge: e, function: a, a: s, b: i, c: o, d: l }, m = this.session.costWith(h), f = () => this.editor.setPreview(h), v = () => this.editor.setPreview(null), g = k("button", { type: "button", "aria-label": `Fix ${a}`, click: () => this.keep(h, `Fixed ${a}`), focus: f, blur: v }, "Fix"), x = m.shown.at(-1), M = ih(a, s, i, o, l).replace(/\\(left|right)(?=[()])/g, "");
    return k(
      "li",
      { class: n ? "best" : "", pointerenter: f, pointerleave: v },
      g,
      k("div", {}, ao(M), k("p", { class: "soft" }, `R² of the fit ${$n(t.r2)}, ${x.name} with it ${x.value}`))
    );
  }
}
const ph = (r) => r <= 40 ? 46 : r <= 150 ? 38 : 30, vh = [0.5, 0.4, 0.6, 0.31, 0.69, 0.22, 0.78];
function gh(r, e, t) {
  return r.map((n, a) => {
    const s = Math.min(t / n, 150), i = a / (r.length - 1) * e;
    return Array.from({ length: n }, (o, l) => ({ x: i, y: t / 2 + (l - (n - 1) / 2) * s }));
  });
}
function ea(r, e, t) {
  const n = 1 - t, a = (r.x + e.x) / 2;
  return { x: n ** 3 * r.x + 3 * n * n * t * a + 3 * n * t * t * a + t ** 3 * e.x, y: (n ** 3 + 3 * n * n * t) * r.y + (3 * n * t * t + t ** 3) * e.y };
}
function bh(r, e, t, n, a) {
  const s = /* @__PURE__ */ new Map(), i = (m) => [Math.floor(m.x / t), Math.floor(m.y / t)], o = (m) => {
    const f = i(m).join();
    s.set(f, [...s.get(f) ?? [], m]);
  }, l = (m, f) => {
    const [v, g] = i(m);
    for (let x = v - 1; x <= v + 1; x++)
      for (let M = g - 1; M <= g + 1; M++)
        for (const S of s.get(`${x},${M}`) ?? [])
          if (Math.abs(S.x - m.x) < f && Math.abs(S.y - m.y) < f) return !1;
    return !0;
  };
  e.forEach(o);
  const h = [];
  for (const { edge: m, a: f, b: v } of r) {
    if (h.length >= n) break;
    const g = vh.map((x) => ea(f, v, x)).find((x) => a(x) && l(x, t * 0.98));
    g && (o(g), h.push({ ...g, edge: m, size: t - 4 }));
  }
  return h;
}
function yh(r, e, t) {
  if (r.x < e.x - 4 || r.x > t.x + 4) return 1 / 0;
  let n = 1 / 0, a = e;
  for (let s = 1; s <= 16; s++) {
    const i = ea(e, t, s / 16), [o, l] = [i.x - a.x, i.y - a.y], h = Math.min(1, Math.max(0, ((r.x - a.x) * o + (r.y - a.y) * l) / (o * o + l * l)));
    n = Math.min(n, Math.hypot(r.x - a.x - h * o, r.y - a.y - h * l)), a = i;
  }
  return n;
}
const Ms = { edges: 600, thumbs: 220 }, wh = { edges: 220, thumbs: 80 }, xh = 160, kh = 33, Sn = 40, [Mh, Sh] = [0.5, 24];
class Ah {
  constructor(e) {
    this.session = e, this.canvas = k("canvas", {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-label": "The network. Arrow up and down go from edge to edge by importance, plus and minus zoom, 0 shows all."
    }), this.strongest = e.ranked().reverse(), this.top = e.scores.map((t) => t.reduce((n, a) => Math.max(n, a), 0) || 1), this.draw = st(() => this.paint()), this.show(null, this.isLarge ? Sn : 1 / 0), this.refreshCurves(), this.listen(), new ResizeObserver(() => this.draw()).observe(this.canvas), Qs(() => this.draw());
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
  draw;
  /** Whether some layer has more nodes than a picture has room for. */
  get isLarge() {
    return Math.max(...this.session.network.widths) > 1.5 * Sn;
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
    const n = this.session.curve(e, !0, kh);
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
    this.movingUntil = performance.now() + xh, this.draw(), e && this.waitForRest();
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
    const e = this.frame(), t = [Math.max(e.width - e.left - e.right, 60), Math.max(e.height - 2 * e.top, 60)], { scale: n, left: a, top: s } = this.view, i = this.levels(), o = gh(i.map((l) => this.shown[l].length), t[0], t[1]);
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
    const { context: e } = _s(this.canvas);
    this.arrange();
    const t = performance.now() < this.movingUntil ? wh : Ms, n = this.drawn.filter((a) => this.isSeen(a)).slice(0, t.edges);
    this.thinness = Math.min(1, Math.sqrt(200 / Math.max(n.length, 1)));
    for (const a of [...n].reverse()) this.paintEdge(e, a);
    for (const a of [this.session.chosen, this.hovered && "edge" in this.hovered ? this.hovered.edge : null])
      a && this.isDrawn(a) && this.paintEdge(e, a, !0);
    this.paintThumbs(e, n, t.thumbs), this.paintNodes(e);
  }
  paintEdge(e, t, n = !1) {
    const [a, s] = this.ends(t), i = Math.sqrt(this.session.score(t) / this.top[t[0]]), o = this.session.isRemoved(t), l = (a.x + s.x) / 2;
    e.beginPath(), e.moveTo(a.x, a.y), e.bezierCurveTo(l, a.y, l, s.y, s.x, s.y), e.lineWidth = n ? 2 + 2.5 * i : 0.6 + 3 * i, e.globalAlpha = n ? 1 : o ? 0.25 : (0.08 + 0.6 * this.visibility(t, i)) * this.thinness, e.strokeStyle = n ? this.ink("accent") : o ? this.ink("line") : this.edgeColour(t), e.setLineDash(o ? [2, 5] : this.flowing > performance.now() ? [8, 6] : []), e.lineDashOffset = this.flow, e.stroke(), e.setLineDash([]), e.globalAlpha = 1;
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
    return Js(this.canvas, e);
  }
  paintThumbs(e, t, n) {
    const a = Math.min(Math.max(Math.sqrt(this.view.scale), 0.8), 2), s = this.canvas.clientWidth < 480 ? 0.7 : 1, i = ph(this.drawn.length) * a * s, o = t.filter((h) => !this.session.isRemoved(h)).map((h) => ({ edge: h, a: this.ends(h)[0], b: this.ends(h)[1] })), l = (h) => this.isInside(h);
    this.thumbs = bh(o, this.nodes.flat().filter((h) => h && l(h)), i, n, l);
    for (const h of this.thumbs) this.paintThumb(e, h);
  }
  paintThumb(e, { x: t, y: n, size: a, edge: s }) {
    const i = this.curveOf(s), o = this.isMarked(s), l = this.session.steps(s).length > 0, h = a / 2;
    e.fillStyle = this.ink("back"), e.strokeStyle = this.ink(o ? "accent" : l ? "good" : "line"), e.lineWidth = o || l ? 1.6 : 1, e.beginPath(), e.roundRect(t - h, n - h, a, a, 4), e.fill(), e.stroke();
    const m = [Gr(i.x), Gr(i.y)], f = (v, g) => [
      t - h + 3 + (v - m[0][0]) / m[0][1] * (a - 6),
      n + h - 4 - (g - m[1][0]) / m[1][1] * (a - 8)
    ];
    e.beginPath(), i.x.forEach((v, g) => e.lineTo(...f(v, i.y[g]))), e.strokeStyle = this.mode === "signal" ? this.edgeColour(s) : this.ink("ink"), e.lineWidth = 1.4, e.stroke(), this.paintPoint(e, s, i, f);
  }
  /** Where on the curve the sliders' point is. */
  paintPoint(e, t, n, a) {
    if (this.session.network.layers[t[0]].mixes) return;
    const [i, o] = Gr(n.x), l = this.session.pointLevels[t[0]][t[1]][0];
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
    const h = H0(this.session, t, n);
    e.textAlign = s, s === "center" ? e.fillText(ot(h, l), a.x, a.y - i - 8) : e.fillText(ot(h, l), a.x + (s === "left" ? 1 : -1) * (i + 5), a.y);
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
    for (const n of this.drawn.slice(0, Ms.edges)) {
      const [a, s] = this.ends(n), i = yh(e, a, s);
      i < 5 && (!t || i < t.gap - 0.5) && (t = { edge: n, gap: i });
    }
    return t && { edge: t.edge };
  }
  zoom(e, t = this.canvas.clientWidth / 2, n = this.canvas.clientHeight / 2) {
    const a = Math.min(Sh, Math.max(Mh, this.view.scale * e)), s = a / this.view.scale;
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
    }, a = st((i) => e.size || this.hover(this.find(i), i.x, i.y));
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
    return `${it(this.session, e)}, importance ${W(this.session.score(e))}`;
  }
  /** Where on the page's canvas an edge's small curve or its middle is. */
  spotOf(e) {
    return this.thumbs.find((n) => String(n.edge) === String(e)) ?? ea(...this.ends(e), 0.5);
  }
  nodeAt(e, t) {
    return this.nodes[e][t];
  }
}
function Gr(r) {
  let [e, t] = [1 / 0, -1 / 0];
  for (const n of r)
    n < e && (e = n), n > t && (t = n);
  return t > e ? [e, t - e] : [e - 0.5, 1];
}
function lo(r, e, t, n, a) {
  const s = k("dl", { class: "cost" }), i = (f, v) => k("button", { type: "button", click: v }, f), o = i("Undo", () => (r.undo(), n(`Undone. ${Se(r)}`))), l = i("Redo", () => (r.redo(), n(`Done again. ${Se(r)}`))), h = i("Start over", () => (r.setEdits([]), n("No edits. Undo brings them back."))), m = () => {
    const { now: f, before: v } = r.cost(), g = r.edits.length > 0 || r.trial !== null;
    s.replaceChildren(
      ...f.shown.map(
        (x, M) => k("div", {}, k("dt", {}, x.name), k("dd", {}, x.value, g && k("span", { class: "soft" }, ` was ${v.shown[M]?.value ?? "–"}`)))
      )
    ), o.disabled = !r.canUndo, l.disabled = !r.canRedo, h.disabled = !r.edits.length;
  };
  return r.listen((f) => f !== "point" && f !== "choice" && m()), m(), document.addEventListener("keydown", (f) => {
    const v = f.key.toLowerCase();
    !(f.ctrlKey || f.metaKey) || !["y", "z"].includes(v) || !s.isConnected || f.target.matches?.("textarea, input[type=number], input[type=text]") || (f.preventDefault(), v === "y" || f.shiftKey ? r.redo() : r.undo(), n(Se(r)));
  }), k("header", {}, k("div", {}, k("h1", {}, e), k("p", { class: "soft" }, t)), s, k("div", { class: "row" }, o, l, h, a));
}
function uo(r, e) {
  const t = r.toLocaleString("en");
  return r < e ? `${t} of ${e.toLocaleString("en")} rows` : `${t} rows`;
}
const Th = 1e5;
function ho(r, e, t, n, ...a) {
  const s = k("ol", { class: "edits" }), i = k("textarea", { rows: 4, spellcheck: "false", "aria-label": "Log as JSON" }), o = () => JSON.stringify(r.log()), l = () => {
    s.replaceChildren(...r.edits.map((x) => k("li", {}, t(x))));
    const v = o(), g = v.length > Th;
    i.value = g ? "" : v, i.placeholder = g ? `The log has ${v.length.toLocaleString("en")} characters: copy or download it.` : "";
  }, h = (v, g) => k("button", { type: "button", click: g }, v), m = async () => {
    try {
      await navigator.clipboard.writeText(o()), e("Log copied.");
    } catch {
      i.value = o(), i.select(), e("Press Ctrl+C to copy the log.");
    }
  }, f = () => {
    try {
      r.load(i.value), e(`${r.edits.length} edits loaded.`);
    } catch (v) {
      e(v.message);
    }
  };
  return r.listen((v) => v === "edits" && l()), l(), z0(
    "log",
    "Edits",
    ...a,
    s,
    i,
    k("div", { class: "row" }, h("Copy", () => {
      m();
    }), h("Download", () => zh(o())), h("Load this text", f)),
    k("p", { class: "soft" }, "In Python: ", k("code", {}, n), " makes the same model.")
  );
}
function zh(r) {
  const e = k("a", { href: URL.createObjectURL(new Blob([r], { type: "application/json" })), download: "edits.json" });
  e.click(), setTimeout(() => URL.revokeObjectURL(e.href), 1e3);
}
const Ss = 40, As = 1e3, Ch = 40;
function Nh(r) {
  const { payload: e } = r, t = e.output_names.map(() => k("output", {})), n = () => {
    const h = r.pointLevels.at(-1);
    t.forEach((m, f) => m.textContent = W(r.outputUnits(f, h[f][0]), 4));
  }, a = r.rankedNodes(0), s = k("div", { class: "sliders" }, ...a.slice(0, Ss).map((h) => Ts(r, h))), i = a.slice(Ss), o = k("button", { type: "button", click: () => (o.remove(), s.append(...i.map((h) => Ts(r, h)))) }, `Show ${i.length} less important inputs`);
  r.listen(n), n();
  const l = k("ul", { class: "answers" }, ...e.output_names.map((h, m) => k("li", {}, k("span", { class: "name" }, h), t[m])));
  return z0("point", "Inputs and outputs", l, s, ...i.length ? [o] : []);
}
function Ts(r, e) {
  const t = r.rows.levels[0][e], [n, a] = [t.reduce((h, m) => Math.min(h, m)), t.reduce((h, m) => Math.max(h, m))], s = (h) => {
    const [m, f] = r.payload.input_scaling[e];
    return m * h + f;
  }, i = k("output", {}, W(s(r.point[e]))), o = st((h) => r.setPoint(e, h)), l = k("input", {
    type: "range",
    min: 0,
    max: 1e3,
    step: 1,
    value: a > n ? Math.round((r.point[e] - n) / (a - n) * 1e3) : 500,
    disabled: !(a > n),
    "aria-valuetext": W(s(r.point[e])),
    input: () => {
      const h = n + Number(l.value) / 1e3 * (a - n);
      i.textContent = W(s(h)), l.setAttribute("aria-valuetext", i.textContent), o(h);
    }
  });
  return k("label", { class: "slider" }, k("span", { class: "name" }, r.payload.input_names[e]), l, i);
}
function Eh(r, e) {
  const t = r.ranked().filter((f) => !r.network.layers[f[0]].products.has(f[2])), n = t.length, a = k("p", { class: "soft" }), s = k("div", { class: "costs" }), i = (f) => r.removal(t.slice(0, n - f), "threshold"), o = (f) => {
    const v = f > 0 && f < n ? `The ${f} most important of ${n} edges` : `${f} of ${n} edges`;
    a.textContent = `${v}. ${Se(r)}.`, m(f);
  }, l = k("input", {
    type: "range",
    min: 0,
    max: n,
    value: n,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => r.attemptSoon(() => i(Number(l.value)), r.lastThreshold !== null),
    change: () => {
      const f = Number(l.value);
      r.lastThreshold !== null ? r.exchangeLast(f === n ? null : i(f)) : f === n ? r.attempt(null) : r.commit(i(f)), e(a.textContent ?? "");
    }
  }), { draw: h, mark: m } = Bh(r, s, n, i);
  return r.listen((f) => {
    if (f === "trial" && o(Number(l.value)), f !== "edits") return;
    const v = r.lastThreshold, g = v?.do === "remove" ? n - v.edges.length : n;
    l.value = String(g), o(g), h();
  }), o(n), h(), z0("pruning", "Fewer edges", k("label", { class: "wide" }, k("span", {}, "Edges that stay"), l), a, s);
}
function Bh(r, e, t, n) {
  const a = Math.min(t, 24), [s, i, o, l] = [320, 96, 44, 16];
  let h = [], m = t, f = 0;
  const v = (T) => Math.round(T / a * t), g = (T) => o + T / Math.max(t, 1) * (s - o - 8), x = () => {
    const T = Math.max(...h, 1e-12), B = (F) => i - l - F / T * (i - l - 10), q = h.map((F, O) => `${O ? "L" : "M"}${g(v(O)).toFixed(1)},${B(F).toFixed(1)}`).join(""), { now: R } = r.cost();
    e.replaceChildren(
      Y(
        "svg",
        { viewBox: `0 0 ${s} ${i}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        Y("text", { x: o - 5, y: 14, "text-anchor": "end" }, W(T)),
        Y("text", { x: o - 5, y: i - l, "text-anchor": "end" }, "0"),
        Y("text", { x: o, y: i - 2 }, "0"),
        Y("text", { x: s - 8, y: i - 2, "text-anchor": "end" }, `${t} edges`),
        Y("line", { class: "base", x1: o, x2: s - 8, y1: i - l, y2: i - l }),
        Y("path", { class: "curve", d: q }),
        Y("circle", { class: "mark", cx: g(m), cy: B(Math.min(R.loss, T)), r: 4 })
      )
    );
  };
  return { draw: () => {
    const T = ++f, B = [], q = () => {
      if (T !== f) return;
      const R = performance.now() + 12;
      for (; B.length <= a && performance.now() < R; ) B.push(r.costWith(n(v(B.length))).loss);
      if (B.length <= a) return void setTimeout(q, 8);
      h = B, x();
    };
    setTimeout(q, 30);
  }, mark: (T) => {
    m = T, h.length && x();
  } };
}
function Dh(r, e) {
  const t = k("div", { class: "lines", tabindex: 0, role: "group", "aria-label": "Formulas" }), n = k("p", { class: "soft" }), a = k("button", { type: "button", click: () => {
    i();
  } }, "Name all edges"), s = () => {
    const o = uh(r), l = zs(r);
    t.replaceChildren(...o.lines.map(({ left: h, right: m }) => k("div", { class: "line" }, ao(`${h} = ${m}`, !0)))), n.textContent = o.named ? "Every edge is a function with a name." : "φ are curves that have no name yet: choose an edge and fix a function on it.", a.hidden = !l.length, a.disabled = l.length > As, a.title = a.disabled ? `It names up to ${As} edges: remove weak ones first` : "Fixes on each curve the function that describes it best";
  }, i = async () => {
    const o = zs(r), l = Se(r), h = r.edits, m = [];
    a.disabled = !0;
    for (const f of o) {
      const { x: v, y: g } = r.cloud(f), { name: x, a: M, b: S, c: T, d: B } = r.suggest(v, g)[0];
      if (m.push({ do: "fix", edge: f, function: x, a: M, b: S, c: T, d: B }), !(m.length % 5) && (e(`${m.length} of ${o.length} edges are named.`), await new Promise((q) => setTimeout(q)), r.edits !== h))
        return s();
    }
    r.commitAll(m), e(`${m.length} edges named. ${Se(r)}; before: ${l}. Undo takes all names back.`);
  };
  return r.listen((o) => o === "edits" && s()), s(), z0("formulas", "Formula", t, k("div", { class: "row" }, n, a));
}
function $h(r, e) {
  const n = r.network.widths.slice(1, -1).flatMap((m, f) => Array.from({ length: m }, (v, g) => [f + 1, g]));
  if (!n.length) return null;
  n.sort((m, f) => r.nodeScore(...f) - r.nodeScore(...m));
  const a = n.slice(0, Ch), s = a.map((m) => {
    const v = k("input", { type: "text", maxlength: ei, autocomplete: "off", change: () => {
      const g = v.value.trim();
      g !== r.labelOf(...m) && (r.commit({ do: "label", node: m, text: g }), e(g ? `${I0(r, ...m)} is called ${g}.` : `${I0(r, ...m)} has no name.`));
    } });
    return v;
  }), i = () => s.forEach((m, f) => m.value = r.labelOf(...a[f]));
  r.listen((m) => m === "edits" && i()), i();
  const o = n.length - a.length, l = s.map((m, f) => k("label", {}, k("span", { class: "name" }, I0(r, ...a[f])), m)), h = `What a node stands for, in your words; pictures, formulas and the log have it.${o ? ` These are the ${a.length} most important of ${n.length}.` : ""}`;
  return z0("labels", "Names of hidden nodes", k("p", { class: "soft" }, h), k("div", { class: "label-fields" }, ...l));
}
function zs(r) {
  return r.edges().filter((e) => {
    if (r.obstacle(e)) return !1;
    const t = r.steps(e).at(-1)?.edit.do;
    return t ? t !== "remove" && t !== "fix" : !r.network.layers[e[0]].named.has(r.place(e));
  });
}
function qh(r, e) {
  const t = (n) => it(r, n);
  switch (e.do) {
    case "remove":
      return e.edges.length === 1 ? `Removed ${t(e.edges[0])}` : `Removed ${e.edges.length} edges`;
    case "fix":
      return `Fixed ${t(e.edge)} as ${typeof e.function == "string" ? e.function : "a formula"}`;
    case "redraw":
      return `${e.by ? `Made ${t(e.edge)} ${e.by}` : `Redrew ${t(e.edge)}`}`;
    case "bend": {
      const n = e.y.reduce((a, s, i) => Math.abs(s) > Math.abs(e.y[a]) ? i : a, 0);
      return `Bent ${t(e.edge)} by ${W(e.y[n])} at ${W(r.toUnits(e.edge[0], e.edge[1], e.x[n]))}`;
    }
    case "clip":
      return `Clipped ${t(e.edge)} to ${W(e.low)} … ${W(e.high)}`;
    case "label":
      return e.text ? `Named ${I0(r, ...e.node)} ${e.text}` : `Took the name of ${I0(r, ...e.node)} away`;
  }
}
const v0 = { right: 10, top: 26, bottom: 34 };
function Rh(r) {
  const { payload: e } = r, t = k("canvas", { class: "scatter", role: "img", "aria-label": "Predictions against what was observed" }), n = k("canvas", { class: "scatter", role: "img", "aria-label": "Residuals" }), a = (h, m) => {
    const f = k("select", { "aria-label": h, change: () => o() });
    return f.append(...m.map((v, g) => k("option", { value: g }, v))), f;
  }, s = a("Output", e.output_names), i = a("Residuals against", ["predictions", ...e.input_names]), o = st(() => {
    const h = Number(s.value);
    Cs(t, Ih(r, h)), Cs(n, Oh(r, h, Number(i.value) - 1));
  });
  r.listen((h) => h !== "point" && h !== "choice" && o());
  for (const h of [t, n]) new ResizeObserver(o).observe(h);
  Qs(o);
  const l = e.output_names.length > 1 ? [k("label", {}, "Output ", s)] : [];
  return k(
    "section",
    { class: "panel residuals", "aria-label": "Residuals" },
    k("h2", {}, r.y ? "Residuals" : "Change of the outputs"),
    k("div", { class: "row" }, ...l, k("label", {}, "Residuals against ", i)),
    k("div", { class: "pair" }, t, n)
  );
}
function co(r, e) {
  const t = r.rows.index, n = r.targets(t);
  if (n && r.payload.classes) return { values: n[0].map((s) => +(s === e)), name: "is the class" };
  const a = (s) => s.map((i) => r.outputUnits(e, i));
  return n ? { values: a(n[e]), name: "observed" } : { values: a(r.outputsBefore()[e]), name: "before" };
}
function mo(r, e) {
  const { outputs: t } = r;
  return r.payload.classes ? t[e].map((n, a) => {
    const s = Math.max(...t.map((o) => o[a])), i = t.reduce((o, l) => o + Math.exp(l[a] - s), 0);
    return Math.exp(t[e][a] - s) / i;
  }) : t[e].map((n) => r.outputUnits(e, n));
}
function Ih(r, e) {
  const { values: t, name: n } = co(r, e);
  return { x: [...mo(r, e)], y: [...t], xTitle: "predicted", yTitle: n, line: "diagonal" };
}
function Oh(r, e, t) {
  const { values: n } = co(r, e), a = mo(r, e), s = [...n].map((h, m) => h - a[m]);
  if (t < 0) return { x: [...a], y: s, xTitle: "predicted", yTitle: "residual", line: "zero" };
  const [i, o] = r.payload.input_scaling[t];
  return { x: [...r.rows.levels[0][t]].map((h) => i * h + o), y: s, xTitle: r.payload.input_names[t], yTitle: "residual", line: "zero" };
}
function Cs(r, e) {
  if (!r.clientWidth) return;
  const { context: t, width: n, height: a } = _s(r), s = (g) => Js(r, g), i = (g) => [Math.min(...g), Math.max(...g)], o = e.line === "zero" ? [...e.y, 0] : e.y;
  t.font = "11px system-ui, sans-serif";
  const l = A0(i(o), [a - v0.bottom, v0.top]).nice(), h = 14 + Math.max(...l.ticks(5).map((g) => t.measureText(W(g)).width)), m = A0(i(e.x), [h, n - v0.right]).nice();
  t.strokeStyle = s("line"), t.fillStyle = s("soft"), t.textBaseline = "middle", t.textAlign = "right";
  for (const g of l.ticks(5))
    t.beginPath(), t.moveTo(h, l(g)), t.lineTo(n - v0.right, l(g)), t.stroke(), t.fillText(W(g), h - 5, l(g));
  t.textAlign = "center";
  for (const g of m.ticks(Math.max(2, Math.floor(n / 90)))) t.fillText(W(g), m(g), a - v0.bottom + 11);
  t.textAlign = "right", t.fillText(e.xTitle.slice(0, 40), n - v0.right, a - 8), t.textAlign = "left", t.fillText(e.yTitle, h, 9), t.globalAlpha = 0.55, t.fillStyle = s("blue");
  for (let g = 0; g < e.x.length; g++) t.fillRect(m(e.x[g]) - 1.5, l(e.y[g]) - 1.5, 3, 3);
  t.globalAlpha = 1, t.strokeStyle = s("orange"), t.lineWidth = 1.4, t.beginPath();
  const [f, v] = [Math.max(m.domain()[0], l.domain()[0]), Math.min(m.domain()[1], l.domain()[1])];
  e.line === "zero" ? (t.moveTo(h, l(0)), t.lineTo(n - v0.right, l(0))) : v > f && (t.moveTo(m(f), l(f)), t.lineTo(m(v), l(v))), t.stroke();
}
function ae(r) {
  const e = Uint8Array.from(atob(r.data), (a) => a.charCodeAt(0)), t = new DataView(e.buffer), n = new Float64Array(e.length / r.bytes);
  for (let a = 0; a < n.length; a++)
    n[a] = r.bytes === 4 ? t.getFloat32(4 * a, !0) : t.getFloat64(8 * a, !0);
  return { shape: r.shape, data: n };
}
function An(r) {
  const [e, t] = r.shape;
  return Array.from(
    { length: t },
    (n, a) => Float64Array.from({ length: e }, (s, i) => r.data[i * t + a])
  );
}
class Fh {
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
const Lh = 1e-5, Hh = ["remove", "fix", "redraw"];
function $t(r, e) {
  const t = e.map(() => /* @__PURE__ */ new Map());
  for (const n of r)
    ti(n).forEach(([a, s, i], o) => {
      const l = s * e[a].out + i, h = t[a].get(l) ?? [];
      t[a].set(l, [...h, { edit: n, position: o }]);
    });
  return t;
}
const Ph = (r) => r / (1 + Math.exp(-r));
function fo(r, e) {
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
function Gh(r) {
  let [e, t] = [1 / 0, -1 / 0];
  for (const a of r)
    for (const s of a)
      s < e && (e = s), s > t && (t = s);
  const n = t > e ? t - e : 1;
  return r.map((a) => a.map((s) => 2 * (s - e) / n - 1));
}
const Ns = (r) => r.reduce((e, t) => e + t, 0) / r.length, po = (r, e, [t, n]) => r.map((a) => t.data[e] * a + n.data[e]);
class Uh {
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
    return t?.statistics_of === "row" && (n = fo(e, t.eps)), t?.statistics_of === "batch" && (n = Gh(e)), n.map((a, s) => this.normalisedAlone(a, s));
  }
  /** The step of the normalisation that doesn't mix an input with others. */
  normalisedAlone(e, t) {
    return this.each ? this.each.evaluate(e)[0] : this.affine ? po(e, t, this.affine) : e;
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
class Wh {
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
    this.in = e.in, this.out = e.out, this.mixes = e.mixes, this.exists = e.exists.map(Boolean), this.curves = e.numeric && new Uh(e.numeric, e.out, t), this.products = new Set(e.symbolic?.products ?? []);
    for (const s of e.symbolic?.edges ?? []) this.named.set(s.i * this.out + s.o, s);
    const n = e.symbolic && ae(e.symbolic.bias).data, a = this.curves?.bias;
    this.bias = Float64Array.from({ length: this.out }, (s, i) => (n?.[i] ?? 0) + (a?.[i] ?? 0)), this.post = e.post?.map(ae) ?? null;
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
    if (n || this.named.has(e)) return Ns(this.editedValues(e, t, a, n));
    if (!this.curves || !this.exists[e]) return 0;
    this.means.has(a) || this.means.set(a, a.map((o) => o.map(Ns)));
    const [s, i] = [Math.floor(e / this.out), e % this.out];
    return this.means.get(a)[s].reduce((o, l, h) => o + this.curves.weight(s, h, i) * l, 0);
  }
  /** What an edge adds before any edit. */
  edgeValues(e, t, n) {
    const a = Math.floor(e / this.out), s = e % this.out, i = new Float64Array(t[a].length);
    this.curves && this.exists[e] && this.addCurve(a, s, n[a], i);
    const o = this.named.get(e);
    if (o) {
      const l = rr(o.function), [h, m, f, v] = o.numbers, g = this.products.has(s) ? v : 0;
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
    const s = t[Math.floor(e / this.out)], i = a ? a.findLastIndex(({ edit: l }) => Hh.includes(l.do)) : -1;
    let o = i < 0 ? this.edgeValues(e, t, n) : new Float64Array(s.length);
    for (const l of a?.slice(Math.max(i, 0)) ?? []) o = ri(l, o, s);
    return o;
  }
  forward(e, t) {
    const n = this.features(e), a = Array.from({ length: this.out }, (s, i) => this.node(i, e, n, t));
    return this.post ? fo(a, Lh).map((s, i) => po(s, i, this.post).map(Ph)) : a;
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
class Vh {
  layers;
  widths;
  constructor(e) {
    const t = e.tables.map((n) => new Fh(n));
    this.layers = e.layers.map((n) => new Wh(n, t)), this.widths = e.widths;
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
const vo = 16, jh = 160, Yh = 100, Xh = 4, Kh = 40, Zh = 1e-4;
function Jh(r, e, t = 6) {
  const n = Math.max(1, Math.floor(r.length / jh)), a = Float64Array.from(r.filter((g, x) => x % n === 0)), s = Float64Array.from(e.filter((g, x) => x % n === 0)), [i, o] = [Math.min(...a), Math.max(...a)], l = (i + o) / 2, h = (o - i) / 2 || 1, m = a.map((g) => (g - l) / h), f = Object.entries(T0).filter(([, g]) => !g.alias).map(([g, x]) => {
    const M = e4(x, m, s), S = M.a / h, T = M.b - M.a * l / h;
    return { name: g, a: S, b: T, c: M.c, d: M.d, r2: M.r2, bits: _h(x, M.r2) };
  }), v = Math.max(...s) - Math.min(...s);
  return f.filter((g) => Number.isFinite(g.bits) && Qh(g, v)).sort((g, x) => g.bits - x.bits).slice(0, t);
}
function Qh({ name: r, c: e }, t) {
  return ["both", "scale"].includes(T0[r].free) || Math.abs(e) <= Yh * t;
}
function _h(r, e) {
  const t = { "": 4, scale: 3, shift: 3, both: r.bits ? 2 : 1 }[r.free];
  return r.bits + Xh * t + Kh / 2 * Math.log2(Math.max(1 - e, Zh));
}
function e4(r, e, t) {
  const n = [e, t].map((o) => o.filter((l, h) => h % 4 === 0)), a = t4(r).map(([o, l]) => Tn(r, o, l, n[0], n[1])).sort((o, l) => l.r2 - o.r2).slice(0, 4).map(({ a: o, b: l }) => Tn(r, o, l, e, t)), s = r.free === "both" ? 0 : r.free === "shift" || r.free === "scale" ? 1 : 2;
  return a.slice(0, s ? 3 : 1).map((o) => s ? r4(r, o, e, t) : o).reduce((o, l) => l.r2 > o.r2 ? l : o);
}
function t4(r) {
  const e = (n, a) => Array.from({ length: n }, (s, i) => a(i));
  if (r.free === "both") return [[1, 0]];
  if (r.free === "shift")
    return e(13, (n) => 0.1 * 2 ** (n / 1.6)).flatMap((n) => [[n, 0], [-n, 0]]);
  if (r.free === "scale") {
    const n = [1.0001, 1.01, 1.05, 1.2, 1.5, 2, 4, 10], a = r.domain[0] === 0 || r.pole ? n : [...e(21, (o) => o / 10), 3, 6, 12], s = r.domain[0] === 0 ? [1, -1] : [1], i = r.domain[0] === 0 ? a : [...a, ...a.map((o) => -o)];
    return s.flatMap((o) => i.map((l) => [o, l]));
  }
  const t = e(16, (n) => 0.15 * (vo / 0.15) ** (n / 15));
  return r.period ? t.flatMap((n) => e(12, (a) => [n, a / 12 * r.period])) : Number.isFinite(r.domain[0]) ? e(8, (n) => 1 / (1 + 0.35 * n)).flatMap(
    (n) => e(5, (a) => [n * 0.9999, (a - 2) / 2 * (1 - n)])
  ) : t.flatMap((n) => e(17, (a) => [n, n * (a - 8) / 5]));
}
function Tn(r, e, t, n, a) {
  const s = n.length;
  let [i, o] = [0, 0];
  const l = n.map((x) => r.value(e * x + t));
  for (let x = 0; x < s; x++)
    i += l[x] / s, o += a[x] / s;
  let [h, m, f] = [0, 0, 0];
  for (let x = 0; x < s; x++) {
    const M = l[x] - i, S = a[x] - o;
    h += M * M, m += M * S, f += S * S;
  }
  const v = h > 1e-300 && Number.isFinite(h) ? m / h : 0, g = f > 0 ? v * m / f : v === 0 ? 1 : 0;
  return { a: e, b: t, c: v, d: o - v * i, r2: Number.isFinite(g) ? Math.min(g, 1) : 0 };
}
function r4(r, e, t, n) {
  let a = e, s = 1e-3;
  for (let i = 0; i < 40 && s < 1e8; i++) {
    const o = n4(r, a, t, n, s), l = o && Tn(r, a.a + o[0], a.b + o[1], t, n);
    if (l && Math.abs(l.a) <= 2 * vo && l.r2 > a.r2) {
      const h = l.r2 - a.r2;
      if (a = l, s /= 5, h < 1e-13) break;
    } else
      s *= 4;
  }
  return a;
}
function n4(r, e, t, n, a) {
  const i = Array.from({ length: 4 }, () => new Float64Array(5));
  for (let l = 0; l < t.length; l++) {
    const h = e.a * t[l] + e.b, m = 1e-5 * Math.max(1, Math.abs(h)), f = r.value(h), v = e.c * (r.value(h + m) - r.value(h - m)) / (2 * m), g = [v * t[l], v, f, 1], x = n[l] - e.c * f - e.d;
    for (let M = 0; M < 4; M++) {
      for (let S = 0; S < 4; S++) i[M][S] += g[M] * g[S];
      i[M][4] += g[M] * x;
    }
  }
  for (let l = 0; l < 4; l++) i[l][l] *= 1 + a;
  for (let l = 0; l < 4; l++) i[l][l] += 1e-14 * i[l][l] + 1e-290;
  const o = a4(i);
  return o && o.every(Number.isFinite) ? o : null;
}
function a4(r) {
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
const s4 = 256, i4 = 5e6, o4 = 64, l4 = 65;
class u4 extends si {
  constructor(e) {
    super(), this.payload = e, this.network = new Vh(e), this.scores = e.scores.map((h) => ae(h).data), this.edgeList = this.listEdges(), this.rankedEdges = [...this.edgeList].sort((h, m) => this.score(h) - this.score(m));
    const t = An(ae(e.x)), n = t[0].length;
    this.y = e.y && (e.classes ? [ae(e.y).data] : An(ae(e.y)));
    const a = Math.max(o4, Math.min(s4, Math.floor(i4 / Math.max(this.edgeList.length, 1)))), s = Math.max(1, Math.ceil(n / a)), i = Array.from({ length: Math.ceil(n / s) }, (h, m) => m * s);
    this.changes = $t([], this.network.layers);
    const o = Array.from({ length: n }, (h, m) => m);
    this.all = { index: o, levels: this.network.levels(t, this.changes) };
    const l = t.map((h) => Float64Array.from(i, (m) => h[m]));
    this.some = { index: i, levels: this.network.levels(l, this.changes) }, this.before = { all: this.all.levels.at(-1), some: this.some.levels.at(-1) }, this.point = t.map((h) => Float64Array.from(h).sort()[n >> 1]), this.history = new ai(Ia(JSON.stringify(e.log), this.network.widths)), this.refresh();
  }
  payload;
  suggest = Jh;
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
    this.changes = $t(t, this.network.layers), this.labels = new Map(t.flatMap((o) => o.do === "label" ? [[String(o.node), o.text]] : []));
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
    const t = Ia(e, this.network.widths);
    for (const n of t)
      for (const a of ti(n))
        if (!this.exists(a)) throw new Error(`The network has no edge ${JSON.stringify(a)}.`);
    this.setEdits(t);
  }
  log() {
    return { edgewise_edits: 1, widths: this.network.widths, edits: this.edits };
  }
  // The point of the sliders.
  setPoint(e, t) {
    this.point[e] = t, this.movePoint(), this.tell("point");
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
  /** The curve of one edge at points of one's own choice, or at so many over the range of its data. */
  curve(e, t = !0, n) {
    const a = this.network.layers[e[0]], s = this.rows.levels[e[0]];
    if (a.mixes) return this.meanCurve(e, t);
    const i = n instanceof Float64Array ? n : Xt(s[e[1]], n ?? l4), o = a.edgeAt(this.place(e), i, t ? this.steps(e) : void 0);
    return { x: [...i], y: [...o] };
  }
  /** Where a normalisation mixes the inputs, an edge is the mean of what it adds, given its axis. */
  meanCurve(e, t) {
    const { x: n, y: a } = this.cloud(e, t);
    let s = this.orders.get(n);
    return s || this.orders.set(n, s = Array.from(n.keys()).sort((i, o) => n[i] - n[o])), _l(n, a, s);
  }
  // Errors.
  /** What the network as it is now costs on the data, and what it cost at first. */
  cost() {
    const e = this.trial ? this.before.some : this.before.all, t = this.trial ? "some" : "all";
    return this.firstCost[t] ??= this.costOf(e, e), { now: this.costOf(this.outputs, e), before: this.firstCost[t] };
  }
  costOf(e, t) {
    return Na(e, this.targets(this.rows.index), this.payload, t);
  }
  /** The targets of some rows, or null without any. */
  targets(e) {
    return this.y?.map((t) => Float64Array.from(e, (n) => t[n])) ?? null;
  }
  /** The cost with one more edit, on the rows that charts show while something is dragged. */
  costWith(e) {
    const t = e.do === "remove" && e.by === "threshold" && this.lastThreshold ? this.edits.slice(0, -1) : this.edits, n = $t([...t, e], this.network.layers), a = this.network.levels(this.some.levels[0], n);
    return Na(a.at(-1), this.targets(this.some.index), this.payload, this.before.some);
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
    if (!this.kept || !nn(this.kept.edits, e)) {
      const t = $t(e, this.network.layers);
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
    if (e || this.network.layers[0].mixes) return n;
    const [a, s] = this.payload.input_scaling[t];
    return a * n + s;
  }
  outputUnits(e, t) {
    const [n, a] = this.payload.output_scaling[e];
    return n * t + a;
  }
}
const Ur = 11, Ie = { left: 58, right: 14, top: 12, bottom: 40 }, Wr = 320, Es = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };
class h4 {
  constructor(e, t) {
    this.session = e, this.say = t, new ResizeObserver(() => this.dragged < 0 && this.draw()).observe(this.element), e.listen((n) => {
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
    e.kind === "curve" ? this.drawCurve(e) : e.kind === "levels" ? this.drawLevels(e) : this.element.replaceChildren(k("p", {}, "What two columns do together can be flattened: then each acts by itself."));
  }
  // Curves.
  drawCurve(e) {
    const { now: t, first: n } = this.session.effect, a = Math.max(this.element.clientWidth, 240), [s, i] = [ae(e.low).data, ae(e.high).data], o = this.session.columns[e.columns[0]], l = this.makeFrame(t.at, [t.value, n.value, s, i], a);
    this.frame = l, this.knots = c4(t.at);
    const h = o.filter((v) => !Number.isNaN(v)), m = [...zn(n.at, i, l), ...zn(n.at, s, l).reverse()].map((v) => v.join(",")).join(" ");
    this.curve = Y("path", { class: "curve", d: Vr(t.at, t.value, l) }), this.handles = this.knots.map((v, g) => this.makeHandle(v, g, l)), this.offsets = this.knots.map(() => 0), this.start = t.value;
    const f = [...this.element.querySelectorAll(".handle")].indexOf(document.activeElement);
    this.element.replaceChildren(
      Y(
        "svg",
        { viewBox: `0 0 ${l.width} ${l.height}`, class: "chart", role: "group", "aria-label": `Curve of ${e.names[0]}` },
        h.length > 0 && In(h, [...t.at], l),
        this.axes(l, e.names[0]),
        Y("polygon", { class: "band", points: m }),
        t !== n && Y("path", { class: "curve first", d: Vr(n.at, n.value, l) }),
        this.curve,
        ...this.handles
      ),
      ...t.missing === null ? [] : [k("p", { class: "soft" }, `A missing value: ${this.text(t.missing)}.`)]
    ), f >= 0 && this.handles[f]?.focus();
  }
  makeFrame(e, t, n) {
    let [a, s] = [0, 0];
    for (const h of t) for (const m of h) [a, s] = [Math.min(a, m), Math.max(s, m)];
    const i = 0.08 * (s - a) || 0.5, o = A0([e[0], e[e.length - 1]], [Ie.left, n - Ie.right]), l = A0([a - i, s + i], [Wr - Ie.bottom, Ie.top]);
    return {
      width: n,
      height: Wr,
      x: (h) => o(h),
      y: (h) => l(h),
      valueAt: (h) => l.invert(h),
      low: a - i,
      high: s + i,
      xTicks: o.ticks(Math.max(2, Math.floor(n / 90))).map((h) => ({ at: o(h), text: Ht(h) })),
      yTicks: l.ticks(5).map((h) => ({ at: l(h), text: this.text(h) }))
    };
  }
  axes(e, t) {
    return Y(
      "g",
      { class: "axes", "aria-hidden": "true" },
      ...e.yTicks.map((n) => Y("line", { x1: Ie.left, x2: e.width - Ie.right, y1: n.at, y2: n.at })),
      ...e.yTicks.map((n) => Y("text", { x: Ie.left - 6, y: n.at, "text-anchor": "end", "dominant-baseline": "middle" }, n.text)),
      ...e.xTicks.map((n) => Y("text", { x: n.at, y: e.height - Ie.bottom + 15, "text-anchor": "middle" }, n.text)),
      Y("text", { x: e.width - Ie.right, y: e.height - 6, "text-anchor": "end" }, ot(t, 40)),
      Y("text", { x: Ie.left + 4, y: Ie.top + 4 }, this.session.payload.units)
    );
  }
  /** An effect as it is told: a factor where effects multiply. */
  text(e) {
    return this.session.payload.link === "log" ? `× ${W(this.session.told(e))}` : W(e);
  }
  valueAt(e) {
    const { at: t } = this.session.effect.now;
    return this.session.effect.now.value[t.indexOf(e)];
  }
  makeHandle(e, t, n) {
    const a = this.valueAt(e);
    return Y("circle", {
      class: "handle",
      cx: n.x(e),
      cy: n.y(a),
      r: 6,
      tabindex: 0,
      role: "slider",
      "aria-label": `Effect at ${Ht(e)}`,
      "aria-orientation": "vertical",
      "aria-valuenow": Number(a.toPrecision(4)),
      "aria-valuetext": this.text(a),
      pointerdown: (s) => this.begin(s, t),
      keydown: (s) => this.press(s, t)
    });
  }
  pixel(e) {
    const t = this.element.querySelector("svg").getBoundingClientRect();
    return (e.clientY - t.top) / t.height * Wr;
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
    if (!(e.key in Es) || !this.frame) return;
    e.preventDefault();
    const n = this.pressed !== null && this.pressed === this.session.edits.at(-1);
    this.offsets[t] = Es[e.key] * (this.frame.high - this.frame.low), this.session.commit(this.session.redraw(this.bent()), n), this.pressed = this.session.edits.at(-1) ?? null, this.say(Se(this.session));
  }
  bent() {
    const e = rn(this.knots, this.offsets, this.session.effect.now.at);
    return this.start.map((t, n) => t + e[n]);
  }
  /** Moves curve and points while one is dragged; the scales stay. */
  follow() {
    const { now: e } = this.session.effect, t = this.frame;
    this.curve?.setAttribute("d", Vr(e.at, e.value, t)), this.knots.forEach((n, a) => this.handles[a].setAttribute("cy", String(t.y(this.valueAt(n)))));
  }
  // Levels.
  drawLevels(e) {
    const { now: t } = this.session.effect, n = ae(e.counts).data, a = Math.max(...t.value.map(Math.abs), 1e-12), s = [...this.element.querySelectorAll("input")].indexOf(document.activeElement), i = e.levels.map((o, l) => {
      const h = o ?? "missing", m = k("input", { type: "number", step: "any", value: Number(this.session.told(t.value[l]).toPrecision(4)), "aria-label": `Effect of ${h}` });
      m.addEventListener("change", () => this.setLevel(l, Number(m.value)));
      const f = 50 * Math.abs(t.value[l]) / a, v = k("i", { class: t.value[l] < 0 ? "minus" : "", style: `width:${f}%;${t.value[l] < 0 ? "right" : "left"}:50%` });
      return k("li", {}, k("span", { class: "name" }, h), k("span", { class: "soft" }, `${Ht(n[l])} rows`), k("span", { class: "bar" }, v), m);
    });
    this.element.replaceChildren(k("ul", { class: "level-list", tabindex: 0, "aria-label": `Levels of ${e.names[0]}` }, ...i)), s >= 0 && this.element.querySelectorAll("input")[s]?.focus();
  }
  setLevel(e, t) {
    const { payload: n } = this.session.effect, a = n.levels[e];
    if (!(Number.isFinite(t) && (this.session.payload.link !== "log" || t > 0))) return this.say("Expected a number, above 0 where effects are factors.");
    this.session.commit(this.session.make("replace", { values: [[a, t]] })), this.say(`${a ?? "missing"} set. ${Se(this.session)}`);
  }
}
function c4(r) {
  if (r.length <= Ur + 1) return [...r];
  const [e, t] = [r[0], r[r.length - 1]], n = (a) => r.reduce((s, i) => Math.abs(i - a) < Math.abs(s - a) ? i : s, r[0]);
  return [...new Set(Array.from({ length: Ur }, (a, s) => n(e + s / (Ur - 1) * (t - e))))];
}
const zn = (r, e, t) => Array.from(r, (n, a) => [t.x(n).toFixed(1), t.y(e[a]).toFixed(1)]), Vr = (r, e, t) => zn(r, e, t).map((n, a) => `${a ? "L" : "M"}${n.join(",")}`).join("");
function Ht(r) {
  return Number.isInteger(r) && Math.abs(r) < 1e5 ? String(r).replace("-", "−") : W(r, 4);
}
const jr = 12, Bs = 4, m4 = 1e-9;
class d4 extends si {
  constructor(e) {
    super(), this.payload = e, this.columns = e.columns.map((t) => ae(t.values).data), this.rows = this.columns[0].length, this.rest = e.outputs.map((t) => ae(t.rest).data), this.effects = e.outputs.map((t) => t.effects.map(f4)), this.y = e.y && (e.classes ? [ae(e.y).data] : An(ae(e.y))), this.before = this.predicted = this.predict(), this.firstCost = this.costOf(this.before);
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
    return { feature: this.effect.payload.names, action: e, options: t, output: n, before: null, after: null, rows: 0, by: this.by || null, on: null };
  }
  /** An edit that puts other values in the place of the chosen effect's. */
  redraw(e) {
    const { payload: t, now: n } = this.effect, a = [...e].map((s) => this.told(s));
    return t.kind === "levels" ? this.make("replace", { values: t.levels.map((s, i) => [s, a[i]]) }) : this.make("replace", { at: [...n.at], values: a });
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
      const f = new Map(s.map(([M, S]) => [M, this.own(S)])), v = e.value.map((M, S) => f.get(n.levels[S]) ?? M), { levels: g } = this.payload.columns[n.columns[0]], x = e.parts.map((M, S) => f.get(g[i[S]]) ?? M);
      return { ...e, value: v, parts: x, edited: !0 };
    }
    const o = Float64Array.from(a), l = Float64Array.from(s, (f) => this.own(f)), h = t.options.missing === void 0 ? e.missing : this.own(t.options.missing), m = e.parts.map((f, v) => Number.isNaN(i[v]) ? h ?? f : p4(o, l, i[v]));
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
    const t = g4(e, this.payload.log), n = this.payload.log.edits;
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
      return { loss: t, shown: [{ name: "Accuracy", value: `${(100 * s).toFixed(1)} %` }, { name: "Cross entropy", value: W(t) }] };
    }
    const n = this.y.reduce((s, i) => s + Yr(i), 0) / this.y.length, a = [{ name: "RMSE", value: W(Math.sqrt(t)) }];
    return n > 0 && a.unshift({ name: "R²", value: $n(1 - t / n) }), { loss: t, shown: a };
  }
  likeliest(e, t) {
    return e.length === 1 ? +(e[0][t] > 0.5) : e.reduce((n, a, s) => a[t] > e[n][t] ? s : n, 0);
  }
  changeOf(e) {
    const t = this.before ?? e, n = e.reduce((i, o, l) => i + o.reduce((h, m, f) => h + (m - t[l][f]) ** 2, 0), 0), a = t.reduce((i, o) => i + Yr(o) * o.length, 0), s = a > 0 ? Math.sqrt(n / a) : Math.sqrt(n);
    return { loss: s, shown: [{ name: "Change", value: `${W(100 * s)} %` }] };
  }
  /** A loss as people read it. */
  shownLoss(e, t) {
    if (!this.y) return "–";
    const n = this.lossOf(t === "now" ? this.predicted : this.before, e);
    return W(this.payload.classes ? n : Math.sqrt(n));
  }
  get lossName() {
    return this.payload.classes ? "Cross entropy" : "RMSE";
  }
  // Whom edits affect.
  /** How predictions of the chosen output moved since the page was opened. */
  affected(e) {
    const [t, n] = [this.predicted[this.chosen[0]], this.before[this.chosen[0]]], a = m4 * Math.max(Math.sqrt(Yr(n)), 1e-300), s = { rows: 0, change: 0, largest: 0 };
    for (const i of e ?? t.keys()) {
      const o = t[i] - n[i];
      Math.abs(o) <= a || (s.rows++, s.change += o, Math.abs(o) > Math.abs(s.largest) && (s.largest = o));
    }
    return s.rows && (s.change /= s.rows), s;
  }
  /** Rows by a column: its levels, the most frequent first, or quarters of its numbers. */
  groups(e) {
    const { levels: t } = this.payload.columns[e], n = this.columns[e], a = t ? (o) => t[o] ?? "missing" : v4(n), s = /* @__PURE__ */ new Map();
    n.forEach((o, l) => {
      const h = a(o);
      s.has(h) || s.set(h, []), s.get(h).push(l);
    });
    const i = [...s].map(([o, l]) => ({ name: o, rows: l }));
    return t ? (i.sort((o, l) => l.rows.length - o.rows.length), i.length <= jr ? i : [...i.slice(0, jr), { name: "others", rows: i.slice(jr).flatMap((o) => o.rows) }]) : i.sort((o, l) => +(o.name === "missing") - +(l.name === "missing") || n[o.rows[0]] - n[l.rows[0]]);
  }
}
function f4(r) {
  const e = ae(r.parts).data, t = new Float64Array(0), n = r.kind === "pair" ? t : ae(r.value).data, s = { at: r.kind === "curve" ? ae(r.at).data : t, value: n, missing: r.kind === "curve" ? r.missing : null, parts: e, edited: r.edited };
  return { payload: r, first: s, now: s };
}
function p4(r, e, t) {
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
function Yr(r) {
  const e = r.reduce((t, n) => t + n, 0) / r.length;
  return r.reduce((t, n) => t + (n - e) ** 2, 0) / r.length;
}
function v4(r) {
  const e = r.filter((a) => !Number.isNaN(a)).sort();
  if (!e.length) return () => "missing";
  const t = Array.from({ length: Bs + 1 }, (a, s) => e[Math.min(e.length - 1, Math.floor(s / Bs * e.length))]), n = [...new Set(t)];
  return (a) => {
    if (Number.isNaN(a)) return "missing";
    if (n.length < 2) return W(n[0]);
    const s = Math.min(n.length - 2, Math.max(0, n.findLastIndex((i) => i <= a)));
    return `${W(n[s])} to ${W(n[s + 1])}`;
  };
}
function g4(r, e) {
  let t;
  try {
    t = JSON.parse(r);
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (t?.edgewise_table_edits !== 1 || !Array.isArray(t.edits) || !t.edits.every(b4))
    throw new Error("This is no log of edits of a table that the explorer wrote.");
  if (!(JSON.stringify([t.columns, t.outputs]) === JSON.stringify([e.columns, e.outputs]))) throw new Error("This log is for another table.");
  return t;
}
const b4 = (r) => Array.isArray(r?.feature) && typeof r.action == "string" && typeof r.options == "object" && r.options !== null, go = "edgewise-tour";
function bo(r, e) {
  const t = k("button", { type: "button", click: () => l(0) }, y4() ? "Tour" : "Tour of 20 seconds"), n = k("p"), a = k("button", { type: "button" }), s = k("div", { class: "tour", role: "dialog", "aria-label": "Tour" }, n, k("div", { class: "row" }, a, k("button", { type: "button", click: () => h() }, "Close")));
  let i = 0;
  const o = () => e.filter(([m]) => r.querySelector(m)), l = (m) => {
    i = m, r.querySelector(".toured")?.classList.remove("toured");
    const f = o(), v = r.querySelector(f[m][0]);
    n.textContent = f[m][1], a.textContent = m + 1 < f.length ? `Next (${m + 1} of ${f.length})` : "Done", v.classList.add("toured"), v.prepend(s), s.scrollIntoView({ block: "center" }), a.focus({ preventScroll: !0 });
  }, h = () => {
    s.remove(), r.querySelector(".toured")?.classList.remove("toured"), w4(), t.textContent = "Tour", t.focus();
  };
  return a.addEventListener("click", () => i + 1 < o().length ? l(i + 1) : h()), s.addEventListener("keydown", (m) => m.key === "Escape" && h()), t;
}
function y4() {
  try {
    return localStorage.getItem(go) !== null;
  } catch {
    return !1;
  }
}
function w4() {
  try {
    localStorage.setItem(go, "1");
  } catch {
  }
}
const x4 = 12, k4 = [
  [".list", "These are the model's effects, the most important first. Choose one."],
  [".edge", "Drag a point of the curve, flatten a range, make it rise or fall, or set a level. The error at the top follows."],
  [".affected", "This says whose predictions an edit changes, and what it does to the error in every group."],
  [".log", "Every edit is written down with your name. Undo takes it back, and Python repeats it."]
];
function M4(r, e) {
  const t = new d4(e), n = k("p", { class: "live", role: "status", "aria-live": "polite" }), a = (s) => {
    n.textContent = s;
  };
  return t.listen((s) => (s === "edits" || s === "trial") && a("")), r.classList.add("edgewise"), r.replaceChildren(
    lo(t, e.title, uo(t.rows, e.rows), a, bo(r, k4)),
    k("div", { class: "main table" }, S4(t), A4(t, a)),
    k("div", { class: "more" }, N4(t), ho(t, a, B4, "model.replay(log)", E4(t))),
    n
  ), { session: t };
}
function S4(r) {
  const { payload: e } = r, t = k("ul", { class: "effects" });
  let n = !1;
  const a = () => {
    const [i, o] = r.chosen, l = r.effects[i], h = Math.max(...l.map((v) => v.payload.importance), 1e-300), m = n ? l : l.slice(0, x4), f = [...t.querySelectorAll("button")].indexOf(document.activeElement);
    t.replaceChildren(
      ...m.map(
        ({ payload: v, now: g }, x) => k(
          "li",
          {},
          k(
            "button",
            { type: "button", "aria-pressed": x === o ? "true" : "false", click: () => r.choose(i, x) },
            k("span", { class: "name" }, v.names.join(" × "), g.edited && k("span", { class: "soft" }, " edited")),
            k("i", { style: `width:${(100 * v.importance / h).toFixed(1)}%` })
          )
        )
      ),
      ...l.length > m.length ? [k("li", {}, k("button", { type: "button", click: () => (n = !0, a()) }, `${l.length - m.length} less important ones`))] : []
    ), f >= 0 && t.querySelectorAll("button")[f]?.focus();
  };
  r.listen((i) => (i === "edits" || i === "choice") && a()), a();
  const s = k("select", { "aria-label": "Target or class", change: () => r.choose(Number(s.value), 0) });
  return s.append(...e.output_names.map((i, o) => k("option", { value: o }, i))), z0("list", "Effects", ...e.output_names.length > 1 ? [s] : [], t);
}
function A4(r, e) {
  const t = new h4(r, e), n = k("h2"), a = k("div", { class: "tools" }), s = () => {
    n.textContent = r.effect.payload.names.join(" × "), a.replaceChildren(...T4(r, e));
  };
  return r.listen((i) => (i === "edits" || i === "choice") && s()), s(), t.draw(), k("section", { class: "panel edge", "aria-label": "Effect" }, n, t.element, a);
}
function T4(r, e) {
  const { payload: t, now: n } = r.effect, a = (f, v, g) => k("button", { type: "button", title: g, click: v }, f), s = (f, v) => {
    r.commit(f), e(`${v}. ${Se(r)}`);
  }, i = a("Flatten", () => s(r.make("flatten"), "Flattened"), "Takes the effect away");
  if (t.kind !== "curve") return [k("div", { class: "row" }, i)];
  const o = (f, v) => s(r.redraw(z4(r, f)), `Made ${v}`), l = k("input", { type: "number", step: "any", "aria-label": "From", value: Number(n.at[0].toPrecision(4)) }), h = k("input", { type: "number", step: "any", "aria-label": "To", value: Number(n.at[n.at.length - 1].toPrecision(4)) }), m = () => {
    const f = C4(r, Number(l.value), Number(h.value));
    f ? s(r.redraw(f), "Range flattened") : e("Expected a range that holds points of the curve.");
  };
  return [
    k(
      "div",
      { class: "row" },
      i,
      a("Make increasing", () => o(1, "increasing"), "The nearest increasing curve"),
      a("Make decreasing", () => o(-1, "decreasing"), "The nearest decreasing curve")
    ),
    k("div", { class: "row clip" }, k("span", {}, "From"), l, k("span", {}, "to"), h, a("Flatten this range", m, "The mean of its rows in the place of the curve"))
  ];
}
function yo(r) {
  const { payload: e, now: t } = r.effect, n = [...t.at].map(() => 0.1);
  for (const a of r.columns[e.columns[0]]) {
    if (Number.isNaN(a)) continue;
    let s = 0;
    t.at.forEach((i, o) => Math.abs(i - a) < Math.abs(t.at[s] - a) && (s = o)), n[s]++;
  }
  return n;
}
function z4(r, e) {
  const t = [...r.effect.now.value].map((n) => e * n);
  return ni(t, yo(r)).map((n) => e * n);
}
function C4(r, e, t) {
  const { at: n, value: a } = r.effect.now, s = yo(r);
  let [i, o] = [0, 0];
  return n.forEach((l, h) => {
    l < e || l > t || (i += s[h] * a[h], o += s[h]);
  }), o ? [...a].map((l, h) => n[h] >= e && n[h] <= t ? i / o : l) : null;
}
function N4(r) {
  const { payload: e } = r, t = k("p", { class: "told" }), n = k("tbody"), a = k("tr"), s = k("select", { "aria-label": "Groups by", change: () => i() });
  s.append(...e.columns.map((l, h) => k("option", { value: h }, l.name)));
  const i = () => {
    const l = r.affected();
    t.textContent = l.rows ? `${Xr(r, l.change)} on average for ${l.rows.toLocaleString("en")} of ${r.rows.toLocaleString("en")} rows, by ${Xr(r, l.largest)} at most.` : "No prediction has changed.";
    const [h, m] = [`${r.lossName} before`, "after"];
    a.replaceChildren(...["Group", "Rows", "Changed", "Mean change", h, m].map((f, v) => k("th", { scope: "col", class: v ? "number" : "" }, f))), n.replaceChildren(
      ...r.groups(Number(s.value)).map(({ name: f, rows: v }) => {
        const g = r.affected(v), x = [v.length.toLocaleString("en"), g.rows.toLocaleString("en"), g.rows ? Xr(r, g.change * g.rows / v.length) : "0", r.shownLoss(v, "before"), r.shownLoss(v, "now")];
        return k("tr", {}, k("th", { scope: "row" }, f), ...x.map((M) => k("td", { class: "number" }, M)));
      })
    );
  };
  r.listen(i), i();
  const o = k("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Groups" }, k("table", {}, k("thead", {}, a), n));
  return z0("affected", "Who is affected", t, k("label", {}, "Groups by ", s), o);
}
function Xr(r, e) {
  const t = r.payload.classes, n = W(t ? 100 * e : e);
  return `${e > 0 ? "+" : ""}${n}${t ? " points" : ""}`;
}
function E4(r) {
  const e = k("input", { type: "text", maxlength: 80, autocomplete: "off", input: () => {
    r.by = e.value.trim();
  } });
  return k("label", { class: "row" }, "Your name, for the log ", e);
}
function B4(r) {
  const e = r.feature.join(" × "), t = r.options.values, n = Array.isArray(t?.[0]) && t.length === 1 ? t[0] : null, a = r.action === "flatten" ? `Flattened ${e}` : n ? `Set ${e} ${n[0] ?? "missing"} to ${Ht(n[1])}` : `Drew ${e}`, s = r.before === null || r.after === null ? "" : `, loss ${W(r.before, 4)} → ${W(r.after, 4)}`;
  return `${a}${r.output === null ? "" : ` for ${r.output}`}${s}${r.by ? `, by ${r.by}` : ""}`;
}
const D4 = [
  [".network", "Every line is an edge with a curve of its own, and wide ones matter most. Blue adds, orange takes away. Drag the picture to move it; + and − zoom."],
  [".edge", "This is the edge that you chose. Drag a point of its curve and watch the error at the top, or fix a function on it."],
  [".formulas", "This is what the network computes. Name all edges, and it becomes a formula."],
  [".point", "Move a slider, and see what an input does to the outputs."],
  [".log", "Every edit is written down here. Undo takes it back, and Python repeats it."]
];
function wo(r, e) {
  return e.kind === "table" ? M4(r, e) : $4(r, e);
}
function $4(r, e) {
  const t = new u4(e), n = k("p", { class: "live", role: "status", "aria-live": "polite" }), a = (f) => n.textContent = f, s = new Ah(t), i = new fh(t, a), o = k("div", { class: "tip", "aria-hidden": "true" });
  o.hidden = !0, s.onHover = (f, v, g) => I4(t, s, o, f, v, g), s.onChoose = (f) => {
    t.choose(f), a(s.describe(f));
  }, t.listen((f) => {
    (f === "edits" || f === "trial") && a(""), f === "point" ? (s.refreshSignals(), s.startFlow()) : f === "edits" ? s.refreshCurves() : f === "trial" && t.trial?.do === "bend" ? s.refreshCurve(t.trial.edge) : f === "trial" ? s.refreshSignals() : s.draw();
  });
  const l = `${e.output_names.slice(0, 3).join(", ")}${e.output_names.length > 3 ? ", …" : ""}`, h = `KAN [${e.widths.join(", ")}], ${t.edges().length.toLocaleString("en")} edges, ${uo(t.rows.index.length, e.rows)}`;
  r.classList.add("edgewise"), r.replaceChildren(
    lo(t, l, h, a, bo(r, D4)),
    k(
      "div",
      { class: "main" },
      k("section", { class: "panel network", "aria-label": "Network" }, q4(t, s), k("div", { class: "stage" }, s.canvas, o)),
      i.element
    ),
    k("div", { class: "more" }, Dh(t, a), ...[$h(t, a) ?? []].flat(), Nh(t), Eh(t, a), Rh(t), ho(t, a, (f) => qh(t, f), "ew.explorer.apply_edits(model, log)")),
    n
  );
  const m = t.ranked().at(-1);
  return m && t.choose(m), { session: t, graph: s };
}
function q4(r, e) {
  const t = k("select", { "aria-label": "What edges show" }, k("option", { value: "signal" }, "Signal at the sliders"), k("option", { value: "importance" }, "Importance"));
  t.addEventListener("change", () => {
    e.mode = t.value, e.draw();
  });
  const n = (a, s, i) => k("button", { type: "button", "aria-label": s, title: s, click: i }, a);
  return k(
    "div",
    { class: "row graph-tools" },
    t,
    ...R4(r, e),
    k("span", { class: "key" }, k("i", { class: "plus" }), "adds", k("i", { class: "minus" }), "takes away"),
    k("span", { class: "zooms" }, n("+", "Zoom in", () => e.zoom(1.4)), n("−", "Zoom out", () => e.zoom(1 / 1.4)), n("Fit", "Fit all into view", () => e.fit()))
  );
}
function R4(r, e) {
  const { widths: t } = r.network, n = (l) => l.map((h, m) => k("option", { value: m }, h)), a = [Sn, 100, 1 / 0].filter((l) => l === 1 / 0 || l < Math.max(...t)), s = k("select", { "aria-label": "Which layers are drawn" }, ...n(["All layers", ...t.slice(1).map((l, h) => `Layer ${h}: ${t[h]} → ${l}`)])), i = k("select", { "aria-label": "How many nodes are drawn" }, ...n(a.map((l) => l === 1 / 0 ? "All nodes" : `The ${l} strongest nodes a layer`))), o = () => e.show(Number(s.value) ? Number(s.value) - 1 : null, e.isLarge ? a[Number(i.value)] : 1 / 0);
  for (const l of [s, i]) l.addEventListener("change", o);
  return [...t.length > 2 ? [s] : [], ...e.isLarge ? [i] : []];
}
function I4(r, e, t, n, a, s) {
  if (t.hidden = !n, !n) return;
  const i = JSON.stringify(n);
  (t.dataset.key !== i || r.trial) && (t.dataset.key = i, t.replaceChildren(..."edge" in n ? O4(r, n.edge) : F4(r, n.node)));
  const { clientWidth: o, clientHeight: l } = e.canvas;
  t.style.left = `${Math.max(4, Math.min(a + 14, o - t.offsetWidth - 4))}px`, t.style.top = `${s + 18 + t.offsetHeight > l ? Math.max(4, s - t.offsetHeight - 12) : s + 18}px`;
}
function O4(r, e) {
  return [
    k("strong", {}, it(r, e)),
    k("span", { class: "soft" }, ` importance ${W(r.score(e))}`),
    r1(r, e)
  ];
}
function F4(r, [e, t]) {
  const n = r.rows.levels[e][t], a = (m) => e === 0 ? r.toUnits(0, t, m) : e === r.network.layers.length ? r.outputUnits(t, m) : m, s = [n.reduce((m, f) => Math.min(m, f)), n.reduce((m, f) => Math.max(m, f))].map(a).sort((m, f) => m - f), i = a(n.reduce((m, f) => m + f, 0) / n.length), o = r.nodeScore(e, t), l = a(r.pointLevels[e][t][0]), h = [`importance ${W(o)}`, `from ${W(s[0])} to ${W(s[1])}, mean ${W(i)}`, `now ${W(l)}`];
  return [k("strong", {}, H0(r, e, t)), ...h.map((m) => k("div", { class: "soft" }, m)), L4(n, a)];
}
function L4(r, e) {
  const t = r.map(e), [n, a] = [t.reduce((o, l) => Math.min(o, l)), t.reduce((o, l) => Math.max(o, l))], s = new Array(28).fill(0);
  for (const o of t) s[a > n ? Math.min(27, Math.floor((o - n) / (a - n) * 28)) : 14]++;
  const i = Math.max(...s);
  return k("div", { class: "bars" }, ...s.map((o) => k("i", { style: `height:${(100 * o / i).toFixed(0)}%` })));
}
function H4({ model: r, el: e }) {
  const t = k("div");
  e.append(t);
  const n = wo(t, r.get("payload")).session;
  n.listen((a) => {
    a === "edits" && (r.set("log", n.log()), r.save_changes());
  }), r.on("change:log", () => {
    const a = JSON.stringify(r.get("log"));
    a !== JSON.stringify(n.log()) && n.load(a);
  });
}
const P4 = { render: H4 }, Kr = document.getElementById("edgewise-explorer"), Ds = document.getElementById("edgewise-payload");
if (Kr && Ds) {
  const r = wo(Kr, JSON.parse(Ds.textContent ?? ""));
  Object.assign(Kr, { explorer: r });
}
export {
  P4 as default
};
