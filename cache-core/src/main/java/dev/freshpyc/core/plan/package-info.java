/**
 * The repair's policy: from a verdict to an action and to the bytes of the new header. Pure functions over values;
 * nothing here reads or writes a file.
 */
@NullMarked
package dev.freshpyc.core.plan;

import org.jspecify.annotations.NullMarked;
