package dev.freshpyc.perf.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.tree.PairTemplate.Pair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which pairs are chosen to fill a tree. */
class PairTemplateTest {

    private static final Pair SMALL = pair("small", 1, 4096);
    private static final Pair MIDDLE = pair("middle", 4097, 4097);
    private static final Pair LARGE = pair("large", 90_000, 70_000);

    @Test
    void aPairTakesWholeBlocks() {
        assertThat(SMALL.room()).isEqualTo(2 * 4096);
        assertThat(MIDDLE.room()).isEqualTo(4 * 4096);
    }

    @Test
    void allPairsAreChosenIfTheDiskHasRoom() {
        assertThat(template().within(template().meanRoom() + 1).pairs())
                .containsExactlyInAnyOrder(SMALL, MIDDLE, LARGE);
    }

    @Test
    void onlyTheSmallestPairsAreChosenIfTheDiskIsSmall() {
        assertThat(template().within(12_288).pairs()).containsExactlyInAnyOrder(SMALL, MIDDLE);
        assertThat(template().within(12_287).pairs()).containsExactly(SMALL);
        assertThat(template().within(8_191).pairs()).isEmpty();
    }

    private static PairTemplate template() {
        return new PairTemplate(List.of(LARGE, SMALL, MIDDLE));
    }

    private static Pair pair(String name, long sourceBytes, long pycBytes) {
        return new Pair(Path.of(name + ".py"), Path.of(name + ".pyc"), sourceBytes, pycBytes);
    }
}
