package org.iommuref.model.oracle;

import org.iommuref.spec.memory.PhysAddr;

/** Where an access took effect, found out from the tags in memory. */
public sealed interface Landing {

  /** Nowhere: the access was refused. */
  record Blocked() implements Landing {
    @Override
    public String toString() {
      return "fault";
    }
  }

  /** At this address. */
  record At(PhysAddr address) implements Landing {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** It completed, and its kind does not show where. */
  record Somewhere() implements Landing {
    @Override
    public String toString() {
      return "done";
    }
  }

  /** It completed, but nowhere that the run knows of. */
  record Unknown(String seen) implements Landing {
    @Override
    public String toString() {
      return "an unknown place (" + seen + ")";
    }
  }
}
