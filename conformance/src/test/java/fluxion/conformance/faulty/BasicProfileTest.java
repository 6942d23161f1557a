package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.conformance.Profile;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Devices as OpenCL C allows them hold profile basic, and not profile tight. */
final class BasicProfileTest {
  private static final List<ExprOp> BITS = List.of(ExprOp.BITS, ExprOp.FROM_BITS, ExprOp.SELECT);

  private static Backend rewriting(Backend inner, UnaryOperator<Expr> map) {
    return new ForwardingBackend(inner) {
      @Override
      public CompiledKernel compile(Kernel kernel) {
        return inner.compile(Rewrite.of(kernel, map));
      }
    };
  }

  /** Takes subnormal operands and results in float32 for zeros of their sign. */
  private static Expr flushing(Expr node) {
    if (node.arity() == 0 ? node.op() != ExprOp.LITERAL : BITS.contains(node.op())) {
      return node;
    }
    Expr[] operands = new Expr[node.arity()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = flushed(node.operand(i));
    }
    return flushed(node.arity() == 0 ? node : node.with(operands));
  }

  private static Expr flushed(Expr e) {
    return e.type() == DType.FLOAT32
        ? Expr.select(e.abs().lt(Float.MIN_NORMAL), Expr.literal(DType.FLOAT32, 0.0).copysign(e), e)
        : e;
  }

  /** Gives the neighbour of a quotient. */
  private static Expr dividing(Expr node) {
    return node.op() == ExprOp.DIV && node.type() == DType.FLOAT32
        ? node.mul(1 + Math.ulp(1f))
        : node;
  }

  /** What a device does not hold. */
  private static List<String> failures(Profile profile, UnaryOperator<Expr> map) {
    Settings settings =
        Settings.DEFAULT.withProfile(profile).withEffort(Settings.Effort.QUICK).withRules("B-2*");
    Runner runner = new Runner(settings);
    FaultyBackendProvider provider = new FaultyBackendProvider(inner -> rewriting(inner, map));
    List<String> failures = new ArrayList<>();
    for (Check check : Suites.of(provider, settings)) {
      Verdict verdict = runner.run(check).verdict();
      if (verdict.kind() == Verdict.Kind.FAIL) {
        failures.add(check.id() + " " + verdict.reason());
      }
    }
    return failures;
  }

  private static void assertFails(List<String> failures, String... rules) {
    for (String rule : rules) {
      assertTrue(failures.stream().anyMatch(f -> f.startsWith(rule)), () -> rule + failures);
    }
  }

  @Test
  void a_device_that_flushes_subnormal_numbers_holds_profile_basic() {
    assertEquals(List.of(), failures(Profile.BASIC, BasicProfileTest::flushing));
    assertFails(
        failures(Profile.TIGHT, BasicProfileTest::flushing),
        "B-210",
        "B-212",
        "B-215",
        "B-217",
        "B-223");
  }

  @Test
  void a_device_whose_quotients_are_off_by_a_unit_holds_profile_basic() {
    assertEquals(List.of(), failures(Profile.BASIC, BasicProfileTest::dividing));
    assertFails(failures(Profile.TIGHT, BasicProfileTest::dividing), "B-212");
  }

  @Test
  void a_device_that_gives_zero_for_normal_numbers_does_not_hold_profile_basic() {
    assertFails(
        failures(
            Profile.BASIC,
            node ->
                node.op() == ExprOp.ADD && node.type() == DType.FLOAT32
                    ? Expr.select(node.abs().lt(1e-30), Expr.literal(DType.FLOAT32, 0.0), node)
                    : node),
        "B-212");
  }
}
