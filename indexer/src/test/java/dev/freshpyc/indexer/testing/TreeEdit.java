package dev.freshpyc.indexer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An edit that a test makes to the tree while the code under test runs. */
@FunctionalInterface
public interface TreeEdit {

    /** Makes the edit. */
    void run() throws IOException, InterruptedException;

    /** Makes the edit from a method that may not throw checked exceptions. */
    default void runUnchecked() {
        try {
            run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
