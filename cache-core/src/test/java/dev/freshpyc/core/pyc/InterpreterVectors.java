package dev.freshpyc.core.pyc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Results that real interpreters computed. The first lines of {@code source_hash.json} and {@code mtime.json} describe how. */
final class InterpreterVectors {
    /** The hash that the interpreter of {@code tag} stores in the header for a source. */
    record HashVector(String tag, int magic, String hex, String digest) {
        byte[] source() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return tag + ", " + hex.length() / 2 + " bytes";
        }
    }

    /** The unsigned 32-bit number that a header must hold for a source with this mtime. */
    record MtimeVector(long seconds, int nanoseconds, long header) {}

    private InterpreterVectors() {}

    static List<HashVector> hashes() {
        Map<?, ?> document = map(read("source_hash.json"));
        List<?> inputs = list(document.get("inputs"));
        List<HashVector> hashes = new ArrayList<>();
        for (Object interpreter : list(document.get("interpreters"))) {
            addHashes(map(interpreter), inputs, hashes);
        }
        return hashes;
    }

    static List<MtimeVector> mtimes() {
        return list(map(read("mtime.json")).get("cases")).stream()
                .map(InterpreterVectors::list)
                .map(row -> new MtimeVector(number(row.get(0)), (int) number(row.get(1)), number(row.get(2))))
                .toList();
    }

    private static void addHashes(Map<?, ?> interpreter, List<?> inputs, List<HashVector> into) {
        String tag = (String) Objects.requireNonNull(interpreter.get("tag"));
        int magic = (int) number(interpreter.get("magic"));
        List<?> digests = list(interpreter.get("digests"));
        for (int i = 0; i < inputs.size(); i++) {
            into.add(new HashVector(tag, magic, (String) inputs.get(i), (String) digests.get(i)));
        }
    }

    private static Object read(String name) {
        try (var in = Objects.requireNonNull(InterpreterVectors.class.getResourceAsStream(name), name);
                var parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getString();
        };
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> map = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static long number(@Nullable Object value) {
        return (long) Objects.requireNonNull(value);
    }
}
