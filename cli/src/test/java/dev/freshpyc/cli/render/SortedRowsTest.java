package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come out in the order of their paths, wherever they waited. */
class SortedRowsTest {

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
        try (SortedRows<String> rows = new SortedRows<>(",", limit)) {
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
}
