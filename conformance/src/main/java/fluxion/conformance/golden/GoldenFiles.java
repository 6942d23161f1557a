package fluxion.conformance.golden;

import fluxion.api.FormatException;
import fluxion.conformance.GoldenCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of recorded cases, in the kit's resources or in a folder.
 *
 * <p>The kit carries one archive an operator, one of second-order cases and one of errors, with the
 * names that the files have in a folder; {@value #INDEX} lists them.
 */
public final class GoldenFiles {
  /** The resource that lists the archives. */
  static final String INDEX = "index.txt";

  static final String CASES = "cases.jsonl";
  static final String TENSORS = "tensors.safetensors";
  static final String ERRORS = "errors.jsonl";

  private GoldenFiles() {}

  /** {@return the cases in the kit's resources} */
  public static List<GoldenCase> builtIn() {
    List<GoldenCase> cases = new ArrayList<>();
    archives().forEach(archive -> cases.addAll(builtIn(archive)));
    return List.copyOf(cases);
  }

  /** {@return the archives in the kit's resources, in the order of their names} */
  public static List<String> archives() {
    return new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * {@return the cases of an archive in the kit's resources}
   *
   * @param archive its name
   */
  public static List<GoldenCase> builtIn(String archive) {
    return cases(unpack(archive), archive);
  }

  /**
   * {@return the cases in a folder and all below it}
   *
   * @param folder the folder
   * @throws FormatException if a file is malformed
   */
  public static List<GoldenCase> in(Path folder) {
    List<GoldenCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.equals(CASES)) {
          Path tensors = file.resolveSibling(TENSORS);
          byte[] elements = Files.exists(tensors) ? Files.readAllBytes(tensors) : null;
          cases.addAll(
              cases(Files.readAllBytes(file), elements, file.toString(), tensors.toString()));
        } else if (name.equals(ERRORS)) {
          cases.addAll(errors(Files.readAllBytes(file), file.toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(cases);
  }

  private static byte[] resource(String name) {
    try (InputStream in = GoldenFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FormatException("the kit's resource " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of an archive in the resources. */
  static Map<String, byte[]> unpack(String archive) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new java.io.ByteArrayInputStream(resource(archive)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static List<GoldenCase> cases(Map<String, byte[]> files, String archive) {
    byte[] errors = files.get(ERRORS);
    if (errors != null) {
      return errors(errors, archive + "/" + ERRORS);
    }
    byte[] cases = files.get(CASES);
    if (cases == null) {
      throw new FormatException(archive + " holds neither " + CASES + " nor " + ERRORS);
    }
    return cases(cases, files.get(TENSORS), archive + "/" + CASES, archive + "/" + TENSORS);
  }

  private static List<GoldenCase> cases(
      byte[] lines, byte @Nullable [] elements, String source, String elementsSource) {
    if (elements == null) {
      throw new FormatException(elementsSource + " is missing beside " + source);
    }
    Safetensors tensors = Safetensors.parse(elements, elementsSource);
    List<GoldenCase> cases = new ArrayList<>();
    for (Map<String, @Nullable Object> fields : lines(lines, source)) {
      try {
        cases.add(
            fields.containsKey("grad_grads")
                ? new SecondOrderCase(fields, tensors)
                : new ValueCase(fields, tensors));
      } catch (FormatException e) {
        throw malformed(source, e);
      }
    }
    return cases;
  }

  private static List<GoldenCase> errors(byte[] lines, String source) {
    List<GoldenCase> cases = new ArrayList<>();
    for (Map<String, @Nullable Object> fields : lines(lines, source)) {
      try {
        cases.add(new ErrorCase(fields));
      } catch (FormatException e) {
        throw malformed(source, e);
      }
    }
    return cases;
  }

  private static List<Map<String, @Nullable Object>> lines(byte[] lines, String source) {
    try {
      return Json.lines(new String(lines, StandardCharsets.UTF_8));
    } catch (FormatException e) {
      throw malformed(source, e);
    }
  }

  private static FormatException malformed(String source, FormatException cause) {
    return new FormatException(source + " is malformed: " + cause.getMessage(), cause);
  }
}
