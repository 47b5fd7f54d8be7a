package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.core.path.RawPath;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** Which path and method of a request has which endpoint. A path that ends with a slash stands for every name below it. */
final class ServiceEndpoints {

    static final String GET = "GET";
    static final String POST = "POST";

    private static final String DESCRIPTION = Page.of("openapi").orElseThrow().text();

    private final Map<String, Map<String, Endpoint>> all = new TreeMap<>();

    ServiceEndpoints(
            ServedEntries entries,
            RefreshJobs jobs,
            Equivalences equivalences,
            ServiceMeters meters,
            EventStream events,
            Clock clock) {
        IndexAnswers indexes = new IndexAnswers(entries, clock);
        FindingPages findings = new FindingPages(entries, clock);
        RequestBody bodies = new RequestBody();
        get("/healthz", _ -> Answer.state(HttpStatus.OK_200, "status", "alive"));
        get("/readyz", _ -> indexes.readiness());
        get("/metrics", _ -> meters.scrape());
        get("/openapi.json", _ -> Answer.json(DESCRIPTION));
        get("/v1/entries", _ -> indexes.entries());
        get("/v1/lookup", request -> indexes.lookup(List.of(path(request))));
        post("/v1/lookup", request -> bodies.use(request, body -> indexes.lookup(PathsBody.paths(body))));
        get("/v1/report", request -> findings.page(query(request)));
        post("/v1/refresh", request -> bodies.use(request, body -> jobs.ask(changed(body))));
        get("/v1/events", events::open);
        get(RefreshJob.PATH, request -> jobs.state(nameBelow(RefreshJob.PATH, request)));
        put(new EquivalenceEndpoints(equivalences, bodies));
    }

    private void put(EquivalenceEndpoints endpoints) {
        get("/v1/equivalent", endpoints::unihash);
        post("/v1/equivalent", endpoints::report);
        post("/v1/equivalent/batch", endpoints::batch);
        get("/v1/equivalent/stats", _ -> endpoints.stats());
        post("/v1/equivalent/gc-mark", endpoints::mark);
        post("/v1/equivalent/gc-sweep", endpoints::sweep);
    }

    private void get(String path, Endpoint endpoint) {
        put(path, GET, endpoint);
    }

    private void post(String path, Endpoint endpoint) {
        put(path, POST, endpoint);
    }

    private void put(String path, String method, Endpoint endpoint) {
        all.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, endpoint);
    }

    /** The registered path that a request's path belongs to. */
    Optional<String> route(String path) {
        if (all.containsKey(path)) {
            return path.endsWith("/") ? Optional.empty() : Optional.of(path);
        }
        String above = path.substring(0, path.lastIndexOf('/') + 1);
        return Optional.of(above).filter(all::containsKey);
    }

    /** The endpoints of a registered path by their methods. */
    Map<String, Endpoint> methods(String route) {
        return Map.copyOf(all.getOrDefault(route, Map.of()));
    }

    private static QueryText query(Request request) {
        return new QueryText(request.getHttpURI().getQuery());
    }

    private static RawPath path(Request request) throws BadRequestException {
        return query(request)
                .path("path")
                .orElseThrow(() -> new BadRequestException(
                        HttpStatus.BAD_REQUEST_400, "The parameter 'path' is missing or empty."));
    }

    private static Optional<List<RawPath>> changed(byte[] body) throws BadRequestException {
        return body.length == 0 ? Optional.empty() : Optional.of(PathsBody.paths(body));
    }

    private static String nameBelow(String path, Request request) {
        return request.getHttpURI().getPath().substring(path.length());
    }
}
