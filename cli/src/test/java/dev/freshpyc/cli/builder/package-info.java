/** Runs the documented snippets for image and package builders in the real builders. */
@NullMarked
package dev.freshpyc.cli.builder;

import org.jspecify.annotations.NullMarked;
