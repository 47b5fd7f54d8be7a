package dev.freshpyc.core.store.file;

import java.io.IOException;

/** Reports damage that is found after the opening of an index file, when a part is read for the first time. */
@FunctionalInterface
public interface DamageReport {

    /**
     * Sets a corrupt file aside and reports it, unless a newer file has replaced it.
     *
     * @return the failure as a message for the user
     */
    IOException report(IOException unreadable);
}
