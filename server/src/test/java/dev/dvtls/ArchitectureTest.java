package dev.dvtls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point down only, and effects stay at the edges: see docs/architecture.md. */
@AnalyzeClasses(packages = "dev.dvtls", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IMPORTS_POINT_DOWN =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("cli")
                    .definedBy("dev.dvtls.cli..")
                    .layer("lsp")
                    .definedBy("dev.dvtls.lsp..")
                    .layer("check")
                    .definedBy("dev.dvtls.check..")
                    .layer("assist")
                    .definedBy("dev.dvtls.assist..")
                    .layer("run")
                    .definedBy("dev.dvtls.run..")
                    .layer("cache")
                    .definedBy("dev.dvtls.cache..")
                    .layer("manifest")
                    .definedBy("dev.dvtls.manifest..")
                    .layer("project")
                    .definedBy("dev.dvtls.project..")
                    .layer("sql")
                    .definedBy("dev.dvtls.sql..")
                    .layer("python")
                    .definedBy("dev.dvtls.python..")
                    .layer("text")
                    .definedBy("dev.dvtls.text..")
                    .withOptionalLayers(true)
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("lsp")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("assist")
                    .mayOnlyBeAccessedByLayers("cli", "lsp")
                    .whereLayer("check")
                    .mayOnlyBeAccessedByLayers("cli", "lsp", "assist", "run")
                    .whereLayer("run")
                    .mayOnlyBeAccessedByLayers("cli", "lsp")
                    .whereLayer("cache")
                    .mayOnlyBeAccessedByLayers("cli", "lsp", "assist", "run")
                    .whereLayer("manifest")
                    .mayOnlyBeAccessedByLayers("cli", "lsp", "assist", "check", "run")
                    .whereLayer("project")
                    .mayOnlyBeAccessedByLayers("cli", "lsp", "assist", "check", "run", "manifest")
                    .whereLayer("sql")
                    .mayOnlyBeAccessedByLayers("assist", "check", "run", "manifest")
                    .whereLayer("python")
                    .mayOnlyBeAccessedByLayers(
                            "cli", "lsp", "assist", "check", "run", "manifest", "sql");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.dvtls.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_EDGES_TOUCH_THE_STANDARD_STREAMS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.dvtls.cli..", "dev.dvtls.lsp..")
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .orShould()
                    .accessField(System.class, "in")
                    .because("the language server speaks on stdout");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS =
            noClasses()
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class, int.class)
                    .because("a condition can be waited for");

    @ArchTest
    static final ArchRule ONLY_THE_EDGES_LOG =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.dvtls.cli..", "dev.dvtls.lsp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule LSP_STAYS_AT_ITS_EDGE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.dvtls.cli..", "dev.dvtls.lsp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.lsp4j..");

    @ArchTest
    static final ArchRule NO_REFLECTION =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dvtls.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.reflect..");
}
