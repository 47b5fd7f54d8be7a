/**
 * Decides what a repair will do, while the scan shows the files. The policy itself is pure and stands in {@link
 * dev.freshpyc.core.plan}; this room reads what the policy needs: a body to its end, a source's hash.
 */
@NullMarked
package dev.freshpyc.indexer.repair.plan;

import org.jspecify.annotations.NullMarked;
