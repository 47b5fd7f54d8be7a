/** Tests of the hooks, which the real tools run. */
@NullMarked
package dev.freshpyc.cli.hook;

import org.jspecify.annotations.NullMarked;
