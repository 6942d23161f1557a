package fluxion.conformance.budget;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.conformance.Profile;
import fluxion.conformance.reference.Distance;
import fluxion.engine.spi.ExprOp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * All error budgets; {@code budgets.txt} says where they come from.
 *
 * <p>Bounds of sums and products of n numbers are those of N. J. Higham, "Accuracy and Stability of
 * Numerical Algorithms", 2nd edition, SIAM 2002: with u half a unit in the last place of 1 and γₕ =
 * h u/(1 − h u), a sum of products whose terms pass through at most h roundings each is off by at
 * most γₕ Σ|terms| (section 3.1), and a sum of n numbers in any order by at most γₕ Σ|numbers|, h
 * the height of the tree of additions, at most n − 1 (section 4.2).
 */
public final class Budgets {
  private static final String RESOURCE = "/fluxion/conformance/budgets.txt";

  private final BudgetTable table;

  private Budgets(BudgetTable table) {
    this.table = table;
  }

  /** Holds what the kit carries, read once. */
  private static final class Holder {
    static final Budgets BUDGETS = read();

    private static Budgets read() {
      try (InputStream in = Budgets.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new FormatException("the kit's resource " + RESOURCE + " is missing");
        }
        return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Holder() {}
  }

  /** {@return the budgets that the kit carries} */
  public static Budgets load() {
    return Holder.BUDGETS;
  }

  /**
   * {@return budgets in the form of the kit's table}
   *
   * @param text the table
   * @throws FormatException if it is malformed, with the line
   */
  public static Budgets parse(String text) {
    return new Budgets(BudgetTable.parse(text));
  }

  /**
   * {@return the budget of an operation on floats}
   *
   * @param op the operation
   * @param dtype float32 or float64
   * @param profile whose budget
   * @throws ArgumentException if the table has none: it is no operation whose value is a float
   */
  public Budget of(ExprOp op, DType dtype, Profile profile) {
    Budget budget = table.function(op, dtype, profile);
    if (budget == null) {
      throw new ArgumentException(
          "there is no error budget of '%s' in %s, profile %s"
              .formatted(op.shortName(), dtype.shortName(), profile));
    }
    return budget;
  }

  /**
   * {@return whether an operation has a budget}
   *
   * @param op the operation
   */
  public boolean has(ExprOp op) {
    return table.function(op, DType.FLOAT32, Profile.TIGHT) != null;
  }

  /**
   * {@return how far a sum may be from the exact one, if its terms are exact}
   *
   * @param n how many terms
   * @param size the sum of their sizes
   * @param dtype the dtype of the accumulator
   * @param profile whose budget
   */
  public double sum(long n, double size, DType dtype, Profile profile) {
    return bound("sum", n, size, dtype, profile) + least(dtype, profile);
  }

  /**
   * {@return how far a running sum may be from the exact one}
   *
   * @param n how many terms there are so far
   * @param size the sum of their sizes
   * @param dtype the dtype of the results
   * @param profile whose budget
   */
  public double scan(long n, double size, DType dtype, Profile profile) {
    return bound("scan", n, size, dtype, profile) + least(dtype, profile);
  }

  /**
   * {@return how far a sum of products may be from the exact one, as in a matrix product}
   *
   * @param n how many products
   * @param size the sum of their sizes
   * @param dtype the dtype of the accumulator
   * @param profile whose budget
   */
  public double dot(long n, double size, DType dtype, Profile profile) {
    // each product may underflow
    return bound("dot", n, size, dtype, profile) + (n + 1) * least(dtype, profile);
  }

  /**
   * {@return how far a product may be from the exact one, if neither it nor a part of it overflows
   * or underflows}
   *
   * @param n how many factors
   * @param size the size of the exact product
   * @param dtype the dtype of the accumulator
   * @param profile whose budget
   */
  public double product(long n, double size, DType dtype, Profile profile) {
    return bound("product", n, size, dtype, profile) + least(dtype, profile);
  }

  /**
   * {@return what a result may differ by when it is rounded once more}
   *
   * @param value the exact result
   * @param dtype the dtype to which it is rounded
   */
  public double rounding(double value, DType dtype) {
    return Distance.unit(value, dtype) / 2;
  }

  /** γₕ · size for the height of the tree that the table allows. */
  private double bound(String kind, long n, double size, DType dtype, Profile profile) {
    long block = table.block(kind, profile);
    double height = Math.min(n, block);
    if (n > block) {
      height += Math.ceil(Math.log((double) n / block) / Math.log(2)) + 1;
    }
    double share = height * Distance.unit(1, dtype) / 2;
    return share < 1 ? share / (1 - share) * size : Double.POSITIVE_INFINITY;
  }

  /** The error of a result that underflows. */
  private static double least(DType dtype, Profile profile) {
    boolean flushes = profile == Profile.BASIC && dtype == DType.FLOAT32;
    return flushes ? Float.MIN_NORMAL : Distance.unit(0, dtype);
  }

  /**
   * {@return how far the result of an operator may be from the reference's}
   *
   * @param operator the operator's name
   * @param dtype the dtype of the result
   * @param profile whose budget
   */
  public OperatorBudget operator(String operator, DType dtype, Profile profile) {
    if (!dtype.isFloatingPoint()) {
      return new OperatorBudget(0, 0, 0);
    }
    double[] units = table.operator(operator, profile);
    double unit = Distance.unit(1, dtype);
    return new OperatorBudget(units[0] * unit, units[1] * unit, units[2] * unit);
  }
}
