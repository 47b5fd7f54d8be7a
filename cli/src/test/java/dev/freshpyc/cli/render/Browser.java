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

/** A headless Chromium with an empty profile. It notes what pages complain of and what they ask the network for. */
public final class Browser implements AutoCloseable {

    /** Kept, so that its level is. It warns of browsers that are newer than the driver's library. */
    private static final Logger LOGGER = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is no Chromium. */
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
        driver.get("about:blank"); // the page that a browser starts with may still ask for its parts
        return new Browser(driver);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page in a window of that width, in a theme: {@code light} or {@code dark}. */
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

    /** Errors and warnings of the pages since the last call, breaches of the policy among them. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses that the pages asked for since the last call. */
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

    /** The faults that axe-core finds in the page as it is shown now: contrast, names, roles and order. */
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

    /** Requires that the page of a width has no fault, no complaint, and nothing that it must be scrolled sideways for. */
    public void requireReadable(int width) throws IOException {
        assertThat(faults()).isEmpty();
        assertThat((Long) run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(complaints()).isEmpty();
    }

    /** Keeps a picture of the whole page for people to look at. */
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
