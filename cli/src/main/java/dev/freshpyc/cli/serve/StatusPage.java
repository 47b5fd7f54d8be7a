package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of the page for people. The page gets its data from the other paths of the service. */
final class StatusPage {

    private StatusPage() {}

    /**
     * The page.
     *
     * @param equivalent the path of the equivalences, without characters that HTML would have to escape
     */
    static Endpoint html(String equivalent) {
        HttpAnswer answer =
                HttpAnswer.text("text/html; charset=utf-8", text("page.html").replace("@equivalent@", equivalent));
        return _ -> answer;
    }

    static Endpoint style() {
        return file("page.css", "text/css; charset=utf-8");
    }

    static Endpoint script() {
        return file("page.js", "text/javascript; charset=utf-8");
    }

    static Endpoint icon() {
        return file("page.svg", "image/svg+xml");
    }

    private static Endpoint file(String name, String type) {
        HttpAnswer answer = HttpAnswer.text(type, text(name));
        return _ -> answer;
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(StatusPage.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
