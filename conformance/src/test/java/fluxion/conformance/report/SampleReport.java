package fluxion.conformance.report;

import fluxion.api.DType;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report with each verdict, and with text that markup would trip over. */
final class SampleReport {
  static final Rule ZERO =
      new Rule(
          "B-101",
          "Fresh memory is zero",
          "`allocate` MUST return memory whose elements are all zero.",
          "a result that is written only in part never shows what another tensor held.",
          "b101_fresh_memory_is_zero",
          "");
  static final Rule EXP =
      new Rule("B-301", "exp is exact", "MUST hold its bound.", "trust", "b301_exp_is_exact", "");
  static final Rule UNTESTABLE =
      new Rule("B-799", "Power may fail", "MUST NOT lose power.", "why not", "", "no test cuts it");

  static final String HOSTILE = "</script><b onclick='x'>&\"\u0000\uD800]]>";

  private SampleReport() {}

  static Report report() {
    ErrorHistogram errors = new ErrorHistogram("exp", DType.FLOAT32);
    for (int i = 0; i < 500; i++) {
      errors.add(i / 600.0, 1);
    }
    errors.add(3, 1);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      outcomes.add(Outcome.of(ZERO, "npu", "float32, " + i + " elements", Verdict.PASS));
    }
    outcomes.add(Outcome.of(ZERO, "npu", "float16", Verdict.unsupported("it stores no float16")));
    outcomes.add(
        new Outcome(
            EXP,
            "npu",
            HOSTILE,
            Verdict.fail("exp(float32) at [3]: expected 2.718282, found 2.718283 " + HOSTILE),
            Duration.ofMillis(1500),
            List.of(errors),
            "var x = Tensors.tensor(1f);\nIO.println(x.exp());  // expected 2.718282"));
    outcomes.add(Outcome.of(EXP, "npu", "float64", Verdict.PASS));
    outcomes.add(Outcome.of(EXP, "npu", "bfloat16", Verdict.notRun("nobody tried")));
    outcomes.add(Outcome.of(EXP, "npu", "slow", Verdict.expectedFailure("bug 7 (2 ULP)")));
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("kit", "1.0");
    environment.put("seed", 7);
    return new Report(
        environment,
        List.of(
            new Judged(
                Judged.BACKEND,
                "Acme",
                "acme.npu",
                "2.0",
                List.of(new Judged.JudgedDevice("npu", "Acme NPU <9000>")),
                0)),
        List.of(ZERO, EXP, UNTESTABLE),
        outcomes,
        List.of());
  }
}
