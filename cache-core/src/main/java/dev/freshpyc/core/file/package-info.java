/** What a file system hands over: names as bytes, stamps, contents read at a position, error numbers. */
@NullMarked
package dev.freshpyc.core.file;

import org.jspecify.annotations.NullMarked;
