package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * {@code run.json}: where, when and by what command a report came about; whatever differs between
 * two runs of the same.
 *
 * <p>Schema: {@code run.schema.json}.
 *
 * @param command the arguments as they were given
 * @param workingFolder the folder in which the command ran
 * @param reportFolder where the report lies
 * @param machine on what
 * @param began when the run began
 * @param targets how long each target took, in the order of the report
 */
public record RunFile(
    List<String> command,
    Path workingFolder,
    Path reportFolder,
    Host machine,
    Instant began,
    List<TargetTime> targets) {

  private static final int FORMAT = 1;

  /** Copies the lists. */
  public RunFile {
    command = List.copyOf(command);
    targets = List.copyOf(targets);
  }

  /**
   * How long a target took.
   *
   * @param target its name
   * @param taken from before it was opened until it was closed
   */
  public record TargetTime(String target, Duration taken) {}

  /** The file's content. */
  ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    ArrayNode words = json.putArray("command");
    command.forEach(words::add);
    json.put("working_folder", workingFolder.toString());
    json.put("report_folder", reportFolder.toString());
    json.put("host", machine.host());
    json.put("system", machine.system());
    json.put("processors", machine.processors());
    json.put("java", machine.java());
    json.put("java_home", machine.javaHome().toString());
    json.put("began", began.toString());
    ArrayNode times = json.putArray("targets");
    for (TargetTime target : targets) {
      ObjectNode time = times.addObject().put("target", target.target());
      time.put("milliseconds", target.taken().toMillis());
    }
    return json;
  }
}
