package dev.freshpyc.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.command.Program;
import dev.freshpyc.cli.repair.Shell;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The documentation pages are complete, and the program prints what the pages show. */
@EnabledOnOs(OS.LINUX)
class PagesTest {

    private static final Path PAGES = Path.of("src", "docs").toAbsolutePath();

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)?(#[^)]+)?\\)");

    private static final Pattern FENCE = Pattern.compile("(?m)^```(\\w*)$");

    private static final Pattern COMMAND = Pattern.compile("freshpyc ([a-z-]+)(?: (--[a-z-]+))?");

    /** The programs of examples that a machine may not have. */
    private static final Set<String> OPTIONAL = Set.of("git", "openssl");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path home = Path.of("");

    private static final Map<String, Future<?>> RUNS = new HashMap<>();

    /**
     * Makes the directories of all pages, waits until their files are settled, since a ctime cannot be set, and then
     * runs the pages in parallel, since each command starts a JVM.
     */
    @BeforeAll
    static void runPages() throws Exception {
        Map<String, ExampleDirectory> directories = new TreeMap<>();
        for (String page : pagesWithExamples().toList()) {
            directories.put(page, ExampleDirectory.at(home.resolve(String.valueOf(directories.size()))));
        }
        Objects.requireNonNull(directories.get("images.md")).addImage();
        Thread.sleep(RacyWindow.DEFAULT.width().plusMillis(100));
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        directories.forEach((page, directory) -> RUNS.put(page, pool.submit(() -> run(page, directory))));
        pool.shutdown();
    }

    private static @Nullable Void run(String page, ExampleDirectory directory) throws Exception {
        for (Example example : Example.of(text(page))) {
            String program = example.command().split(" ", -1)[0];
            if (OPTIONAL.contains(program)) {
                Shell.require(program);
            }
            String printed = directory.run(example.command());
            assertThat(example.matches(printed))
                    .as("%s%n$ %s%n%s", page, example.command(), printed)
                    .isTrue();
        }
        return null;
    }

    /** All commands of a page run in one directory, in the order of the page. */
    @ParameterizedTest
    @MethodSource("pagesWithExamples")
    void everyCommandPrintsWhatThePageSays(String page) throws Throwable {
        try {
            Objects.requireNonNull(RUNS.get(page)).get();
        } catch (ExecutionException failed) {
            throw Objects.requireNonNull(failed.getCause());
        }
    }

    @Test
    void anExampleWithAnotherOutputIsNoticed() {
        Example example = Example.of("```console\n$ a\none ... three\n```\n").getFirst();
        assertThat(example.matches("one two three\n")).isTrue();
        assertThat(example.matches("one two three four\n")).isFalse();
        assertThat(example.matches("")).isFalse();
        assertThat(new Example("a", List.of()).matches("words")).isFalse();
    }

    @Test
    void everyVerdictAndEveryReasonHasAPage() throws Exception {
        Set<String> verdicts = Arrays.stream(Verdict.Kind.values())
                .map(Verdict.Kind::label)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names("verdicts")).isEqualTo(verdicts);
        Set<String> reasons = new TreeSet<>();
        for (Field field : Reason.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Reason reason) {
                reasons.add(reason.label());
            }
        }
        reasons.removeAll(verdicts);
        assertThat(names("reasons")).isEqualTo(reasons);
        for (String page : pages()) {
            if (page.contains("/")) {
                assertThat(text(page)).as(page).contains("\n## What Python does\n", "\n## What to do\n");
            }
        }
    }

    @Test
    void everyLinkLeadsToAPage() throws Exception {
        for (String page : pages()) {
            for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
                if (link.group(1) != null) {
                    assertThat(PAGES.resolve(page).resolveSibling(link.group(1)))
                            .as(page)
                            .isRegularFile();
                }
            }
        }
    }

    @Test
    void everyLinkOfTheReadmeLeadsToAFile() throws Exception {
        Path readme = PAGES.resolve("../../../README.md").normalize();
        assertThat(LINK.matcher(Files.readString(readme)).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(readme.resolveSibling(link)).isRegularFile());
    }

    @Test
    void theFirstPageListsAllOtherPages() throws Exception {
        Set<String> listed = LINK.matcher(text("index.md"))
                .results()
                .map(link -> link.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        listed.add("index.md");
        assertThat(listed).isEqualTo(pages());
    }

    /** Every command and option that a page shows exists, also in a block that no test runs. */
    @Test
    void everyCommandThatAPageShowsExists() throws Exception {
        CommandLine program = new Program(System.out, System.err).commandLine();
        for (String page : pages()) {
            String text = text(page);
            assertThat(FENCE.matcher(text).results().map(fence -> fence.group(1)))
                    .as(page)
                    .isSubsetOf("", "console", "text", "python", "dockerfile");
            for (MatchResult shown : COMMAND.matcher(text).results().toList()) {
                CommandLine command = program.getSubcommands().get(shown.group(1));
                boolean prose = command == null && !text.contains("`" + shown.group());
                assertThat(prose || command != null)
                        .as("%s: %s", page, shown.group())
                        .isTrue();
                if (command != null && shown.group(2) != null) {
                    assertThat(command.getCommandSpec().findOption(shown.group(2)))
                            .as("%s: %s", page, shown.group())
                            .isNotNull();
                }
            }
        }
    }

    /** The commands of all pages leave files in the index directories; {@code files.md} has a row for each file. */
    @Test
    void everyFileInAnIndexDirectoryIsListed() throws Exception {
        List<String> patterns = Pattern.compile("(?m)^\\| (`.*?) \\|")
                .matcher(text("files.md"))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1)))
                .map(name -> "glob:" + name.replaceAll("[`/]", ""))
                .toList();
        Set<String> unlisted = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (Future<?> run : RUNS.values()) {
            try {
                run.get();
            } catch (ExecutionException reported) {
                // everyCommandPrintsWhatThePageSays reports this failure.
            }
        }
        for (int number = 0; number < RUNS.size(); number++) {
            Path indexes = home.resolve(String.valueOf(number)).resolve("index");
            for (Path file : listed(indexes)) {
                seen.add(String.valueOf(file.getFileName()));
                if (patterns.stream()
                        .noneMatch(pattern ->
                                indexes.getFileSystem().getPathMatcher(pattern).matches(file.getFileName()))) {
                    unlisted.add(String.valueOf(file.getFileName()));
                }
            }
        }
        assertThat(seen).anyMatch(name -> name.endsWith(".index")).contains("undo", "snapshots");
        assertThat(unlisted).isEmpty();
    }

    private static List<Path> listed(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void docsPrintsThePages() throws Exception {
        assertThat(CommandLineRun.of("docs").out()).isEqualTo(text("index.md"));
        assertThat(CommandLineRun.of("docs", "stale").out()).isEqualTo(text("verdicts/stale.md"));
        assertThat(CommandLineRun.of("docs", "mtime").out()).isEqualTo(text("reasons/mtime.md"));
        assertThat(CommandLineRun.of("docs", "../docs").complaint(2)).contains("'freshpyc docs' lists the pages");
        assertThat(CommandLineRun.of("docs", "none\n").complaint(2)).contains("none\\n");
    }

    private static Stream<String> pagesWithExamples() throws IOException {
        return pages().stream().filter(page -> !Example.of(text(page)).isEmpty());
    }

    private static Set<String> names(String folder) throws IOException {
        return pages().stream()
                .filter(page -> page.startsWith(folder + "/"))
                .map(page -> page.substring(folder.length() + 1, page.length() - 3))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.map(file -> PAGES.relativize(file).toString())
                    .filter(file -> file.endsWith(".md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(String page) {
        try {
            return Files.readString(PAGES.resolve(page));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
