/** The pages of the documentation in every distribution: about subjects, verdicts and reasons. */
@NullMarked
package dev.freshpyc.cli.page;

import org.jspecify.annotations.NullMarked;
