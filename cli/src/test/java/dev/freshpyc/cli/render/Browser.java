package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.repair.Shell;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with an empty profile. The browser records the errors, warnings and network requests of pages.
 */
public final class Browser implements AutoCloseable {

    /**
     * A static reference, so that the logger keeps its level. The logger warns of browsers newer than the driver's
     * library.
     */
    private static final Logger LOGGER = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the browser; skips the test if there is no Chromium. */
    public static Browser start(Path profile) {
        Shell.require("chromium", "chromedriver");
        LOGGER.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.get("about:blank"); // the first page of a browser may still send requests
        return new Browser(driver);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page in a window of the width, in the theme {@code light} or {@code dark}. */
    public void open(URI page, int width, String theme) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                900,
                "deviceScaleFactor",
                1,
                "mobile",
                false);
        tell("Emulation.setEmulatedMedia", "features", List.of(Map.of("name", "prefers-color-scheme", "value", theme)));
        driver.get(page.toString());
    }

    public void allowScripts(boolean allowed) {
        tell("Emulation.setScriptExecutionDisabled", "value", !allowed);
    }

    /** The errors and warnings of pages since the last call, including breaches of the content security policy. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses that pages requested since the last call. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> JsonMapper.shared().readTree(entry.getMessage()).at("/message"))
                .filter(message -> message.at("/method").asString().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request/url").asString())
                .toList();
    }

    public Object run(String script) {
        return Objects.requireNonNullElse(driver.executeScript(script), "");
    }

    /** The faults that axe-core finds in the current page: contrast, names, roles and order. */
    public List<String> faults() throws IOException {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run().then(result => done(JSON.stringify(result.violations.map(one =>"
                + " one.id + ' ' + one.nodes.map(node => node.html).join(' ')))));");
        JsonNode faults = JsonMapper.shared().readTree(String.valueOf(found));
        return faults.valueStream().map(JsonNode::asString).toList();
    }

    /** Requires that the page has no faults and no complaints and, at the width, needs no horizontal scrolling. */
    public void requireReadable(int width) throws IOException {
        assertThat(faults()).isEmpty();
        assertThat((Long) run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(complaints()).isEmpty();
    }

    /** Saves a picture of the whole page for people to look at. */
    public void keepPicture(Path file) throws IOException {
        Number height = (Number) run("return document.documentElement.scrollHeight");
        Number width = (Number) run("return document.documentElement.clientWidth");
        tell(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                Math.min(height.intValue(), 8000),
                "deviceScaleFactor",
                1,
                "mobile",
                false);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void tell(String command, Object... parameters) {
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            named.put((String) parameters[i], parameters[i + 1]);
        }
        driver.executeCdpCommand(command, named);
    }
}
