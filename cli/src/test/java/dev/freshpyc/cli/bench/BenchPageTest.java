package dev.freshpyc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.render.Browser;
import dev.freshpyc.perf.startup.ImportTime;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.ModuleOrigin;
import dev.freshpyc.perf.startup.ModuleSource;
import dev.freshpyc.perf.startup.StartProfile;
import dev.freshpyc.perf.startup.StartRun;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.openqa.selenium.interactions.Actions;

/** Opens the HTML page of a bench in a real browser. The page shows hostile names of modules and programs. */
@Timeout(120)
class BenchPageTest {

    private static final String IMAGE = "<img/src=x/onerror=alert(1)>";

    private static final String SCRIPT = "x</title></svg><script>document.title='owned'</script>";

    @TempDir
    private static Path home = Path.of("");

    private static Browser browser;

    private static Path page = Path.of("");

    @BeforeAll
    static void makePage() throws IOException {
        browser = Browser.start(home.resolve("profile"));
        List<ImportTime> imports = new ArrayList<>(List.of(
                new ImportTime("shop.prices", 2, 90_000, 90_000),
                new ImportTime(IMAGE, 2, 60_000, 60_000),
                new ImportTime("shop.basket", 1, 50_000, 200_000),
                new ImportTime("_json", 1, 80_000, 80_000),
                new ImportTime("shop", 0, 20_000, 300_000),
                new ImportTime("narrow", 1, 500, 500),
                new ImportTime(SCRIPT, 0, 150_000, 150_500)));
        List<ModuleCost> modules = new ArrayList<>(imports.stream()
                .map(time -> new ModuleCost(
                        time.module(),
                        source(time.module()),
                        time.self(),
                        time.cumulative(),
                        OptionalLong.of(time.self() / 2)))
                .toList());
        for (int i = 0; i < 50; i++) {
            modules.add(new ModuleCost(
                    "plain" + i, new ModuleSource(ModuleOrigin.LOADED, "/app"), 100, 100, OptionalLong.of(0)));
        }
        StartupBench.Result result = new StartupBench.Result(
                List.of(
                        series(StartState.AS_IS, 631, imports),
                        series(StartState.REPAIRED, 151, List.of()),
                        series(StartState.STALE_READONLY, 702, List.of())),
                57,
                true,
                modules,
                Optional.of("3.11.7"),
                new StartProfile(new TreeSet<>(), 0, Set.of(), Set.of()));
        page = Files.write(home.resolve("bench.html"), page(List.of("shop", IMAGE, "\u001b[31m\u202e"), result));
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

        browser.requireReadable(width);
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        browser.keepPicture(Path.of("target", "pictures", "bench-" + theme + "-" + width + ".png"));
    }

    @Test
    void theChartsShowEveryRunAndEveryWideImport() {
        browser.open(page.toUri(), 1280, "light");

        assertThat(browser.driver().findElement(By.tagName("h1")).getText()).isEqualTo("repair saves 480 ms of 631 ms");
        assertThat(texts(".plot .state")).containsExactly("as-is", "repaired", "stale-readonly");
        assertThat(texts(".plot .tick")).containsExactly("0 ms", "200", "400", "600");
        assertThat(elements(".plot circle")).hasSize(3 * 9);
        assertThat(names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE, "_json", SCRIPT);
        assertThat(elements(".imports svg:not(.hidden) > rect.compiled")).hasSize(5);
        assertThat(elements(".imports svg:not(.hidden) > rect.other")).hasSize(1);
        assertThat(browser.run("return document.querySelector('.imports title').textContent"))
                .isEqualTo("shop: 300.0 ms with its imports, 20.0 ms without, compiled, repair saves 10.0 ms");
        Number outer = width(0);
        assertThat(width(1).doubleValue() / outer.doubleValue()).isBetween(0.66, 0.67); // 200 of 300 ms
        assertThat(body())
                .contains(
                        "Python 3.11.7",
                        "9 of each state",
                        "cold: the page cache was dropped before each",
                        "compiled: 370.5 ms in 6 modules of /app; repair saves 185.3 ms",
                        "extension: 80.0 ms in 1 module of /lib",
                        "The profile has 57 modules",
                        "none 0.0 KiB not measured",
                        "the profile 500.0 KiB 151.0 ms",
                        "all modules 29296.9 KiB as the profile");
    }

    @Test
    void theChartOfRoundsTellsTheTimesUnderThePointerAndZoomsIn() {
        browser.open(page.toUri(), 1280, "light");
        WebElement drawing = browser.driver().findElement(By.cssSelector("#rounds .u-over"));
        int half = drawing.getSize().getWidth() / 2;
        Actions mouse = new Actions(browser.driver());

        mouse.moveToElement(drawing).perform();
        assertThat(round()).containsExactly("5", "631.0 ms", "151.0 ms", "702.0 ms");
        mouse.moveToElement(drawing, 2 - half, 0).perform();
        assertThat(round()).containsExactly("1", "627.0 ms", "147.0 ms", "698.0 ms");

        mouse.moveToElement(drawing)
                .clickAndHold()
                .moveByOffset(half - 4, 0)
                .release()
                .moveToElement(drawing, 2 - half, 0)
                .perform();

        assertThat(round()).containsExactly("5", "631.0 ms", "151.0 ms", "702.0 ms");
        mouse.doubleClick(drawing).moveToElement(drawing, 3 - half, 0).perform();
        assertThat(round()).first().isEqualTo("1");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLineOfTheRoundsIsHiddenByMouseAndKeyboard() {
        browser.open(page.toUri(), 400, "dark");
        List<WebElement> names = elements("#rounds th[role=button]");
        assertThat(names.stream().map(WebElement::getText)).containsExactly("as-is", "repaired", "stale-readonly");

        names.get(0).click();
        names.get(1).sendKeys(Keys.SPACE);

        assertThat(names.stream().map(name -> name.getDomAttribute("aria-pressed")))
                .containsExactly("false", "false", "true");
        assertThat(elements("#rounds .u-series.u-off")).hasSize(2);
        names.get(1).sendKeys(Keys.ENTER);
        assertThat(elements("#rounds .u-series.u-off")).hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aClickOnAnImportZoomsInAndAButtonShowsAll() {
        browser.open(page.toUri(), 1280, "light");
        double whole = width(0).doubleValue() / 300 * 450.5; // shop has 300 ms

        cell("shop.basket").click();

        assertThat(names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        assertThat(width(0).doubleValue()).isCloseTo(whole, within(1.0));
        assertThat(width(1).doubleValue()).isCloseTo(whole, within(1.0));
        assertThat(width(2).doubleValue()).isCloseTo(whole * 90 / 200, within(1.0));
        assertThat(text("zoomed")).startsWith("shop.basket: 200.0 ms with its imports");
        browser.driver().findElement(By.id("whole")).click();
        assertThat(names()).hasSize(6);
        assertThat(width(0).doubleValue()).isCloseTo(whole * 300 / 450.5, within(1.0));
        assertThat(browser.driver().findElement(By.id("whole")).isDisplayed()).isFalse();
    }

    @Test
    void aNarrowImportIsSeenOnceTheChartIsZoomed() {
        browser.open(page.toUri(), 1280, "light");
        assertThat(elements(".imports svg.hidden")).hasSize(1);

        cell(SCRIPT).click();

        assertThat(browser.run("return document.querySelector('.imports svg.unnamed').textContent"))
                .isEqualTo("narrow: 0.5 ms with its imports, 0.5 ms without, compiled, repair saves 0.3 msnarrow");
        elements(".imports svg.unnamed").getFirst().click();
        assertThat(names()).containsExactly(SCRIPT, "narrow");
    }

    /** At 400 px, a screen shows a part of the chart. */
    @Test
    void theKeyboardZoomsInAndOut() {
        browser.open(page.toUri(), 400, "light");
        browser.run("document.getElementById('chart').focus()");
        keys(Keys.TAB, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        assertThat(focused()).startsWith(IMAGE + ": 60.0 ms");
        keys(Keys.ARROW_UP, Keys.ENTER);
        assertThat(names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        keys(Keys.ARROW_DOWN, Keys.ENTER);
        assertThat(names()).containsExactly("shop", "shop.basket", "shop.prices");
        assertThat(text("zoomed")).startsWith("shop.prices: 90.0 ms");

        keys(Keys.ESCAPE);

        assertThat(names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        assertThat(focused()).startsWith("shop.prices: ");
        keys(Keys.ESCAPE, Keys.ESCAPE);
        assertThat(names()).hasSize(6);
        assertThat(focused()).startsWith("shop: ");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aZoomedPageIsReadableInEveryTheme() throws Exception {
        for (String theme : List.of("light", "dark")) {
            browser.open(page.toUri(), 400, theme);
            cell("shop.basket").click();
            browser.requireReadable(400);
            browser.keepPicture(Path.of("target", "pictures", "bench-zoomed-" + theme + "-400.png"));
        }
    }

    /** A name that the browser took for markup would open a dialog, change the title or create an element. */
    @Test
    void hostileNamesAreShownAsText() {
        browser.open(page.toUri(), 1280, "light");

        assertThat(browser.driver().getTitle()).startsWith("repair saves");
        assertThat(browser.run("return document.querySelectorAll('img, [onerror], [onload]').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.scripts.length")).isEqualTo(1L);
        assertThat(body()).contains("shop '" + IMAGE + "' $'\\x1b'$'[31m", IMAGE, SCRIPT);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSearchFromTheKeyboardFindsModules() {
        browser.open(page.toUri(), 400, "light");
        WebElement focused = browser.driver().findElement(By.tagName("body"));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 7 && !reached.contains("search"); i++) {
            focused.sendKeys(Keys.TAB);
            focused = browser.driver().switchTo().activeElement();
            reached.add(String.valueOf(focused.getDomAttribute("class")));
            reached.add(String.valueOf(focused.getDomAttribute("id")));
        }
        assertThat(reached).contains("box", "search");
        focused.sendKeys("shop PRI");

        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.getText()).contains("shop.prices", "compiled", "45.0 ms", "90.0 ms"));
        assertThat(browser.driver().findElement(By.id("status")).getText()).isEqualTo("1 of 57 modules match");
        focused.sendKeys(Keys.BACK_SPACE.toString().repeat(8));
        assertThat(rows()).hasSize(57);
    }

    @Test
    void aPageIsReadableWithoutScripts() {
        browser.allowScripts(false);
        try {
            browser.open(page.toUri(), 1280, "light");
            assertThat(body()).contains("repair saves 480 ms of 631 ms", "95 % interval", "shop.prices", "plain49");
            assertThat(names()).hasSize(6);
            assertThat(browser.driver().findElement(By.id("search")).isDisplayed())
                    .isFalse();
            assertThat(browser.driver().findElement(By.id("whole")).isDisplayed())
                    .isFalse();
            assertThat(browser.driver().findElement(By.id("rounds")).isDisplayed())
                    .isFalse();
        } finally {
            browser.allowScripts(true);
        }
    }

    @Test
    void aBenchWritesItsPageAndRefusesABadPathBeforeItMeasures() throws IOException {
        Files.writeString(home.resolve("shop.py"), "import json\n");
        Path file = home.resolve("out.html");
        CommandLineRun run = CommandLineRun.of(bench(file, "python3", "-c", "import shop"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(file))
                .contains("<title>shop: ", "json.decoder", "import shop")
                .endsWith("</html>\n");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".pending"));
        }
        String started = "open('" + home.resolve("started") + "', 'w')";
        assertThat(CommandLineRun.of(bench(home.resolve("none/a.html"), "python3", "-c", started))
                        .complaint(3))
                .contains("--html " + home + "/none/a.html: the directory of this file does not exist");
        assertThat(CommandLineRun.of(bench(home, "python3", "-c", started)).complaint(3))
                .contains("is a directory");
        assertThat(home.resolve("started")).doesNotExist();
    }

    private static Object[] bench(Path file, String... words) {
        return Stream.concat(
                        Stream.of("bench", "--runs", "6", "--states", "as-is", "--html", file, "--"),
                        Stream.concat(Stream.of("/usr/bin/env", "PYTHONPATH=" + home), Stream.of(words)))
                .toArray();
    }

    private static byte[] page(List<String> command, StartupBench.Result result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            SavedProfile profile =
                    new SavedProfile(57, 512_000, 30_000_000, OptionalDouble.empty(), OptionalDouble.of(151));
            BenchPage.print(command, result, Optional.of(profile), out);
        }
        return bytes.toByteArray();
    }

    private static ModuleSource source(String module) {
        return module.startsWith("_")
                ? new ModuleSource(ModuleOrigin.EXTENSION, "/lib")
                : new ModuleSource(ModuleOrigin.COMPILED, "/app");
    }

    private static StartSeries series(StartState state, double millis, List<ImportTime> imports) {
        return new StartSeries(
                state,
                IntStream.range(-4, 5)
                        .mapToObj(run ->
                                new StartRun(millis + run - 20, millis + run, Optional.empty(), imports, List.of()))
                        .toList());
    }

    /** The texts in the legend of the chart of rounds: the number under the pointer, and the time of each state. */
    private static List<String> round() {
        return texts("#rounds .u-value");
    }

    private static Number width(int cell) {
        return (Number) browser.run(
                "return document.querySelectorAll('.imports rect')[" + cell + "].getBoundingClientRect().width");
    }

    /** The names in the cells of the chart that have room for them. */
    private static List<String> names() {
        return texts(".imports svg.named > text");
    }

    private static WebElement cell(String module) {
        return elements(".imports svg.named").stream()
                .filter(cell ->
                        String.valueOf(cell.getDomAttribute("aria-label")).startsWith(module + ": "))
                .findFirst()
                .orElseThrow();
    }

    private static void keys(Keys... keys) {
        for (Keys key : keys) {
            browser.driver().switchTo().activeElement().sendKeys(key);
        }
    }

    private static String focused() {
        return String.valueOf(browser.driver().switchTo().activeElement().getDomAttribute("aria-label"));
    }

    private static String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    private static List<WebElement> elements(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    private static List<String> texts(String selector) {
        return elements(selector).stream().map(WebElement::getText).toList();
    }

    private static List<WebElement> rows() {
        return elements("#modules tbody tr").stream()
                .filter(WebElement::isDisplayed)
                .toList();
    }

    private static String body() {
        return browser.driver().findElement(By.tagName("body")).getText();
    }
}
