/**
 * The directory of index files: their names, trust, atomic publication, and the lock that separates the files of killed runs
 * from the files of running ones. The names for the entry {@code /usr/lib/python3/dist-packages}:
 *
 * <pre>
 * usr-lib-python3-dist-packages-1f6c9c2a76b0d5e3.index            the live generation, never written to
 * ….index.checked                                                 time of the last confirmation ({@link Confirmation})
 * ….index.bad                                                     the last corrupt file of that name
 * usr-bin-python3-11-9b1c66f0a1d2e3f4.answer                      what an interpreter said of itself: may vanish at any time
 * ….index.5a1e90b7c2d3f412.pending                                a new file, which the owner of its lock writes ({@link OwnedFile})
 * </pre>
 */
@NullMarked
package dev.freshpyc.core.store.file;

import org.jspecify.annotations.NullMarked;
