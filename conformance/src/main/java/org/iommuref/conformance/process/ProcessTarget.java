package org.iommuref.conformance.process;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.iommuref.conformance.program.ModelMachine;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.ProgramSession;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Reset;
import org.jspecify.annotations.Nullable;

/**
 * An implementation behind a command: one child for all sessions, each begun with {@code reset}.
 *
 * <p>A child that died, hung or talked nonsense has cost its session; the next one starts it again.
 * If it then does not come back as it was, or has been started again too often, every further
 * session is lost at once.
 */
public final class ProcessTarget implements Target {

  /** What stands before the command in the name of the target. */
  public static final String PREFIX = "exec:";

  private final String command;
  private final List<String> words;
  private final ProcessOptions options;
  private final Introduction introduction;
  private final HwInfo hwInfo;
  private Conversation conversation;
  private @Nullable Session session;
  private Reply.@Nullable Lost<?> gone;
  private int restarts;

  private ProcessTarget(
      String command,
      List<String> words,
      ProcessOptions options,
      Conversation conversation,
      Introduction introduction,
      HwInfo hwInfo) {
    this.command = command;
    this.words = words;
    this.options = options;
    this.conversation = conversation;
    this.introduction = introduction;
    this.hwInfo = hwInfo;
  }

  /**
   * Starts a command that implements seam 2 and waits for its hello; see {@link #start(String, int,
   * ProcessOptions)}.
   */
  public static ProcessTarget start(String command, ProcessOptions options)
      throws NoHelloException {
    return start(command, Hello.BACKEND_SEAM, options);
  }

  /**
   * Starts the command and waits for its hello.
   *
   * @param command split at spaces, quotes respected; no shell runs
   * @throws IllegalArgumentException if the command is empty or a quote is not closed
   * @param seam that it is asked to implement
   * @throws NoHelloException if the child does not introduce itself, or as one of another seam
   */
  public static ProcessTarget start(String command, int seam, ProcessOptions options)
      throws NoHelloException {
    List<String> words = CommandLine.split(command);
    Conversation conversation;
    try {
      conversation = Conversation.start(words, options);
    } catch (IOException e) {
      throw new NoHelloException(command, Objects.toString(e.getMessage()));
    }
    Reply<Introduction> reply = conversation.hello(seam);
    if (reply instanceof Reply.Ok<Introduction> ok) {
      if (ok.value().seam() != seam) {
        conversation.close();
        throw new NoHelloException(
            command, "it is of seam " + ok.value().seam() + ", and seam " + seam + " is judged");
      }
      HwInfo hwInfo = claims(command, conversation, ok.value());
      return new ProcessTarget(command, words, options, conversation, ok.value(), hwInfo);
    }
    conversation.close();
    throw new NoHelloException(command, describe(reply));
  }

  /**
   * What it claims. The registers of a unit say most of it; a driver says what it makes of a unit
   * of ours.
   */
  private static HwInfo claims(String command, Conversation child, Introduction said)
      throws NoHelloException {
    try {
      if (said.seam() == Hello.UNIT_SEAM) {
        return UnitAtPowerOn.claims(child, said);
      }
      return said.role().equals(Introduction.DRIVER_ROLE)
          ? DriverSurroundings.claims(said)
          : said.hwInfo();
    } catch (IllegalArgumentException | IllegalStateException e) {
      child.close();
      throw new NoHelloException(command, Objects.toString(e.getMessage()));
    }
  }

  @Override
  public String name() {
    return PREFIX + command;
  }

  @Override
  public String title() {
    return introduction.name() + " " + introduction.version();
  }

  @Override
  public HwInfo hwInfo() {
    return hwInfo;
  }

  @Override
  public int seam() {
    return introduction.seam();
  }

  @Override
  public DataMemory dataMemory() {
    return new DataMemory(introduction.memory().base().bytes(), introduction.memory().size());
  }

  @Override
  public int hostAddressBits() {
    return introduction.seam() == Hello.UNIT_SEAM ? introduction.addressBits() : Long.SIZE;
  }

  /** How often the child had to be started again. */
  public int restarts() {
    return restarts;
  }

  @Override
  public Session open(SessionConfig config) {
    if (session != null) {
      session.close();
      session = null;
    }
    if (conversation.isLost()) {
      restart();
    }
    if (gone != null) {
      return new RefusedSession(gone);
    }
    Reply<?> reply = conversation.ask(new Reset(config.topology(), config.caches(), config.seed()));
    if (!(reply instanceof Reply.Ok)) {
      return new RefusedSession(reply);
    }
    Conversation asked = conversation;
    Session opened =
        introduction.seam() == Hello.IOMMUFD_SEAM
            ? new ProgramSession(new ModelMachine(processes -> new RemoteIommufd(asked, processes)))
            : new ProcessSession(asked);
    session = opened;
    return opened;
  }

  /** Says bye and waits for the child's end, or kills it. */
  @Override
  public void close() {
    conversation.close();
  }

  private void restart() {
    if (gone != null) {
      return;
    }
    if (restarts == options.restarts()) {
      gone = new Reply.Lost<>(Loss.CRASH, "given up after " + restarts + " restarts");
      return;
    }
    restarts++;
    try {
      conversation = Conversation.start(words, options);
    } catch (IOException e) {
      gone = new Reply.Lost<>(Loss.CRASH, "cannot be started again: " + e.getMessage());
      return;
    }
    Reply<Introduction> reply = conversation.hello(introduction.seam());
    if (!(reply instanceof Reply.Ok<Introduction> ok)) {
      gone = lossOf(reply);
    } else if (!ok.value().equals(introduction)) {
      gone = new Reply.Lost<>(Loss.MALFORMED, "started again, it says another hello");
    }
    if (gone != null) {
      conversation.close();
    }
  }

  private static Reply.Lost<?> lossOf(Reply<Introduction> reply) {
    Loss loss = reply instanceof Reply.Lost<?> lost ? lost.loss() : Loss.MALFORMED;
    return new Reply.Lost<>(loss, "started again, it says no hello: " + describe(reply));
  }

  static String describe(Reply<?> reply) {
    if (reply instanceof Reply.Lost<?> lost) {
      return lost.detail();
    }
    if (reply instanceof Reply.Unsupported<?> unsupported) {
      return "unsupported: " + unsupported.reason();
    }
    return reply instanceof Reply.Err<?> err ? "err: " + err.errno() : reply.toString();
  }
}
