/** Tests of the HTTP client. */
@NullMarked
package dev.freshpyc.cli.http;

import org.jspecify.annotations.NullMarked;
