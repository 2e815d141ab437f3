package org.iommuref.model.iommufd.ioctl;

import java.util.function.Consumer;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A command of iommufd.
 *
 * @param name as in include/uapi/linux/iommufd.h
 * @param number the whole number
 * @param layout of its structure
 * @param checks that come before it has any effect
 * @param first what happens to the structure before it is checked
 * @param body what it does once the checks have passed
 */
public record Command(
    String name,
    int number,
    CommandLayout layout,
    Consumer<Ucmd> first,
    CheckList<Ucmd> checks,
    Body body) {

  /** IOMMUFD_TYPE and IOMMUFD_CMD_BASE. */
  public static final int BASE = 0x3b80;

  /** A command; its checks go by its name. */
  public static Command of(
      String name, int number, CommandLayout layout, Checks<Ucmd> checks, Body body) {
    return new Command(name, number, layout, ucmd -> {}, new CheckList<>(name, checks), body);
  }

  /** The same, with something that happens to the structure before it is checked. */
  public Command beginningWith(Consumer<Ucmd> preparation) {
    return new Command(name, number, layout, preparation, checks, body);
  }

  /** The same, with its checks in the order that these clauses say. */
  public Command orderedBy(String... clauses) {
    return new Command(name, number, layout, first, checks.orderedBy(clauses), body);
  }

  /** Its place in the table. */
  public int index() {
    return number - BASE;
  }

  /** What a command does. */
  @FunctionalInterface
  public interface Body {
    /** Runs with all checks passed; null for success. */
    @Nullable Errno run(Ucmd ucmd);
  }
}
