package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import java.lang.module.ModuleDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chapter P-1xx: how a plugin is found, and what happens while it is made and asked. */
final class DiscoveryRules {
  private static final int TRIES = 3;
  private static final Duration QUICK = Duration.ofMillis(250);

  private DiscoveryRules() {}

  @TestOf("P-101")
  static void p101_the_service_loader_can_make_a_provider(PluginSubject subject, Cases cases) {
    cases.add(
        "its class",
        trial -> {
          Candidate candidate = subject.candidate();
          String obstacle = Maker.obstacle(candidate.type());
          if (!obstacle.isEmpty() && Maker.declared(candidate) == null) {
            throw new AssertionError(
                candidate.type().getName()
                    + " "
                    + obstacle
                    + ", so that the service loader cannot make one; a provider is a public class"
                    + " with a public constructor without parameters, or comes from a public"
                    + " static method provider()");
          }
          Maker.another(subject);
        });
  }

  @TestOf("P-102")
  static void p102_a_module_declares_its_providers(PluginSubject subject, Cases cases) {
    cases.add(
        "module-info",
        trial -> {
          Candidate candidate = subject.candidate();
          ModuleDescriptor descriptor = candidate.type().getModule().getDescriptor();
          Set<String> provided;
          if (descriptor != null && !descriptor.isAutomatic()) {
            provided = providers(descriptor, candidate);
          } else {
            provided =
                Artefact.of(subject)
                    .providedServices()
                    .getOrDefault(candidate.service().getName(), Set.of());
          }
          assertDeclared(candidate, provided, "module-info.java");
        });
  }

  private static Set<String> providers(ModuleDescriptor descriptor, Candidate candidate) {
    Set<String> providers = new LinkedHashSet<>();
    for (ModuleDescriptor.Provides provides : descriptor.provides()) {
      if (provides.service().equals(candidate.service().getName())) {
        providers.addAll(provides.providers());
      }
    }
    return providers;
  }

  private static void assertDeclared(Candidate candidate, Set<String> declared, String where) {
    String type = candidate.type().getName();
    if (!declared.contains(type) && (declared.isEmpty() || Maker.declared(candidate) == null)) {
      throw new AssertionError(
          where
              + " declares "
              + (declared.isEmpty() ? "no provider" : "the providers " + declared)
              + " of "
              + candidate.service().getName()
              + ", and "
              + type
              + " is one; no application would find it");
    }
  }

  @TestOf("P-103")
  static void p103_the_class_path_finds_the_providers(PluginSubject subject, Cases cases) {
    cases.add(
        "META-INF/services",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          Map<String, Set<String>> listed = artefact.listedServices();
          if (listed.isEmpty() && !artefact.isJar()) {
            throw NotRun.because(
                artefact.file()
                    + " is a folder of classes without META-INF/services, which builds often"
                    + " write into the jar alone");
          }
          Candidate candidate = subject.candidate();
          assertDeclared(
              candidate,
              listed.getOrDefault(candidate.service().getName(), Set.of()),
              "META-INF/services of " + artefact.file());
        });
  }

  @TestOf("P-104")
  static void p104_the_engine_takes_the_plugin(PluginSubject subject, Cases cases) {
    cases.add(
        "Plugins.list()",
        trial -> {
          try (Admission admission = Admission.of(subject)) {
            if (!admission.refusal().isEmpty() && !isWithoutDevice(subject)) {
              throw new AssertionError(
                  "the engine refuses the plugin of "
                      + subject.name()
                      + ": "
                      + admission.refusal());
            }
          }
        });
  }

  private static boolean isWithoutDevice(PluginSubject subject) {
    return subject.candidate() instanceof Candidate.Devices devices && devices.devices().isEmpty();
  }

  @TestOf("P-105")
  static void p105_the_engine_lists_what_the_provider_offers(PluginSubject subject, Cases cases) {
    cases.add(
        "Plugins.list()",
        trial -> {
          try (Admission admission = Admission.of(subject)) {
            if (!admission.refusal().isEmpty()) {
              throw NotRun.because("the engine refuses the plugin: " + admission.refusal());
            }
            assertSame(
                "the engine's list of what " + subject.name() + " offers",
                subject.candidate().offers(),
                admission.plugin().offers());
          }
        });
  }

  @TestOf("P-106")
  static void p106_being_made_and_asked_prints_nothing(PluginSubject subject, Cases cases) {
    cases.add(
        "System.out and System.err",
        trial -> {
          String printed = Observation.of(subject).printed();
          if (!printed.isEmpty()) {
            throw new AssertionError(
                "a provider of "
                    + subject.name()
                    + " printed '"
                    + printed.strip()
                    + "' while it was made and asked; the output is the application's");
          }
        });
  }

  @TestOf("P-107")
  static void p107_being_made_and_asked_starts_no_thread(PluginSubject subject, Cases cases) {
    cases.add(
        "its threads",
        trial -> {
          List<String> threads = Observation.of(subject).threads();
          if (!threads.isEmpty()) {
            throw new AssertionError(
                "a provider of "
                    + subject.name()
                    + " left threads running after it was made and asked: "
                    + String.join(", ", threads)
                    + "; start what a device needs when it is opened");
          }
        });
  }

  @TestOf("P-108")
  static void p108_being_made_and_asked_makes_no_tensor(PluginSubject subject, Cases cases) {
    cases.add(
        "memory of " + Device.CPU,
        trial -> {
          List<Long> allocations = new ArrayList<>();
          // others may allocate meanwhile, but hardly each time
          for (int i = 0; i < TRIES && !allocations.contains(0L); i++) {
            allocations.add(Observation.of(subject).allocations());
          }
          if (allocations.contains(-1L)) {
            throw NotRun.because("there is no device cpu on which it could make tensors");
          }
          if (!allocations.contains(0L)) {
            throw new AssertionError(
                "memory was taken from device cpu each time that a provider of "
                    + subject.name()
                    + " was made and asked ("
                    + allocations
                    + " pieces); tensors must not be made before an operator is called, for the"
                    + " engine is still looking for plugins");
          }
        });
  }

  @TestOf("P-109")
  static void p109_being_made_and_asked_changes_nothing_outside(
      PluginSubject subject, Cases cases) {
    cases.add(
        "the state of the JVM and the engine",
        trial -> {
          List<String> changes = Observation.of(subject).changes();
          if (!changes.isEmpty()) {
            throw new AssertionError(
                "a provider of "
                    + subject.name()
                    + " changed "
                    + String.join(", ", changes)
                    + " while it was made and asked");
          }
        });
  }

  @TestOf("P-110")
  static void p110_being_made_and_asked_is_quick(PluginSubject subject, Cases cases) {
    cases.add(
        "the time that it takes",
        trial -> {
          Duration best = Observation.of(subject).took();
          // the first may load classes, and others use the processor
          for (int i = 1; i < TRIES && best.compareTo(QUICK) > 0; i++) {
            Duration took = Observation.of(subject).took();
            best = took.compareTo(best) < 0 ? took : best;
          }
          if (best.compareTo(QUICK) > 0) {
            throw new AssertionError(
                "making and asking a provider of "
                    + subject.name()
                    + " took "
                    + best.toMillis()
                    + " ms at best, where "
                    + QUICK.toMillis()
                    + " ms are allowed: each application pays for it at its start");
          }
        });
  }

  @TestOf("P-111")
  static void p111_a_provider_offers_the_same_each_time(PluginSubject subject, Cases cases) {
    cases.add(
        "asked again",
        trial -> {
          Candidate candidate = subject.candidate();
          List<String> first = candidate.offers();
          assertSame("the second answer of " + candidate.listing(), first, candidate.offers());
          assertSame("the third answer of " + candidate.listing(), first, candidate.offers());
        });
    cases.add(
        "another provider",
        trial -> {
          Candidate candidate = subject.candidate();
          assertSame(
              candidate.listing() + " of another provider of the same class",
              candidate.offers(),
              Maker.another(subject).offers());
        });
  }

  @TestOf("P-112")
  static void p112_a_list_that_was_given_is_the_callers(PluginSubject subject, Cases cases) {
    cases.add(
        subject.candidate().listing(),
        trial -> {
          Candidate candidate = subject.candidate();
          List<String> before = candidate.offers();
          List<?> given = candidate.list();
          try {
            if (given != null) {
              given.clear();
            }
          } catch (UnsupportedOperationException e) {
            return;
          }
          assertSame(
              candidate.listing() + ", after a caller emptied the list that it had been given,",
              before,
              candidate.offers());
        });
  }

  private static void assertSame(String what, List<String> expected, List<String> found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          what + " differs: expected " + shown(expected) + ", found " + shown(found));
    }
  }

  private static String shown(List<String> names) {
    int most = 8;
    return names.size() <= most
        ? names.toString()
        : names.subList(0, most) + " and " + (names.size() - most) + " more";
  }
}
