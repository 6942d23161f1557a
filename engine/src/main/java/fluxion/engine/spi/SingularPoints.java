package fluxion.engine.spi;

import fluxion.api.Tensor;
import fluxion.engine.spi.Operator.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The points at which operators usually have no derivative, for {@link Operator#singularAt}. What
 * is so close to one that finite differences see it from there counts as one.
 */
public final class SingularPoints {
  /** How far finite differences see. */
  private static final double REACH = 5e-4;

  /** Elements that are nearly equal are rarely those that compete, so less is left out here. */
  private static final double TIE = 1e-4;

  private SingularPoints() {}

  /**
   * {@return where some element of a floating-point tensor has one of these values}
   *
   * @param values the values
   */
  public static Predicate<Sample> at(double... values) {
    double[] all = values.clone();
    return sample -> elements(sample).stream().anyMatch(elements -> touch(elements, all, REACH));
  }

  /** {@return where two elements of one floating-point tensor are equal} */
  public static Predicate<Sample> ties() {
    return ties(TIE);
  }

  /**
   * {@return where two elements of one floating-point tensor are equal}
   *
   * @param within how far apart elements count as equal; in a large tensor, of which few compete
   *     with each other, less than differences see
   */
  public static Predicate<Sample> ties(double within) {
    return sample -> elements(sample).stream().anyMatch(elements -> tie(elements, within));
  }

  /** {@return where an element of a floating-point tensor is 0, or two have equal magnitudes} */
  public static Predicate<Sample> magnitudes() {
    return at(0)
        .or(
            sample ->
                elements(sample).stream()
                    .map(elements -> Arrays.stream(elements).map(Math::abs).toArray())
                    .anyMatch(elements -> tie(elements, TIE)));
  }

  /** {@return where an element of one floating-point tensor is equal to one of another} */
  public static Predicate<Sample> meetings() {
    return sample -> {
      List<double[]> all = elements(sample);
      for (int i = 0; i < all.size(); i++) {
        for (int j = i + 1; j < all.size(); j++) {
          if (touch(all.get(i), all.get(j), REACH)) {
            return true;
          }
        }
      }
      return false;
    };
  }

  private static boolean touch(double[] elements, double[] others, double reach) {
    for (double element : elements) {
      for (double other : others) {
        if (Math.abs(element - other) < reach) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean tie(double[] elements, double within) {
    double[] sorted = elements.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] - sorted[i - 1] < within) {
        return true;
      }
    }
    return false;
  }

  /** The elements of each floating-point tensor among the arguments. */
  private static List<double[]> elements(Sample sample) {
    List<double[]> all = new ArrayList<>();
    for (Object argument : sample.arguments()) {
      add(argument, all);
    }
    return all;
  }

  private static void add(@Nullable Object argument, List<double[]> all) {
    if (argument instanceof Tensor tensor && tensor.dtype().isFloatingPoint()) {
      all.add(tensor.toDoubleArray());
    } else if (argument instanceof List<?> list) {
      list.forEach(item -> add(item, all));
    }
  }
}
