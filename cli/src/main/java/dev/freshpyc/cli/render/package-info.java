/** The output for people and programs: text, JSON, JSON lines, progress. Formats are a contract with users. */
@NullMarked
package dev.freshpyc.cli.render;

import org.jspecify.annotations.NullMarked;
