package io.syncline.common;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what: model, then row, then event; beside them config, kafka, mysql and http; run above all. */
@AnalyzeClasses(packages = "io.syncline", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String OURS = "io.syncline..";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.syncline.common.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnAService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.syncline.extractor..", "io.syncline.loader..");

    @ArchTest
    static final ArchRule theModelDependsOnNothingElseOfOurs = only("model");

    @ArchTest
    static final ArchRule rowsDependOnTheModelAlone = only("row", "model");

    @ArchTest
    static final ArchRule eventsDependOnRowsAndTheModel = only("event", "row", "model");

    @ArchTest
    static final ArchRule configurationKnowsTheModelAndTheTopicsNames = only("config", "model", "event");

    @ArchTest
    static final ArchRule kafkaKnowsItsSettingsAndTheTopicsNames = only("kafka", "config", "event");

    @ArchTest
    static final ArchRule mySqlDependsOnTheModelAndItsSettings = only("mysql", "model", "config");

    @ArchTest
    static final ArchRule httpDependsOnNothingElseOfOurs = only("http");

    @ArchTest
    static final ArchRule onlyTheRowCodecAndTheSessionsKnowTheDriversOwnClasses = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.syncline.common.row..", "io.syncline.common.mysql..", "io.syncline.extractor.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mysql..");

    @ArchTest
    static final ArchRule onlyTheDatabaseKnowsThePool = noClasses()
            .that()
            .resideOutsideOfPackage("io.syncline.common.mysql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.zaxxer..");

    private static ArchRule only(String of, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "io.syncline.common." + of + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "io.syncline.common." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(allowed[0])
                .should()
                .dependOnClassesThat(resideInAnyPackage(OURS).and(not(resideInAnyPackage(allowed))));
    }
}
