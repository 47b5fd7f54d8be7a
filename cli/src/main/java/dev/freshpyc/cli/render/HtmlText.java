package dev.freshpyc.cli.render;

/**
 * Escapes text for HTML. The result is ASCII and holds no quote, ampersand or angle bracket, so that it can stand in elements and in
 * quoted attributes of a page, whatever charset the page is read in.
 */
public final class HtmlText {

    private HtmlText() {}

    public static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean plain = point >= ' ' && point < 0x7f && "&<>\"'".indexOf(point) < 0;
            if (plain || point == '\n') {
                html.append((char) point);
            } else {
                html.append("&#").append(point).append(';');
            }
        });
        return html.toString();
    }
}
