// The functions of fluxion.engine.spi.ScalarMath, with its formulas: real is double where the
// device has it, else float.

//# real_fmod
real real_fmod(real a, real b) { return fmod(a, b); }

//# real_remainder real_fmod
real real_remainder(real a, real b) {
  const real r = real_fmod(a, b);
  return r != 0 && (b < 0) != (r < 0) ? r + b : r;
}

//# real_pow
real real_pow(real a, real b) {
  return a == 1 || (a == -1 && isinf(b)) ? (real)1 : pow(a, b);
}

//# real_atan2
real real_atan2(real a, real b) { return atan2(a, b); }

//# real_hypot
real real_hypot(real a, real b) { return hypot(a, b); }

//# real_sin
real real_sin(real x) { return sin(x); }

//# real_cos
real real_cos(real x) { return cos(x); }

//# real_tan
real real_tan(real x) { return tan(x); }

//# real_asin
real real_asin(real x) { return asin(x); }

//# real_acos
real real_acos(real x) { return acos(x); }

//# real_atan
real real_atan(real x) { return atan(x); }

//# real_asinh
real real_asinh(real x) {
  const real a = fabs(x);
  real r;
  if (a > (real)268435456) {
    r = log(a) + (real)0.6931471805599453;
  } else {
    const real square = a * a;
    r = log1p(a + square / (1 + sqrt(1 + square)));
  }
  return copysign(r, x);
}

//# real_acosh
real real_acosh(real x) {
  if (x > (real)268435456) {
    return log(x) + (real)0.6931471805599453;
  }
  const real t = x - 1;
  return t < 0 ? (real)NAN : log1p(t + sqrt(2 * t + t * t));
}

//# real_atanh
real real_atanh(real x) {
  const real a = fabs(x);
  return copysign((real)0.5 * log1p(2 * a / (1 - a)), x);
}

//# error_functions
// Taylor below 1; above a Chebyshev series of the scaled complement (Shepherd and Laframboise,
// Math. Comp. 36, 1981)
__constant real TAYLOR[20] = {
    1.1283791670955126,
    -0.3761263890318375,
    0.11283791670955126,
    -0.02686617064513125,
    0.005223977625442187,
    -0.0008548327023450852,
    0.00012055332981789664,
    -1.4925650358406252e-05,
    1.6462114365889246e-06,
    -1.6365844691234924e-07,
    1.4807192815879218e-08,
    -1.2290555301717926e-09,
    9.422759064650411e-11,
    -6.7113668551641105e-12,
    4.463224263286477e-13,
    -2.7835162072109215e-14,
    1.6342614095367152e-15,
    -9.063970842808672e-17,
    4.763348040515068e-18,
    -2.3784598852774293e-19,
};
__constant real CHEBYSHEV[30] = {
    2.3551578691348034,
    -0.004590054580646478,
    -0.08424913336651792,
    0.05920993999819189,
    -0.026658668435305753,
    0.009074997670705265,
    -0.002413163540417608,
    0.0004907758365258086,
    -6.916973302501207e-05,
    4.13902798607301e-06,
    7.74038306619849e-07,
    -2.1886401049234397e-07,
    1.076499946567091e-08,
    4.521959811218287e-09,
    -7.754400208831351e-10,
    -6.318088340886684e-11,
    2.86879501093067e-11,
    1.9455868545777347e-13,
    -9.65469674843344e-13,
    3.25254814814874e-14,
    3.3478119482868056e-14,
    -1.864562880419313e-15,
    -1.2507950530688648e-15,
    7.418235256624044e-17,
    5.068148904796111e-17,
    -2.2370566594359995e-18,
    -2.187342944303018e-18,
    2.6766327399258762e-20,
    9.736561401741451e-20,
    3.3214840905101302e-21,
};

real erf_series(real square) {
  real sum = 0;
  for (int n = 19; n >= 0; n--) {
    sum = sum * square + TAYLOR[n];
  }
  return sum;
}

real erfc_tail(real x) {
  if (x > 28) {
    return 0;
  }
  const real t = 2 * (x - (real)3.75) / (x + (real)3.75);
  real next = 0;
  real sum = 0;
  for (int n = 29; n > 0; n--) {
    const real before = sum;
    sum = t * sum - next + CHEBYSHEV[n];
    next = before;
  }
  const real g = t / 2 * sum - next + CHEBYSHEV[0] / 2;
  // the square in two parts, the first exact
  const real head = HEAD(x);
  return exp(-head * head) * exp((head - x) * (head + x)) * g / (1 + 2 * x);
}

//# real_erfc error_functions
real real_erfc(real x) {
  if (x != x) {
    return x;
  }
  if (x < (real)0.5) {
    return x > -1 ? 1 - x * erf_series(x * x) : 2 - erfc_tail(-x);
  }
  return erfc_tail(x);
}

//# real_erfinv real_erfc
real real_erfinv(real y) {
  const real a = fabs(y);
  if (!(a < 1)) {
    return a == 1 ? y * (real)INFINITY : (real)NAN;
  }
  if (a < (real)1e-9) {
    return y * (real)0.886226925452758;
  }
  const real l = log1p(-a * a);
  const real half_sum = 2 / ((real)3.141592653589793 * (real)0.147) + l / 2;
  real x = sqrt(sqrt(half_sum * half_sum - l / (real)0.147) - half_sum);
  for (int i = 0; i < 3; i++) {
    const real error =
        a > (real)0.5 ? (1 - a) - real_erfc(x)
        : (x < 1 ? x * erf_series(x * x) : 1 - erfc_tail(x)) - a;
    const real step = error / ((real)1.1283791670955126 * exp(-x * x));
    x -= step / (1 + x * step);
  }
  return copysign(x, y);
}

//# gamma_functions
__constant real ZETA[34] = {
    0.3224670334241132,
    -0.0673523010531981,
    0.020580808427784546,
    -0.007385551028673986,
    0.0028905103307415234,
    -0.001192753911703261,
    0.0005096695247430425,
    -0.00022315475845357939,
    9.945751278180853e-05,
    -4.492623673813314e-05,
    2.050721277567069e-05,
    -9.439488275268397e-06,
    4.374866789907488e-06,
    -2.039215753801366e-06,
    9.55141213040742e-07,
    -4.492469198764566e-07,
    2.1207184805554665e-07,
    -1.0043224823968099e-07,
    4.7698101693639804e-08,
    -2.2711094608943164e-08,
    1.0838659214896955e-08,
    -5.183475041970047e-09,
    2.4836745438024785e-09,
    -1.1921401405860912e-09,
    5.731367241678862e-10,
    -2.7595228851242334e-10,
    1.330476437424449e-10,
    -6.4229645638381e-11,
    3.1044247747322276e-11,
    -1.5021384080754142e-11,
    7.275974480239079e-12,
    -3.527742476575915e-12,
    1.711991790559618e-12,
    -8.315385841420285e-13,
};
__constant real BERNOULLI[12] = {
    0.16666666666666666,
    -0.03333333333333333,
    0.023809523809523808,
    -0.03333333333333333,
    0.07575757575757576,
    -0.2531135531135531,
    1.1666666666666667,
    -7.092156862745098,
    54.971177944862156,
    -529.1242424242424,
    6192.123188405797,
    -86580.25311355312,
};

// sines of multiples of pi, reduced exactly
real sin_pi(real x) { return sin((real)3.141592653589793 * (x - rint(x))); }

real cot_pi(real x) {
  const real r = x - rint(x);
  return sin((real)3.141592653589793 * ((real)0.5 - fabs(r))) / sin((real)3.141592653589793 * r);
}

//# real_lgamma gamma_functions
real lgamma_near_two(real s) {
  real sum = 0;
  for (int k = 33; k >= 0; k--) {
    sum = (sum + ZETA[k]) * s;
  }
  return s * (sum + (real)0.42278433509846713);
}

real lgamma_stirling(real x) {
  if (x > (real)1e17) {
    return x * (log(x) - 1);
  }
  const real square = 1 / (x * x);
  real sum = 0;
  for (int j = 8; j >= 1; j--) {
    sum = sum * square + BERNOULLI[j - 1] / (2 * j * (2 * j - 1));
  }
  return (x - (real)0.5) * (log(x) - 1) - (real)0.5 + (real)0.9189385332046727 + sum / x;
}

real lgamma_positive(real x) {
  if (x < (real)0.5) {
    return x < (real)1e-20 ? -log(x) : lgamma_near_two(x) - log1p(x) - log(x);
  }
  if (x <= (real)1.5) {
    const real s = x - 1;
    return lgamma_near_two(s) - log1p(s);
  }
  if (x >= 16) {
    return lgamma_stirling(x);
  }
  real product = 1;
  real y = x;
  while (y > (real)2.5) {
    y -= 1;
    product *= y;
  }
  return lgamma_near_two(y - 2) + log(product);
}

real real_lgamma(real x) {
  if (x != x) {
    return x;
  }
  if (x <= 0) {
    if (x == rint(x)) {
      return (real)INFINITY;
    }
    const real sine = fabs(sin_pi(x));
    return x > (real)-1e-20
        ? -log(-x)
        : log((real)3.141592653589793 / sine) - log(-x) - lgamma_positive(-x);
  }
  return lgamma_positive(x);
}

//# real_digamma gamma_functions
real digamma_positive(real x) {
  if (isinf(x)) {
    return x;
  }
  real shift = 0;
  real y = x;
  for (; y < 16; y += 1) {
    shift -= 1 / y;
  }
  const real square = 1 / (y * y);
  real sum = 0;
  for (int j = 8; j >= 1; j--) {
    sum = (sum + BERNOULLI[j - 1] / (2 * j)) * square;
  }
  return shift + log(y) - (real)0.5 / y - sum;
}

real real_digamma(real x) {
  if (x == 0) {
    return copysign((real)INFINITY, -x);
  }
  if (x < 0) {
    return x == rint(x)
        ? (real)NAN
        : digamma_positive(1 - x) - (real)3.141592653589793 * cot_pi(x);
  }
  return digamma_positive(x);
}

//# real_polygamma gamma_functions
// n! times the sum of 1/(x + k)^(n+1)
real zeta_sum(int order, real x) {
  real factorial = 1;
  for (int i = 2; i < order; i++) {
    factorial *= i;
  }
  const real full = factorial * order;
  real head = 0;
  real y = x;
  for (; y < 16 + order; y += 1) {
    head += full / pow(y, (real)(order + 1));
  }
  real ratio = 1;
  real sum = 1 + order / (2 * y);
  for (int j = 1; j <= 12; j++) {
    const int m = 2 * j;
    ratio *= (order + m - (real)2) / (m - 1) / y * ((order + m - (real)1) / m / y);
    sum += BERNOULLI[j - 1] * ratio;
  }
  return head + factorial * (pow(y, (real)-order) * sum);
}

// the derivative of that order of cot(pi x) as a polynomial in c = cot(pi x)
real cot_derivative(int order, real c) {
  real p[MOST_ORDER + 2];
  for (int i = 0; i < MOST_ORDER + 2; i++) {
    p[i] = i == 1;
  }
  for (int n = 0; n < order; n++) {
    real below = 0; // p[i - 1] before this step
    for (int i = 0; i <= n + 2; i++) {
      const real here = p[i];
      const real above = i <= n + 1 ? p[i + 1] : (real)0;
      p[i] = -(real)3.141592653589793 * (i + 1) * above
          - (real)3.141592653589793 * (i - 1) * below;
      below = here;
    }
  }
  real sum = 0;
  for (int i = order + 1; i >= 0; i--) {
    sum = sum * c + p[i];
  }
  return sum;
}

real real_polygamma(int order, real x) {
  const real sign = order % 2 == 0 ? -1 : 1;
  if (x != x) {
    return x;
  }
  if (x <= 0) {
    if (x == rint(x)) {
      return sign * (real)INFINITY;
    }
    const real derivative = cot_derivative(order, cot_pi(x));
    const real mirrored = sign * zeta_sum(order, 1 - x);
    return (order % 2 == 0 ? mirrored : -mirrored) - (real)3.141592653589793 * derivative;
  }
  return isinf(x) ? sign * (real)0 : sign * zeta_sum(order, x);
}
