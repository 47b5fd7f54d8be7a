package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

/** Opens the page of {@code audit --format html} for a tree with hostile names in a real browser. */
@Timeout(120)
class AuditPageTest {

    private static final String IMAGE = "<img src=x onerror=alert(1)>";

    private static final List<String> HOSTILE = List.of(
            IMAGE,
            "x</script><script>document.title='owned'",
            "<!--<script>",
            "\"'`&amp;",
            "new\nline\u001b[31m",
            "p\udcff\u202e",
            "$" + "{alert(1)}");

    @TempDir
    private static Path home = Path.of("");

    private static Browser browser;

    private static Path page = Path.of("");

    @BeforeAll
    static void makePage() throws Exception {
        browser = Browser.start(home.resolve("profile"));
        Pairs tree = new Pairs(home.resolve("tree"));
        for (String name : HOSTILE) {
            tree.stale("shop/" + name).stale(name + "/a");
        }
        for (int i = 0; i < 60; i++) {
            tree.stale("app/m" + i).fresh("lib/m" + i);
        }
        tree.impostor("app/wrong")
                .fatal("app/cut")
                .file("lib/__pycache__/gone.cpython-311.pyc", Pairs.header(3495, 0, 1, 1), (byte) 0xe3);
        CommandLineRun run =
                CommandLineRun.of("audit", "--no-index", "--format", "html", tree.root(), home.resolve("none"));
        page = Files.writeString(home.resolve("audit.html"), run.out());
    }

    @AfterAll
    static void closeBrowser() {
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
    void aPageIsReadableInEveryThemeAndWidth(String theme, int width) throws Exception {
        browser.open(page.toUri(), width, theme);
        rows().getFirst().findElement(By.className("file")).click();
        browser.driver().findElement(By.id("findings")).click();

        browser.requireReadable(width);
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        browser.keepPicture(Path.of("target", "pictures", "audit-" + theme + "-" + width + ".png"));
    }

    /** A name that the browser took for markup would open a dialog, change the title or create an element. */
    @Test
    void hostileNamesAreShownAsText() {
        browser.open(page.toUri(), 1280, "light");

        assertThat(browser.driver().getTitle()).startsWith("2 of ");
        assertThat(browser.run("return document.querySelectorAll('img, [onerror], [onload]').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.scripts.length")).isEqualTo(2L);
        search("onerror=");
        assertThat(browser.driver().findElement(By.id("rows")).getText()).contains(IMAGE);
        search("new\\nline");
        assertThat(rows()).hasSize(2);
        search("owned");
        assertThat(rows()).hasSize(2);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSearchFindsFilesVerdictsAndDirectories() {
        browser.open(page.toUri(), 1280, "light");
        assertThat(rows()).hasSize(50);
        assertThat(status()).isEqualTo("1 to 50 of 77");

        browser.driver().findElement(By.id("next")).click();
        assertThat(status()).isEqualTo("51 to 77 of 77");
        assertThat(browser.driver().findElement(By.id("next")).isEnabled()).isFalse();

        search("app/ m7");
        assertThat(rows())
                .hasSize(1)
                .first()
                .satisfies(row ->
                        assertThat(row.getText()).contains("stale", "mtime", "app/__pycache__/m7.cpython-311.pyc"));
        search("no such name");
        assertThat(status()).isEqualTo("No finding matches.");
        search("");
        browser.driver()
                .findElement(By.cssSelector("#verdict [value=impostor]"))
                .click();
        assertThat(status()).isEqualTo("1 to 1 of 1 that match, 77 in all");
    }

    @Test
    void anExplanationOpensFromTheKeyboard() {
        browser.open(page.toUri(), 400, "light");
        WebElement focused = browser.driver().findElement(By.tagName("body"));
        for (int i = 0; i < 10 && !"file".equals(focused.getDomAttribute("class")); i++) {
            focused.sendKeys(Keys.TAB);
            focused = browser.driver().switchTo().activeElement();
        }
        focused.sendKeys(Keys.ENTER);

        assertThat(focused.getDomAttribute("aria-expanded")).isEqualTo("true");
        assertThat(browser.driver().findElement(By.className("story")).getText())
                .contains(
                        "does not fall back to the source",
                        "cpython-311",
                        "compile the source",
                        "freshpyc repair " + home.resolve("tree"));
        focused.sendKeys(Keys.ENTER);
        assertThat(browser.driver().findElements(By.className("story"))).isEmpty();
    }

    @Test
    void aCellOfTheMapListsItsFindingsFromTheKeyboard() {
        browser.open(page.toUri(), 1280, "light");
        WebElement focused = browser.driver().findElement(By.tagName("body"));
        for (int i = 0; i < 10 && focused.getDomAttribute("data-path") == null; i++) {
            focused.sendKeys(Keys.TAB);
            focused = browser.driver().switchTo().activeElement();
        }
        focused.sendKeys(Keys.ARROW_RIGHT);
        WebElement next = browser.driver().switchTo().activeElement();
        assertThat(next).isNotEqualTo(focused);
        assertThat(next.getDomAttribute("role")).isEqualTo("button");
        next.sendKeys(Keys.ENTER);

        assertThat(browser.driver().findElement(By.id("search")).getDomProperty("value"))
                .isEqualTo(next.getDomAttribute("data-path") + "/");
        assertThat(status()).contains("that match");
    }

    /** The word of a verdict must not touch the name of the file beside it. */
    @Test
    void theLongestVerdictHasRoomOnATelephone() throws Exception {
        Pairs tree = new Pairs(home.resolve("odd")).file("m.pyc", new byte[2]);
        Path odd = Files.writeString(
                home.resolve("odd.html"),
                CommandLineRun.of("audit", "--no-index", "--format", "html", tree.root())
                        .out());
        browser.open(odd.toUri(), 400, "light");

        Number gap = (Number) browser.run("const cell = document.querySelector('#rows td');"
                + "const word = document.createRange();"
                + "word.selectNode([...cell.childNodes].find(node => node.nodeType === Node.TEXT_NODE));"
                + "return Math.round(cell.nextElementSibling.getBoundingClientRect().left"
                + " - word.getBoundingClientRect().right)");
        assertThat(gap.longValue()).isGreaterThan(6);
    }

    @Test
    void aPageIsReadableWithoutScripts() {
        browser.allowScripts(false);
        try {
            browser.open(page.toUri(), 1280, "light");
            assertThat(browser.driver().findElement(By.tagName("body")).getText())
                    .contains(
                            "2 of 137 bytecode files run wrong code or fail; 74 slow every start down",
                            "freshpyc repair " + home.resolve("tree"),
                            "Its timestamps cannot be trusted",
                            "Could not be read: ENOENT",
                            "The list of all findings needs scripts");
        } finally {
            browser.allowScripts(true);
        }
    }

    @Test
    void aPageOfAHundredThousandFindingsStaysUsable() throws Exception {
        Path large = home.resolve("large.html");
        try (PrintStream out = new PrintStream(large.toFile(), StandardCharsets.UTF_8);
                HtmlReport report = new HtmlReport(
                        out,
                        new AuditView(
                                Optional.empty(),
                                Optional.empty(),
                                new TreeMending(List.of(), Optional.empty(), false, Optional.empty(), Optional.empty()),
                                false,
                                Palette.PLAIN,
                                true))) {
            PathEntry entry = PathEntry.directories(List.of(RawPath.of("/lib"))).getFirst();
            for (int i = 0; i < 1_000; i++) {
                String directory = "package" + i / 10 + "/sub" + i % 10;
                report.accept(IntStream.range(0, 100)
                        .mapToObj(number -> finding(entry, directory, "module" + number))
                        .toList());
            }
            report.finish(List.of(), List.of());
        }
        browser.open(large.toUri(), 1280, "light");
        assertThat(status()).isEqualTo("1 to 50 of 100,000");

        search("");
        Number millis = (Number) browser.run("const start = performance.now();"
                + "document.getElementById('search').value = 'package77/ module55';"
                + "document.getElementById('search').dispatchEvent(new Event('input'));"
                + "return performance.now() - start");

        assertThat(status()).isEqualTo("1 to 10 of 10 that match, 100,000 in all");
        assertThat(millis.doubleValue()).isLessThan(2_000);
        assertThat((Long) browser.run("return document.querySelectorAll('.icicle rect').length"))
                .isLessThan(1_100);
    }

    @Test
    void faultyPagesAreNoticed() throws IOException {
        Path faulty = Files.writeString(
                home.resolve("faulty.html"),
                "<!doctype html><html lang=en><title>a</title><main><h1>a</h1><p style='color:#aaa;background:#fff'>pale</p>"
                        + "<div style='width:3000px'>wide</div></main><img alt=a src='http://127.0.0.1:9/a.png'>"
                        + "<script>nothing.here</script>");
        browser.open(faulty.toUri(), 400, "light");

        assertThat(browser.complaints()).anyMatch(line -> line.contains("nothing is not defined"));
        assertThat(browser.requests()).contains("http://127.0.0.1:9/a.png");
        assertThat(browser.faults()).anyMatch(fault -> fault.startsWith("color-contrast"));
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isGreaterThan(400);
    }

    private static Finding finding(PathEntry entry, String directory, String name) {
        RawPath pyc = RawPath.of(directory + "/__pycache__/" + name + ".cpython-311.pyc");
        return new Finding(
                entry,
                RawPath.of(directory + "/" + name + ".py"),
                pyc,
                CacheTag.of("cpython-311"),
                OptimizationLevel.NONE,
                Verdict.changing(),
                null,
                null,
                false,
                null);
    }

    private static void search(String words) {
        WebElement search = browser.driver().findElement(By.id("search"));
        search.clear();
        search.sendKeys(words);
        browser.run("document.getElementById('search').dispatchEvent(new Event('input'))");
    }

    private static List<WebElement> rows() {
        return browser.driver().findElements(By.cssSelector("#rows > tr"));
    }

    private static String status() {
        return browser.driver().findElement(By.id("status")).getText();
    }
}
