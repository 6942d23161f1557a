package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.NotRun;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.DeviceProperties;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/** One case's use of a device: what it allocates is given back at its end. */
final class Bench implements AutoCloseable {
  private static final Scalar[] NO_SCALARS = {};

  private final Backend backend;
  private final List<Buffer> buffers = new ArrayList<>();
  private final Journal journal = new Journal();

  Bench(Backend backend) {
    this.backend = backend;
  }

  Backend backend() {
    return backend;
  }

  DeviceProperties properties() {
    return backend.properties();
  }

  /** Ends the case as unsupported if the device cannot store and compute a dtype. */
  void require(DType dtype) {
    DeviceProperties properties = properties();
    if (!properties.storageTypes().contains(dtype)) {
      throw NotRun.unsupported(
          "the device '" + properties.device() + "' does not store " + dtype.shortName());
    }
    if (!properties.computeTypes().contains(dtype.computeType())) {
      throw NotRun.unsupported(
          "the device '"
              + properties.device()
              + "' does not compute in "
              + dtype.computeType().shortName());
    }
  }

  /** Whether the device stores and computes a dtype. */
  boolean has(DType dtype) {
    return properties().storageTypes().contains(dtype)
        && properties().computeTypes().contains(dtype.computeType());
  }

  /** Memory of zeros. */
  Buffer allocate(DType dtype, long elements) {
    require(dtype);
    return keep(backend.allocate(dtype, elements));
  }

  /** Has a buffer given back at the end. */
  Buffer keep(Buffer buffer) {
    buffers.add(buffer);
    return buffer;
  }

  /** Places values that are to be read. */
  Window input(Values values, Placement placement) {
    Window placed = Window.input(this, values, placement);
    journal.read(values, placed.operand(), placement.words());
    return placed;
  }

  /** Places values that are to be read, one after another. */
  Window input(Values values) {
    return input(values, Placement.CONTIGUOUS);
  }

  /** Makes a window that is to be written. */
  Window output(DType dtype, Shape shape, Placement placement) {
    Window placed = Window.output(this, dtype, shape, placement);
    journal.written(placed.operand());
    return placed;
  }

  /** Makes a window that is to be written, of elements one after another. */
  Window output(DType dtype, Shape shape) {
    return output(dtype, shape, Placement.CONTIGUOUS);
  }

  /** The first output of a kernel for contiguous inputs. */
  Values pointwise(Kernel kernel, Values... inputs) {
    return pointwise(kernel, NO_SCALARS, inputs);
  }

  /** The first output of a kernel for contiguous inputs. */
  Values pointwise(Kernel kernel, Scalar[] scalars, Values... inputs) {
    Window[] placed = new Window[inputs.length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = input(inputs[i]);
    }
    Window result = output(kernel.output(0).type(), inputs[0].shape());
    launch(kernel, new Window[] {result}, placed, scalars);
    return result.read(this);
  }

  /** Compiles and launches a kernel. */
  void launch(Kernel kernel, Window[] outputs, Window[] inputs, Scalar... scalars) {
    for (Window output : outputs) {
      require(output.operand().dtype());
    }
    CompiledKernel compiled = compile(kernel);
    backend.launch(compiled, Window.operands(outputs), Window.operands(inputs), scalars);
  }

  /** Compiles a kernel. */
  CompiledKernel compile(Kernel kernel) {
    journal.compiled(kernel);
    CompiledKernel compiled = backend.compile(kernel);
    if (compiled == null) {
      throw new AssertionError("compile gave null for the kernel " + kernel);
    }
    return compiled;
  }

  /** What a call throws, at once or when the device is next waited for; it must throw. */
  <X extends FluxionException> X refusal(Class<X> kind, String what, Runnable call) {
    Throwable thrown;
    try {
      call.run();
      backend.synchronize();
      thrown = null;
    } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError e) {
      thrown = e;
    }
    if (thrown == null) {
      throw new AssertionError(what + " was not refused; expected " + kind.getSimpleName());
    }
    if (!kind.isInstance(thrown)) {
      throw new AssertionError(
          what + " gave " + thrown + "; expected " + kind.getSimpleName() + " with a message",
          thrown);
    }
    return kind.cast(thrown);
  }

  /** Fails unless a message has all of some words. */
  static void requireWords(Throwable refusal, String... words) {
    String message = String.valueOf(refusal.getMessage());
    for (String word : words) {
      if (!message.contains(word)) {
        throw new AssertionError(
            "the message of "
                + refusal.getClass().getSimpleName()
                + " does not say '"
                + word
                + "': "
                + message);
      }
    }
  }

  /** What was placed last, as Java arrays. */
  String reproducer() {
    return journal.java();
  }

  /** Has each buffer given back; a device that is lost keeps them. */
  @Override
  public void close() {
    for (Buffer buffer : buffers) {
      try {
        backend.free(buffer);
      } catch (DeviceException e) {
        return;
      }
    }
  }

  /** A dense window onto a buffer. */
  static Operand dense(Buffer buffer, long... sizes) {
    Shape shape = Shape.of(sizes);
    return new Operand(buffer, shape, shape.contiguousStrides(), 0);
  }
}
