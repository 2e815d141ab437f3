package org.iommuref.conformance.scenario;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Step;

/** A schedule with a column for each thread and machine, a line for each step or event. */
public final class Drawing {

  private static final int LINE = 124;
  private static final int NARROWEST = 32;
  private static final String GAP = "  ";

  /** What says where something lies rather than what it is about. */
  private static final Set<String> PLACES =
      Set.of("unit", "slot", "address", "tail", "dma", "granularity", "functionMask", "quadword");

  private Drawing() {}

  /** The lines of a schedule's race. */
  public static List<String> of(Execution<?> execution) {
    List<String> actors = new ArrayList<>();
    List<TracedStep> trace = execution.trace();
    for (TracedStep step : trace) {
      if (!actors.contains(step.actor())) {
        actors.add(step.actor());
      }
    }
    int most = Math.max(NARROWEST, LINE / Math.max(1, actors.size()) - GAP.length());
    List<String> words = trace.stream().map(step -> cut(wordsOf(step), most)).toList();
    List<Integer> widths = new ArrayList<>();
    for (String actor : actors) {
      int widest = actor.length();
      for (int line = 0; line < trace.size(); line++) {
        boolean own = trace.get(line).actor().equals(actor);
        widest = own ? Math.max(widest, words.get(line).length()) : widest;
      }
      widths.add(widest);
    }
    List<String> lines = new ArrayList<>();
    lines.add(row("", actors, widths));
    for (int line = 0; line < trace.size(); line++) {
      String own = trace.get(line).actor();
      String word = words.get(line);
      List<String> cells = actors.stream().map(actor -> actor.equals(own) ? word : "").toList();
      lines.add(row(String.valueOf(line + 1), cells, widths));
    }
    return lines;
  }

  private static String row(String number, List<String> cells, List<Integer> widths) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%4s", number));
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      row.append(GAP).append(cell).append(" ".repeat(widths.get(column) - cell.length()));
    }
    return row.toString().stripTrailing();
  }

  private static String cut(String words, int most) {
    return words.length() <= most ? words : words.substring(0, most - 3) + "...";
  }

  private static String wordsOf(TracedStep traced) {
    Step step = traced.step();
    if (step instanceof CallEvent event) {
      return (event instanceof CallEvent.Called ? "> " : "< ") + event.words().replace("  ", " ");
    }
    StringBuilder words = new StringBuilder(step.action());
    RecordComponent[] components = step.getClass().getRecordComponents();
    for (RecordComponent component : components == null ? new RecordComponent[0] : components) {
      if (!PLACES.contains(component.getName())) {
        words.append(named(component.getName(), value(component, step)));
      }
    }
    return traced.yielded() == null
        ? words.toString()
        : words.append(" = ").append(word(traced.yielded())).toString();
  }

  /** A level says that it is one, a truth value is its name or nothing. */
  private static String named(String name, Object value) {
    if (value instanceof Boolean truth) {
      return truth ? " " + name : "";
    }
    return name.equals("level") ? " level " + value : " " + word(value);
  }

  private static String word(Object value) {
    if (value instanceof Atom atom) {
      return word(atom.low()) + ":" + word(atom.high());
    }
    if (value instanceof Optional<?> found) {
      return found.map(Drawing::word).orElse("nothing");
    }
    return value instanceof Long number ? "0x" + Long.toHexString(number) : value.toString();
  }

  private static Object value(RecordComponent component, Step step) {
    try {
      return component.getAccessor().invoke(step);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the components of " + step.getClass(), e);
    }
  }
}
