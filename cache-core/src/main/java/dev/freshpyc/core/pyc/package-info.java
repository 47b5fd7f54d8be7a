/** What a bytecode file is: magic numbers, tags, headers, names and the source hash. Pure functions over bytes and strings. */
@NullMarked
package dev.freshpyc.core.pyc;

import org.jspecify.annotations.NullMarked;
