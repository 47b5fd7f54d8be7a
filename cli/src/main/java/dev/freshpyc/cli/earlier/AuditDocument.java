package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.path.RawPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the findings of an {@code audit --format json} or {@code jsonl} from a file, one at a time. */
final class AuditDocument {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AuditDocument() {}

    /**
     * Hands each finding to {@code sink}.
     *
     * @throws IOException where the file cannot be read, or is no such report; the message tells the cause
     */
    static void read(Path file, Consumer<EarlierFinding> sink) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                object(json, sink);
            }
            if (json.currentToken() != null) {
                throw notAReport();
            }
        } catch (JacksonException broken) {
            throw new IOException("is not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    /** Reads a whole report, or one line of JSON lines. */
    private static void object(JsonParser json, Consumer<EarlierFinding> sink) throws IOException {
        Map<String, String> texts = new HashMap<>();
        boolean report = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("findings") && value == JsonToken.START_ARRAY) {
                report = true;
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    object(json, sink);
                }
            } else if (value == JsonToken.VALUE_STRING) {
                texts.put(name, json.getString());
            } else {
                json.skipChildren();
            }
        }
        if (!report) {
            sink.accept(finding(texts));
        }
    }

    private static EarlierFinding finding(Map<String, String> texts) throws IOException {
        if (!texts.keySet().containsAll(List.of("entry", "opt", "verdict", "reason"))) {
            throw notAReport();
        }
        String source = texts.getOrDefault("source", "");
        return new EarlierFinding(
                RawPath.of(texts.getOrDefault("entry", "")),
                RawPath.of(texts.getOrDefault("pyc", source)),
                RawPath.of(source),
                texts.getOrDefault("tag", ""),
                texts.getOrDefault("opt", ""),
                texts.getOrDefault("verdict", ""),
                texts.getOrDefault("reason", ""));
    }

    private static IOException notAReport() {
        return new IOException("is not what audit --format json or jsonl writes");
    }
}
