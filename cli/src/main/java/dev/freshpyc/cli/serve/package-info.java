/**
 * The HTTP service. Jetty parses requests and is imported here alone; each answer is one JSON document, made in memory. A request
 * passes the {@link dev.freshpyc.cli.serve.RequestGuard}, then {@link dev.freshpyc.cli.serve.Routes} finds its endpoint.
 */
@NullMarked
package dev.freshpyc.cli.serve;

import org.jspecify.annotations.NullMarked;
