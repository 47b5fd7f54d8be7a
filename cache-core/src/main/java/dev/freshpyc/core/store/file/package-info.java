/**
 * How index files lie in their directory: names, what is believed, how a file is made and becomes visible. The names,
 * for the entry {@code /usr/lib/python3/dist-packages}:
 *
 * <pre>
 * usr-lib-python3-dist-packages-1f6c9c2a76b0d5e3.index            the live generation; never written to
 * ….index.checked                                                 when it was last found true ({@link Confirmation})
 * ….index.bad                                                     the last file of that name that was no whole index
 * ….index.5a1e90b7c2d3f412.pending                                being written, and locked for as long
 * </pre>
 */
@NullMarked
package dev.freshpyc.core.store.file;

import org.jspecify.annotations.NullMarked;
