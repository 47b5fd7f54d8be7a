/** Hooks, run by the real tools. */
@NullMarked
package dev.freshpyc.cli.hook;

import org.jspecify.annotations.NullMarked;
