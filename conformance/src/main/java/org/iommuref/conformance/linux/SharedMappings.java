package org.iommuref.conformance.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.conformance.linux.FrameTable.Owner;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/** Where a process maps pages of files that others may map too, from {@code /proc/PID/maps}. */
record SharedMappings(List<Range> ranges) {

  private static final Pattern LINE =
      Pattern.compile("(\\w+)-(\\w+) r..s (\\w+) (\\w+):(\\w+) (\\d+).*");

  /** A range of addresses, and the file that it shows. */
  record Range(long start, long end, long offset, Owner.OfFile file) {}

  /** What a process maps now; nothing if it has ended. */
  static SharedMappings of(ProcessId process) {
    List<Range> ranges = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.number() + "/maps"))) {
        Matcher mapping = LINE.matcher(line);
        if (mapping.matches()) {
          long device = hex(mapping, 4) << 8 | hex(mapping, 5);
          long inode = Long.parseLong(mapping.group(6));
          ranges.add(
              new Range(
                  hex(mapping, 1),
                  hex(mapping, 2),
                  hex(mapping, 3),
                  new Owner.OfFile(device, inode)));
        }
      }
    } catch (IOException e) {
      return new SharedMappings(List.of());
    }
    return new SharedMappings(ranges);
  }

  /** The address of a page of a file. */
  OptionalLong addressOf(Owner.OfFile file, long page) {
    long offset = page * Processes.PAGE_SIZE;
    return ranges.stream()
        .filter(range -> range.file.equals(file))
        .filter(range -> offset >= range.offset)
        .filter(range -> offset - range.offset < range.end - range.start)
        .mapToLong(range -> range.start + offset - range.offset)
        .findFirst();
  }

  private static long hex(Matcher mapping, int group) {
    return Long.parseUnsignedLong(mapping.group(group), 16);
  }
}
