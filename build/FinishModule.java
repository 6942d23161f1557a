import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;

/**
 * Saves programs some of their start: writes into a module's descriptor which packages it has,
 * which the JVM otherwise gathers from all names in the jar, and writes down the names of its
 * operators, which the engine otherwise learns from the classes of all their tables.
 */
final class FinishModule {
  private static final String PROVIDERS = "fluxion.engine.spi.FunctionProvider";

  private FinishModule() {}

  /** Takes the folder of the module's classes, which are on the class path with what they need. */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Path classes = Path.of(args[0]);
    Path descriptor = classes.resolve("module-info.class");
    if (!Files.exists(descriptor)) {
      return;
    }
    ClassFile files = ClassFile.of();
    var packages = packages(classes).stream().map(PackageDesc::of).toList();
    byte[] finished =
        files.transformClass(
            files.parse(descriptor),
            ClassTransform.dropping(element -> element instanceof ModulePackagesAttribute)
                .andThen(
                    ClassTransform.endHandler(
                        module -> module.with(ModulePackagesAttribute.ofNames(packages)))));
    Files.write(descriptor, finished);
    try (var in = Files.newInputStream(descriptor)) {
      for (ModuleDescriptor.Provides provides : ModuleDescriptor.read(in).provides()) {
        if (provides.service().equals(PROVIDERS)) {
          for (String provider : provides.providers()) {
            Path index = classes.resolve("META-INF/fluxion/" + provider + ".operators");
            Files.createDirectories(index.getParent());
            Files.writeString(index, index(provider));
          }
        }
      }
    }
  }

  /** The folders with files, those left out whose name is no package's. */
  private static TreeSet<String> packages(Path classes) throws IOException {
    TreeSet<String> packages = new TreeSet<>();
    Files.walkFileTree(
        classes,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.endsWith("META-INF")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path folder = classes.relativize(file).getParent();
            if (folder != null) {
              String name = folder.toString().replace(folder.getFileSystem().getSeparator(), ".");
              if (SourceVersion.isName(name)) {
                packages.add(name);
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return packages;
  }

  private static String index(String provider) throws ReflectiveOperationException {
    try {
      Class<?> type = Class.forName(provider);
      Object made = type.getConstructor().newInstance();
      Object operators = type.getMethod("operators").invoke(made);
      return (String)
          Class.forName("fluxion.engine.spi.Catalogue")
              .getMethod("index", List.class)
              .invoke(null, operators);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the operators of " + provider, e.getCause());
    }
  }
}
