package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Chapter P-3xx: a plugin that fails, clashes or goes leaves the others working. */
final class IsolationRules {
  private static final String CAUSE = "no licence";

  private IsolationRules() {}

  /** What goes wrong with a probe, by what a reader calls it. */
  private static Map<String, Supplier<List<Operator>>> failures() {
    Map<String, Supplier<List<Operator>>> failures = new TreeMap<>();
    failures.put("IllegalStateException", throwing(new IllegalStateException(CAUSE)));
    failures.put("AssertionError", throwing(new AssertionError(CAUSE)));
    failures.put("NoSuchMethodError", throwing(new NoSuchMethodError(CAUSE)));
    failures.put("StackOverflowError", throwing(new StackOverflowError(CAUSE)));
    failures.put("Error", throwing(new Error(CAUSE)));
    return failures;
  }

  private static Supplier<List<Operator>> throwing(Throwable thrown) {
    return () -> {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(thrown);
      }
    };
  }

  @TestOf("P-308")
  static void p308_a_plugin_that_fails_is_refused_with_the_cause(
      PluginSubject subject, Cases cases) {
    failures()
        .forEach(
            (what, failure) ->
                cases.add(
                    what,
                    trial -> {
                      Disguise failing = Disguise.of(subject.candidate()).listing(failure);
                      try (Registration registration = failing.register()) {
                        String refusal = registration.refusal();
                        if (!refusal.contains(what) || !refusal.contains(CAUSE)) {
                          throw new AssertionError(
                              "a provider whose "
                                  + subject.candidate().listing()
                                  + " throws "
                                  + what
                                  + ": "
                                  + CAUSE
                                  + " must be refused in these words; it was "
                                  + (refusal.isEmpty() ? "taken" : "refused with: " + refusal));
                        }
                      }
                    }));
  }

  @TestOf("P-309")
  static void p309_a_refused_plugin_leaves_the_others_working(PluginSubject subject, Cases cases) {
    failures()
        .forEach(
            (what, failure) ->
                cases.add(
                    what,
                    trial -> {
                      try (Admission admission = Admission.of(subject)) {
                        List<Plugin> before = Plugins.list();
                        List<String> complaints = complaints(subject, admission);
                        Disguise failing = Disguise.of(subject.candidate()).listing(failure);
                        try (Registration registration = failing.register()) {
                          assertThere(before, Plugins.list());
                          assertSame(
                              "while a plugin was refused because of " + registration.refusal(),
                              complaints,
                              complaints(subject, admission));
                        }
                        assertSame(
                            "after a refused plugin was withdrawn",
                            complaints,
                            complaints(subject, admission));
                      }
                    }));
  }

  /** What is said when each thing on offer is used. */
  private static List<String> complaints(PluginSubject subject, Admission admission) {
    List<String> complaints = new ArrayList<>();
    for (String name : admission.plugin().offers()) {
      complaints.add(Mirror.complaint(subject.candidate(), name));
    }
    return complaints;
  }

  private static void assertThere(List<Plugin> before, List<Plugin> now) {
    List<Plugin> gone = new ArrayList<>(before);
    gone.removeAll(now);
    if (!gone.isEmpty()) {
      throw new AssertionError("beside a plugin that was refused, these changed: " + gone);
    }
  }

  private static void assertSame(String when, List<String> before, List<String> now) {
    if (!before.equals(now)) {
      List<String> changed = new ArrayList<>(now);
      changed.removeAll(before);
      throw new AssertionError("what the plugin offers cannot be used " + when + ": " + changed);
    }
  }

  @TestOf("P-310")
  static void p310_a_clash_names_both_modules_and_takes_the_name_alone(
      PluginSubject subject, Cases cases) {
    cases.add(
        "a probe with the same name",
        trial -> {
          Candidate candidate = subject.candidate();
          List<?> offers = candidate.list();
          try (Admission admission = Admission.of(subject)) {
            List<String> before = complaints(subject, admission);
            if (offers == null || offers.isEmpty() || !before.getFirst().isEmpty()) {
              throw NotRun.because(
                  "nothing of "
                      + subject.name()
                      + " can be used: "
                      + (before.isEmpty() ? admission.plugin().refusal() : before.getFirst()));
            }
            String name = admission.plugin().offers().getFirst();
            Disguise probe = Disguise.of(candidate).listing(() -> List.of(offers.getFirst()));
            try (Registration rival = probe.register()) {
              List<String> now = complaints(subject, admission);
              assertClash(name, subject.home(), rival, now.getFirst());
              assertSame(
                  "while another module offered '" + name + "'",
                  before.subList(1, before.size()),
                  now.subList(1, now.size()));
            }
            assertSame(
                "after the other '" + name + "' was withdrawn",
                before,
                complaints(subject, admission));
          }
        });
  }

  private static void assertClash(
      String name, String module, Registration rival, String complaint) {
    String other = moduleOf(Disguise.NAME);
    if (!rival.refusal().isEmpty()
        || !complaint.contains("'" + name + "' is offered by")
        || !complaint.contains(module)
        || !complaint.contains(other)) {
      throw new AssertionError(
          "modules "
              + module
              + " and "
              + other
              + " both offer '"
              + name
              + "'; using it must be an error that names both, and was: "
              + (complaint.isEmpty() ? "no error " + rival.refusal() : complaint));
    }
  }

  private static String moduleOf(String plugin) {
    return Plugins.list().stream()
        .filter(listed -> listed.name().equals(plugin))
        .map(Plugin::module)
        .findFirst()
        .orElse("(none)");
  }

  private static void assertUsable(Mirror mirror, Registration registration) {
    String complaint =
        registration.refusal().isEmpty() ? mirror.complaint() : registration.refusal();
    if (!complaint.isEmpty()) {
      throw new AssertionError(
          mirror.disguise().candidate().noun()
              + " '"
              + mirror.name()
              + "', handed to the engine, cannot be used: "
              + complaint);
    }
  }

  @TestOf("P-311")
  static void p311_what_was_withdrawn_is_gone_and_its_module_named(
      PluginSubject subject, Cases cases) {
    cases.add(
        "under another name",
        trial -> {
          Mirror mirror = Mirror.of(subject);
          String module;
          try (Registration registration = mirror.disguise().register()) {
            assertUsable(mirror, registration);
            module = moduleOf(Disguise.NAME);
          }
          String complaint = mirror.complaint();
          if (!complaint.contains(module) || !complaint.contains("withdrawn")) {
            throw new AssertionError(
                "'"
                    + mirror.name()
                    + "' was withdrawn; using it must be an error that says so and names "
                    + module
                    + ", and was: "
                    + (complaint.isEmpty() ? "no error" : complaint));
          }
        });
  }

  @TestOf("P-312")
  static void p312_what_was_withdrawn_may_come_back(PluginSubject subject, Cases cases) {
    cases.add(
        "under another name",
        trial -> {
          Mirror mirror = Mirror.of(subject);
          for (int i = 0; i < 3; i++) {
            try (Registration registration = mirror.disguise().register()) {
              assertUsable(mirror, registration);
            }
          }
        });
  }

  @TestOf("P-313")
  static void p313_a_device_that_was_withdrawn_serves_the_tensors_that_it_has(
      PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Devices)) {
      cases.notRun("its tensors", subject.name() + " provides operators, not devices");
      return;
    }
    cases.add(
        "copied and read",
        trial -> {
          float[] numbers = {1, -2, 3.5f, 0};
          Mirror mirror = Mirror.of(subject);
          Tensor there;
          try (Registration registration = mirror.disguise().register()) {
            assertUsable(mirror, registration);
            there = Tensors.tensor(numbers, TensorOptions.DEFAULT.device(Device.of(mirror.name())));
          }
          float[] found =
              Thrown.answer(
                  "copying and reading a tensor on the withdrawn device " + mirror.name(),
                  () -> there.clone().toFloatArray());
          if (!Arrays.equals(numbers, found)) {
            throw new AssertionError(
                "a tensor on a device that was withdrawn reads "
                    + Arrays.toString(found)
                    + " instead of "
                    + Arrays.toString(numbers));
          }
        });
  }

  @TestOf("P-314")
  static void p314_an_operator_that_cannot_be_put_together_spoils_no_other(
      PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Operators)) {
      cases.notRun("a catalogue", subject.name() + " provides devices, not operators");
      return;
    }
    cases.add(
        "a catalogue",
        trial -> {
          Mirror mirror = Mirror.of(subject);
          Operator good = (Operator) mirror.disguise().listed().get().getFirst();
          String bad = Mirror.PREFIX + "bad";
          Disguise both =
              mirror
                  .disguise()
                  .listing(
                      () ->
                          Catalogue.of(
                              table -> {
                                if (table.has(bad)) {
                                  throw new IllegalStateException(CAUSE);
                                }
                                if (table.has(good.name())) {
                                  table.add(good);
                                }
                              }));
          try (Registration registration = both.register()) {
            assertUsable(mirror, registration);
            String complaint = Mirror.complaint(subject.candidate(), bad);
            if (!complaint.contains(bad) || !complaint.contains(CAUSE)) {
              throw new AssertionError(
                  "an operator that throws '"
                      + CAUSE
                      + "' while it is put together must be an error that names both; it was: "
                      + complaint);
            }
            assertUsable(mirror, registration);
          }
        });
  }
}
