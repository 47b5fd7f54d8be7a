package dev.freshpyc.core.store.file;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** An index file was read, but its bytes cannot be used: it is corrupt, too old or too new. */
public abstract sealed class UnusableIndexException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String found;

    private UnusableIndexException(Path file, String expected, String found) {
        super(file + ": expected " + expected + ", found " + found);
        this.expected = expected;
        this.found = found;
    }

    /** Damaged, or no index at all: set aside as {@code .bad}. */
    public static final class Corrupt extends UnusableIndexException {

        @Serial
        private static final long serialVersionUID = 1;

        public Corrupt(Path file, String expected, String found) {
            super(file, expected, found);
        }

        /** Throws unless the condition holds. */
        public static void unless(boolean condition, Path file, String expected, String found) throws Corrupt {
            if (!condition) {
                throw new Corrupt(file, expected, found);
            }
        }
    }

    /** Written by an older freshpyc, or for another machine: counts as absent, and the next publication replaces it. */
    public static final class TooOld extends UnusableIndexException {

        @Serial
        private static final long serialVersionUID = 1;

        public TooOld(Path file, String expected, String found) {
            super(file, expected, found);
        }
    }

    /** Another run replaced the file while it was opened: it is opened again. */
    public static final class Replaced extends UnusableIndexException {

        @Serial
        private static final long serialVersionUID = 1;

        public Replaced(Path file) {
            super(file, "the same file as before", "a newer one");
        }
    }

    /** Written by a newer freshpyc: neither used nor replaced. */
    public static final class TooNew extends UnusableIndexException {

        @Serial
        private static final long serialVersionUID = 1;

        public TooNew(Path file, String expected, String found) {
            super(file, expected, found);
        }
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
