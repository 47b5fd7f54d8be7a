package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.PrintedJson;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The findings of an index, page by page. */
class FindingPagesTest {

    private static final Pattern SOURCE = Pattern.compile("\"source\":\"([^\"]*)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"/v1/report\\?([^\"]*)\"");

    private final AtomicLong nanos = new AtomicLong();
    private final Path lib;
    private final Path index;
    private final ServedEntries entries;
    private final FindingPages pages;

    FindingPagesTest(@TempDir Path directory) throws Exception {
        lib = Files.createDirectories(directory.resolve("lib & more")).toRealPath();
        index = directory.resolve("index");
        entries = new ServedEntries(
                new ChronicleStore(index, StoreEvents.NONE),
                GivenPath.entries(List.of(RawPath.of(lib.toString()))),
                ScanOptions.defaults(),
                nanos::get);
        pages = new FindingPages(entries, Clock.systemUTC());
    }

    @BeforeEach
    void makeTree() throws Exception {
        Pairs tree = new Pairs(lib);
        for (int i = 0; i < 5; i++) {
            tree.file(Pairs.cached("orphan" + i), Pairs.header(3495, 0, 0, 0))
                    .pair("p/odd" + i, Pairs.header(3495, 0xf0, 0, 0))
                    .pair("odd" + i, Pairs.header(3495, 0xf0, 0, 0));
        }
        tree.pair("caf\udce9 & co", Pairs.header(3495, 0xf0, 0, 0));
        refresh();
    }

    @AfterEach
    void close() {
        entries.close();
    }

    @Test
    void allPagesTogetherHaveAllFindingsInOrder() throws Exception {
        List<String> whole = sources(page("entry=" + entry()));
        assertThat(whole).hasSize(16).isSorted().contains("caf\\uDCE9 & co.py", "orphan4.py", "p/odd0.py");

        for (int limit : List.of(1, 3, 16, 17)) {
            assertThat(paged("entry=" + entry() + "&limit=" + limit))
                    .as("pages of %d", limit)
                    .isEqualTo(whole);
        }
    }

    @Test
    void aVerdictSelectsFindings() throws Exception {
        assertThat(paged("limit=2&verdict=orphaned&entry=" + entry()))
                .hasSize(5)
                .allMatch(name -> name.startsWith("orphan"));
        assertThat(paged("verdict=malformed,fresh&entry=" + entry())).hasSize(11);
        assertThat(page("verdict=impostor&entry=" + entry())).contains("\"findings\":[],", "\"next\":null");
    }

    @Test
    void pagesContinueInTheNextGeneration() throws Exception {
        String first = page("limit=3&entry=" + entry());
        Files.delete(lib.resolve("__pycache__/orphan0.cpython-311.pyc"));
        new Pairs(lib).pair("q/odd", Pairs.header(3495, 0xf0, 0, 0));
        refresh();
        nanos.addAndGet(1_000_000_000L);

        List<String> rest = paged(next(first));

        assertThat(first).contains("\"generation\":1");
        assertThat(rest).hasSize(13).endsWith("q/odd.py");
        assertThat(sources(first)).doesNotContainAnyElementsOf(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"verdict=odd", "verdict=stale,", "limit=0", "limit=10001", "limit=-1", "limit=x", "after=%"})
    void aMalformedParameterIsRefused(String parameter) {
        assertThatThrownBy(() -> page(parameter + "&entry=" + entry()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void anotherEntryIsNotFound() {
        assertThatThrownBy(() -> page("entry=/usr/lib")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> page("verdict=stale")).isInstanceOf(BadRequestException.class);
    }

    private void refresh() {
        assertThat(CommandLineRun.of("refresh", "-q", "--index", index, lib).code())
                .isZero();
    }

    private String entry() {
        return QueryText.encode(RawPath.of(lib.toString()));
    }

    private String page(String query) throws Exception {
        HttpAnswer answer = pages.page(new QueryText(query));
        assertThat(answer.status()).isEqualTo(200);
        PrintedJson.require("freshpyc-report-1", answer.body());
        return answer.body();
    }

    private List<String> paged(String query) throws Exception {
        List<String> all = new ArrayList<>();
        String page = page(query);
        all.addAll(sources(page));
        while (!page.contains("\"next\":null")) {
            page = page(next(page));
            all.addAll(sources(page));
        }
        return all;
    }

    private static String next(String page) {
        return NEXT.matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> sources(String page) {
        return SOURCE.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
