package dev.freshpyc.cli.serve;

import dev.freshpyc.core.path.RawPath;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads a body with paths: {@code {"paths": ["/a.py", …]}}. Unknown properties are ignored. */
final class PathsBody {

    /** Most paths in a request. */
    static final int MAX_PATHS = 10_000;

    private static final int MAX_PATH_LENGTH = 32 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final String PATHS = "paths";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_PATH_LENGTH)
                    .build())
            .build();

    private PathsBody() {}

    /** The paths, which are not checked further. */
    static List<RawPath> paths(byte[] body) throws BadRequestException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            List<RawPath> paths = read(json);
            if (json.nextToken() != null) {
                throw malformed();
            }
            return paths;
        } catch (JacksonException broken) {
            throw malformed();
        }
    }

    private static List<RawPath> read(JsonParser json) throws BadRequestException {
        List<RawPath> paths = new ArrayList<>();
        boolean found = false;
        require(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = PATHS.equals(json.currentName());
            JsonToken value = json.nextToken();
            if (wanted) {
                require(value == JsonToken.START_ARRAY && !found);
                found = true;
                readArray(json, paths);
            } else {
                json.skipChildren();
            }
        }
        require(found);
        return paths;
    }

    private static void readArray(JsonParser json, List<RawPath> paths) throws BadRequestException {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(token == JsonToken.VALUE_STRING);
            if (paths.size() == MAX_PATHS) {
                throw new BadRequestException(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "A request may have " + MAX_PATHS + " paths at most.");
            }
            paths.add(RawPath.of(json.getString()));
        }
    }

    private static void require(boolean condition) throws BadRequestException {
        if (!condition) {
            throw malformed();
        }
    }

    private static BadRequestException malformed() {
        return new BadRequestException(
                HttpStatus.BAD_REQUEST_400, "The body is not a JSON object such as {\"paths\": [\"/lib/a.py\"]}.");
    }
}
