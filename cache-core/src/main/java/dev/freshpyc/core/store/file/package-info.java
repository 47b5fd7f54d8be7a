/**
 * The directory of index files: their names, trust, atomic publication, and the lock that tells the pending files of
 * killed processes from the pending files of living processes. The names for the entry {@code
 * /usr/lib/python3/dist-packages}:
 *
 * <pre>
 * usr-lib-python3-dist-packages-1f6c9c2a76b0d5e3.index            the live generation, never written to
 * ….index.checked                                                 time of the last confirmation ({@link Confirmation})
 * ….index.bad                                                     the last corrupt file of that name
 * usr-bin-python3-11-9b1c66f0a1d2e3f4.answer                      an interpreter's answer; may be deleted at any time
 * ….index.5a1e90b7c2d3f412.pending                                a new file, locked by its owner ({@link OwnedFile})
 * </pre>
 */
@NullMarked
package dev.freshpyc.core.store.file;

import org.jspecify.annotations.NullMarked;
