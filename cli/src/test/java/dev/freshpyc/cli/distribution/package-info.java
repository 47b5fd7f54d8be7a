/** The distribution as the package phase leaves it, started through its launcher. */
@NullMarked
package dev.freshpyc.cli.distribution;

import org.jspecify.annotations.NullMarked;
