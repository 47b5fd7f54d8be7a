package dev.freshpyc.cli.serve.hashserv;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A command with its arguments: a JSON object whose first known name is the command. */
record Message(String command, Arguments arguments) {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 1024 * 1024;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .build();

    /**
     * Reads a message.
     *
     * @param isKnown whether a name is that of a command
     */
    static Message of(String json, Predicate<String> isKnown) throws RefusedException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            Message message = read(parser, isKnown);
            if (parser.nextToken() != null) {
                throw notAnObject();
            }
            return message;
        } catch (JacksonException broken) {
            throw notAnObject();
        }
    }

    private static Message read(JsonParser parser, Predicate<String> isKnown) throws RefusedException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw notAnObject();
        }
        @Nullable Message message = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (message == null && isKnown.test(name)) {
                message = new Message(name, Arguments.read(parser, token));
            } else {
                parser.skipChildren();
            }
        }
        if (message == null) {
            throw new RefusedException("Unrecognized command");
        }
        return message;
    }

    /** Reads arguments that stand alone, as in a line of a stream. */
    static Arguments arguments(String json) throws RefusedException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw notAnObject();
            }
            Arguments arguments = Arguments.read(parser, first);
            if (parser.nextToken() != null) {
                throw notAnObject();
            }
            return arguments;
        } catch (JacksonException broken) {
            throw notAnObject();
        }
    }

    private static RefusedException notAnObject() {
        return new RefusedException("The message is not one JSON object.");
    }
}
