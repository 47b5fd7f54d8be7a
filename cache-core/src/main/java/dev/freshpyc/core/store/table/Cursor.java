package dev.freshpyc.core.store.table;

import java.io.IOException;

/** Reads entries in the order of their keys, which are compared byte by byte as unsigned numbers. */
public interface Cursor {

    /** Moves to the next entry; to be called before the first one too. False when there is none. */
    boolean next() throws IOException;

    /** The key of the current entry. */
    byte[] key();

    /** The value of the current entry; of no length where the entry says that the key is removed. */
    byte[] value() throws IOException;
}
