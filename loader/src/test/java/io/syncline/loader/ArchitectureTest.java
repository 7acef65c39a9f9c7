package io.syncline.loader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what: catalog and target alone, write on target, loads on these, refresh on write, too, consume on all, the service above. */
@AnalyzeClasses(packages = "io.syncline.loader", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.syncline.loader.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheExtractor =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.syncline.extractor..");

    @ArchTest
    static final ArchRule aRowsWayGoesThroughTheRoomsInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("service")
            .definedBy("io.syncline.loader")
            .layer("consume")
            .definedBy("io.syncline.loader.consume..")
            .layer("refresh")
            .definedBy("io.syncline.loader.refresh..")
            .layer("rejects")
            .definedBy("io.syncline.loader.rejects..")
            .layer("loads")
            .definedBy("io.syncline.loader.loads..")
            .layer("keys")
            .definedBy("io.syncline.loader.keys..")
            .layer("write")
            .definedBy("io.syncline.loader.write..")
            .layer("target")
            .definedBy("io.syncline.loader.target..")
            .layer("catalog")
            .definedBy("io.syncline.loader.catalog..")
            .whereLayer("service")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("consume")
            .mayOnlyBeAccessedByLayers("service")
            .whereLayer("refresh")
            .mayOnlyBeAccessedByLayers("consume", "service")
            .whereLayer("keys")
            .mayOnlyBeAccessedByLayers("service")
            .whereLayer("loads")
            .mayOnlyBeAccessedByLayers("keys", "service")
            .whereLayer("rejects")
            .mayOnlyBeAccessedByLayers("service")
            .whereLayer("write")
            .mayOnlyBeAccessedByLayers("refresh", "rejects", "consume", "service")
            .whereLayer("target")
            .mayOnlyBeAccessedByLayers("write", "refresh", "loads", "keys", "rejects", "consume", "service")
            .whereLayer("catalog")
            .mayOnlyBeAccessedByLayers("loads", "keys", "rejects", "consume", "service");

    @ArchTest
    static final ArchRule onlyTheWritersKnowTheDriversOwnClasses = noClasses()
            .that()
            .resideOutsideOfPackage("io.syncline.loader.write..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mysql..");

    @ArchTest
    static final ArchRule writingKnowsKafkasRecordsAndNoConsumer = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.syncline.loader.write..", "io.syncline.loader.target..", "io.syncline.loader.refresh..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.kafka.clients.consumer.Consumer");
}
