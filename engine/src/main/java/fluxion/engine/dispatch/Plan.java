package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.tape.OpenDevice;
import java.util.ArrayList;
import java.util.List;
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

  /** What a gradient is computed from. */
  static final class Gradient {
    /** The function. */
    final Pointwise function;

    /** The inputs that it takes, in order: places of the function's own inputs. */
    final int[] inputs;

    /** Whether it takes the function's result, last. */
    final boolean takesResult;

    /** Whether it takes the cotangent, after the inputs. */
    final boolean takesCotangent;

    /** The runtime scalars that it takes: those of the function, then numbers given as inputs. */
    final int[] scalars;

    /** Whether it is the cotangent itself. */
    final boolean passesCotangent;

    /** The dtype of the gradient. */
    final DType dtype;

    Gradient(
        Pointwise function,
        int[] inputs,
        boolean takesResult,
        boolean takesCotangent,
        int[] scalars,
        boolean passesCotangent,
        DType dtype) {
      this.function = function;
      this.inputs = inputs;
      this.takesResult = takesResult;
      this.takesCotangent = takesCotangent;
      this.scalars = scalars;
      this.passesCotangent = passesCotangent;
      this.dtype = dtype;
    }
  }

  private record Compiled(OpenDevice device, CompiledKernel kernel) {}

  private final Definition definition;
  private final DType working;
  private final DType stored;
  private final @Nullable DType[] dtypes;
  private final int scalarCount;
  private final Kernel kernel;
  private final int[] kernelInputs;
  private final @Nullable Gradient[] gradients;
  private final boolean[] derived;
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
    this.derived = new boolean[dtypes.length];

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
    int used = 0;
    int[] places = new int[dtypes.length];
    for (int i = 0; i < dtypes.length; i++) {
      DType dtype = dtypes[i];
      if (dtype != null && result.inputsUsed().contains(INPUT + i)) {
        result = result.replace(Expr.input(INPUT + i, dtype), Expr.input(used, dtype));
        places[used++] = i;
      }
    }
    this.kernelInputs = java.util.Arrays.copyOf(places, used);
    this.kernel = Kernel.of(result);
  }

  private Expr[] scalars(DType compute) {
    Expr[] s = new Expr[scalarCount];
    for (int j = 0; j < s.length; j++) {
      s[j] = Expr.scalar(j, compute);
    }
    return s;
  }

  /** Whether this plan is for the given dtypes. */
  boolean fits(DType workingType, DType storedType, @Nullable Tensor[] tensors) {
    if (working != workingType || stored != storedType || tensors.length != dtypes.length) {
      return false;
    }
    for (int i = 0; i < dtypes.length; i++) {
      Tensor tensor = tensors[i];
      if (dtypes[i] != (tensor == null ? null : tensor.dtype())) {
        return false;
      }
    }
    return true;
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
    boolean anyNumber = false;
    for (Scalar number : numbers) {
      anyNumber |= number != null;
    }
    if (!anyNumber) {
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
  synchronized @Nullable Gradient gradient(int input) {
    if (!derived[input]) {
      gradients[input] = derive(input);
      derived[input] = true;
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
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (gradient.inputsUsed().contains(INPUT + i)) {
        inputs.add(i);
      }
    }
    boolean takesResult = gradient.inputsUsed().contains(INPUT + n + 1);
    boolean takesCotangent = gradient.inputsUsed().contains(INPUT + n);
    List<Integer> places = new ArrayList<>();
    inputs.forEach(i -> places.add(INPUT + i));
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
    int[] scalarPlaces = scalars.stream().mapToInt(j -> j).toArray();
    Pointwise function =
        new Pointwise(
            new DerivedGradient(
                definition.name(),
                working,
                dtype,
                gradient,
                places.stream().mapToInt(p -> p).toArray(),
                scalarPlaces));
    return new Gradient(
        function,
        inputs.stream().mapToInt(i -> i).toArray(),
        takesResult,
        takesCotangent,
        scalarPlaces,
        gradient == g,
        dtype);
  }
}
