/** The format of a pyc: magic number, tag, header, name and source hash. Pure functions over bytes and strings. */
@NullMarked
package dev.freshpyc.core.pyc;

import org.jspecify.annotations.NullMarked;
