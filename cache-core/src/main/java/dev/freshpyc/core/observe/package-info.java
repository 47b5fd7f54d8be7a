/** What was seen of a source and its bytecode at one moment: values, taken before they are judged. */
@NullMarked
package dev.freshpyc.core.observe;

import org.jspecify.annotations.NullMarked;
