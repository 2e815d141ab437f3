package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.program.SystemCall;
import org.jspecify.annotations.Nullable;

/**
 * Where two sides first answer differently.
 *
 * @param step which step, from 0
 * @param name its name
 * @param call the call in it
 * @param model what the model answered
 * @param linux what Linux answered
 */
record Difference(int step, String name, SystemCall call, String model, String linux) {

  /** The first difference, or null. */
  static @Nullable Difference first(List<Step> steps, List<String> model, List<String> linux) {
    int answer = 0;
    for (int step = 0; step < steps.size(); step++) {
      for (SystemCall call : steps.get(step).calls()) {
        String expected = answer < model.size() ? model.get(answer) : "nothing";
        String seen = answer < linux.size() ? linux.get(answer) : "nothing";
        if (!expected.equals(seen)) {
          return new Difference(step, steps.get(step).name(), call, expected, seen);
        }
        answer++;
      }
    }
    return linux.size() > answer ? atTheEnd(steps, linux.get(answer)) : null;
  }

  /** Everything was answered alike; then something happened while the processes ended. */
  private static Difference atTheEnd(List<Step> steps, String linux) {
    Step last = steps.get(steps.size() - 1);
    return new Difference(
        steps.size() - 1, "end", last.calls().get(last.calls().size() - 1), "the end", linux);
  }

  /** Whether the other is the same disagreement, perhaps elsewhere in a sequence. */
  boolean isLike(Difference other) {
    return name.equals(other.name)
        && made(call).getClass() == made(other.call).getClass()
        && (made(call) instanceof SystemCall.Get
            || made(call) instanceof SystemCall.Account
            || (model.equals(other.model) && linux.equals(other.linux)));
  }

  private static SystemCall made(SystemCall call) {
    return call instanceof SystemCall.By by ? by.call() : call;
  }
}
