package dev.freshpyc.indexer.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the package's documentation compile as one program, which prints what the documentation says. */
class LibraryExamplesTest {

    private static final Path DOCUMENTATION = Path.of("src/main/java/dev/freshpyc/indexer/library/package-info.java");
    private static final Pattern EXAMPLE =
            Pattern.compile("\\{@snippet :\\n(.*?)\\n \\* }\\n \\*[\\n/]", Pattern.DOTALL);
    private static final int EXAMPLES = 5;

    @TempDir
    private Path directory;

    @Test
    void theExamplesCompileAndRun() throws Exception {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path cache = Files.createDirectories(lib.resolve("yaml/__pycache__"));
        Files.writeString(lib.resolve("yaml/loader.py"), "x = 1\n");
        Files.write(cache.resolve("loader.cpython-311.pyc"), new byte[] {1, 2, 3});

        String printed = run(compile(program(lib)));

        assertThat(printed)
                .contains("{malformed=1}")
                .contains("yaml/__pycache__/loader.cpython-311.pyc")
                .contains("1 pycs, []");
    }

    private String program(Path lib) throws Exception {
        Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENTATION));
        String statements = examples.results()
                .map(example -> example.group(1))
                .map(text -> Arrays.stream(text.split("\n", -1))
                        .map(line -> line.replaceFirst("^ \\* ?", ""))
                        .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        assertThat(EXAMPLE.matcher(Files.readString(DOCUMENTATION)).results()).hasSize(EXAMPLES);
        return "import dev.freshpyc.indexer.library.*;\nimport java.nio.file.Path;\nimport java.util.List;\n"
                + "public class Examples { public static void main(String[] args) throws Exception {\n"
                + statements
                        .replace("/usr/lib/python3/dist-packages", lib.toString())
                        .replace(
                                "/var/cache/freshpyc",
                                directory.resolve("index").toString())
                + "\n} }\n";
    }

    private URL compile(String program) throws Exception {
        Path source = Files.writeString(directory.resolve("Examples.java"), program);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int result = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(
                        null,
                        messages,
                        messages,
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(result).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        return classes.toUri().toURL();
    }

    private static String run(URL classes) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes});
                PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            loader.loadClass("Examples").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
