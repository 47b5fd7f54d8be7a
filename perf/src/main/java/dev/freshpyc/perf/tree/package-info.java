/** The trees that benches measure on: built from an interpreter's own libraries, compiled, and changed between runs. */
@NullMarked
package dev.freshpyc.perf.tree;

import org.jspecify.annotations.NullMarked;
