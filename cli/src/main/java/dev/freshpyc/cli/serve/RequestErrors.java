package dev.freshpyc.cli.serve;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty refuses before any endpoint sees them, or that failed: one sentence, and no stack trace. */
final class RequestErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Routes.send(HttpAnswer.error(status, sentence(status)), response, callback);
        return true;
    }

    private static String sentence(int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> "The path or query of the request is too long.";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "The headers of the request are too large.";
            case HttpStatus.REQUEST_TIMEOUT_408 -> "The request took too long to arrive.";
            case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> "The service speaks HTTP/1.1.";
            default ->
                HttpStatus.isClientError(status)
                        ? "The request is malformed."
                        : "The service could not answer this request.";
        };
    }
}
