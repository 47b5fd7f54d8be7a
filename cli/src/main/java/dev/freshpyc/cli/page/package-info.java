/** The pages of the documentation, which every distribution carries: about subjects, verdicts and reasons. */
@NullMarked
package dev.freshpyc.cli.page;

import org.jspecify.annotations.NullMarked;
