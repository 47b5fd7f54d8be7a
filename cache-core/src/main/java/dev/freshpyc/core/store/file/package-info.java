/**
 * The directory of index files: names, trust, atomic publication, and the lock that tells files of killed runs from those of
 * living ones. The names for the entry {@code /usr/lib/python3/dist-packages}:
 *
 * <pre>
 * usr-lib-python3-dist-packages-1f6c9c2a76b0d5e3.index            the live generation, never written to
 * ….index.checked                                                 when a run last found it true ({@link Confirmation})
 * ….index.bad                                                     the last corrupt file of that name
 * ….index.5a1e90b7c2d3f412.pending                                being written by the owner of its lock ({@link OwnedFile})
 * </pre>
 */
@NullMarked
package dev.freshpyc.core.store.file;

import org.jspecify.annotations.NullMarked;
