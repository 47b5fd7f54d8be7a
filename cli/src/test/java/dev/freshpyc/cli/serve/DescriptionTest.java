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

/** The OpenAPI description of the service. */
class DescriptionTest {

    private static final String TEXT = Page.of("openapi").orElseThrow().text();

    @Test
    void aParserFindsNoFault() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(TEXT, List.of(), options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).containsKey("/v1/lookup");
    }

    @Test
    void aParserFindsAFault() {
        String broken = TEXT.replace("\"responses\": {", "\"responces\": {");

        assertThat(new OpenAPIV3Parser().readContents(broken).getMessages()).isNotEmpty();
    }

    /** The documents have schemas of their own, too. */
    @Test
    void theDocumentsHaveTheShippedSchemas() {
        JsonNode schemas = JsonMapper.shared().readTree(TEXT).path("components").path("schemas");
        for (String name : List.of("lookup", "status", "report", "job", "history")) {
            JsonNode shipped = JsonMapper.shared()
                    .readTree(Page.of("freshpyc-" + name + "-1").orElseThrow().text());

            assertThat(schemas.path(name).path("properties")).as(name).isEqualTo(shipped.path("properties"));
        }
    }
}
