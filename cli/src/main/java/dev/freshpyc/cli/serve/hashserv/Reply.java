package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.serve.equivalence.Column;
import dev.freshpyc.cli.serve.equivalence.StoredRow;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes answers as JSON in ASCII without line breaks, so that each character is one byte. */
final class Reply {

    /** The answer where nothing is known. */
    static final String NOTHING = "null";

    private Reply() {}

    /** An object. */
    static String object(Consumer<JsonGenerator> properties) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = AsciiJson.generator(text)) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The answer to a request that is refused. The connection ends after it. */
    static String refusal(String sentence) {
        return object(json -> {
            json.writeObjectPropertyStart("invoke-error");
            json.writeStringProperty("message", sentence);
            json.writeEndObject();
        });
    }

    static String count(long count) {
        return object(json -> json.writeNumberProperty("count", count));
    }

    /** A task with its unihash. */
    static String unihash(TaskKey task, String unihash) {
        return object(json -> {
            json.writeStringProperty("taskhash", task.taskhash());
            json.writeStringProperty("method", task.method());
            json.writeStringProperty("unihash", unihash);
        });
    }

    /**
     * A row with all its columns.
     *
     * @param withUnihash whether the answer has the unihash
     */
    static String row(StoredRow row, boolean withUnihash) {
        return object(json -> {
            json.writeNumberProperty("id", row.id());
            for (Column column : Column.values()) {
                if (column != Column.UNIHASH || withUnihash) {
                    write(json, column.label(), row.values().get(column));
                }
            }
            json.writeStringProperty("created", row.created().toString());
        });
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    static void write(JsonGenerator json, String name, Optional<String> value) {
        write(json, name, value.orElse(null));
    }

    /** Writes a list of texts. */
    static void write(JsonGenerator json, String name, Collection<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
