package dev.freshpyc.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links and the end of a path, compared with the answers of the operating system. */
class LinkTrailTest {

    private static final List<String> NAMES = List.of("a", "b", "x", "y", "..", ".", "a/b", "../x", "b/../y");
    private static final List<String> DIRECTORIES = List.of("a", "b", "a/b", "b/a");

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void theEndIsTheRealPathAndTheLinksAreOnTheWay() throws IOException {
        Random random = new Random(7);
        int followed = 0;
        for (int tree = 0; tree < 60; tree++) {
            Path top = directory.resolve("t" + tree);
            for (String name : DIRECTORIES) {
                Path inside = Files.createDirectories(top.resolve(name));
                for (String link : List.of("x", "y")) {
                    String target = name(random);
                    Files.createSymbolicLink(
                            inside.resolve(link), random.nextBoolean() ? top.resolve(target) : Path.of(target));
                }
            }
            for (int i = 0; i < 100; i++) {
                Path path = top.resolve(name(random)).resolve(name(random));
                if (Files.exists(path)) {
                    LinkTrail trail = LinkTrail.of(path);
                    assertThat(trail.end()).as("%s", path).isEqualTo(path.toRealPath());
                    assertThat(trail.links()).allSatisfy(link -> {
                        assertThat(link).isSymbolicLink();
                        Path parent = link.resolveSibling("");
                        assertThat(parent.toRealPath()).isEqualTo(parent);
                    });
                    followed += trail.links().size();
                }
            }
        }
        assertThat(followed).isGreaterThan(100);
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    @ParameterizedTest
    @CsvSource({"none, none", "gone, away", "deep, away/x/y"})
    void theEndMayBeMissing(String name, String end) throws IOException {
        Files.createSymbolicLink(directory.resolve("gone"), Path.of("away"));
        Files.createSymbolicLink(directory.resolve("deep"), Path.of("gone/x/y"));

        assertThat(LinkTrail.of(directory.resolve(name)).end())
                .isEqualTo(directory.resolve(end).normalize());
    }

    @Test
    void aCycleOfLinksEnds() throws IOException {
        Path one = Files.createSymbolicLink(directory.resolve("one"), Path.of("two/x"));
        Path two = Files.createSymbolicLink(directory.resolve("two"), Path.of("one/y"));

        assertThat(LinkTrail.of(one).links()).containsExactly(one, two);
    }
}
