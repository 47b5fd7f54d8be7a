package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.DocumentSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.core.JsonGenerator;

/**
 * The answer to a request.
 *
 * @param type the content type
 * @param location the path of the resource that the request has made
 * @param more further parts of the body, in ASCII
 */
record HttpAnswer(int status, String type, String body, Optional<String> location, List<String> more) {

    private static final String JSON = "application/json";

    /** Writes a document. */
    @FunctionalInterface
    interface Document {
        void write(PrintStream out) throws IOException;
    }

    static HttpAnswer of(int status, Document document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
        document.write(out);
        out.flush();
        return json(status, bytes);
    }

    static HttpAnswer ok(Document document) throws IOException {
        return of(HttpStatus.OK_200, document);
    }

    /** A document that exists already. */
    static HttpAnswer json(String document) {
        return text(JSON, document);
    }

    /** Text of some type. */
    static HttpAnswer text(String type, String body) {
        return new HttpAnswer(HttpStatus.OK_200, type, body, Optional.empty(), List.of());
    }

    /** Lines of JSON, in parts: one text of all would need twice the memory. */
    static HttpAnswer lines(List<String> parts) {
        return new HttpAnswer(HttpStatus.OK_200, "application/x-ndjson", "", Optional.empty(), List.copyOf(parts));
    }

    /** A document with one property beside those of every document. */
    private static HttpAnswer of(int status, DocumentSchema schema, String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = AsciiJson.generator(new PrintStream(bytes, false, StandardCharsets.US_ASCII))) {
            schema.start(json);
            json.writeStringProperty(name, value);
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return json(status, bytes);
    }

    static HttpAnswer error(int status, String sentence) {
        return of(status, DocumentSchema.ERROR, "error", sentence);
    }

    /**
     * The health of the service.
     *
     * @param status {@code alive} or {@code ready}
     */
    static HttpAnswer healthy(String status) {
        return of(HttpStatus.OK_200, DocumentSchema.HEALTH, "status", status);
    }

    long moreLength() {
        return more.stream().mapToLong(String::length).sum();
    }

    HttpAnswer at(String path) {
        return new HttpAnswer(status, type, body, Optional.of(path), more);
    }

    private static HttpAnswer json(int status, ByteArrayOutputStream bytes) {
        return new HttpAnswer(status, JSON, bytes.toString(StandardCharsets.US_ASCII), Optional.empty(), List.of());
    }
}
