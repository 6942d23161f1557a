package fluxion.backend.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  @ParameterizedTest
  @CsvSource({
    "0, CL_SUCCESS",
    "-2, CL_DEVICE_NOT_AVAILABLE",
    "-4, CL_MEM_OBJECT_ALLOCATION_FAILURE",
    "-11, CL_BUILD_PROGRAM_FAILURE",
    "-19, CL_KERNEL_ARG_INFO_NOT_AVAILABLE",
    "-30, CL_INVALID_VALUE",
    "-48, CL_INVALID_KERNEL",
    "-54, CL_INVALID_WORK_GROUP_SIZE",
    "-61, CL_INVALID_BUFFER_SIZE",
    "-68, CL_INVALID_DEVICE_PARTITION_COUNT",
    "-1001, CL_PLATFORM_NOT_FOUND_KHR",
    "-20, an unknown error",
    "-29, an unknown error",
    "-69, an unknown error",
    "7, an unknown error"
  })
  void an_error_has_the_name_of_the_specification(int code, String name) {
    assertEquals(name, Status.name(code));
  }

  @Test
  void a_failure_names_the_function_and_the_error() {
    OpenClException failure =
        assertThrows(OpenClException.class, () -> Status.check("clFinish", -5));
    assertEquals("clFinish failed with CL_OUT_OF_RESOURCES (-5)", failure.getMessage());
    assertEquals(-5, failure.code());
    assertTrue(failure.isOutOfMemory());
    assertFalse(new OpenClException("clFinish", -30).isOutOfMemory());
    assertDoesNotThrow(() -> Status.check("clFinish", 0));
  }

  @Test
  void the_loader_has_a_usual_name_on_each_system_and_may_be_named() {
    assertEquals("libOpenCL.so.1", Library.names(null, "Linux").getFirst());
    assertEquals("OpenCL.dll", Library.names(null, "Windows 11").getFirst());
    assertTrue(Library.names(null, "Mac OS X").getFirst().endsWith("OpenCL.framework/OpenCL"));
    assertEquals("/opt/cl.so", Library.names(" /opt/cl.so ", "Linux").getFirst());
  }
}
