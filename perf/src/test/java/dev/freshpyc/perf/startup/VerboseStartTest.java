package dev.freshpyc.perf.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from the output of {@code python -v} where each module was loaded from. */
class VerboseStartTest {

    @Test
    void aModuleHasTheOriginOfTheCodeReadLastForItsName() {
        VerboseStart start = VerboseStart.of(List.of(
                "# code object from '/app/shop/__init__.py'",
                "# /lib/__pycache__/json.cpython-311.pyc matches /lib/json.py",
                "# code object from '/lib/__pycache__/json.cpython-311.pyc'",
                "import 'json' # <_frozen_importlib_external.SourceFileLoader object at 0x1>",
                "# code object from '/app/shop/json.py'",
                "import 'shop.json' # <_frozen_importlib_external.SourceFileLoader object at 0x2>",
                "import 'shop' # <_frozen_importlib_external.SourceFileLoader object at 0x3>",
                "# code object from '/old/gone.pyc'",
                "import 'gone' # <_frozen_importlib_external.SourcelessFileLoader object at 0x4>"));

        assertThat(start.source("json")).isEqualTo(new ModuleSource(ModuleOrigin.LOADED, "/lib"));
        assertThat(start.source("shop.json")).isEqualTo(new ModuleSource(ModuleOrigin.COMPILED, "/app"));
        assertThat(start.source("shop")).isEqualTo(new ModuleSource(ModuleOrigin.COMPILED, "/app"));
        assertThat(start.source("gone")).isEqualTo(new ModuleSource(ModuleOrigin.SOURCELESS, "/old"));
        assertThat(start.source("other")).isEqualTo(ModuleSource.UNKNOWN);
        assertThat(start.python()).isEmpty();
    }

    @Test
    void aModuleOfAnyNameHasAnOrigin() {
        VerboseStart start = VerboseStart.of(List.of(
                "# code object from '/my app/my mod.py'",
                "import 'my mod' # <_frozen_importlib_external.SourceFileLoader object at 0x1>",
                "# code object from \"/it's/it's.py\"",
                "import \"it's\" # <_frozen_importlib_external.SourceFileLoader object at 0x2>",
                "# code object from /old/plain.py",
                "import plain # <SourceFileLoader>",
                "# extension module 'a b' loaded from '/lib/a b.abi3.so'",
                "import 'a b' # <_frozen_importlib_external.ExtensionFileLoader object at 0x1>"));

        assertThat(start.source("my mod")).isEqualTo(new ModuleSource(ModuleOrigin.COMPILED, "/my app"));
        assertThat(start.source("it's")).isEqualTo(new ModuleSource(ModuleOrigin.COMPILED, "/it's"));
        assertThat(start.source("plain")).isEqualTo(new ModuleSource(ModuleOrigin.COMPILED, "/old"));
        assertThat(start.source("a b")).isEqualTo(new ModuleSource(ModuleOrigin.EXTENSION, "/lib"));
    }

    @Test
    void aModuleWithoutSourceAndPycHasAnOrigin(@TempDir Path home) throws IOException {
        Path zip = Files.writeString(home.resolve("app.zip"), "");
        VerboseStart start = VerboseStart.of(List.of(
                "Python 3.11.7 (main, May  9 2026, 07:35:25) [GCC 12.2.0] on linux",
                "import 'site' # <class '_frozen_importlib.FrozenImporter'>",
                "import 'sys' # <class '_frozen_importlib.BuiltinImporter'>",
                "# extension module 'a._json' loaded from '/lib/a/_json.cpython-311-x86_64-linux-gnu.so'",
                "import 'a._json' # <_frozen_importlib_external.ExtensionFileLoader object at 0x1>",
                "import 'b.c' # <zipimporter object \"" + zip + "/b/\">",
                "import 'ns' # <_frozen_importlib_external.NamespaceLoader object at 0x1>"));

        assertThat(start.python()).contains("3.11.7");
        assertThat(start.source("site")).isEqualTo(new ModuleSource(ModuleOrigin.FROZEN, ""));
        assertThat(start.source("sys")).isEqualTo(new ModuleSource(ModuleOrigin.BUILT_IN, ""));
        assertThat(start.source("a._json")).isEqualTo(new ModuleSource(ModuleOrigin.EXTENSION, "/lib"));
        assertThat(start.source("b.c")).isEqualTo(new ModuleSource(ModuleOrigin.ZIP, zip.toString()));
        assertThat(start.source("ns").origin()).isEqualTo(ModuleOrigin.UNKNOWN);
    }

    @Test
    void modulesOfOneOriginAreOneCause() {
        ModuleSource app = new ModuleSource(ModuleOrigin.COMPILED, "/app");
        ModuleSource frozen = new ModuleSource(ModuleOrigin.FROZEN, "");
        ModuleSource loaded = new ModuleSource(ModuleOrigin.LOADED, "/app");

        assertThat(ImportCause.of(List.of(
                        new ModuleCost("site", frozen, 90, 100, OptionalLong.of(0)),
                        new ModuleCost("a", app, 10, 30, OptionalLong.of(7)),
                        new ModuleCost("a.b", app, 20, 20, OptionalLong.of(15)),
                        new ModuleCost("c", loaded, 5, 5, OptionalLong.of(0)))))
                .containsExactly(
                        new ImportCause(app, 2, 30, OptionalLong.of(22)),
                        new ImportCause(frozen, 1, 90, OptionalLong.of(0)));
    }
}
