package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are written in the order of their paths, whether memory or a temporary file held them. */
class SortedRowsTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 1 << 20})
    void rowsAreSortedInMemoryAndInTheFile(int limit) throws IOException {
        List<String> directories = List.of("", "b/", "b-c/", "b/d/", "é/");
        List<List<String>> batches = new ArrayList<>();
        for (String directory : directories) {
            batches.add(List.of(
                    directory + "__pycache__/a.x.pyc", directory + "__pycache__/c.x.pyc", directory + "az.pyc"));
            batches.add(List.of(directory + "zz.pyc"));
        }
        Collections.shuffle(batches, new Random(limit));
        List<RawPath> sorted =
                batches.stream().flatMap(List::stream).map(RawPath::of).sorted().toList();
        var out = new ByteArrayOutputStream();
        try (SortedRows<String> rows = new SortedRows<>(",", limit, temporary)) {
            for (List<String> batch : batches) {
                for (String path : batch) {
                    rows.add("entry", RawPath.of(path), "", path.getBytes(StandardCharsets.UTF_8));
                }
            }
            rows.writeTo(out);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(sorted.stream().map(RawPath::toPython).collect(Collectors.joining(",")));
    }

    /** A repair reports the pycs that it leaves before the pycs that it writes. */
    @Test
    void rowsOfOneCacheThatAreAddedOutOfOrderAreSorted() throws IOException {
        try (SortedRows<String> rows = new SortedRows<>(" ", 1 << 20, temporary)) {
            add(rows, "e", "__pycache__/a.pyc", "", "a");
            add(rows, "e", "__pycache__/z.pyc", "", "z");
            add(rows, "e", "__pycache__/m.pyc", "", "m");

            assertThat(printed(rows)).isEqualTo("a m z");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 400, 1 << 20})
    void rowsAreSortedByEntryPathLevelAndOrderOfAddition(int limit) throws IOException {
        try (SortedRows<String> rows = new SortedRows<>(" ", limit, temporary)) {
            add(rows, "f", "a.pyc", "", "6");
            add(rows, "e", "b.pyc", "2", "5");
            add(rows, "e", "b.pyc", "", "2");
            add(rows, "e", "b.pyc", "1", "4");
            add(rows, "e", "a.pyc", "2", "1");
            add(rows, "e", "b.pyc", "", "3");

            assertThat(printed(rows)).isEqualTo("1 2 3 4 5 6");
        }
    }

    @Test
    void rowsBeyondTheMemoryLimitGoToAFile() throws IOException {
        int limit = 10_000;
        try (SortedRows<String> rows = new SortedRows<>("", limit, temporary)) {
            for (int i = 0; i < 1_000; i++) {
                add(rows, "e", "d" + i + "/m.py", "", "row");
                assertThat(rows.inMemory()).isLessThanOrEqualTo(limit);
            }
            assertThat(temporary).isEmptyDirectory(); // the file has no name
            assertThat(printed(rows)).hasSize(3_000);
        }
    }

    @Test
    void rowsStayInMemoryWhereNoFileCanBeWritten() throws IOException {
        try (SortedRows<String> rows = new SortedRows<>(" ", 200, temporary.resolve("absent"))) {
            add(rows, "e", "b", "", "2");
            add(rows, "e", "c", "", "3");
            add(rows, "e", "a", "", "1");

            assertThat(printed(rows)).isEqualTo("1 2 3");
        }
    }

    @Test
    void rowsThatFitNowhereAreRefusedWithOneLine() {
        Path absent = temporary.resolve("absent");
        try (SortedRows<String> rows = new SortedRows<>(" ", 200, absent)) {
            for (int i = 0; i < 100; i++) {
                add(rows, "e", "m" + i, "", "row");
            }

            assertThat(rows.inMemory()).isZero();
            assertThatThrownBy(() -> printed(rows))
                    .isInstanceOf(ReportRoomException.class)
                    .hasMessage("the report does not fit into memory, and no temporary file can be written in " + absent
                            + " (NoSuchFileException): make room there, or use --format text");
        }
    }

    private static void add(SortedRows<String> rows, String entry, String path, String level, String row) {
        rows.add(entry, RawPath.of(path), level, row.getBytes(StandardCharsets.UTF_8));
    }

    private static String printed(SortedRows<String> rows) throws IOException {
        var out = new ByteArrayOutputStream();
        rows.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
