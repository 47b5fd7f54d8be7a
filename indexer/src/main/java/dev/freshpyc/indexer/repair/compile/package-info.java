/** Compiles the sources whose pycs have no proof. A pyc whose code turns out to be the source's keeps its body and gets a new header at most. */
@NullMarked
package dev.freshpyc.indexer.repair.compile;

import org.jspecify.annotations.NullMarked;
