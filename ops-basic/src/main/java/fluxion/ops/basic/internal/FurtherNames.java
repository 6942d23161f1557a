package fluxion.ops.basic.internal;

import fluxion.engine.spi.Catalogue;

/** The further names that PyTorch has for operators of this module. */
final class FurtherNames {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      t.aliasBoth("absolute", "abs");
      t.aliasBoth("negative", "neg");
      t.aliasBoth("multiply", "mul");
      t.aliasBoth("subtract", "sub");
      t.aliasBoth("divide", "div");
      t.aliasBoth("arccos", "acos");
      t.aliasBoth("arccosh", "acosh");
      t.aliasBoth("arcsin", "asin");
      t.aliasBoth("arcsinh", "asinh");
      t.aliasBoth("arctan", "atan");
      t.aliasBoth("arctanh", "atanh");
      t.aliasBoth("arctan2", "atan2");
      t.aliasBoth("clip", "clamp");
      t.aliasBoth("fix", "trunc");
      t.aliasBoth("greater", "gt");
      t.aliasBoth("greater_equal", "ge");
      t.aliasBoth("less", "lt");
      t.aliasBoth("less_equal", "le");
      t.aliasBoth("not_equal", "ne");
      t.alias("special_digamma", "digamma");
      t.alias("special_psi", "digamma");
      t.alias("special_gammaln", "lgamma");
      t.alias("special_polygamma", "polygamma");
      t.alias("special_multigammaln", "mvlgamma");
      t.alias("special_erf", "erf");
      t.alias("special_erfc", "erfc");
      t.alias("special_erfinv", "erfinv");
      t.alias("special_exp2", "exp2");
      t.alias("special_expm1", "expm1");
      t.alias("special_log1p", "log1p");
      t.alias("special_logit", "logit");
      t.alias("special_logsumexp", "logsumexp");
      t.alias("special_round", "round");
      t.alias("special_sinc", "sinc");
      t.alias("special_xlogy", "xlogy");
    }
  }

  private FurtherNames() {}
}
