package dev.freshpyc.indexer.progress;

import dev.freshpyc.indexer.progress.Progress.Stage;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts for all workers of a run; to be read by any thread while the run goes on. */
public final class ProgressMeter {

    private volatile Counter counter = new Counter(Stage.READING, OptionalLong.empty());

    private record Counter(Stage stage, OptionalLong total, LongAdder done) {
        Counter(Stage stage, OptionalLong total) {
            this(stage, total, new LongAdder());
        }
    }

    /** One thing more is done of the present stage. */
    public void step() {
        counter.done.increment();
    }

    /** Another stage, with that much to do. */
    public void begin(Stage stage, long total) {
        counter = new Counter(stage, OptionalLong.of(total));
    }

    /** How far the run is. */
    public Progress now() {
        Counter present = counter;
        return new Progress(present.stage, present.done.sum(), present.total);
    }
}
