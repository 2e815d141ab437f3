package org.iommuref.tla.tlc;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for temporary files; closing it removes it with all that it holds. */
public final class ScratchFolder implements AutoCloseable {

  private static final long LEAST_ROOM_BYTES = 64 * 1024;

  private final Path path;
  private final ExitHook hook;

  private ScratchFolder(Path path) {
    this.path = path;
    this.hook = ExitHook.of(() -> remove(path));
  }

  /**
   * Makes a new, empty folder where the system keeps temporary files.
   *
   * @throws TlaException if there is no room or no permission
   */
  public static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("iommuref-tla-"));
    } catch (IOException e) {
      throw new TlaException(
          "cannot make a folder under " + System.getProperty("java.io.tmpdir") + ": " + reason(e),
          e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * A folder inside, made if it is not there.
   *
   * @throws TlaException if it cannot be made
   */
  public Path folder(String name) {
    Path folder = path.resolve(name);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TlaException("cannot make " + folder + ": " + reason(e), e);
    }
  }

  /** Whether not even 64 KiB are left on the disk that it lies on. */
  boolean isFull() {
    try {
      return Files.getFileStore(path).getUsableSpace() < LEAST_ROOM_BYTES;
    } catch (IOException e) {
      throw new TlaException("cannot look at the disk of " + path + ": " + reason(e), e);
    }
  }

  /** Removes it. A file that cannot be removed is left: no result depends on it. */
  @Override
  public void close() {
    hook.cancel();
    remove(path);
  }

  private static void remove(Path path) {
    try {
      Files.walkFileTree(path, new Removal());
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  /** What an exception of the file system says, in few words. */
  public static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
