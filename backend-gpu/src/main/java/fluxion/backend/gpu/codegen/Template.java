package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A source that is written by hand for any dtypes: a file of {@code kernels/} behind definitions.
 *
 * <p>A dtype under the name {@code X} defines {@code X_MEM} and {@code X_REG}, its types in memory
 * and in registers; {@code X_LOAD(p, i)} and {@code X_STORE(p, i, v)}; and {@code X_NAN(v)}.
 */
public final class Template {
  private final Dialect dialect;
  private final boolean wide;
  private final String file;
  private final StringBuilder definitions = new StringBuilder();
  private final Set<String> parts = new LinkedHashSet<>();

  /**
   * Begins a source.
   *
   * @param file the file
   * @param dialect what it is written for
   * @param wide whether places may be beyond 2³¹
   */
  public Template(String file, Dialect dialect, boolean wide) {
    this.file = file;
    this.dialect = dialect;
    this.wide = wide;
    define("CHUNKED", dialect.chunked() ? "1" : "0");
  }

  /**
   * Defines a name.
   *
   * @param name the name, with parameters if it has any
   * @param text what it stands for
   * @return this
   */
  public Template define(String name, String text) {
    definitions.append("#define ").append(name).append(' ').append(text).append('\n');
    return this;
  }

  /**
   * Defines a dtype.
   *
   * @param name the name
   * @param dtype the dtype
   * @return this
   */
  public Template type(String name, DType dtype) {
    define(name + "_MEM", CTypes.memory(dtype));
    define(name + "_REG", CTypes.register(dtype));
    define(name + "_LOAD(p, i)", CTypes.load(dtype, "(p)[i]", parts));
    define(name + "_STORE(p, i, v)", "(p)[i] = " + CTypes.store(dtype, "(v)", parts));
    return define(name + "_NAN(v)", dtype.isFloatingPoint() ? "((v) != (v))" : "0");
  }

  /**
   * Defines {@code name(a, b)}: two registers combined.
   *
   * @param name the name
   * @param kind how
   * @param dtype their dtype
   * @return this
   */
  public Template combine(String name, Reduction.Kind kind, DType dtype) {
    return define(name + "(a, b)", "(" + Folds.combine(kind, dtype, "(a)", "(b)", parts) + ")");
  }

  /**
   * Defines the neutral element of a fold.
   *
   * @param name the name
   * @param kind how elements combine
   * @param dtype their dtype
   * @return this
   */
  public Template neutral(String name, Reduction.Kind kind, DType dtype) {
    return define(name, Folds.neutral(kind, dtype));
  }

  /**
   * Defines {@code name(v)}: a register converted.
   *
   * @param name the name
   * @param from its dtype
   * @param to the other dtype
   * @return this
   */
  public Template cast(String name, DType from, DType to) {
    return define(name + "(v)", "(" + Casts.cast(from, to, "(v)", parts) + ")");
  }

  /** {@return the source} */
  public String text() {
    return dialect.head(wide, 0)
        + "\n"
        + Parts.text(parts)
        + "\n"
        + definitions
        + "\n"
        + Parts.file(file);
  }
}
