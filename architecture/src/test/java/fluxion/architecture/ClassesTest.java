package fluxion.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the compiled classes use, which descriptors alone do not tell. */
final class ClassesTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read_all_classes() {
    List<Path> outputs = House.modules().stream().map(House.Module::classes).toList();
    classes = new ClassFileImporter().importPaths(outputs);
  }

  @Test
  void the_api_uses_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("fluxion.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("fluxion.api..", "java..", "org.jspecify..")
        .check(classes);
  }

  @Test
  void the_engine_names_no_operator_and_no_backend() {
    classes()
        .that()
        .resideInAPackage("fluxion.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "fluxion.api..",
            "fluxion.engine..",
            "java..",
            "javax.security.auth.x500..",
            "jdk.jfr..",
            "org.jspecify..",
            "org.osgi..")
        .check(classes);
  }

  @Test
  void osgi_is_known_by_the_package_that_a_container_starts_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("fluxion.engine.osgi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.osgi..", "fluxion.engine.osgi..")
        .check(classes);
  }

  @Test
  void a_plugin_sees_of_the_engine_only_its_spi() {
    noClasses()
        .that()
        .resideInAnyPackage("fluxion.ops..", "fluxion.backend..", "fluxion.conformance..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are inside the engine",
                type ->
                    (type.getPackageName() + ".").startsWith("fluxion.engine.")
                        && !(type.getPackageName() + ".").startsWith("fluxion.engine.spi.")))
        .check(classes);
  }

  @Test
  void an_operator_module_names_no_backend_and_no_other_operator_module() {
    noClasses()
        .that()
        .resideInAPackage("fluxion.ops.basic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("fluxion.ops.nn..", "fluxion.backend..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("fluxion.ops.nn..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("fluxion.ops.basic..", "fluxion.backend..")
        .check(classes);
  }

  @Test
  void a_backend_names_no_operator() {
    noClasses()
        .that()
        .resideInAPackage("fluxion.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("fluxion.ops..")
        .check(classes);
  }

  @Test
  void the_incubating_vector_module_is_used_by_the_cpu_backend_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("fluxion.backend.cpu..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .check(classes);
  }

  @Test
  void native_code_is_linked_by_the_bindings_of_the_gpu_backend_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("fluxion.backend.gpu.opencl..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(classes);
  }

  @Test
  void vectors_are_not_folded_into_numbers_in_an_order_that_depends_on_their_width() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reduces the lanes of a vector; the order of the lanes is the hardware's, so fold"
                    + " them one by one",
                call ->
                    call.getTarget().getName().startsWith("reduceLanes")
                        && call.getTargetOwner().getPackageName().startsWith("jdk.incubator.")))
        .check(classes);
  }

  @Test
  void no_class_is_compiled_with_preview_features() throws IOException {
    for (House.Module module : House.modules()) {
      for (Path file : House.files(module.classes(), ".class")) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
          assertEquals(0xCAFEBABE, in.readInt(), file.toString());
          // the minor version of a class that uses preview features is 65535
          assertEquals(0, in.readUnsignedShort(), file + " uses preview features");
        }
      }
    }
  }
}
