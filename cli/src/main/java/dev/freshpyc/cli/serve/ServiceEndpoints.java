package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.core.path.RawPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.server.Request;

/** Finds the endpoint for the path and the method of a request. */
final class ServiceEndpoints {

    static final String GET = "GET";
    static final String POST = "POST";

    private static final String EQUIVALENT = "/v1/equivalent";
    private static final String DESCRIPTION = Page.of("openapi").orElseThrow().text();

    private final Map<String, Map<String, Endpoint>> all = new TreeMap<>();
    private final Set<String> writing = new HashSet<>();

    ServiceEndpoints(ServiceState state, EventStream events, Tokens tokens) {
        IndexAnswers indexes = new IndexAnswers(state.entries(), state.clock());
        FindingPages findings = new FindingPages(state.entries(), state.clock());
        RequestBody bodies = new RequestBody();
        get("/healthz", _ -> HttpAnswer.healthy("alive"));
        get("/readyz", _ -> indexes.readiness());
        get("/metrics", _ -> state.meters().scrape());
        get("/openapi.json", _ -> HttpAnswer.json(DESCRIPTION));
        get("/v1/entries", _ -> indexes.entries());
        get("/v1/lookup", request -> indexes.lookup(List.of(query(request).required("path"))));
        post("/v1/lookup", request -> bodies.use(request, body -> indexes.lookup(PathsBody.paths(body))));
        get("/v1/report", request -> findings.page(query(request)));
        postWriting(
                "/v1/refresh",
                request -> bodies.use(request, body -> state.jobs().ask(changed(body))));
        get(EventStream.PATH, events::open);
        get("/v1/history", _ -> state.history().answer());
        get("/", StatusPage.html(state.equivalencePrefix() + EQUIVALENT));
        get("/page.css", StatusPage.style());
        get("/page.js", StatusPage.script());
        get("/page.svg", StatusPage.icon());
        get(
                RefreshJob.PATH,
                request -> state.jobs().state(request.getHttpURI().getPath().substring(RefreshJob.PATH.length())));
        put(state.equivalencePrefix() + EQUIVALENT, new EquivalenceEndpoints(state.equivalences(), bodies, tokens));
    }

    private void put(String path, EquivalenceEndpoints endpoints) {
        get(path, endpoints::unihash);
        postWriting(path, endpoints::report);
        post(path + "/batch", endpoints::batch); // asks for a token itself, only where a line is a report
        get(path + "/stats", _ -> endpoints.stats());
        postWriting(path + "/gc-mark", endpoints::mark);
        postWriting(path + "/gc-sweep", endpoints::sweep);
    }

    private void get(String path, Endpoint endpoint) {
        put(path, GET, endpoint);
    }

    private void post(String path, Endpoint endpoint) {
        put(path, POST, endpoint);
    }

    private void postWriting(String path, Endpoint endpoint) {
        post(path, endpoint);
        writing.add(path);
    }

    private void put(String path, String method, Endpoint endpoint) {
        all.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, endpoint);
    }

    /** The registered path that a request's path belongs to. */
    Optional<String> route(String path) {
        if (path.startsWith(RefreshJob.PATH) && path.length() > RefreshJob.PATH.length()) {
            return Optional.of(RefreshJob.PATH);
        }
        return Optional.of(path).filter(known -> all.containsKey(known) && !known.equals(RefreshJob.PATH));
    }

    /** Whether a request changes data of the service. */
    boolean writes(String route, String method) {
        return method.equals(POST) && writing.contains(route);
    }

    /** The endpoints of a registered path by their methods, in the order of their names. */
    Map<String, Endpoint> methods(String route) {
        return all.getOrDefault(route, Map.of());
    }

    private static QueryText query(Request request) {
        return new QueryText(request.getHttpURI().getQuery());
    }

    private static Optional<List<RawPath>> changed(byte[] body) throws BadRequestException {
        return body.length == 0 ? Optional.empty() : Optional.of(PathsBody.paths(body));
    }
}
