package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.PluginException;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

/** What is said of failures. */
final class CausesTest {
  @Test
  void a_flag_of_the_jvm_that_is_missing_is_named() {
    assertEquals(
        "IllegalCallerException: Illegal native access from module acme.gpu; start the program with"
            + " --enable-native-access=acme.gpu",
        Causes.describe(new IllegalCallerException("Illegal native access from module acme.gpu")));
  }

  @Test
  void wrappers_are_taken_off() {
    Throwable root = new IllegalArgumentException("bad");
    assertEquals(
        "IllegalArgumentException: bad",
        Causes.describe(
            new ServiceConfigurationError("s: p", new ExceptionInInitializerError(root))));
  }

  @Test
  void a_missing_class_is_named_with_what_to_do() {
    assertEquals(
        "needs class acme.Helper, which is not there (NoClassDefFoundError); add the jar that has"
            + " it",
        Causes.describe(new NoClassDefFoundError("acme/Helper")));
    assertEquals(
        "NoClassDefFoundError: Could not initialize class acme.Helper",
        Causes.describe(new NoClassDefFoundError("Could not initialize class acme.Helper")));
  }

  @Test
  void a_class_that_has_changed_says_that_releases_must_go_together() {
    assertEquals(
        "NoSuchMethodError: m(); it was compiled against another version of what it uses: use"
            + " releases that go together",
        Causes.describe(new NoSuchMethodError("m()")));
  }

  @Test
  void an_own_error_needs_no_class_name() {
    assertEquals("is wrong", Causes.describe(new PluginException("is wrong")));
  }

  @Test
  void the_service_is_left_out() {
    assertEquals(
        "Provider acme.P not found; the jar is damaged or names a class that it does not hold:"
            + " build it again",
        Causes.describe(new ServiceConfigurationError("a.Service: Provider acme.P not found")));
  }
}
