package fluxion.tests.mutation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of single operators, those in {@code fluxion.tests.operators}, as trials. */
final class OwnTests {
  private static final String PACKAGE = "fluxion.tests.operators";

  private OwnTests() {}

  /** All of them that take no parameters. */
  static List<Trial> all() {
    List<Trial> trials = new ArrayList<>();
    for (Class<?> type : Subjects.classes(OwnTests.class.getModule(), PACKAGE)) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Test.class))
          .sorted(Comparator.comparing(Method::getName))
          .forEach(
              method ->
                  trials.add(
                      new Trial(
                          type.getSimpleName() + "." + method.getName(), () -> run(type, method))));
    }
    return trials;
  }

  private static void run(Class<?> type, Method method) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      method.setAccessible(true);
      method.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw new AssertionError(method + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot run " + method, e);
    }
  }
}
