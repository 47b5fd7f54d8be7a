package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of the page for people, which asks the other paths of the service for what it shows. */
final class StatusPage {

    private StatusPage() {}

    static Endpoint html() {
        return file("page.html", "text/html; charset=utf-8");
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
        try (InputStream in = Objects.requireNonNull(StatusPage.class.getResourceAsStream(name))) {
            Answer answer = Answer.text(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return _ -> answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
