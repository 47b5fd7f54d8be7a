package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.page.Page;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI description of the service is valid and has the schemas of the documents. */
class DescriptionTest {

    private static final String TEXT = Page.of("openapi").orElseThrow().text();

    @Test
    void aParserFindsNoFaultInTheDescription() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(TEXT, List.of(), options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).containsKey("/v1/lookup");
    }

    @Test
    void aParserFindsAFaultInABrokenDescription() {
        String broken = TEXT.replace("\"responses\": {", "\"responces\": {");

        assertThat(new OpenAPIV3Parser().readContents(broken).getMessages()).isNotEmpty();
    }

    /** Each of these documents also has a schema file of its own. */
    @Test
    void theDescriptionHasTheShippedSchemas() {
        JsonNode schemas = JsonMapper.shared().readTree(TEXT).path("components").path("schemas");
        for (String name : List.of(
                "lookup",
                "status",
                "report",
                "job",
                "history",
                "error",
                "health",
                "equivalence-stats",
                "equivalence-mark",
                "equivalence-sweep")) {
            JsonNode shipped = JsonMapper.shared()
                    .readTree(Page.of("freshpyc-" + name + "-1").orElseThrow().text());

            assertThat(schemas.path(name).path("properties")).as(name).isEqualTo(shipped.path("properties"));
        }
    }
}
