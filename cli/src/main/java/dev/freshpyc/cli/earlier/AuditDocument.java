package dev.freshpyc.cli.earlier;

import dev.freshpyc.core.path.RawPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Reads a report of {@code audit --format json} or {@code jsonl}, one finding at a time. */
final class AuditDocument {

    /** The file stays open for a second reading. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private final Consumer<EarlierFinding> findings;
    private final Consumer<RawPath> entries;

    /**
     * @param findings takes each finding
     * @param entries takes the path of each entry that the audit could read; only the format json lists entries
     */
    AuditDocument(Consumer<EarlierFinding> findings, Consumer<RawPath> entries) {
        this.findings = findings;
        this.entries = entries;
    }

    /**
     * Reads a file from its beginning.
     *
     * @throws IOException where the file cannot be read, or is no such report; the message tells the cause
     */
    void read(FileChannel file) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(file.position(0)));
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            boolean whole = false;
            while (!whole && json.nextToken() == JsonToken.START_OBJECT) {
                whole = report(json);
            }
            if (whole && json.nextToken() != null) {
                throw new IOException("has more after its JSON document: save each report in a file of its own");
            }
            if (json.currentToken() != null) {
                throw notAReport();
            }
        } catch (JacksonIOException unreadable) {
            throw unreadable.getCause();
        } catch (UnexpectedEndOfInputException cutOff) {
            throw new IOException("is not whole: its JSON ends inside of a value, in " + place(cutOff), cutOff);
        } catch (JacksonException broken) {
            throw new IOException("is not JSON: see " + place(broken), broken);
        }
    }

    /** Reads a whole report, or one line of JSON lines; returns whether it was a whole report. */
    private boolean report(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        boolean whole = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("findings") && value == JsonToken.START_ARRAY) {
                whole = true;
                each(json, finding -> findings.accept(finding(finding)));
            } else if (name.equals("entries") && value == JsonToken.START_ARRAY) {
                each(json, this::entry);
            } else {
                text(json, name, value, texts);
            }
        }
        if (!whole) {
            findings.accept(finding(texts));
        }
        return whole;
    }

    /** Hands over the texts of each object in an array. */
    private static void each(JsonParser json, TextsConsumer sink) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> texts = new HashMap<>();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                text(json, json.currentName(), json.nextToken(), texts);
            }
            sink.accept(texts);
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw notAReport();
        }
    }

    private static void text(JsonParser json, String name, JsonToken value, Map<String, String> texts) {
        if (value == JsonToken.VALUE_STRING) {
            texts.put(name, json.getString());
        } else {
            json.skipChildren();
        }
    }

    private void entry(Map<String, String> texts) {
        if (texts.containsKey("path") && !texts.containsKey("error")) {
            entries.accept(RawPath.of(texts.getOrDefault("path", "")));
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

    private static String place(JacksonException broken) {
        return "line " + broken.getLocation().getLineNr() + ", column "
                + broken.getLocation().getColumnNr();
    }

    private static IOException notAReport() {
        return new IOException("is not what audit --format json or jsonl writes");
    }

    /** Takes the texts of one object by their names. */
    private interface TextsConsumer {
        void accept(Map<String, String> texts) throws IOException;
    }
}
