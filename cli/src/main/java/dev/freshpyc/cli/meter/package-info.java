/** Writes metrics of a run for monitoring. */
@NullMarked
package dev.freshpyc.cli.meter;

import org.jspecify.annotations.NullMarked;
