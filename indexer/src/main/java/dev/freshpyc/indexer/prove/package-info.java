/** Proofs by compiling: what an interpreter makes of a source is compared with the bytecode that is there. Nothing is written. */
@NullMarked
package dev.freshpyc.indexer.prove;

import org.jspecify.annotations.NullMarked;
