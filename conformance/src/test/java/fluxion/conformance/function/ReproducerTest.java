package fluxion.conformance.function;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failed check gives to be run is whole, and makes the same call. */
final class ReproducerTest {
  @TempDir Path folder;

  private record Provider(List<Operator> operators) implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "test";
    }
  }

  private static Tensor sample() {
    return Tensors.tensor(
        new double[] {0.1, -2.5, 1 / 3.0, 4, -0.7, 1e-3},
        Shape.of(2, 3),
        TensorOptions.of(DType.FLOAT64).requiresGrad(true));
  }

  private static List<Result> failures(String rule, Call.Unary wrong) {
    Operator operator =
        Operator.named("kit_wrong")
            .overload("(Tensor self)", Call.Unary.class, wrong)
            .samples(s -> List.of(Operator.sample(sample())));
    Settings settings = Settings.DEFAULT.withRules(rule);
    Runner runner = new Runner(settings);
    List<Result> failed = new ArrayList<>();
    for (Check check : Suites.of(new Provider(List.of(operator)), settings)) {
      Result result = runner.run(check);
      if (result.verdict().kind() == Verdict.Kind.FAIL) {
        failed.add(result);
      }
    }
    return failed;
  }

  @Test
  void a_wrong_gradient_is_shown_at_the_point_where_it_was_looked_for() {
    List<Result> failed = failures("F-201", x -> x.detach().mul(0).add(x).mul(x.detach()));
    assertFalse(failed.isEmpty());
    String java = failed.getFirst().reproducer();
    assertTrue(
        java.contains(
            "new double[] {0.1, -2.5, 0.3333333333333333, 4.0, -0.7, 0.001}, Shape.of(2, 3),"
                + " TensorOptions.of(DType.FLOAT64).device(Device.of(\"cpu\"))).requiresGrad_();"),
        java);
    assertTrue(java.contains("Ops.callAll(\"kit_wrong\", Arrays.asList(x0), Map.of())"), java);
    assertTrue(java.contains("show(\"gradient of x0\", x0.grad());"), java);
  }

  @Test
  void an_input_that_the_call_changed_is_shown_as_it_was() {
    List<Result> failed =
        failures(
            "F-123",
            x -> {
              Tensor result = x.mul(2);
              x.detach().add_(1);
              return result;
            });
    assertTrue(failed.getFirst().reproducer().contains("{0.1, -2.5, 0.3333333333333333, 4.0"));
  }

  @Test
  void the_program_makes_the_call_on_tensors_that_lie_alike() throws Exception {
    for (Arrangement arrangement : Arrangement.values()) {
      Tensor x = arrangement.of(sample());
      String java = Reproducer.of("mul", List.of(x, Scalar.of(0.1)), Map.of()).java();
      if (arrangement == Arrangement.STRIDED || arrangement == Arrangement.EXPANDED) {
        Tensor product = x.mul(0.1);
        String printed =
            run(
                java.replace(
                    "  List<Tensor> outputs",
                    "  IO.println(Arrays.toString(x0.strides()) + x0.storageOffset());\n"
                        + "  List<Tensor> outputs"));
        assertTrue(
            printed.contains("exactly [2, 3] " + Arrays.toString(product.toDoubleArray())),
            printed);
        assertTrue(printed.contains(Arrays.toString(x.strides()) + x.storageOffset()), printed);
        assertTrue(printed.contains("gradient of x0 = tensor("), printed);
      }
    }
  }

  @Test
  void every_kind_of_argument_compiles() throws Exception {
    Tensor mask =
        Arrangement.TRANSPOSED.of(
            Tensors.tensor(
                new boolean[] {true, false, true, true},
                Shape.of(2, 2),
                TensorOptions.of(DType.BOOL)));
    Tensor narrow = Arrangement.OFFSET.of(sample().detach(), DType.FLOAT32, mask.device());
    List<Object> arguments =
        Arrays.asList(
            List.of(narrow, mask),
            null,
            Tensors.tensor(new long[] {3, -1}),
            new long[] {1, 2},
            List.of(1L, 2L),
            Scalar.of(true),
            Scalar.of(Double.NaN),
            "a \"quoted\" text",
            DType.INT8,
            mask.device(),
            Double.NEGATIVE_INFINITY,
            Arrangement.EXPANDED.of(sample().detach()),
            new IllegalStateException("no literal */"));
    String java = Reproducer.of("no_such_operator", arguments, Map.of("dim", 1L)).java();
    // it compiles, and the call says what is missing
    String printed = run(java);
    assertTrue(printed.contains("no_such_operator"), printed);
    assertFalse(printed.contains("error:"), printed);
  }

  @Test
  void many_values_are_stood_for_by_others_and_the_program_says_so() throws Exception {
    Tensor many =
        Tensors.tensor(
            IntStream.range(0, 600).asDoubleStream().toArray(),
            Shape.of(20, 30),
            TensorOptions.of(DType.FLOAT64));
    String java = Reproducer.of("relu", List.of(many), Map.of()).java();
    assertTrue(java.contains("likeDoubles(600)") && java.contains("too many"), java);
    assertTrue(run(java).contains("exactly [20, 30]"));
  }

  private String run(String java) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("Shown.java"), java);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                System.getProperty("jdk.module.path"),
                "--add-modules",
                "fluxion.api",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }
}
