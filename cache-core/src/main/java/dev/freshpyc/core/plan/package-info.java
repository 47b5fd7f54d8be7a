/**
 * The policy of a repair: chooses the action for a verdict, and makes the bytes of a new header. Pure functions over
 * values; nothing here reads or writes a file.
 */
@NullMarked
package dev.freshpyc.core.plan;

import org.jspecify.annotations.NullMarked;
