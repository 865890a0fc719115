package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code ottla} in a project of its own, with a Java and a Maven that only pretend. */
@Timeout(60)
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cp",
          "date",
          "find",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep",
          "tail",
          "touch",
          "tr");

  private static final String MAVEN_THAT_BUILDS =
      """
      #!/bin/sh
      echo "mvn $*" >>builds
      mkdir -p cli/target/dist/lib brokers/kafka-4.3/target/server
      touch cli/target/dist/lib/ottla-cli.jar
      """;

  /** Prints each argument on a line; as the archive's training run, leaves the archive. */
  private static final String JAVA_THAT_PRINTS =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in
          -XX:ArchiveClassesAtExit=*) touch "${word#*=}"; exit 0 ;;
        esac
      done
      printf '%s\\n' "$@"
      """;

  private record Result(int code, String out, String err) {}

  private final Path root;
  private final Path tools;
  private final Path javaHome;

  LauncherTest(@TempDir Path directory) throws IOException {
    root = Files.createDirectories(directory.resolve("a project"));
    tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : TOOLS) {
      executable(tools.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
    }
    Path script = Files.copy(Path.of("../ottla"), root.resolve("ottla"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    age(root.resolve("pom.xml"), root.resolve("cli/src/main"));
    javaHome = jdk(directory.resolve("jdk"), "17.0.15+6");
  }

  @Test
  void the_first_use_builds_and_the_second_does_not() throws Exception {
    installMaven(MAVEN_THAT_BUILDS);

    Result first = run(javaHome, "--version");
    Result second = run(javaHome, "--version");

    assertThat(first.err)
        .matches("ottla: building \\(first use, about a minute\\)… done \\(\\d+ s\\)\n");
    assertThat(second).isEqualTo(new Result(0, first.out, ""));
    assertThat(builds()).hasSize(1);
    assertThat(first.out.lines())
        .contains("io.ottla.cli.Main", "--version", "-XX:TieredStopAtLevel=1")
        .contains("-Dottla.kafka.4.3=" + root + "/brokers/kafka-4.3/target/server")
        .doesNotContain("--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void a_newer_source_or_a_deleted_one_builds_again() throws Exception {
    installMaven(MAVEN_THAT_BUILDS);
    Path directory = root.resolve("cli/src/main");
    Path source = Files.writeString(directory.resolve("A.java"), "");
    age(source, directory);
    run(javaHome, "--version");

    touch(source);
    assertThat(run(javaHome, "--version").err).startsWith("ottla: building (sources changed)…");
    age(source, directory);
    assertThat(run(javaHome, "--version").err).isEmpty();
    Files.delete(source);
    touch(directory);
    assertThat(run(javaHome, "--version").err).startsWith("ottla: building (sources changed)…");
    assertThat(builds()).hasSize(3);
  }

  @Test
  void several_first_uses_at_once_build_once() throws Exception {
    installMaven(MAVEN_THAT_BUILDS + "sleep 1\n");

    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(javaHome, root.resolve("ottla"), root, "--version"));
    }
    for (Process process : processes) {
      assertThat(end(process).code).isZero();
    }

    assertThat(builds()).hasSize(1);
    assertThat(root.resolve(".ottla/lock")).doesNotExist();
  }

  @Test
  void a_lock_whose_owner_is_dead_is_taken_over() throws Exception {
    installMaven(MAVEN_THAT_BUILDS);
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve(".ottla/lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

    assertThat(run(javaHome, "--version").code).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void it_works_through_links_from_anywhere_and_hands_arguments_on_as_they_are(
      @TempDir Path elsewhere) throws Exception {
    installMaven(MAVEN_THAT_BUILDS);
    Files.createSymbolicLink(elsewhere.resolve("link"), root.resolve("ottla"));
    Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("o"), Path.of("link"));

    Result result =
        end(start(javaHome, linkToLink, elsewhere, "produce", "-K", " ", "", "a b", "*"));

    assertThat(result.out).endsWith("io.ottla.cli.Main\nproduce\n-K\n \n\na b\n*\n");
    assertThat(result.out.lines()).doesNotContain("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @CsvSource({"21.0.1,false,false", "22,true,false", "25.0.3+9-LTS,true,true"})
  void newer_jvms_get_the_flags_that_keep_them_quiet(
      String version, boolean isNativeAccess, boolean isUnsafeAccess, @TempDir Path directory)
      throws Exception {
    installMaven(MAVEN_THAT_BUILDS);

    List<String> words =
        run(jdk(directory.resolve("jdk"), version), "--version").out.lines().toList();

    assertThat(words.contains("--enable-native-access=ALL-UNNAMED")).isEqualTo(isNativeAccess);
    assertThat(words.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(isUnsafeAccess);
    assertThat(words).contains("-Xshare:auto", "-Xlog:disable");
  }

  @Test
  void java_is_found_on_the_path_through_links() throws Exception {
    installMaven(MAVEN_THAT_BUILDS);
    Files.createSymbolicLink(tools.resolve("java"), javaHome.resolve("bin/java"));

    assertThat(run(null, "--version").out).endsWith("--version\n");
  }

  @Test
  void without_java_it_says_so(@TempDir Path directory) throws Exception {
    assertFails(
        run(null, "--version"),
        "no java on the PATH: install a JDK, 17 or newer, or set JAVA_HOME");
    assertFails(
        run(directory, "--version"),
        "JAVA_HOME is " + directory + ", but there is no bin/java in it");
    assertFails(
        run(jdk(directory.resolve("old"), "11.0.2"), "--version"), "Java 17 or newer is needed");
    assertFails(
        run(jdk(directory.resolve("older"), "1.8.0_392"), "--version"),
        "Java 17 or newer is needed");
  }

  @Test
  void without_what_a_build_needs_it_says_so() throws Exception {
    assertFails(run(javaHome, "--version"), "Maven (mvn) is not on the PATH");

    installMaven(MAVEN_THAT_BUILDS);
    Files.delete(javaHome.resolve("bin/javac"));
    assertFails(run(javaHome, "--version"), "has no javac: set JAVA_HOME to a JDK");
  }

  @Test
  void a_build_that_fails_shows_the_end_of_its_log_and_is_tried_again() throws Exception {
    installMaven("#!/bin/sh\necho the reason >&2\nexit 1\n");

    Result result = run(javaHome, "--version");

    assertThat(result.code).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err)
        .contains(
            "ottla: the build failed; this is the end of "
                + root
                + "/.ottla/build.log\nthe reason\n");

    installMaven(MAVEN_THAT_BUILDS);
    assertThat(run(javaHome, "--version").code).isZero();
  }

  @Test
  void further_arguments_reach_maven_and_the_jvm() throws Exception {
    installMaven(MAVEN_THAT_BUILDS);
    ProcessBuilder builder = builder(javaHome, root.resolve("ottla"), root, "demo");
    builder.environment().put("MAVEN_ARGS", "-o -X");
    builder.environment().put("OTTLA_JAVA_OPTS", "-Xmx1g -Dx=y");

    Result result = end(builder.start());

    assertThat(builds()).singleElement().asString().endsWith(" package -o -X");
    assertThat(result.out.lines()).containsSubsequence("-Xmx512m", "-Xmx1g", "-Dx=y");
  }

  private static void assertFails(Result result, String words) {
    assertThat(result.code).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err).startsWith("ottla: ").contains(words);
    assertThat(result.err.lines()).hasSize(1);
  }

  private Result run(@Nullable Path home, String... args) throws Exception {
    return end(start(home, root.resolve("ottla"), root, args));
  }

  private Process start(@Nullable Path home, Path script, Path directory, String... args)
      throws IOException {
    return builder(home, script, directory, args).start();
  }

  private ProcessBuilder builder(@Nullable Path home, Path script, Path directory, String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    if (home != null) {
      builder.environment().put("JAVA_HOME", home.toString());
    }
    return builder;
  }

  private static Result end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(root.resolve("builds"));
  }

  private void installMaven(String script) throws IOException {
    executable(tools.resolve("mvn"), script);
  }

  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Test\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\nJAVA_VERSION=\"0\"\n");
    executable(home.resolve("bin/java"), JAVA_THAT_PRINTS);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + tool + " on the PATH"));
  }

  private static void age(Path... files) throws IOException {
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3_600)));
  }
}
