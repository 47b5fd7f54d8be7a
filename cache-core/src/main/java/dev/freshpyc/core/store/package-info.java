/**
 * The port to the index: generations, the drafts that become the next ones, and the store of both. A generation is
 * published whole and never changed.
 *
 * <p>There is one record for each source. One for each directory was rejected: it saves some 40 bytes a source (13,355
 * sources in 3,213 directories) and no measurable time to open, but a lookup would decode up to 93 kB instead of 126
 * bytes, and each change would write as much. A directory has only a seal, 18 bytes a source.
 */
@NullMarked
package dev.freshpyc.core.store;

import org.jspecify.annotations.NullMarked;
