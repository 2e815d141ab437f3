package org.iommuref.tla;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.iommuref.tla.tlc.CounterexampleStep;
import org.iommuref.tla.tlc.StateChange;
import org.iommuref.tla.tlc.TlcResult;

/**
 * A counterexample as text: a row for each step, a column for each actor, and beside them what the
 * step changed.
 *
 * <p>TLC names the action of a step and not its arguments; who took it is read from what it
 * changed.
 */
public final class CounterexampleTimeline {

  private static final String GAP = "  ";

  private final List<Column> columns;

  private CounterexampleTimeline(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * Draws the counterexample; empty if the result has none. Who does nothing in it has no column.
   * Lines end with {@code \n}.
   */
  public static String draw(Model model, TlcResult result) {
    List<CounterexampleStep> steps = result.counterexample();
    CounterexampleTimeline whole = new CounterexampleTimeline(columnsOf(model));
    Set<Column> used = steps.stream().map(whole::columnOf).collect(Collectors.toSet());
    return steps.isEmpty()
        ? ""
        : new CounterexampleTimeline(whole.columns.stream().filter(used::contains).toList())
            .draw(steps);
  }

  private String draw(List<CounterexampleStep> steps) {
    List<Integer> widths = columns.stream().map(column -> width(column, steps)).toList();
    StringBuilder text = new StringBuilder();
    List<String> titles = columns.stream().map(Column::title).toList();
    row(text, "", titles, widths, "changes");
    for (int i = 0; i < steps.size(); i++) {
      CounterexampleStep step = steps.get(i);
      List<String> cells =
          columns.stream().map(column -> isTakenBy(step, column) ? step.action() : "").toList();
      List<StateChange> changes = step.changes();
      row(text, String.valueOf(i + 1), cells, widths, changes.isEmpty() ? "" : changes.get(0) + "");
      List<String> blank = columns.stream().map(column -> "").toList();
      changes.stream().skip(1).forEach(change -> row(text, "", blank, widths, change.toString()));
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, String number, List<String> cells, List<Integer> widths, String rest) {
    StringBuilder line = new StringBuilder("%3s".formatted(number));
    for (int i = 0; i < cells.size(); i++) {
      line.append(GAP).append(padded(cells.get(i), widths.get(i)));
    }
    text.append(line.append(GAP).append(rest).toString().stripTrailing()).append('\n');
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }

  private int width(Column column, List<CounterexampleStep> steps) {
    return steps.stream()
        .filter(step -> isTakenBy(step, column))
        .mapToInt(step -> step.action().length())
        .reduce(column.title().length(), Math::max);
  }

  private boolean isTakenBy(CounterexampleStep step, Column column) {
    return column.equals(columnOf(step));
  }

  // The place says more than the value: buffer[c1] belongs to c1, whatever is in it.
  private Column columnOf(CounterexampleStep step) {
    List<Column> able = columns.stream().filter(column -> column.takes(step)).toList();
    for (Column column : able) {
      if (step.changes().stream().anyMatch(change -> column.isNamedIn(change.place()))) {
        return column;
      }
    }
    for (Column column : able) {
      if (step.changes().stream().anyMatch(change -> column.isNamedIn(change.toString()))) {
        return column;
      }
    }
    return able.isEmpty() ? columns.get(columns.size() - 1) : able.get(0);
  }

  private static List<Column> columnsOf(Model model) {
    List<Column> columns = new ArrayList<>();
    for (Lane lane : model.lanes()) {
      if (lane.actors().isEmpty()) {
        columns.add(new Column(lane.title(), "", lane.actions()));
      }
      lane.actors()
          .forEach(
              actor -> columns.add(new Column(lane.title() + " " + actor, actor, lane.actions())));
    }
    return columns.isEmpty() ? List.of(new Column("step", "", List.of())) : columns;
  }

  private record Column(String title, String actor, List<String> actions) {

    boolean takes(CounterexampleStep step) {
      return actions.contains(step.action());
    }

    boolean isNamedIn(String text) {
      return !actor.isEmpty()
          && Pattern.compile("\\b" + Pattern.quote(actor) + "\\b").matcher(text).find();
    }
  }
}
