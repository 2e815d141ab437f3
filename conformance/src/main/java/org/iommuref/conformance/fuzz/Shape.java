package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.conformance.program.StructureBytes;

/**
 * A command as a sensible program uses it.
 *
 * @param name as in the kernel's headers
 * @param command the number behind the type of iommufd's ioctls
 * @param weight how often it is drawn, against others
 * @param sensible whether there is anything to use it on
 * @param filled a structure for a call
 */
record Shape(
    String name,
    int command,
    int weight,
    Predicate<Known> sensible,
    Function<Draw, StructureBytes> filled) {

  /** Those of {@code /dev/iommu}. */
  static final List<Shape> IOMMUFD =
      Stream.of(IoasShapes.ALL, HwptShapes.ALL, ViommuShapes.ALL, TestShapes.ALL)
          .flatMap(List::stream)
          .toList();

  /** Those of a node of VFIO, which knows the commands of iommufd as well. */
  static final List<Shape> VFIO = Stream.concat(VfioShapes.ALL.stream(), IOMMUFD.stream()).toList();

  /** The whole number of the ioctl. */
  int number() {
    return Lessons.TYPE | command;
  }
}
