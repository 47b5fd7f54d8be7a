@NullMarked
package dev.freshpyc.cli.page;

import org.jspecify.annotations.NullMarked;
