package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a request and sends the endpoint's answer. Runs on virtual threads. */
final class Routes extends Handler.Abstract {

    /** The name in meters of a path or a method that the service does not have. */
    private static final String OTHER = "other";

    /** The page loads everything from the service itself, and no other page may frame it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ServiceEndpoints endpoints;
    private final ServiceMeters meters;
    private final EventStream events;
    private final RequestGuard guard;
    private final Tokens tokens;

    Routes(ServiceEndpoints endpoints, ServiceMeters meters, EventStream events, Access access) {
        this.endpoints = endpoints;
        this.meters = meters;
        this.events = events;
        this.guard = new RequestGuard(access);
        this.tokens = access.tokens();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
        long begun = System.nanoTime();
        Optional<String> route = endpoints.route(request.getHttpURI().getPath());
        Map<String, Endpoint> methods = route.map(endpoints::methods).orElse(Map.of());
        HttpAnswer answer = answer(request, response, route.orElse(OTHER), methods);
        if (route.equals(Optional.of(EventStream.PATH)) && answer.status() == HttpStatus.OK_200) {
            start(answer, response);
            events.send(request, response, callback);
            return true;
        }
        String method = methods.containsKey(request.getMethod()) ? request.getMethod() : OTHER;
        meters.answered(route.orElse(OTHER), method, answer.status(), System.nanoTime() - begun);
        send(answer, response, callback);
        return true;
    }

    private HttpAnswer answer(Request request, Response response, String route, Map<String, Endpoint> methods)
            throws InterruptedException {
        try {
            Optional<String> refusal =
                    guard.refusal(hosts(request), request.getHeaders().getValuesList(HttpHeader.ORIGIN));
            if (refusal.isPresent()) {
                return HttpAnswer.error(HttpStatus.FORBIDDEN_403, refusal.get());
            }
            if (methods.isEmpty()) {
                return HttpAnswer.error(HttpStatus.NOT_FOUND_404, "There is nothing at this path.");
            }
            @Nullable Endpoint endpoint = methods.get(request.getMethod());
            if (endpoint == null) {
                String allowed = String.join(", ", methods.keySet());
                response.getHeaders().put(HttpHeader.ALLOW, allowed);
                return HttpAnswer.error(HttpStatus.METHOD_NOT_ALLOWED_405, "This path takes only " + allowed + ".");
            }
            if (endpoints.writes(route, request.getMethod())
                    && !tokens.allow(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
                throw unauthorized();
            }
            return endpoint.answer(request);
        } catch (BadRequestException refused) {
            return refused.answer();
        } catch (UnreadableIndexException unreadable) {
            return HttpAnswer.error(HttpStatus.INTERNAL_SERVER_ERROR_500, unreadable.sentence());
        } catch (IOException unreadable) {
            return HttpAnswer.error(
                    HttpStatus.INTERNAL_SERVER_ERROR_500, "The request could not be read: send it again.");
        }
    }

    /** Ends a request that needs a token and has none. */
    static BadRequestException unauthorized() {
        return new BadRequestException(
                HttpStatus.UNAUTHORIZED_401, "This request needs a token: Authorization: Bearer TOKEN.");
    }

    private static List<String> hosts(Request request) {
        List<String> hosts = new ArrayList<>(request.getHeaders().getValuesList(HttpHeader.HOST));
        if (request.getHttpURI().isAbsolute()) {
            hosts.add(String.valueOf(request.getHttpURI().getHost()));
        }
        return hosts;
    }

    /** Sets status and headers, by which a browser keeps no copy and guesses no type. */
    static void start(HttpAnswer answer, Response response) {
        response.setStatus(answer.status());
        if (answer.status() == HttpStatus.UNAUTHORIZED_401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, answer.type())
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Content-Security-Policy", POLICY);
    }

    static void send(HttpAnswer answer, Response response, Callback callback) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        start(answer, response);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length + answer.moreLength());
        answer.location().ifPresent(path -> response.getHeaders().put(HttpHeader.LOCATION, path));
        response.write(
                answer.more().isEmpty(),
                ByteBuffer.wrap(body),
                Callback.from(() -> sendMore(answer.more(), response, callback), callback::failed));
    }

    /** Sends the further parts one after the other, each when the part before it is sent. */
    private static void sendMore(List<String> parts, Response response, Callback callback) {
        if (parts.isEmpty()) {
            callback.succeeded();
            return;
        }
        List<String> rest = parts.subList(1, parts.size());
        ByteBuffer part = ByteBuffer.wrap(parts.getFirst().getBytes(StandardCharsets.US_ASCII));
        response.write(rest.isEmpty(), part, Callback.from(() -> sendMore(rest, response, callback), callback::failed));
    }
}
