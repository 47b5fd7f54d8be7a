package dev.freshpyc.core.store.table;

import java.io.IOException;

/** Reads entries in the order of their keys, which are compared byte by byte as unsigned numbers. */
public interface Cursor {

    /** Moves to the next entry; to be called before the first one too. False when there is none. */
    boolean next() throws IOException;

    /** The key of the current entry. */
    byte[] key();

    /** The value of the current entry; empty if the entry says that the key was removed. */
    byte[] value() throws IOException;

    /** Computes another value for an entry. */
    @FunctionalInterface
    interface Mapping {
        byte[] value(byte[] key, byte[] value) throws IOException;
    }

    /** These entries, with other values. */
    default Cursor map(Mapping mapping) {
        Cursor entries = this;
        return new Cursor() {
            @Override
            public boolean next() throws IOException {
                return entries.next();
            }

            @Override
            public byte[] key() {
                return entries.key();
            }

            @Override
            public byte[] value() throws IOException {
                return mapping.value(entries.key(), entries.value());
            }
        };
    }
}
