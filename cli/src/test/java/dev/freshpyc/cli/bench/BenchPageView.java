package dev.freshpyc.cli.bench;

import dev.freshpyc.cli.render.Browser;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Reads and uses the page of a bench that is open in a browser. */
record BenchPageView(Browser browser) {

    /** The texts in the legend of the chart of rounds: the number under the pointer, and the time of each state. */
    List<String> round() {
        return texts("#rounds .u-value");
    }

    /** The width of the rectangle with this number in the chart of imports, in pixels. */
    Number width(int cell) {
        return (Number) browser.run(
                "return document.querySelectorAll('.imports rect')[" + cell + "].getBoundingClientRect().width");
    }

    /** The names in the cells of the chart that have room for them. */
    List<String> names() {
        return texts(".imports svg.named > text");
    }

    /** The cell of this module in the chart of imports. */
    WebElement cell(String module) {
        return elements(".imports svg.named").stream()
                .filter(cell ->
                        String.valueOf(cell.getDomAttribute("aria-label")).startsWith(module + ": "))
                .findFirst()
                .orElseThrow();
    }

    /** Presses the keys one after another. */
    void keys(Keys... keys) {
        for (Keys key : keys) {
            browser.driver().switchTo().activeElement().sendKeys(key);
        }
    }

    /** The label of the element that has the focus. */
    String focused() {
        return String.valueOf(browser.driver().switchTo().activeElement().getDomAttribute("aria-label"));
    }

    /** The text of the element with this id. */
    String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    List<WebElement> elements(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    List<String> texts(String selector) {
        return elements(selector).stream().map(WebElement::getText).toList();
    }

    /** The rows of the table of modules that a search leaves. */
    List<WebElement> rows() {
        return elements("#modules tbody tr").stream()
                .filter(WebElement::isDisplayed)
                .toList();
    }

    /** The text of the page. */
    String body() {
        return browser.driver().findElement(By.tagName("body")).getText();
    }
}
