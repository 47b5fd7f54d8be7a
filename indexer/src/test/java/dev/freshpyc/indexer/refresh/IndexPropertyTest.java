package dev.freshpyc.indexer.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After random edits and refreshes, the index gives the verdicts of a model that knows which source each pyc was
 * compiled from.
 */
class IndexPropertyTest extends IndexedTreeTest {

    private static final int SOURCES = 6;
    private static final int ROUNDS = 200;

    /**
     * The model of a pair: the source's content and mtime, the content that the pyc was compiled from, the mtime in its
     * header.
     */
    private record Pair(String content, long mtime, String compiled, long header) {

        String verdict() {
            boolean loads = mtime == header;
            boolean proven = content.equals(compiled);
            return loads ? (proven ? "fresh" : "impostor") : proven ? "needless" : "stale";
        }
    }

    private final Map<String, Pair> model = new HashMap<>();
    private final Random random = new Random(20_261_120);

    IndexPropertyTest(@TempDir Path directory) throws IOException {
        super(directory);
    }

    @Test
    void theIndexAgreesWithTheModel() throws Exception {
        for (int source = 0; source < SOURCES; source++) {
            compile("m" + source, randomContent());
        }
        tree.settle();
        for (int round = 0; round < ROUNDS; round++) {
            edit("m" + random.nextInt(SOURCES));
            tree.waitUntilSettled();
            assertIndexAgrees("before the refresh of round " + round);
            tree.refresh();
            tree.waitUntilSettled();
            assertIndexAgrees("after the refresh of round " + round);
        }
    }

    private void assertIndexAgrees(String when) throws InterruptedException {
        Map<String, String> kinds = new HashMap<>();
        tree.audit().forEach((source, verdict) -> kinds.put(source, verdict.replaceFirst(" .*", "")));
        Map<String, String> expected = new HashMap<>();
        model.forEach((stem, pair) -> expected.put(stem + ".py", pair.verdict()));
        assertThat(kinds).as(when).isEqualTo(expected);
    }

    private void edit(String stem) throws IOException {
        Pair pair = model.get(stem);
        if (pair == null) {
            compile(stem, randomContent());
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> compile(stem, randomContent());
            case 1 -> write(stem, new Pair(randomContent(), pair.mtime, pair.compiled, pair.header));
            case 2 -> write(stem, new Pair(randomContent(), randomMtime(), pair.compiled, pair.header));
            case 3 -> write(stem, new Pair(pair.content, randomMtime(), pair.compiled, pair.header));
            case 4 -> write(stem, new Pair(pair.content, pair.header, pair.compiled, pair.header));
            default -> delete(stem);
        }
    }

    private void compile(String stem, String content) throws IOException {
        long mtime = randomMtime();
        write(stem, new Pair(content, mtime, content, mtime));
        files.compiled(stem, content, mtime);
    }

    private void write(String stem, Pair pair) throws IOException {
        files.source(stem, pair.content, pair.mtime);
        model.put(stem, pair);
    }

    private void delete(String stem) throws IOException {
        Files.delete(files.at(stem + ".py"));
        Files.delete(files.at(PairFiles.cached(stem)));
        model.remove(stem);
    }

    /** One of five contents, so that old contents return. */
    private String randomContent() {
        return "x = " + random.nextInt(5) + "\n";
    }

    private long randomMtime() {
        return PairFiles.MTIME + random.nextInt(4);
    }
}
