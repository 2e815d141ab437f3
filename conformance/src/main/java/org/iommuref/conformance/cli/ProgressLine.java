package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import org.iommuref.conformance.suite.Progress;

/** One line that is overwritten as a run goes on, and gone when it ends. */
final class ProgressLine implements Progress {

  private static final int WIDTH = 79;
  private static final int HUNDRED = 100;

  private final PrintWriter out;
  private final String target;
  private int shown = -1;

  ProgressLine(PrintWriter out, String target) {
    this.out = out;
    this.target = target;
  }

  /** Written again only when the percentage changes. */
  @Override
  public void ran(int done, int total, String what) {
    int percent = (int) ((long) done * HUNDRED / total);
    if (percent == shown) {
      return;
    }
    shown = percent;
    String line = String.format("%3d %%  %d of %d  %s  %s", percent, done, total, target, what);
    out.print(
        "\r"
            + (line.length() > WIDTH
                ? line.substring(0, WIDTH)
                : line + " ".repeat(WIDTH - line.length())));
    out.flush();
  }

  @Override
  public void ended() {
    if (shown >= 0) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
