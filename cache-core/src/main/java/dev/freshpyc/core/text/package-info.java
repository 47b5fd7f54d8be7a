/** Python's rules for text: decoding, white space and line ends. */
@NullMarked
package dev.freshpyc.core.text;

import org.jspecify.annotations.NullMarked;
