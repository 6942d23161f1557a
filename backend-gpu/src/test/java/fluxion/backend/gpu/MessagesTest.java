package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void a_source_that_does_not_compile_is_shown_with_the_line_and_the_log() {
    String message =
        Compiler.message(
            "clBuildProgram failed with CL_BUILD_PROGRAM_FAILURE (-11)",
            "error: /cache/temp.cl:2:7: use of undeclared identifier 'y'\n1 error generated.",
            "int f() {\n  return y;\n}\n");
    assertEquals(
        """
        a kernel does not compile: clBuildProgram failed with CL_BUILD_PROGRAM_FAILURE (-11)
        line 2: return y;
        error: /cache/temp.cl:2:7: use of undeclared identifier 'y'
        1 error generated.\
        """,
        message);
  }

  @Test
  void a_log_is_cut_and_one_without_a_line_is_shown_alone() {
    String message = Compiler.message("it failed", "no\n".repeat(25), "source");
    assertTrue(message.startsWith("a kernel does not compile: it failed\nno\n"), message);
    assertTrue(message.endsWith("\n… 5 more lines"), message);
    assertFalse(message.contains("line "), message);
  }

  @Test
  void a_budget_is_a_number_of_bytes() {
    assertEquals(7, DeviceMemory.budget(null, 7));
    assertEquals(1024, DeviceMemory.budget(" 1024 ", 7));
    for (String wrong : new String[] {"", "1G", "0", "-5"}) {
      ArgumentException refusal =
          assertThrows(ArgumentException.class, () -> DeviceMemory.budget(wrong, 7));
      assertEquals(
          "-Dfluxion.gpu.memory="
              + wrong
              + ": expected a number of bytes, such as 1073741824 for 1 GiB",
          refusal.getMessage());
    }
  }

  @Test
  void kernels_are_written_as_for_the_kind_of_device_or_as_a_property_says() {
    assertTrue(Capabilities.isProcessor("", 2));
    assertFalse(Capabilities.isProcessor("", 4));
    assertFalse(Capabilities.isProcessor("card", 2));
    assertTrue(Capabilities.isProcessor("processor", 4));
    ArgumentException refusal =
        assertThrows(ArgumentException.class, () -> Capabilities.isProcessor("fast", 4));
    assertEquals("-Dfluxion.gpu.style=fast: expected 'card' or 'processor'", refusal.getMessage());
  }

  @Test
  void a_driver_that_replaces_signal_handlers_is_known() {
    assertTrue(Signals.replacesHandlers("Portable Computing Language; OpenCL 3.0"));
    assertTrue(Signals.replacesHandlers("AMD Accelerated Parallel Processing; OpenCL 2.1"));
    assertFalse(Signals.replacesHandlers("NVIDIA CUDA; OpenCL 3.0"));
    assertTrue(Signals.isChained("7f00-7f01 r-xp 00 08:01 5 /jdk/lib/libjsig.so\n"));
    assertFalse(Signals.isChained("7f00-7f01 r-xp 00 08:01 5 /jdk/lib/libjava.so\n"));
  }

  @Test
  void the_warning_says_what_to_preload() {
    assertEquals(
        "the driver 'PoCL' replaces the JVM's signal handlers, and libjsig is not loaded: a"
            + " NullPointerException elsewhere can end this process. Start it with"
            + " LD_PRELOAD=/jdk/lib/libjsig.so",
        Signals.warning("PoCL; 3.1", "/jdk"));
  }
}
