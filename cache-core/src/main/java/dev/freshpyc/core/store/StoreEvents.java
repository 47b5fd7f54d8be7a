package dev.freshpyc.core.store;

import java.nio.file.Path;

/** Hears of index files that were not used, each once, so that a person can be told. */
public interface StoreEvents {

    /** Hears nothing. */
    StoreEvents NONE = new StoreEvents() {
        @Override
        public void setAside(Path file, String expected, String found) {}

        @Override
        public void newer(Path file, String found) {}

        @Override
        public void notBelieved(Path file, String why) {}
    };

    /** A file that is no whole index was renamed to {@code .bad}, where the system allowed it. */
    void setAside(Path file, String expected, String found);

    /**
     * A newer freshpyc wrote the file: it stays where it is, and is neither used nor replaced.
     *
     * @param found what is newer, such as {@code format 5}
     */
    void newer(Path file, String found);

    /** A file or directory that others could have written; it stays where it is. */
    void notBelieved(Path file, String why);
}
