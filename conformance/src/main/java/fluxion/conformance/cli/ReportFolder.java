package fluxion.conformance.cli;

import fluxion.conformance.report.ClaimJson;
import fluxion.conformance.report.HtmlPage;
import fluxion.conformance.report.JunitXml;
import fluxion.conformance.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run's report goes. */
final class ReportFolder {
  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A folder, made and tried before anything is run.
   *
   * @throws UsageException if nothing can be written there
   */
  static ReportFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "report", ".tmp"));
      return new ReportFolder(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** The page to open. */
  Path page() {
    return folder.resolve("index.html");
  }

  /**
   * Writes the report's files.
   *
   * @throws UsageException if one cannot be written
   */
  void write(Report report) {
    try {
      Files.writeString(folder.resolve("claim.json"), ClaimJson.of(report));
      Files.writeString(folder.resolve("junit.xml"), JunitXml.of(report));
      Files.writeString(page(), HtmlPage.of(report));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static UsageException unwritable(Path folder, IOException e) {
    return new UsageException(
        "--report: nothing can be written into '"
            + folder
            + "' ("
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage()
            + ")",
        e);
  }
}
