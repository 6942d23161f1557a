package fluxion.conformance.function;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.conformance.TensorFunction;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The time in which an operator can be called by its name. A provider that the engine found is
 * called as it is; another is handed over, and withdrawn at the end.
 */
final class Session implements AutoCloseable {
  /** How operators say that their result cannot be a view of an input that lies like this. */
  private static final String NO_VIEW = "not compatible with input tensor's size and stride";

  private final OperatorSubject subject;
  private final @Nullable Registration registration;

  /** The call that was made last, on any thread. */
  private volatile @Nullable Reproducer last;

  private Session(OperatorSubject subject, @Nullable Registration registration) {
    this.subject = subject;
    this.registration = registration;
  }

  static Session of(OperatorSubject subject) {
    if (subject.isInstalled()) {
      return new Session(subject, null);
    }
    Registration registration = Registration.of(subject.provider());
    if (!registration.refusal().isEmpty()) {
      registration.close();
      throw new AssertionError("the engine refuses the provider: " + registration.refusal());
    }
    return new Session(subject, registration);
  }

  OperatorSubject subject() {
    return subject;
  }

  /**
   * The samples; for an operator in place those whose result fits into the first tensor, or is a
   * view of it.
   */
  List<Arguments> samples() {
    return subject.isInPlace()
        ? subject.samples().stream().filter(this::fitsInPlace).toList()
        : subject.samples();
  }

  private boolean fitsInPlace(Arguments sample) {
    Operator functional = subject.counterpart().orElse(null);
    if (functional == null) {
      return true;
    }
    if (!(sample.values().getFirst() instanceof Tensor self)) {
      return false;
    }
    try {
      List<Tensor> results = named(functional.name(), sample, sample.tensors());
      return results.size() == 1
          && (results.getFirst().shape().equals(self.shape()) || givesView(sample))
          && results.getFirst().dtype() == self.dtype();
    } catch (FluxionException e) {
      return false;
    }
  }

  /** Whether an operator in place has a counterpart whose result is a view of its first tensor. */
  boolean givesView(Arguments sample) {
    Operator functional = subject.counterpart().orElse(null);
    if (functional == null) {
      return false;
    }
    List<Tensor> inputs = new ArrayList<>(copies(sample));
    Tensor self = inputs.getFirst().detach();
    inputs.set(0, self);
    Tensor result = named(functional.name(), sample, inputs).getFirst();
    if (!result.isView()) {
      return false;
    }
    long before = self.version();
    result.zero_();
    return self.version() > before;
  }

  /** The results; an operator in place works on a copy of its first tensor. */
  List<Tensor> call(Arguments sample, List<Tensor> tensors) {
    keep(sample, tensors);
    return unkept(sample, tensors);
  }

  private void keep(Arguments sample, List<Tensor> tensors) {
    Reproducer made = Reproducer.of(subject.name(), sample.with(tensors), Map.of());
    last = subject.isInPlace() ? made.onCopy() : made;
  }

  private List<Tensor> unkept(Arguments sample, List<Tensor> tensors) {
    if (!subject.isInPlace()) {
      return named(subject.name(), sample, tensors);
    }
    // a leaf that requires a gradient cannot be written to
    List<Tensor> copies = new ArrayList<>(tensors);
    copies.set(0, tensors.getFirst().clone());
    return named(subject.name(), sample, copies);
  }

  /** The results of the bare call. */
  List<Tensor> raw(Arguments sample, List<Tensor> tensors) {
    return bare(sample.with(tensors), Map.of());
  }

  /** The results of a call whose arguments may not fit. */
  List<Tensor> bare(List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    last = Reproducer.of(subject.name(), arguments, named);
    return Ops.callAll(subject.name(), arguments, named);
  }

  /** The call that was made last as a program in Java; empty if there was none. */
  String reproducer() {
    Reproducer made = last;
    return made == null ? "" : made.java();
  }

  /** The results of another operator on the same arguments. */
  static List<Tensor> named(String name, Arguments sample, List<Tensor> tensors) {
    return Ops.callAll(name, sample.with(tensors), Map.of());
  }

  /**
   * The operator as a function of the tensors among its arguments, the first of which it brings to
   * where the operator is meant to be called. Of the many calls that a check of gradients makes,
   * the first is at the point that it checks.
   */
  TensorFunction function(Arguments sample) {
    AtomicBoolean begun = new AtomicBoolean();
    return tensors -> {
      if (!begun.getAndSet(true)) {
        keep(sample, tensors);
      }
      return unkept(sample, constrained(tensors));
    };
  }

  private List<Tensor> constrained(List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      return tensors;
    }
    List<Tensor> all = new ArrayList<>(tensors);
    all.set(0, subject.operator().constrain(tensors.getFirst()));
    return all;
  }

  /** Whether the operator has a gradient there. */
  boolean isDifferentiable(Arguments sample) {
    return subject.operator().isDifferentiable()
        && sample.tensors().stream().anyMatch(Tensor::requiresGrad);
  }

  /**
   * Whether the operator refuses inputs that lie like this: it cannot make a view of them, or it
   * does not take their values, which are others where inputs are expanded.
   */
  boolean refusesLayout(Arguments sample, Arrangement arrangement) {
    List<Tensor> inputs = arranged(sample, arrangement);
    try {
      call(sample, inputs);
      return false;
    } catch (ShapeException e) {
      return String.valueOf(e.getMessage()).contains(NO_VIEW) || isRefusedAnyway(sample, inputs, e);
    } catch (FluxionException e) {
      return isRefusedAnyway(sample, inputs, e);
    } catch (RuntimeException | Error e) {
      // whoever asks goes on to call it, and sees this
      return false;
    }
  }

  /** Whether a call is refused in the same words where its inputs are contiguous. */
  private boolean isRefusedAnyway(Arguments sample, List<Tensor> inputs, FluxionException refusal) {
    try {
      call(sample, inputs.stream().map(Arrangement.CONTIGUOUS::of).toList());
      return false;
    } catch (FluxionException e) {
      return String.valueOf(e.getMessage()).equals(refusal.getMessage());
    }
  }

  /** Copies of a sample's tensors that lie in a certain way. */
  static List<Tensor> arranged(Arguments sample, Arrangement arrangement) {
    return sample.tensors().stream().map(arrangement::of).toList();
  }

  /** Contiguous copies of a sample's tensors. */
  static List<Tensor> copies(Arguments sample) {
    return arranged(sample, Arrangement.CONTIGUOUS);
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
  }
}
