package dev.freshpyc.cli.equivalence;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.equivalence.CompileTask;
import dev.freshpyc.indexer.equivalence.TaskCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON lines of a batch, and reads those of its answer. */
final class BatchLines {

    private static final String METHOD = "method";
    private static final String TASKHASH = "taskhash";
    private static final String OUTHASH = "outhash";
    private static final String UNIHASH = "unihash";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final JsonFactory FACTORY = new JsonFactory();

    private BatchLines() {}

    /** A question in each line. */
    static byte[] questions(List<CompileTask> tasks) {
        return write(json -> tasks.forEach(task -> {
            begin(json, task);
            end(json);
        }));
    }

    /** A report in each line. */
    static byte[] reports(List<TaskCode> codes) {
        return write(json -> codes.forEach(code -> {
            begin(json, code.task());
            json.writeStringProperty(OUTHASH, code.code().toString());
            json.writeStringProperty(UNIHASH, code.code().toString());
            end(json);
        }));
    }

    private interface LinesWriting {
        void to(JsonGenerator json);
    }

    private static byte[] write(LinesWriting lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = AsciiJson.generator(new PrintStream(bytes, false, StandardCharsets.US_ASCII))) {
            lines.to(json);
        }
        return bytes.toByteArray();
    }

    private static void begin(JsonGenerator json, CompileTask task) {
        json.writeStartObject();
        json.writeStringProperty(METHOD, task.method());
        json.writeStringProperty(TASKHASH, task.taskhash());
    }

    private static void end(JsonGenerator json) {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** The lines of an answer. Bytes after the last line feed are no line. */
    static List<byte[]> split(byte[] answer) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < answer.length; at++) {
            if (answer[at] == '\n') {
                lines.add(Arrays.copyOfRange(answer, from, at));
                from = at + 1;
            }
        }
        return lines;
    }

    /**
     * The digest in the answer to a question or report; empty for an unknown task, and for a unihash that is no digest.
     *
     * @throws IOException when the line breaks the rules of the protocol, or is about another task
     */
    static Optional<Sha256> code(byte[] line, CompileTask task) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            if (first != JsonToken.START_OBJECT) {
                throw nonsense();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException broken) {
            throw new IOException(nonsense().getMessage(), broken);
        }
        if (!task.method().equals(fields.get(METHOD)) || !task.taskhash().equals(fields.get(TASKHASH))) {
            throw nonsense();
        }
        @Nullable String unihash = fields.get(UNIHASH);
        return unihash != null && DIGEST.matcher(unihash).matches()
                ? Optional.of(Sha256.of(HexFormat.of().parseHex(unihash)))
                : Optional.empty();
    }

    /** The failure of a server whose answer cannot be used. */
    static IOException nonsense() {
        return new IOException("an answer that is none of the protocol");
    }
}
