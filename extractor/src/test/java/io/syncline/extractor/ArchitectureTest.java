package io.syncline.extractor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what: source and publish apart, the work on a table above both, ownership above that. */
@AnalyzeClasses(packages = "io.syncline.extractor", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.syncline.extractor.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheLoader =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.syncline.loader..");

    @ArchTest
    static final ArchRule readingAndPublishingMeetInTheWorkOnATable = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("service")
            .definedBy("io.syncline.extractor")
            .layer("ownership")
            .definedBy("io.syncline.extractor.ownership..")
            .layer("table")
            .definedBy("io.syncline.extractor.table..")
            .layer("source")
            .definedBy("io.syncline.extractor.source..")
            .layer("publish")
            .definedBy("io.syncline.extractor.publish..")
            .whereLayer("service")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ownership")
            .mayOnlyBeAccessedByLayers("service")
            .whereLayer("table")
            .mayOnlyBeAccessedByLayers("ownership", "service")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("table", "ownership")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("table", "ownership", "service");

    @ArchTest
    static final ArchRule onlyTheSourceKnowsTheDriversOwnClasses = noClasses()
            .that()
            .resideOutsideOfPackage("io.syncline.extractor.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mysql..");
}
