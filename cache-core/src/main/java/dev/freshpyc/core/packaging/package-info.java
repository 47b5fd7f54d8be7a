/**
 * Predicts the mtimes that sources have after their tree was packed and unpacked, and the verdicts on their bytecode.
 * Contents, sizes and headers stay the same; only the times change. The package is pure: no clock, no I/O, no archive.
 *
 * <p>Terms: a <i>transport</i> is one way of packing and unpacking a tree; it <i>carries</i> an observation: it
 * computes the observation of the same files after the transport. {@link Packaging} has the rule of each transport for
 * times. The rules were learned from the tools themselves, and a test compares them with real trees that it packs,
 * unpacks and imports.
 */
@NullMarked
package dev.freshpyc.core.packaging;

import org.jspecify.annotations.NullMarked;
