package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.iommuref.conformance.compare.Actor.OpenContext;
import org.iommuref.conformance.compare.ContextObjects.AttachedPasid;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.OpenedNode;
import org.iommuref.conformance.program.SystemCall;

/** What happens around iommufd: memory, files, rights and processes that change. */
final class Surroundings {

  private static final int SOME_BYTES = 64;

  private final Random random;
  private final Script script;
  private final Cast cast;
  private final List<Act> acts;

  /**
   * Something that a process can do.
   *
   * @param name what
   * @param weight how often, against others
   */
  record Act(String name, int weight, Action action) {

    /** Does it, if it makes sense now. */
    interface Action {
      void by(Actor actor, String name);
    }
  }

  Surroundings(Random random, Script script, Cast cast) {
    this.random = random;
    this.script = script;
    this.cast = cast;
    this.acts =
        List.of(
            new Act("memory goes", 5, this::unmap),
            new Act("other memory comes", 4, this::map),
            new Act("memory is protected", 3, this::protect),
            new Act("memory is written", 3, this::put),
            new Act("memory is read", 3, this::get),
            new Act("file is cut", 3, this::truncate),
            new Act(
                "account", 6, (actor, name) -> script.make(name, actor, new SystemCall.Account())),
            new Act("region comes", 6, this::mapRegion),
            new Act("region goes", 2, this::unmapRegion),
            new Act("context", 2, this::open),
            new Act("dup", 2, this::duplicate),
            new Act("close", 2, this::close),
            new Act("rights", 3, this::become),
            new Act("limit", 3, this::limit),
            new Act("fork", 3, this::fork),
            new Act("exec", 1, this::execute),
            new Act("exit", 1, this::exit));
  }

  List<Act> acts() {
    return acts;
  }

  /** The memory that a process begins with. */
  void layOut(Actor actor) {
    List<SystemCall> calls = new ArrayList<>();
    calls.add(new SystemCall.MapMemory(Layout.STRUCTURE, Layout.PAGE, true));
    calls.add(new SystemCall.MapMemory(Layout.DATA, Layout.PAGE, true));
    calls.add(new SystemCall.MapMemory(Layout.ANSWER, Layout.PAGE, true));
    calls.add(new SystemCall.MapMemory(Layout.MEMORY, bytesOf(Layout.MEMORY_PAGES), true));
    calls.add(new SystemCall.MapMemory(Layout.READ_ONLY, bytesOf(Layout.READ_ONLY_PAGES), false));
    for (int page = 0; page < Layout.MEMORY_PAGES; page++) {
      calls.add(new SystemCall.Put(Layout.MEMORY + bytesOf(page), pattern(0x5a + 7 * page)));
    }
    script.make("memory", actor, calls);
  }

  /** A file of memory, mapped too. */
  void makeFile(Actor actor) {
    long length = bytesOf(Layout.MEMORY_PAGES);
    String made = script.make("memfd", actor, new SystemCall.MemoryFile(length, false));
    actor.files(Kind.FILE).add(Integer.parseInt(made));
    mapFile(actor);
  }

  /** Opens a context. */
  void open(Actor actor, String name) {
    OpenedNode node = random.nextInt(5) == 0 ? OpenedNode.VFIO : OpenedNode.IOMMU;
    String fd = script.make(name, actor, new SystemCall.Open(node));
    if (!fd.startsWith("-")) {
      ContextObjects objects = new ContextObjects();
      if (node == OpenedNode.VFIO) {
        objects.chargeByAddressSpace();
      }
      actor.open(new OpenContext(Integer.parseInt(fd), objects));
    }
  }

  /** Leaves nothing that must not be there when a context is closed. */
  void detachPasids(Actor actor) {
    for (OpenContext context : actor.contexts()) {
      for (AttachedPasid attached : List.copyOf(context.objects().pasids())) {
        script.make(
            "detach",
            actor,
            List.of(
                new SystemCall.Put(Layout.STRUCTURE, TestTemplates.detached(attached).hex()),
                new SystemCall.Ioctl(context.fd(), TestTemplates.IOCTL, Layout.STRUCTURE)));
        context.objects().pasids().remove(attached);
      }
    }
  }

  private void mapFile(Actor actor) {
    long length = bytesOf(Layout.MEMORY_PAGES);
    int fd = actor.files(Kind.FILE).get(0);
    boolean shared = random.nextInt(4) != 0;
    SystemCall map = new SystemCall.MapFile(Layout.OF_FILE, length, fd, 0, true, shared);
    script.make("file is mapped", actor, map);
  }

  private void unmap(Actor actor, String name) {
    script.make(
        name, actor, new SystemCall.Unmap(Layout.somePage(random), bytesOf(1 + random.nextInt(2))));
  }

  private void map(Actor actor, String name) {
    long page = Layout.somePage(random);
    boolean writable = random.nextInt(4) != 0;
    script.make(
        name,
        actor,
        List.of(
            new SystemCall.Unmap(page, Layout.PAGE),
            new SystemCall.MapMemory(page, Layout.PAGE, writable),
            new SystemCall.Put(page, pattern(random.nextInt(256)))));
  }

  private void protect(Actor actor, String name) {
    long length = bytesOf(1 + random.nextInt(3));
    boolean writable = random.nextBoolean();
    script.make(name, actor, new SystemCall.Protect(Layout.somePage(random), length, writable));
  }

  private void put(Actor actor, String name) {
    long at = Layout.somePage(random);
    script.make(name, actor, new SystemCall.Put(at, pattern(random.nextInt(256))));
  }

  private void get(Actor actor, String name) {
    script.make(name, actor, new SystemCall.Get(Layout.somePage(random), SOME_BYTES));
  }

  private void truncate(Actor actor, String name) {
    List<Integer> files = actor.files(Kind.FILE);
    if (!files.isEmpty()) {
      long pages =
          random.nextInt(3) == 0 ? random.nextInt(Layout.MEMORY_PAGES) : Layout.MEMORY_PAGES;
      long length = bytesOf(pages) + (random.nextInt(6) == 0 ? 100 : 0);
      script.make(name, actor, new SystemCall.Truncate(oneOf(files), length));
    }
  }

  private void mapRegion(Actor actor, String name) {
    OpenContext context = oneOf(actor.contexts());
    if (!context.objects().of(Kind.VIOMMU).isEmpty() || random.nextInt(12) == 0) {
      long at = Layout.REGIONS + bytesOf(4L * random.nextInt(2));
      long length = bytesOf(random.nextInt(6) == 0 ? 1 : 2);
      long offset = bytesOf(random.nextInt(8) == 0 ? random.nextInt(8) : 1);
      int fd = context.fd();
      boolean shared = random.nextInt(10) != 0;
      script.make(
          name,
          actor,
          List.of(
              new SystemCall.MapFile(at, length, fd, offset, random.nextBoolean(), shared),
              new SystemCall.Get(at, SOME_BYTES)));
    }
  }

  private void unmapRegion(Actor actor, String name) {
    long at = Layout.REGIONS + bytesOf(4L * random.nextInt(2));
    long pages = random.nextInt(4) == 0 ? 1 : 2;
    script.make(name, actor, new SystemCall.Unmap(at, bytesOf(pages)));
  }

  private void duplicate(Actor actor, String name) {
    if (!actor.contexts().isEmpty()) {
      OpenContext context = oneOf(actor.contexts());
      String fd = script.make(name, actor, new SystemCall.Dup(context.fd()));
      if (!fd.startsWith("-")) {
        actor.open(new OpenContext(Integer.parseInt(fd), context.objects()));
      }
    }
  }

  private void close(Actor actor, String name) {
    Kind kind = List.of(Kind.EVENT_FILE, Kind.DMABUF, Kind.FILE).get(random.nextInt(3));
    OpenContext context = oneOf(actor.contexts());
    boolean mayEnd = actor.contexts().size() > 1 && context.objects().pasids().isEmpty();
    if (mayEnd && random.nextInt(3) == 0) {
      actor.contexts().remove(context);
      script.make(name, actor, new SystemCall.Close(context.fd()));
    } else if (!actor.files(kind).isEmpty()) {
      Integer fd = oneOf(actor.files(kind));
      actor.files(kind).remove(fd);
      script.make(name, actor, new SystemCall.Close(fd));
    }
  }

  private void become(Actor actor, String name) {
    script.make(name, actor, Rights.some(random));
  }

  private void limit(Actor actor, String name) {
    long bytes = random.nextInt(3) == 0 ? -1L : bytesOf(random.nextInt(24));
    script.make(name, actor, new SystemCall.LimitMemlock(bytes));
  }

  private void fork(Actor actor, String name) {
    if (cast.mayFork()) {
      script.make(name, actor, new SystemCall.Fork());
      cast.forked(actor);
    }
  }

  private void execute(Actor actor, String name) {
    if (!actor.mayLeaveMemory()) {
      return;
    }
    script.make(name, actor, new SystemCall.Exec());
    actor.execute();
    layOut(actor);
    if (!actor.files(Kind.FILE).isEmpty()) {
      mapFile(actor);
    }
  }

  private void exit(Actor actor, String name) {
    boolean mayEnd =
        actor.contexts().stream().allMatch(context -> context.objects().pasids().isEmpty());
    if (mayEnd && cast.mayEnd() && actor.mayLeaveMemory()) {
      script.make(name, actor, new SystemCall.Exit());
      cast.ended(actor);
    }
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static long bytesOf(long pages) {
    return pages * Layout.PAGE;
  }

  /** Bytes that differ from each other, and from those of another first one. */
  private static String pattern(int first) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < SOME_BYTES; i++) {
      hex.append("%02x".formatted((first + i) & 0xff));
    }
    return hex.toString();
  }
}
