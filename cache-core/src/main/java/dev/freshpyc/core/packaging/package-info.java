/**
 * What packing a tree and unpacking it elsewhere does to the mtimes of its sources, and so to what interpreters do with its
 * bytecode. Contents, sizes and headers travel unchanged; only the times do not. All is pure: no clock, no I/O, no archive.
 *
 * <p>Terms: a <i>transport</i> is one way of packing and unpacking; it <i>carries</i> an observation to what will be observed of
 * the same files afterwards. {@link Packaging} says for each transport what becomes of a time. These rules were read off the
 * tools themselves, and a test packs, unpacks and imports real trees to compare.
 */
@NullMarked
package dev.freshpyc.core.packaging;

import org.jspecify.annotations.NullMarked;
