package fluxion.conformance.suite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tests of one kind of rules: those in some classes that are marked with {@link TestOf}.
 *
 * @param <S> what the rules are about
 */
public final class Book<S> {
  private final Class<S> about;
  private final Specification specification;
  private final Map<String, Method> tests = new LinkedHashMap<>();

  /**
   * Makes a book.
   *
   * @param about what the rules are about: the type of the tests' first parameter
   * @param classes where the tests are
   */
  public Book(Class<S> about, List<Class<?>> classes) {
    this(about, classes, Specification.load());
  }

  /** Makes a book of the tests of another specification. */
  Book(Class<S> about, List<Class<?>> classes, Specification specification) {
    this.about = about;
    this.specification = specification;
    List<Method> methods = new ArrayList<>();
    for (Class<?> type : classes) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(TestOf.class)) {
          method.setAccessible(true);
          methods.add(method);
        }
      }
    }
    methods.sort(Comparator.comparing(method -> method.getAnnotation(TestOf.class).value()));
    for (Method method : methods) {
      String id = method.getAnnotation(TestOf.class).value();
      if (tests.put(id, method) != null) {
        throw new IllegalStateException("rule " + id + " has two tests");
      }
    }
  }

  /** {@return the names of the tests by the ids of their rules, in the order of the ids} */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    tests.forEach((id, method) -> names.put(id, method.getName()));
    return names;
  }

  /**
   * {@return whether settings choose any of the rules}
   *
   * @param settings which rules
   */
  public boolean isChosen(Settings settings) {
    return tests.keySet().stream().anyMatch(id -> settings.includes(specification.rule(id)));
  }

  /**
   * {@return the checks that the tests of the chosen rules yield for a subject, rule by rule}
   *
   * <p>A test that fails while it lists its cases yields one check that fails.
   *
   * @param name the subject's name
   * @param subject the subject
   * @param settings which rules, and how the suite is run
   */
  public List<Check> checks(String name, S subject, Settings settings) {
    List<Check> checks = new ArrayList<>();
    tests.forEach(
        (id, method) -> {
          Rule rule = specification.rule(id);
          if (settings.includes(rule)) {
            Cases cases = new Cases(rule, name, settings);
            list(method, about.cast(subject), cases);
            checks.addAll(cases.checks());
          }
        });
    return checks;
  }

  private void list(Method method, S subject, Cases cases) {
    try {
      method.invoke(null, subject, cases);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      cases.add(
          "its cases",
          trial -> {
            throw new AssertionError("the cases could not be listed: " + cause, cause);
          });
    }
  }
}
