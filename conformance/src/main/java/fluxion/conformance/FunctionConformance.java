package fluxion.conformance;

import fluxion.engine.spi.FunctionProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests that an operator author inherits.
 *
 * {@snippet :
 * class MyOperatorsTest implements FunctionConformance {
 *   @Override
 *   public FunctionProvider provider() {
 *     return new MyOperators();
 *   }
 * }
 * }
 *
 * <p>Every operator of the provider is called by name on its samples, with the tensors lying in
 * memory in different ways (contiguous, transposed, strided, at an offset, expanded), and it must:
 *
 * <ul>
 *   <li>have first and second derivatives that agree with finite differences, if it is
 *       differentiable ({@link GradCheck}), and at least one sample at which a wrong gradient would
 *       show, unless its derivatives are declared to be zero everywhere ({@code flat});
 *   <li>give the same results and derivatives, bit for bit, however its inputs lie in memory, or
 *       say that it cannot make a view of them;
 *   <li>leave its inputs as they are, unless its name ends in an underscore; then change exactly
 *       its first input, to what the operator without the underscore gives.
 * </ul>
 *
 * <p>A differentiable operator without samples fails, unless it works in place: such a one is tried
 * on the samples of its counterpart. Other operators without samples are reported as skipped, with
 * the reason. Expanded inputs hold equal elements, where a function may have a kink, so their
 * derivatives are compared with those of contiguous inputs only. The provider must be one that the
 * engine finds.
 */
public interface FunctionConformance {
  /** {@return the provider whose operators are tested} */
  FunctionProvider provider();

  /** {@return the tests, one container an operator} */
  @TestFactory
  default Stream<DynamicNode> operators() {
    return new ProviderTests(provider()).nodes();
  }
}
