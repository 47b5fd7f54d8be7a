/**
 * Generations of an index: made from drafts, published whole, never changed after. Records are kept for each source,
 * not for each directory: a directory's record would be some 40 bytes a source smaller (13,355 sources in 3,213
 * directories) and no faster to open that one could measure, but a lookup would decode up to 93 kB instead of 124
 * bytes, and one change would write all of that anew. What is kept for each directory is its seal, 18 bytes a source.
 */
@NullMarked
package dev.freshpyc.core.store;

import org.jspecify.annotations.NullMarked;
