package org.iommuref.hw.vtd.unit;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * A list of conditions, each of which is a constant of a class that the list has for itself.
 *
 * <p>A loop over a list calls each condition through an interface; that took half the time of a
 * translation from the IOTLB. So each list is an instance of a hidden copy of this class: the
 * compiler of the virtual machine sees its conditions in {@code static final} fields, and puts them
 * into the walk as if they were written there. What it costs the reader: this class is never used
 * itself, only copied by {@link Checks}, and it counts to eight by hand.
 */
final class InlinedChecks extends Checks {

  /**
   * The conditions of this many places are constants; the lists that are longer are seldom used.
   */
  private static final int PLACES = 8;

  private static final int NONE = -1;

  private static final Content CONTENT = contentOfCopy();
  private static final Check.Test T0 = CONTENT.test(0);
  private static final Check.Test T1 = CONTENT.test(1);
  private static final Check.Test T2 = CONTENT.test(2);
  private static final Check.Test T3 = CONTENT.test(3);
  private static final Check.Test T4 = CONTENT.test(4);
  private static final Check.Test T5 = CONTENT.test(5);
  private static final Check.Test T6 = CONTENT.test(6);
  private static final Check.Test T7 = CONTENT.test(7);

  InlinedChecks() {
    super(CONTENT);
  }

  private static Content contentOfCopy() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Content.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("not a copy", e);
    }
  }

  @Override
  @Nullable FaultReason refusal(DmaRequest r, long low, long high, VtdConfiguration unit) {
    int place =
        T0.refuses(r, low, high, unit)
            ? 0
            : T1.refuses(r, low, high, unit)
                ? 1
                : T2.refuses(r, low, high, unit)
                    ? 2
                    : T3.refuses(r, low, high, unit)
                        ? 3
                        : T4.refuses(r, low, high, unit)
                            ? 4
                            : T5.refuses(r, low, high, unit)
                                ? 5
                                : T6.refuses(r, low, high, unit)
                                    ? 6
                                    : T7.refuses(r, low, high, unit)
                                        ? 7
                                        : behind(r, low, high, unit);
    return place == NONE ? null : CONTENT.inOrder().get(place).reason();
  }

  private static int behind(DmaRequest r, long low, long high, VtdConfiguration unit) {
    for (int i = PLACES; i < CONTENT.inOrder().size(); i++) {
      if (CONTENT.test(i).refuses(r, low, high, unit)) {
        return i;
      }
    }
    return NONE;
  }
}
