package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.AsciiJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.core.JsonGenerator;

/**
 * The answer to a request: a status and one JSON document.
 *
 * @param body the document in ASCII
 */
record JsonAnswer(int status, String body) {

    /** Writes a document. */
    @FunctionalInterface
    interface Document {
        void write(PrintStream out) throws IOException;
    }

    static JsonAnswer of(int status, Document document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
        document.write(out);
        out.flush();
        return new JsonAnswer(status, bytes.toString(StandardCharsets.US_ASCII));
    }

    static JsonAnswer ok(Document document) throws IOException {
        return of(HttpStatus.OK_200, document);
    }

    /** One object with one property. */
    static JsonAnswer state(int status, String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = AsciiJson.generator(new PrintStream(bytes, false, StandardCharsets.US_ASCII))) {
            json.writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return new JsonAnswer(status, bytes.toString(StandardCharsets.US_ASCII));
    }

    /** {@code {"error": sentence}}. */
    static JsonAnswer error(int status, String sentence) {
        return state(status, "error", sentence);
    }
}
