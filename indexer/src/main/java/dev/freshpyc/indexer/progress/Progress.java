package dev.freshpyc.indexer.progress;

import java.util.OptionalLong;

/**
 * How far a run is at one moment.
 *
 * @param done directories while it reads, sources while it compiles, else files
 * @param total of those; empty while nobody knows
 */
public record Progress(Stage stage, long done, OptionalLong total) {

    /** What a run is at. */
    public enum Stage {
        READING,
        /** New files are made beside the old ones. */
        PREPARING,
        COMPILING,
        /** New files take the place of the old ones. */
        WRITING
    }
}
