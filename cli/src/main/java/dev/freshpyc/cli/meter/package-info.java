/** What monitoring reads of a run. */
@NullMarked
package dev.freshpyc.cli.meter;

import org.jspecify.annotations.NullMarked;
