/** Generations of an index: made from drafts, published whole, never changed after. */
@NullMarked
package dev.freshpyc.core.store;

import org.jspecify.annotations.NullMarked;
