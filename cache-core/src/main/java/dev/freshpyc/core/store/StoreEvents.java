package dev.freshpyc.core.store;

import dev.freshpyc.core.path.RawPath;
import java.nio.file.Path;

/** Receives one event for each index file that is not used, for a message to the user. */
public interface StoreEvents {

    /** Ignores all events. */
    StoreEvents NONE = new StoreEvents() {
        @Override
        public void setAside(Path file, String expected, String found) {}

        @Override
        public void leftInPlace(Path file, String expected, String found, String why) {}

        @Override
        public void newer(Path file, String found) {}

        @Override
        public void distrusted(Path file, String why) {}
    };

    /** A corrupt file was renamed to {@code .bad}. */
    void setAside(Path file, String expected, String found);

    /**
     * A corrupt file stays in place and is not used.
     *
     * @param why a clause that says why the file was not renamed
     */
    void leftInPlace(Path file, String expected, String found, String why);

    /**
     * A newer freshpyc wrote the file. The file stays in place, and is neither used nor replaced.
     *
     * @param found the newer part of the file, such as {@code format 5}
     */
    void newer(Path file, String found);

    /** A user other than root and the current one could have written the file or directory. The file stays in place. */
    void distrusted(Path file, String why);

    /**
     * Nothing is kept of a path entry, which is read again every time.
     *
     * @param why a clause whose subject is the entry
     */
    default void notKept(RawPath entry, String why) {}
}
