package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.CreateTable;
import io.syncline.common.mysql.TableDescription;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MisfitTest {

    private static final Pattern TYPE = Pattern.compile("(\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?.*");

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "int > int unsigned zerofill > no",
                "int > bigint > yes",
                "int unsigned > bigint > yes",
                "int unsigned > int > no",
                "bigint > int > no",
                "bigint unsigned > bigint > no",
                "bigint unsigned > decimal(20,0) > yes",
                "bigint > decimal(38,9) > yes",
                "bigint > decimal(20,2) > no",
                "int > double > yes",
                "bigint > double > no",
                "int > varchar(20) > yes",
                "int > varchar(5) > no",
                "year > smallint > yes",
                "decimal(12,4) > decimal(38,9) > yes",
                "decimal(12,4) > decimal(12,2) > no",
                "decimal(12,4) > decimal(10,4) > no",
                "decimal(12,4) > double > no",
                "float > double > yes",
                "double > float > no",
                "double > double(10,2) > no",
                "bit(1) > bit(8) > yes",
                "bit(1) > tinyint > no",
                "date > datetime(6) > yes",
                "datetime(6) > datetime > no",
                "datetime > datetime(6) > yes",
                "datetime > timestamp > no",
                "timestamp > datetime > yes",
                "timestamp(3) > datetime > no",
                "datetime > date > no",
                "time > time(6) > yes",
                "time(6) > time > no",
                "varchar(10) > varchar(50) > yes",
                "varchar(50) > varchar(10) > no",
                "varchar(50) > char(50) > no",
                "char(50) > char(50) > yes",
                "char(50) > varchar(50) > yes",
                "varchar(50) > text > yes",
                "varchar(20000) > text > no",
                "varchar(50) utf8mb4 > varchar(50) latin1 > no",
                "varchar(50) latin1 > varchar(50) utf8mb4 > yes",
                "varchar(50) utf8mb3 > varchar(50) utf8mb4 > yes",
                "varchar(50) utf8mb4 > varchar(50) utf8mb3 > no",
                "varchar(50) ascii > varchar(50) latin1 > yes",
                "varchar(50) latin1 > varchar(50) cp1250 > no",
                "text > longtext > yes",
                "longtext > text > no",
                "text latin1 > text utf8mb4 > no",
                "text latin1 > mediumtext utf8mb4 > yes",
                "text ascii > text utf8mb4 > yes",
                "text > varchar(100) > no",
                "json > longtext utf8mb4 > yes",
                "json > longtext latin1 > no",
                "json > text > no",
                "text > json > no",
                "enum('a','b') > enum('a','b','c') > yes",
                "enum('a','b') > enum('c','b','a') > yes",
                "enum('a','b','c') > enum('a','b') > no",
                "enum('a','bcd') > varchar(3) > yes",
                "enum('a','bcd') > varchar(2) > no",
                "set('a','b') > varchar(3) > yes",
                "set('a','b') > set('a') > no",
                "binary(16) > binary(16) > yes",
                "binary(16) > binary(20) > no",
                "binary(16) > varbinary(16) > yes",
                "varbinary(16) > binary(16) > no",
                "blob > longblob > yes",
                "longblob > blob > no",
                "blob > longtext > no",
                "vector(3) > vector(8) > yes",
                "vector(8) > vector(3) > no",
                "vector(3) > varbinary(12) > yes",
                "uuid > char(36) > yes",
                "uuid > uuid > yes",
                "uuid > char(35) > no",
                "inet4 > inet6 > no",
                "point > point > yes",
                "point > geometry > yes",
                "geometry > point > no",
                "geomcollection > geometrycollection > yes"
            })
    void aTypeHoldsAnotherOrNot(String source, String target, String holds) {
        boolean fits = ColumnType.of(column("c", target)).holds(ColumnType.of(column("c", source)));

        assertThat(fits).isEqualTo(holds.equals("yes"));
    }

    @Test
    void aSpatialReferenceSystemIsARestriction() {
        Column any = SampleColumn.of("p", ColumnKind.GEOMETRY)
                .type("point")
                .definition("point")
                .at(1);
        Column one = SampleColumn.of("p", ColumnKind.GEOMETRY)
                .type("point")
                .definition("point /*!80003 SRID 4326 */")
                .at(1);

        assertThat(ColumnType.of(any).holds(ColumnType.of(one))).isTrue();
        assertThat(ColumnType.of(one).holds(ColumnType.of(any))).isFalse();
    }

    @Test
    void whatMendsAWidenedTypeIsTheSourcesDefinitionAndTakesNothingFromTheTarget() {
        Misfit misfit = misfit(
                        SampleColumn.of("n", ColumnKind.LONG).type("bigint").definition("bigint NOT NULL DEFAULT '5'"),
                        SampleColumn.of("N", ColumnKind.INT)
                                .type("int")
                                .definition("int DEFAULT '5'")
                                .nullable())
                .orElseThrow();

        assertThat(misfit.clause()).isEqualTo("MODIFY COLUMN `N` bigint NULL DEFAULT '5'");
        assertThat(misfit.reason()).contains("N is int", "the source's is bigint NOT NULL");
        assertThat(misfit.isWidening()).isTrue();
    }

    @Test
    void aTypeBesideTheTargetsIsNoWidening() {
        Misfit misfit = misfit(
                        SampleColumn.of("n", ColumnKind.INT).type("int").definition("int NOT NULL"),
                        SampleColumn.of("n", ColumnKind.LONG)
                                .type("int unsigned")
                                .definition("int unsigned NOT NULL"))
                .orElseThrow();

        assertThat(misfit.isWidening()).isFalse();
    }

    @Test
    void whereNullAloneDoesNotFitTheTargetKeepsItsOwnType() {
        Misfit misfit = misfit(
                        SampleColumn.of("n", ColumnKind.INT)
                                .type("int")
                                .definition("int DEFAULT NULL")
                                .nullable(),
                        SampleColumn.of("n", ColumnKind.LONG)
                                .type("bigint")
                                .definition("bigint NOT NULL COMMENT 'NOT NULL'"))
                .orElseThrow();

        assertThat(misfit.clause()).isEqualTo("MODIFY COLUMN `n` bigint NULL COMMENT 'NOT NULL'");
        assertThat(misfit.isWidening()).isTrue();
    }

    private static final SampleColumn PLAIN =
            SampleColumn.of("n", ColumnKind.INT).type("int").definition("int NOT NULL");

    @Test
    void whatTheTargetComputesMustBeComputedByTheSourceToo() {
        assertThat(misfit(computed("`id` + 1", "STORED"), computed("`id` + 1", "VIRTUAL")))
                .isEmpty();
        assertThat(misfit(PLAIN, computed("`id` + 1", "STORED")))
                .map(Misfit::clause)
                .hasValue("MODIFY COLUMN `n` int NOT NULL");
        assertThat(misfit(PLAIN, computed("`id` + 1", "VIRTUAL")))
                .map(Misfit::clause)
                .hasValue("DROP COLUMN `n`, ADD COLUMN `n` int NOT NULL");
    }

    @Test
    void whatTheTargetComputesMustBeComputedInTheSameWay() {
        assertThat(misfit(computed("`id` + 2", "STORED"), computed("`id` + 1", "STORED")))
                .hasValue(new Misfit(
                        "n is computed as (`id` + 1), the source's as (`id` + 2)",
                        "MODIFY COLUMN `n` int GENERATED ALWAYS AS (`id` + 2) STORED NOT NULL",
                        true));
    }

    @Test
    void expressionsThatServersOfTwoVersionsPrintAreNotCompared() {
        TableSchema table = SampleTable.users()
                .with(computed("concat(`name`,'x')", "STORED"))
                .server("8.0.44")
                .version(1);

        assertThat(Misfit.of(table, target(computed("concat(`name`,_utf8mb4'x')", "STORED")), Dialect.SAME))
                .isEmpty();
    }

    private static SampleColumn computed(String expression, String how) {
        return SampleColumn.of("n", ColumnKind.INT)
                .type("int")
                .generated(expression)
                .definition("int GENERATED ALWAYS AS (" + expression + ") " + how + " NOT NULL");
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_bin,           utf8mb4_general_ci,    no",
        "utf8mb4_bin,           utf8mb4_bin,           yes",
        "utf8mb4_0900_bin,      utf8mb4_bin,           no",
        "utf8mb4_bin,           utf8mb4_0900_bin,      yes",
        "utf8mb4_general_ci,    utf8mb4_bin,           yes",
        "utf8mb4_0900_ai_ci,    utf8mb4_bin,           no",
        "utf8mb4_0900_ai_ci,    utf8mb4_0900_as_cs,    yes",
        "utf8mb4_0900_as_cs,    utf8mb4_0900_ai_ci,    no",
        "utf8mb4_0900_as_ci,    utf8mb4_0900_ai_ci,    no",
        "utf8mb3_general_ci,    utf8mb4_general_ci,    yes",
        "utf8mb4_general_ci,    utf8mb4_0900_ai_ci,    no",
        "latin1_general_ci,     latin1_general_cs,     yes",
        "latin1_general_cs,     latin1_general_ci,     no",
        "latin1_swedish_ci,     utf8mb4_0900_ai_ci,    no",
        "latin1_bin,            utf8mb4_bin,           yes",
        "ascii_general_ci,      utf8mb4_unicode_ci,    yes",
        "utf8mb4_unicode_ci,    utf8mb4_unicode_nopad_ci, yes",
        "utf8mb4_uca1400_nopad_ai_ci, utf8mb4_uca1400_ai_ci, no"
    })
    void aKeysCollationMustTellApartWhatTheSourcesDoes(String source, String target, String fine) {
        assertThat(KeyCollation.of(target).isAsFineAs(KeyCollation.of(source))).isEqualTo(fine.equals("yes"));
    }

    private static Optional<Misfit> misfit(SampleColumn source, SampleColumn target) {
        TableSchema table = SampleTable.users().with(source).version(1);
        return Misfit.of(table, target(target), Dialect.SAME).stream().findFirst();
    }

    private static TableDescription target(SampleColumn column) {
        return new TableDescription(
                List.of(column.at(1)), List.of(), new CreateTable(Map.of(), List.of(), List.of(), ""), "8.4.0");
    }

    /** A column of a declared type, and of a charset where one stands behind it; utf8mb4 where none does. */
    private static Column column(String name, String declared) {
        Matcher type = TYPE.matcher(declared);
        if (!type.matches()) {
            throw new IllegalArgumentException(declared);
        }
        String base = type.group(1);
        boolean text = base.contains("char") || base.contains("text") || base.equals("enum") || base.equals("set");
        String last = declared.substring(declared.lastIndexOf(' ') + 1);
        boolean says = text && declared.contains(" ");
        @Nullable String charset = text ? says ? last : "utf8mb4" : null;
        ColumnKind kind = ColumnKind.of(base, declared, charset);
        SampleColumn column = SampleColumn.of(name, kind)
                .type(says ? declared.substring(0, declared.lastIndexOf(' ')) : declared)
                .decimal(number(type.group(2)), number(type.group(3)));
        return (charset == null ? column : column.charset(charset)).at(1);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
