package org.iommuref.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real program under the preloaded library, with an implementation in this process. */
class ShimTest {

  private static final Path SHIM = Path.of("linux", "shim");

  @Test
  void program_seesTheImplementation_asItWouldSeeLinux(@TempDir Path folder) throws Exception {
    assumeTrue(compilerIsThere(), "needs cc");
    Path shim = folder.resolve("shim.so");
    List<String> sources = new ArrayList<>(List.of("-fPIC", "-shared", "-o", shim.toString()));
    for (File file : Objects.requireNonNull(SHIM.toFile().listFiles())) {
      if (file.getName().endsWith(".c")) {
        sources.add(file.getPath());
      }
    }
    sources.add("-ldl");
    compile(sources);
    Path program = folder.resolve("program");
    Path text = Path.of(Objects.requireNonNull(ShimTest.class.getResource("program.c")).toURI());
    compile(List.of("-o", program.toString(), text.toString()));

    List<String> log = new CopyOnWriteArrayList<>();
    Path socket = folder.resolve("socket");
    try (ProgramServer server = new ProgramServer(socket, FewCalls::new, log::add)) {
      Thread serving = new Thread(() -> serve(server), "server");
      serving.start();
      String said = run(program, shim, socket, folder.resolve("said").toFile());
      server.stop();
      serving.join();
      assertThat(said).as("messages: %s", log).isEqualTo(EXPECTED);
      assertThat(server.exceptions()).singleElement().asString().contains("on purpose");
    }
  }

  private static final String EXPECTED =
      """
      copied 0
      value 42
      null -1
      is EFAULT 1
      read-only -1
      unknown -1
      is ENOTTY 1
      pinned 1
      same frame 1
      written later 8
      after unmap 8
      mapped anew 0
      half there -1
      of a child that is gone 9
      VmPin:\t       8 kB
      open 1
      taken back 1
      still open 1
      kind of the second 3
      kind of memory -100
      with a copy 2
      in a child 2
      closed 1
      nothing to read 0
      read -1
      readable 1
      read 1
      value 5
      nothing more 0
      woken 1
      open 1
      region 42
      no region 1
      set 2
      nth 12
      huge 0
      thrown -1
      lives 1
      """;

  private static void serve(ProgramServer server) {
    try {
      server.run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String run(Path program, Path shim, Path socket, File said) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
    builder.environment().put("LD_PRELOAD", shim.toString());
    builder.environment().put("IOMMUREF_SOCKET", socket.toString());
    Process process = builder.redirectOutput(said).start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String text = Files.readString(said.toPath());
    assertThat(ended).as("ended by itself after: %s", text).isTrue();
    return text;
  }

  private static boolean compilerIsThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc")));
  }

  private static void compile(List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of("cc", "-O1", "-Wall"));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
