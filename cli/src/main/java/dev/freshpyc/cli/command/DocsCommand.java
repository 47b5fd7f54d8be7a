package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.page.Page;
import dev.freshpyc.core.path.RawPath;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc docs [PAGE]}: a page of the documentation. */
final class DocsCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("docs");
        spec.usageMessage()
                .description(
                        "Shows a page of the documentation: on a subject, a verdict or a reason. Without PAGE, lists"
                                + " the pages.");
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("PAGE")
                .arity("0..1")
                .type(String.class)
                .description("The name of a page, such as evidence, stale or mtime.")
                .build());
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        String name = parsed.matchedPositionalValue(0, Page.INDEX);
        Page page = Page.of(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "there is no page " + RawPath.of(name).shown() + "; 'freshpyc docs' lists the pages"));
        streams.out().print(page.text());
        return ExitCode.OK;
    }
}
