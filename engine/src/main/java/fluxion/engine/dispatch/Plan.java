package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.tape.OpenDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pointwise function at given dtypes: its kernel, and the functions that are its gradients.
 *
 * <p>Places are numbered: inputs from {@link #INPUT}, then the cotangent and the result; so are
 * runtime scalars. The numbers are large so that a substitution never meets the small ones of a
 * kernel.
 */
final class Plan {
  private static final int INPUT = 1 << 16;

  private record Compiled(OpenDevice device, CompiledKernel kernel) {}

  private final Definition definition;
  private final DType working;
  private final DType stored;
  private final @Nullable DType[] dtypes;
  private final int scalarCount;
  private final Kernel kernel;
  private final int[] kernelInputs;
  private final boolean takesNumbers;
  private final @Nullable Gradient[] gradients;

  /** A bit for each input whose gradient has been derived. */
  private volatile long derived;

  private volatile @Nullable Compiled compiled;

  /**
   * Makes a plan.
   *
   * @param definition what is computed
   * @param working the dtype in which the result is counted
   * @param stored the dtype of the result
   * @param dtypes the inputs' dtypes, null for a number
   * @param scalarCount the number of runtime scalars
   */
  Plan(
      Definition definition,
      DType working,
      DType stored,
      @Nullable DType[] dtypes,
      int scalarCount) {
    this.definition = definition;
    this.working = working;
    this.stored = stored;
    this.dtypes = dtypes;
    this.scalarCount = scalarCount;
    this.gradients = new @Nullable Gradient[dtypes.length];
    DType compute = working.computeType();
    Expr[] x = new Expr[dtypes.length];
    for (int i = 0; i < x.length; i++) {
      DType dtype = dtypes[i];
      x[i] =
          dtype == null
              ? Expr.scalar(scalarCount + i, compute)
              : Expr.input(INPUT + i, dtype).cast(compute);
    }
    Expr result = definition.build(x, scalars(compute)).cast(definition.result(working));
    result = result.cast(stored);
    // Only the inputs that the formula mentions become the kernel's.
    Set<Integer> mentioned = result.inputsUsed();
    int used = 0;
    int[] places = new int[dtypes.length];
    for (int i = 0; i < dtypes.length; i++) {
      DType dtype = dtypes[i];
      if (dtype != null && mentioned.contains(INPUT + i)) {
        result = result.replace(Expr.input(INPUT + i, dtype), Expr.input(used, dtype));
        places[used++] = i;
      }
    }
    this.kernelInputs = Arrays.copyOf(places, used);
    this.kernel = Kernel.of(result);
    this.takesNumbers = Arrays.asList(dtypes).contains(null);
  }

  private Expr[] scalars(DType compute) {
    Expr[] s = new Expr[scalarCount];
    for (int j = 0; j < s.length; j++) {
      s[j] = Expr.scalar(j, compute);
    }
    return s;
  }

  /** Whether this plan is for the given dtypes. */
  boolean fits(DType workingType, DType storedType, @Nullable DType[] inputs) {
    return working == workingType && stored == storedType && Arrays.equals(dtypes, inputs);
  }

  String nodeName() {
    return definition.nodeName();
  }

  int inputs() {
    return dtypes.length;
  }

  DType stored() {
    return stored;
  }

  int[] kernelInputs() {
    return kernelInputs;
  }

  /** The kernel as a device compiled it; the last device's is kept. */
  CompiledKernel compiled(OpenDevice device) {
    Compiled known = compiled;
    if (known == null || known.device != device) {
      known = new Compiled(device, device.compile(kernel));
      compiled = known;
    }
    return known.kernel;
  }

  /** The kernel's runtime scalars: the function's, then the numbers given as inputs. */
  Scalar[] launchScalars(@Nullable Scalar[] numbers, Scalar[] scalars) {
    if (!takesNumbers) {
      return scalars;
    }
    Scalar[] all = new Scalar[scalarCount + numbers.length];
    System.arraycopy(scalars, 0, all, 0, scalarCount);
    for (int i = 0; i < numbers.length; i++) {
      Scalar number = numbers[i];
      all[scalarCount + i] = number == null ? ZERO : number;
    }
    return all;
  }

  private static final Scalar ZERO = Scalar.of(0);

  /** The gradient of an input, or null for a number. */
  @Nullable Gradient gradient(int input) {
    return (derived >> input & 1) != 0 ? gradients[input] : deriveOnce(input);
  }

  private synchronized @Nullable Gradient deriveOnce(int input) {
    if ((derived >> input & 1) == 0) {
      gradients[input] = derive(input);
      derived |= 1L << input;
    }
    return gradients[input];
  }

  private @Nullable Gradient derive(int input) {
    DType compute = working.computeType();
    int n = dtypes.length;
    Expr[] x = new Expr[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          dtypes[i] == null
              ? Expr.scalar(scalarCount + i, compute)
              : Expr.input(INPUT + i, compute);
    }
    Expr g = Expr.input(INPUT + n, compute);
    Expr out = Expr.input(INPUT + n + 1, compute);
    Expr gradient = definition.gradient(input, x, scalars(compute), out, g);
    DType dtype = dtypes[input];
    if (dtype == null) {
      return null;
    }
    if (gradient == null) {
      // As in PyTorch a gradient that is zero everywhere is zeros, not absent.
      gradient = Expr.literal(compute, 0.0);
    }
    Set<Integer> mentioned = gradient.inputsUsed();
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (mentioned.contains(INPUT + i)) {
        inputs.add(i);
      }
    }
    boolean takesResult = mentioned.contains(INPUT + n + 1);
    boolean takesCotangent = mentioned.contains(INPUT + n);
    List<Integer> places = new ArrayList<>();
    for (int i : inputs) {
      places.add(INPUT + i);
    }
    if (takesCotangent) {
      places.add(INPUT + n);
    }
    if (takesResult) {
      places.add(INPUT + n + 1);
    }
    List<Integer> scalars = new ArrayList<>();
    for (int j = 0; j < scalarCount + n; j++) {
      if (gradient.mentions(Expr.scalar(j, compute))) {
        scalars.add(j);
      }
    }
    int[] scalarPlaces = toArray(scalars);
    Pointwise function =
        new Pointwise(
            new DerivedGradient(
                definition.name(), working, dtype, gradient, toArray(places), scalarPlaces));
    return new Gradient(
        function,
        toArray(inputs),
        takesResult,
        takesCotangent,
        scalarPlaces,
        gradient == g,
        dtype,
        n);
  }

  private static int[] toArray(List<Integer> numbers) {
    int[] array = new int[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }
}
