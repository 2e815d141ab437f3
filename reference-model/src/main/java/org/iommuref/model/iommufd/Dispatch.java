package org.iommuref.model.iommufd;

import static org.iommuref.spec.errno.Errno.E2BIG;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOTTY;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.jspecify.annotations.Nullable;

/** Finds the command of a number, reads its structure in and runs it. Linux: iommufd_fops_ioctl. */
public final class Dispatch {

  /** What is asked before a command sees its structure. */
  public static final CheckList<Entry> CHECKS =
      new CheckList<>(
              "iommufd_fops_ioctl",
              Checks.<Entry>inOrder()
                  .needs("UAPI-005", "the size cannot be read", e -> !e.readSize(), EFAULT)
                  .needs("UAPI-004", "there is no such command", e -> e.command() == null, ENOTTY)
                  .when("UAPI-006", "the structure is too short", Entry::isTooShort, EINVAL)
                  .when("UAPI-009", "what is behind cannot be read", e -> !e.readTail(), EFAULT)
                  .when("UAPI-008", "what is behind is not zero", Entry::hasTail, E2BIG)
                  .needs("UAPI-011", "the structure cannot be read", e -> !e.readBody(), EFAULT))
          .orderedBy("UAPI-012");

  private static final int MOST_PLACES = 0x40;

  private final @Nullable Command[] table = new @Nullable Command[MOST_PLACES];
  private final Map<Integer, OtherCommand> others = new HashMap<>();
  private int places;

  /** The dispatch of the commands that are registered. */
  public Dispatch() {
    for (Command command : Commands.ALL) {
      table[command.index()] = command;
      places = Math.max(places, command.index() + 1);
    }
    Commands.VFIO.forEach(command -> others.put(command.number(), command));
  }

  /** Runs a command, and yields what the call returns. */
  public Result<Integer> run(Context context, Caller caller, int command, long argument) {
    int place = (command & 0xff) - (Command.BASE & 0xff);
    if (place < 0 || place >= places) {
      OtherCommand other = others.get(command);
      return other == null ? Result.err(ENOTTY) : other.body().run(context, caller, argument);
    }
    Command found = table[place];
    boolean matches = found != null && found.number() == command;
    Entry entry = new Entry(context, caller, argument, matches ? found : null);
    Errno refusal = CHECKS.refusal(context.kernel(), entry);
    return refusal == null ? execute(entry) : Result.err(refusal);
  }

  private static Result<Integer> execute(Entry entry) {
    Ucmd ucmd = entry.ucmd();
    Command command = Objects.requireNonNull(entry.command());
    command.first().accept(ucmd);
    Errno failure = command.checks().refusal(ucmd.kernel(), ucmd);
    if (failure == null) {
      failure = command.body().run(ucmd);
    }
    ucmd.releaseAll();
    ucmd.complete(failure);
    return failure == null ? Result.ok(ucmd.answer()) : Result.err(failure);
  }
}
