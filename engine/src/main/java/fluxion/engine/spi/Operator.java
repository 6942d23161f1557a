package fluxion.engine.spi;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a provider brings: a name, the signatures under which it can be called, and samples on which
 * tools may try it.
 *
 * <p>Instances are immutable; the methods that add something give changed copies.
 */
public final class Operator {
  /**
   * One way to call an operator.
   *
   * @param <F> the functional interface of the call
   * @param signature how it is written by name
   * @param call the functional interface; an operator has one overload for each
   * @param implementation what is called
   */
  public record Overload<F>(Signature signature, Class<F> call, F implementation) {}

  /**
   * Sample arguments for tools: the positional arguments of one call.
   *
   * @param arguments as for {@link fluxion.api.Ops#call}
   */
  public record Sample(List<? extends @Nullable Object> arguments) {}

  private record Details(
      List<Overload<?>> overloads,
      boolean differentiable,
      boolean flat,
      Trials trials,
      @Nullable PointwiseFunction pointwise,
      @Nullable String aliasOf) {

    Details withOverloads(List<Overload<?>> changed) {
      return new Details(List.copyOf(changed), differentiable, flat, trials, pointwise, aliasOf);
    }

    Details notDifferentiable() {
      return new Details(overloads, false, flat, trials, pointwise, aliasOf);
    }

    Details flattened() {
      return new Details(overloads, differentiable, true, trials, pointwise, aliasOf);
    }

    Details withTrials(Trials changed) {
      return new Details(overloads, differentiable, flat, changed, pointwise, aliasOf);
    }

    Details withPointwise(PointwiseFunction function) {
      return new Details(overloads, differentiable, flat, trials, function, aliasOf);
    }

    Details withAliasOf(String original) {
      return new Details(overloads, differentiable, flat, trials, pointwise, original);
    }
  }

  /** What tools are told that try the operator. */
  private record Trials(
      Function<SampleSource, List<Sample>> samples,
      @Nullable UnaryOperator<Tensor> constraint,
      @Nullable Predicate<Sample> singular) {}

  private static final Details NOTHING =
      new Details(List.of(), true, false, new Trials(new NoSamples(), null, null), null, null);

  private final String name;

  /** Puts the operator together when its details are first asked for; null where they are there. */
  private final @Nullable Catalogue catalogue;

  private volatile @Nullable Details details;

  private Operator(String name, Details details) {
    this.name = name;
    this.catalogue = null;
    this.details = details;
  }

  /** An operator that is put together when it is first asked for more than its name. */
  Operator(String name, Catalogue catalogue) {
    this.name = name;
    this.catalogue = catalogue;
  }

  /** What puts the operator together when it is asked for; null where that is done. */
  @Nullable Catalogue catalogue() {
    return catalogue;
  }

  private Details details() {
    Details known = details;
    if (known == null) {
      known = Objects.requireNonNull(catalogue).make(name).details();
      details = known;
    }
    return known;
  }

  /**
   * {@return an operator without overloads yet}
   *
   * @param name its name; in-place forms end in an underscore and are operators of their own. A
   *     third party's may have a namespace, as in {@code acme:swish}: plain names are the standard
   *     set's
   */
  public static Operator named(String name) {
    return new Operator(name, NOTHING);
  }

  /**
   * {@return an operator of one tensor, given by a pointwise function}
   *
   * @param function the function
   */
  public static Operator unary(PointwiseFunction function) {
    return named(function.name())
        .pointwise(function)
        .overload("(Tensor self)", Call.Unary.class, function::call);
  }

  /**
   * {@return an operator of two tensors, or a tensor and a number, given by a pointwise function}
   *
   * @param function the function
   */
  public static Operator binary(PointwiseFunction function) {
    return named(function.name())
        .pointwise(function)
        .overload("(Tensor self, Tensor other)", Call.Binary.class, function::call)
        .overload("(Tensor self, Scalar other)", Call.BinaryScalar.class, function::callScalar);
  }

  /**
   * {@return the in-place form of an operator of one tensor}
   *
   * @param function the function
   */
  public static Operator unaryInPlace(PointwiseFunction function) {
    return named(function.name().concat("_"))
        .pointwise(function)
        .overload("(Tensor self)", Call.Unary.class, function::callInPlace);
  }

  /**
   * {@return the in-place form of an operator of two tensors, or a tensor and a number}
   *
   * @param function the function
   */
  public static Operator binaryInPlace(PointwiseFunction function) {
    return named(function.name().concat("_"))
        .pointwise(function)
        .overload("(Tensor self, Tensor other)", Call.Binary.class, function::callInPlace)
        .overload(
            "(Tensor self, Scalar other)", Call.BinaryScalar.class, function::callInPlaceScalar);
  }

  /**
   * {@return this operator with one more way to call it}
   *
   * @param <F> the functional interface of the call
   * @param parameters its parameters as PyTorch writes them, in parentheses: {@code (Tensor self,
   *     Scalar? min=None)}
   * @param call the functional interface, with one method whose parameters are these in order
   * @param implementation what is called
   */
  public <F> Operator overload(String parameters, Class<F> call, F implementation) {
    Details before = details();
    List<Overload<?>> more = new ArrayList<>(before.overloads());
    for (Overload<?> overload : before.overloads()) {
      if (overload.call() == call) {
        throw new IllegalArgumentException(
            "operator '" + name + "' has two overloads with " + call.getName());
      }
    }
    more.add(new Overload<>(Signature.parse(name.concat(parameters)), call, implementation));
    return new Operator(name, before.withOverloads(more));
  }

  /** {@return this operator, whose results never require a gradient} */
  public Operator notDifferentiable() {
    return new Operator(name, details().notDifferentiable());
  }

  /** {@return this operator, whose derivatives are zero wherever they exist, as those of a sign} */
  public Operator flat() {
    return new Operator(name, details().flattened());
  }

  /**
   * {@return this operator, said to compute a pointwise function: for tools that show the formula}
   *
   * @param function the function
   */
  public Operator pointwise(PointwiseFunction function) {
    return new Operator(name, details().withPointwise(function));
  }

  /**
   * {@return this operator with sample arguments}
   *
   * <p>The tensors that the source makes are float64 and require gradients; tools check derivatives
   * there, so the samples keep away from kinks and poles.
   *
   * @param changed makes the samples
   */
  public Operator samples(Function<SampleSource, List<Sample>> changed) {
    Trials before = details().trials();
    return new Operator(
        name, details().withTrials(new Trials(changed, before.constraint(), before.singular())));
  }

  /**
   * {@return this operator, whose first tensor is meant to have a property, as matrices that of
   * being symmetric}
   *
   * <p>Its gradient is the one along tensors that have the property; a tool that compares
   * derivatives with differences moves along them, too.
   *
   * @param onto gives tensors the property, in operations that have gradients, and leaves those as
   *     they are that have it
   */
  public Operator constrained(UnaryOperator<Tensor> onto) {
    Trials before = details().trials();
    return new Operator(
        name, details().withTrials(new Trials(before.samples(), onto, before.singular())));
  }

  /**
   * {@return this operator, which has no derivative at some points, such as a kink, a tie or a
   * pole}
   *
   * <p>Tools that compare derivatives with differences at random points leave these out, and
   * nothing else. What is so left out should be rare: tools refuse a declaration that more than one
   * in twenty random points meets. {@link SingularPoints} has the usual ones.
   *
   * @param singular whether arguments are such a point, or so close to one that differences see it
   */
  public Operator singularAt(Predicate<Sample> singular) {
    Trials before = details().trials();
    return new Operator(
        name, details().withTrials(new Trials(before.samples(), before.constraint(), singular)));
  }

  /**
   * {@return this operator under a further name}
   *
   * @param other the name
   */
  public Operator alias(String other) {
    List<Overload<?>> renamed = new ArrayList<>();
    for (Overload<?> overload : overloads()) {
      renamed.add(renamed(overload, other));
    }
    return new Operator(other, details().withOverloads(renamed).withAliasOf(name));
  }

  private static <F> Overload<F> renamed(Overload<F> overload, String name) {
    Signature signature = new Signature(name, overload.signature().parameters());
    return new Overload<>(signature, overload.call(), overload.implementation());
  }

  /**
   * {@return a sample}
   *
   * @param arguments the positional arguments
   */
  public static Sample sample(@Nullable Object... arguments) {
    return new Sample(java.util.Arrays.asList(arguments));
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return whether nothing but its name is known yet: a {@link Catalogue} has yet to make it} */
  public boolean isDeferred() {
    return details == null;
  }

  /** {@return the ways to call it} */
  public List<Overload<?>> overloads() {
    return details().overloads();
  }

  /** {@return whether its results may require gradients} */
  public boolean isDifferentiable() {
    return details().differentiable();
  }

  /** {@return whether its derivatives are zero wherever they exist} */
  public boolean isFlat() {
    return details().flat();
  }

  /** {@return the pointwise function that it computes, where it says so} */
  public Optional<PointwiseFunction> pointwise() {
    return Optional.ofNullable(details().pointwise());
  }

  /** {@return the name of the operator that this one is under a further name; null for none} */
  public @Nullable String aliasOf() {
    return details().aliasOf();
  }

  /**
   * {@return a tensor with the property that the operator's first tensor is meant to have; any one
   * as it is where none is declared}
   *
   * @param tensor the tensor
   */
  public Tensor constrain(Tensor tensor) {
    UnaryOperator<Tensor> constraint = details().trials().constraint();
    return constraint == null ? tensor : constraint.apply(tensor);
  }

  /** {@return where the operator has no derivative, if it declares any such points} */
  public Optional<Predicate<Sample>> singularity() {
    return Optional.ofNullable(details().trials().singular());
  }

  /**
   * {@return samples of its arguments}
   *
   * @param source makes the tensors
   */
  public List<Sample> samples(SampleSource source) {
    return details().trials().samples().apply(source);
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return name;
  }

  private static final class NoSamples implements Function<SampleSource, List<Sample>> {
    @Override
    public List<Sample> apply(SampleSource source) {
      return List.of();
    }
  }

  /** Makes the tensors of samples. */
  public interface SampleSource {
    /**
     * {@return a float64 tensor that requires a gradient}
     *
     * @param low the least value
     * @param high the bound of the values
     * @param size the sizes
     */
    Tensor uniform(double low, double high, long... size);

    /**
     * {@return a float64 tensor that requires a gradient, with values between −2 and 2 that keep
     * 0.1 away from 0}
     *
     * @param size the sizes
     */
    Tensor tensor(long... size);

    /**
     * {@return an int64 tensor}
     *
     * @param bound the bound of the values, which start at 0
     * @param size the sizes
     */
    Tensor integers(long bound, long... size);

    /** {@return a number between 0.5 and 2} */
    Scalar scalar();
  }
}
