/** What {@code bench} prints, and what it compares with. */
@NullMarked
package dev.freshpyc.cli.bench;

import org.jspecify.annotations.NullMarked;
