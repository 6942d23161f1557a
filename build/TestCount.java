import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up the test reports below the given folders; fails if a test failed or none ran. */
final class TestCount {
  private static final Pattern SUITE = Pattern.compile("<testsuite\\s[^>]*>");

  private long run;
  private long failed;
  private long skipped;

  private TestCount() {}

  /** Takes the folders. */
  public static void main(String[] args) throws IOException {
    TestCount count = new TestCount();
    for (String folder : args) {
      count.addAll(Path.of(folder));
    }
    long passed = count.run - count.failed - count.skipped;
    System.out.println(
        passed + " passed, " + count.failed + " failed, " + count.skipped + " skipped");
    System.exit(count.failed == 0 && passed > 0 ? 0 : 1);
  }

  private void addAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            String room = file.getParent().getFileName().toString();
            if (name.matches("TEST-.*\\.xml") && room.matches("(surefire|failsafe)-reports")) {
              add(Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(String report) {
    Matcher suite = SUITE.matcher(report);
    if (suite.find()) {
      run += number(suite.group(), "tests");
      failed += number(suite.group(), "failures") + number(suite.group(), "errors");
      skipped += number(suite.group(), "skipped");
    }
  }

  private static long number(String suite, String attribute) {
    Matcher value = Pattern.compile("\\s" + attribute + "=\"(\\d+)\"").matcher(suite);
    return value.find() ? Long.parseLong(value.group(1)) : 0;
  }
}
