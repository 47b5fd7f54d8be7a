package dev.freshpyc.indexer.compile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The fields of one line of a worker. The line may be anything: neither JSON nor the type of a field is taken for granted. */
final class ReplyFields {

    /** Longest message, or name of an exception, in characters; the rest is cut off. */
    static final int MESSAGE_LIMIT = 500;

    /** Strings need no limit of their own, since {@link LineReader} limits the line. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<byte[]>> bytes = new HashMap<>();

    private ReplyFields() {}

    static ReplyFields of(ByteBuffer line) throws WorkerProtocol.ViolationException {
        ReplyFields fields = new ReplyFields();
        try (JsonParser json = FACTORY.createParser(
                ObjectReadContext.empty(), line.array(), line.arrayOffset() + line.position(), line.remaining())) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                fields.read(json.currentName(), json);
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        } catch (JacksonException notJson) {
            throw noReply();
        }
        return fields;
    }

    /** The text field of that name, shortened to {@value #MESSAGE_LIMIT} characters. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name))
                .map(text -> text.substring(0, Math.min(text.length(), MESSAGE_LIMIT)));
    }

    OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The byte strings of that field; a single value is a list of one. */
    List<byte[]> bytes(String name) {
        return bytes.getOrDefault(name, List.of());
    }

    static WorkerProtocol.ViolationException noReply() {
        return new WorkerProtocol.ViolationException("the interpreter printed no valid reply");
    }

    private void read(String name, JsonParser json) throws WorkerProtocol.ViolationException {
        JsonToken value = json.nextToken();
        switch (name) {
            case "id", "line", "large" -> {
                if (value != JsonToken.VALUE_NULL) {
                    numbers.put(name, json.getIntValue());
                }
            }
            case "magic" -> bytes.put(name, List.of(json.getBinaryValue()));
            case "bodies" -> bytes.put(name, list(json));
            default -> {
                expect(value == JsonToken.VALUE_STRING);
                texts.put(name, json.getString());
            }
        }
    }

    private static List<byte[]> list(JsonParser json) throws WorkerProtocol.ViolationException {
        expect(json.currentToken() == JsonToken.START_ARRAY);
        List<byte[]> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(json.getBinaryValue());
        }
        return list;
    }

    private static void expect(boolean asSpecified) throws WorkerProtocol.ViolationException {
        if (!asSpecified) {
            throw noReply();
        }
    }
}
