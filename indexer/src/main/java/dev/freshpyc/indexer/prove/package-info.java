/**
 * Proofs by compiling: the code that an interpreter makes of a source is compared with the existing pyc. Nothing is
 * written.
 */
@NullMarked
package dev.freshpyc.indexer.prove;

import org.jspecify.annotations.NullMarked;
