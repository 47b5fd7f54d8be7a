/** Rules for text: those of Python for decoding, white space and line ends, and those of a shell for words. */
@NullMarked
package dev.freshpyc.core.text;

import org.jspecify.annotations.NullMarked;
