package fluxion.conformance.budget;

import fluxion.api.DType;
import fluxion.conformance.Profile;
import fluxion.conformance.reference.Distance;
import fluxion.conformance.reference.Exact;
import fluxion.conformance.reference.Precise;
import fluxion.engine.spi.ExprOp;
import java.util.List;

/**
 * How far one operation on floats may be from the exact value.
 *
 * <p>Errors are in units in the last place of the exact value rounded to the dtype. NaN must meet
 * NaN and a zero one of its sign. A result that overflows counts as the first number beyond the
 * range.
 *
 * @param op the operation
 * @param dtype the dtype in which it computes: float32 or float64
 * @param profile whose budget it is
 * @param primary the ranges of the operands where {@code near} holds, one for each or none for all
 * @param near how many units are allowed there
 * @param far how many units are allowed elsewhere
 * @param floor the least size of a value whose unit counts: near a zero of the function an error of
 *     the units of this size is allowed
 */
public record Budget(
    ExprOp op,
    DType dtype,
    Profile profile,
    List<Interval> primary,
    double near,
    double far,
    double floor) {
  /** What is forgiven beyond the bounds, for the error of the exact value itself. */
  private static final double SLACK = 1e-9;

  /** Copies the ranges. */
  public Budget {
    primary = List.copyOf(primary);
  }

  /**
   * {@return how many units are allowed for some operands}
   *
   * @param args the operands
   */
  public double ulps(double... args) {
    for (int i = 0; i < primary.size(); i++) {
      if (!primary.get(i).contains(args[i])) {
        return far;
      }
    }
    return near;
  }

  /**
   * {@return how far a result is from the exact value, in the units that this budget counts}
   *
   * @param found the result
   * @param exact the exact value
   */
  public double error(double found, Precise exact) {
    double distance = Distance.ulps(found, exact, dtype);
    double size = Math.abs(exact.round(dtype));
    if (size >= floor || !Double.isFinite(distance)) {
      // a zero of the other sign is as near to a zero as the floor says
      return size < floor && found == 0 ? 0 : distance;
    }
    return distance * Distance.unit(size, dtype) / Distance.unit(floor, dtype);
  }

  /**
   * {@return whether a result is within the budget}
   *
   * <p>In profile basic a float32 below the least normal one in size, operand or result, may be
   * taken for a zero of its sign, as OpenCL C allows (section 7.3).
   *
   * @param found the result
   * @param order the order of a polygamma, else not read
   * @param args the operands
   */
  public boolean accepts(double found, int order, double... args) {
    Precise exact = Exact.evaluate(op, order, args);
    if (error(found, exact) <= ulps(args) + SLACK) {
      return true;
    }
    if (profile != Profile.BASIC || dtype != DType.FLOAT32) {
      return false;
    }
    double result = exact.round(dtype);
    if (isSubnormal(result) && found == 0) {
      return Double.compare(found, Math.copySign(0, result)) == 0;
    }
    double[] flushed = args.clone();
    boolean any = false;
    for (int i = 0; i < flushed.length; i++) {
      if (isSubnormal(flushed[i])) {
        flushed[i] = Math.copySign(0, flushed[i]);
        any = true;
      }
    }
    return any && error(found, Exact.evaluate(op, order, flushed)) <= ulps(args) + SLACK;
  }

  private static boolean isSubnormal(double value) {
    return value != 0 && Math.abs(value) < Float.MIN_NORMAL;
  }
}
