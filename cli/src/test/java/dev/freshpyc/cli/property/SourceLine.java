package dev.freshpyc.cli.property;

/**
 * A statement of a random module. Two digits replace each {@code @@}, so that two versions of a module can have equal
 * sizes.
 */
enum SourceLine {
    NUMBER("NUMBER = @@\n"),
    COMMENT("# @@\n"),
    ASSERTION("assert @@ < 100, 'never'\n"),
    FUNCTION("def work(first, *rest, key=None):\n    \"\"\"Works @@.\"\"\"\n    assert rest\n    return [first, @@]\n"),
    CLASS(
            "class Kind(object):\n    \"\"\"A kind @@.\"\"\"\n    def method(self):\n        return lambda: {@@, 'a', 2.5}\n"),
    DEBUG("if __debug__:\n    TRACE = @@\n"),
    CONSTANTS("ALL = (1 << 80, 2.5e@@, @@j, b'\\x00@@', None, ..., 1 in {1, 2, @@}, -0.0)\n"),
    TEXT("TEXT = 'gr\u00fc\u00df @@ \ud83d\udc0d'\n"),
    WINDOWS("WINDOWS = @@\r\n"),
    ESCAPE("PATTERN = '\\d@@'\n"),
    ANNOTATED("value: int = @@\n"),
    WAITING("async def wait():\n    async with wait() as lock:\n        return [await one for one in lock(@@)]\n"),
    LONG("LONG = 'longer than one byte can count ' * 3 + '" + "long ".repeat(60) + "@@'\n");

    private final String form;

    SourceLine(String form) {
        this.form = form;
    }

    String text(int mark) {
        return form.replace("@@", Integer.toString(mark));
    }
}
