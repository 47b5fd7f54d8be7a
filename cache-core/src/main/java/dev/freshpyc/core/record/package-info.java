/** What an index remembers of one source and its bytecode: values, and how they are written as bytes. */
@NullMarked
package dev.freshpyc.core.record;

import org.jspecify.annotations.NullMarked;
