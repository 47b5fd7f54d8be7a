package dev.freshpyc.cli.render;

import dev.freshpyc.core.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The frame of a page that needs no network and no other file. The page's policy allows only the script and the style whose digests it
 * names.
 */
public final class HtmlPage {

    private final String style;
    private final String script;

    /**
     * A page with its own style and script.
     *
     * @param owner the class in whose folder they are
     * @param names the names of their files, without {@code .css} and {@code .js}; a library before what uses the library
     */
    public HtmlPage(Class<?> owner, String... names) {
        style = resource(HtmlPage.class, "page.css") + joined(owner, names, ".css");
        script = joined(owner, names, ".js");
    }

    /**
     * Prints everything before the content. The headline is also the title.
     *
     * @param program the command that makes the page
     */
    public void begin(PrintStream out, String program, String headline) {
        out.println("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        out.println("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '"
                + digest(script) + "'; style-src '" + digest(style) + "'; base-uri 'none'; form-action 'none'\">");
        out.println("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.println("<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + HtmlText.escape(headline)
                + " - freshpyc " + program + "</title>");
        out.println("<style>" + style + "</style>\n</head>\n<body>\n<header><p class=\"soft\">freshpyc " + program
                + ", version " + HtmlText.escape(Version.number()) + "</p>");
        out.println("<h1>" + HtmlText.escape(headline) + "</h1></header>\n<main>");
    }

    /** Prints the script, which needs the content before it, and the end. */
    public void end(PrintStream out) {
        out.println("</main>\n<script>" + script + "</script>\n</body>\n</html>");
    }

    private static String digest(String text) {
        byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String joined(Class<?> owner, String[] names, String ending) {
        return Stream.of(names).map(name -> resource(owner, name + ending)).collect(Collectors.joining("\n"));
    }

    private static String resource(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
