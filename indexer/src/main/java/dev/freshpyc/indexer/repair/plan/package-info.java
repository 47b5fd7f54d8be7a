/** Collects what a repair will do while the scanner visits the files. The decision about one file is {@code core.plan}'s; this package adds the facts that it needs and sorts the result by directory. */
@NullMarked
package dev.freshpyc.indexer.repair.plan;

import org.jspecify.annotations.NullMarked;
