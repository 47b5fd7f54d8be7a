package dev.freshpyc.indexer.progress;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the finished work of a run. All workers of the run count; any thread may read the progress meanwhile. */
public final class ProgressMeter {

    private volatile Counter counter = new Counter(Stage.READING, OptionalLong.empty());

    /** The stages of a run, in order; a run may skip stages. */
    public enum Stage {
        /** Directories are scanned. */
        READING,
        /** New files are written beside the old files. */
        PREPARING,
        /** Sources are compiled. */
        COMPILING,
        /** New files replace the old files. */
        WRITING,
        /** A command is started again and again, or one script after another, and the times are taken. */
        MEASURING
    }

    /**
     * The progress of a run at one moment.
     *
     * @param done finished directories while reading, sources while compiling, starts or scripts while measuring, files otherwise
     * @param total the number that {@code done} will reach in this stage; empty if not known yet
     */
    public record Progress(Stage stage, long done, OptionalLong total) {}

    private record Counter(Stage stage, OptionalLong total, LongAdder done) {
        Counter(Stage stage, OptionalLong total) {
            this(stage, total, new LongAdder());
        }
    }

    /** Counts one more step of the present stage. */
    public void step() {
        counter.done.increment();
    }

    /** Begins a stage of {@code total} steps; the count starts at 0. */
    public void begin(Stage stage, long total) {
        counter = new Counter(stage, OptionalLong.of(total));
    }

    /** The present progress. */
    public Progress now() {
        Counter present = counter;
        return new Progress(present.stage, present.done.sum(), present.total);
    }
}
