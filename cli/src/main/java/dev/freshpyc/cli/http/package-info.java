/** The client of HTTP servers that may be down, slow or hostile. The server of the service is in {@link dev.freshpyc.cli.serve}. */
@NullMarked
package dev.freshpyc.cli.http;

import org.jspecify.annotations.NullMarked;
