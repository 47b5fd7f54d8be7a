/** Text as Python reads it. */
@NullMarked
package dev.freshpyc.core.text;

import org.jspecify.annotations.NullMarked;
