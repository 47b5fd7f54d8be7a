package dev.freshpyc.cli.serve;

import java.io.IOException;
import org.eclipse.jetty.server.Request;

/** Answers the requests of one path and method. Any thread may call it. */
@FunctionalInterface
interface Endpoint {

    /**
     * The answer to a request.
     *
     * @throws BadRequestException when the request is at fault
     * @throws IOException when an index or the request cannot be read
     */
    HttpAnswer answer(Request request) throws BadRequestException, IOException, InterruptedException;
}
