package dev.freshpyc.cli.render;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Renders JSON objects as bytes, one at a time. */
final class RowWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json = AsciiJson.generator(new PrintStream(bytes, false, StandardCharsets.US_ASCII));

    /** The object that {@code writer} writes, with {@code end} behind it. */
    byte[] render(Consumer<JsonGenerator> writer, String end) {
        writer.accept(json);
        json.writeRaw(end);
        json.flush();
        byte[] row = bytes.toByteArray();
        bytes.reset();
        return row;
    }
}
