package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.BadArchiveException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A value of a JSON text. Members that freshpyc does not know are kept, so that a changed document still has them. */
public sealed interface Json {

    /** The members keep their order. */
    record Members(Map<String, Json> members) implements Json {}

    record Items(List<Json> items) implements Json {}

    record Text(String text) implements Json {}

    /** A number as it stands in the text. */
    record Digits(String digits) implements Json {}

    record Bool(boolean value) implements Json {}

    record Nothing() implements Json {}

    JsonFactory FACTORY = new JsonFactory();

    /** The value of a text. */
    static Json parse(byte[] text) throws BadArchiveException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Json value = read(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new BadArchiveException("has a damaged JSON text");
            }
            return value;
        } catch (JacksonException damaged) {
            throw new BadArchiveException("has a damaged JSON text");
        }
    }

    private static Json read(JsonParser parser, JsonToken token) throws BadArchiveException {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, read(parser, parser.nextToken()));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(read(parser, next));
                }
                yield new Items(items);
            }
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> new Nothing();
            case null, default -> throw new BadArchiveException("has a damaged JSON text");
        };
    }

    /** The text of this value, in UTF-8. */
    default byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, this);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Json value) {
        switch (value) {
            case Members(Map<String, Json> members) -> {
                json.writeStartObject();
                members.forEach((name, member) -> {
                    json.writeName(name);
                    write(json, member);
                });
                json.writeEndObject();
            }
            case Items(List<Json> items) -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Text(String text) -> json.writeString(text);
            case Digits(String digits) -> json.writeNumber(digits);
            case Bool(boolean flag) -> json.writeBoolean(flag);
            case Nothing _ -> json.writeNull();
        }
    }

    /** The member of that name; empty where this is no object, or has none. */
    default Optional<Json> get(String name) {
        return this instanceof Members object
                ? Optional.ofNullable(object.members().get(name))
                : Optional.empty();
    }

    /** The text of a member; empty where it is none. */
    default Optional<String> text(String name) {
        return get(name).flatMap(value -> value instanceof Text text ? Optional.of(text.text()) : Optional.empty());
    }

    /** The items of a member; none where it is no array. */
    default List<Json> items(String name) {
        return get(name)
                .map(value -> value instanceof Items array ? array.items() : List.<Json>of())
                .orElse(List.of());
    }
}
