/**
 * The port to the index: generations, drafts that become the next generations, and the store that holds both. A generation
 * is published as a whole and never changed.
 *
 * <p>There is one record for each source. One record for each directory was rejected: such records save some 40 bytes for
 * each source (13,355 sources in 3,213 directories) and no measurable time to open an index, but a lookup would decode up to
 * 93 kB instead of 126 bytes, and each change would write as much. A directory has only a seal, which costs 18 bytes for
 * each source.
 */
@NullMarked
package dev.freshpyc.core.store;

import org.jspecify.annotations.NullMarked;
