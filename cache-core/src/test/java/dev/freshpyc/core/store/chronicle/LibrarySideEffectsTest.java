package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks in a new JVM that Chronicle Map prints nothing, reads no configuration, writes no other files and compiles nothing. */
class LibrarySideEffectsTest {

    /** More records than a draft keeps on the heap. */
    private static final int MANY = ChangedRecords.FEW + 1;

    private static final String UNWANTED = ".*(analytics|jnr|jna|jffi).*";

    @TempDir
    private static Path directory;

    private static String output = "";
    private static List<String> loadedClasses = List.of();

    @BeforeAll
    static void runChildWithAStore() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("home"));
        Path work = Files.createDirectory(directory.resolve("work"));
        for (Path trap : List.of(work.resolve("system.properties"), directory.resolve("system.properties"))) {
            Files.writeString(trap, "freshpyc.trap=taken\n");
        }
        output = publish(MANY);
        loadedClasses = Files.readAllLines(directory.resolve("classes.log"));
    }

    /** Publishes an index in a new JVM, which logs the classes that it loads; returns what the JVM printed. */
    private static String publish(int records) throws IOException, InterruptedException {
        Path home = directory.resolve("home");
        List<String> options =
                List.of("-Duser.home=" + home, "-Xlog:class+load:file=" + directory.resolve("classes.log"));
        ProcessBuilder child = ChildJvm.of(
                SingleIndexProcess.class, options, directory.resolve("indexes").toString(), Integer.toString(records));
        child.environment().put("HOME", home.toString());
        Process process = child.directory(directory.resolve("work").toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** A run that changes little is over before the library would be loaded. */
    @Test
    void aFewRecordsDoNotLoadTheLibrary() throws Exception {
        assertThat(publish(ChangedRecords.FEW / 2 - 1)).startsWith("records ");
        assertThat(Files.readAllLines(directory.resolve("classes.log")))
                .noneMatch(line -> line.contains(" net.openhft."));
    }

    @Test
    void nothingIsPrintedAndNoPropertiesFileIsRead() {
        assertThat(output).isEqualTo("records " + MANY + ", trap null\n");
    }

    @Test
    void nothingIsWrittenToTheHomeDirectory() throws IOException {
        try (Stream<Path> home = Files.list(directory.resolve("home"));
                Stream<Path> work = Files.list(directory.resolve("work"))) {
            assertThat(home).isEmpty();
            assertThat(work).extracting(path -> path.getFileName().toString()).containsExactly("system.properties");
        }
    }

    /** The build generates the class that Chronicle would compile. A static initializer only looks up the compiler. */
    @Test
    void noCompilerRuns() {
        assertThat(loadedClasses).anyMatch(line -> line.contains("VanillaGlobalMutableState$$Native"));
        assertThat(loadedClasses)
                .noneMatch(line -> line.matches(".*com\\.sun\\.tools\\.javac\\.(main|comp|parser)\\..*"));
    }

    @Test
    void noClassForAnalyticsOrNativeAccessIsLoaded() {
        assertThat(loadedClasses)
                .noneMatch(line -> line.matches(
                        ".* (net\\.openhft\\.chronicle\\.analytics|jnr|com\\.kenai|com\\.sun\\.jna)\\..*"));
    }

    /** The JVM also loads jars that the manifest of Chronicle's jar names, if they are in the directory of that jar. */
    @Test
    void noUnwantedJarIsOnTheClassPathOrBesideIt() throws IOException {
        for (String pathElement : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(pathElement);
            if (Files.isRegularFile(jar)) {
                try (Stream<Path> beside = Files.list(jar.resolveSibling(""))) {
                    assertThat(beside)
                            .noneMatch(path -> path.getFileName().toString().matches(UNWANTED + "\\.jar"));
                }
            }
        }
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    }
}
