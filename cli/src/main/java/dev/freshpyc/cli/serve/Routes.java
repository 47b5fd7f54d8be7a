package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a request and sends the endpoint's answer. Runs on virtual threads. */
final class Routes extends Handler.Abstract {

    private static final String GET = "GET";
    private static final String POST = "POST";

    private final Map<String, Map<String, Endpoint>> endpoints = new TreeMap<>();

    /** The routes to the answers of the indexes. */
    Routes(IndexAnswers indexes) {
        RequestBody bodies = new RequestBody();
        endpoints.put("/healthz", Map.of(GET, _ -> JsonAnswer.state(HttpStatus.OK_200, "status", "alive")));
        endpoints.put("/readyz", Map.of(GET, _ -> indexes.readiness()));
        endpoints.put("/v1/entries", Map.of(GET, _ -> indexes.entries()));
        endpoints.put(
                "/v1/lookup",
                Map.of(
                        GET, request -> indexes.lookup(List.of(path(request))),
                        POST, request -> bodies.use(request, body -> indexes.lookup(LookupBody.paths(body)))));
    }

    private static RawPath path(Request request) throws BadRequestException {
        return new QueryText(request.getHttpURI().getQuery())
                .path("path")
                .orElseThrow(() -> new BadRequestException(
                        HttpStatus.BAD_REQUEST_400, "The parameter 'path' is missing or empty."));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
        JsonAnswer answer;
        try {
            answer = answer(request, response);
        } catch (BadRequestException refused) {
            answer = refused.answer();
        } catch (IOException unreadable) {
            answer = JsonAnswer.error(
                    HttpStatus.INTERNAL_SERVER_ERROR_500, "An index or the request could not be read.");
        }
        send(answer, response, callback);
        return true;
    }

    private JsonAnswer answer(Request request, Response response)
            throws BadRequestException, IOException, InterruptedException {
        Optional<String> refusal =
                RequestGuard.refusal(hosts(request), request.getHeaders().getValuesList(HttpHeader.ORIGIN));
        if (refusal.isPresent()) {
            return JsonAnswer.error(HttpStatus.FORBIDDEN_403, refusal.get());
        }
        @Nullable
        Map<String, Endpoint> methods = endpoints.get(request.getHttpURI().getPath());
        if (methods == null) {
            return JsonAnswer.error(HttpStatus.NOT_FOUND_404, "There is nothing at this path.");
        }
        @Nullable Endpoint endpoint = methods.get(request.getMethod());
        if (endpoint == null) {
            String allowed = String.join(", ", new TreeMap<>(methods).keySet());
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            return JsonAnswer.error(HttpStatus.METHOD_NOT_ALLOWED_405, "This path takes only " + allowed + ".");
        }
        return endpoint.answer(request);
    }

    private static List<String> hosts(Request request) {
        List<String> hosts = new ArrayList<>(request.getHeaders().getValuesList(HttpHeader.HOST));
        if (request.getHttpURI().isAbsolute()) {
            hosts.add(String.valueOf(request.getHttpURI().getHost()));
        }
        return hosts;
    }

    /** Sends an answer; a browser keeps no copy and guesses no type. */
    static void send(JsonAnswer answer, Response response, Callback callback) {
        byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(answer.status());
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "application/json")
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put("X-Content-Type-Options", "nosniff")
                .put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
