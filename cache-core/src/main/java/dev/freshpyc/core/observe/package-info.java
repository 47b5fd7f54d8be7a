/** Observations of a source and its bytecode, taken at one moment: plain values, which {@code core.verdict} judges. */
@NullMarked
package dev.freshpyc.core.observe;

import org.jspecify.annotations.NullMarked;
