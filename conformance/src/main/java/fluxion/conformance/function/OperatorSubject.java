package fluxion.conformance.function;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.EngineOperators;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An operator that is judged. Its samples are made once, when they are first asked for. */
public final class OperatorSubject {
  /** What is done with one sample. */
  @FunctionalInterface
  interface SampleBody {
    /**
     * Tries the operator.
     *
     * @param session calls it
     * @param sample on what
     * @throws Exception if something is wrong
     */
    void run(Session session, Arguments sample) throws Exception;
  }

  /** What is done with the operator as a whole. */
  @FunctionalInterface
  interface SessionBody {
    /**
     * Tries the operator.
     *
     * @param session calls it
     * @throws Exception if something is wrong
     */
    void run(Session session) throws Exception;
  }

  /** Samples, or why there are none. */
  private record Made(List<Arguments> samples, String failure) {}

  private final FunctionProvider provider;
  private final List<Operator> siblings;
  private final Operator operator;
  private final Settings settings;
  private @Nullable Made made;
  private @Nullable Boolean installed;

  /**
   * Takes an operator.
   *
   * @param provider offers it
   * @param siblings all operators of the provider
   * @param operator which of them it is
   * @param settings how the suite is run
   */
  public OperatorSubject(
      FunctionProvider provider, List<Operator> siblings, Operator operator, Settings settings) {
    this.provider = provider;
    this.siblings = siblings;
    this.operator = operator;
    this.settings = settings;
  }

  FunctionProvider provider() {
    return provider;
  }

  Operator operator() {
    return operator;
  }

  Settings settings() {
    return settings;
  }

  String name() {
    return operator.name();
  }

  /** Whether the operator writes into its first input. */
  boolean isInPlace() {
    return name().endsWith("_");
  }

  /** Whether a wrong gradient could show. */
  boolean hasSlopes() {
    return operator.isDifferentiable() && !operator.isFlat();
  }

  /**
   * Whether what takes long is left out: for the quick effort, of an operator that is a formula.
   * Those differ in nothing but the formula, and some are tried that say less of themselves.
   */
  boolean isTriedBriefly() {
    return settings.isQuick() && operator.pointwise().isPresent();
  }

  /** Whether the engine itself has found the operator, as it was when this was first asked. */
  synchronized boolean isInstalled() {
    Boolean known = installed;
    if (known == null) {
      known = isInstalled(provider, name());
      installed = known;
    }
    return known;
  }

  /** Whether the engine has an operator from the provider's module. */
  private static boolean isInstalled(FunctionProvider provider, String operator) {
    return Plugins.list().stream()
        .anyMatch(plugin -> isOf(plugin, provider) && plugin.offers().contains(operator));
  }

  private static boolean isOf(Plugin plugin, FunctionProvider provider) {
    Class<?> type = provider.getClass();
    return switch (plugin.kind()) {
      case ENGINE -> type == EngineOperators.provider().getClass();
      case OPERATORS ->
          plugin
              .module()
              .equals(type.getModule().isNamed() ? type.getModule().getName() : type.getName());
      case BACKEND, ACCELERATORS, JAR -> false;
    };
  }

  /** For an operator that works in place, the one that does not. */
  Optional<Operator> counterpart() {
    return siblings.stream().filter(other -> (other.name() + "_").equals(name())).findFirst();
  }

  /** The samples; for an operator in place that has none, those of its counterpart. */
  List<Arguments> samples() {
    return made().samples();
  }

  /** Why the samples could not be made, or the empty text. */
  String sampleFailure() {
    return made().failure();
  }

  private synchronized Made made() {
    Made known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  /** Makes the samples on a thread of their own, for an author's code may never end. */
  private Made make() {
    AtomicReference<Made> result = new AtomicReference<>();
    Thread maker =
        Thread.ofPlatform()
            .daemon()
            .name("samples of " + name())
            .start(
                () -> {
                  try {
                    List<Arguments> own = freshSamples(operator);
                    Optional<Operator> other = counterpart();
                    result.set(
                        new Made(
                            own.isEmpty() && other.isPresent() ? freshSamples(other.get()) : own,
                            ""));
                  } catch (Throwable e) {
                    result.set(new Made(List.of(), e.toString()));
                  }
                });
    try {
      maker.join(settings.limit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Made done = result.get();
    return done != null
        ? done
        : new Made(List.of(), "they were not made within " + settings.limit().toSeconds() + " s");
  }

  /** An operator's samples, made anew. */
  List<Arguments> freshSamples(Operator of) {
    return of.samples(new SampleTensors(of.name().hashCode() + 31 * settings.seed())).stream()
        .map(sample -> new Arguments(sample.arguments()))
        .toList();
  }

  /** Points like the samples, with other random values, which come close to 0 as chance has it. */
  List<Arguments> draw(int number) {
    long seed = name().hashCode() + 31 * settings.seed() + 7919L * (1 + number);
    return operator.samples(SampleTensors.everywhere(seed)).stream()
        .map(sample -> new Arguments(sample.arguments()))
        .toList();
  }

  /** Whether the operator, or its counterpart, is declared to have no derivative at a point. */
  boolean isSingular(Arguments point) {
    return operator
        .singularity()
        .or(() -> counterpart().flatMap(Operator::singularity))
        .map(singular -> singular.test(new Operator.Sample(point.values())))
        .orElse(false);
  }

  /** The operator, callable by its name until the session is closed. */
  Session open() {
    return Session.of(this);
  }

  /**
   * Adds a case that tries the operator as a whole.
   *
   * @param cases takes the case
   * @param name its name
   * @param body what is done
   */
  void whole(Cases cases, String name, SessionBody body) {
    cases.add(
        name,
        trial -> {
          try (Session session = open()) {
            trial.reproducer(session::reproducer);
            body.run(session);
          }
        });
  }

  /**
   * Adds a case that tries the operator on each sample, if it has some.
   *
   * @param cases takes the case
   * @param name its name
   * @param body what is done
   */
  void each(Cases cases, String name, SampleBody body) {
    if (samples().isEmpty()) {
      return;
    }
    whole(
        cases,
        name,
        session -> {
          List<Arguments> fitting = session.samples();
          if (fitting.isEmpty()) {
            throw NotRun.because(
                "'" + name() + "' has no sample whose result fits into its first tensor");
          }
          for (Arguments sample : fitting) {
            tryOn(session, sample, body);
          }
        });
  }

  void tryOn(Session session, Arguments sample, SampleBody body) throws Exception {
    try {
      body.run(session, sample);
    } catch (AssertionError e) {
      throw new AssertionError("'" + name() + "' on " + sample + ": " + e.getMessage(), e);
    } catch (NotRun e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "'" + name() + "' on " + sample + ": it threw " + Refusal.described(e), e);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
