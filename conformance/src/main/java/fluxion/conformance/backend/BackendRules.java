package fluxion.conformance.backend;

import fluxion.conformance.suite.Book;
import java.util.List;

/** The tests of the rules about devices, one class a chapter of the specification. */
public final class BackendRules {
  /** The tests. */
  public static final Book<BackendSubject> BOOK =
      new Book<>(
          BackendSubject.class,
          List.of(
              MemoryRules.class,
              CopyRules.class,
              ShapeRules.class,
              PointwiseRules.class,
              ArithmeticRules.class,
              ComparisonRules.class,
              RepresentationRules.class,
              IntegerRules.class,
              SpecialValueRules.class,
              BoundRules.class,
              ReduceRules.class,
              ScanRules.class,
              MatmulRules.class,
              IndexRules.class,
              SortRules.class,
              DeterminismRules.class,
              FailureRules.class,
              LifecycleRules.class,
              OperatorRules.class,
              TrainingRules.class,
              ConvolutionRules.class,
              AttentionRules.class,
              StandardizationRules.class,
              AvgPoolRules.class));

  private BackendRules() {}
}
