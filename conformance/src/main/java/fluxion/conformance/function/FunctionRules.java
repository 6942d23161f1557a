package fluxion.conformance.function;

import fluxion.conformance.suite.Book;
import java.util.List;

/** The tests of the rules about operators, one class a chapter of the specification. */
public final class FunctionRules {
  /** The tests. */
  public static final Book<OperatorSubject> BOOK =
      new Book<>(
          OperatorSubject.class,
          List.of(
              RegistrationRules.class,
              SampleRules.class,
              SingularRules.class,
              ReferenceRules.class,
              ForwardRules.class,
              ElementRules.class,
              GradientRules.class,
              CotangentRules.class,
              ViewRules.class,
              InPlaceRules.class,
              SavedRules.class,
              DeterminismRules.class,
              CallErrorRules.class,
              ValueErrorRules.class,
              InferRules.class));

  private FunctionRules() {}
}
