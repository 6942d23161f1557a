package acme.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators that the application was never compiled against. */
class ApplicationTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... names) {
    return Application.run(List.of(names), new PrintStream(out, true), new PrintStream(err, true));
  }

  @Test
  void thePluginIsNoDependencyOfTheApplication() {
    assertTrue(
        Application.class.getModule().getDescriptor().requires().stream()
            .noneMatch(requires -> requires.name().startsWith("acme")));
    assertThrows(
        IllegalAccessException.class,
        () ->
            Class.forName("acme.softplusplus.AcmeFunctions")
                .getDeclaredConstructor()
                .newInstance());
  }

  @Test
  void itsOperatorsAreFoundAndDifferentiated() {
    assertEquals(0, run("softplusplus", "unit_rms"));
    assertEquals("", err.toString());
    assertEquals(
        """
        softplusplus
          value    tensor([-0.8799,  0.0000,  2.4338], grad_fn=<SoftplusplusBackward0>)
          gradient tensor([0.7689, 1.0000, 1.3808])
        unit_rms
          value    tensor([-0.7746,  0.0000,  1.5492], grad_fn=<UnitRmsBackward0>)
          gradient tensor([0.9295, 0.7746, 0.4648])
        """,
        out.toString());
  }

  @Test
  void anOperatorThatIsNotThereIsNamed() {
    assertEquals(1, run("softplusplusplus"));
    assertTrue(
        err.toString()
            .startsWith(
                "operator 'softplusplusplus' is missing: no module on the path provides it."
                    + " Did you mean 'softplusplus'?"),
        err.toString());
  }
}
