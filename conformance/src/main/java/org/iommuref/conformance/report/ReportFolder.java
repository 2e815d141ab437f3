package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The folder into which a run writes what it found.
 *
 * <p>Each file appears whole or not at all: it is written beside its place and then moved there. So
 * what an earlier target gave stays readable while a later one is judged, or when the disk is full.
 */
public final class ReportFolder {

  private static final Pattern REPLAY_FILE =
      Pattern.compile("[A-Z0-9]+-[0-9]{3}(\\.[0-9]+)?\\.json");

  /** Puts the bytes of a new file onto the disk. */
  @FunctionalInterface
  interface Disk {
    /** Writes a file whole. */
    void write(Path file, byte[] content) throws IOException;
  }

  private final Path folder;
  private final ReportJson reportJson;
  private final Disk disk;

  /** A folder that need not exist yet. */
  public ReportFolder(Path folder, ReportJson reportJson) {
    this(folder, reportJson, Files::write);
  }

  ReportFolder(Path folder, ReportJson reportJson, Disk disk) {
    this.folder = folder;
    this.reportJson = reportJson;
    this.disk = disk;
  }

  /** Where it lies. */
  public Path path() {
    return folder;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Writes the report as it stands; replay files that belong to an earlier run are removed.
   *
   * @throws IOException if a file cannot be written; what was there before is still whole
   */
  public void write(RunReport run, RunFile runFile) throws IOException {
    Map<String, byte[]> failures = new LinkedHashMap<>();
    for (int i = 0; i < run.targets().size(); i++) {
      if (run.targets().get(i) instanceof TargetResult.Judged judged) {
        for (Failure failure : judged.report().failures()) {
          FailureFile file = new FailureFile(failure, run.settings().validate());
          failures.put(run.replayFile(i, failure), JsonText.bytes(file.write()));
        }
      }
    }
    for (Map.Entry<String, byte[]> failure : failures.entrySet()) {
      write(failure.getKey(), failure.getValue());
    }
    ObjectNode json = reportJson.write(run);
    write("report.json", JsonText.bytes(json));
    write("junit.xml", JunitXml.of(json));
    write("report.html", HtmlReport.of(json));
    write("run.json", JsonText.bytes(runFile.write()));
    removeOldFailures(failures);
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = file(name);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      disk.write(beside, content);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  private void removeOldFailures(Map<String, byte[]> current) throws IOException {
    Path failures = file("failures");
    if (!Files.isDirectory(failures)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(failures)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (REPLAY_FILE.matcher(name).matches() && !current.containsKey("failures/" + name)) {
          Files.delete(file);
        }
      }
    }
  }
}
