/** Tests of the packaged distribution, started through its launcher. */
@NullMarked
package dev.freshpyc.cli.distribution;

import org.jspecify.annotations.NullMarked;
