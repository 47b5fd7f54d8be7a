package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.freshpyc.cli.PrintedJson;
import dev.freshpyc.cli.page.Page;
import dev.freshpyc.cli.serve.RawHttp.Reply;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks answers against the OpenAPI description of the service. */
final class DescribedAnswers {

    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (/[^ ?]*)\\S* HTTP/1\\.1\r\n.*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("Content-Type: ([^;\r]+)");

    private static final JsonNode DESCRIPTION =
            JsonMapper.shared().readTree(Page.of("openapi").orElseThrow().text());

    private DescribedAnswers() {}

    /**
     * Requires that an answer to a described request has a described status, content type and body. The answer to any
     * other request must be an error document; an answer to HEAD has no body.
     */
    static void require(String request, Reply reply) {
        Matcher parts = REQUEST.matcher(request);
        JsonNode path = parts.matches()
                ? DESCRIPTION.path("paths").path(described(parts.group(2), reply.status()))
                : DESCRIPTION.path("none");
        JsonNode operation = parts.matches() ? path.path(parts.group(1).toLowerCase(Locale.ROOT)) : path;
        if (operation.isMissingNode()) {
            assertThat(reply.status()).as(reply.text()).isGreaterThanOrEqualTo(400);
            if (!request.startsWith("HEAD ")) {
                PrintedJson.require("freshpyc-error-1", reply.body());
            }
            return;
        }
        JsonNode response = resolve(operation.path("responses").path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as("%s%n%s", request, reply.text()).isFalse();
        Matcher type = TYPE.matcher(reply.text());
        assertThat(type.find()).as(reply.text()).isTrue();
        JsonNode schema = response.path("content").path(type.group(1)).path("schema");
        assertThat(schema.isMissingNode()).as("%s%n%s", request, reply.text()).isFalse();
        if (type.group(1).equals("application/json")) {
            ObjectNode whole = JsonMapper.shared().createObjectNode();
            whole.set("$ref", schema.path("$ref"));
            whole.set("components", DESCRIPTION.path("components").deepCopy());
            if (schema.has("$ref")) {
                assertThat(PrintedJson.strict(whole).validate(reply.body(), InputFormat.JSON))
                        .as(reply.text())
                        .isEmpty();
            }
        }
    }

    /**
     * Returns the path as the description writes it: with a placeholder for the number of a job, and without the prefix
     * before the paths of equivalences.
     */
    private static String described(String path, int status) {
        String named = path.replaceFirst("^(/v1/jobs/).+", "$1{number}");
        return status < 400 ? named.replaceFirst("^.+(?=/v1/equivalent)", "") : named;
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DESCRIPTION.at(node.path("$ref").asString().substring(1)) : node;
    }
}
