package dev.freshpyc.cli.bench;

import static dev.freshpyc.cli.bench.HostileBench.IMAGE;
import static dev.freshpyc.cli.bench.HostileBench.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshpyc.cli.render.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @TempDir
    private static Path home = Path.of("");

    private static Browser browser;

    private static BenchPageView view;

    private static Path page = Path.of("");

    @BeforeAll
    static void makePage() throws IOException {
        browser = Browser.start(home.resolve("profile"));
        view = new BenchPageView(browser);
        page = Files.write(home.resolve("bench.html"), HostileBench.page());
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
        assertThat(view.texts(".plot .state")).containsExactly("as-is", "repaired", "stale-readonly");
        assertThat(view.texts(".plot .tick")).containsExactly("0 ms", "200", "400", "600");
        assertThat(view.elements(".plot circle")).hasSize(3 * 9);
        assertThat(view.names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE, "_json", SCRIPT);
        assertThat(view.elements(".imports svg:not(.hidden) > rect.compiled")).hasSize(5);
        assertThat(view.elements(".imports svg:not(.hidden) > rect.other")).hasSize(1);
        assertThat(browser.run("return document.querySelector('.imports title').textContent"))
                .isEqualTo("shop: 300.0 ms with its imports, 20.0 ms without, compiled, repair saves 10.0 ms");
        Number outer = view.width(0);
        assertThat(view.width(1).doubleValue() / outer.doubleValue()).isBetween(0.66, 0.67); // 200 of 300 ms
        assertThat(view.body())
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
        assertThat(view.round()).containsExactly("5", "631.0 ms", "151.0 ms", "702.0 ms");
        mouse.moveToElement(drawing, 2 - half, 0).perform();
        assertThat(view.round()).containsExactly("1", "627.0 ms", "147.0 ms", "698.0 ms");

        mouse.moveToElement(drawing)
                .clickAndHold()
                .moveByOffset(half - 4, 0)
                .release()
                .moveToElement(drawing, 2 - half, 0)
                .perform();

        assertThat(view.round()).containsExactly("5", "631.0 ms", "151.0 ms", "702.0 ms");
        mouse.doubleClick(drawing).moveToElement(drawing, 3 - half, 0).perform();
        assertThat(view.round()).first().isEqualTo("1");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aLineOfTheRoundsIsHiddenByMouseAndKeyboard() {
        browser.open(page.toUri(), 400, "dark");
        List<WebElement> names = view.elements("#rounds th[role=button]");
        assertThat(names.stream().map(WebElement::getText)).containsExactly("as-is", "repaired", "stale-readonly");

        names.get(0).click();
        names.get(1).sendKeys(Keys.SPACE);

        assertThat(names.stream().map(name -> name.getDomAttribute("aria-pressed")))
                .containsExactly("false", "false", "true");
        assertThat(view.elements("#rounds .u-series.u-off")).hasSize(2);
        names.get(1).sendKeys(Keys.ENTER);
        assertThat(view.elements("#rounds .u-series.u-off")).hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aClickOnAnImportZoomsInAndAButtonShowsAll() {
        browser.open(page.toUri(), 1280, "light");
        double whole = view.width(0).doubleValue() / 300 * 450.5; // shop has 300 ms

        view.cell("shop.basket").click();

        assertThat(view.names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        assertThat(view.width(0).doubleValue()).isCloseTo(whole, within(1.0));
        assertThat(view.width(1).doubleValue()).isCloseTo(whole, within(1.0));
        assertThat(view.width(2).doubleValue()).isCloseTo(whole * 90 / 200, within(1.0));
        assertThat(view.text("zoomed")).startsWith("shop.basket: 200.0 ms with its imports");
        browser.driver().findElement(By.id("whole")).click();
        assertThat(view.names()).hasSize(6);
        assertThat(view.width(0).doubleValue()).isCloseTo(whole * 300 / 450.5, within(1.0));
        assertThat(browser.driver().findElement(By.id("whole")).isDisplayed()).isFalse();
    }

    @Test
    void aNarrowImportIsSeenOnceTheChartIsZoomed() {
        browser.open(page.toUri(), 1280, "light");
        assertThat(view.elements(".imports svg.hidden")).hasSize(1);

        view.cell(SCRIPT).click();

        assertThat(browser.run("return document.querySelector('.imports svg.unnamed').textContent"))
                .isEqualTo("narrow: 0.5 ms with its imports, 0.5 ms without, compiled, repair saves 0.3 msnarrow");
        view.elements(".imports svg.unnamed").getFirst().click();
        assertThat(view.names()).containsExactly(SCRIPT, "narrow");
    }

    /** At 400 px, a screen shows a part of the chart. */
    @Test
    void theKeyboardZoomsInAndOut() {
        browser.open(page.toUri(), 400, "light");
        browser.run("document.getElementById('chart').focus()");
        view.keys(Keys.TAB, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        assertThat(view.focused()).startsWith(IMAGE + ": 60.0 ms");
        view.keys(Keys.ARROW_UP, Keys.ENTER);
        assertThat(view.names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        view.keys(Keys.ARROW_DOWN, Keys.ENTER);
        assertThat(view.names()).containsExactly("shop", "shop.basket", "shop.prices");
        assertThat(view.text("zoomed")).startsWith("shop.prices: 90.0 ms");

        view.keys(Keys.ESCAPE);

        assertThat(view.names()).containsExactly("shop", "shop.basket", "shop.prices", IMAGE);
        assertThat(view.focused()).startsWith("shop.prices: ");
        view.keys(Keys.ESCAPE, Keys.ESCAPE);
        assertThat(view.names()).hasSize(6);
        assertThat(view.focused()).startsWith("shop: ");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aZoomedPageIsReadableInEveryTheme() throws Exception {
        for (String theme : List.of("light", "dark")) {
            browser.open(page.toUri(), 400, theme);
            view.cell("shop.basket").click();
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
        assertThat(view.body()).contains("shop '" + IMAGE + "' $'\\x1b'$'[31m", IMAGE, SCRIPT);
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

        assertThat(view.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.getText()).contains("shop.prices", "compiled", "45.0 ms", "90.0 ms"));
        assertThat(browser.driver().findElement(By.id("status")).getText()).isEqualTo("1 of 57 modules match");
        focused.sendKeys(Keys.BACK_SPACE.toString().repeat(8));
        assertThat(view.rows()).hasSize(57);
    }

    @Test
    void aPageIsReadableWithoutScripts() {
        browser.allowScripts(false);
        try {
            browser.open(page.toUri(), 1280, "light");
            assertThat(view.body())
                    .contains("repair saves 480 ms of 631 ms", "95 % interval", "shop.prices", "plain49");
            assertThat(view.names()).hasSize(6);
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
}
