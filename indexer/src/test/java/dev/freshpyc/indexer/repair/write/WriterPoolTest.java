package dev.freshpyc.indexer.repair.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Progress;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The progress meter counts the files of each stage; work outside a stage is not counted. */
@EnabledOnOs(OS.LINUX)
class WriterPoolTest {

    private final ProgressMeter meter = new ProgressMeter();
    private final WriterPool pool =
            new WriterPool(1, () -> new FileRewriter(Durability.NONE, new WrittenFileSystems()), meter);

    @Test
    void eachStageIsCountedFromZero() throws Exception {
        List<Progress> seen = new ArrayList<>();

        pool.forEach(Stage.PREPARING, List.of("a", "b"), (_, _) -> seen.add(meter.now()));
        pool.forEach(List.of("c"), (_, _) -> seen.add(meter.now()));
        pool.forEachSlowly(Stage.COMPILING, List.of("d"), (_, _) -> seen.add(meter.now()));

        assertThat(seen)
                .containsExactly(
                        new Progress(Stage.PREPARING, 0, OptionalLong.of(2)),
                        new Progress(Stage.PREPARING, 1, OptionalLong.of(2)),
                        new Progress(Stage.PREPARING, 2, OptionalLong.of(2)),
                        new Progress(Stage.COMPILING, 0, OptionalLong.of(1)));
        assertThat(meter.now().done()).isEqualTo(1);
    }
}
