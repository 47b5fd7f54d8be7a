package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.render.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Opens the status page of a service for a tree with hostile names in a real browser. */
@Timeout(120)
class StatusPageTest {

    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private static Path home = Path.of("");

    private static Path lib = Path.of("");
    private static Browser browser;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(home.resolve("profile"));
        lib = Files.createDirectories(home.resolve("lib " + IMAGE.replace("/", "")))
                .toRealPath();
        new Pairs(lib).pair("odd", Pairs.header(3495, 0xf0, 0, 0)).pair(IMAGE, Pairs.header(3495, 0xf0, 0, 0));
        CommandLineRun.of("refresh", "-q", "--index", home.resolve("index"), lib);
        service = RunningService.of(lib, home.resolve("index"));
        service.history().sample();
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void discardEarlierMessages() {
        browser.complaints();
        browser.requests();
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 400", "dark, 400"})
    void thePageIsReadableInEveryThemeAndWidth(String theme, int width) throws Exception {
        open(width, theme);

        browser.requireReadable(width);
        assertThat(browser.requests())
                .allMatch(address -> address.startsWith(address().toString()));
        browser.keepPicture(Path.of("target", "pictures", "serve-" + theme + "-" + width + ".png"));
    }

    @Test
    void entriesAndHistoryAreShown() {
        open(1280, "light");

        assertThat(text("entries")).contains(lib.toString(), "2 malformed");
        await("history-text", "2 findings now, 2 at the most, since ");
        await("equivalences", "0 rows of 0 methods, ");
        await("equivalences", "0 were answered from memory, which has 0 tasks, and 0 by the database.");
        assertThat(browser.run("return document.querySelectorAll('#history polyline').length"))
                .isEqualTo(1L);
    }

    @Test
    void aFileIsLookedUpWithTheKeyboardAlone() {
        open(400, "light");
        WebElement path = browser.driver().findElement(By.id("path"));

        path.sendKeys(lib + "/odd.py" + Keys.ENTER);
        await("answer", "cpython-311: malformed (flags), the interpreter ");

        path.clear();
        path.sendKeys("/etc/passwd" + Keys.ENTER);
        await("answer", "The path /etc/passwd is not inside the entries of this service: GET /v1/entries lists them.");
    }

    /** A name that the browser took for markup would create an element. */
    @Test
    void changesArriveAndTheirNamesAreShownAsText() {
        open(1280, "light");
        String data = "{\"entry\":\"/lib\",\"source\":null,\"pyc\":\"" + IMAGE
                + "\",\"before\":\"fresh\",\"verdict\":\"stale\",\"reason\":\"mtime\"}";

        service.events().publish("verdict", data);

        await("changes", "/lib/" + IMAGE + ": stale (mtime), before: fresh");
        assertThat(browser.run("return document.querySelectorAll('img, [onerror]').length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void withoutScriptsThePageNamesThePathsToAsk() {
        browser.allowScripts(false);
        try {
            browser.open(address(), 1280, "light");
            assertThat(text("state")).contains("/v1/entries");
        } finally {
            browser.allowScripts(true);
        }
    }

    private static void open(int width, String theme) {
        browser.open(address(), width, theme);
        await("state", "Up to date as of ");
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + service.port() + "/");
    }

    private static String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    private static void await(String id, String part) {
        long begun = System.nanoTime();
        while (!text(id).contains(part)) {
            assertThat(System.nanoTime() - begun).as(text(id)).isLessThan(TIMEOUT.toNanos());
        }
    }
}
