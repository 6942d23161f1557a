package fluxion.conformance.plugin;

import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.Signature;
import fluxion.engine.spi.SpiVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Chapter P-2xx: names and versions. */
final class NameRules {
  private static final Pattern WORD =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*:)?[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern LOWER_WORD = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern LINE = Pattern.compile("\\P{Cntrl}+");
  private static final int MOST = 5;

  private NameRules() {}

  @TestOf("P-201")
  static void p201_a_provider_speaks_the_engines_version(PluginSubject subject, Cases cases) {
    cases.add(
        "spiVersion()",
        trial -> {
          int spoken = subject.candidate().spiVersion();
          if (spoken != SpiVersion.CURRENT) {
            throw new AssertionError(
                "spiVersion() of "
                    + subject.name()
                    + " gives version "
                    + spoken
                    + ", and this engine speaks version "
                    + SpiVersion.CURRENT
                    + "; compile the plugin against this engine and return SpiVersion.CURRENT");
          }
        });
  }

  @TestOf("P-202")
  static void p202_another_version_is_refused_with_both_versions(
      PluginSubject subject, Cases cases) {
    for (int other : new int[] {SpiVersion.CURRENT + 1, SpiVersion.CURRENT - 1, 0, -1}) {
      cases.add(
          "version " + other,
          trial -> {
            try (Registration registration =
                Disguise.of(subject.candidate()).spiVersion(other).register()) {
              String refusal = registration.refusal();
              if (!refusal.contains("version " + other)
                  || !refusal.contains("version " + SpiVersion.CURRENT)) {
                throw new AssertionError(
                    "a provider that says version "
                        + other
                        + " must be refused by an engine of version "
                        + SpiVersion.CURRENT
                        + " with a message that names both; it was "
                        + (refusal.isEmpty() ? "taken" : "refused with: " + refusal));
              }
            }
          });
    }
  }

  @TestOf("P-203")
  static void p203_a_provider_has_a_name(PluginSubject subject, Cases cases) {
    cases.add(
        "name()",
        trial -> {
          String name = subject.candidate().name();
          if (name == null || name.isBlank() || !LINE.matcher(name).matches()) {
            throw new AssertionError(
                "name() of "
                    + subject.name()
                    + " gives "
                    + (name == null ? "null" : "'" + name + "'")
                    + "; expected one line that names the plugin to people");
          }
          String again = subject.candidate().name();
          if (!name.equals(again)) {
            throw new AssertionError(
                "name() of " + subject.name() + " gives '" + name + "', then '" + again + "'");
          }
        });
  }

  @TestOf("P-204")
  static void p204_names_on_offer_are_words(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    Pattern due = candidate instanceof Candidate.Devices ? LOWER_WORD : WORD;
    cases.add(
        candidate.listing(),
        trial -> {
          List<String> wrong = new ArrayList<>();
          for (Object offer : offers(candidate)) {
            String name = offer instanceof Device device ? device.type() : String.valueOf(offer);
            if (!due.matcher(name).matches()) {
              wrong.add("'" + name + "'");
            }
          }
          if (!wrong.isEmpty()) {
            throw new AssertionError(
                candidate.listing()
                    + " of "
                    + subject.name()
                    + " lists "
                    + some(wrong)
                    + ": no name for "
                    + (candidate instanceof Candidate.Devices
                        ? "a device; expected lower-case letters of ASCII, digits and underscores,"
                            + " a letter first"
                        : "an operator; expected letters of ASCII, digits and underscores, no"
                            + " digit first, possibly after a namespace and a colon"));
          }
        });
  }

  @TestOf("P-205")
  static void p205_no_name_is_listed_twice(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    cases.add(
        candidate.listing(),
        trial -> {
          Set<String> seen = new HashSet<>();
          Set<String> twice = new TreeSet<>();
          for (String name : candidate.offers()) {
            if (!seen.add(name)) {
              twice.add("'" + name + "'");
            }
          }
          if (!twice.isEmpty()) {
            throw new AssertionError(
                candidate.listing()
                    + " of "
                    + subject.name()
                    + " lists "
                    + some(List.copyOf(twice))
                    + " twice");
          }
        });
  }

  @TestOf("P-206")
  static void p206_no_name_is_another_plugins(PluginSubject subject, Cases cases) {
    cases.add(
        "the plugins that there are",
        trial -> {
          try (Admission admission = Admission.of(subject)) {
            if (!admission.clash().isEmpty()) {
              throw new AssertionError(
                  "of what " + subject.name() + " offers, " + admission.clash());
            }
          }
        });
  }

  @TestOf("P-207")
  static void p207_something_is_offered_or_the_reason_given(PluginSubject subject, Cases cases) {
    Candidate candidate = subject.candidate();
    cases.add(
        candidate.listing(),
        trial -> {
          if (candidate.offers().isEmpty()) {
            String why = candidate.unavailable();
            if (why == null || why.isBlank()) {
              throw new AssertionError(
                  subject.name()
                      + " offers no "
                      + candidate.noun()
                      + (candidate instanceof Candidate.Devices
                          ? ", and unavailable() does not say why"
                          : "; a plugin without operators is a mistake in its table"));
            }
          }
        });
  }

  @TestOf("P-208")
  static void p208_a_signature_fits_its_form_of_call(PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Operators operators)) {
      cases.notRun("the operators", subject.name() + " provides devices, not operators");
      return;
    }
    cases.add(
        "the operators",
        trial -> {
          try (Admission admission = Admission.of(subject)) {
            if (!admission.refusal().isEmpty()) {
              throw new AssertionError(
                  "the engine refuses the operators of "
                      + subject.name()
                      + ": "
                      + admission.refusal());
            }
            assertNone("cannot be called as they say", wrong(operators, NameRules::callable));
          }
        });
  }

  /** What is wrong with an operator's forms of call; the empty text if nothing is. */
  private static String callable(Operator operator) {
    try {
      // no signature takes such an argument, so that nothing is computed
      Ops.call(operator.name(), new Object());
      return "'" + operator.name() + "' takes any object as its argument";
    } catch (PluginException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), "");
      return message.contains("cannot be used") ? message : "";
    } catch (FluxionException e) {
      return "";
    }
  }

  @TestOf("P-209")
  static void p209_parameters_have_names_of_their_own(PluginSubject subject, Cases cases) {
    if (!(subject.candidate() instanceof Candidate.Operators operators)) {
      cases.notRun("the operators", subject.name() + " provides devices, not operators");
      return;
    }
    cases.add(
        "the operators",
        trial ->
            assertNone(
                "have parameters that cannot be named", wrong(operators, NameRules::parameters)));
  }

  /** What is wrong with the names of an operator's parameters; the empty text if nothing is. */
  private static String parameters(Operator operator) {
    for (Operator.Overload<?> overload : operator.overloads()) {
      Set<String> seen = new HashSet<>();
      for (Signature.Parameter parameter : overload.signature().parameters()) {
        if (!WORD.matcher(parameter.name()).matches() || !seen.add(parameter.name())) {
          return overload.signature() + ": the name '" + parameter.name() + "'";
        }
      }
      if (!overload.signature().name().equals(operator.name())) {
        return overload.signature()
            + " is the signature of another operator than '"
            + operator
            + "'";
      }
    }
    return "";
  }

  @TestOf("P-210")
  static void p210_a_module_says_its_version(PluginSubject subject, Cases cases) {
    cases.add(
        "its version",
        trial -> {
          try (Admission admission = Admission.of(subject)) {
            Plugin plugin = admission.plugin();
            boolean said = !plugin.version().isBlank();
            if (!said && !subject.candidate().type().getModule().isNamed()) {
              said = Artefact.of(subject).descriptor().rawVersion().isPresent();
            }
            if (!said) {
              throw new AssertionError(
                  "module "
                      + subject.name()
                      + " has no version, so that no message and no report can say which release"
                      + " it is; compile it with --module-version (Maven does so by itself)");
            }
          }
        });
  }

  // ---- helpers

  private static List<Object> offers(Candidate candidate) {
    return new ArrayList<>(Objects.requireNonNullElse(candidate.list(), List.of()));
  }

  private static List<String> wrong(
      Candidate.Operators candidate, Function<Operator, String> complaint) {
    List<String> wrong = new ArrayList<>();
    for (Object offer : offers(candidate)) {
      String found = offer instanceof Operator operator ? complaint.apply(operator) : "";
      if (!found.isEmpty()) {
        wrong.add(found);
      }
    }
    return wrong;
  }

  private static void assertNone(String what, List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.size() + " operators " + what + ": " + some(wrong));
    }
  }

  private static String some(List<String> all) {
    return String.join("; ", all.subList(0, Math.min(all.size(), MOST)))
        + (all.size() > MOST ? "; and " + (all.size() - MOST) + " more" : "");
  }
}
