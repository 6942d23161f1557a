import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes what a Maven archetype consists of: the template of {@code ./fluxion new} with variables
 * for its names, and, for the archetype's own test, what it has to make of them. The build runs it
 * for each of the two.
 */
final class Archetype {
  /**
   * Names as they are in a text of an archetype, which Velocity reads, or in the path of a file.
   */
  private record Variables(ProjectTemplate.Names inText, ProjectTemplate.Names inPath) {
    static Variables of(String last) {
      return new Variables(
          new ProjectTemplate.Names(
              "${package}",
              "${packageInPathFormat}",
              "${groupId}",
              "${artifactId}",
              "${version}",
              "${" + last + "}",
              "${" + last + "Class}",
              "${" + last + "}",
              "${" + last + ".toUpperCase()}"),
          new ProjectTemplate.Names(
              "__package__",
              "__packageInPathFormat__",
              "__groupId__",
              "__artifactId__",
              "__version__",
              "__" + last + "__",
              "__" + last + "Class__",
              "__" + last + "__",
              "__" + last + "__"));
    }
  }

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <archetype-descriptor name="fluxion-archetype-%1$s"
          xmlns="https://maven.apache.org/plugins/maven-archetype-plugin/archetype-descriptor/1.2.0"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="https://maven.apache.org/plugins/maven-archetype-plugin/archetype-descriptor/1.2.0 https://maven.apache.org/xsd/archetype-descriptor-1.2.0.xsd">
        <requiredProperties>
          <requiredProperty key="%2$s">
            <defaultValue>${package.replaceAll('.*[.]', '').replaceAll('[^%4$s]', '')}</defaultValue>
            <validationRegex>%3$s</validationRegex>
          </requiredProperty>
          <requiredProperty key="%2$sClass">
            <defaultValue>${%2$s.substring(0, 1).toUpperCase()}${%2$s.substring(1)}</defaultValue>
          </requiredProperty>
        </requiredProperties>
        <fileSets>
          <fileSet filtered="true" encoding="UTF-8">
            <directory>src</directory>
            <includes><include>**/*.java</include></includes>
          </fileSet>
          <fileSet filtered="true" encoding="UTF-8">
            <directory></directory>
            <includes><include>README.md</include><include>bnd.bnd</include></includes>
          </fileSet>
        </fileSets>
      </archetype-descriptor>
      """;

  /** What Velocity would take for its own stands for itself by these. */
  private static final String SYMBOLS =
      """
      #set( $symbol_pound = '#' )
      #set( $symbol_dollar = '$' )
      #set( $symbol_escape = '\\' )
      """;

  private Archetype() {}

  /**
   * Writes the files.
   *
   * @param args {@code operator} or {@code backend}, the root of Fluxion's project, and the folder
   *     that the archetype's build writes into
   */
  public static void main(String[] args) throws IOException {
    ProjectTemplate template = ProjectTemplate.valueOf(args[0].toUpperCase(Locale.ROOT));
    Path root = Path.of(args[1]);
    Path target = Path.of(args[2]);
    boolean operator = template == ProjectTemplate.OPERATOR;
    String last = operator ? "operator" : "device";
    Variables variables = Variables.of(last);
    ProjectTemplate.Names sample = ProjectTemplate.Names.of(operator ? "my.swish" : "my.box");

    Path resources = target.resolve("classes/archetype-resources");
    Path test = target.resolve("test-classes/projects/sample");
    for (Map.Entry<String, String> file : template.files(root).entrySet()) {
      write(
          resources.resolve(template.renamed(file.getKey(), variables.inPath())),
          SYMBOLS + template.renamed(escaped(file.getValue()), variables.inText()));
      write(
          test.resolve("reference").resolve(template.renamed(file.getKey(), sample)),
          template.renamed(file.getValue(), sample));
    }
    write(
        target.resolve("classes/META-INF/maven/archetype-metadata.xml"),
        DESCRIPTOR.formatted(
            args[0], last, operator ? "[a-z][a-z0-9]*" : "[a-z]+", operator ? "a-z0-9" : "a-z"));
    write(
        test.resolve("archetype.properties"),
        """
        groupId=%s
        artifactId=%s
        version=%s
        package=%s
        """
            .formatted(sample.group(), sample.artifact(), sample.version(), sample.module()));
    // that the project builds is tried elsewhere, with the same files
    write(test.resolve("goal.txt"), "");
  }

  private static String escaped(String text) {
    return Pattern.compile("[\\\\$#]")
        .matcher(text)
        .replaceAll(
            match ->
                switch (match.group()) {
                  case "$" -> "\\${symbol_dollar}";
                  case "#" -> "\\${symbol_pound}";
                  default -> "\\${symbol_escape}";
                });
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
