/**
 * Decides what a repair will do, while the scan shows the files. The policy itself is pure and is in {@link
 * dev.freshpyc.core.plan}; this package reads the facts that the policy needs: a whole body, the hash of a source.
 */
@NullMarked
package dev.freshpyc.indexer.repair.plan;

import org.jspecify.annotations.NullMarked;
